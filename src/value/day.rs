//! Days: one calendar day of the Gregorian calendar, from 0001-01-01 through 9999-12-31.
//! A day has no clock time and no time zone.

use std::fmt;
use std::num::Wrapping as W;

use super::weekday::Weekday;

/// A calendar day, as the number of days since 1970-01-01.
///
/// The number is open so that columns can hold it. Days made here lie between [`Day::MIN`] and [`Day::MAX`]; the open end of
/// a stretch may lie one day past it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// Why a text is no day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayProblem {
    /// The text has not the form of a date.
    NotADate { text: String },
    /// The year is not one of 1 to 9999.
    NoSuchYear { year: i32 },
    /// The month is not one of 1 to 12.
    NoSuchMonth { month: u32 },
    /// The month has fewer days, or the day is 0; `has` is how many the month has.
    NoSuchDay { year: i32, month: u32, day: u32, has: u32 },
    /// A span whose last day comes before its first.
    EndsBeforeItBegins { text: String },
}

impl Day {
    /// 0001-01-01.
    pub const MIN: Day = Day(-719_162);
    /// 9999-12-31.
    pub const MAX: Day = Day(2_932_896);

    /// The day of a year (1 to 9999), month (1 to 12) and day of the month; `None` when there is no such day.
    pub fn of(year: i32, month: u32, day: u32) -> Option<Day> {
        Day::checked(year, month, day).ok()
    }

    /// Reads `2009-02-05`: four digits, two digits, two digits.
    pub fn parse_iso(text: &str) -> Result<Day, DayProblem> {
        let not_a_date = || DayProblem::NotADate { text: text.to_owned() };
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return Err(not_a_date()) };
        let year = digits(&[y1, y2, y3, y4]).ok_or_else(not_a_date)?;
        let month = digits(&[m1, m2]).ok_or_else(not_a_date)?;
        let day = digits(&[d1, d2]).ok_or_else(not_a_date)?;
        Day::checked(year as i32, month, day)
    }

    fn checked(year: i32, month: u32, day: u32) -> Result<Day, DayProblem> {
        if !(1..=9999).contains(&year) {
            return Err(DayProblem::NoSuchYear { year });
        }
        let has = days_in_month(year, month).ok_or(DayProblem::NoSuchMonth { month })?;
        if day == 0 || day > has {
            return Err(DayProblem::NoSuchDay { year, month, day, has });
        }
        Ok(Day(day_number(year, month, day)))
    }

    /// The last day of a month.
    pub fn last_of_month(year: i32, month: u32) -> Option<Day> {
        Day::of(year, month, days_in_month(year, month)?)
    }

    /// Year, month (1 to 12) and day of the month (1 to 31), worked out together.
    pub fn parts(self) -> (i32, u32, u32) {
        civil(self.0)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.parts().0
    }

    /// 1 to 12.
    pub fn month(self) -> u32 {
        self.parts().1
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.parts().2
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::of_number(self.0)
    }

    /// The ISO 8601 week: the year it belongs to (that of its Thursday) and its number, 1 to 53.
    pub fn iso_week(self) -> (i32, u32) {
        let thursday = self.0.saturating_sub(self.weekday().days_after_monday()).saturating_add(3);
        let (year, _, _) = civil(thursday);
        let days = thursday.saturating_sub(day_number(year, 1, 1));
        (year, (days / 7).unsigned_abs().saturating_add(1))
    }

    /// So many days later (earlier, when negative); stops at [`Day::MIN`] and [`Day::MAX`].
    pub fn plus_days(self, days: i32) -> Day {
        Day(self.0.saturating_add(days)).clamp(Day::MIN, Day::MAX)
    }

    /// So many days earlier; stops at [`Day::MIN`] and [`Day::MAX`].
    pub fn minus_days(self, days: i32) -> Day {
        Day(self.0.saturating_sub(days)).clamp(Day::MIN, Day::MAX)
    }

    /// So many days later (earlier, when negative); `None` outside the years 1 to 9999.
    pub fn checked_plus_days(self, days: i32) -> Option<Day> {
        self.0.checked_add(days).map(Day).filter(|day| (Day::MIN..=Day::MAX).contains(day))
    }

    /// The following day, to end a stretch with; the only way past [`Day::MAX`].
    pub fn following(self) -> Day {
        Day(self.0.saturating_add(1))
    }

    /// The day before; of the open end of a stretch it is the stretch's last day.
    pub fn preceding(self) -> Day {
        Day(self.0.saturating_sub(1))
    }

    /// How many days from this day to `other`; negative when `other` is earlier.
    pub fn days_until(self, other: Day) -> i32 {
        other.0.saturating_sub(self.0)
    }

    /// The same day for chrono; `None` only for a number that no year up to 262 000 holds.
    pub fn to_chrono(self) -> Option<chrono::NaiveDate> {
        let (year, month, day) = self.parts();
        chrono::NaiveDate::from_ymd_opt(year, month, day)
    }

    /// The day of a chrono date; `None` outside the years 1 to 9999.
    pub fn from_chrono(date: chrono::NaiveDate) -> Option<Day> {
        use chrono::Datelike;
        Day::of(date.year(), date.month(), date.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for DayProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DayProblem::NotADate { text } => {
                write!(f, "`{text}` is not a date; write year, month and day, such as 2009-02-05")
            }
            DayProblem::NoSuchYear { year } => write!(f, "there is no year {year:04}; years run from 0001 to 9999"),
            DayProblem::NoSuchMonth { month } => write!(f, "there is no month {month:02}; months run from 01 to 12"),
            DayProblem::NoSuchDay { year, month, day, has } => {
                let name = month_name(*month);
                write!(f, "there is no {day} {name} {year}; {name} {year} has {has} days")
            }
            DayProblem::EndsBeforeItBegins { text } => {
                write!(f, "`{text}` ends before it begins; write the earlier day first")
            }
        }
    }
}

