//! Fact files: those that were named, or the one that stands beside the policy and speaks as of the latest day.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Exit;
use super::bounds;
use super::files::{Refusal, named_in, same};
use super::neighbours::Neighbours;
use super::policy_files::{Policy, Shelf};
use crate::diagnostics::Sink;
use crate::facts::Facts;
use crate::load::{self, Others, node::Node};
use crate::project::Library as _;
use crate::project::room;
use crate::project::shelf::{self, asked};
use crate::report::Digest;
use crate::source::{FileId, Sources};
use crate::value::Day;

/// Facts that were read, and the fingerprint of their texts.
pub struct Read {
    pub facts: Facts,
    pub digest: Digest,
    pub files: Vec<FileId>,
    /// The files as they were named, or found beside the policy; those that these name are not among them.
    pub chosen: Vec<PathBuf>,
    /// The agreements that share some of the files.
    pub others: Others,
}

/// What facts are read from.
pub struct From<'a> {
    pub shelf: &'a mut Shelf,
    pub neighbours: &'a mut Neighbours,
    pub sources: &'a mut Sources,
}

/// Reads the facts that were named, or those beside the policy. What is wrong in them is a finding.
pub fn facts(
    named: &[PathBuf],
    (policy, known_on): (&Policy, Option<Day>),
    from: From,
    problems: &mut Sink,
) -> Result<Read, Refusal> {
    let From { shelf, neighbours, sources } = from;
    named_once(named)?;
    let chosen = match named {
        [] => beside(&policy.path, shelf, sources, problems)?,
        named => named.to_vec(),
    };
    shelf.beside(&policy.path);
    let roots = shelf.gather(&chosen, sources, problems)?;
    let roots = match known_on {
        Some(day) => load::known_on(roots, day),
        None => roots,
    };
    let (facts, others) = neighbours.facts(&roots, policy, problems);
    small_enough(&facts, &roots)?;
    // A quote that is never closed makes a cell of the rest of its file, and has been told.
    if !problems.has_errors() {
        short_cells(&facts, &roots, sources)?;
    }
    // Only now, since a text at rest comes to something when it is read.
    let texts = roots.iter().filter_map(|(node, _)| sources.get(node.span.file)).map(|source| &source.text);
    let digest = Digest::of_texts(texts);
    let files = roots.iter().map(|(node, _)| node.span.file).collect();
    Ok(Read { facts, digest, files, others, chosen })
}

/// Refuses facts that are given twice, perhaps in two ways: it may be that another file was meant. Standard input tells by itself.
pub fn named_once(words: &[PathBuf]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    let again = words.iter().find(|word| {
        let (path, how) = asked(word, None);
        path != Path::new("-") && !seen.insert((same(&path), how.record.map(|(record, _)| record)))
    });
    again.map_or(Ok(()), |word| {
        Err(Refusal {
            message: format!("the facts `{}` are given twice", word.display()),
            help: Some("give each fact file once; perhaps you meant another one".to_string()),
            exit: Exit::CommandLine,
        })
    })
}

/// Refuses more records than a run may take. Whoever judges facts asks this first.
pub fn small_enough(facts: &Facts, roots: &[(Node, String)]) -> Result<(), Refusal> {
    Ok(room::small_enough(&bounds::limits(), facts, roots)?)
}

/// Refuses a table with a cell that is longer than a run may take.
pub fn short_cells(facts: &Facts, roots: &[(Node, String)], sources: &Sources) -> Result<(), Refusal> {
    Ok(room::short_cells(&bounds::limits(), facts, roots, sources)?)
}

/// The facts beside a policy: of several files the one with the latest as-of day.
pub fn beside(
    policy: &Path,
    shelf: &mut Shelf,
    sources: &mut Sources,
    problems: &mut Sink,
) -> Result<Vec<PathBuf>, Refusal> {
    let paths = shelf.library().facts_beside(policy)?;
    latest(paths, shelf, sources, problems)
}

/// Of several files the one with the latest as-of day; the only one may have none.
fn latest(
    paths: Vec<PathBuf>,
    shelf: &mut Shelf,
    sources: &mut Sources,
    problems: &mut Sink,
) -> Result<Vec<PathBuf>, Refusal> {
    if paths.len() < 2 {
        return Ok(paths);
    }
    let mut known: Vec<(Option<Day>, PathBuf, Sink)> = Vec::new();
    for path in paths {
        let mut own = Sink::default();
        let day = match shelf.day_of(&path, sources, &mut own)? {
            Some(day) => day,
            // A day that cannot be read may be the latest: then it is read whole, and its mistake told.
            None => shelf
                .root(&path, sources, &mut own)?
                .and_then(|root| shelf::as_of(root).or_else(|| load::as_of(root).map(|_| Day::MAX))),
        };
        known.push((day, path, own));
    }
    let newest = known.iter().map(|(day, _, _)| *day).max().flatten();
    let mut chosen = Vec::new();
    for (day, path, own) in known {
        // What is wrong with an older file concerns nobody, unless it may be the newest one: no day could be read in it.
        if day == newest || (day.is_none() && own.has_errors()) {
            problems.extend(own);
        }
        if day == newest {
            chosen.push(path);
        }
    }
    if chosen.len() > 1 {
        chosen = not_named_by_others(chosen, shelf, sources)?;
    }
    if chosen.len() < 2 {
        return Ok(chosen);
    }
    let names: Vec<String> = chosen.iter().map(|path| format!("`{}`", shelf.library().shown(path))).collect();
    let message = match newest {
        Some(day) => format!("several fact files have the as-of date {day}: {}", names.join(", ")),
        None => format!("there are several fact files next to the policy: {}", names.join(", ")),
    };
    let help = Some("give the ones you mean after the policy".to_string());
    Err(Refusal { message, help, exit: Exit::CommandLine })
}

/// Of several files those that no other of them names: what names the others stands for all of them.
fn not_named_by_others(
    chosen: Vec<PathBuf>,
    shelf: &mut Shelf,
    sources: &mut Sources,
) -> Result<Vec<PathBuf>, Refusal> {
    let mut named = BTreeSet::new();
    for path in &chosen {
        // What is wrong with it is told when it is read.
        let mut own = Sink::default();
        let files = shelf.root(path, sources, &mut own)?.map_or_else(Vec::new, |root| load::files(root, &mut own));
        named.extend(files.iter().map(|file| same(&named_in(path, &file.path.it))));
    }
    let (of_others, apart): (Vec<PathBuf>, Vec<PathBuf>) =
        chosen.into_iter().partition(|path| named.contains(&same(path)));
    // Files that name one another in a circle stand for nothing.
    Ok(if apart.is_empty() { of_others } else { apart })
}

/// The day to judge as of: what was asked for, else what the facts say. There is no silent today.
pub fn day(asked: Option<Day>, facts: &Facts) -> Result<Day, Refusal> {
    asked.or(facts.as_of).ok_or_else(|| Refusal {
        message: "no as-of date given".to_string(),
        help: Some("use `--as-of 2015-02-01`, or add `as_of: \"2015-02-01\"` to the facts".to_string()),
        exit: Exit::CommandLine,
    })
}

/// A day on the command line.
pub fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse_iso(text).map_err(|problem| format!("{problem}; write a date as 2015-02-01"))
}
