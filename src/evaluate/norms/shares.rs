//! Shares: who bears how much of a cost, exactly.

use crate::facts::Row;
use crate::model::clause::{Remainder, Rest, Shared, Sharing, SharingKey, SharingRounding, SharingWay, TiesGo};
use crate::model::expr::{Collection, Expr, On, Var};
use crate::model::schema::ActorId;
use crate::value::{self, Currency, Day, Money, Number, Rounding};
use crate::verdict::{Limits, Mark, Said, Share, ShareOf};

use super::amounts::{NoShares, amount, exact_of, known, remainder_of};
use super::many::{in_order, shared_by_many};
use crate::evaluate::expr::ask::{Ask, Found};
use crate::evaluate::expr::sharers::actors_of;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::run::lanes::weights;
use crate::evaluate::trace::{Trace, reason};

/// The day as of which it is shared, where that has not come.
pub fn still_to_come<'w, T: Trace>(ask: &mut Ask<'w, T>, sharing: &'w Sharing) -> Option<Day> {
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
            Found::None => Err(NoShares::Impossible("it does not say who bears it")),
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
    let parties = parties(ask, shared);
    let key = match &parties {
        Ok(parties) => key_of(ask, &shared.key, shared, parties),
        Err(_) => Err(NoShares::Unknown),
    };
    let mut terms = value::Sharing {
        key: value::Key::Equally,
        first_each: for_each(ask, shared, (shared.after_each.as_ref(), Limits::First), &parties)?,
        at_most: match &shared.at_most {
            Some((most, rest)) => {
                let most = for_each(ask, shared, (Some(most), Limits::AtMost), &parties)?;
                most.map(|most| (most, rest_of(*rest)))
            }
            None => None,
        },
        at_least: for_each(ask, shared, (shared.at_least.as_ref(), Limits::AtLeast), &parties)?,
        rounded_to: match &shared.rounding {
            Some(rounding) => {
                let unit = exact_of(ask, Some(&rounding.unit))?;
                unit.zip(remainder_of(rounding.remainder))
            }
            None => None,
        },
    };
    watch_unit(ask, &terms, currency);
    if limit_in_another_currency(ask, shared, currency) {
        return Err(NoShares::Impossible("a limit is in a different currency from the amount"));
    }
    // Whoever shares it, and by whatever weights, there are no whole units of it.
    if let (true, Err(problem)) = (parties.is_err() || key.is_err(), value::in_whole_units(amount, &terms)) {
        return Err(impossible(&problem));
    }
    let parties = parties?;
    terms.key = key?;
    let mut agreed: Option<value::Shares> = None;
    for ranks in ranks(ask, shared, &parties) {
        let shares = value::share(amount, parties.len(), &terms, &ranks).map_err(|problem| impossible(&problem))?;
        match &agreed {
            Some(before) if before.each != shares.each => return Err(NoShares::Unknown),
            Some(_) | None => agreed = Some(shares),
        }
    }
    let Some(shares) = agreed else { return Err(NoShares::Unknown) };
    let money = |amount: Number| Money { amount, currency };
    let mut all: Vec<(ShareOf, Number)> = parties.into_iter().zip(shares.each).collect();
    if let Some(SharingRounding { unit, remainder: Remainder::HalfUpEach(actor), .. }) = &shared.rounding {
        let unit = exact_of(ask, Some(unit))?.filter(|unit| *unit > Number::ZERO);
        let unit = unit.ok_or(NoShares::Impossible("amounts cannot be rounded to this unit"))?;
        let limits = terms.at_least.iter().chain(terms.at_most.as_ref().map(|(most, _)| most));
        if limits.flat_map(value::ForEach::amounts).any(|limit| !limit.is_multiple_of(&unit)) {
            return Err(NoShares::Impossible("a limit is not a multiple of the unit that shares are rounded to"));
        }
        round_each(&mut all, &unit, *actor);
    }
    if !shares.unshared.is_zero() {
        let who = match &shared.at_most {
            Some((_, Rest::To(actor))) => ShareOf::Actor(*actor),
            Some((_, Rest::Refilled | Rest::StaysUnshared)) | None => ShareOf::Nobody,
        };
        give(&mut all, who, &shares.unshared);
    }
    Ok(all.into_iter().map(|(who, amount)| (who, money(amount))).collect())
}

/// What an amount that the terms name comes to: the same for all, or for each its own. One that a party is known not to have does not
/// concern it.
fn for_each<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    shared: &'w Shared,
    (amount, limits): (Option<&'w Expr>, Limits),
    parties: &Result<Vec<ShareOf>, NoShares>,
) -> Result<Option<value::ForEach>, NoShares> {
    let var = shared.among.as_ref().map(|(among, _)| among.var);
    let Some((own, var)) = amount.zip(var).filter(|(amount, var)| amount.mentions(*var)) else {
        return Ok(exact_of(ask, amount)?.map(value::ForEach::Alike));
    };
    let Ok(parties) = parties else { return Ok(None) };
    let mut all = Vec::with_capacity(parties.len());
    for party in parties {
        if let ShareOf::Row(_, row) = party {
            ask.bind(var, *row);
        }
        ask.trace.open();
        let amount = match ask.value(own) {
            Val::Absent => None,
            other => match known(&other) {
                Ok(amount) => Some(amount),
                Err(none) => {
                    ask.trace.dissolve();
                    return Err(none);
                }
            },
        };
        let said = || Said::OwnLimit { who: *party, limits, amount: amount.clone() };
        ask.trace.close(|| reason(said(), Mark::Plain, None));
        all.push(amount);
    }
    Ok(Some(value::ForEach::Own(all)))
}

