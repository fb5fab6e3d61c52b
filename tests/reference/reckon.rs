//! Days reckoned by hand: months, working days, weeks, and the laws that say off which days a last day moves, from the table in
//! docs/language.md. Only which days are holidays is taken from the calendars.

use overens::plan::Plan;
use overens::value::{Calendar, Day, Feast, Number, Period, Rounding, Weekday, YearlyDay};

use super::world::{R, Stop, no};

/// What a law says besides how months are rounded.
struct Law {
    free: fn(Day) -> bool,
    holidays: bool,
    /// Whether `by D` moves too; nothing where the law does not say it.
    fixed: Option<bool>,
    back: Back,
    /// A period of at least so many days holds two working days.
    holds_two_from: Option<i32>,
    /// In so many days or less, free days do not count.
    skips_up_to: i32,
    /// Whether longer periods than 90 days or three months stay.
    short_only: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Back {
    Stays,
    DayMore,
    ToTheDayBefore,
}

fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn is_swedish_eve(day: Day) -> bool {
    let (_, month, of_month) = day.parts();
    let midsummer_eve = month == 6 && (19..=25).contains(&of_month) && day.weekday() == Weekday::Friday;
    is_weekend(day) || midsummer_eve || (month == 12 && (of_month == 24 || of_month == 31))
}

fn law(plan: &Plan) -> R<Option<Law>> {
    let plain = Law {
        free: is_weekend,
        holidays: true,
        fixed: Some(false),
        back: Back::Stays,
        holds_two_from: None,
        skips_up_to: 0,
        short_only: false,
    };
    Ok(Some(match plan.months.name() {
        "round down" | "round up" | "refuse" => return Ok(None),
        "Sweden 1930:173" => Law { free: is_swedish_eve, fixed: Some(true), ..plain },
        "EU 1182/71" => Law { holds_two_from: Some(2), ..plain },
        "Netherlands" => Law { holds_two_from: Some(3), short_only: true, ..plain },
        "England CPR" => Law { fixed: None, back: Back::DayMore, skips_up_to: 5, ..plain },
        "France" => Law { back: Back::DayMore, ..plain },
        "US FRCP" => Law { fixed: None, back: Back::ToTheDayBefore, ..plain },
        _ => return no("a law that is not reckoned here"),
    }))
}

fn is_free(law: &Law, day: Day, calendar: &Calendar) -> R<bool> {
    let holiday = calendar.holiday(day).map_err(|_| Stop::NoOpinion("a year outside of the calendar"))?;
    Ok((law.free)(day) || (law.holidays && holiday.is_some()))
}

fn to_the_next(law: &Law, mut day: Day, calendar: &Calendar) -> R<Day> {
    while is_free(law, day, calendar)? {
        day = day.following();
    }
    Ok(day)
}

/// The n-th day after (or before) a day that is not free.
fn counting(law: &Law, mut day: Day, many: i32, calendar: &Calendar) -> R<Day> {
    let mut left = many.abs();
    while left > 0 {
        day = if many > 0 { day.following() } else { day.preceding() };
        left -= i32::from(!is_free(law, day, calendar)?);
    }
    Ok(day)
}

pub fn is_working_day(plan: &Plan, day: Day) -> R<bool> {
    let holiday = plan.calendar.holiday(day).map_err(|_| Stop::NoOpinion("a year outside of the calendar"))?;
    if plan.calendar.name() == "office" {
        return Ok(works_at_the_office(day, holiday.is_some()));
    }
    Ok(!is_weekend(day) && holiday.is_none())
}

/// The days of the office in `made`, worked out from what stands there.
fn works_at_the_office(day: Day, holiday: bool) -> bool {
    let (year, month, of_month) = day.parts();
    let date = day.to_string();
    if ("2014-07-07"..="2014-08-01").contains(&date.as_str()) || date == "2015-03-02" {
        return false;
    }
    if date == "2015-02-28" {
        return true;
    }
    let between_the_years = (month, of_month) >= (12, 24) || (month, of_month) <= (1, 2);
    let after_ascension = Feast::AscensionDay.in_year(year).map(Day::following) == Some(day);
    match (between_the_years || after_ascension, (month, of_month) == (6, 6)) {
        (true, _) => false,
        (false, true) => true,
        (false, false) => !holiday && !is_weekend(day) && day.weekday() != Weekday::Wednesday,
    }
}

/// The day so long after another, or before it: months rounded once, then days, then working days.
pub fn later(plan: &Plan, day: Day, by: &Period) -> R<Day> {
    let months = i64::from(by.months);
    let (year, month, of_month) = day.parts();
    let all = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let (year, month) = (i32::try_from(all.div_euclid(12)).unwrap(), u32::try_from(all.rem_euclid(12)).unwrap() + 1);
    let mut at = match Day::of(year, month, of_month) {
        _ if months == 0 => day,
        Some(day) => day,
        None => {
            let last = Day::last_of_month(year, month).ok_or(Stop::NoOpinion("a day past all years"))?;
            match plan.months.name() {
                "round up" => last.following(),
                "refuse" | "US FRCP" => return Err(Stop::Weigh),
                _ => last,
            }
        }
    };
    at = at.plus_days(by.days);
    let mut left = by.working_days.abs();
    while left > 0 {
        at = if by.working_days > 0 { at.following() } else { at.preceding() };
        left -= i32::from(is_working_day(plan, at)?);
    }
    Ok(at)
}

/// The day so long after another, or before it, as the law of the agreement counts: which days are left out, whether the ends count, and
/// how many working days the time holds. Whether the day is free does not matter.
pub fn counted(plan: &Plan, from: Day, by: &Period) -> R<Day> {
    let Some(law) = law(plan)? else { return later(plan, from, by) };
    let at = without_free_days(plan, &law, from, by)?;
    if by.goes_back() {
        return Ok(if law.back == Back::DayMore { at.preceding() } else { at });
    }
    let long = if by.months == 0 { by.days + by.working_days } else { from.days_until(at) };
    match law.holds_two_from {
        Some(least) if at > from && long >= least => Ok(at.max(counting(&law, from, 2, &plan.calendar)?)),
        _ => Ok(at),
    }
}

fn without_free_days(plan: &Plan, law: &Law, from: Day, by: &Period) -> R<Day> {
    let only_days = by.months == 0 && by.working_days == 0;
    match only_days && (1..=law.skips_up_to).contains(&by.days.abs()) {
        true => counting(law, from, by.days, &plan.calendar),
        false => later(plan, from, by),
    }
}

/// The last day of a period that is counted from a day, as the law of the agreement has it: counted, and off free days.
pub fn last_day(plan: &Plan, from: Day, by: &Period) -> R<Day> {
    let at = counted(plan, from, by)?;
    let Some(law) = law(plan)? else { return Ok(at) };
    match (by.goes_back(), law.back) {
        (true, Back::ToTheDayBefore) => moved(plan, at, false),
        (true, Back::Stays | Back::DayMore) => Ok(at),
        (false, _) if at <= from || (law.short_only && (by.months > 3 || by.days > 90)) => Ok(at),
        (false, _) => to_the_next(&law, at, &plan.calendar),
    }
}

/// A last day that is told as a date.
pub fn fixed_day(plan: &Plan, day: Day) -> R<Day> {
    let Some(law) = law(plan)? else { return Ok(day) };
    match law.fixed {
        Some(false) => Ok(day),
        Some(true) => to_the_next(&law, day, &plan.calendar),
        None if to_the_next(&law, day, &plan.calendar)? == day => Ok(day),
        None => no("a law that does not say whether a date moves"),
    }
}

/// A last day moved off free days: those of the law that is named, else those of the calendar.
pub fn moved(plan: &Plan, day: Day, forward: bool) -> R<Day> {
    let law = law(plan)?;
    let free = |day: Day| match &law {
        // No law moves a day off one on which only the office is closed, but a line does that asks for a working day.
        Some(law) => {
            let only_closed = !is_working_day(plan, day)? && !is_weekend(day) && plan.calendar.holiday(day) == Ok(None);
            Ok(only_closed || is_free(law, day, &plan.calendar)?)
        }
        None => Ok(!is_working_day(plan, day)?),
    };
    let mut at = day;
    while free(at)? {
        at = if forward { at.following() } else { at.preceding() };
    }
    Ok(at)
}

/// A day of a year; nothing where the year does not have it.
pub fn in_year(day: &YearlyDay, year: i32) -> Option<Day> {
    let of_month = |month: u32| (1..=31).filter_map(move |number| Day::of(year, month, number));
    match day {
        YearlyDay::DayMonth { day, month } => Day::of(year, *month, *day),
        YearlyDay::LastOf { month } => of_month(*month).next_back(),
        YearlyDay::NthWeekday { nth, weekday, month } => {
            of_month(*month).filter(|day| day.weekday() == *weekday).nth(*nth as usize - 1)
        }
        YearlyDay::LastWeekday { weekday, month } => of_month(*month).rfind(|day| day.weekday() == *weekday),
        // A week is of the year that its Thursday lies in, and numbered by it.
        YearlyDay::InWeek { weekday, week } => {
            let thursdays = (1..=12).flat_map(of_month).filter(|day| day.weekday() == Weekday::Thursday);
            let thursday = thursdays.into_iter().nth(*week as usize - 1)?;
            let monday = thursday.minus_days(3);
            (0..7).map(|more| monday.plus_days(more)).find(|day| day.weekday() == *weekday)
        }
        YearlyDay::Feast(_) => day.in_year(year),
    }
}

/// Whole months from one day to another: as many as, counted from the first and rounded down, do not pass the other.
pub fn whole_months(from: Day, to: Day) -> i32 {
    if to < from {
        return -whole_months(to, from);
    }
    let reaches = |months: i32| {
        let all = i64::from(from.year()) * 12 + i64::from(from.month()) - 1 + i64::from(months);
        let (year, month) =
            (i32::try_from(all.div_euclid(12)).unwrap(), u32::try_from(all.rem_euclid(12)).unwrap() + 1);
        Day::of(year, month, from.parts().2).or_else(|| Day::last_of_month(year, month))
    };
    (0..).take_while(|months| reaches(*months).is_some_and(|day| day <= to)).last().unwrap_or(0)
}

/// A number to so many of a unit.
pub fn rounded(number: &Number, unit: &Number, way: Rounding) -> Option<Number> {
    let units = number.divided_by(unit)?;
    let half = Number::ratio(1, 2)?;
    let units = match way {
        Rounding::Up if !units.is_negative() => units.ceil(),
        Rounding::Down if !units.is_negative() => units.floor(),
        Rounding::HalfUp if !units.is_negative() => units.plus(&half).floor(),
        _ => return None,
    };
    Some(units.times(unit))
}
