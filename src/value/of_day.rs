//! What is asked of a single day: its weekday and year, whether people work on it, the ends of the times that it lies in, and the
//! weekdays about it.

use super::calendar::{Calendar, OutOfRange};
use super::day::Day;
use super::weekday::Weekday;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfDay {
    Weekday,
    Year,
    IsWorkingDay,
    IsPublicHoliday,
    /// The first and the last day of the part of the calendar that it lies in.
    StartOf(Part),
    EndOf(Part),
    /// The last day of the month after its own.
    EndOfNextMonth,
    /// The one of a week that begins with the day.
    WeekdayOfWeek(Weekday),
    /// From the day on, the day itself counted: the first such weekday is 1.
    NthWeekday {
        nth: u32,
        weekday: Weekday,
    },
    /// Up to the day, the day itself counted.
    LastWeekday(Weekday),
}

/// A part of the calendar year; each day lies in one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Month,
    Quarter,
    HalfYear,
    Year,
}

impl Part {
    fn months(self) -> u32 {
        match self {
            Part::Month => 1,
            Part::Quarter => 3,
            Part::HalfYear => 6,
            Part::Year => 12,
        }
    }

    /// The first day of the one that a day lies in.
    pub fn first_day(self, day: Day) -> Option<Day> {
        let (year, month, _) = day.parts();
        Day::of(year, self.first_month(month), 1)
    }

    /// The last day of the one that a day lies in.
    pub fn last_day(self, day: Day) -> Option<Day> {
        let (year, month, _) = day.parts();
        Day::last_of_month(year, self.first_month(month).saturating_add(self.months()).saturating_sub(1))
    }

    fn first_month(self, month: u32) -> u32 {
        month.saturating_sub(month.saturating_sub(1).checked_rem(self.months()).unwrap_or(0))
    }
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Text(&'static str),
    Number(i32),
    YesNo(bool),
    /// `None` past the year 9999.
    Day(Option<Day>),
}

/// Of which sort it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerSort {
    Text,
    Number,
    YesNo,
    Day,
}

impl OfDay {
    /// A year that the calendar does not cover is an error.
    pub fn of(self, day: Day, calendar: &Calendar) -> Result<Answer, OutOfRange> {
        let (year, month, _) = day.parts();
        let next = if month == 12 { (year.saturating_add(1), 1) } else { (year, month.saturating_add(1)) };
        Ok(match self {
            OfDay::Weekday => Answer::Text(day.weekday().name()),
            OfDay::Year => Answer::Number(year),
            OfDay::IsWorkingDay => Answer::YesNo(calendar.is_working_day(day)?),
            OfDay::IsPublicHoliday => Answer::YesNo(calendar.holiday(day)?.is_some()),
            OfDay::StartOf(part) => Answer::Day(part.first_day(day)),
            OfDay::EndOf(part) => Answer::Day(part.last_day(day)),
            OfDay::EndOfNextMonth => Answer::Day(Day::last_of_month(next.0, next.1)),
            OfDay::WeekdayOfWeek(weekday) => Answer::Day(day.checked_plus_days(days_on(day.weekday(), weekday))),
            OfDay::NthWeekday { nth, weekday } => {
                let weeks = i32::try_from(nth.saturating_sub(1)).unwrap_or(i32::MAX).saturating_mul(7);
                let days = weeks.saturating_add(days_on(day.weekday(), weekday));
                Answer::Day(day.checked_plus_days(days))
            }
            OfDay::LastWeekday(weekday) => {
                Answer::Day(day.checked_plus_days(days_on(weekday, day.weekday()).saturating_neg()))
            }
        })
    }

    pub fn sort(self) -> AnswerSort {
        match self {
            OfDay::Weekday => AnswerSort::Text,
            OfDay::Year => AnswerSort::Number,
            OfDay::IsWorkingDay | OfDay::IsPublicHoliday => AnswerSort::YesNo,
            OfDay::StartOf(_) | OfDay::EndOf(_) | OfDay::EndOfNextMonth => AnswerSort::Day,
            OfDay::WeekdayOfWeek(_) | OfDay::NthWeekday { .. } | OfDay::LastWeekday(_) => AnswerSort::Day,
        }
    }
}

/// How many days on from one weekday the next such other is: none from a weekday to itself.
fn days_on(from: Weekday, to: Weekday) -> i32 {
    to.days_after_monday().saturating_sub(from.days_after_monday()).rem_euclid(7)
}
