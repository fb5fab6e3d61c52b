//! The time in which an instance binds, held against its window: what has none, what is still to come, what is cut short, what has
//! ended.

use crate::facts::CellId;
use crate::model::clause::{Bearer, CutCounts, Edge};
use crate::model::expr::{Expr, ExprKind, Row as RowOf};
use crate::model::schema::Shape;
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Day, PeriodLabel};
use crate::verdict::{Decider, Instance, Mark, Said, Status};

use super::life::{Lasts, Own, governing_days, is_of_acts, lasting_days, own_days};
use super::reach::bears;
use super::ruling::Ruling;
use super::weighing::for_person_of;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::{EdgeDay, Frame, day_named};
use crate::evaluate::expr::form::{Reached, Reckoned, last_reached, reached};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{Case, Life, bearer_of, has_window};
use crate::evaluate::norms::state::has_last_day;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// What a window makes of an instance that has none, or one that no day fits.
pub fn no_window<'w, T: Trace>(ask: &mut Ask<'w, T>, frame: &Frame, body: &'w Body) -> Option<Ruling> {
    if frame.first == EdgeDay::NoDay || frame.last == EdgeDay::NoDay {
        return Some(Ruling::of(Status::NotApplicable));
    }
    if frame.first == EdgeDay::NoSuchDay || frame.last == EdgeDay::NoSuchDay {
        return Some(for_person_of(body, Outcome::of(Status::NeedsJudgement)));
    }
    let since = ask.since;
    if let EdgeDay::On(last) = frame.last
        && last.last < since
    {
        ask.trace.say(|| reason(Said::NotInForce { day: last.last }, Mark::No, body.span));
        return Some(Ruling::of(Status::NotApplicable));
    }
    let (first, last) = frame.is_empty()?;
    ask.trace.say(|| reason(Said::EmptyWindow { first, last }, Mark::Person, body.span));
    Some(for_person_of(body, Outcome::of(Status::NeedsJudgement)))
}

/// Whether a clause does not apply, whichever day its subject's own may be: its conditions hold on none, or what its window is counted
/// from is none on all of them.
pub fn applies_on_no_day<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> bool {
    norm.bodies.iter().all(|body| {
        let edges = [body.window.first.as_ref().map(|edge| reached(edge, Reckoned::Day)), Some(last_reached(body))];
        (has_window(&body.test) && edges.into_iter().flatten().any(|edge| is_no_day(ask, edge)))
            || holds_never(ask, body)
    })
}

fn holds_never<'w, T: Trace>(ask: &mut Ask<'w, T>, body: &'w Body) -> bool {
    if body.conditions.is_empty() {
        return false;
    }
    let as_of = ask.world.as_of;
    let days = ask.changes(ask.since, Day::MAX, |walk, ask| walk.conditions(ask, &body.conditions));
    let on = |ask: &mut Ask<'w, T>, day: Day| ask.asked(day, day.min(as_of), |ask| ask.applies(&body.conditions));
    let never = ask.quietly(|ask| days.iter().all(|day| on(ask, *day).is_no()));
    if never {
        on(ask, as_of);
    }
    never
}

/// Whether the day that an edge of a window is counted from is known to be none, on whatever day that is asked.
fn is_no_day<'w, T: Trace>(ask: &mut Ask<'w, T>, edge: Reached<'w>) -> bool {
    let (Reached::Beside(day, _) | Reached::After { day, .. } | Reached::Length { from: day, .. }) = edge else {
        return false;
    };
    let as_of = ask.world.as_of;
    let days = ask.changes_of_value(day, ask.since, Day::MAX);
    let on = |ask: &mut Ask<'w, T>, on: Day| ask.asked(on, on.min(as_of), |ask| day_named(ask, day)) == EdgeDay::NoDay;
    let none = ask.quietly(|ask| days.iter().all(|day| on(ask, *day)));
    none && on(ask, as_of)
}

