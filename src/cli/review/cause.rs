//! What made verdicts differ: a line of the policy or a fact that changed since they were accepted.

use std::path::PathBuf;

use super::open::{Differing, Open};
use crate::cli::Exit;
use crate::cli::output::Output;
use crate::report::entry::Difference;
use crate::report::review::{Cause, Item, groups};

/// Where the policy and the facts are that verdicts were accepted with.
#[derive(clap::Args)]
pub struct Was {
    /// The policy as it was when the verdicts were accepted [default: looked for in git]
    #[arg(long, value_name = "PATH")]
    was_policy: Option<PathBuf>,
    /// The fact file as it was, or a folder of fact files [default: looked for in git]
    #[arg(long, value_name = "PATH")]
    was_facts: Option<PathBuf>,
}

/// Groups what differs by its cause.
pub fn group(open: &mut Open, _was: &Was, _output: &Output) -> Exit {
    let mut items = Vec::new();
    for (at, differing) in open.snapshots.iter().enumerate() {
        for difference in &differing.differences {
            let item = Item { snapshot: at, difference: difference.clone() };
            items.push((untold(differing, difference), item));
        }
    }
    open.groups = groups(items);
    Exit::Yes
}

/// Without the old texts nobody can tell the cause: what belongs to one clause stands together.
fn untold(differing: &Differing, difference: &Difference) -> Cause {
    match &differing.expected.kept {
        None => Cause::First { facts: differing.expected.facts_name.clone(), as_of: differing.expected.as_of },
        Some(_) => Cause::Clause(difference.key.clause.clone()),
    }
}
