//! `overens why`: the reasons of one verdict, and what would change it.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::path::PathBuf;

use super::Exit;
use super::bounds::{of_evaluation, stopped};
use super::files::Refusal;
use super::forms::Forms;
use super::judging::head;
use super::output::{Output, To};
use super::prepare::{Common, Ready, ready};
use super::roots;
use crate::diagnostics::nearest;
use crate::evaluate::Explainer;
use crate::model::clause::Place;
use crate::model::expr::ClauseId;
use crate::model::section;
use crate::plan::Plan;
use crate::render::report::form::{Form, write};
use crate::render::report::several::{Among, Number, Several, Table};
use crate::render::why::listed::Listed;
use crate::render::{self, Look, visible};
use crate::report::scenario::describe;
use crate::report::{Asked, Extent, Reasons, Rows, Which, Why, fitting, report, why};
use crate::verdict::{Batch, Called, Cut, Instance, Judged, Verdicts};

/// Explain a verdict and what would change it
#[derive(clap::Args)]
pub struct Args {
    /// The clause's name, the id of a statement that it encodes, such as `samverkan-4.4`, or a section, such as `§ 3`
    clause: String,
    /// The policy: a file, or a folder with one policy
    policy: PathBuf,
    /// Fact files [default: the file with the latest as-of date in the folder `facts` next to the policy]
    facts: Vec<PathBuf>,
    /// Which of the clause's verdicts: a subject, a bearer, a period; can be given several times
    #[arg(long = "for", value_name = "KEY")]
    keys: Vec<String>,
    /// Show everything: every row, every share of a cost, and everything that would change the verdict
    #[arg(short, long)]
    verbose: bool,
    #[command(flatten)]
    forms: Forms,
    #[command(flatten)]
    common: Common,
}

/// So many verdicts are explained at once; of more, only the list is shown.
const MOST_EXPLAINED: usize = 3;
/// So many verdicts are listed.
const MOST_LISTED: usize = 20;

pub fn run(args: &Args, output: &Output) -> Exit {
    if let Some(refusal) = args.forms.wrong() {
        return output.refuse(&refusal);
    }
    let ready = match ready(&args.policy, &args.facts, &args.common, output) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    told(&ready, args, output).unwrap_or_else(|cut| output.refuse(&stopped(ready.policy.name(), cut)))
}

/// Tells what was asked for, unless a limit is reached.
fn told(ready: &Ready, args: &Args, output: &Output) -> Result<Exit, Cut> {
    let clauses = ready.plan.clauses_called(&args.clause);
    if clauses.is_empty() {
        return Ok(output.refuse(&no_clause(&ready.plan, &ready.policy.name(), &args.clause)));
    }
    let met = fitting_any(ready, &clauses, &args.keys)?;
    let is_section = clauses.len() > 1 && args.keys.is_empty();
    if met.is_empty() && !is_section {
        let others = fitting_any(ready, &clauses, &[])?;
        return Ok(list(ready, &others, output)?.worst_of(output.refuse(&none(ready, &others, args))));
    }
    if met.len() > MOST_EXPLAINED && !is_section {
        return Ok(list(ready, &met, output)?.worst_of(output.refuse(&too_many(&met, args))));
    }
    let listed = if is_section { section(ready, &clauses)? } else { Vec::new() };
    show((&listed, &met), ready, args, output)
}

/// The instances of some clauses that all keys fit.
fn fitting_any(ready: &Ready, clauses: &[ClauseId], keys: &[String]) -> Result<Vec<Instance>, Cut> {
    let limits = of_evaluation();
    let mut all = Vec::new();
    for clause in clauses {
        all.extend(fitting(&ready.names(), ready.as_of, *clause, &limits, keys)?);
    }
    Ok(all)
}

/// What is judged of an instance, unless a limit is reached on the way.
fn judged(explainer: &mut Explainer, instance: &Instance) -> Result<Judged, Cut> {
    let judged = explainer.explain(instance);
    judged.cut_at.map_or(Ok(judged), Err)
}

/// The clauses of a section, with how they came out.
fn section(ready: &Ready, clauses: &[ClauseId]) -> Result<Vec<Listed>, Cut> {
    let names = ready.names();
    let mut explainer = Explainer::new(&ready.plan, &ready.facts, ready.as_of);
    let mut listed = Vec::new();
    for clause in clauses.iter().filter_map(|id| Some((id, ready.plan.clause(*id)?))) {
        let (id, clause) = clause;
        let mut counts: BTreeMap<Called, usize> = BTreeMap::new();
        for instance in fitting_any(ready, &[*id], &[])? {
            let called = judged(&mut explainer, &instance)?.verdict.called(names.strength(&instance));
            let count = counts.entry(called).or_default();
            *count = count.saturating_add(1);
        }
        let place = clause.place.as_ref().map(|place| place.words.clone());
        listed.push(Listed { place, clause: clause.name.clone(), title: clause.title.clone(), counts });
    }
    Ok(listed)
}

