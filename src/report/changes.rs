//! What would change a verdict: other values of the facts it rests on, tried out one by one, and what a person can do.
//! Only one value is changed at a time; what several together would do is not told.

mod candidates;
mod outcomes;

use std::borrow::Cow;
use std::cell::Cell as Kept;

use super::asked_of::cases_to_judge;
use super::names::Names;
use super::sentences;
use crate::evaluate::Supposing;
use crate::facts::{Cell, CellId, Facts};
use crate::model::clause::LayBefore;
use crate::model::schema::{InTime, Type};
use crate::plan::NormTest;
use crate::source::quoted;
use crate::value::Day;
use crate::verdict::{Called, Decider, Judged, LastDay, Missing, Reason, Said, Status};
use candidates::{could_be, mentioned};
use outcomes::Tried;

/// One way in which it could be different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// `if summons_sent_on of annual_2015 were`, or a whole sentence.
    pub words: String,
    /// The fact that would be another, where one is tried.
    pub cell: Option<CellId>,
    /// What comes of which values; empty for a whole sentence.
    pub outcomes: Vec<(String, Called)>,
    /// How the verdict is called as it stands.
    pub now: Option<Called>,
}

/// So many values of a verdict are tried out.
const MOST_CELLS: usize = 12;
/// So much is looked at for all of them together; those that are left are not tried.
const MOST_LOOKS: usize = 1_000_000;

/// So many decisions on another clause are written out.
const MOST_ENTRIES: usize = 2;

/// The ways, the nearest first.
pub(super) fn changes(names: &Names, as_of: Day, judged: &Judged) -> Vec<Changed> {
    match judged.verdict.status {
        Status::Unknown => unknown(names, as_of, judged),
        Status::Late => late(names, as_of, judged),
        Status::Violated => broken(names, as_of, judged),
        Status::NeedsJudgement => for_a_person(names, as_of, judged),
        Status::Pending => pending(names, as_of, judged),
        Status::Satisfied | Status::NotApplicable => trials(names, as_of, judged, &cells(judged)),
    }
}

impl Changed {
    /// The whole of it as one sentence, unless several values make different things of it.
    pub fn as_sentence(&self) -> Option<String> {
        match self.outcomes.as_slice() {
            [] => Some(self.words.clone()),
            [(value, called)] => Some(format!("{} {} {value}", self.would_be(*called), self.words)),
            _ => None,
        }
    }

    /// `it would be late`.
    pub fn would_be(&self, called: Called) -> String {
        let still = if self.now == Some(called) { "still " } else { "" };
        match called {
            Called::Differs => format!("it would {still}differ from the text"),
            Called::NeedsJudgement => format!("it would {still}need judgement"),
            _ => format!("it would {still}be {}", called.words()),
        }
    }
}

/// What is told to a reader: values with one answer together, and values of which the same is to be said in one sentence; the first of
/// them, and how many there are besides.
pub(super) fn told(names: &Names, all: &[Changed], most: usize) -> Vec<Changed> {
    let mut groups: Vec<(Changed, Vec<CellId>)> = Vec::new();
    for change in all {
        let merged = Changed { outcomes: by_answer(&change.outcomes), ..change.clone() };
        let Some(cell) = change.cell else {
            groups.push((merged, Vec::new()));
            continue;
        };
        let alike = |(one, cells): &&mut (Changed, Vec<CellId>)| {
            one.outcomes == merged.outcomes
                && cells.first().is_some_and(|first| (first.record, first.field) == (cell.record, cell.field))
        };
        match groups.iter_mut().find(alike) {
            Some((_, cells)) => cells.push(cell),
            None => groups.push((merged, vec![cell])),
        }
    }
    let more = groups.len().saturating_sub(most);
    // One more line would be as long as what it stands for.
    let kept = if more > 1 { most } else { groups.len() };
    let more = groups.len().saturating_sub(kept);
    let mut told: Vec<Changed> = groups.into_iter().take(kept).map(|(one, cells)| of_all(names, one, &cells)).collect();
    if more > 0 {
        told.push(sentence(format!("{more} more values would change it: `-v` lists them")));
    }
    told
}

/// So many records are named of which the same is said.
const NAMED: usize = 4;

fn of_all(names: &Names, one: Changed, cells: &[CellId]) -> Changed {
    let [first, _, ..] = cells else { return one };
    let named = if cells.len() > NAMED { NAMED.saturating_sub(1) } else { NAMED };
    let rows: Vec<String> = cells.iter().take(named).map(|cell| names.row(cell.record, cell.row)).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let who = match (cells.len().saturating_sub(rows.len()), rows.as_slice()) {
        (0, [most @ .., last]) => format!("{} or {last}", most.join(", ")),
        (many, rows) => format!("{} or one of {many} more", rows.join(", ")),
    };
    let alone = names.cell_of(*first);
    let words = one.words.replacen(&alone, &format!("{} of {who}", names.field(*first)), 1);
    Changed { words, ..one }
}

