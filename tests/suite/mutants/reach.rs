//! Which clauses hang on which: what a change of one clause can touch, and what has to be judged to see it.

use std::collections::BTreeSet;

use overens::model::Agreement;
use overens::model::expr::ClauseId;

use super::walk::Walk;

/// Of each clause, the clauses on which its verdicts hang.
pub struct Reach {
    hangs_on: Vec<BTreeSet<ClauseId>>,
}

impl Reach {
    pub fn of(agreement: &Agreement) -> Reach {
        let mut scratch = agreement.clone();
        let count = agreement.clause_names().len();
        let mut reach = Reach { hangs_on: vec![BTreeSet::new(); count] };
        for clause in (0..count).map(numbered) {
            let mut walk = Walk::listing(&agreement.schema);
            walk.clause(&mut scratch, clause);
            for other in &walk.tied {
                reach.hangs_on[usize::from(other.0)].insert(clause);
            }
            reach.hangs_on[usize::from(clause.0)].extend(walk.clauses.into_iter().chain(walk.tied));
        }
        reach
    }

    /// The clause and all that hang on it, however far.
    pub fn touched_by(&self, clause: ClauseId) -> BTreeSet<ClauseId> {
        let on_any = |found: &BTreeSet<ClauseId>| {
            let hang = |at: &usize| !self.hangs_on[*at].is_disjoint(found);
            (0..self.hangs_on.len()).filter(hang).map(numbered).collect()
        };
        closed(BTreeSet::from([clause]), on_any)
    }

    /// These clauses and all on which they hang, however far.
    pub fn needed_for(&self, clauses: &BTreeSet<ClauseId>) -> BTreeSet<ClauseId> {
        let below = |found: &BTreeSet<ClauseId>| {
            found.iter().flat_map(|clause| self.hangs_on[usize::from(clause.0)].iter().copied()).collect()
        };
        closed(clauses.clone(), below)
    }
}

fn closed(
    mut found: BTreeSet<ClauseId>,
    further: impl Fn(&BTreeSet<ClauseId>) -> BTreeSet<ClauseId>,
) -> BTreeSet<ClauseId> {
    loop {
        let before = found.len();
        found.extend(further(&found));
        if found.len() == before {
            return found;
        }
    }
}

fn numbered(at: usize) -> ClauseId {
    ClauseId(u16::try_from(at).unwrap())
}
