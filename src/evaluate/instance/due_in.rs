//! In which of its own periods something becomes due otherwise: the first whose window has a day left after the breach.

use crate::model::clause::Strength;
use crate::plan::Norm;
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::Instance;

use super::life::{bind_rows, is_of_limits, lasting_days};
use super::people::waiver_of;
use super::periods::{listed_periods, turn_to_term};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{bearer_of, has_window};
use crate::evaluate::trace::Trace;

/// The days of a breach that make something due: those that do for certain, and those that may.
#[derive(Clone, Copy, Debug)]
pub struct Breaches {
    pub sure: Stretch,
    pub may: Stretch,
}

impl Breaches {
    pub const ALL: Breaches = Breaches { sure: Stretch::ALWAYS, may: Stretch::ALWAYS };

    /// Whether a breach on one of some days is among them.
    pub fn hold(self, (first, last): (Day, Day)) -> Truth {
        if self.sure.contains(first) && self.sure.contains(last) {
            return Truth::Yes;
        }
        let none = self.may.is_empty() || last < self.may.from || first >= self.may.until;
        if none { Truth::No } else { Truth::Open }
    }
}

/// A period of what becomes due otherwise, with the day on which its window there ends, and those before it, the nearest first, as far as
/// what is broken in them may be due in this one.
#[derive(Clone, Debug)]
pub struct DueIn {
    pub own: CyclePeriod,
    ends: DayBounds,
    before: Vec<(CyclePeriod, DayBounds)>,
}

impl DueIn {
    pub fn of<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<DueIn> {
        let own = instance.period?;
        let ends = window_ends(ask, norm, instance, own);
        let (vars, term) = (std::mem::take(&mut ask.vars), (ask.term, ask.cycle));
        bind_rows(ask, norm, instance);
        let all = ask.quietly(|ask| listed_periods(ask, norm));
        (ask.vars, (ask.term, ask.cycle)) = (vars, term);
        let mut before = Vec::new();
        for period in all.into_iter().rev().filter(|period| period.first() < own.first()) {
            let ends = window_ends(ask, norm, instance, period);
            before.push((period, ends));
            if ends.first > period.first() {
                break;
            }
        }
        Some(DueIn { own, ends, before })
    }

    /// The days of a breach that make it due in this period: those that lie in it and leave a day of its window, and those of earlier
    /// periods that left none of theirs.
    pub fn breaches(&self) -> Breaches {
        let from = |end: fn(&DayBounds) -> Day| {
            let (mut from, mut ended) = (self.own.first(), Day::MIN);
            for (period, ends) in &self.before {
                ended = ended.max(end(ends));
                from = from.min(ended.max(period.first()));
                if ended > period.first() {
                    break;
                }
            }
            from
        };
        let until = |end: Day| end.min(self.own.stretch.until);
        Breaches {
            sure: Stretch::new(from(|ends| ends.last), until(self.ends.first)),
            may: Stretch::new(from(|ends| ends.first), until(self.ends.last)),
        }
    }

    /// Whether it is due in this period for one of a clause with the same cycle, broken on a day: from that period on, in the first that
    /// leaves a day for it.
    pub fn is_for(&self, period: CyclePeriod, broken: DayBounds) -> Truth {
        if period.first() > self.own.first() {
            return Truth::No;
        }
        let earlier = self.before.iter().filter(|(one, _)| one.first() >= period.first());
        earlier.fold(broken.before(self.ends), |due, (_, ends)| due.and(broken.before(*ends).opposite()))
    }

    /// Whether all that is broken by a day had been due in an earlier period.
    pub fn is_before_all(&self, broken: DayBounds) -> bool {
        self.before.first().is_some_and(|(_, ends)| broken.last < ends.first)
    }
}

