//! What the records of an `.xls` say beside the values that calamine gives: which rows and columns are hidden, and which cells show
//! a currency. Records are read as far as they go; whether the file is sound is told where its values are read.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{biff_runs, compound, number_format::Format, runs::Formatted, text_formulas::steps_may_give_text};

/// What is said of a sheet beside its cells.
#[derive(Default)]
pub(super) struct Beside {
    pub hidden_rows: BTreeSet<u32>,
    /// First and last of each.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Numbers and texts whose format shows something of which their values say nothing, each with the format.
    pub formatted: Vec<((u32, u32), Rc<Format>)>,
    /// Whether days are counted from 1904.
    pub is_from_1904: bool,
    pub by: By,
    /// Formulas with a format of numbers whose result is nought; and whether it may be a text, of those that several cells share.
    pub noughts: BTreeMap<(u32, u32), Option<bool>>,
    pub runs: Formatted,
}

/// What program wrote the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum By {
    LibreOffice,
    #[default]
    Another,
}

/// Of the sheet that has this place among all.
pub(super) fn beside(bytes: &[u8], sheet: usize) -> Beside {
    let Some(stream) = compound::part_called(bytes, &["Workbook", "Book"]) else { return Beside::default() };
    let book = Book::of(&stream);
    let start = book.sheets.get(sheet).and_then(|start| stream.get(*start as usize..));
    let mut found = start.map_or_else(Beside::default, |records| book.sheet(records));
    found.runs = start.map(|from| biff_runs::in_cells(records(from), &biff_runs::shared(&stream))).unwrap_or_default();
    found
}

/// Whether what the records hold is locked by a password.
pub(super) fn has_password(bytes: &[u8]) -> bool {
    let stream = compound::part_called(bytes, &["Workbook", "Book"]);
    stream.is_some_and(|stream| records(&stream).any(|(kind, data)| kind == 0x002f && two(data, 0) != Some(0)))
}

/// Whether the records of a file hold what calamine takes for granted, which breaks off where they do not: sheets that begin within the
/// file, a size that a sheet can have, and as many merged cells as are counted.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let Some(stream) = compound::part_called(bytes, &["Workbook", "Book"]) else { return true };
    let is_whole = |(kind, data): (u16, &[u8])| match kind {
        0x0085 => data.len() > 7 && four(data, 0).is_some_and(|start| (start as usize) < stream.len()),
        0x0200 => is_a_size(data),
        kind if CELLS.contains(&kind) => cell(kind, data).is_none_or(|(_, _, last)| last < MOST_COLUMNS),
        0x00e5 => {
            two(data, 0).is_some_and(|count| data.len() >= usize::from(count).saturating_mul(8).saturating_add(2))
        }
        _ => true,
    };
    let starts = Book::of(&stream).sheets;
    let sheets = starts.iter().filter_map(|start| stream.get(*start as usize..));
    records(&stream).all(is_whole) && sheets.flat_map(records).all(is_whole)
}

/// The first row and column of a sheet's cells come before the ones behind the last, and these within what a sheet can have. A sheet
/// without cells has none of them.
fn is_a_size(data: &[u8]) -> bool {
    let rows = match data.len() {
        10 => two(data, 0).map(u32::from).zip(two(data, 2).map(u32::from)),
        _ => four(data, 0).zip(four(data, 4)),
    };
    let columns = if data.len() == 10 { two(data, 6) } else { two(data, 10) };
    match (rows, columns) {
        (Some((first, behind)), Some(columns)) => {
            let is_empty = behind == 0 || columns == 0;
            is_empty || (first < behind && behind <= MOST_ROWS && columns <= MOST_COLUMNS)
        }
        // What is too short is told where it is read.
        (_, _) => true,
    }
}

/// A cell that is far from the others.
pub(super) struct Stray {
    pub row: u16,
    pub column: u16,
    /// How many cells a table of its sheet would have up to it.
    pub area: u64,
    /// How many have something in them.
    pub cells: u64,
}

/// The last cell of a sheet that has few cells, far from each other: calamine makes room for all between them, in all sheets.
pub(super) fn stray(bytes: &[u8]) -> Option<Stray> {
    let stream = compound::part_called(bytes, &["Workbook", "Book"])?;
    let starts = Book::of(&stream).sheets;
    starts.iter().filter_map(|start| stream.get(*start as usize..)).find_map(|from| {
        let (mut first, mut last, mut cells) = ((u16::MAX, u16::MAX), (0_u16, 0_u16), 0_u64);
        for (row, begin, end) in records(from).filter_map(|(kind, data)| cell(kind, data)) {
            first = (first.0.min(row), first.1.min(begin));
            last = (last.0.max(row), last.1.max(end));
            cells = cells.saturating_add(u64::from(end.saturating_sub(begin)).saturating_add(1));
        }
        let long = |first: u16, last: u16| u64::from(last.saturating_sub(first)).saturating_add(1);
        let area = long(first.0, last.0).saturating_mul(long(first.1, last.1));
        let is_one = cells > 0 && area > MOST_ROOM && area > cells.saturating_mul(MOST_TO_ONE);
        is_one.then_some(Stray { row: last.0, column: last.1, area, cells })
    })
}

