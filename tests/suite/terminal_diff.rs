//! The binary comparing two versions: files, revisions that git keeps, facts, formats, words of refusal and exit codes.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

use super::terminal_agreements::folder;

const OLD: &str = r#"agreement club "A club"
  overens 1
  in force from 2014-01-01 until further notice

import "../common/meetings.overens"

actor board

deadline call § 1 "The call goes out ahead"
  for each meeting
  board shall have called_on
  at least 30 days before held_on
"#;

const MEETINGS: &str = "event meeting, meetings on held_on\n  held_on: date\n  called_on: date\n";

const FACTS: &str = r#"(
  agreement: "club",
  as_of: "2014-12-31",
  meeting: [(id: "spring", held_on: "2014-05-21", called_on: "2014-05-01")],
)"#;

/// A club of which the first version is tagged `v1` and the working tree says 15 days.
pub fn club(test: &str) -> PathBuf {
    let folder = folder(
        &format!("diff_{test}"),
        &[
            ("all/club/club.overens", OLD),
            ("all/club/facts/2014.ron", FACTS),
            ("all/common/meetings.overens", MEETINGS),
        ],
    );
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "first"]);
    git(&folder, &["tag", "v1"]);
    write(&folder, "all/club/club.overens", &new());
    folder
}

fn new() -> String {
    OLD.replace("30 days", "15 days")
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

fn git(folder: &Path, words: &[&str]) {
    let mut git = std::process::Command::new("git");
    let done = git.current_dir(folder).args(words).env("GIT_CONFIG_GLOBAL", "/dev/null").status().unwrap();
    assert!(done.success());
}

/// Exit code, results and messages, with git looking no further up than the folders of the tests.
fn diff(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let ceiling = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreements");
    let mut command = Command::cargo_bin("overens").unwrap();
    command.current_dir(folder).env("GIT_CEILING_DIRECTORIES", ceiling).arg("diff").args(words);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn two_files_are_compared_over_the_facts_beside_the_newer() {
    let folder = club("files");
    write(&folder, "all/club/old.txt", OLD);
    let (exit, results, messages) = diff(&folder, &["all/club/old.txt", "all/club"]);
    assert_eq!((exit, messages.as_str()), (0, ""));
    insta::assert_snapshot!(results);
}

#[test]
fn a_revision_by_itself_is_the_other_sides_path_in_it() {
    let folder = club("revision");
    let (exit, results, messages) = diff(&folder, &["v1", "all/club", "--exit-code"]);
    assert_eq!((exit, messages.as_str()), (1, ""), "{results}");
    assert!(results.contains("club: v1 becomes all/club\n"), "{results}");
    assert!(results.contains("call: late becomes satisfied, once: spring, by board\n"), "{results}");
    // From within the folder, too.
    let within = diff(&folder.join("all/club"), &["v1", "club.overens"]).1;
    assert!(within.contains("call: late becomes satisfied, once: spring, by board\n"), "{within}");
    // And the other way round.
    let back = diff(&folder, &["all/club/club.overens", "HEAD"]).1;
    assert!(back.contains("call: satisfied becomes late, once: spring, by board\n"), "{back}");
}

#[test]
fn a_path_in_a_revision_is_read_with_the_imports_of_that_revision() {
    let folder = club("imports");
    // On the disk the imported file is gone.
    std::fs::remove_file(folder.join("all/common/meetings.overens")).unwrap();
    let (exit, results, messages) = diff(&folder, &["v1:all/club", "HEAD", "--facts", "v1:all/club/facts/2014.ron"]);
    assert_eq!((exit, messages.as_str()), (0, ""));
    assert!(results.contains("judged by v1:all/club/facts/2014.ron, as of 2014-12-31\nnothing differs\n"), "{results}");
    let (exit, _, messages) = diff(&folder, &["v1", "all/club"]);
    assert_eq!(exit, 3);
    assert!(messages.contains("all/club/club.overens:5:8: error[missing-import]"), "{messages}");
}

#[test]
fn a_comparison_for_a_pull_request_and_one_for_a_program() {
    let folder = club("formats");
    insta::assert_snapshot!(diff(&folder, &["v1", "all/club", "--format", "markdown"]).1);
    insta::assert_snapshot!(diff(&folder, &["v1", "all/club", "--format", "json"]).1);
    insta::assert_snapshot!(diff(&folder, &["v1", "all/club", "--format", "pretty"]).1);
}

#[test]
fn without_facts_only_the_wordings_are_compared() {
    let folder = club("no_facts");
    std::fs::remove_dir_all(folder.join("all/club/facts")).unwrap();
    let (exit, results, messages) = diff(&folder, &["v1", "all/club"]);
    assert_eq!((exit, messages.as_str()), (0, ""));
    assert!(results.contains("there are no facts, so only the wordings are compared\n"), "{results}");
    assert!(results.ends_with("1 change in meaning\nexit 0\n"), "{results}");
}

#[test]
fn the_day_can_be_given_and_is_asked_for_where_nobody_says_it() {
    let folder = club("day");
    let (_, results, _) = diff(&folder, &["v1", "all/club", "--as-of", "2014-04-01"]);
    assert!(results.contains("as of 2014-04-01"), "{results}");
    write(&folder, "all/club/facts/2014.ron", &FACTS.replace("  as_of: \"2014-12-31\",\n", ""));
    let (exit, _, messages) = diff(&folder, &["v1", "all/club"]);
    assert_eq!(exit, 2);
    assert!(messages.starts_with("error: no as-of date given\n"), "{messages}");
}

#[test]
fn facts_may_speak_of_what_only_one_side_knows() {
    let folder = club("fields");
    write(&folder, "all/common/meetings.overens", &format!("{MEETINGS}  place: text\n"));
    write(
        &folder,
        "all/club/facts/2014.ron",
        &FACTS.replace("called_on: \"2014", "place: \"hall\", called_on: \"2014"),
    );
    let (exit, results, messages) = diff(&folder, &["v1", "all/club"]);
    assert_eq!((exit, messages.as_str()), (0, ""));
    assert!(results.contains("1 verdict flips"), "{results}");
    // What neither knows is still a mistake.
    write(
        &folder,
        "all/club/facts/2014.ron",
        &FACTS.replace("called_on: \"2014", "plaze: \"hall\", called_on: \"2014"),
    );
    let (exit, _, messages) = diff(&folder, &["v1", "all/club"]);
    assert_eq!(exit, 4);
    assert_eq!(messages.matches("facts-unknown-field").count(), 2, "{messages}");
}

/// The club of today, with `call` as `summons`, and an extension of the last day under the name of before.
fn renamed(test: &str) -> PathBuf {
    let folder = club(test);
    let call = "deadline call § 1 \"The call goes out ahead\"";
    write(&folder, "all/club/club.overens", &new().replace(call, "deadline summons § 1\n  formerly call"));
    folder
}

#[test]
fn a_clause_that_was_renamed_is_compared_with_itself_in_every_form() {
    let folder = renamed("renamed");
    let forms = ["plain", "pretty", "summary", "markdown", "html", "json", "jsonl", "csv", "junit", "sarif", "github"];
    for form in forms {
        let (exit, results, messages) = diff(&folder, &["v1", "all/club", "--format", form]);
        assert_eq!((exit, messages.as_str()), (0, ""), "{form}");
        assert!(!results.contains("repealed") && !results.contains("not asked"), "{form}: {results}");
        let told = results.contains("summons") && results.contains("renamed");
        assert!(told || form == "summary", "{form}: {results}");
    }
    let told = diff(&folder, &["v1", "all/club"]).1;
    assert!(told.contains("summons: late becomes satisfied, once: spring, by board\n"), "{told}");
    assert!(told.contains("summons: renamed, formerly `call`\n"), "{told}");
    let each = diff(&folder, &["v1", "all/club", "--each"]).1;
    assert!(each.contains("summons"), "{each}");
    let from = diff(&folder, &["v1", "all/club", "--as-if-from", "2014-02-01"]).1;
    assert!(from.contains("summons: late becomes satisfied, once: spring, by board\n"), "{from}");
}

#[test]
fn facts_may_record_what_was_decided_on_a_clause_under_its_former_name() {
    let folder = renamed("renamed_facts");
    let waiver = "waiver: [(clause: \"call\", subject: \"spring\", by: \"board\", on: \"2014-04-01\", until: \"2014-05-01\")],\n)";
    write(&folder, "all/club/facts/2014.ron", &FACTS.replace("\n)", &format!("\n  {waiver}")));
    let (exit, told, messages) = diff(&folder, &["v1", "all/club"]);
    assert_eq!((exit, messages.as_str()), (0, ""));
    assert!(told.contains("affects no party on these facts\n"), "{told}");
    // The old name is found by `why`, too.
    let mut command = Command::cargo_bin("overens").unwrap();
    let why = command.current_dir(&folder).args(["why", "call", "all/club", "--for", "spring"]).output().unwrap();
    let told = String::from_utf8(why.stdout).unwrap();
    assert!(why.status.success() && told.contains("summons") && told.contains("2014-05-01"), "{told}");
}

#[test]
fn what_is_not_there_is_refused_in_words() {
    let folder = club("refused");
    let refused = |words: &[&str]| {
        let (exit, results, messages) = diff(&folder, words);
        assert_eq!(results, "");
        format!("{}\n{messages}exit {exit}\n", words.join(" "))
    };
    let told = [
        refused(&["nowhere", "all/club"]),
        refused(&["nowhere/club.overens", "all/club"]),
        refused(&["v2:all/club", "all/club"]),
        refused(&["v1:all/clup/club.overens", "all/club"]),
        refused(&["v1", "HEAD"]),
        refused(&["--", "--output=x", "all/club"]),
        refused(&["v1", "all/club", "--facts", "nowhere.ron"]),
        refused(&["v1", "all/club", "--facts", "v1:all/club/facts/2015.ron"]),
    ];
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn where_git_keeps_nothing_or_is_not_there_is_told() {
    let folder =
        folder("diff_nogit", &[("club.overens", &OLD.replace("import \"../common/meetings.overens\"", MEETINGS))]);
    let (exit, _, messages) = diff(&folder, &["HEAD", "club.overens"]);
    assert_eq!(exit, 2);
    assert!(messages.contains("is not in a git repository"), "{messages}");
    let mut command = Command::cargo_bin("overens").unwrap();
    let output = command.current_dir(&folder).env("PATH", "").args(["diff", "HEAD", "club.overens"]).output().unwrap();
    let messages = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(5));
    assert!(messages.starts_with("error: git is needed to read a revision, but cannot be run: "), "{messages}");
    assert!(messages.ends_with("help: install git, or give two files instead\n"), "{messages}");
}
