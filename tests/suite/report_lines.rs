//! Lines of a report and reasons, over small agreements that are read from text.

use overens::check::check;
use overens::compile::compile;
use overens::diagnostics::Sink;
use overens::evaluate::{Limits, evaluate};
use overens::facts::Facts;
use overens::load;
use overens::plan::Plan;
use overens::render::report::several::Among;
use overens::render::{Colour, Look, Marks, report as views, why as reasons};
use overens::report::{
    Asked, Basis, Digest, Extent, Head, Kept, Matching, Most, Names, Naming, Reasons, Report, Rows, Which, report, why,
};
use overens::source::Sources;
use overens::syntax;

const SUMMONS: &str = r#"agreement club "A club"
  overens 1
  in force from 2014-01-01 until further notice
  months round down

event meeting on held_on
  held_on: date
  summons_sent_on: date

actors board, parties

deadline summons § 4.4 "The summons goes out a month ahead"
  for each meeting
  board shall have summons_sent_on
  at least 1 month before held_on

duty meetings § 3.3
  board shall hold meeting
  at least 3 times every calendar year

judgement openness § 3.3
  board shall "work with openness"
  every calendar year
  judged by parties
"#;

const FACTS: &str = r#"(
    agreement: "club",
    as_of: "2015-02-01",
    complete: { "meeting": (from: "2014-01-01", through: "2014-12-31") },
    meeting: [
        (id: "early", held_on: "2014-06-30", summons_sent_on: "2014-05-29"),
        (id: "tardy", held_on: "2015-01-22", summons_sent_on: "2014-12-23"),
        (id: "silent", held_on: "2015-01-15"),
        (id: "missed", held_on: "2014-11-10", summons_sent_on: None),
    ],
)"#;

struct World {
    plan: Plan,
    facts: Facts,
    sources: Sources,
}

fn world(policy: &str, facts: &str) -> World {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add("club.overens", policy);
    let tree = syntax::read(file, policy, &mut problems);
    let plan = compile(&check(&[tree], &mut problems));
    let file = sources.add("club.ron", facts);
    let root = load::read(file, "club.ron", facts, &mut problems).unwrap();
    let others = load::Others::default();
    let whose = load::Whose { schema: &plan.schema, agreement: Some("club"), others: &others };
    let facts = load::bind(&[(root, "club.ron".to_string())], &whose, &mut problems);
    load::check_recorded(&plan, &facts, &others, &mut problems);
    assert!(problems.is_empty(), "{problems:#?}");
    World { plan, facts, sources }
}

impl World {
    fn names(&self, naming: Naming) -> Names<'_> {
        Names { plan: &self.plan, facts: &self.facts, sources: &self.sources, naming }
    }

    fn report(&self, lines: Which, naming: Naming) -> Report {
        self.kept(Kept::InReport, lines, naming)
    }

    fn kept(&self, kept: Kept, lines: Which, naming: Naming) -> Report {
        let as_of = self.facts.as_of.unwrap();
        let verdicts = evaluate(&self.plan, &self.facts, as_of, &Limits::default());
        let head = Head {
            agreement: "club".to_string(),
            title: "A club".to_string(),
            as_of,
            known_on: None,
            policy: "club.overens".to_string(),
            facts: self.facts.names.clone(),
            rules_digest: Digest(0x0123_4567_89ab_cdef),
            facts_digest: Digest(0xfedc_ba98_7654_3210),
            basis: Basis::default(),
        };
        report(
            &self.names(naming),
            &verdicts,
            head,
            &Asked { lines, kept, most: Most::Everything, reasons: Reasons::LeftOut, period: None },
        )
    }

    fn written(
        &self,
        (which, naming): (Which, Naming),
        write: impl Fn(&Among, &mut dyn std::fmt::Write) -> std::fmt::Result,
    ) -> String {
        let (report, as_of) = (self.kept(Kept::ByWho, which, naming), self.facts.as_of.unwrap());
        let verdicts = evaluate(&self.plan, &self.facts, as_of, &Limits::default());
        let rows = Rows { names: self.names(naming), verdicts: &verdicts, as_of, period: None };
        let mut shown = String::new();
        write(&Among { report: &report, rows, exit: 1 }, &mut shown).unwrap();
        shown
    }

    fn why(&self, clause: &str, keys: &[&str]) -> overens::report::Why {
        let as_of = self.facts.as_of.unwrap();
        let verdicts = evaluate(&self.plan, &self.facts, as_of, &Limits::default());
        let keys: Vec<String> = keys.iter().map(|key| key.to_string()).collect();
        let names = self.names(Naming::Real);
        let met = Matching::new(&names, &verdicts).of(self.plan.find_clause(clause).unwrap(), &keys);
        assert_eq!(met.len(), 1, "{met:?}");
        why(&names, as_of, &met[0].instance, Extent::USUAL)
    }
}

