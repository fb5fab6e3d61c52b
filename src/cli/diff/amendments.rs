//! Amendments that a side of a comparison takes to be adopted: where they stand, and what the agreement is with them.

use std::path::{Path, PathBuf};

use super::super::Exit;
use super::super::disk;
use super::super::files::Refusal;
use super::super::library::Files;
use super::super::policy_files::{Policy, policy_of};
use super::super::supposing;
use super::sides::{Asked, Where};
use crate::cli::bounds;
use crate::compare::{Rules, Supposed};
use crate::diagnostics::Sink;
use crate::source::{FileId, Sources};
use crate::syntax;
use crate::syntax::tree::Item;

/// Whether a file of the disk holds amendments, and no agreement.
pub fn stand_in(path: &Path) -> bool {
    let Some(text) = disk::text(path) else { return false };
    let tree = syntax::read(FileId(0), &text, &mut Sink::default());
    tree.agreement.is_none() && tree.items.iter().any(|item| matches!(item, Item::Amendment(_)))
}

/// The names of a policy's amendments; what is wrong with it is told when it is read to be compared.
pub fn of(at: &Where) -> Vec<String> {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let policy = policy_of(&at.library, &at.path, &[], (&mut sources, &mut problems));
    let amendments = policy.into_iter().flat_map(|policy| policy.agreement.amendments);
    amendments.map(|one| one.name).collect()
}

/// The files of amendments that a side is read with. On the disk those of the other side, too: so both know the same words.
pub fn files(own: &Asked, other: &Asked) -> Vec<PathBuf> {
    let others = match own.at.library {
        Files::Disk => other.amendments.as_slice(),
        Files::Revision(_) => &[],
    };
    let all = own.amendments.iter().chain(others).map(PathBuf::from);
    all.filter(|path| path.is_file()).collect()
}

/// Both sides as they would stand. `None` where a policy has mistakes, which are told.
pub fn rules(asked: [&Asked; 2], policies: [&Policy; 2], sources: &Sources) -> Result<Option<[Rules; 2]>, Refusal> {
    let [old, new] = asked;
    if old.amendments.is_empty() && new.amendments.is_empty() {
        let [old, new] = policies.map(|policy| Rules::of(&policy.trees).map(bounds::bounded));
        return Ok(old.zip(new).map(|(old, new)| [old, new]));
    }
    let [old_names, new_names] = [names(old, policies[0], sources)?, names(new, policies[1], sources)?];
    let old = supposing(policies[0], &old_names, &new_names)?;
    let new = supposing(policies[1], &new_names, &old_names)?;
    Ok(Some([old, new]))
}

fn names(asked: &Asked, policy: &Policy, sources: &Sources) -> Result<Vec<String>, Refusal> {
    let Some(plan) = &policy.plan else { return Ok(Vec::new()) };
    let ids = supposing::asked(&asked.amendments, plan, policy, sources)?;
    Ok(ids.into_iter().filter_map(|id| plan.amendment(id)).map(|one| one.name.clone()).collect())
}

fn supposing(policy: &Policy, own: &[String], other: &[String]) -> Result<Rules, Refusal> {
    let supposed = Supposed::of(&policy.agreement, own, other);
    if let Some((one, rival)) = two_rivals(policy, &supposed) {
        let message = format!("`{one}` and `{rival}` are rivals: at most one of them can be adopted");
        let help = Some(format!("compare them with each other: `overens diff POLICY+{one} POLICY+{rival}`"));
        return Err(Refusal { message, help, exit: Exit::CommandLine });
    }
    let rules = Rules::supposing(&policy.trees, &supposed).map(bounds::bounded);
    rules.ok_or_else(|| {
        let out: Vec<String> = supposed.left_out.iter().map(|name| format!("`{name}`")).collect();
        let message = format!("without {} the agreement has errors", out.join(", "));
        let help = Some("something outside it refers to a clause that it adds: move that into the amendment".into());
        Refusal { message, help, exit: Exit::Policy }
    })
}

fn two_rivals(policy: &Policy, supposed: &Supposed) -> Option<(String, String)> {
    let all = &policy.agreement.amendments;
    let adopted = |name: &String| supposed.adopted.contains(name);
    all.iter().filter(|one| adopted(&one.name)).find_map(|one| {
        let mut rivals = one.rivals.iter().filter_map(|id| all.get(usize::from(id.0)));
        let rival = rivals.find(|rival| adopted(&rival.name))?;
        Some((one.name.clone(), rival.name.clone()))
    })
}
