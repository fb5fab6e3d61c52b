//! Why a verdict is what it is: the steps that lead to it, down to single values with their places, and what would change it.

use super::Reasons;
use super::changes::{Changed, changes, told};
use super::line::{Line, line};
use super::names::Names;
use super::steps::{self, Extent};
use crate::evaluate;
use crate::source::Span;
use crate::value::Day;
use crate::verdict::{Cut, Instance, Mark};

/// One verdict explained.
#[derive(Clone, Debug)]
pub struct Why {
    /// The verdict with its sentence.
    pub line: Line,
    /// The day as of which it was judged.
    pub as_of: Day,
    /// Where the clause stands in the policy: all of it.
    pub clause: Option<Span>,
    /// Interpretations that the author has taken.
    pub notes: Vec<String>,
    /// The steps that lead to it.
    pub tree: Step,
    /// What would change it, value by value.
    pub changes: Vec<Changed>,
    /// The same for a reader: what is alike together, and no more than a few.
    pub told: Vec<Changed>,
    /// A limit was reached on the way: then it is no answer.
    pub cut_at: Option<Cut>,
}

/// A step in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The same for the same step of the same clause, whatever the facts say.
    pub id: String,
    /// What the step is, apart from what it came to.
    pub key: String,
    /// What it says.
    pub words: String,
    /// How it came out.
    pub mark: Mark,
    /// The words of the policy that speak of it.
    pub policy: Option<Span>,
    /// The clause in whose words its place lies.
    pub clause: Option<String>,
    /// The fact that it rests on.
    pub fact: Option<Span>,
    /// What it speaks of.
    pub about: Option<About>,
    /// The steps below it.
    pub steps: Vec<Step>,
}

/// The record, and the field, that a step speaks of; the facts of the agreement itself are of no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The record.
    pub record: Option<String>,
    /// Which record it is.
    pub id: Option<String>,
    /// The field of the record.
    pub field: Option<String>,
}

impl Default for Step {
    fn default() -> Self {
        Step {
            id: String::new(),
            key: String::new(),
            words: String::new(),
            mark: Mark::Plain,
            policy: None,
            clause: None,
            fact: None,
            about: None,
            steps: Vec::new(),
        }
    }
}

/// Judges one instance once more and tells everything about it.
pub fn why(names: &Names, as_of: Day, instance: &Instance, extent: Extent) -> Why {
    let judged = evaluate::explain(names.plan, names.facts, as_of, instance);
    let clause = names.norm(instance).and_then(|norm| names.clause(norm.clause));
    let changes = changes(names, as_of, &judged);
    Why {
        line: line(names, &judged, Reasons::LeftOut),
        as_of,
        clause: clause.map(|clause| clause.span),
        notes: clause.map_or_else(Vec::new, |clause| clause.notes.clone()),
        tree: steps::tree(names, &judged, extent, Some(as_of)),
        told: told(names, &changes, extent.changes),
        changes,
        cut_at: judged.cut_at,
    }
}

impl Step {
    /// All steps, each before those below it.
    pub fn all(&self) -> Vec<&Step> {
        let mut found = Vec::new();
        let mut left = vec![self];
        while let Some(step) = left.pop() {
            found.push(step);
            left.extend(step.steps.iter().rev());
        }
        found
    }
}
