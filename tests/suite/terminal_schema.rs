//! What facts may hold, as a schema; and empty files to fill in.

use std::path::Path;

use jsonschema::Validator;
use overens::diagnostics::Sink;
use overens::load;
use overens::load::node::{Node, NodeKind};
use overens::source::Sources;
use serde_json::{Map, Value};

use super::bundled;
use super::terminal_agreements::{folder, overens};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema_of(folder: &Path, policy: &str) -> Validator {
    let (exit, text, messages) = overens(folder, &["schema", policy]);
    assert_eq!((exit, messages.as_str()), (0, ""), "{policy}");
    let schema: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// A fact file in RON as the JSON that says the same.
fn as_json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    let file = Sources::default().add("facts.ron", &text);
    json(&load::read(file, "facts.ron", &text, &mut Sink::default()).unwrap())
}

fn json(node: &Node) -> Value {
    match &node.kind {
        NodeKind::None => Value::Null,
        NodeKind::Bool(answer) => Value::Bool(*answer),
        NodeKind::Number(digits) => serde_json::from_str(digits).unwrap(),
        NodeKind::Text(text) | NodeKind::Plain(text, _) => Value::from(text.as_str()),
        NodeKind::List(items) => Value::Array(items.iter().map(json).collect()),
        NodeKind::Map(entries) => {
            Value::Object(entries.iter().map(|(key, node)| (key.it.clone(), json(node))).collect::<Map<_, _>>())
        }
        NodeKind::Sheet(_) => panic!("no sheet"),
    }
}

fn wrong(schema: &Validator, facts: &Value) -> Vec<String> {
    schema.iter_errors(facts).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_bundled_fact_file_holds_to_the_schema_of_its_agreement() {
    let mut looked_at = 0;
    for name in bundled::names() {
        let schema = schema_of(root(), &format!("policies/{name}"));
        let facts = std::fs::read_dir(bundled::folder().join(&name).join("facts")).unwrap();
        for path in
            facts.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "ron"))
        {
            let found = wrong(&schema, &as_json(&path));
            assert!(found.is_empty(), "{}: {}", path.display(), found.join("\n"));
            looked_at += 1;
        }
    }
    assert!(looked_at > 20, "{looked_at}");
}

#[test]
fn a_register_of_several_agreements_holds_to_the_schema_of_each() {
    let register = as_json(&root().join("policies/common/facts/register.ron"));
    for name in register["agreement"].as_array().unwrap() {
        let schema = schema_of(root(), &format!("policies/{}", name.as_str().unwrap()));
        let found = wrong(&schema, &register);
        assert!(found.is_empty(), "{name}: {}", found.join("\n"));
    }
}

const LIBRARY: &str = r#"agreement library "A library"
  overens 1
  in force from 2014-01-01 until further notice
  currency SEK

fact opened_on: date "the day the library opened"

record reader, readers "Those who borrow"
  name: text
  child: yes/no
  voice: one of high, low "how they sing"
  fee: money over time

event loan, loans on made_on
  made_on: date required
  reader: reader
  came_at: time
  kinds: set of one of book, film

actors keeper

duty open § 1
  keeper shall have opened_on
  by 2014-12-31
"#;

fn library(test: &str) -> std::path::PathBuf {
    folder(&format!("schema_{test}"), &[("library.overens", LIBRARY)])
}

