//! What is offered as an answer, and as what would change a verdict, is what judging with it gives; and what is told of a payment, of a
//! day and of names is what was meant.

use std::path::{Path, PathBuf};

use super::terminal_agreements::{folder, overens};

fn files(test: &str, policy: &str, facts: &str) -> PathBuf {
    folder(&format!("answers_{test}"), &[("a.overens", policy), ("a.ron", facts)])
}

fn told(folder: &Path, words: &[&str]) -> String {
    let (_, results, messages) = overens(folder, words);
    assert!(!results.is_empty(), "{messages}");
    results
}

fn has(text: &str, all: &[&str]) {
    for one in all {
        assert!(text.contains(one), "{one}\n{text}");
    }
}

const FEES: &str = r#"agreement a "A"
  in force from 2019-01-01
  months round down
record person, people
  joined_on: date
  left_on: date
event fee on paid_on
  person: person
  paid_on: date
membership member § 1 of person
  from joined_on until left_on
duty fees § 5
  each member shall make fee
  every month
"#;

/// The list is complete through May, so eva joined before it begins, after it ends, or never: in May a fee may still be paid.
#[test]
fn a_day_that_a_complete_list_rules_out_is_no_answer() {
    let facts = r#"(agreement: "a", as_of: "2019-05-31",
 complete: {"person": (from: "2019-01-01", through: "2019-05-31"), "fee": (from: "2019-01-01", through: "2019-05-31")},
 person: [(id: "eva", left_on: None)])
"#;
    let asked = told(&files("ruled_out", FEES, facts), &["ask", "a.overens", "a.ron"]);
    has(
        &asked,
        &["2018-12-31: 4 violated, 1 satisfied, 1 pending", "2019-06-01: 6 not applicable", "none: 6 not applicable"],
    );
    assert!(!asked.contains("2019-02-28:"), "{asked}");
}

/// That it was some day of July is known: it is no other day, and not none.
#[test]
fn an_imprecise_day_is_one_of_its_days() {
    let policy = r#"agreement a "A"
  in force from 2019-01-01
  months round down
record person, people
  joined_on: date
  paid_on: date
actor coop
duty p § 3
  each person shall have paid_on
  within 10 days after joined_on
"#;
    let facts =
        r#"(agreement: "a", as_of: "2019-08-31", person: [(id: "eva", joined_on: "2019-07", paid_on: "2019-07-20")])"#;
    let asked = told(&files("imprecise", policy, facts), &["ask", "a.overens", "a.ron"]);
    has(&asked, &["2019-07-01: 1 late", "2019-07-31: 1 violated"]);
    assert!(!asked.contains("   none:"), "{asked}");
}

const CARS: &str = r#"agreement a "A"
  in force from 2019-01-01
  months round down
record person, people
  joined_on: date
  left_on: date
record car lasts from bought_on until sold_on
  bought_on: date
  sold_on: date
membership member § 1 of person
  from joined_on until left_on
composition cars § 2
  car shall be at least count of member
  on every day
"#;

/// From the day on which eva joins there are two members and one car.
#[test]
fn what_would_change_a_span_is_told_of_all_of_its_days() {
    let facts = r#"(agreement: "a", as_of: "2019-08-31",
 complete: {"person": (from: "2019-01-01", through: "2019-08-31"), "car": (from: "2019-01-01", through: "2019-08-31")},
 person: [(id: "ann", joined_on: "2019-01-01", left_on: None), (id: "eva", joined_on: "2019-07", left_on: None)],
 car: [(id: "c", bought_on: "2019-01-01", sold_on: None)])
"#;
    let folder = files("span", CARS, facts);
    let why = told(&folder, &["why", "cars", "a.overens", "a.ron", "--for", "2019-07-01–2019-07-30"]);
    has(
        &why,
        &[
            "if joined_on of eva were 2019-07-01, or 2019-07-02 through 2019-07-30 (for part of the time), it would be violated; 2019-07-31, it would be satisfied",
        ],
    );
    let asked = told(&folder, &["ask", "a.overens", "a.ron"]);
    has(&asked, &["Settles 1.", "2019-07-01: 1 violated", "2019-07-31: 1 satisfied"]);
}

/// The list is complete through 1 February: it is asked for on all later days, and one answer settles them.
#[test]
fn a_list_is_asked_for_on_all_days_of_a_span() {
    let policy = r#"agreement a "A"
  in force from 2020-01-01
  months round down
record week lasts from begins_on through ends_on
  begins_on: date
  ends_on: date
fact hours: number over time
actor office
duty r0 § 1
  office shall ensure hours is at least 30
  on every day
  unless some week
duty r1 § 2
  office shall ensure some week
  during 2020-02-01 to 2020-02-10
composition c § 3
  week shall number 1
  on every day
"#;
    let facts = r#"(agreement: "a", as_of: "2020-03-31", complete: {"week": (from: "2020-01-01", through: "2020-02-01")},
 hours: [(from: "2020-01-01", value: 20)])
