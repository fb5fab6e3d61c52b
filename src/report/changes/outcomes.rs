//! What comes of the values that are tried, and how it is said: values with one answer are told together, with the border between two
//! answers found exactly.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::candidates::{Could, Mentioned, amounts_spoken_of, amounts_to_try, days_spoken_of, days_to_try};
use crate::evaluate::Supposing;
use crate::facts::{Cell, CellId, CellValue, Change};
use crate::model::clause::Strength;
use crate::model::schema::Type;
use crate::report::names::Names;
use crate::value::{Currency, Day, Money, Number};
use crate::verdict::Called;

/// One fact, and what would come of its values.
pub struct Tried<'a> {
    pub names: &'a Names<'a>,
    pub ty: &'a Type,
    pub cell: CellId,
    pub strength: Strength,
    pub supposing: &'a Supposing<'a>,
    known: RefCell<HashMap<CellValue, Called>>,
}

/// Values in a row with one answer.
struct Run {
    first: CellValue,
    last: CellValue,
    called: Called,
}

/// Whether what lies beyond the first and the last value that was tried is told of, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Open {
    before: bool,
    after: bool,
}

/// So many changes beyond all that is spoken of, or of amounts among a few in a row: an answer that comes and goes.
const RECURS: usize = 3;
/// Amounts that lie no further apart follow closely.
const CLOSE: i64 = 4;

