//! A first look at a table that nobody has described yet: where the names of its columns stand, which record it holds, which
//! field each column gives, and how its cells are written. What comes of it is a proposal for a person to read; only what the
//! file's entry then says is ever relied on.

use std::collections::BTreeSet;

use crate::{
    diagnostics::{Sink, nearest},
    facts::sheet::{DateOrder, Decimal, Dialect, SheetCell, Times, cells, row},
    model::schema::{AGREEMENT, InTime, Record, Schema, Type},
    source::{FileId, letters},
};

use super::{
    cells::{self as read, Cell, InCell},
    csv::guessed_delimiter,
    reading::LONGEST_NAME,
    wording::{folded, nfc},
};

/// So many rows are looked at.
const MOST_ROWS: usize = 1_000;
/// Among so many first rows the names of the columns are looked for.
const MOST_TITLES: usize = 30;

/// What a table seems to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guess {
    pub record: String,
    pub delimiter: u8,
    /// The row in which the names stand, counted from 1.
    pub from: usize,
    /// What the first row behind the last begins with.
    pub until: Option<String>,
    pub columns: Vec<Column>,
    pub decimal: Option<Decimal>,
    pub dates: Option<DateOrder>,
    pub times: Option<Times>,
    /// Words of the file for yes and no.
    pub words: Vec<(String, bool)>,
    /// What has to be decided, since the file can be read in two ways.
    pub open: Vec<String>,
    /// How many rows were looked at, without the names, and whether there are more.
    pub rows: usize,
    pub more: bool,
}

/// A column, and the field that it seems to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub heading: String,
    pub field: Option<String>,
    /// Whether the entry has to say so.
    pub mapped: bool,
    /// Whether another column has the same heading, so that only its letter tells it apart.
    pub shared: bool,
    pub samples: Vec<String>,
}

/// Looks at a table. `record` is what its rows were said to be; `sheet` is the sign between cells of a text that was made of a
/// sheet. Nothing comes back when no record of the agreement is like it.
pub fn guess(text: &str, schema: &Schema, record: Option<&str>, sheet: Option<u8>) -> Option<Guess> {
    let told = sheet.or(text.strip_prefix("sep=").and_then(|rest| rest.bytes().next()));
    let delimiter = told.unwrap_or_else(|| most_regular(text));
    let rows = rows(text, delimiter);
    let (header, found) = header(&rows, schema, record)?;
    let (number, names) = rows.get(header)?;
    let more = rows.len() > MOST_ROWS;
    let mut body: Vec<&Vec<String>> = rows.iter().skip(header.saturating_add(1)).map(|(_, row)| row).collect();
    body.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let until = body.iter().position(|row| is_total(row));
    let until = until.filter(|at| *at > 0 && body.len().saturating_sub(*at) < 20);
    let word = until.and_then(|at| body.get(at)).and_then(|row| row.iter().find(|cell| !cell.is_empty())).cloned();
    body.truncate(until.unwrap_or(body.len()));
    let mut guess = Guess {
        record: found.name.clone(),
        delimiter,
        from: *number,
        until: word,
        rows: body.len(),
        more,
        ..Guess::default()
    };
    columns(&mut guess, names, &body, found);
    // How a spreadsheet keeps its numbers is known, and its texts speak for themselves when they are read.
    if sheet.is_none() {
        numbers(&mut guess, &body, found);
    }
    dialect(&mut guess, &body, found);
    Some(guess)
}

/// The sign that stands as often in as many of the first rows as possible.
fn most_regular(text: &str) -> u8 {
    let score = |sign: u8| {
        let counts: Vec<usize> = rows(text, sign).iter().take(MOST_TITLES).map(|(_, row)| row.len()).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let regular = counts.iter().filter(|count| **count == most && most > 1).count();
        (regular, most)
    };
    let best = [b';', b'\t', b','].into_iter().max_by_key(|sign| score(*sign));
    best.filter(|sign| score(*sign).0 > 0)
        .unwrap_or_else(|| guessed_delimiter(FileId(0), text, (0, None), &mut Sink::default()))
}

/// The first rows with something in them, by their numbers, and the cells of each.
fn rows(text: &str, delimiter: u8) -> Vec<(usize, Vec<String>)> {
    let (mut at, mut number) = (0_usize, 0_usize);
    let mut found = Vec::new();
    while at < text.len() && found.len() <= MOST_ROWS {
        number = number.saturating_add(1);
        let own = |cell: &SheetCell| nfc(cell.text.trim()).into_owned();
        let cells: Vec<String> = cells(text, at, delimiter).iter().map(own).collect();
        at = row(text, at, delimiter).1;
        let is_separator = number == 1 && cells.first().is_some_and(|cell| cell.starts_with("sep="));
        if !is_separator && cells.iter().any(|cell| !cell.is_empty()) {
            found.push((number, cells));
        }
    }
    found
}

fn is_total(row: &[String]) -> bool {
    let first = row.iter().find(|cell| !cell.is_empty());
    first.is_some_and(|cell| super::csv::is_total(cell))
}

