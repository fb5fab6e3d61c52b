//! When things change: memberships and lasting records begin and end, dated values and fields over time take other values,
//! events happen. Between two such days every answer stays what it is, so asking on them is enough.

use std::collections::BTreeSet;

use crate::facts::{Cell, CellId, CellValue, Row};
use crate::model::DefinitionBody;
use crate::model::clause::{Bearer, CycleOf, Edge, When};
use crate::model::expr::Row as RowOf;
use crate::model::expr::{
    Asks, ClauseId, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, FieldOf, On, Set, Test, ValueId, Var,
};
use crate::model::schema::{FieldId, RecordId, Shape};
use crate::plan::{Body, Norm, NormTest, Trigger};
use crate::value::{Cycle, CyclePeriod, Day};
use crate::verdict::{Holder, Said};

use super::ask::{Ask, Found, for_reasons, of_clause};
use super::form::Reckoned;
use super::frame::EdgeDay;
use super::judged::{as_judged, member_as_decided};
use super::readings::{may_differ, taken_as};
use super::terms::term_that_holds;
use crate::evaluate::expr::formality::formal;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::{Truth, of_readings};
use crate::evaluate::knowledge::world::{GHOST, happened, same_for_all};
use crate::evaluate::norms::case::has_window;
use crate::evaluate::trace::{Trace, mark_of, reason};

/// When somebody is a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberDays {
    pub from: EdgeDay,
    /// The first day out.
    pub until: EdgeDay,
    /// Whether the conditions of the membership held on the day of joining. Where they did not, it is no member.
    pub admitted: Truth,
}

impl<'w, T: Trace> Ask<'w, T> {
    /// Whether a row is a member under a membership clause on a day.
    pub fn member(&mut self, clause: ClauseId, row: Row, on: Day) -> Truth {
        if row == GHOST {
            return Truth::Open;
        }
        self.trace.open();
        let mark = self.trace.mark();
        let days = self.member_days(clause, row);
        let truth = match days {
            Some(days) if days.admitted == Truth::Person => {
                let norm = match days.from {
                    EdgeDay::On(from) => self.law.wording_on(clause, from.first),
                    _ => self.law.wording_on(clause, on),
                };
                let readings = norm.map_or(Vec::new(), |norm| each_reading(self, norm, row));
                of_readings(readings.into_iter().map(|days| days.on(on)))
            }
            // Before the clause came into force there is no such membership.
            Some(_) if begins_later(self, clause).is_some_and(|since| on < since) => Truth::No,
            Some(days) => days.on(on),
            None => Truth::Open,
        };
        if truth != Truth::Open {
            self.trace.forget(mark);
        }
        let place = self.world.plan.clause(clause).map(|clause| clause.name_span);
        self.trace.close(|| {
            let (from, last) = days.map_or((None, None), |days| (days.from.exact(), days.last().exact()));
            reason(Said::Membership { member: mark_of(truth), from, last }, mark_of(truth), place)
        });
        truth
    }

    /// From when until when a row is a member.
    pub fn member_days(&mut self, clause: ClauseId, row: Row) -> Option<MemberDays> {
        let first = self.law.wording_on(clause, Day::MIN)?;
        let days = member_days_under(self, first, row)?;
        let several = self.world.plan.norms_of(clause).nth(1).is_some();
        // Whoever joins does so under the wording of that day.
        let days = match days.from {
            EdgeDay::On(from) if several => {
                let (early, late) = (self.law.wording_on(clause, from.first)?, self.law.wording_on(clause, from.last)?);
                let under = member_days_under(self, early, row)?;
                let same = std::ptr::eq(early, late) || member_days_under(self, late, row)? == under;
                MemberDays { admitted: if same { under.admitted } else { Truth::Open }, ..under }
            }
            _ => days,
        };
        Some(match self.law.ended_on(clause).filter(|end| *end <= self.world.as_of) {
            Some(end) => days.through(end),
            None => days,
        })
    }

    /// Whether `if` holds and no `unless` does, on the day that is asked about.
    pub fn applies(&mut self, conditions: &'w [When]) -> Truth {
        let one = |ask: &mut Self, when: &'w When| match when {
            When::If(condition) => ask.holds(condition),
            When::Unless(condition) => ask.holds(condition).opposite(),
        };
        let mut truth = Truth::Yes;
        let mut conditions = conditions.iter();
        for when in conditions.by_ref() {
            truth = truth.and(one(self, when));
            if truth.is_no() {
                break;
            }
        }
        if T::ON {
            for_reasons(self, |ask| {
                for when in conditions {
                    one(ask, when);
                }
            });
        }
        truth
    }

    /// The first of some days, and each later one on which the answer to a condition can change.
    pub fn changes_of(&mut self, condition: &'w Cond, first: Day, last: Day) -> Vec<Day> {
        self.changes(first, last, |walk, ask| walk.condition(ask, condition))
    }

    pub fn changes_of_value(&mut self, value: &'w Expr, first: Day, last: Day) -> Vec<Day> {
        self.changes(first, last, |walk, ask| walk.value(ask, value))
    }

    /// The same for whatever is walked over.
    pub fn changes(&mut self, first: Day, last: Day, look: impl FnOnce(&mut Walk, &mut Self)) -> Vec<Day> {
        let mut walk = Walk { first, last, days: BTreeSet::from([first]), seen: BTreeSet::new() };
        self.trace.hush();
        // Whichever day is asked about: by the as-of day most is known of what changes.
        let as_of = self.world.as_of;
        self.asked(as_of, as_of, |ask| look(&mut walk, ask));
        self.trace.speak();
        walk.days.into_iter().collect()
    }
}

