//! What a reader could be misled by: reasons that fit their verdict, what is silently assumed, and ways out that lead out.

use super::check_support::findings;
use super::terminal_agreements::{folder, overens};

const FORUM: &str = r#"agreement forum "The forum"
  in force from 2025-01-01

record association
  joined_on: date
  left_on: date

event meeting on held_on
  held_on: date
  invited_on: date

event report on sent_on
  association: association
  year: number
  sent_on: date

actor chair

membership member § 1 of association
  from joined_on until left_on

deadline invitation § 2
  for each meeting
  chair shall have invited_on
  at least 14 days before held_on

deadline by_the_year § 3
  each member shall send report
  every calendar year
  by 31 January of the year of the end of the period plus 1
  counted for year

deadline after_the_year § 4
  each member shall send report
  every calendar year
  within 31 days after the end of the period
  counted for year
"#;

const FACTS: &str = r#"(
  agreement: "forum",
  as_of: "2026-02-18",
  complete: {
    "association": (from: "2025-01-01", through: "2026-02-18"),
    "meeting": (from: "2025-01-01", through: "2026-02-18"),
    "report": (from: "2025-01-01", through: "2026-02-18"),
  },
  association: [
    (id: "choir", joined_on: "2025-01-01", left_on: None),
    (id: "library", joined_on: "2025-01-01", left_on: None),
    (id: "rowers", joined_on: "2025-06-01", left_on: None),
  ],
  meeting: [(id: "november", held_on: "2025-11-18")],
  report: [(association: "choir", year: 2025, sent_on: "2025-12-12")],
)"#;

/// What `why` tells of an instance of the forum.
fn why(test: &str, clause: &str, subject: &str) -> String {
    let folder = folder(&format!("misleading/{test}"), &[("forum.overens", FORUM), ("facts.ron", FACTS)]);
    let (_, out, told) = overens(&folder, &["why", clause, "forum.overens", "facts.ron", "--for", subject, "--plain"]);
    assert!(!out.is_empty(), "{told}");
    out
}

#[test]
fn a_day_that_a_complete_list_does_not_give_had_not_come() {
    let told = why("not_given", "invitation", "november");
    let not_given = "invited_on of november is not given, and the list of meeting records is complete, so that day had not come by 2026-02-18";
    assert!(told.contains(not_given), "{told}");
    assert!(!told.contains("planned for"), "{told}");
    assert!(!told.contains("is not known"), "{told}");
    assert!(told.contains("if it was done by 2025-11-04 after all, add invited_on of november to the facts"), "{told}");
}

#[test]
fn where_a_field_tells_the_period_no_first_day_is_told() {
    for clause in ["by_the_year", "after_the_year"] {
        let told = why(clause, clause, "choir");
        assert!(told.contains("to be done by 2026-01-31"), "{told}");
        assert!(!told.contains("to be done from"), "{told}");
    }
}

#[test]
fn what_may_only_be_missing_from_a_list_can_still_be_added_to_it() {
    let told = why("missing", "by_the_year", "library");
    let way_out = "if it was done by 2026-01-31 after all, add the missing report to the facts; otherwise it can only be waived by someone entitled to";
    assert!(told.contains(way_out), "{told}");
}

#[test]
fn a_period_that_is_cut_short_is_told_with_the_days_that_bind() {
    let told = why("cut", "by_the_year", "rowers");
    assert!(told.contains("it binds only from 2025-06-01, and part of its window is outside that time"), "{told}");
    let told = why("not_cut", "after_the_year", "rowers");
    assert!(
        told.contains("the period is cut short, but its whole window is in the time in which the clause binds"),
        "{told}"
    );
}

#[test]
fn an_event_without_a_day_is_not_called_planned() {
    let facts = FACTS.replace("report: [", "report: [(id: \"r\", association: \"library\", year: 2025), ");
    let folder = folder("misleading/no_day", &[("forum.overens", FORUM), ("facts.ron", &facts)]);
    let (_, out, _) =
        overens(&folder, &["why", "by_the_year", "forum.overens", "facts.ron", "--for", "library", "--plain"]);
    assert!(!out.contains("is planned"), "{out}");
}

// ---- what is silently assumed ----

