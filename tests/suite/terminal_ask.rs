//! Questions and answers: what is missing is asked once, what settles most first, and answers come to a new fact file.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use super::terminal_agreements::{folder, overens};

/// Rehearsals of 2010, 2011 and 2013 are not on file, and the list is not declared complete: three verdicts that one answer settles.
/// When the letters to two members went out is not known: two verdicts, settled by any day, and by none.
const CHOIR: &str = r#"agreement choir "A choir"
  overens 1
  in force from 2010-01-01 until further notice

event rehearsal, rehearsals on held_on
  held_on: date

record member, members "Those who sing"
  letter_on: date "The day on which the letter went out"
  voice: one of high, low

actors board, auditor

duty rehearse § 1 "There is a rehearsal each year"
  board shall hold rehearsal
  every calendar year

deadline letter § 2
  for each member
  board shall have letter_on
  by 2012-03-01
"#;

const FACTS: &str = r#"(
  agreement: "choir",
  as_of: "2014-06-30",
  rehearsal: [(id: "spring", held_on: "2012-05-05")],
  member: [(id: "alto"), (id: "bass"), (id: "soprano", letter_on: "2012-02-01", source: "post book")],
)
"#;

const ANSWERS: &str = r#"(
  source: "the minutes",
  answers: {
    "rehearsal": "complete",
    "member.letter_on": {
      "alto": "2012-02-28",
      "bass": (unknown_for_good: "the post book was burnt", by: "the archive"),
    },
  },
)
"#;

fn choir(test: &str) -> PathBuf {
    folder(
        &format!("ask_{test}"),
        &[("choir/choir.overens", CHOIR), ("choir/facts/2014.ron", FACTS), ("answers.ron", ANSWERS)],
    )
}

fn json(folder: &Path, words: &[&str]) -> Value {
    let (_, results, messages) = overens(folder, words);
    serde_json::from_str(&results).unwrap_or_else(|error| panic!("{error}: {results}{messages}"))
}

fn list(folder: &Path) -> Value {
    json(folder, &["ask", "choir", "--list", "--format", "json"])
}

