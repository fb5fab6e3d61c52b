//! The cases whose verdicts somebody worked out by hand: a fault is one only where it gives one of them another verdict.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;

use overens::cli::fact_files::From;
use overens::cli::files::{policies, policies_within};
use overens::cli::neighbours::Neighbours;
use overens::cli::policy_files::{Shelf, policy};
use overens::cli::stage::{Ready, stage};
use overens::diagnostics::Sink;
use overens::evaluate::{Limits, evaluate};
use overens::report::scenario::{Stage, run};
use overens::seeded::{SEEN, set};
use overens::source::Sources;
use overens::verdict::Verdict;

/// Says of each fault which scenario of these folders it breaks, if any: a verdict is another, and an expectation does not hold.
pub fn work(folders: &[String], faults: &[u32]) {
    let mut open: Vec<u32> = faults.to_vec();
    for path in folders.iter().flat_map(|folder| all_below(Path::new(folder))) {
        if open.is_empty() {
            break;
        }
        let (mut sources, mut problems) = (Sources::default(), Sink::default());
        let Ok(read) = policy(&path, &mut sources, &mut problems) else { continue };
        let (mut shelf, mut neighbours) = (Shelf::default(), Neighbours::default());
        let mut from = From { shelf: &mut shelf, neighbours: &mut neighbours, sources: &mut sources };
        let Ok(staged) = stage(&read, &mut from, &mut problems) else { continue };
        for ready in &staged {
            let (Some(plan), Some(as_of)) = (&read.plan, ready.as_of) else { continue };
            let stage = Stage { plan, sources: &sources, facts: &ready.facts, as_of, limits: &Limits::default() };
            SEEN.iter().for_each(|seen| seen.store(false, Relaxed));
            let without = judged(stage, 0);
            let come_by: Vec<bool> = SEEN.iter().map(|seen| seen.load(Relaxed)).collect();
            open.retain(|fault| {
                let comes_by = come_by.get(*fault as usize % SEEN.len()).is_some_and(|seen| *seen);
                if comes_by {
                    println!("at {fault}");
                }
                let breaks = comes_by && judged(stage, *fault) != without && !holds(stage, ready, *fault);
                if breaks {
                    println!("worked {fault} {}, {}", path.display(), ready.scenario.title.it);
                }
                !breaks
            });
        }
    }
    open.iter().for_each(|fault| println!("unworked {fault} -"));
    println!("tried all");
}

fn all_below(folder: &Path) -> Vec<PathBuf> {
    policies(folder).map(|found| found.all()).or_else(|_| policies_within(folder)).unwrap_or_default()
}

/// What comes out; nothing where the product stops.
fn judged(stage: Stage, fault: u32) -> Option<Vec<Verdict>> {
    set(fault);
    let all = || evaluate(stage.plan, stage.facts, stage.as_of, stage.limits).iter().collect();
    let all = catch_unwind(AssertUnwindSafe(all)).ok();
    set(0);
    all
}

/// Whether everything that the scenario expects is so.
fn holds(stage: Stage, ready: &Ready, fault: u32) -> bool {
    set(fault);
    let tried = || run(ready.scenario, stage).is_ok_and(|trial| trial.failures.is_empty());
    let held = catch_unwind(AssertUnwindSafe(tried));
    set(0);
    held.unwrap_or(false)
}
