//! The numbers of clauses: in the order of the policy, each membership's requirements right behind it.
//! All dated wordings of a clause share its number; so do those of a requirement.

use crate::model::Agreement;
use crate::model::clause::{Clause, Lines, Place, Requirement, Wording};
use crate::model::expr::ClauseId;
use crate::source::Span;
use crate::value::Stretch;

/// A clause, or a requirement as a clause of its own. Its place in the list is its [`ClauseId`].
#[derive(Clone, Copy)]
pub struct Numbered<'a> {
    /// The clause itself, or the membership whose requirement it is.
    pub clause: &'a Clause,
    /// The name and the membership of a requirement.
    pub requirement: Option<(&'a str, ClauseId)>,
}

/// One wording of a numbered clause.
#[derive(Clone, Copy)]
pub enum Worded<'a> {
    Clause(&'a Wording),
    Requirement(&'a Wording, &'a Requirement),
}

/// All clauses of an agreement by number, which the model gives.
pub fn numbered(agreement: &Agreement) -> Vec<Numbered<'_>> {
    let named = agreement.clause_names().into_iter().filter_map(|named| {
        let clause = agreement.clauses.get(named.clause)?;
        Some(Numbered { clause, requirement: named.requirement_of.map(|membership| (named.name, membership)) })
    });
    named.collect()
}

impl<'a> Numbered<'a> {
    pub fn name(&self) -> &'a str {
        self.requirement.map_or(self.clause.name.as_str(), |(name, _)| name)
    }

    pub fn wordings(&self) -> Vec<Worded<'a>> {
        let Some((name, _)) = self.requirement else {
            return self.clause.wordings.iter().map(Worded::Clause).collect();
        };
        let mut found = Vec::new();
        for wording in &self.clause.wordings {
            let named = wording.requirements.iter().filter(|requirement| requirement.name.it == name);
            found.extend(named.map(|requirement| Worded::Requirement(wording, requirement)));
        }
        found
    }
}

impl<'a> Worded<'a> {
    /// The days on which it is in force.
    pub fn force(&self) -> Stretch {
        match self {
            Worded::Clause(wording) | Worded::Requirement(wording, _) => wording.force,
        }
    }

    /// Lines that all readings share.
    pub fn lines(&self) -> &'a Lines {
        match self {
            Worded::Clause(wording) => &wording.common,
            Worded::Requirement(_, requirement) => &requirement.lines,
        }
    }

    pub fn name_span(&self) -> Span {
        match self {
            Worded::Clause(wording) => wording.name_span,
            Worded::Requirement(_, requirement) => requirement.name.span,
        }
    }

    pub fn span(&self) -> Span {
        match self {
            Worded::Clause(wording) => wording.span,
            Worded::Requirement(_, requirement) => requirement.span,
        }
    }

    pub fn title(&self) -> Option<String> {
        match self {
            Worded::Clause(wording) => wording.title.clone(),
            Worded::Requirement(_, requirement) => requirement.title.clone(),
        }
    }

    /// Its own place in the text; a requirement without one has its membership's.
    pub fn place(&self) -> Option<Place> {
        match self {
            Worded::Clause(wording) => wording.place.clone(),
            Worded::Requirement(wording, requirement) => requirement.place.clone().or_else(|| wording.place.clone()),
        }
    }

    pub fn statements(&self) -> Vec<String> {
        match self {
            Worded::Clause(wording) => wording.statements.clone(),
            Worded::Requirement(_, requirement) => requirement.statements.clone(),
        }
    }

    pub fn notes(&self) -> Vec<String> {
        match self {
            Worded::Clause(wording) => wording.notes.clone(),
            Worded::Requirement(_, requirement) => requirement.notes.clone(),
        }
    }

    pub fn principles(&self) -> Vec<String> {
        match self {
            Worded::Clause(wording) | Worded::Requirement(wording, _) => wording.principles.clone(),
        }
    }

    pub fn restates(&self) -> Option<(String, Option<Place>)> {
        match self {
            Worded::Clause(wording) | Worded::Requirement(wording, _) => wording.restates.clone(),
        }
    }
}
