//! What a clause stands back behind: exceptions and what it gives way to, a breach that has not happened, a waiver.

use crate::model::expr::ClauseId;
use crate::plan::{Norm, NormTest};
use crate::source::Span;
use crate::value::Day;
use crate::verdict::{Decider, Instance, Mark, Nuance, Said, Status};

use super::before_acts::{ByActs, before_acts};
use super::counterpart::exception;
use super::life::is_of_limits;
use super::other::{Other, elsewhere};
use super::people::{judged_not_to_apply, say_recorded, waiver_of};
use super::prevails::{For, bearer_came, prevails};
use super::ruling::Ruling;
use super::sanction::not_triggered;
use super::term_behind::in_a_term_behind;
use super::weighing::role_of;
use crate::evaluate::expr::ask::{Ask, Excepted};
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::taken::goes_before;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// What keeps the norm from coming into play at all: nothing it hangs on is broken, an exception applies, or it was
/// waived.
pub fn steps_back<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    // What was waived is not applicable, whatever is not known of what else it hangs on.
    if let Some(ruling) = waived(others.ask(), norm, instance) {
        return Some(ruling);
    }
    if let Some(ruling) = not_triggered(others, norm, instance) {
        return Some(ruling);
    }
    if let Some(ruling) = in_a_term_behind(others.ask(), norm, instance) {
        return Some(ruling);
    }
    let by_acts = norm.bodies.iter().all(|body| matches!(body.test, NormTest::Never(_) | NormTest::May { .. }));
    let behind = match by_acts && !norm.yields_to.is_empty() {
        _ if others.ask().unexcepted == Some(*instance) => None,
        true => yields_by_acts(others, norm, instance),
        false if yields_to_some_acts(others, norm, instance) => None,
        false => yields_as_it_began(others, norm, instance),
    };
    if let Some(ruling) = behind {
        return Some(ruling);
    }
    let cost = norm.bodies.iter().find_map(|body| match body.test {
        NormTest::PaysShare(cost) => Some(cost),
        _ => None,
    });
    let applies = cost.map(|cost| prevails(others.ask(), cost, norm, instance, For::ADebtor));
    match applies {
        Some(Truth::No) => {
            let span = norm.span;
            others.ask().trace.say(|| reason(Said::Words("the cost does not apply"), Mark::No, span));
            Some(Ruling::of(Status::NotApplicable))
        }
        Some(Truth::Open) => Some(Ruling::of(Status::Unknown)),
        Some(Truth::Person) => Some(Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed }),
        Some(Truth::Yes) | None => None,
    }
}

/// What comes of an instance that was waived.
pub fn waived<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    let (at, _) = waiver_of(ask, norm, instance).filter(|(_, waiver)| waiver.until.is_none())?;
    let place = ask.world.facts.waivers.get(at).map(|waiver| waiver.decision.place);
    say_recorded(ask, Said::Waiver(at), place);
    Some(Ruling { outcome: Outcome::of(Status::NotApplicable).nuanced(Nuance::Waived), decider: Decider::Nobody })
}

/// Steps back behind what applied when the instance began; a membership, behind what did on the day of joining. For a bearer who comes in
/// the course of a period, it begins on that day.
fn yields_as_it_began<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Ruling> {
    let ask = others.ask();
    if norm.yields_to.is_empty() {
        return None;
    }
    let (Some((_, row)), true) = (instance.subject, norm.is_membership()) else {
        let came = came_within(ask, norm, instance).filter(|came| *came > ask.on);
        return as_of_beginning(others, came, |others| yields(others, norm, instance));
    };
    let days = ask.quietly(|ask| ask.member_days(norm.clause, row));
    let Some(joined) = days.and_then(|days| days.from.exact()) else {
        // An exception may apply on some of the days on which that may have been, and not on others.
        let open = matches!(days, Some(days) if matches!(days.from, EdgeDay::On(_) | EdgeDay::Unknown) && days.admitted == Truth::Open);
        let as_of = ask.world.as_of;
        return open.then(|| {
            ask.member(norm.clause, row, as_of);
            Ruling::of(Status::Unknown)
        });
    };
    as_of_beginning(others, Some(joined), |others| yields(others, norm, instance))
}

/// The day in the period of an instance on which its bearer came.
fn came_within<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Day> {
    let period = instance.period.filter(|_| instance.span.is_none())?;
    let came = bearer_came(ask, norm, instance)?;
    (period.first() < came && came <= period.last()).then_some(came)
}

