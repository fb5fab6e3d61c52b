//! `overens watch`: a command again whenever a file that it has read changes. It runs on a terminal, until somebody ends it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

use super::disk;
use super::files::Refusal;
use super::output::{Output, To};
use super::{Cli, Command, Exit};

const EXAMPLE: &str = "\
Example:
  overens watch check policies/samverkan        checks for errors on every save
  overens watch eval policies/samverkan --all   judges again on every save
";

/// Rerun check, test or eval whenever a file that it reads changes
///
/// Watches every file that the run reads, and the folders it looks for files in. Needs a terminal; press Ctrl-C to stop.
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// `check`, `test` or `eval`, with its arguments
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "COMMAND")]
    words: Vec<OsString>,
}

impl Args {
    /// The command line that is watched.
    pub(super) fn inner(&self) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(std::iter::once(OsString::from("overens")).chain(self.words.iter().cloned()))
    }
}

/// How often is looked whether something changed.
const PAUSE: Duration = Duration::from_millis(250);

pub fn run(args: &Args, output: &Output) -> Exit {
    if !output.moves(To::Results) {
        return output.refuse(&Refusal {
            message: "watching needs a terminal".to_string(),
            help: Some("run the command once instead: `overens check …`".to_string()),
            exit: Exit::CommandLine,
        });
    }
    let command = match args.inner() {
        Ok(Cli { command: Some(command @ (Command::Check(_) | Command::Eval(_) | Command::Test(_))), .. }) => command,
        Ok(_) => {
            return output.refuse(&Refusal {
                message: "only `check`, `test` and `eval` can be watched".to_string(),
                help: Some("for example: `overens watch check POLICY`".to_string()),
                exit: Exit::CommandLine,
            });
        }
        Err(answer) => return super::told_by_clap(answer),
    };
    loop {
        disk::note_what_is_read();
        // The screen begins anew, so that what it shows is what holds now.
        let exit = output.write(To::Results, "\u{1b}[2J\u{1b}[H").worst_of(command.run(output));
        let read = disk::what_was_read();
        let before = states(&read);
        let watched = match read.len() {
            1 => "1 file or folder".to_string(),
            many => format!("{many} files and folders"),
        };
        let told = format!("\nexit {}; watching {watched}, Ctrl-C to stop\n", exit.code());
        if output.write(To::Results, &told) != Exit::Yes {
            return Exit::File;
        }
        while states(&read) == before {
            std::thread::sleep(PAUSE);
        }
    }
}

/// By when and how long files and folders were written last; nothing of those that are gone.
fn states(paths: &[PathBuf]) -> BTreeMap<&PathBuf, Option<(std::time::SystemTime, u64)>> {
    let state = |path: &PathBuf| {
        let known = path.metadata().ok()?;
        Some((known.modified().ok()?, known.len()))
    };
    paths.iter().map(|path| (path, state(path))).collect()
}
