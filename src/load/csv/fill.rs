//! The columns of a record out of its sheets: pieces of their rows are read at once, put behind one another, and what was
//! left is read like any other value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::{
        CellValue, Column, Ids, Table, Word,
        column::{Data, LAST_WORD},
        sheet::{Empty, Fault, Laid, Sheet, cells, row},
    },
    model::schema::{Need, Record, RecordId, Schema, Type},
    source::{Span, Spanned},
};

use super::{
    super::{
        columns,
        heads::heads,
        items::Between,
        node::{Node, NodeKind, Style},
        plain::Side,
        reading::{Reading, wrong_id},
        rows::referred,
        totals::{bare, totals},
        value::Slot,
        wording::clip,
    },
    among::{Among, left_out},
    bulk::{Numbering, Sheets, id_column, tell_empty_id, tell_no_id, tell_no_ids},
    chunk::{Chunk, Lane, Left, Wanted},
    formatted,
    hands::{Seen, read},
    hides,
    join::{NOT_YET, Texts, join, put},
    odd_ids,
    pieces::PIECE,
    roles::{Role, near_misses, roles},
    rows::{Passed, faults, looks_like_names, starts},
    second,
    tail::{TAIL, may_be_called_a_total, tail, text_in},
};

/// Whether a record's rows refer to others, so that the ids of all must be known before they can be read.
pub fn refers(schema: &Schema, record: RecordId) -> bool {
    let fields = schema.record(record).map(|record| record.fields.as_slice()).unwrap_or_default();
    fields.iter().any(|field| field.ty.item().unwrap_or(&field.ty).referred().is_some())
}

/// Gives each row its id, so that others can refer to it, and reads nothing else.
pub fn number(reading: &mut Reading, id: RecordId, sheets: &Sheets) {
    tell_no_ids(reading, id, sheets);
    if sheets.iter().any(|sheet| id_column(sheet).is_some()) {
        read_sheets(reading, (id, Part::Ids), sheets);
    }
}

/// Reads every value of the rows, and their ids unless those are known.
pub fn fill(reading: &mut Reading, id: RecordId, sheets: &Sheets) {
    if refers(reading.schema, id) {
        return read_sheets(reading, (id, Part::Values), sheets);
    }
    tell_no_ids(reading, id, sheets);
    let with_ids = sheets.iter().any(|sheet| id_column(sheet).is_some());
    read_sheets(reading, (id, if with_ids { Part::Both } else { Part::Values }), sheets);
}

/// Tells what is wrong with sheets that have no rows, where the record has rows elsewhere.
pub fn look(reading: &mut Reading, id: RecordId, sheets: &Sheets) {
    let Some(record) = reading.schema.record(id) else { return };
    tell_no_ids(reading, id, sheets);
    for sheet in sheets {
        fields(reading, record, sheet);
        starts(sheet).1.told(sheet).into_iter().for_each(|finding| reading.tell(finding));
    }
}

/// What is read of a record's sheets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Ids,
    Values,
    Both,
}

fn read_sheets(reading: &mut Reading, (id, part): (RecordId, Part), sheets: &Sheets) {
    let schema = reading.schema;
    let Some(record) = schema.record(id) else { return };
    let columns = record.fields.iter().map(|field| Column::new(columns::data(field, schema))).collect();
    let (laid, numbering, numbers, near) = (Vec::new(), Numbering::default(), Vec::new(), Vec::new());
    let (passed, among, odd_id) = (Passed::default(), Among::default(), None);
    let mut filling =
        Filling { id, part, record, columns, rows: 0, laid, numbering, numbers, near, passed, among, odd_id };
    for sheet in sheets {
        filling.sheet(reading, sheet);
    }
    let Filling { mut columns, rows, laid, numbering, .. } = filling;
    let ids = (part != Part::Values).then(|| numbering.end(reading, id, sheets));
    let Some(table) = reading.facts.tables.get_mut(usize::from(id.0)) else { return };
    if let Some(ids) = ids {
        *table = Table { ids, ..Table::default() };
    }
    if part == Part::Ids {
        return;
    }
    for column in &mut columns {
        // What no sheet gives takes no room. Who may be meant by references that nobody gave has to be asked of each row.
        if column.rows() > 0 || matches!(column.data, Data::Rows(_)) {
            column.pad(rows);
        }
    }
    if table.ids.is_empty() {
        table.ids = Ids::counted(rows);
    }
    (table.rows, table.columns, table.sheets) = (rows, columns, laid);
    columns::tell_reversed(reading, id, record.shape);
}

