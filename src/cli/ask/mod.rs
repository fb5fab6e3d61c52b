//! `overens ask`: what is missing, as questions that a person can answer once, what settles most first; and answers written to a new
//! fact file.

mod answers;
mod interview;

use std::path::{Path, PathBuf};

use super::Exit;
use super::adding::talk::is_possible;
use super::adding::{Added, Addition, Stage, add};
use super::bounds::{Limit, of_evaluation, stopped};
use super::disk;
use super::fact_files::parse_day;
use super::files::Refusal;
use super::judging::head;
use super::output::{Format, Output, To};
use super::prepare::{Common, FactsFormat, Ready, ready};
use crate::diagnostics::Sink;
use crate::evaluate::evaluate;
use crate::load;
use crate::load::many;
use crate::render::questions as view;
use crate::report::questions::{Asking, asking};
use crate::value::Day;
use crate::verdict::Status;

/// Ask for missing facts, most useful first, and record the answers
///
/// Groups missing facts into questions that a person can answer once, those that settle the most verdicts first. Answers are written
/// to a new fact file next to the others, which are left unchanged.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, or a folder with one policy
    policy: PathBuf,
    /// Fact files [default: the file with the latest as-of date in the folder `facts` next to the policy]
    facts: Vec<PathBuf>,
    /// List the questions without asking them
    #[arg(long)]
    list: bool,
    /// Output format of the list [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Read the answers from a file in RON, JSON, YAML or TOML, and write them to a new fact file
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// The date on which the answers are recorded
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    recorded_on: Option<Day>,
    /// Where the answers come from, if their file does not say
    #[arg(long, value_name = "WORDS")]
    source: Option<String>,
    /// Who found that something can no longer be learned, if the answers do not say
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The new fact file, in RON [default: `answers-DATE.ron` next to the other facts]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    if let Some(refusal) = args.wrong() {
        return output.refuse(&refusal);
    }
    let ready = match ready(&args.policy, &args.facts, &args.common, output) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    let found = match look(&ready) {
        Ok(found) => found,
        Err(refusal) => return output.refuse(&refusal),
    };
    match &args.answers {
        Some(path) => from_a_file(path, &found, &ready, (args, output)),
        None if args.list || args.format.is_some() || !is_possible(output) => list(&found, &ready, (args, output)),
        None => interview::hold(found, &ready, (args, output)),
    }
}

impl Args {
    /// What contradicts itself on the command line.
    fn wrong(&self) -> Option<Refusal> {
        let refusal = |message: &str, help: &str| Refusal {
            message: message.to_string(),
            help: Some(help.to_string()),
            exit: Exit::CommandLine,
        };
        if self.list && self.answers.is_some() {
            return Some(refusal("`--list` and `--answers` cannot be used together", "remove one of them"));
        }
        if self.answers.is_some() && self.recorded_on.is_none() {
            return Some(refusal(
                "no date given for recording the answers",
                "use `--recorded-on DATE`, such as `--recorded-on 2015-02-01`",
            ));
        }
        let writes = self.answers.is_some() || self.recorded_on.is_some();
        if writes && self.common.known_on.is_some() {
            return Some(refusal(
                "answers add to what is known now, so `--known-on` cannot be used with them",
                "remove `--known-on`",
            ));
        }
        if writes && self.common.pseudonyms {
            return Some(refusal("answers need the real names of records", "remove `--pseudonyms`"));
        }
        None
    }
}

/// Judges, and finds what to ask.
fn look(ready: &Ready) -> Result<Asking, Refusal> {
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &of_evaluation());
    let stopped = |cut| stopped(ready.policy.name(), cut);
    if let Some(cut) = verdicts.cut_at {
        return Err(stopped(cut));
    }
    asking(&ready.names(), &verdicts, ready.as_of).map_err(stopped)
}

fn list(found: &Asking, ready: &Ready, (args, output): (&Args, &Output)) -> Exit {
    let (head, names) = (head(ready, &[]), ready.names());
    let look = output.look(To::Results);
    output.write(
        To::Results,
        &match output.format(To::Results, args.format) {
            Format::Json => view::json(found, &head, &names),
            Format::Pretty => view::pretty(found, &head, &names, look),
            Format::Plain => view::plain(found, &head, &names),
        },
    )
}

fn from_a_file(path: &Path, found: &Asking, ready: &Ready, (args, output): (&Args, &Output)) -> Exit {
    let mut sources = ready.sources.clone();
    let mut problems = Sink::default();
    let file = match disk::read(path, Limit::FactBytes, &mut sources, &mut problems) {
        Ok(file) => file,
        Err(refusal) => return output.refuse(&refusal),
    };
    let root = sources.get(file).and_then(|source| {
        let how = load::How { ending: args.pipe(path), ..load::How::default() };
        load::read_as(file, (&source.name, &source.text), &how, &mut problems)
    });
    let answers = root.and_then(|root| answers::read(&root, &answers::Asked::new(found, ready, args), &mut problems));
    let mut stage = Stage { ready, sources, problems };
    take(answers, &mut stage, (args, output))
}

impl Args {
    /// How standard input is written.
    fn pipe(&self, path: &Path) -> Option<String> {
        let format = self.common.facts_format.filter(|_| path.as_os_str() == "-");
        format.map(FactsFormat::ending).map(str::to_string)
    }
}

/// Looks whether answers fit the facts, writes them to their file, and tells what comes of them.
fn take(answers: Option<answers::Answers>, stage: &mut Stage, (args, output): (&Args, &Output)) -> Exit {
    let addition = answers.map(|answers| Addition {
        root: answers.root,
        recorded_on: answers.recorded_on,
        name: "answers",
        title: "Answers",
        parts: answers.count,
    });
    let told = |added: &Added| {
        let unknown = added.after.iter().filter(|verdict| verdict.status == Status::Unknown).count();
        let are = if unknown == 1 { "is" } else { "are" };
        format!(
            "{}: {}; {unknown} of {} {are} unknown now\n",
            added.path.display(),
            many(added.parts, "answer"),
            many(added.after.len(), "verdict"),
        )
    };
    add(addition, stage, (args.to.as_deref(), "no question was answered"), output, told)
}
