//! `overens compare`: how each of several agreements says the same thing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Exit;
use super::files::Refusal;
use super::output::{Output, To};
use super::party::shown;
use super::prepare::Opened;
use super::several::chosen;
use super::supposing::Supposing;
use super::test::of_findings;
use crate::diagnostics::nearest;
use crate::render::not_done::NotDone;
use crate::render::party::{self as view, Form};
use crate::render::report::several::Number;
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
    let (mut exit, mut all, mut known, mut not_compared) = (Exit::Yes, Vec::new(), BTreeSet::new(), Vec::new());
    for path in &chosen.paths {
        let opened = match opened(path, output) {
            Ok(opened) => opened,
            Err((came, why)) => {
                exit = exit.worst_of(came);
                not_compared.push(why);
                continue;
            }
        };
        let Some(plan) = &opened.policy.plan else { continue };
        let found = about(plan, &opened.sources, &args.about);
        if found.is_empty() {
            known.extend(matters(plan, &opened.sources));
        } else {
            all.push((found, opened.sources));
        }
    }
    if all.is_empty() {
        exit = exit.worst_of(output.refuse(&Refusal {
            message: format!("no clause is about `{}`", args.about),
            help: nearest(&args.about, known.iter().map(String::as_str)),
            exit: Exit::No,
        }));
    }
    if all.is_empty() && (not_compared.is_empty() || chosen.number == Number::One) {
        return exit;
    }
    let (form, look) = (shown(args.format, output), output.look(To::Results));
    exit.worst_of(output.write(To::Results, &view::about((&all, &not_compared), &args.about, form, look)))
}

/// A sound policy; `Err` is how the run ends otherwise, and why it cannot be compared.
fn opened(path: &Path, output: &Output) -> Result<Opened, (Exit, NotDone)> {
    let opened = Opened::new(path, Sources::default(), &Supposing::default()).map_err(|refusal| {
        let why = NotDone::path(path.display().to_string(), refusal.message.clone());
        (output.refuse(&refusal), why)
    })?;
    if opened.policy.plan.is_some() {
        return Ok(opened);
    }
    let shown = output.findings(To::Messages, None, &opened.problems.sorted(), &opened.sources);
    let file = opened.policy.path.display().to_string();
    let why = of_findings((&opened.policy, &file), &opened.problems, &opened.sources);
    Err((shown.worst_of(Exit::of_policy(&opened.problems)), why))
}