/// The time in which an instance binds, and whether its bearer is bound at all.
pub fn life_of<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (own, began, frame): (Own, Day, Frame),
) -> (Life, Truth) {
    let as_of = ask.world.as_of;
    let governs = governing_days(ask, norm, instance);
    let mut life = Life {
        began,
        own: if let Own::On(day) = own { Some(day) } else { None },
        since: ask.since.max(governs.from),
        bearer_since: Day::MIN,
        ends: governs.last().max(governs.from),
        may_end: None,
        plain_bearer: false,
    };
    if let Some((line, row)) = instance.subject
        && let Some(of) = norm.subjects.get(usize::from(line))
        && let Some(lasts) = lasting_days(ask, of, row)
    {
        ends_with(&mut life, lasts);
        // What was due in its first period before it was there is none of its duties.
        if let (Some(_), EdgeDay::On(last), EdgeDay::On(first)) = (instance.period, frame.last, lasts.from)
            && last.last < first.first
        {
            return (life, Truth::No);
        }
        // Its first period begins with it, and so does what has no window.
        let mut begins_with_it =
            instance.period.is_some() || (frame.first, frame.last) == (EdgeDay::None, EdgeDay::None);
        // It binds nobody, and lets nobody do anything, before it was there, unless its window lies there in so many words.
        if let (true, EdgeDay::On(first)) = (norm.bodies.iter().all(is_of_acts), lasts.from) {
            let before = matches!(frame.last, EdgeDay::On(last) if last.last < first.first);
            begins_with_it |= !before && !norm.bodies.iter().any(begins_by_subject);
        }
        if let Some(first) = lasts.from.exact().filter(|_| begins_with_it) {
            life.since = life.since.max(first);
            life.bearer_since = first;
        }
    }
    // Whom a field of the subject names does, or leaves undone, only while that one lasts.
    if let Some(Bearer::Field(field)) = norm.bearer.as_ref().filter(|_| norm.bodies.iter().all(is_of_acts))
        && let Val::Row(record, row) = ask.quietly(|ask| ask.field(field))
        && let Some(lasts) = own_days(ask, record, row)
    {
        if let Some(first) = lasts.from.exact() {
            life.since = life.since.max(first);
            life.bearer_since = life.bearer_since.max(first);
        }
        ends_with(&mut life, lasts);
    }
    let mut binds = Truth::Yes;
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row, lasting_days(ask, of, row)));
    life.plain_bearer = matches!(bearer, Some((_, _, None)));
    if let Some((of, row, Some(lasts))) = bearer {
        if let Some(first) = lasts.from.exact() {
            life.since = life.since.max(first);
            life.bearer_since = life.bearer_since.max(first);
        }
        ends_with(&mut life, lasts);
        // A subject without a day of its own says nothing of when its bearers have to be there.
        let (from, through) = match (own == Own::Without, instance.period) {
            (false, _) => (began, began),
            (true, Some(period)) => (period.first().max(ask.since), period.last().min(governs.last())),
            (true, None) => {
                let first = frame.first.exact().unwrap_or(ask.since);
                let last = match frame.last {
                    EdgeDay::On(day) => day.last,
                    _ => as_of,
                };
                (first.min(last), last.min(governs.last().max(first.min(last))))
            }
        };
        binds = bears(ask, norm, instance, (of, row, lasts), (from, through));
        // Whoever comes after the last day has nothing to do by it.
        if let (EdgeDay::On(last), EdgeDay::On(first)) = (frame.last, lasts.from)
            && last.last < first.first
        {
            binds = Truth::No;
        }
    }
    (life, binds)
}

/// Whether a window begins on a day that is reckoned from one of the subject's.
fn begins_by_subject(body: &Body) -> bool {
    fn is_own(day: &Expr) -> bool {
        match &day.kind {
            ExprKind::Field(field) => !matches!(field.row, RowOf::Agreement),
            ExprKind::Shift { day, .. } => is_own(day),
            _ => false,
        }
    }
    match &body.window.first {
        Some(Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day)) => is_own(day),
        Some(Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. }) => is_own(day),
        Some(Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. }) | None => {
            false
        }
    }
}

/// An instance ends with its subject and its bearer.
fn ends_with(life: &mut Life, lasts: Lasts) {
    let EdgeDay::On(last) = lasts.last else { return };
    match last.exact() {
        Some(last) => life.ends = life.ends.min(last),
        None => life.may_end = Some(life.may_end.map_or(last.first, |day| day.min(last.first))),
    }
}

