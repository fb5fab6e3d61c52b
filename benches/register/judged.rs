//! The register judged by overens through its library, and the line that all engines print made of its verdicts.

use std::collections::BTreeMap;
use std::path::Path;

use overens::cli::fact_files::{self, From};
use overens::cli::neighbours::Neighbours;
use overens::cli::policy_files::{self, Policy, Shelf};
use overens::diagnostics::{Severity, Sink};
use overens::evaluate::{Limits, evaluate, explain};
use overens::facts::Facts;
use overens::plan::Plan;
use overens::source::Sources;
use overens::value::{Day, Number};
use overens::verdict::{Batch, Called, Verdicts};

const MODULUS: i128 = (1 << 61) - 1;
const RULES: [(&str, &str); 6] = [
    ("R1", "signed"),
    ("R2", "annual_report"),
    ("R3", "financial_report"),
    ("R4", "no_personal_data"),
    ("R5", "has_statutes"),
    ("R6", "long_plan"),
];

/// A policy and its facts, ready to be judged.
pub struct Ready {
    pub policy: Policy,
    pub facts: Facts,
    pub as_of: Day,
}

impl Ready {
    pub fn plan(&self) -> &Plan {
        self.policy.plan.as_ref().unwrap()
    }

    pub fn verdicts(&self) -> Verdicts {
        evaluate(self.plan(), &self.facts, self.as_of, &Limits::default())
    }
}

/// Reads a policy and one fact file; what is wrong in them, a line for each mistake.
pub fn ready(policy: &Path, facts: &Path) -> Result<Ready, String> {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let policy =
        policy_files::policy_to_judge(policy, &[], &mut sources, &mut problems).map_err(|refusal| refusal.message)?;
    let from = From { shelf: &mut Shelf::default(), neighbours: &mut Neighbours::default(), sources: &mut sources };
    let read = fact_files::facts(&[facts.to_owned()], (&policy, None), from, &mut problems)
        .map_err(|refusal| refusal.message)?;
    let errors = problems.sorted().into_iter().filter(|one| one.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|one| one.message.clone()).collect();
    if !errors.is_empty() {
        return Err(errors.join("\n"));
    }
    let as_of = read.facts.as_of.ok_or("the facts do not say as of which day they speak")?;
    Ok(Ready { policy, facts: read.facts, as_of })
}

/// The line of counts, shares and digests.
pub fn line(ready: &Ready) -> String {
    let verdicts = ready.verdicts();
    let rows = |record: &str| {
        let record = ready.plan().schema.find_record(record);
        record.map_or(0, |record| ready.facts.rows(record).count())
    };
    let rules = RULES.iter().map(|(rule, clause)| format!("\"{rule}\":{}", counts(ready, &verdicts, clause)));
    let rules: Vec<String> = rules.collect();
    let equal = shares(ready, &verdicts, "equal_grant");
    let by_members = shares(ready, &verdicts, "grant_by_members");
    format!(
        "{{\"orgs\":{},\"reports\":{},{},\"R7\":{{\"first\":{},\"last\":{},\"digest\":{}}},\"R8\":{{\"digest\":{}}}}}",
        rows("organisation"),
        rows("report"),
        rules.join(","),
        equal.first().copied().unwrap_or(0),
        equal.last().copied().unwrap_or(0),
        digest(&equal),
        digest(&by_members),
    )
}

/// The verdicts on a clause by their words, in the order in which the line tells them. What is merely recommended and not
/// done counts as violated there; words that are not expected come last.
fn counts(ready: &Ready, verdicts: &Verdicts, clause: &str) -> String {
    let expected: &[&str] = match clause {
        "annual_report" | "financial_report" => &["satisfied", "late", "violated", "pending"],
        "long_plan" => &["satisfied", "violated", "not-applicable"],
        _ => &["satisfied", "violated"],
    };
    let mut counts: BTreeMap<&str, usize> = expected.iter().map(|word| (*word, 0)).collect();
    for ((norm, status, _), count) in of_clause(ready, verdicts, clause).flat_map(Batch::counts) {
        let norm = ready.plan().norm(norm).unwrap();
        let word = match status.called(norm.strength) {
            Called::NotFollowed => "violated",
            Called::NotApplicable => "not-applicable",
            other => other.words(),
        };
        *counts.entry(word).or_default() += count;
    }
    let others: Vec<&str> = counts.keys().copied().filter(|word| !expected.contains(word)).collect();
    let told = expected.iter().chain(&others).map(|word| format!("\"{word}\":{}", counts[word]));
    format!("{{{}}}", told.collect::<Vec<_>>().join(","))
}

fn of_clause<'a>(ready: &'a Ready, verdicts: &'a Verdicts, clause: &str) -> impl Iterator<Item = &'a Batch> {
    let wanted = ready.plan().find_clause(clause).unwrap();
    let plan = ready.plan();
    let of_it =
        move |one: &&Batch| one.norm().and_then(|norm| plan.norm(norm)).is_some_and(|norm| norm.clause == wanted);
    verdicts.batches.iter().filter(of_it)
}

/// The shares of a cost in hundredths, in the order of those who bear them.
fn shares(ready: &Ready, verdicts: &Verdicts, clause: &str) -> Vec<i128> {
    let hundred = Number::from(100);
    let first = of_clause(ready, verdicts, clause).flat_map(Batch::iter).next();
    let many =
        first.and_then(|verdict| overens::evaluate::shares(ready.plan(), &ready.facts, ready.as_of, &verdict.instance));
    // Whole units are hundredths here.
    if let Some(many) = many.filter(|many| many.units.unit.times(&hundred) == Number::from(1)) {
        return many.units.each.into_iter().map(i128::from).collect();
    }
    let judged = of_clause(ready, verdicts, clause)
        .flat_map(Batch::iter)
        .map(|verdict| explain(ready.plan(), &ready.facts, ready.as_of, &verdict.instance));
    let shares = judged.flat_map(|judged| judged.shares);
    shares.map(|share| i128::from(share.amount.amount.times(&hundred).to_i64().unwrap())).collect()
}

fn digest(shares: &[i128]) -> i128 {
    (1..).zip(shares).map(|(place, share)| place * share).sum::<i128>() % MODULUS
}
