//! What a report comes to in sums: how much falls due on which day, and what each cost shares out. Nobody has a line of their own,
//! so that it costs little also of very many.

use std::collections::{BTreeMap, BTreeSet};

use super::Digest;
use super::due::{DueDay, falls_due};
use super::rows::{Rows, is_shared, shares};
use crate::evaluate::{self, Explainer};
use crate::model::expr::ClauseId;
use crate::value::{Currency, Day, Money};
use crate::verdict::{Batch, ShareOf, Status, Verdict};

/// Sums over all verdicts of a run.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// By day, then by the order of the policy.
    pub due_days: Vec<DueDay>,
    /// The costs that are shared, in the order of the policy.
    pub costs: Vec<CostSum>,
}

/// What a cost shares out in all.
#[derive(Clone, Debug)]
pub struct CostSum {
    pub clause: String,
    /// `§ 4.3`.
    pub place: Option<String>,
    pub period: Option<String>,
    /// How often it is shared: for so many subjects.
    pub times: usize,
    /// How many share it.
    pub among: usize,
    pub amount: Money,
    /// Of each who shares it, the currency and the amount as the rows of shares tell them, in order: the same shares have the same
    /// digest.
    pub digest: Digest,
}

/// The shares of a cost in a period and a currency, of all its subjects.
#[derive(Default)]
struct Shared {
    times: usize,
    who: BTreeSet<String>,
    amount: Option<Money>,
    words: Vec<[String; 3]>,
}

impl Rows<'_> {
    /// The sums over these verdicts.
    pub fn sums(&self) -> Sums {
        Sums { due_days: self.due_days(), costs: self.cost_sums() }
    }

    fn due_days(&self) -> Vec<DueDay> {
        let mut brief = self.brief();
        let mut days: BTreeMap<(Day, ClauseId), usize> = BTreeMap::new();
        let pending = self.verdicts.batches.iter().flat_map(|batch| batch.of_status(Status::Pending));
        for verdict in pending.filter(|verdict| self.in_period(verdict)) {
            let day = falls_due(brief.tell(&verdict.instance).last_day);
            if let (Some((day, _)), Some(norm)) = (day, self.names.norm(&verdict.instance)) {
                let count = days.entry((day, norm.clause)).or_default();
                *count = count.saturating_add(1);
            }
        }
        let told = days.into_iter().filter_map(|((day, clause), count)| {
            let clause = self.names.clause(clause)?;
            let place = clause.place.as_ref().map(|place| place.words.clone());
            Some(DueDay { day, clause: clause.name.clone(), place, count })
        });
        told.collect()
    }

    fn cost_sums(&self) -> Vec<CostSum> {
        let norm = |batch: &&Batch| batch.norm().and_then(|norm| self.names.plan.norm(norm));
        let batches = self.verdicts.batches.iter().filter(|batch| norm(batch).is_some_and(shares));
        let mut explainer = self.explainer();
        batches.flat_map(|batch| self.sums_of(batch, &mut explainer)).collect()
    }

    /// The sums of one cost, by period and currency in the order in which they are met.
    fn sums_of(&self, batch: &Batch, explainer: &mut Explainer) -> Vec<CostSum> {
        let Some(clause) = batch.norm().and_then(|norm| self.names.clause(self.names.plan.norm(norm)?.clause)) else {
            return Vec::new();
        };
        let mut order: Vec<(Option<String>, Currency)> = Vec::new();
        let mut all: BTreeMap<(Option<String>, Currency), Shared> = BTreeMap::new();
        for verdict in batch.iter().filter(|one| self.in_period(one) && is_shared(&self.names, one)) {
            let shares = self.shares_of(&verdict, explainer);
            let Some((_, first)) = shares.first() else { continue };
            let key = (self.names.period(&verdict.instance), first.currency);
            let shared = all.entry(key).or_insert_with_key(|key| {
                order.push(key.clone());
                Shared::default()
            });
            shared.times = shared.times.saturating_add(1);
            for (who, amount) in shares {
                let who = self.names.share_of(who);
                shared.words.push([who.clone(), amount.currency.as_str().to_string(), amount.amount.exact_text()]);
                shared.who.insert(who);
                shared.amount = shared.amount.take().map_or(Some(amount.clone()), |sum| sum.plus(&amount));
            }
        }
        let told = order.into_iter().filter_map(|key| {
            let shared = all.remove(&key)?;
            Some(CostSum {
                clause: clause.name.clone(),
                place: clause.place.as_ref().map(|place| place.words.clone()),
                period: key.0,
                times: shared.times,
                among: shared.who.len(),
                amount: shared.amount?,
                digest: Digest::of(shared.words.iter().flatten().map(String::as_str)),
            })
        });
        told.collect()
    }

    fn shares_of(&self, verdict: &Verdict, explainer: &mut Explainer) -> Vec<(ShareOf, Money)> {
        match evaluate::shares(self.names.plan, self.names.facts, self.as_of, &verdict.instance) {
            Some(many) => many.each().collect(),
            None => {
                let shares = explainer.explain(&verdict.instance).shares;
                shares.into_iter().map(|share| (share.who, share.amount)).collect()
            }
        }
    }
}
