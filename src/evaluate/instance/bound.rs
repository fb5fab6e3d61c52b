//! One instance under the wording that speaks of it: whether it is in force, reached, and what it steps back behind.

use super::binding::applies_on_no_day;
use super::bodies::ruled;
use super::due::{note_uses, note_what_is_due};
use super::force::{
    began_on, is_in_force, is_never_in_force, never_lasted, perhaps_due_once, repealed_on, tell_not_in_force,
    tell_own_day,
};
use super::life::{
    Own, bind_rows, breaks_for_good, goes_by_wording, is_of_acts, is_of_limits, may_never_happen, own_of,
};
use super::people::{is_found_broken, settled_by_people};
use super::periods::{came_after, term_of_cycle, term_of_period, turn_to_term};
use super::precedence::{of_exceptions, steps_back, waived};
use super::reach::{as_reached, reaches};
use super::ruling::Ruling;
use super::weighing::who_admits;
use crate::evaluate::amendments::wording::{after_gaps, under_each_begun};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::terms::terms_so_far;
use crate::evaluate::judge::{Judge, Uses};
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};
use crate::model::clause::{Act, CycleOf, Edge, WhichEnd};
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, NormTest, Trigger};
use crate::value::Day;
use crate::verdict::{Decider, Instance, Mark, Nuance, Said, Status};

/// A period in which the clause lapses and comes back is judged by the wording of each part, and comes to the graver of the two.
pub fn judge_by_parts<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let plan = judge.ask.world.plan;
    let Some(norm) = plan.norm(instance.norm) else { return judge_as_read(judge, instance) };
    let others = after_gaps(&mut judge.ask, norm, instance);
    if others.is_empty() {
        return judge_as_read(judge, instance);
    }
    if let Some(part) = std::iter::once(instance).chain(&others).find(|one| Some(one.norm) == judge.ask.only_part) {
        return judge_as_read(judge, part);
    }
    let right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
    judge.ask.trace.hush();
    let mut gravest = (*instance, judge_as_read(judge, instance));
    for other in others {
        let ruling = judge_as_read(judge, &other);
        if gravity(&ruling, right) > gravity(&gravest.1, right) {
            gravest = (other, ruling);
        }
    }
    judge.ask.trace.speak();
    if T::ON { judge_as_read(judge, &gravest.0) } else { gravest.1 }
}

/// What comes first of what the parts of a period come to: what is still to be done, before what was done.
fn gravity(ruling: &Ruling, right: bool) -> u8 {
    match ruling.outcome.status {
        Status::Violated => 7,
        Status::Unknown => 6,
        Status::NeedsJudgement => 5,
        Status::Satisfied if right => 4,
        Status::Pending => 3,
        Status::Late => 2,
        Status::Satisfied => 1,
        Status::NotApplicable if ruling.outcome.nuance == Nuance::NotUsed => 1,
        Status::NotApplicable => 0,
    }
}

fn judge_as_read<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let plan = judge.ask.world.plan;
    let Some(norm) = plan.norm(instance.norm) else { return Ruling::of(Status::NotApplicable) };
    judge.ask.vars.clear();
    bind_rows(&mut judge.ask, norm, instance);
    let before = judge.ask.term;
    (judge.ask.period, judge.ask.since) = (instance.period, judge.ask.law.first_day(norm.clause));
    let as_of = judge.ask.world.as_of;
    (judge.ask.on, judge.ask.by) = (as_of, as_of);
    if let Some(term) = came_after(&mut judge.ask, norm, instance) {
        judge.ask.trace.say(|| reason(Said::OutsideTerm(term), Mark::No, norm.span));
        return Ruling::of(Status::NotApplicable);
    }
    turn_to_term(&mut judge.ask, norm, instance);
    let uses = judge.uses.take();
    // Acts under each wording of their days, anything else under the one that speaks of it.
    let ruling = match wordings_of_acts(&mut judge.ask, norm, instance) {
        Some(wordings) => judge_by_acts(judge, &wordings),
        None => judge_bound(judge, norm, instance),
    };
    judge.uses = uses;
    judge.ask.term = before;
    ruling
}

