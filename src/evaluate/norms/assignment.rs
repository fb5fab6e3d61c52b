//! One piece of evidence serves one instance of a clause; a ban is broken by every act in its window.
//!
//! Where nothing in the evidence tells which subject it is for, order does: the subjects in the order of their last days each take
//! the earliest that is in time for them; what is left then goes, in the same order, to those that still lack some, as late. What a
//! field of several subjects tells (the bearer that it names, a condition that compares it) parts them: order tells within those for
//! which the same evidence counts.
//! An event is for the period that its day lies in, where the window of that lies within it; a last day that moves, or that was
//! extended, adds days to that one window only. Where windows reach past their periods by their own words, it serves the earliest
//! instance that still lacks some and whose window holds it; where none does and the next window has not begun, the earliest overdue
//! one.

mod claims;
mod displaced;
mod order;
mod window;

use std::collections::BTreeSet;

use crate::facts::{CellId, Row};
use crate::model::clause::{CycleOf, Edge};
use crate::model::expr::ExprKind;
use crate::plan::Moved;
use crate::value::{Cycle, Day, YearlyDay};

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::judge::{Assigned, Judge, Serves};
use crate::evaluate::knowledge::decided::Kind;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::Case;
use crate::evaluate::norms::deeds::{Conditions, Wanted, is_anothers};
use crate::evaluate::trace::Trace;
use claims::{is_parted, told_by_order};
use order::by_order;
pub use window::begun_already;
use window::{by_window, served, shares_windows};

/// Whether some window of a cycle's instances reaches past its period, so that an event's day does not tell its period.
pub fn roams<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> bool {
    may_roam(&mut judge.ask, case)
        && assigned(judge, case, wanted, By::Window).is_some_and(|one| !one.windows.is_empty())
}

/// The days of the events that may be for a period whose window lies within it, where some other window of its cycle does not.
pub fn days_at_home<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Option<(Day, Day)> {
    let own = served(case, wanted, case.instance.period?);
    assigned(judge, case, wanted, By::Window)?.at_home.get(&own).copied()
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
        Some(Edge::On(day) | Edge::DayAfter(day)) if reaches_out(&day.kind, case.norm.cycle.as_ref()) => return true,
        _ => {}
    }
    match (&case.body.window.last, case.body.moved) {
        (Edge::DayBefore(day), _) if matches!(day.kind, ExprKind::PeriodStart) => true,
        (Edge::Open | Edge::Never | Edge::Blank { .. }, _) => false,
        (_, Moved::ToTheNext | Moved::ToThePrevious | Moved::ByRegime) => true,
        (Edge::Lapse { .. } | Edge::Length { .. } | Edge::DayAfter(_), Moved::No) => true,
        (Edge::On(expr) | Edge::DayBefore(expr), Moved::No) => reaches_out(&expr.kind, case.norm.cycle.as_ref()),
        (Edge::YearOfTerm { .. } | Edge::OfTerm { .. }, Moved::No) => false,
    }
}

/// Whether a last day is told otherwise than as a day of the year or of the period.
fn reaches_out(kind: &ExprKind, cycle: Option<&CycleOf>) -> bool {
    match kind {
        ExprKind::PeriodStart | ExprKind::PeriodEnd => false,
        // A week at the turn of the year has days of both; and only a period of a year has all days of one.
        ExprKind::YearDay { day, year: None } => {
            let of_a_year = matches!(cycle, Some(CycleOf::Calendar(Cycle::CalendarYear)));
            !of_a_year || matches!(day, YearlyDay::InWeek { .. })
        }
        _ => true,
    }
}

/// Whether an event serves another instance than the one that is judged.
pub fn serves_another<'w, T: Trace>(
    judge: &mut Judge<'w, T>,
    case: &Case<'w>,
    wanted: Wanted<'w>,
    event: Row,
) -> Truth {
    let serves = serves_another_so_far(judge, case, wanted, event);
    if T::ON && serves == Truth::Open {
        name_what_is_open(judge, case, wanted);
    }
    serves
}

