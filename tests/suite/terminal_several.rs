//! The binary over several agreements in one run, over registers that they share, and over fact files that name others.

use std::path::PathBuf;

use super::terminal_agreements::{folder, overens};

const CLUB: &str = r#"agreement club "A club"
  overens 1
  in force from 2014-01-01 until further notice

event meeting, meetings on held_on
  kind: one of annual, open
  held_on: date
  summons_sent_on: date

actors board, parties

deadline summons § 1 "The summons goes out ahead"
  for each meeting where kind is annual
  board shall have summons_sent_on
  at least 10 days before held_on

judgement openness § 2
  board shall "be open"
  every calendar year
  judged by parties

scenario "The register tells when the summons went out"
  facts "facts/2014.ron"
  expect summons for annual_2014 late, 5 days
"#;

const CHOIR: &str = r#"agreement choir "A choir with \"many\" voices"
  overens 1
  in force from 2014-01-01 until further notice

event meeting, meetings on held_on
  kind: one of annual, rehearsal
  held_on: date
  songs: number

event concert on sung_on
  sung_on: date

actors conductor, board

duty songs § 7
  for each meeting where kind is rehearsal
  conductor shall ensure songs is at least 3

judgement openness § 8
  conductor shall "be open"
  judged by board
"#;

const REGISTER: &str = r#"(
  agreement: ["club", "choir"],
  as_of: "2013-01-01",
  meeting: [
    (id: "annual_2014", kind: "annual", held_on: "2014-03-11", summons_sent_on: "2014-03-06"),
    (id: "evening", kind: "rehearsal", held_on: "2014-04-01", songs: 2),
  ],
  concert: [(id: "spring", sung_on: "2014-05-20")],
  judgement: [(clause: "choir.openness", by: "board", on: "2014-05-21", outcome: "kept")],
)"#;

const CLUB_2014: &str = r#"(agreement: "club", as_of: "2014-06-30", files: ["../../common/register.ron"])"#;
const CHOIR_2014: &str = r#"(agreement: "choir", as_of: "2014-12-31", files: ["../../common/register.ron"])"#;

/// The two agreements, their facts, the register, and what else a test sets.
fn both(test: &str, more: &[(&str, &str)]) -> PathBuf {
    let mut files = vec![
        ("all/choir/choir.overens", CHOIR),
        ("all/choir/facts/2014.ron", CHOIR_2014),
        ("all/club/club.overens", CLUB),
        ("all/club/facts/2014.ron", CLUB_2014),
        ("all/common/meetings.overens", "record room\n  name: text\n"),
        ("all/common/register.ron", REGISTER),
    ];
    files.retain(|(name, _)| !more.iter().any(|(other, _)| name == other));
    files.extend(more);
    folder(test, &files)
}

