//! Which instances there are: one for each subject, bearer and period that a norm speaks of.

use std::collections::BTreeSet;

use crate::facts::{CellId, Facts, Row};
use crate::model::clause::{Bearer, CycleOf, Edge, Window, YearOf};
use crate::model::expr::{ClauseId, Collection};
use crate::model::schema::RecordId;
use crate::plan::{Norm, NormId, NormTest, Plan, Watched};
use crate::value::{Counted, Cycle, CyclePeriod, Day, FirstDay, PeriodLabel, Stretch};
use crate::verdict::{Holder, Instance};

use super::judge::Judge;
use super::known::{DayBounds, Val};
use super::trace::Trace;
use super::values::EdgeDay;

/// Which instances are asked for.
#[derive(Clone, Copy)]
pub struct Wanted<'f> {
    /// No more than so many.
    pub most: usize,
    /// Those for which this holds.
    pub fits: &'f dyn Fn(&Instance) -> bool,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The instances of a clause that are wanted, in the order of subjects, bearers and periods.
    pub fn instances(&mut self, clause: ClauseId, wanted: Wanted) -> Vec<Instance> {
        let plan = self.world.plan;
        let mut all = Vec::new();
        for way in 0..self.standings.ways.len() {
            self.way = way;
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
        self.way = 0;
        all.truncate(wanted.most);
        all
    }

    fn of_norm(&mut self, id: NormId, norm: &'w Norm, wanted: Wanted, all: &mut Vec<Instance>) {
        let facts = self.world.facts;
        let rows = (0..=u8::MAX).zip(&norm.subjects);
        let rows = rows.flat_map(|(at, of)| facts.rows(of.record).map(move |row| Some((at, row))));
        let without = norm.subjects.is_empty().then_some(None);
        for subject in rows.chain(without) {
            let begun = subject.and_then(|subject| self.begun(norm, subject));
            let periods = self.periods(norm);
            for bearer in self.holders(norm) {
                for period in &periods {
                    if self.another_line(norm, subject) {
                        continue;
                    }
                    let mut instance = Instance { norm: id, subject, bearer, period: *period, span: None };
                    let watched = self.watched(norm);
                    if watched == Some(Watched::OnEveryDay) {
                        // Each wording speaks of its own days.
                        all.extend(self.spans(norm, instance).into_iter().filter(wanted.fits));
                        continue;
                    }
                    let speaks = self.wording(norm.clause, id, &instance, begun.clone());
                    if speaks.map(|speaks| speaks.norm) != Some(id) {
                        continue;
                    }
                    if watched == Some(Watched::OnAsOf) {
                        instance.span = Some((self.world.as_of, self.world.as_of));
                    }
                    if (wanted.fits)(&instance) {
                        all.push(instance);
                    }
                    if all.len() >= wanted.most {
                        return;
                    }
                }
            }
        }
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
        self.trace.hush();
        let mut reaching = None;
        for (at, of) in &lines {
            self.bind(of.var, row);
            if !self.holds(&of.filter).is_no() {
                reaching = Some(*at);
                break;
            }
        }
        self.trace.speak();
        reaching.or(lines.first().map(|(at, _)| *at)) != Some(usize::from(line))
    }

    fn watched(&self, norm: &Norm) -> Option<Watched> {
        norm.bodies.iter().find_map(|body| match &body.test {
            NormTest::Numbers { when, .. } | NormTest::Limit { when, .. } => Some(*when),
            _ => None,
        })
    }

    /// When a subject began, if it has a day of its own; for a demand at joining, the day of joining.
    pub fn begun(&mut self, norm: &'w Norm, subject: (u8, Row)) -> Option<Val<'w>> {
        let (line, row) = subject;
        let of = norm.subjects.get(usize::from(line))?;
        if let Some(NormTest::AtJoining { membership, .. }) = norm.bodies.first().map(|body| &body.test) {
            return Some(match self.member_days(*membership, row).map(|days| days.from) {
                Some(EdgeDay::On(day)) => Val::Day(day),
                Some(_) | None => Val::Unknown,
            });
        }
        self.world.day_of(of.record, row)
    }

    /// The day that decides which wording holds, and as of which dated values and memberships are taken.
    pub fn matters(&self, norm: &Norm, instance: &Instance, begun: Option<Val>) -> Day {
        if let Some(period) = instance.period {
            return period.first();
        }
        if let Some((first, _)) = instance.span {
            return first;
        }
        match begun.and_then(|day| day.day_bounds()).and_then(DayBounds::exact) {
            Some(day) => day,
            // Without a day of its own it is judged by what holds now, or held last.
            None => {
                let as_of = self.world.as_of;
                let force = self.chosen(norm);
                if as_of >= force.until && !force.is_empty() { force.last() } else { as_of }
            }
        }
    }

    fn holders(&self, norm: &Norm) -> Vec<Holder> {
        match &norm.bearer {
            Some(Bearer::EachOf(actors)) => actors.iter().map(|actor| Holder::Actor(*actor)).collect(),
            Some(Bearer::Each(of)) => self.world.facts.rows(of.record).map(|row| Holder::Row(of.record, row)).collect(),
            Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::Field(_)) | None => vec![Holder::TheOne],
        }
    }

    /// The periods that are judged: from the agreement's first day through the one that holds the as-of day, and those
    /// for which something is planned already.
    fn periods(&mut self, norm: &'w Norm) -> Vec<Option<CyclePeriod>> {
        let Some(cycle) = &norm.cycle else { return self.terms(norm) };
        let start = self.start(norm);
        let end = self.planned(norm).max(self.world.as_of);
        let force = self.agreement_force();
        let until = end.following().min(force.until).max(start.following());
        let cycle = match cycle {
            CycleOf::Calendar(cycle) => *cycle,
            CycleOf::Counted { every, from } => {
                let Some(from) = self.value(from).day_bounds().and_then(DayBounds::exact) else { return vec![None] };
                let (months, calendar) = (self.world.plan.months, self.world.plan.calendar);
                match Counted::new(*every, from, FirstDay::NotCounted, months, calendar) {
                    Some(counted) => Cycle::Counted(counted),
                    None => return vec![None],
                }
            }
            CycleOf::YearOfTerm(term) => return self.years_of(*term, until),
        };
        cycle.between(start, until).take(MOST_PERIODS).map(Some).collect()
    }

    /// Whether the period of an instance is one of those that a norm is judged for.
    pub fn has_period(&mut self, norm: &'w Norm, instance: &Instance) -> bool {
        self.periods(norm).contains(&instance.period)
    }

    /// What is due in a year of a term is due in that year of each term: one period a term. It runs from that year's
    /// first day until the same year of the next term begins, so that what is done too late is late and not lost.
    fn terms(&mut self, norm: &'w Norm) -> Vec<Option<CyclePeriod>> {
        let years: Vec<YearOf> = norm.bodies.iter().filter_map(|body| year_of(&body.window)).collect();
        let Some(first) = years.first() else { return vec![None] };
        let terms = self.terms_so_far(first.term);
        // Of readings that count the years otherwise, the one that begins first.
        let begins = |term: &Stretch| {
            years.iter().filter_map(|year| self.numbered_year(term.first(), *year)).map(|year| year.from).min()
        };
        let begins: Vec<Option<Day>> = terms.iter().map(begins).collect();
        let mut next = begins.iter().skip(1).copied().chain([Some(Stretch::ALWAYS.until)]);
        let periods = terms.iter().zip(&begins).map(|(term, begin)| {
            let until = next.next().flatten().unwrap_or(Stretch::ALWAYS.until);
            let label = PeriodLabel::Days(term.first(), term.last());
            begin.map(|begin| CyclePeriod::new(Stretch::new(begin, until), label))
        });
        let periods: Vec<Option<CyclePeriod>> = periods.collect();
        if periods.is_empty() { vec![None] } else { periods }
    }

    fn years_of(&mut self, term: ClauseId, until: Day) -> Vec<Option<CyclePeriod>> {
        let Some(days) = self.term_days(term) else { return vec![None] };
        let mut years = Vec::new();
        for number in 1..=u32::try_from(MOST_PERIODS).unwrap_or(u32::MAX) {
            let Some(year) = self.year_from(days.first(), number) else { break };
            let year = year.intersect(days);
            if year.is_empty() || year.from >= until {
                break;
            }
            years.push(Some(CyclePeriod::new(year, PeriodLabel::YearOfTerm(number))));
        }
        years
    }

    /// The first day from which periods are judged: the agreement's, or without one the first day that the facts know of.
    fn start(&self, norm: &Norm) -> Day {
        let force = self.world.plan.force.from;
        if force > Stretch::ALWAYS.from {
            return force;
        }
        if norm.force.from > Stretch::ALWAYS.from {
            return norm.force.from;
        }
        let records = norm.bodies.iter().filter_map(|body| events_of(&body.test)).map(|of| of.record);
        records
            .filter_map(|record| first_day(self.world.facts, self.world.plan, record))
            .min()
            .unwrap_or(self.world.as_of)
    }

    /// The last day on which something that the norm asks for is planned.
    fn planned(&self, norm: &Norm) -> Day {
        let records = norm.bodies.iter().filter_map(|body| events_of(&body.test)).map(|of| of.record);
        let last = records.filter_map(|record| last_day(self.world.facts, self.world.plan, record)).max();
        last.unwrap_or(self.world.as_of)
    }

    /// One instance for each longest span of days with one answer.
    fn spans(&mut self, norm: &'w Norm, instance: Instance) -> Vec<Instance> {
        let plan = self.world.plan;
        let force = self.chosen(norm);
        let first = force.from;
        let as_of = self.world.as_of;
        let mut collections = counted_in(norm);
        let mut cuts: BTreeSet<Day> = BTreeSet::new();
        if self.standings.ways.len() > 1 {
            // Whatever any way makes a difference on begins a span of its own.
            for (_, other) in plan.norms_of(norm.clause) {
                collections.extend(counted_in(other));
                cuts.extend(other.cuts.iter().map(|cut| cut.on).chain([other.force.from]));
            }
        }
        for of in &collections {
            for row in self.world.facts.rows(of.record) {
                cuts.extend(self.changes_of(of.record, row));
                if let Some(clause) = of.members_of
                    && let Some(days) = self.member_days(clause, row)
                {
                    for edge in [days.from, days.until] {
                        if let EdgeDay::On(day) = edge {
                            cuts.extend([day.first, day.last, day.last.following()]);
                        }
                    }
                }
            }
        }
        // Without a day from which it is in force, the first change is the first day worth speaking of.
        let first =
            if first > Stretch::ALWAYS.from { first } else { cuts.first().copied().unwrap_or(as_of).max(first) };
        let end = as_of.following().min(force.until);
        if first >= end {
            return Vec::new();
        }
        let mut starts: Vec<Day> = cuts.into_iter().filter(|day| first < *day && *day < end).collect();
        starts.insert(0, first);
        let mut spans: Vec<(Instance, crate::verdict::Status, Option<crate::value::Number>)> = Vec::new();
        let mut ends = starts.iter().skip(1).copied().chain([end]);
        for start in starts.iter().copied() {
            let last = ends.next().unwrap_or(end).preceding();
            let piece = Instance { span: Some((start, last)), ..instance };
            self.trace.hush();
            let judged = self.judge(&piece);
            self.trace.speak();
            let number = judged.outcome.progress.map(|(have, _)| have);
            match spans.last_mut() {
                Some((before, status, have)) if *status == judged.outcome.status && *have == number => {
                    before.span = before.span.map(|(first, _)| (first, last));
                }
                Some(_) | None => spans.push((piece, judged.outcome.status, number)),
            }
        }
        spans.into_iter().map(|(instance, _, _)| instance).collect()
    }
}

