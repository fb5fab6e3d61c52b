//! Facts written as CSV: one file for one record, a line of names and then a line for each.
//! Here the line of names is read; the rows are read in bulk when it is known what the record's fields are.

mod among;
mod bulk;
mod cell_length;
mod chunk;
mod edges;
mod fill;
mod formatted;
mod hands;
mod header;
mod hides;
mod join;
mod lone;
mod odd_ids;
mod packed_lines;
mod pieces;
mod quick;
mod quoted;
mod roles;
mod rows;
mod said;
mod second;
mod spread;
mod sums;
mod tail;
mod twice;
mod usual;

pub(super) use among::{FEWEST_COLUMNS, is_like_a_heading, is_of_headings};
pub(super) use bulk::{Sheets, tell_empty_id};
pub use cell_length::longest_cell;
pub(super) use fill::{fill, look, number, refers};
pub(super) use roles::column_of;
pub use said::leaves_out_a_record;
pub(super) use second::names_ids;
pub use spread::spread;
pub(super) use spread::{joined, settle, sheets};
pub(super) use sums::is_sum;
pub use tail::seem_to_end_at;
pub(super) use tail::{
    begins_as_a_total, ends_as_a_total, is_carried, is_dated_total, is_note, is_told_as_a_total, is_total,
    lacks_the_rest, looks_like_a_sum_of_those_below, looks_like_a_total, may_be_called_a_total, measures_or_carries,
    more_are_told,
};
pub(super) use twice::once;
pub use twice::without_rows_of_others;
pub(super) use usual::Usual;

use std::borrow::Cow;
use std::sync::Arc;

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::sheet::{DateOrder, Decimal, Dialect, Empty, Sheet, Times, Unnamed, row},
    source::{FileId, Span, Spanned, Text, first_lines, with_line_feeds},
};

use super::{
    files::How,
    format,
    node::{Node, NodeKind},
};

/// Reads a CSV text as far as the line of names. Nothing comes back when it cannot be told what stands in which column.
pub fn read(file: FileId, text: &Text, how: &How, problems: &mut Sink) -> Option<Node> {
    let start = Span::new(file, 0, 0);
    // A sheet of a workbook has its lines from us, and what stands in its texts is theirs.
    let text = &*if how.typed { Cow::Borrowed(text) } else { with_line_ends(text) };
    if let Some(wrong) = no_table(file, text, how) {
        problems.push(wrong);
        return None;
    }
    let head = text.head();
    let mut guessed = Sink::default();
    let (mut from, mut delimiter) = names_at(file, head, how, &mut guessed);
    if head.len() < text.len() && row(head, from, delimiter).1 > head.len() {
        // The line of names ends behind what is at hand.
        guessed = Sink::default();
        (from, delimiter) = names_at(file, text, how, &mut guessed);
    }
    problems.extend(guessed);
    let dialect = Dialect {
        is_of_values: false,
        delimiter,
        decimal: how.decimal.unwrap_or(Decimal::Untold),
        dates: how.dates.unwrap_or(DateOrder::Untold),
        times: how.times.unwrap_or(Times::Refused),
        words: how.words.clone(),
        items: how.items,
        targets: how.columns.iter().map(|(_, field)| field.clone()).collect(),
    };
    let values =
        how.typed.then(|| Arc::new(Dialect { is_of_values: true, decimal: Decimal::Point, ..dialect.clone() }));
    let mut sheet = Sheet {
        file,
        text: text.clone(),
        delimiter,
        from,
        until: None,
        skipped: Arc::default(),
        dialect: Arc::new(dialect),
        values,
        shown: Arc::clone(&how.shown),
        unseen: Arc::clone(&how.unseen),
        empty: how.empty.unwrap_or(Empty::NotGiven),
        empties: how.empties.clone().into(),
        header: Vec::new(),
        unnamed: if how.ignore_others { Unnamed::LeftOut } else { Unnamed::Told },
        table: how.table.clone(),
        entry: how.entry,
    };
    if let Some(from) = how.rows.from.as_ref().filter(|_| sheet.from >= sheet.text.len()) {
        let finding = codes::CSV_NO_SUCH_ROW.at(from.span).say(format!("the file has no row {}", from.it));
        problems.push(finding.also(start, "this file").help("rows are numbered from 1".to_owned()));
        return None;
    }
    sheet.header = header::header(&sheet, how, problems)?;
    edges::told(&sheet).into_iter().for_each(|finding| problems.push(finding));
    packed_lines::told(&sheet).into_iter().for_each(|finding| problems.push(finding));
    said::leave_out(&mut sheet, &how.rows, problems);
    said::above(&sheet, &how.rows).into_iter().for_each(|finding| problems.push(finding));
    let Some((record, place)) = &how.record else {
        let message = "no record given for the rows of this file";
        let help = "give the file with its record, `RECORD=FILE`, or list it in the `files` of another fact file: `(record: \"…\", path: \"…\")`";
        problems.push(codes::RECORD_NOT_TOLD.at(start).say(message).help(help.to_owned()));
        return None;
    };
    let span = Span::new(file, 0, text.len());
    let key = Spanned::new(record.clone(), place.unwrap_or(sheet.names()));
    let list = Node { span, kind: NodeKind::Sheet(Arc::new(sheet)) };
    Some(Node { span, kind: NodeKind::Map(vec![(key, list)]) })
}

