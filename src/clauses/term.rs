//! Terms: from when until when something runs, and how it is renewed.
//! Where several terms fix the same days and disagree, none of them wins.

use super::kind::{Demand, Kind, OfRecord, Reading, needed};
use super::slot;
use crate::diagnostics::{Sink, codes};
use crate::model::clause::{Strength, TermEdge};
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "term",
    summary: "From when until when the agreement, or what it set up, runs, and how often it is renewed.",
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
    let Some(renewal) = &term.it.renewal else { return };
    match term.it.ends {
        TermEdge::Open => problems.push(
            codes::CLASHING_LINES
                .at(renewal.span)
                .say(format!("`{}` is renewed, but nothing says when it ends", reading.clause))
                .also(term.span, "this has no end")
                .help("say how long it runs, such as `4 years from start_on`, or leave the renewal out".to_owned()),
        ),
        TermEdge::Day(_) | TermEdge::Length(_) | TermEdge::Lapse { .. } | TermEdge::NotStated(_) => {}
    }
}
