//! `overens review` tells what made verdicts differ, by the texts that git keeps or that are named.

use std::path::{Path, PathBuf};
use std::process::Command;

use insta::assert_snapshot;

use super::terminal_snapshots::{CLUB, accepted, change, run};

/// A club of which everything was accepted and committed.
fn committed(test: &str) -> PathBuf {
    let folder = accepted(test);
    git(&folder, &["init", "--quiet"]);
    commit(&folder);
    folder
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "accepted"]);
}

fn git(folder: &Path, words: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(words).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for (name, value) in [("NAME", "Anna Berg"), ("EMAIL", "anna@example.org"), ("DATE", "2015-02-01T12:00:00Z")] {
        command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    let output = command.output().unwrap();
    // A merge that leaves conflicts ends with 1.
    assert!(output.status.code() == Some(i32::from(words.first() == Some(&"merge"))), "{output:?}");
}

const FACTS: &str = "club/facts/2014.ron";
const POLICY: &str = "club/club.overens";

/// What `--list` shows.
fn listed(folder: &Path, more: &[&str]) -> String {
    let words: Vec<&str> = ["review", "club", "--list"].iter().chain(more).copied().collect();
    let (exit, told) = run(folder, &words);
    assert_eq!(exit, 1, "{told}");
    told
}

#[test]
fn a_line_of_the_policy_that_changed_is_the_cause() {
    let folder = committed("cause_line");
    change(&folder, POLICY, "at least 10 days", "at least 2 days");
    let told = listed(&folder, &[]);
    assert_snapshot!(told, @r"
    club: 2 verdicts differ or are new, in 1 group

    § 1 summons, when: “at least 10 days before held_on” → “at least 2 days before held_on”
      2 verdicts: 1 late → satisfied, 1 pending, details differ
        summons for autumn: pending, last day 2014-09-10 → pending, last day 2014-09-18  (2014@2014-06-01.snap)
        summons for spring: late, 5 days over, last day 2014-03-10 → satisfied, 3 days to spare, last day 2014-03-18  (2014@2014-06-01.snap)
    ");
    // Also when it was committed meanwhile.
    commit(&folder);
    change(&folder, POLICY, "The summons goes out ahead", "Ahead");
    commit(&folder);
    assert_eq!(listed(&folder, &[]), told);
}

#[test]
fn a_line_of_a_clause_that_was_renamed_is_the_cause() {
    let folder = committed("cause_renamed");
    change(
        &folder,
        POLICY,
        "deadline summons § 1 \"The summons goes out ahead\"",
        "deadline notice § 1\n  formerly summons",
    );
    assert_eq!(run(&folder, &["review", "club", "--list"]).0, 0);
    change(&folder, POLICY, "at least 10 days", "at least 2 days");
    assert_snapshot!(listed(&folder, &[]), @r"
    club: 2 verdicts differ or are new, in 1 group

    § 1 notice, when: “at least 10 days before held_on” → “at least 2 days before held_on”
      2 verdicts: 1 late → satisfied, 1 pending, details differ
        notice for autumn: pending, last day 2014-09-10 → pending, last day 2014-09-18  (2014@2014-06-01.snap)
        notice for spring: late, 5 days over, last day 2014-03-10 → satisfied, 3 days to spare, last day 2014-03-18  (2014@2014-06-01.snap)
    ");
}

#[test]
fn a_fact_that_changed_is_the_cause() {
    let folder = committed("cause_fact");
    change(&folder, FACTS, "summons_sent_on: \"2014-03-15\"", "summons_sent_on: \"2014-03-09\"");
    assert_snapshot!(listed(&folder, &[]), @r"
    club: 1 verdict differs or is new

    meeting spring, summons_sent_on: “2014-03-15” → “2014-03-09”
      1 verdict: 1 late → satisfied
        summons for spring: late, 5 days over, last day 2014-03-10 → satisfied, 1 day to spare, last day 2014-03-10  (2014@2014-06-01.snap)
    ");
}

#[test]
fn what_the_policy_and_what_the_facts_bring_about_stands_apart() {
    let folder = committed("cause_both");
    change(&folder, POLICY, "every calendar year", "every quarter");
    change(&folder, FACTS, "summons_sent_on: \"2014-03-15\"", "summons_sent_on: \"2014-03-09\"");
    assert_snapshot!(listed(&folder, &[]), @r"
    club: 4 verdicts differ or are new, in 2 groups

    § 2 openness, how often it recurs: “every calendar year” → “every quarter”
      3 verdicts: 1 gone: pending, 1 new: needs judgement, 1 new: pending
        openness in 2014: gone, was pending, last day 2014-12-31  (2014@2014-06-01.snap)
        openness in 2014-Q1: new: needs judgement, last day 2014-03-31, decided by parties  (2014@2014-06-01.snap)
        openness in 2014-Q2: new: pending, last day 2014-06-30  (2014@2014-06-01.snap)

    meeting spring, summons_sent_on: “2014-03-15” → “2014-03-09”
      1 verdict: 1 late → satisfied
        summons for spring: late, 5 days over, last day 2014-03-10 → satisfied, 1 day to spare, last day 2014-03-10  (2014@2014-06-01.snap)
    ");
    let words = ["review", "club", "--accept", "meeting spring*", "--by", "Bo Ek", "--reason", "the post was found"];
    let (exit, told) = run(&folder, &words);
    assert_eq!(exit, 1, "{told}");
    assert_snapshot!(told, @r"
    meeting spring, summons_sent_on: “2014-03-15” → “2014-03-09”: accepted 1 verdict
    3 verdicts left to review
    ");
    // What is left has the same cause as before.
    assert_snapshot!(listed(&folder, &[]), @r"
    club: 3 verdicts differ or are new, in 1 group

    § 2 openness, how often it recurs: “every calendar year” → “every quarter”
      3 verdicts: 1 gone: pending, 1 new: needs judgement, 1 new: pending
        openness in 2014: gone, was pending, last day 2014-12-31  (2014@2014-06-01.snap)
        openness in 2014-Q1: new: needs judgement, last day 2014-03-31, decided by parties  (2014@2014-06-01.snap)
        openness in 2014-Q2: new: pending, last day 2014-06-30  (2014@2014-06-01.snap)
    ");
}

#[test]
fn the_old_texts_may_be_named() {
    let folder = accepted("cause_named");
    std::fs::create_dir(folder.join("old")).unwrap();
    std::fs::copy(folder.join(FACTS), folder.join("old/2014.ron")).unwrap();
    std::fs::write(folder.join("old/club.overens"), CLUB).unwrap();
    change(&folder, POLICY, "at least 10 days", "at least 2 days");
    assert_snapshot!(listed(&folder, &[]), @r"
    club: 2 verdicts differ or are new, in 1 group

    clause summons
      2 verdicts: 1 late → satisfied, 1 pending, details differ
        summons for autumn: pending, last day 2014-09-10 → pending, last day 2014-09-18  (2014@2014-06-01.snap)
        summons for spring: late, 5 days over, last day 2014-03-10 → satisfied, 3 days to spare, last day 2014-03-18  (2014@2014-06-01.snap)
    note: club: the cause of some differences is unknown, because the policy and the facts that they were accepted with are not in git; these verdicts are listed by clause
    help: give the old ones with `--was-policy PATH` and `--was-facts PATH`, and commit policy, facts and snapshots together
    ");
    assert_snapshot!(listed(&folder, &["--was-policy", "old/club.overens"]), @r"
    club: 2 verdicts differ or are new, in 1 group

    § 1 summons, when: “at least 10 days before held_on” → “at least 2 days before held_on”
      2 verdicts: 1 late → satisfied, 1 pending, details differ
        summons for autumn: pending, last day 2014-09-10 → pending, last day 2014-09-18  (2014@2014-06-01.snap)
        summons for spring: late, 5 days over, last day 2014-03-10 → satisfied, 3 days to spare, last day 2014-03-18  (2014@2014-06-01.snap)
    ");
    change(&folder, FACTS, "2014-03-15", "2014-03-19");
    assert_snapshot!(listed(&folder, &["--was-policy", "old", "--was-facts", "old"]), @r"
    club: 2 verdicts differ or are new, in 2 groups

    § 1 summons, when: “at least 10 days before held_on” → “at least 2 days before held_on”
      1 verdict: 1 pending, details differ
        summons for autumn: pending, last day 2014-09-10 → pending, last day 2014-09-18  (2014@2014-06-01.snap)

    § 1 summons, when: “at least 10 days before held_on” → “at least 2 days before held_on”; and meeting spring, summons_sent_on: “2014-03-15” → “2014-03-19”, together
      1 verdict: 1 late, details differ
        summons for spring: late, 5 days over, last day 2014-03-10 → late, 1 day over, last day 2014-03-18  (2014@2014-06-01.snap)
    ");
}

#[test]
fn a_clause_that_came_is_the_cause_of_its_verdicts() {
    let folder = committed("cause_clause");
    let policy = format!("{CLUB}\njudgement thrift § 3\n  board shall \"be thrifty\"\n  judged by parties\n");
    std::fs::write(folder.join(POLICY), policy).unwrap();
    assert_snapshot!(listed(&folder, &[]), @r"
    club: 1 verdict differs or is new

    § 3 thrift, added
      1 verdict: 1 new: needs judgement
        thrift: new: needs judgement, decided by parties  (2014@2014-06-01.snap)
    ");
}

#[test]
fn a_snapshot_that_two_branches_changed_is_left_alone_until_one_side_is_taken() {
    let folder = committed("cause_merge");
    let accept = |why: &str| {
        let words = ["review", "club", "--accept", "*", "--by", "Bo Ek", "--reason", why];
        assert_eq!(run(&folder, &words).0, 0);
        commit(&folder);
    };
    git(&folder, &["branch", "--quiet", "post"]);
    change(&folder, POLICY, "every calendar year", "every quarter");
    accept("four times a year");
    git(&folder, &["branch", "--quiet", "quarters"]);
    git(&folder, &["checkout", "--quiet", "post"]);
    change(&folder, FACTS, "summons_sent_on: \"2014-03-15\"", "summons_sent_on: \"2014-03-09\"");
    accept("the post was found");
    git(&folder, &["merge", "--quiet", "quarters"]);
    let (exit, told) = run(&folder, &["test", "club"]);
    assert_eq!(exit, 1);
    assert!(told.contains("snapshot-conflict") && told.contains("git checkout --ours"), "{told}");
    git(&folder, &["checkout", "--ours", "club/snapshots"]);
    assert_snapshot!(listed(&folder, &[]), @r"
    club: 3 verdicts differ or are new, in 1 group

    § 2 openness, how often it recurs: “every calendar year” → “every quarter”
      3 verdicts: 1 gone: pending, 1 new: needs judgement, 1 new: pending
        openness in 2014: gone, was pending, last day 2014-12-31  (2014@2014-06-01.snap)
        openness in 2014-Q1: new: needs judgement, last day 2014-03-31, decided by parties  (2014@2014-06-01.snap)
        openness in 2014-Q2: new: pending, last day 2014-06-30  (2014@2014-06-01.snap)
    ");
    accept("both together");
    assert_eq!(run(&folder, &["test", "club"]).0, 0);
}
