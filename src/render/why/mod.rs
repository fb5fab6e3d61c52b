//! How the reasons of a verdict are shown: drawn with excerpts, in plain sentences, as a list for a wiki, on a page, or as JSON.

pub mod html;
pub mod json;
pub mod listed;
pub mod markdown;
pub mod plain;
pub mod pretty;

use crate::report::{Step, Why};
use crate::source::Span;

/// `§ 4.4 summons for annual_2015`.
fn named(why: &Why) -> String {
    let line = &why.line;
    let whose = [line.subject.as_deref(), line.bearer.as_deref(), line.period.as_deref()];
    let whose: Vec<&str> = whose.into_iter().flatten().collect();
    let clause = match &line.place {
        Some(place) => format!("{place} {}", line.clause),
        None => line.clause.clone(),
    };
    if whose.is_empty() { clause } else { format!("{clause} for {}", whose.join(", ")) }
}

/// Every place that the reasons rest on, once: those of the policy, then those of the facts.
fn places(why: &Why) -> (Vec<Span>, Vec<Span>) {
    let steps = why.tree.all();
    let policy = steps.iter().filter_map(|step: &&Step| step.policy);
    let facts = steps.iter().filter_map(|step| step.fact);
    (once(why.line.policy.into_iter().chain(policy)), once(facts))
}

fn once(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for span in spans {
        if !found.contains(&span) {
            found.push(span);
        }
    }
    found
}

/// The statements of the text that the clause encodes, if they are told.
fn encoded(why: &Why) -> Option<String> {
    let statements = &why.line.statements;
    (!statements.is_empty()).then(|| format!("encodes {}", statements.join(", ")))
}
