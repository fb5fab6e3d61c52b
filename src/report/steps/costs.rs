//! The way to a cost, and to the share of one: who shares it, what each weighs, bears and was billed, a line each and all of it
//! once. What was billed to others, and who else shares it, is counted.

use super::{Looked, Step, Teller, once, words};
use crate::facts::Row;
use crate::model::schema::RecordId;
use crate::plan::{Body, NormTest};
use crate::report::sentences::step::own_limit;
use crate::value::{Money, Number};
use crate::verdict::{Fit, Mark, Reason, Said, Share, ShareOf};

pub(super) struct Cost<'t, 'a> {
    teller: &'t Teller<'a>,
    /// In which record the bills are looked for.
    bills: Option<RecordId>,
    /// Whether one share of it is asked about, not all of them.
    one_share: bool,
}

impl<'a> Teller<'a> {
    /// The verdict as one on a cost, or on a share of one.
    pub(super) fn cost<'t>(&'t self) -> Option<Cost<'t, 'a>> {
        let plan = self.names.plan;
        let billed = |body: &Body| match &body.test {
            NormTest::Shared { billed, .. } => Some(billed.as_ref().map(|billed| billed.bills.record)),
            _ => None,
        };
        for body in &self.names.norm(&self.judged.verdict.instance)?.bodies {
            if let NormTest::PaysShare(cost) = body.test {
                let bills = plan.norms_of(cost).flat_map(|(_, norm)| &norm.bodies).find_map(billed).flatten();
                return Some(Cost { teller: self, bills, one_share: true });
            }
            if let Some(bills) = billed(body) {
                return Some(Cost { teller: self, bills, one_share: false });
            }
        }
        None
    }
}

/// What one of those who share weighs in each part of the key, and what it pays first, at most or at least.
struct Weighs {
    who: ShareOf,
    weights: Vec<Number>,
    limits: Vec<String>,
}

/// What is known of somebody who shares, so far.
fn of_whom(each: &mut Vec<Weighs>, who: ShareOf) -> Option<&mut Weighs> {
    let at = each.iter().position(|known| known.who == who).unwrap_or(each.len());
    if at == each.len() {
        each.push(Weighs { who, weights: Vec::new(), limits: Vec::new() });
    }
    each.get_mut(at)
}

impl Cost<'_, '_> {
    pub(super) fn steps(&self, because: &[Reason]) -> Vec<Step> {
        let teller = self.teller;
        let (mut parties, mut bills): (Vec<Looked>, Vec<(Row, Vec<&Reason>)>) = (Vec::new(), Vec::new());
        let mut weights: Vec<&Reason> = Vec::new();
        let mut shares: Vec<&Reason> = Vec::new();
        let mut rest: Vec<&Reason> = Vec::new();
        for reason in because {
            match &reason.said {
                Said::Belongs { record, row } => parties.push((*record, *row, reason)),
                Said::Weight { .. } | Said::OwnLimit { .. } => weights.push(reason),
                Said::Share { .. } => shares.push(reason),
                Said::Value(cell, _) if Some(cell.record) == self.bills => {
                    match bills.iter_mut().find(|(row, _)| *row == cell.row) {
                        Some((_, values)) => values.push(reason),
                        None => bills.push((cell.row, vec![reason])),
                    }
                }
                _ => rest.push(reason),
            }
        }
        let too_early = rest.iter().filter_map(|one| match one.said {
            Said::Evidence { row, fit: Fit::TooEarly, .. } => Some(row),
            _ => None,
        });
        let too_early: Vec<Row> = too_early.collect();
        let rest: Vec<Reason> = rest.into_iter().cloned().collect();
        let mut steps = teller.steps(&rest);
        self.parties(parties, &mut steps);
        self.table(&weights, &shares, &mut steps);
        self.bills(&bills, &too_early, &mut steps);
        self.definitions(&weights, &mut steps);
        once(steps)
    }

