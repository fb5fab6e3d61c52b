//! Findings for a program: a JSON array with one object for each, none left out.
//! Lines and columns count from 1, columns in characters; the end is the first place after the finding.

use std::fmt::{self, Write};
use std::io;

use serde::Serialize;

use super::severity;
use crate::diagnostics::{Diagnostic, Label};
use crate::source::{LineColumn, Sources, Span, hides};

/// The array, with a line break at its end.
pub fn show(findings: &[&Diagnostic], sources: &Sources) -> String {
    let all: Vec<Finding> = findings.iter().map(|one| Finding::of(one, sources)).collect();
    written(&all)
}

/// The same with further entries behind them, of what is no finding.
pub(in crate::render) fn show_with<M: Serialize>(findings: &[&Diagnostic], sources: &Sources, more: &[M]) -> String {
    let findings = findings.iter().map(|one| Entry::Finding(Finding::of(one, sources)));
    let all: Vec<Entry<M>> = findings.chain(more.iter().map(Entry::Other)).collect();
    written(&all)
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a, M> {
    Finding(Finding<'a>),
    Other(&'a M),
}

/// One finding on a line, without a line break at its end.
pub(in crate::render) fn line(finding: &Diagnostic, sources: &Sources) -> String {
    compact(&Finding::of(finding, sources))
}

/// A value as indented JSON. Characters that could do something to a terminal are escaped; the value stays the same.
pub(in crate::render) fn written(value: &impl Serialize) -> String {
    let mut safe = String::new();
    // Invariant: strings, numbers and lists of them can always be written.
    let _ = write(value, &mut safe);
    safe
}

/// The same, piece by piece.
pub(in crate::render) fn write(value: &impl Serialize, out: &mut dyn Write) -> fmt::Result {
    serde_json::to_writer_pretty(Harmless(out), value).map_err(|_| fmt::Error)?;
    out.write_char('\n')
}

struct Harmless<'o>(&'o mut dyn Write);

impl io::Write for Harmless<'_> {
    /// JSON comes in whole strings, so no character is cut.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        harmless(text, self.0).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The same on one line, without a line break at its end.
pub(in crate::render) fn compact(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let mut safe = String::with_capacity(json.len().saturating_add(1));
    // Writing to a String cannot fail.
    let _ = harmless(&json, &mut safe);
    safe
}

fn harmless(json: &str, out: &mut dyn Write) -> fmt::Result {
    let mut rest = json;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| *c != '\n' && hides(*c)) {
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.write_str(before)?;
        escape(c, out)?;
        rest = behind.get(c.len_utf8()..).unwrap_or("");
    }
    out.write_str(rest)
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
    #[serde(flatten)]
    cell: Option<InSheet<'a>>,
}

/// The cell of a place in a sheet of a spreadsheet.
#[derive(Serialize)]
pub(in crate::render) struct InSheet<'a> {
    sheet: &'a str,
    cell: String,
}

impl<'a> InSheet<'a> {
    /// Nothing for a place in another text.
    pub fn of(span: Span, sources: &'a Sources) -> Option<InSheet<'a>> {
        sources.in_sheet(span).map(|(sheet, cell)| InSheet { sheet, cell })
    }
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
        let (words, cell) = (label.words.as_str(), InSheet::of(label.span, sources));
        let label = (!words.is_empty()).then_some(words);
        Place { file, line, column, end_line: end.line, end_column: end.column, label, cell }
    }
}

/// Outside of strings, JSON holds no such character, so the escape always stands in a string.
fn escape(c: char, out: &mut dyn Write) -> fmt::Result {
    c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))
}
