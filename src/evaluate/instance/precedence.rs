//! What a clause stands back behind: exceptions and what it gives way to, a breach that has not happened, a waiver.

use crate::model::clause::Bearer;
use crate::model::expr::ClauseId;
use crate::plan::{Norm, Trigger};
use crate::verdict::{Decider, Holder, Instance, Mark, Missing, Nuance, Said, Status};

use super::life::Own;
use super::ruling::Ruling;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// How deep clauses may lean on one another. The check refuses circles; this is the belt to its braces.
const DEEPEST: u8 = 48;

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
        self.say_recorded(Said::Waiver(at), self.ask.world.facts.waivers.get(at).map(|waiver| waiver.decision.place));
        Some(Ruling { outcome: Outcome::of(Status::NotApplicable).nuanced(Nuance::Waived), decider: Decider::Nobody })
    }

    fn not_triggered(&mut self, base: ClauseId, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
        let wording = self.counterpart(base, norm, instance)?.norm;
        if self.ask.world.plan.norm(wording).is_some_and(|wording| wording.makes_due != Some(norm.clause)) {
            self.ask.trace.say(|| reason(Said::MakesNothingDue(base), Mark::No, norm.span));
            return Some(Ruling::of(Status::NotApplicable));
        }
        let status = self.elsewhere(base, norm, instance)?.outcome.status;
        match status {
            Status::Late | Status::Violated => {
                let place = self.ask.world.plan.clause(base).map(|clause| clause.name_span);
                self.ask.trace.say(|| reason(Said::Broken { clause: base, status }, Mark::Yes, place));
                None
            }
            Status::Satisfied | Status::NotApplicable | Status::Pending => {
                self.ask.trace.say(|| reason(Said::NothingBroken(base), Mark::No, norm.span));
                Some(Ruling::of(Status::NotApplicable))
            }
            Status::Unknown => {
                self.ask.trace.missing(|| Missing::Clause(base));
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
        self.beside(|judge| {
            judge.ask.term = None;
            judge.ask.trace.hush();
            let ruling = judge.judge_here(&other);
            judge.ask.trace.speak();
            ruling
        })
    }

    /// Looks at another clause, and comes back to this one.
    fn beside<R>(&mut self, look: impl FnOnce(&mut Self) -> R) -> Option<R> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth = self.depth.saturating_add(1);
        let rows = self.ask.vars.clone();
        let ask = &self.ask;
        let before = (ask.period, ask.cycle, ask.on, ask.by, ask.since, ask.term);
        let found = look(self);
        let ask = &mut self.ask;
        (ask.period, ask.cycle, ask.on, ask.by, ask.since, ask.term) = before;
        ask.vars = rows;
        self.depth = self.depth.saturating_sub(1);
        Some(found)
    }

    fn counterpart(&self, clause: ClauseId, norm: &Norm, instance: &Instance) -> Option<Instance> {
        let plan = self.ask.world.plan;
        let then = self.ask.on;
        let in_force = plan.norms_of(clause).find(|(_, other)| self.ask.law.chosen(other).contains(then));
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
            self.ask.trace.say(|| reason(Said::Conflict(first, other), Mark::Person, span));
            return Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed });
        }
        let place = self.ask.world.plan.clause(first).map(|clause| clause.name_span);
        self.ask.trace.say(|| reason(Said::YieldsTo(first), Mark::No, place));
        Some(Ruling::of(Status::NotApplicable))
    }

    /// Whether another clause applies to this case: it is in force, reaches it, its conditions hold, and it does not step
    /// back itself.
    fn prevails(&mut self, clause: ClauseId, norm: &'w Norm, instance: &Instance) -> Truth {
        let plan = self.ask.world.plan;
        let Some(other) = self.counterpart(clause, norm, instance) else { return Truth::No };
        let Some(other_norm) = plan.norm(other.norm) else { return Truth::No };
        if !other_norm.subjects.is_empty() && other.subject.is_none() {
            return Truth::No;
        }
        self.ask.trace.open();
        let mark = self.ask.trace.mark();
        let truth = self.beside(|judge| judge.applies_here(other_norm, &other)).unwrap_or(Truth::Open);
        let place = plan.clause(clause).map(|clause| clause.name_span);
        if truth == Truth::Open {
            self.ask.trace.close(|| reason(Said::YieldsTo(clause), Mark::Open, place));
        } else {
            self.ask.trace.forget(mark);
            self.ask.trace.discard();
        }
        truth
    }

    /// Whether a clause is in force for an instance, reaches it, and does not step back itself; asked on the day that is asked
    /// about.
    fn applies_here(&mut self, norm: &'w Norm, instance: &Instance) -> Truth {
        self.ask.vars.clear();
        self.bind_rows(norm, instance);
        let own = self.own(norm, instance);
        let on = match own {
            Own::On(day) => day,
            _ => self.ask.on,
        };
        if own == Own::None || !self.in_force(norm, instance, (own, on)) {
            return Truth::No;
        }
        let mut truth = self.reach(norm, instance, on);
        if let (false, Some(body)) = (truth.is_no(), norm.bodies.first()) {
            truth = truth.and(self.ask.applies(&body.conditions));
        }
        for next in &norm.yields_to {
            if truth.is_no() {
                break;
            }
            truth = truth.and(self.prevails(*next, norm, instance).opposite());
        }
        truth
    }
}
