//! What a clause stands back behind: exceptions and what it gives way to, a breach that has not happened, a waiver.

use crate::facts::Row;
use crate::model::clause::Bearer;
use crate::model::expr::{ClauseId, Collection, Cond, CondKind};
use crate::plan::{Norm, NormTest, Trigger};
use crate::value::{Cycle, CyclePeriod, Day, Stretch};
use crate::verdict::{Decider, Holder, Instance, Mark, Missing, Nuance, Said, Status};

use super::force::is_in_force;
use super::life::{Own, bind_rows, own_of};
use super::people::{judged_not_to_apply, say_recorded, set_aside, waiver_of};
use super::periods::{has_period, listed_periods};
use super::reach::reaches;
use super::ruling::Ruling;
use crate::evaluate::expr::ask::{Ask, Excepted};
use crate::evaluate::expr::edges::EdgeDay;
use crate::evaluate::expr::history::Walk;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::{Truth, of_readings};
use crate::evaluate::norms::case::{events_of, is_daily};
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// How deep clauses may lean on one another. The check refuses circles; this is the belt to its braces.
const DEEPEST: u8 = 48;

/// What a clause is given of the others: the one way in which the judgement of one leads into that of another.
pub trait Other<'w, T: Trace> {
    fn ask(&mut self) -> &mut Ask<'w, T>;
    /// What an instance of another clause comes to, as amendments are taken to have gone.
    fn comes_to(&mut self, instance: &Instance) -> Ruling;
}

/// What keeps the norm from coming into play at all: nothing it hangs on is broken, an exception applies, or it was
/// waived.
pub fn steps_back<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    if let Trigger::Breach(base) = norm.trigger
        && let Some(ruling) = not_triggered(others, base, norm, instance)
    {
        return Some(ruling);
    }
    let by_acts = norm.bodies.iter().all(|body| matches!(body.test, NormTest::Never(_) | NormTest::May { .. }));
    let behind = match by_acts && !norm.yields_to.is_empty() {
        true => yields_by_acts(others, norm, instance),
        false => yields(others, norm, instance),
    };
    if let Some(ruling) = behind {
        return Some(ruling);
    }
    let cost = norm.bodies.iter().find_map(|body| match body.test {
        NormTest::PaysShare(cost) => Some(cost),
        _ => None,
    });
    if let Some(cost) = cost
        && elsewhere(others, cost, norm, instance).is_some_and(|cost| cost.outcome.status == Status::NotApplicable)
    {
        let span = norm.span;
        others.ask().trace.say(|| reason(Said::Words("the cost does not apply"), Mark::No, span));
        return Some(Ruling::of(Status::NotApplicable));
    }
    let (at, _) = waiver_of(others.ask(), norm, instance).filter(|(_, waiver)| waiver.until.is_none())?;
    let ask = others.ask();
    let place = ask.world.facts.waivers.get(at).map(|waiver| waiver.decision.place);
    say_recorded(ask, Said::Waiver(at), place);
    Some(Ruling { outcome: Outcome::of(Status::NotApplicable).nuanced(Nuance::Waived), decider: Decider::Nobody })
}

fn not_triggered<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    base: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Ruling> {
    let wording = counterpart(others.ask(), base, norm, instance)?.norm;
    if others.ask().world.plan.norm(wording).is_some_and(|wording| wording.makes_due != Some(norm.clause)) {
        others.ask().trace.say(|| reason(Said::MakesNothingDue(base), Mark::No, norm.span));
        return Some(Ruling::of(Status::NotApplicable));
    }
    let status = broken_within(others, base, norm, instance)?;
    match status {
        Status::Late | Status::Violated => {
            let place = others.ask().world.plan.clause(base).map(|clause| clause.name_span);
            others.ask().trace.say(|| reason(Said::Broken { clause: base, status }, Mark::Yes, place));
            None
        }
        Status::Satisfied | Status::NotApplicable | Status::Pending => {
            others.ask().trace.say(|| reason(Said::NothingBroken(base), Mark::No, norm.span));
            Some(Ruling::of(Status::NotApplicable))
        }
        Status::Unknown => {
            others.ask().trace.missing(|| Missing::Clause(base));
            Some(Ruling::of(Status::Unknown))
        }
        Status::NeedsJudgement => {
            Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed })
        }
    }
}

