//! How long a time is, where a number of the facts or of the agreement tells it.

use crate::value::{Number, Period};

use super::frame::EdgeDay;
use crate::evaluate::knowledge::known::{Bounds, Val};

/// How long a time is that a number tells.
pub enum SoLong {
    Exactly(Period),
    /// The shortest and the longest that it may be.
    Between(Period, Period),
    /// A fact says that there is none.
    None,
    /// The number is none of whole units; in words.
    Odd(String),
    Unknown,
}

/// So many times a unit as a number tells.
pub fn so_long(number: &Val, unit: &Period) -> SoLong {
    let bounds = match number {
        Val::Number(bounds) => bounds,
        Val::Absent => return SoLong::None,
        Val::NoSuchDay => return SoLong::Odd(format!("there is no such number of {}", units(unit))),
        _ => return SoLong::Unknown,
    };
    match bounds.exact() {
        Some(number) => times(unit, number)
            .map_or_else(|| SoLong::Odd(format!("{number} is not a number of {}", units(unit))), SoLong::Exactly),
        None => between(unit, bounds).map_or(SoLong::Unknown, |(least, most)| SoLong::Between(least, most)),
    }
}

/// So many times a unit; nothing where that is no whole number of them, or fewer than none.
fn times(unit: &Period, number: &Number) -> Option<Period> {
    let whole = number.to_i64().filter(|number| *number >= 0)?;
    unit.times(i32::try_from(whole).ok()?)
}

/// The shortest and the longest time that it may be.
fn between(unit: &Period, bounds: &Bounds) -> Option<(Period, Period)> {
    let least = bounds.least.as_ref()?.ceil().max(Number::ZERO);
    let most = bounds.most.as_ref()?.floor();
    if most < least {
        return None;
    }
    Some((times(unit, &least)?, times(unit, &most)?))
}

/// An edge of a window on a day that is counted from another. Where a fact says that there is no such time, none will come.
pub fn named(day: Val) -> EdgeDay {
    if day == Val::Absent { EdgeDay::NoDay } else { EdgeDay::told(day) }
}

/// What a period of one unit is counted in.
fn units(unit: &Period) -> &'static str {
    match unit {
        Period { working_days: 1 | -1, .. } => "working days",
        Period { months: 1 | -1, .. } => "months",
        Period { months: 12 | -12, .. } => "years",
        Period { days: 7 | -7, .. } => "weeks",
        _ => "days",
    }
}