/// A ban or a right without a cycle under each of its wordings, where there are several: each act is judged by that of its day.
fn wordings_of_acts<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Vec<Instance>> {
    let plan = ask.world.plan;
    let several = plan.norms_of(norm.clause).nth(1).is_some();
    if !several || !norm.bodies.iter().all(is_of_acts) || !goes_by_wording(ask, norm, instance) {
        return None;
    }
    let mut each = under_each_begun(ask, norm.clause, instance);
    if let Own::On(day) | Own::ToCome(day) = own_of(ask, norm, instance) {
        // Without a window, nothing is asked of the days before the subject's own; a day in a field uses a right whenever it was.
        let by_field = |body: &Body| match &body.test {
            NormTest::May { act, exercised, .. } => exercised.is_some() || matches!(act, Act::Dated(_)),
            _ => false,
        };
        let no_window =
            |body: &Body| body.window.first.is_none() && matches!(body.window.last, Edge::Open) && !by_field(body);
        let is_over = |norm: &Norm| ask.law.chosen(norm).until <= day && norm.bodies.iter().all(no_window);
        each.retain(|one| plan.norm(one.norm).is_some_and(|norm| !is_over(norm)));
    }
    (each.len() > 1 || each.first().is_some_and(|only| only.norm != instance.norm)).then_some(each)
}

fn judge_by_acts<'w, T: Trace>(judge: &mut Judge<'w, T>, wordings: &[Instance]) -> Ruling {
    let plan = judge.ask.world.plan;
    let mut told: Option<Ruling> = None;
    judge.uses = Some(Uses::default());
    for here in wordings {
        let Some(norm) = plan.norm(here.norm) else { continue };
        judge.ask.vars.clear();
        bind_rows(&mut judge.ask, norm, here);
        let right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
        let ruling = judge_bound(judge, norm, here);
        let heavier = |one: &Ruling, other: &Ruling| weight(one, right) >= weight(other, right);
        told = Some(match told {
            Some(before) if heavier(&before, &ruling) => before,
            Some(_) | None => ruling,
        });
        if let Some(uses) = &mut judge.uses {
            uses.carry_on();
        }
    }
    told.unwrap_or(Ruling::of(Status::NotApplicable))
}

/// What comes first of what several wordings make of acts: a breach stays; a right that was used is used.
pub fn weight(ruling: &Ruling, right: bool) -> u8 {
    match ruling.outcome.status {
        Status::Violated => 7,
        Status::Unknown => 6,
        Status::NeedsJudgement => 5,
        Status::Late => 4,
        Status::Satisfied if right => 3,
        Status::Pending => 2,
        Status::Satisfied => 2,
        Status::NotApplicable if ruling.outcome.nuance == Nuance::NotUsed => 1,
        Status::NotApplicable => 0,
    }
}

/// What hangs on the days of a term, where they are not known.
fn without_days_of<T: Trace>(judge: &mut Judge<'_, T>, term: ClauseId) -> Ruling {
    let edge = judge.ask.term_edge(term, WhichEnd::First);
    let status = if edge == Val::NoSuchDay { Status::NeedsJudgement } else { Status::Unknown };
    Ruling { outcome: Outcome::of(status), decider: Decider::Unnamed }
}

fn judge_bound<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance) -> Ruling {
    let ruling = judge_as_it_began(judge, norm, instance);
    let outcome = &ruling.outcome;
    let tells = matches!(outcome.status, Status::Satisfied | Status::Late | Status::Violated | Status::Pending)
        || outcome.nuance == Nuance::NotUsed;
    let once = instance.period.is_none() && instance.span.is_none();
    let (Some(body), true) = (norm.bodies.first(), once && tells) else { return ruling };
    judge.ask.vars.clear();
    bind_rows(&mut judge.ask, norm, instance);
    let own = own_of(&mut judge.ask, norm, instance);
    let Some(day) = perhaps_due_once(&mut judge.ask, norm, own) else { return ruling };
    // By another last day, which may have passed, it may come to something else.
    judge.ask.asked(day, day, |ask| ask.frame(body, None));
    Ruling::of(Status::Unknown)
}

