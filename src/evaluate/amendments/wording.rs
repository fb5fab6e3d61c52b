//! Which wording of a clause an instance is judged by: the one in force on the day it began. What an amendment takes over,
//! and what has no day of its own on which it began, goes on to the new wording, unless it had run out by then.

use crate::model::amendment::{AmendmentId, Began, Cut};
use crate::model::clause::Edge;
use crate::model::expr::ClauseId;
use crate::plan::{Norm, NormId, NormTest};
use crate::value::Day;
use crate::verdict::Instance;

use crate::evaluate::expr::edges::EdgeDay;
use crate::evaluate::instance::life::Own;
use crate::evaluate::judge::Judge;
use crate::evaluate::trace::Trace;

/// The wording that speaks of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaks {
    pub norm: NormId,
    pub how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By the day on which the instance began.
    FromItsBeginning,
    /// Taken over from an older wording.
    TakenOver,
    /// It was in force, and does not speak any more: the clause was repealed, and what had not run out falls away.
    FallenAway(AmendmentId),
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The wording of a clause that an instance is judged by. Where none was in force, the first wording of the clause
    /// stands for it, so that it comes out as not applicable once. Nothing, if no wording is there at all.
    pub fn wording(
        &mut self,
        clause: ClauseId,
        own: NormId,
        instance: &Instance,
        (began, mut day): (Own, Day),
    ) -> Option<Speaks> {
        let plan = self.ask.world.plan;
        let by_its_day = |norm| Some(Speaks { norm, how: How::FromItsBeginning });
        let amended = plan.is_amended(clause);
        if !amended && plan.norms_of(clause).nth(1).is_none() {
            return by_its_day(own);
        }
        let mut norms: Vec<(NormId, &'w Norm)> = plan.norms_of(clause).collect();
        norms.retain(|(_, norm)| !amended || !self.ask.law.chosen(norm).is_empty());
        let has_its_day = instance.period.is_some() || instance.span.is_some() || matches!(began, Own::On(_));
        if amended && !has_its_day {
            // It began, as far as can be told, under the first wording that it could begin under.
            let ends = norms.iter().map(|(_, norm)| self.ask.law.chosen(norm).until);
            let first_end = ends.filter(|end| *end <= self.ask.world.as_of).min();
            day = first_end.map_or(day, Day::preceding);
        }
        let in_force = norms.iter().find(|(_, norm)| self.ask.law.chosen(norm).contains(day));
        let picked = in_force.or_else(|| {
            // A period that begins before a wording and runs into it is judged by that wording, cut short.
            let period = instance.period?;
            norms.iter().find(|(_, norm)| !self.ask.law.chosen(norm).intersect(period.stretch).is_empty())
        });
        let picked = picked.or_else(|| norms.first()).map(|(id, _)| *id)?;
        if !amended {
            return by_its_day(picked);
        }
        Some(self.carried_on(&norms, picked, instance, has_its_day))
    }

    /// From the wording that an instance began under to the one that it has come to since.
    fn carried_on(
        &mut self,
        norms: &[(NormId, &'w Norm)],
        first: NormId,
        instance: &Instance,
        has_its_day: bool,
    ) -> Speaks {
        let mut speaks = Speaks { norm: first, how: How::FromItsBeginning };
        // Each step goes on to a later wording, so there are no more steps than wordings.
        for _ in norms {
            let Some(norm) = self.ask.world.plan.norm(speaks.norm) else { return speaks };
            let Some(cut) = self.ended_by(norm) else { return speaks };
            let goes_on = match (has_its_day, cut.began) {
                (false, _) | (true, Began::IsTakenOver) => self.still_runs(norm, speaks.norm, instance, cut.on),
                (true, Began::KeepsTheOldWording) => false,
            };
            if !goes_on {
                return speaks;
            }
            match norms.iter().find(|(_, norm)| self.ask.law.chosen(norm).contains(cut.on)) {
                Some((next, _)) => speaks = Speaks { norm: *next, how: How::TakenOver },
                None => return Speaks { how: How::FallenAway(cut.by), ..speaks },
            }
        }
        speaks
    }

    /// The amendment that ended a wording, if one has by the as-of day.
    fn ended_by(&self, norm: &Norm) -> Option<Cut> {
        let cuts = norm.cuts.iter().filter(|cut| self.ask.law.is_adopted(cut.by) && cut.on <= self.ask.world.as_of);
        cuts.min_by_key(|cut| (cut.on, cut.by)).copied()
    }

    /// Whether an instance of an old wording had not run out when another one took effect.
    fn still_runs(&mut self, norm: &'w Norm, id: NormId, instance: &Instance, on: Day) -> bool {
        if let Some(period) = instance.period {
            return period.stretch.until > on;
        }
        if let Some((_, last)) = instance.span {
            return last >= on;
        }
        let Some(instance) = self.under(norm, id, instance) else { return false };
        let Some(body) = norm.bodies.first() else { return true };
        let before = (self.ask.vars.clone(), self.ask.period, self.ask.on, self.ask.by);
        self.ask.trace.hush();
        self.ask.period = instance.period;
        (self.ask.on, self.ask.by) = (on.preceding(), on.preceding());
        self.bind_rows(norm, &instance);
        let runs = match &body.test {
            NormTest::Shared { .. } | NormTest::Vote { .. } | NormTest::AtJoining { .. } => instance.subject.is_none(),
            _ => self.window_runs(norm, body.window.last.clone(), &instance, on),
        };
        self.ask.trace.speak();
        (self.ask.vars, self.ask.period, self.ask.on, self.ask.by) = before;
        runs
    }

    /// By the last day of the window; without one, a subject that is an event is over on its day.
    fn window_runs(&mut self, norm: &'w Norm, last: Edge, instance: &Instance, on: Day) -> bool {
        let event = instance.subject.and_then(|(line, _)| norm.subjects.get(usize::from(line)));
        let event = event.is_some_and(|of| self.ask.world.shape(of.record).is_event());
        if matches!(last, Edge::Open) && event {
            return false;
        }
        let Some(body) = norm.bodies.first() else { return true };
        match self.ask.frame(body, None).last {
            EdgeDay::On(day) => day.last >= on,
            EdgeDay::NotYet | EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => true,
            EdgeDay::NoDay | EdgeDay::NoSuchDay => true,
        }
    }
}
