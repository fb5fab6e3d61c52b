//! Facts written as CSV: one file for one record, a line of names and then a line for each.
//! Here the line of names is read; the rows are read in bulk when it is known what the record's fields are.

mod bulk;
mod chunk;
mod fill;
mod hands;
mod join;
mod pieces;
mod quick;
mod rows;
mod spread;

pub(super) use bulk::Sheets;
pub(super) use fill::{fill, number, refers};
pub use spread::spread;
pub(super) use spread::{settle, sheets};

use std::collections::HashMap;
use std::sync::Arc;

use crate::{
    diagnostics::{Diagnostic, Sink, codes, nearest},
    facts::sheet::{Decimal, Empty, Heading, Sheet, cells, row},
    source::{FileId, Span, Spanned, Text},
};

use super::{
    files::How,
    node::{Node, NodeKind},
    wording::{clip, nfc},
};

/// Reads a CSV text as far as the line of names. Nothing comes back when it cannot be told what stands in which column.
pub fn read(file: FileId, text: &Text, how: &How, problems: &mut Sink) -> Option<Node> {
    let start = Span::new(file, 0, 0);
    let head = text.head();
    if head.trim().is_empty() && head.len() == text.len() {
        problems.push(codes::EMPTY_FILE.at(start).say("this file holds nothing"));
        return None;
    }
    let delimiter = how.delimiter.unwrap_or_else(|| guessed_delimiter(file, head, problems));
    let untold = if delimiter == b',' { Decimal::Point } else { Decimal::Untold };
    let mut sheet = Sheet {
        file,
        text: text.clone(),
        delimiter,
        decimal: how.decimal.unwrap_or(untold),
        empty: how.empty.unwrap_or(Empty::NotGiven),
        header: Vec::new(),
    };
    sheet.header = header(&sheet, how, problems)?;
    let Some((record, place)) = &how.record else {
        let message = "what the lines of this file are is not said";
        let help = "name it with its record, `RECORD=FILE`, or in the `files` of another fact file: `(record: \"…\", path: \
                    \"…\")`";
        problems.push(codes::RECORD_NOT_TOLD.at(start).say(message).help(help.to_owned()));
        return None;
    };
    let span = Span::new(file, 0, text.len());
    let key = Spanned::new(record.clone(), place.unwrap_or(names(&sheet)));
    let list = Node { span, kind: NodeKind::Sheet(Arc::new(sheet)) };
    Some(Node { span, kind: NodeKind::Map(vec![(key, list)]) })
}

/// Tells that a file was read as Windows-1252.
pub fn no_utf_8(file: FileId) -> Diagnostic {
    let message = "this file is no UTF-8, and is read as Windows-1252";
    let help = "if letters look wrong, save the file again as UTF-8".to_owned();
    codes::CSV_GUESSED.at(Span::new(file, 0, 0)).say(message).help(help)
}

/// What stands between the names of the first line, outside of quotes: the sign that stands there most often.
fn guessed_delimiter(file: FileId, text: &str, problems: &mut Sink) -> u8 {
    let line = text.lines().next().unwrap_or("");
    let outside: String = line.split('"').step_by(2).collect();
    let mut found = [(b',', "`,`"), (b';', "`;`"), (b'\t', "a tab")]
        .map(|(sign, name)| (outside.bytes().filter(|byte| *byte == sign).count(), sign, name));
    found.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    let [(most, delimiter, name), (second, ..), _] = found;
    if second > 0 {
        let message =
            format!("{name} is taken to stand between the columns, and others of `,`, `;` and tab stand here too");
        let help = "say so where the file is named: `delimiter: \";\"`".to_owned();
        problems.push(codes::CSV_GUESSED.at(Span::new(file, 0, line.len())).say(message).help(help));
    }
    if most == 0 { b',' } else { delimiter }
}

/// The line of names.
fn names(sheet: &Sheet) -> Span {
    Span::new(sheet.file, 0, row(sheet.head(), 0, sheet.delimiter).0)
}

fn header(sheet: &Sheet, how: &How, problems: &mut Sink) -> Option<Vec<Heading>> {
    let mut header: Vec<Heading> = Vec::new();
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut used = vec![false; how.columns.len()];
    let mut good = true;
    for cell in cells(sheet.head(), 0, sheet.delimiter) {
        let span = Span::new(sheet.file, cell.start, cell.end);
        let written = nfc(cell.text.trim()).into_owned();
        if written.is_empty() {
            let help = "give it the name of a field, or take the column away".to_owned();
            problems.push(codes::CSV_COLUMNS.at(span).say("this column has no name").help(help));
            good = false;
        }
        let renamed = how.columns.iter().position(|(name, _)| name.it == written);
        let field = renamed.and_then(|at| how.columns.get(at)).map(|(_, field)| field.clone());
        if let Some(used) = renamed.and_then(|at| used.get_mut(at)) {
            *used = true;
        }
        let name = field.unwrap_or(written);
        if let Some(first) = seen.get(&name).copied().filter(|_| !name.is_empty()) {
            let finding = codes::CSV_COLUMNS.at(span).say(format!("two columns give `{}`", clip(&name)));
            let help = "keep the right one, and take the other away".to_owned();
            problems.push(finding.label("here again").also(first, "first given here").help(help));
            good = false;
        } else {
            seen.insert(name.clone(), span);
        }
        header.push(Heading { name, span });
    }
    good &= all_used(sheet, how, &used, problems);
    good.then_some(header)
}

/// A column that `columns` names has to be there.
fn all_used(sheet: &Sheet, how: &How, used: &[bool], problems: &mut Sink) -> bool {
    let written: Vec<String> =
        cells(sheet.head(), 0, sheet.delimiter).iter().map(|cell| nfc(cell.text.trim()).into_owned()).collect();
    let missing = how.columns.iter().zip(used).filter(|(_, used)| !**used);
    let mut good = true;
    for ((name, _), _) in missing {
        let message = format!("no column of the file is called `{}`", clip(&name.it));
        let help = nearest(&name.it, written.iter().map(String::as_str));
        problems.push(codes::CSV_COLUMNS.at(name.span).say(message).also(names(sheet), "its columns").help(help));
        good = false;
    }
    good
}
