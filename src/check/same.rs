//! What a question asks, as text without places: two questions with the same text ask the same.

use std::fmt::Write;

use crate::model::expr::{Asks, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, On, Row, Set};

/// The question in a form that is equal for equal questions.
pub fn print(asks: &Asks) -> String {
    let mut text = String::new();
    asked(&mut text, asks);
    text
}

// Writing to a string cannot fail, so its answer is dropped.
macro_rules! put {
    ($text:expr, $($words:tt)*) => { let _ = write!($text, $($words)*); };
}

fn asked(to: &mut String, asks: &Asks) {
    match asks {
        Asks::Given(field) => {
            to.push_str("given");
            field_of(to, field);
        }
        Asks::Before(left, right) => exprs(to, "before", [left, right]),
        Asks::Less(left, right) => exprs(to, "less", [left, right]),
        Asks::OneOf(left, all) => exprs(to, "one", std::iter::once(left).chain(all)),
        Asks::About { amount, least, most } => exprs(to, "about", [amount, least, most]),
        Asks::Holds(field, all) => {
            field_of(to, field);
            exprs(to, "holds", all);
        }
        Asks::HoldsOnly(field, all) => {
            field_of(to, field);
            exprs(to, "only", all);
        }
        Asks::SameSet(one, other) => {
            to.push_str("same");
            field_of(to, one);
            field_of(to, other);
        }
        Asks::HoldsEach { set, least, options } => {
            field_of(to, set);
            put!(to, "{least}");
            exprs(to, "each", options);
        }
        Asks::In { row, set, on } => {
            to.push_str("in");
            row_of(to, row);
            set_of(to, set);
            on_days(to, on);
        }
    }
}

fn exprs<'a>(to: &mut String, word: &str, all: impl IntoIterator<Item = &'a Expr>) {
    put!(to, "{word}(");
    for one in all {
        expr(to, one);
        to.push(',');
    }
    to.push(')');
}

fn on_days(to: &mut String, on: &On) {
    match on {
        On::Then => to.push_str("then"),
        On::Day(day) => exprs(to, "on", [day.as_ref()]),
        On::Throughout(first, last) => exprs(to, "throughout", [first.as_ref(), last.as_ref()]),
    }
}

fn set_of(to: &mut String, set: &Set) {
    match set {
        Set::Rows(of) => collection(to, of),
        Set::Listed(field) => field_of(to, field),
        Set::Named { definition, record } => {
            put!(to, "{definition:?}{record:?}");
        }
    }
}

fn collection(to: &mut String, of: &Collection) {
    put!(to, "{:?}{:?}{:?}where(", of.record, of.var, of.members_of);
    cond(to, &of.filter);
    to.push(')');
}

fn row_of(to: &mut String, row: &Row) {
    match row {
        Row::Var(var) => {
            put!(to, "{var:?}");
        }
        Row::Agreement => to.push_str("agreement"),
        Row::Follow(field) => field_of(to, field),
        Row::Previous(row, _) => {
            to.push_str("previous");
            row_of(to, row);
        }
        Row::Next(row, _) => {
            to.push_str("next");
            row_of(to, row);
        }
    }
}

fn field_of(to: &mut String, field: &FieldOf) {
    row_of(to, &field.row);
    put!(to, ".{:?}{:?}", field.record, field.field);
}

fn conds<'a>(to: &mut String, word: &str, all: impl IntoIterator<Item = &'a Cond>) {
    put!(to, "{word}(");
    for one in all {
        cond(to, one);
        to.push(',');
    }
    to.push(')');
}

fn cond(to: &mut String, one: &Cond) {
    match &one.kind {
        CondKind::Always => to.push_str("always"),
        CondKind::And(all) => conds(to, "and", all),
        CondKind::Or(all) => conds(to, "or", all),
        CondKind::Not(inner) => conds(to, "not", [inner.as_ref()]),
        CondKind::Test(test) => {
            put!(to, "{:?}#{}", test.sense, test.same_as);
        }
        CondKind::All { of, test } => {
            collection(to, of);
            conds(to, "all", [test.as_ref()]);
        }
        CondKind::Some(of) => {
            to.push_str("some");
            collection(to, of);
        }
        CondKind::Defined { definition, row } => {
            put!(to, "{definition:?}");
            row_of(to, row);
        }
        CondKind::Judged { words, by } => {
            put!(to, "judged{words:?}{by:?}");
        }
    }
}

fn expr(to: &mut String, one: &Expr) {
    match &one.kind {
        ExprKind::Day(_)
        | ExprKind::Number(_)
        | ExprKind::Money(_)
        | ExprKind::Text(_)
        | ExprKind::YesNo(_)
        | ExprKind::Id(_, _)
        | ExprKind::Actor(_)
        | ExprKind::NotStated
        | ExprKind::PeriodStart
        | ExprKind::PeriodEnd
        | ExprKind::TermStart(_)
        | ExprKind::TermEnd(_)
        | ExprKind::DueDayOf(_)
        | ExprKind::EffectOf(_)
        | ExprKind::Value(_) => {
            // None of these holds a place, so their plain form tells them apart.
            put!(to, "{:?}", one.kind);
        }
        ExprKind::Field(field) => field_of(to, field),
        ExprKind::Weekday(day) => exprs(to, "weekday", [day.as_ref()]),
        ExprKind::Held(field) => {
            to.push_str("held");
            field_of(to, field);
        }
        ExprKind::Row(row) => row_of(to, row),
        ExprKind::YearDay { day, year } => {
            put!(to, "{day:?}");
            exprs(to, "year", year.as_deref());
        }
        ExprKind::Shift { day, by } => {
            put!(to, "{by:?}");
            exprs(to, "shift", [day.as_ref()]);
        }
        ExprKind::TheDay(condition) => conds(to, "day", [condition.as_ref()]),
        ExprKind::Plus(left, right) => exprs(to, "plus", [left.as_ref(), right.as_ref()]),
        ExprKind::Minus(left, right) => exprs(to, "minus", [left.as_ref(), right.as_ref()]),
        ExprKind::Times(left, right) => exprs(to, "times", [left.as_ref(), right.as_ref()]),
        ExprKind::DividedBy(left, right) => exprs(to, "divided", [left.as_ref(), right.as_ref()]),
        ExprKind::Count(of) => {
            to.push_str("count");
            collection(to, of);
        }
        ExprKind::CountDifferent(what, of) => over(to, "different", what, of),
        ExprKind::Sum(what, of) => over(to, "sum", what, of),
        ExprKind::Earliest(what, of) => over(to, "earliest", what, of),
        ExprKind::Latest(what, of) => over(to, "latest", what, of),
        ExprKind::DaysBetween(from, until) => exprs(to, "days", [from.as_ref(), until.as_ref()]),
        ExprKind::WholeMonthsBetween(from, until) => exprs(to, "months", [from.as_ref(), until.as_ref()]),
        ExprKind::Per { give, per, of, part } => {
            put!(to, "{give:?}{per:?}{part:?}");
            exprs(to, "per", [of.as_ref()]);
        }
        ExprKind::Rounded { of, to: unit, way } => {
            put!(to, "{way:?}");
            exprs(to, "rounded", [of.as_ref(), unit.as_ref()]);
        }
        ExprKind::Defined { definition, row } => {
            put!(to, "{definition:?}");
            row.iter().for_each(|row| row_of(to, row));
        }
    }
}

fn over(to: &mut String, word: &str, what: &Expr, of: &Collection) {
    exprs(to, word, [what]);
    collection(to, of);
}
