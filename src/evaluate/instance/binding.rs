//! The time in which an instance binds, held against its window: what has none, what is still to come, what is cut short, what has
//! ended.

use crate::facts::CellId;
use crate::model::clause::{Bearer, Edge};
use crate::model::schema::Shape;
use crate::plan::{Body, Norm, NormTest, Trigger};
use crate::value::Day;
use crate::verdict::{Decider, Instance, Mark, Nuance, Said, Status};

use super::force::bearer_came_on;
use super::life::{
    Lasts, Own, added_on, begins_with_the_breach, days_of_binding, goes_by_wording, governing_days, has_day,
    is_of_acts, is_of_limits, last_to_come, lasting_days, own_days,
};
use super::reach::bears;
use super::ruling::Ruling;
use super::weighing::for_person_of;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::edges::day_named;
use crate::evaluate::expr::effects::fails_for_good;
use crate::evaluate::expr::exercised::{ends_with_its_use, told_by};
use crate::evaluate::expr::form::{Reached, begins_by_subject, first_reached, last_reached};
use crate::evaluate::expr::frame::{EdgeDay, Frame};
use crate::evaluate::expr::history::changes_on;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::same_for_all;
use crate::evaluate::norms::case::{Case, Life, bearer_of, has_window, is_daily};
use crate::evaluate::norms::deeds::{binds, days_that_bind};
use crate::evaluate::norms::state::has_last_day;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// What a window makes of an instance that has none, or one that no day fits.
pub fn no_window<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    frame: &Frame,
    (body, instance): (&'w Body, &Instance),
) -> Option<Ruling> {
    if frame.first == EdgeDay::NoDay || frame.last == EdgeDay::NoDay {
        return Some(Ruling::of(Status::NotApplicable));
    }
    if frame.first == EdgeDay::NoSuchDay || frame.last == EdgeDay::NoSuchDay {
        return Some(for_person_of(body, Outcome::of(Status::NeedsJudgement)));
    }
    // Nor was it asked before a wording that cuts time otherwise than the one before it.
    let cut_since = ask.world.plan.norm(instance.norm).map_or(Day::MIN, |norm| days_of_binding(ask, norm).from);
    let since = first_of_its_wording(ask, instance).unwrap_or(Day::MIN).max(ask.since).max(cut_since);
    if let EdgeDay::On(last) = frame.last
        && last.last < since
    {
        ask.trace.say(|| reason(Said::NotInForce { day: last.last }, Mark::No, body.span));
        return Some(Ruling::of(Status::NotApplicable));
    }
    let (first, last) = frame.is_empty()?;
    // On some of the days that its last may be, it has run out before the clause is in force.
    if matches!(frame.last, EdgeDay::On(last) if last.first < since) {
        return Some(Ruling::of(Status::Unknown));
    }
    ask.trace.say(|| reason(Said::EmptyWindow { first, last }, Mark::Person, body.span));
    Some(for_person_of(body, Outcome::of(Status::NeedsJudgement)))
}

/// The first day of the wording that an instance is of, where each wording has one of its own.
fn first_of_its_wording<'w, T: Trace>(ask: &Ask<'w, T>, instance: &Instance) -> Option<Day> {
    let plan = ask.world.plan;
    let norm = plan.norm(instance.norm)?;
    let several = plan.norms_of(norm.clause).nth(1).is_some();
    // What is due once has one for each wording of the file, and nobody could have kept what had passed when that came into force.
    let once = instance.period.is_none() && !has_day(ask, norm, instance) && !plan.is_amended(norm.clause);
    if !several || !(once || goes_by_wording(ask, norm, instance)) {
        return None;
    }
    let mut from = ask.law.chosen(norm).from;
    // A right goes on under the next wording: what uses it there may come after its window.
    if norm.bodies.iter().all(|body| matches!(body.test, NormTest::May { .. })) {
        let before = |from: Day| {
            plan.norms_of(norm.clause)
                .map(|(_, one)| ask.law.chosen(one))
                .find(|one| !one.is_empty() && one.until == from)
        };
        while let Some(older) = before(from) {
            from = older.from;
        }
    }
    Some(from)
}

