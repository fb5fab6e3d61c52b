//! Spreadsheets: a sheet as the text of a table, a row a line, so that all that is known of tables holds for it. A cell's value
//! is taken, never how it is shown: texts stand in quotes, numbers, days and answers without. What the file keeps in binary is
//! written out with the 15 digits that spreadsheets have themselves. Nothing else in overens names calamine.

use std::collections::BTreeMap;
use std::fmt::{Display, LowerExp, Write};
use std::io::Cursor;

use calamine::{
    CellErrorType, Data, DataRef, ExcelDateTime, ExcelDateTimeType, Ods, Range, Reader, Sheet, SheetType, SheetVisible,
    Style, Xls, Xlsx,
};
use memchr::memmem;

use crate::{
    source::{Grid, letters},
    value::Day,
};

pub use super::hidden::Hidden;
use super::{
    biff::{self, By},
    compound, error_cells, format,
    guarded::guarded,
    hidden::{self, Beside, Merged},
    indented,
    marks::{Mark, Marks},
    merged::Covered,
    number_format::{Format, Kind, Shown},
    odd,
    ods_formats::Formats,
    packed::{declared, unpacked},
    row_marks::{self, RowMarks},
    runs::{self, Formatted},
    sheet_text::{Table, Value},
    shown::Gathered,
    text_formulas::may_give_text,
    wording::{clip, folded},
    wrong_cells::{self, Wrong},
};

/// What stands between two cells.
pub const DELIMITER: u8 = b'\t';

/// A sheet that was read.
pub struct Made {
    pub text: String,
    pub grid: Grid,
    /// The other sheets, when nobody said which one is meant.
    pub others: Vec<Other>,
    pub hidden: Hidden,
    /// The merged cells of records, of which only the first one is read.
    pub merged: Vec<Merged>,
    /// Cells in whose texts a part is raised, lowered or struck out.
    pub runs: Formatted,
    /// Rows all of whose values are struck out, and those in which tables of the sheet have their totals.
    pub struck: Vec<u32>,
    pub totals: Vec<u32>,
    /// What the name of such a file ends in.
    pub kind: &'static str,
}

/// A sheet that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub name: String,
    pub hidden: bool,
}

/// Why no sheet was read.
#[derive(Debug)]
pub enum Refused {
    /// What is wrong with the file, and the way out.
    Unreadable { message: String, help: String },
    /// It has so many columns, which are more than were allowed.
    TooWide { columns: usize },
    /// Unpacked, it is longer than was allowed: so many bytes at least.
    TooLong { bytes: u64 },
    /// A cell of it is longer than was allowed.
    LongCell { bytes: u64 },
}

/// Whether the ending of a file's name says that it is a spreadsheet.
pub fn is_ending(ending: &str) -> bool {
    matches!(ending.to_ascii_lowercase().as_str(), "ods" | "xls" | "xlsm" | "xlsx")
}

/// Whether a file's first bytes are those of a spreadsheet, or of something else that is packed like one.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// How much of a spreadsheet is read.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    pub columns: usize,
    /// Of all its parts together, unpacked.
    pub bytes: u64,
    /// Of a cell: a text that is much longer is not read to its end, only to be refused.
    pub cell: u64,
}

/// As many bytes may stand for one sign of a text: `&quot;`.
const MOST_TO_A_SIGN: u64 = 10;

impl Default for Most {
    fn default() -> Self {
        Most { columns: usize::MAX, bytes: u64::MAX, cell: u64::MAX }
    }
}

/// Reads the sheet of that name, or the only one, if it has no more than was allowed.
pub fn read(bytes: &[u8], sheet: Option<&str>, most: Most) -> Result<Made, Refused> {
    if !is_one(bytes) {
        return Err(no_spreadsheet(bytes));
    }
    let unpacked = unpacked(bytes, most.bytes);
    if unpacked.all > most.bytes {
        return Err(Refused::TooLong { bytes: unpacked.all.max(declared(bytes)) });
    }
    if unpacked.text > most.cell.saturating_mul(MOST_TO_A_SIGN) {
        return Err(Refused::LongCell { bytes: unpacked.text });
    }
    guarded(|| of(bytes, sheet, most.columns)).unwrap_or_else(|| Err(damaged(bytes)))
}

