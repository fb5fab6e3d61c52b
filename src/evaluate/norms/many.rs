//! Sharing among very many: who shares is told side by side, and what each gets in whole units.
//! It is the sharing of `costs`, on the road where nothing is in doubt and no limit is set; a test holds the two equal.

use crate::facts::Row;
use crate::model::clause::{Sharing, SharingKey, SharingWay};
use crate::model::expr::{Collection, On};
use crate::model::schema::RecordId;
use crate::value::{Currency, Day, Money, Number, Units, Weights, share_among_many};
use crate::verdict::ShareOf;

use super::amounts::{amount, exact_of, remainder_of};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::run::lanes::{YES, belonging, is_sure, weights};
use crate::evaluate::trace::Trace;

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

/// The shares among very many, in whole units; nothing where they are few, or where the terms ask for more.
pub fn shared_by_many<'w, T: Trace>(ask: &mut Ask<'w, T>, sharing: &'w Sharing) -> Option<Many> {
    let SharingWay::Shared(shared) = &sharing.way else { return None };
    let rounding = shared.rounding.as_ref().filter(|rounding| rounding.ties_by.is_none())?;
    let limited = shared.after_each.is_some() || shared.at_most.is_some() || shared.at_least.is_some();
    let (among, on) = shared.among.as_ref().filter(|_| !limited)?;
    let On::Then = on else { return None };
    let parties = in_order(ask, among, ask.on)?;
    let weights = match &shared.key {
        SharingKey::Equally => Weights::Equal(parties.len()),
        SharingKey::InProportionTo(weight) => {
            Weights::Each(weights(ask.world, weight, (among.record, among.var), &parties)?)
        }
        SharingKey::InParts(_) | SharingKey::Mixed(_) => return None,
    };
    let (amount, currency) = amount(ask, sharing).ok()?;
    let unit = exact_of(ask, Some(&rounding.unit)).ok()??;
    let units = share_among_many(&amount, &weights, &unit, remainder_of(rounding.remainder)?)?;
    Some(Many { record: among.record, parties, currency, units })
}

/// Very many who belong, in the order of their ids.
pub fn in_order<'w, T: Trace>(ask: &mut Ask<'w, T>, among: &'w Collection, on: Day) -> Option<Vec<u32>> {
    let mut rows = crowd(ask, among, on)?;
    let facts = ask.world.facts;
    let id = |row: &u32| facts.id(among.record, Row(*row));
    if !facts.table(among.record).is_some_and(|table| table.ids.ascend(&facts.words)) {
        rows.sort_by(|a, b| id(a).cmp(id(b)));
    }
    Some(rows)
}

/// Those who belong, side by side. No reason is given for each of so many; nothing, where they are few or where one of them
/// needs to be looked at.
fn crowd<'w, T: Trace>(ask: &mut Ask<'w, T>, among: &'w Collection, on: Day) -> Option<Vec<u32>> {
    let many = ask.world.facts.table(among.record).is_some_and(|table| table.rows > ask.world.sizes.crowd);
    if !many || (on != ask.on && among.members_of.is_some()) || ask.law.ways() > 1 {
        return None;
    }
    let truths = belonging(ask.world, among, on)?;
    let mark = ask.trace.mark();
    if !is_sure(&truths) || !ask.asked(on, ask.by, |ask| ask.closed(among)) {
        ask.trace.forget(mark);
        return None;
    }
    let belong = (0..).zip(&truths).filter(|(_, truth)| **truth == YES);
    Some(belong.map(|(row, _)| row).collect())
}
