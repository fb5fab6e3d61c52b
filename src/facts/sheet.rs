//! A table as it was written line by line (CSV): how its rows are cut into cells, and where each stands.
//! What the cells mean is not known here.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Row;
use crate::source::{FileId, Shown, Span, Spanned, Text, Unseen};

/// A text that holds one table: a line of names, then a row a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub file: FileId,
    pub text: Text,
    /// What stands between two cells.
    pub delimiter: u8,
    /// Where the line of names begins, in bytes.
    pub from: usize,
    /// Where the rows end, if not with the text.
    pub until: Option<usize>,
    /// Where rows begin that the file's entry leaves out, in the order of the text.
    pub skipped: Arc<[usize]>,
    /// How its cells are written.
    pub dialect: Arc<Dialect>,
    /// How cells without quotes are written where these are values that a spreadsheet keeps, and only those in quotes are texts.
    pub values: Option<Arc<Dialect>>,
    /// Which of these values are shown with a currency.
    pub shown: Arc<[Shown]>,
    /// What a spreadsheet hides and merges.
    pub unseen: Arc<Unseen>,
    pub empty: Empty,
    /// The file's own words for an empty cell, in small letters.
    pub empties: Arc<[String]>,
    pub header: Vec<Heading>,
    /// What becomes of columns that no field names.
    pub unnamed: Unnamed,
    /// By what the table is known again if it is read more than once, and the entry that says how it is read.
    pub table: Option<Arc<str>>,
    pub entry: Option<Span>,
}

/// The name over a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The field that the column gives.
    pub name: String,
    pub span: Span,
    pub column: Use,
}

/// Whether a column is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Read,
    /// Another column of the same heading was said to give a field: this one is read unless it would give the same.
    Beside,
    /// The file's entry says that it is left out.
    LeftOut,
}

/// What becomes of columns that no field names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unnamed {
    Told,
    LeftOut,
}

/// How the cells of a table are written, as far as that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Whether they are values that a spreadsheet keeps, and no texts.
    pub is_of_values: bool,
    /// What stands between two cells.
    pub delimiter: u8,
    pub decimal: Decimal,
    pub dates: DateOrder,
    pub times: Times,
    /// The file's own words for yes, no and the words of a `one of …`, folded, and what each means.
    pub words: Vec<(String, String)>,
    /// What separates the items of a set, if that was said.
    pub items: Option<char>,
    /// The fields that the file's entry says columns give, where it says so.
    pub targets: Vec<Spanned<String>>,
}

impl Dialect {
    /// Of which nothing was said but what stands between two cells.
    pub fn untold(delimiter: u8) -> Dialect {
        Dialect {
            is_of_values: false,
            delimiter,
            decimal: Decimal::Untold,
            dates: DateOrder::Untold,
            times: Times::Refused,
            words: Vec::new(),
            items: None,
            targets: Vec::new(),
        }
    }
}

/// What comes first in a date that does not begin with its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateOrder {
    Untold,
    DayFirst,
    MonthFirst,
}

/// What becomes of a time of day behind a date. Midnight is always dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Times {
    Refused,
    Dropped,
}

/// What stands before the decimals of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decimal {
    Point,
    Comma,
    /// Nobody said; a comma is taken for one, which is told.
    Untold,
}

/// What a cell says that holds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Empty {
    NotGiven,
    /// It is known that there is none.
    None,
}

/// A cell of a row: its place with its quotes, and what it holds without them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetCell<'t> {
    pub start: usize,
    pub end: usize,
    pub text: Cow<'t, str>,
    pub fault: Option<Fault>,
}

/// What is wrong with a cell's quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    NeverClosed,
    /// Something stands behind the closing quote.
    GoesOn,
}

/// Rows of a table that stand in a sheet. Places are worked out when somebody asks, by cutting the one row again.
#[derive(Clone, Debug)]
pub struct Laid {
    pub sheet: Arc<Sheet>,
    /// The table's row that is the sheet's first.
    pub first: u32,
    /// Where each row begins.
    pub starts: Vec<u32>,
    /// By field of the record: in which column it stands.
    pub columns: Vec<Option<usize>>,
}

/// Rows of a sheet that were brought together with records from elsewhere.
#[derive(Clone, Debug)]
pub struct Joined {
    pub sheet: Arc<Sheet>,
    /// By field of the record: in which column it stands.
    pub columns: Vec<Option<usize>>,
    /// Where each row begins, and which row of the table it became a part of.
    pub rows: Vec<(u32, Row)>,
}

impl Sheet {
    /// In which column the ids stand.
    pub fn ids(&self) -> Option<usize> {
        let of = |column: Use| self.header.iter().position(|heading| heading.name == "id" && heading.column == column);
        of(Use::Read).or_else(|| of(Use::Beside))
    }

