//! Acts: each single thing that an amendment does, which can be put into a text or taken out of it.

use crate::source::Span;
use crate::syntax::tree::{self, Alteration, AlterationKind, Item, Tree};

/// What is altered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Force,
    Currency,
    Value(String),
    Clause(String),
}

/// One thing that an amendment does.
#[derive(Clone, Debug)]
pub struct Act {
    /// The amendment without what it does.
    pub shell: tree::Amendment,
    pub target: Target,
    pub does: Alteration,
}

impl Act {
    /// All that an amendment does, but for new numbers: these decide nothing.
    pub fn all_of(amendment: &tree::Amendment) -> Vec<Act> {
        let shell = tree::Amendment { alterations: Vec::new(), ..amendment.clone() };
        let act = |(target, kind, span)| Act { shell: shell.clone(), target, does: Alteration { kind, span } };
        amendment.alterations.iter().flat_map(single).map(act).collect()
    }

    pub fn amendment(&self) -> &str {
        &self.shell.name.it
    }

    pub fn is_in(&self, tree: &Tree) -> bool {
        let own = tree.items.iter().filter_map(|item| if let Item::Amendment(one) = item { Some(one) } else { None });
        let mut own = own.filter(|one| one.name.it == self.shell.name.it).flat_map(|one| &one.alterations);
        own.any(|one| single(one).iter().any(|(target, ..)| *target == self.target))
    }

    pub fn put_in(&self, tree: &mut Tree) {
        match find(tree, self.amendment()) {
            Some(amendment) => amendment.alterations.push(self.does.clone()),
            None => {
                let alterations = vec![self.does.clone()];
                tree.items.push(Item::Amendment(tree::Amendment { alterations, ..self.shell.clone() }));
            }
        }
    }

    pub fn take_out(&self, tree: &mut Tree) {
        let Some(amendment) = find(tree, self.amendment()) else { return };
        amendment.alterations.retain_mut(|one| match &mut one.kind {
            AlterationKind::Repeal(names) => {
                names.retain(|name| Target::Clause(name.it.clone()) != self.target);
                !names.is_empty()
            }
            AlterationKind::Replace { .. } | AlterationKind::Revalue { .. } | AlterationKind::Add(_) => {
                single(one).iter().all(|(target, ..)| *target != self.target)
            }
            AlterationKind::Renumber { .. } => true,
            AlterationKind::Force(_) | AlterationKind::Currency(_) => {
                single(one).iter().all(|(target, ..)| *target != self.target)
            }
        });
    }
}

fn find<'t>(tree: &'t mut Tree, name: &str) -> Option<&'t mut tree::Amendment> {
    let amendments = tree.items.iter_mut().filter_map(|item| match item {
        Item::Amendment(one) => Some(one),
        Item::Import(_) | Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) | Item::Define(_) => {
            None
        }
        Item::Value(_) | Item::Clause(_) | Item::Scenario(_) => None,
    });
    amendments.into_iter().find(|one| one.name.it == name)
}

fn single(alteration: &Alteration) -> Vec<(Target, AlterationKind, Span)> {
    let span = alteration.span;
    let target = match &alteration.kind {
        AlterationKind::Repeal(names) => {
            let one = |name: &tree::Name| {
                (Target::Clause(name.it.clone()), AlterationKind::Repeal(vec![name.clone()]), name.span)
            };
            return names.iter().map(one).collect();
        }
        AlterationKind::Renumber { .. } => return Vec::new(),
        AlterationKind::Replace { name, .. } => Target::Clause(name.it.clone()),
        AlterationKind::Add(clause) => Target::Clause(clause.name.it.clone()),
        AlterationKind::Revalue { name, .. } => Target::Value(name.it.clone()),
        AlterationKind::Force(_) => Target::Force,
        AlterationKind::Currency(_) => Target::Currency,
    };
    vec![(target, alteration.kind.clone(), span)]
}
