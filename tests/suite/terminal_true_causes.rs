//! A verdict that waits for another clause names what that clause waits for: the case to judge, or the facts that are missing.

use std::path::PathBuf;

use super::terminal_agreements::{folder, overens};

const KENNEL: &str = r#"agreement kennel
  in force from 2016-01-01 until further notice

event report on sent_on
  sender: one of club, vet
  sent_on: date

event apology, apologies on sent_on
  sender: one of club, vet
  sent_on: date

event visit on made_on
  made_on: date

actors club, town, vet

deadline reports § 5
  each of club and vet shall send report
  every calendar year
  by 31 October
  otherwise regret
  in force from 2016-07-01

deadline regret § 5.1
  each of club and vet shall send apology
  every calendar year
  by 31 December
  otherwise sorrow

deadline sorrow § 5.2
  each of club and vet shall send apology
  every calendar year
  by 31 December

duty early § 7
  town shall make visit
  by 2017-12-31

duty urgent § 7.1
  town shall make visit
  by 2017-11-30
  if judged "it is urgent" by vet
  exception to early
"#;

const FACTS: &str = r#"(
  agreement: "kennel",
  as_of: "2017-12-31",
  complete: {
    "report": (from: "2016-01-01", through: "2017-12-31"),
    "apology": (from: "2016-01-01", through: "2017-12-31"),
    "visit": (from: "2016-01-01", through: "2017-12-31"),
  },
)
"#;

fn kennel(test: &str) -> PathBuf {
    folder(&format!("causes_{test}"), &[("kennel/kennel.overens", KENNEL), ("kennel/facts/2017.ron", FACTS)])
}

fn why(folder: &std::path::Path, clause: &str, keys: &[&str]) -> String {
    let mut words = vec!["why", clause, "kennel"];
    keys.iter().for_each(|key| words.extend(["--for", *key]));
    let (exit, results, messages) = overens(folder, &words);
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    results
}

#[test]
fn why_names_the_case_that_has_to_be_judged_and_how_to_record_that() {
    let told = why(&kennel("why"), "regret", &["vet", "2016"]);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines,
        [
            "§ 5.1 regret for vet, 2016: needs judgement, whether reports was broken, the text does not say who decides, as of 2017-12-31",
            "clause: kennel/kennel.overens:24",
            "1 for a person: whether reports was broken (kennel/kennel.overens:17)",
            "1.1 reports for vet, 2016: needs judgement, the period is cut short, and the agreement does not say how such a period counts, the text does not say who decides (kennel/kennel.overens:17)",
            "the text does not say who decides; the parties can agree on someone",
            "to record the decision in the facts: `judgement: [(clause: \"reports\", subject: \"vet\", period: \"2016\", by: …, on: …, outcome: …)]`",
        ],
        "{told}"
    );
}

#[test]
fn through_several_clauses_the_last_one_is_named() {
    let told = why(&kennel("several"), "sorrow", &["vet", "2017"]);
    assert!(told.contains("1 for a person: whether regret was broken"), "{told}");
    let record = "`judgement: [(clause: \"reports\", subject: \"vet\", period: \"2016\", by: …, on: …, outcome: …)]`";
    assert!(told.contains(record), "{told}");
}

#[test]
fn behind_an_exception_the_exception_is_to_be_judged() {
    let told = why(&kennel("exception"), "early", &[]);
    assert!(told.contains("1 for a person: whether urgent applies instead (kennel/kennel.overens:39)"), "{told}");
    assert!(told.contains("1.1 urgent: needs judgement, by vet, on \"it is urgent\""), "{told}");
    assert!(told.contains("`judgement: [(clause: \"urgent\", by: \"vet\", on: …, outcome: …)]`"), "{told}");
}

