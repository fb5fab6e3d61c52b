//! What is neither done nor left undone: memberships and their demands, statements of fact, votes, permissions, terms, and words
//! that a person weighs.

use crate::model::clause::{Act, Count, Limit, TermOf};
use crate::model::expr::{ClauseId, Collection, Cond, FieldOf, Var};
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Day, Number, Stretch};
use crate::verdict::{LastDay, Mark, Nuance, Said, Status};

use super::case::Case;
use super::deeds::{Conditions, Wanted, excepted_on};
use super::events::{ban_field, binds_at_all, dated, limited, tally};
use super::state::{standing_day, status_of};
use super::tally::Field;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::{EdgeDay, Passed};
use crate::evaluate::expr::form::Reckoned;
use crate::evaluate::expr::mentioned::fields_of;
use crate::evaluate::expr::terms::{TermState, term_state};
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// Whether the subject is a member on the as-of day.
pub fn is_member<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Outcome {
    let (row, as_of) = (ask.var(Var(0)), ask.world.as_of);
    match ask.member(norm.clause, row, as_of) {
        Truth::Yes => Outcome::of(Status::Satisfied).nuanced(Nuance::SoFar),
        Truth::No => Outcome::of(Status::NotApplicable),
        Truth::Open => Outcome::of(Status::Unknown),
        Truth::Person => Outcome::of(Status::NeedsJudgement),
    }
}

/// When the subject joined; `Err` is the outcome when it did not, or has not yet.
pub fn joining<'w, T: Trace>(ask: &mut Ask<'w, T>, membership: ClauseId) -> Result<Option<DayBounds>, Outcome> {
    let row = ask.var(Var(0));
    let days = ask.member_days(membership, row);
    let told = |ask: &mut Ask<'w, T>, words: &'static str| {
        ask.trace.say(|| reason(Said::Words(words), Mark::Plain, None));
        Err(Outcome::of(Status::NotApplicable))
    };
    if days.is_some_and(|days| days.admitted.is_no()) {
        return told(ask, "it is no member: the conditions of the membership do not hold");
    }
    match days.map(|days| days.from) {
        Some(EdgeDay::On(day)) if day.first > ask.world.as_of => {
            ask.trace.say(|| reason(Said::Planned { day: day.first }, Mark::Plain, None));
            Err(Outcome::of(Status::Pending))
        }
        Some(EdgeDay::On(day)) => Ok(Some(day)),
        Some(EdgeDay::NotYet | EdgeDay::NoDay) => told(ask, "it has not joined"),
        Some(EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None | EdgeDay::NoSuchDay) | None => {
            Ok(None)
        }
    }
}

/// The demand held when the subject joined. Where it is not known on which day that was, or whether it joined at all, nothing is
/// more than unknown.
pub fn at_joining<'w, T: Trace>(ask: &mut Ask<'w, T>, membership: ClauseId, condition: &'w Cond) -> Outcome {
    let joined = match joining(ask, membership) {
        Ok(joined) => joined,
        Err(outcome) => return outcome,
    };
    let day = joined.and_then(DayBounds::exact);
    let (row, on) = (ask.var(Var(0)), day.unwrap_or(ask.on));
    let truth = ask.asked_on(on, |ask| ask.holds(condition));
    let days = ask.quietly(|ask| ask.member_days(membership, row));
    let admitted = days.map_or(Truth::Open, |days| days.admitted);
    let lasted = days.map_or(Truth::Open, |days| match (days.from, days.last()) {
        (EdgeDay::On(from), EdgeDay::On(last)) => {
            from.before(DayBounds::within(last.first.following(), last.last.following()))
        }
        (_, EdgeDay::Unknown) => Truth::Open,
        (_, _) => Truth::Yes,
    });
    match (day, admitted.and(lasted)) {
        (Some(_), Truth::Yes) => Outcome::of(status_of(truth)),
        (_, Truth::Person) => Outcome::of(Status::NeedsJudgement),
        (_, _) => {
            ask.member(membership, row, on);
            Outcome::of(Status::Unknown)
        }
    }
}

/// What the text states is so: of an event on its day, of all else as it stands.
pub fn states<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, condition: &'w Cond) -> Outcome {
    let by = standing_day(ask, case);
    let event = case.subject().is_some_and(|(of, _)| ask.world.shape(of.record).is_event());
    let on = case.life.own.filter(|_| event).unwrap_or(by);
    let truth = ask.asked_on(on, |ask| ask.holds(condition));
    Outcome::of(status_of(truth))
}

