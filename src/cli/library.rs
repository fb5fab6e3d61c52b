//! Libraries: where files are read from. One is the disk; the others are revisions that git keeps.
//! A path means the same in each: a file, or a folder with a policy in it.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::bounds::{self, Limit};
use super::files;
use super::revision::Revision;
use super::roots::{self, AllowedFolders};
use crate::diagnostics::Sink;
use crate::project::library::several_policies;
use crate::project::texts::{AMENDMENTS, FACTS, POLICY, begins_with_agreement, take_in};
use crate::project::{self, Limits, Refusal, plain};
use crate::source::{FileId, Sources};

/// The disk, or a revision that git keeps.
#[derive(Clone, Debug, Default)]
pub enum Library {
    /// Files on disk, in the folders that they may lie in.
    #[default]
    Disk,
    /// Files as they were in a revision.
    Revision(Rc<Revision>),
}

impl project::Library for Library {
    fn read(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
        Ok(match self {
            Library::Disk => files::file(path, Limit::FactBytes)?,
            Library::Revision(revision) => revision.bytes(path)?,
        })
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
        Ok(match self {
            Library::Disk => files::all_in(folder)?,
            Library::Revision(revision) => revision.all_in(folder),
        })
    }

    fn limits(&self) -> Limits {
        bounds::limits()
    }

    fn text(
        &self,
        path: &Path,
        otherwise: Limit,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<FileId, Refusal> {
        match self {
            Library::Disk => Ok(files::read(path, otherwise, sources, problems)?),
            Library::Revision(revision) => {
                let bytes = revision.bytes(path)?;
                Ok(take_in(revision.shown(path), bytes, sources, problems))
            }
        }
    }

    fn holds(&self, path: &Path) -> bool {
        match self {
            // A link that leads nowhere is there.
            Library::Disk => path.exists() || path.is_symlink(),
            Library::Revision(revision) => revision.is_file(&plain(path)),
        }
    }

    fn policy(&self, path: &Path) -> Result<PathBuf, Refusal> {
        Ok(match self {
            Library::Disk => files::policy(path)?,
            Library::Revision(revision) => policy_of(revision, path)?,
        })
    }

    fn amendments_beside(&self, policy: &Path) -> Result<Vec<PathBuf>, Refusal> {
        Ok(match self {
            Library::Disk => files::amendments_beside(policy)?,
            Library::Revision(revision) => {
                let folder = policy.with_file_name(AMENDMENTS);
                match revision.folder_with(&folder, &[POLICY]) {
                    Some(inner) => return Err(files::too_far_in(Path::new(&revision.shown(&inner))).into()),
                    None => revision.with_endings(&folder, &[POLICY])?,
                }
            }
        })
    }

    fn named_in(&self, file: &Path, name: &str) -> PathBuf {
        match self {
            Library::Disk => files::named_in(file, name),
            Library::Revision(_) => plain(&file.parent().unwrap_or(Path::new("")).join(name)),
        }
    }

    fn same(&self, path: &Path) -> PathBuf {
        match self {
            Library::Disk => files::same(path),
            Library::Revision(_) => plain(path),
        }
    }

    fn shown(&self, path: &Path) -> String {
        match self {
            Library::Disk => path.display().to_string(),
            Library::Revision(revision) => revision.shown(path),
        }
    }

    fn root(&self, file: &Path) -> Option<PathBuf> {
        match self {
            Library::Disk => roots::root(file),
            Library::Revision(_) => None,
        }
    }

    fn allows(&self, path: &Path, roots: &[PathBuf]) -> Result<(), Refusal> {
        match self {
            Library::Disk => Ok(AllowedFolders::these(roots).allow(path)?),
            Library::Revision(_) => Ok(()),
        }
    }
}

impl Library {
    /// The fact files in the folder `facts` beside a policy file, by name.
    pub fn facts_beside(&self, policy: &Path) -> Result<Vec<PathBuf>, files::Refusal> {
        match self {
            Library::Disk => files::facts_beside(policy),
            Library::Revision(revision) => revision.with_endings(&policy.with_file_name("facts"), &FACTS),
        }
    }
}

fn policy_of(revision: &Revision, path: &Path) -> Result<PathBuf, files::Refusal> {
    let path = plain(path);
    if revision.is_file(&path) {
        return Ok(path);
    }
    if !revision.is_folder(&path) {
        return Err(revision.no_file(&path));
    }
    let name = path.file_name().or_else(|| revision.root.file_name());
    let named = name.map(|name| path.join(Path::new(name).with_added_extension(POLICY)));
    if let Some(named) = named.filter(|named| revision.is_file(named)) {
        return Ok(named);
    }
    let mut agreements = Vec::new();
    for one in revision.with_endings(&path, &[POLICY])? {
        if begins_with_agreement(&revision.bytes(&one)?) {
            agreements.push(one);
        }
    }
    let folder = PathBuf::from(revision.shown(&path));
    match agreements.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(files::no_policy(&folder)),
        several => Err(several_policies(&folder, several).into()),
    }
}
