//! Writing: the only place that changes files. A file is the old one or the new one, whole, whatever happens meanwhile;
//! and where nobody looks on (`CI=true`) nothing is written but what a flag has named.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use super::Exit;
use super::files::{Refusal, same};
use super::pieces::Pieces;
use crate::source::unmarked;

/// Whether files may be written in this run.
pub fn allowed() -> Result<(), Refusal> {
    #[expect(clippy::disallowed_methods, reason = "this is the door, where the environment is asked")]
    let unattended = std::env::var("CI").is_ok_and(|value| value == "true" || value == "1");
    if !unattended {
        return Ok(());
    }
    Err(Refusal {
        message: "files are not changed in CI (`CI=true`)".to_string(),
        help: Some("run it on your own copy, and commit the result".to_string()),
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
    let path = &within_its_folder(path)?;
    let folder = folder_of(path);
    let wrong = |error: io::Error| unwritable(path, &error);
    fs::create_dir_all(folder).map_err(wrong)?;
    not_read_only(path)?;
    let _held = hold(folder);
    if !was.is(there(path).map_err(wrong)?.as_deref()) {
        return Err(meanwhile(path));
    }
    sweep(folder, path);
    let half = Half::begin(folder, path).map_err(wrong)?;
    let written = half.write(text).and_then(|()| match fs::metadata(path) {
        // It may be read by those who might read what stood there.
        Ok(there) => half.file.set_permissions(there.permissions()),
        Err(_) => Ok(()),
    });
    written.and_then(|()| half.place(path)).and_then(|()| settle(folder)).map_err(wrong)
}

/// Writes a file that a flag has named, piece by piece, also where nobody looks on. What stood there before stays until the new
/// text is complete.
pub fn whole(path: &Path, text: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> Result<(), Refusal> {
    whole_of(path, |to| filled(to, text))
}

/// The same with bytes that are no text.
pub fn whole_bytes(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    whole_of(path, |mut to| to.write_all(bytes).map(|()| to))
}

fn whole_of(path: &Path, write: impl FnOnce(File) -> io::Result<File>) -> Result<(), Refusal> {
    within_the_folders(path)?;
    let path = &within_its_folder(path)?;
    let wrong = |error: io::Error| Refusal { help: no_folder(&error), ..unwritable(path, &error) };
    not_read_only(path)?;
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(a_folder(path)),
        // A device or a pipe is written to, never replaced.
        Ok(there) if !there.is_file() => {
            OpenOptions::new().write(true).open(path).and_then(write).map(|_| ()).map_err(wrong)
        }
        there => {
            let half = begun(path).map_err(wrong)?;
            let written = half.file.try_clone().and_then(write).and_then(|to| match there {
                // It may be read by those who might read what stood there.
                Ok(there) => to.set_permissions(there.permissions()),
                Err(_) => Ok(()),
            });
            written.and_then(|()| half.place(path)).and_then(|()| settle(folder_of(path))).map_err(wrong)
        }
    }
}

/// Refuses a file that a report could not be written to, before anything is judged for it.
pub fn writable(path: &Path) -> Result<(), Refusal> {
    within_the_folders(path)?;
    let path = &within_its_folder(path)?;
    let wrong = |error: io::Error| Refusal { help: no_folder(&error), ..unwritable(path, &error) };
    not_read_only(path)?;
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(a_folder(path)),
        Ok(there) if !there.is_file() => Ok(()),
        Ok(_) | Err(_) => begun(path).map(|_| ()).map_err(wrong),
    }
}

/// Refuses a file whose owner has marked it as read-only: a new file could take its place, but that is not what the mark asks for.
fn not_read_only(path: &Path) -> Result<(), Refusal> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() && there.permissions().readonly() => Err(Refusal {
            message: format!("`{}` is read-only, so it is left as it is", path.display()),
            help: Some("make it writable, or write to another file".to_string()),
            exit: Exit::File,
        }),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn filled(to: File, text: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> io::Result<File> {
    let mut pieces = Pieces::new(to);
    // What went wrong is told at the end.
    let _ = text(&mut pieces);
    pieces.end()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The file that is written, if it lies in the folder that was named. A link within the folder stays a link; one that leads out
/// of it may lead anywhere, and is refused.
fn within_its_folder(path: &Path) -> Result<PathBuf, Refusal> {
    if !path.is_symlink() {
        return Ok(path.to_path_buf());
    }
    let real = same(path);
    let folder = same(folder_of(path));
    // A link that leads nowhere leads out of the folder as soon as somebody makes what it names. Those of the system, such as
    // `/dev/stdout`, are meant to lead elsewhere.
    if !real.is_symlink() && (real.starts_with(&folder) || folder == Path::new("/dev")) {
        return Ok(real);
    }
    Err(Refusal {
        message: format!("`{}` is a link that leads out of its folder, so it is not written to", path.display()),
        help: Some("give the file itself, or remove the link".to_string()),
        exit: Exit::File,
    })
}

/// Refuses a path below the folder of the run on which a folder is a link that leads out of the folder that it stands in: it may
/// come with somebody else's files. What stands above, or elsewhere, is named by the user.
fn within_the_folders(path: &Path) -> Result<(), Refusal> {
    let here = std::path::absolute(".").unwrap_or_default();
    let below = path.strip_prefix(&here).unwrap_or(path);
    if below.is_absolute() {
        return Ok(());
    }
    let mut folder = PathBuf::from(".");
    for part in folder_of(below).components() {
        let inner = folder.join(part);
        if inner.is_symlink() && !same(&inner).starts_with(same(&folder)) {
            return Err(Refusal {
                message: format!(
                    "`{}` is reached through `{}`, a link that leads out of its folder, so it is not written to",
                    path.display(),
                    inner.strip_prefix(".").unwrap_or(&inner).display()
                ),
                help: Some(format!("give the folder itself, `{}`, or remove the link", same(&inner).display())),
                exit: Exit::File,
            });
        }
        folder = inner;
    }
    Ok(())
}

fn a_folder(path: &Path) -> Refusal {
    Refusal {
        message: format!("`{}` is a folder, but a report needs a file", path.display()),
        help: Some("give a file in it".to_string()),
        exit: Exit::File,
    }
}

// ---- texts on their way ----

/// A text on its way: hidden, of this run alone, and locked as long as the run lasts. It takes its place when it is complete; until
/// then it goes when it is dropped, or when the run is ended by a signal. What a run leaves that was killed, the next takes away.
struct Half {
    path: PathBuf,
    file: File,
}

/// Those that lie there now.
static HALVES: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Signals are heeded from the first of them on.
static HEEDED: Once = Once::new();

/// A new one for a path, in a folder that nobody else looks through meanwhile.
fn begun(path: &Path) -> io::Result<Half> {
    let folder = folder_of(path);
    let _held = hold(folder);
    sweep(folder, path);
    Half::begin(folder, path)
}

impl Half {
    fn begin(folder: &Path, path: &Path) -> io::Result<Half> {
        HEEDED.call_once(heed_signals);
        let half = folder.join(format!("{}{}{HALF}", half_of(path), std::process::id()));
        let mut halves = halves();
        // A new file: what lies there by that name, perhaps a link, is not written to.
        let file = OpenOptions::new().write(true).create_new(true).open(&half)?;
        halves.insert(half.clone());
        drop(halves);
        // Where files cannot be locked, nothing is swept either.
        let _ = file.try_lock();
        Ok(Half { path: half, file })
    }

    fn write(&self, text: &str) -> io::Result<()> {
        (&self.file).write_all(text.as_bytes())
    }

    fn place(self, path: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, path)
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        // When it has taken its place, nothing is there any more.
        let _ = fs::remove_file(&self.path);
        forget(&self.path);
    }
}

fn forget(half: &Path) {
    halves().remove(half);
}

fn halves() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    HALVES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes away what is half written, since the run ends. From then on nothing more is begun.
pub fn abandon() {
    let halves = halves();
    halves.iter().for_each(|half| drop(fs::remove_file(half)));
    std::mem::forget(halves);
}

/// Ends the run as a signal asks, but takes away what is half written first.
#[cfg(unix)]
fn heed_signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            abandon();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
fn heed_signals() {}

fn no_folder(error: &io::Error) -> Option<String> {
    (error.kind() == io::ErrorKind::NotFound).then(|| "its folder does not exist; create it first".to_string())
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
            Ok(Some(unmarked(&text).to_string()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn half_of(path: &Path) -> String {
    format!(".{}.", path.file_name().unwrap_or_default().display())
}

/// The ending of files on their way.
const HALF: &str = ".half";

/// Takes away what lies half written for a path and belongs to no run.
fn sweep(folder: &Path, path: &Path) {
    #[expect(clippy::disallowed_methods, reason = "this is the door, where folders are read")]
    let Ok(entries) = fs::read_dir(folder) else { return };
    let start = half_of(path);
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let middle = name.strip_prefix(&start).and_then(|name| name.strip_suffix(HALF));
        if middle.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) && is_left(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a half was left by a run that has ended: nobody holds it locked any more.
fn is_left(half: &Path) -> bool {
    !half.is_symlink() && open(half).is_ok_and(|half| half.try_lock().is_ok())
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
        message: format!("`{}` was changed by someone else in the meantime, so it is left unchanged", path.display()),
        help: Some("start again to use the new text".to_string()),
        exit: Exit::File,
    }
}