/// The names of all its sheets, the shown ones first.
pub fn sheets(bytes: &[u8], most: u64) -> Result<Vec<String>, Refused> {
    let unpacked = unpacked(bytes, most).all;
    if unpacked > most {
        return Err(Refused::TooLong { bytes: unpacked });
    }
    guarded(|| names_in(bytes)).unwrap_or_else(|| Err(damaged(bytes)))
}

fn names_in(bytes: &[u8]) -> Result<Vec<String>, Refused> {
    let book = match kind(bytes)? {
        "ods" => {
            let close = indented::without_blanks(bytes, &whole_content(bytes)?);
            Ods::new(Cursor::new(close.as_deref().unwrap_or(bytes))).map_err(broken)?.sheets_metadata().to_vec()
        }
        "xlsx" => Xlsx::new(Cursor::new(bytes)).map_err(broken)?.sheets_metadata().to_vec(),
        _ => Xls::new(Cursor::new(bytes)).map_err(broken)?.sheets_metadata().to_vec(),
    };
    let mut tables: Vec<&Sheet> = book.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
    tables.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);
    Ok(tables.into_iter().map(|sheet| sheet.name.clone()).collect())
}

/// What is packed like a spreadsheet: the ending of a spreadsheet's name, or `archive`.
pub fn named(bytes: &[u8]) -> &'static str {
    let is_binary = |name: &String| name.trim_start_matches('/').eq_ignore_ascii_case("xl/workbook.bin");
    match kind(bytes) {
        Ok(kind) => kind,
        Err(_) if !bytes.starts_with(b"PK") => "xls",
        Err(_) if hidden::names(bytes).is_some_and(|names| names.iter().any(is_binary)) => "xlsb",
        Err(_) => "archive",
    }
}

/// What a spreadsheet is, whatever its name says.
fn kind(bytes: &[u8]) -> Result<&'static str, Refused> {
    if !bytes.starts_with(b"PK") {
        // A workbook that is packed in one of these is locked.
        if compound::part_called(bytes, &["EncryptedPackage"]).is_some() || biff::has_password(bytes) {
            return Err(protected());
        }
        let wrong = match (compound::ends(bytes), || biff::is_sound(bytes)) {
            (false, _) => "a part of the file is missing or leads back into itself",
            (true, is_sound) if !is_sound() => "what it says of its sheets contradicts itself",
            (true, _) => return biff::stray(bytes).map_or(Ok("xls"), |stray| Err(too_far(&stray))),
        };
        return Err(Refused::Unreadable {
            message: format!("this spreadsheet cannot be read: {wrong}"),
            help: "open it in a spreadsheet program and save it again".to_owned(),
        });
    }
    let no_sheet = |is: &str| Refused::Unreadable {
        message: format!("this file is {is}, not a spreadsheet, despite its name"),
        help: "give a spreadsheet, or a text file with one row on each line".to_owned(),
    };
    // The first part of these says what they are.
    if let Some(text) = bytes.get(30..).and_then(|name| name.strip_prefix(b"mimetype")) {
        let of_another = text.strip_prefix(b"application/vnd.oasis.opendocument.");
        let of_another = of_another.is_some_and(|kind| !kind.starts_with(b"spreadsheet"));
        return match of_another {
            true => Err(no_sheet("another kind of OpenDocument file")),
            // What lists the parts stands at the end of the file.
            false if hidden::names(bytes).is_none() => Err(incomplete()),
            false => Ok("ods"),
        };
    }
    let Some(parts) = hidden::names(bytes) else {
        return Err(incomplete());
    };
    let has = |what: &str| parts.iter().any(|name| name.trim_start_matches('/').to_lowercase().starts_with(what));
    if has("xl/workbook.bin") {
        return Err(Refused::Unreadable {
            message: "this file is a binary workbook (`.xlsb`), which is not supported".to_owned(),
            help: "open it in a spreadsheet program and save it as `.xlsx`".to_owned(),
        });
    }
    let others = [("word/", "a text document (`.docx`)"), ("ppt/", "a presentation (`.pptx`)")];
    match others.iter().find(|(folder, _)| has(folder)) {
        _ if has("xl/") => Ok("xlsx"),
        // Some programs write its kind behind other parts.
        _ if has("mimetype") && has("content.xml") => Ok("ods"),
        Some((_, is)) => Err(no_sheet(is)),
        None if has("[content_types].xml") => Ok("xlsx"),
        None => Err(no_sheet("a zip archive")),
    }
}

