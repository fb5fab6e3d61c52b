//! Missing facts, most decisive first: what to ask next.

use std::collections::BTreeMap;

use super::names::Names;
use super::sentences;
use crate::source::Span;
use crate::verdict::{Called, Judged, Missing};

/// Something missing, and what hangs on it.
#[derive(Clone, Debug)]
pub struct MissingFact {
    pub words: String,
    /// How many verdicts need nothing else.
    pub decides: usize,
    /// How many verdicts need it, perhaps with others.
    pub touches: usize,
    /// The clauses of these verdicts, in the order of the policy.
    pub clauses: Vec<String>,
    /// The record that lacks it, or the silent words.
    pub place: Option<Span>,
}

/// What would decide most stands first; then what most verdicts need; then the order of the policy.
pub(super) fn missing(names: &Names, told: &[(Called, Judged)]) -> Vec<MissingFact> {
    let mut found = Found::default();
    for (called, judged) in told {
        if *called == Called::Unknown {
            judged.missing.iter().for_each(|missing| found.add(names, judged, missing));
        }
    }
    let mut found = found.facts;
    found.sort_by_key(|fact| (std::cmp::Reverse(fact.decides), std::cmp::Reverse(fact.touches)));
    found
}

/// What was found so far, each thing once: it is told apart by its words and its place.
#[derive(Default)]
struct Found {
    facts: Vec<MissingFact>,
    known: BTreeMap<(String, Option<Span>), usize>,
}

impl Found {
    fn add(&mut self, names: &Names, judged: &Judged, missing: &Missing) {
        let (words, place) = (sentences::missing(names, missing), place(names, missing));
        let next = self.facts.len();
        let at = *self.known.entry((words.clone(), place)).or_insert(next);
        if at == next {
            self.facts.push(MissingFact { words, decides: 0, touches: 0, clauses: Vec::new(), place });
        }
        let Some(fact) = self.facts.get_mut(at) else { return };
        fact.touches = fact.touches.saturating_add(1);
        if judged.missing.len() == 1 {
            fact.decides = fact.decides.saturating_add(1);
        }
        let clause = names.norm(&judged.verdict.instance).map_or("", |norm| names.clause_name(norm.clause));
        if fact.clauses.last().is_none_or(|last| last != clause) {
            fact.clauses.push(clause.to_string());
        }
    }
}

fn place(names: &Names, missing: &Missing) -> Option<Span> {
    match missing {
        Missing::Value(cell) | Missing::Disputed(cell) | Missing::Imprecise(cell) => names.facts.place(*cell),
        Missing::Text(span) => Some(*span),
        Missing::Contradiction(spans) => spans.first().copied(),
        Missing::Complete { .. } | Missing::Attestation { .. } | Missing::Calendar { .. } | Missing::Clause(_) => None,
    }
}
