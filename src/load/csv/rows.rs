//! The rows of a sheet, one after the other, and what is wrong with how they are written.

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Fault, Sheet, SheetCell, row_end},
    source::Span,
};

use super::super::wording::clip;

/// A row and where it begins. Its line can be cut at every delimiter unless it holds quotes.
pub(super) struct RowAt<'t> {
    pub start: usize,
    pub line: &'t str,
    pub quotes: Quotes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    None,
    Some,
}

/// The rows that begin from one byte up to another. Lines without anything on them are none.
pub(super) struct Rows<'t> {
    sheet: &'t Sheet,
    at: usize,
    to: usize,
}

impl<'t> Rows<'t> {
    pub fn all(sheet: &'t Sheet) -> Self {
        Rows::within(sheet, sheet.body, sheet.text.len())
    }

    pub fn within(sheet: &'t Sheet, from: usize, to: usize) -> Self {
        Rows { sheet, at: from, to }
    }
}

impl<'t> Iterator for Rows<'t> {
    type Item = RowAt<'t>;

    fn next(&mut self) -> Option<RowAt<'t>> {
        let text: &'t str = &self.sheet.text;
        let bytes = text.as_bytes();
        while self.at < self.to {
            let start = self.at;
            let rest = bytes.get(start..)?;
            let (end, quotes) = match memchr::memchr2(b'\n', b'"', rest) {
                None => (bytes.len(), Quotes::None),
                Some(at) if rest.get(at) == Some(&b'\n') => (start.saturating_add(at), Quotes::None),
                Some(_) => (row_end(bytes, start, self.sheet.delimiter), Quotes::Some),
            };
            self.at = end.saturating_add(1);
            let line = text.get(start..end)?;
            let line = line.strip_suffix('\r').unwrap_or(line);
            // A line of delimiters is a row; one of blanks is not.
            if line.bytes().next().is_none_or(|byte| byte <= b' ') && line.trim_matches([' ', '\t', '\r']).is_empty() {
                continue;
            }
            return Some(RowAt { start, line, quotes });
        }
        None
    }
}

/// Where a text can be cut into so many parts of about the same length, so that no row is cut.
pub(super) fn cuts(sheet: &Sheet, parts: usize) -> Vec<usize> {
    let bytes = sheet.text.as_bytes();
    let length = bytes.len().saturating_sub(sheet.body);
    let mut cuts = vec![sheet.body];
    for part in 1..parts {
        let from = cuts.last().copied().unwrap_or(sheet.body);
        let wanted = sheet.body.saturating_add(length.checked_div(parts).unwrap_or(0).saturating_mul(part)).max(from);
        let between = bytes.get(from..wanted).unwrap_or_default();
        let cut = match memchr::memchr(b'"', between) {
            None => row_end(bytes, line_start(bytes, from, wanted), sheet.delimiter).saturating_add(1),
            Some(_) => row_after(sheet, from, wanted),
        };
        cuts.push(cut.min(bytes.len()));
    }
    cuts.push(bytes.len());
    cuts
}

/// The start of the line on which a byte stands.
fn line_start(bytes: &[u8], from: usize, at: usize) -> usize {
    let before = bytes.get(from..at).unwrap_or_default();
    memchr::memrchr(b'\n', before).map_or(from, |found| from.saturating_add(found).saturating_add(1))
}

/// With quotes only a walk from the start tells which line breaks end a row.
fn row_after(sheet: &Sheet, from: usize, wanted: usize) -> usize {
    let mut at = from;
    while at < wanted {
        at = sheet.row(at).1;
    }
    at
}

/// Tells of a row that has not as many cells as there are columns, and of quotes that do not fit.
pub(super) fn faults(sheet: &Sheet, start: usize, cells: &[SheetCell]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for cell in cells {
        let at = Span::new(sheet.file, cell.start, cell.end);
        match cell.fault {
            None => {}
            Some(Fault::NeverClosed) => {
                let at = Span::new(sheet.file, cell.start, cell.start.saturating_add(1));
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
        found.push(codes::CSV_RAGGED.at(sheet.row_span(start)).say(message).help(help));
    }
    found
}
