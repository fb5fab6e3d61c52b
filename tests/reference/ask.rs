//! Questions, each asked on a plain day of a world where everything is known.

use overens::model::clause::When;
use overens::model::expr::{Asks, Cond, CondKind, Expr, ExprKind, On, Row, Sense, Set, Test, Var};
use overens::model::schema::{InTime, RecordId};
use overens::model::{Definition, DefinitionBody};
use overens::value::Day;

use super::amounts::{less, same};
use super::judge::Inst;
use super::world::{R, Stop, Val, World, no};

/// For what a question is asked: the rows that are bound, and the days.
#[derive(Clone, Debug)]
pub struct Env {
    pub rows: Vec<Option<(RecordId, u32)>>,
    /// The day on which values, memberships and lists are asked.
    pub day: Day,
    /// The day by which a date must have come to be given.
    pub given_by: Day,
    pub period: Option<(Day, Day)>,
    /// The first day of force.
    pub from: Day,
    /// The instance that is judged.
    pub inst: Option<Inst>,
}

impl Env {
    pub fn on(&self, day: Day) -> Env {
        Env { day, ..self.clone() }
    }

    pub fn bind(&self, var: Var, row: (RecordId, u32)) -> Env {
        let mut env = self.clone();
        let at = usize::from(var.0);
        while env.rows.len() <= at {
            env.rows.push(None);
        }
        env.rows[at] = Some(row);
        env
    }
}

