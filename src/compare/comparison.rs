//! A comparison as it is told: what differs, what flips by which of it, and which money moves, ready for any view.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::Digest;
use crate::report::entry::{Difference, Entry, Key};
use crate::source::{Sources, Span};
use crate::value::{Day, Money};
use crate::verdict::{Called, Cut};

use super::causes::{Group, How, causes, differences};
use super::change::{Change, Reworded, Role};
use super::money::{MoneyMoved, money};
use super::participants::{Participant, bearers};
use super::proposals::{Proposal, left_out, proposals};
use super::rules::Rules;
use super::side::Side;
use super::trial::{Look, outcomes};
use super::{Wordings, fact_changes, wordings};

/// What two versions are called.
#[derive(Clone, Debug)]
pub struct Version {
    /// As the user named it.
    pub name: String,
    pub agreement: String,
    pub title: String,
    /// The policy's file as it was found.
    pub file: String,
    pub digest: Digest,
}

/// All that is told of two versions of an agreement.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub old: Version,
    pub new: Version,
    /// The day from which the newer version is judged as if it were in force, where that was asked for.
    pub as_if_from: Option<Day>,
    /// Amendments that one side takes to be adopted, or both.
    pub amendments: Vec<Proposal>,
    /// Amendments that neither side takes to be adopted.
    pub left_out: Vec<String>,
    /// In the order of the text: the header, declarations, clauses; then what differs in the facts.
    pub changes: Vec<Told>,
    pub reworded: Vec<Reworded>,
    /// Where each clause stands: in the newer text, if it is there.
    pub places: BTreeMap<String, Span>,
    /// The only bearer of each clause that has just one.
    pub bearers: BTreeMap<String, String>,
    /// What differs for each participant, where that was asked for: see [`Comparison::by_participant`].
    pub participants: Vec<Participant>,
    /// Nothing when there are no facts.
    pub judged: Option<Judged>,
}

/// A change with the section of its clause.
#[derive(Clone, Debug)]
pub struct Told {
    pub change: Change,
    pub section: Option<String>,
}

/// What comes out over the facts.
#[derive(Clone, Debug)]
pub struct Judged {
    pub as_of: Day,
    /// Of the old side, where that is another day.
    pub was_as_of: Option<Day>,
    pub facts: Vec<String>,
    /// How many verdicts each side has, those aside that do not apply.
    pub verdicts: (usize, usize),
    /// Those with a flip first, by their causes in the order of the text.
    pub groups: Vec<Flips>,
    pub money: Vec<MoneyMoved>,
}

/// What one cause brings about.
#[derive(Clone, Debug)]
pub struct Flips {
    /// The changes, by their numbers in [`Comparison::changes`].
    pub causes: Vec<usize>,
    pub how: How,
    /// Flips of one kind each, the most frequent first.
    pub kinds: Vec<Kind>,
    /// Costs of which only the shares differ.
    pub shares: usize,
    /// Who is touched, by name: who bears the clause, or pays another share.
    pub touched: Vec<String>,
    /// For what it is borne: the subjects.
    pub subjects: Vec<String>,
    pub differences: Vec<Difference>,
}

/// Flips from one word to another of one clause.
#[derive(Clone, Debug)]
pub struct Kind {
    pub clause: String,
    pub from: Option<Called>,
    pub to: Option<Called>,
    pub count: usize,
    pub example: Key,
}

impl Flips {
    /// How many verdicts flip.
    pub fn count(&self) -> usize {
        self.kinds.iter().map(|kind| kind.count).sum()
    }
}

impl Judged {
    pub fn flips(&self) -> usize {
        self.groups.iter().map(Flips::count).sum()
    }
}

impl Comparison {
    /// Whether anything means or brings about something else.
    pub fn differs(&self) -> bool {
        let comes_out = |judged: &Judged| !judged.groups.is_empty();
        self.changed().next().is_some() || self.judged.as_ref().is_some_and(comes_out)
    }

    /// What differs in the texts and the facts. A day from which the newer version is only supposed to be in force does not.
    pub fn changed(&self) -> impl Iterator<Item = &Told> {
        self.changes.iter().filter(|told| told.change.role != Role::Supposed)
    }

    /// Whether a change brings anything about over the facts.
    pub fn touches(&self, change: usize) -> bool {
        let groups = self.judged.iter().flat_map(|judged| &judged.groups);
        groups.into_iter().any(|group| group.causes.contains(&change))
    }
}

