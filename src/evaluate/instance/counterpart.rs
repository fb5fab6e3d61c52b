//! The same case under another clause: for the same subject and bearer and at the same time, as far as it has them.

use std::collections::BTreeSet;

use crate::facts::Row;
use crate::model::clause::Bearer;
use crate::model::expr::{ClauseId, Collection, FieldOf};
use crate::model::schema::{ActorId, RecordId};
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Cycle, CyclePeriod, Day, Stretch};
use crate::verdict::{Holder, Instance};

use super::life::{
    came_on, day_of_beginning, goes_by_wording, governing_days, is_cut_alike, is_of_acts, is_of_limits, own_of,
    whom_under,
};
use super::periods::{has_period, has_periods, listed_periods, period_holding, term_of_cycle, turn_to_term};
use crate::evaluate::amendments::wording::{How, as_taken, wording_for};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::expr::history::Walk;
use crate::evaluate::expr::terms::terms_so_far;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::norms::case::{has_window, is_daily};
use crate::evaluate::trace::Trace;

/// How deep clauses may lean on one another. The check refuses circles; this is the belt to its braces.
const DEEPEST: u8 = 48;

/// What was asked about when another clause came to be looked at.
pub struct Here<'w> {
    rows: Vec<Row>,
    whose: [Option<(RecordId, Row)>; 2],
    named: Option<&'w FieldOf>,
    actor: (Option<ActorId>, &'w [ActorId]),
    period: Option<CyclePeriod>,
    cycle: Option<Cycle>,
    days: (Day, Day, Day),
    binds: (Day, Day),
    term: Option<(ClauseId, Stretch)>,
}

/// Turns to another clause, unless it lies too deep: its conditions take events from its own first day of force on.
pub fn leave<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Option<Here<'w>> {
    if ask.leaning >= DEEPEST {
        return None;
    }
    ask.leaning = ask.leaning.saturating_add(1);
    let (days, binds) = ((ask.on, ask.by, ask.since), (ask.binds_since, ask.binds_until));
    ask.since = ask.law.first_day(clause);
    // On which days it binds the same case is another matter.
    (ask.binds_since, ask.binds_until) = (Day::MIN, Day::MAX);
    let (rows, actor) = (ask.vars.clone(), (ask.actor, ask.among));
    Some(Here {
        rows,
        whose: ask.whose,
        named: ask.named,
        actor,
        period: ask.period,
        cycle: ask.cycle,
        days,
        binds,
        term: ask.term,
    })
}

pub fn come_back<'w, T: Trace>(ask: &mut Ask<'w, T>, here: Here<'w>) {
    (ask.on, ask.by, ask.since) = here.days;
    (ask.binds_since, ask.binds_until) = here.binds;
    (ask.period, ask.cycle, ask.term) = (here.period, here.cycle, here.term);
    (ask.vars, ask.whose, ask.named) = (here.rows, here.whose, here.named);
    (ask.actor, ask.among) = here.actor;
    ask.leaning = ask.leaning.saturating_sub(1);
}

/// The same case under a clause that may go before it: one of several actors has none where that names others only.
pub fn exception<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Instance> {
    let found = counterpart(ask, clause, norm, instance)?;
    let other = ask.world.plan.norm(found.norm)?;
    let names_another = match (&other.bearer, instance.bearer) {
        (Some(Bearer::Actor(own)), Holder::Actor(actor)) => *own != actor,
        (Some(Bearer::EachOf(all)), Holder::Actor(actor)) => !all.contains(&actor),
        (_, _) => false,
    };
    (!names_another).then_some(found)
}

/// The same case under another clause: its subject, its bearer and its period, as far as that has them.
pub fn counterpart<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Instance> {
    let asked = ask.on;
    ask.on = with_whoever_came(ask, clause, norm, instance);
    let found = under_its_wording(ask, clause, norm, instance);
    ask.on = asked;
    found
}

