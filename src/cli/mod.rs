//! The door: the command line, files, and what the terminal can do. Everything below is told, and asks nothing.
//! A command is a file here, a variant of [`Command`] and an arm in [`Command::run`].

mod bug;
mod exit;
mod explain;
pub mod files;
pub mod output;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

pub use bug::{apologise, apology, no_room};
pub use exit::Exit;

use output::{LookArgs, Output, To};

const EXAMPLE: &str = "\
Example:
  overens explain               lists the codes of all findings
  overens explain not-utf-8     says what a code means and how to mend it

`overens help` says more.
";

/// Judges agreements: who keeps them, what falls due next, and why.
#[derive(Parser)]
#[command(name = "overens", version, after_help = EXAMPLE)]
struct Cli {
    #[command(flatten)]
    look: LookArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Explain(explain::Args),
}

impl Command {
    fn run(&self, output: &Output) -> Exit {
        match self {
            Command::Explain(args) => explain::run(args, output),
        }
    }
}

/// Does what a command line asks for; its first word is the program's own name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(answer) => return told_by_clap(&answer),
    };
    let output = Output::new(cli.look);
    match &cli.command {
        Some(command) => command.run(&output),
        None => output.write(To::Messages, &short_help()).worst_of(Exit::CommandLine),
    }
}

/// A mistake in the command line, or the help or version that was asked for.
fn told_by_clap(answer: &clap::Error) -> Exit {
    let written = output::written(answer.print());
    if answer.use_stderr() { written.worst_of(Exit::CommandLine) } else { written }
}

fn short_help() -> String {
    format!(
        "overens judges agreements: who keeps them, what falls due next, and why.\n\n\
         Usage: overens COMMAND …\n\n{EXAMPLE}"
    )
}
