//! The walk of a day: how the first and the last day of a window came about, step by step, as the judge left it in the reasons.

use super::names::Names;
use super::sentences::{self, walk as words};
use crate::model::clause::WhichEnd;
use crate::value::Day;
use crate::verdict::{Judged, LastDay, Reason, Said};

/// How one end of a window came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Which end it is.
    pub end: WhichEnd,
    /// The day.
    pub day: Day,
    /// What led to it, the first step first.
    pub steps: Vec<Walked>,
}

/// A step of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walked {
    /// The day it starts from; nothing where the day is named by its place in a year or a month.
    pub from: Option<Day>,
    /// The day it leads to.
    pub to: Day,
    /// The step in words.
    pub words: String,
}

impl Walk {
    /// All steps in a sentence.
    pub fn words(&self) -> String {
        self.steps.iter().map(|step| step.words.as_str()).collect::<Vec<_>>().join("; ")
    }
}

/// The walks of a verdict's window, the first day's before the last day's. A day that is given has none.
pub fn walks(names: &Names, judged: &Judged) -> Vec<Walk> {
    window(&judged.reason, judged.last_day).map_or_else(Vec::new, |window| of_window(names, window, &judged.reason))
}

/// The same of one window. `reason` is all that led to the verdict: it tells of extensions.
pub fn of_window(names: &Names, window: &Reason, reason: &Reason) -> Vec<Walk> {
    let Said::Window { first, last } = window.said else { return Vec::new() };
    let last = if let LastDay::On(day) = last { Some(day) } else { None };
    let mut steps = Vec::new();
    window.because.iter().for_each(|below| collect(names, below, &mut steps));
    let walk = |(end, day): (WhichEnd, Option<Day>)| {
        let steps = leading_to(names, day?, &steps, reason);
        (!steps.is_empty()).then_some(Walk { end, day: day?, steps })
    };
    [(WhichEnd::First, first), (WhichEnd::Last, last)].into_iter().filter_map(walk).collect()
}

/// The window that a verdict was judged by.
fn window(reason: &Reason, wanted: LastDay) -> Option<&Reason> {
    if matches!(reason.said, Said::Window { last, .. } if last == wanted) {
        return Some(reason);
    }
    reason.because.iter().find_map(|one| window(one, wanted))
}

/// Every step from a day to a day, in the order in which they were taken.
fn collect(names: &Names, reason: &Reason, found: &mut Vec<Walked>) {
    reason.because.iter().for_each(|one| collect(names, one, found));
    let plan = names.plan;
    let (from, to, words) = match reason.said {
        Said::Reckoned { from, by, counted, to } => (Some(from), to, words::reckoned(plan, (from, by), counted, to)),
        Said::MovedOff { from, to } => (Some(from), to, words::moved(plan, from, to)),
        Said::FallsOn { day } => (None, day, sentences::falls_on(names, reason, day)),
        _ => return,
    };
    found.push(Walked { from, to, words });
}

/// The steps that lead to a day, found backwards from it. An extension leads there from the day before it.
fn leading_to(names: &Names, day: Day, steps: &[Walked], reason: &Reason) -> Vec<Walked> {
    let mut found: Vec<Walked> = Vec::new();
    let (mut before, mut wanted) = (steps, Some(day));
    if !steps.iter().any(|step| step.to == day)
        && let Some(waiver) = extension(names, reason, day)
    {
        wanted = steps.last().map(|step| step.to);
        found.push(Walked { from: wanted, to: day, words: waiver });
    }
    while let Some(day) = wanted {
        let Some(at) = before.iter().rposition(|step| step.to == day) else { break };
        let Some((step, earlier)) = before.get(..=at).and_then(<[Walked]>::split_last) else { break };
        (before, wanted) = (earlier, step.from);
        found.push(step.clone());
    }
    found.reverse();
    found
}

/// The extension that grants a day.
fn extension(names: &Names, reason: &Reason, day: Day) -> Option<String> {
    if let Said::Waiver(at) = reason.said
        && let Some(waiver) = names.facts.waivers.get(at)
        && waiver.until == Some(day)
    {
        return Some(sentences::waiver(names, waiver));
    }
    reason.because.iter().find_map(|one| extension(names, one, day))
}
