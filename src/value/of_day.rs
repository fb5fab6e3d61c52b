//! What is asked of a single day: its weekday, whether people work on it, and the ends of the times that it lies in.

use super::calendar::{Calendar, OutOfRange};
use super::day::Day;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfDay {
    Weekday,
    IsWorkingDay,
    IsPublicHoliday,
    /// The last day of its month, of its year, and of the month after its own.
    EndOfMonth,
    EndOfYear,
    EndOfNextMonth,
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Text(&'static str),
    YesNo(bool),
    /// `None` past the year 9999.
    Day(Option<Day>),
}

impl OfDay {
    /// A year that the calendar does not cover is an error.
    pub fn of(self, day: Day, calendar: &Calendar) -> Result<Answer, OutOfRange> {
        let (year, month, _) = day.parts();
        let next = if month == 12 { (year.saturating_add(1), 1) } else { (year, month.saturating_add(1)) };
        Ok(match self {
            OfDay::Weekday => Answer::Text(day.weekday().name()),
            OfDay::IsWorkingDay => Answer::YesNo(calendar.is_working_day(day)?),
            OfDay::IsPublicHoliday => Answer::YesNo(calendar.holiday(day)?.is_some()),
            OfDay::EndOfMonth => Answer::Day(Day::last_of_month(year, month)),
            OfDay::EndOfYear => Answer::Day(Day::last_of_month(year, 12)),
            OfDay::EndOfNextMonth => Answer::Day(Day::last_of_month(next.0, next.1)),
        })
    }

    /// Whether a later day never has an earlier answer.
    pub fn is_a_day(self) -> bool {
        match self {
            OfDay::EndOfMonth | OfDay::EndOfYear | OfDay::EndOfNextMonth => true,
            OfDay::Weekday | OfDay::IsWorkingDay | OfDay::IsPublicHoliday => false,
        }
    }
}
