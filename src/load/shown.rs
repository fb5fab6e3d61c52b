//! What the formats of a workbook's cells show that is no part of their values. A number is read as it is and in the agreement's
//! currency, so that an amount which is shown in another, or as another, is a mistake.

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Code, Diagnostic, Sink, codes},
    facts::{CellId, Facts, Row, sheet::Sheet},
    model::schema::{FieldId, RecordId, Schema, Type},
    source::{Shown, Span, What},
    value::Currency,
};

use super::{
    cells::{self, Mark},
    csv,
    harmless::{self, Beside},
    number_format::{Format, PERCENT_AS_LETTER},
    over_columns,
    units::{self, Times},
    wording::clip,
};

/// So many of a field are shown beside the first.
const MORE_SHOWN: usize = 2;

/// The cells of a sheet that show a currency, gathered while they are gone through in the order of their rows.
#[derive(Default)]
pub(super) struct Gathered(BTreeMap<(u32, What), Vec<(u32, u32)>>);

impl Gathered {
    pub fn add(&mut self, (row, column): (u32, u32), what: &What) {
        let of_column = self.0.keys().find(|(at, known)| *at == column && known == what).cloned();
        let rows = self.0.entry(of_column.unwrap_or_else(|| (column, what.clone()))).or_default();
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
        self.0.into_iter().map(|((column, what), all)| Shown { column, what, rows: rows(all) }).collect()
    }
}

/// Tells of amounts that are shown in another currency than the one they are read in, and of numbers that are shown as others.
pub(super) fn look<'s>(facts: &Facts, schema: &Schema, sheets: impl Iterator<Item = &'s Sheet>, problems: &mut Sink) {
    for sheet in sheets {
        // Without a currency of the agreement, numbers alone are no amounts, which is told.
        if let Some(own) = schema.currency {
            over_columns::look(schema, (own, facts), sheet, problems);
        }
        for shown in sheet.shown.iter() {
            for (record, table) in (0..=u16::MAX).map(RecordId).zip(&facts.tables) {
                for field in (0..u16::try_from(table.columns.len()).unwrap_or(u16::MAX)).map(FieldId) {
                    let found = found((facts, schema), (record, field), (sheet, shown));
                    found.into_iter().for_each(|one| problems.push(one));
                }
            }
        }
    }
}

/// What is wrong with the cells of a field that show something of the sort.
fn found(
    (facts, schema): (&Facts, &Schema),
    (record, field): (RecordId, FieldId),
    (sheet, shown): (&Sheet, &Shown),
) -> Option<Diagnostic> {
    let of = schema.field(record, field)?;
    let is_money = match of.ty.item().unwrap_or(&of.ty) {
        Type::Money => true,
        Type::Number => false,
        _ => return None,
    };
    let places = || places(facts, schema, (record, field), (sheet, shown));
    match (&shown.what, schema.currency) {
        (What::Number(code), _) => as_another(&of.name, (code, is_money), sheet, &places()),
        (What::Currency(word), Some(own)) if is_money && !is_own(word, own) => {
            in_another_currency(&of.name, (word, own), &places())
        }
        (What::Currency(word), _) if !is_money => counted(&of.name, word, &places()),
        (What::Words(words), own) => {
            let heading = sheet.header.get(shown.column as usize).map_or("", |heading| heading.name.as_str());
            strange((&of.name, heading), (words, own.filter(|_| is_money)), &places())
        }
        (What::Currency(_) | What::Span, _) => None,
    }
}

/// Whether a currency that stands beside a number, or over a column, is this one.
pub(super) fn is_own(word: &str, own: Currency) -> bool {
    let word = units::crowns(word).unwrap_or(word);
    let is_sign = !word.chars().all(|sign| sign.is_ascii_alphabetic()) || word.eq_ignore_ascii_case("kr");
    word.eq_ignore_ascii_case(own.as_str())
        || units::may_mean(word, own.as_str())
        || (is_sign && cells::mark(&format!("0 {word}"), Some(own)) == Mark::Currency(own))
}

/// Where the values of a field stand in cells that show the same.
fn places(
    facts: &Facts,
    schema: &Schema,
    (record, field): (RecordId, FieldId),
    (sheet, shown): (&Sheet, &Shown),
) -> Vec<Span> {
    let column = schema.record(record).and_then(|record| csv::column_of(sheet, record, usize::from(field.0)));
    if column != Some(shown.column as usize) {
        return Vec::new();
    }
    let rows = facts.table(record).map_or(0, |table| table.rows);
    let place = |row: Row| facts.place(CellId { record, row, field });
    let is_shown = |place: &Span| place.file == sheet.file && place.start < place.end && shown.has(place.start);
    (0..rows).map(Row).filter_map(place).filter(is_shown).collect()
}

