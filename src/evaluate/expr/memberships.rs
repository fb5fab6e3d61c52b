//! Memberships: from when until when somebody is a member, who was admitted, and what lets whom off.

use crate::facts::Row;
use crate::model::clause::{Bearer, CycleOf, Edge};
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, NormTest, Trigger};
use crate::value::{Cycle, CyclePeriod, Day};
use crate::verdict::{Holder, Mark, Missing, Said};

use super::ask::{Ask, leave_open, of_clause, what_is_open};
use super::exercised::is_waived;
use super::form::Reckoned;
use super::frame::{EdgeDay, MemberDays};
use super::history::in_period;
use super::in_work::{IN_ORDER_FROM, MOST_WAITING, Meanwhile, Part, Working};
use super::judged::{as_judged, member_as_decided};
use super::kept::KeptDays;
use super::leaning::{apart, leaning, working_out};
use super::readings::{may_differ, taken_as};
use super::terms::term_that_holds;
use crate::evaluate::expr::formality::formal;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::{Truth, of_readings};
use crate::evaluate::knowledge::world::{GHOST, happened, same_for_all};
use crate::evaluate::norms::case::has_window;
use crate::evaluate::trace::{Trace, mark_of, reason};

/// What is said where a membership rests on itself, of others that join on the same day for instance.
const WAITS_FOR_ITSELF: &str = "whether it is a member depends on the membership that is being decided here";

impl<'w, T: Trace> Ask<'w, T> {
    /// Whether a row is a member under a membership clause on a day.
    pub fn member(&mut self, clause: ClauseId, row: Row, on: Day) -> Truth {
        if row == GHOST {
            return Truth::Open;
        }
        self.trace.open();
        let mark = self.trace.mark();
        let early = !self.in_work.is_idle() && MemberDays::come_later(self, clause, row, on);
        let (days, leans_on) = if early { (None, None) } else { leaning(self, |ask| ask.member_days(clause, row)) };
        let truth = match days {
            None if early => Truth::No,
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
            Some(_) if self.law.is_in_a_gap(clause, on) => Truth::No,
            Some(days) => days.on(on),
            None => Truth::Open,
        };
        if truth != Truth::Open {
            self.trace.forget(mark);
        }
        let place = self.world.plan.clause(clause).map(|clause| clause.name_span);
        if truth == Truth::Open && leans_on.is_some() {
            self.trace.missing(|| Missing::Clause(clause));
            self.trace.say(|| reason(Said::Words(WAITS_FOR_ITSELF), Mark::Open, place));
        }
        self.trace.close(|| {
            let told = days.filter(|days| !days.admitted.is_no());
            let (from, last) = told.map_or((None, None), |days| (days.from.ends(), days.last().ends()));
            let never = from.zip(last).is_some_and(|((from, _), (_, last))| last < from);
            let (from, last) = if never { (None, None) } else { (from, last) };
            reason(Said::Membership { member: mark_of(truth), from, last }, mark_of(truth), place)
        });
        truth
    }

    /// From when until when a row is a member, worked out once: the as-of day tells, whichever day it is asked for.
    pub fn member_days(&mut self, clause: ClauseId, row: Row) -> Option<MemberDays> {
        // Whoever watches has noted what was looked at when it was worked out.
        let plain = self.world.joined.is_none() && !self.all_written;
        if let Some(meanwhile) = self.in_work.meets(clause, row) {
            return Some(days_meanwhile(self, &meanwhile));
        }
        if self.in_work.depth(clause) > 0 && row != GHOST {
            return days_of_another(self, clause, row);
        }
        if T::ON || row == GHOST || !plain {
            return days_of_member(self, clause, row);
        }
        let of = (clause, row, self.by_text, self.come_by);
        let kept = match self.known.member(&of) {
            Some(kept) => kept,
            None => {
                let before = self.unread.take();
                let (kept, leans_on) =
                    leaning(self, |ask| ask.worked_out(|ask| (days_of_member(ask, clause, row), ask.unread)));
                self.unread = before;
                if leans_on.is_none() {
                    self.known.keep_member(of, kept.clone());
                }
                kept
            }
        };
        let (days, unread) = self.taken(kept);
        if let Some(other) = unread {
            may_differ(self, other);
        }
        days
    }
}

