//! Reasons for a program: `overens-why` version 1, described in docs/report-schema.md.

use std::collections::BTreeMap;

use serde::Serialize;

use super::listed::Listed;
use crate::render::diagnostics::json::written;
use crate::render::report::json::{Place, Reason, Verdict, counts, place, reason, verdict};
use crate::report::Why;
use crate::source::Sources;

const SCHEMA: &str = "overens-why/1";

/// The explained verdicts.
pub fn show(listed: &[Listed], all: &[Why], sources: &Sources) -> String {
    written(&Wire {
        schema: SCHEMA,
        clauses: listed.iter().map(clause).collect(),
        explained: all.iter().map(|why| explained(why, sources)).collect(),
    })
}

fn clause(one: &Listed) -> Clause<'_> {
    Clause {
        place: one.place.as_deref(),
        clause: &one.clause,
        title: one.title.as_deref(),
        counts: counts(&one.counts),
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'a str,
    /// Of a section that was asked for.
    clauses: Vec<Clause<'a>>,
    explained: Vec<Explained<'a>>,
}

#[derive(Serialize)]
struct Clause<'a> {
    place: Option<&'a str>,
    clause: &'a str,
    title: Option<&'a str>,
    counts: BTreeMap<&'static str, usize>,
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
