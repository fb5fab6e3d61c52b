//! What agreements say about one matter: clauses of a kind, those that speak of a record or an act, and those of a principle.

use std::collections::BTreeSet;

use crate::plan::{Plan, PlanClause};
use crate::source::{Sources, Span};

/// A clause about the matter.
#[derive(Clone, Debug)]
pub struct Said {
    pub agreement: String,
    pub title: String,
    pub clause: String,
    pub kind: &'static str,
    pub place: Option<String>,
    pub heading: Option<String>,
    pub principles: Vec<String>,
    /// The clause's own words, on one line.
    pub words: String,
    /// Why it is about the matter.
    pub by: Vec<By>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Kind,
    Principle,
    Name,
    /// It speaks of a record, a field, an actor or a definition of that name.
    Act,
}

impl By {
    pub fn words(self) -> &'static str {
        match self {
            By::Kind => "kind",
            By::Principle => "principle",
            By::Name => "name",
            By::Act => "act",
        }
    }
}

/// The clauses of an agreement about a matter, in the order of the policy.
pub fn about(plan: &Plan, sources: &Sources, matter: &str) -> Vec<Said> {
    let all = plan.clauses.iter().filter(|clause| clause.requirement_of.is_none());
    all.filter_map(|clause| said(plan, clause, sources, matter)).collect()
}

/// Everything that can be asked about: kinds, principles, and the words that names are made of.
pub fn matters(plan: &Plan, sources: &Sources) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for clause in &plan.clauses {
        all.insert(clause.kind.to_string());
        all.extend(clause.principles.iter().cloned());
        all.extend(parts(&clause.name).map(str::to_string));
        all.extend(spoken_of(sources.text(clause.span)).into_iter().flat_map(parts).map(str::to_string));
    }
    all
}

fn said(plan: &Plan, clause: &PlanClause, sources: &Sources, matter: &str) -> Option<Said> {
    let text = sources.text(clause.span);
    let is = |name: &str| name == matter || parts(name).any(|part| part == matter);
    let ways = [
        (By::Kind, clause.kind == matter),
        (By::Principle, clause.principles.iter().any(|one| is(one))),
        (By::Name, is(&clause.name)),
        (By::Act, spoken_of(text).into_iter().any(is)),
    ];
    let by: Vec<By> = ways.into_iter().filter(|(_, is)| *is).map(|(by, _)| by).collect();
    (!by.is_empty()).then(|| Said {
        agreement: plan.name.clone(),
        title: plan.title.clone(),
        clause: clause.name.clone(),
        kind: clause.kind,
        place: clause.place.as_ref().map(|place| place.words.clone()),
        heading: clause.title.clone(),
        principles: clause.principles.clone(),
        words: text.split_whitespace().collect::<Vec<_>>().join(" "),
        by,
        span: clause.span,
    })
}

/// The parts of a name: `summons_sent_on` speaks of a summons.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split('_').filter(|part| part.chars().count() > 2)
}

/// The words of a clause that may be names: those outside quotes and comments, each with its first line's own name among them.
fn spoken_of(text: &str) -> Vec<&str> {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or(line));
    let outside = lines.flat_map(|line| line.split('"').step_by(2));
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    outside.flat_map(|text| text.split(move |letter| !is_name(letter))).filter(|word| !word.is_empty()).collect()
}
