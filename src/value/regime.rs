//! Regimes: how an agreement, or a law behind it, reckons time.
//! Each is a row of a table (`regimes`); what a row says is carried out here and in `months`. Which days are holidays is the
//! calendar's business.

mod free;
mod table;
mod told;

use std::fmt;
use std::hash::{Hash, Hasher};

use super::calendar::{Calendar, OutOfRange};
use super::day::Day;
use super::period::Period;

use free::Free;
pub use free::Freedom;

/// A regime, by its row.
#[derive(Clone, Copy)]
pub struct Regime(&'static Row);

/// What a regime says. Where a law is silent, the row says so.
struct Row {
    /// As a policy writes it.
    name: &'static str,
    /// The law, in words.
    law: &'static str,
    /// The part of it by which last days move, in short: `Sweden 1930:173 § 2`.
    moved_by: &'static str,
    missing_day: MissingDay,
    month_end: MonthEnd,
    /// The days off which a last day moves. A regime that lists none moves nothing.
    free: &'static [Free],
    fixed_days: FixedDays,
    backward: Backward,
    /// A period of at least so many days holds at least so many days that are not free.
    holds: Option<Holds>,
    /// In a period of at most so many days, free days are not counted.
    skips_up_to: i32,
    /// Longer periods are not moved.
    longest_moved: Option<Longest>,
}

/// What becomes of a day whose number the month lacks, such as 31 January plus one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingDay {
    /// The last day of the month.
    LastDay,
    /// The first day of the following month.
    FirstOfNext,
    /// There is no such day; the author must say what is meant, or the law is silent.
    Refuse,
}

/// Where a month counted from the last day of a month ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthEnd {
    /// On the day of the same number: 28 February leads to 28 March.
    SameNumber,
    /// On the last day: 28 February leads to 31 March.
    StaysLast,
}

/// Whether a last day that is told as a date moves off a free day, as the end of a period does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixedDays {
    Stay,
    Move,
    NotStated,
}

/// How a period is counted back from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Backward {
    /// The day counted to is the last day, free or not.
    Stays,
    /// A free day moves to the one before it that is not free.
    ToThePrevious,
    /// Neither end is counted: one day more, and no move.
    ClearDays,
}

#[derive(Clone, Copy)]
struct Holds {
    from_days: i32,
    days: i32,
}

#[derive(Clone, Copy)]
struct Longest {
    months: i32,
    days: i32,
}

impl Regime {
    pub const ROUND_DOWN: Regime = Regime(&table::ROUND_DOWN);
    pub const ROUND_UP: Regime = Regime(&table::ROUND_UP);
    pub const REFUSE: Regime = Regime(&table::REFUSE);
    pub const EU: Regime = Regime(&table::EU);
    pub const SWEDEN: Regime = Regime(&table::SWEDEN);

    /// Every regime, the three plain ones first.
    pub fn all() -> impl Iterator<Item = Regime> {
        table::ALL.iter().map(|row| Regime(row))
    }

    pub fn named(name: &str) -> Option<Regime> {
        Regime::all().find(|regime| regime.name() == name)
    }

    /// The name, as a policy writes it.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The law that it follows, in words.
    pub fn law(self) -> &'static str {
        self.0.law
    }

    /// The law by which last days move, in short: `Sweden 1930:173 § 2`. Nothing where none move.
    pub fn moved_by(self) -> Option<&'static str> {
        self.moves().then_some(self.0.moved_by)
    }

    pub fn missing_day(self) -> MissingDay {
        self.0.missing_day
    }

    pub fn month_end(self) -> MonthEnd {
        self.0.month_end
    }

    /// Whether it moves last days, and so needs a calendar.
    pub fn moves(self) -> bool {
        !self.0.free.is_empty()
    }

    pub fn fixed_days(self) -> FixedDays {
        if self.moves() { self.0.fixed_days } else { FixedDays::Stay }
    }

    /// Whether a day is free: one off which a last day moves. Without days of its own these are the calendar's.
    pub fn freedom(self, day: Day, calendar: &Calendar) -> Result<Freedom, OutOfRange> {
        if !self.moves() {
            let works = calendar.is_working_day(day)?;
            return Ok(if works { Freedom::Works } else { Freedom::Free });
        }
        let holiday = calendar.holiday(day)?.is_some();
        let found = self.0.free.iter().map(|free| free.on(day, holiday));
        Ok(found.max().unwrap_or(Freedom::Works))
    }

    /// The same where an agreement moves a day itself: off days on which a local calendar is closed, too.
    pub fn freedom_at(self, day: Day, calendar: &Calendar) -> Result<Freedom, OutOfRange> {
        Ok(if calendar.is_closed(day)? { Freedom::Free } else { self.freedom(day, calendar)? })
    }

    /// Why a day is free, each reason in a word or two: `Saturday`, `national day`. Empty where it is not.
    pub fn free_since(self, day: Day, calendar: &Calendar) -> Result<Vec<String>, OutOfRange> {
        let holiday = calendar.holiday(day)?;
        let mut why: Vec<String> = Vec::new();
        if !self.moves() && calendar.is_working_day(day)? {
            return Ok(why);
        }
        why.extend(calendar.is_closed(day).unwrap_or(false).then(|| format!("closed by the calendar {calendar}")));
        let weekend = day.weekday().is_weekend() && !self.moves();
        why.extend(weekend.then(|| day.weekday().to_string()));
        why.extend(holiday.filter(|_| !self.moves()).map(str::to_string));
        for free in self.0.free.iter().filter(|free| free.on(day, holiday.is_some()) != Freedom::Works) {
            why.extend(Some(free.named(day, holiday)).filter(|name| !why.contains(name)));
        }
        // The day of the week first, then what the day is called.
        why.sort_by_key(|name| *name != day.weekday().to_string());
        Ok(why)
    }

    pub(super) fn moves_backward_periods(self) -> bool {
        self.moves() && self.0.backward == Backward::ToThePrevious
    }

    /// Whether free days are left out where so long a period is counted, forwards or back.
    pub fn leaves_out_free_days(self, period: &Period) -> bool {
        let only_days = period.months == 0 && period.working_days == 0;
        only_days && self.skips_free_days(i32::try_from(period.days.unsigned_abs()).unwrap_or(i32::MAX))
    }

    pub fn counts_clear_days_back(self) -> bool {
        self.0.backward == Backward::ClearDays
    }

    /// How many days that are not free a period of so many days holds at least.
    pub(super) fn least_held(self, days: i32) -> Option<i32> {
        self.0.holds.filter(|holds| days >= holds.from_days).map(|holds| holds.days)
    }

    /// Whether free days are left out of the count of so many days.
    pub(super) fn skips_free_days(self, days: i32) -> bool {
        (1..=self.0.skips_up_to).contains(&days)
    }

    /// Whether a period is short enough for its last day to move.
    pub(super) fn moves_periods_of(self, months: i32, days: i32) -> bool {
        let within = |longest: Longest| months <= longest.months && days <= longest.days;
        self.moves() && self.0.longest_moved.is_none_or(within)
    }
}

/// Regimes are told apart by name.
impl PartialEq for Regime {
    fn eq(&self, other: &Regime) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Regime {}

impl Hash for Regime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Regime({})", self.name())
    }
}

impl fmt::Display for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