impl MemberDays {
    /// Whether a row joins a membership only after a day, or never, whatever else is said of it.
    pub fn come_later<T: Trace>(ask: &mut Ask<'_, T>, clause: ClauseId, row: Row, on: Day) -> bool {
        let days = days_of_joining(ask, clause, row);
        !days.is_empty() && days.into_iter().all(|day| day.is_some_and(|day| on < day.first))
    }

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
            EdgeDay::NoSuchDay => Truth::Person,
            EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => Truth::Open,
        };
        let ended = match self.until {
            EdgeDay::On(day) => happened(&Val::Day(day), on),
            EdgeDay::NotYet | EdgeDay::NoDay | EdgeDay::None => Truth::No,
            EdgeDay::NoSuchDay => Truth::Person,
            EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable => Truth::Open,
        };
        self.admitted.and(begun).and(ended.opposite())
    }
}

/// The days of membership of a row that another row of the same membership waits for: worked out once, whoever listens.
fn days_of_another<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, row: Row) -> Option<MemberDays> {
    let of = (clause, row, ask.by_text, ask.come_by);
    let is_known = ask.known.member(&of).is_some() || ask.known.member_meanwhile(&of).is_some();
    if !is_known && ask.in_work.depth(clause) >= IN_ORDER_FROM && ask.in_work.begin_in_order() {
        // Nothing that is left open by them is so by the one that is asked about.
        let (open, mark) = (what_is_open(ask), ask.trace.mark());
        ask.trace.open();
        apart(ask, |ask| work_out_in_order(ask, clause));
        ask.trace.discard();
        ask.trace.forget(mark);
        leave_open(ask, open);
    }
    if let Some(kept) = ask.known.member(&of) {
        return take_days(ask, kept);
    }
    if let Some((kept, leans_on)) = ask.known.member_meanwhile(&of) {
        ask.in_work.lean_on(Some(leans_on));
        return take_days(ask, kept);
    }
    if ask.in_work.depth(clause) >= MOST_WAITING || ask.in_work.has_given_up() {
        ask.in_work.lean_on(Some(0));
        return None;
    }
    let (unread, joined) = (ask.unread.take(), ask.world.joined.take());
    ask.trace.open();
    let (kept, leans_on) = leaning(ask, |ask| ask.worked_out(|ask| (days_of_member(ask, clause, row), ask.unread)));
    ask.trace.discard();
    (ask.unread, ask.world.joined) = (unread, joined);
    match leans_on {
        Some(leans_on) => {
            ask.in_work.tried();
            ask.known.keep_member_meanwhile(of, kept.clone(), leans_on);
        }
        None => ask.known.keep_member(of, kept.clone()),
    }
    take_days(ask, kept)
}

fn take_days<T: Trace>(ask: &mut Ask<'_, T>, kept: KeptDays) -> Option<MemberDays> {
    let (days, unread) = ask.taken(kept);
    if let Some(other) = unread {
        may_differ(ask, other);
    }
    days
}

/// Works out the members that had joined before the one that waits last, those who came first before the others: each waits for none that
/// is not known by then.
fn work_out_in_order<T: Trace>(ask: &mut Ask<'_, T>, clause: ClauseId) {
    let Some((_, before)) = ask.in_work.last_joined(clause).and_then(EdgeDay::ends) else { return };
    let of = (clause, ask.by_text, ask.come_by);
    if !ask.known.is_to_order(of, before) {
        return;
    }
    let Some(record) = ask.world.plan.norms_of(clause).find_map(|(_, norm)| norm.subjects.first()) else { return };
    let mut rows: Vec<(Day, Row)> = Vec::new();
    for row in ask.world.facts.rows(record.record) {
        let joined = days_of_joining(ask, clause, row).into_iter().flatten().map(|day| day.first).min();
        rows.extend(joined.filter(|day| *day < before).map(|day| (day, row)));
    }
    rows.sort_unstable();
    for (_, row) in rows {
        if !ask.in_work.is_waiting(clause, row) {
            days_of_another(ask, clause, row);
        }
    }
}

/// On which days a row joins, by each wording and reading; unknown where it is not told.
fn days_of_joining<T: Trace>(ask: &mut Ask<'_, T>, clause: ClauseId, row: Row) -> Vec<Option<DayBounds>> {
    let bodies: Vec<_> = ask.world.plan.norms_of(clause).flat_map(|(_, norm)| taken_as(ask, norm)).collect();
    let lasting =
        bodies.into_iter().filter_map(|body| if let NormTest::Member(one) = &body.test { Some(one) } else { None });
    let lasting: Vec<_> = lasting.collect();
    as_known_now(ask, (clause, row), |ask| {
        ask.quietly(|ask| lasting.into_iter().map(|one| ask.value(&one.from).day_bounds()).collect())
    })
    .unwrap_or_default()
}

