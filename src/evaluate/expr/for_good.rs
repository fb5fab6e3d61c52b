//! Whether a condition comes out the same on whatever day it is asked from now on: by what is given and does not change any more.

use crate::facts::Row;
use crate::model::DefinitionBody;
use crate::model::expr::Row as RowOf;
use crate::model::expr::{Asks, Collection, Cond, DefinitionId, Expr, ExprKind, FieldOf, On, Sense, Set, ValueId};
use crate::model::schema::{InTime, RecordId};
use crate::value::Day;

use super::ask::{Ask, Found, for_reasons};
use super::definitions::{Looks, by_definition, of_row};
use super::form::{Form, form, is_straight};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;

/// On which days values that change over time are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// On one that has passed: what held on it stays so.
    PastDay,
    /// On any that may still come.
    AnyDay,
}

/// Events with their days.
type Listed = Vec<(Row, Day)>;

/// How things are looked at as they stand.
pub struct AsTheyStand<'w, T: Trace> {
    pub weigh: fn(&mut Ask<'w, T>, &'w Cond, Sense) -> Truth,
    pub value: fn(&mut Ask<'w, T>, &'w Expr) -> Val<'w>,
    /// The events that belong to a list for certain, with their days.
    pub listed: fn(&mut Ask<'w, T>, &'w Collection) -> Listed,
}

/// Whether a condition holds on all days to come, or on none of them; open where that may change. A day that is none may still come; one
/// that is there stays. What a list holds stays on it, and more may be added.
pub fn for_good<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    condition: &'w Cond,
    times: Times,
    stand: &AsTheyStand<'w, T>,
) -> Truth {
    for_reasons(ask, |ask| ask.quietly(|ask| stand.lasting(ask, condition, Sense::Straight, times)))
}

impl<'w, T: Trace> AsTheyStand<'w, T> {
    fn lasting(&self, ask: &mut Ask<'w, T>, condition: &'w Cond, sense: Sense, times: Times) -> Truth {
        match form(condition, sense) {
            Form::Fixed(holds) => Truth::of(holds),
            Form::All(parts, sense) => {
                parts.iter().fold(Truth::Yes, |all, part| all.and(self.lasting(ask, part, sense, times)))
            }
            Form::Any(parts, sense) => {
                parts.iter().fold(Truth::No, |any, part| any.or(self.lasting(ask, part, sense, times)))
            }
            Form::Turned(inner, sense) => self.lasting(ask, inner, sense, times),
            Form::Test(test, asked) => match &test.asks {
                // What is not given by now may be later.
                Asks::Given(field) if self.field_stays(ask, field, times) => {
                    match ((self.weigh)(ask, condition, sense), asked) {
                        (Truth::Yes, Sense::Straight) => Truth::Yes,
                        (Truth::No, Sense::Opposite) => Truth::No,
                        (_, _) => Truth::Open,
                    }
                }
                asks if self.test_stays(ask, asks, times) => (self.weigh)(ask, condition, sense),
                _ => Truth::Open,
            },
            Form::Each { .. } => Truth::Open,
            Form::Some(of, sense) => match self.there_is_one(ask, of) {
                true => Truth::of(is_straight(sense)),
                false => Truth::Open,
            },
            Form::Defined { definition, row, sense: turned } => {
                let defined = (definition, row);
                match ask.world.plan.definition(definition).map(|one| &one.body) {
                    Some(DefinitionBody::Condition(_)) => self.lasting_definition(ask, defined, turned, times),
                    Some(DefinitionBody::Listed(_)) if self.row_stays(ask, row, times) => {
                        (self.weigh)(ask, condition, sense)
                    }
                    _ => Truth::Open,
                }
            }
            Form::OnDay { of, day, sense } => self
                .on_past_day(ask, day, times, |ask| self.lasting(ask, of, sense, Times::PastDay))
                .unwrap_or(Truth::Open),
            Form::Judged(_) => Truth::Person,
        }
    }