    /// How many share it; those of whom it is not known, and what leaves others out.
    fn parties(&self, parties: Vec<Looked>, steps: &mut Vec<Step>) {
        let (mut sure, mut others) = (0_usize, Vec::new());
        let mut of = None;
        for (record, row, reason) in parties {
            if reason.mark == Mark::Yes && !self.teller.fails(reason) {
                (sure, of) = (sure.saturating_add(1), Some(record));
            } else {
                others.push((record, row, reason));
            }
        }
        if let Some(record) = of {
            let share = if sure == 1 { "shares" } else { "share" };
            steps.push(words(format!("{} {share} it", self.teller.names.so_many(record, sure))));
        }
        self.teller.flush(&mut others, steps);
    }

    /// Of each who shares it what it weighs, bears and was billed. Where that is the same for many, they stand together.
    fn table(&self, weights: &[&Reason], told: &[&Reason], steps: &mut Vec<Step>) {
        let names = self.teller.names;
        let mut each: Vec<Weighs> = Vec::new();
        for reason in weights {
            let (Said::Weight { who, .. } | Said::OwnLimit { who, .. }) = &reason.said else { continue };
            let Some(one) = of_whom(&mut each, *who) else { continue };
            match &reason.said {
                Said::Weight { weight, .. } => one.weights.push(weight.clone()),
                Said::OwnLimit { limits, amount, .. } => one.limits.push(own_limit(*limits, amount.as_ref())),
                _ => {}
            }
        }
        for share in &self.teller.judged.shares {
            of_whom(&mut each, share.who);
        }
        if let [_, _, ..] = each.as_slice()
            && let Some(sum) = sum_of_weights(&each)
        {
            steps.push(words(format!("the weights add up to {sum}")));
        }
        // A share that somebody was billed and does not bear.
        let strays: Vec<&&Reason> = told
            .iter()
            .filter(|one| matches!(&one.said, Said::Share { who, .. } if !each.iter().any(|known| known.who == *who)))
            .collect();
        if self.one_share {
            each.retain(|one| self.share_of(one.who).is_some());
        }
        let lines: Vec<(ShareOf, String, Mark)> = each.iter().map(|one| self.line(one)).collect();
        let parties = self.teller.extent.parties;
        if lines.len() > parties {
            self.together(&lines, steps);
        } else {
            steps.extend(lines.iter().map(|(who, line, mark)| {
                let words = format!("{} {line}", names.share_of(*who));
                self.of(*who, words, *mark)
            }));
        }
        steps.extend(strays.into_iter().map(|one| self.teller.step(one)));
    }

    fn share_of(&self, who: ShareOf) -> Option<&Share> {
        self.teller.judged.shares.iter().find(|share| share.who == who)
    }

    /// `weighs 10, bears SEK 14.29, billed SEK 1`.
    fn line(&self, Weighs { who, weights, limits }: &Weighs) -> (ShareOf, String, Mark) {
        let mut parts: Vec<String> = Vec::new();
        if !weights.is_empty() {
            let each: Vec<String> = weights.iter().map(ToString::to_string).collect();
            parts.push(format!("weighs {}", each.join(" and ")));
        }
        parts.extend(limits.iter().cloned());
        let mut mark = Mark::Plain;
        if let Some(share) = self.share_of(*who) {
            parts.push(match who {
                ShareOf::Nobody => format!("has {}, which stays unshared", share.amount),
                ShareOf::Row(..) | ShareOf::Actor(_) => format!("bears {}", share.amount),
            });
            parts.extend(billed(&share.amount, share.billed.as_ref()).map(|(words, wrong)| {
                mark = wrong;
                words
            }));
        }
        (*who, parts.join(", "), mark)
    }

