//! What the words of an instance come to, in each of their readings, and what people make of it.

use crate::model::clause::{Act, Edge};
use crate::plan::{Body, Norm, NormTest};
use crate::value::Day;
use crate::verdict::{Decider, Instance, LastDay, Mark, Said, Status};

use super::binding::{
    after_the_end, applies_at_the_beginning, binds_on_some_day, is_excluded, is_odd, life_of, may_be_otherwise,
    no_window, still_planned,
};
use super::life::{Own, begins_with_the_breach, is_of_acts, is_of_limits};
use super::people::{say_recorded, settled_by_people, waiver_of};
use super::reach::as_reached;
use super::ruling::{Ruling, Shares};
use super::short_period::{as_cut, cut_short, tell_not_there};
use super::weighing::{decider_of, left_to_the_role, readings_that_differ, readings_together, who_admits};
use crate::evaluate::expr::frame::{EdgeDay, Frame};
use crate::evaluate::expr::readings::taken_as;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{Case, bearer_of, has_window};
use crate::evaluate::norms::standing;
use crate::evaluate::norms::state::last_day_asked;
use crate::evaluate::norms::tested::tested;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, Written, reason};

/// What the norm itself says, settled by what people decided.
pub fn ruled<'w, T: Trace>(judge: &mut Judge<'w, T>, norm: &'w Norm, instance: &Instance, began: (Own, Day)) -> Ruling {
    let extension = waiver_of(&mut judge.ask, norm, instance).and_then(|(at, waiver)| Some((at, waiver.until?)));
    if let Some((at, _)) = extension {
        let place = judge.ask.world.facts.waivers.get(at).map(|waiver| waiver.decision.place);
        say_recorded(&mut judge.ask, Said::Waiver(at), place);
    }
    let extended = extension.map(|(_, until)| until);
    let mut rulings = Vec::with_capacity(norm.bodies.len());
    let mut shares = Vec::new();
    let mut places = vec![judge.ask.trace.place()];
    for body in taken_as(&judge.ask, norm) {
        rulings.push(by_reading(judge, norm, body, instance, (began, extended)));
        shares.extend(judge.take_shares(norm));
        places.push(judge.ask.trace.place());
    }
    let ruling = shared_alike(judge, norm, (rulings, shares, &places));
    settled_by_people(&mut judge.ask, norm, instance, ruling)
}

/// What readings of a clause come to together: one verdict, and the same shares, or a person says which of them holds.
pub fn shared_alike<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    read: &Norm,
    (rulings, shares, places): (Vec<Ruling>, Vec<Shares>, &[Written]),
) -> Ruling {
    let several = rulings.len() > 1;
    let differ = shares.iter().any(|other| Some(other) != shares.first());
    let mut ruling = readings_together(read, rulings);
    if let Some(told) = places.get(usize::from(!differ)).filter(|_| several).copied() {
        judge.ask.trace.unshare(told);
    }
    // By each reading it is shared, and others bear it.
    if differ && ruling.outcome.status == Status::Satisfied {
        ruling = readings_that_differ(read);
    }
    judge.shared = if differ { None } else { shares.into_iter().next() };
    ruling
}

/// One reading.
fn by_reading<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    body: &'w Body,
    instance: &Instance,
    (began, extended): ((Own, Day), Option<Day>),
) -> Ruling {
    let named = body.reading.is_some();
    if named {
        judge.ask.trace.open();
    }
    let before = (judge.ask.on, judge.ask.by, judge.ask.since);
    let ruling = by_body(judge, norm, body, instance, (began, extended));
    (judge.ask.on, judge.ask.by, judge.ask.since) = before;
    if let Some(name) = &body.reading {
        let (outcome, strength) = (&ruling.outcome, norm.strength);
        let called = outcome.nuance.called(outcome.status, strength);
        let days = outcome.days;
        judge.ask.trace.close(|| reason(Said::Reading { name: name.clone(), called, days }, Mark::Plain, body.span));
    }
    ruling
}