/// How many days a month has; `None` for a month that is not 1 to 12.
pub fn days_in_month(year: i32, month: u32) -> Option<u32> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if is_leap_year(year) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// The English name of a month, 1 to 12; any other number has none.
pub fn month_name(month: u32) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        12 => "December",
        _ => "no month",
    }
}

fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number a few ASCII digits write; `None` when one of them is no digit.
pub(super) fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0_u32, |number, byte| {
        let digit = char::from(*byte).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// Days from 1970-01-01 to a date that exists. Years are counted from March, so that the leap day comes last.
fn day_number(year: i32, month: u32, day: u32) -> i32 {
    let (month, day) = (W(i64::from(month)), W(i64::from(day)));
    let year = W(i64::from(year)) - if month.0 <= 2 { W(1) } else { W(0) };
    let leap_days = W(year.0.div_euclid(4)) - W(year.0.div_euclid(100)) + W(year.0.div_euclid(400));
    let from_march = W((month + W(9)).0 % 12);
    let day_of_year = days_before_month(from_march) + day - W(1);
    (W(365) * year + leap_days + day_of_year - W(719_468)).0 as i32
}

/// Year, month and day of a day number: the way back from [`day_number`], by 400-year blocks of 146 097 days.
fn civil(number: i32) -> (i32, u32, u32) {
    let days = (W(i64::from(number)) + W(719_468)).0;
    let (block, rest) = (W(days.div_euclid(146_097)), days.rem_euclid(146_097));
    let without_leap_days = W(rest) - W(rest / 1_460) + W(rest / 36_524) - W(rest / 146_096);
    let year_of_block = without_leap_days.0 / 365;
    let days_before_year = W(365) * W(year_of_block) + W(year_of_block / 4) - W(year_of_block / 100);
    let day_of_year = W(rest) - days_before_year;
    let from_march = W((W(5) * day_of_year + W(2)).0 / 153);
    let day = day_of_year - days_before_month(from_march) + W(1);
    let month = if from_march.0 < 10 { from_march + W(3) } else { from_march - W(9) };
    let year = W(year_of_block) + block * W(400) + if month.0 <= 2 { W(1) } else { W(0) };
    (year.0 as i32, month.0 as u32, day.0 as u32)
}

/// Days from 1 March to the first of a month that is counted from March: 0, 31, 61, 92 and so on.
fn days_before_month(from_march: W<i64>) -> W<i64> {
    W((W(153) * from_march + W(2)).0 / 5)
}
