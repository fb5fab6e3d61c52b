//! Which values of a fact are worth trying, and how what comes of them is said: every option of a list, yes and no, and
//! for days and numbers those around what the verdict speaks of, with the border between two answers found exactly.

use crate::facts::{CellId, CellValue, Facts, Row};
use crate::model::schema::Type;
use crate::report::names::Names;
use crate::value::{Day, Money, Number, Stretch};
use crate::verdict::{Called, Judged, LastDay, Reason, Said};

/// Days and amounts that a verdict speaks of: answers change there.
pub struct Mentioned {
    days: Vec<Day>,
    numbers: Vec<i64>,
    /// A condition asks what kind of day it is: answers change within every week.
    pub kinds: bool,
}

/// So many records are tried for a reference.
const MOST_ROWS: u32 = 8;
/// So many days or numbers are looked at before borders are searched for.
const MOST_POINTS: usize = 40;
/// Words of a condition that ask what kind of day it is.
const KINDS_OF_DAYS: [&str; 3] = ["weekday", "working day", "public holiday"];
/// Twenty years, in days.
const FAR: i32 = 7_305;

pub fn mentioned(names: &Names, as_of: Day, judged: &Judged) -> Mentioned {
    let mut found = Mentioned { days: vec![as_of], numbers: vec![0, 1], kinds: false };
    let force = names.plan.force;
    let stated = names.plan.first_day_stated;
    found.days.extend([force.from].into_iter().filter(|_| stated));
    found.days.extend((force.until < Stretch::ALWAYS.until).then(|| force.last()));
    found.days.extend(judged.first_day);
    match judged.last_day {
        LastDay::On(day) => found.days.push(day),
        LastDay::Within(first, last) => found.days.extend([first, last]),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => {}
    }
    let mut left: Vec<&Reason> = vec![&judged.reason];
    while let Some(one) = left.pop() {
        found.take(names, one);
        left.extend(&one.because);
    }
    found.days.sort();
    found.days.dedup();
    found.numbers.sort_unstable();
    found.numbers.dedup();
    found
}

impl Mentioned {
    fn take(&mut self, names: &Names, reason: &Reason) {
        match &reason.said {
            Said::Day { day } | Said::NotInForce { day } | Said::Planned { day } | Said::ToCome { day } => {
                self.days.push(*day)
            }
            Said::Amount(number) => self.numbers.extend(number.to_i64()),
            Said::Value(cell, on) => match names.facts.cell_on(*cell, *on) {
                crate::facts::Cell::Day(day) => self.days.push(day),
                crate::facts::Cell::Number(number) => self.numbers.extend(number.floor().to_i64()),
                crate::facts::Cell::Money(money) => self.numbers.extend(money.amount.floor().to_i64()),
                _ => {}
            },
            Said::Window { first, .. } => self.days.extend(*first),
            Said::Counted { least, asked, .. } => {
                self.numbers.extend([Some(least), asked.as_ref()].into_iter().flatten().filter_map(Number::to_i64));
            }
            _ => {}
        }
        if let Said::Condition = reason.said {
            let words = reason.policy.map_or_else(String::new, |span| names.words(span));
            self.numbers.extend(words.split_whitespace().filter_map(|word| word.parse::<i64>().ok()));
            self.days.extend(words.split_whitespace().filter_map(|word| Day::parse_iso(word).ok()));
            self.kinds |= KINDS_OF_DAYS.iter().any(|kind| words.contains(kind));
        }
    }

    /// Each day that is spoken of, the day before and the day after.
    fn day_points(&self) -> Vec<CellValue> {
        let around = |day: &Day| [day.minus_days(1), *day, day.plus_days(1)];
        let mut days: Vec<Day> = self.days.iter().flat_map(around).collect();
        days.sort();
        days.dedup();
        days.truncate(MOST_POINTS);
        // What is said of all days before, or after, is judged far away, too. Of days that differ within a week nothing is said of all.
        let far = |day: Option<&Day>, days: i32| day.filter(|_| !self.kinds).map(|day| day.plus_days(days));
        let ends = [far(days.first(), -FAR), far(days.last(), FAR)];
        days.extend(ends.into_iter().flatten());
        days.sort();
        days.into_iter().map(CellValue::Day).collect()
    }

    fn number_points(&self, with: impl Fn(Number) -> CellValue) -> Vec<CellValue> {
        let around = |number: &i64| [number.saturating_sub(1), *number, number.saturating_add(1)];
        let mut numbers: Vec<i64> = self.numbers.iter().flat_map(around).filter(|number| *number >= 0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.truncate(MOST_POINTS);
        numbers.extend(numbers.last().map(|most| most.saturating_mul(100).saturating_add(1_000)));
        numbers.into_iter().map(|number| with(Number::from(number))).collect()
    }
}

/// Values to try, in order for days and numbers; what stands apart (none) last.
pub fn candidates(facts: &Facts, cell: CellId, ty: &Type, mentioned: &Mentioned) -> Vec<CellValue> {
    let mut values = match ty {
        Type::YesNo => vec![CellValue::YesNo(true), CellValue::YesNo(false)],
        Type::OneOf(options) => {
            options.iter().filter_map(|option| facts.words.find(option)).map(CellValue::Word).collect()
        }
        Type::Date => mentioned.day_points(),
        Type::Number => mentioned.number_points(CellValue::Number),
        Type::Money => match currency(facts, cell) {
            Some(currency) => mentioned.number_points(|amount| CellValue::Money(Money::new(amount, currency))),
            None => Vec::new(),
        },
        Type::Ref(record) => {
            let rows = facts.table(*record).map_or(0, |table| table.rows).min(MOST_ROWS);
            (0..rows).map(|row| CellValue::Row(Row(row))).collect()
        }
        Type::Text | Type::Time | Type::SetOf(_) => Vec::new(),
    };
    values.push(CellValue::Absent);
    values
}

fn currency(facts: &Facts, cell: CellId) -> Option<crate::value::Currency> {
    match &facts.column(cell.record, cell.field)?.data {
        crate::facts::column::Data::Money { currency, .. } => Some(*currency),
        _ => None,
    }
}

/// How values that were tried are said.
pub struct Tried<'a> {
    pub names: &'a Names<'a>,
    pub ty: &'a Type,
    /// Days are told one by one: those between two may have other answers.
    pub one_by_one: bool,
}

