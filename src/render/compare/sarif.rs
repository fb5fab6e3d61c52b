//! A comparison as SARIF 2.1.0, for code scanning: a result for each item, at its place in the newer text.

use std::fmt::{self, Write};

use serde_json::{Value, json};

use super::Compared;
use super::page::{self, Item, Section};
use super::words::Arrow;
use crate::render::diagnostics::json::compact;
use crate::render::sarif::{Categories, SCHEMA, amended, located, message, rule, said, tool};
use crate::report::Digest;

/// What the sections of a comparison are about, for who meets one of its results.
const HELP: &str = "What differs between two versions of an agreement. `overens diff OLD NEW` shows all of it, with the text of \
                    both versions and the verdicts that flip.";

pub(super) fn write(compared: &Compared, out: &mut dyn Write) -> fmt::Result {
    let sections = page::sections(compared.of, Arrow("becomes"));
    let rules: Vec<Value> = sections.iter().map(|section| rule(&id(section), &section.title, HELP)).collect();
    let numbered = (0_usize..).zip(&sections);
    let results: Vec<Value> = numbered
        .flat_map(|(at, section)| section.items.iter().map(move |item| result(compared, (at, section), item)))
        .collect();
    let amendments = compared.of.amendments.iter().map(|amendment| amendment.name.as_str());
    let name = amended(&compared.of.new.agreement, amendments, []);
    let run = json!({
        "tool": tool(rules),
        "automationDetails": Categories::default().details("diff", &name),
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    writeln!(out, "{}", compact(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] })))
}

fn result(compared: &Compared, (at, section): (usize, &Section), item: &Item) -> Value {
    let fails = compared.fails() && section.counts;
    let (file, line, column) = compared.somewhere(item.place);
    let words = said(&Item::sentence(item), item.place, compared.sources);
    json!({
        "ruleId": id(section),
        "ruleIndex": at,
        // Only what fails has a level of its own.
        "kind": if fails { "fail" } else { "informational" },
        "level": if fails { "error" } else { "none" },
        "message": message(&words),
        "locations": [located(file, line, column)],
        "partialFingerprints": { "overensDiff/v1": Digest::of([section.title.as_str(), item.head.as_str()]).to_string() },
    })
}

/// `what-flips-by-its-cause`.
fn id(section: &Section) -> String {
    section.title.replace(", ", "-").replace(' ', "-")
}
