//! When an instance began, and the time in which it binds: of the clause, of its subject, of its bearer.

use crate::facts::Row;
use crate::model::amendment::Began;
use crate::model::clause::{Bearer, Count, CycleOf, Edge, Limit};
use crate::model::expr::{ClauseId, Collection, Var};
use crate::model::schema::{RecordId, Shape};
use crate::plan::{Body, Norm, NormTest, Plan, Trigger};
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::{Holder, Instance};

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::last_of;
use crate::evaluate::expr::form::period_of_term;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::expr::memberships::begins_later;
use crate::evaluate::expr::terms::days_of_all_terms;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{bearer_of, is_daily, stands_by_wording};
use crate::evaluate::trace::Trace;

/// The day of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// It has no day of its own.
    Without,
    On(Day),
    /// It lies after the as-of day; which day it is, is not known.
    ToCome(Day),
    /// Known to be none: it has not happened.
    None,
    Unknown,
}

/// From when until when a row lasts, or is a member.
#[derive(Clone, Copy, Debug)]
pub struct Lasts {
    pub from: EdgeDay,
    pub last: EdgeDay,
    pub admitted: Truth,
}

impl Lasts {
    /// Whether it lasts on some day from a first through a last.
    pub fn meets(self, first: Day, last: Day) -> Truth {
        if let (EdgeDay::On(from), EdgeDay::On(end)) = (self.from, self.last)
            && end.last < from.first
        {
            return Truth::No;
        }
        let begun = match self.from {
            EdgeDay::On(from) => from.before(DayBounds::exactly(last.plus_days(1))),
            EdgeDay::NotYet | EdgeDay::NoDay => Truth::No,
            EdgeDay::NoSuchDay => Truth::Person,
            _ => Truth::Open,
        };
        let begun = if last == Day::MAX && matches!(self.from, EdgeDay::On(_)) { Truth::Yes } else { begun };
        let ended = match self.last {
            EdgeDay::On(end) => end.before(DayBounds::exactly(first)),
            EdgeDay::NotYet | EdgeDay::NoDay | EdgeDay::None => Truth::No,
            EdgeDay::NoSuchDay => Truth::Person,
            _ => Truth::Open,
        };
        // What may end before it begins may never have been.
        let perhaps_never =
            matches!((self.from, self.last), (EdgeDay::On(from), EdgeDay::On(end)) if end.first < from.last);
        let meets = self.admitted.and(begun).and(ended.opposite());
        if perhaps_never { meets.and(Truth::Open) } else { meets }
    }
}

/// When the subject of an instance happened or began, if it has a day of its own.
pub fn own_of<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Own {
    let Some((line, row)) = instance.subject else { return Own::Without };
    let Some(of) = norm.subjects.get(usize::from(line)) else { return Own::Without };
    let as_of = ask.world.as_of;
    if let Some(NormTest::AtJoining { membership, .. }) = norm.bodies.first().map(|body| &body.test) {
        let from = ask.quietly(|ask| ask.member_days(*membership, row)).map(|days| days.from);
        return from.and_then(EdgeDay::exact).map_or(Own::Without, Own::On);
    }
    let day = match of.members_of {
        Some(clause) => match ask.quietly(|ask| ask.member_days(clause, row)).map(|days| days.from) {
            Some(EdgeDay::On(day)) => Val::Day(in_force(ask, clause, day)),
            Some(EdgeDay::NotYet | EdgeDay::NoDay) => Val::Absent,
            Some(_) | None => Val::Unknown,
        },
        None => match ask.world.day_of(of.record, row) {
            Some(day) => day,
            None => return Own::Without,
        },
    };
    if matches!(day, Val::Absent) {
        return Own::None;
    }
    match day.day_bounds() {
        Some(bounds) => match bounds.exact() {
            Some(day) => Own::On(day),
            None if bounds.first > as_of => Own::ToCome(bounds.first),
            None => Own::Unknown,
        },
        None => Own::Unknown,
    }
}

/// Whether the subject may never have happened: its day is not given, though it is known on which days it does not lie.
pub fn may_never_happen<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let day = subject.and_then(|(of, row)| ask.world.day_of(of.record, row)).and_then(|day| day.day_bounds());
    day.is_some_and(|day| day.exact().is_none() && (day.first == Day::MIN || day.last == Day::MAX))
}

