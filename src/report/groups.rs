//! Lines by who has to act: what a reader who looks for one name finds in one place.

use std::collections::BTreeMap;

use super::ahead::in_order;
use super::line::{Joined, Joining, Line, line, role};
use super::names::Names;
use super::rows::{Rows, Teller};
use super::{Reasons, asks_for_action};
use crate::verdict::{Called, Gist, Instance, Judged, Missing, Verdict};

/// Lines that ask the same one to act.
#[derive(Clone, Debug)]
pub struct Group {
    pub who: Who,
    /// In the order of the policy.
    pub lines: Vec<Joined>,
}

/// Who has to act, in the order in which groups stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Named(String),
    /// Somebody has to, and the text names nobody.
    Nobody,
    /// These lines ask for nothing.
    NoAction,
}

impl Who {
    fn of(called: Called, acts: Option<String>) -> Who {
        match (asks_for_action(called), acts) {
            (false, _) => Who::NoAction,
            (true, Some(name)) => Who::Named(name),
            (true, None) => Who::Nobody,
        }
    }
}

/// The lines of a report, those of one name together.
pub fn groups(lines: &[Line]) -> Vec<Group> {
    let mut found: BTreeMap<Who, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        found.entry(Who::of(line.called, line.acts.clone())).or_default().push(line);
    }
    let group = |(who, lines): (Who, Vec<&Line>)| {
        let mut joining = Joining::default();
        let mut joined: Vec<Joined> = lines.into_iter().filter_map(|line| joining.take(line.clone())).collect();
        joined.extend(joining.end());
        Group { who, lines: joined }
    };
    found.into_iter().map(group).collect()
}

/// Which verdicts have a line, by who has to act. Their lines are made only when they are told, one at a time; but for the first
/// ones that had to be judged with their reasons for something else.
#[derive(Clone, Debug, Default)]
pub struct ByWho {
    groups: BTreeMap<Who, Vec<Place>>,
    made: BTreeMap<Place, Line>,
}

/// So many lines are kept that were made early.
const MOST_MADE: usize = 1_000;

/// What is told of a report by who has to act.
pub enum Told<'t> {
    /// The lines that follow ask this one to act.
    Who(&'t Who),
    Line(&'t Joined),
}

/// A verdict by its batch and its place in it.
pub(super) type Place = (u32, u32);

impl ByWho {
    /// A verdict that has a line; judged already, if that was needed for something else. What is unknown must have been, and of
    /// what has to be weighed the gist must be known.
    pub(super) fn add(
        &mut self,
        names: &Names,
        (place, verdict): (Place, &Verdict),
        called: Called,
        (judged, gist): (Option<&Judged>, Option<&Gist>),
    ) {
        let acts = asks_for_action(called).then(|| {
            let decider = gist.and_then(|gist| role(&gist.decider));
            acts(names, called, &verdict.instance, decider, judged.map_or(&[], |judged| &judged.missing))
        });
        self.groups.entry(Who::of(called, acts.flatten())).or_default().push(place);
        if let Some(judged) = judged.filter(|_| self.made.len() < MOST_MADE) {
            self.made.insert(place, line(names, judged, Reasons::LeftOut));
        }
    }

    /// Tells who has to act, and then each line.
    pub fn tell<E>(&self, rows: &Rows, mut told: impl FnMut(Told) -> Result<(), E>) -> Result<(), E> {
        let all = self.groups.iter().flat_map(|(who, places)| places.iter().map(move |place| (who, place)));
        let verdicts = all.filter_map(|(who, place)| Some((who, place, rows.at(*place)?)));
        let line = |teller: &mut Teller, (_, place, verdict): &(&Who, &Place, Verdict)| {
            self.made.get(place).cloned().unwrap_or_else(|| teller.line(verdict))
        };
        let mut of: Option<&Who> = None;
        let mut joining = Joining::default();
        in_order(
            verdicts,
            || rows.teller(Reasons::LeftOut),
            line,
            |(who, ..), line| {
                if of.replace(who) != Some(who) {
                    std::mem::take(&mut joining).end().try_for_each(|joined| told(Told::Line(&joined)))?;
                    told(Told::Who(who))?;
                }
                joining.take(line).map_or(Ok(()), |joined| told(Told::Line(&joined)))
            },
        )?;
        joining.end().try_for_each(|joined| told(Told::Line(&joined)))
    }
}

/// Who has to act on a verdict: who decides, where words are to be weighed; who attests, where nothing else is missing;
/// else who bears the clause. What is unknown of several bearers is told of them together.
pub(super) fn acts(
    names: &Names,
    called: Called,
    instance: &Instance,
    decider: Option<String>,
    missing: &[Missing],
) -> Option<String> {
    match called {
        Called::NeedsJudgement => decider,
        Called::Unknown => attester(missing).or_else(|| names.bearers(instance)),
        Called::Late | Called::Violated | Called::NotFollowed | Called::Differs | Called::Exceeded => {
            names.whom(instance)
        }
        Called::Pending | Called::WithoutEffect | Called::Satisfied | Called::Open | Called::Used => {
            names.whom(instance)
        }
        Called::NotUsed | Called::Carried | Called::NotCarried | Called::NotApplicable => names.whom(instance),
    }
}

fn attester(missing: &[Missing]) -> Option<String> {
    let role = |missing: &Missing| match missing {
        Missing::Attestation { role } => Some(role.clone()),
        _ => None,
    };
    let roles: Option<Vec<String>> = missing.iter().map(role).collect();
    roles?.into_iter().next()
}
