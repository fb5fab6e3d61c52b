//! Events that must, or must not, happen, and a day that must have come.

use crate::facts::Row;
use crate::model::clause::{Count, CutCounts, Limit};
use crate::model::expr::Row as RowOf;
use crate::model::expr::{Expr, ExprKind, FieldOf};
use crate::model::schema::RecordId;
use crate::plan::NormTest;
use crate::value::{Day, Number, Stretch};
use crate::verdict::{Fit, Mark, Nuance, Said, Status};

use super::assignment;
use super::case::Case;
use super::deeds::{Conditions, Wanted, deed, formal};
use super::tally::{Counts, Deed, Field, Tally};
use crate::evaluate::expr::edges::EdgeDay;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::{Outcome, worst};
use crate::evaluate::trace::{Trace, reason};

/// Events happen, so many times, within the window.
pub fn happens<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    count: &'w Count,
) -> Outcome {
    match count {
        Count::OfEach { least, field, options } => {
            let needed = usize::try_from(*least).unwrap_or(usize::MAX);
            let mut outcomes = Vec::new();
            for option in options {
                let wanted = Wanted { option: Some((*field, option)), ..wanted };
                let field = duty_field(judge, case, wanted, (false, needed));
                let tally = tally(judge, case, wanted, field);
                outcomes.push(tally.at_least(needed, &field));
            }
            each_of(outcomes)
        }
        Count::About { least, most } => {
            let (least, most) = (times(judge, case, least), times(judge, case, most));
            let field = duty_field(judge, case, wanted, (true, least.unwrap_or_default()));
            let tally = tally(judge, case, wanted, field);
            match (least, most) {
                (Some(least), Some(most)) => tally.about(least, most, &field),
                (_, _) => Outcome::of(Status::Unknown),
            }
        }
        Count::Times { limit, times: number } => {
            let Some(times) = times(judge, case, number) else { return Outcome::of(Status::Unknown) };
            let limits = !matches!(limit, Limit::AtLeast | Limit::MoreThan);
            let enough = if matches!(limit, Limit::MoreThan) { times.saturating_add(1) } else { times };
            let field = duty_field(judge, case, wanted, (limits, enough));
            let tally = tally(judge, case, wanted, field);
            limited(&tally, *limit, times, &field)
        }
    }
}

/// The days within which a duty's evidence is looked for. What names its subject is not bounded by force; after the end only
/// what has a last day can still be done, late.
fn duty_field<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    (limits, enough): (bool, usize),
) -> Field {
    let life = case.life;
    let named = case.names_subject(wanted.events) && !limits;
    let since = if named { life.bearer_since } else { life.since };
    // What is owed after the end can be done after it: for a subject, or a period, that lay in force.
    let whole = case.instance.period.is_some_and(|period| period.last() <= life.ends);
    let owed = matches!(case.frame.last, EdgeDay::On(_)) && !limits && (case.instance.subject.is_some() || whole);
    let until = if owed { Day::MAX } else { life.ends };
    let mut frame = case.frame;
    if wanted.counted_for.is_some() {
        frame.first = EdgeDay::None;
    }
    let by_day = judge.ask.period.filter(|_| wanted.counted_for.is_none());
    let by_day = by_day.filter(|_| !assignment::roams(judge, case, wanted));
    let as_of = judge.ask.world.as_of;
    let period = by_day.map(|period| (period.first(), period.last()));
    Field { frame, period, since, until, as_of, enough: Some(enough) }
}

/// A number of times, in proportion to the part of a first or last period that counts so.
fn times<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, times: &'w Expr) -> Option<usize> {
    let number = match (&times.kind, judge.ask.value(times)) {
        (ExprKind::Number(number), _) => number.clone(),
        (_, value) => value.bounds().exact()?.clone(),
    };
    let number = in_proportion(judge, case, number);
    number.ceil().to_i64().and_then(|times| usize::try_from(times).ok())
}

fn in_proportion<'w, T: Trace>(judge: &Judge<'w, T>, case: &Case<'w>, number: Number) -> Number {
    let Some(period) = judge.ask.period else { return number };
    let binds = Stretch::of_days(case.life.since, case.life.ends);
    let part = period.stretch.intersect(binds);
    let cut_first = part.from > period.stretch.from && case.norm.first_period == Some(CutCounts::InProportion);
    let cut_last = part.until < period.stretch.until && case.norm.last_period == Some(CutCounts::InProportion);
    if !cut_first && !cut_last {
        return number;
    }
    let (days, whole) = (i64::from(part.days()), i64::from(period.stretch.days()));
    Number::ratio(days, whole).map_or(number.clone(), |share| number.times(&share))
}

