//! Which instances there are: one for each subject, bearer and period that a norm speaks of.

use std::collections::BTreeSet;

use crate::facts::Row;
use crate::model::clause::{Bearer, CycleOf};
use crate::model::expr::{ClauseId, Collection};
use crate::plan::{Norm, NormId, NormTest, Watched};
use crate::value::{CyclePeriod, Day};
use crate::verdict::{Holder, Instance};

use super::due::{note_uses, note_what_is_due};
use super::force::subject_is_event;
use super::judging::is_judged_by_reading;
use super::life::{day_of_beginning, goes_by_wording, governing_days, is_of_acts, last_to_come, lasting_days, own_of};
use super::periods::{Periods, periods_of_norm};
use super::watched::spans_of;
use crate::evaluate::amendments::under::under_each_begun;
use crate::evaluate::amendments::ways::{go, only_new};
use crate::evaluate::amendments::wording::wording_for;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::judge::Judge;
use crate::evaluate::norms::case::is_daily;
use crate::evaluate::trace::Trace;

/// Which instances are asked for.
#[derive(Clone, Copy)]
pub struct Wanted<'f> {
    /// No more than so many.
    pub most: usize,
    /// Those for which this holds.
    pub fits: &'f dyn Fn(&Instance) -> bool,
}

/// The instances of a clause that are wanted, in the order of subjects, bearers and periods: those that it has by any of its readings.
pub fn instances_of<'w, T: Trace>(judge: &mut Judge<'w, T>, clause: ClauseId, wanted: Wanted) -> Vec<Instance> {
    let plan = judge.ask.world.plan;
    if !plan.norms_of(clause).any(|(_, norm)| is_judged_by_reading(plan, norm)) {
        return of_clause(judge, clause, wanted);
    }
    let mut all = of_clause(judge, clause, wanted);
    let whose = |one: &Instance| (one.subject, one.bearer, one.period.map(|period| period.label));
    let mut there: BTreeSet<_> = all.iter().map(whose).collect();
    let before = all.len();
    for nth in 0..plan.count_readings(clause) {
        judge.ask.world.plan = plan.as_read(clause, nth);
        let found = judge.apart(|judge| of_clause(judge, clause, wanted));
        all.extend(found.into_iter().filter(|one| there.insert(whose(one))));
    }
    judge.ask.world.plan = plan;
    if all.len() > before {
        all.sort();
    }
    all.truncate(wanted.most);
    all
}

fn of_clause<'w, T: Trace>(judge: &mut Judge<'w, T>, clause: ClauseId, wanted: Wanted) -> Vec<Instance> {
    let plan = judge.ask.world.plan;
    let mut all = Vec::new();
    for way in 0..judge.ask.law.ways() {
        // What does not hang on the way is there in all of them.
        if way == 1 && !judge.ask.law.has_varied() {
            break;
        }
        go(judge, way);
        note_uses(judge);
        let before = all.len();
        for (id, norm) in plan.norms_of(clause) {
            if all.len() < wanted.most {
                of_norm(judge, id, norm, wanted, &mut all);
            }
        }
        // What is there whichever way amendments went is judged once.
        if way > 0 {
            only_new(&judge.ask, &mut all, before);
        }
    }
    if judge.ask.law.ways() > 1 {
        go(judge, 0);
    }
    all.truncate(wanted.most);
    all
}

fn of_norm<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    id: NormId,
    norm: &'w Norm,
    wanted: Wanted,
    all: &mut Vec<Instance>,
) {
    let facts = judge.ask.world.facts;
    let rows = (0..=u8::MAX).zip(&norm.subjects);
    let rows = rows.flat_map(|(at, of)| facts.rows(of.record).map(move |row| Some((at, row))));
    let without = norm.subjects.is_empty().then_some(None);
    // Only what is counted from a day of the subject's own differs from one to the next.
    let each = matches!(norm.cycle, Some(CycleOf::Counted { .. })) && !norm.subjects.is_empty();
    judge.ask.vars.clear();
    let shared = if each { Periods::Once } else { periods_of_norm(&mut judge.ask, norm) };
    for subject in rows.chain(without) {
        if another_line(&mut judge.ask, norm, subject) {
            continue;
        }
        let own = if each { periods_for(&mut judge.ask, norm, subject) } else { None };
        let periods = match own.as_ref().unwrap_or(&shared) {
            Periods::Once | Periods::Unknown => vec![None],
            Periods::These(periods) => periods.iter().copied().map(Some).collect(),
        };
        for bearer in holders_of(&judge.ask, norm) {
            for period in while_it_lasts(&mut judge.ask, norm, subject, &periods) {
                let instance = Instance { norm: id, subject, bearer, period, span: None };
                of_case(judge, norm, instance, wanted, all);
                if all.len() >= wanted.most {
                    return;
                }
            }
        }
    }
}

