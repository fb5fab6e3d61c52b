//! The judgement of one instance: whether it is in force and reached, what its readings say, and what people make of it.

use crate::model::clause::{Act, Count, CycleOf, Edge, Limit, WhichEnd};
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, NormTest, Trigger};
use crate::value::Day;
use crate::verdict::{Decider, Instance, LastDay, Mark, Nuance, Said, Status};

use super::binding::{
    after_the_end, applies_at_the_beginning, applies_on_no_day, binds_on_some_day, is_excluded, is_odd, life_of,
    may_be_otherwise, no_window, still_planned,
};
use super::due::{note_uses, note_what_is_due};
use super::force::{
    began_on, is_in_force, is_never_in_force, never_lasted, perhaps_due_once, repealed_on, tell_not_in_force,
    tell_own_day,
};
use super::leaned::settled_before;
use super::life::{
    Own, begins_with_the_breach, bind_rows, goes_by_wording, is_let_go, is_of_acts, is_of_limits, may_never_happen,
    own_of,
};
use super::people::{is_found_broken, say_recorded, settled_by_people, waiver_of};
use super::periods::{
    came_after, open_renewal, period_as_read, period_as_renewed, term_of_cycle, term_of_period, turn_to_term,
};
use super::precedence::{of_exceptions, steps_back, waived};
use super::reach::{as_reached, reaches};
use super::ruling::{Ruling, Shares};
use super::short_period::{as_cut, cut_short};
use super::weighing::{decider_of, left_to_the_role, readings_that_differ, readings_together, who_admits};
use crate::evaluate::amendments::wording::{
    after_gaps, as_taken, exceptions_taken_over_on, had_run_out, taken_over_on, under_each_begun,
};
use crate::evaluate::expr::ask::{Ask, Renewed};
use crate::evaluate::expr::frame::{EdgeDay, Frame};
use crate::evaluate::expr::readings::taken_as;
use crate::evaluate::expr::terms::terms_so_far;
use crate::evaluate::judge::{Judge, Uses};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{Case, has_window};
use crate::evaluate::norms::standing;
use crate::evaluate::norms::tested::tested;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, Written, reason};

/// So many other clauses are taken as each of their readings.
const READ_AS: usize = 4;

/// Judges an instance as amendments are taken to have gone; by each reading of another clause, where that may make a difference.
pub fn judge_here<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let Some(instance) = as_counted(judge, instance) else { return Ruling::of(Status::NotApplicable) };
    let instance = &instance;
    let before = judge.ask.unread.take();
    let (mark, written) = (judge.ask.trace.mark(), judge.ask.trace.place());
    let ruling = judge_as_renewed(judge, instance);
    let Some(clause) = std::mem::replace(&mut judge.ask.unread, before) else { return ruling };
    let plan = judge.ask.world.plan;
    let Some(norm) = plan.norm(instance.norm).filter(|_| judge.ask.read_as.len() < READ_AS) else { return ruling };
    // The wording that is meant may be an earlier one: each has its own readings, so those of the one with the most are gone through.
    let Some(now) = judge.ask.law.wording_on(clause, judge.ask.world.as_of) else { return ruling };
    let all = plan.norms_of(clause).map(|(_, one)| one);
    let other = all.fold(now, |most, one| if one.bodies.len() > most.bodies.len() { one } else { most });
    judge.ask.trace.forget(mark);
    judge.ask.trace.back_to(written);
    let mut rulings = Vec::with_capacity(other.bodies.len());
    let mut shares = Vec::new();
    let mut places = vec![judge.ask.trace.place()];
    for (at, body) in other.bodies.iter().enumerate() {
        judge.ask.trace.open();
        let period = instance.period.map(|period| period_as_read(&mut judge.ask, norm, period, (clause, at)));
        judge.ask.read_as.push((clause, at));
        judge.forget();
        let ruling = match period {
            // As it is read, the term has no such period.
            Some(None) => Ruling::of(Status::NotApplicable),
            Some(Some(period)) => judge_here(judge, &Instance { period: Some(period), ..*instance }),
            None => judge_here(judge, instance),
        };
        judge.ask.read_as.pop();
        let (outcome, days) = (&ruling.outcome, ruling.outcome.days);
        let called = outcome.nuance.called(outcome.status, norm.strength);
        let of = plan.clause(clause).map_or("", |clause| &clause.name);
        let name = body.reading.as_deref().map_or(of.to_owned(), |reading| format!("{reading} of {of}"));
        judge.ask.trace.close(|| reason(Said::Reading { name, called, days }, Mark::Plain, body.span));
        rulings.push(ruling);
        shares.extend(judge.take_shares(norm));
        places.push(judge.ask.trace.place());
    }
    judge.forget();
    let ruling = shared_alike(judge, other, (rulings, shares, &places));
    // What hangs on the reading may have been judged as a whole.
    match ruling.outcome.status {
        Status::NeedsJudgement => settled_by_people(&mut judge.ask, norm, instance, ruling),
        _ => ruling,
    }
}

