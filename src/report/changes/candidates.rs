//! Which values of a fact are worth trying: every option of a list, yes and no, each claim of sources that disagree; and of days and
//! amounts those around what the verdict speaks of, and around whatever is looked at while it is judged.

use std::collections::BTreeSet;

use crate::evaluate::{Supposing, Turns};
use crate::facts::{Cell, CellId, CellValue, Facts, Row};
use crate::model::schema::{InTime, Need, Type};
use crate::plan::Plan;
use crate::report::names::Names;
use crate::value::{Currency, Day, Number, Period, Stretch, shift};
use crate::verdict::{Judged, LastDay, Reason, Said};

/// Days and amounts that a verdict speaks of: answers change there.
pub struct Mentioned {
    days: Vec<Day>,
    numbers: Vec<i64>,
    /// A condition asks what kind of day it is: answers change within every week.
    pub kinds: bool,
}

/// So many records are tried for a reference.
const MOST_ROWS: u32 = 8;
/// Of more days or amounts at which an answer could change, nothing is said of what lies between two that were tried.
const MOST_TURNS: usize = 200;
/// So many days that are reckoned from these are looked at, too.
const MOST_RECKONED: usize = 600;
/// Where there are so few, days between them are looked at, too.
const FEW_POINTS: usize = 300;
/// A day that is known to be one of so many is tried as each of them.
const EACH_DAY: i32 = 100;
/// Over so many days, and a year at both ends, each is judged where the kind of a day matters; else a week around some days.
const MOST_DAYS: i32 = 1_100;
const A_YEAR_AROUND: i32 = 370;
const A_WEEK: i32 = 7;
const DAYS_IN_WEEKS: i32 = 400;
/// Words of a condition that ask what kind of day it is.
const KINDS_OF_DAYS: [&str; 3] = ["weekday", "working day", "public holiday"];
/// So many amounts in a row are tried.
const IN_A_ROW: i64 = 12;
/// How far before the first and after the last of them days are tried, in days; twenty years at the most.
const FAR: [i32; 7] = [17, 61, 200, 700, 1_500, 3_300, 7_305];

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
                Cell::Day(day) => self.days.push(day),
                Cell::Number(number) => self.numbers.extend(number.floor().to_i64()),
                Cell::Money(money) => self.numbers.extend(money.amount.floor().to_i64()),
                _ => {}
            },
            Said::Window { first, .. } => self.days.extend(*first),
            Said::Counted { least, asked, .. } => {
                let all = [Some(least), asked.least.as_ref(), asked.most.as_ref()];
                self.numbers.extend(all.into_iter().flatten().filter_map(Number::to_i64));
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
}

/// What a fact could be instead.
pub enum Could {
    /// One of these.
    Each(Vec<CellValue>),
    /// Some day of these spans, and perhaps none.
    Day { spans: Vec<(Day, Day)>, none: bool },
    /// Some amount, or none.
    Amount { currency: Option<Currency> },
}

/// What a fact could be instead: anything, where it is given; else what it may be.
pub fn could_be(names: &Names, supposing: &Supposing, cell: CellId, ty: &Type) -> Could {
    let facts = names.facts;
    let field = names.plan.schema.field(cell.record, cell.field);
    let over_time = field.is_some_and(|field| field.time == InTime::OverTime);
    let given = if over_time { Cell::Unknown } else { facts.cell(cell) };
    if let Cell::Disputed(claims) = given {
        return each_claim(claims.iter().map(|(value, _)| value));
    }
    let required = field.is_some_and(|field| field.need == Need::Required);
    let none = match given {
        Cell::Within(..) => false,
        Cell::Unknown => over_time || !required,
        _ => true,
    };
    let mut values = match ty {
        Type::YesNo => vec![CellValue::YesNo(true), CellValue::YesNo(false)],
        Type::OneOf(options) => {
            options.iter().filter_map(|option| facts.words.find(option)).map(CellValue::Word).collect()
        }
        Type::Date => {
            let spans = match given {
                Cell::Within(first, last) => vec![(first, last)],
                Cell::Unknown if !over_time => supposing.days_of(cell).unwrap_or_default(),
                _ => vec![(Day::MIN, Day::MAX)],
            };
            return Could::Day { spans, none };
        }
        Type::Number => return Could::Amount { currency: None },
        Type::Money => match currency(facts, cell) {
            Some(currency) => return Could::Amount { currency: Some(currency) },
            None => Vec::new(),
        },
        Type::Ref(record) => {
            let rows = facts.table(*record).map_or(0, |table| table.rows).min(MOST_ROWS);
            (0..rows).map(|row| CellValue::Row(Row(row))).collect()
        }
        Type::Text | Type::Time | Type::SetOf(_) => Vec::new(),
    };
    values.extend(none.then_some(CellValue::Absent));
    Could::Each(values)
}

