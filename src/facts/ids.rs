//! What the rows of a table are called: by ids of their own, or by their numbers, `1`, `2`, ….

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Row;
use super::words::{Word, Words};

#[derive(Clone, Debug)]
pub enum Ids {
    Given(Given),
    Counted(Counted),
}

/// An id for each row.
#[derive(Clone, Debug, Default)]
pub struct Given {
    words: Vec<Word>,
    /// Where the ids of a table are new texts, as they nearly always are, their words follow one another and tell the row by
    /// themselves. The others stand here.
    elsewhere: HashMap<Word, Row>,
}

/// Rows without ids. Their numbers are written out, all behind one another, only when somebody asks what one is called.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    rows: u32,
    numerals: OnceLock<String>,
}

impl Default for Ids {
    fn default() -> Self {
        Ids::Given(Given::default())
    }
}

impl Ids {
    /// Rows that are called by their numbers.
    pub fn counted(rows: u32) -> Ids {
        Ids::Counted(Counted { rows, numerals: OnceLock::new() })
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Ids::Given(given) => given.is_empty(),
            Ids::Counted(counted) => counted.rows == 0,
        }
    }

    /// What a row is called; empty when there is no such row.
    pub fn text<'f>(&'f self, row: Row, words: &'f Words) -> &'f str {
        match self {
            Ids::Given(given) => given.words.get(row.0 as usize).map_or("", |word| words.text(*word)),
            Ids::Counted(counted) => counted.text(row),
        }
    }

    pub fn find(&self, id: &str, words: &Words) -> Option<Row> {
        match self {
            Ids::Given(given) => given.find(words.find(id)?),
            Ids::Counted(counted) => counted.find(id),
        }
    }
}

impl Given {
    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The id of the next row. An id that is there twice is that of the first.
    pub fn push(&mut self, word: Word) {
        let row = Row(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let first = self.words.first().map_or(word.0, |first| first.0);
        if word.0.checked_sub(first) != Some(row.0) {
            self.elsewhere.entry(word).or_insert(row);
        }
        self.words.push(word);
    }

    pub fn find(&self, word: Word) -> Option<Row> {
        let row = word.0.checked_sub(self.words.first()?.0);
        let there = row.and_then(|row| self.words.get(row as usize));
        if there == Some(&word) { row.map(Row) } else { self.elsewhere.get(&word).copied() }
    }
}

impl Counted {
    fn text(&self, row: Row) -> &str {
        if row.0 >= self.rows {
            return "";
        }
        let numerals = self.numerals.get_or_init(|| (1..=self.rows).map(|number| number.to_string()).collect());
        let (number, next) = ((row.0 as usize).saturating_add(1), (row.0 as usize).saturating_add(2));
        numerals.get(written_before(number)..written_before(next)).unwrap_or("")
    }

    fn find(&self, id: &str) -> Option<Row> {
        let number: u32 = id.parse().ok().filter(|number| (1..=self.rows).contains(number))?;
        // `017` and `+17` are not what the row is called.
        id.starts_with(|sign: char| ('1'..='9').contains(&sign)).then(|| Row(number.saturating_sub(1)))
    }
}

/// How many digits the numbers from 1 up to one, itself not taken in, have together.
fn written_before(number: usize) -> usize {
    let mut digits = 0_usize;
    let mut from = 1_usize;
    while from < number {
        digits = digits.saturating_add(number.saturating_sub(from));
        from = from.saturating_mul(10);
    }
    digits
}
