//! One piece of evidence serves one instance of a clause; a ban is broken by every act in its window.
//!
//! Where nothing in the evidence tells which subject it is for, order does: the subjects in the order of their last days each take
//! the earliest that is in time for them; what is left then goes, in the same order, to those that still lack some, as late. What a
//! field of several subjects tells (the bearer that it names, a condition that compares it) parts them: order tells within those for
//! which the same evidence counts.
//! An event is for the period that its day lies in. Only where windows reach past their periods it serves the earliest instance
//! that still lacks some and whose window holds it; where none does and the next window has not begun, the earliest overdue one.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Row;
use crate::model::clause::{Bearer, Count, Edge, Limit};
use crate::model::expr::{Collection, ExprKind, Var};
use crate::plan::{Body, Moved, Norm, NormId, NormTest, Plan};
use crate::value::{CyclePeriod, Day, Number};
use crate::verdict::Instance;

use super::case::{Case, bearer_of};
use super::deeds::{Conditions, Wanted, deed, is_anothers, worth_a_look};
use super::tally::{Counts, Deed, Field};
use crate::evaluate::amendments::wording::{How, wording_for};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::{EdgeDay, Frame};
use crate::evaluate::instance::force::began_on;
use crate::evaluate::instance::life::{Own, lasting_days, own_of};
use crate::evaluate::instance::people::waiver_of;
use crate::evaluate::instance::periods::{listed_periods, turn_to_term};
use crate::evaluate::instance::prevails::is_behind;
use crate::evaluate::judge::{Assigned, Judge, Serves};
use crate::evaluate::knowledge::decided::Kind;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::left::Left;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;

/// Whether some window of a cycle's instances reaches past its period, so that an event's day does not tell its period.
pub fn roams<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> bool {
    may_roam(&mut judge.ask, case)
        && assigned(judge, case, wanted, By::Window).is_some_and(|one| !one.windows.is_empty())
}

/// Whether the windows of a cycle's instances can reach past their periods, as far as their form tells, or because one was extended.
pub fn may_roam<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>) -> bool {
    if case.norm.cycle.is_none() || case.instance.period.is_none() {
        return false;
    }
    let (plan, facts) = (ask.world.plan, ask.world.facts);
    let clause = plan.clause(case.norm.clause).map_or("", |clause| &clause.name);
    if !facts.waivers.is_empty() && ask.decided.any(facts, Kind::Waiver, clause) {
        return true;
    }
    // A window may begin before its period.
    match &case.body.window.first {
        Some(Edge::Lapse { .. } | Edge::Length { .. } | Edge::DayBefore(_)) if !case.body.window.numbered => {
            return true;
        }
        Some(Edge::On(day) | Edge::DayAfter(day)) if reaches_out(&day.kind) => return true,
        _ => {}
    }
    match (&case.body.window.last, case.body.moved) {
        (Edge::DayBefore(day), _) if matches!(day.kind, ExprKind::PeriodStart) => true,
        (Edge::Open | Edge::Never | Edge::Blank { .. }, _) => false,
        (_, Moved::ToTheNext | Moved::ToThePrevious | Moved::ByRegime) => true,
        (Edge::Lapse { .. } | Edge::Length { .. } | Edge::DayAfter(_), Moved::No) => true,
        (Edge::On(expr) | Edge::DayBefore(expr), Moved::No) => reaches_out(&expr.kind),
        (Edge::YearOfTerm { .. } | Edge::OfTerm { .. }, Moved::No) => false,
    }
}

