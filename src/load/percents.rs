//! Columns of numbers with a `%` in some cells and none in others: `25 %` is 0.25, and `30` is 30. Where both stand in one column, the
//! `%` is rather missing. So it is where the `%`, or that they are thousands, stands over the column, or where a format shows a `%`
//! as a letter.

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::{Cell, CellId, Facts, Row, Table, sheet::Sheet},
    model::schema::{FieldId, RecordId, Schema, Type},
    source::{FileId, Shown, Span, What},
    value::Number,
};

use super::{
    csv,
    number_format::PERCENT_AS_LETTER,
    over_columns,
    units::{self, Times},
    wording::clip,
};

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
                let cells = Cells { facts, record: id, field, rows: table.rows, sheet, column };
                let written = percents.0.get(&sheet.file).and_then(|fields| fields.get(&of.name).copied());
                let percent = written.or_else(|| first_shown(sheet, column));
                let rows = (0..table.rows).map(Row);
                let bare = rows.filter_map(|row| bare(facts, CellId { record: id, row, field }, (sheet, column)));
                let told = percent.and_then(|percent| told(&of.name, &bare.collect::<Vec<_>>(), percent));
                let told = told.or_else(|| over_column(&of.name, &cells));
                let told = told.into_iter().chain(shown_as_letter(&of.name, &cells));
                told.into_iter().for_each(|finding| problems.push(finding));
            }
        }
    }
}

pub(super) fn has(table: &Table, file: FileId) -> bool {
    table.sheets.iter().any(|laid| laid.sheet.file == file)
        || table.joined.iter().any(|joined| joined.sheet.file == file)
}

/// The cells of a column that gives a field of numbers.
struct Cells<'s> {
    facts: &'s Facts,
    record: RecordId,
    field: FieldId,
    rows: u32,
    sheet: &'s Sheet,
    column: usize,
}

impl Cells<'_> {
    /// The numbers of the column, each with its place and as it is written.
    fn numbers(&self) -> impl Iterator<Item = (Span, Number, &str)> {
        (0..self.rows).map(Row).filter_map(|row| {
            let cell = CellId { record: self.record, row, field: self.field };
            let Cell::Number(number) = self.facts.cell(cell) else { return None };
            let place = self.facts.place(cell).filter(|place| place.file == self.sheet.file)?;
            let text = self.sheet.text.get(place.start as usize..place.end as usize)?;
            Some((place, number, text.trim_matches('"').trim()))
        })
    }
}

/// Warns of numbers whose format shows a `%` that does not count.
fn shown_as_letter(name: &str, cells: &Cells) -> Option<Diagnostic> {
    let is_letter = |what: &What| matches!(what, What::Currency(word) if word.contains(PERCENT_AS_LETTER));
    let of_column = |shown: &&Shown| shown.column as usize == cells.column && is_letter(&shown.what);
    let shown = cells.sheet.shown.iter().find(of_column)?;
    let mut found = cells.numbers().filter(|(place, ..)| shown.has(place.start));
    let (place, number, _) = found.next()?;
    let (name, more, number) = (clip(name), found.count(), number.exact_text());
    let mut message = format!("the format of this cell shows `{name}` as `{number}%`, but it is read as {number}");
    if more > 0 {
        message.push_str(&format!("; and the same in {more} more {}", if more == 1 { "place" } else { "places" }));
    }
    let help = format!(
        "if it is in percent, write `{number} %` as text, or the hundredth of {number} in a format of percent; if it is not, change the format"
    );
    Some(codes::CSV_GUESSED.at(place).say(message).help(help))
}

/// Warns of numbers over which `%`, or that they are thousands, stands.
fn over_column(name: &str, cells: &Cells) -> Option<Diagnostic> {
    let heading = cells.sheet.header.get(cells.column)?;
    let text = cells.sheet.head().get(heading.span.start as usize..heading.span.end as usize)?;
    let word = over_columns::counts(text).filter(|word| over_columns::counts(name) != Some(*word))?;
    let is_percent = matches!(units::times(word), Some((Times::Hundredth, _)));
    // Where the policy itself counts so, the heading says nothing new.
    if over_columns::counts(&name.replace('_', " ")).is_some() {
        return None;
    }
    let is_bare = |place: &Span, text: &str| {
        let is_shown = text.ends_with('%') || is_shown(cells.sheet, cells.column, place.start);
        !(is_percent && is_shown)
    };
    let (_, number, written) =
        cells.numbers().find(|(place, number, text)| !number.is_zero() && is_bare(place, text))?;
    let hundredth = number.divided_by(&Number::from(100)).filter(|_| is_percent);
    let not = hundredth.map_or_else(String::new, |hundredth| format!(", not {}", hundredth.exact_text()));
    let message = format!(
        "the heading of this column names `{word}`, but its numbers are read as they are: `{}` is {}{not}",
        clip(written),
        number.exact_text()
    );
    let help = match is_percent {
        true => {
            "if they are in percent, write each with its sign, such as `25 %`, or as 0.25; if they are not, rename the column"
        }
        false => "if they are not single ones, write them in full; if they are, rename the column",
    };
    Some(codes::CSV_GUESSED.at(heading.span).say(message).help(help.to_owned()))
}

/// Whether the format of a cell shows its number in percent.
fn is_shown(sheet: &Sheet, column: usize, at: u32) -> bool {
    sheet.shown.iter().any(|shown| is_percent(shown, column) && shown.has(at))
}

fn is_percent(shown: &Shown, column: usize) -> bool {
    shown.column as usize == column && matches!(&shown.what, What::Currency(sign) if sign == "%")
}

/// The first cell of a column whose format shows percent.
fn first_shown(sheet: &Sheet, column: usize) -> Option<Span> {
    let shown = sheet.shown.iter().find(|shown| is_percent(shown, column))?;
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
