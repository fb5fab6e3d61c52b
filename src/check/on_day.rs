//! `X on D`: only what can change over time is asked on a day of its own. What is the same on all days has no other day, so
//! an author who writes one means something else.

use std::collections::BTreeSet;

use crate::diagnostics::codes;
use crate::model::expr::{Asks, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, FieldOf, On, Row, Set};
use crate::model::schema::{InTime, Schema, Shape, Type};
use crate::model::{Definition, DefinitionBody};

use super::names::Names;

/// What is asked on a day.
#[derive(Clone, Debug)]
pub enum OnDay {
    Value(Expr),
    Condition(Cond),
    /// What is asked of the rows of another day: the same on all days, or it would be unclear of which day it speaks.
    Same(Cond),
}

impl Names<'_> {
    /// Notes what is asked on a day; whether it can change is looked at when all definitions are known.
    pub fn note_on_day(&self, asked: OnDay) {
        self.on_days.borrow_mut().push(asked);
    }

    /// A finding for each thing that is asked on a day and is the same on all.
    pub fn asked_on_days(&self, definitions: &[Definition]) {
        for asked in self.on_days.take() {
            let mut changes = Changes { schema: &self.schema, definitions, seen: BTreeSet::new() };
            let (may, span) = match &asked {
                OnDay::Value(value) => (changes.expr(value), value.span),
                OnDay::Condition(condition) => (changes.cond(condition), condition.span),
                OnDay::Same(condition) if changes.cond(condition) => {
                    self.unclear_of_which_day(condition);
                    continue;
                }
                OnDay::Same(_) => continue,
            };
            if may {
                continue;
            }
            self.found(
                codes::SAME_EVERY_DAY
                    .at(span)
                    .say("this is the same on every day, so it cannot be asked for one day")
                    .help("write the day after something that changes, such as a field `over time`, a value or a count: `fee on sent_on`".to_string())
                    .help("to ask a whole condition on a day, put it in parentheses: `(members is at least 5) on sent_on`".to_string()),
            );
        }
    }
}

impl Names<'_> {
    fn unclear_of_which_day(&self, condition: &Cond) {
        self.found(
            codes::WHICH_DAY
                .at(condition.span)
                .say("this can change over time, and it is unclear whether it is asked on that day or now")
                .help(
                    "to ask all of it on that day, write `(all X have …) on D`; to ask it now about those who were there then, write `all RECORD where RECORD is in X on D have …`"
                        .to_string(),
                ),
        );
    }
}

/// Finds out whether something can change over time.
struct Changes<'a> {
    schema: &'a Schema,
    definitions: &'a [Definition],
    /// Definitions that were looked into: none needs a second look.
    seen: BTreeSet<DefinitionId>,
}

