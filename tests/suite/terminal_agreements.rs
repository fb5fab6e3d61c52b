//! The binary over agreements: check, eval, why and test, their words and exit codes.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// A folder for one test with these files.
#[expect(clippy::disallowed_methods, reason = "a test sets its scene")]
pub fn folder(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreements");
    // The repository around it does not know these files, as it does not where cargo has made the folder `target`.
    let _ = std::fs::create_dir_all(&all).and_then(|()| std::fs::write(all.join("CACHEDIR.TAG"), ""));
    let folder = all.join(test);
    let _ = std::fs::remove_dir_all(&folder);
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// Exit code, results and messages of a command in a folder.
pub fn overens(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("overens").unwrap().current_dir(folder).args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const POLICY: &str = r#"agreement club "A club"
  overens 1
  in force from 2014-01-01 until further notice

event report on sent_on
  sent_on: date

actors board, parties

deadline report_in § 1
  board shall send report
  by 2015-03-01

judgement openness § 2
  board shall "be open"
  every calendar year
  judged by parties

scenario "In time"
  as of 2015-06-01
  given report r has sent_on 2015-02-27
  expect report_in satisfied, 2 days early
"#;

const SENT: &str = r#"(agreement: "club", as_of: "2014-06-01", report: [(id: "r", sent_on: "2014-02-27")])"#;

#[test]
fn a_sound_policy_is_told_in_one_line() {
    let folder = folder("sound", &[("club.overens", POLICY)]);
    let (exit, results, messages) = overens(&folder, &["check", "."]);
    assert_eq!(
        (exit, results.as_str(), messages.as_str()),
        (0, "club: 2 clauses, 1 record, 1 scenario: no errors\n", "")
    );
}

#[test]
fn a_mistake_in_a_policy_exits_with_3_and_in_facts_with_4() {
    let wrong = POLICY.replace("send report", "send repport");
    let folder =
        folder("mistakes", &[("wrong.overens", &wrong), ("club.overens", POLICY), ("bad.ron", "(report: [(id: 7)")]);
    assert_eq!(overens(&folder, &["check", "wrong.overens"]).0, 3);
    assert_eq!(overens(&folder, &["eval", "wrong.overens", "--as-of", "2015-01-01"]).0, 3);
    assert_eq!(overens(&folder, &["eval", "club.overens", "bad.ron", "--as-of", "2015-01-01"]).0, 4);
}

#[test]
fn a_file_that_is_not_there_exits_with_5() {
    let folder = folder("absent", &[("club.overens", POLICY)]);
    assert_eq!(overens(&folder, &["check", "clubb.overens"]).0, 5);
    assert_eq!(overens(&folder, &["eval", "club.overens", "absent.ron"]).0, 5);
}

#[test]
fn there_is_no_silent_today() {
    let folder = folder("no_day", &[("club.overens", POLICY), ("f.ron", "(report: [])")]);
    let (exit, _, messages) = overens(&folder, &["eval", "club.overens", "f.ron"]);
    assert_eq!(exit, 2);
    assert!(messages.contains("--as-of"), "{messages}");
}

#[test]
fn the_exit_says_whether_a_verdict_fails() {
    let folder = folder("fails", &[("club.overens", POLICY), ("facts/2014.ron", SENT)]);
    let (exit, results, _) = overens(&folder, &["eval", ".", "--as-of", "2014-06-01"]);
    assert_eq!(exit, 0, "{results}");
    assert!(results.starts_with("club, as of 2014-06-01\n"), "{results}");
    assert_eq!(overens(&folder, &["eval", ".", "--fail-on", "pending"]).0, 1);
    assert_eq!(overens(&folder, &["eval", ".", "--fail-on", "none"]).0, 0);
    assert_eq!(overens(&folder, &["eval", ".", "--fail-on", "broken"]).0, 2);
    assert_eq!(overens(&folder, &["eval", ".", "--limit", "1"]).0, 6);
}

#[test]
fn no_facts_are_nothing_to_do_unless_allowed() {
    let folder = folder("no_facts", &[("club.overens", POLICY)]);
    let (exit, _, messages) = overens(&folder, &["eval", ".", "--as-of", "2014-06-01"]);
    assert_eq!(exit, 1);
    assert!(messages.contains("nothing to do"), "{messages}");
    assert_eq!(overens(&folder, &["eval", ".", "--as-of", "2014-06-01", "--allow-empty"]).0, 0);
}

#[test]
fn of_several_fact_files_the_latest_is_taken_and_a_tie_is_refused() {
    let later = SENT.replace("2014-06-01", "2014-09-01");
    let folder = folder("latest", &[("club.overens", POLICY), ("facts/a.ron", SENT), ("facts/b.ron", &later)]);
    assert!(overens(&folder, &["eval", "."]).1.starts_with("club, as of 2014-09-01\n"));
    let tie = self::folder("tie", &[("club.overens", POLICY), ("facts/a.ron", SENT), ("facts/b.ron", SENT)]);
    let (exit, _, messages) = overens(&tie, &["eval", "."]);
    assert_eq!(exit, 2);
    assert!(messages.contains("a.ron") && messages.contains("b.ron"), "{messages}");
}

#[test]
fn an_as_of_day_that_cannot_be_read_is_told_though_older_facts_are_there() {
    let wrong = SENT.replace("2014-06-01", "2014-13-01");
    let folder = folder("wrong_day", &[("club.overens", POLICY), ("facts/a.ron", SENT), ("facts/b.ron", &wrong)]);
    let (exit, results, messages) = overens(&folder, &["eval", "."]);
    assert_eq!((exit, results.as_str()), (4, ""));
    assert!(messages.contains("b.ron:1:") && messages.contains("no month 13"), "{messages}");
}

#[test]
fn what_stands_behind_a_scenario_is_judged_however_it_is_laid_out() {
    let policy = format!("{POLICY}  duty one_more\n    board shall send report\n    by 2014-01-31\n");
    let folder = folder("behind", &[("club.overens", &policy), ("f.ron", SENT)]);
    let (_, results, messages) = overens(&folder, &["eval", ".", "f.ron", "--all"]);
    assert!(results.contains("one_more"), "{results}{messages}");
}

#[test]
fn facts_of_another_agreement_are_refused() {
    let other = SENT.replace("club", "choir");
    let folder = folder("other", &[("club.overens", POLICY), ("f.ron", &other)]);
    let (exit, _, messages) = overens(&folder, &["eval", ".", "f.ron"]);
    assert_eq!(exit, 4);
    assert!(messages.contains("wrong-agreement"), "{messages}");
}

#[test]
fn only_the_period_that_is_asked_for_is_judged() {
    let folder = folder("period", &[("club.overens", POLICY), ("f.ron", SENT)]);
    let (_, results, _) =
        overens(&folder, &["eval", ".", "f.ron", "--as-of", "2015-06-01", "--period", "2014", "--all"]);
    assert!(results.contains("openness for 2014") && !results.contains("2015:"), "{results}");
}

#[test]
fn scenarios_that_hold_are_one_line() {
    let folder = folder("green", &[("club.overens", POLICY)]);
    let (exit, results, messages) = overens(&folder, &["test", "."]);
    assert_eq!((exit, results.as_str(), messages.as_str()), (0, "club: 1 expectation in 1 scenario holds\n", ""));
}

#[test]
fn a_scenario_that_fails_says_what_came_and_why() {
    let folder = folder("red", &[("club.overens", &POLICY.replace("satisfied, 2 days", "satisfied, 3 days"))]);
    let (exit, results, _) = overens(&folder, &["test", "."]);
    assert_eq!(exit, 1);
    assert!(results.contains("expected: expect report_in satisfied, 3 days early"), "{results}");
    assert!(results.contains("it is 2 days early"), "{results}");
    assert!(results.ends_with("club: 1 of 1 expectation in 1 scenario does not hold\n"), "{results}");
}

#[test]
fn a_policy_without_scenarios_is_nothing_to_test() {
    let policy = POLICY.split("scenario").next().unwrap();
    let folder = folder("untested", &[("club.overens", policy)]);
    assert_eq!(overens(&folder, &["test", "."]).0, 1);
    assert_eq!(overens(&folder, &["test", ".", "--allow-empty"]).0, 0);
}

#[test]
fn why_takes_a_clause_and_says_what_there_is_to_choose_from() {
    let folder = folder("why", &[("club.overens", POLICY), ("facts/2014.ron", SENT)]);
    let (exit, results, _) = overens(&folder, &["why", "openness", ".", "--for", "2014"]);
    assert_eq!(exit, 0);
    assert!(results.starts_with("§ 2 openness for 2014: pending"), "{results}");
    let (exit, _, messages) = overens(&folder, &["why", "opennes", "."]);
    assert_eq!(exit, 2);
    assert!(messages.contains("did you mean `openness`?"), "{messages}");
    let (exit, _, messages) = overens(&folder, &["why", "openness", ".", "--for", "2019"]);
    assert_eq!(exit, 2);
    assert!(messages.starts_with("openness for 2014: pending"), "{messages}");
}

#[test]
fn an_import_is_read_from_the_folder_of_its_file_and_only_once() {
    let main = POLICY.replace("event report", "import \"lib/a.overens\"\nimport \"lib/b.overens\"\n\nevent report");
    let files = [
        ("club.overens", main.as_str()),
        ("lib/a.overens", "import \"b.overens\"\n"),
        ("lib/b.overens", "record member\n  name: text\n"),
    ];
    let folder = folder("imports", &files);
    let (exit, results, _) = overens(&folder, &["check", "."]);
    assert_eq!((exit, results.as_str()), (0, "club: 2 clauses, 2 records, 1 scenario: no errors\n"));
}

#[test]
fn a_missing_import_and_a_circle_of_imports_are_told_at_the_import() {
    let missing = POLICY.replace("event report", "import \"b.overens\"\n\nevent report");
    let folder = folder("missing_import", &[("club.overens", &missing)]);
    let (exit, results, _) = overens(&folder, &["check", "."]);
    assert_eq!(exit, 3);
    assert!(results.contains("club.overens:5:8: error[missing-import]"), "{results}");
    let circle = self::folder("circle", &[("club.overens", &missing), ("b.overens", "import \"club.overens\"\n")]);
    let (exit, results, _) = overens(&circle, &["check", "."]);
    assert_eq!(exit, 3);
    assert!(results.contains("`club.overens` imports `b.overens` imports `club.overens`"), "{results}");
}

#[test]
fn a_recorded_decision_that_fits_nothing_is_told_at_its_place() {
    let facts = |fields: &str| {
        format!("(as_of: \"2015-06-01\", judgement: [({fields}, on: \"2015-01-22\", outcome: \"kept\")])")
    };
    for (fields, exit, code) in [
        (r#"clause: "opennes", period: "2014", by: "parties""#, 4, "recorded-clause"),
        (r#"clause: "openness", period: "2014-H1", by: "parties""#, 4, "recorded-period"),
        (r#"clause: "openness", period: "2014", subject: "x", by: "parties""#, 4, "recorded-subject"),
        (r#"clause: "openness", period: "2014", by: "board""#, 1, "recorded-role"),
    ] {
        let folder = folder("recorded", &[("club.overens", POLICY), ("f.ron", &facts(fields))]);
        let (came, results, messages) = overens(&folder, &["eval", ".", "f.ron"]);
        assert!(messages.contains(code), "{fields}: {messages}");
        assert_eq!(came, exit, "{fields}: {results}");
    }
}

#[test]
fn hidden_characters_of_facts_are_made_visible() {
    let policy = POLICY.replace(
        "board shall send report\n  by 2015-03-01",
        "for each report\n  board shall have sent_on\n  by 2013-03-01",
    );
    let facts = "(as_of: \"2015-06-01\", report: [(id: \"r\\u{1b}[2J\", sent_on: \"2015-02-27\")])";
    let policy = policy.split("scenario").next().unwrap();
    let folder = folder("hidden", &[("club.overens", policy), ("f.ron", facts)]);
    let (_, results, messages) = overens(&folder, &["eval", ".", "f.ron", "--all"]);
    assert!(results.contains("r<U+001B>[2J") && !results.contains('\u{1b}'), "{results}{messages}");
}
