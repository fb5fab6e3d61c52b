//! How a day is worked out from another, in words: `1 month after Wednesday 6 May 2015 is Saturday 6 June (Saturday, national day);
//! next working day: Monday 8 June; Sweden 1930:173 § 2`.

use crate::plan::Plan;
use crate::value::{Day, MissingDay, MonthEnd, Period, days_in_month, month_name, moved_to_the_next};
use crate::verdict::Reckoning;

/// So many holidays that a count of working days passes over are named.
const PASSED: usize = 3;
/// So many days are looked through for them.
const LOOKED_AT: i32 = 400;

/// A day worked out from another, and where it moved from there.
pub fn reckoned(plan: &Plan, (from, by): (Day, Reckoning), counted: Day, to: Day) -> String {
    let start = long(from);
    let whence = match by {
        Reckoning::Length(of) => format!("the last day of {of} from {start}"),
        Reckoning::Counted(by) => format!("{} {start}", after(&by)),
        Reckoning::LastDay(by) => format!("{} {start}{}", after(&by), counted_otherwise(plan, &by)),
    };
    let note = match by {
        Reckoning::Counted(by) | Reckoning::LastDay(by) => {
            short_month(plan, (from, &by), counted).or_else(|| passed_over(plan, (from, &by), counted))
        }
        Reckoning::Length(_) => None,
    };
    let note = note.map_or_else(String::new, |note| format!(" ({note})"));
    let moved = if counted == to { String::new() } else { off(plan, counted, to) };
    format!("{whence} is {}{note}{moved}", short(counted, from))
}

/// A day that moves: `Thursday 24 December 2015 is not a working day (christmas eve); next working day: Monday 28 December`.
pub fn moved(plan: &Plan, from: Day, to: Day) -> String {
    match why_free(plan, from).is_empty() {
        true => format!("the last day is {}{}", long(from), off(plan, from, to)),
        false => format!("{} is not a working day{}", long(from), off(plan, from, to)),
    }
}

/// Why a day does not stay, where it moves to, and by which law.
fn off(plan: &Plan, from: Day, to: Day) -> String {
    let why = match why_free(plan, from) {
        none if none.is_empty() => String::new(),
        some => format!(" ({})", some.join(", ")),
    };
    // No law moves a day off one on which only a local calendar is closed.
    let by_law = plan.months.moved_by().filter(|_| !plan.calendar.is_closed(from).unwrap_or(false));
    let law = by_law.map_or_else(String::new, |law| format!("; {law}"));
    if to < from {
        return format!("{why}; previous working day: {}{law}", short(to, from));
    }
    match moved_to_the_next(from, plan.months, &plan.calendar) {
        // Later than the next: the period would not have enough working days otherwise.
        Ok(due) if due.last < to => {
            let next = short(due.last, from);
            let next = if why.is_empty() { String::new() } else { format!("; next working day: {next}") };
            format!("{why}{next}; with enough working days: {}; {}", short(to, from), plan.months.law())
        }
        Ok(_) | Err(_) => format!("{why}; next working day: {}{law}", short(to, from)),
    }
}

fn why_free(plan: &Plan, day: Day) -> Vec<String> {
    plan.months.free_since(day, &plan.calendar).unwrap_or_default()
}

/// `1 month after`, `30 days before`, `the day after`.
fn after(by: &Period) -> String {
    let back = by.months <= 0 && by.days <= 0 && by.working_days <= 0 && !by.is_zero();
    match by {
        one if *one == Period::days(1) => "the day after".to_string(),
        one if *one == Period::days(-1) => "the day before".to_string(),
        _ if back => format!("{} before", by.negate()),
        _ => format!("{by} after"),
    }
}

/// What a regime does with a period besides counting it.
fn counted_otherwise(plan: &Plan, by: &Period) -> &'static str {
    match (by.goes_back() && plan.months.counts_clear_days_back(), plan.months.leaves_out_free_days(by)) {
        (true, true) => ", with free days and both ends left out,",
        (true, false) => ", with both ends left out,",
        (false, true) => ", with free days left out,",
        (false, false) => "",
    }
}

/// Why months lead to a day of another number: `February 2015 has 28 days`.
fn short_month(plan: &Plan, (from, by): (Day, &Period), counted: Day) -> Option<String> {
    let only_months = by.months != 0 && by.days == 0 && by.working_days == 0;
    let clear = by.goes_back() && plan.months.counts_clear_days_back();
    if !only_months || clear || from.day() == counted.day() {
        return None;
    }
    if plan.months.month_end() == MonthEnd::StaysLast && from == Day::last_of_month(from.year(), from.month())? {
        return Some("the last day of a month leads to the last day".to_string());
    }
    let within = match plan.months.missing_day() {
        MissingDay::LastDay => counted,
        MissingDay::FirstOfNext => counted.preceding(),
        MissingDay::Refuse => return None,
    };
    let has = days_in_month(within.year(), within.month())?;
    Some(format!("{} {} has {has} days", month_name(within.month()), within.year()))
}

/// The holidays and closed days that a count of working days passes over: `passing ascension day, Thursday 14 May`.
fn passed_over(plan: &Plan, (from, by): (Day, &Period), counted: Day) -> Option<String> {
    if by.working_days == 0 || from.days_until(counted).abs() > LOOKED_AT {
        return None;
    }
    let (first, last) = (from.min(counted), from.max(counted));
    let days = (0..first.days_until(last)).map(|more| first.plus_days(more));
    let free = |day: Day| {
        let holiday = plan.calendar.holiday(day).ok().flatten();
        let is_closed = plan.calendar.is_closed(day).unwrap_or(false);
        let name = holiday.or(is_closed.then_some("a day on which the calendar is closed"))?;
        let works = plan.calendar.is_working_day(day).unwrap_or(false);
        (!day.weekday().is_weekend() && !works && day != from).then(|| format!("{name}, {}", short(day, from)))
    };
    let named: Vec<String> = days.filter_map(free).collect();
    match named.len() {
        0 => None,
        many if many > PASSED => Some(format!("passing {many} free days")),
        _ => Some(format!("passing {}", named.join("; "))),
    }
}

/// `Wednesday 6 May 2015`.
pub fn long(day: Day) -> String {
    format!("{} {}", numbered(day), day.year())
}

/// The same without its year where that is the year of a day named before.
fn short(day: Day, before: Day) -> String {
    if day.year() == before.year() { numbered(day) } else { long(day) }
}

fn numbered(day: Day) -> String {
    format!("{} {} {}", day.weekday(), day.day(), month_name(day.month()))
}
