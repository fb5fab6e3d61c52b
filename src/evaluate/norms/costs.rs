//! Costs: whether what was billed or paid is what each has to bear.

use crate::facts::{CellId, Row};
use crate::model::clause::{Billed, Sharing, SharingWay};
use crate::model::expr::{ClauseId, Collection, Var};
use crate::plan::{Norm, NormTest};
use crate::value::{Day, Money, Number};
use crate::verdict::{Mark, Missing, Said, Share, ShareOf, Status};

use super::amounts::NoShares;
use super::bills::{Bill, bills, bills_for, may_be_more, tell_too_early, tell_unlisted};
use super::case::Case;
use super::instalments::in_instalments;
use super::many::shared_by_many;
use super::payments::{NotAdded, Payment, Unlisted, settled};
use super::shares::{shares, still_to_come, tell_shares};
use super::tally::{Counts, Deed, Field};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::{Frame, Passed};
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::Bounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// The shares of a cost, and whether the bills agree with them.
pub fn cost<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (sharing, billed): (&'w Sharing, Option<&'w Billed>),
) -> Outcome {
    if let Some(day) = still_to_come(&mut judge.ask, sharing) {
        judge.ask.trace.say(|| reason(Said::Planned { day }, Mark::Plain, sharing.amount.span));
        return Outcome::of(Status::Pending);
    }
    // Where nobody listens and nothing is billed, it only matters that it can be shared.
    // With other values, amendments or readings it has to come out the same.
    let trying =
        judge.ask.world.tried.iter().any(Option::is_some) || judge.ask.law.ways() > 1 || case.norm.readings > 1;
    let trying = trying || !judge.ask.read_as.is_empty();
    if !T::ON && !trying && billed.is_none() && shared_by_many(&mut judge.ask, sharing).is_some() {
        return Outcome::of(Status::Satisfied);
    }
    let shares = match shares(&mut judge.ask, sharing) {
        Ok(shares) => shares,
        Err(NoShares::NoAmount) => return Outcome::of(Status::NotApplicable),
        Err(NoShares::Unknown) => return Outcome::of(Status::Unknown),
        Err(NoShares::Impossible(words)) => {
            judge.ask.trace.say(|| reason(Said::Words(words), Mark::Person, sharing.amount.span));
            return Outcome::of(Status::NeedsJudgement);
        }
    };
    if trying {
        judge.shared = Some(shares.clone());
    }
    let separate = matches!(sharing.way, SharingWay::SeparateDecision);
    match billed {
        Some(billed) => bills(judge, case, shares, (billed, separate)),
        None if separate => Outcome::of(Status::Pending),
        None => {
            tell_shares(&mut judge.ask, &shares, None);
            Outcome::of(Status::Satisfied)
        }
    }
}

/// The bearer's share of a cost is paid in time: its payments for the subject, by their days.
pub fn pays_share<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, cost: ClauseId, bearer: ShareOf) -> Outcome {
    // By the wording of the day on which it is asked.
    let Some(norm) = judge.ask.law.wording_on(cost, judge.ask.on) else { return Outcome::of(Status::Unknown) };
    let mut readings = norm.bodies.iter().filter_map(|body| match &body.test {
        NormTest::Shared { sharing, billed } => Some((&**sharing, billed.as_deref())),
        _ => None,
    });
    let Some(first) = readings.next() else { return Outcome::of(Status::Unknown) };
    let mut read = |reading| {
        // The cost takes events from its own first day of force on.
        let first = judge.ask.law.first_day(cost);
        let before = std::mem::replace(&mut judge.ask.since, first);
        let found = pays_reading(judge, case, (norm, cost), (reading, bearer));
        judge.ask.since = before;
        found
    };
    let found = read(first);
    for other in readings {
        // Where readings of the cost differ, a person has to say.
        let other = read(other);
        if other.status != found.status {
            let unknown = [found.status, other.status].contains(&Status::Unknown);
            return found.with(if unknown { Status::Unknown } else { Status::NeedsJudgement });
        }
    }
    found
}

fn pays_reading<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (norm, cost): (&'w Norm, ClauseId),
    ((sharing, billed), bearer): ((&'w Sharing, Option<&'w Billed>), ShareOf),
) -> Outcome {
    let frame = case.frame;
    let subject = judge.ask.var(Var(0));
    let reached = norm.subjects.first().map(|of| quiet_belongs(&mut judge.ask, of, subject));
    match reached {
        Some(Truth::No) => {
            let place = norm.subjects.first().map(|of| of.span);
            judge.ask.trace.say(|| reason(Said::NotCovered(cost), Mark::No, place));
            return Outcome::of(Status::NotApplicable);
        }
        Some(Truth::Open) => return Outcome::of(Status::Unknown),
        Some(Truth::Person) => return Outcome::of(Status::NeedsJudgement),
        Some(Truth::Yes) | None => {}
    }
    if let Some(day) = still_to_come(&mut judge.ask, sharing) {
        judge.ask.trace.say(|| reason(Said::Planned { day }, Mark::Plain, sharing.amount.span));
        return Outcome { first: frame.first_day(), last: frame.last_day(), ..Outcome::of(Status::Pending) };
    }
    let shares = judge.ask.aside(&[subject], |ask| shares(ask, sharing));
    let share = match shares {
        Some(Ok(shares)) => {
            shares.into_iter().find(|(who, _)| *who == bearer && bearer != ShareOf::Nobody).map(|(_, share)| share)
        }
        Some(Err(NoShares::NoAmount)) => return Outcome::of(Status::NotApplicable),
        Some(Err(NoShares::Impossible(words))) => {
            judge.ask.trace.say(|| reason(Said::Words(words), Mark::Person, sharing.amount.span));
            return Outcome::of(Status::NeedsJudgement);
        }
        Some(Err(NoShares::Unknown)) | None => return Outcome::of(Status::Unknown),
    };
    let Some(share) = share else {
        if bearer != ShareOf::Nobody {
            judge.ask.trace.say(|| reason(Said::NoShare { who: bearer, of: cost }, Mark::No, sharing.amount.span));
        }
        return Outcome::of(Status::NotApplicable);
    };
    judge.ask.trace.share(|| Share { who: bearer, amount: share.clone(), billed: None });
    match billed {
        Some(billed) => paid(judge, case, (billed, subject), (bearer, &share)),
        None => {
            judge.ask.trace.missing(|| Missing::Clause(cost));
            Outcome::of(if frame.passed(judge.ask.world.as_of) == Passed::No {
                Status::Pending
            } else {
                Status::Unknown
            })
        }
    }
}

