//! What a state says of the rows `in the period`: that there are enough of them, or not too many.

use crate::model::expr::{Asks, Collection, Cond, CondKind, Expr, ExprKind, Sense};

/// What a condition says of the rows of the period that is judged. The later of several counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speaks {
    NotOfThem,
    /// That they are not too many: what breaks it in a part of the period breaks it in the whole.
    AsTooMany,
    /// Anything else: in a part of the period there may be too few of them.
    Otherwise,
}

/// What a condition says of the rows in the period that has to hold (or, turned, not to hold).
pub fn speaks_of_the_period(condition: &Cond, holds: bool) -> Speaks {
    let of = |found: bool, as_too_many: bool| match (found, as_too_many) {
        (false, _) => Speaks::NotOfThem,
        (true, true) => Speaks::AsTooMany,
        (true, false) => Speaks::Otherwise,
    };
    match &condition.kind {
        CondKind::Always | CondKind::Defined { .. } | CondKind::Judged { .. } => Speaks::NotOfThem,
        CondKind::And(parts) | CondKind::Or(parts) => {
            let each = parts.iter().map(|part| speaks_of_the_period(part, holds));
            each.max().unwrap_or(Speaks::NotOfThem)
        }
        CondKind::Not(inner) => speaks_of_the_period(inner, !holds),
        CondKind::OnDay { of: inner, .. } => speaks_of_the_period(inner, holds),
        CondKind::Some(rows) => of(is_of_the_period(rows), !holds),
        CondKind::All { of: rows, .. } => of(is_of_the_period(rows), holds),
        CondKind::Test(test) => match &test.asks {
            Asks::Less(less, more) => {
                let holds = (test.sense == Sense::Straight) == holds;
                of(counts_them(less), holds).max(of(counts_them(more), !holds))
            }
            Asks::About { amount, .. } => of(counts_them(amount), false),
            Asks::OneOf(one, all) => of(counts_them(one) || all.iter().any(counts_them), false),
            Asks::Before(one, other) => of(counts_them(one) || counts_them(other), false),
            Asks::Given(_) | Asks::Holds(..) | Asks::HoldsOnly(..) | Asks::SameSet(..) | Asks::HoldsEach { .. } => {
                Speaks::NotOfThem
            }
            Asks::In { .. } => Speaks::NotOfThem,
        },
    }
}

/// Whether an amount, or a day, is one of rows in the period.
fn counts_them(of: &Expr) -> bool {
    use ExprKind as K;
    match &of.kind {
        K::Count(rows) | K::CountDifferent(_, rows) | K::Sum(_, rows) => is_of_the_period(rows),
        K::Earliest(_, rows) | K::Latest(_, rows) => is_of_the_period(rows),
        K::Plus(a, b) | K::Minus(a, b) | K::Times(a, b) | K::DividedBy(a, b) => counts_them(a) || counts_them(b),
        K::Per { of, .. } | K::Rounded { of, .. } | K::OnDay { of, .. } => counts_them(of),
        _ => false,
    }
}

/// Whether only rows whose own day lies in the period are meant.
fn is_of_the_period(rows: &Collection) -> bool {
    let CondKind::And(parts) = &rows.filter.kind else { return false };
    parts.iter().any(|part| {
        matches!(&part.kind, CondKind::Test(test)
            if matches!(&test.asks, Asks::Before(_, from) if matches!(from.kind, ExprKind::BindsFrom)))
    })
}
