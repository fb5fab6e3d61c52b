//! Days without a year whose year could be meant otherwise than it is taken: of a period that has several of them, and of one whose events
//! are counted for it by a field, so that they may well come after it.

use super::kind::Reading;
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::clause::{CycleOf, Edge};
use crate::model::expr::{Expr, ExprKind};
use crate::source::Span;
use crate::value::{Cycle, Day, YearlyDay};

/// Warns of them, once for each place.
pub fn check(readings: &[Reading], problems: &mut Sink) {
    for reading in readings {
        let (own, common) = (reading.lines, &reading.wording.common);
        let (cycle, window) = (own.cycle.as_ref().or(common.cycle.as_ref()), own.window.as_ref());
        let (Some(cycle), Some(window)) = (cycle, window.or(common.window.as_ref())) else { continue };
        let counted = own.counted_for.as_ref().or(common.counted_for.as_ref()).map(|counted| counted.span);
        let last = yearly(&window.it.last);
        let all = window.it.first.as_ref().and_then(yearly).into_iter().chain(last);
        for (day, span) in all.filter(|_| has_several(&cycle.it)) {
            problems.push(several(day, span, cycle.span));
        }
        let early = last.filter(|(day, _)| !has_several(&cycle.it) && !ends_the_period(day, &cycle.it));
        if let (Some((day, span)), Some(counted)) = (early, counted) {
            problems.push(early_for(day, span, (counted, year_of(day, &cycle.it))));
        }
    }
}

fn several(day: &YearlyDay, span: Span, cycle: Span) -> Diagnostic {
    codes::YEAR_ASSUMED
        .at(span)
        .say(format!("a period can contain {day} more than once, and this means the last of them"))
        .also(cycle, "the cycle")
        .help(format!(
            "write the year: `{day} of the year of the end of the period`, or `{day} of the year of the end of the period minus 1` for the year before"
        ))
}

fn early_for(day: &YearlyDay, span: Span, (counted, year): (Span, &str)) -> Diagnostic {
    codes::YEAR_ASSUMED
        .at(span)
        .say(format!("this means {day} within the period, before the period has ended"))
        .also(counted, "this line counts an event for a period whenever it happens")
        .help(format!(
            "write the year: `{day} of the year of the {year} of the period` for this day, or `{day} of the year of the {year} of the period plus 1` for the one a year later"
        ))
}

/// Which end of a period tells the year of a day in it.
fn year_of(day: &YearlyDay, cycle: &CycleOf) -> &'static str {
    let CycleOf::Calendar(cycle) = cycle else { return "end" };
    let (Some(from), Some(until)) = (Day::of(SAMPLE, 1, 1), Day::of(SAMPLE, 12, 31)) else { return "end" };
    let begun = cycle.between(from, until.following()).find(|period| period.first() >= from && period.last() > until);
    let on = day.in_year(SAMPLE);
    let of_the_start = begun.zip(on).is_some_and(|(period, on)| period.first() <= on && on <= period.last());
    if of_the_start { "start" } else { "end" }
}

/// The day of the year that an end of a window is counted from, where no year is given.
fn yearly(edge: &Edge) -> Option<(&YearlyDay, Span)> {
    fn of(day: &Expr) -> Option<(&YearlyDay, Span)> {
        match &day.kind {
            ExprKind::YearDay { day: yearly, year: None } => Some((yearly, day.span)),
            ExprKind::Shift { day, .. } => of(day),
            _ => None,
        }
    }
    match edge {
        Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => of(day),
        Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => of(day),
        Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
    }
}

/// Whether a period is longer than a year, so that a day of the year may lie in it more than once.
fn has_several(cycle: &CycleOf) -> bool {
    match cycle {
        CycleOf::Counted { every, .. } => every.months > 12 || every.days > 366,
        CycleOf::Calendar(_) | CycleOf::YearOfTerm(_) | CycleOf::EachTerm(_) => false,
    }
}

/// Whether a day of the year is the last of its period: then nothing else can be meant.
fn ends_the_period(day: &YearlyDay, cycle: &CycleOf) -> bool {
    let CycleOf::Calendar(cycle @ (Cycle::CalendarYear | Cycle::FiscalYear { .. })) = cycle else { return false };
    let (Some(from), Some(until), Some(day)) = (Day::of(SAMPLE, 1, 1), Day::of(SAMPLE, 12, 31), day.in_year(SAMPLE))
    else {
        return false;
    };
    cycle.between(from, until.following()).any(|period| period.last() == day)
}

/// A year like any other.
const SAMPLE: i32 = 2015;
