//! The last day of another clause, from which windows are counted: none where that asks for nothing in the case.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::facts::Row;
use crate::model::amendment::Began;
use crate::model::clause::{Bearer, CutCounts, CycleOf};
use crate::model::expr::{ClauseId, Collection, CondKind};
use crate::model::schema::{RecordId, Shape};
use crate::plan::{Body, Norm, NormTest, Plan, Trigger};
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::{Holder, ShareOf};

use super::ask::{Ask, Stepping, names_others, of_clause};
use super::conditions::some;
use super::cut::over_with_what_binds;
use super::edges::{last_of, last_that_comes};
use super::extended::extended;
use super::form::{period_of_term, term_beside_cycle};
use super::frame::{EdgeDay, Frame};
use super::judged::as_judged;
use super::let_off::let_off;
use super::of_the_case::{Part, as_it_binds, row_of_the_case, rows_of_the_case};
use super::readings::{first_as_taken, may_differ, taken_as};
use super::sharers::{is_a_sharer, is_to_be_shared};
use super::terms::days_of_all_terms;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;

/// The last day of another clause for the same rows and period.
pub fn due_day<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Val<'w> {
    match ask.due_edge(clause) {
        EdgeDay::On(day) => Val::Day(day),
        EdgeDay::NotYet | EdgeDay::None | EdgeDay::NoDay => Val::Absent,
        EdgeDay::NoSuchDay => Val::NoSuchDay,
        EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable => Val::Unknown,
    }
}

impl<'w, T: Trace> Ask<'w, T> {
    /// The last day of another clause, as an edge of a window.
    pub fn due_edge(&mut self, clause: ClauseId) -> EdgeDay {
        of_clause(self, clause, |ask| {
            let began = with_whoever_came(ask, clause);
            let Some(norm) = ask.law.wording_on(clause, began) else { return EdgeDay::Unknown };
            if let Some(alike) = wording_of_the_period(ask, norm) {
                return as_taken_over(ask, alike);
            }
            // In a period in which it is not in force it makes nothing due.
            if ask.period.is_some() && !ask.law.chosen(norm).contains(began) {
                return EdgeDay::NoDay;
            }
            let first = first_of_due_once(ask, clause).unwrap_or(norm);
            as_taken_over(ask, first)
        })
    }
}

/// The wording of another clause that has the very period that is asked about, where the one of its first day cuts time otherwise: the first
/// period of a new wording is the one in which it takes effect.
fn wording_of_the_period<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Option<&'w Norm> {
    let (period, cycle) = (ask.period?, ask.cycle?);
    let has_it = |norm: &Norm| matches!(&norm.cycle, Some(CycleOf::Calendar(own)) if *own == cycle);
    if has_it(norm) || norm.cycle.is_none() {
        return None;
    }
    // Nobody has a period of a wording that was over when they came.
    let came = came_within(ask, norm, Some(period)).unwrap_or(Day::MIN);
    let speaks = |force: Stretch| !force.intersect(period.stretch).is_empty() && came < force.until;
    let mut all = ask.world.plan.norms_of(norm.clause).map(|(_, other)| other);
    all.find(|other| has_it(other) && speaks(ask.law.chosen(other)))
}

/// The first wording of what is due once and for no subject: it begins under that, as far as can be told, and goes on to the next one
/// where its last day has not passed.
fn first_of_due_once<'w, T: Trace>(ask: &Ask<'w, T>, clause: ClauseId) -> Option<&'w Norm> {
    let plan = ask.world.plan;
    let wordings = || plan.norms_of(clause).map(|(_, norm)| norm).filter(|_| plan.is_amended(clause));
    let once = |norm: &Norm| norm.subjects.is_empty() && norm.cycle.is_none() && norm.of_term.is_none();
    wordings().find(|norm| wordings().all(once) && !ask.law.chosen(norm).is_empty())
}

/// The day that tells by which wording another clause speaks of a period.
fn with_whoever_came<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Day {
    let several = ask.world.plan.norms_of(clause).nth(1).is_some();
    let (Some(period), Some(norm)) = (ask.period.filter(|_| several), ask.law.wording_on(clause, ask.on)) else {
        return ask.on;
    };
    came_within(ask, norm, Some(period)).map_or(ask.on, |came| ask.on.max(came))
}

