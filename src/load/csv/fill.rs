//! The columns of a record out of its sheets: stretches of rows are read at once, put behind one another, and what was left
//! is read like any other value.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{
    diagnostics::codes,
    facts::{
        CellValue, Column, Ids, Row, Word,
        column::{Data, Known, LAST_WORD},
        sheet::{Empty, Laid, Sheet},
    },
    model::schema::{Field, InTime, Need, Record, RecordId, Type},
    source::{Span, Spanned},
};

use super::{
    super::{
        columns,
        node::{Node, NodeKind, Style},
        reading::Reading,
        value::Slot,
    },
    bulk::{ID, Sheets},
    chunk::{self, Chunk, Lane, Shared, Wanted},
    rows::{cuts, faults},
};

/// A text is read in parts when it is longer than this, in bytes.
const SHORT: usize = 1 << 20;
/// More parts than this bring nothing.
const MOST_PARTS: usize = 16;

/// Reads every value of the rows. Ids must be known by now, since values refer to them.
pub fn fill(reading: &mut Reading, id: RecordId, sheets: &Sheets) {
    let schema = reading.schema;
    let Some(record) = schema.record(id) else { return };
    let columns = record.fields.iter().map(|field| Column::new(columns::data(field, schema))).collect();
    let mut filling = Filling { id, record, columns, rows: 0, laid: Vec::new() };
    for sheet in sheets {
        filling.sheet(reading, sheet);
    }
    let Filling { columns, rows, laid, .. } = filling;
    if let Some(table) = reading.facts.tables.get_mut(usize::from(id.0)) {
        if table.ids.is_empty() {
            table.ids = Ids::counted(rows);
        }
        (table.rows, table.columns, table.sheets) = (rows, columns, laid);
    }
    columns::tell_reversed(reading, id, record.shape);
}

struct Filling<'s> {
    id: RecordId,
    record: &'s Record,
    columns: Vec<Column>,
    rows: u32,
    laid: Vec<Laid>,
}

