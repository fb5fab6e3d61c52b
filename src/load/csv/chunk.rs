//! A stretch of a sheet's rows, read straight into columns. Several stretches are read at once, so nothing here writes to
//! what they share: new texts get numbers of the stretch's own, and what has no plain form is left for afterwards.

use crate::{
    facts::{
        Facts, Words,
        column::{
            ANSWER_ABSENT, ANSWER_UNKNOWN, DAY_ABSENT, DAY_UNKNOWN, Data, Known, NUMBER_ABSENT, NUMBER_UNKNOWN,
            WORD_ABSENT, WORD_UNKNOWN,
        },
        sheet::{Decimal, Empty, Sheet},
    },
    model::schema::{Need, RecordId},
    value::Currency,
};

use super::{
    super::{plain::BETWEEN_ITEMS, wording::nfc},
    quick,
    rows::{Quotes, RowAt, Rows},
};

/// What a column is read as.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// Ids, which are known already, and columns that were told to be none of the record.
    Nothing,
    Day,
    YesNo,
    Number,
    Money(Option<Currency>, Decimal),
    Text,
    Option(Vec<String>),
    Ref(RecordId),
    SetOf(Box<Wanted>),
    /// What is always left for afterwards.
    Other,
}

/// A column of the sheet.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub wanted: Wanted,
    pub need: Need,
    pub data: Data,
}

/// A cell that is left for afterwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    /// Counted from the first row of the stretch.
    pub row: u32,
    pub column: u32,
}

pub(super) struct Chunk {
    pub lanes: Vec<Lane>,
    /// Where each row begins.
    pub starts: Vec<u32>,
    /// The texts of the stretch, by the numbers that its columns have for them.
    pub words: Words,
    pub left: Vec<Left>,
    /// Rows that are not written as they should be.
    pub faulty: Vec<u32>,
}

/// What all stretches of a sheet share.
pub(super) struct Shared<'a> {
    pub sheet: &'a Sheet,
    pub lanes: &'a [Lane],
    pub facts: &'a Facts,
}

/// Reads the rows from one byte up to another.
pub(super) fn read(shared: &Shared, from: usize, to: usize) -> Chunk {
    let rows = room(shared.sheet, from, to);
    let mut lanes = shared.lanes.to_vec();
    for lane in lanes.iter_mut().filter(|lane| !matches!(lane.wanted, Wanted::Nothing)) {
        reserve(&mut lane.data, rows);
    }
    let chunk = Chunk {
        lanes,
        starts: Vec::with_capacity(rows),
        words: Words::default(),
        left: Vec::new(),
        faulty: Vec::new(),
    };
    let mut reader =
        Reader { shared, chunk, last: vec![Last::default(); shared.lanes.len()], blank: blank(shared.sheet.delimiter) };
    for row in Rows::within(shared.sheet, from, to) {
        reader.row(&row);
    }
    reader.chunk
}

/// About how many rows there are, by the length of the first hundred. The first stretch has those of all others put behind
/// it, so it makes room for them, too.
fn room(sheet: &Sheet, from: usize, to: usize) -> usize {
    let to = if from == sheet.body { sheet.text.len() } else { to };
    let sample = Rows::within(sheet, from, to).take(100);
    let (rows, last) = sample.fold((0_usize, from), |(rows, _), row| (rows.saturating_add(1), row.start));
    let each = last.saturating_sub(from).checked_div(rows.saturating_sub(1)).unwrap_or(0).max(1);
    to.saturating_sub(from).checked_div(each).unwrap_or(0).saturating_mul(17) / 16
}

/// A column with room for so many rows.
fn reserve(data: &mut Data, rows: usize) {
    match data {
        Data::Days(days) => days.reserve(rows),
        Data::Numbers(numbers) | Data::Money { hundredths: numbers, .. } => numbers.reserve(rows),
        Data::Words(words) | Data::Rows(words) => words.reserve(rows),
        Data::YesNo(answers) => answers.reserve(rows),
        Data::Sets { starts, state, .. } => {
            starts.reserve(rows);
            state.reserve(rows);
        }
        Data::OverTime { .. } => {}
    }
}

