//! Values of cells in the plain form that nearly all of them have. What has another form is left to the reading of values
//! that knows all forms; so both mean the same.

use crate::{
    facts::column::{NO, YES},
    value::Day,
};

/// `2015-01-22`, as the days since 1970-01-01.
pub(super) fn day(cell: &str) -> Option<i32> {
    // What has another length is known to be another form, without a message being made of it.
    if cell.len() != 10 {
        return None;
    }
    Day::parse_iso(cell).ok().map(|day| day.0)
}

/// A whole number of at most 15 digits.
pub(super) fn number(cell: &str) -> Option<i64> {
    signed(cell, whole)
}

/// An amount without its currency, in hundredths: at most 15 digits, and two decimals after `point`.
pub(super) fn hundredths(cell: &str, point: u8) -> Option<i64> {
    signed(cell, |digits| match *digits {
        [ref before @ .., sign, tenths, hundredths] if sign == point => {
            whole(before)?.checked_mul(100)?.checked_add(whole(&[tenths, hundredths])?)
        }
        [ref before @ .., sign, tenths] if sign == point => {
            whole(before)?.checked_mul(100)?.checked_add(whole(&[tenths, b'0'])?)
        }
        _ => whole(digits)?.checked_mul(100),
    })
}

pub(super) fn answer(cell: &str) -> Option<u8> {
    match cell {
        "true" | "yes" => Some(YES),
        "false" | "no" => Some(NO),
        _ => None,
    }
}

fn signed(cell: &str, read: impl Fn(&[u8]) -> Option<i64>) -> Option<i64> {
    match cell.as_bytes() {
        [b'-', digits @ ..] => read(digits)?.checked_neg(),
        digits => read(digits),
    }
}

/// Digits, and so few that they are far from what a column keeps for itself.
fn whole(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() || digits.len() > 15 {
        return None;
    }
    digits.iter().try_fold(0_i64, |number, byte| {
        let digit = Some(byte.wrapping_sub(b'0')).filter(|digit| *digit <= 9)?;
        number.checked_mul(10)?.checked_add(i64::from(digit))
    })
}
