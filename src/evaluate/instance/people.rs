//! What people decided: judgements, attestations, waivers and extensions, and what they make of an outcome.

use crate::facts::recorded::Outcome as Recorded;
use crate::facts::{Attestation, Decision, Judgement, Waiver};
use crate::model::clause::Bearer;
use crate::plan::{Body, Norm, NormTest};
use crate::value::Day;
use crate::verdict::{Decider, Holder, Instance, LastDay, Mark, Missing, Nuance, Said, Status};

use super::life::{governing_days, is_of_limits, lasting_days};
use super::ruling::Ruling;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::knowledge::decided::{About, Kind, closest, named_bearer};
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::norms::case::{bearer_of, events_of, is_daily};
use crate::evaluate::trace::{Trace, reason};

pub fn settled_by_people<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    ruling: Ruling,
) -> Ruling {
    // What people say of it they say of all its readings together.
    if ask.by_reading == Some(norm.clause) {
        return ruling;
    }
    let ruling = attested(ask, norm, instance, ruling);
    // What was decided on the renewal of a term is in its days.
    let is_renewed = |body: &Body| matches!(&body.test, NormTest::Term(term) if term.renewal.is_some());
    if norm.bodies.iter().any(is_renewed) {
        return ruling;
    }
    let weighs = norm.bodies.iter().any(|body| body.judged_by.is_some())
        || ruling.outcome.status == Status::NeedsJudgement
        || norm.bodies.iter().any(|body| matches!(body.test, NormTest::ForPerson(_)));
    // What is left undone of a right is decided as well as what was done.
    let reached = ruling.outcome.status != Status::NotApplicable || ruling.outcome.nuance == Nuance::NotUsed;
    if !weighs || !reached {
        return ruling;
    }
    let recorded = judgements(ask, norm, instance);
    let Some((at, latest)) = recorded.last().copied() else { return ruling };
    // What was done after it nobody had before them.
    if latest.outcome != Recorded::NotApplicable
        && ruling.outcome.last_broken.is_some_and(|day| day > latest.decision.on)
    {
        let is_ban = norm.bodies.iter().all(|body| matches!(body.test, NormTest::Never(_)));
        let perhaps_before = is_ban && is_none_after_for_certain(ask, norm, latest.decision.on);
        return if perhaps_before { Ruling::of(Status::Unknown) } else { ruling };
    }
    let rivals: Vec<&Judgement> =
        recorded.iter().map(|(_, one)| *one).filter(|one| one.decision.on == latest.decision.on).collect();
    if rivals.iter().any(|one| one.outcome != latest.outcome) {
        ask.trace.missing(|| Missing::Contradiction(rivals.iter().map(|one| one.decision.place).collect()));
        return Ruling::of(Status::Unknown);
    }
    say_recorded(ask, Said::Judgement(at), Some(latest.decision.place));
    let was_kept = matches!(latest.outcome, Recorded::Kept | Recorded::Late);
    if was_kept && may_be_broken_after(ask, norm, instance, latest.decision.on) {
        return Ruling::of(Status::Unknown);
    }
    let status = match latest.outcome {
        Recorded::Kept => Status::Satisfied,
        Recorded::Late => Status::Late,
        Recorded::Broken => Status::Violated,
        Recorded::NotApplicable => Status::NotApplicable,
    };
    let outcome = ruling.outcome.with(status);
    // What is judged not to apply is not only unused.
    let outcome = if status == Status::NotApplicable { outcome.nuanced(Nuance::Plain) } else { outcome };
    Ruling { outcome, decider: Decider::Nobody }
}

/// Whether none of the acts that break a ban lies after a day for certain.
fn is_none_after_for_certain<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, on: Day) -> bool {
    let rows = ask.vars.clone();
    let mut none = true;
    for of in norm.bodies.iter().filter_map(|body| events_of(&body.test)) {
        for row in ask.world.facts.rows(of.record) {
            if ask.own_day(of.record, row).is_some_and(|day| day.first > on && day.first <= ask.world.as_of) {
                ask.bind(of.var, row);
                none &= !ask.passes(of, row).is_yes();
            }
        }
    }
    ask.vars = rows;
    none
}

