//! The steps that lead to a verdict, as they are told: each in words, with what says the same of many rows put together. Rows that
//! count are listed while they are few, the others are counted by what leaves them out; what several weigh is a table.

use super::names::Names;
use super::sentences;
use super::why::Step;
use crate::facts::Row;
use crate::model::schema::RecordId;
use crate::verdict::{Fit, Instance, Judged, Mark, Reason, Said, ShareOf};

/// So many rows of one list are told one by one, and so many conditions by which others are left out.
const ROWS: usize = 6;
const CONDITIONS: usize = 3;
/// So many of those who share a cost are told.
const PARTIES: usize = 20;

/// The verdict with the steps below it. Reasons are no deeper than the policy's own nesting.
pub fn tree(names: &Names, judged: &Judged) -> Step {
    let teller = Teller { names, instance: &judged.verdict.instance, judged };
    let mut step = teller.step(&judged.reason);
    let weighed = judged.reason.because.iter().any(|one| matches!(one.said, Said::Weight { .. }));
    if !weighed {
        step.steps.extend(teller.shares());
    }
    step
}

struct Teller<'a> {
    names: &'a Names<'a>,
    instance: &'a Instance,
    judged: &'a Judged,
}

/// A row of a list, and how its step came out.
type Looked<'r> = (RecordId, Row, &'r Reason);