impl World<'_> {
    // ---- conditions --------------------------------------------------------------------------------------------------

    /// Whether the condition holds (`so`), or its opposite does. What is absent makes both false.
    pub fn asks(&self, cond: &Cond, so: bool, env: &Env) -> R<bool> {
        match &cond.kind {
            CondKind::Always => Ok(so),
            CondKind::And(parts) => self.joint(parts, so, so, env),
            CondKind::Or(parts) => self.joint(parts, !so, so, env),
            CondKind::Not(inner) => self.asks(inner, !so, env),
            CondKind::Test(test) => self.test(test, so, env),
            CondKind::All { of, test } => {
                let mut all = true;
                for row in self.rows_of(of, env)? {
                    let inner = self.inside(of, row, env)?;
                    if !self.asks(test, true, &inner)? {
                        all = false;
                        if !so && self.asks(test, false, &inner)? {
                            return Ok(true);
                        }
                    }
                }
                Ok(so && all)
            }
            CondKind::Some(of) => Ok(self.rows_of(of, env)?.is_empty() != so),
            CondKind::Defined { definition, row } => {
                let Some(row) = self.row(row, env)? else { return Ok(false) };
                match self.plan.definition(*definition) {
                    Some(Definition { body: DefinitionBody::Condition(cond), .. }) => {
                        self.asks(cond, so, &Env { rows: vec![Some(row)], ..env.clone() })
                    }
                    _ => no("a definition that is no condition"),
                }
            }
            CondKind::OnDay { of, day } => match self.expr(day, env)? {
                // Of what is only planned it is not told here whether it will have come.
                Val::Day(day) if day > self.as_of && matches!(of.kind, CondKind::Some(_) | CondKind::All { .. }) => {
                    no("rows of a day to come")
                }
                Val::Day(day) => self.asks(of, so, &Env { given_by: day, ..env.on(day) }),
                _ => Ok(false),
            },
            CondKind::Judged { .. } => Err(Stop::Weigh),
        }
    }

    /// All of these, or one of these.
    fn joint(&self, parts: &[Cond], all: bool, so: bool, env: &Env) -> R<bool> {
        let mut waits = None;
        for part in parts {
            match self.asks(part, so, env) {
                Ok(holds) if holds != all => return Ok(!all),
                Ok(_) => {}
                Err(stop @ (Stop::Weigh | Stop::Never)) => waits = Some(stop),
                Err(stop) => return Err(stop),
            }
        }
        waits.map_or(Ok(all), Err)
    }

    fn test(&self, test: &Test, so: bool, env: &Env) -> R<bool> {
        let straight = (test.sense == Sense::Straight) == so;
        let told = |holds: Option<bool>| Ok(holds.is_some_and(|holds| holds == straight));
        match &test.asks {
            Asks::Given(field) => {
                let given = match self.field_of(field, env)? {
                    Val::None => false,
                    Val::Day(day) => day <= env.given_by,
                    _ => true,
                };
                Ok(given == straight)
            }
            Asks::Before(a, b) => {
                let (a, b) = (self.expr(a, env)?, self.expr(b, env)?);
                told(match (a, b) {
                    (Val::Day(a), Val::Day(b)) => Some(a < b),
                    (Val::None, _) | (_, Val::None) => None,
                    _ => return no("before what is no day"),
                })
            }
            Asks::Less(a, b) => {
                let (a, b) = self.apart(|| self.expr(a, env), || self.expr(b, env))?;
                told(less(&a, &b)?)
            }
            Asks::OneOf(one, options) => {
                let one = self.expr(one, env)?;
                let (mut found, mut absent) = (false, one == Val::None);
                for option in options {
                    let option = self.expr(option, env)?;
                    absent |= option == Val::None;
                    found |= one != Val::None && same(&one, &option);
                }
                // Beside an absent option the others may still be the one.
                if found { told(Some(true)) } else { told(if absent { None } else { Some(false) }) }
            }
            Asks::Holds(set, items) => {
                let set = self.field_of(set, env)?;
                let mut all = true;
                for item in items {
                    let item = self.expr(item, env)?;
                    match &set {
                        Val::Set(held) => all &= held.iter().any(|one| same(one, &item)),
                        Val::None => return Ok(false),
                        _ => return no("no set"),
                    }
                }
                told(Some(all))
            }
            Asks::In { row, set, on } => {
                let Some(row) = self.row(row, env)? else { return Ok(false) };
                let day = match on {
                    On::Then => env.day,
                    On::Day(day) => match self.expr(day, env)? {
                        Val::Day(day) => day,
                        _ => return Ok(false),
                    },
                    On::Throughout(from, to) => {
                        let (from, to) = (self.expr(from, env)?, self.expr(to, env)?);
                        let (Val::Day(mut day), Val::Day(to), Set::Rows(of)) = (from, to, set) else {
                            return no("throughout days that are none");
                        };
                        if day > to {
                            return no("throughout no day at all");
                        }
                        while day <= to {
                            if of.record != row.0 || !self.belongs(of, row.1, &env.on(day))? {
                                return told(Some(false));
                            }
                            day = day.following();
                        }
                        return told(Some(true));
                    }
                };
                match set {
                    Set::Rows(of) => {
                        if of.record != row.0 {
                            return told(Some(false));
                        }
                        told(Some(self.belongs(of, row.1, &env.on(day))?))
                    }
                    Set::Listed(field) => match self.field_of(field, env)? {
                        Val::Set(held) => told(Some(held.contains(&Val::Row(row.0, row.1)))),
                        _ => Ok(false),
                    },
                    Set::Named { definition, .. } => match self.plan.definition(*definition) {
                        Some(Definition { body: DefinitionBody::Listed(ids), .. }) => {
                            let id = self.facts.id(row.0, overens::facts::Row(row.1));
                            told(Some(ids.iter().any(|one| one == id)))
                        }
                        _ => no("no list"),
                    },
                }
            }
            Asks::HoldsOnly(set, items) => {
                let Val::Set(held) = self.field_of(set, env)? else { return Ok(false) };
                let items: Vec<Val> = items.iter().map(|item| self.expr(item, env)).collect::<R<_>>()?;
                let all = items.iter().all(|item| held.contains(item)) && held.iter().all(|one| items.contains(one));
                told(Some(all))
            }
            Asks::SameSet(one, other) => match (self.field_of(one, env)?, self.field_of(other, env)?) {
                (Val::Set(a), Val::Set(b)) => {
                    told(Some(a.iter().all(|one| b.contains(one)) && b.iter().all(|one| a.contains(one))))
                }
                _ => Ok(false),
            },
            Asks::About { amount, least, most } => {
                let (amount, least, most) = (self.expr(amount, env)?, self.expr(least, env)?, self.expr(most, env)?);
                match (less(&amount, &least)?, less(&most, &amount)?) {
                    (Some(false), Some(false)) => told(Some(true)),
                    (Some(_), Some(_)) => Err(Stop::Weigh),
                    _ => Ok(false),
                }
            }
            _ => no("a question of another form"),
        }
    }

    /// Whether a condition asks only for values of the subject and of the agreement that do not change.
    pub fn never_changes(&self, cond: &Cond) -> bool {
        let plain = |expr: &Expr| match &expr.kind {
            ExprKind::Day(_) | ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::YesNo(_) => true,
            ExprKind::Field(field) => {
                let schema = self.plan.schema.field(field.record, field.field);
                matches!(field.row, Row::Var(_) | Row::Agreement)
                    && schema.is_some_and(|one| one.time != InTime::OverTime)
            }
            _ => false,
        };
        match &cond.kind {
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter().all(|part| self.never_changes(part)),
            CondKind::Not(inner) => self.never_changes(inner),
            CondKind::Test(test) => match &test.asks {
                Asks::Before(a, b) | Asks::Less(a, b) => plain(a) && plain(b),
                Asks::OneOf(one, options) => plain(one) && options.iter().all(plain),
                _ => false,
            },
            _ => false,
        }
    }

    /// Two amounts. Where both hang on one thing that is not known, the product reckons with the bounds of each.
    pub fn apart<A, B>(&self, one: impl FnOnce() -> R<A>, other: impl FnOnce() -> R<B>) -> R<(A, B)> {
        let (one, its) = self.noting(one)?;
        let (other, of_other) = self.noting(other)?;
        if !its.is_disjoint(&of_other) {
            self.cautious.set(true);
        }
        Ok((one, other))
    }

    /// Whether every `if` is met and no `unless` is.
    pub fn reaches(&self, conditions: &[When], env: &Env) -> R<bool> {
        let mut waits = None;
        for when in conditions {
            let met = match when {
                When::If(cond) => self.asks(cond, true, env),
                When::Unless(cond) => self.asks(cond, true, env).map(|met| !met),
            };
            match met {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(stop @ (Stop::Weigh | Stop::Never)) => waits = Some(stop),
                Err(stop) => return Err(stop),
            }
        }
        waits.map_or(Ok(true), Err)
    }
}