struct Filling<'s> {
    id: RecordId,
    part: Part,
    record: &'s Record,
    columns: Vec<Column>,
    rows: u32,
    laid: Vec<Laid>,
    numbering: Numbering,
    /// Of the piece that is put behind the others: by its numbers those that all of the facts have for the texts. Kept
    /// here only for its room.
    numbers: Vec<u32>,
    /// By column of the sheet: the row that was referred to last.
    near: Vec<u32>,
    /// Rows of the sheet whose cells are all empty.
    passed: Passed,
    /// Those that seem to be something else.
    among: Among,
    /// The first id of the sheet that is a value such as a date, what it is, and where it stands.
    odd_id: Option<odd_ids::Odd>,
}

/// A row of which something is to be told or read once more.
struct Again<'t> {
    text: &'t str,
    /// Where the text begins in the sheet's.
    begins: usize,
    /// Where the row begins in the text.
    start: usize,
    span: Span,
}

/// Which field each column of the sheet gives; what is wrong with the columns is told.
fn fields(reading: &mut Reading, record: &Record, sheet: &Sheet) -> Vec<Option<usize>> {
    let (roles, wrong) = roles(sheet, record);
    let near = near_misses(sheet, (record, &roles), |_| true);
    wrong.into_iter().chain(near).for_each(|finding| reading.tell(finding));
    let formatted = formatted::told(sheet, &roles, record);
    hides::told(sheet, &roles).into_iter().chain(formatted).for_each(|finding| reading.problems.push(finding));
    let mut fields = Vec::with_capacity(sheet.header.len());
    let mut unknown = Vec::new();
    for (heading, role) in sheet.header.iter().zip(&roles) {
        match role {
            Role::Unknown => unknown.push(Spanned::new(heading.name.clone(), heading.span)),
            Role::OverTime(at) => {
                let name = record.fields.get(*at).map_or("", |field| field.name.as_str());
                reading.not_in_a_cell(name, heading.span);
            }
            Role::Field(_) | Role::Id | Role::LeftOut => {}
        }
        fields.push(if let Role::Field(at) = role { Some(*at) } else { None });
    }
    columns::unknown_columns(reading, record, (&unknown, &sheet.dialect.targets));
    for (at, field) in record.fields.iter().enumerate().filter(|(_, field)| field.need == Need::Required) {
        if !fields.contains(&Some(at)) && !roles.contains(&Role::OverTime(at)) {
            let message = format!("every `{}` must have `{}`, but no column provides it", record.name, field.name);
            let help = "add the column, or name it in the file's `files` entry: `columns: { \"…\": \"…\" }`";
            let at = sheet.names();
            reading.tell(codes::REQUIRED_MISSING.at(at).say(message).help(help.to_owned()));
        }
    }
    fields
}

