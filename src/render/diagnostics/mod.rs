//! How findings are shown: formatted for a terminal, in plain lines, or as JSON.
//! Readers get the first findings of each code in a file and a count of the others; programs get all.

pub mod json;
pub mod page;
pub mod plain;
pub mod regime;
#[cfg(feature = "cli")]
pub mod terminal;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Severity};
use crate::render::visible;
use crate::source::{FileId, Sources};

/// So many findings of one code are shown to a reader for one file.
pub const SHOWN_PER_CODE: usize = 50;

/// The word for a severity, the same in every view.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The findings of one file that a reader is shown, and how many of each code are left out.
struct OneFile<'a> {
    file: FileId,
    shown: Vec<&'a Diagnostic>,
    left_out: BTreeMap<&'static str, usize>,
}

fn per_file<'a>(findings: &[&'a Diagnostic]) -> Vec<OneFile<'a>> {
    let mut files: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    for &finding in findings {
        files.entry(finding.place.span.file).or_default().push(finding);
    }
    files.into_iter().map(|(file, all)| few(file, all)).collect()
}

/// Many findings of one code never hide those of another.
fn few(file: FileId, all: Vec<&Diagnostic>) -> OneFile<'_> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut is_shown = |one: &&Diagnostic| {
        let count = counts.entry(one.code.name).or_default();
        *count = count.saturating_add(1);
        *count <= SHOWN_PER_CODE
    };
    let shown = all.into_iter().filter(|one| is_shown(one)).collect();
    counts.retain(|_, count| {
        *count = count.saturating_sub(SHOWN_PER_CODE);
        *count > 0
    });
    OneFile { file, shown, left_out: counts }
}

/// How many findings a reader is not shown, but told the number of.
pub fn counted(findings: &[&Diagnostic]) -> usize {
    per_file(findings).iter().map(|one| one.left_out.values().sum::<usize>()).sum()
}

impl OneFile<'_> {
    /// The line that counts what is left out; nothing when nothing is.
    fn rest(&self, sources: &Sources) -> Option<String> {
        let name = sources.get(self.file).map_or_else(String::new, |source| visible::line(&source.name));
        let codes = || self.left_out.iter().map(|(code, count)| format!("{count} `{code}`")).collect::<Vec<_>>();
        let of_codes = if self.left_out.len() > 1 { format!(": {}", codes().join(", ")) } else { String::new() };
        match self.left_out.values().sum::<usize>() {
            0 => None,
            1 => Some(format!("and 1 more finding in `{name}`")),
            many => Some(format!("and {many} more findings in `{name}`{of_codes}")),
        }
    }
}

/// The last line of a run: where to read more. Nothing when nothing was found.
fn hint(findings: &[&Diagnostic]) -> Option<String> {
    let names: BTreeSet<&str> = findings.iter().map(|one| one.code.name).collect();
    let mut names = names.into_iter();
    let first = names.next()?;
    let mut others: Vec<&str> = names.by_ref().take(OTHERS_NAMED).collect();
    if names.next().is_some() {
        others.push("…");
    }
    let others = if others.is_empty() { String::new() } else { format!(" (or {})", others.join(", ")) };
    Some(format!("to read more: overens explain {first}{others}"))
}

/// So many codes are named beside the first.
const OTHERS_NAMED: usize = 3;
