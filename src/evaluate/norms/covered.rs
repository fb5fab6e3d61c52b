//! In which of its instances a right was used. A use is for the period that its day lies in; only where the window of that period
//! does not hold it, it is for another period whose window does. What lies in no window of its own period is outside of it, unless
//! the right of another subject, or of another period, covers it.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{CellId, Row};
use crate::model::clause::{Bearer, CycleOf, Limit};
use crate::model::expr::{Expr, FieldOf};
use crate::plan::{Body, Norm, NormTest};
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::Instance;

use super::assignment::begun_already;
use super::case::{Case, own_term};
use super::counted::{limit_of, uses_of};
use super::deeds::{Wanted, binds};
use super::due::is_due;
use super::taken::says;
use super::tally::{Counts, Deed, Field};
use crate::evaluate::amendments::wording::{as_taken, is_after_a_gap};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::formality::formal;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::instance::binding::{life_of_other, no_window};
use crate::evaluate::instance::force::{began_on, is_in_force, never_lasted};
use crate::evaluate::instance::life::{Own, bind_rows, governing_days, lasting_days, own_of};
use crate::evaluate::instance::people::waiver_of;
use crate::evaluate::instance::periods::{Periods, periods_of_norm, turn_to_term};
use crate::evaluate::instance::reach::reaches;
use crate::evaluate::instance::short_period::as_cut;
use crate::evaluate::judge::{Cover, Covers, Judge, SharedOut};
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::trace::Trace;

/// What uses a right: an act, or a day in a field.
#[derive(Clone, Copy)]
pub enum Use<'w> {
    Act(Wanted<'w>, Row),
    Field(&'w FieldOf),
}

/// So many days on which it may change how a use counts are looked at.
const LOOKED_AT: usize = 64;

/// What a use may be to a right, on the days on which it may have happened.
#[derive(Clone, Copy, Default)]
pub struct Seen {
    in_time: bool,
    outside: bool,
    /// None of its: another's, of another period, or not done yet.
    none: bool,
}

impl Seen {
    pub fn counts(self, field: &Field, deed: Deed) -> Counts {
        let certain = deed.right.is_yes() && deed.day.is_some();
        let early = || deed.day.is_some_and(|day| day.last < field.frame.first_bounds().0);
        match (self.in_time, self.outside, self.none) {
            (false, false, _) => Counts::Not,
            (true, false, false) if certain => Counts::InTime,
            (false, true, false) if certain && early() => Counts::TooEarly,
            (false, true, false) if certain => Counts::Late,
            (in_time, late, _) => Counts::Open { in_time, late },
        }
    }

    /// Whether it may have been outside of the window, and may not.
    pub fn perhaps_outside(self, deed: Deed) -> bool {
        self.outside && !matches!((self, deed.right), (Seen { in_time: false, none: false, .. }, Truth::Yes))
    }
}

/// What a use is to the right that is judged.
pub fn seen<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, field: &Field, deed: Deed, by: Use<'w>) -> Seen {
    if deed.right.is_no() {
        return Seen { none: true, ..Seen::default() };
    }
    let bounds = deed.day.unwrap_or(DayBounds::within(Day::MIN, Day::MAX));
    let mut seen = Seen::default();
    if let (Use::Act(wanted, row), Some(limit)) = (by, limit_of(case.body))
        && !is_named(case, by)
    {
        let own = case.instance.subject.map(|(_, row)| row);
        match uses_right_of(judge, case, (wanted, limit), row) {
            Truth::No => return Seen { none: true, ..seen },
            Truth::Open | Truth::Person => seen.none = own.is_some(),
            Truth::Yes => {}
        }
    }
    let days = match bounds.exact() {
        Some(day) => vec![day],
        None => days_of_change(judge, case, (field, by), bounds, &mut seen),
    };
    for day in days {
        on_day(judge, case, (field, by), day, &mut seen);
    }
    seen
}

