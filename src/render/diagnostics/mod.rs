//! How findings are shown: formatted for a terminal, in plain lines, or as JSON.
//! Readers get the first findings of each file and a count of the others; programs get all.

pub mod json;
pub mod page;
pub mod plain;
#[cfg(feature = "cli")]
pub mod terminal;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Severity};
use crate::render::visible;
use crate::source::{FileId, Sources};

/// So many findings of one file are shown to a reader.
pub const SHOWN_PER_FILE: usize = 50;

/// The word for a severity, the same in every view.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The findings of one file that a reader is shown, and how many are left out.
struct OneFile<'a> {
    file: FileId,
    shown: Vec<&'a Diagnostic>,
    left_out: usize,
}

fn per_file<'a>(findings: &[&'a Diagnostic]) -> Vec<OneFile<'a>> {
    let mut files: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    for &finding in findings {
        files.entry(finding.place.span.file).or_default().push(finding);
    }
    files.into_iter().map(|(file, all)| few(file, all)).collect()
}

/// Errors have precedence, so that many warnings never hide the one error that must be mended.
fn few(file: FileId, all: Vec<&Diagnostic>) -> OneFile<'_> {
    let left_out = all.len().saturating_sub(SHOWN_PER_FILE);
    let (mut shown, warnings): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.severity == Severity::Error);
    shown.extend(warnings);
    shown.truncate(SHOWN_PER_FILE);
    shown.sort_by_key(|one| one.place.span);
    OneFile { file, shown, left_out }
}

impl OneFile<'_> {
    /// The line that counts what is left out; nothing when nothing is.
    fn rest(&self, sources: &Sources) -> Option<String> {
        let name = sources.get(self.file).map_or_else(String::new, |source| visible::line(&source.name));
        match self.left_out {
            0 => None,
            1 => Some(format!("and 1 more finding in `{name}`")),
            many => Some(format!("and {many} more findings in `{name}`")),
        }
    }
}

/// The last line of a run: where to read more. Nothing when nothing was found.
fn hint(findings: &[&Diagnostic]) -> Option<String> {
    let names: BTreeSet<&str> = findings.iter().map(|one| one.code.name).collect();
    let first = names.first()?;
    let code = if names.len() == 1 { first } else { "CODE" };
    Some(format!("to read more: overens explain {code}"))
}