/// So many cells take little room, whatever is in them; and so many may a sheet have for each that has something in it.
const MOST_ROOM: u64 = 1 << 21;
const MOST_TO_ONE: u64 = 16;

/// Kinds of records that are cells.
const CELLS: [u16; 8] = [0x0006, 0x00bd, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e];

/// The row of a cell, and its first and last columns.
fn cell(kind: u16, data: &[u8]) -> Option<(u16, u16, u16)> {
    let (row, column) = CELLS.contains(&kind).then(|| two(data, 0).zip(two(data, 2))).flatten()?;
    let last = if kind == 0x00bd { two(data, data.len().saturating_sub(2))? } else { column };
    Some((row, column, last.max(column)))
}

const MOST_ROWS: u32 = 65_536;
const MOST_COLUMNS: u16 = 256;

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
pub(super) const CONTINUED: u16 = 0x003c;

/// The records of a part, each with its kind, up to the end of what begins with the first one.
fn records(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let all = each_record(bytes).take_while(|(kind, _, depth)| *kind != END || *depth > 0);
    all.filter(|(kind, _, depth)| *depth <= 1 && *kind != CONTINUED).map(|(kind, data, _)| (kind, data))
}

/// All records, each with its kind and how many that begin something it is within.
pub(super) fn each_record(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8], usize)> {
    let (mut rest, mut depth) = (bytes, 0_usize);
    std::iter::from_fn(move || {
        let (kind, length) = (two(rest, 0)?, usize::from(two(rest, 2)?));
        let end = length.saturating_add(4);
        let data = rest.get(4..end)?;
        rest = rest.get(end..)?;
        match kind {
            BEGIN => depth = depth.saturating_add(1),
            END => depth = depth.saturating_sub(1),
            _ => {}
        }
        // Charts that stand in a sheet have records of their own.
        Some((kind, data, depth))
    })
}

/// What holds for all sheets.
#[derive(Default)]
struct Book {
    /// Where each sheet begins.
    sheets: Vec<u32>,
    /// By a cell's style: its format, if that shows something.
    telling: Vec<Option<Rc<Format>>>,
    /// By a cell's style: the number of its format, of which nought is the general one.
    formats: Vec<u16>,
    by: By,
    is_from_1904: bool,
}

impl Book {
    fn of(stream: &[u8]) -> Book {
        let (mut sheets, mut formats, mut styles) = (Vec::new(), Vec::new(), Vec::new());
        let (mut is_newest, mut by, mut is_from_1904) = (true, By::Another, false);
        for (kind, data) in records(stream) {
            match kind {
                BEGIN => is_newest = two(data, 0) == Some(0x0600),
                // Who wrote it, which LibreOffice calls by the name of its program.
                0x005c if data.get(3..).is_some_and(|name| name.starts_with(b"Calc ")) => by = By::LibreOffice,
                0x0022 => is_from_1904 = two(data, 0) == Some(1),
                0x0085 => sheets.extend(four(data, 0)),
                0x041e => formats.extend(format(data, is_newest)),
                0x00e0 => styles.push(two(data, 2).unwrap_or(0)),
                _ => {}
            }
        }
        let format = |id: &u16| {
            let code = formats.iter().find(|(of, _)| of == id).map_or("", |(_, code)| code.as_str());
            Some(Format::of(Some(u32::from(*id)), code)).filter(Format::tells).map(Rc::new)
        };
        Book { sheets, telling: styles.iter().map(format).collect(), formats: styles, by, is_from_1904 }
    }

