//! Numbers: exact rational numbers of any size.
//! No result is ever rounded unless a rounding was asked for, and nothing overflows.

mod text;

use std::cmp::Ordering;
use std::num::NonZeroU64;
use std::ops::{Add, Mul, Neg};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An exact number. Equal numbers are equal however they came about: `12.50` is `25/2`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// Invariant: `Small` holds every number whose reduced numerator and denominator fit, `Big` the others; both are reduced.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Repr {
    Small(i64, NonZeroU64),
    Big(Box<BigRational>),
}

impl Number {
    /// Nothing.
    pub const ZERO: Number = Number(Repr::Small(0, NonZeroU64::MIN));
    /// One.
    pub const ONE: Number = Number(Repr::Small(1, NonZeroU64::MIN));

    /// `numerator / denominator`; `None` when the denominator is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Number> {
        Number::from(numerator).divided_by(&Number::from(denominator))
    }

    /// How many there are of something.
    pub fn count(count: usize) -> Number {
        Number::whole(i128::try_from(count).unwrap_or(i128::MAX))
    }

    pub(super) fn whole(number: i128) -> Number {
        match i64::try_from(number) {
            Ok(small) => Number(Repr::Small(small, NonZeroU64::MIN)),
            Err(_) => Number::reduced(number, 1),
        }
    }

    pub(super) fn whole_big(number: BigInt) -> Number {
        Number::big(BigRational::from_integer(number))
    }

    /// The sum.
    pub fn plus(&self, other: &Number) -> Number {
        if let Some(sum) = self.small_sum(other) {
            return sum;
        }
        let (one, two) = (self.to_big(), other.to_big());
        // Whole numbers need no reducing, which is the costly part.
        if one.is_integer() && two.is_integer() {
            return Number::whole_big(one.numer().add(two.numer()));
        }
        // A divisor of the sum and of both denominators divides what these have in common.
        let common = common_divisor(one.denom(), two.denom());
        let (left, right) = (over(one.denom(), &common), over(two.denom(), &common));
        let sum = one.numer().mul(&right).add(two.numer().mul(&left));
        let again = common_divisor(&sum, &common);
        Number::lowest(over(&sum, &again), left.mul(over(two.denom(), &again)))
    }

    /// The difference.
    pub fn minus(&self, other: &Number) -> Number {
        self.plus(&other.negate())
    }

    /// So many times.
    pub fn times(&self, other: &Number) -> Number {
        if let Some(product) = self.small_product(other) {
            return product;
        }
        let (one, two) = (self.to_big(), other.to_big());
        if one.is_integer() && two.is_integer() {
            return Number::whole_big(one.numer().mul(two.numer()));
        }
        // Each is in lowest terms: only across them is there anything in common.
        let (falling, rising) = (common_divisor(one.numer(), two.denom()), common_divisor(two.numer(), one.denom()));
        let numerator = over(one.numer(), &falling).mul(over(two.numer(), &rising));
        Number::lowest(numerator, over(one.denom(), &rising).mul(over(two.denom(), &falling)))
    }

    /// `None` when `other` is zero.
    pub fn divided_by(&self, other: &Number) -> Option<Number> {
        other.reciprocal().map(|reciprocal| self.times(&reciprocal))
    }

    /// The same below nothing.
    pub fn negate(&self) -> Number {
        match &self.0 {
            Repr::Small(n, d) => Number::reduced(i128::from(*n).saturating_neg(), u128::from(d.get())),
            Repr::Big(big) => Number::big(big.as_ref().neg()),
        }
    }

    /// The number without its sign.
    pub fn abs(&self) -> Number {
        if self.is_negative() { self.negate() } else { self.clone() }
    }

    /// The greatest whole number that is not greater.
    pub fn floor(&self) -> Number {
        match &self.0 {
            Repr::Small(n, d) => {
                Number::whole(i128::from(*n).checked_div_euclid(i128::from(d.get())).unwrap_or_default())
            }
            Repr::Big(big) => Number::big(big.floor()),
        }
    }

    /// The least whole number that is not less.
    pub fn ceil(&self) -> Number {
        self.negate().floor().negate()
    }

    /// The nearest whole number; a half goes away from zero, so that -0.5 becomes -1.
    pub fn round_half_up(&self) -> Number {
        let half = Number(Repr::Small(1, NonZeroU64::MIN.saturating_add(1)));
        let rounded = self.abs().plus(&half).floor();
        if self.is_negative() { rounded.negate() } else { rounded }
    }

    /// The number itself, when it is whole and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(n, d) => (d.get() == 1).then_some(*n),
            Repr::Big(_) => None,
        }
    }

    /// The number itself, when it is whole and fits.
    pub(super) fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Small(n, d) => (d.get() == 1).then_some(i128::from(*n)),
            Repr::Big(big) => big.is_integer().then(|| big.numer().to_i128())?,
        }
    }

    /// How many digits its longer part has, above or below its fraction line; or one more.
    pub fn digits(&self) -> usize {
        match &self.0 {
            Repr::Small(..) => 20,
            // A bit is less than 0.30103 of a digit.
            Repr::Big(big) => {
                let bits = big.numer().bits().max(big.denom().bits());
                let digits = bits.saturating_mul(30_103).checked_div(100_000).unwrap_or(0);
                usize::try_from(digits.saturating_add(1)).unwrap_or(usize::MAX)
            }
        }
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0, _))
    }

    /// Whether it is below nothing.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(n, _) => *n < 0,
            Repr::Big(big) => big.is_negative(),
        }
    }

    /// Whether it is whole.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Small(_, d) => d.get() == 1,
            Repr::Big(big) => big.is_integer(),
        }
    }

    /// Whether it is a whole number of units; never of a unit of zero.
    pub fn is_multiple_of(&self, unit: &Number) -> bool {
        self.divided_by(unit).is_some_and(|units| units.is_integer())
    }

    /// Numerator and denominator in lowest terms; the denominator is positive.
    pub(super) fn parts(&self) -> (BigInt, BigInt) {
        self.to_big().into_raw()
    }

    fn small_sum(&self, other: &Number) -> Option<Number> {
        let (Repr::Small(n1, d1), Repr::Small(n2, d2)) = (&self.0, &other.0) else { return None };
        let ((n1, d1), (n2, d2)) = ((i128::from(*n1), d1.get()), (i128::from(*n2), d2.get()));
        if d1 == d2 {
            return Some(Number::reduced(n1.checked_add(n2)?, u128::from(d1)));
        }
        let sum = n1.checked_mul(i128::from(d2))?.checked_add(n2.checked_mul(i128::from(d1))?)?;
        Some(Number::reduced(sum, u128::from(d1).checked_mul(u128::from(d2))?))
    }

    fn small_product(&self, other: &Number) -> Option<Number> {
        let (Repr::Small(n1, d1), Repr::Small(n2, d2)) = (&self.0, &other.0) else { return None };
        let numerator = i128::from(*n1).checked_mul(i128::from(*n2))?;
        Some(Number::reduced(numerator, u128::from(d1.get()).checked_mul(u128::from(d2.get()))?))
    }

    fn reciprocal(&self) -> Option<Number> {
        if self.is_zero() {
            return None;
        }
        Some(match &self.0 {
            Repr::Small(n, d) => {
                let numerator = i128::from(d.get()).saturating_mul(i128::from(n.signum()));
                Number::reduced(numerator, u128::from(n.unsigned_abs()))
            }
            Repr::Big(big) => Number::big(big.recip()),
        })
    }

    /// In lowest terms. Invariant: `denominator` is not zero.
    fn reduced(numerator: i128, denominator: u128) -> Number {
        let common = if denominator == 1 { 1 } else { gcd(numerator.unsigned_abs(), denominator) };
        // Long division is slow, and most numbers are in lowest terms.
        let over = |number: u128| if common == 1 { number } else { number.checked_div(common).unwrap_or(number) };
        let (size, denominator) = (over(numerator.unsigned_abs()), over(denominator));
        let signed = i128::try_from(size).ok().and_then(|size| size.checked_mul(numerator.signum()));
        let numerator = signed.unwrap_or(numerator);
        let small_denominator = u64::try_from(denominator).ok().and_then(NonZeroU64::new);
        match (i64::try_from(numerator), small_denominator) {
            (Ok(n), Some(d)) => Number(Repr::Small(n, d)),
            (Ok(_) | Err(_), _) => {
                let big = BigRational::new_raw(BigInt::from(numerator), BigInt::from(denominator));
                Number(Repr::Big(Box::new(big)))
            }
        }
    }

    /// What is in lowest terms already; the denominator is positive.
    fn lowest(numerator: BigInt, denominator: BigInt) -> Number {
        Number::big(BigRational::new_raw(numerator, denominator))
    }

    /// Keeps the invariant: a number that fits is small. `BigRational` is always reduced.
    fn big(big: BigRational) -> Number {
        let small_denominator = big.denom().to_u64().and_then(NonZeroU64::new);
        match (big.numer().to_i64(), small_denominator) {
            (Some(n), Some(d)) => Number(Repr::Small(n, d)),
            (Some(_) | None, _) => Number(Repr::Big(Box::new(big))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small(n, d) => BigRational::new_raw(BigInt::from(*n), BigInt::from(d.get())),
            Repr::Big(big) => big.as_ref().clone(),
        }
    }
}