/// The day on which whoever another clause speaks of has come, where that is in the course of a period or before: it does not begin for
/// them before.
fn came_within<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, period: Option<CyclePeriod>) -> Option<Day> {
    let lasts = |(of, _): &(&Collection, Row)| of.members_of.is_some() || !ask.world.shape(of.record).is_event();
    let whom: Vec<(&Collection, Row)> = of_whom(ask, norm).into_iter().filter(lasts).collect();
    day_they_came(ask, Day::MIN, whom.into_iter()).filter(|came| period.is_none_or(|period| *came <= period.last()))
}

/// Whether a body shares a cost, or asks for a share of one that has several wordings: that is shared by the wording of its subject's day.
pub fn of_an_amended_cost(plan: &Plan, body: &Body) -> bool {
    match body.test {
        NormTest::PaysShare(cost) => plan.is_amended(cost) || plan.norms_of(cost).nth(1).is_some(),
        NormTest::Shared { .. } => true,
        _ => false,
    }
}

/// The last day under a wording, or under the one by which an amendment has taken over what began under it and had not run out.
fn as_taken_over<'w, T: Trace>(ask: &mut Ask<'w, T>, first: &'w Norm) -> EdgeDay {
    fn under<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> EdgeDay {
        as_it_binds(ask, norm, |ask, rows| due_edge_of(ask, norm, rows)).unwrap_or(EdgeDay::Unknown)
    }
    let (plan, as_of) = (ask.world.plan, ask.leans_by.unwrap_or(ask.world.as_of));
    // What is due before the day that tells the wording has that of its last day.
    let wordings: Vec<&'w Norm> = plan.norms_of(first.clause).map(|(_, one)| one).collect();
    let there: Vec<&'w Norm> = wordings.into_iter().filter(|one| !ask.law.chosen(one).is_empty()).collect();
    for (older, newer) in there.iter().zip(there.iter().skip(1)) {
        let on = ask.law.chosen(newer).from;
        if on > ask.on
            || ask.law.chosen(older).until != on
            || older.bodies.iter().any(|body| of_an_amended_cost(plan, body))
        {
            continue;
        }
        let passed = |last: EdgeDay| matches!(last, EdgeDay::On(day) if day.last < on);
        let last = under(ask, older);
        // Whoever was there on it.
        let rows = rows_of_the_case(ask, newer);
        let worded = ask
            .quietly(|ask| {
                ask.aside(&rows, |ask| {
                    let body = first_as_taken(ask, newer)?;
                    Some(last_of(ask, body))
                })
            })
            .flatten();
        if passed(last) || (matches!(last, EdgeDay::On(_)) && worded.is_some_and(passed)) {
            return last;
        }
    }
    let over = |last: EdgeDay, on: Day| last == EdgeDay::NoDay || matches!(last, EdgeDay::On(day) if day.last < on);
    let (mut norm, mut last) = (first, under(ask, first));
    // Something due once, for no subject, has no day on which it began by which it could keep its wording.
    let once = first_of_due_once(ask, first.clause).is_some();
    // Each step goes on to a later wording, so there are no more steps than wordings.
    for _ in plan.norms_of(first.clause) {
        let Some(cut) = ask.law.cut_of(norm, as_of).filter(|cut| once || cut.began == Began::IsTakenOver) else {
            break;
        };
        if over(last, cut.on) && !came_after_it(ask, norm, last) && !names_others(ask, norm.bearer.as_ref()) {
            break;
        }
        let mut wordings = plan.norms_of(first.clause).map(|(_, one)| one);
        let Some(next) = wordings.find(|one| ask.law.chosen(one).contains(cut.on)) else { return EdgeDay::NoDay };
        let alike = match (&norm.cycle, &next.cycle) {
            (None, None) => true,
            (Some(CycleOf::Calendar(one)), Some(CycleOf::Calendar(other))) => one == other,
            (_, _) => false,
        };
        if !alike {
            break;
        }
        let later = under(ask, next);
        // A new last day that had passed before the wording took effect is nobody's.
        if matches!(later, EdgeDay::On(day) if day.last < cut.on) {
            break;
        }
        (norm, last) = (next, later);
    }
    last
}

