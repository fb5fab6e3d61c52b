//! What is fed with made-up input, and what has to hold of it, whatever it is: no panic, places that lie in the text, and two ways of
//! the same kind that say the same. The tests run each of them over its corpus (`tests/fuzz/corpus`); `tests/fuzz/run` feeds them for
//! longer.

use overens::check::check;
use overens::clauses;
use overens::compile::compile;
use overens::diagnostics::{Diagnostic, Sink};
use overens::evaluate::{Limits, evaluate, explain};
use overens::facts::{Facts, Row};
use overens::layout::{Laid, lay_out};
use overens::load::{self, How, Others, Whose, spread};
use overens::model::Agreement;
use overens::model::schema::Schema;
use overens::plan::Plan;
use overens::render::consolidated::{self, Consolidated};
use overens::report::snapshot;
use overens::source::{FileId, Sources, Span, Text};
use overens::syntax::tree::Tree;
use overens::syntax::{self, Within};
use overens::value::{Calendar, Cycle, Day, ForEach, Key, Number, Period, Regime, Remainder, Rest, Sharing, shift};

/// A target by its name, in the order of the alphabet.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: &[Target] = &[
    ("amendments", amendments),
    ("calendar", calendar),
    ("consolidate", consolidate),
    ("csv", csv),
    ("json", |data| facts("f.json", data)),
    ("json_lines", |data| facts("f.jsonl", data)),
    ("judge", judge),
    ("layout", layout),
    ("parse", parse),
    ("ron", |data| facts("f.ron", data)),
    ("sharing", sharing),
    ("snapshot", snapshot_read),
    ("spreadsheet", spreadsheet),
    ("toml", |data| facts("f.toml", data)),
    ("words", words),
    ("yaml", |data| facts("f.yaml", data)),
];

/// What stands between two texts of one input.
const BETWEEN: &str = "\n====\n";

// ---- policies ----

fn read_policy(texts: &[&str]) -> (Vec<Tree>, Agreement, Sources, Sink) {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let trees: Vec<Tree> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let file = sources.add(format!("{at}.overens"), text);
            syntax::read(file, text, &mut problems)
        })
        .collect();
    let agreement = check(&trees, &mut problems);
    clauses::inspect(&agreement, &mut problems);
    (trees, agreement, sources, problems)
}

/// All places of findings lie in their texts, on the borders of characters.
fn in_their_texts(problems: &Sink, sources: &Sources) {
    for one in problems.sorted() {
        places(one).into_iter().for_each(|place| lies_in(place, sources));
    }
}

fn places(one: &Diagnostic) -> Vec<Span> {
    std::iter::once(one.place.span).chain(one.others.iter().map(|other| other.span)).collect()
}

fn lies_in(place: Span, sources: &Sources) {
    let Some(source) = sources.get(place.file) else { panic!("{place:?} names no text") };
    let (start, end) = (place.start as usize, place.end as usize);
    assert!(source.text.get(start..end).is_some(), "{place:?} does not lie in a text of {} bytes", source.text.len());
}

fn parse(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (_, _, sources, problems) = read_policy(&[&text]);
    in_their_texts(&problems, &sources);
}

/// What is laid out says the same, and stays as it is when it is laid out again.
fn layout(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let lay = |text: &str| lay_out(FileId(0), text, Within::default(), &mut Sink::default());
    match lay(&text) {
        Laid::HasMistakes => {}
        Laid::SaysSomethingElse => panic!("it says something else once it is laid out"),
        Laid::Out(laid) => {
            assert!(matches!(lay(&laid), Laid::Out(again) if again == laid), "it is laid out otherwise again:\n{laid}");
        }
    }
}

/// The wording of a day, printed and read again, is an agreement in which nothing more is wrong.
fn consolidate(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let texts: Vec<&str> = text.split(BETWEEN).collect();
    let (trees, agreement, sources, problems) = read_policy(&texts);
    if problems.has_errors() {
        return;
    }
    for day in [Day::of(2015, 6, 1), Day::of(2020, 6, 1)].into_iter().flatten() {
        let of = Consolidated { agreement: &agreement, trees: &trees, sources: &sources, adopted: &[], day };
        let printed = consolidated::show(&of);
        let (_, _, sources, again) = read_policy(&[&printed]);
        in_their_texts(&again, &sources);
    }
}

/// An agreement and amendments to it.
fn amendments(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let texts: Vec<&str> = text.split(BETWEEN).collect();
    let (_, agreement, sources, problems) = read_policy(&texts);
    in_their_texts(&problems, &sources);
    if problems.has_errors() {
        return;
    }
    let plan = compile(&agreement);
    judged(&plan, &Facts::default());
}

