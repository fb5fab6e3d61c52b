//! Cycles: time cut into periods that follow one another, such as quarters or "every 5 years counted from 2008-10-23".
//! Each day that a cycle covers lies in exactly one of its periods.

mod counted;
mod label;

pub use counted::{Counted, FirstDay, renewed_term, term};
pub use label::PeriodLabel;

use std::fmt;

use super::day::{Day, month_name};
use super::stretch::Stretch;
use super::yearly::NoSuchDay;

/// How time is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cycle {
    CalendarYear,
    /// From 1 January and 1 July.
    HalfYear,
    /// From 1 January, 1 May and 1 September.
    FourMonths,
    Quarter,
    Month,
    /// From Monday (ISO 8601).
    Week,
    /// From this day of each year up to the same day of the next. See [`Cycle::fiscal_year`].
    FiscalYear {
        month: u32,
        day: u32,
    },
    /// From a day of one's own.
    Counted(Counted),
}

/// One period of a cycle: its days and what it is called. It is never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CyclePeriod {
    pub stretch: Stretch,
    pub label: PeriodLabel,
    /// The day on which it would begin behind or end, where there is no such day and the agreement refuses to round: then its
    /// days are those of rounding down, and a person has to say what holds.
    pub refused: Option<NoSuchDay>,
}

impl CyclePeriod {
    pub fn new(stretch: Stretch, label: PeriodLabel) -> CyclePeriod {
        CyclePeriod { stretch, label, refused: None }
    }

    pub fn first(self) -> Day {
        self.stretch.first()
    }

    pub fn last(self) -> Day {
        self.stretch.last()
    }
}

impl Cycle {
    /// Fiscal years that begin on a day of the month; `None` when some year lacks it (29 February is refused).
    pub fn fiscal_year(month: u32, day: u32) -> Option<Cycle> {
        Day::of(2001, month, day).map(|_| Cycle::FiscalYear { month, day })
    }

    /// The period that a day lies in. `None` before a counted cycle begins, and at the far ends of the years.
    pub fn period_at(&self, day: Day) -> Option<CyclePeriod> {
        let (year, month, _) = day.parts();
        match *self {
            Cycle::CalendarYear => months_of_year(year, 0, 12, PeriodLabel::Year(year)),
            Cycle::HalfYear => {
                let (at, number) = part_of_year(month, 6);
                months_of_year(year, at, 6, PeriodLabel::HalfYear(year, number))
            }
            Cycle::FourMonths => {
                let (at, number) = part_of_year(month, 4);
                months_of_year(year, at, 4, PeriodLabel::FourMonths(year, number))
            }
            Cycle::Quarter => {
                let (at, number) = part_of_year(month, 3);
                months_of_year(year, at, 3, PeriodLabel::Quarter(year, number))
            }
            Cycle::Month => {
                let (at, number) = part_of_year(month, 1);
                months_of_year(year, at, 1, PeriodLabel::Month(year, number))
            }
            Cycle::Week => week_of(day),
            Cycle::FiscalYear { month, day: of_month } => fiscal_year_of(day, month, of_month),
            Cycle::Counted(counted) => counted.period_at(day),
        }
    }

    /// The period that follows. `None` at the far end of the years.
    pub fn next(&self, period: &CyclePeriod) -> Option<CyclePeriod> {
        self.period_at(period.stretch.until).filter(|next| next.stretch.from == period.stretch.until)
    }

    /// The periods that have a day in the stretch, in order. There may be very many of them: whoever takes them has to say
    /// where enough is.
    pub fn between(self, from: Day, until: Day) -> impl Iterator<Item = CyclePeriod> {
        let start = match self {
            Cycle::Counted(counted) => from.max(counted.first()),
            Cycle::CalendarYear
            | Cycle::HalfYear
            | Cycle::FourMonths
            | Cycle::Quarter
            | Cycle::Month
            | Cycle::Week
            | Cycle::FiscalYear { .. } => from,
        };
        let first = if until <= from { None } else { self.period_at(start) };
        let all = std::iter::successors(first, move |period| self.next(period));
        all.take_while(move |period| period.stretch.from < until)
    }

    /// The period that a label names, such as `2015-Q3`; `None` when this cycle has no period of that label.
    pub fn parse_label(&self, text: &str) -> Option<CyclePeriod> {
        let label = PeriodLabel::parse(text)?;
        self.period_at(label.some_day()?).filter(|period| period.label == label)
    }
}

/// Which part of the year a month lies in, with parts of so many months: months before the part, and its number from 1.
fn part_of_year(month: u32, months: u32) -> (u32, u8) {
    let before = month.saturating_sub(1).checked_div(months).unwrap_or(0);
    (before.saturating_mul(months), u8::try_from(before.saturating_add(1)).unwrap_or(u8::MAX))
}

/// The period of so many months that begins after `before` months of a year.
fn months_of_year(year: i32, before: u32, months: u32, label: PeriodLabel) -> Option<CyclePeriod> {
    let first = Day::of(year, before.saturating_add(1), 1)?;
    let last = Day::last_of_month(year, before.saturating_add(months))?;
    Some(CyclePeriod::new(Stretch::of_days(first, last), label))
}

fn week_of(day: Day) -> Option<CyclePeriod> {
    let monday = day.checked_plus_days(day.weekday().days_after_monday().saturating_neg())?;
    let (year, week) = day.iso_week();
    let label = PeriodLabel::Week(year, u8::try_from(week).ok()?);
    Some(CyclePeriod::new(Stretch::of_days(monday, monday.checked_plus_days(6)?), label))
}

fn fiscal_year_of(day: Day, month: u32, of_month: u32) -> Option<CyclePeriod> {
    let year = day.year();
    let began = if day < Day::of(year, month, of_month)? { year.checked_sub(1)? } else { year };
    let from = Day::of(began, month, of_month)?;
    let until = if (month, of_month) == (1, 1) {
        Day::of(began, 12, 31)?.following()
    } else {
        Day::of(began.checked_add(1)?, month, of_month)?
    };
    let label = if (month, of_month) == (1, 1) { PeriodLabel::Year(began) } else { PeriodLabel::FiscalYear(began) };
    Some(CyclePeriod::new(Stretch::new(from, until), label))
}

/// As a policy writes it after `every`: `calendar year`, `fiscal year from 1 July`, `5 years counted from 2008-10-23`.
impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cycle::CalendarYear => f.write_str("calendar year"),
            Cycle::HalfYear => f.write_str("half-year"),
            Cycle::FourMonths => f.write_str("four months"),
            Cycle::Quarter => f.write_str("quarter"),
            Cycle::Month => f.write_str("month"),
            Cycle::Week => f.write_str("week"),
            Cycle::FiscalYear { month, day } => write!(f, "fiscal year from {day} {}", month_name(*month)),
            Cycle::Counted(counted) => counted.fmt(f),
        }
    }
}