/// Looks at what goes before an instance as of the day on which it began for whom it is of, where that is another one.
fn as_of_beginning<'w, T: Trace, O: Other<'w, T>, R>(
    others: &mut O,
    day: Option<Day>,
    look: impl FnOnce(&mut O) -> R,
) -> R {
    let before = (others.ask().on, others.ask().by);
    if let Some(day) = day {
        let ask = others.ask();
        (ask.on, ask.by) = (day, day.min(ask.world.as_of));
    }
    let found = look(others);
    (others.ask().on, others.ask().by) = before;
    found
}

/// Steps back behind a clause that applies to the same case; two that both apply and disagree are a conflict.
fn yields<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    others.ask().trace.open();
    let applying = applying(others, norm, instance);
    let (said, mark, place, ruling) = match applying {
        Ok(applying) if applying.is_empty() => {
            others.ask().trace.discard();
            return None;
        }
        Ok(applying) => behind(others.ask(), norm, &applying),
        Err((other, Status::NeedsJudgement)) => {
            let ask = others.ask();
            let place = ask.world.plan.clause(other).map(|clause| clause.name_span);
            let ruling = Ruling { decider: of_exceptions(ask, norm), ..left_open(Status::NeedsJudgement) };
            (Some(Said::PrecedenceOpen(other)), Mark::Person, place, ruling)
        }
        Err((_, status)) => (None, Mark::Open, None, left_open(status)),
    };
    let trace = &mut others.ask().trace;
    match said {
        Some(said) => trace.close(|| reason(said, mark, place)),
        None => trace.dissolve(),
    }
    Some(ruling)
}

/// What comes of an instance of which it is not known, or for a person to say, whether another clause goes before it.
fn left_open(status: Status) -> Ruling {
    let decider = if status == Status::Unknown { Decider::Nobody } else { Decider::Unnamed };
    Ruling { outcome: Outcome::of(status), decider }
}

/// Who decides whether a clause applies that goes before another.
pub fn of_exceptions<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm) -> Decider {
    let plan = ask.world.plan;
    let bodies = norm.yields_to.iter().flat_map(|clause| plan.norms_of(*clause)).flat_map(|(_, one)| &one.bodies);
    role_of(bodies).unwrap_or(Decider::Unnamed)
}

/// The clauses that apply to the same case, and what each comes to; else what is left open.
fn applying<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Result<Vec<(ClauseId, Status)>, (ClauseId, Status)> {
    let mut applying: Vec<(ClauseId, Status)> = Vec::new();
    let mut doubted: Vec<(ClauseId, Status)> = Vec::new();
    for other in &norm.yields_to {
        match prevails(others.ask(), *other, norm, instance, For::TheCase) {
            Truth::No => {}
            Truth::Yes => {
                let status = elsewhere(others, *other, norm, instance).map(|ruling| ruling.outcome.status);
                let status = status.unwrap_or(Status::NotApplicable);
                if status != Status::NotApplicable || !is_judged_away(others.ask(), *other, norm, instance) {
                    applying.push((*other, status));
                }
            }
            Truth::Open => doubted.push((*other, Status::Unknown)),
            Truth::Person => doubted.push((*other, Status::NeedsJudgement)),
        }
    }
    let Some(first) = doubted.first().copied() else { return Ok(applying) };
    // Where one applies, it is of no account whether others do that say the same.
    let all: Vec<(ClauseId, Status)> = applying.iter().chain(&doubted).copied().collect();
    if applying.is_empty() || !agree(others.ask(), &all) { Err(first) } else { Ok(applying) }
}

/// What is said of clauses that go before another, and what comes of it.
fn behind<'w, T: Trace>(
    ask: &Ask<'w, T>,
    norm: &'w Norm,
    applying: &[(ClauseId, Status)],
) -> (Option<Said>, Mark, Option<Span>, Ruling) {
    let known: Vec<(ClauseId, Status)> = applying.iter().filter(|(_, one)| *one != Status::Unknown).copied().collect();
    let differs = known.iter().find(|(_, other)| known.first().is_some_and(|(_, status)| status != other)).copied();
    let agree = agree(ask, applying);
    if !agree && differs.is_none() && applying.len() > 1 && known.len() < applying.len() {
        return (None, Mark::Open, None, left_open(Status::Unknown));
    }
    let first = applying.first().map(|(first, _)| *first);
    if let Some(((other, _), first)) = differs.filter(|_| !agree).zip(first) {
        let said = Some(Said::Conflict(first, other));
        return (said, Mark::Person, Some(norm.span), left_open(Status::NeedsJudgement));
    }
    let place = first.and_then(|first| ask.world.plan.clause(first)).map(|clause| clause.name_span);
    (first.map(Said::YieldsTo), Mark::No, place, Ruling::of(Status::NotApplicable))
}

