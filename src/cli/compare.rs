//! `overens compare`: how each of several agreements says the same thing.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Exit;
use super::files::Refusal;
use super::output::{Output, To};
use super::party::shown;
use super::prepare::Opened;
use super::several::chosen;
use super::supposing::Supposing;
use crate::diagnostics::nearest;
use crate::render::party::{self as view, Form};
use crate::report::about::{about, matters};
use crate::source::Sources;

/// Show how several agreements regulate the same matter
///
/// Lists, side by side, the clauses of a kind (`deadline`), those that mention a record or an act (`summons`), or those of a principle.
#[derive(clap::Args)]
pub struct Args {
    /// Policies: a file, a folder with one policy, or a folder of such folders
    #[arg(required = true)]
    policies: Vec<PathBuf>,
    /// The matter: a kind of clause, part of a name that clauses mention, or a principle
    #[arg(long, value_name = "MATTER")]
    about: String,
    /// Output format [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Form>,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let Some((first, further)) = args.policies.split_first() else { return Exit::CommandLine };
    let chosen = match chosen(first, further, output) {
        Ok(chosen) => chosen,
        Err(refusal) => return output.refuse(&refusal),
    };
    if let Some(facts) = chosen.facts.first() {
        return output.refuse(&Refusal {
            message: format!("`{}` is not a policy; only policies can be compared", facts.display()),
            help: Some("give policies, or folders that contain them".to_string()),
            exit: Exit::CommandLine,
        });
    }
    let (mut exit, mut all, mut known) = (Exit::Yes, Vec::new(), BTreeSet::new());
    for path in &chosen.paths {
        let opened = match Opened::new(path, Sources::default(), &Supposing::default()) {
            Ok(opened) => opened,
            Err(refusal) => {
                exit = exit.worst_of(output.refuse(&refusal));
                continue;
            }
        };
        let Some(plan) = &opened.policy.plan else {
            let shown = output.findings(To::Messages, None, &opened.problems.sorted(), &opened.sources);
            exit = exit.worst_of(shown).worst_of(Exit::of_policy(&opened.problems));
            continue;
        };
        let found = about(plan, &opened.sources, &args.about);
        if found.is_empty() {
            known.extend(matters(plan, &opened.sources));
        } else {
            all.push((found, opened.sources));
        }
    }
    if all.is_empty() {
        return exit.worst_of(output.refuse(&Refusal {
            message: format!("no clause is about `{}`", args.about),
            help: nearest(&args.about, known.iter().map(String::as_str)),
            exit: Exit::No,
        }));
    }
    let look = output.look(To::Results);
    exit.worst_of(output.write(To::Results, &view::about(&all, &args.about, shown(args.format, output), look)))
}
