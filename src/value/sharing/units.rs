//! Shares in whole units: all are rounded down, and the units left over are handed out one each.
//! A share differs from the exact one by less than a unit.

use std::cmp::Reverse;

use num_integer::Integer;

use super::{Remainder, Shares, Sharing};
use crate::value::number::Number;

/// A share in whole units, and the rest that rounding down took from it, in a measure common to all shares.
struct Piece<R> {
    units: Number,
    rest: R,
}

/// Exact shares rounded to units. What stays unshared is rounded along with them, and comes last in every tie.
/// Invariant: the unit is more than zero and divides the total.
pub(super) fn rounded(exact: &Shares, total: &Number, unit: &Number, remainder: Remainder, ranks: &[usize]) -> Shares {
    let all = exact.each.iter().chain(std::iter::once(&exact.unshared));
    let mut pieces: Vec<Piece<Number>> = all.map(|quota| piece(quota, unit)).collect();
    let given: Number = pieces.iter().map(|piece| &piece.units).sum();
    let left = total.divided_by(unit).unwrap_or_default().minus(&given);
    hand_out(&mut pieces, left.to_i64().unwrap_or(0), remainder, ranks);
    let mut each: Vec<Number> = pieces.iter().map(|piece| piece.units.times(unit)).collect();
    let unshared = each.pop().unwrap_or_default();
    Shares { each, unshared }
}

/// The same by integers of 128 bits, for many parties: where no limit is set and all numbers fit. `None` where it cannot.
pub(super) fn by_integers(total: &Number, weights: &[Number], terms: &Sharing, ranks: &[usize]) -> Option<Shares> {
    let (unit, remainder) = terms.rounded_to.as_ref()?;
    if terms.at_most.is_some() || terms.at_least.is_some() || terms.first_each.is_some() {
        return None;
    }
    let total_units = total.divided_by(unit)?.to_i128()?;
    let weights = integers(weights)?;
    let sum = weights.iter().try_fold(0_i128, |sum, weight| sum.checked_add(*weight))?;
    let mut left = total_units;
    let mut pieces = Vec::with_capacity(weights.len());
    for weight in weights {
        let product = total_units.checked_mul(weight)?;
        let (units, rest) = (product.checked_div(sum)?, product.checked_rem(sum)?);
        left = left.checked_sub(units)?;
        pieces.push(Piece { units: Number::whole(units), rest });
    }
    hand_out(&mut pieces, i64::try_from(left).ok()?, *remainder, ranks);
    let each = pieces.iter().map(|piece| piece.units.times(unit)).collect();
    Some(Shares { each, unshared: Number::ZERO })
}

/// Whole weights in the same proportion; `None` when they do not fit.
fn integers(weights: &[Number]) -> Option<Vec<i128>> {
    let scale = weights.iter().try_fold(1_u64, |scale, weight| {
        let denominator = weight.denominator()?;
        scale.checked_div(scale.gcd(&denominator))?.checked_mul(denominator)
    })?;
    let scale = Number::whole(i128::from(scale));
    weights.iter().map(|weight| weight.times(&scale).to_i128()).collect()
}

fn piece(quota: &Number, unit: &Number) -> Piece<Number> {
    let exact = quota.divided_by(unit).unwrap_or_default();
    let units = exact.floor();
    let rest = exact.minus(&units);
    Piece { units, rest }
}

/// Gives one unit each to as many pieces as units are left. The rests add up to the units left and each is less than one,
/// so there are always more pieces with a rest than units.
fn hand_out<R: Ord + Default>(pieces: &mut [Piece<R>], left: i64, remainder: Remainder, ranks: &[usize]) {
    let nothing = R::default();
    let rank = |at: usize| (ranks.get(at).copied().unwrap_or(at), at);
    let mut waiting: Vec<(usize, &mut Piece<R>)> =
        pieces.iter_mut().enumerate().filter(|(_, piece)| piece.rest != nothing).collect();
    match remainder {
        Remainder::Largest => waiting.sort_unstable_by(|(at, one), (other_at, other)| {
            (Reverse(&one.rest), rank(*at)).cmp(&(Reverse(&other.rest), rank(*other_at)))
        }),
        Remainder::FirstInOrder => waiting.sort_unstable_by_key(|(at, _)| rank(*at)),
    }
    for (_, piece) in waiting.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        piece.units = piece.units.plus(&Number::ONE);
    }
}
