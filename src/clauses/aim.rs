//! Aims: what somebody strives for.
//! A person weighs how far it has come; that it has not been reached is never a breach.

use super::act;
use super::kind::{Kind, OfRecord, needed, nothing_more, optional};
use super::slot::{self, ActForm};
use crate::model::clause::Strength;

pub const KIND: Kind = Kind {
    name: "aim",
    summary: "What somebody strives for, once or in each period. A person weighs it, and missing it is never a breach.",
    example: include_str!("examples/aim.overens"),
    of: OfRecord::Refused,
    slots: &[
        optional(slot::SUBJECT),
        needed(slot::DOES),
        optional(slot::CYCLE),
        optional(slot::FIRST_PERIOD),
        optional(slot::LAST_PERIOD),
        optional(slot::WINDOW),
    ],
    also: &[slot::CONDITION, slot::JUDGED_BY, slot::ATTESTED_BY, slot::LAY_BEFORE, slot::ADDRESSED],
    strengths: &[Strength::Aims],
    acts: &[ActForm::Words, ActForm::Effort],
    check: nothing_more,
    demand: act::demand,
};