impl<'a> Tried<'a> {
    pub fn new(
        names: &'a Names<'a>,
        (cell, ty): (CellId, &'a Type),
        strength: Strength,
        supposing: &'a Supposing<'a>,
    ) -> Self {
        Tried { names, ty, cell, strength, supposing, known: RefCell::default() }
    }

    /// Which values make what of it.
    pub fn outcomes(&self, could: Could, mentioned: &Mentioned) -> Vec<(String, Called)> {
        match could {
            Could::Each(values) => self.apart(self.in_a_row(values)),
            Could::Day { spans, none } => {
                let spoken: BTreeSet<Day> = days_spoken_of(mentioned, &spans);
                let one_by_one = |spoken: BTreeSet<Day>| {
                    let none = none.then_some(CellValue::Absent);
                    self.apart(self.in_a_row(spoken.into_iter().map(CellValue::Day).chain(none).collect()))
                };
                if mentioned.kinds {
                    return one_by_one(spoken);
                }
                let Some(mut told) = self.spans(mentioned, &spans, &spoken) else { return one_by_one(spoken) };
                told.extend(none.then(|| self.one(&CellValue::Absent)));
                told
            }
            Could::Amount { currency } => self.amounts(mentioned, currency),
        }
    }

    fn judge(&self, value: &CellValue) -> Called {
        if let Some(known) = self.known.borrow().get(value) {
            return *known;
        }
        let verdict = self.supposing.verdict(Change { cell: self.cell, value: value.clone() });
        let called = verdict.called(self.strength);
        self.known.borrow_mut().insert(value.clone(), called);
        called
    }

    /// What comes of all days of some spans; `None` where only single days can be told of.
    fn spans(
        &self,
        mentioned: &Mentioned,
        spans: &[(Day, Day)],
        spoken: &BTreeSet<Day>,
    ) -> Option<Vec<(String, Called)>> {
        // What is looked at tells where else to look, until it tells nothing new.
        spoken.iter().for_each(|day| {
            self.judge(&CellValue::Day(*day));
        });
        let mut looked_at = 0;
        for _ in 0..3 {
            let turns = self.supposing.turns(self.cell);
            if turns.days.len() == looked_at {
                break;
            }
            looked_at = turns.days.len();
            for span in spans {
                for day in days_to_try(self.names.plan, mentioned, &turns, *span)? {
                    self.judge(&CellValue::Day(day));
                }
            }
        }
        let turns = self.supposing.turns(self.cell);
        let mut told = Vec::new();
        for (first, last) in spans {
            let tried = self.known.borrow();
            let days = tried.keys().filter_map(|value| if let CellValue::Day(day) = value { Some(*day) } else { None });
            let days: BTreeSet<Day> = days.filter(|day| first <= day && day <= last).collect();
            drop(tried);
            let runs = self.runs(days.into_iter().map(CellValue::Day));
            let known: BTreeSet<Day> = spoken.iter().chain(&turns.days).copied().collect();
            if recurs(&runs, &known) {
                return None;
            }
            told.extend(self.ordered(&runs, Open { before: *first == Day::MIN, after: *last == Day::MAX }));
        }
        Some(told)
    }

    fn amounts(&self, mentioned: &Mentioned, currency: Option<Currency>) -> Vec<(String, Called)> {
        let value = |number: Number| match currency {
            Some(currency) => CellValue::Money(Money::new(number, currency)),
            None => CellValue::Number(number),
        };
        let spoken = amounts_spoken_of(mentioned);
        spoken.iter().for_each(|number| {
            self.judge(&value(number.clone()));
        });
        let now = match self.names.facts.cell(self.cell) {
            Cell::Number(number) => Some(number),
            Cell::Money(money) => Some(money.amount),
            _ => None,
        };
        let turns = self.supposing.turns(self.cell);
        let runs = amounts_to_try(mentioned, &turns, now.as_ref()).map(|all| self.runs(all.into_iter().map(value)));
        let Some(runs) = runs.filter(|runs| !comes_and_goes(runs)) else {
            let values = spoken.into_iter().map(value).chain([CellValue::Absent]).collect();
            return self.apart(self.in_a_row(values));
        };
        let mut told = self.ordered(&runs, Open { before: true, after: true });
        told.push(self.one(&CellValue::Absent));
        told
    }

    fn one(&self, value: &CellValue) -> (String, Called) {
        (self.words(value), self.judge(value))
    }

    // ---- saying it ----

    /// All values with one answer together.
    fn apart(&self, runs: Vec<Run>) -> Vec<(String, Called)> {
        let mut told: Vec<(Vec<String>, Called)> = Vec::new();
        for run in runs {
            let (words, called) = (self.run(&run, Open::default()), run.called);
            match told.iter_mut().find(|(_, known)| *known == called) {
                Some((all, _)) => all.push(words),
                None => told.push((vec![words], called)),
            }
        }
        told.into_iter().map(|(all, called)| (all.join(" or "), called)).collect()
    }

    fn ordered(&self, runs: &[Run], open: Open) -> Vec<(String, Called)> {
        let count = runs.len();
        let each = runs.iter().enumerate().map(|(at, run)| {
            let (begins, ends) = (at == 0, at.saturating_add(1) == count);
            (self.run(run, Open { before: open.before && begins, after: open.after && ends }), run.called)
        });
        each.collect()
    }

    fn run(&self, run: &Run, open: Open) -> String {
        let (first, last) = (self.words(&run.first), self.words(&run.last));
        let (less, more) = match self.ty {
            Type::Date | Type::Time => ("earlier", "later"),
            _ => ("less", "more"),
        };
        match (open.before, open.after) {
            (true, true) => "anything else".to_string(),
            (true, false) => format!("{last} or {less}"),
            (false, true) => format!("{first} or {more}"),
            (false, false) if first == last => first,
            (false, false) => format!("{first} through {last}"),
        }
    }

    fn words(&self, value: &CellValue) -> String {
        self.names.cell_value(value, Some(self.ty))
    }

    // ---- runs ----

    /// Values in order, cut where the answer changes. Between two with different answers the border is searched; between two with one
    /// answer there may lie another, so what is in the middle is tried.
    fn runs(&self, values: impl Iterator<Item = CellValue>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for value in values {
            if let Some(run) = runs.last()
                && run.called == self.judge(&value)
                && let Some(middle) = middle(&run.last, &value)
            {
                self.add(&mut runs, middle);
            }
            self.add(&mut runs, value);
        }
        runs
    }

    fn add(&self, runs: &mut Vec<Run>, value: CellValue) {
        let mut left = vec![value];
        while let Some(value) = left.pop() {
            let called = self.judge(&value);
            match runs.last_mut() {
                Some(run) if run.called == called => run.last = value,
                Some(run) => match middle(&run.last, &value) {
                    Some(middle) => left.extend([value, middle]),
                    None => runs.push(Run { first: value.clone(), last: value, called }),
                },
                None => runs.push(Run { first: value.clone(), last: value, called }),
            }
        }
    }

    /// Days that follow one another and have one answer are told together.
    fn in_a_row(&self, values: Vec<CellValue>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for value in values {
            let called = self.judge(&value);
            let follows = |run: &Run| match (&run.last, &value) {
                (CellValue::Day(last), CellValue::Day(day)) => run.called == called && last.following() == *day,
                _ => false,
            };
            match runs.last_mut() {
                Some(run) if follows(run) => run.last = value,
                Some(_) | None => runs.push(Run { first: value.clone(), last: value, called }),
            }
        }
        runs
    }
}

/// Whether an answer comes and goes before or after all days that are spoken of or looked at.
fn recurs(runs: &[Run], known: &BTreeSet<Day>) -> bool {
    let begins = |run: &Run| if let CellValue::Day(day) = run.first { Some(day) } else { None };
    let borders: Vec<Day> = runs.iter().skip(1).filter_map(begins).collect();
    let (first, last) = (known.first().copied().unwrap_or(Day::MIN), known.last().copied().unwrap_or(Day::MAX));
    let before = borders.iter().filter(|day| **day < first).count();
    let after = borders.iter().filter(|day| **day > last).count();
    before.max(after) >= RECURS
}

/// Whether an answer comes and goes among amounts that follow one another.
fn comes_and_goes(runs: &[Run]) -> bool {
    let next = |run: &Run, after: &Run| match (&run.first, &after.first) {
        (CellValue::Number(one), CellValue::Number(other)) => other.minus(one) <= Number::from(CLOSE),
        (CellValue::Money(one), CellValue::Money(other)) => other.amount.minus(&one.amount) <= Number::from(CLOSE),
        (_, _) => false,
    };
    let close: Vec<bool> = runs.iter().zip(runs.iter().skip(1)).map(|(run, after)| next(run, after)).collect();
    close.windows(RECURS).any(|some| some.iter().all(|one| *one))
}

/// A value between two; nothing when they follow one another.
fn middle(low: &CellValue, high: &CellValue) -> Option<CellValue> {
    match (low, high) {
        (CellValue::Day(low), CellValue::Day(high)) => {
            let half = low.days_until(*high).checked_div(2)?;
            (half > 0).then(|| CellValue::Day(low.plus_days(half)))
        }
        (CellValue::Number(low), CellValue::Number(high)) => whole_between(low, high).map(CellValue::Number),
        (CellValue::Money(low), CellValue::Money(high)) => {
            whole_between(&low.amount, &high.amount).map(|amount| CellValue::Money(low.with(amount)))
        }
        _ => None,
    }
}

fn whole_between(low: &Number, high: &Number) -> Option<Number> {
    let (low, high) = (low.floor().to_i64()?, high.ceil().to_i64()?);
    let half = high.checked_sub(low)?.checked_div(2)?;
    (half > 0).then(|| Number::from(low.saturating_add(half)))
}