"#;
    let folder = files("days", policy, facts);
    let judged = told(&folder, &["eval", "a.overens", "a.ron"]);
    has(
        &judged,
        &[
            "r0 for 2020-02-02–2020-03-31: unknown, needs the list of week records declared complete from 2020-02-02 through 2020-03-31",
            "c for 2020-02-02–2020-03-31: unknown, at least 0 of 1, needs the list of week records declared complete from 2020-02-02 through 2020-03-31",
        ],
    );
    let asked = told(&folder, &["ask", "a.overens", "a.ron"]);
    has(
        &asked,
        &["Are all week records from 2020-02-02 through 2020-03-31 in the facts? Settles 2.", "complete: 2 violated"],
    );
}

const GRAVES: &str = r#"agreement a "A"
  in force from 2018-01-01
  months round down
record grave
  granted_on: date
  told_on: date
event report on sent_on
  for_year: number
  sent_on: date
actor board
define expires of grave as granted_on plus 25 years
deadline told § 1
  for each grave
  board shall have told_on
  at least 12 months before expires
deadline yearly § 2
  board shall send report
  every calendar year
  by 31 January of the year of the end of the period plus 1
  counted for for_year
deadline by_year § 3
  for each grave
  board shall have told_on
  by 31 January of the year of granted_on plus 24
deadline later § 4
  for each grave
  board shall have told_on
  after expires
"#;

const GRANTED: &str =
    r#"(agreement: "a", as_of: "2022-06-30", grave: [(id: "g", granted_on: "1997-01-20", told_on: None)])"#;

/// Granted by 31 December 1993, its last day lies before 2018; granted from 30 June 1998 on, it has not passed.
#[test]
fn spans_of_a_defined_day_have_no_holes() {
    let why = told(&files("holes", GRAVES, GRANTED), &["why", "told", "a.overens", "a.ron", "-v"]);
    has(
        &why,
        &[
            "if granted_on of g were 1993-12-31 or earlier, or none, it would be not applicable; 1998-06-30 or later, it would be pending",
        ],
    );
}

/// Nothing is worked out above where a window is counted from a definition.
#[test]
fn a_definition_is_worked_out_where_it_is_told() {
    let why = told(&files("above", GRAVES, GRANTED), &["why", "later", "a.overens", "a.ron"]);
    has(&why, &["25 years after Monday 20 January 1997 is Thursday 20 January 2022"]);
    assert!(!why.contains("as worked out above"), "{why}");
}

#[test]
fn when_counts_years_on_and_takes_days_from_before_force() {
    let folder = files("when", GRAVES, GRANTED);
    let yearly = told(&folder, &["when", "yearly", "a.overens", "--from", "2019-05-05"]);
    has(&yearly, &["it lies in each period, for 2019-05-05 in 2019", "last day: 2020-01-31 (Friday)"]);
    let by_year = told(&folder, &["when", "by_year", "a.overens", "--from", "1996-02-29"]);
    has(&by_year, &["if granted_on is 1996-02-29", "last day: 2020-01-31 (Friday)"]);
    let early = told(&folder, &["when", "by_year", "a.overens", "--from", "1990-02-28"]);
    has(&early, &["not in force on 1990-02-28, only from 2018-01-01"]);
}

const SHARES: &str = r#"agreement a "A"
  in force from 2020-01-01
  currency SEK
  months round down
record house
  metres: number
event bill on sent_on
  amount: money
  sent_on: date
event payment on paid_on
  house: house
  bill: bill
  amount: money
  paid_on: date
cost rent § 1 "shared"
  for each bill
  amount is shared equally among house
  billed by payment to house for bill as amount
duty pays § 2 "paid"
  for each bill
  each house shall pay its share of rent
  within 30 days after sent_on
"#;

/// What y paid before the bill was sent pays nothing.
#[test]
fn a_share_that_was_paid_too_early_is_named() {
    let facts = r#"(agreement: "a", as_of: "2020-12-31",
 complete: {"house": (from: "2020-01-01", through: "2020-12-31"), "payment": (from: "2020-01-01", through: "2020-12-31")},
 house: [(id: "x", metres: 1), (id: "y", metres: 1)],
 bill: [(id: "b", amount: 200, sent_on: "2020-05-01")],
 payment: [(id: "p", house: "x", bill: "b", amount: 100, paid_on: "2020-05-05"),
 (id: "q", house: "y", bill: "b", amount: 100, paid_on: "2020-04-20")])
"#;
    let folder = files("early", SHARES, facts);
    let rent = told(&folder, &["why", "rent", "a.overens", "a.ron"]);
    has(
        &rent,
        &[
            "violated, SEK 200 shared among 2, 1 of 2 billed in full by 2020-05-31, q came too early",
            "it came too early: 2020-04-20 is before the first day, 2020-05-01",
        ],
    );
    // The list names it `b, y`, and a report `b y`.
    for key in ["b, y", "b y"] {
        let pays = told(&folder, &["why", "pays", "a.overens", "a.ron", "--for", key]);
        has(
            &pays,
            &[
                "SEK 0 of SEK 100 by 2020-05-31, q came too early (2020-04-20, before 2020-05-01)",
                "1 payment of others",
            ],
        );
    }
}