impl Teller<'_> {
    fn step(&self, reason: &Reason) -> Step {
        if let Said::Evidence { fit: Fit::PassedOver, .. } = reason.said {
            return Step { steps: self.failed(&reason.because), ..self.alone(reason) };
        }
        // What is told in the same words is told once.
        let below = match reason.because.as_slice() {
            [one] if one.policy == reason.policy && matches!(one.said, Said::Condition) => one.because.as_slice(),
            because => because,
        };
        Step { steps: self.steps(below), ..self.alone(reason) }
    }

    fn alone(&self, reason: &Reason) -> Step {
        Step {
            words: sentences::step(self.names, self.instance, reason),
            mark: reason.mark,
            policy: reason.policy,
            fact: reason.fact,
            steps: Vec::new(),
        }
    }

    /// All steps below one: those of rows, of weights and of evidence that does not serve put together.
    fn steps(&self, because: &[Reason]) -> Vec<Step> {
        let mut rows: Vec<Looked> = Vec::new();
        let mut weights: Vec<&Reason> = Vec::new();
        let mut useless: Vec<&Reason> = Vec::new();
        let mut steps = Vec::new();
        for reason in because {
            match &reason.said {
                Said::Belongs { record, row } => rows.push((*record, *row, reason)),
                Said::Weight { .. } => weights.push(reason),
                Said::Evidence { fit: Fit::TooEarly | Fit::PassedOver, .. } => useless.push(reason),
                _ => {
                    self.flush(&mut rows, &mut steps);
                    steps.push(self.step(reason));
                }
            }
        }
        self.flush(&mut rows, &mut steps);
        self.useless(&useless, &mut steps);
        self.weights(&weights, &mut steps);
        steps
    }

    /// Rows that belong, and those of which it is open, one by one; the others by the condition that leaves them out.
    fn flush(&self, rows: &mut Vec<Looked>, steps: &mut Vec<Step>) {
        let rows = std::mem::take(rows);
        let (out, told): (Vec<Looked>, Vec<Looked>) = rows.into_iter().partition(|(_, _, one)| one.mark == Mark::No);
        // What does not hold of a row is told before what holds of others.
        let (odd, plain): (Vec<Looked>, Vec<Looked>) =
            told.into_iter().partition(|(_, _, one)| one.mark != Mark::Yes || self.fails(one));
        let many = odd.len().saturating_add(plain.len()).saturating_sub(ROWS);
        steps.extend(odd.iter().chain(&plain).take(ROWS).map(|one| self.row(one)));
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
            let words = sentences::with_figures(self.names, self.instance, one);
            let fact = one.because.iter().find_map(|below| below.fact);
            Step { words, fact, ..self.alone(one) }
        };
        parts.map(told).collect()
    }

    fn left_out(&self, out: &[Looked], steps: &mut Vec<Step>) {
        let mut by: Vec<(String, Option<crate::source::Span>, usize)> = Vec::new();
        let mut record = None;
        for (of, _, reason) in out {
            let Some(condition) = reason.because.iter().find_map(|one| sentences::deciding(one, Mark::No, &[])) else {
                continue;
            };
            record = Some(*of);
            let why = sentences::step(self.names, self.instance, condition);
            match by.iter_mut().find(|(known, _, _)| *known == why) {
                Some((_, _, count)) => *count = count.saturating_add(1),
                None => by.push((why, condition.policy, 1)),
            }
        }
        let Some(record) = record else { return };
        let records = |count: usize| match count {
            1 => format!("1 {}", self.names.record(record)),
            many => format!("{many} {}", self.names.records(record)),
        };
        for (why, policy, count) in by.iter().take(CONDITIONS) {
            steps.push(Step { policy: *policy, ..words(format!("left out: {}, as {why}", records(*count))) });
        }
        let more = by.iter().skip(CONDITIONS).fold(0_usize, |sum, (_, _, count)| sum.saturating_add(*count));
        if more > 0 {
            steps.push(words(format!("left out by other conditions: {}", records(more))));
        }
    }

    /// Evidence that could not serve: a few rows, then how many there are besides.
    fn useless(&self, all: &[&Reason], steps: &mut Vec<Step>) {
        steps.extend(all.iter().take(CONDITIONS).map(|one| self.step(one)));
        let more = all.len().saturating_sub(CONDITIONS);
        if let (Some(Said::Evidence { record, .. }), 1..) = (all.first().map(|one| &one.said), more) {
            steps.push(words(format!("and {more} more {} that do not count", self.names.records(*record))));
        }
    }

    /// Of each who shares a cost what it weighs and bears, and once what the definitions say that were used for it.
    fn weights(&self, all: &[&Reason], steps: &mut Vec<Step>) {
        if all.is_empty() {
            return;
        }
        let mut each: Vec<(ShareOf, Vec<String>)> = Vec::new();
        for reason in all {
            let Said::Weight { who, weight } = &reason.said else { continue };
            match each.iter_mut().find(|(known, _)| known == who) {
                Some((_, weights)) => weights.push(weight.to_string()),
                None => each.push((*who, vec![weight.to_string()])),
            }
        }
        for (who, weights) in each.iter().take(PARTIES) {
            let share = self.judged.shares.iter().find(|share| share.who == *who);
            let share = share.map_or_else(String::new, |share| format!(", bears {}", share.amount));
            let words = format!("{} weighs {}{share}", self.names.share_of(*who), weights.join(" and "));
            let fact = match who {
                ShareOf::Row(record, row) => self.names.facts.row_place(*record, *row),
                ShareOf::Actor(_) | ShareOf::Nobody => None,
            };
            steps.push(Step { fact, ..self::words(words) });
        }
        let more = each.len().saturating_sub(PARTIES);
        if more > 0 {
            steps.push(words(format!("and {more} more who share it")));
        }
        self.definitions(all, steps);
    }

    /// The definitions that some steps rest on, each once, in the order of the policy.
    fn definitions(&self, all: &[&Reason], steps: &mut Vec<Step>) {
        let mut places = Vec::new();
        let mut left: Vec<&Reason> = all.to_vec();
        while let Some(one) = left.pop() {
            places.extend(one.policy);
            left.extend(&one.because);
        }
        for definition in &self.names.plan.definitions {
            if places.iter().any(|place| definition.span.contains(*place)) {
                let quoted = self.names.words(definition.span);
                steps.push(Step { policy: Some(definition.span), ..words(format!("`{quoted}`")) });
            }
        }
    }

    /// The shares of a cost that is not shared by weights.
    fn shares(&self) -> Vec<Step> {
        let share = |share: &crate::verdict::Share| {
            let said = Said::Share { who: share.who, amount: share.amount.clone(), billed: share.billed.clone() };
            let reason = Reason { said, mark: Mark::Plain, policy: None, fact: None, because: Vec::new() };
            self.alone(&reason)
        };
        let said = |who: ShareOf| {
            let said = &self.judged.reason.because;
            said.iter().any(|one| matches!(&one.said, Said::Share { who: told, .. } if *told == who))
        };
        let shares: Vec<&crate::verdict::Share> = self.judged.shares.iter().filter(|one| !said(one.who)).collect();
        let mut steps: Vec<Step> = shares.iter().take(PARTIES).map(|one| share(one)).collect();
        let more = shares.len().saturating_sub(PARTIES);
        if more > 0 {
            steps.push(words(format!("and {more} more shares")));
        }
        steps
    }
}

fn words(words: String) -> Step {
    Step { words, mark: Mark::Plain, policy: None, fact: None, steps: Vec::new() }
}
