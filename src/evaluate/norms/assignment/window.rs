//! Evidence of a cycle whose windows reach past their periods serves the period whose window holds it.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{CellId, Row};
use crate::model::clause::{Bearer, Count, CycleOf, Edge};
use crate::plan::{Body, Norm, NormTest, Plan};
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::Instance;

use super::claims::{
    Claim, Done, Wording, applies, claim, counted_in_parts, events, extended, is_parted, needed, several, since,
    told_by_order, within_a_period,
};
use super::displaced::note_displaced;
use super::order::TRIED;
use crate::evaluate::amendments::wording::{as_taken, is_after_a_gap};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::last_as_worded;
use crate::evaluate::expr::form::period_of_term;
use crate::evaluate::expr::frame::{EdgeDay, Frame};
use crate::evaluate::expr::terms::terms_until;
use crate::evaluate::instance::force::{began_on, never_lasted};
use crate::evaluate::instance::life::{Own, bind_rows, is_cut_alike, lasting_days, own_of};
use crate::evaluate::instance::periods::{is_of_the_last_term, listed_periods, turn_to_term};
use crate::evaluate::instance::reach::reaches;
use crate::evaluate::judge::{Assigned, Judge, Serves};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::left::Left;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{Case, bearer_of};
use crate::evaluate::norms::deeds::Wanted;
use crate::evaluate::norms::tally::{Counts, Deed, Field};
use crate::evaluate::trace::Trace;

/// What an event serves that serves a period of the case.
pub fn served(case: &Case, wanted: Wanted, period: CyclePeriod) -> Serves {
    match case.instance.subject.filter(|_| shares_windows(case, wanted)) {
        Some((_, row)) => Serves::PeriodOf(period, row),
        None => Serves::Period(period),
    }
}

/// Whether the subjects share the events of a period: nothing tells which of them an event is for.
pub fn shares_windows(case: &Case, wanted: Wanted) -> bool {
    told_by_order(case, wanted).is_some() && !is_parted(case, wanted)
}

