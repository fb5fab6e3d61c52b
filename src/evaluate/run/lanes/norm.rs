//! A norm in a lane: all its instances side by side.

use super::block::{NO, Room, UNSURE, YES};
use super::look::Kept;
use super::lower::Lowering;
use super::steps::{Condition, Days};
use super::taken::{Taken, Whose, taken};
use crate::evaluate::knowledge::world::World;
use crate::facts::Column;
use crate::model::clause::{Edge, When};
use crate::model::expr::{ClauseId, Var};
use crate::model::schema::RecordId;
use crate::plan::{Body, NormId, NormTest};
use crate::value::Stretch;
use crate::verdict::{Nuance, Packed, Status};

/// One clause whose instances are rows of one record.
pub struct NormLane<'w> {
    pub norm: NormId,
    pub record: RecordId,
    pub whose: Whose,
    cancelled: Option<Days<'w>>,
    /// Rows of which it is not plain whether they were called off.
    perhaps_cancelled: Option<&'w Column>,
    /// The day on which a row began, where its record has one.
    begun: Option<Days<'w>>,
    force: Stretch,
    /// The day that matters for what has no day of its own.
    otherwise: i32,
    reach: Condition<'w>,
    applies: Condition<'w>,
    test: Test<'w>,
    as_of: i32,
}

enum Test<'w> {
    Dated { day: Days<'w>, first: Option<Days<'w>>, last: Option<Days<'w>>, since: i32 },
    Holds { state: Condition<'w>, last: Option<Days<'w>>, told: Told, since: i32 },
    AtJoining { from: Days<'w>, until: Option<Days<'w>>, condition: Condition<'w> },
    Member(Condition<'w>),
}

/// Whether a state is asked for at any time, or at the end of something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    AtOnce,
    AtTheEnd,
}

/// The lane of a clause, if its instances can be judged side by side.
pub fn lane_of<'w>(world: World<'w>, clause: ClauseId) -> Option<NormLane<'w>> {
    let Taken { id, norm, body, of, whose } = taken(world, clause)?;
    let plan = world.plan;
    let lowering = Lowering::of_rows(world, of.var.0);
    let record = plan.schema.record(of.record)?;
    let force = norm.force.intersect(plan.force);
    let as_of = world.as_of;
    let otherwise = as_of;
    let own = record.day_field().filter(|_| whose == Whose::Subject);
    let begun = match own {
        Some(field) => Some(lowering.of_field(of.record, field)?),
        None => None,
    };
    let joins = match &body.test {
        NormTest::AtJoining { membership, .. } => Some(lowering.membership(*membership)?.0),
        _ => None,
    };
    let begun = joins.clone().or(begun);
    let cancelled = match record.find_field("cancelled_on") {
        Some(field) => Some(lowering.of_field(of.record, field)?).filter(|days| !days.is_empty()),
        None => None,
    };
    Some(NormLane {
        norm: id,
        record: of.record,
        whose,
        cancelled,
        perhaps_cancelled: record
            .find_field("cancelled_on")
            .and_then(|field| world.facts.column(of.record, field))
            .filter(|column| column.has_odd()),
        begun,
        force,
        otherwise: otherwise.0,
        reach: lowering.condition(&of.filter)?,
        applies: applies(&lowering, body)?,
        test: test(&lowering, body, joins, force)?,
        as_of: as_of.0,
    })
}

/// The windows of a block of rows.
#[derive(Clone, Copy)]
struct Windows<'b> {
    firsts: &'b [i32],
    lasts: &'b [i32],
    /// Whether the clause says a first day, and a last.
    begins: bool,
    ends: bool,
}

fn applies<'w>(lowering: &Lowering<'w>, body: &'w Body) -> Option<Condition<'w>> {
    let one = |when: &'w When| match when {
        When::If(condition) => lowering.condition(condition),
        When::Unless(condition) => Some(Condition::Turned(Box::new(lowering.condition(condition)?))),
    };
    Some(Condition::All(body.conditions.iter().map(one).collect::<Option<Vec<_>>>()?))
}

