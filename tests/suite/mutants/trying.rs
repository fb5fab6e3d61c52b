//! Trying the changes of a clause: the policy's scenarios are run on each changed plan until one of them fails.
//! Only what the change can touch is judged; that the scenarios hold on the unchanged plan is seen first.

use std::collections::BTreeSet;

use overens::cli::stage::Ready;
use overens::compile::compile;
use overens::evaluate::Limits;
use overens::model::Agreement;
use overens::model::expr::ClauseId;
use overens::plan::Plan;
use overens::report::scenario::{Stage, run};
use overens::source::{Sources, Span};
use overens::syntax::tree::Scenario;

use super::reach::Reach;
use super::walk::{Change, Sort, Walk};

/// What all changes of a policy are tried with.
pub struct Bench<'a> {
    pub agreement: &'a Agreement,
    pub plan: &'a Plan,
    pub sources: &'a Sources,
    pub ready: &'a [Ready<'a>],
    pub reach: &'a Reach,
    /// Whether to go on with a sort of which one change has been noticed.
    pub every: bool,
}

/// What came of the changes of one clause.
pub struct Tried {
    pub clause: ClauseId,
    pub changes: usize,
    /// Sorts of which no change was noticed.
    pub unnoticed: Vec<Change>,
    /// Changes that were not noticed while another of their sort was, at the same place or only elsewhere.
    pub same_place: Vec<Change>,
    pub elsewhere: Vec<Change>,
    /// Scenarios that fail without any change.
    pub wrong: Vec<String>,
}

/// A scenario of which only those expectations are left that the change can touch.
struct Touched<'a> {
    ready: &'a Ready<'a>,
    scenario: Scenario,
    direct: usize,
}

pub fn try_out(bench: &Bench, clause: ClauseId) -> Tried {
    let touched = bench.reach.touched_by(clause);
    let needed = bench.reach.needed_for(&touched);
    let scenarios = scenarios(bench, clause, &touched);
    let changes = changed(bench, clause, None).1;
    let mut noticed: BTreeSet<(Sort, Option<Span>)> = BTreeSet::new();
    let (mut alive, mut count) = (Vec::new(), 0);
    for (number, change) in changes.iter().enumerate() {
        if !bench.every && noticed.contains(&(change.sort, None)) {
            continue;
        }
        count += 1;
        let plan = only(changed(bench, clause, Some(number)).0, &needed);
        if scenarios.iter().any(|one| fails(bench, one, &plan)) {
            noticed.extend([(change.sort, None), (change.sort, Some(change.place))]);
        } else {
            alive.push(change.clone());
        }
    }
    let of_sort = |change: &Change| noticed.contains(&(change.sort, None));
    let at_place = |change: &Change| noticed.contains(&(change.sort, Some(change.place)));
    let (rest, unnoticed) = alive.into_iter().partition::<Vec<Change>, _>(of_sort);
    let (same_place, elsewhere) = rest.into_iter().partition(at_place);
    let wrong = failing(bench, &scenarios, &only(bench.plan.clone(), &needed));
    Tried { clause, changes: count, unnoticed, same_place, elsewhere, wrong }
}

/// The plan with one change, or without any, and all the changes that there are.
fn changed(bench: &Bench, clause: ClauseId, number: Option<usize>) -> (Plan, Vec<Change>) {
    let mut agreement = bench.agreement.clone();
    let mut walk = match number {
        Some(number) => Walk::making(&bench.agreement.schema, number),
        None => Walk::listing(&bench.agreement.schema),
    };
    walk.clause(&mut agreement, clause);
    let mut plan = compile(&agreement);
    walk.strength(&mut plan, clause);
    (plan, walk.found)
}

/// The plan with the norms of these clauses only.
fn only(mut plan: Plan, needed: &BTreeSet<ClauseId>) -> Plan {
    plan.norms.retain(|norm| needed.contains(&norm.clause));
    plan
}

/// The scenarios that expect something of what is touched; those first that expect most of the clause itself.
fn scenarios<'a>(bench: &Bench<'a>, clause: ClauseId, touched: &BTreeSet<ClauseId>) -> Vec<Touched<'a>> {
    let mut found: Vec<Touched> = Vec::new();
    for ready in bench.ready {
        let named = |name: &str| bench.plan.find_clause(name);
        let mut scenario = ready.scenario.clone();
        scenario.expectations.retain(|one| named(&one.clause.it).is_some_and(|clause| touched.contains(&clause)));
        let direct = scenario.expectations.iter().filter(|one| named(&one.clause.it) == Some(clause)).count();
        if !scenario.expectations.is_empty() {
            found.push(Touched { ready, scenario, direct });
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.direct));
    found
}

fn fails(bench: &Bench, one: &Touched, plan: &Plan) -> bool {
    let Some(as_of) = one.ready.as_of else { return false };
    let limits = Limits::default();
    let stage = Stage { plan, sources: bench.sources, facts: &one.ready.facts, as_of, limits: &limits };
    !run(&one.scenario, stage).unwrap().failures.is_empty()
}

fn failing(bench: &Bench, scenarios: &[Touched], plan: &Plan) -> Vec<String> {
    let wrong = scenarios.iter().filter(|one| fails(bench, one, plan));
    wrong.map(|one| one.scenario.title.it.clone()).collect()
}