/// Whether an act uses the right of the subject that is judged. Where the windows of several hold it and nothing tells whose right it
/// uses, order does: the acts, in the order of their days, each use the right whose window ends first and that is not used up.
fn uses_right_of<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (wanted, limit): (Wanted<'w>, (Limit, &'w Expr)),
    row: Row,
) -> Truth {
    let Some(found) = covers(judge, case, Use::Act(wanted, row)) else { return Truth::Yes };
    if found.all.len() < 2 {
        return Truth::Yes;
    }
    if found.shared.is_none() {
        let all: Vec<(Cover, Day)> = found.all.iter().copied().zip(found.reach.iter().copied()).collect();
        let shared = shared_out(judge, case, (wanted, limit), &all);
        if let Some(found) = judge.covers.get_mut(&(case.body.key(), None, case.instance.bearer)) {
            found.shared = Some(shared);
        }
    }
    let found = judge.covers.get(&(case.body.key(), None, case.instance.bearer));
    let Some(shared) = found.and_then(|found| found.shared.as_ref()) else { return Truth::Yes };
    if shared.open.contains(&row) {
        return Truth::Open;
    }
    let own = case.instance.subject.map(|(_, row)| row);
    Truth::of(shared.of.get(&row).is_none_or(|subject| Some(*subject) == own))
}

fn shared_out<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (wanted, (limit, number)): (Wanted<'w>, (Limit, &'w Expr)),
    all: &[(Cover, Day)],
) -> SharedOut {
    let ask = &mut judge.ask;
    let (facts, record, as_of) = (ask.world.facts, wanted.events.record, ask.world.as_of);
    let Some((of, _)) = case.subject() else { return SharedOut::default() };
    let Some(most) = all.iter().map(|(cover, _)| most_in(ask, (cover, number), limit)).collect::<Option<Vec<usize>>>()
    else {
        return SharedOut::default();
    };
    // What is used under one wording is used under all.
    type Whose = (Option<(u8, Row)>, Option<CyclePeriod>);
    let mut room: BTreeMap<Whose, usize> = BTreeMap::new();
    let whose = |at: usize| {
        let instance = all.get(at).map(|(cover, _)| cover.instance);
        (instance.and_then(|one| one.subject), instance.and_then(|one| one.period))
    };
    let days = facts.rows(record).filter_map(|row| Some((row, ask.own_day(record, row)?)));
    let mut acts: Vec<(Row, DayBounds)> = days.filter(|(_, day)| day.first <= as_of).collect();
    acts.sort_by_key(|(row, day)| (day.first, facts.id(record, *row)));
    let mut shared = SharedOut::default();
    let mut sure = true;
    for (row, day) in acts {
        let by = Use::Act(wanted, row);
        let used = uses_any(&mut judge.ask, case, wanted, row);
        let mut holding: Vec<(usize, Truth)> = Vec::new();
        let begun = all.partition_point(|(cover, _)| cover.frame.first_bounds().0 <= day.last);
        let near = all.get(..begun).unwrap_or(&[]).iter().enumerate().rev();
        for (at, (cover, _)) in near.take_while(|(_, (_, reach))| *reach >= day.first) {
            let (first, last) = (cover.frame.first_bounds(), cover.frame.last_bounds());
            if used.is_no() || !day.may_lie_in(first.0.max(cover.since), last.1.min(cover.ends)) {
                continue;
            }
            let held = match day.exact() {
                Some(day) => holds(cover, day, false).and(speaks_of(judge, case, (cover.instance, by), day)),
                None => {
                    let days = judge.ask.changes_of(&wanted.events.filter, day.first, day.last);
                    let each = days.into_iter().map(|day| speaks_of(judge, case, (cover.instance, by), day));
                    same_for_all(each.collect::<Vec<_>>().into_iter()).and(Truth::Open)
                }
            };
            let held = held.and(used);
            if !held.is_no() {
                holding.push((at, held));
            }
        }
        sure &= holding.iter().all(|(_, held)| held.is_yes()) && !(holding.len() > 1 && day.exact().is_none());
        holding.sort_by_key(|(at, _)| {
            let cover = all.get(*at).map(|(cover, _)| cover);
            let subject =
                cover.and_then(|cover| cover.instance.subject).map_or("", |(_, row)| facts.id(of.record, row));
            (cover.map(ends_on), subject)
        });
        // Of two whose ends may come in either order, nothing tells which it uses.
        let ends = || holding.iter().filter_map(|(at, _)| all.get(*at)).map(|(cover, _)| ends_on(cover));
        let in_order = ends().zip(ends().skip(1)).all(|(one, next)| one.1 < next.0 || (one == next && one.0 == one.1));
        sure &= in_order;
        let allowed = |at: usize| most.get(at).copied().unwrap_or(0);
        let has_room = |(at, _): &&(usize, Truth)| room.get(&whose(*at)).map_or(allowed(*at) > 0, |room| *room > 0);
        let Some((at, _)) = holding.iter().find(has_room).or(holding.first()).copied() else { continue };
        let left = room.entry(whose(at)).or_insert(allowed(at));
        *left = left.saturating_sub(1);
        if holding.len() > 1 {
            shared.open.insert(row);
            let subject = all.get(at).and_then(|(cover, _)| cover.instance.subject);
            shared.of.extend(subject.map(|(_, subject)| (row, subject)));
        }
    }
    if sure {
        shared.open.clear();
    }
    shared
}

