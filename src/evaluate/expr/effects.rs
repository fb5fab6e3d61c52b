//! The days on which rights that were exercised take effect: those that were rights on the day of their use, by the wording and in the
//! period that the use is for.

use crate::facts::Row;
use crate::model::amendment::Began;
use crate::model::clause::{Bearer, CutCounts, CycleOf, Edge, When};
use crate::model::expr::Row as RowOf;
use crate::model::expr::{ClauseId, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, Var};
use crate::model::schema::RecordId;
use crate::plan::{Body, Norm, NormTest, Trigger};
use crate::value::{Cycle, CyclePeriod, Day};
use crate::verdict::{Mark, Missing, Said};

use super::ask::{Ask, Stepping};
use super::definitions::{Looks, by_definition};
use super::exercised::{
    bearer_among, case_of_use, earlier, either, ends_with_its_use, exercise_of, has_come, is_same, is_waived,
    may_be_extended, stays, steps_back_on_all_days, term_stays,
};
use super::extended::extended;
use super::for_good::{AsTheyStand, Times, for_good};
use super::form::{
    Reached, Reckoned, begins_by_subject, last_reached, may_come, period_of_term, term_of_bound, term_of_edge,
};
use super::frame::{EdgeDay, Frame, MemberDays, Passed};
use super::judged::{named_row, use_as_decided};
use super::let_off::let_off;
use super::memberships::{edges_of_membership, joined_by};
use super::of_the_case::as_it_binds;
use super::readings::{may_differ, taken_as};
use super::sets::listed;
use super::terms::{term_that_holds, terms_until};
use crate::evaluate::expr::formality::formal;
use crate::evaluate::knowledge::decided::About;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::{GHOST, same_for_all};
use crate::evaluate::norms::case::has_window;
use crate::evaluate::trace::{Trace, reason};

/// The day on which a permission that is exercised takes effect. One that nobody has exercised, or will only later, takes none.
pub fn effect_day<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Val<'w> {
    // The periods, the terms and the first day of whatever asks are none of the right's.
    let before = (ask.period, ask.cycle, ask.term, ask.since);
    (ask.period, ask.cycle, ask.term, ask.since) = (None, None, None, ask.law.first_day(clause));
    let norm = ask.law.wording_on(clause, ask.on);
    let day = norm.and_then(|norm| {
        as_it_binds(ask, norm, |ask, rows| {
            if ask.left_out.is_some_and(|(right, row)| right == clause && rows.contains(&row)) {
                return Val::Absent;
            }
            if !rows.contains(&GHOST) {
                return effect_of(ask, clause);
            }
            // Of somebody whom the case does not name, nothing is known.
            ask.trace.missing(|| Missing::Clause(clause));
            Val::Unknown
        })
    });
    let day = day.unwrap_or(Val::Unknown);
    (ask.period, ask.cycle, ask.term, ask.since) = before;
    day
}

/// Whether a day that has not come will never come, because it is the effect of a right that was not used and can no longer be used.
pub fn comes_no_more<'w, T: Trace>(ask: &mut Ask<'w, T>, day: &'w Expr) -> bool {
    match &day.kind {
        ExprKind::EffectOf(clause) => {
            let none = why_no_effect(ask, *clause);
            if let Some(why) = none {
                let said = Said::NoEffect { right: *clause, used: why == NoEffect::OfItsUse };
                ask.trace.say(|| reason(said, Mark::No, day.span));
            }
            none.is_some()
        }
        // It is counted from such an effect itself.
        ExprKind::DueDayOf(clause) => ask.due_edge(*clause) == EdgeDay::NoDay,
        ExprKind::Shift { day, .. } => comes_no_more(ask, day),
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => {
            let mut effects = false;
            // Of the others, a field that is empty names no day, either.
            days.iter().all(|day| {
                let over = comes_no_more(ask, day);
                effects |= over;
                over || (!may_come(ask.world.plan, day) && ask.quietly(|ask| ask.value(day)) == Val::Absent)
            }) && effects
        }
        ExprKind::Defined { definition, row } => {
            let amount: &dyn Fn(&mut Ask<'w, T>, &'w Expr) -> Val<'w> =
                &|ask, day| if comes_no_more(ask, day) { Val::Absent } else { Val::Unknown };
            by_definition(ask, *definition, row.as_ref(), &Looks { holds: &Ask::holds, amount }) == Val::Absent
        }
        _ => false,
    }
}

