//! Currencies that the formats of a workbook's cells show beside its amounts, and that are no part of them. A number is read in the
//! agreement's currency, so that one which is shown in another is a mistake.

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
    number_format::PERCENT_AS_LETTER,
    over_columns, units,
    wording::clip,
};

/// So many of a field are shown beside the first.
const MORE_SHOWN: usize = 2;

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
        over_columns::look(schema, (own, facts), sheet, problems);
        for shown in sheet.shown.iter() {
            if is_own(&shown.currency, own) {
                continue;
            }
            let is_scaled = units::times(&shown.currency).is_some();
            let other = match cells::mark(&format!("0 {}", shown.currency), None) {
                Mark::Currency(one) if !is_scaled => one.to_string(),
                _ => format!("`{}`", shown.currency.replace(PERCENT_AS_LETTER, "%")),
            };
            for (record, table) in (0..=u16::MAX).map(RecordId).zip(&facts.tables) {
                for field in (0..u16::try_from(table.columns.len()).unwrap_or(u16::MAX)).map(FieldId) {
                    let all = places(facts, schema, (record, field), (sheet, shown));
                    found(schema, (record, field), (&other, is_scaled), &all)
                        .into_iter()
                        .for_each(|one| problems.push(one));
                }
            }
        }
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

fn found(
    schema: &Schema,
    (record, field): (RecordId, FieldId),
    (other, is_scaled): (&str, bool),
    all: &[Span],
) -> Option<Diagnostic> {
    let (own, name) = (schema.currency?, &schema.field(record, field)?.name);
    let mut message =
        format!("the format of this cell shows `{}` in {other}, but numbers are read in {own}", clip(name));
    let (first, more) = all.split_first()?;
    if !more.is_empty() {
        let places = if more.len() == 1 { "place" } else { "places" };
        message.push_str(&format!("; and the same in {} more {places}", more.len()));
    }
    let help = match is_scaled {
        true => {
            format!("if it is in whole {own}, change the format of the cell; if not, write the amount in whole {own}")
        }
        false => format!(
            "if it is in {own}, change the format of the cell; if not, write the currency in the cell as text, such as `EUR 500`"
        ),
    };
    let finding = codes::FACTS_OTHER_CURRENCY.at(*first).say(message);
    let finding = more.iter().take(MORE_SHOWN).fold(finding, |finding, place| finding.also(*place, "here too"));
    Some(finding.help(help))
}