/// Counts the events of a collection that fall into the window (and the period, when their day says which it is).
pub fn tally<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>, field: Field) -> Tally {
    let mut tally = Tally::default();
    let rows = judge.ask.candidates(wanted.events);
    for row in rows.all(judge.ask.world.facts, wanted.events.record) {
        // An event is never its own successor.
        if case.is_subject(wanted.events, row) {
            continue;
        }
        judge.ask.trace.open();
        let mark = judge.ask.trace.mark();
        let mut deed = deed(&mut judge.ask, case, wanted, row);
        if !deed.right.is_no() && assignment::serves_another(judge, case, wanted, row) {
            deed.right = Truth::No;
        }
        let counts = counted(&field, case, deed);
        let since = if field.period.is_none() { field.since } else { Day::MIN };
        if !tell_deed(judge, (wanted.events.record, row), (deed, counts), since) {
            judge.ask.trace.forget(mark);
        }
        tally.add(counts, deed);
    }
    more(judge, case, wanted, &field, &mut tally);
    tally
}

/// How a deed counts. An act on the very day that a ban is counted from may have come before it or after it.
fn counted(field: &Field, case: &Case, deed: Deed) -> Counts {
    let counts = field.counts(deed);
    let on_the_day = || {
        let (first, day) = (field.frame.first_day(), deed.day.and_then(DayBounds::exact));
        first.is_some() && first == day
    };
    if counts == Counts::InTime
        && case.frame.after
        && matches!(case.body.test, NormTest::Never(_))
        && on_the_day()
    {
        return Counts::Open { in_time: true, late: false };
    }
    counts
}

/// What might have been done that nobody has written down.
fn more<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    field: &Field,
    tally: &mut Tally,
) {
    let record = wanted.events.record;
    let since = field.since.max(case.life.since);
    let until = field.until.min(field.as_of);
    let completed = field.enough.and_then(|enough| tally.completed(enough));
    let (closes, closed) = field.frame.last_bounds();
    let mut open: Option<(Day, Day)> = None;
    for (first, last) in judge.ask.world.gaps(record, since, until) {
        let day = DayBounds::within(first, last);
        let passes = judge.ask.ghost_passes(wanted.events, day);
        let right = if passes.is_no() { Truth::No } else { Truth::Open };
        if let Counts::Open { in_time, late } = field.counts(Deed { right, day: Some(day), on_file: false }) {
            let after = closes.following().max(first);
            let latest = completed.map_or(last, |day| last.min(day.plus_days(-1)));
            let late = late && after <= latest && assignment::may_be_late(judge, case, wanted, (after, latest));
            let last = if late { latest } else { last.min(closed) };
            if !in_time && !late {
                continue;
            }
            tally.more_in_time |= in_time;
            tally.more_done |= in_time || late;
            open = Some(open.map_or((first, last), |(from, _)| (from, last)));
        }
    }
    if let Some((from, through)) = open {
        let (first, _) = field.frame.first_bounds();
        let first = field.period.map_or(first, |(period, _)| period.max(first));
        let end = field.period.map_or(field.as_of, |(_, last)| last.min(field.as_of));
        let (from, through) = (from.max(first).min(through), through.min(end.max(from)));
        judge.ask.incomplete_over(record, from, through);
    }
}

/// Says how a row counts; what is of another kind is passed over in silence.
fn tell_deed<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    (record, row): (RecordId, Row),
    (deed, counts): (Deed, Counts),
    since: Day,
) -> bool {
    let day = deed.day.and_then(DayBounds::exact);
    let planned = deed.day.is_some_and(|day| day.first > judge.ask.world.as_of);
    let (fit, mark) = match counts {
        Counts::InTime => (Fit::InTime, Mark::Yes),
        Counts::Late => (Fit::Late, Mark::No),
        Counts::TooEarly => (Fit::TooEarly, Mark::No),
        Counts::Open { .. } => (Fit::Open, Mark::Open),
        Counts::Not if !deed.right.is_no() && planned => (Fit::Planned, Mark::Plain),
        Counts::Not if deed.right.is_yes() && deed.day.is_some_and(|day| day.last < since) => {
            (Fit::TooEarly, Mark::No)
        }
        Counts::Not => {
            judge.ask.trace.discard();
            return false;
        }
    };
    if matches!(counts, Counts::InTime | Counts::Late) {
        judge.ask.trace.evidence(record, row);
        judge.serve(record, row);
    }
    let fact = if T::ON { judge.ask.world.facts.row_place(record, row) } else { None };
    judge.ask.trace.close(|| {
        let mut step = reason(Said::Evidence { record, row, day, fit }, mark, None);
        step.fact = fact;
        step
    });
    matches!(counts, Counts::Open { .. })
}