fn lines(report: &Report) -> Vec<String> {
    let label = |it: &Option<String>| it.clone().unwrap_or_default();
    let line = |it: &overens::report::Line| {
        format!("{} {}{}: {}, {}", it.clause, label(&it.subject), label(&it.period), it.called.words(), it.detail)
    };
    report.lines.iter().map(line).collect()
}

const LOOK: Look = Look { marks: Marks::Unicode, colour: Colour::Off, width: 110 };

#[test]
fn a_line_says_what_happened_and_how_it_lies_to_the_last_day() {
    // A month before 2014-06-30 is 2014-05-30, before 2015-01-22 it is 2014-12-22, before 2014-11-10 it is 2014-10-10.
    let told = lines(&world(SUMMONS, FACTS).report(Which::All, Naming::Real));
    for line in [
        "summons early: satisfied, summons sent 2014-05-29, 1 day early",
        "summons tardy: late, summons sent 2014-12-23, 1 day after 2014-12-22",
        "summons silent: unknown, needs summons_sent_on",
        "summons missed: violated, summons not sent by 2014-10-10",
        "openness 2014: needs judgement, by parties",
        "openness 2015: pending, through 2015-12-31",
        "meetings 2015: pending, 2 of 3, due by 2015-12-31",
    ] {
        assert!(told.iter().any(|it| it.starts_with(line)), "{line} is not among {told:#?}");
    }
}

#[test]
fn only_what_asks_for_action_has_a_line_but_everything_is_counted() {
    let report = world(SUMMONS, FACTS).report(Which::ForAction, Naming::Real);
    assert!(!lines(&report).iter().any(|line| line.contains("satisfied")));
    // Four summons, two years of meetings, two years of openness.
    assert_eq!(report.counts.values().sum::<usize>(), 8);
    assert_eq!(
        report.clauses.iter().map(|clause| clause.clause.as_str()).collect::<Vec<_>>(),
        ["summons", "meetings", "openness"]
    );
}

#[test]
fn what_is_due_who_waits_and_what_is_missing_stand_apart() {
    let report = world(SUMMONS, FACTS).report(Which::ForAction, Naming::Real);
    let due: Vec<(String, String, Option<&str>)> =
        report.due.iter().map(|due| (due.last_day.to_string(), due.clause.clone(), due.whom.as_deref())).collect();
    let day = || "2015-12-31".to_string();
    assert_eq!(due, [(day(), "meetings".to_string(), Some("board")), (day(), "openness".to_string(), Some("board"))]);
    let [waiting] = report.waiting.as_slice() else { panic!("{:?}", report.waiting) };
    assert_eq!(waiting.role.as_deref(), Some("parties"));
    assert_eq!(waiting.what[0].instances, ["2014"]);
    let [missing] = report.missing.as_slice() else { panic!("{:?}", report.missing) };
    assert_eq!((missing.words.as_str(), missing.decides), ("meeting silent: summons_sent_on", 1));
}

