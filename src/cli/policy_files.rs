//! Policies and facts on the disk and in revisions, read within the limits of this run.

use std::path::{Path, PathBuf};

use super::files::{self, Refusal};
use super::library::Files;
use super::{Exit, bounds};
use crate::diagnostics::Sink;
use crate::project::reading::{self, How, read};
pub use crate::project::reading::{Policy, fingerprint};
use crate::project::shelf;
use crate::source::Sources;
use crate::syntax::Within;

/// Fact files of the disk, or of a revision, each read once.
pub type Shelf = shelf::Shelf<Files>;

/// Reads and checks a policy, with the amendments beside it. What is wrong in the texts is a finding; what cannot be read at
/// all is refused.
pub fn policy(path: &Path, sources: &mut Sources, problems: &mut Sink) -> Result<Policy, Refusal> {
    policy_of(&Files::Disk, path, &[], (sources, problems))
}

/// The same to be judged alone, with further files of amendments: what its scenarios say is not looked at.
pub fn policy_to_judge(
    path: &Path,
    amendments: &[PathBuf],
    sources: &mut Sources,
    problems: &mut Sink,
) -> Result<Policy, Refusal> {
    is_not_facts(path)?;
    Ok(read(&Files::Disk, path, How { scenarios: false, amendments }, (sources, problems))?)
}

/// A whole policy, wherever its files stand.
pub fn policy_of(
    library: &Files,
    path: &Path,
    amendments: &[PathBuf],
    told: (&mut Sources, &mut Sink),
) -> Result<Policy, Refusal> {
    is_not_facts(path)?;
    Ok(read(library, path, How { scenarios: true, amendments }, told)?)
}

/// Refuses a file that is named like one with facts.
fn is_not_facts(path: &Path) -> Result<(), Refusal> {
    if !files::holds_facts(path) {
        return Ok(());
    }
    let message = format!("`{}` is a fact file or a table, not a policy", path.display());
    let help =
        "give the policy first; `check` takes each fact file with its own `--facts`, other commands after the policy"
            .to_string();
    Err(Refusal { message, help: Some(help), exit: Exit::CommandLine })
}

/// How the texts of policies are read in this run.
pub fn within(scenarios: bool) -> Within {
    reading::within(&bounds::limits(), scenarios)
}
