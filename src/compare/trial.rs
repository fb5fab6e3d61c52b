//! Trials: what comes out of the old side when some of the changes are made to it.
//! Nothing is reasoned about: each mixture is checked, compiled and judged like an agreement of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::diagnostics::Sink;
use crate::evaluate::evaluate_some;
use crate::facts::Facts;
use crate::model::expr::ClauseId;
use crate::plan::NormTest;
use crate::report::entry::{self, Entry, Key};
use crate::report::{Names, Naming};
use crate::source::Sources;
use crate::value::Day;
use crate::verdict::{Called, Cut, LastDay, Nuance, Verdict};

use super::change::{Change, HeaderPart, Role, Sort, What};
use super::edit::{Edit, edited};
use super::facts::{FactEdit, mixed};
use super::rules::Rules;
use super::side::{Side, bind};
use super::supposed::Supposed;

/// What comes out, by the question.
pub type Outcomes = BTreeMap<Key, Entry>;

/// What of a verdict is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Its word, whose it is, and who pays how much. That something does not apply is the same as that it is not asked.
    WordAndShares,
    /// All that is kept of it.
    Everything,
}

/// Which of the changes are made.
pub(super) type Chosen = BTreeSet<usize>;

pub(super) struct Trials<'a> {
    old: Side<'a>,
    new: Side<'a>,
    changes: &'a [Change],
    sources: &'a Sources,
    look: Look,
    /// The clauses whose verdicts are looked at.
    wanted: BTreeSet<String>,
    /// The amendments that either side takes to be adopted: a mixture has of them what is put into it.
    supposed: Option<Supposed>,
    tried: BTreeMap<Chosen, Option<Rc<Outcomes>>>,
    /// A limit that was reached: then nothing can be said of causes.
    pub cut_at: Option<Cut>,
    /// Facts by the changes that decide how they are read.
    bound: BTreeMap<Chosen, Option<Rc<Facts>>>,
}

/// What comes out on one side.
pub(super) fn outcomes(side: Side, sources: &Sources, look: Look) -> Result<Outcomes, Cut> {
    judged(side.rules, &side.filed.facts, side.filed.as_of, (sources, look), |_| true)
}