/// Blanks around a cell mean nothing.
fn blank(delimiter: u8) -> &'static [char] {
    if delimiter == b'\t' { &[' '] } else { &[' ', '\t'] }
}

struct Reader<'a> {
    shared: &'a Shared<'a>,
    chunk: Chunk,
    /// By column.
    last: Vec<Last>,
    blank: &'static [char],
}

/// The last reference and its row: rows that refer to the same thing often follow one another.
#[derive(Clone, Debug, Default)]
struct Last {
    id: String,
    row: u32,
}

impl<'a> Reader<'a> {
    fn row(&mut self, row: &RowAt<'a>) {
        let number = u32::try_from(self.chunk.starts.len()).unwrap_or(u32::MAX);
        self.chunk.starts.push(u32::try_from(row.start).unwrap_or(u32::MAX));
        match row.quotes {
            Quotes::None => self.plain_row(number, row.line),
            Quotes::Some => self.quoted_row(number, row.start),
        }
    }

    fn plain_row(&mut self, number: u32, line: &'a str) {
        let delimiter = self.shared.sheet.delimiter;
        let mut rest = Some(line);
        let mut faulty = false;
        for column in 0..self.chunk.lanes.len() {
            let cell = match rest {
                None => {
                    faulty = true;
                    ""
                }
                Some(text) => {
                    let (cell, more) = cut(text, delimiter);
                    rest = more;
                    trimmed(cell, self.blank)
                }
            };
            self.cell(number, column, cell);
        }
        if faulty || rest.is_some() {
            self.chunk.faulty.push(number);
        }
    }

    fn quoted_row(&mut self, number: u32, start: usize) {
        let sheet: &'a Sheet = self.shared.sheet;
        let cells = sheet.cells(start);
        if cells.len() != self.chunk.lanes.len() || cells.iter().any(|cell| cell.fault.is_some()) {
            self.chunk.faulty.push(number);
        }
        for column in 0..self.chunk.lanes.len() {
            self.cell(number, column, cells.get(column).map_or("", |cell| cell.text.as_ref()));
        }
    }

    fn cell(&mut self, row: u32, column: usize, cell: &str) {
        let (Some(lane), Some(last)) = (self.chunk.lanes.get_mut(column), self.last.get_mut(column)) else { return };
        let taken = match (&lane.wanted, cell) {
            (Wanted::Nothing, _) => true,
            (_, "") => {
                empty(&mut lane.data, self.shared.sheet.empty);
                lane.need == Need::Optional
            }
            (_, cell) => take(lane, last, &mut self.chunk.words, self.shared.facts, cell),
        };
        if !taken {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            self.chunk.left.push(Left { row, column });
        }
    }
}

/// The first cell and what follows it; nothing follows the last.
fn cut(text: &str, delimiter: u8) -> (&str, Option<&str>) {
    match memchr::memchr(delimiter, text.as_bytes()) {
        Some(at) => (text.get(..at).unwrap_or(""), text.get(at.saturating_add(1)..)),
        None => (text, None),
    }
}

fn trimmed<'t>(cell: &'t str, blank: &[char]) -> &'t str {
    let edge = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    let bytes = cell.as_bytes();
    if edge(bytes.first()) || edge(bytes.last()) { cell.trim_matches(blank) } else { cell }
}

/// Adds what a cell means that holds nothing.
fn empty(data: &mut Data, empty: Empty) {
    let absent = empty == Empty::None;
    match data {
        Data::Days(days) => days.push(if absent { DAY_ABSENT } else { DAY_UNKNOWN }),
        Data::Numbers(numbers) | Data::Money { hundredths: numbers, .. } => {
            numbers.push(if absent { NUMBER_ABSENT } else { NUMBER_UNKNOWN });
        }
        Data::Words(words) | Data::Rows(words) => words.push(if absent { WORD_ABSENT } else { WORD_UNKNOWN }),
        Data::YesNo(answers) => answers.push(if absent { ANSWER_ABSENT } else { ANSWER_UNKNOWN }),
        Data::Sets { starts, items, state } => {
            state.push(if absent { Known::Absent } else { Known::Unknown });
            starts.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
        }
        // No column of a sheet is read as these.
        Data::OverTime { .. } => {}
    }
}

