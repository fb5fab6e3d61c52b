//! What comes of the values that are tried, and how it is said: values with one answer are told together, with the border between two
//! answers found exactly.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::candidates::{
    Could, Mentioned, amounts_spoken_of, amounts_to_try, days_one_by_one, days_spoken_of, days_to_try, multiples,
    within,
};
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
    /// How the verdict is called as it stands.
    now: Called,
    known: RefCell<HashMap<CellValue, Answer>>,
}

/// What comes of a value, and whether that is so on some days only of a span that is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Answer {
    called: Called,
    partly: bool,
}

/// What is told first of several answers that a span has on its days.
const GRAVEST: [Called; 4] = [Called::Violated, Called::NotFollowed, Called::Unknown, Called::NeedsJudgement];
/// How a value is told that makes something of it on some of its days only.
const PARTLY: &str = " (for part of the time)";

/// Values in a row with one answer.
struct Run {
    first: CellValue,
    last: CellValue,
    called: Answer,
}

impl Run {
    /// The first and the last amount; nothing where they are none.
    fn amounts(&self) -> Option<(&Number, &Number)> {
        match (&self.first, &self.last) {
            (CellValue::Number(first), CellValue::Number(last)) => Some((first, last)),
            (CellValue::Money(first), CellValue::Money(last)) => Some((&first.amount, &last.amount)),
            (_, _) => None,
        }
    }

    /// The first value with another amount.
    fn with(&self, amount: &Number) -> CellValue {
        match &self.first {
            CellValue::Number(_) => CellValue::Number(amount.clone()),
            CellValue::Money(money) => CellValue::Money(money.with(amount.clone())),
            other => other.clone(),
        }
    }
}

/// Whether what lies beyond the first and the last value that was tried is told of, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Open {
    before: bool,
    after: bool,
}

impl Open {
    const BOTH: Open = Open { before: true, after: true };
}

/// So many changes beyond all that is spoken of, or of amounts among a few in a row: an answer that comes and goes.
const RECURS: usize = 3;
/// So much is looked at for one fact; whoever looks at much for each value tries fewer of them.
const MOST_LOOKS: usize = 200_000;
/// So many days, or amounts, are tried to tell of spans.
const MANY: usize = 200;
const MANY_AMOUNTS: usize = 50;
/// Of so few spans, all are told where the kind of a day matters.
const FEW_RUNS: usize = 8;
/// Of what stays the same for so many days, every kind of day has been seen.
const A_YEAR: i32 = 366;
/// Amounts that lie no further apart follow closely.
const CLOSE: i64 = 4;

impl<'a> Tried<'a> {
    pub fn new(
        names: &'a Names<'a>,
        (cell, ty): (CellId, &'a Type),
        strength: Strength,
        (supposing, now): (&'a Supposing<'a>, Called),
    ) -> Self {
        Tried { names, ty, cell, strength, supposing, now, known: RefCell::default() }
    }

    /// Which values make what of it.
    pub fn outcomes(&self, could: Could, mentioned: &Mentioned) -> Vec<(String, Called)> {
        let all = self.answers(could, mentioned).into_iter();
        all.map(|(words, answer)| (if answer.partly { words + PARTLY } else { words }, answer.called)).collect()
    }

    fn answers(&self, could: Could, mentioned: &Mentioned) -> Vec<(String, Answer)> {
        match could {
            Could::Each(values) => self.apart(self.in_a_row(values)),
            Could::Day { spans, none } => {
                let spoken: BTreeSet<Day> = days_spoken_of(mentioned, &spans);
                let told = if mentioned.kinds {
                    Some(self.by_kind(mentioned, &spans, &spoken))
                } else {
                    self.spans(mentioned, &spans, &spoken)
                };
                let Some(mut told) = told else {
                    let none = none.then_some(CellValue::Absent);
                    return self.apart(self.in_a_row(spoken.into_iter().map(CellValue::Day).chain(none).collect()));
                };
                told.extend(none.then(|| self.one(&CellValue::Absent)));
                told
            }
            Could::Amount { currency } => self.amounts(mentioned, currency),
        }
    }

    fn judge(&self, value: &CellValue) -> Answer {
        if let Some(known) = self.known.borrow().get(value) {
            return *known;
        }
        let verdicts = self.supposing.verdicts_if(&[Change { cell: self.cell, value: value.clone() }]);
        let answer = self.of_all(verdicts.iter().map(|verdict| verdict.called(self.strength)).collect());
        self.known.borrow_mut().insert(value.clone(), answer);
        answer
    }

    /// What several verdicts come to: of those that are not the one that stands, the gravest.
    fn of_all(&self, all: Vec<Called>) -> Answer {
        let first = all.first().copied().unwrap_or(self.now);
        if all.iter().all(|one| *one == first) {
            return Answer { called: first, partly: false };
        }
        let others = || all.iter().copied().filter(|one| *one != self.now);
        let gravest = GRAVEST.into_iter().find(|grave| others().any(|one| one == *grave));
        Answer { called: gravest.or(others().next()).unwrap_or(first), partly: true }
    }

    /// How many values can be tried, by what those looked at that were tried so far.
    fn room(&self) -> usize {
        let each = self.supposing.looks().checked_div(self.known.borrow().len()).unwrap_or(0);
        MOST_LOOKS.checked_div(each.max(1)).unwrap_or(0)
    }

    /// What comes of all days of some spans; `None` where only single days can be told of.
    fn spans(
        &self,
        mentioned: &Mentioned,
        spans: &[(Day, Day)],
        spoken: &BTreeSet<Day>,
    ) -> Option<Vec<(String, Answer)>> {
        // What is looked at tells where else to look, until it tells nothing new.
        spoken.iter().for_each(|day| {
            self.judge(&CellValue::Day(*day));
        });
        if self.room() < MANY {
            return None;
        }
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
            let runs = self.runs(days.into_iter().map(CellValue::Day), &Number::ONE);
            let known: BTreeSet<Day> = spoken.iter().chain(&turns.days).copied().collect();
            if recurs(&runs, &known) {
                return None;
            }
            told.extend(self.ordered(&runs, Open { before: *first == Day::MIN, after: *last == Day::MAX }, None));
        }
        Some(told)
    }

