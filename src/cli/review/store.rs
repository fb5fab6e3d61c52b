//! Acceptance made last: the accepted verdicts stand in their snapshots, with who accepted them and why.

use std::collections::BTreeMap;

use super::open::{Differing, Open};
use crate::cli::files::Refusal;
use crate::cli::snapshots::{Kept, judged_with, policy_name};
use crate::cli::writing;
use crate::render::snapshots::many;
use crate::report::entry::Difference;
use crate::report::review::Item;
use crate::report::snapshot::{Accepted, JudgedWith, Snapshot};

/// Who accepts, and why.
#[derive(Clone, Debug)]
pub struct Hand {
    pub by: String,
    pub why: String,
}

/// Writes what was accepted, snapshot by snapshot. Each is the old one or the new one, whole.
pub fn store(open: &mut Open, items: &[Item], hand: &Hand, what: &str) -> Result<(), Refusal> {
    let mut by_snapshot: BTreeMap<usize, Vec<&Difference>> = BTreeMap::new();
    for item in items {
        by_snapshot.entry(item.snapshot).or_default().push(&item.difference);
    }
    let policy = policy_name(&open.policy);
    for (at, accepted) in by_snapshot {
        let Some(differing) = open.snapshots.get_mut(at) else { continue };
        let new = judged_with(&open.policy, &open.plan, &differing.now);
        let what = format!("{}: {what}", many(accepted.len()));
        let act = Accepted { by: hand.by.clone(), why: hand.why.clone(), what };
        differing.store(&accepted, act, new, &policy)?;
    }
    Ok(())
}

impl Differing {
    fn store(&mut self, accepted: &[&Difference], act: Accepted, new: JudgedWith, policy: &str) -> Result<(), Refusal> {
        let left: Vec<Difference> = self.differences.iter().filter(|one| !accepted.contains(one)).cloned().collect();
        let mut snapshot = match &self.expected.kept {
            Some(kept) => kept.snapshot.clone(),
            None => self.first(new.clone(), policy),
        };
        snapshot.accept(accepted.iter().copied(), act);
        // While some verdicts are still the old ones, their texts are what is looked for to tell the cause.
        if left.is_empty() {
            snapshot.judged_with = new;
        }
        let text = snapshot.to_string();
        writing::replace(&self.expected.path, self.expected.kept.as_ref().map(|kept| kept.text.as_str()), &text)?;
        self.expected.kept = Some(Kept { text, snapshot });
        self.differences = left;
        Ok(())
    }

    fn first(&self, judged_with: JudgedWith, policy: &str) -> Snapshot {
        Snapshot {
            policy: policy.to_string(),
            facts: self.expected.facts_name.clone(),
            as_of: self.expected.as_of,
            judged_with,
            accepted: Vec::new(),
            entries: Vec::new(),
        }
    }
}