/// Adds the value of a cell; `false` when it is left for afterwards, and unknown until then.
fn take(lane: &mut Lane, last: &mut Last, words: &mut Words, facts: &Facts, cell: &str) -> bool {
    let point = |decimal: Decimal| if decimal == Decimal::Comma { b',' } else { b'.' };
    match (&lane.wanted, &mut lane.data) {
        (Wanted::Day, Data::Days(days)) => push(days, quick::day(cell), DAY_UNKNOWN),
        (Wanted::YesNo, Data::YesNo(answers)) => push(answers, quick::answer(cell), ANSWER_UNKNOWN),
        (Wanted::Number, Data::Numbers(numbers)) => push(numbers, quick::number(cell), NUMBER_UNKNOWN),
        (Wanted::Money(Some(currency), decimal), Data::Money { hundredths, .. }) => {
            let amount = cell.strip_prefix(currency.as_str()).and_then(|rest| rest.strip_prefix(' ')).unwrap_or(cell);
            push(hundredths, quick::hundredths(amount, point(*decimal)), NUMBER_UNKNOWN)
        }
        (Wanted::Text | Wanted::Option(_), Data::Words(column)) => {
            push(column, word(&lane.wanted, words, cell), WORD_UNKNOWN)
        }
        (Wanted::Ref(record), Data::Rows(rows)) => push(rows, row(*record, last, facts, cell), WORD_UNKNOWN),
        (Wanted::SetOf(item), Data::Sets { starts, items, state }) => {
            let before = items.len();
            let known = set(item, items, (words, facts), cell);
            if known == Known::Unknown {
                items.truncate(before);
            }
            state.push(known);
            starts.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
            known == Known::Given
        }
        (_, data) => {
            empty(data, Empty::NotGiven);
            false
        }
    }
}

fn push<T>(column: &mut Vec<T>, value: Option<T>, unknown: T) -> bool {
    let known = value.is_some();
    column.push(value.unwrap_or(unknown));
    known
}

/// The stretch's own number for a text, unless it is none of the words that can stand there.
fn word(wanted: &Wanted, words: &mut Words, cell: &str) -> Option<u32> {
    let text = nfc(cell);
    match wanted {
        Wanted::Option(options) if !options.iter().any(|option| *option == text) => None,
        _ => Some(words.take(&text).0),
    }
}

fn row(record: RecordId, last: &mut Last, facts: &Facts, cell: &str) -> Option<u32> {
    if last.id == cell {
        return Some(last.row);
    }
    let row = facts.find(record, &nfc(cell))?.0;
    last.id.clear();
    last.id.push_str(cell);
    last.row = row;
    Some(row)
}

/// Adds the items of a set; unknown when one of them is left for afterwards.
fn set(item: &Wanted, items: &mut Vec<u32>, (words, facts): (&mut Words, &Facts), cell: &str) -> Known {
    let before = items.len();
    for one in cell.split(BETWEEN_ITEMS).map(str::trim).filter(|one| !one.is_empty()) {
        let found = match item {
            Wanted::Text | Wanted::Option(_) => word(item, words, one),
            Wanted::Ref(record) => facts.find(*record, &nfc(one)).map(|row| row.0),
            Wanted::Nothing | Wanted::Day | Wanted::YesNo | Wanted::Number => None,
            Wanted::Money(..) | Wanted::SetOf(_) | Wanted::Other => None,
        };
        let Some(found) = found else { return Known::Unknown };
        items.push(found);
    }
    // The numbers of texts are put into order when they are known to all.
    if items.len() > before { Known::Given } else { Known::Unknown }
}
