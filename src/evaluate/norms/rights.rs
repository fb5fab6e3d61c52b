//! Rights: whether one was used, could still be, or was used further than it goes.

use crate::model::clause::{Act, Count, CycleOf, Edge};
use crate::model::expr::{Collection, FieldOf};
use crate::plan::NormTest;
use crate::value::{Day, Number};
use crate::verdict::{Mark, Nuance, Said, Status};

use super::beside::is_room_beside;
use super::case::{Case, Life, own_term};
use super::counted::{as_right, most_of};
use super::covered::{Use, seen};
use super::deeds::{Conditions, Wanted, binds_on, still_ahead};
use super::events::{binds_at_all, part_that_counts, tally, times, without_a_number};
use super::looked_at::may_bind;
use super::tally::{Counts, Deed, Field, Tally};
use crate::evaluate::expr::ask::{Ask, for_reasons};
use crate::evaluate::expr::form::{Reckoned, term_of_edge};
use crate::evaluate::expr::formality::formal_by_field;
use crate::evaluate::expr::frame::{EdgeDay, Passed};
use crate::evaluate::instance::life::governing_days;
use crate::evaluate::judge::{Judge, Used};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// A permission: used, exceeded, open, or not used while it could be.
pub fn may<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>) -> Outcome {
    let NormTest::May { act, exercised, at_most, inside, effect } = &case.body.test else {
        return Outcome::of(Status::Unknown);
    };
    let mut outcome = match (act, exercised) {
        (_, Some(field)) | (Act::Dated(field), None) => exercise(judge, case, field),
        (Act::Event { events, .. }, None) => used(judge, case, events, at_most.as_ref()),
        (Act::State(condition), None) => match judge.ask.holds(condition) {
            Truth::Yes => Outcome::of(Status::Satisfied),
            Truth::No | Truth::Open | Truth::Person => Outcome::of(Status::Pending),
        },
        (Act::InOrder(_) | Act::PayShareOf(_) | Act::Words(_), None) => Outcome::of(Status::Pending),
        (Act::Effort(_) | Act::Plain(_), None) => Outcome::of(Status::Pending),
    };
    outcome.first = case.frame.first_day();
    outcome.last = case.frame.last_day();
    if outcome.status == Status::Pending && is_over(judge, case) {
        outcome = outcome.with(Status::NotApplicable).nuanced(Nuance::NotUsed);
    }
    let ask = &mut judge.ask;
    if T::ON
        && outcome.status == Status::Satisfied
        && let Some(effect) = effect
        && let EdgeDay::On(day) = for_reasons(ask, |ask| takes_effect(ask, case, (effect, exercised.as_ref())))
        && let Some(day) = day.exact()
    {
        ask.trace.say(|| reason(Said::TakesEffect { day }, Mark::Plain, case.body.span));
    }
    if outcome.status == Status::Satisfied
        && let Some(inside) = inside
    {
        ask.trace.say(|| reason(Said::Weigh(inside.scope.clone()), Mark::Person, case.body.span));
        outcome = outcome.with(Status::NeedsJudgement);
    }
    outcome
}

/// When a right takes effect: at the end of a term, of that which ran when it was exercised.
fn takes_effect<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    (effect, exercised): (&'w Edge, Option<&'w FieldOf>),
) -> EdgeDay {
    let each_term = matches!(case.norm.cycle, Some(CycleOf::EachTerm(_)));
    let exercised = exercised.filter(|_| !each_term);
    let day = exercised.and_then(|field| ask.quietly(|ask| ask.field(field)).day_bounds()?.exact());
    let term = term_of_edge(effect).zip(day).and_then(|(term, day)| ask.term_on(term, day));
    let before = ask.term;
    ask.term = term.or(before);
    let takes = ask.edge(effect, Reckoned::Day);
    ask.term = before;
    takes
}

/// Whether the time in which it may be used is over.
fn is_over<T: Trace>(judge: &Judge<T>, case: &Case) -> bool {
    let as_of = judge.ask.world.as_of;
    case.frame.passed(as_of) == Passed::Yes || case.life.ended(as_of)
}