/// From when until when a row of a record lasts; nothing where the record does not.
pub fn own_days<'w, T: Trace>(ask: &Ask<'w, T>, record: RecordId, row: Row) -> Option<Lasts> {
    ask.world.lasting(record, row).map(|(from, last)| {
        let from = edge(from);
        let last = match (edge(last), from) {
            (EdgeDay::NoDay, _) => EdgeDay::None,
            // Nobody knows yet of an end that has not come.
            (EdgeDay::On(day), _) if day.exact().is_none() && day.first > ask.world.as_of => EdgeDay::None,
            // One that is not given is none before what lasts has begun.
            (EdgeDay::On(day), EdgeDay::On(from)) if day.last == Day::MAX => {
                EdgeDay::On(DayBounds { first: day.first.max(from.last), ..day })
            }
            (other, _) => other,
        };
        Lasts { from, last, admitted: Truth::Yes }
    })
}

/// From when until when a row of a collection lasts; nothing for one that neither lasts nor is a member.
pub fn lasting_days<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection, row: Row) -> Option<Lasts> {
    let own = own_days(ask, of.record, row);
    let member = of.members_of.and_then(|clause| ask.quietly(|ask| ask.member_days(clause, row)));
    let as_of = ask.world.as_of;
    match (own, member) {
        (own, None) => own,
        (_, Some(days)) => {
            let last = match days.last() {
                EdgeDay::On(day) if day.exact().is_none() && day.first >= as_of => EdgeDay::None,
                other => other,
            };
            // Nobody is a member before the clause itself is in force, where that is after the agreement.
            let from = match days.from {
                EdgeDay::On(day) => of.members_of.map_or(days.from, |clause| EdgeDay::On(in_force(ask, clause, day))),
                other => other,
            };
            Some(Lasts { from, last, admitted: days.admitted })
        }
    }
}

fn in_force<'w, T: Trace>(ask: &Ask<'w, T>, clause: ClauseId, day: DayBounds) -> DayBounds {
    match begins_later(ask, clause) {
        Some(since) if since > day.first => DayBounds::within(day.first.max(since), day.last.max(since)),
        Some(_) | None => day,
    }
}

/// The days of the wording that govern an instance, and of the term that cuts its periods.
pub fn governing_days<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Stretch {
    let governs = days_of_wording(ask, norm, instance);
    match norm.during.zip(instance.period) {
        Some((term, period)) => {
            days_of_all_terms(ask, term, period.stretch).map_or(governs, |days| governs.intersect(days))
        }
        None => governs,
    }
}

fn days_of_wording<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Stretch {
    if goes_by_wording(ask, norm, instance) {
        return acts_that_count(ask, (norm, instance), ask.law.chosen(norm));
    }
    let runs = ask.law.runs(norm);
    // What began under a wording of the file runs on where the next one follows, as with one that an amendment brings in.
    let began = instance.period.is_some() || has_day(ask, norm, instance) || is_due_once(ask, norm, instance);
    let until = if began { ask.law.runs_on(norm) } else { runs.until };
    // In a gap between two wordings nothing counts, and a period is cut short by it.
    let first = if instance.period.is_some() { ask.law.runs_since(norm) } else { ask.law.first_day(norm.clause) };
    let first = first.min(runs.from).max(added_on(ask, norm, instance).unwrap_or(Day::MIN));
    acts_that_count(ask, (norm, instance), Stretch::new(first, until))
}

/// Whether something is due once, by one of the wordings of the file, which speak of the same: whoever did it under one need not do it again
/// under another.
pub fn is_due_once<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let plan = ask.world.plan;
    let once = |norm: &Norm| {
        let deed = |body: &Body| {
            matches!(body.test, NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_))
                && !is_of_limits(body)
                && !matches!(body.window.last, Edge::Open)
        };
        norm.cycle.is_none() && norm.bodies.iter().all(deed)
    };
    instance.period.is_none()
        && plan.norms_of(norm.clause).nth(1).is_some()
        && !plan.is_amended(norm.clause)
        && !has_day(ask, norm, instance)
        && plan.norms_of(norm.clause).all(|(_, one)| once(one))
}

