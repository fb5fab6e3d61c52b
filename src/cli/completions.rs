//! `overens completions`: what a shell completes commands, flags and paths by.

use clap::CommandFactory;
use clap_complete::Shell;

use super::output::{Output, To};
use super::{Cli, Exit};

const EXAMPLE: &str = "\
Example:
  overens completions bash > ~/.local/share/bash-completion/completions/overens
  overens completions zsh > ~/.zfunc/_overens       where `fpath` in ~/.zshrc holds ~/.zfunc
  overens completions fish > ~/.config/fish/completions/overens.fish
  overens completions powershell >> $PROFILE
";

/// Print what a shell completes commands, flags and paths by
///
/// Save it where the shell looks for completions; the examples say where. Names of clauses and facts are not completed: which
/// there are, only the policy knows.
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