/// Each value that some source claims; of days that a source gives as some day of a few, each of these.
fn each_claim<'c>(claims: impl Iterator<Item = &'c CellValue>) -> Could {
    let mut values: Vec<CellValue> = Vec::new();
    let mut days = BTreeSet::new();
    for claim in claims {
        match claim {
            CellValue::Day(day) => {
                days.insert(*day);
            }
            CellValue::Within(first, last) if first.days_until(*last) <= EACH_DAY => {
                days.extend(each_day(*first, *last))
            }
            CellValue::Within(first, last) => days.extend([*first, *last]),
            other if !values.contains(other) => values.push(other.clone()),
            _ => {}
        }
    }
    Could::Each(days.into_iter().map(CellValue::Day).chain(values).collect())
}

fn currency(facts: &Facts, cell: CellId) -> Option<Currency> {
    match &facts.column(cell.record, cell.field)?.data {
        crate::facts::column::Data::Money { currency, .. } => Some(*currency),
        _ => None,
    }
}

fn each_day(first: Day, last: Day) -> impl Iterator<Item = Day> {
    (0..=first.days_until(last)).map(move |more| first.plus_days(more))
}

/// The days themselves, with the day before and the day after each.
fn around(days: &BTreeSet<Day>) -> BTreeSet<Day> {
    days.iter().flat_map(|day| [day.preceding(), *day, day.following()]).collect()
}

/// Days that the verdict speaks of, each with its neighbours, as far as they lie in the spans; and the ends of these.
pub fn days_spoken_of(mentioned: &Mentioned, spans: &[(Day, Day)]) -> BTreeSet<Day> {
    let days: BTreeSet<Day> = mentioned.days.iter().take(MOST_TURNS).copied().collect();
    let ends = spans.iter().flat_map(|(first, last)| [*first, *last]).filter(|day| *day > Day::MIN && *day < Day::MAX);
    let mut all = around(&days);
    all.extend(ends);
    all.retain(|day| spans.iter().any(|(first, last)| first <= day && day <= last));
    all
}

/// Days at which an answer could change, with their neighbours; `None` where there are too many to try.
pub fn days_to_try(
    plan: &Plan,
    mentioned: &Mentioned,
    turns: &Turns,
    (first, last): (Day, Day),
) -> Option<BTreeSet<Day>> {
    let few = last.days_until(first).checked_abs().is_some_and(|days| days <= EACH_DAY);
    if few {
        return Some(each_day(first, last).collect());
    }
    let mut days: BTreeSet<Day> = mentioned.days.iter().chain(&turns.days).copied().collect();
    if !turns.whole || days.len() > MOST_TURNS {
        return None;
    }
    let room = MOST_RECKONED.checked_div(days.len().saturating_mul(2).max(1)).unwrap_or(0);
    let reckoned = turns.periods.iter().take(room).flat_map(|period| [*period, period.negate()]);
    let reckoned: Vec<Day> = reckoned
        .flat_map(|period| {
            days.iter()
                .filter_map(move |day| shift(*day, &period, plan.months, &plan.calendar).ok())
                .collect::<Vec<_>>()
        })
        .collect();
    days.extend(reckoned);
    let mut all = around(&days);
    if all.len() < FEW_POINTS {
        let quarters = |(low, high): (&Day, &Day)| {
            let days = low.days_until(*high);
            let part = days.checked_div(4).unwrap_or(0);
            let parts = (1..4).map(move |times: i32| low.plus_days(part.saturating_mul(times)));
            parts.filter(|_| part > 1).collect::<Vec<_>>()
        };
        let between: Vec<Day> = all.iter().zip(all.iter().skip(1)).flat_map(quarters).collect();
        all.extend(between);
    }
    let ends = (all.first().copied(), all.last().copied());
    all.extend(ends.0.into_iter().flat_map(|day| FAR.map(|days| day.minus_days(days))));
    all.extend(ends.1.into_iter().flat_map(|day| FAR.map(|days| day.plus_days(days))));
    all.extend([first, last].into_iter().filter(|day| *day > Day::MIN && *day < Day::MAX));
    all.retain(|day| first <= *day && *day <= last);
    Some(all)
}

