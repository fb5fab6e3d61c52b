//! Whether what an instance asks for had run out before a day: its last day had passed, or who was bound by it had left.

use super::under::{is_of_an_event, under_wording};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::day_named;
use crate::evaluate::expr::form::{Reached, Reckoned, last_reached};
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::expr::readings::first_as_taken;
use crate::evaluate::instance::life::{is_of_acts, is_of_limits, lasting_days, whom_under};
use crate::evaluate::instance::people::waiver_of;
use crate::evaluate::instance::periods::turned_to;
use crate::evaluate::norms::case::{bearer_of, has_window};
use crate::evaluate::trace::Trace;
use crate::facts::Row;
use crate::model::clause::{Bearer, CycleOf, Edge};
use crate::plan::{Body, Norm, NormId, NormTest};
use crate::value::Day;
use crate::verdict::{Holder, Instance};

/// Whether the window of an instance was over before a day.
pub fn had_run_out<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, on: Day) -> bool {
    !still_runs(ask, norm, instance.norm, instance, on)
}

/// Whether an instance of an old wording had not run out when another one took effect.
pub fn still_runs<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    id: NormId,
    instance: &Instance,
    on: Day,
) -> bool {
    if let Some(period) = instance.period.filter(|_| !first_as_taken(ask, norm).is_some_and(is_due_by_its_window)) {
        return period.stretch.until > on && !has_left(ask, norm, instance, on);
    }
    if let Some((_, last)) = instance.span {
        return last >= on;
    }
    let Some(instance) = under_wording(ask, norm, id, instance) else { return false };
    let Some(body) = first_as_taken(ask, norm) else { return true };
    on_the_eve(ask, norm, (&instance, on), |ask| match &body.test {
        NormTest::Shared { .. } | NormTest::Vote { .. } | NormTest::AtJoining { .. } => instance.subject.is_none(),
        _ => window_runs(ask, norm, body.window.last.clone(), &instance, on),
    })
}

/// Whether the window of an instance under a wording was over before a day.
pub fn has_passed<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (id, norm): (NormId, &'w Norm),
    instance: &Instance,
    on: Day,
) -> bool {
    let speaks_of_it = norm.bodies.iter().all(is_due_by_its_window) && under_wording(ask, norm, id, instance).is_some();
    speaks_of_it && !still_runs(ask, norm, id, instance, on)
}

/// The last day of an instance, whoever was there on it, where that lies before a day.
pub fn was_due_before<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, on: Day) -> Option<Day> {
    let before = |last: EdgeDay| match last {
        EdgeDay::On(day) => Some(day.last).filter(|day| *day < on),
        _ => None,
    };
    on_the_eve(ask, norm, (instance, on), |ask| {
        let extended = extended_before(ask, norm, instance, on);
        let lasts = norm.bodies.iter().map(|body| before(ask.frame(body, extended).last));
        lasts.collect::<Option<Vec<Day>>>()?.into_iter().max()
    })
}

/// Whether the window of what is due once for a subject, or for each of some, had begun before a day: one that is counted from a day of
/// theirs.
pub fn had_begun<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, on: Day) -> bool {
    if instance.subject.is_none() && bearer_of(norm, instance).is_none() {
        return false;
    }
    let Some(body) = first_as_taken(ask, norm).filter(|body| is_due_by_its_window(body)) else { return false };
    let first = on_the_eve(ask, norm, (instance, on), |ask| match (ask.frame(body, None).first, last_reached(body)) {
        // `by D plus 10 days` is a period that runs from D on.
        (EdgeDay::None, Reached::After { day, by, what, .. }) if what != Reckoned::FixedDay && !by.goes_back() => {
            day_named(ask, day)
        }
        (first, _) => first,
    });
    matches!(first, EdgeDay::On(first) if first.last < on)
}

