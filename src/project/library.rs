//! Where files are read from: what reading a policy asks of a disk, a map in memory or a revision.

use std::path::{Component, Path, PathBuf};

use super::limits::{Limit, Limits};
use super::refusal::{Cause, Refusal};
use super::texts::{AGREEMENT, AMENDMENTS, POLICY, begins_with_agreement, take_in};
use crate::diagnostics::Sink;
use crate::source::{FileId, Sources};

/// Where files are read from.
///
/// Two methods have to be written; the others say how paths are meant, and fit every library whose paths are plain names with `/`
/// between. [`Memory`](super::Memory) is one.
pub trait Library {
    /// What a file holds.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    fn read(&self, path: &Path) -> Result<Vec<u8>, Refusal>;

    /// The files right in a folder, by name; none when there is no such folder.
    ///
    /// # Errors
    /// When the folder cannot be looked through.
    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Refusal>;

    /// How much is read from it, and judged.
    fn limits(&self) -> Limits {
        Limits::default()
    }

    /// Whether a file is there.
    fn holds(&self, path: &Path) -> bool {
        self.read(path).is_ok()
    }

    /// The policy file that a path means: the file itself, or the one in a folder, which is named after the folder or else the only
    /// one that begins with `agreement`.
    ///
    /// # Errors
    /// When the folder holds no policy, or several.
    fn policy(&self, path: &Path) -> Result<PathBuf, Refusal> {
        let policies = of_ending(self.files(path)?, POLICY);
        if policies.is_empty() {
            return Ok(path.to_path_buf());
        }
        if let Some(named) =
            policies.iter().find(|one| path.file_name().is_some_and(|name| one.file_stem() == Some(name)))
        {
            return Ok(named.clone());
        }
        let mut agreements = Vec::new();
        for one in policies {
            if begins_with_agreement(&self.read(&one)?) {
                agreements.push(one);
            }
        }
        match agreements.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(no_policy(path)),
            several => Err(several_policies(path, several)),
        }
    }

    /// The amendments in the folder of that name beside a policy file, by name.
    ///
    /// # Errors
    /// When the folder cannot be looked through.
    fn amendments_beside(&self, policy: &Path) -> Result<Vec<PathBuf>, Refusal> {
        Ok(of_ending(self.files(&policy.with_file_name(AMENDMENTS))?, POLICY))
    }

    /// The file that a path in another file means: from that one's folder.
    fn named_in(&self, file: &Path, name: &str) -> PathBuf {
        plain(&file.parent().unwrap_or(Path::new("")).join(name))
    }

    /// A path by which a file is known again, however it is written.
    fn same(&self, path: &Path) -> PathBuf {
        plain(path)
    }

    /// How a file is called in messages.
    fn shown(&self, path: &Path) -> String {
        path.display().to_string()
    }

    /// The folder in which the files must lie that a file names; nothing where they may lie anywhere.
    fn root(&self, file: &Path) -> Option<PathBuf> {
        let _ = file;
        None
    }

    /// Refuses a file that another one names, and that lies in none of these folders.
    ///
    /// # Errors
    /// When it may not be named.
    fn allows(&self, path: &Path, roots: &[PathBuf]) -> Result<(), Refusal> {
        let _ = (path, roots);
        Ok(())
    }

    /// Takes in the text of a file; `otherwise` is its limit where its name does not say. A library that leaves long texts where
    /// they are has one of its own.
    ///
    /// # Errors
    /// When the file cannot be read.
    #[doc(hidden)]
    fn text(
        &self,
        path: &Path,
        otherwise: Limit,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<FileId, Refusal> {
        let bytes = self.read(path)?;
        self.limits().allow(super::texts::limit_of(path, otherwise), bytes.len(), path.display())?;
        Ok(take_in(self.shown(path), (bytes, otherwise), sources, problems))
    }
}

impl<L: Library + ?Sized> Library for &L {
    fn read(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
        (**self).read(path)
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
        (**self).files(folder)
    }

    fn limits(&self) -> Limits {
        (**self).limits()
    }

    fn holds(&self, path: &Path) -> bool {
        (**self).holds(path)
    }

    fn policy(&self, path: &Path) -> Result<PathBuf, Refusal> {
        (**self).policy(path)
    }

    fn amendments_beside(&self, policy: &Path) -> Result<Vec<PathBuf>, Refusal> {
        (**self).amendments_beside(policy)
    }

    fn named_in(&self, file: &Path, name: &str) -> PathBuf {
        (**self).named_in(file, name)
    }

    fn same(&self, path: &Path) -> PathBuf {
        (**self).same(path)
    }

    fn shown(&self, path: &Path) -> String {
        (**self).shown(path)
    }

    fn root(&self, file: &Path) -> Option<PathBuf> {
        (**self).root(file)
    }

    fn allows(&self, path: &Path, roots: &[PathBuf]) -> Result<(), Refusal> {
        (**self).allows(path, roots)
    }

    fn text(
        &self,
        path: &Path,
        otherwise: Limit,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<FileId, Refusal> {
        (**self).text(path, otherwise, sources, problems)
    }
}

/// A path without `.` and without the way there and back.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match (part, plain.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                plain.pop();
            }
            (_, _) => plain.push(part),
        }
    }
    plain
}

fn of_ending(files: Vec<PathBuf>, ending: &str) -> Vec<PathBuf> {
    let fits = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        !hidden && path.extension().is_some_and(|own| own == ending)
    };
    files.into_iter().filter(fits).collect()
}

/// A folder without a policy.
pub(crate) fn no_policy(folder: &Path) -> Refusal {
    let message =
        format!("the folder `{}` has no policy: no `.{POLICY}` file starts with `{AGREEMENT}`", folder.display());
    Refusal::new(Cause::Misnamed, message).help("give the policy's file or its folder".to_string())
}

/// A folder with several policies, none of them named after it.
pub(crate) fn several_policies(folder: &Path, several: &[PathBuf]) -> Refusal {
    let names: Vec<String> = several.iter().map(|path| format!("`{}`", path.display())).collect();
    let message = format!("the folder `{}` has several policies: {}", folder.display(), names.join(", "));
    Refusal::new(Cause::Misnamed, message).help("choose one".to_string())
}
