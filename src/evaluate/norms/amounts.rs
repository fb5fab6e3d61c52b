//! What is to be shared, and why it cannot be.

use crate::model::clause::{Remainder, Sharing};
use crate::model::expr::Expr;
use crate::value::{self, Currency, Number};

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::trace::Trace;

/// Why there are no shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoShares {
    /// There is no amount to share.
    NoAmount,
    /// A fact is missing.
    Unknown,
    /// It cannot be shared as the text says: all weights zero, limits that cannot hold.
    Impossible(&'static str),
}

pub fn amount<'w, T: Trace>(ask: &mut Ask<'w, T>, sharing: &'w Sharing) -> Result<(Number, Currency), NoShares> {
    let plain = ask.law.currency();
    match ask.value(&sharing.amount) {
        Val::Absent => Err(NoShares::NoAmount),
        Val::NoSuchDay => Err(NO_NUMBER),
        Val::Money(bounds, currency) => {
            bounds.exact().map(|amount| (amount.clone(), currency)).ok_or(NoShares::Unknown)
        }
        other => match (other.bounds().exact(), plain) {
            (Some(amount), Some(currency)) => Ok((amount.clone(), currency)),
            (_, _) => Err(NoShares::Unknown),
        },
    }
}

/// What the words come to no number for: it is for a person to say.
const NO_NUMBER: NoShares = NoShares::Impossible("an amount or a weight comes to no number");

/// A number that is known exactly.
pub fn known(value: &Val) -> Result<Number, NoShares> {
    match value {
        Val::NoSuchDay => Err(NO_NUMBER),
        other => other.bounds().exact().cloned().ok_or(NoShares::Unknown),
    }
}

pub fn exact_of<'w, T: Trace>(ask: &mut Ask<'w, T>, expr: Option<&'w Expr>) -> Result<Option<Number>, NoShares> {
    match expr {
        None => Ok(None),
        Some(expr) => known(&ask.value(expr)).map(Some),
    }
}

/// Who gets the units that are left over; nobody where each share is rounded by itself.
pub fn remainder_of(remainder: Remainder) -> Option<value::Remainder> {
    match remainder {
        Remainder::Largest => Some(value::Remainder::Largest),
        Remainder::FirstInOrder => Some(value::Remainder::FirstInOrder),
        Remainder::HalfUpEach(_) => None,
    }
}