/// Whether the conditions of a clause hold on the day on which it began; where that is not known exactly, on each day that it may be.
pub fn applies_at_the_beginning<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>) -> Truth {
    let conditions = &case.body.conditions;
    let may_begin = may_begin(ask, case);
    if conditions.is_empty() || may_begin.exact().is_some() {
        return ask.applies(conditions);
    }
    let days = changes_on(ask, may_begin, |walk, ask| walk.conditions(ask, conditions));
    let truths: Vec<Truth> = days.into_iter().map(|day| ask.asked_on(day, |ask| ask.applies(conditions))).collect();
    same_for_all(truths.into_iter())
}

/// The days on which a case may have begun: in a cycle, those on which its bearer may have come in the period; of something due once, those
/// as of which it is asked about, its last day at the latest.
pub fn may_begin<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>) -> DayBounds {
    let began = case.life.began;
    let life = &case.life;
    if case.instance.span.is_some() || life.own.is_some() || life.to_come.is_some() {
        return DayBounds::exactly(began);
    }
    if case.instance.period.is_some() {
        return bearer_came_on(ask, case.norm, &case.instance).unwrap_or(DayBounds::exactly(began));
    }
    match case.frame.last {
        EdgeDay::On(last) if last.exact().is_none() && last.first.max(ask.since) < began => {
            let first = last.first.max(ask.since);
            let outside = last.no_later_than(began).outside.filter(|(from, _)| first < *from);
            DayBounds { first, last: began, outside }
        }
        EdgeDay::Unknown if ask.since < began => DayBounds::within(ask.since, began),
        _ => DayBounds::exactly(began),
    }
}

/// Whether a window may lie elsewhere than where acts are looked for, or hold no day.
pub fn is_odd<'w, T: Trace>(ask: &Ask<'w, T>, frame: &Frame) -> bool {
    let may_begin_later = match frame.first {
        EdgeDay::On(first) => first.exact().is_none() && first.last > ask.world.as_of,
        EdgeDay::Unknown => true,
        _ => false,
    };
    may_begin_later || frame.may_be_empty() || [frame.first, frame.last].contains(&EdgeDay::NoSuchDay)
}

/// Whether a ban or a right binds on some day of its time: in a window that may hold no day its conditions are asked on all of them.
pub fn binds_on_some_day<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>) -> Truth {
    if case.body.conditions.is_empty() && ask.excepted.is_empty() {
        return Truth::Yes;
    }
    let (first, life) = (case.frame.first, case.life);
    let last = match first {
        EdgeDay::On(first) => ask.world.as_of.max(first.last),
        EdgeDay::Unknown => Day::MAX,
        _ => ask.world.as_of,
    };
    // Whoever leaves may exercise a right on the first day out.
    let last = last.min(if case.is_right() { life.first_out() } else { life.ends }).max(life.since);
    let days = days_that_bind(ask, case, (life.since, last));
    days.into_iter().fold(Truth::No, |any, day| if any.is_yes() { any } else { any.or(binds(ask, case, day, None)) })
}

/// Whether what came of a window would be something else for another one that it may be: one without a day, one that has run out
/// before the clause is in force, or none.
pub fn may_be_otherwise<'w, T: Trace>(ask: &Ask<'w, T>, case: &Case<'w>, ruling: &Ruling) -> bool {
    let (frame, outcome) = (&case.frame, &ruling.outcome);
    if !has_window(&case.body.test) {
        return false;
    }
    let before_force = matches!(frame.last, EdgeDay::On(last) if last.first < ask.since);
    match outcome.status {
        Status::Unknown => false,
        Status::NotApplicable if outcome.nuance == Nuance::NotUsed => before_force || frame.may_hold_no_day(),
        // Of a ban or a right whose conditions hold on other days.
        Status::NotApplicable => is_of_acts(case.body) && is_odd(ask, frame),
        Status::Satisfied | Status::Late | Status::Violated => before_force || frame.may_hold_no_day(),
        Status::NeedsJudgement => before_force || frame.may_be_none(),
        // What is not given may still come.
        Status::Pending => before_force || (frame.may_be_empty() && !frame.may_be_none()),
    }
}

