//! The judgement of one instance: as renewals and amendments are taken to have gone, by the wording that speaks of it, whether it is in
//! force, reached, and what it steps back behind.

use crate::model::clause::{CycleOf, WhichEnd};
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, NormTest, Plan, Trigger};
use crate::value::{Day, Number};
use crate::verdict::{Decider, Instance, LastDay, Mark, Nuance, Said, Status};

use super::binding::applies_on_no_day;
use super::bodies::{ruled, shared_alike};
use super::due::{note_uses, note_what_is_due};
use super::force::{
    began_on, is_in_force, is_never_in_force, never_lasted, perhaps_due_once, repealed_on, tell_not_in_force,
    tell_own_day,
};
use super::last_day_law::law_of_its_last_day;
use super::leaned::settled_before;
use super::life::{Own, bind_rows, breaks_for_good, is_let_go, is_of_acts, is_of_limits, may_never_happen, own_of};
use super::moved_term::{MovedTerm, Window, moves_of, window_of};
use super::people::{is_found_broken, settled_by_people, waiver_of};
use super::periods::{
    came_after, open_renewal, period_as_read, period_as_renewed, term_of_cycle, term_of_period, turn_to_term,
};
use super::precedence::{of_exceptions, steps_back, waived};
use super::reach::{as_reached, reaches};
use super::ruling::{Ruling, gravity, weight};
use super::weighing::who_admits;
use crate::evaluate::amendments::exceptions::exceptions_taken_over_on;
use crate::evaluate::amendments::run_out::had_run_out;
use crate::evaluate::amendments::under::wordings_of_acts;
use crate::evaluate::amendments::wording::{after_gaps, as_taken, running_before, taken_over_on};
use crate::evaluate::expr::ask::{Ask, Renewed, leave_open, what_is_open};
use crate::evaluate::expr::exercised::told_by;
use crate::evaluate::expr::terms::terms_so_far;
use crate::evaluate::judge::{Judge, Uses};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::is_daily;
use crate::evaluate::norms::counted::limit_of;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, Written, reason};

/// So many other clauses are taken as each of their readings.
const READ_AS: usize = 4;

/// Judges an instance as amendments are taken to have gone; by each reading of another clause, where that may make a difference.
pub fn judge_here<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let norm = judge.ask.world.plan.norm(instance.norm);
    if let Some(norm) = norm.filter(|norm| is_judged_by_reading(judge.ask.world.plan, norm)) {
        return judge_by_readings(judge, norm, instance);
    }
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
        let ruling = judge.apart(|judge| match period {
            // As it is read, the term has no such period.
            Some(None) => Ruling::of(Status::NotApplicable),
            Some(Some(period)) => judge_here(judge, &Instance { period: Some(period), ..*instance }),
            None => judge_here(judge, instance),
        });
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
    let ruling = shared_alike(judge, other, (rulings, shares, &places));
    // What hangs on the reading may have been judged as a whole.
    match ruling.outcome.status {
        Status::NeedsJudgement => settled_by_people(&mut judge.ask, norm, instance, ruling),
        _ => ruling,
    }
}

/// Whether each reading of a clause is judged as if its text said nothing else. What is watched on every day has its answers on days of its
/// own by each of them, and is judged by all at once.
pub fn is_judged_by_reading(plan: &Plan, norm: &Norm) -> bool {
    !is_daily(norm) && plan.count_readings(norm.clause) > 1
}

