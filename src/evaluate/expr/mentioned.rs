//! What an expression mentions, found without asking it.

use std::collections::BTreeSet;

use crate::model::expr::{Asks, Cond, CondKind, DefinitionId, Expr, ExprKind, FieldOf, Row, Test};
use crate::model::schema::{FieldId, InTime};
use crate::model::{Definition, DefinitionBody};
use crate::plan::Plan;

/// What can be looked up: a field, or a definition of a row.
#[derive(Clone, Copy)]
pub enum Mentioned<'e> {
    Field(&'e FieldOf),
    Definition(DefinitionId, Option<&'e Row>),
}

/// The fields that a test asks about.
pub fn fields_of_test(test: &Test) -> Vec<&FieldOf> {
    let mut found = Vec::new();
    of_test(test, &mut found);
    let fields = found.into_iter().filter_map(|one| match one {
        Mentioned::Field(field) => Some(field),
        Mentioned::Definition(..) => None,
    });
    fields.collect()
}

/// The fields and definitions that a condition compares.
pub fn in_condition(condition: &Cond) -> Vec<Mentioned<'_>> {
    let mut found = Vec::new();
    let mut left = vec![condition];
    while let Some(condition) = left.pop() {
        match &condition.kind {
            CondKind::And(parts) | CondKind::Or(parts) => left.extend(parts),
            CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => left.push(inner),
            CondKind::Test(test) => of_test(test, &mut found),
            CondKind::Defined { definition, row } => found.push(Mentioned::Definition(*definition, Some(row))),
            CondKind::Always | CondKind::All { .. } | CondKind::Some(_) | CondKind::Judged { .. } => {}
        }
    }
    found
}

/// The fields and definitions that an amount is worked out from.
pub fn in_value(expr: &Expr) -> Vec<Mentioned<'_>> {
    let mut found = Vec::new();
    of_value(expr, &mut found);
    found
}

fn of_test<'t>(test: &'t Test, found: &mut Vec<Mentioned<'t>>) {
    match &test.asks {
        Asks::Given(field) => found.push(Mentioned::Field(field)),
        Asks::Before(a, b) | Asks::Less(a, b) => [a, b].into_iter().for_each(|one| of_value(one, found)),
        Asks::OneOf(a, options) => {
            of_value(a, found);
            options.iter().for_each(|option| of_value(option, found));
        }
        Asks::About { amount, least, most } => {
            [amount, least, most].into_iter().for_each(|one| of_value(one, found));
        }
        Asks::Holds(set, _) | Asks::HoldsOnly(set, _) | Asks::HoldsEach { set, .. } => {
            found.push(Mentioned::Field(set));
        }
        Asks::SameSet(one, other) => found.extend([one, other].map(Mentioned::Field)),
        Asks::In { .. } => {}
    }
}

fn of_value<'e>(expr: &'e Expr, found: &mut Vec<Mentioned<'e>>) {
    match &expr.kind {
        ExprKind::Field(field) | ExprKind::Held(field) => found.push(Mentioned::Field(field)),
        ExprKind::Defined { definition, row } => found.push(Mentioned::Definition(*definition, row.as_ref())),
        ExprKind::Plus(a, b) | ExprKind::Minus(a, b) | ExprKind::Times(a, b) | ExprKind::DividedBy(a, b) => {
            of_value(a, found);
            of_value(b, found);
        }
        ExprKind::DaysBetween(a, b) | ExprKind::WholeMonthsBetween(a, b) | ExprKind::WorkingDaysBetween(a, b) => {
            of_value(a, found);
            of_value(b, found);
        }
        ExprKind::Shift { day, by } => {
            of_value(day, found);
            by.number().into_iter().for_each(|number| of_value(number, found));
        }
        ExprKind::OfDay(_, day) => of_value(day, found),
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().for_each(|day| of_value(day, found)),
        ExprKind::OnDay { of, day } => {
            of_value(of, found);
            of_value(day, found);
        }
        ExprKind::Per { of, .. } | ExprKind::Rounded { of, .. } => of_value(of, found),
        _ => {}
    }
}

