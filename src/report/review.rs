//! What is to be looked at: verdicts that differ from what was accepted, together with those that differ for the same cause.

use std::collections::BTreeMap;

use super::entry::{Difference, Entry};
use crate::value::Day;

/// Why verdicts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What changed in the policy or the facts, in words.
    Told(String),
    /// What changed cannot be told; these are the verdicts of one clause.
    Clause(String),
    /// Nothing was accepted yet for these facts and this day.
    First { facts: String, as_of: Day },
}

/// Verdicts that differ for one cause.
#[derive(Clone, Debug)]
pub struct Group {
    pub cause: Cause,
    /// In the order of snapshots, then of keys.
    pub items: Vec<Item>,
}

/// One of them, and the snapshot by its number.
#[derive(Clone, Debug)]
pub struct Item {
    pub snapshot: usize,
    pub difference: Difference,
}

/// The items by cause, in the order in which the causes come up.
pub fn groups(items: impl IntoIterator<Item = (Cause, Item)>) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for (cause, item) in items {
        match all.iter_mut().find(|group| group.cause == cause) {
            Some(group) => group.items.push(item),
            None => all.push(Group { cause, items: vec![item] }),
        }
    }
    all
}

impl Cause {
    pub fn words(&self) -> String {
        match self {
            Cause::Told(words) => words.clone(),
            Cause::Clause(clause) => format!("clause {clause}"),
            Cause::First { facts, as_of } => format!("new: {facts} as of {as_of}"),
        }
    }

    /// What is kept of it with those that were accepted.
    pub fn kept(&self) -> String {
        match self {
            Cause::Told(_) | Cause::Clause(_) => self.words(),
            Cause::First { .. } => "accepted for the first time".to_string(),
        }
    }
}

impl Group {
    /// How the verdicts turned, and how many so: `late → satisfied`, `new: pending`, `late, otherwise`.
    pub fn turns(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for item in &self.items {
            let count = counts.entry(self.turn(&item.difference)).or_default();
            *count = count.saturating_add(1);
        }
        let mut all: Vec<(String, usize)> = counts.into_iter().collect();
        // The most first; of equally many in the order of the words.
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        all
    }

    fn turn(&self, difference: &Difference) -> String {
        match (&self.cause, &difference.new) {
            // That they are new, the cause says.
            (Cause::First { .. }, Some(is)) => is.called.words().to_string(),
            (Cause::First { .. } | Cause::Told(_) | Cause::Clause(_), _) => turn(difference),
        }
    }
}

fn turn(difference: &Difference) -> String {
    let word = |entry: &Entry| entry.called.words();
    match (&difference.old, &difference.new) {
        (Some(was), Some(is)) if was.called == is.called => format!("{}, details differ", word(is)),
        (Some(was), Some(is)) => format!("{} → {}", word(was), word(is)),
        (None, Some(is)) => format!("new: {}", word(is)),
        (Some(was), None) => format!("gone: {}", word(was)),
        (None, None) => String::new(),
    }
}
