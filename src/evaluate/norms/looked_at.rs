//! What is looked at as evidence: which events, on which days, how each counts, and what nobody may have written down.

use crate::facts::Row;
use crate::model::clause::Limit;
use crate::model::expr::Expr;
use crate::model::schema::RecordId;
use crate::plan::NormTest;
use crate::value::{Day, Number};
use crate::verdict::{Fit, Mark, Said};

use super::assignment;
use super::case::Case;
use super::covered::{self, Use};
use super::deeds::{Conditions, Wanted, binds, days_that_bind, deed, is_anothers, worth_a_look};
use super::tally::{Counts, Deed, Field, Tally};
use crate::evaluate::expr::ask::{Ask, leave_open, what_is_open};
use crate::evaluate::expr::formality::formal;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::expr::history::changes_on;
use crate::evaluate::instance::binding::may_begin;
use crate::evaluate::instance::life::begins_with_the_breach;
use crate::evaluate::instance::periods::is_of_the_last_term;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::{Trace, reason};

/// The days within which a duty's evidence is looked for. What names its subject is not bounded by force; after the end only
/// what has a last day can still be done, late.
pub fn duty_field<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    (limit, enough): (Limit, usize),
) -> Field {
    let life = case.life;
    let is_maximum = matches!(limit, Limit::AtMost | Limit::LessThan);
    let limits = is_maximum || limit == Limit::Exactly;
    // What names its subject may be older than the clause, unless it has to be done within a period.
    let within = judge.ask.period.is_some_and(|period| case.frame.first_bounds().0 >= period.first());
    let older = case.names_subject(wanted.events) && !is_maximum && !within;
    let since = if older || wanted.counted_for.is_some() { life.bearer_since } else { life.since };
    // What answers to a breach comes after it, whatever it names.
    let breach = judge.ask.broken_on.filter(|_| begins_with_the_breach(case.norm) && wanted.counted_for.is_none());
    let since = breach.map_or(since, |(broken, _)| since.max(broken.following()));
    let until = if limits || case.can_be_done_after_the_end().is_no() { life.ends } else { Day::MAX };
    let mut frame = case.frame;
    if wanted.counted_for.is_some() {
        frame.first = EdgeDay::None;
    } else if let Some(own) = case.begins_with_its_subject() {
        frame.first = EdgeDay::On(DayBounds::exactly(own));
    }
    let by_day = judge.ask.period.filter(|_| wanted.counted_for.is_none());
    let roams = by_day.is_some() && assignment::roams(judge, case, wanted);
    let as_of = judge.ask.world.as_of;
    // What follows the last term may be late for it.
    let goes_on = is_of_the_last_term(&mut judge.ask, case.norm, &case.instance);
    let period = match by_day {
        Some(_) if roams => assignment::days_at_home(judge, case, wanted),
        by_day => by_day.map(|period| (period.first(), if goes_on { Day::MAX } else { period.last() })),
    };
    Field { frame, period, since, until, as_of, enough: Some(enough) }
}

/// A number as it was when the case began: where that day is not known exactly, it has to be the same on each day that it may be.
pub fn at_the_beginning<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, number: &'w Expr) -> Option<Number> {
    let told = ask.value(number).bounds().exact()?.clone();
    (!may_differ_at_the_beginning(ask, case, number)).then_some(told)
}

/// Whether an amount is not the same on each day on which the case may have begun.
pub fn may_differ_at_the_beginning<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, amount: &'w Expr) -> bool {
    let may_begin = may_begin(ask, case);
    if may_begin.exact().is_some() {
        return false;
    }
    let days = changes_on(ask, may_begin, |walk, ask| walk.value(ask, amount));
    ask.quietly(|ask| {
        let told = ask.value(amount).bounds();
        days.into_iter().any(|day| {
            let then = ask.asked_on(day, |ask| ask.value(amount)).bounds();
            (then.least, then.most) != (told.least.clone(), told.most.clone())
        })
    })
}

/// A deed as it was found: how it counts, and how if a person says that it is of the right kind.
pub struct Told {
    pub row: Row,
    pub deed: Deed,
    pub counts: Counts,
    pub if_weighed: Counts,
    pub perhaps_outside: bool,
    pub outside_if_weighed: bool,
}