/// Values in a row with one answer.
struct Run {
    first: CellValue,
    last: CellValue,
    called: Called,
}

impl Run {
    fn of(value: &CellValue, called: Called) -> Run {
        Run { first: value.clone(), last: value.clone(), called }
    }
}

impl Tried<'_> {
    /// Which values make what of it. Values with the same answer are told together.
    pub fn outcomes(&self, values: &[CellValue], judge: impl Fn(&CellValue) -> Called) -> Vec<(String, Called)> {
        match self.ty {
            Type::Date if self.one_by_one => self.apart(in_a_row(values, &judge)),
            Type::Date | Type::Time | Type::Number | Type::Money => self.ordered(values, &judge),
            Type::Text | Type::YesNo | Type::OneOf(_) | Type::Ref(_) | Type::SetOf(_) => {
                self.apart(values.iter().map(|value| Run::of(value, judge(value))).collect())
            }
        }
    }

    fn apart(&self, runs: Vec<Run>) -> Vec<(String, Called)> {
        let mut told: Vec<(Vec<String>, Called)> = Vec::new();
        for run in runs {
            let (words, called) = (self.run(&run, false, false), run.called);
            match told.iter_mut().find(|(_, known)| *known == called) {
                Some((all, _)) => all.push(words),
                None => told.push((vec![words], called)),
            }
        }
        told.into_iter().map(|(all, called)| (all.join(" or "), called)).collect()
    }

    fn ordered(&self, values: &[CellValue], judge: &impl Fn(&CellValue) -> Called) -> Vec<(String, Called)> {
        let (none, in_order): (Vec<_>, Vec<_>) = values.iter().partition(|value| **value == CellValue::Absent);
        let runs = runs(&in_order, judge);
        let count = runs.len();
        let mut told: Vec<(String, Called)> = runs
            .iter()
            .enumerate()
            .map(|(at, run)| (self.run(run, at == 0, at.saturating_add(1) == count), run.called))
            .collect();
        told.extend(none.into_iter().map(|value| (self.words(value), judge(value))));
        told
    }

    fn run(&self, run: &Run, begins: bool, ends: bool) -> String {
        let (first, last) = (self.words(&run.first), self.words(&run.last));
        let (less, more) = match self.ty {
            Type::Date | Type::Time => ("earlier", "later"),
            _ => ("less", "more"),
        };
        match (begins, ends) {
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
}

/// Values in order, cut where the answer changes; between two points with different answers the border is searched.
fn runs(values: &[&CellValue], judge: &impl Fn(&CellValue) -> Called) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for value in values {
        let called = judge(value);
        // Between two points with one answer there may lie another.
        if let Some(run) = runs.last()
            && run.called == called
            && let Some(between) = middle(&run.last, value)
        {
            let other = judge(&between);
            if other != called {
                add(&mut runs, (&between, other), judge);
            }
        }
        add(&mut runs, (value, called), judge);
    }
    runs
}

fn add(runs: &mut Vec<Run>, (value, called): (&CellValue, Called), judge: &impl Fn(&CellValue) -> Called) {
    match runs.last_mut() {
        Some(run) if run.called == called => run.last = value.clone(),
        Some(run) => {
            let (last, first) = border(&run.last, value, run.called, called, judge);
            run.last = last;
            runs.push(Run { first, last: value.clone(), called });
        }
        None => runs.push(Run::of(value, called)),
    }
}

/// Days that follow one another and have one answer are told together.
fn in_a_row(values: &[CellValue], judge: &impl Fn(&CellValue) -> Called) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for value in values {
        let called = judge(value);
        let follows = |run: &Run| match (&run.last, value) {
            (CellValue::Day(last), CellValue::Day(day)) => run.called == called && last.following() == *day,
            _ => false,
        };
        match runs.last_mut() {
            Some(run) if follows(run) => run.last = value.clone(),
            Some(_) | None => runs.push(Run::of(value, called)),
        }
    }
    runs
}

/// The last value with the one answer and the first with the other, found by halving. Where a third answer lies between
/// them, the two points themselves.
fn border(
    low: &CellValue,
    high: &CellValue,
    before: Called,
    after: Called,
    judge: &impl Fn(&CellValue) -> Called,
) -> (CellValue, CellValue) {
    let (mut low, mut high) = (low.clone(), high.clone());
    while let Some(middle) = middle(&low, &high) {
        match judge(&middle) {
            called if called == before => low = middle,
            called if called == after => high = middle,
            _ => break,
        }
    }
    (low, high)
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
    let (low, high) = (low.to_i64()?, high.to_i64()?);
    let half = high.checked_sub(low)?.checked_div(2)?;
    (half > 0).then(|| Number::from(low.saturating_add(half)))
}
