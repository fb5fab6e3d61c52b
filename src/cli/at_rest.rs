//! Long tables are left in their files, and fetched piece by piece when they are read. So a register takes the room of its
//! columns, and not that of its text as well.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::Exit;
use crate::project::encoding::{self, Encoding};
use crate::render::visible;
use crate::source::{AtRest, Coded, HEAD, Store, Text, with_line_feeds};

/// Texts are left at rest from so many bytes on.
const LONG: u64 = 4 << 20;
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The text of a long table that begins in UTF-8; the file itself when it holds something else.
pub fn text(path: &Path, file: File) -> Result<Text, File> {
    let Some((stamp, before, head)) = look_at(path, &file) else { return Err(file) };
    let store = Stored { path: path.to_path_buf(), file, stamp, before };
    let length = store.length();
    Ok(Text::at_rest(AtRest::new(Box::new(store), head, length)))
}

/// What it is, how many bytes stand before its text, and its first lines.
fn look_at(path: &Path, file: &File) -> Option<(Stamp, usize, String)> {
    let is_table = encoding::is_table(path);
    let stamp = Stamp::of(file).ok().filter(|stamp| is_table && (LONG..u64::from(u32::MAX)).contains(&stamp.length))?;
    let mut first = vec![0; HEAD.saturating_add(MARK.len())];
    file.read_exact_at(&mut first, 0).ok()?;
    let before = if first.starts_with(MARK) { MARK.len() } else { 0 };
    let head = first.get(before..before.saturating_add(HEAD))?;
    let lines = head.get(..=memchr::memrchr(b'\n', head)?)?;
    // A zero byte belongs to no letter of UTF-8: so UTF-16 without its mark shows itself.
    // Nor is one with lines that end in a carriage return alone.
    let has_feeds = |lines: &&str| matches!(with_line_feeds(lines), Cow::Borrowed(_));
    let lines = std::str::from_utf8(lines).ok().filter(|lines| !lines.contains('\0')).filter(has_feeds)?;
    Some((stamp, before, lines.to_owned()))
}

/// By what it is seen that a file was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    written: (i64, i64),
}

impl Stamp {
    fn of(file: &File) -> io::Result<Stamp> {
        let known = file.metadata()?;
        Ok(Stamp { length: known.len(), written: (known.mtime(), known.mtime_nsec()) })
    }
}

#[derive(Debug)]
struct Stored {
    path: PathBuf,
    file: File,
    stamp: Stamp,
    /// How many bytes stand before the text.
    before: usize,
}

impl Stored {
    fn length(&self) -> usize {
        usize::try_from(self.stamp.length).unwrap_or(usize::MAX).saturating_sub(self.before)
    }
}

impl Store for Stored {
    fn fetch(&self, at: usize, into: &mut [u8]) {
        let from = u64::try_from(self.before.saturating_add(at)).unwrap_or(u64::MAX);
        let read = self.file.read_exact_at(into, from);
        let still = Stamp::of(&self.file).is_ok_and(|stamp| stamp == self.stamp);
        if read.is_err() || !still {
            changed(&self.path);
        }
    }

    fn whole(&self) -> (String, Coded) {
        let mut bytes = vec![0; self.length()];
        self.fetch(0, &mut bytes);
        match encoding::decode(&self.path.to_string_lossy(), bytes) {
            (text, Encoding::Utf8) => (text, Coded::Utf8),
            (text, Encoding::Windows1252 | Encoding::Unknown { .. }) => (text, Coded::Windows1252),
        }
    }
}

/// The run ends at once, before anything is said that rests on two states of a file.
fn changed(path: &Path) -> ! {
    let name = visible::line(&path.display().to_string());
    let text = format!(
        "error: `{name}` was changed while it was being read\nhelp: run the command again when nothing is writing to the file\n"
    );
    let _ = io::stderr().write_all(text.as_bytes());
    std::process::exit(Exit::File.code())
}