/// Judges an instance by each reading of its clause: where they come to the same, that is the verdict.
fn judge_by_readings<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance) -> Ruling {
    let plan = judge.ask.world.plan;
    if let Some(nth) = judge.ask.read_as.iter().find(|(clause, _)| *clause == norm.clause).map(|(_, nth)| *nth) {
        judge.ask.world.plan = plan.as_read(norm.clause, nth);
        let ruling = judge.apart(|judge| judge_here(judge, instance));
        judge.ask.world.plan = plan;
        return ruling;
    }
    let mut rulings = Vec::new();
    let mut shares = Vec::new();
    let mut places = vec![judge.ask.trace.place()];
    let before = judge.ask.by_reading.replace(norm.clause);
    // What each of them looks at once is looked at once.
    let open = judge.ask.open.clone();
    let mut open_by_any = open.clone();
    for nth in 0..plan.count_readings(norm.clause) {
        judge.ask.world.plan = plan.as_read(norm.clause, nth);
        judge.ask.open.clone_from(&open);
        rulings.push(judge.apart(|judge| judge_here(judge, instance)));
        for (cell, times) in std::mem::take(&mut judge.ask.open) {
            match open_by_any.iter_mut().find(|(other, _)| *other == cell) {
                Some((_, most)) => *most = times.max(*most),
                None => open_by_any.push((cell, times)),
            }
        }
        shares.extend(judge.take_shares(norm));
        places.push(judge.ask.trace.place());
    }
    judge.ask.open = open_by_any;
    judge.ask.world.plan = plan;
    judge.ask.by_reading = before;
    let ruling = shared_alike(judge, norm, (rulings, shares, &places));
    judge.ask.vars.clear();
    bind_rows(&mut judge.ask, norm, instance);
    settled_by_people(&mut judge.ask, norm, instance, ruling)
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
        let ruling =
            judge.apart(|judge| match instance.period.map(|period| period_as_renewed(&mut judge.ask, norm, period)) {
                Some(None) => Ruling::of(Status::NotApplicable),
                Some(Some(period)) => judge_as_renewed(judge, &Instance { period: Some(period), ..*instance }),
                None => judge_as_renewed(judge, instance),
            });
        judge.ask.renewed.pop();
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
    // Which last days have passed may hang on what is due.
    note_uses(judge);
    note_what_is_due(judge, norm, instance);
    if let Some((law, here)) = law_of_its_last_day(&mut judge.ask, norm, instance) {
        return judge.under(law, |judge| judge_taken_over(judge, &here));
    }
    if let Some(ruling) = judge_as_it_leaned(judge, norm, instance) {
        return ruling;
    }
    if let Some(ruling) = judge_by_a_moved_term(judge, norm, instance) {
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
    let running = running_before(&mut judge.ask, norm, instance);
    let anew = own.filter(|_| norm.bodies.iter().all(is_of_limits)).or(running.map(|(day, _)| day));
    let Some(day) = before_it.or(own).or(let_go).or(anew) else { return judge_by_parts(judge, instance) };
    if waiver_of(&mut judge.ask, norm, instance).is_some_and(|(_, waiver)| waiver.until.is_none()) {
        return judge_by_parts(judge, instance);
    }
    let (mark, written) = (judge.ask.trace.mark(), judge.ask.trace.place());
    let older = judge.as_of(day.preceding(), |judge| {
        if let Some((_, older)) = running.filter(|(on, _)| *on == day) {
            return Some(judge_taken_over(judge, &older));
        }
        if before_it.is_some() || own.is_none() {
            return Some(judge_taken_over(judge, instance));
        }
        let here = as_taken(&mut judge.ask, norm, instance).filter(|here| here.norm != instance.norm)?;
        let older = plan.norm(here.norm).filter(|older| older.clause == norm.clause)?;
        let stays = older.bodies.iter().all(breaks_for_good)
            || older.is_in_instalments()
            || is_found_broken(&mut judge.ask, older, &here, day);
        stays.then(|| judge_taken_over(judge, &here))
    });
    let was = older.as_ref().map(|older| older.outcome.status);
    let right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
    // A day in a field on which there was no right to use is told by the wording of that day.
    if was == Some(Status::NotApplicable)
        && let Some(ruling) = older.as_ref().filter(|older| right && older.outcome.for_good)
        && told_to_be_used_on(&mut judge.ask, norm, instance).is_some_and(|used| used.last < day)
    {
        return ruling.clone();
    }
    if let Some(older) = older
        && matches!(was, Some(Status::Violated | Status::Unknown | Status::NeedsJudgement | Status::Satisfied))
    {
        judge.ask.trace.hush();
        let now = judge_acts_since(judge, norm, instance, anew);
        judge.ask.trace.speak();
        // An instalment that was missed before the wording changed was paid since: whether that makes good for it, no wording says.
        let paid = norm.is_in_instalments() && matches!(now.outcome.status, Status::Satisfied | Status::Late);
        if paid && older.outcome.status == Status::Violated {
            let ruling = Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed };
            return settled_by_people(&mut judge.ask, norm, instance, ruling);
        }
        let stays = match older.outcome.status {
            Status::Violated => true,
            // A right that was used is used, whatever it is under the next wording.
            Status::Satisfied => right && anew.is_some() && weight(&older, right) > weight(&now, right),
            _ => !matches!(now.outcome.status, Status::Violated | Status::Unknown),
        };
        if stays {
            return settled_by_people(&mut judge.ask, norm, instance, older);
        }
    }
    judge.ask.trace.forget(mark);
    judge.ask.trace.back_to(written);
    // What went before it let be done, or not be so, what came before that day.
    let was_excused = before_it.is_some() && was == Some(Status::NotApplicable);
    if was_excused && !norm.bodies.iter().all(is_of_acts) {
        return judge_since(judge, instance, (norm.clause, day));
    }
    judge_acts_since(judge, norm, instance, anew)
}