/// Compares two wordings, without any facts.
pub fn compare_wordings(sources: &Sources, (old, new): (&Rules, &Rules), versions: (Version, Version)) -> Comparison {
    let Wordings { changes, reworded } = wordings(sources, old, new);
    let changes = changes.into_iter().map(|change| told(change, old, new)).collect();
    Comparison {
        old: versions.0,
        new: versions.1,
        as_if_from: new.as_if_from,
        amendments: proposals(old, new),
        left_out: left_out(old, new),
        changes,
        reworded,
        places: places(old, new),
        bearers: bearers([&old.plan, &new.plan]),
        participants: Vec::new(),
        judged: None,
    }
}

/// Compares two wordings, and what they bring about. Where a limit is reached, nothing can be said of that.
pub fn compare(sources: &Sources, (old, new): (Side, Side), versions: (Version, Version)) -> Result<Comparison, Cut> {
    let mut found = compare_wordings(sources, (old.rules, new.rules), versions);
    let facts = fact_changes(sources, old, new);
    found.changes.extend(facts.into_iter().map(|change| Told { change, section: None }));
    let changes: Vec<Change> = found.changes.iter().map(|told| told.change.clone()).collect();
    let look = Look::WordAndShares;
    let (before, after) = (outcomes(old, sources, look)?, outcomes(new, sources, look)?);
    let differing = differences(&before, &after);
    let groups = causes((old, new), &changes, differing, (sources, look))?;
    let mut names = old.filed.facts.names.clone();
    names.extend(new.filed.facts.names.iter().filter(|name| !old.filed.facts.names.contains(name)).cloned());
    let was_as_of = Some(old.filed.as_of).filter(|day| *day != new.filed.as_of);
    found.judged = Some(Judged {
        as_of: new.filed.as_of,
        was_as_of,
        facts: names,
        verdicts: (before.len(), after.len()),
        groups: groups.into_iter().map(flips).collect(),
        money: money(&before, &after),
    });
    Ok(found)
}

fn places(old: &Rules, new: &Rules) -> BTreeMap<String, Span> {
    let clauses = old.plan.clauses.iter().chain(&new.plan.clauses);
    clauses.map(|clause| (clause.name.clone(), clause.name_span)).collect()
}

/// The word of a verdict on either side, where it is asked for.
type Words = (Option<Called>, Option<Called>);

/// A change of one of two wordings, with the section of its clause.
pub fn told(change: Change, old: &Rules, new: &Rules) -> Told {
    let section = |rules: &Rules| {
        let name = change.clause()?;
        let clause = rules.plan.clauses.iter().find(|clause| clause.name == name)?;
        clause.place.as_ref().map(|place| place.words.clone())
    };
    let section = section(new).or_else(|| section(old));
    Told { change, section }
}

fn flips(group: Group) -> Flips {
    let mut kinds: BTreeMap<(String, Words), (usize, Key)> = BTreeMap::new();
    let (mut touched, mut subjects) = (BTreeSet::new(), BTreeSet::new());
    let mut shares: usize = 0;
    for Difference { key, old, new } in &group.differences {
        let word = |entry: &Option<Entry>| entry.as_ref().map(|entry| entry.called);
        touched.extend(paying_otherwise(old.as_ref(), new.as_ref()));
        touched.extend(key.bearer.clone());
        subjects.extend(key.subject.clone());
        if word(old) == word(new) {
            shares = shares.saturating_add(1);
            continue;
        }
        let kind = (key.clause.clone(), (word(old), word(new)));
        let (count, _) = kinds.entry(kind).or_insert_with(|| (0, key.clone()));
        *count = count.saturating_add(1);
    }
    let kind = |((clause, (from, to)), (count, example))| Kind { clause, from, to, count, example };
    let mut kinds: Vec<Kind> = kinds.into_iter().map(kind).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    Flips {
        causes: group.causes,
        how: group.how,
        kinds,
        shares,
        touched: touched.into_iter().collect(),
        subjects: subjects.into_iter().collect(),
        differences: group.differences,
    }
}

/// Whose share of a cost differs.
fn paying_otherwise(old: Option<&Entry>, new: Option<&Entry>) -> BTreeSet<String> {
    let shares = |entry: Option<&Entry>| -> BTreeMap<String, Money> {
        entry.into_iter().flat_map(|entry| entry.shares.iter().cloned()).collect()
    };
    let (old, new) = (shares(old), shares(new));
    let differs = |who: &&String| old.get(*who) != new.get(*who);
    old.keys().chain(new.keys()).filter(differs).cloned().collect()
}
