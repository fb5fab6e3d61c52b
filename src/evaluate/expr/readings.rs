//! Another clause that has readings. It is taken as one of them; where it is not told as which, all are looked at, and where they
//! may come to something else, that is noted, so that what hangs on it is judged by each.

use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm};

use super::ask::Ask;
use crate::evaluate::trace::Trace;

/// The reading that another clause is taken as; where that is not told, all of them. A wording that has fewer is taken as its last.
pub fn taken_as<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm) -> &'w [Body] {
    let all = norm.bodies.as_slice();
    let taken = ask.read_as.iter().find(|(clause, _)| *clause == norm.clause);
    taken.and_then(|(_, at)| all.get(*at).or(all.last())).map_or(all, std::slice::from_ref)
}

/// Notes that it may make a difference as which of its readings a clause is taken.
pub fn may_differ<T: Trace>(ask: &mut Ask<T>, clause: ClauseId) {
    ask.unread.get_or_insert(clause);
}

/// What a clause says, as the reading that it is taken as, or by the first of them; that another one may say something else is noted.
pub fn first_as_taken<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Option<&'w Body> {
    let taken = taken_as(ask, norm);
    if taken.len() > 1 {
        may_differ(ask, norm.clause);
    }
    taken.first()
}

/// Looks at something with a clause taken as one of its readings.
pub fn read_as<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    (clause, at): (ClauseId, usize),
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    ask.read_as.push((clause, at));
    let found = look(ask);
    ask.read_as.pop();
    found
}
