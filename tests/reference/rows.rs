//! Rows: which belong to a collection on a day, who is a member, what a row names.

use overens::model::clause::Edge;
use overens::model::expr::{
    Asks, Beside, ClauseId, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, Row, Sense, Side, Var,
};
use overens::model::schema::{AGREEMENT, FieldId, RecordId, Shape};
use overens::model::{Definition, DefinitionBody};
use overens::plan::NormTest;
use overens::value::Day;

use super::ask::Env;
use super::judge::{Inst, Who};
use super::world::{R, Stop, Val, World, no};

impl World<'_> {
    /// The rows of a collection in a condition: events up to the day asked, what lasts on it, who is a member on it.
    pub fn rows_of(&self, of: &Collection, env: &Env) -> R<Vec<u32>> {
        let first =
            if matches!(self.shape(of.record), Shape::Event { .. }) { self.span_begins(of, env)? } else { env.day };
        let mut found = vec![];
        for row in self.rows(of.record, first, env.day.max(first))? {
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
                if day > env.day || self.is_cancelled(of.record, row)? {
                    return Ok(false);
                }
                if day > self.as_of && !self.comes(of.record, row)? {
                    return Ok(false);
                }
                if day < self.span_begins(of, env)? {
                    return Ok(false);
                }
            }
            Shape::Lasts { .. } => {
                if !self.lasts_on(of.record, row, env.day)? {
                    return Ok(false);
                }
            }
            Shape::Plain => {
                if self.is_cancelled(of.record, row)? {
                    return Ok(false);
                }
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
        if body.judged_by.is_some() || body.attested_by.is_some() || !body.form.is_empty() {
            return no("a membership that somebody judges or attests, or of some form");
        }
        let record = norm.subjects[0].record;
        let (from, _) = self.force(norm);
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
        // A leaving that is not given, in a list that holds the day of joining, is none before that.
        if let (Some(Edge::On(day) | Edge::DayAfter(day)), Some(last)) = (&lasting.until, last)
            && let ExprKind::Field(field) = &day.kind
            && self.is_blank(record, row, field.field)
            && last.following() < first
            && self.is_told(record, first)
        {
            return Err(Stop::Absurd);
        }
        // Who is covered by an exception on the day of joining is no member.
        let inst = Inst { clause, wording: 0, subject: Some((0, row)), bearer: Who::One, period: None, day: None };
        for other in &norm.yields_to {
            if self.excepts(*other, norm, inst, first)? {
                return Ok(None);
            }
        }
        // Nobody is a member before the clause itself is in force.
        let begins = if from > self.plan.force.from { first.max(from) } else { first };
        if last.is_some_and(|last| last < begins) {
            return Ok(None);
        }
        Ok(Some((begins, last)))
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
            Row::Beside(beside) => {
                let all = self.neighbours(beside, env)?;
                let record = beside.record;
                if all.len() > 1 { Err(Stop::Never) } else { Ok(all.first().map(|row| (record, *row))) }
            }
        }
    }

    /// Those on the nearest earlier or later day, of the same owner where one is told.
    fn neighbours(&self, beside: &Beside, env: &Env) -> R<Vec<u32>> {
        let Some((record, own)) = self.row(&beside.of, env)? else { return Ok(vec![]) };
        let Some(day) = self.own_day(record, own)? else { return no("a neighbour of what has no day") };
        let owner = |row: u32| beside.same.map(|field| self.field(record, row, field, day)).transpose();
        let same = owner(own)?;
        if same == Some(Val::None) {
            return Ok(vec![]);
        }
        let earlier = beside.side == Side::Previous;
        let (first, last) = if earlier { (env.from.min(day), day) } else { (day, self.as_of.max(day)) };
        let (mut best, mut found) = (None, vec![]);
        for row in self.rows(record, first, last)?.into_iter().filter(|row| *row != own) {
            if !self.is_written(record, row) {
                return no("a neighbour that nobody wrote down");
            }
            let Some(at) = self.own_day(record, row)? else { continue };
            let lies_there = if earlier { at < day } else { at > day };
            let farther = best.is_some_and(|best| if earlier { at < best } else { at > best });
            if !lies_there || farther || self.is_cancelled(record, row)? || owner(row)? != same {
                continue;
            }
            if best != Some(at) {
                found.clear();
            }
            best = Some(at);
            found.push(row);
        }
        if found.is_empty() && !earlier {
            return no("the next one, which is still to come");
        }
        Ok(found)
    }

    pub fn field_of(&self, field: &FieldOf, env: &Env) -> R<Val> {
        if let Row::Beside(beside) = &field.row {
            // Of several on the same day it is known where all have the same.
            let all = self.neighbours(beside, env)?;
            let said = |row: &u32| self.field(beside.record, *row, field.field, env.day);
            let values: Vec<Val> = all.iter().map(said).collect::<R<_>>()?;
            let Some(first) = values.first() else { return Ok(Val::None) };
            return if values.iter().all(|one| one == first) { Ok(first.clone()) } else { Err(Stop::Never) };
        }
        match self.row(&field.row, env)? {
            None => Ok(Val::None),
            Some((record, row)) => self.field(record, row, field.field, env.day),
        }
    }
}

