//! How one body of a norm comes out, before readings, waivers and recorded judgements are looked at.

pub use crate::verdict::Outcome;
use crate::verdict::{Breach, LastDay, Nuance, Status};

impl Outcome {
    pub fn of(status: Status) -> Outcome {
        Outcome {
            status,
            nuance: Nuance::Plain,
            days: None,
            first: None,
            last: LastDay::None,
            progress: None,
            part: None,
            for_good: false,
            not_in_time: false,
            broken: Box::default(),
            last_broken: None,
        }
    }

    pub fn nuanced(self, nuance: Nuance) -> Outcome {
        Outcome { nuance, ..self }
    }

    /// What something that becomes due for a breach looks at: of what goes on, whether a part of it was missed.
    pub fn as_a_breach(self) -> Outcome {
        match (self.status, self.broken.first().copied()) {
            (Status::Pending, Some(Breach { first, last, sure })) => {
                let status = if sure { Status::Late } else { Status::Unknown };
                let last = if first == last { LastDay::On(first) } else { LastDay::Within(first, last) };
                Outcome { last, ..self.with(status) }
            }
            (_, _) => self,
        }
    }

    /// The same under another status; what only the old one had is dropped.
    pub fn with(self, status: Status) -> Outcome {
        if status == self.status {
            return self;
        }
        Outcome { first: self.first, last: self.last, progress: self.progress, part: self.part, ..Outcome::of(status) }
    }
}

impl LastDay {
    /// A last day that is one or the other.
    pub fn or(self, other: LastDay) -> LastDay {
        let bounds = |day: LastDay| match day {
            LastDay::On(day) => Some((day, day)),
            LastDay::Within(first, last) => Some((first, last)),
            LastDay::NotYet | LastDay::Unknown | LastDay::None => None,
        };
        match (bounds(self), bounds(other)) {
            _ if self == other => self,
            (Some((first, last)), Some((other_first, other_last))) => {
                LastDay::Within(first.min(other_first), last.max(other_last))
            }
            (_, _) => LastDay::Unknown,
        }
    }
}

/// Several statuses that are all possible: the one they agree on, else unknown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Possible {
    bits: u8,
}

impl Possible {
    pub fn add(&mut self, status: Status) {
        self.bits |= 1_u8.checked_shl(status as u32).unwrap_or(0);
    }

    pub fn has(self, status: Status) -> bool {
        self.bits & 1_u8.checked_shl(status as u32).unwrap_or(0) != 0
    }

    pub fn is_late_or_violated(self) -> bool {
        self.has(Status::Late)
            && self.has(Status::Violated)
            && !self.has(Status::Satisfied)
            && !self.has(Status::Pending)
    }

    pub fn agreed(self) -> Status {
        let mut all = Status::ALL.into_iter().filter(|status| self.has(*status));
        match (all.next(), all.next()) {
            (Some(one), None) => one,
            (_, _) => Status::Unknown,
        }
    }
}

/// The worst of several parts: something broken breaks the whole; something unknown leaves it open.
pub fn worst(statuses: impl Iterator<Item = Status>) -> Option<Status> {
    let rank = |status: &Status| match status {
        Status::Violated => 6,
        Status::Unknown => 5,
        Status::NeedsJudgement => 4,
        Status::Late => 3,
        Status::Pending => 2,
        Status::Satisfied => 1,
        Status::NotApplicable => 0,
    };
    statuses.max_by_key(rank)
}
