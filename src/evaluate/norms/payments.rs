//! Payments in the order of their days: when they have come to an amount, and what is paid back.

use crate::value::{Day, Number};
use crate::verdict::{LastDay, Status};

use super::tally::Counts;
use crate::evaluate::expr::frame::{Frame, Passed};
use crate::evaluate::knowledge::known::{Bounds, DayBounds};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;

/// What was paid: when, how that counts, and how much of it pays what is owed.
#[derive(Clone, Debug)]
pub struct Payment {
    pub day: Option<DayBounds>,
    pub counts: Counts,
    pub amount: Bounds,
    /// What leaves it open is on file.
    pub on_file: bool,
}

/// The day from which on payments have come to an amount: what was paid back is paid anew.
pub fn paid_up_on(mut payments: Vec<(Day, Number)>, amount: &Number) -> Option<Day> {
    payments.sort_by_key(|(day, _)| *day);
    let (mut paid, mut full) = (Number::ZERO, None);
    for of_one_day in payments.chunk_by(|(day, _), (next, _)| day == next) {
        for (_, one) in of_one_day {
            paid = paid.plus(one);
        }
        let day = of_one_day.first().map(|(day, _)| *day);
        full = if paid >= *amount { full.or(day) } else { None };
    }
    full
}

/// What is paid back is taken first from what came too early: from these payments in the order of their days, as far as that goes.
pub fn less_what_came_too_early<K: Copy + Ord>(payments: &mut [(K, Number)], too_early: &Number) {
    payments.sort_by_key(|(day, _)| *day);
    let mut left = too_early.clone().max(Number::ZERO);
    for (_, amount) in payments.iter_mut().filter(|(_, amount)| *amount < Number::ZERO) {
        let taken = left.clone().min(Number::ZERO.minus(amount));
        left = left.minus(&taken);
        *amount = amount.plus(&taken);
    }
}

/// Whether amounts that cannot be added up may come to more than nothing, and to less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NotAdded {
    pub more: bool,
    pub less: bool,
}

/// Whether payments that nobody has written down may have come in time, and at all, and on which day the first of them. What was paid is
/// not taken to have been paid back unless that is on file.
#[derive(Clone, Copy, Debug)]
pub struct Unlisted {
    pub in_time: bool,
    pub done: bool,
    pub since: Option<Day>,
}

/// The day on which payments had come to an amount, where that is the same by whatever is open of them.
fn paid_up(payments: &[(DayBounds, Bounds)], amount: &Number) -> Option<Day> {
    // At best what is paid came early and what is paid back late; at worst the other way round.
    let by = |of: fn(&Bounds) -> &Option<Number>, paid_first: bool| {
        let each = payments.iter().map(|(day, amount)| {
            let amount = of(amount).clone()?;
            let first = (amount >= Number::ZERO) == paid_first;
            Some((if first { day.first } else { day.last }, amount))
        });
        each.collect::<Option<Vec<_>>>().and_then(|payments| paid_up_on(payments, amount))
    };
    let best = by(|amount| &amount.most, true)?;
    by(|amount| &amount.least, false).filter(|worst| *worst == best)
}

/// Whether payments come to what is owed: in time, late, or not.
pub fn settled(
    mut payments: Vec<Payment>,
    needed: &Bounds,
    (frame, as_of, goes_on): (Frame, Day, bool),
    (open, unlisted): (NotAdded, Unlisted),
) -> Outcome {
    take_from_what_came_too_early(&mut payments, frame.first_bounds().1);
    let nothing = || Bounds::exactly(Number::ZERO);
    let (mut in_time, mut on_file, mut done) = (nothing(), nothing(), nothing());
    let mut by_day: Vec<(DayBounds, Bounds)> = Vec::new();
    let mut late: Vec<(DayBounds, Bounds)> = Vec::new();
    for Payment { day, counts, amount, on_file: is_on_file } in payments {
        let may_be_in_time = match counts {
            Counts::InTime => true,
            Counts::Open { in_time, .. } => in_time,
            Counts::Late => false,
            Counts::TooEarly | Counts::Not => continue,
        };
        done = done.plus(&amount);
        let day = day.unwrap_or(DayBounds::within(Day::MIN, Day::MAX));
        by_day.push((day, amount.clone()));
        if may_be_in_time {
            in_time = in_time.plus(&amount);
            if is_on_file {
                on_file = on_file.plus(&amount);
            }
        } else {
            late.push((day, amount));
        }
    }
    let full = |paid: &Bounds| paid.less(needed).opposite();
    let mut in_time = kept(in_time, &late);
    // What is on file may have paid it already.
    let perhaps = open != NotAdded::default() || full(&kept(on_file, &late)) == Truth::Open;
    if open.more || unlisted.in_time {
        in_time.most = None;
    }
    if open.more || unlisted.done {
        done.most = None;
    }
    // What is not added up may have been paid back.
    if open.less {
        (in_time.least, done.least) = (None, None);
    }
    let passed = frame.passed(as_of);
    let status = match (full(&in_time), full(&done), passed) {
        (Truth::Yes, _, _) => Status::Satisfied,
        (Truth::No, _, Passed::No) => Status::Pending,
        // What only something that is not on file could still pay is pending, as long as it can be paid.
        (_, _, Passed::No) if goes_on && !perhaps => Status::Pending,
        (_, _, Passed::No) => Status::Unknown,
        (Truth::No, Truth::Yes, Passed::Yes) => Status::Late,
        (_, Truth::No, Passed::Yes) => Status::Violated,
        (_, _, _) => Status::Unknown,
    };
    let mut outcome = Outcome { first: frame.first_day(), last: frame.last_day(), ..Outcome::of(status) };
    outcome.not_in_time = passed == Passed::Yes && full(&in_time).is_no();
    outcome.progress = done.least.clone().zip(needed.exact().cloned());
    if let (LastDay::On(last), Some(paid)) = (outcome.last, needed.exact().and_then(|needed| paid_up(&by_day, needed)))
    {
        // With another one possibly earlier, the day on which it was paid up is not certain.
        let certain = open == NotAdded::default() && unlisted.since.is_none_or(|since| since >= paid);
        outcome.days = match status {
            Status::Late if certain => Some(last.days_until(paid)),
            Status::Satisfied => Some(paid.days_until(last)),
            _ => None,
        };
    }
    outcome
}

