//! In which folders the files must lie that texts name: imports, fact files in `files`, the facts of scenarios and snapshots.
//! What the command line names itself may lie anywhere.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use super::Exit;
use super::bounds;
use super::files::{POLICY, Refusal};
use crate::render::repository::{self, Whereabouts};
use crate::render::visible;

/// Folders, each as it is known without links.
#[derive(Clone, Debug)]
pub struct AllowedFolders(Vec<PathBuf>);

/// The folders of policies that the command line names: what lies in one of them may name what lies in it.
static NAMED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The command line names a folder whose folders hold policies.
pub fn name(folder: &Path) {
    if let (Ok(mut named), Ok(folder)) = (NAMED.lock(), folder.canonicalize()) {
        named.push(folder);
    }
}

/// The folder in which the files must lie that a file names.
pub fn root(file: &Path) -> Option<PathBuf> {
    bounds::root().map_or_else(|| root_of(file), |root| root.canonicalize().ok())
}

/// A policy as the next command has to name it, with the folder that `--root` gave this run.
pub fn repeated(policy: &Path) -> String {
    let root = bounds::root().map_or_else(String::new, |root| format!(" --root {}", visible::word(root)));
    format!("{}{root}", visible::word(policy))
}

/// The folder that a command has to give with `--root` so that a fact file may name a table: the one that this run was given, or, if
/// they lie in no folder that is allowed anyway, the one that they share with the policy.
pub fn needed_for([facts, table]: [&Path; 2], policy: &Path) -> Option<PathBuf> {
    if let Some(root) = bounds::root() {
        return Some(root.to_path_buf());
    }
    let table = known(table)?;
    let allowed = [root_of(facts), root_of(policy)];
    if allowed.iter().flatten().any(|root| table.starts_with(root)) {
        return None;
    }
    let (facts, policy) = (known(facts)?, root_of(policy)?);
    let is_shared = |folder: &&Path| facts.starts_with(folder) && policy.starts_with(folder);
    table.parent()?.ancestors().find(is_shared).map(Path::to_path_buf)
}

impl AllowedFolders {
    /// What a file may name that was named on the command line, or found beside one that was.
    pub fn of(file: &Path) -> AllowedFolders {
        AllowedFolders(root(file).into_iter().collect())
    }

    /// These folders.
    pub fn these(roots: &[PathBuf]) -> AllowedFolders {
        AllowedFolders(roots.to_vec())
    }

    /// Refuses a file that lies outside, by its path and by the links on its way, and what is no file: nothing of it is read.
    pub fn allow(&self, path: &Path) -> Result<(), Refusal> {
        let known = known(path);
        if !known.as_ref().is_some_and(|known| self.0.iter().any(|root| known.starts_with(root))) {
            return Err(self.outside(path));
        }
        match fs::metadata(here(path)) {
            Ok(there) if !there.is_file() && !there.is_dir() => Err(Refusal {
                message: format!("`{}` is not a regular file, so other files may not refer to it", path.display()),
                help: Some("refer to a regular file, or give the pipe on the command line".to_string()),
                exit: Exit::File,
            }),
            // What cannot be asked for cannot be read either, which is told then.
            Ok(_) | Err(_) => Ok(()),
        }
    }

    fn outside(&self, path: &Path) -> Refusal {
        let folders: Vec<String> = self.0.iter().map(|root| format!("`{}`", root.display())).collect();
        Refusal {
            message: format!("`{}` is outside {}, so it is not read", path.display(), folders.join(" and ")),
            help: Some("move it inside, or give a folder that contains both with `--root FOLDER`".to_string()),
            exit: Exit::Policy,
        }
    }
}

/// Says where this run began, for paths that a repository knows. Outside of one there are none, and a folder marked as a cache, such
/// as `target`, is kept by none.
pub fn say_where() {
    let Ok(here) = std::env::current_dir() else { return };
    let is_kept = |root: &&Path| !here.ancestors().take_while(|above| above != root).any(is_cache);
    if let Some(root) = repository_of(&here).filter(is_kept) {
        let slashed = |path: &Path| path.to_string_lossy().replace('\\', "/");
        repository::begun(Whereabouts { here: slashed(&here), root: slashed(root) });
    }
}

fn is_cache(folder: &Path) -> bool {
    folder.join("CACHEDIR.TAG").exists()
}

/// The root of the repository that a folder lies in.
fn repository_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// The repository of a file, or else the folder of policies that it lies in, or else its own folder.
fn root_of(file: &Path) -> Option<PathBuf> {
    let folder = here(file).parent()?.canonicalize().ok()?;
    if let Some(repository) = repository_of(&folder) {
        return Some(repository.to_path_buf());
    }
    let named = NAMED.lock().ok().and_then(|named| named.iter().find(|one| folder.starts_with(one)).cloned());
    Some(named.or_else(|| folder_of_policies(file, &folder)).unwrap_or(folder))
}

/// The folder in which policies stand in folders of their names, `samverkan/samverkan.overens`; the root of a disk is none.
fn folder_of_policies(policy: &Path, folder: &Path) -> Option<PathBuf> {
    let is_named_so =
        policy.extension().is_some_and(|ending| ending == POLICY) && policy.file_stem() == folder.file_name();
    folder.parent().filter(|above| is_named_so && above.parent().is_some()).map(Path::to_path_buf)
}

/// Where a path leads, also when nothing is there yet.
fn known(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(here(path)).ok()?;
    let (above, real) = whole.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)))?;
    let below = whole.strip_prefix(above).ok()?;
    // Nothing leads back out of what is not there.
    let plain = below.components().all(|part| matches!(part, Component::Normal(_)));
    plain.then(|| real.join(below))
}

/// The path of a file, never a sign for standard input or a folder without a name.
fn here(path: &Path) -> PathBuf {
    Path::new(".").join(path)
}
