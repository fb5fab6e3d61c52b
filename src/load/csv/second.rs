//! Rows that belong to the form of a table and not to its records: the column names of a second table below the first or in another
//! language, lines drawn with signs, and numbers of the columns. They are read like all others, and told.

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Sheet, SheetCell},
    source::Span,
};

use super::{
    super::{cells, meant, wording::folded},
    among::Seems,
    bulk::id_column,
    lone,
    tail::{begins_as_a_total, text_in},
};

/// A row whose place says that it may be no record: the first, or one behind lines without records.
pub(super) struct Apart<'r, 't> {
    pub cells: &'r [SheetCell<'t>],
    /// The record before it, unless it is the first.
    pub above: Option<&'r [SheetCell<'t>]>,
    pub below: Option<&'r [SheetCell<'t>]>,
}

/// What such a row seems to be. Of each column is known whether it has amounts, days or times.
pub(super) fn seems(sheet: &Sheet, figures: &[bool], row: &Apart) -> Option<Seems> {
    if row.above.is_none() && is_numbering(sheet, figures, row) {
        return Some(Seems::Numbering);
    }
    if row.above.is_none() && are_years(row.cells) {
        return Some(Seems::Names);
    }
    let is_total = text_in(row.cells).next().is_some_and(begins_as_a_total);
    (!is_total && text_in(row.cells).all(is_name) && are_names(sheet, figures, row)).then_some(Seems::Names)
}

/// Whether a row has several years and nothing else, as a second line of column names has.
fn are_years(cells: &[SheetCell]) -> bool {
    let is_year = |text: &str| {
        let is_number = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number && ("1900".."2101").contains(&text)
    };
    let filled = text_in(cells).count();
    filled > 1 && filled < cells.len() && text_in(cells).all(is_year)
}

/// Whether what stands in a row of words are names of columns.
fn are_names(sheet: &Sheet, figures: &[bool], row: &Apart) -> bool {
    let filled = text_in(row.cells).count();
    let ids = id_column(sheet);
    let id = ids.and_then(|column| row.cells.get(column)).map(|cell| &*cell.text);
    let same = (0..row.cells.len()).filter(|column| is_own_name(sheet, *column, row.cells)).count();
    let is_own = ids.is_some_and(|column| is_own_name(sheet, column, row.cells));
    if is_own || same > 1 || (same > 0 && same == filled) {
        return true;
    }
    if filled < 2 {
        return false;
    }
    let at = |cells: Option<&[SheetCell]>, column: usize, is: fn(&str) -> bool| {
        cells.and_then(|cells| cells.get(column)).is_some_and(|cell| is(&cell.text))
    };
    let given = |text: &str| !text.is_empty();
    let own = Some(row.cells);
    let is_of_figures = |column: &usize| figures.get(*column) == Some(&true);
    // Where the rows beside it have amounts or days, it has words.
    let beside = (0..row.cells.len())
        .filter(is_of_figures)
        .filter(|column| at(own, *column, given) || at(row.below, *column, given) || at(row.above, *column, given));
    let beside: Vec<usize> = beside.collect();
    let is_word = |text: &str| is_name(text) && !text.contains(|sign: char| sign.is_ascii_digit());
    let has_words = beside.iter().all(|column| at(own, *column, is_word));
    if has_words && beside.len() > usize::from(row.above.is_none()) {
        return true;
    }
    if id.is_some_and(names_ids) {
        return true;
    }
    // Below it a column of texts begins to have numbers.
    let turns = |column: &usize| {
        Some(*column) != ids
            && at(own, *column, is_name)
            && at(row.below, *column, is_figure)
            && at(row.above, *column, is_name)
    };
    let has_none = !(0..row.cells.len()).filter(is_of_figures).any(|column| at(own, column, given));
    has_none && (0..row.cells.len()).filter(|column| !is_of_figures(column)).any(|column| turns(&column))
}

/// What stands over a column, if it is that of the ids.
pub(super) fn over_ids(sheet: &Sheet, column: usize) -> Option<String> {
    let heading = sheet.header.get(column).filter(|_| id_column(sheet) == Some(column))?;
    let written = sheet.head().get(heading.span.start as usize..heading.span.end as usize)?;
    Some(written.trim_matches('"').to_owned())
}

