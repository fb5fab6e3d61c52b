//! Reasons for a wiki or a message: how deep a step lies is told by how deep its entry lies in a list.

use super::plain::{changed, mark};
use super::{encoded, named};
use crate::render::escape::{code, markdown, sentence};
use crate::render::report::{called, place};
use crate::report::{Step, Why};
use crate::source::Sources;

/// Everything about one verdict.
pub fn show(why: &Why, sources: &Sources) -> String {
    let line = &why.line;
    let detail = if line.detail.is_empty() { String::new() } else { format!(", {}", line.detail) };
    let head = format!("{}: {}{detail}, as of {}", named(why), called(line), why.as_of);
    let mut text = format!("### {}\n\n", sentence(&head));
    let mut above: Vec<String> = line.title.iter().map(|title| markdown(title)).collect();
    above.extend(encoded(why).map(|words| markdown(&words)));
    above.extend(line.policy.map(|span| format!("clause: {}", code(&place(span, sources)))));
    above.extend(why.notes.iter().map(|note| markdown(&format!("note: {note}"))));
    text.push_str(&above.join("  \n"));
    text.push_str("\n\n");
    steps(&why.tree.steps, 0, sources, &mut text);
    if !why.told.is_empty() {
        text.push_str("\nWhat would change it:\n\n");
    }
    why.told.iter().for_each(|change| text.push_str(&format!("- {}\n", sentence(&changed(change)))));
    text
}

fn steps(all: &[Step], depth: usize, sources: &Sources, text: &mut String) {
    for step in all {
        let at =
            step.fact.or(step.policy).map_or_else(String::new, |span| format!(" ({})", code(&place(span, sources))));
        let words = sentence(&format!("{}{}", mark(step.mark), step.words));
        text.push_str(&format!("{}- {words}{at}\n", "  ".repeat(depth)));
        steps(&step.steps, depth.saturating_add(1), sources, text);
    }
}
