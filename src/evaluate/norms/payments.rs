//! Payments in the order of their days: when they have come to an amount, and what is paid back.

use crate::value::{Day, Number};

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
