//! What comes of judging an instance.

use crate::evaluate::outcome::Outcome;
use crate::value::Money;
use crate::verdict::{Breach, Decider, Instance, LastDay, Nuance, ShareOf, Status, Verdict};

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
        if one.status == Status::Pending {
            let missed = match (one.broken.first().copied(), two.broken.first().copied()) {
                (Some(one), Some(two)) => Some(Breach {
                    first: one.first.min(two.first),
                    last: one.last.max(two.last),
                    sure: one.sure && two.sure,
                }),
                (Some(missed), None) | (None, Some(missed)) => Some(Breach { sure: false, ..missed }),
                (None, None) => None,
            };
            one.broken = missed.into_iter().collect();
        }
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

/// What comes first of what the parts of a period come to: what is still to be done, before what was done.
pub fn gravity(ruling: &Ruling, right: bool) -> u8 {
    match ruling.outcome.status {
        Status::Violated => 7,
        Status::Unknown => 6,
        Status::NeedsJudgement => 5,
        Status::Satisfied if right => 4,
        Status::Pending => 3,
        Status::Late => 2,
        Status::Satisfied => 1,
        Status::NotApplicable if ruling.outcome.nuance == Nuance::NotUsed => 1,
        Status::NotApplicable => 0,
    }
}

/// What comes first of what several wordings make of acts: a breach stays; a right that was used is used.
pub fn weight(ruling: &Ruling, right: bool) -> u8 {
    match ruling.outcome.status {
        Status::Violated => 7,
        Status::Unknown => 6,
        Status::NeedsJudgement => 5,
        Status::Late => 4,
        Status::Satisfied if right => 3,
        Status::Pending => 2,
        Status::Satisfied => 2,
        Status::NotApplicable if ruling.outcome.nuance == Nuance::NotUsed => 1,
        Status::NotApplicable => 0,
    }
}
