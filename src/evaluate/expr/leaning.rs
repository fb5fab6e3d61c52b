//! Working out memberships that may ask about themselves: what rests on one that is being worked out is told apart from what stands.

use super::ask::Ask;
use super::in_work::Working;
use crate::evaluate::trace::Trace;

/// Works out a part of a membership.
pub fn working_out<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    working: Working<'w>,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let begun = ask.in_work.begin(working);
    let found = look(ask);
    ask.known.let_go(begun.0);
    ask.in_work.end(begun);
    found
}

/// Looks at something, and tells on which of those that are being worked out the answer rests: on none, if it stands.
pub fn leaning<'w, T: Trace, R>(ask: &mut Ask<'w, T>, look: impl FnOnce(&mut Ask<'w, T>) -> R) -> (R, Option<usize>) {
    let before = ask.in_work.take_leant();
    let found = look(ask);
    let leans_on = ask.in_work.take_leant();
    ask.in_work.lean_on(before);
    ask.in_work.lean_on(leans_on);
    (found, leans_on)
}

/// Works out those that came earlier, on which nothing rests that is being worked out.
pub fn apart<'w, T: Trace>(ask: &mut Ask<'w, T>, look: impl FnOnce(&mut Ask<'w, T>)) {
    let before = ask.in_work.take_leant();
    look(ask);
    ask.in_work.end_in_order(before);
}
