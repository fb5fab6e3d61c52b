//! The engine as a program uses it: libraries of files, policies before and after they are checked, facts, verdicts, reports.

use std::path::{Path, PathBuf};
use std::process::Command;

use overens::reports::{Called, Form};
use overens::values::Day;
use overens::{Cause, Checked, Facts, Files, Given, Library, Limit, Limits, Memory, Policy, Refusal, Unfit};

const CHOIR: &str = "agreement choir \"The choir\"
  in force from 2015-01-01 until further notice

import \"common/events.overens\"

actor board

duty spring § 3 \"A concert by 1 May\"
  board shall hold concert
  by 2015-05-01
";
const EVENTS: &str = "event concert on held_on\n  held_on: date\n";
const CONCERT: &str = r#"{"agreement": "choir", "concert": [{"id": "c1", "held_on": "2015-05-03"}]}"#;

fn files() -> Memory {
    Memory::new().with("choir/choir.overens", CHOIR).with("choir/common/events.overens", EVENTS)
}

fn choir() -> Checked {
    Policy::read(&files(), "choir").unwrap().checked().unwrap()
}

fn day(month: u32, day: u32) -> Day {
    Day::of(2015, month, day).unwrap()
}

fn words(policy: &Checked, facts: &Facts, as_of: Day) -> Vec<String> {
    let judgement = policy.judge(facts, as_of).unwrap();
    judgement.verdicts().map(|one| format!("{} {}", one.clause, one.called.words())).collect()
}

#[test]
fn a_policy_is_read_with_its_imports_from_memory_and_judged() {
    let policy = choir();
    assert_eq!((policy.name(), policy.title()), ("choir", "The choir"));
    assert_eq!(policy.clauses().collect::<Vec<_>>(), ["spring"]);
    let facts = policy.facts("facts.json", CONCERT).unwrap();
    // Held on 3 May, and asked for by 1 May; whether there was an earlier one nobody has said.
    assert_eq!(words(&policy, &facts, day(6, 1)), ["spring unknown"]);
    // On 1 May itself there is still time, and what lies ahead is not known yet.
    assert_eq!(words(&policy, &facts, day(5, 1)), ["spring pending"]);
}

#[test]
fn facts_of_a_program_are_judged_like_those_of_a_file() {
    let policy = choir();
    let given = Given::new().as_of(day(6, 1)).complete("concert", day(1, 1), day(6, 1)).record(
        "concert",
        "the \"first\"\n",
        [("held_on", day(5, 3).into())],
    );
    let facts = policy.facts_of(&given).unwrap();
    assert_eq!(facts.as_of(), Some(day(6, 1)));
    assert_eq!(words(&policy, &facts, day(6, 1)), ["spring late"]);
}

#[test]
fn why_tells_where_a_fact_stands() {
    let policy = choir();
    let given =
        Given::new().complete("concert", day(1, 1), day(6, 1)).record("concert", "c1", [("held_on", day(5, 3).into())]);
    let facts = policy.facts_of(&given).unwrap();
    let judgement = policy.judge(&facts, day(6, 1)).unwrap();
    let late = judgement.verdicts().find(|one| one.called == Called::Late).unwrap();
    let told = judgement.in_words(&judgement.why(&late));
    assert!(told.starts_with("§ 3 spring: late") && told.contains("given.json:"), "{told}");
    assert_eq!(judgement.report().lines.len(), 1);
}

#[test]
fn a_policy_with_mistakes_tells_them_and_never_becomes_one_that_can_be_judged() {
    // A duty without anything to do is found by the catalogue of kinds, and not by the check of names.
    let faulty = CHOIR.replace("  board shall hold concert\n", "");
    let policy = Policy::read(&files().with("choir/choir.overens", faulty), "choir").unwrap();
    let found = policy.check();
    assert!(found.errors().next().is_some());
    let told = policy.checked().err().unwrap();
    assert_eq!(told, found);
    let first = told.errors().next().unwrap();
    assert_eq!((first.file.as_str(), first.line), ("choir/choir.overens", 8));
}

#[test]
fn an_import_that_is_not_there_is_a_finding_with_its_place() {
    let alone = Memory::new().with("choir.overens", CHOIR);
    let found = Policy::read(&alone, "choir.overens").unwrap().check();
    let codes: Vec<(&str, usize)> = found.errors().map(|one| (one.code, one.line)).collect();
    assert!(codes.contains(&("missing-import", 4)), "{found}");
}

#[test]
fn amendments_beside_a_policy_in_memory_are_read_with_it() {
    let amendment = "amendment earlier \"A concert by 1 April\"
  to choir
  adopted on 2015-02-01
  takes effect 2015-02-01

  replace spring
  duty spring § 3 \"A concert by 1 April\"
    board shall hold concert
    by 2015-04-01
";
    let amended = files().with("choir/amendments/earlier.overens", amendment);
    let amended = Policy::read(&amended, "choir").unwrap().checked().unwrap();
    let given = Given::new().complete("concert", day(1, 1), day(6, 1)).record(
        "concert",
        "c1",
        [("held_on", day(4, 18).into())],
    );
    let plain = choir();
    assert_eq!(words(&plain, &plain.facts_of(&given).unwrap(), day(6, 1)), ["spring satisfied"]);
    assert_eq!(words(&amended, &amended.facts_of(&given).unwrap(), day(6, 1)), ["spring late"]);
}

