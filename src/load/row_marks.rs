//! What a workbook says of whole rows: that each of their values is struck out, and that a table of the sheet has its totals there. Only
//! workbooks in which something is struck out or that have tables are looked through; those of an `.xls` say neither here.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::hidden::{attribute, each_tag, part_of, place, plain, range, sheet_of, sheet_path, table_of};

/// Rows by their numbers, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowMarks {
    pub struck: Vec<u32>,
    pub totals: Vec<u32>,
}

/// Those of a sheet of an `.xlsx`.
pub(super) fn of_xlsx(bytes: &[u8], sheet: &str) -> RowMarks {
    RowMarks {
        struck: struck_in_xlsx(bytes, sheet).unwrap_or_default(),
        totals: totals(bytes, sheet).unwrap_or_default(),
    }
}

/// The name of a tag without what stands before its colon.
fn own(name: &[u8]) -> &[u8] {
    memchr::memrchr(b':', name).and_then(|at| name.get(at.saturating_add(1)..)).unwrap_or(name)
}

/// The last rows of the tables that count one or more of theirs as totals.
fn totals(bytes: &[u8], sheet: &str) -> Option<Vec<u32>> {
    let path = sheet_path(bytes, sheet)?;
    let (folder, name) = path.rsplit_once('/')?;
    let relations = part_of(bytes, &format!("{folder}/_rels/{name}.rels"))?;
    let mut found = Vec::new();
    for (_, _, tag) in each_tag(&relations).filter(|(_, name, _)| own(name) == b"Relationship") {
        let is_table = attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/table"));
        let Some(target) = attribute(tag, "Target").filter(|_| is_table) else { continue };
        let path = match (target.strip_prefix('/'), target.strip_prefix("../")) {
            (Some(whole), _) => whole.to_owned(),
            (None, Some(beside)) => format!("{}/{beside}", folder.rsplit_once('/').map_or("", |(above, _)| above)),
            (None, None) => format!("{folder}/{target}"),
        };
        let Some(table) = part_of(bytes, &path) else { continue };
        let Some((_, _, tag)) = each_tag(&table).find(|(_, name, _)| own(name) == b"table") else { continue };
        let count = attribute(tag, "totalsRowCount").and_then(|count| count.parse::<u32>().ok()).unwrap_or(0);
        let last = attribute(tag, "ref").and_then(|cells| range(&cells)).map(|(_, (last, _))| last);
        found.extend(last.into_iter().flat_map(|last| last.saturating_add(1).saturating_sub(count)..=last));
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// The rows all of whose values stand in cells whose font strikes them out.
fn struck_in_xlsx(bytes: &[u8], sheet: &str) -> Option<Vec<u32>> {
    let styles = part_of(bytes, "xl/styles.xml").filter(|styles| memmem::find(styles, b"strike").is_some())?;
    let struck = struck_styles(&styles);
    if struck.is_empty() {
        return None;
    }
    let part = sheet_of(bytes, sheet)?;
    let (mut rows, mut row, mut column) = (Rows::default(), 0_u32, 0_u32);
    let (mut next, mut style, mut at) = (0_u32, 0_usize, 0_u32);
    for (_, name, tag) in each_tag(&part) {
        match own(name) {
            b"row" => {
                let number = attribute(tag, "r").and_then(|number| number.parse::<u32>().ok()?.checked_sub(1));
                row = number.unwrap_or(next);
                (next, column) = (row.saturating_add(1), 0);
            }
            b"c" => {
                let here = attribute(tag, "r").and_then(|cell| place(&cell)).unwrap_or((row, column));
                (at, column) = (here.0, here.1.saturating_add(1));
                style = attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
            }
            b"v" | b"is" if !tag.ends_with(b"/") => rows.add(at, 1, struck.contains(&style)),
            _ => {}
        }
    }
    Some(rows.struck())
}

/// Which styles of cells have a font that strikes out what is written in it, by their numbers.
fn struck_styles(part: &[u8]) -> BTreeSet<usize> {
    let (mut fonts, mut font) = (BTreeSet::new(), 0_usize);
    let (mut struck, mut style) = (BTreeSet::new(), 0_usize);
    let (mut in_fonts, mut in_styles) = (false, false);
    for (_, name, tag) in each_tag(part) {
        match own(name) {
            b"fonts" => in_fonts = true,
            b"fills" | b"dxfs" | b"cellStyleXfs" => (in_fonts, in_styles) = (false, false),
            b"cellXfs" => (in_fonts, in_styles) = (false, true),
            b"cellStyles" => in_styles = false,
            b"font" if in_fonts => font = font.saturating_add(1),
            b"strike" if in_fonts && !matches!(attribute(tag, "val").as_deref(), Some("0" | "false")) => {
                fonts.extend(font.checked_sub(1));
            }
            b"xf" if in_styles => {
                let of = attribute(tag, "fontId").and_then(|font| font.parse::<usize>().ok());
                if of.is_some_and(|font| fonts.contains(&font)) {
                    struck.insert(style);
                }
                style = style.saturating_add(1);
            }
            _ => {}
        }
    }
    struck
}

/// Of each row with a value whether all of its values are struck out.
#[derive(Default)]
struct Rows(BTreeMap<u32, bool>);

/// So many rows that are alike are looked at.
const MOST_ALIKE: u32 = 1000;

impl Rows {
    fn add(&mut self, first: u32, times: u32, is_struck: bool) {
        for row in first..first.saturating_add(times.min(MOST_ALIKE)) {
            self.0.entry(row).and_modify(|all| *all = *all && is_struck).or_insert(is_struck);
        }
    }

    fn struck(self) -> Vec<u32> {
        self.0.into_iter().filter(|(_, is_struck)| *is_struck).map(|(row, _)| row).collect()
    }
}

/// Those of a sheet of an `.ods`, with the parts of the file in which its styles stand.
pub(super) fn of_ods(content: &[u8], sheet: &str, styles: &[u8]) -> RowMarks {
    let styles = struck_in_ods([styles, content]);
    let Some(table) = table_of(content, sheet).filter(|_| !styles.is_empty()) else { return RowMarks::default() };
    let (mut rows, mut row, mut next, mut times) = (Rows::default(), 0_u32, 0_u32, 1_u32);
    let mut of_row = None;
    for (_, name, tag) in each_tag(table) {
        let own = |name: &str| attribute(tag, name).map(|value| plain(&value));
        match name {
            b"table:table-row" => {
                times = own("table:number-rows-repeated").and_then(|times| times.parse().ok()).unwrap_or(1);
                (row, next) = (next, next.saturating_add(times));
                of_row = own("table:default-cell-style-name");
            }
            b"table:table-cell" if attribute(tag, "office:value-type").is_some() => {
                let style = own("table:style-name").or_else(|| of_row.clone());
                rows.add(row, times, style.is_some_and(|style| styles.contains(&style)));
            }
            _ => {}
        }
    }
    RowMarks { struck: rows.struck(), totals: Vec::new() }
}

/// The styles of cells that strike out what is written in them, by name.
fn struck_in_ods(parts: [&[u8]; 2]) -> BTreeSet<String> {
    let mut struck = BTreeSet::new();
    for part in parts {
        let part = part.get(..memmem::find(part, b"<office:body").unwrap_or(part.len())).unwrap_or_default();
        let mut current = None;
        for (_, name, tag) in each_tag(part) {
            let own = |name: &str| attribute(tag, name).map(|value| plain(&value));
            let is_line = |name: &str| own(name).is_some_and(|line| line != "none");
            match name {
                b"style:style" => {
                    let is_of_cells = own("style:family").as_deref() == Some("table-cell");
                    current = own("style:name").filter(|_| is_of_cells);
                }
                b"style:text-properties"
                    if is_line("style:text-line-through-style") || is_line("style:text-line-through-type") =>
                {
                    struck.extend(current.clone());
                }
                _ => {}
            }
        }
    }
    struck
}
