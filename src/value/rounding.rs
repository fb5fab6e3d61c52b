//! Rounding: to a whole number of units, in a stated way.
//! A negative number is rounded as the mirror image of the positive one.

use std::cmp::Ordering;
use std::fmt;

use super::number::Number;

/// Which way a number goes that lies between two units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rounding {
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
    /// To the nearest; a half away from zero.
    HalfUp,
    /// To the nearest; a half towards zero.
    HalfDown,
    /// To the nearest; a half to the even number of units.
    HalfEven,
}

impl Rounding {
    pub const ALL: [Rounding; 5] =
        [Rounding::Down, Rounding::Up, Rounding::HalfUp, Rounding::HalfDown, Rounding::HalfEven];

    /// The way a report names it.
    pub fn name(self) -> &'static str {
        match self {
            Rounding::Down => "down",
            Rounding::Up => "up",
            Rounding::HalfUp => "half up",
            Rounding::HalfDown => "half down",
            Rounding::HalfEven => "half to even",
        }
    }
}

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The number rounded to a multiple of `unit`; `None` unless the unit is more than zero.
pub fn round_to(number: &Number, unit: &Number, rounding: Rounding) -> Option<Number> {
    if unit.is_negative() {
        return None;
    }
    let units = number.abs().divided_by(unit)?;
    let below = units.floor();
    let rest = units.minus(&below);
    let rounded = if goes_up(&below, &rest, rounding) { below.plus(&Number::ONE) } else { below };
    let size = rounded.times(unit);
    Some(if number.is_negative() { size.negate() } else { size })
}

/// Whether a number of whole units and a rest becomes one unit more.
fn goes_up(below: &Number, rest: &Number, rounding: Rounding) -> bool {
    let against_half = rest.plus(rest).cmp(&Number::ONE);
    match rounding {
        Rounding::Down => false,
        Rounding::Up => !rest.is_zero(),
        Rounding::HalfUp => against_half != Ordering::Less,
        Rounding::HalfDown => against_half == Ordering::Greater,
        Rounding::HalfEven => match against_half {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => !below.is_multiple_of(&Number::from(2)),
        },
    }
}
