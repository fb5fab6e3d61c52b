//! Month arithmetic: the day that lies a period after or before another, by a stated regime.
//! [`shift`] only counts; [`last_day`] and [`fixed_day`] are last days, which a regime may move off free days.

use std::fmt;

use super::calendar::{Calendar, OutOfRange};
use super::day::{Day, days_in_month, month_name};
use super::period::Period;
use super::regime::{FixedDays, Freedom, MissingDay, MonthEnd, Regime};

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

/// The day a period after `day`, or before it where the period is negative; pure counting, whatever day of the week comes
/// out. Years and months are added together and rounded once, then days are added, then working days.
pub fn shift(day: Day, period: &Period, rule: Regime, calendar: &Calendar) -> Result<Day, ShiftProblem> {
    let day = plus_months(day, period.months, rule)?;
    let day = day.checked_plus_days(period.days).ok_or(ShiftProblem::BeyondTheYears)?;
    if period.working_days == 0 {
        return Ok(day);
    }
    calendar.plus_working_days(day, period.working_days).map_err(ShiftProblem::Calendar)
}

/// A last day, and the day that it was counted to before it moved off days that are free. Where the regime leaves open whether it
/// moves, the first and the last day that it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub counted: Day,
    pub first: Day,
    pub last: Day,
}

impl Due {
    fn on(day: Day) -> Due {
        Due { counted: day, first: day, last: day }
    }
}

/// The last day of a period that is counted from `day`: as [`counted_day`], and then as the regime moves the ends of periods. `day`
/// itself is not counted.
pub fn last_day(day: Day, period: &Period, regime: Regime, calendar: &Calendar) -> Result<Due, ShiftProblem> {
    let held = counted_day(day, period, regime, calendar)?;
    let moved = match period.goes_back() {
        true if regime.moves_backward_periods() => {
            walked(held.counted, |day| regime.freedom(day, calendar), Day::preceding).map(backwards)
        }
        false if held.counted > day && regime.moves_periods_of(period.months, period.days) => {
            walked(held.counted, |day| regime.freedom(day, calendar), Day::following)
        }
        true | false => return Ok(held),
    };
    let moved = moved.map_err(ShiftProblem::Calendar)?;
    // A day that holds enough working days before it is one itself.
    let (first, last) = match held.first > held.counted {
        true => (moved.first.max(held.first), moved.last.max(held.last)),
        false => (moved.first, moved.last),
    };
    Ok(Due { counted: held.counted, first, last })
}

/// The day a period after `day`, or before it, as the regime counts periods; it stays where it is, free or not. A period that has to
/// hold some days that are not free ends no sooner.
pub fn counted_day(day: Day, period: &Period, regime: Regime, calendar: &Calendar) -> Result<Due, ShiftProblem> {
    let back = period.goes_back();
    let counted = match short_period(period, regime) {
        Some(days) => days_that_count(day, days, regime, calendar).map_err(ShiftProblem::Calendar)?,
        None => shift(day, period, regime, calendar)?,
    };
    if back && regime.counts_clear_days_back() {
        return counted.checked_plus_days(-1).map(Due::on).ok_or(ShiftProblem::BeyondTheYears);
    }
    let long = if back || counted <= day { None } else { regime.least_held(length(period, day, counted)) };
    let Some(held) = long.filter(|_| regime.moves_periods_of(period.months, period.days)) else {
        return Ok(Due::on(counted));
    };
    let least = days_that_count(day, held, regime, calendar).map_err(ShiftProblem::Calendar)?;
    Ok(Due { counted, ..Due::on(counted.max(least)) })
}

/// A last day that is told as a date: it moves where the regime moves such days too.
pub fn fixed_day(day: Day, regime: Regime, calendar: &Calendar) -> Result<Due, ShiftProblem> {
    let moved = || walked(day, |day| regime.freedom(day, calendar), Day::following).map_err(ShiftProblem::Calendar);
    match regime.fixed_days() {
        FixedDays::Stay => Ok(Due::on(day)),
        FixedDays::Move => moved(),
        FixedDays::NotStated => moved().map(|due| Due { first: day, ..due }),
    }
}

