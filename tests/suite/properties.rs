//! What holds for all agreements and facts: generated ones, drawn from a tape of choices.

use std::fmt::Write;

use overens::diagnostics::Sink;
use overens::evaluate::{self, Limits};
use overens::facts::Facts;
use overens::plan::Plan;
use overens::source::Sources;
use overens::value::Day;
use overens::{check, clauses, compile, load, syntax};
use proptest::prelude::*;

/// Choices, taken one after the other; an empty tape gives the first of everything.
pub struct Tape {
    pub choices: Vec<u32>,
    pub at: usize,
}

impl Tape {
    pub fn below(&mut self, many: u32) -> u32 {
        let choice = self.choices.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        choice % many
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(u32::try_from(from.len()).unwrap()) as usize]
    }

    pub fn day(&mut self) -> String {
        let year = 2014 + self.below(3);
        format!("{year}-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28))
    }
}

pub const HEAD: &str = "agreement clubs \"Clubs\"\n  in force from 2014-01-01\n  currency SEK\n  calendar Sweden\n  months round down\n\n\
    record club\n  name: text\n  members: number over time\n  joined_on: date\n  left_on: date\n  open: yes/no\n\n\
    event meeting on held_on\n  club: club\n  kind: one of annual, extra, open\n  held_on: date\n  called_on: date\n  topics: set of text\n\n\
    record seat\n  lasts from taken_on until left_on\n  club: club\n  taken_on: date\n  left_on: date\n\n\
    event bill on sent_on\n  club: club\n  meeting: meeting\n  amount: money\n  sent_on: date\n\n\
    actors board, town\n\ndefine small of club as members is less than 10\n\n\
    membership member § 1 of club\n  from joined_on until left_on\n  requires openness\n    open is yes\n    if joined_on is before 2015-01-01\n\n";

fn condition(tape: &mut Tape) -> String {
    let one = |tape: &mut Tape| match tape.below(8) {
        0 => "kind is annual".to_string(),
        1 => "kind is not extra".to_string(),
        2 => format!("called_on is before {}", tape.day()),
        3 => format!("called_on is no earlier than {}", tape.day()),
        4 => "called_on is missing".to_string(),
        5 => "called_on is given".to_string(),
        6 => "topics has money".replace("money", "\"money\""),
        _ => "held_on is after called_on".to_string(),
    };
    let (a, b) = (one(tape), one(tape));
    match tape.below(5) {
        0 => a,
        1 => format!("{a} and {b}"),
        2 => format!("{a} or {b}"),
        3 => format!("not ({a} and {b})"),
        _ => format!("({a}) or not ({a})"),
    }
}

fn window(tape: &mut Tape) -> String {
    match tape.below(8) {
        0 => "by 28 February".to_string(),
        1 => "by the last day of the period".to_string(),
        2 => "in the first 20 days".to_string(),
        3 => "by easter day".to_string(),
        4 => "between 1 March and 30 June".to_string(),
        5 => "before 1 July".to_string(),
        6 => "by 15 May\n  moved to the next working day".to_string(),
        _ => "by the first Monday in October".to_string(),
    }
}

