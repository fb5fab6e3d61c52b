//! From which day through which a term runs by its words, alone or with others that have the same days.

use crate::model::clause::{TermEdge, TermOf, WhichEnd};
use crate::model::expr::ClauseId;
use crate::plan::{Body, NormTest};
use crate::value::{Day, ShiftProblem, Stretch};
use crate::verdict::{Mark, Missing, Said};

use super::ask::Ask;
use super::form::Reckoned;
use super::readings::{may_differ, taken_as};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::trace::{Trace, reason};

/// How a term stands on the as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermState {
    NotBegun(Stretch),
    Running {
        number: u32,
        days: Stretch,
    },
    Ended {
        number: u32,
        days: Stretch,
    },
    /// A renewal hangs on a person's weighing, or on how often the text lets it renew.
    Person(Stretch),
    /// A renewal hangs on a missing fact.
    Open(Stretch),
    /// Terms that are to have the same days do not have them.
    Clash,
    /// The calendar does not have one of its days.
    NoSuchDay,
    Unknown,
}

/// A term of several that are tied, and what it says.
pub struct Tied<'w> {
    pub clause: ClauseId,
    pub body: &'w Body,
    pub term: &'w TermOf,
}

/// What tied terms make of their days together.
pub enum SameDays {
    /// The days that all of them have.
    Agreed(Result<Stretch, TermState>),
    Clash,
}

/// What a term says of one of its ends.
enum Says {
    Nothing,
    Day(Day),
    Unknown,
}

pub fn first_term<'w, T: Trace>(ask: &mut Ask<'w, T>, term: &'w TermOf) -> Result<Stretch, TermState> {
    let from = term_day(ask, &term.starts)?;
    let until = match &term.ends {
        TermEdge::Length(period) => {
            let plan = ask.world.plan;
            return crate::value::term(from, period, plan.months, &plan.calendar).map_err(|problem| {
                let span = match &term.starts {
                    TermEdge::Day(day) | TermEdge::Lapse { anchor: day, .. } => Some(day.span),
                    TermEdge::NotStated(span) => Some(*span),
                    TermEdge::Open | TermEdge::Length(_) => None,
                };
                match (problem, span) {
                    (ShiftProblem::Calendar(out), _) => {
                        ask.trace.missing(|| Missing::Calendar { year: out.year });
                        TermState::Unknown
                    }
                    (ShiftProblem::NoSuchDay { .. }, Some(span)) => {
                        ask.cannot_reckon(&problem, span);
                        TermState::NoSuchDay
                    }
                    (_, _) => TermState::Unknown,
                }
            });
        }
        TermEdge::Open => Stretch::ALWAYS.until,
        other if is_none(ask, other) => Stretch::ALWAYS.until,
        other => term_day(ask, other)?.following(),
    };
    Ok(Stretch::new(from, until))
}

/// Whether the day that ends a term is given as none: it has not been ended.
fn is_none<'w, T: Trace>(ask: &mut Ask<'w, T>, ends: &'w TermEdge) -> bool {
    match ends {
        TermEdge::Day(day) | TermEdge::Lapse { anchor: day, .. } => ask.value(day) == Val::Absent,
        TermEdge::Open | TermEdge::Length(_) | TermEdge::NotStated(_) => false,
    }
}

fn term_day<'w, T: Trace>(ask: &mut Ask<'w, T>, edge: &'w TermEdge) -> Result<Day, TermState> {
    let of = |value: Val<'w>| match value {
        Val::NoSuchDay => Err(TermState::NoSuchDay),
        value => value.day_bounds().and_then(DayBounds::exact).ok_or(TermState::Unknown),
    };
    match edge {
        TermEdge::Day(day) => of(ask.value(day)),
        TermEdge::Lapse { anchor, by } => {
            let bounds = ask.value(anchor).day_bounds().ok_or(TermState::Unknown)?;
            of(ask.shift(bounds, by, Reckoned::Day, anchor.span))
        }
        TermEdge::NotStated(span) => {
            ask.trace.missing(|| Missing::Text(*span));
            Err(TermState::Unknown)
        }
        TermEdge::Open | TermEdge::Length(_) => Ok(ask.world.plan.force.from),
    }
}

// ---- terms that have the same days --------------------------------------------------------------------------------------

