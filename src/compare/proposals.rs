//! The amendments that two sides differ in, as they are told: what they are, and from when on they hold.

use std::collections::BTreeSet;

use crate::model::Amendment;
use crate::model::amendment::{Began, Proposed};
use crate::source::Span;
use crate::value::Day;

use super::rules::Rules;

/// An amendment that one side takes to be adopted, or both.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub name: String,
    pub title: Option<String>,
    pub section: Option<String>,
    pub proposed: Option<Proposed>,
    /// The first day of the new wording.
    pub effective: Day,
    pub began: Began,
    pub on: On,
    pub place: Span,
}

/// Which side takes an amendment to be adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Old,
    New,
    Both,
}

/// Those that a side takes to be adopted, in the order in which they are worked in; the old side's first.
pub(super) fn proposals(old: &Rules, new: &Rules) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    for (side, only, other) in [(old, On::Old, new), (new, On::New, old)] {
        for one in side.agreement.amendments.iter().filter(|one| adopts(side, &one.name)) {
            let on = if adopts(other, &one.name) { On::Both } else { only };
            if found.iter().all(|told| told.name != one.name) {
                found.push(proposal(one, on));
            }
        }
    }
    found
}

fn adopts(rules: &Rules, name: &str) -> bool {
    rules.supposed.as_ref().is_some_and(|supposed| supposed.adopted.contains(name))
}

fn proposal(of: &Amendment, on: On) -> Proposal {
    Proposal {
        name: of.name.clone(),
        title: of.title.clone(),
        section: of.place.as_ref().map(|place| place.words.clone()),
        proposed: of.proposed.clone(),
        effective: of.effective,
        began: of.began,
        on,
        place: of.name_span,
    }
}

/// Those that neither side takes to be adopted, though the text or the facts may say so.
pub(super) fn left_out(old: &Rules, new: &Rules) -> Vec<String> {
    let out = |rules: &Rules| -> BTreeSet<String> {
        rules.supposed.iter().flat_map(|supposed| supposed.left_out.iter().cloned()).collect()
    };
    let all = out(old).into_iter().chain(out(new)).collect::<BTreeSet<String>>();
    all.into_iter().filter(|name| !adopts(old, name) && !adopts(new, name)).collect()
}