impl World<'_> {
    /// The first day of the events that a condition asks about: that of force, unless it compares the event's own day from below.
    fn span_begins(&self, of: &Collection, env: &Env) -> R<Day> {
        let Shape::Event { on } = self.shape(of.record) else { return Ok(env.from) };
        let mut first = None;
        self.take_from_below(&of.filter, (of.var, on), env, &mut first)?;
        Ok(first.unwrap_or(env.from))
    }

    /// Takes in the days that an event's own day is compared with from below.
    fn take_from_below(&self, cond: &Cond, own: (Var, FieldId), env: &Env, first: &mut Option<Day>) -> R<()> {
        match &cond.kind {
            CondKind::And(parts) => parts.iter().try_for_each(|part| self.take_from_below(part, own, env, first)),
            CondKind::Or(_) | CondKind::Not(_) if self.speaks_of_a_day(cond) => no("days before the force"),
            CondKind::Defined { definition, .. } => match self.plan.definition(*definition) {
                Some(Definition { body: DefinitionBody::Condition(inner), .. }) => {
                    self.take_from_below(inner, (Var(0), own.1), &Env { rows: vec![], ..env.clone() }, first)
                }
                _ => Ok(()),
            },
            CondKind::Test(test) => {
                let Asks::Before(a, b) = &test.asks else { return Ok(()) };
                let is_own = |one: &Expr| match &one.kind {
                    ExprKind::Field(field) => {
                        matches!(field.row, Row::Var(var) if var == own.0) && field.field == own.1
                    }
                    _ => false,
                };
                // `A is before own`, `own is not before A`: from A on, or from the day after it.
                let (other, more) = match (test.sense == Sense::Straight, is_own(a), is_own(b)) {
                    (true, false, true) => (a, 1),
                    (false, true, false) => (b, 0),
                    (_, false, false) | (true, true, false) | (false, false, true) => return Ok(()),
                    _ => return no("days before the force"),
                };
                match (&other.kind, self.expr(other, env)) {
                    (
                        ExprKind::Day(_)
                        | ExprKind::PeriodStart
                        | ExprKind::PeriodEnd
                        | ExprKind::BindsFrom
                        | ExprKind::BindsThrough,
                        Ok(Val::Day(day)),
                    ) => {
                        let day = day.plus_days(more);
                        *first = Some(first.map_or(day, |other| other.max(day)));
                        Ok(())
                    }
                    _ => no("days before the force"),
                }
            }
            _ => Ok(()),
        }
    }

    /// Whether a filter compares days.
    fn speaks_of_a_day(&self, cond: &Cond) -> bool {
        match &cond.kind {
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(|part| self.speaks_of_a_day(part)),
            CondKind::Not(inner) => self.speaks_of_a_day(inner),
            CondKind::Defined { definition, .. } => match self.plan.definition(*definition) {
                Some(Definition { body: DefinitionBody::Condition(inner), .. }) => self.speaks_of_a_day(inner),
                _ => false,
            },
            CondKind::Test(test) => matches!(test.asks, Asks::Before(..)),
            _ => false,
        }
    }
}