/// Whether an instance beside the one that is judged asks for anything: its conditions hold on the day it began, it steps back behind no
/// other clause, and nobody waived it. What does not apply takes no evidence.
fn applies<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    body: &'w Body,
    instance: &Instance,
    began: Day,
) -> Truth {
    if body.conditions.is_empty() && norm.yields_to.is_empty() && ask.world.facts.waivers.is_empty() {
        return Truth::Yes;
    }
    if waiver_of(ask, norm, instance).is_some_and(|(_, waiver)| waiver.until.is_none()) {
        return Truth::No;
    }
    let by = began.min(ask.world.as_of);
    ask.quietly(|ask| {
        ask.asked(began, by, |ask| {
            let applies = ask.applies(&body.conditions);
            if applies.is_no() { applies } else { applies.and(is_behind(ask, norm, instance).opposite()) }
        })
    })
}

/// Until when people extended an instance beside the one that is judged.
fn extended<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, instance: Instance) -> Option<Day> {
    waiver_of(ask, case.norm, &instance).and_then(|(_, waiver)| waiver.until)
}

/// Whether a last day is told otherwise than as a day of the year or of the period.
fn reaches_out(kind: &ExprKind) -> bool {
    !matches!(
        kind,
        ExprKind::Day(_) | ExprKind::YearDay { year: None, .. } | ExprKind::PeriodStart | ExprKind::PeriodEnd
    )
}

/// Whether an event serves another instance than the one that is judged.
pub fn serves_another<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    event: Row,
) -> Truth {
    let Some((own, by)) = told_apart(judge, case, wanted) else { return Truth::No };
    let Some(assigned) = assigned(judge, case, wanted, by) else { return Truth::No };
    // Where no window reaches past its period, an event's day tells its period.
    if by == By::Window && assigned.windows.is_empty() {
        return Truth::No;
    }
    let assigned = assigned.of(&own);
    if assigned.open.contains(&event) {
        return Truth::Open;
    }
    let Some(ways) = assigned.serves.get(&event) else { return Truth::No };
    let another = |serves: &Option<Serves>| serves.is_some_and(|serves| serves != own);
    match (ways.iter().any(another), ways.iter().all(another)) {
        (false, _) => Truth::No,
        (true, true) => Truth::Yes,
        (true, false) => Truth::Open,
    }
}

/// The events that do not serve another instance for certain, in the order of the facts; nothing where they are not told apart.
pub fn may_serve<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Option<Vec<Row>> {
    // A form that is looked up on the subject may leave an event out for one of them only.
    if case.body.form.iter().any(|form| form.record != wanted.events.record) {
        return None;
    }
    let (own, by) = told_apart(judge, case, wanted)?;
    // What is evidence for one subject may be none for another.
    if by == By::Order && is_parted(case, wanted) {
        return None;
    }
    let assigned = assigned(judge, case, wanted, by)?;
    if by == By::Window && assigned.windows.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = assigned.own.get(&own).into_iter().flatten().chain(&assigned.others).copied().collect();
    rows.sort_unstable();
    Some(rows)
}

/// The instance as something that events serve, where that is told by their order or by the windows of a cycle.
fn told_apart<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Option<(Serves, By)> {
    if wanted.conditions == Conditions::OnTheDayOfTheAct {
        return None;
    }
    if let (true, None, Some(period)) = (may_roam(&mut judge.ask, case), wanted.counted_for, case.instance.period) {
        return Some((Serves::Period(period), By::Window));
    }
    told_by_order(case, wanted).map(|var| (Serves::Subject(judge.ask.var(var)), By::Order))
}

/// Whether it may be told of a row that does not serve that it was passed over.
fn may_be_told<'w, T: Trace>(ask: &mut Ask<'w, T>, wanted: Wanted<'w>, row: Row) -> bool {
    let day = ask.own_day(wanted.events.record, row).and_then(DayBounds::exact);
    let Some(on) = day.filter(|_| T::ON) else { return false };
    ask.bind(wanted.events.var, row);
    !is_anothers(ask, wanted.events, on)
}

/// What tells which instance an event serves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Window,
    Order,
}

