//! Cells that a merged one covers. Nobody sees what they hold, so that it is read as nothing.

use super::hidden::Merged;

/// Asked of cells in the order of their rows.
#[derive(Default)]
pub(super) struct Covered {
    /// By their first rows.
    all: Vec<Merged>,
    next: usize,
    /// Those that reach the row that was asked of last.
    here: Vec<Merged>,
}

impl Covered {
    pub fn of(merged: &[Merged]) -> Covered {
        let mut all = merged.to_vec();
        all.sort_unstable();
        Covered { all, next: 0, here: Vec::new() }
    }

    /// Whether a cell is covered: it is one of several that are merged, and not the first.
    pub fn has(&mut self, (row, column): (u32, u32)) -> bool {
        if self.all.is_empty() {
            return false;
        }
        while let Some(range) = self.all.get(self.next).filter(|((first, _), _)| *first <= row) {
            self.here.push(*range);
            self.next = self.next.saturating_add(1);
        }
        self.here.retain(|(_, (last, _))| *last >= row);
        let covers = |((first, left), (_, right)): &Merged| {
            (*left..=*right).contains(&column) && (*first, *left) != (row, column)
        };
        self.here.iter().any(covers)
    }
}
