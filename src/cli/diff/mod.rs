//! `overens diff`: what differs between two versions of an agreement, what flips by it, and which money moves.

mod amendments;
mod facts;
mod sides;

use std::collections::BTreeSet;
use std::fmt;

use super::Exit;
use super::bounds::stopped;
use super::fact_files::parse_day;
use super::files::Refusal;
use super::forms::Forms;
use super::output::{Output, To};
use super::policy_files::{Policy, policy_of};
use crate::compare::{Comparison, Side, Version, compare, compare_wordings};
use crate::diagnostics::Sink;
use crate::render::Look;
use crate::render::compare::{Compared, write};
use crate::render::diagnostics::plain as finding;
use crate::source::Sources;
use crate::value::Day;
use sides::Asked;

const EXAMPLE: &str = "\
Examples:
  overens diff old.overens new.overens                 two files
  overens diff HEAD policies/samverkan                 what has not been committed
  overens diff v1 v2:policies/samverkan --format markdown
                                                       two revisions, for a pull request
  overens diff HEAD~1 policies/samverkan --facts policies/samverkan/facts/2015.ron
                                                       judged by these facts
  overens diff policies/samverkan working_group        without an amendment and with it
  overens diff policies/samverkan+working_group groups_own
                                                       two amendments against each other
";

/// Compare two versions of an agreement
///
/// Shows which clauses are added, repealed, changed in meaning or only reworded; which verdicts flip on the facts, and because
/// of which change; and who bears more or less of a cost. OLD and NEW are files or folders, `REVISION:PATH` for a file in git, or
/// just a revision for the path of the other side. The name or the file of an amendment alone means the other side with it;
/// `PATH+AMENDMENT` means a policy with it.
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The old version
    old: String,
    /// The new version
    new: String,
    /// Fact files, also as `REVISION:PATH` [default: those that `eval` would use for NEW]
    #[arg(long, num_args = 1..)]
    facts: Vec<String>,
    /// The as-of date [default: from the facts]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<Day>,
    /// Judge as if NEW were in force from this date: its amendments, or all of it if it has none
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_if_from: Option<Day>,
    /// Also show what differs for each participant
    #[arg(long)]
    each: bool,
    #[command(flatten)]
    forms: Forms,
    /// Exit with 1 if anything differs in meaning or in results
    #[arg(long)]
    exit_code: bool,
}

/// What a run reads into, and what it has told.
struct Desk<'a> {
    output: &'a Output,
    sources: Sources,
    /// Findings that were shown: what both sides share is told once.
    shown: BTreeSet<String>,
}

impl Desk<'_> {
    /// Shows findings that were not shown before.
    fn show(&mut self, problems: &Sink) -> Exit {
        let mut new = problems.sorted();
        new.retain(|one| self.shown.insert(finding::show(&[one], &self.sources)));
        self.output.findings(To::Messages, None, &new, &self.sources)
    }
}

pub fn run(args: &Args, output: &Output) -> Exit {
    if let Some(refusal) = args.forms.wrong() {
        return output.refuse(&refusal);
    }
    let mut desk = Desk { output, sources: Sources::default(), shown: BTreeSet::new() };
    match compared(args, &mut desk) {
        Ok(mut comparison) => {
            if args.each {
                comparison.participants = comparison.by_participant();
            }
            told(&comparison, args, &desk)
        }
        Err(exit) => exit,
    }
}

fn compared(args: &Args, desk: &mut Desk) -> Result<Comparison, Exit> {
    let output = desk.output;
    let (old, new) = sides::sides(&args.old, &args.new).map_err(|refusal| output.refuse(&refusal))?;
    // Both are read before either is refused, so that all mistakes are told in one run.
    let (before, after) = (read(&old, &new, desk), read(&new, &old, desk));
    let (before, after) = match (before, after) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(one), Err(other)) => return Err(one.worst_of(other)),
        (Err(one), Ok(_)) | (Ok(_), Err(one)) => return Err(one),
    };
    let versions = (version(&old, &new, &before), version(&new, &old, &after));
    let names = format!("{} and {}", versions.0.name, versions.1.name);
    let rules = amendments::rules([&old, &new], [&before, &after], &desk.sources);
    let Some([old_rules, new_rules]) = rules.map_err(|refusal| output.refuse(&refusal))? else {
        return Err(Exit::Policy);
    };
    let new_rules = match args.as_if_from {
        None => new_rules,
        Some(day) => new_rules.as_if_from(day).ok_or_else(|| output.refuse(&not_from(day)))?,
    };
    let old_rules = old_rules.called_as_in(&new_rules);
    let policies = facts::Policies { old: (&before, &old_rules), new: (&after, &new_rules) };
    let Some((old_filed, new_filed)) = facts::facts(&args.facts, args.as_of, (&old.at, &new.at), &policies, desk)?
    else {
        return Ok(compare_wordings(&desk.sources, (&old_rules, &new_rules), versions));
    };
    let old = Side { rules: &old_rules, filed: &old_filed };
    let new = Side { rules: &new_rules, filed: &new_filed };
    compare(&desk.sources, (old, new), versions).map_err(|cut| output.refuse(&stopped(names, cut)))
}

fn not_from(day: Day) -> Refusal {
    Refusal {
        message: format!("with effect from {day}, the newer side has errors"),
        help: Some("choose a date before its last day in force and before the dates in its clauses".to_string()),
        exit: Exit::Policy,
    }
}

fn read(own: &Asked, other: &Asked, desk: &mut Desk) -> Result<Policy, Exit> {
    let mut problems = Sink::default();
    let files = amendments::files(own, other);
    let read = policy_of(&own.at.library, &own.at.path, &files, (&mut desk.sources, &mut problems));
    let policy = read.map_err(|refusal| desk.output.refuse(&refusal))?;
    let shown = desk.show(&problems);
    match Exit::of_policy(&problems) {
        Exit::Yes => Ok(policy),
        exit => Err(shown.worst_of(exit)),
    }
}

fn version(own: &Asked, other: &Asked, policy: &Policy) -> Version {
    let name = match (own.amendments.as_slice(), other.amendments.as_slice()) {
        ([], []) => own.name.clone(),
        ([], others) => format!("{} without {}", own.name, others.join(", ")),
        (with, _) => format!("{} with {}", own.name, with.join(", ")),
    };
    Version {
        name,
        agreement: policy.name(),
        title: policy.agreement.called().to_string(),
        file: policy.path.display().to_string(),
        digest: policy.digest,
    }
}

fn told(comparison: &Comparison, args: &Args, desk: &Desk) -> Exit {
    let exit = if args.exit_code && comparison.differs() { Exit::No } else { Exit::Yes };
    let read = || desk.sources.files().map(|(_, source)| source);
    let tell = |form, (look, written): (Look, Exit), out: &mut dyn fmt::Write| {
        let exit = exit.worst_of(written).code();
        write(form, &Compared { of: comparison, sources: &desk.sources, exit }, look, out)
    };
    args.forms.tell(desk.output, read, tell).worst_of(exit)
}
