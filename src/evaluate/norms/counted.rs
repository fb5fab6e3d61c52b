//! How many times something is to be done, or may be.

use crate::model::clause::{Count, CutCounts, Limit};
use crate::model::expr::Expr;
use crate::plan::{Body, Norm, NormTest};
use crate::value::{CyclePeriod, Number, Stretch};

/// The number of times that ends a right that is used by acts.
pub fn limit_of(body: &Body) -> Option<(Limit, &Expr)> {
    match &body.test {
        NormTest::May { at_most: Some(Count::Times { limit, times }), exercised: None, .. } => {
            most_of(*limit, 0).map(|_| (*limit, times))
        }
        _ => None,
    }
}

/// How often a right may be used. Whoever may do something so many times need not do it once.
pub fn most_of(limit: Limit, times: usize) -> Option<usize> {
    match limit {
        Limit::AtMost | Limit::Exactly => Some(times),
        Limit::LessThan => Some(times.saturating_sub(1)),
        Limit::AtLeast | Limit::MoreThan => None,
    }
}

/// How many times keep a number that is no whole one: at least 2.5 are kept by 3, at most 2.5 by 2; in proportion to the part of a first
/// or last period that counts so, rounded up. So many that nobody can count them are the most that there can be.
pub fn times_of(
    (norm, period): (&Norm, Option<CyclePeriod>),
    binds: Stretch,
    (number, limit): (&Number, Limit),
) -> Option<usize> {
    let rounded_up = |number: Number, part: &Number| number.times(part).ceil();
    let number = match (part_of((norm, period), binds), limit) {
        (Some(part), Limit::AtLeast | Limit::AtMost | Limit::Exactly) => rounded_up(number.clone(), &part),
        // More than 2 times are at least 3, and fewer than 3 at most 2, in a part of a period, too.
        (Some(part), Limit::MoreThan) => rounded_up(number.floor().plus(&Number::ONE), &part).minus(&Number::ONE),
        (Some(part), Limit::LessThan) => rounded_up(number.ceil().minus(&Number::ONE), &part).plus(&Number::ONE),
        (None, Limit::AtLeast | Limit::LessThan | Limit::Exactly) => number.ceil(),
        (None, Limit::AtMost | Limit::MoreThan) => number.floor(),
    };
    match number.to_i64() {
        Some(times) => usize::try_from(times).ok(),
        None => (number > Number::ZERO).then_some(usize::MAX),
    }
}

/// How often a right may be used, whose number is no whole one either.
pub fn uses_of(of: (&Norm, Option<CyclePeriod>), binds: Stretch, (number, limit): (&Number, Limit)) -> Option<usize> {
    most_of(limit, times_of(of, binds, (number, as_right(limit)))?)
}

/// What a limit is in a right: whoever may do something so many times may do it that often at most.
pub fn as_right(limit: Limit) -> Limit {
    if limit == Limit::Exactly { Limit::AtMost } else { limit }
}

/// An amount in proportion to the part of a first or last period that counts so.
pub fn in_proportion((norm, period): (&Norm, Option<CyclePeriod>), binds: Stretch, number: Number) -> Number {
    part_of((norm, period), binds).map_or(number.clone(), |share| number.times(&share))
}

/// The part of a first or last period that counts in proportion. Of one that is cut short at both ends, as far as it is said how both
/// count.
pub fn part_of(of: (&Norm, Option<CyclePeriod>), binds: Stretch) -> Option<Number> {
    let (counted, all) = days_of_part(of, binds)?;
    Number::ratio(i64::from(counted), i64::from(all))
}

/// The days of that part, and those of the whole period.
pub fn days_of_part((norm, period): (&Norm, Option<CyclePeriod>), binds: Stretch) -> Option<(i32, i32)> {
    use CutCounts::{InProportion, Whole};
    let period = period?;
    let (all, part) = (period.stretch, period.stretch.intersect(binds));
    let first = (part.from > all.from).then_some(norm.first_period);
    let last = (part.until < all.until).then_some(norm.last_period);
    let counted = match (first, last) {
        (Some(Some(InProportion)), None | Some(Some(Whole))) => Stretch { from: part.from, ..all },
        (None | Some(Some(Whole)), Some(Some(InProportion))) => Stretch { until: part.until, ..all },
        (Some(Some(InProportion)), Some(Some(InProportion))) => part,
        (_, _) => return None,
    };
    Some((counted.days(), all.days()))
}

/// How a period counts of which only a part binds, as far as the policy says so.
pub fn counts_as(norm: &Norm, period: Option<CyclePeriod>, binds: Stretch) -> Option<CutCounts> {
    let all = period?.stretch;
    let part = all.intersect(binds);
    match (part.from > all.from, part.until < all.until) {
        (false, false) => None,
        (true, false) => norm.first_period,
        (false, true) => norm.last_period,
        (true, true) => cut_at_both_ends(norm.first_period, norm.last_period),
    }
}

/// How a period counts that is the first and the last: not at all, where one line says so and the other is silent; else as both say.
pub fn cut_at_both_ends(first: Option<CutCounts>, last: Option<CutCounts>) -> Option<CutCounts> {
    use CutCounts::{InProportion, NotAtAll, Whole};
    match (first, last) {
        (Some(NotAtAll), None | Some(NotAtAll)) | (None, Some(NotAtAll)) => Some(NotAtAll),
        (Some(Whole | InProportion), Some(Whole | InProportion)) => Some(Whole),
        (_, _) => None,
    }
}
