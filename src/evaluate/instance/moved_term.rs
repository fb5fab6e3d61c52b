//! A term that another wording has moved while it ran: what had to be done by a day of it that had passed by then stays as it was, and acts
//! are judged by the term as it stood on their day.

use crate::model::clause::CycleOf;
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm};
use crate::value::Stretch;
use crate::verdict::Instance;

use super::life::{Own, came_on, own_of};
use super::periods::turned_to;
use crate::evaluate::amendments::run_out::had_run_out;
use crate::evaluate::expr::ask::{Ask, Moved};
use crate::evaluate::expr::form::{period_of_term, term_of_edge};
use crate::evaluate::expr::frame::Frame;
use crate::evaluate::expr::terms::terms_so_far;
use crate::evaluate::trace::Trace;

/// A term of which an instance has been moved, and the same instance as the term stood before; nothing where it did not begin as it does
/// now.
#[derive(Clone, Copy)]
pub struct MovedTerm {
    pub term: ClauseId,
    pub moved: Moved,
    pub before: Option<Instance>,
}

/// What becomes of a window that is reckoned from a term which has been moved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// It was over when the term was moved, and stays where it was.
    Stays,
    /// It was over then only as it has been moved: nobody could have kept that.
    Nobodys,
    /// It moves with the term.
    Moves,
}

/// Each move of the term that the window of an instance is reckoned from, by which that window has other days, the last one first.
pub fn moves_of<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Vec<MovedTerm> {
    let Some(term) = term_of_window(norm).filter(|_| instance.span.is_none() && ask.stood.is_none()) else {
        return Vec::new();
    };
    if ask.world.plan.norms_of(term).nth(1).is_none() {
        return Vec::new();
    }
    let all = ask.quietly(|ask| terms_so_far(ask, term)).moved;
    if all.is_empty() {
        return Vec::new();
    }
    let (now, of) = windows(ask, norm, instance);
    let Some((_, now_runs)) = of.filter(|(asked, _)| *asked == term) else { return Vec::new() };
    // Whoever, or whatever, came when it had been moved has known no other term.
    let came = match own_of(ask, norm, instance) {
        Own::On(day) | Own::ToCome(day) => Some(day),
        Own::Without | Own::None | Own::Unknown => None,
    };
    let came = came.max(came_on(ask, norm, instance));
    let mut found = Vec::new();
    let mut ran = now_runs;
    for moved in all.into_iter().rev() {
        if moved.since != ran || came >= Some(moved.on) {
            continue;
        }
        ran = moved.before;
        let moved = Moved { since: now_runs, ..moved };
        let before = (ran.from == now_runs.from).then(|| as_it_stood(norm, instance, moved));
        let had = before.as_ref().map(|before| {
            let stood = ask.stood.replace((term, moved));
            let windows = windows(ask, norm, before).0;
            ask.stood = stood;
            windows
        });
        if had.as_ref() != Some(&now) {
            found.push(MovedTerm { term, moved, before });
        }
    }
    found
}

/// What becomes of the window of an instance whose term has been moved.
pub fn window_of<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, of: &MovedTerm) -> Window {
    let on = of.moved.on;
    let stood = ask.stood.replace((of.term, of.moved));
    let over = of.before.as_ref().is_some_and(|before| had_run_out(ask, norm, before, on));
    ask.stood = stood;
    if over {
        Window::Stays
    } else if had_run_out(ask, norm, instance, on) {
        Window::Nobodys
    } else {
        Window::Moves
    }
}

/// An instance as its term stood before another wording moved it.
fn as_it_stood(norm: &Norm, instance: &Instance, moved: Moved) -> Instance {
    match norm.cycle {
        Some(CycleOf::EachTerm(_)) => Instance { period: Some(period_of_term(moved.before)), ..*instance },
        _ => *instance,
    }
}

/// The term that an end of the window of a norm is reckoned from.
fn term_of_window(norm: &Norm) -> Option<ClauseId> {
    let edges = |body: &'_ Body| body.window.first.iter().chain([&body.window.last]).find_map(term_of_edge);
    norm.bodies.iter().find_map(edges)
}

/// The windows of an instance, one for each reading, and the term from which they are reckoned.
fn windows<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> (Vec<Frame>, Option<(ClauseId, Stretch)>) {
    turned_to(ask, norm, instance, |ask| {
        let days = ask.term;
        (ask.quietly(|ask| norm.bodies.iter().map(|body| ask.frame(body, None)).collect()), days)
    })
}
