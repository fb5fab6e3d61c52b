//! Evidence that tells no subject serves the subjects in the order of their last days.

use std::collections::BTreeMap;

use crate::facts::{CellId, Row};
use crate::model::clause::{Bearer, Edge};
use crate::model::expr::{ExprKind, Row as RowOf};
use crate::model::schema::InTime;
use crate::plan::{Body, Norm};
use crate::value::{Day, Stretch};
use crate::verdict::Instance;

use super::claims::{
    Claim, Done, NotKnown, Wording, applies, claim, events, extended, is_parted, needed, several, within_a_period,
    wordings,
};
use super::displaced::note_displaced;
use crate::evaluate::amendments::wording::{How, wording_for};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::{EdgeDay, Frame};
use crate::evaluate::instance::life::{
    Lasts, Own, begins_with_the_breach, day_of_beginning, governing_days, lasting_days,
};
use crate::evaluate::judge::{Assigned, Judge, Serves};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::left::Left;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{Case, bearer_of};
use crate::evaluate::norms::deeds::{Wanted, deed, worth_a_look};
use crate::evaluate::norms::tally::{Counts, Deed, Field};
use crate::evaluate::trace::Trace;

/// So many claims and events of which it is open whether they count are tried both ways.
pub const TRIED: usize = 4;

pub fn by_order<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Assigned {
    let wordings = wordings(judge.ask.world.plan, case, wanted);
    let mut deeds = BTreeMap::new();
    let bearer = bearer_of(case.norm, &case.instance).and_then(|(of, _, row)| lasting_days(&mut judge.ask, of, row));
    // What counts for all of them: no subject's own first day is in it.
    let came = bearer.and_then(|lasts| lasts.from.exact()).unwrap_or(Day::MIN);
    let named = wordings.first().is_some_and(|own| case.names_subject(own.wanted.events));
    let named = named || wanted.counted_for.is_some();
    let since = judge.ask.since;
    let force = since.max(governing_days(&mut judge.ask, case.norm, &case.instance).from);
    let since = if named { came } else { force.max(came) };
    let claims = subjects(judge, case, (&wordings, bearer, since), &mut deeds);
    let mut assigned = Assigned::default();
    if is_parted(case, wanted) {
        for (at, claims) in groups(&claims).into_iter().enumerate() {
            let events = events_of_claims(judge, wanted, (&claims, &deeds));
            let mut group = Assigned::default();
            let events: Vec<&Done> = events.iter().collect();
            in_every_way(&claims, &events, &mut group);
            note_displaced(judge, (wanted, since), (&claims, &events), &mut group);
            assigned.group_of.extend(claims.iter().map(|claim| (claim.serves, at)));
            assigned.groups.push(group);
        }
    } else {
        let by_day = wanted.counted_for.is_none();
        let within = within_the_period(&judge.ask, case, since).filter(|_| by_day);
        let events = events(judge, case, (&wordings, since), within.as_ref());
        let (claims, events) = (claims.iter().collect::<Vec<_>>(), events.iter().collect::<Vec<_>>());
        in_every_way(&claims, &events, &mut assigned);
        note_displaced(judge, (wanted, since), (&claims, &events), &mut assigned);
    }
    assigned
}

/// The days of the period in which evidence is shared, where that is so for each by itself.
fn within_the_period<'w, T: Trace>(ask: &Ask<'w, T>, case: &Case<'w>, since: Day) -> Option<Field> {
    let period = case.instance.period.filter(|_| case.norm.cycle.is_some())?;
    let frame = Frame { first: EdgeDay::None, last: EdgeDay::None, after: false };
    let (days, as_of) = ((period.first(), period.last()), ask.world.as_of);
    Some(Field { frame, period: Some(days), since, until: Day::MAX, as_of, enough: None })
}

