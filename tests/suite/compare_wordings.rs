//! What differs between two wordings: what is added, repealed, changed in a line, or only reworded or moved.

use overens::compare::change::Way;
use overens::compare::{self, Reworded, Rules};

use super::bundled::{self, Bundled};
use super::compare_support::wordings;

const CLUBS: &str = r#"agreement clubs "Clubs"
  overens 1
  in force from 2014-01-01 until further notice
  currency SEK

record club
  name: text
  members: number
  small: yes/no

event meeting on held_on
  club: club
  kind: one of annual, open
  held_on: date
  called_on: date

event rent on paid_on
  paid_on: date
  amount: money

actor board "the board"

define large of club as members is at least 100

value fee SEK 100

// The call.
deadline call § 1 "The call goes out ahead"
  for each meeting where kind is annual
  board shall have called_on
  at least 30 days before held_on
  if held_on is after 2014-03-01
  note "A month, in days."

duty yearly § 2
  board shall hold meeting where kind is annual
  at least 1 time every calendar year

duty name § 3
  for each club
  board shall ensure name is given
  if it is large

cost rents § 4
  for each rent
  amount is shared equally among club
  rounded to SEK 1, largest remainder
"#;

fn change(from: &str, to: &str) -> String {
    let new = CLUBS.replacen(from, to, 1);
    assert_ne!(new, CLUBS, "`{from}` is not there");
    wordings(CLUBS, &new)
}

#[test]
fn the_same_text_does_not_differ() {
    assert_eq!(wordings(CLUBS, CLUBS), "nothing differs");
}

#[test]
fn a_line_that_means_something_else_is_told_in_the_words_of_both() {
    assert_eq!(
        change("at least 30 days before held_on", "at least 15 days\n    before held_on"),
        "clauses\n\
         changed: § 1 call, when: “at least 30 days before held_on” becomes “at least 15 days before held_on”\n\
         1 change in meaning"
    );
}

#[test]
fn who_how_strongly_and_what_are_told_apart() {
    assert_eq!(
        change("board shall have called_on", "board should have called_on"),
        "clauses\nchanged: § 1 call, how binding it is: “shall” becomes “should”\n1 change in meaning"
    );
    assert_eq!(
        change("board shall hold meeting where kind is annual", "board shall hold meeting where kind is open"),
        "clauses\n\
         changed: § 2 yearly, what must be done: “hold meeting where kind is annual” becomes “hold meeting where kind is open”\n\
         1 change in meaning"
    );
}

#[test]
fn of_several_conditions_only_the_one_that_changed_is_told() {
    let two = CLUBS.replace("  if held_on", "  if kind is annual\n  if held_on");
    let other = two.replace("2014-03-01", "2014-04-01");
    assert_eq!(
        wordings(&two, &other),
        "clauses\n\
         changed: § 1 call, under what condition: “if held_on is after 2014-03-01” becomes “if held_on is after 2014-04-01”\n\
         1 change in meaning"
    );
    assert_eq!(
        wordings(CLUBS, &two),
        "clauses\nadded: § 1 call, under what condition: “if kind is annual”\n1 change in meaning"
    );
}

#[test]
fn a_clause_that_comes_is_added_and_one_that_goes_is_repealed() {
    let without = CLUBS.replace(
        "duty yearly § 2\n  board shall hold meeting where kind is annual\n  at least 1 time every calendar year\n",
        "",
    );
    let words = "duty yearly § 2 board shall hold meeting where kind is annual at least 1 time every calendar year";
    assert_eq!(wordings(CLUBS, &without), format!("clauses\nrepealed: § 2 yearly: “{words}”\n1 change in meaning"));
    assert_eq!(wordings(&without, CLUBS), format!("clauses\nadded: § 2 yearly: “{words}”\n1 change in meaning"));
}

#[test]
fn titles_notes_and_layout_are_only_reworded() {
    assert_eq!(
        change("\"The call goes out ahead\"", "\"The call is sent ahead\""),
        "only reworded or moved\n\
         call: title: “The call goes out ahead” becomes “The call is sent ahead”\n\
         nothing changes in meaning, 1 only reworded or moved"
    );
    assert_eq!(
        change("A month, in days.", "Thirty days."),
        "only reworded or moved\n\
         call: note: “A month, in days.” becomes “Thirty days.”\n\
         nothing changes in meaning, 1 only reworded or moved"
    );
    assert_eq!(
        change("  for each meeting where", "  // Each of them.\n  for each   meeting where"),
        "only reworded or moved\n\
         call: only its layout or its comments\n\
         nothing changes in meaning, 1 only reworded or moved"
    );
}

