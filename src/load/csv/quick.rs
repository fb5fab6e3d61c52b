//! Values of cells in the plain form that nearly all of them have. What has another form is left to the reading of values
//! that knows all forms; so both mean the same.

use std::sync::LazyLock;

use crate::{
    facts::column::{NO, YES},
    value::Day,
};

/// `2015-01-22`, as the days since 1970-01-01.
pub(super) fn day(cell: &str) -> Option<i32> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = cell.as_bytes() else { return None };
    let digit = |byte: u8| byte.wrapping_sub(b'0');
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2].map(digit);
    if digits.iter().fold(false, |odd, digit| odd | (*digit > 9)) {
        return None;
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(usize::from);
    let two = |tens: usize, ones: usize| tens.wrapping_mul(10).wrapping_add(ones);
    let month = two(y1, y2).wrapping_mul(100).wrapping_add(two(y3, y4)).wrapping_mul(12).wrapping_add(two(m1, m2));
    // Months beside those of the table are read as other days are.
    let at = month.wrapping_sub(FIRST_MONTH);
    match (MONTHS.get(at), two(m1, m2), i32::try_from(two(d1, d2))) {
        (Some((first, length)), 1..=12, Ok(day)) if day >= 1 && day <= *length => Some(first.wrapping_add(day)),
        (Some(_), _, _) => None,
        (None, _, _) => Day::parse_iso(cell).ok().map(|day| day.0),
    }
}

const FIRST_YEAR: i32 = 1900;
const FIRST_MONTH: usize = 1900 * 12 + 1;

/// Of each month from January 1900 on the day before its first one, and how many days it has.
static MONTHS: LazyLock<Vec<(i32, i32)>> = LazyLock::new(|| {
    let months = (FIRST_YEAR..=2200).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let of = |(year, month)| {
        let (first, last) = (Day::of(year, month, 1)?, Day::last_of_month(year, month)?);
        Some((first.preceding().0, first.days_until(last.following())))
    };
    months.filter_map(of).collect()
});

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
