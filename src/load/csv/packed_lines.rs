//! Files of which each line would be a single cell, though it has several: columns that only blanks set apart, and lines that stand in
//! quotes as a whole.

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::Sheet,
};

use super::LINES_BELOW;

/// What may separate cells.
const SIGNS: [char; 4] = [';', ',', '\t', '|'];

/// Tells of a table of one column whose first lines are like this.
pub(super) fn told(sheet: &Sheet) -> Option<Diagnostic> {
    let lines = sheet.head().get(sheet.from..)?.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<&str> = lines.take(LINES_BELOW).collect();
    if sheet.header.len() > 1 || lines.len() < 2 {
        return None;
    }
    let (message, help) = if in_quotes(&lines) {
        (
            "each line of this file is in quotes as a whole, and so is read as a single cell",
            "remove the quotes at the start and the end of each line, or save the file again with quotes around single cells",
        )
    } else if lines.iter().all(|line| line.contains("   ")) || are_parted_by_blanks(&lines) {
        (
            "the columns of this file seem to be aligned with blanks, but are read as a single column",
            "save the file with a separator between the cells, such as `;`",
        )
    } else {
        return None;
    };
    Some(codes::CSV_GUESSED.at(sheet.names()).say(message).help(help.to_owned()))
}

/// Whether all lines are in quotes, with as many signs between cells in each.
fn in_quotes(lines: &[&str]) -> bool {
    let inner = |line: &&str| line.strip_prefix('"')?.strip_suffix('"').map(str::to_owned);
    let inner: Option<Vec<String>> = lines.iter().map(inner).collect();
    let Some(inner) = inner else { return false };
    SIGNS.iter().any(|sign| {
        let mut counts = inner.iter().map(|line| line.matches(*sign).count());
        let first = counts.next().unwrap_or(0);
        first > 0 && counts.all(|count| count == first)
    })
}

/// Whether all lines have as many words, of which two or more are numbers below words: `1 Anna 100` below `id name fee`.
fn are_parted_by_blanks(lines: &[&str]) -> bool {
    const FEWEST: usize = 2;
    let rows: Vec<Vec<&str>> = lines.iter().map(|line| line.split_whitespace().collect()).collect();
    let Some((names, rows)) = rows.split_first() else { return false };
    let is_number = |word: Option<&&str>| word.is_some_and(|word| word.starts_with(|sign: char| sign.is_ascii_digit()));
    let of_numbers = |at: &usize| !is_number(names.get(*at)) && rows.iter().all(|row| is_number(row.get(*at)));
    rows.iter().all(|row| row.len() == names.len()) && (0..names.len()).filter(of_numbers).count() >= FEWEST
}