/// The same command for somebody who looks on, so that files may be written that no flag names.
fn attended(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("overens").unwrap();
    let output = command.current_dir(folder).env_remove("CI").args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const ANSWERED: [&str; 6] = ["ask", "choir", "--answers", "answers.ron", "--recorded-on", "2014-07-01"];

#[test]
fn missing_facts_are_asked_once_and_what_settles_most_stands_first() {
    let asked = list(&choir("order"));
    assert_eq!((asked["unknown"].as_u64(), asked["verdicts"].as_u64()), (Some(5), Some(8)), "{asked}");
    let questions = asked["questions"].as_array().unwrap();
    let told: Vec<(&str, u64, u64)> = questions
        .iter()
        .map(|one| {
            let settles = &one["settles"];
            (one["question"].as_str().unwrap(), settles["least"].as_u64().unwrap(), settles["most"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(told, [("rehearsal", 3, 3), ("member.letter_on", 2, 2)]);
    assert_eq!(questions[0]["words"], "Are all rehearsals from 2010-01-01 through 2013-12-31 in the facts?");
    assert_eq!(questions[0]["tried"][0]["becomes"][0], serde_json::json!({ "verdict": "violated", "count": 3 }));
    assert_eq!(questions[1]["words"], "What is letter_on of each of these 2 members?");
    assert_eq!(questions[1]["explained"], "The day on which the letter went out");
    let rows: Vec<&str> =
        questions[1]["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(rows, ["alto", "bass"]);
}

#[test]
fn what_each_answer_makes_of_the_verdicts_is_found_by_judging() {
    let plain = overens(&choir("plain"), &["ask", "choir", "--list"]);
    assert_eq!(plain.0, 0);
    for line in [
        "choir: as of 2014-06-30; facts choir/facts/2014.ron",
        "of 8 verdicts, 5 are unknown; 2 questions, most useful first",
        "1. Are all rehearsals from 2010-01-01 through 2013-12-31 in the facts? Settles 3.",
        "   complete: 3 violated",
        "2. What is letter_on of each of these 2 members? Settles 2.",
        "   2010-01-01 for each: 2 satisfied",
        "   2012-03-01 for each: 2 satisfied",
        "   2012-03-02 for each: 2 late",
        "   none for each: 2 violated",
    ] {
        assert!(plain.1.lines().any(|one| one == line), "no `{line}` in\n{}", plain.1);
    }
}

#[test]
fn answers_come_to_a_new_file_and_the_others_stay_as_they_are() {
    let folder = choir("answers");
    let (exit, results, messages) = attended(&folder, &ANSWERED);
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    assert_eq!(results, "choir/facts/answers-2014-07-01.ron: 3 answers; 1 of 8 verdicts is unknown now\n");
    assert_eq!(std::fs::read_to_string(folder.join("choir/facts/2014.ron")).unwrap(), FACTS);
    // The new file names the older one, and is the one that is judged.
    let report = json(&folder, &["eval", "choir", "--format", "json"]);
    assert_eq!(report["counts"]["violated"], 3, "{report}");
    assert_eq!(report["counts"]["satisfied"], 3);
    assert_eq!(report["counts"]["unknown"], 1);
    // What is unknown for good stays unknown, and is not asked again.
    let asked = list(&folder);
    assert_eq!((asked["unknown"].as_u64(), asked["questions"].as_array().unwrap().len()), (Some(1), 0));
    assert_eq!(asked["unknown_for_good"][0]["words"], "member bass: letter_on");
}

#[test]
fn before_answers_were_written_down_nobody_knew_them() {
    let folder = choir("known_on");
    assert_eq!(attended(&folder, &ANSWERED).0, 0);
    let unknown =
        |day: &str| json(&folder, &["eval", "choir", "--known-on", day, "--format", "json"])["counts"].clone();
    assert_eq!(unknown("2014-06-30")["unknown"], 5);
    assert_eq!(unknown("2014-07-01")["unknown"], 1);
}

#[test]
fn no_file_is_written_over_and_none_that_nobody_named_where_nobody_looks_on() {
    let folder = choir("over");
    let named = |path| [&ANSWERED[..], &["--to", path]].concat();
    let (exit, _, messages) = overens(&folder, &named("choir/facts/2014.ron"));
    assert!(exit == 5 && messages.contains("already exists"), "{messages}");
    assert_eq!(std::fs::read_to_string(folder.join("choir/facts/2014.ron")).unwrap(), FACTS);
    assert_eq!(overens(&folder, &named("choir/facts/told.ron")).0, 0);
    // A second file of answers takes a name of its own.
    std::fs::write(folder.join("answers.ron"), r#"(source: "a call", answers: {})"#).unwrap();
    assert_eq!(attended(&folder, &ANSWERED).0, 1);
    std::fs::write(folder.join("answers.ron"), ANSWERS).unwrap();
    let words = [&["ask", "choir", "choir/facts/2014.ron"], &ANSWERED[2..]].concat();
    let unattended =
        Command::cargo_bin("overens").unwrap().current_dir(&folder).env("CI", "true").args(words).output().unwrap();
    assert_eq!(unattended.status.code(), Some(2));
}

#[test]
fn a_day_to_write_answers_down_on_is_asked_for() {
    let (exit, _, messages) = overens(&choir("day"), &["ask", "choir", "--answers", "answers.ron"]);
    assert!(exit == 2 && messages.contains("--recorded-on"), "{messages}");
}

#[test]
fn what_is_wrong_with_an_answer_is_told_at_its_place() {
    let folder = choir("wrong");
    let wrong = r#"(
  answers: {
    "rehearsal": "perhaps",
    "member.letter_on": { "tenor": "2012-02-28", "alto": "soon" },
    "member.voise": { "alto": "high" },
  },
)
"#;
    std::fs::write(folder.join("answers.ron"), wrong).unwrap();
    let (exit, results, messages) = attended(&folder, &ANSWERED);
    assert_eq!((exit, results.as_str()), (4, ""), "{messages}");
    for told in [
        "answers.ron:1:1: error[required-missing]: no source given for the answers",
        "answers.ron:3:18: error[facts-wrong-type]: not a valid answer to `rehearsal`",
        "answers.ron:4:27: error[unknown-reference]: `member.letter_on` is not asked about `tenor`",
        "answers.ron:5:5: error[facts-unknown-field]: `member.voise` is not one of the questions",
    ] {
        assert!(messages.contains(told), "no `{told}` in\n{messages}");
    }
    assert!(!folder.join("choir/facts/answers-2014-07-01.ron").exists());
}

#[test]
fn an_answer_is_read_as_facts_are() {
    let folder = choir("as_facts");
    let wrong = r#"{"source": "a call", "answers": {"member.letter_on": {"alto": "2012-02-30"}}}"#;
    std::fs::write(folder.join("answers.json"), wrong).unwrap();
    let words = ["ask", "choir", "--answers", "answers.json", "--recorded-on", "2014-07-01"];
    let (exit, _, messages) = attended(&folder, &words);
    assert!(exit == 4 && messages.contains("answers.json:1:63"), "{messages}");
}

/// A deed that the auditor has to attest: nobody but the auditor can see it.
#[test]
fn a_role_is_asked_what_it_alone_can_attest() {
    let attested = CHOIR.replace("  every calendar year\n", "  every calendar year\n  attested by auditor\n");
    let folder = folder("ask_attested", &[("choir/choir.overens", &attested), ("choir/facts/2014.ron", FACTS)]);
    let asked = list(&folder);
    let questions = asked["questions"].as_array().unwrap();
    let one = questions.iter().find(|one| one["kind"] == "attestation").unwrap_or_else(|| panic!("{asked}"));
    assert_eq!(one["question"], "attestation.rehearse.auditor");
    let answers = r#"(source: "a letter", answers: { "attestation.rehearse.auditor": { "2012": (holds: true, on: "2013-01-15") } })"#;
    std::fs::write(folder.join("answers.ron"), answers).unwrap();
    let (exit, results, messages) = attended(&folder, &ANSWERED);
    assert_eq!(exit, 0, "{results}{messages}");
    let text = std::fs::read_to_string(folder.join("choir/facts/answers-2014-07-01.ron")).unwrap();
    assert!(
        text.contains(r#"(clause: "rehearse", period: "2012", by: "auditor", on: "2013-01-15", holds: true"#),
        "{text}"
    );
}

#[test]
fn what_is_on_file_in_another_way_cannot_be_answered_by_a_new_file() {
    let facts = FACTS.replace(r#"(id: "alto")"#, r#"(id: "alto", letter_on: "2012-02-01/2012-04-01")"#);
    let folder = folder(
        "ask_on_file",
        &[("choir/choir.overens", CHOIR), ("choir/facts/2014.ron", &facts), ("answers.ron", ANSWERS)],
    );
    let asked = list(&folder);
    let rows = &asked["questions"][1]["rows"];
    assert_eq!(rows[0]["known"], "between 2012-02-01 and 2012-04-01", "{asked}");
    let (exit, _, messages) = attended(&folder, &ANSWERED);
    assert!(exit == 4 && messages.contains("is already in the facts"), "{messages}");
}

#[test]
fn the_interview_needs_a_terminal_and_without_one_the_questions_are_listed() {
    let (exit, results, _) = attended(&choir("no_terminal"), &["ask", "choir"]);
    assert!(exit == 0 && results.contains("1. Are all rehearsals"), "{results}");
}

#[test]
fn every_form_of_a_report_tells_a_field_of_several_records_once() {
    let folder = choir("forms");
    for form in ["pretty", "plain", "markdown", "html", "json"] {
        let (exit, results, _) = overens(&folder, &["eval", "choir", "--format", form]);
        assert_eq!((exit, results.matches("of 2 members: alto, bass").count()), (1, 1), "{form}: {results}");
    }
    let report = json(&folder, &["eval", "choir", "--format", "json"]);
    assert_eq!(report["missing"][1]["of"], serde_json::json!(["member alto", "member bass"]), "{report}");
    assert_eq!(report["missing"][1]["decides"], 2);
}

// ---- the agreement with most to ask ---------------------------------------------------------------------------------------------

/// Answers questions one after the other until fewer than 30 verdicts are unknown, always the first that is not answered yet, each with
/// the first of the answers that were tried; and says how many were asked. `None` where they do not get there.
fn asked_until_few(by_settling: bool) -> (Option<usize>, usize) {
    super::asking_support::asked_until(30, by_settling)
}

#[test]
fn the_most_settling_question_first_takes_a_third_of_the_questions_in_file_order() {
    let (settling, _) = asked_until_few(true);
    let (in_order, singles) = asked_until_few(false);
    println!(
        "until fewer than 30 verdicts of samverkan are unknown: {settling:?} questions, most useful first; {in_order:?} of {singles} in file order"
    );
    let (Some(settling), Some(in_order)) = (settling, in_order) else { panic!("{settling:?} {in_order:?}") };
    assert!(settling * 3 <= in_order, "{settling} against {in_order}");
}
