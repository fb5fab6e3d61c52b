//! Every day that is worked out says how it came about, in the words that the judge left behind: in reasons, in JSON, on the page and in
//! the calendar. The days are worked out by hand from a calendar of the year.

use serde_json::Value;

use super::terminal_agreements::{folder, overens};

/// The clauses of a policy under some law of time, for one paper that came on a day.
fn told(test: &str, months: &str, (clauses, came_on): (&str, &str), form: &str) -> String {
    let policy = format!(
        "agreement office \"An office\"\n  overens 1\n  in force from 2014-01-01 until further notice\n  calendar Sweden\n  \
         months {months}\n\nevent paper, papers on came_on\n  came_on: date\n  answered_on: date\n\nactor clerk\n\n{clauses}"
    );
    let facts = format!(
        "(agreement: \"office\", as_of: \"{came_on}\", paper: [(id: \"p\", came_on: \"{came_on}\", answered_on: None)])"
    );
    let folder = folder(&format!("walk_{test}"), &[("office.overens", &policy), ("facts.ron", &facts)]);
    let (_, out, messages) = overens(&folder, &["why", "answer", "office.overens", "facts.ron", "--format", form]);
    assert!(!out.is_empty(), "{messages}");
    out
}

/// The walk of the last day of `answer`, by JSON, which the reasons have to tell too.
fn walk(test: &str, months: &str, timing: &str, came_on: &str) -> String {
    let clauses = format!("deadline answer § 1\n  for each paper\n  clerk shall have answered_on\n  {timing}\n");
    let json: Value = serde_json::from_str(&told(test, months, (&clauses, came_on), "json")).unwrap();
    let walks = json["explained"][0]["walk"].as_array().unwrap();
    let last = walks.iter().find(|walk| walk["end"] == "last").unwrap_or_else(|| panic!("{test}: {json}"));
    assert_eq!(last["day"], json["explained"][0]["last_day"]["last"]);
    let plain = told(&format!("{test}_plain"), months, (&clauses, came_on), "plain");
    for step in last["steps"].as_array().unwrap() {
        assert!(plain.contains(step["words"].as_str().unwrap()), "{step} is not in\n{plain}");
    }
    last["words"].as_str().unwrap().to_string()
}

#[test]
fn a_last_day_on_a_holiday_says_why_it_moved_where_to_and_by_which_law() {
    assert_eq!(
        walk("moved", "Sweden 1930:173", "within 1 month after came_on", "2015-05-06"),
        "1 month after Wednesday 6 May 2015 is Saturday 6 June (Saturday, national day); next working day: Monday 8 June; \
         Sweden 1930:173 § 2"
    );
    // Christmas Eve 2016 is a Saturday, and 26 December, a Monday, a holiday.
    assert_eq!(
        walk("eve", "Sweden 1930:173", "within 30 days after came_on", "2016-11-24"),
        "30 days after Thursday 24 November 2016 is Saturday 24 December (Saturday, christmas eve); next working day: \
         Tuesday 27 December; Sweden 1930:173 § 2"
    );
}

#[test]
fn a_day_that_stays_says_from_which_it_is_counted() {
    assert_eq!(
        walk("stays", "round down", "within 1 month after came_on", "2014-12-22"),
        "1 month after Monday 22 December 2014 is Thursday 22 January 2015"
    );
    assert_eq!(
        walk("before", "Sweden 1930:173", "at least 1 month before came_on", "2015-01-22"),
        "1 month before Thursday 22 January 2015 is Monday 22 December 2014"
    );
    assert_eq!(
        walk("day_before", "round down", "before came_on", "2015-03-01"),
        "the day before Sunday 1 March 2015 is Saturday 28 February"
    );
    assert_eq!(
        walk("by", "round down", "by came_on plus 2 weeks", "2015-03-02"),
        "14 days after Monday 2 March 2015 is Monday 16 March"
    );
}

#[test]
fn a_month_that_is_too_short_says_how_many_days_it_has() {
    assert_eq!(
        walk("short", "round down", "within 1 month after came_on", "2015-01-31"),
        "1 month after Saturday 31 January 2015 is Saturday 28 February (February 2015 has 28 days)"
    );
    assert_eq!(
        walk("up", "round up", "within 1 month after came_on", "2015-01-31"),
        "1 month after Saturday 31 January 2015 is Sunday 1 March (February 2015 has 28 days)"
    );
}

/// 14 May 2015 is Ascension Day, the only weekday between that is free.
#[test]
fn working_days_name_the_holidays_that_they_pass_over() {
    assert_eq!(
        walk("working", "round down", "within 10 working days after came_on", "2015-05-06"),
        "10 working days after Wednesday 6 May 2015 is Thursday 21 May (passing ascension day, Thursday 14 May)"
    );
}

