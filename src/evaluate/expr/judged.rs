//! What people decided of a clause, as another clause sees it: whether its conditions that are for a person hold, whether the use of a
//! right was one, whether somebody is a member.

use crate::facts::recorded::Outcome as Recorded;
use crate::facts::{Decision, Judgement, Row};
use crate::model::clause::Bearer;
use crate::model::expr::{ClauseId, Collection};
use crate::model::schema::RecordId;
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Day, Stretch};
use crate::verdict::Missing;

use super::ask::Ask;
use crate::evaluate::knowledge::decided::{About, Kind, closest, named_bearer};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::trace::Trace;

/// The day by which whoever names no subject speaks of a case: that on which it began, where that is known.
type Since = Option<Day>;

/// The case of a clause that is about a row, or that a row bears.
pub fn named_row<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, (record, row): (RecordId, Row)) -> About<'w> {
    let (facts, schema) = (ask.world.facts, &ask.world.plan.schema);
    let id = facts.id(record, row);
    let is_subject = norm.subjects.iter().any(|of| of.record == record);
    let bearer = match &norm.bearer {
        Some(Bearer::Each(of)) if of.record == record => Some(id),
        Some(Bearer::Actor(actor)) => schema.actor(*actor).map(|actor| actor.name.as_str()),
        Some(Bearer::Each(_) | Bearer::EachOf(_) | Bearer::Together(_) | Bearer::Field(_)) | None => None,
    };
    let named = if is_subject { named_bearer(facts, ask.world.plan, norm, row) } else { None };
    About { subject: (is_subject || bearer != Some(id)).then_some(id), bearer, named, period: None }
}

/// Whether a clause applies to the rows that are bound as people say: where its conditions are for a person, what was judged to be kept, late
/// or broken does; what its role judged not to apply does not.
pub fn as_judged<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm, applies: Truth) -> Truth {
    let weighs = applies == Truth::Person || norm.bodies.iter().any(|body| body.judged_by.is_some());
    if applies.is_no() || !weighs || !is_judged(ask, norm) {
        return applies;
    }
    let (facts, plan) = (ask.world.facts, ask.world.plan);
    let of_var = |of: &Collection| Some(facts.id(of.record, *ask.vars.get(usize::from(of.var.0))?));
    let actor = |actor| plan.schema.actor(actor).map(|actor| actor.name.as_str());
    let bearer = match &norm.bearer {
        Some(Bearer::Actor(one)) => actor(*one),
        Some(Bearer::EachOf(actors)) => ask.actor.filter(|one| actors.contains(one)).and_then(actor),
        Some(Bearer::Each(of)) => of_var(of),
        Some(Bearer::Together(_) | Bearer::Field(_)) | None => None,
    };
    let row = norm.subjects.first().and_then(|of| ask.vars.get(usize::from(of.var.0)));
    let named = row.and_then(|row| named_bearer(facts, plan, norm, *row));
    let subject = norm.subjects.first().and_then(of_var);
    let period = ask.period.map(|period| period.label.to_string());
    let about = About { subject, bearer, named, period: period.as_deref() };
    let judged = judged(ask, norm, (about, None), |one| one != Recorded::NotApplicable).unwrap_or(applies);
    if applies == Truth::Person { judged } else { applies.and(judged) }
}

/// Whether a row that joined on a day is a member as people say: who attests it has, and who judges it has judged that it is one.
pub fn member_as_decided<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    (id, joined): (&str, Since),
    applies: Truth,
) -> Truth {
    let about: (About, Since) = (About { subject: Some(id), ..About::default() }, joined);
    let kept = |one| matches!(one, Recorded::Kept | Recorded::Late);
    let mut truth = match applies {
        Truth::Person => judged(ask, norm, about, kept).unwrap_or(applies),
        // Where there are readings, the role settles which of them holds.
        _ if body.judged_by.is_some() => {
            let unjudged = if norm.readings == 1 { Truth::Person } else { Truth::Yes };
            applies.and(judged(ask, norm, about, kept).unwrap_or(unjudged))
        }
        _ => applies,
    };
    if !truth.is_no() {
        truth = truth.and(attested(ask, (norm, body), about));
    }
    truth
}

