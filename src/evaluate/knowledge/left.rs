//! Which of many in a row are still left, so that the next one is found without going through those that were taken.

pub struct Left {
    /// Of each, one at or after which the next that is left is found; one more than there are.
    next: Vec<usize>,
}

impl Left {
    pub fn of(many: usize) -> Left {
        Left { next: (0..=many).collect() }
    }

    /// The first at or after a place that is left; how many there are where none is.
    pub fn next(&mut self, from: usize) -> usize {
        let end = self.next.len().saturating_sub(1);
        let mut at = from.min(end);
        while let Some(next) = self.next.get(at).copied().filter(|next| *next != at) {
            // Whoever comes by again goes twice as far.
            let further = self.next.get(next).copied().unwrap_or(next);
            if let Some(own) = self.next.get_mut(at) {
                *own = further;
            }
            at = further;
        }
        at
    }

    pub fn take(&mut self, at: usize) {
        if at.saturating_add(1) < self.next.len()
            && let Some(next) = self.next.get_mut(at)
        {
            *next = at.saturating_add(1);
        }
    }
}
