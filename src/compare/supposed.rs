//! Amendments that a side takes to be adopted, and those that it takes not to be: these are left out of its text.
//! What neither side speaks of stays as the text and the facts tell it.

use std::collections::BTreeSet;

use crate::model::amendment::{Adopted, AmendmentId};
use crate::model::{Agreement, Amendment};
use crate::syntax::tree::{self, AmendmentLineKind, Item, Name, Tree};

/// Amendments by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supposed {
    /// With what they build on.
    pub adopted: BTreeSet<String>,
    /// Those that only the other side takes to be adopted, all rivals, and what builds on one of these.
    pub left_out: BTreeSet<String>,
}

impl Supposed {
    /// Of one side by the names that it is given, and by those of the other side.
    pub fn of(agreement: &Agreement, named: &[String], on_the_other: &[String]) -> Supposed {
        let all = Amendments(&agreement.amendments);
        let (own, other) = (all.with_foundations(named), all.with_foundations(on_the_other));
        // A side without any stands on what the other side builds on, so that only the amendment itself differs.
        let adopted: BTreeSet<AmendmentId> = match named {
            [] => other.iter().copied().filter(|id| !on_the_other.contains(&all.name(*id))).collect(),
            [..] => own.clone(),
        };
        let both: BTreeSet<AmendmentId> = own.union(&other).copied().collect();
        let rivals = both.iter().filter_map(|id| all.get(*id)).flat_map(|one| one.rivals.iter().copied());
        // What is adopted for certain stays so, unless it is asked what would be without it.
        let asked = |id: &AmendmentId| on_the_other.contains(&all.name(*id)) || !all.is_certain(*id);
        let mut out: BTreeSet<AmendmentId> = other.iter().copied().filter(asked).chain(rivals).collect();
        out.extend(all.proposals_on(&both));
        out.retain(|id| !adopted.contains(id));
        all.with_what_builds_on(&mut out);
        let names = |ids: BTreeSet<AmendmentId>| ids.into_iter().map(|id| all.name(id)).collect();
        Supposed { adopted: names(adopted), left_out: names(out) }
    }
}

/// The amendments of an agreement.
struct Amendments<'a>(&'a [Amendment]);

impl Amendments<'_> {
    fn get(&self, id: AmendmentId) -> Option<&Amendment> {
        self.0.get(usize::from(id.0))
    }

    fn name(&self, id: AmendmentId) -> String {
        self.get(id).map_or_else(String::new, |one| one.name.clone())
    }

    fn numbered(&self) -> impl Iterator<Item = (AmendmentId, &Amendment)> {
        (0..).map(AmendmentId).zip(self.0)
    }

    fn is_certain(&self, id: AmendmentId) -> bool {
        self.get(id).is_some_and(|one| matches!(one.adopted, Adopted::On(_)))
    }

    fn with_foundations(&self, names: &[String]) -> BTreeSet<AmendmentId> {
        let mut open: Vec<AmendmentId> =
            self.numbered().filter(|(_, one)| names.contains(&one.name)).map(|(id, _)| id).collect();
        let mut found = BTreeSet::new();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.get(id).into_iter().flat_map(|one| one.builds_on.iter().copied()));
            }
        }
        found
    }

    /// Proposals that nobody has adopted, and that would only stand on one of these.
    fn proposals_on(&self, on: &BTreeSet<AmendmentId>) -> Vec<AmendmentId> {
        let stands = |one: &Amendment| one.builds_on.iter().any(|id| on.contains(id));
        let proposed = |one: &Amendment| matches!(one.adopted, Adopted::NotYet);
        self.numbered().filter(|(_, one)| proposed(one) && stands(one)).map(|(id, _)| id).collect()
    }

    fn with_what_builds_on(&self, out: &mut BTreeSet<AmendmentId>) {
        loop {
            let stands = |one: &Amendment| one.builds_on.iter().any(|id| out.contains(id));
            let more: Vec<AmendmentId> =
                self.numbered().filter(|(id, one)| !out.contains(id) && stands(one)).map(|(id, _)| id).collect();
            if more.is_empty() {
                return;
            }
            out.extend(more);
        }
    }
}

/// A text with amendments that are adopted for certain, and without others: nobody speaks of those any more, and an amendment of
/// which nothing is left is none.
pub(super) fn settled(mut tree: Tree, supposed: &Supposed) -> Tree {
    let adopted = |one: &tree::Amendment| supposed.adopted.contains(&one.name.it);
    tree.items.retain(|item| match item {
        Item::Amendment(one) if adopted(one) => !one.alterations.is_empty(),
        Item::Amendment(one) => !supposed.left_out.contains(&one.name.it),
        Item::Import(_) | Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) | Item::Define(_) => {
            true
        }
        Item::Value(_) | Item::Clause(_) | Item::Scenario(_) => true,
    });
    let there: BTreeSet<String> = amendments(&tree).map(|one| one.name.it.clone()).collect();
    for item in &mut tree.items {
        let Item::Amendment(one) = item else { continue };
        let has_rivals = !supposed.adopted.contains(&one.name.it);
        one.lines.retain_mut(|line| match &mut line.kind {
            AmendmentLineKind::RivalOf(names) => has_rivals && any_left(names, &there),
            AmendmentLineKind::BuildsOn(names) => any_left(names, &there),
            AmendmentLineKind::To(_) | AmendmentLineKind::ProposedBy { .. } | AmendmentLineKind::Note(_) => true,
            AmendmentLineKind::AdoptedOn(_) | AmendmentLineKind::AdoptedBy { .. } => true,
            AmendmentLineKind::TakesEffect(_) | AmendmentLineKind::BeganBefore(_) => true,
        });
    }
    tree
}

fn any_left(names: &mut Vec<Name>, there: &BTreeSet<String>) -> bool {
    names.retain(|name| there.contains(&name.it));
    !names.is_empty()
}

/// The amendments of a text.
pub(super) fn amendments(tree: &Tree) -> impl Iterator<Item = &tree::Amendment> {
    tree.items.iter().filter_map(|item| if let Item::Amendment(one) = item { Some(one) } else { None })
}
