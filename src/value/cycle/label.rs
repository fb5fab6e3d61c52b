//! What the periods of a cycle are called: `2015`, `2015-H1`, `2015-Q3`, `2015-W07`, `2014/15`.

use std::fmt;

use crate::value::day::{Day, digits};

/// The name of a period, built of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodLabel {
    /// `2015`
    Year(i32),
    /// `2015-H1`
    HalfYear(i32, u8),
    /// `2015-T2`: the second four months
    FourMonths(i32, u8),
    /// `2015-Q3`
    Quarter(i32, u8),
    /// `2015-02`
    Month(i32, u8),
    /// `2015-W07`
    Week(i32, u8),
    /// `2014/15`: the fiscal year that begins in 2014 and ends in 2015
    FiscalYear(i32),
    /// `year 4` of a term; of one that was renewed `term 2, year 1`
    YearOfTerm { term: u32, year: u32 },
    /// `2008-10-24–2013-10-23`: first and last day
    Days(Day, Day),
}

impl PeriodLabel {
    /// Reads a label as it is printed; for the two days of a counted period `/` does as well as the dash.
    pub fn parse(text: &str) -> Option<PeriodLabel> {
        let label = match *text.as_bytes() {
            [y1, y2, y3, y4] => PeriodLabel::Year(year(&[y1, y2, y3, y4])?),
            [y1, y2, y3, y4, b'-', b'H', n] => PeriodLabel::HalfYear(year(&[y1, y2, y3, y4])?, number(&[n])?),
            [y1, y2, y3, y4, b'-', b'T', n] => PeriodLabel::FourMonths(year(&[y1, y2, y3, y4])?, number(&[n])?),
            [y1, y2, y3, y4, b'-', b'Q', n] => PeriodLabel::Quarter(year(&[y1, y2, y3, y4])?, number(&[n])?),
            [y1, y2, y3, y4, b'-', m1, m2] => PeriodLabel::Month(year(&[y1, y2, y3, y4])?, number(&[m1, m2])?),
            [y1, y2, y3, y4, b'-', b'W', w1, w2] => PeriodLabel::Week(year(&[y1, y2, y3, y4])?, number(&[w1, w2])?),
            [y1, y2, y3, y4, b'/', z1, z2] => {
                let began = year(&[y1, y2, y3, y4])?;
                let ends_in = began.checked_add(1)?.rem_euclid(100);
                (year(&[z1, z2])? == ends_in).then_some(PeriodLabel::FiscalYear(began))?
            }
            _ if text.starts_with("year ") => {
                PeriodLabel::YearOfTerm { term: 1, year: text.strip_prefix("year ")?.parse().ok()? }
            }
            _ if text.starts_with("term ") => {
                let (term, year) = text.strip_prefix("term ")?.split_once(", year ")?;
                PeriodLabel::YearOfTerm { term: term.parse().ok()?, year: year.parse().ok()? }
            }
            _ => {
                let (first, last) = text.split_once(['–', '/'])?;
                PeriodLabel::Days(Day::parse_iso(first).ok()?, Day::parse_iso(last).ok()?)
            }
        };
        Some(label)
    }

    /// A day of the period, by which a cycle finds it; `None` when no period can be called so.
    pub(super) fn some_day(self) -> Option<Day> {
        match self {
            PeriodLabel::Year(year) => Day::of(year, 1, 1),
            PeriodLabel::HalfYear(year, n) => Day::of(year, first_month(n, 6)?, 1),
            PeriodLabel::FourMonths(year, n) => Day::of(year, first_month(n, 4)?, 1),
            PeriodLabel::Quarter(year, n) => Day::of(year, first_month(n, 3)?, 1),
            PeriodLabel::Month(year, n) => Day::of(year, u32::from(n), 1),
            // 4 January always lies in the first week.
            PeriodLabel::Week(year, n) => {
                let weeks = i32::from(n).checked_sub(1)?;
                Day::of(year, 1, 4)?.checked_plus_days(weeks.checked_mul(7)?)
            }
            PeriodLabel::FiscalYear(began) => Day::of(began, 12, 31),
            PeriodLabel::Days(first, _) => Some(first),
            // Which day that is, only the term knows.
            PeriodLabel::YearOfTerm { .. } => None,
        }
    }
}

fn year(bytes: &[u8]) -> Option<i32> {
    digits(bytes).and_then(|number| i32::try_from(number).ok())
}

fn number(bytes: &[u8]) -> Option<u8> {
    digits(bytes).and_then(|number| u8::try_from(number).ok())
}

/// The first month of the n-th part of a year, in parts of so many months.
fn first_month(n: u8, months: u32) -> Option<u32> {
    u32::from(n).checked_sub(1)?.checked_mul(months)?.checked_add(1)
}

impl fmt::Display for PeriodLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            PeriodLabel::Year(year) => write!(f, "{year:04}"),
            PeriodLabel::HalfYear(year, n) => write!(f, "{year:04}-H{n}"),
            PeriodLabel::FourMonths(year, n) => write!(f, "{year:04}-T{n}"),
            PeriodLabel::Quarter(year, n) => write!(f, "{year:04}-Q{n}"),
            PeriodLabel::Month(year, n) => write!(f, "{year:04}-{n:02}"),
            PeriodLabel::Week(year, n) => write!(f, "{year:04}-W{n:02}"),
            PeriodLabel::FiscalYear(began) => {
                write!(f, "{began:04}/{:02}", began.saturating_add(1).rem_euclid(100))
            }
            PeriodLabel::Days(first, last) => write!(f, "{first}–{last}"),
            PeriodLabel::YearOfTerm { term: 1, year } => write!(f, "year {year}"),
            PeriodLabel::YearOfTerm { term, year } => write!(f, "term {term}, year {year}"),
        }
    }
}