/// The day on which a field tells that a right was used.
fn told_to_be_used_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<DayBounds> {
    let field = norm.bodies.iter().find_map(told_by)?;
    bind_rows(ask, norm, instance);
    ask.quietly(|ask| ask.field(field)).day_bounds()
}

/// Judges acts by a wording that took the place of another amid a period: what was done before is judged by that one; it counts towards a
/// number all the same, but breaks nothing by itself.
fn judge_acts_since<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    anew: Option<Day>,
) -> Ruling {
    let Some(day) = anew else { return judge_by_parts(judge, instance) };
    let since = (norm.clause, day);
    if !norm.bodies.iter().any(is_counted) {
        return judge_since(judge, instance, since);
    }
    judge.ask.trace.hush();
    let before = (std::mem::take(&mut judge.ask.unsure), std::mem::take(&mut judge.ask.lacking));
    let ruling = judge_since(judge, instance, since);
    let (unsure, lacking) = (judge.ask.unsure, judge.ask.lacking);
    (judge.ask.unsure, judge.ask.lacking) = (before.0 || unsure, before.1 || lacking);
    judge.ask.trace.speak();
    let counted = ruling.outcome.progress.as_ref();
    let none = counted.map_or(ruling.outcome.status == Status::NotApplicable, |(have, _)| *have == Number::ZERO);
    let open = matches!(ruling.outcome.status, Status::Unknown | Status::NeedsJudgement);
    if !none || open {
        return judge_by_parts(judge, instance);
    }
    // One that may have been done since counts with those before it.
    if unsure || lacking {
        judge.ask.trace.hush();
        let all = judge_by_parts(judge, instance);
        judge.ask.trace.speak();
        if matches!(all.outcome.status, Status::Unknown | Status::NeedsJudgement) {
            return if T::ON { judge_by_parts(judge, instance) } else { all };
        }
    }
    if T::ON { judge_since(judge, instance, since) } else { ruling }
}

/// Whether acts are counted against a number.
fn is_counted(body: &Body) -> bool {
    matches!(body.test, NormTest::Happens { .. }) || limit_of(body).is_some()
}

/// Judges by what has come since a day only.
fn judge_since<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance, since: (ClauseId, Day)) -> Ruling {
    let before = judge.ask.counts_since.replace(since);
    let ruling = judge.apart(|judge| judge_by_parts(judge, instance));
    judge.ask.counts_since = before;
    ruling
}