#[test]
fn what_the_loader_reads_is_valid_and_what_it_refuses_is_not() {
    let folder = library("values");
    let schema = schema_of(&folder, ".");
    let facts = |rest: &str| format!("{{\"agreement\": \"library\", \"as_of\": \"2015-01-01\", {rest}}}");
    let good = [
        r#""opened_on": "2014-05""#,
        r#""opened_on": "2014-05-01/2014-05-07""#,
        r#""opened_on": null"#,
        r#""readers": [{"id": 7, "name": "Åsa", "child": true, "voice": "high", "source": "card"}]"#,
        r#""reader": [{"id": "a", "child": "no", "fee": [{"from": "2014-01-01", "value": "SEK 20"}]}]"#,
        r#""reader": [{"id": "a", "voice": [{"value": "high", "source": "x"}, {"value": "low", "source": "y"}]}]"#,
        r#""loan": [{"made_on": "2014-02-03", "came_at": "17:30", "kinds": ["book", "film"], "cancelled_on": "2014-02-04"}]"#,
        r#""loan": null"#,
        r#""complete": {"loans": [{"from": "2014-01-01", "through": "2014-12-31"}]}"#,
        r#""recorded_on": "2015-01-02", "source": "a call", "files": ["other.ron"]"#,
        r#""waiver": [{"clause": "open", "by": "keeper", "on": "2014-12-01", "until": "2015-01-31"}]"#,
        r#""attestation": [{"clause": "library.open", "by": "keeper", "on": "2014-12-01", "holds": false}]"#,
        r#""unknown_for_good": [{"record": "reader", "reason": "burnt", "by": "keeper", "on": "2014-12-01"}]"#,
    ];
    let bad = [
        r#""opend_on": "2014-05-01""#,
        r#""opened_on": "1 May 2014""#,
        r#""opened_on": 2014"#,
        r#""readrs": []"#,
        r#""reader": [{"id": "a", "nam": "Åsa"}]"#,
        r#""reader": [{"id": "a", "name": 7}]"#,
        r#""reader": [{"id": "a", "child": "perhaps"}]"#,
        r#""reader": [{"id": "a", "voice": "shrill"}]"#,
        r#""reader": [{"id": "a", "fee": [{"since": "2014-01-01", "value": 20}]}]"#,
        r#""reader": {"id": "a"}"#,
        r#""loan": [{"made_on": null}]"#,
        r#""loan": [{"made_on": "2014-02-03", "came_at": "half past five"}]"#,
        r#""loan": [{"made_on": "2014-02-03", "kinds": "book"}]"#,
        r#""complete": {"loans": {"from": "2014-01-01"}}"#,
        r#""judgement": [{"clause": "open", "by": "keeper", "on": "2014-12-01", "outcome": "good"}]"#,
        r#""judgement": [{"clause": "opn", "by": "keeper", "on": "2014-12-01", "outcome": "kept"}]"#,
        r#""unknown_for_good": [{"record": "reader", "by": "keeper", "on": "2014-12-01"}]"#,
    ];
    let checked = |text: &str| {
        std::fs::write(folder.join("facts.json"), text).unwrap();
        overens(&folder, &["check", ".", "--facts", "facts.json"])
    };
    for rest in good {
        let text = facts(rest);
        let found = wrong(&schema, &serde_json::from_str(&text).unwrap());
        assert!(found.is_empty(), "{rest}: {found:?}");
        if !rest.contains("other.ron") {
            let (exit, _, messages) = checked(&text);
            assert_eq!(exit, 0, "{rest}: {messages}");
        }
    }
    for rest in bad {
        let text = facts(rest);
        assert!(!wrong(&schema, &serde_json::from_str(&text).unwrap()).is_empty(), "{rest} is valid");
        assert_eq!(checked(&text).0, 4, "{rest} is read");
    }
    let other = r#"{"agreement": "choir"}"#;
    assert!(!wrong(&schema, &serde_json::from_str(other).unwrap()).is_empty());
}

#[test]
fn a_schema_carries_what_the_policy_says() {
    let (_, text, _) = overens(&library("says"), &["schema", "."]);
    let schema: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(schema["properties"]["opened_on"]["description"], "the day the library opened");
    assert_eq!(schema["$defs"]["reader"]["description"], "Those who borrow");
    assert_eq!(schema["$defs"]["reader"]["properties"]["voice"]["description"], "how they sing");
    assert_eq!(schema["$defs"]["loan"]["properties"]["made_on"]["description"], "required");
}

// ---- empty files -----------------------------------------------------------------------------------------------------------------

