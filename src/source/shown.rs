//! What the cells of a sheet show that is no part of their values.

/// What a format shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A currency, or a part or multiple of one, beside a number.
    Currency(String),
    /// Words beside a number that name neither.
    Words(String),
    /// Another number than the value, by the codes of the format.
    Number(String),
    /// Time that has gone by, which is no time of day.
    Span,
}

/// The cells of a column whose format shows the same beside their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Counted from 0.
    pub column: u32,
    pub what: What,
    /// The bytes of the text in which rows with such a cell stand: where each of several rows in a row begins and ends.
    pub rows: Vec<(u32, u32)>,
}

impl Shown {
    /// Whether a row with a byte of the text is one of them.
    pub fn has(&self, at: u32) -> bool {
        let next = self.rows.partition_point(|(first, _)| *first <= at);
        next.checked_sub(1).and_then(|last| self.rows.get(last)).is_some_and(|(_, end)| at < *end)
    }
}
