//! Whom a clause reaches: its subjects that pass their filter, its bearers that last or are members when it matters.

use crate::facts::Row;
use crate::model::expr::Collection;
use crate::plan::{Norm, NormTest};
use crate::value::{Day, Stretch};
use crate::verdict::{Decider, Instance, Mark, Nuance, Said, Status};

use super::life::{Lasts, days_of_binding, goes_by_wording, governing_days, is_of_acts, last_to_come, lasting_days};
use super::ruling::Ruling;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::norms::case::bearer_of;
use crate::evaluate::trace::{Trace, mark_of, reason};

/// Whether the clause reaches this subject, and this bearer if it passes its filter. A filter asks about the day on which the
/// instance began: an event's, which days on file of it came later, too; of any other row, what had come by that day.
pub fn reaches<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, began: Day) -> Truth {
    let mut truth = Truth::Yes;
    if let Some((line, row)) = instance.subject
        && let Some(of) = norm.subjects.get(usize::from(line))
    {
        truth = belongs_on(ask, (of, row), began, instance);
        if truth.is_no() {
            return truth;
        }
        let period = instance.period.map(|period| (period.first(), last_to_come(ask, norm, period)));
        let asked_over = period.or(instance.span);
        if (of.members_of.is_some() || asked_over.is_some())
            && let Some(lasts) = lasting_days(ask, of, row)
        {
            // Nobody is bound by days on which the clause was not in force.
            let (first, last) = asked_over.unwrap_or((Day::MIN, Day::MAX));
            let mut force = days_of_all(ask, norm, instance);
            if instance.period.is_some() {
                force = force.intersect(days_of_binding(ask, norm));
            }
            let in_force = (first.max(force.from), last.min(force.last()));
            let (first, last) = if in_force.0 <= in_force.1 { in_force } else { (first, last) };
            let member = lasts.meets(first, last);
            say_lasting(ask, of, lasts, member);
            truth = truth.and(member);
        }
    }
    if truth.is_no() {
        return truth;
    }
    if let Some((of, _, row)) = bearer_of(norm, instance) {
        truth = truth.and(belongs_on(ask, (of, row), began, instance));
    }
    truth
}

/// The days on which the clause governs an instance: of acts that are judged by the wording of their days, those of all wordings.
fn days_of_all<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Stretch {
    let governs = governing_days(ask, norm, instance);
    if !goes_by_wording(ask, norm, instance) || !norm.bodies.iter().all(is_of_acts) {
        return governs;
    }
    let others = ask.world.plan.norms_of(norm.clause).map(|(_, other)| ask.law.chosen(other));
    let all = others.filter(|force| !force.is_empty());
    all.fold(governs, |all, force| Stretch::new(all.from.min(force.from), all.until.max(force.until)))
}

/// Whether a row passes its filter on its own day, or on the day on which the instance began. Where that day is not known, on each
/// day that it may be.
fn belongs_on<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (of, row): (&'w Collection, Row),
    began: Day,
    instance: &Instance,
) -> Truth {
    let cancelled = ask.world.cancelled(of.record, row);
    if cancelled.is_yes() {
        ask.trace.say(|| reason(Said::Words("it was called off"), Mark::No, of.span));
        return Truth::No;
    }
    if cancelled == Truth::Open {
        ask.tell_cancelled(of.record, row, of.span);
    }
    ask.bind(of.var, row);
    let as_of = ask.world.as_of;
    let event = ask.world.shape(of.record).is_event() && of.members_of.is_none();
    let asked = |ask: &mut Ask<'w, T>, day: Day| {
        let by = if event { as_of } else { day.min(as_of) };
        ask.asked_of(day, by, |ask| ask.holds(&of.filter))
    };
    let passes = match open_beginning(ask, (of, row), instance) {
        Some((first, last)) => {
            let mut days = ask.changes_of(&of.filter, first, last);
            days.push(last);
            let truths: Vec<Truth> = days.into_iter().map(|day| asked(ask, day)).collect();
            same_for_all(truths.into_iter())
        }
        None => {
            let day = ask.own_day(of.record, row).and_then(DayBounds::exact).unwrap_or(began);
            asked(ask, day)
        }
    };
    cancelled.opposite().and(passes)
}

