//! `overens review`: looking at the verdicts that differ from those that were accepted, and accepting what is right.

mod cause;
mod open;
mod store;
mod talk;
mod was;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::output::{Format, Output, To};
use super::{Exit, files::Refusal, pattern, revision, writing};
use crate::render::review::{self as view, Reviewed};
use crate::render::snapshots::many;
use crate::report::review::Item;

use open::{Open, open};
use store::{Hand, store};

const EXAMPLE: &str = "\
Example:
  overens review policies/samverkan            goes through what differs, cause by cause
  overens review policies --list               lists what differs, for reading or (--format json) for programs
  overens review policies/samverkan --accept 'summons/*' --by 'Anna Berg' --reason 'the month counts as 30 days'
                                               accepts the verdicts on one clause
  overens review policies/samverkan --accept '*' --by 'Anna Berg' --reason 'first look at the year 2015'
                                               accepts everything that differs or is new
";

/// Review verdicts that differ from the accepted ones, and accept those that are right
///
/// The verdicts on a fact file with an as-of date are stored in a snapshot, in the folder `snapshots` next to the policy.
/// What differs from the snapshot is grouped by its cause: a line of the policy or a fact that changed. On a terminal, accept,
/// reject or skip each with a key; in scripts, use --list and --accept.
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// Policies: a file, a folder with one policy, or a folder of such folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Show what differs without changing anything
    #[arg(long, conflicts_with = "accept")]
    list: bool,
    /// Accept the verdicts that match `clause/subject/bearer/period` or a cause; `*` matches anything
    #[arg(long, value_name = "PATTERN", requires = "reason")]
    accept: Vec<String>,
    /// Why the accepted verdicts are right; stored in the snapshot
    #[arg(long, value_parser = said)]
    reason: Option<String>,
    /// Who accepts; stored in the snapshot [default: `user.name` from git]
    #[arg(long, value_name = "NAME", value_parser = said)]
    by: Option<String>,
    /// Output format [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    was: was::Was,
}

/// Words that say something.
fn said(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("it is empty".to_string()) } else { Ok(text.to_string()) }
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let talks = !args.list && args.accept.is_empty();
    if !args.list
        && let Err(refusal) = writing::allowed().and_then(|()| if talks { a_terminal() } else { Ok(()) })
    {
        return output.refuse(&refusal);
    }
    let (mut all, mut exit) = open(&args.paths, output);
    for open in &mut all {
        exit = exit.worst_of(cause::group(open, &args.was, output));
    }
    if !all.is_empty() && all.iter().all(Open::is_empty) && exit == Exit::Yes {
        return output.refuse(&nothing_to_do());
    }
    if args.list {
        // What is in conflict, or could not be judged, was told as the mistake that it is; there is nothing of it to list.
        let is_told = |open: &&Open| open.in_conflict || (exit != Exit::Yes && open.is_empty());
        let sound: Vec<&Open> = all.iter().filter(|open| !is_told(open)).collect();
        let done = if sound.is_empty() { Exit::Yes } else { list(&sound, args, output) };
        return exit.worst_of(done).worst_of(left(&all));
    }
    let by = args.by.clone().or_else(|| author(&args.paths));
    let done = match (by, &args.reason) {
        (Some(by), Some(why)) if !talks => accept(&mut all, args, &Hand { by, why: why.clone() }, output),
        (None, _) if !talks => output.refuse(&nobody()),
        (by, why) => talk::talk(&mut all, by.as_deref(), why.as_deref(), output),
    };
    exit.worst_of(done).worst_of(left(&all))
}

/// Accepts all verdicts of a policy that was just made, and says nothing of it.
pub fn accept_all(path: &Path, by: &str, why: &str, output: &Output) -> Exit {
    let (mut all, mut exit) = open(&[path.to_path_buf()], output);
    let hand = Hand { by: by.to_string(), why: why.to_string() };
    for open in &mut all {
        exit = exit.worst_of(cause::group(open, &was::Was::default(), output));
        for group in open.groups.clone() {
            let stored = store(open, &group.items, &hand, &group.cause.kept());
            exit = exit.worst_of(stored.map_or_else(|refusal| output.refuse(&refusal), |()| Exit::Yes));
        }
    }
    exit
}