/// Why a text is no table; nothing when it may be one.
pub fn no_table(file: FileId, text: &Text, how: &How) -> Option<Diagnostic> {
    let (start, head) = (Span::new(file, 0, 0), text.head());
    if let Some(name) = format::named(head.as_bytes()) {
        let message = format!("this file is {name}, not a text table, despite its name");
        return Some(codes::SPREADSHEET.at(start).say(message).help(format::way_out(name)));
    }
    if head.trim().is_empty() && head.len() == text.len() {
        let what = if how.typed { "this sheet is empty" } else { "this file is empty" };
        return Some(codes::EMPTY_FILE.at(start).say(what));
    }
    wrong_separator(file, head, how)
}

/// Where the line of names begins, and what stands between the cells.
fn names_at(file: FileId, head: &str, how: &How, problems: &mut Sink) -> (usize, u8) {
    let (separator, behind) = separator_line(head);
    let from = line(head, how.rows.from.as_ref().map_or(1, |from| from.it)).max(behind);
    let delimiter = how.delimiter.or(separator);
    let delimiter = delimiter.unwrap_or_else(|| guessed_delimiter(file, head, (from, how.decimal), problems));
    (first_row(head, (from, behind), how, delimiter), delimiter)
}

/// What a reader takes for the sign between cells where the names stand in that row, counted from 1, and the entry says no sign; nothing
/// where it is in doubt.
pub(super) fn delimiter_read(text: &str, (from, decimal): (usize, Option<Decimal>)) -> Option<u8> {
    let (separator, behind) = separator_line(text);
    let from = line(text, from).max(behind);
    let mut told = Sink::default();
    let read = separator.unwrap_or_else(|| guessed_delimiter(FileId(0), text, (from, decimal), &mut told));
    Some(read).filter(|_| told.is_empty())
}

/// The sign between cells that a first line `sep=;` names for spreadsheets, and where the line behind it begins.
fn separator_line(head: &str) -> (Option<u8>, usize) {
    let end = head.find('\n').map_or(head.len(), |end| end.saturating_add(1));
    let line = head.get(..end).unwrap_or_default().trim_end_matches(['\r', '\n']).trim_matches('"');
    match line.as_bytes() {
        [s, e, p, b'=', sign]
            if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && matches!(sign, b',' | b';' | b'\t' | b'|') =>
        {
            (Some(*sign), end)
        }
        _ => (None, 0),
    }
}

/// Whether a file of tabs by its name has none, but another sign between the names of its columns and in the row below them.
pub(super) fn is_separated_otherwise(head: &str) -> bool {
    let (separator, behind) = separator_line(head);
    let Some(rest) = head.get(behind..).filter(|rest| !rest.contains('\t')) else { return false };
    let rest = with_line_feeds(rest);
    let lines = quoted::records(&rest).filter(|line| !line.trim().is_empty());
    let outside = |line: &str| line.split('"').step_by(2).collect::<String>();
    let lines: Vec<String> = lines.take(2).map(outside).collect();
    let is_between = |sign: char| !lines.is_empty() && lines.iter().all(|line| line.contains(sign));
    separator.is_some_and(|separator| separator != b'\t') || [';', ',', '|'].into_iter().any(is_between)
}

