//! A program that keeps its facts itself, and asks why when something is wrong.
//!
//! `cargo run --example facts_from_memory`

use std::error::Error;

use overens::reports::Called;
use overens::values::Day;
use overens::{Given, Memory, Policy};

const LENDING: &str = r#"
agreement lending "How the library lends"
  in force from 2015-01-01 until further notice

record reader
  name: text

event loan on lent_on
  lent_on: date
  reader: reader
  returned_on: date

actor desk

deadline give_back § 2 "A book comes back within four weeks"
  for each loan
  desk shall have returned_on
  within 28 days after lent_on
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let library = Memory::new().with("lending.overens", LENDING);
    let policy = Policy::read(&library, "lending.overens")?.checked()?;

    let day = |month, day| Day::of(2015, month, day).ok_or("no such day");
    let given = Given::new().record("reader", "anna", [("name", "Anna".into())]).record(
        "loan",
        "l1",
        [("lent_on", day(2, 2)?.into()), ("reader", "anna".into()), ("returned_on", day(3, 9)?.into())],
    );
    let facts = policy.facts_of(&given)?;

    let judgement = policy.judge(&facts, day(6, 1)?)?;
    for verdict in judgement.verdicts() {
        println!("{} {}: {}", verdict.clause, verdict.label(), verdict.called.words());
        if verdict.called == Called::Late {
            print!("{}", judgement.in_words(&judgement.why(&verdict)));
        }
    }
    Ok(())
}