/// Whether clauses that apply instead of another all allow, all forbid, or all say who is a member: whatever each of them comes to,
/// they do not disagree.
fn agree<'w, T: Trace>(ask: &Ask<'w, T>, applying: &[(ClauseId, Status)]) -> bool {
    let plan = ask.world.plan;
    let all = |is: fn(&NormTest) -> bool| {
        let norms = applying.iter().flat_map(|(clause, _)| plan.norms_of(*clause));
        norms.flat_map(|(_, norm)| &norm.bodies).all(|body| is(&body.test))
    };
    all(|test| matches!(test, NormTest::May { .. }))
        || all(|test| matches!(test, NormTest::Never(_)))
        || all(|test| matches!(test, NormTest::Member(_)))
}

/// A ban and a right step back for each act, by what applies on its day. Where another clause applies on all of the days on which
/// there can be acts, they step back as a whole.
fn yields_by_acts<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    let ByActs { excepted, first, days, cases, too_many } = before_acts(others.ask(), norm, instance);
    if excepted.is_empty() {
        return None;
    }
    let always =
        |one: &Excepted| one.acts.is_none() && one.but.is_empty() && one.days.iter().all(|(_, truth)| truth.is_yes());
    if excepted.iter().any(always) {
        let began = others.ask().on;
        others.ask().on = began.max(first);
        let behind = yields(others, norm, instance);
        others.ask().on = began;
        return behind;
    }
    tell_and_except(others.ask(), (norm, instance), ByActs { excepted, first, days, cases, too_many });
    None
}

/// A maximum steps back for some acts only where rights let just these be done: they are not counted. Whether it does.
fn yields_to_some_acts<'w, T: Trace>(others: &mut impl Other<'w, T>, norm: &'w Norm, instance: &Instance) -> bool {
    let plan = others.ask().world.plan;
    let rights = norm.yields_to.iter().flat_map(|clause| plan.norms_of(*clause));
    let mut bodies = rights.flat_map(|(_, one)| &one.bodies);
    let maximum = norm.bodies.iter().all(is_of_limits) && !norm.yields_to.is_empty();
    if !maximum || !bodies.all(|body| matches!(body.test, NormTest::May { .. })) {
        return false;
    }
    let by_acts = before_acts(others.ask(), norm, instance);
    let some = !by_acts.excepted.is_empty() && by_acts.excepted.iter().all(|one| one.acts.is_some());
    if some {
        tell_and_except(others.ask(), (norm, instance), by_acts);
    }
    some
}

/// Tells on which days other clauses go before a limit, for some acts or on some days, and keeps that for each act.
fn tell_and_except<'w, T: Trace>(ask: &mut Ask<'w, T>, (norm, instance): (&'w Norm, &Instance), by_acts: ByActs<'w>) {
    let ByActs { excepted, days, cases, too_many, .. } = by_acts;
    let told = cases.iter().filter(|(_, beside)| !too_many || beside.is_none());
    for (other, beside) in told {
        ask.beside = *beside;
        let mut since: Option<Day> = None;
        let tell = |ask: &mut Ask<'w, T>, first: Day, last: Option<Day>| {
            let place = ask.world.plan.clause(*other).map(|clause| clause.name_span);
            ask.trace.say(|| reason(Said::YieldsOn { clause: *other, first, last }, Mark::Plain, place));
        };
        for day in &days {
            // What is not known of it is told here, too.
            let here = ask.asked_on(*day, |ask| prevails(ask, *other, norm, instance, For::AnAct));
            let of = |one: &&Excepted| one.of == (*other, *beside);
            let taken = excepted.iter().filter(of).flat_map(|one| one.but.iter()).any(|but| goes_before_all(but, *day));
            match (here.is_yes() && !taken, since) {
                (true, None) => since = Some(*day),
                (false, Some(first)) => {
                    tell(ask, first, Some(day.preceding()));
                    since = None;
                }
                _ => {}
            }
        }
        if let Some(first) = since {
            tell(ask, first, None);
        }
    }
    ask.beside = None;
    ask.excepted = excepted;
}

/// Whether a clause goes before another on a day, whatever is done.
fn goes_before_all(one: &Excepted, day: Day) -> bool {
    let nothing_but = |one: &Excepted| one.acts.is_none() && one.but.is_empty();
    nothing_but(one) && goes_before(one, day).is_yes()
}

/// Whether people have judged that another clause does not apply to the case.
fn is_judged_away<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, norm: &'w Norm, instance: &Instance) -> bool {
    let Some(other) = exception(ask, clause, norm, instance) else { return false };
    let other_norm = ask.world.plan.norm(other.norm);
    other_norm.is_some_and(|other_norm| judged_not_to_apply(ask, other_norm, &other).is_yes())
}
