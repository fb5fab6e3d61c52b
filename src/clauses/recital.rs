//! Recitals: what the text says is so.
//! When the facts say otherwise, they differ from the text; nobody has broken anything.

use super::kind::{Demand, Kind, OfRecord, Reading, needed, nothing_more, optional};
use super::slot;
use crate::model::clause::Strength;
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "recital",
    summary: "Something that the text states as a fact, compared with the recorded facts. It is not binding.",
    example: include_str!("examples/recital.overens"),
    of: OfRecord::Refused,
    slots: &[optional(slot::SUBJECT), needed(slot::STATES)],
    also: &[slot::CONDITION, slot::EXCEPTION_TO, slot::GIVES_WAY, slot::JUDGED_BY, slot::ATTESTED_BY, slot::LAY_BEFORE],
    strengths: &[],
    acts: &[],
    check: nothing_more,
    demand,
};

fn demand(reading: &Reading) -> Option<Demand> {
    let test = NormTest::States(reading.lines.states.clone()?);
    Some(Demand { strength: Strength::Is, window: reading.window(), test })
}
