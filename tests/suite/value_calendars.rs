//! Calendars, feasts and yearly days.

use overens::value::{Calendar, Day, Feast, MonthRule, OutOfRange, Weekday, YearlyDay};

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn holidays_of(year: i32) -> Vec<String> {
    let (first, last) = (Day::of(year, 1, 1).unwrap(), Day::of(year, 12, 31).unwrap());
    let named = |number| Calendar::SWEDEN.holiday(Day(number)).unwrap().map(|name| format!("{} {name}", Day(number)));
    (first.0..=last.0).filter_map(named).collect()
}

#[test]
fn easter_falls_on_the_days_it_fell_on() {
    let known = [
        "1583-04-10",
        "1598-03-22",
        "1666-04-25",
        "1700-04-11",
        "1734-04-25",
        "1761-03-22",
        "1818-03-22",
        "1886-04-25",
        "1913-03-23",
        "1943-04-25",
        "1954-04-18",
        "1961-04-02",
        "1981-04-19",
        "1989-03-26",
        "1997-03-30",
        "2000-04-23",
        "2005-03-27",
        "2008-03-23",
        "2009-04-12",
        "2010-04-04",
        "2011-04-24",
        "2012-04-08",
        "2013-03-31",
        "2014-04-20",
        "2015-04-05",
        "2016-03-27",
        "2019-04-21",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2038-04-25",
        "2285-03-22",
    ];
    for easter in known {
        assert_eq!(Feast::EasterDay.in_year(day(easter).year()), Some(day(easter)));
    }
    assert_eq!(Feast::EasterDay.in_year(1582), None);
}

/// Easter by the older rule of golden number and epact: 44 less the epact is the March day of the full moon.
fn easter_by_epact(year: i32) -> Day {
    let (golden, century) = (year % 19 + 1, year / 100 + 1);
    let (dropped_leap_days, moon) = (3 * century / 4 - 12, (8 * century + 5) / 25 - 5);
    let sunday = 5 * year / 4 - dropped_leap_days - 10;
    let epact = (11 * golden + 20 + moon - dropped_leap_days).rem_euclid(30);
    let epact = if epact == 24 || (epact == 25 && golden > 11) { epact + 1 } else { epact };
    let full_moon = if 44 - epact < 21 { 74 - epact } else { 44 - epact };
    let march_day = full_moon + 7 - (sunday + full_moon) % 7;
    Day::of(year, 3, 1).unwrap().plus_days(march_day - 1)
}

#[test]
fn two_ways_to_reckon_easter_agree() {
    for year in 1583..=9999 {
        assert_eq!(Feast::EasterDay.in_year(year), Some(easter_by_epact(year)));
    }
}

#[test]
fn without_holidays_weeks_are_skipped_and_counted_alike() {
    for start in 0..7 {
        let mut day = Day(start);
        for n in 1..40 {
            day = Calendar::PLAIN.plus_working_days(day, 1).unwrap();
            assert_eq!(Calendar::PLAIN.plus_working_days(Day(start), n), Ok(day));
        }
        let mut day = Day(start);
        for n in 1..40 {
            day = Calendar::PLAIN.plus_working_days(day, -1).unwrap();
            assert_eq!(Calendar::PLAIN.plus_working_days(Day(start), -n), Ok(day));
        }
    }
}

#[test]
fn easter_is_always_a_sunday_from_22_march_through_25_april() {
    for year in 1583..=9999 {
        let easter = Feast::EasterDay.in_year(year).unwrap();
        assert_eq!(easter.weekday(), Weekday::Sunday);
        assert!(Day::of(year, 3, 22).unwrap() <= easter && easter <= Day::of(year, 4, 25).unwrap(), "{year}");
    }
}

#[test]
fn the_swedish_holidays_of_2014_and_2015_are_thirteen_each() {
    let of_2014 = [
        "2014-01-01 new year's day",
        "2014-01-06 epiphany",
        "2014-04-18 good friday",
        "2014-04-20 easter day",
        "2014-04-21 easter monday",
        "2014-05-01 labour day",
        "2014-05-29 ascension day",
        "2014-06-06 national day",
        "2014-06-08 whit sunday",
        "2014-06-21 midsummer day",
        "2014-11-01 all saints' day",
        "2014-12-25 christmas day",
        "2014-12-26 boxing day",
    ];
    let of_2015 = [
        "2015-01-01 new year's day",
        "2015-01-06 epiphany",
        "2015-04-03 good friday",
        "2015-04-05 easter day",
        "2015-04-06 easter monday",
        "2015-05-01 labour day",
        "2015-05-14 ascension day",
        "2015-05-24 whit sunday",
        "2015-06-06 national day",
        "2015-06-20 midsummer day",
        "2015-10-31 all saints' day",
        "2015-12-25 christmas day",
        "2015-12-26 boxing day",
    ];
    assert_eq!(holidays_of(2014), of_2014);
    assert_eq!(holidays_of(2015), of_2015);
}

