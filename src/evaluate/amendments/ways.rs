//! One instance judged each way that open amendments may have gone, and what the ways make of it together.

use std::collections::BTreeMap;

use crate::facts::{CellId, Row};
use crate::model::clause::{Bearer, Strength};
use crate::model::schema::RecordId;
use crate::plan::{Norm, NormId};
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::{Adoption, Decider, Holder, Instance, Mark, Said, Status};

use super::judge::Judge;
use super::judging::Ruling;
use super::outcome::Outcome;
use super::trace::{Trace, reason};

/// One way to take what is not known: how amendments went, and which wording spoke on a day that is not known exactly.
#[derive(Clone, Copy)]
struct Taken {
    way: usize,
    wording: Supposed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Supposed {
    /// The day tells.
    ByItsDay,
    /// This wording was in force.
    Spoke(NormId),
    /// None was.
    NoneSpoke,
}

/// What comes of it.
struct Told {
    taken: Taken,
    ruling: Ruling,
    strength: Strength,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// Whether there is more than one way to take an instance.
    pub fn is_taken_in_ways(&mut self, norm: &'w Norm, instance: &Instance) -> bool {
        self.standings.ways.len() > 1 || self.wordings_of_its_day(norm, instance).len() > 1
    }

    /// The verdict of all ways, if they agree; else it is unknown, or for a person where nothing is missing and the text
    /// contradicts itself.
    pub fn judge_each_way(&mut self, norm: &'w Norm, instance: &Instance) -> Ruling {
        let before = self.way;
        self.trace.hush();
        let mut told = Vec::with_capacity(self.standings.ways.len());
        for way in 0..self.standings.ways.len() {
            self.go(way);
            for wording in self.wordings_of_its_day(norm, instance) {
                told.push(self.judge_taken(instance, Taken { way, wording }));
            }
        }
        self.trace.speak();
        self.go(before);
        let ruling = self.together(norm, instance, &told);
        self.go(before);
        ruling
    }

    fn go(&mut self, way: usize) {
        self.way = way;
        self.assignments.clear();
    }

    /// The wordings that may have been in force when the subject happened. One, unless its day is not known exactly.
    fn wordings_of_its_day(&mut self, norm: &'w Norm, instance: &Instance) -> Vec<Supposed> {
        let plan = self.world.plan;
        let by_its_day = vec![Supposed::ByItsDay];
        let Some(subject) = instance.subject.filter(|_| instance.period.is_none()) else { return by_its_day };
        if !plan.is_amended(norm.clause) {
            return by_its_day;
        }
        let (first, last) = match self.begun(norm, subject) {
            None => return by_its_day,
            Some(begun) => match begun.day_bounds() {
                Some(bounds) if bounds.exact().is_some() => return by_its_day,
                Some(bounds) => (bounds.first, bounds.last),
                None => (Day::MIN, Day::MAX),
            },
        };
        let days = Stretch::of_days(first, last);
        let force = self.agreement_force();
        let mut left = days.intersect(force);
        let mut found = Vec::new();
        let mut spans: Vec<(Stretch, NormId)> = Vec::new();
        for (id, norm) in plan.norms_of(norm.clause) {
            let meets = self.chosen(norm).intersect(days);
            if !meets.is_empty() {
                spans.push((meets, id));
            }
        }
        spans.sort_unstable();
        for (span, id) in spans {
            found.push(Supposed::Spoke(id));
            if span.from <= left.from {
                left.from = left.from.max(span.until);
            }
        }
        if !left.is_empty() {
            found.push(Supposed::NoneSpoke);
        }
        if found.len() > 1 { found } else { by_its_day }
    }

    fn judge_taken(&mut self, instance: &Instance, taken: Taken) -> Told {
        let plan = self.world.plan;
        let here = self.taken(instance, taken);
        let strength = here.and_then(|here| plan.norm(here.norm)).or_else(|| plan.norm(instance.norm));
        let strength = strength.map_or(Strength::Shall, |norm| norm.strength);
        let ruling = here.map_or(Ruling::of(Status::NotApplicable), |here| self.judge_supposed(&here, taken.wording));
        Told { taken, ruling, strength }
    }

    fn judge_supposed(&mut self, instance: &Instance, wording: Supposed) -> Ruling {
        let spoke = match wording {
            Supposed::Spoke(norm) => Some(norm),
            Supposed::ByItsDay | Supposed::NoneSpoke => None,
        };
        let before = std::mem::replace(&mut self.spoke, spoke);
        let ruling = self.judge_here(instance);
        self.spoke = before;
        ruling
    }

    /// The same instance under the wording that speaks of it, as things are taken to be.
    fn taken(&mut self, instance: &Instance, taken: Taken) -> Option<Instance> {
        let norm = self.world.plan.norm(instance.norm)?;
        match taken.wording {
            Supposed::NoneSpoke => None,
            Supposed::Spoke(id) => self.under(norm, id, instance),
            Supposed::ByItsDay => {
                let begun = instance.subject.and_then(|subject| self.begun(norm, subject));
                let speaks = self.wording(norm.clause, instance.norm, instance, begun)?;
                self.under(norm, speaks.norm, instance)
            }
        }
    }

