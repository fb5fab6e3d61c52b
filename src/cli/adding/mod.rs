//! A new fact file beside the others: what it adds is held against the policy as all facts are, then written, never over a file that is
//! there. Answers and decisions come to the facts in this way alone.

pub mod talk;
pub(super) mod written;

use std::path::{Path, PathBuf};

use super::Exit;
use super::bounds::of_evaluation;
use super::fact_files::{From, small_enough};
use super::files::Refusal;
use super::neighbours::Neighbours;
use super::output::{Output, To};
use super::policy_files::Shelf;
use super::prepare::{FactsFormat, Ready};
use crate::diagnostics::{Diagnostic, Severity, Sink};
use crate::evaluate::evaluate;
use crate::facts::Facts;
use crate::load::{self, node::Node, node::NodeKind};
use crate::source::{Sources, Span, Spanned};
use crate::value::Day;
use crate::verdict::Verdicts;

/// An entry of a fact file.
pub type Entry = (Spanned<String>, Node);

/// What is added, as the tree of a fact file without the files that it belongs to.
pub struct Addition {
    pub root: Node,
    pub recorded_on: Day,
    /// What the file is called: `answers`.
    pub name: &'static str,
    /// What stands at its top.
    pub title: &'static str,
    /// How many values, lists and decisions it holds.
    pub parts: usize,
}

/// What has been added.
pub struct Added {
    pub path: PathBuf,
    pub parts: usize,
    /// The verdicts with it.
    pub after: Verdicts,
}

/// Where an addition is looked at before it is written.
pub struct Stage<'a> {
    pub ready: &'a Ready,
    pub sources: Sources,
    pub problems: Sink,
}

/// What a new fact file says of itself: whose facts it holds, as of which day, and when they were written down.
pub fn head(ready: &Ready, recorded_on: Day, place: Span) -> Vec<Entry> {
    let as_of = ready.facts.as_of.unwrap_or(ready.as_of);
    let name = ready.policy.agreement_name().map(|name| text_entry("agreement", place, name));
    let days = [("as_of", as_of), ("recorded_on", recorded_on)];
    name.into_iter().chain(days.map(|(name, day)| text_entry(name, place, &day.to_string()))).collect()
}

pub fn text_entry(name: &str, place: Span, text: &str) -> Entry {
    let node = Node { span: place, kind: NodeKind::Text(text.to_string()) };
    (Spanned::new(name.to_string(), place), node)
}

/// Looks whether an addition fits the facts, writes it to its file, and tells what comes of it.
pub fn add(
    addition: Option<Addition>,
    stage: &mut Stage,
    (to, nothing): (Option<&Path>, &str),
    output: &Output,
    told: impl FnOnce(&Added) -> String,
) -> Exit {
    let fitting = addition.map(|addition| held(&addition.root, stage).map(|facts| (addition, facts)));
    let exit = Exit::of_facts(&stage.problems);
    let shown = output.findings(To::Messages, None, &stage.problems.sorted(), &stage.sources);
    let shown = shown.worst_of(output.uncounted(To::Messages, &stage.problems)).worst_of(exit);
    let (addition, facts) = match fitting {
        None => return shown,
        Some(Err(refusal)) => return shown.worst_of(output.refuse(&refusal)),
        Some(Ok(_)) if exit != Exit::Yes => return shown,
        Some(Ok(found)) => found,
    };
    if addition.parts == 0 {
        let nothing = format!("nothing to do: {nothing}\n");
        return shown.worst_of(output.write(To::Messages, &nothing)).worst_of(Exit::No);
    }
    let ready = stage.ready;
    let path = match written::put(&addition, ready, to) {
        Ok(path) => path,
        Err(refusal) => return shown.worst_of(output.refuse(&refusal)),
    };
    let after = evaluate(&ready.plan, &facts, ready.as_of, &of_evaluation());
    let added = Added { path, parts: addition.parts, after };
    shown.worst_of(output.write(To::Results, &told(&added)))
}

/// The facts with the addition. What does not fit is a finding, at its place in the addition.
pub fn held(root: &Node, stage: &mut Stage) -> Result<Facts, Refusal> {
    let Stage { ready, sources, problems } = stage;
    let mut shelf = Shelf::default().with_pipe(ready.asked.facts_format.map(FactsFormat::ending));
    let mut neighbours = Neighbours::default();
    let named: Vec<PathBuf> = ready.named.iter().map(PathBuf::from).collect();
    // What is wrong with the older files has been told.
    let mut told = Sink::default();
    let from = From { shelf: &mut shelf, neighbours: &mut neighbours, sources };
    from.shelf.beside(&ready.policy.path);
    let mut roots: Vec<(Node, String)> = from.shelf.gather(&named, from.sources, &mut told)?;
    roots.push((root.clone(), String::new()));
    let before = problems.has_errors();
    let mut found = Sink::default();
    let (facts, others) = from.neighbours.facts(&roots, &ready.policy, &mut found);
    load::check_recorded(&ready.plan, &facts, &others, &mut found);
    // The older files have been read without mistakes; what is guessed of them was told.
    let own = |one: &&Diagnostic| one.severity == Severity::Error || one.place.span.file == root.span.file;
    found.sorted().into_iter().filter(own).cloned().for_each(|one| problems.push(one));
    if !before && !problems.has_errors() {
        small_enough(&facts, &roots)?;
    }
    Ok(facts)
}
