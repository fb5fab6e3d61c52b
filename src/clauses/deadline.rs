//! Deadlines: something must have happened by a day.
//! Which day that is, the calendar decides; whether it happened, the facts do.

use super::kind::{Kind, OfRecord, Reading, needed, optional};
use super::{act, slot};
use crate::diagnostics::{Sink, codes};

pub const KIND: Kind = Kind {
    name: "deadline",
    summary: "Somebody must do something by a certain day: once, for each of some records, or in each period.",
    example: include_str!("examples/deadline.overens"),
    of: OfRecord::Refused,
    slots: &[
        optional(slot::SUBJECT),
        needed(slot::DOES),
        optional(slot::COUNT),
        optional(slot::CYCLE),
        optional(slot::FIRST_PERIOD),
        optional(slot::LAST_PERIOD),
        optional(slot::EVERY_DAY),
        // That the window is needed is checked below, with words of its own.
        optional(slot::WINDOW),
    ],
    also: act::WITH_ACTS,
    strengths: act::DUE,
    acts: act::TO_DO,
    check,
    demand: act::demand,
};

fn check(reading: &Reading, problems: &mut Sink) {
    act::check(reading, problems);
    let lines = reading.lines;
    if lines.window.is_none() {
        problems.push(
            codes::DEADLINE_WITHOUT_WINDOW
                .at(reading.wording.name_span)
                .say(format!("`{}` is a deadline, but has no due day", reading.clause))
                .help(
                    "add one, such as `by 28 February` or `within 30 days after sent_on`; if there is no last day, make it a `duty`"
                        .to_owned(),
                ),
        );
    }
}
