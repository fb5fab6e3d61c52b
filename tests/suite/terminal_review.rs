//! `overens review` by flags: what differs is listed, and what a pattern means is accepted.

use insta::assert_snapshot;

use super::terminal_agreements::folder;
use super::terminal_snapshots::{CLUB, FACTS, SNAPSHOT, accepted, change, run, run_with};

const BY: [&str; 4] = ["--by", "Bo Ek", "--reason", "the board agreed to two days"];

fn accept(pattern: &str) -> Vec<&str> {
    ["review", "club", "--accept", pattern].into_iter().chain(BY).collect()
}

#[test]
fn what_differs_is_listed_for_readers_and_programs() {
    let folder = accepted("listed");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let (exit, told) = run(&folder, &["review", "club", "--list"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r"
    club: 2 verdicts differ or are new, in 1 group

    clause summons
      2 verdicts: 1 late → satisfied, 1 pending, details differ
        summons for autumn: pending, last day 2014-09-10 → pending, last day 2014-09-18  (2014@2014-06-01.snap)
        summons for spring: late, 5 days over, last day 2014-03-10 → satisfied, 3 days to spare, last day 2014-03-18  (2014@2014-06-01.snap)
    note: club: the cause of some differences is unknown, because the policy and the facts that they were accepted with are not in git; these verdicts are listed by clause
    help: give the old ones with `--was-policy PATH` and `--was-facts PATH`, and commit policy, facts and snapshots together
    ");
    let (exit, told) = run(&folder, &["review", "club", "--list", "--format", "json"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told);
}

#[test]
fn where_nothing_differs_there_is_nothing_to_review() {
    let folder = accepted("nothing_differs");
    let (exit, told) = run(&folder, &["review", "club", "--list"]);
    assert_eq!(exit, 0);
    assert_snapshot!(told, @"club: 1 snapshot holds");
    let without_day = FACTS.replace("  as_of: \"2014-06-01\",\n", "");
    let folder = super::terminal_agreements::folder(
        "nothing_expected",
        &[("club/club.overens", CLUB), ("club/facts/2014.ron", &without_day)],
    );
    let (exit, told) = run(&folder, &["review", "club", "--list"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r#"
    error: nothing to do: there is no snapshot, and no fact file in `facts` next to a policy has an as-of date
    help: add `as_of: "2015-02-01"` to a fact file there
    "#);
}

#[test]
fn what_is_accepted_is_kept_with_who_and_why() {
    let folder = accepted("kept");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let (exit, told) = run(&folder, &accept("*"));
    assert_eq!(exit, 0);
    assert_snapshot!(told, @r"
    clause summons: accepted 2 verdicts
    note: club: the cause of some differences is unknown, because the policy and the facts that they were accepted with are not in git; these verdicts are listed by clause
    help: give the old ones with `--was-policy PATH` and `--was-facts PATH`, and commit policy, facts and snapshots together
    ");
    assert_snapshot!(std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap());
    assert_eq!(run(&folder, &["test", "club"]).0, 0);
}

#[test]
fn of_several_differences_only_those_that_are_meant_are_accepted() {
    let folder = accepted("some");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let before = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    let (exit, told) = run(&folder, &accept("summons/spring"));
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r"
    clause summons: accepted 1 verdict
    note: club: the cause of some differences is unknown, because the policy and the facts that they were accepted with are not in git; these verdicts are listed by clause
    help: give the old ones with `--was-policy PATH` and `--was-facts PATH`, and commit policy, facts and snapshots together
    1 verdict left to review
    ");
    let after = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    let line = |text: &str, name: &str| text.lines().find(|line| line.starts_with(name)).unwrap().to_string();
    assert_eq!(line(&after, "summons for autumn"), line(&before, "summons for autumn"));
    assert_ne!(line(&after, "summons for spring"), line(&before, "summons for spring"));
    // The old texts are still looked for: the other verdict is theirs.
    assert_eq!(line(&after, "description"), line(&before, "description"));
    assert_eq!(run(&folder, &accept("summons/autumn")).0, 0);
    let last = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    assert_ne!(line(&last, "description"), line(&before, "description"));
    assert_eq!(run(&folder, &["test", "club"]).0, 0);
}

#[test]
fn a_pattern_that_fits_nothing_is_told() {
    let folder = accepted("fits_nothing");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let (exit, told) = run(&folder, &accept("sumons/*"));
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r"
    note: club: the cause of some differences is unknown, because the policy and the facts that they were accepted with are not in git; these verdicts are listed by clause
    help: give the old ones with `--was-policy PATH` and `--was-facts PATH`, and commit policy, facts and snapshots together
    error: nothing to do: no differing verdict matches `sumons/*`
    help: `--list` shows them; the first is `summons/autumn`
    ");
}

#[test]
fn nothing_is_accepted_without_a_name_and_a_reason() {
    let folder = accepted("no_reason");
    for words in [&["--by", "Bo Ek"][..], &["--reason", "because"], &["--by", "Bo Ek", "--reason", "  "]] {
        let all: Vec<&str> = ["review", "club", "--accept", "*"].into_iter().chain(words.iter().copied()).collect();
        // Somebody whose name git does not know either.
        let git = [("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "user.name"), ("GIT_CONFIG_VALUE_0", "")];
        assert_eq!(run_with(&folder, &all, &git).0, 2, "{words:?}");
    }
}

#[test]
fn where_nobody_looks_on_nothing_is_written() {
    let folder = folder("ci", &[("club/club.overens", CLUB), ("club/facts/2014.ron", FACTS)]);
    let (exit, told) = run_with(&folder, &accept("*"), &[("CI", "true")]);
    assert_eq!(exit, 2);
    assert_snapshot!(told, @r"
    error: files are not changed in CI (`CI=true`)
    help: run it on your own copy, and commit the result
    ");
    assert!(!folder.join("club/snapshots").exists());
    let (exit, _) = run_with(&folder, &["review", "club", "--list"], &[("CI", "true")]);
    assert_eq!(exit, 1);
}

#[test]
fn without_a_terminal_the_flags_are_named() {
    let folder = accepted("no_terminal");
    let (exit, told) = run(&folder, &["review", "club"]);
    assert_eq!(exit, 2);
    assert_snapshot!(told, @r"
    error: there is no terminal to review on
    help: use `--list`, or `--accept PATTERN --reason … --by …`
    ");
}

#[test]
fn a_fact_file_of_a_later_day_is_new_and_the_old_snapshot_stays() {
    let folder = accepted("later_day");
    change(&folder, "club/facts/2014.ron", "as_of: \"2014-06-01\"", "as_of: \"2014-12-01\"");
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 1);
    assert_snapshot!(told, @r"
    club/snapshots/2014@2014-12-01.snap: new: 3 verdicts not accepted yet
      help: `overens review club/club.overens` shows and accepts them
    club: 1 of 2 snapshots does not hold
    ");
    assert_eq!(run(&folder, &accept("*")).0, 0);
    let snapshots = std::fs::read_dir(folder.join("club/snapshots")).unwrap();
    assert_eq!(snapshots.count(), 2);
}

#[test]
fn facts_that_cannot_be_read_take_no_verdict_away() {
    let conflict = format!("<<<<<<< ours\n{FACTS}=======\n{FACTS}>>>>>>> theirs\n");
    for (test, broken) in [
        ("conflict", conflict),
        ("bracket", FACTS.replacen('(', "", 1)),
        ("type", FACTS.replacen("2014-03-20", "x", 1)),
    ] {
        let folder = accepted(&format!("unread_{test}"));
        let before = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
        std::fs::write(folder.join("club/facts/2014.ron"), broken).unwrap();
        for words in [vec!["review", "club", "--list"], accept("*")] {
            let (exit, told) = run(&folder, &words);
            assert_eq!(exit, 4, "{test}: {told}");
            assert!(told.contains("error[") && !told.contains("gone") && !told.contains("accepted"), "{test}: {told}");
        }
        assert_eq!(std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap(), before, "{test}");
    }
}
