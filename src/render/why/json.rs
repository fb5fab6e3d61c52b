//! Reasons for a program: `overens-why` version 1, described in docs/report-schema.md.

use serde::Serialize;

use crate::render::diagnostics::json::written;
use crate::render::report::json::{Place, Reason, Verdict, place, reason, verdict};
use crate::report::Why;
use crate::source::Sources;

const SCHEMA: &str = "overens-why/1";

/// The explained verdicts.
pub fn show(all: &[Why], sources: &Sources) -> String {
    written(&Wire { schema: SCHEMA, explained: all.iter().map(|why| explained(why, sources)).collect() })
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'a str,
    explained: Vec<Explained<'a>>,
}

#[derive(Serialize)]
struct Explained<'a> {
    as_of: String,
    #[serde(flatten)]
    verdict: Verdict<'a>,
    clause_text: Option<Place<'a>>,
    notes: &'a [String],
    because: Reason<'a>,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    words: &'a str,
    outcomes: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Outcome<'a> {
    value: &'a str,
    verdict: &'a str,
}

fn explained<'a>(why: &'a Why, sources: &'a Sources) -> Explained<'a> {
    let change = |change: &'a crate::report::Changed| Change {
        words: &change.words,
        outcomes: change.outcomes.iter().map(|(value, it)| Outcome { value, verdict: it.words() }).collect(),
    };
    Explained {
        as_of: why.as_of.to_string(),
        verdict: verdict(&why.line, sources),
        clause_text: why.clause.map(|span| place(span, sources)),
        notes: &why.notes,
        because: reason(&why.tree, sources),
        changes: why.changes.iter().map(change).collect(),
    }
}
