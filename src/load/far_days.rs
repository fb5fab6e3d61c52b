//! Days in facts that lie so far ahead or back that they are more likely slips of the pen: 2105 or 1824 for 2015 or 2024; and days of
//! a spreadsheet that are rather a year, which somebody typed into a cell that shows days.

use crate::{
    diagnostics::{Code, Diagnostic, Sink, codes},
    facts::{Cell, CellId, CellValue, Facts, Row, Table, column::Data, sheet::Sheet},
    model::schema::{FieldId, RecordId, Schema},
    source::Span,
    value::Day,
};

/// So many years after the as-of day a day is still a plan.
const AHEAD: i32 = 50;

/// So many years before the as-of day a day is still one that somebody may have lived to see.
const BACK: i32 = 125;

/// So many of a field are shown beside the first.
const SHOWN: usize = 3;

/// Looks at every day of the facts; each field is told once of each kind.
pub fn check_far_days(schema: &Schema, facts: &Facts, as_of: Day, problems: &mut Sink) {
    let year = |years: i32, month, day| Day::of(as_of.year().saturating_add(years), month, day);
    let (Some(latest), Some(earliest)) = (year(AHEAD, 12, 31), year(-BACK, 1, 1)) else { return };
    for (record, table) in (0..=u16::MAX).map(RecordId).zip(&facts.tables) {
        for (field, column) in (0..=u16::MAX).map(FieldId).zip(&table.columns) {
            let Data::Days(days) = &column.data else { continue };
            let is_ahead = |day: Day| day > latest;
            let is_back = |day: Day| day < earliest;
            let is_year = |day: Day| typed_year(day).is_some();
            let known = || days.iter().filter(|day| **day < crate::facts::column::DAY_ODD).map(|day| Day(*day));
            let odd = !column.odd.is_empty();
            let of = Field {
                record,
                field,
                table,
                facts,
                name: schema.field(record, field).map_or("", |field| &field.name),
            };
            if odd || known().any(is_ahead) {
                of.told(&is_ahead, codes::FAR_AHEAD, |name, day| {
                    let message = format!("`{name}` is {day}, more than {AHEAD} years after {as_of}");
                    (
                        message,
                        "correct the day if it is a typing error; until that day, it counts as planned".to_owned(),
                    )
                })
                .into_iter()
                .for_each(|finding| problems.push(finding));
            }
            if odd || known().any(|day| is_back(day) || is_year(day)) {
                let in_sheets = of.rows(&is_year).into_iter().filter(|(row, _)| of.is_value(*row)).collect();
                let typed = of.found(in_sheets, codes::FAR_BACK, |name, day| {
                    let year = typed_year(day).unwrap_or_default();
                    let message = format!("`{name}` is {day}: the cell rather holds the year {year}, which its format shows as a day");
                    (message, format!("write the whole date; in a cell with a date format, {year} is the day {year} days after 1899-12-30"))
                });
                let back = of.told(&is_back, codes::FAR_BACK, |name, day| {
                    let message = format!("`{name}` is {day}, more than {BACK} years before {as_of}");
                    (
                        message,
                        "correct the day if it is a typing error; if it is right, nothing need be done".to_owned(),
                    )
                });
                typed.into_iter().chain(back).for_each(|finding| problems.push(finding));
            }
        }
    }
}

/// The year that makes this day where it is typed into a cell with a date format: days are counted from 1899-12-30 there.
fn typed_year(day: Day) -> Option<i32> {
    let year = Day::of(1899, 12, 30)?.days_until(day);
    (1900..=2100).contains(&year).then_some(year)
}

/// A field of days.
struct Field<'f> {
    record: RecordId,
    field: FieldId,
    table: &'f Table,
    facts: &'f Facts,
    name: &'f str,
}

impl Field<'_> {
    fn rows(&self, is: &dyn Fn(Day) -> bool) -> Vec<(Row, Day)> {
        let Some(column) = self.table.columns.get(usize::from(self.field.0)) else { return Vec::new() };
        (0..self.table.rows).map(Row).filter_map(|row| Some((row, one(column.cell(row), is)?))).collect()
    }

    fn told(
        &self,
        is: &dyn Fn(Day) -> bool,
        code: Code,
        say: impl Fn(&str, Day) -> (String, String),
    ) -> Option<Diagnostic> {
        self.found(self.rows(is), code, say)
    }

    fn found(
        &self,
        days: Vec<(Row, Day)>,
        code: Code,
        say: impl Fn(&str, Day) -> (String, String),
    ) -> Option<Diagnostic> {
        let (row, day) = days.first()?;
        let (mut message, help) = say(self.name, *day);
        let more = days.len().saturating_sub(1);
        if more > 0 {
            message.push_str(&format!(", and {more} more like it"));
        }
        let finding = code.at(self.place(*row)?).say(message).help(help);
        let others = days.iter().skip(1).take(SHOWN).filter_map(|(row, _)| self.place(*row));
        Some(others.fold(finding, |finding, place| finding.also(place, "here too".to_owned())))
    }

    fn place(&self, row: Row) -> Option<Span> {
        self.facts.place(CellId { record: self.record, row, field: self.field })
    }

    /// Whether a spreadsheet keeps the day as a value, and not as text.
    fn is_value(&self, row: Row) -> bool {
        let Some(place) = self.place(row) else { return false };
        let laid = self.table.sheets.iter().map(|laid| &laid.sheet);
        let mut sheets = laid.chain(self.table.joined.iter().map(|joined| &joined.sheet));
        let is_bare = |sheet: &Sheet| sheet.text.as_bytes().get(place.start as usize) != Some(&b'"');
        sheets.any(|sheet| sheet.file == place.file && sheet.values.is_some() && is_bare(sheet))
    }
}

/// The day of a cell that is one of these.
fn one(cell: Cell, is: &dyn Fn(Day) -> bool) -> Option<Day> {
    match cell {
        Cell::Day(day) | Cell::Within(day, _) => is(day).then_some(day),
        Cell::Disputed(values) => values.iter().find_map(|(value, _)| match value {
            CellValue::Day(day) | CellValue::Within(day, _) => is(*day).then_some(*day),
            _ => None,
        }),
        _ => None,
    }
}
