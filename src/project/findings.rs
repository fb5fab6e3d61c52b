//! What is wrong in texts, as plain data.

use std::error::Error;
use std::fmt;

use crate::diagnostics::{Diagnostic, Severity, Sink};
use crate::render::diagnostics::plain;
use crate::source::Sources;

/// What was found in texts, by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    all: Vec<Finding>,
    left_out: usize,
}

/// One thing that was found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The same for findings of one kind: `unknown-name`.
    pub code: &'static str,
    /// Whether the text cannot be used as it stands.
    pub is_error: bool,
    /// What is wrong, in one line.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
    /// The file that it is in.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    shown: String,
}

impl Findings {
    pub(super) fn of(problems: &Sink, sources: &Sources) -> Findings {
        let all = problems.sorted().into_iter().map(|one| Finding::of(one, sources)).collect();
        Findings { all, left_out: problems.left_out() }
    }

    /// All that are kept; of very many, the first.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.all.iter()
    }

    /// The mistakes among them.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.iter().filter(|finding| finding.is_error)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len().saturating_add(self.left_out)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl Finding {
    fn of(one: &Diagnostic, sources: &Sources) -> Finding {
        let (file, at) = sources.at(one.place.span);
        Finding {
            code: one.code.name,
            is_error: one.severity == Severity::Error,
            message: one.message.clone(),
            help: one.help.clone(),
            file: file.to_string(),
            line: at.line,
            column: at.column,
            shown: plain::finding(one, sources),
        }
    }
}

/// Its place, code and message in a line, and below it what else belongs to it.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// One below the other.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, one) in self.all.iter().enumerate() {
            let before = if at == 0 { "" } else { "\n" };
            write!(f, "{before}{one}")?;
        }
        match self.left_out {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl Error for Findings {}