/// Each day from a year before the first day at which an answer could change through a year after the last one, and whether these are
/// all; where they are too many, each day around those that the verdict speaks of.
pub fn days_one_by_one(
    plan: &Plan,
    mentioned: &Mentioned,
    turns: &Turns,
    spans: &[(Day, Day)],
    (spoken, room): (&BTreeSet<Day>, usize),
) -> (BTreeSet<Day>, bool) {
    let there_is_room = |days: i32| usize::try_from(days).is_ok_and(|days| days <= room);

    let lies_in = |day: &Day| spans.iter().any(|(first, last)| first <= day && day <= last);
    let mut known: BTreeSet<Day> = mentioned.days.iter().chain(&turns.days).copied().collect();
    // A day may be counted from the fact: then an answer changes as far before, or after, a day that is known.
    let ends: Vec<Day> = known.first().into_iter().chain(known.last()).copied().collect();
    let both = |period: &Period| [*period, period.negate()];
    let periods: Vec<Period> = turns.periods.iter().take(MOST_TURNS).flat_map(both).collect();
    let reckoned = |day: &Day| {
        let day = *day;
        periods
            .iter()
            .filter_map(move |period| shift(day, period, plan.months, &plan.calendar).ok())
            .collect::<Vec<_>>()
    };
    known.extend(ends.iter().flat_map(reckoned));
    if let (Some(first), Some(last)) = (known.first(), known.last())
        && turns.whole
        && known.len() <= MOST_TURNS
        && first.days_until(*last) <= MOST_DAYS
        && there_is_room(first.days_until(*last).saturating_add(A_YEAR_AROUND).saturating_add(A_YEAR_AROUND))
    {
        let all = each_day(first.minus_days(A_YEAR_AROUND), last.plus_days(A_YEAR_AROUND));
        return (all.filter(lies_in).collect(), true);
    }
    let around = if there_is_room(DAYS_IN_WEEKS) { A_WEEK } else { 0 };
    let near = spoken.iter().flat_map(|day| each_day(day.minus_days(around), day.plus_days(around)));
    (near.filter(lies_in).collect(), false)
}

/// Multiples of a unit around some amounts.
pub fn multiples(all: &BTreeSet<Number>, unit: &Number) -> BTreeSet<Number> {
    let below = |amount: &Number| Some(amount.divided_by(unit)?.floor().times(unit));
    all.iter().filter_map(below).flat_map(|one| [one.plus(unit), one]).filter(|one| !one.is_negative()).collect()
}

/// Amounts from a first through a last one, some of them multiples of a unit and some not: near both ends and in the middle.
pub fn within(amounts: Option<(&Number, &Number)>, unit: &Number, now: Option<&Number>) -> Vec<Number> {
    let Some((first, last)) = amounts else { return Vec::new() };
    let two = Number::from(2);
    let (Some(half), Some(middle)) = (unit.divided_by(&two), first.plus(last).divided_by(&two)) else {
        return Vec::new();
    };
    let one = Number::ONE.min(half.clone());
    let mut beyond = vec![Number::ZERO, one.clone(), half, unit.minus(&one)];
    beyond.extend(now.cloned());
    let ends = [first.clone(), middle, last.minus(unit)];
    let mut found = Vec::new();
    for from in &ends {
        // The first amount from there on that lies so far beyond a multiple.
        let aligned = |beyond: &Number| Some(from.minus(beyond).divided_by(unit)?.ceil().times(unit).plus(beyond));
        found.extend(beyond.iter().filter_map(aligned).filter(|amount| first <= amount && amount <= last));
    }
    found
}

/// Amounts that the verdict speaks of, with those around them.
pub fn amounts_spoken_of(mentioned: &Mentioned) -> BTreeSet<Number> {
    let around = |number: &i64| [number.saturating_sub(1), *number, number.saturating_add(1)];
    let numbers = mentioned.numbers.iter().take(MOST_TURNS).flat_map(around).filter(|number| *number >= 0);
    numbers.map(Number::from).collect()
}

/// Amounts at which an answer could change, with those around them; `None` where there are too many to try. `now` is what the fact is
/// now: where a sum of it and others is compared, an answer changes as far from it as the sum lies from what it is compared with.
pub fn amounts_to_try(mentioned: &Mentioned, turns: &Turns, now: Option<&Number>) -> Option<BTreeSet<Number>> {
    let mut all: BTreeSet<Number> = mentioned.numbers.iter().map(|number| Number::from(*number)).collect();
    all.extend(turns.numbers.iter().cloned());
    if !turns.whole || all.len() > MOST_TURNS {
        return None;
    }
    if let Some(now) = now.filter(|_| all.len().saturating_mul(all.len()) <= MOST_RECKONED) {
        let apart = all.iter().flat_map(|one| all.iter().map(move |other| now.plus(&other.minus(one))));
        let apart: Vec<Number> = apart.collect();
        all.extend(apart);
    }
    let one = Number::from(1);
    let around = |number: &Number| {
        let whole = number.floor();
        [whole.minus(&one), whole.clone(), number.clone(), whole.plus(&one)]
    };
    // Amounts below zero are meant where there is one already.
    let below = now.is_some_and(Number::is_negative);
    let mut points: BTreeSet<Number> =
        all.iter().flat_map(around).filter(|number| below || !number.is_negative()).collect();
    // One after the other from the amount that it is, so that an answer that hangs on how it divides is seen to come and go.
    let from = now.map(Number::floor).filter(|from| !from.is_negative()).unwrap_or(Number::ZERO);
    points.extend((1..=IN_A_ROW).map(|more| from.plus(&Number::from(more))));
    let most = points.last().map(|most| most.floor().times(&Number::from(100)).plus(&Number::from(1_000)));
    points.extend(most);
    Some(points)
}
