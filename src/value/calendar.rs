//! Calendars: which days are working days and which are holidays, where and in which years.
//! A year outside a calendar's range is an error, never "no holidays".

mod countries;
mod rules;
mod sweden;

use std::fmt;

use super::day::Day;

/// A named calendar. Saturdays and Sundays are free in all of them; eves are working days.
#[derive(Clone, Copy)]
pub struct Calendar {
    name: &'static str,
    first_year: i32,
    last_year: i32,
    /// Years between these that no source settles.
    open_years: &'static [i32],
    holidays: Holidays,
}

#[derive(Clone, Copy)]
enum Holidays {
    None,
    /// Days by rules, each with the years in which it holds.
    By(&'static [rules::Rule]),
    /// The name of the holiday that a day within the years is.
    Of(fn(Day) -> Option<&'static str>),
}

/// A day outside the years that a calendar covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange {
    pub calendar: &'static str,
    pub year: i32,
    pub first_year: i32,
    pub last_year: i32,
}

impl Calendar {
    /// Monday to Friday are working days; no holidays.
    pub const PLAIN: Calendar =
        Calendar { name: "Plain", first_year: 1, last_year: 9999, open_years: &[], holidays: Holidays::None };
    /// Sweden's public holidays, 1953 to 2100.
    pub const SWEDEN: Calendar = sweden::CALENDAR;
    /// Every calendar there is, the plain one and Sweden's first.
    pub fn all() -> impl Iterator<Item = Calendar> {
        [Calendar::PLAIN, Calendar::SWEDEN].into_iter().chain(countries::ALL)
    }

    /// Their names, in the same order.
    pub fn names() -> Vec<&'static str> {
        Calendar::all().map(|calendar| calendar.name).collect()
    }

    pub fn named(name: &str) -> Option<Calendar> {
        Calendar::all().find(|calendar| calendar.name == name)
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The first and the last year it covers.
    pub fn years(&self) -> (i32, i32) {
        (self.first_year, self.last_year)
    }

    /// The name of the holiday that a day is; an ordinary Sunday is none. Of two that fall together one is named.
    pub fn holiday(&self, day: Day) -> Result<Option<&'static str>, OutOfRange> {
        match self.holidays {
            Holidays::None => self.within(day).map(|_| None),
            Holidays::By(rules) => self.within(day).map(|day| rules::holiday(rules, day)),
            Holidays::Of(holiday) => self.within(day).map(holiday),
        }
    }

    /// Neither Saturday, nor Sunday, nor a holiday.
    pub fn is_working_day(&self, day: Day) -> Result<bool, OutOfRange> {
        Ok(self.holiday(day)?.is_none() && !day.weekday().is_weekend())
    }

    /// The day itself when it is a working day, else the next one.
    pub fn working_day_on_or_after(&self, day: Day) -> Result<Day, OutOfRange> {
        let mut day = day;
        while !self.is_working_day(day)? {
            day = day.following();
        }
        Ok(day)
    }

    /// The day itself when it is a working day, else the one before.
    pub fn working_day_on_or_before(&self, day: Day) -> Result<Day, OutOfRange> {
        let mut day = day;
        while !self.is_working_day(day)? {
            day = day.preceding();
        }
        Ok(day)
    }

    /// The n-th working day after a day (before it, when negative), which is not counted itself. Zero leaves the day.
    pub fn plus_working_days(&self, day: Day, n: i32) -> Result<Day, OutOfRange> {
        // Each working day takes at least one day: a count beyond the range is refused before it is walked.
        self.within(day)?;
        self.within(Day(day.0.saturating_add(n)))?;
        let weeks = self.weeks_at_once(n);
        let mut day = Day(day.0.saturating_add(weeks.saturating_mul(7)));
        for _ in 0..n.saturating_sub(weeks.saturating_mul(5)).unsigned_abs() {
            day = Day(day.0.saturating_add(n.signum()));
            while !self.is_working_day(day)? {
                day = Day(day.0.saturating_add(n.signum()));
            }
        }
        Ok(day)
    }

    /// How many working days lie after one day, up to and with another; negative when that one is earlier.
    pub fn working_days_between(&self, from: Day, to: Day) -> Result<i32, OutOfRange> {
        if to < from {
            return Ok(self.working_days_between(to, from)?.saturating_neg());
        }
        self.within(from)?;
        self.within(to)?;
        let weeks = match self.holidays {
            Holidays::None => from.days_until(to) / 7,
            Holidays::By(_) | Holidays::Of(_) => 0,
        };
        let (mut day, mut count) = (from.plus_days(weeks.saturating_mul(7)), weeks.saturating_mul(5));
        while day < to {
            day = day.following();
            count = count.saturating_add(i32::from(self.is_working_day(day)?));
        }
        Ok(count)
    }

    /// How many whole weeks of five working days need no walking. The last one is walked, as the start may be a free day.
    fn weeks_at_once(&self, n: i32) -> i32 {
        match self.holidays {
            Holidays::None => n.saturating_sub(n.signum()) / 5,
            Holidays::By(_) | Holidays::Of(_) => 0,
        }
    }

    fn within(&self, day: Day) -> Result<Day, OutOfRange> {
        let year = day.year();
        if (self.first_year..=self.last_year).contains(&year) && !self.open_years.contains(&year) {
            return Ok(day);
        }
        Err(OutOfRange { calendar: self.name, year, first_year: self.first_year, last_year: self.last_year })
    }
}

/// Calendars are told apart by name.
impl PartialEq for Calendar {
    fn eq(&self, other: &Calendar) -> bool {
        self.name == other.name
    }
}

impl Eq for Calendar {}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({})", self.name)
    }
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OutOfRange { calendar, year, first_year, last_year } = self;
        write!(f, "the calendar `{calendar}` covers the years {first_year} to {last_year}, not {year}")
    }
}
