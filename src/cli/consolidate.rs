//! `overens consolidate`: the wording of an agreement in force on a day, as a policy file.

use std::path::PathBuf;

use super::Exit;
use super::bounds::stopped;
use super::fact_files::parse_day;
use super::files::Refusal;
use super::output::{Output, To};
use super::prepare::{Common, Desk, Opened};
use super::supposing::Supposing;
use crate::evaluate::adoptions;
use crate::model::amendment::{Adopted, AmendmentId};
use crate::project::{Memory, Policy};
use crate::render::consolidated::{self, Consolidated};
use crate::render::report::several::Number;
use crate::source::Sources;
use crate::value::Day;
use crate::verdict::Adoption;

/// Print the wording of an agreement in force on a date, as a policy file
///
/// What amendments changed appears in place, what has ended is removed, and scenarios are left out. Whether an amendment is
/// adopted comes from the policy or the facts; if they do not say, `--with` and `--without` assume it.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, or a folder with one policy
    policy: PathBuf,
    /// Fact files, for amendments that a decision adopts [default: the file with the latest as-of date in the folder `facts`
    /// next to the policy]
    facts: Vec<PathBuf>,
    /// The date whose wording is printed
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Day,
    #[command(flatten)]
    supposing: Supposing,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let common = Common { as_of: Some(args.as_of), supposing: args.supposing.clone(), ..Common::default() };
    let opened = match Opened::new(&args.policy, Sources::default(), &common.supposing) {
        Ok(opened) => opened,
        Err(refusal) => return output.refuse(&refusal),
    };
    let mut desk = Desk::new(Number::One, &common, output);
    let ready = match opened.ready(&args.facts, &mut desk) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    let told = match adoptions(&ready.plan, &ready.facts, args.as_of) {
        Ok(told) => told,
        Err(cut) => return output.refuse(&stopped(ready.policy.name(), cut)),
    };
    let mut adopted = Vec::new();
    for ((id, amendment), adoption) in (0..).map(AmendmentId).zip(&ready.plan.amendments).zip(told) {
        match adoption {
            Adoption::Adopted => adopted.push(id),
            Adoption::NotAdopted => {}
            // What has not taken effect by then changes no wording.
            _ if amendment.effective > args.as_of => {}
            Adoption::Unknown | Adoption::ForAPerson => return output.refuse(&not_told(&amendment.name)),
            Adoption::Conflict => return output.refuse(&conflict(&amendment.name)),
        }
    }
    let of = Consolidated {
        agreement: &ready.policy.agreement,
        trees: &ready.policy.trees,
        sources: &ready.sources,
        adopted: &adopted,
        day: args.as_of,
    };
    if !consolidated::is_in_force(&of) {
        return output.refuse(&nothing_in_force(&of, &ready.policy.name()));
    }
    let text = consolidated::show(&of);
    let proposed = ready.plan.amendments.iter().filter(|one| matches!(one.adopted, Adopted::NotYet)).count();
    let note = match proposed {
        0 => String::new(),
        1 => "1 amendment is only proposed and not included; use `--with NAME` to include it\n".to_string(),
        more => format!("{more} amendments are only proposed and not included; use `--with NAME` to include one\n"),
    };
    let note = note + &unfinished(&of, &ready.policy.name(), &text);
    output.write(To::Messages, &note).worst_of(output.write(To::Results, &text))
}

/// What has to be corrected by hand before the wording can be used as a policy: it names what is no longer in force.
fn unfinished(of: &Consolidated, name: &str, text: &str) -> String {
    const FILE: &str = "consolidated.overens";
    let read = Policy::read(&Memory::new().with(FILE, text), FILE);
    let findings = read.map(|policy| policy.check()).unwrap_or_default();
    let gone = consolidated::gone(of);
    // Other files, which are not read here, have not changed.
    let names_it = |message: &str| gone.iter().any(|name| message.contains(&format!("`{name}`")));
    let errors = findings.errors().filter(|one| names_it(&one.message));
    let errors: Vec<String> = errors.map(|one| format!("  line {}: {}\n", one.line, one.message)).collect();
    match errors.len() {
        0 => String::new(),
        _ => format!(
            "as it is printed, {name} does not pass `check`, since it refers to what is no longer in force:\n{}",
            errors.concat()
        ),
    }
}

/// Before the first day, and after the last, there is no wording to print.
fn nothing_in_force(of: &Consolidated, name: &str) -> Refusal {
    let (force, day) = (consolidated::force(of), of.day);
    let when = match force.contains(day) {
        true => "none of its clauses is in force".to_string(),
        false if day < force.first() => format!("it comes into force on {}", force.first()),
        false => format!("its last day was {}", force.last()),
    };
    Refusal {
        message: format!("no part of {name} is in force as of {day}: {when}"),
        help: Some("choose a date on which it is in force with `--as-of`".to_string()),
        exit: Exit::No,
    }
}

fn not_told(name: &str) -> Refusal {
    Refusal {
        message: format!("it is unknown whether the amendment `{name}` is adopted, so the wording is unknown too"),
        help: Some(format!("state it in the facts, or assume it: `--with {name}`, `--without {name}`")),
        exit: Exit::No,
    }
}

fn conflict(name: &str) -> Refusal {
    Refusal {
        message: format!("the amendment `{name}` and a rival of it are both adopted, but at most one of them may be"),
        help: Some("choose one: `--without` and the name of the other".to_string()),
        exit: Exit::No,
    }
}
