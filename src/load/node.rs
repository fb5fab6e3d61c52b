//! The tree a fact file is read into: what was written and where, before anyone asks what it means.
//! It guesses no types: a number keeps its digits, a day is still a text.

use std::sync::Arc;

use crate::facts::sheet::{Dialect, Sheet};
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
    /// Written without quotes where a notation lets texts, numbers and days look alike: what it is, its field's type says.
    Plain(String, Style),
    List(Vec<Node>),
    /// A record `(name: …)`, a table `{ "name": … }`, or a JSON object: in the order written, a name that stands
    /// twice twice. The place of a name includes its quotes.
    Map(Vec<(Spanned<String>, Node)>),
    /// The records of a list as they stand in a file line by line, not yet cut into cells.
    Sheet(Arc<Sheet>),
}

/// Where something stands that has no quotes to say what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Style {
    Yaml,
    /// In a cell, where a set has to be written as one text, too.
    Cell(Arc<Dialect>),
}

impl Node {
    /// A text, or what may be one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text(text) | NodeKind::Plain(text, _) => Some(text),
            NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) => None,
            NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => None,
        }
    }
}