/// An instance whose period is counted from a day of each term, as values are taken and amendments to have gone: nothing where there is no
/// such period then.
fn as_counted<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Option<Instance> {
    let tried = judge.ask.world.tried.iter().any(Option::is_some) || judge.ask.law.ways() > 1;
    let norm = judge.ask.world.plan.norm(instance.norm);
    match norm.zip(instance.period) {
        Some((norm, period)) if tried && matches!(norm.cycle, Some(CycleOf::Counted { .. })) => {
            let period = period_as_renewed(&mut judge.ask, norm, period)?;
            Some(Instance { period: Some(period), ..*instance })
        }
        _ => Some(*instance),
    }
}

/// Judges an instance that a renewal has to do with of which it is open whether it came: as if it had, and as if not. What comes out
/// the same is the verdict.
fn judge_as_renewed<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let Some(norm) = judge.ask.world.plan.norm(instance.norm) else { return Ruling::of(Status::NotApplicable) };
    let open = if judge.ask.renewed.len() < READ_AS { open_renewal(&mut judge.ask, norm, instance) } else { None };
    let Some((term, after, truth)) = open else { return judge_taken_over(judge, instance) };
    let (mark, written) = (judge.ask.trace.mark(), judge.ask.trace.place());
    let go = |judge: &mut Judge<'w, T>, taken: bool| {
        judge.ask.renewed.push(Renewed { term, after, taken });
        judge.forget();
        let period = instance.period.map(|period| period_as_renewed(&mut judge.ask, norm, period));
        let ruling = match period {
            Some(None) => Ruling::of(Status::NotApplicable),
            Some(Some(period)) => judge_as_renewed(judge, &Instance { period: Some(period), ..*instance }),
            None => judge_as_renewed(judge, instance),
        };
        judge.ask.renewed.pop();
        judge.forget();
        ruling
    };
    let mut ruling = go(judge, true);
    judge.ask.trace.hush();
    let without = go(judge, false);
    judge.ask.trace.speak();
    if ruling.same_as(&without) {
        ruling.widen(&without);
        return ruling;
    }
    judge.ask.trace.forget(mark);
    judge.ask.trace.back_to(written);
    let before = judge.ask.term.take();
    judge.ask.term_edge(term, WhichEnd::Last);
    judge.ask.term = before;
    if truth != Truth::Person {
        return Ruling::of(Status::Unknown);
    }
    let ruling = Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed };
    settled_by_people(&mut judge.ask, norm, instance, ruling)
}

/// What had been broken for good when another wording took it over stays broken, whatever that one asks. Where it may have been, that is
/// open, unless it is broken under the new one as well.
fn judge_taken_over<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let plan = judge.ask.world.plan;
    let Some(norm) = plan.norm(instance.norm) else { return judge_by_parts(judge, instance) };
    if let Some(ruling) = judge_as_it_leaned(judge, norm, instance) {
        return ruling;
    }
    let own = taken_over_on(&mut judge.ask, norm, instance);
    let before_it = exceptions_taken_over_on(&judge.ask, norm, instance).filter(|day| own.is_none_or(|own| own < *day));
    let limits = norm.bodies.iter().all(breaks_for_good);
    if let Some(day) = before_it.filter(|_| !limits)
        && let Some(ruling) = judge_by_what_went_before(judge, norm, instance, day)
    {
        return ruling;
    }
    let before_it = before_it.filter(|_| limits);
    let let_go = norm.bodies.iter().all(is_of_limits) && is_let_go(&judge.ask, norm, instance);
    let let_go = let_go.then(|| judge.ask.law.chosen(norm).until).filter(|day| *day <= judge.ask.world.as_of);
    let Some(day) = before_it.or(own).or(let_go) else { return judge_by_parts(judge, instance) };
    if waiver_of(&mut judge.ask, norm, instance).is_some_and(|(_, waiver)| waiver.until.is_none()) {
        return judge_by_parts(judge, instance);
    }
    let (mark, written) = (judge.ask.trace.mark(), judge.ask.trace.place());
    let older = as_of_day(judge, day.preceding(), |judge| {
        if before_it.is_some() || own.is_none() {
            return Some(judge_taken_over(judge, instance));
        }
        let here = as_taken(&mut judge.ask, norm, instance).filter(|here| here.norm != instance.norm)?;
        let older = plan.norm(here.norm).filter(|older| older.clause == norm.clause)?;
        let stays = older.bodies.iter().all(breaks_for_good) || is_found_broken(&mut judge.ask, older, &here, day);
        stays.then(|| judge_taken_over(judge, &here))
    });
    match older {
        Some(older) if older.outcome.status == Status::Violated => {
            return settled_by_people(&mut judge.ask, norm, instance, older);
        }
        Some(older) if matches!(older.outcome.status, Status::Unknown | Status::NeedsJudgement) => {
            judge.ask.trace.hush();
            let status = judge_by_parts(judge, instance).outcome.status;
            judge.ask.trace.speak();
            if !matches!(status, Status::Violated | Status::Unknown) {
                return settled_by_people(&mut judge.ask, norm, instance, older);
            }
        }
        Some(_) | None => {}
    }
    judge.ask.trace.forget(mark);
    judge.ask.trace.back_to(written);
    judge_by_parts(judge, instance)
}

