//! Texts in the cells of a spreadsheet of which a part is superscript, subscript or struck out. The value of a cell is its letters
//! alone: a 12 with the mark of footnote 1 would be 121, and a 12 that is struck out before its 15 would be 1215. Only workbooks
//! in which some text is formatted so are looked through; those of an `.xls` are in `biff_runs`.

use std::collections::BTreeMap;

use memchr::memmem;

use crate::source::Run;

use super::{
    hidden::{attribute, each_tag, name_of, names, part_of, place, plain, sheet_of, table_of, tag_end},
    marks::{Beside, is_beside},
};

/// The cells that have such a text, by row and column.
pub(super) type Formatted = Vec<((u32, u32), Run)>;

/// What the text of one cell has been so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    is_plain: bool,
    raised: bool,
    lowered: bool,
    struck: bool,
}

impl Seen {
    /// Adds a part of the text. Blanks look the same however they are formatted.
    pub fn add(&mut self, text: &str, run: Option<Run>) {
        if text.trim().is_empty() {
            return;
        }
        match run {
            None => self.is_plain = true,
            Some(Run::Raised) => self.raised = true,
            Some(Run::Lowered) => self.lowered = true,
            Some(Run::Struck) => self.struck = true,
        }
    }

    /// What is wrong with the whole. A text that is raised as a whole is read as it is meant.
    pub fn run(self) -> Option<Run> {
        match self {
            Seen { struck: true, .. } => Some(Run::Struck),
            Seen { raised: true, is_plain, lowered, .. } if is_plain || lowered => Some(Run::Raised),
            Seen { lowered: true, is_plain: true, .. } => Some(Run::Lowered),
            Seen { .. } => None,
        }
    }
}

/// Whether a part of a workbook may have such texts: a quick look.
pub(super) fn may_be_in(part: &[u8]) -> bool {
    [&b"vertAlign"[..], b"strike"].iter().any(|word| memmem::find(part, word).is_some())
}

/// Those of a sheet of an `.xlsx`. `is_within` says whether texts that stand in the sheet itself may be formatted so.
pub(super) fn of_xlsx(bytes: &[u8], sheet: &str, is_within: bool) -> Formatted {
    let look = || {
        let is_shared = |name: &&String| name.to_ascii_lowercase().ends_with("sharedstrings.xml");
        let names = names(bytes)?;
        let texts = names.iter().find(is_shared).and_then(|name| part_of(bytes, name));
        let texts = texts.filter(|texts| may_be_in(texts));
        let texts = texts.map(|texts| shared(&texts)).unwrap_or_default();
        if texts.is_empty() && !is_within {
            return None;
        }
        Some(in_cells(&sheet_of(bytes, sheet)?, &texts))
    };
    look().unwrap_or_default()
}

/// The name of a tag without what stands before its colon.
fn own(name: &[u8]) -> &[u8] {
    memchr::memrchr(b':', name).and_then(|at| name.get(at.saturating_add(1)..)).unwrap_or(name)
}

/// What stands behind a tag, up to the next one.
fn text_behind(part: &[u8], behind: usize) -> String {
    let text = part.get(behind..).unwrap_or_default();
    let text = text.get(..memchr::memchr(b'<', text).unwrap_or(text.len())).unwrap_or_default();
    plain(&String::from_utf8_lossy(text))
}

/// A text with its parts, as the tags of a workbook tell of it.
#[derive(Default)]
struct Text {
    seen: Seen,
    run: Option<Run>,
    /// How it is pronounced, or a comment, follows: no more of the text.
    is_over: bool,
}

