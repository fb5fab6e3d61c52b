//! Findings as SARIF 2.1.0, for code scanning: a rule for each code that was found, with its page as help.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use serde_json::{Value, json};

use super::Checked;
use crate::diagnostics::{Code, Diagnostic, Label};
use crate::render::diagnostics::json::compact;
use crate::render::diagnostics::{page, severity};
use crate::render::sarif::{Categories, SCHEMA, invocation, location, message, numbered, rule_with_page, said, tool};
use crate::report::Digest;
use crate::source::Sources;

/// So many agreements are named in a category.
const MOST_NAMES: usize = 4;

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    let codes: BTreeMap<&str, Code> = checked.findings.iter().map(|one| (one.code.name, one.code)).collect();
    let rules: Vec<Value> =
        codes.values().map(|code| rule_with_page(code.name, &page::first_sentence(code.page), code.page)).collect();
    let place = |code: &str| codes.keys().position(|name| *name == code);
    let results: Vec<Value> =
        checked.findings.iter().map(|one| result(one, place(one.code.name), checked.sources)).collect();
    let failed = checked.not_checked.iter().map(|one| (one.place(), one.because("checked")));
    let run = json!({
        "tool": tool(rules),
        "automationDetails": Categories::default().details("check", &names(checked)),
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation(failed)],
        "results": results,
    });
    writeln!(out, "{}", compact(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] })))
}

/// The agreements of a run, so that runs over others have another category; very many by a digest.
fn names(checked: &Checked) -> String {
    let policies = checked.policies.iter().map(|policy| policy.name.as_str());
    let names: Vec<&str> = policies.chain(checked.not_checked.iter().map(|one| one.name.as_str())).collect();
    match names.len() {
        0..=MOST_NAMES => names.join("+"),
        _ => Digest::of(names.iter().copied()).to_string(),
    }
}

fn result(one: &Diagnostic, rule: Option<usize>, sources: &Sources) -> Value {
    let help = one.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    let related = |label: &Label| {
        let mut place = location(label.span, sources);
        if let (Some(object), false) = (place.as_object_mut(), label.words.is_empty()) {
            object.insert("message".to_string(), message(&label.words));
        }
        place
    };
    let related: Vec<Value> = one.others.iter().map(related).collect();
    let file = sources.at(one.place.span).0;
    json!({
        "ruleId": one.code.name,
        "ruleIndex": rule,
        "kind": "fail",
        "level": severity(one.severity),
        "message": message(&said(&format!("{}{help}", one.message), Some(one.place.span), sources)),
        "locations": [location(one.place.span, sources)],
        "relatedLocations": numbered(related),
        // The same mistake has the same fingerprint, wherever in its file it stands.
        "partialFingerprints": { "overensFinding/v1": Digest::of([one.code.name, file, &one.message]).to_string() },
    })
}
