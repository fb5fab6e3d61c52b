//! What tells of the use of a right: the field in which it is exercised, who has it, and the days of its effect put together.

use crate::facts::Row;
use crate::model::DefinitionBody;
use crate::model::clause::{Act, Bearer, Edge, TermEdge, When};
use crate::model::expr::{ClauseId, Collection, Cond, CondKind, Expr, ExprKind, FieldOf};
use crate::model::schema::{End, RecordId, Shape};
use crate::plan::{Body, Norm, NormTest, Plan, Trigger};
use crate::value::{CyclePeriod, Day};
use crate::verdict::Holder;

use super::ask::Ask;
use super::form::may_come;
use super::frame::EdgeDay;
use super::judged::named_row;
use super::kept::CaseOf;
use super::mentioned::{is_plain_condition, own_fields};
use crate::evaluate::knowledge::decided::{About, Kind};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::trace::Trace;

/// The field in which a right is exercised, and when it takes effect.
pub fn exercise_of(readings: &[Body]) -> Option<(&Body, &FieldOf, &Edge)> {
    readings.iter().find_map(|body| match &body.test {
        NormTest::May { exercised: Some(field), effect: Some(effect), .. } => Some((body, field, effect)),
        _ => None,
    })
}

/// The field that tells of the use of what a body lets be done.
pub fn told_by(body: &Body) -> Option<&FieldOf> {
    match &body.test {
        NormTest::May { exercised: Some(field), .. }
        | NormTest::May { act: Act::Dated(field), exercised: None, .. } => Some(field),
        _ => None,
    }
}

/// Whether what lasts, or is a member, ends with the use of a right: until the very day in its field, or until it takes effect. What a right
/// is for can be used on its first day out only then; for its bearer that is always so.
pub fn ends_with_its_use(plan: &Plan, of: &Collection, (right, field): (ClauseId, &FieldOf)) -> bool {
    if of.record != field.record {
        return false;
    }
    let Some(membership) = of.members_of else {
        let shape = plan.schema.record(of.record).map(|record| record.shape);
        return matches!(shape, Some(Shape::Lasts { to, end: End::Until, .. }) if to == field.field);
    };
    plan.norms_of(membership).flat_map(|(_, norm)| &norm.bodies).any(|body| match &body.test {
        NormTest::Member(lasting) => lasting.until.as_ref().is_some_and(|until| match until {
            Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) | Edge::Lapse { anchor: day, .. } => {
                own_fields(plan, day).contains(&field.field) || hangs_on_effect(day, right)
            }
            _ => false,
        }),
        _ => false,
    })
}

/// Whether a day is that on which a right takes effect, or the earliest or latest of some of which one is.
fn hangs_on_effect(day: &Expr, right: ClauseId) -> bool {
    match &day.kind {
        ExprKind::EffectOf(clause) => *clause == right,
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().any(|day| hangs_on_effect(day, right)),
        _ => false,
    }
}

/// The bearer of a right, where each of some has it.
pub fn bearer_among<'w>(norm: &'w Norm, rows: &[Row]) -> Option<(&'w Collection, Row)> {
    let Some(Bearer::Each(of)) = &norm.bearer else { return None };
    Some((of, rows.get(usize::from(of.var.0)).copied()?))
}

/// Whether two fields are one.
pub fn is_same(one: &FieldOf, other: &FieldOf) -> bool {
    (one.record, one.field) == (other.record, other.field)
}

/// Whether all that goes before a right does so on all days, or on none: it asks for plain values only, and has no days of its own.
pub fn steps_back_on_all_days(plan: &Plan, norm: &Norm) -> bool {
    let plain = |condition: &Cond| matches!(condition.kind, CondKind::Always) || is_plain_condition(plan, condition);
    let own = [norm.subjects.first(), if let Some(Bearer::Each(of)) = &norm.bearer { Some(of) } else { None }];
    let is_own = |clause| own.into_iter().flatten().any(|of| of.members_of == Some(clause));
    let always = |of: &Collection| of.members_of.is_none_or(is_own) && plain(&of.filter);
    let whenever = |body: &Body| {
        let timed = body.window.first.is_some() || !matches!(body.window.last, Edge::Open | Edge::Never);
        let mut conditions = body.conditions.iter().map(|when| match when {
            When::If(condition) | When::Unless(condition) => condition,
        });
        !timed && body.judged_by.is_none() && body.attested_by.is_none() && conditions.all(plain)
    };
    let one = |other: &Norm| {
        let whom =
            other.subjects.iter().chain(if let Some(Bearer::Each(of)) = &other.bearer { Some(of) } else { None });
        let ends = other.force.until < Day::MAX || other.trigger != Trigger::Always || other.cycle.is_some();
        !ends && other.yields_to.is_empty() && whom.into_iter().all(always) && other.bodies.iter().all(whenever)
    };
    !norm.yields_to.is_empty()
        && norm.yields_to.iter().all(|clause| plan.norms_of(*clause).all(|(_, other)| one(other)))
}

/// Whether a day that tells of something has come.
pub fn has_come(told: &Val, as_of: Day) -> Truth {
    match told {
        Val::Absent => Truth::No,
        Val::Day(day) => day.before(DayBounds::exactly(as_of.following())),
        Val::OneOf(days) => same_for_all(days.iter().map(|day| has_come(day, as_of))),
        _ => Truth::Open,
    }
}

