//! One instance judged each way that open amendments may have gone, and what the ways make of it together.

use std::collections::BTreeMap;

use crate::facts::Row;
use crate::model::amendment::AmendmentId;
use crate::model::clause::{Bearer, Strength};
use crate::model::schema::RecordId;
use crate::plan::{Norm, NormId};
use crate::value::{CyclePeriod, Day};
use crate::verdict::{Adoption, Decider, Holder, Instance, Mark, Said, Status};

use super::judge::Judge;
use super::judging::Ruling;
use super::outcome::Outcome;
use super::trace::{Trace, reason};

/// What one way says.
struct Told {
    adopted: Vec<AmendmentId>,
    ruling: Ruling,
    strength: Strength,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The verdict of all ways, if they agree; else it is unknown, or for a person where nothing is missing and the text
    /// contradicts itself.
    pub fn judge_each_way(&mut self, instance: &Instance) -> Ruling {
        let before = self.way;
        self.trace.hush();
        let mut told = Vec::with_capacity(self.standings.ways.len());
        for way in 0..self.standings.ways.len() {
            self.go(way);
            told.push(self.judge_this_way(instance));
        }
        self.trace.speak();
        let ruling = self.together(instance, told);
        self.go(before);
        ruling
    }

    fn go(&mut self, way: usize) {
        self.way = way;
        self.assignments.clear();
    }

    fn judge_this_way(&mut self, instance: &Instance) -> Told {
        let plan = self.world.plan;
        let adopted = self.standing().map_or_else(Vec::new, |standing| standing.adopted.clone());
        let here = self.in_this_way(instance);
        let strength = here.and_then(|here| plan.norm(here.norm)).or_else(|| plan.norm(instance.norm));
        let strength = strength.map_or(Strength::Shall, |norm| norm.strength);
        let ruling = here.map_or(Ruling::of(Status::NotApplicable), |here| self.judge_here(&here));
        Told { adopted, ruling, strength }
    }

    /// The same instance under the wording that speaks of it as amendments are taken to have gone.
    fn in_this_way(&mut self, instance: &Instance) -> Option<Instance> {
        let norm = self.world.plan.norm(instance.norm)?;
        let begun = instance.subject.and_then(|subject| self.begun(norm, subject));
        let speaks = self.wording(norm.clause, instance.norm, instance, begun)?;
        self.under(norm, speaks.norm, instance)
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
    fn together(&mut self, instance: &Instance, told: Vec<Told>) -> Ruling {
        let Some(first) = told.first().map(|one| one.ruling.clone()) else { return Ruling::of(Status::Unknown) };
        if told.iter().all(|one| one.ruling.outcome == first.outcome && one.ruling.decider == first.decider) {
            return self.tell_the_same(instance, first);
        }
        if T::ON {
            self.tell_open_adoptions();
            for one in &told {
                let outcome = &one.ruling.outcome;
                let called = outcome.nuance.called(outcome.status, one.strength);
                let said = Said::Way { adopted: one.adopted.clone(), called, days: outcome.days };
                self.trace.say(|| reason(said, Mark::Plain, None));
            }
        }
        let status = first.outcome.status;
        if told.iter().all(|one| one.ruling.outcome.status == status) {
            let decider = if status == Status::NeedsJudgement { Decider::Unnamed } else { Decider::Nobody };
            return Ruling { outcome: Outcome::of(status), decider };
        }
        let missing = |one: &Adoption| *one == Adoption::Unknown;
        let open = self.standings.adoptions.iter().any(missing);
        if open || told.iter().any(|one| one.ruling.outcome.status == Status::Unknown) {
            return Ruling::of(Status::Unknown);
        }
        // Who decides in one of the ways is as near as anybody to the question.
        let role = told.iter().map(|one| &one.ruling.decider).find(|decider| matches!(decider, Decider::Role(_)));
        let decider = role.cloned().unwrap_or(Decider::Unnamed);
        Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider }
    }

    /// All ways say the same: the reasons of one that speaks of the instance are as good as any.
    fn tell_the_same(&mut self, instance: &Instance, ruling: Ruling) -> Ruling {
        if !T::ON {
            return ruling;
        }
        for way in 0..self.standings.ways.len() {
            self.go(way);
            if let Some(here) = self.in_this_way(instance) {
                return self.judge_here(&here);
            }
        }
        ruling
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