impl Filling<'_> {
    fn sheet(&mut self, reading: &mut Reading, sheet: &Arc<Sheet>) {
        let fields = self.fields(reading, sheet);
        let lanes: Vec<Lane> = fields.iter().map(|field| self.lane(reading, sheet, *field)).collect();
        let first = self.rows;
        let mut laid = Laid {
            sheet: Arc::clone(sheet),
            first,
            starts: Vec::new(),
            columns: (0..self.record.fields.len())
                .map(|field| fields.iter().position(|one| *one == Some(field)))
                .collect(),
        };
        for field in fields.iter().flatten() {
            if let Some(column) = self.columns.get_mut(*field) {
                column.pad(first);
            }
        }
        for chunk in read(sheet, &lanes, reading) {
            self.append(reading, &fields, chunk, &mut laid);
        }
        self.laid.push(laid);
    }

    /// Which field each column of the sheet gives; what is wrong with the columns is told.
    fn fields(&self, reading: &mut Reading, sheet: &Sheet) -> Vec<Option<usize>> {
        let mut fields = Vec::with_capacity(sheet.header.len());
        for heading in &sheet.header {
            let at = self.record.fields.iter().position(|field| field.name == heading.name);
            let field = at.and_then(|at| self.record.fields.get(at));
            match field {
                None if heading.name == ID => {}
                None => {
                    let key = Spanned::new(heading.name.clone(), heading.span);
                    columns::unknown_field(reading, self.record, &key);
                }
                Some(Field { name, time: InTime::OverTime, .. }) => reading.not_in_a_cell(name, heading.span),
                Some(Field { time: InTime::Once, .. }) => {}
            }
            fields.push(at.filter(|_| field.is_some_and(|field| field.time == InTime::Once)));
        }
        for (at, field) in self.record.fields.iter().enumerate().filter(|(_, field)| field.need == Need::Required) {
            if !fields.contains(&Some(at)) && !sheet.header.iter().any(|heading| heading.name == field.name) {
                let message =
                    format!("every `{}` must have `{}`, and no column gives it", self.record.name, field.name);
                let help =
                    "add the column, or say which one it is where the file is named: `columns: { \"…\": \"…\" }`";
                let at = sheet.row_span(0);
                reading.tell(codes::REQUIRED_MISSING.at(at).say(message).help(help.to_owned()));
            }
        }
        fields
    }

    fn lane(&self, reading: &Reading, sheet: &Sheet, field: Option<usize>) -> Lane {
        let Some(field) = field.and_then(|field| self.record.fields.get(field)) else {
            return Lane { wanted: Wanted::Nothing, need: Need::Optional, data: Data::YesNo(Vec::new()) };
        };
        let data = columns::data(field, reading.schema);
        Lane { wanted: wanted(&field.ty, reading, sheet), need: field.need, data }
    }

    /// Puts a stretch behind those before it.
    fn append(&mut self, reading: &mut Reading, fields: &[Option<usize>], chunk: Chunk, laid: &mut Laid) {
        let Chunk { lanes, starts, words, left, faulty } = chunk;
        let first = self.rows;
        let texts = (0..=LAST_WORD).take(words.len());
        let numbers: Vec<u32> = texts.map(|word| reading.facts.words.take(words.text(Word(word))).0).collect();
        self.rows = self.rows.saturating_add(u32::try_from(starts.len()).unwrap_or(u32::MAX));
        for (field, lane) in fields.iter().zip(lanes) {
            if let Some(column) = field.and_then(|field| self.columns.get_mut(field)) {
                join(&mut column.data, lane.data, &lane.wanted, &numbers);
            }
        }
        let mut faulty = faulty.into_iter().peekable();
        let tell = |row: u32| {
            let start = starts.get(row as usize).copied().unwrap_or(0) as usize;
            faults(&laid.sheet, start, &laid.sheet.cells(start))
        };
        let mut late: BTreeMap<usize, BTreeMap<u32, CellValue>> = BTreeMap::new();
        for cell in left {
            while faulty.peek().is_some_and(|row| *row <= cell.row) {
                faulty.next().into_iter().flat_map(tell).for_each(|finding| reading.tell(finding));
            }
            let start = starts.get(cell.row as usize).copied().unwrap_or(0) as usize;
            let Some(field) = fields.get(cell.column as usize).copied().flatten() else { continue };
            if let Some(value) = self.left(reading, &laid.sheet, start, (cell.column as usize, field)) {
                late.entry(field).or_default().insert(first.saturating_add(cell.row), value);
            }
        }
        faulty.flat_map(tell).for_each(|finding| reading.tell(finding));
        for (field, values) in late {
            if let Some(column) = self.columns.get_mut(field) {
                put(column, values);
            }
        }
        if laid.starts.is_empty() { laid.starts = starts } else { laid.starts.extend(starts) }
    }

    /// The value of a cell that has not the plain form.
    fn left(
        &self,
        reading: &mut Reading,
        sheet: &Sheet,
        start: usize,
        (column, field): (usize, usize),
    ) -> Option<CellValue> {
        let field = self.record.fields.get(field)?;
        let cells = sheet.cells(start);
        let cell = cells.get(column).filter(|cell| !cell.text.is_empty());
        let Some(cell) = cell else {
            if field.need == Need::Required {
                let place = match (sheet.empty, cells.get(column)) {
                    (Empty::None, Some(cell)) => Span::new(sheet.file, cell.start, cell.end),
                    (Empty::None | Empty::NotGiven, _) => sheet.row_span(start),
                };
                columns::tell_missing(reading, self.id, field, place);
            }
            return None;
        };
        let span = Span::new(sheet.file, cell.start, cell.end);
        let kind = NodeKind::Plain(cell.text.clone().into_owned(), Style::Cell(sheet.decimal));
        let slot = Slot { record: self.id, name: &field.name, ty: &field.ty };
        reading.claims(slot, &Node { span, kind }).pop().map(|(value, _)| value)
    }
}

fn wanted(ty: &Type, reading: &Reading, sheet: &Sheet) -> Wanted {
    match ty {
        Type::Text => Wanted::Text,
        Type::YesNo => Wanted::YesNo,
        Type::Number => Wanted::Number,
        Type::Money => Wanted::Money(reading.schema.currency, sheet.decimal),
        Type::Date => Wanted::Day,
        Type::Time => Wanted::Other,
        Type::OneOf(options) => Wanted::Option(options.clone()),
        Type::Ref(record) => Wanted::Ref(*record),
        Type::SetOf(item) => Wanted::SetOf(Box::new(wanted(item, reading, sheet))),
    }
}

