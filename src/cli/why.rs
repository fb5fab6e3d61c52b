//! `overens why`: the reasons of one verdict, and what would change it.

use std::path::PathBuf;

use super::Exit;
use super::eval::{Common, Ready, ready};
use super::files::Refusal;
use super::output::{Format, Output, To};
use crate::diagnostics::nearest;
use crate::evaluate::{Limits, evaluate};
use crate::model::expr::ClauseId;
use crate::render;
use crate::report::scenario::describe;
use crate::report::{Why, matching, why};
use crate::verdict::{Verdict, Verdicts};

/// Say why a verdict is what it is, and what would change it
#[derive(clap::Args)]
pub struct Args {
    /// The clause's name
    clause: String,
    /// The policy: a file, or a folder that holds one
    policy: PathBuf,
    /// Fact files [default: of those in the folder `facts` beside the policy, the one of the latest as-of day]
    facts: Vec<PathBuf>,
    /// Which of the clause's verdicts: a subject, a bearer, a period; may be given several times
    #[arg(long = "for", value_name = "KEY")]
    keys: Vec<String>,
    #[command(flatten)]
    common: Common,
}

/// So many verdicts are explained at once; of more, only the list is shown.
const MOST_EXPLAINED: usize = 3;
/// So many verdicts are listed.
const MOST_LISTED: usize = 20;

pub fn run(args: &Args, output: &Output) -> Exit {
    let ready = match ready(&args.policy, &args.facts, &args.common, output) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    let Some(clause) = ready.plan.find_clause(&args.clause) else { return output.refuse(&no_clause(&ready, args)) };
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &Limits::default());
    let met = matching(&ready.names(), &verdicts, clause, &args.keys);
    if met.is_empty() {
        return output.refuse(&no_instance(&ready, &verdicts, clause, args));
    }
    if met.len() > MOST_EXPLAINED {
        return output.refuse(&too_many(&ready, &met, args));
    }
    let all: Vec<Why> = met.iter().map(|verdict| why(&ready.names(), ready.as_of, &verdict.instance)).collect();
    show(&all, &ready, args, output)
}

fn show(all: &[Why], ready: &Ready, args: &Args, output: &Output) -> Exit {
    let look = output.look(To::Results);
    let one = |why: &Why, format: Format| match format {
        Format::Pretty => render::why::pretty::show(why, &ready.sources, look, ready.naming),
        Format::Plain | Format::Json => render::why::plain::show(why, &ready.sources),
    };
    let text = match output.format(To::Results, args.common.format) {
        Format::Json => render::why::json::show(all, &ready.sources),
        format @ (Format::Pretty | Format::Plain) => {
            all.iter().map(|why| one(why, format)).collect::<Vec<_>>().join("\n")
        }
    };
    output.write(To::Results, &text)
}

fn no_clause(ready: &Ready, args: &Args) -> Refusal {
    let names = ready.plan.clauses.iter().map(|clause| clause.name.as_str());
    let near = nearest(&args.clause, names.clone());
    Refusal {
        message: format!("{} has no clause `{}`", ready.policy.name(), args.clause),
        help: near.or_else(|| Some(format!("its clauses are {}", names.collect::<Vec<_>>().join(", ")))),
        exit: Exit::CommandLine,
    }
}

fn no_instance(ready: &Ready, verdicts: &Verdicts, clause: ClauseId, args: &Args) -> Refusal {
    let all = matching(&ready.names(), verdicts, clause, &[]);
    let keys = args.keys.join("` and `");
    let (message, help) = match (all.as_slice(), args.keys.is_empty()) {
        ([], _) => (format!("`{}` has nothing to judge as of {}", args.clause, ready.as_of), None),
        (all, _) => {
            let message = format!("`{}` has no verdict for `{keys}`", args.clause);
            (message, Some(format!("it has: {}", listed(ready, all))))
        }
    };
    Refusal { message, help, exit: Exit::CommandLine }
}

fn too_many(ready: &Ready, met: &[&Verdict], args: &Args) -> Refusal {
    Refusal {
        message: format!("{} verdicts of `{}` fit", met.len(), args.clause),
        help: Some(format!("say which one with `--for`: {}", listed(ready, met))),
        exit: Exit::CommandLine,
    }
}

fn listed(ready: &Ready, verdicts: &[&Verdict]) -> String {
    let names = ready.names();
    let mut all: Vec<String> =
        verdicts.iter().take(MOST_LISTED).map(|verdict| describe(&names, ready.as_of, verdict)).collect();
    let more = verdicts.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        all.push(format!("and {more} more"));
    }
    all.join("; ")
}
