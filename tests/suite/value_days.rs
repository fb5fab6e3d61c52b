//! Days and imprecise dates.

use overens::value::{Day, DayProblem, DaySpan, Stretch, Weekday};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

#[test]
fn every_day_of_nine_thousand_years_is_the_same_as_chronos() {
    let mut date = chrono::NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    for number in (Day::MIN.0..=Day::MAX.0).step_by(13) {
        let it = Day(number);
        assert_eq!(it.to_chrono(), Some(date));
        assert_eq!(Day::from_chrono(date), Some(it));
        assert_eq!(it.weekday().days_after_monday(), chrono::Datelike::weekday(&date).num_days_from_monday() as i32);
        let week = chrono::Datelike::iso_week(&date);
        assert_eq!(it.iso_week(), (week.year(), week.week()));
        date = date.checked_add_days(chrono::Days::new(13)).unwrap();
    }
    assert_eq!(Day::MIN.to_string(), "0001-01-01");
    assert_eq!(Day::MAX.to_string(), "9999-12-31");
}

#[test]
fn the_first_of_january_1970_was_a_thursday() {
    assert_eq!(Day(0), day("1970-01-01"));
    assert_eq!(Day(0).weekday(), Weekday::Thursday);
    assert_eq!(day("2013-05-20").weekday(), Weekday::Monday);
}

#[test]
fn a_day_that_is_not_there_says_how_long_the_month_is() {
    let problem = Day::parse_iso("2009-02-30").unwrap_err();
    assert_eq!(problem, DayProblem::NoSuchDay { year: 2009, month: 2, day: 30, has: 28 });
    assert_eq!(problem.to_string(), "there is no 30 February 2009; February 2009 has 28 days");
    assert_eq!(Day::parse_iso("2009-13-01"), Err(DayProblem::NoSuchMonth { month: 13 }));
    assert_eq!(Day::parse_iso("0000-01-01"), Err(DayProblem::NoSuchYear { year: 0 }));
    for text in ["2009-2-3", "20090203", "5 February", "", "2009-02-0å", "+009-02-01", "2009-02-05 "] {
        assert_eq!(Day::parse_iso(text), Err(DayProblem::NotADate { text: text.to_owned() }), "{text}");
    }
}

#[test]
fn an_imprecise_date_is_a_span_of_days() {
    let span = |text: &str| DaySpan::parse(text).map(|span| (span.first.to_string(), span.last.to_string()));
    assert_eq!(span("2013"), Ok(("2013-01-01".into(), "2013-12-31".into())));
    assert_eq!(span("2016-02"), Ok(("2016-02-01".into(), "2016-02-29".into())));
    assert_eq!(span("2013-05-07"), Ok(("2013-05-07".into(), "2013-05-07".into())));
    assert_eq!(span("2013-12-01/2013-12-04"), Ok(("2013-12-01".into(), "2013-12-04".into())));
    assert_eq!(span("2013-11/2014"), Ok(("2013-11-01".into(), "2014-12-31".into())));
    assert!(matches!(DaySpan::parse("2013-12-04/2013-12-01"), Err(DayProblem::EndsBeforeItBegins { .. })));
    assert!(matches!(DaySpan::parse("2013-14"), Err(DayProblem::NoSuchMonth { month: 14 })));
    assert!(matches!(DaySpan::parse("0000"), Err(DayProblem::NoSuchYear { year: 0 })));
    for text in ["2013", "2016-02", "2013-05-07", "2013-12-01/2013-12-04", "2013-01-01/2014-12-31"] {
        assert_eq!(DaySpan::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn the_ends_of_time_hold() {
    assert_eq!(Day::MAX.plus_days(1), Day::MAX);
    assert_eq!(Day::MIN.minus_days(i32::MAX), Day::MIN);
    assert_eq!(Day::MAX.checked_plus_days(1), None);
    assert!(Stretch::ALWAYS.contains(Day::MAX));
    assert_eq!(Stretch::ALWAYS.last(), Day::MAX);
}

proptest! {
    #[test]
    fn no_text_breaks_the_reading_of_a_date(text in "[-0-9/å]{0,12}") {
        let _ = DaySpan::parse(&text);
    }

    #[test]
    fn any_number_is_a_day_and_is_read_back(number in any::<i32>()) {
        let it = Day(number);
        let (year, month, of_month) = it.parts();
        prop_assert!((1..=12).contains(&month) && (1..=31).contains(&of_month));
        if (Day::MIN..=Day::MAX).contains(&it) {
            prop_assert_eq!(Day::of(year, month, of_month), Some(it));
            prop_assert_eq!(Day::parse_iso(&it.to_string()), Ok(it));
        }
    }

    #[test]
    fn a_split_is_a_partition(from in 0..200, length in -5..200, cuts in prop::collection::vec(-20..250, 0..6)) {
        let whole = Stretch::new(Day(from), Day(from + length));
        let cuts: Vec<Day> = cuts.into_iter().map(Day).collect();
        let parts = whole.split(&cuts);
        for number in -30..450 {
            let holding = parts.iter().filter(|part| part.contains(Day(number))).count();
            prop_assert_eq!(holding, usize::from(whole.contains(Day(number))));
        }
        prop_assert!(parts.iter().all(|part| !part.is_empty()));
        let inside = |cut: &&Day| whole.from < **cut && **cut < whole.until;
        prop_assert!(cuts.iter().filter(inside).all(|cut| parts.iter().any(|part| part.from == *cut)));
    }
}