/// Claims of one bearer that some evidence ties together, each group in the order of the claims. One whose bearer is not known may be
/// of any.
pub fn groups(claims: &[Claim]) -> Vec<Vec<&Claim>> {
    let mut first_of: BTreeMap<(Row, Option<Row>), usize> = BTreeMap::new();
    let mut leads: Vec<usize> = (0..claims.len()).collect();
    let mut join = |one: usize, other: usize| {
        let (one, other) = (lead(&mut leads, one), lead(&mut leads, other));
        if let Some(own) = leads.get_mut(one.max(other)) {
            *own = one.min(other);
        }
    };
    let known = |of_known: bool| claims.iter().enumerate().filter(move |(_, one)| one.bearer.is_ok() == of_known);
    for (at, claim) in known(true) {
        for (row, _) in claim.passes.iter().flatten() {
            join(*first_of.entry((*row, claim.bearer.unwrap_or(None))).or_insert(at), at);
        }
    }
    for (at, claim) in known(false) {
        for (row, _) in claim.passes.iter().flatten() {
            let others = first_of.range((*row, None)..).take_while(|((other, _), _)| other == row);
            others.for_each(|(_, first)| join(*first, at));
            first_of.entry((*row, None)).or_insert(at);
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Claim>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        groups.entry(lead(&mut leads, at)).or_default().push(claim);
    }
    groups.into_values().collect()
}

/// The first claim of the group that a claim is in.
pub fn lead(leads: &mut [usize], mut at: usize) -> usize {
    while let Some(next) = leads.get(at).copied().filter(|next| *next != at) {
        let further = leads.get(next).copied().unwrap_or(next);
        if let Some(own) = leads.get_mut(at) {
            *own = further;
        }
        at = further;
    }
    at
}

/// What is evidence for some of these claims, or may be, in the order of the days and the names.
pub fn events_of_claims<'w, T: Trace>(
    judge: &Judge<'w, T>,
    wanted: Wanted<'w>,
    (claims, deeds): (&[&Claim], &BTreeMap<Row, Deed>),
) -> Vec<Done> {
    let mut rights: BTreeMap<Row, Vec<Truth>> = BTreeMap::new();
    for (row, right) in claims.iter().filter_map(|claim| claim.passes.as_ref()).flatten() {
        let of = rights.entry(*row).or_default();
        if !of.contains(right) {
            of.push(*right);
        }
    }
    let done = |(row, rights)| Some(Done { row, deed: *deeds.get(&row)?, rights, gives: 1 });
    let mut events: Vec<Done> = rights.into_iter().filter_map(done).collect();
    let (facts, record) = (judge.ask.world.facts, wanted.events.record);
    events.sort_by_key(|one| (one.day(), facts.id(record, one.row), one.row));
    events
}

/// Assigns events to claims by their order, in every way in which what is open may be.
pub fn in_every_way(claims: &[&Claim], events: &[&Done], assigned: &mut Assigned) {
    let open_claims: Vec<usize> = claims.iter().enumerate().filter(|(_, one)| one.open).map(|(at, _)| at).collect();
    let open_events: Vec<usize> =
        events.iter().enumerate().filter(|(_, one)| !one.is_certain()).map(|(at, _)| at).collect();
    // Whose evidence it is may be open, not only whether it is any.
    let perhaps_of_one = |at: &usize| {
        let open = events.get(*at).filter(|event| event.day().is_some());
        open.is_some_and(|event| claims.iter().filter(|claim| claim.passes(event.row).is_some()).count() < 2)
    };
    let inexact = claims.iter().any(|one| one.inexact) || !open_events.iter().all(perhaps_of_one);
    let (of_claims, of_events) = (open_claims.len(), open_events.len());
    if inexact || of_claims.saturating_add(of_events) > TRIED {
        several(claims, events, assigned);
        return;
    }
    for way in 0..1_u32.checked_shl(u32::try_from(of_claims.saturating_add(of_events)).unwrap_or(0)).unwrap_or(1) {
        let taken = |at: usize| way.checked_shr(u32::try_from(at).unwrap_or(0)).unwrap_or(0) & 1 == 1;
        let left_out = |open: &[usize], at: usize, offset: usize| {
            open.iter().position(|one| *one == at).is_some_and(|place| !taken(place.saturating_add(offset)))
        };
        let there: Vec<&Claim> =
            claims.iter().enumerate().filter(|(at, _)| !left_out(&open_claims, *at, 0)).map(|(_, one)| *one).collect();
        let done: Vec<&Done> = events
            .iter()
            .enumerate()
            .filter(|(at, _)| !left_out(&open_events, *at, of_claims))
            .map(|(_, one)| *one)
            .collect();
        let mut serves = in_order(&there, &done);
        for event in &done {
            assigned.adds(event.row, serves.remove(&event.row));
        }
    }
}

