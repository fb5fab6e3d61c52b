//! `overens eval`: the verdicts on an agreement, as of a day.

use std::path::{Path, PathBuf};

use super::Exit;
use super::fact_files::{For, day, facts, parse_day};
use super::files::Refusal;
use super::output::{Format, Output, To};
use super::reading::{Policy, policy};
use crate::diagnostics::Sink;
use crate::evaluate::{Limits, evaluate};
use crate::facts::Facts;
use crate::load;
use crate::plan::Plan;
use crate::render;
use crate::report::{Asked, Digest, Head, Names, Naming, Reasons, Report, Which, report};
use crate::source::Sources;
use crate::value::Day;
use crate::verdict::Called;

/// Judge an agreement by the facts, as of a day
///
/// Shows what needs action, then what falls due next, what waits for a person and which facts are missing.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, or a folder that holds one
    policy: PathBuf,
    /// Fact files [default: of those in the folder `facts` beside the policy, the one of the latest as-of day]
    facts: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    /// Only this period, as it is printed: 2015, 2015-H1, 2014/15
    #[arg(long)]
    period: Option<String>,
    /// Show every verdict, also those that ask for nothing
    #[arg(long)]
    all: bool,
    /// Give the reasons of each verdict (in JSON)
    #[arg(long)]
    reasons: bool,
    /// Verdicts that make the run fail, by their words; `none` for no verdict
    #[arg(long, value_delimiter = ',', value_parser = parse_fails, default_value = "violated,unknown")]
    fail_on: Vec<FailOn>,
    /// No facts or no verdicts are no failure
    #[arg(long)]
    allow_empty: bool,
    /// Stop after so many verdicts
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
}

/// What `eval` and `why` have in common.
#[derive(clap::Args)]
pub struct Common {
    /// The day as of which to judge [default: what the facts say]
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub as_of: Option<Day>,
    /// How to show it [default: pretty on a terminal, else plain]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Replace the names of persons and organisations, each always by the same
    #[arg(long)]
    pub pseudonyms: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FailOn {
    Verdict(Called),
    Nothing,
}

/// An agreement and its facts, ready to be judged.
pub struct Ready {
    pub policy: Policy,
    pub plan: Plan,
    pub facts: Facts,
    pub facts_digest: Digest,
    pub as_of: Day,
    pub sources: Sources,
    pub naming: Naming,
}

impl Ready {
    pub fn names(&self) -> Names<'_> {
        Names { plan: &self.plan, facts: &self.facts, sources: &self.sources, naming: self.naming }
    }
}

/// Reads everything and shows what is wrong with it. `Err` is how the run ends when it cannot go on.
pub fn ready(path: &Path, fact_files: &[PathBuf], common: &Common, output: &Output) -> Result<Ready, Exit> {
    let mut sources = Sources::default();
    let mut problems = Sink::default();
    let refuse = |refusal: Refusal| output.refuse(&refusal);
    let read = policy(path, &mut sources, &mut problems).map_err(refuse)?;
    let Some(plan) = read.plan.clone() else {
        let shown = output.findings(To::Messages, None, &problems.sorted(), &sources);
        return Err(shown.worst_of(Exit::of_policy(&problems)));
    };
    let mut found = Sink::default();
    let of = For { policy: &read.path, agreement: &read.agreement.name, schema: &plan.schema };
    let loaded = facts(fact_files, &of, &mut sources, &mut found);
    if let Ok(loaded) = &loaded {
        load::check_recorded(&plan, &loaded.facts, &mut found);
    }
    let exit = Exit::of_facts(&found);
    problems.extend(found);
    let shown = output.findings(To::Messages, None, &problems.sorted(), &sources);
    let loaded = loaded.map_err(refuse)?;
    if exit != Exit::Yes {
        return Err(shown.worst_of(exit));
    }
    let as_of = day(common.as_of, &loaded.facts).map_err(refuse)?;
    let naming = if common.pseudonyms { Naming::Pseudonyms } else { Naming::Real };
    Ok(Ready { policy: read, plan, facts: loaded.facts, facts_digest: loaded.digest, as_of, sources, naming })
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let ready = match ready(&args.policy, &args.facts, &args.common, output) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    let limits = args.limit.map_or_else(Limits::default, |instances| Limits { instances });
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &limits);
    let asked = Asked {
        lines: if args.all { Which::All } else { Which::ForAction },
        reasons: if args.reasons { Reasons::Told } else { Reasons::LeftOut },
        period: args.period.clone(),
    };
    let report = report(&ready.names(), &verdicts, head(&ready), &asked);
    let (exit, empty) = outcome(&report, &ready, args);
    let shown = show(&report, &ready, args, exit, output);
    match empty {
        Some(why) if !args.allow_empty => output.write(To::Messages, &format!("nothing to do: {why}\n")),
        Some(_) | None => Exit::Yes,
    }
    .worst_of(shown)
    .worst_of(exit)
}

fn head(ready: &Ready) -> Head {
    Head {
        agreement: ready.policy.name(),
        title: ready.plan.title.clone(),
        as_of: ready.as_of,
        policy: ready.policy.path.display().to_string(),
        facts: ready.facts.names.clone(),
        rules_digest: ready.policy.digest,
        facts_digest: ready.facts_digest,
    }
}

/// How the run ends, and why there was nothing to do.
fn outcome(report: &Report, ready: &Ready, args: &Args) -> (Exit, Option<&'static str>) {
    let empty = emptiness(report, ready);
    let fails = |on: &FailOn| match on {
        FailOn::Verdict(called) => report.counts.contains_key(called),
        FailOn::Nothing => false,
    };
    let mut exit = Exit::Yes;
    if args.fail_on.iter().any(fails) || (empty.is_some() && !args.allow_empty) {
        exit = Exit::No;
    }
    if report.cut_at.is_some() {
        exit = exit.worst_of(Exit::Limit);
    }
    (exit, empty)
}

fn emptiness(report: &Report, ready: &Ready) -> Option<&'static str> {
    if ready.facts.names.is_empty() {
        return Some("there are no facts; name a fact file behind the policy");
    }
    report.counts.is_empty().then_some("there is nothing to judge")
}

fn show(report: &Report, ready: &Ready, args: &Args, exit: Exit, output: &Output) -> Exit {
    let text = match output.format(To::Results, args.common.format) {
        Format::Pretty => render::report::pretty::show(report, &ready.sources, output.look(To::Results), exit.code()),
        Format::Plain => render::report::plain::show(report, &ready.sources, exit.code()),
        Format::Json => render::report::json::show(report, &ready.sources, exit.code()),
    };
    output.write(To::Results, &text)
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
        format!("no verdict is called `{words}`; there are {}", all.join(", "))
    })
}
