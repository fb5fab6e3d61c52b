//! Prohibitions: what must not happen.
//! A ban on events is kept as long as none is found in a complete list; a ban in words is for a person to weigh.

use super::kind::{Demand, Kind, OfRecord, Reading, needed, nothing_more, optional};
use super::slot::{self, ActForm};
use crate::model::clause::{Act, Strength};
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "prohibition",
    summary: "Somebody must not do something: ever, in each period, or between certain days.",
    example: include_str!("examples/prohibition.overens"),
    of: OfRecord::Refused,
    slots: &[
        optional(slot::SUBJECT),
        needed(slot::DOES),
        optional(slot::CYCLE),
        optional(slot::FIRST_PERIOD),
        optional(slot::LAST_PERIOD),
        optional(slot::WINDOW),
    ],
    also: &[
        slot::CONDITION,
        slot::EXCEPTION_TO,
        slot::OTHERWISE,
        slot::GIVES_WAY,
        slot::OWED_TO,
        slot::IN_WRITING,
        slot::ADDRESSED,
        slot::JUDGED_BY,
        slot::ATTESTED_BY,
        slot::LAY_BEFORE,
    ],
    strengths: &[Strength::MustNot],
    acts: &[ActForm::Event, ActForm::Words],
    check: nothing_more,
    demand,
};

fn demand(reading: &Reading) -> Option<Demand> {
    let test = match &reading.lines.act.as_ref()?.it {
        Act::Event { events, .. } => NormTest::Never(events.clone()),
        Act::Words(words) => NormTest::ForPerson(words.clone()),
        Act::Dated(_) | Act::InOrder(_) | Act::State(_) | Act::PayShareOf(_) | Act::Effort(_) => return None,
        Act::Plain(_) => return None,
    };
    Some(Demand { strength: Strength::MustNot, window: reading.window(), test })
}
