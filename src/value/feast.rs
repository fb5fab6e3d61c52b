//! Feasts: days of the year that have a name, fixed or movable.
//! Whether anybody works on them is the calendar's business.

use std::fmt;
use std::num::Wrapping as W;

use super::day::Day;
use super::weekday::Weekday;

/// A day of the year with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feast {
    NewYearsDay,
    Epiphany,
    GoodFriday,
    EasterEve,
    EasterDay,
    EasterMonday,
    LabourDay,
    AscensionDay,
    WhitSunday,
    WhitMonday,
    NationalDay,
    MidsummerEve,
    MidsummerDay,
    AllSaintsDay,
    ChristmasEve,
    ChristmasDay,
    BoxingDay,
    NewYearsEve,
}

impl Feast {
    /// In the order of the year.
    pub const ALL: [Feast; 18] = [
        Feast::NewYearsDay,
        Feast::Epiphany,
        Feast::GoodFriday,
        Feast::EasterEve,
        Feast::EasterDay,
        Feast::EasterMonday,
        Feast::LabourDay,
        Feast::AscensionDay,
        Feast::WhitSunday,
        Feast::WhitMonday,
        Feast::NationalDay,
        Feast::MidsummerEve,
        Feast::MidsummerDay,
        Feast::AllSaintsDay,
        Feast::ChristmasEve,
        Feast::ChristmasDay,
        Feast::BoxingDay,
        Feast::NewYearsEve,
    ];

    /// The English name, as a policy writes it.
    pub fn name(self) -> &'static str {
        match self {
            Feast::NewYearsDay => "new year's day",
            Feast::Epiphany => "epiphany",
            Feast::GoodFriday => "good friday",
            Feast::EasterEve => "easter eve",
            Feast::EasterDay => "easter day",
            Feast::EasterMonday => "easter monday",
            Feast::LabourDay => "labour day",
            Feast::AscensionDay => "ascension day",
            Feast::WhitSunday => "whit sunday",
            Feast::WhitMonday => "whit monday",
            Feast::NationalDay => "national day",
            Feast::MidsummerEve => "midsummer eve",
            Feast::MidsummerDay => "midsummer day",
            Feast::AllSaintsDay => "all saints' day",
            Feast::ChristmasEve => "christmas eve",
            Feast::ChristmasDay => "christmas day",
            Feast::BoxingDay => "boxing day",
            Feast::NewYearsEve => "new year's eve",
        }
    }

    /// The feast of a name, without regard to capitals and apostrophes.
    pub fn named(name: &str) -> Option<Feast> {
        let plain = |text: &str| text.to_lowercase().replace(['\'', '’'], "");
        let name = plain(name);
        Feast::ALL.into_iter().find(|feast| plain(feast.name()) == name)
    }

    /// The day of a feast in a year. `None` outside the years it can be worked out for: Easter and what hangs on it from
    /// 1583 (the Gregorian calendar), midsummer and All Saints' on their Saturdays from 1953.
    pub fn in_year(self, year: i32) -> Option<Day> {
        match self {
            Feast::NewYearsDay => Day::of(year, 1, 1),
            Feast::Epiphany => Day::of(year, 1, 6),
            Feast::GoodFriday => from_easter(year, -2),
            Feast::EasterEve => from_easter(year, -1),
            Feast::EasterDay => from_easter(year, 0),
            Feast::EasterMonday => from_easter(year, 1),
            Feast::LabourDay => Day::of(year, 5, 1),
            Feast::AscensionDay => from_easter(year, 39),
            Feast::WhitSunday => from_easter(year, 49),
            Feast::WhitMonday => from_easter(year, 50),
            Feast::NationalDay => Day::of(year, 6, 6),
            Feast::MidsummerEve => saturday_from(year, 6, 20).map(Day::preceding),
            Feast::MidsummerDay => saturday_from(year, 6, 20),
            Feast::AllSaintsDay => saturday_from(year, 10, 31),
            Feast::ChristmasEve => Day::of(year, 12, 24),
            Feast::ChristmasDay => Day::of(year, 12, 25),
            Feast::BoxingDay => Day::of(year, 12, 26),
            Feast::NewYearsEve => Day::of(year, 12, 31),
        }
    }
}

impl fmt::Display for Feast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn from_easter(year: i32, days: i32) -> Option<Day> {
    easter(year)?.checked_plus_days(days)
}

/// The Saturday of the seven days that begin on a date. The Saturday rules are of 1953.
fn saturday_from(year: i32, month: u32, day: u32) -> Option<Day> {
    let first = Day::of(year, month, day).filter(|_| year >= 1953)?;
    let wait = Weekday::Saturday.days_after_monday().saturating_sub(first.weekday().days_after_monday());
    first.checked_plus_days(wait.rem_euclid(7))
}

/// Easter day by the Gregorian rule: the Sunday after the first church full moon on or after 21 March.
/// Worked out with the calendar's own cycles (19 years of the moon, 4 and 100 years of leap days).
fn easter(year: i32) -> Option<Day> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let (century, year_of_century) = (year / 100, year % 100);
    let year_of_moon = W(year % 19);
    let moon_shift = W((W(century) + W(8)).0 / 25);
    let moon_shift = W((W(century) - moon_shift + W(1)).0 / 3);
    let moon = W((W(19) * year_of_moon + W(century) - W(century / 4) - moon_shift + W(15)).0 % 30);
    let leap_days = W(2) * W(century % 4) + W(2) * W(year_of_century / 4);
    let to_sunday = W((W(32) + leap_days - moon - W(year_of_century % 4)).0 % 7);
    let late_moon = W((year_of_moon + W(11) * moon + W(22) * to_sunday).0 / 451);
    let days = moon + to_sunday - W(7) * late_moon;
    Day::of(year, 3, 22)?.checked_plus_days(days.0)
}
