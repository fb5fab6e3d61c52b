//! What waits for a person, and decisions that come to a new fact file. Earlier decisions are shown, and settle nothing else.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use super::terminal_agreements::{folder, overens};

const CHOIR: &str = r#"agreement choir "A choir"
  overens 1
  in force from 2012-01-01 until further notice
  months round down

fact plan: text

event concert, concerts on held_on
  held_on: date
  accounts_sent_on: date

actors board, auditor, parties

judgement openness § 1 "The choir works openly"
  board shall "work openly"
  every calendar year
  lay before parties plan
  judged by parties

deadline accounts § 2 "Accounts are sent"
  for each concert
  board shall have accounts_sent_on
  within 30 days after held_on
  attested by auditor
"#;

/// Openness was judged for 2012, is to be judged for 2013, and runs in 2014. The auditor has attested nothing.
const FACTS: &str = r#"(
  agreement: "choir",
  as_of: "2014-06-30",
  plan: "open rehearsals",
  concert: [(id: "spring", held_on: "2014-05-05", accounts_sent_on: "2014-05-20")],
  judgement: [(clause: "openness", period: "2012", by: "parties", on: "2013-02-01", outcome: "kept", reasons: "open doors")],
)
"#;

const NEW: &str = "choir/facts/decisions-2014-07-01.ron";

fn choir(test: &str) -> PathBuf {
    folder(&format!("decide_{test}"), &[("choir/choir.overens", CHOIR), ("choir/facts/2014.ron", FACTS)])
}

/// For somebody who looks on, so that files may be written that no flag names.
fn attended(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let words = [&["decide", "choir"], words].concat();
    let output =
        Command::cargo_bin("overens").unwrap().current_dir(folder).env_remove("CI").args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const JUDGED: [&str; 14] = [
    "--clause",
    "openness",
    "--period",
    "2013",
    "--judge",
    "kept",
    "--by",
    "parties",
    "--on",
    "2014-06-20",
    "--why",
    "the doors stood open",
    "--recorded-on",
    "2014-07-01",
];

fn verdict(folder: &Path, clause: &str) -> String {
    let report: Value =
        serde_json::from_str(&overens(folder, &["eval", "choir", "--all", "--format", "json"]).1).unwrap();
    let all = report["verdicts"].as_array().unwrap();
    let of = |one: &&Value| one["clause"] == clause && one["period"].as_str().is_none_or(|period| period == "2013");
    all.iter().find(of).unwrap_or_else(|| panic!("{report}"))["verdict"].as_str().unwrap().to_string()
}

/// 5 May 2014 is a Monday, and 30 days later it is Wednesday 4 June.
#[test]
fn what_waits_is_told_by_role_and_date_with_what_the_decider_needs() {
    let (exit, results, messages) = overens(&choir("list"), &["decide", "choir", "--list"]);
    assert_eq!((exit, messages.as_str()), (0, ""));
    let lines: Vec<&str> = results.lines().collect();
    assert_eq!(
        lines,
        [
            "choir: as of 2014-06-30; facts choir/facts/2014.ron",
            "of 4 verdicts, 2 decisions wait for a person",
            "auditor: 2014-06-04 (Wednesday): § 2 accounts for spring: to attest",
            "   Accounts are sent",
            "   30 days after Monday 5 May 2014 is Wednesday 4 June",
            "   fact: held_on of spring is 2014-05-05 (2014.ron:5)",
            "   fact: accounts_sent_on of spring is 2014-05-20 (2014.ron:5)",
            "parties: 2013-12-31 (Tuesday): § 1 openness for 2013: to judge",
            "   The choir works openly",
            "   to weigh: work openly",
            "   laid before the decider: plan is \"open rehearsals\"",
            "   earlier, for 2012: parties judged on 2013-02-01: kept (open doors)",
        ]
    );
}

#[test]
fn a_decision_comes_to_a_new_file_and_the_others_stay_as_they_are() {
    let folder = choir("judged");
    let (exit, results, messages) = attended(&folder, &JUDGED);
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    assert_eq!(results, format!("{NEW}: 1 decision; 0 of 4 verdicts need judgement now\n"));
    assert_eq!(std::fs::read_to_string(folder.join("choir/facts/2014.ron")).unwrap(), FACTS);
    assert_eq!(
        std::fs::read_to_string(folder.join(NEW)).unwrap(),
        r#"// Decisions recorded on 2014-07-01.
(
  agreement: "choir",
  as_of: "2014-06-30",
  recorded_on: "2014-07-01",
  files: ["2014.ron"],
  judgement: [
    (clause: "openness", period: "2013", by: "parties", on: "2014-06-20", outcome: "kept", reasons: "the doors stood open", recorded_on: "2014-07-01"),
  ],
)
"#
    );
    assert_eq!(verdict(&folder, "openness"), "satisfied");
    // Before it was recorded, it was not known.
    let known = overens(&folder, &["decide", "choir", "--list", "--known-on", "2014-06-30"]).1;
    assert!(known.contains("§ 1 openness for 2013: to judge"), "{known}");
}

#[test]
fn an_earlier_decision_settles_no_other_period() {
    let folder = choir("earlier");
    assert_eq!(verdict(&folder, "openness"), "needs judgement");
}

#[test]
fn what_a_role_attests_waives_or_extends_is_recorded_too() {
    for (test, decided, entry, comes_to) in [
        ("attest", &["--attest", "yes"][..], "attestation: [", "satisfied"),
        ("deny", &["--attest", "no"], "holds: false", "violated"),
        ("waive", &["--waive"], "waiver: [", "not applicable"),
        ("extend", &["--extend", "2014-07-15"], "until: \"2014-07-15\"", "unknown"),
    ] {
        let folder = choir(test);
        let said =
            ["--clause", "accounts", "--for", "spring", "--by", "auditor", "--on", "2014-06-20", "--why", "seen"];
        let (exit, results, messages) =
            attended(&folder, &[&said[..], decided, &["--recorded-on", "2014-07-01"]].concat());
        assert_eq!(exit, 0, "{test}: {results}{messages}");
        let text = std::fs::read_to_string(folder.join(NEW)).unwrap();
        assert!(text.contains(entry) && text.contains("subject: \"spring\""), "{test}: {text}");
        assert_eq!(verdict(&folder, "accounts"), comes_to, "{test}");
    }
}

/// Each county owes each levy by 31 January 2014, and neither paid; stalls are cleared by whom a field names.
const LEVIES: &str = r#"agreement choir "Levies"
  in force from 2014-01-01

record county
  name: text

record levy, levies
  name: text

event transfer on paid_on
  levy: levy
  county: county
  paid_on: date

record stall
  holder: county
  cleared_on: date

actor board

deadline paid § 1
  for each levy
  each county shall make transfer
  by 2014-01-31

deadline cleared § 2
  for each stall
  holder shall have cleared_on
  by 2014-01-31

judgement rules § 3
  board shall "work openly"
"#;

const OWED: &str = r#"(
  agreement: "choir",
  as_of: "2014-06-30",
  complete: { "transfer": (from: "2014-01-01", through: "2014-06-30") },
  county: [(id: "a"), (id: "b")],
  levy: [(id: "x"), (id: "y")],
  stall: [(id: "gate", holder: "a", cleared_on: None), (id: "corner", cleared_on: None)],
)
"#;

