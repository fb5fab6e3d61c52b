//! `overens check`: whether policies are sound. Success is one line a policy.

use std::path::{Path, PathBuf};

use super::Exit;
use super::fact_files::From;
use super::files::{Refusal, policies};
use super::neighbours::Neighbours;
use super::output::{Format, Output, To};
use super::reading::{Policy, policy};
use super::shelf::Shelf;
use super::stage::stage;
use crate::diagnostics::Sink;
use crate::load;
use crate::source::Sources;

/// Look for mistakes in policies
///
/// Reads each policy with its imports, its scenarios and their facts, and tells all independent mistakes in one run.
#[derive(clap::Args)]
pub struct Args {
    /// Policies: a file, a folder that holds one, or a folder of such folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to show what is found [default: pretty on a terminal, else plain]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// A policy without clauses and records is no failure
    #[arg(long)]
    allow_empty: bool,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let mut exit = Exit::Yes;
    let mut said = String::new();
    let mut neighbours = Neighbours::default();
    let mut paths = Vec::new();
    for path in &args.paths {
        match policies(path) {
            Ok(found) => paths.extend(found.all()),
            Err(refusal) => exit = exit.worst_of(output.refuse(&refusal)),
        }
    }
    for path in &paths {
        match one(path, &mut neighbours, &mut sources, &mut problems) {
            Ok(read) => {
                said.push_str(&summary(&read));
                if is_empty(&read) && !args.allow_empty {
                    exit = exit.worst_of(Exit::No);
                }
            }
            Err(refusal) => exit = exit.worst_of(output.refuse(&refusal)),
        }
    }
    let exit = exit.worst_of(Exit::of_policy(&problems));
    let findings = problems.sorted();
    let json = output.format(To::Results, args.format) == Format::Json;
    if !findings.is_empty() || json {
        let told = output.findings(To::Results, args.format, &findings, &sources);
        return told.worst_of(output.uncounted(To::Messages, &problems)).worst_of(exit);
    }
    output.write(To::Results, &said).worst_of(exit)
}

fn one(
    path: &Path,
    neighbours: &mut Neighbours,
    sources: &mut Sources,
    problems: &mut Sink,
) -> Result<Policy, Refusal> {
    let mut found = Sink::default();
    let read = policy(path, sources, &mut found)?;
    // Facts can be held only against records that are sound.
    if let Some(plan) = &read.plan {
        let mut shelf = Shelf::default();
        for ready in stage(&read, &mut From { shelf: &mut shelf, neighbours, sources }, &mut found) {
            load::check_recorded(plan, &ready.facts, &ready.others, &mut found);
        }
    }
    problems.extend(found);
    Ok(read)
}

fn is_empty(read: &Policy) -> bool {
    read.agreement.clauses.is_empty() && records(read) == 0
}

/// The first record of a schema is the agreement itself.
fn records(read: &Policy) -> usize {
    read.agreement.schema.records.len().saturating_sub(1)
}

fn summary(read: &Policy) -> String {
    if is_empty(read) {
        return format!("{}: nothing to do: it has no clause and no record\n", read.name());
    }
    let clauses = many(read.agreement.clauses.len(), "clause");
    let (records, scenarios) = (many(records(read), "record"), many(read.scenarios().count(), "scenario"));
    format!("{}: {clauses}, {records}, {scenarios}: no mistakes\n", read.name())
}

fn many(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}
