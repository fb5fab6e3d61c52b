//! Which verdicts are shown where there are more than a form has room for, and the last day of what is not known.

use serde_json::Value;

use super::terminal_agreements::{folder, overens};

const LIBRARY: &str = r#"agreement library
  overens 1
  in force from 2020-01-01 until further notice

event loan on lent_on
  lent_on: date
  back_on: date

actor reader

deadline back § 1
  for each loan
  reader shall have back_on
  within 30 days after lent_on
"#;

/// Loans by the days on which they were lent, one id after the other, as of a day.
fn loans(as_of: &str, lent_on: impl Iterator<Item = String>) -> String {
    let loans: Vec<String> = lent_on.enumerate().map(|(at, lent)| format!("(id: \"n{at:02}\", {lent})")).collect();
    let complete = format!("{{\"loan\": (from: \"2020-01-01\", through: \"{as_of}\")}}");
    format!("(agreement: \"library\", as_of: \"{as_of}\", complete: {complete}, loan: [{}])", loans.join(", "))
}

/// Sixty days in a row, the latest first.
fn days_in_a_row(more: &str) -> impl Iterator<Item = String> {
    let day = |at: i32| overens::value::Day::of(2024, 3, 1).unwrap().plus_days(60 - at);
    let more = more.to_string();
    (0..60).map(move |at| format!("lent_on: \"{}\"{more}", day(at)))
}

/// The ids of annotations of a level, as they are shown.
fn ids(results: &str, level: &str) -> Vec<String> {
    let shown = results.lines().filter(|line| line.starts_with(level));
    shown.map(|line| line.rsplit("::").next().unwrap().split(':').next().unwrap().to_string()).collect()
}

#[test]
fn what_is_overdue_longest_and_what_is_due_soonest_is_annotated() {
    // Of the sixty, the last ones were lent first.
    let overdue = loans("2024-12-31", days_in_a_row(", back_on: None"));
    let due = loans("2024-03-02", days_in_a_row(""));
    let folder = folder("urgent", &[("l.overens", LIBRARY), ("over.ron", &overdue), ("due.ron", &due)]);
    let first: Vec<String> = (50..60).rev().map(|at| format!("n{at}")).collect();
    let (_, results, _) = overens(&folder, &["eval", ".", "over.ron", "--format", "github"]);
    assert_eq!(ids(&results, "::error"), first, "{results}");
    assert!(results.contains("60 errors, of which the 10 most urgent are shown"), "{results}");
    let (_, results, _) = overens(&folder, &["eval", ".", "due.ron", "--format", "github"]);
    assert_eq!(ids(&results, "::notice"), first, "{results}");
}

#[test]
fn what_was_done_late_is_less_urgent_than_what_was_not_done() {
    let late = (0..12).map(|_| "lent_on: \"2024-01-01\", back_on: \"2024-06-01\"".to_string());
    let mut all: Vec<String> = late.collect();
    all.push("lent_on: \"2024-02-01\", back_on: None".to_string());
    let policy = LIBRARY.replace("reader shall have", "reader should have");
    let facts = loans("2024-12-31", all.into_iter());
    let folder = folder("urgent_late", &[("l.overens", &policy), ("f.ron", &facts)]);
    let (_, results, _) = overens(&folder, &["eval", ".", "f.ron", "--format", "github"]);
    assert_eq!(ids(&results, "::warning")[0], "n12", "{results}");
    assert_eq!(ids(&results, "::warning").len(), 10);
}

#[test]
fn a_page_and_a_comment_have_the_most_urgent_of_a_clause_in_the_order_of_the_report() {
    let overdue = loans("2024-12-31", days_in_a_row(", back_on: None"));
    let folder = folder("urgent_page", &[("l.overens", LIBRARY), ("f.ron", &overdue)]);
    for form in ["html", "markdown"] {
        let (_, results, _) = overens(&folder, &["eval", ".", "f.ron", "--format", form]);
        // Forty of sixty: the first twenty of the file were lent last.
        assert!(!results.contains("n19") && results.contains("n20") && results.contains("n59"), "{form}: {results}");
        assert!(results.find("n20") < results.find("n59"), "{form}");
        assert!(results.contains("20 more"), "{form}: {results}");
    }
}

#[test]
fn on_a_terminal_the_examples_are_the_most_urgent_ones() {
    let more = days_in_a_row(", back_on: None")
        .chain((0..5).map(|at| format!("lent_on: \"2024-02-0{}\", back_on: None", at + 1)));
    let folder = folder("urgent_terminal", &[("l.overens", LIBRARY), ("f.ron", &loans("2024-12-31", more))]);
    let (_, results, _) = overens(&folder, &["eval", ".", "f.ron", "--format", "pretty"]);
    assert!(!results.contains("n59") && results.contains("n60") && results.contains("n64"), "{results}");
}

