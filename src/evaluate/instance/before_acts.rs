//! What goes before a ban or a right, act by act: on which days, and for which acts.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::facts::Row;
use crate::model::clause::Limit;
use crate::model::expr::{ClauseId, Collection, Cond, CondKind, Expr};
use crate::model::schema::RecordId;
use crate::plan::{Norm, NormId, NormTest};
use crate::value::{Day, Stretch};
use crate::verdict::{Holder, Instance};

use super::counterpart::{come_back, exception, leave, others_beside, walk_others};
use super::life::{bind_rows, governing_days, is_of_acts, lasting_days};
use super::periods::{Periods, periods_of_norm, turn_to_term};
use super::prevails::{For, prevails};
use crate::evaluate::amendments::exceptions::before_later_changes;
use crate::evaluate::expr::ask::{Acts, Allowed, Ask, Excepted, MayUse};
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::expr::readings::taken_as;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::norms::case::{bearer_of, events_of};
use crate::evaluate::norms::counted::{limit_of, uses_of};
use crate::evaluate::norms::taken::{is_taken, speaks_of};
use crate::evaluate::trace::Trace;

/// What goes before a ban or a right, act by act.
pub struct ByActs<'w> {
    pub excepted: Vec<Excepted<'w>>,
    pub first: Day,
    /// The days on which it can change what goes before it.
    pub days: Vec<Day>,
    pub cases: Vec<CaseOfOther>,
    /// So many that which of them go before it on which day is left open.
    pub too_many: bool,
}

/// What goes before a ban or a right on the days on which there can be acts.
pub fn before_acts<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> ByActs<'w> {
    let first = instance.period.map_or(ask.since, |period| period.first().max(ask.since));
    // Through the last day on which there can be acts, where that is known.
    let last = ask.world.as_of.max(first).max(last_day_of_acts(ask, norm, instance));
    // A right that may be used so often only may have been used up before.
    let plan = ask.world.plan;
    let limited = norm.yields_to.iter().flat_map(|clause| plan.norms_of(*clause)).filter(|(_, one)| is_limited(one));
    let first = limited.map(|(_, one)| ask.law.first_day(one.clause)).fold(first, Day::min);
    ask.trace.hush();
    let cases = cases_of_others(ask, norm, instance);
    let days = ask.changes(first, last, |walk, ask| {
        for beside in cases.iter().map(|(_, beside)| *beside).collect::<BTreeSet<_>>() {
            ask.beside = beside;
            walk_others(walk, ask, norm, instance);
        }
    });
    let too_many = cases.len().saturating_mul(days.len()) > MOST_LOOKED_AT;
    let mut excepted: Vec<Excepted<'w>> = Vec::new();
    for (other, beside) in &cases {
        ask.beside = *beside;
        let mut each = Vec::with_capacity(days.len());
        if too_many && beside.is_some() {
            each.push((first, Truth::Open));
        } else {
            for day in &days {
                each.push((*day, ask.asked_on(*day, |ask| prevails(ask, *other, norm, instance, For::AnAct))));
            }
        }
        let found = excepted_by(ask, *other, (norm, instance), each);
        excepted.extend(but_for(ask, &mut vec![(*other, *beside)], (norm, instance), &days, found));
    }
    ask.beside = None;
    ask.trace.speak();
    ByActs { excepted, first, days, cases, too_many }
}

/// The last day on which something can be done that a ban or a right speaks of: of its period, or of its window; no day where that is not
/// known, or there is none.
fn last_day_of_acts<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Day {
    if let Some(period) = instance.period {
        return period.last();
    }
    let each = norm.bodies.iter().map(|body| ask.quietly(|ask| ask.frame(body, None)).last.exact());
    each.flatten().max().unwrap_or(Day::MIN)
}

