//! A text cut at the end of a line where it grows longer than a place takes that it is pasted to, with a word on where all of it
//! is found.

use std::fmt::{self, Write};

/// What is written to it goes on, up to a limit of characters.
pub struct Cut<'w> {
    out: &'w mut dyn Write,
    most: usize,
    /// How many characters went on, and how many came.
    written: usize,
    there: usize,
    line: String,
}

/// So many characters a comment of a pull request takes, with some room for what others put around them.
pub const COMMENT: usize = 60_000;

impl<'w> Cut<'w> {
    pub fn new(out: &'w mut dyn Write, most: usize) -> Self {
        Cut { out, most, written: 0, there: 0, line: String::new() }
    }

    fn pass(&mut self) -> fmt::Result {
        let long = self.line.chars().count();
        let (before, there) = (self.there, self.there.saturating_add(long));
        self.there = there;
        // Once a line was left out, so are all that follow.
        if there <= self.most && before == self.written {
            self.written = there;
            self.out.write_str(&self.line)?;
        }
        self.line.clear();
        Ok(())
    }

    /// Writes what is left, and where something was left out, `rest` of how many characters there are in all.
    pub fn end(mut self, rest: impl FnOnce(usize) -> String) -> fmt::Result {
        self.pass()?;
        if self.written < self.there { self.out.write_str(&rest(self.there)) } else { Ok(()) }
    }
}

impl Write for Cut<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for part in text.split_inclusive('\n') {
            self.line.push_str(part);
            if part.ends_with('\n') {
                self.pass()?;
            }
        }
        Ok(())
    }
}
