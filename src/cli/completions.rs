//! `overens completions`: what a shell completes commands, flags and paths by.

use clap::CommandFactory;
use clap_complete::Shell;

use super::output::{Output, To};
use super::{Cli, Exit};

const EXAMPLE: &str = "\
Example:
  overens completions bash > ~/.local/share/bash-completion/completions/overens
  overens completions zsh > ~/.zfunc/_overens       if `fpath` in ~/.zshrc contains ~/.zfunc
  overens completions fish > ~/.config/fish/completions/overens.fish
  overens completions powershell >> $PROFILE
";

/// Print the completion script for a shell
///
/// Save it where the shell looks for completions, as in the examples. It completes commands, flags and paths, but not the names
/// of clauses and facts, which only the policy knows.
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "overens", &mut script);
    output.write(To::Results, &String::from_utf8_lossy(&script))
}