/// The day that tells the wording and the period of another clause: it does not begin for whoever it speaks of before they came.
fn with_whoever_came<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, norm: &'w Norm, instance: &Instance) -> Day {
    let plan = ask.world.plan;
    let several = plan.norms_of(clause).nth(1).is_some();
    let Some(period) = instance.period.filter(|_| several) else { return ask.on };
    let found = of_whom(ask, clause, norm, instance).and_then(|found| Some((plan.norm(found.norm)?, found)));
    let came = found.and_then(|(other, found)| came_on(ask, other, &found));
    came.filter(|came| *came <= period.last()).map_or(ask.on, |came| ask.on.max(came))
}

fn under_its_wording<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Instance> {
    let plan = ask.world.plan;
    if let Some(actor) = named_by_some_wordings(ask, clause, instance) {
        return under_one_that_names(ask, (clause, actor), norm, instance);
    }
    let found = of_whom(ask, clause, norm, instance)?;
    let other = plan.norm(found.norm)?;
    // What is for each term has a period for each, too.
    let period = match other.cycle.is_some() || term_of_cycle(other).is_some() {
        true => match period_of_other(ask, other, norm, instance) {
            // No period of its own holds the day: there is no such case.
            None if has_periods(ask, other) => return None,
            period => period,
        },
        false => None,
    };
    // A period is spoken of as a whole, whatever days of it are watched.
    let span = found.span.filter(|_| period.is_none() || is_daily(other));
    let found = Instance { period, span, ..found };
    if let Some(older) = running_still(ask, clause, (norm, instance), &found) {
        return Some(older);
    }
    let several = found.period.is_some() && plan.norms_of(clause).nth(1).is_some();
    if !(several || plan.is_amended(clause)) || goes_by_wording(ask, other, &found) {
        return Some(found);
    }
    // A period is spoken of by the wording that it began under, what an amendment took over by the new one.
    let taken = as_taken(ask, other, &found).or_else(|| under_the_first_period(ask, other, &found));
    Some(taken.unwrap_or(found))
}

/// The same under a wording that took it over and cuts time otherwise: in the period in which that took effect.
fn under_the_first_period<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, found: &Instance) -> Option<Instance> {
    let plan = ask.world.plan;
    let period = found.period.filter(|_| plan.is_amended(norm.clause))?;
    let own = own_of(ask, norm, found);
    let day = day_of_beginning(ask, norm, found, own);
    let speaks = wording_for(ask, norm.clause, found.norm, found, (own, day))?;
    let next = plan.norm(speaks.norm).filter(|next| speaks.how == How::TakenOver && !is_cut_alike(norm, next))?;
    let since = ask.law.chosen(next).from;
    let period = if next.cycle.is_some() {
        Some(period_holding(ask, next, since).filter(|_| period.first() <= since && since <= period.last())?)
    } else {
        None
    };
    let subject = whom_under(plan, next, found)?;
    Some(Instance { norm: speaks.norm, subject, period, ..*found })
}

/// The actor that bears a case, where some wordings of another clause in a cycle name it among their bearers and others do not: each period
/// has the bearers of the wording that speaks of it, whichever is in force on the day that is asked about.
fn named_by_some_wordings<T: Trace>(ask: &Ask<'_, T>, clause: ClauseId, instance: &Instance) -> Option<ActorId> {
    let Holder::Actor(actor) = instance.bearer else { return None };
    let all = || ask.world.plan.norms_of(clause).map(|(_, other)| other);
    let names = |other: &Norm| other.bearer.as_ref().is_some_and(|bearer| names(bearer, actor));
    let each = |other: &Norm| other.cycle.is_some() && matches!(&other.bearer, Some(Bearer::EachOf(_)));
    (all().all(each) && all().any(names) && !all().all(names)).then_some(actor)
}