/// What is taken to be so of a membership while it is worked out: nobody is a member before it is decided whether they become one, and
/// whoever became one is a member until what ends that has come. Of another one that waits for the answer it is open.
fn days_meanwhile<'w, T: Trace>(ask: &mut Ask<'w, T>, meanwhile: &Meanwhile<'w>) -> MemberDays {
    let Working { row, part, norm, body, from } = meanwhile.working;
    let open = |from: EdgeDay| MemberDays { from, until: EdgeDay::None, admitted: Truth::Open };
    match (meanwhile.itself, part) {
        (true, Part::Admission) => open(from.map(Day::following)),
        (true, Part::Until) => MemberDays { admitted: admitted(ask, norm, (body, row), from), ..open(from) },
        (false, _) => open(from),
    }
}

/// The first day of force of a clause that comes into force after the agreement.
pub fn begins_later<'w, T: Trace>(ask: &Ask<'w, T>, clause: ClauseId) -> Option<Day> {
    Some(ask.law.first_day(clause)).filter(|since| *since > ask.world.plan.force.from)
}

/// The days of membership under a wording.
fn days_of_member<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, row: Row) -> Option<MemberDays> {
    let first = ask.law.wording_on(clause, Day::MIN)?;
    let days = member_days_under(ask, first, row)?;
    let several = ask.world.plan.norms_of(clause).nth(1).is_some();
    // Whoever joins does so under the wording of that day.
    let days = match days.from {
        EdgeDay::On(from) if several => {
            let (early, late) = (ask.law.wording_on(clause, from.first)?, ask.law.wording_on(clause, from.last)?);
            let under = member_days_under(ask, early, row)?;
            let same = std::ptr::eq(early, late) || member_days_under(ask, late, row)? == under;
            MemberDays { admitted: if same { under.admitted } else { Truth::Open }, ..under }
        }
        _ => days,
    };
    Some(match ask.law.ended_on(clause).filter(|end| *end <= ask.world.as_of) {
        Some(end) => days.through(end),
        None => days,
    })
}

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
                Val::NoSuchDay => EdgeDay::NoSuchDay,
                other => other.day_bounds().map_or(EdgeDay::Unknown, EdgeDay::On),
            };
            let until = match &lasting.until {
                None => EdgeDay::None,
                Some(edge) => first_day_out(ask, (norm, body, row), from, edge),
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
    (norm, body, row): (&'w Norm, &'w Body, Row),
    from: EdgeDay,
    edge: &'w Edge,
) -> EdgeDay {
    let working = Working { row, part: Part::Until, norm, body, from };
    let look = |ask: &mut Ask<'w, T>| working_out(ask, working, |ask| ask.edge(edge, Reckoned::Day));
    let (EdgeDay::On(joined), Some(of)) = (from, norm.subjects.first()) else { return look(ask) };
    // What definitions came to without that is another matter.
    let answers = ask.known.set_aside();
    let before = ask.world.joined.replace((of.record, row, joined));
    let until = look(ask);
    ask.world.joined = before;
    ask.known.take_back(answers);
    until
}

