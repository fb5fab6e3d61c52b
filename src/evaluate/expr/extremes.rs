//! The earliest or latest of several days.

use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::value::Day;

#[derive(Clone, Copy)]
pub enum Extreme {
    Earliest,
    Latest,
}

impl Extreme {
    pub fn of(self, a: DayBounds, b: DayBounds) -> DayBounds {
        match self {
            Extreme::Earliest => DayBounds::within(a.first.min(b.first), a.last.min(b.last)),
            Extreme::Latest => DayBounds::within(a.first.max(b.first), a.last.max(b.last)),
        }
    }

    /// A day that is on file for certain, where there may be a more extreme one on some of other days.
    pub fn at_most(self, day: DayBounds, more: DayBounds) -> DayBounds {
        let all = match self {
            Extreme::Earliest => DayBounds::within(day.first.min(more.first), day.last),
            Extreme::Latest => DayBounds::within(day.first, day.last.max(more.last)),
        };
        // Between them there is nothing.
        let (from, through) = match self {
            Extreme::Earliest => (more.last.following(), day.first.preceding()),
            Extreme::Latest => (day.last.following(), more.first.preceding()),
        };
        if all.first < from && from <= through && through < all.last {
            DayBounds { outside: Some((from, through)), ..all }
        } else {
            all
        }
    }
}

/// The earliest or latest of those days that there are; none where there is none of them. A day of which nothing is known may be any
/// day, or none.
pub fn extreme_of<'w>(days: Vec<Val<'w>>, which: Extreme) -> Val<'w> {
    let mut all: Vec<Option<DayBounds>> = vec![None];
    for day in days {
        let may_be = match day {
            Val::NoSuchDay => return Val::NoSuchDay,
            Val::OneOf(values) => values.iter().flat_map(may_be).collect(),
            value => may_be(&value),
        };
        let with = |so_far: Option<DayBounds>, day: Option<DayBounds>| match (so_far, day) {
            (Some(one), Some(other)) => Some(which.of(one, other)),
            (one, other) => one.or(other),
        };
        let mut found: Vec<Option<DayBounds>> = Vec::new();
        for so_far in &all {
            let more = may_be.iter().map(|day| with(*so_far, *day));
            more.for_each(|day| {
                if !found.contains(&day) {
                    found.push(day)
                }
            });
        }
        all = without_those_within(&found);
    }
    if all.contains(&Some(DayBounds::within(Day::MIN, Day::MAX))) {
        return Val::Unknown;
    }
    // One that may be none is known as a day that is not given is.
    if let [None, Some(day)] | [Some(day), None] = all.as_slice()
        && is_not_given(*day)
    {
        return Val::Day(*day);
    }
    Val::any_of(all.into_iter().map(|day| day.map_or(Val::Absent, Val::Day)).collect())
}

/// The days that a value may be, each known as far as it is; `None` is no day.
fn may_be(value: &Val) -> Vec<Option<DayBounds>> {
    match value {
        Val::Absent => vec![None],
        // One that is not given may be none, though it is known on which days it does not lie.
        Val::Day(day) if is_not_given(*day) => vec![None, Some(*day)],
        Val::Day(day) => vec![Some(*day)],
        _ => vec![None, Some(DayBounds::within(Day::MIN, Day::MAX))],
    }
}

fn is_not_given(day: DayBounds) -> bool {
    day.exact().is_none() && (day.first == Day::MIN || day.last == Day::MAX)
}

/// What may lie in a longer span adds nothing to it.
fn without_those_within(all: &[Option<DayBounds>]) -> Vec<Option<DayBounds>> {
    let lies_within = |day: &Option<DayBounds>| {
        all.iter().any(|other| match (day, other) {
            (Some(day), Some(other)) => {
                day != other
                    && other.outside.is_none()
                    && day.lies_in(other.first, other.last)
                    && !(other.lies_in(day.first, day.last))
            }
            (_, _) => false,
        })
    };
    all.iter().filter(|day| !lies_within(day)).copied().collect()
}
