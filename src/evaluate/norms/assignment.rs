//! One piece of evidence serves one instance of a clause; a ban is broken by every act in its window.
//!
//! Where nothing in the evidence tells which subject it is for, order does: the subjects in the order of their last days each take
//! the earliest that is in time for them; what is left then goes, in the same order, to those that still lack some, as late.
//! An event is for the period that its day lies in. Only where windows reach past their periods it serves the earliest instance
//! that still lacks some and whose window holds it; where none does and the next window has not begun, the earliest overdue one.

use std::collections::BTreeMap;

use crate::facts::Row;
use crate::model::clause::{Bearer, Count, Edge, Limit};
use crate::model::expr::{ExprKind, Var};
use crate::plan::{Moved, NormTest};
use crate::value::{CyclePeriod, Day, Number};
use crate::verdict::Holder;

use super::case::Case;
use super::deeds::{Conditions, Wanted, deed};
use super::tally::{Counts, Deed, Field};
use crate::evaluate::expr::edges::EdgeDay;
use crate::evaluate::judge::{Assigned, Judge, Serves};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;

/// Whether some window of a cycle's instances reaches past its period, so that an event's day does not tell its period.
pub fn roams<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> bool {
    may_roam(case) && assigned(judge, case, wanted, By::Window).is_some_and(|one| !one.windows.is_empty())
}

/// Whether the windows of a cycle's instances can reach past their periods, as far as their form tells.
pub fn may_roam(case: &Case) -> bool {
    if case.norm.cycle.is_none() || case.instance.period.is_none() {
        return false;
    }
    match (&case.body.window.last, case.body.moved) {
        (Edge::Open | Edge::Never | Edge::Blank { .. }, _) => false,
        (_, Moved::ToWorkingDay) | (Edge::Lapse { .. } | Edge::DayAfter(_), _) => true,
        (Edge::On(expr) | Edge::DayBefore(expr), Moved::No) => reaches_out(&expr.kind),
        (Edge::YearOfTerm { .. } | Edge::OfTerm { .. }, Moved::No) => false,
    }
}

/// Whether a last day is told otherwise than as a day of the year or of the period.
fn reaches_out(kind: &ExprKind) -> bool {
    !matches!(kind, ExprKind::Day(_) | ExprKind::YearDay { year: None, .. } | ExprKind::PeriodStart | ExprKind::PeriodEnd)
}

/// Whether an event serves another instance than the one that is judged.
pub fn serves_another<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    event: Row,
) -> bool {
    if wanted.conditions == Conditions::OnTheDayOfTheAct {
        return false;
    }
    let (own, by) = if let (true, None, Some(period)) = (may_roam(case), wanted.counted_for, case.instance.period) {
        (Serves::Period(period), By::Window)
    } else if let Some(var) = told_by_order(case, wanted) {
        (Serves::Subject(judge.ask.var(var)), By::Order)
    } else {
        return false;
    };
    let Some(assigned) = assigned(judge, case, wanted, by) else { return false };
    // Where no window reaches past its period, an event's day tells its period.
    let tells = by == By::Window && assigned.windows.is_empty();
    !tells && assigned.serves.get(&event).is_some_and(|serves| *serves != own)
}

/// What tells which instance an event serves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Window,
    Order,
}

/// Which instance each event serves; worked out once for all instances.
fn assigned<'j, 'w, T: Trace>(
    judge: &'j mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    by: By,
) -> Option<&'j Assigned> {
    let option = wanted.option.map(|(field, option)| (field, option.to_owned()));
    let of = match by {
        By::Window => {
            let subject = case.instance.subject.map(|(_, row)| row);
            (case.body.span, option, subject, case.instance.bearer)
        }
        By::Order => (case.body.span, option, None, Holder::TheOne),
    };
    let known = judge.assignments.iter().position(|one| one.of == of);
    let at = match known {
        Some(at) => at,
        None => {
            judge.ask.trace.hush();
            let rows = judge.ask.vars.clone();
            let before = (judge.ask.period, judge.ask.on, judge.ask.by);
            let (serves, windows) = match by {
                By::Window => by_window(judge, case, wanted),
                By::Order => (by_order(judge, case, wanted), Vec::new()),
            };
            judge.ask.vars = rows;
            (judge.ask.period, judge.ask.on, judge.ask.by) = before;
            judge.ask.trace.speak();
            judge.assignments.push(Assigned { of, serves, windows });
            judge.assignments.len().saturating_sub(1)
        }
    };
    judge.assignments.get(at)
}

/// Whether an event of some day in a span could be late for an instance: on a day that no window holds.
pub fn may_be_late<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    (first, last): (Day, Day),
) -> bool {
    if wanted.counted_for.is_some() || !roams(judge, case, wanted) {
        return true;
    }
    let Some(assigned) = assigned(judge, case, wanted, By::Window) else { return true };
    let mut next = first;
    for (from, through) in &assigned.windows {
        if next > last || *from > next {
            break;
        }
        next = next.max(through.plus_days(1));
    }
    next <= last
}

/// The events that certainly count, in the order of their days.
fn events<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Vec<(Day, Row, Deed)> {
    let mut events = Vec::new();
    for row in judge.ask.world.facts.rows(wanted.events.record) {
        let deed = deed(&mut judge.ask, case, wanted, row);
        if let (Truth::Yes, Some(day)) = (deed.right, deed.day.and_then(DayBounds::exact)) {
            events.push((day, row, deed));
        }
    }
    events.sort_by_key(|(day, row, _)| (*day, *row));
    events
}

