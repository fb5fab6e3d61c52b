//! Currencies that stand beside the amounts of a table and are no part of them: in the formats of a workbook's cells, and over a
//! column. A number is read in the agreement's currency, so that one which is shown in another is a mistake. `.ods` keeps the
//! currency with the value, and its formats are not looked at here.

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::{CellId, Facts, Row, sheet::Sheet},
    model::schema::{FieldId, RecordId, Schema, Type},
    source::{Shown, Span},
    value::Currency,
};

use super::{
    cells::{self, Mark},
    csv,
    wording::clip,
};

/// The formats that each country's programs show in its own currency, whatever code stands in the file.
const OF_THE_COUNTRY: [std::ops::RangeInclusive<u32>; 2] = [5..=8, 37..=44];

/// So many of a field are shown beside the first.
const MORE_SHOWN: usize = 2;

/// The currency that a format shows beside a number, or thousands of kronor, as they stand there.
pub(super) fn currency(id: Option<u32>, code: &str) -> Option<String> {
    if id.is_some_and(|id| OF_THE_COUNTRY.iter().any(|range| range.contains(&id))) {
        return None;
    }
    // Of the parts for numbers above and below zero, either may show it.
    parts(code).into_iter().find_map(|part| match part {
        Part::Symbol(symbol) => Some(symbol),
        Part::Words(words) => {
            let mut words = words.split(|sign: char| sign.is_whitespace() || "()/+".contains(sign));
            words.find(|word| is_currency(word)).map(str::to_owned)
        }
    })
}

/// A part of what a format shows beside the digits: the currency that a program put there as one, or words.
enum Part {
    Symbol(String),
    Words(String),
}

fn parts(code: &str) -> Vec<Part> {
    let (mut parts, mut words) = (Vec::new(), String::new());
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => words.extend(signs.by_ref().take_while(|sign| *sign != '"')),
            '\\' => words.extend(signs.next()),
            // Room as wide as a sign, and a sign that fills the cell.
            '_' | '*' => {
                signs.next();
                words.push(' ');
            }
            '[' => {
                let within: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let symbol = within.strip_prefix('$').and_then(|rest| rest.split('-').next()).map(str::trim);
                parts.extend(symbol.filter(|symbol| !symbol.is_empty()).map(|one| Part::Symbol(one.to_owned())));
            }
            ';' | '0' | '#' | '?' | '.' | ',' | '@' => words.push(' '),
            other => words.push(other),
        }
    }
    parts.push(Part::Words(words));
    parts
}

/// Whether a word beside a number is a currency: its code, its sign, or thousands of kronor.
fn is_currency(word: &str) -> bool {
    let marks = |word: &str| cells::mark(&format!("0 {word}"), None);
    let is_sign = !word.is_empty() && !word.chars().all(|sign| sign.is_ascii_alphabetic()) && marks(word) != Mark::None;
    let is_kronor = ["kr", "kr."].iter().any(|one| word.eq_ignore_ascii_case(one));
    CODES.contains(&word) || is_sign || is_kronor || MORE_SIGNS.contains(&word) || is_of_thousands(word)
}

fn is_of_thousands(word: &str) -> bool {
    THOUSANDS.contains(&word.to_uppercase().as_str())
}

/// Thousands and millions of kronor.
const THOUSANDS: [&str; 8] = ["TKR", "KKR", "MKR", "MNKR", "TSEK", "KSEK", "MSEK", "MDKR"];

/// Signs and names of currencies besides those that amounts in texts may have.
const MORE_SIGNS: [&str; 19] = [
    "¥", "₹", "₽", "₺", "₪", "₩", "₴", "zł", "Kč", "Ft", "R$", "Fr.", "US$", "CA$", "A$", "euro", "Euro", "EURO",
    "dollar",
];