/// The days on which an event may have happened, or a lasting row may have begun, where that is not known exactly; of a row that
/// lasts, as far as they lie in the period.
fn open_beginning<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (of, row): (&'w Collection, Row),
    instance: &Instance,
) -> Option<(Day, Day)> {
    let event = ask.world.shape(of.record).is_event() && of.members_of.is_none();
    // What is watched on every day is asked on each of them, whenever it began.
    if !event && instance.span.is_some() {
        return None;
    }
    let own = if event { ask.own_day(of.record, row) } else { None };
    let bounds = match (event, own) {
        (true, Some(day)) => day,
        (true, None) => DayBounds::within(Day::MIN, Day::MAX),
        (false, _) => match lasting_days(ask, of, row)?.from {
            EdgeDay::On(day) => day,
            EdgeDay::Unknown => DayBounds::within(Day::MIN, Day::MAX),
            _ => return None,
        },
    };
    if bounds.exact().is_some() {
        return None;
    }
    let (first, last) = match instance.period.filter(|_| !event) {
        Some(period) => (bounds.first.max(period.first()), bounds.last.min(period.last())),
        // What lies beyond the as-of day is asked on the day after it, of which nothing is known yet.
        None => (bounds.first, bounds.last.min(ask.world.as_of.following().max(bounds.first))),
    };
    (first <= last).then_some((first, last))
}

/// Whether a lasting bearer is bound: it lasts on the subject's day, or on some day of the period or the window.
pub fn bears<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (of, row, lasts): (&'w Collection, Row, Lasts),
    (first, last): (Day, Day),
) -> Truth {
    // What was done before it began is nothing that it did.
    let before = |day: &Day| matches!(lasts.from, EdgeDay::On(from) if *day < from.first);
    let over_those_days = lasts.meets(first, last);
    let in_force = governing_days(ask, norm, instance).last();
    let within = |day: &Day| *day <= in_force && (instance.period.is_none() || (first <= *day && *day <= last));
    let binds = match exercised_on(ask, norm).filter(|day| !before(day) && within(day)) {
        // Whoever leaves was a member the day before.
        Some(day) => over_those_days.or(lasts.meets(day.preceding(), day)),
        None => over_those_days,
    };
    // Nobody is a member while the membership itself is not in force.
    let none = first > Day::MIN && of.members_of.is_some_and(|clause| ask.law.lie_in_a_gap(clause, (first, last)));
    let binds = if none { Truth::No } else { binds };
    say_lasting(ask, of, lasts, binds);
    if let (Truth::Open, Some(clause)) = (binds, of.members_of) {
        let on = if instance.subject.is_some() { first } else { last.min(ask.world.as_of) };
        ask.member(clause, row, on);
    }
    binds
}

fn say_lasting<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &Collection, days: Lasts, truth: Truth) {
    ask.trace.say(|| {
        let (from, last, mark) = (days.from.ends(), days.last.ends(), mark_of(truth));
        let never = days.admitted.is_no() || from.zip(last).is_some_and(|((from, _), (_, last))| last < from);
        let (from, last) = if never { (None, None) } else { (from, last) };
        let said = match of.members_of {
            Some(_) => Said::Membership { member: mark, from, last },
            None => Said::Lasts { lasts: mark, from, last },
        };
        reason(said, mark, None)
    });
}

/// The day on which a permission was exercised, if it was.
fn exercised_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Option<Day> {
    let field = norm.bodies.iter().find_map(|body| match &body.test {
        NormTest::May { exercised: Some(field), .. } => Some(field),
        _ => None,
    })?;
    let as_of = ask.world.as_of;
    let day = ask.quietly(|ask| ask.asked(ask.on, as_of, |ask| ask.field(field))).day_bounds();
    day.and_then(DayBounds::exact).filter(|day| *day <= as_of)
}

/// What a missing fact about subject or bearer makes of an outcome. Where it hangs on what is only planned, what waits goes on waiting.
pub fn as_reached(ruling: Ruling, reach: Truth, by_plans: bool) -> Ruling {
    let stays = ruling.outcome.status == Status::NotApplicable && ruling.outcome.nuance != Nuance::NotUsed;
    match reach {
        Truth::Yes | Truth::No => ruling,
        Truth::Open | Truth::Person if stays => ruling,
        Truth::Open if by_plans && ruling.outcome.status == Status::Pending => ruling,
        Truth::Open => Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody },
        Truth::Person => {
            let decider = if ruling.decider == Decider::Nobody { Decider::Unnamed } else { ruling.decider };
            Ruling { outcome: ruling.outcome.with(Status::NeedsJudgement), decider }
        }
    }
}