/// A subject still to come: what is neither a duty nor a right, with days of its own, waits for it.
pub fn still_planned<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>) -> Option<Ruling> {
    let day = case.life.own.or(case.instance.span.is_none().then_some(case.life.began))?;
    let as_of = ask.world.as_of;
    let waits = match case.body.test {
        NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_) => false,
        NormTest::AtJoining { .. } | NormTest::Member(_) | NormTest::Term(_) | NormTest::May { .. } => false,
        NormTest::Holds(_) | NormTest::HoldsDaily(_) | NormTest::Never(_) | NormTest::Numbers { .. } => true,
        NormTest::Limit { .. } | NormTest::States(_) | NormTest::Shared { .. } | NormTest::Vote { .. } => true,
        NormTest::ForPerson(_) => true,
    };
    if day <= as_of || (case.instance.period.is_some() && case.life.own.is_none()) {
        return None;
    }
    let planned = if case.life.own.is_some() || case.instance.subject.is_some() { Some(day) } else { None }?;
    let said = if waits { Said::Planned { day: planned } } else { Said::ToCome { day: planned } };
    ask.trace.say(|| reason(said, Mark::Plain, case.norm.span));
    waits.then(|| {
        let (first, last) = (case.frame.first_day(), case.frame.last_day());
        Ruling { outcome: Outcome { first, last, ..Outcome::of(Status::Pending) }, decider: Decider::Nobody }
    })
}

/// The window of a last period that counts, cut short as it is: it is over with the last day that binds.
pub fn as_cut(norm: &Norm, instance: &Instance, frame: Frame, life: &Life) -> Frame {
    let counts = matches!(norm.last_period, Some(CutCounts::Whole | CutCounts::InProportion));
    match (instance.period, frame.last) {
        (Some(period), EdgeDay::On(last)) if counts && period.last() > life.ends && last.last > life.ends => {
            let last = DayBounds::within(last.first.min(life.ends), life.ends);
            Frame { last: EdgeDay::On(last), ..frame }
        }
        (_, _) => frame,
    }
}

/// A first or last period of which only a part lies in the time that binds. One whose window lies wholly in it is judged as any
/// other.
pub fn cut_short<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, ruling: Ruling) -> Ruling {
    let (Some(_), Some(period)) = (&case.norm.cycle, case.instance.period) else { return ruling };
    let as_of = ask.world.as_of;
    // A renewal that begins to count anew cuts the period short that its own first one falls into.
    let renewed = matches!(period.label, PeriodLabel::Days(_, last) if last > period.last());
    let life = Life { ends: if renewed { case.life.ends.min(period.last()) } else { case.life.ends }, ..case.life };
    let first = period.first() < life.since;
    let last = renewed || period.last() > life.ends;
    let counts = match (first, last) {
        (false, false) if may_be_cut_short(case, &ruling) => {
            tell_end(ask, case, period.last());
            return Ruling::of(Status::Unknown);
        }
        (false, false) => return ruling,
        (true, _) => case.norm.first_period,
        (false, true) if renewed && period.last() <= case.life.ends => None,
        (false, true) => case.norm.last_period,
    };
    let deed = matches!(case.body.test, NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_));
    let counted = deed || has_last_day(case);
    // What was done more often than it may in a part of the period was so however the period counts.
    let exceeded = ruling.outcome.progress.as_ref().is_some_and(|(done, most)| done > most);
    match (counts, ruling.outcome.status) {
        (Some(CutCounts::NotAtAll), _) => {
            ask.trace.say(|| reason(Said::CountsNotAtAll, Mark::No, case.norm.span));
            return Ruling::of(Status::NotApplicable);
        }
        (Some(CutCounts::Whole | CutCounts::InProportion), _) => return ruling,
        (None, Status::Violated) if exceeded => return ruling,
        // The end of force is still to come.
        (None, Status::Late | Status::Violated) if !first && !life.ended(as_of) => return ruling,
        (None, Status::Late | Status::Violated) if counted => {}
        // The end has come before the window did.
        (None, Status::Pending) if counted && last && life.ended(as_of) => {}
        // Done in full all the same, or not decided yet: how the short period counts makes no difference.
        (None, _) => return ruling,
    }
    // What was broken by the end of a last period stays so, however the period counts.
    let within = lies_within(&case.frame, &life) && !(renewed && ends_with_the_period(&case.body.window.last));
    if within || (ruling.outcome.for_good && !first) {
        return ruling;
    }
    ask.trace.say(|| reason(Said::CutShort, Mark::Person, case.norm.span));
    let role = case.norm.bodies.iter().find_map(|body| body.judged_by.clone());
    let decider = role.map_or(Decider::Unnamed, Decider::Role);
    Ruling { outcome: ruling.outcome.with(Status::NeedsJudgement), decider }
}

