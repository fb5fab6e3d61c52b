//! What a sheet hides: rows and columns that are read like all others, and that somebody may have hidden since they should not
//! count. Told of `.xlsx` and `.ods`; what `.xls` hides is not looked at.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

/// Parts of a file that are longer than this are not looked at.
const LONGEST: u64 = 1 << 31;

/// How much a sheet hides that holds something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    pub rows: usize,
    pub columns: usize,
}

/// What the sheet of that name hides.
pub(super) fn hidden(bytes: &[u8], sheet: &str) -> Hidden {
    let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) else { return Hidden::default() };
    if let Some(content) = part(&mut parts, "content.xml") {
        return of_ods(&content, sheet);
    }
    let found = sheet_part(&mut parts, sheet).and_then(|path| part(&mut parts, &path));
    found.map_or_else(Hidden::default, |data| of_xlsx(&data))
}

fn part(parts: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let file = parts.by_name(name).ok()?;
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The part in which the cells of a sheet stand.
fn sheet_part(parts: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Option<String> {
    let book = part(parts, "xl/workbook.xml")?;
    let relations = part(parts, "xl/_rels/workbook.xml.rels")?;
    let is_it = |tag: &&[u8]| attribute(tag, "name").is_some_and(|name| plain(&name) == sheet);
    let id = attribute(tags(&book, "sheet").find(is_it)?, "r:id")?;
    let target = tags(&relations, "Relationship").find(|tag| attribute(tag, "Id").as_ref() == Some(&id))?;
    let target = attribute(target, "Target")?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

fn of_xlsx(data: &[u8]) -> Hidden {
    let is_hidden = |tag: &&[u8]| matches!(attribute(tag, "hidden").as_deref(), Some("1" | "true"));
    // A row that is closed at once holds nothing.
    let rows = tags(data, "row").filter(is_hidden).filter(|tag| !tag.ends_with(b"/")).count();
    let columns = tags(data, "col").filter(is_hidden).map(|tag| {
        let number = |name| attribute(tag, name).and_then(|number| number.parse::<usize>().ok());
        let (first, last) = (number("min").unwrap_or(0), number("max").unwrap_or(0));
        // Those from one on to the last that there can be hold nothing.
        if last >= 16_384 { 0 } else { last.saturating_sub(first).saturating_add(1) }
    });
    Hidden { rows, columns: columns.sum() }
}

fn of_ods(content: &[u8], sheet: &str) -> Hidden {
    let is_it = |tag: &&[u8]| attribute(tag, "table:name").is_some_and(|name| plain(&name) == sheet);
    let Some(table) = tags(content, "table:table").find(is_it) else { return Hidden::default() };
    let start = (table.as_ptr() as usize).saturating_sub(content.as_ptr() as usize);
    let rest = content.get(start..).unwrap_or_default();
    let end = memmem::find(rest, b"</table:table>").unwrap_or(rest.len());
    let table = rest.get(..end).unwrap_or_default();
    let is_hidden = |tag: &&[u8]| matches!(attribute(tag, "table:visibility").as_deref(), Some("collapse" | "filter"));
    let holds = |tag: &&[u8]| {
        let start = (tag.as_ptr() as usize).saturating_sub(table.as_ptr() as usize);
        let rest = table.get(start..).unwrap_or_default();
        let row = rest.get(..memmem::find(rest, b"</table:table-row>").unwrap_or(rest.len())).unwrap_or_default();
        memmem::find(row, b"office:value-type").is_some()
    };
    let rows = tags(table, "table:table-row").filter(is_hidden).filter(holds).count();
    let repeated = |tag: &[u8]| attribute(tag, "table:number-columns-repeated").and_then(|times| times.parse().ok());
    let columns = tags(table, "table:table-column").filter(is_hidden).map(|tag| repeated(tag).unwrap_or(1_usize));
    // A great many at once are those behind the last one that holds something.
    Hidden { rows, columns: columns.filter(|count| *count < 200).sum() }
}

/// What stands in the tags of a name, behind it.
fn tags<'t>(text: &'t [u8], name: &'static str) -> impl Iterator<Item = &'t [u8]> {
    let begins = format!("<{name}");
    let starts: Vec<usize> = memmem::find_iter(text, begins.as_bytes()).collect();
    starts.into_iter().filter_map(move |start| {
        let rest = text.get(start.saturating_add(begins.len())..)?;
        let end = memchr::memchr(b'>', rest)?;
        let ends_there = matches!(rest.first(), Some(b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t'));
        rest.get(..end).filter(|_| ends_there)
    })
}

/// An attribute of a tag, as it is written.
fn attribute(tag: &[u8], name: &str) -> Option<String> {
    let tag = std::str::from_utf8(tag).ok()?;
    let mut from = 0_usize;
    while let Some(at) = tag.get(from..)?.find(name) {
        let at = from.saturating_add(at);
        let before = at.checked_sub(1).and_then(|before| tag.as_bytes().get(before));
        let rest = tag.get(at.saturating_add(name.len())..)?.trim_start();
        if before.is_some_and(u8::is_ascii_whitespace)
            && let Some(rest) = rest.strip_prefix('=')
        {
            let rest = rest.trim_start();
            let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
            return rest.get(1..)?.split_once(quote).map(|(value, _)| value.to_owned());
        }
        from = at.saturating_add(name.len());
    }
    None
}

/// An attribute without its escapes.
fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    text.replace("&amp;", "&")
}