/// A policy, and facts in RON: the fast way and the way with reasons say the same.
fn judge(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (policy, facts) = text.split_once(BETWEEN).unwrap_or((&text, "()"));
    let (_, agreement, mut sources, mut problems) = read_policy(&[policy]);
    if problems.has_errors() {
        return;
    }
    let plan = compile(&agreement);
    let file = sources.add("facts.ron", facts);
    let Some(root) = load::read(file, "facts.ron", facts, &mut problems) else { return };
    let whose = Whose { schema: &plan.schema, agreement: None, others: &Others::default() };
    let facts = load::bind(&[(root, "facts.ron".to_string())], &whose, &mut problems);
    in_their_texts(&problems, &sources);
    if !problems.has_errors() {
        judged(&plan, &facts);
    }
}

fn judged(plan: &Plan, facts: &Facts) {
    let Some(as_of) = facts.as_of.or(Day::of(2015, 6, 1)) else { return };
    let limits = Limits { instances: 2_000, workers: 1, ..Limits::default() };
    let verdicts = evaluate(plan, facts, as_of, &limits);
    for verdict in verdicts.iter().take(20) {
        let explained = explain(plan, facts, as_of, &verdict.instance).verdict;
        assert_eq!(explained, verdict);
    }
}

// ---- facts ----

/// Records of each shape, with fields of each type.
const SCHEMA: &str = "agreement t \"T\"\n  in force from 2010-01-01\n  currency SEK\nrecord m\n  name: text\n  n: number over time\n  \
    paid: money\n  is_party: yes/no\n  kind: one of annual, extra\n  topics: set of text\n  friends: set of m\nevent e on held_on\n  \
    held_on: date\n  of: m\n  at: time\nactor k\nfact fee: money\nduty d\n  for each m\n  k shall ensure is_party is yes\n";

fn schema() -> Schema {
    read_policy(&[SCHEMA]).1.schema
}

/// Facts in a notation: what is wrong is told in its place.
fn facts(name: &str, data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add(name, &text);
    let how = How { record: name.ends_with("jsonl").then(|| ("m".to_string(), None)), ..How::default() };
    let root = load::read_as(file, (name, &Text::from(&*text)), &how, &mut problems);
    if let Some(root) = root {
        load::files(&root, &mut problems);
        let schema = schema();
        let whose = Whose { schema: &schema, agreement: Some("t"), others: &Others::default() };
        load::bind(&[(root, name.to_string())], &whose, &mut problems);
    }
    in_their_texts(&problems, &sources);
}

/// A table is the same, read in bulk and row by row: both tell mistakes, or both give the same values.
fn csv(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let schema = schema();
    let read = |by_rows: bool| {
        let (mut sources, mut problems) = (Sources::default(), Sink::default());
        let file = sources.add("f.csv", &text);
        let held: Text = sources.get(file).map(|source| source.text.clone()).unwrap_or_else(|| Text::from(""));
        let how = How { record: Some(("m".to_string(), None)), ..How::default() };
        let root = load::read_as(file, ("f.csv", &held), &how, &mut problems);
        let mut roots: Vec<_> = root.map(|root| (root, "f.csv".to_string())).into_iter().collect();
        if by_rows {
            roots = spread(roots, &[&schema], &mut problems);
        }
        let whose = Whose { schema: &schema, agreement: Some("t"), others: &Others::default() };
        let facts = load::bind(&roots, &whose, &mut problems);
        in_their_texts(&problems, &sources);
        // What is wrong may be told at a column one way and at a cell the other, so kinds of findings are not compared.
        (problems.has_errors(), if problems.has_errors() { Vec::new() } else { values(&facts, &schema) })
    };
    assert_eq!(read(false), read(true));
}

fn values(facts: &Facts, schema: &Schema) -> Vec<String> {
    let Some(record) = schema.find_record("m") else { return Vec::new() };
    let fields = schema.record(record).map_or(0, |record| record.fields.len());
    let rows = facts.table(record).map_or(0, |table| table.rows);
    let mut all = Vec::new();
    for row in (0..rows).map(Row) {
        all.push(facts.id(record, row).to_string());
        for field in 0..fields {
            let Ok(field) = u16::try_from(field) else { continue };
            let id = overens::facts::CellId { record, row, field: overens::model::schema::FieldId(field) };
            let told = match facts.cell(id) {
                overens::facts::Cell::Word(word) => format!("{:?}", facts.words.text(word)),
                overens::facts::Cell::Set(items) => format!("a set of {}", items.len()),
                other => format!("{other:?}"),
            };
            all.push(told);
        }
    }
    all
}

fn spreadsheet(data: &[u8]) {
    let most = load::spreadsheet::Most { columns: 1_000, bytes: 1 << 20, ..load::spreadsheet::Most::default() };
    if let Ok(made) = load::spreadsheet::read(data, None, most) {
        facts("f.csv", made.text.as_bytes());
    }
}