/// Each claim takes the earliest events that are in time for it, then those that are late, as far as it lacks some. Events are in
/// the order of their days.
pub fn in_order(claims: &[&Claim], events: &[&Done]) -> BTreeMap<Row, Serves> {
    let mut lacks: Vec<usize> = claims.iter().map(|claim| claim.lacks).collect();
    let mut serves = BTreeMap::new();
    let mut left = Left::of(events.len());
    for how in [Counts::InTime, Counts::Late] {
        for (claim, lacks) in claims.iter().zip(&mut lacks) {
            let (first, last) = if how == Counts::Late { claim.field.late() } else { claim.field.in_time() };
            let mut at = left.next(events.partition_point(|event| event.day() < Some(first)));
            while let Some(event) = events.get(at).filter(|event| *lacks > 0 && event.day() <= Some(last)) {
                if claim.counts(event, true) == how {
                    serves.insert(event.row, claim.serves);
                    *lacks = lacks.saturating_sub(1);
                    left.take(at);
                }
                at = left.next(at.saturating_add(1));
            }
        }
    }
    serves
}

/// The subjects that the clause reaches, in the order of their last days; where what is evidence is not the same for all, with the
/// deeds that are for some of them.
pub fn subjects<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (wordings, bearer, since): (&[Wording<'w>], Option<Lasts>, Day),
    deeds: &mut BTreeMap<Row, Deed>,
) -> Vec<Claim> {
    let Some(record) = case.norm.subjects.first().map(|of| of.record) else { return Vec::new() };
    let several = judge.ask.world.plan.norms_of(case.norm.clause).nth(1).is_some();
    let amended = judge.ask.world.plan.is_amended(case.norm.clause);
    let force = judge.ask.law.chosen(case.norm);
    let facts = judge.ask.world.facts;
    let parted = wordings.first().is_some_and(|own| is_parted(case, own.wanted));
    let mut claims: Vec<Claim> = Vec::new();
    let whose = judge.ask.whose;
    for subject in facts.rows(record) {
        let by = judge.ask.world.as_of;
        let own = came_to_be(&mut judge.ask, case, subject);
        let dated = own.is_some();
        let bounds = own.as_ref().and_then(Val::day_bounds);
        let day = bounds.and_then(DayBounds::exact);
        let period = case.instance.period.filter(|_| case.norm.cycle.is_some());
        let event = judge.ask.world.shape(record).is_event() && !is_of_members(case);
        let on = match period {
            Some(period) if !event => day.map_or(period.first(), |day| day.max(period.first())).max(judge.ask.since),
            Some(_) | None => day.unwrap_or(by),
        };
        // What lasts, or belongs, may have begun before force, and is there in a period all the same.
        let too_early = |day: DayBounds| day.last < force.from && (event || period.is_none());
        let outside = |day: DayBounds| too_early(day) || day.first >= force.until;
        let spoken_of = match day.or(if dated { None } else { Some(by) }).filter(|_| several || amended) {
            Some(_) => match by_wording(&mut judge.ask, case, wordings, (subject, day)) {
                Some(at) => at,
                None => continue,
            },
            None if !(amended && several) && bounds.is_some_and(outside) => continue,
            None => 0,
        };
        let Some(wording) = wordings.get(spoken_of) else { continue };
        let Some(of) = wording.norm.subjects.first() else { continue };
        if own == Some(Val::Absent) {
            continue;
        }
        judge.ask.bind(of.var, subject);
        judge.ask.whose[0] = Some((of.record, subject));
        let all = (wording.norm, None, Stretch::ALWAYS);
        let mut lacks = judge.ask.asked(on, by, |ask| needed(ask, &wording.body.test, all));
        let known = if event { by } else { on.min(by) };
        let mut reached = judge.ask.asked_of(on, known, |ask| ask.holds(&of.filter));
        reached = reached.and(judge.ask.world.cancelled(of.record, subject).opposite());
        if let (Some(lasts), Some(day), None) = (bearer, day, period) {
            reached = reached.and(lasts.meets(day, day));
        }
        let here = Instance { norm: wording.id, subject: Some((0, subject)), ..case.instance };
        if !reached.is_no() {
            reached = reached.and(applies(&mut judge.ask, wording.norm, wording.body, &here, on));
        }
        if reached.is_no() {
            continue;
        }
        let extended = extended(&mut judge.ask, case, Instance { subject: Some((0, subject)), ..case.instance });
        let frame = judge.ask.asked(on, by, |ask| ask.frame(wording.body, extended));
        let lasts = lasting_days(&mut judge.ask, of, subject);
        // What ended before it began never was, and takes nothing.
        let ended_before = |lasts: Lasts| matches!((lasts.from, lasts.last), (EdgeDay::On(from), EdgeDay::On(last)) if last.last < from.first);
        if lasts.is_some_and(|lasts| ended_before(lasts) || lasts.admitted.is_no()) {
            continue;
        }
        reached = reached.and(lasts.map_or(Truth::Yes, |lasts| lasts.admitted));
        let (window, of_event) = (&wording.body.window, lasts.is_none());
        // What is said to have no window is open for an event, and begins with what lasts.
        let open = window.first.is_none() && matches!(window.last, Edge::Open | Edge::Never);
        let begins_with_it = period.is_none() && if of_event { !window.stated } else { open };
        let frame = match (begins_with_it, lasts.map(|lasts| lasts.from), bounds) {
            (true, Some(EdgeDay::On(from)), _) | (true, None, Some(from)) => {
                Frame { first: EdgeDay::On(from), ..frame }
            }
            (_, _, _) => frame,
        };
        let none = |edge: EdgeDay| matches!(edge, EdgeDay::NoDay | EdgeDay::NoSuchDay | EdgeDay::NotYet);
        if none(frame.first) || none(frame.last) {
            continue;
        }
        // What is counted from a day that is still to come, whichever it is, takes nothing yet.
        if counted_from(&judge.ask, wording.body).is_some_and(|first| first.first > by) {
            continue;
        }
        let mut in_period = None;
        if period.is_some() {
            let own = day.map_or(if dated { Own::Unknown } else { Own::Without }, Own::On);
            let within = within_a_period(&mut judge.ask, wording, (here, frame), (own, on));
            let Some((within, bound, needs)) = within else { continue };
            reached = reached.and(bound);
            lacks = needs;
            in_period = Some(within);
        }
        let frame = in_period.map_or(frame, |within| within.frame);
        let mut claim = claim(judge, case, wording.wanted, (Serves::Subject(subject), frame, lacks.unwrap_or(1)));
        claim.wording = spoken_of;
        claim.field.since = since;
        // What becomes due otherwise takes nothing that was done before its own breach.
        if begins_with_the_breach(wording.norm) {
            let of = (wording.norm.clause, Some(subject), here.bearer, period.filter(|_| wording.norm.cycle.is_some()));
            if let Some((first, last)) = judge.ask.known.broken_on(&of) {
                claim.field.since = since.max(first.following());
                claim.inexact |= first != last;
            }
        }
        if let (Some(within), Some(period)) = (in_period, period) {
            let ends = if within.can_be_done_after_the_end().is_no() { within.life.ends } else { Day::MAX };
            claim.field.until = ends;
            match wording.wanted.counted_for {
                Some(_) => claim.field.frame.first = EdgeDay::None,
                None => {
                    claim.field.since = since.max(within.life.since);
                    claim.field.period = Some((period.first(), period.last()));
                }
            }
            claim.inexact |= within.life.may_end.is_some_and(|end| end <= period.last());
        }
        // Without a last day, nothing can be done for it any more once it has ended.
        if let (EdgeDay::None, Some(EdgeDay::On(end))) = (frame.last, lasts.map(|lasts| lasts.last)) {
            claim.inexact |= end.exact().is_none() && end.first <= by;
            claim.field.until = end.last;
            claim.last = end.first;
        }
        claim.open = !reached.is_yes();
        claim.never = (of.record == wording.wanted.events.record).then_some(subject);
        if dated && day.is_none() {
            claim.field.frame = match bounds.filter(|day| day.first > Day::MIN && day.last < Day::MAX) {
                Some(day) => {
                    let mut at = |on| judge.ask.asked(on, by, |ask| ask.frame(wording.body, extended));
                    let (early, late) = (at(day.first), at(day.last));
                    let first = if begins_with_it { frame.first } else { either(early.first, late.first) };
                    let last = either(early.last, late.last);
                    Frame { first, last, ..frame }
                }
                None => Frame { first: EdgeDay::Unknown, last: EdgeDay::Unknown, ..frame },
            };
        }
        let known = |edge: EdgeDay| match edge {
            EdgeDay::On(day) => day.exact().is_some(),
            EdgeDay::Unknown => false,
            _ => true,
        };
        claim.inexact |= lacks.is_none() || !known(claim.field.frame.first) || !known(claim.field.frame.last);
        if parted {
            let here = Case { norm: wording.norm, body: wording.body, ..*case };
            let of = (wording.wanted, &claim.field);
            let all = judge.ask.asked(on, by, |ask| passing(ask, &here, of, claim.never));
            claim.passes = Some(all.iter().map(|(row, deed)| (*row, deed.right)).collect());
            deeds.extend(all);
            claim.bearer = judge.ask.asked(on, by, |ask| borne_by(ask, wording.norm));
            claim.inexact |= claim.bearer.is_err();
        }
        claims.push(claim);
    }
    judge.ask.whose = whose;
    claims.sort_by_key(|claim| {
        let name = if let Serves::Subject(row) = claim.serves { facts.id(record, row) } else { "" };
        (claim.last, claim.first, name)
    });
    claims
}

/// The day of the subject on which a window begins, or after which it does, as far as it is known.
fn counted_from<'w, T: Trace>(ask: &Ask<'w, T>, body: &Body) -> Option<DayBounds> {
    let day = match body.window.first.as_ref()? {
        Edge::On(day) | Edge::DayAfter(day) => day,
        Edge::Lapse { anchor, by } if !by.goes_back() => anchor,
        _ => return None,
    };
    let (ExprKind::Field(field), schema) = (&day.kind, &ask.world.plan.schema) else { return None };
    let RowOf::Var(var) = field.row else { return None };
    let over_time = schema.field(field.record, field.field)?.time == InTime::OverTime;
    let id = CellId { record: field.record, row: ask.var(var), field: field.field };
    if over_time { None } else { ask.world.field(id, ask.on).day_bounds() }
}