impl Text {
    fn tag(&mut self, (behind, name, tag): (usize, &[u8], &[u8]), part: &[u8]) {
        let value = || attribute(tag, "val");
        match own(name) {
            b"r" => self.run = None,
            b"rPh" => self.is_over = true,
            b"vertAlign" if self.run != Some(Run::Struck) => {
                self.run = match value().as_deref() {
                    Some("superscript") => Some(Run::Raised),
                    Some("subscript") => Some(Run::Lowered),
                    Some(_) | None => self.run,
                }
            }
            b"strike" if !matches!(value().as_deref(), Some("0" | "false")) => self.run = Some(Run::Struck),
            b"t" if !self.is_over && !tag.ends_with(b"/") => self.seen.add(&text_behind(part, behind), self.run),
            _ => {}
        }
    }
}

/// The texts that cells share, by their numbers.
fn shared(part: &[u8]) -> BTreeMap<usize, Run> {
    let (mut all, mut next, mut text) = (BTreeMap::new(), 0_usize, Text::default());
    for tag in each_tag(part) {
        if own(tag.1) == b"si" {
            let before = std::mem::take(&mut text).seen.run();
            all.extend(next.checked_sub(1).zip(before));
            next = next.saturating_add(1);
        } else {
            text.tag(tag, part);
        }
    }
    all.extend(next.checked_sub(1).zip(text.seen.run()));
    all
}

/// The cells of a sheet that show such a text, or have one of their own.
fn in_cells(part: &[u8], texts: &BTreeMap<usize, Run>) -> Formatted {
    let mut all = Formatted::new();
    let (mut at, mut is_shared, mut text) = ((0_u32, 0_u32), false, Text::default());
    let mut next = (0_u32, 0_u32);
    for (behind, name, tag) in each_tag(part) {
        match own(name) {
            b"row" => {
                let number = attribute(tag, "r").and_then(|number| number.parse::<u32>().ok()?.checked_sub(1));
                next = (number.map_or(next.0, |number| number).saturating_add(1), 0);
            }
            b"c" => {
                all.extend(std::mem::take(&mut text).seen.run().map(|run| (at, run)));
                // A cell need not say where it stands.
                let here = (next.0.saturating_sub(1), next.1);
                at = attribute(tag, "r").and_then(|cell| place(&cell)).unwrap_or(here);
                next.1 = at.1.saturating_add(1);
                is_shared = attribute(tag, "t").as_deref() == Some("s");
            }
            b"v" if is_shared => {
                let number = text_behind(part, behind).trim().parse::<usize>().ok();
                all.extend(number.and_then(|number| texts.get(&number)).map(|run| (at, *run)));
            }
            b"v" | b"f" => {}
            _ => text.tag((behind, name, tag), part),
        }
    }
    all.extend(text.seen.run().map(|run| (at, run)));
    all
}

/// Those of a sheet of an `.ods`, with the parts of the file in which its styles stand.
pub(super) fn of_ods(content: &[u8], sheet: &str, styles: &[u8]) -> Formatted {
    let styles = Styles::of([styles, content]);
    let Some(table) = table_of(content, sheet).filter(|_| !styles.0.is_empty()) else { return Formatted::new() };
    let (mut all, mut row, mut behind_rows, mut column) = (Formatted::new(), 0_u32, 0_u32, 0_u32);
    for (behind, name, tag) in each_tag(table) {
        let repeated =
            |name: &str| attribute(tag, name).and_then(|times| times.parse::<u32>().ok()).unwrap_or(1).max(1);
        match name {
            b"table:table-row" => {
                (row, column) = (behind_rows, 0);
                behind_rows = behind_rows.saturating_add(repeated("table:number-rows-repeated"));
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                let times = repeated("table:number-columns-repeated");
                let is_text = attribute(tag, "office:value-type").as_deref() == Some("string");
                if is_text && !tag.ends_with(b"/") {
                    let run = styles.seen(table.get(behind..).unwrap_or_default()).run();
                    let columns = column..column.saturating_add(times.min(MOST_ALIKE));
                    all.extend(run.into_iter().flat_map(|run| columns.clone().map(move |column| ((row, column), run))));
                }
                column = column.saturating_add(times);
            }
            _ => {}
        }
    }
    all
}