/// How another clause stands for whom and when a sanction is asked: where it has periods of its own, in all of them that lie in the
/// sanction's, the worst counts.
fn broken_within<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    base: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Status> {
    let ask = others.ask();
    let other = counterpart(ask, base, norm, instance)?;
    let other_norm = ask.world.plan.norm(other.norm)?;
    let same = match instance.period {
        Some(period) => has_period(ask, other_norm, Some(period)),
        None => false,
    };
    if other_norm.cycle.is_none() || same {
        return Some(elsewhere(others, base, norm, instance)?.outcome.status);
    }
    let periods = ask.quietly(|ask| listed_periods(ask, other_norm));
    let within = |period: &CyclePeriod| {
        instance.period.is_none_or(|own| own.first() <= period.last() && period.last() <= own.last())
    };
    let mut found: Vec<Status> = Vec::new();
    for period in periods.into_iter().filter(within) {
        let ask = others.ask();
        let here = leave(ask)?;
        ask.term = None;
        ask.trace.hush();
        let status = others.comes_to(&Instance { period: Some(period), ..other }).outcome.status;
        let ask = others.ask();
        ask.trace.speak();
        come_back(ask, here);
        found.push(status);
    }
    const WORST_FIRST: [Status; 5] =
        [Status::Violated, Status::Late, Status::Unknown, Status::NeedsJudgement, Status::Pending];
    let worst = WORST_FIRST.into_iter().find(|status| found.contains(status));
    Some(worst.unwrap_or(if found.contains(&Status::Satisfied) { Status::Satisfied } else { Status::NotApplicable }))
}

/// The ruling of another clause on the same subject, bearer and period, as far as it has them.
fn elsewhere<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Ruling> {
    let ask = others.ask();
    let other = counterpart(ask, clause, norm, instance)?;
    let here = leave(ask)?;
    ask.term = None;
    ask.trace.hush();
    let ruling = others.comes_to(&other);
    let ask = others.ask();
    ask.trace.speak();
    come_back(ask, here);
    Some(ruling)
}

/// What was asked about when another clause came to be looked at.
struct Here {
    rows: Vec<Row>,
    period: Option<CyclePeriod>,
    cycle: Option<Cycle>,
    days: (Day, Day, Day),
    term: Option<(ClauseId, Stretch)>,
}

/// Turns to another clause, unless it lies too deep.
fn leave<'w, T: Trace>(ask: &mut Ask<'w, T>) -> Option<Here> {
    if ask.leaning >= DEEPEST {
        return None;
    }
    ask.leaning = ask.leaning.saturating_add(1);
    let days = (ask.on, ask.by, ask.since);
    Some(Here { rows: ask.vars.clone(), period: ask.period, cycle: ask.cycle, days, term: ask.term })
}

fn come_back<'w, T: Trace>(ask: &mut Ask<'w, T>, here: Here) {
    (ask.on, ask.by, ask.since) = here.days;
    (ask.period, ask.cycle, ask.term) = (here.period, here.cycle, here.term);
    ask.vars = here.rows;
    ask.leaning = ask.leaning.saturating_sub(1);
}

fn counterpart<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &Norm,
    instance: &Instance,
) -> Option<Instance> {
    let plan = ask.world.plan;
    let then = ask.on;
    let in_force = plan.norms_of(clause).find(|(_, other)| ask.law.chosen(other).contains(then));
    let (id, other) = in_force.or_else(|| plan.norms_of(clause).next())?;
    let subject = instance.subject.and_then(|(line, row)| {
        let record = norm.subjects.get(usize::from(line))?.record;
        let at = other.subjects.iter().position(|of| of.record == record)?;
        Some((u8::try_from(at).ok()?, row))
    });
    let bearer = match (&other.bearer, instance.bearer) {
        (Some(Bearer::Each(of)), Holder::Row(record, row)) if of.record == record => Holder::Row(record, row),
        (Some(Bearer::EachOf(actors)), Holder::Actor(actor)) if actors.contains(&actor) => Holder::Actor(actor),
        (_, _) => Holder::TheOne,
    };
    let period = period_of_other(ask, other, norm, instance);
    Some(Instance { norm: id, subject, bearer, period, span: instance.span })
}

