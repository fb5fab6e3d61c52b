//! Fact files: those that were named, or the one that stands beside the policy and speaks as of the latest day.

use std::path::{Path, PathBuf};

use super::Exit;
use super::files::{self, Refusal};
use crate::diagnostics::Sink;
use crate::facts::Facts;
use crate::load::{self, node::Node, node::NodeKind};
use crate::model::schema::Schema;
use crate::report::Digest;
use crate::source::Sources;
use crate::value::Day;

/// Trees of fact files with the names that they were given by.
pub type Roots = Vec<(Node, String)>;

/// Facts that were read, and the fingerprint of their texts.
pub struct Read {
    pub facts: Facts,
    pub digest: Digest,
}

/// What facts are read for.
pub struct For<'a> {
    /// The policy's file.
    pub policy: &'a Path,
    pub agreement: &'a str,
    pub schema: &'a Schema,
}

/// Reads the facts that were named, or those beside the policy. What is wrong in them is a finding.
pub fn facts(named: &[PathBuf], of: &For, sources: &mut Sources, problems: &mut Sink) -> Result<Read, Refusal> {
    let roots = match named {
        [] => latest(&files::facts_beside(of.policy)?, sources, problems)?,
        named => roots(named, sources, problems)?,
    };
    let names: Vec<&str> = roots.iter().map(|(_, name)| name.as_str()).collect();
    let texts = sources.files().filter(|(_, source)| names.contains(&source.name.as_str()));
    let digest = Digest::of(texts.map(|(_, source)| &*source.text));
    let agreement = (!of.agreement.is_empty()).then_some(of.agreement);
    let facts = load::bind(&roots, of.schema, agreement, problems);
    Ok(Read { facts, digest })
}

/// The trees of files. A file that cannot be understood is a finding and has no tree.
pub fn roots(paths: &[PathBuf], sources: &mut Sources, problems: &mut Sink) -> Result<Roots, Refusal> {
    let mut roots = Roots::new();
    for path in paths {
        roots.extend(root(path, sources, problems)?);
    }
    Ok(roots)
}

fn root(path: &Path, sources: &mut Sources, problems: &mut Sink) -> Result<Option<(Node, String)>, Refusal> {
    let file = files::read(path, sources, problems)?;
    let Some((name, text)) = sources.get(file).map(|source| (source.name.clone(), source.text.clone())) else {
        return Ok(None);
    };
    // What comes from a pipe has no name to tell its notation by; RON is what facts are meant to be written in.
    let known_by = if name == "-" { "-.ron" } else { &name };
    Ok(load::read(file, known_by, &text, problems).map(|node| (node, name)))
}

/// Of several files the one with the latest as-of day; the only one may have none.
fn latest(paths: &[PathBuf], sources: &mut Sources, problems: &mut Sink) -> Result<Roots, Refusal> {
    let all = roots(paths, sources, problems)?;
    if all.len() < 2 {
        return Ok(all);
    }
    let newest = all.iter().map(|(node, _)| as_of(node)).max().flatten();
    let (chosen, _): (Roots, Roots) = all.into_iter().partition(|(node, _)| as_of(node) == newest);
    if chosen.len() < 2 {
        return Ok(chosen);
    }
    let names: Vec<String> = chosen.iter().map(|(_, name)| format!("`{name}`")).collect();
    let message = match newest {
        Some(day) => format!("several fact files speak as of {day}: {}", names.join(", ")),
        None => format!("several fact files stand beside the policy: {}", names.join(", ")),
    };
    let help = Some("name those that are meant, behind the policy".to_string());
    Err(Refusal { message, help, exit: Exit::CommandLine })
}

/// The as-of day that a tree gives, if it is one.
fn as_of(node: &Node) -> Option<Day> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let (_, value) = entries.iter().find(|(name, _)| name.it == "as_of")?;
    match &value.kind {
        NodeKind::Text(text) => Day::parse_iso(text).ok(),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::List(_) | NodeKind::Map(_) => None,
    }
}

/// The day to judge as of: what was asked for, else what the facts say. There is no silent today.
pub fn day(asked: Option<Day>, facts: &Facts) -> Result<Day, Refusal> {
    asked.or(facts.as_of).ok_or_else(|| Refusal {
        message: "it is not said as of which day to judge".to_string(),
        help: Some("add `--as-of 2015-02-01`, or write `as_of: \"2015-02-01\"` into the facts".to_string()),
        exit: Exit::CommandLine,
    })
}

/// A day on the command line.
pub fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse_iso(text).map_err(|problem| format!("{problem}; a day is written 2015-02-01"))
}
