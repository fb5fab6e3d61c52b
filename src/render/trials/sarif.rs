//! What does not hold as SARIF 2.1.0, for code scanning: a run for each agreement, a result for each expectation and snapshot.

use serde_json::{Value, json};

use super::cases::{Case, Sort, Wrong, cases};
use super::{Trials, Tried};
use crate::render::diagnostics::json::compact;
use crate::render::escape::address;
use crate::render::report::sarif::{SCHEMA, invocation, location};
use crate::report::Digest;
use crate::source::Sources;

pub(super) fn show(tried: &Tried) -> String {
    let mut runs: Vec<Value> = tried.all.iter().map(|trials| run(trials, tried.sources)).collect();
    runs.extend(tried.not_tested.iter().map(not_tested));
    format!("{}\n", compact(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": runs })))
}

fn run(trials: &Trials, sources: &Sources) -> Value {
    let mut results = Vec::new();
    for case in cases(trials) {
        results.extend(case.wrong.iter().map(|wrong| result(&case, wrong, sources)));
    }
    json!({
        "tool": { "driver": driver() },
        "automationDetails": { "id": format!("overens-test/{}", trials.agreement) },
        "columnKind": "unicodeCodePoints",
        "results": results,
    })
}

fn driver() -> Value {
    let rule = |id: &str, words: &str| json!({ "id": id, "shortDescription": { "text": words } });
    json!({
        "name": "overens",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": [
            rule("scenario", "What an author expects of some facts comes out"),
            rule("snapshot", "The verdicts on a fact file are those that were accepted"),
        ],
    })
}

fn result(case: &Case, wrong: &Wrong, sources: &Sources) -> Value {
    let words: Vec<&str> = wrong.words.iter().map(|line| line.trim()).collect();
    let place = match wrong.place {
        Some(span) => location(span, sources),
        None => json!({ "physicalLocation": { "artifactLocation": { "uri": address(case.name) } } }),
    };
    // The same expectation has the same fingerprint, whatever came and wherever it stands.
    let expected = wrong.failure.map_or("", |failure| failure.expected.as_str());
    json!({
        "ruleId": case.sort.word(),
        "ruleIndex": match case.sort { Sort::Scenario => 0, Sort::Snapshot => 1 },
        "kind": "fail",
        "level": "error",
        "message": { "text": format!("{}: {}", case.name, words.join("; ")) },
        "locations": [place],
        "partialFingerprints": { "overensTest/v1": Digest::of([case.name, expected]).to_string() },
    })
}

/// A policy that could not be tested: a run that did not succeed.
fn not_tested(policy: &String) -> Value {
    json!({
        "tool": { "driver": driver() },
        "automationDetails": { "id": format!("overens-test/{}", address(policy)) },
        "invocations": [invocation(std::slice::from_ref(policy), "tested")],
        "results": [],
    })
}
