//! Which instances there are: one for each subject, bearer and period that a norm speaks of.

use crate::facts::Row;
use crate::model::clause::{Bearer, CycleOf};
use crate::model::expr::{ClauseId, Collection};
use crate::plan::{Norm, NormId, NormTest, Watched};
use crate::value::{CyclePeriod, Day, Number, Stretch};
use crate::verdict::{Holder, Instance, Nuance, Status};

use super::judging::daily;
use super::life::{Lasts, Own};
use super::periods::Periods;
use crate::evaluate::expr::edges::EdgeDay;
use crate::evaluate::expr::history::Walk;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::bearer_of;
use crate::evaluate::trace::Trace;

/// Which instances are asked for.
#[derive(Clone, Copy)]
pub struct Wanted<'f> {
    /// No more than so many.
    pub most: usize,
    /// Those for which this holds.
    pub fits: &'f dyn Fn(&Instance) -> bool,
}

/// What days of a span have in common that stand together: the verdict, the limit, and what was counted where it is not kept.
#[derive(Clone, PartialEq)]
struct Answer {
    status: Status,
    nuance: Nuance,
    limit: Option<Number>,
    count: Option<Number>,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The instances of a clause that are wanted, in the order of subjects, bearers and periods.
    pub fn instances(&mut self, clause: ClauseId, wanted: Wanted) -> Vec<Instance> {
        let plan = self.ask.world.plan;
        let mut all = Vec::new();
        for way in 0..self.ask.law.ways() {
            self.go(way);
            let before = all.len();
            for (id, norm) in plan.norms_of(clause) {
                if all.len() < wanted.most {
                    self.of_norm(id, norm, wanted, &mut all);
                }
            }
            // What is there whichever way amendments went is judged once.
            if way > 0 {
                self.only_new(&mut all, before);
            }
        }
        if self.ask.law.ways() > 1 {
            self.go(0);
        }
        all.truncate(wanted.most);
        all
    }

    fn of_norm(&mut self, id: NormId, norm: &'w Norm, wanted: Wanted, all: &mut Vec<Instance>) {
        let facts = self.ask.world.facts;
        let rows = (0..=u8::MAX).zip(&norm.subjects);
        let rows = rows.flat_map(|(at, of)| facts.rows(of.record).map(move |row| Some((at, row))));
        let without = norm.subjects.is_empty().then_some(None);
        // Only what is counted from a day of the subject's own differs from one to the next.
        let each = matches!(norm.cycle, Some(CycleOf::Counted { .. })) && !norm.subjects.is_empty();
        self.ask.vars.clear();
        let shared = if each { Periods::Once } else { self.periods(norm) };
        for subject in rows.chain(without) {
            if self.another_line(norm, subject) {
                continue;
            }
            let own = if each { self.periods_for(norm, subject) } else { None };
            let periods = match own.as_ref().unwrap_or(&shared) {
                Periods::Once | Periods::Unknown => vec![None],
                Periods::These(periods) => periods.iter().copied().map(Some).collect(),
            };
            for bearer in self.holders(norm) {
                for period in self.while_it_lasts(norm, subject, &periods) {
                    let instance = Instance { norm: id, subject, bearer, period, span: None };
                    self.of_case(norm, instance, wanted, all);
                    if all.len() >= wanted.most {
                        return;
                    }
                }
            }
        }
    }

    fn of_case(&mut self, norm: &'w Norm, mut instance: Instance, wanted: Wanted, all: &mut Vec<Instance>) {
        if norm.bodies.iter().any(|body| daily(&body.test)) {
            // Each wording speaks of its own days.
            all.extend(self.spans(norm, instance).into_iter().filter(wanted.fits));
            return;
        }
        if self.goes_by_wording(norm, &instance) {
            match self.span_of_wording(norm, &instance) {
                Some(span) => instance.span = span,
                None => return,
            }
        } else {
            let own = self.own(norm, &instance);
            let speaks = self.wording(norm.clause, instance.norm, &instance, (own, self.day_of_beginning(norm, &instance, own)));
            if speaks.map(|speaks| speaks.norm) != Some(instance.norm) {
                return;
            }
        }
        if watched(norm) == Some(Watched::OnAsOf) && instance.span.is_none() {
            instance.span = Some((self.ask.world.as_of, self.ask.world.as_of));
        }
        if (wanted.fits)(&instance) {
            all.push(instance);
        }
    }

    /// The day that decides which wording an instance began under.
    pub fn day_of_beginning(&self, norm: &'w Norm, instance: &Instance, own: Own) -> Day {
        let as_of = self.ask.world.as_of;
        match (instance.period, own) {
            (Some(period), _) => period.first(),
            (None, Own::On(day) | Own::ToCome(day)) => day,
            // No day tells: the last wording that has come into force speaks of it.
            (None, Own::None | Own::Unknown) => {
                let force = self.ask.law.force();
                if as_of >= force.until && !force.is_empty() { force.last() } else { as_of }
            }
            (None, Own::Without) => {
                let force = self.ask.law.chosen(norm);
                if as_of >= force.until && !force.is_empty() { force.last() } else { as_of }
            }
        }
    }

