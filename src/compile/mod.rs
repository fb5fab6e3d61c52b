//! From an agreement to a plan: each wording of a clause becomes a norm.
//! What a kind of clause asks for stands in the catalogue; here norms get their numbers, their days of force and their
//! places behind each other.

mod each_term;
mod hangs_on;
mod instalments;
mod term_days;

use std::collections::{BTreeMap, BTreeSet};

use crate::clauses::evidence::Whose;
use crate::clauses::{self, Demand, Numbered, Reading, Worded};
use crate::model::Agreement;
use crate::model::clause::{Act, Bearer, Edge, Lines, Requirement, Strength, Toward, When, Window, Wording};
use crate::model::expr::{Asks, ClauseId, Collection, Cond, CondKind, ExprKind, FieldOf, Row, Sense, Test, Var};
use crate::model::schema::{Need, RecordId, Schema, Shape};
use crate::plan::{
    Body, Head, MOST_DIGITS, MOST_PERIODS, Moved, Norm, NormTest, Owed, Plan, PlanClause, Readings, Shared, Trigger,
};
use crate::source::Span;
use crate::value::{FixedDays, Regime};

/// The plan of an agreement. A clause that lacks what its kind needs gives no norm; that it lacks it is a finding of
/// [`clauses::inspect`].
pub fn compile(agreement: &Agreement) -> Plan {
    let numbered = clauses::numbered(agreement);
    let mut norms = Vec::new();
    for (at, clause) in numbered.iter().enumerate() {
        let Ok(number) = u16::try_from(at) else { break };
        norms.extend(clause.wordings().iter().filter_map(|worded| norm(agreement, clause, ClauseId(number), worded)));
    }
    term_days::spell_out_term_days(agreement, &mut norms);
    link(&numbered, &mut norms);
    let uses_due_otherwise = uses_due_otherwise(&norms);
    note_last_days(agreement, &mut norms);
    each_term::cut_by_terms(agreement, &mut norms);
    let regime = agreement.months.unwrap_or(Regime::ROUND_DOWN);
    norms.iter_mut().flat_map(|norm| &mut norm.bodies).for_each(instalments::with_each_window);
    norms.iter_mut().flat_map(|norm| &mut norm.bodies).for_each(|body| moved_by(regime, body));
    Plan {
        name: agreement.name.clone(),
        title: agreement.called().to_string(),
        force: agreement.force,
        first_day_stated: agreement.first_day_stated,
        currency: agreement.currency,
        calendar: agreement.calendar,
        months: regime,
        schema: agreement.schema.clone().into(),
        definitions: agreement.definitions.clone().into(),
        values: agreement.values.clone().into(),
        clauses: numbered.iter().filter_map(plan_clause).collect::<Vec<_>>().into(),
        readings: Readings::of(norms.iter()),
        norms: norms.into_iter().map(Shared::from).collect(),
        uses_due_otherwise,
        amendments: agreement.amendments.clone().into(),
        most_periods: MOST_PERIODS,
        most_digits: MOST_DIGITS,
    }
}

/// What a report says of a clause: its first wording's words, and what all its wordings note.
fn plan_clause(clause: &Numbered) -> Option<PlanClause> {
    let wordings = clause.wordings();
    let first = wordings.first()?;
    Some(PlanClause {
        name: clause.name().to_owned(),
        kind: clause.clause.kind,
        title: first.title(),
        place: first.place(),
        name_span: first.name_span(),
        span: first.span(),
        statements: each_once(wordings.iter().flat_map(|one| one.statements())),
        principles: each_once(wordings.iter().flat_map(|one| one.principles())),
        notes: each_once(wordings.iter().flat_map(|one| one.notes())),
        restates: first.restates(),
        requirement_of: clause.requirement.map(|(_, membership)| membership),
    })
}

fn each_once(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words.filter(|one| seen.insert(one.clone())).collect()
}

fn norm(agreement: &Agreement, clause: &Numbered, id: ClauseId, worded: &Worded) -> Option<Norm> {
    match (worded, clause.requirement) {
        (Worded::Clause(wording), None) => norm_of_wording(agreement, clause, id, wording),
        (Worded::Requirement(wording, requirement), Some((_, membership))) => {
            Some(norm_of_requirement(&agreement.schema, id, membership, wording, requirement))
        }
        (Worded::Clause(_), Some(_)) | (Worded::Requirement(..), None) => None,
    }
}

