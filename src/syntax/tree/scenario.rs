//! Scenarios as they are written: facts, a day, and what is expected.

use super::{DayText, Expr, Name, Quoted};
use crate::source::{Span, Spanned};

#[derive(Clone, Debug)]
pub struct Scenario {
    pub title: Quoted,
    pub facts: Vec<Quoted>,
    pub as_of: Option<DayText>,
    /// Amendments that are taken to be adopted.
    pub with: Vec<Name>,
    /// Amendments that are taken not to be adopted.
    pub without: Vec<Name>,
    pub given: Vec<Given>,
    pub expectations: Vec<Expectation>,
    pub notes: Vec<Quoted>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Given {
    pub kind: GivenKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum GivenKind {
    /// Adds a record, or changes fields of the one with this id.
    Record {
        record: Name,
        id: Name,
        fields: Vec<(Name, GivenValue)>,
    },
    /// Takes one record away, or all of its kind.
    Without {
        record: Name,
        id: Option<Name>,
    },
    Complete {
        record: Name,
        from: DayText,
        through: DayText,
    },
    Fact {
        name: Name,
        value: GivenValue,
    },
}

#[derive(Clone, Debug)]
pub struct GivenValue {
    pub kind: GivenValueKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum GivenValueKind {
    /// Known: there is none.
    None,
    Unknown,
    YesNo(bool),
    Number(String),
    Money {
        currency: String,
        amount: String,
    },
    /// A word, a date or a text; the field's type decides.
    Text(String),
    List(Vec<GivenValue>),
    /// `5 from 2009-01-01, 12 from 2009-08-01`: each value from its day on.
    OverTime(Vec<(GivenValue, DayText)>),
}

#[derive(Clone, Debug)]
pub struct Expectation {
    pub clause: Name,
    pub keys: Vec<Name>,
    /// The role of the verdict's keyword without its prefix, such as `not_applicable`.
    pub verdict: Spanned<&'static str>,
    pub details: Vec<Detail>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Detail {
    pub kind: DetailKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum DetailKind {
    DaysLate(String),
    DaysEarly(String),
    LastDay(DayText),
    /// A missing fact: a path such as `summons_sent_on of annual_2015` or `meeting complete`.
    Missing {
        path: Box<Expr>,
        complete: bool,
    },
    Share {
        of: Name,
        currency: String,
        amount: String,
    },
    /// `1 of 2`: how far it has come.
    Progress {
        have: String,
        need: String,
    },
    /// Who decides, or words that the reason holds.
    Says(Name),
}
