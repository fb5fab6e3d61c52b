//! What a report comes to in sums: how much falls due on which day, and what each cost shares out. Nobody has a line of their own,
//! so that it costs little also of very many.

use std::collections::BTreeMap;

use super::Digest;
use super::due::{DueDay, falls_due};
use super::rows::{Rows, is_shared, shares};
use crate::evaluate::{self, Explainer};
use crate::model::expr::ClauseId;
use crate::value::{Day, Money};
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
    pub subject: Option<String>,
    pub period: Option<String>,
    /// How many share it.
    pub among: usize,
    pub amount: Money,
    /// Of each who shares it, the currency and the amount as the rows of shares tell them, in order: the same shares have the same
    /// digest.
    pub digest: Digest,
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
        let mut explainer = self.explainer();
        let norm = |batch: &&Batch| batch.norm().and_then(|norm| self.names.plan.norm(norm));
        let batches = self.verdicts.batches.iter().filter(|batch| norm(batch).is_some_and(shares));
        let costs = batches.flat_map(|batch| batch.iter());
        let costs = costs.filter(|one| self.in_period(one) && is_shared(&self.names, one));
        costs.filter_map(|verdict| self.cost_sum(&verdict, &mut explainer)).collect()
    }

    fn cost_sum(&self, verdict: &Verdict, explainer: &mut Explainer) -> Option<CostSum> {
        let (names, instance) = (&self.names, &verdict.instance);
        let clause = names.clause(names.norm(instance)?.clause)?;
        let shares: Vec<(ShareOf, Money)> = match evaluate::shares(names.plan, names.facts, self.as_of, instance) {
            Some(many) => many.each().collect(),
            None => explainer.explain(instance).shares.into_iter().map(|share| (share.who, share.amount)).collect(),
        };
        let told = |(who, amount): &(ShareOf, Money)| {
            [names.share_of(*who), amount.currency.as_str().to_string(), amount.amount.exact_text()]
        };
        let words: Vec<[String; 3]> = shares.iter().map(told).collect();
        let mut amounts = shares.into_iter().map(|(_, amount)| amount);
        let first = amounts.next()?;
        Some(CostSum {
            clause: clause.name.clone(),
            place: clause.place.as_ref().map(|place| place.words.clone()),
            subject: names.subject(instance),
            period: names.period(instance),
            among: words.len(),
            amount: amounts.try_fold(first, |sum, amount| sum.plus(&amount))?,
            digest: Digest::of(words.iter().flatten().map(String::as_str)),
        })
    }
}