pub fn clause(tape: &mut Tape, number: usize) -> String {
    let modal = tape.pick(&["shall", "should"]);
    let cycle = tape.pick(&["every calendar year", "every half-year", "every quarter", "every month"]);
    let count = tape.pick(&["at least 1 time", "at least 2 times", "at most 2 times", "exactly 1 time"]);
    match tape.below(12) {
        0 => {
            format!("duty c{number}\n  board {modal} hold meeting where {}\n  {count}\n  {cycle}\n\n", condition(tape))
        }
        1 => format!(
            "deadline c{number}\n  board {modal} hold meeting where {}\n  every calendar year\n  {}\n\n",
            condition(tape),
            window(tape)
        ),
        2 => format!(
            "deadline c{number}\n  for each meeting where {}\n  board {modal} have called_on\n  at least {} before held_on\n\n",
            condition(tape),
            tape.pick(&["1 month", "14 days", "10 working days", "1 year and 2 months"])
        ),
        3 => format!("duty c{number}\n  each member {modal} hold meeting\n  {count}\n  {cycle}\n\n"),
        4 => format!("duty c{number}\n  each club {modal} ensure open is yes\n  unless it is small\n\n"),
        5 => format!("prohibition c{number}\n  board must not hold meeting where {}\n\n", condition(tape)),
        6 => format!("composition c{number}\n  seat shall number {} to 4\n  on every day\n\n", tape.below(3)),
        7 => format!(
            "cost c{number}\n  for each bill where amount is more than SEK 0\n  amount is shared {} among member on sent_on\n  \
             rounded to SEK 0.01, largest remainder\n\n",
            tape.pick(&["equally", "in proportion to members"])
        ),
        8 => format!("permission c{number}\n  each member may leave at any time\n  exercised on left_on\n\n"),
        9 => format!("recital c{number} states count of (meeting where {}) is at least 2\n\n", condition(tape)),
        10 => format!(
            "deadline c{number}\n  for each meeting\n  board {modal} have called_on\n  reading wide\n    by held_on\n  \
             reading narrow\n    at least 1 week before held_on\n\n"
        ),
        _ => format!("judgement c{number}\n  board {modal} \"be kind\"\n  {cycle}\n  judged by town\n\n"),
    }
}

fn value(tape: &mut Tape, name: &str, of: impl Fn(&mut Tape) -> String) -> String {
    match tape.below(6) {
        0 => String::new(),
        1 => format!(", {name}: None"),
        _ => format!(", {name}: {}", of(tape)),
    }
}

fn date(tape: &mut Tape) -> String {
    match tape.below(6) {
        0 => "\"2015\"".to_string(),
        1 => format!("\"2015-{:02}\"", 1 + tape.below(12)),
        _ => format!("\"{}\"", tape.day()),
    }
}

/// The records of a fact file, one a line, by their lists.
pub fn records(tape: &mut Tape) -> Vec<(&'static str, Vec<String>)> {
    let mut clubs = Vec::new();
    for at in 0..1 + tape.below(3) {
        let mut one = format!("(id: \"club{at}\"");
        for field in ["joined_on", "left_on"] {
            one += &value(tape, field, date);
        }
        one += &value(tape, "open", |tape| tape.pick(&["true", "false"]).to_string());
        one += &value(tape, "members", |tape| tape.below(30).to_string());
        clubs.push(one + ")");
    }
    let club =
        |tape: &mut Tape, clubs: &[String]| format!("\"club{}\"", tape.below(u32::try_from(clubs.len()).unwrap()));
    let mut meetings = Vec::new();
    for at in 0..tape.below(5) {
        let mut one = format!("(id: \"meeting{at}\"");
        one += &value(tape, "club", |tape| club(tape, &clubs));
        one += &value(tape, "kind", |tape| format!("\"{}\"", tape.pick(&["annual", "extra", "open"])));
        for field in ["held_on", "called_on", "cancelled_on"] {
            one += &value(tape, field, date);
        }
        one += &value(tape, "topics", |tape| tape.pick(&["[]", "[\"money\"]", "[\"money\", \"rooms\"]"]).to_string());
        meetings.push(one + ")");
    }
    let mut seats = Vec::new();
    for at in 0..tape.below(5) {
        let mut one = format!("(id: \"seat{at}\"");
        for field in ["taken_on", "left_on"] {
            one += &value(tape, field, date);
        }
        seats.push(one + ")");
    }
    let mut bills = Vec::new();
    for at in 0..tape.below(3) {
        let mut one = format!("(id: \"bill{at}\"");
        one += &value(tape, "amount", |tape| format!("\"SEK {}.{:02}\"", tape.below(1000), tape.below(100)));
        one += &value(tape, "sent_on", date);
        bills.push(one + ")");
    }
    vec![("club", clubs), ("meeting", meetings), ("seat", seats), ("bill", bills)]
}

