//! A text written piece by piece, so that it never stands in memory as a whole.

use std::fmt;
use std::io::{self, BufWriter, Write};

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