/// Shows the clauses of a section, if it is one, and explains verdicts, if they are few.
fn show((listed, met): (&[Listed], &[Instance]), ready: &Ready, args: &Args, output: &Output) -> Result<Exit, Cut> {
    let extent = match args.forms.shown(output) {
        _ if args.verbose => Extent::FULL,
        Form::Pretty | Form::Plain | Form::Markdown => Extent::BRIEF,
        _ => Extent::USUAL,
    };
    let explained = if met.len() > MOST_EXPLAINED { &[] } else { met };
    let all: Vec<Why> = explained.iter().map(|instance| why(&ready.names(), ready.as_of, instance, extent)).collect();
    if let Some(cut) = all.iter().find_map(|why| why.cut_at) {
        return Err(cut);
    }
    let plain = |why: &Why| render::why::plain::show(why, &ready.sources);
    let worded = |why: &Why| render::why::markdown::show(why, &ready.sources);
    let drawn = |why: &Why, look| render::why::pretty::show(why, &ready.sources, look, ready.naming);
    let (policy, title) = (roots::repeated(&args.policy), &ready.plan.title);
    let joined = |listed: String, texts: Vec<String>| format!("{listed}{}", texts.join("\n"));
    let read = || ready.sources.files().map(|(_, source)| source);
    Ok(args.forms.tell(output, read, |form, (look, _), out| match form {
        Form::Pretty => {
            let drawn = all.iter().map(|why| drawn(why, look)).collect();
            out.write_str(&joined(render::why::listed::plain(listed, &policy), drawn))
        }
        Form::Plain => {
            out.write_str(&joined(render::why::listed::plain(listed, &policy), all.iter().map(plain).collect()))
        }
        Form::Markdown => {
            out.write_str(&joined(render::why::listed::markdown(listed, &policy), all.iter().map(worded).collect()))
        }
        Form::Json => out.write_str(&render::why::json::show(listed, &all, &ready.sources)),
        Form::Html => render::why::html::write((listed, &policy), &all, title, &ready.sources, out),
        Form::Summary | Form::Jsonl | Form::Csv => reported(met, ready, form, look, out),
        Form::Junit | Form::Sarif | Form::Github => reported(met, ready, form, look, out),
    }))
}

/// A report on these verdicts alone, with their reasons, as `eval` gives it on all.
fn reported(met: &[Instance], ready: &Ready, form: Form, look: Look, out: &mut dyn Write) -> fmt::Result {
    let mut explainer = Explainer::new(&ready.plan, &ready.facts, ready.as_of);
    let clause = |instance: &Instance| ready.plan.norm(instance.norm).map(|norm| norm.clause);
    let of_a_clause = met.chunk_by(|one, next| clause(one) == clause(next));
    let batches = of_a_clause
        .map(|all| Batch::Each(all.iter().map(|instance| explainer.explain(instance).verdict).collect()))
        .collect();
    let verdicts = Verdicts { batches, ..Verdicts::default() };
    let (lines, most) = (form.lines(Which::All), form.most(Which::All));
    let asked = Asked { lines, kept: form.kept(), most, reasons: Reasons::Told, period: None };
    let report = report(&ready.names(), &verdicts, head(ready, &[]), &asked);
    let rows = Rows { names: ready.names(), verdicts: &verdicts, as_of: ready.as_of, period: None };
    let exit = Exit::Yes.code();
    let reports = vec![Among { report: &report, rows, exit }];
    write(
        form,
        &Several {
            reports,
            not_judged: &[],
            exit,
            number: Number::One,
            failing: &[],
            table: Table::Verdicts,
            command: "why",
        },
        look,
        out,
    )
}

/// There is no such clause; the names that are near it, or all of them. Or no such section; those that there are.
pub fn no_clause(plan: &Plan, policy: &str, clause: &str) -> Refusal {
    let places = plan.clauses.iter().filter_map(|clause| clause.place.as_ref());
    let sections: Vec<&str> = places.flat_map(Place::sections).collect();
    if section::is_meant(clause) && !sections.is_empty() {
        let chapter = |section: &&str| section.split('.').next().unwrap_or(section).to_owned();
        let mut chapters: Vec<String> = sections.iter().map(chapter).collect();
        chapters.sort_by_key(|chapter| (chapter.parse::<u64>().unwrap_or(u64::MAX), chapter.clone()));
        chapters.dedup();
        return Refusal {
            message: format!("{policy} has no section `{}`", section::bare(&section::unquoted(clause))),
            help: Some(format!("its clauses are in the sections {}", chapters.join(", "))),
            exit: Exit::CommandLine,
        };
    }
    let names = plan.clauses.iter().map(|clause| clause.name.as_str());
    let statements = plan.clauses.iter().flat_map(|clause| &clause.statements).map(String::as_str);
    let near = nearest(clause, names.clone().chain(statements));
    Refusal {
        message: format!("{policy} has no clause `{clause}`"),
        help: near.or_else(|| Some(format!("its clauses are {}", names.collect::<Vec<_>>().join(", ")))),
        exit: Exit::CommandLine,
    }
}

fn none(ready: &Ready, others: &[Instance], args: &Args) -> Refusal {
    let message = match others {
        [] => format!("`{}` has nothing to judge as of {}", args.clause, ready.as_of),
        _ => format!("`{}` has no verdict for `{}`", args.clause, args.keys.join("` and `")),
    };
    let help = (!others.is_empty()).then(|| "choose one of the above with `--for`".to_string());
    Refusal { message, help, exit: Exit::CommandLine }
}

fn too_many(met: &[Instance], args: &Args) -> Refusal {
    Refusal {
        message: format!("{} verdicts of `{}` match", met.len(), args.clause),
        help: Some("choose one of the above with `--for`".to_string()),
        exit: Exit::CommandLine,
    }
}

/// The verdicts to choose among, a line each. Only those are judged.
fn list(ready: &Ready, instances: &[Instance], output: &Output) -> Result<Exit, Cut> {
    let names = ready.names();
    let mut explainer = Explainer::new(&ready.plan, &ready.facts, ready.as_of);
    let mut text = String::new();
    for instance in instances.iter().take(MOST_LISTED) {
        let verdict = judged(&mut explainer, instance)?.verdict;
        text.push_str(&visible::line(&describe(&names, ready.as_of, &verdict)));
        text.push('\n');
    }
    match instances.len().saturating_sub(MOST_LISTED) {
        0 => {}
        more => text.push_str(&format!("and {more} more\n")),
    }
    Ok(output.write(To::Messages, &text))
}
