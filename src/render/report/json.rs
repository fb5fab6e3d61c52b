//! A report for a program: `overens-report` version 1, described in docs/report-schema.md.
//! Exact numbers are strings, days are ISO 8601, places have file, line and column, all counted from 1.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::several::Among;
use crate::model::clause::Strength;
use crate::render::diagnostics::json::{self, InSheet};
use crate::render::walk::{Walk, walk};
use crate::report::{self, AskedFor, Digest, Line, Step, Surely};
use crate::source::{LineColumn, Sources, Span};
use crate::value::{Day, Money};
use crate::verdict::{Called, LastDay, Mark, Nuance};

/// The name and version of the form; a change that a reader could trip over gets a new number.
const SCHEMA: &str = "overens-report/1";

/// The whole report. Its verdicts are made one at a time.
pub fn write(among: &Among, out: &mut dyn Write) -> fmt::Result {
    json::write(&wire(among), out)
}

pub(super) fn wire<'a>(among: &'a Among<'a>) -> Wire<'a> {
    let (report, sources) = (among.report, among.sources());
    let head = &report.head;
    Wire {
        schema: SCHEMA,
        agreement: &head.agreement,
        title: &head.title,
        as_of: head.as_of.to_string(),
        known_on: head.known_on.map(|day| day.to_string()),
        period: report.period.as_deref(),
        policy: &head.policy,
        facts: &head.facts,
        rules_digest: head.rules_digest.to_string(),
        facts_digest: head.facts_digest.to_string(),
        version: head.basis.version,
        calendar: head.basis.calendar.as_ref().map(calendar),
        inputs: head.basis.inputs.iter().filter_map(|one| input(*one, sources)).collect(),
        asked: asked_for(report),
        verdicts: Verdicts(among),
        counts: counts(&report.counts),
        clauses: report.clauses.iter().map(clause).collect(),
        due: report.due.iter().map(due).collect(),
        waiting: report.waiting.iter().map(waiting).collect(),
        missing: report.missing.iter().map(|one| missing(one, sources)).collect(),
        shares: report.shares.iter().map(shares).collect(),
        unused: report.unused.iter().map(|one| unused(one, sources)).collect(),
        amendments: report.amendments.iter().map(|one| amendment(one, sources)).collect(),
        stopped_after: report.cut_at.map(|cut| cut.limit().1),
        limit: report.cut_at.map(|cut| cut.limit().0),
        exit: among.exit,
    }
}

/// The verdicts that have a line, as a list that is made while it is written.
struct Verdicts<'a>(&'a Among<'a>);

impl Serialize for Verdicts<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Verdicts(among) = self;
        let mut list = to.serialize_seq(None)?;
        let wanted = |called| among.report.which.holds(called);
        among
            .rows
            .each_line(among.report.reasons, wanted, |line| list.serialize_element(&verdict(&line, among.sources())))?;
        list.end()
    }
}

#[derive(Serialize)]
pub(super) struct Wire<'a> {
    schema: &'a str,
    agreement: &'a str,
    title: &'a str,
    as_of: String,
    known_on: Option<String>,
    period: Option<&'a str>,
    policy: &'a str,
    facts: &'a [String],
    rules_digest: String,
    facts_digest: String,
    version: &'a str,
    calendar: Option<Calendar>,
    inputs: Vec<Input<'a>>,
    asked: Asked<'a>,
    verdicts: Verdicts<'a>,
    counts: BTreeMap<&'a str, usize>,
    clauses: Vec<Clause<'a>>,
    due: Vec<Due<'a>>,
    waiting: Vec<Waiting<'a>>,
    missing: Vec<Missing<'a>>,
    shares: Vec<Shares<'a>>,
    unused: Vec<Unused<'a>>,
    amendments: Vec<Amendment<'a>>,
    stopped_after: Option<usize>,
    limit: Option<&'static str>,
    exit: i32,
}

