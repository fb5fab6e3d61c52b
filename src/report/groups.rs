//! Lines by who has to act: what a reader who looks for one name finds in one place.

use std::collections::BTreeMap;

use super::asks_for_action;
use super::line::{Joined, Line, joined};
use super::names::Names;
use crate::verdict::{Called, Decider, Judged, Missing};

/// Lines that ask the same one to act.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    pub who: Who<'a>,
    /// In the order of the policy.
    pub lines: Vec<Joined<'a>>,
}

/// Who has to act, in the order in which groups stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who<'a> {
    Named(&'a str),
    /// Somebody has to, and the text names nobody.
    Nobody,
    /// These lines ask for nothing.
    NoAction,
}

/// The lines of a report, those of one name together.
pub fn groups(lines: &[Line]) -> Vec<Group<'_>> {
    let mut found: BTreeMap<Who, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        let who = match (asks_for_action(line.called), &line.acts) {
            (false, _) => Who::NoAction,
            (true, Some(name)) => Who::Named(name),
            (true, None) => Who::Nobody,
        };
        found.entry(who).or_default().push(line);
    }
    found.into_iter().map(|(who, lines)| Group { who, lines: joined(&lines) }).collect()
}

/// Who has to act on a verdict: who decides, where words are to be weighed; who attests, where nothing else is missing;
/// else who bears the clause. What is unknown of several bearers is told of them together.
pub(super) fn acts(names: &Names, called: Called, judged: &Judged) -> Option<String> {
    let instance = &judged.verdict.instance;
    match called {
        Called::NeedsJudgement => match &judged.decider {
            Decider::Role(role) => Some(role.clone()),
            Decider::Nobody | Decider::Unnamed => None,
        },
        Called::Unknown => attester(&judged.missing).or_else(|| names.bearers(instance)),
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
