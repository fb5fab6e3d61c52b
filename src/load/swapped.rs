//! Columns in which a program of another country has made days of some texts. Of `02/03/2024` it makes a day in the order of its own
//! country, and `13/02/2024`, which is no day in that order, it leaves as text. So where all days of a column come before the 13th
//! and all its texts name a later one, the days may have their months and days exchanged.

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::{CellId, Facts, Row, sheet::Sheet},
    model::schema::{FieldId, RecordId, Schema, Type},
    source::{FileId, Span},
    value::Day,
};

use super::{csv, percents::has, wording::clip};

/// So many are shown beside the first.
const MORE_SHOWN: usize = 2;

/// Of each field, by file: the first text that names a day after the 12th, and whether all such texts do.
#[derive(Default)]
pub(super) struct Swaps(BTreeMap<(FileId, String), (Span, String, bool)>);

impl Swaps {
    /// Adds a day as it was written.
    pub fn add(&mut self, name: &str, text: &str, at: Span) {
        let Some(is_late) = is_late(text) else { return };
        let known = self.0.entry((at.file, name.to_owned())).or_insert_with(|| (at, text.to_owned(), is_late));
        known.2 &= is_late;
    }
}

/// Of a day between whose parts a stroke or hyphen stands, and whose year is the last: whether one of the others can be no month.
fn is_late(text: &str) -> Option<bool> {
    let date = text.split_whitespace().next()?;
    let sign = ['/', '-'].into_iter().find(|sign| date.matches(*sign).count() == 2)?;
    let parts: Vec<&str> = date.split(sign).collect();
    let &[one, other, year] = parts.as_slice() else { return None };
    let number = |part: &str| Some(part).filter(|part| (1..=2).contains(&part.len()))?.parse::<u8>().ok();
    let (one, other) = (number(one)?, number(other)?);
    (year.len() == 4).then_some(one > 12 || other > 12)
}

/// Tells of columns in which days may be exchanged with their months.
pub(super) fn look<'s>(
    (facts, schema): (&Facts, &Schema),
    swaps: &Swaps,
    sheets: impl Iterator<Item = &'s Sheet>,
    problems: &mut Sink,
) {
    if swaps.0.is_empty() {
        return;
    }
    for sheet in sheets {
        for (id, table) in (0..=u16::MAX).map(RecordId).zip(&facts.tables).filter(|(_, table)| has(table, sheet.file)) {
            let Some(record) = schema.record(id) else { continue };
            let fields = (0..=u16::MAX).map(FieldId).zip(&record.fields);
            for (field, of) in fields.filter(|(_, field)| field.ty == Type::Date) {
                let written = swaps.0.get(&(sheet.file, of.name.clone())).filter(|(.., all_late)| *all_late);
                let Some((at, text, _)) = written else { continue };
                if csv::column_of(sheet, record, usize::from(field.0)).is_none() {
                    continue;
                }
                let rows = (0..table.rows).map(Row);
                let days: Vec<(Span, Day)> =
                    rows.filter_map(|row| day(facts, sheet, CellId { record: id, row, field })).collect();
                told((&of.name, sheet), &days, (*at, text)).into_iter().for_each(|finding| problems.push(finding));
            }
        }
    }
}

/// A day that is written with its year first, or kept as a day.
fn day(facts: &Facts, sheet: &Sheet, cell: CellId) -> Option<(Span, Day)> {
    let place = facts.place(cell).filter(|place| place.file == sheet.file)?;
    let text = sheet.text.get(place.start as usize..place.end as usize)?;
    let text = if sheet.values.is_some() { text } else { text.trim_matches('"') };
    Some((place, Day::parse_iso(text.trim().get(..10)?).ok()?))
}

fn told((name, sheet): (&str, &Sheet), days: &[(Span, Day)], (at, text): (Span, &str)) -> Option<Diagnostic> {
    if days.iter().any(|(_, day)| day.day() > 12) {
        return None;
    }
    // On the third of March nothing is exchanged.
    let exchanged: Vec<(Span, Day, Day)> = days
        .iter()
        .filter_map(|(place, day)| Some((*place, *day, Day::of(day.year(), day.day(), day.month())?)))
        .filter(|(_, day, other)| day != other)
        .collect();
    let ((first, day, other), more) = exchanged.split_first()?;
    let mut message =
        format!("`{}` is ambiguous: {day} could be {other}, with day and month exchanged by a program", clip(name));
    if !more.is_empty() {
        let places = if more.len() == 1 { "place" } else { "places" };
        message.push_str(&format!("; and the same in {} more {places}", more.len()));
    }
    let help = format!(
        "no day here is after the 12th, and each text such as `{}` names one that is: the program that made dates of the others may have read the month first; write all of the column as `{day}` or `{other}`, whichever is right",
        clip(text)
    );
    // In a table of texts a person may have written both.
    let code = if sheet.values.is_some() { codes::TWO_READINGS } else { codes::CSV_GUESSED };
    let finding = code.at(*first).say(message).also(at, "left as text").help(help);
    Some(more.iter().take(MORE_SHOWN).fold(finding, |finding, (place, ..)| finding.also(*place, "here too")))
}
