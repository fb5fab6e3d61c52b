//! The law as amendments are taken to have left it: which wordings are there, and on which days.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::model::amendment::{AmendmentId, Began, Cut};
use crate::model::expr::ClauseId;
use crate::plan::{Norm, Plan};
use crate::value::{Currency, Day, Stretch};
use crate::verdict::Adoption;

/// One way in which the amendments may have gone.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The amendments that are adopted, in their order.
    pub adopted: Vec<AmendmentId>,
    /// By the amendment: whether it is adopted.
    by_amendment: Vec<bool>,
    pub force: Stretch,
    pub currency: Option<Currency>,
    /// The first day of force of each clause: of its first wording that is there.
    first_days: Vec<Day>,
    /// The day from which on each clause is not in force any more, where that has come.
    ended: Vec<Option<Day>>,
    /// Wordings of the file that are left out, since they begin later than what is looked at, and those that go on in their place: by their
    /// clauses and first days.
    left_out: BTreeSet<(ClauseId, Day)>,
    goes_on: BTreeSet<(ClauseId, Day)>,
}

/// All ways, and why there are several.
#[derive(Clone, Debug)]
pub struct Standings {
    /// At least one.
    pub ways: Vec<Standing>,
    pub adoptions: Vec<Adoption>,
    /// Undecided amendments that are not tried out.
    pub left: Vec<AmendmentId>,
    varies: Varies,
    /// The law without what came later, as it was worked out for clauses, days and as-of days.
    before: RefCell<BTreeMap<(ClauseId, Day, Day), Rc<Standings>>>,
}

/// What is not the same in all ways.
#[derive(Clone, Debug, Default)]
struct Varies {
    force: bool,
    currency: bool,
    /// By the clause: the days of its wordings, its first day of force or its end.
    clauses: Vec<bool>,
    /// By the amendment: whether it is adopted.
    amendments: Vec<bool>,
}

/// The plan, in one of the ways in which its amendments may have gone.
#[derive(Clone, Debug)]
pub struct Law<'w> {
    pub plan: &'w Plan,
    pub standings: Rc<Standings>,
    /// The way that is judged in.
    pub way: usize,
    /// Whether something was asked that is not the same in all ways.
    varied: Cell<bool>,
}

impl Standing {
    pub fn of(plan: &Plan, adopted: Vec<AmendmentId>, as_of: Day) -> Standing {
        Standing::without(plan, adopted, as_of, &[])
    }

    /// The same without some wordings of the file; the one that ends where one of them begins goes on.
    pub fn without(plan: &Plan, adopted: Vec<AmendmentId>, as_of: Day, left_out: &[&Norm]) -> Standing {
        let (mut force, mut currency) = (plan.force, plan.currency);
        for amendment in adopted.iter().filter_map(|id| plan.amendment(*id)) {
            if amendment.effective <= as_of {
                force.until = amendment.force_until.unwrap_or(force.until);
                currency = amendment.currency.or(currency);
            }
        }
        let by_amendment = (0..).map(AmendmentId).zip(&plan.amendments).map(|(id, _)| adopted.contains(&id)).collect();
        let named = |norm: &Norm| (norm.clause, norm.force.from);
        let ends_there = |norm: &&Norm| {
            norm.by.is_none()
                && left_out.iter().any(|one| one.clause == norm.clause && one.force.from == norm.force.until)
        };
        let mut standing = Standing {
            adopted,
            by_amendment,
            force,
            currency,
            first_days: Vec::new(),
            ended: Vec::new(),
            left_out: left_out.iter().copied().map(named).collect(),
            goes_on: plan.norms.iter().map(|norm| &**norm).filter(ends_there).map(named).collect(),
        };
        let mut first_days = vec![None; plan.clauses.len()];
        for norm in &plan.norms {
            let there = standing.there(norm);
            if let Some(first) = first_days.get_mut(usize::from(norm.clause.0)).filter(|_| !there.is_empty()) {
                *first = Some(first.map_or(there.from, |first: Day| first.min(there.from)));
            }
        }
        let mut untils = vec![None; plan.clauses.len()];
        for norm in &plan.norms {
            let there = standing.there(norm);
            let cuts = norm.cuts.iter().filter(|cut| standing.has_adopted(cut.by)).map(|cut| cut.on);
            let until = cuts.min().map_or(there.until, |cut| cut.min(there.until));
            if let Some(last) = untils.get_mut(usize::from(norm.clause.0)).filter(|_| there.from < until) {
                *last = Some(last.map_or(until, |last: Day| last.max(until)));
            }
        }
        let ended = |until: Option<Day>| until.filter(|until| *until <= as_of && *until < force.until);
        standing.ended = untils.into_iter().map(ended).collect();
        standing.first_days = first_days.into_iter().map(|first| first.unwrap_or(force.from)).collect();
        standing
    }

