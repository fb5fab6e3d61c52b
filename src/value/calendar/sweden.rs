//! Sweden's public holidays.
//! Source: the act (1989:253) on public holidays with its changes, and before it the order of 1953, which moved midsummer
//! day and All Saints' day to Saturdays. Whit Monday was a holiday through 2004; the national day is one from 2005.

use super::{Calendar, Holidays};
use crate::value::day::Day;
use crate::value::feast::Feast;
use crate::value::weekday::Weekday;

pub(super) const CALENDAR: Calendar = Calendar::new("Sweden", (1953, 2100), Holidays::Of(holiday));

fn holiday(day: Day) -> Option<&'static str> {
    let (year, month, of_month) = day.parts();
    fixed(year, month, of_month)
        .or_else(|| on_a_saturday(day, month, of_month))
        .or_else(|| by_easter(day, year, month))
        .map(Feast::name)
}

fn fixed(year: i32, month: u32, of_month: u32) -> Option<Feast> {
    match (month, of_month) {
        (1, 1) => Some(Feast::NewYearsDay),
        (1, 6) => Some(Feast::Epiphany),
        (5, 1) => Some(Feast::LabourDay),
        (6, 6) if year >= 2005 => Some(Feast::NationalDay),
        (12, 25) => Some(Feast::ChristmasDay),
        (12, 26) => Some(Feast::BoxingDay),
        _ => None,
    }
}

fn on_a_saturday(day: Day, month: u32, of_month: u32) -> Option<Feast> {
    if day.weekday() != Weekday::Saturday {
        return None;
    }
    match (month, of_month) {
        (6, 20..=26) => Some(Feast::MidsummerDay),
        (10, 31) | (11, 1..=6) => Some(Feast::AllSaintsDay),
        _ => None,
    }
}

/// Easter falls between 22 March and 25 April, so its holidays lie between 20 March and 14 June.
fn by_easter(day: Day, year: i32, month: u32) -> Option<Feast> {
    if !(3..=6).contains(&month) {
        return None;
    }
    match Feast::EasterDay.in_year(year)?.days_until(day) {
        -2 => Some(Feast::GoodFriday),
        0 => Some(Feast::EasterDay),
        1 => Some(Feast::EasterMonday),
        39 => Some(Feast::AscensionDay),
        49 => Some(Feast::WhitSunday),
        50 if year <= 2004 => Some(Feast::WhitMonday),
        _ => None,
    }
}
