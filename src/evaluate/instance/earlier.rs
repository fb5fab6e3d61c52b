//! What another wording, another term or another exception found when it took effect: what had passed by then, and what was broken or done,
//! stays as it was.

use super::bound::{judge_by_parts, weight};
use super::leaned::settled_before;
use super::life::{breaks_for_good, is_let_go, is_of_acts, is_of_limits};
use super::moved_term::{MovedTerm, Window, moves_of, window_of};
use super::people::{is_found_broken, settled_by_people, waiver_of};
use super::ruling::Ruling;
use crate::evaluate::amendments::wording::{
    as_taken, exceptions_taken_over_on, had_run_out, running_before, taken_over_on,
};
use crate::evaluate::judge::Judge;
use crate::evaluate::norms::counted::limit_of;
use crate::evaluate::trace::{Trace, reason};
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Day, Number};
use crate::verdict::{Instance, Mark, Said, Status};

/// What had been broken for good when another wording took it over stays broken, whatever that one asks. Where it may have been, that is
/// open, unless it is broken under the new one as well.
pub fn judge_taken_over<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let plan = judge.ask.world.plan;
    let Some(norm) = plan.norm(instance.norm) else { return judge_by_parts(judge, instance) };
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
        let stays = older.bodies.iter().all(breaks_for_good) || is_found_broken(&mut judge.ask, older, &here, day);
        stays.then(|| judge_taken_over(judge, &here))
    });
    let was = older.as_ref().map(|older| older.outcome.status);
    let right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
    if let Some(older) = older
        && matches!(was, Some(Status::Violated | Status::Unknown | Status::NeedsJudgement | Status::Satisfied))
    {
        judge.ask.trace.hush();
        let now = judge_acts_since(judge, norm, instance, anew);
        judge.ask.trace.speak();
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
    let ruling = judge_since(judge, instance, since);
    judge.ask.trace.speak();
    let none = ruling.outcome.progress.as_ref().is_some_and(|(have, _)| *have == Number::ZERO);
    let open = matches!(ruling.outcome.status, Status::Unknown | Status::NeedsJudgement);
    match none && !open {
        true if T::ON => judge_since(judge, instance, since),
        true => ruling,
        false => judge_by_parts(judge, instance),
    }
}

/// Whether acts are counted against a number.
fn is_counted(body: &Body) -> bool {
    matches!(body.test, NormTest::Happens { .. }) || limit_of(body).is_some()
}

/// Judges by what has come since a day only.
fn judge_since<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance, since: (ClauseId, Day)) -> Ruling {
    let before = judge.ask.counts_since.replace(since);
    judge.forget();
    let ruling = judge_by_parts(judge, instance);
    judge.ask.counts_since = before;
    judge.forget();
    ruling
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
            judge.forget();
            let ruling = judge_taken_over(judge, before);
            judge.ask.stood = None;
            judge.forget();
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
        judge.forget();
        let ruling = judge_taken_over(judge, instance);
        judge.ask.counts_since = None;
        judge.forget();
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
    judge.ask.trace.forget(mark);
    let before = judge.ask.unexcepted.replace(*instance);
    let ruling = judge_by_parts(judge, instance);
    judge.ask.unexcepted = before;
    Some(ruling)
}
