//! When an instance began, and whether its wording was in force then.

use crate::model::clause::{Bearer, Edge};
use crate::model::expr::{Collection, CondKind, Expr};
use crate::plan::{Norm, NormTest, Trigger};
use crate::value::Day;
use crate::verdict::{Instance, Mark, Said};

use super::life::{Own, day_of_beginning, goes_by_wording, governing_days, in_force_by, lasting_days};
use crate::evaluate::amendments::wording::{How, Speaks, is_after_a_gap, wording_for};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::expr::mentioned::{is_plain, is_plain_field};
use crate::evaluate::expr::terms::days_of_all_terms;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::world::World;
use crate::evaluate::norms::case::{bearer_of, day_cell, has_window, is_daily};
use crate::evaluate::trace::{Trace, reason};

/// The day on which an instance began, as of which its conditions are asked: its subject's own day; else its period's first (or that of
/// force, or that on which its bearer came in the period, if later); else the as-of day, at the latest the last day of force.
pub fn began_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, own: Own) -> Day {
    let as_of = ask.world.as_of;
    if let Some((first, _)) = instance.span.filter(|_| is_daily(norm)) {
        return first;
    }
    let force = governing_days(ask, norm, instance);
    let first = instance.period.map(|period| period.first().max(force.from));
    match (own, first) {
        (Own::On(day), Some(first)) if !subject_is_event(ask, norm, instance) => day.max(first),
        (Own::On(day) | Own::ToCome(day), _) => day,
        (_, Some(first)) => first.max(bearer_came_on(ask, norm, instance).map_or(Day::MIN, |came| came.first)),
        (_, None) => {
            let force = if force.is_empty() { as_of } else { force.last() };
            as_of.min(force).min(due_once(ask, norm).unwrap_or(Day::MAX))
        }
    }
}

/// The day on which the bearer of an instance came, or the days on which it may have, where all of them lie in its period, and not before
/// its force; a bearer that may have come before is there from the first.
pub fn bearer_came_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<DayBounds> {
    let (period, (of, _, row)) = (instance.period?, bearer_of(norm, instance)?);
    let EdgeDay::On(from) = lasting_days(ask, of, row)?.from else { return None };
    let first = period.first().max(governing_days(ask, norm, instance).from);
    let came = DayBounds::within(from.first.max(first), from.last.min(period.last()));
    (first < from.last && came.first <= came.last).then_some(came)
}

/// The day on which it is open whether the last day of something due once had passed already, before that changed.
pub fn perhaps_due_once<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, own: Own) -> Option<Day> {
    if matches!(own, Own::On(_) | Own::ToCome(_)) { None } else { due_once(ask, norm).err() }
}

/// The last day of what is due once; the end of time where nothing that is asked hangs on the day, and the day on which that is open
/// where it is.
fn due_once<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Result<Day, Day> {
    if is_the_same_on_all_days(&ask.world, norm) {
        return Ok(Day::MAX);
    }
    let Some(body) = norm.bodies.first().filter(|body| has_window(&body.test)) else { return Ok(Day::MAX) };
    let (since, as_of) = (ask.law.first_day(norm.clause), ask.world.as_of);
    // Where the last day itself changes, the first that passed before another took its place is the one.
    let days = ask.changes(since.min(as_of), as_of, |walk, ask| {
        let edges = body.window.first.iter().chain([&body.window.last]);
        edges.filter_map(day_of_edge).for_each(|day| walk.value(ask, day));
    });
    let mut open = None;
    for (at, from) in days.iter().enumerate() {
        let next = days.get(at.saturating_add(1)).map_or(Day::MAX, |next| next.preceding());
        let on = if next == Day::MAX { as_of } else { *from };
        match ask.asked(on, on, |ask| ask.quietly(|ask| ask.frame(body, None)).last) {
            EdgeDay::On(day) => match day.exact() {
                Some(last) if last <= next => return open.map_or(Ok(last.max(*from)), Err),
                Some(_) => {}
                None if day.first <= next && next < Day::MAX => open = open.or(Some(*from)),
                None => {}
            },
            EdgeDay::Unknown if next < Day::MAX => open = open.or(Some(*from)),
            _ => {}
        }
    }
    open.map_or(Ok(Day::MAX), Err)
}

