//! Names that look alike and mean different things, and names that stand twice in one list: slips that change what is judged
//! without anybody seeing it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Sink, codes};
use crate::source::{Span, alike};
use crate::syntax::tree::{
    Bearer, Clause, DefineBody, FieldType, FieldTypeKind, Item, Key, Name, Record, Slot, SlotKind, Tree,
};

/// Looks through what all files declare.
pub fn alike(trees: &[Tree], problems: &mut Sink) {
    let items = || trees.iter().flat_map(|tree| &tree.items);
    names_alike(items().flat_map(declared), problems);
    for item in items() {
        match item {
            Item::Record(record) => {
                names_alike(record.fields.iter().map(|field| &field.name), problems);
                record.fields.iter().for_each(|field| options(&field.ty, problems));
            }
            Item::Fact(fact) => options(&fact.ty, problems),
            Item::Define(define) => match &define.body {
                DefineBody::Listed(names) => twice(names, problems),
                DefineBody::Expr(_) | DefineBody::Chosen { .. } => {}
            },
            Item::Clause(clause) => lines(clause).for_each(|slot| line(slot, problems)),
            Item::Import(_) | Item::Calendar(_) | Item::Actors(_) | Item::Value(_) => {}
            Item::Amendment(_) | Item::Scenario(_) => {}
        }
    }
}

/// The names that a declaration declares, beside those within it.
pub(super) fn declared(item: &Item) -> Vec<&Name> {
    match item {
        Item::Record(Record { name, plural, .. }) => std::iter::once(name).chain(plural).collect(),
        Item::Actors(actors) => actors.iter().map(|actor| &actor.name).collect(),
        Item::Fact(field) => vec![&field.name],
        Item::Define(define) => vec![&define.name],
        Item::Value(value) => vec![&value.name],
        Item::Calendar(calendar) => vec![&calendar.name],
        Item::Clause(clause) => vec![&clause.name],
        Item::Import(_) | Item::Amendment(_) | Item::Scenario(_) => Vec::new(),
    }
}

fn names_alike<'t>(names: impl Iterator<Item = &'t Name>, problems: &mut Sink) {
    let mut seen: BTreeMap<String, &Name> = BTreeMap::new();
    for name in names {
        let first = *seen.entry(alike::outline(&name.it)).or_insert(name);
        if first.it != name.it {
            let message = format!("`{}` looks like `{}`, but is a different name", name.it, first.it);
            let help = stranger(&name.it).or_else(|| stranger(&first.it));
            let help = help.unwrap_or_else(|| "if they are the same thing, write both the same way".to_string());
            problems.push(codes::LOOKS_ALIKE.at(name.span).say(message).also(first.span, "the other name").help(help));
        } else if let Some(help) = stranger(&name.it).filter(|_| first.span == name.span) {
            let message = format!("`{}` mixes letters that look alike", name.it);
            problems.push(codes::LOOKS_ALIKE.at(name.span).say(message).help(help));
        }
    }
}

fn stranger(name: &str) -> Option<String> {
    let letter = alike::stranger(name)?;
    Some(format!("`{letter}` (U+{:04X}) is not the Latin letter it looks like", u32::from(letter)))
}

fn options(ty: &FieldType, problems: &mut Sink) {
    match &ty.kind {
        FieldTypeKind::OneOf(options) => names_alike(options.iter(), problems),
        FieldTypeKind::SetOf(item) => options(item, problems),
        FieldTypeKind::Text | FieldTypeKind::YesNo | FieldTypeKind::Number | FieldTypeKind::Money => {}
        FieldTypeKind::Date | FieldTypeKind::Time | FieldTypeKind::Record(_) => {}
    }
}

fn lines(clause: &Clause) -> impl Iterator<Item = &Slot> {
    clause.slots.iter().chain(clause.readings.iter().flat_map(|reading| &reading.slots))
}

fn line(slot: &Slot, problems: &mut Sink) {
    match &slot.kind {
        SlotKind::Does(does) => match &does.bearer {
            Bearer::EachOf(names) | Bearer::Together(names) => twice(names, problems),
            Bearer::One(_) | Bearer::Each(_) => {}
        },
        SlotKind::Shared(shared) => key(&shared.key, problems),
        SlotKind::Principles(names) | SlotKind::Statements(names) | SlotKind::Formerly(names) => twice(names, problems),
        _ => {}
    }
}

fn key(key: &Key, problems: &mut Sink) {
    match key {
        Key::InParts(parts) => each_once(parts.iter().map(|(_, name)| name), problems),
        Key::Mixed(parts) => parts.iter().for_each(|(_, part)| self::key(part, problems)),
        Key::Equally(_) | Key::InProportionTo(_) | Key::BySeparateDecision(_) => {}
    }
}

fn twice(names: &[Name], problems: &mut Sink) {
    each_once(names.iter(), problems);
}

fn each_once<'t>(names: impl Iterator<Item = &'t Name>, problems: &mut Sink) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for name in names {
        match seen.get(name.it.as_str()) {
            Some(first) if told.insert(&name.it) => problems.push(
                codes::NAMED_TWICE
                    .at(name.span)
                    .say(format!("`{}` appears twice in this list", name.it))
                    .also(*first, "first here")
                    .help("remove one of them, or correct the name".to_string()),
            ),
            Some(_) => {}
            None => {
                seen.insert(&name.it, name.span);
            }
        }
    }
}
