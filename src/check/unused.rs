//! Declarations of a policy that nothing uses: a record, an actor, a fact, a definition or a value that no other declaration
//! names, and a field of a record that can only be there to be judged by. What is imported is excused, since others use it.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostics::{Sink, codes};
use crate::source::{Sources, Span};
use crate::syntax::tree::{Field, FieldTypeKind, Item, Name, Record, Tree};

/// Where a name stands, as far as it matters: in which declarations, by number, up to two of them.
#[derive(Clone, Copy)]
struct Uses {
    first: usize,
    second: Option<usize>,
}

/// Looks through the first tree; the others are what it is read with.
pub fn unused(trees: &[Tree], sources: &Sources, problems: &mut Sink) {
    let Some(own) = trees.first() else { return };
    let items = || trees.iter().flat_map(|tree| tree.items.iter().map(move |item| (tree, item)));
    let declared: Vec<Declared> = (0..)
        .zip(items())
        .filter(|(_, (tree, _))| tree.file == own.file)
        .flat_map(|(number, (_, item))| {
            names(item).into_iter().map(move |(sort, names)| Declared { sort, names, number })
        })
        .collect();
    // Only what is declared is looked for: of the other words nothing is kept.
    let all = declared.iter().flat_map(|one| &one.names).map(|name| (name.it.as_str(), None));
    let mut uses: HashMap<&str, Option<Uses>> = all.collect();
    for (number, (_, item)) in (0..).zip(items()) {
        for span in spans(item) {
            words(sources.text(span)).for_each(|word| note(&mut uses, word, number));
        }
    }
    let header = own.agreement.as_ref().map_or("", |header| sources.text(header.span));
    words(header).for_each(|word| note(&mut uses, word, usize::MAX));
    let mut unused_item = None;
    for one in declared {
        // Of what nothing uses the parts are not told one by one.
        if unused_item == Some(one.number) {
            continue;
        }
        let is_used = |name: &&Name| {
            let uses = uses.get(name.it.as_str()).copied().flatten();
            uses.is_some_and(|uses| uses.first != one.number || uses.second.is_some())
        };
        if !one.names.iter().any(is_used) {
            tell(one.sort, &one.names, problems);
            unused_item = Some(one.number).filter(|_| one.sort == "record");
        }
    }
}

/// What an item declares, in all its names.
struct Declared<'t> {
    sort: &'static str,
    names: Vec<&'t Name>,
    number: usize,
}

fn names(item: &Item) -> Vec<(&'static str, Vec<&Name>)> {
    match item {
        Item::Record(record) => of_record(record),
        Item::Actors(actors) => actors.iter().map(|actor| ("actor", vec![&actor.name])).collect(),
        Item::Fact(fact) => vec![("fact", vec![&fact.name])],
        Item::Define(define) => vec![("definition", vec![&define.name])],
        Item::Value(value) => vec![("value", vec![&value.name])],
        Item::Calendar(calendar) => vec![("local calendar", vec![&calendar.name])],
        Item::Import(_) | Item::Clause(_) | Item::Amendment(_) | Item::Scenario(_) => Vec::new(),
    }
}

/// A record, and those of its fields that nobody reads for their own sake.
fn of_record(record: &Record) -> Vec<(&'static str, Vec<&Name>)> {
    let fields = record.fields.iter().filter(|field| is_to_judge_by(field));
    let fields = fields.map(|field| ("field", std::iter::once(&field.name).chain(options(field)).collect()));
    std::iter::once(("record", std::iter::once(&record.name).chain(&record.plural).collect())).chain(fields).collect()
}

/// The words that a field chooses from: whoever names one of them, as an actor that does something, or in `of each of`, asks for it.
fn options(field: &Field) -> &[Name] {
    match &field.ty.kind {
        FieldTypeKind::OneOf(options) => options,
        _ => &[],
    }
}

/// Whether a field is of no use but to be judged by. Texts, days and the records it belongs to tell people what a record is, and so does
/// whatever is described in words.
fn is_to_judge_by(field: &Field) -> bool {
    let is_judged = match &field.ty.kind {
        FieldTypeKind::YesNo | FieldTypeKind::Number | FieldTypeKind::Money | FieldTypeKind::OneOf(_) => true,
        FieldTypeKind::Text | FieldTypeKind::Date | FieldTypeKind::Time => false,
        FieldTypeKind::Record(_) | FieldTypeKind::SetOf(_) => false,
    };
    // `in writing` asks for it without naming it.
    let says_how = options(field).iter().any(|option| option.it == "written");
    is_judged && !says_how && field.title.is_none()
}

fn tell(sort: &str, names: &[&Name], problems: &mut Sink) {
    let Some(name) = names.first() else { return };
    problems.push(
        codes::UNUSED_NAME
            .at(name.span)
            .say(format!("the {sort} `{}` is never used", name.it))
            .help("use it in a clause, or remove its declaration".to_string()),
    );
}

fn note(uses: &mut HashMap<&str, Option<Uses>>, word: Cow<str>, number: usize) {
    let Some(known) = uses.get_mut(&*word) else { return };
    let known = known.get_or_insert(Uses { first: number, second: None });
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
        Item::Calendar(calendar) => vec![calendar.span],
        Item::Clause(clause) => vec![clause.span],
        Item::Amendment(amendment) => vec![amendment.span],
        Item::Scenario(scenario) => vec![scenario.span],
        Item::Import(_) => Vec::new(),
    }
}

/// The names in a text: its words, and what stands in backticks; what stands in quotes or comments names nothing.
fn words(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(|c: char| is_letter(c) || matches!(c, '"' | '`' | '/'))?;
            rest = rest.get(start..)?;
            let skipped = match rest.as_bytes().first()? {
                b'"' => closing(rest, '"'),
                b'/' if rest.starts_with("//") => rest.find(crate::source::LINE_ENDS).unwrap_or(rest.len()),
                b'/' => 1,
                b'`' => {
                    let end = closing(rest, '`');
                    let word = rest.get(1..end.saturating_sub(1)).unwrap_or("");
                    rest = rest.get(end..)?;
                    return Some(composed(word));
                }
                _ => {
                    let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
                    let word = rest.get(..end)?;
                    rest = rest.get(end..)?;
                    return Some(composed(word));
                }
            };
            rest = rest.get(skipped..)?;
        }
    })
}

fn composed(word: &str) -> Cow<'_, str> {
    if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(word.nfc().collect()) }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { c.is_alphanumeric() }
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
