//! Whether a row adds up those above it: all of them, or those since the total before it.

use std::borrow::Cow;

use crate::{
    facts::sheet::{Dialect, Sheet, cells, row},
    value::Number,
};

use super::{
    bulk::id_column,
    tail::{amount, begins_as_a_total, ends_as_a_total, is_carried, may_be_called_so, text_in, texts},
    usual::is_day,
};

/// So many bytes above a row are looked at.
const MOST_ABOVE: usize = 1 << 20;

/// Whether at least half of the numbers of a row are the sums of those above it, of at least two rows; of a single row, all of them, where
/// it is called a total. The column of the ids has none.
pub fn is_sum<'c>(
    above: impl Iterator<Item = Vec<Cow<'c, str>>>,
    row: &[&str],
    (ids, dialect): (Option<usize>, &Dialect),
) -> bool {
    let number = |text: &str| amount(text, dialect);
    let wanted = row.iter().enumerate().filter(|(at, cell)| Some(*at) != ids && !cell.is_empty());
    let wanted = wanted.filter_map(|(at, cell)| Some((at, number(cell).filter(|number| !number.is_zero())?)));
    let wanted: Vec<(usize, Number)> = wanted.collect();
    let none = || (vec![Some(Number::from(0)); wanted.len()], 0_usize);
    // Since the row before that is called a total, and of all rows; the same, where only one that lacks something is taken for a total.
    let (mut since, mut all, mut since_bare, mut all_but_bare) = (none(), none(), none(), none());
    let mut behind_total: Vec<Vec<Option<Number>>> = Vec::new();
    for cells in above {
        // Column names that come again add nothing.
        let is_word = |at: &usize| cells.get(*at).is_some_and(|cell| cell.starts_with(char::is_alphabetic));
        if cells.iter().all(|cell| cell.is_empty()) || wanted.iter().all(|(at, _)| is_word(at)) {
            continue;
        }
        let words = || cells.iter().filter(|cell| cell.starts_with(char::is_alphabetic));
        // One that has what all have, or a day, may be a record that is called so.
        let is_full = cells.iter().all(|cell| !cell.is_empty()) || cells.iter().any(|cell| is_day(cell));
        let is_carried_over = || !is_full && words().any(|word| is_carried(word) || may_be_called_so(word));
        let is_called_so = words().any(|word| begins_as_a_total(word) || ends_as_a_total(word)) || is_carried_over();
        let number_at = |at: usize| match cells.get(at).filter(|cell| !cell.is_empty()) {
            Some(cell) => number(cell),
            None => Some(Number::from(0)),
        };
        let add = |(sums, rows): &mut (Vec<Option<Number>>, usize)| {
            *rows = rows.saturating_add(1);
            for ((at, _), sum) in wanted.iter().zip(sums) {
                *sum = sum.as_ref().zip(number_at(*at).as_ref()).map(|(sum, more)| sum.plus(more));
            }
        };
        if is_called_so {
            since = none();
            behind_total.clear();
        } else {
            behind_total.push(wanted.iter().map(|(at, _)| number_at(*at)).collect());
            add(&mut since);
            add(&mut all);
        }
        if is_called_so && !is_full {
            since_bare = none();
        } else {
            add(&mut since_bare);
            add(&mut all_but_bare);
        }
    }
    let given = || row.iter().filter(|cell| !cell.is_empty());
    let word = given().find(|cell| cell.starts_with(char::is_alphabetic)).or_else(|| given().next());
    let is_called_so = word.is_some_and(|word| begins_as_a_total(word) || ends_as_a_total(word));
    let lacks_some = row.iter().any(|cell| cell.is_empty());
    let are_sums = |(sums, rows): &(Vec<Option<Number>>, usize)| {
        let rows = *rows;
        let same = wanted.iter().zip(sums).filter(|((_, number), sum)| sum.as_ref() == Some(number)).count();
        let enough =
            if rows > 1 { same.saturating_mul(2) >= wanted.len() } else { is_called_so && same == wanted.len() };
        rows > 0 && same > 0 && enough
    };
    [since, all, since_bare, all_but_bare].iter().any(are_sums)
        || is_called_so && lacks_some && are_of_the_last(&wanted, &behind_total)
}

/// Whether all numbers are the sums of the rows directly above, as many as there may be. That one number of few digits is so may be
/// chance.
fn are_of_the_last(wanted: &[(usize, Number)], above: &[Vec<Option<Number>>]) -> bool {
    let mut sums: Vec<Option<Number>> = vec![Some(Number::ZERO); wanted.len()];
    let is_certain = match wanted {
        [] => false,
        [(_, number)] => {
            number.exact_text().chars().filter(char::is_ascii_digit).collect::<String>().trim_matches('0').len() > 2
        }
        [_, ..] => true,
    };
    let mut rows = above.iter().rev().enumerate();
    is_certain
        && rows.any(|(at, row)| {
            for (sum, more) in sums.iter_mut().zip(row) {
                *sum = sum.as_ref().zip(more.as_ref()).map(|(sum, more)| sum.plus(more));
            }
            at > 0 && wanted.iter().zip(&sums).all(|((_, number), sum)| sum.as_ref() == Some(number))
        })
}

/// Whether the row of a sheet that begins here is one. Rows that are left out add nothing, and very long texts are not looked through.
pub(super) fn adds_up(sheet: &Sheet, start: usize) -> bool {
    adds_up_in(sheet, start, |_| true)
}

/// The same by some of its columns alone.
pub(super) fn adds_up_in(sheet: &Sheet, start: usize, is_meant: impl Fn(usize) -> bool) -> bool {
    let body = sheet.body();
    let Some(text) =
        Some(&*sheet.text).filter(|_| sheet.text.resting().is_none() && start.saturating_sub(body) <= MOST_ABOVE)
    else {
        return false;
    };
    let own = sheet.cells(start);
    let own = own.iter().enumerate();
    let own: Vec<&str> = own.map(|(at, cell)| if is_meant(at) { &*cell.text } else { "" }).collect();
    let mut at = body;
    let above = std::iter::from_fn(|| {
        while at < start {
            let here = at;
            at = row(text, at, sheet.delimiter).1;
            let cells = cells(text, here, sheet.delimiter);
            if !sheet.is_skipped(here) && text_in(&cells).next().is_some() {
                return Some(texts(&cells).into_iter().map(|text| Cow::Owned(text.into_owned())).collect());
            }
        }
        None
    });
    is_sum(above, &own, (id_column(sheet), sheet.dialect_of(None)))
}
