//! What a sheet hides and merges: rows and columns that are read like all others, and that somebody may have hidden since they
//! should not count; and cells that hold nothing, since they are shown as one with another. What `.xls` hides is found in its records.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use super::{biff::By, odd, runs};

/// Parts of a file that are longer than this are not looked at.
const LONGEST: u64 = 1 << 31;

/// What a sheet hides that holds something, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    pub rows: Vec<u32>,
    /// The first and the last of those that stand together.
    pub columns: Vec<(u32, u32)>,
}

/// First and last row and column of merged cells, counted from 0.
pub(super) type Merged = ((u32, u32), (u32, u32));

/// What an `.xlsx` says of the sheet of that name beside its cells: what it hides, and which of its cells are merged.
pub(super) fn of_xlsx(bytes: &[u8], sheet: &str) -> Beside {
    let mut found = Beside::default();
    let mut look = || {
        let mut parts = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let path = sheet_part(&mut parts, sheet)?;
        found.read(parts.by_name(&path).ok()?)
    };
    // What breaks off is told where the cells are read.
    let _ = look();
    found
}

/// Whether a workbook asks to be calculated when it is opened, since its formulas have not been yet.
pub(super) fn asks_to_calculate(bytes: &[u8]) -> bool {
    let book = ZipArchive::new(Cursor::new(bytes)).ok().and_then(|mut parts| part(&mut parts, "xl/workbook.xml"));
    book.is_some_and(|book| {
        tags(&book, "calcPr").any(|tag| matches!(attribute(tag, "fullCalcOnLoad").as_deref(), Some("1" | "true")))
    })
}

/// Whether a workbook counts days from 1904, and not from 1900.
pub(super) fn is_from_1904(bytes: &[u8]) -> bool {
    let book = ZipArchive::new(Cursor::new(bytes)).ok().and_then(|mut parts| part(&mut parts, "xl/workbook.xml"));
    book.is_some_and(|book| {
        tags(&book, "workbookPr").any(|tag| matches!(attribute(tag, "date1904").as_deref(), Some("1" | "true")))
    })
}

/// So much of a part is looked at in one piece.
const PIECE: usize = 1 << 16;

/// What begins the height of a row, and the width of a column, that show nothing.
const NO_HEIGHT: &str = " ht=\"0";
const NO_WIDTH: &str = " width=\"0";

/// What the tags of a sheet's part say of it.
#[derive(Default)]
pub(super) struct Beside {
    pub hidden: Hidden,
    pub merged: Vec<Merged>,
    /// Whether the value of a cell is written in a form that is not read as it is meant.
    pub has_odd: bool,
    /// Whether texts that stand in the sheet itself may be raised or struck out.
    pub has_runs: bool,
}

impl Beside {
    /// Reads a part piece by piece, for it may be far longer than the sheet.
    fn read(&mut self, mut part: impl Read) -> Option<()> {
        let (mut piece, mut held) = (vec![0_u8; PIECE], 0_usize);
        loop {
            let more = part.read(piece.get_mut(held..)?).ok()?;
            let all = held.saturating_add(more);
            let text = piece.get(..all)?;
            if more == 0 {
                self.look(text);
                return Some(());
            }
            // A cell, or a tag, that goes on waits for the rest of it.
            let cell = memmem::rfind(text, b"c>").map(|at| at.saturating_add(1));
            let done = cell.or_else(|| memchr::memrchr(b'>', text)).map_or(0, |end| end.saturating_add(1));
            self.look(text.get(..done)?);
            piece.copy_within(done..all, 0);
            held = all.saturating_sub(done);
            if held == piece.len() {
                piece.resize(piece.len().saturating_mul(2), 0);
            }
        }
    }

    /// Looks at the tags that say something of the sort, which are few, and passes over all others.
    fn look(&mut self, text: &[u8]) {
        self.has_odd = self.has_odd || odd::in_xlsx(text).is_some();
        self.has_runs = self.has_runs || runs::may_be_in(text);
        for word in ["hidden", "mergeCell", NO_HEIGHT, NO_WIDTH] {
            let mut next = 0_usize;
            for at in memmem::find_iter(text, word) {
                let start =
                    text.get(..at).and_then(|before| memchr::memrchr(b'<', before)).filter(|start| *start >= next);
                let Some(start) = start else { continue };
                let tag = text.get(start.saturating_add(1)..).unwrap_or_default();
                // It may as well stand in a text.
                let end = tag_end(tag).filter(|end| start.saturating_add(*end) >= at);
                if let Some(tag) = end.and_then(|end| tag.get(..end)) {
                    next = start.saturating_add(tag.len());
                    self.tag(tag, word);
                }
            }
        }
    }

