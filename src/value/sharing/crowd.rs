//! Sharing among very many, by whole numbers alone: what each gets, in units. The same as [`super::share`] gives, where no
//! limit is set and everything fits.

use super::Remainder;
use crate::value::number::Number;

/// By what is shared among many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weights {
    /// So many, each the same.
    Equal(usize),
    Each(Vec<i64>),
}

/// Shares as whole numbers of a unit, in the order of the parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    pub unit: Number,
    pub each: Vec<i64>,
}

impl Units {
    /// The share of one party.
    pub fn amount(&self, at: usize) -> Option<Number> {
        self.each.get(at).map(|units| self.unit.times(&Number::from(*units)))
    }
}

/// Shares a total of whole units; of parties that tie the earlier one comes first. Nothing where it does not fit, or where
/// it cannot be shared at all.
pub fn share_among_many(total: &Number, weights: &Weights, unit: &Number, remainder: Remainder) -> Option<Units> {
    let units = u64::try_from(total.divided_by(unit).filter(|_| *unit > Number::ZERO)?.to_i64()?).ok()?;
    let (mut each, rests) = match weights {
        Weights::Equal(parties) => equally(units, *parties)?,
        Weights::Each(weights) => by_weight(units, weights)?,
    };
    let given: i64 = each.iter().try_fold(0_i64, |sum, one| sum.checked_add(*one))?;
    let left = usize::try_from(i64::try_from(units).ok()?.checked_sub(given)?).ok()?;
    for at in next_in_line(&rests, left, remainder) {
        let slot = each.get_mut(at)?;
        *slot = slot.checked_add(1)?;
    }
    Some(Units { unit: unit.clone(), each })
}

type Pieces = (Vec<i64>, Vec<u64>);

fn equally(units: u64, parties: usize) -> Option<Pieces> {
    let count = u64::try_from(parties).ok().filter(|count| *count > 0)?;
    let (each, rest) = (units.checked_div(count)?, units.checked_rem(count)?);
    Some((vec![i64::try_from(each).ok()?; parties], vec![rest; parties]))
}

fn by_weight(units: u64, weights: &[i64]) -> Option<Pieces> {
    let mut sum = 0_u64;
    for weight in weights {
        sum = sum.checked_add(u64::try_from(*weight).ok()?)?;
    }
    // The largest product decides whether all of them fit.
    let most = weights.iter().copied().max().and_then(|most| u64::try_from(most).ok())?;
    units.checked_mul(most)?;
    let piece = |weight: &i64| {
        let product = units.wrapping_mul(weight.unsigned_abs());
        let share = product.checked_div(sum).unwrap_or(0);
        (i64::try_from(share).unwrap_or(i64::MAX), product.checked_rem(sum).unwrap_or(0))
    };
    (sum > 0).then(|| weights.iter().map(piece).unzip())
}

/// Who gets the units that rounding down left over. A share that comes out even never gets one.
fn next_in_line(rests: &[u64], left: usize, remainder: Remainder) -> Vec<usize> {
    let waiting = rests.iter().enumerate().filter(|(_, rest)| **rest > 0).map(|(at, _)| at);
    match remainder {
        Remainder::FirstInOrder => waiting.take(left).collect(),
        Remainder::Largest => {
            let mut waiting: Vec<usize> = waiting.collect();
            let rest = |at: &usize| rests.get(*at).copied().unwrap_or(0);
            let rank = |at: &usize| (std::cmp::Reverse(rest(at)), *at);
            if left < waiting.len() {
                waiting.select_nth_unstable_by_key(left, rank);
            }
            waiting.truncate(left);
            waiting
        }
    }
}
