//! Evidence of a cycle whose windows reach past their periods serves the period whose window holds it.

use std::collections::BTreeSet;

use crate::model::clause::Bearer;
use crate::plan::{Body, Norm, NormTest, Plan};
use crate::value::{CyclePeriod, Day};
use crate::verdict::Instance;

use super::claims::{Claim, Done, Wording, applies, claim, events, extended, needed, several, since};
use super::displaced::note_displaced;
use crate::evaluate::amendments::wording::{as_taken, is_after_a_gap};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::{EdgeDay, Frame};
use crate::evaluate::instance::force::began_on;
use crate::evaluate::instance::life::{Own, bind_rows, is_cut_alike, lasting_days, own_of};
use crate::evaluate::instance::periods::{listed_periods, turn_to_term};
use crate::evaluate::judge::{Assigned, Judge, Serves};
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::left::Left;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{Case, bearer_of};
use crate::evaluate::norms::deeds::Wanted;
use crate::evaluate::norms::tally::{Counts, Deed};
use crate::evaluate::trace::Trace;

/// Events by the windows of a cycle's periods.
pub fn by_window<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Assigned {
    let before = (judge.ask.term, judge.ask.cycle);
    let wordings = wordings_of_cycles(judge.ask.world.plan, case, wanted);
    let last_in_force = wordings.iter().map(|one| judge.ask.law.chosen(one.norm).until).max();
    // What counts for the periods of one wording may have come before another took its place.
    let since = match wordings.len() {
        1 => since(case, wanted),
        _ if case.names_subject(wanted.events) => case.life.bearer_since,
        _ => judge.ask.since.max(case.life.bearer_since),
    };
    let several_wordings = judge.ask.world.plan.norms_of(case.norm.clause).nth(1).is_some();
    let (mut claims, mut reaches_out): (Vec<Claim>, bool) = (Vec::new(), false);
    for (at, wording) in wordings.iter().enumerate() {
        let (norm, body) = (wording.norm, wording.body);
        let here = Instance { norm: wording.id, ..case.instance };
        judge.ask.vars.clear();
        bind_rows(&mut judge.ask, norm, &here);
        let own = own_of(&mut judge.ask, norm, &here);
        let periods: Vec<CyclePeriod> = listed_periods(&mut judge.ask, norm);
        for period in periods.iter().copied() {
            judge.ask.period = Some(period);
            let instance = Instance { period: Some(period), ..here };
            turn_to_term(&mut judge.ask, norm, &instance);
            // A period that another wording speaks of is none of this one's, also where that one looks for evidence otherwise.
            if several_wordings
                && as_taken(&mut judge.ask, norm, &instance).map(|speaks| speaks.norm) != Some(wording.id)
                && !is_after_a_gap(&judge.ask, norm, &instance)
            {
                continue;
            }
            let extended = extended(&mut judge.ask, case, instance);
            let began = began_on(&mut judge.ask, norm, &instance, own);
            let by = began.min(judge.ask.world.as_of);
            let asks = applies(&mut judge.ask, norm, body, &instance, began);
            if asks.is_no() {
                continue;
            }
            let (frame, lacks) =
                judge.ask.asked(began, by, |ask| (ask.frame(body, extended), needed(ask, &body.test).unwrap_or(1)));
            if let EdgeDay::On(last) = frame.last {
                let there = is_there(&mut judge.ask, case, period, last.last);
                if there.is_no() {
                    continue;
                }
                let begins_before = matches!(frame.first, EdgeDay::On(first) if first.first < period.first());
                reaches_out |= last.last > period.last() || last.first < period.first() || begins_before;
                let claim = claim(judge, case, wording.wanted, (Serves::Period(period), frame, lacks));
                claims.push(Claim { open: !asks.and(there).is_yes(), wording: at, ..claim });
            }
        }
        if Some(judge.ask.law.chosen(norm).until) == last_in_force {
            let begun = begun_already(judge, (norm, body), (here, own), periods.last().copied());
            reaches_out |= !begun.is_empty();
            let claimed = begun.into_iter().map(|(period, frame)| (Serves::Period(period), frame, 1));
            let claimed = claimed.map(|of| Claim { wording: at, ..claim(judge, case, wording.wanted, of) });
            claims.extend(claimed);
        }
    }
    judge.ask.vars.clear();
    bind_rows(&mut judge.ask, case.norm, &case.instance);
    judge.ask.period = case.instance.period;
    (judge.ask.term, judge.ask.cycle) = before;
    if !reaches_out {
        return Assigned::default();
    }
    claims.iter_mut().for_each(|claim| claim.field.since = since);
    // Of windows that are the same, that of the earlier period comes first, under whichever wording.
    claims.sort_by_key(|claim| (claim.first, claim.last, claim.serves));
    let events = events(judge, case, (&wordings, since));
    let in_order = claims.is_sorted_by_key(|claim| claim.last);
    let mut assigned =
        Assigned { windows: claims.iter().map(|claim| (claim.first, claim.last)).collect(), ..Assigned::default() };
    let choices: Vec<Vec<Option<Day>>> =
        events.iter().map(|one| choices(&claims, one, judge.ask.world.as_of)).collect();
    let ways = choices.iter().try_fold(1_usize, |ways, some| ways.checked_mul(some.len().max(1)));
    let open = claims.iter().any(|claim| claim.open);
    let Some(ways) = ways.filter(|ways| *ways <= WAYS && !open) else {
        several(&claims.iter().collect::<Vec<_>>(), &events.iter().collect::<Vec<_>>(), &mut assigned);
        return assigned;
    };
    for way in 0..ways {
        let mut rest = way;
        let mut done: Vec<(Day, &Done)> = Vec::with_capacity(events.len());
        for (one, some) in events.iter().zip(&choices) {
            let chosen = rest.checked_rem(some.len()).and_then(|at| some.get(at));
            rest = rest.checked_div(some.len()).unwrap_or(rest);
            done.extend(chosen.copied().flatten().map(|day| (day, one)));
        }
        // Of one day they stay in the order of their names.
        done.sort_by_key(|(day, _)| *day);
        let mut lacks: Vec<usize> = claims.iter().map(|claim| claim.lacks).collect();
        let mut left = Left::of(claims.len());
        lacks.iter().enumerate().filter(|(_, lacks)| **lacks == 0).for_each(|(at, _)| left.take(at));
        for (day, one) in done {
            let deed = Deed { right: Truth::Yes, day: Some(DayBounds::exactly(day)), ..one.deed };
            let at = by_day((&claims, in_order), &mut left, (one, deed));
            if let Some((at, lacks)) = at.and_then(|at| Some((at, lacks.get_mut(at)?))) {
                *lacks = lacks.saturating_sub(1);
                if *lacks == 0 {
                    left.take(at);
                }
            }
            assigned.adds(one.row, at.and_then(|at| claims.get(at)).map(|claim| claim.serves));
            // Periods of wordings that cut time otherwise overlap, and what is done in both serves both.
            let chosen = at.and_then(|at| claims.get(at)).filter(|claim| claim.field.counts(deed) == Counts::InTime);
            for (number, other) in wordings.iter().enumerate().filter(|_| chosen.is_some()) {
                let own = chosen.and_then(|claim| wordings.get(claim.wording));
                if own.is_none_or(|own| is_cut_alike(own.norm, other.norm)) {
                    continue;
                }
                let lacking = |(claim, lacks): (&Claim, &usize)| {
                    claim.wording == number && *lacks > 0 && claim.counts(one, true) == Counts::InTime
                };
                let also = claims.iter().zip(&lacks).position(lacking);
                if let Some((claim, lacks)) = also.and_then(|at| Some((claims.get(at)?, lacks.get_mut(at)?))) {
                    *lacks = lacks.saturating_sub(1);
                    if *lacks == 0 {
                        left.take(also.unwrap_or(0));
                    }
                    match ways {
                        1 => assigned.beside.extend([(claim.serves, one.row)]),
                        _ => assigned.adds(one.row, Some(claim.serves)),
                    }
                }
            }
        }
    }
    let (claims, events) = (claims.iter().collect::<Vec<_>>(), events.iter().collect::<Vec<_>>());
    note_displaced(judge, (wanted, since), (&claims, &events), &mut assigned);
    assigned
}

