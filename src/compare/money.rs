//! Money that moves: who bears how much of each cost on either side, and whether it adds up to the same.

use std::collections::BTreeMap;

use crate::value::{Currency, Money, Number};

use super::trial::Outcomes;

/// How the shares of one cost clause differ.
#[derive(Clone, Debug, PartialEq)]
pub struct MoneyMoved {
    pub clause: String,
    pub currency: Currency,
    /// Those whose shares differ, by name.
    pub parties: Vec<Party>,
    /// What all shares come to, also of those for whom nothing changes.
    pub before: Number,
    pub after: Number,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    pub who: String,
    pub before: Number,
    pub after: Number,
}

impl Party {
    /// How much more it bears; below zero, how much less.
    pub fn more(&self) -> Number {
        self.after.minus(&self.before)
    }
}

impl MoneyMoved {
    pub fn more(&self) -> Number {
        self.after.minus(&self.before)
    }

    /// Who bears so much less that nobody is relieved of more.
    pub fn largest_gain(&self) -> Option<&Party> {
        let best = self.parties.iter().min_by(|one, other| one.more().cmp(&other.more()));
        best.filter(|party| party.more() < Number::from(0))
    }

    /// Who bears so much more that nobody loses more.
    pub fn largest_loss(&self) -> Option<&Party> {
        // Of equals the first by name.
        let worst = self.parties.iter().rev().max_by(|one, other| one.more().cmp(&other.more()));
        worst.filter(|party| party.more() > Number::from(0))
    }
}

type Shares = BTreeMap<(String, String), (Currency, BTreeMap<String, Number>)>;

/// The cost clauses of which some share differs.
pub fn money(old: &Outcomes, new: &Outcomes) -> Vec<MoneyMoved> {
    let (before, after) = (shares(old), shares(new));
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let mut found = Vec::new();
    for key in keys {
        let Some((currency, _)) = before.get(key).or(after.get(key)) else { continue };
        let none = BTreeMap::new();
        let side = |side: &Shares| side.get(key).map_or(none.clone(), |(_, shares)| shares.clone());
        let (one, other) = (side(&before), side(&after));
        let moved = moved(key.0.clone(), *currency, &one, &other);
        found.extend((!moved.parties.is_empty()).then_some(moved));
    }
    found
}

fn moved(
    clause: String,
    currency: Currency,
    before: &BTreeMap<String, Number>,
    after: &BTreeMap<String, Number>,
) -> MoneyMoved {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let amount = |side: &BTreeMap<String, Number>, who: &String| side.get(who).cloned().unwrap_or(Number::from(0));
    let parties =
        names.into_iter().map(|who| Party { who: who.clone(), before: amount(before, who), after: amount(after, who) });
    let sum = |side: &BTreeMap<String, Number>| side.values().fold(Number::from(0), |sum, one| sum.plus(one));
    MoneyMoved {
        clause,
        currency,
        parties: parties.filter(|party| party.before != party.after).collect(),
        before: sum(before),
        after: sum(after),
    }
}

fn shares(outcomes: &Outcomes) -> Shares {
    let mut found = Shares::new();
    for entry in outcomes.values() {
        for (who, Money { currency, amount }) in &entry.shares {
            let key = (entry.key.clause.clone(), currency.to_string());
            let (_, shares) = found.entry(key).or_insert_with(|| (*currency, BTreeMap::new()));
            let sum = shares.entry(who.clone()).or_insert(Number::from(0));
            *sum = sum.plus(amount);
        }
    }
    found
}
