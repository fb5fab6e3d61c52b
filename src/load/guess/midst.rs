//! Rows in the midst of an unknown table that are rather totals of a part of it, or headings of groups: the entry leaves them out by
//! what they begin with.

use super::super::csv::{self, Usual};

/// So many are listed.
const MOST_LEFT_OUT: usize = 50;

/// What the rows begin with that are left out; nothing where they all stand at the end.
pub(super) fn left_out(body: &[&Vec<String>], columns: usize, usual: &Usual) -> Vec<String> {
    let is_full = |row: &&&Vec<String>| filled(row) > 1 && filled(row).saturating_mul(2) > columns;
    let is_total = |row: &[String]| is_total(row) && !usual.may_be_called_so(cells(row));
    let mut found: Vec<String> = Vec::new();
    let last_is_total = body.last().is_some_and(|last| is_total(last));
    // Of each row, how many records stand below it, and how many rows that are as full as one.
    let is_record = |row: &&&Vec<String>| usual.may_be_one(cells(row)) && !is_total(row);
    let mut left = body.iter().filter(|row| is_full(row) && !is_total(row)).count();
    let mut below = body.iter().filter(is_record).count();
    for (at, row) in body.iter().enumerate() {
        left = left.saturating_sub(usize::from(is_full(&row) && !is_total(row)));
        below = below.saturating_sub(usize::from(is_record(&row)));
        let records = left;
        let is_heading = columns >= csv::FEWEST_COLUMNS
            && filled(row) == 1
            && records > 0
            && first(row).is_some_and(csv::is_like_a_heading);
        // Records below it that are added up in their turn are none of its notes.
        let is_of_a_part = records > 1 && last_is_total && at.saturating_add(1) < body.len();
        let is_in_the_midst = is_total(row) && (below > 0 || is_of_a_part);
        if let Some(first) =
            first(row).filter(|first| (is_heading || is_in_the_midst) && !found.iter().any(|one| one == first))
        {
            found.push(first.to_owned());
            // No more of them are listed, and each is compared with all.
            if found.len() > MOST_LEFT_OUT {
                return Vec::new();
            }
        }
    }
    if found.is_empty() || found.len() > MOST_LEFT_OUT || found.len().saturating_mul(2) > body.len() {
        return Vec::new();
    }
    // Then a total at the end is left out in the same way.
    let last = body.iter().filter(|row| is_total(row)).filter_map(|row| first(row));
    for word in last {
        if !found.iter().any(|one| one == word) {
            found.push(word.to_owned());
        }
    }
    found
}

/// The first of the rows that stand directly above a total, or are it, and say in their turn what its numbers are of those above: a
/// mean, or what is left.
pub(super) fn with_measures(body: &[&Vec<String>], total: usize, usual: &Usual) -> usize {
    let is_measure = |row: &&&Vec<String>| first(row).is_some_and(csv::measures_or_carries) && usual.lacks(cells(row));
    let above = body.get(..total).unwrap_or_default();
    total.saturating_sub(above.iter().rev().take_while(is_measure).count())
}

/// What the rows begin with that are called like totals and have what records have.
pub(super) fn called_like_totals(body: &[&Vec<String>], usual: &Usual) -> Vec<String> {
    let is_one =
        |row: &&&Vec<String>| first(row).is_some_and(csv::begins_as_a_total) && usual.may_be_called_so(cells(row));
    body.iter().filter(is_one).filter_map(|row| first(row)).map(str::to_owned).collect()
}

fn cells(row: &[String]) -> impl Iterator<Item = &str> {
    row.iter().map(String::as_str)
}

/// Whether the entry leaves a row out by what it begins with.
pub(super) fn begins_with_one(row: &[String], words: &[String]) -> bool {
    first(row).is_some_and(|first| words.iter().any(|word| word == first))
}

fn first(row: &[String]) -> Option<&str> {
    row.iter().map(String::as_str).find(|cell| !cell.is_empty())
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

fn is_total(row: &[String]) -> bool {
    let is_bare = filled(row).saturating_mul(2) <= row.len().saturating_add(1);
    first(row).is_some_and(|cell| {
        csv::is_total(cell) || is_bare && (csv::begins_as_a_total(cell) || csv::ends_as_a_total(cell))
    })
}
