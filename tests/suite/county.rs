//! The county register as a workload: what overens makes of it is what other engines make of it, to the last öre.
//! Larger registers are held by `cargo run --release --example county cross-check`.

#[path = "../../benches/register/mod.rs"]
mod register;

use std::path::Path;

use register::judged::{self, ready};
use register::twister::Twister;
use register::written::{self, Notation, Order};
use register::{Expected, by_hand, expected, policy};

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
