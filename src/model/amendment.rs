//! Amendments, resolved: when they take effect, whether they are adopted, and how they stand to one another.
//! What they do to a clause stands with the clause: a wording that one of them brings in, and the days on which wordings end.

use super::clause::Place;
use super::expr::Cond;
use crate::source::Span;
use crate::value::{Currency, Day};

/// An amendment by its number: its place in the order in which they are worked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AmendmentId(pub u16);

/// A change of the agreement. It does something only if it is adopted, and from its day on.
#[derive(Clone, Debug)]
pub struct Amendment {
    pub name: String,
    pub title: Option<String>,
    pub place: Option<Place>,
    pub name_span: Span,
    pub span: Span,
    pub proposed: Option<Proposed>,
    /// Of these and itself at most one is adopted. Whoever names a rival is its rival.
    pub rivals: Vec<AmendmentId>,
    /// Without these it is not adopted either.
    pub builds_on: Vec<AmendmentId>,
    pub adopted: Adopted,
    /// The first day of the new wording.
    pub effective: Day,
    pub began: Began,
    /// The first day on which the agreement is no longer in force, where the amendment says it.
    pub force_until: Option<Day>,
    pub currency: Option<Currency>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Proposed {
    pub by: String,
    pub on: Option<Day>,
}

/// Whether an amendment is adopted.
#[derive(Clone, Debug)]
pub enum Adopted {
    /// The text says when.
    On(Day),
    /// The facts tell: there is such a decision.
    By(Box<Cond>),
    /// Nobody has adopted it: it is a proposal.
    NotYet,
    /// Taken to be so, for the sake of a question.
    Supposed(Supposed),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supposed {
    Adopted,
    NotAdopted,
}

/// What becomes of what began before an amendment takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Began {
    /// What began before keeps the old wording to its end; unless the text says otherwise, this holds.
    ///
    /// What has no day of its own on which it began (a state that must hold, something due once) is judged by the new wording
    /// all the same, unless its last day had passed by then: it does not run from one day to another that could be told
    /// apart, and a new wording that never reached it would be none.
    KeepsTheOldWording,
    /// What has not run out when the amendment takes effect is judged by the new wording. What has is left as it was:
    /// nobody is bound backwards.
    IsTakenOver,
}

/// The day on which a wording ends if an amendment is adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    pub by: AmendmentId,
    pub on: Day,
    pub began: Began,
}