/// The first and the last day on which the right of an instance may end.
fn ends_on(cover: &Cover) -> (Day, Day) {
    let last = cover.frame.last_bounds();
    (last.0.min(cover.over.first), last.1.min(cover.over.last))
}

/// How often the right of an instance may be used: in a period, as its number was when that began, and in proportion to its part that
/// counts so.
fn most_in<'w, T: Trace>(ask: &mut Ask<'w, T>, (cover, number): (&Cover, &'w Expr), limit: Limit) -> Option<usize> {
    let (period, on) = (cover.instance.period, ask.on);
    let on = period.map_or(on, |period| period.first().max(cover.since));
    let norm = ask.world.plan.norm(cover.instance.norm)?;
    let times = ask.asked_on(on, |ask| ask.quietly(|ask| ask.value(number))).bounds().exact().cloned()?;
    uses_of((norm, period), Stretch::of_days(cover.since, cover.ends), (&times, limit))
}

/// Whether an act uses such a right at all, of whatever subject: it was not called off, in the right form, and by whom it is asked.
fn uses_any<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, wanted: Wanted<'w>, row: Row) -> Truth {
    let record = wanted.events.record;
    let mut used = ask.world.cancelled(record, row).opposite();
    if let (false, Some((field, option))) = (used.is_no(), wanted.by) {
        used = used.and(says(ask, CellId { record, row, field }, option, wanted.events));
    }
    if used.is_no() { used } else { used.and(formal(ask, &case.body.form, record, row)) }
}

/// The first of some days, and each later one on which it can change how a use counts.
fn days_of_change<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (field, by): (&Field, Use<'w>),
    bounds: DayBounds,
    seen: &mut Seen,
) -> Vec<Day> {
    let (frame, period) = (field.frame, judge.ask.period);
    let ends = [field.until, field.as_of, frame.last_bounds().0, frame.last_bounds().1];
    let ends = ends.into_iter().chain(period.map(|period| period.last())).map(Day::following);
    let begins = [field.since, frame.first_bounds().0, frame.first_bounds().1];
    let begins = begins.into_iter().chain(period.map(|period| period.first()));
    let mut days: BTreeSet<Day> = ends.chain(begins).chain(case.life.own).collect();
    let term = |instance: &Instance| own_term(case.norm, instance).map(|(_, days)| [days.from, days.until]);
    days.extend(term(&case.instance).into_iter().flatten());
    if let Some(covers) = covers(judge, case, by) {
        let edges = covers.all.iter().flat_map(|cover| {
            let (first, last) = (cover.frame.first_bounds(), cover.frame.last_bounds());
            let ends = [last.0, last.1, cover.ends, cover.first_out].map(Day::following);
            let term = term(&cover.instance).into_iter().flatten();
            [first.0, first.1, cover.since].into_iter().chain(ends).chain(term)
        });
        let among: Vec<Day> = edges.filter(|day| bounds.first < *day && *day <= bounds.last).take(LOOKED_AT).collect();
        // Of too many, some may cover it.
        seen.none |= among.len() == LOOKED_AT;
        days.extend(among);
    }
    days.insert(bounds.first);
    days.into_iter().filter(|day| bounds.first <= *day && *day <= bounds.last && !bounds.rules_out(*day)).collect()
}

