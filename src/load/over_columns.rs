//! What a table says beside its amounts of what they are in: over their column, over the whole table, and in a column of its own. It
//! is no part of them, so another currency than the one they are read in is told.

use std::borrow::Cow;

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::{
        Facts,
        sheet::{Heading, Sheet, cells, row},
    },
    model::schema::{Record, RecordId, Schema, Type},
    source::Span,
    value::Currency,
};

use super::{
    csv,
    shown::is_own,
    units,
    wording::{clip, folded},
};

/// Warns of another currency beside amounts than the one they are read in, and of thousands.
pub(super) fn look(schema: &Schema, (own, facts): (Currency, &Facts), sheet: &Sheet, problems: &mut Sink) {
    for (id, record) in (0..=u16::MAX).map(RecordId).zip(&schema.records) {
        // A sheet gives the records of one kind, and most kinds have none of its rows.
        let is_here = facts.table(id).is_some_and(|table| {
            let in_bulk = table.sheets.iter().any(|laid| laid.sheet.file == sheet.file);
            in_bulk || table.places.iter().any(|place| place.file == sheet.file)
        });
        let amounts = record.fields.iter().enumerate().filter(|(_, field)| is_here && field.ty == Type::Money);
        let amounts = amounts.filter_map(|(at, field)| Some((field, csv::column_of(sheet, record, at)?)));
        let amounts: Vec<(&str, &Heading)> =
            amounts.filter_map(|(field, column)| Some((field.name.as_str(), sheet.header.get(column)?))).collect();
        let Some((first, _)) = amounts.first() else { continue };
        for (name, heading) in &amounts {
            over_column((name, heading), own, sheet).into_iter().for_each(|one| problems.push(one));
        }
        let beside = beside(record, (first, own), sheet);
        above((first, own), sheet).into_iter().chain(beside).for_each(|one| problems.push(one));
    }
}

/// Words for many or parts of one currency, and signs of currencies, as they stand over columns of amounts.
const OVER_COLUMNS: [&str; 8] = ["€", "$", "£", "THOUSANDS", "TUSEN", "TUSENTAL", "MILJONER", "ÖRE"];

/// Names of currencies, which mean one where nothing else stands over a column, or in brackets.
const NAMES: [&str; 4] = ["euro", "euros", "dollar", "dollars"];

/// Whether a word is all that stands over a column, or stands in brackets there.
fn is_set_apart(word: &str, heading: &str) -> bool {
    let heading = heading.trim().trim_matches('"');
    heading == word || heading.contains(&format!("({word})")) || heading.contains(&format!("[{word}]"))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric() && !"€$£".contains(sign)).filter(|word| !word.is_empty())
}

/// `1000 kr`, `i 1000-tal`: the words for thousands that are digits.
fn in_digits(text: &str) -> Option<&str> {
    let words: Vec<&str> = words(text).collect();
    let is_unit = |word: &str| units::currency(word).is_some() || matches!(word, "tal" | "s");
    let mut pairs = words.windows(2);
    pairs.find_map(|pair| match pair {
        [number @ ("1000" | "000"), unit] if is_unit(unit) => Some(*number),
        ["i" | "in" | "x", number @ "1000"] => Some(*number),
        _ => None,
    })
}

/// Another currency, or thousands, that stands over a column.
fn over_column((name, heading): (&str, &Heading), own: Currency, sheet: &Sheet) -> Option<Diagnostic> {
    let text = sheet.head().get(heading.span.start as usize..heading.span.end as usize)?;
    let is_other = |word: &&str| {
        let is_known = units::is_code(word) || NAMES.contains(&word.to_lowercase().as_str());
        let stands = OVER_COLUMNS.contains(&word.to_uppercase().as_str())
            || units::is_in_letters(word)
            || units::crowns(word).is_some()
            || is_known && is_set_apart(word, text);
        (stands && !is_own(word, own)) || units::multiple(word).is_some()
    };
    // `Fee SEK (EUR excluded)` says itself which one is meant.
    let says_own = words(text).any(|word| word.eq_ignore_ascii_case(own.as_str()));
    let found = words(text).find(is_other).filter(|other| !says_own || units::multiple(other).is_some());
    let other = in_digits(text).or(found)?;
    let name = clip(name);
    let message = format!("the heading of this column names `{other}`, but its numbers are read as `{name}` in {own}");
    let help = format!(
        "if they are not in {own}, write the amounts in {own}, or each with its currency; if they are, rename the column"
    );
    Some(codes::CSV_GUESSED.at(heading.span).say(message).help(help))
}

