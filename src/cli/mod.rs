//! The door: the command line, files, and what the terminal can do. Everything below is told, and asks nothing.
//! A command is a file here, a variant of `Command` and an arm in `Command::run`.

mod adding;
mod ask;
#[cfg(unix)]
mod at_rest;
pub mod bounds;
mod bug;
mod calendar;
mod check;
mod compare;
mod completions;
mod consolidate;
mod decide;
mod diff;
pub mod disk;
mod eval;
mod exit;
mod explain;
pub mod fact_files;
mod facts;
pub mod files;
mod fmt;
mod forms;
mod judging;
pub mod library;
mod man;
mod monday;
pub mod neighbours;
mod new;
pub mod output;
mod party;
mod pattern;
mod pieces;
pub mod policy_files;
mod prepare;
mod progress;
mod reporting;
mod review;
pub mod revision;
mod roots;
mod schema;
mod several;
mod snapshots;
pub mod stage;
mod supposing;
mod test;
mod verify;
mod watch;
mod when;
mod why;
mod writing;

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand};

pub use bug::{apologise, apology, no_room};
pub use exit::Exit;

use bounds::Bounds;
use output::{LookArgs, Output, To};

const EXAMPLE: &str = "\
Example:
  overens check policies/samverkan      checks a policy for errors
  overens eval policies/samverkan       judges it by the facts next to it
  overens eval policies                 judges every agreement in the subfolders
  overens why summons policies/samverkan --for annual_2015
                                        explains a verdict
  overens when summons policies/samverkan --from 2026-10-22
                                        shows its first and last day for a date of your choosing
  overens ask policies/samverkan        asks for missing facts, most useful first
  overens decide policies/samverkan     shows what waits for a person, and records decisions
  overens calendar policies --within 60d
                                        lists what falls due, for whom and under which clause
  overens monday policies               writes a page for the week: news, what to do, to ask and to decide
  overens party group policies          shows what one party must do, may do and decides in all of them
  overens compare policies --about summons
                                        shows how they regulate the same matter
  overens test policies/samverkan       runs its scenarios and compares the accepted verdicts
  overens review policies/samverkan     reviews what differs from them, and accepts what is right
  overens diff HEAD policies/samverkan  shows what differs from another version, and the consequences
  overens facts policies/samverkan reports.xlsx
                                        inspects a table of facts and drafts its entry
  overens fmt policies/samverkan        formats its files
  overens new choir --template membership
                                        creates a new agreement
  overens watch check policies/samverkan
                                        checks for errors on every save
  overens schema policies/samverkan     writes a JSON Schema for its facts; with --blank, empty files
  overens verify report.json            judges a report in JSON again and shows what differs
  overens explain not-utf-8             explains what the code of a finding means

Run `overens help` for more.
";

/// Judges agreements: who keeps them, what falls due next, and why.
#[derive(Parser)]
#[command(name = "overens", version, disable_version_flag = true, after_help = EXAMPLE)]
struct Cli {
    /// Print the version
    #[arg(short = 'V', long)]
    version: bool,
    /// Print the version as JSON, with the formats it reads and writes
    #[arg(long, requires = "version")]
    json: bool,
    #[command(flatten)]
    look: LookArgs,
    #[command(flatten)]
    bounds: Bounds,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Ask(ask::Args),
    Calendar(calendar::Args),
    Check(check::Args),
    Compare(compare::Args),
    Completions(completions::Args),
    Consolidate(consolidate::Args),
    Decide(decide::Args),
    Diff(diff::Args),
    Eval(judging::Args),
    Explain(explain::Args),
    Facts(facts::Args),
    Fmt(fmt::Args),
    Man(man::Args),
    Monday(monday::Args),
    New(new::Args),
    Party(party::Args),
    Review(review::Args),
    Schema(schema::Args),
    Test(test::Args),
    Verify(verify::Args),
    Watch(watch::Args),
    When(when::Args),
    Why(why::Args),
}