/// Clauses that go before another, with what goes before each of them: of a ban or a right, for some acts only.
fn but_for<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    chain: &mut Vec<CaseOfOther>,
    (norm, instance): (&'w Norm, &Instance),
    days: &[Day],
    found: Vec<Excepted<'w>>,
) -> Vec<Excepted<'w>> {
    let plan = ask.world.plan;
    let Some((clause, _)) = chain.last().copied().filter(|_| !found.is_empty()) else { return found };
    let by_acts = |one: &Norm| !one.yields_to.is_empty() && one.bodies.iter().all(is_of_acts);
    if !plan.norms_of(clause).any(|(_, one)| by_acts(one)) {
        return found;
    }
    let mut cases = BTreeSet::new();
    for day in days {
        along(ask, chain, (norm, instance), *day, |ask, norm, instance| {
            cases.extend(cases_of_others(ask, norm, instance));
        });
    }
    let mut but = Vec::new();
    for (next, beside) in cases {
        let mut each = Vec::with_capacity(days.len());
        for day in days {
            let goes = along(ask, chain, (norm, instance), *day, |ask, norm, instance| {
                ask.beside = beside;
                prevails(ask, next, norm, instance, For::AnAct)
            });
            each.push((*day, goes.unwrap_or(Truth::No)));
        }
        let Some((day, _)) = each.iter().find(|(_, goes)| !goes.is_no()).copied() else { continue };
        let nested = along(ask, chain, (norm, instance), day, |ask, norm, instance| {
            ask.beside = beside;
            excepted_by(ask, next, (norm, instance), each)
        });
        chain.push((next, beside));
        but.extend(but_for(ask, chain, (norm, instance), days, nested.unwrap_or_default()));
        chain.pop();
    }
    let but: Rc<[Excepted<'w>]> = but.into();
    found.into_iter().map(|one| less_what_is_taken(ask, Excepted { but: but.clone(), ..one })).collect()
}

/// A right of some number, without the acts for which it steps back itself: they use up nothing of it.
fn less_what_is_taken<'w, T: Trace>(ask: &mut Ask<'w, T>, mut one: Excepted<'w>) -> Excepted<'w> {
    let Some(acts) = one.acts.as_mut().filter(|_| !one.but.is_empty()) else { return one };
    let (record, Some(allowed)) = (acts.of.record, acts.allowed.as_deref()) else { return one };
    let mut left = Allowed { times: allowed.times.clone(), perhaps: allowed.perhaps.clone(), sure: Vec::new() };
    for (day, row) in &allowed.sure {
        match is_taken(ask, &one.but, *day, Some((record, *row))) {
            Truth::No => left.sure.push((*day, *row)),
            Truth::Yes => {}
            Truth::Open | Truth::Person => {
                let day = DayBounds::exactly(*day);
                left.perhaps.push(MayUse { day, row: *row, used: Truth::Open });
            }
        }
    }
    acts.allowed = Some(Rc::new(left));
    one
}

/// Turns on a day from a case to the same case under one clause after another.
fn along<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    chain: &[CaseOfOther],
    (norm, instance): (&'w Norm, &Instance),
    day: Day,
    look: impl FnOnce(&mut Ask<'w, T>, &'w Norm, &Instance) -> R,
) -> Option<R> {
    let before = ask.beside;
    let seen = ask.asked_on(day, |ask| match chain.split_first() {
        None => Some(look(ask, norm, instance)),
        Some(((clause, beside), rest)) => {
            ask.beside = *beside;
            let other = exception(ask, *clause, norm, instance)?;
            let other_norm = ask.world.plan.norm(other.norm)?;
            let here = leave(ask, *clause)?;
            ask.vars.clear();
            bind_rows(ask, other_norm, &other);
            (ask.period, ask.beside) = (other.period, None);
            turn_to_term(ask, other_norm, &other);
            let seen = along(ask, rest, (other_norm, &other), day, look);
            come_back(ask, here);
            seen
        }
    });
    ask.beside = before;
    seen
}

/// So many days of other clauses are looked at for their subjects one by one.
const MOST_LOOKED_AT: usize = 100_000;

/// The clauses that go before a ban or a right; of one that speaks of each of some rows that the case has none of, once for each row.
fn cases_of_others<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Vec<CaseOfOther> {
    let mut cases = Vec::new();
    for clause in &norm.yields_to {
        let beside = others_beside(ask, *clause, norm, instance);
        cases.push((*clause, None));
        cases.extend(beside.into_iter().map(|row| (*clause, Some(row))));
    }
    cases
}

/// Another clause, and the subject under which it is looked at.
pub type CaseOfOther = (ClauseId, Option<(RecordId, Row)>);