/// Thousands of which a line above the column names tells: `Belopp i tkr`.
fn above((name, own): (&str, Currency), sheet: &Sheet) -> Option<Diagnostic> {
    let text = sheet.head().get(..sheet.from)?;
    let is_many = |word: &&str| {
        units::multiple(word).is_some() || matches!(word.to_uppercase().as_str(), "THOUSANDS" | "TUSENTAL")
    };
    let other = words(text).find(is_many).or_else(|| in_digits(text))?;
    let at = (other.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let place = Span::new(sheet.file, at, at.saturating_add(other.len()));
    let message =
        format!("`{other}` is written above the column names, but numbers are read as `{}` in {own}", clip(name));
    let help = format!("if the amounts are in `{other}`, write them in whole {own}; if not, remove these words");
    Some(codes::CSV_GUESSED.at(place).say(message).help(help))
}

/// How a column is called that says what amounts are in.
const OF_UNITS: [&str; 12] = [
    "curr",
    "currency",
    "currency_code",
    "devise",
    "enhet",
    "iso",
    "unit",
    "units",
    "valuta",
    "valutakod",
    "valuta_kod",
    "währung",
];

/// So much of a file on disk is looked at.
const LOOKED_AT: usize = 1 << 20;

/// Another currency, or thousands, in a column beside the amounts that gives no field.
fn beside(record: &Record, (name, own): (&str, Currency), sheet: &Sheet) -> Option<Diagnostic> {
    let gives = |column: usize| (0..record.fields.len()).any(|at| csv::column_of(sheet, record, at) == Some(column));
    let is_of_units = |heading: &&Heading| OF_UNITS.contains(&folded(&heading.name).as_str());
    let (column, heading) = sheet.header.iter().enumerate().find(|(_, heading)| is_of_units(heading))?;
    if gives(column) {
        return None;
    }
    let from = sheet.body();
    let text = match sheet.text.resting() {
        None => Cow::Borrowed(sheet.text.get(from..sheet.end())?),
        Some(resting) => {
            let mut bytes = vec![0; sheet.end().saturating_sub(from).min(LOOKED_AT)];
            resting.fetch(from, &mut bytes);
            Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
        }
    };
    let (mut at, mut first, mut more) = (0_usize, None::<(Span, String)>, 0_usize);
    while at < text.len() {
        let cells = cells(&text, at, sheet.delimiter);
        let word = cells.get(column).map(|cell| (cell.text.trim(), cell.start));
        if let Some((word, start)) = word.filter(|(word, _)| says_another(word, own)) {
            if first.is_some() {
                more = more.saturating_add(1);
            }
            let start = start.saturating_add(from);
            first.get_or_insert_with(|| {
                (Span::new(sheet.file, start, start.saturating_add(word.len())), word.to_owned())
            });
        }
        at = row(&text, at, sheet.delimiter).1;
    }
    let (place, word) = first?;
    let rows = match more {
        0 => "in this row".to_owned(),
        more => format!("in this row and {more} more"),
    };
    let message = format!(
        "the column `{}` says `{}` {rows}, but numbers are read as `{}` in {own}",
        clip(&heading.name),
        clip(&word),
        clip(name)
    );
    let help = format!(
        "if the amounts are not in {own}, write them in {own}, or each with its currency; if they are, remove the column"
    );
    Some(codes::CSV_GUESSED.at(place).say(message).help(help))
}

fn says_another(word: &str, own: Currency) -> bool {
    let is_known = units::currency(word).is_some() || NAMES.contains(&word.to_lowercase().as_str());
    let is_many = words(word).any(|word| units::times(word).is_some()) || in_digits(word).is_some();
    is_many || is_known && !is_own(word, own)
}
