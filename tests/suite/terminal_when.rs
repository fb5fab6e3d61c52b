//! The window of a clause for a day of one's choosing, without facts.

use std::path::PathBuf;

use serde_json::Value;

use super::terminal_agreements::{folder, overens};

const OFFICE: &str = r#"agreement office "An office"
  overens 1
  in force from 2014-01-01 until further notice
  calendar Sweden
  months Sweden 1930:173

record grant
  urgent: yes/no
  applied_on: date
  decided_on: date
  paid_on: date
  first_day: date
  last_day: date

actor clerk

deadline decide § 1 "A decision is made in time"
  for each grant where urgent is no
  clerk shall have decided_on
  within 1 month after applied_on
  unless urgent is yes

deadline pay § 2
  for each grant
  clerk shall have paid_on
  by the due day of decide plus 10 days

deadline use § 3
  for each grant
  clerk shall have paid_on
  between first_day and last_day

duty report § 4
  clerk shall hold meeting
  every calendar year
  by 28 February

duty open § 5
  clerk shall hold meeting
  by 2014-06-30

event meeting, meetings on held_on
  held_on: date
"#;

fn office(test: &str) -> PathBuf {
    folder(&format!("when_{test}"), &[("office.overens", OFFICE)])
}

fn when(test: &str, clause: &str, day: &str) -> (i32, Vec<String>) {
    let (exit, results, messages) = overens(&office(test), &["when", clause, "office.overens", "--from", day]);
    assert!(!results.is_empty(), "{messages}");
    (exit, results.lines().map(str::to_string).collect())
}

/// 22 October 2026 is a Thursday, 22 November a Sunday.
#[test]
fn the_day_that_a_clause_counts_from_is_taken_to_be_the_one_asked_about() {
    assert_eq!(
        when("counted", "decide", "2026-10-22"),
        (
            0,
            [
                "§ 1 decide, A decision is made in time",
                "if applied_on is 2026-10-22 (Thursday)",
                "first day: 2026-10-22 (Thursday)",
                "last day: 2026-11-23 (Monday)",
                "1 month after Thursday 22 October 2026 is Sunday 22 November (Sunday); next working day: Monday 23 November; \
                 Sweden 1930:173 § 2",
                "applies for each grant where urgent is no",
                "applies unless urgent is yes",
            ]
            .map(str::to_string)
            .to_vec()
        )
    );
}

/// 2 November 2026 is a Monday; ten days later it is Thursday 12 November.
#[test]
fn another_clauses_last_day_can_be_the_one_that_is_chosen() {
    let (exit, lines) = when("other", "pay", "2026-11-02");
    assert_eq!((exit, lines[1].as_str()), (0, "if the due day of decide is 2026-11-02 (Monday)"));
    assert!(lines.contains(&"last day: 2026-11-12 (Thursday)".to_string()), "{lines:?}");
}

#[test]
fn a_clause_that_counts_from_several_days_or_from_none_says_so() {
    let (exit, lines) = when("several", "use", "2026-10-22");
    assert_eq!(
        (exit, lines[1].as_str()),
        (1, "counted from several days: first_day, last_day; `when` answers for one")
    );
    // 28 February 2026 is a Saturday.
    let (exit, lines) = when("period", "report", "2026-10-22");
    assert_eq!(exit, 0);
    assert_eq!(lines[1], "not counted from a day of its own: it lies in each period, for 2026-10-22 in 2026");
    assert_eq!(lines[2..4], ["first day: 2026-01-01 (Thursday)", "last day: 2026-03-02 (Monday)"]);
    let (exit, lines) = when("fixed", "open", "2026-10-22");
    assert_eq!(exit, 1);
    assert_eq!(lines[1], "not counted from any day: it is the same whatever happens on 2026-10-22");
    assert_eq!(lines[3], "last day: 2014-06-30 (Monday)");
}

#[test]
fn before_a_clause_is_in_force_there_is_no_answer() {
    let (exit, lines) = when("force", "decide", "2013-10-22");
    assert_eq!((exit, lines[1].as_str()), (1, "not in force on 2013-10-22, only from 2014-01-01"));
}

#[test]
fn json_holds_the_days_and_their_walk() {
    let words = ["when", "decide", "office.overens", "--from", "2026-10-22", "--format", "json"];
    let json: Value = serde_json::from_str(&overens(&office("json"), &words).1).unwrap();
    let answer = &json["clauses"][0]["answers"][0];
    assert_eq!((&answer["counted_from"], &answer["what"][0]), (&"day".into(), &"applied_on".into()), "{json}");
    assert_eq!((&answer["first_day"], &answer["last_day"]), (&"2026-10-22".into(), &"2026-11-23".into()));
    assert_eq!(answer["walk"][0]["steps"][0]["from"], "2026-10-22");
}

#[test]
fn a_clause_that_is_not_there_is_answered_with_the_nearest() {
    let (exit, _, messages) = overens(&office("near"), &["when", "decid", "office.overens", "--from", "2026-10-22"]);
    assert_eq!(exit, 2);
    assert!(messages.contains("decide"), "{messages}");
}