/// Which instance each event serves; worked out once for all instances.
fn assigned<'j, 'w, T: Trace>(
    judge: &'j mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    by: By,
) -> Option<&'j Assigned> {
    let option = wanted.option.map(|(field, option)| (field, option.to_owned()));
    // The periods of a cycle belong to the terms that ran when they began.
    let term = judge.ask.term.filter(|_| case.norm.cycle.is_none());
    let of = match by {
        By::Window => {
            let subject = case.instance.subject.map(|(_, row)| row);
            (case.body.span, option, subject, case.instance.bearer, term)
        }
        By::Order => (case.body.span, option, None, case.instance.bearer, term),
    };
    if !judge.assignments.contains_key(&of) {
        judge.ask.trace.hush();
        let vars = judge.ask.vars.clone();
        let before = (judge.ask.period, judge.ask.on, judge.ask.by);
        let mut assigned = match by {
            By::Window => by_window(judge, case, wanted),
            By::Order => by_order(judge, case, wanted),
        };
        if by == By::Window || !is_parted(case, wanted) {
            let rows = judge.ask.candidates(wanted.events).all(judge.ask.world.facts, wanted.events.record);
            assigned.part(rows, |row| by == By::Window || may_be_told(&mut judge.ask, wanted, row));
        }
        judge.ask.vars = vars;
        (judge.ask.period, judge.ask.on, judge.ask.by) = before;
        judge.ask.trace.speak();
        judge.assignments.insert(of.clone(), assigned);
    }
    judge.assignments.get(&of)
}

/// Whether an event of some day in a span could be late for an instance: on a day that no window holds.
pub fn may_be_late<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    (first, last): (Day, Day),
) -> bool {
    if wanted.counted_for.is_some() || !roams(judge, case, wanted) {
        return true;
    }
    let Some(assigned) = assigned(judge, case, wanted, By::Window) else { return true };
    let mut next = first;
    for (from, through) in &assigned.windows {
        if next > last || *from > next {
            break;
        }
        next = next.max(through.plus_days(1));
    }
    next <= last
}

/// A wording under which a subject may be, and the events that it looks for.
struct Wording<'w> {
    id: NormId,
    norm: &'w Norm,
    body: &'w Body,
    wanted: Wanted<'w>,
}

/// The wordings of a clause that take their evidence from the same events: what serves a subject under one of them serves none under
/// another. The first is that of the case.
fn wordings<'w>(plan: &'w Plan, case: &Case<'w>, wanted: Wanted<'w>) -> Vec<Wording<'w>> {
    let mut all = vec![Wording { id: case.instance.norm, norm: case.norm, body: case.body, wanted }];
    let record = case.norm.subjects.first().map(|of| of.record);
    for (id, norm) in plan.norms_of(case.norm.clause).filter(|(id, _)| *id != case.instance.norm) {
        let read = norm.bodies.iter().find(|body| body.reading == case.body.reading);
        let Some(body) = read.or(norm.bodies.first()) else { continue };
        let NormTest::Happens { events, counted_for, .. } = &body.test else { continue };
        let fits = events.record == wanted.events.record
            && norm.cycle.is_none()
            && norm.subjects.len() == 1
            && norm.subjects.first().map(|of| of.record) == record
            && norm.subjects.first().is_some_and(|of| !names_a_row(events, of.var))
            && is_parted_by(norm, events) == is_parted(case, wanted);
        if fits {
            all.push(Wording { id, norm, body, wanted: Wanted { events, counted_for: *counted_for, ..wanted } });
        }
    }
    all
}

/// What may be done, in the order of the days.
struct Done {
    row: Row,
    deed: Deed,
    /// Whether it is what each of the wordings asks for.
    rights: Vec<Truth>,
}

impl Done {
    fn is_certain(&self) -> bool {
        self.rights.iter().all(|right| right.is_yes() || right.is_no()) && self.day().is_some()
    }

    fn day(&self) -> Option<Day> {
        self.deed.day.and_then(DayBounds::exact)
    }
}

