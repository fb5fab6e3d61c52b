//! What comes of judging an instance.

use crate::evaluate::outcome::Outcome;
use crate::value::Money;
use crate::verdict::{Decider, Instance, LastDay, Nuance, ShareOf, Status, Verdict};

/// Who bears how much.
pub type Shares = Vec<(ShareOf, Money)>;

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

    /// Unknown, with the last day as far as all of these leave it known. Where they leave nothing known, there is none to tell.
    pub fn unknown_by(last_days: impl Iterator<Item = LastDay>) -> Ruling {
        let last = last_days.reduce(LastDay::or).filter(|last| matches!(last, LastDay::On(_) | LastDay::Within(..)));
        let last = last.unwrap_or(LastDay::None);
        Ruling { outcome: Outcome { last, ..Outcome::of(Status::Unknown) }, decider: Decider::Nobody }
    }

    /// As the verdict on an instance, without what only its reasons tell.
    pub fn verdict_on(&self, instance: Instance) -> Verdict {
        let outcome = &self.outcome;
        Verdict { instance, status: outcome.status, nuance: outcome.nuance, days: outcome.days }
    }

    /// Whether two rulings say the same, but for the days that they tell, and whether it is so for good or so far.
    pub fn same_as(&self, other: &Ruling) -> bool {
        let (one, two) = (&self.outcome, &other.outcome);
        // Waived or not: it is not applicable.
        let nuance = |nuance| if matches!(nuance, Nuance::SoFar | Nuance::Waived) { Nuance::Plain } else { nuance };
        one.status == two.status && nuance(one.nuance) == nuance(two.nuance) && self.decider == other.decider
    }

    /// Takes in another that says the same: what they tell differently is not told.
    pub fn widen(&mut self, other: &Ruling) {
        let (one, two) = (&mut self.outcome, &other.outcome);
        if two.nuance == Nuance::SoFar {
            one.nuance = Nuance::SoFar;
        }
        if one.nuance == Nuance::Waived && two.nuance != Nuance::Waived {
            one.nuance = Nuance::Plain;
        }
        if one.days != two.days {
            one.days = None;
        }
        if one.first != two.first {
            one.first = None;
        }
        if one.progress != two.progress {
            one.progress = None;
        }
        one.last = one.last.or(two.last);
    }
}