    /// What has no day on which it began has an instance for each wording that has come into force, over that wording's days. A
    /// single wording needs none to be told apart by; one that is still to come stands for the clause where no other does.
    fn span_of_wording(&mut self, norm: &'w Norm, instance: &Instance) -> Option<Option<(Day, Day)>> {
        let plan = self.ask.world.plan;
        let as_of = self.ask.world.as_of;
        let begun = |norm: &Norm| {
            let force = self.ask.law.chosen(norm);
            !force.is_empty() && force.from <= as_of
        };
        let by_acts = norm.bodies.iter().all(|body| matches!(body.test, NormTest::Never(_) | NormTest::May { .. }));
        let all: Vec<NormId> = plan.norms_of(norm.clause).filter(|(_, norm)| begun(norm)).map(|(id, _)| id).collect();
        match all.as_slice() {
            [] => {
                let first = plan.norms_of(norm.clause).next().map(|(id, _)| id);
                (first == Some(instance.norm)).then_some(None)
            }
            [only] => (*only == instance.norm).then_some(None),
            // Acts are judged by the wording of their day, in one instance.
            [.., last] if by_acts => (*last == instance.norm).then_some(None),
            several if several.contains(&instance.norm) => {
                let force = self.ask.law.chosen(norm);
                Some(Some((force.first(), force.last().min(as_of))))
            }
            _ => None,
        }
    }

    fn periods_for(&mut self, norm: &'w Norm, subject: Option<(u8, Row)>) -> Option<Periods> {
        let (line, row) = subject?;
        let of = norm.subjects.get(usize::from(line))?;
        self.ask.bind(of.var, row);
        Some(self.periods(norm))
    }

    /// The periods in which a lasting subject lasts; of any other all.
    fn while_it_lasts(
        &mut self,
        norm: &'w Norm,
        subject: Option<(u8, Row)>,
        periods: &[Option<CyclePeriod>],
    ) -> Vec<Option<CyclePeriod>> {
        let of = subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
        let lasts = of.and_then(|(of, row)| self.lasts(of, row));
        let Some(lasts) = lasts else { return periods.to_vec() };
        let meets = |period: &Option<CyclePeriod>| match period {
            Some(period) => !lasts.meets(period.first(), period.last()).is_no(),
            None => true,
        };
        periods.iter().copied().filter(meets).collect()
    }

    /// Whether another line (`for each`, `also for`) speaks of the same row with more right: a row is judged once, under the
    /// first line that may reach it, and under the first of all when none does.
    fn another_line(&mut self, norm: &'w Norm, subject: Option<(u8, Row)>) -> bool {
        let Some((line, row)) = subject.filter(|_| norm.subjects.len() > 1) else { return false };
        let Some(record) = norm.subjects.get(usize::from(line)).map(|of| of.record) else { return false };
        let lines = norm.subjects.iter().enumerate().filter(|(_, of)| of.record == record);
        let lines: Vec<(usize, &'w Collection)> = lines.collect();
        if lines.len() < 2 {
            return false;
        }
        let as_of = self.ask.world.as_of;
        let mut reaching = None;
        for (at, of) in &lines {
            self.ask.bind(of.var, row);
            let passes = self.ask.quietly(|ask| ask.asked_on(as_of, |ask| ask.passes(of, row)));
            if !passes.is_no() {
                reaching = Some(*at);
                break;
            }
        }
        reaching.or(lines.first().map(|(at, _)| *at)) != Some(usize::from(line))
    }

    fn holders(&self, norm: &Norm) -> Vec<Holder> {
        match &norm.bearer {
            Some(Bearer::EachOf(actors)) => actors.iter().map(|actor| Holder::Actor(*actor)).collect(),
            Some(Bearer::Each(of)) => {
                self.ask.world.facts.rows(of.record).map(|row| Holder::Row(of.record, row)).collect()
            }
            Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::Field(_)) | None => vec![Holder::TheOne],
        }
    }

    // ---- what is watched on every day ------------------------------------------------------------------------------------

    /// One instance for each longest span of days with one answer.
    fn spans(&mut self, norm: &'w Norm, instance: Instance) -> Vec<Instance> {
        self.ask.vars.clear();
        self.bind_rows(norm, &instance);
        self.ask.since = self.ask.law.first_day(norm.clause);
        let Some((first, last)) = self.days_watched(norm, &instance) else {
            return self.never_watched(norm, instance).into_iter().collect();
        };
        let mut starts = self.days_of_change(norm, &instance, (first, last));
        // Without a day from which it is in force, the first change is the first day worth speaking of.
        if first == Day::MIN && !norm.first_day_stated {
            starts.retain(|day| *day > Day::MIN);
            if starts.is_empty() {
                starts.push(last);
            }
        }
        let mut spans: Vec<(Instance, Answer)> = Vec::new();
        let mut ends: Vec<Day> = starts.iter().skip(1).map(|day| day.preceding()).collect();
        ends.push(last);
        for (start, end) in starts.into_iter().zip(ends) {
            let piece = Instance { span: Some((start, end)), ..instance };
            self.ask.trace.hush();
            let outcome = self.judge(&piece).outcome;
            self.ask.trace.speak();
            let (count, limit) = outcome.progress.map_or((None, None), |(have, needed)| (Some(have), Some(needed)));
            let kept = matches!(outcome.status, Status::Satisfied | Status::NotApplicable);
            let nuance = if outcome.nuance == Nuance::SoFar { Nuance::Plain } else { outcome.nuance };
            let answer = Answer { status: outcome.status, nuance, limit, count: count.filter(|_| !kept) };
            match spans.last_mut() {
                Some((before, so_far)) if *so_far == answer => {
                    before.span = before.span.map(|(first, _)| (first, end));
                }
                Some(_) | None => spans.push((piece, answer)),
            }
        }
        spans.into_iter().map(|(instance, _)| instance).collect()
    }

