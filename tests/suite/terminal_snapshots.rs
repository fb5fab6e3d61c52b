//! `overens test` over snapshots: what was accepted is compared with what is the case.

use std::path::Path;

use assert_cmd::Command;
use insta::assert_snapshot;

use super::terminal_agreements::folder;

/// The summons to the meeting of 20 March must go out by 10 March; it went out on the 15th, five days late.
pub const CLUB: &str = r#"agreement club "A club"
  overens 1
  in force from 2014-01-01 until further notice

event meeting on held_on
  held_on: date
  summons_sent_on: date

actors board, parties

deadline summons § 1 "The summons goes out ahead"
  for each meeting
  board shall have summons_sent_on
  at least 10 days before held_on

judgement openness § 2
  board shall "be open"
  every calendar year
  judged by parties
"#;

pub const FACTS: &str = r#"(
  agreement: "club",
  as_of: "2014-06-01",
  meeting: [
    (id: "spring", held_on: "2014-03-20", summons_sent_on: "2014-03-15"),
    (id: "autumn", held_on: "2014-09-20"),
  ],
)
"#;

/// Where the snapshot of these facts lies.
pub const SNAPSHOT: &str = "club/snapshots/2014@2014-06-01.snap";

/// A command in a folder, where somebody looks on.
pub fn run(folder: &Path, words: &[&str]) -> (i32, String) {
    run_with(folder, words, &[])
}

pub fn run_with(folder: &Path, words: &[&str], variables: &[(&str, &str)]) -> (i32, String) {
    let mut command = Command::cargo_bin("overens").unwrap();
    command.current_dir(folder).args(words).env_remove("CI").envs(variables.iter().copied());
    let output = command.output().unwrap();
    let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.code().unwrap(), told)
}

/// A folder with the club, of which everything was accepted.
pub fn accepted(test: &str) -> std::path::PathBuf {
    let folder = folder(test, &[("club/club.overens", CLUB), ("club/facts/2014.ron", FACTS)]);
    let words = ["review", "club", "--accept", "*", "--by", "Anna Berg", "--reason", "first look"];
    let (exit, told) = run(&folder, &words);
    assert_eq!(exit, 0, "{told}");
    folder
}

pub fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn without_a_folder_for_them_no_snapshots_are_expected() {
    let folder = folder("none_expected", &[("club/club.overens", CLUB), ("club/facts/2014.ron", FACTS)]);
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told, @"nothing to do: club has no scenario and no snapshot");
}

#[test]
fn verdicts_that_nobody_accepted_are_a_failure_where_snapshots_are_kept() {
    let files =
        [("club/club.overens", CLUB), ("club/facts/2014.ron", FACTS), ("club/facts/shared.ron", "(meeting: [])")];
    let folder = folder("nobody_accepted", &files);
    std::fs::create_dir(folder.join("club/snapshots")).unwrap();
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r"
    club/snapshots/2014@2014-06-01.snap: new: 3 verdicts not accepted yet
      help: `overens review club/club.overens` shows and accepts them
    club: 1 of 1 snapshot does not hold
    ");
}

#[test]
fn what_was_accepted_holds_while_nothing_changes() {
    let folder = accepted("all_holds");
    assert_snapshot!(std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap());
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 0);
    assert_snapshot!(told, @"club: 1 snapshot holds");
    // The texts may change as long as the verdicts do not.
    change(&folder, "club/club.overens", "The summons goes out ahead", "Ahead of the meeting");
    assert_eq!(run(&folder, &["test", "club"]), (0, told));
}

#[test]
fn what_differs_is_told_verdict_by_verdict() {
    let folder = accepted("differs");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r"
    club/snapshots/2014@2014-06-01.snap: 2 of 3 verdicts differ
      summons for autumn: pending, last day 2014-09-10 → pending, last day 2014-09-18
      summons for spring: late, 5 days over, last day 2014-03-10 → satisfied, 3 days to spare, last day 2014-03-18
      help: `overens review club/club.overens` shows why, and accepts what is right
    club: 1 of 1 snapshot does not hold
    ");
    let (exit, told) = run(&folder, &["test", "club", "--format", "json"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told);
}

#[test]
fn a_clause_that_was_renamed_has_the_verdicts_of_its_former_name() {
    let folder = accepted("renamed");
    let head = "deadline summons § 1 \"The summons goes out ahead\"";
    change(&folder, "club/club.overens", head, "deadline notice § 1\n  formerly summons");
    assert_eq!(run(&folder, &["test", "club"]), (0, "club: 1 snapshot holds\n".to_string()));
    assert_eq!(run(&folder, &["review", "club", "--list"]).0, 0);
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r"
    club/snapshots/2014@2014-06-01.snap: 2 of 3 verdicts differ
      notice for autumn: pending, last day 2014-09-10 → pending, last day 2014-09-18
      notice for spring: late, 5 days over, last day 2014-03-10 → satisfied, 3 days to spare, last day 2014-03-18
      help: `overens review club/club.overens` shows why, and accepts what is right
    club: 1 of 1 snapshot does not hold
    ");
    // What is accepted then is written under the new name, all of it.
    let words = ["review", "club", "--accept", "notice/spring", "--by", "Anna Berg", "--reason", "two days"];
    run(&folder, &words);
    let kept = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    assert!(kept.contains("notice for spring: satisfied, 3 days to spare, last day 2014-03-18\n"), "{kept}");
    assert!(kept.contains("notice for autumn: pending, last day 2014-09-10\n"), "{kept}");
    assert!(!kept.contains("summons for"), "{kept}");
}

#[test]
fn without_saying_so_a_new_name_is_another_clause() {
    let folder = accepted("named_otherwise");
    change(&folder, "club/club.overens", "deadline summons", "deadline notice");
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 1);
    assert!(told.contains("summons for spring: gone, was late"), "{told}");
}

