//! Imprecise dates: what is known of a day when only its year, its month or a span of days is known.

use std::fmt;

use super::day::{Day, DayProblem, days_in_month, digits};

/// The days on which something may have happened, both ends inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySpan {
    pub first: Day,
    pub last: Day,
}

impl DaySpan {
    /// The span of a day that is known.
    pub fn of_day(day: Day) -> DaySpan {
        DaySpan { first: day, last: day }
    }

    /// Reads `2013`, `2013-05`, `2013-05-07` or two of these with `/` between: `2013-12-01/2013-12-04`.
    pub fn parse(text: &str) -> Result<DaySpan, DayProblem> {
        let Some((first, last)) = text.split_once('/') else { return parse_one(text) };
        let span = DaySpan { first: parse_one(first)?.first, last: parse_one(last)?.last };
        if span.last < span.first {
            return Err(DayProblem::EndsBeforeItBegins { text: text.to_owned() });
        }
        Ok(span)
    }

    /// The day, when the span holds one only.
    pub fn exact(self) -> Option<Day> {
        (self.first == self.last).then_some(self.first)
    }

    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

/// The shortest of the forms that [`DaySpan::parse`] reads.
impl fmt::Display for DaySpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.first.parts();
        let whole_year = DaySpan { first: self.first, last: Day::of(year, 12, 31).unwrap_or(self.last) };
        let whole_month = DaySpan { first: self.first, last: Day::last_of_month(year, month).unwrap_or(self.last) };
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else if (month, day) == (1, 1) && *self == whole_year {
            write!(f, "{year:04}")
        } else if day == 1 && *self == whole_month {
            write!(f, "{year:04}-{month:02}")
        } else {
            write!(f, "{}/{}", self.first, self.last)
        }
    }
}

fn parse_one(text: &str) -> Result<DaySpan, DayProblem> {
    let not_a_date = || DayProblem::NotADate { text: text.to_owned() };
    match *text.as_bytes() {
        [y1, y2, y3, y4] => {
            let year = digits(&[y1, y2, y3, y4]).ok_or_else(not_a_date)? as i32;
            let (first, last) = (month_of(year, 1)?, month_of(year, 12)?);
            Ok(DaySpan { first: first.first, last: last.last })
        }
        [y1, y2, y3, y4, b'-', m1, m2] => {
            let year = digits(&[y1, y2, y3, y4]).ok_or_else(not_a_date)?;
            month_of(year as i32, digits(&[m1, m2]).ok_or_else(not_a_date)?)
        }
        _ => Day::parse_iso(text).map(DaySpan::of_day),
    }
}

fn month_of(year: i32, month: u32) -> Result<DaySpan, DayProblem> {
    let has = days_in_month(year, month).ok_or(DayProblem::NoSuchMonth { month })?;
    let day = |day| Day::of(year, month, day).ok_or(DayProblem::NoSuchYear { year });
    Ok(DaySpan { first: day(1)?, last: day(has)? })
}
