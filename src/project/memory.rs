//! Files in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::library::{Library, plain};
use super::limits::Limits;
use super::refusal::Refusal;
use crate::diagnostics::nearest;

/// Files in memory, by their paths: `policies/choir/choir.overens`.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
    limits: Limits,
}

impl Memory {
    /// No files yet.
    #[must_use]
    pub fn new() -> Memory {
        Memory::default()
    }

    /// The same with one file more, or with another text for a file that is there.
    #[must_use]
    pub fn with(mut self, path: impl AsRef<Path>, text: impl Into<Vec<u8>>) -> Memory {
        self.put(path, text);
        self
    }

    /// The same with other limits.
    #[must_use]
    pub fn within(mut self, limits: Limits) -> Memory {
        self.limits = limits;
        self
    }

    /// Puts a file in.
    pub fn put(&mut self, path: impl AsRef<Path>, text: impl Into<Vec<u8>>) {
        self.files.insert(plain(path.as_ref()), text.into());
    }
}

impl Library for Memory {
    fn read(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
        let near = || nearest(path.to_str()?, self.files.keys().filter_map(|file| file.to_str()));
        self.files.get(&plain(path)).cloned().ok_or_else(|| Refusal::no_file(path.display()).help(near()))
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
        let folder = plain(folder);
        Ok(self.files.keys().filter(|file| file.parent() == Some(&folder)).cloned().collect())
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    fn holds(&self, path: &Path) -> bool {
        self.files.contains_key(&plain(path))
    }
}
