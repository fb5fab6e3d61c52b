//! Several hands read a sheet at once, a piece each; what comes of the pieces is handed on in the order of the text.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::facts::sheet::Sheet;
use crate::workers::{at_hand, beside};

use super::{
    chunk::{self, Chunk, Lane},
    pieces::Pieces,
};

/// A text is read by several hands when it is longer than this, in bytes.
const SHORT: usize = 1 << 20;
/// More hands than this bring nothing.
const MOST_HANDS: usize = 16;

/// Reads the pieces of a sheet, several at once, and hands on what comes of each, in the order of the text. That is the same
/// however many hands there are. A text at rest that turns out to be none in UTF-8 is fetched whole, and not read on.
pub(super) fn read(sheet: &Sheet, lanes: &[Lane], mut append: impl FnMut(&mut Chunk)) -> Seen {
    let hands = at_hand().min(MOST_HANDS);
    let hands = if sheet.text.len() < SHORT { 1 } else { hands };
    let is_text = AtomicBool::new(true);
    let desk = Desk { sheet, lanes, pieces: Mutex::new(Pieces::of(sheet)), is_text, done: Mutex::default() };
    let work = || {
        let mut room = Vec::new();
        while desk.work(&mut room) {}
    };
    let mut next = 0_usize;
    beside((1..hands).map(|_| work), || {
        let mut room = Vec::new();
        while desk.work(&mut room) {
            desk.hand_on(&mut next, &mut append);
        }
    });
    desk.hand_on(&mut next, &mut append);
    let Desk { pieces, is_text, .. } = desk;
    if is_text.into_inner() {
        pieces.into_inner().unwrap_or_else(PoisonError::into_inner).end();
        return Seen::Text;
    }
    // Asking for its length as a text fetches it.
    let _ = str::len(&sheet.text);
    Seen::NoText
}

/// Whether a text was one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Text,
    NoText,
}

/// Whether a carriage return ends a line alone.
fn has_carriage_returns(bytes: &[u8]) -> bool {
    let next = |at: usize| bytes.get(at.saturating_add(1));
    memchr::memchr_iter(b'\r', bytes).any(|at| next(at).is_some_and(|next| *next != b'\n'))
}

/// What those who read a sheet share.
struct Desk<'a> {
    sheet: &'a Sheet,
    lanes: &'a [Lane],
    pieces: Mutex<Pieces<'a>>,
    is_text: AtomicBool,
    done: Mutex<Done>,
}

#[derive(Default)]
struct Done {
    /// What was read and not handed on yet, by the numbers of the pieces.
    ready: BTreeMap<usize, Chunk>,
    /// Kept only for their room.
    spare: Vec<Chunk>,
}

impl Desk<'_> {
    /// Reads a piece; `false` when there is none any more.
    fn work(&self, room: &mut Vec<u8>) -> bool {
        let Some(piece) = self.pieces.lock().unwrap_or_else(PoisonError::into_inner).next(room) else { return false };
        let text = std::str::from_utf8(piece.bytes);
        // A line that ends as in no other file so far, too: what is fetched whole has the same end behind every line.
        let is_read = text.is_ok() && (self.sheet.text.resting().is_none() || !has_carriage_returns(piece.bytes));
        if !is_read {
            self.is_text.store(false, Ordering::Relaxed);
        }
        let Some(text) = text.ok().filter(|_| is_read && self.is_text.load(Ordering::Relaxed)) else { return false };
        let spare = self.done.lock().unwrap_or_else(PoisonError::into_inner).spare.pop();
        let mut chunk = spare.unwrap_or_default();
        chunk::read(self.sheet, self.lanes, (&piece, text), &mut chunk);
        self.done.lock().unwrap_or_else(PoisonError::into_inner).ready.insert(piece.number, chunk);
        true
    }

    /// Hands on what is ready, as long as nothing is missing in between.
    fn hand_on(&self, next: &mut usize, append: &mut impl FnMut(&mut Chunk)) {
        let ready = |next: usize| self.done.lock().unwrap_or_else(PoisonError::into_inner).ready.remove(&next);
        while let Some(mut chunk) = ready(*next) {
            append(&mut chunk);
            self.done.lock().unwrap_or_else(PoisonError::into_inner).spare.push(chunk);
            *next = next.saturating_add(1);
        }
    }
}
