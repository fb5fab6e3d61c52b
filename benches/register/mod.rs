//! The county register as a workload: drawn from a seed, written in every notation, judged by hand and by overens.
//! Benchmarks, the program `county` and the tests share it.
#![allow(dead_code, reason = "each of those who share this uses a part of it")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads and writes the files that it is about")]

pub mod by_hand;
pub mod clock;
pub mod drawn;
pub mod judged;
pub mod mixed;
pub mod table;
pub mod twister;
pub mod written;

use std::path::{Path, PathBuf};

/// The lines that other engines print, too: one for each number of organisations and seed.
pub struct Expected {
    pub organisations: usize,
    pub seed: u64,
    pub line: String,
}

/// The folder of this package.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn policy() -> PathBuf {
    package().join("policies/county_register")
}

/// What the file of expected lines holds.
pub fn expected() -> Vec<Expected> {
    let text = std::fs::read_to_string(package().join("benches/register/expected.jsonl")).unwrap();
    text.lines().map(expected_line).collect()
}

fn expected_line(text: &str) -> Expected {
    let between = |before: &str, after: char| {
        let (_, rest) = text.split_once(before).unwrap();
        rest.split_once(after).unwrap().0
    };
    let (_, line) = text.split_once("\"line\":").unwrap();
    Expected {
        organisations: between("\"n\":", ',').parse().unwrap(),
        seed: between("\"seed\":", ',').parse().unwrap(),
        line: line.strip_suffix('}').unwrap().to_owned(),
    }
}
