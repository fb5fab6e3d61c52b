//! The rows of a sheet, one after the other, and what is wrong with how they are written.

use std::ops::Range;

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Fault, Sheet, SheetCell, cells, row_end},
    source::Span,
};

use super::super::wording::{clip, whole};
use super::tail::{begins_as_a_total, text_in};

/// Rows whose cells are all empty: how many were passed over, and where the first begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Passed {
    pub rows: usize,
    pub first: Option<usize>,
}

impl Passed {
    pub fn one(&mut self, at: usize) {
        self.rows = self.rows.saturating_add(1);
        self.first = self.first.or(Some(at));
    }

    /// Takes in those of a later part of the text, which begins at a byte.
    pub fn then(&mut self, more: Passed, begins: usize) {
        self.rows = self.rows.saturating_add(more.rows);
        self.first = self.first.or(more.first.map(|first| first.saturating_add(begins)));
    }

    /// Tells how many there were, unless the entry of the file says that there are some.
    pub fn told(self, sheet: &Sheet) -> Option<Diagnostic> {
        let first = self.first.filter(|first| !sheet.is_skipped(*first))?;
        let message = match self.rows {
            1 => "this row has only empty cells and is skipped".to_owned(),
            rows => format!("{rows} rows with only empty cells are skipped; this is the first"),
        };
        let help = "to confirm this, set `rows: (skip: [\"\"])` in the file's `files` entry";
        Some(codes::CSV_ROWS.at(Span::new(sheet.file, first, first)).say(message).help(help.to_owned()))
    }
}

/// The next row of a text, without the line break behind it. Lines without anything on them are none, and neither are rows
/// whose cells are all empty, which are counted.
pub(super) fn next_row(text: &[u8], from: usize, delimiter: u8, passed: &mut Passed) -> Option<Range<usize>> {
    let mut at = from;
    while at < text.len() {
        let end = row_end(text, at, delimiter);
        let row = text.get(at..end)?;
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r') && *byte != delimiter;
        if !row.iter().all(blank) {
            if !is_empty(row, delimiter) {
                return Some(at..end);
            }
            passed.one(at);
        }
        at = end.saturating_add(1);
    }
    None
}

/// Whether a byte can stand in a row whose cells are all empty: the last two are a blank that does not break.
fn is_nothing(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || matches!(byte, b' ' | b'\t' | b'\r' | b'"' | 0xc2 | 0xa0)
}

/// Whether all cells of a row are empty.
fn is_empty(row: &[u8], delimiter: u8) -> bool {
    if !row.iter().all(|byte| *byte == b'\n' || is_nothing(*byte, delimiter)) {
        return false;
    }
    let cells = std::str::from_utf8(row).map(|row| cells(row, 0, delimiter)).unwrap_or_default();
    !cells.is_empty() && cells.iter().all(|cell| cell.text.is_empty() && cell.fault.is_none())
}

/// The line of names of a sheet, without its line break.
pub(super) fn names(sheet: &Sheet) -> &[u8] {
    let names = sheet.names();
    sheet.head().as_bytes().get(names.start as usize..names.end as usize).unwrap_or_default()
}

/// Whether a row repeats the line of names, in capitals or not, as where a table was printed on several pages.
#[inline]
pub(super) fn repeats(rest: &[u8], names: &[u8]) -> bool {
    // Each row is asked, and hardly any begins with the letter that the names begin with.
    let small = |text: &[u8]| text.first().map(u8::to_ascii_lowercase);
    let is_near = !names.is_empty() && small(rest) == small(names);
    let behind = Some(rest).filter(|_| is_near).and_then(|rest| rest.split_at_checked(names.len()));
    let behind = behind.filter(|(row, _)| row.eq_ignore_ascii_case(names)).map(|(_, behind)| behind);
    behind.is_some_and(|behind| matches!(behind, [] | [b'\n' | b'\r', ..]))
}

/// Warns of such a row.
pub(super) fn looks_like_names(sheet: &Sheet, start: u32) -> Diagnostic {
    let at = Span { file: sheet.file, start, end: start };
    let message = "this row repeats the column names, but is read like the other rows";
    let cells = sheet.cells(start as usize);
    let word = text_in(&cells).next().and_then(|word| whole(word.trim())).unwrap_or("…");
    let help = format!(
        "to leave out all such rows, set `rows: (skip: [\"{word}\"])` in the file's `files` entry; if another table begins there, set the end of the rows with `rows: (until: \"{word}\")`"
    );
    codes::CSV_ROWS.at(at).say(message).help(help)
}

