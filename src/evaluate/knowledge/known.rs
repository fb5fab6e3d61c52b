//! What is known of a value: exactly, within bounds, that there is none, or nothing.

use std::cmp::Ordering;

use crate::facts::Row;
use crate::model::schema::{ActorId, RecordId};
use crate::value::{Currency, Day, Number};

use super::truth::Truth;

/// What is known of a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Val<'w> {
    Unknown,
    /// Known: there is none.
    Absent,
    Day(DayBounds),
    Number(Bounds),
    Money(Bounds, Currency),
    Text(&'w str),
    YesNo(bool),
    Row(RecordId, Row),
    Actor(ActorId),
    /// Words or rows.
    Set(&'w [u32]),
    /// One of these; sources disagree, or it differs by a day that is not known exactly.
    OneOf(Vec<Val<'w>>),
    /// A day that the calendar does not have, such as 31 February: for a person.
    NoSuchDay,
}

/// A day known to be one from the first through the last; and days known not to be it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayBounds {
    pub first: Day,
    pub last: Day,
    /// The list is complete over these days, so it is none of them.
    pub outside: Option<(Day, Day)>,
}

impl DayBounds {
    pub fn exactly(day: Day) -> DayBounds {
        DayBounds { first: day, last: day, outside: None }
    }

    pub fn within(first: Day, last: Day) -> DayBounds {
        DayBounds { first, last: last.max(first), outside: None }
    }

    /// From the first day of either through the last of either.
    pub fn hull(self, other: DayBounds) -> DayBounds {
        DayBounds::within(self.first.min(other.first), self.last.max(other.last))
    }

    pub fn exact(self) -> Option<Day> {
        (self.first == self.last).then_some(self.first)
    }

    /// Whether it is before a day: yes, no, or open.
    pub fn before(self, other: DayBounds) -> Truth {
        if self.last < other.first {
            return Truth::Yes;
        }
        if self.first >= other.last {
            return Truth::No;
        }
        Truth::Open
    }

    /// The same, known besides to be none of these days. `None` when no day is left.
    pub fn without(self, from: Day, through: Day) -> Option<DayBounds> {
        let mut left = self;
        if from <= left.first && left.first <= through {
            left.first = through.following();
        }
        if from <= left.last && left.last <= through {
            left.last = from.preceding();
        }
        if left.first > left.last {
            return None;
        }
        // Only a hole strictly inside is worth keeping; of several the widest.
        let inside = left.first < from && through < left.last;
        let width = |(from, through): (Day, Day)| from.days_until(through);
        if inside && left.outside.is_none_or(|old| width(old) < width((from, through))) {
            left.outside = Some((from, through));
        }
        Some(left)
    }

    pub fn same(self, other: DayBounds) -> Truth {
        match (self.exact(), other.exact()) {
            (Some(a), Some(b)) => Truth::of(a == b),
            (_, _) if self.last < other.first || other.last < self.first => Truth::No,
            (None, Some(day)) if self.rules_out(day) => Truth::No,
            (Some(day), None) if other.rules_out(day) => Truth::No,
            (_, _) => Truth::Open,
        }
    }

    pub fn rules_out(self, day: Day) -> bool {
        day < self.first || day > self.last || self.outside.is_some_and(|(from, through)| from <= day && day <= through)
    }

    /// The spans of days that it may be, each with its first and its last day.
    pub fn spans(self) -> impl Iterator<Item = (Day, Day)> {
        let (front, back) = match self.outside {
            Some((from, through)) => ((self.first, from.preceding()), Some((through.following(), self.last))),
            None => ((self.first, self.last), None),
        };
        std::iter::once(front).chain(back)
    }

    /// The same with a last day that is no later than another.
    pub fn no_later_than(self, end: Day) -> DayBounds {
        let (first, last) = (self.first.min(end), self.last.min(end));
        let outside = self.outside.map(|(from, through)| (from, through.min(last.preceding())));
        DayBounds { first, last, outside: outside.filter(|(from, through)| from <= through) }
    }

    /// Whether it may lie on some day from the first through the last.
    pub fn may_lie_in(self, first: Day, last: Day) -> bool {
        let (first, last) = (first.max(self.first), last.min(self.last));
        if first > last {
            return false;
        }
        !self.outside.is_some_and(|(from, through)| from <= first && last <= through)
    }

    /// Whether it lies in there for certain.
    pub fn lies_in(self, first: Day, last: Day) -> bool {
        first <= self.first && self.last <= last
    }
}

/// A number known to be no less than one and no more than another; an end that is not there is open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bounds {
    pub least: Option<Number>,
    pub most: Option<Number>,
}