#[test]
fn whit_monday_gave_way_to_the_national_day_in_2005() {
    let sweden = Calendar::SWEDEN;
    assert_eq!(sweden.holiday(day("2004-05-31")), Ok(Some("whit monday")));
    assert_eq!(sweden.is_working_day(day("2005-05-16")), Ok(true));
    assert_eq!(sweden.is_working_day(day("2013-05-20")), Ok(true));
    assert_eq!(sweden.holiday(day("2004-06-06")), Ok(None));
    assert_eq!(sweden.holiday(day("2005-06-06")), Ok(Some("national day")));
}

#[test]
fn midsummer_day_is_the_saturday_of_20_to_26_june() {
    assert_eq!(Feast::MidsummerDay.in_year(2009), Some(day("2009-06-20")));
    assert_eq!(Feast::MidsummerEve.in_year(2009), Some(day("2009-06-19")));
    assert_eq!(Feast::MidsummerDay.in_year(2010), Some(day("2010-06-26")));
    assert_eq!(Feast::MidsummerEve.in_year(2010), Some(day("2010-06-25")));
    assert_eq!(Feast::AllSaintsDay.in_year(2009), Some(day("2009-10-31")));
    assert_eq!(Feast::AllSaintsDay.in_year(2010), Some(day("2010-11-06")));
    assert_eq!(Feast::MidsummerDay.in_year(1952), None);
}

#[test]
fn the_holidays_of_a_calendar_are_its_feasts() {
    for year in 1953..=2100 {
        for number in Day::of(year, 1, 1).unwrap().0..=Day::of(year, 12, 31).unwrap().0 {
            if let Some(name) = Calendar::SWEDEN.holiday(Day(number)).unwrap() {
                assert_eq!(Feast::named(name).unwrap().in_year(year), Some(Day(number)));
            }
        }
        assert!((11..=13).contains(&holidays_of(year).len()), "{year}: two feasts may share a day");
    }
}

#[test]
fn eves_are_working_days_and_weekends_are_not() {
    assert_eq!(Calendar::SWEDEN.is_working_day(day("2015-12-24")), Ok(true));
    assert_eq!(Calendar::SWEDEN.is_working_day(day("2015-06-19")), Ok(true));
    assert_eq!(Calendar::SWEDEN.is_working_day(day("2015-12-27")), Ok(false));
    assert_eq!(Calendar::PLAIN.is_working_day(day("2015-12-25")), Ok(true));
    assert_eq!(Calendar::PLAIN.is_working_day(day("2015-12-26")), Ok(false));
}

#[test]
fn a_year_outside_the_calendar_is_an_error() {
    let problem = OutOfRange { calendar: "Sweden", year: 1952, first_year: 1953, last_year: 2100 };
    assert_eq!(Calendar::SWEDEN.is_working_day(day("1952-12-31")), Err(problem));
    assert_eq!(problem.to_string(), "the calendar `Sweden` covers the years 1953 to 2100, not 1952");
    assert!(Calendar::SWEDEN.plus_working_days(day("2100-12-30"), 2).is_err());
    assert!(Calendar::PLAIN.plus_working_days(day("2015-01-01"), i32::MAX).is_err());
    assert!(Calendar::PLAIN.plus_working_days(Day(i32::MAX), i32::MIN).is_err());
}

#[test]
fn working_days_are_counted_without_the_first_day() {
    let sweden = Calendar::SWEDEN;
    // Christmas 2015: Thursday 24 works, Friday 25 to Sunday 27 do not.
    assert_eq!(sweden.plus_working_days(day("2015-12-23"), 1), Ok(day("2015-12-24")));
    assert_eq!(sweden.plus_working_days(day("2015-12-23"), 2), Ok(day("2015-12-28")));
    assert_eq!(sweden.plus_working_days(day("2015-12-26"), 1), Ok(day("2015-12-28")));
    assert_eq!(sweden.plus_working_days(day("2015-12-28"), -2), Ok(day("2015-12-23")));
    assert_eq!(sweden.plus_working_days(day("2015-12-26"), 0), Ok(day("2015-12-26")));
    assert_eq!(sweden.working_day_on_or_after(day("2015-12-25")), Ok(day("2015-12-28")));
    assert_eq!(sweden.working_day_on_or_before(day("2015-12-27")), Ok(day("2015-12-24")));
    assert_eq!(sweden.working_day_on_or_after(day("2015-12-24")), Ok(day("2015-12-24")));
}

