//! Shares in whole units: all are rounded down, and the units left over are handed out one each.
//! A share differs from the exact one by less than a unit.

use std::cmp::Reverse;
use std::ops::Mul;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Zero;

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
    let pieces: Vec<Piece<Number>> = all.map(|quota| piece(quota, unit)).collect();
    let total_units = total.divided_by(unit).unwrap_or_default();
    let units = handed_out(pieces, &total_units, remainder, ranks);
    let mut each: Vec<Number> = units.iter().map(|units| units.times(unit)).collect();
    let unshared = each.pop().unwrap_or_default();
    Shares { each, unshared }
}

/// The same by whole numbers alone, for many parties: where no limit is set. `None` where one is.
/// Invariant: the weights are whole and not all zero.
pub(super) fn by_integers(total: &Number, weights: &[Number], terms: &Sharing, ranks: &[usize]) -> Option<Shares> {
    let (unit, remainder) = terms.rounded_to.as_ref()?;
    if terms.at_most.is_some() || terms.at_least.is_some() || terms.first_each.is_some() {
        return None;
    }
    let total_units = total.divided_by(unit)?;
    let units = match small_pieces(&total_units, weights) {
        Some(pieces) => handed_out(pieces, &total_units, *remainder, ranks),
        None => handed_out(large_pieces(&total_units, weights)?, &total_units, *remainder, ranks),
    };
    let each = units.iter().map(|units| units.times(unit)).collect();
    Some(Shares { each, unshared: Number::ZERO })
}

/// By integers of 128 bits; `None` when something does not fit.
fn small_pieces(total_units: &Number, weights: &[Number]) -> Option<Vec<Piece<i128>>> {
    let total = total_units.to_i128()?;
    let weights: Vec<i128> = weights.iter().map(Number::to_i128).collect::<Option<_>>()?;
    let sum = weights.iter().try_fold(0_i128, |sum, weight| sum.checked_add(*weight))?;
    let piece = |weight: i128| {
        let product = total.checked_mul(weight)?;
        Some(Piece { units: Number::whole(product.checked_div(sum)?), rest: product.checked_rem(sum)? })
    };
    weights.into_iter().map(piece).collect()
}

/// By integers of any size.
fn large_pieces(total_units: &Number, weights: &[Number]) -> Option<Vec<Piece<BigInt>>> {
    let (total, _) = total_units.parts();
    let (sum, _) = weights.iter().sum::<Number>().parts();
    if sum.is_zero() {
        return None;
    }
    let piece = |weight: &Number| {
        let (units, rest) = weight.parts().0.mul(&total).div_rem(&sum);
        Piece { units: Number::whole_big(units), rest }
    };
    Some(weights.iter().map(piece).collect())
}

fn piece(quota: &Number, unit: &Number) -> Piece<Number> {
    let exact = quota.divided_by(unit).unwrap_or_default();
    let units = exact.floor();
    let rest = exact.minus(&units);
    Piece { units, rest }
}

/// The units of all pieces, once those left over have been given out, one each. The rests add up to the units left and each is
/// less than one, so there are always more pieces with a rest than units.
fn handed_out<R: Ord + Default>(
    mut pieces: Vec<Piece<R>>,
    total_units: &Number,
    remainder: Remainder,
    ranks: &[usize],
) -> Vec<Number> {
    let left = total_units.minus(&pieces.iter().map(|piece| &piece.units).sum()).to_i64();
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
    let left = left.and_then(|left| usize::try_from(left).ok()).unwrap_or(0);
    for (_, piece) in waiting.into_iter().take(left) {
        piece.units = piece.units.plus(&Number::ONE);
    }
    pieces.into_iter().map(|piece| piece.units).collect()
}
