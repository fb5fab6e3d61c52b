//! The policy and the facts that verdicts were accepted with: those of today, those that were named, or those that git
//! keeps. A revision is known by the fingerprints in the snapshot's head.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::open::{Differing, Open};
use crate::cli::bounds;
use crate::cli::files::Refusal;
use crate::cli::library::Files;
use crate::cli::policy_files::{Policy, Shelf, fingerprint, policy_of};
use crate::cli::revision::{self, Revision};
use crate::cli::snapshots::digest;
use crate::compare::Rules;
use crate::diagnostics::Sink;
use crate::project::shelf::Roots;
use crate::report::Digest;
use crate::source::Sources;

/// Where the policy and the facts are that verdicts were accepted with.
#[derive(clap::Args, Default)]
pub struct Was {
    /// The policy as it was when the verdicts were accepted [default: from git]
    #[arg(long, value_name = "PATH")]
    was_policy: Option<PathBuf>,
    /// The fact file as it was, or the folder it is in [default: from git]
    #[arg(long, value_name = "PATH")]
    was_facts: Option<PathBuf>,
}

/// So many revisions are looked through.
const MOST_REVISIONS: usize = 100;

/// An agreement as it was.
pub struct Before {
    pub policy: Policy,
    pub rules: Rules,
}

/// What was found already.
#[derive(Default)]
pub struct Found {
    policies: BTreeMap<Digest, Option<Rc<Before>>>,
}

impl Found {
    /// The agreement with this fingerprint, as it was.
    pub fn policy(&mut self, wanted: Digest, open: &mut Open, was: &Was) -> Result<Option<Rc<Before>>, Refusal> {
        if let Some(known) = self.policies.get(&wanted) {
            return Ok(known.clone());
        }
        let path = open.policy.path.clone();
        let found = if let Some(named) = &was.was_policy {
            before(&Files::Disk, named, &mut open.sources)
        } else if wanted == open.policy.digest {
            before(&Files::Disk, &path, &mut open.sources)
        } else {
            let mut paths: Vec<PathBuf> = files_of(open);
            paths.extend(path.parent().map(Path::to_path_buf));
            let fits = |library: &Files, path: &Path| fingerprint(library, path) == Some(wanted);
            let kept = in_history(&path, &paths, fits)?;
            kept.and_then(|(library, path)| before(&library, &path, &mut open.sources))
        };
        let found = found.map(Rc::new);
        self.policies.insert(wanted, found.clone());
        Ok(found)
    }
}

fn before(library: &Files, path: &Path, sources: &mut Sources) -> Option<Before> {
    let policy = policy_of(library, path, &[], (sources, &mut Sink::default())).ok()?;
    let rules = bounds::bounded(Rules::of(&policy.trees)?);
    Some(Before { policy, rules })
}

/// The texts of a policy on the disk.
fn files_of(open: &Open) -> Vec<PathBuf> {
    let names = open.policy.trees.iter().filter_map(|tree| open.sources.get(tree.file));
    names.map(|source| PathBuf::from(&source.name)).collect()
}

/// The fact files of a snapshot, as they were.
pub fn facts(
    wanted: Digest,
    differing: &Differing,
    was: &Was,
    sources: &mut Sources,
) -> Result<Option<Roots>, Refusal> {
    if let Some(named) = &was.was_facts {
        let path = if named.is_dir() { in_folder(named, differing) } else { named.clone() };
        let mut shelf = Shelf::default();
        shelf.beside(differing.expected.path.parent().unwrap_or(Path::new("")));
        return Ok(Some(shelf.gather(&[path], sources, &mut Sink::default())?));
    }
    if wanted == differing.now.facts_digest {
        return Ok(Some(differing.now.roots.clone()));
    }
    let path = &differing.expected.facts;
    let mut paths: Vec<PathBuf> = differing.now.roots.iter().map(|(_, name)| PathBuf::from(name)).collect();
    paths.push(path.clone());
    let gathered = |library: &Files, path: &Path, sources: &mut Sources| {
        Shelf::of(library.clone()).gather(&[path.to_path_buf()], sources, &mut Sink::default()).ok()
    };
    let fits = |library: &Files, path: &Path| {
        let mut sources = Sources::default();
        gathered(library, path, &mut sources).is_some_and(|roots| digest(&roots, &sources) == wanted)
    };
    let kept = in_history(path, &paths, fits)?;
    Ok(kept.and_then(|(library, path)| gathered(&library, &path, sources)))
}

/// In a folder of fact files, or in the folder of a policy.
fn in_folder(folder: &Path, differing: &Differing) -> PathBuf {
    let beside = folder.join(&differing.expected.facts_name);
    let name = differing.expected.facts.file_name().unwrap_or_default();
    if beside.is_file() { beside } else { folder.join(name) }
}

/// The newest revision in which a file fits, with its path there. Only those are looked at in which one of the paths changed.
fn in_history(
    file: &Path,
    paths: &[PathBuf],
    fits: impl Fn(&Files, &Path) -> bool,
) -> Result<Option<(Files, PathBuf)>, Refusal> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let Some(root) = revision::repository(folder)? else { return Ok(None) };
    let Some(newest) = Revision::find("HEAD", folder)? else { return Ok(None) };
    let Some(within) = newest.within(file) else { return Ok(None) };
    let paths: Vec<PathBuf> = paths.iter().filter_map(|path| newest.within(path)).collect();
    for name in revision::history(&root, &paths, MOST_REVISIONS)? {
        let Some(found) = Revision::find(&name, folder)? else { continue };
        let library = Files::Revision(Rc::new(found));
        if fits(&library, &within) {
            return Ok(Some((library, within)));
        }
    }
    Ok(None)
}