/// Who bears what is asked of the subject that is bound, where a field of it says so.
pub fn borne_by<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Result<Option<Row>, NotKnown> {
    let Some(Bearer::Field(field)) = &norm.bearer else { return Ok(None) };
    match ask.field(field) {
        Val::Row(_, row) => Ok(Some(row)),
        Val::Absent => Ok(None),
        _ => Err(NotKnown),
    }
}

/// What is evidence for the subject that is bound, or may be.
pub fn passing<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    (wanted, field): (Wanted<'w>, &Field),
    never: Option<Row>,
) -> Vec<(Row, Deed)> {
    let mut rows = worth_a_look(ask, wanted, field);
    rows.retain(|row| Some(*row) != never);
    rows.sort_unstable();
    let each = rows.into_iter().map(|row| (row, deed(ask, case, wanted, row)));
    each.filter(|(_, deed)| !matches!(field.counts(*deed), Counts::Not | Counts::TooEarly)).collect()
}

fn is_of_members(case: &Case) -> bool {
    case.norm.subjects.first().is_some_and(|of| of.members_of.is_some())
}

/// The day of a subject: its own, or that of joining; nothing where it has none.
fn came_to_be<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, subject: Row) -> Option<Val<'w>> {
    let of = case.norm.subjects.first()?;
    if of.members_of.is_none() {
        return ask.world.day_of(of.record, subject);
    }
    match lasting_days(ask, of, subject).map(|lasts| lasts.from) {
        Some(EdgeDay::On(day)) => Some(Val::Day(day)),
        Some(EdgeDay::NotYet | EdgeDay::NoDay) => Some(Val::Absent),
        Some(_) | None => Some(Val::Unknown),
    }
}

