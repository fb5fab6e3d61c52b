//! Amounts in a sheet that are shown with a currency which is no part of their values.

/// The cells of a column whose format shows the same beside their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Counted from 0.
    pub column: u32,
    /// How the number 0 would be shown: `0 kr`.
    pub currency: String,
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