/// The fields of the row itself that a day is, or is counted from.
pub fn own_fields(plan: &Plan, day: &Expr) -> Vec<FieldId> {
    let own = |field: &&FieldOf| matches!(field.row, Row::Var(_));
    fields_of_day(plan, day).into_iter().filter(own).map(|field| field.field).collect()
}

/// The agreement's own facts that a day is, or is counted from.
pub fn facts_of_day(plan: &Plan, day: &Expr) -> Vec<FieldId> {
    let of_agreement = |field: &&FieldOf| matches!(field.row, Row::Agreement);
    fields_of_day(plan, day).into_iter().filter(of_agreement).map(|field| field.field).collect()
}

/// The fields, of the row itself and of the agreement, that a day is, or is counted from.
fn fields_of_day<'p>(plan: &'p Plan, day: &'p Expr) -> Vec<&'p FieldOf> {
    let mut fields = Vec::new();
    add_fields_of_day(plan, day, &mut BTreeSet::new(), &mut fields);
    fields
}

/// The same; each definition is looked at once.
fn add_fields_of_day<'p>(
    plan: &'p Plan,
    day: &'p Expr,
    seen: &mut BTreeSet<DefinitionId>,
    fields: &mut Vec<&'p FieldOf>,
) {
    let told = |field: &FieldOf| matches!(field.row, Row::Var(_) | Row::Agreement);
    match &day.kind {
        ExprKind::Field(field) if told(field) => fields.push(field),
        ExprKind::Shift { day, by } => {
            add_fields_of_day(plan, day, seen, fields);
            by.number().into_iter().for_each(|number| add_fields_of_day(plan, number, seen, fields));
        }
        ExprKind::OfDay(_, day) | ExprKind::YearDay { year: Some(day), .. } => {
            add_fields_of_day(plan, day, seen, fields);
        }
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => {
            days.iter().for_each(|day| add_fields_of_day(plan, day, seen, fields));
        }
        ExprKind::Defined { definition, row: None | Some(Row::Var(_)) } if seen.insert(*definition) => {
            let Some(Definition { body: DefinitionBody::Amount { cases, otherwise }, .. }) =
                plan.definition(*definition)
            else {
                return;
            };
            for (condition, amount) in cases {
                let own = in_condition(condition).into_iter().filter_map(|one| match one {
                    Mentioned::Field(field) if told(field) => Some(field),
                    _ => None,
                });
                fields.extend(own);
                add_fields_of_day(plan, amount, seen, fields);
            }
            add_fields_of_day(plan, otherwise, seen, fields);
        }
        _ => {}
    }
}

/// Whether a condition asks for plain values only, so that it holds on all days or on none.
pub fn is_plain_condition(plan: &Plan, condition: &Cond) -> bool {
    match &condition.kind {
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().all(|part| is_plain_condition(plan, part)),
        CondKind::Not(inner) => is_plain_condition(plan, inner),
        CondKind::Test(test) => match &test.asks {
            Asks::Before(a, b) | Asks::Less(a, b) => is_plain(plan, a) && is_plain(plan, b),
            Asks::OneOf(one, options) => is_plain(plan, one) && options.iter().all(|option| is_plain(plan, option)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether an expression is made of plain values only.
pub fn is_plain(plan: &Plan, expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Day(_) | ExprKind::Number(_) | ExprKind::Money(_) | ExprKind::Text(_) | ExprKind::YesNo(_) => true,
        ExprKind::Field(field) => is_plain_field(plan, field),
        ExprKind::YearDay { year: Some(year), .. } => is_plain(plan, year),
        ExprKind::Shift { day, by } => is_plain(plan, day) && by.number().is_none_or(|number| is_plain(plan, number)),
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().all(|day| is_plain(plan, day)),
        ExprKind::Plus(a, b) | ExprKind::Minus(a, b) => is_plain(plan, a) && is_plain(plan, b),
        _ => false,
    }
}

/// A field of the subject or of the agreement that does not change over time.
pub fn is_plain_field(plan: &Plan, field: &FieldOf) -> bool {
    let own = matches!(field.row, Row::Var(_) | Row::Agreement);
    own && plan.schema.field(field.record, field.field).is_some_and(|field| field.time != InTime::OverTime)
}