/// A text with line feeds at the ends of its lines. Old programs of the Macintosh write carriage returns alone, and a file that went
/// through several programs may have some of each; each takes as much room. A text at rest was looked through for them.
fn with_line_ends(text: &Text) -> Cow<'_, Text> {
    if text.resting().is_some() {
        return Cow::Borrowed(text);
    }
    match with_line_feeds(text) {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(changed) => Cow::Owned(Text::from(changed)),
    }
}

/// Tells of a first line that names a sign between the cells which does not stand between the names, where another one does.
fn wrong_separator(file: FileId, head: &str, how: &How) -> Option<Diagnostic> {
    let (separator, behind) = separator_line(head);
    let separator = separator.filter(|_| how.delimiter.is_none())?;
    let line = quoted::records(head.get(behind..)?).find(|line| !line.trim().is_empty())?;
    let outside: String = line.split('"').step_by(2).collect();
    let other = [';', ',', '\t', '|'].into_iter().find(|sign| outside.contains(*sign))?;
    if outside.contains(char::from(separator)) {
        return None;
    }
    let name = |sign: char| if sign == '\t' { "a tab".to_owned() } else { format!("`{sign}`") };
    let (said, stands) = (name(char::from(separator)), name(other));
    let message =
        format!("the first line gives {said} as the separator, but the column names are separated by {stands}");
    let sign = if other == '\t' { "tab".to_owned() } else { other.to_string() };
    let help = format!("correct the first line, or set `delimiter: \"{sign}\"` in the file's `files` entry");
    Some(codes::CSV_COLUMNS.at(Span::new(file, 0, behind)).say(message).help(help))
}

/// Where a line begins, counted from 1.
fn line(text: &str, number: usize) -> usize {
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
    let before = number.saturating_sub(1);
    if before == 0 {
        return 0;
    }
    breaks.take(before).skip(before.saturating_sub(1)).last().map_or(text.len(), |at| at.saturating_add(1))
}

/// Where the line of names begins: the row that was said, else the first that is not empty.
fn first_row(head: &str, (line, behind): (usize, usize), how: &How, delimiter: u8) -> usize {
    let Some(from) = &how.rows.from else {
        return rows::next_row(head.as_bytes(), line, delimiter, &mut rows::Passed::default())
            .map_or(line, |row| row.start);
    };
    // A text in quotes above it may have several lines.
    let mut at = 0_usize;
    for _ in 1..from.it.max(1) {
        at = row(head, at, delimiter).1;
    }
    at.max(behind).min(head.len())
}

/// Tells that a file was read as Windows-1252.
pub fn no_utf_8(file: FileId) -> Diagnostic {
    let message = "not valid UTF-8; read as Windows-1252";
    let help = "if letters look wrong, save the file as UTF-8".to_owned();
    codes::CSV_GUESSED.at(Span::new(file, 0, 0)).say(message).help(help)
}

