//! What the records of a table usually have: in which columns something stands, and where these are numbers. It tells a record that is
//! called like a total, as `Total Harmoni` is, from a total.

use std::borrow::Cow;

use crate::facts::sheet::Dialect;

use super::{
    super::cells::{self as read, Cell},
    tail::{begins_as_a_total, is_dated_total, is_note, measures_or_may_be_a_total},
};

/// So many rows show what the records of a table have.
const MOST_LOOKED_AT: usize = 200;

/// What most records of a table have, by column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usual {
    columns: Vec<Column>,
}

/// What most rows have in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// Nothing: what is missing there says nothing of a row.
    Little,
    Numbers,
    /// Days, answers, names: what a total has nothing of.
    Other,
}

impl Usual {
    /// Of rows with so many columns. Those with a single cell, and totals, are looked past.
    pub fn of<'c>(rows: impl Iterator<Item = Vec<Cow<'c, str>>>, columns: usize) -> Usual {
        let mut counts = vec![(0_usize, 0_usize); columns];
        let mut all = 0_usize;
        let is_record = |row: &Vec<Cow<str>>| {
            let mut filled = row.iter().filter(|cell| !cell.is_empty());
            filled.next().is_some_and(|first| !is_dated_total(first)) && (columns < 2 || filled.next().is_some())
        };
        for row in rows.filter(is_record).take(MOST_LOOKED_AT) {
            all = all.saturating_add(1);
            for ((filled, numbers), cell) in counts.iter_mut().zip(&row).filter(|(_, cell)| !cell.is_empty()) {
                *filled = filled.saturating_add(1);
                *numbers = numbers.saturating_add(usize::from(is_number(cell)));
            }
        }
        let column = |(filled, numbers): (usize, usize)| match filled.saturating_mul(2) > all {
            false => Column::Little,
            true if numbers.saturating_mul(2) > filled => Column::Numbers,
            true => Column::Other,
        };
        Usual { columns: counts.into_iter().map(column).collect() }
    }

    /// Whether a row lacks something that most have.
    pub fn lacks<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        let is_given = |at: usize| row.get(at).is_some_and(|cell| !cell.is_empty());
        self.columns.iter().enumerate().any(|(at, column)| *column != Column::Little && !is_given(at))
    }

    /// Whether a row may be a record that is called like a total: beside what it is called it has what totals have nothing of.
    pub fn may_be_called_so<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        let Some(first) = row.iter().position(|cell| !cell.is_empty()) else { return false };
        let others = self.columns.iter().enumerate();
        let others = others.filter(|(at, column)| *at != first && **column == Column::Other);
        let (mut given, mut all) = (0_usize, 0_usize);
        for (at, _) in others {
            all = all.saturating_add(1);
            given = given.saturating_add(usize::from(row.get(at).is_some_and(|cell| !cell.is_empty())));
        }
        match row.get(first).is_some_and(|cell| is_dated_total(cell)) {
            true => given > 1 && given.saturating_mul(3) >= all.saturating_mul(2),
            false => all > 0 && given.saturating_mul(2) >= all,
        }
    }

    /// Whether a row below a total may be one more record: it has most of what they have, numbers where they have some, and is neither a
    /// total nor a note.
    pub fn may_be_one<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        let filled = || row.iter().copied().filter(|cell| !cell.is_empty());
        let Some(first) = filled().next() else { return false };
        let (mut given, mut all) = (0_usize, 0_usize);
        for (at, column) in self.columns.iter().enumerate().filter(|(_, column)| **column != Column::Little) {
            let cell = row.get(at).filter(|cell| !cell.is_empty());
            if *column == Column::Numbers && cell.is_some_and(|cell| !is_number(cell)) {
                return false;
            }
            all = all.saturating_add(1);
            given = given.saturating_add(usize::from(cell.is_some()));
        }
        let is_full = all > 1 && given.saturating_mul(3) >= all.saturating_mul(2);
        let is_total = begins_as_a_total(first) && !self.may_be_called_so(row.iter().copied());
        is_full && !is_total && !measures_or_may_be_a_total(first) && !is_note(filled(), row.len())
    }
}

/// Whether a cell holds a number or an amount, whichever sign stands before its decimals.
fn is_number(cell: &str) -> bool {
    let untold = Dialect::untold(b';');
    cell.contains(|sign: char| sign.is_ascii_digit())
        && (read::number(cell, &untold) != Cell::Not || read::money(cell, None, |_| true, &untold).0 != Cell::Not)
}