impl Command {
    fn run(&self, output: &Output) -> Exit {
        match self {
            Command::Ask(args) => ask::run(args, output),
            Command::Calendar(args) => calendar::run(args, output),
            Command::Check(args) => check::run(args, output),
            Command::Compare(args) => compare::run(args, output),
            Command::Completions(args) => completions::run(args, output),
            Command::Consolidate(args) => consolidate::run(args, output),
            Command::Decide(args) => decide::run(args, output),
            Command::Diff(args) => diff::run(args, output),
            Command::Eval(args) => eval::run(args, output),
            Command::Explain(args) => explain::run(args, output),
            Command::Facts(args) => facts::run(args, output),
            Command::Fmt(args) => fmt::run(args, output),
            Command::Man(args) => man::run(args, output),
            Command::Monday(args) => monday::run(args, output),
            Command::New(args) => new::run(args, output),
            Command::Party(args) => party::run(args, output),
            Command::Review(args) => review::run(args, output),
            Command::Schema(args) => schema::run(args, output),
            Command::Test(args) => test::run(args, output),
            Command::Verify(args) => verify::run(args, output),
            Command::Watch(args) => watch::run(args, output),
            Command::When(args) => when::run(args, output),
            Command::Why(args) => why::run(args, output),
        }
    }
}

/// Does what a command line asks for; its first word is the program's own name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(answer) => return told_by_clap(answer),
    };
    // What is said of the command that is watched holds for the watching.
    let (look, bounds) = match &cli.command {
        Some(Command::Watch(args)) => match args.inner() {
            Ok(inner) => (inner.look, cli.bounds.and(inner.bounds)),
            Err(_) => (cli.look, cli.bounds.clone()),
        },
        Some(_) | None => (cli.look, cli.bounds.clone()),
    };
    bounds.hold();
    roots::say_where();
    let output = Output::new(look);
    if cli.version {
        return output.write(To::Results, &version(cli.json));
    }
    if let Some(refusal) = bounds.wrong() {
        return output.refuse(&refusal);
    }
    match &cli.command {
        Some(command) => command.run(&output),
        None => output.write(To::Messages, &short_help()).worst_of(Exit::CommandLine),
    }
}

/// The exit code of a command line that is only read, and not carried out: 0 where it is understood, 2 where it is wrong.
pub fn understood(args: impl IntoIterator<Item = OsString>) -> i32 {
    match Cli::try_parse_from(args) {
        Err(answer) if answer.use_stderr() => Exit::CommandLine.code(),
        Ok(_) | Err(_) => Exit::Yes.code(),
    }
}

/// A mistake in the command line, or the help or version that was asked for.
fn told_by_clap(mut answer: clap::Error) -> Exit {
    let is_facts = |wrong: &ContextValue| matches!(wrong, ContextValue::String(wrong) if wrong == "--facts");
    if answer.kind() == ErrorKind::UnknownArgument && answer.get(ContextKind::InvalidArg).is_some_and(is_facts) {
        // Another flag that begins so is not meant.
        answer.remove(ContextKind::SuggestedArg);
        let help = "give fact files after the policy, without `--facts`".to_string();
        answer.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![help.into()]));
    }
    let written = output::written(answer.print());
    if answer.use_stderr() { written.worst_of(Exit::CommandLine) } else { written }
}

/// What this is, for people in one line, or for programs.
fn version(in_json: bool) -> String {
    let version = env!("CARGO_PKG_VERSION");
    if !in_json {
        return format!("overens {version}\n");
    }
    let told = serde_json::json!({ "name": "overens", "version": version, "language": crate::check::LANGUAGE });
    format!("{told}\n")
}

fn short_help() -> String {
    format!(
        "overens judges agreements: who keeps them, what falls due next, and why.\n\n\
         Usage: overens COMMAND …\n\n{EXAMPLE}"
    )
}
