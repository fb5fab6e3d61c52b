//! How many there are, or how much, beside what is asked for: `1 of 2`, `SEK 60 000 of SEK 90 000`.

use super::detail::walk;
use super::step::{asked_for, limit_words};
use crate::facts::{Cell, CellId, Word};
use crate::model::clause::{Count, Limit, Strength};
use crate::model::expr::{Expr, ExprKind, Ty};
use crate::model::schema::FieldId;
use crate::plan::NormTest;
use crate::report::names::Names;
use crate::value::{Currency, Money, Number};
use crate::verdict::{Fit, Instance, Judged, Mark, Reason, Said, ShareOf, Status};

/// `1 of 2`, `3 of at most 2`, `3 of 8 to 12`: how many there are, beside what is asked for.
pub fn tally(names: &Names, judged: &Judged) -> Option<String> {
    if let Some(counted) = counted(names, judged) {
        return Some(counted);
    }
    let (have, need) = judged.progress.as_ref()?;
    let bodies = names.norm(&judged.verdict.instance).into_iter().flat_map(|norm| &norm.bodies);
    let counts: Vec<Option<&Count>> = bodies.map(|body| count_of(&body.test)).collect();
    let right = names.strength(&judged.verdict.instance) == Strength::May;
    let asked = match counts.first().copied().flatten().filter(|_| counts.len() == 1) {
        // Of a right it is how often it may be used, also where no use of it was counted against that.
        Some(Count::Times { limit, times }) if right && literal(times).is_some() => {
            let times = literal(times).map_or_else(|| need.clone(), |times| judged.compared(times));
            format!("{} {times}", limit_words(*limit))
        }
        Some(Count::Amount { .. }) => return Some(progress_of(names, &judged.verdict.instance, (have, need))),
        Some(Count::Times { limit: Limit::AtMost | Limit::LessThan, .. }) => format!("at most {need}"),
        Some(Count::OfEach { least, field, options }) => {
            let lacking = lacking(names, judged, (*least, *field), options);
            let lacking = if lacking.is_empty() { String::new() } else { format!(", lacking {}", lacking.join(", ")) };
            format!("{need}{lacking}")
        }
        Some(Count::Times { limit: Limit::Exactly, .. }) => format!("exactly {need}"),
        Some(Count::About { least, most, floor, .. }) => match (literal(least), literal(most)) {
            (Some(least), Some(most)) => {
                let range = format!("{} to {}", judged.compared(least), judged.compared(most));
                match floor.as_ref().and_then(literal) {
                    Some(floor) => format!("{range}, at least {}", judged.compared(floor)),
                    None => range,
                }
            }
            (_, _) => need.to_string(),
        },
        _ => need.to_string(),
    };
    // Of a right that may be used as often as one likes nothing is missing.
    (!right || counts.iter().any(Option::is_some)).then(|| format!("{have} of {asked}"))
}

/// `1 of 2`; in money where money is to be paid: `SEK 60 000 of SEK 90 000`.
pub fn progress_of(names: &Names, instance: &Instance, (have, need): (&Number, &Number)) -> String {
    let bodies = names.norm(instance).into_iter().flat_map(|norm| &norm.bodies);
    let money = bodies.into_iter().find_map(|body| match &body.test {
        NormTest::Happens { count: Count::Amount { amount, .. }, .. } if amount.ty == Ty::Money => {
            currency_of(names, amount)
        }
        NormTest::PaysShare(_) => names.plan.currency,
        _ => None,
    });
    match money {
        Some(currency) => {
            let in_money = |amount: &Number| Money { amount: amount.clone(), currency }.to_string();
            format!("{} of {}", in_money(have), in_money(need))
        }
        None => format!("{have} of {need}"),
    }
}

/// The currency of an amount of money, as it is written; else the agreement's.
fn currency_of(names: &Names, amount: &Expr) -> Option<Currency> {
    match &amount.kind {
        ExprKind::Money(money) => Some(money.currency),
        ExprKind::Plus(left, _) | ExprKind::Minus(left, _) | ExprKind::DividedBy(left, _) => currency_of(names, left),
        ExprKind::Times(left, right) => currency_of(names, if left.ty == Ty::Money { left } else { right }),
        ExprKind::Rounded { of, .. } | ExprKind::OnDay { of, .. } => currency_of(names, of),
        ExprKind::Value(value) => {
            let first = names.plan.value(*value).and_then(|value| value.amounts.first());
            first.and_then(|first| currency_of(names, &first.amount))
        }
        _ => names.plan.currency,
    }
}

