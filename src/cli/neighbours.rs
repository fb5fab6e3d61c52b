//! The agreements that share fact files with the one that is judged: their records and clauses, so that what is theirs in
//! a shared file is left to them. Their policies are those of the same run, or stand in the folders beside.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files;
use super::policy_files::{self, Policy};
use crate::diagnostics::Sink;
use crate::facts::{Decision, Facts};
use crate::load::{self, Doubt, Other, Others, Whose, others};
use crate::project::shelf::Roots;
use crate::source::Sources;

/// What is known of other agreements in this run.
#[derive(Default)]
pub struct Neighbours {
    /// Those that are judged in the same run, by name.
    run: BTreeMap<String, Other>,
    /// Those that were looked for, by the path of their policy.
    found: BTreeMap<PathBuf, Other>,
}

impl Neighbours {
    /// Makes a policy of this run known to the others.
    pub fn add(&mut self, policy: &Policy) {
        self.run.entry(policy.agreement.name.clone()).or_insert_with(|| other(policy));
    }

    /// The other agreements that fact files of a policy name. None where this one knows all that the files hold: then
    /// nothing hangs on the others, and their policies need not be read.
    pub fn of(&mut self, roots: &Roots, policy: &Policy) -> Others {
        if !names_others(roots, policy) {
            return Others::default();
        }
        self.facts(roots, policy, &mut Sink::default()).1
    }

    /// The facts of files for a policy, and the other agreements that the files name, as far as they matter.
    pub fn facts(&mut self, roots: &Roots, policy: &Policy, problems: &mut Sink) -> (Facts, Others) {
        let mut findings = Sink::default();
        let facts = bind(roots, policy, &Others::default(), &mut findings);
        if !names_others(roots, policy) || (findings.is_empty() && knows_all(&facts, policy)) {
            problems.extend(findings);
            return (facts, Others::default());
        }
        let others = others(roots, policy.agreement_name(), |name| self.look_up(name, &policy.path));
        let facts = bind(roots, policy, &others, problems);
        (facts, others)
    }

    fn look_up(&mut self, name: &str, beside: &Path) -> Other {
        if let Some(known) = self.run.get(name) {
            return known.clone();
        }
        let Some(path) = files::policy_of(name, beside) else {
            let why = format!("`{name}` is not a valid folder name");
            return in_doubt(why, "correct the name in `agreement`".to_string());
        };
        self.found.entry(path.clone()).or_insert_with(|| read(name, &path)).clone()
    }
}

/// Whether fact files name another agreement than the policy's.
fn names_others(roots: &Roots, policy: &Policy) -> bool {
    let own = policy.agreement_name();
    roots.iter().any(|(root, _)| load::agreements(root).it.iter().any(|one| Some(one.as_str()) != own))
}

/// The facts of files for a policy.
pub fn bind(roots: &Roots, policy: &Policy, others: &Others, problems: &mut Sink) -> Facts {
    let whose = Whose { schema: &policy.agreement.schema, agreement: policy.agreement_name(), others };
    load::bind(roots, &whose, problems)
}

/// Whether an agreement knows every clause in its facts by itself.
fn knows_all(facts: &Facts, policy: &Policy) -> bool {
    let judged = facts.judgements.iter().map(|one| &one.decision);
    let attested = facts.attestations.iter().map(|one| &one.decision);
    let waived = facts.waivers.iter().map(|one| &one.decision);
    let own = policy.agreement.clause_names();
    let known = |one: &Decision| own.iter().any(|clause| clause.name == one.clause);
    judged.chain(attested).chain(waived).all(known)
}

/// What a policy that stands where it is looked for knows.
fn read(name: &str, path: &Path) -> Other {
    let shown = path.display();
    if !path.is_file() {
        let way_out = format!("put the policy of `{name}` there, or remove `{name}` from `agreement`");
        return in_doubt(format!("there is no policy `{shown}`"), way_out);
    }
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    match policy_files::policy_to_judge(path, &[], &mut sources, &mut problems) {
        Ok(policy) if policy.agreement.name == name => other(&policy),
        Ok(policy) => {
            let why = format!("`{shown}` is the policy of `{}`", policy.agreement.name);
            in_doubt(why, format!("put the policy of `{name}` there, or correct the name"))
        }
        Err(refusal) => in_doubt(refusal.message, format!("make sure that `{shown}` can be read")),
    }
}

/// A policy with mistakes may know more than could be read of it.
fn other(policy: &Policy) -> Other {
    let mistakes = || {
        let path = policy.path.display();
        Doubt { why: format!("its policy `{path}` has errors"), way_out: format!("fix `{path}` first") }
    };
    Other {
        schema: policy.agreement.schema.clone(),
        clauses: policy.agreement.all_clause_names(),
        doubt: policy.plan.is_none().then(mistakes),
    }
}

fn in_doubt(why: String, way_out: String) -> Other {
    Other { doubt: Some(Doubt { why, way_out }), ..Other::default() }
}