fn levies(test: &str) -> PathBuf {
    folder(&format!("decide_{test}"), &[("choir/choir.overens", LEVIES), ("choir/facts/2014.ron", OWED)])
}

#[test]
fn a_decision_names_a_record_and_its_bearer_and_settles_that_case_alone() {
    let folder = levies("both");
    let said = ["--clause", "paid", "--waive", "--by", "board", "--on", "2014-01-10", "--why", "poor"];
    let whom = ["--for", "x", "--for", "a", "--recorded-on", "2014-07-01"];
    let (exit, results, messages) = attended(&folder, &[&said[..], &whom].concat());
    assert_eq!(exit, 0, "{results}{messages}");
    let text = std::fs::read_to_string(folder.join(NEW)).unwrap();
    assert!(text.contains("subject: \"x\", bearer: \"a\""), "{text}");
    let (_, results, _) = overens(&folder, &["eval", "choir", "--all", "--format", "plain"]);
    for (case, comes_to) in [("x a", "not applicable"), ("x b", "violated"), ("y a", "violated"), ("y b", "violated")] {
        assert!(results.contains(&format!("paid for {case}: {comes_to}")), "{case}: {results}");
    }
}

#[test]
fn a_decision_on_a_record_and_a_bearer_that_are_no_case_is_refused() {
    let folder = levies("no_case");
    for (clause, whom, told, way_out) in [
        ("paid", &["x", "c"][..], "`paid` has no bearer `c`", "a"),
        ("paid", &["z", "a"], "`paid` has no subject `z`", "x"),
        ("paid", &["a", "x"], "`paid` has no subject `a`", "write `subject: \"x\"` and `bearer: \"a\"`"),
        ("cleared", &["gate", "b"], "`b` is not known to be the bearer of `cleared` for `gate`", "its bearer is `a`"),
        ("cleared", &["corner", "b"], "`b` is not known to be the bearer of `cleared` for `corner`", "remove `bearer`"),
        ("rules", &["x", "board"], "`rules` has no subject `x`", "remove `subject`"),
        ("paid", &["x", "a", "b"], "one record and one bearer at most", "first the record, then the bearer"),
    ] {
        let said = ["--waive", "--by", "board", "--why", "poor", "--recorded-on", "2014-07-01", "--clause", clause];
        let whom: Vec<&str> = whom.iter().flat_map(|one| ["--for", one]).collect();
        let (exit, _, messages) = attended(&folder, &[&said[..], &whom].concat());
        assert!(exit == 4 || exit == 2, "{messages}");
        assert!(messages.contains(told) && messages.contains(way_out), "{clause}: {messages}");
    }
}