/// Whether something is still to be looked at.
fn left(all: &[Open]) -> Exit {
    if all.iter().all(|open| open.differing() == 0) { Exit::Yes } else { Exit::No }
}

/// The name that git was told, where the first policy stands.
fn author(paths: &[PathBuf]) -> Option<String> {
    let path = paths.first()?;
    let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
    revision::author(folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}

fn nobody() -> Refusal {
    Refusal {
        message: "no name given for who accepts".to_string(),
        help: Some("use `--by NAME`, or set it in git: `git config user.name NAME`".to_string()),
        exit: Exit::CommandLine,
    }
}

/// Keys and answers come from a terminal; without one they cannot be asked for.
fn a_terminal() -> Result<(), Refusal> {
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        return Ok(());
    }
    Err(Refusal {
        message: "there is no terminal to review on".to_string(),
        help: Some("use `--list`, or `--accept PATTERN --reason … --by …`".to_string()),
        exit: Exit::CommandLine,
    })
}

fn nothing_to_do() -> Refusal {
    Refusal {
        message: "nothing to do: there is no snapshot, and no fact file in `facts` next to a policy has an as-of date"
            .to_string(),
        help: Some("add `as_of: \"2015-02-01\"` to a fact file there".to_string()),
        exit: Exit::No,
    }
}

fn list(all: &[&Open], args: &Args, output: &Output) -> Exit {
    let reviewed: Vec<Reviewed> = all.iter().map(|open| open.reviewed()).collect();
    let text = match output.format(To::Results, args.format) {
        Format::Pretty => view::pretty(&reviewed, output.look(To::Results)),
        Format::Plain => view::plain(&reviewed),
        Format::Json => view::json(&reviewed),
    };
    output.write(To::Results, &text)
}

/// Accepts what the patterns mean.
fn accept(all: &mut [Open], args: &Args, hand: &Hand, output: &Output) -> Exit {
    let (mut exit, mut met) = (Exit::Yes, 0_usize);
    for open in all.iter_mut() {
        let groups = open.groups.clone();
        for group in &groups {
            let meant = |item: &&Item| {
                args.accept.iter().any(|pattern| pattern::means(pattern, &item.difference.key, &group.cause))
            };
            let items: Vec<Item> = group.items.iter().filter(meant).cloned().collect();
            if items.is_empty() {
                continue;
            }
            met = met.saturating_add(items.len());
            let stored = match store(open, &items, hand, &group.cause.kept()) {
                Ok(()) => {
                    output.write(To::Results, &format!("{}: accepted {}\n", group.cause.words(), many(items.len())))
                }
                Err(refusal) => output.refuse(&refusal),
            };
            exit = exit.worst_of(stored);
        }
    }
    let left: usize = all.iter().map(Open::differing).sum();
    if met == 0 && left > 0 {
        return exit.worst_of(output.refuse(&none_meant(args, all)));
    }
    if left > 0 {
        exit = exit.worst_of(output.write(To::Messages, &format!("{} left to review\n", many(left))));
    }
    exit
}

fn none_meant(args: &Args, all: &[Open]) -> Refusal {
    let first = all.iter().flat_map(|open| &open.groups).flat_map(|group| &group.items).next();
    Refusal {
        message: format!("nothing to do: no differing verdict matches `{}`", args.accept.join("` or `")),
        help: first.map(|item| format!("`--list` shows them; the first is `{}`", pattern::path(&item.difference.key))),
        exit: Exit::No,
    }
}

impl Open {
    fn reviewed(&self) -> Reviewed<'_> {
        Reviewed {
            agreement: self.policy.name(),
            snapshots: self.snapshots.iter().map(|one| one.expected.path.display().to_string()).collect(),
            holding: self.holding,
            groups: &self.groups,
        }
    }
}
