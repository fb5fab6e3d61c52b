//! Amendments at the command line: files of their own beside a policy, what is supposed of them, the wording in force, and
//! what was on record on a day.

use std::path::PathBuf;

use super::terminal_agreements::{folder, overens};

const CLUB: &str = r#"agreement club "A club"
  in force from 2010-01-01 until further notice

event meeting on held_on
  held_on: date

event vote on taken_on
  taken_on: date
  result: one of adopted, rejected

actor board

// The board meets.
duty meet § 1 "The board meets once a year"
  board shall hold meeting
  every calendar year
"#;

const TWICE: &str = r#"// What the board proposed in 2013.
event minutes on written_on
  written_on: date

amendment twice § 1 "Twice a year"
  to club
  proposed by board on 2013-10-01
  adopted by vote where result is adopted
  takes effect 2014-01-01
  replace meet
  duty meet § 1 "The board meets twice a year"
    board shall hold meeting
    at least 2 times
    every calendar year
  add
  duty minutes_written § 2 "Minutes are written"
    board shall make minutes
    every calendar year

scenario "Adopted, it asks for two meetings"
  facts "../facts/2015.ron"
  with twice
  expect meet for 2014 violated, 1 of 2
"#;

const FACTS: &str = r#"(
  agreement: "club",
  as_of: "2015-01-31",
  complete: { "meeting": (from: "2010-01-01", through: "2015-01-31"), "minutes": (from: "2010-01-01", through: "2015-01-31"), "vote": (from: "2010-01-01", through: "2015-01-31") },
  meeting: [
    (id: "m13", held_on: "2013-04-02", recorded_on: "2013-04-03"),
    (id: "m14", held_on: "2014-04-02", recorded_on: "2015-01-10"),
  ],
  vote: [(id: "v", taken_on: "2013-11-01")],
)
"#;

fn club(test: &str) -> PathBuf {
    let files = [("club/club.overens", CLUB), ("club/amendments/twice.overens", TWICE), ("club/facts/2015.ron", FACTS)];
    folder(&format!("amendments_{test}"), &files)
}

/// The lines of a report on one clause.
fn lines(folder: &std::path::Path, words: &[&str], with: &str) -> Vec<String> {
    let (_, results, messages) = overens(folder, words);
    assert_eq!(messages, "");
    results.lines().filter(|line| line.contains(with)).map(str::to_string).collect()
}

#[test]
fn amendments_stand_in_a_folder_beside_the_policy_and_are_read_with_it() {
    let club = club("beside");
    let sound = (0, "club: 2 clauses, 3 records, 1 scenario: no errors\n".to_string(), String::new());
    assert_eq!(overens(&club, &["check", "club"]), sound);
    // A file of amendments means the policy that it amends.
    assert_eq!(overens(&club, &["check", "club/amendments/twice.overens"]), sound);
    assert_eq!(overens(&club, &["test", "club"]).0, 0);
}

#[test]
fn a_report_tells_of_each_amendment_whether_it_is_adopted() {
    let club = club("told");
    let told = |more: &[&str]| lines(&club, &[&["eval", "club"], more].concat(), "amendment ");
    let place = "club/amendments/twice.overens:5";
    assert_eq!(told(&[]), [format!("amendment § 1 twice, from 2014-01-01: not known whether it is adopted ({place})")]);
    assert_eq!(
        told(&["--with", "twice"]),
        [format!("amendment § 1 twice, from 2014-01-01: taken to be adopted ({place})")]
    );
    assert_eq!(
        told(&["--without", "twice"]),
        [format!("amendment § 1 twice, from 2014-01-01: taken not to be adopted ({place})")]
    );
}

#[test]
fn what_is_supposed_of_an_amendment_is_judged() {
    let club = club("supposed");
    let meet =
        |more: &[&str]| lines(&club, &[&["eval", "club", "--all", "--period", "2014"], more].concat(), "meet for");
    // One meeting in 2014: enough for the old wording, too few for the new one.
    assert_eq!(meet(&[])[0], "§ 1 meet for 2014: unknown, needs vote v: result (club/facts/2015.ron:9)");
    assert_eq!(
        meet(&["--with", "twice"])[0],
        "§ 1 meet for 2014: violated, 1 of 2 by 2014-12-31 (club/facts/2015.ron:7)"
    );
    assert_eq!(
        meet(&["--without", "twice"])[0],
        "§ 1 meet for 2014: satisfied, held 2014-04-02, 273 days early (club/facts/2015.ron:7)"
    );
}

