//! Judgements: words of the text that only a person can weigh.
//! Nothing is inferred from facts; they are laid before the one who judges.

use super::act;
use super::kind::{Kind, OfRecord, needed, nothing_more, optional};
use super::slot::{self, ActForm};
use crate::model::clause::Strength;

pub const KIND: Kind = Kind {
    name: "judgement",
    summary: "Words of the text that a person weighs, once or for each period; a recorded decision settles it.",
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
        slot::ADDRESSED,
        slot::MOVED,
        slot::AS_FAR_AS_POSSIBLE,
        slot::JUDGED_BY,
        slot::ATTESTED_BY,
        slot::LAY_BEFORE,
    ],
    strengths: &[Strength::Shall, Strength::Should, Strength::Aims, Strength::May, Strength::MustNot],
    acts: &[ActForm::Words, ActForm::Effort],
    check: nothing_more,
    demand: act::demand,
};
