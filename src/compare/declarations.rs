//! Declarations of two wordings of an agreement that are no clauses: records, actors, facts, definitions, values.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Former;
use crate::model::meaning::Called;
use crate::source::Span;
use crate::syntax::tree::{Actor, Field, FieldType, FieldTypeKind, Item, Record, RecordShape};

use super::amended::is_told_by_acts;
use super::change::{Change, Reworded, Role, Said, Sort, Way, What};
use super::clauses::{Found, said};
use super::edit::{Edit, span_of};
use super::rules::{Rules, Texts};

/// All that is declared under one name: a record and what is added to it with `also` are one.
type Declared<'a> = Vec<&'a Item>;

pub(super) fn declarations(texts: &Texts, old: &Rules, new: &Rules, found: &mut Found) {
    let (before, after) = (by_name(old), by_name(new));
    let called = [Called::new(&old.agreement), Called::new(&new.agreement)];
    let names: BTreeSet<&(Sort, &str)> = before.keys().chain(after.keys()).collect();
    for key in names {
        let (sort, name) = *key;
        if sort == Sort::Amendment && is_told_by_acts(name, old, new) {
            continue;
        }
        match (before.get(key), after.get(key)) {
            (Some(before), Some(after)) if sort == Sort::Actor => actor(name, before, after, found),
            (Some(before), Some(after)) => {
                let words = |items: &Declared| -> Vec<String> { items.iter().map(|item| all(texts, item)).collect() };
                if words(before) == words(after) {
                    continue;
                }
                let meanings = [
                    meaning(texts, (sort, name), before, (old, &called[0])),
                    meaning(texts, (sort, name), after, (new, &called[1])),
                ];
                if meanings[0] == meanings[1] {
                    let ways = vec![Way::Written { old: words(before).join(" "), new: words(after).join(" ") }];
                    let place = said_of(texts, name, after).map_or(new.agreement.span, |said| said.span);
                    found.reworded.push(Reworded { what: format!("{} {name}", sort.words()), ways, place });
                } else {
                    found.changes.push(change(texts, (sort, name), before, after));
                }
            }
            (before, after) => {
                let none = Vec::new();
                let (before, after) = (before.unwrap_or(&none), after.unwrap_or(&none));
                found.changes.push(change(texts, (sort, name), before, after));
            }
        }
    }
}

fn by_name(rules: &Rules) -> BTreeMap<(Sort, &str), Declared<'_>> {
    let mut found: BTreeMap<(Sort, &str), Declared> = BTreeMap::new();
    for item in &rules.tree.items {
        let keys: Vec<(Sort, &str)> = match item {
            Item::Record(record) => vec![(Sort::Record, &record.name.it)],
            Item::Actors(actors) => actors.iter().map(|actor| (Sort::Actor, actor.name.it.as_str())).collect(),
            Item::Fact(field) => vec![(Sort::Fact, &field.name.it)],
            Item::Define(define) => vec![(Sort::Definition, &define.name.it)],
            Item::Value(value) => vec![(Sort::Value, &value.name.it)],
            Item::Calendar(calendar) => vec![(Sort::Calendar, &calendar.name.it)],
            Item::Amendment(amendment) => vec![(Sort::Amendment, &amendment.name.it)],
            Item::Clause(_) | Item::Import(_) | Item::Scenario(_) => Vec::new(),
        };
        for key in keys {
            found.entry(key).or_default().push(item);
        }
    }
    found
}

fn all(texts: &Texts, item: &Item) -> String {
    span_of(item).map(|span| texts.words(span)).unwrap_or_default()
}

