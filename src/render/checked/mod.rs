//! What checking policies came to, in every form of a report: one line a policy when all are sound, else what was found.

mod github;
mod html;
mod junit;
mod markdown;
mod rows;
mod sarif;

use std::fmt::{self, Write};

#[cfg(feature = "cli")]
use super::diagnostics::terminal;
use super::diagnostics::{json, plain};
use super::not_done::NotDone;
use super::report::form::Form;
use super::{Look, many, visible};
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::Sources;

/// A policy that was checked.
pub struct Policy {
    /// Its agreement's name.
    pub name: String,
    /// Its file as the user named it.
    pub file: String,
    /// What it holds: `3 clauses, 1 record, no scenarios: no errors`.
    pub holds: String,
    /// It holds nothing at all, and that is a failure.
    pub nothing: bool,
    /// What was found in its texts and facts, by place.
    pub findings: Vec<Diagnostic>,
}

/// All that were checked in one run.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    pub policies: &'a [Policy],
    /// What could not be checked.
    pub not_checked: &'a [NotDone],
    /// Each finding once, by place.
    pub findings: &'a [&'a Diagnostic],
    pub sources: &'a Sources,
}

impl Policy {
    /// How many errors and warnings were found in it.
    fn counts(&self) -> (usize, usize) {
        let errors = self.findings.iter().filter(|one| one.severity == Severity::Error).count();
        (errors, self.findings.len().saturating_sub(errors))
    }

    /// What was found, counted; what it holds, where nothing was.
    fn summary(&self) -> String {
        match self.counts() {
            (0, 0) => self.holds.clone(),
            (0, warnings) => many(warnings, "warning"),
            (errors, 0) => many(errors, "error"),
            (errors, warnings) => format!("{}, {}", many(errors, "error"), many(warnings, "warning")),
        }
    }
}

impl Checked<'_> {
    fn is_sound(&self) -> bool {
        self.findings.iter().all(|one| one.severity != Severity::Error)
    }

    /// How it stands, in a sentence.
    fn answer(&self) -> &'static str {
        match (self.is_sound(), self.findings.is_empty()) {
            (false, _) => "There are errors.",
            (true, _) if self.policies.iter().any(|policy| policy.nothing) => "There is an empty policy.",
            (true, _) if !self.not_checked.is_empty() => "Not everything could be checked.",
            (true, true) => "No errors.",
            (true, false) => "No errors, but there are warnings.",
        }
    }
}

/// Writes what came of it in a form.
pub fn write(form: Form, checked: &Checked, look: Look, out: &mut dyn Write) -> fmt::Result {
    let Checked { policies, findings, sources, .. } = *checked;
    match form {
        Form::Json => out.write_str(&json::show_with(findings, sources, &rows::not_checked(checked))),
        Form::Jsonl => rows::lines(checked, out),
        Form::Csv => rows::values(checked, out),
        Form::Markdown => markdown::write(checked, out),
        Form::Html => html::write(checked, out),
        Form::Junit => junit::write(checked, out),
        Form::Sarif => sarif::write(checked, out),
        Form::Github => github::write(checked, out),
        Form::Pretty | Form::Plain if findings.is_empty() => {
            policies.iter().try_for_each(|one| writeln!(out, "{}: {}", one.name, one.holds))?;
            not_checked(checked, out)
        }
        Form::Summary => {
            policies.iter().try_for_each(|one| writeln!(out, "{}: {}", one.name, one.summary()))?;
            not_checked(checked, out)
        }
        Form::Pretty => {
            out.write_str(&drawn(findings, sources, look))?;
            not_checked(checked, out)
        }
        Form::Plain => {
            out.write_str(&plain::show(findings, sources))?;
            not_checked(checked, out)
        }
    }
}

/// What could not be checked, a line each.
fn not_checked(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    checked.not_checked.iter().try_for_each(|one| writeln!(out, "{}", visible::line(&one.because("checked"))))
}

#[cfg(feature = "cli")]
fn drawn(findings: &[&Diagnostic], sources: &Sources, look: Look) -> String {
    terminal::show(findings, sources, look)
}

/// Findings are drawn by what the command line brings with it.
#[cfg(not(feature = "cli"))]
fn drawn(findings: &[&Diagnostic], sources: &Sources, _: Look) -> String {
    plain::show(findings, sources)
}
