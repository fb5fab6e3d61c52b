//! Sharing: how a total is divided among parties, exactly and to the last unit.
//! What the shares come to and what stays unshared always make up the total; nothing is rounded away.

mod crowd;
mod key;
mod limits;
mod units;

use std::fmt;

use super::number::Number;
pub use crowd::{Units, Weights, share_among_many};

/// By what the total is divided. Weights, parts and portions are never negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    Equally,
    /// In proportion to a weight for each party, such as its inhabitants.
    InProportion(Vec<Number>),
    /// A stated part of the whole for each party; together exactly 1.
    Parts(Vec<Number>),
    /// Portions of the total, each by a key of its own; the portions are together exactly 1. Rounded once, at the end.
    ///
    /// Under limits those below the least are set aside with it, then those above the most, until nothing changes; what is left is
    /// shared by the same portions among the others.
    Mixed(Vec<(Number, Key)>),
}

/// What becomes of what a limit cuts off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rest {
    /// The others take it, in the proportion of the key, as far as their own limits go.
    Refilled,
    /// Nobody takes it; it is stated beside the shares.
    StaysUnshared,
}

/// Who gets the units that rounding down leaves over. A share that comes out even never gets one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remainder {
    /// Those that lost most by rounding down; ties by rank.
    Largest,
    /// The first ones by rank.
    FirstInOrder,
}

/// An amount that the terms name: the same for all parties, or one for each, in their order; `None` for a party that it does not concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForEach {
    Alike(Number),
    Own(Vec<Option<Number>>),
}

/// The terms on which a total is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sharing {
    pub key: Key,
    /// What each pays before the key is applied to the remainder; counts towards the limits.
    pub first_each: Option<ForEach>,
    pub at_most: Option<(ForEach, Rest)>,
    pub at_least: Option<ForEach>,
    /// The unit that shares are whole numbers of, such as 0.01; without it they stay exact.
    pub rounded_to: Option<(Number, Remainder)>,
}

/// What each party gets, in the order of the parties, and what nobody gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    pub each: Vec<Number>,
    /// More than zero only under [`Rest::StaysUnshared`].
    pub unshared: Number,
}

/// Why a total cannot be shared on these terms. Amounts are those of a positive total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SharingProblem {
    NobodyShares,
    /// The key, or an amount for each, has another number of weights, parts or amounts than there are parties.
    WrongCount {
        parties: usize,
        weights: usize,
    },
    /// The weight, part or portion at this place (from 0).
    Negative {
        at: usize,
        number: Number,
    },
    /// What each pays first, at least or at most is less than zero.
    NegativeAmount {
        amount: Number,
    },
    AllWeightsZero,
    /// Parts or portions that do not make up the whole.
    NotTheWhole {
        sum: Number,
    },
    /// What each pays first is more than the total.
    FirstIsMoreThanTotal {
        first: Number,
        total: Number,
    },
    /// The least that each must pay is more than the total.
    AtLeastIsMoreThanTotal {
        least: Number,
        total: Number,
    },
    /// All the limits together do not reach the total, and the rest is to be refilled.
    AtMostIsLessThanTotal {
        most: Number,
        total: Number,
    },
    /// Those who are not at a limit have no weight, so that nobody takes what is left.
    NobodyTakesTheRest {
        left: Number,
    },
    LimitsCross {
        at_least: Number,
        at_most: Number,
    },
    UnitNotPositive {
        unit: Number,
    },
    TotalFinerThanUnit {
        total: Number,
        unit: Number,
    },
    /// A limit that is no whole number of units could not be kept by rounded shares.
    LimitFinerThanUnit {
        limit: Number,
        unit: Number,
    },
}

/// Shares a total among so many parties. A negative total is shared as the mirror image of the positive one.
///
/// `ranks` settles ties: of two parties the one with the lower rank comes first. It is empty, or has a rank for each party;
/// where ranks are missing or alike, the order of the parties decides.
pub fn share(total: &Number, parties: usize, terms: &Sharing, ranks: &[usize]) -> Result<Shares, SharingProblem> {
    if parties == 0 {
        return Err(SharingProblem::NobodyShares);
    }
    in_whole_units(total, terms)?;
    let amounts = terms.first_each.iter().chain(&terms.at_least).chain(terms.at_most.as_ref().map(|(most, _)| most));
    if let Some(weights) = amounts.filter_map(ForEach::parties).find(|named| *named != parties) {
        return Err(SharingProblem::WrongCount { parties, weights });
    }
    let size = total.abs();
    let weights = key::weights(&terms.key, parties)?;
    if limits::sets_aside(terms) {
        let exact = limits::set_aside(&size, parties, terms)?;
        let shares = match &terms.rounded_to {
            None => exact,
            Some((unit, remainder)) => units::rounded(&exact, &size, unit, *remainder, ranks),
        };
        return Ok(if total.is_negative() { shares.mirrored() } else { shares });
    }
    let shares = match &terms.rounded_to {
        None => limits::quotas(&size, &weights, terms)?,
        Some((unit, remainder)) => match units::by_integers(&size, &weights, terms, ranks) {
            Some(shares) => shares,
            None => units::rounded(&limits::quotas(&size, &weights, terms)?, &size, unit, *remainder, ranks),
        },
    };
    Ok(if total.is_negative() { shares.mirrored() } else { shares })
}

