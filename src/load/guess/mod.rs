//! A first look at a table that nobody has described yet: where the names of its columns stand, which record it holds, which
//! field each column gives, and how its cells are written. What comes of it is a proposal for a person to read; only what the
//! file's entry then says is ever relied on.

mod contents;
mod fields;
mod likeness;
mod midst;
mod settled;

use std::{borrow::Cow, collections::BTreeSet};

use crate::{
    diagnostics::Sink,
    facts::sheet::{DateOrder, Decimal, Dialect, SheetCell, Times, cells, row},
    model::schema::{AGREEMENT, Field, InTime, Record, Schema, Type},
    source::{FileId, letters, with_line_feeds},
    value::{Currency, Day},
};

use super::{
    cells::{self as read, Cell, InCell, Sign},
    csv::{self, guessed_delimiter},
    items, meant,
    wording::{folded, nfc},
};
use fields::{columns, field_called, field_like};
pub(super) use likeness::may_be_the_opposite;
use likeness::related;

/// So many rows are looked at.
const MOST_ROWS: usize = 20_000;
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
    /// How many rows with something in them are left out by that.
    pub behind: usize,
    /// What rows in the midst of the others begin with that are rather totals or headings.
    pub skip: Vec<String>,
    pub columns: Vec<Column>,
    pub decimal: Option<Decimal>,
    pub dates: Option<DateOrder>,
    pub times: Option<Times>,
    /// Words of the file for yes and no, and for the options of a field.
    pub words: Vec<(String, String)>,
    /// How many rows whose cells are all empty are passed over.
    pub empty_rows: usize,
    /// Words of the file for an empty cell.
    pub empty: Vec<String>,
    /// What separates the items of sets.
    pub items: Option<char>,
    /// What has to be decided, since the file can be read in two ways, or a column may give a field.
    pub open: Vec<String>,
    /// What was only guessed, or left out without being said: most likely right, but for a person to decide.
    pub likely: Vec<String>,
    /// What was settled by what the cells show, for a person to confirm.
    pub settled: Vec<String>,
    /// Fields of the record that no column gives.
    pub missing: Vec<String>,
    /// What stands in the first rows of the column of ids, if there is one.
    pub ids: Vec<String>,
    /// How many rows were looked at, without the names, and whether there are more.
    pub rows: usize,
    pub more: bool,
    /// The column whose cells were looked at as ids.
    ids_at: Option<usize>,
    /// Whether a reader would take another sign to stand between the cells.
    is_read_otherwise: bool,
    /// The fields that refer to another record, with the names of that.
    targets: Vec<(String, [String; 2])>,
    /// Those of the agreement, which are known by their letters in any case.
    currencies: BTreeSet<Currency>,
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
    /// Whether a person has to say what it gives.
    pub is_open: bool,
    pub samples: Vec<String>,
}

/// Looks at a table. `record` is what its rows were said to be; `sheet` is the sign between cells of a text that was made of a
/// sheet. Nothing comes back when no record of the agreement is like it.
pub fn guess(text: &str, schema: &Schema, record: Option<&str>, sheet: Option<u8>) -> Option<Guess> {
    guess_until(text, schema, (record, sheet), &Seen::default())
}

/// What whoever read the rows of a text took for something else, by the bytes at which they begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Totals and notes: the rows may end before one of them.
    pub ends: Vec<usize>,
    /// Rows whose numbers are the sums of those above them.
    pub sums: Vec<usize>,
}

/// The same, where some rows were seen to be totals or notes.
pub fn guess_until(
    text: &str,
    schema: &Schema,
    (record, sheet): (Option<&str>, Option<u8>),
    seen: &Seen,
) -> Option<Guess> {
    let first = look(text, schema, (record, sheet), (None, seen))?;
    // Which column tells the rows apart may be known only now, and its cells tell records from totals and notes.
    let ids = first.columns.iter().position(|column| column.field.as_deref() == Some("id"));
    match ids.filter(|ids| first.ids_at != Some(*ids)) {
        Some(ids) => look(text, schema, (record, sheet), (Some(ids), seen)),
        None => Some(first),
    }
}

/// How many columns the first rows of a table have at most.
pub fn width(text: &str, sheet: Option<u8>) -> usize {
    let delimiter = said(text, sheet).unwrap_or_else(|| most_regular(text));
    rows(text, delimiter, MOST_TITLES).iter().map(|(_, row)| row.len()).max().unwrap_or(0)
}