/// The term and the year of it that a window speaks of.
pub fn year_of(window: &Window) -> Option<YearOf> {
    let edges = [window.first.as_ref(), Some(&window.last)];
    edges.into_iter().flatten().find_map(|edge| match edge {
        Edge::YearOfTerm { year, .. } => Some(*year),
        Edge::On(_) | Edge::DayBefore(_) | Edge::DayAfter(_) | Edge::Lapse { .. } => None,
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::OfTerm { .. } => None,
    })
}

/// How many periods of one cycle are judged at the most.
const MOST_PERIODS: usize = 20_000;

/// The events that a test looks for.
pub fn events_of(test: &NormTest) -> Option<&Collection> {
    match test {
        NormTest::Happens { events, .. } | NormTest::Never(events) => Some(events),
        NormTest::Dated(_) | NormTest::Holds(_) | NormTest::HoldsDaily(_) => None,
        NormTest::Numbers { .. } | NormTest::Limit { .. } => None,
        NormTest::Member(_) | NormTest::AtJoining { .. } | NormTest::States(_) | NormTest::Shared { .. } => None,
        NormTest::PaysShare(_) | NormTest::Term(_) | NormTest::Vote { .. } | NormTest::ForPerson(_) => None,
        NormTest::May { act, .. } => match act {
            crate::model::clause::Act::Event { events, .. } => Some(events),
            _ => None,
        },
    }
}

