//! What waits for a person: judgements to be made and attestations to be given, by who has to.

use std::collections::BTreeMap;

use super::names::Names;
use crate::verdict::{Called, Decider, Judged, Missing};

/// What one role has to decide.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// `None`: the text names nobody.
    pub role: Option<String>,
    pub what: Vec<Matter>,
}

/// One clause that waits.
#[derive(Clone, Debug)]
pub struct Matter {
    pub clause: String,
    pub place: Option<String>,
    pub asked: AskedFor,
    /// Subject, bearer and period of each instance, as far as it has them.
    pub instances: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AskedFor {
    Judgement,
    Attestation,
}

type Group = BTreeMap<(u16, AskedFor), Matter>;

/// Roles by name, those whom the text does not name last; clauses in the order of the policy.
pub(super) fn waiting(names: &Names, told: &[(Called, Judged)]) -> Vec<Waiting> {
    let mut roles: BTreeMap<(bool, Option<String>), Group> = BTreeMap::new();
    for (called, judged) in told {
        for (role, asked) in asked(*called, judged) {
            let group = roles.entry((role.is_none(), role)).or_default();
            add(names, judged, asked, group);
        }
    }
    roles.into_iter().map(|((_, role), group)| Waiting { role, what: group.into_values().collect() }).collect()
}

fn asked(called: Called, judged: &Judged) -> Vec<(Option<String>, AskedFor)> {
    if called == Called::NeedsJudgement {
        let role = match &judged.decider {
            Decider::Role(role) => Some(role.clone()),
            Decider::Nobody | Decider::Unnamed => None,
        };
        return vec![(role, AskedFor::Judgement)];
    }
    let attestation = |missing: &Missing| match missing {
        Missing::Attestation { role } => Some((Some(role.clone()), AskedFor::Attestation)),
        _ => None,
    };
    judged.missing.iter().filter_map(attestation).collect()
}

fn add(names: &Names, judged: &Judged, asked: AskedFor, group: &mut Group) {
    let instance = &judged.verdict.instance;
    let Some(id) = names.norm(instance).map(|norm| norm.clause) else { return };
    let Some(clause) = names.clause(id) else { return };
    let matter = group.entry((id.0, asked)).or_insert_with(|| Matter {
        clause: clause.name.clone(),
        place: clause.place.as_ref().map(|place| place.words.clone()),
        asked,
        instances: Vec::new(),
    });
    let labels = [names.subject(instance), names.bearer(instance), names.period(instance)];
    let label = labels.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !label.is_empty() {
        matter.instances.push(label);
    }
}