#[test]
fn a_policy_that_is_not_there_is_refused_and_the_nearest_is_named() {
    let refusal = Policy::read(&files(), "choir/chior.overens").err().unwrap();
    assert_eq!(refusal.cause, Cause::Unreadable);
    assert_eq!(refusal.message, "there is no file `choir/chior.overens`");
    assert!(refusal.help.unwrap().contains("choir/choir.overens"));
}

#[test]
fn facts_that_do_not_fit_are_findings_and_no_facts() {
    let policy = choir();
    let wrong = CONCERT.replace("2015-05-03", "2015-02-30");
    let Err(Unfit::Wrong(found)) = policy.facts("facts.json", wrong) else { panic!("taken") };
    assert_eq!(found.errors().map(|one| one.code).collect::<Vec<_>>(), ["facts-no-such-day"]);
    let Err(Unfit::Refused(refusal)) = policy.facts_in(&Memory::new(), &["facts.json"]) else { panic!("read") };
    assert_eq!(refusal.cause, Cause::Unreadable);
}

#[test]
fn facts_are_read_in_every_notation() {
    let policy = choir();
    let texts = [
        ("facts.json", CONCERT),
        ("facts.ron", "(concert: [(id: \"c1\", held_on: \"2015-05-03\")])"),
        ("facts.yaml", "concert:\n  - id: c1\n    held_on: 2015-05-03\n"),
        ("facts.toml", "[[concert]]\nid = \"c1\"\nheld_on = \"2015-05-03\"\n"),
        ("concert=facts.csv", "id,held_on\nc1,2015-05-03\n"),
        ("concert=facts.jsonl", "{\"id\": \"c1\", \"held_on\": \"2015-05-03\"}\n"),
    ];
    for (name, text) in texts {
        let facts = policy.facts(name, text).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
        assert_eq!(words(&policy, &facts, day(6, 1)), ["spring unknown"], "{name}");
    }
}

#[test]
fn fact_files_of_a_library_name_one_another() {
    let library = Memory::new()
        .with("facts/all.ron", "(files: [(path: \"concerts.csv\", record: \"concert\")])")
        .with("facts/concerts.csv", "id,held_on\nc1,2015-04-18\n");
    let policy = choir();
    let facts = policy.facts_in(&library, &["facts/all.ron"]).unwrap();
    assert_eq!(words(&policy, &facts, day(6, 1)), ["spring satisfied"]);
}

#[test]
fn facts_that_were_read_for_another_policy_are_refused() {
    let facts = choir().facts("facts.json", CONCERT).unwrap();
    let other = files().with("choir/choir.overens", CHOIR.replace("2015-05-01", "2015-06-01"));
    let other = Policy::read(&other, "choir").unwrap().checked().unwrap();
    assert_eq!(other.judge(&facts, day(6, 1)).err().unwrap().cause, Cause::Misnamed);
}

#[test]
fn a_limit_of_the_library_holds_for_reading_and_judging() {
    let few = |limit, most| files().within(Limits::default().with(limit, most));
    let refusal = Policy::read(&few(Limit::Imports, 0), "choir").err().unwrap();
    assert_eq!(refusal.cause, Cause::Limit);
    let policy = Policy::read(&few(Limit::Instances, 0), "choir").unwrap().checked().unwrap();
    let facts = policy.facts("facts.json", CONCERT).unwrap();
    assert_eq!(policy.judge(&facts, day(6, 1)).err().unwrap().cause, Cause::Limit);
}

#[test]
fn a_library_of_ones_own_needs_two_methods() {
    struct Two;
    impl Library for Two {
        fn read(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
            match path.to_str() {
                Some("choir.overens") => Ok(CHOIR.into()),
                Some("common/events.overens") => Ok(EVENTS.into()),
                _ => Err(Refusal::no_file(path.display())),
            }
        }

        fn files(&self, _: &Path) -> Result<Vec<PathBuf>, Refusal> {
            Ok(Vec::new())
        }
    }
    assert!(Policy::read(&Two, "choir.overens").unwrap().checked().is_ok());
}

#[test]
fn a_policy_can_be_used_by_several_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Checked>();
    shared::<Facts>();
}

#[test]
fn the_engine_writes_the_very_report_that_the_program_writes() {
    let (folder, facts) = ("policies/county_register", "policies/county_register/facts/four.ron");
    let policy = Policy::read(&Files::Disk, folder).unwrap().checked().unwrap();
    let read = policy.facts_in(&Files::Disk, &[facts]).unwrap();
    let judgement = policy.judge(&read, read.as_of().unwrap()).unwrap();
    for form in [Form::Json, Form::Csv, Form::Jsonl, Form::Plain, Form::Html, Form::Junit] {
        let mut written = String::new();
        judgement.write(form, &mut written).unwrap();
        let ran = Command::new(env!("CARGO_BIN_EXE_overens"))
            .args(["eval", folder, facts, "--format", form.name()])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(ran.stdout).unwrap(), written, "{}", form.name());
    }
}
