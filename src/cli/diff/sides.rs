//! What OLD and NEW on the command line mean: a path, a path in a revision, a revision of the other side's path, or an amendment
//! of the other side's policy; each perhaps with amendments behind a `+`.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::super::Exit;
use super::super::files::Refusal;
use super::super::library::Files;
use super::super::revision::{self, Revision};
use super::amendments;
use crate::diagnostics::nearest;
use crate::project::library::plain;

/// Where a policy or a fact file stands.
#[derive(Clone, Debug)]
pub struct Where {
    pub library: Files,
    pub path: PathBuf,
}

/// One side: a policy, and the amendments that are taken to be adopted.
#[derive(Clone, Debug)]
pub struct Asked {
    pub at: Where,
    /// As it was given.
    pub name: String,
    /// Names of amendments, or files of some.
    pub amendments: Vec<String>,
}

/// What a side says.
enum Says {
    Policy(Asked),
    /// No path: a revision, or an amendment of the other side's policy; and perhaps more amendments.
    Name(String, Vec<String>),
}

/// What both sides mean. One of them at least says a path.
pub fn sides(old: &str, new: &str) -> Result<(Asked, Asked), Refusal> {
    match (says(old)?, says(new)?) {
        (Says::Policy(old), Says::Policy(new)) => Ok((old, new)),
        (Says::Policy(other), Says::Name(name, more)) => Ok((other.clone(), named(name, more, &other)?)),
        (Says::Name(name, more), Says::Policy(other)) => Ok((named(name, more, &other)?, other)),
        (Says::Name(..), Says::Name(..)) => Err(no_path(old, new)),
    }
}

fn says(words: &str) -> Result<Says, Refusal> {
    let policy = |at, name: &str, amendments| Says::Policy(Asked { at, name: name.to_string(), amendments });
    let path = Path::new(words);
    if path.is_file() && amendments::stand_in(path) {
        return Ok(Says::Name(words.to_string(), Vec::new()));
    }
    if let (false, Some((first, more))) = (path.exists(), words.split_once('+')) {
        let more = more.split('+').map(str::to_owned).collect();
        return Ok(match with_path(first)? {
            Some(at) => policy(at, first, more),
            None => Says::Name(first.to_string(), more),
        });
    }
    Ok(match with_path(words)? {
        Some(at) => policy(at, words, Vec::new()),
        None => Says::Name(words.to_string(), Vec::new()),
    })
}

/// A name by itself: an amendment of the other side's policy, or a revision of its path.
fn named(name: String, more: Vec<String>, other: &Asked) -> Result<Asked, Refusal> {
    let known = amendments::of(&other.at);
    if Path::new(&name).is_file() || known.contains(&name) {
        let amendments = std::iter::once(name).chain(more).collect();
        return Ok(Asked { amendments, ..other.clone() });
    }
    let at = of_revision(&name, &other.at, &known)?;
    Ok(Asked { at, name, amendments: more })
}

/// What says a path: one of the disk, or `REVISION:PATH`.
pub fn with_path(words: &str) -> Result<Option<Where>, Refusal> {
    let path = Path::new(words);
    if words == "-" || path.exists() {
        return Ok(Some(Where { library: Files::Disk, path: path.to_path_buf() }));
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
    Ok(Some(Where { library: Files::Revision(Rc::new(found)), path }))
}

/// A revision by itself: the other side's path in it.
fn of_revision(name: &str, other: &Where, known: &[String]) -> Result<Where, Refusal> {
    let neither = |folder: Option<&Path>| neither(name, known, folder);
    let folder = match &other.library {
        Files::Revision(revision) => revision.root.clone(),
        Files::Disk if other.path.is_dir() => other.path.clone(),
        Files::Disk => other.path.parent().unwrap_or(Path::new("")).to_path_buf(),
    };
    if revision::repository(&folder)?.is_none() {
        return Err(neither(Some(&folder)));
    }
    let Some(found) = Revision::find(name, &folder)? else { return Err(neither(None)) };
    let path = match &other.library {
        Files::Revision(_) => Some(other.path.clone()),
        Files::Disk => found.within(&other.path),
    };
    let path = path.ok_or_else(|| neither(Some(&folder)))?;
    Ok(Where { library: Files::Revision(Rc::new(found)), path })
}

fn refused(message: String, help: &str, exit: Exit) -> Refusal {
    Refusal { message, help: Some(help.to_string()), exit }
}

fn neither(name: &str, known: &[String], no_repository: Option<&Path>) -> Refusal {
    let message = match (known, no_repository) {
        ([_, ..], _) => format!("`{name}` is not a file, an amendment of the policy or a git revision"),
        ([], Some(folder)) => {
            format!("there is no file `{name}`, and `{}` is not in a git repository", folder.display())
        }
        ([], None) => format!("`{name}` is neither a file nor a git revision"),
    };
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(help) => help,
        None if names.is_empty() => {
            "give a policy's file or folder, `REVISION:PATH`, or a revision such as `HEAD`".to_string()
        }
        None => format!("its amendments are {}", names.join(", ")),
    };
    // A name that looks like a path was meant as one.
    let exit = if name.contains(['/', '.']) { Exit::File } else { Exit::CommandLine };
    refused(message, &help, exit)
}

fn no_revision(name: &str) -> Refusal {
    let message = format!("git has no revision `{name}`");
    refused(message, "give a commit, a branch or a tag, such as `HEAD~1`", Exit::CommandLine)
}

fn no_repository(words: &str, folder: &Path) -> Refusal {
    let message = format!("there is no file `{words}`, and `{}` is not in a git repository", folder.display());
    refused(message, "run it in the repository that has the revision", Exit::CommandLine)
}

fn no_path(old: &str, new: &str) -> Refusal {
    let message = format!("neither `{old}` nor `{new}` is a file or a folder");
    let help = "give a policy for one side, as in `overens diff HEAD policies/samverkan`";
    let exit = if [old, new].iter().any(|name| name.contains('/')) { Exit::File } else { Exit::CommandLine };
    refused(message, help, exit)
}
