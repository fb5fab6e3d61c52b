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
    /// The last lines that fit, which give way to the word on the rest if there is one.
    held: Vec<String>,
}

/// The word on the rest is no longer.
const ROOM: usize = 1_000;

/// So many characters a comment of a pull request takes, with some room for what others put around them.
pub const COMMENT: usize = 60_000;

impl<'w> Cut<'w> {
    pub fn new(out: &'w mut dyn Write, most: usize) -> Self {
        Cut { out, most, written: 0, there: 0, line: String::new(), held: Vec::new() }
    }

    fn pass(&mut self) -> fmt::Result {
        let line = std::mem::take(&mut self.line);
        self.there = self.there.saturating_add(line.chars().count());
        // Once a line was held back, so are all that follow; those that do not fit are left out.
        if self.held.is_empty() && self.there <= self.most.saturating_sub(ROOM) {
            self.written = self.there;
            self.out.write_str(&line)?;
        } else if self.there <= self.most {
            self.held.push(line);
        } else if self.held.is_empty() {
            self.held.push(String::new());
        }
        Ok(())
    }

    /// Writes what is left, and where something was left out, `rest` of how many characters there are in all.
    pub fn end(mut self, rest: impl FnOnce(usize) -> String) -> fmt::Result {
        self.pass()?;
        let rest = if self.there > self.most { rest(self.there) } else { String::new() };
        let room = self.most.saturating_sub(rest.chars().count());
        for line in self.held {
            self.written = self.written.saturating_add(line.chars().count());
            if self.written > room {
                break;
            }
            self.out.write_str(&line)?;
        }
        self.out.write_str(&rest)
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
