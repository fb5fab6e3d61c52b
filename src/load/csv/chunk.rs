//! A piece of a sheet's rows, read straight into columns. Several pieces are read at once, so nothing here looks at what they
//! share: texts, words of a list and references get numbers of the piece's own, and what has no plain form is left for
//! afterwards.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::{
    facts::{
        Word, Words,
        column::{
            ANSWER_ABSENT, ANSWER_UNKNOWN, DAY_ABSENT, DAY_UNKNOWN, Data, Known, NUMBER_ABSENT, NUMBER_UNKNOWN,
            WORD_ABSENT, WORD_UNKNOWN,
        },
        sheet::{Decimal, Empty, Sheet, SheetCell, cells, is_blank, meant, row_end},
    },
    model::schema::{Need, RecordId},
    value::Currency,
};

use super::{
    super::{
        items::{self, Between},
        meant,
        wording::nfc,
    },
    among::{Columns, Seems, may_be_a_total},
    odd_ids,
    pieces::Piece,
    quick,
    rows::{Passed, names, next_row, repeats},
    second::{self, Apart, may_be_a_line},
};

/// What a column is read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Columns that were told to be none of the record, and those that are read another time.
    Nothing,
    /// What each row is called.
    Id,
    Day,
    YesNo,
    Number,
    Money(Option<Currency>),
    Text,
    Option(Vec<String>),
    Ref(RecordId),
    SetOf(Box<Wanted>),
    /// What is always left for afterwards.
    Other,
}

impl Wanted {
    /// Whether anybody may write any words there.
    pub fn is_of_words(&self) -> bool {
        match self {
            Wanted::Nothing | Wanted::Id | Wanted::Text => true,
            Wanted::SetOf(item) => **item == Wanted::Text,
            Wanted::Day | Wanted::YesNo | Wanted::Number | Wanted::Money(_) => false,
            Wanted::Option(_) | Wanted::Ref(_) | Wanted::Other => false,
        }
    }
}

/// A column of the sheet.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub wanted: Wanted,
    pub need: Need,
    /// Nothing, in the form that its values have.
    pub none: Data,
    /// Of the column of the ids: what stands over it.
    pub over: Option<String>,
}

impl Lane {
    /// Whether a text among the ids may be a heading of theirs.
    fn may_be_over_ids(&self, text: &[u8]) -> bool {
        self.over.as_ref().is_some_and(|over| second::may_be_over_ids(text, over))
    }
}

/// A cell that is left for afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Left {
    /// Counted from the first row of the piece.
    pub row: u32,
    pub column: u32,
}

/// What was read of a piece.
#[derive(Default)]
pub(super) struct Chunk {
    pub number: usize,
    /// By column. Words, references and the items of sets are numbers of `words`; sets have no first start.
    pub columns: Vec<Data>,
    /// Where each row begins in the whole text.
    pub starts: Vec<u32>,
    pub words: Words,
    pub left: Vec<Left>,
    /// The first amount with a point before its decimals in a column where nobody said what stands there.
    pub pointed: Option<Left>,
    /// Of each column of sets of texts, what separates its items.
    pub between: Vec<Between<u32>>,
    /// Rows that are not written as they should be.
    pub faulty: Vec<u32>,
    /// Rows that repeat the line of names.
    pub repeated: Vec<u32>,
    /// Rows that seem to be something else than records.
    pub seeming: Vec<(u32, Seems)>,
    /// The texts of rows that somebody will look at once more.
    pub kept: BTreeMap<u32, String>,
    /// Rows whose cells are all empty, by their places in the whole text.
    pub passed: Passed,
}

