//! The window of a clause if the day that it is counted from were some day: asked of the judge itself, without any facts.

use crate::facts::Facts;
use crate::model::clause::CycleOf;
use crate::plan::{Body, Norm, Plan};
use crate::source::Span;
use crate::value::{CyclePeriod, Day};
use crate::verdict::{LastDay, Missing, Reason, Said};

use super::expr::ask::Ask;
use super::knowledge::world::World;
use super::trace::Recorder;
use crate::evaluate::instance::prevails::steps_back;

/// The window that was found, and how.
#[derive(Clone, Debug, Default)]
pub struct Windowed {
    /// The step that tells of it, with the steps that led to it; nothing where there is neither a first nor a last day.
    pub reason: Option<Reason>,
    /// The period of the calendar that the day lies in.
    pub period: Option<CyclePeriod>,
    /// What keeps an end from being known.
    pub missing: Vec<Missing>,
}

impl Windowed {
    pub fn first_day(&self) -> Option<Day> {
        match self.reason.as_ref()?.said {
            Said::Window { first, .. } => first,
            _ => None,
        }
    }

    pub fn last_day(&self) -> LastDay {
        match self.reason.as_ref().map(|reason| &reason.said) {
            Some(Said::Window { last, .. }) => *last,
            _ => LastDay::None,
        }
    }
}

/// The window of one reading if each of these places of the policy named this day.
pub fn window_if(plan: &Plan, facts: &Facts, (norm, body): (&Norm, &Body), (places, day): (&[Span], Day)) -> Windowed {
    let mut ask = Ask::new(World::new(plan, facts, day), Recorder::default(), steps_back);
    ask.supposed = places.iter().map(|place| (*place, day)).collect();
    if let Some(CycleOf::Calendar(cycle)) = &norm.cycle {
        (ask.period, ask.cycle) = (cycle.period_at(day), Some(*cycle));
    }
    ask.frame(body, None);
    let period = ask.period;
    let reason = ask.trace.said.into_iter().find(|one| matches!(one.said, Said::Window { .. }));
    Windowed { reason, period, missing: ask.trace.missing }
}