    /// Looks at a tag in which such a word stands.
    fn tag(&mut self, tag: &[u8], word: &str) {
        let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/').unwrap_or(tag.len());
        let Some((name, tag)) = tag.split_at_checked(end) else { return };
        let is_nothing =
            |name| attribute(tag, name).is_some_and(|size| size.bytes().all(|byte| matches!(byte, b'0' | b'.')));
        let is_said = matches!(attribute(tag, "hidden").as_deref(), Some("1" | "true"));
        let is_hidden = || match word {
            NO_HEIGHT => !is_said && is_nothing("ht"),
            NO_WIDTH => !is_said && is_nothing("width"),
            _ => is_said,
        };
        match name {
            // A row that is closed at once holds nothing.
            b"row" if !tag.ends_with(b"/") && is_hidden() => {
                let number = || attribute(tag, "r")?.parse::<u32>().ok()?.checked_sub(1);
                self.hidden.rows.extend(number());
            }
            b"col" if is_hidden() => {
                let number = |name| attribute(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
                // Those from one on to the last that there can be hold nothing.
                let last = number("max").filter(|last| *last < 16_383);
                self.hidden.columns.extend(number("min").zip(last));
            }
            b"mergeCell" => self.merged.extend(attribute(tag, "ref").and_then(|cells| range(&cells))),
            _ => {}
        }
    }
}

/// The part of an `.ods` in which its sheets stand.
pub(super) fn content(bytes: &[u8]) -> Vec<u8> {
    part_of(bytes, "content.xml").unwrap_or_default()
}

/// Which program wrote an `.ods`.
pub(super) fn by(bytes: &[u8]) -> By {
    let meta = part_of(bytes, "meta.xml").unwrap_or_default();
    let behind = memmem::find(&meta, b"<meta:generator>").and_then(|at| meta.get(at.saturating_add(16)..));
    let is_one = |names: &[&[u8]], name: &[u8]| names.iter().any(|one| name.starts_with(one));
    match behind.is_some_and(|name| is_one(&[b"LibreOffice", b"OpenOffice", b"Collabora"], name)) {
        true => By::LibreOffice,
        false => By::Another,
    }
}

/// A part of a packed file, unpacked.
pub(super) fn part_of(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    part(&mut ZipArchive::new(Cursor::new(bytes)).ok()?, name)
}

/// The names of the parts of a packed file; nothing where it is none, or breaks off.
pub(super) fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let parts = ZipArchive::new(Cursor::new(bytes)).ok()?;
    Some(parts.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect())
}

