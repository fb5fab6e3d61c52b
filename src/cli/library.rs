//! Libraries: where files are read from. One is the disk; the others are revisions that git keeps.
//! A path means the same in each: a file, or a folder with a policy in it.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::bounds::{self, Limit};
use super::disk;
use super::files;
use super::revision::Revision;
use super::roots::{self, AllowedFolders};
use crate::diagnostics::Sink;
use crate::project::library::{plain, several_policies};
use crate::project::texts::{AMENDMENTS, FACTS, POLICY, begins_with_agreement, take_in};
use crate::project::{Cause, Library, Limits, Refusal};
use crate::source::{FileId, Sources};

/// The disk, or a revision that git keeps.
#[derive(Clone, Debug, Default)]
pub enum Files {
    /// Files on disk.
    #[default]
    Disk,
    /// Files as they were in a revision.
    Revision(Rc<Revision>),
}

impl Library for Files {
    fn read(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
        Ok(match self {
            Files::Disk => disk::file(path, Limit::FactBytes)?,
            Files::Revision(revision) => revision.bytes(path)?,
        })
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
        Ok(match self {
            Files::Disk => files::all_in(folder)?,
            Files::Revision(revision) => revision.all_in(folder),
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
            Files::Disk => Ok(disk::read(path, otherwise, sources, problems)?),
            Files::Revision(revision) => {
                let bytes = revision.bytes(path)?;
                Ok(take_in(revision.shown(path), (bytes, otherwise), sources, problems))
            }
        }
    }

    fn holds(&self, path: &Path) -> bool {
        match self {
            // A link that leads nowhere is there.
            Files::Disk => path.exists() || path.is_symlink(),
            Files::Revision(revision) => revision.is_file(&plain(path)),
        }
    }

    fn policy(&self, path: &Path) -> Result<PathBuf, Refusal> {
        Ok(match self {
            Files::Disk => files::policy(path)?,
            Files::Revision(revision) => policy_of(revision, path)?,
        })
    }

    fn amendments_beside(&self, policy: &Path) -> Result<Vec<PathBuf>, Refusal> {
        Ok(match self {
            Files::Disk => files::amendments_beside(policy)?,
            Files::Revision(revision) => {
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
            Files::Disk => files::named_in(file, name),
            Files::Revision(_) => plain(&file.parent().unwrap_or(Path::new("")).join(name)),
        }
    }

    fn same(&self, path: &Path) -> PathBuf {
        match self {
            Files::Disk => files::same(path),
            Files::Revision(_) => plain(path),
        }
    }

    fn shown(&self, path: &Path) -> String {
        match self {
            Files::Disk => path.display().to_string(),
            Files::Revision(revision) => revision.shown(path),
        }
    }

    fn root(&self, file: &Path) -> Option<PathBuf> {
        match self {
            Files::Disk => roots::root(file),
            Files::Revision(_) => None,
        }
    }

    fn allows(&self, path: &Path, roots: &[PathBuf]) -> Result<(), Refusal> {
        match self {
            Files::Disk => Ok(AllowedFolders::these(roots).allow(path)?),
            Files::Revision(_) => Ok(()),
        }
    }
}

impl Files {
    /// Files as they were in a revision of the repository that a folder belongs to: a commit, a branch or a tag.
    ///
    /// # Errors
    /// When there is no such revision, or git cannot be asked.
    pub fn at(revision: &str, folder: &Path) -> Result<Files, Refusal> {
        let found = Revision::find(revision, folder)?;
        let refusal = || Refusal::new(Cause::Misnamed, format!("git has no revision `{revision}`"));
        Ok(Files::Revision(Rc::new(found.ok_or_else(refusal)?)))
    }

    /// The fact files in the folder `facts` beside a policy file, by name.
    pub fn facts_beside(&self, policy: &Path) -> Result<Vec<PathBuf>, files::Refusal> {
        match self {
            Files::Disk => files::facts_beside(policy),
            Files::Revision(revision) => revision.with_endings(&policy.with_file_name("facts"), &FACTS),
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
