//! Costs: who pays how much, exactly, and whether what was billed or paid is that.

use crate::facts::{CellId, Row};
use crate::model::clause::{Billed, Rest, Shared, Sharing, SharingKey, SharingRounding, SharingWay};
use crate::model::expr::{ClauseId, Collection, On, Var};
use crate::model::schema::RecordId;
use crate::plan::NormTest;
use crate::value::{self, Currency, Day, Money, Number};
use crate::verdict::{Mark, Missing, Said, Share, ShareOf, Status};

use super::amounts::{NoShares, amount, exact_of, remainder_of};
use super::case::Case;
use super::many::{CROWD, in_order, shared_by_many};
use super::tally::{Counts, Deed, Field};
use crate::evaluate::expr::ask::{Ask, Found};
use crate::evaluate::expr::edges::{Frame, Passed};
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{Bounds, DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::run::lanes::weights;
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
    let trying = judge.ask.world.tried.iter().any(Option::is_some);
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
    // What one bears alone needs no bill to be borne; only a bill to another would shift it.
    let borne = matches!(sharing.way, SharingWay::Borne { .. });
    match billed {
        Some(billed) => {
            let outcome = bills(judge, case, shares, (billed, separate));
            if borne && outcome.status == Status::Pending { outcome.with(Status::Satisfied) } else { outcome }
        }
        None if separate => Outcome::of(Status::Pending),
        None => {
            tell_shares(&mut judge.ask, &shares, None);
            Outcome::of(Status::Satisfied)
        }
    }
}

/// The day as of which it is shared, where that has not come.
fn still_to_come<'w, T: Trace>(ask: &mut Ask<'w, T>, sharing: &'w Sharing) -> Option<Day> {
    let SharingWay::Shared(shared) = &sharing.way else { return None };
    let (_, On::Day(day)) = shared.among.as_ref()? else { return None };
    let day = ask.quietly(|ask| ask.value(day)).day_bounds()?;
    (day.first > ask.world.as_of).then_some(day.first)
}

/// What each party bears, in the order of the facts.
pub fn shares<'w, T: Trace>(ask: &mut Ask<'w, T>, sharing: &'w Sharing) -> Result<Vec<(ShareOf, Money)>, NoShares> {
    if let Some(many) = shared_by_many(ask, sharing) {
        return Ok(many.each().collect());
    }
    if let Some(day) = named_day(ask, sharing)? {
        return ask.asked_on(day, |ask| shared_now(ask, sharing));
    }
    shared_now(ask, sharing)
}

/// The day that a clause names for its keys, weights, limits and values; else they are asked on the subject's day.
fn named_day<'w, T: Trace>(ask: &mut Ask<'w, T>, sharing: &'w Sharing) -> Result<Option<Day>, NoShares> {
    let SharingWay::Shared(shared) = &sharing.way else { return Ok(None) };
    let Some((_, On::Day(day) | On::Throughout(day, _))) = &shared.among else { return Ok(None) };
    let day = ask.value(day).day_bounds().and_then(DayBounds::exact);
    day.map(Some).ok_or(NoShares::Unknown)
}

fn shared_now<'w, T: Trace>(ask: &mut Ask<'w, T>, sharing: &'w Sharing) -> Result<Vec<(ShareOf, Money)>, NoShares> {
    let (amount, currency) = amount(ask, sharing)?;
    match &sharing.way {
        SharingWay::Borne { payer, record } => match ask.row(payer, *record) {
            Found::Row(record, row) => Ok(vec![(ShareOf::Row(record, row), Money { amount, currency })]),
            Found::None => Err(NoShares::Impossible("nobody is named who bears it")),
            Found::Unknown => Err(NoShares::Unknown),
        },
        SharingWay::SeparateDecision => Ok(Vec::new()),
        SharingWay::Shared(shared) => divided(ask, shared, &amount, currency),
    }
}

