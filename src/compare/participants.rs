//! What differs for each participant: whose verdicts flip, and who bears more or less.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::clause::Bearer;
use crate::plan::Plan;
use crate::report::entry::{Difference, Entry, Key};
use crate::report::names::listed;
use crate::value::Money;
use crate::verdict::Called;

use super::comparison::Comparison;

/// Somebody, and all that differs for whom it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    pub who: String,
    pub flips: Vec<Flip>,
    pub shares: Vec<Moved>,
}

/// One verdict that is another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    pub key: Key,
    pub from: Option<Called>,
    pub to: Option<Called>,
}

/// A share of one cost that is another one; none where there is no share.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub key: Key,
    pub before: Option<Money>,
    pub after: Option<Money>,
}

/// The only bearer of each clause that has just one.
pub(super) fn bearers<'p>(plans: impl IntoIterator<Item = &'p Plan>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for plan in plans {
        for norm in &plan.norms {
            let name =
                |actor: &crate::model::schema::ActorId| plan.schema.actor(*actor).map(|actor| actor.name.as_str());
            let who = match &norm.bearer {
                Some(Bearer::Actor(actor)) => name(actor).map(str::to_string),
                Some(Bearer::Together(actors)) => Some(listed(&actors.iter().filter_map(name).collect::<Vec<_>>())),
                Some(Bearer::EachOf(_) | Bearer::Each(_) | Bearer::Field(_)) | None => None,
            };
            let clause = plan.clause(norm.clause).map(|clause| clause.name.clone());
            found.extend(clause.zip(who));
        }
    }
    found
}

fn at<'f>(found: &'f mut BTreeMap<String, Participant>, who: &str) -> &'f mut Participant {
    let none = || Participant { who: who.to_string(), flips: Vec::new(), shares: Vec::new() };
    found.entry(who.to_string()).or_insert_with(none)
}

impl Comparison {
    /// All that differs by whom it concerns: who bears it; else, for whom it is borne.
    pub fn by_participant(&self) -> Vec<Participant> {
        let mut found: BTreeMap<String, Participant> = BTreeMap::new();
        let groups = self.judged.iter().flat_map(|judged| &judged.groups);
        let mut all: Vec<&Difference> = groups.flat_map(|group| &group.differences).collect();
        all.sort_by(|one, other| one.key.cmp(&other.key));
        for Difference { key, old, new } in all {
            let word = |entry: &Option<Entry>| entry.as_ref().map(|entry| entry.called);
            let (from, to) = (word(old), word(new));
            if from != to {
                let who = key.bearer.as_ref().or_else(|| self.bearers.get(&key.clause)).or(key.subject.as_ref());
                at(&mut found, who.map_or("no named party", String::as_str)).flips.push(Flip {
                    key: key.clone(),
                    from,
                    to,
                });
            }
            let share = |entry: &Option<Entry>, who: &str| -> Option<Money> {
                entry.as_ref()?.shares.iter().find(|(own, _)| own == who).map(|(_, money)| money.clone())
            };
            let parties = [old, new].into_iter().flatten().flat_map(|entry| &entry.shares).map(|(who, _)| who);
            for who in parties.collect::<BTreeSet<_>>() {
                let (before, after) = (share(old, who), share(new, who));
                if before != after {
                    at(&mut found, who).shares.push(Moved { key: key.clone(), before, after });
                }
            }
        }
        found.into_values().collect()
    }
}
