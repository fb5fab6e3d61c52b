//! Permissions: what somebody may do, how often at most, and when its use takes effect.
//! Not using one breaks nothing; what lies outside of its bounds is for a person to say.

use super::act;
use super::kind::{Demand, Kind, OfRecord, Reading, needed, optional};
use super::slot::{self, ActForm};
use crate::diagnostics::{Sink, codes};
use crate::model::clause::{Count, Limit, Strength};
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "permission",
    summary: "Somebody may do something: whether the right was used, how often at most, and when its use takes effect.",
    example: include_str!("examples/permission.overens"),
    of: OfRecord::Refused,
    slots: &[
        optional(slot::SUBJECT),
        needed(slot::DOES),
        optional(slot::COUNT),
        optional(slot::CYCLE),
        optional(slot::FIRST_PERIOD),
        optional(slot::LAST_PERIOD),
        optional(slot::WINDOW),
        optional(slot::CONDITION),
        optional(slot::EXERCISED),
        optional(slot::EFFECT),
        optional(slot::INSIDE),
    ],
    also: &[
        slot::EXCEPTION_TO,
        slot::OTHERWISE,
        slot::GIVES_WAY,
        slot::OWED_TO,
        slot::IN_WRITING,
        slot::ADDRESSED,
        slot::MOVED,
        slot::JUDGED_BY,
        slot::ATTESTED_BY,
        slot::LAY_BEFORE,
    ],
    strengths: &[Strength::May],
    acts: &[ActForm::Event, ActForm::Dated, ActForm::Words, ActForm::Plain],
    check,
    demand,
};

fn demand(reading: &Reading) -> Option<Demand> {
    let lines = reading.lines;
    let test = NormTest::May {
        act: lines.act.as_ref()?.it.clone(),
        exercised: lines.exercised.as_ref().map(|field| field.it.clone()),
        at_most: lines.count.as_ref().map(|count| count.it.clone()),
        effect: lines.effect.as_ref().map(|effect| effect.it.clone()),
        inside: lines.inside.as_ref().map(|inside| inside.it.clone()),
    };
    Some(Demand { strength: Strength::May, window: reading.window(), test })
}

fn check(reading: &Reading, problems: &mut Sink) {
    act::check(reading, problems);
    has_an_upper_bound(reading, problems);
    tells_its_use(reading, problems);
}

/// Who may do something need not do it: only a greatest number says anything.
fn has_an_upper_bound(reading: &Reading, problems: &mut Sink) {
    let Some(count) = &reading.lines.count else { return };
    let bounded = match &count.it {
        Count::Times { limit: Limit::AtMost | Limit::LessThan | Limit::Exactly, .. } => true,
        Count::Times { limit: Limit::AtLeast | Limit::MoreThan, .. } | Count::About { .. } | Count::OfEach { .. } => {
            false
        }
        // What asks for an amount is told by its own finding.
        Count::Amount { .. } => true,
    };
    if !bounded {
        problems.push(
            codes::CLASHING_LINES
                .at(count.span)
                .say(format!("`{}` is a permission, so it cannot have a minimum number of times", reading.clause))
                .help("write `at most 2 times`, or make it a `duty`".to_owned()),
        );
    }
}

/// Words and `join` or `leave` are no events: the day in some field tells that they happened.
fn tells_its_use(reading: &Reading, problems: &mut Sink) {
    let lines = reading.lines;
    let Some(act) = &lines.act else { return };
    let needs_day = match ActForm::of(&act.it) {
        ActForm::Plain => true,
        ActForm::Event | ActForm::Dated | ActForm::InOrder | ActForm::State | ActForm::PayShare => false,
        ActForm::Words | ActForm::Effort => false,
    };
    if needs_day && lines.exercised.is_none() {
        problems.push(
            codes::MISSING_LINE
                .at(act.span.after())
                .say(format!("`{}` does not say {}", reading.clause, slot::EXERCISED.tells))
                .help(format!("add a line such as `{}`", slot::EXERCISED.sample)),
        );
    }
}
