//! What a clause hangs on: the clauses whose last days, whose effects or whose members its window, its conditions and those of whom it
//! speaks are reckoned from.

use std::collections::BTreeSet;

use crate::model::clause::{Bearer, Edge, TermEdge, When};
use crate::model::expr::{Asks, ClauseId, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, On, Set};
use crate::model::{Agreement, DefinitionBody};
use crate::plan::{Body, Norm, NormTest};

/// The clauses that one wording of a clause names so; what those hang on in turn is not followed.
pub fn hangs_on(agreement: &Agreement, norm: &Norm) -> BTreeSet<ClauseId> {
    let mut named = Named { agreement, clauses: BTreeSet::new(), seen: BTreeSet::new() };
    norm.subjects.iter().for_each(|of| named.in_collection(of));
    if let Some(Bearer::Each(of)) = &norm.bearer {
        named.in_collection(of);
    }
    norm.bodies.iter().for_each(|body| named.in_body(body));
    named.clauses
}

struct Named<'a> {
    agreement: &'a Agreement,
    clauses: BTreeSet<ClauseId>,
    /// Each definition is looked at once.
    seen: BTreeSet<DefinitionId>,
}

impl<'a> Named<'a> {
    fn in_body(&mut self, body: &'a Body) {
        body.window.first.iter().chain([&body.window.last]).for_each(|edge| self.in_edge(edge));
        for when in &body.conditions {
            let (When::If(condition) | When::Unless(condition)) = when;
            self.in_cond(condition);
        }
        match &body.test {
            NormTest::Happens { events, .. } | NormTest::Never(events) => self.in_collection(events),
            NormTest::Holds(condition) | NormTest::HoldsDaily(condition) | NormTest::States(condition) => {
                self.in_cond(condition);
            }
            NormTest::AtJoining { membership, condition } => {
                self.clauses.insert(*membership);
                self.in_cond(condition);
            }
            NormTest::Member(lasting) => {
                self.in_expr(&lasting.from);
                lasting.until.iter().for_each(|edge| self.in_edge(edge));
            }
            NormTest::Term(term) => {
                for edge in [&term.starts, &term.ends] {
                    if let TermEdge::Day(day) | TermEdge::Lapse { anchor: day, .. } = edge {
                        self.in_expr(day);
                    }
                }
            }
            NormTest::May { effect, .. } => effect.iter().for_each(|edge| self.in_edge(edge)),
            NormTest::Dated(_)
            | NormTest::InOrder(_)
            | NormTest::Numbers { .. }
            | NormTest::Limit { .. }
            | NormTest::Shared { .. }
            | NormTest::PaysShare(_)
            | NormTest::Vote { .. }
            | NormTest::ForPerson(_) => {}
        }
    }

    fn in_edge(&mut self, edge: &'a Edge) {
        match edge {
            Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) | Edge::Length { from: day, .. } => {
                self.in_expr(day);
            }
            Edge::Lapse { anchor, by } => {
                self.in_expr(anchor);
                by.number().into_iter().for_each(|number| self.in_expr(number));
            }
            Edge::OfTerm { term, .. } => {
                self.clauses.insert(*term);
            }
            Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } => {}
        }
    }

    fn in_collection(&mut self, of: &'a Collection) {
        self.clauses.extend(of.members_of);
        self.in_cond(&of.filter);
    }

    fn in_definition(&mut self, definition: DefinitionId) {
        if !self.seen.insert(definition) {
            return;
        }
        match self.agreement.definitions.get(usize::from(definition.0)).map(|one| &one.body) {
            Some(DefinitionBody::Condition(condition)) => self.in_cond(condition),
            Some(DefinitionBody::Amount { cases, otherwise }) => {
                for (condition, amount) in cases {
                    self.in_cond(condition);
                    self.in_expr(amount);
                }
                self.in_expr(otherwise);
            }
            Some(DefinitionBody::Listed(_)) | None => {}
        }
    }

    fn in_cond(&mut self, cond: &'a Cond) {
        match &cond.kind {
            CondKind::Always | CondKind::Judged { .. } => {}
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter().for_each(|part| self.in_cond(part)),
            CondKind::Not(inner) => self.in_cond(inner),
            CondKind::Test(test) => self.in_question(&test.asks),
            CondKind::All { of, test } => {
                self.in_collection(of);
                self.in_cond(test);
            }
            CondKind::Some(of) => self.in_collection(of),
            CondKind::Defined { definition, .. } => self.in_definition(*definition),
            CondKind::OnDay { of, day } => {
                self.in_cond(of);
                self.in_expr(day);
            }
        }
    }

    fn in_question(&mut self, asks: &'a Asks) {
        match asks {
            Asks::Given(_) | Asks::SameSet(..) => {}
            Asks::Before(one, other) | Asks::Less(one, other) => {
                self.in_expr(one);
                self.in_expr(other);
            }
            Asks::OneOf(one, options) => {
                self.in_expr(one);
                options.iter().for_each(|option| self.in_expr(option));
            }
            Asks::About { amount, least, most } => {
                [amount, least, most].into_iter().for_each(|one| self.in_expr(one));
            }
            Asks::Holds(_, options) | Asks::HoldsOnly(_, options) | Asks::HoldsEach { options, .. } => {
                options.iter().for_each(|option| self.in_expr(option));
            }
            Asks::In { set, on, .. } => {
                if let Set::Rows(of) = set {
                    self.in_collection(of);
                }
                match on {
                    On::Then => {}
                    On::Day(day) => self.in_expr(day),
                    On::Throughout(from, through) => {
                        self.in_expr(from);
                        self.in_expr(through);
                    }
                }
            }
        }
    }

    fn in_expr(&mut self, expr: &'a Expr) {
        use ExprKind as K;
        match &expr.kind {
            K::DueDayOf(clause) | K::EffectOf(clause) | K::TermStart(clause) | K::TermEnd(clause) => {
                self.clauses.insert(*clause);
            }
            K::YearDay { year, .. } => year.iter().for_each(|year| self.in_expr(year)),
            K::Shift { day, by } => {
                self.in_expr(day);
                by.number().into_iter().for_each(|number| self.in_expr(number));
            }
            K::OfDay(_, of) | K::Per { of, .. } => self.in_expr(of),
            K::TheDay(condition) => self.in_cond(condition),
            K::Plus(a, b)
            | K::Minus(a, b)
            | K::Times(a, b)
            | K::DividedBy(a, b)
            | K::DaysBetween(a, b)
            | K::WholeMonthsBetween(a, b)
            | K::WorkingDaysBetween(a, b)
            | K::Rounded { of: a, to: b, .. }
            | K::OnDay { of: a, day: b } => {
                self.in_expr(a);
                self.in_expr(b);
            }
            K::EarliestOf(days) | K::LatestOf(days) => days.iter().for_each(|day| self.in_expr(day)),
            K::Count(of) => self.in_collection(of),
            K::CountDifferent(what, of) | K::Sum(what, of) | K::Earliest(what, of) | K::Latest(what, of) => {
                self.in_expr(what);
                self.in_collection(of);
            }
            K::Defined { definition, .. } => self.in_definition(*definition),
            K::Day(_)
            | K::Number(_)
            | K::Money(_)
            | K::Text(_)
            | K::YesNo(_)
            | K::Id(_, _)
            | K::Actor(_)
            | K::NotStated
            | K::Field(_)
            | K::Row(_)
            | K::PeriodStart
            | K::PeriodEnd
            | K::BindsFrom
            | K::BindsThrough
            | K::Value(_)
            | K::Held(_) => {}
        }
    }
}