/// The first of some days, and each later one on which it can change whether a row is in a set.
pub fn changes_of_set<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (record, row): (RecordId, Row),
    set: &'w Set,
    (first, last): (Day, Day),
) -> Vec<Day> {
    ask.changes(first, last, |walk, ask| walk.set(ask, record, row, set))
}

/// The days of change among those that a day may be.
pub fn changes_on<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    days: DayBounds,
    look: impl Fn(&mut Walk, &mut Ask<'w, T>),
) -> Vec<Day> {
    days.spans().flat_map(|(first, last)| ask.changes(first, last, &look)).collect()
}

/// The first day of force of a clause that comes into force after the agreement.
pub fn begins_later<'w, T: Trace>(ask: &Ask<'w, T>, clause: ClauseId) -> Option<Day> {
    Some(ask.law.first_day(clause)).filter(|since| *since > ask.world.plan.force.from)
}

/// The days of membership under a wording.
fn member_days_under<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, row: Row) -> Option<MemberDays> {
    let readings = each_reading(ask, norm, row);
    let first = readings.first().copied()?;
    // Where readings differ, what hangs on them is judged by each; without that, a person has to say who is a member when.
    let same = readings.iter().all(|other| *other == first);
    if !same {
        may_differ(ask, norm.clause);
    }
    Some(if same { first } else { MemberDays { admitted: Truth::Person, ..first } })
}

fn each_reading<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, row: Row) -> Vec<MemberDays> {
    let bodies = taken_as(ask, norm);
    let mut all = Vec::with_capacity(bodies.len());
    for body in bodies {
        let NormTest::Member(lasting) = &body.test else { continue };
        // From when until when, the as-of day tells, whichever day it is asked for.
        let days = as_known_now(ask, (norm.clause, row), |ask| {
            let from = match ask.value(&lasting.from) {
                Val::Absent => EdgeDay::NotYet,
                other => other.day_bounds().map_or(EdgeDay::Unknown, EdgeDay::On),
            };
            let until = match &lasting.until {
                None => EdgeDay::None,
                Some(edge) => first_day_out(ask, (norm, row), from, edge),
            };
            MemberDays { from, until, admitted: admitted(ask, norm, (body, row), from) }
        });
        all.extend(days);
    }
    all
}

/// Looks at a row of a membership with all that is known of it by the as-of day.
fn as_known_now<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    (membership, row): (ClauseId, Row),
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> Option<R> {
    let (as_of, plan) = (ask.world.as_of, ask.world.plan);
    let record = plan.norms_of(membership).find_map(|(_, norm)| norm.subjects.first()).map(|of| of.record);
    let before = (ask.whose, ask.named.take());
    ask.whose = [record.map(|record| (record, row)), None];
    let found = ask.aside(&[row], |ask| of_clause(ask, membership, |ask| ask.asked(as_of, as_of, look)));
    (ask.whose, ask.named) = before;
    found
}

/// The first day out. A day that is not given and tells it, whether as it stands or counted from, is none before the day of joining.
fn first_day_out<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, row): (&Norm, Row),
    from: EdgeDay,
    edge: &'w Edge,
) -> EdgeDay {
    let (EdgeDay::On(joined), Some(of)) = (from, norm.subjects.first()) else { return ask.edge(edge, Reckoned::Day) };
    // What definitions came to without that is another matter.
    let answers = ask.known.set_aside();
    let before = ask.world.joined.replace((of.record, row, joined));
    let until = ask.edge(edge, Reckoned::Day);
    ask.world.joined = before;
    ask.known.take_back(answers);
    until
}

/// Whether a row is a member on the day on which it exercises a right of members. Where the membership ends with a right's effect, only
/// whether it had begun is asked: the effect is what is being worked out.
pub fn joined_by<'w, T: Trace>(ask: &mut Ask<'w, T>, membership: ClauseId, row: Row, day: Day) -> Truth {
    if begins_later(ask, membership).is_some_and(|since| day < since) {
        return Truth::No;
    }
    let wordings = wordings_of_joining(ask, membership, row);
    let each: Vec<Truth> = wordings.into_iter().map(|norm| joined_under(ask, norm, row, day)).collect();
    same_for_all(each.into_iter())
}

/// The wordings of a membership under which a row may have joined: those of the day on which it did.
fn wordings_of_joining<'w, T: Trace>(ask: &mut Ask<'w, T>, membership: ClauseId, row: Row) -> Vec<&'w Norm> {
    let all: Vec<&'w Norm> = ask.world.plan.norms_of(membership).map(|(_, norm)| norm).collect();
    if all.len() < 2 {
        return all;
    }
    let Some(first) = ask.law.wording_on(membership, Day::MIN) else { return all };
    let mut each = taken_as(ask, first).iter();
    let from =
        each.find_map(|body| if let NormTest::Member(lasting) = &body.test { Some(&lasting.from) } else { None });
    let Some(from) = from else { return all };
    let joined = as_known_now(ask, (membership, row), |ask| ask.value(from)).and_then(|from| from.day_bounds());
    let Some(joined) = joined else { return all };
    let of_days = [joined.first, joined.last].map(|day| ask.law.wording_on(membership, day));
    let (Some(early), Some(late)) = (of_days[0], of_days[1]) else { return all };
    let may = |norm: &&'w Norm| {
        let days = ask.law.chosen(norm);
        std::ptr::eq(*norm, early)
            || std::ptr::eq(*norm, late)
            || (joined.first < days.from && days.from <= joined.last)
    };
    all.into_iter().filter(may).collect()
}

