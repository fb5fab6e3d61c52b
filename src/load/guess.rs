//! A first look at a table that nobody has described yet: where the names of its columns stand, which record it holds, which
//! field each column gives, and how its cells are written. What comes of it is a proposal for a person to read; only what the
//! file's entry then says is ever relied on.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::{
    diagnostics::{Sink, nearest},
    facts::sheet::{DateOrder, Decimal, Dialect, SheetCell, Times, cells, row},
    model::schema::{AGREEMENT, BUILT_IN_FIELDS, Field, InTime, Record, Schema, Type},
    source::{FileId, letters, with_line_feeds},
    value::Day,
};

use super::{
    cells::{self as read, Cell, InCell, Sign},
    csv::{self, guessed_delimiter},
    reading::LONGEST_NAME,
    wording::{folded, nfc},
};

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
    pub columns: Vec<Column>,
    pub decimal: Option<Decimal>,
    pub dates: Option<DateOrder>,
    pub times: Option<Times>,
    /// Words of the file for yes and no.
    pub words: Vec<(String, bool)>,
    /// What has to be decided, since the file can be read in two ways, or what a column gives was only guessed.
    pub open: Vec<String>,
    /// Fields of the record that no column gives.
    pub missing: Vec<String>,
    /// What stands in the first rows of the column of ids, if there is one.
    pub ids: Vec<String>,
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
    let text = &*if text.contains('\n') { Cow::Borrowed(text) } else { with_line_feeds(text) };
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
    numbers(&mut guess, &body, (found, sheet.is_some()));
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

/// Whether a row calls itself a total, and is not as full as the others.
fn is_total(row: &[String]) -> bool {
    let first = row.iter().find(|cell| !cell.is_empty());
    let lacks = row.iter().any(String::is_empty);
    first.is_some_and(|cell| csv::is_total(cell) || lacks && csv::begins_as_a_total(cell))
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
    let names = || own(record).map(|field| field.name.as_str());
    let help = nearest(&name, names().filter(|_| name.len() <= LONGEST_NAME && name.len() > 2))?;
    names().find(|name| help.contains(&format!("`{name}`")))
}

/// What a column's field rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Because {
    /// It is written over it.
    Called,
    /// What is written over it is nearly the field's name, or shares words with it.
    Like,
    /// Its cells tell the rows apart.
    Tells,
    /// No other column holds values of the field's type, and no other field has it.
    Holds,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Empty,
    Days,
    Answers,
    Amounts,
    Numbers,
    Times,
    Texts,
}

impl Kind {
    fn of(cells: &[&str], delimiter: u8) -> Kind {
        let untold = untold(delimiter);
        let given: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
        // Some cells may be wrong.
        let most = |is: &dyn Fn(&str) -> bool| {
            given.iter().filter(|cell| is(cell)).count().saturating_mul(5) >= given.len().saturating_mul(4)
        };
        let is_day = |cell: &str| {
            Day::parse_iso(cell).is_ok() || !matches!(read::day(cell, &untold), InCell::Day(Cell::Not) | InCell::Problem(_))
        };
        if given.is_empty() {
            Kind::Empty
        } else if most(&|cell| read::answer(cell, &untold) != Cell::Not) {
            Kind::Answers
        } else if most(&is_day) {
            Kind::Days
        } else if most(&|cell| read::time(cell).is_some()) {
            Kind::Times
        } else if most(&|cell| read::number(cell, &untold) != Cell::Not) {
            Kind::Numbers
        } else if most(&|cell| read::money(cell, None, &untold).0 != Cell::Not) {
            Kind::Amounts
        } else {
            Kind::Texts
        }
    }

    /// Whether a field of this type may be given by such a column.
    fn fits(self, ty: &Type, cells: &[&str]) -> bool {
        let is_option = |options: &[String]| {
            let given: Vec<&&str> = cells.iter().filter(|cell| !cell.is_empty()).collect();
            let known = given.iter().filter(|cell| options.iter().any(|option| folded(option) == folded(cell)));
            known.count().saturating_mul(2) >= given.len().max(1)
        };
        match ty {
            Type::Date => self == Kind::Days,
            Type::YesNo => self == Kind::Answers,
            Type::Money => matches!(self, Kind::Amounts | Kind::Numbers),
            Type::Number => self == Kind::Numbers,
            Type::Time => self == Kind::Times,
            Type::OneOf(options) => matches!(self, Kind::Texts | Kind::Answers) && is_option(options),
            Type::Text => self == Kind::Texts,
            Type::Ref(_) | Type::SetOf(_) => false,
        }
    }
}

