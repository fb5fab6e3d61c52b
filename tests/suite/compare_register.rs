//! A register of a thousand organisations, made by rule, and what three changes of a policy do to it. What is expected was
//! counted by hand from the rule.

use std::collections::BTreeMap;
use std::fmt::Write;

use overens::compare::{Comparison, Flips, How};
use overens::evaluate::{Limits, evaluate};
use overens::report::entry::{Key, entries};
use overens::report::{Names, Naming};
use overens::verdict::Called;

use super::compare_support::Two;

const MANY: u32 = 1000;

pub const POLICY: &str = r#"agreement clubs "A register"
  overens 1
  in force from 2015-01-01 until further notice
  currency SEK
  months round down

record organisation
  joined_on: date
  report_sent_on: date
  members: number
  open: yes/no

event rent, rents on paid_on
  paid_on: date
  amount: money

actor board

deadline report § 1 "The report comes in time"
  for each organisation
  board shall have report_sent_on
  by 2015-03-01

duty openness § 2 "An organisation is open"
  for each organisation
  board shall ensure open is yes

deadline welcome § 3 "A report follows on joining"
  for each organisation
  board shall have report_sent_on
  at most 3 years after joined_on

cost rents § 4 "Rents are shared"
  for each rent
  amount is shared equally among organisation
  rounded to SEK 0.01, largest remainder
"#;

/// Organisation `n` sent its report 7n days after 1 February 2015, counted round in sixty days; every tenth is not open.
pub fn register(many: u32) -> String {
    let mut text = "(\n  agreement: \"clubs\",\n  as_of: \"2016-01-01\",\n  complete: { \"rent\": (from: \"2015-01-01\", through: \"2015-12-31\"), \"organisation\": (from: \"2015-01-01\", through: \"2015-12-31\") },\n  organisation: [\n".to_string();
    for n in 0..many {
        let offset = n * 7 % 60;
        let (month, day) = if offset < 28 { (2, offset + 1) } else { (3, offset - 27) };
        let (month, day) = if day > 31 { (4, day - 31) } else { (month, day) };
        let open = if n % 10 == 0 { "no" } else { "yes" };
        let members = 10 + n % 90;
        let _ = writeln!(
            text,
            "    (id: \"o{n:04}\", joined_on: \"2014-01-01\", report_sent_on: \"2015-{month:02}-{day:02}\", members: {members}, open: \"{open}\"),"
        );
    }
    text.push_str("  ],\n  rent: [\n");
    for n in 1..=4 {
        let _ = writeln!(text, "    (id: \"r{n}\", paid_on: \"2015-0{n}-01\", amount: \"SEK {n}000\"),");
    }
    text + "  ],\n)\n"
}

pub fn changed() -> String {
    let openness =
        "duty openness § 2 \"An organisation is open\"\n  for each organisation\n  board shall ensure open is yes\n\n";
    let new = POLICY.replace("by 2015-03-01", "by 2015-03-16").replace(openness, "");
    new.replace("shared equally among organisation", "shared in proportion to members among organisation")
}

#[test]
fn three_changes_are_three_causes_and_their_flips_add_up() {
    let facts = register(MANY);
    let mut two = Two::new(POLICY, &changed());
    let comparison = two.compared(&facts, &facts);
    let told: Vec<(Vec<usize>, How, usize, usize)> =
        groups(&comparison).iter().map(|one| (one.causes.clone(), one.how, one.count(), one.shares)).collect();
    // The residues 29 to 43 of sixty are late on 1 March and in time on 16 March: 15 of each sixty, 16 times, and 9 of the
    // last forty.
    let report = (vec![0], How::Alone, 16 * 15 + 9, 0);
    let openness = (vec![1], How::Alone, 1000, 0);
    let rents = (vec![2], How::Alone, 0, 4);
    assert_eq!(told, [report, openness, rents]);
    assert_eq!(comparison.changes.len(), 3);
    assert_eq!(independent(&mut two, &facts), 249 + 1000);
}

fn groups(comparison: &Comparison) -> &[Flips] {
    &comparison.judged.as_ref().unwrap().groups
}

/// How many verdicts differ between two runs that know nothing of each other.
fn independent(two: &mut Two, facts: &str) -> usize {
    let (before, after) = two.filed(facts, facts);
    let words = |rules: &overens::compare::Rules, filed: &overens::compare::Filed| -> BTreeMap<Key, Called> {
        let verdicts = evaluate(&rules.plan, &filed.facts, filed.as_of, &Limits::default());
        let names = Names { plan: &rules.plan, facts: &filed.facts, sources: &two.sources, naming: Naming::Real };
        let all = entries(&names, &verdicts, filed.as_of).into_iter();
        all.filter(|one| one.called != Called::NotApplicable).map(|one| (one.key, one.called)).collect()
    };
    let (old, new) = (words(&two.old, &before), words(&two.new, &after));
    let keys: std::collections::BTreeSet<&Key> = old.keys().chain(new.keys()).collect();
    keys.into_iter().filter(|key| old.get(key) != new.get(key)).count()
}

#[test]
fn the_money_of_a_cost_moves_and_its_sum_stays() {
    let facts = register(4);
    let comparison = Two::new(POLICY, &changed()).compared(&facts, &facts);
    let money = &comparison.judged.as_ref().unwrap().money;
    let [rents] = money.as_slice() else { panic!("{money:?}") };
    // SEK 10 000 in all: a quarter each before; then 10, 11, 12 and 13 parts of 46.
    assert_eq!((rents.before.to_string(), rents.after.to_string()), ("10000".to_string(), "10000".to_string()));
    let parties: Vec<String> =
        rents.parties.iter().map(|one| format!("{} {} {}", one.who, one.before, one.after)).collect();
    assert_eq!(parties, ["o0000 2500 2173.91", "o0001 2500 2391.3", "o0002 2500 2608.7", "o0003 2500 2826.09"]);
    assert_eq!(rents.largest_gain().unwrap().who, "o0000");
    assert_eq!(rents.largest_loss().unwrap().who, "o0003");
}

#[test]
fn what_is_only_moved_or_laid_out_otherwise_flips_nothing() {
    let (head, rest) = POLICY.split_once("deadline report").unwrap();
    let (report, rest) = rest.split_once("duty openness").unwrap();
    let new = format!(
        "{head}// First things first.\nduty openness{rest}\ndeadline report{}",
        report.replace("  by", "\n    by")
    );
    let facts = register(60);
    let comparison = Two::new(POLICY, &new).compared(&facts, &facts);
    assert!(comparison.changes.is_empty());
    assert!(groups(&comparison).is_empty());
    assert!(!comparison.differs());
    assert!(!comparison.reworded.is_empty());
}
