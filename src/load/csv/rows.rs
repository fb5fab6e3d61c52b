//! The rows of a sheet, one after the other, and what is wrong with how they are written.

use std::ops::Range;

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Fault, Sheet, SheetCell, row_end},
    source::Span,
};

use super::super::wording::clip;

/// The next row of a text, without the line break behind it. Lines without anything on them are none; one of delimiters is.
pub(super) fn next_row(text: &[u8], from: usize, delimiter: u8) -> Option<Range<usize>> {
    let mut at = from;
    while at < text.len() {
        let end = row_end(text, at, delimiter);
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
        if !text.get(at..end)?.iter().all(blank) {
            return Some(at..end);
        }
        at = end.saturating_add(1);
    }
    None
}

/// Where each row of a sheet begins.
pub(super) fn starts(sheet: &Sheet) -> impl Iterator<Item = usize> {
    let bytes = sheet.text.as_bytes();
    let mut at = sheet.body();
    std::iter::from_fn(move || {
        let row = next_row(bytes, at, sheet.delimiter)?;
        at = row.end.saturating_add(1);
        Some(row.start)
    })
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
                    finding.help("put `\"` at the cell's end; a quote within a cell is written twice".to_owned()),
                );
                // What follows is turned inside out.
                return found;
            }
            Some(Fault::GoesOn) => {
                let finding = codes::CSV_QUOTES.at(at).say("this cell goes on behind its closing quote");
                found.push(finding.help("a quote within a cell is written twice: `\"\"`".to_owned()));
            }
        }
    }
    let (cells, columns) = (cells.len(), sheet.header.len());
    if cells != columns {
        let last = sheet.header.get(cells..).unwrap_or_default().iter().map(|heading| heading.name.as_str());
        let missing: Vec<String> = last.take(3).map(|name| format!("`{}`", clip(name))).collect();
        let message = format!("this row has {cells} cells, and there are {columns} columns");
        let help = if missing.is_empty() {
            "a text that holds the sign between cells stands in quotes".to_owned()
        } else {
            format!("write all cells, also those without anything; here {} would be missing", missing.join(", "))
        };
        found.push(codes::CSV_RAGGED.at(row).say(message).help(help));
    }
    found
}