/// Whether whom another clause speaks of came after its last day: what had run out before they came had not run out for them.
fn came_after_it<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, last: EdgeDay) -> bool {
    let Some(came) = came_within(ask, norm, ask.period) else { return false };
    match (ask.period, last) {
        (Some(period), EdgeDay::NoDay) => period.first() < came,
        (Some(_), _) => false,
        (None, EdgeDay::On(day)) => day.last < came,
        // A last day before they came is none for whoever bears it.
        (None, EdgeDay::NoDay) => {
            let rows = rows_of_the_case(ask, norm);
            let worded = |ask: &mut Ask<'w, T>| {
                let body = first_as_taken(ask, norm)?;
                Some(last_of(ask, body))
            };
            let worded = ask.quietly(|ask| ask.aside(&rows, worded)).flatten();
            matches!(worded, Some(EdgeDay::On(day)) if day.last < came)
        }
        (None, _) => false,
    }
}

fn due_edge_of<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, rows: &[Row]) -> EdgeDay {
    if names_others(ask, norm.bearer.as_ref()) {
        return EdgeDay::NoDay;
    }
    if let (Some(term), Some(period)) = (norm.during, ask.period)
        && ask.term_on(term, period.last()).is_some_and(|(_, days)| days.intersect(period.stretch).is_empty())
    {
        return EdgeDay::NoDay;
    }
    let settled = settled_on(ask, norm, rows);
    match is_due(ask, norm).and(asked_as_of(ask, settled, |ask| concerns(ask, norm))) {
        Truth::Yes => {}
        Truth::No => return EdgeDay::NoDay,
        Truth::Open => return EdgeDay::Unknown,
        Truth::Person => return EdgeDay::NoSuchDay,
    }
    let readings = taken_as(ask, norm);
    let before = ask.term;
    let own = (ask.period, ask.cycle);
    match (term_beside_cycle(norm), ask.period) {
        (Some(term), period) if matches!(norm.cycle, Some(CycleOf::EachTerm(_))) => {
            let on = period.map_or(ask.on, |period| period.first());
            ask.term = before.filter(|(of, _)| *of == term).or_else(|| ask.term_on(term, on));
            (ask.period, ask.cycle) = (ask.term.map(|(_, days)| period_of_term(days)), None);
        }
        (Some(term), Some(period)) if before.is_none() => ask.term = ask.term_on(term, period.first()),
        (None, None) if norm.of_term.is_some() => {
            let whom = of_whom(ask, norm);
            // What came after the last term makes nothing due.
            let came = day_it_came(ask, norm, whom.iter().copied()).filter(|came| *came <= ask.world.as_of);
            let ended = came.zip(norm.of_term).and_then(|(came, term)| Some((came, ask.term_on(term, came)?.1)));
            if ended.is_some_and(|(came, days)| days.until <= came) {
                return EdgeDay::NoDay;
            }
            ask.term = term_it_came_in(ask, norm, whom.into_iter()).or(before);
        }
        (None, None) if norm.awaits.is_some() => {
            let as_of = ask.world.as_of;
            ask.term = norm.awaits.and_then(|term| ask.term_on(term, as_of)).or(before);
        }
        (_, _) => {}
    }
    // In a cycle of its own, its due day is that of its period in which the one that is asked about begins.
    if let (Some(CycleOf::Calendar(cycle)), Some(period)) = (&norm.cycle, ask.period)
        && ask.cycle != Some(*cycle)
    {
        let begins = came_within(ask, norm, Some(period)).map_or(period.first(), |came| period.first().max(came));
        (ask.period, ask.cycle) = (cycle.period_at(begins), Some(*cycle));
    }
    let extended = extended(ask, norm, rows);
    // What is due in a period of its own was asked for when that began.
    let asked = (ask.on, ask.by);
    if let Some(period) = ask.period.filter(|_| ask.period != own.0) {
        let began = came_within(ask, norm, Some(period)).map_or(period.first(), |came| period.first().max(came));
        (ask.on, ask.by) = (began, began.min(ask.world.as_of));
    }
    let binds = (ask.binds_since, ask.binds_until);
    let cut = ask.period.filter(|_| norm.cycle.is_some()).map(|period| (period, days_that_bind(ask, norm, period)));
    (ask.binds_since, ask.binds_until) = cut.map_or((Day::MIN, Day::MAX), |(_, (first, ends))| (first, ends.last));
    let each = readings
        .iter()
        .map(|body| ask.aside(rows, |ask| due_as_read(ask, (norm, body), settled)).unwrap_or(EdgeDay::Unknown));
    let mut each: Vec<EdgeDay> = each.map(|last| extended.of(last)).collect();
    (ask.binds_since, ask.binds_until) = binds;
    if let Some((period, ends)) = cut {
        for (body, last) in readings.iter().zip(&mut each) {
            *last = ask.aside(rows, |ask| as_cut_short(ask, (norm, body), (period, ends), *last)).unwrap_or(*last);
        }
    }
    ask.term = before;
    (ask.period, ask.cycle) = own;
    (ask.on, ask.by) = asked;
    let Some(first) = each.first().copied() else { return EdgeDay::Unknown };
    // Readings that give other days are for a person.
    if each.iter().any(|other| *other != first) {
        may_differ(ask, norm.clause);
        return EdgeDay::NoSuchDay;
    }
    if settled.is_some() && over_before(ask, norm, first).is_yes() {
        return EdgeDay::NoDay;
    }
    since_it_bears(ask, norm, first)
}