fn joined_under<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, row: Row, day: Day) -> Truth {
    let mut each = Vec::new();
    for body in taken_as(ask, norm) {
        let NormTest::Member(lasting) = &body.test else { continue };
        let on = DayBounds::exactly(day);
        let found = as_known_now(ask, (norm.clause, row), |ask| {
            let from = match ask.value(&lasting.from) {
                Val::Absent => return Truth::No,
                other => other.day_bounds().map_or(EdgeDay::Unknown, EdgeDay::On),
            };
            let begun = if let EdgeDay::On(from) = from { on.before(from).opposite() } else { Truth::Open };
            if begun.is_no() {
                return begun;
            }
            let begun = begun.and(admitted(ask, norm, (body, row), from));
            match lasting.until.as_ref().filter(|until| !begun.is_no() && !ends_by_effect(until)) {
                Some(until) => match first_day_out(ask, (norm, row), from, until) {
                    EdgeDay::On(until) => begun.and(on.before(until)),
                    EdgeDay::NotYet | EdgeDay::NoDay | EdgeDay::None => begun,
                    _ => begun.and(Truth::Open),
                },
                None => begun,
            }
        });
        each.push(found.unwrap_or(Truth::Open));
    }
    of_readings(each)
}

/// The days on which it can change whether a row has joined a membership, or has left it otherwise than by the effect of a right.
pub fn edges_of_membership<'w, T: Trace>(ask: &mut Ask<'w, T>, membership: ClauseId, row: Row) -> Vec<Day> {
    let norms: Vec<&'w Norm> = ask.world.plan.norms_of(membership).map(|(_, norm)| norm).collect();
    let mut days = vec![ask.law.first_day(membership)];
    for body in norms.into_iter().flat_map(|norm| &norm.bodies) {
        let NormTest::Member(lasting) = &body.test else { continue };
        let until = lasting.until.as_ref().filter(|until| !ends_by_effect(until));
        let edges = as_known_now(ask, (membership, row), |ask| {
            let from = ask.value(&lasting.from).day_bounds();
            let until = until.map(|until| ask.edge(until, Reckoned::Day));
            let until = until.and_then(|until| if let EdgeDay::On(day) = until { Some(day) } else { None });
            [from, until]
        });
        days.extend(edges.into_iter().flatten().flatten().flat_map(|day| [day.first, day.last]));
    }
    days.iter().flat_map(|day| [*day, day.following()]).collect()
}

fn ends_by_effect(edge: &Edge) -> bool {
    match edge {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) | Edge::Lapse { anchor: day, .. } => has_effect(day),
        _ => false,
    }
}

/// Whether a day is told by the effect of a right.
fn has_effect(day: &Expr) -> bool {
    match &day.kind {
        ExprKind::EffectOf(_) => true,
        ExprKind::Shift { day, .. } => has_effect(day),
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().any(has_effect),
        _ => false,
    }
}

/// Whether the conditions of a membership hold on the day of joining, and no exception to it applies then.
fn admitted<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, (body, row): (&'w Body, Row), from: EdgeDay) -> Truth {
    let plain = body.form.is_empty() && body.attested_by.is_none() && body.judged_by.is_none();
    if body.conditions.is_empty() && norm.yields_to.is_empty() && plain {
        return Truth::Yes;
    }
    let as_of = ask.world.as_of;
    let joined = match from {
        EdgeDay::On(day) => day,
        EdgeDay::Unknown => DayBounds::within(Day::MIN, as_of),
        _ => DayBounds::exactly(as_of),
    };
    let days = match joined.exact() {
        Some(day) => vec![day],
        None => ask.changes(joined.first, joined.last, |walk, ask| {
            walk.add(joined.last);
            walk.conditions(ask, &body.conditions);
            for clause in &norm.yields_to {
                for (_, other) in ask.world.plan.norms_of(*clause) {
                    walk.exception(ask, (*clause, other), row);
                }
            }
        }),
    };
    let on_a_day = |day: Day| {
        let applies = ask.asked_on(day, |ask| ask.applies(&body.conditions));
        if applies.is_no() { applies } else { applies.and(excepted(ask, norm, row, day).opposite()) }
    };
    let truths: Vec<Truth> = days.into_iter().map(on_a_day).collect();
    let mut truth = same_for_all(truths.into_iter());
    let Some(of) = norm.subjects.first() else { return truth };
    if !body.form.is_empty() && !truth.is_no() {
        truth = truth.and(formal(ask, &body.form, of.record, row));
    }
    // What people make of it is told of the membership itself as such.
    if ask.by_text || truth.is_no() {
        return truth;
    }
    let id = ask.world.facts.id(of.record, row);
    let since = if let EdgeDay::On(day) = from { Some(day.first) } else { None };
    member_as_decided(ask, (norm, body), (id, since), truth)
}