/// So many cells side by side that are alike are looked at.
const MOST_ALIKE: u32 = 1000;

/// The styles of text that raise, lower or strike it out, by name.
struct Styles(BTreeMap<String, Run>);

impl Styles {
    fn of(parts: [&[u8]; 2]) -> Styles {
        let mut all = BTreeMap::new();
        // A style may be made from another one, which need not come first.
        let mut made_from: Vec<(String, String)> = Vec::new();
        for part in parts {
            let part = part.get(..memmem::find(part, b"<office:body").unwrap_or(part.len())).unwrap_or_default();
            let mut current = None;
            for (_, name, tag) in each_tag(part) {
                let own = |name: &str| attribute(tag, name).map(|value| plain(&value));
                match name {
                    b"style:style" => {
                        let is_of_text = own("style:family").as_deref() == Some("text");
                        current = own("style:name").filter(|_| is_of_text);
                        made_from.extend(current.clone().zip(own("style:parent-style-name")));
                    }
                    b"style:text-properties" => all.extend(current.clone().zip(run_of(tag))),
                    _ => {}
                }
            }
        }
        for _ in 0..MOST_PARENTS {
            let known = |(name, parent): &(String, String)| {
                let run = all.get(parent).copied().filter(|_| !all.contains_key(name))?;
                Some((name.clone(), run))
            };
            let more: Vec<(String, Run)> = made_from.iter().filter_map(known).collect();
            if more.is_empty() {
                break;
            }
            all.extend(more);
        }
        Styles(all)
    }

    /// What the text of the cell whose content begins here looks like.
    fn seen(&self, content: &[u8]) -> Seen {
        let (mut seen, mut open, mut at) = (Seen::default(), Vec::<Option<Run>>::new(), 0_usize);
        let mut beside = Beside::default();
        while let Some(start) = memchr::memchr(b'<', content.get(at..).unwrap_or_default()) {
            let rest = content.get(at..).unwrap_or_default();
            if beside.is_none() {
                let text = plain(&String::from_utf8_lossy(rest.get(..start).unwrap_or_default()));
                seen.add(&text, open.last().copied().flatten());
            }
            let tag = rest.get(start.saturating_add(1)..).unwrap_or_default();
            let end = tag_end(tag).unwrap_or(tag.len());
            let tag = tag.get(..end).unwrap_or_default();
            at = at.saturating_add(start).saturating_add(end).saturating_add(2);
            let (name, is_closed) = (name_of(tag), tag.ends_with(b"/"));
            if beside.holds(name, is_closed) {
                continue;
            }
            match name {
                _ if name.starts_with(b"/table:") => break,
                _ if is_beside(name) => beside.begin(name, is_closed),
                b"text:span" if !is_closed => {
                    let style = attribute(tag, "text:style-name").and_then(|style| self.0.get(&plain(&style)).copied());
                    open.push(style.or(open.last().copied().flatten()));
                }
                b"/text:span" => {
                    open.pop();
                }
                _ => {}
            }
        }
        seen
    }
}

/// No style is made from one that is made from others more often than this.
const MOST_PARENTS: usize = 16;

/// What the properties of a style of text do to it.
fn run_of(tag: &[u8]) -> Option<Run> {
    let is_line = |name: &str| attribute(tag, name).is_some_and(|line| line != "none");
    if is_line("style:text-line-through-style") || is_line("style:text-line-through-type") {
        return Some(Run::Struck);
    }
    let position = attribute(tag, "style:text-position")?;
    match position.split_whitespace().next()? {
        "super" => Some(Run::Raised),
        "sub" => Some(Run::Lowered),
        height if height.starts_with('-') => Some(Run::Lowered),
        height if height.trim_end_matches('%').bytes().any(|digit| (b'1'..=b'9').contains(&digit)) => Some(Run::Raised),
        _ => None,
    }
}