/// The day on which the window of what becomes due is over in a period; the day after the period for one that has no last day.
fn window_ends<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    period: CyclePeriod,
) -> DayBounds {
    let over = |edge: EdgeDay| match edge {
        EdgeDay::On(day) => DayBounds::within(day.first, day.last),
        EdgeDay::Unknown => DayBounds::within(period.first(), Day::MAX),
        _ => DayBounds::exactly(period.stretch.until),
    };
    let ends = last_days_in(ask, norm, instance, period).map(|edges| edges.into_iter().map(over).reduce(latest));
    ends.flatten().unwrap_or(DayBounds::exactly(period.last()))
}

fn latest(one: DayBounds, other: DayBounds) -> DayBounds {
    DayBounds::within(one.first.max(other.first), one.last.max(other.last))
}

/// Whether a clause is broken by what is done: a maximum, a right or a prohibition, also of what stands in words.
pub fn is_broken_by_acts(norm: &Norm) -> bool {
    norm.strength == Strength::MustNot || norm.bodies.iter().any(is_of_limits)
}

/// The days on which a clause may be broken in a period by what is left undone: the last of its window there, else of the period, as far as
/// it binds by then. What limits acts is broken by one of those; it counts by its period, or by a window that reaches past that.
pub fn breaks_on<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    period: CyclePeriod,
    binds: DayBounds,
) -> DayBounds {
    let by_acts = is_broken_by_acts(norm);
    let ended = |day: DayBounds| {
        let first = period.first();
        DayBounds::within(day.first.min(binds.first.max(first)), day.last.min(binds.last.max(first)))
    };
    let last = |edge: EdgeDay| match edge {
        EdgeDay::On(day) if day.exact().is_some_and(|day| day > period.last()) => day,
        EdgeDay::On(day) if !by_acts => ended(DayBounds::within(day.first, day.last)),
        EdgeDay::Unknown if !by_acts => DayBounds::within(period.first(), Day::MAX),
        _ => ended(DayBounds::exactly(period.last())),
    };
    let days = last_days_in(ask, norm, one, period).map(|edges| edges.into_iter().map(last).reduce(latest));
    days.flatten().unwrap_or(ended(DayBounds::exactly(period.last())))
}

/// The last days of a clause's windows in a period, by each of its readings; nothing where it has no windows.
fn last_days_in<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    period: CyclePeriod,
) -> Option<Vec<EdgeDay>> {
    if !norm.bodies.iter().any(|body| has_window(&body.test)) {
        return None;
    }
    let here = Instance { period: Some(period), ..*one };
    let (vars, before) = (std::mem::take(&mut ask.vars), (ask.period, ask.term, ask.cycle));
    bind_rows(ask, norm, &here);
    ask.period = Some(period);
    turn_to_term(ask, norm, &here);
    let until = waiver_of(ask, norm, &here).and_then(|(_, waiver)| waiver.until);
    let on = period.first().max(ask.law.first_day(norm.clause));
    let by = on.min(ask.world.as_of);
    let last = ask.quietly(|ask| {
        let each = norm.bodies.iter().map(|body| ask.asked(on, by, |ask| ask.frame(body, until)).last);
        each.collect()
    });
    (ask.vars, (ask.period, ask.term, ask.cycle)) = (vars, before);
    Some(last)
}

/// The last day on which a clause binds somebody: of its force, its subject and its bearer. A last period ends with it.
pub fn last_that_binds<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, one: &Instance) -> DayBounds {
    let wordings = ask.world.plan.norms_of(norm.clause).map(|(_, wording)| ask.law.chosen(wording));
    let force = wordings.filter(|force| !force.is_empty()).map(|force| force.last()).max();
    let mut ends = DayBounds::exactly(force.unwrap_or(Day::MAX));
    let subject = one.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, one).map(|(of, _, row)| (of, row));
    for (of, row) in subject.into_iter().chain(bearer) {
        let (first, last) = match lasting_days(ask, of, row).map(|lasts| lasts.last) {
            Some(EdgeDay::On(day)) => (day.first, day.last),
            Some(EdgeDay::Unknown) => (Day::MIN, Day::MAX),
            Some(_) | None => continue,
        };
        ends = DayBounds::within(ends.first.min(first), ends.last.min(last));
    }
    ends
}