/// Whether a clause does not apply, whichever day its subject's own may be: its conditions hold on none, or what its window is counted
/// from is none on all of them.
pub fn applies_on_no_day<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> bool {
    norm.bodies.iter().all(|body| {
        let edges = [first_reached(&body.window), Some(last_reached(body))];
        (has_window(&body.test) && edges.into_iter().flatten().any(|edge| is_no_day(ask, edge)))
            || holds_never(ask, body)
    })
}

/// Whether the conditions of a clause are known to hold on no day to come.
pub fn is_excluded<'w, T: Trace>(ask: &mut Ask<'w, T>, body: &'w Body) -> bool {
    body.conditions.iter().any(|when| fails_for_good(ask, when)) && ask.applies(&body.conditions).is_no()
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
    let day = match edge {
        Reached::Beside(day, _) | Reached::After { day, .. } | Reached::Named(day, _) => day,
        Reached::Length { from: day, .. } => day,
        Reached::PeriodEnd | Reached::Never | Reached::Blank { .. } => return false,
        Reached::YearOfTerm { .. } | Reached::OfTerm { .. } => return false,
    };
    let as_of = ask.world.as_of;
    let days = ask.changes_of_value(day, ask.since, Day::MAX);
    let on = |ask: &mut Ask<'w, T>, on: Day| ask.asked(on, on.min(as_of), |ask| day_named(ask, day)) == EdgeDay::NoDay;
    let none = ask.quietly(|ask| days.iter().all(|day| on(ask, *day)));
    none && on(ask, as_of)
}

