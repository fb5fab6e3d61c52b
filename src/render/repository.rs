//! Files by the paths that a repository knows, wherever in it the run began: what build servers compare paths with. A file outside of
//! the repository, one of a revision and standard input are called what they were called.

use std::sync::OnceLock;

use super::escape::plain_path;

/// Where the run began, and the repository around it, with `/` between folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    pub here: String,
    pub root: String,
}

/// Who opens the door knows it; a library that nobody told it names files as they were given.
static KNOWN: OnceLock<Whereabouts> = OnceLock::new();

/// Says where this run began. Only the first time counts.
pub fn begun(whereabouts: Whereabouts) {
    let _ = KNOWN.set(whereabouts);
}

/// `facts/clubs.csv`, from the root of the repository, for `../facts/clubs.csv`.
pub(super) fn path(path: &str) -> String {
    let plain = plain_path(path);
    KNOWN.get().and_then(|known| known.seen_at_the_root(&plain)).unwrap_or(plain)
}

impl Whereabouts {
    fn seen_at_the_root(&self, path: &str) -> Option<String> {
        let is_of_a_drive = path.get(1..3) == Some(":/");
        let first = path.split('/').next().unwrap_or_default();
        // `HEAD:policies/club.overens` is a file of a revision.
        if path == "-" || (first.contains(':') && !is_of_a_drive) {
            return None;
        }
        let whole = match path.starts_with('/') || is_of_a_drive {
            true => path.to_owned(),
            false => format!("{}/{path}", self.here),
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in whole.split('/').filter(|part| !matches!(*part, "" | ".")) {
            match part {
                ".." => _ = parts.pop()?,
                part => parts.push(part),
            }
        }
        let root: Vec<&str> = self.root.split('/').filter(|part| !part.is_empty()).collect();
        let below = parts.strip_prefix(root.as_slice())?;
        (!below.is_empty()).then(|| below.join("/"))
    }
}
