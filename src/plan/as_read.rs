//! A clause that has readings, taken as one of them: the plan that the agreement would have if the clause said nothing else.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Norm, Plan, Shared};
use crate::model::expr::ClauseId;

/// The clauses that have readings, with a plan for each reading; a plan is made when it is asked for. A copy of a plan, which somebody may
/// change, makes its own.
#[derive(Debug, Default)]
pub struct Readings(BTreeMap<ClauseId, Vec<OnceLock<Box<Plan>>>>);

impl Clone for Readings {
    fn clone(&self) -> Self {
        let anew = |plans: &Vec<_>| plans.iter().map(|_| OnceLock::new()).collect();
        Readings(self.0.iter().map(|(clause, plans)| (*clause, anew(plans))).collect())
    }
}

impl Readings {
    /// Those of some norms: each wording of a clause may have as many as it likes, and one that has fewer is taken as its last.
    pub fn of<'n>(norms: impl Iterator<Item = &'n Norm>) -> Self {
        let mut most: BTreeMap<ClauseId, usize> = BTreeMap::new();
        for norm in norms.filter(|norm| norm.bodies.len() > 1) {
            let of_clause = most.entry(norm.clause).or_default();
            *of_clause = norm.bodies.len().max(*of_clause);
        }
        Readings(
            most.into_iter().map(|(clause, most)| (clause, (0..most).map(|_| OnceLock::new()).collect())).collect(),
        )
    }
}

impl Plan {
    /// How many readings a clause has: one, unless its text names more.
    pub fn count_readings(&self, clause: ClauseId) -> usize {
        self.readings.0.get(&clause).map_or(1, Vec::len)
    }

    /// The agreement with a clause taken as one of its readings, by its number; itself where the clause has no such reading.
    pub fn as_read(&self, clause: ClauseId, nth: usize) -> &Plan {
        let place = self.readings.0.get(&clause).and_then(|plans| plans.get(nth));
        place.map_or(self, |place| place.get_or_init(|| Box::new(self.taken_as(clause, nth))))
    }

    fn taken_as(&self, clause: ClauseId, nth: usize) -> Plan {
        let mut plan = self.clone();
        plan.readings.0.remove(&clause);
        for norm in plan.norms.iter_mut().filter(|norm| norm.clause == clause) {
            let body = norm.bodies.get(nth).or(norm.bodies.last()).cloned();
            *norm = Shared::from(Norm { bodies: body.into_iter().collect(), ..Norm::clone(norm) });
        }
        plan
    }
}
