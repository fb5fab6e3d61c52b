//! A snapshot as text, in the form of `.snap` files that editors and `cargo insta review` know: a head between two lines
//! `---`, then one verdict a line.

use std::fmt::{self, Write};

use super::{FORM, JudgedWith, Snapshot};
use crate::report::digest::Digest;
use crate::report::entry::Entry;
use crate::source::hides;

impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.entries.iter().map(Entry::to_string).collect();
        let shown: Vec<&str> = lines.iter().map(String::as_str).collect();
        writeln!(f, "---")?;
        writeln!(f, "source: {}", text(&self.policy))?;
        writeln!(f, "description: {}", text(&self.judged_with.to_string()))?;
        writeln!(f, "info:")?;
        writeln!(f, "  overens: {FORM}")?;
        writeln!(f, "  as_of: {}", text(&self.as_of.to_string()))?;
        writeln!(f, "  contents: {}", text(&checksum(self, &shown).to_string()))?;
        if !self.amendments.is_empty() {
            writeln!(f, "  amendments: {}", text(&self.amendments))?;
        }
        self.accepted(f)?;
        writeln!(f, "input_file: {}", text(&self.facts))?;
        writeln!(f, "---")?;
        lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl Snapshot {
    fn accepted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.accepted.is_empty() {
            return Ok(());
        }
        writeln!(f, "  accepted:")?;
        for one in &self.accepted {
            writeln!(f, "    - by: {}", text(&one.by))?;
            writeln!(f, "      why: {}", text(&one.why))?;
            writeln!(f, "      what: {}", text(&one.what))?;
        }
        Ok(())
    }
}

/// `policy 7f3c…, facts 90ab…, calendar Sweden 02a1…`, all digits written.
impl fmt::Display for JudgedWith {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, holidays) = &self.calendar;
        write!(f, "policy {}, facts {}, calendar {name} {holidays}", self.policy, self.facts)
    }
}

/// By this it is seen that nobody changed the verdicts by hand, nor what the head says of them: who accepted them and why, as of
/// which day, on which texts. It is made of what the head says, not of how it is written, since other tools write it anew.
pub(super) fn checksum(head: &Snapshot, lines: &[&str]) -> Digest {
    let said = [head.as_of.to_string(), head.judged_with.to_string(), head.accepted.len().to_string()];
    let named = [&head.policy, &head.facts, &head.amendments].map(String::as_str);
    let accepted = head.accepted.iter().flat_map(|one| [&one.by, &one.why, &one.what]).map(String::as_str);
    Digest::of(said.iter().map(String::as_str).chain(named).chain(accepted).chain(lines.iter().copied()))
}

/// A text in quotes, as YAML and JSON have it.
fn text(words: &str) -> String {
    let mut quoted = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // Writing to a String cannot fail.
            c if hides(c) => drop(write!(quoted, "\\U{:08x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
