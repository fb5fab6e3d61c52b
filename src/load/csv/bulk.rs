//! The sheets of a record: how many rows they have, and what these are called.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{
    diagnostics::{MOST_KEPT, codes},
    facts::{Ids, Row, Table, Word, Words, ids::Given, sheet::Sheet},
    model::schema::RecordId,
    source::{FileId, Span},
};

use super::{
    super::{
        reading::Reading,
        rows::referred,
        wording::{clip, nfc},
    },
    rows::{Quotes, RowAt, Rows},
};

/// All that stands in CSV of one record, file after file.
pub type Sheets = Vec<Arc<Sheet>>;

/// The heading of the column in which rows are called by their ids.
pub(super) const ID: &str = "id";

/// Gives each row of a record its id, so that others can refer to it. Rows of sheets without ids are counted when they are
/// read.
pub fn number(reading: &mut Reading, record: RecordId, sheets: &Sheets) {
    let with_ids = sheets.iter().any(|sheet| id_column(sheet).is_some());
    let all_have = sheets.iter().all(|sheet| id_column(sheet).is_some());
    if !all_have && referred(reading.schema, record) {
        tell_no_ids(reading, record, sheets);
    }
    if !with_ids {
        return;
    }
    let mut numbering = Numbering { given: Vec::new(), seen: Given::default(), twice: Vec::new() };
    for sheet in sheets {
        numbering.sheet(reading, record, sheet);
    }
    tell_twice(reading, record, sheets, &numbering.twice);
    let ids = numbering.end(reading);
    if let Some(table) = reading.facts.tables.get_mut(usize::from(record.0)) {
        *table = Table { ids, ..Table::default() };
    }
}

fn id_column(sheet: &Sheet) -> Option<usize> {
    sheet.header.iter().position(|heading| heading.name == ID)
}

fn tell_no_ids(reading: &mut Reading, record: RecordId, sheets: &Sheets) {
    let name = reading.schema.record(record).map_or("", |record| record.name.as_str());
    for sheet in sheets.iter().filter(|sheet| id_column(sheet).is_none()) {
        let message = format!("no column gives each `{name}` its `id`, and others refer to it");
        let help = "add a column `id`, or say which one it is where the file is named: `columns: { \"…\": \"id\" }`";
        reading.tell(codes::CSV_COLUMNS.at(sheet.row_span(0)).say(message).help(help.to_owned()));
    }
}

struct Numbering {
    /// By row; nothing for those that say none.
    given: Vec<Option<Word>>,
    /// The ids that are given, one after the other.
    seen: Given,
    /// Ids that have been there before: which of those that are given is the first, and which the second.
    twice: Vec<(u32, u32)>,
}

impl Numbering {
    fn sheet(&mut self, reading: &mut Reading, record: RecordId, sheet: &Sheet) {
        let column = id_column(sheet);
        let needed = column.is_some() && referred(reading.schema, record);
        for row in Rows::all(sheet) {
            let id = column.map_or(Cow::Borrowed(""), |column| cell(sheet, &row, column));
            if id.is_empty() {
                self.given.push(None);
                if needed {
                    tell_no_id(reading, record, sheet.row_span(row.start));
                }
                continue;
            }
            let word = reading.facts.words.take(&nfc(&id));
            if let Some(Row(first)) = self.seen.find(word) {
                self.twice.push((first, u32::try_from(self.seen.len()).unwrap_or(u32::MAX)));
            }
            self.seen.push(word);
            self.given.push(Some(word));
        }
    }

    /// Rows without an id are counted; numbers that are ids of others are left out.
    fn end(self, reading: &mut Reading) -> Ids {
        if self.given.len() == self.seen.len() {
            return Ids::Given(self.seen);
        }
        let mut ids = Given::default();
        let mut numbers = (1_u64..).map(|number| number.to_string());
        for id in self.given {
            let is_free =
                |words: &Words, number: &String| words.find(number).and_then(|word| self.seen.find(word)).is_none();
            ids.push(match id {
                Some(word) => word,
                None => {
                    let number = numbers.find(|number| is_free(&reading.facts.words, number)).unwrap_or_default();
                    reading.facts.words.take(&number)
                }
            });
        }
        Ids::Given(ids)
    }
}

/// What a cell holds, without cutting more of its row than need be.
pub(super) fn cell<'t>(sheet: &'t Sheet, row: &RowAt<'t>, column: usize) -> Cow<'t, str> {
    match row.quotes {
        Quotes::None => {
            let mut cells = row.line.split(char::from(sheet.delimiter));
            Cow::Borrowed(cells.nth(column).unwrap_or("").trim_matches([' ', '\t']))
        }
        Quotes::Some => {
            let cell = sheet.cells(row.start).into_iter().nth(column);
            cell.map_or(Cow::Borrowed(""), |cell| cell.text)
        }
    }
}

fn tell_no_id(reading: &mut Reading, record: RecordId, row: Span) {
    let name = reading.schema.record(record).map_or("", |record| record.name.as_str());
    let message = format!("this `{name}` has no `id`, and others refer to it");
    let help = "give it a short name by which it is called".to_owned();
    reading.tell(codes::REQUIRED_MISSING.at(row).say(message).help(help));
}

/// Tells of ids that are there twice. Where they stand is looked up in one more walk, which only mistakes cost.
fn tell_twice(reading: &mut Reading, record: RecordId, sheets: &Sheets, twice: &[(u32, u32)]) {
    if twice.is_empty() {
        return;
    }
    let name = reading.schema.record(record).map_or("", |record| record.name.as_str());
    let told = twice.iter().take(MOST_KEPT.saturating_add(1));
    let mut places: BTreeMap<u32, (String, Span)> =
        told.flat_map(|(one, other)| [*one, *other]).map(|at| (at, nowhere())).collect();
    let mut count = 0_u32;
    for sheet in sheets {
        let Some(column) = id_column(sheet) else { continue };
        for row in Rows::all(sheet).filter(|row| !cell(sheet, row, column).is_empty()) {
            if let Some(place) = places.get_mut(&count) {
                let cells = sheet.cells(row.start);
                if let Some(cell) = cells.get(column) {
                    *place = (cell.text.clone().into_owned(), Span::new(sheet.file, cell.start, cell.end));
                }
            }
            count = count.saturating_add(1);
        }
    }
    for (first, second) in twice {
        let (Some((_, first)), Some((id, second))) = (places.get(first), places.get(second)) else { continue };
        let message = format!("two of `{name}` have the id `{}`", clip(id));
        let help = "give each its own id; if two sources tell of the same one, give each its `source`".to_owned();
        let finding = codes::DUPLICATE_ID.at(*second).say(message).label("here again");
        reading.tell(finding.also(*first, "first given here").help(help));
    }
}

fn nowhere() -> (String, Span) {
    (String::new(), Span::new(FileId(0), 0, 0))
}
