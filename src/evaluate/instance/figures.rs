//! The figures of what is watched on every day: its limits, and what is counted against them.

use crate::model::expr::{Asks, Cond, CondKind, Expr, ExprKind, Test};
use crate::plan::NormTest;

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::trace::Trace;

/// The limits as they are on the day that is asked about; where they are not kept, also what is counted.
pub fn figures<'w, T: Trace>(ask: &mut Ask<'w, T>, test: &'w NormTest, kept: bool) -> Vec<Val<'w>> {
    let mut limits: Vec<&'w Expr> = Vec::new();
    let mut counted: Vec<&'w Expr> = Vec::new();
    let mut found = Vec::new();
    match test {
        NormTest::HoldsDaily(condition) => of_condition(condition, &mut limits, &mut counted),
        NormTest::Numbers { numbered, .. } => {
            for part in &numbered.parts {
                limits.extend([&part.least, &part.most]);
                limits.extend(part.tolerance.iter().flat_map(|(low, high)| [low, high]));
                if !kept && numbered.parts.len() > 1 {
                    found.push(Val::Number(ask.count(&part.of)));
                }
            }
        }
        NormTest::Limit { limited, .. } => limits.push(&limited.amount),
        _ => {}
    }
    let changing = limits.into_iter().filter(|limit| !is_constant(limit));
    let asked: Vec<&'w Expr> = changing.chain(counted.into_iter().filter(|_| !kept)).collect();
    found.extend(asked.into_iter().map(|one| ask.value(one)));
    found
}

/// What a condition compares: its limits, and what is counted or added up.
fn of_condition<'w>(condition: &'w Cond, limits: &mut Vec<&'w Expr>, counted: &mut Vec<&'w Expr>) {
    match &condition.kind {
        CondKind::And(parts) | CondKind::Or(parts) => {
            parts.iter().for_each(|part| of_condition(part, limits, counted));
        }
        CondKind::Not(inner) => of_condition(inner, limits, counted),
        CondKind::Test(Test { asks, .. }) => {
            let sides: Vec<&'w Expr> = match asks {
                Asks::Less(a, b) => vec![a, b],
                Asks::About { amount, least, most } => vec![amount, least, most],
                Asks::OneOf(one, options) => std::iter::once(one).chain(options).collect(),
                _ => Vec::new(),
            };
            let (of_rows, others): (Vec<_>, Vec<_>) = sides.into_iter().partition(|side| is_of_rows(side));
            if !of_rows.is_empty() {
                limits.extend(others);
                counted.extend(of_rows);
            }
        }
        _ => {}
    }
}

/// Whether an amount is counted or added up from rows.
fn is_of_rows(amount: &Expr) -> bool {
    match &amount.kind {
        ExprKind::Count(_) | ExprKind::CountDifferent(..) | ExprKind::Sum(..) => true,
        ExprKind::Plus(a, b) | ExprKind::Minus(a, b) | ExprKind::Times(a, b) | ExprKind::DividedBy(a, b) => {
            is_of_rows(a) || is_of_rows(b)
        }
        ExprKind::Rounded { of, .. } | ExprKind::Per { of, .. } => is_of_rows(of),
        _ => false,
    }
}

fn is_constant(amount: &Expr) -> bool {
    matches!(amount.kind, ExprKind::Number(_) | ExprKind::Money(_))
}
