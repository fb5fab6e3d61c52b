//! Votes: what comes of them, whatever the numbers are that nobody has counted.

use overens::model::expr::{Asks, Cond, CondKind, Expr, ExprKind, FieldOf};
use overens::model::schema::Type;
use overens::model::{Definition, DefinitionBody};
use overens::value::Number;
use overens::verdict::Status;

use super::ask::Env;
use super::judge::{Verdict, plain};
use super::world::{R, Val, World, no};

/// Numbers that are none, by record, row and field.
type Uncounted = Vec<(u16, u32, u16)>;

impl World<'_> {
    /// Open while numbers are none, unless the quorum is not met, or it is carried, whatever they come to.
    pub fn vote(&self, carried: &Cond, quorum: Option<&Cond>, env: &Env) -> R<Verdict> {
        let mut uncounted = vec![];
        for cond in [Some(carried), quorum].into_iter().flatten() {
            self.uncounted(cond, env, &mut uncounted)?;
        }
        let numbers = || self.marks.numbers.iter().filter(|one| **one >= Number::from(0)).cloned();
        let mut ways: Vec<Vec<Number>> = vec![vec![]];
        for _ in &uncounted {
            let all = || numbers().chain([0, 1_000_000].map(Number::from));
            ways = ways.iter().flat_map(|way| all().map(|one| [way.clone(), vec![one]].concat())).collect();
            if ways.len() > 4_000 {
                return no("many numbers that nobody has counted");
            }
        }
        let mut found = vec![];
        for way in ways {
            *self.counted_as.borrow_mut() = uncounted.iter().copied().zip(way.into_iter().map(Val::Number)).collect();
            let there = quorum.map_or(Ok(true), |quorum| self.asks(quorum, true, env));
            let one = there.and_then(|there| Ok((there, there && self.asks(carried, true, env)?)));
            self.counted_as.borrow_mut().clear();
            found.push(one?);
        }
        let same = found.iter().all(|one| *one == found[0]);
        Ok(match found[0] {
            (true, true) if same => plain(Status::Satisfied),
            (false, _) if same => plain(Status::Violated),
            _ if uncounted.is_empty() => plain(Status::Violated),
            _ => plain(Status::Pending),
        })
    }

    fn uncounted(&self, cond: &Cond, env: &Env, found: &mut Uncounted) -> R<()> {
        match &cond.kind {
            CondKind::And(parts) | CondKind::Or(parts) => {
                parts.iter().try_for_each(|part| self.uncounted(part, env, found))
            }
            CondKind::Not(inner) => self.uncounted(inner, env, found),
            CondKind::Test(test) => match &test.asks {
                Asks::Less(a, b) => [a, b].into_iter().try_for_each(|one| self.none_in(one, env, found)),
                Asks::OneOf(a, options) => {
                    std::iter::once(a).chain(options).try_for_each(|one| self.none_in(one, env, found))
                }
                Asks::About { amount, least, most } => {
                    [amount, least, most].into_iter().try_for_each(|one| self.none_in(one, env, found))
                }
                _ => Ok(()),
            },
            CondKind::Defined { definition, row } => {
                let Some(row) = self.row(row, env)? else { return no("a definition of no row") };
                match self.plan.definition(*definition) {
                    Some(Definition { body: DefinitionBody::Condition(cond), .. }) => {
                        self.uncounted(cond, &Env { rows: vec![Some(row)], ..env.clone() }, found)
                    }
                    _ => no("a definition that is no condition"),
                }
            }
            _ => Ok(()),
        }
    }

    fn none_in(&self, expr: &Expr, env: &Env, found: &mut Uncounted) -> R<()> {
        match &expr.kind {
            ExprKind::Field(field) => self.is_none(field, env, found),
            ExprKind::Plus(a, b) | ExprKind::Minus(a, b) | ExprKind::Times(a, b) | ExprKind::DividedBy(a, b) => {
                self.none_in(a, env, found)?;
                self.none_in(b, env, found)
            }
            ExprKind::Rounded { of, .. } | ExprKind::Per { of, .. } => self.none_in(of, env, found),
            ExprKind::Defined { .. } => no("an amount behind a definition that may be none"),
            _ => Ok(()),
        }
    }

    fn is_none(&self, field: &FieldOf, env: &Env, found: &mut Uncounted) -> R<()> {
        let is_number =
            self.plan.schema.field(field.record, field.field).is_some_and(|schema| schema.ty == Type::Number);
        if !is_number || self.field_of(field, env)? != Val::None {
            return Ok(());
        }
        let Some((record, row)) = self.row(&field.row, env)? else { return no("a number of no row") };
        let cell = (record.0, row, field.field.0);
        if !found.contains(&cell) {
            found.push(cell);
        }
        Ok(())
    }
}
