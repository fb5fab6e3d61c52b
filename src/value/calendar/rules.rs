//! Holidays by rule: on which day of a year each falls, in which years, and whether it moves off a week-end.

use crate::value::day::Day;
use crate::value::feast::Feast;
use crate::value::weekday::Weekday;
use crate::value::yearly::YearlyDay;

/// One holiday.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    name: &'static str,
    when: When,
    first_year: i32,
    last_year: i32,
    /// Years between these in which it was held on another day.
    not_in: &'static [i32],
    substitute: Substitute,
}

#[derive(Clone, Copy)]
pub(super) enum When {
    /// Day and month.
    Date(u32, u32),
    /// So many days after Easter day.
    Easter(i32),
    /// The first Saturday, say, on this day and month or after.
    OnOrAfter(Weekday, u32, u32),
    /// The last Monday, say, of a month.
    LastIn(Weekday, u32),
    /// One year's own: year, month and day.
    Once(i32, u32, u32),
}

/// Which day is free besides, by how many days later, where the day is a Saturday or a Sunday; 0 is none.
#[derive(Clone, Copy)]
pub(super) struct Substitute {
    saturday: i32,
    sunday: i32,
}

const NO_SUBSTITUTE: Substitute = Substitute { saturday: 0, sunday: 0 };
/// The next Monday.
pub(super) const MONDAY: Substitute = Substitute { saturday: 2, sunday: 1 };
/// Of two holidays on two days in a row each: the next weekday that the other does not take.
pub(super) const OF_TWO: Substitute = Substitute { saturday: 2, sunday: 2 };
pub(super) const SUNDAY_TO_MONDAY: Substitute = Substitute { saturday: 0, sunday: 1 };
pub(super) const SUNDAY_TO_SATURDAY: Substitute = Substitute { saturday: 0, sunday: -1 };

impl Rule {
    pub(super) const fn new(name: &'static str, when: When) -> Rule {
        Rule { name, when, first_year: 1, last_year: 9999, not_in: &[], substitute: NO_SUBSTITUTE }
    }

    pub(super) const fn from(self, year: i32) -> Rule {
        Rule { first_year: year, ..self }
    }

    pub(super) const fn through(self, year: i32) -> Rule {
        Rule { last_year: year, ..self }
    }

    pub(super) const fn not_in(self, years: &'static [i32]) -> Rule {
        Rule { not_in: years, ..self }
    }

    pub(super) const fn or(self, substitute: Substitute) -> Rule {
        Rule { substitute, ..self }
    }

    fn is(&self, day: Day, year: i32, easter: Option<Day>) -> bool {
        if !(self.first_year..=self.last_year).contains(&year) || self.not_in.contains(&year) {
            return false;
        }
        let Some(own) = self.when.in_year(year, easter) else { return false };
        let more = match own.weekday() {
            Weekday::Saturday => self.substitute.saturday,
            Weekday::Sunday => self.substitute.sunday,
            Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => 0,
        };
        day == own || day == own.plus_days(more)
    }
}

impl When {
    fn in_year(self, year: i32, easter: Option<Day>) -> Option<Day> {
        match self {
            When::Date(day, month) => Day::of(year, month, day),
            When::Easter(days) => easter?.checked_plus_days(days),
            When::OnOrAfter(weekday, day, month) => {
                let first = Day::of(year, month, day)?;
                let wait = weekday.days_after_monday().saturating_sub(first.weekday().days_after_monday());
                first.checked_plus_days(wait.rem_euclid(7))
            }
            When::LastIn(weekday, month) => YearlyDay::LastWeekday { weekday, month }.in_year(year),
            When::Once(own, month, day) => Day::of(own, month, day).filter(|_| own == year),
        }
    }
}

/// The name of the first of these holidays that a day is.
pub(super) fn holiday(rules: &[Rule], day: Day) -> Option<&'static str> {
    let year = day.year();
    let easter = Feast::EasterDay.in_year(year);
    rules.iter().find(|rule| rule.is(day, year, easter)).map(|rule| rule.name)
}