    fn has_adopted(&self, amendment: AmendmentId) -> bool {
        self.by_amendment.get(usize::from(amendment.0)).is_some_and(|adopted| *adopted)
    }

    /// The days of a wording, if it is there at all.
    fn there(&self, norm: &Norm) -> Stretch {
        let named = (norm.clause, norm.force.from);
        let goes_on = norm.by.is_none() && self.goes_on.contains(&named);
        let until = if goes_on { Stretch::ALWAYS.until } else { norm.force.until };
        let force = Stretch::new(norm.force.from, until).intersect(self.force);
        let left_out = norm.by.is_none() && self.left_out.contains(&named);
        let there = norm.by.is_none_or(|by| self.has_adopted(by)) && !left_out;
        if there { force } else { Stretch::new(force.from, force.from) }
    }
}

impl Standings {
    /// Of a plan that no amendment is adopted of.
    pub fn plain(plan: &Plan, as_of: Day) -> Standings {
        Standings::new(plan, vec![Standing::of(plan, Vec::new(), as_of)], Vec::new(), Vec::new())
    }

    pub fn new(plan: &Plan, ways: Vec<Standing>, adoptions: Vec<Adoption>, left: Vec<AmendmentId>) -> Standings {
        let varies = Varies::of(plan, &ways);
        Standings { ways, adoptions, left, varies, before: RefCell::default() }
    }

    /// The law as it was for a clause before a day. Of several ways each is worked out anew, so that what is asked of them is noted.
    pub fn before(&self, of: (ClauseId, Day, Day), work_out: impl FnOnce() -> Standings) -> Rc<Standings> {
        if self.ways.len() > 1 {
            return Rc::new(work_out());
        }
        let known = self.before.borrow().get(&of).cloned();
        known.unwrap_or_else(|| {
            let law = Rc::new(work_out());
            self.before.borrow_mut().insert(of, Rc::clone(&law));
            law
        })
    }
}

impl Varies {
    fn of(plan: &Plan, ways: &[Standing]) -> Varies {
        let Some((first, others)) = ways.split_first().filter(|(_, others)| !others.is_empty()) else {
            return Varies::default();
        };
        let adopted = |id: AmendmentId| others.iter().any(|way| way.has_adopted(id) != first.has_adopted(id));
        let amendments: Vec<bool> = (0..).map(AmendmentId).zip(&plan.amendments).map(|(id, _)| adopted(id)).collect();
        let ends = |at: usize| others.iter().any(|way| way.ended.get(at) != first.ended.get(at));
        let begins = |at: usize| others.iter().any(|way| way.first_days.get(at) != first.first_days.get(at));
        let mut clauses: Vec<bool> = (0..plan.clauses.len()).map(|at| ends(at) || begins(at)).collect();
        for norm in &plan.norms {
            let cut = norm.cuts.iter().any(|cut| amendments.get(usize::from(cut.by.0)).is_some_and(|varies| *varies));
            let there = || others.iter().any(|way| way.there(norm) != first.there(norm));
            if let Some(clause) = clauses.get_mut(usize::from(norm.clause.0)).filter(|varies| !**varies) {
                *clause = cut || there();
            }
        }
        Varies {
            force: others.iter().any(|way| way.force != first.force),
            currency: others.iter().any(|way| way.currency != first.currency),
            clauses,
            amendments,
        }
    }
}