fn divided<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    shared: &'w Shared,
    amount: &Number,
    currency: Currency,
) -> Result<Vec<(ShareOf, Money)>, NoShares> {
    let parties = parties(ask, shared)?;
    let terms = value::Sharing {
        key: key_of(ask, &shared.key, shared, &parties)?,
        first_each: exact_of(ask, shared.after_each.as_ref())?,
        at_most: match &shared.at_most {
            Some((most, rest)) => exact_of(ask, Some(most))?.map(|most| (most, rest_of(*rest))),
            None => None,
        },
        at_least: exact_of(ask, shared.at_least.as_ref())?,
        rounded_to: match &shared.rounding {
            Some(rounding) => {
                let unit = exact_of(ask, Some(&rounding.unit))?;
                unit.map(|unit| (unit, remainder_of(rounding.remainder)))
            }
            None => None,
        },
    };
    if limit_in_another_currency(ask, shared, currency) {
        return Err(NoShares::Impossible("a limit is in another currency than the amount"));
    }
    let mut agreed: Option<value::Shares> = None;
    for ranks in ranks(ask, shared.rounding.as_ref(), &parties) {
        let shares = value::share(amount, parties.len(), &terms, &ranks).map_err(|problem| impossible(&problem))?;
        match &agreed {
            Some(before) if before.each != shares.each => return Err(NoShares::Unknown),
            Some(_) | None => agreed = Some(shares),
        }
    }
    let Some(shares) = agreed else { return Err(NoShares::Unknown) };
    let money = |amount: Number| Money { amount, currency };
    let mut all: Vec<(ShareOf, Money)> = parties.into_iter().zip(shares.each.into_iter().map(money)).collect();
    if !shares.unshared.is_zero() {
        all.push((ShareOf::Nobody, money(shares.unshared)));
    }
    Ok(all)
}

/// Those among whom it is shared, in the order of their ids.
fn parties<'w, T: Trace>(ask: &mut Ask<'w, T>, shared: &'w Shared) -> Result<Vec<ShareOf>, NoShares> {
    let Some((among, _)) = &shared.among else {
        return Ok(actors_of(&shared.key).into_iter().map(ShareOf::Actor).collect());
    };
    let on = ask.on;
    let mut rows = match in_order(ask, among, on) {
        Some(rows) => return Ok(rows.into_iter().map(|row| ShareOf::Row(among.record, Row(row))).collect()),
        None => few(ask, among, on)?,
    };
    rows.sort_by(|a, b| ask.world.facts.id(among.record, *a).cmp(ask.world.facts.id(among.record, *b)));
    Ok(rows.into_iter().map(|row| ShareOf::Row(among.record, row)).collect())
}

/// Those who belong, each looked at by itself.
fn few<'w, T: Trace>(ask: &mut Ask<'w, T>, among: &'w Collection, on: Day) -> Result<Vec<Row>, NoShares> {
    let mut rows = Vec::new();
    let mut open = false;
    let closed = ask.asked_on(on, |ask| {
        ask.each(among, |_, row, belongs| match belongs {
            Truth::Yes => rows.push(row),
            Truth::Open | Truth::Person => open = true,
            Truth::No => {}
        })
    });
    if open || !closed { Err(NoShares::Unknown) } else { Ok(rows) }
}

fn key_of<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    key: &'w SharingKey,
    shared: &'w Shared,
    parties: &[ShareOf],
) -> Result<value::Key, NoShares> {
    Ok(match key {
        SharingKey::Equally => value::Key::Equally,
        SharingKey::InProportionTo(weight) => {
            let var = shared.among.as_ref().map_or(Var(0), |(among, _)| among.var);
            let crowded = || match &shared.among {
                Some((among, _)) if parties.len() > CROWD as usize => {
                    let row = |party: &ShareOf| if let ShareOf::Row(_, row) = party { Some(row.0) } else { None };
                    let rows: Vec<u32> = parties.iter().map(row).collect::<Option<_>>()?;
                    weights(ask.world, weight, (among.record, among.var), &rows)
                }
                Some(_) | None => None,
            };
            if let Some(wholes) = crowded() {
                return Ok(value::Key::InProportion(wholes.into_iter().map(Number::from).collect()));
            }
            let mut weights = Vec::with_capacity(parties.len());
            for party in parties {
                if let ShareOf::Row(_, row) = party {
                    ask.bind(var, *row);
                }
                ask.trace.open();
                let weight = match ask.value(weight) {
                    Val::Absent => Some(Number::from(0)),
                    other => other.bounds().exact().cloned(),
                };
                let Some(weight) = weight else {
                    ask.trace.dissolve();
                    return Err(NoShares::Unknown);
                };
                let said = || Said::Weight { who: *party, weight: weight.clone() };
                ask.trace.close(|| reason(said(), Mark::Plain, None));
                weights.push(weight);
            }
            value::Key::InProportion(weights)
        }
        SharingKey::InParts(parts) => {
            let part = |party: &ShareOf| match party {
                ShareOf::Actor(actor) => parts.iter().find(|(_, own)| own == actor).map(|(part, _)| part.clone()),
                ShareOf::Row(_, _) | ShareOf::Nobody => None,
            };
            value::Key::Parts(parties.iter().map(|one| part(one).unwrap_or_else(|| Number::from(0))).collect())
        }
        SharingKey::Mixed(portions) => {
            let mut all = Vec::with_capacity(portions.len());
            for (portion, key) in portions {
                all.push((portion.clone(), key_of(ask, key, shared, parties)?));
            }
            value::Key::Mixed(all)
        }
    })
}