/// Where each row of a sheet begins, and which were passed over.
pub(super) fn starts(sheet: &Sheet) -> (Vec<usize>, Passed) {
    let (mut at, mut passed, mut starts) = (sheet.body(), Passed::default(), Vec::new());
    let bytes = sheet.text.as_bytes().get(..sheet.end()).unwrap_or_default();
    while let Some(row) = next_row(bytes, at, sheet.delimiter, &mut passed) {
        at = row.end.saturating_add(1);
        if !sheet.is_skipped(row.start) {
            starts.push(row.start);
        }
    }
    (starts, passed)
}

/// Tells of a row that has not as many cells as there are columns, and of quotes that do not fit. The cells may be cut out
/// of a part of the text: where it begins is added to their places.
pub(super) fn faults(sheet: &Sheet, row: Span, (cells, begins): (&[SheetCell], usize)) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for cell in cells {
        let (start, end) = (begins.saturating_add(cell.start), begins.saturating_add(cell.end));
        let at = Span::new(sheet.file, start, end);
        match cell.fault {
            None => {}
            Some(Fault::NeverClosed) => {
                let at = Span::new(sheet.file, start, start.saturating_add(1));
                let finding = codes::CSV_QUOTES.at(at).say("this quote is never closed").label("it begins here");
                found.push(
                    finding.help("put `\"` at the end of the cell; write a quote inside a cell twice".to_owned()),
                );
                // What follows is turned inside out.
                return found;
            }
            Some(Fault::GoesOn) => {
                let finding = codes::CSV_QUOTES.at(at).say("this cell continues after its closing quote");
                found.push(finding.help("write a quote inside a cell twice: `\"\"`".to_owned()));
            }
        }
    }
    found.extend(ragged(sheet, row, cells));
    found
}

/// Tells of a row that has not as many cells as there are columns, with what it most likely is.
fn ragged(sheet: &Sheet, row: Span, row_cells: &[SheetCell]) -> Option<Diagnostic> {
    let (cells, columns) = (row_cells.len(), sheet.header.len());
    if cells == columns {
        return None;
    }
    let message = match (cells, columns) {
        (1, _) => format!("this row has 1 cell, but there are {columns} columns"),
        (_, 1) => format!("this row has {cells} cells, but there is 1 column"),
        (_, _) => format!("this row has {cells} cells, but there are {columns} columns"),
    };
    let last = sheet.header.get(cells..).unwrap_or_default().iter().map(|heading| heading.name.as_str());
    let missing: Vec<String> = last.take(3).map(|name| format!("`{}`", clip(name))).collect();
    let first = text_in(row_cells).next().unwrap_or_default();
    let is_below = columns > 1 && (text_in(row_cells).nth(1).is_none() || begins_as_a_total(first));
    let help = match missing.is_empty() {
        false if is_below => format!(
            "write every cell, including empty ones; this row lacks {}; if it is a note or a total below the table, set the end of the rows with `rows: (until: \"…\")`",
            missing.join(", ")
        ),
        false => format!("write every cell, including empty ones; this row lacks {}", missing.join(", ")),
        true if row_cells.iter().skip(columns).all(|cell| cell.text.is_empty()) => {
            "remove the separators after the last column, or put one more after the column names for each".to_owned()
        }
        true => match number_cut(sheet, row_cells) {
            Some(number) if columns == 1 => format!(
                "if `{number}` is one number, set `decimal: \",\"` in the file's `files` entry; otherwise put quotes around text that contains the separator"
            ),
            Some(number) => format!(
                "put quotes around text and numbers that contain the separator; if `{number}` is one number, write `\"{number}\"`"
            ),
            None => "put quotes around text that contains the separator".to_owned(),
        },
    };
    Some(codes::CSV_RAGGED.at(row).say(message).help(help))
}

/// Two cells of a row that commas separate which may be a number with its decimals.
fn number_cut(sheet: &Sheet, cells: &[SheetCell]) -> Option<String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let cut = cells.windows(2).filter(|_| sheet.delimiter == b',').find_map(|pair| match pair {
        [whole, decimals] if digits(whole.text.trim_start_matches('-')) && digits(&decimals.text) => {
            Some(format!("{},{}", whole.text, decimals.text))
        }
        _ => None,
    });
    cut.map(|number| clip(&number))
}
