//! A comparison as SARIF 2.1.0, for code scanning: a result for each item, at its place in the newer text.

use std::fmt::{self, Write};

use serde_json::{Value, json};

use super::Compared;
use super::page::{self, Item, Section};
use super::words::Arrow;
use crate::render::diagnostics::json::compact;
use crate::render::report::sarif::{SCHEMA, location};
use crate::report::Digest;

pub(super) fn write(compared: &Compared, out: &mut dyn Write) -> fmt::Result {
    let sections = page::sections(compared.of, Arrow("becomes"));
    let rule = |section: &Section| json!({ "id": id(section), "shortDescription": { "text": section.title } });
    let rules: Vec<Value> = sections.iter().map(rule).collect();
    let numbered = (0_usize..).zip(&sections);
    let results: Vec<Value> = numbered
        .flat_map(|(at, section)| section.items.iter().map(move |item| result(compared, (at, section), item)))
        .collect();
    let driver = json!({ "name": "overens", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let run = json!({
        "tool": { "driver": driver },
        "automationDetails": { "id": format!("overens-diff/{}", compared.of.new.agreement) },
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    writeln!(out, "{}", compact(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] })))
}

fn result(compared: &Compared, (at, section): (usize, &Section), item: &Item) -> Value {
    let fails = compared.fails() && section.counts;
    let places = item.place.filter(|_| compared.at(item.place).is_some());
    let places: Vec<Value> = places.map(|span| location(span, compared.sources)).into_iter().collect();
    json!({
        "ruleId": id(section),
        "ruleIndex": at,
        // Only what fails has a level of its own.
        "kind": if fails { "fail" } else { "informational" },
        "level": if fails { "error" } else { "none" },
        "message": { "text": Item::sentence(item) },
        "locations": places,
        "partialFingerprints": { "overensDiff/v1": Digest::of([section.title.as_str(), item.head.as_str()]).to_string() },
    })
}

/// `what-flips-by-its-cause`.
fn id(section: &Section) -> String {
    section.title.replace(", ", "-").replace(' ', "-")
}
