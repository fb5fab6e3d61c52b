//! Cycles counted from a day: each end is the anchor plus so many times the period.
//! Nothing is stepped from one end to the next, so a short month shortens one period and no later one.

use std::fmt;

use super::{CyclePeriod, PeriodLabel};
use crate::value::calendar::Calendar;
use crate::value::day::Day;
use crate::value::months::{MonthRule, ShiftProblem, shift};
use crate::value::period::Period;
use crate::value::stretch::Stretch;
use crate::value::yearly::{NoSuchDay, YearlyDay};

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
/// It ends on the day before the day of the same number: 4 years from 2015-10-15 go through 2019-10-14. Where the month has no
/// such day it ends on the month's last day: 1 month from 31 January 2015 goes through 28 February. Every rule agrees in that
/// but the one that refuses.
pub fn term(from: Day, period: &Period, rule: MonthRule, calendar: &Calendar) -> Result<Stretch, ShiftProblem> {
    Ok(Stretch::new(from, day_after_term(from, period, rule, calendar)?))
}

/// The days of the term that so many renewals, one or more, lead to: the first term begins on `from` and lasts for `length`,
/// each renewal for `renewal`.
///
/// Each end is counted from `from`, so that a short month shortens one term and no later one; each term begins on the day after
/// the one before it ended. 6 months from 2014-08-31, renewed for 6 months, end on 2015-02-28, 2015-08-30 and 2016-02-29.
pub fn renewed_term(
    from: Day,
    (length, renewal): (&Period, &Period),
    renewals: i32,
    rule: MonthRule,
    calendar: &Calendar,
) -> Result<Stretch, ShiftProblem> {
    let after = |renewals: i32| {
        let whole = renewal.times(renewals).and_then(|renewed| length.plus(&renewed));
        let whole = whole.ok_or(ShiftProblem::BeyondTheYears)?;
        day_after_term(from, &whole, rule, calendar)
    };
    Ok(Stretch::new(after(renewals.saturating_sub(1))?, after(renewals)?))
}

/// Where a month has no day of that number, the day after its last day is the first that the term does not reach.
fn day_after_term(from: Day, period: &Period, rule: MonthRule, calendar: &Calendar) -> Result<Day, ShiftProblem> {
    let rule = match rule {
        MonthRule::Refuse => MonthRule::Refuse,
        MonthRule::RoundDown | MonthRule::RoundUp | MonthRule::Eu1182 | MonthRule::Sweden1930 => MonthRule::RoundUp,
    };
    shift(from, period, rule, calendar)
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
        let before = k.checked_sub(1)?;
        let stretch = Stretch::new(self.start(before)?, self.start(k)?);
        let usable = k >= 1 && !stretch.is_empty();
        let label = PeriodLabel::Days(stretch.first(), stretch.last());
        let refused = self.refused(before).or_else(|| self.refused(k));
        usable.then_some(CyclePeriod { stretch, label, refused })
    }

    /// The period that a day lies in; `None` before the first.
    pub(super) fn period_at(&self, day: Day) -> Option<CyclePeriod> {
        if day < self.first() {
            return None;
        }
        // Halving: `low` periods have certainly begun before or on the day, `high` have not.
        let (mut low, mut high) = (0, self.most_periods(day));
        while low < high {
            let middle = high.saturating_sub(low).saturating_add(1) / 2;
            let middle = low.saturating_add(middle);
            match self.start(middle) {
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

    /// The day on which the period after the k-th begins. A day that the rule refuses is rounded down, so that the cycle keeps
    /// all its periods.
    fn start(&self, k: i32) -> Option<Day> {
        let rule = match self.rule {
            MonthRule::Refuse => MonthRule::RoundDown,
            MonthRule::RoundDown | MonthRule::RoundUp | MonthRule::Eu1182 | MonthRule::Sweden1930 => self.rule,
        };
        let end = shift(self.from, &self.every.times(k)?, rule, &self.calendar).ok()?;
        match self.first_day {
            FirstDay::Counted => Some(end),
            FirstDay::NotCounted => Some(end.following()),
        }
    }

    /// The day on which the k-th period would end, where the rule refuses it.
    fn refused(&self, k: i32) -> Option<NoSuchDay> {
        match shift(self.from, &self.every.times(k)?, self.rule, &self.calendar) {
            Err(ShiftProblem::NoSuchDay { year, month, day, has: _ }) => {
                Some(NoSuchDay { year, day: YearlyDay::DayMonth { day, month } })
            }
            Ok(_) | Err(ShiftProblem::Calendar(_) | ShiftProblem::BeyondTheYears) => None,
        }
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} counted from {}", self.every, self.from)
    }
}
