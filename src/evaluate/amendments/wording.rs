//! Which wording of a clause an instance is judged by: the one in force on the day it began. What an amendment takes over,
//! and what has no day of its own on which it began, goes on to the new wording, unless it had run out by then.

use super::run_out::{
    begins_too_late, had_begun, had_passed_for_others, has_left, has_no_such_case, has_passed, is_due_by_its_window,
    still_runs,
};
use super::under::{is_of_an_event, under_wording};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::instance::life::{
    Own, day_of_beginning, goes_by_wording, governing_days, is_cut_alike, is_due_once, is_of_limits, own_of, whom_under,
};
use crate::evaluate::instance::people::is_found_broken;
use crate::evaluate::instance::periods::period_holding;
use crate::evaluate::trace::Trace;
use crate::model::amendment::{AmendmentId, Began};
use crate::model::expr::ClauseId;
use crate::plan::{Norm, NormId, NormTest};
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::Instance;

/// The wording that speaks of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaks {
    pub norm: NormId,
    pub how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By the day on which the instance began.
    FromItsBeginning,
    /// Taken over from an older wording.
    TakenOver,
    /// It was in force, and does not speak any more: the clause was repealed, and what had not run out falls away.
    FallenAway(AmendmentId),
}

/// The wording of a clause that an instance is judged by. Where none was in force, the first wording of the clause
/// stands for it, so that it comes out as not applicable once. Nothing, if no wording is there at all.
pub fn wording_for<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    own: NormId,
    instance: &Instance,
    (began, day): (Own, Day),
) -> Option<Speaks> {
    let plan = ask.world.plan;
    let by_its_day = |norm| Some(Speaks { norm, how: How::FromItsBeginning });
    let amended = plan.is_amended(clause);
    if !amended && plan.norms_of(clause).nth(1).is_none() {
        return by_its_day(own);
    }
    if let Some(one) = one_of_its_wordings(ask, clause, own, instance).filter(|_| !amended) {
        return by_its_day(one);
    }
    if let Some(one) = one_that_is_due_once(ask, own, instance, began) {
        return by_its_day(one);
    }
    let mut norms: Vec<(NormId, &'w Norm)> = plan.norms_of(clause).collect();
    norms.retain(|(_, norm)| !amended || !ask.law.chosen(norm).is_empty());
    let (began, mut day) = if amended { as_it_first_began(ask, &norms, instance, (began, day)) } else { (began, day) };
    let has_its_day = instance.period.is_some() || instance.span.is_some() || matches!(began, Own::On(_));
    if amended && norms.iter().any(|(_, norm)| whom_under(plan, norm, instance).is_none()) {
        return of_those_that_speak(ask, &norms, instance, (has_its_day, day));
    }
    if amended && !has_its_day {
        // It began, as far as can be told, under the first wording that it could begin under.
        let own = plan.norm(own);
        let alike = norms.iter().filter(|(_, norm)| own.is_none_or(|own| is_cut_alike(norm, own)));
        let ends = alike.map(|(_, norm)| ask.law.chosen(norm).until);
        let first_end = ends.filter(|end| *end <= ask.world.as_of).min();
        day = first_end.map_or(day, Day::preceding);
    }
    // Only a wording that cuts time in the same way has such a period, or none at all.
    let own_norm = plan.norm(own);
    let (alike, others): (Vec<_>, Vec<_>) =
        norms.iter().copied().partition(|(_, norm)| own_norm.is_none_or(|own| is_cut_alike(norm, own)));
    let cut_otherwise = others.iter().any(|(_, norm)| ask.law.chosen(norm).contains(day));
    let in_force = alike.iter().find(|(_, norm)| ask.law.chosen(norm).contains(day));
    let picked = in_force.or_else(|| {
        // A period that begins before a wording and runs into it is judged by that wording, cut short.
        let (period, as_of) = (instance.period?, ask.world.as_of);
        // Nor is it judged by one that was over when its subject came, where another cuts time otherwise by then.
        let runs_into = |force: Stretch| {
            let still_speaks = !cut_otherwise || (force.from <= as_of && force.until > day);
            !force.intersect(period.stretch).is_empty() && still_speaks
        };
        alike.iter().find(|(_, norm)| runs_into(ask.law.chosen(norm)))
    });
    if picked.is_none() && cut_otherwise {
        return None;
    }
    // What began when no wording was in force was never under one that another could take over.
    let Some((picked, _)) = picked.copied() else {
        let first = *norms.first()?;
        let added = amended && has_its_day && reaches_back(ask, first, instance, day);
        return if added { Some(Speaks { norm: first.0, how: How::TakenOver }) } else { by_its_day(first.0) };
    };
    if !amended {
        return by_its_day(picked);
    }
    Some(carried_on(ask, &norms, picked, instance, has_its_day))
}

/// Whether a clause that an amendment adds, which takes over what began before, reaches an instance that began on a day before it: one whose
/// last day had not passed.
fn reaches_back<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (id, norm): (NormId, &'w Norm),
    instance: &Instance,
    day: Day,
) -> bool {
    let since = ask.law.chosen(norm).from;
    let takes_over =
        norm.by.and_then(|by| ask.world.plan.amendment(by)).is_some_and(|by| by.began == Began::IsTakenOver);
    takes_over
        && ask.law.force().contains(day)
        && day < since
        && since <= ask.world.as_of
        && norm.bodies.iter().all(is_due_by_its_window)
        && still_runs(ask, norm, id, instance, since)
}

/// The day of an instance, and that on which it began, under the first wording that speaks of such a one: where one speaks of those who
/// are there, and another of members, these are not the same.
fn as_it_first_began<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norms: &[(NormId, &'w Norm)],
    instance: &Instance,
    (began, day): (Own, Day),
) -> (Own, Day) {
    let plan = ask.world.plan;
    let first = norms.iter().find(|(_, norm)| whom_under(plan, norm, instance).is_some());
    let Some((id, norm)) = first.copied().filter(|(id, _)| *id != instance.norm) else { return (began, day) };
    let Some(under) = under_wording(ask, norm, id, instance) else { return (began, day) };
    match own_of(ask, norm, &under) {
        own if own == began => (began, day),
        own => (own, day_of_beginning(ask, norm, &under, own)),
    }
}

/// The wording that speaks of an instance where some wordings speak of other subjects, or other bearers: those whom a new wording drops are
/// let go by it, and those whom it adds are bound by it, as far as it reaches what began before.
fn of_those_that_speak<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norms: &[(NormId, &'w Norm)],
    instance: &Instance,
    (has_its_day, day): (bool, Day),
) -> Option<Speaks> {
    let (plan, as_of) = (ask.world.plan, ask.world.as_of);
    let own = plan.norm(instance.norm)?;
    let speaks_of_it = |norm: &Norm| whom_under(plan, norm, instance).is_some() && is_cut_alike(own, norm);
    let all: Vec<_> = norms.iter().copied().filter(|(_, norm)| speaks_of_it(norm)).collect();
    let (first, first_norm) = all.first().copied()?;
    let adds = |norm: &Norm| norm.by.filter(|_| ask.law.chosen(norm).from > ask.law.first_day(norm.clause));
    if let (false, Some(by)) = (has_its_day, adds(first_norm)) {
        let since = ask.law.chosen(first_norm).from;
        if since > as_of || has_passed(ask, (first, first_norm), instance, since) {
            return None;
        }
        if has_left(ask, first_norm, instance, since) {
            return Some(Speaks { norm: first, how: How::FallenAway(by) });
        }
    }
    if !has_its_day {
        return Some(carried_on(ask, norms, first, instance, has_its_day));
    }
    if let Some((id, _)) = all.iter().find(|(_, norm)| ask.law.chosen(norm).contains(day)) {
        return Some(carried_on(ask, norms, *id, instance, has_its_day));
    }
    // Before the first wording of all there is none that another could take over.
    let (id, norm) = all.into_iter().find(|(_, norm)| ask.law.chosen(norm).from > day)?;
    let since = ask.law.chosen(norm).from;
    if day < ask.law.first_day(norm.clause) {
        return Some(carried_on(ask, norms, id, instance, has_its_day));
    }
    // The first period of a wording that cuts time otherwise than the one before is that which holds the day on which it takes effect.
    let before = norms.iter().find(|(_, other)| ask.law.chosen(other).contains(since.preceding()));
    let first = instance.period.is_some_and(|period| period.first() < since && since <= period.last());
    if first && before.is_some_and(|(_, before)| !is_cut_alike(before, norm)) {
        return Some(carried_on(ask, norms, id, instance, has_its_day));
    }
    let by = norm.by.filter(|by| plan.amendment(*by).is_some_and(|by| by.began == Began::IsTakenOver))?;
    if since > as_of {
        return None;
    }
    if has_left(ask, norm, instance, since) {
        return Some(Speaks { norm: id, how: How::FallenAway(by) });
    }
    if !still_runs(ask, norm, id, instance, since) {
        return None;
    }
    let speaks = carried_on(ask, norms, id, instance, has_its_day);
    let how = if speaks.how == How::FromItsBeginning { How::TakenOver } else { speaks.how };
    Some(Speaks { how, ..speaks })
}

/// The wording that speaks of what has one verdict under all of them: of a member that of the day of joining, of a term that of now. Where none
/// is in force on that day, the next one does, or the last.
fn one_of_its_wordings<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    own: NormId,
    instance: &Instance,
) -> Option<NormId> {
    let (plan, as_of) = (ask.world.plan, ask.world.as_of);
    let day = match (&plan.norm(own)?.bodies.first()?.test, instance.subject) {
        (NormTest::Member(_), Some((_, row))) => {
            let from = ask.quietly(|ask| ask.member_days(clause, row)).map(|days| days.from);
            from.and_then(EdgeDay::exact).unwrap_or(as_of)
        }
        (NormTest::Term(_), _) => as_of,
        _ => return None,
    };
    let all = || plan.norms_of(clause).filter(|(_, norm)| !ask.law.chosen(norm).is_empty());
    let in_force = all().find(|(_, norm)| ask.law.chosen(norm).until > day);
    in_force.or_else(|| all().last()).map(|(id, _)| id)
}

/// The wording of the file that speaks of what is due once: the first whose last day passed before the next one took its place. One whose own
/// last day had passed by then takes nothing over.
fn one_that_is_due_once<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    own: NormId,
    instance: &Instance,
    began: Own,
) -> Option<NormId> {
    let norm = ask.world.plan.norm(own)?;
    if !is_due_once(ask, norm, instance) || began != Own::Without {
        return None;
    }
    let all = ask.world.plan.norms_of(norm.clause).map(|(id, norm)| (id, norm, ask.law.chosen(norm)));
    let mut all: Vec<(NormId, &'w Norm, Stretch)> = all.filter(|(.., force)| !force.is_empty()).collect();
    all.sort_by_key(|(.., force)| force.from);
    let since = ask.law.runs_since(norm);
    let (mut speaks, first, mut force) = all.iter().copied().find(|(.., force)| force.from >= since)?;
    let mut before = first;
    for (id, next, own) in all {
        let follows = own.from == force.until && own.from <= ask.world.as_of;
        if !follows || whom_under(ask.world.plan, next, instance).is_none() {
            continue;
        }
        if has_passed(ask, (speaks, before), instance, own.from) {
            break;
        }
        force = own;
        if !has_passed(ask, (id, next), instance, own.from) {
            (speaks, before) = (id, next);
        }
    }
    Some(speaks)
}

/// From the wording that an instance began under to the one that it has come to since.
fn carried_on<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norms: &[(NormId, &'w Norm)],
    first: NormId,
    instance: &Instance,
    has_its_day: bool,
) -> Speaks {
    let mut speaks = Speaks { norm: first, how: How::FromItsBeginning };
    // Each step goes on to a later wording, so there are no more steps than wordings.
    for _ in norms {
        let Some(norm) = ask.world.plan.norm(speaks.norm) else { return speaks };
        let Some(mut cut) = ask.law.cut_of(norm, ask.world.as_of) else { return speaks };
        // What one amendment leaves to the old wording, a later one may take over.
        let mut steps = norms.len();
        while has_its_day && cut.began == Began::KeepsTheOldWording && steps > 0 {
            let follows = norms.iter().find(|(_, next)| ask.law.chosen(next).contains(cut.on));
            let Some(later) = follows.and_then(|(_, next)| ask.law.cut_of(next, ask.world.as_of)) else {
                return speaks;
            };
            cut = later;
            steps = steps.saturating_sub(1);
        }
        if !still_runs(ask, norm, speaks.norm, instance, cut.on) {
            return speaks;
        }
        match norms.iter().find(|(_, norm)| ask.law.chosen(norm).contains(cut.on)) {
            // A new last day that had passed before the wording took effect is nobody's: until then it was not asked.
            Some((next, norm)) if has_passed(ask, (*next, norm), instance, cut.on) => return speaks,
            // What was done before has been judged by then, and the next wording has no such case; nor has it one of a period that had ended,
            // of which only the last day was still to come.
            Some((_, next)) if !is_cut_alike(norm, next) && has_no_such_case(norm, instance, cut.on) => return speaks,
            // What people had found to be broken by then stays so.
            Some((_, next)) if !is_cut_alike(norm, next) && is_found_broken(ask, norm, instance, cut.on) => {
                return speaks;
            }
            // Nor is a period taken over by one whose last day had passed.
            Some((next, norm)) if begins_too_late(ask, (*next, norm), instance, cut.on) => return speaks,
            // What was due once comes in each period now.
            Some((_, next)) if !is_cut_alike(norm, next) && instance.period.is_none() => {
                return Speaks { how: How::FallenAway(cut.by), ..speaks };
            }
            Some((next, norm)) if whom_under(ask.world.plan, norm, instance).is_some() => {
                speaks = Speaks { norm: *next, how: How::TakenOver };
            }
            // Of others only, whose last day had passed when it took effect: nobody could have kept that.
            Some((next, other)) if had_passed_for_others(ask, (*next, other), instance, cut.on) => return speaks,
            // A repeal that keeps what began before lets nobody go for whom the time had begun to run.
            None if cut.began == Began::KeepsTheOldWording && had_begun(ask, norm, instance, cut.on) => return speaks,
            // It is repealed, or speaks of others only.
            _ if norm.bodies.iter().all(is_of_limits) => return speaks,
            _ => return Speaks { how: How::FallenAway(cut.by), ..speaks },
        }
    }
    speaks
}

/// An instance under each wording that begins in its period after a gap in which none was in force, beside the one that speaks of it.
pub fn after_gaps<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Vec<Instance> {
    let plan = ask.world.plan;
    let (Some(period), Some(_), true) = (instance.period, &norm.cycle, plan.norms_of(norm.clause).nth(1).is_some())
    else {
        return Vec::new();
    };
    // An event is spoken of by the wording of its own day.
    if is_of_an_event(ask, norm, instance) {
        return Vec::new();
    }
    let begins = |ask: &Ask<'w, T>, other: &Norm| {
        let force = ask.law.chosen(other);
        let within = period.first() < force.from && force.from <= period.last().min(ask.world.as_of);
        !force.is_empty() && within && ask.law.runs_since(other) == force.from && is_cut_alike(norm, other)
    };
    let all: Vec<NormId> =
        plan.norms_of(norm.clause).filter(|(_, other)| begins(ask, other)).map(|(id, _)| id).collect();
    let others = all.into_iter().filter(|id| *id != instance.norm);
    others.filter_map(|id| under_wording(ask, norm, id, instance)).collect()
}

/// Whether an instance is judged by a wording that begins in its period after a gap.
pub fn is_after_a_gap<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let force = ask.law.chosen(norm);
    let within = |period: CyclePeriod| period.first() < force.from && force.from <= period.last();
    instance.period.is_some_and(within)
        && ask.law.runs_since(norm) == force.from
        && force.from > ask.law.first_day(norm.clause)
}

/// The first day of the wording that an instance has come to since it began under an older one.
pub fn taken_over_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Day> {
    if !ask.world.plan.is_amended(norm.clause) || goes_by_wording(ask, norm, instance) {
        return None;
    }
    let own = own_of(ask, norm, instance);
    let day = day_of_beginning(ask, norm, instance, own);
    let speaks = wording_for(ask, norm.clause, instance.norm, instance, (own, day))?;
    let taken_over = speaks == Speaks { norm: instance.norm, how: How::TakenOver };
    taken_over.then(|| ask.law.chosen(norm).from)
}

/// The day on which a wording of acts that cuts time otherwise took over the period that was running, and the same instance in that period
/// under the wording before: acts that came before are judged by that one.
pub fn running_before<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<(Day, Instance)> {
    if norm.by.is_none() || !norm.bodies.iter().all(is_of_limits) {
        return None;
    }
    let since = ask.law.chosen(norm).from;
    let first = governing_days(ask, norm, instance).from;
    let amid = instance.period.is_none_or(|period| period.first() < since && since <= period.last());
    if !(amid && first < since && since <= ask.world.as_of) {
        return None;
    }
    let before = ask.law.wording_on(norm.clause, since.preceding()).filter(|before| !is_cut_alike(norm, before))?;
    let (id, before) = ask.world.plan.norms_of(norm.clause).find(|(_, one)| std::ptr::eq(*one, before))?;
    let subject = whom_under(ask.world.plan, before, instance)?;
    let period = period_holding(ask, before, since.preceding())?;
    Some((since, Instance { norm: id, subject, period: Some(period), ..*instance }))
}

/// The same instance under the wording that speaks of it, as things are taken to be.
pub fn as_taken<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Instance> {
    if goes_by_wording(ask, norm, instance) {
        // Each wording has its own, over its own days.
        let plan = ask.world.plan;
        let begun = |other: &Norm| match instance.span {
            Some((first, _)) => ask.law.chosen(other).contains(first),
            None => {
                let force = ask.law.chosen(other);
                !force.is_empty() && force.from <= ask.world.as_of
            }
        };
        if begun(norm) {
            return Some(*instance);
        }
        let other = plan.norms_of(norm.clause).filter(|(_, other)| begun(other)).last().map(|(id, _)| id);
        return other.and_then(|id| under_wording(ask, norm, id, instance));
    }
    let own = own_of(ask, norm, instance);
    let day = instance.span.map_or_else(|| day_of_beginning(ask, norm, instance, own), |(first, _)| first);
    let speaks = wording_for(ask, norm.clause, instance.norm, instance, (own, day))?;
    under_wording(ask, norm, speaks.norm, instance)
}
