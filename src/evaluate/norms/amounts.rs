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
        Val::Money(bounds, currency) => {
            bounds.exact().map(|amount| (amount.clone(), currency)).ok_or(NoShares::Unknown)
        }
        other => match (other.bounds().exact(), plain) {
            (Some(amount), Some(currency)) => Ok((amount.clone(), currency)),
            (_, _) => Err(NoShares::Unknown),
        },
    }
}

pub fn exact_of<'w, T: Trace>(ask: &mut Ask<'w, T>, expr: Option<&'w Expr>) -> Result<Option<Number>, NoShares> {
    match expr {
        None => Ok(None),
        Some(expr) => match ask.value(expr).bounds().exact() {
            Some(number) => Ok(Some(number.clone())),
            None => Err(NoShares::Unknown),
        },
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
