//! The policies that this repository carries, ready to be tried: read, checked, and their scenarios with their facts.
//! `OVERENS_POLICIES` names another folder of policies, `OVERENS_POLICY` only one of those in it.

use std::path::{Path, PathBuf};

use overens::cli::fact_files::From;
use overens::cli::neighbours::Neighbours;
use overens::cli::policy_files::{self, Policy, Shelf};
use overens::cli::stage::{self, Ready};
use overens::diagnostics::{Severity, Sink};
use overens::source::Sources;

/// A policy without findings, and the texts that its places speak of.
pub struct Bundled {
    pub name: String,
    pub policy: Policy,
    pub sources: Sources,
}

/// The folder of the policies.
pub fn folder() -> PathBuf {
    match std::env::var("OVERENS_POLICIES") {
        Ok(named) => PathBuf::from(named),
        Err(_) => Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"),
    }
}

/// The names of the policies, sorted: folders that hold a policy of their own name.
pub fn names() -> Vec<String> {
    let only = std::env::var("OVERENS_POLICY").ok();
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = entries.filter_map(|path| named(&path)).collect();
    names.retain(|name| only.as_ref().is_none_or(|only| only == name));
    names.sort();
    names
}

fn named(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_str()?.to_owned();
    folder.join(format!("{name}.overens")).is_file().then_some(name)
}

/// A policy, or its findings, a line each.
pub fn read(name: &str) -> Result<Bundled, String> {
    let mut sources = Sources::default();
    let mut problems = Sink::default();
    let policy = policy_files::policy(&folder().join(name), &mut sources, &mut problems);
    let policy = policy.map_err(|refusal| refusal.message)?;
    none_of(&problems, &sources)?;
    Ok(Bundled { name: name.to_owned(), policy, sources })
}

/// The scenarios of a policy with their facts, or the findings of these.
pub fn scenarios<'p>(policy: &'p Policy, sources: &mut Sources) -> Result<Vec<Ready<'p>>, String> {
    let mut problems = Sink::default();
    let (mut shelf, mut neighbours) = (Shelf::default(), Neighbours::default());
    let mut from = From { shelf: &mut shelf, neighbours: &mut neighbours, sources };
    let ready = stage::stage(policy, &mut from, &mut problems).unwrap();
    none_of(&problems, sources)?;
    Ok(ready)
}

fn none_of(problems: &Sink, sources: &Sources) -> Result<(), String> {
    let told = problems.sorted().into_iter().filter(|one| one.severity == Severity::Error).map(|one| {
        let (file, at) = sources.at(one.place.span);
        format!("{file}:{}:{}: {}", at.line, at.column, one.message)
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { Ok(()) } else { Err(told.join("\n")) }
}