/// The wordings of a clause with a cycle that take their evidence from the same events, that of the case first: what serves a period of
/// one of them serves none of another.
fn wordings_of_cycles<'w>(plan: &'w Plan, case: &Case<'w>, wanted: Wanted<'w>) -> Vec<Wording<'w>> {
    let mut all = vec![Wording { id: case.instance.norm, norm: case.norm, body: case.body, wanted }];
    for (id, norm) in plan.norms_of(case.norm.clause).filter(|(id, _)| *id != case.instance.norm) {
        let read = norm.bodies.iter().find(|body| body.reading == case.body.reading);
        let Some(body) = read.or(norm.bodies.first()).filter(|_| norm.cycle.is_some()) else { continue };
        let NormTest::Happens { events, counted_for: None, .. } = &body.test else { continue };
        // Their variables stand for the same rows.
        let of = |norm: &'w Norm| norm.subjects.iter().map(|of| (of.record, of.var));
        let bearer = |norm: &'w Norm| match &norm.bearer {
            Some(Bearer::Each(of)) => Some((of.record, of.var)),
            _ => None,
        };
        let alike = of(norm).eq(of(case.norm)) && bearer(norm) == bearer(case.norm);
        if events.record == wanted.events.record && alike {
            all.push(Wording { id, norm, body, wanted: Wanted { events, ..wanted } });
        }
    }
    all
}

