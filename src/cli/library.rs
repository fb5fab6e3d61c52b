//! Libraries: where files are read from. One is the disk; the others are revisions that git keeps.
//! A path means the same in each: a file, or a folder with a policy in it.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::bounds::Limit;
use super::files::{self, Refusal};
use super::revision::{Revision, plain};
use super::roots::AllowedFolders;
use crate::diagnostics::Sink;
use crate::source::{FileId, Sources};

#[derive(Clone, Debug, Default)]
pub enum Library {
    #[default]
    Disk,
    Revision(Rc<Revision>),
}

impl Library {
    /// Reads a file; see [`files::read`].
    pub fn read(
        &self,
        path: &Path,
        otherwise: Limit,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<FileId, Refusal> {
        match self {
            Library::Disk => files::read(path, otherwise, sources, problems),
            Library::Revision(revision) => {
                let bytes = revision.bytes(path)?;
                Ok(files::take_in(revision.shown(path), bytes, sources, problems))
            }
        }
    }

    /// What a file holds that is no text.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
        match self {
            Library::Disk => files::file(path, Limit::FactBytes),
            Library::Revision(revision) => revision.bytes(path),
        }
    }

    /// The same for a file that another one names, if it lies where it may.
    pub fn bytes_named(&self, path: &Path, roots: &AllowedFolders) -> Result<Vec<u8>, Refusal> {
        match self {
            Library::Disk => roots.allow(path)?,
            Library::Revision(_) => {}
        }
        self.bytes(path)
    }

    /// Reads a file that another one names, if it lies where it may.
    pub fn read_named(
        &self,
        path: &Path,
        otherwise: Limit,
        roots: &AllowedFolders,
        (sources, problems): (&mut Sources, &mut Sink),
    ) -> Result<FileId, Refusal> {
        match self {
            Library::Disk => {
                roots.allow(path)?;
                // `-` is a file of that name here.
                let path = if path == Path::new("-") { Path::new("./-") } else { path };
                files::read(path, otherwise, sources, problems)
            }
            Library::Revision(_) => self.read(path, otherwise, sources, problems),
        }
    }

    /// Whether anything is there.
    pub fn holds(&self, path: &Path) -> bool {
        match self {
            // A link that leads nowhere is there.
            Library::Disk => path.exists() || path.is_symlink(),
            Library::Revision(revision) => revision.is_file(&plain(path)),
        }
    }

    /// The text of a file for a glance; see [`files::text`].
    pub fn text(&self, path: &Path) -> Option<String> {
        match self {
            Library::Disk => files::text(path),
            Library::Revision(revision) => String::from_utf8(revision.bytes(path).ok()?).ok(),
        }
    }

    /// The policy file that a path means: the file itself, or the one in a folder.
    pub fn policy(&self, path: &Path) -> Result<PathBuf, Refusal> {
        match self {
            Library::Disk => files::policy(path),
            Library::Revision(revision) => policy_of(revision, path),
        }
    }

    /// The amendments in the folder of that name beside a policy file, by name.
    pub fn amendments_beside(&self, policy: &Path) -> Result<Vec<PathBuf>, Refusal> {
        match self {
            Library::Disk => files::amendments_beside(policy),
            Library::Revision(revision) => {
                let folder = policy.with_file_name(files::AMENDMENTS);
                match revision.folder_with(&folder, &[files::POLICY]) {
                    Some(inner) => Err(files::too_far_in(Path::new(&revision.shown(&inner)))),
                    None => revision.with_endings(&folder, &[files::POLICY]),
                }
            }
        }
    }

    /// The fact files in the folder `facts` beside a policy file, by name.
    pub fn facts_beside(&self, policy: &Path) -> Result<Vec<PathBuf>, Refusal> {
        match self {
            Library::Disk => files::facts_beside(policy),
            Library::Revision(revision) => revision.with_endings(&policy.with_file_name("facts"), &files::FACTS),
        }
    }

    /// The file that a path in another file means.
    pub fn named_in(&self, file: &Path, name: &str) -> PathBuf {
        match self {
            Library::Disk => files::named_in(file, name),
            Library::Revision(_) => plain(&file.parent().unwrap_or(Path::new("")).join(name)),
        }
    }

    /// A path by which a file is known again, however it is written.
    pub fn same(&self, path: &Path) -> PathBuf {
        match self {
            Library::Disk => files::same(path),
            Library::Revision(_) => plain(path),
        }
    }

    /// How a file is called in messages.
    pub fn shown(&self, path: &Path) -> String {
        match self {
            Library::Disk => path.display().to_string(),
            Library::Revision(revision) => revision.shown(path),
        }
    }
}

fn policy_of(revision: &Revision, path: &Path) -> Result<PathBuf, Refusal> {
    let path = plain(path);
    if revision.is_file(&path) {
        return Ok(path);
    }
    if !revision.is_folder(&path) {
        return Err(revision.no_file(&path));
    }
    let name = path.file_name().or_else(|| revision.root.file_name());
    let named = name.map(|name| path.join(Path::new(name).with_added_extension(files::POLICY)));
    if let Some(named) = named.filter(|named| revision.is_file(named)) {
        return Ok(named);
    }
    let mut agreements = Vec::new();
    for one in revision.with_endings(&path, &[files::POLICY])? {
        if files::begins_with_agreement(&revision.bytes(&one)?) {
            agreements.push(one);
        }
    }
    let folder = PathBuf::from(revision.shown(&path));
    match agreements.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(files::no_policy(&folder)),
        several => Err(files::several_policies(&folder, several)),
    }
}
