//! What a lane takes, and what it leaves to the judge; this is the one place that says so, but for expressions that have no lane
//! ([`super::lower`]).

use std::collections::BTreeSet;

use crate::evaluate::knowledge::world::World;
use crate::model::DefinitionBody;
use crate::model::clause::{Bearer, Edge, When};
use crate::model::expr::Row as RowOf;
use crate::model::expr::{Asks, ClauseId, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, Var};
use crate::model::schema::{Shape, Type};
use crate::plan::{Body, Norm, NormId, NormTest, Owed, Plan, Trigger};

/// Whether the rows are the subjects of the clause or its bearers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Subject,
    Bearer,
}

/// A clause whose instances are rows side by side.
pub struct Taken<'w> {
    pub id: NormId,
    pub norm: &'w Norm,
    pub body: &'w Body,
    /// Whose rows these are.
    pub of: &'w Collection,
    pub whose: Whose,
}

/// The clause, if a lane takes it. A lane reads conditions on one day for all rows, so what depends on the day beyond that is the
/// judge's: records that last, memberships of bearers, what has ended or is to come, and whether a day is given by a day that
/// differs from row to row.
pub fn taken(world: World<'_>, clause: ClauseId) -> Option<Taken<'_>> {
    let plan = world.plan;
    let mut norms = plan.norms_of(clause);
    let (id, norm) = norms.next()?;
    // An amendment may end the agreement itself on another day.
    let prolonged = plan.amendments.iter().any(|amendment| amendment.force_until.is_some());
    if norms.next().is_some() || prolonged || plan.is_amended(clause) || !is_plain(norm) {
        return None;
    }
    let name = &plan.clause(clause)?.name;
    if world.facts.waivers.iter().any(|waiver| waiver.decision.clause == *name) {
        return None;
    }
    let [body] = norm.bodies.as_slice() else { return None };
    if !is_plain_body(body) {
        return None;
    }
    let (whose, of) = rows_of(norm)?;
    let taken = Taken { id, norm, body, of, whose };
    let hidden = world.facts.table(of.record)?.hidden.is_some();
    (!hidden && taken.is_of_one_day(world)).then_some(taken)
}

impl Taken<'_> {
    /// Whether all that is asked is asked on a day that does not differ from row to row.
    fn is_of_one_day(&self, world: World) -> bool {
        let plan = world.plan;
        let shape = world.shape(self.of.record);
        let lasts = matches!(shape, Shape::Lasts { .. }) || self.of.members_of.is_some();
        let as_of = world.as_of;
        let force = self.norm.force.intersect(plan.force);
        if lasts || force.until <= as_of || force.from > as_of {
            return false;
        }
        // Conditions are asked when the instance began: of an event on its day, of what is due once by its last day.
        let event = self.whose == Whose::Subject && shape.is_event();
        let due = !matches!(self.body.window.last, Edge::Open | Edge::Never);
        let given_by_now = |condition: &Cond| !asks_given(plan, condition, None);
        let conditions = self.body.conditions.iter().map(|when| match when {
            When::If(condition) | When::Unless(condition) => condition,
        });
        if (event || due) && !conditions.into_iter().all(given_by_now) {
            return false;
        }
        // So is whom it reaches, but for what an event's own fields say: that is asked as of now.
        if (event || due) && asks_given(plan, &self.of.filter, event.then_some(self.of.var)) {
            return false;
        }
        match &self.body.test {
            NormTest::Dated(field) => {
                let own = self.whose == Whose::Subject || !matches!(field.row, RowOf::Agreement);
                own && (self.body.window.first.is_none() || !matches!(self.body.window.first, Some(Edge::DayAfter(_))))
            }
            NormTest::Holds(condition) => self.body.window.first.is_none() && (!due || given_by_now(condition)),
            // Who is admitted under conditions is the judge's: a membership that has any has no lane.
            NormTest::AtJoining { condition, .. } => given_by_now(condition),
            NormTest::Member(_) => true,
            _ => false,
        }
    }
}

