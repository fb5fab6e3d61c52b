//! Why a verdict is what it is: the steps that lead to it, down to single values with their places, and what would change it.

use super::Reasons;
use super::changes::{Changed, changes};
use super::line::{Line, line};
use super::names::Names;
use super::steps;
use crate::evaluate;
use crate::source::Span;
use crate::value::Day;
use crate::verdict::{Cut, Instance, Mark};

/// One verdict explained.
#[derive(Clone, Debug)]
pub struct Why {
    pub line: Line,
    pub as_of: Day,
    /// Where the clause stands in the policy: all of it.
    pub clause: Option<Span>,
    /// Interpretations that the author has taken.
    pub notes: Vec<String>,
    pub tree: Step,
    pub changes: Vec<Changed>,
    /// A limit was reached on the way: then it is no answer.
    pub cut_at: Option<Cut>,
}

/// A step in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub words: String,
    pub mark: Mark,
    pub policy: Option<Span>,
    pub fact: Option<Span>,
    pub steps: Vec<Step>,
}

/// Judges one instance once more and tells everything about it.
pub fn why(names: &Names, as_of: Day, instance: &Instance) -> Why {
    let judged = evaluate::explain(names.plan, names.facts, as_of, instance);
    let clause = names.norm(instance).and_then(|norm| names.clause(norm.clause));
    Why {
        line: line(names, &judged, Reasons::LeftOut),
        as_of,
        clause: clause.map(|clause| clause.span),
        notes: clause.map_or_else(Vec::new, |clause| clause.notes.clone()),
        tree: steps::tree(names, &judged),
        changes: changes(names, as_of, &judged),
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
