//! Exact shares within limits: one rate for all, so that each pays what it pays first plus its weight times the rate,
//! but not less than the least and not more than the most. The rate is the one at which the shares come to the total.

use super::{ForEach, Key, Rest, Shares, Sharing, SharingProblem, key};
use crate::value::number::Number;

/// What a party pays before the rate counts, and the limits that the rate must work around.
struct Bounds {
    first: Number,
    least: Option<Number>,
    most: Option<Number>,
}

/// The bounds of each party, in their order.
fn bounds(parties: usize, terms: &Sharing) -> Vec<Bounds> {
    let of = |at: usize| Bounds {
        first: terms.first_each.as_ref().and_then(|first| first.of(at)).cloned().unwrap_or_default(),
        least: terms.at_least.as_ref().and_then(|least| least.of(at)).cloned(),
        most: match &terms.at_most {
            Some((most, Rest::Refilled)) => most.of(at).cloned(),
            Some((_, Rest::StaysUnshared)) | None => None,
        },
    };
    (0..parties).map(of).collect()
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
    let bounds = bounds(weights.len(), terms);
    check_amounts(total, terms, &bounds)?;
    let rate = rate(total, weights, &bounds)?;
    let each = weights.iter().zip(&bounds).map(|(weight, own)| own.share(weight, &rate)).collect();
    Ok(cut(total, each, terms))
}

/// Whether limits have to be kept one after the other: under a mixed key, whose portions are shared anew among those that are not at a
/// limit, and where there are both floors and caps. One kind of limit on a single key leaves one rate for all.
pub(super) fn sets_aside(terms: &Sharing) -> bool {
    let refilled = matches!(terms.at_most, Some((_, Rest::Refilled)));
    match (terms.at_least.is_some(), refilled) {
        (true, true) => true,
        (true, false) | (false, true) => matches!(terms.key, Key::Mixed(_)),
        (false, false) => false,
    }
}

/// The exact shares within limits: floors first, then caps, repeated until nothing changes. Those at a limit are set
/// aside, and the total less what they have is shared by the same key among the others.
pub(super) fn set_aside(total: &Number, parties: usize, terms: &Sharing) -> Result<Shares, SharingProblem> {
    let bounds = bounds(parties, terms);
    check_amounts(total, terms, &bounds)?;
    let (mut each, mut capped): (Vec<Option<Number>>, Vec<Option<Number>>) = (vec![None; parties], vec![None; parties]);
    let mut looked_anew = None;
    loop {
        let (open, shares) = among_the_others(total, &each, &terms.key, &bounds)?;
        let shared = || open.iter().zip(&shares).filter_map(|(at, share)| Some((*at, share, bounds.get(*at)?)));
        let below: Vec<(usize, &Number)> = shared()
            .filter_map(|(at, share, own)| own.least.as_ref().filter(|least| share < *least).map(|least| (at, least)))
            .collect();
        if set(&mut each, &below) {
            continue;
        }
        let above: Vec<(usize, &Number)> = shared()
            .filter_map(|(at, share, own)| own.most.as_ref().filter(|most| share > *most).map(|most| (at, most)))
            .collect();
        if set(&mut capped, &above) {
            set(&mut each, &above);
            continue;
        }
        let set: Number = each.iter().flatten().sum();
        if open.is_empty() && set != *total {
            let caps = capped.iter().flatten().count();
            if looked_anew == Some(caps) || caps == parties {
                return Err(SharingProblem::AtMostIsLessThanTotal { most: set, total: total.clone() });
            }
            // All are at a limit and something is left: what the caps leave is shared by those who were at a floor.
            looked_anew = Some(caps);
            each.clone_from(&capped);
            continue;
        }
        for (at, share) in open.into_iter().zip(shares) {
            if let Some(slot) = each.get_mut(at) {
                *slot = Some(share);
            }
        }
        return Ok(cut(total, each.into_iter().flatten().collect(), terms));
    }
}

/// Sets those who are past a limit to it; whether there were any.
fn set(each: &mut [Option<Number>], past: &[(usize, &Number)]) -> bool {
    for (at, limit) in past {
        if let Some(slot) = each.get_mut(*at) {
            *slot = Some((*limit).clone());
        }
    }
    !past.is_empty()
}

