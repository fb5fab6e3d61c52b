//! Windows that are counted from the events after the subject's own: the day is told as of the subject's day, when none of them has
//! happened yet, so there is never such a day.

use super::numbering::numbered;
use crate::diagnostics::{Sink, codes};
use crate::model::clause::{Edge, Lines};
use crate::model::expr::{Asks, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, Row, Sense, Var};
use crate::model::schema::{FieldId, RecordId, Schema, Shape};
use crate::model::{Agreement, DefinitionBody};
use crate::source::Span;

/// Finds them.
pub fn later_rows(agreement: &Agreement, problems: &mut Sink) {
    for clause in &numbered(agreement) {
        for worded in clause.wordings() {
            let lines = worded.lines();
            let Some(window) = &lines.window else { continue };
            let Some((subject, on)) = event_of(lines, &agreement.schema) else { continue };
            let days = window.it.first.iter().chain([&window.it.last]).filter_map(counted_from);
            for day in days {
                let Some((rows, span)) = after(agreement, day, (subject, on)) else { continue };
                let of = |record: RecordId| agreement.schema.record(record).map_or("", |one| one.name.as_str());
                let (later, own) = (of(rows.record), of(subject));
                problems.push(
                    codes::IMPOSSIBLE_WINDOW
                        .at(window.span)
                        .say(format!(
                            "this looks only at `{later}` records up to the day of the `{own}`, so it never finds one after it"
                        ))
                        .also(span, "the rows that are looked at")
                        .help(format!(
                            "write `the day (some {later} where …)` for the first day on which there is one"
                        )),
                );
            }
        }
    }
}

/// The event that a clause is for, and the field of its day.
fn event_of(lines: &Lines, schema: &Schema) -> Option<(RecordId, FieldId)> {
    let of = lines.subjects.first().filter(|of| of.members_of.is_none() && of.var == Var(0))?;
    match schema.record(of.record)?.shape {
        Shape::Event { on } => Some((of.record, on)),
        Shape::Plain | Shape::Lasts { .. } => None,
    }
}

fn counted_from(edge: &Edge) -> Option<&Expr> {
    match edge {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => Some(day),
        Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => Some(day),
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
    }
}

/// The rows that a day is taken from, where each of them has to be later than the subject.
fn after<'a>(agreement: &'a Agreement, day: &'a Expr, subject: (RecordId, FieldId)) -> Option<(&'a Collection, Span)> {
    match &day.kind {
        ExprKind::Shift { day, .. } => after(agreement, day, subject),
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => {
            days.iter().find_map(|day| after(agreement, day, subject))
        }
        ExprKind::Earliest(_, of) | ExprKind::Latest(_, of) => {
            let on = match agreement.schema.record(of.record)?.shape {
                Shape::Event { on } => on,
                Shape::Plain | Shape::Lasts { .. } => return None,
            };
            is_later(&of.filter, (subject, (of.var, of.record, on))).then_some((of, of.span))
        }
        // A definition of the subject has it as its own row.
        ExprKind::Defined { definition, row: Some(Row::Var(Var(0))) } => {
            match &agreement.definitions.get(usize::from(definition.0))?.body {
                DefinitionBody::Amount { otherwise, .. } => after(agreement, otherwise, subject),
                DefinitionBody::Condition(_) | DefinitionBody::Listed(_) => None,
            }
        }
        _ => None,
    }
}

/// Whether a filter lets through only rows of a later day than the subject's.
fn is_later(filter: &Cond, of: ((RecordId, FieldId), (Var, RecordId, FieldId))) -> bool {
    let ((subject, own), (var, record, on)) = of;
    let is = |expr: &Expr, (wanted, record, field): (Var, RecordId, FieldId)| match &expr.kind {
        ExprKind::Field(FieldOf { row: Row::Var(row), record: of, field: named, .. }) => {
            (*row, *of, *named) == (wanted, record, field)
        }
        _ => false,
    };
    match &filter.kind {
        CondKind::And(parts) => parts.iter().any(|part| is_later(part, of)),
        CondKind::Test(test) if test.sense == Sense::Straight => match &test.asks {
            Asks::Before(one, other) => is(one, (Var(0), subject, own)) && is(other, (var, record, on)),
            _ => false,
        },
        _ => false,
    }
}