/// The kinds of which there are too few.
fn lacking<'o>(names: &Names, judged: &Judged, (least, field): (u32, FieldId), options: &'o [String]) -> Vec<&'o str> {
    let text = |word: Word| names.facts.words.text(word);
    let words = |record, row| match names.facts.cell(CellId { record, row, field }) {
        Cell::Word(word) => vec![text(word)],
        Cell::Set(items) => items.iter().map(|item| text(Word(*item))).collect(),
        _ => Vec::new(),
    };
    let kinds: Vec<&str> = judged.evidence.iter().flat_map(|(record, row)| words(*record, *row)).collect();
    let too_few = |option: &&String| {
        let count = kinds.iter().filter(|kind| **kind == option.as_str()).count();
        u32::try_from(count).is_ok_and(|count| count < least)
    };
    options.iter().filter(too_few).map(String::as_str).collect()
}

fn count_of(test: &NormTest) -> Option<&Count> {
    match test {
        NormTest::Happens { count, .. } => Some(count),
        NormTest::May { at_most, .. } => at_most.as_ref(),
        _ => None,
    }
}

fn literal(amount: &Expr) -> Option<&Number> {
    match &amount.kind {
        ExprKind::Number(number) => Some(number),
        _ => None,
    }
}

/// What was counted on a day, part by part: `1 of 5 to 7`, `3 of 4 where side is council`. Of what is broken, only what is.
fn counted(names: &Names, judged: &Judged) -> Option<String> {
    let mut found: Vec<&Reason> = Vec::new();
    walk(&judged.reason, &mut |one| {
        if matches!(one.said, Said::Counted { .. }) {
            found.push(one);
        }
    });
    let several = found.len() > 1;
    let wrong = judged.verdict.status != Status::Satisfied;
    let told = found.iter().filter(|one| !wrong || one.mark != Mark::Yes).filter_map(|one| match &one.said {
        Said::Counted { least, most, asked } => {
            let count = match most {
                Some(most) if most == least => least.to_string(),
                Some(most) => format!("{least} to {most}"),
                None => format!("at least {least}"),
            };
            let words = one.policy.map_or_else(String::new, |place| names.words(place));
            let of_which = words.split_once(" where ").map_or_else(String::new, |(_, which)| format!(" where {which}"));
            let of_which = if several { of_which } else { String::new() };
            Some(format!("{count} of {}{of_which}", asked_for(asked)))
        }
        _ => None,
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// How much of a share was paid: `SEK 60 000 of SEK 90 000`. Of a cost, what is shared among how many.
pub fn amount(names: &Names, judged: &Judged) -> Option<String> {
    let bodies = &names.norm(&judged.verdict.instance)?.bodies;
    if bodies.iter().any(|body| matches!(body.test, NormTest::PaysShare(_))) {
        let (have, need) = judged.progress.as_ref()?;
        let currency = judged.shares.first().map(|share| share.amount.currency)?;
        let money = |amount: &Number| Money { amount: amount.clone(), currency }.to_string();
        return Some(format!("{} of {}", money(have), money(need)));
    }
    if !bodies.iter().any(|body| matches!(body.test, NormTest::Shared { .. })) {
        return None;
    }
    let parties = judged.shares.iter().filter(|share| share.who != ShareOf::Nobody);
    let count = parties.clone().count();
    let mut shares = judged.shares.iter().map(|share| &share.amount);
    let first = shares.next()?.clone();
    let total = shares.try_fold(first, |sum, one| sum.plus(one))?;
    let among = match (count, parties.clone().next()) {
        (1, Some(only)) => format!("{total} borne by {}", names.share_of(only.who)),
        (many, _) => format!("{total} shared among {many}"),
    };
    let billed = parties.clone().filter(|share| share.billed.as_ref() == Some(&share.amount)).count();
    // What came too early pays nothing.
    let billed = match &judged.progress {
        Some((have, _)) if came_too_early(&judged.reason) => {
            have.to_i64().and_then(|have| usize::try_from(have).ok()).map_or(billed, |have| have.min(billed))
        }
        _ => billed,
    };
    let looked_at = bodies.iter().any(|body| matches!(&body.test, NormTest::Shared { billed: Some(_), .. }));
    Some(match looked_at {
        true if billed == count => format!("{among}, all billed in full"),
        true => format!("{among}, {billed} of {count} billed in full"),
        false => among,
    })
}

fn came_too_early(reason: &Reason) -> bool {
    matches!(reason.said, Said::Evidence { fit: Fit::TooEarly, .. }) || reason.because.iter().any(came_too_early)
}

/// Whether so many are asked for that how many there are says more than the day of one.
pub fn counts_several(names: &Names, judged: &Judged) -> bool {
    let norm = names.norm(&judged.verdict.instance);
    let watched = norm.into_iter().flat_map(|norm| &norm.bodies).any(|body| {
        matches!(body.test, NormTest::Numbers { .. } | NormTest::Limit { .. })
            || matches!(count_of(&body.test), Some(Count::Times { limit: Limit::AtMost | Limit::LessThan, .. }))
    });
    let right = names.strength(&judged.verdict.instance) == Strength::May;
    watched || (!right && judged.progress.as_ref().is_some_and(|(_, need)| *need > Number::from(1)))
}
