//! One piece of evidence serves one instance of a clause. Where nothing in the evidence tells which subject it is for,
//! order does: the subjects in the order of their last days each take the earliest that is in time for them; what is left
//! then goes, in the same order, to those that still lack some, as late.

use std::collections::BTreeMap;

use crate::facts::Row;
use crate::model::clause::{Bearer, Count, Limit};
use crate::model::expr::ExprKind;
use crate::plan::{Norm, NormTest};
use crate::value::{Day, Number};

use super::judge::Judge;
use super::known::DayBounds;
use super::obligations::Wanted;
use super::tally::{Counts, Field};
use super::trace::Trace;
use super::truth::Truth;

/// Which subject each event serves.
pub type Assignment = BTreeMap<Row, Row>;

struct Claim {
    subject: Row,
    field: Field,
    lacks: usize,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// Whether an event serves another subject than the one that is judged.
    pub fn serves_another(&mut self, norm: &'w Norm, wanted: Wanted<'w>, event: Row) -> bool {
        let Some(subjects) = told_by_order(norm, wanted) else { return false };
        let subject = self.var(subjects);
        let known = self.assignments.iter().find(|(span, _)| *span == wanted.body.span);
        if known.is_none() {
            // Put there first, so that looking for the assignment does not look for itself.
            self.assignments.push((wanted.body.span, Assignment::new()));
            let rows = self.vars.clone();
            self.trace.hush();
            let found = self.aside(&rows, |judge| judge.assign(norm, wanted)).unwrap_or_default();
            self.trace.speak();
            if let Some((_, slot)) = self.assignments.iter_mut().find(|(span, _)| *span == wanted.body.span) {
                *slot = found;
            }
        }
        let known = self.assignments.iter().find(|(span, _)| *span == wanted.body.span);
        known.and_then(|(_, all)| all.get(&event)).is_some_and(|serves| *serves != subject)
    }

    fn assign(&mut self, norm: &'w Norm, wanted: Wanted<'w>) -> Assignment {
        let mut claims = self.claims(norm, wanted);
        let mut events = Vec::new();
        for row in self.world.facts.rows(wanted.events.record) {
            let deed = self.deed(wanted, row);
            if let (Truth::Yes, Some(day)) = (deed.right, deed.day.and_then(DayBounds::exact)) {
                events.push((day, row, deed));
            }
        }
        events.sort_by_key(|(day, row, _)| (*day, *row));
        let mut assignment = Assignment::new();
        for how in [Counts::InTime, Counts::Late] {
            for claim in &mut claims {
                for (_, row, deed) in &events {
                    if claim.lacks > 0 && !assignment.contains_key(row) && claim.field.counts(*deed) == how {
                        assignment.insert(*row, claim.subject);
                        claim.lacks = claim.lacks.saturating_sub(1);
                    }
                }
            }
        }
        assignment
    }

    /// The subjects that the clause reaches, in the order of their last days.
    fn claims(&mut self, norm: &'w Norm, wanted: Wanted<'w>) -> Vec<Claim> {
        let Some(of) = norm.subjects.first() else { return Vec::new() };
        let needed = needed(&wanted.body.test);
        let mut claims: Vec<(Day, Claim)> = Vec::new();
        for subject in self.world.facts.rows(of.record) {
            self.bind(of.var, subject);
            if self.world.cancelled(of.record, subject) || !self.holds(&of.filter).is_yes() {
                continue;
            }
            let frame = self.frame(wanted.body, None);
            let field = Field { frame, period: None, as_of: self.world.as_of };
            claims.push((frame.last_bounds().0, Claim { subject, field, lacks: needed }));
        }
        claims.sort_by_key(|(last, claim)| (*last, claim.subject));
        claims.into_iter().map(|(_, claim)| claim).collect()
    }
}

/// The variable of the subjects, where only order tells which subject an event serves.
fn told_by_order(norm: &Norm, wanted: Wanted) -> Option<crate::model::expr::Var> {
    let [of] = norm.subjects.as_slice() else { return None };
    let each = matches!(norm.bearer, Some(Bearer::Each(_) | Bearer::EachOf(_)));
    let told = each || norm.cycle.is_some() || wanted.events.record == of.record;
    (!told && !wanted.events.filter.mentions(of.var)).then_some(of.var)
}

/// How many events a subject needs.
fn needed(test: &NormTest) -> usize {
    let times = match test {
        NormTest::Happens { count: Count::Times { limit: Limit::AtLeast | Limit::Exactly, times }, .. } => times,
        _ => return 1,
    };
    let number = match &times.kind {
        ExprKind::Number(number) => Number::to_i64(number),
        _ => None,
    };
    number.and_then(|times| usize::try_from(times).ok()).unwrap_or(1)
}