#[test]
fn empty_files_are_read_as_they_are_and_say_what_the_policy_says() {
    let folder = library("blank");
    for notation in ["ron", "yaml", "json"] {
        let name = format!("blank.{notation}");
        let (exit, results, messages) =
            overens(&folder, &["schema", ".", "--blank", notation, "--as-of", "2015-01-01", "--to", &name]);
        assert_eq!((exit, results.as_str(), messages.as_str()), (0, "", ""));
        let (exit, _, messages) = overens(&folder, &["check", ".", "--facts", &name]);
        let text = std::fs::read_to_string(folder.join(&name)).unwrap();
        assert_eq!(exit, 0, "{notation}: {messages}\n{text}");
        assert!(notation == "json" || text.contains("how they sing; one of high, low"), "{text}");
        assert!(notation == "json" || text.contains("the day the library opened"), "{text}");
    }
}

/// The comments are examples: with the marks taken away they are facts that fit.
#[test]
fn what_an_empty_file_shows_fits_the_policy() {
    let folder = library("shown");
    let (_, text, _) = overens(&folder, &["schema", ".", "--blank", "ron", "--as-of", "2015-01-01"]);
    let shown: String = text
        .lines()
        .map(|line| match line.trim_start().strip_prefix("// ") {
            Some(row) if row.starts_with("(id:") || row.starts_with("opened_on:") => format!("{row}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    // A reference has to name a reader that is there.
    let shown = shown.replace("reader: \"…\"", "reader: None");
    std::fs::write(folder.join("shown.ron"), &shown).unwrap();
    let (exit, _, messages) = overens(&folder, &["check", ".", "--facts", "shown.ron"]);
    assert_eq!(exit, 0, "{messages}\n{shown}");
}

#[test]
fn a_table_has_the_columns_of_one_record() {
    let folder = library("csv");
    let (exit, results, _) = overens(&folder, &["schema", ".", "--blank", "csv", "--record", "loan"]);
    assert_eq!((exit, results.as_str()), (0, "id,made_on,reader,came_at,kinds,source\n"));
    let (exit, _, messages) = overens(&folder, &["schema", ".", "--blank", "csv"]);
    assert!(exit == 2 && messages.contains("--record") && messages.contains("reader, loan"), "{messages}");
    let (exit, _, messages) = overens(&folder, &["schema", ".", "--blank", "csv", "--record", "lone"]);
    assert!(exit == 2 && messages.contains("did you mean `loan`?"), "{messages}");
}

#[test]
fn a_workbook_has_a_sheet_for_each_record_with_words_to_choose_from() {
    let folder = library("xlsx");
    let (exit, _, messages) = overens(&folder, &["schema", ".", "--blank", "xlsx"]);
    assert!(exit == 2 && messages.contains("--to"), "{messages}");
    let written = overens(&folder, &["schema", ".", "--blank", "xlsx", "--to", "blank.xlsx"]);
    assert_eq!(written, (0, String::new(), String::new()));
    let bytes = std::fs::read(folder.join("blank.xlsx")).unwrap();
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut parts.by_name(name).unwrap(), &mut text).unwrap();
        text
    };
    let reader = part("xl/worksheets/sheet1.xml");
    assert!(reader.contains(r#"sqref="D2:D1048576"><formula1>"high,low"</formula1>"#), "{reader}");
    assert!(reader.contains("prompt=\"how they sing; one of high, low\""), "{reader}");
    assert!(reader.contains(r#"<formula1>"yes,no"</formula1>"#), "{reader}");
    super::forms_support::elements(&reader);
    let (exit, results, messages) = overens(&folder, &["facts", ".", "loan=blank.xlsx"]);
    assert!(results.contains("made_on") || messages.contains("made_on"), "{exit} {results}{messages}");
}

#[test]
fn a_policy_with_mistakes_has_no_schema() {
    let folder = folder("schema_wrong", &[("library.overens", "agreement library\n  in fforce\n")]);
    let (exit, results, messages) = overens(&folder, &["schema", "."]);
    assert!(exit == 3 && results.is_empty() && messages.contains("library.overens:2"), "{messages}");
}