const BOARD: &str =
    "event meeting on held_on\n  year: number\n  held_on: date\nactor board\ndeadline d\n  board shall hold meeting\n";

/// The codes of what is found in a clause of the board, after its bearer's line, with the place.
fn of_the_board(header: &str, lines: &str) -> Vec<String> {
    let mut sources = overens::source::Sources::default();
    let text = format!("agreement a \"A\"\n{header}{BOARD}{lines}");
    let file = sources.add("policy", &text);
    let mut problems = overens::diagnostics::Sink::default();
    let tree = overens::syntax::read(file, &text, &mut problems);
    let agreement = overens::check::check(&[tree], &mut problems);
    overens::clauses::inspect(&agreement, &mut problems);
    problems.sorted().into_iter().map(|one| format!("{}: {}", one.code.name, one.message)).collect()
}

#[test]
fn a_day_without_a_year_is_asked_about_where_a_field_tells_the_period() {
    let year = "  fiscal year from 1 July\n";
    let counted = |cycle: &str, by: &str| of_the_board(year, &format!("  every {cycle}\n  {by}\n  counted for year\n"));
    assert_eq!(
        counted("calendar year", "by 31 January"),
        ["year-assumed: this means 31 January within the period, before the period has ended"]
    );
    assert_eq!(counted("calendar year", "within 30 days after 15 January").len(), 1);
    assert_eq!(counted("fiscal year", "by 31 January").len(), 1);
    // The last day of the period can mean nothing else, and neither can a day with a year.
    assert_eq!(counted("calendar year", "by 31 December"), Vec::<String>::new());
    assert_eq!(counted("fiscal year", "by 30 June"), Vec::<String>::new());
    assert_eq!(counted("calendar year", "by 31 January of the year of the end of the period"), Vec::<String>::new());
    assert_eq!(counted("calendar year", "by the end of the period"), Vec::<String>::new());
}

#[test]
fn a_day_without_a_year_is_asked_about_where_a_period_has_several_years() {
    let every = |cycle: &str, by: &str| {
        of_the_board("  months round down\n", &format!("  every {cycle} counted from 2014-12-31\n  {by}\n"))
    };
    assert_eq!(
        every("2 years", "by 31 May"),
        ["year-assumed: a period can contain 31 May more than once, and this means the last of them"]
    );
    assert_eq!(every("18 months", "between 1 May and 31 May").len(), 2);
    assert_eq!(every("1 year", "by 31 May"), Vec::<String>::new());
    assert_eq!(every("2 years", "by 31 May of the year of the end of the period minus 1"), Vec::<String>::new());
}

#[test]
fn rows_that_name_the_one_a_clause_is_for_are_asked_whose_they_are() {
    let policy = |line: &str| {
        format!(
            "agreement a \"A\"\n  currency SEK\nrecord flat\n  rent: money\nevent payment on paid_on\n  flat: flat\n  amount: money\n  paid_on: date\nactor board\n{line}\n"
        )
    };
    let codes = |line: &str| -> Vec<String> {
        findings(&policy(line)).into_iter().filter(|one| one.contains("whose-rows")).collect()
    };
    let all = "looks at every `payment`, whichever `flat` it names";
    for line in [
        "duty d\n  each flat shall ensure sum of amount of payment is at least rent\n  by 2015-12-30",
        "duty d\n  for each flat\n  board shall ensure count of payment is at least 2\n  by 2015-12-30",
        "duty d\n  for each flat\n  board shall ensure some payment\n  by 2015-12-30",
        "duty d\n  for each flat\n  board shall ensure all payment where paid_on is after 2015-01-01 have amount is at least rent\n  by 2015-12-30",
        "prohibition p\n  for each flat\n  board must not \"warn\"\n  unless no payment",
        "composition c\n  for each flat\n  payment shall number 2 to 3",
        "define paid of flat as sum of amount of payment",
    ] {
        let found = codes(line);
        assert!(found.len() == 1 && found[0].contains(all), "{line}\n{found:?}");
    }
    for line in [
        "duty d\n  each flat shall ensure sum of amount of (payment where flat is it) is at least rent\n  by 2015-12-30",
        "duty d\n  each flat shall make payment where amount is at least rent\n  by 2015-12-30",
        "duty d\n  board shall ensure sum of amount of payment is at least SEK 5\n  by 2015-12-30",
        "define paid of flat as sum of amount of (payment where flat is it)",
        "define paid as sum of amount of payment",
        "composition c\n  for each flat\n  payment where flat is it shall number 2 to 3",
    ] {
        assert_eq!(codes(line), Vec::<String>::new(), "{line}");
    }
}