/// The content of an `.ods`, all of whose tables are closed: calamine waits for the end of one that is not.
fn whole_content(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    const BEGINS: &[u8] = b"<table:table";
    let content = hidden::content(bytes);
    let stays_open = |at: usize| {
        let tag = content.get(at.saturating_add(BEGINS.len())..).unwrap_or_default();
        let is_table = tag.first().is_some_and(|next| next.is_ascii_whitespace() || *next == b'>');
        let end = memchr::memchr(b'>', tag).unwrap_or(0);
        is_table && end.checked_sub(1).and_then(|last| tag.get(last)) != Some(&b'/')
    };
    let begun = memmem::find_iter(&content, BEGINS).filter(|at| stays_open(*at)).count();
    if begun > memmem::find_iter(&content, b"</table:table>").count() {
        return Err(Refused::Unreadable {
            message: "this spreadsheet cannot be read: a table in it has no end".to_owned(),
            help: "open it in a spreadsheet program and save it again, or have it sent again".to_owned(),
        });
    }
    Ok(content)
}

fn of(bytes: &[u8], sheet: Option<&str>, columns: usize) -> Result<Made, Refused> {
    let kind = kind(bytes)?;
    if kind == "ods" {
        let content = whole_content(bytes)?;
        let close = indented::without_blanks(bytes, &content);
        let book = Ods::new(Cursor::new(close.as_deref().unwrap_or(bytes)));
        let mut book = book.map_err(|why| wrong_cells::of_ods(&content).map_or_else(|| broken(why), wrong))?;
        let (name, others) = chosen(book.sheets_metadata(), sheet)?;
        if let Some((row, column)) = odd::in_ods(&content, &name) {
            return Err(in_an_odd_form(&format!("{}{}", letters(column as usize), row.saturating_add(1))));
        }
        let (hidden, merged) = hidden::of_ods(&content, &name);
        let styles = hidden::part_of(bytes, "styles.xml").unwrap_or_default();
        let is_from_1904 = memmem::find(&content, b"table:date-value=\"1904-").is_some();
        let marks = Marks::of(&content, &name, &Formats::of([&styles, &content]));
        let table = ods(&mut book, &name, (&marks, is_from_1904), (hidden::by(bytes), Covered::of(&merged)))?;
        let merged = table.lost(&merged);
        let runs = runs::of_ods(&content, &name, &styles);
        let RowMarks { struck, totals } = row_marks::of_ods(&content, &name, &styles);
        return Ok(Made { hidden, merged, runs, struck, totals, kind, ..table.made((name, others), columns)? });
    }
    if kind == "xlsx" {
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
        let (name, others) = chosen(book.sheets_metadata(), sheet)?;
        let Beside { hidden, merged, has_odd, has_runs } = hidden::of_xlsx(bytes, &name);
        if has_odd {
            let content = hidden::sheet_of(bytes, &name).unwrap_or_default();
            let cell = odd::in_xlsx(&content).map(|at| wrong_cells::around(&content, at));
            return Err(in_an_odd_form(&cell.unwrap_or_default()));
        }
        let asks = hidden::asks_to_calculate(bytes);
        let is_from_1904 = hidden::is_from_1904(bytes);
        let read = |book: &mut Xlsx<Cursor<&[u8]>>| -> Result<Table, String> {
            let (shown, kinds) = by_formats(book, &name)?;
            let kinds = Kinds { kinds, is_from_1904 };
            let (mut table, formulas) = xlsx(book, &name, (Covered::of(&merged), Formulas::None), &kinds)?;
            if asks && formulas == Formulas::Zeros {
                table = xlsx(book, &name, (Covered::of(&merged), formulas), &kinds)?.0;
            }
            table.shown = shown;
            Ok(table)
        };
        let table = match read(&mut book) {
            Err(why) if why.contains("cell error value") => {
                let texts = error_cells::as_texts(bytes, &name).ok_or_else(|| broken(why))?;
                read(&mut Xlsx::new(Cursor::new(texts.as_slice())).map_err(broken)?)
            }
            read => read,
        };
        let wrong_cell = || wrong_cells::of_xlsx(&hidden::sheet_of(bytes, &name)?);
        let table = table.map_err(|why| wrong_cell().map_or_else(|| broken(why), wrong))?;
        let merged = table.lost(&merged);
        let runs = runs::of_xlsx(bytes, &name, has_runs);
        let RowMarks { struck, totals } = row_marks::of_xlsx(bytes, &name);
        return Ok(Made { hidden, merged, runs, struck, totals, kind, ..table.made((name, others), columns)? });
    }
    let mut book = Xls::new(Cursor::new(bytes)).map_err(broken)?;
    let (name, others) = chosen(book.sheets_metadata(), sheet)?;
    let place = book.sheets_metadata().iter().position(|sheet| sheet.name == name);
    let beside = biff::beside(bytes, place.unwrap_or(0));
    let merged = book.merge_cells_by_sheet_name(&name).map_err(broken)?;
    let merged: Vec<Merged> = merged.iter().map(|range| (range.start, range.end)).collect();
    let table = xls(&mut book, &name, (&beside, Covered::of(&merged)))?;
    let merged = table.lost(&merged);
    let hidden = table.hidden(&beside.hidden_rows, &beside.hidden_columns);
    let runs = beside.runs;
    Ok(Made { hidden, merged, runs, kind, ..table.made((name, others), columns)? })
}