/// Whether a ban or a maximum may be broken by an act after the day of a judgement, which that does not settle: one that nobody has
/// written down, or one of which not all is known.
fn may_be_broken_after<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, on: Day) -> bool {
    if !norm.bodies.iter().all(|body| is_of_limits(body) && !matches!(body.test, NormTest::May { .. })) {
        return false;
    }
    let ends = instance.period.map_or(Day::MAX, |period| period.last()).min(ends_on(ask, norm, instance));
    let last = ends.min(ask.world.as_of);
    let rows = ask.vars.clone();
    let mut perhaps = false;
    for of in norm.bodies.iter().filter_map(|body| events_of(&body.test)) {
        if let Some((from, through)) = ask.world.gaps(of.record, on.following(), last).first().copied()
            && on < last
            && !ask.ghost_passes(of, DayBounds::within(from, through)).is_no()
        {
            ask.incomplete_over(of.record, from, through);
            perhaps = true;
        }
        for row in ask.world.facts.rows(of.record) {
            let Some(day) = ask.own_day(of.record, row).filter(|day| day.may_lie_in(on.following(), last)) else {
                continue;
            };
            ask.bind(of.var, row);
            let passes = ask.passes(of, row);
            perhaps |= passes == Truth::Open || (passes.is_yes() && day.first <= on);
        }
    }
    ask.vars = rows;
    perhaps
}

/// Evidence that a role must attest counts once it has.
fn attested<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, ruling: Ruling) -> Ruling {
    let Some(role) = norm.bodies.iter().find_map(|body| body.attested_by.as_ref()) else { return ruling };
    let words = norm.bodies.iter().any(|body| matches!(body.test, NormTest::ForPerson(_)));
    let status = ruling.outcome.status;
    let right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
    // Uses that nobody has attested exceed no right.
    let counts = matches!(status, Status::Satisfied | Status::Late) || (right && status == Status::Violated);
    let weighs = words && matches!(status, Status::NeedsJudgement | Status::Pending);
    if !counts && !weighs {
        return ruling;
    }
    let all = &ask.world.facts.attestations;
    let about = about(ask, Kind::Attestation, norm, instance).into_iter();
    let fitting = about.filter_map(|at| Some((at, all.get(at)?))).filter(|(_, one)| one.decision.by == *role);
    let mut fitting: Vec<(usize, &Attestation)> = fitting.filter(|(_, one)| is_made(ask, &one.decision)).collect();
    fitting.retain(|(_, one)| {
        had_begun(ask, norm, instance, &one.decision) && !is_asked_later(norm, &ruling, &one.decision)
    });
    let fitting = closest(fitting, |(_, one)| &one.decision);
    let latest = fitting.iter().max_by_key(|(_, one)| one.decision.on).copied();
    let rivals =
        fitting.iter().filter(|(_, one)| latest.is_some_and(|(_, latest)| latest.decision.on == one.decision.on));
    let rivals: Vec<&Attestation> = rivals.map(|(_, one)| *one).collect();
    if rivals.iter().any(|one| latest.is_some_and(|(_, latest)| latest.holds != one.holds)) {
        ask.trace.missing(|| Missing::Contradiction(rivals.iter().map(|one| one.decision.place).collect()));
        return Ruling::of(Status::Unknown);
    }
    match latest {
        Some((at, one)) => {
            let (holds, place) = (one.holds, one.decision.place);
            say_recorded(ask, Said::Attestation(at), Some(place));
            if !holds && right {
                return without_use(ask, norm, instance, ruling);
            }
            // That a ban or a limit was not kept is not mended by what still comes.
            let forbids = norm.bodies.iter().all(is_of_limits);
            let deed = norm.bodies.iter().any(|body| is_deed(&body.test));
            if !holds && deed && !forbids && matches!(ruling.outcome.last, LastDay::None | LastDay::Unknown) {
                return still_to_do(ask, norm, instance, ruling);
            }
            let status = match (holds, words) {
                (true, true) => Status::Satisfied,
                (true, false) => status,
                // What is denied before the last day may still be done.
                (false, _) if !forbids && may_still_come(ask, &ruling) => Status::Pending,
                (false, _) => Status::Violated,
            };
            Ruling { outcome: ruling.outcome.with(status), decider: Decider::Nobody }
        }
        None if words && status == Status::Pending => ruling,
        None => {
            ask.trace.missing(|| Missing::Attestation { role: role.clone() });
            Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody }
        }
    }
}

