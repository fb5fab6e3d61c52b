//! One agreement judged as it was asked for on the command line, and how a run over it ends.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Exit;
use super::bounds::{of_evaluation, stopped};
use super::files::Refusal;
use super::forms::{Forms, both_to, no_name_of_a_workbook, replaces};
use super::output::{Output, To};
use super::prepare::{Common, Ready};
use super::writing::writable;
use crate::evaluate::evaluate;
use crate::render::report::form::Form;
use crate::render::report::several::Number;
use crate::render::visible;
use crate::report::{Asked as Wanted, Basis, Head, Input, Naming, Report, Rows, report};
use crate::verdict::{Called, Verdicts};

/// Judge agreements by the facts as of a date
///
/// Shows what needs action, by who must act, then what falls due next, what waits for a person and which facts are missing.
/// For a folder with policies in its subfolders, judges every agreement.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, a folder with one policy, or a folder of such folders
    pub policy: PathBuf,
    /// Fact files (CSV as RECORD=FILE), and further policies [default: the file with the latest as-of date in the folder `facts` next
    /// to the policy]
    pub facts: Vec<PathBuf>,
    #[command(flatten)]
    pub forms: Forms,
    #[command(flatten)]
    pub common: Common,
    /// Show only this period, written as in reports: 2015, 2015-H1, 2014/15
    #[arg(long)]
    pub period: Option<String>,
    /// Show every verdict, including those that need no action
    #[arg(long)]
    pub all: bool,
    /// Include the reasons for each verdict (in JSON, HTML, CSV and JSON Lines)
    #[arg(long)]
    pub reasons: bool,
    /// In csv and jsonl, list who bears how much of each cost instead of the verdicts
    #[arg(long)]
    pub shares: bool,
    /// Write the tables of facts as a workbook, with the verdict and reason beside each row
    #[arg(long, value_name = "FILE")]
    pub annotate: Option<PathBuf>,
    /// Verdicts that make the run fail; `none` for none
    #[arg(long, value_delimiter = ',', value_parser = parse_fails, default_value = "violated,unknown")]
    fail_on: Vec<FailOn>,
    /// Do not fail when there are no facts or no verdicts
    #[arg(long)]
    allow_empty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FailOn {
    Verdict(Called),
    Nothing,
}

/// What came of an agreement.
pub struct Judged {
    pub ready: Ready,
    pub verdicts: Verdicts,
    /// The verdicts that make the run fail.
    pub failing: Vec<Called>,
    pub exit: Exit,
}

impl Args {
    /// Refuses what would replace a text that was read, before anything is judged or written.
    pub fn replaces<'n>(&self, read: impl Iterator<Item = &'n str>) -> Option<Refusal> {
        let files = self.forms.reports.iter().map(|filed| &filed.path).chain(&self.annotate);
        replaces(files.map(PathBuf::as_path), read)
    }

    /// What contradicts itself on the command line.
    pub fn wrong(&self) -> Option<Refusal> {
        if self.shares && !self.forms.asks_for(&[Form::Csv, Form::Jsonl]) {
            return Some(Refusal {
                message: "`--shares` needs the format csv or jsonl".to_string(),
                help: Some("use `--format csv --shares`, or `--report csv=shares.csv --shares`".to_string()),
                exit: Exit::CommandLine,
            });
        }
        let copy = self.annotate.as_ref();
        if let Some(refusal) = copy.and_then(|path| no_name_of_a_workbook(path).or_else(|| writable(path).err())) {
            return Some(refusal);
        }
        if copy.is_some() && self.common.pseudonyms {
            return Some(Refusal {
                message: "`--annotate` copies the tables of facts with the real names in them, so it cannot be combined with \
                          `--pseudonyms`"
                    .to_string(),
                help: Some(
                    "for verdicts with pseudonyms in a workbook, use `--report xlsx=FILE`; for the copy, remove \
                     `--pseudonyms`"
                        .to_string(),
                ),
                exit: Exit::CommandLine,
            });
        }
        if let Some(twice) = copy.filter(|path| self.forms.go_to(path)) {
            return Some(both_to(twice));
        }
        let contradicts = self.fail_on.contains(&FailOn::Nothing) && self.fail_on.len() > 1;
        contradicts.then(|| Refusal {
            message: "`--fail-on` has both `none` and verdicts".to_string(),
            help: Some("remove `none`, or use it alone".to_string()),
            exit: Exit::CommandLine,
        })
    }

    /// The verdicts that make the run fail.
    pub fn failing(&self) -> Vec<Called> {
        let called = |on: &FailOn| match on {
            FailOn::Verdict(called) => Some(*called),
            FailOn::Nothing => None,
        };
        self.fail_on.iter().filter_map(called).collect()
    }
}

