//! The county register at the command line: made from a seed, judged, and held against the lines of other engines.
//!
//! `county make N SEED FOLDER [shuffled]` writes register.csv and reports.csv, `county facts N SEED FOLDER` the same in
//! every notation, `county mixed CLAUSES SEED` prints another policy over it, `county judge FACTS` prints the line of counts and shares by overens, and `county cross-check [UP_TO]` makes
//! every register of which the line is known, judges it both ways, and tells where a line differs. `county table UP_TO` measures.

mod register;

use std::path::Path;
use std::process::exit;

use register::judged::{self, ready};
use register::written::{Notation, Order};
use register::{by_hand, expected, mixed, policy, table, written};

/// As the program itself has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USE: &str = "county make N SEED FOLDER [shuffled] | facts N SEED FOLDER | mixed CLAUSES SEED | judge FACTS | cross-check [UP_TO] | table UP_TO";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Err(problem) = run(&words) {
        eprintln!("{problem}");
        exit(1);
    }
}

fn run(words: &[&str]) -> Result<(), String> {
    match words {
        ["make", count, seed, folder] => make(count, seed, Order::ById, folder),
        ["make", count, seed, folder, "shuffled"] => make(count, seed, Order::Shuffled, folder),
        ["facts", count, seed, folder] => Notation::ALL.iter().try_for_each(|notation| {
            let made = written::facts(number(count)?, number(seed)?, *notation, folder.as_ref());
            made.map(drop).map_err(|problem| problem.to_string())
        }),
        ["mixed", clauses, seed] => {
            print!("{}", mixed::policy(number(clauses)?, number(seed)?));
            Ok(())
        }
        ["judge", facts] => {
            let ready = ready(&policy(), facts.as_ref())?;
            println!("{}", judged::line(&ready));
            // The process ends here; nothing is put away first.
            std::mem::forget(ready);
            Ok(())
        }
        ["table", up_to] => {
            print!("{}", table::table(number(up_to)?)?);
            Ok(())
        }
        ["cross-check"] => cross_check(usize::MAX),
        ["cross-check", up_to] => cross_check(number(up_to)?),
        _ => Err(USE.to_owned()),
    }
}

fn make(count: &str, seed: &str, order: Order, folder: &str) -> Result<(), String> {
    written::csv(number(count)?, number(seed)?, order, folder.as_ref()).map_err(|problem| problem.to_string())
}

fn number<T: std::str::FromStr>(word: &str) -> Result<T, String> {
    word.parse().map_err(|_| format!("`{word}` is not a number\n{USE}"))
}

fn cross_check(up_to: usize) -> Result<(), String> {
    let mut wrong = 0;
    for one in expected().iter().filter(|one| one.organisations <= up_to) {
        let (count, seed) = (one.organisations, one.seed);
        let folder = std::env::temp_dir().join(format!("overens-county-{count}-{seed}-{}", std::process::id()));
        let lines = both(count, seed, &folder);
        let _ = std::fs::remove_dir_all(&folder);
        for (who, line) in lines? {
            let same = line == one.line;
            println!("{count} organisations, seed {seed}, {who}: {}", if same { "as expected" } else { "DIFFERS" });
            if !same {
                println!("  expected {}\n  here     {line}", one.line);
                wrong += 1;
            }
        }
    }
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} lines differ")) }
}

fn both(count: usize, seed: u64, folder: &Path) -> Result<[(&'static str, String); 2], String> {
    let failed = |problem: std::io::Error| problem.to_string();
    let facts = written::facts(count, seed, Notation::Csv, folder).map_err(failed)?;
    let by_overens = judged::line(&ready(&policy(), &facts)?);
    Ok([("by hand", by_hand::run(folder)?), ("by overens", by_overens)])
}