/// The period of another clause: the same, where it has the same cycle; else the one that holds the day that is asked about.
fn period_of_other<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    other: &'w Norm,
    norm: &Norm,
    instance: &Instance,
) -> Option<CyclePeriod> {
    other.cycle.as_ref()?;
    if instance.period.is_some_and(|period| has_period(ask, other, Some(period))) {
        return instance.period;
    }
    let on = if norm.cycle.is_some() { ask.on } else { ask.on.min(ask.world.as_of) };
    let periods = ask.quietly(|ask| listed_periods(ask, other));
    periods.into_iter().find(|period| period.first() <= on && on <= period.last())
}

/// Steps back behind a clause that applies to the same case; two that both apply and disagree are a conflict.
fn yields<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    let mut applying: Vec<(ClauseId, Status)> = Vec::new();
    for other in &norm.yields_to {
        match prevails(others.ask(), *other, norm, instance, For::TheCase) {
            Truth::No => {}
            Truth::Yes => {
                let status = elsewhere(others, *other, norm, instance).map(|ruling| ruling.outcome.status);
                let status = status.unwrap_or(Status::NotApplicable);
                if status != Status::NotApplicable || !is_judged_away(others.ask(), *other, norm, instance) {
                    applying.push((*other, status));
                }
            }
            Truth::Open => return Some(Ruling::of(Status::Unknown)),
            Truth::Person => {
                return Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed });
            }
        }
    }
    let (first, status) = *applying.first()?;
    if let Some((other, _)) = applying.iter().find(|(_, other)| *other != status) {
        let (other, span) = (*other, norm.span);
        others.ask().trace.say(|| reason(Said::Conflict(first, other), Mark::Person, span));
        return Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed });
    }
    let place = others.ask().world.plan.clause(first).map(|clause| clause.name_span);
    others.ask().trace.say(|| reason(Said::YieldsTo(first), Mark::No, place));
    Some(Ruling::of(Status::NotApplicable))
}

/// A ban and a right step back for each act, by what applies on its day. Where another clause applies on all of the days on which
/// there can be acts, they step back as a whole.
fn yields_by_acts<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    let ask = others.ask();
    let first = instance.period.map_or(ask.since, |period| period.first().max(ask.since));
    let last = ask.world.as_of.max(first);
    ask.trace.hush();
    let days = ask.changes(first, last, |walk, ask| walk_others(walk, ask, norm, instance));
    let mut excepted: Vec<Excepted<'w>> = Vec::new();
    for other in &norm.yields_to {
        let mut each = Vec::with_capacity(days.len());
        for day in &days {
            each.push((*day, ask.asked_on(*day, |ask| prevails(ask, *other, norm, instance, For::AnAct))));
        }
        if each.iter().any(|(_, truth)| !truth.is_no()) {
            excepted.push(Excepted { days: each, acts: acts_of(ask, *other, norm, instance) });
        }
    }
    ask.trace.speak();
    if excepted.is_empty() {
        return None;
    }
    let always = |one: &Excepted| one.acts.is_none() && one.days.iter().all(|(_, truth)| truth.is_yes());
    if excepted.iter().any(always) {
        return yields(others, norm, instance);
    }
    let ask = others.ask();
    for other in &norm.yields_to {
        let mut since: Option<Day> = None;
        let tell = |ask: &mut Ask<'w, T>, first: Day, last: Option<Day>| {
            let place = ask.world.plan.clause(*other).map(|clause| clause.name_span);
            ask.trace.say(|| reason(Said::YieldsOn { clause: *other, first, last }, Mark::Plain, place));
        };
        for day in &days {
            // What is not known of it is told here, too.
            let here = ask.asked_on(*day, |ask| prevails(ask, *other, norm, instance, For::AnAct));
            match (here.is_yes(), since) {
                (true, None) => since = Some(*day),
                (false, Some(first)) => {
                    tell(ask, first, Some(day.preceding()));
                    since = None;
                }
                _ => {}
            }
        }
        if let Some(first) = since {
            tell(ask, first, None);
        }
    }
    ask.excepted = excepted;
    None
}