/// The day on which it was settled whether something due once, for nobody in particular, applied: its last day, where that has passed.
fn settled_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, rows: &[Row]) -> Option<Day> {
    if !norm.subjects.is_empty() || ask.period.is_some() || norm.cycle.is_some() {
        return None;
    }
    let body = taken_as(ask, norm).first()?;
    let last = ask.quietly(|ask| ask.aside(rows, |ask| last_of(ask, body)))?;
    Some(if let EdgeDay::On(day) = last { day.last.min(ask.on) } else { ask.on })
}

/// Asks as of the day on which something was settled.
fn asked_as_of<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    settled: Option<Day>,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    match settled {
        Some(day) if day < ask.on => ask.asked(day, day.min(ask.world.as_of), look),
        Some(_) | None => look(ask),
    }
}

/// Whether a clause is over before a last day of it that is for no subject: it is not owed then.
fn over_before<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, last: EdgeDay) -> Truth {
    let plain = matches!(&norm.bearer, Some(Bearer::Each(of)) if of.members_of.is_none() && ask.world.shape(of.record) == Shape::Plain);
    let EdgeDay::On(last) = last else { return Truth::No };
    let wordings = ask.world.plan.norms_of(norm.clause).map(|(_, one)| ask.law.chosen(one));
    let until = wordings.filter(|force| !force.is_empty()).map(|force| force.until).max();
    until.filter(|_| !plain).map_or(Truth::No, |until| DayBounds::exactly(until.preceding()).before(last))
}

/// The last day of another clause by one reading in a period that ends, or may end, with what binds: of one that is cut short, that day.
fn as_cut_short<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    (period, (first, ends)): (CyclePeriod, (Day, DayBounds)),
    last: EdgeDay,
) -> EdgeDay {
    if first > period.first() && norm.first_period == Some(CutCounts::NotAtAll) {
        return EdgeDay::NoDay;
    }
    if ends.first >= period.last() || !matches!(last, EdgeDay::On(_)) {
        return last;
    }
    if norm.last_period == Some(CutCounts::NotAtAll) {
        return if ends.last < period.last() { EdgeDay::NoDay } else { EdgeDay::Unknown };
    }
    let frame = Frame { last, ..ask.quietly(|ask| ask.frame(body, None)) };
    let cut = |ends: Day| over_with_what_binds(norm, Some(period), frame, ends).last;
    match (cut(ends.first), cut(ends.last)) {
        (EdgeDay::On(first), EdgeDay::On(last)) => EdgeDay::On(first.hull(last)),
        (_, last) => last,
    }
}

/// The first and the last day on which another clause binds the subject and the bearer that are bound, in a period: of its force, of the
/// term that cuts its periods, and of those.
fn days_that_bind<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, period: CyclePeriod) -> (Day, DayBounds) {
    let term = norm.during.and_then(|term| days_of_all_terms(ask, term, period.stretch));
    let first = term.map_or(Day::MIN, |days| days.from).max(ask.law.runs_since(norm));
    let first = came_within(ask, norm, Some(period)).map_or(first, |came| first.max(came));
    let until = term.map_or(Day::MAX, |days| days.until).min(ask.law.runs_on(norm));
    let mut ends = DayBounds::exactly(if until == Day::MAX { until } else { until.preceding() });
    for (of, row) in of_whom(ask, norm) {
        let last = match of.members_of {
            Some(clause) => ask.quietly(|ask| ask.member_days(clause, row)).map(|days| days.last()),
            None => ask.world.lasting(of.record, row).map(|(_, last)| EdgeDay::told(last)),
        };
        // Nobody knows yet of an end that has not come.
        let day = match last {
            Some(EdgeDay::On(day)) if day.exact().is_some() || day.first < ask.world.as_of => day,
            Some(EdgeDay::Unknown) => DayBounds::within(period.first(), Day::MAX),
            Some(_) | None => continue,
        };
        ends = DayBounds::within(ends.first.min(day.first), ends.last.min(day.last));
    }
    (first, ends)
}

