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
    // Who has more than the cap under the floors that are needed has it under fewer of them, too: caps stay, and each time one is
    // reached the floors are looked for anew.
    let mut capped: Vec<Option<Number>> = vec![None; parties];
    loop {
        let mut each = capped.clone();
        let (open, shares) = loop {
            let (open, shares) = among_the_others(total, &each, terms, &first)?;
            let below = |share: &Number| terms.at_least.as_ref().is_some_and(|least| share < least);
            if !raise(&mut each, open.iter().zip(&shares), below, terms.at_least.as_ref()) {
                break (open, shares);
            }
        };
        let above = |share: &Number| most.as_ref().is_some_and(|most| share > most);
        if raise(&mut capped, open.iter().zip(&shares), above, most.as_ref()) {
            continue;
        }
        if open.is_empty() {
            let set: Number = each.iter().flatten().sum();
            if set != *total {
                return Err(SharingProblem::AtMostIsLessThanTotal { most: set, total: total.clone() });
            }
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
fn raise<'s>(
    each: &mut [Option<Number>],
    shares: impl Iterator<Item = (&'s usize, &'s Number)>,
    past: impl Fn(&Number) -> bool,
    limit: Option<&Number>,
) -> bool {
    let mut any = false;
    for (at, _) in shares.filter(|(_, share)| past(share)) {
        if let Some(slot) = each.get_mut(*at) {
            *slot = limit.cloned();
            any = true;
        }
    }
    any
}

/// Who is not set aside, and what each of them has by the key of what the others leave.
fn among_the_others(
    total: &Number,
    each: &[Option<Number>],
    terms: &Sharing,
    first: &Number,
) -> Result<(Vec<usize>, Vec<Number>), SharingProblem> {
    let open: Vec<usize> = each.iter().enumerate().filter(|(_, one)| one.is_none()).map(|(at, _)| at).collect();
    if open.is_empty() {
        return Ok((open, Vec::new()));
    }
    let left = total.minus(&each.iter().flatten().sum());
    let own = match key::weights_among(&terms.key, &open) {
        // Others have weights.
        Err(SharingProblem::AllWeightsZero) if open.len() < each.len() => {
            return Err(SharingProblem::NobodyTakesTheRest { left });
        }
        own => own?,
    };
    let sum: Number = own.iter().sum();
    let shared = left.minus(&first.times(&Number::count(open.len())));
    let share = |weight: &Number| {
        shared.times(weight).divided_by(&sum).map(|part| first.plus(&part)).ok_or(SharingProblem::AllWeightsZero)
    };
    let shares = own.iter().map(share).collect::<Result<Vec<Number>, SharingProblem>>()?;
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
        // Somebody could have more, but has no weight.
        None if weights.iter().any(Number::is_zero) => {
            Err(SharingProblem::NobodyTakesTheRest { left: total.minus(&fixed) })
        }
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