/// The wording that speaks of a subject, by its number; nothing where none does.
pub fn by_wording<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    wordings: &[Wording<'w>],
    (subject, day): (Row, Option<Day>),
) -> Option<usize> {
    let instance = Instance { subject: Some((0, subject)), ..case.instance };
    let own = day.map_or(Own::Without, Own::On);
    let began = day_of_beginning(ask, case.norm, &instance, own);
    let speaks = wording_for(ask, case.norm.clause, case.instance.norm, &instance, (own, began))?;
    let at = wordings.iter().position(|one| one.id == speaks.norm)?;
    let there = match (speaks.how, day) {
        (How::FromItsBeginning, Some(day)) if instance.period.is_none() => {
            wordings.get(at).is_some_and(|one| ask.law.chosen(one.norm).contains(day))
        }
        (How::FromItsBeginning | How::TakenOver, _) => true,
        (How::FallenAway(_), _) => false,
    };
    there.then_some(at)
}

/// An end of a window that is one or the other, or lies between.
pub fn either(one: EdgeDay, other: EdgeDay) -> EdgeDay {
    match (one, other) {
        (EdgeDay::On(a), EdgeDay::On(b)) => EdgeDay::On(DayBounds::within(a.first.min(b.first), a.last.max(b.last))),
        (one, other) if one == other => one,
        (_, _) => EdgeDay::Unknown,
    }
}