/// The term from which something due once is reckoned: that which runs when its subject and its bearer have come and the clause is in
/// force; nothing while that day is not known.
pub fn term_it_came_in<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    of_whom: impl Iterator<Item = (&'w Collection, Row)>,
) -> Option<(ClauseId, Stretch)> {
    let term = norm.of_term?;
    let came = day_it_came(ask, norm, of_whom)?;
    ask.term_on(term, came)
}

/// The day on which its subject and its bearer have come and the clause is in force.
pub fn day_it_came<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    of_whom: impl Iterator<Item = (&'w Collection, Row)>,
) -> Option<Day> {
    let first = ask.law.first_day(norm.clause);
    day_they_came(ask, first, of_whom)
}

/// The day on which some rows have come, not before a first.
fn day_they_came<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    first: Day,
    of_whom: impl Iterator<Item = (&'w Collection, Row)>,
) -> Option<Day> {
    let mut came = first;
    for (of, row) in of_whom {
        let day = match of.members_of {
            Some(clause) => ask.quietly(|ask| ask.member_days(clause, row))?.from.exact().map(DayBounds::exactly),
            None => match ask.world.day_of(of.record, row) {
                // What has no day of its own is there from the first.
                None | Some(Val::Absent) => continue,
                Some(day) => day.day_bounds(),
            },
        };
        came = came.max(day.filter(|day| day.exact().is_some() || day.first > ask.world.as_of)?.first);
    }
    Some(came)
}

/// The rows of the case that another clause speaks of, as its subject and as its bearer.
fn of_whom<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm) -> Vec<(&'w Collection, Row)> {
    let subject = norm.subjects.first().and_then(|of| Some((of, row_of_the_case(ask, of.record, Part::Subject)?)));
    let bearer = match &norm.bearer {
        Some(Bearer::Each(of)) => row_of_the_case(ask, of.record, Part::Bearer).map(|row| (of, row)),
        _ => None,
    };
    subject.into_iter().chain(bearer).collect()
}

/// Whether what becomes due only `otherwise` is due for the subject and the bearer that are bound.
fn is_due<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm) -> Truth {
    if norm.trigger == Trigger::Always {
        return Truth::Yes;
    }
    let bearer = match (&norm.bearer, ask.actor) {
        (Some(Bearer::Each(of)), _) => {
            row_of_the_case(ask, of.record, Part::Bearer).map_or(Holder::TheOne, |row| Holder::Row(of.record, row))
        }
        (Some(Bearer::EachOf(actors)), Some(actor)) if actors.contains(&actor) => Holder::Actor(actor),
        _ => Holder::TheOne,
    };
    let period = ask.period.filter(|_| norm.cycle.is_some());
    let subject = norm.subjects.first().and_then(|of| row_of_the_case(ask, of.record, Part::Subject));
    ask.is_due(&(norm.clause, subject, bearer, period))
}

/// The last day of another clause for each of several bearers: none for one that came only after it.
fn since_it_bears<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, last: EdgeDay) -> EdgeDay {
    let (Some(Bearer::Each(of)), EdgeDay::On(day)) = (&norm.bearer, last) else { return last };
    let Some(row) = row_of_the_case(ask, of.record, Part::Bearer) else { return last };
    let lasts = match of.members_of {
        Some(clause) => ask.quietly(|ask| ask.member_days(clause, row)).map(|days| (days.from, days.last())),
        None => {
            let told = ask.world.lasting(of.record, row);
            told.map(|(from, until)| (EdgeDay::told(from), EdgeDay::told(until)))
        }
    };
    let Some((from, until)) = lasts else { return last };
    // Who has left before the day of its subject, or without one before its last day, owes nothing by it.
    let own = norm.subjects.first().and_then(|of| {
        let row = row_of_the_case(ask, of.record, Part::Subject)?;
        ask.own_day(of.record, row)
    });
    let owed = if norm.subjects.is_empty() { Some(day) } else { own }.filter(|_| ask.period.is_none());
    let has_left = match (until, owed) {
        // Nobody knows yet of an end that has not come.
        (EdgeDay::On(until), Some(owed)) if until.exact().is_some() || until.first < ask.world.as_of => {
            until.before(owed)
        }
        (EdgeDay::Unknown, Some(_)) => Truth::Open,
        (_, _) => Truth::No,
    };
    // Of what has a subject, those are bound who are there on its day.
    let by = own.filter(|_| ask.period.is_none()).unwrap_or(day);
    let came_later = if let EdgeDay::On(from) = from { by.before(from) } else { Truth::Open };
    match came_later.or(has_left) {
        Truth::No => last,
        Truth::Yes => EdgeDay::NoDay,
        Truth::Open | Truth::Person => EdgeDay::Unknown,
    }
}