    /// As much of the text as the line of names needs.
    pub fn head(&self) -> &str {
        let head = self.text.head();
        if row(head, self.from, self.delimiter).1 <= head.len() { head } else { &self.text }
    }

    /// Where the rows begin.
    pub fn body(&self) -> usize {
        row(self.head(), self.from, self.delimiter).1.min(self.end())
    }

    /// Where the rows end. A text that was at rest may turn out to be longer than its bytes were.
    pub fn end(&self) -> usize {
        self.until.unwrap_or(self.text.len())
    }

    /// Whether a cell holds nothing, or what the file writes for that.
    pub fn is_empty(&self, text: &str) -> bool {
        text.is_empty() || (!self.empties.is_empty() && self.empties.contains(&text.to_lowercase()))
    }

    /// Whether the row that begins here is left out.
    pub fn is_skipped(&self, start: usize) -> bool {
        !self.skipped.is_empty() && self.skipped.binary_search(&start).is_ok()
    }

    /// The line of names.
    pub fn names(&self) -> Span {
        Span::new(self.file, self.from, row(self.head(), self.from, self.delimiter).0)
    }

    /// How a cell that begins with this sign is written.
    pub fn dialect_of(&self, first: Option<&u8>) -> &Arc<Dialect> {
        match &self.values {
            Some(values) if first != Some(&b'"') => values,
            Some(_) | None => &self.dialect,
        }
    }

    /// The text from a byte to the end of the rows. Of a text at rest no more is fetched.
    pub fn rest(&self, from: usize) -> Cow<'_, str> {
        match self.text.resting() {
            None => Cow::Borrowed(self.text.get(from..self.end()).unwrap_or_default()),
            Some(resting) => {
                let mut bytes = vec![0; self.end().saturating_sub(from)];
                resting.fetch(from, &mut bytes);
                Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
            }
        }
    }

    /// Where the row that begins here ends, without its line break, and where the next one begins.
    pub fn row(&self, start: usize) -> (usize, usize) {
        row(&self.text, start, self.delimiter)
    }

    /// The cells of the row that begins here.
    pub fn cells(&self, start: usize) -> Vec<SheetCell<'_>> {
        cells(&self.text, start, self.delimiter)
    }

    pub fn row_span(&self, start: usize) -> Span {
        Span::new(self.file, start, self.row(start).0)
    }
}

/// Where the row of a text that begins here ends, without its line break, and where the next one begins.
pub fn row(text: &str, start: usize, delimiter: u8) -> (usize, usize) {
    let bytes = text.as_bytes();
    let end = row_end(bytes, start, delimiter);
    let next = end.saturating_add(1);
    let broken = end.checked_sub(1).filter(|before| *before >= start && bytes.get(*before) == Some(&b'\r'));
    (broken.unwrap_or(end), next)
}

/// The cells of the row of a text that begins here.
pub fn cells(text: &str, start: usize, delimiter: u8) -> Vec<SheetCell<'_>> {
    let (end, _) = row(text, start, delimiter);
    let mut cells = Vec::new();
    let mut at = start;
    while at <= end {
        let (cell, next) = cell(text, at..end, delimiter);
        cells.push(cell);
        at = next;
    }
    cells
}

/// The first cell in what is left of a row, and where the next begins.
fn cell(text: &str, left: Range<usize>, delimiter: u8) -> (SheetCell<'_>, usize) {
    let Range { start: from, end } = left;
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    let start = skip_blanks(bytes, from, delimiter);
    let past = |from: usize| next_of(bytes, from, delimiter).unwrap_or(end);
    if bytes.get(start) != Some(&b'"') {
        let stop = past(start);
        let written = text.get(start..stop).unwrap_or_default();
        let shown = written.trim();
        // Blanks that are no spaces, such as those that do not break, mean as little.
        let before = if shown.is_empty() { 0 } else { written.len().saturating_sub(written.trim_start().len()) };
        let start = start.saturating_add(before);
        let (end, text) = (start.saturating_add(shown.len()), meant(shown));
        let cell = SheetCell { start, end, text, fault: None };
        return (cell, stop.saturating_add(1));
    }
    let (inner, closed) = closing_quote(bytes, start);
    let after = inner.saturating_add(1).min(end);
    let stop = past(after);
    let rest = text.get(after..stop).unwrap_or_default().trim_matches([' ', '\t']);
    let fault = match (closed, rest.is_empty()) {
        (false, _) => Some(Fault::NeverClosed),
        (true, false) => Some(Fault::GoesOn),
        (true, true) => None,
    };
    let quoted = text.get(start.saturating_add(1)..inner).unwrap_or_default();
    let text = unprotected(plain(quoted.trim()));
    (SheetCell { start, end: after, text, fault }, stop.saturating_add(1))
}

