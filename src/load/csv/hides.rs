//! Hidden rows and columns of a spreadsheet that are read like all others, and cells that a merged one covers: told where they are
//! read, and of no interest where the file's entry leaves them out.

use std::ops::RangeInclusive;

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::Sheet,
    source::{Span, Unseen, letters},
};

use super::{super::wording::many, roles::Role, tail::with_first_words};

/// Tells what a sheet hides and merges of that which is read. The role of each column is given.
pub(super) fn told(sheet: &Sheet, roles: &[Role]) -> Vec<Diagnostic> {
    let read = Read { sheet, unseen: &sheet.unseen, roles };
    merged(&read).into_iter().chain(hidden(&read)).chain(struck(&read)).chain(totals(&read)).collect()
}

/// Warns of rows that are struck out.
fn struck(read: &Read) -> Option<Diagnostic> {
    let one = "this row is struck out, but is read like the others";
    let help = "if it no longer counts, remove it, or exclude it in the file's `files` entry with `rows: (skip: [\"…\"])`; if it does, write it without the format";
    rows_of(read, &read.unseen.struck, (one, "rows are struck out, but are read like the others"), help)
}

/// Warns of rows that a table of the workbook says are its totals.
fn totals(read: &Read) -> Option<Diagnostic> {
    let one = "this row is the totals row of an Excel table, but is read as a record";
    let help = "exclude it in the file's `files` entry: `rows: (until: \"…\")` with the first word of its row, or `rows: (skip: [\"…\"])` if records come after it";
    rows_of(read, &read.unseen.totals, (one, "rows are totals rows of Excel tables, but are read as records"), help)
}

/// Tells of some of the rows that are read.
fn rows_of(read: &Read, rows: &[u32], (one, many): (&str, &str), help: &str) -> Option<Diagnostic> {
    let body = read.sheet.body();
    let is_read = |row: &&u32| read.has_row(**row) && read.start(**row).is_some_and(|start| start >= body);
    let mut all = rows.iter().filter(is_read);
    let first = read.at(all.next().copied());
    let more: Vec<Span> = all.map(|row| read.at(Some(*row))).collect();
    if !rows.iter().any(|row| is_read(&row)) {
        return None;
    }
    let message = match more.len() {
        0 => one.to_owned(),
        more => format!("{} {many}; this is the first", more.saturating_add(1)),
    };
    let finding = codes::CSV_ROWS.at(first).say(message).help(help.to_owned());
    let finding = more.iter().take(MORE_SHOWN).fold(finding, |finding, row| finding.also(*row, "here too"));
    Some(with_first_words(read.sheet, finding))
}

/// So many are shown beside the first.
const MORE_SHOWN: usize = 2;

/// Which rows and columns of a sheet are read.
struct Read<'s> {
    sheet: &'s Sheet,
    unseen: &'s Unseen,
    roles: &'s [Role],
}

impl Read<'_> {
    fn start(&self, row: u32) -> Option<usize> {
        self.unseen.starts.get(row as usize).map(|start| *start as usize)
    }

    /// From the line of names to the end of the rows, but for those that are skipped.
    fn has_row(&self, row: u32) -> bool {
        self.start(row)
            .is_some_and(|start| (self.sheet.from..self.sheet.end()).contains(&start) && !self.sheet.is_skipped(start))
    }

    fn has_column(&self, column: u32) -> bool {
        self.roles.get(column as usize).is_some_and(|role| *role != Role::LeftOut)
    }

    fn columns(&self, (first, last): (u32, u32)) -> impl Iterator<Item = u32> {
        let end = u32::try_from(self.roles.len()).unwrap_or(u32::MAX);
        (first..last.saturating_add(1).min(end)).filter(|column| self.has_column(*column))
    }

    /// Whether a cell is read that is covered by the first of merged ones.
    fn is_covered(&self, (first, last): (u32, u32), columns: (u32, u32)) -> bool {
        let end = u32::try_from(self.unseen.starts.len()).unwrap_or(u32::MAX);
        let rows: RangeInclusive<u32> = first..=last.min(end);
        let mut all = self.columns(columns);
        match (all.next(), all.next()) {
            (None, _) => false,
            (Some(only), None) if only == columns.0 => rows.skip(1).any(|row| self.has_row(row)),
            (Some(_), _) => rows.into_iter().any(|row| self.has_row(row)),
        }
    }

    fn at(&self, row: Option<u32>) -> Span {
        let start = row.and_then(|row| self.start(row)).unwrap_or(0);
        Span::new(self.sheet.file, start, start)
    }
}

fn merged(read: &Read) -> Option<Diagnostic> {
    let covers =
        |((top, left), (bottom, right)): &&((u32, u32), (u32, u32))| read.is_covered((*top, *bottom), (*left, *right));
    let mut all = read.unseen.merged.iter().filter(covers);
    let (top, bottom) = all.next()?;
    let name = |(row, column): (u32, u32)| format!("{}{}", letters(column as usize), row.saturating_add(1));
    let (sheet, first) = (&read.unseen.sheet, format!("{}:{}", name(*top), name(*bottom)));
    let message = match all.count() {
        0 => format!(
            "the sheet `{sheet}` has merged cells, `{first}`; only the first of them is read, the others are read as empty"
        ),
        more => format!(
            "the sheet `{sheet}` has merged cells in {} places, such as `{first}`; only the first of each is read, the \
             others are read as empty",
            more.saturating_add(1)
        ),
    };
    let help = "unmerge them, and write the value in each cell it applies to".to_owned();
    Some(codes::CSV_ROWS.at(read.at(Some(top.0))).say(message).help(help))
}

fn hidden(read: &Read) -> Option<Diagnostic> {
    let is_read = |row: &&u32| {
        let holds = |start: usize| read.sheet.cells(start).iter().any(|cell| !cell.text.is_empty());
        read.has_row(**row) && read.start(**row).is_some_and(holds)
    };
    let rows: Vec<u32> = read.unseen.rows.iter().filter(is_read).copied().collect();
    let columns: Vec<u32> = read.unseen.columns.iter().flat_map(|range| read.columns(*range)).collect();
    let row = rows.first().map(|row| format!("row {}", row.saturating_add(1)));
    let column = columns.first().map(|column| format!("column {}", letters(*column as usize)));
    let first: Vec<String> = row.into_iter().chain(column).collect();
    let such_as = match rows.len().saturating_add(columns.len()) {
        0 => return None,
        all if all == first.len() => "",
        _ => "such as ",
    };
    let message = format!(
        "{} and {} of the sheet `{}` are hidden, {such_as}{}; they are still read",
        many(rows.len(), "row"),
        many(columns.len(), "column"),
        read.unseen.sheet,
        first.join(" and ")
    );
    let help = "delete what should not count, or exclude it with `ignore` or `rows`".to_owned();
    Some(codes::CSV_ROWS.at(read.at(rows.first().copied())).say(message).help(help))
}