/// The terms that have the same days as this one, itself among them, in the order of the policy; `None` when it stands by
/// itself.
pub fn tied<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, own: &'w TermOf) -> Option<Vec<Tied<'w>>> {
    let (plan, as_of) = (ask.world.plan, ask.world.as_of);
    // Of several dated wordings the one that is in force; without one, the first.
    let wording = |clause: ClauseId| {
        let norms = || plan.norms_of(clause).map(|(_, norm)| norm);
        norms().find(|norm| ask.law.chosen(norm).contains(as_of)).or_else(|| norms().next())
    };
    let terms = || {
        let all = (0..).map(ClauseId).zip(&plan.clauses).map(|(clause, _)| clause);
        all.filter_map(|of| {
            let norm = wording(of)?;
            // Of the term that is looked at, the reading that is.
            let own_body =
                norm.bodies.iter().find(|body| matches!(&body.test, NormTest::Term(term) if std::ptr::eq(term, own)));
            let body = own_body.filter(|_| of == clause).or(taken_as(ask, norm).first())?;
            match &body.test {
                NormTest::Term(term) => Some(Tied { clause: of, body, term }),
                _ => None,
            }
        })
    };
    let first_of = |one: &Tied| one.term.same_days_as.as_ref().map_or(one.clause, |first| first.it);
    let first = terms().find(|one| one.clause == clause).map(|one| first_of(&one))?;
    let tied: Vec<Tied> = terms().filter(|one| first_of(one) == first).collect();
    let others = tied.iter().map(|one| one.clause).filter(|one| *one != clause);
    let read = |one: &ClauseId| wording(*one).is_some_and(|norm| taken_as(ask, norm).len() > 1);
    let unread = others.into_iter().find(read);
    if let Some(other) = unread {
        may_differ(ask, other);
    }
    (tied.len() > 1).then_some(tied)
}

/// The days of tied terms, held against each other: what one leaves unsaid, another may say; where two say a day and the days
/// differ, the text contradicts itself, and no rule of it goes before the other.
pub fn same_days<'w, T: Trace>(ask: &mut Ask<'w, T>, tied: &[Tied<'w>], body: &'w Body) -> SameDays {
    let mut clash = false;
    let mut both = [None, None];
    let mut unknown = false;
    for (which, slot) in [WhichEnd::First, WhichEnd::Last].into_iter().zip(&mut both) {
        let mut said: Vec<(ClauseId, Day, Option<crate::source::Span>)> = Vec::new();
        for one in tied {
            match told_day(ask, one.term, which) {
                Says::Nothing => {}
                Says::Day(day) => {
                    let name = || ask.world.plan.clause(one.clause).map(|clause| clause.name_span);
                    said.push((one.clause, day, place_of(one.term, which).or_else(name)));
                }
                Says::Unknown => unknown = true,
            }
        }
        *slot = said.first().map(|(_, day, _)| *day);
        if said.iter().any(|(_, day, _)| Some(*day) != *slot) {
            clash = true;
            say_clash(ask, which, &said, body);
        }
    }
    let [first, last] = both;
    match (clash, unknown, first) {
        (true, _, _) => SameDays::Clash,
        (false, true, _) | (false, false, None) => SameDays::Agreed(Err(TermState::Unknown)),
        (false, false, Some(from)) => {
            let until = last.map_or(Stretch::ALWAYS.until, Day::following);
            SameDays::Agreed(Ok(Stretch::new(from, until)))
        }
    }
}

fn told_day<'w, T: Trace>(ask: &mut Ask<'w, T>, term: &'w TermOf, which: WhichEnd) -> Says {
    let edge = match which {
        WhichEnd::First => &term.starts,
        WhichEnd::Last => &term.ends,
    };
    let day = match edge {
        TermEdge::Open | TermEdge::NotStated(_) => return Says::Nothing,
        ends if which == WhichEnd::Last && is_none(ask, ends) => return Says::Nothing,
        TermEdge::Length(_) => first_term(ask, term).map(|days| days.last()),
        TermEdge::Day(_) | TermEdge::Lapse { .. } => term_day(ask, edge),
    };
    day.map_or(Says::Unknown, Says::Day)
}

fn say_clash<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    which: WhichEnd,
    said: &[(ClauseId, Day, Option<crate::source::Span>)],
    body: &Body,
) {
    ask.trace.open();
    for (_, day, place) in said {
        ask.trace.say(|| reason(Said::Day { day: *day }, Mark::Plain, *place));
    }
    let days = said.iter().map(|(clause, day, _)| (*clause, *day)).collect();
    ask.trace.close(|| reason(Said::DaysDiffer { which, days }, Mark::Person, body.span));
}

/// The words that say the day, where it is said in so many words.
fn place_of(term: &TermOf, which: WhichEnd) -> Option<crate::source::Span> {
    let edge = match which {
        WhichEnd::First => &term.starts,
        WhichEnd::Last => &term.ends,
    };
    match edge {
        TermEdge::Day(day) => Some(day.span),
        TermEdge::NotStated(span) => Some(*span),
        // What is told is reckoned from the anchor, so the anchor's own words would mislead.
        TermEdge::Lapse { .. } | TermEdge::Length(_) | TermEdge::Open => None,
    }
}
