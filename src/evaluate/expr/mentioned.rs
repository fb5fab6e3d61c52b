//! What an expression mentions, found without asking it.

use crate::model::expr::{Asks, Cond, CondKind, Expr, ExprKind, FieldOf, Test};

/// The fields that a test asks about.
pub fn fields_of_test(test: &Test) -> Vec<&FieldOf> {
    let mut found = Vec::new();
    in_test(test, &mut found);
    found
}

/// The fields that a condition compares.
pub fn fields_of(condition: &Cond) -> Vec<&FieldOf> {
    let mut found = Vec::new();
    let mut left = vec![condition];
    while let Some(condition) = left.pop() {
        match &condition.kind {
            CondKind::And(parts) | CondKind::Or(parts) => left.extend(parts),
            CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => left.push(inner),
            CondKind::Test(test) => in_test(test, &mut found),
            CondKind::Always | CondKind::All { .. } | CondKind::Some(_) => {}
            CondKind::Defined { .. } | CondKind::Judged { .. } => {}
        }
    }
    found
}

fn in_test<'t>(test: &'t Test, found: &mut Vec<&'t FieldOf>) {
    match &test.asks {
        Asks::Given(field) => found.push(field),
        Asks::Before(a, b) | Asks::Less(a, b) => [a, b].into_iter().for_each(|one| in_value(one, found)),
        Asks::OneOf(a, options) => {
            in_value(a, found);
            options.iter().for_each(|option| in_value(option, found));
        }
        Asks::About { amount, least, most } => {
            [amount, least, most].into_iter().for_each(|one| in_value(one, found));
        }
        Asks::Holds(set, _) | Asks::HoldsOnly(set, _) | Asks::HoldsEach { set, .. } => found.push(set),
        Asks::SameSet(one, other) => found.extend([one, other]),
        Asks::In { .. } => {}
    }
}

fn in_value<'e>(expr: &'e Expr, found: &mut Vec<&'e FieldOf>) {
    match &expr.kind {
        ExprKind::Field(field) | ExprKind::Held(field) => found.push(field),
        ExprKind::Plus(a, b) | ExprKind::Minus(a, b) | ExprKind::Times(a, b) | ExprKind::DividedBy(a, b) => {
            in_value(a, found);
            in_value(b, found);
        }
        ExprKind::DaysBetween(a, b) | ExprKind::WholeMonthsBetween(a, b) => {
            in_value(a, found);
            in_value(b, found);
        }
        ExprKind::Shift { day, .. } | ExprKind::Weekday(day) => in_value(day, found),
        ExprKind::OnDay { of, day } => {
            in_value(of, found);
            in_value(day, found);
        }
        ExprKind::Per { of, .. } | ExprKind::Rounded { of, .. } => in_value(of, found),
        _ => {}
    }
}