/// A finding at the first of these places, which names some of the others.
fn at_places(code: &'static Code, mut message: String, help: String, all: &[Span]) -> Option<Diagnostic> {
    let (first, more) = all.split_first()?;
    if !more.is_empty() {
        let places = if more.len() == 1 { "place" } else { "places" };
        message.push_str(&format!("; and the same in {} more {places}", more.len()));
    }
    let finding = code.at(*first).say(message);
    let finding = more.iter().take(MORE_SHOWN).fold(finding, |finding, place| finding.also(*place, "here too"));
    Some(finding.help(help))
}

fn in_another_currency(name: &str, (word, own): (&str, Currency), all: &[Span]) -> Option<Diagnostic> {
    let is_scaled = units::times(word).is_some();
    let other = match cells::mark(&format!("0 {word}"), None) {
        Mark::Currency(one) if !is_scaled => one.to_string(),
        _ => format!("`{}`", word.replace(PERCENT_AS_LETTER, "%")),
    };
    let name = clip(name);
    let message = format!("the format of this cell shows `{name}` in {other}, but numbers are read in {own}");
    let help = match is_scaled {
        true => {
            format!("if it is in whole {own}, change the format of the cell; if not, write the amount in whole {own}")
        }
        false => format!(
            "if it is in {own}, change the format of the cell; if not, write the currency in the cell as text, such as `EUR 500`"
        ),
    };
    at_places(&codes::FACTS_OTHER_CURRENCY, message, help, all)
}

/// Numbers that are shown as thousands, or the like, unless the policy itself counts so.
fn counted(name: &str, word: &str, all: &[Span]) -> Option<Diagnostic> {
    // `5 m` is so many metres.
    let is_power = matches!(units::times(word), Some((Times::Power(_), _))) && word != "m";
    let counts = units::is_times_alone(word) || is_power && word.contains(char::is_alphabetic);
    if !counts || over_columns::counts(&name.replace('_', " ")).is_some() {
        return None;
    }
    let message =
        format!("the format of this cell shows `{}` in `{}`, but its number is read as it is", clip(name), clip(word));
    let help = "if it is not a single one, write the number in full; if it is, change the format of the cell";
    at_places(&codes::CSV_GUESSED, message, help.to_owned(), all)
}

/// Numbers beside which a format shows words that may say anything of them.
fn strange(
    (name, heading): (&str, &str),
    (words, money): (&str, Option<Currency>),
    all: &[Span],
) -> Option<Diagnostic> {
    let beside = if money.is_some() { Beside::Amount } else { Beside::Number };
    if !harmless::is_strange(words, beside, &[name, heading]) {
        return None;
    }
    let read = money.map_or_else(|| "its number is read as it is".to_owned(), |own| format!("it is read in {own}"));
    let message = format!("the format of this cell shows `{}` beside `{}`, but {read}", clip(words), clip(name));
    let help = match money {
        Some(own) => format!("if the cell is in {own}, change its format; if not, write the amount in full in {own}"),
        None => "if it is a unit that changes the number, write the number without it; if not, change the format of the cell".to_owned(),
    };
    at_places(&codes::CSV_GUESSED, message, help, all)
}

/// A number whose format shows another one.
fn as_another(name: &str, (code, is_money): (&str, bool), sheet: &Sheet, all: &[Span]) -> Option<Diagnostic> {
    let first = all.first()?;
    let value = sheet.text.get(first.start as usize..first.end as usize)?;
    // A currency of the cell itself stands before its number.
    let value = value.rsplit(' ').next()?;
    let shown = Format::of(None, code).redrawn(value)?;
    let name = clip(name);
    let shown =
        if shown.is_empty() { format!("nothing of `{name}`") } else { format!("`{name}` as `{}`", clip(&shown)) };
    let message = format!("the format of this cell shows {shown}, but it is read as {}", clip(value));
    let help = format!(
        "if {} is right, change the format of the cell; if not, write the {} in full",
        clip(value),
        if is_money { "amount" } else { "number" }
    );
    at_places(if is_money { &codes::FACTS_OTHER_CURRENCY } else { &codes::CSV_GUESSED }, message, help, all)
}