    /// The instance of one wording as an instance of another; nothing if the other does not speak of such a one.
    pub fn under(&mut self, norm: &'w Norm, id: NormId, instance: &Instance) -> Option<Instance> {
        if id == instance.norm {
            return Some(*instance);
        }
        let own = self.world.plan.norm(instance.norm)?;
        let other = if std::ptr::eq(own, norm) { self.world.plan.norm(id)? } else { norm };
        let subject = match instance.subject {
            None if other.subjects.is_empty() => None,
            None => return None,
            Some((line, row)) => {
                let record = own.subjects.get(usize::from(line))?.record;
                let at = other.subjects.iter().position(|of| of.record == record)?;
                Some((u8::try_from(at).ok()?, row))
            }
        };
        let fits = match (&other.bearer, instance.bearer) {
            (Some(Bearer::Each(of)), Holder::Row(record, _)) => of.record == record,
            (Some(Bearer::EachOf(actors)), Holder::Actor(actor)) => actors.contains(&actor),
            (Some(Bearer::Each(_) | Bearer::EachOf(_)), _) => false,
            (Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::Field(_)) | None, bearer) => {
                bearer == Holder::TheOne
            }
        };
        let same_period = instance.period.is_none() && other.cycle.is_none() || self.has_period(other, instance);
        (fits && same_period).then_some(Instance { norm: id, subject, ..*instance })
    }

    /// What several ways make of an instance.
    fn together(&mut self, norm: &'w Norm, instance: &Instance, told: &[Told]) -> Ruling {
        let Some(first) = told.first().map(|one| one.ruling.clone()) else { return Ruling::of(Status::Unknown) };
        if told.iter().all(|one| one.ruling.outcome == first.outcome && one.ruling.decider == first.decider) {
            return self.tell_the_same(instance, told, first);
        }
        let day_is_open = told.iter().any(|one| one.taken.wording != Supposed::ByItsDay);
        if T::ON {
            self.tell_ways(norm, instance, told);
        }
        let status = first.outcome.status;
        if told.iter().all(|one| one.ruling.outcome.status == status) {
            let decider = if status == Status::NeedsJudgement { Decider::Unnamed } else { Decider::Nobody };
            return Ruling { outcome: Outcome::of(status), decider };
        }
        let open = day_is_open || self.standings.adoptions.contains(&Adoption::Unknown);
        if open || told.iter().any(|one| one.ruling.outcome.status == Status::Unknown) {
            return Ruling::of(Status::Unknown);
        }
        // Who decides in one of the ways is as near as anybody to the question.
        let role = told.iter().map(|one| &one.ruling.decider).find(|decider| matches!(decider, Decider::Role(_)));
        let decider = role.cloned().unwrap_or(Decider::Unnamed);
        Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider }
    }

    /// All ways say the same: the reasons of one that speaks of the instance are as good as any.
    fn tell_the_same(&mut self, instance: &Instance, told: &[Told], ruling: Ruling) -> Ruling {
        if !T::ON {
            return ruling;
        }
        for one in told {
            self.go(one.taken.way);
            if let Some(here) = self.taken(instance, one.taken) {
                return self.judge_supposed(&here, one.taken.wording);
            }
        }
        ruling
    }

    /// What is open, and what comes of it each way.
    fn tell_ways(&mut self, norm: &'w Norm, instance: &Instance, told: &[Told]) {
        self.tell_open_adoptions();
        if told.iter().any(|one| one.taken.wording != Supposed::ByItsDay) {
            self.tell_its_day(norm, instance);
        }
        for one in told {
            let outcome = &one.ruling.outcome;
            let called = outcome.nuance.called(outcome.status, one.strength);
            let days = outcome.days;
            if self.standings.ways.len() > 1 {
                let way = self.standings.ways.get(one.taken.way);
                let adopted = way.map_or_else(Vec::new, |way| way.adopted.clone());
                self.trace.say(|| reason(Said::Way { adopted, called, days }, Mark::Plain, None));
            }
            let from = match one.taken.wording {
                Supposed::ByItsDay => continue,
                Supposed::NoneSpoke => None,
                Supposed::Spoke(id) => self.world.plan.norm(id).map(|norm| norm.force.from),
            };
            self.trace.say(|| reason(Said::ByWording { from, called, days }, Mark::Plain, None));
        }
    }

    fn tell_its_day(&mut self, norm: &'w Norm, instance: &Instance) {
        let Some((line, row)) = instance.subject else { return };
        let Some(of) = norm.subjects.get(usize::from(line)) else { return };
        if let Some(field) = self.world.day_field(of.record) {
            self.cell(CellId { record: of.record, row, field }, of.span);
        }
    }

    /// Keeps of the instances from a place on those that none before it says the same of.
    pub fn only_new(&self, all: &mut Vec<Instance>, from: usize) {
        let later = all.split_off(from.min(all.len()));
        let mut known: BTreeMap<Key, Vec<(Day, Day)>> = BTreeMap::new();
        for one in all.iter() {
            known.entry(self.identity(one)).or_default().extend(one.span);
        }
        for one in later {
            let new = match (known.get(&self.identity(&one)), one.span) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(spans), Some((begins, ends))) => {
                    !spans.iter().any(|(first, last)| *first <= ends && begins <= *last)
                }
            };
            if new {
                known.entry(self.identity(&one)).or_default().extend(one.span);
                all.push(one);
            }
        }
    }

    fn identity(&self, instance: &Instance) -> Key {
        let subject = instance.subject.and_then(|(line, row)| {
            let norm = self.world.plan.norm(instance.norm)?;
            Some((norm.subjects.get(usize::from(line))?.record, row))
        });
        (subject, instance.bearer, instance.period)
    }
}

/// What tells instances of one clause apart, whatever wording they are of; spans are compared beside it.
type Key = (Option<(RecordId, Row)>, Holder, Option<CyclePeriod>);