fn snapshot_read(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add("a.snap", &text);
    let _ = snapshot::read(file, &text, &mut problems);
    in_their_texts(&problems, &sources);
}

// ---- values ----

/// Takes numbers from the input, one after the other.
struct Tape<'d>(&'d [u8]);

impl Tape<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn number(&mut self) -> i64 {
        let bytes = [self.byte(), self.byte(), self.byte()];
        let number = bytes.into_iter().fold(0_i64, |number, byte| (number << 8) | i64::from(byte));
        if self.byte() & 1 == 1 { -number } else { number }
    }
}

/// Shares and what stays unshared are the total, to the last unit.
fn sharing(data: &[u8]) {
    let mut tape = Tape(data);
    let parties = usize::from(tape.byte() % 12);
    let total = Number::ratio(tape.number(), 100).unwrap_or(Number::ZERO);
    let weights = (0..parties).map(|_| Number::from(i64::from(tape.byte()))).collect();
    let mut terms = Sharing::by(Key::InProportion(weights));
    let wanted = tape.byte();
    let rest = if wanted & 2 != 0 { Rest::Refilled } else { Rest::StaysUnshared };
    // The same for all, or for each its own.
    let mut amounts = |bit: u8| match (wanted & bit != 0, wanted & 64 != 0) {
        (false, _) => None,
        (true, false) => Number::ratio(tape.number(), 100).map(ForEach::Alike),
        (true, true) => {
            let own = |at: usize| Number::ratio(tape.number(), 100).filter(|_| at % 3 != 2);
            Some(ForEach::Own((0..parties).map(own).collect()))
        }
    };
    terms.first_each = amounts(1);
    terms.at_most = amounts(4).map(|most| (most, rest));
    terms.at_least = amounts(8);
    let remainder = if wanted & 16 != 0 { Remainder::Largest } else { Remainder::FirstInOrder };
    let unit = Number::ratio(1, 100).filter(|_| wanted & 32 != 0);
    terms.rounded_to = unit.clone().map(|unit| (unit, remainder));
    if let Ok(shares) = overens::value::share(&total, parties, &terms, &[]) {
        assert_eq!(shares.total(), total);
        assert_eq!(shares.each.len(), parties);
        if let Some(unit) = unit {
            assert!(shares.each.iter().all(|one| one.is_multiple_of(&unit)));
        }
    }
}

/// Days move as far as they are moved, periods of a cycle follow one another, and holidays are no working days.
fn calendar(data: &[u8]) {
    let mut tape = Tape(data);
    let day = Day::MIN.plus_days(i32::try_from(tape.number().unsigned_abs() % 3_652_059).unwrap_or(0));
    let by = i32::try_from(tape.number()).unwrap_or(0);
    let calendars: Vec<Calendar> = Calendar::all().collect();
    let regimes: Vec<Regime> = Regime::all().collect();
    let calendar = calendars[usize::from(tape.byte()) % calendars.len()];
    let regime = regimes[usize::from(tape.byte()) % regimes.len()];
    if let Ok(Some(_)) = calendar.holiday(day) {
        assert_eq!(calendar.is_working_day(day), Ok(false));
    }
    if let Ok(found) = calendar.working_day_on_or_after(day) {
        assert!(found >= day && calendar.is_working_day(found) == Ok(true));
    }
    if let Ok(found) = calendar.working_day_on_or_before(day) {
        assert!(found <= day && calendar.is_working_day(found) == Ok(true));
    }
    let few = by % 10_000;
    for period in [Period::days(by), Period::months(few), Period::years(by % 1_000), Period::weeks(few)] {
        let Ok(moved) = shift(day, &period, regime, &calendar) else { continue };
        if !period.goes_back() {
            assert!(moved >= day, "{day} moved by {period:?} under {} is {moved}", regime.name());
        }
    }
    if let Ok(moved) = calendar.plus_working_days(day, by % 200) {
        assert!(moved == day || by % 200 == 0 || calendar.is_working_day(moved) == Ok(true));
    }
    for cycle in [Cycle::CalendarYear, Cycle::HalfYear, Cycle::FourMonths, Cycle::Quarter, Cycle::Month, Cycle::Week] {
        let Some(period) = cycle.period_at(day) else { continue };
        assert!(period.first() <= day && day <= period.last());
        if let Some(next) = cycle.next(&period) {
            assert_eq!(next.first(), period.last().following());
        }
        let told = cycle.parse_label(&period.label.to_string());
        assert_eq!(told.map(|told| told.first()), Some(period.first()), "{}", period.label);
    }
}

// ---- the command line ----

/// Words of the command line, a line each, are understood or refused.
fn words(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let words = text.split('\n').take(20).map(std::ffi::OsString::from);
    let exit = overens::cli::understood(std::iter::once("overens".into()).chain(words));
    assert!(matches!(exit, 0 | 2), "{exit}");
}
