//! What becomes due only `otherwise`, where a judgement hangs on which of its instances are: evidence that instances of one clause share
//! goes to those that are due, and what is not due has no last day from which others are reckoned. It is worked out beforehand, since
//! the breach that it waits for is judged like any other clause.

use std::collections::BTreeSet;

use crate::model::expr::{ClauseId, Var};
use crate::plan::{Body, Norm, NormTest, Trigger};
use crate::value::{CyclePeriod, Day};
use crate::verdict::{Holder, Instance, Status};

use super::counterpart::{come_back, counterpart, exception, leave, others_beside};
use super::force::began_on;
use super::life::{bind_rows, is_cut_alike, own_of, whom_under};
use super::other::Other;
use super::periods::{listed_periods, turn_to_term};
use super::sanction::{not_triggered, of_each, was_kept};
use crate::evaluate::amendments::wording::as_taken;
use crate::evaluate::expr::ask::{Ask, begin_anew, kept_since};
use crate::evaluate::expr::kept::{CaseOf, Due, Kept};
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{events_of, is_daily};
use crate::evaluate::trace::Trace;

/// Notes which instances are due of the clause that is judged and of those on whose last days it hangs.
pub fn note_what_is_due<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) {
    let own = norm.trigger != Trigger::Always
        && (shares(norm) || is_daily(norm))
        && !is_noted_with_all_uses(others.ask(), norm.clause);
    let before = exceptions_due_otherwise(others.ask(), norm);
    if !own && norm.last_days_of.is_empty() && before.is_empty() {
        return;
    }
    // The periods of a subject share what is done for it; the subjects of a bearer, what that one does; others share nothing.
    let alone = !shares(norm);
    let subject = instance.subject.filter(|_| alone || shares_by_period(norm));
    let period = instance.period.filter(|_| alone);
    if !others.ask().known.looks_up((norm.clause, subject.map(|(_, row)| row), instance.bearer, period)) {
        return;
    }
    let Some(here) = leave(others.ask(), norm.clause) else { return };
    for one in siblings(others.ask(), norm, instance) {
        let ask = others.ask();
        let wording = ask.world.plan.norm(one.norm).unwrap_or(norm);
        let Some(norm) = turn_to(ask, wording, &one) else { continue };
        let began = ask.on;
        if own {
            note(others, norm, &one);
        }
        for clause in &before {
            note_exception(others, *clause, (norm, &one), began);
        }
        for clause in &norm.last_days_of {
            let ask = others.ask();
            if is_noted_with_all_uses(ask, *clause) {
                continue;
            }
            ask.vars.clear();
            bind_rows(ask, norm, &one);
            (ask.on, ask.period) = (began, one.period);
            let Some(other) = counterpart(ask, *clause, norm, &one) else { continue };
            if let Some(other_norm) = ask.world.plan.norm(other.norm) {
                note(others, other_norm, &other);
            }
        }
    }
    come_back(others.ask(), here);
}

/// The wording that speaks of an instance: which last days have passed may hang on what is due.
pub fn taken_with_what_is_due<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Instance> {
    note_uses(judge);
    note_what_is_due(judge, norm, instance);
    as_taken(&mut judge.ask, norm, instance)
}

/// Whether it has been noted already which cases of a clause are due, together with all uses of such rights.
fn is_noted_with_all_uses<T: Trace>(ask: &Ask<'_, T>, clause: ClauseId) -> bool {
    !ask.none_used && ask.world.plan.uses_due_otherwise.contains(&clause)
}

/// Notes which rights are due that become so only otherwise and take effect when they are used: of all cases, since whoever is a member may
/// hang on them. While that is worked out, nobody has used one: the breach comes before the use.
pub fn note_uses<'w, T: Trace>(judge: &mut Judge<'w, T>) {
    let plan = judge.ask.world.plan;
    let Some(first) = plan.uses_due_otherwise.first().copied() else { return };
    if judge.ask.none_used || !judge.ask.known.looks_up_uses() {
        return;
    }
    // What was worked out before it was known which of them are due may be otherwise.
    judge.begin_again();
    let Some(here) = leave(&mut judge.ask, first) else { return };
    let known = judge.set_aside();
    judge.ask.none_used = true;
    let mut found = Vec::new();
    for clause in &plan.uses_due_otherwise {
        for (id, norm) in plan.norms_of(*clause) {
            let one = Instance { norm: id, subject: None, bearer: Holder::TheOne, period: None, span: None };
            let periods: Vec<Option<CyclePeriod>> = match norm.cycle {
                Some(_) => listed_periods(&mut judge.ask, norm).into_iter().map(Some).collect(),
                None => vec![None],
            };
            for one in of_each(&judge.ask, norm, &one) {
                for period in &periods {
                    let one = Instance { period: *period, ..one };
                    if turn_to(&mut judge.ask, norm, &one).is_some() {
                        found.push(due_case(judge, norm, &one));
                    }
                }
            }
        }
    }
    judge.ask.none_used = false;
    judge.take_back(known);
    come_back(&mut judge.ask, here);
    for (case, due) in found {
        judge.ask.known.keep_due(case, due);
    }
}

/// Which case of what becomes due otherwise an instance is.
type DueCase = (CaseOf, Kept<Due>);

fn note<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) {
    let (case, due) = due_case(others, norm, instance);
    others.ask().known.keep_due(case, due);
}

