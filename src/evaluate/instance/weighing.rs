//! What effort, a role and several readings make of what a machine finds, and who decides what is left to a person.

use crate::model::clause::{Bearer, When};
use crate::model::expr::{Cond, CondKind};
use crate::plan::{Body, Norm, NormTest, Owed, Plan};
use crate::verdict::{Decider, Nuance, Status};

use super::ruling::Ruling;
use crate::evaluate::norms::case::Case;
use crate::evaluate::outcome::Outcome;

/// What effort and a judging role make of a machine's outcome: what was done is theirs to weigh, and so is the breach
/// of a ban; what was certainly not done needs no weighing.
pub fn left_to_the_role(case: &Case, ruling: Ruling) -> Ruling {
    let (norm, body) = (case.norm, case.body);
    let status = ruling.outcome.status;
    // On which day it was done last tells which judgement can speak of it.
    let person = |ruling: Ruling| {
        let last_broken = ruling.outcome.last_broken;
        Ruling { outcome: Outcome { last_broken, ..ruling.outcome.with(Status::NeedsJudgement) }, ..ruling }
    };
    if body.owed == Owed::Effort && matches!(status, Status::Late | Status::Violated) {
        return person(ruling);
    }
    // Where there are readings, the role settles which of them holds, and only if they differ.
    let judges = body.judged_by.is_some() && norm.readings == 1;
    let ban = matches!(body.test, NormTest::Never(_));
    let term = matches!(body.test, NormTest::Term(_));
    match status {
        Status::Satisfied | Status::Late if judges && !ban && !term => person(ruling),
        Status::Violated if judges && ban => person(ruling),
        _ => ruling,
    }
}

pub fn readings_together(norm: &Norm, mut rulings: Vec<Ruling>) -> Ruling {
    let Some(first) = rulings.first().cloned() else { return Ruling::of(Status::NotApplicable) };
    if rulings.len() == 1 {
        return rulings.pop().unwrap_or(first);
    }
    let status = first.outcome.status;
    if rulings.iter().all(|ruling| ruling.outcome.status == status) {
        let same = rulings.iter().all(|ruling| ruling.outcome == first.outcome);
        let mut ruling = first;
        if !same {
            ruling.outcome.days = None;
            ruling.outcome.nuance = weaker_of(status, &rulings);
        }
        return ruling;
    }
    if rulings.iter().any(|ruling| ruling.outcome.status == Status::Unknown) {
        return Ruling::unknown_by(rulings.iter().map(|ruling| ruling.outcome.last));
    }
    readings_that_differ(norm)
}

/// How readings come to the same status that do not do so in the same way: no more is said than all of them say.
fn weaker_of(status: Status, rulings: &[Ruling]) -> Nuance {
    let mut nuances = rulings.iter().map(|ruling| ruling.outcome.nuance);
    let weaker = if status == Status::NotApplicable { Nuance::Plain } else { Nuance::SoFar };
    let first = nuances.next().unwrap_or(weaker);
    nuances.fold(first, |all, one| if one == all { all } else { weaker })
}

/// Readings that give other answers are for whoever judges which of them holds.
pub fn readings_that_differ(norm: &Norm) -> Ruling {
    let judged_by = norm.bodies.iter().find_map(|body| body.judged_by.clone());
    let decider = judged_by.map_or(Decider::Unnamed, Decider::Role);
    Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider }
}

pub fn for_person_of(body: &Body, outcome: Outcome) -> Ruling {
    Ruling { outcome, decider: decider_of(body) }
}

/// Who decides what a body leaves to a person.
pub fn decider_of(body: &Body) -> Decider {
    if let Some(role) = &body.judged_by {
        return Decider::Role(role.clone());
    }
    if let NormTest::May { inside: Some(inside), .. } = &body.test {
        return Decider::Role(inside.decided_by.clone());
    }
    let conditions = body.conditions.iter().map(|when| match when {
        When::If(condition) | When::Unless(condition) => condition,
    });
    conditions.filter_map(judged_in).next().map_or(Decider::Unnamed, Decider::Role)
}

/// The role that decides what one of some bodies leaves to a person.
pub fn role_of<'a>(bodies: impl Iterator<Item = &'a Body>) -> Option<Decider> {
    bodies.map(decider_of).find(|decider| matches!(decider, Decider::Role(_)))
}

/// The role that decides who is a member of what a clause speaks of.
pub fn who_admits(plan: &Plan, norm: &Norm) -> Option<Decider> {
    let each = if let Some(Bearer::Each(of)) = &norm.bearer { Some(of) } else { None };
    let memberships = norm.subjects.iter().chain(each).filter_map(|of| of.members_of);
    role_of(memberships.flat_map(|clause| plan.norms_of(clause)).flat_map(|(_, one)| &one.bodies))
}

fn judged_in(condition: &Cond) -> Option<String> {
    match &condition.kind {
        CondKind::Judged { by, .. } => by.clone(),
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().find_map(judged_in),
        CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => judged_in(inner),
        CondKind::Always | CondKind::Test(_) | CondKind::All { .. } => None,
        CondKind::Some(_) | CondKind::Defined { .. } => None,
    }
}
