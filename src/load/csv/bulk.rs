//! The sheets of a record: how many rows they have, and what these are called.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{
    diagnostics::codes,
    facts::{
        Ids, Row, Word, Words,
        ids::Given,
        sheet::{Sheet, SheetCell},
    },
    model::schema::RecordId,
    source::{FileId, Span},
};

use super::{
    super::{
        reading::{Reading, wrong_id},
        rows::referred,
        wording::clip,
    },
    rows::starts,
};

/// All that stands in CSV of one record, file after file.
pub type Sheets = Vec<Arc<Sheet>>;

/// The heading of the column in which rows are called by their ids.
pub(super) const ID: &str = "id";

/// In which column the ids of a sheet stand.
pub(super) fn id_column(sheet: &Sheet) -> Option<usize> {
    sheet.ids()
}

/// What rows are called, given one after the other.
#[derive(Default)]
pub(super) struct Numbering {
    seen: Given,
    rows: u32,
    /// Rows without an id.
    missing: Vec<u32>,
    /// Ids that have been there before: which of those that are given is the first, and which the second.
    twice: Vec<(u32, u32)>,
}

impl Numbering {
    /// The next row's id, or that it has none.
    pub fn push(&mut self, id: Option<Word>) {
        match id {
            None => self.missing.push(self.rows),
            Some(word) => {
                let number = u32::try_from(self.seen.words().len()).unwrap_or(u32::MAX);
                self.twice.extend(self.seen.find(word).map(|Row(first)| (first, number)));
                self.seen.push(word);
            }
        }
        self.rows = self.rows.saturating_add(1);
    }

    /// The ids of all rows. Those without one are counted; numbers that are ids of others are left out.
    pub fn end(self, reading: &mut Reading, record: RecordId, sheets: &Sheets) -> Ids {
        tell_twice(reading, record, sheets, &self.twice);
        if self.missing.is_empty() {
            return Ids::Given(self.seen);
        }
        let mut ids = Given::default();
        let mut given = self.seen.words().iter();
        let mut missing = self.missing.iter().peekable();
        let mut numbers = (1_u64..).map(|number| number.to_string());
        let is_free =
            |words: &Words, number: &String| words.find(number).and_then(|word| self.seen.find(word)).is_none();
        for row in 0..self.rows {
            let id = if missing.next_if(|one| **one == row).is_some() { None } else { given.next().copied() };
            ids.push(id.unwrap_or_else(|| {
                let number = numbers.find(|number| is_free(&reading.facts.words, number)).unwrap_or_default();
                reading.facts.words.take(&number)
            }));
        }
        Ids::Given(ids)
    }
}

/// Tells of sheets without ids, if others refer to their rows.
pub(super) fn tell_no_ids(reading: &mut Reading, record: RecordId, sheets: &Sheets) {
    if !referred(reading.schema, record) {
        return;
    }
    let name = reading.schema.record(record).map_or("", |record| record.name.as_str());
    for sheet in sheets.iter().filter(|sheet| id_column(sheet).is_none()) {
        let message = format!("no column gives the `id` of each `{name}`, and other records refer to it");
        let help = "add an `id` column, or name the column in the file's `files` entry: `columns: { \"…\": \"id\" }`";
        reading.tell(codes::CSV_COLUMNS.at(sheet.row_span(0)).say(message).help(help.to_owned()));
    }
}

pub(super) fn tell_no_id(reading: &mut Reading, record: RecordId, row: Span) {
    let name = reading.schema.record(record).map_or("", |record| record.name.as_str());
    let message = format!("this `{name}` has no `id`, and other records refer to it");
    let help = "add `id: \"…\"`, a short name to refer to it by".to_owned();
    reading.tell(codes::REQUIRED_MISSING.at(row).say(message).help(help));
}

/// Tells of a cell without an id in a column of ids.
pub fn tell_empty_id(reading: &mut Reading, record: &str, cell: Span) {
    let message = format!("this `{record}` has no `id`: the cell is empty");
    let help = "write the id; to leave out a total, a note or the end of a longer table beside this one, set `rows: (until: \"…\")` in the file's `files` entry to what the first non-empty cell of the row holds, or remove the row if records begin with that too";
    reading.tell(codes::REQUIRED_MISSING.at(cell).say(message).help(help.to_owned()));
}

/// Tells of ids that are there twice. Where they stand is looked up in one more walk, which only mistakes cost.
fn tell_twice(reading: &mut Reading, record: RecordId, sheets: &Sheets, twice: &[(u32, u32)]) {
    if twice.is_empty() {
        return;
    }
    let name = reading.schema.record(record).map_or("", |record| record.name.as_str());
    let mut places: BTreeMap<u32, (String, Span)> =
        twice.iter().flat_map(|(one, other)| [*one, *other]).map(|at| (at, nowhere())).collect();
    let mut count = 0_u32;
    for sheet in sheets {
        let Some(column) = id_column(sheet) else { continue };
        for start in starts(sheet).0 {
            let cells = sheet.cells(start);
            let is_id = |cell: &&SheetCell| {
                let dialect = sheet.dialect_of(sheet.text.as_bytes().get(cell.start));
                !sheet.is_empty(&cell.text) && wrong_id(&cell.text, dialect).is_none()
            };
            let Some(cell) = cells.get(column).filter(is_id) else { continue };
            if let Some(place) = places.get_mut(&count) {
                *place = (cell.text.clone().into_owned(), Span::new(sheet.file, cell.start, cell.end));
            }
            count = count.saturating_add(1);
        }
    }
    for (first, second) in twice {
        let (Some((_, first)), Some((id, second))) = (places.get(first), places.get(second)) else { continue };
        let message = format!("two `{name}` records have the id `{}`", clip(id));
        let help =
            "give each record its own id; if two sources report the same record, give each its `source`".to_owned();
        let finding = codes::DUPLICATE_ID.at(*second).say(message).label("given again here");
        reading.tell_cause(format!("ids of {name}"), finding.also(*first, "first given here").help(help));
    }
}

fn nowhere() -> (String, Span) {
    (String::new(), Span::new(FileId(0), 0, 0))
}
