//! Acceptance made last: the accepted verdicts stand in their snapshots, with who accepted them and why.

use std::collections::{BTreeMap, BTreeSet};

use super::open::{Differing, Open};
use crate::cli::files::Refusal;
use crate::cli::snapshots::Kept;
use crate::cli::writing::{self, There};
use crate::render::snapshots::many;
use crate::report::entry::{Difference, Key};
use crate::report::review::Item;
use crate::report::snapshot::{Accepted, Snapshot};

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
    for (at, accepted) in by_snapshot {
        let Some(differing) = open.snapshots.get_mut(at) else { continue };
        let proposed = differing.expected.proposed(&open.policy, &open.plan, &differing.now);
        let what = format!("{}: {what}", many(accepted.len()));
        differing.store(&accepted, Accepted { by: hand.by.clone(), why: hand.why.clone(), what }, proposed)?;
    }
    Ok(())
}

impl Differing {
    fn store(&mut self, accepted: &[&Difference], act: Accepted, proposed: Snapshot) -> Result<(), Refusal> {
        let keys: BTreeSet<&Key> = accepted.iter().map(|one| &one.key).collect();
        let left: Vec<Difference> = self.differences.iter().filter(|one| !keys.contains(&one.key)).cloned().collect();
        let mut snapshot = match &self.expected.kept {
            Some(kept) => kept.snapshot.clone(),
            None => Snapshot { entries: Vec::new(), ..proposed.clone() },
        };
        snapshot.accept(accepted.iter().copied(), act);
        // While some verdicts are still the old ones, their texts are what is looked for to tell the cause.
        if left.is_empty() {
            snapshot.judged_with = proposed.judged_with;
            snapshot.amendments = proposed.amendments;
        }
        let text = snapshot.to_string();
        let was = self.expected.kept.as_ref().map_or(There::Nothing, |kept| There::Text(&kept.text));
        writing::replace(&self.expected.path, was, &text)?;
        // What was proposed to other tools is out of date now.
        writing::remove(&self.expected.pending_path())?;
        self.expected.kept = Some(Kept { text, snapshot });
        self.differences = left;
        Ok(())
    }
}