/// The day that an end of a window is told by.
fn day_of_edge(edge: &Edge) -> Option<&Expr> {
    match edge {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) | Edge::Lapse { anchor: day, .. } => Some(day),
        Edge::Length { from, .. } => Some(from),
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
    }
}

/// Whether a clause asks for a day in a plain field by a window of plain values, of whoever it speaks of: on whatever day that is
/// asked, the answer is the same.
fn is_the_same_on_all_days(world: &World, norm: &Norm) -> bool {
    let [body] = norm.bodies.as_slice() else { return false };
    let always = |of: &Collection| matches!(of.filter.kind, CondKind::Always) && of.members_of.is_none();
    let plain = |expr: &Expr| is_plain(world.plan, expr);
    let edge = |edge: &Edge| match day_of_edge(edge) {
        Some(day) => plain(day),
        None => !matches!(edge, Edge::YearOfTerm { .. } | Edge::OfTerm { .. }),
    };
    let dated = matches!(&body.test, NormTest::Dated(field) if is_plain_field(world.plan, field));
    dated
        && body.conditions.is_empty()
        && body.form.is_empty()
        && norm.yields_to.is_empty()
        && matches!(norm.trigger, Trigger::Always)
        && !matches!(norm.bearer, Some(Bearer::Each(_)))
        && world.plan.norms_of(norm.clause).nth(1).is_none()
        && !world.plan.is_amended(norm.clause)
        && norm.subjects.iter().all(always)
        && body.window.first.as_ref().is_none_or(edge)
        && edge(&body.window.last)
}

/// Whether the subject is something that happens on a day.
pub fn subject_is_event<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    // Joining is an event.
    if norm.bodies.iter().any(|body| matches!(body.test, NormTest::AtJoining { .. })) {
        return true;
    }
    let of = instance.subject.and_then(|(line, _)| norm.subjects.get(usize::from(line)));
    of.is_some_and(|of| of.members_of.is_none() && ask.world.shape(of.record).is_event())
}

/// Whether a lasting subject ended before it began.
pub fn never_lasted<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> bool {
    let Some((line, row)) = instance.subject else { return false };
    let days = match norm.bodies.first().map(|body| &body.test) {
        Some(NormTest::AtJoining { membership, .. }) => {
            ask.quietly(|ask| ask.member_days(*membership, row)).map(|days| (days.from, days.last()))
        }
        _ => norm
            .subjects
            .get(usize::from(line))
            .and_then(|of| lasting_days(ask, of, row))
            .map(|one| (one.from, one.last)),
    };
    matches!(days, Some((EdgeDay::On(from), EdgeDay::On(last))) if last.last < from.first)
}

/// Whether this wording speaks of the instance.
pub fn is_in_force<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (own, began): (Own, Day),
) -> bool {
    let chosen = ask.law.chosen(norm);
    if let Some((first, _)) = instance.span.filter(|_| is_daily(norm)) {
        // What comes after the last day is bound by nothing that was watched before.
        let came_after = matches!(own, Own::On(day) | Own::ToCome(day) if has_ended_by(ask, norm, day));
        return chosen.contains(first) && !came_after;
    }
    if is_outside_its_term(ask, norm, instance) {
        return false;
    }
    if goes_by_wording(ask, norm, instance) {
        let begun = !chosen.is_empty() && chosen.from <= in_force_by(ask, norm, instance);
        return match own {
            // What came after the last wording had ended is bound by none.
            Own::On(day) | Own::ToCome(day) => begun && !has_ended_by(ask, norm, day),
            Own::Without | Own::None | Own::Unknown => begun,
        };
    }
    let several = ask.world.plan.norms_of(norm.clause).nth(1).is_some();
    let by_an_event = several && matches!(own, Own::On(_)) && subject_is_event(ask, norm, instance);
    let on_its_day = match (instance.period, own) {
        (Some(period), _) if !by_an_event => {
            // What is asked only later in a period that runs is so by the wording of that day.
            let to_come = began > ask.world.as_of && ask.law.first_day(norm.clause) <= ask.world.as_of;
            (chosen.from <= ask.world.as_of || to_come) && !chosen.intersect(period.stretch).is_empty()
        }
        (_, Own::On(_) | Own::ToCome(_)) => chosen.contains(began),
        (_, _) => !chosen.is_empty() && chosen.from <= ask.world.as_of,
    };
    if !ask.world.plan.is_amended(norm.clause) || (is_after_a_gap(ask, norm, instance) && !by_an_event) {
        return on_its_day;
    }
    let began = if own == Own::Without { day_of_beginning(ask, norm, instance, own) } else { began };
    match wording_for(ask, norm.clause, instance.norm, instance, (own, began)) {
        Some(Speaks { norm, how: How::FromItsBeginning }) => norm == instance.norm && on_its_day,
        Some(Speaks { norm, how: How::TakenOver }) => norm == instance.norm,
        Some(Speaks { how: How::FallenAway(_), .. }) | None => false,
    }
}

