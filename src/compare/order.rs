//! What was moved: names that stand elsewhere among their like, as few of them as explain the new order.

use std::collections::{BTreeMap, BTreeSet};

/// The names of both lists that were moved. The longest row of names that kept its order stands still.
pub(super) fn moved<'a>(old: &[&'a str], new: &[&'a str]) -> BTreeSet<&'a str> {
    if old == new {
        return BTreeSet::new();
    }
    let at: BTreeMap<&str, usize> = new.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let kept: Vec<(&'a str, usize)> = old.iter().filter_map(|name| Some((*name, *at.get(name)?))).collect();
    // For each name: how many stand still up to it, and the one before it.
    let mut rows: Vec<(usize, Option<usize>)> = Vec::new();
    for (here, (_, place)) in kept.iter().enumerate() {
        let before = kept.iter().zip(&rows).enumerate().take(here).filter(|(_, ((_, other), _))| other < place);
        let best = before.map(|(at, (_, (length, _)))| (*length, at)).max_by_key(|(length, _)| *length);
        rows.push(match best {
            Some((length, at)) => (length.saturating_add(1), Some(at)),
            None => (1, None),
        });
    }
    let mut still = BTreeSet::new();
    let mut next = rows.iter().enumerate().max_by_key(|(_, (length, _))| *length).map(|(at, _)| at);
    while let Some(at) = next {
        still.extend(kept.get(at).map(|(name, _)| *name));
        next = rows.get(at).and_then(|(_, before)| *before);
    }
    kept.into_iter().map(|(name, _)| name).filter(|name| !still.contains(name)).collect()
}
