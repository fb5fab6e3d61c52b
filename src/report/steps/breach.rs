//! What was not kept, where something is due since another clause was not.

use super::{Step, Teller};
use crate::evaluate::{Explainer, Limits, instances};
use crate::model::expr::ClauseId;
use crate::report::line::places;
use crate::report::sentences::detail;
use crate::verdict::{Holder, Instance, Status};

/// So many of them are looked at, and so many told.
const LOOKED_AT: usize = 50;
const TOLD: usize = 2;

impl Teller<'_> {
    /// The breaches of another clause that this one answers to, each with its cause.
    pub(super) fn breaches(&self, clause: ClauseId) -> Vec<Step> {
        let Some(as_of) = self.as_of else { return Vec::new() };
        let names = self.names;
        let (limits, of) = (Limits::default(), (names.plan, names.facts));
        // Where a limit is reached, the verdict that this is a reason of says so.
        let found = instances(of, as_of, clause, &limits, |other| self.is_answered(other)).unwrap_or_default();
        let mut explainer = Explainer::new(names.plan, names.facts, as_of);
        let judged = found.iter().take(LOOKED_AT).map(|one| explainer.explain(one));
        let broken = judged.filter(|one| matches!(one.verdict.status, Status::Violated | Status::Late));
        let step = |one: crate::verdict::Judged| {
            let instance = &one.verdict.instance;
            let whose = [names.subject(instance), names.bearer(instance), names.period(instance)];
            let whose: Vec<String> = whose.into_iter().flatten().collect();
            let of = if whose.is_empty() { String::new() } else { format!(" for {}", whose.join(", ")) };
            let called = one.verdict.called(names.strength(instance)).words();
            let why = detail(names, &one);
            let why = if why.is_empty() { why } else { format!(", {why}") };
            let policy = names.norm(instance).map(|norm| norm.head.name_span);
            let fact = places(&one.reason).first().copied();
            let name = names.clause_name(clause);
            let words = format!("{name}{of}: {called}{why}");
            Step { words, policy, fact, key: format!("breach {name}{of}"), ..Step::default() }
        };
        broken.take(TOLD).map(step).collect()
    }

    /// Whether an instance of the clause that was not kept is of the same subject, bearer and period, as far as both have them.
    fn is_answered(&self, other: &Instance) -> bool {
        let own = &self.judged.verdict.instance;
        let subjects = (self.names.subject_row(own), self.names.subject_row(other));
        let subject = !matches!(subjects, (Some(one), Some(other)) if one.0 == other.0 && one.1 != other.1);
        let bearer = own.bearer == Holder::TheOne || other.bearer == Holder::TheOne || own.bearer == other.bearer;
        let period = match (own.period, other.period) {
            (Some(own), Some(other)) => own.stretch.contains(other.last()),
            (Some(own), None) => other.span.is_none_or(|(_, last)| own.stretch.contains(last)),
            (None, _) => true,
        };
        subject && bearer && period
    }
}