fn on_day<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (field, by): (&Field, Use<'w>),
    day: Day,
    seen: &mut Seen,
) {
    if day > field.as_of || day < field.since || day > field.until {
        seen.none = true;
        return;
    }
    let (first, last) = (field.frame.first_bounds(), field.frame.last_bounds());
    let own = is_own_day(judge, case, by, day);
    if first.0 <= day && day <= last.1 {
        let of_its_own = if own { Truth::No } else { elsewhere(judge, case, by, day, true) };
        seen.none |= !of_its_own.is_no();
        seen.in_time |= !of_its_own.is_yes();
    }
    if !(first.1 <= day && day <= last.0) {
        // What nothing tells to be the subject's was not done before it.
        let before = !is_named(case, by) && day < first.0 && case.life.own.is_some_and(|own| day < own);
        let covered = if own && !before { elsewhere(judge, case, by, day, false) } else { Truth::Yes };
        seen.none |= !covered.is_no();
        seen.outside |= !covered.is_yes();
    }
}

/// Whether a day lies in the period of the instance; of one for a term, in that term, or in what follows it if no other term holds it.
fn is_own_day<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, by: Use<'w>, day: Day) -> bool {
    let period = judge.ask.period;
    let in_period = period.is_none_or(|period| period.first() <= day && day <= period.last());
    let term = |instance: &Instance| own_term(case.norm, instance).map(|(_, days)| days);
    let Some(days) = term(&case.instance) else { return in_period };
    let held = |one: &Cover| term(&one.instance).is_some_and(|days| days.contains(day));
    // What follows the last term is of that.
    let later = |one: &Cover| term(&one.instance).is_some_and(|others| others.from >= days.until);
    let found = covers(judge, case, by).map(|found| (found.all.iter().any(held), found.all.iter().any(later)));
    let (held, later) = found.unwrap_or((false, false));
    let follows = matches!(case.norm.cycle, Some(CycleOf::EachTerm(_))) && day >= days.until && !later;
    days.contains(day) || (!held && (in_period || follows))
}

/// Whether the use itself tells which subject it is for. One that tells only whose it is may be for any subject of theirs.
fn is_named(case: &Case, by: Use) -> bool {
    let Some((of, _)) = case.subject() else { return true };
    match by {
        Use::Act(wanted, _) => {
            wanted.events.filter.mentions(of.var) && !matches!(case.norm.bearer, Some(Bearer::Field(_)))
        }
        Use::Field(field) => field.row.mentions(of.var),
    }
}

/// Whether the window of another instance holds a day: of the period that the day lies in, or of any.
fn elsewhere<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    by: Use<'w>,
    day: Day,
    of_the_days_period: bool,
) -> Truth {
    let Some(found) = covers(judge, case, by) else { return Truth::No };
    let begun = found.all.partition_point(|cover| cover.frame.first_bounds().0 <= day);
    let holding = (0..begun).rev().take_while(|at| found.reach.get(*at).is_some_and(|reach| *reach >= day));
    let holding: Vec<Cover> = holding.filter_map(|at| found.all.get(at)).copied().collect();
    let (own, mut any) = (case.instance, Truth::No);
    for cover in holding {
        let other = cover.instance;
        let same = |one: &Instance| (one.norm, one.subject, one.period);
        let contains = |period: CyclePeriod| period.first() <= day && day <= period.last();
        let its_own = other.subject == own.subject && other.period.is_some_and(contains);
        if same(&other) == same(&own) || (of_the_days_period && !its_own) {
            continue;
        }
        let holds = holds(&cover, day, matches!(by, Use::Field(_)));
        if !holds.is_no() {
            any = any.or(holds.and(lets(judge, case, (other, by), day)));
        }
        if any.is_yes() {
            break;
        }
    }
    any
}