fn by_body<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    norm: &'w Norm,
    body: &'w Body,
    instance: &Instance,
    ((own, began), extended): ((Own, Day), Option<Day>),
) -> Ruling {
    if let NormTest::AtJoining { membership, .. } = body.test
        && let Err(outcome) = standing::joining(&mut judge.ask, membership)
    {
        // Whom the demand does not concern need not wait for the day of joining.
        let concerned = outcome.status != Status::Pending || !judge.ask.applies(&body.conditions).is_no();
        let outcome = if concerned { outcome } else { Outcome::of(Status::NotApplicable) };
        return Ruling { outcome, decider: Decider::Nobody };
    }
    let mut frame = if has_window(&body.test) {
        judge.ask.frame(body, extended)
    } else {
        Frame { first: EdgeDay::None, last: EdgeDay::None, after: false }
    };
    // Of what has no cycle, the acts of some days may be asked about; its window is the same.
    let of_some_days = norm.cycle.is_none() && instance.period.is_some() && is_of_acts(body);
    if of_some_days && body.window.first.is_some() && matches!(body.window.last, Edge::Open | Edge::Never) {
        frame.last = EdgeDay::None;
    }
    if let Some((_, day)) = judge.closed_on.filter(|(clause, _)| *clause == norm.clause) {
        frame.last = EdgeDay::On(DayBounds::exactly(day));
    }
    let (life, binds) = life_of(&mut judge.ask, norm, instance, (own, began, frame));
    if binds.is_no() {
        tell_not_there(&mut judge.ask, norm, instance, &life);
        return Ruling::of(Status::NotApplicable);
    }
    let case = Case { norm, body, instance: *instance, frame: as_cut(norm, instance, frame, &life), life };
    if T::ON && has_window(&body.test) && (frame.first != EdgeDay::None || frame.last_day() != LastDay::None) {
        tell_what_is_lived(judge, &case, frame);
    }
    (judge.ask.on, judge.ask.by) = (life.began, life.began.min(judge.ask.world.as_of));
    let before = (judge.ask.binds_since, judge.ask.binds_until);
    // A term that cuts the period, or a gap between two wordings, leaves nothing before it to count.
    let since = if instance.period.is_some() { life.begins } else { life.bearer_since };
    (judge.ask.binds_since, judge.ask.binds_until) = (since, life.ends);
    let ruling = by_case(judge, &case, (frame, binds));
    (judge.ask.binds_since, judge.ask.binds_until) = before;
    ruling
}

/// Of the window that was told, leaves the days on which something counts: not those before whoever bears it came, or before the breach that it
/// answers to, nor those after whoever bears it left.
fn tell_what_is_lived<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, frame: Frame) {
    let (norm, life) = (case.norm, case.life);
    let by_field = matches!(case.body.test, NormTest::Happens { counted_for: Some(_), .. });
    let answers = judge.ask.broken_on.is_some() && begins_with_the_breach(norm);
    let begins = frame.first_day().is_some_and(|first| first < life.since) || (answers && !by_field);
    let cut = match case.frame.last_day() {
        LastDay::On(day) => Some(day),
        LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => None,
    };
    let limits = is_of_limits(case.body) || matches!(case.body.test, NormTest::HoldsDaily(_));
    let until = match cut {
        Some(day) => Some(day.min(last_that_binds(case))),
        None => limits.then_some(life.ends),
    };
    // A window that ends before whoever bears it came is told as it is.
    let empty = until.is_some_and(|until| until < life.since);
    if !empty {
        judge.ask.trace.live((begins && !by_field).then_some(life.since), until);
    }
}