/// What another clause goes before, on days on which it applies: each of its wordings speaks of the acts of its own days, and what used a
/// right under one of them has used it under the next.
fn excepted_by<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    (norm, instance): (&'w Norm, &Instance),
    days: Vec<(Day, Truth)>,
) -> Vec<Excepted<'w>> {
    let several = ask.world.plan.norms_of(clause).nth(1).is_some();
    let mut by_wording: BTreeMap<Option<NormId>, Vec<(Day, Truth)>> = BTreeMap::new();
    let mut spoken_of: Vec<Option<NormId>> = Vec::with_capacity(days.len());
    for (day, truth) in &days {
        let applies = several && !truth.is_no();
        let as_it_was = |ask: &mut Ask<'w, T>| {
            before_later_changes(ask, norm, ask.on, |ask| exception(ask, clause, norm, instance))
        };
        let wording = applies.then(|| ask.asked_on(*day, as_it_was));
        spoken_of.push(wording.flatten().map(|other| other.norm));
    }
    for wording in spoken_of.iter().copied().collect::<BTreeSet<_>>() {
        let within = |((day, truth), of): (&(Day, Truth), &Option<NormId>)| {
            (*day, if *of == wording { *truth } else { Truth::No })
        };
        by_wording.insert(wording, days.iter().zip(&spoken_of).map(within).collect());
    }
    let (began, of) = (ask.on, (clause, ask.beside));
    let mut parts = Vec::with_capacity(by_wording.len());
    for days in by_wording.into_values() {
        // The case began perhaps when the other had no such case yet: it is looked up on a day on which it applies.
        if let Some((day, _)) = days.iter().find(|(_, truth)| !truth.is_no()).copied() {
            ask.on = if several { day } else { began.max(day) };
            // As it stood when it last did.
            let last = days.iter().rfind(|(_, truth)| !truth.is_no()).map_or(day, |(last, _)| *last);
            let acts = before_later_changes(ask, norm, last, |ask| acts_of(ask, clause, (norm, instance), &days));
            parts.push((days, acts));
        }
    }
    ask.on = began;
    if parts.is_empty() {
        return Vec::new();
    }
    if parts.iter().all(|(_, acts)| acts.is_none()) {
        return vec![Excepted { of, days, acts: None, but: Rc::new([]) }];
    }
    let mut used = Allowed::default();
    for one in parts.iter().filter_map(|(_, acts)| acts.as_ref()) {
        used.sure.extend(&one.used.sure);
        used.perhaps.extend(&one.used.perhaps);
    }
    let record = parts.iter().find_map(|(_, acts)| acts.as_ref()).map(|one| one.acts.of.record);
    let name = |row: &Row| record.map(|record| ask.world.facts.id(record, *row));
    used.sure.sort_by_key(|(on, row)| (*on, name(row)));
    let excepted = |(days, acts): (Vec<(Day, Truth)>, Option<ActsOf<'w>>)| Excepted {
        of,
        days,
        acts: acts
            .map(|one| Acts { allowed: one.times.map(|times| Rc::new(Allowed { times, ..used.clone() })), ..one.acts }),
        but: Rc::new([]),
    };
    parts.into_iter().map(excepted).collect()
}

/// The acts that a wording of another clause speaks of, how often it lets them be done, and which have been done.
struct ActsOf<'w> {
    acts: Acts<'w>,
    times: Option<Vec<(Stretch, Option<usize>)>>,
    used: Allowed,
}

/// The acts that another clause speaks of, where a condition of its own chooses among them, or a number ends them.
fn acts_of<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    (norm, instance): (&'w Norm, &Instance),
    days: &[(Day, Truth)],
) -> Option<ActsOf<'w>> {
    let other = exception(ask, clause, norm, instance)?;
    let plan = ask.world.plan;
    let other_norm = plan.norm(other.norm)?;
    let readings = taken_as(ask, other_norm);
    let of = readings.iter().find_map(|body| events_of(&body.test))?;
    let number = readings.iter().find_map(limit_of);
    let limited = plan.norms_of(clause).any(|(_, one)| is_limited(one));
    let right = readings.iter().all(|body| matches!(body.test, NormTest::May { .. }));
    let own = norm.bodies.iter().find_map(|body| events_of(&body.test));
    let of_other_acts = right && own.is_some_and(|own| own.record != of.record);
    // Under a subject that the case has none of, it speaks of the acts that concern that one.
    let form = readings.iter().map(|body| body.form.as_slice()).find(|form| !form.is_empty()).unwrap_or(&[]);
    if !chooses(&of.filter, of) && !limited && !of_other_acts && form.is_empty() && ask.beside.is_none() {
        return None;
    }
    let here = leave(ask, clause)?;
    ask.vars.clear();
    bind_rows(ask, other_norm, &other);
    let rows = ask.vars.clone();
    let actor = if let Holder::Actor(actor) = other.bearer { plan.schema.actor(actor) } else { None };
    let by = other_norm.done_by.zip(actor.map(|actor| actor.name.as_str()));
    let acts = Acts { of, rows, by, form, right, allowed: None };
    let times = number.map(|(limit, times)| times_of(ask, (other_norm, &other), (limit, times)));
    let used = if limited { used_by(ask, &acts, days) } else { Allowed::default() };
    come_back(ask, here);
    Some(ActsOf { acts, times, used })
}