/// The day itself if it is not free, else the next that is not. The days on which a local calendar is closed are free here: no law
/// moves a day off them, but an agreement that asks for a working day does.
pub fn moved_to_the_next(day: Day, regime: Regime, calendar: &Calendar) -> Result<Due, OutOfRange> {
    walked(day, |day| regime.freedom_at(day, calendar), Day::following)
}

/// The day itself if it is not free, else the one before that is not.
pub fn moved_to_the_previous(day: Day, regime: Regime, calendar: &Calendar) -> Result<Due, OutOfRange> {
    walked(day, |day| regime.freedom_at(day, calendar), Day::preceding).map(backwards)
}

/// What was walked to the days before: the last one that was met is the first.
fn backwards(due: Due) -> Due {
    Due { first: due.last, last: due.first, ..due }
}

/// Stops for good on the first day that is not free, and perhaps before on one of which the regime does not say it.
fn walked(
    day: Day,
    freedom: impl Fn(Day) -> Result<Freedom, OutOfRange>,
    step: impl Fn(Day) -> Day,
) -> Result<Due, OutOfRange> {
    let (mut at, mut perhaps) = (day, None);
    loop {
        match freedom(at)? {
            Freedom::Works => return Ok(Due { counted: day, first: perhaps.unwrap_or(at), last: at }),
            Freedom::NotStated => perhaps = perhaps.or(Some(at)),
            Freedom::Free => {}
        }
        at = step(at);
    }
}

/// How many days a period is long. One working day is one day, however many free days lie before it.
fn length(period: &Period, day: Day, counted: Day) -> i32 {
    match period.months {
        0 => period.days.saturating_add(period.working_days),
        _ => day.days_until(counted),
    }
}

/// The days of a period so short that the regime does not count free days in it.
fn short_period(period: &Period, regime: Regime) -> Option<i32> {
    regime.leaves_out_free_days(period).then_some(period.days)
}

/// The n-th day after a day (before it, when negative) that is not free.
fn days_that_count(day: Day, n: i32, regime: Regime, calendar: &Calendar) -> Result<Day, OutOfRange> {
    let mut day = day;
    let mut left = n.unsigned_abs();
    while left > 0 {
        day = if n > 0 { day.following() } else { day.preceding() };
        if regime.freedom(day, calendar)? == Freedom::Works {
            left = left.saturating_sub(1);
        }
    }
    Ok(day)
}

/// So many months later (earlier, when negative), rounded by the rule.
pub fn plus_months(day: Day, months: i32, rule: Regime) -> Result<Day, ShiftProblem> {
    if months == 0 {
        return Ok(day);
    }
    let (year, month, of_month) = day.parts();
    let (year, month) = month_after(year, month, months).ok_or(ShiftProblem::BeyondTheYears)?;
    let has = days_in_month(year, month).ok_or(ShiftProblem::BeyondTheYears)?;
    let last = Day::of(year, month, has).ok_or(ShiftProblem::BeyondTheYears)?;
    let stays_last =
        rule.month_end() == MonthEnd::StaysLast && Day::last_of_month(day.year(), day.month()) == Some(day);
    if stays_last {
        return Ok(last);
    }
    if of_month <= has {
        return Day::of(year, month, of_month).ok_or(ShiftProblem::BeyondTheYears);
    }
    match rule.missing_day() {
        MissingDay::LastDay => Ok(last),
        MissingDay::FirstOfNext => last.checked_plus_days(1).ok_or(ShiftProblem::BeyondTheYears),
        MissingDay::Refuse => Err(ShiftProblem::NoSuchDay { year, month, day: of_month, has }),
    }
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
    match plus_months(from, months, Regime::ROUND_DOWN) {
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

impl fmt::Display for ShiftProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShiftProblem::NoSuchDay { year, month, day, has } => {
                let name = month_name(*month);
                write!(f, "there is no {day} {name} {year}; {name} {year} has {has} days")
            }
            ShiftProblem::Calendar(problem) => problem.fmt(f),
            ShiftProblem::BeyondTheYears => f.write_str("the day would be outside the years 1 to 9999"),
        }
    }
}