/// What is counted from the due day of another clause that an amendment has moved since: a window that was over by then stays where it was.
fn judge_as_it_leaned<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    let by = settled_before(&mut judge.ask, norm, instance)?;
    judge.ask.leans_by = Some(by);
    let ruling = judge.apart(|judge| judge_taken_over(judge, instance));
    judge.ask.leans_by = None;
    Some(ruling)
}

/// What is reckoned from a term that another wording moved while it ran: what had to be done by a day that had passed by then stays as it
/// was, nobody is asked for what would have had to be done by then, and each act is judged by the term as it stood on its day.
fn judge_by_a_moved_term<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Ruling> {
    if judge.ask.counts_since.is_some_and(|(clause, _)| clause == norm.clause) {
        return None;
    }
    let moves = moves_of(&mut judge.ask, norm, instance);
    let last = moves.first()?;
    if norm.bodies.iter().all(breaks_for_good) {
        return Some(judge_by_each_stand(judge, norm, instance, last));
    }
    for of in moves.iter().rev() {
        if window_of(&mut judge.ask, norm, instance, of) == Window::Stays
            && let Some(before) = &of.before
        {
            tell_moved(judge, norm, of);
            judge.ask.stood = Some((of.term, of.moved));
            let ruling = judge.apart(|judge| judge_taken_over(judge, before));
            judge.ask.stood = None;
            return Some(ruling);
        }
    }
    if window_of(&mut judge.ask, norm, instance, last) == Window::Nobodys {
        tell_moved(judge, norm, last);
        return Some(Ruling::of(Status::NotApplicable));
    }
    None
}

/// What is broken by acts, or on a day, by a term as it stood until another wording moved it, and as it has been since: the graver of the
/// two.
fn judge_by_each_stand<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    of: &MovedTerm,
) -> Ruling {
    let day = of.moved.on;
    let right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
    // What may be done so often only may be done so often in the whole of a term.
    let counted = norm.bodies.iter().any(is_counted);
    let older = |judge: &mut Judge<'w, T>| {
        let before = of.before.as_ref()?;
        Some(judge.as_of(day.preceding(), |judge| judge_taken_over(judge, before)))
    };
    let newer = |judge: &mut Judge<'w, T>| {
        judge.ask.counts_since = Some((norm.clause, if counted { Day::MIN } else { day }));
        let ruling = judge.apart(|judge| judge_taken_over(judge, instance));
        judge.ask.counts_since = None;
        ruling
    };
    judge.ask.trace.hush();
    let (then, now) = (older(judge), newer(judge));
    judge.ask.trace.speak();
    let tells = |one: &Ruling| match one.outcome.status {
        Status::Violated | Status::Unknown | Status::NeedsJudgement => true,
        Status::Satisfied => right,
        Status::Late | Status::Pending | Status::NotApplicable => false,
    };
    let then = then.filter(|then| tells(then) && weight(then, right) > weight(&now, right));
    if let Some(then) = then {
        tell_moved(judge, norm, of);
        let told = if T::ON { older(judge) } else { None };
        return settled_by_people(&mut judge.ask, norm, instance, told.unwrap_or(then));
    }
    if T::ON { newer(judge) } else { now }
}