/// The day on which an amendment took effect that first speaks of the subject and the bearer of an instance: it binds them like those who
/// come on that day.
pub fn added_on<T: Trace>(ask: &Ask<'_, T>, norm: &Norm, instance: &Instance) -> Option<Day> {
    let plan = ask.world.plan;
    if !plan.is_amended(norm.clause) {
        return None;
    }
    let mut all = plan.norms_of(norm.clause).map(|(_, other)| (other, ask.law.chosen(other)));
    let (_, first) = all.find(|(other, force)| !force.is_empty() && whom_under(plan, other, instance).is_some())?;
    Some(first.from).filter(|from| *from > ask.law.first_day(norm.clause))
}

/// The day on which the subject and the bearer of an instance have both come, where one of them lasts and that is known.
pub fn came_on<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Day> {
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    let both = subject.into_iter().chain(bearer);
    both.filter_map(|(of, row)| lasting_days(ask, of, row)?.from.exact()).max()
}

/// Of those days, the ones on which acts are judged by a period of a wording: not those before it on which another wording, which cut
/// time otherwise, judged them; nor those after a repeal that takes over what had begun.
fn acts_that_count<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, instance): (&'w Norm, &Instance),
    governs: Stretch,
) -> Stretch {
    if !norm.bodies.iter().all(is_of_limits) || is_the_only_one(ask, norm) {
        return governs;
    }
    let own = ask.law.chosen(norm);
    // No period that ran before binds whoever comes later.
    let is_new = came_on(ask, norm, instance).is_some_and(|came| came >= own.from);
    let all = || ask.world.plan.norms_of(norm.clause).map(|(_, other)| other);
    let mut governs = governs;
    let before = all().filter(|other| ask.law.chosen(other).until == own.from && !is_cut_alike(norm, other)).last();
    if let Some(before) = before.filter(|_| !is_new) {
        let over = norm.by.and_then(|by| ask.world.plan.amendment(by)).is_some_and(|by| by.began == Began::IsTakenOver);
        let running = match &before.cycle {
            Some(CycleOf::Calendar(cycle)) => cycle.period_at(own.from.preceding()),
            Some(CycleOf::EachTerm(term)) => {
                let ran = ask.term_on(*term, own.from.preceding()).map(|(_, days)| period_of_term(days));
                ran.filter(|period| period.first() < own.from && own.from <= period.last())
            }
            Some(CycleOf::Counted { .. } | CycleOf::YearOfTerm(_)) | None => None,
        };
        // What had begun under it runs to its end, unless it is taken over.
        let since = running.map_or(own.from, |running| if over { running.first() } else { running.stretch.until });
        governs.from = governs.from.max(since);
    }
    // Nothing is prohibited after a repeal; a right keeps the period that has begun.
    let right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
    if is_let_go(ask, norm, instance) || (!right && is_repealed(ask, norm)) {
        governs.until = governs.until.min(own.until);
    }
    governs
}

/// Whether an amendment that takes over what began before leaves no wording that speaks of such an instance: its clause is repealed, or
/// asks something of others only.
pub fn is_let_go<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let until = ask.law.chosen(norm).until;
    let goes_on = |other: &Norm| {
        let follows = ask.law.chosen(other).contains(until) && is_cut_alike(norm, other);
        follows && whom_under(ask.world.plan, other, instance).is_some()
    };
    norm.cuts.iter().any(|cut| cut.on == until && cut.began == Began::IsTakenOver && ask.law.is_adopted(cut.by))
        && !ask.world.plan.norms_of(norm.clause).any(|(_, other)| goes_on(other))
}

/// Whether a wording ends with the repeal of its clause: no other follows.
fn is_repealed<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm) -> bool {
    let own = ask.law.chosen(norm);
    let follows = || ask.world.plan.norms_of(norm.clause).any(|(_, other)| ask.law.chosen(other).contains(own.until));
    norm.cuts.iter().any(|cut| cut.on == own.until && ask.law.is_adopted(cut.by)) && !follows()
}

