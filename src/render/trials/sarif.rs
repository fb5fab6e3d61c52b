//! What does not hold as SARIF 2.1.0, for code scanning: a run for each agreement, a result for each expectation and snapshot.

use serde_json::{Value, json};

use super::cases::{Case, Sort, Wrong, cases};
use super::{Trials, Tried};
use crate::render::diagnostics::json::compact;
use crate::render::not_done::NotDone;
use crate::render::sarif::{Categories, SCHEMA, file, invocation, location, message, rule, tool};
use crate::report::Digest;
use crate::source::Sources;

pub(super) fn show(tried: &Tried) -> String {
    let mut categories = Categories::default();
    let mut runs: Vec<Value> = tried.all.iter().map(|trials| run(trials, tried.sources, &mut categories)).collect();
    runs.extend(tried.not_tested.iter().map(|one| not_tested(one, &mut categories)));
    format!("{}\n", compact(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": runs })))
}

fn run(trials: &Trials, sources: &Sources, categories: &mut Categories) -> Value {
    let mut results = Vec::new();
    for case in cases(trials) {
        results.extend(case.wrong.iter().map(|wrong| result(&case, wrong, sources)));
    }
    json!({
        "tool": tool(rules()),
        "automationDetails": categories.details("test", &trials.agreement),
        "columnKind": "unicodeCodePoints",
        "results": results,
    })
}

fn rules() -> Vec<Value> {
    vec![
        rule(
            "scenario",
            "What an author expects of some facts holds",
            "A scenario gives facts and the verdicts to expect. A verdict that differs is reported with the actual one, and \
             why: either the policy or the expectation is wrong. `overens test` shows all of it.",
        ),
        rule(
            "snapshot",
            "The verdicts on a fact file are the accepted ones",
            "Someone accepted the verdicts on a fact file. If they differ now, `overens review` shows which change caused it, \
             and accepts what is right.",
        ),
    ]
}

fn result(case: &Case, wrong: &Wrong, sources: &Sources) -> Value {
    let words: Vec<&str> = wrong.words.iter().map(|line| line.trim()).collect();
    let place = match wrong.place {
        Some(span) => location(span, sources),
        None => file(case.name),
    };
    // The same expectation has the same fingerprint, whatever came and wherever it stands.
    let expected = wrong.failure.map_or("", |failure| failure.expected.as_str());
    json!({
        "ruleId": case.sort.word(),
        "ruleIndex": match case.sort { Sort::Scenario => 0, Sort::Snapshot => 1 },
        "kind": "fail",
        "level": "error",
        "message": message(&format!("{}: {}", case.name, words.join("; "))),
        "locations": [place],
        "partialFingerprints": { "overensTest/v1": Digest::of([case.name, expected]).to_string() },
    })
}

/// A policy that could not be tested: a run that did not succeed.
fn not_tested(one: &NotDone, categories: &mut Categories) -> Value {
    json!({
        "tool": tool(rules()),
        "automationDetails": categories.details("test", &one.name),
        "invocations": [invocation([(one.place(), one.because("tested"))])],
        "results": [],
    })
}
