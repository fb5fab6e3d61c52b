//! Which instances of a clause are meant by keys: ids of subjects and bearers, actors, periods, days.

use super::names::{Names, Naming};
use crate::evaluate::{Limits, instances};
use crate::model::expr::ClauseId;
use crate::value::{Day, PeriodLabel};
use crate::verdict::{Batch, Cut, Instance, Verdict, Verdicts};

/// What an author writes behind `for`, in any order.
pub type Keys = [String];

/// The verdicts of a clause that all keys fit. Without keys: all of them.
pub fn matching(names: &Names, verdicts: &Verdicts, clause: ClauseId, keys: &Keys) -> Vec<Verdict> {
    let names = Names { naming: Naming::Real, ..*names };
    // All verdicts of a batch are of one clause.
    let of_clause = |batch: &&Batch| {
        let first = batch.get(0).and_then(|verdict| names.norm(&verdict.instance));
        first.is_some_and(|norm| norm.clause == clause)
    };
    let fits = |verdict: &Verdict| keys.iter().all(|key| fits(&names, &verdict.instance, key));
    verdicts.batches.iter().filter(of_clause).flat_map(Batch::iter).filter(fits).collect()
}

/// The instances of a clause that all keys fit, of which none is judged yet.
pub fn fitting(
    names: &Names,
    as_of: Day,
    clause: ClauseId,
    limits: &Limits,
    keys: &Keys,
) -> Result<Vec<Instance>, Cut> {
    let names = Names { naming: Naming::Real, ..*names };
    let fits = |instance: &Instance| keys.iter().all(|key| fits(&names, instance, key));
    instances((names.plan, names.facts), as_of, clause, limits, fits)
}

fn fits(names: &Names, instance: &Instance, key: &str) -> bool {
    names.subject(instance).as_deref() == Some(key)
        || names.whom(instance).as_deref() == Some(key)
        || in_period(names, instance, key)
}

/// A period by its label; watched days also by one of them.
fn in_period(names: &Names, instance: &Instance, key: &str) -> bool {
    if names.period(instance).as_deref() == Some(key) {
        return true;
    }
    if let (Some(label), Some(period)) = (PeriodLabel::parse(key), instance.period) {
        return label == period.label;
    }
    let Ok(day) = Day::parse_iso(key) else { return false };
    match instance.span {
        Some((first, last)) => first <= day && day <= last,
        None => false,
    }
}