#[derive(Serialize)]
pub(in crate::render) struct Verdict<'a> {
    clause: &'a str,
    place: Option<&'a str>,
    title: Option<&'a str>,
    statements: &'a [String],
    subject: Option<&'a str>,
    bearer: Option<&'a str>,
    period: Option<&'a str>,
    by: Option<&'a str>,
    owed_to: Option<&'a str>,
    acts: Option<&'a str>,
    strength: &'static str,
    verdict: &'static str,
    nuance: Option<&'static str>,
    days: Option<i32>,
    first_day: Option<String>,
    last_day: Last,
    walk: Vec<Walk<'a>>,
    progress: Option<Progress<'a>>,
    detail: &'a str,
    missing: &'a [String],
    decider: Option<&'a str>,
    facts: Vec<Place<'a>>,
    policy: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason<'a>>,
}

#[derive(Serialize)]
struct Calendar {
    name: String,
    digest: String,
}

#[derive(Serialize)]
struct Input<'a> {
    part: &'a str,
    file: &'a str,
    digest: String,
}

/// What was asked for on the command line, as far as it changes what is told.
#[derive(Serialize)]
struct Asked<'a> {
    facts: &'a [String],
    facts_format: Option<&'a str>,
    with: &'a [String],
    without: &'a [String],
    pseudonyms: bool,
    all: bool,
    reasons: bool,
    fail_on: Vec<&'static str>,
}

/// When known exactly, `first` and `last` are the same.
#[derive(Serialize)]
struct Last {
    known: &'static str,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct Progress<'a> {
    have: &'a str,
    need: &'a str,
}

#[derive(Serialize)]
pub(in crate::render) struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    #[serde(flatten)]
    cell: Option<InSheet<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Reason<'a> {
    id: &'a str,
    clause: Option<&'a str>,
    words: &'a str,
    mark: &'static str,
    policy: Option<Place<'a>>,
    fact: Option<Place<'a>>,
    about: Option<About<'a>>,
    because: Vec<Reason<'a>>,
}

/// The record, and the field, that a step speaks of.
#[derive(Serialize)]
pub(in crate::render) struct About<'a> {
    record: Option<&'a str>,
    id: Option<&'a str>,
    field: Option<&'a str>,
}

#[derive(Serialize)]
struct Clause<'a> {
    clause: &'a str,
    place: Option<&'a str>,
    title: Option<&'a str>,
    counts: BTreeMap<&'a str, usize>,
}

#[derive(Serialize)]
struct Due<'a> {
    last_day: String,
    exact: bool,
    clause: &'a str,
    place: Option<&'a str>,
    title: Option<&'a str>,
    by: Option<&'a str>,
    owed_to: Option<&'a str>,
    subject: Option<&'a str>,
    period: Option<&'a str>,
    progress: Option<&'a str>,
}

#[derive(Serialize)]
struct Waiting<'a> {
    role: Option<&'a str>,
    matters: Vec<Matter<'a>>,
}

#[derive(Serialize)]
struct Matter<'a> {
    clause: &'a str,
    place: Option<&'a str>,
    asked: &'static str,
    instances: &'a [String],
}

#[derive(Serialize)]
struct Missing<'a> {
    what: &'a str,
    of: &'a [String],
    decides: usize,
    touches: usize,
    clauses: &'a [String],
    place: Option<Place<'a>>,
}

#[derive(Serialize)]
struct Shares<'a> {
    clause: &'a str,
    place: Option<&'a str>,
    title: Option<&'a str>,
    subject: Option<&'a str>,
    period: Option<&'a str>,
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    who: &'a str,
    amount: Amount<'a>,
    billed: Option<Amount<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Amount<'a> {
    currency: &'a str,
    amount: String,
}

#[derive(Serialize)]
struct Unused<'a> {
    clause: &'a str,
    record: &'a str,
    place: Option<Place<'a>>,
}

// ---- making them ----

fn input(input: report::Input, sources: &Sources) -> Option<Input<'_>> {
    let source = sources.get(input.file)?;
    Some(Input { part: input.part, file: &source.name, digest: Digest::of_texts([&source.text]).to_string() })
}

