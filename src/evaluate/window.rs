//! The window of an instance: from which day through which day it is to be kept.

use crate::plan::{Body, Moved};
use crate::value::{Day, ShiftProblem};
use crate::verdict::{LastDay, Mark, Said};

use super::judge::Judge;
use super::known::DayBounds;
use super::trace::{Trace, reason};
use super::values::{EdgeDay, Reckoned};

/// First and last day, as far as they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub first: Option<DayBounds>,
    pub last: EdgeDay,
}

/// Whether the last day has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    No,
    Yes,
    Open,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The window of a body. `extended` is the last day that an extension grants.
    pub fn frame(&mut self, body: &'w Body, extended: Option<Day>) -> Frame {
        self.trace.open();
        let first = body.window.first.as_ref().and_then(|edge| match self.edge(edge, Reckoned::Day) {
            EdgeDay::On(day) => Some(day),
            EdgeDay::Unknown => Some(DayBounds::within(Day::MIN, Day::MAX)),
            EdgeDay::NotYet | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => None,
        });
        let mut last = self.edge(&body.window.last, Reckoned::LastDay);
        if let (EdgeDay::On(day), Moved::ToWorkingDay) = (last, body.moved) {
            last = self.moved(day, body).map_or(EdgeDay::Unknown, EdgeDay::On);
        }
        if let (EdgeDay::On(day), Some(until)) = (last, extended) {
            last = EdgeDay::On(DayBounds { first: day.first.max(until), last: day.last.max(until), outside: None });
        }
        // Without a first day of its own a window within a period begins with it; one that ends before the period does not.
        let before = |day: Day| matches!(last, EdgeDay::On(last) if last.last < day);
        let begins = self.period.map(|period| period.first()).filter(|day| !before(*day));
        let first = first.or(begins.map(DayBounds::exactly));
        let frame = Frame { first, last };
        let said = Said::Window { first: frame.first_day(), last: frame.last_day() };
        match frame.last_day() {
            LastDay::None if frame.first.is_none() => self.trace.dissolve(),
            LastDay::Unknown => self.trace.close(|| reason(said, Mark::Open, body.span)),
            LastDay::None | LastDay::On(_) | LastDay::Within(_, _) | LastDay::NotYet => {
                self.trace.close(|| reason(said, Mark::Plain, body.span));
            }
        }
        frame
    }

    fn moved(&mut self, day: DayBounds, body: &'w Body) -> Option<DayBounds> {
        let calendar = &self.world.plan.calendar;
        let move_on = |day: Day| calendar.working_day_on_or_after(day);
        match (move_on(day.first), move_on(day.last)) {
            (Ok(first), Ok(last)) => Some(DayBounds::within(first, last)),
            (Err(out), _) | (_, Err(out)) => {
                self.cannot_reckon(ShiftProblem::Calendar(out), body.span);
                None
            }
        }
    }
}

impl Frame {
    pub fn first_day(&self) -> Option<Day> {
        self.first.and_then(DayBounds::exact)
    }

    pub fn last_day(&self) -> LastDay {
        match self.last {
            EdgeDay::On(day) => match day.exact() {
                Some(day) => LastDay::On(day),
                None => LastDay::Within(day.first, day.last),
            },
            EdgeDay::NotYet => LastDay::NotYet,
            EdgeDay::Unknown => LastDay::Unknown,
            EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => LastDay::None,
        }
    }

    /// Whether the last day has passed on a day.
    pub fn passed(&self, on: Day) -> Passed {
        match self.last {
            EdgeDay::On(day) if day.last < on => Passed::Yes,
            EdgeDay::On(day) if day.first >= on => Passed::No,
            EdgeDay::On(_) | EdgeDay::Unknown => Passed::Open,
            EdgeDay::NotYet | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => Passed::No,
        }
    }

    /// The last day, first and last that it can be; the end of time where there is none.
    pub fn last_bounds(&self) -> (Day, Day) {
        match self.last {
            EdgeDay::On(day) => (day.first, day.last),
            EdgeDay::Unknown => (Day::MIN, Day::MAX),
            EdgeDay::NotYet | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => (Day::MAX, Day::MAX),
        }
    }

    /// The first day, first and last that it can be; the beginning of time where there is none.
    pub fn first_bounds(&self) -> (Day, Day) {
        self.first.map_or((Day::MIN, Day::MIN), |day| (day.first, day.last))
    }
}
