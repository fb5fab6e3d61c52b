//! Duties: what somebody is to do or to see to, so many times, in each period, or as a state that must hold.
//! A duty with a last day is better told as a deadline; both mean the same.

use super::act;
use super::kind::{Kind, OfRecord, Reading, needed, optional};
use super::slot::{self, ActForm};
use crate::diagnostics::{Sink, codes};

pub const KIND: Kind = Kind {
    name: "duty",
    summary: "Somebody must do something, so often or so many times, or ensure a state.",
    example: include_str!("examples/duty.overens"),
    of: OfRecord::Refused,
    slots: &[
        optional(slot::SUBJECT),
        needed(slot::DOES),
        optional(slot::COUNT),
        optional(slot::CYCLE),
        optional(slot::FIRST_PERIOD),
        optional(slot::LAST_PERIOD),
        optional(slot::EVERY_DAY),
        optional(slot::WINDOW),
    ],
    also: act::WITH_ACTS,
    strengths: act::DUE,
    acts: act::TO_DO,
    check,
    demand: act::demand,
};

/// An event or a day that is to come, without any measure, is never kept nor broken: the author forgot something.
fn check(reading: &Reading, problems: &mut Sink) {
    act::check(reading, problems);
    act::instalments_have_a_window(reading, problems);
    let lines = reading.lines;
    let Some(act) = &lines.act else { return };
    let measured = lines.count.is_some() || lines.cycle.is_some() || lines.window.is_some();
    let needs_measure = match ActForm::of(&act.it) {
        ActForm::Event | ActForm::Dated => true,
        ActForm::InOrder | ActForm::State | ActForm::PayShare | ActForm::Words | ActForm::Effort | ActForm::Plain => {
            false
        }
    };
    if needs_measure && !measured {
        problems.push(
            codes::MISSING_LINE
                .at(act.span.after())
                .say(format!("`{}` does not say how often, how many times or by when", reading.clause))
                .help("add a line such as `every calendar year`, `at least 2 times`, `by 28 February` or `without a last day`".to_owned()),
        );
    }
}