/// A right that is used by acts: each use outside its window, or beyond its number, exceeds it.
fn used<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    events: &'w Collection,
    at_most: Option<&'w Count>,
) -> Outcome {
    let by = case.doer(judge.ask.world.plan);
    let wanted = Wanted { by, conditions: Conditions::OnTheDayOfTheAct, ..Wanted::of(events) };
    let own = if case.has_no_window() { case.life.own } else { None };
    let field = field(judge, case, own.unwrap_or(Day::MIN));
    let tally = tally(judge, case, wanted, field);
    let before = judge.uses.map_or(Used::default(), |uses| uses.before);
    if let Some(uses) = &mut judge.uses {
        uses.note(tally.used());
    }
    if tally.outside() > 0 {
        let times = match at_most {
            Some(Count::Times { limit, times: number }) => {
                times(judge, case, (number, as_right(*limit))).and_then(|times| most_of(*limit, times))
            }
            _ => None,
        };
        return Outcome { broken: tally.broken_outside(times), ..Outcome::of(Status::Violated) };
    }
    let (mut part, mut allowed) = (None, None);
    if let Some(Count::Times { limit, times: number }) = at_most {
        let Some(times) = times(judge, case, (number, as_right(*limit))) else {
            return without_a_number(judge, number);
        };
        part = part_that_counts(judge, case);
        allowed = most_of(*limit, times).filter(|most| *most < usize::MAX);
        let kept = most_of(*limit, times).map(|most| tally.at_most_with(before, most, &field));
        if let Some(kept) = kept.filter(|kept| kept.status != Status::Satisfied) {
            let room = (kept.status == Status::Violated).then(|| is_room_beside(&mut judge.ask, case)).flatten();
            let most = allowed.map(Number::count);
            match room {
                // What it does not let be done others do: as often as it may be, it was used.
                Some(Truth::Yes) => {
                    return Outcome { part, progress: most.clone().zip(most), ..Outcome::of(Status::Satisfied) };
                }
                Some(Truth::Person) => return Outcome { part, ..kept.with(Status::NeedsJudgement) },
                Some(Truth::Open) => return Outcome { part, ..kept.with(Status::Unknown) },
                Some(Truth::No) | None => return Outcome { part, ..kept },
            }
        }
    }
    let done = comes_to(judge, case, &tally, &field);
    // How often it was used is told beside how often it may be.
    let of = |progress: (Number, Number)| (progress.0, allowed.map_or(progress.1, Number::count));
    let done = Outcome { progress: done.progress.clone().map(of), part, ..done };
    let firm = match done.status {
        Status::Satisfied | Status::NotApplicable => true,
        Status::Pending => is_over(judge, case),
        Status::Late | Status::Violated | Status::Unknown | Status::NeedsJudgement => false,
    };
    if firm && unlisted_outside(judge, case, wanted, &field) {
        return done.with(Status::Unknown);
    }
    done
}

/// A right that is exercised on a day in a field.
fn exercise<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, exercised: &'w FieldOf) -> Outcome {
    let as_of = judge.ask.world.as_of;
    let value = judge.ask.asked(judge.ask.on, as_of, |ask| ask.field(exercised));
    let bounds = value.day_bounds();
    let on = bounds.and_then(DayBounds::exact).filter(|day| *day <= as_of);
    let case = &Case { life: leaving(judge, case, on), ..*case };
    let field = field(judge, case, Day::MIN);
    let mut right = Truth::No;
    if value != Val::Absent {
        let form = formal_by_field(&mut judge.ask, &case.body.form, exercised);
        if T::ON && form.is_no() {
            let words = Said::Words("it was not in the required form");
            judge.ask.trace.say(|| reason(words, Mark::No, case.body.span));
        }
        let known = bounds.map(|day| DayBounds::within(day.first.max(field.since), day.last.min(as_of)));
        let known = known.filter(|day| day.first <= day.last);
        let held = binds_on(&mut judge.ask, case, known, None);
        let use_of_it = Deed { right: Truth::Yes, day: bounds, on_file: true };
        let seen = seen(judge, case, &field, use_of_it, Use::Field(exercised));
        // On the day of its use it did not hold, whichever that was.
        let has_come = bounds.is_some_and(|day| day.last <= as_of);
        if held.is_no() && has_come && seen.counts(&field, use_of_it) != Counts::Not {
            return Outcome { for_good: true, ..Outcome::of(Status::NotApplicable) };
        }
        right = form.and(held);
    }
    let deed = Deed { right, day: bounds, on_file: true };
    let seen = seen(judge, case, &field, deed, Use::Field(exercised));
    let counts = seen.counts(&field, deed);
    if right == Truth::Person && counts != Counts::Not {
        return Outcome::of(Status::NeedsJudgement);
    }
    let mut tally = Tally::default();
    match counts {
        // What is not on file at all may still be done.
        Counts::Open { in_time, late } if value == Val::Unknown => {
            tally.more_in_time = in_time;
            tally.more_done = in_time || late;
            tally.unlisted.push((field.since, field.until.min(field.as_of)));
        }
        _ => {
            tally.perhaps_outside = seen.perhaps_outside(deed);
            tally.add(counts, deed);
        }
    }
    let told = match (counts, bounds) {
        (Counts::TooEarly, Some(day)) => {
            Some((Said::TooEarly { day: day.last, first: field.frame.first_bounds().1 }, Mark::No))
        }
        (Counts::Not, Some(day)) if T::ON && day.first > as_of => {
            Some((still_ahead(&mut judge.ask, exercised, day.first), Mark::Plain))
        }
        _ => None,
    };
    if let Some((said, mark)) = told {
        judge.ask.trace.say(|| reason(said, mark, exercised.span));
    }
    if tally.outside() > 0 {
        return Outcome { broken: tally.broken_outside(None), ..Outcome::of(Status::Violated) };
    }
    let mut outcome = comes_to(judge, case, &tally, &field);
    // Whether it is a right at all has to be known for it to be open.
    if outcome.status == Status::Unknown
        && value == Val::Unknown
        && case.frame.passed(as_of) == Passed::No
        && !case.life.ended(as_of)
        && binds_at_all(judge, case, &field) != Status::Unknown
    {
        outcome = outcome.with(Status::Pending);
    }
    outcome.progress = None;
    outcome
}

