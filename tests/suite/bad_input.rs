//! Bad input at the command line: a coded finding or a plain refusal, the right exit code, and never a crash.

use std::path::{Path, PathBuf};

const POLICY: &str = "agreement club \"The club\"\n  in force from 2015-01-01\n\nevent report on sent_on\n  sent_on: date\n  \
    pages: number\n\nactor board\n\ndeadline report_in § 1\n  board shall send report\n  by 2015-03-01\n";

/// A folder of its own, taken away at the end.
struct Folder(PathBuf);

impl Folder {
    fn of(name: &str, files: &[(&str, &[u8])]) -> Folder {
        let path = std::env::temp_dir().join(format!("overens-bad-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        for (file, bytes) in files {
            std::fs::write(path.join(file), bytes).unwrap();
        }
        Folder(path)
    }

    /// The exit code, and everything that was printed.
    fn run(&self, words: &[&str]) -> (i32, String) {
        run_in(&self.0, words)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run_in(folder: &Path, words: &[&str]) -> (i32, String) {
    let run = assert_cmd::Command::cargo_bin("overens").unwrap().args(words).current_dir(folder).output().unwrap();
    let told = [run.stdout, run.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (run.status.code().unwrap_or(-1), told)
}

fn refused(name: &str, policy: &[u8], facts: &[u8], code: i32, told: &str) {
    let folder = Folder::of(name, &[("club.overens", policy), ("facts.ron", facts)]);
    let (exit, all) = folder.run(&["eval", "club.overens", "facts.ron", "--as-of", "2015-06-01"]);
    assert_eq!(exit, code, "{all}");
    assert!(all.contains(told), "{all}");
}

#[test]
fn an_invalid_policy_ends_with_three() {
    refused(
        "date",
        POLICY.replace("2015-03-01", "2009-02-30").as_bytes(),
        b"()",
        3,
        "club.overens:12:6: error[no-such-day]",
    );
    refused("empty", b"", b"()", 3, "error[empty-file]");
    refused("bytes", b"agreement \xe5 \"A\"", b"()", 3, "club.overens:1:11: error[not-utf-8]");
}

#[test]
fn invalid_facts_end_with_four() {
    let policy = POLICY.as_bytes();
    refused(
        "fact-date",
        policy,
        b"(report: [(id: \"a\", sent_on: \"2009-02-30\")])",
        4,
        "facts.ron:1:30: error[facts-no-such-day]",
    );
    refused("fact-field", policy, b"(report: [(id: \"a\", send_on: \"2009-02-28\")])", 4, "did you mean `sent_on`?");
    refused("fact-id", policy, b"(report: [(id: \"a\"), (id: \"a\")])", 4, "error[duplicate-id]");
    refused("fact-key", policy, b"(as_of: \"2015-01-01\", as_of: \"2015-01-01\")", 4, "error[duplicate-key]");
    refused("fact-empty", policy, b"", 4, "error[empty-file]");
    refused("fact-bytes", policy, b"(report: [(id: \"\xe5\")])", 4, "error[not-utf-8]");
}

#[test]
fn brackets_that_nest_too_deep_end_with_six() {
    let (open, close) = ("(".repeat(10_000), ")".repeat(10_000));
    let deep = format!("{POLICY}\ndefine x of report as {open}pages is 1{close}\n");
    refused("deep", deep.as_bytes(), b"()", 6, "error[too-deep]");
    let deep = format!("(report: {}{})", "[".repeat(10_000), "]".repeat(10_000));
    refused("fact-deep", POLICY.as_bytes(), deep.as_bytes(), 6, "error[too-deep]");
}

#[test]
fn line_ends_and_marks_of_windows_are_no_mistake() {
    let windows = format!("\u{feff}{}", POLICY.replace('\n', "\r\n"));
    let facts = "\u{feff}(report: [\r\n  (id: \"a\", sent_on: \"2015-02-28\"),\r\n])\r\n";
    let folder = Folder::of("windows", &[("club.overens", windows.as_bytes()), ("facts.ron", facts.as_bytes())]);
    let (exit, told) = folder.run(&["eval", "club.overens", "facts.ron", "--as-of", "2015-06-01", "--all"]);
    assert_eq!(exit, 0, "{told}");
    assert!(told.contains("satisfied"), "{told}");
}

#[test]
fn a_folder_in_place_of_a_fact_file_is_refused() {
    let folder = Folder::of("folder", &[("club.overens", POLICY.as_bytes())]);
    std::fs::create_dir(folder.0.join("facts.ron")).unwrap();
    let (exit, told) = folder.run(&["eval", "club.overens", "facts.ron"]);
    assert_eq!(exit, 2, "{told}");
    assert!(told.contains("folder"), "{told}");
}

#[test]
fn a_file_that_is_not_there_ends_with_five() {
    let folder = Folder::of("missing", &[("club.overens", POLICY.as_bytes())]);
    let (exit, told) = folder.run(&["eval", "club.overens", "nowhere.ron", "--as-of", "2015-06-01"]);
    assert_eq!(exit, 5, "{told}");
}

#[test]
fn a_misspelt_clause_in_a_scenario_offers_the_right_one() {
    let policy = format!("{POLICY}\nscenario \"s\"\n  as of 2015-06-01\n  expect report_on unknown\n");
    let folder = Folder::of("scenario", &[("club.overens", policy.as_bytes())]);
    let (exit, told) = folder.run(&["test", "club.overens"]);
    assert_eq!(exit, 3, "{told}");
    assert!(told.contains("did you mean `report_in`?"), "{told}");
}

#[test]
fn nothing_to_do_is_a_failure() {
    let folder = Folder::of("nothing", &[("club.overens", POLICY.as_bytes())]);
    let (exit, told) = folder.run(&["test", "club.overens"]);
    assert_eq!(exit, 1, "{told}");
    assert!(told.contains("nothing to do"), "{told}");
}

#[test]
fn endless_sentences_are_told_and_never_followed() {
    let long = |part: &str, many: usize| format!("{POLICY}\ndefine x of report as {}pages is 1\n", part.repeat(many));
    for (at, text) in
        [long("the day ", 5_000), long("1 per 2 of ", 5_000), long("pages is 1 plus ", 1), long("not ", 20_001)]
            .iter()
            .enumerate()
    {
        let folder = Folder::of(&format!("endless-{at}"), &[("club.overens", text.as_bytes())]);
        let (exit, told) = folder.run(&["check", "club.overens"]);
        assert!(matches!(exit, 0 | 3), "{exit} {told}");
    }
}

#[test]
fn what_terminals_obey_is_shown_and_not_sent() {
    let facts = "(report: [(id: \"a\u{1b}[31m\", sent_on: \"2015-03-02\")])";
    let folder = Folder::of("escape", &[("club.overens", POLICY.as_bytes()), ("facts.ron", facts.as_bytes())]);
    let (_, told) = folder.run(&["why", "report_in", "club.overens", "facts.ron"]);
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

#[test]
fn a_principle_that_is_nearly_one_of_the_agreement_conformed_to_is_told() {
    let folder = std::env::temp_dir().join(format!("overens-principle-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let clause = |tag: &str| format!("actor town\n\njudgement talks § 1\n  town shall \"talk\"\n  principle {tag}\n");
    let charter = format!("agreement charter \"The charter\"\n  in force from 2010-01-01\n\n{}", clause("dialogue"));
    std::fs::write(folder.join("charter.overens"), charter).unwrap();
    let head = "agreement local \"Ours\"\n  in force from 2015-01-01\n  conforms to charter \"charter.overens\"\n\n";
    let path = folder.join("local.overens");
    std::fs::write(&path, format!("{head}{}", clause("dialogue, dialoge, frugality"))).unwrap();
    let run = assert_cmd::Command::cargo_bin("overens").unwrap().arg("check").arg(&path).output().unwrap();
    let told = String::from_utf8(run.stdout).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(run.status.code(), Some(3), "{told}");
    assert!(
        told.contains("`dialoge` is not a principle of `charter`") && told.contains("did you mean `dialogue`?"),
        "{told}"
    );
    assert!(!told.contains("frugality"), "{told}");
}
