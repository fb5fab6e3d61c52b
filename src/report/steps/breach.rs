//! What was not kept, where something is due since another clause was not; and what is open of a clause that one waits for.

use super::{Step, Teller};
use crate::model::expr::ClauseId;
use crate::report::asked_of::cases_behind;
use crate::report::line::places;
use crate::report::sentences::detail;
use crate::verdict::Status;

/// So many are told.
const TOLD: usize = 2;

impl Teller<'_> {
    /// The verdicts of another clause on the case that came out so, each with its cause.
    pub(super) fn of_another(&self, clause: ClauseId, wanted: impl Fn(Status) -> bool) -> Vec<Step> {
        let Some(as_of) = self.as_of else { return Vec::new() };
        let names = self.names;
        let judged = cases_behind(names, as_of, &self.judged.verdict.instance, clause);
        let wanted = judged.into_iter().filter(|one| wanted(one.verdict.status));
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
        wanted.take(TOLD).map(step).collect()
    }
}
