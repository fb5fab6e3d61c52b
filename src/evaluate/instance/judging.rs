//! The judgement of one instance: as renewals are taken to have gone, and by each reading of another clause that it hangs on.

use super::bodies::shared_alike;
use super::earlier::judge_taken_over;
use super::people::settled_by_people;
use super::periods::{open_renewal, period_as_read, period_as_renewed};
use super::ruling::Ruling;
use crate::evaluate::expr::ask::Renewed;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};
use crate::model::clause::{CycleOf, WhichEnd};
use crate::verdict::{Decider, Instance, Mark, Said, Status};

/// So many other clauses are taken as each of their readings.
const READ_AS: usize = 4;

/// Judges an instance as amendments are taken to have gone; by each reading of another clause, where that may make a difference.
pub fn judge_here<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let Some(instance) = as_counted(judge, instance) else { return Ruling::of(Status::NotApplicable) };
    let instance = &instance;
    let before = judge.ask.unread.take();
    let (mark, written) = (judge.ask.trace.mark(), judge.ask.trace.place());
    let ruling = judge_as_renewed(judge, instance);
    let Some(clause) = std::mem::replace(&mut judge.ask.unread, before) else { return ruling };
    let plan = judge.ask.world.plan;
    let Some(norm) = plan.norm(instance.norm).filter(|_| judge.ask.read_as.len() < READ_AS) else { return ruling };
    // The wording that is meant may be an earlier one: each has its own readings, so those of the one with the most are gone through.
    let Some(now) = judge.ask.law.wording_on(clause, judge.ask.world.as_of) else { return ruling };
    let all = plan.norms_of(clause).map(|(_, one)| one);
    let other = all.fold(now, |most, one| if one.bodies.len() > most.bodies.len() { one } else { most });
    judge.ask.trace.forget(mark);
    judge.ask.trace.back_to(written);
    let mut rulings = Vec::with_capacity(other.bodies.len());
    let mut shares = Vec::new();
    let mut places = vec![judge.ask.trace.place()];
    for (at, body) in other.bodies.iter().enumerate() {
        judge.ask.trace.open();
        let period = instance.period.map(|period| period_as_read(&mut judge.ask, norm, period, (clause, at)));
        judge.ask.read_as.push((clause, at));
        judge.forget();
        let ruling = match period {
            // As it is read, the term has no such period.
            Some(None) => Ruling::of(Status::NotApplicable),
            Some(Some(period)) => judge_here(judge, &Instance { period: Some(period), ..*instance }),
            None => judge_here(judge, instance),
        };
        judge.ask.read_as.pop();
        let (outcome, days) = (&ruling.outcome, ruling.outcome.days);
        let called = outcome.nuance.called(outcome.status, norm.strength);
        let of = plan.clause(clause).map_or("", |clause| &clause.name);
        let name = body.reading.as_deref().map_or(of.to_owned(), |reading| format!("{reading} of {of}"));
        judge.ask.trace.close(|| reason(Said::Reading { name, called, days }, Mark::Plain, body.span));
        rulings.push(ruling);
        shares.extend(judge.take_shares(norm));
        places.push(judge.ask.trace.place());
    }
    judge.forget();
    let ruling = shared_alike(judge, other, (rulings, shares, &places));
    // What hangs on the reading may have been judged as a whole.
    match ruling.outcome.status {
        Status::NeedsJudgement => settled_by_people(&mut judge.ask, norm, instance, ruling),
        _ => ruling,
    }
}

/// An instance whose period is counted from a day of each term, as values are taken and amendments to have gone: nothing where there is no
/// such period then.
fn as_counted<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Option<Instance> {
    let tried = judge.ask.world.tried.iter().any(Option::is_some) || judge.ask.law.ways() > 1;
    let norm = judge.ask.world.plan.norm(instance.norm);
    match norm.zip(instance.period) {
        Some((norm, period)) if tried && matches!(norm.cycle, Some(CycleOf::Counted { .. })) => {
            let period = period_as_renewed(&mut judge.ask, norm, period)?;
            Some(Instance { period: Some(period), ..*instance })
        }
        _ => Some(*instance),
    }
}

/// Judges an instance that a renewal has to do with of which it is open whether it came: as if it had, and as if not. What comes out
/// the same is the verdict.
fn judge_as_renewed<'w, T: Trace>(judge: &mut Judge<'w, T>, instance: &Instance) -> Ruling {
    let Some(norm) = judge.ask.world.plan.norm(instance.norm) else { return Ruling::of(Status::NotApplicable) };
    let open = if judge.ask.renewed.len() < READ_AS { open_renewal(&mut judge.ask, norm, instance) } else { None };
    let Some((term, after, truth)) = open else { return judge_taken_over(judge, instance) };
    let (mark, written) = (judge.ask.trace.mark(), judge.ask.trace.place());
    let go = |judge: &mut Judge<'w, T>, taken: bool| {
        judge.ask.renewed.push(Renewed { term, after, taken });
        judge.forget();
        let period = instance.period.map(|period| period_as_renewed(&mut judge.ask, norm, period));
        let ruling = match period {
            Some(None) => Ruling::of(Status::NotApplicable),
            Some(Some(period)) => judge_as_renewed(judge, &Instance { period: Some(period), ..*instance }),
            None => judge_as_renewed(judge, instance),
        };
        judge.ask.renewed.pop();
        judge.forget();
        ruling
    };
    let mut ruling = go(judge, true);
    judge.ask.trace.hush();
    let without = go(judge, false);
    judge.ask.trace.speak();
    if ruling.same_as(&without) {
        ruling.widen(&without);
        return ruling;
    }
    judge.ask.trace.forget(mark);
    judge.ask.trace.back_to(written);
    let before = judge.ask.term.take();
    judge.ask.term_edge(term, WhichEnd::Last);
    judge.ask.term = before;
    if truth != Truth::Person {
        return Ruling::of(Status::Unknown);
    }
    let ruling = Ruling { outcome: Outcome::of(Status::NeedsJudgement), decider: Decider::Unnamed };
    settled_by_people(&mut judge.ask, norm, instance, ruling)
}