/// The currencies that are in use in Europe, and those that are traded most elsewhere, by ISO 4217.
const CODES: [&str; 46] = [
    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "HRK", "ALL", "BAM",
    "MKD", "RSD", "MDL", "UAH", "BYN", "RUB", "TRY", "GEL", "AMD", "AZN", "JPY", "CNY", "HKD", "SGD", "KRW", "INR",
    "THB", "IDR", "MYR", "PHP", "AUD", "NZD", "CAD", "MXN", "BRL", "ZAR", "ILS", "AED", "SAR", "EGP",
];

/// The cells of a sheet that show a currency, gathered while they are gone through in the order of their rows.
#[derive(Default)]
pub(super) struct Gathered(BTreeMap<(u32, String), Vec<(u32, u32)>>);

impl Gathered {
    pub fn add(&mut self, (row, column): (u32, u32), currency: &str) {
        let of_column = self.0.keys().find(|(at, known)| *at == column && known == currency).cloned();
        let rows = self.0.entry(of_column.unwrap_or_else(|| (column, currency.to_owned()))).or_default();
        match rows.last_mut().filter(|(_, last)| last.saturating_add(1) == row) {
            Some((_, last)) => *last = row,
            None => rows.push((row, row)),
        }
    }

    /// The same by the bytes of the text in which the rows begin, which is so long.
    pub fn in_text(self, starts: &[u32], length: usize) -> Vec<Shown> {
        let end = u32::try_from(length).unwrap_or(u32::MAX);
        let start = |row: u32| starts.get(row as usize).copied().unwrap_or(end);
        let rows = |rows: Vec<(u32, u32)>| {
            rows.into_iter().map(|(first, last)| (start(first), start(last.saturating_add(1)))).collect()
        };
        self.0.into_iter().map(|((column, currency), all)| Shown { column, currency, rows: rows(all) }).collect()
    }
}

/// Tells of amounts that are shown in another currency than the one they are read in.
pub(super) fn look<'s>(facts: &Facts, schema: &Schema, sheets: impl Iterator<Item = &'s Sheet>, problems: &mut Sink) {
    // Without a currency of the agreement, numbers alone are no amounts, which is told.
    let Some(own) = schema.currency else { return };
    for sheet in sheets {
        over_columns(schema, (own, facts), sheet, problems);
        for shown in sheet.shown.iter() {
            if is_own(&shown.currency, own) {
                continue;
            }
            let other = match cells::mark(&format!("0 {}", shown.currency), None) {
                Mark::Currency(one) if !is_of_thousands(&shown.currency) => one.to_string(),
                _ => format!("`{}`", shown.currency),
            };
            for (record, table) in (0..=u16::MAX).map(RecordId).zip(&facts.tables) {
                for field in (0..u16::try_from(table.columns.len()).unwrap_or(u16::MAX)).map(FieldId) {
                    let all = places(facts, schema, (record, field), (sheet, shown));
                    found(schema, (record, field), &other, &all).into_iter().for_each(|one| problems.push(one));
                }
            }
        }
    }
}

/// Whether a currency that stands beside a number, or over a column, is this one.
fn is_own(word: &str, own: Currency) -> bool {
    let is_sign = !word.chars().all(|sign| sign.is_ascii_alphabetic()) || word.eq_ignore_ascii_case("kr");
    word.eq_ignore_ascii_case(own.as_str())
        || (is_sign && cells::mark(&format!("0 {word}"), Some(own)) == Mark::Currency(own))
}

/// Currencies as they stand over columns of amounts, and words for thousands.
const OVER_COLUMNS: [&str; 16] = [
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "ISK",
    "€",
    "$",
    "£",
    "THOUSANDS",
    "TUSEN",
    "TUSENTAL",
    "MILJONER",
    "ÖRE",
];

/// Names of currencies, which mean one where nothing else stands over a column, or in brackets.
const NAMES: [&str; 4] = ["euro", "euros", "dollar", "dollars"];

/// Whether a word is all that stands over a column, or stands in brackets there.
fn is_set_apart(word: &str, heading: &str) -> bool {
    let heading = heading.trim().trim_matches('"');
    heading == word || heading.contains(&format!("({word})")) || heading.contains(&format!("[{word}]"))
}