fn judge_as_it_began<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance) -> Ruling {
    note_uses(judge);
    let own = own_of(&mut judge.ask, norm, instance);
    if own == Own::None || never_lasted(&mut judge.ask, norm, instance) {
        judge.ask.trace.say(|| reason(Said::Words("it has not happened"), Mark::No, norm.span));
        return Ruling::of(Status::NotApplicable);
    }
    note_what_is_due(judge, norm, instance);
    if let (Some(CycleOf::Counted { from, .. }), None) = (&norm.cycle, instance.period) {
        // What its periods are counted from is not known.
        judge.ask.value(from);
        return Ruling::of(Status::Unknown);
    }
    if let (Some(term), None) = (term_of_cycle(norm), instance.period)
        && (norm.cycle.is_some()
            || judge.ask.world.tried.iter().any(Option::is_some)
            || judge.ask.quietly(|ask| terms_so_far(ask, term)).sure.is_empty())
    {
        return without_days_of(judge, term);
    }
    if let (Some(term), Some(_)) = (norm.during, instance.period)
        && judge.ask.quietly(|ask| terms_so_far(ask, term)).sure.is_empty()
    {
        return without_days_of(judge, term);
    }
    if let Some((term, truth)) = term_of_period(&mut judge.ask, norm, instance).filter(|(_, truth)| !truth.is_yes()) {
        let before = judge.ask.term.take();
        judge.ask.term_edge(term, WhichEnd::Last);
        judge.ask.term = before;
        let (status, decider) = match truth {
            Truth::Person => (Status::NeedsJudgement, Decider::Unnamed),
            Truth::No => (Status::NotApplicable, Decider::Nobody),
            _ => (Status::Unknown, Decider::Nobody),
        };
        return Ruling { outcome: Outcome::of(status), decider };
    }
    if let Some(problem) = instance.period.and_then(|period| period.refused) {
        judge.ask.trace.say(|| reason(Said::NoSuchDay(problem.to_string()), Mark::Person, norm.span));
        let role = norm.bodies.iter().find_map(|body| body.judged_by.clone());
        let ruling = Ruling {
            outcome: Outcome::of(Status::NeedsJudgement),
            decider: role.map_or(Decider::Unnamed, Decider::Role),
        };
        return settled_by_people(&mut judge.ask, norm, instance, ruling);
    }
    let began = began_on(&mut judge.ask, norm, instance, own);
    if matches!(own, Own::Unknown | Own::ToCome(_)) && is_never_in_force(&judge.ask, norm, instance) {
        tell_not_in_force(&mut judge.ask, norm, instance, began);
        return Ruling::of(Status::NotApplicable);
    }
    if own != Own::Unknown && !is_in_force(&mut judge.ask, norm, instance, (own, began)) {
        if let Some(ruling) = settled_before_its_repeal(judge, norm, instance, (own, began)) {
            return ruling;
        }
        tell_not_in_force(&mut judge.ask, norm, instance, began);
        return Ruling::of(Status::NotApplicable);
    }
    if T::ON
        && let Some(by) = norm.by
    {
        let place = judge.ask.world.plan.amendment(by).map(|amendment| amendment.name_span);
        judge.ask.trace.say(|| reason(Said::Amended(by), Mark::Plain, place));
    }
    let as_of = judge.ask.world.as_of;
    (judge.ask.on, judge.ask.by) = (began, began.min(as_of));
    judge.ask.planned = false;
    let reach = reaches(&mut judge.ask, norm, instance, began);
    if reach.is_no() {
        return Ruling::of(Status::NotApplicable);
    }
    let planned = judge.ask.planned;
    if own == Own::Unknown {
        if let Some(ruling) = waived(&mut judge.ask, norm, instance) {
            return ruling;
        }
        if applies_on_no_day(&mut judge.ask, norm) {
            return Ruling::of(Status::NotApplicable);
        }
        tell_own_day(&mut judge.ask, norm, instance);
        return Ruling::of(Status::Unknown);
    }
    let before = std::mem::take(&mut judge.ask.excepted);
    let ruling = match steps_back(judge, norm, instance) {
        // What does not apply by itself leaves nothing for others to disagree on.
        Some(ruling) if matches!(ruling.outcome.status, Status::Unknown | Status::NeedsJudgement) => {
            judge.ask.trace.hush();
            let own = as_reached(ruled(judge, norm, instance, (own, began)), reach, planned);
            judge.ask.trace.speak();
            let (status, nuance) = (own.outcome.status, own.outcome.nuance);
            let left_open = status == Status::Unknown && ruling.outcome.status == Status::NeedsJudgement;
            if (status == Status::NotApplicable && nuance != Nuance::NotUsed) || left_open { own } else { ruling }
        }
        Some(ruling) => ruling,
        None => {
            let ruling = as_reached(since_the_breach(judge, norm, instance, (own, began)), reach, planned);
            // Whether what goes before it covers an act may be for whom that names.
            match (&ruling.decider, judge.ask.excepted.is_empty()) {
                (Decider::Unnamed, false) => Ruling { decider: of_exceptions(&judge.ask, norm), ..ruling },
                (Decider::Unnamed, true) if reach == Truth::Person => {
                    Ruling { decider: who_admits(judge.ask.world.plan, norm).unwrap_or(Decider::Unnamed), ..ruling }
                }
                _ => ruling,
            }
        }
    };
    judge.ask.excepted = before;
    let firm = matches!(ruling.outcome.status, Status::Satisfied | Status::Late | Status::Violated);
    if firm && matches!(own, Own::ToCome(_)) && may_never_happen(&judge.ask, norm, instance) {
        tell_own_day(&mut judge.ask, norm, instance);
        return Ruling::of(Status::Unknown);
    }
    ruling
}

