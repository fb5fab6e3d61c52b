//! Rights that are exercised on a day in a field: whether one was a right of that day, and when it takes effect.

use crate::facts::Row;
use crate::facts::recorded::Outcome as Recorded;
use crate::model::clause::{Bearer, Edge};
use crate::model::expr::{ClauseId, Collection, FieldOf, Var};
use crate::model::schema::RecordId;
use crate::plan::{Body, Norm, NormTest};
use crate::value::Day;
use crate::verdict::Missing;

use super::ask::Ask;
use super::edges::EdgeDay;
use super::form::{Reckoned, term_of_edge};
use super::history::excepted;
use super::readings::{may_differ, taken_as};
use super::terms::term_on;
use crate::evaluate::knowledge::decided::Kind;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::trace::Trace;

/// The day on which a permission that is exercised takes effect. One that nobody has exercised, or will only later, takes none.
pub fn effect_day<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Val<'w> {
    let rows = ask.vars.clone();
    // By the wording of the day on which it is exercised.
    let exercised = ask.law.wording_on(clause, ask.on).and_then(|norm| exercise_of(taken_as(ask, norm)));
    let Some((_, field, _)) = exercised else { return Val::Unknown };
    let told = ask.aside(&rows, |ask| ask.quietly(|ask| ask.field(field))).unwrap_or(Val::Unknown);
    let used = has_come(&told, ask.world.as_of);
    if used.is_no() {
        return Val::Absent;
    }
    let exactly = told.day_bounds().and_then(DayBounds::exact);
    let day = exactly.unwrap_or(ask.on);
    let Some(norm) = ask.law.wording_on(clause, day) else { return Val::Unknown };
    let readings = taken_as(ask, norm);
    if readings.len() > 1 {
        may_differ(ask, clause);
    }
    let Some((body, _, effect)) = exercise_of(readings) else { return Val::Unknown };
    if is_before_joining(ask, norm, &rows, day) {
        return Val::Absent;
    }
    // A right that did not apply on that day was not used.
    if !body.conditions.is_empty() {
        let applied = ask.aside(&rows, |ask| ask.asked_on(day, |ask| ask.applies(&body.conditions)));
        match applied {
            Some(Truth::Yes) => {}
            Some(Truth::No) => return Val::Absent,
            Some(Truth::Open | Truth::Person) | None => return Val::Unknown,
        }
    }
    match was_right(ask, (norm, body), (field.record, ask.var(Var(0))), day) {
        Truth::Yes => {}
        Truth::No => return Val::Absent,
        Truth::Open => return Val::Unknown,
        Truth::Person => return Val::NoSuchDay,
    }
    // The term that it speaks of is the one that ran on the day on which it was exercised.
    let before = ask.term;
    let term = term_of_edge(effect).zip(exactly).and_then(|(term, day)| term_on(ask, term, day));
    ask.term = before.or(term);
    let takes = ask.aside(&rows, |ask| ask.edge(effect, Reckoned::Day));
    ask.term = before;
    match takes {
        // Whether it was exercised is not known, but its day would lie ahead in any case.
        Some(EdgeDay::On(day)) if used.is_yes() || day.first > ask.world.as_of => Val::Day(day),
        Some(EdgeDay::NotYet | EdgeDay::None | EdgeDay::NoDay) => Val::Absent,
        Some(EdgeDay::NoSuchDay) => Val::NoSuchDay,
        Some(EdgeDay::On(_)) => {
            ask.aside(&rows, |ask| ask.field(field));
            Val::Unknown
        }
        Some(EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable) | None => Val::Unknown,
    }
}

/// Whether a day that tells of something has come.
fn has_come(told: &Val, as_of: Day) -> Truth {
    match told {
        Val::Absent => Truth::No,
        Val::Day(day) => day.before(DayBounds::exactly(as_of.following())),
        Val::OneOf(days) => same_for_all(days.iter().map(|day| has_come(day, as_of))),
        _ => Truth::Open,
    }
}

/// Whether a member's right was exercised before it was one: that uses no right.
fn is_before_joining<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, rows: &[Row], day: Day) -> bool {
    let Some(Bearer::Each(Collection { members_of: Some(membership), .. })) = &norm.bearer else { return false };
    let lasting = ask.law.wording_on(*membership, day).and_then(|norm| {
        norm.bodies
            .iter()
            .find_map(|body| if let NormTest::Member(lasting) = &body.test { Some(lasting) } else { None })
    });
    let joined = lasting.and_then(|lasting| ask.aside(rows, |ask| ask.quietly(|ask| ask.value(&lasting.from))));
    joined.and_then(|joined| joined.day_bounds()).is_some_and(|joined| day < joined.first)
}

/// The field in which a right is exercised, and when it takes effect.
fn exercise_of(readings: &[Body]) -> Option<(&Body, &FieldOf, &Edge)> {
    readings.iter().find_map(|body| match &body.test {
        NormTest::May { exercised: Some(field), effect: Some(effect), .. } => Some((body, field, effect)),
        _ => None,
    })
}

/// Whether a right that was exercised on a day was one, as far as other clauses and people say: it did not step back behind another
/// clause, nobody waived it, and those who attest or weigh its use found that it was one.
fn was_right<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    (record, row): (RecordId, Row),
    day: Day,
) -> Truth {
    let (facts, as_of) = (ask.world.facts, ask.world.as_of);
    let clause = ask.world.plan.clause(norm.clause).map_or("", |clause| clause.name.as_str());
    let names = [facts.id(record, row)];
    if ask.decided.any(facts, Kind::Waiver, clause) {
        let waiver = ask.decided.waiver(facts, clause, (&names, None), as_of);
        if waiver.is_some_and(|(_, waiver)| waiver.until.is_none()) {
            return Truth::No;
        }
    }
    let mut right = Truth::Yes;
    if !norm.yields_to.is_empty() {
        right = excepted(ask, norm, row, day).opposite();
    }
    if let Some(role) = body.attested_by.as_ref().filter(|_| !right.is_no()) {
        let about = ask.decided.about(facts, (Kind::Attestation, clause), &names, None);
        let about = about.into_iter().filter_map(|at| facts.attestations.get(at));
        let made = about.filter(|one| one.decision.by == *role && one.decision.on <= as_of);
        let attested = latest(made.map(|one| (one.decision.on, one.holds)));
        if attested.is_none() {
            ask.trace.missing(|| Missing::Attestation { role: role.clone() });
        }
        right = right.and(attested.unwrap_or(Truth::Open));
    }
    if let Some(role) = body.judged_by.as_ref().filter(|_| norm.bodies.len() == 1 && !right.is_no()) {
        let about = ask.decided.about(facts, (Kind::Judgement, clause), &names, None);
        let about = about.into_iter().filter_map(|at| facts.judgements.get(at));
        let made = about.filter(|one| one.decision.by == *role && one.decision.on <= as_of);
        let kept = made.map(|one| (one.decision.on, matches!(one.outcome, Recorded::Kept | Recorded::Late)));
        right = right.and(latest(kept).unwrap_or(Truth::Person));
    }
    right
}

/// What the latest of some decisions says; open where several of that day contradict each other.
fn latest(decisions: impl Iterator<Item = (Day, bool)>) -> Option<Truth> {
    let all: Vec<(Day, bool)> = decisions.collect();
    let last = all.iter().map(|(day, _)| *day).max()?;
    Some(same_for_all(all.iter().filter(|(day, _)| *day == last).map(|(_, holds)| Truth::of(*holds))))
}