/// Why a right has no effect, and will have none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NoEffect {
    /// What the effect of its use is counted from, or the length that is counted, is none.
    OfItsUse,
    /// Nobody has used it by now, and it can no longer be used by whom the case is about: its time is over, or that of its holder.
    NoMore,
}

fn why_no_effect<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Option<NoEffect> {
    // Who has it may hang on the window of a right that is counted from this one.
    if ask.looks_ahead >= FARTHEST_AHEAD {
        return None;
    }
    ask.looks_ahead = ask.looks_ahead.saturating_add(1);
    let before = (ask.period, ask.cycle, ask.term, ask.since);
    (ask.period, ask.cycle, ask.term, ask.since) = (None, None, None, ask.law.first_day(clause));
    let norm = ask.law.wording_on(clause, ask.on);
    let plan = ask.world.plan;
    let none = norm.and_then(|norm| {
        as_it_binds(ask, norm, |ask, rows| {
            if rows.contains(&GHOST) {
                return None;
            }
            ask.quietly(|ask| match is_without_effect(ask, clause, rows) {
                true => Some(NoEffect::OfItsUse),
                false => plan.norms_of(clause).all(|(_, norm)| is_over(ask, norm, rows)).then_some(NoEffect::NoMore),
            })
        })
    });
    (ask.period, ask.cycle, ask.term, ask.since) = before;
    ask.looks_ahead = ask.looks_ahead.saturating_sub(1);
    none.flatten()
}

/// So many rights that are counted from each other are looked at.
const FARTHEST_AHEAD: u8 = 3;

/// Whether a right was used, and the day that its effect is counted from, or the length that is counted, is none.
fn is_without_effect<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, rows: &[Row]) -> bool {
    fields_of_use(ask, clause).into_iter().any(|field| {
        let told = ask.aside(rows, |ask| ask.field(field)).unwrap_or(Val::Unknown);
        let used_on = told.day_bounds().and_then(DayBounds::exact).filter(|day| *day <= ask.world.as_of);
        used_on.is_some_and(|day| {
            is_use(ask, (clause, field), rows, day).is_yes()
                && effect_of_use(ask, clause, rows, day) == Some(EdgeDay::NoDay)
        })
    })
}

/// Whether the time of one wording of a right is over: of the wording itself, of its window, of its holder, or of its subject.
fn is_over<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, rows: &[Row]) -> bool {
    let (plan, as_of) = (ask.world.plan, ask.world.as_of);
    let holder = bearer_among(norm, rows);
    let subject = norm.subjects.first().and_then(|of| Some((of, rows.get(usize::from(of.var.0)).copied()?)));
    // A window that begins on a day of its subject may lie after its end.
    let outlasts = taken_as(ask, norm).iter().any(|body| begins_by_subject(plan, body));
    if holder.is_some_and(|(of, row)| has_gone(ask, of, row, as_of)) {
        return true;
    }
    if let Some((of, row)) = subject.filter(|_| !outlasts) {
        let told_by = exercise_of(taken_as(ask, norm)).map(|(_, field, _)| field);
        let until_used = told_by.is_some_and(|field| ends_with_its_use(plan, of, (norm.clause, field)));
        if has_gone(ask, of, row, if until_used { as_of } else { as_of.following() }) {
            return true;
        }
    }
    // Nobody has it where the field that names its bearer says so.
    if let Some(Bearer::Field(field)) = &norm.bearer
        && ask.aside(rows, |ask| ask.field(field)) == Some(Val::Absent)
    {
        return true;
    }
    if [holder, subject].into_iter().flatten().any(|(of, row)| is_left_out(ask, of, row)) {
        return true;
    }
    let excluded = taken_as(ask, norm).iter().all(|body| body.conditions.iter().any(|when| fails_for_good(ask, when)));
    if excluded {
        return true;
    }
    if norm.trigger != Trigger::Always && norm.cycle.is_none() {
        let case = case_of_use(ask, norm, rows, None);
        if ask.known.is_due_no_more(&case) {
            return true;
        }
    }
    // It steps back behind what holds on all days, or on none.
    let whom: Vec<(RecordId, Row)> =
        [holder, subject].into_iter().flatten().map(|(of, row)| (of.record, row)).collect();
    if steps_back_on_all_days(plan, norm) && let_off(ask, norm, &whom, (as_of, Stepping::ForAnAct)).is_yes() {
        return true;
    }
    let force = ask.law.chosen(norm);
    if force.is_empty() || (force.until <= as_of && (norm.cycle.is_none() || !goes_on(ask, norm))) {
        return true;
    }
    if norm.cycle.is_some() {
        return false;
    }
    if whom.iter().any(|row| is_waived(ask, norm, *row, None)) {
        return true;
    }
    taken_as(ask, norm).iter().all(|body| {
        let frame = extended_frame(ask, (norm, body), rows);
        if [frame.first, frame.last].contains(&EdgeDay::NoDay) {
            return true;
        }
        let timed = last_reached(body);
        let stays = match &timed {
            Reached::Beside(day, _) | Reached::Named(day, _) | Reached::After { day, .. } => stays(plan, day),
            Reached::Length { from, .. } => stays(plan, from),
            Reached::OfTerm { term, .. } => term_stays(plan, *term),
            _ => false,
        };
        stays && frame.passed(as_of) == Passed::Yes
    })
}

