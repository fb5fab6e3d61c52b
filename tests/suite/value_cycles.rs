//! Cycles and their periods.

use overens::value::{
    Calendar, Counted, Cycle, Day, FirstDay, MonthRule, Period, PeriodLabel, Stretch, renewed_term, term,
};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn counted(every: Period, from: &str, first_day: FirstDay, rule: MonthRule) -> Cycle {
    Cycle::Counted(Counted::new(every, day(from), first_day, rule, Calendar::PLAIN).unwrap())
}

fn at(cycle: Cycle, text: &str) -> String {
    cycle.period_at(day(text)).map_or_else(String::new, |found| format!("{} {}", found.label, found.stretch))
}

fn labels(cycle: Cycle, from: &str, until: &str) -> Vec<String> {
    cycle.between(day(from), day(until)).map(|found| found.label.to_string()).collect()
}

#[test]
fn each_day_lies_in_the_period_of_its_cycle() {
    assert_eq!(at(Cycle::CalendarYear, "2015-02-01"), "2015 2015-01-01–2015-12-31");
    assert_eq!(at(Cycle::HalfYear, "2015-06-30"), "2015-H1 2015-01-01–2015-06-30");
    assert_eq!(at(Cycle::FourMonths, "2015-05-01"), "2015-T2 2015-05-01–2015-08-31");
    assert_eq!(at(Cycle::Quarter, "2015-09-30"), "2015-Q3 2015-07-01–2015-09-30");
    assert_eq!(at(Cycle::Month, "2016-02-29"), "2016-02 2016-02-01–2016-02-29");
    assert_eq!(at(Cycle::Week, "2015-02-15"), "2015-W07 2015-02-09–2015-02-15");
    assert_eq!(at(Cycle::Week, "2016-01-03"), "2015-W53 2015-12-28–2016-01-03");
    let from_july = Cycle::fiscal_year(7, 1).unwrap();
    assert_eq!(at(from_july, "2015-06-30"), "2014/15 2014-07-01–2015-06-30");
    assert_eq!(at(from_july, "1999-07-01"), "1999/00 1999-07-01–2000-06-30");
    assert_eq!(at(Cycle::fiscal_year(1, 1).unwrap(), "2015-06-30"), "2015 2015-01-01–2015-12-31");
    assert_eq!(Cycle::fiscal_year(2, 29), None);
}

#[test]
fn the_periods_between_two_days_are_those_that_have_a_day_there() {
    assert_eq!(labels(Cycle::Quarter, "2014-12-31", "2015-07-01"), ["2014-Q4", "2015-Q1", "2015-Q2"]);
    assert_eq!(labels(Cycle::CalendarYear, "2015-01-01", "2015-01-01"), [""; 0]);
    assert_eq!(Cycle::Month.between(day("2015-01-01"), Day::MAX).take(5).count(), 5);
    let review = counted(Period::years(5), "2008-10-23", FirstDay::NotCounted, MonthRule::RoundDown);
    assert_eq!(labels(review, "2000-01-01", "2015-01-01"), ["2008-10-24–2013-10-23", "2013-10-24–2018-10-23"]);
    assert_eq!(labels(review, "2000-01-01", "2005-01-01"), [""; 0]);
}

#[test]
fn five_years_from_a_day_end_on_the_same_day() {
    let review = counted(Period::years(5), "2008-10-23", FirstDay::NotCounted, MonthRule::RoundDown);
    assert_eq!(review.period_at(day("2008-10-23")), None);
    assert_eq!(at(review, "2013-10-23"), "2008-10-24–2013-10-23 2008-10-24–2013-10-23");
    let begins = counted(Period::years(5), "2008-10-23", FirstDay::Counted, MonthRule::RoundDown);
    assert_eq!(at(begins, "2008-10-23"), "2008-10-23–2013-10-22 2008-10-23–2013-10-22");
}

#[test]
fn a_term_counts_its_first_day_in() {
    let four_years = term(day("2015-10-15"), &Period::years(4), MonthRule::RoundDown, &Calendar::PLAIN).unwrap();
    assert_eq!(four_years.last(), day("2019-10-14"));
    let month = term(day("2015-03-01"), &Period::months(1), MonthRule::RoundDown, &Calendar::PLAIN).unwrap();
    assert_eq!(month, Stretch::of_days(day("2015-03-01"), day("2015-03-31")));
}

