//! The rows of a record: what each is called, and which records of the files are one and the same.
//! Two records of one id are one row when each says another source; otherwise one of them is a mistake.

use std::collections::{HashMap, HashSet};

use crate::{
    diagnostics::codes,
    facts::{Ids, Table, ids::Given},
    model::schema::{RecordId, Schema, Type},
    source::{FileId, Span, Spanned},
};

use super::{
    csv, lists,
    node::{Node, NodeKind, Style},
    reading::{Entries, Reading},
    value::{MOST_SOURCES, part},
    wording::clip,
};

/// What was written of one row, by all its sources.
pub(super) struct Written<'n> {
    pub span: Span,
    /// Where each of the records stands that say something of it.
    pub places: Vec<Span>,
    pub entries: Vec<(&'n Spanned<String>, &'n Node)>,
    /// What to say when the entries disagree.
    pub disagreement: Disagreement,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disagreement {
    /// Sources may disagree; other mistakes have been told already.
    Fine,
    /// Nobody says which source says what.
    Mistake,
}

/// Gives each row of a record its id and number; the table knows them from then on.
pub(super) fn number<'n>(reading: &mut Reading, record: RecordId, lists: &[&'n Node]) -> Vec<Written<'n>> {
    let schema = reading.schema;
    let Some(name) = schema.record(record).map(|record| record.name.as_str()) else { return Vec::new() };
    let mut gathered = Gathered { name, rows: Vec::new(), by_id: HashMap::new() };
    for list in lists {
        for (node, entries) in lists::records(reading, name, list) {
            gathered.add(reading, node, entries);
        }
    }
    gathered.name_the_rest(reading, referred(schema, record));
    gathered.enter(reading, record)
}

/// What a record says of where it comes from.
pub(super) fn source(entries: Entries<'_>) -> Option<&str> {
    part(entries, "source")?.as_text()
}

/// Whether some record's field refers to this one.
pub(super) fn referred(schema: &Schema, to: RecordId) -> bool {
    let refers = |ty: &Type| ty.item().unwrap_or(ty).referred() == Some(to);
    schema.records.iter().flat_map(|record| &record.fields).any(|field| refers(&field.ty))
}

struct Gathered<'n, 's> {
    name: &'s str,
    rows: Vec<Gather<'n>>,
    by_id: HashMap<String, usize>,
}

struct Gather<'n> {
    id: Id,
    sources: Vec<Option<&'n str>>,
    written: Written<'n>,
}

impl Gather<'_> {
    /// Whether a file adds to a record what nobody has said of it: one of the two says on which day it was recorded, and no field is
    /// given twice. Then no source need be told from another.
    fn is_added_to(&self, reading: &Reading, file: FileId, entries: Entries) -> bool {
        let dated = |file: &FileId| reading.recorded.contains(file);
        let given = |name: &str| self.written.entries.iter().any(|(key, _)| key.it == name);
        let files = || self.written.places.iter().map(|place| &place.file);
        files().all(|other| *other != file)
            && (dated(&file) || files().all(dated))
            && entries.iter().all(|(key, _)| matches!(key.it.as_str(), "id" | "source") || !given(&key.it))
    }
}

enum Id {
    Given(String, Span),
    NotGiven,
    /// Told already.
    Wrong,
}

impl<'n> Gathered<'n, '_> {
    fn add(&mut self, reading: &mut Reading, node: &'n Node, entries: Entries<'n>) {
        let id = match part(entries, "id") {
            None => Id::NotGiven,
            Some(Node { span, kind: NodeKind::Plain(text, Style::Cell(_)) }) if text.is_empty() => {
                csv::tell_empty_id(reading, self.name, *span);
                Id::Wrong
            }
            Some(id) => reading.label("id", id).map_or(Id::Wrong, |text| Id::Given(text.into_owned(), id.span)),
        };
        if let Id::Given(text, span) = &id {
            if let Some(at) = self.by_id.get(text).copied() {
                return self.again(reading, at, (*span, node.span), entries);
            }
            self.by_id.insert(text.clone(), self.rows.len());
        }
        let entries_of = entries.iter().map(|(key, node)| (key, node)).collect();
        let (span, places) = (node.span, vec![node.span]);
        let written = Written { span, places, entries: entries_of, disagreement: Disagreement::Fine };
        self.rows.push(Gather { id, sources: vec![source(entries)], written });
    }

    /// A record whose id has been there before, and where they stand.
    fn again(&mut self, reading: &mut Reading, at: usize, (span, place): (Span, Span), entries: Entries<'n>) {
        let Some(row) = self.rows.get_mut(at) else { return };
        let Id::Given(id, first) = &row.id else { return };
        let source = source(entries);
        if row.is_added_to(reading, span.file, entries) {
            // Answers that were written down later.
        } else if source.is_none() || row.sources.contains(&None) || row.sources.contains(&source) {
            let message = format!("two `{}` records have the id `{}`", self.name, clip(id));
            let help =
                "give each record its own id; if two sources report the same record, give each its `source`".to_owned();
            let finding = codes::DUPLICATE_ID.at(span).say(message).label("given again here");
            reading.tell_cause(format!("ids of {}", self.name), finding.also(*first, "first given here").help(help));
        } else if row.sources.len() >= MOST_SOURCES {
            reading.too_many(id, span);
        }
        if row.sources.len() < MOST_SOURCES {
            row.sources.push(source);
            row.written.places.push(place);
            row.written.entries.extend(entries.iter().map(|(key, node)| (key, node)));
        }
    }

    /// Rows without an id are counted, if nothing has to call them by it.
    fn name_the_rest(&mut self, reading: &mut Reading, referred: bool) {
        let taken: HashSet<String> = self.by_id.keys().cloned().collect();
        let mut numbers = (1_u64..).map(|number| number.to_string()).filter(|number| !taken.contains(number));
        for row in &mut self.rows {
            let given = match &row.id {
                Id::Given(..) => continue,
                Id::NotGiven if referred => {
                    let message = format!("this `{}` has no `id`, and other records refer to it", self.name);
                    let help = "add `id: \"…\"`, a short name to refer to it by".to_owned();
                    reading.tell(codes::REQUIRED_MISSING.at(row.written.span).say(message).help(help));
                    numbers.next()
                }
                Id::NotGiven | Id::Wrong => numbers.next(),
            };
            row.id = Id::Given(given.unwrap_or_default(), row.written.span);
        }
    }

    fn enter(self, reading: &mut Reading, record: RecordId) -> Vec<Written<'n>> {
        let mut table = Table { rows: u32::try_from(self.rows.len()).unwrap_or(u32::MAX), ..Table::default() };
        let mut ids = Given::default();
        for gathered in &self.rows {
            let Id::Given(id, _) = &gathered.id else { continue };
            ids.push(reading.facts.words.take(id));
            table.places.push(gathered.written.span);
        }
        table.ids = Ids::Given(ids);
        if let Some(empty) = reading.facts.tables.get_mut(usize::from(record.0)) {
            *empty = table;
        }
        self.rows.into_iter().map(|row| row.written).collect()
    }
}
