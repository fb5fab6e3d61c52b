//! Words that several findings about facts share.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::source::is_unseen;

use super::node::{Node, NodeKind};

/// How much of somebody's text a finding repeats.
const MOST_SHOWN: usize = 200;

/// How long a text may be that an entry repeats.
const MOST_OFFERED: usize = 60;

/// How many names a finding lists at most.
const MOST_LISTED: usize = 12;

/// A text as a finding repeats it: on one line, and not too long. Signs that nobody would see are named instead of shown, and of a
/// text that is cut it says how long it is.
pub(super) fn clip(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(MOST_SHOWN));
    let mut before = None;
    for (at, sign) in text.chars().enumerate() {
        if at == MOST_SHOWN {
            // Writing to a String cannot fail.
            let _ = write!(shown, "… ({} characters)", text.chars().count());
            break;
        }
        match is_unseen(before.replace(sign), sign) {
            true => _ = write!(shown, "<U+{:04X}>", u32::from(sign)),
            false => shown.push(sign),
        }
    }
    shown
}

/// A text that an entry can repeat: as a whole, on one line, and without signs that would end it there.
pub(super) fn whole(text: &str) -> Option<&str> {
    let is_whole = clip(text) == text && !text.contains(['"', '\\']) && text.chars().count() <= MOST_OFFERED;
    is_whole.then_some(text)
}

/// The same text in the form in which names and texts are compared (Unicode NFC).
pub(super) fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// A name or word in the form in which spreadsheets' headings and words are compared: case and the blanks around it mean
/// nothing, and a blank or hyphen within it is the `_` of a name.
pub(super) fn folded(text: &str) -> String {
    let blank = |sign: char| sign.is_whitespace() || sign == '-' || sign == '_';
    let words = nfc(text).to_lowercase();
    words.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
}

/// What a value is by its looks.
pub(super) fn looks(node: &Node) -> &'static str {
    match &node.kind {
        NodeKind::None => "no value",
        NodeKind::Bool(true) => "true",
        NodeKind::Bool(false) => "false",
        NodeKind::Number(_) => "a number",
        NodeKind::Text(_) | NodeKind::Plain(..) => "text",
        NodeKind::List(_) | NodeKind::Sheet(_) => "a list",
        NodeKind::Map(_) => "a record",
    }
}

/// `no files`, `1 file`, `2 files`.
pub fn many(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// `a`, `b` and `c`, each in backticks; nothing when there are none or too many to read.
pub(super) fn listed(names: &[&str]) -> Option<String> {
    let (last, before) = names.split_last().filter(|_| names.len() <= MOST_LISTED)?;
    let before: Vec<String> = before.iter().map(|name| format!("`{name}`")).collect();
    Some(if before.is_empty() { format!("`{last}`") } else { format!("{} and `{last}`", before.join(", ")) })
}
