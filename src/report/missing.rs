//! Missing facts, most decisive first: what to ask next. A field of several records is one thing to ask about. What can no longer be
//! learnt is not among them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Most;
use super::names::Names;
use super::questions::is_for_good;
use super::sentences;
use crate::facts::CellId;
use crate::model::schema::{AGREEMENT, FieldId, RecordId};
use crate::source::Span;
use crate::verdict::{Judged, Missing};

/// Something missing, and what hangs on it.
#[derive(Clone, Debug)]
pub struct MissingFact {
    /// What it says.
    pub words: String,
    /// Whose field it is, where it is a field of records: as many as the report keeps.
    pub of: Vec<String>,
    /// How many verdicts need nothing else.
    pub decides: usize,
    /// How many verdicts need it, perhaps with others.
    pub touches: usize,
    /// The clauses of these verdicts, in the order of the policy.
    pub clauses: Vec<String>,
    /// The record that lacks it, or the silent words.
    pub place: Option<Span>,
}

/// How missing things are told apart. Days over which one list is not complete are one thing: one declaration mends it. So is a field of
/// several records: a table to fill in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    List(RecordId),
    Field(RecordId, FieldId),
    Other(String, Option<Span>),
}

/// What was found so far, each thing once.
pub(super) struct Found {
    most: Most,
    facts: Vec<One>,
    known: BTreeMap<Key, usize>,
}

struct One {
    missing: Missing,
    cells: BTreeSet<CellId>,
    fact: MissingFact,
}

impl Found {
    pub(super) fn new(most: Most) -> Self {
        Found { most, facts: Vec::new(), known: BTreeMap::new() }
    }

    /// What would decide most stands first; then what most verdicts need; then the order of the policy. Also how many were
    /// left out.
    pub(super) fn told(mut self, names: &Names) -> (Vec<MissingFact>, usize) {
        self.facts.sort_by_key(|one| (Reverse(one.fact.decides), Reverse(one.fact.touches)));
        let all = self.facts.len();
        if let Most::Each(most) = self.most {
            self.facts.truncate(most);
        }
        let left_out = all.saturating_sub(self.facts.len());
        let most = self.most;
        (self.facts.into_iter().map(|one| one.told(names, most)).collect(), left_out)
    }

    pub(super) fn add(&mut self, names: &Names, judged: &Judged, missing: &Missing) {
        if is_for_good(names.facts, missing) {
            return;
        }
        let key = key(names, missing);
        // An instance that lacks the same thing twice is counted once.
        let again = judged.missing.iter().take_while(|one| !std::ptr::eq(*one, missing));
        let again = again.into_iter().any(|one| self::key(names, one) == key);
        let alone = judged.missing.iter().all(|one| self::key(names, one) == key);
        let next = self.facts.len();
        let at = *self.known.entry(key).or_insert(next);
        if at == next {
            let fact = MissingFact {
                words: String::new(),
                of: Vec::new(),
                decides: 0,
                touches: 0,
                clauses: Vec::new(),
                place: place(names, missing),
            };
            self.facts.push(One { missing: missing.clone(), cells: BTreeSet::new(), fact });
        }
        let Some(One { missing: known, cells, fact }) = self.facts.get_mut(at) else { return };
        widen(known, missing);
        cells.extend(cell(missing));
        if again {
            return;
        }
        fact.touches = fact.touches.saturating_add(1);
        fact.decides = fact.decides.saturating_add(usize::from(alone));
        let clause = names.norm(&judged.verdict.instance).map_or("", |norm| names.clause_name(norm.clause));
        if fact.clauses.last().is_none_or(|last| last != clause) {
            fact.clauses.push(clause.to_string());
        }
    }
}

impl One {
    fn told(self, names: &Names, most: Most) -> MissingFact {
        let words = match self.cells.len() {
            0 | 1 => sentences::missing(names, &self.missing),
            _ => sentences::missing_of(names, &self.cells),
        };
        let of =
            self.cells.iter().filter(|cell| cell.record != AGREEMENT).enumerate().filter(|(at, _)| most.has_room(*at));
        let of = of.map(|(_, cell)| names.record_row(cell.record, cell.row)).collect();
        MissingFact { words, of, ..self.fact }
    }
}

fn cell(missing: &Missing) -> Option<CellId> {
    match missing {
        Missing::Value(cell) | Missing::Disputed(cell) | Missing::Imprecise(cell) => Some(*cell),
        Missing::Complete { .. } | Missing::Attestation { .. } | Missing::Text(_) => None,
        Missing::Calendar { .. } | Missing::Clause(_) | Missing::Contradiction(_) => None,
    }
}

fn key(names: &Names, missing: &Missing) -> Key {
    match missing {
        Missing::Complete { record, .. } => Key::List(*record),
        Missing::Value(cell) | Missing::Disputed(cell) | Missing::Imprecise(cell) if cell.record != AGREEMENT => {
            Key::Field(cell.record, cell.field)
        }
        other => Key::Other(sentences::missing(names, other), place(names, other)),
    }
}

/// Makes the days over which a list is not complete hold those of another place, too.
fn widen(known: &mut Missing, more: &Missing) {
    if let (Missing::Complete { from, through, .. }, Missing::Complete { from: first, through: last, .. }) =
        (known, more)
    {
        *from = (*from).min(*first);
        *through = (*through).max(*last);
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
