//! What comes of judging an instance.

use crate::evaluate::outcome::Outcome;
use crate::verdict::{Decider, Status};

/// An outcome, and who decides when a person must.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    pub outcome: Outcome,
    pub decider: Decider,
}

impl Ruling {
    pub fn of(status: Status) -> Ruling {
        Ruling { outcome: Outcome::of(status), decider: Decider::Nobody }
    }

    /// For a person whom the text does not name.
    pub fn for_a_person(outcome: Outcome) -> Ruling {
        Ruling { outcome: outcome.with(Status::NeedsJudgement), decider: Decider::Unnamed }
    }
}
