//! `overens when`: the window of a clause if the day that it is counted from were a day of one's choosing.

use std::path::PathBuf;

use super::Exit;
use super::fact_files::parse_day;
use super::neighbours::Neighbours;
use super::output::{Format, Output, To};
use super::prepare::Opened;
use super::supposing::Supposing;
use super::why::no_clause;
use crate::diagnostics::Sink;
use crate::render::when as view;
use crate::report::when::when;
use crate::report::{Names, Naming};
use crate::source::Sources;
use crate::value::Day;

/// Show the first and last day of a clause for a date of your choosing, without facts
///
/// The date takes the place of the one that the clause counts from, such as the day of a meeting. Each day comes with how it was worked
/// out. If the clause counts from several dates, or from none, this says so.
#[derive(clap::Args)]
pub struct Args {
    /// The clause's name, the id of a statement that it encodes, such as `samverkan-4.4`, or a section, such as `§ 3`
    clause: String,
    /// The policy: a file, or a folder with one policy
    policy: PathBuf,
    /// The date that the clause counts from
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    from: Day,
    /// Output format [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    supposing: Supposing,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let opened = match Opened::new(&args.policy, Sources::default(), &args.supposing) {
        Ok(opened) => opened,
        Err(refusal) => return output.refuse(&refusal),
    };
    let Opened { mut policy, sources, problems } = opened;
    let Some(plan) = policy.plan.take() else {
        let shown = output.findings(To::Messages, None, &problems.sorted(), &sources);
        return shown.worst_of(Exit::of_policy(&problems));
    };
    let plan = match args.supposing.apply(plan, &policy, &sources) {
        Ok(plan) => plan,
        Err(refusal) => return output.refuse(&refusal),
    };
    let clauses = plan.clauses_called(&args.clause);
    if clauses.is_empty() {
        return output.refuse(&no_clause(&plan, &policy.name(), &args.clause));
    }
    // No facts at all, in the form that those of this policy have.
    let (facts, _) = Neighbours::default().facts(&Vec::new(), &policy, &mut Sink::default());
    let names = Names { plan: &plan, facts: &facts, sources: &sources, naming: Naming::Real };
    let all: Vec<_> = clauses.iter().map(|clause| when(&names, *clause, args.from)).collect();
    let text = match output.format(To::Results, args.format) {
        Format::Json => view::json(&all, &plan.name, args.from),
        Format::Pretty => view::pretty(&all, args.from, output.look(To::Results)),
        Format::Plain => view::plain(&all, args.from),
    };
    let answer = if all.iter().any(|one| one.is_answered()) { Exit::Yes } else { Exit::No };
    answer.worst_of(output.write(To::Results, &text))
}
