//! The policies of this repository: checked, their scenarios run, and every statement of their texts encoded.

use std::collections::BTreeSet;
use std::path::Path;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(words: &[&str]) -> (Option<i32>, String) {
    let run = assert_cmd::Command::cargo_bin("overens").unwrap().args(words).current_dir(folder()).output().unwrap();
    let told = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (run.status.code(), told)
}

#[test]
fn the_decision_on_cooperation_has_no_finding_and_its_scenarios_hold() {
    let (exit, told) = run(&["check", "policies/samverkan"]);
    assert_eq!(exit, Some(0), "{told}");
    let (exit, told) = run(&["test", "policies/samverkan"]);
    assert_eq!(exit, Some(0), "{told}");
}

#[test]
fn the_newest_facts_of_the_decision_on_cooperation_leave_things_unknown() {
    let (exit, told) = run(&["eval", "policies/samverkan", "--format", "plain"]);
    assert_eq!(exit, Some(1), "{told}");
    assert!(told.contains("as of 2015-02-01"), "{told}");
    assert!(told.contains("missing: "), "{told}");
}

/// The statements of the decision on cooperation, by section.
#[test]
fn every_statement_of_the_decision_on_cooperation_is_encoded() {
    let text = std::fs::read_to_string(folder().join("policies/samverkan/samverkan.overens")).unwrap();
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("statement "));
    let encoded: BTreeSet<String> = lines.flat_map(|line| line.split(',')).map(|id| id.trim().to_string()).collect();
    let sections = [(0, 5), (1, 6), (2, 7), (3, 21), (4, 7), (5, 3)];
    let all: BTreeSet<String> =
        sections.iter().flat_map(|(section, last)| (1..=*last).map(move |at| format!("{section}.{at}"))).collect();
    assert_eq!(all.len(), 49);
    assert_eq!(encoded, all);
}