/// The acts that another clause speaks of, where a condition of its own chooses among them.
fn acts_of<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<(&'w Collection, Vec<Row>)> {
    let other = counterpart(ask, clause, norm, instance)?;
    let other_norm = ask.world.plan.norm(other.norm)?;
    let of = other_norm.bodies.iter().find_map(|body| events_of(&body.test))?;
    if !chooses(&of.filter, of) {
        return None;
    }
    let before = std::mem::take(&mut ask.vars);
    bind_rows(ask, other_norm, &other);
    let rows = std::mem::replace(&mut ask.vars, before);
    Some((of, rows))
}

/// Whether a filter has parts that the policy writes out, besides whose the events are.
fn chooses(filter: &Cond, of: &Collection) -> bool {
    match &filter.kind {
        CondKind::Always => false,
        CondKind::And(parts) => parts.iter().any(|part| chooses(part, of)),
        _ => filter.span != of.span,
    }
}

/// The days on which it can change whether another clause goes before this one.
pub fn walk_others<'w, T: Trace>(walk: &mut Walk, ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) {
    let plan = ask.world.plan;
    for clause in &norm.yields_to {
        for (_, other) in plan.norms_of(*clause) {
            let force = ask.law.chosen(other);
            [force.from, force.until].into_iter().for_each(|day| walk.add(day));
            if let Some((line, row)) = instance.subject
                && let Some(record) = norm.subjects.get(usize::from(line)).map(|of| of.record)
                && let Some(of) = other.subjects.iter().find(|of| of.record == record)
            {
                ask.bind(of.var, row);
                walk.row_changes(ask, of.record, row, of.members_of);
                walk.condition(ask, &of.filter);
            }
            walk_periods(walk, ask, other);
            for body in &other.bodies {
                walk.conditions(ask, &body.conditions);
                if matches!(body.test, NormTest::May { .. }) {
                    let frame = ask.quietly(|ask| ask.frame(body, None));
                    for edge in [frame.first, frame.last] {
                        if let EdgeDay::On(day) = edge {
                            walk.bounds(day);
                            walk.add(day.last.following());
                        }
                    }
                }
            }
            walk_others(walk, ask, other, instance);
        }
    }
}

/// The days on which the periods of a clause begin, after which it may apply or not, and on which it was waived.
fn walk_periods<'w, T: Trace>(walk: &mut Walk, ask: &mut Ask<'w, T>, norm: &'w Norm) {
    if norm.cycle.is_some() {
        for period in ask.quietly(|ask| listed_periods(ask, norm)) {
            walk.add(period.first());
            walk.add(period.last().following());
        }
    }
    let name = ask.world.plan.clause(norm.clause).map_or("", |clause| &clause.name);
    let waivers = ask.world.facts.waivers.iter().filter(|waiver| waiver.decision.clause == name);
    waivers.for_each(|waiver| walk.add(waiver.decision.on));
}

/// Whether people have judged that another clause does not apply to the case.
fn is_judged_away<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, norm: &Norm, instance: &Instance) -> bool {
    let Some(other) = counterpart(ask, clause, norm, instance) else { return false };
    let other_norm = ask.world.plan.norm(other.norm);
    other_norm.is_some_and(|other_norm| judged_not_to_apply(ask, other_norm, &other).is_yes())
}

/// Whether another clause goes before one for a case.
pub fn is_behind<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Truth {
    let mut any = Truth::No;
    for other in &norm.yields_to {
        any = any.or(prevails(ask, *other, norm, instance, For::TheCase));
    }
    any
}

