//! The tables of facts once more, as they were read, with verdicts beside their rows: for each clause its word, and why.
//! Where a row has several verdicts on one clause, those of its periods, the gravest word stands there and the reasons name them all.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::book::{Book, Cell};
use super::word;
use crate::facts::sheet::{Sheet, SheetCell, cells, row};
use crate::facts::{self, CellId, Row};
use crate::model::schema::{FieldId, RecordId, Type};
use crate::render::mistaken::is_kept;
use crate::render::report::several::Among;
use crate::report::Reasons;
use crate::source::alike::outline;
use crate::source::{FileId, Source, Span, Text};
use crate::value::{Currency, Day, Number};
use crate::verdict::{Called, Holder, Verdict};

/// What is said of a row about one clause.
struct Said {
    /// The gravest word.
    called: Called,
    each: Vec<One>,
}

/// One of the verdicts on a row.
struct One {
    /// Of which bearer or subject and of which period it is; empty where the clause has only one on the row.
    whose: String,
    called: Called,
    detail: String,
}

/// By the byte at which a row begins, what each clause says of it.
type Beside = BTreeMap<u32, BTreeMap<usize, Said>>;

/// The bytes of the workbook: a sheet for each table. Nothing when no facts stand in a table.
pub fn annotated(among: &Among) -> io::Result<Option<Vec<u8>>> {
    let tables = tables(among);
    if tables.is_empty() {
        return Ok(None);
    }
    let beside = beside(among, &tables);
    let mut book = Book::new();
    for (file, table) in &tables {
        let Some(source) = among.sources().get(*file) else { continue };
        let none = Beside::new();
        sheet(&mut book, source, table, (among, beside.get(file).unwrap_or(&none)))?;
    }
    book.end().map(Some)
}

/// A table of facts: its text as it was read, what stands between its cells, where its names begin, and each row with its number in
/// the record.
struct Table {
    /// With the line ends by which it was cut into rows, whichever the file has.
    text: Text,
    delimiter: u8,
    names: usize,
    rows: BTreeMap<u32, Row>,
    record: RecordId,
    /// All records that it gives values to.
    records: BTreeSet<RecordId>,
    /// The fields that columns give, by the column.
    fields: BTreeMap<usize, FieldId>,
    /// The column of the ids.
    ids: Option<usize>,
}

fn tables(among: &Among) -> BTreeMap<FileId, Table> {
    let mut found: BTreeMap<FileId, Table> = BTreeMap::new();
    let mut table_of = |record: RecordId, sheet: &Sheet, columns: &[Option<usize>], rows: BTreeMap<u32, Row>| {
        let table = found.entry(sheet.file).or_insert_with(|| {
            let fields = (0..=u16::MAX).map(FieldId).zip(columns);
            let fields = fields.filter_map(|(field, column)| Some(((*column)?, field))).collect();
            let (text, delimiter, names) = (sheet.text.clone(), sheet.delimiter, sheet.from);
            let (rows, records) = (BTreeMap::new(), BTreeSet::new());
            Table { text, delimiter, names, rows, record, records, fields, ids: sheet.ids() }
        });
        table.records.insert(record);
        table.rows.extend(rows);
    };
    for (record, of_record) in (0..=u16::MAX).map(RecordId).zip(&among.rows.names.facts.tables) {
        for laid in &of_record.sheets {
            let rows = laid.starts.iter().copied().zip((laid.first..).map(Row)).collect();
            table_of(record, &laid.sheet, &laid.columns, rows);
        }
        for joined in &of_record.joined {
            table_of(record, &joined.sheet, &joined.columns, joined.rows.iter().copied().collect());
        }
    }
    found
}

