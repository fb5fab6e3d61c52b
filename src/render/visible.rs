//! Characters that hide, made visible.
//! A text from outside may hold characters that move the cursor, colour the screen or turn the reading direction; a
//! reader is shown `<U+001B>` instead. What a program reads (JSON) keeps the characters, escaped.

use std::fmt::Write;
use std::path::Path;

use crate::source::{is_unseen, unseen};

/// A text for one line: line breaks and tabs are made visible too.
pub fn line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for (at, c) in unseen(text) {
        shown.push_str(text.get(from..at).unwrap_or_default());
        mark(c, &mut shown);
        from = at.saturating_add(c.len_utf8());
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

/// A path as it is written in a command: with quotes where a shell would take it for something else.
pub fn word(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |sign: char| sign.is_alphanumeric() || "/.,_-+=:@%".contains(sign);
    let is_whole = !text.is_empty() && text.chars().all(|sign| is_plain(sign) || cfg!(windows) && sign == '\\');
    match () {
        () if is_whole => text,
        () if cfg!(windows) => format!("\"{text}\""),
        () => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

/// A text of many lines: line breaks and tabs stay what they are.
pub fn text(text: &str) -> Visible {
    let mut visible = Visible { text: String::with_capacity(text.len()), shifts: Vec::new() };
    let (mut rest, mut before) = (text.chars(), None);
    while let Some(c) = rest.next() {
        let stays = matches!(c, '\n' | '\t') || (c == '\r' && rest.as_str().starts_with('\n'));
        if stays || !is_unseen(before.replace(c), c) {
            visible.text.push(c);
        } else {
            mark(c, &mut visible.text);
            let original = text.len().saturating_sub(rest.as_str().len());
            visible.shifts.push(Shift { original, shown: visible.text.len() });
        }
    }
    visible
}

/// A text as it is shown, and how its bytes lie to those of the original.
#[derive(Clone, Debug)]
pub struct Visible {
    pub text: String,
    shifts: Vec<Shift>,
}

/// From `original` on, bytes are found at `shown` instead.
#[derive(Clone, Copy, Debug)]
struct Shift {
    original: usize,
    shown: usize,
}

impl Visible {
    /// Where byte `at` of the original is shown.
    pub fn shown(&self, at: usize) -> usize {
        let before = self.shifts.partition_point(|shift| shift.original <= at);
        let Some(shift) = before.checked_sub(1).and_then(|last| self.shifts.get(last)) else { return at };
        at.saturating_sub(shift.original).saturating_add(shift.shown)
    }

    /// Which byte of the original is shown at `at`.
    pub fn original(&self, at: usize) -> usize {
        let before = self.shifts.partition_point(|shift| shift.shown <= at);
        let Some(shift) = before.checked_sub(1).and_then(|last| self.shifts.get(last)) else { return at };
        at.saturating_sub(shift.shown).saturating_add(shift.original)
    }
}

fn mark(c: char, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(out, "<U+{:04X}>", u32::from(c));
}