fn test<'w>(lowering: &Lowering<'w>, body: &'w Body, joins: Option<Days<'w>>, force: Stretch) -> Option<Test<'w>> {
    let last = || lowering.last(body);
    Some(match (&body.test, joins) {
        (NormTest::Dated(field), _) => {
            let first = lowering.first(body)?;
            Test::Dated { day: lowering.dated(field)?, first, last: last()?, since: force.from.0 }
        }
        (NormTest::Holds(condition), _) => {
            let told = if matches!(body.window.last, Edge::Open) { Told::AtOnce } else { Told::AtTheEnd };
            // `then` moves to the last day; no lane looks at it.
            Test::Holds { state: lowering.condition(condition)?, last: last()?, told, since: force.from.0 }
        }
        (NormTest::AtJoining { membership, condition }, Some(from)) => {
            let (_, until) = lowering.membership(*membership)?;
            Test::AtJoining {
                from,
                until,
                condition: Lowering::of_rows(lowering.world, Var(0).0).condition(condition)?,
            }
        }
        (NormTest::Member(_), _) => {
            let clause =
                lowering.world.plan.norms.iter().find(|norm| norm.bodies.iter().any(|it| std::ptr::eq(it, body)));
            let (from, until) = lowering.membership(clause?.clause)?;
            Test::Member(Condition::Member { from, until, on: Days::Fixed(lowering.world.as_of.0) })
        }
        _ => return None,
    })
}

/// What stands where a judge has to look.
const LEFT: u8 = Packed::LEFT.byte();

const fn byte(status: Status, nuance: Nuance) -> u8 {
    Packed::of(status, nuance).byte()
}

/// Where verdicts of a block are put.
pub struct Out<'o> {
    /// Each is a [`Packed`].
    pub verdicts: &'o mut [u8],
    /// Days late or to spare; empty where the clause tells none.
    pub days: &'o mut [i32],
}