/// Tells on which days a term ran before another wording moved it.
fn tell_moved<T: Trace>(judge: &mut Judge<'_, T>, norm: &Norm, of: &MovedTerm) {
    let (term, days, until) = (of.term, of.moved.before, of.moved.on);
    let place = judge.ask.law.wording_on(term, until.preceding()).map_or(norm.span, |wording| wording.span);
    judge.ask.trace.say(|| reason(Said::TermRan { term, days, until }, Mark::Plain, place));
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
    let older = judge.as_of(day.preceding(), |judge| judge_taken_over(judge, instance));
    if older.outcome.status == Status::NotApplicable {
        return Some(older);
    }
    // Where it is open whether they let it be left undone, so is the rule.
    if matches!(older.outcome.status, Status::Unknown | Status::NeedsJudgement) {
        judge.ask.trace.hush();
        let before = judge.ask.unexcepted.replace(*instance);
        let without = judge.as_of(day.preceding(), |judge| judge_taken_over(judge, instance));
        judge.ask.unexcepted = before;
        judge.ask.trace.speak();
        if without.outcome.status != older.outcome.status {
            return Some(older);
        }
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
        // A day in a field on which there was no right to use is told by the wording of that day.
        if right && ruling.outcome.status == Status::NotApplicable && ruling.outcome.for_good {
            let force = judge.ask.law.chosen(norm);
            let used = told_to_be_used_on(&mut judge.ask, norm, here);
            if used.is_some_and(|day| force.from <= day.first && day.last < force.until) {
                judge.uses = None;
                return ruling;
            }
        }
        let heavier = |one: &Ruling, other: &Ruling| weight(one, right) >= weight(other, right);
        told = Some(match told {
            Some(before) if heavier(&before, &ruling) => through_the_last(before, &ruling),
            Some(before) => through_the_last(ruling, &before),
            None => ruling,
        });
        if let Some(uses) = &mut judge.uses {
            uses.carry_on();
        }
    }
    told.unwrap_or(Ruling::of(Status::NotApplicable))
}

/// What acts came to under one wording, through the last day on which they are judged under that or another.
fn through_the_last(ruling: Ruling, other: &Ruling) -> Ruling {
    let binds = |one: &Ruling| one.outcome.status != Status::NotApplicable || one.outcome.nuance == Nuance::NotUsed;
    let last = match (ruling.outcome.last, other.outcome.last) {
        (LastDay::On(one), LastDay::On(last)) if binds(&ruling) && binds(other) => LastDay::On(one.max(last)),
        (own, _) => own,
    };
    Ruling { outcome: Outcome { last, ..ruling.outcome }, ..ruling }
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
    let written = judge.ask.trace.place();
    let ruling = match steps_back(judge, norm, instance) {
        Some(ruling) if matches!(ruling.outcome.status, Status::Unknown | Status::NeedsJudgement) => {
            unless_it_does_not_apply(
                judge,
                norm,
                instance,
                (ruling, written),
                &|ruling| as_reached(ruling, reach, planned),
                (own, began),
            )
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

/// What comes of an instance of which it is open whether it stands back: what does not apply by itself leaves nothing for others to
/// disagree on, and what lacks facts of its own is unknown whatever a person decides of the others. The steps that are told are those of
/// what is decisive.
fn unless_it_does_not_apply<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (ruling, written): (Ruling, Written),
    as_reached: &dyn Fn(Ruling) -> Ruling,
    days: (Own, Day),
) -> Ruling {
    let uses = judge.uses;
    judge.ask.trace.hush();
    let own = as_reached(ruled(judge, norm, instance, days));
    judge.ask.trace.speak();
    let applies_not = own.outcome.status == Status::NotApplicable && own.outcome.nuance != Nuance::NotUsed;
    let left_open = own.outcome.status == Status::Unknown && ruling.outcome.status == Status::NeedsJudgement;
    if !applies_not && !left_open {
        return ruling;
    }
    if T::ON {
        if applies_not {
            judge.ask.trace.back_to(written);
        }
        // Once more for the reasons alone: nothing is looked at twice.
        judge.uses = uses;
        let open = what_is_open(&judge.ask);
        ruled(judge, norm, instance, days);
        leave_open(&mut judge.ask, open);
    }
    own
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
    let paid_by_now = norm.is_in_instalments() && matches!(ruling.outcome.status, Status::Satisfied | Status::Late);
    if norm.bodies.iter().all(breaks_for_good) || (norm.is_in_instalments() && !paid_by_now) {
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
