//! Which cell of a spreadsheet keeps it from being read. calamine says what is wrong, but not where. The cells are gone through only
//! when something is, and named by how many come before them where they do not say it themselves.

use memchr::memmem;

use crate::source::letters;

use super::{
    hidden::{attribute, each_tag, place, plain, table_of},
    odd,
    wording::clip,
};

/// A cell with a value that is not what the file says it is.
pub(super) struct Wrong {
    pub cell: String,
    pub value: String,
    /// What it should be.
    pub expected: &'static str,
}

/// A cell of an `.xlsx` while they are gone through, counted from 1 and from 0.
#[derive(Clone, Copy, Default)]
struct At {
    row: u32,
    column: u32,
}

impl At {
    /// What a row or a cell says of its place, or the one behind the last.
    fn goes_on(&mut self, name: &[u8], tag: &[u8]) {
        let said = attribute(tag, "r");
        match name {
            b"row" => {
                let row = said.and_then(|row| row.parse().ok()).unwrap_or(self.row.saturating_add(1));
                *self = At { row, column: 0 };
            }
            _ => {
                self.column =
                    said.and_then(|cell| place(&cell)).map_or(self.column, |(_, column)| column).saturating_add(1)
            }
        }
    }

    /// The name of the cell that came last.
    fn name(self) -> String {
        format!("{}{}", letters(self.column.saturating_sub(1) as usize), self.row)
    }
}

/// The rows and cells of a part of an `.xlsx`, each with its name and its tag, and where its content begins.
fn of_rows(content: &[u8]) -> impl Iterator<Item = (usize, &[u8], &[u8])> {
    each_tag(content).filter_map(|(behind, name, tag)| {
        let name = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
        matches!(name, b"row" | b"c").then_some((behind, name, tag))
    })
}

/// The cell in which a byte of a part of an `.xlsx` stands.
pub(super) fn around(content: &[u8], byte: usize) -> String {
    let mut at = At::default();
    let begins =
        |(behind, name, tag): &(usize, &[u8], &[u8])| behind.saturating_sub(name.len().saturating_add(tag.len()));
    for (_, name, tag) in of_rows(content).take_while(|tag| begins(tag) <= byte) {
        at.goes_on(name, tag);
    }
    at.name()
}

/// The first cell of a part of an `.xlsx` whose value is not of its type.
pub(super) fn of_xlsx(content: &[u8]) -> Option<Wrong> {
    let mut at = At::default();
    for (behind, name, tag) in of_rows(content) {
        at.goes_on(name, tag);
        if name == b"row" || tag.ends_with(b"/") {
            continue;
        }
        let rest = content.get(behind..).unwrap_or_default();
        let cell = rest.get(..memmem::find(rest, b"c>").unwrap_or(rest.len())).unwrap_or_default();
        let value = memmem::find(cell, b"v>").and_then(|start| cell.get(start.saturating_add(2)..)).unwrap_or_default();
        let value = value.get(..memchr::memchr(b'<', value).unwrap_or(value.len())).unwrap_or_default();
        let value = plain(&String::from_utf8_lossy(value));
        let kind = attribute(tag, "t");
        let expected = match kind.as_deref() {
            Some("n") if !value.is_empty() && !is_number_in_digits(&value) => "a number",
            Some("s") if !value.is_empty() && value.parse::<usize>().is_err() => "the number of a text",
            Some("b" | "d" | "e" | "inlineStr" | "is" | "n" | "s" | "str") | None => continue,
            Some(_) => "of a known type",
        };
        return Some(Wrong { cell: at.name(), value, expected });
    }
    None
}

/// The first cell of an `.ods` whose value is not of its type. All sheets are read, whichever is meant.
pub(super) fn of_ods(content: &[u8]) -> Option<Wrong> {
    let wrong = |tag: &[u8]| {
        let kind = attribute(tag, "office:value-type");
        let is_number = matches!(kind.as_deref(), Some("currency" | "float" | "percentage"));
        let value = attribute(tag, "office:value").filter(|_| is_number)?;
        (!is_number_in_digits(&value)).then_some(value)
    };
    let sheets = each_tag(content).filter(|(_, name, _)| *name == b"table:table");
    let mut names = sheets.filter_map(|(.., tag)| attribute(tag, "table:name"));
    names.find_map(|sheet| {
        let table = table_of(content, &plain(&sheet))?;
        let (row, column) = odd::first_in_ods(table, |tag, _| wrong(tag).is_some())?;
        let value = each_tag(table).find_map(|(.., tag)| wrong(tag))?;
        let cell =
            format!("{}{} of the sheet `{}`", letters(column as usize), row.saturating_add(1), clip(&plain(&sheet)));
        Some(Wrong { cell, value, expected: "a number" })
    })
}

/// `-12`, `.5`, `1.5E-3`.
fn is_number_in_digits(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let without_sign = |text: &str| text.strip_prefix(['-', '+']).unwrap_or(text).to_owned();
    let (number, power) = text.split_once(['e', 'E']).map_or((text, None), |(number, power)| (number, Some(power)));
    let number = without_sign(number);
    let (whole, part) = number.split_once('.').unwrap_or((&number, "0"));
    (is_digits(whole) || whole.is_empty() && is_digits(part))
        && (part.is_empty() || is_digits(part))
        && power.is_none_or(|power| is_digits(&without_sign(power)))
}