/// The greatest common divisor, which is found fast where one of them is much shorter. Invariant: not both are nothing.
fn common_divisor(one: &BigInt, other: &BigInt) -> BigInt {
    let (short, long) = if one.bits() < other.bits() { (one, other) } else { (other, one) };
    if short.is_zero() {
        return long.abs();
    }
    short.gcd(&long.mod_floor(short))
}

/// A number by a divisor of it.
fn over(number: &BigInt, divisor: &BigInt) -> BigInt {
    if divisor.is_one() { number.clone() } else { number.checked_div(divisor).unwrap_or_default() }
}

/// The greatest common divisor; numbers of 64 bits are much faster, and most are.
fn gcd(one: u128, other: u128) -> u128 {
    match (u64::try_from(one), u64::try_from(other)) {
        (Ok(one), Ok(other)) => u128::from(one.gcd(&other)),
        (Ok(_) | Err(_), _) => one.gcd(&other),
    }
}

impl Default for Number {
    fn default() -> Number {
        Number::ZERO
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Number {
        Number(Repr::Small(number, NonZeroU64::MIN))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        if let (Repr::Small(n1, d1), Repr::Small(n2, d2)) = (&self.0, &other.0) {
            if d1 == d2 {
                return n1.cmp(n2);
            }
            let across = |n: &i64, d: &NonZeroU64| i128::from(*n).checked_mul(i128::from(d.get()));
            if let (Some(one), Some(two)) = (across(n1, d2), across(n2, d1)) {
                return one.cmp(&two);
            }
        }
        let (one, two) = (self.to_big(), other.to_big());
        one.numer().mul(two.denom()).cmp(&two.numer().mul(one.denom()))
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Number>>(numbers: I) -> Number {
        numbers.fold(Number::ZERO, |sum, number| sum.plus(&number))
    }
}

impl<'a> std::iter::Sum<&'a Number> for Number {
    fn sum<I: Iterator<Item = &'a Number>>(numbers: I) -> Number {
        numbers.fold(Number::ZERO, |sum, number| sum.plus(number))
    }
}