fn norm_of_wording(agreement: &Agreement, clause: &Numbered, id: ClauseId, wording: &Wording) -> Option<Norm> {
    let kind = clauses::find(clause.clause.kind)?;
    let mut strength = None;
    let mut bodies = Vec::new();
    let mut verbs = Vec::new();
    for reading in clauses::readings_of(clause.clause, wording) {
        let demand = (kind.demand)(&reading)?;
        strength = strength.or(Some(demand.strength));
        verbs.push(match reading.lines.act.as_ref().map(|act| &act.it) {
            Some(Act::Event { verb, .. }) => *verb,
            Some(_) | None => "",
        });
        let nth = u16::try_from(bodies.len()).unwrap_or(u16::MAX);
        bodies.push(Body { nth, ..body(&agreement.schema, &reading, demand) });
    }
    let mut bare = bare_norm(&agreement.schema, id, wording, &wording.common);
    let mut bearer = bearer(wording);
    if let Some(Bearer::Field(field)) = &bearer
        && agreement.schema.field(field.record, field.field).is_some_and(|field| field.need != Need::Required)
    {
        bare.subjects.iter_mut().for_each(|of| asks_for_a_bearer(of, field));
    }
    if bodies.iter().all(|body| matches!(body.test, NormTest::Never(_) | NormTest::May { .. })) {
        let each = match &mut bearer {
            Some(Bearer::Each(of)) => Some(of),
            Some(_) | None => None,
        };
        // A subject that happens or begins on a day is asked on that day.
        let dayless = |of: &Collection| {
            let shape = agreement.schema.record(of.record).map(|record| record.shape);
            of.members_of.is_none() && shape == Some(Shape::Plain)
        };
        let subject = match bare.subjects.as_mut_slice() {
            [only] if dayless(only) => Some(only),
            _ => None,
        };
        each.into_iter().chain(subject).for_each(|of| ask_at_each_act(of, &mut bodies));
    }
    let mut done_by = None;
    for (body, verb) in bodies.iter_mut().zip(verbs) {
        let whose = Whose { subjects: &bare.subjects, bearer: bearer.as_ref(), verb };
        let Some(events) = evidence_of(body) else { continue };
        done_by = done_by.or(clauses::evidence::tells_the_actor(&agreement.schema, events.record, whose));
        *events = clauses::evidence::linked(&agreement.schema, events, whose);
    }
    let during = during(&bare, &mut bodies);
    Some(Norm { strength: strength?, bearer, done_by, during, readings: bodies.len(), bodies, ..bare })
}

/// The term that cuts the periods of a cycle. Their windows are the periods themselves, as far as they lie in it.
fn during(bare: &Norm, bodies: &mut [Body]) -> Option<ClauseId> {
    bare.cycle.as_ref()?;
    let of = |body: &Body| match body.window.last {
        Edge::OfTerm { term, .. } => Some(term),
        _ => None,
    };
    let term = of(bodies.first()?)?;
    if bodies.iter().any(|body| of(body) != Some(term)) {
        return None;
    }
    for body in bodies {
        body.window = Window { first: None, last: Edge::Open, ..body.window.clone() };
    }
    Some(term)
}

/// A clause whose bearer a field of the subject names speaks of those subjects only whose field names somebody; one that is required
/// always does.
fn asks_for_a_bearer(of: &mut Collection, field: &FieldOf) {
    if field.record != of.record || !matches!(field.row, Row::Var(var) if var == of.var) {
        return;
    }
    let test = Test { asks: Asks::Given(field.clone()), sense: Sense::Straight, same_as: Test::OF_A_BEARER };
    let given = Cond { kind: CondKind::Test(test), span: field.span };
    let span = of.filter.span;
    let kind = match std::mem::replace(&mut of.filter.kind, CondKind::Always) {
        CondKind::Always => given.kind,
        kind => CondKind::And(vec![Cond { kind, span }, given]),
    };
    *of.filter = Cond { kind, span: field.span };
}

/// Of whom a ban or a right speaks is asked on the day of each act, as its other conditions are.
fn ask_at_each_act(of: &mut Collection, bodies: &mut [Body]) {
    if matches!(of.filter.kind, CondKind::Always) {
        return;
    }
    let always = Cond { kind: CondKind::Always, span: of.filter.span };
    let filter = std::mem::replace(&mut *of.filter, always);
    for body in bodies {
        body.conditions.insert(0, When::If(filter.clone()));
    }
}

