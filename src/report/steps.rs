//! The steps that lead to a verdict, as they are told: each in words, with what says the same of many rows put together. Rows that
//! count are listed while they are few, the others are counted by what leaves them out; what several weigh is a table.

mod breach;
mod costs;
mod ids;

use super::names::Names;
use super::sentences;
use super::why::{About, Step};
use crate::facts::{CellId, Row};
use crate::model::schema::{AGREEMENT, Field, RecordId, Type};
use crate::value::Day;
use crate::verdict::{Fit, Judged, Mark, Reason, Said, Status};

/// How much of the same is told one by one; the rest is counted.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Rows of one list.
    pub rows: usize,
    /// Conditions by which others are left out, and evidence that does not serve.
    pub conditions: usize,
    /// Those who share a cost.
    pub parties: usize,
    /// Ways in which it would be different.
    pub changes: usize,
}

impl Extent {
    /// For a reader who wants the cause on one screen.
    pub const BRIEF: Extent = Extent { rows: 3, conditions: 2, parties: 10, changes: 4 };
    /// For reports and programs.
    pub const USUAL: Extent = Extent { rows: 6, conditions: 3, parties: 20, changes: 12 };
    /// For a reader who wants to see everything.
    pub const FULL: Extent = Extent { rows: 1_000, conditions: 100, parties: 1_000, changes: 100 };
}

/// The verdict with the steps below it. Reasons are no deeper than the policy's own nesting. Given the as-of day, what another
/// clause came to is told, too.
pub fn tree(names: &Names, judged: &Judged, extent: Extent, as_of: Option<Day>) -> Step {
    let teller = Teller { names, judged, extent, as_of };
    let mut root = teller.alone(&judged.reason);
    root.steps = match teller.cost() {
        Some(cost) => cost.steps(&judged.reason.because),
        None => teller.steps(&judged.reason.because),
    };
    ids::give(names, &judged.verdict.instance, &mut root);
    root
}

struct Teller<'a> {
    names: &'a Names<'a>,
    judged: &'a Judged,
    extent: Extent,
    as_of: Option<Day>,
}

/// A row of a list, and how its step came out.
type Looked<'r> = (RecordId, Row, &'r Reason);

