//! One instance judged each way that open amendments may have gone, and what the ways make of it together.

use std::collections::BTreeMap;

use crate::facts::Row;
use crate::model::clause::Strength;
use crate::model::schema::RecordId;
use crate::plan::Norm;
use crate::value::{CyclePeriod, Day};
use crate::verdict::{Adoption, Decider, Holder, Instance, Mark, Said, Status};

use super::adoption::tell_open;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::instance::due::taken_with_what_is_due;
use crate::evaluate::instance::ruling::Ruling;
use crate::evaluate::instance::ruling::Shares;
use crate::evaluate::instance::trying::judge_each_day;
use crate::evaluate::judge::Judge;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// What comes of one way in which amendments may have gone.
struct Told {
    way: usize,
    ruling: Ruling,
    strength: Strength,
    /// Who bears how much, of a cost.
    shares: Option<Shares>,
}

/// Judges an instance, whichever way amendments of which it is open have gone.
pub fn judge_instance<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let plan = judge.ask.world.plan;
    if plan.amendments.is_empty() {
        return judge_each_day(judge, instance);
    }
    match plan.norm(instance.norm) {
        Some(norm) if judge.ask.law.is_past_trying(norm.clause) => {
            tell_open_adoptions(&mut judge.ask);
            Ruling::of(Status::Unknown)
        }
        Some(norm) if judge.ask.law.ways() > 1 => judge_each_way(judge, norm, instance),
        Some(_) | None => judge_each_day(judge, instance),
    }
}

/// The verdict of all ways, if they agree, which they do where nothing was asked that is not the same in all of them; else it is unknown, or for a person where nothing is missing and the text
/// contradicts itself.
fn judge_each_way<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance) -> Ruling {
    let before = judge.ask.law.way;
    go(judge, 0);
    let mark = judge.ask.trace.place();
    let first = judge_taken(judge, norm, instance, 0);
    if !judge.ask.law.has_varied() {
        go(judge, before);
        return first.ruling;
    }
    judge.ask.trace.back_to(mark);
    judge.ask.trace.hush();
    let mut told = Vec::with_capacity(judge.ask.law.ways());
    told.push(first);
    for way in 1..judge.ask.law.ways() {
        go(judge, way);
        told.push(judge_taken(judge, norm, instance, way));
    }
    judge.ask.trace.speak();
    go(judge, before);
    let ruling = together(judge, norm, instance, &told);
    go(judge, before);
    ruling
}

pub fn go<'w, T: Trace>(judge: &mut Judge<'w, T>, way: usize) {
    if judge.ask.law.way != way {
        judge.ask.law.way = way;
        judge.forget();
        judge.ask.law.start_anew();
    }
}

fn tell_open_adoptions<'w, T: Trace>(ask: &mut Ask<'w, T>) {
    let (as_of, since) = (ask.world.as_of, ask.world.plan.force.from);
    (ask.on, ask.by, ask.since) = (as_of, as_of, since);
    tell_open(ask);
}

fn judge_taken<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance, way: usize) -> Told {
    let plan = judge.ask.world.plan;
    let here = taken_with_what_is_due(judge, norm, instance);
    let strength = here.and_then(|here| plan.norm(here.norm)).unwrap_or(norm).strength;
    judge.shared = None;
    let ruling = here.map_or(Ruling::of(Status::NotApplicable), |here| judge_each_day(judge, &here));
    Told { way, ruling, strength, shares: judge.take_shares(norm) }
}

/// What several ways make of an instance.
fn together<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance, told: &[Told]) -> Ruling {
    let Some(first) = told.first().map(|one| one.ruling.clone()) else { return Ruling::of(Status::Unknown) };
    let shares = told.first().map(|one| &one.shares);
    let alike = told.iter().all(|one| Some(&one.shares) == shares);
    if alike && told.iter().all(|one| one.ruling.same_as(&first)) {
        let mut ruling = first;
        told.iter().for_each(|one| ruling.widen(&one.ruling));
        tell_the_same(judge, norm, instance, told);
        return ruling;
    }
    if T::ON {
        tell_ways(judge, told);
    }
    let status = first.outcome.status;
    // Nobody in particular decides what one decides in one way, and another in another.
    let same = |one: &Told| Ruling { decider: first.decider.clone(), ..one.ruling.clone() }.same_as(&first);
    if alike && told.iter().all(same) {
        let decider = if status == Status::NeedsJudgement { Decider::Unnamed } else { Decider::Nobody };
        return Ruling { outcome: Outcome::of(status), decider };
    }
    let open = judge.ask.law.standings.adoptions.contains(&Adoption::Unknown);
    if open || told.iter().any(|one| one.ruling.outcome.status == Status::Unknown) {
        return Ruling::unknown_by(told.iter().map(|one| one.ruling.outcome.last));
    }
    // Who decides in one of the ways is as near as anybody to the question.
    let role = told.iter().map(|one| &one.ruling.decider).find(|decider| matches!(decider, Decider::Role(_)));
    let decider = role.cloned().unwrap_or(Decider::Unnamed);
    Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider }
}

/// All ways say the same: the reasons of one that speaks of the instance are as good as any.
fn tell_the_same<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance, told: &[Told]) {
    if !T::ON {
        return;
    }
    for one in told {
        go(judge, one.way);
        if let Some(here) = taken_with_what_is_due(judge, norm, instance) {
            judge_each_day(judge, &here);
            return;
        }
    }
}

/// What is open, and what comes of it each way.
fn tell_ways<'w, T: Trace>(judge: &mut Judge<'w, T>, told: &[Told]) {
    tell_open_adoptions(&mut judge.ask);
    for one in told {
        let outcome = &one.ruling.outcome;
        let called = outcome.nuance.called(outcome.status, one.strength);
        let days = outcome.days;
        let adopted = judge.ask.law.standings.ways.get(one.way).map_or_else(Vec::new, |way| way.adopted.clone());
        judge.ask.trace.say(|| reason(Said::Way { adopted, called, days }, Mark::Plain, None));
    }
}

/// Keeps of the instances from a place on those that none before it says the same of.
pub fn only_new<'w, T: Trace>(ask: &Ask<'w, T>, all: &mut Vec<Instance>, from: usize) {
    let later = all.split_off(from.min(all.len()));
    let mut known: BTreeMap<Key, Vec<(Day, Day)>> = BTreeMap::new();
    for one in all.iter() {
        known.entry(identity(ask, one)).or_default().extend(one.span);
    }
    for one in later {
        let new = match (known.get(&identity(ask, &one)), one.span) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(spans), Some((begins, ends))) => !spans.iter().any(|(first, last)| *first <= ends && begins <= *last),
        };
        if new {
            known.entry(identity(ask, &one)).or_default().extend(one.span);
            all.push(one);
        }
    }
}

fn identity<'w, T: Trace>(ask: &Ask<'w, T>, instance: &Instance) -> Key {
    let subject = instance.subject.and_then(|(line, row)| {
        let norm = ask.world.plan.norm(instance.norm)?;
        Some((norm.subjects.get(usize::from(line))?.record, row))
    });
    (subject, instance.bearer, instance.period)
}

/// What tells instances of one clause apart, whatever wording they are of; spans are compared beside it.
type Key = (Option<(RecordId, Row)>, Holder, Option<CyclePeriod>);