/// Whether an exception to a membership, or to a right that a field exercises, applies to a row on a day: another membership, where it
/// is a member of that one.
pub fn excepted<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, row: Row, day: Day) -> Truth {
    let mut any = Truth::No;
    for clause in &norm.yields_to {
        if let Some(other) = exception_on(ask, norm, *clause, day) {
            any = any.or(goes_before(ask, (*clause, other), row, day));
        }
    }
    any
}

/// The wording of another clause that is in force on a day, where it goes before one.
fn exception_on<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, clause: ClauseId, day: Day) -> Option<&'w Norm> {
    let other = ask.law.wording_on(clause, day)?;
    (ask.law.chosen(other).contains(day) && norm.gives_way_before(other)).then_some(other)
}

/// Whether an exception to a clause applies to a case of some rows on a day: to the row of which it speaks. Where it speaks of none of
/// them, that is open.
fn lets_off_one_of<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    (subject, rows): ((RecordId, Row), &[(RecordId, Row)]),
    day: Day,
) -> Truth {
    let mut any = Truth::No;
    for clause in &norm.yields_to {
        let Some(other) = exception_on(ask, norm, *clause, day) else { continue };
        let before = ask.vars.clone();
        // It speaks of its subject, or of each of its bearers.
        let bearer = match &other.bearer {
            Some(Bearer::Each(of)) if other.subjects.is_empty() => Some(of),
            _ => None,
        };
        let applies = match other.subjects.first().or(bearer) {
            None => goes_before(ask, (*clause, other), subject.1, day),
            Some(of) => match rows.iter().chain([&subject]).find(|(record, _)| *record == of.record) {
                Some((_, row)) => {
                    ask.bind(of.var, *row);
                    let binds = match bearer {
                        Some(of) => of_clause(ask, *clause, |ask| ask.asked_on(day, |ask| ask.holds(&of.filter))),
                        None => Truth::Yes,
                    };
                    binds.and(goes_before(ask, (*clause, other), *row, day))
                }
                None => Truth::Open,
            },
        };
        ask.vars = before;
        any = any.or(applies);
    }
    any
}

fn goes_before<'w, T: Trace>(ask: &mut Ask<'w, T>, (clause, other): (ClauseId, &'w Norm), row: Row, day: Day) -> Truth {
    let due = is_due_otherwise(ask, other, row);
    if due.is_no() {
        return due;
    }
    if other.is_membership() {
        return ask.member(clause, row, day).and(due);
    }
    let holds = |ask: &mut Ask<'w, T>, body: &'w Body| {
        let applies = ask.asked_on(day, |ask| ask.applies(&body.conditions));
        let applies = as_judged(ask, other, applies);
        if applies.is_no() { applies } else { applies.and(lies_in_its_window(ask, (other, body), day)) }
    };
    let applies = of_clause(ask, clause, |ask| {
        let reached = match other.subjects.first() {
            Some(of) => ask.asked_on(day, |ask| ask.holds(&of.filter)),
            None => Truth::Yes,
        };
        let each: Vec<Truth> = other.bodies.iter().map(|body| holds(ask, body)).collect();
        reached.and(of_readings(each))
    });
    let applies = if applies.is_no() { applies } else { applies.and(excepted(ask, other, row, day).opposite()) };
    applies.and(due)
}

/// Whether an exception for a row is due, where it becomes so only otherwise.
fn is_due_otherwise<'w, T: Trace>(ask: &Ask<'w, T>, other: &Norm, row: Row) -> Truth {
    if other.trigger == Trigger::Always {
        return Truth::Yes;
    }
    let bearer = match &other.bearer {
        Some(Bearer::Each(of)) => Holder::Row(of.record, row),
        _ => Holder::TheOne,
    };
    let subject = other.subjects.first().map(|_| row);
    ask.known.is_due(&(other.clause, subject, bearer, None))
}

/// Whether a day lies in the window of a right or a ban that goes before another clause; of any other, on each day.
fn lies_in_its_window<'w, T: Trace>(ask: &mut Ask<'w, T>, (norm, body): (&'w Norm, &'w Body), day: Day) -> Truth {
    let open = body.window.first.is_none() && matches!(body.window.last, Edge::Open | Edge::Never);
    if !norm.speaks_in_its_window() || !has_window(&body.test) || open {
        return Truth::Yes;
    }
    if let Some(CycleOf::EachTerm(term)) = &norm.cycle {
        return term_that_holds(ask, (*term, body), day).map_or(Truth::Open, |(_, holds)| holds);
    }
    match period_of(norm, day) {
        Some(period) => in_period(ask, period, |ask| ask.frame(body, None)).holds(day),
        // On which days its periods lie is not told by the calendar.
        None => Truth::Open,
    }
}

/// The period of a clause's that holds a day, with its cycle; nothing of a clause without one, and unknown where the calendar does not
/// tell it.
#[expect(clippy::option_option, reason = "no cycle, or one that is not known, are two things")]
fn period_of(norm: &Norm, day: Day) -> Option<Option<(CyclePeriod, Cycle)>> {
    match &norm.cycle {
        None => Some(None),
        Some(CycleOf::Calendar(cycle)) => Some(cycle.period_at(day).map(|period| (period, *cycle))),
        Some(CycleOf::Counted { .. } | CycleOf::YearOfTerm(_) | CycleOf::EachTerm(_)) => None,
    }
}

