//! Findings for a program: a JSON array with one object for each, none left out.
//! Lines and columns count from 1, columns in characters; the end is the first place after the finding.

use std::fmt::Write;

use serde::Serialize;

use super::severity;
use crate::diagnostics::{Diagnostic, Label};
use crate::source::{LineColumn, Sources, hides};

/// The array, with a line break at its end.
pub fn show(findings: &[&Diagnostic], sources: &Sources) -> String {
    let all: Vec<Finding> = findings.iter().map(|one| Finding::of(one, sources)).collect();
    written(&all)
}

/// One finding on a line, without a line break at its end.
pub(in crate::render) fn line(finding: &Diagnostic, sources: &Sources) -> String {
    compact(&Finding::of(finding, sources))
}

/// A value as indented JSON. Characters that could do something to a terminal are escaped; the value stays the same.
pub(in crate::render) fn written(value: &impl Serialize) -> String {
    // Invariant: strings, numbers and lists of them can always be written.
    let mut safe = harmless(&serde_json::to_string_pretty(value).unwrap_or_default());
    safe.push('\n');
    safe
}

/// The same on one line, without a line break at its end.
pub(in crate::render) fn compact(value: &impl Serialize) -> String {
    harmless(&serde_json::to_string(value).unwrap_or_default())
}

fn harmless(json: &str) -> String {
    let mut safe = String::with_capacity(json.len().saturating_add(1));
    for c in json.chars() {
        if c == '\n' || !hides(c) { safe.push(c) } else { escape(c, &mut safe) }
    }
    safe
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    others: Vec<Place<'a>>,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: Option<&'a str>,
}

impl<'a> Finding<'a> {
    fn of(one: &'a Diagnostic, sources: &'a Sources) -> Self {
        Finding {
            code: one.code.name,
            severity: severity(one.severity),
            message: &one.message,
            place: Place::of(&one.place, sources),
            others: one.others.iter().map(|label| Place::of(label, sources)).collect(),
            help: one.help.as_deref(),
        }
    }
}

impl<'a> Place<'a> {
    fn of(label: &'a Label, sources: &'a Sources) -> Self {
        let (file, LineColumn { line, column }) = sources.at(label.span);
        let (_, end) = sources.at(label.span.after());
        let words = label.words.as_str();
        let label = (!words.is_empty()).then_some(words);
        Place { file, line, column, end_line: end.line, end_column: end.column, label }
    }
}

/// Outside of strings, JSON holds no such character, so the escape always stands in a string.
fn escape(c: char, out: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a String cannot fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
}
