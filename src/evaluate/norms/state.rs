//! A state that must hold: as it stands, on the last day of a window or a period, on every day of a span.

use crate::model::clause::Edge;
use crate::model::expr::Cond;
use crate::plan::NormTest;
use crate::value::{Day, Number};
use crate::verdict::{LastDay, Mark, Nuance, Said, Status};

use super::case::Case;
use crate::evaluate::expr::ask::{Ask, as_written, leave_open, what_is_open};
use crate::evaluate::expr::frame::{EdgeDay, Passed};
use crate::evaluate::expr::history::changes_on;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, add_missing, missing_through, reason};

/// When a state is asked for.
enum Asked {
    /// As it stands, on the as-of day or the last day of force.
    Now,
    /// On a last day; held only later, it is late.
    ByTheLastDay(EdgeDay),
    /// On every day from a first through a last.
    Throughout(DayBounds, DayBounds),
}

pub fn holds<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, condition: &'w Cond) -> Outcome {
    let as_of = judge.ask.world.as_of;
    let mut outcome = match asked(case) {
        Asked::Now => now(&mut judge.ask, case, condition),
        Asked::ByTheLastDay(last) => by_the_last_day(&mut judge.ask, case, condition, last),
        Asked::Throughout(first, last) => throughout(&mut judge.ask, case, condition, (first, last)),
    };
    outcome.first = case.frame.first_day();
    if outcome.last == LastDay::None {
        outcome.last = match case.frame.last_day() {
            // What the end cuts short is asked on the last day of force.
            LastDay::On(day) if matches!(asked(case), Asked::ByTheLastDay(_)) => {
                LastDay::On(day.min(last_day_asked(case)))
            }
            last => last,
        };
    }
    let running = case.frame.passed(as_of) != Passed::Yes && !case.life.ended(as_of);
    if outcome.status == Status::Satisfied && running {
        outcome.nuance = Nuance::SoFar;
    }
    outcome
}

fn asked(case: &Case) -> Asked {
    let window = &case.body.window;
    match (&window.first, &window.last) {
        (None, Edge::Open) if case.instance.period.is_none() => Asked::Now,
        // A span is kept on each of its days; on a single day it is asked on that day.
        (Some(Edge::On(from)), Edge::On(to)) if from.span != to.span => spanned(case),
        (Some(Edge::YearOfTerm { .. } | Edge::OfTerm { .. }), _) | (_, Edge::Length { .. }) => spanned(case),
        (Some(_), Edge::Open) if case.instance.period.is_none() => Asked::Now,
        (_, _) => Asked::ByTheLastDay(case.frame.last),
    }
}

/// Whether a state is asked on a last day of its own.
pub fn has_last_day(case: &Case) -> bool {
    let own = !matches!(case.body.window.last, Edge::Open | Edge::Never);
    own && matches!(case.body.test, NormTest::Holds(_)) && matches!(asked(case), Asked::ByTheLastDay(_))
}

fn spanned(case: &Case) -> Asked {
    match (case.frame.first, case.frame.last) {
        (EdgeDay::On(first), EdgeDay::On(last)) => Asked::Throughout(first, last),
        (_, last) => Asked::ByTheLastDay(last),
    }
}

/// The day as of which something is asked that has no day of its own: today, or the last day of force.
pub fn standing_day<'w, T: Trace>(ask: &Ask<'w, T>, case: &Case<'w>) -> Day {
    ask.world.as_of.min(case.life.ends)
}

/// The day of an event that is the subject.
pub fn day_of_event<'w, T: Trace>(ask: &Ask<'w, T>, case: &Case<'w>) -> Option<Day> {
    case.subject().filter(|(of, _)| ask.world.shape(of.record).is_event()).and(case.life.own)
}

/// Asks as of a day; about an event, with the values of its own day and with what had come by it.
fn held<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, condition: &'w Cond, by: Day) -> Truth {
    match day_of_event(ask, case).filter(|_| case.has_no_window()) {
        Some(own) => ask.asked_of(own, by, |ask| ask.holds(condition)),
        None => ask.asked_on(by, |ask| ask.holds(condition)),
    }
}

