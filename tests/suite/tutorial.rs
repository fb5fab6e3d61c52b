//! The tutorial, step by step: its files are written into an empty folder, its changes are made to them, and every command is run
//! there as on a terminal, with what it shows.

use std::fs;
use std::path::Path;

use super::documents::{Block, blocks};
use super::terminal_agreements::folder;
use super::terminal_snapshots::run;

/// Commands that draw for people where they run on a terminal.
const DRAWN: &[&str] = &["calendar", "diff", "eval", "test", "why"];

#[test]
fn every_step_of_the_tutorial_does_what_the_page_shows() {
    let folder = folder("tutorial", &[]);
    let mut wrong = Vec::new();
    for block in blocks(include_str!("../../docs/tutorial.md")) {
        let words: Vec<&str> = block.info.split(' ').collect();
        match words[..] {
            ["console"] => wrong.extend(shown(&folder, &block)),
            ["diff", path] => change(&folder.join(path), &block),
            [_, path] => write(&folder.join(path), &block.text),
            [_, path, "append"] => {
                let before = fs::read_to_string(folder.join(path)).unwrap();
                write(&folder.join(path), &format!("{before}\n{}", block.text));
            }
            _ => panic!("line {}: what is `{}`?", block.line, block.info),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(folder.join("forum.html").exists() && folder.join("verdicts.csv").exists());
    assert_eq!(run(&folder, &["fmt", "--check", "forum"]).0, 0, "the policy is not laid out");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Takes the lines marked `-` out and puts those marked `+` in, where the others stand.
fn change(path: &Path, block: &Block) {
    let of = |signs: [char; 2]| {
        let lines = block.text.lines().filter(move |line| line.starts_with(signs));
        lines.map(|line| format!("{}\n", &line[1..])).collect::<String>()
    };
    let (old, new) = (of([' ', '-']), of([' ', '+']));
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(text.matches(&old).count(), 1, "line {}: these lines are not in the file", block.line);
    fs::write(path, text.replace(&old, &new)).unwrap();
}

/// The lines that the commands of a block do not print, in this order. A line of three dots stands for lines that are left out.
fn shown(folder: &Path, block: &Block) -> Vec<String> {
    let (mut wrong, mut printed) = (Vec::new(), Vec::new());
    for line in block.text.lines() {
        if let Some(command) = line.strip_prefix("$ overens ") {
            let (exit, text) = as_on_a_terminal(folder, &command.split(' ').collect::<Vec<_>>());
            assert!(matches!(exit, 0 | 1), "{command}: {text}");
            printed = text.lines().rev().map(|line| line.trim_end().to_owned()).collect();
        } else if line != "…" {
            match printed.iter().rposition(|there| there == line) {
                Some(at) => printed.truncate(at),
                None => wrong.push(format!("docs/tutorial.md, block at {}: {line}", block.line)),
            }
        }
    }
    wrong
}

fn as_on_a_terminal(folder: &Path, words: &[&str]) -> (i32, String) {
    let drawn = if DRAWN.contains(&words[0]) { &["--format", "pretty"] as &[&str] } else { &[] };
    run(folder, &[words, drawn].concat())
}
