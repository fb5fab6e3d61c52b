//! Whom a clause reaches: its subjects that pass their filter, its bearers that last or are members when it matters.

use crate::facts::Row;
use crate::model::expr::Collection;
use crate::plan::{Norm, NormTest};
use crate::value::Day;
use crate::verdict::{Decider, Instance, Mark, Said, Status};

use super::life::Lasts;
use super::ruling::Ruling;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::bearer_of;
use crate::evaluate::trace::{Trace, mark_of, reason};

impl<'w, T: Trace> Judge<'w, T> {
    /// Whether the clause reaches this subject, and this bearer if it passes its filter. A filter asks as of now about the day on
    /// which the instance began.
    pub fn reach(&mut self, norm: &'w Norm, instance: &Instance, began: Day) -> Truth {
        let mut truth = Truth::Yes;
        if let Some((line, row)) = instance.subject
            && let Some(of) = norm.subjects.get(usize::from(line))
        {
            truth = self.passes(of, row, began);
            if truth.is_no() {
                return truth;
            }
            if of.members_of.is_some()
                && let Some(lasts) = self.lasts(of, row)
            {
                let (first, last) = match (instance.period, instance.span) {
                    (Some(period), _) => (period.first(), period.last()),
                    (None, Some(days)) => days,
                    (None, None) => (Day::MIN, Day::MAX),
                };
                let member = lasts.meets(first, last);
                self.say_membership(lasts, member);
                truth = truth.and(member);
            }
        }
        if truth.is_no() {
            return truth;
        }
        if let Some((of, _, row)) = bearer_of(norm, instance) {
            truth = truth.and(self.passes(of, row, began));
        }
        truth
    }

    fn passes(&mut self, of: &'w Collection, row: Row, began: Day) -> Truth {
        let cancelled = self.ask.world.cancelled(of.record, row);
        if cancelled.is_yes() {
            self.ask.trace.say(|| reason(Said::Words("it was called off"), Mark::No, of.span));
            return Truth::No;
        }
        if cancelled == Truth::Open {
            self.ask.tell_cancelled(of.record, row, of.span);
        }
        self.ask.bind(of.var, row);
        let by = self.ask.world.as_of;
        let day = self.ask.own_day(of.record, row).and_then(DayBounds::exact).unwrap_or(began);
        let passes = self.ask.asked(day, by, |ask| ask.holds(&of.filter));
        cancelled.opposite().and(passes)
    }

    /// Whether a lasting bearer is bound: it lasts on the subject's day, or on some day of the period or the window.
    pub fn bears(
        &mut self,
        norm: &'w Norm,
        instance: &Instance,
        (of, row, lasts): (&'w Collection, Row, Lasts),
        (first, last): (Day, Day),
    ) -> Truth {
        let binds = match self.exercised_on(norm) {
            // Whoever leaves was a member the day before.
            Some(day) => lasts.meets(day.preceding(), day),
            None => lasts.meets(first, last),
        };
        self.say_membership(lasts, binds);
        if let (Truth::Open, Some(clause)) = (binds, of.members_of) {
            let on = if instance.subject.is_some() { first } else { last.min(self.ask.world.as_of) };
            self.ask.member(clause, row, on);
        }
        binds
    }

    fn say_membership(&mut self, lasts: Lasts, member: Truth) {
        self.ask.trace.say(|| {
            let (from, last) = (lasts.from.exact(), lasts.last.exact());
            reason(Said::Membership { member: mark_of(member), from, last }, mark_of(member), None)
        });
    }

    /// The day on which a permission was exercised, if it was.
    fn exercised_on(&mut self, norm: &'w Norm) -> Option<Day> {
        let field = norm.bodies.iter().find_map(|body| match &body.test {
            NormTest::May { exercised: Some(field), .. } => Some(field),
            _ => None,
        })?;
        let as_of = self.ask.world.as_of;
        let day = self.ask.quietly(|ask| ask.asked(ask.on, as_of, |ask| ask.field(field))).day_bounds();
        day.and_then(DayBounds::exact).filter(|day| *day <= as_of)
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
