//! The reasons of a verdict in each form of a report.

use serde_json::Value;

use super::forms_support::{HIDDEN_IN_THE_CLUB, club, stands_alone};
use super::report_forms::counted;
use super::terminal_agreements::overens;

/// The summons that went out five days late.
fn given(form: &str) -> String {
    let words = ["why", "summons", "club.overens", "2014.ron", "--for", "annual, 2014", "--format", form];
    let (exit, results, messages) = overens(&club(&format!("form_why_{form}")), &words);
    assert_eq!((exit, messages.as_str()), (0, HIDDEN_IN_THE_CLUB), "{results}");
    results
}

#[test]
fn for_a_wiki_the_way_to_the_verdict_is_a_list() {
    insta::assert_snapshot!(given("markdown"));
}

#[test]
fn rows_lines_and_test_cases_tell_of_this_verdict_alone() {
    let csv = given("csv");
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.contains(",summons,\"annual, 2014\","), "{csv}");
    let row: Value = serde_json::from_str(&given("jsonl")).unwrap();
    assert_eq!((row["verdict"].as_str(), row["days"].as_i64()), (Some("late"), Some(5)));
    let junit = given("junit");
    counted(&junit);
    assert_eq!(junit.matches("<testcase").count(), 1);
    assert_eq!(given("github").lines().count(), 2);
    let sarif: Value = serde_json::from_str(&given("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 1);
}

#[test]
fn on_a_page_the_way_to_the_verdict_is_a_list() {
    let page = given("html");
    assert!(
        page.contains("<h3>Why</h3>")
            && page.contains("<h3>What would change it</h3>")
            && page.contains("annual, 2014"),
        "{page}"
    );
    assert!(!page.contains("fest"), "another meeting is not told of");
    stands_alone(&page);
}

#[test]
fn several_are_written_in_one_run() {
    let folder = club("form_why_several");
    let words = ["why", "summons", "club.overens", "2014.ron", "--for", "annual, 2014", "--report", "html=why.html"];
    let (exit, results, _) = overens(&folder, &words);
    assert!(exit == 0 && results.starts_with("§ 1 summons for annual, 2014: late"), "{results}");
    assert!(std::fs::read_to_string(folder.join("why.html")).unwrap().starts_with("<!DOCTYPE html>"));
}
