//! A day in a field that must have come, and days that must have come one after the other.

use crate::facts::Row;
use crate::model::expr::Row as RowOf;
use crate::model::expr::{Collection, FieldOf};
use crate::value::Day;
use crate::verdict::{Mark, Said, Status};

use super::case::{Case, bearer_of};
use super::deeds::{is_there, still_ahead};
use super::events::days_of_the_last;
use super::tally::{Counts, Deed, Field, Tally};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::formality::formal_by_field;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::instance::life::lasting_days;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// The day in a field of the subject has come, within the window.
pub fn dated<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, field: &'w FieldOf) -> Outcome {
    let ask = &mut judge.ask;
    let as_of = ask.world.as_of;
    // A day in a field of the subject is the subject's, whenever the clause came into force.
    let subject = case.instance.subject.is_some() || !matches!(field.row, RowOf::Agreement);
    let whole = case.instance.period.is_none_or(|period| period.last() <= case.life.ends);
    // What its bearer had to do by then is not done late by what comes after leaving, or after the end.
    let owed = match case.instance.subject {
        Some(_) => matches!(case.frame.last, EdgeDay::On(_)) && whole,
        None => subject && !case.can_be_done_after_the_end().is_no(),
    };
    let until = if owed { Day::MAX } else { case.life.ends };
    let mut frame = case.frame;
    if frame.first == EdgeDay::None && !subject && case.life.since > Day::MIN {
        frame.first = EdgeDay::On(DayBounds::exactly(case.life.since));
    }
    frame.first = from_its_coming(ask, case, field, frame.first);
    let found = Field { frame, period: None, since: Day::MIN, until, as_of, enough: Some(1) };
    let value = ask.asked(ask.on, as_of, |ask| ask.field(field));
    let form = formal_by_field(ask, &case.body.form, field);
    let mut tally = Tally::default();
    let deed = match &value {
        Val::Absent => Deed { right: Truth::No, day: None, on_file: false },
        other => {
            let day = other.day_bounds();
            Deed { right: form.and(before_its_leaving(ask, case, field, day)), day, on_file: true }
        }
    };
    let counts = found.counts(deed);
    if T::ON && form.is_no() {
        ask.trace.say(|| reason(Said::Words("it was not in the required form"), Mark::No, case.body.span));
    }
    // What is not on file at all may still be done.
    match (counts, &value) {
        (Counts::Open { in_time, late }, Val::Unknown) => {
            tally.more_in_time |= in_time;
            tally.more_done |= in_time || late;
        }
        (_, _) => tally.add(counts, deed),
    }
    if let (true, Counts::Not, Some(day)) = (T::ON, counts, deed.day)
        && day.first > as_of
    {
        let said = still_ahead(ask, field, day.first);
        ask.trace.say(|| reason(said, Mark::Plain, field.span));
    }
    let mut outcome = tally.at_least(1, &found);
    let too_early = as_of.min(found.frame.first_bounds().1.preceding());
    let perhaps_early = deed.day.is_some_and(|day| day.first <= too_early && day.last > as_of);
    if outcome.status == Status::Pending && perhaps_early && !deed.right.is_no() && value != Val::Unknown {
        outcome = outcome.with(Status::Unknown);
    }
    // Whichever day it is on, it is before a day that has not come, and may never come.
    if found.frame.first == EdgeDay::NotYet && (counts == Counts::TooEarly || outcome.status == Status::Unknown) {
        return Outcome { progress: None, ..outcome.with(Status::Pending) };
    }
    if counts == Counts::TooEarly && deed.right.is_yes() {
        if let Some(day) = deed.day {
            let first = found.frame.first_bounds().1;
            ask.trace.say(|| reason(Said::TooEarly { day: day.last, first }, Mark::No, field.span));
        }
        outcome = Outcome { days: None, ..outcome.with(Status::Violated) };
        outcome.for_good = deed.day.is_some_and(|day| !case.life.ended(day.last));
    }
    outcome.progress = None;
    outcome
}

/// The bearer that a day in a field is of.
fn bearer_of_field<'w>(case: &Case<'w>, field: &FieldOf) -> Option<(&'w Collection, Row)> {
    let (of, var, row) = bearer_of(case.norm, &case.instance)?;
    field.row.mentions(var).then_some((of, row))
}