/// Looks at the events of a collection that fall into the window, and tells how each counts.
pub fn each_deed<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    field: Field,
    take: &mut dyn FnMut(&mut Judge<'w, T>, Told),
) {
    let rows = match assignment::may_serve(judge, case, wanted) {
        Some(rows) => rows,
        None => worth_a_look(&mut judge.ask, wanted, &field),
    };
    let perhaps_over = case.life.ended(field.until) && case.can_be_done_after_the_end() == Truth::Open;
    for row in rows {
        // An event is never its own successor.
        if case.is_subject(wanted.events, row) {
            continue;
        }
        judge.ask.trace.open();
        let mark = judge.ask.trace.mark();
        let beyond = lies_beyond(&judge.ask, wanted, &field, row).then(|| what_is_open(&judge.ask));
        let mut deed = deed(&mut judge.ask, case, wanted, row);
        let passed_over =
            if T::ON && deed.right.is_no() { passed_over(judge, case, (wanted, &field), row) } else { None };
        if !deed.right.is_no() {
            let serves = assignment::serves_another(judge, case, wanted, row).opposite();
            // What is done is on file; only whom it serves is open.
            deed.on_file |= deed.right.is_yes() && deed.day.is_some() && serves == Truth::Open;
            deed.right = deed.right.and(serves);
        }
        if perhaps_over && deed.day.is_none_or(|day| case.life.ended(day.last)) {
            deed.right = deed.right.and(Truth::Open);
        }
        let seen = case.is_right().then(|| covered::seen(judge, case, &field, deed, Use::Act(wanted, row)));
        let outside = seen.is_some_and(|seen| seen.perhaps_outside(deed));
        let sure = Deed { right: Truth::Yes, ..deed };
        let weighed = deed.right == Truth::Person && !seen.is_some_and(|seen| seen.perhaps_outside(sure));
        let counts_as = |deed| match seen {
            Some(seen) => seen.counts(&field, deed),
            None => counted(&field, case, deed),
        };
        let counts = counts_as(deed);
        // What came before the period is of another one; what came in it before the breach that it answers to is told.
        let since = match field.period {
            None => DayBounds::within(Day::MIN, field.since),
            Some((first, _)) if begins_with_the_breach(case.norm) => DayBounds::within(first, field.since),
            Some(_) => DayBounds::exactly(Day::MIN),
        };
        let bans = matches!(case.body.test, NormTest::Never(_));
        if !tell_deed(judge, (wanted.events.record, row), (deed, counts, passed_over), (since, bans)) {
            judge.ask.trace.forget(mark);
        }
        let if_weighed = if deed.right == Truth::Person { counts_as(sure) } else { counts };
        let (perhaps_outside, outside_if_weighed) = (outside && !weighed, outside && weighed);
        take(judge, Told { row, deed, counts, if_weighed, perhaps_outside, outside_if_weighed });
        if let Some(then) = beyond {
            leave_open(&mut judge.ask, then);
        }
    }
}

/// Whether an event is looked at for its reasons alone: it is on file for a day on which nothing counts.
fn lies_beyond<T: Trace>(ask: &Ask<'_, T>, wanted: Wanted, field: &Field, row: Row) -> bool {
    let day = ask.world.day_of(wanted.events.record, row).and_then(|day| day.day_bounds());
    let (first, last) = field.reach();
    day.and_then(DayBounds::exact).is_some_and(|day| day < first || last < day)
}

/// How a deed counts. An act on the very day that a ban is counted from may have come before it or after it.
fn counted(field: &Field, case: &Case, deed: Deed) -> Counts {
    let counts = field.counts(deed);
    let on_the_day = || {
        let (_, first) = field.frame.first_bounds();
        matches!(field.frame.first, EdgeDay::On(_)) && deed.day.is_some_and(|day| day.may_lie_in(first, first))
    };
    if counts == Counts::InTime && case.frame.after && matches!(case.body.test, NormTest::Never(_)) && on_the_day() {
        return Counts::Open { in_time: true, late: false };
    }
    counts
}

/// What might have been done that nobody has written down.
pub fn more<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    field: &Field,
    tally: &mut Tally,
) {
    let record = wanted.events.record;
    // What lies outside of the period is asked about nowhere here.
    let (reach_first, reach_last) = field.reach();
    // What may be older than force is asked about from the window's first day on, where it has one.
    let (opens, _) = field.frame.first_bounds();
    let asked_from = if opens == Day::MIN { case.life.since } else { case.life.since.min(opens) };
    let since = field.since.max(asked_from).max(reach_first);
    let until = field.until.min(field.as_of).min(reach_last);
    let completed = field.enough.and_then(|enough| tally.completed(enough));
    let (closes, closed) = field.frame.last_bounds();
    let mut open: Option<(Day, Day)> = None;
    let mut weighed = true;
    for (first, last) in judge.ask.world.gaps(record, since, until) {
        let day = DayBounds::within(first, last);
        let passes = judge.ask.ghost_passes(wanted.events, day);
        let (begins, _) = field.frame.first_bounds();
        let inside = DayBounds::within(first.max(begins), last.min(closed));
        let binds = if passes.is_no() { Truth::No } else { may_bind(judge, case, wanted, inside) };
        let right = if binds.is_no() { Truth::No } else { Truth::Open };
        if let Counts::Open { in_time, late } = field.counts(Deed { right, day: Some(day), on_file: false }) {
            let after = closes.following().max(first);
            let latest = completed.map_or(last, |day| last.min(day.plus_days(-1)));
            let late = late && after <= latest;
            let last = if late { latest } else { last.min(closed) };
            if !in_time && !late {
                continue;
            }
            tally.more_in_time |= in_time;
            tally.more_done |= in_time || late;
            tally.unlisted.push((first.max(begins).min(last), last));
            weighed &= passes == Truth::Person || binds == Truth::Person;
            open = Some(open.map_or((first, last), |(from, _)| (from, last)));
        }
    }
    if let Some((from, through)) = open {
        tally.more_is_weighed = weighed;
        let (first, _) = field.frame.first_bounds();
        let first = field.period.map_or(first, |(period, _)| period.max(first));
        let end = field.period.map_or(field.as_of, |(_, last)| last.min(field.as_of));
        let (from, through) = (from.max(first).min(through), through.min(end.max(from)));
        judge.ask.incomplete_over(record, from, through);
    }
}