/// Values with one answer are told together.
fn by_answer(outcomes: &[(String, Called)]) -> Vec<(String, Called)> {
    let mut found: Vec<(Vec<&str>, Called)> = Vec::new();
    for (value, called) in outcomes {
        match found.iter_mut().find(|(_, known)| known == called) {
            Some((values, _)) => values.push(value),
            None => found.push((vec![value], *called)),
        }
    }
    let joined = |(values, called): (Vec<&str>, Called)| match values.as_slice() {
        [one] => ((*one).to_string(), called),
        [most @ .., last] => (format!("{}, or {last}", most.join(", ")), called),
        [] => (String::new(), called),
    };
    found.into_iter().map(joined).collect()
}

fn sentence(words: impl Into<String>) -> Changed {
    Changed { words: words.into(), cell: None, outcomes: Vec::new(), now: None }
}

// ---- late, broken, pending ----

fn late(names: &Names, as_of: Day, judged: &Judged) -> Vec<Changed> {
    let mut found = trials(names, as_of, judged, &own_days(names, judged));
    for change in &mut found {
        change
            .outcomes
            .retain(|(_, called)| !matches!(called, Called::Violated | Called::NotFollowed | Called::Unknown));
    }
    found.retain(|change| !change.outcomes.is_empty());
    if found.is_empty() { vec![sentence("it was done late, and nothing can make it on time now")] } else { found }
}

fn broken(names: &Names, as_of: Day, judged: &Judged) -> Vec<Changed> {
    let passed = matches!(judged.last_day, LastDay::On(day) | LastDay::Within(_, day) if day < as_of);
    let watched = judged.verdict.instance.span.is_some_and(|(_, last)| last < as_of);
    let mut found = trials(names, as_of, judged, &cells(judged));
    if passed || watched || by_deed(names, judged) {
        let way_out = match not_recorded(names, judged) {
            Some(record) => {
                let by = match judged.last_day {
                    LastDay::On(day) | LastDay::Within(_, day) => format!(" by {day}"),
                    LastDay::NotYet | LastDay::Unknown | LastDay::None => String::new(),
                };
                format!(
                    "if it was done{by} after all, add {record} to the facts; otherwise it can only be waived by someone entitled to"
                )
            }
            None if is_of_shares(names, judged) => {
                "it is late once all is paid; it can also be waived by someone entitled to".to_string()
            }
            None => "this can no longer be put right, only waived by someone entitled to".to_string(),
        };
        found.insert(0, sentence(way_out));
    }
    found
}

/// What the facts may lack, where a deed is not recorded that may have been done all the same.
fn not_recorded(names: &Names, judged: &Judged) -> Option<String> {
    let instance = &judged.verdict.instance;
    let [body] = names.norm(instance)?.bodies.as_slice() else { return None };
    match &body.test {
        NormTest::Happens { events, .. } => {
            let lacks = judged.progress.as_ref().is_none_or(|(done, needed)| done < needed);
            lacks.then(|| format!("the missing {}", names.record(events.record)))
        }
        NormTest::Dated(field) => {
            let cell = names.subject_cell(instance, field)?;
            matches!(names.facts.cell(cell), Cell::Unknown | Cell::Absent).then(|| names.cell_of(cell))
        }
        _ => None,
    }
}

/// Whether it is a cost that is not paid in full, or a share of one.
fn is_of_shares(names: &Names, judged: &Judged) -> bool {
    let bodies = names.norm(&judged.verdict.instance).into_iter().flat_map(|norm| &norm.bodies);
    bodies.into_iter().all(|body| matches!(body.test, NormTest::Shared { .. } | NormTest::PaysShare(_)))
}

/// Whether something that has happened breaks it.
fn by_deed(names: &Names, judged: &Judged) -> bool {
    let norm = names.norm(&judged.verdict.instance);
    norm.is_some_and(|norm| norm.bodies.iter().any(|body| matches!(body.test, NormTest::Never(_))))
}

