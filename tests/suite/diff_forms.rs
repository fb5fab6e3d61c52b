//! A comparison in each form of a report, and that readers of the form can read it.

use serde_json::Value;

use super::forms_support::{documented, stands_alone};
use super::report_forms::counted;
use super::terminal_agreements::overens;
use super::terminal_diff::club;

/// The club whose call goes out fifteen days ahead, no longer thirty: one that was late is in time.
fn given(form: &str) -> String {
    let words = ["diff", "v1", "all/club/club.overens", "--exit-code", "--format", form];
    let (exit, results, messages) = overens(&club(&format!("form_{form}")), &words);
    assert_eq!((exit, messages.as_str()), (1, ""), "{results}");
    results
}

#[test]
fn rows_and_lines_of_json_tell_of_each_item() {
    let (csv, jsonl) = (given("csv"), given("jsonl"));
    insta::assert_snapshot!(csv);
    insta::assert_snapshot!(jsonl);
    assert_eq!(csv.lines().count(), jsonl.lines().count() + 1);
    let first: Value = serde_json::from_str(jsonl.lines().next().unwrap()).unwrap();
    let names: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(csv.lines().next().unwrap(), names.join(","));
    documented(include_str!("../../docs/diff.md"), names);
}

#[test]
fn for_a_build_server_each_item_is_a_test_case_that_fails_where_the_run_does() {
    let text = given("junit");
    insta::assert_snapshot!(text);
    counted(&text);
    let words = ["diff", "v1", "all/club/club.overens", "--format", "junit"];
    let (exit, text, _) = overens(&club("form_junit_passes"), &words);
    counted(&text);
    assert_eq!((exit, text.matches("<failure").count()), (0, 0), "{text}");
}

#[test]
fn for_a_run_of_github_each_item_is_an_annotation() {
    insta::assert_snapshot!(given("github"));
}

#[test]
fn for_code_scanning_each_item_is_a_result_at_its_place_in_the_newer_text() {
    let all: Value = serde_json::from_str(&given("sarif")).unwrap();
    let run = &all["runs"][0];
    let told: Vec<String> = run["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let rule = usize::try_from(one["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], one["ruleId"]);
            let place = &one["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap_or("nowhere");
            format!("{} {} {uri} {}", one["ruleId"], one["level"], place["region"]["startLine"]).replace('"', "")
        })
        .collect();
    assert_eq!(
        told,
        ["clauses error all/club/club.overens 12", "what-flips-by-its-cause error all/club/club.overens 12"]
    );
}

#[test]
fn on_a_page_each_item_stands_with_both_wordings() {
    let page = given("html");
    assert!(page.contains("<p class=\"answer\">1 change in meaning, 1 verdict flips.</p>"), "{page}");
    assert!(page.contains("<dt>was</dt>") && page.contains("at least 15 days before held_on"), "{page}");
    stands_alone(&page);
}

#[test]
fn several_are_written_in_one_run() {
    let folder = club("form_several");
    let words = ["diff", "v1", "all/club/club.overens", "--report", "markdown=pr.md", "--report", "html=pr.html"];
    let (exit, _, messages) = overens(&folder, &words);
    assert_eq!((exit, messages.as_str()), (0, ""));
    assert!(std::fs::read_to_string(folder.join("pr.md")).unwrap().starts_with("### club"));
    assert!(std::fs::read_to_string(folder.join("pr.html")).unwrap().starts_with("<!DOCTYPE html>"));
    let words = ["diff", "v1", "all/club/club.overens", "--report", "csv=all/club/club.overens"];
    let (exit, _, told) = overens(&folder, &words);
    assert!(exit == 2 && told.contains("is an input file"), "{exit} {told}");
}
