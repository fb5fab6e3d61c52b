//! What clauses were called before (`formerly NAME`). Whatever still says the old name means the clause as it is called now,
//! unless another clause has that name. Such a line changes no verdict.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::names::{Declared, Names, Part};
use crate::diagnostics::codes;
use crate::source::Span;
use crate::syntax::tree::{AlterationKind, Clause, Item, Name, Slot, SlotKind, Tree};

/// Former names, with what is called so now.
pub type Former = BTreeMap<String, String>;

/// The former names of a policy's clauses and requirements. The name of a clause that is there is no former one; of two clauses
/// that were called the same, the first one counts.
pub fn former(trees: &[Tree]) -> Former {
    let all = || trees.iter().flat_map(|tree| &tree.items).flat_map(clauses);
    let declared: BTreeSet<&str> =
        all().filter(|(_, how)| *how == How::Declared).flat_map(|(one, _)| names(one)).collect();
    let mut found = Former::new();
    // What replaces a clause may still have its old name: so those that are declared come first.
    for wanted in [How::Declared, How::Replacing] {
        for (clause, _) in all().filter(|(_, how)| *how == wanted) {
            for (name, former) in claims(clause) {
                let today = found.get(name).map_or(name, String::as_str).to_owned();
                for one in former.into_iter().filter(|one| !declared.contains(one.it.as_str()) && one.it != today) {
                    found.entry(one.it.clone()).or_insert_with(|| today.clone());
                }
            }
        }
    }
    found
}

/// The trees with what amendments do to clauses under the names of today.
pub fn as_called_today<'t>(trees: &'t [Tree], former: &Former) -> Cow<'t, [Tree]> {
    let mut trees = Cow::Borrowed(trees);
    let amends = |tree: &Tree| tree.items.iter().any(|item| matches!(item, Item::Amendment(_)));
    if !former.is_empty() && trees.iter().any(amends) {
        for item in trees.to_mut().iter_mut().flat_map(|tree| &mut tree.items) {
            rename_amended(item, former);
        }
    }
    trees
}

/// Gives the clauses that a tree declares and amends other names. What only speaks of them is left as it is.
pub fn rename(tree: &mut Tree, names: &Former) {
    for item in &mut tree.items {
        rename_amended(item, names);
        match item {
            Item::Clause(clause) => rename_clause(clause, names),
            Item::Amendment(amendment) => {
                for alteration in &mut amendment.alterations {
                    if let AlterationKind::Add(clause) = &mut alteration.kind {
                        rename_clause(clause, names);
                    }
                }
            }
            Item::Import(_)
            | Item::Calendar(_)
            | Item::Record(_)
            | Item::Actors(_)
            | Item::Fact(_)
            | Item::Define(_) => {}
            Item::Value(_) | Item::Scenario(_) => {}
        }
    }
}

fn rename_amended(item: &mut Item, names: &Former) {
    let Item::Amendment(amendment) = item else { return };
    for alteration in &mut amendment.alterations {
        match &mut alteration.kind {
            AlterationKind::Repeal(all) => all.iter_mut().for_each(|name| rename_one(name, names)),
            AlterationKind::Renumber { name, .. } => rename_one(name, names),
            AlterationKind::Replace { name, by } => {
                rename_one(name, names);
                rename_clause(by, names);
            }
            AlterationKind::Add(_) | AlterationKind::Revalue { .. } => {}
            AlterationKind::Force(_) | AlterationKind::Currency(_) => {}
        }
    }
}

fn rename_clause(clause: &mut Clause, names: &Former) {
    let requirements = clause.requirements.iter_mut().map(|one| &mut one.name);
    std::iter::once(&mut clause.name).chain(requirements).for_each(|name| rename_one(name, names));
}

fn rename_one(name: &mut Name, names: &Former) {
    if let Some(other) = names.get(&name.it) {
        name.it.clone_from(other);
    }
}

// ---- what a tree says ----

/// How a clause comes into a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// It is declared, in the policy or by an amendment that adds it.
    Declared,
    /// It takes the place of one that is declared.
    Replacing,
}

