//! Agreements without an amendment and with it: each act is a change, a clause that is replaced is one by its lines, and what
//! comes of each holds from the amendment's day on.

use overens::compare::{self, Comparison, Role, Supposed};

use super::compare_support::{Two, judged};

const CLUB: &str = r#"agreement club "A club"
  in force from 2014-01-01 until further notice
  currency SEK

event meeting, meetings on held_on
  held_on: date
  called_on: date
  minuted_on: date

event vote, votes on taken_on
  taken_on: date

record member
  size: number

event hire on hired_on
  hired_on: date
  price: money

actors board, town

value fee SEK 200

deadline call § 1
  for each meeting
  board shall have called_on
  at least 30 days before held_on

deadline minutes § 2
  for each meeting
  board shall have minuted_on
  within 10 days after held_on

cost rent § 3
  for each hire
  price is shared equally among member

"#;

/// Each meeting was called 20 days ahead and minuted after 12; the second is in the time of the amendments.
const FACTS: &str = r#"(
  agreement: "club",
  as_of: "2014-12-31",
  complete: { "member": (from: "2014-01-01", through: "2014-12-31") },
  meeting: [
    (id: "spring", held_on: "2014-05-21", called_on: "2014-05-01", minuted_on: "2014-06-02"),
    (id: "autumn", held_on: "2014-09-21", called_on: "2014-09-01", minuted_on: "2014-10-03"),
  ],
  member: [(id: "small", size: 1), (id: "large", size: 3)],
  hire: [(id: "hall", hired_on: "2014-08-01", price: "SEK 400")],
)"#;

/// The club with amendments, without some and with others, over the facts.
fn compared(amendments: &str, old: &[&str], new: &[&str]) -> Comparison {
    let two = sides(amendments, old, new);
    judged(two, FACTS)
}

fn sides(amendments: &str, old: &[&str], new: &[&str]) -> Two {
    let text = format!("{CLUB}{amendments}");
    let mut two = Two::new(&text, &text);
    let owned = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<String>>();
    let (old, new) = (owned(old), owned(new));
    let supposed = Supposed::of(&two.old.agreement, &old, &new);
    two.old = compare::Rules::supposing(&[two.old.tree.clone()], &supposed).unwrap();
    let supposed = Supposed::of(&two.new.agreement, &new, &old);
    two.new = compare::Rules::supposing(&[two.new.tree.clone()], &supposed).unwrap();
    two
}

/// The plain lines behind the head.
fn told(comparison: &Comparison) -> String {
    super::compare_support::lines(comparison)
}

const SHORTER: &str = r#"amendment shorter § 1 "A shorter call"
  to club
  proposed by board on 2014-03-01
  takes effect 2014-07-01
  replace call
  deadline call § 1 "The call goes out two weeks ahead"
    for each meeting
    town shall have called_on
    at least 14 days before held_on
"#;

#[test]
fn a_clause_that_is_replaced_is_told_by_its_lines_and_flips_from_the_amendments_day_on() {
    // Of the meetings the second is called by the town, two weeks ahead: it was late, and is in time. The first stays as it was.
    insta::assert_snapshot!(told(&compared(SHORTER, &[], &["shorter"])));
}

#[test]
fn what_is_taken_over_flips_for_what_had_begun() {
    // A duty that has run out by the day is left as it was, though what began before is taken over.
    let taken_over = SHORTER.replace("  replace call", "  what began before is taken over\n  replace call");
    let comparison = compared(&taken_over, &[], &["shorter"]);
    let text = told(&comparison);
    assert!(
        text.contains("applies from 2014-07-01; what began before and has not expired is carried over\n"),
        "{text}"
    );
    assert!(!text.contains("spring"), "{text}");
}

#[test]
fn of_two_lines_the_one_that_matters_is_the_cause() {
    // It is the board as before; only when is another line, and a condition that all meetings fulfil.
    let two_lines = SHORTER
        .replace("town shall", "board shall")
        .replace("for each meeting\n    board", "for each meeting where held_on is after 2014-01-01\n    board");
    let text = told(&compared(&two_lines, &[], &["shorter"]));
    assert!(
        text.contains("§ 1 call, when: 1 verdict flips\ncall: late becomes satisfied, once: autumn, by board\n"),
        "{text}"
    );
    assert!(text.contains("affects no party on these facts\n§ 1 call, what it applies to\n"), "{text}");
}