/// Whether a row that stands directly below the others has, in the column of the ids, what stands over these or what many tables
/// write over theirs, and nothing but words beside it. A name of two letters is one of many codes.
pub(super) fn is_over_ids(sheet: &Sheet, cells: &[SheetCell]) -> bool {
    let Some((column, cell)) = id_column(sheet).and_then(|column| Some((column, cells.get(column)?))) else {
        return false;
    };
    let is_short = cell.text.chars().count() <= SHORT;
    let is_own = || {
        let same = (0..cells.len()).filter(|column| is_own_name(sheet, *column, cells)).count();
        is_own_name(sheet, column, cells) && (same > 1 || !is_short)
    };
    let is_said = || text_in(cells).nth(1).is_some() && text_in(cells).all(is_name);
    cells.len() == sheet.header.len() && (names_ids(&cell.text) || is_own()) && is_said()
}

/// So short a name may be an id: `NO`, `ID`.
const SHORT: usize = 2;

/// Whether a text among the ids may be such a name: a quick look at each of very many.
#[inline]
pub(super) fn may_be_over_ids(text: &[u8], over: &str) -> bool {
    let small = |at: usize| text.get(at).map(u8::to_ascii_lowercase).unwrap_or(b' ');
    let is_near = text.len() == over.len() && small(0) == over.as_bytes().first().map_or(b' ', u8::to_ascii_lowercase);
    is_near && text.eq_ignore_ascii_case(over.as_bytes())
        || text.len() <= LONGEST
            && matches!(
                (small(0), small(1), small(2)),
                (b'c', b'o', b'd')
                    | (b'i', b'd', b'n')
                    | (b'k', b'o', b'd')
                    | (b'k', b'u', b'n')
                    | (b'l', 0xc3, _)
                    | (b'm', b'e', b'd')
                    | (b'n', b'r', b' ' | b'.' | b':')
                    | (b'n', b'u', b'm')
                    | (b'o', b'r', b'g')
                    | (b'p', b'e', b'r')
            )
}

/// In bytes.
const LONGEST: usize = 24;

/// Whether a row belongs to the form of a table, wherever it stands.
pub(super) fn is_of_form(sheet: &Sheet, cells: &[SheetCell]) -> bool {
    let same = (0..cells.len()).filter(|column| is_own_name(sheet, *column, cells)).count();
    let over_ids = id_column(sheet).and_then(|column| cells.get(column));
    text_in(cells).all(is_drawn) || counts(cells) || same > 1 || over_ids.is_some_and(|cell| names_ids(&cell.text))
}

/// Whether a cell says what stands over its column.
fn is_own_name(sheet: &Sheet, column: usize, cells: &[SheetCell]) -> bool {
    let Some((heading, cell)) = sheet.header.get(column).zip(cells.get(column)) else { return false };
    let written = sheet.head().get(heading.span.start as usize..heading.span.end as usize).unwrap_or_default();
    let cell = folded(&cell.text);
    !cell.is_empty() && (cell == folded(&heading.name) || cell == folded(written.trim_matches('"')))
}

/// Whether a text may be the name of a column.
fn is_name(text: &str) -> bool {
    text.contains(char::is_alphabetic)
        && !text.starts_with(|sign: char| sign.is_ascii_digit())
        && !meant::is_nothing(text)
        && cells::error(text).is_none()
}

/// Whether a text has digits and no letters.
fn is_figure(text: &str) -> bool {
    text.contains(|sign: char| sign.is_ascii_digit()) && !text.contains(char::is_alphabetic)
}

/// Whether a text is what many tables write over their ids.
pub fn names_ids(text: &str) -> bool {
    let bare: String = text.chars().filter(|sign| sign.is_alphanumeric()).collect();
    // `NR` is a country.
    let is_code = bare.len() <= SHORT && bare.chars().all(char::is_uppercase);
    !is_code && OVER_IDS.contains(&bare.to_lowercase().as_str())
}

