//! Periods and month arithmetic.

use std::cmp::Ordering;

use overens::value::{
    Calendar, Day, Kind, Period, Regime, ShiftProblem, last_day, plus_months, shift, whole_months_between,
};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn months(from: &str, months: i32, rule: Regime) -> String {
    plus_months(day(from), months, rule).map_or_else(|problem| problem.to_string(), |day| day.to_string())
}

fn deadline(from: &str, period: Period, rule: Regime) -> String {
    last_day(day(from), &period, rule, &Calendar::SWEDEN).unwrap().first.to_string()
}

#[test]
fn a_month_before_is_the_day_of_the_same_number() {
    assert_eq!(months("2015-01-22", -1, Regime::ROUND_DOWN), "2014-12-22");
    assert_eq!(months("2014-01-23", -1, Regime::ROUND_DOWN), "2013-12-23");
    assert_eq!(months("2009-06-15", -6, Regime::REFUSE), "2008-12-15");
}

#[test]
fn a_month_that_is_too_short_follows_the_rule() {
    for rule in [Regime::ROUND_DOWN, Regime::EU, Regime::SWEDEN] {
        assert_eq!(months("2015-01-31", 1, rule), "2015-02-28");
        assert_eq!(months("2015-03-31", -1, rule), "2015-02-28");
        assert_eq!(months("2016-03-31", -1, rule), "2016-02-29");
        assert_eq!(months("2016-02-29", 12, rule), "2017-02-28");
        assert_eq!(months("2016-02-29", 48, rule), "2020-02-29");
    }
    assert_eq!(months("2015-01-31", 1, Regime::ROUND_UP), "2015-03-01");
    assert_eq!(months("2015-03-31", -1, Regime::ROUND_UP), "2015-03-01");
    assert_eq!(months("2015-10-31", 1, Regime::ROUND_UP), "2015-12-01");
    assert_eq!(months("2016-02-29", 12, Regime::ROUND_UP), "2017-03-01");
    assert_eq!(months("2015-01-31", 1, Regime::REFUSE), "there is no 31 February 2015; February 2015 has 28 days");
    assert_eq!(months("2015-01-28", 1, Regime::REFUSE), "2015-02-28");
}

#[test]
fn years_and_months_are_rounded_once_and_days_come_after() {
    let both = Period { months: 13, days: 1, working_days: 0 };
    // 31 January 2015 and 13 months: 29 February 2016; a day more is 1 March.
    let found = shift(day("2015-01-31"), &both, Regime::ROUND_DOWN, &Calendar::PLAIN);
    assert_eq!(found, Ok(day("2016-03-01")));
    let with_work = Period { months: 0, days: 2, working_days: 1 };
    // Thursday and two days is Saturday; the first working day after it is Monday.
    assert_eq!(shift(day("2015-01-22"), &with_work, Regime::REFUSE, &Calendar::PLAIN), Ok(day("2015-01-26")));
}

#[test]
fn counting_stops_at_the_ends_of_time() {
    let far = |period| shift(day("2015-01-31"), &period, Regime::ROUND_DOWN, &Calendar::SWEDEN);
    assert_eq!(far(Period::years(i32::MAX)), Err(ShiftProblem::BeyondTheYears));
    assert_eq!(far(Period::years(i32::MIN)), Err(ShiftProblem::BeyondTheYears));
    assert_eq!(far(Period::days(i32::MAX)), Err(ShiftProblem::BeyondTheYears));
    assert!(matches!(far(Period::working_days(i32::MIN)), Err(ShiftProblem::Calendar(_))));
    assert_eq!(months("9999-12-31", 1, Regime::ROUND_UP), "the day would be outside the years 1 to 9999");
}

#[test]
fn a_deadline_in_sweden_moves_past_free_days_and_eves() {
    let sweden = Regime::SWEDEN;
    assert_eq!(deadline("2015-11-24", Period::months(1), sweden), "2015-12-28", "christmas eve on a Thursday");
    assert_eq!(deadline("2021-11-24", Period::months(1), sweden), "2021-12-27", "christmas eve on a Friday");
    assert_eq!(deadline("2015-12-01", Period::days(30), sweden), "2016-01-04", "new year's eve on a Thursday");
    assert_eq!(deadline("2015-06-12", Period::weeks(1), sweden), "2015-06-22", "midsummer eve");
    assert_eq!(deadline("2015-01-16", Period::days(1), sweden), "2015-01-19", "a Saturday");
    assert_eq!(deadline("2015-01-31", Period::months(1), sweden), "2015-03-02", "28 February 2015 is a Saturday");
    assert_eq!(deadline("2015-01-19", Period::days(1), sweden), "2015-01-20", "a Tuesday stays");
    assert_eq!(deadline("2015-02-24", Period::months(-2), sweden), "2014-12-24", "backwards nothing moves");
}

