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
use crate::diagnostics::nearest;
use crate::evaluate::Explainer;
use crate::model::expr::ClauseId;
use crate::plan::Plan;
use crate::render::report::counted;
use crate::render::report::form::{Form, write};
use crate::render::report::several::{Among, Number, Several, Table};
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
    if met.is_empty() {
        let others = fitting_any(ready, &clauses, &[])?;
        return Ok(list(ready, &others, output)?.worst_of(output.refuse(&none(ready, &others, args))));
    }
    let for_people = matches!(args.forms.shown(output), Form::Pretty | Form::Plain);
    if clauses.len() > 1 && args.keys.is_empty() && for_people {
        let listed = output.write(To::Results, &section(ready, &clauses, args)?);
        // What is little is explained below.
        return if met.len() > MOST_EXPLAINED {
            Ok(listed)
        } else {
            Ok(listed.worst_of(show(&met, ready, args, output)?))
        };
    }
    if met.len() > MOST_EXPLAINED {
        return Ok(list(ready, &met, output)?.worst_of(output.refuse(&too_many(&met, args))));
    }
    show(&met, ready, args, output)
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

/// The clauses of a section, a line each, with how they came out.
fn section(ready: &Ready, clauses: &[ClauseId], args: &Args) -> Result<String, Cut> {
    let names = ready.names();
    let mut explainer = Explainer::new(&ready.plan, &ready.facts, ready.as_of);
    let mut text = String::new();
    for clause in clauses.iter().filter_map(|id| Some((id, ready.plan.clause(*id)?))) {
        let (id, clause) = clause;
        let mut counts: BTreeMap<Called, usize> = BTreeMap::new();
        for instance in fitting_any(ready, &[*id], &[])? {
            let called = judged(&mut explainer, &instance)?.verdict.called(names.strength(&instance));
            let count = counts.entry(called).or_default();
            *count = count.saturating_add(1);
        }
        let place = clause.place.as_ref().map_or_else(String::new, |place| format!("{} ", place.words));
        let title = clause.title.as_ref().map_or_else(String::new, |title| format!(", {title}"));
        let counted = counted(&counts, ", ");
        text.push_str(&visible::line(&format!("{place}{}{title}: {counted}", clause.name)));
        text.push('\n');
    }
    text.push_str(&visible::line(&format!("for the reasons: `overens why CLAUSE {}`", args.policy.display())));
    text.push('\n');
    Ok(text)
}

fn show(met: &[Instance], ready: &Ready, args: &Args, output: &Output) -> Result<Exit, Cut> {
    let extent = match args.forms.shown(output) {
        _ if args.verbose => Extent::FULL,
        Form::Pretty | Form::Plain | Form::Markdown => Extent::BRIEF,
        _ => Extent::USUAL,
    };
    let all: Vec<Why> = met.iter().map(|instance| why(&ready.names(), ready.as_of, instance, extent)).collect();
    if let Some(cut) = all.iter().find_map(|why| why.cut_at) {
        return Err(cut);
    }
    let plain = |why: &Why| render::why::plain::show(why, &ready.sources);
    let worded = |why: &Why| render::why::markdown::show(why, &ready.sources);
    let drawn = |why: &Why, look| render::why::pretty::show(why, &ready.sources, look, ready.naming);
    let joined = |texts: Vec<String>| texts.join("\n");
    let read = || ready.sources.files().map(|(_, source)| source);
    Ok(args.forms.tell(output, read, |form, (look, _), out| match form {
        Form::Pretty => out.write_str(&joined(all.iter().map(|why| drawn(why, look)).collect())),
        Form::Plain => out.write_str(&joined(all.iter().map(plain).collect())),
        Form::Markdown => out.write_str(&joined(all.iter().map(worded).collect())),
        Form::Json => out.write_str(&render::why::json::show(&all, &ready.sources)),
        Form::Html => render::why::html::write(&all, &ready.plan.title, &ready.sources, out),
        Form::Summary | Form::Jsonl | Form::Csv => reported(met, ready, form, look, out),
        Form::Junit | Form::Sarif | Form::Github => reported(met, ready, form, look, out),
    }))
}

/// A report on these verdicts alone, with their reasons, as `eval` gives it on all.
fn reported(met: &[Instance], ready: &Ready, form: Form, look: Look, out: &mut dyn Write) -> fmt::Result {
    let mut explainer = Explainer::new(&ready.plan, &ready.facts, ready.as_of);
    let batches = met.iter().map(|instance| Batch::Each(vec![explainer.explain(instance).verdict])).collect();
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

/// There is no such clause; the names that are near it, or all of them.
pub fn no_clause(plan: &Plan, policy: &str, clause: &str) -> Refusal {
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