#[test]
fn the_same_amount_in_other_words_is_the_same() {
    assert_eq!(
        change("rounded to SEK 1,", "rounded to SEK 1.00,"),
        "only reworded or moved\n\
         rents: “amount is shared equally among club rounded to SEK 1, largest remainder” becomes “amount is shared equally \
         among club rounded to SEK 1.00, largest remainder”, which means the same\n\
         nothing changes in meaning, 1 only reworded or moved"
    );
    assert_eq!(
        change("at least 100", "at least 100.0"),
        "only reworded or moved\n\
         definition large: “define large of club as members is at least 100” becomes “define large of club as members is at \
         least 100.0”, which means the same\n\
         nothing changes in meaning, 1 only reworded or moved"
    );
    let both = CLUBS.replace("if held_on is after 2014-03-01", "if held_on is after 2014-03-01 and kind is annual");
    let turned = CLUBS.replace("if held_on is after 2014-03-01", "if kind is annual and held_on is after 2014-03-01");
    assert!(wordings(&both, &turned).ends_with("nothing changes in meaning, 1 only reworded or moved"));
}

#[test]
fn a_clause_with_another_section_or_another_place_in_the_text_is_moved() {
    assert_eq!(
        change("duty yearly § 2", "duty yearly § 2.1"),
        "only reworded or moved\nyearly: moved: § 2 becomes § 2.1\nnothing changes in meaning, 1 only reworded or moved"
    );
    let (head, call) = CLUBS.split_once("duty yearly").unwrap();
    let (yearly, rest) = call.split_once("duty name").unwrap();
    let (head, call) = head.split_once("// The call.").unwrap();
    let turned = format!("{head}duty yearly{yearly}// The call.{call}duty name{rest}");
    assert_eq!(
        wordings(CLUBS, &turned),
        "only reworded or moved\n\
         call: moved to another place in the text\n\
         nothing changes in meaning, 1 only reworded or moved"
    );
}

#[test]
fn records_are_numbered_otherwise_and_mean_the_same() {
    let new = CLUBS.replace("record club\n", "record house\n  street: text\n\nrecord club\n  street: text\n");
    assert_eq!(
        wordings(CLUBS, &new),
        "header and declarations\n\
         changed: record club: “…” becomes “… street: text”\n\
         added: record house: “record house street: text”\n\
         2 changes in meaning"
    );
}

#[test]
fn definitions_values_and_the_header_are_told_by_themselves() {
    assert_eq!(
        change("members is at least 100", "members is at least 50"),
        "header and declarations\n\
         changed: definition large: “define large of club as members is at least 100” becomes “define large of club as members \
         is at least 50”\n\
         1 change in meaning"
    );
    assert_eq!(
        change("value fee SEK 100", "value fee SEK 120"),
        "header and declarations\n\
         changed: value fee: “value fee SEK 100” becomes “value fee SEK 120”\n\
         1 change in meaning"
    );
    assert_eq!(
        change("in force from 2014-01-01", "in force from 2013-01-01"),
        "header and declarations\n\
         changed: header, in force: “in force from 2014-01-01 until further notice” becomes “in force from 2013-01-01 until \
         further notice”\n\
         1 change in meaning"
    );
    let through = CLUBS.replace("2014-01-01 until further notice", "2014-01-01 through 2014-12-31");
    let until = CLUBS.replace("2014-01-01 until further notice", "2014-01-01 until 2015-01-01");
    assert!(wordings(&through, &until).contains("which means the same"));
}

#[test]
fn readings_and_requirements_are_compared_line_by_line() {
    let readings = CLUBS.replace("  at least 30 days before held_on\n", "");
    let readings = readings.replace(
        "  note \"A month, in days.\"\n",
        "  note \"A month, in days.\"\n  reading strict\n    at least 30 days before held_on\n  reading lenient\n    at least 20 days before held_on\n",
    );
    let other = readings.replace("20 days", "10 days");
    assert_eq!(
        wordings(&readings, &other),
        "clauses\n\
         changed: § 1 call, reading lenient, when: “at least 20 days before held_on” becomes “at least 10 days before held_on”\n\
         1 change in meaning"
    );
}

#[test]
fn a_clause_that_becomes_one_of_another_kind_is_told_as_a_whole() {
    let told = change(
        "duty name § 3\n  for each club\n  board shall ensure name is given\n  if it is large",
        "judgement name § 3\n  for each club\n  board shall \"name it well\"\n  judged by board",
    );
    assert!(told.starts_with("clauses\nchanged: § 3 name: “duty name § 3 for each club"), "{told}");
    assert!(told.ends_with("1 change in meaning"), "{told}");
}

#[test]
fn the_policies_mean_the_same_in_whatever_order_they_stand() {
    for name in bundled::names() {
        let Bundled { policy, sources, .. } = bundled::read(&name).unwrap();
        let rules = Rules::of(&policy.trees).unwrap();
        let mut turned = policy.trees.clone();
        turned.iter_mut().for_each(|tree| tree.items.reverse());
        let other = Rules::of(&turned).unwrap();
        let found = compare::wordings(&sources, &rules, &other);
        assert!(found.changes.is_empty(), "{name}: {:?}", found.changes);
        let moved = |one: &Reworded| one.ways == [Way::Order];
        assert!(!found.reworded.is_empty() && found.reworded.iter().all(moved), "{name}: {:?}", found.reworded);
    }
}
