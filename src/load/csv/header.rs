//! The line of names: which field each column was said to give, which are left out, and what is wrong with how they are named.

use std::collections::{BTreeSet, HashMap};

use crate::{
    diagnostics::{Diagnostic, Sink, codes, nearest, nearest_name},
    facts::sheet::{Heading, Sheet, SheetCell, Unnamed, Use, cells},
    source::{Span, Spanned, first_lines, letters},
    value::Day,
};

use super::{
    super::{
        cells as values,
        files::How,
        guess::may_be_the_opposite,
        notation::MOST_FINDINGS,
        wording::{clip, folded, listed, nfc},
    },
    bulk::ID,
};

/// So many rows are looked at for the line of names.
const MOST_LOOKED_AT: usize = 30;

/// A column as it is written over it, with what the file's entry says of it.
struct Written {
    name: String,
    span: Span,
    /// By its place in `columns`.
    mapped: Option<usize>,
    ignored: bool,
    /// Whether another column of this heading was said to give a field, and the rest are left out.
    beside: bool,
}

/// The headings of a sheet; nothing when it cannot be told what stands in which column.
pub(super) fn header(sheet: &Sheet, how: &How, problems: &mut Sink) -> Option<Vec<Heading>> {
    let written: Vec<Written> =
        cells(sheet.head(), sheet.from, sheet.delimiter).iter().map(|cell| bare(sheet, cell)).collect();
    if how.rows.from.is_none()
        && let Some(finding) = further_down(sheet, written.len())
    {
        problems.push(finding);
        return None;
    }
    let before = problems.len();
    let mut written = said(sheet, how, written, problems);
    mark_doubles(sheet, &mut written);
    tell_nameless(sheet, &written, problems);
    let good = problems.len() == before;
    // Where keys of `columns` mean the same column, values may have been taken for names.
    let are_values = || problems.any(|finding| finding.message.contains(SAME_COLUMN));
    // Numbers that the file's entry names are names.
    let is_named = |name: &str| how.columns.iter().any(|(key, _)| key.it.trim() == name);
    let has_ids = written.iter().any(|one| folded(&one.name) == ID);
    let are_named = || {
        let mut values = headings_of_values(sheet).peekable();
        has_ids && values.peek().is_some() && values.all(|name| is_named(&name))
    };
    if !how.columns.is_empty() && (good && !are_named() || are_values()) {
        is_like_a_record(sheet).into_iter().for_each(|finding| problems.push(finding));
    }
    let headings = written.into_iter().map(|one| {
        let name = match one.mapped.and_then(|at| how.columns.get(at)) {
            Some((_, field)) => field.it.clone(),
            // These two are the same for all records.
            None if folded(&one.name) == ID => ID.to_owned(),
            None if folded(&one.name) == "source" => "source".to_owned(),
            None => one.name,
        };
        let column = match one.ignored || name.is_empty() {
            true => Use::LeftOut,
            false if one.beside => Use::Beside,
            false => Use::Read,
        };
        Heading { name, span: one.span, column }
    });
    good.then(|| headings.collect())
}

fn bare(sheet: &Sheet, cell: &SheetCell) -> Written {
    let name = nfc(cell.text.trim()).into_owned();
    Written { name, span: Span::new(sheet.file, cell.start, cell.end), mapped: None, ignored: false, beside: false }
}

/// The columns by what is written over them.
struct Columns {
    exact: HashMap<String, Vec<usize>>,
    alike: HashMap<String, Vec<usize>>,
    count: usize,
}

impl Columns {
    fn of(written: &[Written]) -> Columns {
        let (mut exact, mut alike) = (HashMap::<String, Vec<usize>>::new(), HashMap::<String, Vec<usize>>::new());
        for (at, one) in written.iter().enumerate() {
            exact.entry(one.name.clone()).or_default().push(at);
            alike.entry(folded(&one.name)).or_default().push(at);
        }
        Columns { exact, alike, count: written.len() }
    }

    /// Which columns a name in the file's entry means: those that are called so, else the one of that letter or number.
    fn meant(&self, name: &str) -> Vec<usize> {
        if let Some(exact) = self.exact.get(name) {
            return exact.clone();
        }
        if name.is_empty() {
            return Vec::new();
        }
        let name = folded(name);
        if let Some(alike) = self.alike.get(&name) {
            return alike.clone();
        }
        place(&name).filter(|at| *at < self.count).into_iter().collect()
    }
}