/// The same case under the wording that names its bearer and speaks of the period.
fn under_one_that_names<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (clause, actor): (ClauseId, ActorId),
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Instance> {
    let named = named_bearer(ask, norm);
    let wordings: Vec<_> = ask.world.plan.norms_of(clause).collect();
    wordings.into_iter().find_map(|(id, other)| {
        other.bearer.as_ref().filter(|bearer| names(bearer, actor))?;
        let subject = subject_of(other, norm, (instance, named)).or_else(|| beside(ask, other));
        let period = period_of_other(ask, other, norm, instance)?;
        let bearer = Holder::Actor(actor);
        let found = Instance { norm: id, subject, bearer, period: Some(period), span: instance.span };
        as_taken(ask, other, &found).filter(|taken| taken.norm == id)
    })
}

fn names(bearer: &Bearer, actor: ActorId) -> bool {
    matches!(bearer, Bearer::EachOf(actors) if actors.contains(&actor))
}

/// Whom the same case under another clause is of, in whichever of its periods: under the wording of the day that is asked about.
pub fn of_whom<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Instance> {
    let plan = ask.world.plan;
    let then = ask.on;
    let in_force = plan.norms_of(clause).find(|(_, other)| ask.law.chosen(other).contains(then));
    let (id, other) = in_force.or_else(|| plan.norms_of(clause).next())?;
    let named = named_bearer(ask, norm);
    let subject = subject_of(other, norm, (instance, named)).or_else(|| beside(ask, other));
    let bearer = bearer_of(other, norm, (instance, named));
    Some(Instance { norm: id, subject, bearer, period: None, span: instance.span })
}

/// The same under an older wording of a clause that cut time otherwise, where a period of it that holds the day still runs: it keeps that
/// period to its end.
fn running_still<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    (norm, instance): (&'w Norm, &Instance),
    found: &Instance,
) -> Option<Instance> {
    let plan = ask.world.plan;
    // Acts are limited by one wording at a time, whether the newer one has a cycle or none.
    let limits = |own: &Norm| own.cycle.is_none() && own.bodies.iter().all(is_of_limits);
    let own = plan.norm(found.norm).filter(|own| found.period.is_some() || limits(own))?;
    // Whoever came under the newer one has no period of the older.
    if came_on(ask, own, found).is_some_and(|came| came >= ask.law.chosen(own).from) {
        return None;
    }
    let older = plan.norms_of(clause).take_while(|(id, _)| *id != found.norm);
    let apart: Vec<_> = older.filter(|(_, other)| other.cycle.is_some() && !is_cut_alike(other, own)).collect();
    apart.into_iter().find_map(|(id, other)| {
        let period = period_of_other(ask, other, norm, instance)?;
        let one = Instance { norm: id, period: Some(period), ..*found };
        // What is taken over speaks of no later act.
        let (on, acts) = (ask.on, other.bodies.iter().all(is_of_acts));
        let speaks = !acts || governing_days(ask, other, &one).contains(on);
        let taken = ask.quietly(|ask| as_taken(ask, other, &one)).map(|speaks| speaks.norm);
        (speaks && taken == Some(id)).then_some(one)
    })
}

/// The row that a clause speaks of as its subject.
fn own_subject(norm: &Norm, instance: &Instance) -> Option<(RecordId, Row)> {
    let (line, row) = instance.subject?;
    Some((norm.subjects.get(usize::from(line))?.record, row))
}

/// The subject of the same case under another clause: the same row, also where one clause speaks of it as its subject and the other
/// as its bearer.
fn subject_of(other: &Norm, norm: &Norm, (instance, named): (&Instance, Option<(RecordId, Row)>)) -> Option<(u8, Row)> {
    let of = |(record, row): (RecordId, Row)| {
        let at = other.subjects.iter().position(|of| of.record == record)?;
        Some((u8::try_from(at).ok()?, row))
    };
    let own = own_subject(norm, instance).and_then(of);
    own.or_else(|| match instance.bearer {
        Holder::Row(record, row) if !bears(other, record) => of((record, row)),
        Holder::TheOne => named.filter(|(record, _)| !bears(other, *record)).and_then(of),
        Holder::Row(..) | Holder::Actor(_) => None,
    })
}

/// The subject under which another clause is looked at, where the case has none of its kind.
fn beside<'w, T: Trace>(ask: &Ask<'w, T>, other: &Norm) -> Option<(u8, Row)> {
    let (record, row) = ask.beside?;
    let at = other.subjects.iter().position(|of| of.record == record)?;
    Some((u8::try_from(at).ok()?, row))
}