/// Easter 2015: Good Friday on 3 April, Easter Monday on 6 April. Two days hold two working days: the 7th and the 8th.
#[test]
fn a_period_with_too_few_working_days_says_on_which_it_has_enough() {
    assert_eq!(
        walk("enough", "EU 1182/71", "within 2 days after came_on", "2015-04-02"),
        "2 days after Thursday 2 April 2015 is Saturday 4 April (Saturday); next working day: Tuesday 7 April; with enough \
         working days: Wednesday 8 April; Regulation (EEC, Euratom) No 1182/71, articles 3 and 5"
    );
}

#[test]
fn a_clause_that_moves_its_last_day_itself_needs_no_law() {
    assert_eq!(
        walk("own", "round down", "within 1 month after came_on\n  moved to the next working day", "2015-05-06"),
        "1 month after Wednesday 6 May 2015 is Saturday 6 June; Saturday 6 June 2015 is not a working day (Saturday, \
         national day); next working day: Monday 8 June"
    );
    assert_eq!(
        walk("back", "round down", "within 1 month after came_on\n  moved to the previous working day", "2015-05-06"),
        "1 month after Wednesday 6 May 2015 is Saturday 6 June; Saturday 6 June 2015 is not a working day (Saturday, \
         national day); previous working day: Friday 5 June"
    );
}

#[test]
fn a_day_named_by_its_place_in_a_month_says_on_which_it_falls() {
    let clauses = "duty answer § 1\n  clerk shall hold paper\n  every calendar year\n  by the last Friday in October\n";
    let json: Value = serde_json::from_str(&told("falls", "round down", (clauses, "2014-05-05"), "json")).unwrap();
    let walk = &json["explained"][0]["walk"][0];
    assert_eq!(walk["words"], "`the last Friday in October` falls on Friday 31 October 2014", "{json}");
    assert_eq!(walk["steps"][0]["from"], Value::Null);
}

#[test]
fn a_day_that_is_only_given_has_no_walk() {
    let clauses = "deadline answer § 1\n  for each paper\n  clerk shall have answered_on\n  by 2015-03-02\n";
    let json: Value = serde_json::from_str(&told("given", "round down", (clauses, "2015-02-01"), "json")).unwrap();
    assert_eq!(json["explained"][0]["walk"], serde_json::json!([]));
}

/// An extension to 15 June goes on from the day that the law gives.
#[test]
fn the_page_and_the_calendar_say_the_same_also_of_an_extension() {
    let policy = "agreement office \"An office\"\n  overens 1\n  in force from 2014-01-01 until further notice\n  calendar Sweden\n  \
                  months Sweden 1930:173\n\nevent paper, papers on came_on\n  came_on: date\n  answered_on: date\n\nactor clerk\n\n\
                  deadline answer § 1\n  for each paper\n  clerk shall have answered_on\n  within 1 month after came_on\n";
    let facts = "(agreement: \"office\", as_of: \"2015-05-20\", paper: [(id: \"p\", came_on: \"2015-05-06\", answered_on: None), \
                 (id: \"q\", came_on: \"2015-05-06\", answered_on: None)], \
                 waiver: [(clause: \"answer\", subject: \"q\", by: \"council\", on: \"2015-05-18\", until: \"2015-06-15\")])";
    let folder = folder("walk_views", &[("office.overens", policy), ("facts.ron", facts)]);
    let walk = "1 month after Wednesday 6 May 2015 is Saturday 6 June (Saturday, national day); next working day: Monday 8 June; \
                Sweden 1930:173 § 2";
    let run = |words: &[&str]| overens(&folder, &[words, &["--within", "60d"]].concat()).1;
    let rows = run(&["calendar", "office.overens", "facts.ron", "--format", "csv"]);
    assert!(rows.contains(walk), "{rows}");
    let ics = run(&["calendar", "office.overens", "facts.ron", "--format", "ics"]).replace("\r\n ", "");
    assert!(ics.contains(&walk.replace(';', "\\;").replace(',', "\\,")), "{ics}");
    let json: Value =
        serde_json::from_str(&run(&["calendar", "office.overens", "facts.ron", "--format", "json"])).unwrap();
    let entries = json["agreements"][0]["entries"].as_array().unwrap();
    assert_eq!(entries[0]["walk"][0]["words"], walk);
    assert_eq!(entries[1]["last_day"], "2015-06-15");
    assert_eq!(entries[1]["walk"][0]["words"], format!("{walk}; extended through 2015-06-15 by council on 2015-05-18"));
    let page = overens(&folder, &["eval", "office.overens", "facts.ron", "--format", "html"]).1;
    assert!(page.contains(walk), "{page}");
}