fn columns(guess: &mut Guess, names: &[String], body: &[&Vec<String>], record: &Record) {
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut fields: Vec<Option<(&str, Because)>> = Vec::with_capacity(names.len());
    for heading in names {
        let called = field_called(heading, record).filter(|field| taken.insert(field));
        fields.push(called.map(|field| (field, Because::Called)));
    }
    for like in [field_like, field_sharing] {
        for (heading, field) in names.iter().zip(&mut fields).filter(|(_, field)| field.is_none()) {
            let found = like(heading, record).filter(|field| taken.insert(field));
            *field = found.map(|field| (field, Because::Like));
        }
    }
    let cells: Vec<Vec<&str>> = (0..names.len())
        .map(|at| body.iter().map(|row| row.get(at).map_or("", String::as_str)).collect())
        .collect();
    let kinds: Vec<Kind> = cells.iter().map(|cells| Kind::of(cells, guess.delimiter)).collect();
    // Something has to tell the rows apart: the first column without a field whose cells are all there and all different.
    if !taken.contains("id") {
        let is_id = |(at, cells): &(usize, &Vec<&str>)| {
            let all: BTreeSet<&str> = cells.iter().copied().collect();
            let is_name = matches!(kinds.get(*at), Some(Kind::Texts | Kind::Numbers));
            is_name
                && fields.get(*at) == Some(&None)
                && cells.len() > 1
                && all.len() == cells.len()
                && !all.contains("")
        };
        let id = cells.iter().enumerate().find(is_id).map(|(at, _)| at);
        if let Some(field) = id.and_then(|at| fields.get_mut(at)) {
            *field = Some(("id", Because::Tells));
            taken.insert("id");
        }
    }
    // Then by what the cells hold, where one column and one field have no other.
    let fitting = |at: usize, taken: &BTreeSet<&str>| match (kinds.get(at), cells.get(at)) {
        (Some(kind), Some(cells)) => fitting(record, taken, (*kind, cells)),
        (_, _) => Vec::new(),
    };
    let mut more = true;
    while more {
        more = false;
        for at in 0..names.len() {
            let is_free = |at: usize| fields.get(at) == Some(&None) && kinds.get(at) != Some(&Kind::Empty);
            // Where one column has amounts with their currencies, bare numbers are rather no amounts.
            let amounts = kinds.iter().enumerate().any(|(at, kind)| *kind == Kind::Amounts && is_free(at));
            let fitting = |at: usize| {
                let mut all = fitting(at, &taken);
                all.retain(|field| field.ty != Type::Money || !amounts || kinds.get(at) == Some(&Kind::Amounts));
                all
            };
            let all = if is_free(at) { fitting(at) } else { Vec::new() };
            let [one] = all.as_slice() else { continue };
            let rivals = (0..names.len()).filter(|other| *other != at && is_free(*other));
            let rivals: Vec<usize> =
                rivals.filter(|other| fitting(*other).iter().any(|field| field.name == one.name)).collect();
            // Of several texts the first is most likely what things are called.
            let is_name = one.ty == Type::Text && one.name.contains("name") && rivals.iter().all(|other| *other > at);
            if !rivals.is_empty() && !is_name {
                continue;
            }
            taken.insert(&one.name);
            if let Some(field) = fields.get_mut(at) {
                *field = Some((&one.name, Because::Holds));
            }
            more = true;
        }
    }
    let mut left_out = Vec::new();
    for (at, heading) in names.iter().enumerate() {
        let field = fields.get(at).copied().flatten();
        let shared = heading.is_empty() || names.iter().filter(|one| folded(one) == folded(heading)).count() > 1;
        let name = if shared { letters(at) } else { heading.clone() };
        match field {
            Some((field, Because::Like)) => {
                guess.open.push(format!("`{name}` is taken for `{field}`, since it is written much like it"));
            }
            Some((field, Because::Holds)) => {
                guess.open.push(format!("`{name}` is taken for `{field}`, by what stands in its cells"));
            }
            Some((field, Because::Tells)) => {
                guess.open.push(format!("`{name}` is taken for the `{field}`, since its cells are all different"));
            }
            Some((_, Because::Called)) => {}
            None if kinds.get(at) == Some(&Kind::Empty) => left_out.push(name.clone()),
            None => {
                let may: Vec<String> = fitting(at, &taken).iter().map(|field| format!("`{}`", field.name)).collect();
                match may.as_slice() {
                    [] => left_out.push(name.clone()),
                    may => guess.open.push(format!(
                        "`{name}` is left out, and may give {}: if it does, add `\"{name}\": \"…\"` to `columns`",
                        may.join(" or ")
                    )),
                }
            }
        }
        let shown = |cell: &String| read::shown(cell).unwrap_or("(a formula without a value)").to_owned();
        let samples = body.iter().take(3).filter_map(|row| row.get(at)).map(shown).collect();
        let mapped = field.is_some_and(|(_, because)| because != Because::Called || shared);
        guess.columns.push(Column {
            heading: heading.clone(),
            field: field.map(|(field, _)| field.to_owned()),
            mapped,
            shared,
            samples,
        });
    }
    if !left_out.is_empty() {
        let all: Vec<String> = left_out.iter().map(|name| format!("`{name}`")).collect();
        guess.open.push(format!("left out, since no field is like them: {}", all.join(", ")));
    }
    guess.missing = free(record, &taken).iter().map(|field| field.name.clone()).collect();
    let id = fields.iter().position(|field| field.is_some_and(|(field, _)| field == "id"));
    let ids = id.and_then(|at| cells.get(at)).map_or(&[][..], Vec::as_slice);
    guess.ids = ids.iter().take(FIRST_IDS).map(|id| (*id).to_owned()).collect();
}

