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
    /// Ids are nearly always new texts, so their words follow one another for a while and tell the row by themselves. In the
    /// order of their words.
    runs: Vec<Run>,
    /// Where an older text is the id of a row.
    elsewhere: HashMap<Word, Row>,
    /// Whether the rows are in the order of their ids; looked for only when somebody asks.
    ascending: OnceLock<bool>,
}

/// Rows that follow one another, and so do the words that they are called by.
#[derive(Clone, Copy, Debug)]
struct Run {
    word: u32,
    row: u32,
    rows: u32,
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

    /// Whether it is known that the rows are in the order of their ids.
    pub fn ascend(&self, words: &Words) -> bool {
        match self {
            Ids::Given(given) => given.ascend(words),
            Ids::Counted(_) => false,
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

    /// By row.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    fn ascend(&self, words: &Words) -> bool {
        *self.ascending.get_or_init(|| {
            let mut last = "";
            self.words.iter().all(|word| {
                let before = std::mem::replace(&mut last, words.text(*word));
                before <= last
            })
        })
    }

    /// The id of the next row. An id that is there twice is that of the first.
    pub fn push(&mut self, word: Word) {
        let row = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word);
        self.ascending.take();
        match self.runs.last_mut() {
            Some(run) if run.next() == (word.0, row) => run.rows = run.rows.saturating_add(1),
            Some(run) if word.0 < run.next().0 => {
                if self.find(word).is_none() {
                    self.elsewhere.insert(word, Row(row));
                }
            }
            Some(_) | None => self.runs.push(Run { word: word.0, row, rows: 1 }),
        }
    }

    pub fn find(&self, word: Word) -> Option<Row> {
        let run = self.runs.partition_point(|run| run.word <= word.0).checked_sub(1).and_then(|at| self.runs.get(at));
        let within = run.and_then(|run| Some((run, word.0.checked_sub(run.word)?))).filter(|(run, at)| *at < run.rows);
        match within {
            Some((run, at)) => Some(Row(run.row.saturating_add(at))),
            None => self.elsewhere.get(&word).copied(),
        }
    }
}

impl Run {
    /// The word and the row that would go on with it.
    fn next(&self) -> (u32, u32) {
        (self.word.saturating_add(self.rows), self.row.saturating_add(self.rows))
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
