//! What made verdicts differ: a line of the policy or a fact that changed since they were accepted. It is found by judging
//! what was and what is with only some of the changes made.

use std::collections::{BTreeMap, BTreeSet};

use super::open::{Differing, Open};
use super::was::{self, Found, Was};
use crate::cli::Exit;
use crate::cli::bounds;
use crate::cli::fact_files::small_enough;
use crate::cli::files::Refusal;
use crate::cli::neighbours::Neighbours;
use crate::cli::output::{Output, To};
use crate::cli::snapshots::judged_with;
use crate::compare::{self, Change, Filed, Look, Rules, Side, Told};
use crate::diagnostics::Sink;
use crate::load::Others;
use crate::project::shelf::Roots;
use crate::render::compare::cause;
use crate::report::entry::{Difference, Key};
use crate::report::review::{Cause, Item, groups};
use crate::verdict::Cut;

/// The causes of differences, by the verdicts' keys.
type Causes = BTreeMap<Key, Cause>;

/// Groups what differs by its cause.
pub fn group(open: &mut Open, was: &Was, output: &Output) -> Exit {
    let rules = Rules::of(&open.policy.trees).map(bounds::bounded);
    let mut found = Found::default();
    let mut exit = Exit::Yes;
    let mut items = Vec::new();
    let mut untold = 0_usize;
    for at in 0..open.snapshots.len() {
        let causes = match rules.as_ref().map(|rules| of_snapshot(open, at, rules, (&mut found, was))) {
            Some(Ok(causes)) => causes,
            Some(Err(refusal)) => {
                exit = exit.worst_of(output.refuse(&refusal));
                Causes::new()
            }
            None => Causes::new(),
        };
        let Some(differing) = open.snapshots.get(at) else { continue };
        for difference in &differing.differences {
            let cause = causes.get(&difference.key).cloned().unwrap_or_else(|| without(differing, difference));
            untold = untold.saturating_add(usize::from(matches!(cause, Cause::Clause(_))));
            items.push((cause, Item { snapshot: at, difference: difference.clone() }));
        }
    }
    open.groups = groups(items);
    match untold {
        0 => exit,
        _ => exit.worst_of(output.write(To::Messages, &cannot_be_told(open))),
    }
}

/// Without the old texts nobody can tell the cause: what belongs to one clause stands together.
fn without(differing: &Differing, difference: &Difference) -> Cause {
    match &differing.expected.kept {
        Some(_) => Cause::Clause(difference.key.clause.clone()),
        None => first(differing),
    }
}

fn first(differing: &Differing) -> Cause {
    Cause::First { facts: differing.expected.facts_name.clone(), as_of: differing.expected.as_of }
}

fn cannot_be_told(open: &Open) -> String {
    format!(
        "note: {}: the cause of some differences is unknown, because the policy and the facts that they were accepted with are \
         not in git; these verdicts are listed by clause\n\
         help: give the old ones with `--was-policy PATH` and `--was-facts PATH`, and commit policy, facts and snapshots together\n",
        open.policy.name()
    )
}

/// The causes of what differs in one snapshot, as far as they can be told.
fn of_snapshot(open: &mut Open, at: usize, rules: &Rules, (found, was): (&mut Found, &Was)) -> Result<Causes, Refusal> {
    let Some(differing) = open.snapshots.get(at) else { return Ok(Causes::new()) };
    let Some(kept) = &differing.expected.kept else { return Ok(Causes::new()) };
    let judged = kept.snapshot.judged_with.clone();
    if judged == judged_with(&open.policy, &open.plan, &differing.now) {
        return Ok(of_same_texts(differing));
    }
    let Some(before) = found.policy(judged.policy, open, was)? else { return Ok(Causes::new()) };
    let Some(differing) = open.snapshots.get(at) else { return Ok(Causes::new()) };
    let Some(roots) = was::facts(judged.facts, differing, was, &mut open.sources)? else { return Ok(Causes::new()) };
    let others = Neighbours::default().of(&roots, &before.policy);
    let was = before.rules.called_as_in(rules);
    let old = filed([&was, rules], &roots, others, differing);
    let new = filed([rules, &was], &differing.now.roots, differing.now.others.clone(), differing);
    let (Some(old), Some(new)) = (old, new) else { return Ok(Causes::new()) };
    small_enough(&old.facts, &old.roots)?;
    let sides = (Side { rules: &was, filed: &old }, Side { rules, filed: &new });
    let name = differing.expected.path.display();
    between(sides, open, differing).map_err(|cut| bounds::stopped(name, cut))
}

/// The very same texts: some of their verdicts were not accepted yet, or are judged otherwise now.
fn of_same_texts(differing: &Differing) -> Causes {
    let cause = |difference: &Difference| match difference.old {
        None => first(differing),
        Some(_) => Cause::Told("this version of overens judges the same texts differently".to_string()),
    };
    differing.differences.iter().map(|one| (one.key.clone(), cause(one))).collect()
}

fn filed([own, other]: [&Rules; 2], roots: &Roots, others: Others, differing: &Differing) -> Option<Filed> {
    let mut problems = Sink::default();
    let facts = compare::bind(own, roots, &others, &[other], &mut problems);
    let sound = !problems.has_errors();
    sound.then(|| Filed { roots: roots.clone(), others, facts, as_of: differing.expected.as_of })
}

/// What of the changes between two sides brings each difference about.
fn between((old, new): (Side, Side), open: &Open, differing: &Differing) -> Result<Causes, Cut> {
    let (sources, look) = (&open.sources, Look::Everything);
    let changes = compare::changes(sources, old, new);
    let (before, after) = (compare::outcomes(old, sources, look)?, compare::outcomes(new, sources, look)?);
    let mut turned = compare::differences(&before, &after);
    let wanted: BTreeSet<&Key> = differing.differences.iter().map(|one| &one.key).collect();
    turned.retain(|one| wanted.contains(&one.key));
    let told: Vec<Told> =
        changes.iter().map(|change: &Change| compare::told(change.clone(), old.rules, new.rules)).collect();
    let mut causes = Causes::new();
    for group in compare::causes((old, new), &changes, turned, (sources, look))? {
        let words = cause(group.causes.iter().filter_map(|at| told.get(*at)), group.how);
        let of_group = group.differences.into_iter().map(|one| (one.key, Cause::Told(words.clone())));
        causes.extend(of_group);
    }
    Ok(causes)
}
