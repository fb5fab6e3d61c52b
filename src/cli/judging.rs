//! One agreement judged as it was asked for on the command line: its report, and how a run over it ends.

use std::path::PathBuf;

use super::Exit;
use super::output::{Output, To};
use super::prepare::{Asked, Common, Ready};
use crate::evaluate::{Limits, evaluate};
use crate::render::visible;
use crate::report::{Asked as Wanted, Head, Reasons, Report, Which, report};
use crate::source::Sources;
use crate::verdict::Called;

/// Judge agreements by the facts, as of a day
///
/// Shows what needs action, by who has to act, then what falls due next, what waits for a person and which facts are
/// missing. Of a folder whose folders hold policies, all agreements are judged.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, a folder that holds one, or a folder of such folders
    pub policy: PathBuf,
    /// Fact files, those in CSV as RECORD=FILE, perhaps further policies [default: of those in the folder `facts` beside a policy, the one of the latest
    /// as-of day]
    pub facts: Vec<PathBuf>,
    #[command(flatten)]
    pub common: Common,
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
    /// Stop after so many verdicts of an agreement
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FailOn {
    Verdict(Called),
    Nothing,
}

/// What came of an agreement.
pub struct Judged {
    pub report: Report,
    pub sources: Sources,
    pub exit: Exit,
}

/// Judges an agreement, and says so when there was nothing to judge; also how the saying went.
pub fn judge(ready: Ready, args: &Args, output: &Output, asked: Asked) -> (Judged, Exit) {
    let limits = args.limit.map_or_else(Limits::default, |instances| Limits { instances, ..Limits::default() });
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &limits);
    let wanted = Wanted {
        lines: if args.all { Which::All } else { Which::ForAction },
        reasons: if args.reasons { Reasons::Told } else { Reasons::LeftOut },
        period: args.period.clone(),
    };
    let report = report(&ready.names(), &verdicts, head(&ready), &wanted);
    let (exit, empty) = outcome(&report, &ready, args);
    let told = match (empty.filter(|_| !args.allow_empty), asked) {
        (None, _) => Exit::Yes,
        (Some(why), Asked::One) => output.write(To::Messages, &format!("nothing to do: {why}\n")),
        (Some(why), Asked::Several) => {
            let name = visible::line(&ready.policy.name());
            output.write(To::Messages, &format!("{name}: nothing to do: {why}\n"))
        }
    };
    (Judged { report, sources: ready.sources, exit }, told)
}

fn head(ready: &Ready) -> Head {
    Head {
        agreement: ready.policy.name(),
        title: ready.plan.title.clone(),
        as_of: ready.as_of,
        known_on: ready.known_on,
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
