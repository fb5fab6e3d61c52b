//! Causes: which change makes a verdict another one. It is found by judging with that change alone, and with all but it.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::entry::{Difference, Entry, Key};
use crate::source::Sources;
use crate::verdict::Cut;

use super::change::{Change, Role};
use super::side::Side;
use super::trial::{Chosen, Look, Outcomes, Trials};

/// Differences with one cause.
#[derive(Clone, Debug)]
pub struct Group {
    /// The changes that bring them about, by their numbers.
    pub causes: Vec<usize>,
    pub how: How,
    pub differences: Vec<Difference>,
}

/// How changes bring differences about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The change alone is enough, and no other is.
    Alone,
    /// Without the first, all would be as before; it needs the others beside it.
    WithOthers,
    /// Each of several changes is enough by itself.
    EachAlone,
    /// Only several changes together are enough.
    Together,
}

/// So often changes are left out one by one, to see which of them belong together; each time, all of them are tried.
const MOST_REDUCED: usize = 8;

/// What differs between what came out of two sides.
pub fn differences(old: &Outcomes, new: &Outcomes) -> Vec<Difference> {
    let keys: BTreeSet<&Key> = old.keys().chain(new.keys()).collect();
    let both = keys.into_iter().map(|key| (key, old.get(key), new.get(key)));
    let differing = both.filter(|(_, old, new)| old != new);
    let difference = |(key, old, new): (&Key, Option<&Entry>, Option<&Entry>)| Difference {
        key: key.clone(),
        old: old.cloned(),
        new: new.cloned(),
    };
    differing.map(difference).collect()
}

/// Groups differences by what brings them about. Every difference is in one group. Where a limit was reached on the way, there is no
/// answer.
pub fn causes(
    sides: (Side, Side),
    changes: &[Change],
    differences: Vec<Difference>,
    (sources, look): (&Sources, Look),
) -> Result<Vec<Group>, Cut> {
    let of_causes = changes.iter().enumerate().filter(|(_, change)| change.role != Role::Vocabulary);
    let all: Chosen = of_causes.map(|(at, _)| at).collect();
    let wanted = differences.iter().map(|one| one.key.clause.clone()).collect();
    let trials = Trials::new(sides, changes, (sources, look), wanted);
    let mut search = Search { trials, all, found: BTreeMap::new(), reductions: MOST_REDUCED };
    let left = search.alone(differences);
    if !left.is_empty() {
        search.together(left);
    }
    if let Some(cut) = search.trials.cut_at {
        return Err(cut);
    }
    let groups = search.found.into_iter();
    Ok(groups.map(|((causes, how), differences)| Group { causes, how, differences }).collect())
}

struct Search<'a> {
    trials: Trials<'a>,
    all: Chosen,
    found: BTreeMap<(Vec<usize>, How), Vec<Difference>>,
    /// How often changes may still be left out one by one.
    reductions: usize,
}

impl Search<'_> {
    fn put(&mut self, causes: Vec<usize>, how: How, differences: Vec<Difference>) {
        self.found.entry((causes, how)).or_default().extend(differences);
    }

    /// Changes that are enough alone. Where there is only one change, it is that one.
    fn alone(&mut self, differences: Vec<Difference>) -> Vec<Difference> {
        if differences.is_empty() {
            return differences;
        }
        let only = if self.all.len() == 1 { self.all.first().copied() } else { None };
        if let Some(only) = only {
            self.put(vec![only], How::Alone, differences);
            return Vec::new();
        }
        let enough = self.tried(&differences, |one| [one].into(), |difference| difference.new.as_ref());
        let mut left = Vec::new();
        for (difference, causes) in differences.into_iter().zip(enough) {
            match causes.as_slice() {
                [] => left.push(difference),
                [_] => self.put(causes, How::Alone, vec![difference]),
                [_, ..] => self.put(causes, How::EachAlone, vec![difference]),
            }
        }
        left
    }

    /// What no change brings about by itself: by the changes without which all is as before, and what they need beside them.
    fn together(&mut self, differences: Vec<Difference>) {
        let all = self.all.clone();
        let but = |one: usize| all.iter().copied().filter(|other| *other != one).collect();
        let needed = self.tried(&differences, but, |difference| difference.old.as_ref());
        let mut by_need: BTreeMap<Vec<usize>, Vec<Difference>> = BTreeMap::new();
        for (difference, needed) in differences.into_iter().zip(needed) {
            by_need.entry(needed).or_default().push(difference);
        }
        for (needed, mut left) in by_need {
            while let (Some(first), Some(fewer)) = (left.first().cloned(), self.reductions.checked_sub(1)) {
                self.reductions = fewer;
                let enough = self.reduced(&first);
                let outcomes = self.trials.with(&enough);
                let explained = |one: &Difference| {
                    one.key == first.key || outcomes.as_ref().is_some_and(|out| out.get(&one.key) == one.new.as_ref())
                };
                let (told, others) = left.into_iter().partition(explained);
                self.put_together(&needed, enough, told);
                left = others;
            }
            // Too many different mixtures: these are told by what they need, or else by all there is.
            if !left.is_empty() {
                let all = if needed.is_empty() { self.all.clone() } else { needed.iter().copied().collect() };
                self.put_together(&needed, all, left);
            }
        }
    }

    fn put_together(&mut self, needed: &[usize], enough: Chosen, differences: Vec<Difference>) {
        match needed {
            [one] => {
                let others = enough.into_iter().filter(|other| other != one);
                self.put(std::iter::once(*one).chain(others).collect(), How::WithOthers, differences);
            }
            [] | [_, ..] => self.put(enough.into_iter().collect(), How::Together, differences),
        }
    }

    /// So few changes that the new verdict still comes of them: the others are left out one by one.
    fn reduced(&mut self, difference: &Difference) -> Chosen {
        let mut enough = self.all.clone();
        for one in self.all.clone() {
            let fewer: Chosen = enough.iter().copied().filter(|other| *other != one).collect();
            if self.trials.with(&fewer).is_some_and(|out| out.get(&difference.key) == difference.new.as_ref()) {
                enough = fewer;
            }
        }
        enough
    }

    /// For each difference the changes of which a trial gives what is looked for.
    fn tried<'d>(
        &mut self,
        differences: &'d [Difference],
        chosen: impl Fn(usize) -> Chosen,
        looked_for: impl Fn(&'d Difference) -> Option<&'d Entry>,
    ) -> Vec<Vec<usize>> {
        let mut found = vec![Vec::new(); differences.len()];
        if differences.is_empty() {
            return found;
        }
        for one in self.all.clone() {
            let Some(outcomes) = self.trials.with(&chosen(one)) else { continue };
            for (difference, causes) in differences.iter().zip(&mut found) {
                if outcomes.get(&difference.key) == looked_for(difference) {
                    causes.push(one);
                }
            }
        }
        found
    }
}