/// Reads a piece, whose text that is. What the chunk held before is forgotten.
pub(super) fn read(sheet: &Sheet, lanes: &[Lane], (piece, text): (&Piece, &str), chunk: &mut Chunk) {
    chunk.clear(piece.number, lanes);
    if chunk.starts.capacity() == 0 {
        chunk.make_room(piece.bytes);
    }
    let last = vec![Last::default(); lanes.len()];
    let (names, columns) = (names(sheet), Columns::of_lanes(lanes, sheet.ids()));
    let seen = Seen::default();
    let mut reader =
        Reader { sheet, lanes, piece, text, names, columns, days: quick::Days::new(), last, seen, apart: 0, chunk };
    let (mut at, mut passed) = (0_usize, Passed::default());
    while let Some(first) = piece.bytes.get(at) {
        if sheet.is_skipped(piece.start.saturating_add(at)) {
            at = row_end(piece.bytes, at, sheet.delimiter).saturating_add(1);
            continue;
        }
        let is_plain = *first == sheet.delimiter || *first > b' ';
        if let Some(next) = Some(at).filter(|_| is_plain).and_then(|at| reader.plain_row(at)) {
            if at == 0 && piece.number == 0 {
                reader.look_apart(at..next);
            }
            at = next;
        } else if let Some(row) = next_row(piece.bytes, at, sheet.delimiter, &mut passed) {
            let is_apart = row.start > at || (at == 0 && piece.number == 0);
            at = row.end.saturating_add(1);
            if !sheet.is_skipped(piece.start.saturating_add(row.start)) {
                reader.row(row.clone());
                if is_apart {
                    reader.look_apart(row);
                }
            }
        } else {
            break;
        }
    }
    let Reader { last, chunk, .. } = reader;
    chunk.between.extend(last.iter().map(|last| last.between));
    chunk.passed.then(passed, piece.start);
}

impl Chunk {
    /// Makes room for all rows of a piece, by the length of its first ones.
    fn make_room(&mut self, bytes: &[u8]) {
        let (rows, long) = match memchr::memchr_iter(b'\n', bytes).take(SAMPLE as usize).zip(1..).last() {
            Some((last, rows)) => (rows, last),
            None => (1, bytes.len()),
        };
        let rows = bytes.len().saturating_mul(rows).checked_div(long).unwrap_or(0).saturating_mul(9) / 8;
        self.starts.reserve(rows);
        self.columns.iter_mut().for_each(|column| column.reserve(rows));
    }

    fn clear(&mut self, number: usize, lanes: &[Lane]) {
        self.number = number;
        self.columns.resize_with(lanes.len(), || Data::YesNo(Vec::new()));
        for (column, lane) in self.columns.iter_mut().zip(lanes) {
            if std::mem::discriminant(column) == std::mem::discriminant(&lane.none) {
                truncate(column, 0);
            } else {
                column.clone_from(&lane.none);
            }
        }
        self.starts.clear();
        self.words.clear();
        self.left.clear();
        self.pointed = None;
        self.between.clear();
        self.faulty.clear();
        self.repeated.clear();
        self.seeming.clear();
        self.kept.clear();
        self.passed = Passed::default();
    }
}

fn truncate(data: &mut Data, rows: usize) {
    match data {
        Data::Days(days) => days.truncate(rows),
        Data::Numbers(numbers) | Data::Money { hundredths: numbers, .. } => numbers.truncate(rows),
        Data::Words(words) | Data::Rows(words) => words.truncate(rows),
        Data::YesNo(answers) => answers.truncate(rows),
        Data::Sets { starts, items, state } => {
            starts.truncate(rows);
            state.truncate(rows);
            items.truncate(starts.last().map_or(0, |end| *end as usize));
        }
        // No column of a sheet is read as these.
        Data::OverTime { .. } => {}
    }
}

struct Reader<'a> {
    sheet: &'a Sheet,
    lanes: &'a [Lane],
    piece: &'a Piece<'a>,
    /// The piece as text.
    text: &'a str,
    /// The line of names.
    names: &'a [u8],
    columns: Columns,
    days: quick::Days,
    /// By column.
    last: Vec<Last>,
    seen: Seen,
    /// How many rows that stand apart were looked at.
    apart: usize,
    chunk: &'a mut Chunk,
}

/// What was seen of a row while its cells were taken.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// How many of them hold something.
    filled: usize,
    /// Whether words for a total, or a heading of ids, may stand in one.
    has_words: bool,
    /// Whether one seems to have several items that are read as one.
    is_whole: bool,
}

/// The last text of a column and its number: the same often stands in many rows, one behind the other.
#[derive(Clone, Debug, Default)]
struct Last {
    text: Vec<u8>,
    word: u32,
    /// How many texts were taken in, and how many of them were new.
    taken: u32,
    new: u32,
    /// Of a column of sets, by the rows of the piece.
    between: Between<u32>,
}

