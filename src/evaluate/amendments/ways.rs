//! One instance judged each way that open amendments may have gone, and what the ways make of it together.

use std::collections::BTreeMap;

use crate::facts::Row;
use crate::model::clause::{Bearer, Strength};
use crate::model::schema::RecordId;
use crate::plan::{Norm, NormId};
use crate::value::{CyclePeriod, Day};
use crate::verdict::{Adoption, Decider, Holder, Instance, Mark, Said, Status};

use super::adoption::tell_open;
use crate::evaluate::instance::ruling::Ruling;
use crate::evaluate::judge::Judge;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// What comes of one way in which amendments may have gone.
struct Told {
    way: usize,
    ruling: Ruling,
    strength: Strength,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The verdict of all ways, if they agree; else it is unknown, or for a person where nothing is missing and the text
    /// contradicts itself.
    pub fn judge_each_way(&mut self, norm: &'w Norm, instance: &Instance) -> Ruling {
        let before = self.ask.law.way;
        self.ask.trace.hush();
        let mut told = Vec::with_capacity(self.ask.law.ways());
        for way in 0..self.ask.law.ways() {
            self.go(way);
            told.push(self.judge_taken(norm, instance, way));
        }
        self.ask.trace.speak();
        self.go(before);
        let ruling = self.together(norm, instance, &told);
        self.go(before);
        ruling
    }

    pub fn go(&mut self, way: usize) {
        if self.ask.law.way != way {
            self.ask.law.way = way;
            self.forget();
        }
    }

    pub fn tell_open_adoptions(&mut self) {
        let (as_of, since) = (self.ask.world.as_of, self.ask.world.plan.force.from);
        (self.ask.on, self.ask.by, self.ask.since) = (as_of, as_of, since);
        tell_open(&mut self.ask);
    }

    fn judge_taken(&mut self, norm: &'w Norm, instance: &Instance, way: usize) -> Told {
        let plan = self.ask.world.plan;
        let here = self.taken(norm, instance);
        let strength = here.and_then(|here| plan.norm(here.norm)).unwrap_or(norm).strength;
        let ruling = here.map_or(Ruling::of(Status::NotApplicable), |here| self.judge_each_day(&here));
        Told { way, ruling, strength }
    }

    /// The same instance under the wording that speaks of it, as things are taken to be.
    pub fn taken(&mut self, norm: &'w Norm, instance: &Instance) -> Option<Instance> {
        if self.goes_by_wording(norm, instance) {
            // Each wording has its own, over its own days.
            let plan = self.ask.world.plan;
            let begun = |other: &Norm| match instance.span {
                Some((first, _)) => self.ask.law.chosen(other).contains(first),
                None => {
                    let force = self.ask.law.chosen(other);
                    !force.is_empty() && force.from <= self.ask.world.as_of
                }
            };
            if begun(norm) {
                return Some(*instance);
            }
            let other = plan.norms_of(norm.clause).filter(|(_, other)| begun(other)).last().map(|(id, _)| id);
            return other.and_then(|id| self.under(norm, id, instance));
        }
        let own = self.own(norm, instance);
        let day = instance.span.map_or_else(|| self.day_of_beginning(norm, instance, own), |(first, _)| first);
        let speaks = self.wording(norm.clause, instance.norm, instance, (own, day))?;
        self.under(norm, speaks.norm, instance)
    }

    /// The instance of one wording as an instance of another; nothing if the other does not speak of such a one.
    pub fn under(&mut self, norm: &'w Norm, id: NormId, instance: &Instance) -> Option<Instance> {
        if id == instance.norm {
            return Some(*instance);
        }
        let own = self.ask.world.plan.norm(instance.norm)?;
        let other = if std::ptr::eq(own, norm) { self.ask.world.plan.norm(id)? } else { norm };
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
        let same_period = instance.period.is_none() && other.cycle.is_none() || self.has_period(other, instance.period);
        (fits && same_period).then_some(Instance { norm: id, subject, ..*instance })
    }

    /// What several ways make of an instance.
    fn together(&mut self, norm: &'w Norm, instance: &Instance, told: &[Told]) -> Ruling {
        let Some(first) = told.first().map(|one| one.ruling.clone()) else { return Ruling::of(Status::Unknown) };
        if told.iter().all(|one| one.ruling == first) {
            return self.tell_the_same(norm, instance, (told, first));
        }
        if T::ON {
            self.tell_ways(told);
        }
        let status = first.outcome.status;
        if told.iter().all(|one| one.ruling.outcome.status == status) {
            let decider = if status == Status::NeedsJudgement { Decider::Unnamed } else { Decider::Nobody };
            return Ruling { outcome: Outcome::of(status), decider };
        }
        let open = self.ask.law.standings.adoptions.contains(&Adoption::Unknown);
        if open || told.iter().any(|one| one.ruling.outcome.status == Status::Unknown) {
            return Ruling::of(Status::Unknown);
        }
        // Who decides in one of the ways is as near as anybody to the question.
        let role = told.iter().map(|one| &one.ruling.decider).find(|decider| matches!(decider, Decider::Role(_)));
        let decider = role.cloned().unwrap_or(Decider::Unnamed);
        Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider }
    }

    /// All ways say the same: the reasons of one that speaks of the instance are as good as any.
    fn tell_the_same(&mut self, norm: &'w Norm, instance: &Instance, (told, ruling): (&[Told], Ruling)) -> Ruling {
        if !T::ON {
            return ruling;
        }
        for one in told {
            self.go(one.way);
            if let Some(here) = self.taken(norm, instance) {
                return self.judge_each_day(&here);
            }
        }
        ruling
    }

    /// What is open, and what comes of it each way.
    fn tell_ways(&mut self, told: &[Told]) {
        self.tell_open_adoptions();
        for one in told {
            let outcome = &one.ruling.outcome;
            let called = outcome.nuance.called(outcome.status, one.strength);
            let days = outcome.days;
            let adopted = self.ask.law.standings.ways.get(one.way).map_or_else(Vec::new, |way| way.adopted.clone());
            self.ask.trace.say(|| reason(Said::Way { adopted, called, days }, Mark::Plain, None));
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
            let norm = self.ask.world.plan.norm(instance.norm)?;
            Some((norm.subjects.get(usize::from(line))?.record, row))
        });
        (subject, instance.bearer, instance.period)
    }
}

/// What tells instances of one clause apart, whatever wording they are of; spans are compared beside it.
type Key = (Option<(RecordId, Row)>, Holder, Option<CyclePeriod>);