#[test]
fn a_month_counted_from_its_last_day_never_drifts() {
    let monthly = |rule| counted(Period::months(1), "2015-01-31", FirstDay::NotCounted, rule);
    let lasts = |rule| {
        let found = monthly(rule).between(day("2015-01-01"), day("2015-06-01")).take(4);
        found.map(|one| one.last().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(lasts(MonthRule::RoundDown), ["2015-02-28", "2015-03-31", "2015-04-30", "2015-05-31"]);
    assert_eq!(lasts(MonthRule::RoundUp), ["2015-03-01", "2015-03-31", "2015-05-01", "2015-05-31"]);
}

#[test]
fn a_cycle_that_refuses_to_round_keeps_all_its_periods_and_says_which_day_there_is_not() {
    let monthly = counted(Period::months(1), "2015-01-31", FirstDay::NotCounted, MonthRule::Refuse);
    let told: Vec<String> = monthly
        .between(day("2015-02-01"), day("2015-06-01"))
        .map(|one| format!("{} {}", one.stretch, one.refused.map(|day| day.to_string()).unwrap_or_default()))
        .collect();
    let (february, april) = ("2015 has no 31 February", "2015 has no 31 April");
    let expected = [
        format!("2015-02-01–2015-02-28 {february}"),
        format!("2015-03-01–2015-03-31 {february}"),
        format!("2015-04-01–2015-04-30 {april}"),
        format!("2015-05-01–2015-05-31 {april}"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn where_the_month_is_too_short_a_term_ends_on_its_last_day() {
    let last = |from: &str, period: Period, rule| {
        let found = term(day(from), &period, rule, &Calendar::PLAIN);
        found.map_or_else(|problem| problem.to_string(), |days| days.last().to_string())
    };
    for rule in [MonthRule::RoundDown, MonthRule::RoundUp, MonthRule::Eu1182, MonthRule::Sweden1930] {
        assert_eq!(last("2015-05-01", Period::months(1), rule), "2015-05-31");
        for from in ["2015-01-29", "2015-01-30", "2015-01-31"] {
            assert_eq!(last(from, Period::months(1), rule), "2015-02-28");
        }
        assert_eq!(last("2015-01-28", Period::months(1), rule), "2015-02-27");
        assert_eq!(last("2016-02-29", Period::years(1), rule), "2017-02-28");
        assert_eq!(last("2014-08-31", Period::months(6), rule), "2015-02-28");
    }
    let refused = "there is no 31 February 2015; February 2015 has 28 days";
    assert_eq!(last("2015-01-31", Period::months(1), MonthRule::Refuse), refused);
    assert_eq!(last("2015-03-31", Period::months(2), MonthRule::Refuse), "2015-05-30");
}

#[test]
fn renewals_are_counted_from_the_first_day_of_the_first_term() {
    let lasts = |from: &str, length: Period, renewal: Period| {
        let nth = |k| renewed_term(day(from), (&length, &renewal), k, MonthRule::RoundDown, &Calendar::PLAIN).unwrap();
        [nth(1), nth(2), nth(3)].map(|days| days.to_string())
    };
    let half = Period::months(6);
    let of_august = ["2015-03-01–2015-08-30", "2015-08-31–2016-02-29", "2016-03-01–2016-08-30"];
    assert_eq!(lasts("2014-08-31", half, half), of_august);
    let month = Period::months(1);
    let of_january = ["2015-03-01–2015-03-30", "2015-03-31–2015-04-30", "2015-05-01–2015-05-30"];
    assert_eq!(lasts("2015-01-31", month, month), of_january);
    // The first length once, then the renewals.
    let mixed = ["2017-01-15–2018-01-14", "2018-01-15–2019-01-14", "2019-01-15–2020-01-14"];
    assert_eq!(lasts("2015-01-15", Period::years(2), Period::years(1)), mixed);
}

#[test]
fn a_cycle_must_go_forward() {
    for every in [Period::default(), Period::months(-1), Period { months: 1, days: -1, working_days: 0 }] {
        let made = Counted::new(every, day("2015-01-31"), FirstDay::Counted, MonthRule::RoundDown, Calendar::PLAIN);
        assert_eq!(made, None);
    }
}

#[test]
fn a_label_names_its_period() {
    let found = |cycle: Cycle, text| cycle.parse_label(text).map(|found| found.label.to_string());
    assert_eq!(found(Cycle::CalendarYear, "2015"), Some("2015".into()));
    assert_eq!(found(Cycle::HalfYear, "2015-H3"), None);
    assert_eq!(found(Cycle::Week, "2014-W53"), None);
    assert_eq!(found(Cycle::Week, "2015-W53"), Some("2015-W53".into()));
    assert_eq!(found(Cycle::Quarter, "2015-H1"), None);
    assert_eq!(found(Cycle::Quarter, "2015-Q0"), None);
    assert_eq!(found(Cycle::fiscal_year(7, 1).unwrap(), "2014/15"), Some("2014/15".into()));
    assert_eq!(found(Cycle::fiscal_year(7, 1).unwrap(), "2014/16"), None);
    let review = counted(Period::years(5), "2008-10-23", FirstDay::NotCounted, MonthRule::RoundDown);
    let label = "2008-10-24–2013-10-23";
    assert_eq!(found(review, label), Some(label.into()));
    assert_eq!(found(review, "2008-10-24/2013-10-23"), Some(label.into()));
    assert_eq!(found(review, "2008-10-24/2013-10-22"), None);
    assert_eq!(PeriodLabel::parse("för evigt"), None);
}

fn cycles() -> impl Strategy<Value = Cycle> {
    let rule = prop::sample::select(vec![MonthRule::RoundDown, MonthRule::RoundUp]);
    let first_day = prop::sample::select(vec![FirstDay::Counted, FirstDay::NotCounted]);
    let own = (0..30, 0..40, 0..3, -9_000..9_000, first_day, rule).prop_filter_map(
        "a cycle goes forward",
        |(months, days, working_days, from, first_day, rule)| {
            let every = Period { months, days, working_days };
            Counted::new(every, Day(from), first_day, rule, Calendar::PLAIN).map(Cycle::Counted)
        },
    );
    let fixed = vec![
        Cycle::CalendarYear,
        Cycle::HalfYear,
        Cycle::FourMonths,
        Cycle::Quarter,
        Cycle::Month,
        Cycle::Week,
        Cycle::FiscalYear { month: 7, day: 1 },
        Cycle::FiscalYear { month: 1, day: 1 },
    ];
    prop_oneof![prop::sample::select(fixed), own]
}

proptest! {
    #[test]
    fn the_periods_of_a_cycle_follow_one_another_without_a_gap(cycle in cycles(), number in 9_001..20_000) {
        let period = cycle.period_at(Day(number)).unwrap();
        prop_assert!(period.stretch.contains(Day(number)));
        let next = cycle.next(&period).unwrap();
        prop_assert_eq!(next.first(), period.stretch.until);
        prop_assert_eq!(cycle.period_at(period.first()), Some(period));
        prop_assert_eq!(cycle.period_at(period.last()), Some(period));
        prop_assert_eq!(cycle.parse_label(&period.label.to_string()), Some(period));
        prop_assert_eq!(PeriodLabel::parse(&period.label.to_string()), Some(period.label));
    }

    #[test]
    fn a_cycle_has_an_answer_for_any_day(cycle in cycles(), number in any::<i32>()) {
        let _ = cycle.period_at(Day(number));
        let _ = cycle.between(Day(number), Day::MAX).take(3).count();
    }

    #[test]
    fn a_recurrence_is_the_anchor_and_so_many_periods(months in 1..40, k in 1..200, from in -9_000..9_000) {
        let (every, plain) = (Period::months(months), Calendar::PLAIN);
        let cycle = Counted::new(every, Day(from), FirstDay::NotCounted, MonthRule::RoundDown, plain).unwrap();
        let last = cycle.nth(k).unwrap().last();
        let expected = overens::value::plus_months(Day(from), months * k, MonthRule::RoundDown).unwrap();
        prop_assert_eq!(last, expected);
        prop_assert!(last.day() == Day(from).day() || last == Day::last_of_month(last.year(), last.month()).unwrap());
    }
}
