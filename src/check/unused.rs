//! Declarations of a policy that nothing uses: a record, an actor, a fact, a definition or a value that no other declaration
//! names. What is imported is excused, since others use it.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostics::{Sink, codes};
use crate::source::{Sources, Span};
use crate::syntax::tree::{Item, Name, Tree};

/// Where a name stands, as far as it matters: in which declarations, by number, up to two of them.
#[derive(Clone, Copy)]
struct Uses {
    first: usize,
    second: Option<usize>,
}

/// Looks through the first tree; the others are what it is read with.
pub fn unused(trees: &[Tree], sources: &Sources, problems: &mut Sink) {
    let Some(own) = trees.first() else { return };
    let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
    let items = trees.iter().flat_map(|tree| tree.items.iter().map(move |item| (tree, item)));
    let mut declared = Vec::new();
    for (number, (tree, item)) in items.enumerate() {
        if tree.file == own.file {
            declared.push((number, item));
        }
        for span in spans(item) {
            let text = sources.text(span);
            words(text).for_each(|word| note(&mut uses, word, number));
        }
    }
    let header = own.agreement.as_ref().map_or("", |header| sources.text(header.span));
    words(header).for_each(|word| note(&mut uses, word, usize::MAX));
    for (number, item) in declared {
        let names: Vec<(&str, Vec<&Name>)> = match item {
            Item::Record(record) => {
                vec![("record", std::iter::once(&record.name).chain(&record.plural).collect())]
            }
            Item::Actors(actors) => actors.iter().map(|actor| ("actor", vec![&actor.name])).collect(),
            Item::Fact(fact) => vec![("fact", vec![&fact.name])],
            Item::Define(define) => vec![("definition", vec![&define.name])],
            Item::Value(value) => vec![("value", vec![&value.name])],
            Item::Import(_) | Item::Clause(_) | Item::Amendment(_) | Item::Scenario(_) => Vec::new(),
        };
        for (sort, names) in names {
            if !names.iter().any(|name| is_used(&uses, &name.it, number)) {
                tell(sort, &names, problems);
            }
        }
    }
}

fn tell(sort: &str, names: &[&Name], problems: &mut Sink) {
    let Some(name) = names.first() else { return };
    problems.push(
        codes::UNUSED_NAME
            .at(name.span)
            .say(format!("nothing uses the {sort} `{}`", name.it))
            .help("use it in a clause, or take its declaration away".to_string()),
    );
}

fn is_used(uses: &BTreeMap<String, Uses>, name: &str, by: usize) -> bool {
    uses.get(name).is_some_and(|uses| uses.first != by || uses.second.is_some())
}

fn note(uses: &mut BTreeMap<String, Uses>, word: String, number: usize) {
    let known = uses.entry(word).or_insert(Uses { first: number, second: None });
    if known.first != number {
        known.second = Some(number);
    }
}

/// Where a declaration stands. Actors are declared several at once, and each only by its name.
fn spans(item: &Item) -> Vec<Span> {
    match item {
        Item::Record(record) => vec![record.span],
        Item::Actors(actors) => actors.iter().map(|actor| actor.name.span).collect(),
        Item::Fact(fact) => vec![fact.span],
        Item::Define(define) => vec![define.span],
        Item::Value(value) => vec![value.span],
        Item::Clause(clause) => vec![clause.span],
        Item::Amendment(amendment) => vec![amendment.span],
        Item::Scenario(scenario) => vec![scenario.span],
        Item::Import(_) => Vec::new(),
    }
}

/// The names in a text: its words, and what stands in backticks; what stands in quotes or comments names nothing.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '`' | '/'))?;
            rest = rest.get(start..)?;
            let first = rest.chars().next()?;
            let skipped = match first {
                '"' => closing(rest, '"'),
                '/' if rest.starts_with("//") => rest.find(crate::source::LINE_ENDS).unwrap_or(rest.len()),
                '/' => 1,
                '`' => {
                    let end = closing(rest, '`');
                    let name = rest.get(1..end.saturating_sub(1)).unwrap_or("").nfc().collect();
                    rest = rest.get(end..)?;
                    return Some(name);
                }
                _ => {
                    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                    let name = rest.get(..end)?.nfc().collect();
                    rest = rest.get(end..)?;
                    return Some(name);
                }
            };
            rest = rest.get(skipped..)?;
        }
    })
}

/// How long what stands between two quotes is, with both.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = true;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at.saturating_add(c.len_utf8()),
            _ => {}
        }
    }
    text.len()
}
