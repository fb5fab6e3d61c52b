//! One party, and one matter, over several agreements.

use std::path::PathBuf;

use super::terminal_agreements::{folder, overens};

const CLUB: &str = r#"agreement club "A club"
  overens 1
  in force from 2014-01-01 until further notice
  currency SEK

event meeting, meetings on held_on
  held_on: date
  summons_sent_on: date

record member, members
  joined_on: date

event bill on sent_on
  sent_on: date
  amount: money

actors board, parties

deadline summons § 1 "The summons goes out ahead"
  for each meeting
  board shall have summons_sent_on
  at least 10 days before held_on

judgement openness § 2
  board shall "be open"
  every calendar year
  judged by parties

permission extra § 3
  board may hold meeting

deadline joined § 4
  for each member
  board shall have joined_on
  by 2014-05-01

cost rent § 5 "Who pays the rent"
  for each bill
  amount is shared equally among member
  rounded to SEK 0.01
"#;

const FACTS: &str = r#"(
  agreement: "club",
  as_of: "2014-06-30",
  complete: { "member": (from: "2014-01-01", through: "2014-06-30") },
  meeting: [(id: "spring", held_on: "2014-03-11", summons_sent_on: "2014-03-06")],
  member: [(id: "heron", joined_on: "2014-04-01"), (id: "kestrel", joined_on: "2014-04-02")],
  bill: [(id: "march", sent_on: "2014-03-31", amount: 100)],
)
"#;

/// The club, and a choir that says the same with another name and another day.
fn two(test: &str) -> PathBuf {
    let choir = CLUB.replace("agreement club \"A club\"", "agreement choir \"A choir\"").replace("10 days", "14 days");
    let facts = FACTS.replace("\"club\"", "\"choir\"");
    folder(
        &format!("party_{test}"),
        &[
            ("all/club/club.overens", CLUB),
            ("all/club/facts/2014.ron", FACTS),
            ("all/choir/choir.overens", &choir),
            ("all/choir/facts/2014.ron", &facts),
        ],
    )
}

fn plain(test: &str, name: &str) -> Vec<String> {
    let (exit, results, messages) = overens(&two(test), &["party", name, "all/club"]);
    assert_eq!(exit, 0, "{results}{messages}");
    results.lines().map(str::to_string).collect()
}

#[test]
fn a_partys_duties_rights_and_decisions_stand_together() {
    let board = plain("board", "board");
    assert_eq!(board[0], "club: as of 2014-06-30");
    assert!(board.iter().any(|line| line.starts_with("duties: § 1 summons for spring: late")), "{board:?}");
    assert!(board.iter().any(|line| line.starts_with("duties: § 4 joined for heron: satisfied")), "{board:?}");
    assert!(board.iter().any(|line| line.starts_with("rights: § 3 extra")), "{board:?}");
    // What the board must do and the parties judge is a duty of the one and a decision of the others.
    assert!(board.iter().any(|line| line.starts_with("duties: § 2 openness for 2014")), "{board:?}");
    let parties = plain("parties", "parties");
    assert_eq!(parties.len(), 2, "{parties:?}");
    assert!(parties[1].starts_with("decisions: § 2 openness for 2014"), "{parties:?}");
}

/// SEK 100 among two.
#[test]
fn a_record_has_what_is_said_about_it_and_the_money_it_bears() {
    let heron = plain("heron", "heron");
    assert_eq!(heron.len(), 3, "{heron:?}");
    assert!(heron[1].starts_with("about it: § 4 joined for heron: satisfied"), "{heron:?}");
    assert_eq!(heron[2], "money: § 5 rent for march: bears SEK 50");
}

#[test]
fn all_agreements_of_a_folder_stand_on_one_page() {
    let folder = two("page");
    let (exit, page, _) = overens(&folder, &["party", "board", "all", "--format", "markdown"]);
    assert_eq!(exit, 0, "{page}");
    assert!(page.starts_with("# board\n\n## A choir\n"), "{page}");
    assert!(
        page.contains("\n## A club\n") && page.contains("\n### Duties\n") && page.contains("| `summons` |"),
        "{page}"
    );
    let pretty = overens(&folder, &["party", "board", "all", "--format", "pretty"]).1;
    assert!(pretty.starts_with("board in 2 agreements\n"), "{pretty}");
}

#[test]
fn who_is_nobody_is_told_with_the_nearest_name() {
    let folder = two("nobody");
    let (exit, results, messages) = overens(&folder, &["party", "bord", "all"]);
    assert_eq!((exit, results.as_str()), (1, ""));
    assert!(messages.contains("no agreement has a party `bord`") && messages.contains("`board`"), "{messages}");
}

#[test]
fn each_agreements_words_on_one_matter_stand_side_by_side() {
    let folder = two("about");
    let (exit, results, _) = overens(&folder, &["compare", "all", "--about", "summons"]);
    let lines: Vec<&str> = results.lines().collect();
    assert_eq!((exit, lines.len()), (0, 2), "{results}");
    assert!(
        lines[0].starts_with("choir § 1 summons (deadline): deadline summons") && lines[0].contains("14 days"),
        "{results}"
    );
    assert!(
        lines[1].starts_with("club § 1 summons (deadline): deadline summons") && lines[1].contains("10 days"),
        "{results}"
    );
}

#[test]
fn a_matter_is_a_kind_too_and_an_unknown_one_is_told() {
    let folder = two("kinds");
    let (exit, results, _) = overens(&folder, &["compare", "all", "--about", "deadline"]);
    assert_eq!((exit, results.lines().count()), (0, 4), "{results}");
    let (exit, results, messages) = overens(&folder, &["compare", "all", "--about", "sumons"]);
    assert_eq!((exit, results.as_str()), (1, ""));
    assert!(messages.contains("no clause is about `sumons`") && messages.contains("`summons`"), "{messages}");
    let table = overens(&folder, &["compare", "all", "--about", "rent", "--format", "markdown"]).1;
    assert_eq!(table.lines().filter(|line| line.starts_with("| cl") || line.starts_with("| ch")).count(), 2, "{table}");
}

#[test]
fn what_could_not_be_judged_or_compared_is_named_in_every_form() {
    let folder = super::forms_support::several("party_not_judged");
    let told = |words: &[&str]| overens(&folder, words);
    for (form, place) in [("plain", "\n"), ("pretty", "\n"), ("markdown", "\n## Could not be judged\n\n- ")] {
        let (exit, party, _) = told(&["party", "board", "all", "--format", form]);
        let path = "all/broken/broken.overens";
        let named = format!("{place}{path} could not be judged ({path}): {path}:3:");
        assert!(exit == 3 && party.contains(&named), "{form}: {party}");
    }
    let (_, compared, _) = told(&["compare", "all", "--about", "summons"]);
    assert_eq!(compared.lines().count(), 3, "{compared}");
    assert!(
        compared.contains("\nall/broken/broken.overens could not be compared: all/broken/broken.overens:3:"),
        "{compared}"
    );
    let (_, page, _) = told(&["compare", "all", "--about", "summons", "--format", "markdown"]);
    assert!(
        page.contains("\n## Could not be compared\n\n- all/broken/broken.overens could not be compared: "),
        "{page}"
    );
    // Whom only an agreement knows that could not be judged, nobody is said not to know.
    let (exit, page, messages) = told(&["party", "nobody", "all"]);
    assert!(exit == 3 && page.lines().count() == 1, "{page}");
    assert!(messages.contains("no agreement that could be judged has a party `nobody`"), "{messages}");
}