struct Claim {
    serves: Serves,
    first: Day,
    last: Day,
    field: Field,
    lacks: usize,
}

fn by_order<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> BTreeMap<Row, Serves> {
    let mut claims = subjects(judge, case, wanted);
    let events = events(judge, case, wanted);
    let of_subjects = case.subject().is_some_and(|(of, _)| of.record == wanted.events.record);
    let mut serves = BTreeMap::new();
    for how in [Counts::InTime, Counts::Late] {
        for claim in &mut claims {
            for (_, row, deed) in &events {
                let own = of_subjects && claim.serves == Serves::Subject(*row);
                if claim.lacks > 0 && !own && !serves.contains_key(row) && claim.field.counts(*deed) == how {
                    serves.insert(*row, claim.serves);
                    claim.lacks = claim.lacks.saturating_sub(1);
                }
            }
        }
    }
    serves
}

/// The subjects that the clause reaches, in the order of their last days.
fn subjects<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Vec<Claim> {
    let Some(of) = case.norm.subjects.first() else { return Vec::new() };
    let lacks = needed(&case.body.test);
    let mut claims: Vec<Claim> = Vec::new();
    for subject in judge.ask.world.facts.rows(of.record) {
        judge.ask.bind(of.var, subject);
        let by = judge.ask.world.as_of;
        let on = judge.ask.own_day(of.record, subject).and_then(DayBounds::exact).unwrap_or(by);
        let reached = judge.ask.asked(on, by, |ask| ask.holds(&of.filter));
        if judge.ask.world.cancelled(of.record, subject).is_yes() || !reached.is_yes() {
            continue;
        }
        let frame = judge.ask.asked(on, by, |ask| ask.frame(case.body, None));
        let none = |edge: EdgeDay| matches!(edge, EdgeDay::NoDay | EdgeDay::NoSuchDay | EdgeDay::NotYet);
        let happened = judge.ask.world.day_of(of.record, subject) != Some(Val::Absent);
        if !happened || none(frame.first) || none(frame.last) {
            continue;
        }
        claims.push(claim(judge, case, wanted, (Serves::Subject(subject), frame, lacks)));
    }
    claims.sort_by_key(|claim| claim.last);
    claims
}

fn claim<'w, T: Trace>(
    judge: &Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    (serves, frame, lacks): (Serves, crate::evaluate::expr::edges::Frame, usize),
) -> Claim {
    let since = if case.names_subject(wanted.events) { case.life.bearer_since } else { case.life.since };
    let as_of = judge.ask.world.as_of;
    let field = Field { frame, period: None, since, until: Day::MAX, as_of, enough: None };
    let (first, last) = (frame.first_bounds().0, frame.last_bounds().0);
    Claim { serves, first, last, field, lacks }
}

/// Events by the windows of a cycle's periods.
fn by_window<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
) -> (BTreeMap<Row, Serves>, Vec<(Day, Day)>) {
    let lacks = needed(&case.body.test);
    let periods: Vec<CyclePeriod> = judge.periods_of(case.norm);
    let mut claims = Vec::new();
    let mut reaches_out = false;
    for period in periods {
        judge.ask.period = Some(period);
        let frame = judge.ask.frame(case.body, None);
        if let EdgeDay::On(last) = frame.last {
            reaches_out |= last.last > period.last() || last.first < period.first();
            claims.push(claim(judge, case, wanted, (Serves::Period(period), frame, lacks)));
        }
    }
    judge.ask.period = case.instance.period;
    if !reaches_out {
        return (BTreeMap::new(), Vec::new());
    }
    claims.sort_by_key(|claim| (claim.first, claim.last));
    let events = events(judge, case, wanted);
    let mut serves = BTreeMap::new();
    for (day, row, deed) in events {
        let holds = claims.iter().position(|claim| claim.lacks > 0 && claim.field.counts(deed) == Counts::InTime);
        let begun = claims.iter().any(|claim| claim.first <= day && day <= claim.last);
        let overdue = || claims.iter().position(|claim| claim.lacks > 0 && claim.last < day).filter(|_| !begun);
        // One that no instance lacks any more is left over with the first whose window holds it.
        let spare = || claims.iter().position(|claim| claim.first <= day && day <= claim.last);
        if let Some(claim) = holds.or_else(overdue).or_else(spare).and_then(|at| claims.get_mut(at)) {
            claim.lacks = claim.lacks.saturating_sub(1);
            serves.insert(row, claim.serves);
        }
    }
    (serves, claims.iter().map(|claim| (claim.first, claim.last)).collect())
}

/// The variable of the subjects, where only order tells which subject an event serves.
fn told_by_order(case: &Case, wanted: Wanted) -> Option<Var> {
    let [of] = case.norm.subjects.as_slice() else { return None };
    let each = matches!(case.norm.bearer, Some(Bearer::Each(_) | Bearer::EachOf(_)));
    let told = each || case.norm.cycle.is_some();
    (!told && !wanted.events.filter.mentions(of.var)).then_some(of.var)
}

/// How many events an instance needs.
fn needed(test: &NormTest) -> usize {
    let times = match test {
        NormTest::Happens { count: Count::Times { limit: Limit::AtLeast | Limit::Exactly, times }, .. } => times,
        _ => return 1,
    };
    let number = match &times.kind {
        ExprKind::Number(number) => Number::to_i64(number),
        _ => None,
    };
    number.and_then(|times| usize::try_from(times).ok()).unwrap_or(1)
}
