//! Records, their fields, the agreement's own facts and the actors: what facts there can be.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Sink, article, codes, nearest};
use crate::model::schema::{
    Actor, BUILT_IN_FIELDS, End, Field, FieldId, InTime, Need, RESERVED_RECORDS, Record, Schema, Shape, Type,
};
use crate::source::Span;
use crate::syntax::tree::{self, Bound, FieldType, FieldTypeKind, Item, Name, RecordShape, Tree};
use crate::value::Currency;

use super::lost::Lost;

/// Builds the schema of all files. Records and actors of one name are refused by the names pass; here the first stands.
pub fn schema(trees: &[Tree], currency: Option<Currency>, (own, lost): (Span, &Lost), problems: &mut Sink) -> Schema {
    let mut schema = Schema { records: vec![agreement_record(own)], currency, ..Schema::default() };
    let mut declared = Vec::new();
    let mut also: BTreeMap<&str, Vec<&tree::Record>> = BTreeMap::new();
    let (mut records, mut actors) = (BTreeSet::new(), BTreeSet::new());
    for item in trees.iter().flat_map(|tree| &tree.items) {
        match item {
            Item::Record(record) if matches!(record.shape, RecordShape::Also) => {
                also.entry(&record.name.it).or_default().push(record);
            }
            Item::Record(record) => {
                let names = std::iter::once(&record.name).chain(&record.plural);
                names.for_each(|name| not_reserved(name, "record", problems));
                if !records.contains(record.name.it.as_str()) {
                    declared.push((schema.records.len(), record));
                    schema.records.push(empty(record));
                    records.extend(names_of(record));
                }
            }
            Item::Actors(more) => {
                let new = more.iter().filter(|actor| actors.insert(actor.name.it.as_str()));
                new.for_each(|actor| add_actor(&mut schema, actor));
            }
            Item::Import(_)
            | Item::Calendar(_)
            | Item::Fact(_)
            | Item::Define(_)
            | Item::Value(_)
            | Item::Clause(_)
            | Item::Amendment(_)
            | Item::Scenario(_) => {}
        }
    }
    let facts = trees.iter().flat_map(|tree| &tree.items).filter_map(|item| match item {
        Item::Fact(field) => Some(field),
        Item::Import(_)
        | Item::Calendar(_)
        | Item::Record(_)
        | Item::Actors(_)
        | Item::Define(_)
        | Item::Value(_)
        | Item::Clause(_)
        | Item::Amendment(_)
        | Item::Scenario(_) => None,
    });
    let own: Vec<&tree::Field> = facts.collect();
    own.iter().for_each(|fact| not_reserved(&fact.name, "fact", problems));
    let facts = fields(own.into_iter(), (&schema, lost), problems);
    if let Some(agreement) = schema.records.first_mut() {
        agreement.fields = facts;
    }
    for (at, record) in declared {
        let more: Vec<&tree::Record> = names_of(record).filter_map(|name| also.get(name)).flatten().copied().collect();
        fill((&mut schema, lost), (at, record), &more, problems);
    }
    let unknown = |name: &str| schema.find_record(name).is_none() && !lost.has(name);
    for more in also.values().flatten().filter(|more| unknown(&more.name.it)) {
        of_no_record(&schema, more, problems);
    }
    schema
}

/// `record X also`, where there is no X.
fn of_no_record(schema: &Schema, more: &tree::Record, problems: &mut Sink) {
    let names = schema.records.iter().skip(1).map(|record| record.name.as_str());
    problems.push(
        codes::UNKNOWN_RECORD
            .at(more.name.span)
            .say(format!("there is no record `{}` to add fields to", more.name.it))
            .help(format!("import the file that declares it, or remove `also` to declare `{}` here", more.name.it))
            .help(nearest(&more.name.it, names)),
    );
}

fn agreement_record(span: Span) -> Record {
    Record { name: String::new(), plural: None, title: None, shape: Shape::Plain, fields: Vec::new(), span }
}

/// A record by its name and its plural.
fn names_of(record: &tree::Record) -> impl Iterator<Item = &str> {
    let plural = record.plural.iter().filter(|plural| plural.it != record.name.it);
    std::iter::once(&record.name).chain(plural).map(|name| name.it.as_str())
}

/// A record before its fields are known.
fn empty(record: &tree::Record) -> Record {
    Record {
        name: record.name.it.clone(),
        plural: record.plural.as_ref().map(|plural| plural.it.clone()),
        title: record.title.as_ref().map(|title| title.it.clone()),
        shape: Shape::Plain,
        fields: Vec::new(),
        span: record.name.span,
    }
}

/// Fact files use some words themselves, so no list and no fact in them can be called so.
fn not_reserved(name: &Name, what: &str, problems: &mut Sink) {
    if RESERVED_RECORDS.contains(&name.it.as_str()) {
        problems.push(
            codes::RESERVED_NAME
                .at(name.span)
                .say(format!("a {what} cannot be named `{}`: fact files use that word themselves", name.it))
                .help("choose another name".to_string()),
        );
    }
}

fn add_actor(schema: &mut Schema, actor: &tree::Actor) {
    let title = actor.title.as_ref().map(|title| title.it.clone());
    schema.actors.push(Actor { name: actor.name.it.clone(), title, span: actor.name.span });
}

