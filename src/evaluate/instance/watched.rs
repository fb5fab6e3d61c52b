//! What is watched on every day: one instance for each longest span of days with one answer.

use crate::model::clause::When;
use crate::model::expr::ClauseId;
use crate::plan::{Norm, Trigger};
use crate::source::Span;
use crate::value::{Day, Number};
use crate::verdict::{Instance, Nuance, Status, Verdict};

use super::daily::{days_of_change, days_watched};
use super::due::{note_uses, note_what_is_due};
use super::figures::figures;
use super::life::bind_rows;
use super::prevails::{For, prevails};
use super::reach::reaches;
use crate::evaluate::amendments::ways::judge_instance;
use crate::evaluate::expr::ask::{Ask, leave_open, what_is_open};
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::trace::Trace;

/// What days of a span have in common that stand together: the verdict, the limit, what was counted where it is not kept, and why it does not
/// apply where it does not.
#[derive(Clone, PartialEq)]
struct Answer<'w> {
    status: Status,
    nuance: Nuance,
    limit: Option<Number>,
    count: Option<Number>,
    figures: Vec<Val<'w>>,
    /// Why it does not apply.
    cause: Option<Cause>,
}

impl<'w> Answer<'w> {
    /// Whether the next days have the same answer. Where it is not known why a clause does not apply, it may be for the same reason.
    fn goes_on(&self, next: &Answer<'w>) -> bool {
        let same_cause = self.cause.zip(next.cause).is_none_or(|(one, other)| one == other);
        same_cause && *self == Answer { cause: self.cause, ..next.clone() }
    }
}

/// Why a clause does not apply on a day.
#[derive(Clone, Copy, PartialEq)]
enum Cause {
    /// It does not speak of who or what it is for.
    Reach,
    Behind(ClauseId),
    Condition(Span),
}

/// One instance for each longest span of days with one answer.
pub fn spans_of<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: Instance) -> Vec<Instance> {
    note_uses(judge);
    judge.ask.vars.clear();
    bind_rows(&mut judge.ask, norm, &instance);
    judge.ask.since = judge.ask.law.first_day(norm.clause);
    let Some((first, last)) = days_watched(&mut judge.ask, norm, &instance) else {
        return never_watched(&mut judge.ask, norm, instance).into_iter().collect();
    };
    note_what_is_due(judge, norm, &instance);
    let mut starts = days_of_change(&mut judge.ask, norm, &instance, (first, last));
    // Without a day from which it is in force, the first change is the first day worth speaking of.
    if first == Day::MIN && !norm.first_day_stated {
        starts.retain(|day| *day > Day::MIN);
        if starts.is_empty() {
            starts.push(last);
        }
    }
    let together = together(judge, norm, &instance, (starts, last));
    together.into_iter().map(|(verdict, _)| verdict.instance).collect()
}

/// The verdicts on days that follow one another, each of those with one answer.
fn together<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (starts, last): (Vec<Day>, Day),
) -> Vec<(Verdict, Answer<'w>)> {
    let mut spans: Vec<(Verdict, Answer<'w>)> = Vec::new();
    let mut ends: Vec<Day> = starts.iter().skip(1).map(|day| day.preceding()).collect();
    ends.push(last);
    for (start, end) in starts.into_iter().zip(ends) {
        let piece = Instance { span: Some((start, end)), ..*instance };
        judge.ask.trace.hush();
        let ruling = judge_instance(judge, &piece);
        let (verdict, outcome) = (ruling.verdict_on(piece), ruling.outcome);
        judge.ask.trace.speak();
        let (count, limit) = outcome.progress.map_or((None, None), |(have, needed)| (Some(have), Some(needed)));
        let kept = matches!(outcome.status, Status::Satisfied | Status::NotApplicable);
        let nuance = if outcome.nuance == Nuance::SoFar { Nuance::Plain } else { outcome.nuance };
        let figures = figures_on(&mut judge.ask, (norm, instance), start, kept);
        let applies_not = outcome.status == Status::NotApplicable && nuance == Nuance::Plain;
        let cause = if applies_not { cause_on(&mut judge.ask, norm, &piece, start) } else { None };
        let answer = Answer { status: outcome.status, nuance, limit, count: count.filter(|_| !kept), figures, cause };
        match spans.last_mut() {
            Some((before, so_far)) if so_far.goes_on(&answer) => {
                so_far.cause = so_far.cause.or(answer.cause);
                before.instance.span = before.instance.span.map(|(first, _)| (first, end));
            }
            Some(_) | None => spans.push((verdict, answer)),
        }
    }
    spans
}

/// Why a clause that is due whatever else is broken does not apply on a day.
fn cause_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, piece: &Instance, day: Day) -> Option<Cause> {
    if norm.trigger != Trigger::Always {
        return None;
    }
    let open = what_is_open(ask);
    ask.vars.clear();
    bind_rows(ask, norm, piece);
    let cause = ask.quietly(|ask| {
        ask.asked_on(day, |ask| {
            if reaches(ask, norm, piece, day).is_no() {
                return Some(Cause::Reach);
            }
            let behind = |other: &&ClauseId| prevails(ask, **other, norm, piece, For::TheCase).is_yes();
            if let Some(other) = norm.yields_to.iter().find(behind) {
                return Some(Cause::Behind(*other));
            }
            let mut conditions = norm.bodies.iter().flat_map(|body| &body.conditions);
            let fails = conditions.find(|when| ask.applies(std::slice::from_ref(*when)).is_no())?;
            let (When::If(condition) | When::Unless(condition)) = fails;
            Some(Cause::Condition(condition.span))
        })
    });
    leave_open(ask, open);
    cause
}

/// The verdicts on the days of a span, which may have had one answer with other facts.
pub fn verdicts_within<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (first, last): (Day, Day),
) -> Vec<Verdict> {
    let starts = starts_of(judge, norm, instance, (first, last));
    together(judge, norm, instance, (starts, last)).into_iter().map(|(verdict, _)| verdict).collect()
}

/// So many days of a span are looked at one by one.
const MOST_STARTS: usize = 400;

/// The first day of a span and each later one on which what is missing can change.
pub fn starts_of<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (first, last): (Day, Day),
) -> Vec<Day> {
    judge.ask.trace.hush();
    judge.ask.vars.clear();
    bind_rows(&mut judge.ask, norm, instance);
    judge.ask.since = judge.ask.law.first_day(norm.clause);
    note_what_is_due(judge, norm, instance);
    let mut starts = days_of_change(&mut judge.ask, norm, instance, (first, last));
    judge.ask.trace.speak();
    starts.retain(|day| first < *day && *day <= last);
    starts.truncate(MOST_STARTS);
    starts.insert(0, first);
    starts
}

fn figures_on<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, instance): (&'w Norm, &Instance),
    day: Day,
    kept: bool,
) -> Vec<Val<'w>> {
    ask.vars.clear();
    bind_rows(ask, norm, instance);
    let each = norm.bodies.iter();
    ask.quietly(|ask| ask.asked_on(day, |ask| each.flat_map(|body| figures(ask, &body.test, kept)).collect()))
}

/// A clause that is watched on no day yet is not applicable, or planned; it does not vanish from the report.
fn never_watched<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: Instance) -> Option<Instance> {
    let plan = ask.world.plan;
    let as_of = ask.world.as_of;
    let others = plan.norms_of(norm.clause).any(|(_, other)| {
        let force = ask.law.chosen(other);
        !force.is_empty() && force.from <= as_of
    });
    let first = plan.norms_of(norm.clause).next().map(|(id, _)| id);
    (!others && first == Some(instance.norm)).then_some(instance)
}