/// What is new, or gone, is only vocabulary; so is a record to which something is only added.
fn change(texts: &Texts, (sort, name): (Sort, &str), old: &Declared, new: &Declared) -> Change {
    let both = !old.is_empty() && !new.is_empty();
    let stands_by_itself = sort == Sort::Amendment || (both && !only_grows(old, new));
    let role = if stands_by_itself { Role::Cause } else { Role::Vocabulary };
    let out: Vec<Span> = old.iter().filter_map(|item| span_of(item)).collect();
    let edit = match sort {
        Sort::Actor => Edit::Items { out: Vec::new(), put: actors(name, new) },
        Sort::Calendar | Sort::Record | Sort::Fact | Sort::Definition | Sort::Value if new.is_empty() => Edit::Nothing,
        Sort::Calendar | Sort::Record | Sort::Fact | Sort::Definition | Sort::Value | Sort::Amendment => {
            Edit::Items { out, put: new.iter().map(|item| (*item).clone()).collect() }
        }
    };
    let what = What::Declared(sort, name.to_string());
    let (mut old_said, mut new_said) = (said_of(texts, name, old), said_of(texts, name, new));
    if let (Sort::Record, Some(before), Some(after)) = (sort, &mut old_said, &mut new_said) {
        (before.words, after.words) = only_what_differs(texts, old, new);
    }
    Change { what, old: old_said, new: new_said, edit, role }
}

/// Of two records only the parts in which they differ: a record is long, and most of it stays.
fn only_what_differs(texts: &Texts, old: &Declared, new: &Declared) -> (String, String) {
    let (before, after) = (parts(texts, old), parts(texts, new));
    let differing = |own: &[String], other: &[String]| {
        let found: Vec<&str> = own.iter().filter(|part| !other.contains(part)).map(String::as_str).collect();
        if found.is_empty() { "…".to_string() } else { format!("… {}", found.join(" … ")) }
    };
    (differing(&before, &after), differing(&after, &before))
}

/// How a record begins, and each of its fields.
fn parts(texts: &Texts, items: &Declared) -> Vec<String> {
    let mut parts = Vec::new();
    for item in items {
        let Item::Record(record) = item else { continue };
        let first = record.fields.first().map_or(record.span.end, |field| field.span.start);
        parts.push(texts.words(Span { end: first, ..record.span }));
        parts.extend(record.fields.iter().map(|field| texts.words(field.span)));
    }
    parts
}

fn said_of(texts: &Texts, name: &str, items: &Declared) -> Option<Said> {
    let first = items.first()?;
    let actor = all_of(name, items).next().map(|actor| actor.name.span);
    let mut whole = said(texts, actor.or_else(|| span_of(first))?);
    for item in items.iter().skip(1) {
        whole.words = format!("{} {}", whole.words, all(texts, item));
    }
    Some(whole)
}

fn actors(name: &str, items: &Declared) -> Vec<Item> {
    let all: Vec<Actor> = all_of(name, items).cloned().collect();
    if all.is_empty() { Vec::new() } else { vec![Item::Actors(all)] }
}

fn all_of<'a>(name: &'a str, items: &'a Declared) -> impl Iterator<Item = &'a Actor> {
    let of = |item: &&'a Item| if let Item::Actors(actors) = item { Some(actors) } else { None };
    items.iter().filter_map(of).flatten().filter(move |actor| actor.name.it == name)
}

/// Of an actor only the title can change.
fn actor(name: &str, old: &Declared, new: &Declared, found: &mut Found) {
    let title = |items: &Declared| {
        let titles = all_of(name, items).filter_map(|actor| actor.title.as_ref());
        titles.map(|title| title.it.clone()).next()
    };
    if title(old) != title(new) {
        let ways = vec![Way::Remark { part: "title", old: title(old), new: title(new) }];
        let named = all_of(name, new).next();
        found.reworded.extend(named.map(|actor| Reworded {
            what: format!("actor {name}"),
            ways,
            place: actor.name.span,
        }));
    }
}

// ---- what is meant ----

fn meaning(texts: &Texts, (sort, name): (Sort, &str), items: &Declared, (rules, called): (&Rules, &Called)) -> String {
    match sort {
        Sort::Definition => {
            let found = rules.agreement.definitions.iter().find(|one| one.name == name);
            let of: Vec<String> = items.iter().filter_map(|item| of_record(item)).collect();
            format!("{of:?}{}", found.map_or_else(String::new, |one| called.definition(one)))
        }
        Sort::Value => {
            let found = rules.agreement.values.iter().find(|one| one.name == name);
            found.map_or_else(String::new, |one| called.value(one))
        }
        Sort::Record | Sort::Fact | Sort::Actor => fields(items).meaning(),
        Sort::Calendar => items.iter().map(|item| all(texts, item)).collect(),
        Sort::Amendment => items.iter().map(|item| called_now(&all(texts, item), rules.former())).collect(),
    }
}

