//! The clauses that a machine decides say what their scenarios prove: change a clause in any slot that it has, by a day, a
//! number, an option, a strength, and some scenario of the policy fails.
//!
//! `OVERENS_MUTANTS=every` tries every change, and tells those too that go unnoticed while another of their sort is noticed.

mod amendments;
mod expressions;
mod lines;
mod parts;
mod reach;
mod slots;
mod strength;
mod trying;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use overens::model::Agreement;
use overens::model::expr::ClauseId;
use overens::plan::Plan;
use overens::source::Span;

use super::bundled::{self, Bundled};
use super::decided::{self, Way};
use reach::Reach;
use trying::{Bench, Tried, try_out};
use walk::{Change, Walk};

#[test]
fn a_change_of_a_clause_that_a_machine_decides_is_noticed_by_a_scenario() {
    let every = std::env::var("OVERENS_MUTANTS").is_ok_and(|value| value == "every");
    let mut wrong = Vec::new();
    for name in bundled::names() {
        match told(&name, every) {
            Ok(told) => {
                print!("{}", told.all);
                if !told.wrong.is_empty() {
                    wrong.push(told.wrong);
                }
            }
            Err(findings) => wrong.push(format!("{name} cannot be judged:\n{findings}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where the definitions stand that a clause uses, itself or through others.
pub fn definitions(agreement: &Agreement, clause: ClauseId) -> Vec<Span> {
    let mut walk = Walk::listing(&agreement.schema);
    walk.clause(&mut agreement.clone(), clause);
    let used = walk.definitions.iter().filter_map(|one| agreement.definitions.get(usize::from(one.0)));
    let values = walk.values.iter().filter_map(|one| agreement.values.get(usize::from(one.0)));
    used.map(|one| one.span).chain(values.map(|one| one.span)).collect()
}

struct Told {
    all: String,
    wrong: String,
}

fn told(name: &str, every: bool) -> Result<Told, String> {
    let Bundled { policy, mut sources, .. } = bundled::read(name)?;
    let ready = bundled::scenarios(&policy, &mut sources)?;
    let plan = policy.plan.as_ref().ok_or("it has no plan")?;
    let reach = Reach::of(&policy.agreement);
    let bench = Bench { agreement: &policy.agreement, plan, sources: &sources, ready: &ready, reach: &reach, every };
    let clauses: Vec<ClauseId> = by_machine(plan).into_iter().collect();
    let mut tried = in_parallel(&bench, &clauses);
    tried.sort_by_key(|one| one.clause);
    Ok(report(name, &bench, &tried))
}

/// The clauses that decide a statement by machine; where a text has no catalogue of statements, all that a machine decides.
fn by_machine(plan: &Plan) -> BTreeSet<ClauseId> {
    let statements = decided::statements(plan, &decided::proposed());
    if statements.is_empty() {
        let all = (0..plan.clauses.len()).filter_map(|at| u16::try_from(at).ok()).map(ClauseId);
        return all.filter(|clause| decided::ways(plan, *clause).contains_key(&Way::Machine)).collect();
    }
    statements.into_values().filter(|one| one.way == Way::Machine).flat_map(|one| one.deciding).collect()
}

fn in_parallel(bench: &Bench, clauses: &[ClauseId]) -> Vec<Tried> {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let work = || {
        let mut tried = Vec::new();
        while let Some(clause) = clauses.get(next.fetch_add(1, Ordering::Relaxed)) {
            tried.push(try_out(bench, *clause));
        }
        tried
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

fn report(name: &str, bench: &Bench, tried: &[Tried]) -> Told {
    let changes: usize = tried.iter().map(|one| one.changes).sum();
    let mut all = format!("# {name}: {} clauses decided by machine, {changes} changes tried\n", tried.len());
    let mut wrong = String::new();
    for one in tried {
        let clause = bench.plan.clause(one.clause).map_or("", |clause| &clause.name);
        for title in &one.wrong {
            wrong.push_str(&format!("{name}: {clause}: without any change, \"{title}\" fails\n"));
        }
        for (sort, changes) in by_sort(&one.unnoticed) {
            wrong.push_str(&format!("{name}: {clause}: {sort}: no scenario notices\n{}", lines(bench, &changes)));
        }
        for (rest, words) in
            [(&one.elsewhere, "not noticed here, but elsewhere"), (&one.same_place, "also not noticed")]
        {
            if !rest.is_empty() {
                all.push_str(&format!("{name}: {clause}: {words}\n{}", lines(bench, rest)));
            }
        }
    }
    all.push_str(&wrong);
    Told { all, wrong }
}

fn by_sort(changes: &[Change]) -> BTreeMap<walk::Sort, Vec<Change>> {
    let mut sorted: BTreeMap<walk::Sort, Vec<Change>> = BTreeMap::new();
    for change in changes {
        sorted.entry(change.sort).or_default().push(change.clone());
    }
    sorted
}

fn lines(bench: &Bench, changes: &[Change]) -> String {
    let told = changes.iter().map(|change| {
        let (_, at) = bench.sources.at(change.place);
        let words = bench.sources.text(change.place).split_whitespace().collect::<Vec<_>>().join(" ");
        let words: String = words.chars().take(70).collect();
        format!("    line {}, {} `{words}`: {}\n", at.line, change.sort, change.words)
    });
    told.collect()
}