/// Warns of columns of amounts over which another currency stands than the one they are read in.
fn over_columns(schema: &Schema, (own, facts): (Currency, &Facts), sheet: &Sheet, problems: &mut Sink) {
    for (id, record) in (0..=u16::MAX).map(RecordId).zip(&schema.records) {
        // A sheet gives the records of one kind, and most kinds have none of its rows.
        let is_here = facts.table(id).is_some_and(|table| {
            let in_bulk = table.sheets.iter().any(|laid| laid.sheet.file == sheet.file);
            in_bulk || table.places.iter().any(|place| place.file == sheet.file)
        });
        for (at, field) in record.fields.iter().enumerate().filter(|(_, field)| is_here && field.ty == Type::Money) {
            let column = csv::column_of(sheet, record, at).and_then(|column| sheet.header.get(column));
            let words = column.and_then(|heading| {
                Some((heading, sheet.text.get(heading.span.start as usize..heading.span.end as usize)?))
            });
            let Some((heading, heading_text)) = words else { continue };
            let words = || heading_text.split(|sign: char| !sign.is_alphanumeric() && !"€$£".contains(sign));
            let is_other = |word: &&str| {
                let is_known = CODES.contains(word) || NAMES.contains(&word.to_lowercase().as_str());
                let stands = OVER_COLUMNS.contains(&word.to_uppercase().as_str())
                    || is_known && is_set_apart(word, heading_text);
                (stands && !is_own(word, own)) || is_of_thousands(word)
            };
            // `Fee SEK (EUR excluded)` says itself which one is meant.
            let says_own = words().any(|word| word.eq_ignore_ascii_case(own.as_str()));
            let Some(other) = words().find(is_other).filter(|other| !says_own || is_of_thousands(other)) else {
                continue;
            };
            let name = clip(&field.name);
            let message =
                format!("the heading of this column names `{other}`, but its numbers are read as `{name}` in {own}");
            let help = format!(
                "if they are not in {own}, write the amounts in {own}, or each with its currency; if they are, rename the column"
            );
            problems.push(codes::CSV_GUESSED.at(heading.span).say(message).help(help));
        }
    }
}

/// Where the amounts of a field stand in cells that show the currency.
fn places(
    facts: &Facts,
    schema: &Schema,
    (record, field): (RecordId, FieldId),
    (sheet, shown): (&Sheet, &Shown),
) -> Vec<Span> {
    let ty = schema.field(record, field).map(|field| field.ty.item().unwrap_or(&field.ty));
    let column = schema.record(record).and_then(|record| csv::column_of(sheet, record, usize::from(field.0)));
    if ty != Some(&Type::Money) || column != Some(shown.column as usize) {
        return Vec::new();
    }
    let rows = facts.table(record).map_or(0, |table| table.rows);
    let place = |row: Row| facts.place(CellId { record, row, field });
    let is_shown = |place: &Span| place.file == sheet.file && place.start < place.end && shown.has(place.start);
    (0..rows).map(Row).filter_map(place).filter(is_shown).collect()
}

fn found(schema: &Schema, (record, field): (RecordId, FieldId), other: &str, all: &[Span]) -> Option<Diagnostic> {
    let (own, name) = (schema.currency?, &schema.field(record, field)?.name);
    let mut message =
        format!("the format of this cell shows `{}` in {other}, but numbers are read in {own}", clip(name));
    let (first, more) = all.split_first()?;
    if !more.is_empty() {
        let places = if more.len() == 1 { "place" } else { "places" };
        message.push_str(&format!("; and the same in {} more {places}", more.len()));
    }
    let help = format!(
        "if it is in {own}, change the format of the cell; if not, write the currency in the cell as text, such as `EUR 500`"
    );
    let finding = codes::FACTS_OTHER_CURRENCY.at(*first).say(message);
    let finding = more.iter().take(MORE_SHOWN).fold(finding, |finding, place| finding.also(*place, "here too"));
    Some(finding.help(help))
}