/// Reads the stretches of a sheet, several at once. What comes of them is the same however many they are.
fn read(sheet: &Sheet, lanes: &[Lane], reading: &Reading) -> Vec<Chunk> {
    let shared = Shared { sheet, lanes, facts: reading.facts };
    let hands = std::thread::available_parallelism().map_or(1, |hands| hands.get());
    let parts = if sheet.text.len() < SHORT { 1 } else { hands.min(MOST_PARTS) };
    let cuts = cuts(sheet, parts);
    let stretches: Vec<(usize, usize)> = cuts.iter().copied().zip(cuts.iter().skip(1).copied()).collect();
    let Some(((from, to), others)) = stretches.split_last() else { return Vec::new() };
    std::thread::scope(|scope| {
        let shared = &shared;
        let working: Vec<_> =
            others.iter().map(|(from, to)| scope.spawn(move || chunk::read(shared, *from, *to))).collect();
        let last = chunk::read(shared, *from, *to);
        let done = working.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        let mut chunks: Vec<Chunk> = done.collect();
        chunks.push(last);
        chunks
    })
}

/// Puts the values of a stretch behind those of a column. Its texts get the numbers that all of the facts have for them.
fn join(column: &mut Data, more: Data, wanted: &Wanted, numbers: &[u32]) {
    let number = |word: u32| numbers.get(word as usize).copied().unwrap_or(word);
    match (column, more) {
        (Data::Days(days), Data::Days(more)) => behind(days, more),
        (Data::Numbers(numbers), Data::Numbers(more)) => behind(numbers, more),
        (Data::Money { hundredths, .. }, Data::Money { hundredths: more, .. }) => behind(hundredths, more),
        (Data::Rows(rows), Data::Rows(more)) => behind(rows, more),
        (Data::YesNo(answers), Data::YesNo(more)) => behind(answers, more),
        (Data::Words(words), Data::Words(mut more)) => {
            // Signs for what is unknown or absent are no numbers of texts, and stay as they are.
            more.iter_mut().for_each(|word| *word = number(*word));
            behind(words, more);
        }
        (Data::Sets { starts, items, state }, Data::Sets { starts: ends, items: more, state: known }) => {
            let texts = !matches!(wanted, Wanted::SetOf(item) if matches!(**item, Wanted::Ref(_)));
            let mut from = 0_usize;
            if starts.is_empty() {
                starts.push(0);
            }
            for end in ends {
                let set = more.get(from..end as usize).unwrap_or_default();
                let mut set: Vec<u32> = set.iter().map(|item| if texts { number(*item) } else { *item }).collect();
                set.sort_unstable();
                set.dedup();
                items.extend(set);
                starts.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
                from = end as usize;
            }
            state.extend(known);
        }
        // Both have the sort of the same field.
        (_, _) => {}
    }
}

fn behind<T>(column: &mut Vec<T>, more: Vec<T>) {
    if column.is_empty() { *column = more } else { column.extend(more) }
}

/// Puts values where until now nothing was known. A column of sets is written anew, since it has no room.
fn put(column: &mut Column, mut values: BTreeMap<u32, CellValue>) {
    let Data::Sets { starts, items, state } = &mut column.data else {
        values.into_iter().for_each(|(row, value)| column.put(Row(row), value));
        return;
    };
    let old = (std::mem::take(starts), std::mem::take(items), std::mem::take(state));
    let mut new = Column::new(Data::Sets { starts: Vec::new(), items: Vec::new(), state: Vec::new() });
    for (row, known) in (0..=u32::MAX).zip(&old.2) {
        let bound = |at: u32| old.0.get(at as usize).copied().unwrap_or(0) as usize;
        let value = match known {
            Known::Unknown => values.remove(&row).unwrap_or(CellValue::Unknown),
            Known::Absent => CellValue::Absent,
            Known::Given => {
                let set = old.1.get(bound(row)..bound(row.saturating_add(1))).unwrap_or_default();
                CellValue::Set(set.to_vec())
            }
        };
        new.push(value, None);
    }
    column.data = new.data;
}