/// An amount that is no multiple of the unit of its shares cannot be shared.
fn watch_unit<T: Trace>(ask: &Ask<'_, T>, terms: &value::Sharing, currency: Currency) {
    if let (Some(watch), Some((unit, _))) = (ask.world.watch, &terms.rounded_to)
        && *unit > currency.unit()
    {
        watch.unit(unit);
    }
}

/// Each share rounded by itself, halves up; somebody takes the difference, or gets it back.
fn round_each(all: &mut Vec<(ShareOf, Number)>, unit: &Number, actor: ActorId) {
    let mut difference = Number::ZERO;
    for (_, share) in all.iter_mut() {
        if let Some(rounded) = value::round_to(share, unit, Rounding::HalfUp) {
            difference = difference.plus(share).minus(&rounded);
            *share = rounded;
        }
    }
    if !difference.is_zero() {
        give(all, ShareOf::Actor(actor), &difference);
    }
}

/// What somebody bears beside a share of their own.
fn give(all: &mut Vec<(ShareOf, Number)>, who: ShareOf, amount: &Number) {
    match all.iter_mut().find(|(own, _)| *own == who) {
        Some((_, share)) => *share = share.plus(amount),
        None => all.push((who, amount.clone())),
    }
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
    let (mut open, mut person) = (false, false);
    let closed = ask.asked_on(on, |ask| {
        ask.each(among, |_, row, belongs| match belongs {
            Truth::Yes => rows.push(row),
            Truth::Open => open = true,
            Truth::Person => person = true,
            Truth::No => {}
        })
    });
    match (open || !closed, person) {
        (true, _) => Err(NoShares::Unknown),
        (false, true) => Err(NoShares::Impossible("it is for a person to judge who shares it")),
        (false, false) => Ok(rows),
    }
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
                Some((among, _)) if parties.len() > ask.world.sizes.crowd as usize => {
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
                    Val::Absent => Ok(Number::from(0)),
                    other => known(&other),
                };
                let weight = match weight {
                    Ok(weight) => weight,
                    Err(none) => {
                        ask.trace.dissolve();
                        return Err(none);
                    }
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

/// The rank of each party when shares tie: by what the clause names, then by id. Where what a tie goes by is not known of some,
/// several orders: with those first or last, and among themselves either way round.
fn ranks<'w, T: Trace>(ask: &mut Ask<'w, T>, shared: &'w Shared, parties: &[ShareOf]) -> Vec<Vec<usize>> {
    let by = shared.rounding.as_ref().and_then(|rounding| rounding.ties_by.as_ref());
    let go = by.map_or(TiesGo::LowestFirst, |(_, go)| *go);
    let by = by.zip(shared.among.as_ref()).map(|((by, _), (among, _))| (by, among.var));
    let mut unclear = false;
    let mut ties = Vec::with_capacity(parties.len());
    for party in parties {
        let tie = match (party, by) {
            (ShareOf::Row(_, row), Some((by, var))) => {
                ask.bind(var, *row);
                let tie = Tie::of(ask.quietly(|ask| ask.value(by)));
                // Only what leaves the order open is worth telling.
                if tie == Tie::Unclear {
                    ask.value(by);
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
        order.sort_by(|a, b| {
            let ((open, tie, own), (other_open, other_tie, other)) = (key(a), key(b));
            let ties = match go {
                TiesGo::LowestFirst => tie.cmp(other_tie),
                TiesGo::HighestFirst => other_tie.cmp(tie),
            };
            open.cmp(&other_open).then(ties).then(own.cmp(&other))
        });
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

pub fn tell_shares<'w, T: Trace>(ask: &mut Ask<'w, T>, shares: &[(ShareOf, Money)], billed: Option<&[Option<Money>]>) {
    if !T::ON {
        return;
    }
    for (at, (who, amount)) in shares.iter().enumerate() {
        let billed = billed.and_then(|billed| billed.get(at)).cloned().flatten();
        ask.trace.share(|| Share { who: *who, amount: amount.clone(), billed });
    }
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

fn rest_of(rest: Rest) -> value::Rest {
    match rest {
        Rest::Refilled => value::Rest::Refilled,
        Rest::StaysUnshared | Rest::To(_) => value::Rest::StaysUnshared,
    }
}

fn impossible(problem: &value::SharingProblem) -> NoShares {
    NoShares::Impossible(match problem {
        value::SharingProblem::NobodyShares => "there is no one to share it among",
        value::SharingProblem::AllWeightsZero => "all weights are zero, so there is no basis for sharing it",
        value::SharingProblem::TotalFinerThanUnit { .. } | value::SharingProblem::LimitFinerThanUnit { .. } => {
            "an amount is not a multiple of the unit that shares are rounded to"
        }
        value::SharingProblem::NobodyTakesTheRest { .. } => {
            "those not at a limit have no weight, so no one can take the remainder"
        }
        value::SharingProblem::AtMostIsLessThanTotal { .. } => "the limits add up to less than the total",
        value::SharingProblem::AtLeastIsMoreThanTotal { .. } | value::SharingProblem::FirstIsMoreThanTotal { .. } => {
            "what each pays first or at least adds up to more than the total"
        }
        value::SharingProblem::WrongCount { .. }
        | value::SharingProblem::Negative { .. }
        | value::SharingProblem::NegativeAmount { .. }
        | value::SharingProblem::NotTheWhole { .. }
        | value::SharingProblem::LimitsCross { .. }
        | value::SharingProblem::UnitNotPositive { .. } => "it cannot be shared as the text says",
    })
}
