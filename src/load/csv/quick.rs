//! Values of cells in the plain form that nearly all of them have. What has another form is left to the reading of values
//! that knows all forms; so both mean the same.

use std::sync::LazyLock;

use crate::{
    facts::column::{NO, YES},
    value::Day,
};

/// Reads days.
#[derive(Clone, Copy)]
pub(super) struct Days(&'static [(i32, i32)]);

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

impl Days {
    pub fn new() -> Days {
        Days(&MONTHS)
    }

    /// `2015-01-22`, as the days since 1970-01-01. Days before and behind the table are left.
    pub fn read(self, cell: [u8; 10]) -> Option<i32> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = cell else { return None };
        // All eight digits at once, each in a byte of its own.
        let digits = u64::from_le_bytes([y1, y2, y3, y4, m1, m2, d1, d2]) ^ 0x3030_3030_3030_3030;
        let above_nine = digits.wrapping_add(0x7676_7676_7676_7676) | digits;
        if above_nine & 0x8080_8080_8080_8080 != 0 {
            return None;
        }
        // Then by twos, in every other byte.
        let twos = digits.wrapping_mul(10).wrapping_add(digits >> 8);
        let [y12, _, y34, _, m12, _, d12, _] = twos.to_le_bytes().map(u64::from);
        let (year, month, day) = (y12.wrapping_mul(100).wrapping_add(y34), m12, d12);
        let at = usize::try_from(year.wrapping_mul(12).wrapping_add(month)).ok()?.wrapping_sub(FIRST_MONTH);
        let (first, length) = self.0.get(at).filter(|_| (1..=12).contains(&month))?;
        let day = i32::try_from(day).ok().filter(|day| (1..=*length).contains(day))?;
        Some(first.wrapping_add(day))
    }
}

/// The whole number of at most 15 digits that the bytes begin with, and how many bytes it takes. So it is far from what a
/// column keeps for itself.
#[inline]
pub(super) fn number(bytes: &[u8]) -> Option<(i64, usize)> {
    let (minus, digits) = match bytes {
        [b'-', digits @ ..] => (1, digits),
        digits => (0, digits),
    };
    let mut number = 0_i64;
    let mut count = 0_usize;
    for byte in digits.iter().take(16) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        number = number.wrapping_mul(10).wrapping_add(i64::from(digit));
        count = count.wrapping_add(1);
    }
    let signed = if minus == 1 { number.wrapping_neg() } else { number };
    (1..=15).contains(&count).then(|| (signed, count.wrapping_add(minus)))
}

/// The answer that the bytes begin with, and how many bytes it takes.
#[inline]
pub(super) fn answer(bytes: &[u8]) -> Option<(u8, usize)> {
    match bytes {
        [b'n', b'o', ..] => Some((NO, 2)),
        [b'y', b'e', b's', ..] => Some((YES, 3)),
        [b't', b'r', b'u', b'e', ..] => Some((YES, 4)),
        [b'f', b'a', b'l', b's', b'e', ..] => Some((NO, 5)),
        _ => None,
    }
}

/// An amount without its currency, in hundredths: at most 15 digits, and two decimals after `point`.
#[inline]
pub(super) fn hundredths(cell: &str, point: u8) -> Option<i64> {
    let (minus, digits) = match cell.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let amount = match *digits {
        [ref before @ .., sign, tenths, hundredths] if sign == point => {
            whole(before)?.checked_mul(100)?.checked_add(whole(&[tenths, hundredths])?)
        }
        [ref before @ .., sign, tenths] if sign == point => {
            whole(before)?.checked_mul(100)?.checked_add(whole(&[tenths, b'0'])?)
        }
        _ => whole(digits)?.checked_mul(100),
    }?;
    if minus { amount.checked_neg() } else { Some(amount) }
}

/// Digits and nothing else.
#[inline]
fn whole(digits: &[u8]) -> Option<i64> {
    let (number, taken) = number(digits)?;
    (taken == digits.len() && number >= 0 && !digits.starts_with(b"-")).then_some(number)
}