/// The column of a number from 1 on, or of a letter: `2` and `b` are the second one.
fn place(name: &str) -> Option<usize> {
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        return name.parse::<usize>().ok().filter(|_| !name.starts_with('0'))?.checked_sub(1);
    }
    let mut letters = name.bytes();
    let number = letters.try_fold(0_usize, |number, byte| {
        let letter = byte.checked_sub(b'a').filter(|letter| *letter < 26)?;
        number.checked_mul(26)?.checked_add(usize::from(letter))?.checked_add(1)
    });
    number?.checked_sub(1)
}

/// Works in what `columns` and `ignore` say. A column that is named by its letter or number is no more meant by its heading.
fn said(sheet: &Sheet, how: &How, mut written: Vec<Written>, problems: &mut Sink) -> Vec<Written> {
    let headings: Vec<String> = written.iter().map(|one| one.name.clone()).collect();
    let columns = how.columns.iter().enumerate().map(|(at, (name, _))| (name, Some(at)));
    let ignored = how.ignore.iter().map(|name| (name, None));
    let (by_name, mut by_heading, mut left) = (Columns::of(&written), Vec::new(), MOST_FINDINGS);
    for (name, mapped) in columns.chain(ignored) {
        let meant = by_name.meant(&name.it);
        let is_place = |at: &usize| written.get(*at).is_some_and(|one| folded(&one.name) != folded(&name.it));
        match meant.as_slice() {
            // Each is compared with all headings.
            [] if left == 0 => problems.push(not_there(sheet, name, &[])),
            [] => {
                left = left.saturating_sub(1);
                problems.push(not_there(sheet, name, &headings));
            }
            [one] if is_place(one) => {
                let before = written.get(*one).and_then(|one| one.mapped);
                if mapped.is_none() && before.is_some() {
                    problems.push(mapped_and_ignored(sheet, name));
                }
                mapped_twice(how, before, mapped).into_iter().for_each(|finding| problems.push(finding));
                say(&mut written, *one, mapped);
            }
            _ => by_heading.push((name, mapped, meant)),
        }
    }
    for (name, mapped, meant) in by_heading {
        let free = |at: &&usize| written.get(**at).is_some_and(|one| one.mapped.is_none() && !one.ignored);
        let free: Vec<usize> = meant.iter().filter(free).copied().collect();
        match (free.as_slice(), mapped) {
            ([], None) if meant.iter().all(|at| written.get(*at).is_some_and(|one| one.mapped.is_some())) => {
                problems.push(mapped_and_ignored(sheet, name));
            }
            ([], Some(_)) => {
                let before = meant.iter().find_map(|at| written.get(*at)?.mapped);
                mapped_twice(how, before, mapped).into_iter().for_each(|finding| problems.push(finding));
            }
            ([], None) => {}
            ([first, second, ..], Some(_)) => {
                let message =
                    format!("two columns are named `{}`, so it is unclear which one is meant", clip(&name.it));
                let help =
                    format!("use the letter of the right column, `{}` or `{}`", letters(*first), letters(*second));
                let finding =
                    codes::CSV_COLUMNS.at(name.span).say(message).also(sheet.names(), "the columns of the file");
                problems.push(finding.help(help));
            }
            (several, _) => several.iter().for_each(|at| say(&mut written, *at, mapped)),
        }
    }
    written
}

/// Of several columns of one heading some of which were said to give a field, the rest may be called by no field: then they are left
/// out where all such columns are.
fn mark_doubles(sheet: &Sheet, written: &mut [Written]) {
    if sheet.unnamed != Unnamed::LeftOut {
        return;
    }
    let meant: BTreeSet<String> =
        written.iter().filter(|one| one.mapped.is_some()).map(|one| folded(&one.name)).collect();
    for one in written.iter_mut().filter(|one| one.mapped.is_none()) {
        one.beside = meant.contains(&folded(&one.name));
    }
}

fn say(written: &mut [Written], at: usize, mapped: Option<usize>) {
    if let Some(one) = written.get_mut(at) {
        one.mapped = one.mapped.or(mapped);
        one.ignored |= mapped.is_none();
    }
}

const SAME_COLUMN: &str = "in `columns` are the same column";