const OVER_IDS: [&str; 21] = [
    "code",
    "idnr",
    "idnummer",
    "kod",
    "kode",
    "kundnr",
    "kundnummer",
    "löpnr",
    "löpnummer",
    "medlemsnr",
    "medlemsnummer",
    "nr",
    "number",
    "nummer",
    "organisationsnr",
    "organisationsnummer",
    "organizationnumber",
    "orgnr",
    "orgnummer",
    "personnr",
    "personnummer",
];

/// Whether a row under the column names counts the columns, and the record below it has words where it has numbers, or its id is
/// shorter than all others.
fn is_numbering(sheet: &Sheet, figures: &[bool], row: &Apart) -> bool {
    let is_word = |column: usize| {
        let is_of_figures = figures.get(column) == Some(&true);
        let below = row.below.and_then(|cells| cells.get(column));
        !is_of_figures && below.is_some_and(|cell| cell.text.contains(char::is_alphabetic))
    };
    let is_one = || (0..row.cells.len()).any(is_word) || lone::has_the_shortest_id(sheet, row.cells);
    counts(row.cells) && row.cells.len() == sheet.header.len() && is_one()
}

/// Whether the cells of a row are numbered.
fn counts(cells: &[SheetCell]) -> bool {
    let is_number = |(number, cell): (usize, &SheetCell)| {
        let text = cell.text.trim_matches(['(', ')', '[', ']', '.']);
        text.parse() == Ok(number) && !text.starts_with(['0', '+'])
    };
    cells.len() > 1 && (1..).zip(cells).all(is_number)
}

/// Whether a row may be a line that is drawn: a quick look at each of very many.
#[inline]
pub(super) fn may_be_a_line(row: &[u8]) -> bool {
    let row = row.strip_prefix(b"\"").unwrap_or(row);
    matches!(row, [one @ (b'-' | b'=' | b'_' | b'*' | b'.' | b'~' | b'+' | b'#'), other, ..] if one == other)
        || matches!(row, [0xe2, 0x80 | 0x94 | 0x95, ..])
}

/// Whether the cells of a row hold nothing but such signs.
pub(super) fn is_a_line(cells: &[SheetCell]) -> bool {
    text_in(cells).all(is_drawn) && text_in(cells).next().is_some_and(|text| text.chars().count() > 2)
}

fn is_drawn(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// So many are shown beside the first.
const MORE_SHOWN: usize = 2;

/// Tells of rows that seem to be of one of these kinds, by the bytes at which they begin.
pub(super) fn told(sheet: &Sheet, rows: &[(Seems, usize)]) -> Vec<Diagnostic> {
    let kinds = [
        (
            Seems::Names,
            [
                "this row looks like column names, but is read as a record",
                "rows look like column names, but are read as records",
            ],
            "if another table begins there, end the rows before it with `rows: (until: \"…\")` in the file's `files` entry, with the first word of this row; to leave out only this row, set `rows: (skip: [\"…\"])`",
        ),
        (
            Seems::Line,
            [
                "this row has only lines in its cells, but is read as a record",
                "rows have only lines in their cells, but are read as records",
            ],
            "remove it, or exclude it with `rows: (skip: [\"…\"])` in the file's `files` entry: what is in its first cell",
        ),
        (
            Seems::Numbering,
            ["this row looks like the numbers of the columns, but is read as a record", ""],
            "remove it; if no record begins with the same number, `rows: (skip: [\"1\"])` in the file's `files` entry excludes it too",
        ),
    ];
    let finding = |(kind, [one, many], help): (Seems, [&str; 2], &str)| {
        let mut all =
            rows.iter().filter(|(seems, _)| *seems == kind).map(|(_, start)| Span::new(sheet.file, *start, *start));
        let first = all.next()?;
        let more: Vec<Span> = all.collect();
        let message = match more.len() {
            0 => one.to_owned(),
            more => format!("{} {many}; this is the first", more.saturating_add(1)),
        };
        let finding = codes::CSV_ROWS.at(first).say(message).help(help.to_owned());
        Some(more.iter().take(MORE_SHOWN).fold(finding, |finding, row| finding.also(*row, "here too")))
    };
    kinds.into_iter().filter_map(finding).collect()
}
