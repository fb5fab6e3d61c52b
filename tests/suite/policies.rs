//! The policies of this repository: checked, and their scenarios run. What they encode is looked at elsewhere (statements,
//! mutants).

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
    // The register serves other agreements, too: a conference of the national one is nothing left over here.
    assert!(!told.contains("unused:"), "{told}");
}

#[test]
fn a_statement_of_the_text_leads_to_its_clause() {
    let (exit, told) =
        run(&["why", "samverkan-4.7", "policies/samverkan", "--for", "annual_2015", "--format", "plain"]);
    assert_eq!(exit, Some(0), "{told}");
    assert!(told.starts_with("§ 4.4 summons_by_email for annual_2015: unknown"), "{told}");
    assert!(told.contains("encodes samverkan-4.7"), "{told}");
    let (exit, told) = run(&["why", "samvrkan-4.7", "policies/samverkan"]);
    assert_eq!(exit, Some(2), "{told}");
    assert!(told.contains("did you mean `samverkan-4.7`?"), "{told}");
}