fn pending(names: &Names, as_of: Day, judged: &Judged) -> Vec<Changed> {
    let strength = names.strength(&judged.verdict.instance);
    let done = Status::Satisfied.called(strength).words();
    let bodies = names.norm(&judged.verdict.instance).into_iter().flat_map(|norm| &norm.bodies);
    let state = bodies.clone().any(|body| matches!(body.test, NormTest::Holds(_) | NormTest::HoldsDaily(_)));
    let first = judged.first_day.filter(|first| *first > as_of);
    let for_people = bodies.clone().any(|body| matches!(body.test, NormTest::ForPerson(_)));
    match judged.last_day {
        LastDay::On(day) if for_people => vec![sentence(format!("a person judges it after {day}"))],
        LastDay::On(day) if state => vec![sentence(format!("it will be {done} if it holds on {day}"))],
        LastDay::On(day) if first == Some(day) => vec![sentence(format!("it will be {done} if done on {day}"))],
        LastDay::On(day) if first.is_some() => {
            let first = first.unwrap_or(day);
            vec![sentence(format!("it will be {done} if done from {first} through {day}"))]
        }
        LastDay::On(day) => vec![sentence(format!("it will be {done} if done by {day}"))],
        // What is done before the window begins may be too early.
        LastDay::Within(..) if judged.first_day.is_none() && bodies.clone().any(|body| body.window.first.is_some()) => {
            vec![sentence("the day on which its window begins is not certain".to_string())]
        }
        LastDay::Within(day, _) => vec![sentence(format!("it will certainly be {done} if done by {day}"))],
        LastDay::NotYet | LastDay::Unknown | LastDay::None => Vec::new(),
    }
}

/// The days on which the evidence was done.
fn own_days(names: &Names, judged: &Judged) -> Vec<CellId> {
    let mut found = Vec::new();
    for body in names.norm(&judged.verdict.instance).iter().flat_map(|norm| &norm.bodies) {
        if let NormTest::Dated(field) = &body.test {
            found.extend(names.subject_cell(&judged.verdict.instance, field));
        }
    }
    for (record, row) in &judged.evidence {
        let field = names.plan.schema.record(*record).and_then(|record| record.day_field());
        found.extend(field.map(|field| CellId { record: *record, row: *row, field }));
    }
    found.dedup();
    found
}

// ---- unknown ----

/// What would settle it. Values of which every one leaves it open are not told.
fn unknown(names: &Names, as_of: Day, judged: &Judged) -> Vec<Changed> {
    let looks = Kept::new(0);
    let all: Vec<Changed> = judged.missing.iter().map(|one| mending(names, as_of, judged, (one, &looks))).collect();
    let settles = |one: &Changed| one.outcomes.is_empty() || one.outcomes.iter().any(|(_, it)| *it != Called::Unknown);
    let (settling, idle): (Vec<Changed>, Vec<Changed>) = all.into_iter().partition(settles);
    let words = match idle.len() {
        0 => return settling,
        1 if settling.is_empty() => "knowing that alone would not settle it".to_string(),
        _ if settling.is_empty() => "knowing only one of them would not settle it".to_string(),
        _ => return settling,
    };
    vec![sentence(words)]
}

fn mending(names: &Names, as_of: Day, judged: &Judged, (missing, looks): (&Missing, &Kept<usize>)) -> Changed {
    match missing {
        Missing::Value(cell) | Missing::Disputed(cell) | Missing::Imprecise(cell) => {
            let Some(tried) = trial(names, as_of, judged, (*cell, Same::TellToo), looks) else {
                return sentence(format!("knowing {} would help", names.cell_of(*cell)));
            };
            tried
        }
        Missing::Complete { record, from, through } => {
            let (records, span) = (names.records(*record), sentences::span(*from, *through));
            sentence(format!("it could be settled by declaring the list of {records} complete {span}"))
        }
        Missing::Attestation { role } => sentence(format!("an attestation by {role} could settle it")),
        Missing::Text(span) => sentence(format!(
            "the agreement's text is silent (`{}`): no fact can settle this, only the parties",
            names.words(*span)
        )),
        Missing::Calendar { year } => sentence(format!("the calendar {} does not cover {year}", names.plan.calendar)),
        Missing::Clause(clause) => sentence(format!("it depends on the outcome of {}", names.clause_name(*clause))),
        Missing::Contradiction(_) => {
            sentence("recorded decisions contradict each other: a later one on the same matter replaces them")
        }
    }
}

// ---- for a person ----

fn for_a_person(names: &Names, as_of: Day, judged: &Judged) -> Vec<Changed> {
    let asked = cases_to_judge(names, as_of, judged);
    let who = match asked.first().map_or(&judged.decider, |case| &case.decider) {
        Decider::Role(role) => format!("to be decided by {role}"),
        Decider::Unnamed => "the text does not say who decides; the parties can agree on someone".to_string(),
        Decider::Nobody => "a person must decide".to_string(),
    };
    let mut found = vec![sentence(who)];
    found.extend(shown(names, judged).into_iter().map(sentence));
    let own = asked.is_empty();
    found.extend(asked.iter().take(MOST_ENTRIES).map(|case| sentence(entry(names, case))));
    if own {
        found.push(sentence(entry(names, judged)));
    }
    found
}

