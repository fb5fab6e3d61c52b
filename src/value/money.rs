//! Money: an exact amount in a currency.
//! Amounts of different currencies are never added or compared; no rate of exchange is known here.

use std::cmp::Ordering;
use std::fmt;

use super::number::Number;

/// A currency by its three capital letters, such as `SEK` (ISO 4217). Which letters are in use is not checked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// `XXX`, the letters of ISO 4217 for "no currency": of amounts that have none to be in.
    pub const NONE: Currency = Currency(*b"XXX");

    /// `None` unless the text is three capital letters from A to Z.
    pub fn parse(text: &str) -> Option<Currency> {
        let letters: [u8; 3] = text.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Currency(letters))
    }

    /// How many decimals its smallest unit has (ISO 4217); two, unless it is known otherwise.
    pub fn decimals(&self) -> u32 {
        match self.as_str() {
            "CLP" | "ISK" | "JPY" | "KRW" | "PYG" | "UGX" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }

    /// Its smallest unit: 0.01 of a krona.
    pub fn unit(&self) -> Number {
        let whole = Number::from(10_i64.saturating_pow(self.decimals()));
        Number::ONE.divided_by(&whole).unwrap_or(Number::ONE)
    }

    /// Its letters: `SEK`.
    pub fn as_str(&self) -> &str {
        // Invariant: the letters are ASCII, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much.
    pub amount: Number,
    /// In which money.
    pub currency: Currency,
}

impl Money {
    /// So much.
    pub fn new(amount: Number, currency: Currency) -> Money {
        Money { amount, currency }
    }

    /// `None` when the currencies differ.
    pub fn plus(&self, other: &Money) -> Option<Money> {
        self.same_currency(other).then(|| self.with(self.amount.plus(&other.amount)))
    }

    /// `None` when the currencies differ.
    pub fn minus(&self, other: &Money) -> Option<Money> {
        self.same_currency(other).then(|| self.with(self.amount.minus(&other.amount)))
    }

    /// So many times.
    pub fn times(&self, factor: &Number) -> Money {
        self.with(self.amount.times(factor))
    }

    /// `None` when the divisor is zero.
    pub fn divided_by(&self, divisor: &Number) -> Option<Money> {
        self.amount.divided_by(divisor).map(|amount| self.with(amount))
    }

    /// Another amount in the same currency.
    pub fn with(&self, amount: Number) -> Money {
        Money { amount, currency: self.currency }
    }

    /// Which is more; `None` when the currencies differ.
    pub fn compare(&self, other: &Money) -> Option<Ordering> {
        self.same_currency(other).then(|| self.amount.cmp(&other.amount))
    }

    fn same_currency(&self, other: &Money) -> bool {
        self.currency == other.currency
    }
}

/// For people: `SEK 500`, `SEK 1 234.50`, `SEK -12.345`, `SEK 2/3 (≈ 0.67)`. An amount that is not whole has two decimals at
/// least.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.amount.decimal_text() {
            Some(decimal) => write!(f, "{} {}", self.currency, grouped(&decimal)),
            None => write!(f, "{} {}", self.currency, self.amount),
        }
    }
}

/// A decimal number with a space between groups of three digits before the point.
fn grouped(decimal: &str) -> String {
    let (sign, unsigned) = decimal.strip_prefix('-').map_or(("", decimal), |rest| ("-", rest));
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut text = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(at);
        if at > 0 && left.is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push_str(&format!(".{decimals:0<2}"));
    }
    text
}
