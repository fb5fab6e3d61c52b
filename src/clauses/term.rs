//! Terms: from when until when something runs, and how it is renewed.
//! Where several terms fix the same days and disagree, none of them wins.

use super::kind::{Demand, Kind, OfRecord, Reading, needed};
use super::slot;
use crate::diagnostics::{Sink, codes};
use crate::model::clause::{Strength, TermEdge, TermOf, When};
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "term",
    summary: "From when until when the agreement, or something that it sets up, runs, and how often it is renewed.",
    example: include_str!("examples/term.overens"),
    of: OfRecord::Refused,
    slots: &[needed(slot::TERM)],
    also: &[slot::CONDITION, slot::EXCEPTION_TO, slot::GIVES_WAY, slot::JUDGED_BY, slot::LAY_BEFORE],
    strengths: &[],
    acts: &[],
    check,
    demand,
};

fn demand(reading: &Reading) -> Option<Demand> {
    let test = NormTest::Term(reading.lines.term.as_ref()?.it.clone());
    Some(Demand { strength: Strength::Is, window: reading.window(), test })
}

/// What has no end cannot be renewed.
fn check(reading: &Reading, problems: &mut Sink) {
    let Some(term) = &reading.lines.term else { return };
    tied(reading, &term.it, problems);
    let Some(renewal) = &term.it.renewal else { return without_renewal(reading, problems) };
    match term.it.ends {
        TermEdge::Open => problems.push(
            codes::CLASHING_LINES
                .at(renewal.span)
                .say(format!("`{}` is renewed, but has no end", reading.clause))
                .also(term.span, "this has no end")
                .help("add its length, such as `4 years from start_on`, or remove the renewal".to_owned()),
        ),
        TermEdge::Day(_) | TermEdge::Length(_) | TermEdge::Lapse { .. } | TermEdge::NotStated(_) => {}
    }
}

/// Terms of the same days are tied to one of them, which tells its own days without looking to others.
fn tied(reading: &Reading, term: &TermOf, problems: &mut Sink) {
    let Some(first) = &term.same_days_as else { return };
    if reading.name.is_some() {
        problems.push(
            codes::CLASHING_LINES
                .at(first.span)
                .say(format!("`{}` has readings, so it is unclear which of them has the same days", reading.clause))
                .help("write the readings as separate terms, each with this line".to_owned()),
        );
    }
}

/// `if` and `unless` of a term speak of its renewal; without one they would be passed over in silence.
fn without_renewal(reading: &Reading, problems: &mut Sink) {
    for when in &reading.lines.conditions {
        let (When::If(condition) | When::Unless(condition)) = when;
        problems.push(
            codes::CLASHING_LINES
                .at(condition.span)
                .say(format!("this condition is about the renewal of `{}`, which is never renewed", reading.clause))
                .help("add `renews for …`, or remove the condition".to_owned()),
        );
    }
}
