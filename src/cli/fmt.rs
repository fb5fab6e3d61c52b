//! `overens fmt`: policies laid out as the documentation shows them. A file is written only if what comes out says the same, and
//! then it is the old one or the new one, whole.

use std::path::{Path, PathBuf};

use super::Exit;
use super::bounds::Limit;
use super::bug;
use super::disk;
use super::files::{self, Refusal};
use super::output::{Output, To};
use super::policy_files::within;
use super::writing::{self, There};
use crate::diagnostics::Sink;
use crate::layout::{Laid, difference, lay_out};
use crate::render::visible;
use crate::source::Sources;

/// Format policies
///
/// Uses the layout of the documentation: each line of the policy on its own line, at most 120 columns, with long conditions broken at
/// `and` and `or`. Comments keep their places, and blank lines are kept, one at a time. The result is read again before anything is
/// written: only line breaks and spaces may differ.
#[derive(clap::Args)]
pub struct Args {
    /// Policies: files, folders (all policy files in and below them), or `-` for standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Write nothing; list the files that are not formatted and exit with 1 if there are any
    #[arg(long, conflicts_with = "diff")]
    check: bool,
    /// Write nothing; print what would change and exit with 1 if anything would
    #[arg(long)]
    diff: bool,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let mut exit = Exit::Yes;
    let mut paths = Vec::new();
    for path in &args.paths {
        match files::policies_within(path) {
            Ok(found) => paths.extend(found),
            Err(refusal) => exit = exit.worst_of(output.refuse(&refusal)),
        }
    }
    let mut counts = Counts::default();
    for path in &output.each_once(paths) {
        let ended = one(path, args, &mut counts, output);
        exit = exit.worst_of(ended.unwrap_or_else(|refusal| output.refuse(&refusal)));
    }
    exit.worst_of(output.write(To::Messages, &counts.told(args)))
}

#[derive(Default)]
struct Counts {
    formatted: usize,
    changed: usize,
}

impl Counts {
    /// What was done, in one line; nothing where names were asked for, or a text went through.
    fn told(&self, args: &Args) -> String {
        let files = |many: usize| if many == 1 { "1 file".to_string() } else { format!("{many} files") };
        match (self.formatted, self.changed) {
            _ if args.check || args.diff => String::new(),
            (0, 0) => String::new(),
            (formatted, 0) => format!("{}: already formatted\n", files(formatted)),
            (0, changed) => format!("{} formatted\n", files(changed)),
            (formatted, changed) => format!("{} formatted; {} already formatted\n", files(changed), files(formatted)),
        }
    }
}

fn one(path: &Path, args: &Args, counts: &mut Counts, output: &Output) -> Result<Exit, Refusal> {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = disk::read(path, Limit::SourceBytes, &mut sources, &mut problems)?;
    let Some(text) = sources.get(file).map(|source| source.text.clone()) else { return Ok(Exit::Yes) };
    Limit::SourceBytes.allows(text.len(), path.display())?;
    let laid = match problems.has_errors() {
        // What is no text is not written as one.
        true => Laid::HasMistakes,
        false => lay_out(file, &text, within(true), &mut problems),
    };
    let name = path.display().to_string();
    let laid = match laid {
        Laid::Out(laid) => laid,
        Laid::HasMistakes => {
            let told = output.findings(To::Messages, None, &problems.sorted(), &sources);
            return Ok(told.worst_of(output.uncounted(To::Messages, &problems)).worst_of(Exit::of_policy(&problems)));
        }
        Laid::SaysSomethingElse => {
            bug::apologise(&format!("formatting would change the meaning of `{name}`; it is left unchanged"));
            return Ok(Exit::Bug);
        }
    };
    let is_formatted = laid == *text;
    match is_formatted {
        true => counts.formatted = counts.formatted.saturating_add(1),
        false => counts.changed = counts.changed.saturating_add(1),
    }
    let no = if is_formatted { Exit::Yes } else { Exit::No };
    if args.check {
        let named = if is_formatted { String::new() } else { format!("{}\n", visible::line(&name)) };
        return Ok(output.write(To::Results, &named).worst_of(no));
    }
    if args.diff {
        return Ok(output.write(To::Results, &difference(&visible::line(&name), &text, &laid)).worst_of(no));
    }
    if path == Path::new("-") {
        *counts = Counts::default();
        return Ok(output.write(To::Results, &laid));
    }
    if is_formatted {
        return Ok(Exit::Yes);
    }
    writing::replace(path, There::Text(&text), &laid).map(|()| Exit::Yes)
}