#[test]
fn a_bearer_alone_is_one_of_those_who_bear_the_clause_and_is_told_in_every_notation() {
    let waived = |bearer: &str| {
        format!(
            "{{\"waiver\": [{{\"clause\": \"paid\", \"bearer\": \"{bearer}\", \"by\": \"board\", \"on\": \"2014-01-10\"}}]}}"
        )
    };
    for (bearer, exit, told) in [("a", 1, "paid for y a: not applicable"), ("x", 4, "`paid` has no bearer `x`")] {
        let folder = levies("alone");
        std::fs::write(folder.join("w.json"), waived(bearer)).unwrap();
        let words = ["eval", "choir", "choir/facts/2014.ron", "w.json", "--all", "--format", "plain"];
        let (came, results, messages) = overens(&folder, &words);
        assert_eq!(came, exit, "{results}{messages}");
        assert!(format!("{results}{messages}").contains(told), "{results}{messages}");
    }
    let folder = levies("alone_by_field");
    std::fs::write(folder.join("w.json"), waived("a").replace("paid", "cleared")).unwrap();
    let (came, _, messages) = overens(&folder, &["eval", "choir", "choir/facts/2014.ron", "w.json"]);
    assert!(came == 4 && messages.contains("add `subject` as well"), "{messages}");
}

#[test]
fn a_decision_of_a_later_day_says_from_when_it_counts() {
    let folder = choir("later");
    let words = JUDGED.map(|word| if word == "2014-06-20" { "2014-07-01" } else { word });
    let (exit, results, messages) = attended(&folder, &words);
    assert_eq!(exit, 0, "{messages}");
    assert_eq!(
        results,
        format!(
            "{NEW}: 1 decision; 1 of 4 verdicts needs judgement now; counts from 2014-07-01, judged as of 2014-06-30\n"
        )
    );
}

#[test]
fn no_file_is_written_over_and_none_that_nobody_named_where_nobody_looks_on() {
    let folder = choir("over");
    let (exit, _, messages) = attended(&folder, &[&JUDGED[..], &["--to", "choir/facts/2014.ron"]].concat());
    assert!(exit == 5 && messages.contains("already exists"), "{messages}");
    let words = [&["decide", "choir"], &JUDGED[..]].concat();
    let unattended =
        Command::cargo_bin("overens").unwrap().current_dir(&folder).env("CI", "true").args(words).output().unwrap();
    assert_eq!(unattended.status.code(), Some(2));
    assert_eq!(overens(&folder, &[&["decide", "choir"], &JUDGED[..], &["--to", "choir/facts/d.ron"]].concat()).0, 0);
}

#[test]
fn what_is_missing_from_a_decision_is_asked_for() {
    let folder = choir("missing");
    for (left_out, told) in [
        ("--judge", "no decision given"),
        ("--by", "no name given for who decided"),
        ("--why", "no reason given for the decision"),
        ("--recorded-on", "no date given for recording the decision"),
    ] {
        let at = JUDGED.iter().position(|word| *word == left_out).unwrap();
        let words: Vec<&str> = [&JUDGED[..at], &JUDGED[at + 2..]].concat();
        let (exit, _, messages) = attended(&folder, &words);
        assert!(exit == 2 && messages.contains(told), "{left_out}: {messages}");
    }
}

#[test]
fn a_decision_is_held_against_the_policy_as_facts_are() {
    let folder = choir("wrong");
    let words = JUDGED.map(|word| if word == "openness" { "opennes" } else { word });
    let (exit, _, messages) = attended(&folder, &words);
    assert!(exit == 4 && messages.contains("opennes") && messages.contains("openness"), "{messages}");
    let words = JUDGED.map(|word| if word == "parties" { "board" } else { word });
    let (_, _, messages) = attended(&folder, &words);
    assert!(messages.contains("board"), "{messages}");
}

#[cfg(unix)]
#[test]
fn somebody_at_a_terminal_decides_case_by_case() {
    let folder = choir("talk");
    let mut talk = super::terminal_talk::talk(&folder, &["decide", "choir", "--recorded-on", "2014-06-30"]);
    talk.answer("does it hold, yes or no > ", "yes\n");
    talk.answer("Who decided? [auditor] ", "\n");
    talk.answer("On which date? [2014-06-30] ", "\n");
    talk.answer("Why? ", "the accounts are in order\n");
    talk.answer("kept, late, broken, not applicable > ", "perhaps\n");
    talk.answer("Not one of the answers.", "");
    talk.answer("kept, late, broken, not applicable > ", "kept\n");
    talk.answer("Who decided? [parties] ", "\n");
    talk.answer("On which date? [2014-06-30] ", "2014-06-01\n");
    talk.answer("Why? ", "the doors stood open\n");
    let (exit, shown) = talk.end();
    assert_eq!(exit, 0, "{shown}");
    assert!(
        shown.contains("choir/facts/decisions-2014-06-30.ron: 2 decisions; 0 of 4 verdicts need judgement now"),
        "{shown}"
    );
    assert_eq!((verdict(&folder, "openness"), verdict(&folder, "accounts")), ("satisfied".into(), "satisfied".into()));
}
