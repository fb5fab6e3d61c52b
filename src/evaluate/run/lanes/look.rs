//! A look at a column: the field of each row, or of the row that a reference of it names.

use crate::facts::column::{
    ANSWER_ABSENT, ANSWER_ODD, ANSWER_UNKNOWN, DAY_ABSENT, DAY_ODD, DAY_UNKNOWN, NUMBER_ABSENT, NUMBER_ODD,
    NUMBER_UNKNOWN, WORD_ABSENT, WORD_ODD, WORD_UNKNOWN,
};

/// What a column keeps of one row.
pub trait Kept: Copy + PartialOrd {
    const UNKNOWN: Self;
    const ABSENT: Self;
    /// From here on upwards there is no plain value.
    const ODD: Self;

    /// The same, with all that is not plain and not absent as unknown.
    fn tidy(self) -> Self {
        if self < Self::ODD || self == Self::ABSENT { self } else { Self::UNKNOWN }
    }
}

impl Kept for i32 {
    const UNKNOWN: i32 = DAY_UNKNOWN;
    const ABSENT: i32 = DAY_ABSENT;
    const ODD: i32 = DAY_ODD;
}

impl Kept for i64 {
    const UNKNOWN: i64 = NUMBER_UNKNOWN;
    const ABSENT: i64 = NUMBER_ABSENT;
    const ODD: i64 = NUMBER_ODD;
}

impl Kept for u32 {
    const UNKNOWN: u32 = WORD_UNKNOWN;
    const ABSENT: u32 = WORD_ABSENT;
    const ODD: u32 = WORD_ODD;
}

impl Kept for u8 {
    const UNKNOWN: u8 = ANSWER_UNKNOWN;
    const ABSENT: u8 = ANSWER_ABSENT;
    const ODD: u8 = ANSWER_ODD;
}

/// The way from a row to the one whose field is looked at: reference columns, one after the other.
pub type Path<'f> = Vec<&'f [u32]>;

#[derive(Clone)]
pub struct Look<'f, T> {
    pub path: Path<'f>,
    pub values: &'f [T],
}

impl<T: Kept> Look<'_, T> {
    /// What is kept of the rows from `first` on.
    pub fn fill(&self, first: usize, out: &mut [T]) {
        if self.path.is_empty() {
            let values = self.values.get(first..first.saturating_add(out.len())).unwrap_or(&[]);
            for (slot, value) in out.iter_mut().zip(values) {
                *slot = value.tidy();
            }
            out.iter_mut().skip(values.len()).for_each(|slot| *slot = T::UNKNOWN);
            return;
        }
        for (slot, row) in out.iter_mut().zip(first..) {
            *slot = self.follow(row);
        }
    }

    fn follow(&self, row: usize) -> T {
        let mut at = row;
        for step in &self.path {
            match step.get(at).copied() {
                Some(next) if next < WORD_ODD => at = next as usize,
                Some(WORD_ABSENT) => return T::ABSENT,
                Some(_) | None => return T::UNKNOWN,
            }
        }
        self.values.get(at).map_or(T::UNKNOWN, |value| value.tidy())
    }
}