/// The days on one of which somebody has to be there to be bound by a period of a wording. Where the one before it, or after it, cuts
/// time otherwise, its periods reach beyond its own days, and bind nobody who left before, or came after, them.
pub fn days_of_binding<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm) -> Stretch {
    let always = Stretch::new(Day::MIN, Day::MAX);
    if is_the_only_one(ask, norm) {
        return always;
    }
    let own = ask.law.chosen(norm);
    let cut_otherwise = |day: Day| {
        let mut others = ask.world.plan.norms_of(norm.clause).map(|(_, other)| other);
        others.any(|other| !is_cut_alike(norm, other) && ask.law.chosen(other).contains(day))
    };
    let from = if own.from > Day::MIN && cut_otherwise(own.from.preceding()) { own.from } else { always.from };
    let until = if cut_otherwise(own.until) || is_repealed(ask, norm) { own.until } else { always.until };
    Stretch::new(from, until)
}

fn is_the_only_one<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm) -> bool {
    !ask.world.plan.is_amended(norm.clause) && ask.world.plan.norms_of(norm.clause).nth(1).is_none()
}

/// Whether two wordings cut time into the same periods; those that are counted from days of the facts may always.
pub fn is_cut_alike(one: &Norm, other: &Norm) -> bool {
    match (&one.cycle, &other.cycle) {
        (None, None) | (Some(CycleOf::Counted { .. }), Some(CycleOf::Counted { .. })) => true,
        (Some(CycleOf::Calendar(one)), Some(CycleOf::Calendar(other))) => one == other,
        (Some(CycleOf::YearOfTerm(one)), Some(CycleOf::YearOfTerm(other)))
        | (Some(CycleOf::EachTerm(one)), Some(CycleOf::EachTerm(other))) => one == other,
        (_, _) => false,
    }
}

/// Whether each wording speaks of its own days: of an instance that has no day on which it began, and of acts without a cycle.
pub fn goes_by_wording<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let of_kind = norm.bodies.iter().all(|body| stands_by_wording(&body.test));
    of_kind && instance.period.is_none() && (norm.bodies.iter().all(is_of_acts) || !has_day(ask, norm, instance))
}

/// The day by which a wording has to be in force to speak of an instance: the as-of day, or the day of a subject that is still to come,
/// where the clause itself is in force already.
pub fn in_force_by<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Day {
    let as_of = ask.world.as_of;
    match own_of(ask, norm, instance) {
        Own::On(day) | Own::ToCome(day) if ask.law.first_day(norm.clause) <= as_of => as_of.max(day),
        _ => as_of,
    }
}

/// The last day on which a period of a clause may bind somebody who comes: its own, or, of a limit, that of a window that reaches past it.
pub fn last_to_come<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, period: CyclePeriod) -> Day {
    let own = period.last();
    if !norm.bodies.iter().all(|body| is_of_limits(body) && !matches!(body.window.last, Edge::Open | Edge::Never)) {
        return own;
    }
    let before = ask.period.replace(period);
    let each = norm.bodies.iter().map(|body| ask.quietly(|ask| last_of(ask, body)));
    let last = each.fold(own, |last, edge| if let EdgeDay::On(day) = edge { last.max(day.last) } else { last });
    ask.period = before;
    last
}

/// Whether what a body finds broken before its last day is broken for good: something was done more often than it may, or a state that is
/// to hold throughout did not.
pub fn breaks_for_good(body: &Body) -> bool {
    match &body.test {
        NormTest::Happens { count: Count::Times { limit: Limit::Exactly, .. }, .. } => true,
        NormTest::Holds(_) => !matches!(body.window.last, Edge::Open | Edge::Never),
        _ => is_of_limits(body),
    }
}

/// Whether a body is of what must not be done, or may be.
pub fn is_of_acts(body: &Body) -> bool {
    matches!(body.test, NormTest::Never(_) | NormTest::May { .. })
}

/// Whether a body limits what is done, as a ban or a right does: it is broken by acts, and by nothing that is left undone.
pub fn is_of_limits(body: &Body) -> bool {
    let count = match &body.test {
        NormTest::Happens { count: Count::Times { limit, .. } | Count::About { limit, .. }, .. } => limit,
        _ => return is_of_acts(body),
    };
    matches!(count, Limit::AtMost | Limit::LessThan)
}