/// Whether a test asks for something to be done.
fn is_deed(test: &NormTest) -> bool {
    matches!(test, NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_))
}

/// What was denied and has no last day: it can still be done, unless its time has ended. Where the last day is unknown, it may have
/// passed.
fn still_to_do<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, ruling: Ruling) -> Ruling {
    let status = match ruling.outcome.last {
        LastDay::Unknown => Status::Unknown,
        _ if ends_on(ask, norm, instance) < ask.world.as_of => Status::NotApplicable,
        _ => Status::Pending,
    };
    Ruling { outcome: ruling.outcome.with(status), decider: Decider::Nobody }
}

/// The last day of an instance: of its wording, its subject, its bearer.
fn ends_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Day {
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    let lasts =
        [subject, bearer].into_iter().flatten().filter_map(|(of, row)| lasting_days(ask, of, row)?.last.exact());
    lasts.min().unwrap_or(Day::MAX).min(governing_days(ask, norm, instance).last())
}

/// A right whose use is denied: it can still be used, or was not.
fn without_use<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, ruling: Ruling) -> Ruling {
    let as_of = ask.world.as_of;
    let ends = ends_on(ask, norm, instance);
    let over = matches!(ruling.outcome.last, LastDay::On(_) | LastDay::Within(..)) && !may_still_come(ask, &ruling);
    let outcome = if over || ends < as_of {
        ruling.outcome.with(Status::NotApplicable).nuanced(Nuance::NotUsed)
    } else if ruling.outcome.last == LastDay::Unknown {
        ruling.outcome.with(Status::Unknown)
    } else {
        ruling.outcome.with(Status::Pending)
    };
    Ruling { outcome, decider: Decider::Nobody }
}

fn may_still_come<'w, T: Trace>(ask: &Ask<'w, T>, ruling: &Ruling) -> bool {
    match ruling.outcome.last {
        LastDay::On(last) | LastDay::Within(last, _) => ask.world.as_of <= last,
        LastDay::NotYet => true,
        LastDay::Unknown | LastDay::None => false,
    }
}

/// Recorded judgements of the instance by the role that may judge it, earliest first.
fn judgements<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Vec<(usize, &'w Judgement)> {
    let roles: Vec<&String> = norm.bodies.iter().filter_map(|body| body.judged_by.as_ref()).collect();
    let all = &ask.world.facts.judgements;
    let about = about(ask, Kind::Judgement, norm, instance).into_iter();
    let fitting = about.filter_map(|at| Some((at, all.get(at)?))).filter(|(_, one)| is_made(ask, &one.decision));
    let fitting = fitting.filter(|(_, one)| roles.is_empty() || roles.contains(&&one.decision.by));
    let mut all: Vec<(usize, &Judgement)> = fitting.collect();
    // That nothing is asked at all may be judged before.
    all.retain(|(_, one)| one.outcome == Recorded::NotApplicable || had_begun(ask, norm, instance, &one.decision));
    let mut all = closest(all, |(_, one)| &one.decision);
    all.sort_by_key(|(_, one)| one.decision.on);
    all
}

