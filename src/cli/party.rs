//! `overens party`: one party over several agreements, what it must, may, decides and bears.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Exit;
use super::bounds::{of_evaluation, stopped};
use super::files::Refusal;
use super::output::{Format, Output, To};
use super::prepare::{Common, Ready};
use super::several::gathered;
use crate::diagnostics::nearest;
use crate::evaluate::evaluate;
use crate::render::party::{self as view, Form, Under};
use crate::render::report::several::NotJudged;
use crate::report::party::{is_known, party, roles};

/// Show what one party must do, may do, decides and bears, in one agreement or in a whole folder
#[derive(clap::Args)]
pub struct Args {
    /// The party: an actor, a role that decides, or the id of a record
    name: String,
    /// The policy: a file, a folder with one policy, or a folder of such folders
    policy: PathBuf,
    /// Fact files, and further policies [default: the file with the latest as-of date in the folder `facts` next to the policy]
    facts: Vec<PathBuf>,
    /// Output format [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Form>,
    #[command(flatten)]
    common: Common,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let (mut known, mut others) = (false, Vec::new());
    let found = gathered(&args.policy, &args.facts, (&args.common, output), |ready| {
        known |= is_known(&ready.names(), &args.name);
        others.extend(roles(&ready.names()).map(str::to_string));
        under(ready, &args.name)
    });
    let (all, ran) = match found {
        Ok((found, ran)) => (found.into_iter().flatten().collect::<Vec<_>>(), ran),
        Err(exit) => return exit,
    };
    let mut exit = ran.exit;
    if all.is_empty() {
        exit = exit.worst_of(output.refuse(&nobody(&args.name, known, (&others, &ran.not_judged))));
    }
    if all.is_empty() && ran.not_judged.is_empty() {
        return exit;
    }
    let look = output.look(To::Results);
    let text = view::party((&all, &ran.not_judged), &args.name, shown(args.format, output), look);
    exit.worst_of(output.write(To::Results, &text))
}

/// The form that was asked for, else that of the stream.
pub fn shown(form: Option<Form>, output: &Output) -> Form {
    form.unwrap_or(match output.format(To::Results, None) {
        Format::Pretty => Form::Pretty,
        Format::Plain | Format::Json => Form::Plain,
    })
}

fn under(ready: Ready, name: &str) -> Result<Option<Under>, Refusal> {
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &of_evaluation());
    if let Some(cut) = verdicts.cut_at {
        return Err(stopped(ready.policy.name(), cut));
    }
    let policy = ready.policy.path.display().to_string();
    let found = party(&ready.names(), &verdicts, (ready.as_of, ready.known_on), (name, &policy));
    Ok((!found.is_empty()).then_some((found, ready.sources)))
}

/// No agreement knows the party, or none has anything about it.
pub fn nobody(name: &str, known: bool, (others, not_judged): (&[String], &[NotJudged])) -> Refusal {
    let message = match (known, not_judged.is_empty()) {
        (true, _) => format!("no verdict concerns `{name}`"),
        (false, true) => format!("no agreement has a party `{name}`"),
        (false, false) => format!("no agreement that could be judged has a party `{name}`"),
    };
    let mut names: Vec<&str> = others.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let all = (!names.is_empty()).then(|| format!("actors and roles are {}", names.join(", ")));
    let help = nearest(name, names.iter().copied()).or(all);
    Refusal { message, help: help.filter(|_| !known), exit: Exit::No }
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &Form::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}