impl<'w> Law<'w> {
    pub fn plain(plan: &'w Plan, as_of: Day) -> Law<'w> {
        Law { plan, standings: Rc::new(Standings::plain(plan, as_of)), way: 0, varied: Cell::new(false) }
    }

    pub fn ways(&self) -> usize {
        self.standings.ways.len()
    }

    /// Whether something was asked, since this was last forgotten, that is not the same in all ways.
    pub fn has_varied(&self) -> bool {
        self.varied.get()
    }

    /// What was asked under a way is forgotten, and with it whether it varies.
    pub fn start_anew(&self) {
        self.varied.set(false);
    }

    fn note(&self, varies: impl FnOnce(&Varies) -> bool) {
        if self.standings.ways.len() > 1 && !self.varied.get() && varies(&self.standings.varies) {
            self.varied.set(true);
        }
    }

    fn note_clause(&self, clause: ClauseId) {
        self.note(|varies| varies.clauses.get(usize::from(clause.0)).is_some_and(|varies| *varies));
    }

    fn standing(&self) -> Option<&Standing> {
        self.standings.ways.get(self.way)
    }

    /// The days on which the agreement is in force.
    pub fn force(&self) -> Stretch {
        self.note(|varies| varies.force);
        self.standing().map_or(self.plan.force, |standing| standing.force)
    }

    pub fn currency(&self) -> Option<Currency> {
        self.note(|varies| varies.currency);
        self.standing().map_or(self.plan.currency, |standing| standing.currency)
    }

    pub fn is_adopted(&self, amendment: AmendmentId) -> bool {
        self.note(|varies| varies.amendments.get(usize::from(amendment.0)).is_some_and(|varies| *varies));
        self.standing().is_some_and(|standing| standing.has_adopted(amendment))
    }

    /// The days whose beginnings a wording governs.
    pub fn chosen(&self, norm: &Norm) -> Stretch {
        let force = self.there(norm);
        let cuts = norm.cuts.iter().filter(|cut| self.is_adopted(cut.by));
        let until = cuts.map(|cut| cut.on).min();
        Stretch::new(force.from, until.map_or(force.until, |until| until.min(force.until)))
    }

    /// The days over which what began under a wording can run: an amendment that lets it keep the wording does not cut it
    /// short, and what a wording takes over has run since before it.
    pub fn runs(&self, norm: &Norm) -> Stretch {
        let there = self.there(norm);
        let by = norm.by.and_then(|by| self.plan.amendment(by));
        match by {
            Some(by) if by.began == Began::IsTakenOver && there.from == by.effective => {
                Stretch::new(self.first_day(norm.clause), there.until)
            }
            Some(_) | None => there,
        }
    }

    /// The first day on which what began under a wording does not run any more: the end of the wording, or of those of the file
    /// that follow upon it without a gap.
    pub fn runs_on(&self, norm: &Norm) -> Day {
        let mut until = self.runs(norm).until;
        // Each step goes on to a later wording, so there are no more steps than wordings.
        for _ in self.plan.norms_of(norm.clause).skip(1) {
            let all = self.plan.norms_of(norm.clause).map(|(_, other)| self.there(other));
            match all.filter(|there| !there.is_empty()).find(|there| there.from == until) {
                Some(there) => until = there.until,
                None => break,
            }
        }
        until
    }

    /// The first day of the wordings that follow upon each other without a gap, of which this is one.
    pub fn runs_since(&self, norm: &Norm) -> Day {
        let mut from = self.runs(norm).from;
        for _ in self.plan.norms_of(norm.clause).skip(1) {
            let all = self.plan.norms_of(norm.clause).map(|(_, other)| self.chosen(other));
            match all.filter(|force| !force.is_empty() && force.from < from).find(|force| force.until >= from) {
                Some(force) => from = force.from,
                None => break,
            }
        }
        from
    }

    /// The wording of a clause that is in force on a day; else the last that was before it, else the first.
    pub fn wording_on(&self, clause: ClauseId, day: Day) -> Option<&'w Norm> {
        let mut all = self.plan.norms_of(clause).map(|(_, norm)| norm);
        let first = all.next()?;
        if all.next().is_none() {
            return Some(first);
        }
        let there = || self.plan.norms_of(clause).map(|(_, norm)| norm).filter(|norm| !self.chosen(norm).is_empty());
        let in_force = there().find(|norm| self.chosen(norm).contains(day));
        let before = || there().filter(|norm| self.chosen(norm).from <= day).last();
        in_force.or_else(before).or_else(|| there().next()).or(Some(first))
    }