#[test]
fn a_misspelt_amendment_is_told_with_the_nearest_name() {
    let club = club("misspelt");
    let (exit, results, messages) = overens(&club, &["eval", "club", "--with", "twise"]);
    assert_eq!((exit, results.as_str()), (2, ""));
    assert_eq!(
        messages,
        "error: club has no amendment `twise`, and there is no such file\nhelp: did you mean `twice`?\n"
    );
}

#[test]
fn an_amendment_from_elsewhere_is_worked_in_by_its_file() {
    let club = club("elsewhere");
    let mine = "amendment none\n  to club\n  rival of twice\n  takes effect 2012-01-01\n  repeal meet\n";
    #[expect(clippy::disallowed_methods, reason = "a test sets its scene")]
    std::fs::write(club.join("mine.overens"), mine).unwrap();
    let years = lines(&club, &["eval", "club", "--all", "--with", "mine.overens", "--without", "twice"], "meet for");
    assert!(
        years.contains(&"§ 1 meet for 2012–2015: not applicable, repealed by none from 2012-01-01".to_string()),
        "{years:?}"
    );
}

#[test]
fn what_was_recorded_later_was_not_known() {
    let club = club("known");
    let meet = |day: &str| {
        let words = ["eval", "club", "--all", "--without", "twice", "--known-on", day];
        lines(&club, &words, "meet for 201")
    };
    let of = |year: &str, day: &str| meet(day).into_iter().find(|line| line.contains(&format!("for {year}:"))).unwrap();
    // m14 was held on 2014-04-02 and recorded on 2015-01-10: until then the list had a gap from that day on.
    assert_eq!(
        of("2014", "2015-01-10"),
        "§ 1 meet for 2014: satisfied, held 2014-04-02, 273 days early (club/facts/2015.ron:7)"
    );
    assert_eq!(
        of("2013", "2015-01-09"),
        "§ 1 meet for 2013: satisfied, held 2013-04-02, 273 days early (club/facts/2015.ron:6)"
    );
    assert!(of("2014", "2015-01-09").starts_with("§ 1 meet for 2014: unknown, needs "), "{:?}", meet("2015-01-09"));
    let (_, results, _) = overens(&club, &["eval", "club", "--known-on", "2015-01-09"]);
    assert!(results.starts_with("club, as of 2015-01-31, as known on 2015-01-09\n"), "{results}");
}

const CONSOLIDATED: &str = r#"// The wording of club in force on 2014-06-01, as changed by twice (from 2014-01-01).
// Paths are relative to the folder of the policy that it was made from.

agreement club "A club"
  in force from 2010-01-01 until further notice

event meeting on held_on
  held_on: date

event vote on taken_on
  taken_on: date
  result: one of adopted, rejected

actor board

// The board meets.
duty meet § 1 "The board meets twice a year"
  board shall hold meeting
  at least 2 times
  every calendar year
  in force from 2014-01-01

duty minutes_written § 2 "Minutes are written"
  board shall make minutes
  every calendar year
  in force from 2014-01-01

event minutes on written_on
  written_on: date
"#;

#[test]
fn the_wording_in_force_is_a_policy_file() {
    let club = club("consolidated");
    let print = |day: &str, more: &[&str]| overens(&club, &[&["consolidate", "club", "--as-of", day], more].concat());
    let (exit, results, messages) = print("2014-06-01", &["--with", "twice"]);
    assert_eq!((exit, results.as_str(), messages.as_str()), (0, CONSOLIDATED, ""));
    // The day before it is as it was agreed first.
    let (exit, results, _) = print("2013-12-31", &[]);
    assert_eq!(exit, 0);
    assert!(results.ends_with(CLUB), "{results}");
    assert!(results.starts_with("// The wording of club in force on 2013-12-31, which no amendment has changed.\n"));
    // While it is not known there is no telling.
    let (exit, results, messages) = print("2014-06-01", &[]);
    assert_eq!((exit, results.as_str()), (1, ""));
    assert_eq!(
        messages,
        "error: it is unknown whether the amendment `twice` is adopted, so the wording is unknown too\n\
         help: state it in the facts, or assume it: `--with twice`, `--without twice`\n"
    );
}

