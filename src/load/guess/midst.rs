//! Rows in the midst of an unknown table that are rather totals of a part of it, or headings of groups: the entry leaves them out by
//! what they begin with.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::facts::sheet::Dialect;

use super::super::{
    csv::{self, Usual},
    wording::folded,
};

/// So many are listed.
const MOST_LEFT_OUT: usize = 50;

/// What the rows begin with that are left out; nothing where they all stand at the end. Of each row is known whether it is a total.
/// And what such rows begin with that are kept, since others begin so, too.
pub(super) fn left_out(
    body: &[&Vec<String>],
    columns: usize,
    (usual, totals): (&Usual, &[bool]),
) -> (Vec<String>, Vec<String>) {
    let is_full = |row: &&&Vec<String>| filled(row) > 1 && filled(row).saturating_mul(2) > columns;
    let is_total = |at: usize| totals.get(at) == Some(&true);
    let mut found: Vec<String> = Vec::new();
    let last_is_total = totals.last() == Some(&true);
    // Of each row, how many records stand below it, and how many rows that are as full as one.
    let is_record = |at: usize, row: &&Vec<String>| usual.may_be_one(cells(row)) && !is_total(at);
    let is_full = |at: usize, row: &&Vec<String>| is_full(&row) && !is_total(at);
    let mut left = body.iter().enumerate().filter(|(at, row)| is_full(*at, row)).count();
    let mut below = body.iter().enumerate().filter(|(at, row)| is_record(*at, row)).count();
    let is_single = |row: &[String]| {
        let is_one = columns > 1 && filled(row) == 1 && first(row).is_some_and(csv::is_like_a_heading);
        // Of two columns one is often not known.
        is_one && (columns >= csv::FEWEST_COLUMNS || usual.lacks(cells(row)))
    };
    // Where the first row is none, one that may be an id is rather a record of which nothing else is known.
    let follow = body.windows(2).any(|pair| pair.iter().all(|row| is_single(row)));
    let first_is_heading =
        body.first().is_some_and(|row| is_single(row)) && (columns >= csv::FEWEST_COLUMNS || !follow);
    let is_no_id = |row: &[String]| match columns >= csv::FEWEST_COLUMNS {
        true => !usual.may_be_an_id(cells(row)),
        false => usual.has_none_of_the_ids(cells(row)),
    };
    let mut are_left_out = vec![false; body.len()];
    for (at, row) in body.iter().enumerate() {
        left = left.saturating_sub(usize::from(is_full(at, row)));
        below = below.saturating_sub(usize::from(is_record(at, row)));
        let records = left;
        // A record of which little is known stands below a heading, too.
        let is_above_some = records > 0 || below > 0;
        let is_heading = is_single(row) && is_above_some && (first_is_heading || is_no_id(row)) && !is_total(at);
        // Records below it that are added up in their turn are none of its notes.
        let is_of_a_part = records > 1 && last_is_total && at.saturating_add(1) < body.len();
        let is_in_the_midst = is_total(at) && (below > 0 || is_of_a_part);
        if let Some(is_left_out) = are_left_out.get_mut(at) {
            *is_left_out = is_heading || is_total(at);
        }
        if let Some(first) =
            first(row).filter(|first| (is_heading || is_in_the_midst) && !found.iter().any(|one| one == first))
        {
            found.push(first.to_owned());
            // No more of them are listed, and each is compared with all.
            if found.len() > MOST_LEFT_OUT {
                return <(Vec<String>, Vec<String>)>::default();
            }
        }
    }
    if found.is_empty() || found.len() > MOST_LEFT_OUT || found.len().saturating_mul(2) > body.len() {
        return <(Vec<String>, Vec<String>)>::default();
    }
    // Then a total at the end is left out in the same way.
    let last = body.iter().enumerate().filter(|(at, _)| is_total(*at)).filter_map(|(_, row)| first(row));
    for word in last {
        if !found.iter().any(|one| one == word) {
            found.push(word.to_owned());
        }
    }
    // By a word with which a record begins, too, that would be left out.
    let kept = body.iter().zip(&are_left_out).filter(|(_, is_left_out)| !**is_left_out);
    let kept: Vec<String> = kept.filter_map(|(row, _)| first(row)).map(as_compared).collect();
    found.into_iter().partition(|word| !kept.contains(&as_compared(word)))
}

/// So many rows that are called like totals are held against those above them.
const MOST_ADDED_UP: usize = 50;

