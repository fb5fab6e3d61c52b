//! JSON facts: the same tree as RON, strictly JSON.

use overens::{
    diagnostics::Sink,
    load::{json, node::Node, ron},
    source::Sources,
};
use proptest::prelude::*;

use super::load_ron::{bare, places};

fn read(text: &str) -> Node {
    let mut problems = Sink::default();
    let node = json::read(Sources::default().add("facts.json", text), text, &mut problems);
    assert!(problems.is_empty(), "{problems:#?}");
    node.unwrap()
}

#[test]
fn json_and_ron_forms_of_the_same_facts_give_the_same_tree() {
    let as_json = r#"{
        "agreement": "samverkan", "complete": {"meeting": {"from": "2014-01-01"}},
        "organisation": [{"id": "fämna\n\u00e5", "n": 3, "sent": null, "paid": 20000.10, "member": false}, {}, []]
    }"#;
    let as_ron = r#"(
        agreement: "samverkan", complete: {"meeting": (from: "2014-01-01")},
        organisation: [(id: "fämna\n\u{e5}", n: 3, sent: None, paid: Some(20000.10), member: false), (), [],],
    )"#;
    let from_ron = ron::read(Sources::default().add("facts.ron", as_ron), as_ron, &mut Sink::default()).unwrap();
    assert_eq!(bare(&read(as_json)), bare(&from_ron));
}

#[test]
fn every_value_and_name_of_json_knows_its_place() {
    let text = "\r\n{ \"å\" : [ 1.50 , null, \"a\\\"b\" ] , \"b\": { } }\r\n";
    let mut sources = Sources::default();
    let file = sources.add("facts.json", text);
    let mut found = Vec::new();
    places(&json::read(file, text, &mut Sink::default()).unwrap(), &mut found);
    let words: Vec<&str> = found.iter().map(|span| sources.text(*span)).collect();
    let whole = text.trim();
    let list = "[ 1.50 , null, \"a\\\"b\" ]";
    assert_eq!(words, ["\"å\"", "1.50", "null", "\"a\\\"b\"", list, "\"b\"", "{ }", whole]);
}

#[test]
fn numbers_of_json_keep_every_digit() {
    assert_eq!(
        bare(&read("[20000.10, 123456789012345678901234567890, -0.5]")),
        "[20000.10 123456789012345678901234567890 -0.5]"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever the crates refuse is refused with words; whatever is read, the crates read too.
    #[test]
    fn no_heap_of_signs_is_read_or_refused_in_silence(signs in prop::collection::vec(
        prop::sample::select(vec![
            "(", ")", "[", "]", "{", "}", ",", ":", " ", "\n", "\"a\"", "\"b\": ", "a: ", "1", "-2.5", "None", "null",
            "Some(", "true", "å", "\"", "\\", "/", "//", "/*", "*/", "r\"x\"", "#", "'", "“", "x", "1e5", "\u{a0}", "\t", "=",
        ]), 0..14))
    {
        let text = signs.concat();
        let file = Sources::default().add("facts", &text);
        let mut problems = Sink::default();
        let from_ron = ron::read(file, &text, &mut problems);
        let duplicates_only = problems.sorted().iter().all(|one| one.code.name == "duplicate-key");
        prop_assert_eq!(from_ron.is_some(), duplicates_only);
        prop_assert!(problems.sorted().iter().all(|one| text.get(one.place.span.start as usize..one.place.span.end as usize).is_some()));
        if from_ron.is_some() {
            prop_assert!(::ron::from_str::<serde::de::IgnoredAny>(&text).is_ok());
        }
        let mut problems = Sink::default();
        let from_json = json::read(file, &text, &mut problems);
        let duplicates_only = problems.sorted().iter().all(|one| one.code.name == "duplicate-key");
        prop_assert_eq!(from_json.is_some(), duplicates_only);
        if !text.contains("1e5") {
            prop_assert_eq!(from_json.is_some(), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
        }
    }
}