fn calendar(calendar: &crate::value::Calendar) -> Calendar {
    let (name, digest) = report::snapshot::calendar(calendar);
    Calendar { name, digest: digest.to_string() }
}

fn asked_for(report: &report::Report) -> Asked<'_> {
    let basis = &report.head.basis;
    Asked {
        facts: &basis.named,
        facts_format: basis.facts_format.as_deref(),
        with: &basis.with,
        without: &basis.without,
        pseudonyms: basis.pseudonyms,
        all: report.which == report::Which::All,
        reasons: report.reasons == report::Reasons::Told,
        fail_on: basis.fail_on.iter().map(|called| called.words()).collect(),
    }
}

pub(in crate::render) fn verdict<'a>(line: &'a Line, sources: &'a Sources) -> Verdict<'a> {
    Verdict {
        clause: &line.clause,
        place: line.place.as_deref(),
        title: line.title.as_deref(),
        statements: &line.statements,
        subject: line.subject.as_deref(),
        bearer: line.bearer.as_deref(),
        period: line.period.as_deref(),
        by: line.whom.as_deref(),
        owed_to: line.owed_to.as_deref(),
        acts: line.acts.as_deref(),
        strength: strength(line.strength),
        verdict: line.called.words(),
        nuance: nuance(line.nuance),
        days: line.days,
        first_day: line.first_day.map(|day| day.to_string()),
        last_day: last(line.last_day),
        walk: line.walk.iter().map(walk).collect(),
        progress: line.progress.as_ref().map(|(have, need)| Progress { have, need }),
        detail: &line.detail,
        missing: &line.missing,
        decider: line.decider.as_deref(),
        facts: line.facts.iter().map(|span| place(*span, sources)).collect(),
        policy: line.policy.map(|span| place(span, sources)),
        reason: line.reason.as_ref().map(|step| reason(step, sources)),
    }
}

pub(in crate::render) fn reason<'a>(step: &'a Step, sources: &'a Sources) -> Reason<'a> {
    Reason {
        id: &step.id,
        clause: step.clause.as_deref(),
        words: &step.words,
        mark: mark(step.mark),
        policy: step.policy.map(|span| place(span, sources)),
        fact: step.fact.map(|span| place(span, sources)),
        about: step.about.as_ref().map(about),
        because: step.steps.iter().map(|one| reason(one, sources)).collect(),
    }
}

fn about(about: &report::About) -> About<'_> {
    About { record: about.record.as_deref(), id: about.id.as_deref(), field: about.field.as_deref() }
}

pub(in crate::render) fn place(span: Span, sources: &Sources) -> Place<'_> {
    let (file, LineColumn { line, column }) = sources.at(span);
    Place { file, line, column, cell: InSheet::of(span, sources) }
}

fn last(day: LastDay) -> Last {
    let ((first, last), known) = (ends(day), how_known(day));
    // Of a day that is known exactly both ends are told here.
    let last = if known == EXACTLY { first } else { last };
    Last { known, first: first.map(|day| day.to_string()), last: last.map(|day| day.to_string()) }
}

const EXACTLY: &str = "exactly";

/// How well a last day is known.
pub(in crate::render) fn how_known(day: LastDay) -> &'static str {
    match day {
        LastDay::On(_) => EXACTLY,
        LastDay::Within(..) => "roughly",
        LastDay::NotYet => "not yet",
        LastDay::Unknown => "not",
        LastDay::None => "none",
    }
}

/// The last day, or the first day that it can be; and the last day that it can be, where that is another. Where it can be any later day,
/// there is no such day: the last one that can be written would be taken for one.
pub(in crate::render) fn ends(last: LastDay) -> (Option<Day>, Option<Day>) {
    match last {
        LastDay::On(day) => (Some(day), None),
        LastDay::Within(first, last) => (Some(first), Some(last).filter(|last| *last < Day::MAX)),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => (None, None),
    }
}