/// Whether the last day of a window is told by that of the period.
fn ends_with_the_period(edge: &Edge) -> bool {
    fn is_end(day: &Expr) -> bool {
        match &day.kind {
            ExprKind::PeriodEnd => true,
            ExprKind::Shift { day, .. } => is_end(day),
            _ => false,
        }
    }
    match edge {
        Edge::Open => true,
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => is_end(day),
        Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => is_end(day),
        Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => false,
    }
}

/// Whether what was not kept may be so in a last period that is cut short: its subject or its bearer may have ended in it.
fn may_be_cut_short(case: &Case, ruling: &Ruling) -> bool {
    let (Some(end), Some(period)) = (case.life.may_end, case.instance.period) else { return false };
    let counts = matches!(case.norm.last_period, Some(CutCounts::Whole | CutCounts::InProportion));
    let counted = matches!(case.body.test, NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_));
    let failed = matches!(ruling.outcome.status, Status::Late | Status::Violated);
    let within = lies_within(&case.frame, &Life { ends: end, ..case.life });
    end < period.last() && counted && failed && !counts && !within && !ruling.outcome.for_good
}

/// Names the end of the subject and the bearer, which is not given.
fn tell_end<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, on: Day) {
    let subject = case.subject();
    let bearer = bearer_of(case.norm, &case.instance).map(|(of, _, row)| (of, row));
    for (of, row) in subject.into_iter().chain(bearer) {
        if let Some(clause) = of.members_of {
            ask.member(clause, row, on);
        } else if let Shape::Lasts { to, .. } = ask.world.shape(of.record) {
            ask.cell(CellId { record: of.record, row, field: to }, of.span);
        }
    }
}

/// After the last day nothing new binds. What has no last day and was not done is over; what has one is still owed where its
/// subject's day, or its whole period, lay in force. What was broken by then stays so.
pub fn after_the_end<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>, ruling: Ruling) -> Ruling {
    let as_of = ask.world.as_of;
    if !case.life.ended(as_of) {
        return ruling;
    }
    let duty = match case.body.test {
        NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_) => true,
        NormTest::Holds(_) => ruling.outcome.status == Status::Pending || has_last_day(case),
        _ => false,
    };
    if !duty {
        return ruling;
    }
    // A term that a window speaks of is no period of a cycle.
    let period = case.instance.period.filter(|_| case.norm.cycle.is_some());
    let owed = match case.frame.last {
        EdgeDay::On(last) if last.last <= case.life.ends => return ruling,
        EdgeDay::On(_) | EdgeDay::Unknown => case.lay_in_force(),
        _ => false,
    };
    let open = matches!(ruling.outcome.status, Status::Pending | Status::Violated | Status::Late);
    if owed || !open || ruling.outcome.for_good || (period.is_some() && ruling.outcome.status != Status::Pending) {
        return ruling;
    }
    let day = case.life.ends;
    ask.trace.say(|| reason(Said::EndedOn { day }, Mark::Plain, case.norm.span));
    Ruling::of(Status::NotApplicable)
}

/// Whether a window lies wholly in the time that binds.
fn lies_within(frame: &Frame, life: &Life) -> bool {
    match (frame.first, frame.last) {
        (EdgeDay::On(first), EdgeDay::On(last)) => first.first >= life.since && last.last <= life.ends,
        (_, _) => false,
    }
}