#[test]
fn a_report_is_drawn_with_places_and_counts() {
    let world = world(SUMMONS, FACTS);
    let report = world.report(Which::ForAction, Naming::Real);
    insta::assert_snapshot!(views::pretty::show(&report, &world.sources, LOOK, 1));
    insta::assert_snapshot!(world.written((Which::ForAction, Naming::Real), views::plain::write));
}

#[test]
fn no_line_is_wider_than_the_terminal_unless_a_word_is() {
    let world = world(SUMMONS, FACTS);
    let report = world.report(Which::All, Naming::Real);
    for width in [40, 60, 80] {
        let shown = views::pretty::show(&report, &world.sources, Look { width, ..LOOK }, 1);
        let wide = shown.lines().skip(2).find(|line| line.chars().count() > width);
        assert_eq!(wide, None, "{shown}");
    }
}

#[test]
fn json_names_its_schema_and_gives_every_verdict() {
    let world = world(SUMMONS, FACTS);
    let json = world.written((Which::All, Naming::Real), views::json::write);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "overens-report/1");
    assert_eq!(json["verdicts"].as_array().unwrap().len(), 8);
    assert_eq!(json["verdicts"][1]["last_day"]["last"], "2014-12-22");
    assert_eq!(json["verdicts"][1]["facts"][0]["line"], 7);
}

#[test]
fn what_was_late_would_have_been_in_time_on_the_last_day() {
    let why = world(SUMMONS, FACTS).why("summons", &["tardy"]);
    let said: Vec<String> = why.changes.iter().filter_map(|it| it.as_sentence()).collect();
    assert_eq!(said, ["it would be satisfied if summons_sent_on of tardy were 2014-12-22 or earlier"]);
}

#[test]
fn for_a_missing_day_it_is_told_what_each_value_would_make() {
    let why = world(SUMMONS, FACTS).why("summons", &["silent"]);
    let [change] = why.changes.as_slice() else { panic!("{:?}", why.changes) };
    let outcomes: Vec<(&str, &str)> =
        change.outcomes.iter().map(|(value, called)| (value.as_str(), called.words())).collect();
    // A month before 2015-01-15 is 2014-12-15; what comes after the as-of day has not happened. The list is complete for 2014, so a
    // day that it does not give is none of that year.
    assert_eq!(
        outcomes,
        [
            ("2013-12-31 or earlier", "satisfied"),
            ("2015-01-01 through 2015-02-01", "late"),
            ("2015-02-02 or later", "violated"),
            ("none", "violated"),
        ]
    );
}

#[test]
fn of_days_that_differ_within_a_week_some_are_offered_and_it_is_said_that_there_are_more() {
    let policy = r#"
agreement club "A club"
  in force from 2015-01-01
event meeting on held_on
  held_on: date
  minutes_on: date
recital weekend § 1
  for each meeting
  states the weekday of minutes_on is Saturday or Sunday
"#;
    let facts = r#"(
  agreement: "club",
  as_of: "2015-06-28",
  meeting: [(id: "m", held_on: "2015-06-01", minutes_on: "2015-06-05")],
)"#;
    let why = world(policy, facts).why("weekend", &["m"]);
    let said: Vec<String> = why.changes.iter().filter_map(|it| it.as_sentence()).collect();
    // The fifth is a Friday; the Saturday after it, and the weekend of the as-of day, are looked at.
    assert_eq!(
        said,
        [
            "it would be satisfied if minutes_on of m were 2015-06-06 through 2015-06-07 or 2015-06-27 through 2015-06-28 \
             or some other days"
        ]
    );
}

#[test]
fn a_condition_on_the_kind_of_another_day_leaves_a_span_whole() {
    let policy = r#"
agreement club "A club"
  in force from 2018-01-01
  calendar Sweden
record letter
  received_on: date
  answered_on: date
actor board
deadline answer § 2
  for each letter
  board shall have answered_on
  within 5 days after received_on
  if received_on is a working day
"#;
    let facts = r#"(
  agreement: "club",
  as_of: "2019-12-31",
  letter: [(id: "i", received_on: "2019-05-14", answered_on: "2019-06-14")],
)"#;
    let why = world(policy, facts).why("answer", &["i"]);
    let said: Vec<String> = why.changes.iter().filter_map(|it| it.as_sentence()).collect();
    assert_eq!(said, ["it would be satisfied if answered_on of i were 2019-05-14 through 2019-05-19"]);
}

