//! Rows with a single cell that holds something, which may be the headings of groups or notes: in a table of two columns a record of
//! which little is known looks the same, and in one of a single column all rows do. What the others have tells.

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Sheet, SheetCell, cells, row},
    source::Span,
};

use super::{
    bulk::id_column,
    tail::{begins_as_a_total, ends_as_a_total, text_in},
    usual::Usual,
};

/// So many rows with a single cell are held against the others.
const MOST_LOOKED_AT: usize = 1_000;

/// So many rows, of which one has a single cell, show that the others do not lack what it lacks.
const FEWEST_TO_ONE: u64 = 4;

/// What the records have, of whom a column of ids or else the first one tells.
fn usual(sheet: &Sheet, left_out: &[bool]) -> Usual {
    Usual::of_first_rows(sheet, id_column(sheet).or(Some(0)), left_out)
}

fn is<'s>(sheet: &'s Sheet, start: usize, is: impl Fn(&[SheetCell<'s>]) -> bool) -> bool {
    is(&sheet.cells(start))
}

/// Of the rows with a single cell of a table with two columns, by their numbers and places, those that are rather headings: something
/// else stands in it than in the others; or few rows lack the other cell; or the table begins with such a row, and none stands
/// directly below another.
pub(super) fn headings(sheet: &Sheet, left_out: &[bool], (single, rows): (&[(u32, usize)], u32)) -> Vec<(u32, usize)> {
    if single.is_empty() {
        return Vec::new();
    }
    let usual = usual(sheet, left_out);
    let begins = single.first().is_some_and(|(row, _)| *row == 0);
    let is_apart = |pair: &[(u32, usize)]| match pair {
        [(one, _), (other, _)] => one.saturating_add(1) < *other,
        _ => true,
    };
    let in_doubt = are_few(single.len(), rows) || begins && single.windows(2).all(is_apart);
    let texts = |cells: &[SheetCell]| cells.iter().map(|cell| cell.text.clone().into_owned()).collect::<Vec<String>>();
    let is_one = |(_, start): &&(u32, usize)| {
        is(sheet, *start, |cells| {
            let cells = texts(cells);
            let row = || cells.iter().map(String::as_str);
            usual.has_none_of_the_ids(row()) || in_doubt && usual.lacks(row())
        })
    };
    single.iter().take(MOST_LOOKED_AT).filter(is_one).copied().collect()
}

/// Of the rows with a single cell at the end those that may be notes: few rows lack what they lack.
pub(super) fn last(sheet: &Sheet, left_out: &[bool], (single, rows): (Vec<usize>, u32)) -> Vec<usize> {
    if single.is_empty() || !are_few(single.len(), rows) {
        return Vec::new();
    }
    let usual = usual(sheet, left_out);
    let lacks = |start: &usize| is(sheet, *start, |cells| usual.lacks(cells.iter().map(|cell| &*cell.text)));
    single.into_iter().filter(lacks).collect()
}

fn are_few(single: usize, rows: u32) -> bool {
    (single as u64).saturating_mul(FEWEST_TO_ONE) <= u64::from(rows)
}

/// Tells of rows at the end that may be notes, or records of which nothing else is known.
pub(super) fn looks_like_a_note(rows: &[Span]) -> Option<Diagnostic> {
    let first = rows.first()?;
    let message = match rows.len() {
        1 => "this row has a single non-empty cell, like a note, but is read as one of the records".to_owned(),
        many => {
            format!("{many} rows have a single non-empty cell, like notes, but are read as records; this is the first")
        }
    };
    let help = "if it is a note, set the end of the rows with `rows: (until: \"…\")` in the file's `files` entry; if it is a record, fill in the rest";
    Some(codes::CSV_ROWS.at(*first).say(message).help(help.to_owned()))
}

/// Tells of rows whose ids have no digits where nearly all others have some, among the first ones; in a table of a single column that is
/// all there is to tell. Some were told as something else.
pub(super) fn among_ids(sheet: &Sheet, told: &[usize]) -> Option<Diagnostic> {
    const MOST: usize = 200;
    const FEWEST: usize = 3;
    let is_single = sheet.header.len() == 1;
    let column = id_column(sheet).or(Some(0).filter(|_| is_single))?;
    let text = sheet.head();
    let text = text.get(..sheet.end().min(text.len()))?;
    let (mut at, mut all, mut words) = (sheet.body(), 0_usize, Vec::new());
    while at < text.len() && all < MOST {
        let own = cells(text, at, sheet.delimiter);
        let is_full = own.len() == sheet.header.len() && !sheet.is_skipped(at);
        if let Some(id) = own.get(column).map(|cell| cell.text.trim()).filter(|id| is_full && !id.is_empty()) {
            all = all.saturating_add(1);
            let is_total = text_in(&own).any(|cell| begins_as_a_total(cell) || ends_as_a_total(cell));
            let is_word = id.contains(char::is_alphabetic) && !id.contains(|sign: char| sign.is_ascii_digit());
            words.extend(Some(at).filter(|_| is_word && !is_total));
        }
        at = row(text, at, sheet.delimiter).1;
    }
    let to_one = if is_single { 2 } else { FEWEST_TO_ONE as usize };
    let are_few = all >= FEWEST && words.len().saturating_mul(to_one) <= all;
    let is_told = |row: &usize| told.contains(row);
    let words = words.into_iter().filter(|row| are_few && !is_told(row)).map(|row| Span::new(sheet.file, row, row));
    let words: Vec<Span> = words.collect();
    let (first, more) = words.split_first()?;
    let message = match more.len() {
        0 => "this row has an id without digits, unlike the others, but is read as one of them".to_owned(),
        more => format!(
            "{} rows have an id without digits, unlike the others, but are read like them; this is the first",
            more.saturating_add(1)
        ),
    };
    let help = "if it is a heading or a note, exclude it in the file's `files` entry with `rows: (skip: [\"…\"])`: the first word of its row";
    let finding = codes::CSV_ROWS.at(*first).say(message).help(help.to_owned());
    Some(more.iter().take(MORE_SHOWN).fold(finding, |finding, row| finding.also(*row, "here too")))
}

/// So many are shown beside the first.
const MORE_SHOWN: usize = 2;

/// Whether the first row has a shorter number for an id than all others, as a row that counts the columns has.
pub(super) fn has_the_shortest_id(sheet: &Sheet, row_cells: &[SheetCell]) -> bool {
    const MOST: usize = 50;
    let column = id_column(sheet).unwrap_or(0);
    let id = |cells: &[SheetCell]| cells.get(column).map_or(0, |cell| cell.text.trim().chars().count());
    let text = sheet.head();
    let Some(text) = text.get(..sheet.end().min(text.len())) else { return false };
    let (mut at, mut others) = (row(text, sheet.body(), sheet.delimiter).1, Vec::new());
    while at < text.len() && others.len() < MOST {
        let own = cells(text, at, sheet.delimiter);
        others.extend(text_in(&own).next().map(|_| id(&own)));
        at = row(text, at, sheet.delimiter).1;
    }
    others.len() > 1 && others.iter().all(|other| *other > id(row_cells))
}