/// What an instance comes to from the day after the breach that it answers to. Where that may have come on several days, it is looked at
/// from the first and from the last of them.
fn since_the_breach<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (own, began): (Own, Day),
) -> Ruling {
    let ruling = ruled(judge, norm, instance, (own, began));
    let Some((first, last)) = judge.ask.broken_on.filter(|(first, last)| first < last) else { return ruling };
    if norm.trigger == Trigger::Always {
        return ruling;
    }
    judge.ask.trace.hush();
    judge.ask.broken_on = Some((last, last));
    let later = ruled(judge, norm, instance, (own, began));
    judge.ask.broken_on = Some((first, last));
    judge.ask.trace.speak();
    if ruling.same_as(&later) { ruling } else { Ruling::of(Status::Unknown) }
}

/// What fell away with a repeal, but was broken by then, or found by people to be, or had been done: it stays so.
fn settled_before_its_repeal<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (own, began): (Own, Day),
) -> Option<Ruling> {
    let repealed = repealed_on(&mut judge.ask, norm, instance, (own, began))?;
    let mark = judge.ask.trace.mark();
    let as_of = judge.ask.world.as_of;
    (judge.ask.on, judge.ask.by) = (began, began.min(as_of));
    let reach = reaches(&mut judge.ask, norm, instance, began);
    let ruling = as_reached(ruled(judge, norm, instance, (own, began)), reach, false);
    let found = is_found_broken(&mut judge.ask, norm, instance, repealed);
    if ruling.outcome.status == Status::Violated && !reach.is_no() && (ruling.outcome.for_good || found) {
        return Some(ruling);
    }
    judge.ask.trace.forget(mark);
    if norm.bodies.iter().all(breaks_for_good) {
        let broken = judge.as_of(repealed.preceding(), |judge| judge_bound(judge, norm, instance));
        if matches!(broken.outcome.status, Status::Violated | Status::Unknown | Status::NeedsJudgement) {
            return Some(broken);
        }
        judge.ask.trace.forget(mark);
    }
    let is_deed = |body: &Body| {
        matches!(
            body.test,
            NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_)
        ) && !is_of_limits(body)
    };
    if !norm.bodies.iter().all(is_deed) {
        return None;
    }
    let done = judge.as_of(repealed.preceding(), |judge| judge_bound(judge, norm, instance));
    if matches!(done.outcome.status, Status::Satisfied | Status::Late | Status::Unknown | Status::NeedsJudgement) {
        return Some(done);
    }
    judge.ask.trace.forget(mark);
    // Nothing was waited for after that day: what is then not known to have been left undone may have been done.
    let day = repealed.preceding();
    judge.closed_on = Some((norm.clause, day.preceding()));
    let perhaps = judge.as_of(day, |judge| judge_bound(judge, norm, instance));
    judge.closed_on = None;
    if perhaps.outcome.status == Status::Unknown {
        return Some(perhaps);
    }
    judge.ask.trace.forget(mark);
    None
}
