//! `overens review` on a real pseudo-terminal: single keys, a name and a reason.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::terminal_agreements::folder;
use super::terminal_snapshots::{CLUB, FACTS, SNAPSHOT, accepted, change, run};

/// A run with somebody at the keys.
pub(super) struct Talk {
    pub(super) child: Child,
    keys: File,
    shown: Arc<Mutex<String>>,
    /// How much of what was shown was waited for.
    seen: usize,
}

pub(super) fn talk(folder: &Path, words: &[&str]) -> Talk {
    talk_as("", folder, words)
}

/// The same by somebody whose name git knows.
fn talk_as(name: &str, folder: &Path, words: &[&str]) -> Talk {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let pty = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
    let end = || Stdio::from(OpenOptions::new().read(true).write(true).open(&pty).unwrap());
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("overens"));
    command.current_dir(folder).args(words).env_remove("CI").env("NO_COLOR", "1").env("TERM", "xterm");
    command.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "user.name").env("GIT_CONFIG_VALUE_0", name);
    let child = command.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
    drop(command);
    let keys = File::from(master);
    let shown = Arc::new(Mutex::new(String::new()));
    let (mut from, into) = (keys.try_clone().unwrap(), shown.clone());
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(many @ 1..) = from.read(&mut bytes) {
            into.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..many]));
        }
    });
    Talk { child, keys, shown, seen: 0 }
}

impl Talk {
    /// Waits until these words are shown, then presses keys.
    pub(super) fn answer(&mut self, words: &str, keys: &str) {
        let start = Instant::now();
        loop {
            let shown = self.shown.lock().unwrap().clone();
            if let Some(at) = shown[self.seen..].find(words) {
                self.seen += at + words.len();
                break;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "no `{words}` in:\n{shown}");
            std::thread::sleep(Duration::from_millis(5));
        }
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// The exit code, and everything that was shown.
    pub(super) fn end(mut self) -> (i32, String) {
        let exit = self.child.wait().unwrap().code().unwrap();
        std::thread::sleep(Duration::from_millis(50));
        let shown = self.shown.lock().unwrap().replace('\r', "");
        (exit, shown)
    }
}

#[test]
fn a_group_is_accepted_with_one_key_a_name_and_a_reason() {
    let folder = accepted("talk_accept");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let mut talk = talk(&folder, &["review", "club"]);
    talk.answer("[q] quit", "a");
    talk.answer("who accepts?", "Bo Ek\n");
    talk.answer("why is this right?", "two days were agreed\n");
    talk.answer("accepted 2 verdicts", "");
    let (exit, shown) = talk.end();
    assert_eq!(exit, 0, "{shown}");
    assert_snapshot!(shown);
    let text = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    assert!(text.contains("by: \"Bo Ek\"\n      why: \"two days were agreed\""), "{text}");
    assert_eq!(run(&folder, &["test", "club"]).0, 0);
}

#[test]
fn who_accepts_is_the_name_that_git_knows() {
    let folder = accepted("talk_git");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let mut talk = talk_as("Eva Alm", &folder, &["review", "club"]);
    talk.answer("[q] quit", "a");
    talk.answer("why is this right?", "two days were agreed\n");
    let (exit, shown) = talk.end();
    assert!(exit == 0 && !shown.contains("who accepts?"), "{shown}");
    let text = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    assert!(text.contains("by: \"Eva Alm\""), "{text}");
}

#[test]
fn a_key_that_was_typed_ahead_answers_no_later_question() {
    let folder = accepted("talk_ahead");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    change(&folder, "club/club.overens", "every calendar year", "every quarter");
    let mut talk = talk(&folder, &["review", "club"]);
    talk.answer("1 of 2", "");
    talk.answer("[q] quit", "sq");
    talk.answer("2 of 2", "");
    talk.answer("[q] quit", "r");
    let (exit, shown) = talk.end();
    assert_eq!(exit, 1, "{shown}");
    assert!(shown.contains("\nrejected: "), "{shown}");
}

#[test]
fn verdicts_are_taken_one_by_one_and_the_rest_stays_as_it_was() {
    let folder = accepted("talk_one_by_one");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    let mut talk = talk(&folder, &["review", "club", "--by", "Bo Ek"]);
    talk.answer("[q] quit", "w");
    talk.answer("[o] one by one", "o");
    talk.answer("summons for autumn", "");
    talk.answer("[q] quit", "a");
    talk.answer("why is this right?", "\n");
    talk.answer("not accepted", "");
    talk.answer("[q] quit", "a");
    talk.answer("why is this right?", "seen\n");
    talk.answer("summons for spring", "");
    talk.answer("[q] quit", "r");
    let (exit, shown) = talk.end();
    assert_eq!(exit, 1, "{shown}");
    assert!(shown.contains("rejected: summons for spring (1 verdict)"), "{shown}");
    let text = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    assert!(text.contains("summons for autumn: pending, last day 2014-09-18"), "{text}");
    assert!(text.contains("summons for spring: late, 5 days over, last day 2014-03-10"), "{text}");
}

#[test]
fn a_review_that_is_quit_or_skipped_changes_nothing() {
    let folder = folder("talk_quit", &[("club/club.overens", CLUB), ("club/facts/2014.ron", FACTS)]);
    for keys in ["q", "s", "\u{1b}"] {
        let mut talk = talk(&folder, &["review", "club"]);
        talk.answer("[q] quit", keys);
        let (exit, shown) = talk.end();
        assert_eq!(exit, 1, "{shown}");
        assert!(!folder.join("club/snapshots").exists());
    }
}

#[test]
fn what_was_accepted_stays_when_the_review_is_killed_at_the_next_question() {
    let folder = accepted("talk_killed");
    change(&folder, "club/club.overens", "at least 10 days", "at least 2 days");
    change(&folder, "club/club.overens", "every calendar year", "every quarter");
    let mut talk = talk(&folder, &["review", "club", "--by", "Bo Ek"]);
    talk.answer("1 of 2", "");
    talk.answer("[q] quit", "a");
    talk.answer("why is this right?", "four times a year\n");
    talk.answer("2 of 2", "");
    talk.answer("[q] quit", "");
    talk.child.kill().unwrap();
    talk.child.wait().unwrap();
    let text = std::fs::read_to_string(folder.join(SNAPSHOT)).unwrap();
    assert!(text.contains("openness in 2014-Q2: pending, last day 2014-06-30"), "{text}");
    assert!(text.contains("summons for spring: late, 5 days over, last day 2014-03-10"), "{text}");
    let (exit, told) = run(&folder, &["review", "club", "--list"]);
    assert_eq!(exit, 1);
    assert!(told.starts_with("club: 2 verdicts differ or are new, in 1 group\n"), "{told}");
}
