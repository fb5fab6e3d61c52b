//! What a clause stands back behind: exceptions and what it gives way to, a breach that has not happened, a waiver.

use crate::model::clause::Bearer;
use crate::model::expr::ClauseId;
use crate::plan::{Norm, Trigger};
use crate::verdict::{Decider, Holder, Instance, Mark, Missing, Nuance, Said, Status};

use super::judge::Judge;
use super::judging::Ruling;
use super::outcome::Outcome;
use super::trace::{Trace, reason};
use super::truth::Truth;

impl<'w, T: Trace> Judge<'w, T> {
    /// What keeps the norm from coming into play at all: nothing it hangs on is broken, an exception applies, or it was
    /// waived.
    pub fn steps_back(&mut self, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
        if let Trigger::Breach(base) = norm.trigger
            && let Some(ruling) = self.not_triggered(base, norm, instance)
        {
            return Some(ruling);
        }
        if let Some(ruling) = self.yields(norm, instance) {
            return Some(ruling);
        }
        let (at, _) = self.waiver(norm, instance).filter(|(_, waiver)| waiver.until.is_none())?;
        self.say_recorded(Said::Waiver(at), self.world.facts.waivers.get(at).map(|waiver| waiver.decision.place));
        Some(Ruling { outcome: Outcome::of(Status::NotApplicable).nuanced(Nuance::Waived), decider: Decider::Nobody })
    }

    fn not_triggered(&mut self, base: ClauseId, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
        let wording = self.counterpart(base, norm, instance)?.norm;
        if self.world.plan.norm(wording).is_some_and(|wording| wording.makes_due != Some(norm.clause)) {
            self.trace.say(|| reason(Said::MakesNothingDue(base), Mark::No, norm.span));
            return Some(Ruling::of(Status::NotApplicable));
        }
        let status = self.elsewhere(base, norm, instance)?.outcome.status;
        match status {
            Status::Late | Status::Violated => None,
            Status::Satisfied | Status::NotApplicable | Status::Pending => {
                self.trace.say(|| reason(Said::NothingBroken(base), Mark::No, norm.span));
                Some(Ruling::of(Status::NotApplicable))
            }
            Status::Unknown => {
                self.trace.missing(|| Missing::Clause(base));
                Some(Ruling::of(Status::Unknown))
            }
            Status::NeedsJudgement => {
                Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed })
            }
        }
    }

    /// The ruling of another clause on the same subject, bearer and period, as far as it has them.
    fn elsewhere(&mut self, clause: ClauseId, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
        let other = self.counterpart(clause, norm, instance)?;
        let (period, then) = (self.period, self.then);
        let ending = self.ending.take();
        self.trace.hush();
        let rows = self.vars.clone();
        let ruling = self.aside(&rows, |judge| judge.judge_here(&other));
        self.trace.speak();
        (self.period, self.then, self.ending) = (period, then, ending);
        ruling
    }

    fn counterpart(&self, clause: ClauseId, norm: &Norm, instance: &Instance) -> Option<Instance> {
        let plan = self.world.plan;
        let then = self.then;
        let in_force = plan.norms_of(clause).find(|(_, other)| self.chosen(other).contains(then));
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
        let period = other.cycle.as_ref().and(instance.period);
        Some(Instance { norm: id, subject, bearer, period, span: instance.span })
    }

    /// Steps back behind a clause that applies to the same case; two that both apply and disagree are a conflict.
    fn yields(&mut self, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
        let mut applying: Vec<(ClauseId, Status)> = Vec::new();
        for other in &norm.yields_to {
            match self.prevails(*other, norm, instance) {
                Truth::No => {}
                Truth::Yes => {
                    let status = self.elsewhere(*other, norm, instance).map(|ruling| ruling.outcome.status);
                    applying.push((*other, status.unwrap_or(Status::NotApplicable)));
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
            self.trace.say(|| reason(Said::Conflict(first, other), Mark::Person, span));
            return Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed });
        }
        let place = self.world.plan.clause(first).map(|clause| clause.name_span);
        self.trace.say(|| reason(Said::YieldsTo(first), Mark::No, place));
        Some(Ruling::of(Status::NotApplicable))
    }

    /// Whether another clause applies to this case: it is in force, reaches it, its conditions hold, and it does not step
    /// back itself.
    fn prevails(&mut self, clause: ClauseId, norm: &'w Norm, instance: &Instance) -> Truth {
        let plan = self.world.plan;
        let Some(other) = self.counterpart(clause, norm, instance) else { return Truth::No };
        let Some(other_norm) = plan.norm(other.norm) else { return Truth::No };
        if !other_norm.subjects.is_empty() && other.subject.is_none() {
            return Truth::No;
        }
        let (period, then) = (self.period, self.then);
        self.trace.open();
        let mark = self.trace.mark();
        let rows = self.vars.clone();
        let truth = self.aside(&rows, |judge| {
            judge.bind_rows(other_norm, &other);
            if !judge.in_force(other_norm, &other) {
                return Truth::No;
            }
            let mut truth = judge.reach(other_norm, &other);
            if let (false, Some(body)) = (truth.is_no(), other_norm.bodies.first()) {
                truth = truth.and(judge.applies(body));
            }
            for next in &other_norm.yields_to {
                if truth.is_no() {
                    break;
                }
                truth = truth.and(judge.prevails(*next, other_norm, &other).opposite());
            }
            truth
        });
        let truth = truth.unwrap_or(Truth::Open);
        let place = plan.clause(clause).map(|clause| clause.name_span);
        if truth == Truth::Open {
            self.trace.close(|| reason(Said::YieldsTo(clause), Mark::Open, place));
        } else {
            self.trace.forget(mark);
            self.trace.discard();
        }
        (self.period, self.then) = (period, then);
        truth
    }
}
