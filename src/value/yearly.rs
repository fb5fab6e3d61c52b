//! Yearly days: a day that comes once a year, such as 28 February or the second Sunday in May.

use std::fmt;

use super::day::{Day, days_in_month, month_name};
use super::feast::Feast;
use super::months::MonthRule;
use super::weekday::Weekday;

/// A day named without its year. Months are 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearlyDay {
    /// `28 February`
    DayMonth { day: u32, month: u32 },
    /// `the last day of May`
    LastOf { month: u32 },
    /// `the second Sunday in May`; `nth` is 1 to 5, and a fifth does not come every year.
    NthWeekday { nth: u32, weekday: Weekday, month: u32 },
    /// `the last Friday in October`
    LastWeekday { weekday: Weekday, month: u32 },
    /// `midsummer eve`
    Feast(Feast),
}

/// A day that a year does not have: a fifth Friday in October, 29 February, 31 April.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoSuchDay {
    pub year: i32,
    pub day: YearlyDay,
}

impl YearlyDay {
    /// A day and a month that come together in some year; 29 February does, 31 April does not.
    pub fn day_month(day: u32, month: u32) -> Option<YearlyDay> {
        let most = days_in_month(2000, month)?;
        (1..=most).contains(&day).then_some(YearlyDay::DayMonth { day, month })
    }

    /// The day in a year; `None` when that year has no such day (29 February, a fifth Sunday).
    pub fn in_year(&self, year: i32) -> Option<Day> {
        match *self {
            YearlyDay::DayMonth { day, month } => Day::of(year, month, day),
            YearlyDay::LastOf { month } => Day::last_of_month(year, month),
            YearlyDay::NthWeekday { nth, weekday, month } => nth_weekday(year, month, weekday, nth),
            YearlyDay::LastWeekday { weekday, month } => {
                let last = Day::last_of_month(year, month)?;
                last.checked_plus_days(days_from(weekday, last.weekday()).saturating_neg())
            }
            YearlyDay::Feast(feast) => feast.in_year(year),
        }
    }

    /// The day in a year by the agreement's rule for months. 29 February follows the rule: the day before, the day after, or
    /// none. Every other day that a year lacks is none under every rule.
    pub fn by_rule(&self, year: i32, rule: MonthRule) -> Result<Day, NoSuchDay> {
        let stands_in = || match (*self, rule) {
            (YearlyDay::DayMonth { day: 29, month: 2 }, MonthRule::RoundUp) => Day::of(year, 3, 1),
            (YearlyDay::DayMonth { day: 29, month: 2 }, MonthRule::Refuse) => None,
            (
                YearlyDay::DayMonth { day: 29, month: 2 },
                MonthRule::RoundDown | MonthRule::Eu1182 | MonthRule::Sweden1930,
            ) => Day::of(year, 2, 28),
            (YearlyDay::DayMonth { .. } | YearlyDay::LastOf { .. } | YearlyDay::NthWeekday { .. }, _) => None,
            (YearlyDay::LastWeekday { .. } | YearlyDay::Feast(_), _) => None,
        };
        self.in_year(year).or_else(stands_in).ok_or(NoSuchDay { year, day: *self })
    }

    /// Whether no year lacks the day; a feast is taken to come every year from its beginning on.
    pub fn comes_every_year(&self) -> bool {
        match *self {
            YearlyDay::DayMonth { day, month } => (day, month) != (29, 2),
            YearlyDay::NthWeekday { nth, .. } => nth < 5,
            YearlyDay::LastOf { .. } | YearlyDay::LastWeekday { .. } | YearlyDay::Feast(_) => true,
        }
    }
}

fn nth_weekday(year: i32, month: u32, weekday: Weekday, nth: u32) -> Option<Day> {
    let first = Day::of(year, month, 1)?;
    let weeks = i32::try_from(nth.checked_sub(1)?).ok()?.checked_mul(7)?;
    let day = first.checked_plus_days(days_from(first.weekday(), weekday).checked_add(weeks)?)?;
    (day.month() == month && nth <= 5).then_some(day)
}

/// Days from one weekday to the next other: 0 to 6.
fn days_from(one: Weekday, other: Weekday) -> i32 {
    other.days_after_monday().saturating_sub(one.days_after_monday()).rem_euclid(7)
}

impl fmt::Display for YearlyDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            YearlyDay::DayMonth { day, month } => write!(f, "{day} {}", month_name(month)),
            YearlyDay::LastOf { month } => write!(f, "the last day of {}", month_name(month)),
            YearlyDay::NthWeekday { nth, weekday, month } => {
                write!(f, "the {} {weekday} in {}", ordinal(nth), month_name(month))
            }
            YearlyDay::LastWeekday { weekday, month } => write!(f, "the last {weekday} in {}", month_name(month)),
            YearlyDay::Feast(feast) => feast.fmt(f),
        }
    }
}

fn ordinal(nth: u32) -> &'static str {
    match nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        _ => "fifth",
    }
}

/// `2013 has no fifth Friday in October`
impl fmt::Display for NoSuchDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.day.to_string();
        write!(f, "{} has no {}", self.year, day.strip_prefix("the ").unwrap_or(&day))
    }
}
