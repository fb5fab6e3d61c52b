//! A review that is killed loses nothing: every snapshot is the old one or the new one, whole.
//!
//! `OVERENS_KILLS=500 cargo test kills` kills five hundred reviews; a few are killed in every run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use overens::diagnostics::Sink;
use overens::report::snapshot::read;
use overens::source::Sources;

use super::terminal_agreements::folder;
use super::terminal_snapshots::{CLUB, FACTS, run};

const KILLS: u32 = 40;
const SNAPSHOTS: usize = 6;

/// So many fact files, each with a snapshot.
fn accepted(test: &str) -> PathBuf {
    let names: Vec<String> = (0..SNAPSHOTS).map(|at| format!("club/facts/part_{at}.ron")).collect();
    let files = names.iter().map(|name| (name.as_str(), FACTS)).chain([("club/club.overens", CLUB)]);
    let folder = folder(test, &files.collect::<Vec<_>>());
    let words = ["review", "club", "--accept", "*", "--by", "Anna Berg", "--reason", "first look"];
    assert_eq!(run(&folder, &words).0, 0);
    folder
}

/// The snapshots' texts, by name.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder.join("club/snapshots")).unwrap().map(|entry| entry.unwrap().path());
    let snapshots = entries.filter(|path| path.extension().is_some_and(|ending| ending == "snap"));
    let named = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut all: Vec<(String, String)> =
        snapshots.map(|path| (named(&path), std::fs::read_to_string(&path).unwrap())).collect();
    all.sort();
    all
}

fn put(folder: &Path, texts: &[(String, String)]) {
    for (name, text) in texts {
        std::fs::write(folder.join("club/snapshots").join(name), text).unwrap();
    }
}

fn reviewing(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("overens"));
    let words = ["review", "club", "--accept", "*", "--by", "Bo Ek", "--reason", "two days it is"];
    command.current_dir(folder).args(words).env_remove("CI").stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn is_writing(folder: &Path) -> bool {
    let mut entries = std::fs::read_dir(folder.join("club/snapshots")).unwrap().flatten();
    entries.any(|entry| entry.path().extension().is_some_and(|ending| ending == "half"))
}

fn is_whole(text: &str) -> bool {
    let mut sources = Sources::default();
    let file = sources.add("kept.snap", text);
    read(file, text, &mut Sink::default()).is_some()
}

#[test]
fn a_review_that_is_killed_at_any_moment_leaves_each_snapshot_old_or_new() {
    let kills: u32 = std::env::var("OVERENS_KILLS").ok().and_then(|many| many.parse().ok()).unwrap_or(KILLS);
    let folder = accepted("kills");
    let old = texts(&folder);
    let policy = CLUB.replace("at least 10 days", "at least 2 days");
    std::fs::write(folder.join("club/club.overens"), policy).unwrap();
    let start = Instant::now();
    assert!(reviewing(&folder).status().unwrap().success());
    let whole_run = start.elapsed();
    let new = texts(&folder);
    assert!(old.len() == SNAPSHOTS && new.iter().zip(&old).all(|(new, old)| new != old));
    let (mut all_old, mut all_new, mut between) = (0, 0, 0);
    for kill in 0..kills {
        put(&folder, &old);
        let mut review = reviewing(&folder).spawn().unwrap();
        let jitter = Duration::from_micros(u64::from(kill * 7919 % 997));
        if kill % 4 == 0 {
            // Spread over the latter part of the run, in which it writes, and a little beyond.
            std::thread::sleep(whole_run * 2 / 5 + whole_run * 3 / 4 * kill / kills + jitter);
        } else {
            // While it writes, however long it takes to come there.
            while !is_writing(&folder) && review.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_micros(50));
            }
            std::thread::sleep(jitter * (kill % 4) / 2);
        }
        let _ = review.kill();
        review.wait().unwrap();
        let now = texts(&folder);
        assert_eq!(now.len(), SNAPSHOTS, "kill {kill}: a snapshot was lost");
        for ((name, text), (old, new)) in now.iter().zip(old.iter().zip(&new)) {
            assert!(is_whole(text), "kill {kill}: {name} is broken:\n{text}");
            assert!(*text == old.1 || *text == new.1, "kill {kill}: {name} is neither old nor new:\n{text}");
        }
        match now.iter().zip(&new).filter(|(now, new)| now == new).count() {
            0 => all_old += 1,
            SNAPSHOTS => all_new += 1,
            _ => between += 1,
        }
    }
    println!("{kills} kills: {all_old} before, {between} amid, {all_new} after the writing");
    // What killed runs left half written is swept away by the next that writes there.
    put(&folder, &old);
    assert!(reviewing(&folder).status().unwrap().success());
    assert_eq!(texts(&folder), new);
    assert_eq!(std::fs::read_dir(folder.join("club/snapshots")).unwrap().count(), SNAPSHOTS);
}

#[test]
fn of_two_reviews_at_once_neither_takes_away_what_the_other_accepted() {
    let folder = folder("at_once", &[("club/club.overens", CLUB), ("club/facts/2014.ron", FACTS)]);
    let words = ["review", "club", "--accept", "*", "--by", "Anna Berg", "--reason", "first look"];
    assert_eq!(run(&folder, &words).0, 0);
    let old = texts(&folder);
    let policy = CLUB.replace("at least 10 days", "at least 2 days");
    std::fs::write(folder.join("club/club.overens"), policy).unwrap();
    for round in 0..10 {
        put(&folder, &old);
        let review = |pattern: &str| {
            let mut command = Command::new(assert_cmd::cargo::cargo_bin("overens"));
            let words = ["review", "club", "--accept", pattern, "--by", "Bo Ek", "--reason", pattern];
            command.current_dir(&folder).args(words).env_remove("CI").stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().unwrap()
        };
        let both = ["summons/spring", "summons/autumn"];
        let running = both.map(|pattern| (pattern, review(pattern)));
        for (pattern, mut review) in running {
            // One that was too late is refused with 5, and has written nothing.
            let refused = review.wait().unwrap().code() == Some(5);
            let text = texts(&folder).remove(0).1;
            assert!(is_whole(&text), "round {round}: {text}");
            let kept = text.contains(&format!("why: \"{pattern}\""));
            assert_ne!(kept, refused, "round {round}, {pattern}: {text}");
        }
    }
}