/// What uses come to of which none is known to be outside of the window.
fn comes_to<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, tally: &Tally, field: &Field) -> Outcome {
    let done = tally.at_least(1, field);
    if tally.perhaps_outside {
        return done.with(Status::Unknown);
    }
    if tally.outside_if_weighed {
        // It exceeds the right if a person says so; else it is none.
        let without = comes_to(judge, case, &tally.as_weighed(false), field);
        let known = without.status != Status::Unknown;
        return without.with(if known { Status::NeedsJudgement } else { Status::Unknown });
    }
    match done.status {
        Status::Violated | Status::Pending => match binds_at_all(judge, case, field) {
            Status::Satisfied if done.status == Status::Pending => done,
            Status::Satisfied => Outcome::of(Status::NotApplicable).nuanced(Nuance::NotUsed),
            other => done.with(other),
        },
        Status::Satisfied | Status::Late | Status::Unknown | Status::NotApplicable | Status::NeedsJudgement => done,
    }
}

/// The days on which a right can be used, or be exceeded: those of its window, and of its period.
fn field<'w, T: Trace>(judge: &Judge<'w, T>, case: &Case<'w>, since: Day) -> Field {
    let (life, frame) = (case.life, case.frame);
    let (first, last) = (frame.first_bounds().0, frame.last_bounds().1);
    // Of a right in a year of a term, all of the term.
    let term = own_term(case.norm, &case.instance).map_or(Day::MAX, |(_, days)| days.first());
    let period = judge.ask.period.map(|period| (period.first().min(first).min(term), period.last().max(last)));
    Field { frame, period, since: life.since.max(since), until: life.ends, as_of: judge.ask.world.as_of, enough: None }
}

/// The time in which a right that a field exercises binds: whoever leaves exercises it on the first day out, if the clause is in
/// force on it.
fn leaving<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, on: Option<Day>) -> Life {
    let last = governing_days(&mut judge.ask, case.norm, &case.instance).last();
    let out = case.life.first_out();
    let first_out = on.filter(|day| *day <= last && case.life.ends < out && *day == out);
    Life { ends: first_out.unwrap_or(case.life.ends), ..case.life }
}

/// Whether acts outside of the window, on days on which the right binds, could be missing in a list that is not complete.
fn unlisted_outside<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    field: &Field,
) -> bool {
    let (opens, closes) = (field.frame.first_bounds().1, field.frame.last_bounds().0);
    let period = judge.ask.period.map(|period| (period.first(), period.last()));
    let (period_first, period_last) = period.unwrap_or((Day::MIN, Day::MAX));
    let until = field.until.min(field.as_of).min(period_last);
    for (from, through) in judge.ask.world.gaps(wanted.events.record, field.since.max(period_first), until) {
        let before = (from < opens).then(|| (from, through.min(opens.preceding())));
        let after = (closes < through).then(|| (from.max(closes.following()), through));
        for (first, last) in [before, after].into_iter().flatten() {
            let days = DayBounds::within(first, last);
            if !judge.ask.ghost_passes(wanted.events, days).is_no() && !may_bind(judge, case, wanted, days).is_no() {
                judge.ask.incomplete_over(wanted.events.record, from, through);
                return true;
            }
        }
    }
    false
}