/// What was paid back is taken first from what came too early. Where not all of that is known, it may be taken from it or not.
fn take_from_what_came_too_early(payments: &mut [Payment], first: Day) {
    let may_be_early = |one: &&Payment| match one.counts {
        Counts::TooEarly => true,
        Counts::Open { .. } => one.day.is_none_or(|day| day.first < first),
        Counts::InTime | Counts::Late | Counts::Not => false,
    };
    let nothing = Bounds::exactly(Number::ZERO);
    let early = payments.iter().filter(may_be_early).fold(nothing, |sum, one| sum.plus(&one.amount));
    let pays = |one: &Payment| !matches!(one.counts, Counts::TooEarly | Counts::Not);
    let back = |one: &Payment| pays(one) && one.amount.least.as_ref().is_some_and(|least| *least < Number::ZERO);
    let day = |one: &Payment| one.day.and_then(DayBounds::exact);
    let known = |at: usize, one: &Payment| Some(((day(one)?, at), one.amount.exact()?.clone()));
    let refunds: Vec<usize> = (0..).zip(&*payments).filter(|(_, one)| back(one)).map(|(at, _)| at).collect();
    let exactly = refunds.iter().map(|at| known(*at, payments.get(*at)?)).collect::<Option<Vec<_>>>();
    match (early.exact(), exactly) {
        (Some(early), Some(mut exactly)) => {
            less_what_came_too_early(&mut exactly, early);
            for ((_, at), amount) in exactly {
                if let Some(one) = payments.get_mut(at) {
                    one.amount = Bounds::exactly(amount);
                }
            }
        }
        (_, _) => {
            let early = early.most.unwrap_or(Number::ZERO).max(Number::ZERO);
            for at in refunds {
                let Some(most) = payments.get_mut(at).and_then(|one| one.amount.most.as_mut()) else { continue };
                let less = most.plus(&early).min(Number::ZERO);
                *most = less.max(most.clone());
            }
        }
    }
}

/// What was paid in time and was not paid back later: the least that it came to from then on.
fn kept(in_time: Bounds, late: &[(DayBounds, Bounds)]) -> Bounds {
    // At worst what was paid back came early and what was paid late; at best the other way round.
    let each = |of: fn(&Bounds) -> &Option<Number>, back_first: bool| {
        late.iter().filter_map(move |(day, amount)| {
            let amount = of(amount).clone()?;
            let first = (amount < Number::ZERO) == back_first;
            Some((if first { day.first } else { day.last }, amount))
        })
    };
    // How much was paid back later may not be known.
    let least = in_time.least.filter(|_| late.iter().all(|(_, amount)| amount.least.is_some()));
    Bounds {
        least: least.map(|start| lowest(start, each(|amount| &amount.least, true).collect())),
        most: in_time.most.map(|start| lowest(start, each(|amount| &amount.most, false).collect())),
    }
}

/// The least that a sum comes to at the end of a day, with what is added on these.
fn lowest(start: Number, mut added: Vec<(Day, Number)>) -> Number {
    added.sort_by_key(|(day, _)| *day);
    let (mut sum, mut lowest) = (start.clone(), start);
    for of_one_day in added.chunk_by(|(day, _), (next, _)| day == next) {
        for (_, one) in of_one_day {
            sum = sum.plus(one);
        }
        lowest = lowest.min(sum.clone());
    }
    lowest
}