/// What separates the cells, if that is known.
fn said(text: &str, sheet: Option<u8>) -> Option<u8> {
    sheet.or(text.strip_prefix("sep=").and_then(|rest| rest.bytes().next()))
}

/// The same, where it may be known in which column the ids stand.
fn look(
    text: &str,
    schema: &Schema,
    (record, sheet): (Option<&str>, Option<u8>),
    (ids, seen): (Option<usize>, &Seen),
) -> Option<Guess> {
    let text = &*if sheet.is_some() { Cow::Borrowed(text) } else { with_line_feeds(text) };
    let told = said(text, sheet);
    let delimiter = told.unwrap_or_else(|| most_regular(text));
    let (rows, delimiter) = match rows(text, delimiter, MOST_ROWS.saturating_add(1)) {
        // A comma below the name of a single column separates nothing.
        rows if told.is_none() && delimiter == b',' && is_single(&rows, schema, record) => {
            (self::rows(text, b';', MOST_ROWS.saturating_add(1)), b';')
        }
        rows => (rows, delimiter),
    };
    let (header, found) = header(&rows, schema, record)?;
    let (number, names) = rows.get(header)?;
    let more = rows.len() > MOST_ROWS;
    let mut body: Vec<&Vec<String>> = rows.iter().skip(header.saturating_add(1)).map(|(_, row)| row).collect();
    body.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let ids = ids.or_else(|| fields::ids_among(names, found));
    let usual = csv::Usual::of(body.iter().map(|row| row.iter().map(Cow::from).collect()), names.len(), ids);
    let last = body.len().saturating_sub(1);
    let row_at = |end: &usize| {
        let number = number_at(text, delimiter, *end);
        let at = rows.iter().position(|(one, _)| *one == number)?;
        at.checked_sub(header.saturating_add(1))
    };
    let sums: Vec<usize> = seen.sums.iter().filter_map(row_at).collect();
    let totals = midst::totals((names, &body), (&usual, &sums), (ids, delimiter));
    let is_one = |at: usize, row: &[String]| totals.get(at) == Some(&true) || is_total(row, at == last, &usual);
    let until = body.iter().enumerate().position(|(at, row)| is_one(at, row));
    let until = until.map(|until| midst::with_measures(&body, until, &usual));
    let (mut skip, kept_by_word) = midst::left_out(&body, names.len(), (&usual, &totals));
    let until = until.filter(|_| skip.is_empty()).or_else(|| notes(&body, names.len()));
    // A day or an answer of its own makes a record of what is called like a total.
    let is_end = |at: &usize| body.get(*at).is_none_or(|row| !midst::is_called_like_a_total(row, &usual));
    let may_end = |at: &usize| is_end(at) && midst::is_the_end(&body, *at, (&usual, &totals));
    let seen = seen.ends.iter().filter_map(row_at).find(may_end);
    // What was seen so may stand above a note that is known by itself.
    let seen = seen.filter(|seen| until.is_none_or(|until| *seen < until));
    let until = seen.or(until);
    let is_seen = until.is_some_and(|until| seen == Some(until) || sums.contains(&until));
    let until = until.filter(|at| *at > 0 && body.len().saturating_sub(*at) < 20);
    let until = until.filter(|at| midst::is_the_end(&body, *at, (&usual, &totals)));
    if let Some(until) = until {
        let above = body.get(..until).unwrap_or_default();
        skip.retain(|word| above.iter().any(|row| midst::begins_with_one(row, std::slice::from_ref(word))));
    }
    let kept = body.get(..until.unwrap_or(body.len())).unwrap_or_default();
    let (kept, mut shared) = midst::called_like_totals(kept, (&usual, &skip));
    shared.extend(kept_by_word);
    shared.sort();
    shared.dedup();
    let counted = until.map_or_else(Vec::new, |until| midst::counted_behind(&body, until, (&usual, ids, delimiter)));
    let behind = until.map_or(0, |until| body.len().saturating_sub(until));
    let end = until.and_then(|at| rows.get(header.saturating_add(1).saturating_add(at))).map(|(number, _)| *number);
    let word = until.and_then(|at| body.get(at)).and_then(|row| row.iter().find(|cell| !cell.is_empty())).cloned();
    body.truncate(until.unwrap_or(body.len()));
    body.retain(|row| !midst::begins_with_one(row, &skip));
    let mut guess = Guess {
        record: found.name.clone(),
        delimiter,
        from: *number,
        until: word,
        behind,
        skip,
        rows: body.len(),
        empty_rows: empty_rows(text, delimiter, (*number, end)),
        more,
        ids_at: ids,
        currencies: schema.currencies.iter().copied().chain(schema.currency).collect(),
        ..Guess::default()
    };
    if looks_like_values(names, delimiter) {
        guess.open.push(format!(
            "row {number} is read as the column names, but looks like a record: if the table has no column names, write them in a row above it"
        ));
    }
    guess.targets = targets(schema, found);
    columns(&mut guess, names, &body, found);
    guess.tell_skipped();
    if let Some(word) = guess.until.as_ref().filter(|_| is_seen) {
        guess.open.push(format!(
            "the row that begins with `{word}` looks like a total or a note below the table: if it is a record, remove `until`"
        ));
    }
    guess.tell_kept(&kept, &shared);
    guess.tell_counted(&counted);
    numbers(&mut guess, &body, (found, sheet.is_some()));
    dialect(&mut guess, &body, found);
    guess.items = separator(&guess, &body, found);
    let options = settled::options(&guess, &body, found);
    guess.words.extend(options);
    let unknown = settled::unknown_words(&guess, &body, found);
    guess.open.extend(unknown);
    let read = csv::delimiter_read(text, (guess.from, guess.decimal));
    guess.is_read_otherwise = sheet.is_none() && read != Some(delimiter);
    guess.tell_settled();
    Some(guess)
}

