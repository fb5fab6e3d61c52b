//! Stretches of time: days in a row, with an open end.
//! Half-open, so that a stretch can be cut and joined without a day being lost or counted twice.

use std::fmt;

use super::day::Day;

/// The days from `from` up to, but not including, `until`. Empty when `until` is not later than `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    pub from: Day,
    pub until: Day,
}

impl Stretch {
    /// All days there are.
    pub const ALWAYS: Stretch = Stretch { from: Day::MIN, until: Day(2_932_897) };

    /// From one day up to another that is left out.
    pub fn new(from: Day, until: Day) -> Stretch {
        Stretch { from, until }
    }

    /// From a first through a last day, both inside.
    pub fn of_days(first: Day, last: Day) -> Stretch {
        Stretch { from: first, until: last.following() }
    }

    pub fn first(self) -> Day {
        self.from
    }

    /// The last day inside. Of an empty stretch it comes before [`Stretch::first`].
    pub fn last(self) -> Day {
        self.until.preceding()
    }

    pub fn is_empty(self) -> bool {
        self.until <= self.from
    }

    /// How many days it holds.
    pub fn days(self) -> i32 {
        self.from.days_until(self.until).max(0)
    }

    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day < self.until
    }

    /// The days of both; empty when they share none.
    pub fn intersect(self, other: Stretch) -> Stretch {
        Stretch { from: self.from.max(other.from), until: self.until.min(other.until) }
    }

    /// The parts between the cuts; each cut begins a new part. The parts are not empty and hold each day exactly once.
    /// Cuts may come in any order and more than once; those outside cut nothing.
    pub fn split(self, cuts: &[Day]) -> Vec<Stretch> {
        let mut bounds: Vec<Day> = cuts.iter().copied().filter(|cut| self.from < *cut && *cut < self.until).collect();
        bounds.push(self.until);
        bounds.sort_unstable();
        bounds.dedup();
        let starts = std::iter::once(self.from).chain(bounds.iter().copied());
        let parts = starts.zip(bounds.iter().copied()).map(|(from, until)| Stretch { from, until });
        parts.filter(|part| !part.is_empty()).collect()
    }
}

/// First and last day with a dash between.
impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() { f.write_str("no day") } else { write!(f, "{}–{}", self.first(), self.last()) }
    }
}
