//! Exact shares within limits: one rate for all, so that each pays what it pays first plus its weight times the rate,
//! but not less than the least and not more than the most. The rate is the one at which the shares come to the total.

use super::{Key, Rest, Shares, Sharing, SharingProblem, key};
use crate::value::number::Number;

/// What each pays before the rate counts, and the limits that the rate must work around.
struct Bounds {
    first: Number,
    least: Option<Number>,
    most: Option<Number>,
}

/// A rate at which a party leaves a limit or reaches one: from there on `fixed` and `slope` are that much more.
struct Turn {
    rate: Number,
    fixed: Number,
    slope: Number,
}

/// The sum of all shares at a rate is `fixed + rate × slope`, up to the next turn.
struct Line {
    fixed: Number,
    slope: Number,
    turns: Vec<Turn>,
}

/// The exact shares of a total that is not negative.
pub(super) fn quotas(total: &Number, weights: &[Number], terms: &Sharing) -> Result<Shares, SharingProblem> {
    let refilled = match &terms.at_most {
        Some((most, Rest::Refilled)) => Some(most.clone()),
        Some((_, Rest::StaysUnshared)) | None => None,
    };
    let first = terms.first_each.clone().unwrap_or_default();
    let bounds = Bounds { first, least: terms.at_least.clone(), most: refilled };
    check_amounts(total, weights, terms, &bounds)?;
    let rate = rate(total, weights, &bounds)?;
    let each = weights.iter().map(|weight| bounds.share(weight, &rate)).collect();
    Ok(cut(total, each, terms))
}

/// Whether limits have to be kept under a mixed key: its portions are shared anew among those that are not at a limit.
pub(super) fn sets_aside(terms: &Sharing) -> bool {
    let refilled = matches!(terms.at_most, Some((_, Rest::Refilled)));
    matches!(terms.key, Key::Mixed(_)) && (terms.at_least.is_some() || refilled)
}

/// The exact shares of a mixed key within limits: floors first, then caps, repeated until nothing changes. Those at a limit are set
/// aside, and the total less what they have is shared by the same key among the others.
pub(super) fn set_aside(
    total: &Number,
    parties: usize,
    weights: &[Number],
    terms: &Sharing,
) -> Result<Shares, SharingProblem> {
    let most = match &terms.at_most {
        Some((most, Rest::Refilled)) => Some(most.clone()),
        Some((_, Rest::StaysUnshared)) | None => None,
    };
    let first = terms.first_each.clone().unwrap_or_default();
    let bounds = Bounds { first: first.clone(), least: terms.at_least.clone(), most: most.clone() };
    check_amounts(total, weights, terms, &bounds)?;
    let mut each: Vec<Option<Number>> = vec![None; parties];
    loop {
        let open: Vec<usize> = each.iter().enumerate().filter(|(_, one)| one.is_none()).map(|(at, _)| at).collect();
        let set: Number = each.iter().flatten().sum();
        let left = total.minus(&set);
        if open.is_empty() {
            let shares: Vec<Number> = each.into_iter().flatten().collect();
            return if left.is_zero() {
                Ok(cut(total, shares, terms))
            } else {
                Err(SharingProblem::AtMostIsLessThanTotal { most: set, total: total.clone() })
            };
        }
        let own = key::weights_among(&terms.key, &open)?;
        let sum: Number = own.iter().sum();
        let shared = left.minus(&first.times(&Number::count(open.len())));
        let share = |weight: &Number| {
            shared.times(weight).divided_by(&sum).map(|part| first.plus(&part)).ok_or(SharingProblem::AllWeightsZero)
        };
        let shares: Vec<Number> = own.iter().map(share).collect::<Result<_, _>>()?;
        let below = |one: &Number| terms.at_least.as_ref().is_some_and(|least| one < least);
        let above = |one: &Number| most.as_ref().is_some_and(|most| one > most);
        let limit = if shares.iter().any(below) { terms.at_least.clone() } else { most.clone() };
        let floors = shares.iter().any(below);
        let mut changed = false;
        for (at, share) in open.iter().zip(&shares) {
            let reached = if floors { below(share) } else { above(share) };
            if let (true, Some(slot)) = (reached, each.get_mut(*at)) {
                slot.clone_from(&limit);
                changed = true;
            }
        }
        if !changed {
            for (at, share) in open.iter().zip(shares) {
                if let Some(slot) = each.get_mut(*at) {
                    *slot = Some(share);
                }
            }
            return Ok(cut(total, each.into_iter().flatten().collect(), terms));
        }
    }
}

