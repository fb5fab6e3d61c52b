//! Reasons as a page: one file without anything from outside, readable without scripts. How deep a step lies is told by how deep
//! its entry lies in a list.

use std::fmt::{self, Write};

use super::listed::{self, Listed};
use super::plain::changed;
use super::{encoded, named};
use crate::render::escape::{markup, markup_lines};
use crate::render::report::html::{begin, clauses::step, end};
use crate::render::report::{called, place};
use crate::report::{Step, Why};
use crate::source::Sources;

/// Everything about some verdicts of an agreement, below the clauses of a section, if one was asked for.
pub fn write(
    (listed, policy): (&[Listed], &str),
    all: &[Why],
    title: &str,
    sources: &Sources,
    out: &mut dyn Write,
) -> fmt::Result {
    begin(title, out)?;
    writeln!(out, "<header>\n<h1>{}</h1>\n</header>\n<main>", markup(title))?;
    listed::html(listed, policy, out)?;
    (1_usize..).zip(all).try_for_each(|(at, why)| one(at, why, sources, out))?;
    writeln!(out, "</main>")?;
    end(out)
}

fn one(at: usize, why: &Why, sources: &Sources, out: &mut dyn Write) -> fmt::Result {
    let line = &why.line;
    writeln!(out, "<section aria-labelledby=\"v{at}\">\n<h2 id=\"v{at}\">{}</h2>", markup(&named(why)))?;
    let detail = if line.detail.is_empty() { String::new() } else { format!(", {}", line.detail) };
    let verdict = format!("{}{detail}, as of {}", called(line), why.as_of);
    writeln!(out, "<p class=\"answer\">{}</p>", markup(&verdict))?;
    let above = line.title.iter().cloned().chain(encoded(why));
    // Notes stand in the clause's own words, below.
    let notes = why.notes.iter().filter(|_| why.clause.is_none()).map(|note| format!("note: {note}"));
    above.chain(notes).try_for_each(|words| writeln!(out, "<p>{}</p>", markup(&words)))?;
    if let Some(span) = line.policy {
        writeln!(out, "<p class=\"file\">{}</p>", markup(&place(span, sources)))?;
    }
    if let Some(span) = why.clause {
        writeln!(out, "<pre>{}</pre>", markup_lines(sources.text(span).trim_end()))?;
    }
    write!(out, "<h3>Why</h3>\n<div class=\"why\"><ul>")?;
    let at = |step: &Step| step.fact.or(step.policy).map(|span| place(span, sources));
    why.tree.steps.iter().try_for_each(|one| step(one, &at, out))?;
    writeln!(out, "</ul></div>")?;
    if !why.told.is_empty() {
        writeln!(out, "<h3>What would change it</h3>\n<ul>")?;
        why.told.iter().try_for_each(|change| writeln!(out, "<li>{}</li>", markup(&changed(change))))?;
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</section>")
}
