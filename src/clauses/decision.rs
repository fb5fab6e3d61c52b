//! Decisions: when a vote of a body carries, and how many must be there for it to count.
//! Whether deciding so was wise or allowed is for other clauses.

use super::kind::{Demand, Kind, OfRecord, Reading, needed, nothing_more, optional};
use super::slot;
use crate::model::clause::Strength;
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "decision",
    summary: "When a proposal is carried, and how many must be present; without the quorum the decision is without effect.",
    example: include_str!("examples/decision.overens"),
    of: OfRecord::Allowed,
    slots: &[needed(slot::CARRIED), optional(slot::QUORUM)],
    also: &[
        slot::CONDITION,
        slot::EXCEPTION_TO,
        slot::OTHERWISE,
        slot::GIVES_WAY,
        slot::JUDGED_BY,
        slot::ATTESTED_BY,
        slot::LAY_BEFORE,
    ],
    strengths: &[],
    acts: &[],
    check: nothing_more,
    demand,
};

fn demand(reading: &Reading) -> Option<Demand> {
    let lines = reading.lines;
    let test = NormTest::Vote { carried: lines.carried.clone()?, quorum: lines.quorum.clone() };
    Some(Demand { strength: Strength::Decision, window: reading.window(), test })
}
