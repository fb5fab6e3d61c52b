//! How a file, standard input or the names in a folder are read: the only place that does. What cannot be read is refused in words;
//! what is no text is a finding like any other mistake in a file.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Exit;
#[cfg(unix)]
use super::at_rest::text as at_rest;
use super::bounds::Limit;
use super::files::{Refusal, ends_nearly, is_hidden};
use crate::diagnostics::{Sink, nearest};
use crate::project::texts::{limit_of, take_in};
use crate::source::{FileId, Sources};

/// Reads a file, or standard input for `-`. A file that is not UTF-8 becomes a finding in `problems`; its text is taken
/// in all the same, with a mark for each byte that could not be read. `otherwise` is its limit where its name does not say.
pub fn read(path: &Path, otherwise: Limit, sources: &mut Sources, problems: &mut Sink) -> Result<FileId, Refusal> {
    let name = path.display().to_string();
    if name == "-" {
        let bytes = standard_input(sources)?;
        return Ok(take_in(name, (bytes, otherwise), sources, problems));
    }
    let opened = open(path)?;
    let limit = limit_of(path, otherwise);
    short_enough(path, limit, opened.metadata().map_or(0, |known| known.len()))?;
    match at_rest(path, opened) {
        Ok(text) => Ok(sources.hold(name, text)),
        Err(file) => {
            let bytes = whole(path, limit, &file)?;
            Ok(take_in(name, (bytes, otherwise), sources, problems))
        }
    }
}

/// The text of a file for a glance; `None` when it cannot be read or is no text, which reading it in earnest will tell.
pub fn text(path: &Path) -> Option<String> {
    String::from_utf8(file(path, Limit::SourceBytes).ok()?).ok()
}

fn standard_input(sources: &Sources) -> Result<Vec<u8>, Refusal> {
    if sources.files().any(|(_, source)| source.name == "-") {
        let message = "standard input (`-`) is given twice, but can be read only once".to_string();
        return Err(Refusal::new(Exit::CommandLine, message, "give one of the two as a file".to_string()));
    }
    contents(io::stdin(), 0, (Path::new("-"), Limit::TableBytes))
}

/// Whether standard input gives nothing. What it gives is left for whoever reads it.
pub fn standard_input_is_empty() -> bool {
    io::stdin().lock().fill_buf().map_or(true, <[u8]>::is_empty)
}

/// What a file holds; `otherwise` is its limit where its name does not say.
pub fn file(path: &Path, otherwise: Limit) -> Result<Vec<u8>, Refusal> {
    whole(path, limit_of(path, otherwise), &open(path)?)
}

/// Whether a file is there and can be opened. Nothing is read of it.
pub fn there(path: &Path) -> Result<(), Refusal> {
    match path.metadata() {
        Err(error) => Err(unreadable(path, &error)),
        Ok(known) if known.is_file() || known.is_dir() => open(path).map(|_| ()),
        Ok(_) => Ok(()),
    }
}

/// What is read while somebody wants to know it.
static READ: Mutex<Option<BTreeSet<PathBuf>>> = Mutex::new(None);

/// From now on it is noted which files are read, and which folders looked through.
pub fn note_what_is_read() {
    *READ.lock().unwrap_or_else(PoisonError::into_inner) = Some(BTreeSet::new());
}

/// What was read since.
pub fn what_was_read() -> Vec<PathBuf> {
    READ.lock().unwrap_or_else(PoisonError::into_inner).take().into_iter().flatten().collect()
}

fn note(path: &Path) {
    if let Some(read) = READ.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        read.insert(path.to_path_buf());
    }
}

fn open(path: &Path) -> Result<File, Refusal> {
    note(path);
    if path.is_dir() {
        return Err(folder_for_file(path));
    }
    #[expect(clippy::disallowed_methods, reason = "this is the door, where files are read")]
    File::open(path).map_err(|error| unreadable(path, &error))
}

#[cfg(not(unix))]
fn at_rest(_: &Path, file: File) -> Result<crate::source::Text, File> {
    Err(file)
}

fn whole(path: &Path, limit: Limit, file: &File) -> Result<Vec<u8>, Refusal> {
    let length = file.metadata().map_or(0, |known| known.len());
    short_enough(path, limit, length)?;
    let length = usize::try_from(length).unwrap_or(0);
    match in_halves(file, length) {
        Some(bytes) => Ok(bytes),
        None => contents(file, length, (path, limit)),
    }
}

/// Files of this length are worth two readers.
const TWO_READERS: usize = 8 << 20;

