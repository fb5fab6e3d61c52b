//! A workbook as spreadsheets read it (`.xlsx`): sheets with a header that stays in sight, a filter, and cells that are what they look like.
//! Numbers are written in their own decimal digits, never as binary fractions. A number with more digits than a spreadsheet keeps (fifteen)
//! is written as a text, so that none is lost in silence; so is a day before March 1900, which spreadsheets do not agree on.
//! A text is a text: what begins with `=` is no formula. The same content makes the same bytes.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::render::escape::markup_lines;
use crate::render::mistaken::is_kept;
use crate::source::letters;
use crate::value::Day;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    /// A text that may be long: it is broken within its cell.
    Long(String),
    /// A word with the colour that goes with it.
    Word(String, Shade),
    /// A number in decimal digits; what is none is written as a text.
    Number(String),
    Day(Day),
    /// A day with a time, or without a day a time of day, in milliseconds.
    Timed(Option<Day>, u64),
    /// A span of time, in milliseconds.
    Span(u64),
    /// A span of time in days, such as one below zero: decimal digits, as a number has them.
    Days(String),
    YesNo(bool),
}

/// The colour of a word; the word says all by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    Plain,
    Good,
    Warning,
    Bad,
    Person,
}

/// What the cells of a column take: words that are shown beside a cell that is chosen, and, where there are some, the only words that
/// it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub words: String,
    pub options: Vec<String>,
}

/// A column: what stands above it, and how wide it is, in letters.
pub type Column = (String, usize);

/// A sheet's text is no longer than this and a row: longer parts of a package are written in a way that not all programs read.
const MOST_BYTES: usize = 4_000_000_000;
/// So many rows a sheet holds.
const MOST_ROWS: usize = 1 << 20;
/// So many characters a cell holds.
const LONGEST: usize = 32_767;
/// So many digits of a number a spreadsheet keeps.
const DIGITS: usize = 15;
/// So many letters the name of a sheet has.
const SHEET_NAME: usize = 31;
/// So many characters the words beside a cell have, and all options together.
const PROMPT: usize = 255;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
"#;

const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">"#;

const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">"#;

/// In the order of [`style`].
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="4"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="[hh]:mm:ss"/><numFmt numFmtId="166" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/><numFmt numFmtId="167" formatCode="hh:mm:ss"/></numFmts><fonts count="7"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><color rgb="FF3D4650"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><color rgb="FF14532D"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><color rgb="FF6B3D00"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><color rgb="FF8A1420"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><color rgb="FF46267D"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="8"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE3E8ED"/><bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF3F5F7"/><bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE9F6ED"/><bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFF3DC"/><bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFDEAEA"/><bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2ECFB"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FF56606B"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="12"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="0" fontId="2" fillId="3" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="0" fontId="3" fillId="4" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="0" fontId="4" fillId="5" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="0" fontId="5" fillId="6" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="0" fontId="6" fillId="7" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="167" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
"#;

/// Which of the styles a cell has.
fn style(cell: &Cell) -> u8 {
    match cell {
        Cell::Empty | Cell::Text(_) | Cell::Number(_) | Cell::YesNo(_) => 0,
        Cell::Day(_) => 2,
        Cell::Span(_) | Cell::Days(_) => 9,
        Cell::Timed(Some(_), _) => 10,
        Cell::Timed(None, _) => 11,
        Cell::Long(_) => 3,
        Cell::Word(_, Shade::Plain) => 4,
        Cell::Word(_, Shade::Good) => 5,
        Cell::Word(_, Shade::Warning) => 6,
        Cell::Word(_, Shade::Bad) => 7,
        Cell::Word(_, Shade::Person) => 8,
    }
}

const HEADER: u8 = 1;

/// A workbook that is being written.
pub struct Book {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    sheets: Vec<Named>,
    /// What the columns of the next sheet take.
    choices: Vec<Choice>,
}

