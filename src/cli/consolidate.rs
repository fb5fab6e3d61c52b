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
use crate::render::consolidated::{self, Consolidated};
use crate::render::report::several::Number;
use crate::source::Sources;
use crate::value::Day;
use crate::verdict::Adoption;

/// Print the wording of an agreement that is in force on a day, as a policy file
///
/// What amendments changed stands where it was, what ended is gone; scenarios are left out. Whether an amendment is adopted,
/// the policy or the facts tell; what they do not tell can be supposed.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, or a folder that holds one
    policy: PathBuf,
    /// Fact files, for amendments that a decision adopts [default: of those in the folder `facts` beside the policy, the
    /// one of the latest as-of day]
    facts: Vec<PathBuf>,
    /// The day whose wording is printed
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
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
        1 => "1 amendment is only proposed, and not worked in; `--with NAME` works it in\n".to_string(),
        more => format!("{more} amendments are only proposed, and not worked in; `--with NAME` works one in\n"),
    };
    output.write(To::Messages, &note).worst_of(output.write(To::Results, &text))
}

/// Before the first day, and after the last, there is no wording to print.
fn nothing_in_force(of: &Consolidated, name: &str) -> Refusal {
    let (force, day) = (consolidated::force(of), of.day);
    let when = match force.contains(day) {
        true => "none of its clauses has begun, or all have ended".to_string(),
        false if day < force.first() => format!("it comes into force on {}", force.first()),
        false => format!("its last day was {}", force.last()),
    };
    Refusal {
        message: format!("nothing of {name} is in force as of {day}: {when}"),
        help: Some("name a day on which it is in force with `--as-of`".to_string()),
        exit: Exit::No,
    }
}

fn not_told(name: &str) -> Refusal {
    Refusal {
        message: format!("whether the amendment `{name}` is adopted is not known, so nor is the wording"),
        help: Some(format!("say it in the facts, or suppose it: `--with {name}`, `--without {name}`")),
        exit: Exit::No,
    }
}

fn conflict(name: &str) -> Refusal {
    Refusal {
        message: format!("the amendment `{name}` is adopted, and so is a rival of it, of which at most one may be"),
        help: Some("choose one: `--without` and the name of the other".to_string()),
        exit: Exit::No,
    }
}