/// Whether a condition keeps a clause from applying on all days to come.
pub fn fails_for_good<'w, T: Trace>(ask: &mut Ask<'w, T>, when: &'w When) -> bool {
    match when {
        When::If(condition) => holds_for_good(ask, condition, Times::AnyDay).is_no(),
        When::Unless(condition) => holds_for_good(ask, condition, Times::AnyDay).is_yes(),
    }
}

fn holds_for_good<'w, T: Trace>(ask: &mut Ask<'w, T>, condition: &'w Cond, times: Times) -> Truth {
    for_good(ask, condition, times, &AsTheyStand { weigh: Ask::weigh, value: Ask::value, listed })
}

/// Whether what a clause speaks of is never among those that it speaks of: an event is asked about on its own day.
fn is_left_out<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection, row: Row) -> bool {
    let as_of = ask.world.as_of;
    let own = ask.own_day(of.record, row).and_then(DayBounds::exact).filter(|day| *day <= as_of);
    let passes = match own {
        Some(day) => ask.asked_of(day, as_of, |ask| holds_for_good(ask, &of.filter, Times::PastDay)),
        None => holds_for_good(ask, &of.filter, Times::AnyDay),
    };
    passes.is_no()
}

/// Whether who has a right, or what it is about, has gone for good, with a first day out before a day.
fn has_gone<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection, row: Row, by: Day) -> bool {
    let plan = ask.world.plan;
    let Some(membership) = of.members_of else {
        let last = ask.world.lasting(of.record, row).and_then(|(_, last)| last.day_bounds());
        return last.is_some_and(|last| last.last.following() < by);
    };
    let untils = plan.norms_of(membership).flat_map(|(_, norm)| &norm.bodies).filter_map(|body| match &body.test {
        NormTest::Member(lasting) => lasting.until.as_ref(),
        _ => None,
    });
    let stays = untils.into_iter().all(|until| match until {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) | Edge::Lapse { anchor: day, .. } => {
            stays(plan, day)
        }
        _ => false,
    });
    if !stays {
        return false;
    }
    match ask.member_days(membership, row) {
        // Whoever has not joined has none.
        Some(days) if matches!(days.from, EdgeDay::NotYet | EdgeDay::NoDay) => true,
        Some(days) if days.admitted.is_no() => matches!(days.from, EdgeDay::On(_)),
        Some(days) => matches!(days.until, EdgeDay::On(until) if until.last < by),
        None => false,
    }
}

fn effect_of<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Val<'w> {
    let fields = fields_of_use(ask, clause);
    let effects: Vec<Val<'w>> = fields.into_iter().map(|field| effect_by(ask, clause, field)).collect();
    effects.into_iter().reduce(earlier).unwrap_or(Val::Unknown)
}

/// The fields that tell of the use of a right: each of its wordings may be exercised on a day in a field of its own.
fn fields_of_use<'w, T: Trace>(ask: &Ask<'w, T>, clause: ClauseId) -> Vec<&'w FieldOf> {
    let plan = ask.world.plan;
    let mut fields: Vec<&'w FieldOf> = Vec::new();
    for (_, norm) in plan.norms_of(clause) {
        let Some((_, field, _)) = exercise_of(taken_as(ask, norm)) else { continue };
        if !fields.iter().any(|other| is_same(other, field)) {
            fields.push(field);
        }
    }
    fields
}