/// A sheet's name, and the cells of it that can be filtered.
struct Named {
    name: String,
    filtered: Option<String>,
}

impl Book {
    pub fn new() -> Book {
        Book { zip: ZipWriter::new(Cursor::new(Vec::new())), sheets: Vec::new(), choices: Vec::new() }
    }

    /// Says of the columns of the sheet that comes next what they take.
    pub fn chosen(&mut self, choices: &[Choice]) {
        self.choices = choices.to_vec();
    }

    /// A sheet with a header, and rows that are made one at a time. Rows for which a sheet has no room are counted in its last one.
    pub fn sheet(&mut self, name: &str, columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> io::Result<()> {
        let header = columns.iter().map(|(name, _)| Cell::Text(name.clone())).collect();
        let widths: Vec<usize> = columns.iter().map(|(_, width)| *width).collect();
        self.rows(name, &widths, Some(1), std::iter::once(header).chain(rows))
    }

    /// A sheet of rows. Of those, one (counted from 1) may be a header: it stays in view, with a filter for what stands below.
    pub fn rows(
        &mut self,
        name: &str,
        widths: &[usize],
        header: Option<usize>,
        rows: impl Iterator<Item = Vec<Cell>>,
    ) -> io::Result<()> {
        let name = self.name(name);
        self.sheets.push(Named { name, filtered: None });
        self.begin(&format!("xl/worksheets/sheet{}.xml", self.sheets.len()))?;
        let mut text = format!("{SHEET}{}</sheetView></sheetViews>", header.map_or_else(String::new, frozen));
        text.push_str(&self::widths(widths));
        text.push_str("<sheetData>");
        let (mut count, mut widest, mut length, mut rows) = (0_usize, 1_usize, text.len(), rows.peekable());
        while let Some(cells) = rows.next() {
            count = count.saturating_add(1);
            widest = widest.max(cells.len());
            let last = (count == MOST_ROWS || length > MOST_BYTES) && rows.peek().is_some();
            let is_header = header == Some(count);
            match last {
                true => {
                    let more = rows.by_ref().count().saturating_add(1);
                    let words = format!("{more} more rows do not fit in a sheet; `--format csv` lists all");
                    row(&mut text, count, &[Cell::Text(words)], None);
                }
                false => row(&mut text, count, &cells, is_header.then_some(HEADER)),
            }
            length = length.saturating_add(text.len());
            self.zip.write_all(text.as_bytes())?;
            text.clear();
        }
        text.push_str("</sheetData>");
        if let Some(header) = header.filter(|header| *header <= count) {
            let last = letters(widest.saturating_sub(1));
            _ = write!(text, "<autoFilter ref=\"A{header}:{last}{count}\"/>");
            if let Some(named) = self.sheets.last_mut() {
                named.filtered = Some(format!("$A${header}:${last}${count}"));
            }
        }
        text.push_str(&validations(&std::mem::take(&mut self.choices)));
        text.push_str("</worksheet>\n");
        self.zip.write_all(text.as_bytes())
    }

    /// The whole of it.
    pub fn end(mut self) -> io::Result<Vec<u8>> {
        let (mut types, mut sheets) = (TYPES.to_string(), WORKBOOK.to_string());
        let mut relations = RELATIONS.split_inclusive("relationships\">").next().unwrap_or_default().to_string();
        sheets.push_str("<sheets>");
        let mut filters = String::new();
        for (Named { name, filtered }, number) in self.sheets.iter().zip(1_usize..) {
            _ = write!(
                types,
                "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
            );
            _ = write!(
                relations,
                "<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            );
            // LibreOffice finds a filter by its name alone.
            if let Some(cells) = filtered {
                let name = name.replace('\'', "''");
                let (own, at) = (markup_lines(&name), number.saturating_sub(1));
                _ = write!(
                    filters,
                    "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{at}\" hidden=\"1\">'{own}'!{cells}</definedName>"
                );
            }
            _ = write!(sheets, "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>", markup_lines(name));
        }
        _ = write!(
            relations,
            "<Relationship Id=\"rId{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
            self.sheets.len().saturating_add(1)
        );
        types.push_str("</Types>\n");
        sheets.push_str("</sheets>");
        if !filters.is_empty() {
            _ = write!(sheets, "<definedNames>{filters}</definedNames>");
        }
        sheets.push_str("</workbook>\n");
        let parts = [
            ("xl/styles.xml", STYLES),
            ("xl/workbook.xml", &sheets),
            ("xl/_rels/workbook.xml.rels", &relations),
            ("_rels/.rels", RELATIONS),
            ("[Content_Types].xml", &types),
        ];
        for (name, text) in parts {
            self.begin(name)?;
            self.zip.write_all(text.as_bytes())?;
        }
        Ok(self.zip.finish()?.into_inner())
    }

    /// A part of the package. Its time is always the same. It is none of the long ones, which LibreOffice refuses where they are short.
    fn begin(&mut self, name: &str) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        Ok(self.zip.start_file(name, options)?)
    }

    /// A name that a sheet may have: short, without some signs, and no other's.
    fn name(&self, wanted: &str) -> String {
        let plain: String = wanted.chars().map(|sign| if r"[]:*?/\".contains(sign) { '-' } else { sign }).collect();
        let cut = |room: usize| plain.trim_matches('\'').chars().take(room).collect::<String>();
        let is_new = |name: &String| !self.sheets.iter().any(|other| other.name.to_lowercase() == name.to_lowercase());
        let first = cut(SHEET_NAME);
        let mut others = (2_usize..).map(|number| format!("{} {number}", cut(SHEET_NAME.saturating_sub(8))));
        match first.is_empty() || !is_new(&first) {
            false => first,
            true => others.find(is_new).unwrap_or(first),
        }
    }
}

impl Default for Book {
    fn default() -> Self {
        Book::new()
    }
}

/// The rows down to the header stay where they are when the others are rolled.
fn frozen(header: usize) -> String {
    let below = header.saturating_add(1);
    format!(
        "<pane ySplit=\"{header}\" topLeftCell=\"A{below}\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/>"
    )
}

fn widths(all: &[usize]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let one =
        |(width, at): (&usize, usize)| format!("<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>");
    format!("<cols>{}</cols>", all.iter().zip(1_usize..).map(one).collect::<String>())
}

/// What each column takes, from below its name down to the end of the sheet.
fn validations(choices: &[Choice]) -> String {
    if choices.is_empty() {
        return String::new();
    }
    let mut text = format!("<dataValidations count=\"{}\">", choices.len());
    for (at, choice) in choices.iter().enumerate() {
        let column = letters(at);
        let prompt: String = choice.words.chars().take(PROMPT).collect();
        let list = choice.options.join(",");
        // A word with a comma or quotes in it cannot stand in such a list, nor can very many.
        let is_list = !choice.options.is_empty()
            && list.chars().count() <= PROMPT
            && !choice.options.iter().any(|option| option.contains([',', '"']));
        let kind = if is_list { " type=\"list\" showErrorMessage=\"1\"" } else { "" };
        let formula = if is_list { format!("<formula1>\"{}\"</formula1>", markup_lines(&list)) } else { String::new() };
        _ = write!(
            text,
            "<dataValidation{kind} allowBlank=\"1\" showInputMessage=\"1\" prompt=\"{}\" sqref=\"{column}2:{column}{MOST_ROWS}\">{formula}</dataValidation>",
            markup_lines(&prompt)
        );
    }
    text.push_str("</dataValidations>");
    text
}

fn row(text: &mut String, number: usize, cells: &[Cell], all: Option<u8>) {
    _ = write!(text, "<row r=\"{number}\">");
    for (at, one) in cells.iter().enumerate() {
        let style = all.unwrap_or_else(|| style(one));
        let name = format!("{}{number}", letters(at));
        match one {
            Cell::Empty => {}
            Cell::Text(words) | Cell::Long(words) | Cell::Word(words, _) => text_cell(text, &name, style, words),
            Cell::Number(digits) | Cell::Days(digits) if is_kept(digits) => {
                _ = write!(text, "<c r=\"{name}\" s=\"{style}\"><v>{digits}</v></c>");
            }
            Cell::Number(words) | Cell::Days(words) => text_cell(text, &name, style, words),
            Cell::YesNo(is) => _ = write!(text, "<c r=\"{name}\" s=\"{style}\" t=\"b\"><v>{}</v></c>", u8::from(*is)),
            Cell::Day(day) => match serial(*day) {
                Some(serial) => _ = write!(text, "<c r=\"{name}\" s=\"{style}\"><v>{serial}</v></c>"),
                None => text_cell(text, &name, 0, &day.to_string()),
            },
            Cell::Span(milliseconds) => {
                let number = timed(0, *milliseconds);
                _ = write!(text, "<c r=\"{name}\" s=\"{style}\"><v>{number}</v></c>");
            }
            Cell::Timed(day, milliseconds) => match day.map_or(Some(0), serial) {
                Some(days) => {
                    let number = timed(days, *milliseconds);
                    _ = write!(text, "<c r=\"{name}\" s=\"{style}\"><v>{number}</v></c>");
                }
                None => text_cell(text, &name, 0, &day.map_or_else(String::new, |day| day.to_string())),
            },
        }
    }
    text.push_str("</row>");
}

fn text_cell(text: &mut String, name: &str, style: u8, words: &str) {
    if words.is_empty() {
        return;
    }
    let words = match words.char_indices().nth(LONGEST) {
        Some(_) => {
            let cut = format!(" … (cut: {} characters in all)", words.chars().count());
            words.chars().take(LONGEST.saturating_sub(cut.chars().count())).chain(cut.chars()).collect()
        }
        None => words.to_string(),
    };
    let words = unfolded(&words);
    _ = write!(
        text,
        "<c r=\"{name}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        markup_lines(&words)
    );
}

/// Spreadsheets take `_x0041_` in a text for a letter; the first sign of it is written as such a one itself.
fn unfolded(words: &str) -> String {
    let code = |rest: &str| {
        let mut signs = rest.bytes();
        let begins = signs.next() == Some(b'_') && signs.next() == Some(b'x');
        begins && signs.by_ref().take(4).filter(u8::is_ascii_hexdigit).count() == 4 && signs.next() == Some(b'_')
    };
    let mut text = String::with_capacity(words.len());
    for (at, sign) in words.char_indices() {
        match sign {
            '_' if code(words.get(at..).unwrap_or_default()) => text.push_str("_x005F_"),
            sign => text.push(sign),
        }
    }
    text
}

/// The number under which a spreadsheet keeps a day; none before March 1900, where some count a day that there was not.
fn serial(day: Day) -> Option<i32> {
    let (origin, first) = (Day::of(1899, 12, 30)?, Day::of(1900, 3, 1)?);
    (day >= first).then(|| origin.days_until(day))
}

/// Days and a part of one in decimal digits, of which a spreadsheet keeps fifteen.
fn timed(days: i32, milliseconds: u64) -> String {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let whole = u64::try_from(days).unwrap_or(0).saturating_add(milliseconds / DAY);
    let room = DIGITS.saturating_sub(whole.to_string().len());
    let scale = 10_u64.saturating_pow(u32::try_from(room).unwrap_or(0));
    let part = u128::from(milliseconds % DAY).saturating_mul(u128::from(scale));
    // The nearest; a part of a day is never so near to the next one that it becomes it.
    let part = part.saturating_add(u128::from(DAY / 2)).checked_div(u128::from(DAY)).unwrap_or(0);
    format!("{whole}.{part:0room$}")
}
