//! A diagnostic's code: its name, its severity and its page.

use super::{Diagnostic, Label, Severity};
use crate::source::Span;

/// The kebab-case name of a kind of finding, with the page that explains it (`overens explain CODE`).
#[derive(Clone, Copy)]
pub struct Code {
    pub name: &'static str,
    pub severity: Severity,
    /// Markdown: what it means, a failing example, the repaired example.
    pub page: &'static str,
}

impl Code {
    /// A finding of this kind at a place. Say what is wrong with [`Diagnostic::say`].
    pub fn at(self, span: Span) -> Diagnostic {
        Diagnostic {
            code: self,
            severity: self.severity,
            message: String::new(),
            place: Label { span, words: String::new() },
            others: Vec::new(),
            help: None,
            at_a_limit: false,
            unreadable: false,
        }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
