//! Findings in plain lines, for pipes and screen readers: `path:line:column: error[code]: message`, and indented below
//! it what else belongs to the finding.

use super::{hint, per_file, severity};
use crate::diagnostics::{Diagnostic, Label};
use crate::render::visible;
use crate::source::{Sources, Span};

/// All that a reader is shown of a run's findings; empty when there are none.
pub fn show(findings: &[&Diagnostic], sources: &Sources) -> String {
    let mut lines: Vec<String> = Vec::new();
    for file in per_file(findings) {
        lines.extend(file.shown.iter().map(|one| finding(one, sources)));
        lines.extend(file.rest(sources));
    }
    lines.extend(hint(findings));
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// One finding, without a line break at its end.
pub fn finding(one: &Diagnostic, sources: &Sources) -> String {
    let first = in_a_line(one, sources);
    let here = (!one.place.words.is_empty()).then(|| format!("here: {}", visible::line(&one.place.words)));
    let help = one.help.as_ref().map(|help| format!("help: {}", indented(help)));
    let below = here.into_iter().chain(one.others.iter().map(|label| other(label, sources))).chain(help);
    std::iter::once(first).chain(below).collect::<Vec<_>>().join("\n    ")
}

/// Where it stands, its code and its message.
pub fn in_a_line(one: &Diagnostic, sources: &Sources) -> String {
    let place = place(one.place.span, sources);
    format!("{place}: {}[{}]: {}", severity(one.severity), one.code.name, visible::line(&one.message))
}

fn other(label: &Label, sources: &Sources) -> String {
    let place = place(label.span, sources);
    if label.words.is_empty() { place } else { format!("{place}: {}", visible::line(&label.words)) }
}

fn place(span: Span, sources: &Sources) -> String {
    let (name, at) = sources.at(span);
    if let Some(cell) = sources.cell(span) {
        return visible::line(&format!("{name}, {cell}"));
    }
    format!("{}:{}:{}", visible::line(name), at.line, at.column)
}

/// Help may have several lines; those after the first stand below its first word.
fn indented(help: &str) -> String {
    visible::text(help).text.replace('\n', "\n          ")
}