/// Whether another clause speaks of the subject and the bearer that are bound: those that pass its filters, on a day of its force, and
/// that no exception lets off.
fn concerns<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Truth {
    let binds = binds(ask, norm);
    if binds.is_no() {
        return binds;
    }
    let on = (ask.on, Stepping::ForACase);
    // Of bearers of whom the case has none, each is asked by itself.
    let is_missing = bearer_missing(ask, norm).is_some();
    let Some(of) = norm.subjects.first() else {
        return if is_missing { binds } else { binds.and(let_off(ask, norm, &[], on).opposite()) };
    };
    let plain = matches!(of.filter.kind, CondKind::Always) && norm.yields_to.is_empty();
    let Some(row) = row_of_the_case(ask, of.record, Part::Subject) else { return binds };
    let day = ask.own_day(of.record, row).and_then(DayBounds::exact);
    let never = ask.period.is_none()
        && day
            .is_some_and(|day| ask.world.plan.norms_of(norm.clause).all(|(_, one)| !ask.law.chosen(one).contains(day)));
    if never {
        return Truth::No;
    }
    if plain {
        return binds;
    }
    let (on, as_of) = (day.unwrap_or(ask.on), ask.world.as_of);
    let by = if ask.world.shape(of.record).is_event() { as_of } else { on.min(as_of) };
    let passes = ask.asked_of(on, by, |ask| ask.holds(&of.filter)).and(binds);
    if passes.is_no() {
        return passes;
    }
    if is_missing {
        return passes;
    }
    passes.and(let_off(ask, norm, &[(of.record, row)], (on, Stepping::ForACase)).opposite())
}

/// Those each of whom bears another clause, where the case has none of them.
fn bearer_missing<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm) -> Option<&'w Collection> {
    let Some(Bearer::Each(of)) = &norm.bearer else { return None };
    row_of_the_case(ask, of.record, Part::Bearer).is_none().then_some(of)
}

/// Whether another clause binds whoever is bound, as far as its filter tells.
fn binds<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Truth {
    let Some(Bearer::Each(of)) = &norm.bearer else { return Truth::Yes };
    let Some(row) = row_of_the_case(ask, of.record, Part::Bearer) else { return Truth::Yes };
    let (on, as_of, before) = (ask.on, ask.world.as_of, ask.vars.clone());
    ask.bind(of.var, row);
    let passes = match of.filter.kind {
        CondKind::Always => Truth::Yes,
        _ => ask.asked_of(on, on.min(as_of), |ask| ask.holds(&of.filter)),
    };
    ask.vars = before;
    passes
}

/// The bearer that another clause has in the case: the case's own, or whom a field names.
fn bearer_of_the_case<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Option<(RecordId, Row)> {
    match &norm.bearer {
        Some(Bearer::Each(of)) => row_of_the_case(ask, of.record, Part::Bearer).map(|row| (of.record, row)),
        Some(Bearer::Field(field)) => match ask.quietly(|ask| ask.field(field)) {
            Val::Row(record, row) => Some((record, row)),
            _ => None,
        },
        _ => None,
    }
}

/// Who bears a clause in the case, where that is known.
fn who_bears<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Option<ShareOf> {
    if let Some((record, row)) = bearer_of_the_case(ask, norm) {
        return Some(ShareOf::Row(record, row));
    }
    match &norm.bearer {
        Some(Bearer::Actor(actor)) => Some(ShareOf::Actor(*actor)),
        Some(Bearer::EachOf(actors)) => ask.actor.filter(|one| actors.contains(one)).map(ShareOf::Actor),
        Some(Bearer::Each(_) | Bearer::Together(_) | Bearer::Field(_)) | None => None,
    }
}