#[test]
fn the_agreements_of_a_folder_are_judged_each_by_its_newest_facts() {
    let folder = both("several", &[("all/club/facts/2013.ron", r#"(agreement: "club", as_of: "2013-12-31")"#)]);
    let (exit, results, messages) = overens(&folder, &["eval", "all"]);
    assert_eq!((exit, messages.as_str()), (1, ""), "{results}");
    insta::assert_snapshot!(results);
    insta::assert_snapshot!(overens(&folder, &["eval", "all", "--all", "--format", "pretty"]).1);
}

#[test]
fn as_json_they_are_a_list_of_reports_also_when_it_holds_one() {
    let folder = both("several_json", &[]);
    let (_, results, _) = overens(&folder, &["eval", "all", "--format", "json"]);
    let all: serde_json::Value = serde_json::from_str(&results).unwrap();
    assert_eq!(all["schema"], "overens-reports/1");
    let reports = all["reports"].as_array().unwrap();
    let names: Vec<&str> = reports.iter().map(|one| one["agreement"].as_str().unwrap()).collect();
    assert_eq!(names, ["choir", "club"]);
    assert!(reports.iter().all(|one| one["schema"] == "overens-report/1"));
    assert_eq!((&all["counts"]["late"], &all["counts"]["violated"], &all["exit"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!((&reports[0]["exit"], &reports[1]["exit"]), (&1.into(), &0.into()));
    assert_eq!(reports[1]["verdicts"][0]["acts"], "board");
    let alone = self::folder("one_of_several", &[("all/club/club.overens", CLUB)]);
    let (_, results, _) = overens(&alone, &["eval", "all", "--format", "json", "--as-of", "2014-06-30"]);
    let all: serde_json::Value = serde_json::from_str(&results).unwrap();
    assert_eq!(all["reports"].as_array().unwrap().len(), 1);
}

#[test]
fn several_policies_can_be_named_and_one_day_is_for_all() {
    let folder = both("named", &[]);
    let (_, results, _) = overens(&folder, &["eval", "all/club", "all/choir/choir.overens", "--as-of", "2014-02-01"]);
    assert!(results.contains("club, as of 2014-02-01") && results.contains("choir, as of 2014-02-01"), "{results}");
    assert!(results.find("club, as of").unwrap() < results.find("choir, as of").unwrap(), "{results}");
}

#[test]
fn a_broken_policy_holds_up_none_of_the_others_and_its_exit_wins() {
    let broken = CHOIR.replace("is rehearsal", "is rehersal");
    let folder = both("one_broken", &[("all/choir/choir.overens", &broken)]);
    let (exit, results, messages) = overens(&folder, &["eval", "all"]);
    assert_eq!(exit, 3, "{results}");
    assert!(messages.contains("all/choir/choir.overens:") && messages.contains("unknown-option"), "{messages}");
    assert!(results.contains("§ 1 summons for annual_2014: late"), "{results}");
    let why = "choir could not be judged (all/choir/choir.overens): all/choir/choir.overens:16:34: error[unknown-option]: `rehersal` is not one of the options\n1 agreement: 1 late";
    assert!(results.contains(why), "{results}");
    assert!(results.ends_with("exit 3\n"), "{results}");
    // What the club does not know may be the choir's; how much that one knows, nobody can say.
    let left_out = "it is unclear whether `choir` does: its policy `all/choir/choir.overens` has errors";
    assert!(!messages.contains(left_out), "all of it could be read: {messages}");
}

#[test]
fn a_folder_without_any_policy_is_nothing_to_do() {
    let folder = folder("none_below", &[("all/common/meetings.overens", "record room\n  name: text\n")]);
    for verb in ["eval", "check", "test"] {
        let (exit, _, messages) = overens(&folder, &[verb, "all"]);
        assert_eq!(exit, 1, "{verb}: {messages}");
        assert!(messages.contains("nothing to do"), "{verb}: {messages}");
    }
    let (exit, _, messages) = overens(&both("why_several", &[]), &["why", "summons", "all"]);
    assert_eq!(exit, 2);
    assert!(messages.contains("such as `all/choir/choir.overens`"), "{messages}");
}

#[test]
fn an_agreement_without_facts_is_told_by_its_name() {
    let folder =
        both("one_without_facts", &[("all/guild/guild.overens", "agreement guild \"A guild\"\n  overens 1\n")]);
    let (_, results, messages) = overens(&folder, &["eval", "all"]);
    assert!(messages.contains("guild: no as-of date given"), "{messages}");
    assert!(results.contains("guild could not be judged"), "{results}");
    let (exit, _, messages) = overens(&folder, &["eval", "all", "--as-of", "2014-06-30"]);
    assert_eq!(exit, 1);
    assert!(messages.contains("guild: nothing to do: there are no facts"), "{messages}");
}

#[test]
fn check_and_test_take_a_folder_of_several_too() {
    let folder = both("check_several", &[]);
    let (exit, results, messages) = overens(&folder, &["check", "all"]);
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    assert!(
        results.contains("choir.overens:10:7: warning[unused-name]: the record `concert` is never used"),
        "{results}"
    );
    let (exit, results, messages) = overens(&folder, &["test", "all", "--allow-empty"]);
    assert_eq!((exit, messages.as_str()), (0, ""), "{results}");
    assert_eq!(results, "club: 1 expectation in 1 scenario holds\n");
}

// ---- facts behind several agreements ----

#[test]
fn a_fact_file_is_used_for_the_agreements_that_it_names() {
    let folder = both("given", &[("later.ron", r#"(agreement: "club", as_of: "2015-03-31")"#)]);
    let (exit, results, _) = overens(&folder, &["eval", "all", "later.ron", "--fail-on", "none"]);
    assert_eq!(exit, 0, "{results}");
    assert!(results.contains("club, as of 2015-03-31\npolicy: all/club/club.overens"), "{results}");
    assert!(results.contains("choir, as of 2014-12-31"), "{results}");
}

#[test]
fn a_fact_file_for_none_of_the_agreements_is_told() {
    let files =
        [("guild.ron", "(agreement: \"guild\", as_of: \"2015-03-31\")"), ("nobody.ron", "(as_of: \"2015-03-31\")")];
    let folder = both("misfits", &files);
    for (file, words) in [
        (
            "guild.ron",
            "guild.ron:1:13: error[wrong-agreement]: these facts belong to `guild`, which is not one of the agreements",
        ),
        (
            "nobody.ron",
            "nobody.ron:1:1: error[wrong-agreement]: several agreements are judged, but these facts do not say",
        ),
    ] {
        let (exit, results, messages) = overens(&folder, &["eval", "all", file]);
        assert_eq!(exit, 4, "{results}");
        assert!(messages.contains(words), "{messages}");
        assert!(results.contains("2 agreements: "), "{results}");
    }
}

#[test]
fn facts_from_a_pipe_serve_several_agreements() {
    let folder = both("piped", &[]);
    let mut command = assert_cmd::Command::cargo_bin("overens").unwrap();
    let register = REGISTER.replace("2013-01-01", "2014-08-01");
    let run = command.current_dir(&folder).args(["eval", "all", "-"]).write_stdin(register).output().unwrap();
    let results = String::from_utf8(run.stdout).unwrap();
    assert!(results.contains("club, as of 2014-08-01") && results.contains("choir, as of 2014-08-01"), "{results}");
}

// ---- registers ----

#[test]
fn an_agreement_that_cannot_be_found_leaves_what_may_be_its_own_out() {
    let files = [("club/club.overens", CLUB), ("club/facts/2014.ron", CLUB_2014), ("common/register.ron", REGISTER)];
    let folder = folder("not_found", &files);
    let (exit, results, messages) = overens(&folder, &["eval", "club"]);
    // What kind of meeting the rehearsal is, is not known now: it might be an annual one.
    assert_eq!(exit, 1, "{results}{messages}");
    insta::assert_snapshot!(messages);
}

#[test]
fn of_a_broken_policy_beside_nobody_knows_what_it_knows() {
    let broken = CHOIR.replace("event concert on sung_on", "event concert sung_on");
    let folder = both("broken_beside", &[("all/choir/choir.overens", &broken)]);
    let (exit, results, messages) = overens(&folder, &["eval", "all/club"]);
    assert_eq!(exit, 0, "{results}");
    assert!(messages.contains("warning[facts-left-out]: `concert` is ignored"), "{messages}");
    assert!(messages.contains("its policy `all/choir/choir.overens` has errors"), "{messages}");
}

#[test]
fn a_decision_on_a_clause_of_two_agreements_says_which_is_meant() {
    let unclear = REGISTER.replace("choir.openness", "openness");
    let folder = both("which", &[("all/common/register.ron", &unclear)]);
    let (exit, _, messages) = overens(&folder, &["eval", "all/club"]);
    assert_eq!(exit, 0);
    assert!(messages.contains("warning[recorded-role]: `board` is not the party that judges `openness`"), "{messages}");
    assert!(messages.contains("or write `clause: \"choir.openness\"` if it is about `choir`"), "{messages}");
    let (_, results, messages) = overens(&folder, &["eval", "all/choir", "--all"]);
    assert!(results.contains("§ 8 openness: satisfied") && messages.is_empty(), "{results}{messages}");
}

// ---- files that name others ----

#[test]
fn a_file_that_is_named_twice_is_read_once_and_the_digest_covers_it() {
    let folder = both("once", &[]);
    let run = |words: &[&str]| overens(&folder, &[&["eval", "all/club"], words].concat()).1;
    let by_itself = run(&["all/club/facts/2014.ron"]);
    assert!(by_itself.contains("facts: all/club/facts/2014.ron, all/common/register.ron, digest"), "{by_itself}");
    assert_eq!(run(&["all/club/facts/2014.ron", "all/common/register.ron"]), by_itself);
    let changed = both("once_changed", &[("all/common/register.ron", &REGISTER.replace("songs: 2", "songs: 1"))]);
    let digest = |text: &str| text.lines().find(|line| line.starts_with("facts:")).unwrap().to_owned();
    assert_ne!(digest(&overens(&changed, &["eval", "all/club"]).1), digest(&by_itself));
}

#[test]
fn the_day_of_the_naming_file_wins_and_else_that_of_the_file_it_names_counts() {
    let folder = both("days", &[("no_day.ron", r#"(agreement: "club", files: ["all/common/register.ron"])"#)]);
    assert!(overens(&folder, &["eval", "all/club"]).1.starts_with("club, as of 2014-06-30\n"));
    assert!(overens(&folder, &["eval", "all/club", "no_day.ron"]).1.starts_with("club, as of 2013-01-01\n"));
}

#[test]
fn a_file_that_names_one_that_is_not_there_or_itself_is_told_at_its_place() {
    let missing = CLUB_2014.replace("register", "registre");
    let folder = both("missing", &[("all/club/facts/2014.ron", &missing)]);
    let (exit, _, messages) = overens(&folder, &["eval", "all/club"]);
    assert_eq!(exit, 4);
    let told = "all/club/facts/2014.ron:1:50: error[missing-facts]: the fact file `../../common/registre.ron` cannot be read: \
                there is no file `all/common/registre.ron`";
    assert!(messages.contains(told), "{messages}");
    assert!(messages.contains("did you mean `register.ron`?"), "{messages}");
    let circle = REGISTER.replace("as_of: \"2013-01-01\"", "files: [\"../club/facts/2014.ron\"]");
    let folder = both("fact_circle", &[("all/common/register.ron", &circle)]);
    for words in [&["eval", "all/club"][..], &["test", "all/club"], &["why", "summons", "all/club"]] {
        let (exit, _, messages) = overens(&folder, words);
        assert_eq!(exit, 4, "{messages}");
        let told = "error[facts-circle]: these fact files list one another in a cycle: `2014.ron` names `register.ron` \
                    names `2014.ron`";
        assert!(messages.contains(&format!("all/common/register.ron:3:11: {told}")), "{messages}");
    }
}

#[test]
fn what_is_no_path_is_told() {
    let folder =
        both("no_path", &[("all/club/facts/2014.ron", &CLUB_2014.replace("\"../../common/register.ron\"", "7"))]);
    let (exit, _, messages) = overens(&folder, &["eval", "all/club"]);
    assert_eq!(exit, 4);
    assert!(
        messages.contains("error[facts-wrong-type]: expected the path of a fact file in `files`, found a number"),
        "{messages}"
    );
}

#[test]
fn a_file_that_is_named_keeps_to_the_agreements_it_is_for() {
    let register = REGISTER.replace("[\"club\", \"choir\"]", "\"choir\"");
    let folder = both("restricted", &[("all/common/register.ron", &register)]);
    let (exit, _, messages) = overens(&folder, &["eval", "all/club"]);
    assert_eq!(exit, 4);
    assert!(messages.contains("all/common/register.ron:2:14: error[wrong-agreement]"), "{messages}");
}

#[test]
fn the_same_id_in_a_file_and_in_one_that_it_names_is_an_error() {
    let twice = CLUB_2014.replace("files:", "meeting: [(id: \"annual_2014\")], files:");
    let folder = both("twice", &[("all/club/facts/2014.ron", &twice)]);
    let (exit, _, messages) = overens(&folder, &["eval", "all/club"]);
    assert_eq!(exit, 4);
    assert!(messages.contains("error[duplicate-id]"), "{messages}");
}

#[test]
fn a_finding_in_a_register_that_several_agreements_read_is_told_once() {
    let wrong = REGISTER.replace("songs: 2", "snogs: 2");
    let folder = both("told_once", &[("all/common/register.ron", &wrong)]);
    let (exit, _, messages) = overens(&folder, &["eval", "all"]);
    assert_eq!(exit, 4);
    assert_eq!(messages.matches("`meeting` has no field `snogs`").count(), 1, "{messages}");
    assert!(messages.contains("did you mean `songs`?"), "{messages}");
}

#[test]
fn where_a_fact_file_for_several_is_missing_each_report_names_them_all_with_the_reason() {
    let folder = both("no_facts_named", &[("all/choir/2013.ron", "(agreement: \"choir\")")]);
    let words = ["eval", "all/choir", "all/club", "2013.ron", "--format", "csv", "--report", "junit=verdicts.xml"];
    let (exit, csv, messages) = overens(&folder, &words);
    assert_eq!(exit, 5, "{messages}");
    assert!(messages.contains("there is no file `2013.ron`"), "{messages}");
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    assert!(matches!(rows[..], [choir, club] if choir.starts_with("choir,") && club.starts_with("club,")), "{csv}");
    assert!(
        rows.iter().all(|row| row.contains(",not judged,") && row.contains("there is no file `2013.ron`")),
        "{csv}"
    );
    let junit = std::fs::read_to_string(folder.join("verdicts.xml")).unwrap();
    assert_eq!(junit.matches("<error message=\"could not be judged\">").count(), 2, "{junit}");
    // No report takes the place of a policy, though none was judged.
    let words = ["eval", "all/choir", "all/club", "2013.ron", "--report", "junit=all/club/club.overens"];
    assert_eq!(overens(&folder, &words).0, 2);
    assert_eq!(std::fs::read_to_string(folder.join("all/club/club.overens")).unwrap(), CLUB);
}

#[test]
fn a_missing_fact_file_is_named_with_the_nearest_one_that_is_there() {
    let folder = both("near", &[("all/club/facts/members.csv", "id\n"), ("2014.csv", "id\n"), ("b.csv", "id\n")]);
    let told = |file: &str| overens(&folder, &["eval", "all/club", file]).2;
    for (file, help) in [
        ("all/club/facts/2015.ron", "did you mean `2014.ron`?"),
        ("all/club/2014.ron", "did you mean `all/club/facts/2014.ron`?"),
        ("all/club/facts/missing.csv", "the only `.csv` file in that folder is `all/club/facts/members.csv`"),
        ("missing.csv", "the `.csv` files in that folder are `2014.csv`, `b.csv`"),
    ] {
        let told = told(file);
        assert!(told.contains(&format!("there is no file `{file}`")) && told.contains(help), "{told}");
    }
    // What lists it is not meant.
    let lists = r#"(agreement: "club", as_of: "2014-06-30", files: ["other.ron"])"#;
    let folder = both("near_itself", &[("all/club/facts/2014.ron", lists)]);
    let told = overens(&folder, &["eval", "all/club"]).2;
    assert!(told.contains("`all/club/facts/other.ron`") && told.contains("the path is relative to"), "{told}");
}
