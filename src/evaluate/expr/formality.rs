//! The form and the addressee that evidence must have, as the record tells them.

use crate::facts::{CellId, Row};
use crate::model::expr::{FieldOf, Var};
use crate::model::schema::RecordId;
use crate::plan::Formality;

use super::ask::{Ask, Found};
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::GHOST;
use crate::evaluate::trace::Trace;

/// Whether evidence has the form and the addressee that is asked for. A form that is on the subject is looked up there.
pub fn formal<'w, T: Trace>(ask: &mut Ask<'w, T>, forms: &'w [Formality], record: RecordId, row: Row) -> Truth {
    let mut truth = Truth::Yes;
    for form in forms {
        let row = if form.record == record { row } else { ask.var(Var(0)) };
        let cell = CellId { record: form.record, row, field: form.field };
        let one = match ask.cell(cell, form.span) {
            Val::Text(text) => Truth::of(text == form.option),
            Val::YesNo(answer) => Truth::of(answer),
            Val::Row(record, row) => Truth::of(ask.world.facts.id(record, row) == form.option),
            Val::Absent => Truth::No,
            _ => Truth::Open,
        };
        truth = truth.and(one);
    }
    truth
}

/// The same for what is told by a day in a field: the record that has the day tells the form.
pub fn formal_by_field<'w, T: Trace>(ask: &mut Ask<'w, T>, forms: &'w [Formality], field: &'w FieldOf) -> Truth {
    let row = match ask.row(&field.row, field.record) {
        Found::Row(_, row) => row,
        Found::None | Found::Unknown => GHOST,
    };
    formal(ask, forms, field.record, row)
}