/// The records of whose rows another clause speaks each by itself, where the case has none of them.
pub fn others_beside<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Vec<(RecordId, Row)> {
    let named = named_bearer(ask, norm);
    let all = ask.world.plan.norms_of(clause).map(|(_, other)| other);
    let apart = all.filter(|other| subject_of(other, norm, (instance, named)).is_none());
    let records: BTreeSet<RecordId> = apart.flat_map(|other| &other.subjects).map(|of| of.record).collect();
    records.into_iter().flat_map(|record| ask.world.facts.rows(record).map(move |row| (record, row))).collect()
}

/// Whom a field of the subject that is bound names as its bearer.
pub fn named_bearer<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Option<(RecordId, Row)> {
    let Some(Bearer::Field(field)) = &norm.bearer else { return None };
    match ask.quietly(|ask| ask.field(field)) {
        Val::Row(record, row) => Some((record, row)),
        _ => None,
    }
}

/// The bearer of the same case under another clause.
fn bearer_of(other: &Norm, norm: &Norm, (instance, named): (&Instance, Option<(RecordId, Row)>)) -> Holder {
    let speaks_of = |record: RecordId| other.subjects.iter().any(|of| of.record == record);
    match (&other.bearer, instance.bearer) {
        (Some(Bearer::Each(of)), Holder::Row(record, row)) if of.record == record => Holder::Row(record, row),
        (Some(Bearer::Each(of)), _) if named.is_some_and(|(record, _)| record == of.record) => {
            named.map_or(Holder::TheOne, |(record, row)| Holder::Row(record, row))
        }
        (Some(Bearer::EachOf(actors)), Holder::Actor(actor)) if actors.contains(&actor) => Holder::Actor(actor),
        (Some(Bearer::Each(of)), _) if !speaks_of(of.record) => match own_subject(norm, instance) {
            Some((record, row)) if record == of.record => Holder::Row(record, row),
            Some(_) | None => Holder::TheOne,
        },
        (_, _) => Holder::TheOne,
    }
}

/// Whether each row of a record bears a clause.
fn bears(norm: &Norm, record: RecordId) -> bool {
    matches!(&norm.bearer, Some(Bearer::Each(of)) if of.record == record)
}

/// The period of another clause: the same, where it has the same cycle; else the one that holds the day that is asked about.
fn period_of_other<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    other: &'w Norm,
    norm: &Norm,
    instance: &Instance,
) -> Option<CyclePeriod> {
    let on = if norm.cycle.is_some() { ask.on } else { ask.on.min(ask.world.as_of) };
    // An act is of the period of its own day, also where a window reaches past its period.
    let another =
        |period: &CyclePeriod| norm.bodies.iter().all(is_of_acts) && (on < period.first() || on > period.last());
    if let Some(of_the_day) = instance.period.filter(another).and_then(|_| period_holding(ask, other, on)) {
        return Some(of_the_day);
    }
    if instance.period.is_some_and(|period| has_period(ask, other, Some(period))) {
        return instance.period;
    }
    period_holding(ask, other, on)
}

