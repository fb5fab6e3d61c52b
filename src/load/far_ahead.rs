//! Days in facts that lie so far ahead that they are more likely slips of the pen: 2105 for 2015.

use crate::{
    diagnostics::{Sink, codes},
    facts::{Cell, CellId, CellValue, Facts, Row, column::Data},
    model::schema::{FieldId, RecordId, Schema},
    value::Day,
};

/// So many years after the as-of day a day is still a plan.
const YEARS: i32 = 50;

/// So many of a field are shown.
const SHOWN: usize = 3;

/// Looks at every day of the facts; each field is told once.
pub fn check_far_ahead(schema: &Schema, facts: &Facts, as_of: Day, problems: &mut Sink) {
    let Some(latest) = Day::of(as_of.year().saturating_add(YEARS), 12, 31) else { return };
    for (record, table) in (0..=u16::MAX).map(RecordId).zip(&facts.tables) {
        for (field, column) in (0..=u16::MAX).map(FieldId).zip(&table.columns) {
            let Data::Days(days) = &column.data else { continue };
            let is_far = |day: i32| day > latest.0 && day < crate::facts::column::DAY_ODD;
            if column.odd.is_empty() && !days.iter().any(|day| is_far(*day)) {
                continue;
            }
            let far: Vec<(Row, Day)> =
                (0..table.rows).map(Row).filter_map(|row| Some((row, far(column.cell(row), latest)?))).collect();
            let Some((row, day)) = far.first() else { continue };
            let name = schema.field(record, field).map_or("", |field| field.name.as_str());
            let more = far.len().saturating_sub(1);
            let more = if more == 0 { String::new() } else { format!(", and {} more like it", more) };
            let at = |row: Row| facts.place(CellId { record, row, field });
            let Some(place) = at(*row) else { continue };
            let mut finding = codes::FAR_AHEAD
                .at(place)
                .say(format!("`{name}` is {day}, more than {YEARS} years after {as_of}{more}"))
                .help("correct the day if it is a typing error; until that day, it counts as planned".to_owned());
            for (row, _) in far.iter().skip(1).take(SHOWN) {
                if let Some(place) = at(*row) {
                    finding = finding.also(place, "here too".to_owned());
                }
            }
            problems.push(finding);
        }
    }
}

/// The day of a cell that lies after the latest plausible one.
fn far(cell: Cell, latest: Day) -> Option<Day> {
    match cell {
        Cell::Day(day) | Cell::Within(day, _) => (day > latest).then_some(day),
        Cell::Disputed(values) => values.iter().find_map(|(value, _)| match value {
            CellValue::Day(day) | CellValue::Within(day, _) => (*day > latest).then_some(*day),
            _ => None,
        }),
        _ => None,
    }
}