/// A sheet of an `.xls`. There a formula that gives no text looks like one that was never worked out, as some programs write them.
/// Where no formula of the sheet has a value, none was worked out, unless LibreOffice wrote the file, which works out all. It writes
/// nought in place of a text where the cell has a format of numbers.
fn xls(
    book: &mut Xls<Cursor<&[u8]>>,
    name: &str,
    (beside, covered): (&biff::Beside, Covered),
) -> Result<Table, Refused> {
    let range = book.worksheet_range(name).map_err(broken)?;
    let formulas = book.worksheet_formula(name).map_err(broken)?;
    let (row, column) = formulas.start().unwrap_or((0, 0));
    let formulas: BTreeMap<(u32, u32), &String> =
        formulas.used_cells().map(|(at, to, formula)| ((row_of(at, row), row_of(to, column)), formula)).collect();
    let is_blank = |at: &(u32, u32)| match range.get_value(*at) {
        Some(Data::String(text)) => text.is_empty(),
        value => value.is_none_or(|value| *value == Data::Empty),
    };
    let never = beside.by == By::Another && formulas.keys().all(is_blank);
    let is_text =
        |cell: &str| hidden::place(cell).is_none_or(|at| matches!(range.get_value(at), Some(Data::String(_))));
    let is_lost = |at: &(u32, u32)| match beside.noughts.get(at).filter(|_| beside.by == By::LibreOffice) {
        Some(Some(may)) => *may,
        Some(None) => formulas.get(at).is_none_or(|formula| may_give_text(formula, &is_text)),
        None => false,
    };
    let mut table = Table::of(covered);
    let mut kinds = BTreeMap::new();
    for (at, format) in &beside.formatted {
        let value = match range.get_value(*at) {
            Some(Data::Int(number)) => number.to_string(),
            Some(Data::Float(number)) => written(*number),
            Some(Data::DateTime(day)) if format.has_kinds() => written(day.as_f64()),
            Some(Data::String(text)) => {
                Shown::of_text(format, text).gather(*at, &mut table.shown);
                continue;
            }
            _ => continue,
        };
        let of_kind = format.other_kind(&value).and_then(|kind| of_kind(kind, &value, beside.is_from_1904));
        kinds.extend(of_kind.map(|of_kind| (*at, of_kind)));
        Shown::of(format, &value).gather(*at, &mut table.shown);
    }
    for (at, value) in used(&range) {
        let value = match formulas.get(&at) {
            Some(_) if never => Value::Unsaved,
            _ if is_lost(&at) => Value::Lost,
            Some(_) | None => kinds.remove(&at).unwrap_or(value),
        };
        table.cell(at, value).map_err(broken)?;
    }
    Ok(table)
}

fn incomplete() -> Refused {
    Refused::Unreadable {
        message: "this spreadsheet cannot be read: the file is incomplete".to_owned(),
        help: "copy or send it again; part of it is missing".to_owned(),
    }
}

/// A file in which calamine breaks off.
fn damaged(bytes: &[u8]) -> Refused {
    let anew = if bytes.starts_with(b"PK") { "it again" } else { "it as `.xlsx`" };
    Refused::Unreadable {
        message: "this spreadsheet cannot be read: it is damaged, since its parts contradict each other".to_owned(),
        help: format!("open it in a spreadsheet program and save {anew}, or have it sent again"),
    }
}