fn quiet_belongs<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection, row: Row) -> Truth {
    ask.trace.hush();
    let by = ask.world.as_of;
    let truth = ask.aside(&[row], |ask| {
        ask.bind(of.var, row);
        ask.asked(ask.on, by, |ask| ask.passes(of, row))
    });
    ask.trace.speak();
    truth.unwrap_or(Truth::Open)
}

fn paid<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (billed, subject): (&'w Billed, Row),
    (bearer, share): (ShareOf, &Money),
) -> Outcome {
    let record = billed.bills.record;
    let bills = bills_for(judge, billed, subject);
    // What others paid is no matter.
    let own: Vec<&Bill> = bills.iter().filter(|bill| bill.who.is_none_or(|who| who == bearer)).collect();
    let (found, open) = payments(judge, case, billed, (&own, share));
    for (row, payment) in
        own.iter().filter(|bill| bill.amount.1 == Some(share.currency)).map(|bill| bill.row).zip(&found)
    {
        match payment.counts {
            Counts::InTime | Counts::Open { .. } | Counts::Late => {
                judge.ask.trace.evidence(record, row);
                judge.serve(record, row);
            }
            Counts::TooEarly => {
                if let Some(day) = payment.day {
                    tell_too_early(&mut judge.ask, billed, (row, day), case.frame.first_bounds().1);
                }
            }
            Counts::Not => {}
        }
    }
    let as_of = judge.ask.world.as_of;
    let is_listed = !may_be_more(&judge.ask, record);
    let more = open.more || !is_listed;
    let unlisted = Unlisted { in_time: more, done: more, since: more.then_some(Day::MIN) };
    let needed = Bounds::exactly(share.amount.clone());
    let outcome = match &case.body.instalments {
        None => settled(found, &needed, (case.frame, as_of, true), (open, unlisted)),
        Some(parts) => {
            let currency = Some(share.currency);
            in_instalments(judge, case, parts, (&needed, currency), |judge, last, needed| {
                let frame = Frame { last, ..case.frame };
                judge.ask.trace.hush();
                let (found, _) = payments(judge, &Case { frame, ..*case }, billed, (&own, share));
                judge.ask.trace.speak();
                settled(found, needed, (frame, as_of, true), (open, unlisted))
            })
        }
    };
    // Before the last day what is not on file may still come.
    let passed = case.body.instalments.is_some() || case.frame.passed(as_of) != Passed::No;
    if outcome.status == Status::Unknown && !is_listed && passed {
        tell_unlisted(&mut judge.ask, record);
    }
    outcome
}

/// The payments of one that bears a share; and what cannot be added up.
fn payments<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    billed: &'w Billed,
    (bills, share): (&[&Bill], &Money),
) -> (Vec<Payment>, NotAdded) {
    let (record, as_of) = (billed.bills.record, judge.ask.world.as_of);
    let found = Field { frame: case.frame, period: None, since: Day::MIN, until: Day::MAX, as_of, enough: Some(1) };
    let (mut payments, mut open) = (Vec::new(), NotAdded::default());
    for bill in bills {
        let day = judge.ask.world.day_field(record).map(|field| CellId { record, row: bill.row, field });
        let day = day.and_then(|cell| judge.ask.cell(cell, billed.bills.span).day_bounds());
        // Amounts in different currencies are not added up.
        let (amount, currency) = &bill.amount;
        if *currency != Some(share.currency) {
            open.more |= amount.most.as_ref().is_none_or(|most| *most > Number::ZERO);
            open.less |= amount.least.as_ref().is_none_or(|least| *least < Number::ZERO);
            continue;
        }
        let perhaps = Bounds {
            least: amount.least.clone().map(|least| least.min(Number::ZERO)),
            most: amount.most.clone().map(|most| most.max(Number::ZERO)),
        };
        let amount = if bill.sure && bill.who.is_some() { amount.clone() } else { perhaps.clone() };
        let counts = found.counts(Deed { right: Truth::Yes, day, on_file: true });
        let amount = if matches!(counts, Counts::Open { .. }) { perhaps } else { amount };
        payments.push(Payment { day, counts, amount, on_file: true });
    }
    (payments, open)
}