/// The day on which a right takes effect by what a field tells of its use.
fn effect_by<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, field: &'w FieldOf) -> Val<'w> {
    let rows = ask.vars.clone();
    let told = ask.aside(&rows, |ask| ask.quietly(|ask| ask.field(field))).unwrap_or(Val::Unknown);
    let used = has_come(&told, ask.world.as_of);
    if used.is_no() {
        return Val::Absent;
    }
    let exactly = told.day_bounds().and_then(DayBounds::exact);
    let days = match (exactly, told.day_bounds()) {
        (Some(day), _) => vec![day],
        (None, Some(told)) => days_of_use(ask, clause, &rows, (told.first, told.last.min(ask.world.as_of))),
        // On any day of its force.
        (None, None) => {
            let first = ask.law.first_day(clause).min(ask.world.as_of);
            days_of_use(ask, clause, &rows, (first, ask.world.as_of))
        }
    };
    let uses: Vec<Truth> = days.iter().map(|day| is_use(ask, (clause, field), &rows, *day)).collect();
    let used_as = same_for_all(uses.into_iter());
    match used_as {
        Truth::Yes => {}
        Truth::No => return Val::Absent,
        Truth::Open => {
            ask.aside(&rows, |ask| ask.field(field));
        }
        Truth::Person => {}
    }
    let sure = used_as.is_yes();
    let mut takes = days.iter().map(|day| effect_of_use(ask, clause, &rows, *day)).collect::<Vec<_>>().into_iter();
    let first = takes.next().flatten();
    let takes = match takes.fold(first, |all, one| all.zip(one).map(|(all, one)| either(all, one))) {
        // Of what may have been no right it is known that it has no effect before its day.
        Some(EdgeDay::On(day)) if !sure => Val::Day(DayBounds::within(day.first, Day::MAX)),
        Some(_) if !sure => Val::Unknown,
        // Whether it was exercised is not known, but its day would lie ahead in any case.
        Some(EdgeDay::On(day)) if used.is_yes() || day.first > ask.world.as_of => Val::Day(day),
        Some(EdgeDay::NotYet | EdgeDay::None | EdgeDay::NoDay) => Val::Absent,
        Some(EdgeDay::NoSuchDay) => Val::NoSuchDay,
        Some(EdgeDay::On(_)) => {
            ask.aside(&rows, |ask| ask.field(field));
            Val::Unknown
        }
        Some(EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable) | None => Val::Unknown,
    };
    // Which day that is hangs on that of the use.
    if exactly.is_none() && takes.day_bounds().is_some_and(|day| day.exact().is_none()) {
        ask.aside(&rows, |ask| ask.field(field));
    }
    takes
}

/// A right as it is used on a day: by the wording, and in the period of it, that the use is for.
#[derive(Clone, Copy)]
struct Use<'w> {
    norm: &'w Norm,
    period: Option<(CyclePeriod, Cycle)>,
    /// Whether that wording speaks of the day: in its force, or in a period of it that runs on.
    speaks: Truth,
}

/// The right that a use on a day is of. In a cycle, it is for the period that holds the day, unless only the window of the one before or
/// after does.
fn use_on<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, rows: &[Row], day: Day) -> Option<Use<'w>> {
    let own = wording_of_use(ask, clause, rows, day)?;
    let Some((period, cycle)) = own.period else { return Some(own) };
    let before = period.first().preceding();
    // What ran out before they came is no period of theirs.
    let earlier = wording_of_use(ask, clause, rows, before).and_then(|earlier| {
        let speaks = earlier.speaks.and(had_by(ask, earlier.norm, rows, before));
        (earlier.period.is_some() && !speaks.is_no()).then_some(Use { speaks, ..earlier })
    });
    let later = cycle.period_at(period.last().following()).map(|later| Use { period: Some((later, cycle)), ..own });
    for beside in [Some(own), earlier, later].into_iter().flatten() {
        if window_holds(ask, beside, rows, day).is_yes() {
            return Some(beside);
        }
    }
    Some(own)
}

