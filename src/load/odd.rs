//! Cells whose values a file writes in forms that hardly any program uses, and that are not read as they are meant: part of a value
//! would be lost, or another text stand in its place. They are looked for before anything is read, and refused.

use memchr::memmem;

use super::{
    hidden::{attribute, each_tag, table_of},
    marks::written,
};

/// Where the first such cell stands in a part of an `.xlsx`: its value holds a comment or the like, begins with a blank, stands
/// where its type says that it does not, or is there twice.
pub(super) fn in_xlsx(text: &[u8]) -> Option<usize> {
    let before = |at: usize| text.get(..at).unwrap_or_default();
    let behind = |at: usize| text.get(at..).unwrap_or_default();
    // These signs are rare between tags, so that one look finds all three.
    let mut within = memchr::memchr3_iter(b'!', b'?', b'&', text).filter_map(|at| {
        let of_a_tag = || at.checked_sub(1).filter(|start| text.get(*start) == Some(&b'<'));
        let start = if behind(at).starts_with(b"&") {
            Some(at).filter(|at| behind(*at).starts_with(b"&#"))
        } else {
            of_a_tag()
        };
        start.filter(|start| ends_within_a_value(before(*start)))
    });
    let mut values = memmem::find_iter(text, b"v>").map(|at| at.saturating_add(2)).filter(|at| match behind(*at) {
        [b' ' | b'\n' | b'\r' | b'\t' | b'+', ..] => ends_within_a_value(before(*at)),
        [b'<', b'v', b'>', ..] => before(*at).ends_with(b"</v>"),
        _ => false,
    });
    let mut moved = memmem::find_iter(text, b"\"inlineStr\"").filter(|at| is_moved(behind(*at)));
    within.next().into_iter().chain(values.next()).chain(moved.next()).min()
}

/// Whether the last tag opens a value.
fn ends_within_a_value(text: &[u8]) -> bool {
    let tag = memchr::memrchr(b'<', text).and_then(|at| text.get(at.saturating_add(1)..)).unwrap_or_default();
    let name = tag.split(|byte| matches!(byte, b'>' | b' ')).next().unwrap_or_default();
    let is_open = memchr::memchr(b'>', tag).is_some_and(|end| !tag.get(..end).is_some_and(|tag| tag.ends_with(b"/")));
    is_open && (name == b"v" || name.ends_with(b":v") && !name.starts_with(b"/"))
}

/// Whether a cell with a text of its own, whose tag this begins in, holds a value in place of the text or beside it.
fn is_moved(rest: &[u8]) -> bool {
    let (tag, behind) = memchr::memchr(b'>', rest).and_then(|end| rest.split_at_checked(end)).unwrap_or((rest, &[]));
    if tag.ends_with(b"/") || is_text_alone(behind) {
        return false;
    }
    let cell = rest.get(..memmem::find(rest, b"</c>").unwrap_or(rest.len())).unwrap_or_default();
    memmem::find(cell, b"<v>").is_some()
}

/// Whether a cell holds one text and nothing else, as nearly all do that have a text of their own.
fn is_text_alone(behind: &[u8]) -> bool {
    let inside = behind.strip_prefix(b"><is><t").unwrap_or_default();
    let text = memchr::memchr(b'>', inside).and_then(|end| inside.get(end.saturating_add(1)..)).unwrap_or_default();
    let end = memchr::memchr(b'<', text).and_then(|end| text.get(end..)).unwrap_or_default();
    end.starts_with(b"</t></is></c>")
}

/// The first such cell of an `.ods`, counted from 0: it shows a text and does not say what it holds, or says it in no known form.
pub(super) fn in_ods(content: &[u8], sheet: &str) -> Option<(u32, u32)> {
    let table = table_of(content, sheet)?;
    let has_data = memmem::find(table, b"<![CDATA[").is_some();
    first_in_ods(table, |tag, content| !tag.ends_with(b"/") && is_odd(tag, content, has_data))
}

/// The first cell of a table of an `.ods` of whose tag and content this is true.
pub(super) fn first_in_ods(table: &[u8], is: impl Fn(&[u8], &[u8]) -> bool) -> Option<(u32, u32)> {
    let (mut row, mut next, mut column) = (0_u32, 0_u32, 0_u32);
    for (behind, name, tag) in each_tag(table) {
        let repeated =
            |name: &str| attribute(tag, name).and_then(|times| times.parse::<u32>().ok()).unwrap_or(1).max(1);
        match name {
            b"table:table-row" => {
                (row, column) = (next, 0);
                next = next.saturating_add(repeated("table:number-rows-repeated"));
            }
            b"table:table-cell" => {
                let content = table.get(behind..).unwrap_or_default();
                if is(tag, content) {
                    return Some((row, column));
                }
                column = column.saturating_add(repeated("table:number-columns-repeated"));
            }
            b"table:covered-table-cell" => {
                column = column.saturating_add(repeated("table:number-columns-repeated"));
            }
            _ => {}
        }
    }
    None
}

fn is_odd(tag: &[u8], content: &[u8], has_data: bool) -> bool {
    let value = match attribute(tag, "office:value-type").as_deref() {
        Some("string") => return has_data && attribute(tag, "office:string-value").is_none() && is_in_data(content),
        Some("float" | "percentage" | "currency") => attribute(tag, "office:value"),
        Some("date") => attribute(tag, "office:date-value"),
        Some("time") => attribute(tag, "office:time-value"),
        Some("boolean") => {
            let answer = attribute(tag, "office:boolean-value");
            if answer.as_deref().is_some_and(|answer| !matches!(answer, "true" | "false")) {
                return true;
            }
            answer
        }
        Some(_) | None => None,
    };
    value.is_none() && !written(content).trim().is_empty()
}

/// Whether the content of a cell holds text in a form in which nothing in it is a sign of the file.
fn is_in_data(content: &[u8]) -> bool {
    let end = memmem::find(content, b"</table:").unwrap_or(content.len());
    content.get(..end).is_some_and(|content| memmem::find(content, b"<![CDATA[").is_some())
}