/// Amounts in different currencies are never reckoned together.
fn limit_in_another_currency<'w, T: Trace>(ask: &mut Ask<'w, T>, shared: &'w Shared, currency: Currency) -> bool {
    let limits = [shared.after_each.as_ref(), shared.at_most.as_ref().map(|(most, _)| most), shared.at_least.as_ref()];
    let unit = shared.rounding.as_ref().map(|rounding| &rounding.unit);
    let mut all = limits.into_iter().chain([unit]).flatten();
    all.any(|one| ask.quietly(|ask| ask.value(one)).currency().is_some_and(|own| own != currency))
}

/// The rank of each party when shares tie: by the field that the clause names, then by id. Where what a tie goes by is not known
/// of some, several orders: with those first or last, and among themselves either way round.
fn ranks<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    rounding: Option<&'w SharingRounding>,
    parties: &[ShareOf],
) -> Vec<Vec<usize>> {
    let field = rounding.and_then(|rounding| rounding.ties_by);
    let span = rounding.map(|rounding| rounding.unit.span);
    let mut unclear = false;
    let mut ties = Vec::with_capacity(parties.len());
    for party in parties {
        let tie = match (party, field) {
            (ShareOf::Row(record, row), Some(field)) => {
                let id = CellId { record: *record, row: *row, field };
                let tie = Tie::of(ask.world.field(id, ask.on));
                if let (Tie::Unclear, Some(span)) = (&tie, span) {
                    ask.cell(id, span);
                }
                tie
            }
            (_, _) => Tie::NotAsked,
        };
        unclear |= tie == Tie::Unclear;
        ties.push(tie);
    }
    let orders: &[(bool, bool)] =
        if unclear { &[(false, false), (false, true), (true, false), (true, true)] } else { &[(false, false)] };
    let ranked = |(first, turned): &(bool, bool)| {
        let key = |at: &usize| {
            let tie = ties.get(*at).unwrap_or(&Tie::NotAsked);
            let unclear = *tie == Tie::Unclear;
            let own = if unclear && *turned { usize::MAX.saturating_sub(*at) } else { *at };
            (if *first { !unclear } else { unclear }, tie, own)
        };
        let mut order: Vec<usize> = (0..parties.len()).collect();
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let mut ranks = vec![0; parties.len()];
        for (rank, at) in order.into_iter().enumerate() {
            if let Some(slot) = ranks.get_mut(at) {
                *slot = rank;
            }
        }
        ranks
    };
    orders.iter().map(ranked).collect()
}

fn tell_shares<'w, T: Trace>(ask: &mut Ask<'w, T>, shares: &[(ShareOf, Money)], billed: Option<&[Option<Money>]>) {
    if !T::ON {
        return;
    }
    for (at, (who, amount)) in shares.iter().enumerate() {
        let billed = billed.and_then(|billed| billed.get(at)).cloned().flatten();
        ask.trace.share(|| Share { who: *who, amount: amount.clone(), billed });
    }
}

