//! The rows of a sheet, one after the other, and what is wrong with how they are written.

use std::ops::Range;

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Fault, Sheet, SheetCell, cells, row_end},
    source::{FileId, Span},
};

use super::super::wording::{clip, folded};

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

    /// Tells how many there were.
    pub fn told(self, file: FileId) -> Option<Diagnostic> {
        let first = self.first?;
        let message = match self.rows {
            1 => "this row has only empty cells and is skipped".to_owned(),
            rows => format!("{rows} rows with only empty cells are skipped; this is the first"),
        };
        Some(codes::CSV_ROWS.at(Span::new(file, first, first)).say(message))
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
pub(super) fn is_nothing(byte: u8, delimiter: u8) -> bool {
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

/// Where each row of a sheet begins, and which were passed over.
pub(super) fn starts(sheet: &Sheet) -> (Vec<usize>, Passed) {
    let (mut at, mut passed, mut starts) = (sheet.body(), Passed::default(), Vec::new());
    let bytes = sheet.text.as_bytes().get(..sheet.end()).unwrap_or_default();
    while let Some(row) = next_row(bytes, at, sheet.delimiter, &mut passed) {
        at = row.end.saturating_add(1);
        starts.push(row.start);
    }
    (starts, passed)
}

/// Words by which people call a row that sums up those above it.
const TOTALS: [&str; 25] = [
    "all_in_all",
    "delsumma",
    "gesamt",
    "grand_total",
    "i_allt",
    "i_alt",
    "ialt",
    "in_total",
    "insgesamt",
    "s:a",
    "sammanlagt",
    "slutsumma",
    "subtotal",
    "sum",
    "suma",
    "summa",
    "summe",
    "summering",
    "totaal",
    "total",
    "totalbelopp",
    "totale",
    "totals",
    "totalsumma",
    "totalt",
];

/// So many rows at the end of a table are looked at for a total and notes below it.
pub(super) const TAIL: usize = 20;

/// Warns of a total among the last rows, by a word in it, and of a note in the very last one. Where each of them begins is given.
pub(super) fn tail(sheet: &Sheet, starts: impl Iterator<Item = usize>) -> Vec<Diagnostic> {
    let starts: Vec<usize> = starts.collect();
    let Some(first) = starts.first().copied() else { return Vec::new() };
    let rest = sheet.rest(first);
    let rows = starts.iter().map(|start| (*start, cells(&rest, start.saturating_sub(first), sheet.delimiter)));
    let rows: Vec<(usize, Vec<SheetCell>)> = rows.collect();
    let total = row_of_a_total(&rows);
    let note = rows.last().filter(|(_, cells)| rows.len() > 1 && is_note(cells)).map(|(start, _)| *start);
    let at = |start: usize| Span::new(sheet.file, start, start);
    let mut told: Vec<Diagnostic> = total.map(|start| looks_like_a_total(at(start))).into_iter().collect();
    // A total and the notes below it are left out at once.
    if let (None, Some(start)) = (total, note) {
        let message = "the last row looks like a note below the table, but is read as one of its rows";
        let help = "if it is a note, set the end of the rows with `rows: (until: \"…\")`: the first word of the row after the last one, or `\"\"` for an empty row";
        told.push(codes::CSV_ROWS.at(at(start)).say(message).help(help.to_owned()));
    }
    told
}

/// Where the row begins that calls itself a total: its first cell begins so, and others are empty. Or it is the last but for notes,
/// and a cell says little else, as no other row has it.
fn row_of_a_total(rows: &[(usize, Vec<SheetCell>)]) -> Option<usize> {
    let filled = |cells: &[SheetCell]| cells.iter().filter(|cell| !cell.text.is_empty()).count();
    let begins = |cells: &[SheetCell]| {
        let first = cells.iter().find(|cell| !cell.text.is_empty());
        first.is_some_and(|cell| begins_as_a_total(&cell.text)) && filled(cells) < cells.len()
    };
    let says = |cells: &[SheetCell]| cells.iter().any(|cell| is_dated_total(&cell.text));
    let by_first = rows.iter().find(|(_, cells)| begins(cells));
    let last = || rows.iter().rev().find(|(_, cells)| !is_note(cells));
    let alone = || rows.iter().filter(|(_, cells)| says(cells)).count() == 1;
    let found = by_first.or_else(|| last().filter(|(_, cells)| says(cells) && alone()));
    found.map(|(start, _)| *start)
}

/// Whether only the first cell of a row holds something, which reads like a sentence.
fn is_note(cells: &[SheetCell]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.text.is_empty());
    let (Some(cell), None) = (filled.next(), filled.next()) else { return false };
    let text = cell.text.trim();
    let several = text.split_whitespace().count() > 1;
    cells.len() > 1
        && several
        && (text.contains(':') || text.ends_with('.') || text.starts_with('*') || text.len() > 30)
}

/// Whether people call a total so.
pub fn is_total(text: &str) -> bool {
    TOTALS.contains(&folded(text.trim().trim_end_matches(':')).as_str())
}

/// Whether a text says little more than that it is a total: `Total 2015`, `Summa per 2015-12-31`, `Total: 2 clubs`.
pub fn is_dated_total(text: &str) -> bool {
    is_total(text) || text.contains(|sign: char| sign.is_ascii_digit()) && begins_as_a_total(text)
}

/// Whether a text begins with a word for a total: `Total: 2 clubs`.
pub fn begins_as_a_total(text: &str) -> bool {
    let text = folded(text);
    TOTALS.iter().any(|word| begins_with(&text, word))
}

/// Whether a text begins with words, and no longer word.
pub(super) fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The same words however it was seen, so that it is told once.
pub fn looks_like_a_total(row: Span) -> Diagnostic {
    let message = "this row looks like a total of the rows above it, but is read as one of them";
    let help =
        "if it is a total, set the end of the rows with `rows: (until: \"…\")`: the first word of the total's row";
    codes::CSV_ROWS.at(row).say(message).help(help.to_owned())
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
    let (cells, columns) = (cells.len(), sheet.header.len());
    if cells != columns {
        let last = sheet.header.get(cells..).unwrap_or_default().iter().map(|heading| heading.name.as_str());
        let missing: Vec<String> = last.take(3).map(|name| format!("`{}`", clip(name))).collect();
        let message = match (cells, columns) {
            (1, _) => format!("this row has 1 cell, but there are {columns} columns"),
            (_, 1) => format!("this row has {cells} cells, but there is 1 column"),
            (_, _) => format!("this row has {cells} cells, but there are {columns} columns"),
        };
        let help = if missing.is_empty() {
            "put quotes around text that contains the separator".to_owned()
        } else {
            format!("write every cell, including empty ones; this row lacks {}", missing.join(", "))
        };
        found.push(codes::CSV_RAGGED.at(row).say(message).help(help));
    }
    found
}
