//! The Compact between the British government and civil society: the facts are those that were made for the shares that
//! were published. Judged by the wording of 2010 they give these shares again; with the Consultation Principles few are left.

mod made;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/compact")
}

/// Run with `OVERENS_WRITE=1` to write the files anew after a change of how they are made.
#[test]
fn the_facts_of_the_compact_are_those_that_are_made() {
    for period in made::periods() {
        let path = folder().join(format!("facts/{}.ron", period.file));
        let made = made::file(&period);
        if std::env::var("OVERENS_WRITE").is_ok() {
            std::fs::write(path, made).unwrap();
            continue;
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(there == made, "{}: not as made: OVERENS_WRITE=1 cargo test compact", path.display());
    }
}

#[test]
fn the_compact_has_no_finding_and_its_scenarios_hold() {
    for command in ["check", "test"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut run = assert_cmd::Command::cargo_bin("overens").unwrap();
        run.args([command, "policies/compact"]).current_dir(root).assert().success();
    }
}

/// How often each verdict stands, of a clause, when the facts of a period are judged.
fn verdicts(period: &str, clause: &str, flags: &[&str]) -> BTreeMap<String, u64> {
    let facts = format!("policies/compact/facts/{period}.ron");
    let words = ["eval", "policies/compact", &facts, "--format", "json"];
    let words = words.iter().chain(flags);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = assert_cmd::Command::cargo_bin("overens").unwrap().args(words).current_dir(root).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let clauses = report["clauses"].as_array().unwrap();
    let counts = &clauses.iter().find(|one| one["clause"] == clause).unwrap()["counts"];
    let counts = counts.as_object().unwrap().iter();
    counts.map(|(verdict, count)| (verdict.clone(), count.as_u64().unwrap())).filter(|(_, count)| *count > 0).collect()
}

fn of_2010(period: &str, clause: &str) -> BTreeMap<String, u64> {
    verdicts(period, clause, &["--without", "consultation_principles"])
}

fn with_the_principles(period: &str, clause: &str) -> BTreeMap<String, u64> {
    verdicts(period, clause, &[])
}

fn are(found: BTreeMap<String, u64>, wanted: &[(&str, u64)]) {
    let wanted = wanted.iter().map(|(verdict, count)| ((*verdict).to_owned(), *count)).collect();
    assert_eq!(found, wanted);
}

#[test]
fn by_the_wording_of_2010_as_many_are_shorter_as_the_audit_office_counted() {
    let of = |period| of_2010(period, "time_to_respond");
    are(of("2011"), &[("not followed", 40), ("satisfied", 60)]);
    are(of("2012-second-half"), &[("not followed", 76), ("satisfied", 24)]);
    are(of("2013"), &[("not followed", 81), ("satisfied", 19)]);
}

#[test]
fn by_the_wording_of_2010_more_than_half_of_the_shorter_ones_are_not_explained() {
    let of = |period| of_2010(period, "shorter_time_explained");
    are(of("2011"), &[("violated", 22), ("satisfied", 18), ("not applicable", 60)]);
    are(of("2012-second-half"), &[("violated", 41), ("satisfied", 35), ("not applicable", 24)]);
    are(of("2013"), &[("violated", 44), ("satisfied", 37), ("not applicable", 19)]);
}

/// Of the second half of 2012, nine opened before 17 July, seven of them for less than twelve weeks.
#[test]
fn with_the_principles_few_are_left_and_the_rest_is_for_a_person_to_weigh() {
    let time = |period| with_the_principles(period, "time_to_respond");
    are(time("2012-second-half"), &[("not followed", 7 + 4), ("satisfied", 89)]);
    are(time("2013"), &[("not followed", 6), ("satisfied", 94)]);
    let weighed = |period| with_the_principles(period, "proportionate_time");
    are(weighed("2012-second-half"), &[("needs judgement", 76 - 11), ("not applicable", 35)]);
    are(weighed("2013"), &[("needs judgement", 81 - 6), ("not applicable", 25)]);
    let explained = |period| with_the_principles(period, "shorter_time_explained");
    are(explained("2012-second-half"), &[("violated", 4), ("satisfied", 7), ("not applicable", 89)]);
    are(explained("2013"), &[("violated", 2), ("satisfied", 4), ("not applicable", 94)]);
}

#[test]
fn the_principles_do_not_reach_what_opened_before_them() {
    let later = verdicts("2011", "time_to_respond", &["--as-of", "2013-03-31"]);
    are(later, &[("not followed", 40), ("satisfied", 60)]);
}