/// The row that is most like names of a record's fields, and that record.
fn header<'s>(rows: &[(usize, Vec<String>)], schema: &'s Schema, wanted: Option<&str>) -> Option<(usize, &'s Record)> {
    let records = schema.records.iter().skip(usize::from(AGREEMENT.0).saturating_add(1));
    let records: Vec<&Record> = records.filter(|record| wanted.is_none_or(|wanted| record.name == wanted)).collect();
    let mut best: Option<((usize, usize), usize, &Record)> = None;
    for (at, (_, row)) in rows.iter().take(MOST_TITLES).enumerate() {
        for record in &records {
            let exact = row.iter().filter(|cell| field_called(cell, record).is_some()).count();
            let near = row.iter().filter(|cell| field_like(cell, record).is_some()).count();
            let score = (exact, near);
            if score > (0, 0) && best.is_none_or(|(other, ..)| score > other) {
                best = Some((score, at, record));
            }
        }
    }
    if let Some((_, at, record)) = best {
        return Some((at, record));
    }
    // Said to be of that record, with names in other words: the first row that is as wide as any.
    let record = records.first().filter(|_| wanted.is_some())?;
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    let widest = rows.iter().take(MOST_TITLES).map(|(_, row)| filled(row)).max()?;
    Some((rows.iter().position(|(_, row)| filled(row) == widest)?, record))
}

fn field_called<'r>(heading: &str, record: &'r Record) -> Option<&'r str> {
    let name = folded(heading);
    let found = record.fields.iter().find(|field| folded(&field.name) == name).map(|field| field.name.as_str());
    found.or((name == "id").then_some("id"))
}

/// The field whose name is nearly the heading's.
fn field_like<'r>(heading: &str, record: &'r Record) -> Option<&'r str> {
    let name = folded(heading);
    let names =
        record.fields.iter().map(|field| field.name.as_str()).filter(|_| name.len() <= LONGEST_NAME && name.len() > 2);
    let help = nearest(&name, names)?;
    record.fields.iter().map(|field| field.name.as_str()).find(|name| help.contains(&format!("`{name}`")))
}

fn columns(guess: &mut Guess, names: &[String], body: &[&Vec<String>], record: &Record) {
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut fields: Vec<Option<&str>> = Vec::with_capacity(names.len());
    for heading in names {
        fields.push(field_called(heading, record).filter(|field| taken.insert(field)));
    }
    let exact: Vec<bool> = fields.iter().map(Option::is_some).collect();
    for (heading, field) in names.iter().zip(&mut fields) {
        if field.is_none() {
            *field = field_like(heading, record).filter(|field| taken.insert(field));
        }
    }
    // Something has to tell the rows apart: the first column without a field whose cells are all there and all different.
    if !taken.contains("id") {
        let is_id = |at: &usize| {
            let cells: Vec<&str> = body.iter().filter_map(|row| row.get(*at)).map(String::as_str).collect();
            let all: BTreeSet<&str> = cells.iter().copied().collect();
            fields.get(*at) == Some(&None) && cells.len() > 1 && all.len() == cells.len() && !all.contains("")
        };
        let id = (0..names.len()).find(is_id);
        if let Some(field) = id.and_then(|at| fields.get_mut(at)) {
            *field = Some("id");
        }
    }
    for (at, heading) in names.iter().enumerate() {
        let field = fields.get(at).copied().flatten();
        let samples = body.iter().take(3).filter_map(|row| row.get(at)).cloned().collect();
        let shared = heading.is_empty() || names.iter().filter(|one| folded(one) == folded(heading)).count() > 1;
        let mapped = field.is_some() && (!exact.get(at).copied().unwrap_or(false) || shared);
        guess.columns.push(Column {
            heading: heading.clone(),
            field: field.map(str::to_owned),
            mapped,
            shared,
            samples,
        });
    }
}

/// The cells of each column that gives a field, and the field's type.
fn given<'a>(
    guess: &'a Guess,
    body: &'a [&'a Vec<String>],
    record: &'a Record,
) -> impl Iterator<Item = (&'a Column, &'a Type, Vec<&'a String>)> {
    guess.columns.iter().enumerate().filter_map(move |(at, column)| {
        let field = record.fields.iter().find(|field| Some(&field.name) == column.field.as_ref())?;
        let cells = body.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty()).collect();
        (field.time == InTime::Once).then_some((column, &field.ty, cells))
    })
}

fn untold(delimiter: u8) -> Dialect {
    let (decimal, dates, times) = (Decimal::Untold, DateOrder::Untold, Times::Refused);
    Dialect { delimiter, decimal, dates, times, words: Vec::new() }
}

