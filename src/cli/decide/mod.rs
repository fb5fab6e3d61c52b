//! `overens decide`: what waits for a person, and decisions written to a new fact file.

mod interview;
mod record;

use std::path::PathBuf;

use clap::ValueEnum;

use super::Exit;
use super::adding::talk::is_possible;
use super::bounds::{of_evaluation, stopped};
use super::fact_files::parse_day;
use super::files::Refusal;
use super::judging::head;
use super::output::{Format, Output, To};
use super::prepare::{Common, Ready, ready};
use crate::evaluate::evaluate;
use crate::render::decisions as view;
use crate::report::decisions::{Deciding, deciding};
use crate::value::Day;

/// Show what waits for a person to decide, and record decisions
///
/// Lists what has to be judged or attested, by role and date: the words to weigh, the facts, what each reading comes to, and earlier
/// decisions about the same clause. A decision is written to a new fact file next to the others, which are left unchanged.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, or a folder with one policy
    policy: PathBuf,
    /// Fact files [default: the file with the latest as-of date in the folder `facts` next to the policy]
    facts: Vec<PathBuf>,
    /// List what waits without asking
    #[arg(long)]
    list: bool,
    /// Output format of the list [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    decision: Decision,
    /// The date on which the decision is recorded
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    recorded_on: Option<Day>,
    /// The new fact file, in RON [default: `decisions-DATE.ron` next to the other facts]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

/// One decision, for scripts.
#[derive(clap::Args)]
struct Decision {
    /// Record a decision about this clause
    #[arg(long, value_name = "CLAUSE")]
    clause: Option<String>,
    /// The record or the bearer that the decision is about; given twice, the record and its bearer
    #[arg(long = "for", value_name = "ID", requires = "clause")]
    whom: Vec<String>,
    /// The period that the decision is about, as reports print it
    #[arg(long, value_name = "PERIOD", requires = "clause")]
    period: Option<String>,
    /// Record a judgement
    #[arg(long, value_enum, value_name = "OUTCOME", group = "decided", requires = "clause")]
    judge: Option<Outcome>,
    /// Record an attestation that it holds, or that it does not
    #[arg(long, value_enum, value_name = "ANSWER", group = "decided", requires = "clause")]
    attest: Option<Answer>,
    /// Record a waiver: the clause does not apply
    #[arg(long, group = "decided", requires = "clause")]
    waive: bool,
    /// Record an extension: the last day becomes this one
    #[arg(long, value_name = "DATE", value_parser = parse_day, group = "decided", requires = "clause")]
    extend: Option<Day>,
    /// Who decided
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The date of the decision [default: the date on which it is recorded]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    on: Option<Day>,
    /// Why it was decided so
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
}

/// What a judgement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Outcome {
    Kept,
    Late,
    Broken,
    NotApplicable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Answer {
    Yes,
    No,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    if let Some(refusal) = args.wrong() {
        return output.refuse(&refusal);
    }
    let ready = match ready(&args.policy, &args.facts, &args.common, output) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    if args.decision.clause.is_some() {
        return record::given(&ready, (args, output));
    }
    let found = match look(&ready) {
        Ok(found) => found,
        Err(refusal) => return output.refuse(&refusal),
    };
    if args.list || args.format.is_some() || args.recorded_on.is_none() && !is_possible(output) {
        return list(&found, &ready, (args, output));
    }
    interview::hold(&found, &ready, (args, output))
}

fn refusal(message: &str, help: &str) -> Refusal {
    Refusal { message: message.to_string(), help: Some(help.to_string()), exit: Exit::CommandLine }
}

impl Args {
    /// What contradicts itself on the command line, or is missing from it.
    fn wrong(&self) -> Option<Refusal> {
        let one = &self.decision;
        let records = one.clause.is_some();
        if records && (self.list || self.format.is_some()) {
            return Some(refusal("a list shows what waits; it records nothing", "remove `--list` and `--format`"));
        }
        if one.whom.len() > 2 {
            return Some(refusal(
                "a decision is about one record and one bearer at most",
                "give `--for` once, or twice: first the record, then the bearer",
            ));
        }
        let decided = one.judge.is_some() || one.attest.is_some() || one.waive || one.extend.is_some();
        let way_out = "use `--judge kept`, `--attest yes`, `--waive` or `--extend DATE`";
        let missing = [
            (decided, "no decision given", way_out),
            (one.by.is_some(), "no name given for who decided", "use `--by NAME`, such as `--by parties`"),
            (one.why.is_some(), "no reason given for the decision", "use `--why WORDS`"),
            (
                self.recorded_on.is_some(),
                "no date given for recording the decision",
                "use `--recorded-on DATE`, such as `--recorded-on 2015-02-01`",
            ),
        ];
        if let Some((_, message, help)) = missing.into_iter().find(|(given, _, _)| records && !given) {
            return Some(refusal(message, help));
        }
        let writes = records || self.recorded_on.is_some();
        if writes && self.common.known_on.is_some() {
            return Some(refusal(
                "decisions add to what is known now, so `--known-on` cannot be used with them",
                "remove `--known-on`",
            ));
        }
        if writes && self.common.pseudonyms {
            return Some(refusal("decisions need the real names of records", "remove `--pseudonyms`"));
        }
        None
    }
}

/// Judges, and finds what waits.
fn look(ready: &Ready) -> Result<Deciding, Refusal> {
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &of_evaluation());
    let stopped = |cut| stopped(ready.policy.name(), cut);
    if let Some(cut) = verdicts.cut_at {
        return Err(stopped(cut));
    }
    deciding(&ready.names(), &verdicts, ready.as_of).map_err(stopped)
}

fn list(found: &Deciding, ready: &Ready, (args, output): (&Args, &Output)) -> Exit {
    let head = head(ready, &[]);
    let text = match output.format(To::Results, args.format) {
        Format::Json => view::json(found, &head, &ready.sources),
        Format::Pretty => view::pretty(found, &head, &ready.sources, output.look(To::Results)),
        Format::Plain => view::plain(found, &head, &ready.sources),
    };
    output.write(To::Results, &text)
}
