//! Judges a policy by the facts that are named behind it, all of them files on disk.
//!
//! `cargo run --example judge_a_folder -- policies/county_register policies/county_register/facts/four.ron`

use std::error::Error;

use overens::reports::Form;
use overens::{Files, Policy};

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().ok_or("name the folder of a policy, and its fact files behind it")?;
    let facts: Vec<String> = words.collect();

    let policy = Policy::read(&Files::Disk, folder)?.checked()?;
    let facts = policy.facts_in(&Files::Disk, &facts)?;
    let as_of = facts.as_of().ok_or("the facts do not say as of which day to judge")?;

    let mut page = String::new();
    policy.judge(&facts, as_of)?.write(Form::Plain, &mut page)?;
    print!("{page}");
    Ok(())
}