/// What whoever decides on the renewal of a term said, after the day of an earlier decision: the last time before the term ran out, or
/// else the first time after that, while the next would run. With the day on which they did, and the place of the judgement.
pub fn renewal_as_decided<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (clause, body): (ClauseId, &'w Body),
    (days, next): (Stretch, Stretch),
    after: Day,
) -> Option<(Truth, Day, usize)> {
    let (facts, as_of) = (ask.world.facts, ask.world.as_of);
    let name = ask.world.plan.clause(clause).map_or("", |clause| clause.name.as_str());
    let about = ask.decided.about(facts, (Kind::Judgement, name), About::default());
    let made = about.into_iter().filter_map(|at| Some((at, facts.judgements.get(at)?))).filter(|(_, one)| {
        let on = one.decision.on;
        on > after && on <= as_of && on < next.until && body.judged_by.as_ref().is_none_or(|by| *by == one.decision.by)
    });
    let made: Vec<(usize, &Judgement)> = made.collect();
    let on = |one: &(usize, &Judgement)| one.1.decision.on;
    let in_time = made.iter().map(on).filter(|on| *on < days.until).max();
    let day = in_time.or_else(|| made.iter().map(on).min())?;
    let of_day = || made.iter().filter(|one| on(one) == day);
    let (at, _) = of_day().next()?;
    let renewed = |one: &(usize, &Judgement)| Truth::of(matches!(one.1.outcome, Recorded::Kept | Recorded::Late));
    Some((same_for_all(of_day().map(renewed)), day, *at))
}

/// Whether the use of a right was one, as those say who attest and weigh it.
pub fn use_as_decided<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    about: About,
    applies: Truth,
) -> Truth {
    let inside = matches!(&body.test, NormTest::May { inside: Some(_), .. });
    let weighs = applies == Truth::Person || ((body.judged_by.is_some() || inside) && norm.readings == 1);
    let mut right = applies;
    if weighs && !applies.is_no() {
        let kept = judged(ask, norm, (about, None), |one| matches!(one, Recorded::Kept | Recorded::Late));
        right = if applies == Truth::Person { Truth::Yes } else { applies }.and(kept.unwrap_or(Truth::Person));
    }
    if right.is_no() { right } else { right.and(attested(ask, (norm, body), (about, None))) }
}

/// Whether the role that attests a clause has done so; nobody has to where there is none.
fn attested<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    (case, since): (About, Since),
) -> Truth {
    let Some(role) = &body.attested_by else { return Truth::Yes };
    let (facts, as_of) = (ask.world.facts, ask.world.as_of);
    let clause = ask.world.plan.clause(norm.clause).map_or("", |clause| clause.name.as_str());
    let about = ask.decided.about(facts, (Kind::Attestation, clause), case);
    let about = about.into_iter().filter_map(|at| facts.attestations.get(at));
    let made = about.filter(|one| one.decision.by == *role && one.decision.on <= as_of);
    let made = closest(made.filter(|one| had_begun(&one.decision, since)).collect(), |one| &one.decision);
    latest(made.iter().map(|one| (&one.decision, one.holds))).unwrap_or_else(|| {
        ask.trace.missing(|| Missing::Attestation { role: role.clone() });
        Truth::Open
    })
}

fn is_judged<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm) -> bool {
    let clause = ask.world.plan.clause(norm.clause).map_or("", |clause| clause.name.as_str());
    ask.decided.any(ask.world.facts, Kind::Judgement, clause)
}

/// Whether a case had begun by the day of a decision, unless that names whom it is about: what came later, nobody can have weighed.
fn had_begun(decision: &Decision, since: Since) -> bool {
    decision.names_whom() || since.is_none_or(|since| since <= decision.on)
}

/// What the latest judgement by whoever may judge it says of a case: of those that name most of it; nothing where nobody has judged it yet.
fn judged<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &Norm,
    (case, since): (About, Since),
    says: impl Fn(Recorded) -> bool,
) -> Option<Truth> {
    let (facts, as_of) = (ask.world.facts, ask.world.as_of);
    let clause = ask.world.plan.clause(norm.clause).map_or("", |clause| clause.name.as_str());
    let roles: Vec<&String> = norm.bodies.iter().filter_map(|body| body.judged_by.as_ref()).collect();
    let about = ask.decided.about(facts, (Kind::Judgement, clause), case);
    let about = about.into_iter().filter_map(|at| facts.judgements.get(at));
    let may = about.filter(|one| roles.is_empty() || roles.contains(&&one.decision.by));
    let made = may.filter(|one| one.decision.on <= as_of);
    let made = made.filter(|one| one.outcome == Recorded::NotApplicable || had_begun(&one.decision, since));
    let made = closest(made.collect(), |one: &&Judgement| &one.decision);
    latest(made.iter().map(|one| (&one.decision, says(one.outcome))))
}

/// What the latest of some decisions says; open where several of that day contradict each other.
fn latest<'d>(decisions: impl Iterator<Item = (&'d Decision, bool)>) -> Option<Truth> {
    let all: Vec<(Day, bool)> = decisions.map(|(decision, holds)| (decision.on, holds)).collect();
    let last = all.iter().map(|(day, _)| *day).max()?;
    Some(same_for_all(all.iter().filter(|(day, _)| *day == last).map(|(_, holds)| Truth::of(*holds))))
}