/// A sheet for whose table there would be no room, though it has few cells.
fn too_far(stray: &biff::Stray) -> Refused {
    let biff::Stray { row, column, area, cells } = stray;
    let cell = format!("{}{}", letters(usize::from(*column)), u32::from(*row).saturating_add(1));
    Refused::Unreadable {
        message: format!(
            "this spreadsheet cannot be read: cell {cell} is so far from the others that its sheet would have {area} cells, of which {cells} have something in them"
        ),
        help: "save it as `.xlsx`, or delete the rows and columns after the table and save it again".to_owned(),
    }
}

fn broken(why: impl ToString) -> Refused {
    let why = why.to_string();
    if why.starts_with("Cfb error") {
        return incomplete();
    }
    if why.contains("password") {
        return protected();
    }
    Refused::Unreadable {
        message: format!("this spreadsheet cannot be read: {}", clip(&why)),
        help: "open it in a spreadsheet program and save it again".to_owned(),
    }
}

fn protected() -> Refused {
    Refused::Unreadable {
        message: "this spreadsheet is protected by a password, so it cannot be read".to_owned(),
        help: "open it in a spreadsheet program and save it without a password".to_owned(),
    }
}

/// A cell that calamine does not read, and for which it gives up the sheet.
fn wrong(cell: Wrong) -> Refused {
    let Wrong { cell, value, expected } = cell;
    Refused::Unreadable {
        message: format!("the file says that cell {cell} holds {expected}, but its value is `{}`", clip(&value)),
        help: "correct the cell in a spreadsheet program and save the file again".to_owned(),
    }
}

fn in_an_odd_form(cell: &str) -> Refused {
    Refused::Unreadable {
        message: match cell {
            "" => "the value of a cell is written in a form that cannot be read reliably".to_owned(),
            cell => format!("the value of cell {cell} is written in a form that cannot be read reliably"),
        },
        help: "open it in a spreadsheet program and save it again".to_owned(),
    }
}

/// The cells with something in them, by row and column.
fn used(range: &Range<Data>) -> impl Iterator<Item = ((u32, u32), Value<'_>)> {
    let (row, column) = range.start().unwrap_or((0, 0));
    range.used_cells().map(move |(at, to, value)| ((row_of(at, row), row_of(to, column)), Value::of(value)))
}

/// A sheet of an `.ods`. A formula that gives no text has no value there if LibreOffice wrote it; another program has not worked it out.
fn ods(
    book: &mut Ods<Cursor<&[u8]>>,
    name: &str,
    (marks, is_from_1904): (&Marks, bool),
    (by, covered): (By, Covered),
) -> Result<Table, Refused> {
    let range = book.worksheet_range(name).map_err(broken)?;
    let formulas = book.worksheet_formula(name).map_err(broken)?;
    let (row, column) = formulas.start().unwrap_or((0, 0));
    let without = formulas.used_cells().map(|(at, to, _)| (row_of(at, row), row_of(to, column)));
    let without =
        without.filter(|at| by == By::Another && range.get_value(*at).is_none_or(|value| *value == Data::Empty));
    // A formula without a value has no cell among the used ones.
    let mut all: Vec<((u32, u32), Value)> = used(&range).chain(without.map(|at| (at, Value::Unsaved))).collect();
    all.sort_by_key(|(at, _)| *at);
    let mut table = Table::of(covered);
    for (at, value) in all {
        match (marks.at(at), &value) {
            (Some(Mark::Shown(shown)), Value::Plain(_) | Value::Text(_)) => shown.gather(at, &mut table.shown),
            // The currency is a part of the value.
            (Some(Mark::Currency(_, shown)), Value::Plain(_)) => {
                Shown { currencies: Vec::new(), ..shown.clone() }.gather(at, &mut table.shown);
            }
            _ => {}
        }
        let value = match (marks.at(at), value) {
            (Some(Mark::Error(shown)), _) => Value::Plain(shown.clone()),
            (Some(Mark::Answer(answer)), Value::Plain(_)) => Value::Plain(answer.to_string()),
            (Some(Mark::Text(text)), Value::Text(_)) => Value::Text(text),
            (Some(Mark::WithoutValue), Value::Text("")) if by == By::Another => Value::Unsaved,
            (Some(Mark::OfKind(kind, number)), Value::Plain(_)) => {
                of_kind(*kind, number, is_from_1904).unwrap_or_else(|| Value::Plain(number.clone()))
            }
            (Some(Mark::Currency(currency, _)), Value::Plain(amount)) => Value::Plain(format!("{currency} {amount}")),
            (_, value) => value,
        };
        table.cell(at, value).map_err(broken)?;
    }
    Ok(table)
}