    /// The days on which a wording is watched: of its force, and on which its subject and bearer last.
    fn days_watched(&mut self, norm: &'w Norm, instance: &Instance) -> Option<(Day, Day)> {
        let as_of = self.ask.world.as_of;
        let mut days = self.ask.law.chosen(norm).intersect(Stretch::of_days(Day::MIN, as_of));
        let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
        let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
        for (of, row) in [subject, bearer].into_iter().flatten() {
            if let Some(lasts) = self.lasts(of, row) {
                days = days.intersect(may_last(lasts));
            }
        }
        if let Some(period) = instance.period {
            days = days.intersect(period.stretch);
        }
        (!days.is_empty()).then(|| (days.first(), days.last()))
    }

    /// A clause that is watched on no day yet is not applicable, or planned; it does not vanish from the report.
    fn never_watched(&mut self, norm: &'w Norm, instance: Instance) -> Option<Instance> {
        let plan = self.ask.world.plan;
        let as_of = self.ask.world.as_of;
        let others = plan.norms_of(norm.clause).any(|(_, other)| {
            let force = self.ask.law.chosen(other);
            !force.is_empty() && force.from <= as_of
        });
        let first = plan.norms_of(norm.clause).next().map(|(id, _)| id);
        (!others && first == Some(instance.norm)).then_some(instance)
    }

    /// The first day and each later one on which an answer can change.
    fn days_of_change(&mut self, norm: &'w Norm, instance: &Instance, (first, last): (Day, Day)) -> Vec<Day> {
        let plan = self.ask.world.plan;
        let own = *instance;
        let ways = self.ask.law.ways();
        self.ask.changes(first, last, |walk, ask| {
            let subject = own.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
            let bearer = bearer_of(norm, &own).map(|(of, _, row)| (of, row));
            for (of, row) in [subject, bearer].into_iter().flatten() {
                walk.row_changes(ask, of.record, row, of.members_of);
                ask.bind(of.var, row);
                walk.condition(ask, &of.filter);
            }
            let wordings: Vec<&'w Norm> = if ways > 1 {
                // Whatever any way makes a difference on begins a span of its own.
                plan.norms_of(norm.clause).map(|(_, norm)| norm).collect()
            } else {
                vec![norm]
            };
            for norm in wordings {
                norm.cuts.iter().map(|cut| cut.on).chain([norm.force.from]).for_each(|day| walk.add(day));
                for body in &norm.bodies {
                    walk.conditions(ask, &body.conditions);
                    watched_things(walk, ask, &body.test);
                }
            }
        })
    }
}

fn watched_things<'w, T: Trace>(
    walk: &mut Walk,
    ask: &mut crate::evaluate::expr::ask::Ask<'w, T>,
    test: &'w NormTest,
) {
    match test {
        NormTest::Numbers { numbered, .. } => {
            for part in &numbered.parts {
                walk.collection(ask, &part.of);
                walk.value(ask, &part.least);
                walk.value(ask, &part.most);
                if let Some((low, high)) = &part.tolerance {
                    walk.value(ask, low);
                    walk.value(ask, high);
                }
            }
        }
        NormTest::Limit { limited, .. } => {
            walk.collection(ask, &limited.of);
            walk.value(ask, &limited.amount);
        }
        NormTest::HoldsDaily(condition) => walk.condition(ask, condition),
        _ => {}
    }
}

/// The days on which something lasts, or may last.
fn may_last(lasts: Lasts) -> Stretch {
    if lasts.admitted == Truth::No {
        return Stretch::new(Day::MIN, Day::MIN);
    }
    let from = match lasts.from {
        EdgeDay::On(day) => day.first,
        EdgeDay::NotYet | EdgeDay::NoDay => return Stretch::new(Day::MIN, Day::MIN),
        _ => Day::MIN,
    };
    let until = match lasts.last {
        EdgeDay::On(day) => day.last.following(),
        _ => Stretch::ALWAYS.until,
    };
    Stretch::new(from, until)
}

fn watched(norm: &Norm) -> Option<Watched> {
    norm.bodies.iter().find_map(|body| match &body.test {
        NormTest::Numbers { when, .. } | NormTest::Limit { when, .. } => Some(*when),
        _ => None,
    })
}