/// A vote: open until its counts are there, without effect when the quorum was not present.
pub fn vote<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    (carried, quorum): (&'w Cond, Option<&'w Cond>),
) -> Outcome {
    let by = ask.world.as_of;
    let on = case.life.own.unwrap_or(by);
    let none_yet = fields_of(carried)
        .into_iter()
        .any(|field| matches!(ask.quietly(|ask| ask.asked(on, by, |ask| ask.field(field))), Val::Absent));
    if none_yet {
        return Outcome::of(Status::Pending);
    }
    let present = quorum.map_or(Truth::Yes, |quorum| ask.asked_of(on, by, |ask| ask.holds(quorum)));
    let yes = ask.asked_of(on, by, |ask| ask.holds(carried));
    match (present, yes) {
        (Truth::No, _) => Outcome::of(Status::Violated).nuanced(Nuance::WithoutEffect),
        (Truth::Yes, Truth::No) => Outcome::of(Status::Violated),
        (Truth::Open, _) | (_, Truth::Open) => Outcome::of(Status::Unknown),
        (Truth::Person, _) | (_, Truth::Person) => Outcome::of(Status::NeedsJudgement),
        (Truth::Yes, Truth::Yes) => Outcome::of(Status::Satisfied),
    }
}

/// A permission: used, exceeded, open, or not used while it could be.
pub fn may<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>) -> Outcome {
    let NormTest::May { act, exercised, at_most, inside, effect } = &case.body.test else {
        return Outcome::of(Status::Unknown);
    };
    let as_of = judge.ask.world.as_of;
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
    let over = case.frame.passed(as_of) == Passed::Yes || case.life.ended(as_of);
    if outcome.status == Status::Pending && over {
        outcome = outcome.with(Status::NotApplicable).nuanced(Nuance::NotUsed);
    }
    let ask = &mut judge.ask;
    if T::ON
        && outcome.status == Status::Satisfied
        && let Some(effect) = effect
        && let EdgeDay::On(day) = ask.edge(effect, Reckoned::Day)
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

/// A right that is exercised on a day in a field.
fn exercise<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, field: &'w FieldOf) -> Outcome {
    let as_of = judge.ask.world.as_of;
    let day = judge.ask.quietly(|ask| ask.asked(ask.on, as_of, |ask| ask.field(field))).day_bounds();
    // A day before the bearer began is none of its.
    let before = day.is_some_and(|day| day.last < case.life.bearer_since);
    let on = day.and_then(DayBounds::exact).filter(|day| *day <= as_of && !before).unwrap_or(case.life.began);
    let applies = judge.ask.asked_on(on, |ask| ask.applies(&case.body.conditions));
    let excepted = excepted_on(&mut judge.ask, on, None);
    match applies.and(excepted.opposite()) {
        Truth::Yes => {}
        Truth::No => return Outcome::of(Status::NotApplicable),
        Truth::Open => return Outcome::of(Status::Unknown),
        Truth::Person => return Outcome::of(Status::NeedsJudgement),
    }
    if before {
        return Outcome::of(Status::Pending);
    }
    // Whoever leaves exercises the right on the first day out.
    let life = super::case::Life { ends: case.life.ends.max(on), ..case.life };
    let done = dated(judge, &Case { life, ..*case }, field);
    let came = day.and_then(DayBounds::exact).is_some_and(|day| day <= as_of);
    match done.status {
        Status::Satisfied => done,
        // Exercised outside of its time: it went further than it may.
        Status::Late => done.with(Status::Violated),
        Status::Violated if came => done,
        Status::Violated => Outcome::of(Status::NotApplicable).nuanced(Nuance::NotUsed),
        Status::Unknown if case.frame.passed(as_of) == Passed::No && day.is_none() => done.with(Status::Pending),
        Status::Unknown | Status::Pending | Status::NotApplicable | Status::NeedsJudgement => done,
    }
}