impl Last {
    /// The piece's number for a text. Where nearly all are new, as ids are, it is not worth looking for them.
    fn take(&mut self, words: &mut Words, text: &str) -> u32 {
        let before = words.len();
        let many_new = self.taken >= SAMPLE && self.new.saturating_mul(8) > self.taken.saturating_mul(7);
        let Word(word) = if many_new { words.add(&nfc(text)) } else { words.take(&nfc(text)) };
        self.taken = self.taken.saturating_add(1);
        self.new = self.new.saturating_add(u32::from(words.len() > before));
        self.text.clear();
        self.text.extend_from_slice(text.as_bytes());
        self.word = word;
        word
    }
}

/// So many rows of a piece that stand apart are looked at: where there are more, blank lines mean nothing.
const MOST_APART: usize = 20;

/// So many texts show whether those that follow are new.
const SAMPLE: u32 = 64;

impl Reader<'_> {
    /// A row that is written plainly and has all its cells: where the next one begins. Nothing is taken of any other, nor of one
    /// whose cells are all empty.
    fn plain_row(&mut self, at: usize) -> Option<usize> {
        let (row, left) = (self.chunk.starts.len(), self.chunk.left.len());
        let Some(next) = self.plain_cells(at).filter(|_| self.seen.filled > 0) else {
            self.chunk.columns.iter_mut().for_each(|column| truncate(column, row));
            self.chunk.left.truncate(left);
            return None;
        };
        self.begin(at);
        if self.is_to_be_looked_at(at) {
            let text = self.text.get(at..next).unwrap_or_default();
            self.look(&cells(text, 0, self.sheet.delimiter));
        }
        if self.chunk.left.len() > left || self.is_pointed(row) || self.seen.is_whole {
            self.keep(at..next);
        }
        Some(next)
    }

    fn plain_cells(&mut self, at: usize) -> Option<usize> {
        let row = u32::try_from(self.chunk.starts.len()).unwrap_or(u32::MAX);
        self.seen = Seen::default();
        let seen = &mut self.seen;
        let Chunk { columns, words, left, pointed, .. } = &mut *self.chunk;
        let last_column = self.lanes.len().saturating_sub(1);
        let mut rest = self.text.get(at..)?;
        let columns = columns.iter_mut().zip(self.lanes).zip(&mut self.last);
        for (number, ((data, lane), last)) in (0_u32..).zip(columns) {
            let end = if number as usize == last_column { b'\n' } else { self.sheet.delimiter };
            let sheet = self.sheet;
            let decimal = sheet.dialect_of(rest.as_bytes().first()).decimal;
            let mut cell =
                Cell { row, number, data, lane, last, words, left, pointed, seen: &mut *seen, decimal, sheet };
            let is_quick = sheet.empties.is_empty();
            let quick = Some(rest).filter(|_| is_quick).and_then(|rest| cell.quick(rest.as_bytes(), end, self.days));
            let taken = quick.or_else(|| cell.plain(rest, end, sheet.delimiter))?;
            rest = rest.get(taken..)?;
        }
        self.text.len().checked_sub(rest.len())
    }

    /// A row as it may be written in any way.
    fn row(&mut self, row: Range<usize>) {
        let number = u32::try_from(self.chunk.starts.len()).unwrap_or(u32::MAX);
        let Some(text) = self.text.get(row.clone()) else { return };
        let cells = cells(text, 0, self.sheet.delimiter);
        let left = self.chunk.left.len();
        let faulty = cells.len() != self.lanes.len() || cells.iter().any(|cell| cell.fault.is_some());
        self.seen = Seen::default();
        let Chunk { columns, words, left: lefts, pointed, .. } = &mut *self.chunk;
        let columns = columns.iter_mut().zip(self.lanes).zip(&mut self.last);
        for (at, ((data, lane), last)) in (0_u32..).zip(columns) {
            let cell = cells.get(at as usize);
            let shown = cell.map_or("", |cell: &SheetCell| cell.text.as_ref());
            let first = cell.and_then(|cell| text.as_bytes().get(cell.start));
            let decimal = self.sheet.dialect_of(first).decimal;
            let (seen, sheet, left) = (&mut self.seen, self.sheet, &mut *lefts);
            let mut cell =
                Cell { row: number, number: at, data, lane, last, words, left, pointed, seen, decimal, sheet };
            cell.take(shown);
        }
        self.begin(row.start);
        if !faulty && self.is_to_be_looked_at(row.start) {
            self.look(&cells);
        }
        if faulty {
            self.chunk.faulty.push(number);
        }
        if faulty || self.chunk.left.len() > left || self.is_pointed(number as usize) || self.seen.is_whole {
            self.keep(row);
        }
    }

    /// Whether the row that was taken last may be no record: in it words for a total or a heading of the ids may stand, or a single
    /// cell holds something, or a line is drawn.
    fn is_to_be_looked_at(&self, at: usize) -> bool {
        self.seen.has_words
            || self.seen.filled == 1 && self.lanes.len() > 1
            || may_be_a_line(self.piece.bytes.get(at..).unwrap_or_default())
    }

    /// Looks whether the row that was begun last, which is the first or stands apart from those before it, is rather column names.
    fn look_apart(&mut self, row: Range<usize>) {
        let (text, delimiter) = (self.text, self.sheet.delimiter);
        let is_told = |number: u32| self.chunk.seeming.last().is_some_and(|(last, _)| *last == number);
        let Some(number) = self.chunk.starts.len().checked_sub(1).and_then(|last| u32::try_from(last).ok()) else {
            return;
        };
        if self.apart >= MOST_APART || is_told(number) || self.chunk.repeated.last() == Some(&number) {
            return;
        }
        self.apart = self.apart.saturating_add(1);
        let before = (number as usize).checked_sub(1).and_then(|before| self.chunk.starts.get(before));
        let above = before.and_then(|start| (*start as usize).checked_sub(self.piece.start));
        let above = above.map(|start| cells(text, start, delimiter));
        let behind = row.end.saturating_add(usize::from(self.piece.bytes.get(row.end) == Some(&b'\n')));
        let below = next_row(self.piece.bytes, behind, delimiter, &mut Passed::default());
        let below = below.map(|below| cells(text, below.start, delimiter));
        let row = cells(text, row.start, delimiter);
        if row.len() != self.lanes.len() {
            return;
        }
        let apart = Apart { cells: &row, above: above.as_deref(), below: below.as_deref() };
        let seems = second::seems(self.sheet, &self.columns.figures, &apart);
        self.chunk.seeming.extend(seems.map(|seems| (number, seems)));
    }

    /// Looks whether the row that was begun last seems to be no record.
    fn look(&mut self, cells: &[SheetCell]) {
        let number = u32::try_from(self.chunk.starts.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let is_told = self.chunk.repeated.last() == Some(&number);
        let over_ids = || (!is_told && second::is_over_ids(self.sheet, cells)).then_some(Seems::Names);
        let is_first = self.piece.number == 0 && number == 0;
        let seems = self.columns.seems(cells).map(|seems| if is_first { seems.of_first(cells) } else { seems });
        let seems = seems.or_else(over_ids);
        self.chunk.seeming.extend(seems.map(|seems| (number, seems)));
    }

    /// Whether the first amount with a point stands in this row.
    fn is_pointed(&self, row: usize) -> bool {
        self.chunk.pointed.is_some_and(|at| at.row as usize == row)
    }

    fn begin(&mut self, at: usize) {
        let rest = self.text.get(at..).unwrap_or_default();
        if repeats(rest.as_bytes(), self.names) {
            self.chunk.repeated.push(u32::try_from(self.chunk.starts.len()).unwrap_or(u32::MAX));
        }
        self.chunk.starts.push(u32::try_from(self.piece.start.saturating_add(at)).unwrap_or(u32::MAX));
    }

    /// Keeps the text of the row that was begun last.
    fn keep(&mut self, row: Range<usize>) {
        let text = self.text.get(row);
        let number = u32::try_from(self.chunk.starts.len().saturating_sub(1)).ok();
        if let Some((number, text)) = number.zip(text) {
            self.chunk.kept.insert(number, text.to_owned());
        }
    }
}