/// Of each row whether it is a total: it is called so and has little else, or adds up those above it, or has words where the others
/// have ids with digits, or begins with a word where they have days or numbers. One without a word at the end has numbers and no id.
/// So is an amount that was carried over, and what repeats the column names.
/// Some were seen to be sums by whoever read them.
pub(super) fn totals(
    (names, body): (&[String], &[&Vec<String>]),
    (usual, seen): (&Usual, &[usize]),
    (ids, delimiter): (Option<usize>, u8),
) -> Vec<bool> {
    let untold = Dialect::untold(delimiter);
    let rows = |to: usize| body.iter().take(to).map(|row| row.iter().map(Cow::from).collect());
    let mut left = MOST_ADDED_UP;
    let mut is_sum = |at: usize, row: &[String]| {
        left = left.saturating_sub(1);
        let row: Vec<&str> = cells(row).collect();
        left > 0 && csv::is_sum(rows(at), &row, (ids, &untold))
    };
    let is_called_so =
        |row: &[String]| called(row).is_some_and(|word| csv::begins_as_a_total(word) || csv::ends_as_a_total(word));
    let mut found = Vec::with_capacity(body.len());
    for (at, row) in body.iter().enumerate() {
        let is_plain = is_total(row) && !usual.may_be_after_all(cells(row));
        let is_other = || usual.has_another_id(cells(row)) && !usual.may_be_called_so(cells(row));
        let is_last = at.saturating_add(1) == body.len();
        let is_called_so = is_called_so(row) && !usual.has_own_id(cells(row));
        // A day or an answer of its own is nothing that sums have.
        let mut is_added_up = || !usual.may_be_after_all(cells(row)) && is_sum(at, row);
        let is_one = is_plain
            || seen.contains(&at)
            || is_carried_over(row, usual)
            || words(row).next().is_some_and(csv::measures_or_carries)
                && !usual.has_own_id(cells(row))
                && (is_bare(row) || usual.lacks(cells(row)) && is_added_up())
            || repeats(row, names)
            || usual.begins_otherwise(cells(row)) && first(row).is_some_and(is_called_somehow)
            || usual.lacks_its_id(cells(row)) && is_no_record(body, at, usual)
            || is_called_so && (is_other() || is_added_up())
            || is_last && lacks_its_id(body, ids) && is_sum(at, row);
        found.push(is_one);
    }
    // A mean, or what was planned, at the end.
    let is_measure = |row: &&Vec<String>| {
        first(row).is_some_and(csv::measures_or_carries)
            && usual.lacks(cells(row))
            && !usual.may_be_called_so(cells(row))
    };
    let measures = body.iter().rev().take_while(|row| is_measure(row)).count();
    found.iter_mut().rev().take(measures).for_each(|is_total| *is_total = true);
    found
}

/// Whether a row says that its amount was carried over, and has no id of its own.
fn is_carried_over(row: &[String], usual: &Usual) -> bool {
    cells(row).any(csv::is_carried) && !usual.has_own_id(cells(row))
}

/// Whether a row repeats the column names, as each page of an export does.
fn repeats(row: &[String], names: &[String]) -> bool {
    row.len() == names.len() && row.iter().zip(names).all(|(cell, name)| folded(cell) == folded(name))
}

/// Whether a text is what totals, means and amounts that were carried over are called, among other things.
fn is_called_somehow(text: &str) -> bool {
    csv::measures_or_carries(text) || csv::begins_as_a_total(text) || csv::ends_as_a_total(text)
}

/// Whether a row without an id, where the others have some, is no record whose id was forgotten: it says that it is a total, has nothing
/// but numbers, or stands at the end and has little of what the others have.
fn is_no_record(body: &[&Vec<String>], at: usize, usual: &Usual) -> bool {
    let Some(row) = body.get(at) else { return false };
    let is_called_so = cells(row).any(|cell| csv::measures_or_carries(cell) || csv::is_dated_total(cell));
    let is_said = cells(row).any(is_called_somehow) && !usual.may_be_after_all(cells(row));
    let behind = body.get(at.saturating_add(1)..).unwrap_or_default();
    let is_at_the_end = at > 0 && !behind.iter().any(|row| usual.may_be_one(cells(row)));
    is_called_so
        || is_said
        || filled(row) > 0 && usual.has_only_numbers(cells(row))
        || is_at_the_end && filled(row) > 1 && !usual.may_be_one(cells(row))
}

/// Whether only the last row has no id.
fn lacks_its_id(body: &[&Vec<String>], ids: Option<usize>) -> bool {
    let Some((ids, (last, above))) = ids.zip(body.split_last()) else { return false };
    let has_id = |row: &&Vec<String>| row.get(ids).is_some_and(|id| !id.is_empty());
    !has_id(last) && above.iter().all(has_id)
}

/// A first word as the entry's words are compared with it.
pub(super) fn as_compared(word: &str) -> String {
    folded(word.trim().trim_end_matches(':'))
}