// ---- refusals ----

const TOWNS: &str = "agreement a \"A\"\n  in force from 2014-01-01\n  currency SEK\n\nrecord town\n  joined_on: date\n  left_on: date\n  resigned_on: date\n  rent: money\n  accepted_by: set of town\n\nevent meeting on held_on\n  held_on: date\n\nrecord seat lasts from elected_on until ended_on\n  town: town\n  elected_on: date\n  ended_on: date\n\nactors board, chair\n\n";

/// Code, message and way out of each error.
fn errors(policy: &str) -> Vec<String> {
    let mut sources = overens::source::Sources::default();
    let file = sources.add("policy", policy);
    let mut problems = overens::diagnostics::Sink::default();
    let tree = overens::syntax::read(file, policy, &mut problems);
    overens::check::check(&[tree], &mut problems);
    let told = problems.sorted().into_iter();
    told.map(|one| format!("{}: {}: {}", one.code.name, one.message, one.help.as_deref().unwrap_or(""))).collect()
}

fn first_error(clause: &str) -> String {
    errors(&format!("{TOWNS}{clause}\n")).into_iter().next().unwrap_or_default()
}

#[test]
fn a_record_that_lasts_has_its_description_where_an_event_has_it() {
    for line in [
        "record post lasts from a through b \"a post\"\n  a: date\n  b: date\n",
        "record post \"a post\" lasts from a through b\n  a: date\n  b: date\n",
    ] {
        assert_eq!(findings(&format!("agreement a\n{line}")), Vec::<String>::new());
    }
    let twice = "record post \"a post\" lasts from a through b \"a post\"\n  a: date\n  b: date\n";
    assert_eq!(findings(&format!("agreement a\n{twice}")).len(), 1);
}

#[test]
fn a_set_can_be_a_field_of_what_its_means() {
    let accepted = "membership party § 1 of town\n  from joined_on until left_on\n  requires accepted § 2\n    all party are in its accepted_by";
    assert_eq!(first_error(accepted), "");
    let single = accepted.replace("its accepted_by", "its rent");
    assert!(first_error(&single).starts_with("wrong-type: expected a set of records after `is in`, found `rent`"));
}