/// A column gives one field, whether it is named by its heading or its place.
fn mapped_twice(how: &How, before: Option<usize>, mapped: Option<usize>) -> Option<Diagnostic> {
    let ((first, field), (second, other)) = (how.columns.get(before?)?, how.columns.get(mapped?)?);
    if field.it == other.it {
        return None;
    }
    let message = format!(
        "`{}` and `{}` {SAME_COLUMN}, so it is unclear whether it gives `{}` or `{}`",
        clip(&first.it),
        clip(&second.it),
        clip(&field.it),
        clip(&other.it)
    );
    let help = "keep the correct one, or name another column in the other".to_owned();
    Some(
        codes::CSV_COLUMNS
            .at(second.span)
            .say(message)
            .label("given again here")
            .also(first.span, "first given here")
            .help(help),
    )
}

/// A column cannot give a field and be left out.
fn mapped_and_ignored(sheet: &Sheet, name: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is both in `columns` and in `ignore`", clip(&name.it));
    let help = "remove it from one of the two".to_owned();
    codes::CSV_COLUMNS.at(name.span).say(message).also(sheet.names(), "the columns of the file").help(help)
}

/// A column that the file's entry names has to be there.
fn not_there(sheet: &Sheet, name: &Spanned<String>, headings: &[String]) -> Diagnostic {
    let message = format!("the file has no column named `{}`", clip(&name.it));
    let near = nearest_name(&name.it, headings.iter().map(String::as_str));
    let near = near.filter(|heading| !may_be_the_opposite(&name.it, heading));
    let help = near.and_then(|heading| nearest(&name.it, [heading]));
    codes::CSV_COLUMNS.at(name.span).say(message).also(sheet.names(), "the columns of the file").help(help)
}

/// What stands in a cell of the line of names, or below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Day,
    Number,
    /// A number that may as well be a year, as names of columns are.
    Year,
    Text,
}

fn kind(text: &str, sheet: &Sheet) -> Kind {
    let text = text.trim();
    let is_year = text.len() == 4 && text.starts_with(['1', '2']) && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = text.contains(|sign: char| sign.is_ascii_digit());
    let is_number = || has_digits && values::number(text, &sheet.dialect) != values::Cell::Not;
    match values::day(text, &sheet.dialect) {
        _ if is_year => Kind::Year,
        _ if is_number() => Kind::Number,
        values::InCell::Day(values::Cell::Not) | values::InCell::Problem(_) => {
            if Day::parse_iso(text).is_ok() {
                Kind::Day
            } else {
                Kind::Text
            }
        }
        values::InCell::Day(_) | values::InCell::Timed | values::InCell::Ends(_) => Kind::Day,
    }
}

/// The names of columns that are numbers or days.
fn headings_of_values(sheet: &Sheet) -> impl Iterator<Item = String> {
    let names = cells(sheet.head(), sheet.from, sheet.delimiter).into_iter();
    let values = names.filter(|cell| matches!(kind(&cell.text, sheet), Kind::Day | Kind::Number));
    values.map(|cell| cell.text.trim().to_owned())
}

/// Warns of a line of names in which numbers or days stand where the first row has some, and texts where it has texts: it is rather the
/// first record.
fn is_like_a_record(sheet: &Sheet) -> Option<Diagnostic> {
    let head = sheet.head();
    let names = cells(head, sheet.from, sheet.delimiter);
    let mut at = sheet.body();
    let below = loop {
        let row = cells(head.get(..)?, at, sheet.delimiter);
        if row.iter().any(|cell| !cell.text.is_empty()) {
            break row;
        }
        at = crate::facts::sheet::row(head, at, sheet.delimiter).1;
        if at >= head.len() {
            return None;
        }
    };
    let pairs = names.iter().zip(&below).filter(|(name, cell)| !name.text.is_empty() && !cell.text.is_empty());
    let pairs: Vec<(Kind, Kind)> =
        pairs.map(|(name, cell)| (kind(&name.text, sheet), kind(&cell.text, sheet))).collect();
    let is_value = |(name, _): &(Kind, Kind)| matches!(name, Kind::Day | Kind::Number);
    if !pairs.iter().all(|(name, cell)| name == cell) || !pairs.iter().any(is_value) {
        return None;
    }
    let message = "this row is read as the column names, but looks like the first record";
    let help = "if it is a record, write the column names in a row above it".to_owned();
    Some(codes::CSV_ROWS.at(sheet.names()).say(message).help(help))
}

