//! Regimes: last days as laws reckon them. Each case was worked out from the text or the description that its regime follows.

use overens::value::{Calendar, Day, Due, Period, Regime, fixed_day, last_day};

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn calendar(name: &str) -> Calendar {
    Calendar::named(name).unwrap()
}

fn regime(name: &str) -> Regime {
    Regime::named(name).unwrap()
}

fn told(due: Due) -> String {
    if due.first == due.last { due.first.to_string() } else { format!("{} or {}", due.first, due.last) }
}

/// The last day of a period that is counted from a day, under a regime with a calendar.
fn ends((law, place): (&str, &str), from: &str, period: Period) -> String {
    told(last_day(day(from), &period, regime(law), &calendar(place)).unwrap())
}

fn fixed((law, place): (&str, &str), on: &str) -> String {
    told(fixed_day(day(on), regime(law), &calendar(place)).unwrap())
}

#[test]
fn sweden_moves_last_days_and_fixed_days_off_eves_and_saturdays() {
    let sweden = ("Sweden 1930:173", "Sweden");
    assert_eq!(ends(sweden, "2015-11-24", Period::months(1)), "2015-12-28");
    assert_eq!(ends(sweden, "2012-11-30", Period::months(1)), "2013-01-02");
    assert_eq!(fixed(sweden, "2015-12-24"), "2015-12-28");
    assert_eq!(fixed(sweden, "2015-12-23"), "2015-12-23");
}

#[test]
fn sweden_has_had_its_free_days_since_different_years() {
    let sweden = ("Sweden 1930:173", "Sweden");
    assert_eq!(ends(sweden, "1960-10-08", Period::weeks(1)), "1960-10-15", "a Saturday of 1960");
    assert_eq!(ends(sweden, "1961-07-01", Period::weeks(1)), "1961-07-10", "Saturdays of the summer from June 1961 on");
    assert_eq!(ends(sweden, "1961-10-07", Period::weeks(1)), "1961-10-14", "and none in October");
    assert_eq!(ends(sweden, "1966-10-08", Period::weeks(1)), "1966-10-17", "all Saturdays");
    assert_eq!(
        ends(sweden, "1965-10-09", Period::weeks(1)),
        "1965-10-16 or 1965-10-18",
        "in 1965 the sources do not say"
    );
    assert_eq!(ends(sweden, "1970-12-24", Period::weeks(1)), "1970-12-31");
    assert_eq!(ends(sweden, "1974-12-24", Period::weeks(1)), "1974-12-31 or 1975-01-02");
    assert_eq!(ends(sweden, "1975-12-24", Period::weeks(1)), "1976-01-02");
}

#[test]
fn the_union_moves_periods_that_hold_two_working_days_and_no_fixed_day() {
    let union = ("EU 1182/71", "Sweden");
    // 3 April 2015 is Good Friday, 6 April Easter Monday.
    assert_eq!(ends(union, "2015-04-02", Period::days(2)), "2015-04-08");
    assert_eq!(ends(union, "2015-04-02", Period::days(1)), "2015-04-07");
    assert_eq!(fixed(union, "2015-02-28"), "2015-02-28");
}

#[test]
fn one_working_day_is_no_period_of_two_days() {
    // 2 October 2015 is a Friday.
    for (law, place) in [("EU 1182/71", "Sweden"), ("Netherlands", "Netherlands")] {
        let law = (law, place);
        assert_eq!(ends(law, "2015-10-01", Period::working_days(1)), "2015-10-02");
        assert_eq!(ends(law, "2015-10-02", Period::working_days(1)), "2015-10-05");
        assert_eq!(ends(law, "2015-10-03", Period::working_days(1)), "2015-10-05");
        assert_eq!(ends(law, "2015-10-04", Period::working_days(1)), "2015-10-05");
        assert_eq!(ends(law, "2015-10-02", Period::working_days(2)), "2015-10-06");
        assert_eq!(ends(law, "2015-10-05", Period::working_days(-1)), "2015-10-02");
        assert_eq!(ends(law, "2015-10-06", Period::working_days(-2)), "2015-10-02");
        assert_eq!(ends(law, "2015-10-02", Period::days(1)), "2015-10-05");
        assert_eq!(ends(law, "2015-10-02", Period::days(3)), "2015-10-06", "Monday and Tuesday are the two");
        assert_eq!(ends(law, "2015-10-02", Period::weeks(1)), "2015-10-09");
        assert_eq!(ends(law, "2015-10-05", Period::days(-2)), "2015-10-03", "what is counted back is not lengthened");
    }
    assert_eq!(ends(("EU 1182/71", "Sweden"), "2015-10-02", Period::days(2)), "2015-10-06");
    assert_eq!(
        ends(("EU 1182/71", "Sweden"), "2015-10-01", Period::days(2)),
        "2015-10-05",
        "Friday and Monday are the two"
    );
    assert_eq!(
        ends(("Netherlands", "Netherlands"), "2015-10-02", Period::days(2)),
        "2015-10-05",
        "three days, not two"
    );
}