/// What is judged by the consolidated wording comes out as by the agreement and its amendments.
#[test]
fn the_wording_in_force_judges_as_the_amendments_do() {
    let club = club("judges");
    let (_, text, _) = overens(&club, &["consolidate", "club", "--as-of", "2014-06-01", "--with", "twice"]);
    #[expect(clippy::disallowed_methods, reason = "a test sets its scene")]
    {
        std::fs::create_dir_all(club.join("new")).unwrap();
        std::fs::write(club.join("new/club.overens"), text).unwrap();
    }
    let judged =
        |words: &[&str]| lines(&club, &[&["eval"], words, &["--all", "--period", "2014"]].concat(), " for 2014");
    let new = judged(&["new/club.overens", "club/facts/2015.ron"]);
    assert_eq!(new, judged(&["club", "--with", "twice"]));
    assert_eq!(new.len(), 2, "{new:?}");
}

/// It still says the name that the clause had; the wording in force has the new one, and goes on to say what it was before.
#[test]
fn an_amendment_written_before_a_clause_was_renamed_amends_it_all_the_same() {
    let renamed = CLUB.replace(
        "duty meet § 1 \"The board meets once a year\"\n",
        "duty assembly § 1 \"The board meets once a year\"\n  formerly meet\n",
    );
    let files =
        [("club/club.overens", &*renamed), ("club/amendments/twice.overens", TWICE), ("club/facts/2015.ron", FACTS)];
    let club = folder("amendments_renamed", &files);
    let (exit, results, messages) = overens(&club, &["test", "club"]);
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    let told = lines(&club, &["eval", "club", "--with", "twice", "--all", "--period", "2014"], "assembly for 2014");
    assert!(told.iter().any(|line| line.contains("1 of 2")), "{told:?}");
    let (_, text, _) = overens(&club, &["consolidate", "club", "--as-of", "2014-06-01", "--with", "twice"]);
    let wording = "duty assembly § 1 \"The board meets twice a year\"\n  board shall hold meeting\n  at least 2 times\n  \
                   every calendar year\n  in force from 2014-01-01\n  formerly meet\n";
    assert!(text.contains(wording), "{text}");
    let (_, text, _) = overens(&club, &["consolidate", "club", "--as-of", "2013-06-01", "--with", "twice"]);
    assert!(text.contains("once a year\"\n  formerly meet\n"), "{text}");
}

const MEMBERS: &str = r#"agreement club "A club"
  in force from 2014-01-01 until further notice

record person
  age: number
  joined_on: date

membership associate § 3 of person
  formerly member
  from joined_on
  requires of_age age is at least 16
    formerly adult

amendment older "Grown up"
  to club
  adopted on 2015-06-01
  takes effect 2015-07-01
  replace member
    membership member § 3 of person
      from joined_on
      requires adult age is at least 18
        note "As the law has it."
      requires quick age is at most 90
"#;

/// Behind a requirement a line would be the requirement's: so the clause's own stand before them.
#[test]
fn the_wording_in_force_of_a_membership_has_its_own_lines_before_its_requirements() {
    let club = folder("amendments_members", &[("club/club.overens", MEMBERS)]);
    let (exit, text, messages) = overens(&club, &["consolidate", "club", "--as-of", "2016-01-01"]);
    assert_eq!((exit, messages.as_str()), (0, ""));
    let wording = "membership associate § 3 of person\n  from joined_on\n  in force from 2015-07-01\n  formerly member\n  \
                   requires of_age age is at least 18\n    note \"As the law has it.\"\n    formerly adult\n  \
                   requires quick age is at most 90\n";
    assert!(text.contains(wording), "{text}");
}

const FINE: &str = r#"agreement club "A club"
  in force from 2014-01-01

event meeting on held_on
  held_on: date

event fee on paid_on
  paid_on: date

actor board

deadline meet § 1
  board shall hold meeting
  every calendar year
  by 31 March
  otherwise fine

duty fine § 2
  board shall make fee
  every calendar year

