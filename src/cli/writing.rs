//! Files written: whole, or not at all. A text is written beside the file and then takes its place.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Exit;
use super::files::Refusal;

/// Takes a text piece by piece, and remembers what went wrong with it.
pub struct Pieces<W: Write> {
    to: BufWriter<W>,
    failed: Option<io::Error>,
}

/// So much is written at once.
const PIECE: usize = 1 << 16;

impl<W: Write> Pieces<W> {
    pub fn new(to: W) -> Self {
        Pieces { to: BufWriter::with_capacity(PIECE, to), failed: None }
    }

    /// What is left is written, and what went wrong comes out. The destination is dropped.
    pub fn end(self) -> io::Result<W> {
        match self.failed {
            Some(error) => Err(error),
            None => self.to.into_inner().map_err(io::IntoInnerError::into_error),
        }
    }
}

impl<W: Write> fmt::Write for Pieces<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.to.write_all(text.as_bytes()).map_err(|error| {
            self.failed = Some(error);
            fmt::Error
        })
    }
}

/// Writes a file. What stood there before stays until the new text is complete.
pub fn whole(path: &Path, text: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> Result<(), Refusal> {
    let told = |error: &io::Error| unwritable(path, error);
    // Whoever follows a link, keeps it.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(Refusal {
            message: format!("`{}` is a folder; a report is a file", path.display()),
            help: Some("name a file in it".to_string()),
            exit: Exit::File,
        }),
        // A device or a pipe is written to, never replaced.
        Ok(there) if !there.is_file() => {
            let to = OpenOptions::new().write(true).open(path).map_err(|error| told(&error))?;
            filled(to, text).map(|_| ()).map_err(|error| told(&error))
        }
        there => {
            let beside = beside(path);
            let written = replaced(path, &beside, there.ok(), text);
            written.map_err(|error| {
                let _ = fs::remove_file(&beside);
                told(&error)
            })
        }
    }
}

fn replaced(
    path: &Path,
    beside: &Path,
    there: Option<fs::Metadata>,
    text: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result,
) -> io::Result<()> {
    let file = filled(OpenOptions::new().write(true).create_new(true).open(beside)?, text)?;
    if let Some(there) = there {
        file.set_permissions(there.permissions())?;
    }
    file.sync_all()?;
    fs::rename(beside, path)
}

fn filled(to: File, text: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> io::Result<File> {
    let mut pieces = Pieces::new(to);
    // What went wrong is told at the end.
    let _ = text(&mut pieces);
    pieces.end()
}

/// A name in the same folder that no other run uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

fn unwritable(path: &Path, error: &io::Error) -> Refusal {
    let help =
        (error.kind() == io::ErrorKind::NotFound).then(|| "its folder does not exist; make it first".to_string());
    Refusal { message: format!("`{}` cannot be written: {error}", path.display()), help, exit: Exit::File }
}