/// Whether acts outside of the window could be missing in a list that is not complete.
fn unlisted_outside<'w, T: Trace>(judge: &mut Judge<'w, T>, events: &'w Collection, field: &Field) -> bool {
    let (first, last) = (field.frame.first_bounds().1, field.frame.last_bounds().0);
    let (period_first, period_last) = field.period.unwrap_or((Day::MIN, Day::MAX));
    let until = field.until.min(field.as_of).min(period_last);
    for (from, through) in judge.ask.world.gaps(events.record, field.since.max(period_first), until) {
        if (from < first || through > last) && !judge.ask.ghost_passes(events, DayBounds::within(from, through)).is_no()
        {
            judge.ask.incomplete_over(events.record, from, through);
            return true;
        }
    }
    false
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
    let field = ban_field(judge, case);
    let tally = tally(judge, case, wanted, field);
    if tally.outside() > 0 {
        return Outcome::of(Status::Violated);
    }
    if let Some(Count::Times { limit, times }) = at_most {
        let times = judge.ask.value(times).bounds().exact().map(Number::ceil);
        let Some(times) = times.and_then(|times| usize::try_from(times.to_i64()?).ok()) else {
            return Outcome::of(Status::Unknown);
        };
        let kept = limited(&tally, *limit, times, &field);
        if matches!(
            (limit, kept.status),
            (Limit::AtMost | Limit::LessThan | Limit::Exactly, Status::Violated | Status::Unknown)
        ) {
            return kept;
        }
    }
    let done = tally.at_least(1, &field);
    let is_used = done.status == Status::Satisfied;
    if tally.perhaps_outside || (is_used && unlisted_outside(judge, events, &field)) {
        return done.with(Status::Unknown);
    }
    match done.status {
        Status::Late => done.with(Status::Violated),
        Status::Violated | Status::Pending => match binds_at_all(judge, case, &field) {
            Status::Satisfied if done.status == Status::Pending => done,
            Status::Satisfied => Outcome::of(Status::NotApplicable).nuanced(Nuance::NotUsed),
            other => done.with(other),
        },
        Status::Satisfied | Status::Unknown | Status::NotApplicable | Status::NeedsJudgement => done,
    }
}

/// Words that only a person can weigh: pending while their time runs, then theirs to judge.
pub fn for_person<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, words: &'w str) -> Outcome {
    let as_of = ask.world.as_of;
    let status = match case.frame.last_day() {
        _ if case.life.ended(as_of) => Status::NeedsJudgement,
        LastDay::On(last) if as_of <= last => Status::Pending,
        LastDay::Within(first, _) if as_of <= first => Status::Pending,
        LastDay::Within(_, last) if as_of <= last => Status::Unknown,
        LastDay::Unknown => Status::Unknown,
        LastDay::NotYet => Status::Pending,
        LastDay::On(_) | LastDay::Within(_, _) | LastDay::None => Status::NeedsJudgement,
    };
    ask.trace.say(|| reason(Said::Weigh(words.to_string()), Mark::Person, case.body.span));
    Outcome { first: case.frame.first_day(), last: case.frame.last_day(), ..Outcome::of(status) }
}

/// How a term stands.
pub fn term<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, body: &'w Body, term: &'w TermOf) -> Outcome {
    let state = term_state(ask, norm.clause, body, term);
    let told = |ask: &mut Ask<'w, T>, number: u32, days: Stretch, mark: Mark| {
        let last = (days.until < Stretch::ALWAYS.until).then(|| days.last());
        ask.trace.say(|| reason(Said::Term { number, first: days.first(), last }, mark, body.span));
    };
    let (status, days) = match state {
        TermState::NotBegun(days) => (Status::Pending, Some(days)),
        TermState::Running { number, days } => {
            told(ask, number, days, Mark::Yes);
            (Status::Satisfied, Some(days))
        }
        TermState::Ended { number, days } => {
            told(ask, number, days, Mark::No);
            (Status::NotApplicable, Some(days))
        }
        TermState::Person(days) => (Status::NeedsJudgement, Some(days)),
        TermState::Open(days) => (Status::Unknown, Some(days)),
        TermState::Clash | TermState::NoSuchDay => (Status::NeedsJudgement, None),
        TermState::Unknown => (Status::Unknown, None),
    };
    let mut outcome = Outcome::of(status);
    if let Some(days) = days {
        outcome.first = Some(days.first());
        outcome.last = if days.until < Stretch::ALWAYS.until { LastDay::On(days.last()) } else { LastDay::None };
    }
    if status == Status::Satisfied {
        outcome.nuance = Nuance::SoFar;
    }
    outcome
}
