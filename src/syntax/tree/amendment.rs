//! Amendments as they are written: their lines, and what they alter.

use super::{Clause, DayText, EndText, Expr, Name, Place, Quoted, ValueItem};
use crate::source::Span;

/// A change of an agreement: who proposes it, whether it is adopted, when it takes effect, and what it does.
#[derive(Clone, Debug)]
pub struct Amendment {
    pub name: Name,
    pub place: Option<Place>,
    pub title: Option<Quoted>,
    pub lines: Vec<AmendmentLine>,
    pub alterations: Vec<Alteration>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct AmendmentLine {
    pub kind: AmendmentLineKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum AmendmentLineKind {
    /// The agreement that it amends.
    To(Name),
    ProposedBy {
        who: Name,
        on: Option<DayText>,
    },
    /// Of these and itself at most one is adopted.
    RivalOf(Vec<Name>),
    /// It stands on these: without them it is not adopted either.
    BuildsOn(Vec<Name>),
    AdoptedOn(DayText),
    /// Adopted if there is such a record.
    AdoptedBy {
        record: Name,
        filter: Option<Expr>,
    },
    TakesEffect(DayText),
    BeganBefore(Began),
    Note(Quoted),
}

/// What becomes of what began before an amendment takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Began {
    /// It keeps the old wording to its end.
    KeepsTheOldWording,
    /// What has not run out by then is judged by the new wording.
    IsTakenOver,
}

/// One thing that an amendment does.
#[derive(Clone, Debug)]
pub struct Alteration {
    pub kind: AlterationKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum AlterationKind {
    Repeal(Vec<Name>),
    /// The clause of this name reads so from now on.
    Replace {
        name: Name,
        by: Box<Clause>,
    },
    /// The value of this name is so much from now on.
    Revalue {
        name: Name,
        by: ValueItem,
    },
    Add(Box<Clause>),
    Renumber {
        name: Name,
        place: Place,
    },
    /// The agreement ends on another day; `None` is until further notice.
    Force(Option<EndText>),
    Currency(Name),
}