/// The fields that the policy gives a record, without those that every record has.
fn own(record: &Record) -> impl Iterator<Item = &Field> {
    record.fields.iter().filter(|field| BUILT_IN_FIELDS.iter().all(|(name, _)| field.name != *name))
}

/// The fields without a column, but for those that change over time.
fn free<'r>(record: &'r Record, taken: &BTreeSet<&str>) -> Vec<&'r Field> {
    own(record).filter(|field| field.time == InTime::Once && !taken.contains(field.name.as_str())).collect()
}

/// Those of them that a column may give.
fn fitting<'r>(record: &'r Record, taken: &BTreeSet<&str>, (kind, cells): (Kind, &[&str])) -> Vec<&'r Field> {
    free(record, taken).into_iter().filter(|field| kind.fits(&field.ty, cells)).collect()
}

/// So many ids are kept to be shown.
const FIRST_IDS: usize = 10;

/// The only field all of whose words stand in the heading, or that has all of the heading's.
fn field_sharing<'r>(heading: &str, record: &'r Record) -> Option<&'r str> {
    let words = |text: &str| -> BTreeSet<String> {
        let words = folded(text);
        let words = words.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.len() > 1);
        words.map(str::to_owned).collect()
    };
    let of_heading = words(heading);
    let shares = |name: &str| {
        let of_name = words(name);
        !of_heading.is_empty() && !of_name.is_empty() && (of_name.is_subset(&of_heading) || of_heading.is_subset(&of_name))
    };
    let mut all = own(record).map(|field| field.name.as_str()).filter(|name| shares(name));
    all.next().filter(|_| all.next().is_none())
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
    Dialect { delimiter, decimal, dates, times, words: Vec::new(), targets: Vec::new() }
}