/// One line of subjects without bearers of their own, or bearers without subjects; nothing that looks at other clauses.
fn is_plain(norm: &Norm) -> bool {
    let hangs = norm.trigger != Trigger::Always || !norm.yields_to.is_empty();
    let cut = norm.first_period.is_some() || norm.last_period.is_some();
    !hangs && !cut && norm.cycle.is_none() && norm.by.is_none()
}

fn is_plain_body(body: &Body) -> bool {
    let people = body.judged_by.is_some() || body.attested_by.is_some() || body.reading.is_some();
    let numbered = |edge: &Edge| matches!(edge, Edge::YearOfTerm { .. } | Edge::OfTerm { .. });
    let of_term = body.window.first.as_ref().is_some_and(numbered) || numbered(&body.window.last);
    !people && !of_term && body.form.is_empty() && body.owed == Owed::Result
}

fn rows_of(norm: &Norm) -> Option<(Whose, &Collection)> {
    match (norm.subjects.as_slice(), &norm.bearer) {
        ([], Some(Bearer::Each(of))) => Some((Whose::Bearer, of)),
        ([of], None | Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::Field(_))) => Some((Whose::Subject, of)),
        (_, _) => None,
    }
}

/// Whether a condition asks if a day is given by now, itself or in what it leans on, but for fields of a row that is passed over.
/// Each definition is looked at once.
fn asks_given(plan: &Plan, condition: &Cond, but_for: Option<Var>) -> bool {
    condition_asks_given(plan, condition, but_for, &mut BTreeSet::new())
}

fn condition_asks_given(
    plan: &Plan,
    condition: &Cond,
    but_for: Option<Var>,
    seen: &mut BTreeSet<DefinitionId>,
) -> bool {
    match &condition.kind {
        CondKind::And(parts) | CondKind::Or(parts) => {
            parts.iter().any(|part| condition_asks_given(plan, part, but_for, seen))
        }
        CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => condition_asks_given(plan, inner, but_for, seen),
        CondKind::Test(test) => match &test.asks {
            Asks::Given(field) => {
                let is_day = plan.schema.field(field.record, field.field).is_none_or(|field| field.ty == Type::Date);
                is_day && !matches!(field.row, RowOf::Var(var) if Some(var) == but_for)
            }
            Asks::Before(a, b) | Asks::Less(a, b) => [a, b].into_iter().any(|one| value_asks_given(plan, one, seen)),
            Asks::OneOf(one, _) => value_asks_given(plan, one, seen),
            // What else may be asked has no lane.
            _ => false,
        },
        CondKind::Defined { definition, .. } => definition_asks_given(plan, *definition, seen),
        CondKind::Always | CondKind::All { .. } | CondKind::Some(_) | CondKind::Judged { .. } => false,
    }
}

/// The same of a value, as far as it has a lane.
fn value_asks_given(plan: &Plan, value: &Expr, seen: &mut BTreeSet<DefinitionId>) -> bool {
    match &value.kind {
        ExprKind::Shift { day: inner, .. } | ExprKind::YearDay { year: Some(inner), .. } => {
            value_asks_given(plan, inner, seen)
        }
        ExprKind::Plus(a, b) | ExprKind::Minus(a, b) | ExprKind::Times(a, b) | ExprKind::DaysBetween(a, b) => {
            [a, b].into_iter().any(|one| value_asks_given(plan, one, seen))
        }
        ExprKind::Defined { definition, .. } => definition_asks_given(plan, *definition, seen),
        _ => false,
    }
}

fn definition_asks_given(plan: &Plan, definition: DefinitionId, seen: &mut BTreeSet<DefinitionId>) -> bool {
    if !seen.insert(definition) {
        return false;
    }
    match plan.definition(definition).map(|one| &one.body) {
        Some(DefinitionBody::Condition(condition)) => condition_asks_given(plan, condition, None, seen),
        Some(DefinitionBody::Amount { cases, otherwise }) => {
            let case = |(condition, amount): &(Cond, Expr)| {
                condition_asks_given(plan, condition, None, seen) || value_asks_given(plan, amount, seen)
            };
            let first = cases.iter().any(case);
            first || value_asks_given(plan, otherwise, seen)
        }
        Some(DefinitionBody::Listed(_)) | None => false,
    }
}