#[test]
fn a_deadline_of_the_union_moves_past_free_days_and_holds_two_working_days() {
    let eu = Regime::EU;
    assert_eq!(deadline("2015-11-24", Period::months(1), eu), "2015-12-24", "an eve is a working day");
    assert_eq!(deadline("2015-11-25", Period::months(1), eu), "2015-12-28");
    assert_eq!(deadline("2015-01-16", Period::days(1), eu), "2015-01-19");
    assert_eq!(deadline("2015-01-16", Period::days(2), eu), "2015-01-20", "Saturday and Sunday hold no working day");
    assert_eq!(deadline("2015-01-15", Period::days(2), eu), "2015-01-19", "Friday and Monday are two");
    assert_eq!(deadline("2015-01-18", Period::days(-1), eu), "2015-01-17", "backwards nothing moves");
}

#[test]
fn without_a_regime_a_deadline_does_not_move() {
    assert_eq!(deadline("2015-01-16", Period::days(1), Regime::ROUND_DOWN), "2015-01-17");
    assert_eq!(deadline("2015-11-25", Period::months(1), Regime::REFUSE), "2015-12-25");
}

#[test]
fn a_regime_outside_its_calendar_is_an_error() {
    let found = last_day(day("1950-01-16"), &Period::days(1), Regime::SWEDEN, &Calendar::SWEDEN);
    assert!(matches!(found, Err(ShiftProblem::Calendar(_))));
}

#[test]
fn whole_months_are_full_on_the_same_number_or_the_last_day() {
    let between = |from, to| whole_months_between(day(from), day(to));
    assert_eq!(between("2015-01-31", "2015-02-27"), 0);
    assert_eq!(between("2015-01-31", "2015-02-28"), 1);
    assert_eq!(between("2015-01-22", "2015-02-21"), 0);
    assert_eq!(between("2015-01-22", "2015-02-22"), 1);
    assert_eq!(between("2014-12-22", "2015-01-22"), 1);
    assert_eq!(between("2008-10-23", "2013-10-23"), 60);
    assert_eq!(between("2015-02-28", "2015-01-31"), -1);
    assert_eq!(between("2015-02-28", "2015-02-28"), 0);
}

#[test]
fn a_period_reads_as_it_is_said() {
    let said = |months, days, working_days| Period { months, days, working_days }.to_string();
    assert_eq!(said(15, 0, 0), "1 year and 3 months");
    assert_eq!(said(0, 30, 0), "30 days");
    assert_eq!(said(24, 0, 1), "2 years and 1 working day");
    assert_eq!(said(13, 2, 0), "1 year, 1 month and 2 days");
    assert_eq!(said(-1, 0, 0), "minus 1 month");
    assert_eq!(said(1, -2, 0), "1 month minus 2 days");
    assert_eq!(said(0, 0, 0), "0 days");
    assert_eq!(Period::months(i32::MIN).to_string(), "minus 178956970 years and 8 months");
}

#[test]
fn months_and_days_are_never_compared() {
    assert_eq!(Period::months(1).compare(&Period::days(30)), None);
    assert_eq!(Period::months(1).compare(&Period::years(1)), Some(Ordering::Less));
    assert_eq!(Period::weeks(1).compare(&Period::days(7)), Some(Ordering::Equal));
    assert_eq!(Period::days(5).compare(&Period::working_days(5)), None);
    assert_eq!(Period::default().compare(&Period::months(1)), Some(Ordering::Less));
    assert_eq!(Period::years(1).kind(), Kind::Months);
    assert_eq!(Period { months: 1, days: 1, working_days: 0 }.kind(), Kind::Mixed);
}

#[test]
fn each_rule_is_found_by_its_name() {
    assert!(Regime::all().all(|rule| Regime::named(rule.name()) == Some(rule)));
}

proptest! {
    #[test]
    fn rounding_down_and_up_differ_by_one_day_at_most(number in -20_000..40_000, months in -600..600) {
        let down = plus_months(Day(number), months, Regime::ROUND_DOWN).unwrap();
        let up = plus_months(Day(number), months, Regime::ROUND_UP).unwrap();
        prop_assert!((0..=1).contains(&down.days_until(up)));
        let refused = plus_months(Day(number), months, Regime::REFUSE);
        prop_assert_eq!(refused.ok(), (down == up).then_some(down));
    }

    #[test]
    fn whole_months_lie_within_the_days(number in -20_000..40_000, days in 0..5_000) {
        let (from, to) = (Day(number), Day(number + days));
        let full = whole_months_between(from, to);
        prop_assert!(plus_months(from, full, Regime::ROUND_DOWN).unwrap() <= to);
        prop_assert!(plus_months(from, full + 1, Regime::ROUND_DOWN).unwrap() > to);
    }

    #[test]
    fn a_moved_last_day_is_a_working_day_and_not_earlier(number in 0..30_000, days in 1..100) {
        for rule in [Regime::EU, Regime::SWEDEN] {
            let found = last_day(Day(number), &Period::days(days), rule, &Calendar::SWEDEN).unwrap().first;
            prop_assert!(Day(number + days) <= found && found <= Day(number + days + 6));
            prop_assert_eq!(Calendar::SWEDEN.is_working_day(found), Ok(true));
        }
    }
}