impl Filling<'_> {
    fn sheet(&mut self, reading: &mut Reading, sheet: &Arc<Sheet>) {
        let fields = match self.part {
            Part::Ids => vec![None; sheet.header.len()],
            Part::Values | Part::Both => fields(reading, self.record, sheet),
        };
        let ids = id_column(sheet).filter(|_| self.part != Part::Values);
        let lanes = fields.iter().enumerate();
        let lane = |(at, field): (usize, &Option<usize>)| {
            let lane = if ids == Some(at) { id_lane() } else { self.lane(reading, *field) };
            Lane { over: second::over_ids(sheet, at), ..lane }
        };
        let lanes: Vec<Lane> = lanes.map(lane).collect();
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
        self.near = vec![u32::MAX; lanes.len()];
        (self.passed, self.among) = (Passed::default(), Among::default());
        let place = Place { lanes: &lanes, fields: &fields, ids };
        if read(sheet, &lanes, |chunk| self.append(reading, &place, chunk, &mut laid)) == Seen::NoText {
            reading.misread = true;
        }
        let odd_id = self.odd_id.take().and_then(|odd| odd_ids::told(sheet, odd));
        odd_id.into_iter().for_each(|finding| reading.problems.push(finding));
        self.passed.told(sheet).into_iter().for_each(|finding| reading.problems.push(finding));
        let last: Vec<usize> = laid.starts.iter().rev().take(TAIL).map(|start| *start as usize).collect();
        let left_out = left_out(&roles(sheet, self.record).0);
        let tail = tail(sheet, last.into_iter().rev(), &left_out);
        let among = std::mem::take(&mut self.among);
        among
            .told(sheet, (&tail, &left_out))
            .into_iter()
            .chain(tail.told)
            .for_each(|finding| reading.problems.push(finding));
        let has_ids = id_column(sheet).is_some();
        let sums = totals(&self.columns, first..self.rows, has_ids).into_iter().filter_map(|row| laid.start(row));
        let called = |start: usize| text_in(&sheet.cells(start)).any(may_be_called_a_total);
        columns::tell_totals(reading, sums.map(|start| (Span::new(sheet.file, start, start), called(start))));
        let heads = heads(&self.columns, &(first..self.rows)).into_iter().filter_map(|row| laid.start(row));
        columns::tell_heads(reading, heads.map(|start| Span::new(sheet.file, start, start)));
        // A total has no id, which is a mistake of its own.
        if !has_ids {
            let bare = bare(&self.columns, first..self.rows).into_iter();
            let place = |row| laid.start(row).map(|start| Span::new(sheet.file, start, start));
            columns::tell_bare(reading, bare.filter_map(|(row, is_total)| Some((place(row)?, is_total))));
        }
        self.laid.push(laid);
    }

    fn lane(&self, reading: &Reading, field: Option<usize>) -> Lane {
        let Some(field) = field.and_then(|field| self.record.fields.get(field)) else {
            return Lane { wanted: Wanted::Nothing, need: Need::Optional, none: Data::YesNo(Vec::new()), over: None };
        };
        let none = columns::data(field, reading.schema);
        Lane { wanted: wanted(&field.ty, reading), need: field.need, none, over: None }
    }

    /// Puts a piece behind those before it.
    fn append(&mut self, reading: &mut Reading, place: &Place, chunk: &mut Chunk, laid: &mut Laid) {
        let (first, texts) = (self.rows, reading.facts.words.len());
        if self.part != Part::Values {
            self.number(reading, place, chunk, &laid.sheet);
        }
        let Chunk { number, columns, starts, words, left, pointed, between, faulty, repeated, seeming, kept, passed } =
            chunk;
        self.passed.then(*passed, 0);
        self.rows = first.saturating_add(u32::try_from(starts.len()).unwrap_or(u32::MAX));
        if self.part == Part::Ids {
            return;
        }
        let begins = |row: u32| starts.get(row as usize).copied().unwrap_or(0) as usize;
        let seeming = seeming.iter().map(|(row, seems)| (*row, begins(*row), *seems));
        self.among.take(u32::try_from(starts.len()).unwrap_or(u32::MAX), seeming);
        if laid.starts.is_empty() {
            self.make_room(place, (starts.len(), starts.last().copied()), laid);
        }
        let lanes = place.fields.iter().zip(place.lanes).zip(columns).zip(&mut self.near);
        for (at, (((field, lane), data), near)) in (0_u32..).zip(lanes) {
            let Some(column) = field.and_then(|field| self.columns.get_mut(field)) else { continue };
            self.numbers.clear();
            self.numbers.resize(words.len(), NOT_YET);
            let mut texts = Texts { words, numbers: &mut self.numbers, wanted: &lane.wanted, near, reading };
            let lost = join(&mut column.data, data, &mut texts);
            left.extend(lost.into_iter().map(|row| Left { row, column: at }));
        }
        if *number == 0 {
            let more = reading.facts.words.len().saturating_sub(texts);
            reading.facts.words.make_room(more.saturating_mul(laid.sheet.text.len() / PIECE));
        }
        left.sort_unstable();
        // A text that may be no value can be none of the column's words, too.
        left.dedup();
        let again = |row: u32| {
            let start = starts.get(row as usize).copied().unwrap_or(0) as usize;
            Again::of(&laid.sheet, start, kept.get(&row).map(String::as_str))
        };
        if let Some(Left { row, column }) = *pointed
            && !reading.evidence.has(laid.sheet.file, Side::Point)
        {
            let row = again(row);
            if let Some((text, at)) = row.cell(&laid.sheet, column as usize) {
                reading.evidence.add((at, &text), Side::Point);
            }
        }
        for (column, between) in between.iter().enumerate().filter(|(_, between)| **between != Between::default()) {
            let Some(name) = place.fields.get(column).and_then(|field| self.record.fields.get((*field)?)) else {
                continue;
            };
            let whole = between.whole.and_then(|row| again(row).cell(&laid.sheet, column));
            let whole = whole.as_ref().map(|(text, at)| (*at, text.as_str()));
            let parted = (between.parted, laid.sheet.dialect.items);
            reading.items.add((laid.sheet.file, &name.name), parted, whole);
        }
        let tell = |row: u32| again(row).faults(&laid.sheet);
        for row in repeated.iter() {
            reading.tell(looks_like_names(&laid.sheet, again(*row).span.start));
        }
        let mut faulty = faulty.iter().copied().peekable();
        let mut late: BTreeMap<usize, BTreeMap<u32, CellValue>> = BTreeMap::new();
        for cell in left {
            while let Some(row) = faulty.next_if(|row| *row <= cell.row) {
                tell(row).into_iter().for_each(|finding| reading.tell(finding));
            }
            let Some(field) = place.fields.get(cell.column as usize).copied().flatten() else { continue };
            let value = self.left(reading, &laid.sheet, &again(cell.row), (cell.column as usize, field));
            late.entry(field).or_default().extend(value.map(|value| (first.saturating_add(cell.row), value)));
        }
        faulty.flat_map(tell).for_each(|finding| reading.tell(finding));
        for (field, values) in late.into_iter().filter(|(_, values)| !values.is_empty()) {
            if let Some(column) = self.columns.get_mut(field) {
                put(column, values);
            }
        }
        laid.starts.extend_from_slice(starts);
    }

    /// Enters what the rows of a piece are called.
    fn number(&mut self, reading: &mut Reading, place: &Place, chunk: &Chunk, sheet: &Sheet) {
        let Some(Data::Words(ids)) = place.ids.and_then(|column| chunk.columns.get(column)) else {
            chunk.starts.iter().for_each(|_| self.numbering.push(None));
            return;
        };
        let needed = referred(reading.schema, self.id);
        // What is no id is told, and its row has none.
        let mut wrong: BTreeSet<u32> = BTreeSet::new();
        for left in chunk.left.iter().filter(|left| Some(left.column as usize) == place.ids) {
            let start = chunk.starts.get(left.row as usize).copied().unwrap_or(0) as usize;
            let again = Again::of(sheet, start, chunk.kept.get(&left.row).map(String::as_str));
            let cells = cells(again.text, again.start, sheet.delimiter);
            let Some(cell) = cells.get(left.column as usize) else { continue };
            let dialect = sheet.dialect_of(again.text.as_bytes().get(cell.start));
            let (start, end) = (again.begins.saturating_add(cell.start), again.begins.saturating_add(cell.end));
            let at = Span::new(sheet.file, start, end);
            if let Some(why) = wrong_id(&cell.text, dialect) {
                reading.no_id(&cell.text, why, at);
                wrong.insert(left.row);
            } else if dialect.is_of_values && self.odd_id.is_none() {
                self.odd_id = odd_ids::odd(&cell.text).map(|kind| (kind, clip(&cell.text), at));
            }
        }
        for (row, (id, start)) in (0_u32..).zip(ids.iter().zip(&chunk.starts)) {
            if wrong.contains(&row) {
                self.numbering.push(None);
                continue;
            }
            let id = (*id <= LAST_WORD).then(|| reading.facts.words.take(chunk.words.text(Word(*id))));
            if id.is_none() {
                let start = *start as usize;
                let cells = sheet.cells(start);
                match place.ids.and_then(|column| cells.get(column)) {
                    Some(cell) => {
                        tell_empty_id(reading, &self.record.name, Span::new(sheet.file, cell.start, cell.end));
                    }
                    // That the row lacks cells is told already.
                    None if needed => tell_no_id(reading, self.id, sheet.row_span(start)),
                    None => {}
                }
            }
            self.numbering.push(id);
        }
    }

    /// Makes room for all rows of a sheet, by the length of those in its first piece.
    fn make_room(&mut self, place: &Place, (rows, last): (usize, Option<u32>), laid: &mut Laid) {
        let from = laid.sheet.body();
        let long = last.map_or(0, |last| (last as usize).saturating_sub(from));
        // A row has at least a sign for each cell, so no row is shorter than this.
        let each = long.checked_div(rows.saturating_sub(1)).unwrap_or(0).max(laid.sheet.header.len()).max(1);
        let all = laid.sheet.text.len().saturating_sub(from).checked_div(each).unwrap_or(0);
        let room = all.saturating_mul(17) / 16;
        laid.starts.reserve(room);
        for field in place.fields.iter().flatten() {
            if let Some(column) = self.columns.get_mut(*field) {
                column.data.reserve(room);
            }
        }
    }

    /// The value of a cell that has not the plain form.
    fn left(
        &self,
        reading: &mut Reading,
        sheet: &Sheet,
        row: &Again,
        (column, field): (usize, usize),
    ) -> Option<CellValue> {
        let field = self.record.fields.get(field)?;
        let cells = cells(row.text, row.start, sheet.delimiter);
        let cell = cells.get(column);
        if cell.is_some_and(|cell| cell.fault == Some(Fault::NeverClosed)) {
            // Told already; what it holds is the rest of the file.
            return None;
        }
        let span = cell.map_or(row.span, |cell| {
            Span::new(sheet.file, row.begins.saturating_add(cell.start), row.begins.saturating_add(cell.end))
        });
        let Some(cell) = cell.filter(|cell| !sheet.is_empty(&cell.text)) else {
            if field.need == Need::Required {
                let place = if sheet.empty == Empty::None { span } else { row.span };
                columns::tell_missing(reading, self.id, field, place);
            }
            return None;
        };
        let dialect = sheet.dialect_of(row.text.as_bytes().get(cell.start));
        let kind = NodeKind::Plain(cell.text.clone().into_owned(), Style::Cell(Arc::clone(dialect)));
        let slot = Slot { record: self.id, name: &field.name, ty: &field.ty };
        reading.claims(slot, &Node { span, kind }).pop().map(|(value, _)| value)
    }
}