/// Whether a window holds a day on which its right binds.
fn holds(cover: &Cover, day: Day, leaving: bool) -> Truth {
    let (first, last) = (cover.frame.first_bounds(), cover.frame.last_bounds());
    let ends = if leaving { cover.first_out } else { cover.ends };
    if day < cover.since.max(first.0) || day > ends.min(last.1) {
        return Truth::No;
    }
    // Of a window that may be none, nothing is certain.
    if first.1 <= day && day <= last.0 && !cover.frame.may_be_none() {
        cover.reached
    } else {
        cover.reached.and(Truth::Open)
    }
}

/// Whether another instance's right speaks of such a use, on its day.
fn lets<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, (other, by): (Instance, Use<'w>), day: Day) -> Truth {
    let Some((_, row)) = other.subject else { return Truth::Yes };
    if Some(row) == case.instance.subject.map(|(_, row)| row) {
        return Truth::Yes;
    }
    speaks_of(judge, case, (other, by), day)
}

fn speaks_of<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    (other, by): (Instance, Use<'w>),
    day: Day,
) -> Truth {
    let Some((of, (_, row))) = case.subject().map(|(of, _)| of).zip(other.subject) else { return Truth::Yes };
    let as_of = judge.ask.world.as_of;
    let ask = &mut judge.ask;
    let own = ask.var(of.var);
    ask.trace.hush();
    ask.bind(of.var, row);
    let (passes, act) = match by {
        Use::Act(wanted, event) => {
            ask.bind(wanted.events.var, event);
            (ask.asked(day, as_of, |ask| ask.passes(wanted.events, event)), Some((wanted.events.record, event)))
        }
        Use::Field(_) => (Truth::Yes, None),
    };
    let lets = if passes.is_no() { passes } else { passes.and(binds(ask, case, day, act)) };
    ask.bind(of.var, own);
    ask.trace.speak();
    lets
}

/// The windows of the right's instances that a use may be for; nothing where there is only one.
fn covers<'j, 'w, T: Trace>(judge: &'j mut Judge<'w, T>, case: &Case<'w>, by: Use<'w>) -> Option<&'j Covers> {
    let named = is_named(case, by);
    if case.instance.period.is_none() && named {
        return None;
    }
    let subject = case.instance.subject.filter(|_| named);
    let key = (case.body.key(), subject.map(|(_, row)| row), case.instance.bearer);
    if !judge.covers.contains_key(&key) {
        let found = all_covers(judge, case, subject);
        judge.covers.insert(key, found);
    }
    judge.covers.get(&key)
}

fn all_covers<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, named: Option<(u8, Row)>) -> Covers {
    let ask = &mut judge.ask;
    let (plan, facts) = (ask.world.plan, ask.world.facts);
    ask.trace.hush();
    let vars = ask.vars.clone();
    let before = (ask.period, ask.on, ask.by, ask.since, ask.cycle, ask.term, ask.unsure, ask.lacking);
    let (open, noted) = (ask.open.clone(), ask.noted.len());
    let mut all = Vec::new();
    for (id, norm) in plan.norms_of(case.norm.clause) {
        let body = norm.bodies.iter().find(|body| body.reading == case.body.reading);
        let Some(body) = body.filter(|body| matches!(body.test, NormTest::May { .. })) else { continue };
        let rows = (0..=u8::MAX).zip(&norm.subjects);
        let rows = rows.flat_map(|(at, of)| facts.rows(of.record).map(move |row| (at, row)));
        let subjects: Vec<Option<(u8, Row)>> = match named {
            Some(subject) => vec![Some(subject)],
            None if norm.subjects.is_empty() => vec![None],
            None => rows.map(Some).collect(),
        };
        let each = matches!(norm.cycle, Some(CycleOf::Counted { .. }));
        let mut periods: Option<Vec<Option<CyclePeriod>>> = None;
        for subject in subjects {
            let whole = Instance { norm: id, subject, bearer: case.instance.bearer, period: None, span: None };
            if each || periods.is_none() {
                judge.ask.vars.clear();
                bind_rows(&mut judge.ask, norm, &whole);
                periods = Some(match periods_of_norm(&mut judge.ask, norm) {
                    Periods::These(periods) => periods.into_iter().map(Some).collect(),
                    Periods::Once | Periods::Unknown => vec![None],
                });
            }
            for period in periods.iter().flatten() {
                all.extend(cover(judge, (norm, body), Instance { period: *period, ..whole }));
            }
            // A window may begin before its period.
            if let Some(last) = periods.iter().flatten().last().copied().flatten() {
                let own = own_of(&mut judge.ask, norm, &whole);
                turn_to_term(&mut judge.ask, norm, &Instance { period: Some(last), ..whole });
                for (period, _, comes) in begun_already(judge, (norm, body), (whole, own), Some(last)) {
                    let cover = cover(judge, (norm, body), Instance { period: Some(period), ..whole });
                    all.extend(cover.map(|cover| Cover { reached: cover.reached.and(comes), ..cover }));
                }
            }
        }
    }
    all.sort_by_key(|cover| cover.frame.first_bounds().0);
    let ask = &mut judge.ask;
    ask.vars = vars;
    (ask.period, ask.on, ask.by, ask.since, ask.cycle, ask.term, ask.unsure, ask.lacking) = before;
    ask.open = open;
    ask.noted.truncate(noted);
    ask.trace.speak();
    let mut latest = Day::MIN;
    let reach = all.iter().map(|cover| {
        latest = latest.max(cover.frame.last_bounds().1.min(cover.first_out));
        latest
    });
    Covers { reach: reach.collect(), all, shared: None }
}