/// The first day of a window for a day in a field of the bearer: what it did before it came serves nothing.
fn from_its_coming<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, field: &'w FieldOf, first: EdgeDay) -> EdgeDay {
    let Some((of, row)) = bearer_of_field(case, field) else { return first };
    match (first, lasting_days(ask, of, row).map(|lasts| lasts.from)) {
        (EdgeDay::On(first), Some(EdgeDay::On(came))) => {
            EdgeDay::On(DayBounds::within(first.first.max(came.first), first.last.max(came.last)))
        }
        (EdgeDay::None, Some(EdgeDay::On(came))) => EdgeDay::On(came),
        (first, _) => first,
    }
}

/// Whether the bearer was still there on a day in a field of it, where it is not known when it left.
fn before_its_leaving<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    field: &'w FieldOf,
    day: Option<DayBounds>,
) -> Truth {
    match (bearer_of_field(case, field), day, case.life.may_end) {
        (Some((of, row)), Some(day), Some(end)) if day.last > end => {
            let there = is_there(ask, of, row, day.last);
            if day.exact().is_some() { there } else { there.or(Truth::Open) }
        }
        _ => Truth::Yes,
    }
}

/// The days in these fields have come one after the other. What came in the wrong order cannot be mended by coming late; where two
/// came on one day, nothing tells which was the first.
pub fn in_order<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, fields: &'w [FieldOf]) -> Outcome {
    // What is not known of one step may be a breach, which weighs more than another's being late.
    const WORST_FIRST: [Status; 5] =
        [Status::Violated, Status::Unknown, Status::NeedsJudgement, Status::Late, Status::Pending];
    let as_of = judge.ask.world.as_of;
    let each: Vec<Outcome> = fields.iter().map(|field| dated(judge, case, field)).collect();
    let mut order = Truth::Yes;
    let mut for_good = each.iter().any(|one| one.for_good);
    for (before, after) in fields.iter().zip(fields.iter().skip(1)) {
        let ask = &mut judge.ask;
        let mut day = |field: &'w FieldOf| ask.quietly(|ask| ask.asked(ask.on, as_of, |ask| ask.field(field)));
        let (one, other) = (day(before), day(after));
        let pair = came_before(&one, &other, as_of);
        match pair {
            Truth::No => {
                for_good |= other.day_bounds().is_some_and(|day| !case.life.ended(day.last));
                ask.trace.say(|| reason(Said::Words("it came in the wrong order"), Mark::No, after.span));
            }
            Truth::Open if one.day_bounds().is_some() && other.day_bounds().is_some() => ask
                .trace
                .say(|| reason(Said::Words("it is unknown which of the two came first"), Mark::Open, after.span)),
            Truth::Yes | Truth::Open | Truth::Person => {}
        }
        order = order.and(pair);
    }
    let worst = WORST_FIRST.iter().find_map(|status| each.iter().position(|one| one.status == *status));
    let at = worst.unwrap_or(each.len().saturating_sub(1));
    let days = each.get(at).map(|one| one.status).and_then(|status| days_of_the_last(&each, status));
    let Some(found) = each.into_iter().nth(at) else { return Outcome::of(Status::Unknown) };
    let found = Outcome { days, ..found };
    match order {
        Truth::No => Outcome { days: None, for_good, ..found.with(Status::Violated) },
        _ if found.status == Status::Violated => Outcome { for_good, ..found },
        Truth::Open | Truth::Person if matches!(found.status, Status::Satisfied | Status::Late) => {
            Outcome { days: None, ..found.with(Status::Unknown) }
        }
        Truth::Yes | Truth::Open | Truth::Person => found,
    }
}

/// Whether one day came before another; a later step that has not come is in nobody's way.
fn came_before(one: &Val, other: &Val, as_of: Day) -> Truth {
    let Some(after) = other.day_bounds() else {
        return if *other == Val::Absent { Truth::Yes } else { Truth::Open };
    };
    if after.first > as_of {
        return Truth::Yes;
    }
    match one.day_bounds() {
        Some(before) if before.last < after.first => Truth::Yes,
        Some(before) if before.first > after.last && after.last <= as_of => Truth::No,
        None if *one == Val::Absent && after.last <= as_of => Truth::No,
        Some(_) | None => Truth::Open,
    }
}