/// The collections that a composition counts.
fn counted_in(norm: &Norm) -> Vec<&Collection> {
    let mut all = Vec::new();
    for body in &norm.bodies {
        match &body.test {
            NormTest::Numbers { numbered, .. } => all.extend(numbered.parts.iter().map(|part| &part.of)),
            NormTest::Limit { limited, .. } => {
                all.push(&limited.of);
                counted_by(&limited.amount, &mut all);
            }
            _ => {}
        }
    }
    all
}

fn counted_by<'e>(expr: &'e crate::model::expr::Expr, all: &mut Vec<&'e Collection>) {
    use crate::model::expr::ExprKind;
    match &expr.kind {
        ExprKind::Count(of) => all.push(of),
        ExprKind::Times(a, b) | ExprKind::DividedBy(a, b) | ExprKind::Plus(a, b) | ExprKind::Minus(a, b) => {
            counted_by(a, all);
            counted_by(b, all);
        }
        ExprKind::Rounded { of, .. } | ExprKind::Per { of, .. } => counted_by(of, all),
        _ => {}
    }
}

fn first_day(facts: &Facts, plan: &Plan, record: RecordId) -> Option<Day> {
    days(facts, plan, record).min()
}

fn last_day(facts: &Facts, plan: &Plan, record: RecordId) -> Option<Day> {
    days(facts, plan, record).max()
}

fn days<'f>(facts: &'f Facts, plan: &'f Plan, record: RecordId) -> impl Iterator<Item = Day> + 'f {
    let field = plan.schema.record(record).and_then(|record| record.day_field());
    let rows = field.map(|field| facts.rows(record).map(move |row| CellId { record, row, field }));
    rows.into_iter().flatten().filter_map(|cell| match facts.cell(cell) {
        crate::facts::Cell::Day(day) => Some(day),
        _ => None,
    })
}
