//! What is neither done nor left undone: memberships and their demands, statements of fact, terms, and words that a person weighs.

use crate::model::clause::TermOf;
use crate::model::expr::{ClauseId, Cond, Var};
use crate::plan::{Body, Norm};
use crate::value::Stretch;
use crate::verdict::{LastDay, Mark, Nuance, Said, Status};

use super::case::Case;
use super::state::{standing_day, status_of};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::expr::term_days::TermState;
use crate::evaluate::expr::terms::term_state;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// Whether the subject is a member on the as-of day, before people attest or weigh it. After the last day of force nobody joins or
/// leaves: whoever was a member on that day was one to the end.
pub fn is_member<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Outcome {
    let before = std::mem::replace(&mut ask.by_text, true);
    let outcome = is_member_by_text(ask, norm);
    ask.by_text = before;
    outcome
}

fn is_member_by_text<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Outcome {
    let (row, as_of) = (ask.var(Var(0)), ask.world.as_of);
    let force = ask.law.force();
    if as_of < force.until {
        return standing(ask.member(norm.clause, row, as_of), Nuance::SoFar);
    }
    let day = force.last();
    if let Some(days) = ask.quietly(|ask| ask.member_days(norm.clause, row))
        && let EdgeDay::On(joined) = days.from
        && joined.first > day
    {
        ask.trace.say(|| reason(Said::EndedOn { day }, Mark::Plain, norm.span));
        return Outcome::of(Status::NotApplicable);
    }
    standing(ask.asked_on(day, |ask| ask.member(norm.clause, row, day)), Nuance::Plain)
}

fn standing(member: Truth, nuance: Nuance) -> Outcome {
    match member {
        Truth::Yes => Outcome::of(Status::Satisfied).nuanced(nuance),
        Truth::No => Outcome::of(Status::NotApplicable),
        Truth::Open => Outcome::of(Status::Unknown),
        Truth::Person => Outcome::of(Status::NeedsJudgement),
    }
}

/// When the subject joined; `Err` is the outcome when it did not, or has not yet.
pub fn joining<'w, T: Trace>(ask: &mut Ask<'w, T>, membership: ClauseId) -> Result<Option<DayBounds>, Outcome> {
    let row = ask.var(Var(0));
    // On which days it is a member is told in one step: none of them is why a demand was not met.
    ask.trace.open();
    let days = ask.member_days(membership, row);
    let place = ask.world.plan.clause(membership).map(|clause| clause.name_span);
    match days.and_then(|days| days.from.exact()).filter(|from| *from <= ask.world.as_of) {
        Some(from) => {
            ask.trace.discard();
            let (from, last) = (Some((from, from)), days.and_then(|days| days.last().ends()));
            ask.trace.say(|| reason(Said::Membership { member: Mark::Plain, from, last }, Mark::Plain, place));
        }
        None => ask.trace.dissolve(),
    }
    let told = |ask: &mut Ask<'w, T>, words: &'static str| {
        ask.trace.say(|| reason(Said::Words(words), Mark::Plain, None));
        Err(Outcome::of(Status::NotApplicable))
    };
    if days.is_some_and(|days| days.admitted.is_no()) {
        return told(ask, "it is not a member: the conditions for membership do not hold");
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
