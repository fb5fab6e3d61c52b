//! Composition: how many there are, on one day.

use crate::model::clause::{Limit, Limited, Numbered};
use crate::value::Day;
use crate::verdict::{Mark, Nuance, Said, Status};

use super::conditions::within_tolerance;
use super::judge::Judge;
use super::known::Bounds;
use super::outcome::{Outcome, worst};
use super::trace::{Trace, mark_of, reason};
use super::truth::Truth;

impl<'w, T: Trace> Judge<'w, T> {
    /// Each part has its number on the day.
    pub fn numbers(&mut self, numbered: &'w Numbered, on: Day) -> Outcome {
        let mut outcomes = Vec::new();
        for part in &numbered.parts {
            let asked = std::mem::replace(&mut self.then, on);
            self.trace.open();
            let mark = self.trace.mark();
            let count = self.count_at(&part.of, on);
            let (least, most) = (self.value(&part.least).bounds(), self.value(&part.most).bounds());
            let truth = match &part.tolerance {
                Some((low, high)) => {
                    let (low, high) = (self.value(low).bounds(), self.value(high).bounds());
                    within_tolerance(&count, &low, &high)
                }
                None => count.less(&least).opposite().and(most.less(&count).opposite()),
            };
            if truth != Truth::Open {
                self.trace.forget(mark);
            }
            self.trace.close(|| counted(&count, truth, part.span));
            self.then = asked;
            let mut outcome = Outcome::of(status_of(truth));
            outcome.progress = count.least.clone().zip(least.least);
            outcomes.push(outcome);
        }
        self.joined(outcomes, on)
    }

    /// The number of one set keeps its limit on the day.
    pub fn limit(&mut self, limited: &'w Limited, on: Day) -> Outcome {
        let asked = std::mem::replace(&mut self.then, on);
        self.trace.open();
        let mark = self.trace.mark();
        let count = self.count_at(&limited.of, on);
        let amount = self.value(&limited.amount).bounds();
        let truth = match limited.limit {
            Limit::AtLeast => count.less(&amount).opposite(),
            Limit::AtMost => amount.less(&count).opposite(),
            Limit::Exactly => count.same(&amount),
            Limit::MoreThan => amount.less(&count),
            Limit::LessThan => count.less(&amount),
        };
        if truth != Truth::Open {
            self.trace.forget(mark);
        }
        self.trace.close(|| counted(&count, truth, limited.of.span));
        self.then = asked;
        let mut outcome = Outcome::of(status_of(truth));
        outcome.progress = count.least.clone().zip(amount.least.or(amount.most));
        self.joined(vec![outcome], on)
    }

    fn joined(&mut self, outcomes: Vec<Outcome>, on: Day) -> Outcome {
        let status = worst(outcomes.iter().map(|one| one.status)).unwrap_or(Status::NotApplicable);
        let decisive = outcomes.into_iter().find(|one| one.status == status);
        let mut outcome = decisive.unwrap_or_else(|| Outcome::of(status));
        if status == Status::Satisfied && on >= self.world.as_of {
            outcome.nuance = Nuance::SoFar;
        }
        outcome
    }
}

fn counted(count: &Bounds, truth: Truth, span: crate::source::Span) -> crate::verdict::Reason {
    let least = count.least.clone().unwrap_or_else(|| crate::value::Number::from(0));
    let said = Said::Counted { least, most: count.most.clone() };
    let mark = if truth == Truth::Yes { Mark::Yes } else { mark_of(truth) };
    reason(said, mark, span)
}

pub fn status_of(truth: Truth) -> Status {
    match truth {
        Truth::Yes => Status::Satisfied,
        Truth::No => Status::Violated,
        Truth::Open => Status::Unknown,
        Truth::Person => Status::NeedsJudgement,
    }
}
