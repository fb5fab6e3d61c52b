//! Reasons formatted for a terminal: the verdict, the tree with a mark for each step, the words of policy and facts
//! underlined, and what would change it.

use super::{encoded, named, places};
use crate::render::excerpt::excerpts;
use crate::render::report::{called, pretty::tint, short_place};
use crate::render::table::{Row, Tint, broken, lay, tinted};
use crate::render::{Look, Marks, visible};
use crate::report::{Changed, Naming, Step, Why};
use crate::source::{Sources, Span};
use crate::verdict::Mark;

/// Steps deeper than this are not indented any more.
const DEEPEST: usize = 12;

/// Everything about one verdict. Where names are hidden, the facts' own lines are not shown.
pub fn show(why: &Why, sources: &Sources, look: Look, naming: Naming) -> String {
    let mut text = head(why, look);
    text.push('\n');
    text.push_str(&tree(&why.tree, sources, look));
    for note in &why.notes {
        text.push_str(&wrapped(&format!("note: {note}"), 2, look));
    }
    let (policy, facts) = places(why);
    let shown: Vec<Span> = match naming {
        Naming::Real => policy.into_iter().chain(facts).collect(),
        Naming::Pseudonyms => policy,
    };
    if !shown.is_empty() {
        text.push('\n');
        text.push_str(&excerpts(&shown, sources, look));
    }
    if !why.told.is_empty() {
        text.push_str(&format!("\n{}\n", tinted("what would change it", Tint::Strong, look.colour)));
        why.told.iter().for_each(|change| changed(change, look, &mut text));
    }
    text
}

/// What lies below a step alone: the first step only says the verdict, which stands above already.
pub fn tree(step: &Step, sources: &Sources, look: Look) -> String {
    let mut rows = Vec::new();
    for below in &step.steps {
        branch(below, 0, sources, look, &mut rows);
    }
    lay(&rows, 2, look.width, look.colour)
}

fn head(why: &Why, look: Look) -> String {
    let line = &why.line;
    let mut text = format!("{}\n", tinted(&visible::line(&named(why)), Tint::Strong, look.colour));
    if let Some(title) = &line.title {
        text.push_str(&wrapped(title, 0, look));
    }
    if let Some(encoded) = encoded(why) {
        text.push_str(&wrapped(&encoded, 0, look));
    }
    let verdict = tinted(&visible::line(&called(line)), tint(line.called), look.colour);
    let detail = if line.detail.is_empty() { String::new() } else { format!(": {}", visible::line(&line.detail)) };
    text.push_str(&format!("{verdict}{detail}, as of {}\n", why.as_of));
    text
}

fn wrapped(words: &str, indent: usize, look: Look) -> String {
    let blank = " ".repeat(indent);
    let lines = broken(&visible::line(words), look.width.saturating_sub(indent).max(20));
    lines.iter().map(|line| format!("{blank}{line}\n")).collect()
}

fn branch(step: &Step, depth: usize, sources: &Sources, look: Look, rows: &mut Vec<Row>) {
    let tail = step.fact.or(step.policy).map_or_else(String::new, |span| short_place(span, sources));
    let sentence = format!("{} {}", mark(step.mark, look), step.words);
    rows.push(Row { cells: Vec::new(), indent: depth.min(DEEPEST).saturating_mul(2), sentence, tail });
    for below in &step.steps {
        branch(below, depth.saturating_add(1), sources, look, rows);
    }
}

fn mark(mark: Mark, look: Look) -> &'static str {
    match (mark, look.marks) {
        (Mark::Yes, Marks::Unicode) => "✓",
        (Mark::No, Marks::Unicode) => "✗",
        (Mark::Plain, Marks::Unicode) => "·",
        (Mark::Yes, Marks::Ascii) => "+",
        (Mark::No, Marks::Ascii) => "x",
        (Mark::Plain, Marks::Ascii) => "-",
        (Mark::Open, _) => "?",
        (Mark::Person, _) => "!",
    }
}

fn changed(change: &Changed, look: Look, text: &mut String) {
    if let Some(sentence) = change.as_sentence() {
        text.push_str(&wrapped(&sentence, 2, look));
        return;
    }
    text.push_str(&wrapped(&change.words, 2, look));
    for (value, called) in &change.outcomes {
        let word = tinted(called.words(), tint(*called), look.colour);
        text.push_str(&format!("    {}: {word}\n", visible::line(value)));
    }
}