/// What is counted from the due day of another clause that an amendment has moved since: a window that was over by then stays where it was.
fn judge_as_it_leaned<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    let by = settled_before(&mut judge.ask, norm, instance)?;
    judge.ask.leans_by = Some(by);
    judge.forget();
    let ruling = judge_taken_over(judge, instance);
    judge.ask.leans_by = None;
    judge.forget();
    Some(ruling)
}

/// What had to be done by a day that had passed when an amendment took over its exceptions: they let it be left undone by then, or they did
/// not, and that stays so.
fn judge_by_what_went_before<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    day: Day,
) -> Option<Ruling> {
    if instance.span.is_some() || !had_run_out(&mut judge.ask, norm, instance, day) {
        return None;
    }
    let mark = judge.ask.trace.mark();
    let older = as_of_day(judge, day.preceding(), |judge| judge_taken_over(judge, instance));
    if older.outcome.status == Status::NotApplicable {
        return Some(older);
    }
    judge.ask.trace.forget(mark);
    let before = judge.ask.unexcepted.replace(*instance);
    let ruling = judge_by_parts(judge, instance);
    judge.ask.unexcepted = before;
    Some(ruling)
}

/// A period in which the clause lapses and comes back is judged by the wording of each part, and comes to the graver of the two.
fn judge_by_parts<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
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

/// Whether what a body finds broken before its last day is broken for good: something was done more often than it may, or a state that is
/// to hold throughout did not.
fn breaks_for_good(body: &Body) -> bool {
    match &body.test {
        NormTest::Happens { count: Count::Times { limit: Limit::Exactly, .. }, .. } => true,
        NormTest::Holds(_) => !matches!(body.window.last, Edge::Open | Edge::Never),
        _ => is_of_limits(body),
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
        let broken = as_of_day(judge, repealed.preceding(), |judge| judge_bound(judge, norm, instance));
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
    let done = as_of_day(judge, repealed.preceding(), |judge| judge_bound(judge, norm, instance));
    if matches!(done.outcome.status, Status::Satisfied | Status::Late | Status::Unknown | Status::NeedsJudgement) {
        return Some(done);
    }
    judge.ask.trace.forget(mark);
    // Nothing was waited for after that day: what is then not known to have been left undone may have been done.
    let day = repealed.preceding();
    judge.closed_on = Some((norm.clause, day.preceding()));
    let perhaps = as_of_day(judge, day, |judge| judge_bound(judge, norm, instance));
    judge.closed_on = None;
    if perhaps.outcome.status == Status::Unknown {
        return Some(perhaps);
    }
    judge.ask.trace.forget(mark);
    None
}

/// Judges as of an earlier day.
fn as_of_day<'w, T: Trace, R>(judge: &mut Judge<'w, T>, day: Day, judged: impl FnOnce(&mut Judge<'w, T>) -> R) -> R {
    let as_of = std::mem::replace(&mut judge.ask.world.as_of, day);
    let known = judge.set_aside();
    let found = judged(judge);
    judge.ask.world.as_of = as_of;
    judge.take_back(known);
    found
}

/// What the norm itself says, settled by what people decided.
fn ruled<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance, began: (Own, Day)) -> Ruling {
    let extension = waiver_of(&mut judge.ask, norm, instance).and_then(|(at, waiver)| Some((at, waiver.until?)));
    if let Some((at, _)) = extension {
        let place = judge.ask.world.facts.waivers.get(at).map(|waiver| waiver.decision.place);
        say_recorded(&mut judge.ask, Said::Waiver(at), place);
    }
    let extended = extension.map(|(_, until)| until);
    let mut rulings = Vec::with_capacity(norm.bodies.len());
    let mut shares = Vec::new();
    let mut places = vec![judge.ask.trace.place()];
    for body in taken_as(&judge.ask, norm) {
        rulings.push(by_reading(judge, norm, body, instance, (began, extended)));
        shares.extend(judge.take_shares(norm));
        places.push(judge.ask.trace.place());
    }
    let ruling = shared_alike(judge, norm, (rulings, shares, &places));
    settled_by_people(&mut judge.ask, norm, instance, ruling)
}

