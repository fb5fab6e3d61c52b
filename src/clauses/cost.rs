//! Costs: who bears an amount, and in which shares.
//! Shares are worked out exactly; what was billed can be held against them.

use super::kind::{Demand, Kind, OfRecord, Reading, needed, nothing_more, optional};
use super::slot;
use crate::model::clause::Strength;
use crate::plan::NormTest;

pub const KIND: Kind = Kind {
    name: "cost",
    summary: "Who bears an amount: one party, several by a key, or those named by a separate decision.",
    example: include_str!("examples/cost.overens"),
    of: OfRecord::Refused,
    slots: &[optional(slot::SUBJECT), needed(slot::SHARING), optional(slot::BILLED)],
    also: &[
        slot::CONDITION,
        slot::EXCEPTION_TO,
        slot::OTHERWISE,
        slot::GIVES_WAY,
        slot::OWED_TO,
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
    let sharing = Box::new(lines.sharing.as_ref()?.it.clone());
    let billed = lines.billed.as_ref().map(|billed| Box::new(billed.it.clone()));
    let test = NormTest::Shared { sharing, billed };
    Some(Demand { strength: Strength::Shall, window: reading.window(), test })
}
