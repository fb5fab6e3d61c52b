//! `overens fmt` at the command line: what it prints and writes, how it ends, and that nothing is lost when it is killed.
//!
//! `OVERENS_KILLS=200 cargo test format` kills two hundred runs; a few are killed in every run.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::terminal_agreements::folder;
use super::terminal_snapshots::{CLUB, run, run_with};

const UNFORMATTED: &str = "agreement  club \"A club\"\n overens 1\nactors board\n";
const FORMATTED: &str = "agreement club \"A club\"\n  overens 1\n\nactors board\n";
const WRONG: &str = "agreement club\n  overens one\n";

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn files_are_formatted_where_they_lie_those_of_folders_below_too() {
    let files =
        [("club/club.overens", UNFORMATTED), ("club/amendments/a.overens", "amendment a\n takes effect 2015-01-01\n")];
    let folder = folder("fmt_writes", &files);
    assert_eq!(run(&folder, &["fmt", "club"]), (0, "2 files formatted\n".to_string()));
    assert_eq!(read(&folder, "club/club.overens"), FORMATTED);
    assert_eq!(read(&folder, "club/amendments/a.overens"), "amendment a\n  takes effect 2015-01-01\n");
    assert_eq!(run(&folder, &["fmt", "."]), (0, "2 files: already formatted\n".to_string()));
}

#[test]
fn a_check_prints_names_and_writes_nothing() {
    let folder = folder("fmt_check", &[("a.overens", UNFORMATTED), ("b.overens", FORMATTED)]);
    assert_eq!(run(&folder, &["fmt", "--check", "."]), (1, "./a.overens\n".to_string()));
    assert_eq!(read(&folder, "a.overens"), UNFORMATTED);
    assert_eq!(run(&folder, &["fmt", "--check", "b.overens"]), (0, String::new()));
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let folder = folder("fmt_diff", &[("a.overens", UNFORMATTED)]);
    let expected = "--- a.overens\n+++ a.overens, formatted\n@@ -1,3 +1,4 @@\n-agreement  club \"A club\"\n+agreement club \"A club\"\n\
                    - overens 1\n+  overens 1\n+\n actors board\n";
    assert_eq!(run(&folder, &["fmt", "--diff", "a.overens"]), (1, expected.to_string()));
    assert_eq!(read(&folder, "a.overens"), UNFORMATTED);
}

#[test]
fn standard_input_comes_out_formatted() {
    let folder = folder("fmt_input", &[]);
    std::fs::create_dir_all(&folder).unwrap();
    let through = |words: &[&str], text: &str| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("overens"));
        let mut child = command
            .current_dir(&folder)
            .args(words)
            .env("CI", "true")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(through(&["fmt", "-"], UNFORMATTED), (0, FORMATTED.to_string()));
    assert_eq!(through(&["fmt", "-", "--check"], UNFORMATTED), (1, "-\n".to_string()));
    assert_eq!(through(&["fmt", "-"], WRONG), (3, String::new()));
}

#[test]
fn a_policy_with_mistakes_is_left_as_it_is_and_the_others_are_formatted() {
    let folder = folder("fmt_wrong", &[("a.overens", UNFORMATTED), ("wrong.overens", WRONG)]);
    let (exit, told) = run(&folder, &["fmt", "."]);
    assert_eq!(exit, 3, "{told}");
    assert!(told.contains("wrong.overens:2:11") && told.contains("1 file formatted"), "{told}");
    assert_eq!(read(&folder, "wrong.overens"), WRONG);
    assert_eq!(read(&folder, "a.overens"), FORMATTED);
}

#[test]
fn nothing_is_written_where_nobody_looks_on() {
    let folder = folder("fmt_ci", &[("a.overens", UNFORMATTED)]);
    let (exit, told) = run_with(&folder, &["fmt", "a.overens"], &[("CI", "true")]);
    assert_eq!(exit, 2, "{told}");
    assert_eq!(read(&folder, "a.overens"), UNFORMATTED);
}

#[test]
fn a_folder_without_policies_is_nothing_to_do() {
    let folder = folder("fmt_none", &[("facts/a.ron", "()")]);
    let (exit, told) = run(&folder, &["fmt", "facts"]);
    assert_eq!(exit, 1, "{told}");
    assert!(told.contains("nothing to do"), "{told}");
}

// ---- killed ------------------------------------------------------------------------------------------------------------

const KILLS: u32 = 20;
const FILES: usize = 12;

fn formatting(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("overens"));
    command.current_dir(folder).args(["fmt", "."]).env_remove("CI").stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_each_file_old_or_formatted() {
    let kills: u32 = std::env::var("OVERENS_KILLS").ok().and_then(|many| many.parse().ok()).unwrap_or(KILLS);
    let old = CLUB.replace("\n  ", "\n      ");
    let names: Vec<String> = (0..FILES).map(|at| format!("club_{at}.overens")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), old.as_str())).collect();
    let folder: PathBuf = folder("fmt_kills", &files);
    let start = Instant::now();
    assert!(formatting(&folder).status().unwrap().success());
    let whole_run = start.elapsed();
    let new = read(&folder, &names[0]);
    assert_ne!(new, old);
    let (mut all_old, mut all_new, mut between) = (0, 0, 0);
    for kill in 0..kills {
        names.iter().for_each(|name| std::fs::write(folder.join(name), &old).unwrap());
        let mut child = formatting(&folder).spawn().unwrap();
        let part = whole_run / 10 + whole_run * kill / kills;
        std::thread::sleep(part + Duration::from_micros(u64::from(kill * 7919 % 997)));
        let _ = child.kill();
        child.wait().unwrap();
        let formatted = names.iter().filter(|name| {
            let text = read(&folder, name);
            assert!(text == old || text == new, "kill {kill}: {name} is neither old nor formatted:\n{text}");
            text == new
        });
        match formatted.count() {
            0 => all_old += 1,
            FILES => all_new += 1,
            _ => between += 1,
        }
    }
    println!("{kills} kills: {all_old} before, {between} amid, {all_new} after the writing");
    // What killed runs left half written is swept away by the next that writes there.
    names.iter().for_each(|name| std::fs::write(folder.join(name), &old).unwrap());
    assert!(formatting(&folder).status().unwrap().success());
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), FILES);
}
