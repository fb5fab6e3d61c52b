//! How a report is shown: for people on a terminal, on a page or in a wiki, and for programs; see [`form::Form`].

pub mod csv;
pub mod form;
pub mod github;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod level;
pub mod markdown;
pub mod plain;
pub mod pretty;
pub mod sarif;
pub mod several;
pub mod summary;

use std::collections::BTreeMap;

use crate::report::{Joined, Line, Who};
use crate::source::{Sources, Span};
use crate::verdict::{Called, Nuance};

/// `facts/2015.ron:7`.
pub(super) fn place(span: Span, sources: &Sources) -> String {
    let (name, at) = sources.at(span);
    sources.cell(span).map_or_else(|| format!("{name}:{}", at.line), |cell| format!("{name}, {cell}"))
}

/// `2015.ron:7`, where no other file is called the same; drawings have little room.
pub(super) fn short_place(span: Span, sources: &Sources) -> String {
    let last = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
    let (name, at) = sources.at(span);
    let own = last(name);
    let shared = sources.files().filter(|(_, source)| last(&source.name) == own).count() > 1;
    match sources.cell(span) {
        _ if shared || own.is_empty() => place(span, sources),
        Some(cell) => format!("{own}, {cell}"),
        None => format!("{own}:{}", at.line),
    }
}

/// The first fact that a line rests on, and how many others there are; places said in one of the two ways.
fn fact_place(line: &Line, sources: &Sources, say: fn(Span, &Sources) -> String) -> String {
    let Some(first) = line.facts.first() else { return String::new() };
    let mut spots: Vec<_> = line.facts.iter().map(|span| sources.spot(*span)).collect();
    spots.sort_unstable();
    spots.dedup();
    let first = say(*first, sources);
    match spots.len().saturating_sub(1) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// What stands above lines that ask the same one to act.
fn heading(who: &Who) -> String {
    match who {
        Who::Named(name) => format!("to act: {name}"),
        Who::Nobody => "to act: not specified".to_string(),
        Who::NoAction => "no action needed".to_string(),
    }
}

/// Subject, bearer and period.
fn whose(line: &Joined) -> String {
    let several = match line.whom.as_slice() {
        [] | [_] => None,
        several => Some(some_of(several)),
    };
    let parts = match &several {
        None => [line.first.subject.as_deref(), line.first.bearer.as_deref(), line.period.as_deref()],
        Some(several) => [Some(several.as_str()), line.period.as_deref(), None],
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// So many names stand in a line that speaks of several.
const NAMED: usize = 3;

fn some_of(names: &[String]) -> String {
    let shown = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// The verdict's word, with what the word alone does not tell.
pub(super) fn called(line: &Line) -> String {
    match line.nuance {
        Nuance::Waived => format!("{}, waived", line.called.words()),
        Nuance::Plain | Nuance::SoFar | Nuance::NotUsed | Nuance::WithoutEffect => line.called.words().to_string(),
    }
}

/// `1 needs judgement`, `2 need judgement`.
pub(in crate::render) fn so_many(called: Called, count: usize) -> String {
    match (called, count) {
        (Called::NeedsJudgement, 2..) => format!("{count} need judgement"),
        (Called::Differs, 2..) => format!("{count} differ from the text"),
        (called, count) => format!("{count} {}", called.words()),
    }
}

/// `31 satisfied · 1 late`, with the separator of the view.
pub fn counted(counts: &BTreeMap<Called, usize>, between: &str) -> String {
    let words = |(called, count): (&Called, &usize)| so_many(*called, *count);
    match counts.is_empty() {
        true => "nothing to judge".to_string(),
        false => counts.iter().map(words).collect::<Vec<_>>().join(between),
    }
}