/// The day of the repeal with which an instance fell away that had begun and had not run out.
pub fn repealed_on<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (own, began): (Own, Day),
) -> Option<Day> {
    if !ask.world.plan.is_amended(norm.clause) {
        return None;
    }
    match wording_for(ask, norm.clause, instance.norm, instance, (own, began))?.how {
        How::FallenAway(by) => norm.cuts.iter().find(|cut| cut.by == by).map(|cut| cut.on),
        How::FromItsBeginning | How::TakenOver => None,
    }
}

/// Whether a period lies wholly outside of the term that cuts it.
pub fn is_outside_its_term<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let (Some(term), Some(period)) = (norm.during, instance.period) else { return false };
    days_of_all_terms(ask, term, period.stretch).is_some_and(|days| days.intersect(period.stretch).is_empty())
}

/// Whether a day lies in the term that cuts the period of an instance, where one does.
pub fn is_in_its_term<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm, instance: &Instance, day: Day) -> bool {
    let (Some(term), Some(period)) = (norm.during, instance.period) else { return true };
    days_of_all_terms(ask, term, period.stretch).is_none_or(|days| days.contains(day))
}

/// Whether no wording of a clause is in force on a day or later.
fn has_ended_by<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, day: Day) -> bool {
    ask.world.plan.norms_of(norm.clause).all(|(_, other)| ask.law.chosen(other).until <= day)
}

/// Whether the subject's own day lies, whichever it is, where it leaves nothing in force: on none of the days of force; of acts, which
/// are judged by their own days, after them.
pub fn is_never_in_force<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let (Some((line, row)), None) = (instance.subject, instance.period) else { return false };
    let Some(of) = norm.subjects.get(usize::from(line)).filter(|of| of.members_of.is_none()) else { return false };
    let day = ask.world.day_of(of.record, row).and_then(|day| day.day_bounds());
    let first = if goes_by_wording(ask, norm, instance) { Day::MIN } else { ask.law.first_day(norm.clause) };
    day.is_some_and(|day| !day.may_lie_in(first, ask.law.force().last()))
}

pub fn tell_not_in_force<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, day: Day) {
    if let Some(term) = norm.during.filter(|_| T::ON && is_outside_its_term(ask, norm, instance)) {
        ask.trace.say(|| reason(Said::OutsideTerm(term), Mark::No, norm.span));
        return;
    }
    // A period before the first day of force was over by then.
    let never = instance.period.is_some_and(|period| period.stretch.until <= ask.law.first_day(norm.clause));
    let by = if never { day } else { day.max(ask.world.as_of) };
    let ended = norm.cuts.iter().find(|cut| ask.law.is_adopted(cut.by) && cut.on <= by);
    let said = ended.map(|cut| Said::Ended { clause: norm.clause, by: cut.by });
    let place = ended.and_then(|cut| ask.world.plan.amendment(cut.by)).map(|amendment| amendment.name_span);
    ask.trace.say(|| reason(said.unwrap_or(Said::NotInForce { day }), Mark::No, place.unwrap_or(norm.span)));
}

pub fn tell_own_day<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) {
    let Some((line, row)) = instance.subject else { return };
    let Some(of) = norm.subjects.get(usize::from(line)) else { return };
    if let Some(clause) = of.members_of {
        ask.member(clause, row, ask.world.as_of);
    } else if let Some(cell) = day_cell(&ask.world, of, row) {
        ask.cell(cell, of.span);
    }
}