/// Whether a row is a member on the day on which it exercises a right of members. Where the membership ends with the effect of that right,
/// that is left out: it is what is being worked out.
pub fn joined_by<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (membership, row): (ClauseId, Row),
    right: ClauseId,
    day: Day,
) -> Truth {
    if begins_later(ask, membership).is_some_and(|since| day < since) {
        return Truth::No;
    }
    let wordings = wordings_of_joining(ask, membership, row);
    let before = ask.left_out.replace((right, row));
    let each: Vec<Truth> = wordings.into_iter().map(|norm| joined_under(ask, norm, row, day)).collect();
    ask.left_out = before;
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
    if let Some(meanwhile) = ask.in_work.meets(norm.clause, row) {
        return days_meanwhile(ask, &meanwhile).on(day);
    }
    let mut each = Vec::new();
    for body in taken_as(ask, norm) {
        let NormTest::Member(lasting) = &body.test else { continue };
        let on = DayBounds::exactly(day);
        let found = as_known_now(ask, (norm.clause, row), |ask| {
            let from = match ask.value(&lasting.from) {
                Val::Absent => return Truth::No,
                Val::NoSuchDay => EdgeDay::NoSuchDay,
                other => other.day_bounds().map_or(EdgeDay::Unknown, EdgeDay::On),
            };
            let begun = match from {
                EdgeDay::On(from) => on.before(from).opposite(),
                EdgeDay::NoSuchDay => Truth::Person,
                _ => Truth::Open,
            };
            if begun.is_no() {
                return begun;
            }
            let begun = begun.and(admitted(ask, norm, (body, row), from));
            match lasting.until.as_ref().filter(|_| !begun.is_no()) {
                Some(until) => match first_day_out(ask, (norm, body, row), from, until) {
                    EdgeDay::On(until) => begun.and(on.before(until)),
                    EdgeDay::NotYet | EdgeDay::NoDay | EdgeDay::None => begun,
                    EdgeDay::NoSuchDay => begun.and(Truth::Person),
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
pub fn edges_of_membership<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (membership, row): (ClauseId, Row),
    right: ClauseId,
) -> Vec<Day> {
    let norms: Vec<&'w Norm> = ask.world.plan.norms_of(membership).map(|(_, norm)| norm).collect();
    let mut days = vec![ask.law.first_day(membership)];
    let ends = ask.in_work.meets(membership, row).is_none();
    for (norm, body) in norms.into_iter().flat_map(|norm| norm.bodies.iter().map(move |body| (norm, body))) {
        let NormTest::Member(lasting) = &body.test else { continue };
        let until = lasting.until.as_ref().filter(|_| ends);
        let before = ask.left_out.replace((right, row));
        let edges = as_known_now(ask, (membership, row), |ask| {
            let from = ask.value(&lasting.from).day_bounds();
            let told = from.map_or(EdgeDay::Unknown, EdgeDay::On);
            let working = Working { row, part: Part::Until, norm, body, from: told };
            let until = until.map(|until| working_out(ask, working, |ask| ask.edge(until, Reckoned::Day)));
            let until = until.and_then(|until| if let EdgeDay::On(day) = until { Some(day) } else { None });
            [from, until]
        });
        ask.left_out = before;
        days.extend(edges.into_iter().flatten().flatten().flat_map(|day| [day.first, day.last]));
    }
    days.iter().flat_map(|day| [*day, day.following()]).collect()
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
    let mut truth = holds_on_joining(ask, (norm, body, row), (from, joined));
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

/// Whether the conditions of a membership hold on whichever of some days a row joined, and no exception applies on it.
fn holds_on_joining<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body, row): (&'w Norm, &'w Body, Row),
    (from, joined): (EdgeDay, DayBounds),
) -> Truth {
    let working = Working { row, part: Part::Admission, norm, body, from };
    let days = match joined.exact() {
        Some(day) => vec![day],
        None => working_out(ask, working, |ask| {
            ask.changes(joined.first, joined.last, |walk, ask| {
                walk.add(joined.last);
                walk.conditions(ask, &body.conditions);
                for clause in &norm.yields_to {
                    for (_, other) in ask.world.plan.norms_of(*clause) {
                        walk.exception(ask, (*clause, other), row);
                    }
                }
            })
        }),
    };
    let on_a_day = |day: Day| {
        let working = Working { from: EdgeDay::On(DayBounds::exactly(day)), ..working };
        working_out(ask, working, |ask| {
            let applies = ask.asked_on(day, |ask| ask.applies(&body.conditions));
            if applies.is_no() { applies } else { applies.and(excepted(ask, norm, row, day).opposite()) }
        })
    };
    let truths: Vec<Truth> = days.into_iter().map(on_a_day).collect();
    same_for_all(truths.into_iter())
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

fn goes_before<'w, T: Trace>(ask: &mut Ask<'w, T>, (clause, other): (ClauseId, &'w Norm), row: Row, day: Day) -> Truth {
    let due = is_due_otherwise(ask, other, row);
    if due.is_no() || is_let_go(ask, other, row) {
        return Truth::No;
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

/// Whether an exception was waived for a row.
fn is_let_go<'w, T: Trace>(ask: &mut Ask<'w, T>, other: &Norm, row: Row) -> bool {
    let bearer = if let Some(Bearer::Each(of)) = &other.bearer { Some(of) } else { None };
    other.subjects.first().or(bearer).is_some_and(|of| is_waived(ask, other, (of.record, row), None))
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