/// Whether the rows may end here: no record begins with the same word, and none seems to follow.
pub(super) fn is_the_end(body: &[&Vec<String>], at: usize, (usual, totals): (&Usual, &[bool])) -> bool {
    let Some((above, behind)) = body.split_at_checked(at) else { return false };
    let Some(word) = behind.first().and_then(|row| first(row)).map(as_compared) else { return false };
    let begins_so = |row: &&Vec<String>| first(row).is_some_and(|first| as_compared(first) == word);
    let mut followed = behind.iter().zip(totals.iter().skip(at)).skip(1);
    !above.iter().any(begins_so) && !followed.any(|(row, is_total)| !is_total && usual.may_be_one(cells(row)))
}

/// The first of the rows that stand directly above a total, or are it, and say in their turn what its numbers are of those above: a
/// mean, or what is left.
pub(super) fn with_measures(body: &[&Vec<String>], total: usize, usual: &Usual) -> usize {
    let is_measure = |row: &&&Vec<String>| first(row).is_some_and(csv::measures_or_carries) && usual.lacks(cells(row));
    let above = body.get(..total).unwrap_or_default();
    total.saturating_sub(above.iter().rev().take_while(is_measure).count())
}

/// What the rows begin with that stand behind the end of the rows and may be records, since a total below them counts them.
pub(super) fn counted_behind(
    body: &[&Vec<String>],
    until: usize,
    (usual, ids, delimiter): (&Usual, Option<usize>, u8),
) -> Vec<String> {
    let untold = Dialect::untold(delimiter);
    let (mut perhaps, mut found): (Vec<&Vec<String>>, Vec<String>) = (Vec::new(), Vec::new());
    for (at, row) in body.iter().enumerate().skip(until.saturating_add(1)) {
        let word = first(row).unwrap_or_default();
        if usual.may_be_counted(cells(row)) {
            perhaps.push(*row);
        } else if !perhaps.is_empty() && (csv::begins_as_a_total(word) || csv::ends_as_a_total(word)) {
            let above = body.iter().take(at).map(|row| row.iter().map(Cow::from).collect());
            let counted: Vec<&Vec<String>> = std::mem::take(&mut perhaps);
            // Another column may have the sum without them.
            let is_given = |at: usize| counted.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
            let own: Vec<&str> =
                cells(row).enumerate().map(|(at, cell)| if is_given(at) { cell } else { "" }).collect();
            if csv::is_sum(above, &own, (ids, &untold)) {
                found.extend(counted.iter().filter_map(|row| first(row)).map(str::to_owned));
            }
        }
    }
    found
}

/// Whether a row is called like a total and has what records have.
pub(super) fn is_called_like_a_total(row: &[String], usual: &Usual) -> bool {
    let is_called_so = called(row).is_some_and(csv::begins_as_a_total) || cells(row).any(csv::is_carried);
    is_called_so && usual.may_be_after_all(cells(row))
}

/// What the rows begin with that are called like totals and have what records have, of those that are not left out; and of these the
/// words with which other rows begin, too.
pub(super) fn called_like_totals(
    body: &[&Vec<String>],
    (usual, skip): (&Usual, &[String]),
) -> (Vec<String>, Vec<String>) {
    let is_one = |row: &&Vec<String>| is_called_like_a_total(row, usual) && !begins_with_one(row, skip);
    let others: BTreeSet<String> =
        body.iter().filter(|row| !is_one(row)).filter_map(|row| first(row)).map(as_compared).collect();
    let called = body.iter().filter(|row| is_one(row)).filter_map(|row| first(row)).map(str::to_owned);
    let (shared, alone) = called.partition(|word| others.contains(&as_compared(word)));
    (alone, shared)
}

fn cells(row: &[String]) -> impl Iterator<Item = &str> {
    row.iter().map(String::as_str)
}

/// Whether the entry leaves a row out by what it begins with.
pub(super) fn begins_with_one(row: &[String], words: &[String]) -> bool {
    first(row).is_some_and(|first| words.iter().any(|word| as_compared(word) == as_compared(first)))
}

fn first(row: &[String]) -> Option<&str> {
    row.iter().map(String::as_str).find(|cell| !cell.is_empty())
}

/// What a row is called: the first of its texts that is no day or number, or else the first of all.
pub(super) fn called(row: &[String]) -> Option<&str> {
    words(row).next().or_else(|| first(row))
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

/// Whether few of the cells of a row hold something.
fn is_bare(row: &[String]) -> bool {
    filled(row).saturating_mul(2) <= row.len().saturating_add(1)
}

/// The texts of a row, without days and numbers.
fn words(row: &[String]) -> impl Iterator<Item = &str> {
    cells(row).filter(|cell| cell.starts_with(char::is_alphabetic))
}

fn is_total(row: &[String]) -> bool {
    called(row).is_some_and(|cell| {
        csv::is_total(cell) || is_bare(row) && (csv::begins_as_a_total(cell) || csv::ends_as_a_total(cell))
    })
}