fn row_of(at: usize, first: u32) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX).saturating_add(first)
}

/// The sheet that is meant, and the others that might be.
fn chosen(sheets: &[Sheet], wanted: Option<&str>) -> Result<(String, Vec<Other>), Refused> {
    let tables = || sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = tables().map(|sheet| format!("`{}`", clip(&sheet.name))).collect();
    let Some(wanted) = wanted else {
        let is_shown = |sheet: &&Sheet| sheet.visible == SheetVisible::Visible;
        let first = tables().find(is_shown).or_else(|| tables().next()).ok_or_else(|| Refused::Unreadable {
            message: "this spreadsheet has no sheet with cells".to_owned(),
            help: "use a file that has one".to_owned(),
        })?;
        let others = tables().filter(|sheet| sheet.name != first.name);
        let other = |sheet: &Sheet| Other { name: sheet.name.clone(), hidden: !is_shown(&sheet) };
        return Ok((first.name.clone(), others.map(other).collect()));
    };
    let exact = tables().find(|sheet| sheet.name == wanted);
    let found = exact.or_else(|| tables().find(|sheet| folded(&sheet.name) == folded(wanted)));
    found.map(|sheet| (sheet.name.clone(), Vec::new())).ok_or_else(|| Refused::Unreadable {
        message: format!("the file has no sheet `{}`", clip(wanted)),
        help: format!("its sheets are {}", names.join(", ")),
    })
}

fn no_spreadsheet(bytes: &[u8]) -> Refused {
    if bytes.is_empty() {
        let help = "save the spreadsheet again".to_owned();
        return Refused::Unreadable { message: "this file is empty".to_owned(), help };
    }
    let (is, help) = match format::named(bytes) {
        Some(name) => (name, format::way_out(name)),
        None if format::is_text(bytes) => {
            ("a text file", "if it has one row on each line, rename it to end in `.csv`".to_owned())
        }
        None => ("in an unknown format", "save the table in it as `.csv` or `.xlsx`".to_owned()),
    };
    Refused::Unreadable { message: format!("this file is {is}, not a spreadsheet, despite its name"), help }
}

/// What values the formulas of a sheet have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Formulas {
    /// There are no formulas, as far as is known.
    None,
    /// 0 or nothing, every one: some programs write that for each and leave it to others to calculate.
    Zeros,
    /// Of some at least, others.
    Calculated,
}

fn is_zero(value: &DataRef) -> bool {
    match value {
        DataRef::Empty | DataRef::Int(0) => true,
        DataRef::Float(number) => written(*number) == "0",
        _ => false,
    }
}

/// The cells of a sheet, and what its formulas give. Where they are known to give nothing but zeros, none has a value.
fn xlsx(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    (covered, known): (Covered, Formulas),
    kinds: &Kinds,
) -> Result<(Table, Formulas), String> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|why| why.to_string())?;
    let (mut table, mut formulas) = (Table::of(covered), known);
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|why| why.to_string())? {
        if cell.formula.is_some() && formulas != Formulas::Calculated {
            formulas = if is_zero(&cell.value) { Formulas::Zeros } else { Formulas::Calculated };
        }
        let value = match (&cell.value, &cell.formula) {
            (DataRef::Empty, Some(_)) => Value::Unsaved,
            (_, Some(_)) if known == Formulas::Zeros => Value::Unsaved,
            (DataRef::Empty, None) => continue,
            (value, _) => kinds.value(cell.pos, value).unwrap_or_else(|| Value::of_ref(value)),
        };
        table.cell(cell.pos, value)?;
    }
    Ok((table, formulas))
}

/// What the formats of cells show beside their numbers, and what kind of value these are by a format that knows several. Only where
/// there are such formats, the cells are read once more.
fn by_formats(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<(Gathered, OfKinds), String> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|why| why.to_string())?;
    let format = |style: &Style| {
        let format = style.number_format.as_ref()?;
        Some(Format::of(format.format_id, &format.format_code)).filter(Format::tells)
    };
    let formats: Vec<Option<Format>> = cells.styles().iter().map(format).collect();
    let (mut gathered, mut kinds) = (Gathered::default(), BTreeMap::new());
    if formats.iter().all(Option::is_none) {
        return Ok((gathered, kinds));
    }
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|why| why.to_string())? {
        let Some(format) = formats.get(style).and_then(Option::as_ref) else { continue };
        let value = match cell.get_value() {
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => written(*number),
            DataRef::DateTime(day) if format.has_kinds() => written(day.as_f64()),
            DataRef::String(text) => {
                Shown::of_text(format, text).gather(cell.get_position(), &mut gathered);
                continue;
            }
            DataRef::SharedString(text) => {
                Shown::of_text(format, text).gather(cell.get_position(), &mut gathered);
                continue;
            }
            _ => continue,
        };
        kinds.extend(format.other_kind(&value).map(|kind| (cell.get_position(), kind)));
        Shown::of(format, &value).gather(cell.get_position(), &mut gathered);
    }
    Ok((gathered, kinds))
}

