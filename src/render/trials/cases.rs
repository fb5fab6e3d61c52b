//! Scenarios and snapshots as cases of one sort, for forms that tell both alike.

use super::{Trials, said};
use crate::render::snapshots;
use crate::report::scenario::{Failure, Trial};
use crate::report::snapshot::Held;
use crate::source::Span;

/// A scenario or a snapshot, and how it went.
pub(super) struct Case<'a> {
    pub sort: Sort,
    pub name: &'a str,
    /// Where it stands in the policy; a snapshot is a file of its own.
    pub place: Option<Span>,
    pub wrong: Vec<Wrong<'a>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Scenario,
    Snapshot,
}

impl Sort {
    pub fn word(self) -> &'static str {
        match self {
            Sort::Scenario => "scenario",
            Sort::Snapshot => "snapshot",
        }
    }
}

/// Something that does not hold.
pub(super) struct Wrong<'a> {
    pub place: Option<Span>,
    /// A line each.
    pub words: Vec<String>,
    /// The expectation, where it is one of a scenario.
    pub failure: Option<&'a Failure>,
}

/// All cases of an agreement: scenarios first.
pub(super) fn cases(trials: &Trials) -> impl Iterator<Item = Case<'_>> {
    let snapshots = trials.snapshots.iter().map(|held| snapshot(held, &trials.policy));
    trials.trials.iter().map(scenario).chain(snapshots)
}

fn scenario<'a>(trial: &'a Trial) -> Case<'a> {
    let wrong =
        |failure: &'a Failure| Wrong { place: Some(failure.place), words: said(failure), failure: Some(failure) };
    Case {
        sort: Sort::Scenario,
        name: &trial.title,
        place: Some(trial.place),
        wrong: trial.failures.iter().map(wrong).collect(),
    }
}

fn snapshot<'a>(held: &'a Held, policy: &str) -> Case<'a> {
    let wrong = snapshots::told(held, policy).map(|words| Wrong { place: None, words, failure: None });
    Case { sort: Sort::Snapshot, name: &held.snapshot, place: None, wrong: wrong.into_iter().collect() }
}
