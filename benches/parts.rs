//! `cargo bench` times the parts of a run by themselves: reading a policy, loading facts in each notation, judging by each
//! rule and by all, and whole processes. `OVERENS_BENCH_UP_TO` says up to how many organisations (10,000 unless told).

#![allow(clippy::disallowed_methods, reason = "a benchmark reads and writes the files that it is about")]

mod register;

use std::hint::black_box;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

use overens::check::check;
use overens::compile::compile;
use overens::diagnostics::Sink;
use overens::evaluate::{Limits, evaluate_some};
use overens::source::Sources;
use overens::syntax::{self, tree::Tree};

use register::judged::{Ready, ready};
use register::written::{self, Notation, Order};
use register::{by_hand, mixed, package, policy};

const SEED: u64 = 11;

/// As the program itself has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn sizes() -> Vec<usize> {
    let up_to = std::env::var("OVERENS_BENCH_UP_TO").ok().and_then(|told| told.parse().ok()).unwrap_or(10_000);
    [1_000, 10_000, 100_000, 1_000_000].into_iter().filter(|size| *size <= up_to).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("overens-bench-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn parsed(text: &str) -> Tree {
    let file = Sources::default().add("policy", text);
    syntax::read(file, text, &mut Sink::default())
}

/// A real agreement (51 clauses), the county's eight, and a thousand that were drawn.
fn policies(bench: &mut Criterion) {
    let text = |path: &str| std::fs::read_to_string(package().join(path)).unwrap();
    let all = [
        ("samverkan", text("policies/samverkan/samverkan.overens")),
        ("county_register", text("policies/county_register/county_register.overens")),
        ("drawn_1000", mixed::policy(1_000, SEED)),
    ];
    let mut parse = bench.benchmark_group("parse");
    for (name, text) in &all {
        parse.throughput(Throughput::Bytes(text.len() as u64));
        parse.bench_function(*name, |bench| bench.iter(|| parsed(black_box(text))));
    }
    parse.finish();
    let mut checks = bench.benchmark_group("check and compile");
    for (name, text) in &all[1..] {
        let trees = [parsed(text)];
        checks.bench_function(*name, |bench| bench.iter(|| compile(&check(black_box(&trees), &mut Sink::default()))));
    }
    checks.finish();
}

/// From the files to facts; the county's policy is read with them, which takes a millisecond.
fn loading(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("load");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    let folder = folder("load");
    for size in sizes() {
        group.throughput(Throughput::Elements(11 * size as u64));
        for notation in Notation::ALL {
            let path = written::facts(size, SEED, notation, &folder).unwrap();
            let id = BenchmarkId::new(format!("{notation:?}"), size);
            group.bench_function(id, |bench| bench.iter(|| ready(&policy(), black_box(&path)).unwrap()));
        }
        group.bench_function(BenchmarkId::new("by hand", size), |bench| bench.iter(|| by_hand::read(&folder).unwrap()));
    }
    group.finish();
    let _ = std::fs::remove_dir_all(folder);
}

fn loaded(size: usize, policy: &std::path::Path) -> Ready {
    let folder = folder(&format!("judge-{size}"));
    let facts = written::facts(size, SEED, Notation::Csv, &folder).unwrap();
    let ready = ready(policy, &facts).unwrap();
    let _ = std::fs::remove_dir_all(folder);
    ready
}

fn judging(bench: &mut Criterion) {
    let drawn = folder("drawn");
    let forty = drawn.join("drawn.overens");
    std::fs::write(&forty, mixed::policy(40, SEED)).unwrap();
    for size in sizes() {
        let mut group = bench.benchmark_group(format!("judge {size}"));
        group.sample_size(10).measurement_time(Duration::from_secs(3));
        group.throughput(Throughput::Elements(33 * size as u64));
        let ready = loaded(size, &policy());
        group.bench_function("all rules", |bench| bench.iter(|| black_box(&ready).verdicts()));
        for (at, clause) in ready.plan().clauses.iter().enumerate() {
            let wanted = |id: overens::model::expr::ClauseId| usize::from(id.0) == at;
            group.bench_function(&clause.name, |bench| {
                bench.iter(|| {
                    evaluate_some(ready.plan(), black_box(&ready.facts), ready.as_of, &Limits::default(), wanted)
                })
            });
        }
        let drawn = loaded(size, &forty);
        group.bench_function("forty drawn clauses", |bench| bench.iter(|| black_box(&drawn).verdicts()));
        by_hand_rules(&mut group, size);
        group.finish();
    }
    let _ = std::fs::remove_dir_all(drawn);
}

fn by_hand_rules(group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>, size: usize) {
    let folder = folder(&format!("by-hand-{size}"));
    written::csv(size, SEED, Order::ById, &folder).unwrap();
    group.bench_function("by hand", |bench| {
        bench.iter_batched(|| by_hand::read(&folder).unwrap(), by_hand::rules, BatchSize::LargeInput)
    });
    let _ = std::fs::remove_dir_all(folder);
}

/// Whole processes, from start to exit: one organisation, and what is bundled.
fn processes(bench: &mut Criterion) {
    let folder = folder("one");
    let one = written::facts(1, SEED, Notation::Csv, &folder).unwrap();
    let overens = |words: &[&std::ffi::OsStr]| {
        let run = Command::new(env!("CARGO_BIN_EXE_overens")).args(words).stdout(Stdio::null()).status().unwrap();
        assert!(matches!(run.code(), Some(0 | 1)));
    };
    let mut group = bench.benchmark_group("process");
    group.sample_size(20);
    let county = policy();
    group.bench_function("one organisation", |bench| {
        bench.iter(|| overens(&["eval".as_ref(), county.as_ref(), one.as_ref()]))
    });
    let samverkan = package().join("policies/samverkan");
    group.bench_function("samverkan", |bench| bench.iter(|| overens(&["eval".as_ref(), samverkan.as_ref()])));
    group.finish();
    let _ = std::fs::remove_dir_all(folder);
}

criterion_group!(all, policies, loading, judging, processes);
criterion_main!(all);
