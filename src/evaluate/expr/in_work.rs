//! Memberships that are being worked out. What a membership asks about itself meanwhile must not be worked out once more, or nothing would
//! ever end: whoever is asked about is named here, and each answer that was given meanwhile is told apart from those that stand.

use crate::facts::Row;
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm};

use super::frame::EdgeDay;

/// So many rows of one membership may wait for each other before those that came earlier are worked out in the order of their days.
pub const IN_ORDER_FROM: usize = 3;

/// So many rows of one membership may wait for each other; of the others it stays open.
pub const MOST_WAITING: usize = 8;

/// So many answers that do not stand are worked out for one that does; of further rows it stays open.
const MOST_MEANWHILE: usize = 16;

/// Which part of a membership is being worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Whether its conditions held on the day of joining.
    Admission,
    /// The first day out.
    Until,
}

/// A membership of a row that is being worked out, by a wording and a reading of it.
#[derive(Clone, Copy)]
pub struct Working<'w> {
    pub row: Row,
    pub part: Part,
    pub norm: &'w Norm,
    pub body: &'w Body,
    pub from: EdgeDay,
}

/// All that are being worked out, each for the one before it.
#[derive(Default)]
pub struct InWork<'w> {
    waiting: Vec<Working<'w>>,
    /// The first of them that was asked about meanwhile.
    leant_on: Option<usize>,
    /// Those that came earlier are being worked out in order.
    in_order: bool,
    /// How many answers were worked out that do not stand.
    meanwhile: usize,
}

/// How a membership that is being worked out is asked about meanwhile.
pub struct Meanwhile<'w> {
    pub working: Working<'w>,
    /// It asks about itself, not another one that it waits for.
    pub itself: bool,
}

impl<'w> InWork<'w> {
    /// Whether a membership of a row is being worked out. Whatever comes of that is no answer that stands.
    pub fn meets(&mut self, clause: ClauseId, row: Row) -> Option<Meanwhile<'w>> {
        let at = self.waiting.iter().rposition(|one| one.norm.clause == clause && one.row == row)?;
        self.lean_on(Some(at));
        let working = self.waiting.get(at).copied()?;
        Some(Meanwhile { working, itself: at.saturating_add(1) == self.waiting.len() })
    }

    /// How many rows of a membership wait for each other.
    pub fn depth(&self, clause: ClauseId) -> usize {
        self.waiting.iter().filter(|one| one.norm.clause == clause).count()
    }

    /// Begins with one, and tells its place and on what the answer rested so far.
    pub fn begin(&mut self, working: Working<'w>) -> (usize, Option<usize>) {
        self.waiting.push(working);
        (self.waiting.len().saturating_sub(1), self.leant_on.take())
    }

    /// Ends with the one at a place: what rests on that alone stands now.
    pub fn end(&mut self, (at, before): (usize, Option<usize>)) {
        self.waiting.pop();
        let leans_on = std::mem::replace(&mut self.leant_on, before);
        self.lean_on(leans_on.filter(|on| *on < at));
        if self.is_idle() {
            self.meanwhile = 0;
        }
    }

    /// On what the answer rests so far; from here on, on nothing.
    pub fn take_leant(&mut self) -> Option<usize> {
        self.leant_on.take()
    }

    /// Ends working out those that came earlier: on them rests what rested before.
    pub fn end_in_order(&mut self, before: Option<usize>) {
        (self.leant_on, self.in_order) = (before, false);
    }

    pub fn is_idle(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The day of joining of the last row of a membership that waits.
    pub fn last_joined(&self, clause: ClauseId) -> Option<EdgeDay> {
        self.waiting.iter().rfind(|one| one.norm.clause == clause).map(|one| one.from)
    }

    pub fn is_waiting(&self, clause: ClauseId, row: Row) -> bool {
        self.waiting.iter().any(|one| one.norm.clause == clause && one.row == row)
    }

    /// Those that came earlier are worked out in order from here on, if they are not being so already.
    pub fn begin_in_order(&mut self) -> bool {
        !std::mem::replace(&mut self.in_order, true)
    }

    /// An answer was worked out that does not stand.
    pub fn tried(&mut self) {
        self.meanwhile = self.meanwhile.saturating_add(1);
    }

    /// So many were that the others are not worked out any more.
    pub fn has_given_up(&self) -> bool {
        self.meanwhile >= MOST_MEANWHILE
    }

    /// An answer rests on what is being worked out: on the one at this place, at the earliest.
    pub fn lean_on(&mut self, at: Option<usize>) {
        self.leant_on = match (self.leant_on, at) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
}
