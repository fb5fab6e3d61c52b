//! Calendars: which days are working days and which are holidays, where and in which years.
//! A year outside a calendar's range is an error, never "no holidays".

mod countries;
mod local;
mod rules;
mod sweden;

use std::fmt;

use super::day::Day;
use local::Local;
pub use local::{Contradiction, LocalDays, Work, Yearly};

/// A named calendar. Saturdays and Sundays are free in all that overens knows; eves are working days. A policy may change that in a
/// local calendar, whose holidays are those of the one that it is made from.
#[derive(Clone, Copy)]
pub struct Calendar {
    name: &'static str,
    first_year: i32,
    last_year: i32,
    /// Years between these that no source settles.
    open_years: &'static [i32],
    holidays: Holidays,
    local: Option<&'static Local>,
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
    pub const PLAIN: Calendar = Calendar::new("Plain", (1, 9999), Holidays::None);
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

    const fn new(name: &'static str, (first_year, last_year): (i32, i32), holidays: Holidays) -> Calendar {
        Calendar { name, first_year, last_year, open_years: &[], holidays, local: None }
    }

    const fn but_for(mut self, years: &'static [i32]) -> Calendar {
        self.open_years = years;
        self
    }

    /// A calendar of a place that has days of its own, from the first year of these through the last.
    #[must_use]
    pub fn local(&self, name: String, (first, last): (i32, i32), days: LocalDays) -> Calendar {
        let years = (self.first_year.max(first), self.last_year.min(last));
        Calendar { local: Some(Local::kept(Local { name, years, days })), ..*self }
    }

    pub fn name(&self) -> &'static str {
        self.local.map_or(self.name, |local| &local.name)
    }

    /// The first and the last year it covers.
    pub fn years(&self) -> (i32, i32) {
        self.local.map_or((self.first_year, self.last_year), |local| local.years)
    }

    /// The name of the holiday that a day is; an ordinary Sunday is none. Of two that fall together one is named.
    pub fn holiday(&self, day: Day) -> Result<Option<&'static str>, OutOfRange> {
        match self.holidays {
            Holidays::None => self.within(day).map(|_| None),
            Holidays::By(rules) => self.within(day).map(|day| rules::holiday(rules, day)),
            Holidays::Of(holiday) => self.within(day).map(holiday),
        }
    }

    /// Neither Saturday, nor Sunday, nor a holiday, unless a local calendar says otherwise.
    pub fn is_working_day(&self, day: Day) -> Result<bool, OutOfRange> {
        self.worked(day)?;
        let is_holiday = self.holiday(day)?.is_some();
        let days = self.local.map(|local| &local.days);
        if let Some(work) = days.and_then(|days| days.named(day)) {
            return Ok(work == Work::Open);
        }
        let by_weekday = days.and_then(|days| days.by_weekday(day));
        Ok(!is_holiday && by_weekday.map_or(!day.weekday().is_weekend(), |work| work == Work::Open))
    }

    /// Whether nobody works on a day only because a local calendar says so.
    pub fn is_closed(&self, day: Day) -> Result<bool, OutOfRange> {
        Ok(!self.is_working_day(day)? && self.holiday(day)?.is_none() && !day.weekday().is_weekend())
    }

    /// The first day of the years from one through another that days of every year make both closed and open.
    pub fn contradiction(&self, (first, last): (i32, i32)) -> Option<Contradiction> {
        let days = &self.local?.days;
        let (first, last) = (Day::of(first, 1, 1)?, Day::of(last, 12, 31)?);
        let all = (0..=first.days_until(last)).map(|more| first.plus_days(more));
        all.into_iter().find(|day| days.contradicts(*day)).map(Contradiction)
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
        self.worked(day)?;
        self.worked(Day(day.0.saturating_add(n)))?;
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
        self.worked(from)?;
        self.worked(to)?;
        let weeks = if self.is_plain() { from.days_until(to) / 7 } else { 0 };
        let (mut day, mut count) = (from.plus_days(weeks.saturating_mul(7)), weeks.saturating_mul(5));
        while day < to {
            day = day.following();
            count = count.saturating_add(i32::from(self.is_working_day(day)?));
        }
        Ok(count)
    }

    /// How many whole weeks of five working days need no walking. The last one is walked, as the start may be a free day.
    fn weeks_at_once(&self, n: i32) -> i32 {
        if self.is_plain() { n.saturating_sub(n.signum()) / 5 } else { 0 }
    }

    /// Whether every week has the same five working days.
    fn is_plain(&self) -> bool {
        self.local.is_none() && matches!(self.holidays, Holidays::None)
    }

    fn within(&self, day: Day) -> Result<Day, OutOfRange> {
        let year = day.year();
        if (self.first_year..=self.last_year).contains(&year) && !self.open_years.contains(&year) {
            return Ok(day);
        }
        Err(OutOfRange { calendar: self.name, year, first_year: self.first_year, last_year: self.last_year })
    }

    /// Of a local calendar it may be known in fewer years who works when than which days are holidays.
    fn worked(&self, day: Day) -> Result<Day, OutOfRange> {
        let ((first_year, last_year), year) = (self.years(), day.year());
        match (first_year..=last_year).contains(&year) {
            true => self.within(day),
            false => Err(OutOfRange { calendar: self.name(), year, first_year, last_year }),
        }
    }
}

/// Calendars are told apart by name, and local ones by their days.
impl PartialEq for Calendar {
    fn eq(&self, other: &Calendar) -> bool {
        (self.name, self.local, self.years()) == (other.name, other.local, other.years())
    }
}

impl Eq for Calendar {}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({})", self.name())
    }
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OutOfRange { calendar, year, first_year, last_year } = self;
        write!(f, "the calendar `{calendar}` covers the years {first_year} to {last_year}, not {year}")
    }
}