/// The days on which it can change whether another clause goes before this one.
pub fn walk_others<'w, T: Trace>(walk: &mut Walk, ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) {
    let plan = ask.world.plan;
    let own_rows = (ask.vars.clone(), ask.whose, ask.named);
    let named = named_bearer(ask, norm);
    for clause in &norm.yields_to {
        for broken in ask.known.breaches(*clause) {
            walk.add(broken.following());
        }
        for (_, other) in plan.norms_of(*clause) {
            // Its variables have the numbers that those of the case have, and stand for other rows.
            ask.vars.clear();
            let force = ask.law.chosen(other);
            [force.from, force.until].into_iter().for_each(|day| walk.add(day));
            let subject = subject_of(other, norm, (instance, named)).or_else(|| beside(ask, other));
            let bearer = match (&other.bearer, bearer_of(other, norm, (instance, named))) {
                (Some(Bearer::Each(of)), Holder::Row(_, row)) => Some((of, row)),
                (_, _) => None,
            };
            walk_periods(walk, ask, other);
            ask.named = if let Some(Bearer::Field(field)) = &other.bearer { Some(field) } else { None };
            for own in each_subject(ask, other, subject) {
                // What it asks of further clauses is about its own rows.
                ask.whose = [own, bearer].map(|part| part.map(|(of, row)| (of.record, row)));
                for (of, row) in own.into_iter().chain(bearer) {
                    ask.bind(of.var, row);
                    walk.row_changes(ask, of.record, row, of.members_of);
                    walk.condition(ask, &of.filter);
                }
                // A membership goes before another clause for those who are members of it.
                if let Some((of, row)) = own.filter(|_| other.is_membership()) {
                    walk.row_changes(ask, of.record, row, Some(*clause));
                }
                for body in &other.bodies {
                    walk.conditions(ask, &body.conditions);
                    if matches!(body.test, NormTest::May { .. } | NormTest::Never(_))
                        || (own.is_some() && has_window(&body.test))
                    {
                        walk_windows(walk, ask, (other, body), instance);
                    }
                }
            }
            walk_others(walk, ask, other, instance);
        }
    }
    (ask.vars, ask.whose, ask.named) = own_rows;
}

/// So many rows that a case has none of are looked at one by one.
const MOST_BESIDE: usize = 10_000;

/// The subject of a clause; each row that it speaks of, where the case has none of them.
fn each_subject<'w, T: Trace>(
    ask: &Ask<'w, T>,
    other: &'w Norm,
    subject: Option<(u8, Row)>,
) -> Vec<Option<(&'w Collection, Row)>> {
    if let Some((line, row)) = subject {
        return vec![other.subjects.get(usize::from(line)).map(|of| (of, row))];
    }
    if other.subjects.is_empty() || ask.beside.is_some() {
        return vec![None];
    }
    let rows = other.subjects.iter().flat_map(|of| ask.world.facts.rows(of.record).map(move |row| Some((of, row))));
    std::iter::once(None).chain(rows).take(MOST_BESIDE).collect()
}

/// The first and last days of the windows of a right: of each of its periods, where it has such.
fn walk_windows<'w, T: Trace>(
    walk: &mut Walk,
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    instance: &Instance,
) {
    let before = (ask.period, ask.cycle, ask.term);
    let mut periods = vec![None];
    if norm.cycle.is_some() {
        periods = ask.quietly(|ask| listed_periods(ask, norm)).into_iter().map(Some).collect();
    }
    for period in periods {
        ask.period = period;
        if period.is_some() {
            ask.term = before.2;
            turn_to_term(ask, norm, &Instance { period, ..*instance });
        }
        let frame = ask.quietly(|ask| ask.frame(body, None));
        for edge in [frame.first, frame.last] {
            if let EdgeDay::On(day) = edge {
                walk.bounds(day);
                walk.add(day.last.following());
            }
        }
    }
    (ask.period, ask.cycle, ask.term) = before;
}

/// The days on which the periods of a clause begin, and the term that cuts them, after which it may apply or not, and on which it was
/// waived.
fn walk_periods<'w, T: Trace>(walk: &mut Walk, ask: &mut Ask<'w, T>, norm: &'w Norm) {
    if norm.cycle.is_some() {
        let periods = ask.quietly(|ask| listed_periods(ask, norm));
        let terms = norm.during.map_or(Vec::new(), |term| ask.quietly(|ask| terms_so_far(ask, term)).sure);
        let all = periods.iter().map(|period| period.stretch).chain(terms);
        all.flat_map(|days| [days.from, days.until]).for_each(|day| walk.add(day));
    }
    let name = ask.world.plan.clause(norm.clause).map_or("", |clause| &clause.name);
    let waivers = ask.world.facts.waivers.iter().filter(|waiver| waiver.decision.clause == name);
    waivers.for_each(|waiver| walk.add(waiver.decision.on));
}
