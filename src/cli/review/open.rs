//! The policies under review: each with its snapshots, and what differs in them.

use std::path::{Path, PathBuf};

use crate::cli::Exit;
use crate::cli::fact_files::From;
use crate::cli::files::{Refusal, policies};
use crate::cli::neighbours::Neighbours;
use crate::cli::output::{Output, To};
use crate::cli::policy_files::{Policy, Shelf, policy};
use crate::cli::snapshots::{self, Expected, Now, Without, Wrong};
use crate::diagnostics::Sink;
use crate::plan::Plan;
use crate::report::entry::Difference;
use crate::report::review::Group;
use crate::report::snapshot::State;
use crate::report::{Names, Naming};
use crate::source::Sources;

/// One policy under review.
pub struct Open {
    pub policy: Policy,
    pub plan: Plan,
    pub sources: Sources,
    /// Snapshots in which verdicts differ; those of which all was accepted stay, without differences.
    pub snapshots: Vec<Differing>,
    /// How many hold already.
    pub holding: usize,
    /// What differs, by its cause.
    pub groups: Vec<Group>,
    /// A snapshot of it cannot be read, such as one in the middle of a merge.
    pub in_conflict: bool,
}

pub struct Differing {
    pub expected: Expected,
    pub now: Now,
    pub differences: Vec<Difference>,
}

impl Open {
    pub fn names<'a>(&'a self, now: &'a Now) -> Names<'a> {
        Names { plan: &self.plan, facts: &now.facts, sources: &self.sources, naming: Naming::Real }
    }

    /// How many verdicts differ.
    pub fn differing(&self) -> usize {
        self.snapshots.iter().map(|one| one.differences.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.holding == 0 && self.snapshots.is_empty()
    }
}

/// Opens the policies of all paths. What cannot be reviewed is told, and the exit says so.
pub fn open(paths: &[PathBuf], output: &Output) -> (Vec<Open>, Exit) {
    let mut neighbours = Neighbours::default();
    let (mut all, mut exit) = (Vec::new(), Exit::Yes);
    let mut found = Vec::new();
    for path in paths {
        match policies(path) {
            Ok(some) => found.extend(some.all()),
            Err(refusal) => exit = exit.worst_of(output.refuse(&refusal)),
        }
    }
    for path in output.each_once(found) {
        match one(&path, &mut neighbours, output) {
            Ok((open, came)) => {
                exit = exit.worst_of(came);
                all.push(open);
            }
            Err(came) => exit = exit.worst_of(came),
        }
    }
    (all, exit)
}

fn one(path: &Path, neighbours: &mut Neighbours, output: &Output) -> Result<(Open, Exit), Exit> {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let refuse = |refusal: Refusal| output.refuse(&refusal);
    let mut read = policy(path, &mut sources, &mut problems).map_err(refuse)?;
    let Some(plan) = read.plan.take() else {
        let shown = output.findings(To::Messages, None, &problems.sorted(), &sources);
        return Err(shown.worst_of(Exit::of_policy(&problems)));
    };
    let mut shelf = Shelf::default();
    let mut from = From { shelf: &mut shelf, neighbours, sources: &mut sources };
    let (mut in_snapshots, mut in_facts) = (Sink::default(), Sink::default());
    let mut wrong = Wrong { in_snapshots: &mut in_snapshots, in_facts: &mut in_facts };
    let found = snapshots::expected(&read, Without::AllExpected, &mut from, &mut wrong).map_err(refuse)?;
    let mut open = Open {
        policy: read,
        plan,
        sources: Sources::default(),
        snapshots: Vec::new(),
        holding: 0,
        groups: Vec::new(),
        in_conflict: in_snapshots.has_errors(),
    };
    let mut exit = if in_snapshots.has_errors() { Exit::No } else { Exit::Yes };
    for expected in found.expected {
        let now = expected.now(&open.policy, &open.plan, &mut from, &mut in_facts).map_err(refuse)?;
        exit = exit.worst_of(open.take(expected, now, output));
    }
    exit = exit.worst_of(Exit::of_facts(&in_facts));
    problems.extend(in_snapshots);
    problems.extend(in_facts);
    exit = exit.worst_of(output.findings(To::Messages, None, &problems.sorted(), &sources));
    open.sources = sources;
    Ok((open, exit))
}

impl Open {
    /// Takes in a snapshot and what is the case now. Where nothing can be judged any more, that is told.
    fn take(&mut self, expected: Expected, now: Option<Now>, output: &Output) -> Exit {
        let Some(now) = now else {
            // Facts that are there and cannot be judged were told as findings.
            return if expected.facts.is_file() { Exit::Yes } else { output.refuse(&gone(&expected)) };
        };
        match expected.held(Some(&now)).state {
            State::Differs { differences, .. } | State::New(differences) => {
                self.snapshots.push(Differing { expected, now, differences });
            }
            State::Holds(_) => self.holding = self.holding.saturating_add(1),
            // Only without facts, or with a snapshot that was told and left out.
            State::FactsGone(_) | State::Damaged => {}
        }
        Exit::Yes
    }
}

fn gone(expected: &Expected) -> Refusal {
    Refusal {
        message: format!("the facts `{}` of `{}` no longer exist", expected.facts_name, expected.path.display()),
        help: Some("restore the fact file, or delete the snapshot".to_string()),
        exit: Exit::No,
    }
}
