//! What OLD and NEW on the command line mean: a path, a path in a revision, or a revision of the other side's path.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::super::Exit;
use super::super::files::Refusal;
use super::super::library::Library;
use super::super::revision::{self, Revision, plain};

/// Where a policy or a fact file stands.
#[derive(Clone, Debug)]
pub struct Where {
    pub library: Library,
    pub path: PathBuf,
}

/// Where both sides stand. One of them at least says a path.
pub fn sides(old: &str, new: &str) -> Result<(Where, Where), Refusal> {
    match (with_path(old)?, with_path(new)?) {
        (Some(old), Some(new)) => Ok((old, new)),
        (Some(other), None) => Ok((other.clone(), of_revision(new, &other)?)),
        (None, Some(other)) => Ok((of_revision(old, &other)?, other)),
        (None, None) => Err(no_path(old, new)),
    }
}

/// What says a path: one of the disk, or `REVISION:PATH`.
pub fn with_path(words: &str) -> Result<Option<Where>, Refusal> {
    let path = Path::new(words);
    if words == "-" || path.exists() {
        return Ok(Some(Where { library: Library::Disk, path: path.to_path_buf() }));
    }
    let Some((name, path)) = words.split_once(':').filter(|(name, _)| !name.is_empty()) else { return Ok(None) };
    let here = Path::new(".");
    if revision::repository(here)?.is_none() {
        return Err(no_repository(words, here));
    }
    let Some(found) = Revision::find(name, here)? else { return Err(no_revision(name)) };
    let path = match path.starts_with("./") || path.starts_with("../") {
        true => plain(&revision::prefix(here)?.join(path)),
        false => plain(Path::new(path)),
    };
    Ok(Some(Where { library: Library::Revision(Rc::new(found)), path }))
}

/// A revision by itself: the other side's path in it.
fn of_revision(name: &str, other: &Where) -> Result<Where, Refusal> {
    let folder = match &other.library {
        Library::Revision(revision) => revision.root.clone(),
        Library::Disk if other.path.is_dir() => other.path.clone(),
        Library::Disk => other.path.parent().unwrap_or(Path::new("")).to_path_buf(),
    };
    if revision::repository(&folder)?.is_none() {
        return Err(neither(name, Some(&folder)));
    }
    let Some(found) = Revision::find(name, &folder)? else { return Err(neither(name, None)) };
    let path = match &other.library {
        Library::Revision(_) => Some(other.path.clone()),
        Library::Disk => found.within(&other.path),
    };
    let path = path.ok_or_else(|| neither(name, Some(&folder)))?;
    Ok(Where { library: Library::Revision(Rc::new(found)), path })
}

fn refused(message: String, help: &str, exit: Exit) -> Refusal {
    Refusal { message, help: Some(help.to_string()), exit }
}

fn neither(name: &str, no_repository: Option<&Path>) -> Refusal {
    let message = match no_repository {
        Some(folder) => {
            format!("there is no file `{name}`, and `{}` belongs to no repository of git", folder.display())
        }
        None => format!("`{name}` is neither a file nor a revision of git"),
    };
    let help = "name a policy's file or folder, `REVISION:PATH`, or a revision such as `HEAD`";
    // A name that looks like a path was meant as one.
    let exit = if name.contains(['/', '.']) { Exit::File } else { Exit::CommandLine };
    refused(message, help, exit)
}

fn no_revision(name: &str) -> Refusal {
    let message = format!("git knows no revision `{name}`");
    refused(message, "name a commit, a branch or a tag, such as `HEAD~1`", Exit::CommandLine)
}

fn no_repository(words: &str, folder: &Path) -> Refusal {
    let message = format!("there is no file `{words}`, and `{}` belongs to no repository of git", folder.display());
    refused(message, "run it within the repository whose revision is meant", Exit::CommandLine)
}

fn no_path(old: &str, new: &str) -> Refusal {
    let message = format!("neither `{old}` nor `{new}` is a file or a folder");
    let help = "name a policy for one side, as in `overens diff HEAD policies/samverkan`";
    let exit = if [old, new].iter().any(|name| name.contains('/')) { Exit::File } else { Exit::CommandLine };
    refused(message, help, exit)
}