#[test]
fn a_mistake_in_a_membership_is_no_mistake_of_those_who_use_it() {
    let policy = format!(
        "{TOWNS}membership party § 1 of town\n  from joined_on untill left_on\n\ncomposition seats § 3\n  for each party\n  seat where town is it shall number 1\n  on every day\n"
    );
    let found = errors(&policy);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_word_of_the_language_is_not_taken_for_another_one_misspelt() {
    let two_days = first_error("membership party § 1 of town\n  from joined_on until resigned_on or left_on");
    assert!(two_days.contains("write a definition with cases"), "{two_days}");
    let either = first_error("duty d\n  board or chair shall hold meeting\n  every calendar year");
    assert!(either.contains("write `each of A and B shall` or `A and B together shall`"), "{either}");
    let often = first_error("duty d\n  board shall hold meeting\n  at most 2 times in 3 years");
    assert!(often.contains("write how often on a line of its own"), "{often}");
    let banned = first_error("prohibition d\n  board must not hold meeting\n  at most 2 times");
    assert!(banned.contains("a prohibition has no number of times"), "{banned}");
    let outside = first_error("prohibition d\n  board must not hold meeting\n  outside 1 November to 31 March");
    assert!(outside.contains("write on which days it applies: `between A and B`"), "{outside}");
}

#[test]
fn counted_days_that_are_multiplied_need_parentheses() {
    for counted in ["days from", "whole months from", "working days from"] {
        let found = first_error(&format!("define due of town as {counted} joined_on to left_on times 3"));
        assert!(found.contains("put the counted time in parentheses"), "{found}");
    }
    assert_eq!(first_error("define due of town as (days from joined_on to left_on) times 3"), "");
}

#[test]
fn a_value_held_against_itself_is_told_as_that() {
    let found = first_error("duty d\n  for each town\n  board shall ensure rent is at least rent\n  by 2015-12-30");
    assert!(
        found.starts_with("always-true: this compares `rent` of the `town` with itself, so it is always true"),
        "{found}"
    );
    assert!(found.contains("write `its rent`"), "{found}");
    let found = first_error("duty d\n  for each town\n  board shall ensure rent is less than rent\n  by 2015-12-30");
    assert!(
        found.starts_with("never-true: this compares `rent` of the `town` with itself, so it is never true"),
        "{found}"
    );
}

#[test]
fn an_outer_row_is_named_only_where_there_is_one() {
    let policy = format!("{TOWNS}define odd of town as all seat where town is given and it is it have town is given\n");
    assert!(!errors(&policy).iter().any(|one| one.contains("for the outer `seat`")));
}

// ---- facts and commands ----

/// What the binary says of some files beside the forum.
fn told(test: &str, files: &[(&str, &str)], words: &[&str]) -> (i32, String) {
    let mut all = vec![("forum.overens", FORUM)];
    all.extend_from_slice(files);
    let folder = folder(&format!("misleading/{test}"), &all);
    let (exit, out, told) = overens(&folder, words);
    (exit, format!("{out}{told}"))
}

#[test]
fn a_heading_is_matched_though_its_cells_are_empty_and_ids_of_other_tables_are_not_missed() {
    let table = "Association;Joined;Left\nchoir;2025-01-01;\nlibrary;2025-01-01;\n";
    let (exit, out) = told("facts_left", &[("a.csv", table)], &["facts", "forum.overens", "association=a.csv"]);
    assert_eq!(exit, 0, "{out}");
    assert!(out.contains("\"Left\": \"left_on\""), "{out}");
    let table = "Association;Year;Sent on\nchoir;2025;2026-01-12\n";
    let (exit, out) = told("facts_ids", &[("r.csv", table)], &["facts", "forum.overens", "report=r.csv"]);
    assert_eq!(exit, 0, "{out}");
    assert!(!out.contains("unknown-reference") && out.contains("1 row of `report`"), "{out}");
    assert!(
        out.contains("Not checked here: whether the ids under `Association` are in the list of `association`"),
        "{out}"
    );
}

#[test]
fn records_in_a_map_are_told_how_a_list_is_written() {
    let head = "(agreement: \"forum\", as_of: \"2026-02-18\", ";
    let records = format!("{head}records: {{\"report\": [(id: \"a\", year: 2025)]}})");
    let (_, out) = told("records", &[("f.ron", &records)], &["check", "forum.overens", "--facts", "f.ron"]);
    assert!(
        out.contains("remove it: each list has the name of its record, as in `association: [(id: \"…\", …)]`"),
        "{out}"
    );
    let by_id = format!("{head}report: {{\"a\": (year: 2025)}})");
    let (_, out) = told("by_id", &[("f.ron", &by_id)], &["check", "forum.overens", "--facts", "f.ron"]);
    assert!(out.contains("write the ids inside the records of a list: `report: [(id: \"…\", …)]`"), "{out}");
    assert!(!out.contains("has no field `a`"), "{out}");
}

#[test]
fn a_fact_file_is_not_read_as_a_policy() {
    for words in [&["check", "forum.overens", "--facts", "f.ron", "f.ron"][..], &["check", "f.ron"], &["eval", "f.ron"]]
    {
        let (exit, out) = told("facts_as_policy", &[("f.ron", FACTS)], words);
        assert_eq!(exit, 2, "{out}");
        assert!(out.contains("`f.ron` is a fact file or a table, not a policy"), "{out}");
        assert!(out.contains("each fact file with its own `--facts`"), "{out}");
    }
}

#[test]
fn facts_with_a_flag_where_they_have_none_are_told_where_they_belong() {
    for command in ["eval", "calendar", "ask"] {
        let (exit, out) = told("facts_flag", &[("f.ron", FACTS)], &[command, "forum.overens", "--facts", "f.ron"]);
        assert_eq!(exit, 2, "{out}");
        assert!(out.contains("give fact files after the policy, without `--facts`"), "{out}");
        assert!(!out.contains("similar argument"), "{out}");
    }
}

#[test]
fn what_is_needed_only_with_other_answers_does_not_settle_zero() {
    let facts =
        "(agreement: \"forum\", as_of: \"2026-02-18\", association: [(id: \"choir\", joined_on: \"2025-01-01\")])";
    let (_, out) = told("ask", &[("f.ron", facts)], &["ask", "forum.overens", "f.ron", "--list"]);
    assert!(!out.contains("Settles 0."), "{out}");
}

/// The first error in a scenario with this line, with its way out.
fn of_given(line: &str) -> String {
    let policy = format!(
        "agreement a \"A\"\nfact big: yes/no\nfact title: text\nrecord person\n  name: text\nduty named § 1\n  each person shall \
         ensure name is \"A\"\nscenario \"x\"\n  as of 2015-01-01\n  given person p has name \"A\"\n  {line}\n  expect named for p \
         satisfied\n"
    );
    errors(&policy).first().cloned().unwrap_or_default()
}

#[test]
fn a_fact_that_is_given_without_its_word_is_told_how_facts_are_given() {
    for (line, wanted) in [
        ("given big yes", "`big` is a fact, not a record: write `given fact big yes`"),
        ("given title \"X\"", "`title` is a fact, not a record: write `given fact title \"X\"`"),
        ("given no big", "`big` is a fact, not a record: write `given fact big none`"),
        (
            "given big is yes",
            "unexpected `is`: if `big` is a fact, write `given fact big VALUE`; if it is a record, `given big ID has FIELD VALUE`",
        ),
        (
            "given big: yes",
            "unexpected `:`: if `big` is a fact, write `given fact big VALUE`; if it is a record, `given big ID has FIELD VALUE`",
        ),
        (
            "given big",
            "unexpected `named`: if `big` is a fact, write `given fact big VALUE`; if it is a record, `given big ID has FIELD VALUE`",
        ),
        ("given fact big is yes", "unexpected `is`: write `given fact big VALUE`, without `is`"),
        ("given fact big has yes", "unexpected `named`: write `given fact big VALUE`, without `has`"),
        ("given facts big yes", "unexpected `yes`: write `given fact big VALUE`, one fact on each line"),
        ("given fact person q", "`person` is a record, not a fact: write `given person ID has FIELD VALUE`"),
        ("given fact bigg yes", "the agreement has no fact `bigg`: did you mean `big`?"),
    ] {
        let told = of_given(line);
        assert!(told.ends_with(wanted), "{line}: {told}");
    }
    // What is right is not told, and a misspelt word is still offered.
    assert_eq!(of_given("given fact big yes"), "");
    assert!(
        of_given("given person q hsa name \"B\"").ends_with("did you mean `has`?"),
        "{}",
        of_given("given person q hsa name \"B\"")
    );
}

#[test]
fn the_day_of_a_condition_is_refused_where_it_may_become_false_again() {
    let told = first_error("deadline d\n  board shall hold meeting\n  by the day (count of town is less than 3)");
    assert!(
        told.contains(
            "`the day …` needs a condition that stays true once it is met, but this one can become false again"
        ),
        "{told}"
    );
}

#[test]
fn an_amount_below_zero_is_not_offered_where_it_would_not_do() {
    let policy = "agreement m \"M\"\n  in force from 2014-01-01\n  currency SEK\nrecord row\n  balance: money\nduty funds § 1\n  each \
                  row shall ensure balance is at least SEK 0\n";
    let facts = "(as_of: \"2016-01-15\", row: [(id: \"a\", balance: \"SEK -50\")])";
    let files = [("m.overens", policy), ("f.ron", facts)];
    let (_, out) = told("below_zero", &files, &["why", "funds", "m.overens", "f.ron", "--for", "a"]);
    assert!(out.contains("it would be satisfied if balance of a were SEK 0 or more"), "{out}");
    assert!(!out.contains("anything else"), "{out}");
}