fn now<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, condition: &'w Cond) -> Outcome {
    let by = standing_day(ask, case);
    match case.frame.first {
        EdgeDay::On(first) if by < first.first => return Outcome::of(Status::Pending),
        EdgeDay::On(first) if by < first.last => return Outcome::of(Status::Unknown),
        EdgeDay::NotYet => return Outcome::of(Status::Pending),
        EdgeDay::Unknown => return Outcome::of(Status::Unknown),
        _ => {}
    }
    Outcome::of(status_of(held(ask, case, condition, by)))
}

/// Held on the last day: satisfied. Not held on it, but on a later day: late. Before it: satisfied so far, or pending.
fn by_the_last_day<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, condition: &'w Cond, last: EdgeDay) -> Outcome {
    let ends = last_day_asked(case);
    let as_of = ask.world.as_of.min(ends);
    let last = match last {
        EdgeDay::On(last) => last,
        EdgeDay::Unknown => {
            return Outcome::of(match held(ask, case, condition, as_of) {
                Truth::Person => Status::NeedsJudgement,
                Truth::Yes | Truth::No | Truth::Open => Status::Unknown,
            });
        }
        _ => return so_far(ask, case, condition, as_of),
    };
    let last = last.no_later_than(ends);
    if last.first >= ask.world.as_of {
        return so_far(ask, case, condition, as_of);
    }
    if last.last >= ask.world.as_of {
        // It may have passed already.
        let (before, now) = (held(ask, case, condition, last.first), held(ask, case, condition, as_of));
        let same = before == now && now.is_yes();
        return Outcome::of(if same { Status::Satisfied } else { Status::Unknown });
    }
    let days = match last.exact() {
        Some(day) => vec![day],
        None => changes_on(ask, last, |walk, ask| walk.condition(ask, condition)),
    };
    let truths: Vec<Truth> = days.into_iter().map(|day| held(ask, case, condition, day)).collect();
    match same_for_all(truths.into_iter()) {
        Truth::Yes => Outcome::of(Status::Satisfied),
        Truth::Open => Outcome::of(Status::Unknown),
        Truth::Person => Outcome::of(Status::NeedsJudgement),
        Truth::No => {
            let outcome = since_then(ask, case, condition, last);
            by_either_day(ask, case, condition, (last, outcome))
        }
    }
}

/// It held on none of the days that the last day may be. What held between two of them is late by the first, and by the second it may
/// never have come.
fn by_either_day<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    condition: &'w Cond,
    (last, outcome): (DayBounds, Outcome),
) -> Outcome {
    let Some((from, through)) = last.outside else { return outcome };
    if outcome.status != Status::Violated || matches!(case.body.window.last, Edge::Open) {
        return outcome;
    }
    let days = ask.changes_of(condition, from, through);
    match ask.quietly(|ask| days.into_iter().all(|day| held(ask, case, condition, day).is_no())) {
        true => outcome,
        false => Outcome { not_in_time: true, ..Outcome::of(Status::Unknown) },
    }
}

/// It did not hold on the last day: late from the first later day on which it did.
fn since_then<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, condition: &'w Cond, last: DayBounds) -> Outcome {
    // A period that has no window of its own is over with its last day.
    if matches!(case.body.window.last, Edge::Open) {
        return Outcome::of(Status::Violated);
    }
    // What was overdue at the end stays so.
    let end = ask.world.as_of.min(last_day_asked(case)).max(last.last);
    let days = ask.changes_of(condition, last.last, end);
    let mut doubted = None;
    for day in days.into_iter().filter(|day| *day > last.last) {
        match ask.quietly(|ask| held(ask, case, condition, day)) {
            Truth::No => {}
            Truth::Open => doubted = doubted.or(Some((day, Status::Unknown))),
            Truth::Person => doubted = doubted.or(Some((day, Status::NeedsJudgement))),
            // It is late in any case; by how many days is not known where it may have held before.
            Truth::Yes => {
                ask.trace.say(|| reason(Said::HeldFrom { day }, Mark::No, condition.span));
                let days = last.exact().filter(|_| doubted.is_none()).map(|last| last.days_until(day));
                return Outcome { days, ..Outcome::of(Status::Late) };
            }
        }
    }
    let Some((day, status)) = doubted else { return Outcome::of(Status::Violated) };
    held(ask, case, condition, day);
    Outcome::of(status)
}