    /// Those of whom the same is to be told, a line for all of them; the largest first.
    fn together(&self, lines: &[(ShareOf, String, Mark)], steps: &mut Vec<Step>) {
        let names = self.teller.names;
        let mut alike: Vec<(&str, Mark, Vec<ShareOf>)> = Vec::new();
        for (who, line, mark) in lines {
            match alike.iter_mut().find(|(known, _, _)| known == line) {
                Some((_, _, all)) => all.push(*who),
                None => alike.push((line, *mark, vec![*who])),
            }
        }
        let most = self.teller.extent.parties;
        for (line, mark, all) in alike.iter().take(most) {
            let first: Vec<String> = all.iter().take(3).map(|who| names.share_of(*who)).collect();
            let more = match all.len().saturating_sub(first.len()) {
                0 => String::new(),
                many => format!(" and {many} more"),
            };
            let who = all.first().copied().filter(|_| all.len() == 1);
            let each = if all.len() > 1 { ": each " } else { " " };
            let words = format!("{}{more}{each}{line}", first.join(", "));
            steps.push(match who {
                Some(who) => self.of(who, words, *mark),
                None => Step { mark: *mark, ..self::words(words) },
            });
        }
        let left = alike.iter().skip(most).fold(0_usize, |sum, (_, _, all)| sum.saturating_add(all.len()));
        if left > 0 {
            steps.push(words(format!("and {left} more who share it")));
        }
    }

    fn of(&self, who: ShareOf, line: String, mark: Mark) -> Step {
        let names = self.teller.names;
        let fact = match who {
            ShareOf::Row(record, row) => names.facts.row_place(record, row),
            ShareOf::Actor(_) | ShareOf::Nobody => None,
        };
        Step { fact, mark, key: format!("share {}", names.share_of(who)), ..words(line) }
    }

    /// The bills that count for the share that is asked about; of others, and of all of a cost, how many there are.
    fn bills(&self, bills: &[(Row, Vec<&Reason>)], told_too_early: &[Row], steps: &mut Vec<Step>) {
        let Some(record) = self.bills else { return };
        let names = self.teller.names;
        let is_own = |row: &Row| self.one_share && self.teller.judged.evidence.contains(&(record, *row));
        let is_told = |row: &Row| told_too_early.contains(row);
        let (own, others): (Vec<_>, Vec<_>) = bills.iter().partition(|(row, _)| is_own(row));
        // Of one share, its own that came too early have been told.
        let others: Vec<_> = others.into_iter().filter(|(row, _)| !(self.one_share && is_told(row))).collect();
        let told = self.teller.extent.rows;
        for (row, values) in own.iter().take(told) {
            let value = |one: &&Reason| match one.said {
                Said::Value(cell, on) => Some(format!("{} is {}", names.field(cell), names.value_as_of(cell, on))),
                _ => None,
            };
            let values: Vec<String> = values.iter().filter_map(value).collect();
            let line = format!("{}: {}", names.record_row(record, *row), values.join(", "));
            let fact = names.facts.row_place(record, *row);
            steps.push(Step { fact, mark: Mark::Yes, ..words(line) });
        }
        let more = own.len().saturating_sub(told);
        if more > 0 {
            steps.push(words(format!("and {more} more {} for it", names.records(record))));
        }
        if !others.is_empty() {
            let whose = if self.one_share { "of others" } else { "looked at" };
            steps.push(words(format!("{} {whose}", names.so_many(record, others.len()))));
        }
    }

    /// The definitions that the weights rest on, each once, in the order of the policy.
    fn definitions(&self, all: &[&Reason], steps: &mut Vec<Step>) {
        let names = self.teller.names;
        let mut places = Vec::new();
        let mut left: Vec<&Reason> = all.to_vec();
        while let Some(one) = left.pop() {
            places.extend(one.policy);
            left.extend(&one.because);
        }
        for definition in &names.plan.definitions {
            if places.iter().any(|place| definition.span.contains(*place)) {
                let quoted = names.words(definition.span);
                steps.push(Step { policy: Some(definition.span), ..words(format!("`{quoted}`")) });
            }
        }
    }
}

/// What was billed of a share, and whether it is the whole of it.
fn billed(amount: &Money, billed: Option<&Money>) -> Option<(String, Mark)> {
    let billed = billed?;
    Some(if billed == amount {
        ("billed in full".to_string(), Mark::Plain)
    } else {
        (format!("billed {billed}"), Mark::No)
    })
}

/// All weights together, where the key has one part.
fn sum_of_weights(each: &[Weighs]) -> Option<Number> {
    let mut sum = Number::ZERO;
    for one in each {
        let [weight] = one.weights.as_slice() else { return None };
        sum = sum.plus(weight);
    }
    Some(sum)
}
