//! Small agreements as data, written by hand: a schema, clauses of few lines, and norms told in one line each.

use overens::model::Agreement;
use overens::model::clause::{
    Act, Bearer, Clause, CycleOf, Edge, Lasting, Limit, Limited, Lines, Numbered, NumberedPart, Requirement, Sharing,
    SharingWay, Strength, TermEdge, TermOf, Window, Wording,
};
use overens::model::expr::{
    Asks, ClauseId, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, Row, Sense, Test, Ty, Var,
};
use overens::model::schema::{Actor, ActorId, Field, FieldId, InTime, Need, Record, RecordId, Schema, Shape, Type};
use overens::plan::{Norm, NormTest, Plan, Trigger, Watched};
use overens::source::{FileId, Span, Spanned};
use overens::value::{Calendar, Cycle, Day, Number, Stretch};

pub const SWIMMER: RecordId = RecordId(1);
pub const GALA: RecordId = RecordId(2);
pub const COMMITTEE: ActorId = ActorId(0);

/// A place, told apart from others by its number.
pub fn at(place: usize) -> Span {
    Span::new(FileId(0), place, place + 1)
}

pub fn put<T>(it: T, place: usize) -> Option<Spanned<T>> {
    Some(Spanned::new(it, at(place)))
}

/// `otherwise` of one clause.
pub fn due(clause: u16, place: usize) -> Option<Spanned<Vec<Spanned<ClauseId>>>> {
    put(put(ClauseId(clause), place).into_iter().collect(), place)
}

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

pub fn on(text: &str) -> Expr {
    Expr { kind: ExprKind::Day(day(text)), ty: Ty::Day, span: at(900) }
}

pub fn number(count: usize) -> Expr {
    Expr { kind: ExprKind::Number(Number::count(count)), ty: Ty::Number, span: at(901) }
}

pub fn always() -> Cond {
    Cond { kind: CondKind::Always, span: at(902) }
}

/// A field of the subject.
pub fn field(record: RecordId, field: u16) -> FieldOf {
    FieldOf { row: Row::Var(Var(0)), record, field: FieldId(field), span: at(903) }
}

pub fn given(of: FieldOf) -> Cond {
    let test = Test { asks: Asks::Given(of), sense: Sense::Straight, same_as: 1 };
    Cond { kind: CondKind::Test(test), span: at(904) }
}

pub fn rows(record: RecordId, name: &str, place: usize) -> Collection {
    Collection {
        record,
        var: Var(0),
        filter: Box::new(always()),
        members_of: None,
        name: name.to_owned(),
        span: at(place),
    }
}

pub fn hold_gala(place: usize) -> Act {
    Act::Event { verb: "hold", events: rows(GALA, "gala", place) }
}

/// The committee is to do something: place 10.
pub fn committee(strength: Strength, act: Act) -> Lines {
    Lines {
        bearer: put(Bearer::Actor(COMMITTEE), 10),
        strength: put(strength, 11),
        act: put(act, 12),
        ..Lines::default()
    }
}

pub fn every_year() -> Option<Spanned<CycleOf>> {
    put(CycleOf::Calendar(Cycle::CalendarYear), 20)
}

pub fn by(text: &str) -> Option<Spanned<Window>> {
    put(Window { first: None, last: Edge::On(on(text)), numbered: false, stated: true }, 21)
}

pub fn from_joined() -> Lasting {
    let joined = Expr { kind: ExprKind::Field(field(SWIMMER, 0)), ty: Ty::Day, span: at(905) };
    Lasting { from: joined, until: None }
}

pub fn seats(least: usize, most: usize) -> Numbered {
    let part = NumberedPart {
        of: rows(SWIMMER, "swimmer", 30),
        least: number(least),
        most: number(most),
        tolerance: None,
        span: at(31),
    };
    Numbered { parts: vec![part] }
}

pub fn at_most(count: usize) -> Limited {
    Limited { of: rows(SWIMMER, "swimmer", 32), limit: Limit::AtMost, amount: number(count) }
}

pub fn separately() -> Sharing {
    Sharing { amount: number(1), way: SharingWay::SeparateDecision }
}

pub fn four_years() -> TermOf {
    TermOf {
        starts: TermEdge::Day(on("2012-03-01")),
        ends: TermEdge::Length(overens::value::Period::years(4)),
        renewal: None,
        same_days_as: None,
    }
}

pub fn wording(lines: Lines, place: usize) -> Wording {
    Wording {
        name_span: at(place),
        span: at(place + 1),
        place: None,
        title: None,
        force: Stretch::ALWAYS,
        first_day_stated: false,
        by: None,
        cuts: Vec::new(),
        of: None,
        common: lines,
        requirements: Vec::new(),
        readings: Vec::new(),
        statements: Vec::new(),
        principles: Vec::new(),
        notes: Vec::new(),
        restates: None,
    }
}

/// A clause with one wording, at a place of its own made from its name.
pub fn clause(kind: &'static str, name: &str, lines: Lines) -> Clause {
    let place = 1000 + 10 * name.bytes().map(usize::from).sum::<usize>();
    Clause { kind, name: name.to_owned(), wordings: vec![wording(lines, place)] }
}