deadline told § 3
  board shall make fee
  every calendar year
  by the due day of meet plus 10 days

amendment mild
  to club
  adopted on 2014-06-01
  takes effect 2015-07-01
  replace meet
    deadline meet § 1
      board shall hold meeting
      every calendar year
      by 31 March

amendment milder
  to club
  adopted on 2015-06-01
  takes effect 2016-07-01
  repeal meet
"#;

/// As a policy by itself, what was due only `otherwise` would be due in any case.
#[test]
fn what_nothing_makes_due_any_more_is_left_out_of_the_wording_in_force() {
    let club = folder("amendments_fine", &[("club/club.overens", FINE)]);
    let (_, before, _) = overens(&club, &["consolidate", "club", "--as-of", "2015-01-01"]);
    assert!(before.contains("duty fine") && !before.contains("Left out"), "{before}");
    let (exit, after, messages) = overens(&club, &["consolidate", "club", "--as-of", "2016-01-01"]);
    assert_eq!((exit, messages.as_str()), (0, ""));
    assert!(after.contains("\n// Left out, since nothing makes it due any more: fine.\n"), "{after}");
    assert!(!after.contains("duty fine"), "{after}");
}

#[test]
fn a_wording_in_force_that_refers_to_what_was_repealed_is_printed_with_a_note() {
    let club = folder("amendments_repealed", &[("club/club.overens", FINE)]);
    let (exit, text, messages) = overens(&club, &["consolidate", "club", "--as-of", "2017-01-01"]);
    assert_eq!(exit, 0);
    assert!(text.contains("by the due day of meet plus 10 days"), "{text}");
    let note = "as it is printed, club does not pass `check`, since it refers to what is no longer in force:\n  line ";
    assert!(messages.starts_with(note) && messages.contains("unknown clause `meet`"), "{messages}");
}

#[test]
fn what_becomes_due_once_or_without_a_cycle_is_judged_beside_the_periods_before() {
    let policy = r#"agreement once "Yearly, then once"
  in force from 2015-01-01

event job on done_on
  done_on: date

actor crew

duty a § 1
  crew shall make job
  every calendar year

duty b § 2
  crew shall make job
  at most 1 times

amendment other
  to once
  adopted on 2016-02-01
  takes effect 2016-05-11
  replace a
  duty a § 1
    crew shall make job
    at least 3 times
    between 2017-01-01 and 2017-06-30
  replace b
  duty b § 2
    crew shall make job
    at most 2 times
    every calendar year
"#;
    let facts = r#"(agreement: "once", as_of: "2017-12-31",
 complete: { "job": (from: "2015-01-01", through: "2017-12-31") },
 job: [(id: "j1", done_on: "2016-01-05"), (id: "j2", done_on: "2016-01-06"), (id: "j3", done_on: "2017-01-06")])
"#;
    let folder = folder("once", &[("once.overens", policy), ("facts.ron", facts)]);
    // a is due in 2015 and 2016, then once, 2 short; b was exceeded without a cycle, and is kept in the years after
    let told = lines(&folder, &["eval", "once.overens", "facts.ron", "--format", "csv"], "once,");
    let of = |clause: &str| -> Vec<String> {
        let own = told.iter().map(|line| line.split(',').collect::<Vec<_>>());
        own.filter(|cells| cells.contains(&clause)).map(|cells| cells.join(" ")).collect()
    };
    assert_eq!((of("a").len(), of("b").len()), (3, 3), "{told:#?}");
}

#[test]
fn runs_of_code_scanning_with_different_amendments_have_categories_of_their_own() {
    let club = club("categories");
    let id = |words: &[&str]| {
        let (_, results, _) = overens(&club, &[words, &["--format", "sarif"]].concat());
        let id = results.split("\"automationDetails\":{\"id\":\"").nth(1).and_then(|rest| rest.split('"').next());
        id.unwrap().to_string()
    };
    assert_eq!(id(&["eval", "club"]), "overens/eval/club/");
    assert_eq!(id(&["eval", "club", "--with", "twice"]), "overens/eval/club+twice/");
    assert_eq!(id(&["eval", "club", "--without", "twice"]), "overens/eval/club-twice/");
    assert_eq!(id(&["diff", "club", "twice"]), "overens/diff/club+twice/");
}
