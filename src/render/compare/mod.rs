//! Comparisons of two versions of an agreement, in every form of a report.

mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod page;
pub mod plain;
mod pretty;
mod rows;
mod sarif;
mod words;

pub use words::cause;

use std::fmt::{self, Write};

use super::report::form::Form;
use super::{Look, visible};
use crate::compare::Comparison;
use crate::source::{Sources, Span};

/// A comparison to be shown.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    pub of: &'a Comparison,
    pub sources: &'a Sources,
    /// The code that the run ends with.
    pub exit: i32,
}

/// Writes a comparison in a form.
pub fn write(form: Form, compared: &Compared, look: Look, out: &mut dyn Write) -> fmt::Result {
    let Compared { of, sources, exit } = *compared;
    let text = match form {
        Form::Pretty => pretty::show(of, look, exit),
        Form::Plain => plain::show(of, exit),
        Form::Summary => format!("{}: {}\nexit {exit}\n", visible::line(&of.new.agreement), page::sum(of)),
        Form::Json => json::show(of, sources, exit),
        Form::Markdown => markdown::show(of),
        Form::Jsonl => return rows::lines(compared, out),
        Form::Csv => return rows::values(compared, out),
        Form::Html => return html::write(compared, out),
        Form::Junit => return junit::write(compared, out),
        Form::Sarif => return sarif::write(compared, out),
        Form::Github => return github::write(compared, out),
    };
    out.write_str(&text)
}

impl Compared<'_> {
    /// Whether what differs makes the run fail.
    fn fails(&self) -> bool {
        self.exit != 0
    }

    /// The file, line and column where an item stands, if that can be opened: what a revision keeps (`v1:club.overens`) is
    /// no file.
    fn at(&self, place: Option<Span>) -> Option<(&str, usize, usize)> {
        let (file, at) = self.sources.at(place?);
        (!file.is_empty() && kept(file).is_none()).then_some((file, at.line, at.column))
    }

    /// The sheet and the cell where an item stands, if it stands in a spreadsheet that can be opened.
    fn in_sheet(&self, place: Option<Span>) -> Option<(&str, String)> {
        self.at(place).and_then(|_| self.sources.in_sheet(place?))
    }

    /// Where an item is shown in any case: at its place, else at the beginning of its file, or of the newer policy.
    fn somewhere(&self, place: Option<Span>) -> (&str, usize, usize) {
        let file = place.map(|span| self.sources.at(span).0).filter(|file| !file.is_empty());
        let file = file.unwrap_or(&self.of.new.file);
        self.at(place).unwrap_or((kept(file).unwrap_or(file), 1, 1))
    }
}

/// The path of a text that a revision keeps: of `v1:club.overens`, the end.
fn kept(file: &str) -> Option<&str> {
    // A single letter is a drive.
    file.split_once(':').filter(|(revision, _)| revision.len() > 1).map(|(_, path)| path)
}