/// The last day on which what is watched, prohibited, allowed or weighed can come to anything: that on which the agreement, the wording, its
/// subject or its bearer ends. A duty to do something is cut short elsewhere.
fn last_that_binds(case: &Case) -> Day {
    let bearer = bearer_of(case.norm, &case.instance).is_some();
    match &case.body.test {
        NormTest::Holds(_) => last_day_asked(case),
        // Whoever leaves may still exercise a right on the first day out.
        NormTest::May { exercised, act, .. } if bearer && (exercised.is_some() || matches!(act, Act::Dated(_))) => {
            case.life.first_out()
        }
        NormTest::HoldsDaily(_) | NormTest::ForPerson(_) => case.life.ends,
        _ if is_of_limits(case.body) => case.life.ends,
        _ => Day::MAX,
    }
}

/// The same, of what came of it: its last day is no later than that.
fn ends_with_what_binds(case: &Case, ruling: Ruling) -> Ruling {
    let ends = last_that_binds(case);
    match ruling.outcome.last {
        LastDay::On(day) if day > ends => {
            Ruling { outcome: Outcome { last: LastDay::On(ends), ..ruling.outcome }, ..ruling }
        }
        _ => ruling,
    }
}

/// Judges a case that binds somebody, as far as that is known.
fn by_case<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, (frame, binds): (Frame, Truth)) -> Ruling {
    let (norm, body) = (case.norm, case.body);
    // Conditions of a term govern its renewal, of a ban or a right each act.
    let asked_once =
        !matches!(body.test, NormTest::Term(_) | NormTest::Never(_) | NormTest::Member(_) | NormTest::May { .. });
    judge.ask.planned = false;
    let applies = if asked_once { applies_at_the_beginning(&mut judge.ask, case) } else { Truth::Yes };
    if applies.is_no() {
        return Ruling::of(Status::NotApplicable);
    }
    let by_plans = judge.ask.planned;
    // A ban or a right that binds on no day does not apply, however odd its window is.
    let ever = if is_of_acts(body) && is_odd(&judge.ask, &frame) {
        binds_on_some_day(&mut judge.ask, case)
    } else {
        Truth::Yes
    };
    let no_day = frame.is_empty().is_some() || [frame.first, frame.last].contains(&EdgeDay::NoSuchDay);
    if ever.is_no() && no_day {
        return Ruling::of(Status::NotApplicable);
    }
    if has_window(&body.test)
        && let Some(ruling) = no_window(&mut judge.ask, &frame, (body, &case.instance))
    {
        return as_reached(ruling, applies.and(ever).and(binds), false);
    }
    let planned = still_planned(&mut judge.ask, case);
    let waits = planned.is_some();
    if (ever.is_no() && !waits) || (waits && is_of_acts(body) && is_excluded(&mut judge.ask, body)) {
        return Ruling::of(Status::NotApplicable);
    }
    let mut ruling = match planned {
        Some(ruling) => ruling,
        None => Ruling { outcome: tested(judge, case), decider: Decider::Nobody },
    };
    if may_be_otherwise(&judge.ask, case, &ruling) {
        ruling = Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody };
    }
    // Where nothing says how a part of a period counts, what was not kept in it is for a person: the whole window tells.
    let whole = if norm.last_period.is_some() { *case } else { Case { frame, ..*case } };
    ruling = cut_short(&mut judge.ask, &whole, ruling);
    ruling = after_the_end(&mut judge.ask, &whole, ruling);
    if may_be_otherwise(&judge.ask, case, &ruling) {
        ruling = Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody };
    }
    ruling = as_reached(ruling, if waits { binds } else { applies.and(binds) }, by_plans && binds.is_yes());
    // Of whom it is open whether it binds them, its last day is, too.
    ruling = if binds.is_yes() { ends_with_what_binds(case, ruling) } else { ruling };
    ruling = left_to_the_role(case, ruling);
    if ruling.outcome.status == Status::NeedsJudgement && !matches!(ruling.decider, Decider::Role(_)) {
        let who_is_bound = if binds == Truth::Person { who_admits(judge.ask.world.plan, norm) } else { None };
        ruling.decider = who_is_bound.unwrap_or_else(|| decider_of(body));
    }
    ruling
}
