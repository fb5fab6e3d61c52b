//! What people decided, by the clause, the subject and the period that a decision names: who asks about one instance looks only at
//! the decisions that can be about it.

use std::collections::BTreeMap;

use crate::facts::{Decision, Facts, Row, Waiver};
use crate::model::clause::Bearer;
use crate::plan::{Norm, Plan};
use crate::value::Day;

/// What kind of decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Judgement,
    Attestation,
    Waiver,
}

/// A case by the names that a decision may give it.
#[derive(Clone, Copy, Default)]
pub struct About<'a> {
    pub subject: Option<&'a str>,
    pub bearer: Option<&'a str>,
    /// The bearer whom a field of the subject names: it can be named beside the subject only.
    pub named: Option<&'a str>,
    pub period: Option<&'a str>,
}

/// What a decision names: the subject (or the bearer, where it stands alone), the bearer, the period.
type Named<'w> = (Option<&'w str>, Option<&'w str>, Option<&'w str>);

/// The places of decisions in the facts, in their order.
type Places<'w> = BTreeMap<&'w str, BTreeMap<Named<'w>, Vec<usize>>>;

impl<'a> About<'a> {
    /// Every way to name the case, or a part of it.
    fn ways(self) -> impl Iterator<Item = Named<'a>> {
        let alone = [self.subject, self.bearer].into_iter().flatten().map(|one| (Some(one), None));
        let bearer = self.bearer.map(|bearer| (None, Some(bearer)));
        let both = self.subject.zip(self.bearer.or(self.named)).map(|(subject, bearer)| (Some(subject), Some(bearer)));
        let whom = alone.chain(bearer).chain(both).chain([(None, None)]);
        let periods = move || self.period.map(Some).into_iter().chain([None]);
        whom.flat_map(move |(subject, bearer)| periods().map(move |period| (subject, bearer, period)))
    }
}

/// The bearer of a clause whom a field of its subject names, where that is known.
pub fn named_bearer<'w>(facts: &'w Facts, plan: &Plan, norm: &Norm, subject: Row) -> Option<&'w str> {
    let Some(Bearer::Field(field)) = &norm.bearer else { return None };
    facts.named_by(&plan.schema, field, subject)
}

#[derive(Default)]
pub struct Decided<'w> {
    places: BTreeMap<Kind, Places<'w>>,
}

impl<'w> Decided<'w> {
    /// Whether there are decisions of a kind on a clause.
    pub fn any(&mut self, facts: &'w Facts, kind: Kind, clause: &str) -> bool {
        self.on(facts, kind, clause).is_some()
    }

    /// Those that name the clause, and no other subject, bearer or period than those of the case, in the order of the facts.
    pub fn about(&mut self, facts: &'w Facts, (kind, clause): (Kind, &str), case: About) -> Vec<usize> {
        let Some(on) = self.on(facts, kind, clause) else { return Vec::new() };
        let mut all: Vec<usize> = case.ways().filter_map(|named| on.get(&named)).flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The waiver or extension of a clause that counts by a day, with its place: the latest of those that name most of the case. What was
    /// granted by name is not taken back by a later one for more cases, which counts in its place only where it grants more; of one
    /// day, what grants most.
    pub fn waiver(&mut self, facts: &'w Facts, clause: &str, case: About, by: Day) -> Option<(usize, &'w Waiver)> {
        let about = self.about(facts, (Kind::Waiver, clause), case).into_iter();
        let made = about.filter_map(|at| Some((at, facts.waivers.get(at)?))).filter(|(_, one)| one.decision.on <= by);
        let made: Vec<(usize, &Waiver)> = made.collect();
        let grants = |one: &Waiver| (one.until.is_none(), one.until);
        let latest = |named| {
            let named = made.iter().filter(move |(_, one)| closeness(&one.decision) == named);
            named.max_by_key(|(_, one)| (one.decision.on, grants(one))).copied()
        };
        (0..=3).rev().filter_map(latest).reduce(|counts, other| {
            let more = other.1.decision.on > counts.1.decision.on && grants(other.1) > grants(counts.1);
            if more { other } else { counts }
        })
    }

    fn on(&mut self, facts: &'w Facts, kind: Kind, clause: &str) -> Option<&BTreeMap<Named<'w>, Vec<usize>>> {
        self.places.entry(kind).or_insert_with(|| places(facts, kind)).get(clause)
    }
}

/// Of decisions on a case those that name most of it: what was decided of this very case stands, whatever is decided later of all.
pub fn closest<T>(mut all: Vec<T>, decision: impl Fn(&T) -> &Decision) -> Vec<T> {
    let most = all.iter().map(|one| closeness(decision(one))).max();
    all.retain(|one| Some(closeness(decision(one))) == most);
    all
}

/// How much of a case a decision names: its subject, its bearer, its period.
fn closeness(decision: &Decision) -> usize {
    let parts = [&decision.subject, &decision.bearer, &decision.period].map(Option::is_some);
    parts.into_iter().filter(|named| *named).count()
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
        let named = (one.subject.as_deref(), one.bearer.as_deref(), one.period.as_deref());
        places.entry(one.clause.as_str()).or_default().entry(named).or_default().push(at);
    }
    places
}
