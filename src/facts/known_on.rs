//! What was on record on a day: of what the facts tell, what had been recorded by then.
//! What happened when is another question; here it only matters when it was written down.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Cell, CellId, Complete, Facts, Row, Table};
use crate::model::schema::{FieldId, RecordId, Schema};
use crate::value::Day;

impl Facts {
    /// The facts as they were known on a day. A record that says `recorded_on` is known from that day on, one that does not
    /// always. Decisions are known from the day on which they were taken, or recorded, if that was later.
    ///
    /// A list that lacked a record was not complete over that record's day, whatever is declared now, and none was complete
    /// beyond the day itself.
    #[must_use]
    pub fn known_on(mut self, schema: &Schema, day: Day) -> Facts {
        for record in (0..schema.records.len()).filter_map(|at| u16::try_from(at).ok()).map(RecordId) {
            let unknown = self.recorded_after(schema, record, day);
            let first = self.first_day_of(schema, record, &unknown);
            if let Some(table) = self.tables.get_mut(usize::from(record.0)) {
                let complete = table.complete.iter().filter_map(|span| shortened(*span, day, first));
                table.complete = complete.collect();
                hide(table, unknown);
            }
        }
        let known = |on: Day, recorded_on: Option<Day>| recorded_on.map_or(on, |recorded| recorded.max(on)) <= day;
        self.judgements.retain(|one| known(one.decision.on, one.decision.recorded_on));
        self.attestations.retain(|one| known(one.decision.on, one.decision.recorded_on));
        self.waivers.retain(|one| known(one.decision.on, one.decision.recorded_on));
        self.for_good.retain(|one| one.on <= day);
        self
    }

    /// Rows of which it is not certain that they had been recorded.
    fn recorded_after(&self, schema: &Schema, record: RecordId, day: Day) -> BTreeSet<Row> {
        let field = schema.record(record).and_then(|record| record.find_field("recorded_on"));
        let Some(field) = field else { return BTreeSet::new() };
        let after = |row: &Row| match self.cell(CellId { record, row: *row, field }) {
            Cell::Day(recorded) | Cell::Within(_, recorded) => recorded > day,
            // Of several sources the first to record it made it known.
            Cell::Disputed(values) => !values.iter().any(|(value, _)| match value.as_cell() {
                Cell::Day(recorded) | Cell::Within(_, recorded) => recorded <= day,
                _ => false,
            }),
            _ => false,
        };
        self.rows(record).filter(after).collect()
    }

    /// The earliest day on which one of the rows happened; the first of all days, if that cannot be told of one of them.
    fn first_day_of(&self, schema: &Schema, record: RecordId, rows: &BTreeSet<Row>) -> Option<Day> {
        let own: Option<FieldId> = schema.record(record).and_then(|record| record.day_field());
        let day = |row: &Row| match own.map(|field| self.cell(CellId { record, row: *row, field })) {
            Some(Cell::Day(day) | Cell::Within(day, _)) => day,
            _ => Day::MIN,
        };
        rows.iter().map(day).min()
    }
}

fn shortened(span: Complete, known_on: Day, first_gap: Option<Day>) -> Option<Complete> {
    let through = span.through.min(known_on);
    let through =
        first_gap.map_or(through, |gap| if gap < span.from { Day::MIN } else { through.min(gap.preceding()) });
    (span.from <= through).then_some(Complete { through, ..span })
}

fn hide(table: &mut Table, rows: BTreeSet<Row>) {
    if rows.is_empty() {
        return;
    }
    table.hidden = Some(Arc::new(rows));
}