pub fn complete(tape: &mut Tape) -> String {
    let mut spans = String::new();
    for record in ["club", "meeting", "seat", "bill"] {
        if tape.below(3) > 0 {
            let from = tape.pick(&["2014-01-01", "2015-01-01", "2015-06-30"]);
            let through = tape.pick(&["2016-12-31", "2015-12-31", "2015-07-31"]);
            write!(spans, "\"{record}\": (from: \"{from}\", through: \"{through}\"), ").unwrap();
        }
    }
    spans
}

pub fn fact_file(complete: &str, records: &[(&str, Vec<String>)]) -> String {
    let mut text = format!("(agreement: \"clubs\", complete: {{ {complete} }},\n");
    for (record, rows) in records {
        writeln!(text, "{record}: [{}],", rows.join(",\n  ")).unwrap();
    }
    text + ")"
}

struct World {
    policy: String,
    plan: Plan,
}

fn world(tape: &mut Tape) -> World {
    let clauses: String = (0..1 + tape.below(4)).map(|number| clause(tape, number as usize)).collect();
    let policy = format!("{HEAD}{clauses}");
    let mut sources = Sources::default();
    let file = sources.add("policy", &policy);
    let mut problems = Sink::default();
    let tree = syntax::read(file, &policy, &mut problems);
    let agreement = check::check(&[tree], &mut problems);
    clauses::inspect(&agreement, &mut problems);
    assert!(!problems.has_errors(), "{:#?}\n{policy}", problems.sorted());
    World { plan: compile::compile(&agreement), policy }
}

fn facts(world: &World, text: &str) -> Facts {
    let mut sources = Sources::default();
    let file = sources.add("facts.ron", text);
    let mut problems = Sink::default();
    let node = load::read(file, "facts.ron", text, &mut problems);
    assert!(!problems.has_errors(), "{:#?}\n{text}", problems.sorted());
    let whose = load::Whose { schema: &world.plan.schema, agreement: None, others: &load::Others::default() };
    let facts = load::bind(&[(node.unwrap(), "facts.ron".to_string())], &whose, &mut problems);
    assert!(!problems.has_errors(), "{:#?}\n{text}", problems.sorted());
    facts
}

/// Every verdict in words that do not depend on the order of rows.
fn told(world: &World, facts: &Facts, as_of: Day) -> Vec<String> {
    let verdicts = evaluate::evaluate(&world.plan, facts, as_of, &Limits::default());
    let mut all: Vec<String> = verdicts
        .iter()
        .map(|verdict| {
            let instance = &verdict.instance;
            let norm = world.plan.norm(instance.norm).unwrap();
            let subject = instance.subject.map(|(line, row)| facts.id(norm.subjects[usize::from(line)].record, row));
            let bearer = match instance.bearer {
                overens::verdict::Holder::Row(record, row) => facts.id(record, row).to_string(),
                other => format!("{other:?}"),
            };
            let clause = &world.plan.clause(norm.clause).unwrap().name;
            let period = instance.period.map(|period| period.label.to_string());
            format!(
                "{clause} {subject:?} {bearer} {period:?} {:?}: {:?} {:?} {:?}",
                instance.span, verdict.status, verdict.nuance, verdict.days
            )
        })
        .collect();
    all.sort();
    all
}