/// For what another clause goes before one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    TheCase,
    /// What is done on the day that is asked about.
    AnAct,
}

/// Whether another clause applies to this case: it is in force, reaches it, its conditions hold, and it does not step
/// back itself.
fn prevails<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
    what: For,
) -> Truth {
    let plan = ask.world.plan;
    let Some(other) = counterpart(ask, clause, norm, instance) else { return Truth::No };
    let Some(other_norm) = plan.norm(other.norm) else { return Truth::No };
    if !other_norm.subjects.is_empty() && other.subject.is_none() {
        return Truth::No;
    }
    // What is watched on every day steps back on days on which the other is in force, and was not waived yet.
    let (daily, on) = (is_daily(norm), ask.on);
    let by = if daily || what == For::AnAct { on } else { ask.world.as_of };
    let in_force = !daily || ask.law.chosen(other_norm).contains(on);
    ask.trace.open();
    let mark = ask.trace.mark();
    let truth = match leave(ask) {
        Some(here) => {
            // What has periods of its own is asked when its own began.
            if let Some(period) = other.period.filter(|_| what == For::TheCase) {
                let began = period.first().max(ask.law.chosen(other_norm).from);
                (ask.on, ask.by) = (began, began.min(ask.world.as_of));
            }
            let mut truth = if in_force { applies_here(ask, other_norm, &other, what) } else { Truth::No };
            if !truth.is_no() {
                truth = truth.and(set_aside(ask, other_norm, &other, by).opposite());
            }
            come_back(ask, here);
            truth
        }
        None => Truth::Open,
    };
    let place = plan.clause(clause).map(|clause| clause.name_span);
    if truth == Truth::Open {
        ask.trace.close(|| reason(Said::YieldsTo(clause), Mark::Open, place));
    } else {
        ask.trace.forget(mark);
        ask.trace.discard();
    }
    truth
}

/// Whether a clause is in force for an instance, reaches it, and does not step back itself; asked on the day that is asked
/// about.
fn applies_here<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, what: For) -> Truth {
    ask.vars.clear();
    bind_rows(ask, norm, instance);
    let own = own_of(ask, norm, instance);
    let on = match own {
        Own::On(day) => day,
        _ => ask.on,
    };
    if own == Own::None || !is_in_force(ask, norm, instance, (own, on)) {
        return Truth::No;
    }
    if what == For::AnAct && !ask.law.chosen(norm).contains(ask.on) {
        return Truth::No;
    }
    let mut truth = reaches(ask, norm, instance, on);
    if what == For::AnAct && !truth.is_no() {
        truth = truth.and(covers_the_act(ask, norm));
    }
    if !truth.is_no() {
        let readings: Vec<Truth> = norm.bodies.iter().map(|body| ask.applies(&body.conditions)).collect();
        truth = truth.and(of_readings(readings));
    }
    for next in &norm.yields_to {
        if truth.is_no() {
            break;
        }
        truth = truth.and(prevails(ask, *next, norm, instance, what).opposite());
    }
    truth
}

/// Whether what is done on the day that is asked about lies in the window of a right.
fn covers_the_act<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Truth {
    let Some(body) = norm.bodies.first().filter(|body| matches!(body.test, NormTest::May { .. })) else {
        return Truth::Yes;
    };
    let day = DayBounds::exactly(ask.on);
    let frame = ask.frame(body, None);
    let begun = match frame.first {
        EdgeDay::On(first) => day.before(first).opposite(),
        EdgeDay::None => Truth::Yes,
        EdgeDay::NoDay | EdgeDay::NotYet => Truth::No,
        EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::NoSuchDay => Truth::Open,
    };
    let over = match frame.last {
        EdgeDay::On(last) => last.before(day),
        EdgeDay::None | EdgeDay::NotYet => Truth::No,
        EdgeDay::NoDay => Truth::Yes,
        EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::NoSuchDay => Truth::Open,
    };
    begun.and(over.opposite())
}