/// The wording that speaks of a use on a day, and the period of it that holds the day: that of the day, but for those who had the right
/// under an older one the period of that which ran when the new one began, unless it was taken over.
fn wording_of_use<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, rows: &[Row], day: Day) -> Option<Use<'w>> {
    let now = ask.law.wording_on(clause, day)?;
    let period = |norm: &'w Norm, day: Day| match &norm.cycle {
        Some(CycleOf::Calendar(cycle)) => cycle.period_at(day).map(|period| (period, *cycle)),
        _ => None,
    };
    let own = Use { norm: now, period: period(now, day), speaks: Truth::of(ask.law.chosen(now).contains(day)) };
    let plan = ask.world.plan;
    if plan.norms_of(clause).nth(1).is_none() && now.cuts.is_empty() {
        return Some(own);
    }
    for (_, older) in plan.norms_of(clause) {
        let force = ask.law.chosen(older);
        if force.is_empty() || force.until > day || !goes_on(ask, older) {
            continue;
        }
        let last = force.last();
        let running = match older.cycle {
            Some(CycleOf::EachTerm(term)) => ask.term_on(term, last).map(|(_, days)| period_of_term(days)),
            _ => period(older, last).map(|(period, _)| period),
        };
        if running.is_none_or(|running| day > running.last()) {
            continue;
        }
        let had = had_by(ask, older, rows, last);
        if had.is_no() {
            continue;
        }
        return Some(Use { norm: older, period: period(older, last), speaks: had });
    }
    Some(own)
}

/// Whether a period of a wording that runs on the last day of it runs on: another follows, or a repeal does, and does not take it over.
fn goes_on<T: Trace>(ask: &Ask<'_, T>, norm: &Norm) -> bool {
    match ask.law.cut_of(norm, ask.world.as_of) {
        Some(cut) => cut.began == Began::KeepsTheOldWording,
        None => {
            let until = ask.law.chosen(norm).until;
            ask.world.plan.norms_of(norm.clause).any(|(_, other)| ask.law.chosen(other).from == until)
        }
    }
}

/// Whether whoever has a right had come by a day.
fn had_by<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, rows: &[Row], day: Day) -> Truth {
    let Some((of, row)) = bearer_among(norm, rows) else { return Truth::Yes };
    match of.members_of {
        Some(clause) => ask.aside(rows, |ask| joined_by(ask, (clause, row), norm.clause, day)).unwrap_or(Truth::Open),
        None => match ask.world.lasting(of.record, row).map(|(from, _)| EdgeDay::told(from)) {
            Some(EdgeDay::On(from)) => from.before(DayBounds::exactly(day.following())),
            Some(_) | None => Truth::Yes,
        },
    }
}

/// When a right takes effect that is exercised on a day: by its wording, and by the period or the term whose window holds it.
fn effect_of_use<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, rows: &[Row], day: Day) -> Option<EdgeDay> {
    let Use { norm, period, .. } = use_on(ask, clause, rows, day)?;
    let (body, _, effect) = exercise_of(taken_as(ask, norm))?;
    ask.term = match norm.cycle {
        Some(CycleOf::EachTerm(term)) => {
            ask.aside(rows, |ask| ask.asked_on(day, |ask| term_that_holds(ask, (term, body), day)))?.map(|(of, _)| of)
        }
        _ => term_of_edge(effect).and_then(|term| ask.term_on(term, day)),
    };
    // A day of its period is one of the period that the use is for.
    let (period, cycle) = match (period, &norm.cycle, ask.term) {
        (Some((period, cycle)), _, _) => (Some(period), Some(cycle)),
        (None, Some(CycleOf::EachTerm(_)), Some((_, days))) => (Some(period_of_term(days)), None),
        _ => (None, None),
    };
    let before = (std::mem::replace(&mut ask.period, period), std::mem::replace(&mut ask.cycle, cycle));
    let takes = ask.aside(rows, |ask| ask.edge(effect, Reckoned::Day));
    (ask.period, ask.cycle, ask.term) = (before.0, before.1, None);
    match takes {
        // In which of such periods it lies is not told by the calendar.
        Some(EdgeDay::None) if matches!(norm.cycle, Some(CycleOf::Counted { .. } | CycleOf::YearOfTerm(_))) => {
            Some(EdgeDay::Unknown)
        }
        takes => takes,
    }
}

/// Whether the window of the period that a use is taken to be for holds its day.
fn window_holds<'w, T: Trace>(ask: &mut Ask<'w, T>, of: Use<'w>, rows: &[Row], day: Day) -> Truth {
    let Some((body, ..)) = exercise_of(taken_as(ask, of.norm)) else { return Truth::Open };
    let before = (ask.period, ask.cycle);
    (ask.period, ask.cycle) = (of.period.map(|(period, _)| period), of.period.map(|(_, cycle)| cycle));
    let holds = ask.aside(rows, |ask| {
        ask.asked_on(day, |ask| ask.quietly(|ask| extended_frame(ask, (of.norm, body), rows)).holds(day))
    });
    (ask.period, ask.cycle) = before;
    holds.unwrap_or(Truth::Open)
}