/// Compares the bills for the subject with the shares.
fn bills<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    shares: Vec<(ShareOf, Money)>,
    (billed, separate): (&'w Billed, bool),
) -> Outcome {
    let (bills, mut open) = bills_for(judge, billed, judge.ask.var(Var(0)));
    let record = billed.bills.record;
    let more = may_be_more(&judge.ask, record);
    if separate {
        return charged_by_decision(judge, &bills, record, open || more);
    }
    let mut sums: Vec<Option<Money>> = vec![None; shares.len()];
    let mut wrong = Vec::new();
    for bill in &bills {
        match shares.iter().position(|(who, _)| *who == bill.who) {
            Some(at) => {
                if let Some(sum) = sums.get_mut(at) {
                    let before = sum.take();
                    let added = match &before {
                        Some(so_far) => so_far.plus(&bill.amount),
                        None => Some(bill.amount.clone()),
                    };
                    // Amounts in different currencies are not added up.
                    open |= added.is_none();
                    *sum = added.or(before);
                }
            }
            None => wrong.push(bill.clone()),
        }
        judge.ask.trace.evidence(record, bill.row);
        judge.serve(record, bill.row);
    }
    tell_shares(&mut judge.ask, &shares, Some(&sums));
    let (mut missing, mut differs, mut mixed) = (0_usize, 0_usize, false);
    // What is only paid in part is no breach before its last day.
    let due = payment_is_due(judge, case);
    for ((who, amount), sum) in shares.iter().zip(&sums) {
        match sum {
            _ if *who == ShareOf::Nobody => {}
            None => missing = missing.saturating_add(1),
            Some(sum) if sum == amount => {}
            // Amounts in different currencies are not compared.
            Some(sum) if sum.currency != amount.currency => {
                mixed = true;
                let said = Said::Share { who: *who, amount: amount.clone(), billed: Some(sum.clone()) };
                judge.ask.trace.say(|| reason(said, Mark::Person, billed.bills.span));
            }
            Some(sum) if !due && sum.amount < amount.amount => {
                missing = missing.saturating_add(1);
            }
            Some(sum) => {
                differs = differs.saturating_add(1);
                let said = Said::Share { who: *who, amount: amount.clone(), billed: Some(sum.clone()) };
                judge.ask.trace.say(|| reason(said, Mark::No, billed.bills.span));
            }
        }
    }
    for bill in &wrong {
        let nothing = Money { amount: Number::from(0), currency: bill.amount.currency };
        let said = Said::Share { who: bill.who, amount: nothing, billed: Some(bill.amount.clone()) };
        let fact = judge.ask.world.facts.row_place(record, bill.row);
        judge.ask.trace.say(|| {
            let mut step = reason(said, Mark::No, billed.bills.span);
            step.fact = fact;
            step
        });
    }
    let status = if !wrong.is_empty() || differs > 0 {
        Status::Violated
    } else if open {
        Status::Unknown
    } else if mixed {
        Status::NeedsJudgement
    } else if missing > 0 {
        Status::Pending
    } else {
        Status::Satisfied
    };
    let mut outcome = Outcome::of(status);
    let parties = shares.iter().filter(|(who, _)| *who != ShareOf::Nobody).count();
    outcome.progress = Some((Number::count(parties.saturating_sub(missing)), Number::count(parties)));
    outcome
}

/// Whether what was billed must be there in full by now: where a clause says by when a share is to be paid, once that day has
/// passed; a bill of which no clause says so must be right from the first.
fn payment_is_due<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>) -> bool {
    let plan = judge.ask.world.plan;
    let pays = plan
        .norms
        .iter()
        .flat_map(|norm| &norm.bodies)
        .find(|body| matches!(body.test, NormTest::PaysShare(cost) if cost == case.norm.clause));
    let Some(body) = pays else { return true };
    let as_of = judge.ask.world.as_of;
    let frame = judge.ask.quietly(|ask| ask.frame(body, None));
    frame.passed(as_of) == Passed::Yes
}

/// Whether there may be bills that nobody has written down.
fn may_be_more<'w, T: Trace>(ask: &Ask<'w, T>, record: RecordId) -> bool {
    let as_of = ask.world.as_of;
    if ask.world.shape(record).is_event() {
        !ask.world.gaps(record, ask.since, as_of).is_empty()
    } else {
        !ask.world.is_complete_on(record, as_of)
    }
}

/// What is settled by a decision of its own may not be charged before there is one: a charge stands for it here only
/// as long as nothing says otherwise, so it is for a person.
fn charged_by_decision<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    bills: &[Bill],
    record: RecordId,
    open: bool,
) -> Outcome {
    for bill in bills {
        judge.ask.trace.evidence(record, bill.row);
        judge.serve(record, bill.row);
    }
    Outcome::of(match bills {
        [] if open => Status::Unknown,
        [] => Status::Pending,
        _ => Status::NeedsJudgement,
    })
}

