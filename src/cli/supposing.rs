//! Amendments that are taken to be adopted, or not to be, for the sake of a question.

use std::path::{Path, PathBuf};

use super::Exit;
use super::files::{self, Refusal};
use super::policy_files::Policy;
use crate::diagnostics::nearest;
use crate::model::amendment::AmendmentId;
use crate::plan::Plan;
use crate::source::Sources;

/// The flags of every command that judges.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Supposing {
    /// Judge as if this amendment were adopted: its name, or a file of amendments; can be given several times
    #[arg(long, value_name = "AMENDMENT")]
    pub with: Vec<String>,
    /// Judge as if this amendment were not adopted
    #[arg(long, value_name = "AMENDMENT")]
    pub without: Vec<String>,
}

impl Supposing {
    /// Files of amendments that are named.
    pub fn files(&self) -> Vec<PathBuf> {
        self.with.iter().map(PathBuf::from).filter(|path| path.is_file()).collect()
    }

    /// The plan as it would stand.
    pub fn apply(&self, plan: Plan, policy: &Policy, sources: &Sources) -> Result<Plan, Refusal> {
        if self.with.is_empty() && self.without.is_empty() {
            return Ok(plan);
        }
        let adopted = asked(&self.with, &plan, policy, sources)?;
        let not_adopted = self.without.iter().map(|name| named(name, &plan, policy));
        let not_adopted: Vec<AmendmentId> = not_adopted.collect::<Result<_, _>>()?;
        let needed = plan.with_what_they_build_on(&adopted);
        if let Some(both) = needed.iter().find(|id| not_adopted.contains(id)) {
            let name = plan.amendment(*both).map_or("", |amendment| &amendment.name);
            let message = match adopted.contains(both) {
                true => format!("`{name}` cannot be both adopted and not adopted"),
                false => format!("what builds on `{name}` cannot be adopted without it"),
            };
            let help = Some("remove `--with` or `--without`".to_string());
            return Err(Refusal { message, help, exit: Exit::CommandLine });
        }
        Ok(plan.supposing(&adopted, &not_adopted))
    }
}

/// The amendments of these names, and those that stand in files of these names.
pub fn asked(names: &[String], plan: &Plan, policy: &Policy, sources: &Sources) -> Result<Vec<AmendmentId>, Refusal> {
    let mut found = Vec::new();
    for name in names {
        found.extend(match Path::new(name).is_file() {
            true => in_file(name, plan, sources)?,
            false => vec![named(name, plan, policy)?],
        });
    }
    Ok(found)
}

fn named(name: &str, plan: &Plan, policy: &Policy) -> Result<AmendmentId, Refusal> {
    plan.find_amendment(name).ok_or_else(|| {
        let known = plan.amendments.iter().map(|amendment| amendment.name.as_str());
        let all: Vec<String> = known.clone().map(|name| format!("`{name}`")).collect();
        let there_are = match all.as_slice() {
            [] => "it has none; they belong in a folder `amendments` next to the policy".to_string(),
            _ => format!("its amendments are {}", all.join(", ")),
        };
        Refusal {
            message: format!("{} has no amendment `{name}`, and there is no such file", policy.name()),
            help: nearest(name, known).or(Some(there_are)),
            exit: Exit::CommandLine,
        }
    })
}

/// The amendments that stand in a file.
fn in_file(name: &str, plan: &Plan, sources: &Sources) -> Result<Vec<AmendmentId>, Refusal> {
    let path = files::same(Path::new(name));
    let here = |id: &AmendmentId| {
        let file = plan.amendment(*id).and_then(|amendment| sources.get(amendment.span.file));
        file.is_some_and(|source| files::same(Path::new(&source.name)) == path)
    };
    let all = (0..).map(AmendmentId).zip(&plan.amendments).map(|(id, _)| id);
    let found: Vec<AmendmentId> = all.filter(here).collect();
    if found.is_empty() {
        let message = format!("`{name}` contains no amendment");
        let help = Some("an amendment starts with `amendment NAME`".to_string());
        return Err(Refusal { message, help, exit: Exit::CommandLine });
    }
    Ok(found)
}