/// The window of a right, until when people extended it for the case.
fn extended_frame<'w, T: Trace>(ask: &mut Ask<'w, T>, (norm, body): (&'w Norm, &'w Body), rows: &[Row]) -> Frame {
    let frame = ask.frame(body, None);
    Frame { last: extended(ask, norm, rows).of(frame.last), ..frame }
}

/// The days on which it can change whether a right is one and when it takes effect, from a first through a last.
fn days_of_use<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    rows: &[Row],
    (first, last): (Day, Day),
) -> Vec<Day> {
    let plan = ask.world.plan;
    let mut norms: Vec<&'w Norm> = plan.norms_of(clause).map(|(_, norm)| norm).collect();
    let behind = norms.iter().flat_map(|norm| &norm.yields_to).flat_map(|other| plan.norms_of(*other));
    let behind: Vec<&'w Norm> = behind.map(|(_, norm)| norm).collect();
    norms.extend(behind);
    let days = ask.aside(rows, |ask| {
        ask.changes(first, last.max(first), |walk, ask| {
            for norm in norms {
                let force = ask.law.chosen(norm);
                [force.from, force.until].into_iter().for_each(|day| walk.add(day));
                for body in &norm.bodies {
                    walk.conditions(ask, &body.conditions);
                    if has_window(&body.test) {
                        walk.windows(ask, (norm, body));
                    }
                }
                if let Some((of, row)) = bearer_among(norm, rows)
                    && let Some(membership) = of.members_of
                {
                    edges_of_membership(ask, (membership, row), clause).into_iter().for_each(|day| walk.add(day));
                }
                let effects = norm.bodies.iter().filter_map(|body| exercise_of(std::slice::from_ref(body)));
                for term in effects.filter_map(|(_, _, effect)| term_of_edge(effect)) {
                    let terms = ask.quietly(|ask| terms_until(ask, term, last));
                    terms.sure.iter().for_each(|days| walk.add(days.from));
                }
            }
        })
    });
    let mut days = days.unwrap_or_else(|| vec![first]);
    days.push(last.max(first));
    days
}

/// Whether what is told to have been exercised on a day was a right on that day: its bearer had it, it applied, and nothing and
/// nobody set it aside.
fn is_use<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (clause, told_by): (ClauseId, &'w FieldOf),
    rows: &[Row],
    day: Day,
) -> Truth {
    let Some(of) = use_on(ask, clause, rows, day) else { return Truth::Open };
    let norm = of.norm;
    if taken_as(ask, norm).len() > 1 {
        may_differ(ask, clause);
    }
    // By its wording of that day it may be exercised otherwise, or not take effect at all.
    let exercised = exercise_of(taken_as(ask, norm)).filter(|(_, field, _)| is_same(field, told_by));
    let Some((body, field, _)) = exercised else { return Truth::No };
    let has_it = has_the_right(ask, norm, rows, day)
        .and(is_for_what_is_there(ask, (norm, body, field), rows, day))
        .and(of.speaks)
        .and(is_due_by(ask, of, rows, day));
    let has_it = if has_it.is_no() { has_it } else { has_it.and(counts(ask, of, rows)) };
    if has_it.is_no() {
        return Truth::No;
    }
    let there = ask.aside(rows, |ask| ask.asked_on(day, |ask| is_there(ask, (of, body), day))).unwrap_or(Truth::Open);
    let there = there.and(has_it);
    if !there.is_yes() {
        return there;
    }
    let applied = match body.conditions.is_empty() {
        true => Some(Truth::Yes),
        false => ask.aside(rows, |ask| ask.asked_on(day, |ask| ask.applies(&body.conditions))),
    };
    match applied {
        Some(applies @ (Truth::Yes | Truth::Person)) => {
            let var = if let RowOf::Var(var) = &field.row { *var } else { Var(0) };
            was_right(ask, (of, body), (field.record, ask.var(var)), (day, applies))
        }
        Some(Truth::No) => Truth::No,
        Some(Truth::Open) | None => Truth::Open,
    }
}