/// The fields of a record that refer to another one, with the names of that.
fn targets(schema: &Schema, record: &Record) -> Vec<(String, [String; 2])> {
    let target = |field: &Field| {
        let to = schema.record(field.ty.referred()?)?;
        let plural = to.plural.clone().unwrap_or_else(|| to.name.clone());
        Some((field.name.clone(), [to.name.clone(), plural]))
    };
    record.fields.iter().filter_map(target).collect()
}

/// The sign that stands as often in as many of the first rows as possible.
fn most_regular(text: &str) -> u8 {
    let score = |sign: u8| {
        let counts: Vec<usize> = rows(text, sign, MOST_TITLES).iter().map(|(_, row)| row.len()).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let regular = counts.iter().filter(|count| **count == most && most > 1).count();
        (regular, most)
    };
    // Of signs that are as regular the last is taken; `|` stands between the items of sets, too.
    let best = [b'|', b';', b'\t', b','].into_iter().max_by_key(|sign| score(*sign));
    best.filter(|sign| score(*sign).0 > 0)
        .unwrap_or_else(|| guessed_delimiter(FileId(0), text, (0, None), &mut Sink::default()))
}

/// So many of the first rows with something in them, by their numbers, and the cells of each.
fn rows(text: &str, delimiter: u8, most: usize) -> Vec<(usize, Vec<String>)> {
    let (mut at, mut number) = (0_usize, 0_usize);
    let mut found = Vec::new();
    while at < text.len() && found.len() < most {
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

/// The number of the row that begins at a byte of a text, counted from 1.
fn number_at(text: &str, delimiter: u8, start: usize) -> usize {
    let (mut at, mut number) = (0_usize, 1_usize);
    while at < start.min(text.len()) {
        at = row(text, at, delimiter).1;
        number = number.saturating_add(1);
    }
    number
}

/// How many rows below the names and before the end have cells that are all empty. Lines with nothing on them are not rows.
fn empty_rows(text: &str, delimiter: u8, (from, end): (usize, Option<usize>)) -> usize {
    let (mut at, mut number, mut empty) = (0_usize, 0_usize, 0_usize);
    while at < text.len() && number <= MOST_ROWS {
        number = number.saturating_add(1);
        let start = at;
        at = row(text, at, delimiter).1;
        if end.is_some_and(|end| number >= end) {
            break;
        }
        let line = text.as_bytes().get(start..at.min(text.len())).unwrap_or_default();
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n') && *byte != delimiter;
        let is_row = number > from && !line.iter().all(is_blank);
        if is_row && cells(text, start, delimiter).iter().all(|cell| cell.text.trim().is_empty()) {
            empty = empty.saturating_add(1);
        }
    }
    empty
}

/// Whether the row of names is that of one column, while rows below it have more.
fn is_single(rows: &[(usize, Vec<String>)], schema: &Schema, record: Option<&str>) -> bool {
    let names = header(rows, schema, record).and_then(|(at, _)| rows.get(at));
    names.is_some_and(|(_, names)| names.len() == 1) && rows.iter().any(|(_, row)| row.len() > 1)
}

/// Whether a row calls itself a total, and is not as full as the others or is the last one. One that has what records have is rather
/// a record that is called so.
fn is_total(row: &[String], is_last: bool, usual: &csv::Usual) -> bool {
    let lacks = row.iter().any(String::is_empty);
    let is_called_so = midst::called(row).is_some_and(|cell| {
        csv::is_total(cell) || is_last && csv::is_dated_total(cell) || lacks && csv::begins_as_a_total(cell)
    });
    is_called_so && !usual.may_be_after_all(row.iter().map(String::as_str))
}

/// Whether a row holds days, or several numbers, as no line of names does.
fn looks_like_values(row: &[String], delimiter: u8) -> bool {
    let untold = Dialect::untold(delimiter);
    let is_day = |cell: &&String| cell.len() > 4 && matches!(read::day(cell, &untold), InCell::Day(Cell::Sure(_)));
    let is_number =
        |cell: &&String| cell.contains(|sign: char| sign.is_ascii_digit()) && read::number(cell, &untold) != Cell::Not;
    row.iter().any(|cell| is_day(&cell)) || row.iter().filter(is_number).count() > 1
}

/// The first of the notes with which a table ends, if it ends with some.
fn notes(body: &[&Vec<String>], columns: usize) -> Option<usize> {
    let is_note =
        |row: &&&Vec<String>| csv::is_note(row.iter().map(String::as_str).filter(|cell| !cell.is_empty()), columns);
    let notes = body.iter().rev().take_while(is_note).count();
    (notes > 0).then(|| body.len().saturating_sub(notes))
}

/// The row that is most like names of a record's fields, and that record.
fn header<'s>(rows: &[(usize, Vec<String>)], schema: &'s Schema, wanted: Option<&str>) -> Option<(usize, &'s Record)> {
    let records = schema.records.iter().skip(usize::from(AGREEMENT.0).saturating_add(1));
    let records: Vec<&Record> = records.filter(|record| wanted.is_none_or(|wanted| record.name == wanted)).collect();
    let mut best: Option<((usize, usize), usize, &Record)> = None;
    for (at, (_, row)) in rows.iter().take(MOST_TITLES).enumerate() {
        for record in &records {
            let exact = row.iter().filter(|cell| field_called(cell, record).is_some()).count();
            let is_near = |cell: &&String| field_like(cell, record).is_some() || !related(cell, record).is_empty();
            let near = row.iter().filter(is_near).count();
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

/// What stands before decimals, as all numbers of the file show it. The numbers of a spreadsheet have a point, whatever its texts
/// have, so that only commas show anything there.
fn numbers(guess: &mut Guess, body: &[&Vec<String>], (record, in_sheet): (&Record, bool)) {
    // In a file with `;` between its cells nothing is taken for granted.
    let (untold, currencies) = (Dialect::untold(b';'), guess.currencies.clone());
    let is_known = |currency| currencies.contains(&currency);
    let (mut comma, mut point, mut either): (Option<String>, Option<String>, Option<String>) = (None, None, None);
    let numbers = given(guess, body, record).filter(|(_, ty, _)| matches!(ty, Type::Number | Type::Money));
    for cell in numbers.flat_map(|(.., cells)| cells) {
        let first = match read::money(cell.trim_end_matches('%'), None, is_known, &untold).0 {
            Cell::Guessed(_, read::Guess::Decimal(Sign::Comma) | read::Guess::Thousands(Sign::Comma)) => &mut comma,
            Cell::Guessed(_, read::Guess::Decimal(Sign::Point) | read::Guess::Thousands(Sign::Point)) => &mut point,
            Cell::Either(one, other) if one != other.negate() => &mut either,
            Cell::Guessed(..) | Cell::Sure(_) | Cell::Either(..) | Cell::Not => continue,
        };
        if first.is_none() {
            *first = Some(cell.clone());
        }
    }
    match (comma, point, either) {
        (Some(comma), Some(point), _) if !in_sheet => guess.open.push(format!(
            "`{comma}` has a decimal comma, but `{point}` has a decimal point: write all numbers the same way, and add `decimal: \",\"` or `decimal: \".\"`"
        )),
        (Some(comma), _, _) => {
            guess.settled.push(format!("`{comma}` has a decimal comma, so `decimal` is set"));
            guess.decimal = Some(Decimal::Comma);
        }
        (None, Some(point), _) if !in_sheet => {
            guess.settled.push(format!("`{point}` has a decimal point, so `decimal` is set"));
            guess.decimal = Some(Decimal::Point);
        }
        // Between commas a point is a decimal point, unless it was put in quotes.
        (None, None, Some(cell)) if !in_sheet && (guess.delimiter != b',' || cell.contains(',')) => {
            let read = |decimal: Decimal| {
                let told = Dialect { decimal, ..untold.clone() };
                match read::money(cell.trim_end_matches('%'), None, is_known, &told).0 {
                    Cell::Sure(number) | Cell::Guessed(number, _) => number.exact_text(),
                    Cell::Either(..) | Cell::Not => cell.clone(),
                }
            };
            guess.open.push(format!(
                "`{cell}` is ambiguous: add `decimal: \",\"` if it means {}, or `decimal: \".\"` if it means {}",
                read(Decimal::Comma),
                read(Decimal::Point)
            ));
        }
        (None, _, _) => {}
    }
}

/// What separates the items of sets, where it is not the sign that does so without being said.
fn separator(guess: &Guess, body: &[&Vec<String>], record: &Record) -> Option<char> {
    let untold = Dialect::untold(guess.delimiter);
    let sets = given(guess, body, record).filter(|(_, ty, _)| matches!(ty, Type::SetOf(_)));
    let cells: Vec<&String> = sets.flat_map(|(.., cells)| cells).collect();
    let is_parted = cells.iter().any(|cell| cell.contains(untold.between_items()));
    cells.iter().find_map(|cell| items::another(cell)).filter(|_| !is_parted)
}

/// How days and answers are written.
fn dialect(guess: &mut Guess, body: &[&Vec<String>], record: &Record) {
    let untold = Dialect::untold(guess.delimiter);
    let (mut times, mut words, mut open, mut settled) = (None, Vec::new(), Vec::new(), Vec::new());
    let mut empty: Vec<String> = Vec::new();
    let (mut day_first, mut month_first): (Option<String>, Option<String>) = (None, None);
    let mut doubtful: Option<(String, Day, Day)> = None;
    for (column, ty, cells) in given(guess, body, record) {
        for cell in cells {
            if !matches!(ty, Type::Text) && meant::nothing(cell).is_some() && !empty.contains(cell) {
                empty.push(cell.clone());
            }
            match ty {
                Type::Date => match read::day(cell, &untold) {
                    InCell::Day(Cell::Guessed(_, read::Guess::MonthFirst)) => {
                        month_first = month_first.or_else(|| Some(cell.clone()));
                    }
                    InCell::Day(Cell::Guessed(..)) => day_first = day_first.or_else(|| Some(cell.clone())),
                    InCell::Day(Cell::Either(one, other)) => {
                        doubtful = doubtful.or_else(|| Some((cell.clone(), one, other)));
                    }
                    InCell::Timed if times.is_none() => {
                        let heading = &column.heading;
                        open.push(format!("`{cell}` in `{heading}` has a time of day: keep `times: \"dropped\"` if the time does not matter"));
                        times = Some(Times::Dropped);
                    }
                    InCell::Day(Cell::Sure(_) | Cell::Not) | InCell::Timed => {}
                    InCell::Ends(_) | InCell::Problem(_) => {}
                },
                Type::YesNo => {
                    let known = words.iter().any(|(word, _): &(String, String)| folded(word) == folded(cell));
                    if let (Cell::Guessed(answer, _), false) = (read::answer(cell, &untold), known) {
                        words.push((cell.clone(), if answer { "yes" } else { "no" }.to_owned()));
                    }
                }
                Type::Number | Type::Money | Type::Text | Type::Time => {}
                Type::OneOf(_) | Type::Ref(_) | Type::SetOf(_) => {}
            }
        }
    }
    let dates = match (day_first, month_first, doubtful) {
        (Some(day), Some(month), _) => {
            open.push(format!(
                "`{day}` has the day first, but `{month}` has the month first: write all dates the same way, and add `dates: \"day first\"` or `dates: \"month first\"`"
            ));
            None
        }
        (Some(day), None, _) => {
            settled.push(format!("`{day}` has the day first, so `dates` is set"));
            Some(DateOrder::DayFirst)
        }
        (None, Some(month), _) => {
            settled.push(format!("`{month}` has the month first, so `dates` is set"));
            Some(DateOrder::MonthFirst)
        }
        (None, None, Some((cell, one, other))) => {
            open.push(format!(
                "`{cell}` is ambiguous: add `dates: \"day first\"` if it means {one}, or `dates: \"month first\"` if it means {other}"
            ));
            None
        }
        (None, None, None) => None,
    };
    (guess.dates, guess.times, guess.words, guess.empty) = (dates, times, words, empty);
    guess.open.extend(open);
    guess.settled.extend(settled);
}

/// So many of the rows that are left out are named.
const MOST_NAMED: usize = 10;

impl Guess {
    /// Says which rows the entry leaves out, for a person to look at.
    fn tell_skipped(&mut self) {
        if self.skip.is_empty() {
            return;
        }
        let mut words: Vec<String> = self.skip.iter().take(MOST_NAMED).map(|word| format!("`{word}`")).collect();
        let more = self.skip.len().saturating_sub(words.len());
        if more > 0 {
            words.push(format!("{more} more"));
        }
        let all = match words.split_last() {
            Some((last, first @ [_, ..])) => format!("{} and {last}", first.join(", ")),
            Some(_) | None => words.join(", "),
        };
        self.open.push(format!(
            "the rows that begin with {all} are left out by `skip`, because they look like totals or headings"
        ));
    }

    /// Says which rows are read although they are called like totals, for a person to look at.
    fn tell_kept(&mut self, kept: &[String], shared: &[String]) {
        for word in shared.iter().take(MOST_NAMED) {
            self.open.push(format!(
                "a row that begins with `{word}` looks like a total or heading, but is read as a record: if it is not one, remove it from the file, since `skip` would leave out others that begin so"
            ));
        }
        let Some((first, more)) = kept.split_first() else { return };
        let all: Vec<String> = kept.iter().take(MOST_NAMED).map(|word| format!("`{word}`")).collect();
        let begin = match more.len() {
            0 => format!("the row that begins with {} is read as a record, although it is", all.join(", ")),
            _ => format!("the rows that begin with {} are read as records, although they are", all.join(", ")),
        };
        self.open.push(format!("{begin} named like a total: if it is a total, exclude it with `skip: [\"{first}\"]`"));
    }

    /// Says which rows behind the end may be records, for a person to look at.
    fn tell_counted(&mut self, counted: &[String]) {
        let Some(until) = self.until.as_ref().filter(|_| !counted.is_empty()) else { return };
        let all: Vec<String> = counted.iter().take(MOST_NAMED).map(|word| format!("`{word}`")).collect();
        let all = all.join(", ");
        let (begin, it, are) = match counted.len() {
            1 => (format!("the row that begins with {all} is"), "it", "it is a record"),
            _ => (format!("the rows that begin with {all} are"), "them", "they are records"),
        };
        self.open.push(format!(
            "{begin} left out after `{until}`, but a total below counts {it}: if {are}, write the totals in `skip: [\"{until}\", …]` and remove `until`"
        ));
    }

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
        let empty_rows = Some(String::new()).filter(|_| self.empty_rows > 0);
        let words: Vec<String> = self.skip.iter().chain(&empty_rows).map(|word| quoted(word)).collect();
        if !words.is_empty() {
            rows.push(format!("skip: [{}]", words.join(", ")));
        }
        rows.extend(self.until.as_ref().map(|until| format!("until: {}", quoted(until))));
        if !rows.is_empty() {
            parts.push(format!("rows: ({})", rows.join(", ")));
        }
        let is_named_so = path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ["tab", "tsv"].iter().any(|one| ending.eq_ignore_ascii_case(one)));
        let is_of_tabs = is_named_so && self.delimiter == b'\t';
        let is_needed = match self.delimiter {
            _ if self.is_read_otherwise && !is_of_tabs => true,
            // A file of tabs by its name says itself what separates its cells instead.
            sign if is_named_so && sign != b'\t' => true,
            b',' => self.decimal == Some(Decimal::Comma),
            b'|' => true,
            b';' => self.columns.len() == 1,
            _ => false,
        };
        if is_needed {
            let sign = if self.delimiter == b'\t' { "tab".to_owned() } else { char::from(self.delimiter).to_string() };
            parts.push(format!("delimiter: \"{sign}\""));
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
            let word = |(word, meant): &(String, String)| format!("{}: {}", quoted(word), quoted(meant));
            let words: Vec<String> = self.words.iter().map(word).collect();
            parts.push(format!("words: {{ {} }}", words.join(", ")));
        }
        parts.extend(self.items.map(items::said));
        if !self.empty.is_empty() {
            let words: Vec<String> = self.empty.iter().map(|word| quoted(word)).collect();
            parts.push(format!("empty: [{}]", words.join(", ")));
        }
        format!("({})", parts.join(", "))
    }
}
