//! The walk of a day: what is left behind where a day is worked out from another, so that a reader can follow it.

use crate::model::clause::{WhichEnd, YearCounted, YearOf};
use crate::source::Span;
use crate::value::{Day, Due, Period, Stretch, YearlyDay};
use crate::verdict::{Mark, Missing, Reckoning, Said};

use super::ask::Ask;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::trace::{Trace, reason};

pub fn say_reckoned<'w, T: Trace>(ask: &mut Ask<'w, T>, (from, by): (Day, Reckoning), due: Due, span: Span) {
    // Whether it moves may be open.
    let open = due.first != due.last;
    let to = if open { due.counted } else { due.first };
    let said = || reason(Said::Reckoned { from, by, counted: due.counted, to }, Mark::Plain, span);
    if from != to || open {
        ask.trace.say(said);
    }
    if open {
        say_moved(ask, due, span);
    }
}

/// So many days after a day, where both are known.
pub fn say_beside<'w, T: Trace>(ask: &mut Ask<'w, T>, (from, to): (Option<Day>, Option<Day>), by: i32, span: Span) {
    if let (Some(from), Some(to)) = (from, to) {
        let by = Reckoning::Counted(Period::days(by));
        ask.trace.say(|| reason(Said::Reckoned { from, by, counted: to, to }, Mark::Plain, span));
    }
}

pub fn say_moved<'w, T: Trace>(ask: &mut Ask<'w, T>, due: Due, span: Span) {
    if due.first != due.last {
        ask.trace.missing(|| Missing::Text(span));
        ask.trace.say(|| reason(Said::Words("the law does not say whether this day moves"), Mark::Open, span));
    } else if due.first != due.counted {
        ask.trace.say(|| reason(Said::MovedOff { from: due.counted, to: due.first }, Mark::Plain, span));
    }
}

/// From the first day of a term to the first or the last day of one of its years. A calendar year needs no counting, and one that the
/// term cuts short ends with it.
pub fn say_year<'w, T: Trace>(ask: &mut Ask<'w, T>, term: Stretch, (year, numbered): (YearOf, Stretch), end: WhichEnd) {
    let Ok(number) = i32::try_from(year.number) else { return };
    let (by, to) = match end {
        WhichEnd::First => (Reckoning::Counted(Period::years(number.saturating_sub(1))), numbered.first()),
        WhichEnd::Last => (Reckoning::Length(Period::years(number)), numbered.last()),
    };
    let from = term.first();
    if year.counted == YearCounted::FromTheFirstDay && from != to && to < term.until {
        ask.trace.say(|| reason(Said::Reckoned { from, by, counted: to, to }, Mark::Plain, None::<Span>));
    }
}

/// A day that a calendar has to tell says on which it falls; one with a number of its own need not.
pub fn falls<'w, T: Trace>(ask: &mut Ask<'w, T>, named: &YearlyDay, day: Day, span: Span) -> Val<'w> {
    if !matches!(named, YearlyDay::DayMonth { day: number, .. } if *number == day.day()) {
        say_falls(ask, Some(DayBounds::exactly(day)), span);
    }
    Val::day(day)
}

/// On which day one falls that is named by its place among others.
pub fn say_falls<'w, T: Trace>(ask: &mut Ask<'w, T>, day: Option<DayBounds>, span: Span) {
    if let Some(day) = day.and_then(DayBounds::exact) {
        ask.trace.say(|| reason(Said::FallsOn { day }, Mark::Plain, span));
    }
}