pub fn requirement(name: &str, place: usize) -> Requirement {
    Requirement {
        name: Spanned::new(name.to_owned(), at(place)),
        place: None,
        title: None,
        condition: given(field(SWIMMER, 0)),
        lines: Lines::default(),
        statements: Vec::new(),
        notes: Vec::new(),
        span: at(place + 1),
    }
}

pub fn agreement(clauses: Vec<Clause>) -> Agreement {
    Agreement {
        name: "pool".to_owned(),
        title: "The swimming club".to_owned(),
        made: None,
        force: Stretch::ALWAYS,
        first_day_stated: false,
        currency: None,
        calendar: Calendar::PLAIN,
        months: None,
        schema: schema(),
        definitions: Vec::new(),
        values: Vec::new(),
        clauses,
        amendments: Vec::new(),
        span: at(0),
    }
}

fn schema() -> Schema {
    let forms = Type::OneOf(vec!["written".to_owned(), "spoken".to_owned()]);
    let swimmer = vec![one("joined_on", Type::Date), one("form", forms)];
    Schema {
        records: vec![
            record("", Shape::Plain, Vec::new()),
            record("swimmer", Shape::Plain, swimmer),
            record("gala", Shape::Event { on: FieldId(0) }, vec![one("held_on", Type::Date)]),
        ],
        actors: vec![Actor { name: "committee".to_owned(), title: None, span: at(1) }],
        currency: None,
        ..Schema::default()
    }
}

fn record(name: &str, shape: Shape, fields: Vec<Field>) -> Record {
    Record { name: name.to_owned(), plural: None, title: None, shape, fields, span: at(2) }
}

fn one(name: &str, ty: Type) -> Field {
    Field { name: name.to_owned(), ty, time: InTime::Once, need: Need::Optional, title: None, span: at(3) }
}

/// One line a norm: clause, strength, subjects, bearer, cycle, tests of its bodies, window, what it stands behind.
pub fn told(plan: &Plan) -> Vec<String> {
    plan.norms.iter().map(|norm| norm_told(plan, norm)).collect()
}

fn norm_told(plan: &Plan, norm: &Norm) -> String {
    let name = |id: ClauseId| plan.clause(id).map_or("?", |clause| clause.name.as_str());
    let mut words = vec![format!("{}: {:?}", name(norm.clause), norm.strength).to_lowercase()];
    words.extend(norm.subjects.iter().map(|rows| format!("each {}", rows.name)));
    words.extend(norm.bearer.iter().map(|_| "somebody".to_owned()));
    words.extend(norm.cycle.iter().map(|_| "periodic".to_owned()));
    for body in &norm.bodies {
        words.extend(body.reading.clone());
        words.push(test_told(&body.test, &name));
        words.push(window_told(&body.window).to_owned());
    }
    if let Trigger::Breach(broken) = &norm.trigger {
        let broken: Vec<&str> = broken.iter().map(|one| name(*one)).collect();
        words.push(format!("on breach of {}", broken.join(" or ")));
    }
    words.extend(norm.yields_to.iter().map(|id| format!("behind {}", name(*id))));
    words.retain(|one| !one.is_empty());
    words.join(", ")
}

fn window_told(window: &Window) -> &'static str {
    match window.last {
        Edge::Open => "",
        Edge::Never => "without last day",
        Edge::On(_) | Edge::DayBefore(_) | Edge::DayAfter(_) | Edge::Lapse { .. } | Edge::Length { .. } => "in time",
        Edge::Blank { .. } => "blank",
        Edge::YearOfTerm { .. } => "in a year of the term",
        Edge::OfTerm { .. } => "in a term",
    }
}

fn test_told<'a>(test: &'a NormTest, name: &dyn Fn(ClauseId) -> &'a str) -> String {
    match test {
        NormTest::Happens { .. } => "happens".to_owned(),
        NormTest::Dated(_) => "day comes".to_owned(),
        NormTest::InOrder(_) => "days come in order".to_owned(),
        NormTest::Holds(_) => "holds".to_owned(),
        NormTest::HoldsDaily(_) => "holds every day".to_owned(),
        NormTest::Never(_) => "never happens".to_owned(),
        NormTest::Numbers { when: Watched::OnAsOf, .. } => "numbers".to_owned(),
        NormTest::Numbers { when: Watched::OnEveryDay, .. } => "numbers every day".to_owned(),
        NormTest::Limit { .. } => "limit".to_owned(),
        NormTest::Member(_) => "member".to_owned(),
        NormTest::AtJoining { membership, .. } => format!("at joining {}", name(*membership)),
        NormTest::States(_) => "states".to_owned(),
        NormTest::Shared { .. } => "shared".to_owned(),
        NormTest::PaysShare(cost) => format!("pays share of {}", name(*cost)),
        NormTest::Term(_) => "term".to_owned(),
        NormTest::Vote { .. } => "vote".to_owned(),
        NormTest::May { .. } => "may".to_owned(),
        NormTest::ForPerson(words) => format!("for a person: {words}"),
    }
}
