//! The due day of another clause that an amendment has moved: a window that is counted from it, and was over by then, stays where it was.

use std::collections::BTreeSet;

use crate::model::amendment::Began;
use crate::model::clause::Edge;
use crate::model::expr::{ClauseId, Expr, ExprKind};
use crate::plan::{Body, Norm};
use crate::value::Day;
use crate::verdict::Instance;

use crate::evaluate::amendments::run_out::had_run_out;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::trace::Trace;

/// The day before an amendment took effect that moved what a window is counted from, where the window was over by then, or is one that was
/// over by then only as it has been moved: nobody could have kept that.
pub fn settled_before<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Day> {
    if ask.leans_by.is_some() || instance.span.is_some() {
        return None;
    }
    for on in moved_on(ask, norm) {
        let had = |ask: &mut Ask<'w, T>| had_run_out(ask, norm, instance, on);
        let before = ask.leans_by.replace(on.preceding());
        let over = had(ask);
        ask.leans_by = before;
        if over || had(ask) {
            return Some(on.preceding());
        }
    }
    None
}

/// The days by now on which amendments took effect that may have moved the due days that a window is counted from, in order.
fn moved_on<T: Trace>(ask: &Ask<'_, T>, norm: &Norm) -> BTreeSet<Day> {
    let (plan, as_of) = (ask.world.plan, ask.world.as_of);
    let mut days = BTreeSet::new();
    for clause in norm.bodies.iter().flat_map(counted_from) {
        let wordings = || plan.norms_of(clause).map(|(_, other)| other);
        let once = wordings().all(|other| other.subjects.is_empty() && other.cycle.is_none());
        let cuts = wordings().flat_map(|other| &other.cuts).filter(|cut| ask.law.is_adopted(cut.by));
        days.extend(cuts.filter(|cut| once || cut.began == Began::IsTakenOver).map(|cut| cut.on));
    }
    days.into_iter().filter(|on| *on <= as_of).collect()
}

/// The clauses from whose due days a window is counted.
fn counted_from(body: &Body) -> BTreeSet<ClauseId> {
    fn of_day(day: &Expr, found: &mut BTreeSet<ClauseId>) {
        match &day.kind {
            ExprKind::DueDayOf(clause) => {
                found.insert(*clause);
            }
            ExprKind::Shift { day, .. } | ExprKind::OfDay(_, day) => of_day(day, found),
            ExprKind::YearDay { year: Some(year), .. } => of_day(year, found),
            ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().for_each(|day| of_day(day, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for edge in body.window.first.iter().chain([&body.window.last]) {
        match edge {
            Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => of_day(day, &mut found),
            Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => of_day(day, &mut found),
            Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => {}
        }
    }
    found
}