/// Who is not set aside, and what each of them has by the key of what the others leave.
fn among_the_others(
    total: &Number,
    each: &[Option<Number>],
    by: &Key,
    bounds: &[Bounds],
) -> Result<(Vec<usize>, Vec<Number>), SharingProblem> {
    let open: Vec<usize> = each.iter().enumerate().filter(|(_, one)| one.is_none()).map(|(at, _)| at).collect();
    if open.is_empty() {
        return Ok((open, Vec::new()));
    }
    let left = total.minus(&each.iter().flatten().sum());
    let own = match key::weights_among(by, &open) {
        // Others have weights.
        Err(SharingProblem::AllWeightsZero) if open.len() < each.len() => {
            return Err(SharingProblem::NobodyTakesTheRest { left });
        }
        own => own?,
    };
    let sum: Number = own.iter().sum();
    let firsts: Vec<&Number> = open.iter().filter_map(|at| bounds.get(*at)).map(|own| &own.first).collect();
    let shared = left.minus(&firsts.iter().copied().sum());
    let share = |(weight, first): (&Number, &Number)| {
        shared.times(weight).divided_by(&sum).map(|part| first.plus(&part)).ok_or(SharingProblem::AllWeightsZero)
    };
    let shares = own.iter().zip(firsts).map(share).collect::<Result<Vec<Number>, SharingProblem>>()?;
    Ok((open, shares))
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
            let capped = |(at, share): (usize, Number)| match most.of(at) {
                Some(most) => share.min(most.clone()),
                None => share,
            };
            let each: Vec<Number> = each.into_iter().enumerate().map(capped).collect();
            let unshared = total.minus(&each.iter().sum());
            Shares { each, unshared }
        }
        Some((_, Rest::Refilled)) | None => Shares { each, unshared: Number::ZERO },
    }
}

fn check_amounts(total: &Number, terms: &Sharing, bounds: &[Bounds]) -> Result<(), SharingProblem> {
    let at_most = terms.at_most.as_ref().map(|(most, _)| most);
    let mut amounts = terms.first_each.iter().chain(&terms.at_least).chain(at_most).flat_map(ForEach::amounts);
    if let Some(amount) = amounts.find(|amount| amount.is_negative()) {
        return Err(SharingProblem::NegativeAmount { amount: amount.clone() });
    }
    for (at, own) in bounds.iter().enumerate() {
        if let (Some(at_least), Some(at_most)) = (&own.least, at_most.and_then(|most| most.of(at)))
            && at_most < at_least
        {
            return Err(SharingProblem::LimitsCross { at_least: at_least.clone(), at_most: at_most.clone() });
        }
    }
    let first: Number = bounds.iter().map(|own| &own.first).sum();
    if first > *total {
        return Err(SharingProblem::FirstIsMoreThanTotal { first, total: total.clone() });
    }
    let least: Vec<Number> = bounds.iter().map(|own| own.share(&Number::ZERO, &Number::ZERO)).collect();
    let least: Number = least.iter().sum();
    if least > *total {
        return Err(SharingProblem::AtLeastIsMoreThanTotal { least, total: total.clone() });
    }
    Ok(())
}

/// The rate at which the shares come to the total.
fn rate(total: &Number, weights: &[Number], bounds: &[Bounds]) -> Result<Number, SharingProblem> {
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
        // Somebody could have more, but has no weight.
        None if weights.iter().any(Number::is_zero) => {
            Err(SharingProblem::NobodyTakesTheRest { left: total.minus(&fixed) })
        }
        None => Err(SharingProblem::AtMostIsLessThanTotal { most: fixed, total: total.clone() }),
    }
}

impl Line {
    fn of(weights: &[Number], bounds: &[Bounds]) -> Line {
        let mut line = Line { fixed: Number::ZERO, slope: Number::ZERO, turns: Vec::new() };
        for (weight, own) in weights.iter().zip(bounds) {
            line.add(weight, own);
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
