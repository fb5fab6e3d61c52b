//! Values of cells in the plain form that nearly all of them have. What has another form is left to the reading of values
//! that knows all forms; so both mean the same.

/// `2015-01-22`, as the days since 1970-01-01.
pub(super) fn day(cell: &str) -> Option<i32> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = cell.as_bytes() else { return None };
    let digit = |byte: u8| Some(i32::from(byte.wrapping_sub(b'0'))).filter(|digit| *digit <= 9);
    let two = |tens: u8, ones: u8| Some(digit(tens)? * 10 + digit(ones)?);
    let (year, month, day) = (two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    };
    if year == 0 || day == 0 || day > last {
        return None;
    }
    // Years that begin in March have their leap day at the end, so that months can be counted off by a fraction.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let in_year = (153 * month + 2) / 5 + day - 1;
    let before = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // From 0000-03-01 through 1969-12-31 there are so many days.
    Some(before + in_year - 719_468)
}

/// A whole number of at most 15 digits.
pub(super) fn number(cell: &str) -> Option<i64> {
    let (digits, negative) = match cell.as_bytes() {
        [b'-', digits @ ..] => (digits, true),
        digits => (digits, false),
    };
    let number = whole(digits)?;
    Some(if negative { -number } else { number })
}

/// An amount without its currency, in hundredths: at most 15 digits, and two decimals after `point`.
pub(super) fn hundredths(cell: &str, point: u8) -> Option<i64> {
    let (digits, negative) = match cell.as_bytes() {
        [b'-', digits @ ..] => (digits, true),
        digits => (digits, false),
    };
    let amount = match *digits {
        [ref whole_part @ .., sign, tenths, hundredths] if sign == point => {
            whole(whole_part)? * 100 + whole(&[tenths, hundredths])?
        }
        [ref whole_part @ .., sign, tenths] if sign == point => whole(whole_part)? * 100 + whole(&[tenths])? * 10,
        _ => whole(digits)? * 100,
    };
    Some(if negative { -amount } else { amount })
}

pub(super) fn answer(cell: &str) -> Option<u8> {
    match cell {
        "true" | "yes" => Some(1),
        "false" | "no" => Some(0),
        _ => None,
    }
}

/// Digits, and not so many that anything above could overflow.
fn whole(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() || digits.len() > 15 {
        return None;
    }
    let mut number = 0_i64;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + i64::from(digit);
    }
    Some(number)
}
