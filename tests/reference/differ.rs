//! Looks for agreements on which the product and the reference differ, and shows a smallest one of each kind.
//!
//! `cargo run --profile quick --example differ -- --cases 20000 --seed 1`
//!
//! Further: `--only TEXT` (clauses that hold the text), `--shown N` (at most so many differences, 10), `--read POLICY FACTS`
//! (compares one agreement), `--faults FOLDER` (holds the reference against cases whose verdicts were worked out by hand),
//! `--first` (stops at the first difference, with exit code 1), `--list` (differences as they are), `--without N,N` (cases left out),
//! `--case N,N` (these only, each with its smallest difference),
//! `--forms` (which forms were drawn, and how often decided),
//! `--laws` (holds the product against what is true of every agreement, without a second opinion).
#![allow(clippy::disallowed_methods, reason = "it reads the files that it is given")]

#[path = "forms.rs"]
mod forms;
#[path = "hand.rs"]
mod hand;
#[path = "mod.rs"]
mod reference;

use std::collections::BTreeMap;

use forms::Forms;
use overens::evaluate::{Limits, evaluate};
use overens::verdict::Verdict;

use reference::compare::{Read, compare, read, said};
use reference::laws::broken;
use reference::made::{made, seed_of};
use reference::shrink::{differs, on_each_day, shrink};

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let after = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
    if let Some(at) = words.iter().position(|word| word == "--read") {
        return one(&words[at + 1], &words[at + 2]);
    }
    if let Some(folder) = after("--faults") {
        return hand::hold(folder, after("--only").map_or("", |only| only));
    }
    let number = |name: &str, or: u64| after(name).and_then(|word| word.parse().ok()).unwrap_or(or);
    let (cases, seed, shown) = (number("--cases", 1000), number("--seed", 1), number("--shown", 10));
    std::panic::set_hook(Box::new(|why| eprintln!("{why}")));
    let without: Vec<u64> =
        after("--without").map_or(vec![], |all| all.split(',').filter_map(|one| one.parse().ok()).collect());
    let listed = words.iter().any(|word| word == "--list");
    if words.iter().any(|word| word == "--laws") {
        return laws(cases, seed, shown);
    }
    if let Some(all) = after("--case") {
        return all.split(',').filter_map(|one| one.parse().ok()).for_each(|case| smallest(seed, case));
    }
    let at_first = words.iter().any(|word| word == "--first");
    let (mut agreed, mut tried, mut differing, mut refused) = (0_usize, 0, 0_usize, 0_usize);
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut forms = Forms::default();
    let mut case = 0;
    while tried < cases {
        case += 1;
        if without.contains(&case) {
            continue;
        }
        let made = made(seed_of(seed, case));
        if after("--only").is_some_and(|text| !made.policy().contains(text.as_str())) {
            tried += 1;
            continue;
        }
        tried += made.days().len() as u64;
        let compared = match on_each_day(&made) {
            None => {
                refused += 1;
                if let (Err(why), true) = (read(&made.policy(), &made.fact_file(), None), refused <= 2) {
                    println!("refused: {why}\n{}\n{}", made.policy(), made.fact_file());
                }
                continue;
            }
            Some(Ok(compared)) => compared,
            Some(Err(why)) => {
                differing += 1;
                println!("case {case}: {why}\n{}\n{}", made.policy(), made.fact_file());
                if at_first {
                    break;
                }
                continue;
            }
        };
        forms.add(&made, &compared.clauses);
        agreed += compared.agreed;
        for (why, many) in compared.skipped {
            *skipped.entry(why).or_default() += many;
        }
        let Some(first) = compared.differences.first() else { continue };
        differing += 1;
        if at_first || listed {
            println!("case {case}: {first}");
            if at_first {
                break;
            }
            continue;
        }
        let clause = made.clauses.iter().find(|lines| lines[0].ends_with(&format!(" {}", first.clause)));
        let head = clause.map_or(String::new(), |lines| lines[0].split(' ').next().unwrap_or("").to_string());
        let kind = format!("{head}: {} {} | {}", first.what, first.reference, first.product);
        let seen = kinds.entry(kind.clone()).or_default();
        *seen += 1;
        if *seen > 2 || kinds.values().map(|many| (*many).min(2)).sum::<usize>() as u64 > shown {
            continue;
        }
        let (small, told) = shrink(&made, first);
        println!("==== case {case} of seed {seed}: {kind}");
        println!("{}\n{}", small.policy(), small.fact_file());
        println!("{told}\n");
    }
    println!("{agreed} verdicts agree; {differing} of {case} agreements differ, in {tried} cases; {refused} refused");
    if words.iter().any(|word| word == "--forms") {
        forms.print();
    }
    for (kind, many) in kinds {
        println!("  {many} × {kind}");
    }
    println!("without an opinion:");
    for (why, many) in skipped {
        println!("  {many} × {why}");
    }
    if at_first && differing > 0 {
        std::process::exit(1);
    }
}

/// Shows the smallest difference of one case.
fn smallest(seed: u64, case: u64) {
    let made = made(seed_of(seed, case));
    let Some(first) = differs(&made) else { return println!("==== case {case} of seed {seed}: no difference") };
    let (small, told) = shrink(&made, &first);
    println!("==== case {case} of seed {seed}: {first}\n{}\n{}\n{told}\n", small.policy(), small.fact_file());
}

/// Holds made agreements against what is true of all of them.
fn laws(cases: u64, seed: u64, shown: u64) {
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    for case in 0..cases {
        let number = seed_of(seed, case);
        let made = made(number);
        for told in broken(&made, number) {
            let seen = kinds.entry(told.split(':').next().unwrap_or("").to_string()).or_default();
            *seen += 1;
            if *seen <= shown {
                println!("==== case {case} of seed {seed}: {told}\n{}\n{}\n", made.policy(), made.fact_file());
            }
        }
    }
    println!("{cases} cases held against the laws");
    for (law, many) in kinds {
        println!("  {many} × {law}");
    }
}

/// Compares one agreement, told verdict by verdict.
fn one(policy: &str, facts: &str) {
    let text = |path: &str| std::fs::read_to_string(path).unwrap();
    let read = read(&text(policy), &text(facts), None).unwrap();
    let compared = compare(&read).unwrap();
    for one in compared.differences {
        println!("{one}");
    }
    said(&read).iter().for_each(|line| println!("{line}"));
    told(&read).iter().for_each(|line| println!("product: {line}"));
    println!("{} agree, without an opinion: {:?}", compared.agreed, compared.skipped);
}

/// What the product says, a line each.
fn told(read: &Read) -> Vec<String> {
    let all = evaluate(&read.plan, &read.facts, read.as_of, &Limits::default());
    let line = |one: Verdict| {
        let norm = read.plan.norm(one.instance.norm).unwrap();
        let name = &read.plan.clause(norm.clause).unwrap().name;
        let period = one.instance.period.map(|period| format!("{} through {}", period.first(), period.last()));
        let (subject, bearer, span) = (one.instance.subject, one.instance.bearer, one.instance.span);
        format!("{name} {subject:?} {bearer:?} {period:?} {span:?}: {:?} {:?}", one.status, one.days)
    };
    all.iter().map(line).collect()
}