/// Which field each column of a sheet gives, and how it is read.
struct Place<'a> {
    lanes: &'a [Lane],
    fields: &'a [Option<usize>],
    ids: Option<usize>,
}

impl<'t> Again<'t> {
    /// The row that begins at a byte of the sheet; its text may have been kept.
    fn of(sheet: &'t Sheet, start: usize, kept: Option<&'t str>) -> Self {
        match kept {
            Some(text) => {
                let end = start.saturating_add(row(text, 0, sheet.delimiter).0);
                Again { text, begins: start, start: 0, span: Span::new(sheet.file, start, end) }
            }
            None => Again { text: &sheet.text, begins: 0, start, span: sheet.row_span(start) },
        }
    }

    /// What a cell of the row holds, and where it stands.
    fn cell(&self, sheet: &Sheet, column: usize) -> Option<(String, Span)> {
        let cells = cells(self.text, self.start, sheet.delimiter);
        let cell = cells.get(column)?;
        let (start, end) = (self.begins.saturating_add(cell.start), self.begins.saturating_add(cell.end));
        Some((cell.text.clone().into_owned(), Span::new(sheet.file, start, end)))
    }

    fn faults(&self, sheet: &Sheet) -> Vec<Diagnostic> {
        let cells = cells(self.text, self.start, sheet.delimiter);
        faults(sheet, self.span, (&cells, self.begins))
    }
}

fn id_lane() -> Lane {
    Lane { wanted: Wanted::Id, need: Need::Optional, none: Data::Words(Vec::new()), over: None }
}

fn wanted(ty: &Type, reading: &Reading) -> Wanted {
    match ty {
        Type::Text => Wanted::Text,
        Type::YesNo => Wanted::YesNo,
        Type::Number => Wanted::Number,
        Type::Money => Wanted::Money(reading.schema.currency),
        Type::Date => Wanted::Day,
        Type::Time => Wanted::Other,
        Type::OneOf(options) => Wanted::Option(options.clone()),
        Type::Ref(record) => Wanted::Ref(*record),
        Type::SetOf(item) => Wanted::SetOf(Box::new(wanted(item, reading))),
    }
}
