//! Whether a row adds up those above it: all of them, or those since the total before it.

use std::borrow::Cow;

use crate::{
    facts::sheet::{Dialect, Sheet, cells, row},
    value::Number,
};

use super::{
    bulk::id_column,
    tail::{amount, begins_as_a_total, ends_as_a_total, text_in, texts},
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
    for cells in above {
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let words = || cells.iter().filter(|cell| cell.starts_with(char::is_alphabetic));
        let is_called_so = words().any(|word| begins_as_a_total(word) || ends_as_a_total(word));
        // One that has what all have may be a record that is called so.
        let is_full = cells.iter().all(|cell| !cell.is_empty());
        let add = |(sums, rows): &mut (Vec<Option<Number>>, usize)| {
            *rows = rows.saturating_add(1);
            for ((at, _), sum) in wanted.iter().zip(sums) {
                let more = match cells.get(*at).filter(|cell| !cell.is_empty()) {
                    Some(cell) => number(cell),
                    None => Some(Number::from(0)),
                };
                *sum = sum.as_ref().zip(more.as_ref()).map(|(sum, more)| sum.plus(more));
            }
        };
        if is_called_so {
            since = none();
        } else {
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
    let is_called_so = row.iter().find(|cell| !cell.is_empty()).is_some_and(|first| begins_as_a_total(first));
    let are_sums = |(sums, rows): &(Vec<Option<Number>>, usize)| {
        let rows = *rows;
        let same = wanted.iter().zip(sums).filter(|((_, number), sum)| sum.as_ref() == Some(number)).count();
        let enough =
            if rows > 1 { same.saturating_mul(2) >= wanted.len() } else { is_called_so && same == wanted.len() };
        rows > 0 && same > 0 && enough
    };
    [since, all, since_bare, all_but_bare].iter().any(are_sums)
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
