//! Characters at the edge of a cell that some programs show as a line break: what is read of the cell has none of them, but it may be
//! two rows to whoever wrote them.

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::Sheet,
    source::{Span, looks_like_a_line_end, named},
};

/// Tells of the first of them. What stands within a cell is told where the cell is read, and texts at rest are not looked through.
pub(super) fn told(sheet: &Sheet) -> Option<Diagnostic> {
    if sheet.text.resting().is_some() || sheet.values.is_some() {
        return None;
    }
    let text = sheet.text.get(sheet.from..sheet.end())?;
    let bytes = text.as_bytes();
    let begins = |sign: char| {
        let mut all = [0; 4];
        memchr::memmem::find(bytes, sign.encode_utf8(&mut all).as_bytes()).is_some()
    };
    if memchr::memchr2(0x0b, 0x0c, bytes).is_none() && !['\u{85}', '\u{2028}', '\u{2029}'].into_iter().any(begins) {
        return None;
    }
    let is_end =
        |sign: char| u8::try_from(sign).is_ok_and(|sign| sign == sheet.delimiter) || matches!(sign, '\n' | '\r');
    let is_edge = |(at, sign): &(usize, char)| {
        let before = text.get(..*at).and_then(|before| before.rsplit(is_end).next()).unwrap_or_default();
        let behind = text.get(at.saturating_add(sign.len_utf8())..).and_then(|behind| behind.split(is_end).next());
        let behind = behind.unwrap_or_default();
        // Within quotes it is a part of the text.
        let is_quoted = before.contains('"') || behind.contains('"');
        !is_quoted && (before.trim().is_empty() != behind.trim().is_empty())
    };
    let signs = text.char_indices().filter(|(_, sign)| looks_like_a_line_end(*sign));
    let (at, sign) = signs.take(MOST_LOOKED_AT).find(is_edge)?;
    let start = sheet.from.saturating_add(at);
    let message = format!("a cell begins or ends with {}: two rows may be read as one", named(sign));
    let help =
        "use an ordinary line break between rows, or remove the character; inside quotes, it is part of the text";
    let place = Span::new(sheet.file, start, start.saturating_add(sign.len_utf8()));
    Some(codes::STRANGE_CHARACTER.at(place).say(message).help(help.to_owned()))
}

/// So many of the characters are looked at.
const MOST_LOOKED_AT: usize = 1_000;
