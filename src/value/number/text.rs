//! Numbers as text: how they are read, and how they are shown.

use std::fmt;
use std::ops::Mul;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Pow, Signed, Zero};

use super::Number;

/// A spreadsheet keeps no more digits of a number.
const OF_A_SPREADSHEET: usize = 15;

/// More digits than any agreement writes; a longer text is refused rather than reckoned with.
const MOST_DIGITS: usize = 1000;

impl Number {
    /// Reads `12`, `12.50`, `-3` and `1 234 567.89`, where a space (plain or non-breaking) parts groups of three digits.
    /// `None` for anything else, and for more than a thousand digits.
    pub fn parse(text: &str) -> Option<Number> {
        let (unsigned, negative) = match text.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let (whole, decimals) = match unsigned.split_once('.') {
            Some((whole, decimals)) if !decimals.is_empty() => (whole, decimals),
            Some(_) => return None,
            None => (unsigned, ""),
        };
        let mut digits = ungrouped(whole)?;
        digits.push_str(decimals);
        if digits.len() > MOST_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = with_decimals(&digits, decimals.len())?;
        Some(if negative { number.negate() } else { number })
    }

    /// For machines: the decimal form when it ends, else `a/b` in lowest terms. Never rounded.
    pub fn exact_text(&self) -> String {
        self.decimal_text().unwrap_or_else(|| {
            let (numerator, denominator) = self.parts();
            format!("{numerator}/{denominator}")
        })
    }

    /// In decimal digits alone, for what cannot hold a fraction: all of them where they end. Otherwise it is rounded half up to fifteen
    /// digits, the most that a spreadsheet keeps, of which at least two are decimals. Zeros before the first other digit are not
    /// counted: a spreadsheet keeps fifteen digits of a small number, too.
    pub fn in_decimals(&self) -> String {
        self.decimal_text().unwrap_or_else(|| {
            let whole = self.abs().floor().exact_text().trim_start_matches('0').len();
            let places = OF_A_SPREADSHEET.saturating_add(self.zeros_behind_the_point()).saturating_sub(whole);
            self.rounded_text(u32::try_from(places).unwrap_or(0).max(2))
        })
    }

    /// How many zeros stand behind the decimal point before another digit, where the decimals do not end: three in `0.000666…`.
    fn zeros_behind_the_point(&self) -> usize {
        let (numerator, denominator) = self.abs().parts();
        // 3/2000 is 1 in 666 and a bit: as many zeros as 666 has digits, less one.
        let one_in = denominator.div_floor(&numerator).to_string();
        if numerator < denominator { one_in.len().saturating_sub(1) } else { 0 }
    }

    /// Whether its decimals end, so that [`Number::in_decimals`] gives it exactly.
    pub fn ends(&self) -> bool {
        self.decimal_text().is_some()
    }

    /// All decimals; `None` when they never end.
    pub(in crate::value) fn decimal_text(&self) -> Option<String> {
        if let Some(whole) = self.to_i64() {
            return Some(whole.to_string());
        }
        let (numerator, denominator) = self.parts();
        let places = decimals_needed(&denominator)?;
        let scaled = numerator.mul(BigInt::from(10).pow(places)).div_floor(&denominator);
        Some(with_point(&scaled, places as usize))
    }

    /// About how much it is: two decimals, more when these would be zero.
    fn about(&self) -> String {
        let says_something = |text: &String| text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let tries = [2, 4, 8, 16].map(|places| self.rounded_text(places));
        tries.into_iter().find(says_something).unwrap_or_else(|| "0".to_owned())
    }

    /// Rounded half up to so many decimals, all of them written.
    fn rounded_text(&self, places: u32) -> String {
        let scale = Number::big(BigRational::from_integer(BigInt::from(10).pow(places)));
        let (scaled, _) = self.times(&scale).round_half_up().parts();
        with_point(&scaled, places as usize)
    }
}

/// Decimals in full where they end; otherwise `2/3 (≈ 0.67)`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal_text() {
            Some(decimal) => f.write_str(&decimal),
            None => write!(f, "{} (≈ {})", self.exact_text(), self.about()),
        }
    }
}

/// The digits without the spaces between groups; `None` when a group has not exactly three digits.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split([' ', '\u{a0}', '\u{202f}']);
    let first = groups.next().filter(|first| !first.is_empty())?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

fn with_decimals(digits: &str, decimals: usize) -> Option<Number> {
    let decimals = u32::try_from(decimals).ok()?;
    if let (Ok(number), Some(scale)) = (digits.parse::<i128>(), 10_u128.checked_pow(decimals)) {
        return Some(Number::reduced(number, scale));
    }
    Some(Number::big(BigRational::new(digits.parse().ok()?, BigInt::from(10).pow(decimals))))
}

/// How many decimals a fraction with this denominator needs; `None` when they never end.
fn decimals_needed(denominator: &BigInt) -> Option<u32> {
    let twos = u32::try_from(denominator.trailing_zeros()?).ok()?;
    let (mut rest, mut fives) = (denominator.clone(), 0_u32);
    let five = BigInt::from(5);
    loop {
        let (quotient, remainder) = rest.div_rem(&five);
        if !remainder.is_zero() {
            break;
        }
        rest = quotient;
        fives = fives.checked_add(1)?;
    }
    (rest == BigInt::from(2).pow(twos)).then_some(twos.max(fives))
}

/// An integer with a decimal point before its last digits.
fn with_point(scaled: &BigInt, places: usize) -> String {
    let digits = format!("{:0>width$}", scaled.abs().to_string(), width = places.saturating_add(1));
    let sign = if scaled.is_negative() { "-" } else { "" };
    match digits.split_at_checked(digits.len().saturating_sub(places)) {
        Some((whole, decimals)) if !decimals.is_empty() => format!("{sign}{whole}.{decimals}"),
        Some(_) | None => format!("{sign}{digits}"),
    }
}
