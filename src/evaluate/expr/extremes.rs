//! The earliest or latest of several days: of a field over rows, or of days that are named one by one.

use super::ask::Ask;
use super::sets::open_over;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::trace::Trace;
use crate::model::expr::{Collection, Expr, ExprKind, Row as RowOf};
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
    fn at_most(self, day: DayBounds, more: DayBounds) -> DayBounds {
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

/// The earliest or latest day over a collection. What may belong, or is not known of one that does, can only make it more extreme;
/// where nothing belongs for certain, there may be none.
pub fn extreme<'w, T: Trace>(ask: &mut Ask<'w, T>, what: &'w Expr, of: &'w Collection, which: Extreme) -> Val<'w> {
    let own = if let ExprKind::Field(field) = &what.kind {
        matches!(field.row, RowOf::Var(var) if var == of.var) && ask.world.day_field(of.record) == Some(field.field)
    } else {
        false
    };
    // Of each row its own day has come by the day that is asked about.
    let come = if own { ask.come_by.unwrap_or(ask.by).max(ask.on) } else { Day::MAX };
    let mut certain: Option<DayBounds> = None;
    let mut perhaps: Option<DayBounds> = None;
    ask.each_row(of, |ask, _, truth| {
        if truth.is_no() {
            return;
        }
        let value = ask.value(what);
        // One that has no such day is neither the earliest nor the latest.
        if matches!(value, Val::Absent) {
            return;
        }
        match value.day_bounds() {
            Some(day) if truth.is_yes() => certain = Some(certain.map_or(day, |so_far| which.of(so_far, day))),
            day => {
                let day = day.unwrap_or(DayBounds::within(Day::MIN, Day::MAX));
                let day = DayBounds::within(day.first.min(come), day.last.min(come));
                perhaps = Some(perhaps.map_or(day, |so_far| so_far.hull(day)));
            }
        }
    });
    if let Some((first, last)) = open_over(ask, of) {
        let day = if own { DayBounds::within(first, last) } else { DayBounds::within(Day::MIN, Day::MAX) };
        perhaps = Some(perhaps.map_or(day, |so_far| so_far.hull(day)));
    }
    match (certain, perhaps) {
        (None, None) => Val::Absent,
        (Some(day), None) => Val::Day(day),
        (Some(day), Some(more)) => Val::Day(which.at_most(day, more)),
        (None, Some(more)) if more.first == Day::MIN && more.last == Day::MAX => Val::Unknown,
        (None, Some(more)) => Val::any_of(vec![Val::Absent, Val::Day(more)]),
    }
}

/// The earliest or latest of those days that there are; none where there is none of them. A day of which nothing is known may be any
/// day, or none.
pub fn extreme_of<'w, T: Trace>(ask: &mut Ask<'w, T>, days: &'w [Expr], which: Extreme) -> Val<'w> {
    let mut all: Vec<Option<DayBounds>> = vec![None];
    for day in days {
        let may_be = match ask.value(day) {
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
    Val::any_of(all.into_iter().map(|day| day.map_or(Val::Absent, Val::Day)).collect())
}

/// The days that a value may be, each known as far as it is; `None` is no day.
fn may_be(value: &Val) -> Vec<Option<DayBounds>> {
    match value {
        Val::Absent => vec![None],
        Val::Day(day) => vec![Some(*day)],
        _ => vec![None, Some(DayBounds::within(Day::MIN, Day::MAX))],
    }
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