/// Where the rows of tables stand that were brought together with records from elsewhere, which may be several places.
fn joined(among: &Among) -> BTreeMap<(RecordId, Row), Vec<(FileId, u32)>> {
    let mut found: BTreeMap<(RecordId, Row), Vec<(FileId, u32)>> = BTreeMap::new();
    for (record, of_record) in (0..=u16::MAX).map(RecordId).zip(&among.rows.names.facts.tables) {
        for joined in &of_record.joined {
            for (start, row) in &joined.rows {
                found.entry((record, *row)).or_default().push((joined.sheet.file, *start));
            }
        }
    }
    found
}

/// A row that a verdict is about, and what the verdict has besides it.
struct Beheld {
    record: RecordId,
    row: Row,
    /// On the row of its subject, who bears it; on that of its bearer, its subject.
    other: Option<String>,
}

/// The rows that a verdict is about: its subject's, and its bearer's. Where both stand in one table, it is said which of them the other
/// is.
fn rows_of(among: &Among, tables: &BTreeMap<FileId, Table>, verdict: &Verdict) -> Vec<Beheld> {
    let instance = &verdict.instance;
    let names = &among.rows.names;
    let subject = names.subject_row(instance);
    let bearer = match instance.bearer {
        Holder::Row(record, row) => Some((record, row)),
        Holder::TheOne | Holder::Actor(_) => None,
    };
    let share_a_table = |(one, _): (RecordId, Row), (other, _): (RecordId, Row)| {
        one == other || tables.values().any(|table| table.records.contains(&one) && table.records.contains(&other))
    };
    let is_mixed = subject.zip(bearer).is_some_and(|(subject, bearer)| share_a_table(subject, bearer));
    let said = |as_what: &str, name: String| if is_mixed { format!("{as_what} {name}") } else { name };
    let on_subject = subject.map(|(record, row)| {
        let as_what = if bearer == subject { "by and for" } else { "by" };
        let other = names.bearer(instance).map(|name| said(as_what, name));
        Beheld { record, row, other }
    });
    let on_bearer = bearer.filter(|_| bearer != subject).map(|(record, row)| {
        // Where a clause is about several kinds of records, an id does not tell which.
        let several = names.norm(instance).is_some_and(|norm| norm.subjects.len() > 1);
        let called = |(record, row)| if several { names.record_row(record, row) } else { names.row(record, row) };
        Beheld { record, row, other: subject.map(called).map(|name| said("for", name)) }
    });
    on_subject.into_iter().chain(on_bearer).collect()
}

fn beside(among: &Among, tables: &BTreeMap<FileId, Table>) -> BTreeMap<FileId, Beside> {
    let clauses: BTreeMap<&str, usize> =
        among.report.clauses.iter().enumerate().map(|(at, clause)| (clause.clause.as_str(), at)).collect();
    let joined = joined(among);
    let places = |record: RecordId, row: Row| match joined.get(&(record, row)) {
        Some(places) => places.clone(),
        None => {
            let place = among.rows.names.facts.row_place(record, row).filter(|place| is_row(tables, *place));
            place.map(|place| (place.file, place.start)).into_iter().collect()
        }
    };
    let mut found: BTreeMap<FileId, Beside> = BTreeMap::new();
    for one in among.rows.iter(Reasons::Told) {
        let Some(clause) = clauses.get(one.case.clause) else { continue };
        let rows = rows_of(among, tables, &one.case.verdict).into_iter();
        let beheld = rows.flat_map(|Beheld { record, row, other }| {
            places(record, row).into_iter().map(move |place| (place, other.clone()))
        });
        for ((file, start), other) in beheld {
            let row = found.entry(file).or_default().entry(start).or_default();
            let said = row.entry(*clause).or_insert_with(|| Said { called: one.case.called, each: Vec::new() });
            if grave(one.case.called) < grave(said.called) {
                said.called = one.case.called;
            }
            let parts = [other.as_deref(), one.case.period.as_deref()];
            let whose = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            let detail = one.because.as_ref().map_or_else(String::new, |because| because.detail.clone());
            said.each.push(One { whose, called: one.case.called, detail });
        }
    }
    found
}