/// What the decider is shown.
fn shown(names: &Names, judged: &Judged) -> Vec<String> {
    laid(names, judged).into_iter().map(|(role, fact)| format!("{role} is shown that {fact}")).collect()
}

/// What the text lays before a role: `held_on of annual_2015 is 2015-01-22`.
pub(super) fn laid(names: &Names, judged: &Judged) -> Vec<(String, String)> {
    let instance = &judged.verdict.instance;
    let laid: Vec<&LayBefore> = names
        .norm(instance)
        .map_or_else(Vec::new, |norm| norm.bodies.iter().filter_map(|body| body.lay_before.as_ref()).collect());
    let mut said = Vec::new();
    for lay in laid {
        for field in &lay.facts {
            let Some(cell) = names.subject_cell(instance, field) else { continue };
            said.push((lay.role.clone(), format!("{} is {}", names.cell_of(cell), names.value(cell))));
        }
    }
    said.dedup();
    said
}

/// How the decision is written down in a fact file.
fn entry(names: &Names, judged: &Judged) -> String {
    let instance = &judged.verdict.instance;
    let clause = names.norm(instance).map_or("", |norm| names.clause_name(norm.clause));
    let mut parts = vec![format!("clause: {}", quoted(clause))];
    let subject = names.subject(instance).or(names.bearer(instance));
    parts.extend(subject.map(|subject| format!("subject: {}", quoted(&subject))));
    parts.extend(names.period(instance).map(|period| format!("period: {}", quoted(&period))));
    // Whoever decides is named, also where the text does not say who that is.
    let by = if let Decider::Role(role) = &judged.decider { quoted(role) } else { "…".to_string() };
    parts.push(format!("by: {by}"));
    format!("to record the decision in the facts: `judgement: [({}, on: …, outcome: …)]`", parts.join(", "))
}

// ---- trying values ----

/// The values that a verdict rests on, each once.
fn cells(judged: &Judged) -> Vec<CellId> {
    let mut found = Vec::new();
    let mut left: Vec<&Reason> = vec![&judged.reason];
    while let Some(one) = left.pop() {
        if let Said::Value(cell, _) = one.said
            && !found.contains(&cell)
        {
            found.push(cell);
        }
        left.extend(one.because.iter().rev());
    }
    found.truncate(MOST_CELLS);
    found
}

/// Whether values that change nothing are told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    LeaveOut,
    TellToo,
}

fn trials(names: &Names, as_of: Day, judged: &Judged, cells: &[CellId]) -> Vec<Changed> {
    let looks = Kept::new(0);
    cells.iter().filter_map(|cell| trial(names, as_of, judged, (*cell, Same::LeaveOut), &looks)).collect()
}

/// An option that no fact has used yet must get a number before it can be tried.
fn with_options<'f>(facts: &'f Facts, ty: &Type) -> Cow<'f, Facts> {
    let Type::OneOf(options) = ty else { return Cow::Borrowed(facts) };
    if options.iter().all(|option| facts.words.find(option).is_some()) {
        return Cow::Borrowed(facts);
    }
    let mut facts = facts.clone();
    for option in options {
        facts.words.take(option);
    }
    Cow::Owned(facts)
}

/// What other values of one fact would make of the verdict; nothing when none would change it.
fn trial(
    names: &Names,
    as_of: Day,
    judged: &Judged,
    (cell, same): (CellId, Same),
    looks: &Kept<usize>,
) -> Option<Changed> {
    if looks.get() > MOST_LOOKS {
        return None;
    }
    let field = names.plan.schema.field(cell.record, cell.field)?;
    let ty = field.ty.clone();
    let facts = with_options(names.facts, &ty);
    let strength = names.strength(&judged.verdict.instance);
    let supposing = Supposing::new(names.plan, &facts, as_of, &judged.verdict.instance);
    let shown = Names { facts: &facts, ..*names };
    let now = judged.verdict.called(strength);
    let tried = Tried::new(&shown, (cell, &ty), strength, (&supposing, now));
    let outcomes = tried.outcomes(could_be(&shown, &supposing, cell, &ty), &mentioned(names, as_of, judged));
    looks.set(looks.get().saturating_add(supposing.looks()));
    let told: Vec<(String, Called)> =
        outcomes.into_iter().filter(|(_, called)| same == Same::TellToo || *called != now).collect();
    let were = if field.time == InTime::OverTime { "were, on every day," } else { "were" };
    let words = format!("if {} {were}", names.cell_of(cell));
    (!told.is_empty()).then_some(Changed { words, cell: Some(cell), outcomes: told, now: Some(now) })
}
