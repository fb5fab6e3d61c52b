//! What is looked at while a verdict is tried with other facts: values of rows, and the days, amounts and periods that the policy's
//! words come to. Where one of them lies, another value of a fact may make another verdict.

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::facts::CellId;
use crate::model::expr::ExprKind;
use crate::value::{Day, Number, Period};

use super::known::{Bounds, Val};

/// What was looked at so far.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub cells: BTreeSet<CellId>,
    pub days: BTreeSet<Day>,
    pub numbers: BTreeSet<Number>,
    pub periods: Vec<Period>,
    /// Amounts are shared in whole multiples of these.
    pub units: BTreeSet<Number>,
    /// How often something was looked at.
    pub looks: usize,
}

/// One who notes it down.
#[derive(Debug, Default)]
pub struct Watch(Mutex<Seen>);

/// So many things are noted of each sort: who looks at more looks at too many for each to be tried.
pub const MOST_SEEN: usize = 4_000;

impl Watch {
    pub fn seen(&self) -> Seen {
        self.0.lock().map_or_else(|_| Seen::default(), |seen| seen.clone())
    }

    /// How often something was looked at so far.
    pub fn looks(&self) -> usize {
        self.0.lock().map_or(0, |seen| seen.looks)
    }

    pub fn cell(&self, id: CellId) {
        self.note(|seen| {
            add(&mut seen.cells, id);
            seen.looks = seen.looks.saturating_add(1);
        });
    }

    pub fn unit(&self, unit: &Number) {
        self.note(|seen| add(&mut seen.units, unit.clone()));
    }

    pub fn period(&self, period: &Period) {
        self.note(|seen| {
            if !seen.periods.contains(period) && seen.periods.len() < MOST_SEEN {
                seen.periods.push(*period);
            }
        });
    }

    /// What an expression comes to. Of days, only those that are not themselves values of facts or reckoned from others: these are
    /// noted as cells and periods.
    pub fn value(&self, kind: &ExprKind, value: &Val) {
        match value {
            Val::Day(day) if !is_taken(kind) => {
                self.note(|seen| [day.first, day.last].into_iter().for_each(|day| add(&mut seen.days, day)));
            }
            Val::Number(bounds) | Val::Money(bounds, _) => self.bounds(bounds),
            _ => {}
        }
    }

    fn bounds(&self, bounds: &Bounds) {
        let ends = [&bounds.least, &bounds.most];
        self.note(|seen| ends.into_iter().flatten().for_each(|end| add(&mut seen.numbers, end.clone())));
    }

    fn note(&self, note: impl FnOnce(&mut Seen)) {
        if let Ok(mut seen) = self.0.lock() {
            note(&mut seen);
        }
    }
}

/// Whether a day is one that was noted already: as a cell, or as what it is reckoned from.
fn is_taken(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Field(_)
            | ExprKind::Shift { .. }
            | ExprKind::OnDay { .. }
            | ExprKind::EarliestOf(_)
            | ExprKind::LatestOf(_)
            | ExprKind::Defined { .. }
            | ExprKind::DueDayOf(_)
            | ExprKind::EffectOf(_)
    )
}

fn add<V: Ord>(to: &mut BTreeSet<V>, value: V) {
    if to.len() < MOST_SEEN {
        to.insert(value);
    }
}