fn due_case<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) -> DueCase {
    // Of what is watched on every day, whether it is due at all: on which days, the breach tells.
    let instance = &Instance { span: None, ..*instance };
    let (written, before) = (others.ask().trace.place(), begin_anew(others.ask()));
    let now = match not_triggered(others, norm, instance).map(|ruling| ruling.outcome.status) {
        None => Truth::Yes,
        Some(Status::NotApplicable) => Truth::No,
        Some(Status::NeedsJudgement) => Truth::Person,
        Some(_) => Truth::Open,
    };
    let period = instance.period.filter(|_| norm.cycle.is_some());
    let subject = instance.subject.map(|(_, row)| row);
    let broken = others.ask().broken_on.filter(|_| !now.is_no());
    let no_more = now.is_no() && was_kept(others, norm, instance);
    let due = kept_since(others.ask(), before, Due { now, broken, no_more });
    others.ask().trace.back_to(written);
    ((norm.clause, subject, instance.bearer, period), due)
}

/// The clauses that go before one, or before one of those, and become due only `otherwise`; and so does the cost of which it asks for a share.
fn exceptions_due_otherwise<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm) -> Vec<ClauseId> {
    let cost = |body: &Body| if let NormTest::PaysShare(cost) = body.test { Some(cost) } else { None };
    let mut next: Vec<ClauseId> = norm.yields_to.iter().copied().chain(norm.bodies.iter().filter_map(cost)).collect();
    if next.is_empty() {
        return Vec::new();
    }
    let plan = ask.world.plan;
    let mut seen: BTreeSet<ClauseId> = next.iter().copied().collect();
    while let Some(clause) = next.pop() {
        let further = plan.norms_of(clause).flat_map(|(_, one)| &one.yields_to).copied();
        next.extend(further.filter(|one| seen.insert(*one)));
    }
    let otherwise = |clause: &ClauseId| plan.norms_of(*clause).any(|(_, one)| one.trigger != Trigger::Always);
    seen.into_iter().filter(otherwise).collect()
}

/// Notes which cases of an exception are due: the one of the case, in each of its periods, or those of all rows that the case has none of.
fn note_exception<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    clause: ClauseId,
    (norm, one): (&'w Norm, &Instance),
    began: Day,
) {
    let beside = others_beside(others.ask(), clause, norm, one);
    let rows = if beside.is_empty() { vec![None] } else { beside.into_iter().map(Some).collect() };
    for row in rows {
        let ask = others.ask();
        ask.vars.clear();
        bind_rows(ask, norm, one);
        (ask.on, ask.period, ask.beside) = (began, one.period, row);
        let other = exception(ask, clause, norm, one);
        ask.beside = None;
        let Some(other) = other else { continue };
        let Some(other_norm) = ask.world.plan.norm(other.norm) else { continue };
        let periods = if other_norm.cycle.is_some() { listed_periods(ask, other_norm) } else { Vec::new() };
        for period in periods {
            note(others, other_norm, &Instance { period: Some(period), ..other });
        }
        if other_norm.cycle.is_none() {
            note(others, other_norm, &other);
        }
    }
}

/// Turns to an instance on the day on which it began, under the wording that speaks of it.
fn turn_to<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, one: &Instance) -> Option<&'w Norm> {
    ask.vars.clear();
    bind_rows(ask, norm, one);
    (ask.period, ask.since) = (one.period, ask.law.first_day(norm.clause));
    (ask.on, ask.by) = (ask.world.as_of, ask.world.as_of);
    turn_to_term(ask, norm, one);
    let several = ask.world.plan.norms_of(norm.clause).nth(1).is_some();
    let speaks = if several { as_taken(ask, norm, one) } else { Some(*one) };
    let norm = ask.world.plan.norm(speaks?.norm)?;
    let own = own_of(ask, norm, one);
    let began: Day = began_on(ask, norm, one, own);
    (ask.on, ask.by) = (began, began.min(ask.world.as_of));
    Some(norm)
}

/// Whether evidence may be for one instance of a clause or for another.
fn shares(norm: &Norm) -> bool {
    let of_acts = |test: &NormTest| matches!(test, NormTest::Happens { .. } | NormTest::May { .. });
    norm.bodies.iter().any(|body| of_acts(&body.test))
}

/// The instances that evidence may be for instead, and the instance itself.
fn siblings<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Vec<Instance> {
    if !shares(norm) {
        return vec![*instance];
    }
    let of_each = match norm.subjects.as_slice() {
        [of] if !shares_by_period(norm) => {
            let rows = ask.world.facts.rows(of.record);
            rows.map(|row| Instance { subject: Some((0, row)), ..*instance }).collect()
        }
        _ => vec![*instance],
    };
    if norm.cycle.is_none() {
        return of_each;
    }
    // Those of its wordings that cut time otherwise may be served by the same evidence.
    let plan = ask.world.plan;
    let mut all = Vec::new();
    for one in of_each {
        for (id, other) in plan.norms_of(norm.clause) {
            let cut_otherwise = other.cycle.is_some() && !is_cut_alike(norm, other);
            let subject = whom_under(plan, other, &one).filter(|_| cut_otherwise || id == instance.norm);
            let Some(subject) = subject else { continue };
            let one = Instance { norm: id, subject, ..one };
            ask.vars.clear();
            bind_rows(ask, other, &one);
            let periods = listed_periods(ask, other).into_iter();
            all.extend(periods.map(|period| Instance { period: Some(period), ..one }));
        }
    }
    all
}

/// Whether only the periods of one subject share evidence: each event names the subject that it is for.
fn shares_by_period(norm: &Norm) -> bool {
    let names = |var: Var| norm.bodies.iter().filter_map(|body| events_of(&body.test)).all(|of| of.names_a_row(var));
    norm.cycle.is_some() && norm.subjects.iter().all(|of| names(of.var))
}
