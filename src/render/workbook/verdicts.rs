//! A report as a workbook: every verdict with its reason, who bears how much, which facts are missing, and what is due.

use std::io;

use super::book::{Book, Cell, Shade};
use super::{text, word};
use crate::render::report::csv::in_decimals;
use crate::render::report::json::{ends, nuance, strength};
use crate::render::report::place;
use crate::render::report::several::{Among, NotJudged, Several};
use crate::report::{Asked, Due, Kept, MissingFact, Most, Reasons, Row, Surely, Which};
use crate::source::{Sources, Span};
use crate::value::Day;
use crate::verdict::LastDay;

/// What a report is asked that becomes a workbook.
pub const ASKED: Asked =
    Asked { lines: Which::ForAction, kept: Kept::InRows, most: Most::Everything, reasons: Reasons::Told, period: None };

/// What people look for first comes first.
const VERDICTS: [(&str, usize); 19] = [
    ("agreement", 14),
    ("section", 10),
    ("clause", 22),
    ("for", 20),
    ("verdict", 16),
    ("why", 60),
    ("title", 32),
    ("by", 18),
    ("bearer", 18),
    ("period", 14),
    ("days", 8),
    ("last day", 12),
    ("latest", 12),
    ("strength", 10),
    ("nuance", 9),
    ("decides", 18),
    ("place", 34),
    ("as of", 12),
    ("missing", 60),
];

const SHARES: [(&str, usize); 13] = [
    ("agreement", 18),
    ("as of", 12),
    ("section", 10),
    ("title", 32),
    ("clause", 24),
    ("for", 24),
    ("period", 14),
    ("who", 24),
    ("currency", 9),
    ("bears", 16),
    ("billed", 16),
    ("bears exactly", 20),
    ("billed exactly", 20),
];

const MISSING: [(&str, usize); 6] =
    [("agreement", 18), ("what is missing", 60), ("decides", 9), ("touches", 9), ("clauses", 50), ("place", 34)];

const DUE: [(&str, usize); 10] = [
    ("agreement", 18),
    ("last day", 12),
    ("exact", 9),
    ("section", 10),
    ("title", 32),
    ("clause", 24),
    ("for", 24),
    ("period", 14),
    ("by", 18),
    ("progress", 12),
];

/// The bytes of the workbook.
pub fn verdicts(all: &Several) -> io::Result<Vec<u8>> {
    let mut book = Book::new();
    let reports = || all.reports.iter();
    let judged = reports().flat_map(|among| among.rows.iter(Reasons::Told).map(move |one| verdict(&one, among)));
    book.sheet("verdicts", &columns(&VERDICTS), judged.chain(all.not_judged.iter().map(not_judged)))?;
    let shares = reports().flat_map(|among| among.rows.shared_costs().flat_map(move |cost| shares(&cost, among)));
    book.sheet("shares", &columns(&SHARES), shares)?;
    let missing = reports().flat_map(|among| among.report.missing.iter().map(move |one| missing(one, among)));
    book.sheet("missing facts", &columns(&MISSING), missing)?;
    let due = reports().flat_map(|among| among.report.due.iter().map(move |one| due(one, among)));
    book.sheet("due", &columns(&DUE), due)?;
    book.end()
}

fn columns(all: &[(&str, usize)]) -> Vec<(String, usize)> {
    all.iter().map(|(name, width)| (name.to_string(), *width)).collect()
}

fn verdict(row: &Row, among: &Among) -> Vec<Cell> {
    let (case, head) = (&row.case, &among.report.head);
    let (first, latest) = ends(row.last_day);
    let is_open = matches!(row.last_day, LastDay::Within(_, Day::MAX));
    let because = row.because.as_ref();
    vec![
        Cell::Text(head.agreement.clone()),
        text(case.place),
        Cell::Text(case.clause.to_string()),
        text(case.subject.as_deref().or(case.bearer.as_deref())),
        word(case.called, case.called.words().to_string()),
        Cell::Long(because.map_or_else(String::new, |because| because.detail.clone())),
        text(case.title),
        text(row.whom.as_deref()),
        text(case.bearer.as_deref()),
        text(case.period.as_deref()),
        case.verdict.days.map_or(Cell::Empty, |days| Cell::Number(days.to_string())),
        day(first),
        if is_open { Cell::Text("or later".to_string()) } else { day(latest) },
        Cell::Text(strength(row.strength).to_string()),
        text(nuance(case.verdict.nuance)),
        text(row.decider.as_deref()),
        at(because.and_then(|because| because.fact).or(row.policy), among.sources()),
        Cell::Day(head.as_of),
        Cell::Long(because.map_or_else(String::new, |because| because.missing.join("; "))),
    ]
}

fn not_judged(one: &NotJudged) -> Vec<Cell> {
    let mut cells = vec![Cell::Empty; VERDICTS.len()];
    let told = [
        ("agreement", Cell::Text(one.agreement.clone())),
        ("verdict", Cell::Word("not judged".to_string(), Shade::Bad)),
        ("why", Cell::Long(one.why.clone())),
        ("place", Cell::Text(one.policy.clone())),
    ];
    for (name, cell) in told {
        let column = VERDICTS.iter().position(|(own, _)| *own == name);
        if let Some(place) = column.and_then(|at| cells.get_mut(at)) {
            *place = cell;
        }
    }
    cells
}

fn shares(cost: &crate::report::SharedCost, among: &Among) -> Vec<Vec<Cell>> {
    let (case, head) = (&cost.case, &among.report.head);
    let part = |part: &crate::report::Part| {
        let (amount, exact) = in_decimals(&part.amount);
        let (billed, exact_billed) = part.billed.as_ref().map(in_decimals).unzip();
        vec![
            Cell::Text(head.agreement.clone()),
            Cell::Day(head.as_of),
            text(case.place),
            text(case.title),
            Cell::Text(case.clause.to_string()),
            text(case.subject.as_deref()),
            text(case.period.as_deref()),
            Cell::Text(part.who.clone()),
            Cell::Text(part.amount.currency.to_string()),
            Cell::Number(amount),
            billed.map_or(Cell::Empty, Cell::Number),
            text(exact.as_deref()),
            text(exact_billed.flatten().as_deref()),
        ]
    };
    cost.parts.iter().map(part).collect()
}

fn missing(one: &MissingFact, among: &Among) -> Vec<Cell> {
    vec![
        Cell::Text(among.report.head.agreement.clone()),
        Cell::Long(one.words.clone()),
        Cell::Number(one.decides.to_string()),
        Cell::Number(one.touches.to_string()),
        Cell::Long(one.clauses.join(", ")),
        at(one.place, among.sources()),
    ]
}

fn due(due: &Due, among: &Among) -> Vec<Cell> {
    vec![
        Cell::Text(among.report.head.agreement.clone()),
        Cell::Day(due.last_day),
        Cell::Text(if due.surely == Surely::OnTheDay { "yes" } else { "or later" }.to_string()),
        text(due.place.as_deref()),
        text(due.title.as_deref()),
        Cell::Text(due.clause.clone()),
        text(due.subject.as_deref()),
        text(due.period.as_deref()),
        text(due.whom.as_deref()),
        text(due.progress.as_deref()),
    ]
}

fn day(day: Option<Day>) -> Cell {
    day.map_or(Cell::Empty, Cell::Day)
}

fn at(span: Option<Span>, sources: &Sources) -> Cell {
    span.map_or(Cell::Empty, |span| Cell::Text(place(span, sources)))
}
