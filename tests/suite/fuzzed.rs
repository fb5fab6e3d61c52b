//! What is fed with made-up input elsewhere (`tests/fuzz/run`), fed with its corpus: the examples to begin with, and every input that
//! once stopped it. Each input is also changed at random, a few times in every run and, by hand, for as long as is said:
//!
//!     OVERENS_FUZZ=60 cargo test made_up_input -- --nocapture

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::fuzzed::{TARGETS, Target};

fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
    let mut inputs: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "{name} has no corpus");
    inputs.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn no_input_of_a_corpus_stops_its_target() {
    let mut wrong = Vec::new();
    for (name, target) in TARGETS {
        for (path, bytes) in corpus(name) {
            if catch_unwind(|| target(&bytes)).is_err() {
                wrong.push(path.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_made_up_input_stops_its_target() {
    let seconds = std::env::var("OVERENS_FUZZ").ok().and_then(|seconds| seconds.parse().ok());
    let only = std::env::var("OVERENS_FUZZ_ONLY").ok();
    let mut wrong = Vec::new();
    for target in TARGETS.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == name)) {
        wrong.extend(feed(target, seconds.map(Duration::from_secs)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Feeds a target with changed inputs, twenty where no time is said; the files in which those were kept that stopped it.
fn feed((name, target): &Target, time: Option<Duration>) -> Vec<String> {
    let inputs = corpus(name);
    // Without a time the same inputs in every run; with one, others in every run.
    let seed = time.map_or(1, |_| u64::from(std::process::id()));
    let (mut random, begun, mut runs, mut wrong) = (Random(seed), Instant::now(), 0_u64, Vec::new());
    let more = |runs| time.map_or(runs < 20, |time| begun.elapsed() < time);
    while more(runs) {
        let bytes = changed(&inputs, &mut random);
        let at = Instant::now();
        let stopped = catch_unwind(|| target(&bytes)).is_err();
        let slow = at.elapsed() > Duration::from_secs(20);
        if (stopped || slow) && wrong.len() < 20 {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz/found");
            fs::create_dir_all(&folder).unwrap();
            let path = folder.join(format!("{name}-{seed}-{runs}"));
            fs::write(&path, &bytes).unwrap();
            wrong.push(format!(
                "{} {}",
                path.display(),
                if stopped { "stops it" } else { "takes more than 20 seconds" }
            ));
        }
        runs += 1;
    }
    if time.is_some() {
        println!("{name:12} {runs:>9} runs in {:>4} seconds, {} finds", begun.elapsed().as_secs(), wrong.len());
    }
    wrong
}

/// An input of the corpus with one to four changes.
fn changed(inputs: &[(PathBuf, Vec<u8>)], random: &mut Random) -> Vec<u8> {
    let mut bytes = inputs[random.below(inputs.len())].1.clone();
    for _ in 0..1 + random.below(4) {
        let (at, length) = (random.below(bytes.len() + 1), random.below(40));
        let end = (at + length).min(bytes.len());
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => {
                bytes.drain(at..end);
            }
            2 => {
                let again = bytes[at..end].repeat(1 + random.below(8));
                bytes.splice(at..at, again);
            }
            3 => {
                let other = &inputs[random.below(inputs.len())].1;
                let from = random.below(other.len() + 1);
                let piece = other[from..(from + length).min(other.len())].to_vec();
                bytes.splice(at..end, piece);
            }
            4 => {
                let other = &inputs[random.below(inputs.len())].1;
                bytes.truncate(at);
                bytes.extend(&other[random.below(other.len() + 1)..]);
            }
            5 => {
                let word = WORDS[random.below(WORDS.len())];
                bytes.splice(at..at, word.bytes());
            }
            _ => {
                // A line elsewhere.
                let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                let line = [lines[random.below(lines.len())], b"\n"].concat();
                let to =
                    bytes.iter().skip(at).position(|byte| *byte == b'\n').map_or(bytes.len(), |more| at + more + 1);
                bytes.splice(to..to, line);
            }
        }
        bytes.truncate(8 << 10);
    }
    bytes
}

/// What is seldom written and often read.
const WORDS: &[&str] = &[
    "\r",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\"",
    "'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "//",
    "-",
    ".",
    "0",
    "-1",
    "1e9",
    "1.5",
    "99999999999999999999",
    "2016-02-29",
    "0001-01-01",
    "9999-12-31",
    " and ",
    " or ",
    " not ",
    " is not given",
    " on ",
    " plus 1 month",
    " minus 40 years",
    " every month",
    " by ",
    " none ",
    "null",
    "None",
    "true",
    " at least 2 times",
    " unless ",
    "\n  if ",
    "\n  otherwise ",
    "\n====\n",
    " in force from ",
    " until ",
    "count of ",
    "sum of ",
    "previous ",
    "%",
    "SEK ",
    "|",
    ";",
    "\t",
];

struct Random(u64);

impl Random {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % many.max(1)
    }
}

#[test]
fn every_target_has_a_program_that_feeds_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for name in TARGETS.iter().map(|(name, _)| *name).chain(["reference"]) {
        assert!(folder.join(format!("fuzz_targets/{name}.rs")).is_file(), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
