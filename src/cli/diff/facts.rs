//! The facts over which two versions are judged: those that were named, or those that stand beside the policy on the disk.

use std::path::PathBuf;
use std::rc::Rc;

use super::super::Exit;
use super::super::fact_files::{beside, day, named_once, short_cells, small_enough};
use super::super::files::Refusal;
use super::super::library::Files;
use super::super::neighbours::Neighbours;
use super::super::policy_files::{Policy, Shelf};
use super::Desk;
use super::sides::{Where, with_path};
use crate::compare::{Filed, Rules, bind, check_recorded};
use crate::diagnostics::Sink;
use crate::facts::Facts;
use crate::load;
use crate::project::shelf::Roots;
use crate::value::Day;

/// Both versions, as they were read.
pub struct Policies<'a> {
    pub old: (&'a Policy, &'a Rules),
    pub new: (&'a Policy, &'a Rules),
}

/// The same facts as each version reads them; nothing when there are none.
pub fn facts(
    named: &[String],
    as_of: Option<Day>,
    at: (&Where, &Where),
    policies: &Policies,
    desk: &mut Desk,
) -> Result<Option<(Filed, Filed)>, Exit> {
    let output = desk.output;
    let mut problems = Sink::default();
    let gathered = match named {
        [] => on_disk(at, policies, desk, &mut problems),
        named => those_named(named, desk, &mut problems),
    };
    if gathered.is_err() || problems.has_errors() {
        let shown = desk.show(&problems);
        return Err(match gathered {
            Err(refusal) => shown.worst_of(output.refuse(&refusal)),
            Ok(_) => shown.worst_of(Exit::of_facts(&problems)),
        });
    }
    if let Err(refusal) = short_cells(&Facts::default(), gathered.as_deref().unwrap_or_default(), &desk.sources) {
        return Err(output.refuse(&refusal));
    }
    // A change of facts is looked for record by record.
    let schemas = [policies.new, policies.old].map(|(policy, _)| &policy.agreement.schema);
    let roots = load::spread(gathered.unwrap_or_default(), &schemas, &mut problems);
    if roots.is_empty() {
        return Ok(None);
    }
    if problems.has_errors() {
        return Err(desk.show(&problems).worst_of(Exit::of_facts(&problems)));
    }
    let mut neighbours = Neighbours::default();
    let mut side = |(policy, rules): (&Policy, &Rules), other: &Rules| -> Result<Filed, Refusal> {
        let others = neighbours.of(&roots, policy);
        let facts = bind(rules, &roots, &others, &[other], &mut problems);
        small_enough(&facts, &roots)?;
        check_recorded(rules, (&roots, &facts), &others, &[other], &mut problems);
        Ok(Filed { as_of: day(as_of, &facts)?, roots: roots.clone(), others, facts })
    };
    let (old, new) = (side(policies.old, policies.new.1), side(policies.new, policies.old.1));
    let shown = desk.show(&problems);
    if problems.has_errors() {
        return Err(shown.worst_of(Exit::of_facts(&problems)));
    }
    match (old, new) {
        (Ok(old), Ok(new)) => Ok(Some((old, new))),
        (Err(refusal), _) | (_, Err(refusal)) => Err(output.refuse(&refusal)),
    }
}

fn those_named(named: &[String], desk: &mut Desk, problems: &mut Sink) -> Result<Roots, Refusal> {
    named_once(&named.iter().map(PathBuf::from).collect::<Vec<_>>())?;
    let mut disk = Shelf::default();
    let mut roots = Roots::new();
    for words in named {
        // What is no path at all is refused as one of the disk.
        let here = with_path(words)?.unwrap_or(Where { library: Files::Disk, path: PathBuf::from(words) });
        let mut other;
        let shelf = match here.library {
            Files::Disk => &mut disk,
            Files::Revision(revision) => {
                other = Shelf::of(Files::Revision(Rc::clone(&revision)));
                &mut other
            }
        };
        let gathered = shelf.gather(&[here.path], &mut desk.sources, problems)?;
        let known = |node: &crate::load::node::Node| roots.iter().any(|(root, _)| root.span.file == node.span.file);
        let new: Roots = gathered.into_iter().filter(|(node, _)| !known(node)).collect();
        roots.extend(new);
    }
    Ok(roots)
}

/// Facts stand on the disk, whichever version is asked for.
fn on_disk(
    (old, new): (&Where, &Where),
    policies: &Policies,
    desk: &mut Desk,
    problems: &mut Sink,
) -> Result<Roots, Refusal> {
    let mut shelf = Shelf::default();
    for (at, (policy, _)) in [(new, policies.new), (old, policies.old)] {
        let path = match &at.library {
            Files::Disk => policy.path.clone(),
            Files::Revision(revision) => revision.root.join(&policy.path),
        };
        shelf.beside(&path);
        let chosen = beside(&path, &mut shelf, &mut desk.sources, problems)?;
        if !chosen.is_empty() {
            return Ok(shelf.gather(&chosen, &mut desk.sources, problems)?);
        }
    }
    Ok(Roots::new())
}