/// Numbers that are shown as another kind of value than the first part of their format shows.
type OfKinds = BTreeMap<(u32, u32), Kind>;

/// The same, and from when days are counted. calamine looks at the first part of a format.
struct Kinds {
    kinds: OfKinds,
    is_from_1904: bool,
}

impl Kinds {
    fn value(&self, at: (u32, u32), value: &DataRef) -> Option<Value<'static>> {
        let kind = self.kinds.get(&at)?;
        match value {
            DataRef::Int(number) => of_kind(*kind, &number.to_string(), self.is_from_1904),
            DataRef::Float(number) => of_kind(*kind, &written(*number), self.is_from_1904),
            DataRef::DateTime(day) => of_kind(*kind, &written(day.as_f64()), self.is_from_1904),
            _ => None,
        }
    }
}

/// A number as a value of some kind.
fn of_kind(kind: Kind, number: &str, is_from_1904: bool) -> Option<Value<'static>> {
    let day = |ty| Some(date(&ExcelDateTime::new(number.parse().ok()?, ty, is_from_1904)));
    match kind {
        Kind::Number => Some(Value::Plain(number.to_owned())),
        Kind::Day => day(ExcelDateTimeType::DateTime).map(Value::Plain),
        Kind::Span => day(ExcelDateTimeType::TimeDelta).map(Value::Span),
    }
}

impl<'v> Value<'v> {
    fn of(value: &'v Data) -> Value<'v> {
        match value {
            Data::Int(number) => Value::Plain(number.to_string()),
            Data::Float(number) => Value::Plain(written(*number)),
            Data::String(text) => Value::Text(text),
            Data::Bool(answer) => Value::Plain(answer.to_string()),
            Data::DateTime(day) if day.is_duration() => Value::Span(date(day)),
            Data::DateTime(day) => Value::Plain(date(day)),
            Data::DateTimeIso(day) => Value::Plain(iso_day(day)),
            Data::DurationIso(time) => Value::Plain(iso_time(time)),
            Data::Error(error) => Value::Plain(shown(error)),
            Data::Empty => Value::Empty,
        }
    }

    fn of_ref(value: &'v DataRef<'v>) -> Value<'v> {
        match value {
            DataRef::Int(number) => Value::Plain(number.to_string()),
            DataRef::Float(number) => Value::Plain(written(*number)),
            DataRef::String(text) => Value::Text(text),
            DataRef::SharedString(text) => Value::Text(text),
            DataRef::Bool(answer) => Value::Plain(answer.to_string()),
            DataRef::DateTime(day) if day.is_duration() => Value::Span(date(day)),
            DataRef::DateTime(day) => Value::Plain(date(day)),
            DataRef::DateTimeIso(day) => Value::Plain(iso_day(day)),
            DataRef::DurationIso(time) => Value::Plain(iso_time(time)),
            DataRef::Error(error) => Value::Plain(shown(error)),
            DataRef::Empty => Value::Empty,
        }
    }
}

fn shown(error: &CellErrorType) -> String {
    match error {
        CellErrorType::GettingData => "#GETTING_DATA".to_owned(),
        CellErrorType::Div0 | CellErrorType::NA | CellErrorType::Name | CellErrorType::Null => error.to_string(),
        CellErrorType::Num | CellErrorType::Ref | CellErrorType::Value => error.to_string(),
    }
}

/// A number with its first 15 digits. What takes no more when it is written as shortly as it can be has those, and is made much faster.
fn written(number: impl Display + LowerExp) -> String {
    let short = number.to_string();
    let digits = short.strip_prefix('-').unwrap_or(&short);
    let is_short =
        digits.len() <= 15 && digits != "0" && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_short { short } else { self::digits(&format!("{number:.14e}")) }
}