/// The time in which an instance binds beside the one that is judged, which answers to a breach of its own.
pub fn life_of_other<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (own, began, frame): (Own, Day, Frame),
) -> (Life, Truth) {
    let period = instance.period.filter(|_| norm.cycle.is_some());
    let of = (norm.clause, instance.subject.map(|(_, row)| row), instance.bearer, period);
    let broken = if norm.trigger == Trigger::Always { None } else { ask.known.broken_on(&of) };
    let judged = std::mem::replace(&mut ask.broken_on, broken);
    let life = life_of(ask, norm, instance, (own, began, frame));
    ask.broken_on = judged;
    life
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
    let right = norm.bodies.iter().any(|body| matches!(body.test, NormTest::May { .. }));
    let mut life = Life {
        began,
        own: if let Own::On(day) = own { Some(day) } else { None },
        to_come: if let Own::ToCome(day) = own { Some(day) } else { None },
        since: ask.since.max(governs.from),
        begins: Day::MIN,
        bearer_since: added_on(ask, norm, instance).unwrap_or(Day::MIN),
        ends: governs.last().max(governs.from),
        subject_ends: None,
        may_end: None,
        plain_bearer: false,
    };
    // What has no last day is not owed after a repeal, also where it began before.
    let is_duty = |body: &Body| {
        matches!(
            body.test,
            NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_)
        )
    };
    if instance.period.is_none()
        && !matches!(frame.last, EdgeDay::On(_) | EdgeDay::Unknown)
        && norm.bodies.iter().all(is_duty)
        && let Some(out) = ask.law.ended_on(norm.clause)
    {
        life.ends = life.ends.min(out.preceding()).max(life.since);
    }
    let mut binds = Truth::Yes;
    // No day of a period is judged by a wording that judges acts only once the one before has run out.
    if let Some(period) = instance.period.filter(|_| norm.bodies.iter().all(is_of_limits))
        && governs.from > period.last().max(frame.last_bounds().0.min(period.last()))
    {
        // Whoever comes later is bound by the new wording at once.
        let perhaps = may_have_come_by(ask, norm, instance, period.last());
        life.begins = life.since;
        return (life, if perhaps { Truth::Open } else { Truth::No });
    }
    if let Some((line, row)) = instance.subject
        && let Some(of) = norm.subjects.get(usize::from(line))
        && let Some(lasts) = lasting_days(ask, of, row)
    {
        // What begins on a day that is reckoned from the record's own may begin with its end.
        let of_acts = norm.bodies.iter().all(is_of_limits);
        let open = |body: &Body| instance.period.is_none() && is_without_end(body);
        let by_subject = norm.bodies.iter().all(|body| is_of_limits(body) || open(body))
            && norm.bodies.iter().any(|body| begins_by_subject(ask.world.plan, body));
        if !by_subject || is_open_while_it_lasts(norm, frame.first, lasts.last) {
            ends_with(&mut life, lasts);
            let until_used = |body: &Body| {
                told_by(body).is_some_and(|field| ends_with_its_use(ask.world.plan, of, (norm.clause, field)))
            };
            life.subject_ends = lasts.last.exact().filter(|_| !norm.bodies.iter().any(until_used));
        }
        // One that was over before the clause was in force binds nobody; on its first day out a right may still be used.
        let out = if right { life.first_out() } else { life.ends };
        if of_acts && out < life.since {
            return (life, Truth::No);
        }
        // What was due in its first period before it was there is none of its duties.
        let before = ends_before(frame.last, lasts.from);
        if instance.period.is_some() {
            if before.is_yes() {
                return (life, Truth::No);
            }
            binds = before.opposite();
        }
        // Its first period begins with it, and so does what has no window.
        let mut begins_with_it =
            instance.period.is_some() || (frame.first, frame.last) == (EdgeDay::None, EdgeDay::None);
        // It binds nobody, and lets nobody do anything, before it was there, unless its window lies there in so many words.
        if of_acts
            && matches!(lasts.from, EdgeDay::On(_))
            && !norm.bodies.iter().any(|body| begins_by_subject(ask.world.plan, body))
        {
            begins_with_it |= !before.is_yes();
            binds = binds.and(before.or(before.opposite()));
        }
        if let Some(first) = lasts.from.exact().filter(|_| begins_with_it) {
            life.since = life.since.max(first);
            life.bearer_since = life.bearer_since.max(first);
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
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row, lasting_days(ask, of, row)));
    life.plain_bearer = matches!(bearer, Some((_, _, None)));
    if let Some((of, row, Some(lasts))) = bearer {
        // Nobody acts as what they have not become yet on any of the days on which that may have been.
        let earliest = match lasts.from {
            EdgeDay::On(from) if norm.bodies.iter().all(is_of_acts) => Some(from.first),
            from => from.exact(),
        };
        if let Some(first) = earliest {
            life.since = life.since.max(first);
            life.bearer_since = life.bearer_since.max(first);
        }
        ends_with(&mut life, lasts);
        // A subject without a day of its own says nothing of when its bearers have to be there.
        let through_last = |first: Day, last: Day| (first.min(last), last.min(governs.last().max(first.min(last))));
        let (widest, certain) = match (own == Own::Without, instance.period, instance.span) {
            // What is watched on every day is asked of those that last on it; a state that another wording followed, of those that do
            // on some day of its own.
            (true, _, Some((day, last))) => {
                let last = if is_daily(norm) { day } else { last };
                ((day, last), Some((day, last)))
            }
            // Its day is still to come, and only known not to lie before the first that it may be.
            (false, _, _) if matches!(own, Own::ToCome(_)) => {
                let own = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
                let last = own.and_then(|(of, row)| ask.own_day(of.record, row)).map_or(Day::MAX, |day| day.last);
                let throughout = lasts.meets(began, began).and(lasts.meets(last, last));
                ((began, last), throughout.is_yes().then_some((began, last)))
            }
            (false, _, _) => ((began, began), Some((began, began))),
            (true, Some(period), None) => {
                let binding = days_of_binding(ask, norm);
                let first = period.first().max(ask.since).max(binding.from).max(ask.law.runs_since(norm));
                let last = last_to_come(ask, norm, period);
                let days = (first, last.min(governs.last()).min(binding.last().max(first)));
                (days, Some(days))
            }
            (true, None, None) => {
                let bounds = |edge: EdgeDay, none: Day| match edge {
                    EdgeDay::On(day) => (day.first, day.last),
                    EdgeDay::Unknown => (Day::MIN, Day::MAX),
                    _ => (none, none),
                };
                // Each wording speaks of the acts of its own days.
                let acts = norm.bodies.iter().all(is_of_acts);
                let since = if acts { ask.since.max(governs.from) } else { ask.since };
                let (first, last) = (bounds(frame.first, since), bounds(frame.last, as_of));
                // Those who last on some day of each window that it may be are bound for certain.
                let (widest, each) = ((first.0, last.1), (first.1, last.0));
                let exact = widest == each;
                let certain = (exact || each.0 <= each.1).then(|| through_last(each.0, each.1));
                (through_last(widest.0, widest.1), certain)
            }
        };
        let mut bound = bears(ask, norm, instance, (of, row, lasts), widest);
        let sure = certain.is_some_and(|days| days == widest || lasts.meets(days.0, days.1).is_yes());
        if bound.is_yes() && !sure {
            bound = Truth::Open;
        }
        // Whoever comes after the last day has nothing to do by it.
        binds = binds.and(bound).and(ends_before(frame.last, lasts.from).opposite());
        if let EdgeDay::On(last) = lasts.last {
            let out = |day: Day| if right { day.following() } else { day };
            let out = DayBounds::within(out(last.first), out(last.last));
            binds = binds.and(is_over_before(norm, frame.first, out).opposite());
        }
    }
    let out = DayBounds::exactly(if right { life.first_out() } else { life.ends });
    binds = binds.and(is_over_before(norm, frame.first, out).opposite());
    life.begins = life.since;
    // What becomes due only otherwise binds nobody before the breach.
    if let Some((broken, _)) = ask.broken_on
        && begins_with_the_breach(norm)
    {
        life.since = life.since.max(broken.following());
    }
    // Nor does what was judged by other words, or by other days of a term, cut a period short.
    if let Some((_, day)) = ask.counts_since.filter(|(clause, _)| *clause == norm.clause) {
        life.since = life.since.max(day);
    }
    (life, binds)
}