#[test]
fn finland_moves_fixed_days_too_and_leaves_new_years_eve() {
    let finland = ("Finland 150/1930", "Finland");
    assert_eq!(ends(finland, "2015-11-30", Period { months: 1, days: 1, working_days: 0 }), "2015-12-31");
    assert_eq!(ends(finland, "2014-12-05", Period::years(1)), "2015-12-07");
    assert_eq!(fixed(finland, "2015-12-06"), "2015-12-07");
    assert_eq!(ends(finland, "2015-05-19", Period::months(1)), "2015-06-22", "midsummer eve");
}

#[test]
fn norway_moves_off_the_seventeenth_of_may() {
    let norway = ("Norway", "Norway");
    assert_eq!(ends(norway, "2015-04-17", Period::months(1)), "2015-05-18");
    assert_eq!(fixed(norway, "2015-05-17"), "2015-05-17 or 2015-05-18", "of fixed days the act says nothing");
}

#[test]
fn denmark_has_two_rules_for_the_last_day_of_a_month() {
    assert_eq!(ends(("Denmark 36a", "Denmark"), "2015-02-28", Period::months(1)), "2015-03-31");
    assert_eq!(ends(("Denmark", "Denmark"), "2015-02-28", Period::months(1)), "2015-03-30", "28 March is a Saturday");
    assert_eq!(ends(("Denmark", "Denmark"), "2014-02-28", Period::months(1)), "2014-03-28");
    assert_eq!(ends(("Denmark", "Denmark"), "2015-11-24", Period::months(1)), "2015-12-28");
    assert_eq!(ends(("Denmark", "Denmark"), "2015-05-05", Period::months(1)), "2015-06-08", "5 June is a Friday");
}

#[test]
fn germany_asks_for_the_holidays_of_the_place() {
    assert_eq!(ends(("Germany BGB", "Germany"), "2015-01-31", Period::months(1)), "2015-03-02");
    assert_eq!(ends(("Germany BGB", "Berlin"), "2019-02-08", Period::months(1)), "2019-03-11");
    assert_eq!(ends(("Germany BGB", "North_Rhine_Westphalia"), "2019-02-08", Period::months(1)), "2019-03-08");
    assert_eq!(
        ends(("Germany BGB", "Germany"), "2015-11-24", Period::months(1)),
        "2015-12-24",
        "an eve is a working day"
    );
    assert_eq!(fixed(("Germany BGB", "Germany"), "2015-02-28"), "2015-03-02");
    assert_eq!(
        ends(("Germany BGB", "Germany"), "2015-03-28", Period::months(-1)),
        "2015-02-28",
        "a notice is not moved"
    );
}

#[test]
fn austria_and_switzerland_have_saturdays_free_for_statutes_alone() {
    assert_eq!(ends(("Austria", "Zurich"), "2015-01-31", Period::months(1)), "2015-02-28");
    assert_eq!(ends(("Austria", "Zurich"), "2015-11-24", Period::months(1)), "2015-12-24");
    assert_eq!(ends(("Austria AVG", "Zurich"), "2015-11-24", Period::months(1)), "2015-12-28");
    assert_eq!(ends(("Switzerland", "Zurich"), "2015-01-31", Period::months(1)), "2015-02-28");
    assert_eq!(ends(("Switzerland 1963", "Zurich"), "2015-01-31", Period::months(1)), "2015-03-02");
}

#[test]
fn the_netherlands_lengthen_short_periods_and_do_not_move_long_ones() {
    let netherlands = ("Netherlands", "Netherlands");
    assert_eq!(ends(netherlands, "2016-02-29", Period::months(3)), "2016-05-30");
    // 29 May 2016 is a Sunday.
    assert_eq!(ends(netherlands, "2016-01-29", Period::months(4)), "2016-05-29");
    assert_eq!(ends(netherlands, "2016-01-07", Period::days(3)), "2016-01-11");
    assert_eq!(ends(netherlands, "2016-01-08", Period::days(3)), "2016-01-12", "Monday and Tuesday are the two");
    assert_eq!(fixed(netherlands, "2016-05-29"), "2016-05-29");
}

