//! A sheet's text cut into pieces of whole rows, so that several can be read at once and a long text need never be held as a
//! whole: what is at rest in its file is fetched piece by piece.

use crate::{
    facts::sheet::{Sheet, row_end},
    source::{Fingerprint, Text},
};

/// About how many bytes a piece has. It depends on nothing, so that what comes of the pieces is always the same.
pub(super) const PIECE: usize = 1 << 16;

/// Whole rows.
pub(super) struct Piece<'t> {
    /// Counted from 0.
    pub number: usize,
    /// Where it begins in the text.
    pub start: usize,
    pub bytes: &'t [u8],
}

/// What has not been handed out yet.
pub(super) struct Pieces<'t> {
    text: &'t Text,
    delimiter: u8,
    at: usize,
    /// Where the rows end.
    end: usize,
    number: usize,
    /// What a text at rest has come to so far.
    print: Fingerprint,
}

impl<'t> Pieces<'t> {
    pub fn of(sheet: &'t Sheet) -> Self {
        let at = sheet.body();
        let print = sheet.text.resting().and_then(|_| sheet.head().as_bytes().get(..at)).map(Fingerprint::of);
        let print = print.unwrap_or_default();
        Pieces { text: &sheet.text, delimiter: sheet.delimiter, at, end: sheet.end(), number: 0, print }
    }

    /// Keeps what the text came to, now that all of it was read.
    pub fn end(self) {
        if let Some(rest) = self.text.resting().filter(|_| self.at == self.text.len()) {
            rest.came_to(self.print);
        }
    }

    /// The next piece; `room` is where it is fetched into.
    pub fn next<'b>(&mut self, room: &'b mut Vec<u8>) -> Option<Piece<'b>>
    where
        't: 'b,
    {
        let (start, left) = (self.at, self.end.saturating_sub(self.at));
        if left == 0 {
            return None;
        }
        let mut length = PIECE.min(left);
        let rows = loop {
            self.fetch(room, length);
            let rows = self.rows(room, length);
            if rows > 0 {
                break rows;
            }
            // A row longer than a piece.
            length = length.saturating_mul(2).min(left);
        };
        self.at = start.saturating_add(rows);
        let number = self.number;
        self.number = number.saturating_add(1);
        let bytes = match self.text.resting() {
            None => self.text.as_bytes().get(start..self.at).unwrap_or_default(),
            Some(_) => {
                let bytes = room.get(..rows).unwrap_or_default();
                self.print.take(bytes);
                bytes
            }
        };
        Some(Piece { number, start, bytes })
    }

    fn fetch(&self, room: &mut Vec<u8>, length: usize) {
        let Some(rest) = self.text.resting() else { return };
        if room.len() < length {
            room.resize(length, 0);
        }
        if let Some(room) = room.get_mut(..length) {
            rest.fetch(self.at, room);
        }
    }

    /// How long the rows are that are whole within so many bytes.
    fn rows(&self, room: &[u8], length: usize) -> usize {
        let end = self.at.saturating_add(length);
        let bytes = match self.text.resting() {
            None => self.text.as_bytes().get(self.at..end).unwrap_or_default(),
            Some(_) => room.get(..length).unwrap_or_default(),
        };
        if end >= self.end { length } else { whole_rows(bytes, self.delimiter) }
    }
}

/// How long the rows are that end within a text.
fn whole_rows(bytes: &[u8], delimiter: u8) -> usize {
    let quote = memchr::memchr(b'"', bytes);
    let plain = bytes.get(..quote.unwrap_or(bytes.len())).unwrap_or_default();
    let mut whole = memchr::memrchr(b'\n', plain).map_or(0, |last| last.saturating_add(1));
    if quote.is_none() {
        return whole;
    }
    // With quotes only a walk tells which line breaks end a row.
    loop {
        let end = row_end(bytes, whole, delimiter);
        if end >= bytes.len() {
            return whole;
        }
        whole = end.saturating_add(1);
    }
}