/// Whether a window in which something is prohibited, allowed or limited begins after the end of the clause, or after somebody has left:
/// it asks nothing of them.
fn is_over_before(norm: &Norm, first: EdgeDay, out: DayBounds) -> Truth {
    match first {
        EdgeDay::On(first) if norm.bodies.iter().all(is_of_limits) => out.before(first),
        _ => Truth::No,
    }
}

/// Whether a window has ended before what lasts begins.
pub fn ends_before(last: EdgeDay, first: EdgeDay) -> Truth {
    match (last, first) {
        (EdgeDay::On(last), EdgeDay::On(first)) => last.before(first),
        (_, _) => Truth::No,
    }
}

/// Whether a window without a last day begins while its subject lasts: it ends with that, whatever its first day is reckoned from.
fn is_open_while_it_lasts(norm: &Norm, first: EdgeDay, last: EdgeDay) -> bool {
    let open = norm.bodies.iter().all(is_without_end);
    let later = match (first, last) {
        (EdgeDay::On(first), EdgeDay::On(last)) => last.before(first),
        (_, _) => Truth::No,
    };
    open && later.is_no()
}

fn is_without_end(body: &Body) -> bool {
    matches!(body.window.last, Edge::Open | Edge::Never)
}

/// An instance ends with its subject and its bearer.
fn ends_with(life: &mut Life, lasts: Lasts) {
    let begins = if let EdgeDay::On(first) = lasts.from { first.first } else { Day::MIN };
    let last = match lasts.last {
        EdgeDay::On(last) => last,
        // Where the last day is not given, it may be any since the first.
        EdgeDay::Unknown => DayBounds::within(begins, Day::MAX),
        _ => return,
    };
    match last.exact() {
        Some(last) => life.ends = life.ends.min(last),
        None => life.may_end = Some(life.may_end.map_or(last.first, |day| day.min(last.first))),
    }
}

