//! What an instance is judged in: the plan, the facts (perhaps with values as they might be), and the as-of day.

use crate::facts::{Cell, CellId, CellValue, Change, Facts, Row};
use crate::model::schema::{End, FieldId, RecordId, Shape, Type};
use crate::plan::Plan;
use crate::value::Day;

use super::known::{Bounds, DayBounds, Val};
use super::truth::Truth;

/// A row that is not there: what a list that is not complete might still hold.
pub const GHOST: Row = Row(u32::MAX);

#[derive(Clone, Copy)]
pub struct World<'w> {
    pub plan: &'w Plan,
    pub facts: &'w Facts,
    /// Values that are taken to be other than the facts say.
    pub changes: &'w [Change],
    pub as_of: Day,
}

impl<'w> World<'w> {
    /// What is known of a field of a row on a day (which matters only for dated values).
    pub fn field(&self, id: CellId, on: Day) -> Val<'w> {
        match self.cell(id, on) {
            Cell::Unknown => self.not_given(id),
            cell => self.val(id, cell),
        }
    }

    pub fn cell(&self, id: CellId, on: Day) -> Cell<'w> {
        match self.changes.iter().find(|change| change.cell == id) {
            Some(change) => change.value.as_cell(),
            None => self.facts.cell_on(id, on),
        }
    }

    /// A field that is not given is unknown. A day of a record in a complete collection is at least known to be none of
    /// the days that the completeness covers; for a record whose own day they cover, none up to their end.
    fn not_given(&self, id: CellId) -> Val<'w> {
        let schema = &self.plan.schema;
        if schema.field(id.record, id.field).is_none_or(|field| field.ty != Type::Date) {
            return Val::Unknown;
        }
        let spans = self.facts.table(id.record).map_or(&[][..], |table| &table.complete);
        let all = DayBounds::within(Day::MIN, Day::MAX);
        let own = schema.record(id.record).and_then(|record| record.day_field()).filter(|own| *own != id.field);
        let own_day = own.and_then(|field| self.exact_day(CellId { field, ..id }));
        let bounds = spans.iter().try_fold(all, |bounds, span| {
            let covers_own = own_day.is_some_and(|day| span.from <= day && day <= span.through);
            bounds.without(if covers_own { Day::MIN } else { span.from }, span.through)
        });
        match bounds {
            Some(bounds) if bounds != all => Val::Day(bounds),
            Some(_) => Val::Unknown,
            None => Val::Absent,
        }
    }

    pub fn exact_day(&self, id: CellId) -> Option<Day> {
        match self.cell(id, self.as_of) {
            Cell::Day(day) => Some(day),
            _ => None,
        }
    }

    fn val(&self, id: CellId, cell: Cell<'w>) -> Val<'w> {
        match cell {
            Cell::Unknown => Val::Unknown,
            Cell::Absent => Val::Absent,
            Cell::Day(day) => Val::day(day),
            Cell::Within(first, last) => Val::Day(DayBounds::within(first, last)),
            Cell::Number(number) => Val::number(number),
            Cell::Money(money) => Val::Money(Bounds::exactly(money.amount), money.currency),
            Cell::Word(word) => Val::Text(self.facts.words.text(word)),
            Cell::YesNo(answer) => Val::YesNo(answer),
            Cell::Row(row) => self.referred(id).map_or(Val::Unknown, |record| Val::Row(record, row)),
            Cell::Set(items) => Val::Set(items),
            Cell::Disputed(values) => {
                Val::OneOf(values.iter().map(|(value, _)| self.val(id, value_cell(value))).collect())
            }
        }
    }

    /// The record that a reference field, or a set of references, speaks of.
    pub fn referred(&self, id: CellId) -> Option<RecordId> {
        match &self.plan.schema.field(id.record, id.field)?.ty {
            Type::Ref(record) => Some(*record),
            Type::SetOf(inner) => match **inner {
                Type::Ref(record) => Some(record),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a record was called off by the as-of day.
    pub fn cancelled(&self, record: RecordId, row: Row) -> bool {
        let field = self.plan.schema.record(record).and_then(|record| record.find_field("cancelled_on"));
        let day = field.and_then(|field| self.exact_day(CellId { record, row, field }));
        day.is_some_and(|day| day <= self.as_of)
    }

    /// The field that says when a record happened or began.
    pub fn day_field(&self, record: RecordId) -> Option<FieldId> {
        self.plan.schema.record(record)?.day_field()
    }

    /// When a record happened or began; `None` for a record that has no day of its own.
    pub fn day_of(&self, record: RecordId, row: Row) -> Option<Val<'w>> {
        let field = self.day_field(record)?;
        Some(match row {
            GHOST => self.ghost_day(record).map_or(Val::Absent, Val::Day),
            row => self.field(CellId { record, row, field }, self.as_of),
        })
    }

    /// On which days a record that nobody has written down might have happened by now; `None`: on no day. What was before
    /// the agreement came into force is not looked for: it counts when it is on file, but its absence is no gap.
    fn ghost_day(&self, record: RecordId) -> Option<DayBounds> {
        let first = self.plan.force.from;
        if first > self.as_of {
            return None;
        }
        let spans = self.facts.table(record).map_or(&[][..], |table| &table.complete);
        spans
            .iter()
            .try_fold(DayBounds::within(first, self.as_of), |bounds, span| bounds.without(span.from, span.through))
    }

    /// Whether records of this kind might exist that nobody has written down, by the as-of day.
    pub fn may_be_more(&self, record: RecordId, on: Day) -> bool {
        let shape = self.plan.schema.record(record).map_or(Shape::Plain, |record| record.shape);
        match shape {
            Shape::Event { .. } => self.ghost_day(record).is_some(),
            Shape::Plain | Shape::Lasts { .. } => {
                let complete = self.facts.table(record).map_or(&[][..], |table| &table.complete);
                !complete.iter().any(|span| span.from <= on && on <= span.through)
            }
        }
    }

    /// Whether a record stands on a day: an event has happened by the as-of day, a lasting one lasts on the day.
    pub fn stands(&self, record: RecordId, row: Row, on: Day) -> Truth {
        if self.cancelled(record, row) {
            return Truth::No;
        }
        let shape = self.plan.schema.record(record).map_or(Shape::Plain, |record| record.shape);
        match shape {
            Shape::Plain => Truth::Yes,
            Shape::Event { .. } => self.day_of(record, row).map_or(Truth::Yes, |day| happened(&day, self.as_of)),
            Shape::Lasts { .. } => self.lasts_on(record, row, on),
        }
    }

    /// Whether a lasting record lasts on a day.
    pub fn lasts_on(&self, record: RecordId, row: Row, on: Day) -> Truth {
        let Some(Shape::Lasts { from, to, end }) = self.plan.schema.record(record).map(|record| record.shape) else {
            return Truth::Yes;
        };
        let begun = happened(&self.field(CellId { record, row, field: from }, on), on);
        let last_out = match end {
            End::Until => on,
            End::Through => on.preceding(),
        };
        let ended = match self.field(CellId { record, row, field: to }, on) {
            // Nobody has left whose leaving a complete list does not know.
            Val::Day(bounds) if bounds.outside.is_some() || bounds.exact().is_none() => {
                self.ended_by(record, bounds, last_out)
            }
            other => happened(&other, last_out),
        };
        begun.and(ended.opposite())
    }

    fn ended_by(&self, record: RecordId, bounds: DayBounds, day: Day) -> Truth {
        let complete = self.facts.table(record).and_then(|table| table.complete_over(day, day)).is_some();
        if complete && !bounds.may_lie_in(bounds.first, day) { Truth::No } else { happened(&Val::Day(bounds), day) }
    }
}

fn value_cell(value: &CellValue) -> Cell<'_> {
    value.as_cell()
}

/// Whether a day has come by another.
pub fn happened(day: &Val, by: Day) -> Truth {
    match day {
        Val::Absent => Truth::No,
        Val::Day(bounds) => bounds.before(DayBounds::exactly(by.following())),
        Val::OneOf(days) => same_for_all(days.iter().map(|one| happened(one, by))),
        _ => Truth::Open,
    }
}

/// The truth that all agree on, else open.
pub fn same_for_all(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut agreed = None;
    for truth in truths {
        match agreed {
            None => agreed = Some(truth),
            Some(before) if before == truth => {}
            Some(_) => return Truth::Open,
        }
    }
    agreed.unwrap_or(Truth::Open)
}
