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
    /// The last day of its month, of its year, and of the month after its own.
    EndOfMonth,
    EndOfYear,
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
            OfDay::EndOfMonth => Answer::Day(Day::last_of_month(year, month)),
            OfDay::EndOfYear => Answer::Day(Day::last_of_month(year, 12)),
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
            OfDay::EndOfMonth | OfDay::EndOfYear | OfDay::EndOfNextMonth => AnswerSort::Day,
            OfDay::WeekdayOfWeek(_) | OfDay::NthWeekday { .. } | OfDay::LastWeekday(_) => AnswerSort::Day,
        }
    }
}

/// How many days on from one weekday the next such other is: none from a weekday to itself.
fn days_on(from: Weekday, to: Weekday) -> i32 {
    to.days_after_monday().saturating_sub(from.days_after_monday()).rem_euclid(7)
}
