//! Which of the faults that `tests/mutation/seeded` put into this copy of the tree the comparison finds.
//!
//! `faults --cases N --seed S --from CASE --faults 1,2,3 --reads 2`: each made agreement is judged with each of the faults that it
//! comes by. Where that changes what comes out, the agreement is compared as `differ` compares it, all of it under the fault: the reading, the product
//! and the reference. An agreement that differs without a fault finds none. `--reads` names the faults that may change how it is read.
//!
//! `faults --faults 1,2,3 --worked FOLDER FOLDER`: which of them change a verdict of a scenario below these folders.

#[path = "../reference/mod.rs"]
mod reference;
mod worked;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use overens::seeded::{SEEN, set};

use reference::alike::{Told, told, with_hidden_rows};
use reference::compare::{Opened, opened};
use reference::laws::broken;
use reference::made::{Made, made, seed_of};
use reference::shrink::on_each_day;

/// What is being tried; it goes on.
static STEP: AtomicU64 = AtomicU64::new(0);
/// Seconds after which it does not.
const ENDLESS: u64 = 20;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let after = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
    let number = |name: &str, or: u64| after(name).and_then(|word| word.parse().ok()).unwrap_or(or);
    let (cases, seed, from) = (number("--cases", 1000), number("--seed", 1), number("--from", 1));
    let numbers = |name: &str| -> Vec<u32> {
        after(name).map_or(vec![], |all| all.split(',').filter_map(|one| one.parse().ok()).collect())
    };
    let (mut faults, reads) = (numbers("--faults"), numbers("--reads"));
    std::panic::set_hook(Box::new(|_| {}));
    if let Some(at) = words.iter().position(|word| word == "--worked") {
        return worked::work(&words[at + 1..], &faults);
    }
    std::thread::spawn(watch);
    let (mut tried, mut case, mut reached) = (0, 0, BTreeSet::new());
    while tried < cases && !faults.is_empty() {
        case += 1;
        let made = made(seed_of(seed, case));
        tried += made.days().len() as u64;
        if case < from {
            continue;
        }
        step();
        SEEN.iter().for_each(|seen| seen.store(false, Relaxed));
        let Some(read) = read(&made) else { continue };
        let without = all_told(&made, &read);
        let come_by: Vec<bool> = SEEN.iter().map(|seen| seen.load(Relaxed)).collect();
        let comes_by = |fault: u32| come_by.get(fault as usize % SEEN.len()).is_some_and(|seen| *seen);
        reached.extend(faults.iter().copied().filter(|fault| comes_by(*fault)));
        let mut differs = None;
        faults.retain(|fault| {
            if !comes_by(*fault) {
                return true;
            }
            println!("at {fault} {case}");
            step();
            set(*fault);
            let changed = if reads.contains(fault) {
                self::read(&made).is_none_or(|read| all_told(&made, &read) != without)
            } else {
                all_told(&made, &read) != without
            };
            let seed = seed_of(seed, case);
            let difference = if changed { difference(&made).or_else(|| broken_law(&made, seed)) } else { None };
            set(0);
            if !changed {
                return true;
            }
            let Some(difference) = difference else {
                println!("unseen {fault} {case}");
                return true;
            };
            let open = || self::difference(&made).or_else(|| broken_law(&made, seed)).is_some();
            if *differs.get_or_insert_with(open) {
                return true;
            }
            println!("found {fault} {case} {difference}");
            false
        });
    }
    for fault in faults {
        if !reached.contains(&fault) {
            println!("unreached {fault} -");
        }
    }
    println!("tried {tried}");
}

fn step() {
    STEP.fetch_add(1, Relaxed);
}

/// Ends the run where nothing goes on.
fn watch() {
    let mut seen = (0, 0);
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let step = STEP.load(Relaxed);
        seen = if step == seen.0 { (step, seen.1 + 1) } else { (step, 0) };
        if seen.1 > ENDLESS {
            std::process::exit(3);
        }
    }
}

fn read(made: &Made) -> Option<Opened> {
    catch_unwind(AssertUnwindSafe(|| opened(&made.policy(), &made.fact_file(), None).ok())).ok().flatten()
}

/// What comes out as of each day; nothing where the product stops.
fn all_told(made: &Made, read: &Opened) -> Option<Vec<Told>> {
    let judged = || {
        let hidden = with_hidden_rows(made, &read.facts);
        let each = hidden.iter().chain([read]);
        each.flat_map(|read| made.days().into_iter().map(|day| told(&read.plan, &read.facts, day))).collect()
    };
    catch_unwind(AssertUnwindSafe(judged)).ok()
}

/// The first difference that is found.
fn difference(made: &Made) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(|| on_each_day(made))) {
        Ok(Some(Ok(compared))) => compared.differences.first().map(ToString::to_string),
        Ok(Some(Err(why))) => Some(why),
        Ok(None) => None,
        Err(_) => Some("it stops".to_string()),
    }
}

/// The first law that is broken.
fn broken_law(made: &Made, seed: u64) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(|| broken(made, seed))) {
        Ok(told) => told.into_iter().next().map(|told| told.lines().next().unwrap_or("").to_string()),
        Err(_) => Some("it stops".to_string()),
    }
}
