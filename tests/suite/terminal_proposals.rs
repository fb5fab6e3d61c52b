//! The binary comparing an agreement without an amendment and with it, and two amendments with each other.

use std::path::Path;

use assert_cmd::Command;

use super::terminal_agreements::folder;

const LETTERS: [&str; 2] = ["--facts", "policies/samverkan/facts/letters.ron"];

/// Exit code, results and messages, run from the root of the project or from another folder.
fn diff_in(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("overens").unwrap();
    let output = command.current_dir(folder).arg("diff").args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn diff(words: &[&str]) -> (i32, String, String) {
    diff_in(Path::new(env!("CARGO_MANIFEST_DIR")), words)
}

/// What is printed, without the digests: they are of the texts as they stand.
fn shown(words: &[&str]) -> String {
    let (exit, results, messages) = diff(words);
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    let told = results.lines().filter(|line| !line.contains(": digest "));
    told.map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_working_groups_proposal_takes_the_letter_of_29_january_out() {
    // Of the letters the one of 20 January is before the meeting that adopts it, and keeps the old wording.
    insta::assert_snapshot!(shown(&["policies/samverkan", "working_group", LETTERS[0], LETTERS[1]]));
}

#[test]
fn the_groups_own_proposal_asks_two_things_of_the_motion() {
    insta::assert_snapshot!(shown(&["policies/samverkan", "groups_own", LETTERS[0], LETTERS[1]]));
}

#[test]
fn the_two_proposals_of_2015_against_each_other() {
    let both = shown(&["policies/samverkan+working_group", "groups_own", LETTERS[0], LETTERS[1]]);
    let same = ["policies/samverkan+working_group", "policies/samverkan+groups_own", LETTERS[0], LETTERS[1]];
    assert_eq!(both, shown(&same));
    insta::assert_snapshot!(both);
}

#[test]
fn the_consultation_principles_make_six_of_81_short_times_of_2013_remain() {
    // Of 81 that were short, six remain; of the 75 others 33 had been explained and 42 had not (policies/compact/README.md).
    insta::assert_snapshot!(shown(&[
        "policies/compact",
        "consultation_principles",
        "--facts",
        "policies/compact/facts/2013.ron"
    ]));
}

#[test]
fn an_amendment_is_shown_in_every_format() {
    let words = |format| ["policies/samverkan+working_group", "groups_own", LETTERS[0], LETTERS[1], "--format", format];
    insta::assert_snapshot!(diff(&words("pretty")).1);
    insta::assert_snapshot!(diff(&words("markdown")).1);
    let json: serde_json::Value = serde_json::from_str(&diff(&words("json")).1).unwrap();
    assert_eq!(json["amendments"][1]["name"], "groups_own");
    assert_eq!(json["amendments"][1]["takes_effect"], "2015-01-22");
    assert_eq!(json["amendments"][1]["adopted_on"], "new");
    assert_eq!(json["changes"][0]["sort"], "stays");
    assert_eq!(json["changes"][0]["by"][0], "working_group");
}

#[test]
fn a_name_that_is_no_amendment_is_refused_with_the_nearest() {
    let refused = |words: &[&str]| {
        let (exit, results, messages) = diff(words);
        assert_eq!(results, "");
        format!("{}\n{messages}exit {exit}\n", words.join(" "))
    };
    let told = [
        refused(&["policies/samverkan", "working_grup"]),
        refused(&["policies/samverkan", "something"]),
        refused(&["policies/samverkan+working_grup", "groups_own"]),
        refused(&["policies/samverkan", "policies/samverkan+working_group+groups_own"]),
        refused(&["working_group", "groups_own"]),
    ];
    insta::assert_snapshot!(told.join("\n"));
}

const CLUB: &str = r#"agreement club "A club"
  in force from 2014-01-01 until further notice

event meeting, meetings on held_on
  held_on: date
  called_on: date

actor board

deadline call § 1
  for each meeting
  board shall have called_on
  at least 30 days before held_on
"#;

const MINE: &str = r#"amendment mine § 1 "Two weeks"
  to club
  takes effect 2014-02-01
  replace call
  deadline call § 1
    for each meeting
    board shall have called_on
    at least 14 days before held_on
"#;

#[test]
fn a_file_of_an_amendment_is_a_side_wherever_it_stands() {
    let facts = r#"(agreement: "club", as_of: "2014-12-31", meeting: [(id: "spring", held_on: "2014-05-21", called_on: "2014-05-01")])"#;
    let files = [("club/club.overens", CLUB), ("club/facts/2014.ron", facts), ("mine.overens", MINE)];
    let folder = folder("diff_mine", &files);
    for words in [["club", "mine.overens"], ["club", "club+mine.overens"]] {
        let (exit, results, messages) = diff_in(&folder, &words);
        assert_eq!((exit, messages.as_str()), (0, ""));
        assert!(results.starts_with("club: club without mine.overens becomes club with mine.overens\n"), "{results}");
        assert!(results.contains("call: late becomes satisfied, once: spring, by board\n"), "{results}");
    }
    let (exit, results, _) = diff_in(&folder, &["mine.overens", "club", "--exit-code"]);
    assert_eq!(exit, 1);
    assert!(results.contains("call: satisfied becomes late, once: spring, by board\n"), "{results}");
}