/// Whether the period that a use is for counts: one that is cut short at its beginning or its end may count not at all.
fn counts<'w, T: Trace>(ask: &mut Ask<'w, T>, of: Use<'w>, rows: &[Row]) -> Truth {
    let Some((period, _)) = of.period else { return Truth::Yes };
    let norm = of.norm;
    let mut counts = Truth::Yes;
    if norm.first_period == Some(CutCounts::NotAtAll) {
        let there = Truth::of(ask.law.runs_since(norm) <= period.first());
        counts = counts.and(there).and(had_by(ask, norm, rows, period.first()));
    }
    if norm.last_period == Some(CutCounts::NotAtAll) {
        let there = Truth::of(ask.law.runs_on(norm) > period.last());
        counts = counts.and(there).and(had_by(ask, norm, rows, period.last()));
    }
    counts
}

/// Whether a right that becomes due only otherwise was due on a day.
fn is_due_by<'w, T: Trace>(ask: &mut Ask<'w, T>, of: Use<'w>, rows: &[Row], day: Day) -> Truth {
    let norm = of.norm;
    if norm.trigger == Trigger::Always || ask.none_used {
        return Truth::of(norm.trigger == Trigger::Always);
    }
    let period = match &norm.cycle {
        Some(CycleOf::EachTerm(term)) => ask.term_on(*term, day).map(|(_, days)| period_of_term(days)),
        _ => of.period.map(|(period, _)| period),
    };
    let case = case_of_use(ask, norm, rows, period);
    let due = ask.known.is_due_on(&case, day);
    if due == Truth::Open {
        ask.trace.missing(|| Missing::Clause(norm.clause));
    }
    due
}

/// Whether a right speaks of the subject that is bound, and its window holds the day of its use.
fn is_there<'w, T: Trace>(ask: &mut Ask<'w, T>, (of, body): (Use<'w>, &'w Body), day: Day) -> Truth {
    let norm = of.norm;
    let passes = match norm.subjects.first().filter(|of| !matches!(of.filter.kind, CondKind::Always)) {
        Some(of) => {
            let own = ask.own_day(of.record, ask.var(of.var)).and_then(DayBounds::exact).unwrap_or(day);
            let as_of = ask.world.as_of;
            ask.asked_of(own, as_of, |ask| ask.holds(&of.filter))
        }
        None => Truth::Yes,
    };
    let timed = body.window.first.is_some() || !matches!(body.window.last, Edge::Open);
    if passes.is_no() || !timed {
        return passes;
    }
    let rows = ask.vars.clone();
    let holds = match &norm.cycle {
        None => {
            let edges = body.window.first.iter().chain([&body.window.last]);
            let term = edges.filter_map(term_of_bound).next().and_then(|term| ask.term_on(term, day));
            let before = std::mem::replace(&mut ask.term, term);
            let holds = extended_frame(ask, (norm, body), &rows).holds(day);
            ask.term = before;
            holds
        }
        Some(CycleOf::Calendar(_)) => window_holds(ask, of, &rows, day),
        // One that people extended has another window.
        Some(CycleOf::EachTerm(_)) if may_be_extended(ask, norm, &rows) => Truth::Yes,
        Some(CycleOf::EachTerm(term)) => {
            term_that_holds(ask, (*term, body), day).map_or(Truth::Open, |(_, holds)| holds)
        }
        Some(CycleOf::Counted { .. } | CycleOf::YearOfTerm(_)) => Truth::Yes,
    };
    passes.and(holds)
}