pub fn tapes() -> impl Strategy<Value = Vec<u32>> {
    proptest::collection::vec(0..1000_u32, 0..260)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The fast path and the one that leaves reasons behind are one meaning.
    #[test]
    fn a_verdict_is_the_same_with_its_reasons(choices in tapes()) {
        let mut tape = Tape { choices, at: 0 };
        let world = world(&mut tape);
        let text = fact_file(&complete(&mut tape), &records(&mut tape));
        let facts = facts(&world, &text);
        let as_of = Day::parse_iso(&tape.day()).unwrap();
        let verdicts = evaluate::evaluate(&world.plan, &facts, as_of, &Limits::default());
        // One after another, what is worked out once for all says of each what it says of it alone.
        let mut explainer = evaluate::Explainer::new(&world.plan, &facts, as_of);
        for verdict in verdicts.iter() {
            let judged = evaluate::explain(&world.plan, &facts, as_of, &verdict.instance);
            prop_assert_eq!(judged.verdict, verdict, "as of {}\n{}\n{}", as_of, world.policy, text);
            let after = explainer.explain(&verdict.instance);
            prop_assert_eq!(format!("{after:?}"), format!("{judged:?}"), "as of {}\n{}\n{}", as_of, world.policy, text);
        }
    }

    /// In which order records stand says nothing.
    #[test]
    fn the_order_of_records_changes_no_verdict(choices in tapes()) {
        let mut tape = Tape { choices, at: 0 };
        let world = world(&mut tape);
        let (complete, mut records) = (complete(&mut tape), records(&mut tape));
        let as_of = Day::parse_iso(&tape.day()).unwrap();
        let forwards = fact_file(&complete, &records);
        records.reverse();
        records.iter_mut().for_each(|(_, rows)| rows.reverse());
        let backwards = fact_file(&complete, &records);
        let (one, other) = (facts(&world, &forwards), facts(&world, &backwards));
        prop_assert_eq!(told(&world, &one, as_of), told(&world, &other, as_of), "{}\n{}", world.policy, forwards);
    }

    /// A record that no clause looks at changes nothing.
    #[test]
    fn an_unrelated_fact_changes_no_verdict(choices in tapes()) {
        let mut tape = Tape { choices, at: 0 };
        let mut world = world(&mut tape);
        let (complete, mut records) = (complete(&mut tape), records(&mut tape));
        let as_of = Day::parse_iso(&tape.day()).unwrap();
        let with_hut = world.policy.replace("actors board", "record hut\n  owner: text\n\nactors board");
        let mut sources = Sources::default();
        let file = sources.add("policy", &with_hut);
        let mut problems = Sink::default();
        let agreement = check::check(&[syntax::read(file, &with_hut, &mut problems)], &mut problems);
        world.plan = compile::compile(&agreement);
        let before = facts(&world, &fact_file(&complete, &records));
        records.push(("hut", vec!["(id: \"hut\", owner: \"nobody\")".to_string()]));
        let after = facts(&world, &fact_file(&complete, &records));
        prop_assert_eq!(told(&world, &before, as_of), told(&world, &after, as_of));
    }

    /// Shares and what stays unshared make up the amount, to the last unit.
    #[test]
    fn shares_add_up_to_the_amount(choices in tapes()) {
        let mut tape = Tape { choices, at: 0 };
        let world = world(&mut tape);
        let facts = facts(&world, &fact_file(&complete(&mut tape), &records(&mut tape)));
        let as_of = Day::parse_iso(&tape.day()).unwrap();
        let verdicts = evaluate::evaluate(&world.plan, &facts, as_of, &Limits::default());
        for verdict in verdicts.iter() {
            let judged = evaluate::explain(&world.plan, &facts, as_of, &verdict.instance);
            let Some(first) = judged.shares.first() else { continue };
            let sum = judged.shares.iter().skip(1).try_fold(first.amount.clone(), |sum, share| sum.plus(&share.amount));
            let record = world.plan.schema.find_record("bill").unwrap();
            let field = world.plan.schema.record(record).unwrap().find_field("amount").unwrap();
            let (_, row) = verdict.instance.subject.unwrap();
            let cell = overens::facts::CellId { record, row, field };
            if let overens::facts::Cell::Money(amount) = facts.cell(cell) {
                prop_assert_eq!(sum, Some(amount));
            }
        }
    }
}