const ALL_ACTS: &str = r#"amendment reform "All that an amendment can do"
  to club
  takes effect 2014-07-01
  repeal minutes
  replace fee
  value fee SEK 250
  replace rent
  cost rent § 3
    for each hire
    price is shared in proportion to size among member
  add
  duty welcome § 4
    for each meeting
    board shall ensure minuted_on is given
  renumber call as § 9
  in force through 2019-12-31
  currency EUR
"#;

#[test]
fn every_act_is_told_in_the_order_of_the_amendment() {
    insta::assert_snapshot!(told(&compared(ALL_ACTS, &[], &["reform"])));
}

#[test]
fn money_moves_by_a_cost_that_an_amendment_shares_otherwise() {
    // 400 shared by two is 200 each; in the proportion of 1 to 3 it is 100 and 300.
    let shared = r#"amendment by_size § 3
  to club
  takes effect 2014-01-01
  what began before is taken over
  replace rent
  cost rent § 3
    for each hire
    price is shared in proportion to size among member
"#;
    let text = told(&compared(shared, &[], &["by_size"]));
    assert!(
        text.ends_with(
            "money that moves\nrent: 2 shares differ\nlargest gain: small SEK 200 becomes SEK 100, SEK 100 less\n\
             largest loss: large SEK 200 becomes SEK 300, SEK 100 more\nthe sum stays SEK 400\n\
             1 change in meaning, no verdict flips"
        ),
        "{text}"
    );
}

const RIVALS: &str = r#"amendment three_weeks
  to club
  rival of two_weeks
  takes effect 2014-07-01
  replace call
  deadline call § 1
    for each meeting
    board shall have called_on
    at least 21 days before held_on
  repeal minutes

amendment two_weeks
  to club
  takes effect 2014-07-01
  replace call
  deadline call § 1
    for each meeting
    board shall have called_on
    at least 14 days before held_on
  add
  duty welcome § 4
    for each meeting
    board shall ensure minuted_on is given
"#;

#[test]
fn two_rivals_are_compared_with_each_other() {
    // Twenty days are late by the one and in time by the other; minutes are no longer asked by the one, and are by the other.
    insta::assert_snapshot!(told(&compared(RIVALS, &["three_weeks"], &["two_weeks"])));
}

#[test]
fn two_proposals_that_hold_from_different_days_are_told_with_their_days() {
    let later = RIVALS.replacen("takes effect 2014-07-01", "takes effect 2014-10-01", 1);
    let text = told(&compared(&later, &["three_weeks"], &["two_weeks"]));
    assert!(text.contains("at least 21 days before held_on, from 2014-10-01 on” becomes “deadline call"), "{text}");
    assert!(text.contains("at least 14 days before held_on, from 2014-07-01 on”\n"), "{text}");
}

#[test]
fn an_amendment_is_compared_upon_what_it_builds_on() {
    let both = format!(
        "{SHORTER}\namendment shorter_still\n  to club\n  builds on shorter\n  takes effect 2014-07-01\n  replace call\n  \
         deadline call § 1\n    for each meeting\n    town shall have called_on\n    at least 7 days before held_on\n"
    );
    let text = told(&compared(&both, &[], &["shorter_still"]));
    assert!(text.contains("adopted on both sides, because another one builds on it\n"), "{text}");
    let changed =
        "changed: § 1 call, when: “at least 14 days before held_on” becomes “at least 7 days before held_on”\n";
    assert!(text.contains(changed), "{text}");
    assert!(text.contains("affects no party on these facts\n"), "{text}");
    // What is only proposed upon another one has nothing to do with it.
    let text = told(&compared(&both, &[], &["shorter"]));
    assert!(text.contains("adopted on neither side: shorter_still\n"), "{text}");
    assert!(text.contains("“at least 30 days before held_on” becomes “at least 14 days before held_on”\n"), "{text}");
}

#[test]
fn an_amendment_turned_round_turns_the_flips_round() {
    let there = compared(RIVALS, &[], &["two_weeks"]);
    let back = compared(RIVALS, &["two_weeks"], &[]);
    let flips = |of: &Comparison| of.judged.as_ref().map(|judged| judged.flips());
    assert_eq!(flips(&there), flips(&back));
    let text = told(&back);
    assert!(text.contains("not added: § 4 welcome: “"), "{text}");
    assert!(text.contains("“at least 14 days before held_on” becomes “at least 30 days before held_on”\n"), "{text}");
}

#[test]
fn every_change_of_an_amendment_that_can_matter_is_a_cause() {
    let comparison = compared(ALL_ACTS, &[], &["reform"]);
    assert!(comparison.changes.iter().all(|told| told.change.role == Role::Cause));
    assert_eq!(comparison.changes.len(), 6);
}