/// Whether the subject and the bearer of the case last in a period, and came by the last day of its window. Who was not there takes no
/// evidence for it.
pub fn is_there<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, period: CyclePeriod, last: Day) -> Truth {
    let bearer = bearer_of(case.norm, &case.instance).map(|(of, _, row)| (of, row));
    let first = period.first().max(ask.law.first_day(case.norm.clause));
    let mut there = Truth::Yes;
    for (of, row) in case.subject().into_iter().chain(bearer) {
        if let Some(lasts) = lasting_days(ask, of, row) {
            let came_later = matches!(lasts.from, EdgeDay::On(from) if last < from.first);
            there = there.and(lasts.meets(first.min(period.last()), period.last()));
            there = if came_later { Truth::No } else { there };
        }
    }
    there
}

/// Periods that are still to come whose windows have begun: what is done in those is theirs, and not late for an earlier one.
pub fn begun_already<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    (whole, own): (Instance, Own),
    last: Option<CyclePeriod>,
) -> Vec<(CyclePeriod, Frame)> {
    let (as_of, ends) = (judge.ask.world.as_of, judge.ask.law.force().until);
    let mut begun = Vec::new();
    let mut next = last;
    while let Some(period) = judge.ask.cycle.zip(next).and_then(|(cycle, last)| cycle.next(&last)) {
        judge.ask.period = Some(period);
        let instance = Instance { period: Some(period), ..whole };
        turn_to_term(&mut judge.ask, norm, &instance);
        let on = began_on(&mut judge.ask, norm, &instance, own);
        let frame = judge.ask.asked(on, as_of, |ask| ask.frame(body, None));
        let has_begun = matches!(frame.first, EdgeDay::On(first) if first.last <= as_of);
        if period.first() >= ends || !has_begun || !matches!(frame.last, EdgeDay::On(_)) || begun.len() >= AHEAD {
            break;
        }
        begun.push((period, frame));
        next = Some(period);
    }
    begun
}

/// So many periods ahead are looked at.
pub const AHEAD: usize = 12;

/// So many ways in which the days of events may lie, and in which what is open may count, are tried.
pub const WAYS: usize = 256;

/// The days on which an event may have happened, one for each way that it lies to the windows; nothing where it may not count.
pub fn choices(claims: &[Claim], one: &Done, as_of: Day) -> Vec<Option<Day>> {
    if let (true, Some(day)) = (one.is_certain(), one.day()) {
        return vec![Some(day)];
    }
    let (first, last) = one.deed.day.map_or((Day::MIN, as_of), |day| (day.first, day.last));
    let edges = claims.iter().flat_map(|claim| [claim.first, claim.last.plus_days(1)]);
    let mut days: BTreeSet<Day> = edges.filter(|day| first < *day && *day <= last).collect();
    days.insert(first);
    let mut all: Vec<Option<Day>> = days.into_iter().map(Some).collect();
    if !one.deed.right.is_yes() {
        all.push(None);
    }
    all
}

/// Which of the windows an event serves: the earliest that lacks some and holds it; where none does and the next window has not
/// begun, the earliest overdue one.
pub fn by_day((claims, in_order): (&[Claim], bool), left: &mut Left, (event, deed): (&Done, Deed)) -> Option<usize> {
    let is_right = |claim: &Claim| event.rights.get(claim.wording).is_some_and(|right| !right.is_no());
    let day = deed.day.and_then(DayBounds::exact)?;
    // The windows are in the order of their first days, and those of a cycle nearly always of their last days too.
    let begun = claims.partition_point(|claim| claim.first <= day);
    let ended = if in_order { claims.partition_point(|claim| claim.last < day) } else { 0 };
    let mut at = left.next(ended);
    while let Some(claim) = claims.get(at).filter(|_| at < begun) {
        if is_right(claim) && claim.field.counts(deed) == Counts::InTime {
            return Some(at);
        }
        at = left.next(at.saturating_add(1));
    }
    // One that no instance lacks any more is left over with the first whose window holds it.
    let holding = claims.get(ended..begun).unwrap_or(&[]).iter().position(|claim| day <= claim.last && is_right(claim));
    if let Some(spare) = holding {
        return Some(ended.saturating_add(spare));
    }
    let mut at = left.next(0);
    while let Some(claim) = claims.get(at).filter(|_| !in_order || at < ended) {
        if claim.last < day && is_right(claim) {
            return Some(at);
        }
        at = left.next(at.saturating_add(1));
    }
    None
}