/// The events that count, or might; of the same day in the order of their names, so that a file's order decides nothing.
fn events<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wordings: &[Wording<'w>]) -> Vec<Done> {
    let Some(record) = wordings.first().map(|one| one.wanted.events.record) else { return Vec::new() };
    let facts = judge.ask.world.facts;
    let mut events: Vec<Done> = Vec::new();
    let mut places: BTreeMap<Row, usize> = BTreeMap::new();
    for (at, wording) in wordings.iter().enumerate() {
        let case = Case { norm: wording.norm, body: wording.body, ..*case };
        let since = if case.names_subject(wording.wanted.events) { case.life.bearer_since } else { case.life.since };
        let rows = judge.ask.candidates(wording.wanted.events);
        for row in rows.all(facts, record) {
            let deed = deed(&mut judge.ask, &case, wording.wanted, row);
            // What lies, on whichever day, outside of the days that count takes nothing from any.
            let counts = |day: DayBounds| day.exact().is_some() || day.may_lie_in(since, judge.ask.world.as_of);
            if deed.right.is_no() || !deed.day.is_none_or(counts) {
                continue;
            }
            let known = if at == 0 { None } else { places.get(&row).copied() };
            match known.and_then(|known| events.get_mut(known)) {
                Some(done) => {
                    done.deed.right = done.deed.right.or(deed.right);
                    done.rights.resize(at, Truth::No);
                    done.rights.push(deed.right);
                }
                None => {
                    if wordings.len() > 1 {
                        places.insert(row, events.len());
                    }
                    let mut rights = vec![Truth::No; at];
                    rights.push(deed.right);
                    events.push(Done { row, deed, rights });
                }
            }
        }
    }
    events.sort_by_key(|one| (one.day(), facts.id(record, one.row), one.row));
    events
}

/// It is not known who bears a claim.
#[derive(Clone, Copy)]
struct NotKnown;

struct Claim {
    serves: Serves,
    first: Day,
    last: Day,
    field: Field,
    lacks: usize,
    /// It may be that the clause does not reach its subject.
    open: bool,
    /// Its subject's day, or an end of its window, is not exactly known.
    inexact: bool,
    /// The event that is its own subject.
    never: Option<Row>,
    /// The wording that speaks of its subject.
    wording: usize,
    /// What is evidence for its subject, or may be, where that is not the same for all.
    passes: Option<Vec<(Row, Truth)>>,
    /// Who bears it, where a field of its subject says so and it is known; evidence is used once for each bearer.
    bearer: Result<Option<Row>, NotKnown>,
}

impl Claim {
    /// Whether an event is evidence for its subject; nothing where it is not for certain, or that is the same for all.
    fn passes(&self, event: Row) -> Option<Truth> {
        let passes = self.passes.as_ref()?;
        let at = passes.binary_search_by_key(&event, |(row, _)| *row).ok()?;
        passes.get(at).map(|(_, right)| *right)
    }

    /// How an event counts for it, taken to be of the kind that it may be. An event is never its own successor.
    fn counts(&self, event: &Done, taken: bool) -> Counts {
        let right = match &self.passes {
            Some(_) => self.passes(event.row).unwrap_or(Truth::No),
            None => event.rights.get(self.wording).copied().unwrap_or(Truth::No),
        };
        if self.never == Some(event.row) || right.is_no() {
            return Counts::Not;
        }
        self.field.counts(Deed { right: if taken { Truth::Yes } else { right }, ..event.deed })
    }
}

/// So many claims and events of which it is open whether they count are tried both ways.
const TRIED: usize = 4;

fn by_order<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Assigned {
    let wordings = wordings(judge.ask.world.plan, case, wanted);
    let mut deeds = BTreeMap::new();
    let claims = subjects(judge, case, &wordings, &mut deeds);
    let mut assigned = Assigned::default();
    if is_parted(case, wanted) {
        for (at, claims) in groups(&claims).into_iter().enumerate() {
            let events = events_of_claims(judge, wanted, (&claims, &deeds));
            let mut group = Assigned::default();
            in_every_way(&claims, &events.iter().collect::<Vec<_>>(), &mut group);
            assigned.group_of.extend(claims.iter().map(|claim| (claim.serves, at)));
            assigned.groups.push(group);
        }
    } else {
        let events = events(judge, case, &wordings);
        in_every_way(&claims.iter().collect::<Vec<_>>(), &events.iter().collect::<Vec<_>>(), &mut assigned);
    }
    assigned
}

