//! Compositions: how many of whom a body or a set is made of.
//! Whether a seat was filled is told by the facts; on which days it is asked, the clause says.

use super::kind::{Demand, Kind, OfRecord, Reading, nothing_more, one_of, optional};
use super::{act, slot};
use crate::model::clause::Strength;
use crate::plan::{NormTest, Watched};

pub const KIND: Kind = Kind {
    name: "composition",
    summary: "How many of something there must be: a number, a range, or a part of a whole; on every day, or on one.",
    example: include_str!("examples/composition.overens"),
    of: OfRecord::Refused,
    slots: &[optional(slot::SUBJECT), one_of(slot::NUMBERED), one_of(slot::LIMITED), optional(slot::EVERY_DAY)],
    also: &[
        slot::CONDITION,
        slot::EXCEPTION_TO,
        slot::OTHERWISE,
        slot::GIVES_WAY,
        slot::OWED_TO,
        slot::AS_FAR_AS_POSSIBLE,
        slot::JUDGED_BY,
        slot::ATTESTED_BY,
        slot::LAY_BEFORE,
    ],
    strengths: act::DUE,
    acts: &[],
    check: nothing_more,
    demand,
};

fn demand(reading: &Reading) -> Option<Demand> {
    let lines = reading.lines;
    let when = if lines.on_every_day.is_some() { Watched::OnEveryDay } else { Watched::OnAsOf };
    let numbered = lines.numbered.as_ref().map(|line| NormTest::Numbers { numbered: line.it.clone(), when });
    let limited = || lines.limited.as_ref().map(|line| NormTest::Limit { limited: Box::new(line.it.clone()), when });
    Some(Demand {
        strength: reading.strength_or(Strength::Shall),
        window: reading.window(),
        test: numbered.or_else(limited)?,
    })
}
