//! Ids of a spreadsheet that are no texts while others are: a program made a date of `1-2`, or an answer of `true`.

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::{Sheet, SheetCell},
    source::Span,
};

use super::{
    super::wording::clip,
    rows::{Passed, next_row},
};

/// So many rows show whether ids are texts.
const MOST_LOOKED_AT: usize = 50;

/// Whether a value may be one that a program made of an id: a quick look at each of very many.
pub(super) fn may_be_one(id: &[u8]) -> bool {
    kind(id).is_some()
}

/// What a value is that is hardly an id.
fn kind(id: &[u8]) -> Option<&'static str> {
    let is_digit = |at: usize| id.get(at).is_some_and(u8::is_ascii_digit);
    match id {
        b"true" | b"false" => Some("yes or no"),
        [_, _, _, _, b'-', _, _, b'-', _, _, ..] if (0..4).all(is_digit) => Some("a date"),
        [_, _, b':', ..] if is_digit(0) && is_digit(1) => Some("a time"),
        [b'0'..=b'9', ..] if id.contains(&b'.') && id.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') => {
            Some("a number with decimals")
        }
        _ => None,
    }
}

/// What an id is that is such a value, how it reads, and where it stands.
pub(super) type Odd = (&'static str, String, Span);

/// What an id is that is such a value.
pub(super) fn odd(text: &str) -> Option<&'static str> {
    kind(text.as_bytes())
}

/// Warns of the first id that is such a value, where others are texts. Where each row begins is given.
pub(super) fn first(sheet: &Sheet, starts: &[usize]) -> Option<Diagnostic> {
    let column = sheet.ids().filter(|_| sheet.values.is_some())?;
    let odd = |start: &usize| {
        let cells = sheet.cells(*start);
        let cell = cells.get(column)?;
        let is_value = sheet.dialect_of(sheet.text.as_bytes().get(cell.start)).is_of_values;
        let kind = odd(&cell.text).filter(|_| is_value)?;
        Some((kind, clip(&cell.text), Span::new(sheet.file, cell.start, cell.end)))
    };
    told(sheet, starts.iter().find_map(odd)?)
}

/// Warns of such an id, where others are texts, and says how many more there are.
pub(super) fn told(sheet: &Sheet, (kind, word, at): Odd) -> Option<Diagnostic> {
    let column = sheet.ids()?;
    let is_text = |cell: &SheetCell| {
        sheet.text.as_bytes().get(cell.start) == Some(&b'"') && cell.text.contains(char::is_alphanumeric)
    };
    let rows = || {
        let (bytes, mut at_row) = (sheet.text.as_bytes(), sheet.body());
        std::iter::from_fn(move || {
            let row = next_row(bytes.get(..sheet.end())?, at_row, sheet.delimiter, &mut Passed::default())?;
            at_row = row.end.saturating_add(1);
            Some(sheet.cells(row.start))
        })
    };
    if !rows().take(MOST_LOOKED_AT).any(|cells| cells.get(column).is_some_and(is_text)) {
        return None;
    }
    let more = rows().filter_map(|cells| {
        let cell = cells.get(column).filter(|cell| cell.start > at.start as usize && !sheet.is_skipped(cell.start))?;
        let is_value = sheet.text.as_bytes().get(cell.start) != Some(&b'"');
        let span = Span::new(sheet.file, cell.start, cell.end);
        odd(&cell.text).filter(|_| is_value).map(|kind| (kind, clip(&cell.text), span))
    });
    let more: Vec<Odd> = more.collect();
    let mut message = format!("this cell has {kind}, `{word}`, which is read as an id, but other ids are texts");
    if !more.is_empty() {
        let ids = if more.len() == 1 { "id is such a value" } else { "ids are such values" };
        message.push_str(&format!("; {} more {ids}", more.len()));
    }
    let help = "if a program changed the id, format the cell as text and write the id again".to_owned();
    let finding = codes::CSV_GUESSED.at(at).say(message).help(help);
    Some(
        more.iter()
            .take(MORE_SHOWN)
            .fold(finding, |finding, (kind, word, at)| finding.also(*at, format!("{kind}, `{word}`"))),
    )
}

/// So many are shown beside the first.
const MORE_SHOWN: usize = 2;
