//! Sharing among very many: who shares is told side by side, and what each gets in whole units.
//! It is the sharing of `costs`, on the road where nothing is in doubt and no limit is set; a test holds the two equal.

use super::costs::remainder_of;
use super::judge::Judge;
use super::lanes::{YES, belonging, is_sure, weights};
use super::trace::Trace;
use crate::facts::Row;
use crate::model::clause::{Sharing, SharingKey, SharingWay};
use crate::model::expr::{Collection, On};
use crate::model::schema::RecordId;
use crate::value::{Currency, Day, Money, Number, Units, Weights, share_among_many};
use crate::verdict::ShareOf;

/// More than so many are not told of one by one.
pub const CROWD: u32 = 500;

/// Shares among very many.
pub struct Many {
    pub record: RecordId,
    /// Rows of the record, in the order of their ids.
    pub parties: Vec<u32>,
    pub currency: Currency,
    pub units: Units,
}

impl Many {
    pub fn each(self) -> impl Iterator<Item = (ShareOf, Money)> {
        let Many { record, parties, currency, units } = self;
        let amounts = units.each.into_iter().map(move |one| units.unit.times(&Number::from(one)));
        let money = move |amount: Number| Money { amount, currency };
        parties.into_iter().map(move |row| ShareOf::Row(record, Row(row))).zip(amounts.map(money))
    }
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The shares among very many, in whole units; nothing where they are few, or where the terms ask for more.
    pub fn shared_by_many(&mut self, sharing: &'w Sharing) -> Option<Many> {
        let SharingWay::Shared(shared) = &sharing.way else { return None };
        let rounding = shared.rounding.as_ref().filter(|rounding| rounding.ties_by.is_none())?;
        let limited = shared.after_each.is_some() || shared.at_most.is_some() || shared.at_least.is_some();
        let (among, on) = shared.among.as_ref().filter(|_| !limited)?;
        let On::Then = on else { return None };
        let parties = self.in_order(among, self.then)?;
        let weights = match &shared.key {
            SharingKey::Equally => Weights::Equal(parties.len()),
            SharingKey::InProportionTo(weight) => {
                Weights::Each(weights(self.world, weight, (among.record, among.var), &parties)?)
            }
            SharingKey::InParts(_) | SharingKey::Mixed(_) => return None,
        };
        let (amount, currency) = self.amount(sharing).ok()?;
        let unit = self.exact_of(Some(&rounding.unit)).ok()??;
        let units = share_among_many(&amount, &weights, &unit, remainder_of(rounding.remainder))?;
        Some(Many { record: among.record, parties, currency, units })
    }

    /// Very many who belong, in the order of their ids.
    pub fn in_order(&mut self, among: &'w Collection, on: Day) -> Option<Vec<u32>> {
        let mut rows = self.crowd(among, on)?;
        let facts = self.world.facts;
        let id = |row: &u32| facts.id(among.record, Row(*row));
        if !facts.table(among.record).is_some_and(|table| table.ids.ascend(&facts.words)) {
            rows.sort_by(|a, b| id(a).cmp(id(b)));
        }
        Some(rows)
    }

    /// Those who belong, side by side. No reason is given for each of so many; nothing, where they are few or where one of them
    /// needs to be looked at.
    fn crowd(&mut self, among: &'w Collection, on: Day) -> Option<Vec<u32>> {
        let many = self.world.facts.table(among.record).is_some_and(|table| table.rows > CROWD);
        if !many || (on != self.then && among.members_of.is_some()) || self.standings.ways.len() > 1 {
            return None;
        }
        let truths = belonging(self.world, among, on)?;
        let mark = self.trace.mark();
        if !is_sure(&truths) || !self.closed(among, on) {
            self.trace.forget(mark);
            return None;
        }
        let belong = (0..).zip(&truths).filter(|(_, truth)| **truth == YES);
        Some(belong.map(|(row, _)| row).collect())
    }
}
