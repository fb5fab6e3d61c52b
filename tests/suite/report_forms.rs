//! A report in each of its forms, for one agreement and for several: what stands in it, and that readers of the form can read it.

use serde_json::Value;

use super::forms_support::{HIDDEN_IN_THE_CLUB, club, elements, several};
use super::terminal_agreements::{folder, overens};

/// The results of the club in a form. Its summons is late and violated, so the run fails.
fn given(form: &str, test: &str) -> String {
    let (exit, results, messages) = overens(&club(test), &["eval", "club.overens", "2014.ron", "--format", form]);
    assert_eq!((exit, messages.as_str()), (1, HIDDEN_IN_THE_CLUB), "{results}");
    results
}

fn of_several(form: &str, test: &str) -> String {
    let (exit, results, _) = overens(&several(test), &["eval", "all", "--format", form]);
    assert_eq!(exit, 3, "{results}");
    results
}

#[test]
fn as_comma_separated_values_every_verdict_is_a_row_of_the_same_columns() {
    let text = given("csv", "form_csv");
    insta::assert_snapshot!(text);
    let all = of_several("csv", "forms_csv");
    assert!(all.lines().skip(1).take(2).all(|line| line.starts_with("choir,2014-06-30,")), "{all}");
    assert_eq!(all.lines().filter(|line| line.starts_with("agreement,")).count(), 1);
    let rows =
        all.split_once("all/broken/broken.overens,,").unwrap().0.replace("all/club/club.overens", "club.overens");
    assert!(rows.ends_with(&text.split_once('\n').unwrap().1), "{all}");
}

#[test]
fn a_name_that_a_spreadsheet_would_run_is_only_a_name() {
    let text = given("csv", "form_csv_names");
    assert!(text.contains(",'=autumn|`x`,") && text.contains(",\"annual, 2014\","), "{text}");
}

#[test]
fn as_lines_of_json_every_verdict_is_an_object_with_the_names_as_they_are() {
    let text = given("jsonl", "form_jsonl");
    insta::assert_snapshot!(text);
    let all: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let subjects: Vec<&str> = all.iter().filter_map(|row| row["subject"].as_str()).collect();
    assert!(subjects.contains(&"=autumn|`x`") && subjects.contains(&"%0A::error::\u{1b}[31m"), "{subjects:?}");
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn a_right_that_was_not_used_has_its_last_day_with_reasons_and_without() {
    let policy = r#"agreement beaches "Inspections"
  in force from 2025-01-01

event inspection on made_on
  made_on: date

actor municipality

permission inspect § 9
  municipality may make inspection
  at most 1 times
  every half-year
"#;
    let facts = r#"(
  agreement: "beaches",
  as_of: "2025-08-01",
  complete: { "inspection": (from: "2025-01-01", through: "2025-08-01") },
  inspection: [],
)"#;
    let folder = folder("form_not_used", &[("policy.overens", policy), ("facts.ron", facts)]);
    for more in [&[][..], &["--reasons"]] {
        let words = [&["eval", "policy.overens", "facts.ron", "--format", "jsonl"], more].concat();
        let (_, text, _) = overens(&folder, &words);
        let row: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        assert_eq!((&row["verdict"], &row["last_day"]), (&"not used".into(), &"2025-06-30".into()), "{words:?}");
    }
}

#[test]
fn rows_and_lines_of_json_have_the_same_columns() {
    let csv = given("csv", "form_columns");
    let json = given("jsonl", "form_columns");
    let first: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    let names: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(csv.lines().next().unwrap(), names.join(","));
    let page = include_str!("../../docs/report-schema.md");
    for name in names {
        assert!(page.contains(&format!("| `{name}`")), "docs/report-schema.md does not tell of the column {name}");
    }
}

#[test]
fn in_a_summary_nobody_has_a_line_of_their_own() {
    insta::assert_snapshot!(given("summary", "form_summary"));
    let all = of_several("summary", "forms_summary");
    assert!(all.contains("could not be judged") && all.ends_with("exit 3\n"), "{all}");
}

#[test]
fn for_a_wiki_it_is_a_summary_and_what_needs_action() {
    insta::assert_snapshot!(given("markdown", "form_markdown"));
    insta::assert_snapshot!(of_several("markdown", "forms_markdown"));
}

#[test]
fn for_a_build_server_each_verdict_is_a_test_case() {
    let text = given("junit", "form_junit");
    insta::assert_snapshot!(text);
    counted(&text);
    let all = of_several("junit", "forms_junit");
    counted(&all);
    assert!(all.contains("errors=\"1\""), "{all}");
}

/// What the suites say of themselves is so.
pub fn counted(text: &str) {
    let all = elements(text);
    let many = |name: &str| all.iter().filter(|one| one.name == name).count();
    let suites = &all[0];
    assert_eq!(suites.name, "testsuites");
    for (name, attribute) in
        [("testcase", "tests"), ("failure", "failures"), ("error", "errors"), ("skipped", "skipped")]
    {
        assert_eq!(suites.number(attribute), many(name), "{text}");
        let own = all.iter().filter(|one| one.name == "testsuite").map(|suite| suite.number(attribute));
        assert_eq!(own.sum::<usize>(), many(name), "{text}");
    }
}

#[test]
fn a_test_case_that_passes_stands_at_the_record_that_it_is_about() {
    let rules = "agreement a\n  overens 1\n  in force from 2014-01-01 until further notice\n  currency SEK\n\nrecord club, clubs\n  members: number\n\nduty large § 1\n  each club shall ensure members is at least 9\n";
    let folder = folder("form_junit_places", &[("a.overens", rules), ("club.csv", "id,members\nx,3\ny,12\n")]);
    let (_, text, _) =
        overens(&folder, &["eval", "a.overens", "club=club.csv", "--as-of", "2015-01-01", "--format", "junit"]);
    for (name, line) in [("x", 2), ("y", 3)] {
        let case =
            format!("<testcase classname=\"a.large\" name=\"{name}\" file=\"club.csv\" line=\"{line}\" time=\"0\"");
        assert!(text.contains(&case), "{text}");
    }
}