fn is_row(tables: &BTreeMap<FileId, Table>, place: Span) -> bool {
    tables.get(&place.file).is_some_and(|table| table.rows.contains_key(&place.start))
}

impl Said {
    /// `2014: late, sent 2014-03-06; 2015: satisfied`. The word of the only verdict stands beside it already.
    fn why(&self) -> String {
        match self.each.as_slice() {
            [only] if only.whose.is_empty() => only.detail.clone(),
            all => all.iter().map(One::words).collect::<Vec<_>>().join("; "),
        }
    }
}

impl One {
    fn words(&self) -> String {
        let whose = if self.whose.is_empty() { String::new() } else { format!("{}: ", self.whose) };
        let detail = if self.detail.is_empty() { String::new() } else { format!(", {}", self.detail) };
        format!("{whose}{}{detail}", self.called.words())
    }
}

/// The gravest comes first.
fn grave(called: Called) -> u8 {
    match called {
        Called::Violated | Called::Exceeded => 0,
        Called::Late | Called::Differs | Called::NotFollowed | Called::WithoutEffect => 1,
        Called::Unknown => 2,
        Called::NeedsJudgement => 3,
        Called::Pending | Called::Open => 4,
        Called::Satisfied | Called::Used | Called::Carried | Called::NotUsed | Called::NotCarried => 5,
        Called::NotApplicable => 6,
    }
}

fn sheet(book: &mut Book, source: &Source, table: &Table, (among, beside): (&Among, &Beside)) -> io::Result<()> {
    let told: BTreeSet<usize> = beside.values().flat_map(BTreeMap::keys).copied().collect();
    let name = match &source.grid {
        Some(grid) => grid.sheet.clone(),
        None => source.name.rsplit(['/', '\\']).next().unwrap_or_default().to_string(),
    };
    let text: &str = &table.text;
    let widest = widest(text, table.delimiter);
    let headings = headings(among, table, &told);
    // A text of a spreadsheet has its texts in quotes: what has none is a value.
    let own = source.grid.as_ref().map(|_| among.rows.names.plan.currency);
    let is_span = |column: usize, start: usize| {
        let (column, start) = (u32::try_from(column).ok(), u32::try_from(start).ok());
        let spans = source.grid.iter().flat_map(|grid| grid.spans.iter());
        spans.filter(|spans| Some(spans.column) == column).any(|spans| start.is_some_and(|start| spans.has(start)))
    };
    let mut at = 0_usize;
    let rows = std::iter::from_fn(|| {
        let start = Some(at).filter(|at| *at < text.len())?;
        at = row(text, start, table.delimiter).1;
        let number = u32::try_from(start).ok().and_then(|start| table.rows.get(&start)).copied();
        let cells = cells(text, start, table.delimiter);
        let as_text = |column: usize, cell: &SheetCell| {
            let is_text = own.is_none() && is_of_texts(among, table, column) && !cell.text.is_empty();
            (is_text && number.is_some()).then(|| Cell::Text(cell.text.to_string()))
        };
        let as_read = |column: usize, cell: &SheetCell| {
            as_read(among, table, (number?, column), &cell.text).or_else(|| as_text(column, cell))
        };
        let as_written = |column: usize, cell: &SheetCell| match value(
            &cell.text,
            own,
            text.as_bytes().get(cell.start) == Some(&b'"'),
        ) {
            Cell::Timed(None, time) if is_span(column, cell.start) => Cell::Span(time),
            // Below zero it has no hours.
            Cell::Number(days) if is_span(column, cell.start) => Cell::Days(days),
            // In a file of text only what is read as a day is one.
            Cell::Day(_) if own.is_none() && !table.fields.contains_key(&column) => Cell::Text(cell.text.to_string()),
            other => other,
        };
        let mut line: Vec<Cell> = cells
            .iter()
            .enumerate()
            .map(|(column, cell)| match own.is_none() && start == table.names && !cell.text.is_empty() {
                // A heading is a text, also if it is a day or a number.
                true => Cell::Text(cell.text.to_string()),
                false => as_read(column, cell).unwrap_or_else(|| as_written(column, cell)),
            })
            .collect();
        let (own, is_names) = (beside.get(&u32::try_from(start).ok()?), start == table.names);
        if own.is_some() || is_names {
            line.resize(widest, Cell::Empty);
            for clause in &told {
                line.extend(match own.and_then(|own| own.get(clause)) {
                    Some(said) => [word(said.called, said.called.words().to_string()), Cell::Long(said.why())],
                    None if is_names => headings.get(clause).cloned().unwrap_or_default().map(Cell::Text),
                    None => [Cell::Empty, Cell::Empty],
                });
            }
        }
        Some(line)
    });
    let header = rows_before(text, table).saturating_add(1);
    let mut widths = vec![14; widest];
    widths.extend(told.iter().flat_map(|_| [16, 60]));
    book.rows(&name, &widths, Some(header), rows)
}