/// The events that are evidence: only what belongs to the subject and the bearer.
fn evidence_of(body: &mut Body) -> Option<&mut Collection> {
    match &mut body.test {
        NormTest::Happens { events, .. } | NormTest::Never(events) => Some(events),
        NormTest::May { act: Act::Event { events, .. }, .. } => Some(events),
        NormTest::May { .. } | NormTest::Dated(_) | NormTest::Holds(_) | NormTest::HoldsDaily(_) => None,
        NormTest::InOrder(_) | NormTest::Numbers { .. } => None,
        NormTest::Limit { .. } | NormTest::Member(_) | NormTest::AtJoining { .. } | NormTest::States(_) => None,
        NormTest::Shared { .. } | NormTest::PaysShare(_) | NormTest::Term(_) | NormTest::Vote { .. } => None,
        NormTest::ForPerson(_) => None,
    }
}

/// Readings may say it themselves, as it stands in one line with the act; they all say the same.
fn bearer(wording: &Wording) -> Option<Bearer> {
    let mut all = std::iter::once(&wording.common).chain(wording.readings.iter().map(|(_, lines)| lines));
    all.find_map(|lines| lines.bearer.as_ref()).map(|bearer| bearer.it.clone())
}

/// A norm that so far demands nothing of anybody.
fn bare_norm(schema: &Schema, clause: ClauseId, wording: &Wording, lines: &Lines) -> Norm {
    let to = lines.owed_to.as_ref().or(lines.addressed_to.as_ref());
    Norm {
        clause,
        head: Head { title: wording.title.clone(), place: wording.place.clone(), name_span: wording.name_span },
        by: wording.by,
        cuts: wording.cuts.clone(),
        force: wording.force,
        first_day_stated: wording.first_day_stated,
        strength: Strength::Shall,
        subjects: subjects(schema, wording, lines),
        bearer: None,
        done_by: None,
        counterparty: to.map(|to| to.it.clone()),
        cycle: lines.cycle.as_ref().map(|cycle| cycle.it.clone()),
        during: None,
        of_term: None,
        awaits: None,
        first_period: lines.first_period.as_ref().map(|counts| counts.it),
        last_period: lines.last_period.as_ref().map(|counts| counts.it),
        trigger: Trigger::Always,
        last_days_of: Vec::new(),
        makes_due: lines.otherwise.iter().flat_map(|named| &named.it).map(|next| next.it).collect(),
        yields_to: Vec::new(),
        exception_to: lines.exception_to.as_ref().map(|rule| rule.it),
        gives_way_to: lines.gives_way_to.as_ref().map(|other| other.it),
        readings: 1,
        bodies: Vec::new(),
        span: wording.span,
    }
}

/// `for each …`; a clause `of RECORD` is about each of its rows.
fn subjects(schema: &Schema, wording: &Wording, lines: &Lines) -> Vec<Collection> {
    match wording.of {
        Some(record) if lines.subjects.is_empty() => vec![rows_of(schema, record, wording.name_span)],
        Some(_) | None => lines.subjects.clone(),
    }
}

fn rows_of(schema: &Schema, record: RecordId, span: Span) -> Collection {
    let name = schema.record(record).map_or_else(String::new, |record| record.name.clone());
    let filter = Box::new(Cond { kind: CondKind::Always, span });
    Collection { record, var: Var(0), filter, members_of: None, name, span }
}

fn body(schema: &Schema, reading: &Reading, demand: Demand) -> Body {
    let bare = bare_body(reading.lines, demand.window, demand.test, reading.wording.span);
    Body { reading: reading.name.map(str::to_owned), form: clauses::formalities(schema, reading), ..bare }
}

fn bare_body(lines: &Lines, window: Window, test: NormTest, span: Span) -> Body {
    Body {
        reading: None,
        nth: 0,
        conditions: lines.conditions.clone(),
        window,
        moved: match lines.moved.as_ref().map(|toward| toward.it) {
            Some(Toward::Next) => Moved::ToTheNext,
            Some(Toward::Previous) => Moved::ToThePrevious,
            None => Moved::No,
        },
        test,
        judged_by: lines.judged_by.as_ref().map(|role| role.it.clone()),
        attested_by: lines.attested_by.as_ref().map(|role| role.it.clone()),
        lay_before: lines.lay_before.as_ref().map(|laid| laid.it.clone()),
        form: Vec::new(),
        owed: if lines.as_far_as_possible.is_some() { Owed::Effort } else { Owed::Result },
        instalments: lines.instalments.as_ref().map(instalments::not_yet_laid_out),
        span,
    }
}