fn in_period<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    period: Option<(CyclePeriod, Cycle)>,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let before = (ask.period, ask.cycle);
    (ask.period, ask.cycle) = (period.map(|(period, _)| period), period.map(|(_, cycle)| cycle));
    let found = ask.quietly(look);
    (ask.period, ask.cycle) = before;
    found
}

impl<'w, T: Trace> Ask<'w, T> {
    /// Whether an exception to a clause applies to its subject, or to another row of the case, on a day.
    pub fn lets_off(&mut self, norm: &'w Norm, subject: (RecordId, Row), rows: &[(RecordId, Row)], day: Day) -> Truth {
        if norm.yields_to.is_empty() { Truth::No } else { lets_off_one_of(self, norm, (subject, rows), day) }
    }
}

impl Walk {
    /// The days on which it can change whether an exception applies to a row: see [`excepted`].
    fn exception<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, (clause, other): (ClauseId, &'w Norm), row: Row) {
        let force = ask.law.chosen(other);
        [force.from, force.until].into_iter().for_each(|day| self.add(day));
        if let Some(of) = other.subjects.first() {
            self.condition(ask, &of.filter);
            if other.is_membership() {
                self.row_changes(ask, of.record, row, Some(clause));
            }
        }
        for body in &other.bodies {
            self.conditions(ask, &body.conditions);
            if other.speaks_in_its_window() && has_window(&body.test) {
                self.windows(ask, (other, body));
            }
        }
    }

    /// The first days of the windows of a clause, and the days after their last: of each of its periods by the calendar.
    pub fn windows<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, (norm, body): (&'w Norm, &'w Body)) {
        let mut periods = vec![None];
        if let Some(CycleOf::Calendar(cycle)) = &norm.cycle {
            let until = self.last.min(ask.world.as_of).following();
            let all = cycle.between(self.first, until).take(ask.world.plan.most_periods);
            periods = all.map(|period| Some((period, *cycle))).collect();
        }
        for period in periods {
            let frame = in_period(ask, period, |ask| ask.frame(body, None));
            for (edge, after) in [(frame.first, 0), (frame.last, 1)] {
                if let EdgeDay::On(day) = edge {
                    [day.first, day.last].into_iter().for_each(|day| self.add(day.plus_days(after)));
                }
            }
        }
    }
}

impl MemberDays {
    /// The same, where the membership itself has ended: nobody is a member from that day on.
    fn through(self, end: Day) -> MemberDays {
        let until = match self.until {
            EdgeDay::On(day) => EdgeDay::On(DayBounds::within(day.first.min(end), day.last.min(end))),
            EdgeDay::None | EdgeDay::NotYet | EdgeDay::NoDay => EdgeDay::On(DayBounds::exactly(end)),
            EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::NoSuchDay => {
                let first = if let EdgeDay::On(from) = self.from { from.first.min(end) } else { Day::MIN };
                EdgeDay::On(DayBounds::within(first, end))
            }
        };
        MemberDays { until, ..self }
    }

    /// The last day of membership, where one has been told.
    pub fn last(self) -> EdgeDay {
        match self.until {
            EdgeDay::On(day) => EdgeDay::On(DayBounds::within(day.first.preceding(), day.last.preceding())),
            other => other,
        }
    }

    /// Whether one whose membership has these days is a member on a day.
    pub fn on(self, on: Day) -> Truth {
        let begun = match self.from {
            EdgeDay::On(day) => happened(&Val::Day(day), on),
            EdgeDay::NotYet | EdgeDay::NoDay => Truth::No,
            EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None | EdgeDay::NoSuchDay => Truth::Open,
        };
        let ended = match self.until {
            EdgeDay::On(day) => happened(&Val::Day(day), on),
            EdgeDay::NotYet | EdgeDay::NoDay | EdgeDay::None => Truth::No,
            EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::NoSuchDay => Truth::Open,
        };
        self.admitted.and(begun).and(ended.opposite())
    }
}

/// A walk over an expression in search of days on which it can change.
pub struct Walk {
    first: Day,
    last: Day,
    days: BTreeSet<Day>,
    /// Definitions that were walked over, with their rows.
    seen: BTreeSet<(DefinitionId, Option<Row>)>,
}

impl Walk {
    pub fn add(&mut self, day: Day) {
        if self.first < day && day <= self.last {
            self.days.insert(day);
        }
    }

    /// A day that may be any of several: it can have come on each of them.
    pub fn bounds(&mut self, day: DayBounds) {
        if day.exact().is_some() {
            self.add(day.first);
            self.add(day.first.plus_days(1));
            return;
        }
        for one in [day.first, day.last] {
            self.add(one);
            self.add(one.plus_days(1));
        }
        if let Some((from, through)) = day.outside {
            self.add(from);
            self.add(through.plus_days(1));
        }
    }

    fn known(&mut self, value: &Val) {
        match value {
            Val::Day(day) => self.bounds(*day),
            Val::OneOf(values) => values.iter().for_each(|one| self.known(one)),
            _ => {}
        }
    }