pub(in crate::render) fn counts(counts: &BTreeMap<Called, usize>) -> BTreeMap<&'static str, usize> {
    counts.iter().map(|(called, count)| (called.words(), *count)).collect()
}

fn clause(one: &report::ClauseCounts) -> Clause<'_> {
    Clause {
        clause: &one.clause,
        place: one.place.as_deref(),
        title: one.title.as_deref(),
        counts: counts(&one.counts),
    }
}

fn due(due: &report::Due) -> Due<'_> {
    Due {
        last_day: due.last_day.to_string(),
        exact: due.surely == Surely::OnTheDay,
        clause: &due.clause,
        place: due.place.as_deref(),
        title: due.title.as_deref(),
        by: due.whom.as_deref(),
        owed_to: due.owed_to.as_deref(),
        subject: due.subject.as_deref(),
        period: due.period.as_deref(),
        progress: due.progress.as_deref(),
    }
}

fn waiting(waiting: &report::Waiting) -> Waiting<'_> {
    let matters = waiting.what.iter().map(|one| Matter {
        clause: &one.clause,
        place: one.place.as_deref(),
        asked: asked(one.asked),
        instances: &one.instances,
    });
    Waiting { role: waiting.role.as_deref(), matters: matters.collect() }
}

fn asked(asked: AskedFor) -> &'static str {
    match asked {
        AskedFor::Judgement => "judgement",
        AskedFor::Attestation => "attestation",
    }
}

fn missing<'a>(one: &'a report::MissingFact, sources: &'a Sources) -> Missing<'a> {
    Missing {
        what: &one.words,
        of: &one.of,
        decides: one.decides,
        touches: one.touches,
        clauses: &one.clauses,
        place: one.place.map(|span| place(span, sources)),
    }
}

fn shares(shares: &report::Shares) -> Shares<'_> {
    Shares {
        clause: &shares.clause,
        place: shares.place.as_deref(),
        title: shares.title.as_deref(),
        subject: shares.subject.as_deref(),
        period: shares.period.as_deref(),
        parts: shares
            .parts
            .iter()
            .map(|part| Part { who: &part.who, amount: amount(&part.amount), billed: part.billed.as_ref().map(amount) })
            .collect(),
    }
}

pub(in crate::render) fn amount(money: &Money) -> Amount<'_> {
    Amount { currency: money.currency.as_str(), amount: money.amount.exact_text() }
}

#[derive(Serialize)]
struct Amendment<'a> {
    name: &'a str,
    place: Option<&'a str>,
    title: Option<&'a str>,
    takes_effect: String,
    status: &'static str,
    policy: Place<'a>,
}

fn amendment<'a>(one: &'a report::Amended, sources: &'a Sources) -> Amendment<'a> {
    Amendment {
        name: &one.name,
        place: one.place.as_deref(),
        title: one.title.as_deref(),
        takes_effect: one.effective.to_string(),
        status: one.status.words(),
        policy: place(one.policy, sources),
    }
}

fn unused<'a>(one: &'a report::Unused, sources: &'a Sources) -> Unused<'a> {
    Unused { clause: &one.clause, record: &one.record, place: one.place.map(|span| place(span, sources)) }
}

pub(in crate::render) fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Shall => "shall",
        Strength::MustNot => "must not",
        Strength::Should => "should",
        Strength::Aims => "aims to",
        Strength::Is => "is",
        Strength::May => "may",
        Strength::Decision => "decision",
    }
}

pub(in crate::render) fn nuance(nuance: Nuance) -> Option<&'static str> {
    match nuance {
        Nuance::Plain | Nuance::NotUsed | Nuance::WithoutEffect => None,
        Nuance::SoFar => Some("so far"),
        Nuance::Waived => Some("waived"),
    }
}

/// The word for how a step came out.
pub(in crate::render) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Yes => "yes",
        Mark::No => "no",
        Mark::Open => "open",
        Mark::Person => "person",
        Mark::Plain => "says",
    }
}