/// A number out of `-1.23400000000000e5`: `-123400`. One of more than 15 digits before its point was rounded, and keeps its
/// power, so that it is no id.
fn digits(scientific: &str) -> String {
    let parts = scientific.split_once('e').and_then(|(digits, power)| Some((digits, power.parse::<i32>().ok()?)));
    // Infinite, or no number at all.
    let Some((digits, power)) = parts else { return CellErrorType::Num.to_string() };
    let (minus, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let digits = digits.replace('.', "");
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return "0".to_owned();
    }
    if power >= 15 {
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        return format!("{minus}{first}{point}{rest}E+{power}");
    }
    let Ok(before) = usize::try_from(power.saturating_add(1)) else {
        let zeros = usize::try_from(power.saturating_add(1).unsigned_abs()).unwrap_or(0);
        return format!("{minus}0.{}{digits}", "0".repeat(zeros));
    };
    match digits.split_at_checked(before) {
        Some(("", after)) => format!("{minus}0.{after}"),
        Some((whole, "")) => format!("{minus}{whole}"),
        Some((whole, after)) => format!("{minus}{whole}.{after}"),
        None => format!("{minus}{digits}{}", "0".repeat(before.saturating_sub(digits.len()))),
    }
}

/// The last day that spreadsheets know, 9999-12-31, counted from 1900 and from 1904.
const LAST_DAYS: [&str; 2] = ["2958465", "2957003"];

/// A day with its time, a time alone, or a span of time, in hours.
fn date(day: &ExcelDateTime) -> String {
    let short = day.as_f64().to_string();
    let is_whole = short.len() <= 15 && !short.contains('.');
    let value = if is_whole { short.clone() } else { written(day.as_f64()) };
    if value.starts_with(['-', '#']) {
        return value;
    }
    let (year, month, date, hour, minute, second, milli) = day.to_ymd_hms_milli();
    let (whole, part) = value.split_once('.').unwrap_or((&value, ""));
    let mut time = format!("{minute:02}");
    if second > 0 || milli > 0 {
        let _ = write!(time, ":{second:02}");
    }
    if milli > 0 {
        let _ = write!(time, ".{milli:03}");
    }
    let at_midnight = hour == 0 && minute == 0 && second == 0 && milli == 0;
    if day.is_duration() || whole == "0" {
        // What rounds up to a whole day begins the next one.
        let next = u64::from(at_midnight && part.starts_with(['5', '6', '7', '8', '9']));
        let days = whole.parse::<u64>().unwrap_or(0).saturating_add(next);
        let hours = days.saturating_mul(24).saturating_add(u64::from(hour));
        return format!("{hours:02}:{time}");
    }
    // What lies behind the last day that spreadsheets know is none.
    if at_midnight && !is_whole && begins_too_early(&short, (whole, part)) {
        let day = Day::of(i32::from(year), u32::from(month), u32::from(date)).map(Day::preceding);
        return day.map_or(value, |day| format!("{day} 23:59:59.999999"));
    }
    let is_last = (year, month, date) == (9999, 12, 31) && !LAST_DAYS.contains(&whole);
    if is_last {
        value
    } else if at_midnight {
        format!("{year:04}-{month:02}-{date:02}")
    } else {
        format!("{year:04}-{month:02}-{date:02} {hour:02}:{time}")
    }
}

/// Whether a day with a time was rounded up to the next day, which has begun no sooner than that.
fn begins_too_early(exact: &str, (whole, part): (&str, &str)) -> bool {
    let before = exact.split_once('.').map_or(exact, |(before, _)| before);
    before != whole || part.starts_with(['5', '6', '7', '8', '9'])
}

/// `2015-01-02T18:00:00` as `2015-01-02 18:00:00`.
fn iso_day(day: &str) -> String {
    day.trim().replacen('T', " ", 1)
}

/// `PT27H30M00S` as `27:30`.
fn iso_time(time: &str) -> String {
    let parts = || {
        let (hours, rest) = time.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?.trim_end_matches('0').trim_end_matches(['.', ',']).to_owned();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (is_number(hours) && is_number(minutes)).then_some((hours, minutes, seconds))
    };
    match parts() {
        Some((hours, minutes, seconds)) if seconds.is_empty() => format!("{hours:0>2}:{minutes:0>2}"),
        Some((hours, minutes, seconds)) => format!("{hours:0>2}:{minutes:0>2}:{seconds:0>2}"),
        None => time.to_owned(),
    }
}
