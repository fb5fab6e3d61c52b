//! What waits for a person: judgements to be made and attestations to be given, by who has to.

use std::collections::BTreeMap;

use super::Most;
use super::names::Names;
use crate::verdict::{Instance, Missing};

/// What one role has to decide.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// `None`: the text names nobody.
    pub role: Option<String>,
    /// What it is that waits.
    pub what: Vec<Matter>,
}

/// One clause that waits.
#[derive(Clone, Debug)]
pub struct Matter {
    /// The name of the clause.
    pub clause: String,
    /// Where it stands in the agreement: `§ 4.3`.
    pub place: Option<String>,
    /// What is asked for.
    pub asked: AskedFor,
    /// Subject, bearer and period of each instance, as far as it has them.
    pub instances: Vec<String>,
    /// How many more there are.
    /// How many more there are.
    pub more: usize,
}

/// What a person is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AskedFor {
    /// To judge.
    Judgement,
    /// To attest.
    Attestation,
}

type Group = BTreeMap<(u16, AskedFor), Matter>;

/// What was found so far, by role; those whom the text does not name last.
pub(super) struct Waits {
    most: Most,
    roles: BTreeMap<(bool, Option<String>), Group>,
}

impl Waits {
    pub(super) fn new(most: Most) -> Self {
        Waits { most, roles: BTreeMap::new() }
    }

    /// A verdict that needs somebody to judge, or one that is unknown and may need somebody to attest.
    pub(super) fn add(&mut self, names: &Names, instance: &Instance, asked: Vec<(Option<String>, AskedFor)>) {
        for (role, asked) in asked {
            let group = self.roles.entry((role.is_none(), role)).or_default();
            add(names, instance, asked, self.most, group);
        }
    }

    /// Roles by name; clauses in the order of the policy.
    pub(super) fn told(self) -> Vec<Waiting> {
        let one =
            |((_, role), group): ((bool, Option<String>), Group)| Waiting { role, what: group.into_values().collect() };
        self.roles.into_iter().map(one).collect()
    }
}

/// What is asked of whom, where something is missing.
pub(super) fn attestations(missing: &[Missing]) -> Vec<(Option<String>, AskedFor)> {
    let attestation = |missing: &Missing| match missing {
        Missing::Attestation { role } => Some((Some(role.clone()), AskedFor::Attestation)),
        _ => None,
    };
    missing.iter().filter_map(attestation).collect()
}

fn add(names: &Names, instance: &Instance, asked: AskedFor, most: Most, group: &mut Group) {
    let Some(id) = names.norm(instance).map(|norm| norm.clause) else { return };
    let Some(clause) = names.clause(id) else { return };
    let matter = group.entry((id.0, asked)).or_insert_with(|| Matter {
        clause: clause.name.clone(),
        place: clause.place.as_ref().map(|place| place.words.clone()),
        asked,
        instances: Vec::new(),
        more: 0,
    });
    let labels = [names.subject(instance), names.bearer(instance), names.period(instance)];
    let label = labels.into_iter().flatten().collect::<Vec<_>>().join(" ");
    match (label.is_empty(), most.has_room(matter.instances.len())) {
        (true, _) => {}
        (false, true) => matter.instances.push(label),
        (false, false) => matter.more = matter.more.saturating_add(1),
    }
}