/// The last day by one reading: none where its conditions do not hold.
fn due_as_read<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    settled: Option<Day>,
) -> EdgeDay {
    // What is asked of bearers of whom the case has none is asked of each, once it is known by when.
    let missing = bearer_missing(ask, norm);
    let applies = match missing.filter(|of| body.speaks_of(of.var)) {
        Some(_) => Truth::Yes,
        None => asked_as_of(ask, settled, |ask| ask.applies(&body.conditions)),
    };
    let mut applies = as_judged(ask, norm, applies);
    if let NormTest::PaysShare(cost) = body.test
        && !applies.is_no()
    {
        applies = applies.and(is_to_be_shared(ask, cost));
        if let (Some(who), false) = (who_bears(ask, norm), applies.is_no()) {
            let subject = norm.subjects.first().and_then(|of| row_of_the_case(ask, of.record, Part::Subject));
            applies = applies.and(is_a_sharer(ask, cost, (subject, who)));
        }
    }
    match applies {
        Truth::Yes => match (last_that_comes(ask, body), missing) {
            (EdgeDay::On(day), Some(of)) => if_anybody_bears_it(ask, (norm, body), of, day),
            (last, _) => last,
        },
        Truth::No => EdgeDay::NoDay,
        Truth::Open => EdgeDay::Unknown,
        Truth::Person => EdgeDay::NoSuchDay,
    }
}

/// The last day of another clause for bearers of whom the case has none: there is one if anybody bears it by then.
fn if_anybody_bears_it<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    of: &'w Collection,
    last: DayBounds,
) -> EdgeDay {
    let (on, rows) = (ask.on, ask.vars.clone());
    // What has a subject is borne by those who are there on its day.
    let of_its_day = !norm.subjects.is_empty() && ask.period.is_none();
    let through = if of_its_day { on } else { last.last.max(on) };
    let mut days = BTreeSet::from([on, through]);
    let came = |ask: &mut Ask<'w, T>, row| match of.members_of {
        Some(clause) => ask.member_days(clause, row).and_then(|days| days.from.exact()),
        None => ask.world.lasting(of.record, row).and_then(|(from, _)| EdgeDay::told(from).exact()),
    };
    let mut bears = Truth::No;
    ask.trace.hush();
    for at in 0.. {
        // Those who are there as it begins will do mostly.
        let Some(day) = days.iter().nth(at).copied() else { break };
        bears = bears.or(ask.asked_on(day, |ask| some_bear_it(ask, (norm, body), of)));
        if bears.is_yes() {
            break;
        }
        if at == 0 {
            let rows = ask.world.facts.rows(of.record);
            let all: Vec<Day> = rows.filter_map(|row| came(ask, row)).collect();
            days.extend(all.into_iter().filter(|day| on < *day && *day < through));
        }
    }
    ask.trace.speak();
    ask.vars = rows;
    match bears {
        Truth::Yes => EdgeDay::On(last),
        Truth::No => EdgeDay::NoDay,
        Truth::Open | Truth::Person => EdgeDay::Unknown,
    }
}

/// Whether some of those who are there on the day that is asked about bear another clause: its conditions hold for them, and nothing goes
/// before it.
fn some_bear_it<'w, T: Trace>(ask: &mut Ask<'w, T>, (norm, body): (&'w Norm, &'w Body), of: &'w Collection) -> Truth {
    let speaks_of_each = body.speaks_of(of.var);
    if norm.yields_to.is_empty() && !speaks_of_each {
        return some(ask, of);
    }
    let mut bears = Truth::No;
    let rows = ask.worth_a_look(of);
    ask.each_of(rows, of, |ask, row, belongs| {
        let mut binds = belongs;
        if !binds.is_no() && speaks_of_each {
            binds = binds.and(ask.applies(&body.conditions));
        }
        if !binds.is_no() {
            let on = (ask.on, Stepping::ForACase);
            binds = binds.and(let_off(ask, norm, &[(of.record, row)], on).opposite());
        }
        bears = bears.or(binds);
        if bears.is_yes() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if bears.is_yes() || ask.closed(of) { bears } else { bears.or(Truth::Open) }
}
