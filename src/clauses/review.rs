//! Reviews: what was agreed is looked at again, every so often or at a place in the term.
//! A review is asked for like a duty; what comes of it is for others to decide.

use super::kind::{Kind, OfRecord, Reading, needed, optional};
use super::{act, slot};
use crate::diagnostics::{Sink, codes};
use crate::model::clause::{Edge, Window};
use crate::model::expr::{Expr, ExprKind};

pub const KIND: Kind = Kind {
    name: "review",
    summary: "Something is reviewed, at regular intervals or at a point in the term.",
    example: include_str!("examples/review.overens"),
    of: OfRecord::Refused,
    slots: &[
        optional(slot::SUBJECT),
        needed(slot::DOES),
        optional(slot::COUNT),
        optional(slot::CYCLE),
        optional(slot::FIRST_PERIOD),
        optional(slot::LAST_PERIOD),
        optional(slot::WINDOW),
    ],
    also: act::WITH_ACTS,
    strengths: act::DUE,
    acts: act::TO_DO,
    check,
    demand: act::demand,
};

fn check(reading: &Reading, problems: &mut Sink) {
    act::check(reading, problems);
    act::instalments_have_a_window(reading, problems);
    let lines = reading.lines;
    let placed = lines.window.as_ref().is_some_and(|window| is_in_a_term(&window.it));
    if lines.cycle.is_none() && !placed {
        let place = lines.window.as_ref().map_or(reading.wording.name_span, |window| window.span);
        problems.push(
            codes::MISSING_LINE
                .at(place)
                .say(format!("`{}` is a review, but does not say how often or when in the term", reading.clause))
                .help("add a line such as `every 2 years counted from 2015-01-01` or `in year 4 of main`; for a single day, write a `deadline`".to_owned()),
        );
    }
}

fn is_in_a_term(window: &Window) -> bool {
    window.first.as_ref().is_some_and(edge_of_term) || edge_of_term(&window.last)
}

fn edge_of_term(edge: &Edge) -> bool {
    match edge {
        Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => true,
        Edge::On(day)
        | Edge::DayBefore(day)
        | Edge::DayAfter(day)
        | Edge::Lapse { anchor: day, .. }
        | Edge::Length { from: day, .. } => day_of_term(day),
        Edge::Open | Edge::Never | Edge::Blank { .. } => false,
    }
}

/// Whether the day is the first or last of a term, or so long before or after one.
fn day_of_term(day: &Expr) -> bool {
    let mut day = day;
    while let ExprKind::Shift { day: inner, .. } = &day.kind {
        day = inner;
    }
    matches!(day.kind, ExprKind::TermStart(_) | ExprKind::TermEnd(_))
}