#[test]
fn france_moves_forward_and_counts_back_between_both_ends() {
    let france = ("France", "France");
    assert_eq!(ends(france, "2015-04-08", Period::months(1)), "2015-05-11");
    assert_eq!(ends(france, "2018-07-31", Period::days(-8)), "2018-07-22", "a Sunday, and not moved");
}

#[test]
fn english_courts_count_clear_days_and_leave_free_days_out_of_short_periods() {
    let courts = ("England CPR", "England");
    // 20 October 2017 is a Friday, 20 October 2014 a Monday.
    assert_eq!(ends(courts, "2017-10-20", Period::days(-3)), "2017-10-16");
    assert_eq!(ends(courts, "2014-10-20", Period::days(-3)), "2014-10-14");
    assert_eq!(ends(courts, "2014-10-16", Period::days(5)), "2014-10-23");
    assert_eq!(ends(courts, "2014-10-16", Period::days(9)), "2014-10-27", "the 25th is a Saturday");
}

#[test]
fn american_courts_move_back_what_is_counted_back() {
    let courts = ("US FRCP", "US");
    assert_eq!(ends(courts, "2007-09-11", Period::days(-10)), "2007-08-31");
    assert_eq!(ends(courts, "2007-08-22", Period::days(10)), "2007-09-04", "Saturday, Sunday and Labor Day");
    let short = last_day(day("2015-01-31"), &Period::months(1), regime("US FRCP"), &calendar("US"));
    assert!(short.is_err(), "the rule does not say what becomes of 31 February");
}

#[test]
fn a_regime_with_a_history_holds_where_the_calendar_ends() {
    let found = last_day(day("2100-12-24"), &Period::weeks(1), Regime::SWEDEN, &Calendar::SWEDEN);
    assert!(found.is_err(), "2101 is not covered");
}

#[test]
fn calendars_have_the_days_of_their_years_only() {
    let holiday = |place: &str, on: &str| calendar(place).holiday(day(on)).unwrap().is_some();
    assert!(holiday("Finland", "1972-05-11") && !holiday("Finland", "1973-05-31"), "Ascension on its Thursday");
    assert!(holiday("Finland", "1973-05-26"), "and on the Saturday before, in 1973");
    assert!(calendar("Finland").holiday(day("1991-05-09")).is_err(), "1991 is open");
    assert!(holiday("Denmark", "2023-05-05") && !holiday("Denmark", "2024-04-26"), "store bededag");
    assert!(!holiday("Estonia", "2004-12-24") && holiday("Estonia", "2005-12-24"));
    assert!(!holiday("Estonia", "2015-04-06"), "Easter Monday is none");
    assert!(holiday("Berlin", "2025-05-08") && !holiday("Bavaria", "2025-05-08"));
    assert!(!holiday("Bavaria", "2015-08-15"));
    assert!(holiday("Netherlands", "2014-04-26") && !holiday("Netherlands", "2014-04-30"));
    assert!(holiday("Netherlands", "2013-04-30") && holiday("Netherlands", "2013-05-05"));
    assert!(calendar("France").holiday(day("2006-06-05")).is_err(), "Whit Monday of these years is disputed");
    assert!(holiday("England", "1995-05-08") && !holiday("England", "1995-05-01"));
    assert!(holiday("England", "2012-06-04") && holiday("England", "2012-06-05") && !holiday("England", "2012-05-28"));
    assert!(holiday("England", "2010-12-27") && holiday("England", "2010-12-28"), "Saturday and Sunday");
    assert!(holiday("England", "2011-12-26") && holiday("England", "2011-12-27"), "Sunday and Monday");
    assert!(holiday("Northern_Ireland", "2015-07-13"), "12 July is a Sunday");
    assert!(holiday("US", "1977-10-24") && holiday("US", "1978-11-11") && !holiday("US", "1978-10-23"));
    assert!(!holiday("US", "2020-06-19") && holiday("US", "2021-06-19"));
    assert!(holiday("US", "2010-07-05") && !holiday("US", "2015-07-03"), "a Sunday moves, a Saturday does not");
    assert!(!holiday("Zurich", "2015-01-02"));
    assert!(holiday("Norway", "2015-05-17") && !holiday("Norway", "2015-12-24"));
}

#[test]
fn the_reference_names_every_regime_and_every_calendar() {
    let reference = include_str!("../../docs/language.md");
    let regimes = Regime::all().map(Regime::name);
    let missing: Vec<&str> =
        regimes.chain(Calendar::names()).filter(|name| !reference.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