/// A number, an amount in the agreement's currency or a day, however it was written in its cell.
fn as_read(among: &Among, table: &Table, (row, column): (Row, usize), written: &str) -> Option<Cell> {
    if written.is_empty() {
        return None;
    }
    let names = &among.rows.names;
    let field = *table.fields.get(&column)?;
    let number = |number: &Number| {
        let text = number.exact_text();
        is_kept(&text).then_some(Cell::Number(text))
    };
    match (
        &names.plan.schema.field(table.record, field)?.ty,
        names.facts.cell(CellId { record: table.record, row, field }),
    ) {
        (Type::Number, facts::Cell::Number(amount)) => number(&amount),
        (Type::Money, facts::Cell::Money(money)) if Some(money.currency) == names.plan.currency => {
            number(&money.amount)
        }
        (Type::Date, facts::Cell::Day(day)) => Some(Cell::Day(day)),
        (_, _) => None,
    }
}

/// Whether what stands in a column is read as texts, whatever it looks like: ids, and fields that are no days, amounts or answers.
fn is_of_texts(among: &Among, table: &Table, column: usize) -> bool {
    let field = table.fields.get(&column).and_then(|field| among.rows.names.plan.schema.field(table.record, *field));
    let is_text = |ty: &Type| matches!(ty, Type::Text | Type::OneOf(_) | Type::Ref(_) | Type::SetOf(_));
    table.ids == Some(column) || field.is_some_and(|field| is_text(&field.ty))
}

/// How many rows stand above the names of a table.
fn rows_before(text: &str, table: &Table) -> usize {
    let (mut at, mut count) = (0_usize, 0_usize);
    while at < table.names {
        at = row(text, at, table.delimiter).1;
        count = count.saturating_add(1);
    }
    count
}

/// What stands above the two columns of each clause: its name, and what is no heading of the table and no field that could be read
/// out of it, so that the copy can be read like the table itself.
fn headings(among: &Among, table: &Table, clauses: &BTreeSet<usize>) -> BTreeMap<usize, [String; 2]> {
    let same = |name: &str| outline(&name.split_whitespace().collect::<Vec<_>>().join(" "));
    let records = table.records.iter().filter_map(|record| among.rows.names.plan.schema.record(*record));
    let fields = records.flat_map(|record| &record.fields).map(|field| same(&field.name));
    let written = cells(&table.text, table.names, table.delimiter);
    let written = written.iter().map(|cell| same(&cell.text));
    let mut taken: BTreeSet<String> = fields.chain(written).chain(["id".to_string()]).collect();
    let mut new = |first: &str, next: &str| {
        let numbered = (2_u32..).map(|number| format!("{next} {number}"));
        let mut all = [first.to_string(), next.to_string()].into_iter().chain(numbered);
        let found = all.find(|name| !taken.contains(&same(name))).unwrap_or_default();
        taken.insert(same(&found));
        found
    };
    let of_clause = |clause: &usize| {
        let name = among.report.clauses.get(*clause).map_or("", |one| one.clause.as_str());
        let why = format!("{name}: why");
        (*clause, [new(name, &format!("{name}: verdict")), new(&why, &why)])
    };
    clauses.iter().map(of_clause).collect()
}

