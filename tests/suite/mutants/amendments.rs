//! What is said of amendments is proved by scenarios, too: take one a day earlier or later, take it to be adopted or not, let it
//! take over what it leaves alone, and a scenario fails.

use overens::evaluate::Limits;
use overens::model::amendment::{Adopted, AmendmentId, Began, Supposed};
use overens::plan::Plan;
use overens::report::scenario::{Stage, run};
use overens::value::Day;

use super::super::bundled::{self, Bundled};

/// One change of an amendment.
#[derive(Clone, Copy, Debug)]
enum Change {
    Later,
    Earlier,
    Adopted,
    NotAdopted,
    Transition,
    WithoutRivals,
}

const CHANGES: [Change; 6] =
    [Change::Later, Change::Earlier, Change::Adopted, Change::NotAdopted, Change::Transition, Change::WithoutRivals];

#[test]
fn a_change_of_an_amendment_is_noticed_by_a_scenario() {
    let mut unnoticed = Vec::new();
    let mut tried = 0;
    for name in bundled::names() {
        let Bundled { policy, mut sources, .. } = bundled::read(&name).unwrap();
        let ready = bundled::scenarios(&policy, &mut sources).unwrap();
        let plan = policy.plan.as_ref().unwrap();
        for (at, amendment) in plan.amendments.iter().enumerate() {
            let id = AmendmentId(u16::try_from(at).unwrap());
            for change in CHANGES.into_iter().filter(|change| makes_a_difference(*change, plan, id)) {
                let changed = changed(plan, id, change);
                let fails = ready.iter().any(|one| {
                    let Some(as_of) = one.as_of else { return false };
                    let limits = Limits::default();
                    let stage = Stage { plan: &changed, sources: &sources, facts: &one.facts, as_of, limits: &limits };
                    !run(one.scenario, stage).unwrap().failures.is_empty()
                });
                tried += 1;
                if !fails {
                    unnoticed.push(format!("{name}: {}: {change:?}", amendment.name));
                }
            }
        }
    }
    assert!(tried > 0, "there are amendments");
    assert!(unnoticed.is_empty(), "no scenario notices:\n{}", unnoticed.join("\n"));
}

/// What is said already is no change.
fn makes_a_difference(change: Change, plan: &Plan, id: AmendmentId) -> bool {
    let Some(amendment) = plan.amendment(id) else { return false };
    match change {
        Change::Later | Change::Earlier | Change::NotAdopted => true,
        Change::Adopted => !matches!(amendment.adopted, Adopted::On(_)),
        // What has its own day or period before the amendment is what a transition is about.
        Change::Transition => plan
            .norms
            .iter()
            .any(|norm| norm.cycle.is_some() && (norm.by == Some(id) || norm.cuts.iter().any(|cut| cut.by == id))),
        Change::WithoutRivals => !amendment.rivals.is_empty(),
    }
}

fn changed(plan: &Plan, id: AmendmentId, change: Change) -> Plan {
    let mut plan = plan.clone();
    match change {
        Change::Later => move_by(&mut plan, id, Day::following),
        Change::Earlier => move_by(&mut plan, id, Day::preceding),
        Change::Transition => turn(&mut plan, id),
        Change::Adopted | Change::NotAdopted | Change::WithoutRivals => {
            let amendment = &mut plan.amendments[usize::from(id.0)];
            match change {
                Change::Adopted => amendment.adopted = Adopted::Supposed(Supposed::Adopted),
                Change::NotAdopted => amendment.adopted = Adopted::Supposed(Supposed::NotAdopted),
                _ => amendment.rivals.clear(),
            }
            if matches!(change, Change::WithoutRivals) {
                plan.amendments.iter_mut().for_each(|other| other.rivals.retain(|rival| *rival != id));
            }
        }
    }
    plan
}

fn move_by(plan: &mut Plan, id: AmendmentId, by: impl Fn(Day) -> Day) {
    let amendment = &mut plan.amendments[usize::from(id.0)];
    let day = amendment.effective;
    amendment.effective = by(day);
    for norm in &mut plan.norms {
        if norm.by == Some(id) && norm.force.from == day {
            norm.force.from = by(day);
        }
        norm.cuts.iter_mut().filter(|cut| cut.by == id).for_each(|cut| cut.on = by(day));
    }
}

fn turn(plan: &mut Plan, id: AmendmentId) {
    let turned = |began: Began| match began {
        Began::KeepsTheOldWording => Began::IsTakenOver,
        Began::IsTakenOver => Began::KeepsTheOldWording,
    };
    let amendment = &mut plan.amendments[usize::from(id.0)];
    amendment.began = turned(amendment.began);
    for cut in plan.norms.iter_mut().flat_map(|norm| &mut norm.cuts).filter(|cut| cut.by == id) {
        cut.began = turned(cut.began);
    }
}