/// Whether a case had begun by the day of a decision: its period, unless the decision names it; the days on which it is watched; and whom it
/// is about, unless that is named. What came later, nobody can have weighed.
fn had_begun<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, decision: &Decision) -> bool {
    let on = decision.on;
    let in_time = decision.period.is_some() || instance.period.is_none_or(|period| period.first() <= on);
    let watched = instance.span.filter(|_| is_daily(norm)).is_none_or(|(_, last)| last <= on);
    if !in_time || !watched || decision.names_whom() {
        return in_time && watched;
    }
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    if let Some((_, row)) = subject.filter(|_| norm.is_membership()) {
        let joined = ask.quietly(|ask| ask.member_days(norm.clause, row)).map(|days| days.from);
        return !matches!(joined, Some(EdgeDay::On(day)) if day.first > on);
    }
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    let mut all = [subject, bearer].into_iter().flatten();
    all.all(|(of, row)| match of.members_of {
        Some(_) => lasting_days(ask, of, row).is_none_or(|lasts| match lasts.from {
            EdgeDay::On(day) => day.first <= on,
            _ => true,
        }),
        None => {
            let own = ask.world.day_of(of.record, row).and_then(|day| day.day_bounds());
            own.is_none_or(|day| day.first <= on)
        }
    })
}

/// Whether a state is asked on a day after that of a decision.
fn is_asked_later(norm: &Norm, ruling: &Ruling, decision: &Decision) -> bool {
    let is_state = norm.bodies.iter().all(|body| matches!(body.test, NormTest::Holds(_)));
    let last = if let LastDay::On(last) = ruling.outcome.last { Some(last) } else { None };
    is_state && decision.period.is_none() && last.is_some_and(|last| decision.on < last)
}

/// Whether people have judged that a clause does not apply to an instance; open where judgements of one day contradict each other.
pub fn judged_not_to_apply<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Truth {
    let recorded = judgements(ask, norm, instance);
    let Some((_, latest)) = recorded.last() else { return Truth::No };
    let latest = recorded.iter().filter(|(_, one)| one.decision.on == latest.decision.on);
    same_for_all(latest.map(|(_, one)| Truth::of(one.outcome == Recorded::NotApplicable)))
}

/// Whether people have set a clause aside for an instance: whoever is to weigh it judged that it does not apply, or it was waived by
/// a day. So it goes before no other clause there.
pub fn set_aside<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, by: Day) -> Truth {
    if waiver_by(ask, norm, instance, by).is_some_and(|(_, one)| one.until.is_none()) {
        return Truth::Yes;
    }
    let weighs = |body: &Body| body.judged_by.is_some() || matches!(body.test, NormTest::ForPerson(_));
    if norm.bodies.iter().any(weighs) { judged_not_to_apply(ask, norm, instance) } else { Truth::No }
}

/// The waiver or extension of the instance that counts.
pub fn waiver_of<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm, instance: &Instance) -> Option<(usize, &'w Waiver)> {
    waiver_by(ask, norm, instance, ask.world.as_of)
}

/// The one that counted by a day.
fn waiver_by<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &Norm,
    instance: &Instance,
    by: Day,
) -> Option<(usize, &'w Waiver)> {
    let (facts, by) = (ask.world.facts, by.min(ask.world.as_of));
    let clause = ask.world.plan.clause(norm.clause).map_or("", |clause| &clause.name);
    if !ask.decided.any(facts, Kind::Waiver, clause) {
        return None;
    }
    let (whom, period) = names_of(ask, norm, instance);
    ask.decided.waiver(facts, clause, About { period: period.as_deref(), ..whom }, by)
}

/// The decisions that are about this instance, as far as they name a subject and a period.
fn about<'w, T: Trace>(ask: &mut Ask<'w, T>, kind: Kind, norm: &Norm, instance: &Instance) -> Vec<usize> {
    let facts = ask.world.facts;
    let clause = ask.world.plan.clause(norm.clause).map_or("", |clause| &clause.name);
    if !ask.decided.any(facts, kind, clause) {
        return Vec::new();
    }
    let (whom, period) = names_of(ask, norm, instance);
    ask.decided.about(facts, (kind, clause), About { period: period.as_deref(), ..whom })
}