/// What the text of a cell means: without the blanks around it, and without what keeps a spreadsheet from taking it for something
/// else.
pub fn meant(text: &str) -> Cow<'_, str> {
    // Most cells begin and end with a letter or digit.
    let is_close = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    let shown =
        if is_close(bytes.first()) && is_close(bytes.last()) { return Cow::Borrowed(text) } else { text.trim() };
    unprotected(Cow::Borrowed(shown))
}

/// A text without such a protection: `="007"` and `'007` show `007`, and `'=x` shows `=x`.
fn unprotected(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.starts_with(['=', '\'']) {
        return text;
    }
    if let Some(shown) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return Cow::Owned(shown.replace("\"\"", "\""));
    }
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let is_kept = |rest: &&str| rest.starts_with(['=', '+', '-', '@']) || is_number(rest);
    match text.strip_prefix('\'').filter(is_kept) {
        Some(rest) => Cow::Owned(rest.to_owned()),
        None => text,
    }
}

/// Whether there is nothing in a cell but blanks of any kind.
pub fn is_blank(text: &str) -> bool {
    // Most cells begin with a letter or digit.
    !text.starts_with(|sign: char| sign.is_ascii_graphic()) && text.trim().is_empty()
}

impl Laid {
    /// Where a row stands in the table, if it is one of these.
    pub fn start(&self, row: u32) -> Option<usize> {
        let at = row.checked_sub(self.first)?;
        self.starts.get(at as usize).map(|start| *start as usize)
    }

    pub fn row_place(&self, row: u32) -> Option<Span> {
        Some(self.sheet.row_span(self.start(row)?))
    }

    /// Where a value stands; nothing when it is not given.
    pub fn place(&self, row: u32, field: usize) -> Option<Span> {
        let column = self.columns.get(field).copied().flatten()?;
        let cells = self.sheet.cells(self.start(row)?);
        let cell = cells.get(column)?;
        if self.sheet.is_empty(&cell.text) && self.sheet.empty == Empty::NotGiven {
            return None;
        }
        Some(Span::new(self.sheet.file, cell.start, cell.end))
    }
}

/// Where a row ends: at the first line break outside of quotes, or with the text.
pub fn row_end(bytes: &[u8], start: usize, delimiter: u8) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    match memchr::memchr2(b'\n', b'"', rest) {
        None => bytes.len(),
        Some(at) if rest.get(at) == Some(&b'\n') => start.saturating_add(at),
        Some(_) => row_end_with_quotes(bytes, start, delimiter),
    }
}

fn row_end_with_quotes(bytes: &[u8], start: usize, delimiter: u8) -> usize {
    let mut at = start;
    loop {
        at = skip_blanks(bytes, at, delimiter);
        if bytes.get(at) == Some(&b'"') {
            at = closing_quote(bytes, at).0.saturating_add(1);
        }
        let rest = bytes.get(at..).unwrap_or_default();
        match memchr::memchr2(b'\n', delimiter, rest) {
            None => return bytes.len(),
            Some(found) if rest.get(found) == Some(&b'\n') => return at.saturating_add(found),
            Some(found) => at = at.saturating_add(found).saturating_add(1),
        }
    }
}

fn skip_blanks(bytes: &[u8], from: usize, delimiter: u8) -> usize {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t') && *byte != delimiter;
    let blanks = bytes.get(from..).unwrap_or_default().iter().take_while(|byte| blank(byte)).count();
    from.saturating_add(blanks)
}

fn next_of(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    memchr::memchr(wanted, bytes.get(from..)?).map(|at| from.saturating_add(at))
}

/// Where the quote stands that closes the one at `open`, and whether there is one; a doubled quote is a sign of the text.
fn closing_quote(bytes: &[u8], open: usize) -> (usize, bool) {
    let mut at = open.saturating_add(1);
    while let Some(quote) = next_of(bytes, at, b'"') {
        if bytes.get(quote.saturating_add(1)) != Some(&b'"') {
            return (quote, true);
        }
        at = quote.saturating_add(2);
    }
    (bytes.len(), false)
}

/// What stands between quotes: a doubled quote is one, and line breaks are the same whatever system the file is from.
fn plain(quoted: &str) -> Cow<'_, str> {
    if quoted.contains("\"\"") || quoted.contains("\r\n") {
        return Cow::Owned(quoted.replace("\"\"", "\"").replace("\r\n", "\n"));
    }
    Cow::Borrowed(quoted)
}