    /// Days of which the answer hangs on what kind of day it is: each day is judged, and what is alike and in a row is one span. Of
    /// very many spans, those of the days that are spoken of, with a word that there are others.
    fn by_kind(&self, mentioned: &Mentioned, spans: &[(Day, Day)], spoken: &BTreeSet<Day>) -> Vec<(String, Answer)> {
        spoken.iter().for_each(|day| {
            self.judge(&CellValue::Day(*day));
        });
        let turns = self.supposing.turns(self.cell);
        let (days, is_all) = days_one_by_one(self.names.plan, mentioned, &turns, spans, (spoken, self.room()));
        let runs = self.in_a_row(days.into_iter().map(CellValue::Day).collect());
        if is_all && runs.len() <= FEW_RUNS {
            let ends = |run: &Run| match (&run.first, &run.last) {
                (CellValue::Day(first), CellValue::Day(last)) => first.days_until(*last) >= A_YEAR,
                _ => false,
            };
            let open = Open {
                before: spans.first().is_some_and(|(first, _)| *first == Day::MIN) && runs.first().is_some_and(ends),
                after: spans.last().is_some_and(|(_, last)| *last == Day::MAX) && runs.last().is_some_and(ends),
            };
            return self.ordered(&runs, open, None);
        }
        let is_spoken = |run: &Run| match (&run.first, &run.last) {
            (CellValue::Day(first), CellValue::Day(last)) => spoken.range(*first..=*last).next().is_some(),
            _ => false,
        };
        let (told, others): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(is_spoken);
        let mut told = self.apart(told);
        for (words, called) in &mut told {
            if others.iter().any(|run| run.called == *called) {
                words.push_str(" or some other days");
            } else if !is_all {
                words.push_str(" or perhaps other days");
            }
        }
        told
    }

    fn amounts(&self, mentioned: &Mentioned, currency: Option<Currency>) -> Vec<(String, Answer)> {
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
        let all = amounts_to_try(mentioned, &turns, now.as_ref()).filter(|_| self.room() >= MANY_AMOUNTS);
        let runs = all.as_ref().map(|all| self.runs(all.iter().cloned().map(value), &Number::ONE));
        let runs = runs.filter(|runs| !comes_and_goes(runs, &Number::ONE));
        // What was tried since may have been shared, too.
        let units = self.supposing.turns(self.cell).units;
        let told = match runs {
            Some(runs) if self.are_so_throughout(&runs, &units, now.as_ref()) => {
                Some(self.ordered(&runs, Open::BOTH, None))
            }
            _ => all.and_then(|all| self.in_steps(&all, &units, now.as_ref(), &value)),
        };
        let Some(mut told) = told else {
            let values = spoken.into_iter().map(value).chain([CellValue::Absent]).collect();
            return self.apart(self.in_a_row(values));
        };
        told.push(self.one(&CellValue::Absent));
        told
    }

    /// Whether amounts inside of spans come out as the spans do, be they whole multiples of a unit or not.
    fn are_so_throughout(&self, runs: &[Run], units: &BTreeSet<Number>, now: Option<&Number>) -> bool {
        let same = |run: &Run, unit: &Number| within(run.amounts(), unit, now).iter().all(|one| self.gives(run, one));
        runs.iter().all(|run| units.iter().all(|unit| same(run, unit)))
    }

    fn gives(&self, run: &Run, amount: &Number) -> bool {
        self.judge(&run.with(amount)) == run.called
    }