/// How often a right may be used in each of its periods.
fn times_of<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, other): (&'w Norm, &Instance),
    (limit, number): (Limit, &'w Expr),
) -> Vec<(Stretch, Option<usize>)> {
    // A number that ends a right without a cycle counts the uses under all of its wordings without one.
    let once = ask.world.plan.norms_of(norm.clause).filter(|(_, one)| one.cycle.is_none()).map(|(_, one)| one);
    let once: Vec<&Norm> = once.collect();
    let since = once.into_iter().map(|one| governing_days(ask, one, &Instance { period: None, ..*other }).from).min();
    let periods = match periods_of_norm(ask, norm) {
        Periods::These(periods) => periods.into_iter().map(Some).collect(),
        Periods::Once | Periods::Unknown => vec![None],
    };
    let mut times = Vec::with_capacity(periods.len());
    for period in periods {
        ask.period = period;
        let governs = governing_days(ask, norm, &Instance { period, ..*other });
        let began = period.map_or(ask.world.as_of, |period| period.first().max(governs.from));
        let value = ask.asked(began, began.min(ask.world.as_of), |ask| ask.value(number)).bounds();
        let binds = days_that_bind(ask, norm, other, governs);
        let most = value.exact().zip(binds);
        let most = most.and_then(|(number, binds)| uses_of((norm, period), binds, (number, limit)));
        let counted = match period {
            Some(period) => period.stretch.intersect(governs),
            None => Stretch::new(since.unwrap_or(governs.from), Stretch::ALWAYS.until),
        };
        times.push((counted, most));
    }
    times
}

/// The days of some on which the subject and the bearer of a right have it; nothing where a number of times hangs on them and they are not
/// known exactly.
fn days_that_bind<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    other: &Instance,
    governs: Stretch,
) -> Option<Stretch> {
    if [norm.first_period, norm.last_period].iter().all(Option::is_none) {
        return Some(governs);
    }
    let subject = other.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, other).map(|(of, _, row)| (of, row));
    let mut days = governs;
    for (of, row) in subject.into_iter().chain(bearer) {
        let Some(lasts) = lasting_days(ask, of, row) else { continue };
        if let EdgeDay::On(from) = lasts.from {
            days.from = days.from.max(from.exact()?);
        }
        if let EdgeDay::On(last) = lasts.last {
            days.until = days.until.min(last.exact()?.following());
        }
    }
    Some(if days.until < days.from { Stretch::new(days.from, days.from) } else { days })
}

/// What used a right, on days on which it applied.
fn used_by<'w, T: Trace>(ask: &mut Ask<'w, T>, acts: &Acts<'w>, days: &[(Day, Truth)]) -> Allowed {
    let (facts, record, as_of) = (ask.world.facts, acts.of.record, ask.world.as_of);
    let applied = |on: DayBounds| {
        if days.first().is_none_or(|(first, _)| on.last < *first) {
            return Truth::No;
        }
        let begun = days.partition_point(|(from, _)| *from <= on.first).saturating_sub(1);
        let through = days.partition_point(|(from, _)| *from <= on.last);
        same_for_all(days.get(begun..through).unwrap_or(&[]).iter().map(|(_, truth)| *truth))
    };
    let mut used = Allowed::default();
    let rows = ask.aside(&acts.rows, |ask| ask.candidates(acts.of).all(facts, record)).unwrap_or_default();
    for row in rows {
        let Some(day) = ask.own_day(record, row).filter(|day| day.first <= as_of) else { continue };
        let applied = applied(day);
        let mut truth = applied.and(ask.world.cancelled(record, row).opposite());
        if !truth.is_no() {
            truth = truth.and(speaks_of(ask, acts, row));
        }
        match (truth, day.exact()) {
            (Truth::No, _) => {}
            (Truth::Yes, Some(on)) => used.sure.push((on, row)),
            // What else is for a person is no matter of whether the right applies.
            (Truth::Person, _) if applied != Truth::Person => {
                used.perhaps.push(MayUse { day, row, used: Truth::Open });
            }
            (truth, _) => used.perhaps.push(MayUse { day, row, used: truth }),
        }
    }
    used
}

/// Whether a right may be used so often only.
fn is_limited(norm: &Norm) -> bool {
    norm.bodies.iter().any(|body| limit_of(body).is_some())
}

/// Whether a filter has parts that the policy writes out, besides whose the events are.
fn chooses(filter: &Cond, of: &Collection) -> bool {
    match &filter.kind {
        CondKind::Always => false,
        CondKind::And(parts) => parts.iter().any(|part| chooses(part, of)),
        _ => filter.span != of.span,
    }
}