/// Events by the windows of a cycle's periods.
pub fn by_window<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Assigned {
    let before = (judge.ask.term, judge.ask.cycle, judge.ask.whose);
    let wordings = wordings_of_cycles(judge.ask.world.plan, case, wanted);
    let since = since_of_all(judge, case, (wanted, wordings.len()));
    let facts = judge.ask.world.facts;
    let record = case.norm.subjects.first().map(|of| of.record);
    let subjects: Vec<Option<(u8, Row)>> = match record.filter(|_| shares_windows(case, wanted)) {
        Some(record) => facts.rows(record).map(|row| Some((0, row))).collect(),
        None => vec![case.instance.subject],
    };
    let (mut claims, mut reaches_out): (Vec<Claim>, bool) = (Vec::new(), false);
    for (at, wording) in wordings.iter().enumerate() {
        for subject in &subjects {
            let here = Instance { norm: wording.id, subject: *subject, ..case.instance };
            let (own, reach_out) = claims_of(judge, (case, wording, at), (here, since), wanted);
            reaches_out |= reach_out;
            claims.extend(own);
        }
    }
    judge.ask.vars.clear();
    bind_rows(&mut judge.ask, case.norm, &case.instance);
    judge.ask.period = case.instance.period;
    (judge.ask.term, judge.ask.cycle, judge.ask.whose) = before;
    if !reaches_out {
        return Assigned::default();
    }
    // Of windows that are the same, that of the earlier period comes first, under whichever wording; then the order of names decides.
    let name = |row: Row| record.map_or("", |record| facts.id(record, row));
    claims.sort_by_key(|claim| match claim.serves {
        Serves::PeriodOf(period, row) => (claim.first, claim.last, Some(period), name(row)),
        Serves::Period(period) => (claim.first, claim.last, Some(period), ""),
        Serves::Subject(row) => (claim.first, claim.last, None, name(row)),
    });
    let mut events = events(judge, case, (&wordings, since), None);
    let told = tell_amounts(judge, &wordings, &mut events) && !claims.iter().any(|claim| claim.inexact);
    let mut assigned =
        Assigned { windows: claims.iter().map(|claim| (claim.first, claim.last)).collect(), ..Assigned::default() };
    let at_home = claims.iter().filter(|claim| claim.at_home.is_some());
    assigned.at_home = at_home.filter_map(|claim| Some((claim.serves, claim.field.period?))).collect();
    let choices: Vec<Vec<Option<Day>>> =
        events.iter().map(|one| choices(&claims, one, judge.ask.world.as_of)).collect();
    // Each that may ask for nothing is taken to ask for it, and not to; and a last day that is one of two, to be either.
    let open: Vec<usize> = claims.iter().enumerate().filter(|(_, claim)| claim.open).map(|(at, _)| at).collect();
    let ends = with_each_last_day(&claims);
    let asking =
        u32::try_from(open.len()).ok().filter(|_| open.len() <= TRIED).and_then(|many| 1_usize.checked_shl(many));
    let asking = asking.unwrap_or(usize::MAX);
    let ways = choices.iter().try_fold(asking, |ways, some| ways.checked_mul(some.len().max(1)));
    match (ways.filter(|ways| told && ways.saturating_mul(ends.len()) <= WAYS), ends.is_empty()) {
        (Some(ways), false) => {
            let all = Sharing { wordings: &wordings, events: &events, choices: &choices, open: &open };
            let several = ways.saturating_mul(ends.len()) > 1;
            for claims in &ends {
                for way in 0..ways {
                    all.go(claims, (way.checked_rem(asking), way.checked_div(asking)), several, &mut assigned);
                }
            }
            let (claims, events) = (claims.iter().collect::<Vec<_>>(), events.iter().collect::<Vec<_>>());
            note_displaced(judge, (wanted, since), (&claims, &events), &mut assigned);
        }
        (_, _) => several(&claims.iter().collect::<Vec<_>>(), &events.iter().collect::<Vec<_>>(), &mut assigned),
    }
    assigned
}

/// Tells how much each event gives where an amount is to be paid; whether that can be told of all of them.
fn tell_amounts<'w, T: Trace>(judge: &mut Judge<'w, T>, wordings: &[Wording<'w>], events: &mut [Done]) -> bool {
    let counts_by = |wording: &Wording<'w>| match &wording.body.test {
        NormTest::Happens { count: Count::Amount { field, .. }, .. } => Some(*field),
        _ => None,
    };
    let Some(first) = wordings.first() else { return true };
    let by = counts_by(first);
    if !wordings.iter().all(|other| counts_by(other) == by) {
        return false;
    }
    let (Some(field), events_of) = (by, first.wanted.events) else { return true };
    events.iter_mut().all(|event| {
        let cell = CellId { record: events_of.record, row: event.row, field };
        let amount = match judge.ask.cell(cell, events_of.span) {
            Val::Absent => Some(0),
            other => other.bounds().exact().and_then(counted_in_parts),
        };
        event.gives = amount.unwrap_or(event.gives);
        amount.is_some()
    })
}

/// The claims with each of the last days that the law leaves open; none where those are too many.
fn with_each_last_day(claims: &[Claim]) -> Vec<Vec<Claim>> {
    let bounds = |claim: &Claim| match claim.field.frame.last {
        EdgeDay::On(day) if day.exact().is_none() => Some([day.first, day.last]),
        _ => None,
    };
    let either: Vec<(usize, [Day; 2])> =
        claims.iter().enumerate().filter_map(|(at, claim)| Some((at, bounds(claim)?))).collect();
    if either.len() > TRIED {
        return Vec::new();
    }
    let mut all = vec![claims.to_vec()];
    for (at, days) in either {
        let with = |claims: Vec<Claim>| {
            days.map(|day| {
                let mut claims = claims.clone();
                if let Some(claim) = claims.get_mut(at) {
                    claim.field.frame.last = EdgeDay::On(DayBounds::exactly(day));
                    claim.last = day;
                }
                claims
            })
        };
        all = all.into_iter().flat_map(with).collect();
    }
    all
}

