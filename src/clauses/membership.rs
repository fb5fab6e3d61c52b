//! Memberships: which records belong, from which day until which.
//! What joining requires is judged line by line, each as a clause of its own.

use super::kind::{Demand, Kind, OfRecord, Reading, needed, nothing_more};
use super::slot::{self, Slot};
use crate::model::clause::Strength;
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "membership",
    summary: "Which records are members, from which day until which, and what joining requires.",
    example: include_str!("examples/membership.overens"),
    of: OfRecord::Needed,
    slots: &[needed(slot::LASTING)],
    also: &[
        slot::CONDITION,
        slot::EXCEPTION_TO,
        slot::GIVES_WAY,
        slot::IN_WRITING,
        slot::ADDRESSED,
        slot::JUDGED_BY,
        slot::ATTESTED_BY,
        slot::LAY_BEFORE,
    ],
    strengths: &[],
    acts: &[],
    check: nothing_more,
    demand,
};

/// Lines that a requirement takes behind its condition.
pub const REQUIREMENT_TAKES: &[Slot] = &[
    slot::CONDITION,
    slot::EXCEPTION_TO,
    slot::OTHERWISE,
    slot::GIVES_WAY,
    slot::JUDGED_BY,
    slot::ATTESTED_BY,
    slot::LAY_BEFORE,
];

fn demand(reading: &Reading) -> Option<Demand> {
    let test = NormTest::Member(reading.lines.lasting.as_ref()?.it.clone());
    Some(Demand { strength: Strength::Is, window: reading.window(), test })
}