/// Columns without a name are one finding.
fn tell_nameless(sheet: &Sheet, written: &[Written], problems: &mut Sink) {
    if sheet.unnamed == Unnamed::LeftOut {
        return;
    }
    let nameless = written.iter().enumerate();
    let mut nameless: Vec<(usize, Span)> = nameless
        .filter(|(_, one)| one.name.is_empty() && one.mapped.is_none() && !one.ignored)
        .map(|(at, one)| (at, one.span))
        .collect();
    keep_filled(sheet, &mut nameless);
    let Some((first, span)) = nameless.first() else { return };
    let all: Vec<String> = nameless.iter().map(|(at, _)| letters(*at)).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let message = match all.len() {
        1 => "this column has no name".to_owned(),
        many => match listed(&all) {
            Some(all) => format!("{many} columns have no name: {all}"),
            None => format!("{many} columns have no name"),
        },
    };
    let (map, them) = if all.len() == 1 { ("map it to a field", "it") } else { ("map them to fields", "them") };
    let (first, all) = (letters(*first), all.iter().map(|letter| format!("\"{letter}\"")).collect::<Vec<_>>());
    let help = format!(
        "in the file's `files` entry, {map} with `columns: {{ \"{first}\": \"…\" }}`, or ignore {them} with `ignore: [{}]`, or ignore all columns that match no field with `ignore: \"others\"`",
        all.join(", ")
    );
    problems.push(codes::CSV_COLUMNS.at(*span).say(message).help(help));
}

/// Keeps those columns in which something stands. The others are margins, and lose nothing.
fn keep_filled(sheet: &Sheet, columns: &mut Vec<(usize, Span)>) {
    if columns.is_empty() {
        return;
    }
    let rest = sheet.rest(sheet.body());
    let mut empty: BTreeSet<usize> = columns.iter().map(|(at, _)| *at).collect();
    let mut at = 0_usize;
    while at < rest.len() && !empty.is_empty() {
        let row = cells(&rest, at, sheet.delimiter);
        empty.retain(|column| row.get(*column).is_none_or(|cell| cell.text.is_empty()));
        at = crate::facts::sheet::row(&rest, at, sheet.delimiter).1;
    }
    columns.retain(|(column, _)| !empty.contains(column));
}

/// Whether the names stand further down: what is taken for them has fewer cells than the rows below it, and one of these looks
/// like a line of names.
fn further_down(sheet: &Sheet, columns: usize) -> Option<Diagnostic> {
    // As much as is at hand of a text at rest, so that both are understood alike.
    let head = first_lines(sheet.head());
    let mut at = sheet.from;
    let mut rows: Vec<Vec<SheetCell>> = Vec::new();
    let mut numbers: Vec<usize> = Vec::new();
    let first = line_of(head, sheet);
    for number in (first..).take(MOST_LOOKED_AT) {
        if at >= head.len() {
            break;
        }
        let row = cells(head, at, sheet.delimiter);
        at = crate::facts::sheet::row(head, at, sheet.delimiter).1;
        if row.iter().any(|cell| !cell.text.is_empty()) {
            rows.push(row);
            numbers.push(number);
        }
    }
    let filled = |row: &Vec<SheetCell>| row.iter().filter(|cell| !cell.text.is_empty()).count();
    let named = rows.first().map_or(0, filled);
    let most = rows.iter().map(filled).max()?;
    if most < 2 || named.saturating_mul(2) > most.max(columns) {
        return None;
    }
    let is_name = |cell: &SheetCell| {
        let text = cell.text.trim();
        !text.is_empty() && !text.starts_with(|sign: char| sign.is_ascii_digit())
    };
    let looks = |row: &Vec<SheetCell>| filled(row) == most && row.iter().filter(|cell| is_name(cell)).count() == most;
    let names = rows.iter().position(looks).filter(|at| *at > 0)?;
    let (row, number) = (rows.get(names)?, numbers.get(names)?);
    let (first, last) = (row.first()?, row.last()?);
    let message = format!("the first row has {}, but the rows below have up to {most}", cells_of(named));
    let help =
        format!("if the column names are in row {number}, set `rows: (from: {number})` in the file's `files` entry");
    let finding = codes::CSV_COLUMNS.at(sheet.names()).say(message);
    Some(finding.also(Span::new(sheet.file, first.start, last.end), "these look like column names").help(help))
}

fn cells_of(count: usize) -> String {
    if count == 1 { "1 non-empty cell".to_owned() } else { format!("{count} non-empty cells") }
}

/// In which row, counted from 1, the line of names stands.
fn line_of(head: &str, sheet: &Sheet) -> usize {
    let (mut at, mut line) = (0_usize, 1_usize);
    while at < sheet.from {
        at = crate::facts::sheet::row(head, at, sheet.delimiter).1;
        line = line.saturating_add(1);
    }
    line
}