    pub fn conditions<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, conditions: &'w [When]) {
        for when in conditions {
            match when {
                When::If(condition) | When::Unless(condition) => self.condition(ask, condition),
            }
        }
    }

    pub fn condition<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, condition: &'w Cond) {
        match &condition.kind {
            CondKind::Always | CondKind::Judged { .. } => {}
            CondKind::And(parts) | CondKind::Or(parts) => {
                parts.iter().for_each(|part| self.condition(ask, part));
            }
            CondKind::Not(inner) => self.condition(ask, inner),
            CondKind::Test(test) => self.asks(ask, &test.asks),
            CondKind::All { of, test } => self.rows(ask, of, |walk, ask| walk.condition(ask, test)),
            CondKind::Some(of) => self.collection(ask, of),
            CondKind::Defined { definition, row } => self.definition(ask, *definition, Some(row)),
            CondKind::OnDay { day, .. } => self.value(ask, day),
        }
    }

    fn asks<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, asks: &'w Asks) {
        match asks {
            Asks::Given(field) => self.field(ask, field, Whether::Given),
            Asks::Before(a, b) => {
                [a, b].into_iter().for_each(|one| self.value(ask, one));
                // By which day of rows one is reached, or passed, the other tells.
                if is_day_of_rows(a) || is_day_of_rows(b) {
                    for side in [a, b] {
                        let value = ask.quietly(|ask| ask.value(side));
                        self.known(&value);
                    }
                }
            }
            Asks::Less(a, b) => [a, b].into_iter().for_each(|one| self.value(ask, one)),
            Asks::OneOf(a, options) => {
                self.value(ask, a);
                options.iter().for_each(|option| self.value(ask, option));
            }
            Asks::About { amount, least, most } => {
                [amount, least, most].into_iter().for_each(|one| self.value(ask, one));
            }
            Asks::Holds(set, items) | Asks::HoldsOnly(set, items) => {
                self.field(ask, set, Whether::Value);
                items.iter().for_each(|item| self.value(ask, item));
            }
            Asks::HoldsEach { set, options, .. } => {
                self.field(ask, set, Whether::Value);
                options.iter().for_each(|option| self.value(ask, option));
            }
            Asks::SameSet(one, other) => {
                self.field(ask, one, Whether::Value);
                self.field(ask, other, Whether::Value);
            }
            Asks::In { row, set, on } => {
                match on {
                    On::Then => {}
                    On::Day(day) => self.value(ask, day),
                    On::Throughout(from, to) => {
                        self.value(ask, from);
                        self.value(ask, to);
                    }
                }
                self.row(ask, row);
                for (found, row) in referents(ask, row, RecordId(0)) {
                    let record = match set {
                        Set::Rows(of) => of.record,
                        Set::Named { record, .. } => *record,
                        Set::Listed(_) => found,
                    };
                    self.set(ask, record, row, set);
                }
            }
        }
    }

    fn set<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, record: RecordId, row: Row, set: &'w Set) {
        match set {
            Set::Rows(of) => {
                self.row_changes(ask, record, row, of.members_of);
                ask.bind(of.var, row);
                self.condition(ask, &of.filter);
            }
            Set::Listed(field) => self.field(ask, field, Whether::Value),
            Set::Named { .. } => {}
        }
    }

    pub fn value<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, value: &'w Expr) {
        use ExprKind as K;
        match &value.kind {
            K::Day(_) | K::Number(_) | K::Money(_) | K::Text(_) | K::YesNo(_) | K::Id(..) | K::Actor(_) => {}
            K::NotStated | K::PeriodStart | K::PeriodEnd | K::BindsFrom | K::BindsThrough => {}
            K::TermStart(_) | K::TermEnd(_) => {}
            // Days of clauses are worked out from other days, which are walked over where they are asked about.
            K::DueDayOf(_) | K::EffectOf(_) => {}
            K::TheDay(condition) => self.condition(ask, condition),
            K::Field(field) | K::Held(field) => self.field(ask, field, Whether::Value),
            K::Row(row) => self.row(ask, row),
            K::YearDay { year, .. } => {
                if let Some(year) = year {
                    self.value(ask, year);
                }
            }
            K::Shift { day, .. } | K::OfDay(_, day) => self.value(ask, day),
            K::Plus(a, b) | K::Minus(a, b) | K::Times(a, b) | K::DividedBy(a, b) => {
                self.value(ask, a);
                self.value(ask, b);
            }
            K::DaysBetween(a, b) | K::WholeMonthsBetween(a, b) | K::WorkingDaysBetween(a, b) => {
                self.value(ask, a);
                self.value(ask, b);
            }
            K::EarliestOf(days) | K::LatestOf(days) => days.iter().for_each(|day| self.value(ask, day)),
            K::Count(of) => self.collection(ask, of),
            K::CountDifferent(what, of) | K::Sum(what, of) | K::Earliest(what, of) | K::Latest(what, of) => {
                self.rows(ask, of, |walk, ask| walk.value(ask, what));
            }
            K::Per { of, .. } => self.value(ask, of),
            K::Rounded { of, to, .. } => {
                self.value(ask, of);
                self.value(ask, to);
            }
            K::Value(id) => self.dated(ask, *id),
            K::Defined { definition, row } => self.definition(ask, *definition, row.as_ref()),
            K::OnDay { day, .. } => self.value(ask, day),
        }
    }

    fn dated<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, id: ValueId) {
        let Some(value) = ask.world.plan.value(id) else { return };
        for one in &value.amounts {
            one.from.into_iter().for_each(|from| self.add(from));
            self.value(ask, &one.amount);
        }
    }

    fn definition<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, id: DefinitionId, row: Option<&'w RowOf>) {
        let Some(definition) = ask.world.plan.definition(id) else { return };
        let rows = match row {
            None => vec![None],
            Some(row) => {
                self.row(ask, row);
                referents(ask, row, RecordId(0)).into_iter().map(|(_, row)| Some(row)).collect()
            }
        };
        for row in rows {
            if self.seen.insert((id, row)) {
                self.defined(ask, &definition.body, row);
            }
        }
    }

    fn defined<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, body: &'w DefinitionBody, row: Option<Row>) {
        let rows: Vec<Row> = row.into_iter().collect();
        ask.aside(&rows, |ask| match body {
            DefinitionBody::Condition(condition) => self.condition(ask, condition),
            DefinitionBody::Amount { cases, otherwise } => {
                for (condition, amount) in cases {
                    self.condition(ask, condition);
                    self.value(ask, amount);
                }
                self.value(ask, otherwise);
            }
            DefinitionBody::Listed(_) => {}
        });
    }

    pub fn collection<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, of: &'w Collection) {
        self.rows(ask, of, |_, _| {});
    }

    fn rows<'w, T: Trace>(
        &mut self,
        ask: &mut Ask<'w, T>,
        of: &'w Collection,
        mut inner: impl FnMut(&mut Walk, &mut Ask<'w, T>),
    ) {
        let mut imprecise: BTreeSet<(Day, Day)> = BTreeSet::new();
        // Rows that a comparison keeps out on all days change nothing.
        for row in ask.worth_a_look(of) {
            let own = self.row_changes(ask, of.record, row, of.members_of);
            let inexact = own.iter().flatten().filter_map(Val::day_bounds).filter(|day| day.exact().is_none());
            imprecise.extend(inexact.map(|day| (day.first, day.last)));
            ask.bind(of.var, row);
            self.condition(ask, &of.filter);
            inner(self, ask);
        }
        for span in ask.world.facts.table(of.record).map_or(&[][..], |table| &table.complete) {
            self.add(span.from);
            self.add(span.through.plus_days(1));
        }
        // On which of its days one lies, and one that nobody has written down, the filter may tell.
        if !imprecise.is_empty() && !self.compared(ask, (&of.filter, of.var), &mut BTreeSet::new()) {
            for (first, last) in imprecise.into_iter().filter(|(first, last)| first.days_until(*last) <= MOST_OF_A_DAY)
            {
                (0..=first.days_until(last)).for_each(|more| self.add(first.plus_days(more)));
            }
        }
        self.unlisted(ask, of);
    }

    /// The days on which it can change whether a row that nobody has written down passes a filter: those that it compares days with. Where
    /// it asks otherwise about an event's day, the first on which one can pass.
    fn unlisted<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, of: &'w Collection) {
        let event = ask.world.shape(of.record).is_event();
        let gaps = ask.world.gaps(of.record, if event { ask.since } else { self.first }, self.last);
        if gaps.is_empty() {
            return;
        }
        let plain = self.compared(ask, (&of.filter, of.var), &mut BTreeSet::new());
        self.add(self.last);
        for (from, through) in gaps.into_iter().filter(|_| event && !plain) {
            let (mut none, mut some) = (from.preceding(), through);
            if ask.ghost_passes(of, DayBounds::within(from, through)).is_no() {
                continue;
            }
            while none.following() < some {
                let amid = none.plus_days(none.days_until(some) / 2);
                let passes = ask.ghost_passes(of, DayBounds::within(from, amid));
                *(if passes.is_no() { &mut none } else { &mut some }) = amid;
            }
            self.add(some);
        }
    }

    /// Takes in the days that a filter compares days with; whether it asks about days of its own rows in no other way.
    fn compared<'w, T: Trace>(
        &mut self,
        ask: &mut Ask<'w, T>,
        (filter, own): (&'w Cond, Var),
        seen: &mut BTreeSet<DefinitionId>,
    ) -> bool {
        match &filter.kind {
            CondKind::And(parts) | CondKind::Or(parts) => {
                let each: Vec<bool> = parts.iter().map(|part| self.compared(ask, (part, own), seen)).collect();
                each.into_iter().all(|plain| plain)
            }
            CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => self.compared(ask, (inner, own), seen),
            CondKind::Test(Test { asks: Asks::Before(a, b), .. }) => {
                for side in [a, b].into_iter().filter(|side| !side.mentions(own)) {
                    let value = ask.quietly(|ask| ask.value(side));
                    self.known(&value);
                }
                [a, b].iter().all(|side| !side.mentions(own) || matches!(side.kind, ExprKind::Field(_)))
            }
            CondKind::Test(Test { asks, .. }) => match asks {
                Asks::Less(a, b) => [a, b]
                    .iter()
                    .all(|side| matches!(side.kind, ExprKind::Field(_) | ExprKind::Number(_) | ExprKind::Money(_))),
                Asks::OneOf(a, _) => !a.mentions(own) || matches!(a.kind, ExprKind::Field(_) | ExprKind::Row(_)),
                _ => true,
            },
            CondKind::Defined { definition, row: RowOf::Var(var) } if *var == own && seen.insert(*definition) => {
                match ask.world.plan.definition(*definition).map(|one| &one.body) {
                    Some(DefinitionBody::Condition(inner)) => self.compared(ask, (inner, Var(0)), seen),
                    _ => true,
                }
            }
            CondKind::Always | CondKind::Judged { .. } => true,
            CondKind::Defined { .. } | CondKind::All { .. } | CondKind::Some(_) => false,
        }
    }

    /// When a row happens, lasts or is a member; the days that it tells itself.
    pub fn row_changes<'w, T: Trace>(
        &mut self,
        ask: &mut Ask<'w, T>,
        record: RecordId,
        row: Row,
        members_of: Option<ClauseId>,
    ) -> [Option<Val<'w>>; 2] {
        let fields = match ask.world.shape(record) {
            Shape::Plain => [None, None],
            Shape::Event { on } => [Some(on), None],
            Shape::Lasts { from, to, .. } => [Some(from), Some(to)],
        };
        let own = fields.map(|field| Some(ask.world.field(CellId { record, row, field: field? }, ask.world.as_of)));
        own.iter().flatten().for_each(|value| self.known(value));
        if let Some(days) = members_of.and_then(|clause| ask.member_days(clause, row)) {
            for edge in [days.from, days.until] {
                match edge {
                    EdgeDay::On(day) => self.bounds(day),
                    _ => self.disputed_days(ask, record, row),
                }
            }
        }
        if let Some(clause) = members_of {
            self.membership(ask, clause, row);
        }
        own
    }

    /// The days on which it can change what is known of the first and the last day of a member, where other rows tell them.
    fn membership<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, clause: ClauseId, row: Row) {
        let bodies = ask.world.plan.norms_of(clause).flat_map(|(_, norm)| &norm.bodies);
        let ends = bodies.filter_map(|body| if let NormTest::Member(days) = &body.test { Some(days) } else { None });
        let day_of = |edge: &'w Edge| match edge {
            Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => Some(day),
            Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => Some(day),
            Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
        };
        let both = ends.flat_map(|days| [Some(&days.from), days.until.as_ref().and_then(day_of)]).flatten();
        for day in both.filter(|day| !is_plain(day)) {
            ask.aside(&[row], |ask| self.value(ask, day));
        }
    }

    /// The days that sources tell of a row where others tell another, or none.
    fn disputed_days<'w, T: Trace>(&mut self, ask: &Ask<'w, T>, record: RecordId, row: Row) {
        let fields = ask.world.plan.schema.record(record).map_or(0, |record| record.fields.len());
        for field in (0..fields).filter_map(|at| u16::try_from(at).ok()).map(FieldId) {
            let cell = CellId { record, row, field };
            let Cell::Disputed(values) = ask.world.cell(cell, ask.world.as_of) else { continue };
            for (value, _) in values.iter() {
                match value {
                    CellValue::Day(day) => self.bounds(DayBounds::exactly(*day)),
                    CellValue::Within(first, last) => self.bounds(DayBounds::within(*first, *last)),
                    _ => {}
                }
            }
        }
    }

    fn row<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, row: &'w RowOf) {
        match row {
            RowOf::Follow(field) => self.field(ask, field, Whether::Value),
            RowOf::Beside(beside) => self.row(ask, &beside.of),
            RowOf::Var(_) | RowOf::Agreement => {}
        }
    }

    fn field<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, field: &'w FieldOf, whether: Whether) {
        self.row(ask, &field.row);
        for (record, row) in referents(ask, &field.row, field.record) {
            if let Some(column) = ask.world.facts.column(record, field.field).filter(|_| row != GHOST) {
                column.changes(row).iter().for_each(|day| self.add(Day(*day)));
            }
        }
        if whether == Whether::Given {
            let value = ask.field(field);
            self.known(&value);
        }
    }
}

