//! Memberships that are being worked out. What a membership asks about itself meanwhile must not be worked out once more, or nothing would
//! ever end: whoever is asked about is named here, and each answer that was given meanwhile is told apart from those that stand.

use crate::facts::Row;
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm};

use super::ask::Ask;
use super::frame::EdgeDay;
use crate::evaluate::trace::Trace;

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

/// Works out a part of a membership.
pub fn working_out<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    working: Working<'w>,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let at = ask.in_work.waiting.len();
    ask.in_work.waiting.push(working);
    let before = ask.in_work.leant_on.take();
    let found = look(ask);
    ask.in_work.waiting.pop();
    ask.known.let_go(at);
    // What rests on this one alone stands now that it is worked out.
    let leans_on = std::mem::replace(&mut ask.in_work.leant_on, before);
    ask.in_work.lean_on(leans_on.filter(|on| *on < at));
    if ask.in_work.is_idle() {
        ask.in_work.meanwhile = 0;
    }
    found
}

/// Looks at something, and tells on which of those that are being worked out the answer rests: on none, if it stands.
pub fn leaning<'w, T: Trace, R>(ask: &mut Ask<'w, T>, look: impl FnOnce(&mut Ask<'w, T>) -> R) -> (R, Option<usize>) {
    let before = ask.in_work.leant_on.take();
    let found = look(ask);
    let leans_on = ask.in_work.leant_on;
    ask.in_work.lean_on(before);
    (found, leans_on)
}

/// Works out those that came earlier, on which nothing rests that is being worked out.
pub fn apart<'w, T: Trace>(ask: &mut Ask<'w, T>, look: impl FnOnce(&mut Ask<'w, T>)) {
    let before = ask.in_work.leant_on.take();
    look(ask);
    ask.in_work.leant_on = before;
    ask.in_work.in_order = false;
}