/// What readings of a clause come to together: one verdict, and the same shares, or a person says which of them holds.
fn shared_alike<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    read: &Norm,
    (rulings, shares, places): (Vec<Ruling>, Vec<Shares>, &[Written]),
) -> Ruling {
    let several = rulings.len() > 1;
    let differ = shares.iter().any(|other| Some(other) != shares.first());
    let mut ruling = readings_together(read, rulings);
    if let Some(told) = places.get(usize::from(!differ)).filter(|_| several).copied() {
        judge.ask.trace.unshare(told);
    }
    // By each reading it is shared, and others bear it.
    if differ && ruling.outcome.status == Status::Satisfied {
        ruling = readings_that_differ(read);
    }
    judge.shared = if differ { None } else { shares.into_iter().next() };
    ruling
}

/// One reading.
fn by_reading<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    body: &'w Body,
    instance: &Instance,
    (began, extended): ((Own, Day), Option<Day>),
) -> Ruling {
    let named = body.reading.is_some();
    if named {
        judge.ask.trace.open();
    }
    let before = (judge.ask.on, judge.ask.by, judge.ask.since);
    let ruling = by_body(judge, norm, body, instance, (began, extended));
    (judge.ask.on, judge.ask.by, judge.ask.since) = before;
    if let Some(name) = &body.reading {
        let (outcome, strength) = (&ruling.outcome, norm.strength);
        let called = outcome.nuance.called(outcome.status, strength);
        let days = outcome.days;
        judge.ask.trace.close(|| reason(Said::Reading { name: name.clone(), called, days }, Mark::Plain, body.span));
    }
    ruling
}

fn by_body<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    body: &'w Body,
    instance: &Instance,
    ((own, began), extended): ((Own, Day), Option<Day>),
) -> Ruling {
    if let NormTest::AtJoining { membership, .. } = body.test
        && let Err(outcome) = standing::joining(&mut judge.ask, membership)
    {
        // Whom the demand does not concern need not wait for the day of joining.
        let concerned = outcome.status != Status::Pending || !judge.ask.applies(&body.conditions).is_no();
        let outcome = if concerned { outcome } else { Outcome::of(Status::NotApplicable) };
        return Ruling { outcome, decider: Decider::Nobody };
    }
    let mut frame = if has_window(&body.test) {
        judge.ask.frame(body, extended)
    } else {
        Frame { first: EdgeDay::None, last: EdgeDay::None, after: false }
    };
    // Of what has no cycle, the acts of some days may be asked about; its window is the same.
    let of_some_days = norm.cycle.is_none() && instance.period.is_some() && is_of_acts(body);
    if of_some_days && body.window.first.is_some() && matches!(body.window.last, Edge::Open | Edge::Never) {
        frame.last = EdgeDay::None;
    }
    if let Some((_, day)) = judge.closed_on.filter(|(clause, _)| *clause == norm.clause) {
        frame.last = EdgeDay::On(DayBounds::exactly(day));
    }
    let (life, binds) = life_of(&mut judge.ask, norm, instance, (own, began, frame));
    if binds.is_no() {
        return Ruling::of(Status::NotApplicable);
    }
    let case = Case { norm, body, instance: *instance, frame: as_cut(norm, instance, frame, &life), life };
    if T::ON && has_window(&body.test) && (frame.first != EdgeDay::None || frame.last_day() != LastDay::None) {
        tell_what_is_lived(judge, &case, frame);
    }
    (judge.ask.on, judge.ask.by) = (life.began, life.began.min(judge.ask.world.as_of));
    let before = (judge.ask.binds_since, judge.ask.binds_until);
    // A term that cuts the period, or a gap between two wordings, leaves nothing before it to count.
    let since = if instance.period.is_some() { life.begins } else { life.bearer_since };
    (judge.ask.binds_since, judge.ask.binds_until) = (since, life.ends);
    let ruling = by_case(judge, &case, (frame, binds));
    (judge.ask.binds_since, judge.ask.binds_until) = before;
    ruling
}

