//! What is watched on every day: one instance for each longest span of days with one answer.

use crate::plan::Norm;
use crate::value::{Day, Number};
use crate::verdict::{Instance, Nuance, Status, Verdict};

use super::daily::{days_of_change, days_watched};
use super::due::{note_uses, note_what_is_due};
use super::figures::figures;
use super::life::bind_rows;
use crate::evaluate::amendments::ways::judge_instance;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::trace::Trace;

/// What days of a span have in common that stand together: the verdict, the limit, and what was counted where it is not kept.
#[derive(Clone, PartialEq)]
struct Answer<'w> {
    status: Status,
    nuance: Nuance,
    limit: Option<Number>,
    count: Option<Number>,
    figures: Vec<Val<'w>>,
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
        let answer = Answer { status: outcome.status, nuance, limit, count: count.filter(|_| !kept), figures };
        match spans.last_mut() {
            Some((before, so_far)) if *so_far == answer => {
                before.instance.span = before.instance.span.map(|(first, _)| (first, end));
            }
            Some(_) | None => spans.push((verdict, answer)),
        }
    }
    spans
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