/// The earlier of two days on which a right takes effect, where either does.
pub fn earlier<'w>(one: Val<'w>, other: Val<'w>) -> Val<'w> {
    match (one, other) {
        (Val::Absent, other) => other,
        (one, Val::Absent) => one,
        (Val::Day(one), Val::Day(other)) => {
            Val::Day(DayBounds::within(one.first.min(other.first), one.last.min(other.last)))
        }
        (Val::NoSuchDay, _) | (_, Val::NoSuchDay) => Val::NoSuchDay,
        (_, _) => Val::Unknown,
    }
}

/// One of two edges, of which it is not known which.
pub fn either(one: EdgeDay, other: EdgeDay) -> EdgeDay {
    match (one, other) {
        (EdgeDay::On(one), EdgeDay::On(other)) => {
            EdgeDay::On(DayBounds::within(one.first.min(other.first), one.last.max(other.last)))
        }
        (one, other) if one == other => one,
        (_, _) => EdgeDay::Unknown,
    }
}

/// Whether a day that is there stays where it is, or moves to an earlier one at most, whatever else may come.
pub fn stays(plan: &Plan, day: &Expr) -> bool {
    match &day.kind {
        ExprKind::Day(_) | ExprKind::Field(_) | ExprKind::EffectOf(_) => true,
        // One that more time was given for is told by the facts.
        ExprKind::DueDayOf(_) | ExprKind::TheDay(_) => true,
        ExprKind::TermStart(term) | ExprKind::TermEnd(term) => term_stays(plan, *term),
        ExprKind::YearDay { year, .. } => year.as_ref().is_none_or(|year| stays(plan, year)),
        ExprKind::OnDay { of: day, .. } | ExprKind::OfDay(_, day) => stays(plan, day),
        ExprKind::Shift { day, by } => stays(plan, day) && by.number().is_none_or(|number| stays(plan, number)),
        ExprKind::EarliestOf(days) => days.iter().all(|day| stays(plan, day)),
        ExprKind::LatestOf(days) => days.iter().all(|day| stays(plan, day) && !may_come(plan, day)),
        ExprKind::Defined { definition, .. } => match plan.definition(*definition).map(|one| &one.body) {
            Some(DefinitionBody::Amount { cases, otherwise }) => cases.is_empty() && stays(plan, otherwise),
            _ => false,
        },
        _ => false,
    }
}

/// Whether the days of a term stay where they are: it is not renewed, and what it is counted from stays.
pub fn term_stays(plan: &Plan, term: ClauseId) -> bool {
    let edge = |edge: &TermEdge| match edge {
        TermEdge::Day(day) | TermEdge::Lapse { anchor: day, .. } => stays(plan, day),
        TermEdge::Length(_) => true,
        TermEdge::NotStated(_) | TermEdge::Open => false,
    };
    let of_body = |body: &Body| match &body.test {
        NormTest::Term(term) => {
            term.renewal.is_none() && term.same_days_as.is_none() && edge(&term.starts) && edge(&term.ends)
        }
        _ => false,
    };
    plan.norms_of(term).all(|(_, norm)| norm.bodies.iter().all(of_body))
}

/// The case of a right whose use is asked about.
pub fn case_of_use<T: Trace>(ask: &Ask<'_, T>, norm: &Norm, rows: &[Row], period: Option<CyclePeriod>) -> CaseOf {
    let row = |of: &Collection| rows.get(usize::from(of.var.0)).copied();
    let bearer = match &norm.bearer {
        Some(Bearer::Each(each)) => row(each).map_or(Holder::TheOne, |row| Holder::Row(each.record, row)),
        Some(Bearer::EachOf(actors)) => match ask.actor.filter(|actor| actors.contains(actor)) {
            Some(actor) => Holder::Actor(actor),
            None => Holder::TheOne,
        },
        _ => Holder::TheOne,
    };
    (norm.clause, norm.subjects.first().and_then(row), bearer, period)
}

/// Whether people granted more time for some term to one of the rows that are bound, or to all.
pub fn may_be_extended<T: Trace>(ask: &Ask<'_, T>, norm: &Norm, rows: &[Row]) -> bool {
    let (plan, facts) = (ask.world.plan, ask.world.facts);
    let of = norm.subjects.iter().chain(if let Some(Bearer::Each(of)) = &norm.bearer { Some(of) } else { None });
    let ids: Vec<&str> =
        of.filter_map(|of| Some(facts.id(of.record, rows.get(usize::from(of.var.0)).copied()?))).collect();
    let clause = plan.clause(norm.clause).map_or("", |clause| clause.name.as_str());
    let whose = |name: &Option<String>| name.as_deref().is_none_or(|name| ids.contains(&name));
    let more = facts.waivers.iter().filter(|one| one.decision.clause == clause && one.until.is_some());
    more.map(|one| &one.decision).any(|one| whose(&one.subject) || whose(&one.bearer))
}

/// Whether people let a clause go for good, for a row and a period.
pub fn is_waived<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm, row: (RecordId, Row), period: Option<&str>) -> bool {
    let (facts, by) = (ask.world.facts, ask.world.as_of);
    let clause = ask.world.plan.clause(norm.clause).map_or("", |clause| clause.name.as_str());
    if !ask.decided.any(facts, Kind::Waiver, clause) {
        return false;
    }
    let case = About { period, ..named_row(ask, norm, row) };
    ask.decided.waiver(facts, clause, case, by).is_some_and(|(_, waiver)| waiver.until.is_none())
}