/// What stands before decimals.
fn numbers(guess: &mut Guess, body: &[&Vec<String>], record: &Record) {
    let untold = untold(guess.delimiter);
    let (mut decimal, mut doubtful) = (None, None);
    let numbers = given(guess, body, record).filter(|(_, ty, _)| matches!(ty, Type::Number | Type::Money));
    for cell in numbers.flat_map(|(.., cells)| cells) {
        match read::money(cell.trim_end_matches('%'), None, &untold).0 {
            Cell::Guessed(..) => {
                decimal = Some(if last_sign(cell) == Some(',') { Decimal::Comma } else { Decimal::Point });
            }
            Cell::Either(..) => doubtful = doubtful.or(Some(cell.clone())),
            Cell::Sure(_) if last_sign(cell) == Some('.') => decimal = decimal.or(Some(Decimal::Point)),
            Cell::Sure(_) | Cell::Not => {}
        }
    }
    guess.decimal = decimal;
    if let (Some(cell), None) = (doubtful, decimal) {
        guess.open.push(format!("`{cell}` can be read in two ways: add `decimal: \",\"` or `decimal: \".\"`"));
    }
}

/// How days and answers are written.
fn dialect(guess: &mut Guess, body: &[&Vec<String>], record: &Record) {
    let untold = untold(guess.delimiter);
    let (mut dates, mut times, mut words, mut open) = (None, None, Vec::new(), Vec::new());
    let mut doubtful: Option<String> = None;
    for (column, ty, cells) in given(guess, body, record) {
        for cell in cells {
            match ty {
                Type::Date => {
                    match read::day(cell, &untold) {
                        InCell::Day(Cell::Guessed(_, read::Guess::MonthFirst)) => dates = Some(DateOrder::MonthFirst),
                        InCell::Day(Cell::Guessed(..)) => dates = Some(DateOrder::DayFirst),
                        InCell::Day(Cell::Either(..)) => doubtful = doubtful.or(Some(cell.clone())),
                        InCell::Timed if times.is_none() => {
                            let heading = &column.heading;
                            open.push(format!("`{cell}` in `{heading}` has a time of day: leave `times: \"dropped\"` if it means nothing"));
                            times = Some(Times::Dropped);
                        }
                        InCell::Day(Cell::Sure(_) | Cell::Not) | InCell::Timed | InCell::Problem(_) => {}
                    }
                }
                Type::YesNo => {
                    let known = words.iter().any(|(word, _): &(String, bool)| folded(word) == folded(cell));
                    if let (Cell::Guessed(answer, _), false) = (read::answer(cell, &untold), known) {
                        words.push((cell.clone(), answer));
                    }
                }
                Type::Number | Type::Money | Type::Text | Type::Time => {}
                Type::OneOf(_) | Type::Ref(_) | Type::SetOf(_) => {}
            }
        }
    }
    if let (Some(cell), None) = (doubtful, dates) {
        open.push(format!("`{cell}` can be read in two ways: add `dates: \"day first\"` or `dates: \"month first\"`"));
    }
    (guess.dates, guess.times, guess.words) = (dates, times, words);
    guess.open.extend(open);
}

/// The last point or comma of a number.
fn last_sign(cell: &str) -> Option<char> {
    let digits = cell.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    digits.chars().rev().find(|sign| matches!(sign, '.' | ','))
}

impl Guess {
    /// The entry of the file, to stand in `files`.
    pub fn entry(&self, path: &str) -> String {
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let mut parts = vec![format!("record: {}", quoted(&self.record)), format!("path: {}", quoted(path))];
        let mapped = self.columns.iter().enumerate().filter(|(_, column)| column.mapped);
        let name = |at: usize, column: &Column| if column.shared { letters(at) } else { column.heading.clone() };
        let columns: Vec<String> = mapped
            .filter_map(|(at, column)| {
                Some(format!("{}: {}", quoted(&name(at, column)), quoted(column.field.as_ref()?)))
            })
            .collect();
        if !columns.is_empty() {
            parts.push(format!("columns: {{ {} }}", columns.join(", ")));
        }
        if self.columns.iter().any(|column| column.field.is_none()) {
            parts.push("ignore: \"others\"".to_owned());
        }
        let mut rows = Vec::new();
        if self.from > 1 {
            rows.push(format!("from: {}", self.from));
        }
        rows.extend(self.until.as_ref().map(|until| format!("until: {}", quoted(until))));
        if !rows.is_empty() {
            parts.push(format!("rows: ({})", rows.join(", ")));
        }
        parts.extend(self.decimal.map(|decimal| match decimal {
            Decimal::Comma => "decimal: \",\"".to_owned(),
            Decimal::Point | Decimal::Untold => "decimal: \".\"".to_owned(),
        }));
        parts.extend(self.dates.map(|dates| match dates {
            DateOrder::MonthFirst => "dates: \"month first\"".to_owned(),
            DateOrder::DayFirst | DateOrder::Untold => "dates: \"day first\"".to_owned(),
        }));
        parts.extend(self.times.map(|_| "times: \"dropped\"".to_owned()));
        if !self.words.is_empty() {
            let word = |(word, answer): &(String, bool)| {
                format!("{}: {}", quoted(word), if *answer { "\"yes\"" } else { "\"no\"" })
            };
            let words: Vec<String> = self.words.iter().map(word).collect();
            parts.push(format!("words: {{ {} }}", words.join(", ")));
        }
        format!("({})", parts.join(", "))
    }
}