impl Bounds {
    pub fn exactly(number: Number) -> Bounds {
        Bounds { least: Some(number.clone()), most: Some(number) }
    }

    pub fn unknown() -> Bounds {
        Bounds { least: None, most: None }
    }

    pub fn exact(&self) -> Option<&Number> {
        match (&self.least, &self.most) {
            (Some(least), Some(most)) if least == most => Some(least),
            (_, _) => None,
        }
    }

    pub fn map(&self, with: impl Fn(&Number) -> Number) -> Bounds {
        Bounds { least: self.least.as_ref().map(&with), most: self.most.as_ref().map(&with) }
    }

    pub fn negate(&self) -> Bounds {
        Bounds { least: self.most.as_ref().map(Number::negate), most: self.least.as_ref().map(Number::negate) }
    }

    pub fn plus(&self, other: &Bounds) -> Bounds {
        let both = |a: &Option<Number>, b: &Option<Number>| Some(a.as_ref()?.plus(b.as_ref()?));
        Bounds { least: both(&self.least, &other.least), most: both(&self.most, &other.most) }
    }

    /// How many digits the longer of them has, or a few more.
    pub fn digits(&self) -> usize {
        [&self.least, &self.most].into_iter().flatten().map(Number::digits).max().unwrap_or(0)
    }

    pub fn times(&self, other: &Bounds) -> Bounds {
        if let (Some(a), Some(b)) = (self.exact(), other.exact()) {
            return Bounds::exactly(a.times(b));
        }
        let zero = Number::from(0);
        let all = |it: &Bounds| it.exact() == Some(&zero);
        if all(self) || all(other) {
            return Bounds::exactly(zero);
        }
        let (Some(a), Some(b), Some(c), Some(d)) = (&self.least, &self.most, &other.least, &other.most) else {
            return self.times_half_open(other);
        };
        let products = [a.times(c), a.times(d), b.times(c), b.times(d)];
        Bounds { least: products.iter().min().cloned(), most: products.iter().max().cloned() }
    }

    /// With an open end only the case of two amounts that are not negative can be bounded: from below.
    fn times_half_open(&self, other: &Bounds) -> Bounds {
        match (&self.least, &other.least) {
            (Some(a), Some(b)) if !a.is_negative() && !b.is_negative() => {
                Bounds { least: Some(a.times(b)), most: None }
            }
            (_, _) => Bounds::unknown(),
        }
    }

    pub fn divided_by(&self, other: &Bounds) -> Option<Bounds> {
        let divisor = other.exact()?;
        if divisor.is_zero() {
            return None;
        }
        let (least, most) = (self.least.as_ref(), self.most.as_ref());
        let quotient = |number: Option<&Number>| number.and_then(|number| number.divided_by(divisor));
        Some(if divisor.is_negative() {
            Bounds { least: quotient(most), most: quotient(least) }
        } else {
            Bounds { least: quotient(least), most: quotient(most) }
        })
    }

    pub fn less(&self, other: &Bounds) -> Truth {
        if matches!((&self.most, &other.least), (Some(a), Some(b)) if a < b) {
            return Truth::Yes;
        }
        if matches!((&self.least, &other.most), (Some(a), Some(b)) if a >= b) {
            return Truth::No;
        }
        Truth::Open
    }

