//! Cycles counted from a day: each end is the anchor plus so many times the period.
//! Nothing is stepped from one end to the next, so a short month shortens one period and no later one.

use std::fmt;

use super::{CyclePeriod, PeriodLabel};
use crate::value::calendar::Calendar;
use crate::value::day::Day;
use crate::value::months::{MonthRule, ShiftProblem, shift};
use crate::value::period::Period;
use crate::value::stretch::Stretch;

/// Whether the day that one counts from belongs to the first period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirstDay {
    /// A term, or "begins on that day": 4 years from 2015-10-15 end on 2019-10-14.
    Counted,
    /// A time that runs from an event: every 5 years from 2008-10-23 the last day is 23 October.
    NotCounted,
}

/// A cycle with an anchor of its own. Its period is longer than nothing and has no part that counts backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    every: Period,
    from: Day,
    first_day: FirstDay,
    rule: MonthRule,
    calendar: Calendar,
}

/// The days of a term that begins on `from` and lasts for a period, its first day counted in.
///
/// It ends the day before `from` plus the period: 4 years from 2015-10-15 go through 2019-10-14. Where the month is too short the
/// rule decides that sum like any other: 1 month from 31 January, rounded down, goes through 27 February.
pub fn term(from: Day, period: &Period, rule: MonthRule, calendar: &Calendar) -> Result<Stretch, ShiftProblem> {
    Ok(Stretch::new(from, shift(from, period, rule, calendar)?))
}

impl Counted {
    /// `None` when the period is empty or counts backwards.
    pub fn new(every: Period, from: Day, first_day: FirstDay, rule: MonthRule, calendar: Calendar) -> Option<Counted> {
        let usable = !every.is_zero() && !every.goes_back();
        usable.then_some(Counted { every, from, first_day, rule, calendar })
    }

    /// The first day of the first period.
    pub fn first(&self) -> Day {
        match self.first_day {
            FirstDay::Counted => self.from,
            FirstDay::NotCounted => self.from.following(),
        }
    }

    pub fn every(&self) -> Period {
        self.every
    }

    /// The day that one counts from.
    pub fn anchor(&self) -> Day {
        self.from
    }

    /// The k-th period, from 1.
    pub fn nth(&self, k: i32) -> Option<CyclePeriod> {
        let stretch = Stretch::new(self.start(k.checked_sub(1)?, self.rule)?, self.start(k, self.rule)?);
        let usable = k >= 1 && !stretch.is_empty();
        usable.then_some(CyclePeriod { stretch, label: PeriodLabel::Days(stretch.first(), stretch.last()) })
    }

    /// The period that a day lies in; `None` before the first, and where the rule refuses one of its ends.
    pub(super) fn period_at(&self, day: Day) -> Option<CyclePeriod> {
        if day < self.first() {
            return None;
        }
        // Halving: `low` periods have certainly begun before or on the day, `high` have not.
        let (mut low, mut high) = (0, self.most_periods(day));
        while low < high {
            let middle = high.saturating_sub(low).saturating_add(1) / 2;
            let middle = low.saturating_add(middle);
            match self.start(middle, self.rule_for_searching()) {
                Some(start) if start <= day => low = middle,
                Some(_) | None => high = middle.saturating_sub(1),
            }
        }
        self.nth(low.saturating_add(1))
    }

    /// No more periods than this end before a day: a month has at least 28 days.
    fn most_periods(&self, day: Day) -> i32 {
        let shortest = self.every.months.saturating_mul(28).saturating_add(self.every.days);
        let shortest = shortest.saturating_add(self.every.working_days).max(1);
        self.first().days_until(day).checked_div(shortest).unwrap_or(0).saturating_add(1)
    }

    /// The day on which the period after the k-th begins.
    fn start(&self, k: i32, rule: MonthRule) -> Option<Day> {
        let end = shift(self.from, &self.every.times(k)?, rule, &self.calendar).ok()?;
        match self.first_day {
            FirstDay::Counted => Some(end),
            FirstDay::NotCounted => Some(end.following()),
        }
    }

    /// To find a place in the row every end must have a day, also those that the rule refuses.
    fn rule_for_searching(&self) -> MonthRule {
        match self.rule {
            MonthRule::Refuse => MonthRule::RoundDown,
            MonthRule::RoundDown | MonthRule::RoundUp | MonthRule::Eu1182 | MonthRule::Sweden1930 => self.rule,
        }
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} counted from {}", self.every, self.from)
    }
}