/// The bills for a subject; and whether there may be others that cannot be told.
fn bills_for<'w, T: Trace>(judge: &mut Judge<'w, T>, billed: &'w Billed, subject: Row) -> (Vec<Bill>, bool) {
    let mut bills = Vec::new();
    let mut open = false;
    let of = &billed.bills;
    let (on, as_of) = (judge.ask.on, judge.ask.world.as_of);
    // A bill names what it is for, so the time of force does not bound it.
    let since = std::mem::replace(&mut judge.ask.since, Day::MIN);
    for row in judge.ask.world.facts.rows(of.record) {
        match judge.ask.asked(on, as_of, |ask| ask.belongs_to(of, row)) {
            Truth::No => continue,
            Truth::Open | Truth::Person => open = true,
            Truth::Yes => {}
        }
        let cell = |field| CellId { record: of.record, row, field };
        match judge.ask.cell(cell(billed.for_what), of.span) {
            Val::Row(_, what) if what == subject => {}
            Val::Row(_, _) | Val::Absent => continue,
            _ => {
                open = true;
                continue;
            }
        }
        let who = match judge.ask.cell(cell(billed.to), of.span) {
            Val::Row(record, row) => ShareOf::Row(record, row),
            Val::Text(name) => match judge.ask.world.plan.schema.find_actor(name) {
                Some(actor) => ShareOf::Actor(actor),
                None => ShareOf::Nobody,
            },
            // It is given to name nobody.
            Val::Absent => continue,
            _ => {
                open = true;
                continue;
            }
        };
        match judge.ask.cell(cell(billed.amount), of.span) {
            Val::Money(bounds, currency) => match bounds.exact() {
                Some(amount) => {
                    let amount = Money { amount: amount.clone(), currency };
                    bills.push(Bill { row, who, amount });
                }
                None => open = true,
            },
            Val::Absent => {}
            _ => open = true,
        }
    }
    judge.ask.since = since;
    (bills, open)
}