fn widest(text: &str, delimiter: u8) -> usize {
    let (mut at, mut widest) = (0_usize, 0_usize);
    while at < text.len() {
        widest = widest.max(cells(text, at, delimiter).len());
        at = row(text, at, delimiter).1;
    }
    widest
}

/// A cell as it was: a day, a number, yes or no, or a text. In a file of text a number is only what is written like one in every country, and
/// has no nought ahead that would be lost.
/// The value of a sheet may have a currency with it; the agreement's `own` is the one in which numbers are read, so that it is a number.
fn value(words: &str, own: Option<Option<Currency>>, quoted: bool) -> Cell {
    let is_sheet = own.is_some();
    let amount = own.flatten().filter(|_| !quoted).and_then(|own| words.strip_prefix(own.as_str())?.strip_prefix(' '));
    let words = amount.unwrap_or(words);
    let digits = words.strip_prefix('-').unwrap_or(words);
    let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_text = quoted || is_code(words) || (!is_sheet && digits.contains('.'));
    let timed = if is_sheet && !quoted { timed(words) } else { None };
    match Day::parse_iso(words) {
        _ if words.is_empty() => Cell::Empty,
        _ if timed.is_some() => timed.unwrap_or(Cell::Empty),
        _ if is_sheet && !quoted && matches!(words, "true" | "false") => Cell::YesNo(words == "true"),
        Ok(day) if !(quoted && is_sheet) => Cell::Day(day),
        _ if is_plain && !is_text => Cell::Number(words.to_string()),
        _ if is_sheet && !quoted => Cell::Number(unfolded(words).unwrap_or_else(|| words.to_string())),
        _ => Cell::Text(words.to_string()),
    }
}

/// Whether a number has a nought ahead, as codes have.
fn is_code(words: &str) -> bool {
    let mut digits = words.strip_prefix('-').unwrap_or(words).chars();
    digits.next() == Some('0') && digits.next().is_some_and(|next| next.is_ascii_digit())
}

const DAY_OF_MILLISECONDS: u64 = 24 * 60 * 60 * 1000;

/// A time of day, a span of hours, or a day with a time, as the values of sheets are written: `18:00`, `27:30:15.5`,
/// `2015-01-02 18:00`.
fn timed(words: &str) -> Option<Cell> {
    let (day, time) = match words.split_once(' ') {
        Some((day, time)) => (Some(Day::parse_iso(day).ok()?), time),
        None => (None, words),
    };
    let (hours, rest) = time.split_once(':')?;
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let (seconds, part) = seconds.split_once('.').unwrap_or((seconds, ""));
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok())?;
    let part = if part.is_empty() { 0 } else { number(&format!("{part:0<3}")).filter(|_| part.len() <= 3)? };
    let minutes = number(hours)?.checked_mul(60)?.checked_add(number(minutes)?)?;
    let milliseconds = minutes.checked_mul(60)?.checked_add(number(seconds)?)?.checked_mul(1000)?.checked_add(part)?;
    // A day has no more hours.
    let is_span = day.is_none() && milliseconds >= DAY_OF_MILLISECONDS;
    Some(if is_span { Cell::Span(milliseconds) } else { Cell::Timed(day, milliseconds) })
}

/// `1.5E+16`, as a sheet's number of more digits than are kept is written, in digits alone.
fn unfolded(words: &str) -> Option<String> {
    let (digits, power) = words.split_once("E+")?;
    let (minus, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (first, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let zeros = power.parse::<usize>().ok().filter(|power| *power < 90)?.checked_sub(rest.len())?;
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (first.len() == 1 && is_plain(first) && is_plain(rest))
        .then(|| format!("{minus}{first}{rest}{}", "0".repeat(zeros)))
}
