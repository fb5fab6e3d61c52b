//! Month arithmetic: the day that lies a period after or before another, by a stated rule for months that are too short.
//! [`shift`] only counts; [`last_day`] is a deadline and also moves it where the rule has a law behind it that says so.

use std::fmt;

use super::calendar::{Calendar, OutOfRange};
use super::day::{Day, days_in_month, month_name};
use super::feast::Feast;
use super::period::Period;

/// What becomes of a day whose number the month lacks, such as 31 January plus one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MonthRule {
    /// The last day of the month: 28 or 29 February.
    RoundDown,
    /// The first day of the following month: 1 March.
    RoundUp,
    /// There is no such day; the author must say what is meant.
    Refuse,
    /// Regulation (EEC, Euratom) No 1182/71, article 3. The last day of the month (3.2 c); a last day on a public holiday,
    /// Saturday or Sunday moves to the next working day, but not of a period counted backwards (3.4); a period of two days
    /// or more holds at least two working days (3.5).
    Eu1182,
    /// The Swedish act (1930:173) on the computation of statutory time. The last day of the month (1 §); a last day on a
    /// Sunday, another public holiday, a Saturday, midsummer eve, Christmas eve or New Year's eve moves to the next
    /// weekday that is none of these (2 §). A period counted backwards is not moved: the act speaks of the latest day.
    Sweden1930,
}

/// Why a day cannot be reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShiftProblem {
    /// The month has no day of that number, and the rule is to refuse.
    NoSuchDay { year: i32, month: u32, day: u32, has: u32 },
    /// Working days were asked of a year that the calendar does not cover.
    Calendar(OutOfRange),
    /// The day would lie outside the years 1 to 9999.
    BeyondTheYears,
}

impl MonthRule {
    pub const ALL: [MonthRule; 5] =
        [MonthRule::RoundDown, MonthRule::RoundUp, MonthRule::Refuse, MonthRule::Eu1182, MonthRule::Sweden1930];

    /// The name, as a policy writes it.
    pub fn name(self) -> &'static str {
        match self {
            MonthRule::RoundDown => "round down",
            MonthRule::RoundUp => "round up",
            MonthRule::Refuse => "refuse",
            MonthRule::Eu1182 => "EU 1182/71",
            MonthRule::Sweden1930 => "Sweden 1930:173",
        }
    }

    pub fn named(name: &str) -> Option<MonthRule> {
        MonthRule::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

/// The day a period after `day`, or before it where the period is negative; pure counting, whatever day of the week comes
/// out. Years and months are added together and rounded once, then days are added, then working days.
pub fn shift(day: Day, period: &Period, rule: MonthRule, calendar: &Calendar) -> Result<Day, ShiftProblem> {
    let day = plus_months(day, period.months, rule)?;
    let day = day.checked_plus_days(period.days).ok_or(ShiftProblem::BeyondTheYears)?;
    if period.working_days == 0 {
        return Ok(day);
    }
    calendar.plus_working_days(day, period.working_days).map_err(ShiftProblem::Calendar)
}

/// The last day of a period that is counted from `day`: as [`shift`], and then moved if the rule says so.
/// `day` itself is not counted.
pub fn last_day(day: Day, period: &Period, rule: MonthRule, calendar: &Calendar) -> Result<Day, ShiftProblem> {
    let last = shift(day, period, rule, calendar)?;
    if last <= day || period.goes_back() {
        return Ok(last);
    }
    match rule {
        MonthRule::RoundDown | MonthRule::RoundUp | MonthRule::Refuse => Ok(last),
        MonthRule::Eu1182 => eu_end(day, last, calendar).map_err(ShiftProblem::Calendar),
        MonthRule::Sweden1930 => swedish_end(last, calendar).map_err(ShiftProblem::Calendar),
    }
}

/// So many months later (earlier, when negative), rounded by the rule.
pub fn plus_months(day: Day, months: i32, rule: MonthRule) -> Result<Day, ShiftProblem> {
    if months == 0 {
        return Ok(day);
    }
    let (year, month, of_month) = day.parts();
    let (year, month) = month_after(year, month, months).ok_or(ShiftProblem::BeyondTheYears)?;
    let has = days_in_month(year, month).ok_or(ShiftProblem::BeyondTheYears)?;
    let found = match rule {
        _ if of_month <= has => Day::of(year, month, of_month),
        MonthRule::RoundDown | MonthRule::Eu1182 | MonthRule::Sweden1930 => Day::of(year, month, has),
        MonthRule::RoundUp => Day::of(year, month, has).and_then(|last| last.checked_plus_days(1)),
        MonthRule::Refuse => return Err(ShiftProblem::NoSuchDay { year, month, day: of_month, has }),
    };
    found.ok_or(ShiftProblem::BeyondTheYears)
}

/// How many whole months lie between two days; negative when `to` is the earlier.
///
/// A month is full on the day of the same number, or on the last day of a month that has none: from 31 January to 28 February
/// 2015 it is 1, to 27 February 0. It does not depend on the rule of the agreement, for nothing is rounded to a day.
pub fn whole_months_between(from: Day, to: Day) -> i32 {
    if to < from {
        return whole_months_between(to, from).saturating_neg();
    }
    let ((y1, m1, _), (y2, m2, _)) = (from.parts(), to.parts());
    let months = y2.saturating_sub(y1).saturating_mul(12).saturating_add_unsigned(m2).saturating_sub_unsigned(m1);
    match plus_months(from, months, MonthRule::RoundDown) {
        Ok(full) if full <= to => months,
        Ok(_) | Err(_) => months.saturating_sub(1),
    }
}

/// Year and month so many months on.
fn month_after(year: i32, month: u32, months: i32) -> Option<(i32, u32)> {
    let since_year_0 = i64::from(year).checked_mul(12)?.checked_add(i64::from(month))?.checked_sub(1)?;
    let there = since_year_0.checked_add(i64::from(months))?;
    let month = u32::try_from(there.rem_euclid(12)).ok()?.checked_add(1)?;
    Some((i32::try_from(there.div_euclid(12)).ok()?, month))
}

fn eu_end(day: Day, last: Day, calendar: &Calendar) -> Result<Day, OutOfRange> {
    let moved = calendar.working_day_on_or_after(last)?;
    if day.days_until(last) < 2 {
        return Ok(moved);
    }
    Ok(moved.max(calendar.plus_working_days(day, 2)?))
}

fn swedish_end(last: Day, calendar: &Calendar) -> Result<Day, OutOfRange> {
    let mut day = last;
    while !calendar.is_working_day(day)? || is_eve(day) {
        day = day.following();
    }
    Ok(day)
}

fn is_eve(day: Day) -> bool {
    let (year, month, of_month) = day.parts();
    match (month, of_month) {
        (12, 24 | 31) => true,
        (6, _) => Feast::MidsummerEve.in_year(year) == Some(day),
        _ => false,
    }
}

impl fmt::Display for MonthRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for ShiftProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShiftProblem::NoSuchDay { year, month, day, has } => {
                let name = month_name(*month);
                write!(f, "there is no {day} {name} {year}; {name} {year} has {has} days")
            }
            ShiftProblem::Calendar(problem) => problem.fmt(f),
            ShiftProblem::BeyondTheYears => f.write_str("the day would lie outside the years 1 to 9999"),
        }
    }
}