impl Changes<'_> {
    fn expr(&mut self, expr: &Expr) -> bool {
        use ExprKind as K;
        match &expr.kind {
            K::Day(_) | K::Number(_) | K::Money(_) | K::Text(_) | K::YesNo(_) | K::Id(_, _) | K::Actor(_) => false,
            K::NotStated | K::PeriodStart | K::PeriodEnd | K::BindsFrom | K::BindsThrough => false,
            K::TermStart(_) | K::DueDayOf(_) | K::EffectOf(_) => false,
            // It has its own day already.
            K::OnDay { .. } | K::TheDay(_) => false,
            // A renewal moves the last day.
            K::TermEnd(_) | K::Value(_) => true,
            K::Field(field) | K::Held(field) => self.field(field),
            K::Row(row) => self.row(row),
            K::YearDay { year, .. } => year.as_ref().is_some_and(|year| self.expr(year)),
            K::Shift { day, .. } | K::OfDay(_, day) => self.expr(day),
            K::Plus(a, b) | K::Minus(a, b) | K::Times(a, b) | K::DividedBy(a, b) => self.expr(a) || self.expr(b),
            K::DaysBetween(a, b) | K::WholeMonthsBetween(a, b) | K::WorkingDaysBetween(a, b) => {
                self.expr(a) || self.expr(b)
            }
            K::EarliestOf(days) | K::LatestOf(days) => days.iter().any(|day| self.expr(day)),
            K::Count(of) => self.rows(of),
            K::CountDifferent(what, of) | K::Sum(what, of) | K::Earliest(what, of) | K::Latest(what, of) => {
                self.expr(what) || self.rows(of)
            }
            K::Per { of, .. } => self.expr(of),
            K::Rounded { of, to, .. } => self.expr(of) || self.expr(to),
            K::Defined { definition, row } => {
                self.definition(*definition) || row.as_ref().is_some_and(|row| self.row(row))
            }
        }
    }

    fn cond(&mut self, condition: &Cond) -> bool {
        match &condition.kind {
            CondKind::Always | CondKind::Judged { .. } | CondKind::OnDay { .. } => false,
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(|part| self.cond(part)),
            CondKind::Not(inner) => self.cond(inner),
            CondKind::Test(test) => self.asks(&test.asks),
            CondKind::All { of, test } => self.rows(of) || self.cond(test),
            CondKind::Some(of) => self.rows(of),
            CondKind::Defined { definition, row } => self.definition(*definition) || self.row(row),
        }
    }

    fn asks(&mut self, asks: &Asks) -> bool {
        match asks {
            // A day that has not come yet is not given yet.
            Asks::Given(field) => self.is_day(field) || self.field(field),
            Asks::Before(a, b) | Asks::Less(a, b) => self.expr(a) || self.expr(b),
            Asks::OneOf(a, options) => self.expr(a) || options.iter().any(|one| self.expr(one)),
            Asks::About { amount, least, most } => self.expr(amount) || self.expr(least) || self.expr(most),
            Asks::Holds(set, items) | Asks::HoldsOnly(set, items) => {
                self.field(set) || items.iter().any(|one| self.expr(one))
            }
            Asks::SameSet(one, other) => self.field(one) || self.field(other),
            Asks::HoldsEach { set, .. } => self.field(set),
            Asks::In { row, set, on: On::Then } => self.row(row) || self.set(set),
            Asks::In { on: On::Day(_) | On::Throughout(_, _), .. } => false,
        }
    }

    fn set(&mut self, set: &Set) -> bool {
        match set {
            Set::Rows(of) => self.rows(of),
            Set::Listed(field) => self.field(field),
            Set::Named { .. } => false,
        }
    }

    /// Events come, lasting records and members come and go; other records are there on all days.
    fn rows(&mut self, of: &Collection) -> bool {
        let shape = self.schema.record(of.record).map(|record| &record.shape);
        let comes_or_goes = match shape {
            Some(Shape::Plain) | None => false,
            Some(Shape::Event { .. } | Shape::Lasts { .. }) => true,
        };
        comes_or_goes || of.members_of.is_some() || self.cond(&of.filter)
    }

    fn row(&mut self, row: &Row) -> bool {
        match row {
            Row::Var(_) | Row::Agreement => false,
            Row::Follow(field) => self.field(field),
            Row::Beside(beside) => self.row(&beside.of),
        }
    }

    fn field(&mut self, field: &FieldOf) -> bool {
        let over_time =
            self.schema.field(field.record, field.field).is_some_and(|field| field.time == InTime::OverTime);
        over_time || self.row(&field.row)
    }

    fn is_day(&self, field: &FieldOf) -> bool {
        self.schema.field(field.record, field.field).is_some_and(|field| matches!(field.ty, Type::Date))
    }

    fn definition(&mut self, id: DefinitionId) -> bool {
        if !self.seen.insert(id) {
            return false;
        }
        let body = self.definitions.get(usize::from(id.0)).map(|definition| &definition.body);
        match body {
            Some(DefinitionBody::Condition(condition)) => self.cond(condition),
            Some(DefinitionBody::Amount { cases, otherwise }) => {
                let chosen = cases.iter().any(|(condition, amount)| self.cond(condition) || self.expr(amount));
                chosen || self.expr(otherwise)
            }
            Some(DefinitionBody::Listed(_)) | None => false,
        }
    }
}
