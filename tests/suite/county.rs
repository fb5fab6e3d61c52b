//! The county register as a workload: what overens makes of it is what other engines make of it, to the last öre.
//! Larger registers are held by `cargo run --release --example county cross-check`.

#[path = "../../benches/register/mod.rs"]
mod register;

use std::path::Path;

use overens::report::Digest;
use register::judged::{self, ready};
use register::twister::Twister;
use register::written::{self, Notation, Order};
use register::{Expected, by_hand, expected, policy};

use super::terminal_agreements::overens;

fn small() -> Vec<Expected> {
    expected().into_iter().filter(|one| one.organisations == 1000).collect()
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("county-{name}"));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_register_is_judged_as_other_engines_judge_it() {
    let folder = folder("judged");
    for one in small() {
        for notation in Notation::ALL {
            let facts = written::facts(one.organisations, one.seed, notation, &folder).unwrap();
            let ready = ready(&policy(), &facts).unwrap();
            assert_eq!(judged::line(&ready), one.line, "seed {}, {notation:?}", one.seed);
        }
    }
}

#[test]
fn the_rules_by_hand_give_the_same_line_in_whatever_order_the_rows_stand() {
    let folder = folder("by-hand");
    for one in small() {
        for order in [Order::ById, Order::Shuffled] {
            written::csv(one.organisations, one.seed, order, &folder).unwrap();
            assert_eq!(by_hand::run(&folder).unwrap(), one.line, "seed {}, {order:?}", one.seed);
        }
    }
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    let folder = folder("shuffled");
    for one in small() {
        written::csv(one.organisations, one.seed, Order::Shuffled, &folder).unwrap();
        let ready = ready(&policy(), &folder.join(Notation::Csv.file())).unwrap();
        assert_eq!(judged::line(&ready), one.line, "seed {}", one.seed);
    }
}

#[test]
fn a_summary_says_what_all_rows_come_to() {
    let folder = folder("summary");
    written::facts(1000, 11, Notation::Csv, &folder).unwrap();
    let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/county_register");
    let told = |more: &[&str]| {
        let (exit, results, messages) =
            overens(&folder, &[&["eval", policy.to_str().unwrap(), Notation::Csv.file()], more].concat());
        assert_eq!((exit, messages.as_str()), (1, ""), "{results}");
        results
    };
    let summary = told(&["--format", "summary"]);
    // As the line of the other engines says, for a thousand organisations of seed 11.
    for line in [
        "§ 1 signed: 797 satisfied, 203 violated",
        "§ 2 annual_report: 5248 satisfied, 3306 late, 725 violated, 721 pending",
        "§ 3 financial_report: 5222 satisfied, 3333 late, 706 violated, 739 pending",
        "§ 6 long_plan: 279 satisfied, 364 not followed, 357 not applicable",
        "due 2020-03-31: § 2 annual_report, 721 times",
        "due 2020-03-31: § 3 financial_report, 739 times",
    ] {
        assert!(summary.lines().any(|one| one == line), "{line}\n{summary}");
    }
    // The digest is that of the shares one by one.
    let rows = told(&["--format", "csv", "--shares"]);
    for clause in ["equal_grant", "grant_by_members"] {
        let of_clause = rows.lines().filter(|row| row.split(',').nth(3) == Some(clause));
        let words = of_clause.flat_map(|row| row.split(',').skip(7).take(3));
        let line = format!("{clause}: SEK 1 234 567.89 among 797, digest {}", Digest::of(words));
        assert!(summary.contains(&line), "{line}\n{summary}");
    }
}

/// What `random.Random(5489).random()` and `random.Random(2**40).random()` give in Python.
#[test]
fn numbers_are_drawn_as_python_draws_them() {
    for (seed, drawn) in PYTHON {
        let mut twister = Twister::new(seed);
        let here: Vec<String> = drawn.iter().map(|_| format!("{:.17}", twister.unit())).collect();
        assert_eq!(here, drawn, "seed {seed}");
    }
}

const PYTHON: [(u64, [&str; 3]); 2] = [
    (5489, ["0.78761101679978029", "0.09726746409143749", "0.97359957077908088"]),
    (1099511627776, ["0.10363945628123750", "0.67055586774397635", "0.42665439135269989"]),
];