#[test]
fn a_snapshot_whose_facts_are_gone_is_a_failure() {
    let folder = accepted("facts_gone");
    std::fs::rename(folder.join("club/facts/2014.ron"), folder.join("club/facts/2014_old.ron")).unwrap();
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r"
    club/snapshots/2014@2014-06-01.snap: its facts `facts/2014.ron` no longer exist
      help: restore the fact file, or delete the snapshot
    club/snapshots/2014_old@2014-06-01.snap: new: 3 verdicts not accepted yet
      help: `overens review club/club.overens` shows and accepts them
    club: 2 of 2 snapshots do not hold
    ");
}

#[test]
fn a_snapshot_changed_by_hand_is_told_and_left_as_it_is() {
    let folder = accepted("by_hand");
    change(&folder, SNAPSHOT, "late, 5 days over", "satisfied, 0 days to spare");
    let before = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r"
    club: 1 of 1 snapshot does not hold
    club/snapshots/2014@2014-06-01.snap:7:1: error[snapshot-edited]: the header or the verdicts below were changed by hand: they are not the accepted ones
        help: restore the accepted text (`git checkout -- FILE`), or delete the file; then `overens review` shows what is to be accepted
    to read more: overens explain snapshot-edited
    ");
    let words = ["review", "club", "--accept", "*", "--by", "Anna Berg", "--reason", "seen"];
    let (exit, told) = run(&folder, &words);
    assert_eq!(exit, 1);
    assert!(told.contains("snapshot-edited"), "{told}");
    assert_eq!(std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap(), before);
}

#[test]
fn facts_that_cannot_be_read_are_told_as_such() {
    let folder = accepted("facts_wrong");
    change(&folder, "club/facts/2014.ron", "2014-03-15", "2014-03-32");
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 4);
    assert!(told.contains("facts-no-such-day"), "{told}");
    assert_eq!(run(&folder, &["review", "club", "--list"]).0, 4);
}

#[test]
fn what_nobody_accepted_is_written_for_other_tools_when_that_is_asked_for() {
    let folder = accepted("pending");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let pending = folder.join("club/snapshots/2014@2014-06-01.snap.new");
    assert_eq!(run(&folder, &["test", "club"]).0, 1);
    assert!(!pending.exists());
    assert_eq!(run_with(&folder, &["test", "club", "--pending"], &[("CI", "true")]).0, 2);
    assert!(!pending.exists());
    assert_eq!(run(&folder, &["test", "club", "--pending"]).0, 1);
    assert!(insta::Snapshot::from_file(&pending).unwrap().as_text().unwrap().to_string().contains("3 days to spare"));
    // That is what other tools do to accept it.
    std::fs::rename(&pending, folder.join(SNAPSHOT)).unwrap();
    assert_eq!(run(&folder, &["test", "club"]).0, 0);
    // What is proposed goes when it is accepted, or when nothing differs any more.
    change(&folder, "club/club.overens", "at least 2 days", "at least 3 days");
    assert_eq!(run(&folder, &["test", "club", "--pending"]).0, 1);
    let words = ["review", "club", "--accept", "*", "--by", "Anna Berg", "--reason", "three days"];
    assert_eq!(run(&folder, &words).0, 0);
    assert!(!pending.exists());
}

#[test]
fn facts_of_other_agreements_are_passed_over_and_broken_ones_told() {
    let folder = accepted("other_facts");
    let choir = "(agreement: \"choir\", as_of: \"2014-06-01\", song: [])";
    std::fs::write(folder.join("club/facts/choir.ron"), choir).unwrap();
    assert_eq!(run(&folder, &["test", "club"]), (0, "club: 1 snapshot holds\n".to_string()));
    std::fs::write(folder.join("club/facts/broken.ron"), "(agreement: ").unwrap();
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 4, "{told}");
}

#[test]
fn two_policies_of_one_folder_have_snapshots_of_their_own() {
    let folder = accepted("two_policies");
    let other = CLUB.replace("at least 10 days", "at least 2 days").replace("every calendar year", "every quarter");
    std::fs::write(folder.join("club/second.overens"), other).unwrap();
    let words = ["review", "club/second.overens", "--accept", "*", "--by", "Anna Berg", "--reason", "the second"];
    assert_eq!(run(&folder, &words).0, 0);
    assert!(folder.join("club/snapshots/second__2014@2014-06-01.snap").is_file());
    for policy in ["club/club.overens", "club/second.overens"] {
        assert_eq!(run(&folder, &["test", policy]), (0, "club: 1 snapshot holds\n".to_string()));
    }
}
