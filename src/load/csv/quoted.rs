//! The records of a text of which nobody knows yet what separates their cells: lines, unless a text in quotes goes on in the next one.

/// What may separate cells.
const SIGNS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// So many lines a text in quotes may have; a longer one is rather a quote that nobody closed.
const MOST_LINES: usize = 100;

/// The records, one after the other, without the line breaks behind them.
pub(super) fn records(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text).filter(|text| !text.is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let line = || memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
        let end = end(text.as_bytes()).unwrap_or_else(line);
        let record = text.get(..end)?;
        rest = text.get(end.saturating_add(1)..).filter(|rest| !rest.is_empty());
        Some(record.strip_suffix('\r').unwrap_or(record))
    })
}

/// Where the first record of a text ends; nothing where a quote in it is never closed.
fn end(text: &[u8]) -> Option<usize> {
    let (mut at, mut lines, mut is_in_quotes, mut begins) = (0_usize, 0_usize, false, true);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' if is_in_quotes && text.get(at.saturating_add(1)) == Some(&b'"') => at = at.saturating_add(1),
            b'"' if is_in_quotes => is_in_quotes = false,
            b'"' if begins => is_in_quotes = true,
            b'\n' if is_in_quotes => lines = lines.saturating_add(1),
            b'\n' => return Some(at),
            _ => {}
        }
        if lines > MOST_LINES {
            return None;
        }
        begins = !is_in_quotes && (SIGNS.contains(byte) || begins && *byte == b' ');
        at = at.saturating_add(1);
    }
    (!is_in_quotes).then_some(text.len())
}