/// What is shared out among the periods of a cycle.
struct Sharing<'a, 'w> {
    wordings: &'a [Wording<'w>],
    events: &'a [Done],
    /// The days on which each event may have happened.
    choices: &'a [Vec<Option<Day>>],
    /// The periods that may ask for nothing.
    open: &'a [usize],
}

impl Sharing<'_, '_> {
    /// Shares out in one of the ways: which of the open periods ask for nothing, and on which of their days the events happened.
    fn go(
        &self,
        claims: &[Claim],
        (asks_nothing, on): (Option<usize>, Option<usize>),
        several: bool,
        assigned: &mut Assigned,
    ) {
        let windows = Windows::of(claims);
        let mut rest = on.unwrap_or(0);
        let mut done: Vec<(Day, &Done)> = Vec::with_capacity(self.events.len());
        for (one, some) in self.events.iter().zip(self.choices) {
            let chosen = rest.checked_rem(some.len()).and_then(|at| some.get(at));
            rest = rest.checked_div(some.len()).unwrap_or(rest);
            done.extend(chosen.copied().flatten().map(|day| (day, one)));
        }
        // Of one day they stay in the order of their names.
        done.sort_by_key(|(day, _)| *day);
        let mut lacks: Vec<usize> = claims.iter().map(|claim| claim.lacks).collect();
        for (bit, at) in self.open.iter().enumerate() {
            let bits = u32::try_from(bit).ok().and_then(|bit| asks_nothing.unwrap_or(0).checked_shr(bit));
            if let Some(lacks) = lacks.get_mut(*at).filter(|_| bits.is_some_and(|bits| bits & 1 == 1)) {
                *lacks = 0;
            }
        }
        let mut left = Left::of(claims.len());
        lacks.iter().enumerate().filter(|(_, lacks)| **lacks == 0).for_each(|(at, _)| left.take(at));
        for (day, one) in done {
            let deed = Deed { right: Truth::Yes, day: Some(DayBounds::exactly(day)), ..one.deed };
            let at = windows.serves(&mut left, (one, deed));
            if let Some((at, lacks)) = at.and_then(|at| Some((at, lacks.get_mut(at)?))) {
                *lacks = lacks.saturating_sub(one.gives);
                if *lacks == 0 {
                    left.take(at);
                }
            }
            let chosen = at.and_then(|at| claims.get(at));
            assigned.adds(one.row, chosen.map(|claim| claim.serves));
            let in_time = chosen.filter(|claim| claim.field.counts(deed) == Counts::InTime);
            let Some(own) = in_time.and_then(|claim| self.wordings.get(claim.wording)) else { continue };
            for also in self.also_serves(claims, (own, one), (&mut lacks, &mut left)) {
                match several {
                    false => assigned.beside.extend([(also, one.row)]),
                    true => assigned.adds(one.row, Some(also)),
                }
            }
        }
    }

    /// Periods of wordings that cut time otherwise overlap, and what is done in both serves both.
    fn also_serves(
        &self,
        claims: &[Claim],
        (own, one): (&Wording, &Done),
        (lacks, left): (&mut [usize], &mut Left),
    ) -> Vec<Serves> {
        let mut also = Vec::new();
        for (number, _) in self.wordings.iter().enumerate().filter(|(_, other)| !is_cut_alike(own.norm, other.norm)) {
            let lacking = |(claim, lacks): (&Claim, &usize)| {
                claim.wording == number && *lacks > 0 && claim.counts(one, true) == Counts::InTime
            };
            let Some(at) = claims.iter().zip(lacks.iter()).position(lacking) else { continue };
            if let Some((claim, lacks)) = claims.get(at).zip(lacks.get_mut(at)) {
                *lacks = lacks.saturating_sub(one.gives);
                if *lacks == 0 {
                    left.take(at);
                }
                also.push(claim.serves);
            }
        }
        also
    }
}

