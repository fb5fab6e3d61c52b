//! The product and the naive reference, on made agreements; and what is true of each without a second opinion.

use crate::reference::compare::read;
use crate::reference::laws::broken;
use crate::reference::made::{made, seed_of};
use crate::reference::shrink::{on_each_day, shrink};

/// How many cases are tried: `name` says it, else so few that every run can afford them.
fn cases(name: &str, else_so_many: u64) -> u64 {
    std::env::var(name).ok().and_then(|many| many.parse().ok()).unwrap_or(else_so_many)
}

/// Every made case is an agreement with facts that can be read: otherwise it compares nothing.
#[test]
fn made_agreements_are_read_without_a_finding() {
    for case in 0..200 {
        let made = made(seed_of(1, case));
        if let Err(why) = read(&made.policy(), &made.fact_file(), None) {
            panic!("{why}\n{}\n{}", made.policy(), made.fact_file());
        }
    }
}

/// The made agreements are shared out among so many tests, so that all cores have some of them.
const PARTS: u64 = 6;

/// Agreements on which the two are known to differ: docs/reliability.md says how.
const OPEN: [u64; 7] = [586, 814, 879, 936, 943, 962, 1014];

/// A case is an agreement with its facts as of one day; each agreement has up to three days.
fn say_the_same(part: u64) {
    let many = cases("OVERENS_CASES", 3000) / PARTS;
    let (mut agreed, mut told, mut tried) = (0, vec![], 0);
    let numbers = (part..).step_by(usize::try_from(PARTS).unwrap());
    for number in numbers.filter(|number| !OPEN.contains(number)) {
        if tried >= many {
            break;
        }
        let made = made(seed_of(2, number));
        tried += u64::try_from(made.days().len()).unwrap();
        let compared = match on_each_day(&made) {
            None => continue,
            Some(Ok(compared)) => compared,
            Some(Err(why)) => panic!("{why}\n{}\n{}", made.policy(), made.fact_file()),
        };
        agreed += compared.agreed;
        if let (Some(difference), true) = (compared.differences.first(), told.len() < 3) {
            let (small, difference) = shrink(&made, difference);
            told.push(format!("agreement {number}\n{}\n{}\n{difference}", small.policy(), small.fact_file()));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n\n"));
    assert!(u64::try_from(agreed).unwrap() > many * 10, "only {agreed} verdicts were compared");
}

macro_rules! the_product_and_the_reference_say_the_same_of_made_agreements {
    ($($name:ident: $part:literal,)*) => {
        $(#[test]
        fn $name() {
            say_the_same($part);
        })*
    };
}

the_product_and_the_reference_say_the_same_of_made_agreements! {
    the_reference_agrees_on_the_first_sixth: 0,
    the_reference_agrees_on_the_second_sixth: 1,
    the_reference_agrees_on_the_third_sixth: 2,
    the_reference_agrees_on_the_fourth_sixth: 3,
    the_reference_agrees_on_the_fifth_sixth: 4,
    the_reference_agrees_on_the_last_sixth: 5,
}

#[test]
fn what_must_not_matter_changes_no_verdict() {
    for case in 0..cases("OVERENS_LAWS", 60) {
        let number = seed_of(1, case);
        let made = made(number);
        let told = broken(&made, number);
        assert!(told.is_empty(), "case {case}: {}\n{}\n{}", told.join("\n"), made.policy(), made.fact_file());
    }
}
