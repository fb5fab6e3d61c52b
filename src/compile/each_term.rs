//! What each term brings anew: a clause without a cycle whose window is reckoned from the first or last day of a term that can be renewed.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::clause::{CycleOf, Edge, Window};
use crate::model::expr::{ClauseId, Expr, ExprKind};
use crate::model::schema::{Schema, Shape};
use crate::plan::{Body, Norm, NormTest};

/// Gives each such norm an instance for each term. One that is reckoned from the last day of another goes with that.
pub fn cut_by_terms(schema: &Schema, norms: &mut [Norm]) {
    let renewed = renewed(norms);
    let mut found: BTreeMap<ClauseId, ClauseId> = BTreeMap::new();
    loop {
        let mut more = false;
        for norm in norms.iter_mut().filter(|norm| norm.cycle.is_none()) {
            let renewed = |term: &ClauseId| renewed.contains(term);
            let of_event = has_event(schema, norm);
            if let Some(term) = within(norm).filter(|term| of_event && renewed(term)) {
                norm.of_term = Some(term);
                continue;
            }
            let Some(term) = term_of(norm, &found).filter(renewed) else { continue };
            if of_event || !norm.bodies.iter().all(comes_again) {
                norm.of_term = Some(term);
                continue;
            }
            norm.cycle = Some(CycleOf::EachTerm(term));
            found.insert(norm.clause, term);
            more = true;
        }
        if !more {
            return;
        }
    }
}

/// The terms that some wording or reading renews, and those that have the same days as one of them.
fn renewed(norms: &[Norm]) -> BTreeSet<ClauseId> {
    let terms = norms.iter().flat_map(|norm| {
        norm.bodies.iter().filter_map(move |body| match &body.test {
            NormTest::Term(term) => Some((norm.clause, term)),
            _ => None,
        })
    });
    let terms: Vec<_> = terms.collect();
    let mut renewed: BTreeSet<ClauseId> =
        terms.iter().filter(|(_, term)| term.renewal.is_some()).map(|(clause, _)| *clause).collect();
    loop {
        let ties = terms.iter().filter_map(|(clause, term)| Some((*clause, term.same_days_as.as_ref()?.it)));
        let more = ties.filter(|(one, other)| renewed.contains(one) != renewed.contains(other));
        let more: Vec<ClauseId> = more.flat_map(|(one, other)| [one, other]).collect();
        if more.is_empty() {
            return renewed;
        }
        renewed.extend(more);
    }
}

/// A subject that happens on a day belongs to the term of that day.
fn has_event(schema: &Schema, norm: &Norm) -> bool {
    norm.subjects.iter().any(|of| {
        let shape = schema.record(of.record).map(|record| record.shape);
        of.members_of.is_none() && matches!(shape, Some(Shape::Event { .. }))
    })
}

/// The term that a window is a span of: `during T`, `in year N of T`.
fn within(norm: &Norm) -> Option<ClauseId> {
    norm.bodies.iter().find_map(|body| match &body.window.last {
        Edge::OfTerm { term, .. } => Some(*term),
        Edge::YearOfTerm { year, .. } => Some(year.term),
        _ => None,
    })
}

/// The one term that all readings are reckoned from.
fn term_of(norm: &Norm, found: &BTreeMap<ClauseId, ClauseId>) -> Option<ClauseId> {
    let mut all = norm.bodies.iter().map(|body| anew(&body.window, found));
    let first = all.next()??;
    all.all(|other| other == Some(first)).then_some(first)
}

/// Whether it can be done in each term anew: a field holds one day, and a share is paid once.
fn comes_again(body: &Body) -> bool {
    match &body.test {
        NormTest::Happens { counted_for: None, .. } | NormTest::Never(_) | NormTest::Holds(_) => true,
        NormTest::May { .. } | NormTest::ForPerson(_) => true,
        _ => false,
    }
}

/// The term that brings a window anew. One that begins with the end of a term, or reaches past it, waits for the end of the last.
fn anew(window: &Window, found: &BTreeMap<ClauseId, ClauseId>) -> Option<ClauseId> {
    let first = window.first.as_ref().and_then(|edge| of_edge(edge, found));
    let last = of_edge(&window.last, found);
    let (term, at) = first.or(last)?;
    if last.is_some_and(|(other, _)| other != term) {
        return None;
    }
    let until_the_end = last.is_some_and(|(_, at)| at != Lies::PastTheEnd);
    let waits = match at {
        Lies::PastTheEnd => true,
        Lies::OnTheEnd => first.is_some() && !until_the_end,
        Lies::Within => last.is_some_and(|(_, at)| at == Lies::PastTheEnd) && first.is_none(),
    };
    (!waits).then_some(term)
}

/// Where a day lies to a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    /// Before its last day, or by its first.
    Within,
    OnTheEnd,
    PastTheEnd,
}

fn of_edge(edge: &Edge, found: &BTreeMap<ClauseId, ClauseId>) -> Option<(ClauseId, Lies)> {
    let shifted = |(term, at): (ClauseId, Lies), back: bool| match at {
        Lies::OnTheEnd if back => (term, Lies::Within),
        Lies::OnTheEnd => (term, Lies::PastTheEnd),
        at => (term, at),
    };
    match edge {
        Edge::On(day) => of_day(day, found),
        Edge::DayBefore(day) => of_day(day, found).map(|of| shifted(of, true)),
        Edge::DayAfter(day) => of_day(day, found).map(|of| shifted(of, false)),
        Edge::Lapse { anchor, by } if by.is_zero() => of_day(anchor, found),
        Edge::Lapse { anchor, by } => of_day(anchor, found).map(|of| shifted(of, by.goes_back())),
        Edge::Length { from, .. } => of_day(from, found).map(|of| shifted(of, false)),
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
    }
}

fn of_day(day: &Expr, found: &BTreeMap<ClauseId, ClauseId>) -> Option<(ClauseId, Lies)> {
    match &day.kind {
        ExprKind::TermStart(term) => Some((*term, Lies::Within)),
        ExprKind::TermEnd(term) => Some((*term, Lies::OnTheEnd)),
        ExprKind::DueDayOf(clause) => found.get(clause).map(|term| (*term, Lies::Within)),
        ExprKind::Shift { day, by } => {
            let (term, at) = of_day(day, found)?;
            Some(match at {
                Lies::OnTheEnd if by.is_zero() => (term, at),
                Lies::OnTheEnd if by.goes_back() => (term, Lies::Within),
                Lies::OnTheEnd => (term, Lies::PastTheEnd),
                at => (term, at),
            })
        }
        _ => None,
    }
}
