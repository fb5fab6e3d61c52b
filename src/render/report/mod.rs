//! How a report is shown: drawn for a terminal, in plain sentences, or as JSON.

pub mod json;
pub mod plain;
pub mod pretty;

use std::collections::{BTreeMap, BTreeSet};

use crate::report::{Line, Stretched};
use crate::source::{Sources, Span};
use crate::verdict::{Called, Nuance};

/// `facts/2015.ron:7`.
pub(super) fn place(span: Span, sources: &Sources) -> String {
    let (name, at) = sources.at(span);
    format!("{name}:{}", at.line)
}

/// The first fact that a line rests on, and how many others there are.
fn fact_place(line: &Line, sources: &Sources) -> String {
    let Some(first) = line.facts.first().map(|span| place(*span, sources)) else { return String::new() };
    let all: BTreeSet<String> = line.facts.iter().map(|span| place(*span, sources)).collect();
    match all.len().saturating_sub(1) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// Subject, bearer and period.
fn whose(line: &Stretched) -> String {
    let parts = [line.first.subject.clone(), line.first.bearer.clone(), line.period.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The verdict's word, with what the word alone does not tell.
pub(super) fn called(line: &Line) -> String {
    match line.nuance {
        Nuance::Waived => format!("{}, waived", line.called.words()),
        Nuance::Plain | Nuance::SoFar | Nuance::NotUsed | Nuance::WithoutEffect => line.called.words().to_string(),
    }
}

/// `31 satisfied · 1 late`, with the separator of the view.
fn counted(counts: &BTreeMap<Called, usize>, between: &str) -> String {
    let words = |(called, count): (&Called, &usize)| match (called, count) {
        (Called::NeedsJudgement, 2..) => format!("{count} need judgement"),
        (Called::Differs, 2..) => format!("{count} differ from the text"),
        (called, count) => format!("{count} {}", called.words()),
    };
    match counts.is_empty() {
        true => "nothing to judge".to_string(),
        false => counts.iter().map(words).collect::<Vec<_>>().join(between),
    }
}