/// The place of a cell in the columns.
struct Cell<'c> {
    row: u32,
    /// Of the column.
    number: u32,
    data: &'c mut Data,
    lane: &'c Lane,
    last: &'c mut Last,
    words: &'c mut Words,
    left: &'c mut Vec<Left>,
    pointed: &'c mut Option<Left>,
    seen: &'c mut Seen,
    /// What stands before decimals in it. In a sheet a text may have another sign than a number.
    decimal: Decimal,
    sheet: &'c Sheet,
}

impl Cell<'_> {
    /// Takes the value that the rest of a row begins with, if its form is the plainest there is: how long it is with the sign behind it.
    #[inline]
    fn quick(&mut self, rest: &[u8], end: u8, days: quick::Days) -> Option<usize> {
        let taken = match (&self.lane.wanted, &mut *self.data) {
            (Wanted::Day, Data::Days(column)) => {
                let (text, _) = rest.split_first_chunk::<10>()?;
                let taken = with_end(rest, 10, end)?;
                column.push(days.read(*text)?);
                taken
            }
            (Wanted::Number, Data::Numbers(column)) => {
                let (number, length) = quick::number(rest)?;
                let taken = with_end(rest, length, end)?;
                column.push(number);
                taken
            }
            (Wanted::YesNo, Data::YesNo(column)) => {
                let (answer, length) = quick::answer(rest)?;
                let taken = with_end(rest, length, end)?;
                column.push(answer);
                taken
            }
            (Wanted::Text | Wanted::Option(_) | Wanted::Ref(_), Data::Words(column) | Data::Rows(column)) => {
                let length = Some(self.last.text.len()).filter(|length| *length > 0)?;
                let taken = with_end(rest, length, end).filter(|_| rest.starts_with(&self.last.text))?;
                column.push(self.last.word);
                taken
            }
            (_, _) => return None,
        };
        self.seen.filled = self.seen.filled.saturating_add(1);
        Some(taken)
    }

    /// Takes the cell that the rest of a row begins with, unless there are quotes within it or it ends where it should not: how long
    /// it is with the sign behind it.
    fn plain(&mut self, rest: &str, end: u8, delimiter: u8) -> Option<usize> {
        let bytes = rest.as_bytes();
        let (text, length) = match bytes.split_first() {
            Some((b'"', behind)) => {
                let quote = memchr::memchr(b'"', behind)?.saturating_add(1);
                (rest.get(1..quote)?, quote.saturating_add(1))
            }
            Some(_) | None => {
                let length = memchr::memchr3(delimiter, b'\n', b'"', bytes).unwrap_or(bytes.len());
                let text = rest.get(..length)?;
                (text, if end == b'\n' { text.strip_suffix('\r').unwrap_or(text).len() } else { length })
            }
        };
        let taken = with_end(bytes, length, end)?;
        self.take(&meant(text));
        Some(taken)
    }

    /// Takes what a cell holds.
    fn take(&mut self, text: &str) {
        let is_blank = is_blank(text);
        self.seen.filled = self.seen.filled.saturating_add(usize::from(!is_blank));
        let taken = match (&self.lane.wanted, text) {
            (Wanted::Nothing, text) => {
                self.seen.has_words |= may_be_a_total(text.as_bytes()) || self.lane.may_be_over_ids(text.as_bytes());
                true
            }
            (_, text) if is_blank || self.sheet.is_empty(text) => {
                self.push_empty(self.sheet.empty);
                self.lane.need == Need::Optional
            }
            (_, text) => self.value(text),
        };
        if !taken {
            self.left.push(Left { row: self.row, column: self.number });
        }
    }

    /// Adds what a cell means that holds nothing.
    fn push_empty(&mut self, empty: Empty) {
        let absent = empty == Empty::None;
        match &mut *self.data {
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
    fn value(&mut self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let whole = |(_, length): &(_, usize)| *length == bytes.len();
        match (&self.lane.wanted, &mut *self.data) {
            (Wanted::Day, Data::Days(days)) => {
                let day = <[u8; 10]>::try_from(bytes).ok().and_then(|day| quick::Days::new().read(day));
                push(days, day, DAY_UNKNOWN)
            }
            (Wanted::YesNo, Data::YesNo(answers)) => {
                let answer = quick::answer(bytes).filter(|(_, length)| *length == bytes.len());
                push(answers, answer.map(|(answer, _)| answer), ANSWER_UNKNOWN)
            }
            (Wanted::Number, Data::Numbers(numbers)) => {
                push(numbers, quick::number(bytes).filter(whole).map(|(number, _)| number), NUMBER_UNKNOWN)
            }
            (Wanted::Money(Some(currency)), Data::Money { hundredths, .. }) => {
                let point = if self.decimal == Decimal::Comma { b',' } else { b'.' };
                let amount = text.strip_prefix(currency.as_str()).and_then(|rest| rest.strip_prefix(' '));
                let known = push(hundredths, quick::hundredths(amount.unwrap_or(text), point), NUMBER_UNKNOWN);
                if known && self.decimal == Decimal::Untold && self.pointed.is_none() && bytes.contains(&b'.') {
                    *self.pointed = Some(Left { row: self.row, column: self.number });
                }
                known
            }
            (
                Wanted::Id | Wanted::Text | Wanted::Option(_) | Wanted::Ref(_),
                Data::Words(column) | Data::Rows(column),
            ) => {
                // A text that may be no value is looked at each time that it comes.
                let is_id = self.lane.wanted == Wanted::Id;
                let is_odd = is_id && self.sheet.values.is_some() && odd_ids::may_be_one(bytes);
                let is_sound = !may_be_none(bytes, is_id) && !is_odd;
                let is_to_be_looked_at = may_be_a_total(bytes) || self.lane.may_be_over_ids(bytes);
                self.seen.has_words |= is_to_be_looked_at;
                let is_plain = is_sound && !is_to_be_looked_at;
                let word = if is_plain { self.last.take(self.words, text) } else { self.words.take(&nfc(text)).0 };
                column.push(word);
                is_sound
            }
            (Wanted::SetOf(item), Data::Sets { starts, items, state }) => {
                self.seen.has_words |= may_be_a_total(bytes);
                let has_words = **item == Wanted::Text && !self.sheet.dialect.words.is_empty();
                if may_be_none(bytes, false) || has_words {
                    self.push_empty(Empty::NotGiven);
                    return false;
                }
                let before = items.len();
                let all = text.split(self.sheet.dialect.between_items()).map(str::trim).filter(|one| !one.is_empty());
                items.extend(all.map(|one| self.words.take(&nfc(one)).0));
                let some = items.len() > before;
                if **item == Wanted::Text {
                    self.last.between.parted |= items.len() > before.saturating_add(1);
                    let is_asked = self.last.between.whole.is_none();
                    if is_asked && items::is_whole(text, &self.sheet.dialect) {
                        self.last.between.whole = Some(self.row);
                        self.seen.is_whole = true;
                    }
                }
                state.push(if some { Known::Given } else { Known::Unknown });
                starts.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
                some
            }
            (_, _) => {
                self.push_empty(Empty::NotGiven);
                false
            }
        }
    }
}

/// Whether a text may be what a spreadsheet shows instead of a value, such as `#REF!`, or `1,23E+11` for an id.
fn may_be_none(text: &[u8], is_id: bool) -> bool {
    match text {
        [b'#', ..] | [.., b':', b'5', _, _] => true,
        b"NA" | b"N/A" | b"n/a" | b"NULL" | b"null" | b"NaN" => true,
        [b'0'..=b'9', b',' | b'.' | b'E' | b'e', ..] => is_id,
        _ => {
            let is = |is: fn(&str) -> bool| std::str::from_utf8(text).is_ok_and(is);
            is_id && is(meant::is_nothing) || meant::may_be_ditto(text) && is(meant::is_ditto)
        }
    }
}

/// How long a cell is with the sign or line break behind it, if it ends after so many bytes.
#[inline]
fn with_end(rest: &[u8], length: usize, end: u8) -> Option<usize> {
    let sign = match (rest.get(length), end) {
        (Some(byte), _) if *byte == end => 1,
        (None, b'\n') => 0,
        (Some(b'\r'), b'\n') => match rest.get(length.saturating_add(1)) {
            Some(b'\n') => 2,
            None => 1,
            Some(_) => return None,
        },
        (_, _) => return None,
    };
    length.checked_add(sign)
}

fn push<T>(column: &mut Vec<T>, value: Option<T>, unknown: T) -> bool {
    let known = value.is_some();
    column.push(value.unwrap_or(unknown));
    known
}
