//! Costs: whether what was billed or paid is what each has to bear.

use crate::facts::{CellId, Row};
use crate::model::clause::{Billed, Sharing, SharingWay};
use crate::model::expr::{ClauseId, Collection, Var};
use crate::plan::{Norm, NormTest};
use crate::value::{Day, Money, Number};
use crate::verdict::{LastDay, Mark, Missing, Said, Share, ShareOf, Status};

use super::amounts::NoShares;
use super::bills::{Bill, bills, bills_for, may_be_more};
use super::case::Case;
use super::many::shared_by_many;
use super::payments::{less_what_came_too_early, paid_up_on};
use super::shares::{shares, still_to_come, tell_shares};
use super::tally::{Counts, Deed, Field};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::{Frame, Passed};
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{Bounds, DayBounds};
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
        judge.ask.world.tried.iter().any(Option::is_some) || judge.ask.law.ways() > 1 || case.norm.bodies.len() > 1;
    let trying = trying || !judge.ask.read_as.is_empty();
    if !T::ON && !trying && billed.is_none() && shared_by_many(&mut judge.ask, sharing).is_some() {
        return Outcome::of(Status::Satisfied);
    }
    let shares = match shares(&mut judge.ask, sharing) {
        Ok(shares) => shares,
        Err(NoShares::NoAmount) => return Outcome::of(Status::NotApplicable),
        Err(NoShares::Unknown) => return Outcome::of(Status::Unknown),
        Err(NoShares::Impossible(words)) => {
            judge.ask.trace.say(|| reason(Said::Words(words), Mark::No, sharing.amount.span));
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
        Some(Truth::No) => return Outcome::of(Status::NotApplicable),
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
            judge.ask.trace.say(|| reason(Said::Words(words), Mark::No, sharing.amount.span));
            return Outcome::of(Status::NeedsJudgement);
        }
        Some(Err(NoShares::Unknown)) | None => return Outcome::of(Status::Unknown),
    };
    let Some(share) = share else { return Outcome::of(Status::NotApplicable) };
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
    let (record, frame) = (billed.bills.record, case.frame);
    let bills = bills_for(judge, billed, subject);
    let nothing = Bounds::exactly(Number::from(0));
    let (mut in_time, mut done) = (nothing.clone(), nothing);
    let mut by_day: Vec<(Day, Number)> = Vec::new();
    let mut late: Vec<(DayBounds, Bounds)> = Vec::new();
    // What others paid is no matter.
    let own: Vec<&Bill> = bills.iter().filter(|bill| bill.who.is_none_or(|who| who == bearer)).collect();
    let (payments, open) = payments(judge, case, billed, (&own, share));
    for Payment { row, day, counts, amount } in payments {
        match counts {
            Counts::InTime | Counts::Open { .. } => {
                in_time = in_time.plus(&amount);
                done = done.plus(&amount);
            }
            Counts::Late => {
                done = done.plus(&amount);
                late.extend(day.map(|day| (day, amount.clone())));
            }
            Counts::TooEarly => {
                if let Some(day) = day {
                    let first = frame.first_bounds().1;
                    let said = Said::TooEarly { day: day.last, first };
                    judge.ask.trace.say(|| reason(said, Mark::No, billed.bills.span));
                }
                continue;
            }
            Counts::Not => continue,
        }
        by_day.extend(day.and_then(DayBounds::exact).zip(amount.exact().cloned()));
        judge.ask.trace.evidence(record, row);
        judge.serve(record, row);
    }
    let mut in_time = kept(in_time, &late);
    // What is on file may have paid it already.
    let needed = Bounds::exactly(share.amount.clone());
    let on_file = open != NotAdded::default() || in_time.less(&needed) == Truth::Open;
    if open.more || may_be_more(&judge.ask, record) {
        (in_time.most, done.most) = (None, None);
    }
    // What is not added up may have been paid back.
    if open.less {
        (in_time.least, done.least) = (None, None);
    }
    let outcome = settled(judge.ask.world.as_of, share, (&in_time, &done), (frame, paid_up_on(by_day, &share.amount)));
    if outcome.status == Status::Pending && on_file { outcome.with(Status::Unknown) } else { outcome }
}

/// What somebody paid: when, how that counts, and how much of it pays the share.
struct Payment {
    row: Row,
    day: Option<DayBounds>,
    counts: Counts,
    amount: Bounds,
}

