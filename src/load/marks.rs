//! What the cells of an `.ods` say beside their values, which calamine leaves out: the currency of an amount, that what is shown is an
//! error, that a number stands for yes or no, where a text goes on in another line or behind a tab, and which text in a cell is not the
//! cell's. Their values alone would be wrong: five euro would be five, an error would be nought, a yes that LibreOffice took out of an
//! `.xlsx`, which is `=TRUE()` then, would be one, two words would be one word, and an id would have the words of a box drawn over it.

use memchr::memmem;

use crate::value::Currency;

use super::{
    cells,
    hidden::{attribute, each_tag, name_of, plain, table_of, tag_end},
    number_format::{Format, Kind, Shown},
    ods_formats::Formats,
    units,
};

/// By row and column.
#[derive(Default)]
pub(super) struct Marks(Vec<Row>);

/// A row of the file, which may stand for several of the sheet.
struct Row {
    first: u32,
    last: u32,
    cells: Vec<(u32, u32, Mark)>,
}

pub(super) enum Mark {
    Currency(String, Shown),
    /// A number that its format shows as a day or a time, and how it is written.
    OfKind(Kind, String),
    /// What only the format of the number shows.
    Shown(Shown),
    /// What an error shows, in a form that is known to be none of the values.
    Error(String),
    Answer(bool),
    /// A text with line breaks or tabs, or with something beside it.
    Text(String),
    /// A formula that says of what kind its result is, and neither holds nor shows one.
    WithoutValue,
}

impl Marks {
    pub fn of(content: &[u8], sheet: &str, formats: &Formats) -> Marks {
        let has = |what: &[u8]| memmem::find(content, what).is_some();
        let marked: [&[u8]; 13] = [
            b"<text:p>#",
            b"office:value=\"0\"",
            b"office:currency=",
            b"office:value-type=\"currency\"",
            b"office:value-type=\"percentage\"",
            b"calcext:value-type=\"error\"",
            b":=TRUE()\"",
            b":=FALSE()\"",
            b"table:formula=",
            b"<text:line-break",
            b"<text:tab",
            LINES[0],
            LINES[1],
        ];
        if formats.is_empty() && !marked.into_iter().chain(BESIDE).any(has) {
            return Marks::default();
        }
        let Some(table) = table_of(content, sheet) else { return Marks::default() };
        let (mut rows, mut next, mut column) = (Vec::<Row>::new(), 0_u32, 0_u32);
        let mut row = Row { first: 0, last: 0, cells: Vec::new() };
        // The styles of cells that name none: the row's, or else the column's.
        let (mut of_row, mut of_columns) = (None, Vec::<(u32, Option<String>)>::new());
        for (behind, name, tag) in each_tag(table) {
            let repeated = |name: &str| attribute(tag, name).and_then(|times| times.parse::<u32>().ok()).unwrap_or(1);
            match name {
                b"table:table-column" if !formats.is_empty() => {
                    let first = of_columns.last().map_or(0, |(behind, _)| *behind);
                    let behind = first.saturating_add(repeated("table:number-columns-repeated").max(1));
                    of_columns.push((behind, attribute(tag, "table:default-cell-style-name")));
                }
                b"table:table-row" => {
                    of_row = attribute(tag, "table:default-cell-style-name");
                    let times = repeated("table:number-rows-repeated").max(1);
                    let last = next.saturating_add(times).saturating_sub(1);
                    let before = std::mem::replace(&mut row, Row { first: next, last, cells: Vec::new() });
                    rows.extend(Some(before).filter(|row| !row.cells.is_empty()));
                    (next, column) = (next.saturating_add(times), 0);
                }
                b"table:table-cell" | b"table:covered-table-cell" => {
                    let times = repeated("table:number-columns-repeated").max(1);
                    let last = column.saturating_add(times).saturating_sub(1);
                    let of_column = of_columns.get(of_columns.partition_point(|(behind, _)| *behind <= column));
                    let style = || {
                        let of_column = || of_column.and_then(|(_, style)| style.clone());
                        attribute(tag, "table:style-name").or_else(|| of_row.clone()).or_else(of_column)
                    };
                    let shown = if formats.is_empty() { None } else { style() };
                    let shown = shown.and_then(|style| formats.format(&plain(&style)));
                    row.cells.extend(
                        mark(tag, table.get(behind..).unwrap_or_default(), shown).map(|mark| (column, last, mark)),
                    );
                    column = column.saturating_add(times);
                }
                _ => {}
            }
        }
        rows.extend(Some(row).filter(|row| !row.cells.is_empty()));
        Marks(rows)
    }

    pub fn at(&self, (row, column): (u32, u32)) -> Option<&Mark> {
        let at = self.0.partition_point(|one| one.last < row);
        let cells = &self.0.get(at).filter(|one| one.first <= row)?.cells;
        let at = cells.partition_point(|(_, last, _)| *last < column);
        cells.get(at).filter(|(first, ..)| *first <= column).map(|(.., mark)| mark)
    }
}

