//! Names as they stand in a line: plain where nothing in them could be mistaken, else in quotes.

use std::fmt::Write;

use crate::source::hides;

/// `famna`, `2014/15`, `"year 4"`, `"a \"b\" \u{1b}"`.
pub fn quoted(name: &str) -> String {
    if !name.is_empty() && name.chars().all(is_plain) {
        return name.to_string();
    }
    let mut text = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if hides(c) => escaped(c, &mut text),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// Whether a sign may stand in a name without quotes.
pub(super) fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '–' | '.' | '/' | '§')
}

fn escaped(c: char, text: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
}