fn of_case<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    mut instance: Instance,
    wanted: Wanted,
    all: &mut Vec<Instance>,
) {
    if is_daily(norm) {
        // Each wording speaks of its own days.
        all.extend(spans_of(judge, norm, instance).into_iter().filter(wanted.fits));
        return;
    }
    // Which of its wordings speaks of it may hang on a last day, and that on what is due.
    if judge.ask.world.plan.norms_of(norm.clause).nth(1).is_some() {
        note_what_is_due(judge, norm, &instance);
    }
    if goes_by_wording(&judge.ask, norm, &instance) {
        match span_of_wording(&mut judge.ask, norm, &instance) {
            Some(span) => instance.span = span,
            None => return,
        }
    } else {
        let own = own_of(&mut judge.ask, norm, &instance);
        let began = day_of_beginning(&mut judge.ask, norm, &instance, own);
        let speaks = wording_for(&mut judge.ask, norm.clause, instance.norm, &instance, (own, began));
        if speaks.map(|speaks| speaks.norm) != Some(instance.norm) {
            return;
        }
    }
    if watched(norm) == Some(Watched::OnAsOf)
        && instance.span.is_none()
        && !subject_is_event(&judge.ask, norm, &instance)
    {
        let force = governing_days(&mut judge.ask, norm, &instance);
        let day = if force.is_empty() { judge.ask.world.as_of } else { judge.ask.world.as_of.min(force.last()) };
        instance.span = Some((day, day));
    }
    if (wanted.fits)(&instance) {
        all.push(instance);
    }
}

/// What has no day on which it began has an instance for each wording that has come into force, over that wording's days. A
/// single wording needs none to be told apart by; one that is still to come stands for the clause where no other does.
fn span_of_wording<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Option<(Day, Day)>> {
    let plan = ask.world.plan;
    let as_of = ask.world.as_of;
    let begun = |norm: &Norm| {
        let force = ask.law.chosen(norm);
        !force.is_empty() && force.from <= as_of
    };
    if norm.bodies.iter().all(is_of_acts) && plan.norms_of(norm.clause).any(|(_, norm)| begun(norm)) {
        // Acts are judged by the wording of their day, in one instance.
        let last = under_each_begun(ask, norm.clause, instance).last().map(|last| last.norm);
        return (last == Some(instance.norm)).then_some(None);
    }
    let all: Vec<NormId> = plan.norms_of(norm.clause).filter(|(_, norm)| begun(norm)).map(|(id, _)| id).collect();
    match all.as_slice() {
        [] => {
            let first = plan.norms_of(norm.clause).next().map(|(id, _)| id);
            (first == Some(instance.norm)).then_some(None)
        }
        [only] => (*only == instance.norm).then_some(None),
        several if several.contains(&instance.norm) => {
            let force = ask.law.chosen(norm);
            Some(Some((force.first(), force.last().min(as_of))))
        }
        _ => None,
    }
}

fn periods_for<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, subject: Option<(u8, Row)>) -> Option<Periods> {
    let (line, row) = subject?;
    let of = norm.subjects.get(usize::from(line))?;
    ask.bind(of.var, row);
    Some(periods_of_norm(ask, norm))
}

/// The periods in which a lasting subject lasts; of any other all.
fn while_it_lasts<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    subject: Option<(u8, Row)>,
    periods: &[Option<CyclePeriod>],
) -> Vec<Option<CyclePeriod>> {
    let of = subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let lasts = of.and_then(|(of, row)| lasting_days(ask, of, row));
    let Some(lasts) = lasts else { return periods.to_vec() };
    let mut meets = |period: &Option<CyclePeriod>| match period {
        Some(period) => {
            let last = last_to_come(ask, norm, *period);
            !lasts.meets(period.first(), last).is_no()
        }
        None => true,
    };
    periods.iter().copied().filter(|period| meets(period)).collect()
}

/// Whether another line (`for each`, `also for`) speaks of the same row with more right: a row is judged once, under the
/// first line that may reach it, and under the first of all when none does.
fn another_line<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, subject: Option<(u8, Row)>) -> bool {
    let Some((line, row)) = subject.filter(|_| norm.subjects.len() > 1) else { return false };
    let Some(record) = norm.subjects.get(usize::from(line)).map(|of| of.record) else { return false };
    let lines = norm.subjects.iter().enumerate().filter(|(_, of)| of.record == record);
    let lines: Vec<(usize, &'w Collection)> = lines.collect();
    if lines.len() < 2 {
        return false;
    }
    let as_of = ask.world.as_of;
    let mut reaching = None;
    for (at, of) in &lines {
        ask.bind(of.var, row);
        let passes = ask.quietly(|ask| ask.asked_on(as_of, |ask| ask.passes(of, row)));
        if !passes.is_no() {
            reaching = Some(*at);
            break;
        }
    }
    reaching.or(lines.first().map(|(at, _)| *at)) != Some(usize::from(line))
}

fn holders_of<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm) -> Vec<Holder> {
    match &norm.bearer {
        Some(Bearer::EachOf(actors)) => actors.iter().map(|actor| Holder::Actor(*actor)).collect(),
        Some(Bearer::Each(of)) => ask.world.facts.rows(of.record).map(|row| Holder::Row(of.record, row)).collect(),
        Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::Field(_)) | None => vec![Holder::TheOne],
    }
}

fn watched(norm: &Norm) -> Option<Watched> {
    norm.bodies.iter().find_map(|body| match &body.test {
        NormTest::Numbers { when, .. } | NormTest::Limit { when, .. } => Some(*when),
        _ => None,
    })
}