#[test]
fn each_calendar_and_feast_is_found_by_its_name() {
    assert_eq!(Calendar::NAMES.map(|name| Calendar::named(name).unwrap().name()), Calendar::NAMES);
    assert_eq!(Calendar::named("Sverige"), None);
    for feast in Feast::ALL {
        assert_eq!(Feast::named(feast.name()), Some(feast));
    }
    assert_eq!(Feast::named("New years eve"), Some(Feast::NewYearsEve));
    let of_2015: Vec<Day> = Feast::ALL.iter().filter_map(|feast| feast.in_year(2015)).collect();
    assert!(of_2015.is_sorted_by(|a, b| a < b || *a == day("2015-06-06")), "in the order of the year");
}

#[test]
fn a_yearly_day_is_found_in_each_year() {
    let in_year = |yearly: YearlyDay, year| yearly.in_year(year).map(|day| day.to_string()).unwrap_or_default();
    let leap_day = YearlyDay::day_month(29, 2).unwrap();
    assert_eq!((in_year(leap_day, 2016), in_year(leap_day, 2015)), ("2016-02-29".into(), String::new()));
    assert_eq!(YearlyDay::day_month(31, 4), None);
    let february = YearlyDay::LastOf { month: 2 };
    assert_eq!((in_year(february, 2016), in_year(february, 2015)), ("2016-02-29".into(), "2015-02-28".into()));
    // May 2015 begins on a Friday and ends on a Sunday, the fifth.
    let sunday = |nth| YearlyDay::NthWeekday { nth, weekday: Weekday::Sunday, month: 5 };
    assert_eq!(in_year(sunday(1), 2015), "2015-05-03");
    assert_eq!(in_year(sunday(2), 2015), "2015-05-10");
    assert_eq!(in_year(sunday(5), 2015), "2015-05-31");
    assert_eq!(in_year(sunday(5), 2016), "2016-05-29");
    assert_eq!(in_year(sunday(5), 2014), "");
    assert_eq!(in_year(sunday(6), 2015) + &in_year(sunday(0), 2015), "");
    let last_friday = YearlyDay::LastWeekday { weekday: Weekday::Friday, month: 5 };
    assert_eq!(in_year(last_friday, 2015), "2015-05-29");
    assert_eq!(in_year(YearlyDay::LastWeekday { weekday: Weekday::Sunday, month: 5 }, 2015), "2015-05-31");
    assert_eq!(in_year(YearlyDay::Feast(Feast::MidsummerEve), 2015), "2015-06-19");
}

#[test]
fn the_leap_day_follows_the_rule_and_every_other_day_that_a_year_lacks_is_none() {
    let told = |yearly: YearlyDay, year, rule| match yearly.by_rule(year, rule) {
        Ok(day) => day.to_string(),
        Err(problem) => problem.to_string(),
    };
    let leap_day = YearlyDay::day_month(29, 2).unwrap();
    assert_eq!(told(leap_day, 2015, MonthRule::RoundDown), "2015-02-28");
    assert_eq!(told(leap_day, 2015, MonthRule::Eu1182), "2015-02-28");
    assert_eq!(told(leap_day, 2015, MonthRule::RoundUp), "2015-03-01");
    assert_eq!(told(leap_day, 2015, MonthRule::Refuse), "2015 has no 29 February");
    assert_eq!(told(leap_day, 2016, MonthRule::Refuse), "2016-02-29");
    // October 2013 begins on a Tuesday: its Fridays are the 4th, 11th, 18th and 25th.
    let fifth = YearlyDay::NthWeekday { nth: 5, weekday: Weekday::Friday, month: 10 };
    for rule in MonthRule::ALL {
        assert_eq!(told(fifth, 2013, rule), "2013 has no fifth Friday in October");
        assert_eq!(told(fifth, 2014, rule), "2014-10-31");
    }
    assert_eq!(told(YearlyDay::Feast(Feast::MidsummerDay), 1952, MonthRule::RoundDown), "1952 has no midsummer day");
    assert!(!leap_day.comes_every_year() && !fifth.comes_every_year());
    assert!(YearlyDay::day_month(28, 2).unwrap().comes_every_year());
}

#[test]
fn a_yearly_day_reads_as_it_is_written() {
    assert_eq!(YearlyDay::day_month(28, 2).unwrap().to_string(), "28 February");
    assert_eq!(YearlyDay::LastOf { month: 5 }.to_string(), "the last day of May");
    let second = YearlyDay::NthWeekday { nth: 2, weekday: Weekday::Sunday, month: 5 };
    assert_eq!(second.to_string(), "the second Sunday in May");
    assert_eq!(YearlyDay::Feast(Feast::MidsummerDay).to_string(), "midsummer day");
}
