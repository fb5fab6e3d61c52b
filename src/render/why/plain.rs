//! Reasons in plain sentences: how deep a step lies is told by numbers, how it came out by words.

use super::{encoded, named};
use crate::render::report::{called, place};
use crate::render::visible;
use crate::report::{Changed, Step, Why};
use crate::source::Sources;
use crate::verdict::Mark;

/// Everything about one verdict.
pub fn show(why: &Why, sources: &Sources) -> String {
    let line = &why.line;
    let detail = if line.detail.is_empty() { String::new() } else { format!(", {}", line.detail) };
    let mut lines = vec![format!("{}: {}{detail}, as of {}", named(why), called(line), why.as_of)];
    lines.extend(line.title.clone());
    let encodes = encoded(why).map_or_else(String::new, |words| format!(", {words}"));
    lines.extend(line.policy.map(|span| format!("clause: {}{encodes}", place(span, sources))));
    lines.extend(why.notes.iter().map(|note| format!("note: {note}")));
    steps(&why.tree.steps, "", sources, &mut lines);
    lines.extend(why.told.iter().map(changed));
    lines.iter().map(|line| format!("{}\n", visible::line(line))).collect()
}

/// `1.2 no: … (facts/2015.ron:7)`.
fn steps(all: &[Step], above: &str, sources: &Sources, lines: &mut Vec<String>) {
    for (at, step) in all.iter().enumerate() {
        let number = format!("{above}{}", at.saturating_add(1));
        let place = step.fact.or(step.policy).map_or_else(String::new, |span| format!(" ({})", place(span, sources)));
        lines.push(format!("{number} {}{}{place}", mark(step.mark), step.words));
        steps(&step.steps, &format!("{number}."), sources, lines);
    }
}

pub(super) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Yes => "yes: ",
        Mark::No => "no: ",
        Mark::Open => "open: ",
        Mark::Person => "for a person: ",
        Mark::Plain => "",
    }
}

pub(super) fn changed(change: &Changed) -> String {
    if let Some(sentence) = change.as_sentence() {
        return sentence;
    }
    let outcomes: Vec<String> =
        change.outcomes.iter().map(|(value, called)| format!("{value}, {}", change.would_be(*called))).collect();
    format!("{} {}", change.words, outcomes.join("; "))
}
