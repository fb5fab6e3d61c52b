//! Revisions: files as git keeps them, read without checking anything out.
//! Git is asked as the program that it is; what it cannot answer is refused in words.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::Exit;
use super::files::{Refusal, ends_nearly, is_hidden, well_named};
use crate::diagnostics::nearest;
use crate::project::library::plain;

/// A revision of a repository, with the names of its files.
#[derive(Clone, Debug)]
pub struct Revision {
    /// As the user named it.
    pub name: String,
    /// The folder in which the repository stands.
    pub root: PathBuf,
    commit: String,
    /// From the root on, with `/` between.
    files: BTreeSet<String>,
}

impl Revision {
    /// A revision of the repository that a folder belongs to. Nothing when there is no such revision, or no repository.
    pub fn find(name: &str, folder: &Path) -> Result<Option<Revision>, Refusal> {
        let Some(root) = repository(folder)? else { return Ok(None) };
        // A name that looks like a flag is none.
        if name.is_empty() || name.starts_with('-') {
            return Ok(None);
        }
        let commit = format!("{name}^{{commit}}");
        let commit = git(&root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if !commit.status.success() {
            return Ok(None);
        }
        let commit = words(&commit);
        let listed = git(&root, &["ls-tree", "-r", "-z", "--name-only", "--full-tree", &commit])?;
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let files = listed.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Ok(Some(Revision { name: name.to_string(), root, commit, files }))
    }

    /// How a file of it is called in messages.
    pub fn shown(&self, path: &Path) -> String {
        format!("{}:{}", self.name, slashed(path))
    }

    pub fn is_file(&self, path: &Path) -> bool {
        self.files.contains(&slashed(path))
    }

    pub fn is_folder(&self, path: &Path) -> bool {
        let folder = slashed(path);
        folder.is_empty()
            || self.files.range(format!("{folder}/")..).next().is_some_and(|one| one.starts_with(&format!("{folder}/")))
    }

    /// The files right in a folder, by name.
    pub fn all_in(&self, folder: &Path) -> Vec<PathBuf> {
        self.files.iter().map(PathBuf::from).filter(|path| path.parent() == Some(folder)).collect()
    }

    /// The files right in a folder whose names have one of these endings, by name. Hidden files are left alone; one whose ending is
    /// written with other letters is refused, as on the disk.
    pub fn with_endings(&self, folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Refusal> {
        let shown = |path: &PathBuf| !is_hidden(path) && ends_nearly(path, endings);
        let found: Vec<PathBuf> = self.all_in(folder).into_iter().filter(shown).collect();
        found.iter().try_for_each(|path| well_named(path, endings))?;
        Ok(found)
    }

    /// A folder right in this one in which, or below which, files have one of these endings.
    pub fn folder_with(&self, folder: &Path, endings: &[&str]) -> Option<PathBuf> {
        self.files.iter().map(Path::new).filter(|path| ends_nearly(path, endings)).find_map(|path| {
            let within = path.strip_prefix(folder).ok()?;
            let (inner, rest) = (within.iter().next()?, within.iter().skip(1));
            let shown = rest.clone().next().is_some() && !within.iter().any(|part| is_hidden(Path::new(part)));
            shown.then(|| folder.join(inner))
        })
    }

    /// What a file holds.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
        if !self.is_file(path) {
            return Err(self.no_file(path));
        }
        let blob = format!("{}:{}", self.commit, slashed(path));
        let answer = git(&self.root, &["cat-file", "blob", &blob])?;
        if answer.status.success() {
            return Ok(answer.stdout);
        }
        let message = format!("git cannot read `{}`: {}", self.shown(path), said(&answer));
        Err(Refusal { message, help: None, exit: Exit::File })
    }

    /// A path of the disk as a path from the root on; nothing when it lies outside of the repository.
    pub fn within(&self, path: &Path) -> Option<PathBuf> {
        let whole = std::path::absolute(path).ok()?;
        // What is gone from the disk may still be kept by git.
        let known = whole.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
        let (above, real) = known?;
        let below = whole.strip_prefix(above).ok()?;
        let root = self.root.canonicalize().ok()?;
        Some(plain(real.join(below).strip_prefix(root).ok()?))
    }

    pub fn no_file(&self, path: &Path) -> Refusal {
        let shown = slashed(path);
        let what = if shown.is_empty() { "the root".to_string() } else { format!("`{shown}`") };
        let message = format!("the revision `{}` has no file {what}", self.name);
        let help = nearest(&shown, self.files.iter().map(String::as_str));
        let help =
            help.or_else(|| Some("a path after a revision is relative to the root of the repository".to_string()));
        Refusal { message, help, exit: Exit::File }
    }
}

/// The folder of the repository that a folder belongs to, if it belongs to one.
pub fn repository(folder: &Path) -> Result<Option<PathBuf>, Refusal> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let answer = git(folder, &["rev-parse", "--show-toplevel"])?;
    let root = words(&answer);
    Ok((answer.status.success() && !root.is_empty()).then(|| PathBuf::from(root)))
}

/// Where a folder stands in its repository: what a path with `./` is taken from.
pub fn prefix(folder: &Path) -> Result<PathBuf, Refusal> {
    Ok(PathBuf::from(words(&git(folder, &["rev-parse", "--show-prefix"])?)))
}

/// The revisions in which one of some files or folders changed, the newest first; no more than so many. Nothing when git
/// keeps none of them.
pub fn history(root: &Path, paths: &[PathBuf], most: usize) -> Result<Vec<String>, Refusal> {
    let most = format!("--max-count={most}");
    let mut words = vec!["log", "--format=%H", &most, "--"];
    let paths: Vec<String> = paths.iter().map(|path| format!(":(top,literal){}", slashed(path))).collect();
    words.extend(paths.iter().map(String::as_str));
    let answer = git(root, &words)?;
    Ok(String::from_utf8_lossy(&answer.stdout).lines().map(str::to_string).collect())
}

/// Who works here, as git was told.
pub fn author(folder: &Path) -> Option<String> {
    let answer = git(folder, &["config", "--get", "user.name"]).ok().filter(|answer| answer.status.success())?;
    Some(words(&answer).trim().to_string()).filter(|name| !name.is_empty())
}

fn git(folder: &Path, args: &[&str]) -> Result<Output, Refusal> {
    let asked = Command::new("git").arg("-C").arg(folder).args(args).stdin(Stdio::null()).output();
    asked.map_err(|error| Refusal {
        message: format!("git is needed to read a revision, but cannot be run: {error}"),
        help: Some("install git, or give two files instead".to_string()),
        exit: Exit::File,
    })
}

fn words(answer: &Output) -> String {
    String::from_utf8_lossy(&answer.stdout).trim_end_matches(['\n', '\r']).to_string()
}

fn said(answer: &Output) -> String {
    String::from_utf8_lossy(&answer.stderr).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_string()),
        Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
    });
    parts.collect::<Vec<_>>().join("/")
}
