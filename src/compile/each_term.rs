//! What each term brings anew: a clause without a cycle whose window is reckoned from the first or last day of a term that may come
//! more than once.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::clause::{CycleOf, Edge, Window};
use crate::model::expr::{ClauseId, Expr, ExprKind};
use crate::model::schema::{Schema, Shape};
use crate::model::{Agreement, DefinitionBody};
use crate::plan::{Body, Norm, NormTest};
use crate::value::OfDay;

/// Gives each such norm an instance for each term. One that is reckoned from the last day of another goes with that.
pub fn cut_by_terms(agreement: &Agreement, norms: &mut [Norm]) {
    let renewed = renewed(norms);
    let mut lies = Places { agreement, found: BTreeMap::new() };
    // A period of a cycle belongs to the term that ran when it began; after the last there is none.
    for norm in norms.iter_mut().filter(|norm| matches!(norm.cycle, Some(CycleOf::Calendar(_)))) {
        norm.of_term = lies.term_of(norm);
    }
    loop {
        let mut more = false;
        for norm in norms.iter_mut().filter(|norm| norm.cycle.is_none()) {
            let renewed = |term: &ClauseId| renewed.contains(term);
            let of_event = has_event(&agreement.schema, norm);
            if let Some(term) = within(norm).filter(|_| of_event) {
                norm.of_term = Some(term);
                continue;
            }
            if let Some(term) = whole(norm).filter(|_| !of_event && norm.bodies.iter().all(comes_again)) {
                norm.cycle = Some(CycleOf::EachTerm(term));
                lies.found.insert(norm.clause, term);
                more = true;
                continue;
            }
            norm.awaits = norm.bodies.iter().find_map(|body| lies.named(&body.window)).filter(renewed);
            let Some(term) = lies.term_of(norm).filter(|term| of_event || renewed(term)) else { continue };
            norm.awaits = None;
            if of_event || !norm.bodies.iter().all(comes_again) {
                norm.of_term = Some(term);
                continue;
            }
            norm.cycle = Some(CycleOf::EachTerm(term));
            lies.found.insert(norm.clause, term);
            more = true;
        }
        if !more {
            return;
        }
    }
}

/// The terms that may come more than once, since some wording or reading renews them or another wording follows, and those that have the
/// same days as one of them.
fn renewed(norms: &[Norm]) -> BTreeSet<ClauseId> {
    let terms = norms.iter().flat_map(|norm| {
        norm.bodies.iter().filter_map(move |body| match &body.test {
            NormTest::Term(term) => Some((norm.clause, term)),
            _ => None,
        })
    });
    let terms: Vec<_> = terms.collect();
    let worded_anew = |clause: ClauseId| norms.iter().filter(|norm| norm.clause == clause).nth(1).is_some();
    let again = terms.iter().filter(|(clause, term)| term.renewal.is_some() || worded_anew(*clause));
    let mut renewed: BTreeSet<ClauseId> = again.map(|(clause, _)| *clause).collect();
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

/// The term that all readings are during.
fn whole(norm: &Norm) -> Option<ClauseId> {
    let mut all = norm.bodies.iter().map(|body| match (&body.window.first, &body.window.last) {
        (Some(Edge::OfTerm { .. }), Edge::OfTerm { term, .. }) => Some(*term),
        _ => None,
    });
    let first = all.next()??;
    all.all(|other| other == Some(first)).then_some(first)
}

/// Whether it can be done in each term anew: a field holds one day, and a share is paid once.
fn comes_again(body: &Body) -> bool {
    use NormTest as Test;
    let once = matches!(body.test, Test::Happens { counted_for: Some(_), .. });
    let acts = matches!(body.test, Test::Happens { .. } | Test::Never(_) | Test::May { .. });
    (acts && !once) || matches!(body.test, Test::Holds(_) | Test::ForPerson(_))
}

/// Where a day lies to a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    /// Before its last day, or by its first.
    Within,
    OnTheEnd,
    PastTheEnd,
}

/// Where days lie to terms.
struct Places<'a> {
    agreement: &'a Agreement,
    /// The clauses that have an instance for each term.
    found: BTreeMap<ClauseId, ClauseId>,
}

impl Places<'_> {
    /// The one term that all readings are reckoned from.
    fn term_of(&self, norm: &Norm) -> Option<ClauseId> {
        let mut all = norm.bodies.iter().map(|body| self.anew(&body.window));
        let first = all.next()??;
        all.all(|other| other == Some(first)).then_some(first)
    }

    /// The term that a window is reckoned from.
    fn named(&self, window: &Window) -> Option<ClauseId> {
        let mut edges = window.first.iter().chain([&window.last]);
        edges.find_map(|edge| self.of_edge(edge)).map(|(term, _)| term)
    }

    /// The term that brings a window anew. One that begins with the end of a term, or reaches past it, waits for the end of the last.
    fn anew(&self, window: &Window) -> Option<ClauseId> {
        let first = window.first.as_ref().and_then(|edge| self.of_edge(edge));
        let last = self.of_edge(&window.last);
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

    fn of_edge(&self, edge: &Edge) -> Option<(ClauseId, Lies)> {
        match edge {
            Edge::On(day) => self.of_day(day),
            Edge::DayBefore(day) => self.of_day(day).map(|of| shifted(of, true)),
            Edge::DayAfter(day) => self.of_day(day).map(|of| shifted(of, false)),
            Edge::Lapse { anchor, by } if by.is_zero() => self.of_day(anchor),
            Edge::Lapse { anchor, by } => self.of_day(anchor).map(|of| shifted(of, by.goes_back())),
            Edge::Length { from, .. } => self.of_day(from).map(|of| shifted(of, false)),
            Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
        }
    }

    fn of_day(&self, day: &Expr) -> Option<(ClauseId, Lies)> {
        match &day.kind {
            ExprKind::TermStart(term) => Some((*term, Lies::Within)),
            ExprKind::TermEnd(term) => Some((*term, Lies::OnTheEnd)),
            ExprKind::DueDayOf(clause) => self.found.get(clause).map(|term| (*term, Lies::Within)),
            ExprKind::Shift { day, by } if by.is_zero() => self.of_day(day),
            ExprKind::Shift { day, by } => self.of_day(day).map(|of| shifted(of, by.goes_back())),
            ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().find_map(|day| self.of_day(day)),
            // The last day of the month, or of the year, of a term's last day may be that day.
            ExprKind::OfDay(OfDay::EndOfNextMonth, day) => self.of_day(day).map(|of| shifted(of, false)),
            ExprKind::OfDay(_, day) => self.of_day(day),
            ExprKind::YearDay { year: Some(year), .. } => self.of_day(year).map(|(term, _)| (term, Lies::Within)),
            ExprKind::Defined { definition, .. } => {
                let definition = self.agreement.definitions.get(usize::from(definition.0))?;
                let DefinitionBody::Amount { cases, otherwise } = &definition.body else { return None };
                self.of_day(otherwise).or_else(|| cases.iter().find_map(|(_, day)| self.of_day(day)))
            }
            _ => None,
        }
    }
}

fn shifted((term, at): (ClauseId, Lies), back: bool) -> (ClauseId, Lies) {
    match at {
        Lies::OnTheEnd if back => (term, Lies::Within),
        Lies::OnTheEnd => (term, Lies::PastTheEnd),
        at => (term, at),
    }
}