#[test]
fn findings_beyond_ten_are_not_called_less_urgent() {
    let policy = LIBRARY.to_string()
        + &(0..12).map(|at| format!("\nduty d{at} § 2\n  nobody_{at} shall have back_on\n")).collect::<String>();
    let folder = folder("urgent_findings", &[("l.overens", &policy)]);
    let (_, results, _) = overens(&folder, &["check", "l.overens", "--format", "github"]);
    assert!(results.contains("of which the first 10 are shown"), "{results}");
}

#[test]
fn an_unknown_verdict_keeps_the_last_day_that_is_known_roughly() {
    // Lent on some day from 15 May through 10 June: due from 14 June through 10 July, and not back on 30 June.
    let rough = ["lent_on: \"2024-05-15/2024-06-10\", back_on: None", "lent_on: \"2024-05\", back_on: \"2024-06-20\""];
    let facts = loans("2024-06-30", rough.into_iter().map(str::to_string));
    let folder = folder("urgent_rough", &[("l.overens", LIBRARY), ("f.ron", &facts)]);
    let (_, json, _) = overens(&folder, &["eval", ".", "f.ron", "--all", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    let last_day = |at: usize| (report["verdicts"][at]["verdict"].clone(), report["verdicts"][at]["last_day"].clone());
    let roughly = |first: &str, last: &str| serde_json::json!({ "known": "roughly", "first": first, "last": last });
    assert_eq!(last_day(0), ("unknown".into(), roughly("2024-06-14", "2024-07-10")));
    // In time if lent from 21 May on, else late.
    assert_eq!(last_day(1), ("unknown".into(), roughly("2024-05-31", "2024-06-30")));
    let (_, csv, _) = overens(&folder, &["eval", ".", "f.ron", "--format", "csv"]);
    assert!(csv.contains(",unknown,,,2024-06-14,2024-07-10,"), "{csv}");
}

#[test]
fn what_does_not_apply_is_skipped_with_its_reason() {
    let policy = LIBRARY.to_string() + "  if lent_on is after 2024-01-31\n";
    let facts = loans("2024-06-30", ["lent_on: \"2024-01-01\"".to_string()].into_iter());
    let folder = folder("skipped", &[("l.overens", &policy), ("f.ron", &facts)]);
    let (_, junit, _) = overens(&folder, &["eval", ".", "f.ron", "--format", "junit", "--allow-empty"]);
    let reason =
        "<skipped message=\"not applicable: `lent_on is after 2024-01-31` does not hold (lent_on is 2024-01-01)\"/>";
    assert!(junit.contains(reason), "{junit}");
}

const VOTES: &str = "agreement club\n  overens 1\n  in force from 2020-01-01 until further notice\n\nrecord member, members\n  paid: yes/no\n\nfact founded_on: date\n\nactor board\n\nduty paying § 1\n  for each member\n  board shall ensure paid is yes\n\nrecital founded § 2\n  states founded_on is 1921-04-03\n";

#[test]
fn a_missing_fact_is_told_once_and_apart_from_the_reason() {
    let facts = "(agreement: \"club\", as_of: \"2024-06-30\", member: [(id: \"anna\")])";
    let folder = folder("missing_once", &[("c.overens", VOTES), ("f.ron", facts)]);
    let (_, junit, _) = overens(&folder, &["eval", ".", "f.ron", "--fail-on", "none", "--format", "junit"]);
    assert!(junit.contains("<skipped message=\"unknown: needs paid\"/>"), "{junit}");
    overens(&folder, &["eval", ".", "f.ron", "--report", "xlsx=out.xlsx"]);
    let rows = super::report_workbook::rows(&folder.join("out.xlsx"), "verdicts");
    let cell = |heading: &str| super::report_workbook::cell(&rows, 1, heading).to_string();
    assert_eq!((cell("why").as_str(), cell("missing").as_str()), ("needs paid", "member anna: paid"));
}

#[test]
fn without_a_fact_file_a_missing_fact_leads_to_its_clause() {
    let folder = folder("missing_nowhere", &[("c.overens", VOTES)]);
    let (_, sarif, _) = overens(&folder, &["eval", ".", "--as-of", "2024-06-30", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&sarif).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!((place["region"]["startLine"].as_u64(), place["region"]["startColumn"].as_u64()), (Some(16), Some(9)));
    let (_, json, _) = overens(&folder, &["eval", ".", "--as-of", "2024-06-30", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    assert!(report["missing"][0]["place"].is_null() && report["missing"][0]["what"] == "founded_on", "{json}");
}

#[test]
fn a_decision_that_is_offered_to_be_written_down_can_be_pasted() {
    let policy = "agreement club\n  overens 1\n  in force from 2020-01-01 until further notice\n\nrecord room\n  name: text\n\nactors board, members\n\njudgement tidy § 1\n  for each room\n  board shall \"keep it tidy\"\n  judged by members\n";
    let facts = r#"(agreement: "club", as_of: "2024-06-30", room: [(id: "the \"old\" hall")])"#;
    let folder = folder("offered", &[("c.overens", policy), ("f.ron", facts)]);
    let (_, results, messages) = overens(&folder, &["why", "tidy", ".", "f.ron"]);
    let offered = r#"(clause: "tidy", subject: "the \"old\" hall", by: "members", on: …, outcome: …)"#;
    assert!(results.contains(offered), "{results}{messages}");
}

/// A judgement without `by` is refused, so what is offered has a place for it where the text names nobody.
#[test]
fn a_decision_that_nobody_is_named_for_is_offered_with_a_place_for_who_made_it() {
    let policy = "agreement club\n  overens 1\n  in force from 2020-01-01 until further notice\n\nactor board\n\njudgement tidy § 1\n  board shall \"keep it tidy\"\n";
    let facts = r#"(agreement: "club", as_of: "2024-06-30")"#;
    let folder = folder("offered_to_anybody", &[("c.overens", policy), ("f.ron", facts)]);
    let (_, results, messages) = overens(&folder, &["why", "tidy", ".", "f.ron"]);
    let offered = r#"judgement: [(clause: "tidy", by: …, on: …, outcome: …)]"#;
    assert!(results.contains(offered), "{results}{messages}");
    let recorded = r#"(agreement: "club", as_of: "2024-06-30", judgement: [(clause: "tidy", by: "parties", on: "2024-06-01", outcome: "kept")])"#;
    std::fs::write(folder.join("f.ron"), recorded).unwrap();
    let (exit, results, messages) = overens(&folder, &["why", "tidy", ".", "f.ron"]);
    assert!(exit == 0 && results.contains("satisfied"), "{results}{messages}");
}

const HIRE: &str = r#"agreement library
  overens 1
  in force from 2024-01-01 until 2024-12-31

event loan on lent_on
  lent_on: date
  back_on: date
  checked_on: date

actor reader

prohibition none § 1
  reader must not make loan
  every month

deadline back § 2
  for each loan
  reader shall have back_on
  within 30 days after lent_on
"#;

/// The loan of 5 January is overdue since 5 February: after the end of January, in which it was prohibited.
#[test]
fn what_was_never_to_be_done_is_less_urgent_than_what_is_overdue() {
    let facts = loans("2024-03-02", ["lent_on: \"2024-01-05\", back_on: None".to_string()].into_iter());
    let folder = folder("urgent_never", &[("l.overens", HIRE), ("f.ron", &facts)]);
    let (_, results, _) = overens(&folder, &["eval", ".", "f.ron", "--format", "github"]);
    assert_eq!(ids(&results, "::error"), ["n00", "2024-01"], "{results}");
}

/// The loan is not back by 2 March, so it is due to be checked within ten days after 3 March, or after a later day.
#[test]
fn a_last_day_that_may_be_any_later_one_has_no_latest_day() {
    let policy = LIBRARY
        .replace("  back_on: date\n", "  back_on: date\n  checked_on: date\n")
        .replace("shall have back_on", "shall have checked_on")
        .replace("30 days after lent_on", "10 days after back_on");
    let facts = loans("2024-03-02", ["lent_on: \"2024-02-01\"".to_string()].into_iter());
    let folder = folder("urgent_open", &[("l.overens", &policy), ("f.ron", &facts)]);
    let told = |form: &str| overens(&folder, &["eval", ".", "f.ron", "--all", "--format", form]).1;
    assert!(told("csv").contains(",pending,,,2024-03-13,,,") && told("csv").ends_with(",roughly\n"), "{}", told("csv"));
    let line: Value = serde_json::from_str(&told("jsonl")).unwrap();
    assert_eq!((&line["last_day"], &line["last_day_latest"]), (&Value::from("2024-03-13"), &Value::Null));
    assert_eq!(line["last_day_known"], "roughly");
    let report: Value = serde_json::from_str(&told("json")).unwrap();
    let expected = serde_json::json!({"known": "roughly", "first": "2024-03-13", "last": null});
    assert_eq!(report["verdicts"][0]["last_day"], expected, "{report}");
    for form in ["plain", "html", "markdown"] {
        assert!(told(form).contains("2024-03-13 or later") && !told(form).contains("9999"), "{}", told(form));
    }
}