/// Names the facts that leave open which event serves which instance.
fn name_what_is_open<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) {
    let Some((_, by)) = told_apart(judge, case, wanted) else { return };
    let looked: BTreeSet<CellId> = match assigned(judge, case, wanted, by) {
        Some(assigned) => assigned.looked.iter().copied().collect(),
        None => return,
    };
    for cell in looked {
        judge.ask.cell(cell, wanted.events.span);
    }
}

fn serves_another_so_far<'w, T: Trace>(
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
    if assigned.beside.contains(&(own, event)) {
        return Truth::No;
    }
    let Some(ways) = assigned.serves.get(&event) else { return Truth::No };
    let another = |serves: &Option<Serves>| serves.is_some_and(|serves| serves != own);
    match (ways.iter().any(another), ways.iter().all(another)) {
        (false, _) => Truth::No,
        (true, true) => match assigned.displaced.get(&event).copied() {
            None => Truth::Yes,
            Some((from, through)) => {
                judge.ask.incomplete_over(wanted.events.record, from, through);
                Truth::Open
            }
        },
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
    let beside = assigned.beside.iter().filter(|(serves, _)| *serves == own).map(|(_, row)| *row);
    let mut rows: Vec<Row> = assigned.own(&own).chain(assigned.others.iter().copied()).chain(beside).collect();
    rows.sort_unstable();
    rows.dedup();
    Some(rows)
}

/// The instance as something that events serve, where that is told by their order or by the windows of a cycle.
fn told_apart<'w, T: Trace>(judge: &mut Judge<'w, T>, case: &Case<'w>, wanted: Wanted<'w>) -> Option<(Serves, By)> {
    if wanted.conditions == Conditions::OnTheDayOfTheAct {
        return None;
    }
    let told = told_by_order(case, wanted);
    if let (true, None, Some(period)) = (may_roam(&mut judge.ask, case), wanted.counted_for, case.instance.period) {
        // Where no window reaches past its period, the order among its subjects is left.
        let reaches_out = |assigned: &Assigned| !assigned.windows.is_empty();
        if told.is_none() || assigned(judge, case, wanted, By::Window).is_some_and(reaches_out) {
            return Some((served(case, wanted, period), By::Window));
        }
    }
    told.map(|var| (Serves::Subject(judge.ask.var(var)), By::Order))
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
            let subject = case.instance.subject.map(|(_, row)| row).filter(|_| !shares_windows(case, wanted));
            (case.body.key(), option, subject, case.instance.bearer, None, term)
        }
        By::Order => {
            let period = case.instance.period.filter(|_| case.norm.cycle.is_some());
            (case.body.key(), option, None, case.instance.bearer, period, term)
        }
    };
    if let Some(looked) = judge.assignments.get(&of).map(|assigned| assigned.looked.clone()) {
        looked.into_iter().for_each(|cell| judge.ask.note_open(cell));
    } else {
        judge.ask.trace.hush();
        let known = (std::mem::take(&mut judge.ask.open), std::mem::take(&mut judge.ask.noted));
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
        judge.ask.open = known.0;
        let mut looked = std::mem::replace(&mut judge.ask.noted, known.1);
        // In an order that is not that of the facts: only the first few are tried.
        let facts = judge.ask.world.facts;
        looked.sort_by_key(|cell| (cell.record, facts.id(cell.record, cell.row), cell.field));
        // Among many, what is open of others is not tried.
        if is_among_few(judge, case, (by, &assigned)) {
            looked.iter().for_each(|cell| judge.ask.note_open(*cell));
            assigned.looked = looked;
        }
        judge.assignments.insert(of.clone(), assigned);
    }
    judge.assignments.get(&of)
}

/// Whether evidence is shared among so few instances that what is open of one may be tried for another.
fn is_among_few<'w, T: Trace>(judge: &Judge<'w, T>, case: &Case<'w>, (by, assigned): (By, &Assigned)) -> bool {
    const FEW: usize = 48;
    match by {
        By::Window => assigned.windows.len() <= FEW,
        By::Order => {
            let rows = case.norm.subjects.iter().map(|of| judge.ask.world.facts.rows(of.record).count());
            rows.fold(0, usize::saturating_add) <= FEW
        }
    }
}