/// A large file, its halves read at once; nothing where it is small, or changes meanwhile.
#[cfg(unix)]
fn in_halves(file: &File, length: usize) -> Option<Vec<u8>> {
    use std::os::unix::fs::FileExt;
    if length < TWO_READERS {
        return None;
    }
    let mut bytes = vec![0; length];
    let (front, back) = bytes.split_at_mut(length >> 1);
    let middle = u64::try_from(front.len()).ok()?;
    let read = std::thread::scope(|scope| {
        let other = scope.spawn(|| file.read_exact_at(back, middle));
        let own = file.read_exact_at(front, 0);
        own.is_ok() && other.join().is_ok_and(|read| read.is_ok())
    });
    let still = file.metadata().is_ok_and(|now| usize::try_from(now.len()) == Ok(length));
    (read && still).then_some(bytes)
}

#[cfg(not(unix))]
fn in_halves(_: &File, _: usize) -> Option<Vec<u8>> {
    None
}

/// What comes from a file or pipe, with room made for as much as is said to come. What never ends is not read to its end.
fn contents(from: impl Read, length: usize, (path, limit): (&Path, Limit)) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::with_capacity(length.saturating_add(1));
    let most = limit.most();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    short_enough(path, limit, u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
    Ok(bytes)
}

fn short_enough(path: &Path, limit: Limit, length: u64) -> Result<(), Refusal> {
    if length <= limit.most() { Ok(()) } else { Err(limit.reached(length, path.display())) }
}

/// The names in a folder, sorted, so that the order of a disk never shows.
pub(super) fn names(folder: &Path) -> io::Result<Vec<OsString>> {
    note(folder);
    #[expect(clippy::disallowed_methods, reason = "this is the door, where files are read")]
    let entries = std::fs::read_dir(folder)?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name());
    }
    names.sort();
    Ok(names)
}

// ---- refusals ----

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Refusal {
    let name = path.display();
    if error.kind() == io::ErrorKind::NotFound {
        return Refusal::new(Exit::File, format!("there is no file `{name}`"), near(path));
    }
    Refusal::new(Exit::File, format!("`{name}` cannot be read: {error}"), None)
}

/// What may be meant by a file that is missing: one beside it whose name is nearly the same, one of the same name close by, or those
/// beside it that end like it.
fn near(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name()?;
    let names = names(folder).unwrap_or_default();
    let beside = nearest(name.to_str()?, names.iter().filter_map(|name| name.to_str()));
    beside.or_else(|| elsewhere(path, folder, &names)).or_else(|| of_its_kind(path, folder, &names))
}

/// A file of the same name in a folder of the folder, or in the one above.
fn elsewhere(path: &Path, folder: &Path, names: &[OsString]) -> Option<String> {
    let name = path.file_name()?;
    let below =
        names.iter().map(|inner| path.with_file_name(inner)).filter(|inner| !is_hidden(inner) && inner.is_dir());
    let mut all = below.chain(folder.parent().map(Path::to_path_buf)).map(|folder| folder.join(name));
    all.find(|other| other.is_file()).map(|other| format!("did you mean `{}`?", other.display()))
}

/// The files of the folder with the ending of a missing one, a few of them by name.
fn of_its_kind(path: &Path, folder: &Path, names: &[OsString]) -> Option<String> {
    let ending = path.extension()?.to_str()?;
    let all: Vec<String> = names
        .iter()
        .map(|name| (path.with_file_name(name), folder.join(name)))
        .filter(|(_, other)| !is_hidden(other) && ends_nearly(other, &[ending]) && other.is_file())
        .map(|(shown, _)| format!("`{}`", shown.display()))
        .collect();
    let (shown, more) = all.split_at_checked(NAMED).unwrap_or((&all, &[]));
    let shown = shown.join(", ");
    match (all.len(), more.len()) {
        (0, _) => None,
        (1, _) => Some(format!("the only `.{ending}` file in that folder is {shown}")),
        (_, 0) => Some(format!("the `.{ending}` files in that folder are {shown}")),
        (_, more) => Some(format!("the `.{ending}` files in that folder are {shown} and {more} more")),
    }
}

/// So many files are named that may be meant.
const NAMED: usize = 3;

/// Something that stands where a file is read, or a folder looked through, and that is neither.
pub(super) fn not_readable(path: &Path) -> Refusal {
    let what = match (path.is_symlink() && !path.exists(), path.is_dir(), path.is_file()) {
        (true, _, _) => "is a broken link",
        (_, true, _) => "is a folder where a file is expected",
        (_, _, true) => "is a file where a folder is expected",
        (false, false, false) => "is not a regular file",
    };
    let help = "fix it, move it, or start its name with a dot so that it is ignored".to_string();
    Refusal::new(Exit::File, format!("`{}` cannot be read: it {what}", path.display()), help)
}

fn folder_for_file(path: &Path) -> Refusal {
    let inside = names(path).ok().and_then(|names| names.into_iter().find(|name| path.join(name).is_file()));
    let help = match inside {
        Some(name) => format!("give a file in it, such as `{}`", path.join(name).display()),
        None => "give a file".to_string(),
    };
    Refusal::new(Exit::CommandLine, format!("`{}` is a folder, but a file is needed here", path.display()), help)
}