    fn lasting_definition(
        &self,
        ask: &mut Ask<'w, T>,
        (id, row): (DefinitionId, &'w RowOf),
        sense: Sense,
        times: Times,
    ) -> Truth {
        let definition = ask.world.plan.definition(id);
        let Some((definition, DefinitionBody::Condition(condition))) = definition.map(|one| (one, &one.body)) else {
            return Truth::Open;
        };
        if !self.row_stays(ask, row, times) {
            return Truth::Open;
        }
        let Found::Row(_, row) = ask.row(row, RecordId(0)) else { return Truth::Open };
        let found = of_row(ask, definition, Some(row), |ask| {
            ask.aside(&[row], |ask| self.lasting(ask, condition, sense, times))
        });
        found.unwrap_or(Truth::Open)
    }

    /// Whether an event is on a list already that is asked for: it stays there.
    fn there_is_one(&self, ask: &mut Ask<'w, T>, of: &'w Collection) -> bool {
        if of.members_of.is_some() || !ask.world.shape(of.record).is_event() {
            return false;
        }
        let as_of = ask.world.as_of;
        (self.listed)(ask, of).into_iter().any(|(row, day)| {
            ask.bind(of.var, row);
            ask.asked_of(day, as_of, |ask| self.lasting(ask, &of.filter, Sense::Straight, Times::PastDay)).is_yes()
        })
    }

    /// Looks on the day that an expression names, where that has passed and stays.
    fn on_past_day<R>(
        &self,
        ask: &mut Ask<'w, T>,
        day: &'w Expr,
        times: Times,
        look: impl FnOnce(&mut Ask<'w, T>) -> R,
    ) -> Option<R> {
        let day = self.past_day(ask, day, times)?;
        Some(ask.asked_on(day, look))
    }

    fn past_day(&self, ask: &mut Ask<'w, T>, day: &'w Expr, times: Times) -> Option<Day> {
        if !self.stays(ask, day, times) {
            return None;
        }
        (self.value)(ask, day).day_bounds().and_then(DayBounds::exact).filter(|day| *day <= ask.world.as_of)
    }

    fn test_stays(&self, ask: &mut Ask<'w, T>, asks: &'w Asks, times: Times) -> bool {
        match asks {
            Asks::Given(field) => self.field_stays(ask, field, times),
            Asks::Before(a, b) | Asks::Less(a, b) => self.stays(ask, a, times) && self.stays(ask, b, times),
            Asks::OneOf(one, options) => {
                self.stays(ask, one, times) && options.iter().all(|option| self.stays(ask, option, times))
            }
            Asks::About { amount, least, most } => {
                [amount, least, most].into_iter().all(|one| self.stays(ask, one, times))
            }
            Asks::Holds(set, items) | Asks::HoldsOnly(set, items) | Asks::HoldsEach { set, options: items, .. } => {
                self.field_stays(ask, set, times) && items.iter().all(|item| self.stays(ask, item, times))
            }
            Asks::SameSet(one, other) => self.field_stays(ask, one, times) && self.field_stays(ask, other, times),
            Asks::In { row, set, on } => {
                self.row_stays(ask, row, times)
                    && match (set, on) {
                        (Set::Named { .. }, _) => true,
                        (Set::Listed(field), _) => self.field_stays(ask, field, times),
                        (Set::Rows(_), On::Then) => times == Times::PastDay,
                        (Set::Rows(_), On::Day(day)) => self.past_day(ask, day, times).is_some(),
                        (Set::Rows(_), On::Throughout(from, to)) => {
                            [from, to].into_iter().all(|day| self.past_day(ask, day, times).is_some())
                        }
                    }
            }
        }
    }

    /// Whether what an expression comes to is given, and is the same on all those days.
    fn stays(&self, ask: &mut Ask<'w, T>, expr: &'w Expr, times: Times) -> bool {
        match &expr.kind {
            ExprKind::Day(_) | ExprKind::Number(_) | ExprKind::Money(_) | ExprKind::Text(_) | ExprKind::YesNo(_) => {
                true
            }
            ExprKind::Id(..) | ExprKind::Actor(_) => true,
            ExprKind::Field(field) | ExprKind::Held(field) => self.field_stays(ask, field, times),
            ExprKind::Row(row) => self.row_stays(ask, row, times),
            ExprKind::YearDay { year: Some(day), .. } | ExprKind::OfDay(_, day) => self.stays(ask, day, times),
            ExprKind::Shift { day, by } => {
                self.stays(ask, day, times) && by.number().is_none_or(|number| self.stays(ask, number, times))
            }
            ExprKind::Plus(a, b) | ExprKind::Minus(a, b) | ExprKind::Times(a, b) | ExprKind::DividedBy(a, b) => {
                self.stays(ask, a, times) && self.stays(ask, b, times)
            }
            ExprKind::DaysBetween(a, b) | ExprKind::WholeMonthsBetween(a, b) | ExprKind::WorkingDaysBetween(a, b) => {
                self.stays(ask, a, times) && self.stays(ask, b, times)
            }
            ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().all(|day| self.stays(ask, day, times)),
            ExprKind::Per { of, .. } => self.stays(ask, of, times),
            ExprKind::Rounded { of, to, .. } => self.stays(ask, of, times) && self.stays(ask, to, times),
            ExprKind::Value(value) => self.value_stays(ask, *value, times),
            ExprKind::Defined { definition, row } => {
                let holds: &dyn Fn(&mut Ask<'w, T>, &'w Cond) -> Truth =
                    &|ask, one| self.lasting(ask, one, Sense::Straight, times);
                let amount: &dyn Fn(&mut Ask<'w, T>, &'w Expr) -> Val<'w> =
                    &|ask, one| if self.stays(ask, one, times) { (self.value)(ask, one) } else { Val::Unknown };
                row.as_ref().is_none_or(|row| self.row_stays(ask, row, times))
                    && !is_open(&by_definition(ask, *definition, row.as_ref(), &Looks { holds, amount }))
            }
            ExprKind::EffectOf(_) | ExprKind::TheDay(_) => !is_open(&(self.value)(ask, expr)),
            ExprKind::OnDay { of, day } => {
                self.on_past_day(ask, day, times, |ask| self.stays(ask, of, Times::PastDay)).unwrap_or(false)
            }
            _ => false,
        }
    }

    /// Whether an amount that the agreement gives is the same on those days: no other follows, or may be adopted.
    fn value_stays(&self, ask: &mut Ask<'w, T>, value: ValueId, times: Times) -> bool {
        let Some(value) = ask.world.plan.value(value) else { return false };
        value.amounts.iter().all(|one| {
            let begun = times == Times::PastDay || one.from.is_none_or(|from| from <= ask.on);
            begun && one.by.is_none_or(|by| ask.law.is_adopted(by)) && self.stays(ask, &one.amount, times)
        })
    }

    fn field_stays(&self, ask: &mut Ask<'w, T>, field: &'w FieldOf, times: Times) -> bool {
        let changes =
            ask.world.plan.schema.field(field.record, field.field).is_none_or(|one| one.time == InTime::OverTime);
        (!changes || times == Times::PastDay) && self.row_stays(ask, &field.row, times) && !is_open(&ask.field(field))
    }

    fn row_stays(&self, ask: &mut Ask<'w, T>, row: &'w RowOf, times: Times) -> bool {
        match row {
            RowOf::Var(_) | RowOf::Agreement => true,
            RowOf::Follow(field) => self.field_stays(ask, field, times),
            RowOf::Beside(_) => false,
        }
    }
}

/// Whether a value is none, or not given: it may still be.
fn is_open(value: &Val) -> bool {
    match value {
        Val::Absent | Val::Unknown => true,
        Val::OneOf(values) => values.iter().any(is_open),
        _ => false,
    }
}
