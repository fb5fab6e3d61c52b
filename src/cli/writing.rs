//! Writing: the only place that changes files. A file is the old one or the new one, whole, whatever happens meanwhile;
//! and where nobody looks on (`CI=true`) nothing is written but what a flag has named.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Exit;
use super::files::{Refusal, same};
use super::pieces::Pieces;

/// Whether files may be written in this run.
pub fn allowed() -> Result<(), Refusal> {
    #[expect(clippy::disallowed_methods, reason = "this is the door, where the environment is asked")]
    let unattended = std::env::var("CI").is_ok_and(|value| value == "true" || value == "1");
    if !unattended {
        return Ok(());
    }
    Err(Refusal {
        message: "nothing is written here, since nobody looks on (`CI=true`)".to_string(),
        help: Some("accept where the files are yours, and commit what was accepted".to_string()),
        exit: Exit::CommandLine,
    })
}

/// What is thought to be there still.
#[derive(Clone, Copy, Debug)]
pub enum There<'t> {
    Nothing,
    Text(&'t str),
    /// Whatever it is, it may go.
    Anything,
}

/// Puts a text in the place of another. It is written beside it, and takes its place only when all of it is on the disk.
pub fn replace(path: &Path, was: There, text: &str) -> Result<(), Refusal> {
    allowed()?;
    // A link stays a link: what it leads to is replaced.
    let path = &same(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let wrong = |error: io::Error| unwritable(path, &error);
    fs::create_dir_all(folder).map_err(wrong)?;
    let held = hold(folder);
    if !was.is(there(path).map_err(wrong)?.as_deref()) {
        return Err(meanwhile(path));
    }
    if held.is_some() {
        // No one else writes here now, so what lies half written was left by a run that was killed.
        sweep(folder, path);
    }
    let beside = beside(folder, path);
    let written = write(&beside, text).and_then(|()| fs::rename(&beside, path)).and_then(|()| settle(folder));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.map_err(wrong)
}

/// Writes a file that a flag has named, piece by piece, also where nobody looks on. What stood there before stays until the new
/// text is complete.
pub fn whole(path: &Path, text: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> Result<(), Refusal> {
    // A link stays a link: what it leads to is replaced.
    let path = &same(path);
    let wrong = |error: io::Error| Refusal { help: no_folder(&error), ..unwritable(path, &error) };
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(Refusal {
            message: format!("`{}` is a folder; a report is a file", path.display()),
            help: Some("name a file in it".to_string()),
            exit: Exit::File,
        }),
        // A device or a pipe is written to, never replaced.
        Ok(there) if !there.is_file() => {
            OpenOptions::new().write(true).open(path).and_then(|to| filled(to, text)).map(|_| ()).map_err(wrong)
        }
        there => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let beside = beside(folder, path);
            let file = OpenOptions::new().write(true).create(true).truncate(true).open(&beside);
            let written = file.and_then(|to| placed(filled(to, text)?, there.ok(), &beside, path));
            if written.is_err() {
                let _ = fs::remove_file(&beside);
            }
            written.and_then(|()| settle(folder)).map_err(wrong)
        }
    }
}

fn filled(to: File, text: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> io::Result<File> {
    let mut pieces = Pieces::new(to);
    // What went wrong is told at the end.
    let _ = text(&mut pieces);
    pieces.end()
}

/// A file that is complete takes the place of another, and may be read by those who might read that one.
fn placed(file: File, there: Option<fs::Metadata>, beside: &Path, path: &Path) -> io::Result<()> {
    if let Some(there) = there {
        file.set_permissions(there.permissions())?;
    }
    file.sync_all()?;
    fs::rename(beside, path)
}

fn no_folder(error: &io::Error) -> Option<String> {
    (error.kind() == io::ErrorKind::NotFound).then(|| "its folder does not exist; make it first".to_string())
}

/// Takes a file away, if it is there.
pub fn remove(path: &Path) -> Result<(), Refusal> {
    allowed()?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(path, &error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

impl There<'_> {
    fn is(self, text: Option<&str>) -> bool {
        match self {
            There::Nothing => text.is_none(),
            There::Text(was) => text == Some(was),
            There::Anything => true,
        }
    }
}

/// The folder held against other runs until the file is dropped; nothing where folders cannot be held.
fn hold(folder: &Path) -> Option<File> {
    let folder = open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// The text that is there.
fn there(path: &Path) -> io::Result<Option<String>> {
    #[expect(clippy::disallowed_methods, reason = "this is the door, where files are read")]
    match fs::read(path) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            Ok(Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_string()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where a text is written first: hidden, and of this run alone.
fn beside(folder: &Path, path: &Path) -> PathBuf {
    folder.join(format!("{}{}{HALF}", half_of(path), std::process::id()))
}

fn half_of(path: &Path) -> String {
    format!(".{}.", path.file_name().unwrap_or_default().display())
}

/// The ending of files on their way.
const HALF: &str = ".half";

fn sweep(folder: &Path, path: &Path) {
    #[expect(clippy::disallowed_methods, reason = "this is the door, where folders are read")]
    let Ok(entries) = fs::read_dir(folder) else { return };
    let start = half_of(path);
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let middle = name.strip_prefix(&start).and_then(|name| name.strip_suffix(HALF));
        if middle.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Makes the new name last, where folders can be synced.
fn settle(folder: &Path) -> io::Result<()> {
    match open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn open(folder: &Path) -> io::Result<File> {
    #[expect(clippy::disallowed_methods, reason = "this is the door, where files are opened")]
    File::open(folder)
}

fn unwritable(path: &Path, error: &io::Error) -> Refusal {
    let message = format!("`{}` cannot be written: {error}", path.display());
    Refusal { message, help: None, exit: Exit::File }
}

fn meanwhile(path: &Path) -> Refusal {
    Refusal {
        message: format!("`{}` was changed by somebody else meanwhile, and is left as it is", path.display()),
        help: Some("start the review again: it shows what differs from the new text".to_string()),
        exit: Exit::File,
    }
}
