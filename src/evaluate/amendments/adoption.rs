//! Which amendments are adopted, and what that makes of the days on which wordings hold.
//!
//! What is not known of an adoption is tried out: an instance is judged under each way in which it may have gone. Where all
//! ways give one verdict, that is the verdict.

use crate::model::amendment::{Adopted, AmendmentId, Began, Supposed};
use crate::model::expr::ClauseId;
use crate::plan::{Norm, Plan};
use crate::value::{Currency, Day, Stretch};
use crate::verdict::{Adoption, Mark, Said};

use super::judge::Judge;
use super::trace::{Trace, reason};
use super::truth::Truth;

/// So many amendments of which it is open whether they are adopted are tried out in all ways. A text with more of them at
/// once is in no state to be judged: what they touch is unknown.
const TRIED: usize = 8;

/// One way in which the amendments may have gone.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The amendments that are adopted, in their order.
    pub adopted: Vec<AmendmentId>,
    pub force: Stretch,
    pub currency: Option<Currency>,
}

/// All ways, and why there are several.
#[derive(Clone, Debug)]
pub struct Standings {
    /// At least one.
    pub ways: Vec<Standing>,
    pub adoptions: Vec<Adoption>,
    /// Undecided amendments that are not tried out.
    pub left: Vec<AmendmentId>,
}

impl Standing {
    fn of(plan: &Plan, adopted: Vec<AmendmentId>, as_of: Day) -> Standing {
        let (mut force, mut currency) = (plan.force, plan.currency);
        for amendment in adopted.iter().filter_map(|id| plan.amendment(*id)) {
            if amendment.effective <= as_of {
                force.until = amendment.force_until.unwrap_or(force.until);
                currency = amendment.currency.or(currency);
            }
        }
        Standing { adopted, force, currency }
    }

    pub fn has(&self, amendment: AmendmentId) -> bool {
        self.adopted.contains(&amendment)
    }
}

impl Standings {
    /// Of a plan that no amendment is adopted of.
    pub fn plain(plan: &Plan) -> Standings {
        Standings {
            ways: vec![Standing::of(plan, Vec::new(), plan.force.from)],
            adoptions: Vec::new(),
            left: Vec::new(),
        }
    }
}

impl<'w, T: Trace> Judge<'w, T> {
    /// Looks at who is adopted. Conditions of adoption are asked under the wording that was agreed first.
    pub fn weigh_amendments(&mut self) {
        let plan = self.world.plan;
        if plan.amendments.is_empty() {
            return;
        }
        self.trace.hush();
        let told: Vec<Truth> = plan.amendments.iter().map(|one| self.told_adopted(&one.adopted)).collect();
        self.trace.speak();
        let adoptions = related(plan, told);
        let open: Vec<AmendmentId> = numbered(&adoptions).filter(|(_, one)| is_open(*one)).map(|(id, _)| id).collect();
        let (tried, left) = open.split_at(open.len().min(TRIED));
        let ways = ways(plan, &adoptions, tried);
        let ways = ways.into_iter().map(|adopted| Standing::of(plan, adopted, self.world.as_of)).collect();
        self.standings = Standings { ways, adoptions, left: left.to_vec() };
    }

    fn told_adopted(&mut self, adopted: &'w Adopted) -> Truth {
        match adopted {
            Adopted::On(day) if *day <= self.world.as_of => Truth::Yes,
            Adopted::Supposed(Supposed::Adopted) => Truth::Yes,
            Adopted::On(_) | Adopted::NotYet | Adopted::Supposed(Supposed::NotAdopted) => Truth::No,
            Adopted::By(decision) => self.holds(decision),
        }
    }

    /// The way that is judged in.
    pub fn standing(&self) -> Option<&Standing> {
        self.standings.ways.get(self.way)
    }

    /// The days on which the agreement is in force.
    pub fn agreement_force(&self) -> Stretch {
        self.standing().map_or(self.world.plan.force, |standing| standing.force)
    }

    pub fn currency(&self) -> Option<Currency> {
        self.standing().map_or(self.world.plan.currency, |standing| standing.currency)
    }

    pub fn is_adopted(&self, amendment: AmendmentId) -> bool {
        self.standing().is_some_and(|standing| standing.has(amendment))
    }

    /// The days whose beginnings a wording governs.
    pub fn chosen(&self, norm: &Norm) -> Stretch {
        let force = self.there(norm);
        let cuts = norm.cuts.iter().filter(|cut| self.is_adopted(cut.by));
        let until = cuts.map(|cut| cut.on).min();
        Stretch::new(force.from, until.map_or(force.until, |until| until.min(force.until)))
    }

    /// The days over which what began under a wording can run: an amendment that lets it keep the wording does not cut it
    /// short.
    pub fn runs(&self, norm: &Norm) -> Stretch {
        let there = self.there(norm);
        let by = norm.by.and_then(|by| self.world.plan.amendment(by));
        // What is taken over has run since before the wording did.
        match by {
            Some(by) if by.began == Began::IsTakenOver && there.from == by.effective => {
                Stretch::new(self.agreement_force().from, there.until)
            }
            Some(_) | None => there,
        }
    }

    /// The days of a wording, if it is there at all.
    fn there(&self, norm: &Norm) -> Stretch {
        let force = norm.force.intersect(self.agreement_force());
        let there = norm.by.is_none_or(|by| self.is_adopted(by));
        if there { force } else { Stretch::new(force.from, force.from) }
    }

    /// Whether what is open of the amendments leaves too much to be tried out for a clause.
    pub fn is_past_trying(&self, clause: ClauseId) -> bool {
        let left = &self.standings.left;
        !left.is_empty()
            && self.world.plan.norms_of(clause).any(|(_, norm)| {
                norm.by.is_some_and(|by| left.contains(&by)) || norm.cuts.iter().any(|cut| left.contains(&cut.by))
            })
    }

    /// What is known of the amendments that may have gone one way or the other: for the reasons of a verdict that hangs on
    /// it.
    pub fn tell_open_adoptions(&mut self) {
        let plan = self.world.plan;
        let adoptions = self.standings.adoptions.clone();
        for (id, adoption) in numbered(&adoptions).filter(|(_, one)| is_open(*one)) {
            let Some(amendment) = plan.amendment(id) else { continue };
            self.trace.open();
            if let Adopted::By(decision) = &amendment.adopted {
                self.holds(decision);
            }
            let mark = if adoption == Adoption::Unknown { Mark::Open } else { Mark::Person };
            self.trace.close(|| reason(Said::Adoption(id, adoption), mark, amendment.name_span));
        }
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