/// The day in a field of the subject has come, within the window.
pub fn dated<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, field: &'w FieldOf) -> Outcome {
    let ask = &mut judge.ask;
    let as_of = ask.world.as_of;
    // A day in a field of the subject is the subject's, whenever the clause came into force.
    let subject = case.instance.subject.is_some() || !matches!(field.row, RowOf::Agreement);
    let owed = matches!(case.frame.last, EdgeDay::On(_)) && subject;
    let until = if owed { Day::MAX } else { case.life.ends };
    let mut frame = case.frame;
    if frame.first == EdgeDay::None && !subject && case.life.since > Day::MIN {
        frame.first = EdgeDay::On(DayBounds::exactly(case.life.since));
    }
    let found = Field { frame, period: None, since: Day::MIN, until, as_of, enough: Some(1) };
    let value = ask.asked(ask.on, as_of, |ask| ask.field(field));
    let form = formal(ask, &case.body.form, field.record, crate::evaluate::knowledge::world::GHOST);
    let mut tally = Tally::default();
    let deed = match &value {
        Val::Absent => Deed { right: Truth::No, day: None, on_file: false },
        other => Deed { right: form, day: other.day_bounds(), on_file: true },
    };
    let counts = found.counts(deed);
    if T::ON && form.is_no() {
        ask.trace.say(|| reason(Said::Words("it was not in the form that is asked for"), Mark::No, case.body.span));
    }
    // What is not on file at all may still be done.
    match (counts, &value) {
        (Counts::Open { in_time, late }, Val::Unknown) => {
            tally.more_in_time |= in_time;
            tally.more_done |= in_time || late;
        }
        (_, _) => tally.add(counts, deed),
    }
    if let (Counts::Not, Some(day)) = (counts, deed.day)
        && day.first > as_of
    {
        ask.trace.say(|| reason(Said::Planned { day: day.first }, Mark::Plain, field.span));
    }
    let mut outcome = tally.at_least(1, &found);
    if counts == Counts::TooEarly && deed.right.is_yes() {
        ask.trace.say(|| reason(Said::Words("it came too early"), Mark::No, field.span));
        outcome = Outcome { days: None, ..outcome.with(Status::Violated) };
    }
    outcome.progress = None;
    outcome
}

/// No such event happens, from the first day of the window (else of the period, else of force) on.
pub fn never<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Outcome {
    let wanted = Wanted { conditions: Conditions::OnTheDayOfTheAct, ..wanted };
    let field = ban_field(judge, case);
    let tally = tally(judge, case, wanted, field);
    let mut outcome = tally.at_most(0, &field);
    outcome.progress = None;
    let as_of = judge.ask.world.as_of;
    if outcome.status == Status::Satisfied {
        outcome = outcome.with(binds_at_all(judge, case, &field));
        if case.life.ended(as_of) {
            let day = case.life.ends;
            judge.ask.trace.say(|| reason(Said::EndedOn { day }, Mark::Plain, case.norm.span));
            outcome.nuance = Nuance::Plain;
        }
    }
    outcome
}

/// The days on which a ban binds.
pub fn ban_field<'w, T: Trace>(judge: &Judge<'w, T>, case: &Case<'w>) -> Field {
    let life = case.life;
    let since = if case.has_no_window() { life.since.max(life.own.unwrap_or(Day::MIN)) } else { life.since };
    // Every act in the window breaks a ban, also one that reaches past its period.
    let period = judge.ask.period.filter(|_| !assignment::may_roam(case));
    let period = period.map(|period| (period.first(), period.last()));
    let as_of = judge.ask.world.as_of;
    Field { frame: case.frame, period, since, until: life.ends, as_of, enough: None }
}

/// Without an act a ban does not apply only where its conditions hold on no day of the window.
pub fn binds_at_all<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, field: &Field) -> Status {
    let conditions = &case.body.conditions;
    if conditions.is_empty() {
        return Status::Satisfied;
    }
    let (first, _) = field.frame.first_bounds();
    let (_, last) = field.frame.last_bounds();
    let (period_first, period_last) = field.period.unwrap_or((Day::MIN, Day::MAX));
    let first = first.max(period_first).max(field.since);
    let last = last.min(period_last).min(field.until).min(field.as_of).max(first);
    let ask = &mut judge.ask;
    let days = ask.changes(first, last, |walk, ask| walk.conditions(ask, conditions));
    let mut any = Truth::No;
    for day in days {
        any = any.or(ask.asked_on(day, |ask| ask.applies(conditions)));
        if any.is_yes() {
            break;
        }
    }
    match any {
        Truth::Yes => Status::Satisfied,
        Truth::No => Status::NotApplicable,
        Truth::Open => Status::Unknown,
        Truth::Person => Status::NeedsJudgement,
    }
}

pub fn limited(tally: &Tally, limit: Limit, times: usize, found: &Field) -> Outcome {
    match limit {
        Limit::AtLeast => tally.at_least(times, found),
        Limit::AtMost => tally.at_most(times, found),
        Limit::Exactly => tally.exactly(times, found),
        Limit::MoreThan => tally.at_least(times.saturating_add(1), found),
        Limit::LessThan => match times.checked_sub(1) {
            Some(most) => tally.at_most(most, found),
            // Fewer than none cannot be kept.
            None => Outcome::of(Status::Violated),
        },
    }
}

/// Each of several things is asked for: the whole comes out as its worst part, with the parts that are done counted.
fn each_of(outcomes: Vec<Outcome>) -> Outcome {
    let done = outcomes.iter().filter(|one| matches!(one.status, Status::Satisfied | Status::Late)).count();
    let needed = outcomes.len();
    let status = worst(outcomes.iter().map(|one| one.status)).unwrap_or(Status::NotApplicable);
    let decisive = outcomes.into_iter().find(|one| one.status == status);
    let mut outcome = decisive.unwrap_or_else(|| Outcome::of(status));
    outcome.progress = Some((Number::count(done), Number::count(needed)));
    outcome
}