impl Teller<'_> {
    fn step(&self, reason: &Reason) -> Step {
        match &reason.said {
            Said::Evidence { fit: Fit::PassedOver, .. } => {
                return Step { steps: self.failed(&reason.because), ..self.alone(reason) };
            }
            // The one figure of a condition stands behind it.
            Said::Condition => {
                if let [one] = self.below(reason)
                    && matches!(one.said, Said::Figure { .. })
                {
                    let words = sentences::with_figures(self.names, self.judged, reason);
                    return Step { words, steps: self.steps(&one.because), ..self.alone(reason) };
                }
            }
            Said::Broken { clause, .. } => {
                let broken = |status| matches!(status, Status::Violated | Status::Late);
                return Step { steps: self.of_another(*clause, broken), ..self.alone(reason) };
            }
            Said::BreachOpen(clause) | Said::PrecedenceOpen(clause) => {
                let open = match reason.mark {
                    Mark::Person => Status::NeedsJudgement,
                    Mark::Open | Mark::Yes | Mark::No | Mark::Plain => Status::Unknown,
                };
                let steps = self.of_another(*clause, |status| status == open);
                return Step { steps, ..self.alone(reason) };
            }
            _ => {}
        }
        Step { steps: self.steps(self.below(reason)), ..self.alone(reason) }
    }

    /// What lies below a step. What is told in the same words is told once.
    fn below<'r>(&self, reason: &'r Reason) -> &'r [Reason] {
        match reason.because.as_slice() {
            [one] if one.policy == reason.policy && matches!(one.said, Said::Condition) => self.below(one),
            [one] if matches!((&reason.said, &one.said), (Said::YieldsTo(to), Said::Applies(who)) if to == who) => {
                &one.because
            }
            because => because,
        }
    }

    fn alone(&self, reason: &Reason) -> Step {
        Step {
            words: sentences::step(self.names, self.judged, reason),
            mark: reason.mark,
            policy: reason.policy,
            fact: reason.fact,
            about: self.about(reason),
            key: ids::key(self.names, reason),
            ..Step::default()
        }
    }

    /// The record, and perhaps its field, that a step speaks of.
    fn about(&self, reason: &Reason) -> Option<About> {
        let of_row = |record: RecordId, row: Row, field: Option<String>| About {
            record: (record != AGREEMENT).then(|| self.names.record(record).to_string()),
            id: (record != AGREEMENT).then(|| self.names.row(record, row)),
            field,
        };
        match reason.said {
            Said::Value(cell, _) | Said::NotGiven { cell, .. } => {
                Some(of_row(cell.record, cell.row, Some(self.names.field(cell).to_string())))
            }
            Said::Evidence { record, row, .. } | Said::Belongs { record, row } => Some(of_row(record, row, None)),
            _ => None,
        }
    }

    /// Whether a condition is one that nobody wrote: that an event is of the subject, or of the bearer, or that a field names a bearer.
    fn is_unwritten(&self, reason: &Reason) -> bool {
        if !sentences::is_condition(reason) || reason.because.is_empty() {
            return false;
        }
        let Some(words) = reason.policy.map(|place| self.names.words(place)) else { return false };
        let names_a_row = |field: &Field| field.name == words && matches!(field.ty, Type::Ref(_));
        let mut records = self.names.plan.schema.records.iter();
        records.any(|record| record.name == words || record.fields.iter().any(names_a_row))
    }

    /// All steps below one: those of rows, of weights and of evidence that does not serve put together.
    fn steps(&self, because: &[Reason]) -> Vec<Step> {
        let mut rows: Vec<Looked> = Vec::new();
        let mut useless: Vec<&Reason> = Vec::new();
        let mut steps = Vec::new();
        for reason in because {
            match &reason.said {
                Said::Belongs { record, row } => rows.push((*record, *row, reason)),
                Said::Evidence { fit: Fit::TooEarly | Fit::PassedOver, .. } => useless.push(reason),
                _ => {
                    self.flush(&mut rows, &mut steps);
                    if self.is_unwritten(reason) {
                        steps.extend(self.steps(self.below(reason)));
                    } else if !self.says_less(reason, because) {
                        steps.push(self.step(reason));
                    }
                }
            }
        }
        self.flush(&mut rows, &mut steps);
        self.useless(&useless, &mut steps);
        once(steps)
    }

    /// Whether another step says the same and more: that a day is none says that there is none, and that a complete list does not give
    /// it, that it is not known.
    fn says_less(&self, reason: &Reason, others: &[Reason]) -> bool {
        if let Said::Value(own, _) = reason.said {
            return others.iter().any(|one| matches!(one.said, Said::NotGiven { cell, .. } if cell == own));
        }
        let Said::NoDay(record, field) = reason.said else { return false };
        let is_none = |cell: CellId| (cell.record, cell.field) == (record, field);
        others.iter().any(|one| matches!(one.said, Said::Value(cell, _) if is_none(cell)))
    }

    /// Rows that belong, and those of which it is open, one by one; the others by the condition that leaves them out.
    fn flush(&self, rows: &mut Vec<Looked>, steps: &mut Vec<Step>) {
        let rows = std::mem::take(rows);
        let (out, told): (Vec<Looked>, Vec<Looked>) = rows.into_iter().partition(|(_, _, one)| one.mark == Mark::No);
        // What does not hold of a row is told before what holds of others.
        let (odd, plain): (Vec<Looked>, Vec<Looked>) =
            told.into_iter().partition(|(_, _, one)| one.mark != Mark::Yes || self.fails(one));
        let all = odd.len().saturating_add(plain.len());
        // One more line would be as long as the row itself.
        let told = if all <= self.extent.rows { all } else { self.extent.rows.saturating_sub(1) };
        steps.extend(odd.iter().chain(&plain).take(told).map(|one| self.row(one)));
        let many = all.saturating_sub(told);
        if let (Some((record, _, _)), 1..) = (odd.first().or(plain.first()), many) {
            steps.push(words(format!("and {many} more {}", self.names.records(*record))));
        }
        self.left_out(&out, steps);
    }

    fn fails(&self, row: &Reason) -> bool {
        row.because.iter().any(|one| one.mark != Mark::Yes && one.mark != Mark::Plain)
    }

    /// A row with its values; what holds of it is not repeated.
    fn row(&self, (record, row, reason): &Looked) -> Step {
        let value = |one: &Reason| match one.said {
            Said::Value(cell, on) => {
                Some(format!("{} is {}", self.names.field(cell), self.names.value_as_of(cell, on)))
            }
            _ => None,
        };
        let values: Vec<String> = reason.because.iter().filter_map(value).collect();
        let alone = self.alone(reason);
        let words = if values.is_empty() { alone.words } else { format!("{}: {}", alone.words, values.join(", ")) };
        let steps = self.failed(&reason.because);
        Step { words, fact: self.names.facts.row_place(*record, *row), steps, ..alone }
    }

    /// What does not hold, or is open, among some steps.
    fn failed(&self, because: &[Reason]) -> Vec<Step> {
        let failed = because.iter().filter(|one| !matches!(one.mark, Mark::Yes | Mark::Plain));
        let parts = failed.flat_map(|one| match one.said {
            Said::Joint if one.mark == Mark::No => one.because.iter().filter(|part| part.mark == Mark::No).collect(),
            _ => vec![one],
        });
        let told = |one: &Reason| {
            let words = sentences::with_figures(self.names, self.judged, one);
            let fact = one.because.iter().find_map(|below| below.fact);
            Step { words, fact, ..self.alone(one) }
        };
        parts.map(told).collect()
    }

    fn left_out(&self, out: &[Looked], steps: &mut Vec<Step>) {
        let mut by: Vec<(String, Option<crate::source::Span>, usize)> = Vec::new();
        let Some((record, _, _)) = out.first() else { return };
        for (_, _, reason) in out {
            let (why, policy) = match reason.because.iter().find_map(first_failing) {
                Some(condition) => {
                    (format!("because {}", sentences::step(self.names, self.judged, condition)), condition.policy)
                }
                // Before the first day of force, still to come, over, or called off.
                None => ("outside the dates or called off".to_string(), None),
            };
            match by.iter_mut().find(|(known, _, _)| *known == why) {
                Some((_, _, count)) => *count = count.saturating_add(1),
                None => by.push((why, policy, 1)),
            }
        }
        let records = |count: usize| self.names.so_many(*record, count);
        for (why, policy, count) in by.iter().take(self.extent.conditions) {
            steps.push(Step { policy: *policy, ..words(format!("left out: {}, {why}", records(*count))) });
        }
        let others = by.iter().skip(self.extent.conditions);
        let more = others.fold(0_usize, |sum, (_, _, count)| sum.saturating_add(*count));
        if more > 0 {
            steps.push(words(format!("left out by other conditions: {}", records(more))));
        }
    }

    /// Evidence that could not serve: a few rows, then how many there are besides.
    fn useless(&self, all: &[&Reason], steps: &mut Vec<Step>) {
        steps.extend(all.iter().take(self.extent.conditions).map(|one| self.step(one)));
        let more = all.len().saturating_sub(self.extent.conditions);
        if let (Some(Said::Evidence { record, .. }), 1..) = (all.first().map(|one| &one.said), more) {
            steps.push(words(format!("and {more} more {} that do not count", self.names.records(*record))));
        }
    }
}

/// The first part of a condition that leaves a row out.
fn first_failing(reason: &Reason) -> Option<&Reason> {
    match reason.said {
        Said::Joint if reason.mark == Mark::No => reason.because.iter().find_map(first_failing).or(Some(reason)),
        _ if reason.mark == Mark::No => Some(reason),
        _ => None,
    }
}

/// Steps that say the same once.
fn once(steps: Vec<Step>) -> Vec<Step> {
    let mut kept: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        let same = |one: &Step| {
            (&one.words, one.mark, one.fact, &one.steps) == (&step.words, step.mark, step.fact, &step.steps)
        };
        if !kept.iter().any(same) {
            kept.push(step);
        }
    }
    kept
}

fn words(words: String) -> Step {
    let key = words.chars().filter(|one| !one.is_ascii_digit()).collect();
    Step { words, key, ..Step::default() }
}