/// Whether a day is a plain one, a field, or counted from one.
fn is_plain(day: &Expr) -> bool {
    match &day.kind {
        ExprKind::Day(_) => true,
        ExprKind::Field(field) => matches!(field.row, RowOf::Var(_) | RowOf::Agreement),
        ExprKind::Shift { day, .. } | ExprKind::OfDay(_, day) => is_plain(day),
        ExprKind::YearDay { year, .. } => year.as_ref().is_none_or(|year| is_plain(year)),
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().all(is_plain),
        _ => false,
    }
}

/// Whether a day may be told by rows, of which more may come.
fn is_day_of_rows(day: &Expr) -> bool {
    match &day.kind {
        ExprKind::Earliest(..) | ExprKind::Latest(..) | ExprKind::TheDay(_) | ExprKind::Defined { .. } => true,
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().any(is_day_of_rows),
        ExprKind::Shift { day, .. } | ExprKind::OfDay(_, day) => is_day_of_rows(day),
        _ => false,
    }
}

/// So many days of one that is not exactly known are each looked at.
const MOST_OF_A_DAY: i32 = 400;

/// The rows that an expression names, or may name where it is not known which.
fn referents<'w, T: Trace>(ask: &mut Ask<'w, T>, row: &'w RowOf, record: RecordId) -> Vec<(RecordId, Row)> {
    match (ask.row(row, record), row) {
        (Found::Row(record, row), _) => vec![(record, row)],
        (Found::Unknown, RowOf::Follow(field)) => {
            let of = ask.world.plan.schema.field(field.record, field.field).and_then(|field| field.ty.referred());
            of.into_iter().flat_map(|of| ask.world.facts.rows(of).map(move |row| (of, row))).collect()
        }
        (Found::None | Found::Unknown, _) => Vec::new(),
    }
}

/// What is asked about a field: what it is, or whether it is there by now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whether {
    Value,
    Given,
}