/// Whether the use of a right is one, as far as those who attest it have said; of any other clause, that is not asked.
pub fn attested_use<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Truth {
    let right = |body: &&Body| matches!(body.test, NormTest::May { .. });
    let Some(role) = norm.bodies.iter().filter(right).find_map(|body| body.attested_by.as_ref()) else {
        return Truth::Yes;
    };
    let all = &ask.world.facts.attestations;
    let about = about(ask, Kind::Attestation, norm, instance).into_iter();
    let fitting = about.filter_map(|at| all.get(at)).filter(|one| one.decision.by == *role);
    let mut fitting: Vec<&Attestation> = fitting.filter(|one| is_made(ask, &one.decision)).collect();
    fitting.retain(|one| had_begun(ask, norm, instance, &one.decision));
    let fitting = closest(fitting, |one| &one.decision);
    let Some(last) = fitting.iter().map(|one| one.decision.on).max() else {
        ask.trace.missing(|| Missing::Attestation { role: role.clone() });
        return Truth::Open;
    };
    same_for_all(fitting.iter().filter(|one| one.decision.on == last).map(|one| Truth::of(one.holds)))
}

/// Whether the use of a right was one, as far as those say who weigh it: without them it is for a person.
pub fn weighed_use<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Truth {
    let weighs = |body: &Body| match &body.test {
        NormTest::May { inside, .. } => body.judged_by.is_some() || inside.is_some(),
        _ => false,
    };
    if !norm.bodies.iter().any(weighs) {
        return Truth::Yes;
    }
    let recorded = judgements(ask, norm, instance);
    let Some((_, last)) = recorded.last() else { return Truth::Person };
    let last = recorded.iter().filter(|(_, one)| one.decision.on == last.decision.on);
    same_for_all(last.map(|(_, one)| Truth::of(matches!(one.outcome, Recorded::Kept | Recorded::Late))))
}

/// Whether people found, before a day, that an instance was broken.
pub fn is_found_broken<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, before: Day) -> bool {
    let found = judgements(ask, norm, instance).last().copied();
    found.is_some_and(|(_, one)| one.outcome == Recorded::Broken && one.decision.on < before)
}

/// The names of the subject and the bearer, and that of the period, by which a decision can name an instance.
fn names_of<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> (About<'w>, Option<String>) {
    let (facts, plan) = (ask.world.facts, ask.world.plan);
    let subject = instance.subject.and_then(|(line, row)| {
        let record = norm.subjects.get(usize::from(line))?.record;
        Some(facts.id(record, row))
    });
    let actor = |actor| plan.schema.actor(actor).map(|actor| actor.name.as_str());
    let bearer = match (instance.bearer, &norm.bearer) {
        (Holder::Row(record, row), _) => Some(facts.id(record, row)),
        (Holder::Actor(one), _) => actor(one),
        (Holder::TheOne, Some(Bearer::Actor(one))) => actor(*one),
        (Holder::TheOne, _) => None,
    };
    let named = instance.subject.and_then(|(_, row)| named_bearer(facts, plan, norm, row));
    (About { subject, bearer, named, period: None }, instance.period.map(|period| period.label.to_string()))
}

/// Whether a decision was made by now.
fn is_made<'w, T: Trace>(ask: &Ask<'w, T>, decision: &Decision) -> bool {
    decision.on <= ask.world.as_of
}

pub fn say_recorded<'w, T: Trace>(ask: &mut Ask<'w, T>, said: Said, place: Option<crate::source::Span>) {
    ask.trace.say(|| {
        let mut step = reason(said, Mark::Plain, None);
        step.fact = place;
        step
    });
}