/// Whether the subject or the bearer may have come under the wording that judges an instance, by the last day of its period, where it is
/// not known on which day that was.
fn may_have_come_by<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance, last: Day) -> bool {
    let since = ask.law.chosen(norm).from;
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    let mut perhaps = false;
    for (of, row) in subject.into_iter().chain(bearer) {
        let came = match lasting_days(ask, of, row).map(|lasts| lasts.from) {
            Some(EdgeDay::Unknown) => DayBounds::within(Day::MIN, Day::MAX),
            Some(EdgeDay::On(day)) if day.exact().is_none() => day,
            _ => continue,
        };
        if came.may_lie_in(since, last) {
            perhaps = true;
            if let Some(clause) = of.members_of {
                ask.member(clause, row, since);
            } else if let Shape::Lasts { from, .. } = ask.world.shape(of.record) {
                ask.cell(CellId { record: of.record, row, field: from }, of.span);
            }
        }
    }
    perhaps
}

/// A subject still to come: what is neither a duty nor a right, with days of its own, waits for it.
pub fn still_planned<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>) -> Option<Ruling> {
    let as_of = ask.world.as_of;
    let own = case.life.own.or(case.life.to_come);
    let day = own.or(case.instance.span.is_none().then_some(case.life.began))?;
    let waits = match case.body.test {
        NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::PaysShare(_) => false,
        NormTest::AtJoining { .. } | NormTest::Member(_) | NormTest::Term(_) | NormTest::May { .. } => false,
        NormTest::Holds(_) | NormTest::HoldsDaily(_) | NormTest::Never(_) | NormTest::Numbers { .. } => true,
        NormTest::Limit { .. } | NormTest::States(_) | NormTest::Shared { .. } | NormTest::Vote { .. } => true,
        NormTest::ForPerson(_) => true,
    };
    if day <= as_of || (case.instance.period.is_some() && own.is_none()) {
        return None;
    }
    let planned = if own.is_some() || case.instance.subject.is_some() { Some(day) } else { None }?;
    let said = if waits { Said::Planned { day: planned } } else { Said::ToCome { day: planned } };
    ask.trace.say(|| reason(said, Mark::Plain, case.norm.span));
    waits.then(|| {
        let (first, last) = (case.frame.first_day(), case.frame.last_day());
        Ruling { outcome: Outcome { first, last, ..Outcome::of(Status::Pending) }, decider: Decider::Nobody }
    })
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
    // Of instalments, those that fall due after the end were left out one by one.
    if !duty || case.body.instalments.is_some() {
        return ruling;
    }
    // A term that a window speaks of is no period of a cycle.
    let period = case.instance.period.filter(|_| case.norm.cycle.is_some());
    let owed = match case.frame.last {
        EdgeDay::On(last) if last.last <= case.life.ends => return ruling,
        EdgeDay::On(_) | EdgeDay::Unknown => case.lay_in_force(),
        // The clause goes on without what it is about, or who bears it: the day that it counts from may still come.
        EdgeDay::NotYet if !is_without_end(case.body) => {
            as_of <= governing_days(ask, case.norm, &case.instance).last() && case.lay_in_force()
        }
        _ => false,
    };
    // After the end nothing new binds, a state whose window begins only then no more than a deed.
    let begins_after = period.is_none() && case.frame.first_bounds().0 > case.life.ends;
    let open = matches!(ruling.outcome.status, Status::Pending | Status::Violated | Status::Late) || begins_after;
    if owed || !open || ruling.outcome.for_good || (period.is_some() && ruling.outcome.status != Status::Pending) {
        return ruling;
    }
    let day = case.life.ends;
    // On some of the days that its last may be, it is owed.
    if matches!(case.frame.last, EdgeDay::On(last) if last.first <= day) {
        return Ruling { outcome: ruling.outcome.with(Status::Unknown), decider: Decider::Nobody };
    }
    ask.trace.say(|| reason(Said::EndedOn { day }, Mark::Plain, case.norm.span));
    Ruling::of(Status::NotApplicable)
}