/// Words with the names that clauses have now; what stands in quotes is left.
fn called_now(words: &str, former: &Former) -> String {
    let parts_names = |sign: char| !sign.is_alphanumeric() && sign != '_';
    let mut found = String::new();
    for (at, part) in words.split_inclusive('"').enumerate() {
        let is_quoted = at.checked_rem(2) == Some(1);
        for word in part.split_inclusive(parts_names) {
            let name = word.trim_end_matches(parts_names);
            let now = former.get(name).filter(|_| !is_quoted);
            found.push_str(now.map_or(name, String::as_str));
            found.push_str(word.get(name.len()..).unwrap_or_default());
        }
    }
    found
}

fn of_record(item: &Item) -> Option<String> {
    let Item::Define(define) = item else { return None };
    define.of.as_ref().map(|of| of.it.clone())
}

/// A record, or a fact of the agreement, by what it holds.
#[derive(Default, PartialEq, Eq)]
struct Fields {
    shape: String,
    /// Each field with its type, and the words of a `one of …`.
    fields: BTreeMap<String, (String, BTreeSet<String>)>,
}

impl Fields {
    fn meaning(&self) -> String {
        format!("{}{:?}", self.shape, self.fields)
    }

    /// Whether another has all that this has.
    fn is_within(&self, other: &Fields) -> bool {
        let kept = |(name, (ty, options)): (&String, &(String, BTreeSet<String>))| {
            other.fields.get(name).is_some_and(|(others, more)| others == ty && options.is_subset(more))
        };
        self.shape == other.shape && self.fields.iter().all(kept)
    }
}

fn only_grows(old: &Declared, new: &Declared) -> bool {
    let is_data = |item: &&Item| matches!(item, Item::Record(_) | Item::Fact(_));
    old.iter().chain(new).all(is_data) && fields(old).is_within(&fields(new))
}

fn fields(items: &Declared) -> Fields {
    let mut found = Fields::default();
    for item in items {
        match item {
            Item::Record(record) => {
                found.shape.push_str(&shape(record));
                record.fields.iter().for_each(|field| add(field, &mut found));
            }
            Item::Fact(field) => add(field, &mut found),
            Item::Define(_) | Item::Value(_) | Item::Actors(_) | Item::Clause(_) => {}
            Item::Calendar(_) | Item::Amendment(_) | Item::Import(_) | Item::Scenario(_) => {}
        }
    }
    found
}

fn add(field: &Field, to: &mut Fields) {
    let mut options = BTreeSet::new();
    let ty = ty(&field.ty, &mut options);
    let ty = format!("{ty} {}{}", field.over_time, field.required);
    to.fields.insert(field.name.it.clone(), (ty, options));
}

fn ty(of: &FieldType, options: &mut BTreeSet<String>) -> String {
    match &of.kind {
        FieldTypeKind::OneOf(names) => {
            options.extend(names.iter().map(|name| name.it.clone()));
            "one of".to_string()
        }
        FieldTypeKind::SetOf(inner) => format!("set of {}", ty(inner, options)),
        FieldTypeKind::Record(name) => format!("record {}", name.it),
        FieldTypeKind::Text => "text".to_string(),
        FieldTypeKind::YesNo => "yes/no".to_string(),
        FieldTypeKind::Number => "number".to_string(),
        FieldTypeKind::Money => "money".to_string(),
        FieldTypeKind::Date => "date".to_string(),
        FieldTypeKind::Time => "time".to_string(),
    }
}

fn shape(record: &Record) -> String {
    let plural = record.plural.as_ref().map(|plural| plural.it.as_str());
    match &record.shape {
        RecordShape::Plain => format!("plain {plural:?}"),
        RecordShape::Event(on) => format!("event {plural:?} on {}", on.it),
        RecordShape::Lasts { from, to, bound } => format!("lasts {plural:?} {} {} {bound:?}", from.it, to.it),
        RecordShape::Also => String::new(),
    }
}