/// What stands before decimals, as all numbers of the file show it. The numbers of a spreadsheet have a point, whatever its texts
/// have, so that only commas show anything there.
fn numbers(guess: &mut Guess, body: &[&Vec<String>], (record, in_sheet): (&Record, bool)) {
    // In a file with `;` between its cells nothing is taken for granted.
    let untold = untold(b';');
    let (mut comma, mut point, mut either): (Option<String>, Option<String>, Option<String>) = (None, None, None);
    let numbers = given(guess, body, record).filter(|(_, ty, _)| matches!(ty, Type::Number | Type::Money));
    for cell in numbers.flat_map(|(.., cells)| cells) {
        let first = match read::money(cell.trim_end_matches('%'), None, &untold).0 {
            Cell::Guessed(_, read::Guess::Decimal(Sign::Comma) | read::Guess::Thousands(Sign::Comma)) => &mut comma,
            Cell::Guessed(_, read::Guess::Decimal(Sign::Point) | read::Guess::Thousands(Sign::Point)) => &mut point,
            Cell::Either(..) => &mut either,
            Cell::Guessed(..) | Cell::Sure(_) | Cell::Not => continue,
        };
        if first.is_none() {
            *first = Some(cell.clone());
        }
    }
    match (comma, point, either) {
        (Some(_), None, _) | (Some(_), Some(_), _) if in_sheet => guess.decimal = Some(Decimal::Comma),
        (Some(_), None, _) => guess.decimal = Some(Decimal::Comma),
        (None, Some(_), _) if !in_sheet => guess.decimal = Some(Decimal::Point),
        (Some(comma), Some(point), _) => guess.open.push(format!(
            "`{comma}` has a comma before its decimals, and `{point}` a point: write all numbers in one way, and add `decimal: \",\"` \
             or `decimal: \".\"`"
        )),
        (None, None, Some(cell)) if !in_sheet && guess.delimiter != b',' => {
            let read = |decimal: Decimal| {
                let told = Dialect { decimal, ..untold.clone() };
                match read::money(cell.trim_end_matches('%'), None, &told).0 {
                    Cell::Sure(number) | Cell::Guessed(number, _) => number.exact_text(),
                    Cell::Either(..) | Cell::Not => cell.clone(),
                }
            };
            guess.open.push(format!(
                "`{cell}` can be read in two ways: add `decimal: \",\"` if it is {}, `decimal: \".\"` if it is {}",
                read(Decimal::Comma),
                read(Decimal::Point)
            ));
        }
        (None, _, _) => {}
    }
}

/// How days and answers are written.
fn dialect(guess: &mut Guess, body: &[&Vec<String>], record: &Record) {
    let untold = untold(guess.delimiter);
    let (mut times, mut words, mut open) = (None, Vec::new(), Vec::new());
    let (mut day_first, mut month_first): (Option<String>, Option<String>) = (None, None);
    let mut doubtful: Option<(String, Day, Day)> = None;
    for (column, ty, cells) in given(guess, body, record) {
        for cell in cells {
            match ty {
                Type::Date => {
                    match read::day(cell, &untold) {
                        InCell::Day(Cell::Guessed(_, read::Guess::MonthFirst)) => {
                            month_first = month_first.or_else(|| Some(cell.clone()));
                        }
                        InCell::Day(Cell::Guessed(..)) => day_first = day_first.or_else(|| Some(cell.clone())),
                        InCell::Day(Cell::Either(one, other)) => {
                            doubtful = doubtful.or_else(|| Some((cell.clone(), one, other)));
                        }
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
    let dates = match (day_first, month_first, doubtful) {
        (Some(day), Some(month), _) => {
            open.push(format!(
                "`{day}` has the day first, and `{month}` the month: write all dates in one way, and add `dates: \"day first\"` or \
                 `dates: \"month first\"`"
            ));
            None
        }
        (Some(_), None, _) => Some(DateOrder::DayFirst),
        (None, Some(_), _) => Some(DateOrder::MonthFirst),
        (None, None, Some((cell, one, other))) => {
            open.push(format!(
                "`{cell}` can be read in two ways: add `dates: \"day first\"` if it is {one}, `dates: \"month first\"` if it is {other}"
            ));
            None
        }
        (None, None, None) => None,
    };
    (guess.dates, guess.times, guess.words) = (dates, times, words);
    guess.open.extend(open);
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
        if self.decimal == Some(Decimal::Comma) && self.delimiter == b',' {
            parts.push("delimiter: \",\"".to_owned());
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