/// The row and column of `B2` or `$B$2`, counted from 0.
pub(super) fn place(text: &str) -> Option<(u32, u32)> {
    let text = text.replace('$', "");
    let digits = text.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, number) = text.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase().checked_sub(b'A').filter(|letter| *letter < 26)?;
        column.checked_mul(26)?.checked_add(u32::from(letter))?.checked_add(1)
    })?;
    Some((number.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// `B2:B3`.
pub(super) fn range(text: &str) -> Option<Merged> {
    let (first, last) = text.split_once(':')?;
    Some((place(first)?, place(last)?))
}

pub(super) fn part(parts: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let file = parts.by_name(name).ok()?;
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The part in which the cells of a sheet stand.
pub(super) fn sheet_part(parts: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Option<String> {
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

/// That part of an `.xlsx`, unpacked.
pub(super) fn sheet_path(bytes: &[u8], sheet: &str) -> Option<String> {
    sheet_part(&mut ZipArchive::new(Cursor::new(bytes)).ok()?, sheet)
}

pub(super) fn sheet_of(bytes: &[u8], sheet: &str) -> Option<Vec<u8>> {
    let mut parts = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let path = sheet_part(&mut parts, sheet)?;
    part(&mut parts, &path)
}

/// The table of a sheet in the content of an `.ods`.
pub(super) fn table_of<'c>(content: &'c [u8], sheet: &str) -> Option<&'c [u8]> {
    let is_it = |tag: &&[u8]| attribute(tag, "table:name").is_some_and(|name| plain(&name) == sheet);
    let table = tags(content, "table:table").find(is_it)?;
    let start = (table.as_ptr() as usize).saturating_sub(content.as_ptr() as usize);
    let rest = content.get(start..)?;
    rest.get(..memmem::find(rest, b"</table:table>").unwrap_or(rest.len()))
}

/// The same of the content of an `.ods`.
pub(super) fn of_ods(content: &[u8], sheet: &str) -> (Hidden, Vec<Merged>) {
    let Some(table) = table_of(content, sheet) else { return Default::default() };
    let is_hidden = |tag: &&[u8]| matches!(attribute(tag, "table:visibility").as_deref(), Some("collapse" | "filter"));
    let holds = |tag: &&[u8]| {
        let start = (tag.as_ptr() as usize).saturating_sub(table.as_ptr() as usize);
        let rest = table.get(start..).unwrap_or_default();
        let row = rest.get(..memmem::find(rest, b"</table:table-row>").unwrap_or(rest.len())).unwrap_or_default();
        memmem::find(row, b"office:value-type").is_some()
    };
    let mut hidden = Hidden::default();
    // Each with its number, and how many of them it stands for.
    let numbered = |name: &'static str, times: &'static str| {
        let mut next = 0_u32;
        tags(table, name).map(move |tag| {
            let count = attribute(tag, times).and_then(|times| times.parse::<u32>().ok()).unwrap_or(1);
            let at = next;
            next = next.saturating_add(count);
            (tag, at, count as usize)
        })
    };
    for (_, at, _) in
        numbered("table:table-row", "table:number-rows-repeated").filter(|(tag, ..)| is_hidden(tag) && holds(tag))
    {
        hidden.rows.push(at);
    }
    for (_, at, count) in numbered("table:table-column", "table:number-columns-repeated")
        // A great many at once are those behind the last one that holds something.
        .filter(|(tag, _, count)| is_hidden(tag) && *count < 200)
    {
        let last = at.saturating_add(u32::try_from(count).unwrap_or(u32::MAX)).saturating_sub(1);
        hidden.columns.push((at, last));
    }
    (hidden, merged_in_ods(table))
}

fn merged_in_ods(table: &[u8]) -> Vec<Merged> {
    let (mut merged, mut next, mut column) = (Vec::new(), 0_u32, 0_u32);
    if memmem::find(table, b"-spanned=").is_none() {
        return merged;
    }
    for (_, name, tag) in each_tag(table) {
        let count = |name: &str| attribute(tag, name).and_then(|times| times.parse::<u32>().ok()).unwrap_or(1).max(1);
        match name {
            b"table:table-row" => (next, column) = (next.saturating_add(count("table:number-rows-repeated")), 0),
            b"table:table-cell" | b"table:covered-table-cell" => {
                let (down, right) = (count("table:number-rows-spanned"), count("table:number-columns-spanned"));
                if down > 1 || right > 1 {
                    let row = next.saturating_sub(1);
                    let last =
                        (row.saturating_add(down).saturating_sub(1), column.saturating_add(right).saturating_sub(1));
                    merged.push(((row, column), last));
                }
                column = column.saturating_add(count("table:number-columns-repeated"));
            }
            _ => {}
        }
    }
    merged
}

/// Each opening tag of a text: where what is behind it begins, its name, and what stands behind the name.
pub(super) fn each_tag(text: &[u8]) -> impl Iterator<Item = (usize, &[u8], &[u8])> {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        loop {
            at = at.saturating_add(memchr::memchr(b'<', text.get(at..)?)?).saturating_add(1);
            let rest = text.get(at..)?;
            if rest.starts_with(b"!--") {
                at = at.saturating_add(memmem::find(rest, b"-->")?);
                continue;
            }
            if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
            let tag = rest.get(..tag_end(rest)?)?;
            at = at.saturating_add(tag.len()).saturating_add(1);
            let name = tag.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/').unwrap_or(tag.len());
            let (name, tag) = tag.split_at_checked(name)?;
            return Some((at, name, tag));
        }
    })
}

/// The name of a tag, with the `/` of one that closes another.
pub(super) fn name_of(tag: &[u8]) -> &[u8] {
    let is_end = |(at, byte): (usize, &u8)| byte.is_ascii_whitespace() || (*byte == b'/' && at > 0);
    tag.get(..tag.iter().enumerate().position(is_end).unwrap_or(tag.len())).unwrap_or(tag)
}

/// Where a tag ends: at the first `>` outside of quotes.
pub(super) fn tag_end(rest: &[u8]) -> Option<usize> {
    let mut at = 0_usize;
    loop {
        at = at.saturating_add(memchr::memchr3(b'>', b'"', b'\'', rest.get(at..)?)?);
        let sign = *rest.get(at)?;
        if sign == b'>' {
            return Some(at);
        }
        at = at.saturating_add(1);
        at = at.saturating_add(memchr::memchr(sign, rest.get(at..)?)?).saturating_add(1);
    }
}

/// What stands in the tags of a name, behind it.
fn tags<'t>(text: &'t [u8], name: &'static str) -> impl Iterator<Item = &'t [u8]> {
    let begins = format!("<{name}");
    let starts: Vec<usize> = memmem::find_iter(text, begins.as_bytes()).collect();
    starts.into_iter().filter_map(move |start| {
        let rest = text.get(start.saturating_add(begins.len())..)?;
        let end = tag_end(rest)?;
        let ends_there = matches!(rest.first(), Some(b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t'));
        rest.get(..end).filter(|_| ends_there)
    })
}

/// An attribute of a tag, as it is written.
pub(super) fn attribute(tag: &[u8], name: &str) -> Option<String> {
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

/// A text of the file without its escapes.
pub(super) fn plain(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, behind)) = rest.split_once('&') {
        plain.push_str(before);
        match behind.split_once(';').and_then(|(name, behind)| Some((sign_of(name)?, behind))) {
            Some((sign, behind)) => {
                plain.push(sign);
                rest = behind;
            }
            None => {
                plain.push('&');
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The sign that an escape stands for, by its name or by its number.
fn sign_of(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "amp" => Some('&'),
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix('x') {
                Some(number) => u32::from_str_radix(number, 16),
                None => number.parse::<u32>(),
            };
            char::from_u32(number.ok()?)
        }
    }
}
