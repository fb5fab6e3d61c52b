//! What a fact file holds, sorted by what it is about, before any of it is read.

use std::sync::Arc;

use crate::{
    diagnostics::codes,
    model::schema::{AGREEMENT, RESERVED_RECORDS, RecordId},
    source::Spanned,
};

use super::{
    csv::Sheets,
    list_form::ListForm,
    node::{Node, NodeKind},
    others::Sort,
    reading::{Entries, Reading, Unknown},
    wording::{clip, nfc},
};

/// The entries of all files, by what they are about.
#[derive(Default)]
pub(super) struct Contents<'n> {
    pub agreements: Vec<&'n Node>,
    pub as_of: Vec<&'n Node>,
    pub complete: Vec<&'n Node>,
    /// The agreement's own facts, and the sources of the files that give some.
    pub own: Vec<(&'n Spanned<String>, &'n Node)>,
    pub own_sources: Vec<Option<&'n str>>,
    /// By record; the first is empty.
    pub records: Vec<Vec<&'n Node>>,
    /// What stands in sheets, by record, to be read in bulk.
    pub sheets: Vec<Sheets>,
    pub judgements: Vec<&'n Node>,
    pub attestations: Vec<&'n Node>,
    pub waivers: Vec<&'n Node>,
    pub for_good: Vec<&'n Node>,
    /// The days on which files were recorded as a whole.
    pub recorded_on: Vec<&'n Node>,
}

/// Sorts what the files hold. A name that is none of a record or fact is told.
pub(super) fn sort<'n>(reading: &mut Reading, roots: &[&'n (Node, String)]) -> Contents<'n> {
    let count = reading.schema.records.len();
    let mut contents =
        Contents { records: vec![Vec::new(); count], sheets: vec![Sheets::new(); count], ..Contents::default() };
    for (root, name) in roots {
        reading.forms.insert(root.span.file, ListForm::of(name));
        let NodeKind::Map(entries) = &root.kind else {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
            let help = match ending.as_str() {
                "json" => {
                    "write `{` and `}` around the facts, with a name before each list: `{\"as_of\": \"2015-02-01\"}`"
                }
                "yaml" | "yml" => "write a name before each list, such as `as_of: 2015-02-01`, each on its own line",
                _ => "write `(` and `)` around the facts, with a name before each list",
            };
            let finding = codes::FACTS_WRONG_TYPE.at(root.span).say("a fact file must be a single record");
            reading.tell(finding.help(help.to_owned()));
            continue;
        };
        let own_before = contents.own.len();
        for (key, node) in entries {
            contents.take(reading, key, node);
        }
        if contents.own.len() > own_before {
            contents.own_sources.push(super::rows::source(entries));
        }
    }
    contents
}

impl<'n> Contents<'n> {
    fn take(&mut self, reading: &mut Reading, key: &'n Spanned<String>, node: &'n Node) {
        let schema = reading.schema;
        let name = nfc(&key.it);
        match name.as_ref() {
            "agreement" => self.agreements.push(node),
            "as_of" => self.as_of.push(node),
            // Read at the door: by now what they hold stands among the files.
            "files" => {}
            // Where a file comes from is said of the file, and need not be the same of all.
            "source" if node.kind != NodeKind::None => {
                reading.text("source", node);
            }
            "source" => {}
            "complete" => self.complete.push(node),
            "judgement" => self.judgements.push(node),
            "attestation" => self.attestations.push(node),
            "waiver" => self.waivers.push(node),
            "unknown_for_good" => self.for_good.push(node),
            "recorded_on" => self.recorded_on.push(node),
            name => match schema.find_record(name) {
                Some(record) => self.list(record, node),
                None if schema.record(AGREEMENT).and_then(|own| own.find_field(name)).is_some() => {
                    self.own.push((key, node));
                }
                None => unknown(reading, key),
            },
        }
    }
}

impl<'n> Contents<'n> {
    /// The sheets of a record that are read in bulk; nothing when it has none, or has rows elsewhere.
    pub fn sheets(&self, record: RecordId) -> Option<&Sheets> {
        let elsewhere = self.records.get(usize::from(record.0)).into_iter().flatten().any(|list| !holds_nothing(list));
        self.all_sheets(record).filter(|_| !elsewhere)
    }

