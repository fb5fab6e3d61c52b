//! Words from outside put into a notation, so that they stay words: Markdown, HTML and XML, comma-separated values, addresses.
//! Characters that hide are made visible in all of them.

use std::fmt::{self, Write};

use super::{mistaken, repository, visible};
use crate::source::hides;

/// Words in Markdown, whatever signs of the notation they hold.
pub fn markdown(words: &str) -> String {
    let mut text = String::new();
    for letter in visible::line(words).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&') {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

/// A sentence of ours in Markdown: what stands between backticks there is shown as it was written.
pub fn sentence(words: &str) -> String {
    let parts: Vec<&str> = words.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return markdown(words);
    }
    let part = |(at, part): (usize, &&str)| match at % 2 {
        0 => markdown(part),
        _ if part.is_empty() => String::new(),
        _ => code(part),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Words as they were written, in a fence of Markdown that none of them closes.
pub fn code(words: &str) -> String {
    let words = visible::line(words);
    let longest = words.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.saturating_add(1));
    let room = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{fence}{room}{words}{room}{fence}")
}

/// Words in HTML or XML, within an element or within a quoted attribute.
pub fn markup(words: &str) -> Markup<'_> {
    Markup { words, lines: Lines::Shown }
}

/// The same for a text of several lines: line breaks and tabs stay what they are.
pub fn markup_lines(words: &str) -> Markup<'_> {
    Markup { words, lines: Lines::Kept }
}

/// See [`markup`].
pub struct Markup<'a> {
    words: &'a str,
    lines: Lines,
}

enum Lines {
    Shown,
    Kept,
}

impl fmt::Display for Markup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.words.chars() {
            match (letter, &self.lines) {
                ('&', _) => f.write_str("&amp;")?,
                ('<', _) => f.write_str("&lt;")?,
                ('>', _) => f.write_str("&gt;")?,
                ('"', _) => f.write_str("&quot;")?,
                ('\'', _) => f.write_str("&#39;")?,
                ('\n' | '\t', Lines::Kept) => f.write_char(letter)?,
                // XML has no way at all to write some of these.
                (hidden, _) if hides(hidden) || matches!(hidden, '\u{fffe}' | '\u{ffff}') => {
                    write!(f, "&lt;U+{:04X}&gt;", u32::from(hidden))?;
                }
                (letter, _) => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

/// Words as one value between commas. A spreadsheet takes what begins with one of some signs for a formula and runs it: a
/// quote before it tells that it is none. Quotes around what it would take for a number or a day tell that these are words.
pub fn cell(words: &str) -> String {
    let mut shown = visible::line(words);
    if shown.starts_with(['=', '+', '-', '@']) {
        shown.insert(0, '\'');
    }
    let is_quoted = shown.contains([',', '"', '\n', ';']) || mistaken::is_mistaken(&shown);
    match is_quoted || shown.starts_with(' ') || shown.ends_with(' ') {
        true => format!("\"{}\"", shown.replace('"', "\"\"")),
        false => shown,
    }
}

/// A file's path as programs compare it: `hall/f.ron`, never `./hall/f.ron`, with which nothing would be found.
pub fn plain_path(path: &str) -> String {
    let path = path.replace('\\', "/");
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let joined = parts.join("/");
    match (path.starts_with('/'), joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => path,
        (false, false) => joined,
    }
}

/// A file's path as an address relative to its repository, or else to where the run began; an absolute one as a `file:` address.
pub fn address(path: &str) -> String {
    let path = repository::path(path);
    let mut text = if path.starts_with('/') { "file://".to_string() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => text.push(char::from(byte)),
            // Writing to a String cannot fail.
            other => _ = write!(text, "%{other:02X}"),
        }
    }
    text
}