impl<'a> Trials<'a> {
    pub fn new(
        (old, new): (Side<'a>, Side<'a>),
        changes: &'a [Change],
        (sources, look): (&'a Sources, Look),
        wanted: BTreeSet<String>,
    ) -> Self {
        let (tried, bound) = (BTreeMap::new(), BTreeMap::new());
        let supposed = either(old.rules.supposed.as_ref(), new.rules.supposed.as_ref());
        Trials { old, new, changes, sources, look, wanted, supposed, tried, cut_at: None, bound }
    }

    /// What comes out when these changes are made; nothing when that makes no agreement.
    pub fn with(&mut self, chosen: &Chosen) -> Option<Rc<Outcomes>> {
        if let Some(known) = self.tried.get(chosen) {
            return known.clone();
        }
        let found = self.judge(chosen).map(Rc::new);
        self.tried.insert(chosen.clone(), found.clone());
        found
    }

    fn judge(&mut self, chosen: &Chosen) -> Option<Outcomes> {
        let made: Vec<(usize, &Change)> =
            self.changes.iter().enumerate().filter(|(at, one)| is_made(*at, one, chosen)).collect();
        let in_rules = |change: &Change| !matches!(change.what, What::Fact(_) | What::AsOf);
        let rules = match made.iter().any(|(_, change)| in_rules(change)) {
            true => {
                let edits = made.iter().map(|(_, change)| &change.edit);
                let old = self.old.rules;
                // A name that a clause gives up may be a former one of the other side's.
                let mut former = self.new.rules.former().clone();
                former.extend(old.former().clone());
                let rules = Rules::of_whole(edited(&old.tree, edits), self.supposed.as_ref(), Some(&former))?;
                Some(rules.bounded_like(old))
            }
            false => None,
        };
        let rules = rules.as_ref().unwrap_or(self.old.rules);
        let as_of = match made.iter().any(|(_, change)| change.what == What::AsOf) {
            true => self.new.filed.as_of,
            false => self.old.filed.as_of,
        };
        let reading: Vec<(usize, &Change)> = made.into_iter().filter(|(_, change)| decides_reading(change)).collect();
        let facts = self.facts(rules, &reading)?;
        let wanted = |id: ClauseId| rules.plan.clause(id).is_some_and(|clause| self.wanted.contains(&clause.name));
        match judged(rules, &facts, as_of, (self.sources, self.look), wanted) {
            Ok(outcomes) => Some(outcomes),
            Err(cut) => {
                self.cut_at = Some(cut);
                None
            }
        }
    }

    /// The facts as these rules read them, with what is changed in them.
    fn facts(&mut self, rules: &Rules, reading: &[(usize, &Change)]) -> Option<Rc<Facts>> {
        let key: Chosen = reading.iter().map(|(at, _)| *at).collect();
        if let Some(known) = self.bound.get(&key) {
            return known.clone();
        }
        let edits: Vec<&FactEdit> = reading.iter().flat_map(|(_, change)| fact_edits(&change.edit)).collect();
        let (old, new) = (self.old.filed, self.new.filed);
        let others = old.others.joined(&new.others);
        let mut problems = Sink::default();
        let beside = [self.old.rules, self.new.rules];
        let facts = match (reading.is_empty(), edits.is_empty()) {
            (true, _) => old.facts.clone(),
            (false, true) => bind(rules, &old.roots, &others, &beside, &mut problems),
            (false, false) => {
                let roots = mixed(&old.roots, &new.roots, edits.into_iter());
                bind(rules, &roots, &others, &beside, &mut problems)
            }
        };
        let facts = (!problems.has_errors()).then(|| Rc::new(facts));
        self.bound.insert(key, facts.clone());
        facts
    }
}

fn either(old: Option<&Supposed>, new: Option<&Supposed>) -> Option<Supposed> {
    let adopted: BTreeSet<String> = old.into_iter().chain(new).flat_map(|one| one.adopted.iter().cloned()).collect();
    (old.is_some() || new.is_some()).then_some(Supposed { adopted, left_out: BTreeSet::new() })
}

fn is_made(at: usize, change: &Change, chosen: &Chosen) -> bool {
    match change.role {
        Role::Vocabulary => true,
        Role::Cause | Role::Supposed => chosen.contains(&at),
    }
}

/// Whether a change decides what the facts are, or how they are read.
fn decides_reading(change: &Change) -> bool {
    match &change.what {
        What::Fact(_) | What::Header(HeaderPart::Currency | HeaderPart::Name) => true,
        What::Declared(Sort::Record | Sort::Fact | Sort::Actor, _) => !matches!(change.edit, Edit::Nothing),
        What::Declared(Sort::Definition | Sort::Value | Sort::Calendar | Sort::Amendment, _)
        | What::AsOf
        | What::Clause(_)
        | What::Line(_) => false,
        What::Header(HeaderPart::Made | HeaderPart::InForce | HeaderPart::Calendar | HeaderPart::Months) => false,
        What::Header(HeaderPart::Week | HeaderPart::FiscalYear | HeaderPart::Conforms) => false,
    }
}

fn fact_edits(edit: &Edit) -> &[FactEdit] {
    match edit {
        Edit::Facts(edits) => edits,
        Edit::Nothing | Edit::AsOf | Edit::Name(_) | Edit::Header { .. } => &[],
        Edit::Items { .. } | Edit::InClause { .. } | Edit::Acts { .. } | Edit::Replaced { .. } => &[],
    }
}

fn judged(
    rules: &Rules,
    facts: &Facts,
    as_of: Day,
    (sources, look): (&Sources, Look),
    wanted: impl Fn(ClauseId) -> bool,
) -> Result<Outcomes, Cut> {
    let verdicts = evaluate_some(&rules.plan, facts, as_of, &rules.limits, wanted);
    if let Some(cut) = verdicts.cut_at {
        return Err(cut);
    }
    let names = Names { plan: &rules.plan, facts, sources, naming: Naming::Real };
    let kept = |verdict: Verdict| match look {
        Look::Everything => entry::entry(&names, &verdict, as_of),
        Look::WordAndShares => word_and_shares(&names, &verdict, as_of),
    };
    let found = verdicts.iter().map(kept);
    let tells = |entry: &Entry| look == Look::Everything || entry.called != Called::NotApplicable;
    Ok(found.filter(tells).map(|entry| (entry.key.clone(), entry)).collect())
}

fn word_and_shares(names: &Names, verdict: &Verdict, as_of: Day) -> Entry {
    let instance = &verdict.instance;
    let called = verdict.called(names.strength(instance));
    let norm = names.norm(instance);
    let shared = norm.is_some_and(|norm| norm.bodies.iter().any(|body| matches!(body.test, NormTest::Shared { .. })));
    let shares = match shared && called != Called::NotApplicable {
        true => entry::entry(names, verdict, as_of).shares,
        false => Vec::new(),
    };
    // Whose it is counts, too: where another one has to do it, it is no longer asked of the one who had to.
    let key = Key { bearer: names.whom(instance), ..entry::key(names, instance) };
    Entry { key, called, nuance: Nuance::Plain, days: None, last_day: LastDay::None, decider: None, shares }
}