impl NormLane<'_> {
    /// Whether its verdicts tell days.
    pub fn tells_days(&self) -> bool {
        matches!(self.test, Test::Dated { .. })
    }

    /// The verdicts of the rows from `first` on. What is left to a judge is [`Packed::LEFT`].
    pub fn fill(&self, first: usize, out: &mut Out, room: &mut Room) {
        let length = out.verdicts.len();
        let mut reached = room.take_bytes(length);
        self.reached(first, &mut reached, room);
        match &self.test {
            Test::Dated { day, first: begins, last, since } => {
                let day_room = (room.take_days(length), room.take_days(length), room.take_days(length));
                let (mut days, mut firsts, mut lasts) = day_room;
                day.fill(first, &mut days, room);
                edge(begins.as_ref(), first, &mut firsts, room);
                edge(last.as_ref(), first, &mut lasts, room);
                let mut told = room.take_days(length);
                let windows =
                    Windows { firsts: &firsts, lasts: &lasts, begins: begins.is_some(), ends: last.is_some() };
                self.dated(out, (&days, windows, *since), &mut told);
                room.give_days(told);
                room.give_days(days);
                room.give_days(firsts);
                room.give_days(lasts);
            }
            Test::Holds { state, last, told, since } => {
                let (mut truths, mut lasts) = (room.take_bytes(length), room.take_days(length));
                state.fill(first, &mut truths, room);
                edge(last.as_ref(), first, &mut lasts, room);
                self.holds(out, &truths, (&lasts, last.is_some(), *since), *told);
                room.give_bytes(truths);
                room.give_days(lasts);
            }
            Test::AtJoining { from, until, condition } => {
                let (mut truths, mut days) = (room.take_bytes(length), room.take_days(length));
                let mut lasts = room.take_days(length);
                condition.fill(first, &mut truths, room);
                from.fill(first, &mut days, room);
                edge(until.as_ref(), first, &mut lasts, room);
                self.at_joining(out, &truths, (&days, &lasts));
                room.give_bytes(truths);
                room.give_days(days);
                room.give_days(lasts);
            }
            Test::Member(member) => {
                let mut truths = room.take_bytes(length);
                member.fill(first, &mut truths, room);
                for (slot, truth) in out.verdicts.iter_mut().zip(&truths) {
                    *slot = match *truth {
                        YES => byte(Status::Satisfied, Nuance::SoFar),
                        NO => byte(Status::NotApplicable, Nuance::Plain),
                        _ => LEFT,
                    };
                }
                room.give_bytes(truths);
            }
        }
        const NOT_REACHED: u8 = byte(Status::NotApplicable, Nuance::Plain);
        for (slot, reached) in out.verdicts.iter_mut().zip(&reached) {
            let otherwise = if *reached == NO { NOT_REACHED } else { LEFT };
            *slot = if *reached == YES { *slot } else { otherwise };
        }
        for (days, reached) in out.days.iter_mut().zip(&reached) {
            *days = if *reached == YES { *days } else { Packed::NO_DAYS };
        }
        room.give_bytes(reached);
    }

    /// In force on its day, of a row that the clause reaches, under its conditions. What is asked at joining hangs on the
    /// joining first.
    fn reached(&self, first: usize, out: &mut [u8], room: &mut Room) {
        self.reach.fill(first, out, room);
        let mut one = room.take_bytes(out.len());
        self.applies.fill(first, &mut one, room);
        let at_joining = matches!(self.test, Test::AtJoining { .. });
        let dated = matches!(self.test, Test::Dated { .. });
        for (slot, applies) in out.iter_mut().zip(&one) {
            // Whoever has not joined is told so before any condition is looked at.
            let no = (*slot == NO) | ((*applies == NO) & !at_joining);
            let yes = (*slot == YES) & (*applies == YES);
            let held = if yes { YES } else { UNSURE };
            *slot = if no { NO } else { held };
        }
        room.give_bytes(one);
        let mut days = room.take_days(out.len());
        if let Some(begun) = &self.begun {
            begun.fill(first, &mut days, room);
            for (slot, day) in out.iter_mut().zip(&days) {
                let day = match *day {
                    // Whoever has not joined is told so by the test; what has not happened is not reached.
                    i32::ABSENT if at_joining => self.otherwise,
                    i32::ABSENT => {
                        *slot = NO;
                        continue;
                    }
                    day if day >= i32::ODD => {
                        *slot = UNSURE;
                        continue;
                    }
                    day => day,
                };
                // What is still to come waits for it, but for a duty with a last day of its own.
                if day > self.as_of && !at_joining && !dated {
                    *slot = if *slot == NO { NO } else { UNSURE };
                }
                if day < self.force.from.0 || day >= self.force.until.0 {
                    *slot = NO;
                }
            }
        } else if self.otherwise < self.force.from.0 || self.otherwise >= self.force.until.0 {
            out.fill(NO);
        }
        if let Some(cancelled) = &self.cancelled {
            cancelled.fill(first, &mut days, room);
            for (slot, day) in out.iter_mut().zip(&days) {
                if *day < i32::ODD && *day <= self.as_of {
                    *slot = NO;
                }
            }
        }
        room.give_days(days);
        if let Some(column) = self.perhaps_cancelled {
            for (slot, row) in out.iter_mut().zip(first..) {
                if *slot != NO && column.is_odd(row) {
                    *slot = UNSURE;
                }
            }
        }
    }

    /// Written without turns of the road, and in numbers of one size, so that several rows go at once.
    fn dated(&self, out: &mut Out, (days, windows, since): (&[i32], Windows, i32), told: &mut [i32]) {
        const SATISFIED: i32 = byte(Status::Satisfied, Nuance::Plain) as i32;
        const LATE: i32 = byte(Status::Late, Nuance::Plain) as i32;
        const VIOLATED: i32 = byte(Status::Violated, Nuance::Plain) as i32;
        const PENDING: i32 = byte(Status::Pending, Nuance::Plain) as i32;
        const NOWHERE: i32 = byte(Status::NotApplicable, Nuance::Plain) as i32;
        const LEFT: i32 = self::LEFT as i32;
        let as_of = self.as_of;
        let Windows { firsts, lasts, begins, ends } = windows;
        let rows = told.iter_mut().zip(out.days.iter_mut());
        for ((told, spare), ((day, first), last)) in rows.zip(days.iter().zip(firsts).zip(lasts)) {
            let (day, first, last) = (*day, *first, *last);
            let odd = |day: i32| (day >= i32::ODD) & (day != i32::ABSENT);
            // What a window is counted from is none: there is no window.
            let nowhere = (begins & (first == i32::ABSENT)) | (ends & (last == i32::ABSENT));
            let endless = last == i32::ABSENT;
            let early = begins & (day <= as_of) & (day < first);
            let done = (day <= as_of) & !early;
            let in_time = done & (endless | (day <= last));
            let passed = !endless & (last < as_of);
            let late = done & passed & !in_time;
            let undone = if passed | early { VIOLATED } else { PENDING };
            let came = if late { LATE } else { undone };
            let came = if in_time { SATISFIED } else { came };
            // A window that is empty, or lies before force, is the judge's.
            let strange = ends & !endless & ((begins & (first > last)) | (last < since));
            let came = if nowhere { NOWHERE } else { came };
            *told = if odd(day) | odd(first) | odd(last) | (strange & !nowhere) { LEFT } else { came };
            let apart = if in_time { last.wrapping_sub(day) } else { day.wrapping_sub(last) };
            *spare = if ((in_time & !endless) | late) & !nowhere { apart } else { Packed::NO_DAYS };
        }
        for (slot, told) in out.verdicts.iter_mut().zip(told) {
            *slot = (*told & 0xff) as u8;
        }
    }

    fn holds(&self, out: &mut Out, truths: &[u8], (lasts, ends, since): (&[i32], bool, i32), told: Told) {
        for (slot, (truth, last)) in out.verdicts.iter_mut().zip(truths.iter().zip(lasts)) {
            let running = *last == i32::ABSENT || *last >= self.as_of;
            // A last day that is none, or lies before force, is the judge's.
            let strange = ends && (*last == i32::ABSENT || *last < since);
            let unsure = *truth == UNSURE || (*last >= i32::ODD && *last != i32::ABSENT) || strange;
            *slot = if unsure {
                LEFT
            } else if *truth == YES {
                byte(Status::Satisfied, if running { Nuance::SoFar } else { Nuance::Plain })
            } else if running && told == Told::AtTheEnd {
                byte(Status::Pending, Nuance::Plain)
            } else {
                byte(Status::Violated, Nuance::Plain)
            };
        }
    }

    fn at_joining(&self, out: &mut Out, truths: &[u8], (days, lasts): (&[i32], &[i32])) {
        for (slot, (truth, (day, last))) in out.verdicts.iter_mut().zip(truths.iter().zip(days.iter().zip(lasts))) {
            *slot = match (*day, *truth) {
                (i32::ABSENT, _) => byte(Status::NotApplicable, Nuance::Plain),
                // One that ended before it began, or may have.
                (day, _) if day >= i32::ODD || (*last != i32::ABSENT && (*last <= day || *last >= i32::ODD)) => LEFT,
                (day, _) if day > self.as_of => byte(Status::Pending, Nuance::Plain),
                (_, YES) => byte(Status::Satisfied, Nuance::Plain),
                (_, NO) => byte(Status::Violated, Nuance::Plain),
                (_, _) => LEFT,
            };
        }
    }
}

/// An edge that is not there is absent.
fn edge(edge: Option<&Days>, first: usize, out: &mut [i32], room: &mut Room) {
    match edge {
        Some(days) => days.fill(first, out, room),
        None => out.fill(i32::ABSENT),
    }
}