/// The window of an instance, if the right reaches it.
fn cover<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    (norm, body): (&'w Norm, &'w Body),
    instance: Instance,
) -> Option<Cover> {
    let ask = &mut judge.ask;
    if instance.period.is_some_and(|period| period.refused.is_some()) {
        return None;
    }
    ask.vars.clear();
    bind_rows(ask, norm, &instance);
    let as_of = ask.world.as_of;
    (ask.period, ask.since) = (instance.period, ask.law.first_day(norm.clause));
    (ask.on, ask.by) = (as_of, as_of);
    ask.term = None;
    turn_to_term(ask, norm, &instance);
    let own = own_of(ask, norm, &instance);
    if own == Own::None || never_lasted(ask, norm, &instance) {
        return None;
    }
    // A period that another wording of the file speaks of is none of this one's.
    let several = instance.period.is_some() && ask.world.plan.norms_of(norm.clause).nth(1).is_some();
    if several
        && as_taken(ask, norm, &instance).map(|speaks| speaks.norm) != Some(instance.norm)
        && !is_after_a_gap(ask, norm, &instance)
    {
        return None;
    }
    let began = began_on(ask, norm, &instance, own);
    if own != Own::Unknown && !is_in_force(ask, norm, &instance, (own, began)) {
        return None;
    }
    (ask.on, ask.by) = (began, began.min(as_of));
    let reached = reaches(ask, norm, &instance, began);
    if reached.is_no() {
        return None;
    }
    let waiver = waiver_of(ask, norm, &instance).map(|(_, waiver)| waiver.until);
    let due = is_due(ask, norm, &instance);
    if waiver == Some(None) || due.is_no() {
        return None;
    }
    let reached = reached.and(due);
    let frame = ask.frame(body, waiver.flatten());
    if no_window(ask, &frame, (body, &instance)).is_some() {
        return None;
    }
    let (life, bound) = life_of_other(ask, norm, &instance, (own, began, frame));
    let frame = as_cut(norm, &instance, frame, &life);
    let known = if own == Own::Unknown { Truth::Open } else { Truth::Yes };
    let reached = reached.and(bound).and(known);
    let last = governing_days(ask, norm, &instance).last();
    let first_out = life.first_out().min(last).max(life.ends);
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let lasts = subject.and_then(|(of, row)| lasting_days(ask, of, row));
    let over = match lasts.map(|lasts| lasts.last) {
        Some(EdgeDay::On(last)) => last,
        Some(EdgeDay::Unknown) => DayBounds::within(Day::MIN, Day::MAX),
        _ => DayBounds::exactly(Day::MAX),
    };
    let cover = Cover { instance, frame, since: life.since, over, ends: life.ends, first_out, reached };
    (!reached.is_no()).then_some(cover)
}