/// The bearer's share of a cost is paid in time: its payments for the subject, by their days.
pub fn pays_share<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, cost: ClauseId, bearer: ShareOf) -> Outcome {
    let frame = case.frame;
    let plan = judge.ask.world.plan;
    let found = plan.norms_of(cost).find_map(|(_, norm)| {
        norm.bodies.iter().find_map(|body| match &body.test {
            NormTest::Shared { sharing, billed } => Some((norm, sharing, billed)),
            _ => None,
        })
    });
    let Some((norm, sharing, billed)) = found else { return Outcome::of(Status::Unknown) };
    let subject = judge.ask.var(Var(0));
    let reached = norm.subjects.first().map(|of| quiet_belongs(&mut judge.ask, of, subject));
    match reached {
        Some(Truth::No) => return Outcome::of(Status::NotApplicable),
        Some(Truth::Open | Truth::Person) => return Outcome::of(Status::Unknown),
        Some(Truth::Yes) | None => {}
    }
    if let Some(day) = still_to_come(&mut judge.ask, sharing) {
        judge.ask.trace.say(|| reason(Said::Planned { day }, Mark::Plain, sharing.amount.span));
        return Outcome { first: frame.first_day(), last: frame.last_day(), ..Outcome::of(Status::Pending) };
    }
    let shares = judge.ask.aside(&[subject], |ask| shares(ask, sharing));
    let share = match shares {
        Some(Ok(shares)) => shares.into_iter().find(|(who, _)| *who == bearer).map(|(_, share)| share),
        Some(Err(NoShares::NoAmount)) => return Outcome::of(Status::NotApplicable),
        Some(Err(NoShares::Unknown | NoShares::Impossible(_))) | None => return Outcome::of(Status::Unknown),
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
    let as_of = judge.ask.world.as_of;
    let found = Field { frame, period: None, since: Day::MIN, until: Day::MAX, as_of, enough: Some(1) };
    let (bills, open) = bills_for(judge, billed, subject);
    let nothing = Bounds::exactly(Number::from(0));
    let (mut in_time, mut done) = (nothing.clone(), nothing);
    let mut last_paid = None;
    let mut open = open;
    for bill in bills.iter().filter(|bill| bill.who == bearer) {
        let day = judge.ask.world.day_field(record).map(|field| CellId { record, row: bill.row, field });
        let day = day.and_then(|cell| judge.ask.cell(cell, billed.bills.span).day_bounds());
        let counts = found.counts(Deed { right: Truth::Yes, day, on_file: true });
        if bill.amount.currency != share.currency {
            // Amounts in different currencies are not added up.
            open = true;
            continue;
        }
        let amount = Bounds::exactly(bill.amount.amount.clone());
        match counts {
            Counts::InTime => {
                in_time = in_time.plus(&amount);
                done = done.plus(&amount);
            }
            Counts::Late => done = done.plus(&amount),
            Counts::TooEarly | Counts::Not => continue,
            Counts::Open { .. } => {
                let perhaps = Bounds { least: Some(Number::from(0)), most: amount.most.clone() };
                in_time = in_time.plus(&perhaps);
                done = done.plus(&perhaps);
            }
        }
        last_paid = last_paid.max(day.and_then(DayBounds::exact));
        judge.ask.trace.evidence(record, bill.row);
        judge.serve(record, bill.row);
    }
    if open || may_be_more(&judge.ask, record) {
        (in_time.most, done.most) = (None, None);
    }
    settled(judge.ask.world.as_of, share, (&in_time, &done), (frame, last_paid))
}

fn settled(
    as_of: Day,
    share: &Money,
    (in_time, done): (&Bounds, &Bounds),
    (frame, last_paid): (Frame, Option<Day>),
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
    if let (Status::Late, crate::verdict::LastDay::On(last), Some(paid)) = (status, outcome.last, last_paid) {
        outcome.days = Some(last.days_until(paid));
    }
    outcome
}

/// What a tie goes by: the order of numbers, days or texts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Tie<'w> {
    Day(Day),
    Number(Number),
    Text(&'w str),
    /// The clause names nothing that ties go by.
    NotAsked,
    /// What they go by is unknown, disputed or known to be none.
    Unclear,
}

impl<'w> Tie<'w> {
    fn of(value: Val<'w>) -> Tie<'w> {
        match value {
            Val::Text(text) => Tie::Text(text),
            Val::Day(day) => day.exact().map_or(Tie::Unclear, Tie::Day),
            Val::Number(bounds) | Val::Money(bounds, _) => {
                bounds.exact().map_or(Tie::Unclear, |number| Tie::Number(number.clone()))
            }
            _ => Tie::Unclear,
        }
    }
}

#[derive(Clone)]
struct Bill {
    row: Row,
    who: ShareOf,
    amount: Money,
}

fn actors_of(key: &SharingKey) -> Vec<crate::model::schema::ActorId> {
    match key {
        SharingKey::Equally | SharingKey::InProportionTo(_) => Vec::new(),
        SharingKey::InParts(parts) => parts.iter().map(|(_, actor)| *actor).collect(),
        SharingKey::Mixed(portions) => {
            let mut all: Vec<_> = portions.iter().flat_map(|(_, key)| actors_of(key)).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
    }
}

fn rest_of(rest: Rest) -> value::Rest {
    match rest {
        Rest::Refilled => value::Rest::Refilled,
        Rest::StaysUnshared => value::Rest::StaysUnshared,
    }
}

fn impossible(problem: &value::SharingProblem) -> NoShares {
    NoShares::Impossible(match problem {
        value::SharingProblem::NobodyShares => "there is nobody to share it among",
        value::SharingProblem::AllWeightsZero => "all weights are zero, so nothing says how to share it",
        value::SharingProblem::TotalFinerThanUnit { .. } | value::SharingProblem::LimitFinerThanUnit { .. } => {
            "an amount is finer than the unit that shares are rounded to"
        }
        value::SharingProblem::AtMostIsLessThanTotal { .. } => "the limits together do not reach the total",
        value::SharingProblem::AtLeastIsMoreThanTotal { .. } | value::SharingProblem::FirstIsMoreThanTotal { .. } => {
            "what each pays at least is more than the total"
        }
        value::SharingProblem::WrongCount { .. }
        | value::SharingProblem::Negative { .. }
        | value::SharingProblem::NegativeAmount { .. }
        | value::SharingProblem::NotTheWhole { .. }
        | value::SharingProblem::LimitsCross { .. }
        | value::SharingProblem::UnitNotPositive { .. } => "it cannot be shared in the way the text says",
    })
}