/// A requirement binds who joins: it is judged by the facts of the joining day.
fn norm_of_requirement(
    schema: &Schema,
    id: ClauseId,
    membership: ClauseId,
    wording: &Wording,
    requirement: &Requirement,
) -> Norm {
    let test = NormTest::AtJoining { membership, condition: requirement.condition.clone() };
    let window = Window { first: None, last: Edge::Open, numbered: false, stated: false };
    let bodies = vec![bare_body(&requirement.lines, window, test, requirement.span)];
    let head = Head {
        title: requirement.title.clone(),
        place: requirement.place.clone().or_else(|| wording.place.clone()),
        name_span: requirement.name.span,
    };
    Norm { bodies, head, span: requirement.span, ..bare_norm(schema, id, wording, &requirement.lines) }
}

/// A regime moves the last day of what is to be done: of a period, and of `by D` where it moves fixed days. It gives nobody more
/// time to break a ban in, and leaves a span alone that the text names by both its ends.
fn moved_by(regime: Regime, body: &mut Body) {
    let fixed = regime.fixed_days() != FixedDays::Stay;
    let moves = match (&body.window.first, &body.window.last) {
        (_, Edge::Lapse { .. }) => true,
        (None, Edge::On(day)) => fixed || matches!(day.kind, ExprKind::Shift { .. }) || day.names_others(),
        (Some(_), Edge::On(_)) | (_, Edge::DayBefore(_) | Edge::DayAfter(_) | Edge::Length { .. }) => false,
        (_, Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. }) => false,
    };
    let ban = matches!(body.test, NormTest::Never(_));
    if body.moved == Moved::No && regime.moves() && moves && !ban {
        body.moved = Moved::ByRegime;
    }
    body.instalments.iter_mut().flat_map(|parts| &mut parts.each).for_each(|part| moved_by(regime, part));
}

/// Puts each norm behind its exceptions and behind what it gives way to, and makes what becomes due wait for a breach.
fn link(numbered: &[Numbered], norms: &mut [Norm]) {
    let mut exceptions: BTreeMap<ClauseId, Vec<ClauseId>> = BTreeMap::new();
    let mut due: BTreeMap<ClauseId, Vec<ClauseId>> = BTreeMap::new();
    for (at, clause) in numbered.iter().enumerate() {
        let Ok(here) = u16::try_from(at).map(ClauseId) else { break };
        for worded in clause.wordings() {
            let lines = worded.lines();
            if let Some(rule) = &lines.exception_to {
                exceptions.entry(rule.it).or_default().push(here);
            }
            for next in lines.otherwise.iter().flat_map(|named| &named.it) {
                let named_by = due.entry(next.it).or_default();
                if named_by.last() != Some(&here) {
                    named_by.push(here);
                }
            }
        }
    }
    for norm in norms.iter_mut() {
        let above = exceptions.get(&norm.clause).into_iter().flatten().copied().chain(norm.gives_way_to);
        for clause in above {
            if clause != norm.clause && !norm.yields_to.contains(&clause) {
                norm.yields_to.push(clause);
            }
        }
        if let Some(broken) = due.get(&norm.clause) {
            norm.trigger = Trigger::Breach(broken.clone());
        }
    }
}

/// Notes for each clause those that become due only `otherwise` and on whose last days it hangs, through others as well.
fn note_last_days(agreement: &Agreement, norms: &mut [Norm]) {
    let waiting: BTreeSet<ClauseId> =
        norms.iter().filter(|norm| norm.trigger != Trigger::Always).map(|norm| norm.clause).collect();
    if waiting.is_empty() {
        return;
    }
    let mut named: BTreeMap<ClauseId, BTreeSet<ClauseId>> = BTreeMap::new();
    for norm in norms.iter() {
        named.entry(norm.clause).or_default().append(&mut hangs_on::hangs_on(agreement, norm));
    }
    for norm in norms {
        let (mut seen, mut next) = (BTreeSet::from([norm.clause]), vec![norm.clause]);
        while let Some(clause) = next.pop() {
            next.extend(named.get(&clause).into_iter().flatten().filter(|other| seen.insert(**other)));
        }
        seen.remove(&norm.clause);
        norm.last_days_of = seen.intersection(&waiting).copied().collect();
    }
}

/// The rights that become due only `otherwise` and take effect on a day.
fn uses_due_otherwise(norms: &[Norm]) -> Vec<ClauseId> {
    let takes_effect = |body: &Body| matches!(body.test, NormTest::May { effect: Some(_), .. });
    let waits = |norm: &&Norm| norm.trigger != Trigger::Always && norm.bodies.iter().any(takes_effect);
    let all: BTreeSet<ClauseId> = norms.iter().filter(waits).map(|norm| norm.clause).collect();
    all.into_iter().collect()
}