/// What the end cuts short is asked on the last day of force. What has a last day of its own is still owed after it, where its
/// subject's day, or its whole period, lay in force.
pub fn last_day_asked(case: &Case) -> Day {
    let own_window = !matches!(case.body.window.last, Edge::Open | Edge::Never);
    if own_window && case.lay_in_force() { Day::MAX } else { case.life.ends }
}

fn so_far<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, condition: &'w Cond, by: Day) -> Outcome {
    ask.unsure = false;
    Outcome::of(match held(ask, case, condition, by) {
        Truth::Yes => Status::Satisfied,
        Truth::No => Status::Pending,
        // What is on file holds or does not.
        Truth::Open if ask.unsure => Status::Unknown,
        // What is not on file may still come to be; but what could only undo what holds leaves it open whether it does.
        Truth::Open if as_written(ask, |ask| held(ask, case, condition, by)).is_yes() => Status::Unknown,
        Truth::Open => Status::Pending,
        Truth::Person => Status::NeedsJudgement,
    })
}

/// Kept on every day of a span, as far as it has come.
fn throughout<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    condition: &'w Cond,
    (first, last): (DayBounds, DayBounds),
) -> Outcome {
    let since = first.first.max(case.life.since);
    let until = last.last.min(ask.world.as_of).min(last_day_asked(case));
    if until < since {
        return Outcome::of(Status::Pending);
    }
    let exact = first.exact().is_some() && last.exact().is_some();
    let (mut all, mut doubted) = (Truth::Yes, Vec::new());
    let days = ask.changes_of(condition, since, until);
    let ends = days.iter().skip(1).map(|day| day.preceding()).chain([until]).collect::<Vec<_>>();
    for (day, end) in days.into_iter().zip(ends) {
        let certain = exact || (first.last <= day && day <= last.first);
        let truth = ask.quietly(|ask| ask.asked_on(day, |ask| ask.holds(condition)));
        let truth = if certain || truth.is_yes() { truth } else { truth.and(Truth::Open).or(Truth::Open) };
        if truth.is_no() {
            ask.asked_on(day, |ask| ask.holds(condition));
            ask.trace.say(|| reason(Said::NotHeldOn { day }, Mark::No, condition.span));
            return Outcome::of(Status::Violated);
        }
        if !truth.is_yes() {
            doubted.push((day, end));
        }
        all = all.and(truth);
    }
    // On some of the days on which it may begin, it has not begun yet.
    if until < first.last.max(case.life.since) {
        all = all.and(Truth::Open);
    }
    if all != Truth::Yes {
        tell_doubted(ask, condition, if doubted.is_empty() { vec![(until, until)] } else { doubted });
    }
    Outcome::of(status_of(all))
}

/// So many days on which a state is open are looked at for what they lack.
const MOST_DOUBTED: usize = 400;

/// The steps of the first day on which a state is open: by the last one it may be settled. What is missing is missing on all such days.
fn tell_doubted<'w, T: Trace>(ask: &mut Ask<'w, T>, condition: &'w Cond, doubted: Vec<(Day, Day)>) {
    let mark = ask.trace.mark();
    let mut all = Vec::new();
    for (at, (day, end)) in doubted.into_iter().take(MOST_DOUBTED).enumerate() {
        let (written, open) = (ask.trace.place(), what_is_open(ask));
        let before = ask.trace.missing_aside();
        ask.asked_on(day, |ask| ask.holds(condition));
        let found = ask.trace.missing_back(before);
        if at > 0 {
            ask.trace.back_to(written);
            leave_open(ask, open);
        }
        found.into_iter().for_each(|one| add_missing(&mut all, missing_through(one, (day, end))));
        if !T::ON {
            break;
        }
    }
    ask.trace.forget(mark);
    all.into_iter().for_each(|one| ask.trace.missing(|| one));
}

pub fn status_of(truth: Truth) -> Status {
    match truth {
        Truth::Yes => Status::Satisfied,
        Truth::No => Status::Violated,
        Truth::Open => Status::Unknown,
        Truth::Person => Status::NeedsJudgement,
    }
}

/// A state on one of the days on which it is watched every day.
pub fn on_a_day<'w, T: Trace>(ask: &mut Ask<'w, T>, condition: &'w Cond, on: Day) -> Outcome {
    let truth = ask.asked_on(on, |ask| ask.holds(condition));
    Outcome { progress: None::<(Number, Number)>, ..Outcome::of(status_of(truth)) }
}
