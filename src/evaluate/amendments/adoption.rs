//! Which amendments are adopted, and what that makes of the days on which wordings hold.
//!
//! What is not known of an adoption is tried out: an instance is judged under each way in which it may have gone. Where all
//! ways give one verdict, that is the verdict.

use std::rc::Rc;

use crate::model::amendment::{Adopted, AmendmentId, Supposed};
use crate::plan::Plan;
use crate::verdict::{Adoption, Mark, Said};

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::knowledge::law::{Standing, Standings};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::{Trace, reason};

/// So many amendments of which it is open whether they are adopted are tried out in all ways. A text with more of them at
/// once is in no state to be judged: what they touch is unknown.
const TRIED: usize = 8;

/// Looks at who is adopted. Conditions of adoption are asked under the wording that was agreed first.
pub fn weigh<'w, T: Trace>(ask: &mut Ask<'w, T>) {
    let plan = ask.world.plan;
    if plan.amendments.is_empty() {
        return;
    }
    ask.trace.hush();
    let told: Vec<Truth> = plan.amendments.iter().map(|one| told_adopted(ask, &one.adopted)).collect();
    ask.trace.speak();
    ask.known.forget();
    let adoptions = related(plan, told);
    let open: Vec<AmendmentId> = numbered(&adoptions).filter(|(_, one)| is_open(*one)).map(|(id, _)| id).collect();
    let (tried, left) = open.split_at(open.len().min(TRIED));
    let ways = ways(plan, &adoptions, tried);
    let ways = ways.into_iter().map(|adopted| Standing::of(plan, adopted, ask.world.as_of)).collect();
    ask.law.standings = Rc::new(Standings::new(plan, ways, adoptions, left.to_vec()));
}

fn told_adopted<'w, T: Trace>(ask: &mut Ask<'w, T>, adopted: &'w Adopted) -> Truth {
    match adopted {
        Adopted::On(day) if *day <= ask.world.as_of => Truth::Yes,
        Adopted::Supposed(Supposed::Adopted) => Truth::Yes,
        Adopted::On(_) | Adopted::NotYet | Adopted::Supposed(Supposed::NotAdopted) => Truth::No,
        Adopted::By(decision) => ask.holds(decision),
    }
}

/// What is known of the amendments that may have gone one way or the other: for the reasons of a verdict that hangs on it.
pub fn tell_open<'w, T: Trace>(ask: &mut Ask<'w, T>) {
    let plan = ask.world.plan;
    let standings = Rc::clone(&ask.law.standings);
    for (id, adoption) in numbered(&standings.adoptions).filter(|(_, one)| is_open(*one)) {
        let Some(amendment) = plan.amendment(id) else { continue };
        ask.trace.open();
        if let Adopted::By(decision) = &amendment.adopted {
            ask.holds(decision);
        }
        let mark = if adoption == Adoption::Unknown { Mark::Open } else { Mark::Person };
        ask.trace.close(|| reason(Said::Adoption(id, adoption), mark, amendment.name_span));
    }
}

/// Amendments with their numbers.
fn numbered(adoptions: &[Adoption]) -> impl Iterator<Item = (AmendmentId, Adoption)> {
    (0..).map(AmendmentId).zip(adoptions.iter().copied())
}

fn is_open(adoption: Adoption) -> bool {
    match adoption {
        Adoption::Unknown | Adoption::ForAPerson | Adoption::Conflict => true,
        Adoption::Adopted | Adoption::NotAdopted => false,
    }
}

/// What the amendments are to one another decides some of them: without its foundation none is adopted, nor beside a rival
/// that is.
fn related(plan: &Plan, told: Vec<Truth>) -> Vec<Adoption> {
    let mut truths = told;
    // Foundations come first in the order, so one walk is enough.
    for (at, amendment) in plan.amendments.iter().enumerate() {
        let below = amendment.builds_on.iter().filter_map(|id| truths.get(usize::from(id.0)).copied());
        let truth = below.fold(truths.get(at).copied().unwrap_or(Truth::No), Truth::and);
        if let Some(slot) = truths.get_mut(at) {
            *slot = truth;
        }
    }
    let adoption = |at: usize, truth: Truth| {
        let rivals = plan.amendments.get(at).map_or(&[][..], |one| one.rivals.as_slice());
        let rival_is = |wanted: Truth| rivals.iter().any(|id| truths.get(usize::from(id.0)) == Some(&wanted));
        match truth {
            Truth::No => Adoption::NotAdopted,
            Truth::Yes if rival_is(Truth::Yes) => Adoption::Conflict,
            Truth::Yes => Adoption::Adopted,
            Truth::Open | Truth::Person if rival_is(Truth::Yes) => Adoption::NotAdopted,
            Truth::Open => Adoption::Unknown,
            Truth::Person => Adoption::ForAPerson,
        }
    };
    truths.iter().enumerate().map(|(at, truth)| adoption(at, *truth)).collect()
}

/// Every way in which the open amendments may have gone: no two rivals together, nothing without what it builds on, and of
/// rivals that are all adopted one.
fn ways(plan: &Plan, adoptions: &[Adoption], open: &[AmendmentId]) -> Vec<Vec<AmendmentId>> {
    let certain = numbered(adoptions).filter(|(_, one)| *one == Adoption::Adopted).map(|(id, _)| id);
    let certain: Vec<AmendmentId> = certain.collect();
    let mut found = Vec::new();
    for chosen in 0..1_usize << open.len() {
        let picked = open.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, id)| *id);
        let mut adopted: Vec<AmendmentId> = certain.iter().copied().chain(picked).collect();
        adopted.sort_unstable();
        if fits(plan, adoptions, &adopted) {
            found.push(adopted);
        }
    }
    found
}

fn fits(plan: &Plan, adoptions: &[Adoption], adopted: &[AmendmentId]) -> bool {
    let has = |id: &AmendmentId| adopted.contains(id);
    numbered(adoptions).all(|(id, adoption)| {
        let Some(amendment) = plan.amendment(id) else { return true };
        if has(&id) {
            !amendment.rivals.iter().any(has) && amendment.builds_on.iter().all(has)
        } else {
            adoption != Adoption::Conflict || amendment.rivals.iter().any(has)
        }
    })
}