impl Judged {
    pub fn rows<'a>(&'a self, period: Option<&'a str>) -> Rows<'a> {
        Rows { names: self.ready.names(), verdicts: &self.verdicts, as_of: self.ready.as_of, period }
    }

    pub fn report(&self, asked: &Wanted) -> Report {
        report(&self.ready.names(), &self.verdicts, head(&self.ready, &self.failing), asked)
    }
}

/// Judges an agreement, and says so when there was nothing to judge; also how the saying went.
pub fn judge(ready: Ready, args: &Args, output: &Output, asked: Number) -> (Judged, Exit) {
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &of_evaluation());
    let mut judged = Judged { ready, verdicts, failing: args.failing(), exit: Exit::Yes };
    let (exit, empty) = outcome(&judged, args);
    judged.exit = exit;
    if let Some(cut) = judged.verdicts.cut_at {
        // Not every form of a report has room for it.
        let told = output.refuse(&stopped(judged.ready.policy.name(), cut));
        return (judged, told);
    }
    let told = match (empty.filter(|_| !args.allow_empty), asked) {
        (None, _) => Exit::Yes,
        (Some(why), Number::One) => output.write(To::Messages, &format!("nothing to do: {why}\n")),
        (Some(why), Number::Several) => {
            let name = visible::line(&judged.ready.policy.name());
            output.write(To::Messages, &format!("{name}: nothing to do: {why}\n"))
        }
    };
    (judged, told)
}

/// What stands above a report.
pub fn head(ready: &Ready, failing: &[Called]) -> Head {
    Head {
        agreement: ready.policy.name(),
        title: ready.plan.title.clone(),
        as_of: ready.as_of,
        known_on: ready.known_on,
        policy: ready.policy.path.display().to_string(),
        facts: ready.facts.names.clone(),
        rules_digest: ready.policy.digest,
        facts_digest: ready.facts_digest,
        basis: basis(ready, failing),
    }
}

/// What it takes to judge the same once more.
fn basis(ready: &Ready, failing: &[Called]) -> Basis {
    let policies = ready.policy.trees.iter().enumerate();
    let policies = policies.map(|(at, tree)| (if at == 0 { "policy" } else { "import" }, tree.file));
    let facts = ready.fact_files.iter().map(|file| ("facts", *file));
    Basis {
        version: env!("CARGO_PKG_VERSION"),
        calendar: Some(ready.plan.calendar),
        inputs: policies.chain(facts).map(|(part, file)| Input { part, file }).collect(),
        named: ready.named.clone(),
        facts_format: ready.asked.facts_format.map(|format| format.ending().to_string()),
        pseudonyms: ready.naming == Naming::Pseudonyms,
        with: ready.asked.supposing.with.clone(),
        without: ready.asked.supposing.without.clone(),
        fail_on: failing.to_vec(),
    }
}

/// How the run ends, and why there was nothing to do.
fn outcome(judged: &Judged, args: &Args) -> (Exit, Option<&'static str>) {
    let rows = judged.rows(args.period.as_deref());
    let clauses = rows.by_clause();
    let found: BTreeSet<Called> = clauses.iter().flat_map(|clause| clause.counts.keys().copied()).collect();
    let empty = match (judged.ready.facts.names.is_empty(), found.is_empty()) {
        (true, _) => Some("there are no facts; give a fact file after the policy"),
        (false, true) => Some("there is nothing to judge"),
        (false, false) => None,
    };
    let mut exit = Exit::Yes;
    if args.failing().iter().any(|called| found.contains(called)) || (empty.is_some() && !args.allow_empty) {
        exit = Exit::No;
    }
    if judged.verdicts.cut_at.is_some() {
        exit = exit.worst_of(Exit::Limit);
    }
    (exit, empty)
}

/// `violated`, `not followed` or `not-followed`.
fn parse_fails(text: &str) -> Result<FailOn, String> {
    let words = text.trim().replace(['-', '_'], " ");
    if words == "none" {
        return Ok(FailOn::Nothing);
    }
    let called = Called::ALL.into_iter().find(|called| called.words() == words);
    called.map(FailOn::Verdict).ok_or_else(|| {
        let all: Vec<&str> = Called::ALL.iter().map(|called| called.words()).collect();
        format!("unknown verdict `{words}`; the verdicts are {}", all.join(", "))
    })
}
