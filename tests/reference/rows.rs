//! Rows: which belong to a collection on a day, who is a member, what a row names.

use overens::model::expr::{Asks, ClauseId, Collection, Cond, CondKind, FieldOf, Row};
use overens::model::schema::{AGREEMENT, RecordId, Shape};
use overens::plan::NormTest;
use overens::value::Day;

use super::ask::Env;
use super::world::{R, Val, World, no};

impl World<'_> {
    /// The rows of a collection in a condition: events up to the day asked, what lasts on it, who is a member on it.
    pub fn rows_of(&self, of: &Collection, env: &Env) -> R<Vec<u32>> {
        let first = if matches!(self.shape(of.record), Shape::Event { .. }) { env.from } else { env.day };
        let mut found = vec![];
        for row in self.rows(of.record, first, env.day.min(self.as_of).max(first))? {
            if self.belongs(of, row, env)? {
                found.push(row);
            }
        }
        Ok(found)
    }

    pub fn belongs(&self, of: &Collection, row: u32, env: &Env) -> R<bool> {
        match self.shape(of.record) {
            Shape::Event { .. } => {
                let Some(day) = self.own_day(of.record, row)? else { return Ok(false) };
                if day > env.day || day > self.as_of || self.is_cancelled(of.record, row)? {
                    return Ok(false);
                }
                if day < env.from {
                    return if speaks_of_a_day(&of.filter) { no("days before the force") } else { Ok(false) };
                }
            }
            Shape::Lasts { .. } => {
                if !self.lasts_on(of.record, row, env.day)? {
                    return Ok(false);
                }
            }
            Shape::Plain => {
                if !self.is_written(of.record, row) && self.is_told(of.record, env.day) {
                    return Ok(false);
                }
            }
        }
        if let Some(membership) = of.members_of
            && !self.is_member(membership, row, env.day)?
        {
            return Ok(false);
        }
        self.asks(&of.filter, true, &self.inside(of, row, env)?)
    }

    /// The day on which a row of a collection is asked: an event's own day.
    pub fn inside(&self, of: &Collection, row: u32, env: &Env) -> R<Env> {
        let bound = env.bind(of.var, (of.record, row));
        Ok(match self.shape(of.record) {
            Shape::Event { .. } => match self.own_day(of.record, row)? {
                Some(day) => bound.on(day),
                None => bound,
            },
            Shape::Plain | Shape::Lasts { .. } => bound,
        })
    }

    /// First and last day of a membership; nothing for a record that never was a member.
    pub fn membership(&self, clause: ClauseId, row: u32) -> R<Option<(Day, Option<Day>)>> {
        let norms: Vec<_> = self.plan.norms_of(clause).collect();
        let [(_, norm)] = norms.as_slice() else { return no("a membership of several wordings") };
        let [body] = norm.bodies.as_slice() else { return no("a membership of several readings") };
        let NormTest::Member(lasting) = &body.test else { return no("no membership") };
        let record = norm.subjects[0].record;
        let from = norm.force.from.max(self.plan.force.from);
        let bare = Env {
            rows: vec![Some((record, row))],
            day: self.as_of,
            given_by: self.as_of,
            period: None,
            from,
            inst: None,
        };
        let Val::Day(first) = self.expr(&lasting.from, &bare)? else { return Ok(None) };
        let joining = Env { day: first, given_by: first, ..bare.clone() };
        if !self.reaches(&body.conditions, &joining)? {
            // The product does not ask on which day one may have joined that nobody has written down.
            if !self.is_written(record, row) {
                self.cautious.set(true);
            }
            return Ok(None);
        }
        let last = match &lasting.until {
            None => None,
            Some(edge) => self.edge(edge, &bare)?.map(Day::preceding),
        };
        if last.is_some_and(|last| last < first) {
            return Ok(None);
        }
        Ok(Some((first, last)))
    }

    pub fn is_member(&self, clause: ClauseId, row: u32, day: Day) -> R<bool> {
        let days = self.membership(clause, row)?;
        Ok(days.is_some_and(|(first, last)| first <= day && last.is_none_or(|last| day <= last)))
    }

    pub fn row(&self, row: &Row, env: &Env) -> R<Option<(RecordId, u32)>> {
        match row {
            Row::Var(var) => match env.rows.get(usize::from(var.0)).copied().flatten() {
                Some(row) => Ok(Some(row)),
                None => no("an unbound row"),
            },
            Row::Agreement => Ok(Some((AGREEMENT, 0))),
            Row::Follow(field) => match self.field_of(field, env)? {
                Val::Row(record, row) => Ok(Some((record, row))),
                Val::None => Ok(None),
                _ => no("no reference"),
            },
            Row::Beside(_) => no("neighbours"),
        }
    }

    pub fn field_of(&self, field: &FieldOf, env: &Env) -> R<Val> {
        match self.row(&field.row, env)? {
            None => Ok(Val::None),
            Some((record, row)) => self.field(record, row, field.field, env.day),
        }
    }
}

/// Whether a filter compares days: then it says itself which span it asks of.
fn speaks_of_a_day(cond: &Cond) -> bool {
    match &cond.kind {
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(speaks_of_a_day),
        CondKind::Not(inner) => speaks_of_a_day(inner),
        CondKind::Test(test) => matches!(test.asks, Asks::Before(..)),
        _ => false,
    }
}
