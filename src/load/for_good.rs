//! What can no longer be learnt, as fact files say it: a field of a record, or whether a list is complete. Nothing is judged by it;
//! nobody is asked for it again.

use crate::{
    diagnostics::codes,
    facts::{ForGood, Lost, Row},
    model::schema::{AGREEMENT, FieldId, Record, RecordId},
    source::Spanned,
};

use super::{
    columns,
    lists::{self, Contents},
    node::{Node, NodeKind},
    others::Sort,
    reading::{Entries, Reading, Unknown},
    value::part,
    wording::{clip, nfc},
};

const KIND: &str = "unknown_for_good";

const PARTS: [&str; 6] = ["record", "id", "field", "reason", "by", "on"];

/// Reads them all.
pub(super) fn read(reading: &mut Reading, contents: &Contents) {
    for node in &contents.for_good {
        for (node, entries) in lists::records(reading, KIND, node) {
            reading.parts(KIND, node, &PARTS);
            if let Some(one) = one(reading, node, entries) {
                reading.facts.for_good.push(one);
            }
        }
    }
}

fn one(reading: &mut Reading, node: &Node, entries: Entries) -> Option<ForGood> {
    let lost = lost(reading, node, entries);
    let reason = required(reading, node, entries, "reason").and_then(|node| text(reading, "reason", node));
    let by = required(reading, node, entries, "by").and_then(|node| text(reading, "by", node));
    let on = required(reading, node, entries, "on").and_then(|node| reading.day("on", node));
    Some(ForGood { lost: lost?, reason: reason?, by: by?, on: on?, place: node.span })
}

fn text(reading: &mut Reading, name: &str, node: &Node) -> Option<String> {
    reading.text(name, node).map(std::borrow::Cow::into_owned)
}

/// Without a record it is one of the agreement's own facts; without a field, the list.
fn lost(reading: &mut Reading, node: &Node, entries: Entries) -> Option<Lost> {
    let record = match given(entries, "record") {
        None => AGREEMENT,
        Some(node) => record(reading, node)?,
    };
    let field = match given(entries, "field") {
        None if record == AGREEMENT => {
            required(reading, node, entries, "field")?;
            return None;
        }
        None => return Some(Lost::List(record)),
        Some(node) => field(reading, record, node)?,
    };
    let row = match given(entries, "id") {
        None => None,
        Some(node) => Some(row(reading, record, node)?),
    };
    Some(Lost::Values(record, row, field))
}

fn record(reading: &mut Reading, node: &Node) -> Option<RecordId> {
    let schema = reading.schema;
    let name = text(reading, "record", node)?;
    let found = schema.find_record(&nfc(&name));
    if found.is_none() {
        let names: Vec<&str> = schema.records.iter().skip(1).map(|record| record.name.as_str()).collect();
        let message = format!("the agreement has no record `{}`", clip(&name));
        reading.unknown(Unknown {
            sort: Sort::Records,
            wrong: &name,
            what: format!("the `unknown_for_good` entry for `{}`", clip(&name)),
            names: &names,
            are: "the records are",
            finding: codes::FACTS_UNKNOWN_RECORD.at(node.span).say(message),
            or: None,
        });
    }
    found
}

fn field(reading: &mut Reading, record: RecordId, node: &Node) -> Option<FieldId> {
    let of: &Record = reading.schema.record(record)?;
    let name = text(reading, "field", node)?;
    let found = of.find_field(&nfc(&name));
    if found.is_none() {
        columns::unknown_field(reading, of, &Spanned::new(name, node.span));
    }
    found
}

fn row(reading: &mut Reading, record: RecordId, node: &Node) -> Option<Row> {
    let id = reading.label("id", node)?.into_owned();
    let found = reading.facts.find(record, &nfc(&id));
    if found.is_none() {
        let name = reading.schema.record(record).map_or("", |record| &record.name);
        let message = format!("there is no `{name}` with the id `{}`", clip(&id));
        let help = "name a record that is in the facts, or remove `id` if the same applies to every record".to_owned();
        reading.tell(codes::UNKNOWN_REFERENCE.at(node.span).say(message).help(help));
    }
    found
}

/// An entry that is there and not none.
fn given<'n>(entries: Entries<'n>, name: &str) -> Option<&'n Node> {
    part(entries, name).filter(|node| node.kind != NodeKind::None)
}

fn required<'n>(reading: &mut Reading, of: &Node, entries: Entries<'n>, name: &str) -> Option<&'n Node> {
    let found = given(entries, name);
    if found.is_none() {
        let help = match name {
            "field" => "add `record: \"…\"` for a list, with `field: \"…\"` for a field of its records",
            "reason" => "add `reason: \"…\"`, why it can no longer be established",
            "by" => "add `by: \"…\"`, who determined that",
            _ => "add `on: \"2015-01-22\"`, the day on which that was determined",
        };
        let finding = codes::REQUIRED_MISSING.at(of.span).say(format!("every `{KIND}` must have `{name}`"));
        reading.tell(finding.help(help.to_owned()));
    }
    found
}
