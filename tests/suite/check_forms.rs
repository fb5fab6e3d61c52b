//! What checking policies came to in each form of a report, and that readers of the form can read it.

use serde_json::Value;

use super::forms_support::{documented, stands_alone};
use super::report_forms::counted;
use super::terminal_agreements::{folder, overens};

const CLUB: &str = r#"agreement club "A <club>"
  overens 1
  in force from 2014-01-01 until further notice

event report, reports on sent_on
  sent_on: date

actors board

deadline report_in § 1 "The report is in by March"
  board shall send report
  by 31 March of 2014
"#;

/// A club without mistakes, and one with an actor and a field that nobody declared.
fn clubs(test: &str) -> std::path::PathBuf {
    let choir = CLUB.replace("agreement club", "agreement choir").replace("board shall", "bord shall")
        + "\nduty kept § 2\n  board shall ensure sent_on of report is given and x | y\n";
    folder(&format!("check-forms/{test}"), &[("all/choir/choir.overens", &choir), ("all/club/club.overens", CLUB)])
}

fn given(form: &str) -> String {
    let (exit, results, messages) = overens(&clubs(form), &["check", "all", "--format", form]);
    assert_eq!((exit, messages.as_str()), (3, ""), "{results}");
    results
}

#[test]
fn rows_and_lines_of_json_tell_of_each_finding() {
    let (csv, jsonl) = (given("csv"), given("jsonl"));
    insta::assert_snapshot!(csv);
    insta::assert_snapshot!(jsonl);
    assert_eq!(csv.lines().count(), jsonl.lines().count() + 1);
    let all: Vec<Value> = serde_json::from_str(&given("json")).unwrap();
    let lines: Vec<Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, all);
    documented(include_str!("../../docs/report-schema.md"), csv.lines().next().unwrap().split(','));
}

#[test]
fn for_a_build_server_each_policy_is_a_test_case() {
    let text = given("junit");
    insta::assert_snapshot!(text);
    counted(&text);
}

#[test]
fn for_a_wiki_it_is_a_table_and_what_was_found() {
    insta::assert_snapshot!(given("markdown"));
}

#[test]
fn for_a_run_of_github_each_finding_is_an_annotation() {
    insta::assert_snapshot!(given("github"));
}

#[test]
fn for_code_scanning_each_finding_is_a_result_of_its_code() {
    let all: Value = serde_json::from_str(&given("sarif")).unwrap();
    let run = &all["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "all/choir/choir.overens");
        assert!(place["region"]["startLine"].as_u64().unwrap() > 1);
    }
}

#[test]
fn on_a_page_each_finding_stands_with_its_line_and_the_page_of_its_code() {
    let page = given("html");
    assert!(page.contains("<p class=\"answer\">There are errors.</p>"), "{page}");
    assert!(page.contains("unknown actor `bord`") && page.contains("<pre>  bord shall send report</pre>"), "{page}");
    assert!(page.contains("<details id=\"unknown-actor\">") && page.contains("href=\"#unknown-actor\""), "{page}");
    stands_alone(&page);
}

#[test]
fn what_could_not_be_checked_is_told_in_no_form_as_sound() {
    let folder = clubs("not_there");
    let told = |form: &str| {
        let (exit, results, messages) = overens(&folder, &["check", "all/club", "nowhere", "--format", form]);
        assert_eq!((exit, messages.as_str()), (5, "error: there is no file `nowhere`\n"), "{results}");
        results
    };
    for form in ["markdown", "html"] {
        let text = told(form);
        assert!(text.contains("Not everything could be checked.") && !text.contains("No errors."), "{text}");
    }
    let junit = told("junit");
    counted(&junit);
    assert!(junit.contains("<error message=\"could not be checked\">there is no file `nowhere`<"), "{junit}");
    let github = told("github");
    assert!(
        github.contains("::error file=nowhere,title=nowhere::nowhere could not be checked: there is no file"),
        "{github}"
    );
    let sarif: Value = serde_json::from_str(&told("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn a_fact_file_that_is_missing_is_named_in_every_form() {
    let folder = clubs("no_facts");
    for form in ["plain", "summary", "json", "jsonl", "csv", "markdown", "html", "junit", "sarif", "github"] {
        let words = ["check", "all/club", "--facts", "none.ron", "--format", form];
        let (exit, results, _) = overens(&folder, &words);
        assert!(exit == 5 && results.contains("there is no file `none.ron`"), "{form}: {results}");
        assert!(results.contains("all/club/club.overens"), "{form}: {results}");
    }
    let (_, csv, _) = overens(&folder, &["check", "all/club", "--facts", "none.ron", "--format", "csv"]);
    let last = "all/club/club.overens,,,error,,club could not be checked (all/club/club.overens): there is no file `none.ron`,,,\n";
    assert!(csv.ends_with(last), "{csv}");
}

#[test]
fn a_policy_with_nothing_in_it_passes_in_no_form() {
    let empty = "agreement empty \"Nothing\"\n  overens 1\n  in force from 2014-01-01 until further notice\n";
    let folder = folder("check-forms/empty", &[("empty.overens", empty)]);
    let told = |form: &str| overens(&folder, &["check", "empty.overens", "--format", form]);
    let (exit, junit, _) = told("junit");
    counted(&junit);
    assert!(exit == 1 && junit.contains("<failure type=\"nothing-to-do\""), "{exit} {junit}");
    for form in ["markdown", "html"] {
        let (_, text, _) = told(form);
        assert!(text.contains("There is an empty policy.") && !text.contains("No errors."), "{text}");
    }
}

#[test]
fn without_mistakes_every_form_says_so() {
    let folder = clubs("sound");
    let told = |form: &str| {
        let (exit, results, messages) = overens(&folder, &["check", "all/club", "--format", form]);
        assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
        results
    };
    assert_eq!(told("plain"), "club: 1 clause, 1 record, no scenarios: no errors\n");
    assert_eq!((told("json").as_str(), told("jsonl").as_str()), ("[]\n", ""));
    assert!(told("markdown").starts_with("**No errors.**"));
    assert!(told("html").contains("No errors."));
    assert_eq!(told("github"), "club: 1 clause, 1 record, no scenarios: no errors\n");
    counted(&told("junit"));
    let (exit, _, told) = overens(&folder, &["check", "all/club", "--report", "junit=all/club/club.overens"]);
    assert!(exit == 2 && told.contains("is an input file"), "{exit} {told}");
}
