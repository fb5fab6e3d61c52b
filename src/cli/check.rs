//! `overens check`: whether policies are sound. Success is one line a policy.

use std::path::{Path, PathBuf};

use super::Exit;
use super::fact_files::{self, From};
use super::files::{Refusal, policies};
use super::forms::Forms;
use super::neighbours::Neighbours;
use super::output::{Output, To};
use super::policy_files::{Policy, Shelf, policy};
use super::stage::stage;
use crate::check;
use crate::diagnostics::Sink;
use crate::load;
use crate::render::checked::{self, Policy as Checked};
use crate::render::not_done::NotDone;
use crate::source::Sources;

/// Check policies for errors
///
/// Reads each policy with its imports, its scenarios and their facts, and reports all independent errors in one run.
#[derive(clap::Args)]
pub struct Args {
    /// Policies: a file, a folder with one policy, or a folder of such folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Fact files to check against the policy's records, in any format; give a table with its record, `RECORD=FILE`
    #[arg(long = "facts", value_name = "FILE")]
    facts: Vec<PathBuf>,
    #[command(flatten)]
    forms: Forms,
    /// Do not fail on a policy without clauses and records
    #[arg(long)]
    allow_empty: bool,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    if let Some(refusal) = args.forms.wrong() {
        return output.refuse(&refusal);
    }
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let (mut exit, mut of_facts) = (Exit::Yes, Exit::Yes);
    let (mut checked, mut not_checked) = (Vec::new(), Vec::new());
    let mut neighbours = Neighbours::default();
    let mut paths = Vec::new();
    for path in &args.paths {
        match policies(path) {
            Ok(found) => paths.extend(found.all()),
            Err(refusal) => {
                not_checked.push(NotDone::path(path.display().to_string(), refusal.message.clone()));
                exit = exit.worst_of(output.refuse(&refusal));
            }
        }
    }
    for path in &output.each_once(paths) {
        let mut found = Sink::default();
        match one(path, &mut neighbours, &mut sources, &mut found) {
            Ok(read) => {
                let wrong = match held(&args.facts, &read, &mut neighbours, &mut sources) {
                    Ok(wrong) => wrong,
                    Err(refusal) => {
                        let (name, file) = (read.name(), read.path.display().to_string());
                        not_checked.push(NotDone { name, file, why: refusal.message.clone(), at: None });
                        exit = exit.worst_of(output.refuse(&refusal)).worst_of(Exit::of_policy(&found));
                        problems.extend(found);
                        continue;
                    }
                };
                of_facts = of_facts.worst_of(Exit::of_facts(&wrong));
                exit = exit.worst_of(Exit::of_both(&found, &read.trees));
                found.extend(wrong);
                checked.push(Checked {
                    name: read.name(),
                    file: read.path.display().to_string(),
                    holds: summary(&read),
                    nothing: is_empty(&read) && !args.allow_empty,
                    findings: found.sorted().into_iter().cloned().collect(),
                });
                problems.extend(found);
                if is_empty(&read) && !args.allow_empty {
                    exit = exit.worst_of(Exit::No);
                }
            }
            Err(refusal) => {
                not_checked.push(NotDone::path(path.display().to_string(), refusal.message.clone()));
                exit = exit.worst_of(output.refuse(&refusal));
            }
        }
    }
    let exit = exit.worst_of(of_facts);
    let findings = problems.sorted();
    let all =
        checked::Checked { policies: &checked, not_checked: &not_checked, findings: &findings, sources: &sources };
    let told = tell(&all, args, output);
    // Other forms leave none out that is kept.
    let uncounted = match args.forms.format {
        None => output.uncounted(To::Messages, &problems),
        Some(_) => output.unkept(To::Messages, &problems),
    };
    told.worst_of(uncounted).worst_of(exit)
}

/// Tells what was found: to standard output, and to each file that was asked for.
fn tell(all: &checked::Checked, args: &Args, output: &Output) -> Exit {
    let read = || all.sources.files().map(|(_, source)| source);
    args.forms.tell(output, read, |form, (look, _), out| checked::write(form, all, look, out))
}

/// What is wrong with facts that were named, held against a policy.
fn held(
    facts: &[PathBuf],
    policy: &Policy,
    neighbours: &mut Neighbours,
    sources: &mut Sources,
) -> Result<Sink, Refusal> {
    let mut wrong = Sink::default();
    if let Some(plan) = policy.plan.as_ref().filter(|_| !facts.is_empty()) {
        let mut shelf = Shelf::default();
        let from = From { shelf: &mut shelf, neighbours, sources };
        let read = fact_files::facts(facts, (policy, None), from, &mut wrong)?;
        load::check_recorded(plan, &read.facts, &read.others, &mut wrong);
        if let Some(as_of) = read.facts.as_of {
            load::check_far_days(&plan.schema, &read.facts, as_of, &mut wrong);
        }
    }
    Ok(wrong)
}

fn one(path: &Path, neighbours: &mut Neighbours, sources: &mut Sources, found: &mut Sink) -> Result<Policy, Refusal> {
    let read = policy(path, sources, found)?;
    if read.plan.is_some() {
        check::unused(&read.trees, sources, found);
    }
    // Facts can be held only against records that are sound.
    if let Some(plan) = &read.plan {
        let mut shelf = Shelf::default();
        for ready in stage(&read, &mut From { shelf: &mut shelf, neighbours, sources }, found)? {
            load::check_recorded(plan, &ready.facts, &ready.others, found);
        }
    }
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
        return "nothing to do: it has no clauses and no records".to_string();
    }
    let clauses = many(read.agreement.clauses.len(), "clause");
    let (records, scenarios) = (many(records(read), "record"), many(read.scenarios().count(), "scenario"));
    format!("{clauses}, {records}, {scenarios}: no errors")
}

fn many(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}