/// Whether what a right is for lasts, or is a member, on the day of its use, or did on the day before and ended with its use; a window that
/// lies elsewhere in so many words says so itself.
fn is_for_what_is_there<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (norm, body, field): (&'w Norm, &'w Body, &'w FieldOf),
    rows: &[Row],
    day: Day,
) -> Truth {
    let subject = norm.subjects.first().and_then(|of| Some((of, rows.get(usize::from(of.var.0)).copied()?)));
    let Some((of, row)) = subject else { return Truth::Yes };
    let there_on = |ask: &mut Ask<'w, T>, day: Day| match of.members_of {
        Some(clause) => ask.aside(rows, |ask| joined_by(ask, (clause, row), norm.clause, day)).unwrap_or(Truth::Open),
        None => ask.world.lasts_on(of.record, row, day),
    };
    let there = ask.quietly(|ask| {
        let there = there_on(ask, day);
        match !there.is_yes() && ends_with_its_use(ask.world.plan, of, (norm.clause, field)) {
            true => there.or(there_on(ask, day.preceding())),
            false => there,
        }
    });
    if there.is_yes() {
        return there;
    }
    if there == Truth::Open {
        there_on(ask, day);
    }
    let timed = !matches!(body.window.last, Edge::Open | Edge::Never);
    let look = |ask: &mut Ask<'w, T>| ask.asked_on(day, |ask| ask.quietly(|ask| ask.frame(body, None)));
    let frame = ask.aside(rows, look);
    let elsewhere = match (begins_by_subject(ask.world.plan, body), frame) {
        (true, _) if timed => Truth::Yes,
        (true, Some(Frame { first: EdgeDay::On(first), .. })) => {
            same_for_all([first.first, first.last].map(|on| there_on(ask, on)).into_iter()).opposite()
        }
        (true, _) => Truth::Open,
        (false, Some(Frame { last: EdgeDay::On(last), .. })) if timed => {
            Truth::of(begins_after(ask, (of, row), last.last))
        }
        (false, _) => Truth::No,
    };
    there.or(elsewhere)
}

/// Whether what lasts, or is a member, begins only after a day.
fn begins_after<'w, T: Trace>(ask: &mut Ask<'w, T>, (of, row): (&'w Collection, Row), day: Day) -> bool {
    match of.members_of {
        Some(clause) => MemberDays::come_later(ask, clause, row, day),
        None => {
            let from = ask.world.lasting(of.record, row).and_then(|(from, _)| from.day_bounds());
            from.is_some_and(|from| day < from.first)
        }
    }
}

/// Whether who exercised a right was one of those who have it on that day.
fn has_the_right<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, rows: &[Row], day: Day) -> Truth {
    let Some((of, row)) = bearer_among(norm, rows) else { return Truth::Yes };
    let before = (ask.trace.mark(), ask.vars.clone());
    ask.trace.open();
    let found = ask.aside(rows, |ask| {
        ask.bind(of.var, row);
        let passes = ask.asked_on(day, |ask| ask.holds(&of.filter));
        match of.members_of {
            // Whoever leaves still has it on the first day on which it no longer belongs.
            Some(clause) if !passes.is_no() => {
                let belongs = joined_by(ask, (clause, row), norm.clause, day);
                let had = if belongs.is_yes() {
                    belongs
                } else {
                    belongs.or(joined_by(ask, (clause, row), norm.clause, day.preceding()))
                };
                passes.and(had)
            }
            None if !passes.is_no() => {
                let lasts = |ask: &Ask<'w, T>, day| ask.world.lasts_on(of.record, row, day);
                passes.and(lasts(ask, day).or(lasts(ask, day.preceding())))
            }
            _ => passes,
        }
    });
    ask.trace.dissolve();
    let found = found.unwrap_or(Truth::Open);
    if found.is_yes() {
        ask.trace.forget(before.0);
    }
    ask.vars = before.1;
    found
}

/// Whether a right that was exercised on a day was one, as far as other clauses and people say: it did not step back behind another
/// clause, nobody waived it, and those who attest or weigh its use found that it was one.
fn was_right<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (of, body): (Use<'w>, &'w Body),
    (record, row): (RecordId, Row),
    (day, mut applies): (Day, Truth),
) -> Truth {
    let norm = of.norm;
    let period = match &norm.cycle {
        Some(CycleOf::Calendar(_)) => of.period.map(|(period, _)| period.label.to_string()),
        Some(CycleOf::EachTerm(term)) => {
            ask.term_on(*term, day).map(|(_, days)| period_of_term(days).label.to_string())
        }
        Some(CycleOf::Counted { .. } | CycleOf::YearOfTerm(_)) | None => None,
    };
    let case = About { period: period.as_deref(), ..named_row(ask, norm, (record, row)) };
    if is_waived(ask, norm, (record, row), period.as_deref()) {
        return Truth::No;
    }
    if !norm.yields_to.is_empty() {
        applies = applies.and(let_off(ask, norm, &[(record, row)], (day, Stepping::ForAnAct)).opposite());
    }
    if !applies.is_no() && !body.form.is_empty() {
        applies = applies.and(formal(ask, &body.form, record, row));
    }
    if applies.is_no() { applies } else { use_as_decided(ask, (norm, body), case, applies) }
}
