//! Mistakes that the pages of the codes do not show: where they are told, and that others are told beside them.

use overens::diagnostics::Sink;
use overens::source::Sources;

use super::check_support::findings;

#[test]
fn independent_mistakes_are_told_in_one_run() {
    let policy = "\
agreement a
  made 2009-02-30
  calendar Swden
event meeting on held
  held_on: dte
actor group
duty d
  groop shall hold meeting
  by 31 April
";
    let codes: Vec<String> =
        findings(policy).iter().map(|one| one.split(':').nth(1).unwrap()[2..].to_string()).collect();
    assert_eq!(codes.len(), 6, "{codes:?}");
}

#[test]
fn the_months_of_a_year_that_has_29_days_in_february_are_known() {
    assert_eq!(
        findings("agreement a\n  made 2009-02-29\n"),
        ["2:8 no-such-day: there is no 29 February 2009; February 2009 has 28 days"]
    );
    assert_eq!(findings("agreement a\n  made 2008-02-29\n"), Vec::<String>::new());
}

#[test]
fn a_29th_of_february_every_year_asks_for_the_rule_that_says_what_holds_in_other_years() {
    let policy = "event meeting on held_on\n  held_on: date\nactor group\ndeadline d\n  group shall hold meeting\n  every calendar year\n  by 29 February\n";
    assert_eq!(findings(policy), ["7:6 not-every-year: not every year has 29 February"]);
    let ruled = format!("agreement a\n  months refuse\n{policy}");
    assert_eq!(findings(&ruled), Vec::<String>::new());
}

#[test]
fn months_without_a_rule_are_told_once_with_a_day_on_which_the_rules_differ() {
    let policy = "event meeting on held_on\n  held_on: date\n  sent_on: date\nactor group\nduty d\n  for each meeting\n  group shall have sent_on\n  within 1 month after held_on\nduty e\n  for each meeting\n  group shall have sent_on\n  within 1 year after held_on\n";
    assert_eq!(
        findings(policy),
        [
            "8:10 months-regime: months are added here, but the agreement has no rule for 2015-01-31 plus 1 month: it could be 2015-02-28, 2015-03-01, or no day at all"
        ]
    );
}

#[test]
fn months_that_are_only_counted_need_no_rule() {
    let policy = "event meeting on held_on\n  held_on: date\n  sent_on: date\ndefine early of meeting as whole months from sent_on to held_on is at least 2\n";
    assert_eq!(findings(policy), Vec::<String>::new());
}

#[test]
fn a_circle_of_due_days_is_printed_whole() {
    let clause = |name: &str, other: &str| {
        format!("duty {name}\n  for each meeting\n  group shall have sent_on\n  by the due day of {other}\n")
    };
    let policy = format!(
        "event meeting on held_on\n  held_on: date\n  sent_on: date\nactor group\n{}{}{}",
        clause("x", "y"),
        clause("y", "z"),
        clause("z", "x")
    );
    assert_eq!(
        findings(&policy),
        ["8:21 circle: `x` depends on itself: `x`, which depends on `y`, which depends on `z`, which depends on `x`"]
    );
}

#[test]
fn exceptions_that_are_exceptions_to_each_other_are_a_circle() {
    let policy = "event meeting on held_on\n  held_on: date\nactor group\nduty x\n  group shall hold meeting\n  exception to y\nduty y\n  group shall hold meeting\n  exception to x\n";
    assert_eq!(
        findings(policy),
        ["6:16 circle: `x` depends on itself: `x`, which depends on `y`, which depends on `x`"]
    );
}

#[test]
fn definitions_may_be_written_in_any_order() {
    let policy = "define double of r as single times 2\ndefine single of r as a plus 1\nrecord r\n  a: number\n";
    assert_eq!(findings(policy), Vec::<String>::new());
}

#[test]
fn a_whole_set_is_not_taken_for_a_record() {
    let policy = "record organisation\n  joined_on: date\nmembership party of organisation\n  from joined_on\nrecord seat\n  organisation: organisation\ndefine good of seat as organisation is party\n";
    assert_eq!(findings(policy), ["7:40 wrong-type: `party` is a set of records, not a single record"]);
}

#[test]
fn of_two_options_the_wrong_one_is_told() {
    let policy = "event meeting on held_on\n  held_on: date\n  kind: one of annual, open\nactor group\nduty d\n  group shall hold meeting\n  at least 1 of each of open, closed\n  every calendar year\n";
    assert_eq!(findings(policy), ["7:31 unknown-option: `closed` is not one of the options"]);
}

#[test]
fn the_same_name_for_an_actor_and_a_record_is_told() {
    assert_eq!(
        findings("record group\nactor group\n"),
        ["2:7 duplicate-name: `group` is declared twice: as record, and as actor"]
    );
}

#[test]
fn a_requirement_has_a_name_of_its_own() {
    let policy = "record organisation\n  joined_on: date\nmembership party of organisation\n  from joined_on\n  requires d\n    joined_on is given\nsilent d\n";
    assert_eq!(findings(policy), ["5:12 duplicate-name: there is already a clause or requirement named `d`"]);
}

#[test]
fn a_clause_name_of_two_kinds_is_told() {
    let policy =
        "event meeting on held_on\n  held_on: date\nactor group\nduty d\n  group shall hold meeting\nsilent d\n";
    assert_eq!(findings(policy), ["6:8 duplicate-clause: `d` is both a duty and a silent"]);
}

#[test]
fn a_scenario_is_looked_at_against_the_records() {
    let policy = "event meeting on held_on\n  held_on: date\n  kind: one of annual, open\nscenario \"s\"\n  as of 2015-01-01\n  given meeting m has kind anual, hold_on 2015-01-01, held_on 2015-02-30\n";
    assert_eq!(
        findings(policy),
        [
            "4:10 nothing-expected: this scenario expects nothing, so it can never fail",
            "6:28 unknown-option: `anual` is not one of the options",
            "6:35 unknown-field: `meeting` has no field `hold_on`",
            "6:63 no-such-day: there is no 30 February 2015; February 2015 has 28 days",
        ]
    );
}

#[test]
fn what_is_nested_beyond_reading_is_told_and_not_followed() {
    let sum = vec!["1"; 2000].join(" plus ");
    assert_eq!(findings(&format!("value v {sum}\n")), ["1:9 too-deep: this is nested too deeply to be read"]);
}

#[test]
fn definitions_that_build_on_one_another_endlessly_are_told_once() {
    let mut policy: String =
        (0..500).map(|at: u32| format!("define d{at} as d{} plus 1\n", at.saturating_add(1))).collect();
    policy.push_str("define d500 as 1\n");
    assert_eq!(findings(&policy).len(), 1);
}

#[test]
fn imports_are_handed_to_the_door() {
    let policy = "agreement a\nimport \"people.overens\"\nimport \"b.overens\"\n";
    let mut sources = Sources::default();
    let file = sources.add("policy", policy);
    let tree = overens::syntax::read(file, policy, &mut Sink::default());
    let paths: Vec<&str> = overens::check::imports(&tree).iter().map(|path| path.it.as_str()).collect();
    assert_eq!(paths, ["people.overens", "b.overens"]);
}

#[test]
fn what_an_import_declares_is_known_here() {
    let (policy, people) =
        ("agreement a\ndefine small of person as age is less than 18\n", "record person\n  age: number\n");
    let mut sources = Sources::default();
    let mut problems = Sink::default();
    let trees = [("policy", policy), ("people", people)].map(|(name, text)| {
        let file = sources.add(name, text);
        overens::syntax::read(file, text, &mut problems)
    });
    overens::check::check(&trees, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
}