impl ForEach {
    /// What it is for the party at a place.
    pub fn of(&self, at: usize) -> Option<&Number> {
        match self {
            ForEach::Alike(amount) => Some(amount),
            ForEach::Own(all) => all.get(at).and_then(Option::as_ref),
        }
    }

    /// All amounts that it names.
    pub fn amounts(&self) -> impl Iterator<Item = &Number> {
        let (alike, own) = match self {
            ForEach::Alike(amount) => (Some(amount), [].as_slice()),
            ForEach::Own(all) => (None, all.as_slice()),
        };
        alike.into_iter().chain(own.iter().flatten())
    }

    /// How many parties it names an amount for, or leaves out; `None` where it is the same for all.
    fn parties(&self) -> Option<usize> {
        if let ForEach::Own(all) = self { Some(all.len()) } else { None }
    }
}

impl From<Number> for ForEach {
    fn from(amount: Number) -> ForEach {
        ForEach::Alike(amount)
    }
}

impl Sharing {
    /// By a key alone: no limits, no rounding.
    pub fn by(key: Key) -> Sharing {
        Sharing { key, first_each: None, at_most: None, at_least: None, rounded_to: None }
    }
}

impl Shares {
    /// All shares and what stays unshared: the total again.
    pub fn total(&self) -> Number {
        self.each.iter().sum::<Number>().plus(&self.unshared)
    }

    fn mirrored(&self) -> Shares {
        Shares { each: self.each.iter().map(Number::negate).collect(), unshared: self.unshared.negate() }
    }
}

/// Units must be able to make up the total and keep the limits.
pub fn in_whole_units(total: &Number, terms: &Sharing) -> Result<(), SharingProblem> {
    let Some((unit, _)) = &terms.rounded_to else { return Ok(()) };
    if *unit <= Number::ZERO {
        return Err(SharingProblem::UnitNotPositive { unit: unit.clone() });
    }
    if !total.is_multiple_of(unit) {
        return Err(SharingProblem::TotalFinerThanUnit { total: total.clone(), unit: unit.clone() });
    }
    let at_most = terms.at_most.as_ref().map(|(limit, _)| limit);
    let mut limits = terms.at_least.iter().chain(at_most).flat_map(ForEach::amounts);
    match limits.find(|limit| !limit.is_multiple_of(unit)) {
        Some(limit) => Err(SharingProblem::LimitFinerThanUnit { limit: limit.clone(), unit: unit.clone() }),
        None => Ok(()),
    }
}

impl fmt::Display for SharingProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SharingProblem::NobodyShares => f.write_str("there is no party to share the cost"),
            SharingProblem::WrongCount { parties, weights } => {
                write!(f, "{parties} parties share the cost, but the key is for {weights}")
            }
            SharingProblem::Negative { number, .. } => write!(f, "a part cannot be negative, such as {number}"),
            SharingProblem::NegativeAmount { amount } => {
                write!(f, "an amount to pay cannot be negative, such as {amount}")
            }
            SharingProblem::AllWeightsZero => {
                f.write_str("all weights are zero, so the cost cannot be shared in proportion")
            }
            SharingProblem::NotTheWhole { sum } => write!(f, "the parts add up to {sum} of the whole, not to 1"),
            SharingProblem::FirstIsMoreThanTotal { first, total } => {
                write!(f, "what each party pays first adds up to {first}, more than the total of {total}")
            }
            SharingProblem::AtLeastIsMoreThanTotal { least, total } => {
                write!(f, "the minimum amounts add up to {least}, more than the total of {total}")
            }
            SharingProblem::NobodyTakesTheRest { left } => {
                write!(f, "the parties that have not reached a limit have no weight, but {left} remains to be shared")
            }
            SharingProblem::AtMostIsLessThanTotal { most, total } => {
                write!(f, "the maximum amounts add up to {most}, less than the total of {total}")
            }
            SharingProblem::LimitsCross { at_least, at_most } => {
                write!(f, "each pays at least {at_least} but at most {at_most}, which is impossible")
            }
            SharingProblem::UnitNotPositive { unit } => write!(f, "amounts cannot be rounded to a unit of {unit}"),
            SharingProblem::TotalFinerThanUnit { total, unit } => {
                write!(f, "the total of {total} is not a whole number of units of {unit}")
            }
            SharingProblem::LimitFinerThanUnit { limit, unit } => {
                write!(f, "the limit of {limit} is not a whole number of units of {unit}")
            }
        }
    }
}