/// The day from which on evidence counts for all periods.
fn since_of_all<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (wanted, wordings): (Wanted<'w>, usize),
) -> Day {
    if shares_windows(case, wanted) {
        let bearer =
            bearer_of(case.norm, &case.instance).and_then(|(of, _, row)| lasting_days(&mut judge.ask, of, row));
        return bearer.and_then(|lasts| lasts.from.exact()).map_or(judge.ask.since, |came| came.max(judge.ask.since));
    }
    // What counts for the periods of one wording may have come before another took its place.
    match wordings {
        1 => since(case, wanted),
        _ if case.names_subject(wanted.events) => case.life.bearer_since,
        _ => judge.ask.since.max(case.life.bearer_since),
    }
}

/// The claims of a subject under a wording, one for each of its periods, and whether some window reaches past its period.
fn claims_of<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    (case, wording, at): (&Case<'w>, &Wording<'w>, usize),
    (here, since): (Instance, Day),
    wanted: Wanted<'w>,
) -> (Vec<Claim>, bool) {
    let (norm, body) = (wording.norm, wording.body);
    let shared = shares_windows(case, wanted);
    let here_case = Case { norm, body, instance: here, ..*case };
    judge.ask.vars.clear();
    bind_rows(&mut judge.ask, norm, &here);
    let own = own_of(&mut judge.ask, norm, &here);
    if shared && (own == Own::None || never_lasted(&mut judge.ask, norm, &here)) {
        return (Vec::new(), false);
    }
    let several_wordings = judge.ask.world.plan.norms_of(norm.clause).nth(1).is_some();
    let begins = here_case.subject().filter(|_| shared).and_then(|(of, row)| lasting_days(&mut judge.ask, of, row));
    let since = begins.and_then(|lasts| lasts.from.exact()).map_or(since, |from| from.max(since));
    let never = here_case.subject().filter(|(of, _)| shared && of.record == wanted.events.record).map(|(_, row)| row);
    let claimed = |judge: &Judge<'w, T>, (period, frame, lacks): (CyclePeriod, Frame, usize), open: bool| {
        let claim = claim(judge, case, wording.wanted, (served(&here_case, wanted, period), frame, lacks));
        Claim { open, wording: at, never, field: Field { since, ..claim.field }, ..claim }
    };
    let (mut claims, mut reaches_out): (Vec<Claim>, bool) = (Vec::new(), false);
    let each_term = matches!(norm.cycle, Some(CycleOf::EachTerm(_)));
    let of_amount = matches!(body.test, NormTest::Happens { count: Count::Amount { .. }, .. });
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
        let mut asks = applies(&mut judge.ask, norm, body, &instance, began);
        if shared && !asks.is_no() {
            asks = asks.and(reaches(&mut judge.ask, norm, &instance, began));
        }
        if asks.is_no() {
            continue;
        }
        let all = (norm, None, Stretch::ALWAYS);
        let (frame, needs) =
            judge.ask.asked(began, by, |ask| (ask.frame(body, extended), needed(ask, &body.test, all)));
        if let EdgeDay::On(last) = frame.last {
            let there = is_there(&mut judge.ask, &here_case, period, last.last);
            // A period that does not count, or in which the clause was not in force yet, is never overdue.
            let due = within_a_period(&mut judge.ask, wording, (instance, frame), (own, began)).is_some();
            if there.is_no() || !due || period.last().min(last.last) < judge.ask.law.first_day(norm.clause) {
                continue;
            }
            let begins_before = matches!(frame.first, EdgeDay::On(first) if first.first < period.first());
            // So long before the last day of a term, the window of the next begins before that.
            let ahead = each_term && is_ahead(body);
            reaches_out |= last.last > period.last() || last.first < period.first() || begins_before || ahead;
            let mut claim = claimed(judge, (period, frame, needs.unwrap_or(1)), !asks.and(there).is_yes());
            claim.inexact = of_amount && needs.is_none();
            if judge.ask.asked(began, by, |ask| is_at_home(ask, norm, body, frame)) {
                let goes_on = is_of_the_last_term(&mut judge.ask, norm, &instance);
                let through = if goes_on { Day::MAX } else { period.last() };
                claim.at_home = Some((period.first(), through));
                claim.field.period = Some((period.first().min(claim.first), through.max(last.last)));
            }
            claims.push(claim);
        }
    }
    let all = judge.ask.world.plan.norms_of(norm.clause);
    let last_in_force = all.map(|(_, one)| judge.ask.law.chosen(one).until).max();
    if Some(judge.ask.law.chosen(norm).until) == last_in_force {
        let begun = begun_already(judge, (norm, body), (here, own), periods.last().copied());
        reaches_out |= !begun.is_empty();
        let begun = begun.into_iter();
        claims.extend(begun.map(|(period, frame, comes)| {
            let claim = claimed(judge, (period, frame, 1), !comes.is_yes());
            Claim { inexact: of_amount, ..claim }
        }));
    }
    (claims, reaches_out)
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
) -> Vec<(CyclePeriod, Frame, Truth)> {
    let (as_of, ends) = (judge.ask.world.as_of, judge.ask.law.force().until);
    let mut begun = Vec::new();
    let mut next = last;
    while let Some((period, comes)) = next.and_then(|last| period_after(&mut judge.ask, norm, &last)) {
        judge.ask.period = Some(period);
        let instance = Instance { period: Some(period), ..whole };
        turn_to_term(&mut judge.ask, norm, &instance);
        let on = began_on(&mut judge.ask, norm, &instance, own);
        let frame = judge.ask.asked(on, as_of, |ask| ask.frame(body, None));
        let has_begun = matches!(frame.first, EdgeDay::On(first) if first.last <= as_of);
        if period.first() >= ends || !has_begun || !matches!(frame.last, EdgeDay::On(_)) || begun.len() >= AHEAD {
            break;
        }
        begun.push((period, frame, comes));
        next = comes.is_yes().then_some(period);
    }
    begun
}