/// What a cell says beside its value, and in which currency its format shows it.
fn mark(tag: &[u8], behind: &[u8], format: Option<&Format>) -> Option<Mark> {
    let kind = attribute(tag, "office:value-type");
    if attribute(tag, "calcext:value-type").as_deref() == Some("error")
        || shows_an_error((tag, kind.as_deref()), behind)
    {
        let shown = written(behind).split_whitespace().collect::<Vec<_>>().join(" ").replace('"', "'");
        return Some(Mark::Error(match cells::error(&shown) {
            Some(_) => shown,
            None => format!("{}{shown}", cells::ERROR),
        }));
    }
    if let Some(formula) = attribute(tag, "table:formula") {
        match formula.split_once(":=").map(|(_, formula)| formula) {
            Some("TRUE()") => return Some(Mark::Answer(true)),
            Some("FALSE()") => return Some(Mark::Answer(false)),
            Some(_) | None => {}
        }
    }
    if kind.as_deref() == Some("string") {
        return of_text(tag, behind, format);
    }
    let is_amount = kind.as_deref() == Some("currency");
    let currency = attribute(tag, "office:currency").filter(|currency| is_amount && !currency.is_empty());
    let value = plain(&attribute(tag, "office:value").unwrap_or_default());
    if let Some(format) = format.filter(|format| is_number(kind.as_deref()) && format.has_days())
        && format.kind(&value) != Kind::Number
    {
        return Some(Mark::OfKind(format.kind(&value), value));
    }
    let shown = format.map(|format| Shown::of(format, &value)).unwrap_or_default();
    match currency {
        // `kr` is the sign of several currencies, of which the format may know which one.
        Some(sign) if Currency::parse(&sign).is_none() => {
            let known = shown.currencies.first().cloned().unwrap_or_else(|| plain(&sign));
            Some(Mark::Currency(known, shown))
        }
        Some(one) => Some(Mark::Currency(plain(&one), shown)),
        // A percentage is one without a format, too.
        None if kind.as_deref() == Some("percentage") && shown.is_nothing() => {
            Some(Mark::Shown(Shown::in_currency("%".to_owned())))
        }
        // Without the letters of its currency or a format, what an amount shows is all that says which one it is in.
        None if is_amount && shown.is_nothing() => {
            let text = written(behind);
            let mut words = text.split(|sign: char| sign.is_whitespace() || sign.is_ascii_digit() || sign == ',');
            let currency = words.find_map(|word| units::currency(word.trim_matches('.'))).map(str::to_owned);
            currency.map(|currency| Mark::Shown(Shown::in_currency(currency)))
        }
        None if shown.is_nothing() => None,
        None => is_number(kind.as_deref()).then_some(Mark::Shown(shown)),
    }
}

/// What a text says beside itself. LibreOffice gives the text of a cell apart where its format shows more.
fn of_text(tag: &[u8], behind: &[u8], format: Option<&Format>) -> Option<Mark> {
    let given = attribute(tag, "office:string-value").map(|text| plain(&text));
    let text = || given.clone().unwrap_or_else(|| written(behind));
    if let Some(shown) = format.map(|format| Shown::of_text(format, &text())).filter(|shown| !shown.is_nothing()) {
        return Some(Mark::Shown(shown));
    }
    if given.is_some() {
        return None;
    }
    let text = text();
    if text.is_empty() && attribute(tag, "table:formula").is_some() {
        return Some(Mark::WithoutValue);
    }
    let content = behind.get(..memmem::find(behind, b"</table:").unwrap_or(behind.len())).unwrap_or_default();
    let is_told = LINES.iter().chain(&BESIDE).any(|sign| memmem::find(content, sign).is_some());
    (is_told || text.contains(['\t', '\n'])).then_some(Mark::Text(text))
}

fn is_number(kind: Option<&str>) -> bool {
    matches!(kind, Some("currency" | "float" | "percentage"))
}

/// Whether a number is what older programs write for an error, which they show only in the cell: `#DIV/0!`, or `Err:502` in words of
/// some language.
fn shows_an_error((tag, kind): (&[u8], Option<&str>), behind: &[u8]) -> bool {
    if tag.ends_with(b"/") {
        return false;
    }
    if kind == Some("string") {
        // A formula of no text that nevertheless shows one.
        let is_of_nothing = attribute(tag, "office:string-value").is_some_and(|text| text.is_empty());
        let is_formula = is_of_nothing && attribute(tag, "table:formula").is_some();
        return is_formula && cells::error(written(behind).trim()).is_some();
    }
    if kind.is_none() {
        return false;
    }
    let is_nought = || attribute(tag, "office:value").as_deref() == Some("0");
    if !behind.starts_with(b"<text:p>#") && !is_nought() {
        return false;
    }
    let shown = written(behind);
    let is_numbered = |(word, number): (&str, &str)| {
        let number = number.trim();
        !word.is_empty() && word.chars().all(char::is_alphabetic) && number.len() == 3 && number.starts_with('5')
    };
    let is_of_no_width = shown.bytes().all(|byte| byte == b'#');
    !is_of_no_width && cells::error(shown.trim()).is_some()
        || is_nought() && shown.split_once(':').is_some_and(is_numbered)
}

