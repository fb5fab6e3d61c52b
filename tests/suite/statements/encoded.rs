//! A policy with its statements, and what its scenarios expect of their clauses.

use std::collections::{BTreeMap, BTreeSet};

use overens::cli::policy_files::Policy;
use overens::model::expr::ClauseId;
use overens::plan::{Plan, PlanClause};
use overens::syntax::keywords;

use crate::suite::bundled::Bundled;
use crate::suite::decided::{self, Statement, Way};

pub struct Encoded {
    pub name: String,
    pub title: String,
    pub plan: Plan,
    pub statements: BTreeMap<String, Statement>,
    pub scenarios: usize,
    pub expectations: Vec<Expected>,
}

/// What a scenario expects of a clause.
#[derive(Clone, Debug)]
pub struct Expected {
    pub scenario: String,
    pub clause: ClauseId,
    /// For whom and which period.
    pub keys: Vec<String>,
    /// The role of the verdict's keyword, such as `not_applicable`.
    pub verdict: &'static str,
}

impl Encoded {
    pub fn of(bundled: &Bundled, proposed: &[(String, Way)]) -> Result<Encoded, String> {
        let plan = bundled.policy.plan.clone().ok_or("it has no plan")?;
        let expectations = expectations(&bundled.policy, &plan);
        Ok(Encoded {
            name: bundled.name.clone(),
            title: plan.title.clone(),
            statements: decided::statements(&plan, proposed),
            scenarios: bundled.policy.scenarios().count(),
            expectations,
            plan,
        })
    }

    pub fn clauses<'a>(&'a self, clauses: &'a [ClauseId]) -> impl Iterator<Item = &'a PlanClause> {
        clauses.iter().filter_map(|clause| self.plan.clause(*clause))
    }

    pub fn notes<'a>(&'a self, clauses: &'a [ClauseId]) -> Vec<&'a str> {
        self.clauses(clauses).flat_map(|clause| clause.notes.iter().map(String::as_str)).collect()
    }

    /// What is expected of these clauses, in the order of the scenarios.
    pub fn expected(&self, clauses: &[ClauseId]) -> Vec<&Expected> {
        self.expectations.iter().filter(|one| clauses.contains(&one.clause)).collect()
    }

    /// The different verdicts expected of these clauses.
    pub fn verdicts(&self, clauses: &[ClauseId]) -> BTreeSet<&'static str> {
        self.expected(clauses).into_iter().map(|one| one.verdict).collect()
    }

    /// The expectation that says most of a statement: a verdict that is given rather than one that is still open.
    pub fn telling(&self, statement: &Statement) -> Option<&Expected> {
        let deciding = self.expected(&statement.deciding);
        let all = if deciding.is_empty() { self.expected(&statement.clauses) } else { deciding };
        all.into_iter().min_by_key(|one| one.openness())
    }
}

impl Expected {
    fn openness(&self) -> u8 {
        match self.verdict {
            "needs_judgement" => 1,
            "pending" | "open" => 2,
            "not_applicable" => 3,
            "unknown" => 4,
            _ => 0,
        }
    }

    /// The verdict as a report prints it.
    pub fn words(&self) -> &'static str {
        let row = keywords::row(&format!("verdict_{}", self.verdict));
        row.and_then(|row| row.spellings.first().copied()).unwrap_or(self.verdict)
    }
}

fn expectations(policy: &Policy, plan: &Plan) -> Vec<Expected> {
    let mut found = Vec::new();
    for scenario in policy.scenarios() {
        for one in &scenario.expectations {
            // A clause that is not there is a finding of its own.
            let Some(clause) = plan.find_clause(&one.clause.it) else { continue };
            found.push(Expected {
                scenario: scenario.title.it.clone(),
                clause,
                keys: one.keys.iter().map(|key| key.it.clone()).collect(),
                verdict: one.verdict.it,
            });
        }
    }
    found
}