/// Whether a window lies, by its words, within its period, so that an event's day tells that it is for that period.
fn is_at_home<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm, body: &'w Body, frame: Frame) -> bool {
    let Some(period) = ask.period else { return false };
    let EdgeDay::On(last) = last_as_worded(ask, body) else { return false };
    // What is due by the first day of a term may be done in the term before.
    let each_term = matches!(norm.cycle, Some(CycleOf::EachTerm(_)));
    let before_it = each_term && last.first <= period.first();
    let begins = match &body.window.first {
        Some(_) => matches!(frame.first, EdgeDay::On(first) if first.first >= period.first()),
        None => !before_it && !matches!(body.window.last, Edge::Lapse { .. }),
    };
    begins && last.first >= period.first() && last.last <= period.last()
}

/// Whether a window is so long before some day, and names no first day.
fn is_ahead(body: &Body) -> bool {
    body.window.first.is_none() && matches!(&body.window.last, Edge::Lapse { by, .. } if by.goes_back())
}

/// The period after another, and whether there is such a one: a term may not be renewed.
fn period_after<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    last: &CyclePeriod,
) -> Option<(CyclePeriod, Truth)> {
    let Some(CycleOf::EachTerm(term)) = norm.cycle else {
        return ask.cycle?.next(last).map(|next| (next, Truth::Yes));
    };
    let begins = last.stretch.until;
    let terms = ask.quietly(|ask| terms_until(ask, term, begins));
    let next = |days: &Stretch| days.from == begins;
    let sure = terms.sure.into_iter().find(next).map(|days| (days, Truth::Yes));
    let (days, comes) = sure.or(terms.perhaps.filter(|(days, _)| next(days)))?;
    Some((period_of_term(days), comes))
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

/// The windows of a cycle's periods, in the order of their first days.
struct Windows<'a> {
    claims: &'a [Claim],
    /// Whether they are in the order of their last days, too, as those of a cycle nearly always are.
    in_order: bool,
    /// Those that lie within their periods, by the days of these.
    at_home: BTreeMap<(Day, Day), Vec<usize>>,
    /// How many days the longest of these periods has: those of another wording may overlap them.
    longest: i32,
    /// Whether there are others.
    others: bool,
}