    /// Whether a day lies between two wordings of a clause, in a time in which none is in force.
    pub fn is_in_a_gap(&self, clause: ClauseId, day: Day) -> bool {
        self.lie_in_a_gap(clause, (day, day))
    }

    /// Whether all days from a first through a last lie between two wordings of a clause, in a time in which none is in force.
    pub fn lie_in_a_gap(&self, clause: ClauseId, (first, last): (Day, Day)) -> bool {
        let all = || self.plan.norms_of(clause).map(|(_, norm)| self.chosen(norm)).filter(|force| !force.is_empty());
        self.plan.norms_of(clause).nth(1).is_some()
            && all().any(|force| force.until <= first)
            && all().any(|force| force.from > last)
            && all().all(|force| force.until <= first || force.from > last)
    }

    /// The first day on which a clause is not in force any more, where it has ended, and the agreement has not.
    pub fn ended_on(&self, clause: ClauseId) -> Option<Day> {
        self.note_clause(clause);
        self.standing()?.ended.get(usize::from(clause.0)).copied().flatten()
    }

    /// The day on which an amendment that takes over what began before added a clause.
    pub fn added_over(&self, clause: ClauseId) -> Option<Day> {
        let (_, first) = self.plan.norms_of(clause).find(|(_, norm)| !self.there(norm).is_empty())?;
        let by = self.plan.amendment(first.by?).filter(|by| by.began == Began::IsTakenOver)?;
        Some(by.effective)
    }

    /// The amendment that ended a wording, if one has by a day.
    pub fn cut_of(&self, norm: &Norm, by: Day) -> Option<Cut> {
        let cuts = norm.cuts.iter().filter(|cut| self.is_adopted(cut.by) && cut.on <= by);
        cuts.min_by_key(|cut| (cut.on, cut.by)).copied()
    }

    /// The first day of force of a clause: of its first wording that is there.
    pub fn first_day(&self, clause: ClauseId) -> Day {
        self.note_clause(clause);
        let first = self.standing().and_then(|standing| standing.first_days.get(usize::from(clause.0)));
        first.copied().unwrap_or_else(|| self.force().from)
    }

    fn there(&self, norm: &Norm) -> Stretch {
        self.note_clause(norm.clause);
        self.standing().map_or(norm.force, |standing| standing.there(norm))
    }

    /// Whether what is open of the amendments leaves too much to be tried out for a clause.
    pub fn is_past_trying(&self, clause: ClauseId) -> bool {
        let left = &self.standings.left;
        !left.is_empty()
            && self.plan.norms_of(clause).any(|(_, norm)| {
                norm.by.is_some_and(|by| left.contains(&by)) || norm.cuts.iter().any(|cut| left.contains(&cut.by))
            })
    }
}