/// The fields of a record, with those that other files add to it.
fn fill(
    (schema, lost): (&mut Schema, &Lost),
    (at, record): (usize, &tree::Record),
    more: &[&tree::Record],
    problems: &mut Sink,
) {
    let added = more.iter().flat_map(|more| &more.fields);
    let mut all = fields(record.fields.iter().chain(added), (schema, lost), problems);
    for (name, ty) in BUILT_IN_FIELDS {
        if !all.iter().any(|field| field.name == name) {
            let name = name.to_string();
            let span = record.name.span;
            all.push(Field { name, ty, time: InTime::Once, need: Need::Optional, title: None, span });
        }
    }
    let Some(into) = schema.records.get_mut(at) else { return };
    into.fields = all;
    into.shape = shape(into, &record.shape, problems).unwrap_or(Shape::Plain);
}

fn fields<'a>(
    declared: impl Iterator<Item = &'a tree::Field>,
    known: (&Schema, &Lost),
    problems: &mut Sink,
) -> Vec<Field> {
    let mut told: BTreeMap<&str, Span> = BTreeMap::new();
    let mut all = Vec::new();
    for field in declared {
        if let Some(first) = told.get(field.name.it.as_str()) {
            let name = &field.name.it;
            problems.push(
                codes::DUPLICATE_NAME
                    .at(field.name.span)
                    .say(format!("`{name}` is declared twice here"))
                    .also(*first, "first declared here")
                    .help("rename one of them".to_string()),
            );
            continue;
        }
        told.insert(&field.name.it, field.name.span);
        all.push(Field {
            name: field.name.it.clone(),
            ty: type_of(&field.ty, known, problems),
            time: if field.over_time { InTime::OverTime } else { InTime::Once },
            need: if field.required { Need::Required } else { Need::Optional },
            title: field.title.as_ref().map(|title| title.it.clone()),
            span: field.name.span,
        });
    }
    all
}

fn type_of(ty: &FieldType, (schema, lost): (&Schema, &Lost), problems: &mut Sink) -> Type {
    match &ty.kind {
        FieldTypeKind::Text => Type::Text,
        FieldTypeKind::YesNo => Type::YesNo,
        FieldTypeKind::Number => Type::Number,
        FieldTypeKind::Money => Type::Money,
        FieldTypeKind::Date => Type::Date,
        FieldTypeKind::Time => Type::Time,
        FieldTypeKind::OneOf(options) => Type::OneOf(options_of(options, problems)),
        FieldTypeKind::SetOf(inner) => {
            let inner_type = type_of(inner, (schema, lost), problems);
            if matches!(inner_type, Type::SetOf(_)) {
                problems.push(codes::WRONG_TYPE.at(ty.span).say("a set cannot contain sets"));
                return inner_type;
            }
            Type::SetOf(Box::new(inner_type))
        }
        FieldTypeKind::Record(name) => match schema.find_record(&name.it) {
            Some(record) => Type::Ref(record),
            None => {
                if lost.has(&name.it) {
                    problems.follows(name.span);
                } else {
                    unknown_type(name, schema, problems);
                }
                Type::Text
            }
        },
    }
}

fn unknown_type(name: &Name, schema: &Schema, problems: &mut Sink) {
    let types = ["text", "yes/no", "number", "money", "date", "time"];
    let records = schema.records.iter().skip(1).map(|record| record.name.as_str());
    problems.push(
        codes::UNKNOWN_RECORD
            .at(name.span)
            .say(format!("`{}` is neither a type nor a record", name.it))
            .help(
                "a field's type is text, yes/no, number, money, date, time, `one of …`, `set of …` or a record"
                    .to_string(),
            )
            .help(nearest(&name.it, types.into_iter().chain(records))),
    );
}

fn options_of(options: &[Name], problems: &mut Sink) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::with_capacity(options.len());
    for option in options {
        if seen.insert(&option.it) {
            all.push(option.it.clone());
        } else {
            let words = &option.it;
            problems.push(codes::DUPLICATE_NAME.at(option.span).say(format!("the option `{words}` is listed twice")));
        }
    }
    all
}

fn shape(record: &mut Record, shape: &RecordShape, problems: &mut Sink) -> Option<Shape> {
    match shape {
        RecordShape::Plain | RecordShape::Also => None,
        RecordShape::Event(on) => day_field(record, on, problems).map(|on| Shape::Event { on }),
        RecordShape::Lasts { from, to, bound } => {
            let end = match bound {
                Bound::Until => End::Until,
                Bound::Through => End::Through,
            };
            let (from, to) = (day_field(record, from, problems), day_field(record, to, problems));
            from.zip(to).map(|(from, to)| Shape::Lasts { from, to, end })
        }
    }
}

/// The field of the record's day. One that is missing is told and then taken as declared, so that it is told once only.
fn day_field(record: &mut Record, name: &Name, problems: &mut Sink) -> Option<FieldId> {
    let Some(id) = record.find_field(&name.it) else {
        problems.push(
            codes::UNKNOWN_FIELD
                .at(name.span)
                .say(format!("`{}` has no field `{}`", record.name, name.it))
                .help(format!("add `{}: date` to its fields", name.it))
                .help(nearest(&name.it, record.fields.iter().map(|field| field.name.as_str()))),
        );
        let (time, need, title) = (InTime::Once, Need::Optional, None);
        record.fields.push(Field { name: name.it.clone(), ty: Type::Date, time, need, title, span: name.span });
        return record.find_field(&name.it);
    };
    let field = record.fields.get(usize::from(id.0))?;
    if field.ty != Type::Date || field.time == InTime::OverTime {
        problems.push(
            codes::WRONG_TYPE
                .at(name.span)
                .say(format!(
                    "the day of {} `{}` must be a plain date, and `{}` is not",
                    article(&record.name),
                    record.name,
                    name.it
                ))
                .also(field.span, "declared here"),
        );
    }
    Some(id)
}