fn clauses(item: &Item) -> Vec<(&Clause, How)> {
    match item {
        Item::Clause(clause) => vec![(clause, How::Declared)],
        Item::Amendment(amendment) => {
            let brought = amendment.alterations.iter().filter_map(|one| match &one.kind {
                AlterationKind::Add(clause) => Some((&**clause, How::Declared)),
                AlterationKind::Replace { by, .. } => Some((&**by, How::Replacing)),
                AlterationKind::Repeal(_) | AlterationKind::Revalue { .. } | AlterationKind::Renumber { .. } => None,
                AlterationKind::Force(_) | AlterationKind::Currency(_) => None,
            });
            brought.collect()
        }
        Item::Import(_) | Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) | Item::Define(_) => {
            Vec::new()
        }
        Item::Value(_) | Item::Scenario(_) => Vec::new(),
    }
}

/// The names of the clauses and of the requirements that a tree declares, each with whether it is a requirement's.
pub fn clauses_of(tree: &Tree) -> BTreeMap<&str, Part> {
    let all = tree.items.iter().flat_map(clauses).filter(|(_, how)| *how == How::Declared);
    let mut found = BTreeMap::new();
    for (clause, _) in all {
        found.insert(clause.name.it.as_str(), Part::Clause);
        found.extend(clause.requirements.iter().map(|one| (one.name.it.as_str(), Part::Requirement)));
    }
    found
}

fn names(clause: &Clause) -> impl Iterator<Item = &str> {
    std::iter::once(&clause.name).chain(clause.requirements.iter().map(|one| &one.name)).map(|name| name.it.as_str())
}

/// A clause and its requirements, each with what it says that it was called before.
fn claims(clause: &Clause) -> Vec<(&str, Vec<&Name>)> {
    let mut found = vec![(clause.name.it.as_str(), names_before(clause))];
    found.extend(clause.requirements.iter().map(|one| (one.name.it.as_str(), in_slots(&one.slots).collect())));
    found
}

/// What a clause says that it was called before; a line of a reading is the clause's.
pub fn names_before(clause: &Clause) -> Vec<&Name> {
    let of_readings = clause.readings.iter().flat_map(|reading| &reading.slots);
    clause.slots.iter().chain(of_readings).filter_map(in_slot).flatten().collect()
}

/// The former names in lines.
pub fn in_slots(slots: &[Slot]) -> impl Iterator<Item = &Name> {
    slots.iter().filter_map(in_slot).flatten()
}

fn in_slot(slot: &Slot) -> Option<&Vec<Name>> {
    if let SlotKind::Formerly(names) = &slot.kind { Some(names) } else { None }
}

// ---- what is wrong with them ----

impl Names<'_> {
    /// Looks at the former names as they are written.
    pub fn former_names(&self) {
        let mut first: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
        for declared in &self.clauses {
            for name in before(declared) {
                self.former_name(declared.name, name, &mut first);
            }
        }
    }

    fn former_name<'n>(&self, own: &'n str, name: &'n Name, first: &mut BTreeMap<&'n str, (&'n str, Span)>) {
        let finding = codes::FORMER_NAME.at(name.span);
        if name.it == own {
            let help = "write the clause's former name, or remove the line".to_string();
            return self.found(
                finding.say(format!("`{own}` is the current name of this clause, not a former one")).help(help),
            );
        }
        if let Some((_, other)) = self.find_clause(&name.it).filter(|(_, other)| other.name == name.it) {
            let message =
                format!("`{}` is another clause of this policy, so it cannot be a former name of `{own}`", name.it);
            let there = other.wordings.first().map(|one| one.name.span);
            let finding = finding.say(message).help(format!(
                "remove the line if they are two clauses; if `{own}` has replaced it, remove `{}`",
                name.it
            ));
            return self.found(there.into_iter().fold(finding, |finding, there| finding.also(there, "it is here")));
        }
        let (whose, place) = *first.entry(&name.it).or_insert((own, name.span));
        if whose != own {
            let message = format!("`{whose}` and `{own}` both have the former name `{}`", name.it);
            let help = "keep the line only in the clause that continues it".to_string();
            self.found(finding.say(message).also(place, "the other clause").help(help));
        }
    }
}

fn before<'t>(declared: &Declared<'t>) -> Vec<&'t Name> {
    let name = declared.name;
    let of = |clause: &'t Clause| match declared.part {
        Part::Clause => names_before(clause),
        Part::Requirement => {
            let own = clause.requirements.iter().filter(|one| one.name.it == name);
            own.flat_map(|one| in_slots(&one.slots)).collect()
        }
    };
    declared.wordings.iter().flat_map(|clause| of(clause)).collect()
}
