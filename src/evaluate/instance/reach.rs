//! Whom a clause reaches: its subjects that pass their filter, its bearers that are members when it matters.

use crate::facts::Row;
use crate::model::clause::Bearer;
use crate::model::expr::ClauseId;
use crate::plan::{Norm, NormTest};
use crate::value::Day;
use crate::verdict::{Decider, Holder, Instance, Mark, Said, Status};

use super::judge::Judge;
use super::judging::Ruling;
use super::sets::member_on;
use super::trace::{Trace, mark_of, reason};
use super::truth::Truth;
use super::values::EdgeDay;

impl<'w, T: Trace> Judge<'w, T> {
    /// Whether the clause reaches this subject and this bearer.
    pub fn reach(&mut self, norm: &'w Norm, instance: &Instance) -> Truth {
        let mut truth = Truth::Yes;
        if let Some((line, row)) = instance.subject
            && let Some(of) = norm.subjects.get(usize::from(line))
        {
            if self.world.cancelled(of.record, row) {
                self.trace.say(|| reason(Said::Words("it was called off"), Mark::No, of.span));
                return Truth::No;
            }
            truth = truth.and(self.holds(&of.filter));
            if let (false, Some(clause)) = (truth.is_no(), of.members_of) {
                truth = truth.and(self.member(clause, row, self.then));
            }
        }
        if truth.is_no() {
            return truth;
        }
        if let (Some(Bearer::Each(of)), Holder::Row(record, row)) = (&norm.bearer, instance.bearer) {
            if self.world.cancelled(record, row) {
                return Truth::No;
            }
            self.bind(of.var, row);
            truth = truth.and(self.holds(&of.filter));
            if let (false, Some(clause)) = (truth.is_no(), of.members_of) {
                truth = truth.and(self.bears(clause, row, instance));
            }
        }
        truth
    }

    /// Whether a member bears the instance: it is one on the day that matters; with a period, on some day of it.
    fn bears(&mut self, clause: ClauseId, row: Row, instance: &Instance) -> Truth {
        if let Some(day) = self.exercised_on(instance) {
            // Whoever leaves was a member the day before.
            return self.member(clause, row, day.preceding()).or(self.member(clause, row, day));
        }
        let Some(period) = instance.period else {
            let on = if instance.subject.is_some() { self.then } else { self.world.as_of };
            return self.member(clause, row, on);
        };
        let last = period.last().min(self.world.as_of.max(period.first()));
        let Some(days) = self.member_days(clause, row) else { return Truth::Open };
        let some_day = match (days.from, days.until) {
            // Left before it began, or joined after it ended: on no day of it.
            (EdgeDay::On(from), _) if from.first > last => Truth::No,
            (_, EdgeDay::On(until)) if until.last <= period.first() => Truth::No,
            (_, _) => member_on(days, last).or(member_on(days, period.first())).or(self.within(
                days.from,
                period.first(),
                last,
            )),
        };
        self.trace.say(|| {
            let exact = |edge: EdgeDay| match edge {
                EdgeDay::On(day) => day.exact(),
                _ => None,
            };
            let (from, until) = (exact(days.from), exact(days.until));
            reason(Said::Membership { member: mark_of(some_day), from, until }, mark_of(some_day), None)
        });
        if some_day == Truth::Open {
            self.member(clause, row, last);
        }
        some_day
    }

    /// The day on which a permission was exercised, if it was.
    fn exercised_on(&mut self, instance: &Instance) -> Option<Day> {
        let norm = self.world.plan.norm(instance.norm)?;
        let field = norm.bodies.iter().find_map(|body| match &body.test {
            NormTest::May { exercised: Some(field), .. } => Some(field),
            _ => None,
        })?;
        self.trace.hush();
        let day = self.field(field).day_bounds();
        self.trace.speak();
        day.and_then(super::known::DayBounds::exact).filter(|day| *day <= self.world.as_of)
    }

    fn within(&self, from: EdgeDay, first: Day, last: Day) -> Truth {
        match from {
            EdgeDay::On(day) if day.lies_in(first, last) => Truth::Yes,
            EdgeDay::On(day) if !day.may_lie_in(first, last) => Truth::No,
            EdgeDay::NotYet => Truth::No,
            _ => Truth::Open,
        }
    }

    /// What a missing fact about subject or bearer makes of an outcome.
    pub fn reached(&self, ruling: Ruling, reach: Truth) -> Ruling {
        let stays = ruling.outcome.status == Status::NotApplicable;
        match reach {
            Truth::Yes | Truth::No => ruling,
            Truth::Open | Truth::Person if stays => ruling,
            Truth::Open => Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody },
            Truth::Person => {
                let decider = if ruling.decider == Decider::Nobody { Decider::Unnamed } else { ruling.decider };
                Ruling { outcome: ruling.outcome.with(Status::NeedsJudgement), decider }
            }
        }
    }
}