/// Whether the window of a wording that speaks of other bearers was over before a day, for each of those.
pub fn had_passed_for_others<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (id, norm): (NormId, &'w Norm),
    instance: &Instance,
    on: Day,
) -> bool {
    let bearers: Vec<Holder> = match &norm.bearer {
        Some(Bearer::EachOf(actors)) => actors.iter().map(|actor| Holder::Actor(*actor)).collect(),
        Some(Bearer::Each(of)) => ask.world.facts.rows(of.record).map(|row| Holder::Row(of.record, row)).collect(),
        Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::Field(_)) | None => vec![Holder::TheOne],
    };
    let whom = |bearer: &Holder| whom_under(ask.world.plan, norm, &Instance { bearer: *bearer, ..*instance });
    let others: Vec<_> = bearers.iter().filter_map(|bearer| Some((*bearer, whom(bearer)?))).collect();
    let passed = |(bearer, subject): (Holder, Option<(u8, Row)>)| {
        has_passed(ask, (id, norm), &Instance { norm: id, subject, bearer, ..*instance }, on)
    };
    !others.is_empty() && others.into_iter().all(passed)
}

/// Whether the first period of a wording that cuts time otherwise has a last day that had passed when it took effect.
pub fn begins_too_late<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (id, norm): (NormId, &'w Norm),
    instance: &Instance,
    on: Day,
) -> bool {
    let (Some(CycleOf::Calendar(cycle)), Some(own)) = (&norm.cycle, instance.period) else { return false };
    let Some(period) = cycle.period_at(on).filter(|period| *period != own) else { return false };
    let Some(subject) = whom_under(ask.world.plan, norm, instance) else { return false };
    let first = Instance { norm: id, subject, period: Some(period), ..*instance };
    norm.bodies.iter().all(is_due_by_its_window) && !still_runs(ask, norm, id, &first, on)
}

/// Whether a wording that cuts time otherwise leaves an instance to the one before it: of a limit, and of a period that had ended.
pub fn has_no_such_case(norm: &Norm, instance: &Instance, on: Day) -> bool {
    norm.bodies.iter().all(is_of_limits) || instance.period.is_some_and(|period| period.stretch.until <= on)
}

/// Whether its subject or its bearer had left before a day: what binds them ended with that.
pub fn has_left<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, on: Day) -> bool {
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    let mut both = subject.into_iter().chain(bearer);
    both.any(|(of, row)| match lasting_days(ask, of, row).map(|lasts| lasts.last) {
        Some(EdgeDay::On(last)) => last.last < on,
        Some(_) | None => false,
    })
}

/// Whether a last day of its own tells when a body has run out. Acts are judged by their own days.
pub fn is_due_by_its_window(body: &Body) -> bool {
    has_window(&body.test) && !is_of_acts(body) && !matches!(body.window.last, Edge::Open)
}

/// By the last day of the window; without any, a subject that is an event is over on its day.
fn window_runs<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, last: Edge, instance: &Instance, on: Day) -> bool {
    let Some(body) = first_as_taken(ask, norm) else { return true };
    if matches!(last, Edge::Open) && body.window.first.is_none() && is_of_an_event(ask, norm, instance) {
        return false;
    }
    let extended = extended_before(ask, norm, instance, on);
    match ask.frame(body, extended).last {
        // Whoever came after the last day was never asked by it.
        EdgeDay::On(day) => day.last >= on || came_after_it(ask, norm, instance, day.last),
        EdgeDay::NotYet | EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => true,
        EdgeDay::NoDay | EdgeDay::NoSuchDay => true,
    }
}

/// Whether the bearer of an instance, or its subject that lasts, came after a day.
fn came_after_it<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, day: Day) -> bool {
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let mut both = bearer.into_iter().chain(subject);
    both.any(|(of, row)| {
        let lasts = lasting_days(ask, of, row);
        matches!(lasts.map(|lasts| lasts.from), Some(EdgeDay::On(from)) if from.first > day)
    })
}

/// Looks at an instance on the eve of a day.
fn on_the_eve<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    (instance, on): (&Instance, Day),
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    turned_to(ask, norm, instance, |ask| ask.quietly(|ask| ask.asked_on(on.preceding(), look)))
}

/// What had been extended by a day had its last day later.
fn extended_before<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, on: Day) -> Option<Day> {
    waiver_of(ask, norm, instance).filter(|(_, waiver)| waiver.decision.on < on)?.1.until
}
