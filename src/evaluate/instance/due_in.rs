//! In which of its own periods something becomes due otherwise: the first whose window has a day left after the breach.

use crate::model::clause::{CutCounts, Strength};
use crate::plan::{Norm, NormId};
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::Instance;

use super::life::{Lasts, bind_rows, days_of_binding, governing_days, is_of_limits, lasting_days};
use super::people::waiver_of;
use super::periods::{listed_periods, turn_to_term};
use crate::evaluate::amendments::under::under_wording;
use crate::evaluate::amendments::wording::{after_gaps, as_taken};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::expr::readings::taken_as;
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

/// A period of what becomes due otherwise, or the part of it of which a wording speaks, with the day on which its window ends there, and
/// those before it, the nearest first, as far as what is broken in them may be due in this one.
#[derive(Clone, Debug)]
pub struct DueIn {
    pub own: CyclePeriod,
    ends: DayBounds,
    before: Vec<(CyclePeriod, DayBounds)>,
    /// Nothing that begins earlier could be due instead.
    is_first: bool,
}

impl DueIn {
    pub fn of<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<DueIn> {
        let own = instance.period?;
        // One that binds nobody is told so by itself.
        let ends = match days_that_bind(ask, norm, instance, own) {
            Some(binds) => window_ends(ask, (norm, instance), own, binds),
            None => last_of_window(ask, (norm, instance), own),
        };
        let mut before = Vec::new();
        let mut is_first = ask.world.plan.first_day_stated || norm.first_day_stated;
        for ((id, one), period) in parts_before(ask, norm, instance, own) {
            let here = Instance { period: Some(period), ..*instance };
            let Some(here) = its_part(ask, (id, one), &here) else { continue };
            // In one in which it binds nobody, nothing could be done.
            let Some(binds) = days_that_bind(ask, one, &here, period) else { continue };
            let ends = window_ends(ask, (one, &here), period, binds);
            before.push((period, ends));
            if ends.first > period.first() {
                is_first = false;
                break;
            }
        }
        Some(DueIn { own, ends, before, is_first })
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
                    return from;
                }
            }
            if self.is_first { Day::MIN } else { from }
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

/// A period of a clause under one of its wordings.
type Under<'w> = ((NormId, &'w Norm), CyclePeriod);

/// The periods of a clause before one of them, under each of its wordings, the nearest first.
fn parts_before<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    own: CyclePeriod,
) -> Vec<Under<'w>> {
    let plan = ask.world.plan;
    let (vars, term) = (std::mem::take(&mut ask.vars), (ask.term, ask.cycle));
    bind_rows(ask, norm, instance);
    let several = plan.norms_of(norm.clause).nth(1).is_some();
    let mut parts: Vec<(Day, Under<'w>)> = Vec::new();
    let wordings = plan.norms_of(norm.clause).filter(|(id, _)| several || *id == instance.norm);
    let own_from = ask.law.chosen(norm).from;
    for (id, one) in wordings {
        let from = ask.law.chosen(one).from;
        let all = ask.quietly(|ask| listed_periods(ask, one));
        let before = all.into_iter().filter(|period| (period.first(), from) < (own.first(), own_from));
        parts.extend(before.map(|period| (from, ((id, one), period))));
    }
    (ask.vars, (ask.term, ask.cycle)) = (vars, term);
    parts.sort_by_key(|(from, (_, period))| std::cmp::Reverse((period.first(), *from)));
    parts.into_iter().map(|(_, part)| part).collect()
}

/// An instance under a wording of its clause that speaks of its period, or of a part of it.
pub fn its_part<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (id, wording): (NormId, &'w Norm),
    instance: &Instance,
) -> Option<Instance> {
    if ask.world.plan.norms_of(wording.clause).nth(1).is_none() {
        return Some(*instance);
    }
    let here = under_wording(ask, wording, id, instance)?;
    let speaks = ask.quietly(|ask| as_taken(ask, wording, &here))?;
    let spoken = ask.world.plan.norm(speaks.norm)?;
    let is_its =
        speaks.norm == id || ask.quietly(|ask| after_gaps(ask, spoken, &speaks)).iter().any(|part| part.norm == id);
    is_its.then_some(here)
}

/// The last day on which a clause binds whom an instance is of: of the force that its wording runs on in, of the term that cuts its periods,
/// of its subject and its bearer; nothing where it binds on no day of a period that counts, or they had left. Whoever comes later was due nothing that
/// fell due in a period before.
pub fn days_that_bind<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    one: &Instance,
    period: CyclePeriod,
) -> Option<DayBounds> {
    let here = Instance { period: Some(period), ..*one };
    let governs = governing_days(ask, norm, &here);
    let within = governs.intersect(period.stretch);
    let not_at_all = |counts: Option<CutCounts>, cut: bool| cut && counts == Some(CutCounts::NotAtAll);
    if within.is_empty()
        || not_at_all(norm.first_period, within.from > period.first())
        || not_at_all(norm.last_period, within.until < period.stretch.until)
    {
        return None;
    }
    let mut ends = DayBounds::exactly(governs.last());
    let speaks_until = days_of_binding(ask, norm).until;
    let subject = one.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, one).map(|(of, _, row)| (of, row));
    for (of, row) in subject.into_iter().chain(bearer) {
        let lasts = lasting_days(ask, of, row);
        // Nor does a period of a wording that was over when they came.
        if matches!(lasts, Some(Lasts { from: EdgeDay::On(from), .. }) if from.first >= speaks_until) {
            return None;
        }
        let (first, last) = match lasts.map(|lasts| lasts.last) {
            Some(EdgeDay::On(day)) => (day.first, day.last),
            Some(EdgeDay::Unknown) => (Day::MIN, Day::MAX),
            Some(_) | None => continue,
        };
        ends = DayBounds::within(ends.first.min(first), ends.last.min(last));
    }
    (ends.last >= within.first()).then_some(ends)
}

/// The day on which the window of what becomes due is over in a period, or with the last day that binds, where that cuts the period short.
fn window_ends<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, here): (&'w Norm, &Instance),
    period: CyclePeriod,
    binds: DayBounds,
) -> DayBounds {
    let ends = last_of_window(ask, (norm, here), period);
    let cut = |end: Day, last: Day| if last < period.last() { end.min(last) } else { end };
    DayBounds::within(cut(ends.first, binds.first), cut(ends.last, binds.last))
}

/// The last day of the window of what becomes due in a period; the day after the period for one that has no last day.
fn last_of_window<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, instance): (&'w Norm, &Instance),
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
pub fn breaks_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, one: &Instance, period: CyclePeriod) -> DayBounds {
    let by_acts = is_broken_by_acts(norm);
    let binds = ask.quietly(|ask| days_that_bind(ask, norm, one, period)).unwrap_or(DayBounds::exactly(Day::MAX));
    let ended = |day: DayBounds| {
        let first = period.first();
        DayBounds::within(day.first.min(binds.first.max(first)), day.last.min(binds.last.max(first)))
    };
    let cut = binds.first < period.last();
    let last = |edge: EdgeDay| match edge {
        EdgeDay::On(day) if day.exact().is_some_and(|day| day > period.last()) && !cut => day,
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
        let readings = taken_as(ask, norm).iter();
        let each = readings.map(|body| ask.asked(on, by, |ask| ask.frame(body, until)).last);
        each.collect()
    });
    (ask.vars, (ask.period, ask.term, ask.cycle)) = (vars, before);
    Some(last)
}