impl<'a> Windows<'a> {
    fn of(claims: &'a [Claim]) -> Windows<'a> {
        let mut at_home: BTreeMap<(Day, Day), Vec<usize>> = BTreeMap::new();
        for (at, claim) in claims.iter().enumerate() {
            if let Some(days) = claim.at_home {
                at_home.entry(days).or_default().push(at);
            }
        }
        let others = claims.iter().any(|claim| claim.at_home.is_none());
        let longest = at_home.keys().map(|(first, last)| first.days_until(*last)).max().unwrap_or(0);
        Windows { claims, in_order: claims.is_sorted_by_key(|claim| claim.last), at_home, longest, others }
    }

    /// The windows of the periods that a day tells, by their numbers.
    fn told_by(&self, day: Day) -> impl Iterator<Item = (usize, &'a Claim)> {
        let begun = self.at_home.range(..=(day, Day::MAX)).rev();
        let near = begun.take_while(move |((first, _), _)| first.days_until(day) <= self.longest);
        let all = near.filter(move |((_, last), _)| day <= *last).flat_map(|(_, at)| at);
        all.filter_map(|at| Some((*at, self.claims.get(*at)?)))
    }

    /// Which of the windows an event serves: the earliest that lacks some and holds it. Where none does, it is late for the period that
    /// its day tells; where it tells none and the next window has not begun, for the earliest overdue one.
    fn serves(&self, left: &mut Left, (event, deed): (&Done, Deed)) -> Option<usize> {
        let (claims, in_order) = (self.claims, self.in_order);
        let is_right = |claim: &Claim| {
            claim.never != Some(event.row) && event.rights.get(claim.wording).is_some_and(|right| !right.is_no())
        };
        let day = deed.day.and_then(DayBounds::exact)?;
        let begun = claims.partition_point(|claim| claim.first <= day);
        let ended = if in_order { claims.partition_point(|claim| claim.last < day) } else { 0 };
        let mut at = left.next(ended);
        while let Some(claim) = claims.get(at).filter(|_| at < begun) {
            if is_right(claim) && claim.field.counts(deed) == Counts::InTime {
                return Some(at);
            }
            at = left.next(at.saturating_add(1));
        }
        // Where none lacks it, it is left over with the first that holds it.
        let told: Vec<(usize, &Claim)> = self.told_by(day).filter(|(_, claim)| is_right(claim)).collect();
        if !told.is_empty() {
            let overdue = told.iter().find(|(at, claim)| claim.last < day && left.next(*at) == *at);
            let held = || told.iter().find(|(_, claim)| claim.first <= day && day <= claim.last);
            return overdue.or_else(held).map(|(at, _)| *at);
        }
        let mut at = left.next(0);
        while let Some(claim) = claims.get(at).filter(|_| self.others && (!in_order || at < ended)) {
            if claim.at_home.is_none() && claim.last < day && is_right(claim) {
                return Some(at);
            }
            at = left.next(at.saturating_add(1));
        }
        let holding = claims.get(ended..begun).unwrap_or(&[]).iter();
        let mut held = (ended..).zip(holding).filter(|(_, claim)| day <= claim.last && is_right(claim));
        held.next().map(|(at, _)| at)
    }
}
