//! Columns of numbers with a `%` in some cells and none in others: `25 %` is 0.25, and `30` is 30. Where both stand in one column, the
//! `%` is rather missing.

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::{Cell, CellId, Facts, Row, Table, sheet::Sheet},
    model::schema::{FieldId, RecordId, Schema, Type},
    source::{FileId, Span},
    value::Number,
};

use super::{csv, wording::clip};

/// So many are shown beside the first.
const MORE_SHOWN: usize = 2;

/// Where the first `%` of each field stands in the texts of a file.
#[derive(Default)]
pub(super) struct Percents(BTreeMap<FileId, BTreeMap<String, Span>>);

impl Percents {
    pub fn add(&mut self, name: &str, at: Span) {
        let fields = self.0.entry(at.file).or_default();
        if !fields.contains_key(name) {
            fields.insert(name.to_owned(), at);
        }
    }
}

/// Warns of numbers above one without a `%` in columns in which others have it.
pub(super) fn look<'s>(
    (facts, schema): (&Facts, &Schema),
    percents: &Percents,
    sheets: impl Iterator<Item = &'s Sheet>,
    problems: &mut Sink,
) {
    for sheet in sheets {
        for (id, table) in (0..=u16::MAX).map(RecordId).zip(&facts.tables).filter(|(_, table)| has(table, sheet.file)) {
            let Some(record) = schema.record(id) else { continue };
            let fields = (0..=u16::MAX).map(FieldId).zip(&record.fields);
            for (field, of) in fields.filter(|(_, field)| field.ty == Type::Number) {
                let Some(column) = csv::column_of(sheet, record, usize::from(field.0)) else { continue };
                let written = percents.0.get(&sheet.file).and_then(|fields| fields.get(&of.name).copied());
                let Some(percent) = written.or_else(|| first_shown(sheet, column)) else { continue };
                let rows = (0..table.rows).map(Row);
                let bare = rows.filter_map(|row| bare(facts, CellId { record: id, row, field }, (sheet, column)));
                let told = told(&of.name, &bare.collect::<Vec<_>>(), percent);
                told.into_iter().for_each(|finding| problems.push(finding));
            }
        }
    }
}

fn has(table: &Table, file: FileId) -> bool {
    table.sheets.iter().any(|laid| laid.sheet.file == file)
        || table.joined.iter().any(|joined| joined.sheet.file == file)
}

/// Whether the format of a cell shows its number in percent.
fn is_shown(sheet: &Sheet, column: usize, at: u32) -> bool {
    sheet.shown.iter().any(|shown| shown.column as usize == column && shown.currency == "%" && shown.has(at))
}

/// The first cell of a column whose format shows percent.
fn first_shown(sheet: &Sheet, column: usize) -> Option<Span> {
    let shown = sheet.shown.iter().find(|shown| shown.column as usize == column && shown.currency == "%")?;
    let row = shown.rows.iter().map(|(first, _)| *first as usize).find(|start| *start >= sheet.body())?;
    let cells = sheet.cells(row);
    let cell = cells.get(column)?;
    Some(Span::new(sheet.file, cell.start, cell.end))
}

/// Where a number above one stands without a `%`, and the number.
fn bare(facts: &Facts, id: CellId, (sheet, column): (&Sheet, usize)) -> Option<(Span, Number)> {
    let Cell::Number(number) = facts.cell(id) else { return None };
    let place = Some(number.abs() > Number::ONE).filter(|is_above| *is_above).and_then(|_| facts.place(id))?;
    let text = sheet.text.get(place.start as usize..place.end as usize).filter(|_| place.file == sheet.file)?;
    let has_sign = text.trim_end_matches('"').trim_end().ends_with('%') || is_shown(sheet, column, place.start);
    (!has_sign).then_some((place, number))
}

fn told(name: &str, bare: &[(Span, Number)], percent: Span) -> Option<Diagnostic> {
    let ((first, number), more) = bare.split_first()?;
    let mut message = format!(
        "`{}` is {} here, without `%`, but other cells of its column are in percent",
        clip(name),
        number.exact_text()
    );
    if !more.is_empty() {
        let places = if more.len() == 1 { "place" } else { "places" };
        message.push_str(&format!("; and the same in {} more {places}", more.len()));
    }
    let help = "if it is in percent, add the `%`; if it is not, write the others without it, such as 0.25 for 25 %";
    let finding = codes::CSV_GUESSED.at(*first).say(message).also(percent, "in percent").help(help.to_owned());
    Some(more.iter().take(MORE_SHOWN).fold(finding, |finding, (place, _)| finding.also(*place, "here too")))
}