#[test]
fn only_what_has_to_be_judged_is_listed_as_waiting() {
    let folder = kennel("listed");
    let (exit, results, messages) = overens(&folder, &["decide", "kennel", "--list"]);
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    let cases: Vec<&str> = results.lines().filter(|line| line.ends_with("to judge")).collect();
    assert_eq!(
        cases,
        [
            "vet: 2017-11-30 (Thursday): § 7.1 urgent: to judge",
            "no role named by the text: 2016-10-31 (Monday): § 5 reports for club 2016: to judge",
            "no role named by the text: 2016-10-31 (Monday): § 5 reports for vet 2016: to judge",
        ],
        "{results}"
    );
    let (_, results, _) = overens(&folder, &["eval", "kennel", "--all"]);
    let waiting: Vec<&str> = results.lines().filter(|line| line.starts_with("waiting for")).collect();
    assert_eq!(
        waiting,
        ["waiting for vet: § 7.1 urgent", "waiting for someone not named: § 5 reports for club 2016, vet 2016"],
        "{results}"
    );
}

/// The payment names a farmer whom the scenario takes away: the scenario is to blame, and its line is named.
#[test]
fn what_a_scenario_takes_away_is_told_at_its_line() {
    let policy = r#"agreement dues
  in force from 2021-01-01

record farmer
  name: text

event payment on paid_on
  farmer: farmer
  amount: number
  paid_on: date

duty pays § 1
  each farmer shall pay 50 by payment as amount
  by 2021-03-31

scenario "Without fay"
  facts "facts.ron"
  given no farmer fay
  expect pays for dan violated

scenario "Without fay and what she paid"
  facts "facts.ron"
  given no farmer fay
  given no payment first
  expect pays for dan violated
"#;
    let facts = r#"(
  agreement: "dues",
  as_of: "2021-12-31",
  complete: {
    "farmer": (from: "2021-01-01", through: "2021-12-31"),
    "payment": (from: "2021-01-01", through: "2021-12-31"),
  },
  farmer: [(id: "dan", name: "Dan"), (id: "fay", name: "Fay")],
  payment: [(id: "first", farmer: "fay", amount: 50, paid_on: "2021-03-31")],
)
"#;
    let folder = folder("causes_given_no", &[("dues.overens", policy), ("facts.ron", facts)]);
    let (exit, results, messages) = overens(&folder, &["check", "dues.overens"]);
    assert_eq!((exit, messages.as_str()), (3, ""));
    let lines: Vec<&str> = results.lines().collect();
    assert_eq!(
        lines,
        [
            "dues.overens:18:3: error[unknown-reference]: `given no farmer fay` of the scenario \"Without fay\" takes away what the facts refer to",
            "    facts.ron:9:35: this refers to the `farmer`",
            "    help: take away what refers to it, too, with a line such as `given no RECORD ID`, or give that another `farmer`",
            "to read more: overens explain unknown-reference",
        ],
        "{results}"
    );
}

#[test]
fn who_decides_is_who_judges_the_last_one() {
    let policy = r#"agreement house
  in force from 2016-01-01

event stay on came_on
  came_on: date

event visit on made_on
  made_on: date

actors club, town

judgement source § 1
  club shall "work well"
  otherwise middle
  judged by town

duty middle § 2
  club shall make visit
  by 2017-03-01
  otherwise target

duty target § 3
  club shall make stay
  by 2017-06-01
"#;
    let facts = r#"(
  agreement: "house",
  as_of: "2018-05-01",
  complete: {
    "visit": (from: "2016-01-01", through: "2018-05-01"),
    "stay": (from: "2016-01-01", through: "2018-05-01"),
  },
)
"#;
    let folder = folder("causes_decider", &[("kennel/house.overens", policy), ("kennel/facts/2018.ron", facts)]);
    let told = why(&folder, "target", &[]);
    assert!(told.contains("\nto be decided by town\n"), "{told}");
    assert!(told.contains("`judgement: [(clause: \"source\", by: \"town\", on: …, outcome: …)]`"), "{told}");
}