/// What stands between the names, outside of quotes: the sign that stands there most often. Where there is none in their line,
/// the lines below it tell. A comma that stands before decimals is none.
pub(super) fn guessed_delimiter(
    file: FileId,
    text: &str,
    (from, decimal): (usize, Option<Decimal>),
    problems: &mut Sink,
) -> u8 {
    let count = |text: &str, sign: u8| text.bytes().filter(|byte| *byte == sign).count();
    let counts = |line: &str| {
        let outside: String = line.split('"').step_by(2).collect();
        let signs = [(b',', "`,`"), (b';', "`;`"), (b'\t', "a tab"), (b'|', "`|`")];
        let between =
            |sign: u8| if sign == b',' && decimal == Some(Decimal::Comma) { 0 } else { count(&outside, sign) };
        let mut found = signs.map(|(sign, name)| (between(sign), sign, name));
        found.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
        found
    };
    // As much as is at hand of a text at rest, so that both are understood alike.
    let text = Some(first_lines(text)).filter(|first| from < first.len()).unwrap_or(text);
    // A text in quotes may have several lines.
    let mut lines = quoted::records(text.get(from..).unwrap_or_default()).filter(|line| !line.trim().is_empty());
    let line = lines.next().unwrap_or("");
    let below: Vec<&str> = lines.take(LINES_BELOW).collect();
    let regular = |sign: u8| {
        let outside = |line: &&str| count(&line.split('"').step_by(2).collect::<String>(), sign);
        let all: Vec<usize> = below.iter().map(outside).collect();
        let most = all.iter().copied().max().unwrap_or(0);
        let alike = all.iter().filter(|count| **count == most).count();
        most > 0 && alike > 1 && alike.saturating_mul(2) > all.len()
    };
    let signs = || [b';', b'\t', b','].into_iter().filter(|sign| *sign != b',' || decimal != Some(Decimal::Comma));
    let [(most, delimiter, name), others @ ..] = counts(line);
    // The comma of a title separates nothing where the lines below are separated by another sign.
    let is_kept = |line: &&&str| counts(line).iter().any(|(count, sign, _)| *sign == delimiter && *count == most);
    let kept = below.iter().filter(is_kept).count();
    if most > 0
        && !(below.iter().take(1).any(|line| is_kept(&line)) && kept.saturating_mul(2) > below.len())
        && let Some(sign) = signs().find(|sign| *sign != delimiter && count(line, *sign) == 0 && regular(*sign))
    {
        return sign;
    }
    // A name may hold as many of another sign as separate the names: what separates the cells below tells.
    let mostly = |wanted: usize, sign: u8| {
        let is_one = |line: &&&str| counts(line).iter().any(|(count, one, _)| *one == sign && *count == wanted);
        below.iter().filter(is_one).count().saturating_mul(2) > below.len()
    };
    if most > 0
        && !below.iter().any(|line| counts(line).iter().any(|(count, sign, _)| *sign == delimiter && *count == most))
        && let Some((_, sign, _)) = others.iter().find(|(count, sign, _)| *count > 0 && mostly(*count, *sign))
    {
        return *sign;
    }
    // Where every line below has as many of this sign, and not of the other, that one belongs to a name: `Fee, SEK`.
    let fits = |wanted: usize, sign: u8| {
        !below.is_empty()
            && below.iter().all(|line| counts(line).iter().any(|(count, one, _)| *one == sign && *count == wanted))
    };
    if others.iter().any(|(count, sign, _)| *count > 0 && (fits(*count, *sign) || !fits(most, delimiter))) {
        let message = format!(
            "{name} is read as the column separator, but this line also contains other possible separators (`,`, `;`, `|` or tab)"
        );
        let help = "set the separator in the file's `files` entry, such as `delimiter: \";\"`".to_owned();
        let at = Span::new(file, from, from.saturating_add(line.len()));
        problems.push(codes::CSV_GUESSED.at(at).say(message).help(help));
    }
    if most > 0 {
        return delimiter;
    }
    // A title above the names has none. Texts of one column may have some, but not the same number in most of them.
    let sign = signs().find(|sign| regular(*sign));
    match (sign, decimal) {
        (Some(sign), _) => sign,
        (None, Some(Decimal::Comma)) if commas_between(line, &below) => b',',
        (None, Some(Decimal::Comma)) => b';',
        // Of one column without a comma nothing says that a comma would stand between cells, and so a point before decimals.
        (None, Some(Decimal::Untold) | None) if !below.iter().any(|line| line.contains(',')) => b';',
        (None, Some(Decimal::Point | Decimal::Untold) | None) => b',',
    }
}

/// Whether commas stand between the names, though they stand before decimals, too, which are in quotes then. In a name such as
/// `Fee, EUR` over numbers without blanks it is none.
fn commas_between(names: &str, below: &[&str]) -> bool {
    let outside = |line: &str| line.split('"').step_by(2).collect::<String>();
    let names = outside(names);
    let blanks = names.contains(", ") && !below.iter().any(|line| outside(line).contains(", "));
    names.contains(',') && !blanks
}

/// So many lines below the first are looked at for what stands between cells.
pub(super) const LINES_BELOW: usize = 20;
