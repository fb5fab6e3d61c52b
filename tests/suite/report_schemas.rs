//! Each JSON output holds to the schema that is shipped for it, and says nothing that its schema does not know.

use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;

use super::forms_support::{club, several};
use super::terminal_agreements::{folder, overens};
use super::terminal_diff;
use super::terminal_snapshots::{accepted, change};

/// The schema as it is shipped; `additionalProperties` is left open for readers of later versions, and closed here.
fn schema(name: &str) -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas").join(format!("{name}.schema.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no schema {name}"));
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    assert!(include_str!("../../docs/report-schema.md").contains(&format!("schemas/{name}.schema.json")), "{name}");
    jsonschema::meta::validate(&schema).unwrap();
    close(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

fn close(part: &mut Value) {
    if let Some(object) = part.as_object_mut() {
        if object.contains_key("properties") && !object.contains_key("additionalProperties") {
            object.insert("additionalProperties".to_string(), Value::Bool(false));
        }
        object.values_mut().for_each(close);
    }
    part.as_array_mut().into_iter().flatten().for_each(close);
}

fn holds(name: &str, value: &Value) {
    let wrong: Vec<String> =
        schema(name).iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
}

fn whole(name: &str, (_, results, messages): (i32, String, String)) -> Value {
    let value = serde_json::from_str(&results).unwrap_or_else(|error| panic!("{name}: {error}: {results}{messages}"));
    holds(name, &value);
    value
}

fn lines(name: &str, (_, results, _): (i32, String, String)) -> usize {
    let all: Vec<Value> = results.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    all.iter().for_each(|one| holds(name, one));
    all.len()
}

const COST: &str = r#"agreement club "Shares"
  in force from 2010-01-01
  currency SEK

record member
  name: text

event bill on sent_on
  sent_on: date
  amount: money

cost rent § 1 "Who pays the rent"
  for each bill
  amount is shared equally among member
  rounded to SEK 0.01
"#;

const BILLED: &str = r#"(agreement: "club", as_of: "2015-01-01", complete: {"member": (from: "2010-01-01", through: "2015-01-01")},
  member: [(id: "kestrel"), (id: "heron")], bill: [(id: "b", sent_on: "2014-01-01", amount: 347)])"#;

#[test]
fn reports_hold_to_their_schemas() {
    let club = club("schema_report");
    whole("overens-report-1", overens(&club, &["eval", ".", "2014.ron", "--format", "json", "--all", "--reasons"]));
    lines("verdict-line", overens(&club, &["eval", ".", "2014.ron", "--format", "jsonl", "--reasons"]));
    let why = ["why", "summons", ".", "2014.ron", "--for", "annual, 2014", "--format", "json"];
    whole("overens-why-1", overens(&club, &why));
    let several = several("schema_reports");
    let all = whole("overens-reports-1", overens(&several, &["eval", "all", "--format", "json"]));
    assert!(all["not_judged"][0]["why"].as_str().unwrap().contains("broken.overens:3"), "{all}");
    lines("verdict-line", overens(&several, &["eval", "all", "--format", "jsonl"]));
    for (name, words) in [
        ("overens-calendar-1", ["calendar", "all", "--within", "1y"]),
        ("overens-party-1", ["party", "board", "all", "--plain"]),
        ("overens-about-1", ["compare", "all", "--about", "summons"]),
    ] {
        let all = whole(name, overens(&several, &[&words[..], &["--format", "json"]].concat()));
        let list = if name == "overens-about-1" { "not_compared" } else { "not_judged" };
        assert!(all[list][0]["why"].as_str().unwrap().contains("broken.overens:3"), "{all}");
    }
}

#[test]
fn shares_hold_to_their_schemas() {
    let folder = folder("schema_shares", &[("club.overens", COST), ("facts.ron", BILLED)]);
    let report = whole("overens-report-1", overens(&folder, &["eval", ".", "facts.ron", "--format", "json"]));
    assert_eq!(report["shares"][0]["parts"][0]["amount"]["amount"], "173.5");
    lines("verdict-line", overens(&folder, &["eval", ".", "facts.ron", "--format", "jsonl"]));
    assert_eq!(lines("share-line", overens(&folder, &["eval", ".", "facts.ron", "--format", "jsonl", "--shares"])), 2);
}

#[test]
fn shares_that_are_the_same_whatever_a_value_is_are_told_once() {
    let kinds = COST.replace("  sent_on: date", "  kind: one of heat, water, other\n  sent_on: date");
    let policy = format!("{kinds}  if kind is heat or kind is water\n");
    let disputed = r#"kind: [(value: "heat", source: "a"), (value: "water", source: "b")], amount"#;
    let facts = BILLED.replace("amount", disputed);
    let folder = folder("shares_told_once", &[("club.overens", &policy), ("facts.ron", &facts)]);
    assert_eq!(lines("share-line", overens(&folder, &["eval", ".", "facts.ron", "--format", "jsonl", "--shares"])), 2);
}

