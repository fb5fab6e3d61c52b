//! `overens man`: the page of a command for `man`.

use clap::CommandFactory;
use clap_mangen::Man;

use super::files::Refusal;
use super::output::{Output, To};
use super::{Cli, Exit};
use crate::diagnostics::nearest;

const EXAMPLE: &str = "\
Example:
  overens man > ~/.local/share/man/man1/overens.1
  overens man eval > ~/.local/share/man/man1/overens-eval.1
  overens man eval | man -l -                       to read it directly
";

/// Print the manual page of overens or of one of its commands
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The command [default: overens itself]
    command: Option<String>,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let mut whole = Cli::command();
    whole.build();
    let Some(name) = &args.command else { return page(Man::new(whole), output) };
    let names: Vec<String> = whole.get_subcommands().map(|one| one.get_name().to_string()).collect();
    match whole.find_subcommand(name) {
        // Its page is found by this name: `man overens-eval`.
        Some(command) => page(Man::new(command.clone()).title(format!("overens-{name}")), output),
        None => output.refuse(&Refusal {
            message: format!("there is no command `{name}`"),
            help: nearest(name, names.iter().map(String::as_str))
                .or_else(|| Some(format!("the commands are {}", names.join(", ")))),
            exit: Exit::CommandLine,
        }),
    }
}

fn page(page: Man, output: &Output) -> Exit {
    let mut text = Vec::new();
    match page.render(&mut text) {
        Ok(()) => output.write(To::Results, &String::from_utf8_lossy(&text)),
        Err(error) => output.refuse(&Refusal {
            message: format!("the page cannot be written: {error}"),
            help: None,
            exit: Exit::File,
        }),
    }
}
