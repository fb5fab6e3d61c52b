//! `overens monday`: a page for the week: what has happened, what to do, what to ask and what to decide.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Exit;
use super::bounds::{of_evaluation, stopped};
use super::fact_files::parse_day;
use super::files::Refusal;
use super::output::{Output, To};
use super::party::nobody;
use super::prepare::{Common, Ready};
use super::several::gathered;
use crate::evaluate::evaluate;
use crate::render::monday::{self as view, Form};
use crate::report::monday::{Monday, Wanted, monday};
use crate::report::party::{is_known, roles};
use crate::value::Day;

/// Write a page for the week: what has happened, what falls due, what to ask and what to decide
///
/// Compares the verdicts with those of an earlier date, by what was on record on it. Nothing is stored: the same facts and dates give the
/// same page.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, a folder with one policy, or a folder of such folders
    policy: PathBuf,
    /// Fact files, and further policies [default: the file with the latest as-of date in the folder `facts` next to the policy]
    facts: Vec<PathBuf>,
    /// Only what this actor or role has to do or to decide
    #[arg(long = "for", value_name = "NAME")]
    whom: Option<String>,
    /// The earlier date [default: seven days before the as-of date]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    since: Option<Day>,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "plain")]
    format: Form,
    #[command(flatten)]
    common: Common,
}

/// So many days before the as-of day the page begins, if nobody says otherwise.
const USUAL: i32 = 7;

pub fn run(args: &Args, output: &Output) -> Exit {
    let whom = args.whom.as_deref();
    let (mut known, mut others) = (whom.is_none(), Vec::new());
    let found = gathered(&args.policy, &args.facts, (&args.common, output), |ready| {
        known |= whom.is_some_and(|whom| is_known(&ready.names(), whom));
        others.extend(roles(&ready.names()).map(str::to_string));
        of(&ready, args)
    });
    let (mut all, ran) = match found {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let mut exit = ran.exit;
    if let Some(whom) = whom.filter(|_| !known) {
        exit = exit.worst_of(output.refuse(&nobody(whom, known, (&others, &ran.not_judged))));
        all.clear();
    }
    if all.is_empty() && ran.not_judged.is_empty() {
        return exit;
    }
    let text = match args.format {
        Form::Plain => view::plain(&all, &ran.not_judged, whom),
        Form::Html => view::html(&all, &ran.not_judged, whom),
    };
    exit.worst_of(output.write(To::Results, &text))
}

fn of(ready: &Ready, args: &Args) -> Result<Monday, Refusal> {
    let since = args.since.unwrap_or(ready.as_of.minus_days(USUAL));
    if since > ready.as_of {
        return Err(Refusal {
            message: format!("`--since {since}` is after the as-of date of {}, {}", ready.policy.name(), ready.as_of),
            help: Some("use an earlier date, or a later `--as-of`".to_string()),
            exit: Exit::CommandLine,
        });
    }
    let limits = of_evaluation();
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &limits);
    let stopped = |cut| stopped(ready.policy.name(), cut);
    if let Some(cut) = verdicts.cut_at {
        return Err(stopped(cut));
    }
    let before = ready.facts.clone().known_on(&ready.policy.agreement.schema, since);
    let wanted = Wanted { since, whom: args.whom.as_deref() };
    monday(&ready.names(), &before, &verdicts, ready.as_of, (&wanted, &limits)).map_err(stopped)
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &Form::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}