    /// What comes of the multiples of a unit, and of all other amounts, where these come out alike.
    fn in_steps(
        &self,
        all: &BTreeSet<Number>,
        units: &BTreeSet<Number>,
        now: Option<&Number>,
        value: &impl Fn(Number) -> CellValue,
    ) -> Option<Vec<(String, Answer)>> {
        let unit = units.first().filter(|_| units.len() == 1)?;
        let runs = self.runs(multiples(all, unit).into_iter().map(value), unit);
        if comes_and_goes(&runs, unit) {
            return None;
        }
        let step = self.words(&value(unit.clone()));
        let mut told = self.ordered(&runs, Open::BOTH, Some(&step));
        let others = runs.iter().flat_map(|run| within(run.amounts(), unit, now));
        let mut others = others.filter(|one| !one.is_multiple_of(unit)).map(|one| self.judge(&value(one)));
        if let Some(first) = others.next()
            && others.all(|other| other == first)
        {
            told.push((format!("anything that is not a multiple of {step}"), first));
        }
        Some(told)
    }

    fn one(&self, value: &CellValue) -> (String, Answer) {
        (self.words(value), self.judge(value))
    }

    // ---- saying it ----

    /// All values with one answer together.
    fn apart(&self, runs: Vec<Run>) -> Vec<(String, Answer)> {
        let mut told: Vec<(Vec<String>, Answer)> = Vec::new();
        for run in runs {
            let (words, called) = (self.run(&run, Open::default()), run.called);
            match told.iter_mut().find(|(_, known)| *known == called) {
                Some((all, _)) => all.push(words),
                None => told.push((vec![words], called)),
            }
        }
        told.into_iter().map(|(all, called)| (all.join(" or "), called)).collect()
    }

    fn ordered(&self, runs: &[Run], open: Open, step: Option<&str>) -> Vec<(String, Answer)> {
        let count = runs.len();
        let each = runs.iter().enumerate().map(|(at, run)| {
            let (begins, ends) = (at == 0, at.saturating_add(1) == count);
            let open = Open { before: open.before && begins, after: open.after && ends };
            let words = self.run(run, open);
            match step {
                Some(step) if open.before && open.after => (format!("any other multiple of {step}"), run.called),
                Some(step) if open.before || open.after || run.first != run.last => {
                    (format!("{words} in steps of {step}"), run.called)
                }
                Some(_) | None => (words, run.called),
            }
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
    fn runs(&self, values: impl Iterator<Item = CellValue>, step: &Number) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for value in values {
            if let Some(run) = runs.last()
                && run.called == self.judge(&value)
                && let Some(middle) = middle(&run.last, &value, step)
            {
                self.add(&mut runs, middle, step);
            }
            self.add(&mut runs, value, step);
        }
        runs
    }

    fn add(&self, runs: &mut Vec<Run>, value: CellValue, step: &Number) {
        let mut left = vec![value];
        while let Some(value) = left.pop() {
            let called = self.judge(&value);
            match runs.last_mut() {
                Some(run) if run.called == called => run.last = value,
                Some(run) => match middle(&run.last, &value, step) {
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
fn comes_and_goes(runs: &[Run], step: &Number) -> bool {
    let close = Number::from(CLOSE).times(step);
    let next = |run: &Run, after: &Run| match (&run.first, &after.first) {
        (CellValue::Number(one), CellValue::Number(other)) => other.minus(one) <= close,
        (CellValue::Money(one), CellValue::Money(other)) => other.amount.minus(&one.amount) <= close,
        (_, _) => false,
    };
    let close: Vec<bool> = runs.iter().zip(runs.iter().skip(1)).map(|(run, after)| next(run, after)).collect();
    close.windows(RECURS).any(|some| some.iter().all(|one| *one))
}

/// A value between two, a multiple of the step where it is an amount; nothing when they follow one another.
fn middle(low: &CellValue, high: &CellValue, step: &Number) -> Option<CellValue> {
    match (low, high) {
        (CellValue::Day(low), CellValue::Day(high)) => {
            let half = low.days_until(*high).checked_div(2)?;
            (half > 0).then(|| CellValue::Day(low.plus_days(half)))
        }
        (CellValue::Number(low), CellValue::Number(high)) => step_between(low, high, step).map(CellValue::Number),
        (CellValue::Money(low), CellValue::Money(high)) => {
            step_between(&low.amount, &high.amount, step).map(|amount| CellValue::Money(low.with(amount)))
        }
        _ => None,
    }
}

fn step_between(low: &Number, high: &Number, step: &Number) -> Option<Number> {
    let (low, high) = (low.divided_by(step)?.floor().to_i64()?, high.divided_by(step)?.ceil().to_i64()?);
    let half = high.checked_sub(low)?.checked_div(2)?;
    (half > 0).then(|| Number::from(low.saturating_add(half)).times(step))
}