    pub fn same(&self, other: &Bounds) -> Truth {
        match (self.exact(), other.exact()) {
            (Some(a), Some(b)) => Truth::of(a.cmp(b) == Ordering::Equal),
            (_, _) if self.less(other).is_yes() || other.less(self).is_yes() => Truth::No,
            (_, _) => Truth::Open,
        }
    }
}

impl<'w> Val<'w> {
    pub fn day(day: Day) -> Val<'w> {
        Val::Day(DayBounds::exactly(day))
    }

    pub fn number(number: Number) -> Val<'w> {
        Val::Number(Bounds::exactly(number))
    }

    /// What each day that a value may be comes to, of those that are days.
    pub fn each_day(self, mut look: impl FnMut(DayBounds) -> Val<'w>) -> Val<'w> {
        match self {
            Val::Day(day) => look(day),
            Val::OneOf(days) => {
                let days = days.into_iter().map(|day| match day {
                    Val::Absent => Val::Absent,
                    day => day.day_bounds().map_or(Val::Unknown, &mut look),
                });
                Val::any_of(days.collect())
            }
            Val::Absent => Val::Absent,
            Val::NoSuchDay => Val::NoSuchDay,
            _ => Val::Unknown,
        }
    }

    /// The currency of an amount; of several amounts only one that they share.
    pub fn currency(&self) -> Option<Currency> {
        match self {
            Val::Money(_, currency) => Some(*currency),
            Val::OneOf(values) => {
                let first = values.first()?.currency()?;
                values.iter().all(|value| value.currency() == Some(first)).then_some(first)
            }
            _ => None,
        }
    }

    /// The bounds of a number or an amount of money; open for anything else.
    pub fn bounds(&self) -> Bounds {
        match self {
            Val::Number(bounds) | Val::Money(bounds, _) => bounds.clone(),
            Val::OneOf(values) => hull(values),
            _ => Bounds::unknown(),
        }
    }

    /// The day before, of a day.
    pub fn day_before(self) -> Val<'w> {
        match self {
            Val::Day(day) => Val::Day(DayBounds {
                first: if day.first == Day::MIN { Day::MIN } else { day.first.preceding() },
                last: if day.last == Day::MAX { Day::MAX } else { day.last.preceding() },
                outside: day.outside.map(|(from, through)| (from.preceding(), through.preceding())),
            }),
            Val::OneOf(days) => Val::OneOf(days.into_iter().map(Val::day_before).collect()),
            other => other,
        }
    }

    /// Several values that it may be, as one.
    pub fn any_of(mut values: Vec<Val<'w>>) -> Val<'w> {
        let mut different: Vec<Val<'w>> = Vec::new();
        for value in values.drain(..) {
            if !different.contains(&value) {
                different.push(value);
            }
        }
        match different.len() {
            0 => Val::Unknown,
            1 => different.pop().unwrap_or(Val::Unknown),
            _ if different.contains(&Val::Unknown) => Val::Unknown,
            _ => Val::OneOf(different),
        }
    }

    pub fn day_bounds(&self) -> Option<DayBounds> {
        match self {
            Val::Day(bounds) => Some(*bounds),
            Val::OneOf(values) => {
                let days: Option<Vec<DayBounds>> = values.iter().map(Val::day_bounds).collect();
                let days = days?;
                let first = days.iter().map(|day| day.first).min()?;
                Some(DayBounds::within(first, days.iter().map(|day| day.last).max()?))
            }
            _ => None,
        }
    }
}

fn hull(values: &[Val]) -> Bounds {
    let all: Vec<Bounds> = values.iter().map(Val::bounds).collect();
    let least: Option<Vec<&Number>> = all.iter().map(|one| one.least.as_ref()).collect();
    let most: Option<Vec<&Number>> = all.iter().map(|one| one.most.as_ref()).collect();
    Bounds {
        least: least.and_then(|all| all.into_iter().min().cloned()),
        most: most.and_then(|all| all.into_iter().max().cloned()),
    }
}