const HUNDREDS: &str = r#"agreement club "A club"
  in force from 2018-01-01
  currency SEK

record town
  name: text

event invoice on sent_on
  amount: money
  sent_on: date

event payment on paid_on
  town: town
  invoice: invoice
  amount: money
  paid_on: date

cost year_cost § 4
  for each invoice
  amount is shared equally among town
  rounded to SEK 100, largest remainder
  billed by payment to town for invoice as amount

duty pay § 5
  for each invoice
  each town shall pay its share of year_cost
  within 30 days after sent_on
"#;

#[test]
fn what_cannot_be_shared_in_whole_units_is_in_no_span_of_amounts() {
    let facts = r#"(
  agreement: "club",
  as_of: "2019-12-31",
  complete: {
    "town": (from: "2018-01-01", through: "2019-12-31"),
    "payment": (from: "2018-01-01", through: "2019-12-31"),
    "invoice": (from: "2018-01-01", through: "2019-12-31"),
  },
  town: [(id: "a", name: "A"), (id: "b", name: "B")],
  invoice: [(id: "i", amount: 1000, sent_on: "2019-01-10")],
  payment: [(id: "p", town: "a", invoice: "i", amount: 500, paid_on: "2019-01-20")],
)"#;
    let why = world(HUNDREDS, facts).why("year_cost", &["i"]);
    let change = why.changes.iter().find(|change| change.words == "if amount of i were").unwrap();
    let outcomes: Vec<(&str, &str)> =
        change.outcomes.iter().map(|(value, called)| (value.as_str(), called.words())).collect();
    // Each other multiple leaves b without a payment.
    assert_eq!(
        outcomes,
        [("anything that is not a multiple of SEK 100", "needs judgement"), ("none", "not applicable")]
    );
}

#[test]
fn of_a_share_that_is_not_on_file_as_paid_the_list_of_payments_is_missing() {
    let facts = r#"(
  agreement: "club",
  as_of: "2019-12-31",
  complete: {
    "town": (from: "2018-01-01", through: "2019-12-31"),
    "payment": (from: "2018-01-01", through: "2018-12-31"),
    "invoice": (from: "2018-01-01", through: "2019-12-31"),
  },
  town: [(id: "a", name: "A"), (id: "b", name: "B")],
  invoice: [(id: "i", amount: 1000, sent_on: "2019-01-10")],
  payment: [(id: "p", town: "a", invoice: "i", amount: 500, paid_on: "2019-02-10")],
)"#;
    let world = world(HUNDREDS, facts);
    let list = "needs the list of payment records declared complete from 2019-01-01 through 2019-12-31";
    // Nothing is on file of b; a paid a day late, and may have paid before.
    let of_b = world.why("pay", &["i", "b"]);
    assert_eq!((of_b.line.called.words(), of_b.line.detail), ("unknown", format!("0 of 500, {list}")));
    let of_a = world.why("pay", &["i", "a"]);
    assert_eq!((of_a.line.called.words(), of_a.line.detail), ("unknown", format!("500 of 500, {list}")));
    let cost = world.why("year_cost", &["i"]);
    assert_eq!((cost.line.called.words(), cost.line.detail), ("unknown", format!("1 of 2, {list}")));
    let change =
        "it could be settled by declaring the list of payment records complete from 2019-01-01 through 2019-12-31";
    assert_eq!(cost.changes.iter().filter_map(|it| it.as_sentence()).collect::<Vec<_>>(), [change]);
}