/// Of the window that was told, leaves the days on which something counts: not those before whoever bears it came, or before the breach that it
/// answers to, nor those after whoever bears it left.
fn tell_what_is_lived<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, frame: Frame) {
    let (norm, life) = (case.norm, case.life);
    let by_field = matches!(case.body.test, NormTest::Happens { counted_for: Some(_), .. });
    let answers = judge.ask.broken_on.is_some() && begins_with_the_breach(norm);
    let begins = frame.first_day().is_some_and(|first| first < life.since) || (answers && !by_field);
    let cut = match case.frame.last_day() {
        LastDay::On(day) => Some(day),
        LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => None,
    };
    let limits = is_of_limits(case.body) || matches!(case.body.test, NormTest::HoldsDaily(_));
    let until = if limits { Some(cut.map_or(life.ends, |day| day.min(life.ends))) } else { cut };
    // A window that ends before whoever bears it came is told as it is.
    let empty = until.is_some_and(|until| until < life.since);
    if !empty {
        judge.ask.trace.live((begins && !by_field).then_some(life.since), until);
    }
}

/// Judges a case that binds somebody, as far as that is known.
fn by_case<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, (frame, binds): (Frame, Truth)) -> Ruling {
    let (norm, body) = (case.norm, case.body);
    // Conditions of a term govern its renewal, of a ban or a right each act.
    let asked_once =
        !matches!(body.test, NormTest::Term(_) | NormTest::Never(_) | NormTest::Member(_) | NormTest::May { .. });
    judge.ask.planned = false;
    let applies = if asked_once { applies_at_the_beginning(&mut judge.ask, case) } else { Truth::Yes };
    if applies.is_no() {
        return Ruling::of(Status::NotApplicable);
    }
    let by_plans = judge.ask.planned;
    // A ban or a right that binds on no day does not apply, however odd its window is.
    let ever = if is_of_acts(body) && is_odd(&judge.ask, &frame) {
        binds_on_some_day(&mut judge.ask, case)
    } else {
        Truth::Yes
    };
    let no_day = frame.is_empty().is_some() || [frame.first, frame.last].contains(&EdgeDay::NoSuchDay);
    if ever.is_no() && no_day {
        return Ruling::of(Status::NotApplicable);
    }
    if has_window(&body.test)
        && let Some(ruling) = no_window(&mut judge.ask, &frame, (body, &case.instance))
    {
        return as_reached(ruling, applies.and(ever).and(binds), false);
    }
    let planned = still_planned(&mut judge.ask, case);
    let waits = planned.is_some();
    if (ever.is_no() && !waits) || (waits && is_of_acts(body) && is_excluded(&mut judge.ask, body)) {
        return Ruling::of(Status::NotApplicable);
    }
    let mut ruling = match planned {
        Some(ruling) => ruling,
        None => Ruling { outcome: tested(judge, case), decider: Decider::Nobody },
    };
    if may_be_otherwise(&judge.ask, case, &ruling) {
        ruling = Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody };
    }
    // Where nothing says how a part of a period counts, what was not kept in it is for a person: the whole window tells.
    let whole = if norm.last_period.is_some() { *case } else { Case { frame, ..*case } };
    ruling = cut_short(&mut judge.ask, &whole, ruling);
    ruling = after_the_end(&mut judge.ask, &whole, ruling);
    if may_be_otherwise(&judge.ask, case, &ruling) {
        ruling = Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody };
    }
    ruling = as_reached(ruling, if waits { binds } else { applies.and(binds) }, by_plans && binds.is_yes());
    ruling = left_to_the_role(case, ruling);
    if ruling.outcome.status == Status::NeedsJudgement && !matches!(ruling.decider, Decider::Role(_)) {
        let who_is_bound = if binds == Truth::Person { who_admits(judge.ask.world.plan, norm) } else { None };
        ruling.decider = who_is_bound.unwrap_or_else(|| decider_of(body));
    }
    ruling
}

/// What comes first of what several wordings make of acts: a breach stays; a right that was used is used.
fn weight(ruling: &Ruling, right: bool) -> u8 {
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