/// Signs of a text that was laid out in lines for who reads the file: they mean one blank, and none where a paragraph begins or ends.
const LINES: [&[u8]; 2] = [b"\n", b"  "];

/// How the tags begin within a cell that hold text which is not the cell's, or not all of it: shapes, and texts over or below others.
const BESIDE: [&[u8]; 4] = [b"<draw:", b"<dr3d:", b"<text:ruby", b"<text:note"];

/// Whether what stands in a tag of this name is not the cell's text: shapes with their boxes, comments, notes, and how to pronounce it.
pub(super) fn is_beside(name: &[u8]) -> bool {
    let drawn: [&[u8]; 3] = [b"draw:", b"dr3d:", b"svg:"];
    drawn.iter().any(|kind| name.starts_with(kind))
        || matches!(name, b"office:annotation" | b"office:event-listeners" | b"text:note" | b"text:ruby-text")
}

/// Adds words of the file to a text. `is_blank` says whether a blank before them means nothing more.
fn add(words: &str, text: &mut String, is_blank: &mut bool) {
    for sign in words.chars() {
        let is = sign.is_ascii_whitespace();
        if !(is && *is_blank) {
            text.push(if is { ' ' } else { sign });
        }
        *is_blank = is;
    }
}

/// What stands beside the text of a cell, such as a comment, while it is passed over.
#[derive(Default)]
pub(super) struct Beside<'p>(Option<(&'p [u8], usize)>);

impl<'p> Beside<'p> {
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Something begins that stands beside the text.
    pub fn begin(&mut self, name: &'p [u8], is_closed: bool) {
        self.0 = Some((name, 1)).filter(|_| !is_closed);
    }

    /// Whether a tag belongs to what stands beside the text.
    pub fn holds(&mut self, name: &[u8], is_closed: bool) -> bool {
        let Some((what, depth)) = &mut self.0 else { return false };
        if name.strip_prefix(b"/") == Some(what) {
            *depth = depth.saturating_sub(1);
        } else if name == *what && !is_closed {
            *depth = depth.saturating_add(1);
        }
        self.0 = self.0.filter(|(_, depth)| *depth > 0);
        true
    }
}

/// The text of a cell, whose content begins here: its paragraphs one a line, without what stands beside them.
pub(super) fn written(behind: &[u8]) -> String {
    let (mut text, mut paragraphs, mut at, mut is_blank) = (String::new(), 0_usize, 0_usize, true);
    let mut in_a_paragraph = false;
    // The tag that holds what is passed over, and how many of its name are open.
    let mut beside = Beside::default();
    while let Some(open) = memchr::memchr(b'<', behind.get(at..).unwrap_or_default()) {
        let rest = behind.get(at..).unwrap_or_default();
        if in_a_paragraph && beside.is_none() {
            add(&plain(&String::from_utf8_lossy(rest.get(..open).unwrap_or_default())), &mut text, &mut is_blank);
        }
        let tag = rest.get(open.saturating_add(1)..).unwrap_or_default();
        let end = if tag.starts_with(b"!--") {
            memmem::find(tag, b"-->").map(|end| end.saturating_add(2))
        } else {
            tag_end(tag)
        };
        let end = end.unwrap_or(tag.len());
        let tag = tag.get(..end).unwrap_or_default();
        at = at.saturating_add(open).saturating_add(end).saturating_add(2);
        let (name, is_closed) = (name_of(tag), tag.ends_with(b"/"));
        if beside.holds(name, is_closed) {
            continue;
        }
        match name {
            _ if name.starts_with(b"/table:") => break,
            _ if is_beside(name) => beside.begin(name, is_closed),
            b"/text:p" => {
                in_a_paragraph = false;
                if is_blank && text.ends_with(' ') {
                    text.pop();
                }
            }
            b"text:p" => {
                if paragraphs > 0 {
                    text.push('\n');
                }
                paragraphs = paragraphs.saturating_add(1);
                is_blank = true;
                in_a_paragraph = !is_closed;
            }
            b"text:line-break" | b"text:tab" => {
                text.push(if name == b"text:tab" { '\t' } else { '\n' });
                is_blank = false;
            }
            b"text:s" => {
                is_blank = false;
                let count = attribute(tag, "text:c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                text.push_str(&" ".repeat(count.min(MOST_BLANKS)));
            }
            _ => {}
        }
    }
    text
}

/// No text has more blanks at once.
const MOST_BLANKS: usize = 1000;
