//! `overens test`: whether the scenarios of policies come out as their authors expect, and whether the verdicts on their
//! facts are those that were accepted.

use std::path::{Path, PathBuf};

use super::Exit;
use super::bounds::{of_evaluation, stopped};
use super::fact_files::From;
use super::files::{Refusal, policies};
use super::forms::Forms;
use super::neighbours::Neighbours;
use super::output::{Output, To};
use super::policy_files::{Policy, Shelf, policy};
use super::snapshots::{Pending, Wrong, held};
use super::stage::{Ready, stage};
use super::writing::allowed;
use crate::diagnostics::{Severity, Sink};
use crate::load;
use crate::plan::Plan;
use crate::render::diagnostics::plain;
use crate::render::not_done::NotDone;
use crate::render::trials::{self, Trials, Tried};
use crate::report::scenario::{Stage, Trial, run as try_out};
use crate::source::Sources;

const EXAMPLE: &str = "\
Example:
  overens test policies/samverkan      runs the scenarios and snapshots of one policy
  overens test policies                runs those of every policy in the subfolders
  overens review policies/samverkan    reviews what differs, and accepts it
";

/// Run the scenarios of policies and compare their snapshots
///
/// Prints one line per policy when all expectations hold; otherwise each expectation that does not hold, the actual result,
/// and why. If there is a folder `snapshots` next to the policy, the verdicts on its fact files are compared with the accepted
/// ones: a verdict that differs, or that has not been accepted yet, is a failure.
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// Policies: a file, a folder with one policy, or a folder of such folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    forms: Forms,
    /// Write verdicts that have not been accepted next to the snapshots, as `NAME.snap.new`, for other tools
    #[arg(long)]
    pending: bool,
    /// Do not fail on a policy without scenarios and snapshots
    #[arg(long)]
    allow_empty: bool,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let pending = if args.pending { Pending::Written } else { Pending::LeftAlone };
    if args.pending
        && let Err(refusal) = allowed()
    {
        return output.refuse(&refusal);
    }
    if let Some(refusal) = args.forms.wrong() {
        return output.refuse(&refusal);
    }
    let mut sources = Sources::default();
    let mut not_tested = Vec::new();
    let mut exit = Exit::Yes;
    let mut all: Vec<Trials> = Vec::new();
    let mut neighbours = Neighbours::default();
    let mut paths = Vec::new();
    for path in &args.paths {
        match policies(path) {
            Ok(found) => paths.extend(found.all()),
            Err(refusal) => {
                not_tested.push(NotDone::path(path.display().to_string(), refusal.message.clone()));
                exit = exit.worst_of(output.refuse(&refusal));
            }
        }
    }
    for path in &output.each_once(paths) {
        match one(path, pending, (&mut neighbours, &mut sources), output) {
            Ok((trials, came)) => {
                exit = exit.worst_of(came);
                exit = exit.worst_of(judged(&trials, args, output));
                // That there is none has been said.
                all.extend(Some(trials).filter(|it| !it.is_empty()));
            }
            Err((came, why)) => {
                not_tested.push(why);
                exit = exit.worst_of(came);
            }
        }
    }
    let tried = Tried { all: &all, not_tested: &not_tested, sources: &sources };
    tell(&tried, args, output).worst_of(exit)
}

/// Tells what came of it: to standard output, and to each file that was asked for.
fn tell(tried: &Tried, args: &Args, output: &Output) -> Exit {
    let read = || tried.sources.files().map(|(_, source)| source);
    args.forms.tell(output, read, |form, (look, _), out| trials::write(form, tried, look, out))
}

/// How the scenarios and snapshots of one policy count.
fn judged(trials: &Trials, args: &Args, output: &Output) -> Exit {
    if trials.is_empty() && !args.allow_empty {
        let words = format!("nothing to do: {} has no scenario and no snapshot\n", trials.agreement);
        return output.write(To::Messages, &words).worst_of(Exit::No);
    }
    if trials.holds() { Exit::Yes } else { Exit::No }
}

/// Runs the scenarios of one policy and compares its snapshots; `Err` is how the run ends when it cannot be judged, and why.
fn one(
    path: &Path,
    pending: Pending,
    (neighbours, sources): (&mut Neighbours, &mut Sources),
    output: &Output,
) -> Result<(Trials, Exit), (Exit, NotDone)> {
    let mut problems = Sink::default();
    let unread =
        |refusal: Refusal| (output.refuse(&refusal), NotDone::path(path.display().to_string(), refusal.message));
    let read = policy(path, sources, &mut problems).map_err(unread)?;
    let file = read.path.display().to_string();
    let refuse = |refusal: Refusal| {
        let exit = output.refuse(&refusal);
        (exit, NotDone { name: read.name(), file: file.clone(), why: refusal.message, at: None })
    };
    let Some(plan) = &read.plan else {
        let shown = output.findings(To::Messages, None, &problems.sorted(), sources);
        return Err((shown.worst_of(Exit::of_policy(&problems)), of_findings((&read, &file), &problems, sources)));
    };
    let mut found = Sink::default();
    let mut shelf = Shelf::default();
    let mut from = From { shelf: &mut shelf, neighbours, sources };
    let staged = stage(&read, &mut from, &mut found).map_err(refuse)?;
    for ready in &staged {
        load::check_recorded(plan, &ready.facts, &ready.others, &mut found);
    }
    let mut wrong = Wrong { in_snapshots: &mut problems, in_facts: &mut found };
    let snapshots = held((&read, plan), pending, &mut from, &mut wrong).map_err(refuse)?;
    // A scenario stands in the policy, and its facts may not.
    let exit = Exit::of_both(&found, &read.trees);
    problems.extend(found);
    let shown = output.findings(To::Messages, None, &problems.sorted(), sources);
    let shown = shown.worst_of(output.uncounted(To::Messages, &problems));
    if exit != Exit::Yes {
        return Err((shown.worst_of(exit), of_findings((&read, &file), &problems, sources)));
    }
    let trials = try_all(plan, &staged, sources).map_err(refuse)?;
    let policy = read.path.display().to_string();
    Ok((Trials { agreement: read.name(), policy, trials, snapshots }, shown))
}

/// The first mistake, for which a policy could not be tested, or looked at in another way.
pub fn of_findings((read, file): (&Policy, &str), problems: &Sink, sources: &Sources) -> NotDone {
    let first = problems.sorted().into_iter().find(|one| one.severity == Severity::Error);
    let why = first.map_or_else(String::new, |one| plain::in_a_line(one, sources));
    let at = first.map(|one| {
        let (file, at) = sources.at(one.place.span);
        (file.to_owned(), at.line, at.column)
    });
    NotDone { name: read.name(), file: file.to_owned(), why, at }
}

fn try_all(plan: &Plan, staged: &[Ready], sources: &Sources) -> Result<Vec<Trial>, Refusal> {
    let limits = of_evaluation();
    let one = |ready: &Ready| {
        let stage = Stage { plan, sources, facts: &ready.facts, as_of: ready.as_of?, limits: &limits };
        let of = || format!("{}, scenario `{}`", plan.name, ready.scenario.title.it);
        Some(try_out(ready.scenario, stage).map_err(|cut| stopped(of(), cut)))
    };
    staged.iter().filter_map(one).collect()
}
