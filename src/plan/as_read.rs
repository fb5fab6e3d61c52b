//! A clause that has readings, taken as one of them: the plan that the agreement would have if the clause said nothing else.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Norm, Plan, Shared};
use crate::model::expr::ClauseId;

/// The plans of each clause that has readings: one for each of these.
type Plans = BTreeMap<ClauseId, Vec<OnceLock<Box<Plan>>>>;

/// The clauses that have readings, with a plan for each reading; a plan is made when it is asked for. A copy of a plan, which somebody may
/// change, makes its own.
#[derive(Debug)]
pub struct Readings {
    /// How many the clauses have that have several.
    many: Shared<BTreeMap<ClauseId, usize>>,
    /// The clauses that are taken as one of theirs.
    taken: Vec<ClauseId>,
    plans: OnceLock<Plans>,
}

impl Clone for Readings {
    fn clone(&self) -> Self {
        Readings { many: self.many.clone(), taken: self.taken.clone(), plans: OnceLock::new() }
    }
}

impl Readings {
    /// Those of some norms: each wording of a clause may have as many as it likes, and one that has fewer is taken as its last.
    pub fn of<'n>(norms: impl Iterator<Item = &'n Norm>) -> Self {
        let mut many: BTreeMap<ClauseId, usize> = BTreeMap::new();
        for norm in norms.filter(|norm| norm.bodies.len() > 1) {
            let of_clause = many.entry(norm.clause).or_default();
            *of_clause = norm.bodies.len().max(*of_clause);
        }
        Readings { many: many.into(), taken: Vec::new(), plans: OnceLock::new() }
    }

    fn plans(&self) -> &Plans {
        let anew = |many: usize| (0..many).map(|_| OnceLock::new()).collect();
        self.plans.get_or_init(|| self.many.iter().map(|(clause, many)| (*clause, anew(*many))).collect())
    }
}

impl Plan {
    /// How many readings a clause has: one, unless its text names more.
    pub fn count_readings(&self, clause: ClauseId) -> usize {
        match self.readings.taken.contains(&clause) {
            true => 1,
            false => self.readings.many.get(&clause).copied().unwrap_or(1),
        }
    }

    /// The agreement with a clause taken as one of its readings, by its number; itself where the clause has no such reading.
    pub fn as_read(&self, clause: ClauseId, nth: usize) -> &Plan {
        if self.count_readings(clause) == 1 {
            return self;
        }
        let place = self.readings.plans().get(&clause).and_then(|plans| plans.get(nth));
        place.map_or(self, |place| place.get_or_init(|| Box::new(self.taken_as(clause, nth))))
    }

    fn taken_as(&self, clause: ClauseId, nth: usize) -> Plan {
        let mut plan = self.clone();
        plan.readings.taken.push(clause);
        for norm in plan.norms.iter_mut().filter(|norm| norm.clause == clause) {
            let body = norm.bodies.get(nth).or(norm.bodies.last()).cloned();
            *norm = Shared::from(Norm { bodies: body.into_iter().collect(), ..Norm::clone(norm) });
        }
        plan
    }
}
