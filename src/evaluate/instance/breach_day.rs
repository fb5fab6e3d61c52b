//! On which day a clause was broken, or something of it is decided.

use crate::plan::{Body, Norm, NormTest};
use crate::value::Day;
use crate::verdict::{Breach, Instance, LastDay, Status};

use super::due_in::is_broken_by_acts;
use super::life::{Own, bind_rows, came_on, is_of_limits, own_of};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{has_window, is_daily};
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::Trace;

/// The days on which the earlier of two may lie.
pub fn earliest(one: (Day, Day), other: (Day, Day)) -> (Day, Day) {
    (one.0.min(other.0), one.1.min(other.1))
}

/// The days on which the first of some acts may lie that break something: one that may break it may have come before those that do.
fn first_of(acts: impl Iterator<Item = Breach> + Clone) -> Option<(Day, Day)> {
    let days = |breach: Breach| (breach.first, breach.last);
    let sure = acts.clone().filter(|breach| breach.sure).map(days).reduce(earliest)?;
    let perhaps = acts.filter(|breach| !breach.sure).map(|breach| breach.first).min();
    Some((perhaps.map_or(sure.0, |first| first.min(sure.0)), sure.1))
}

/// The first and the last day on which a clause may have been broken: by an act on the day of that, on a day that is watched on that
/// day; what is left undone on its last day, and what has none, nor a day of its subject's, on the as-of day.
pub fn broken_on<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    outcome: &Outcome,
) -> Option<(Day, Day)> {
    if let Some((day, _)) = one.span.filter(|_| is_daily(norm)) {
        return Some((day, day));
    }
    // On which day of a period what people found broken was broken is not told.
    let in_its_period = one.period.is_some() && is_broken_by_acts(norm);
    if !outcome.broken.is_empty() || in_its_period || norm.bodies.iter().any(is_of_limits) {
        return first_of(outcome.broken.iter().copied());
    }
    match outcome.last {
        LastDay::On(day) => Some((day, day)),
        LastDay::Within(first, last) => Some((first, last)),
        LastDay::NotYet | LastDay::Unknown => None,
        LastDay::None => match ask.quietly(|ask| own_of(ask, norm, one)) {
            Own::On(day) => Some((day, day)),
            Own::Without => Some(untrue_since(ask, norm, one)),
            Own::Unknown | Own::ToCome(_) | Own::None => None,
        },
    }
}

/// The days since which a state that is evaluated as it is now may not be true without a break.
fn untrue_since<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, one: &Instance) -> (Day, Day) {
    let as_of = ask.world.as_of;
    let [Body { test: NormTest::Holds(condition), conditions, .. }] = norm.bodies.as_slice() else {
        return (as_of, as_of);
    };
    ask.vars.clear();
    bind_rows(ask, norm, one);
    let first = ask.law.first_day(norm.clause).max(came_on(ask, norm, one).unwrap_or(Day::MIN)).min(as_of);
    ask.quietly(|ask| {
        let days = ask.changes(first, as_of, |walk, ask| {
            walk.condition(ask, condition);
            walk.conditions(ask, conditions);
        });
        let mut since = (as_of, as_of);
        for day in days.into_iter().rev() {
            let holds = ask.asked_on(day, |ask| ask.holds(condition));
            let kept = if holds.is_yes() {
                holds
            } else {
                holds.or(ask.asked_on(day, |ask| ask.applies(conditions)).opposite())
            };
            match kept {
                Truth::Yes => break,
                Truth::No if since.0 == since.1 => since = (day, day),
                Truth::No | Truth::Open | Truth::Person => since.0 = day,
            }
        }
        since
    })
}

/// The days on which something is decided: the last ones that it may have, else its subject's.
pub fn days_of_decision<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    outcome: &Outcome,
) -> Option<(Day, Day)> {
    match outcome.last {
        LastDay::On(day) => Some((day, day)),
        LastDay::Within(first, last) => Some((first, last)),
        // What is not known yet may be broken on any last day that it may have.
        LastDay::NotYet | LastDay::Unknown | LastDay::None
            if outcome.status == Status::Unknown && norm.bodies.iter().any(|body| has_window(&body.test)) =>
        {
            Some(ask.quietly(|ask| may_be_decided(ask, norm, one)))
        }
        LastDay::NotYet | LastDay::Unknown | LastDay::None => match ask.quietly(|ask| own_of(ask, norm, one)) {
            Own::On(day) => Some((day, day)),
            Own::Unknown => Some(ask.quietly(|ask| may_be_decided(ask, norm, one))),
            Own::Without | Own::ToCome(_) | Own::None => None,
        },
    }
}

/// The days on which a case may be decided whose own day is not known exactly: the last days that its windows may have, else its own.
fn may_be_decided<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, one: &Instance) -> (Day, Day) {
    ask.vars.clear();
    bind_rows(ask, norm, one);
    let subject = one.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let own = subject.filter(|(of, _)| of.members_of.is_none()).and_then(|(of, row)| ask.world.day_of(of.record, row));
    let own = own.and_then(|day| day.day_bounds()).unwrap_or(DayBounds::within(Day::MIN, Day::MAX));
    let mut days: Option<(Day, Day)> = None;
    for body in &norm.bodies {
        let last = if has_window(&body.test) { ask.frame(body, None).last } else { EdgeDay::None };
        let (first, last) = match last {
            EdgeDay::On(day) => (day.first, day.last),
            EdgeDay::None => (own.first, own.last),
            _ => (Day::MIN, Day::MAX),
        };
        days = Some(days.map_or((first, last), |(from, through)| (from.min(first), through.max(last))));
    }
    days.unwrap_or((own.first, own.last))
}
