//! What came of scenarios and snapshots in each form of a report, and that readers of the form can read it.

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

scenario "In & in time"
  as of 2014-06-01
  given report r has sent_on 2014-03-01
  expect report_in satisfied

scenario "Not | in"
  as of 2014-06-01
  given complete report from 2014-01-01 through 2014-06-01
  given report r has sent_on 2014-04-02
  expect report_in late, 2 days
  expect report_in satisfied
"#;

/// A club of which one expectation does not hold and whose only snapshot was damaged, and one with a mistake.
fn clubs(test: &str) -> std::path::PathBuf {
    let broken = CLUB.replace("agreement club", "agreement broken").replace("shall send", "shal send");
    let files = [
        ("all/broken/broken.overens", broken.as_str()),
        ("all/club/club.overens", CLUB),
        (
            "all/club/facts/2014.ron",
            "(agreement: \"club\", as_of: \"2014-06-01\", report: [(sent_on: \"2014-03-01\")])",
        ),
        ("all/club/snapshots/2014@2014-06-01.snap", "not what overens writes\n"),
    ];
    folder(&format!("trial-forms/{test}"), &files)
}

fn given(form: &str) -> String {
    let (exit, results, _) = overens(&clubs(form), &["test", "all", "--format", form]);
    assert_eq!(exit, 3, "{results}");
    results
}

#[test]
fn rows_and_lines_of_json_tell_of_each_scenario_and_snapshot() {
    let csv = given("csv");
    insta::assert_snapshot!(csv);
    let jsonl = given("jsonl");
    insta::assert_snapshot!(jsonl);
    let all: Vec<Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let results: Vec<&str> = all.iter().map(|one| one["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["holds", "fails", "fails", "not tested"]);
    documented(include_str!("../../docs/report-schema.md"), csv.lines().next().unwrap().split(',').chain(["failures"]));
}

#[test]
fn for_a_build_server_each_is_a_test_case() {
    let text = given("junit");
    insta::assert_snapshot!(text);
    counted(&text);
}

#[test]
fn for_a_wiki_it_is_a_table_and_what_does_not_hold() {
    insta::assert_snapshot!(given("markdown"));
}

#[test]
fn for_a_run_of_github_what_does_not_hold_is_an_annotation() {
    insta::assert_snapshot!(given("github"));
}

#[test]
fn for_code_scanning_each_that_does_not_hold_is_a_result_at_its_place() {
    let all: Value = serde_json::from_str(&given("sarif")).unwrap();
    let runs = all["runs"].as_array().unwrap();
    let results = runs[0]["results"].as_array().unwrap();
    let told: Vec<String> = results
        .iter()
        .map(|one| {
            assert_eq!(
                runs[0]["tool"]["driver"]["rules"][one["ruleIndex"].as_u64().unwrap() as usize]["id"],
                one["ruleId"]
            );
            let place = &one["locations"][0]["physicalLocation"];
            format!("{} {} {}", one["ruleId"], place["artifactLocation"]["uri"], place["region"]["startLine"])
        })
        .collect();
    assert_eq!(
        told,
        ["\"scenario\" \"all/club/club.overens\" 24", "\"snapshot\" \"all/club/snapshots/2014%402014-06-01.snap\" 1"]
    );
    assert_eq!(runs[1]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn on_a_page_what_does_not_hold_is_told_with_its_reasons() {
    let page = given("html");
    assert!(page.contains("<p class=\"answer\">Not everything holds.</p>"), "{page}");
    assert!(page.contains("<h3>Not | in</h3>") && page.contains("In &amp; in time"), "{page}");
    assert!(page.contains("came: report_in: late, sent 2014-04-02, 2 days after 2014-03-31"), "{page}");
    assert!(page.contains("broken could not be tested (all/broken/broken.overens): all/broken/"), "{page}");
    stands_alone(&page);
}

#[test]
fn a_policy_that_could_not_be_tested_is_told_in_every_form_with_the_reason_and_its_line() {
    let folder = clubs("not_tested");
    let given = |form: &str| overens(&folder, &["test", "all", "--format", form]).1;
    for form in ["plain", "pretty", "summary", "json", "jsonl", "csv", "markdown", "html", "junit", "sarif", "github"] {
        let told = given(form);
        assert!(told.contains("all/broken/broken.overens:11:"), "{form}: {told}");
    }
    let csv = given("csv");
    let last = csv.lines().last().unwrap();
    assert!(last.starts_with("broken,,,all/broken/broken.overens,11,not tested,"), "{last}");
    let sarif: Value = serde_json::from_str(&given("sarif")).unwrap();
    let notice = &sarif["runs"][1]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notice["locations"][0]["physicalLocation"]["region"]["startLine"], 11);
    assert!(given("github").starts_with("::error file=all/broken/broken.overens,line=11,col="), "{}", given("github"));
    let told: Value = serde_json::from_str(&given("json")).unwrap();
    assert_eq!(told["not_tested_because"][0]["policy"], "all/broken/broken.overens");
}

#[test]
fn several_are_written_in_one_run() {
    let folder = clubs("several");
    let words = ["test", "all", "--report", "junit=tests.xml", "--report", "markdown=tests.md", "--format", "json"];
    let (exit, results, _) = overens(&folder, &words);
    let told: Value = serde_json::from_str(&results).unwrap();
    assert_eq!((exit, told["not_tested"][0].as_str()), (3, Some("all/broken/broken.overens")));
    counted(&std::fs::read_to_string(folder.join("tests.xml")).unwrap());
    assert!(std::fs::read_to_string(folder.join("tests.md")).unwrap().starts_with("**Not everything holds.**"));
    let (exit, _, told) = overens(&folder, &["test", "all", "--report", "csv=all/club/club.overens"]);
    assert!(exit == 2 && told.contains("is an input file"), "{exit} {told}");
    let (exit, _, told) = overens(&folder, &["test", "all", "--report", "csv=x", "--report", "html=./x"]);
    assert!(exit == 2 && told.contains("two reports would be written to"), "{exit} {told}");
}