/// Claims of one bearer that some evidence ties together, each group in the order of the claims. One whose bearer is not known may be
/// of any.
fn groups(claims: &[Claim]) -> Vec<Vec<&Claim>> {
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
fn lead(leads: &mut [usize], mut at: usize) -> usize {
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
fn events_of_claims<'w, T: Trace>(
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
    let done = |(row, rights)| Some(Done { row, deed: *deeds.get(&row)?, rights });
    let mut events: Vec<Done> = rights.into_iter().filter_map(done).collect();
    let (facts, record) = (judge.ask.world.facts, wanted.events.record);
    events.sort_by_key(|one| (one.day(), facts.id(record, one.row), one.row));
    events
}

/// Assigns events to claims by their order, in every way in which what is open may be.
fn in_every_way(claims: &[&Claim], events: &[&Done], assigned: &mut Assigned) {
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

impl Assigned {
    /// What is assigned in the group that an instance is in.
    fn of(&self, own: &Serves) -> &Assigned {
        self.group_of.get(own).and_then(|at| self.groups.get(*at)).unwrap_or(self)
    }

    /// Parts the events that each serve some instance from all others. Those that are looked at in vain are left out where nothing
    /// of an instance's own is asked of them and they are not told.
    fn part(&mut self, rows: Vec<Row>, mut idle_counts: impl FnMut(Row) -> bool) {
        for row in rows {
            let ways = self.serves.get(&row);
            if let (false, Some(ways)) = (self.open.contains(&row), ways)
                && let Some(serves) = ways.iter().copied().collect::<Option<Vec<Serves>>>()
            {
                serves.into_iter().for_each(|one| self.own.entry(one).or_default().push(row));
            } else if ways.is_some() || self.open.contains(&row) || idle_counts(row) {
                self.others.push(row);
            }
        }
    }

    /// One more way in which an event may serve.
    fn adds(&mut self, event: Row, serves: Option<Serves>) {
        let ways = self.serves.entry(event).or_default();
        if !ways.contains(&serves) {
            ways.push(serves);
        }
    }
}

/// Where too much is open to try it: an event that may serve several subjects may serve any of them.
fn several(claims: &[&Claim], events: &[&Done], assigned: &mut Assigned) {
    for event in events {
        let mut may =
            claims.iter().filter(|claim| !matches!(claim.counts(event, false), Counts::Not | Counts::TooEarly));
        match (may.next(), may.next()) {
            (Some(claim), None) => assigned.adds(event.row, Some(claim.serves)),
            (Some(_), Some(_)) => {
                assigned.open.insert(event.row);
            }
            (None, _) => assigned.adds(event.row, None),
        }
    }
}

/// Each claim takes the earliest events that are in time for it, then those that are late, as far as it lacks some. Events are in
/// the order of their days.
fn in_order(claims: &[&Claim], events: &[&Done]) -> BTreeMap<Row, Serves> {
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
fn subjects<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wordings: &[Wording<'w>],
    deeds: &mut BTreeMap<Row, Deed>,
) -> Vec<Claim> {
    let Some(record) = case.norm.subjects.first().map(|of| of.record) else { return Vec::new() };
    let several = judge.ask.world.plan.norms_of(case.norm.clause).nth(1).is_some();
    let amended = judge.ask.world.plan.is_amended(case.norm.clause);
    let force = judge.ask.law.chosen(case.norm);
    let bearer = bearer_of(case.norm, &case.instance).and_then(|(of, _, row)| lasting_days(&mut judge.ask, of, row));
    let facts = judge.ask.world.facts;
    let parted = wordings.first().is_some_and(|own| is_parted(case, own.wanted));
    let mut claims: Vec<Claim> = Vec::new();
    for subject in facts.rows(record) {
        let by = judge.ask.world.as_of;
        let own = judge.ask.world.day_of(record, subject);
        let dated = own.is_some();
        let bounds = own.as_ref().and_then(Val::day_bounds);
        let day = bounds.and_then(DayBounds::exact);
        let on = day.unwrap_or(by);
        let outside = |day: DayBounds| day.last < force.from || day.first >= force.until;
        let spoken_of = match day.filter(|_| several) {
            Some(day) => match by_wording(&mut judge.ask, case, wordings, (subject, day)) {
                Some(at) => at,
                None => continue,
            },
            None if !amended && bounds.is_some_and(outside) => continue,
            None => 0,
        };
        let Some(wording) = wordings.get(spoken_of) else { continue };
        let Some(of) = wording.norm.subjects.first() else { continue };
        if own == Some(Val::Absent) {
            continue;
        }
        judge.ask.bind(of.var, subject);
        let lacks = judge.ask.asked(on, by, |ask| needed(ask, &wording.body.test));
        let event = judge.ask.world.shape(of.record).is_event();
        let known = if event { by } else { on.min(by) };
        let mut reached = judge.ask.asked_of(on, known, |ask| ask.holds(&of.filter));
        reached = reached.and(judge.ask.world.cancelled(of.record, subject).opposite());
        if let (Some(lasts), Some(day)) = (bearer, day) {
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
        let none = |edge: EdgeDay| matches!(edge, EdgeDay::NoDay | EdgeDay::NoSuchDay | EdgeDay::NotYet);
        if none(frame.first) || none(frame.last) {
            continue;
        }
        let mut claim = claim(judge, case, wording.wanted, (Serves::Subject(subject), frame, lacks.unwrap_or(1)));
        claim.wording = spoken_of;
        claim.open = !reached.is_yes();
        claim.never = (of.record == wording.wanted.events.record).then_some(subject);
        if dated && day.is_none() {
            claim.field.frame = match bounds.filter(|day| day.first > Day::MIN && day.last < Day::MAX) {
                Some(day) => {
                    let mut at = |on| judge.ask.asked(on, by, |ask| ask.frame(wording.body, extended));
                    let (early, late) = (at(day.first), at(day.last));
                    let (first, last) = (either(early.first, late.first), either(early.last, late.last));
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
        claim.inexact = lacks.is_none() || !known(claim.field.frame.first) || !known(claim.field.frame.last);
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
    claims.sort_by_key(|claim| {
        let name = if let Serves::Subject(row) = claim.serves { facts.id(record, row) } else { "" };
        (claim.last, claim.first, name)
    });
    claims
}

/// Who bears what is asked of the subject that is bound, where a field of it says so.
fn borne_by<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Result<Option<Row>, NotKnown> {
    let Some(Bearer::Field(field)) = &norm.bearer else { return Ok(None) };
    match ask.field(field) {
        Val::Row(_, row) => Ok(Some(row)),
        Val::Absent => Ok(None),
        _ => Err(NotKnown),
    }
}

/// What is evidence for the subject that is bound, or may be.
fn passing<'w, T: Trace>(
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

/// The wording that speaks of a subject, by its number; nothing where none does.
fn by_wording<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    case: &Case<'w>,
    wordings: &[Wording<'w>],
    (subject, day): (Row, Day),
) -> Option<usize> {
    let instance = Instance { subject: Some((0, subject)), ..case.instance };
    let speaks = wording_for(ask, case.norm.clause, case.instance.norm, &instance, (Own::On(day), day))?;
    let at = wordings.iter().position(|one| one.id == speaks.norm)?;
    let there = match speaks.how {
        How::FromItsBeginning => wordings.get(at).is_some_and(|one| ask.law.chosen(one.norm).contains(day)),
        How::TakenOver => true,
        How::FallenAway(_) => false,
    };
    there.then_some(at)
}

/// An end of a window that is one or the other, or lies between.
fn either(one: EdgeDay, other: EdgeDay) -> EdgeDay {
    match (one, other) {
        (EdgeDay::On(a), EdgeDay::On(b)) => EdgeDay::On(DayBounds::within(a.first.min(b.first), a.last.max(b.last))),
        (one, other) if one == other => one,
        (_, _) => EdgeDay::Unknown,
    }
}

fn claim<'w, T: Trace>(
    judge: &Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    (serves, frame, lacks): (Serves, Frame, usize),
) -> Claim {
    let since = if case.names_subject(wanted.events) { case.life.bearer_since } else { case.life.since };
    let as_of = judge.ask.world.as_of;
    let field = Field { frame, period: None, since, until: Day::MAX, as_of, enough: None };
    let (first, last) = (frame.first_bounds().0, frame.last_bounds().0);
    Claim {
        serves,
        first,
        last,
        field,
        lacks,
        open: false,
        inexact: false,
        never: None,
        wording: 0,
        passes: None,
        bearer: Ok(None),
    }
}

/// Events by the windows of a cycle's periods.
fn by_window<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Assigned {
    let own = own_of(&mut judge.ask, case.norm, &case.instance);
    let periods: Vec<CyclePeriod> = listed_periods(&mut judge.ask, case.norm);
    let mut claims = Vec::new();
    let mut reaches_out = false;
    let before = (judge.ask.term, judge.ask.cycle);
    for period in periods.iter().copied() {
        judge.ask.period = Some(period);
        let instance = Instance { period: Some(period), ..case.instance };
        turn_to_term(&mut judge.ask, case.norm, &instance);
        let extended = extended(&mut judge.ask, case, instance);
        let began = began_on(&mut judge.ask, case.norm, &instance, own);
        let by = began.min(judge.ask.world.as_of);
        let asks = applies(&mut judge.ask, case.norm, case.body, &instance, began);
        if asks.is_no() {
            continue;
        }
        let (frame, lacks) = judge
            .ask
            .asked(began, by, |ask| (ask.frame(case.body, extended), needed(ask, &case.body.test).unwrap_or(1)));
        if let EdgeDay::On(last) = frame.last {
            let there = is_there(&mut judge.ask, case, period, last.last);
            if there.is_no() {
                continue;
            }
            let begins_before = matches!(frame.first, EdgeDay::On(first) if first.first < period.first());
            reaches_out |= last.last > period.last() || last.first < period.first() || begins_before;
            let claim = claim(judge, case, wanted, (Serves::Period(period), frame, lacks));
            claims.push(Claim { open: !asks.and(there).is_yes(), ..claim });
        }
    }
    let begun = begun_already(judge, (case.norm, case.body), (case.instance, own), periods.last().copied());
    reaches_out |= !begun.is_empty();
    let claimed = begun.into_iter().map(|(period, frame)| (Serves::Period(period), frame, 1));
    claims.extend(claimed.map(|of| claim(judge, case, wanted, of)));
    judge.ask.period = case.instance.period;
    (judge.ask.term, judge.ask.cycle) = before;
    if !reaches_out {
        return Assigned::default();
    }
    claims.sort_by_key(|claim| (claim.first, claim.last));
    let own = Wording { id: case.instance.norm, norm: case.norm, body: case.body, wanted };
    let events = events(judge, case, &[own]);
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
            let at = by_day((&claims, in_order), &mut left, deed);
            if let Some((at, lacks)) = at.and_then(|at| Some((at, lacks.get_mut(at)?))) {
                *lacks = lacks.saturating_sub(1);
                if *lacks == 0 {
                    left.take(at);
                }
            }
            assigned.adds(one.row, at.and_then(|at| claims.get(at)).map(|claim| claim.serves));
        }
    }
    assigned
}

/// Whether the subject and the bearer of the case last in a period, and came by the last day of its window. Who was not there takes no
/// evidence for it.
fn is_there<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, period: CyclePeriod, last: Day) -> Truth {
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
const AHEAD: usize = 12;

/// So many ways in which the days of events may lie, and in which what is open may count, are tried.
const WAYS: usize = 256;

/// The days on which an event may have happened, one for each way that it lies to the windows; nothing where it may not count.
fn choices(claims: &[Claim], one: &Done, as_of: Day) -> Vec<Option<Day>> {
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
fn by_day((claims, in_order): (&[Claim], bool), left: &mut Left, deed: Deed) -> Option<usize> {
    let day = deed.day.and_then(DayBounds::exact)?;
    // The windows are in the order of their first days, and those of a cycle nearly always of their last days too.
    let begun = claims.partition_point(|claim| claim.first <= day);
    let ended = if in_order { claims.partition_point(|claim| claim.last < day) } else { 0 };
    let mut at = left.next(ended);
    while let Some(claim) = claims.get(at).filter(|_| at < begun) {
        if claim.field.counts(deed) == Counts::InTime {
            return Some(at);
        }
        at = left.next(at.saturating_add(1));
    }
    // One that no instance lacks any more is left over with the first whose window holds it.
    let holding = claims.get(ended..begun).unwrap_or(&[]).iter().position(|claim| day <= claim.last);
    if let Some(spare) = holding {
        return Some(ended.saturating_add(spare));
    }
    let mut at = left.next(0);
    while let Some(claim) = claims.get(at).filter(|_| !in_order || at < ended) {
        if claim.last < day {
            return Some(at);
        }
        at = left.next(at.saturating_add(1));
    }
    None
}

/// The variable of the subjects, where only order tells which subject an event serves. What may be done so often at most is done
/// too often by every act.
fn told_by_order(case: &Case, wanted: Wanted) -> Option<Var> {
    let [of] = case.norm.subjects.as_slice() else { return None };
    let limits = match &case.body.test {
        NormTest::Happens { count: Count::Times { limit, .. } | Count::About { limit, .. }, .. } => {
            matches!(limit, Limit::AtMost | Limit::LessThan)
        }
        _ => false,
    };
    (case.norm.cycle.is_none() && !limits && !names_a_row(wanted.events, of.var)).then_some(of.var)
}

/// Whether the subject says of an event, or the event of a subject, that it is its own. What only shares a field with it may be
/// another's.
fn names_a_row(events: &Collection, subject: Var) -> bool {
    events.filter.mentions(subject) && (events.filter.names(subject) || events.filter.names(events.var))
}

/// Whether what is evidence for one subject may be none for another.
fn is_parted(case: &Case, wanted: Wanted) -> bool {
    is_parted_by(case.norm, wanted.events)
}

fn is_parted_by(norm: &Norm, events: &Collection) -> bool {
    norm.subjects.first().is_some_and(|of| events.filter.mentions(of.var))
}

/// How many events an instance needs; nothing where that is not known.
fn needed<'w, T: Trace>(ask: &mut Ask<'w, T>, test: &'w NormTest) -> Option<usize> {
    let NormTest::Happens { count, .. } = test else { return Some(1) };
    let (times, more) = match count {
        Count::Times { limit: Limit::AtLeast | Limit::Exactly, times } => (times, 0),
        Count::Times { limit: Limit::MoreThan, times } => (times, 1),
        Count::About { least, .. } => (least, 0),
        Count::OfEach { least, .. } => return usize::try_from(*least).ok(),
        Count::Times { limit: Limit::AtMost | Limit::LessThan, .. } => return Some(1),
    };
    let number = ask.value(times).bounds().exact().and_then(Number::to_i64)?;
    usize::try_from(number).ok()?.checked_add(more)
}
