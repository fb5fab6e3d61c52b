//! From a key to one whole weight for each party. Only their proportion counts.

use std::ops::{Div, Mul, Rem};

use num_bigint::BigInt;
use num_integer::Integer;

use super::{Key, SharingProblem};
use crate::value::number::Number;

/// The weights, one for each party, all of them whole; some weight is more than zero and none is less.
pub(super) fn weights(key: &Key, parties: usize) -> Result<Vec<Number>, SharingProblem> {
    of_key(key, parties).map(whole)
}

/// The same among some of the parties, by their places.
pub(super) fn weights_among(key: &Key, some: &[usize]) -> Result<Vec<Number>, SharingProblem> {
    weights(&among(key, some), some.len())
}

/// A key as it stands among some of the parties. Portions of which none of them has a part fall to the others' portions.
fn among(key: &Key, some: &[usize]) -> Key {
    let picked = |all: &[Number]| some.iter().filter_map(|at| all.get(*at).cloned()).collect::<Vec<_>>();
    match key {
        Key::Equally => Key::Equally,
        Key::InProportion(weights) => Key::InProportion(picked(weights)),
        // Parts of some do not make up the whole; in proportion to them they are what they are.
        Key::Parts(parts) => Key::InProportion(picked(parts)),
        Key::Mixed(portions) => {
            Key::Mixed(portions.iter().map(|(portion, key)| (portion.clone(), among(key, some))).collect())
        }
    }
}

fn of_key(key: &Key, parties: usize) -> Result<Vec<Number>, SharingProblem> {
    match key {
        Key::Equally => Ok(vec![Number::ONE; parties]),
        Key::InProportion(weights) => {
            not_negative(weights.iter())?;
            counted(weights, parties)
        }
        Key::Parts(parts) => {
            the_whole(parts.iter())?;
            counted(parts, parties)
        }
        Key::Mixed(portions) => {
            the_whole(portions.iter().map(|(portion, _)| portion))?;
            mixed(portions, parties)
        }
    }
}

/// Each portion's weights are scaled so that they come to the portion, and then added up for each party.
fn mixed(portions: &[(Number, Key)], parties: usize) -> Result<Vec<Number>, SharingProblem> {
    let mut sums = vec![Number::ZERO; parties];
    for (portion, key) in portions {
        let weights = weights(key, parties)?;
        let scale = portion.divided_by(&weights.iter().sum()).ok_or(SharingProblem::AllWeightsZero)?;
        for (sum, weight) in sums.iter_mut().zip(&weights) {
            *sum = sum.plus(&weight.times(&scale));
        }
    }
    Ok(sums)
}

fn counted(weights: &[Number], parties: usize) -> Result<Vec<Number>, SharingProblem> {
    if weights.len() != parties {
        return Err(SharingProblem::WrongCount { parties, weights: weights.len() });
    }
    if weights.iter().all(Number::is_zero) {
        return Err(SharingProblem::AllWeightsZero);
    }
    Ok(weights.to_vec())
}

fn not_negative<'a>(numbers: impl Iterator<Item = &'a Number>) -> Result<(), SharingProblem> {
    match numbers.enumerate().find(|(_, number)| number.is_negative()) {
        Some((at, number)) => Err(SharingProblem::Negative { at, number: number.clone() }),
        None => Ok(()),
    }
}

fn the_whole<'a>(parts: impl Iterator<Item = &'a Number> + Clone) -> Result<(), SharingProblem> {
    not_negative(parts.clone())?;
    let sum: Number = parts.sum();
    if sum == Number::ONE { Ok(()) } else { Err(SharingProblem::NotTheWhole { sum }) }
}

/// Whole weights in the same proportion: each times the least common multiple of the denominators. Done once, it saves the
/// reducing of fractions at every step after it.
fn whole(weights: Vec<Number>) -> Vec<Number> {
    if weights.iter().all(Number::is_integer) {
        return weights;
    }
    let parts: Vec<(BigInt, BigInt)> = weights.iter().map(Number::parts).collect();
    let multiple = parts.iter().fold(BigInt::from(1), |multiple, (_, denominator)| {
        // The same divisor as of the multiple itself, but of two small numbers.
        let common = (&multiple).rem(denominator).gcd(denominator);
        multiple.mul(denominator.div(common))
    });
    let scaled = parts.iter().map(|(numerator, denominator)| numerator.mul((&multiple).div(denominator)));
    scaled.map(Number::whole_big).collect()
}
