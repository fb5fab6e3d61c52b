//! Which instances of a clause are meant by keys: ids of subjects and bearers, actors, periods, days.

use std::collections::HashMap;

use super::names::{Names, Naming};
use crate::evaluate::{Limits, instances};
use crate::model::expr::ClauseId;
use crate::value::{Day, PeriodLabel};
use crate::verdict::{Batch, Cut, Instance, Verdict, Verdicts};

/// What an author writes behind `for`, in any order.
pub type Keys = [String];

/// The verdicts of clauses by what each can be meant by, so that many keys can be looked up.
pub struct Matching<'a> {
    names: Names<'a>,
    verdicts: &'a Verdicts,
    clauses: HashMap<ClauseId, OfClause>,
}

/// The verdicts of one clause; those that a word can mean are numbered in order.
#[derive(Default)]
struct OfClause {
    all: Vec<Verdict>,
    by_word: HashMap<String, Vec<usize>>,
    by_label: HashMap<PeriodLabel, Vec<usize>>,
    watched: Vec<usize>,
}

impl<'a> Matching<'a> {
    /// Nothing is looked at before it is asked for.
    pub fn new(names: &Names<'a>, verdicts: &'a Verdicts) -> Self {
        Matching { names: Names { naming: Naming::Real, ..*names }, verdicts, clauses: HashMap::new() }
    }

    /// The verdicts of a clause that all keys fit, in order. Without keys: all of them.
    pub fn of(&mut self, clause: ClauseId, keys: &Keys) -> Vec<Verdict> {
        let (names, verdicts) = (&self.names, self.verdicts);
        let of = self.clauses.entry(clause).or_insert_with(|| OfClause::new(names, verdicts, clause));
        let fits = |verdict: &&Verdict| keys.iter().all(|key| fits(names, &verdict.instance, key));
        let Some(fewest) = keys.iter().map(|key| of.meant_by(key)).min_by_key(Vec::len) else { return of.all.clone() };
        fewest.into_iter().filter_map(|at| of.all.get(at)).filter(fits).copied().collect()
    }
}

impl OfClause {
    fn new(names: &Names, verdicts: &Verdicts, clause: ClauseId) -> Self {
        // All verdicts of a batch are of one clause.
        let of_clause = |batch: &&Batch| {
            let first = batch.get(0).and_then(|verdict| names.norm(&verdict.instance));
            first.is_some_and(|norm| norm.clause == clause)
        };
        let mut of = OfClause::default();
        for (at, verdict) in verdicts.batches.iter().filter(of_clause).flat_map(Batch::iter).enumerate() {
            let instance = &verdict.instance;
            let period = instance.period.and_then(|_| names.period(instance));
            let words = [names.subject(instance), names.whom(instance), period, names.watched(instance)];
            for word in words.into_iter().flatten() {
                of.by_word.entry(word).or_default().push(at);
            }
            if let Some(period) = instance.period {
                of.by_label.entry(period.label).or_default().push(at);
            }
            if instance.span.is_some() {
                of.watched.push(at);
            }
            of.all.push(verdict);
        }
        of
    }

    /// The numbers of the verdicts that a key can mean, and perhaps of more, in order.
    fn meant_by(&self, key: &str) -> Vec<usize> {
        let label = PeriodLabel::parse(key).and_then(|label| self.by_label.get(&label));
        let watched = Day::parse_iso(key).is_ok().then_some(&self.watched);
        let mut meant: Vec<usize> =
            self.by_word.get(key).into_iter().chain(label).chain(watched).flatten().copied().collect();
        meant.sort_unstable();
        meant.dedup();
        meant
    }
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
    let fits = |instance: &Instance| keys.iter().all(|key| fits_whole(&names, instance, key));
    instances((names.plan, names.facts), as_of, clause, limits, fits)
}

/// A key may name several things as a line of a list does: `s19, east`, or `s19 east`.
fn fits_whole(names: &Names, instance: &Instance, key: &str) -> bool {
    let each = |parts: Vec<&str>| parts.len() > 1 && parts.iter().all(|part| fits(names, instance, part));
    fits(names, instance, key) || each(key.split(", ").collect()) || each(key.split_whitespace().collect())
}

fn fits(names: &Names, instance: &Instance, key: &str) -> bool {
    names.subject(instance).as_deref() == Some(key)
        || names.whom(instance).as_deref() == Some(key)
        || in_period(names, instance, key)
}

/// A period by its label; watched days also by one of them.
fn in_period(names: &Names, instance: &Instance, key: &str) -> bool {
    if [names.period(instance), names.watched(instance)].iter().any(|words| words.as_deref() == Some(key)) {
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