impl Bounds {
    fn within(&self, share: Number) -> Number {
        let raised = match &self.least {
            Some(least) => share.max(least.clone()),
            None => share,
        };
        match &self.most {
            Some(most) => raised.min(most.clone()),
            None => raised,
        }
    }

    fn share(&self, weight: &Number, rate: &Number) -> Number {
        self.within(self.first.plus(&weight.times(rate)))
    }
}

/// What stays unshared is cut off after the key and the least have been applied.
fn cut(total: &Number, each: Vec<Number>, terms: &Sharing) -> Shares {
    match &terms.at_most {
        Some((most, Rest::StaysUnshared)) => {
            let each: Vec<Number> = each.into_iter().map(|share| share.min(most.clone())).collect();
            let unshared = total.minus(&each.iter().sum());
            Shares { each, unshared }
        }
        Some((_, Rest::Refilled)) | None => Shares { each, unshared: Number::ZERO },
    }
}

fn check_amounts(total: &Number, weights: &[Number], terms: &Sharing, bounds: &Bounds) -> Result<(), SharingProblem> {
    let at_most = terms.at_most.as_ref().map(|(most, _)| most);
    let mut amounts = terms.first_each.iter().chain(&terms.at_least).chain(at_most);
    if let Some(amount) = amounts.find(|amount| amount.is_negative()) {
        return Err(SharingProblem::NegativeAmount { amount: amount.clone() });
    }
    if let (Some(at_least), Some(at_most)) = (&terms.at_least, at_most)
        && at_most < at_least
    {
        return Err(SharingProblem::LimitsCross { at_least: at_least.clone(), at_most: at_most.clone() });
    }
    let parties = Number::count(weights.len());
    let first = bounds.first.times(&parties);
    if first > *total {
        return Err(SharingProblem::FirstIsMoreThanTotal { first, total: total.clone() });
    }
    let least = bounds.share(&Number::ZERO, &Number::ZERO).times(&parties);
    if least > *total {
        return Err(SharingProblem::AtLeastIsMoreThanTotal { least, total: total.clone() });
    }
    Ok(())
}

/// The rate at which the shares come to the total.
fn rate(total: &Number, weights: &[Number], bounds: &Bounds) -> Result<Number, SharingProblem> {
    let mut line = Line::of(weights, bounds);
    line.turns.sort_by(|one, other| one.rate.cmp(&other.rate));
    let (mut fixed, mut slope, mut reached) = (line.fixed, line.slope, Number::ZERO);
    for turn in &line.turns {
        if fixed.plus(&slope.times(&turn.rate)) >= *total {
            break;
        }
        fixed = fixed.plus(&turn.fixed);
        slope = slope.plus(&turn.slope);
        reached.clone_from(&turn.rate);
    }
    match total.minus(&fixed).divided_by(&slope) {
        Some(rate) => Ok(rate),
        // Nobody's share grows at the rate reached: they come to the total there, or never.
        None if fixed == *total => Ok(reached),
        None => Err(SharingProblem::AtMostIsLessThanTotal { most: fixed, total: total.clone() }),
    }
}

impl Line {
    fn of(weights: &[Number], bounds: &Bounds) -> Line {
        let mut line = Line { fixed: Number::ZERO, slope: Number::ZERO, turns: Vec::new() };
        for weight in weights {
            line.add(weight, bounds);
        }
        line
    }

    fn add(&mut self, weight: &Number, bounds: &Bounds) {
        let first = &bounds.first;
        let at_once = bounds.within(first.clone());
        self.fixed = self.fixed.plus(&at_once);
        let leaves = |limit: &Number| limit.minus(first).divided_by(weight);
        if weight.is_zero() || bounds.most.as_ref().is_some_and(|most| *most <= at_once) {
            return;
        }
        match bounds.least.as_ref().filter(|least| *least > first).and_then(leaves) {
            Some(rate) => self.turns.push(Turn { rate, fixed: first.minus(&at_once), slope: weight.clone() }),
            None => self.slope = self.slope.plus(weight),
        }
        if let Some((most, rate)) = bounds.most.as_ref().and_then(|most| Some((most, leaves(most)?))) {
            self.turns.push(Turn { rate, fixed: most.minus(first), slope: weight.negate() });
        }
    }
}