#[test]
fn who_bears_no_share_is_told_so_with_the_reason() {
    let policy = r#"
agreement club "Shares of a month"
  in force from 2020-01-01
  currency SEK
record family, families
  joined_on: date
  left_on: date
event bill on sent_on
  amount: money
  month_start: date
  sent_on: date
event payment on paid_on
  family: family
  bill: bill
  amount: money
  paid_on: date
membership member § 1 of family
  from joined_on until left_on
cost month § 4
  for each bill
  amount is shared equally among member on month_start
  billed by payment to family for bill as amount
duty pay § 5
  for each bill
  each member shall pay its share of month
  within 20 days after sent_on
"#;
    let facts = r#"(
  agreement: "club",
  as_of: "2020-12-31",
  complete: { "family": (from: "2020-01-01", through: "2020-12-31") },
  family: [
    (id: "alm", joined_on: "2020-01-01", left_on: None),
    (id: "bok", joined_on: "2020-06-30/2020-07-01", left_on: None),
    (id: "fura", joined_on: "2020-01-10", left_on: None),
  ],
  bill: [(id: "jan", amount: 100, month_start: "2020-01-01", sent_on: "2020-01-15")],
)"#;
    let world = world(policy, facts);
    // A member on the day of the bill, and not yet when the month began.
    let of_fura = world.why("pay", &["jan", "fura"]);
    assert_eq!(of_fura.line.called.words(), "not applicable");
    assert_eq!(of_fura.line.detail, "fura bears no share of month: a member only from 2020-01-10");
    // On which day bok joined in the summer decides nothing for January.
    let of_alm = world.why("pay", &["jan", "alm"]);
    let list = "needs the list of payment records declared complete from 2020-01-01 through 2020-12-31";
    assert_eq!(of_alm.line.detail, format!("0 of 100, {list}"));
}

#[test]
fn what_is_over_can_only_be_waived() {
    let why = world(SUMMONS, FACTS).why("summons", &["missed"]);
    assert!(
        why.changes[0].words.ends_with("otherwise it can only be waived by someone entitled to"),
        "{:?}",
        why.changes
    );
}

#[test]
fn a_judgement_says_who_decides_and_how_it_is_recorded() {
    let why = world(SUMMONS, FACTS).why("openness", &["2014"]);
    let words: Vec<&str> = why.changes.iter().map(|change| change.words.as_str()).collect();
    assert_eq!(words.first(), Some(&"to be decided by parties"));
    assert!(words.last().unwrap().contains(r#"clause: "openness", period: "2014", by: "parties""#), "{words:?}");
}

#[test]
fn reasons_show_policy_and_facts() {
    let world = world(SUMMONS, FACTS);
    let why = world.why("summons", &["tardy"]);
    insta::assert_snapshot!(reasons::pretty::show(&why, &world.sources, LOOK, Naming::Real));
}

#[test]
fn a_name_always_gets_the_same_pseudonym_and_is_told_nowhere() {
    let policy = "agreement club \"A club\"\n  overens 1\n  in force from 2014-01-01 until further notice\n\n\
                  record member\n  paid_on: date\n\nduty pay § 1\n  each member shall ensure paid_on is given\n";
    let facts = r#"(as_of: "2015-01-01", member: [(id: "anna"), (id: "bo", paid_on: None)])"#;
    let world = world(policy, facts);
    let (one, two) = (world.report(Which::All, Naming::Pseudonyms), world.report(Which::All, Naming::Pseudonyms));
    assert_eq!(lines(&one), lines(&two));
    let shown = world.written((Which::All, Naming::Pseudonyms), views::plain::write);
    assert!(!shown.contains("anna") && shown.contains("member-"), "{shown}");
}

#[test]
fn a_digest_tells_texts_and_their_borders_apart() {
    assert_ne!(Digest::of(["ab", "c"]), Digest::of(["a", "bc"]));
    assert_eq!(Digest::of(["ab", "c"]), Digest::of(["ab", "c"]));
    assert_eq!(Digest(0x7f3c_0000_0000_00a1).short(), "7f3c…00a1");
}
