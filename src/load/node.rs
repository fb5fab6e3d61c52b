//! The tree a fact file is read into: what was written and where, before anyone asks what it means.
//! It guesses no types: a number keeps its digits, a day is still a text.

use crate::source::{Span, Spanned};

/// A value with the place where it stands. For `Some(x)` that is the place of `x`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub span: Span,
    pub kind: NodeKind,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// `None` in RON, `null` in JSON: given as none.
    None,
    Bool(bool),
    /// The digits as they were written: `20000.10` stays `20000.10`. Always `-`? digits (`.` digits)?, without
    /// leading zeros or exponent, 200 signs at most.
    Number(String),
    /// Without its quotes, with its escapes resolved.
    Text(String),
    List(Vec<Node>),
    /// A record `(name: …)`, a table `{ "name": … }`, or a JSON object: in the order written, a name that stands
    /// twice twice. The place of a name includes its quotes.
    Map(Vec<(Spanned<String>, Node)>),
}