    /// The sheets of a record. Where it has rows elsewhere, these sheets have none.
    pub fn all_sheets(&self, record: RecordId) -> Option<&Sheets> {
        self.sheets.get(usize::from(record.0)).filter(|sheets| !sheets.is_empty())
    }

    fn list(&mut self, record: RecordId, node: &'n Node) {
        let at = usize::from(record.0);
        if let (NodeKind::Sheet(sheet), Some(sheets)) = (&node.kind, self.sheets.get_mut(at)) {
            sheets.push(Arc::clone(sheet));
        } else if let Some(lists) = self.records.get_mut(at) {
            lists.push(node);
        }
    }
}

/// Whether a list is none, or has no items.
pub(super) fn holds_nothing(list: &Node) -> bool {
    match &list.kind {
        NodeKind::None => true,
        NodeKind::List(items) => items.is_empty(),
        NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => false,
        NodeKind::Plain(..) | NodeKind::Map(_) | NodeKind::Sheet(_) => false,
    }
}

fn unknown(reading: &mut Reading, key: &Spanned<String>) {
    let schema = reading.schema;
    if let ("record" | "records" | "fact" | "facts", Some(first)) = (key.it.as_str(), schema.records.get(1)) {
        let message = format!("the agreement has no record or fact `{}`", key.it);
        let list = reading.form(key.span.file).list(&first.name);
        let help = format!("remove it: each list has the name of its record, as in {list}");
        reading.tell(codes::FACTS_UNKNOWN_RECORD.at(key.span).say(message).help(help));
        return;
    }
    let mut names: Vec<&str> = schema.records.iter().skip(1).map(|record| record.name.as_str()).collect();
    let own = schema.record(AGREEMENT).map(|own| own.fields.as_slice()).unwrap_or_default();
    names.extend(own.iter().map(|field| field.name.as_str()));
    names.extend(RESERVED_RECORDS);
    let message = format!("the agreement has no record or fact `{}`", clip(&key.it));
    reading.unknown(Unknown {
        sort: Sort::Lists,
        wrong: &key.it,
        what: format!("`{}`", clip(&key.it)),
        names: &names,
        are: "the names are",
        finding: codes::FACTS_UNKNOWN_RECORD.at(key.span).say(message),
        or: None,
    });
}

/// Whether it holds records under their ids.
fn by_ids(reading: &Reading, name: &str, entries: Entries) -> bool {
    let record = reading.schema.find_record(name).and_then(|record| reading.schema.record(record));
    let is_field = |key: &str| record.is_some_and(|record| record.find_field(key).is_some());
    let is_row = |(key, value): &(Spanned<String>, Node)| matches!(value.kind, NodeKind::Map(_)) && !is_field(&key.it);
    !entries.is_empty() && entries.iter().all(is_row)
}

/// The records of a list. One that stands alone is told, and taken as a list of one.
pub(super) fn records<'n>(reading: &mut Reading, name: &str, node: &'n Node) -> Vec<(&'n Node, Entries<'n>)> {
    let form = reading.form(node.span.file);
    let items = match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        // What stands in sheets is read by itself.
        NodeKind::None | NodeKind::Sheet(_) => &[],
        NodeKind::Map(entries) if by_ids(reading, name, entries) => {
            let help = format!("write the ids inside the records of a list: {}", form.list(name));
            reading.wrong(name, node, "a list of records", help);
            &[]
        }
        NodeKind::Map(_) => {
            reading.wrong(name, node, "a list", form.one(name));
            std::slice::from_ref(node)
        }
        NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::Plain(..) => {
            reading.wrong(name, node, "a list of records", format!("write {}", form.list(name)));
            &[]
        }
    };
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        match &item.kind {
            NodeKind::Map(entries) => found.push((item, entries.as_slice())),
            NodeKind::None
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::Text(_)
            | NodeKind::Plain(..)
            | NodeKind::List(_)
            | NodeKind::Sheet(_) => {
                let help = format!("write a name before each value of a record: {}", form.record());
                reading.wrong(name, item, "a list of records", help);
            }
        }
    }
    found
}