    fn sheet(&self, from: &[u8]) -> Beside {
        let mut found = Beside { by: self.by, is_from_1904: self.is_from_1904, ..Beside::default() };
        let mut shared = Vec::new();
        for (kind, data) in records(from) {
            match kind {
                // A row, and columns from one to another.
                0x0208 if two(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                    found.hidden_rows.extend(two(data, 0).map(u32::from));
                }
                0x007d if two(data, 8).is_some_and(|flags| flags & 1 != 0) => {
                    let columns = two(data, 0).zip(two(data, 2));
                    found.hidden_columns.extend(columns.map(|(first, last)| (u32::from(first), u32::from(last))));
                }
                // A number in two forms.
                0x0203 | 0x027e => self.cell(data, (0, 4), &mut found.formatted),
                // A text, and a formula that gives one.
                0x00fd | 0x0204 | 0x00d6 => self.text(data, &mut found.formatted),
                0x0006 if two(data, 12) == Some(0xffff) => self.text(data, &mut found.formatted),
                // A formula, whose value is no number if it ends so.
                0x0006 if two(data, 12) != Some(0xffff) => {
                    self.cell(data, (0, 4), &mut found.formatted);
                    found.noughts.extend(self.nought(data));
                }
                0x04bc => shared.extend(Shared::of(data)),
                // Several numbers side by side, of six bytes each.
                0x00bd => {
                    let many = data.len().saturating_sub(6).checked_div(6).unwrap_or(0);
                    for at in 0..many {
                        self.cell(data, (at, at.saturating_mul(6).saturating_add(4)), &mut found.formatted);
                    }
                }
                _ => {}
            }
        }
        for (cell, may) in found.noughts.iter_mut().filter(|(_, may)| may.is_some()) {
            *may = shared.iter().find(|one| one.has(*cell)).map(|one| one.may_give_text).or(*may);
        }
        found
    }

    /// The cell of a formula whose result is nought and which has a format of its own.
    fn nought(&self, data: &[u8]) -> Option<((u32, u32), Option<bool>)> {
        let has_format = self.formats.get(usize::from(two(data, 4)?)).is_some_and(|format| *format != 0);
        let is_nought = data.get(6..14)?.iter().all(|byte| *byte == 0);
        let is_shared = matches!(data.get(22), Some(0x01 | 0x02));
        let cell = (u32::from(two(data, 0)?), u32::from(two(data, 2)?));
        (has_format && is_nought).then_some((cell, is_shared.then_some(true)))
    }

    /// A cell with a text, beside which its format may show something.
    fn text(&self, data: &[u8], found: &mut Vec<((u32, u32), Rc<Format>)>) {
        let style = two(data, 4).map(usize::from);
        let format = style.and_then(|style| self.telling.get(style)?.as_ref());
        if format.is_some_and(|format| format.tells_of_texts()) {
            self.cell(data, (0, 4), found);
        }
    }

    /// A cell so many columns behind the one that its record names, whose style stands there.
    fn cell(&self, data: &[u8], (behind, style): (usize, usize), found: &mut Vec<((u32, u32), Rc<Format>)>) {
        let format = two(data, style).and_then(|style| self.telling.get(usize::from(style))?.as_ref());
        if let (Some(format), Some(row), Some(column)) = (format, two(data, 0), two(data, 2)) {
            let behind = u32::try_from(behind).unwrap_or(u32::MAX);
            found.push(((u32::from(row), u32::from(column).saturating_add(behind)), Rc::clone(format)));
        }
    }
}

/// A formula that several cells share: the first and last row and column of these.
struct Shared {
    rows: (u16, u16),
    columns: (u8, u8),
    may_give_text: bool,
}

impl Shared {
    fn of(data: &[u8]) -> Option<Shared> {
        let rows = (two(data, 0)?, two(data, 2)?);
        let columns = (*data.get(4)?, *data.get(5)?);
        let end = usize::from(two(data, 8)?).saturating_add(10);
        Some(Shared { rows, columns, may_give_text: steps_may_give_text(data.get(10..end)?) })
    }

    fn has(&self, (row, column): (u32, u32)) -> bool {
        (u32::from(self.rows.0)..=u32::from(self.rows.1)).contains(&row)
            && (u32::from(self.columns.0)..=u32::from(self.columns.1)).contains(&column)
    }
}

/// A format with its number.
fn format(data: &[u8], is_newest: bool) -> Option<(u16, String)> {
    let id = two(data, 0)?;
    if !is_newest {
        let length = usize::from(*data.get(2)?);
        let letters = data.get(3..length.saturating_add(3))?;
        return Some((id, letters.iter().copied().map(of_windows).collect()));
    }
    let (length, flags, text) = (usize::from(two(data, 2)?), *data.get(4)?, data.get(5..)?);
    let code = if flags & 1 == 0 {
        text.iter().take(length).copied().map(char::from).collect()
    } else {
        let units = text.as_chunks::<2>().0.iter().take(length).map(|two| u16::from_le_bytes(*two));
        char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    Some((id, code))
}

/// In the older files the sign of the euro is one of those that other texts leave free.
fn of_windows(byte: u8) -> char {
    if byte == 0x80 { '€' } else { char::from(byte) }
}

pub(super) fn two(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.saturating_add(2))?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

pub(super) fn four(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.saturating_add(4))?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