/// Whether amounts that cannot be added up may come to more than nothing, and to less.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct NotAdded {
    more: bool,
    less: bool,
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
        payments.push(Payment { row: bill.row, day, counts, amount });
    }
    take_from_what_came_too_early(&mut payments, case.frame.first_bounds().1);
    (payments, open)
}

/// What was paid back is taken first from what came too early. Where not all of that is known, it may be taken from it or not.
fn take_from_what_came_too_early(payments: &mut [Payment], first: Day) {
    let may_be_early = |one: &&Payment| match one.counts {
        Counts::TooEarly => true,
        Counts::Open { .. } => one.day.is_none_or(|day| day.first < first),
        Counts::InTime | Counts::Late | Counts::Not => false,
    };
    let nothing = Bounds::exactly(Number::ZERO);
    let early = payments.iter().filter(may_be_early).fold(nothing, |sum, one| sum.plus(&one.amount));
    let pays = |one: &Payment| !matches!(one.counts, Counts::TooEarly | Counts::Not);
    let back = |one: &Payment| pays(one) && one.amount.least.as_ref().is_some_and(|least| *least < Number::ZERO);
    let day = |one: &Payment| one.day.and_then(DayBounds::exact);
    let known = |at: usize, one: &Payment| Some(((day(one)?, at), one.amount.exact()?.clone()));
    let refunds: Vec<usize> = (0..).zip(&*payments).filter(|(_, one)| back(one)).map(|(at, _)| at).collect();
    let exactly = refunds.iter().map(|at| known(*at, payments.get(*at)?)).collect::<Option<Vec<_>>>();
    match (early.exact(), exactly) {
        (Some(early), Some(mut exactly)) => {
            less_what_came_too_early(&mut exactly, early);
            for ((_, at), amount) in exactly {
                if let Some(one) = payments.get_mut(at) {
                    one.amount = Bounds::exactly(amount);
                }
            }
        }
        (_, _) => {
            let early = early.most.unwrap_or(Number::ZERO).max(Number::ZERO);
            for at in refunds {
                let Some(most) = payments.get_mut(at).and_then(|one| one.amount.most.as_mut()) else { continue };
                let less = most.plus(&early).min(Number::ZERO);
                *most = less.max(most.clone());
            }
        }
    }
}

/// What was paid in time and was not paid back later: the least that it came to from then on.
fn kept(in_time: Bounds, late: &[(DayBounds, Bounds)]) -> Bounds {
    // At worst what was paid back came early and what was paid late; at best the other way round.
    let each = |of: fn(&Bounds) -> &Option<Number>, back_first: bool| {
        late.iter().filter_map(move |(day, amount)| {
            let amount = of(amount).clone()?;
            let first = (amount < Number::ZERO) == back_first;
            Some((if first { day.first } else { day.last }, amount))
        })
    };
    Bounds {
        least: in_time.least.map(|start| lowest(start, each(|amount| &amount.least, true).collect())),
        most: in_time.most.map(|start| lowest(start, each(|amount| &amount.most, false).collect())),
    }
}

/// The least that a sum comes to at the end of a day, with what is added on these.
fn lowest(start: Number, mut added: Vec<(Day, Number)>) -> Number {
    added.sort_by_key(|(day, _)| *day);
    let (mut sum, mut lowest) = (start.clone(), start);
    for of_one_day in added.chunk_by(|(day, _), (next, _)| day == next) {
        for (_, one) in of_one_day {
            sum = sum.plus(one);
        }
        lowest = lowest.min(sum.clone());
    }
    lowest
}

fn settled(
    as_of: Day,
    share: &Money,
    (in_time, done): (&Bounds, &Bounds),
    (frame, paid_up): (Frame, Option<Day>),
) -> Outcome {
    let needed = Bounds::exactly(share.amount.clone());
    let passed = frame.passed(as_of);
    let full = |paid: &Bounds| paid.less(&needed).opposite();
    let status = match (full(in_time), full(done), passed) {
        (Truth::Yes, _, _) => Status::Satisfied,
        (_, _, Passed::No) => Status::Pending,
        (Truth::No, Truth::Yes, Passed::Yes) => Status::Late,
        (_, Truth::No, Passed::Yes) => Status::Violated,
        (_, _, _) => Status::Unknown,
    };
    let mut outcome = Outcome { first: frame.first_day(), last: frame.last_day(), ..Outcome::of(status) };
    outcome.progress = done.least.clone().map(|paid| (paid, share.amount.clone()));
    if let (Status::Late, LastDay::On(last), Some(paid)) = (status, outcome.last, paid_up) {
        outcome.days = Some(last.days_until(paid));
    }
    outcome
}