/// SEK 347 and SEK 100, each among the same two.
#[test]
fn a_summary_has_one_line_for_all_bills_of_a_cost() {
    let two = BILLED.replace("amount: 347)", "amount: 347), (id: \"c\", sent_on: \"2014-02-01\", amount: 100)");
    let folder = folder("summary_of_bills", &[("club.overens", COST), ("facts.ron", &two)]);
    let summary = overens(&folder, &["eval", ".", "facts.ron", "--format", "summary"]).1;
    assert!(summary.contains("\nshares: § 1 rent: SEK 447 in 2 costs among 2, digest "), "{summary}");
    assert_eq!(summary.matches("shares:").count(), 1, "{summary}");
}

#[test]
fn trials_reviews_and_findings_hold_to_their_schemas() {
    let folder = accepted("schema_review");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    whole("overens-test-1", overens(&folder, &["test", "club", "--format", "json"]));
    lines("trial-line", overens(&folder, &["test", "club", "--format", "jsonl"]));
    let review = whole("overens-review-1", overens(&folder, &["review", "club", "--list", "--format", "json"]));
    assert_eq!(review["agreements"][0]["groups"].as_array().unwrap().len(), 1);
    let several = several("schema_findings");
    let found = whole("findings", overens(&several, &["check", "all", "--format", "json"]));
    assert!(!found.as_array().unwrap().is_empty());
    assert!(lines("finding-line", overens(&several, &["check", "all", "nowhere", "--format", "jsonl"])) > 1);
}

#[test]
fn reports_judged_again_and_codes_hold_to_their_schemas() {
    let club = club("schema_verify");
    let report = overens(&club, &["eval", ".", "2014.ron", "--format", "json"]).1;
    std::fs::write(club.join("report.json"), report).unwrap();
    assert_eq!(whole("overens-verify-1", overens(&club, &["verify", "report.json", "--format", "json"]))["same"], true);
    change(&club, "2014.ron", "2014-03", "2014-04");
    let changed = whole("overens-verify-1", overens(&club, &["verify", "report.json", "--format", "json"]));
    assert!(!changed["differences"].as_array().unwrap().is_empty(), "{changed}");
    whole("version", overens(&club, &["--version", "--json"]));
    whole("codes", overens(&club, &["explain", "not-utf-8", "--format", "json"]));
    assert!(whole("codes", overens(&club, &["explain", "--format", "json"])).as_array().unwrap().len() > 50);
    whole("regimes", overens(&club, &["explain", "regime:Germany", "--format", "json"]));
    assert!(
        whole("regimes", overens(&club, &["explain", "regime:", "--format", "json"])).as_array().unwrap().len() > 10
    );
}

#[test]
fn questions_and_calendars_hold_to_their_schemas() {
    let several = several("schema_clerk");
    let asked = whole("overens-ask-1", overens(&several, &["ask", "all/choir", "--format", "json"]));
    assert_eq!(asked["questions"].as_array().unwrap().len(), 0);
    let club = club("schema_ask");
    let unknown = FACTS_OF_CLUB;
    std::fs::write(club.join("2014.ron"), unknown).unwrap();
    let asked = whole("overens-ask-1", overens(&club, &["ask", ".", "2014.ron", "--format", "json"]));
    assert_eq!(asked["questions"].as_array().unwrap().len(), 1);
    let decided = whole("overens-decide-1", overens(&several, &["decide", "all/choir", "--list", "--format", "json"]));
    assert!(decided["cases"].is_array(), "{decided}");
    let from = ["when", "summons", "club.overens", "--from", "2026-10-22", "--format", "json"];
    let when = whole("overens-when-1", overens(&club, &from));
    assert_eq!(when["clauses"][0]["answers"][0]["counted_from"], "day", "{when}");
    let party = whole("overens-party-1", overens(&several, &["party", "board", "all", "--format", "json"]));
    assert_eq!(party["agreements"].as_array().unwrap().len(), 2);
    let about =
        whole("overens-about-1", overens(&several, &["compare", "all/club", "--about", "summons", "--format", "json"]));
    assert_eq!(about["clauses"][0]["by"], serde_json::json!(["name", "act"]));
    let found =
        whole("overens-calendar-1", overens(&several, &["calendar", "all", "--within", "1y", "--format", "json"]));
    assert_eq!(found["agreements"].as_array().unwrap().len(), 2);
}

/// Whether the summons went out is not known.
const FACTS_OF_CLUB: &str =
    r#"(agreement: "club", as_of: "2014-06-30", meeting: [(id: "annual", held_on: "2014-03-11")])"#;

#[test]
fn comparisons_hold_to_their_schemas() {
    let folder = terminal_diff::club("schema_diff");
    let words = ["diff", "v1", "all/club/club.overens", "--each", "--format"];
    let said = |form: &'static str| words.into_iter().chain([form]).collect::<Vec<_>>();
    let diff = whole("overens-diff-1", overens(&folder, &said("json")));
    assert_eq!(diff["participants"][0]["who"], "board");
    assert!(lines("difference-line", overens(&folder, &said("jsonl"))) > 1);
}
