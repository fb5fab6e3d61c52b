//! Rows that are judged side by side come out as they do one by one, whatever is known of them.

use overens::cli::policy_files::Policy;
use overens::diagnostics::Sink;
use overens::evaluate::{self, Limits};
use overens::facts::Facts;
use overens::load;
use overens::source::Sources;
use overens::value::Day;
use overens::verdict::Batch;
use proptest::prelude::*;

use super::bundled;

/// What may stand where a day is asked for.
const DAYS: [&str; 9] = [
    "None",
    "\"2009-03-01\"",
    "\"2009-06-14\"",
    "\"2009-06-15\"",
    "\"2009-06-16\"",
    "\"2009-06\"",
    "\"2015-03-31\"",
    "\"2015-04-01\"",
    "\"2031-01-01\"",
];

/// A field, given or left out.
fn field(name: &'static str, values: &'static [&'static str]) -> impl Strategy<Value = String> {
    let given = prop::sample::select(values).prop_map(move |value| format!("{name}: {value}, "));
    prop_oneof![4 => given, 1 => Just(String::new())]
}

fn organisation() -> impl Strategy<Value = String> {
    let joined = prop::sample::select(&DAYS[1..]).prop_map(|day| format!("joined_on: {day}, "));
    let days = (joined, field("signed_on", &DAYS), field("intends_to_sign_by", &DAYS), field("cancelled_on", &DAYS));
    let rest = (
        field("statutes", &["true", "false", "None"]),
        field("members", &["None", "0", "49", "50", "50.5", "100000"]),
        field("activity_plan_years", &["None", "3", "4", "5"]),
    );
    (days, rest).prop_map(|((a, b, c, d), (e, f, g))| [a, b, c, d, e, f, g].concat())
}

fn report() -> impl Strategy<Value = String> {
    let days = (field("annual_report_on", &DAYS), field("financial_report_on", &DAYS), field("cancelled_on", &DAYS));
    let rest = (field("contains_personal_data", &["true", "false", "None"]), 2008_i32..2032);
    (days, rest).prop_map(|((a, b, c), (d, year))| format!("year: {year}, {a}{b}{c}{d}"))
}

fn rows(record: &str, rows: &[String], more: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = rows.iter().enumerate().map(|(at, row)| format!("({}{row})", more(at))).collect();
    format!("{record}: [{}],", rows.join(", "))
}

fn facts(policy: &Policy, organisations: &[String], reports: &[String]) -> Facts {
    let organisations_text = rows("organisation", organisations, |at| format!("id: \"o{at}\", "));
    let reports = rows("report", reports, |at| format!("sender: \"o{}\", ", at % organisations.len()));
    let text = format!("(agreement: \"county_register\", {organisations_text} {reports})");
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add("drawn.ron", &text);
    let root = load::read(file, "drawn.ron", &text, &mut problems).unwrap();
    let others = load::Others::default();
    let whose = load::Whose { schema: &policy.agreement.schema, agreement: Some("county_register"), others: &others };
    let facts = load::bind(&[(root, "drawn.ron".to_string())], &whose, &mut problems);
    assert!(!problems.has_errors(), "{problems:#?}\n{text}");
    facts
}

/// Judges drawn rows all together, one by one, and with one worker.
fn side_by_side_as_alone(organisations: &[String], reports: &[String], as_of: &str) -> Result<(), TestCaseError> {
    let policy = bundled::read("county_register").unwrap().policy;
    let plan = policy.plan.as_ref().unwrap();
    let facts = facts(&policy, organisations, reports);
    let as_of = Day::parse_iso(as_of).unwrap();
    let verdicts = evaluate::evaluate(plan, &facts, as_of, &Limits::default());
    let side_by_side = verdicts.batches.iter().filter(|batch| matches!(batch, Batch::Rows(_))).count();
    prop_assert_eq!(side_by_side, 6, "all but the two costs");
    for verdict in verdicts.iter() {
        let alone = evaluate::explain(plan, &facts, as_of, &verdict.instance).verdict;
        let clause = plan.clause(plan.norm(verdict.instance.norm).unwrap().clause).unwrap();
        prop_assert_eq!(verdict, alone, "{:?}", clause.name);
    }
    // However many share the work, what comes out is the same.
    let alone = evaluate::evaluate(plan, &facts, as_of, &Limits { workers: 1, ..Limits::default() });
    prop_assert!(verdicts.iter().eq(alone.iter()));
    Ok(())
}

#[test]
fn what_is_looked_at_for_its_reasons_alone_leaves_nothing_open() {
    // Whichever day of June it joined on, it had signed or meant to in time; by when it meant to, does not matter.
    let organisation = "joined_on: \"2009-06\", signed_on: \"2009-06-14\", intends_to_sign_by: \"2009-06\"";
    side_by_side_as_alone(&[organisation.to_string()], &["year: 2008, ".to_string()], "2009-06-14").unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn rows_side_by_side_come_out_as_one_by_one(
        organisations in prop::collection::vec(organisation(), 1..12),
        reports in prop::collection::vec(report(), 1..30),
        as_of in prop::sample::select(vec!["2009-06-14", "2015-03-31", "2015-04-01", "2020-02-15"]),
    ) {
        side_by_side_as_alone(&organisations, &reports, as_of)?;
    }
}