/// What a ban or a right comes to at most on the days on which there may have been an act that nobody has written down: it binds on
/// none of them, on some if a person says so, or it may be that it does.
pub fn may_bind<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>, days: DayBounds) -> Truth {
    if wanted.conditions != Conditions::OnTheDayOfTheAct
        || (case.body.conditions.is_empty() && judge.ask.excepted.is_empty())
    {
        return Truth::Open;
    }
    judge.ask.quietly(|ask| {
        let mut most = Truth::No;
        for day in days_that_bind(ask, case, (days.first, days.last)) {
            match binds(ask, case, day, None) {
                Truth::No => {}
                Truth::Person => most = Truth::Person,
                Truth::Open | Truth::Yes => return Truth::Open,
            }
        }
        most
    })
}

/// Why a row does not serve a duty that its day and its owner would let it serve; nothing for what is another's, or of other
/// days. It is only told.
fn passed_over<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (wanted, field): (Wanted<'w>, &Field),
    row: Row,
) -> Option<Fit> {
    if !matches!(case.body.test, NormTest::Happens { .. }) {
        return None;
    }
    let (events, as_of) = (wanted.events, judge.ask.world.as_of);
    let day = judge.ask.own_day(events.record, row)?;
    if matches!(
        field.counts(Deed { right: Truth::Yes, day: Some(day), on_file: false }),
        Counts::Not | Counts::TooEarly
    ) {
        return None;
    }
    let on = day.exact()?;
    let ask = &mut judge.ask;
    // What is looked at only to be told leaves nothing open.
    let (open, noted, unsure) = (ask.open.clone(), ask.noted.len(), ask.unsure);
    let fit = ask.quietly(|ask| {
        ask.bind(events.var, row);
        if is_anothers(ask, events, on) {
            return None;
        }
        if ask.asked(on, as_of, |ask| ask.passes(events, row)).is_no() {
            return Some(Fit::PassedOver);
        }
        if ask.world.cancelled(events.record, row).is_yes() {
            return Some(Fit::Cancelled);
        }
        formal(ask, &case.body.form, events.record, row).is_no().then_some(Fit::WrongForm)
    });
    (ask.open, ask.unsure) = (open, unsure);
    ask.noted.truncate(noted);
    fit
}

/// Whether something was done before the last of some days, and on the first of them at the earliest.
fn came_early(day: DayBounds, since: DayBounds) -> bool {
    since.first <= day.first && day.last < since.last
}

/// Says how a row counts; what is of another kind is passed over in silence.
fn tell_deed<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    (record, row): (RecordId, Row),
    (deed, counts, passed_over): (Deed, Counts, Option<Fit>),
    (since, bans): (DayBounds, bool),
) -> bool {
    let own = deed.day.or_else(|| passed_over.and_then(|_| judge.ask.own_day(record, row)));
    let day = own.and_then(DayBounds::exact);
    let planned = deed.day.is_some_and(|day| day.first > judge.ask.world.as_of);
    let (fit, mark) = match counts {
        Counts::InTime => (Fit::InTime, Mark::Yes),
        Counts::Late => (Fit::Late, Mark::No),
        Counts::TooEarly => (Fit::TooEarly, Mark::No),
        Counts::Open { .. } => (Fit::Open, Mark::Open),
        Counts::Not if !deed.right.is_no() && planned => (Fit::Planned, Mark::Plain),
        Counts::Not if deed.right.is_yes() && deed.day.is_some_and(|day| came_early(day, since)) => {
            (Fit::TooEarly, Mark::No)
        }
        Counts::Not => match passed_over {
            Some(fit) => (fit, Mark::No),
            None => {
                judge.ask.trace.discard();
                return false;
            }
        },
    };
    if matches!(counts, Counts::InTime | Counts::Late) {
        // What came after the last day breaks no ban.
        if counts == Counts::InTime || !bans {
            judge.ask.trace.evidence(record, row);
        }
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