/// Whether what becomes due only otherwise begins with the breach: a duty may have been done before it on the days that its own words name.
pub fn begins_with_the_breach(norm: &Norm) -> bool {
    let named = |body: &Body| body.window.first.is_some() && !is_of_limits(body) && !is_daily(norm);
    matches!(norm.trigger, Trigger::Breach(_)) && !norm.bodies.iter().any(named)
}

/// Whether the subject of an instance has a day of its own.
pub fn has_day<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let own = instance.subject.and_then(|(line, _)| norm.subjects.get(usize::from(line)));
    own.is_some_and(|of| of.members_of.is_some() || ask.world.shape(of.record) != Shape::Plain)
}

/// The day that decides which wording an instance began under.
pub fn day_of_beginning<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, own: Own) -> Day {
    let as_of = ask.world.as_of;
    let within = |day: &Day| instance.period.is_some_and(|period| period.first() < *day && *day <= period.last());
    match (instance.period, own) {
        // A period in which its subject begins, begins with it.
        (Some(period), Own::On(day)) if lasts(ask, norm, instance) => day.max(period.first()),
        // Of an event its own day tells, in every period.
        (Some(_), Own::On(day)) => day,
        // Whoever comes in the course of a period comes under the wording of that day.
        (Some(period), _) => {
            let alike = ask.world.plan.norms_of(norm.clause).all(|(_, other)| is_cut_alike(norm, other));
            let came = if alike { came_on(ask, norm, instance) } else { None };
            came.filter(within).unwrap_or(period.first())
        }
        (None, Own::On(day) | Own::ToCome(day)) => day,
        // No day tells: the last wording that has come into force speaks of it.
        (None, Own::None | Own::Unknown) => {
            let force = ask.law.force();
            if as_of >= force.until && !force.is_empty() { force.last() } else { as_of }
        }
        (None, Own::Without) => {
            let force = ask.law.chosen(norm);
            if as_of >= force.until && !force.is_empty() { force.last() } else { as_of }
        }
    }
}

/// Whether the subject lasts, or is a member, and so is there in more than one period.
fn lasts<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let of = instance.subject.and_then(|(line, _)| norm.subjects.get(usize::from(line)));
    of.is_some_and(|of| of.members_of.is_some() || !ask.world.shape(of.record).is_event())
}

pub fn bind_rows<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) {
    (ask.actor, ask.among) = match (instance.bearer, &norm.bearer) {
        (Holder::Actor(actor), Some(Bearer::EachOf(actors))) => (Some(actor), actors.as_slice()),
        (_, _) => (None, [].as_slice()),
    };
    ask.whose = [None; 2];
    ask.named = if let Some(Bearer::Field(field)) = &norm.bearer { Some(field) } else { None };
    if let Some((line, row)) = instance.subject {
        let of = norm.subjects.get(usize::from(line));
        ask.whose[0] = of.map(|of| (of.record, row));
        ask.bind(of.map_or(Var(0), |of| of.var), row);
    }
    if let Some((of, var, row)) = bearer_of(norm, instance) {
        ask.whose[1] = Some((of.record, row));
        ask.bind(var, row);
    }
}

fn edge(day: Val) -> EdgeDay {
    match day {
        Val::Absent => EdgeDay::NoDay,
        day => day.day_bounds().map_or(EdgeDay::Unknown, EdgeDay::On),
    }
}

/// The subject of an instance of one wording under another; nothing if that does not speak of the subject or the bearer.
pub fn whom_under(plan: &Plan, other: &Norm, instance: &Instance) -> Option<Option<(u8, Row)>> {
    let own = plan.norm(instance.norm)?;
    let subject = match instance.subject {
        None if other.subjects.is_empty() => None,
        None => return None,
        Some((line, row)) => {
            let record = own.subjects.get(usize::from(line))?.record;
            let at = other.subjects.iter().position(|of| of.record == record)?;
            Some((u8::try_from(at).ok()?, row))
        }
    };
    let fits = match (&other.bearer, instance.bearer) {
        (Some(Bearer::Each(of)), Holder::Row(record, _)) => of.record == record,
        (Some(Bearer::EachOf(actors)), Holder::Actor(actor)) => actors.contains(&actor),
        (Some(Bearer::Each(_) | Bearer::EachOf(_)), _) => false,
        (Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::Field(_)) | None, bearer) => bearer == Holder::TheOne,
    };
    fits.then_some(subject)
}