#[test]
fn which_test_cases_fail_is_told_by_the_verdicts_that_make_the_run_fail() {
    let folder = club("form_junit_fails");
    let words = ["eval", "club.overens", "2014.ron", "--format", "junit", "--fail-on", "late"];
    let (exit, text, _) = overens(&folder, &words);
    counted(&text);
    assert_eq!((exit, text.matches("<failure type=\"late\"").count()), (1, 1), "{text}");
    assert_eq!(text.matches("<failure").count(), 1);
}

#[test]
fn for_code_scanning_each_verdict_that_needs_action_is_a_result_of_its_clause() {
    let text = given("sarif", "form_sarif");
    let all: Value = serde_json::from_str(&text).unwrap();
    let runs = sound_sarif(&all);
    assert_eq!(runs, ["overens/eval/club/"]);
    let results = all["runs"][0]["results"].as_array().unwrap();
    let told: Vec<String> = results
        .iter()
        .map(|one| format!("{} {} {}", one["ruleId"], one["level"], one["properties"]["verdict"]).replace('"', ""))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    insta::assert_snapshot!(serde_json::to_string_pretty(&results[0]).unwrap());
    let all: Value = serde_json::from_str(&of_several("sarif", "forms_sarif")).unwrap();
    assert_eq!(
        sound_sarif(&all),
        ["overens/eval/choir/", "overens/eval/club/", "overens/eval/all-broken-broken.overens/"]
    );
}

/// Results of one category replace older ones of the same, so other questions have other categories.
#[test]
fn each_command_and_each_choice_of_policies_has_a_category_of_its_own() {
    let folder = several("form_sarif_categories");
    let why = ["why", "summons", "all/club", "--for", "annual, 2014", "--format", "sarif"];
    let category = |words: &[&str]| sound_sarif(&serde_json::from_str(&overens(&folder, words).1).unwrap());
    assert_eq!(category(&why), ["overens/why/club/"]);
    assert_eq!(category(&["check", "all/club", "--format", "sarif"]), ["overens/check/club/"]);
    assert_eq!(category(&["check", "all/club", "all/choir", "--format", "sarif"]), ["overens/check/club+choir/"]);
}

/// What the standard demands of the parts that are used. Gives the ids of the runs.
fn sound_sarif(all: &Value) -> Vec<String> {
    assert_eq!(all["version"], "2.1.0");
    assert!(all["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let mut ids = Vec::new();
    for run in all["runs"].as_array().unwrap() {
        let driver = &run["tool"]["driver"];
        assert_eq!(driver["name"], "overens");
        let rules = driver["rules"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
            assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
            let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[rule]["id"], result["ruleId"]);
            let none = Vec::new();
            let related = result["relatedLocations"].as_array().unwrap_or(&none);
            for place in result["locations"].as_array().unwrap().iter().chain(related) {
                let place = &place["physicalLocation"];
                let uri = place["artifactLocation"]["uri"].as_str().unwrap();
                assert!(!uri.contains([' ', '\\', '<', '"']), "{uri}");
                assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
                assert!(place["region"]["startColumn"].as_u64().unwrap() >= 1);
            }
        }
        ids.push(run["automationDetails"]["id"].as_str().unwrap().to_string());
    }
    ids
}

#[test]
fn on_github_each_verdict_that_needs_action_is_an_annotation() {
    let text = given("github", "form_github");
    insta::assert_snapshot!(text);
    // A name from the facts is no command of its own.
    assert!(text.lines().all(|line| !line.starts_with("::error::")), "{text}");
    let all = of_several("github", "forms_github");
    assert!(all.lines().next().unwrap().starts_with("::error file=all/broken"), "{all}");
}

#[test]
fn the_page_is_well_formed_and_its_links_lead_somewhere() {
    for text in [given("html", "form_html"), of_several("html", "forms_html")] {
        let all = elements(&text);
        let ids: Vec<&str> = all.iter().filter_map(|one| one.attribute("id")).collect();
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id stands twice: {ids:?}");
        for link in all.iter().filter_map(|one| one.attribute("href")) {
            assert!(ids.contains(&link.trim_start_matches('#')), "{link} leads nowhere");
        }
        // Nothing comes from outside, and nothing runs.
        assert!(!all.iter().any(|one| ["script", "img", "link", "iframe"].contains(&one.name.as_str())));
        assert!(!text.contains("http://") && !text.contains("https://"), "{text}");
        assert!(all.iter().filter(|one| one.name == "th").all(|th| th.attribute("scope").is_some()));
    }
}

#[test]
fn the_page_tells_what_needs_action_what_is_due_and_each_clause() {
    let text = given("html", "form_html_whole");
    let body = text.split_once("<body>").unwrap().1;
    insta::assert_snapshot!(body.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn the_page_of_several_agreements_begins_with_all_of_them() {
    let text = of_several("html", "forms_html_overview");
    let overview = text.split_once("<header class=\"overview\">").unwrap().1.split_once("</header>").unwrap().0;
    insta::assert_snapshot!(overview);
}

#[test]
fn the_reasons_stand_on_the_page_when_they_are_asked_for() {
    let folder = club("form_html_reasons");
    let (_, text, _) = overens(&folder, &["eval", "club.overens", "2014.ron", "--format", "html", "--reasons"]);
    elements(&text);
    assert!(text.contains("<details class=\"why\">") && text.contains("2014-03-06"), "{text}");
}
