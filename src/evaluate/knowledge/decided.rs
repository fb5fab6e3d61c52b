//! What people decided, by the clause, the subject and the period that a decision names: who asks about one instance looks only at
//! the decisions that can be about it.

use std::collections::BTreeMap;

use crate::facts::{Decision, Facts, Waiver};
use crate::value::Day;

/// What kind of decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Judgement,
    Attestation,
    Waiver,
}

/// The subject or bearer, and the period; nothing where a decision names none.
type About<'w> = (Option<&'w str>, Option<&'w str>);

/// The places of decisions in the facts, in their order.
type Places<'w> = BTreeMap<&'w str, BTreeMap<About<'w>, Vec<usize>>>;

#[derive(Default)]
pub struct Decided<'w> {
    places: BTreeMap<Kind, Places<'w>>,
}

impl<'w> Decided<'w> {
    /// Whether there are decisions of a kind on a clause.
    pub fn any(&mut self, facts: &'w Facts, kind: Kind, clause: &str) -> bool {
        self.on(facts, kind, clause).is_some()
    }

    /// Those that name the clause, and no other subject than these and no other period than this, in the order of the facts.
    pub fn about(
        &mut self,
        facts: &'w Facts,
        (kind, clause): (Kind, &str),
        names: &[&str],
        period: Option<&str>,
    ) -> Vec<usize> {
        let Some(on) = self.on(facts, kind, clause) else { return Vec::new() };
        let mut all = Vec::new();
        for name in names.iter().copied().map(Some).chain([None]) {
            for period in [period.map(Some), Some(None)].into_iter().flatten() {
                all.extend(on.get(&(name, period)).into_iter().flatten());
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The waiver or extension of a clause that counts by a day, with its place: the latest of those that name most of the case. What was
    /// granted by name is not taken back by a later one for more cases, which counts in its place only where it grants more; of one
    /// day, what grants most.
    pub fn waiver(
        &mut self,
        facts: &'w Facts,
        clause: &str,
        (names, period): (&[&str], Option<&str>),
        by: Day,
    ) -> Option<(usize, &'w Waiver)> {
        let about = self.about(facts, (Kind::Waiver, clause), names, period).into_iter();
        let made = about.filter_map(|at| Some((at, facts.waivers.get(at)?))).filter(|(_, one)| one.decision.on <= by);
        let made: Vec<(usize, &Waiver)> = made.collect();
        let grants = |one: &Waiver| (one.until.is_none(), one.until);
        let latest = |named| {
            let named = made.iter().filter(move |(_, one)| closeness(&one.decision) == named);
            named.max_by_key(|(_, one)| (one.decision.on, grants(one))).copied()
        };
        (0..=2).rev().filter_map(latest).reduce(|counts, other| {
            let more = other.1.decision.on > counts.1.decision.on && grants(other.1) > grants(counts.1);
            if more { other } else { counts }
        })
    }

    fn on(&mut self, facts: &'w Facts, kind: Kind, clause: &str) -> Option<&BTreeMap<About<'w>, Vec<usize>>> {
        self.places.entry(kind).or_insert_with(|| places(facts, kind)).get(clause)
    }
}

/// Of decisions on a case those that name most of it: what was decided of this very case stands, whatever is decided later of all.
pub fn closest<T>(mut all: Vec<T>, decision: impl Fn(&T) -> &Decision) -> Vec<T> {
    let most = all.iter().map(|one| closeness(decision(one))).max();
    all.retain(|one| Some(closeness(decision(one))) == most);
    all
}

/// How much of a case a decision names: its subject, its period.
fn closeness(decision: &Decision) -> usize {
    [decision.subject.is_some(), decision.period.is_some()].into_iter().filter(|named| *named).count()
}

fn places(facts: &Facts, kind: Kind) -> Places<'_> {
    match kind {
        Kind::Judgement => in_places(facts.judgements.iter().map(|one| &one.decision)),
        Kind::Attestation => in_places(facts.attestations.iter().map(|one| &one.decision)),
        Kind::Waiver => in_places(facts.waivers.iter().map(|one| &one.decision)),
    }
}

fn in_places<'w>(decisions: impl Iterator<Item = &'w Decision>) -> Places<'w> {
    let mut places = Places::new();
    for (at, one) in decisions.enumerate() {
        let about = (one.subject.as_deref(), one.period.as_deref());
        places.entry(one.clause.as_str()).or_default().entry(about).or_default().push(at);
    }
    places
}
