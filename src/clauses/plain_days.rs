//! Days of a window as far as the policy itself tells them: plain days, and how far others lie from what they are counted from.
//! What the facts or a calendar of free days decide is left out.

use crate::model::clause::{CycleOf, Edge, Lines};
use crate::model::expr::{Expr, ExprKind};
use crate::model::meaning::of_value;
use crate::value::{Cycle, Day, Period};

/// So many days a last day may move, since it falls on days that are free.
const MOST_MOVED: i64 = 14;

/// The day of an end, if it stands in the policy or is counted in days from one that does.
pub(super) fn plain_day(edge: &Edge) -> Option<Day> {
    let reached = Reached::of(edge, None)?;
    let plain = reached.from.is_empty() && reached.least == reached.most;
    plain.then(|| i32::try_from(reached.least).ok().map(Day)).flatten()
}

/// Whether no day lies in the windows of both, as plain to see.
pub(super) fn apart(one: &Lines, other: &Lines) -> bool {
    ends_before(one, other) || ends_before(other, one)
}

fn ends_before(one: &Lines, other: &Lines) -> bool {
    let (Some(early), Some(late)) = (&one.window, &other.window) else { return false };
    let last = Reached::of(&early.it.last, one.cycle.as_ref().map(|cycle| &cycle.it));
    let first =
        late.it.first.as_ref().and_then(|first| Reached::of(first, other.cycle.as_ref().map(|cycle| &cycle.it)));
    let (Some(last), Some(first)) = (last, first) else { return false };
    // What is counted back may begin earlier, where a law leaves days out.
    let back = matches!(&late.it.first, Some(Edge::Lapse { by, .. }) if by.goes_back());
    let begins = first.least.saturating_sub(if back { MOST_MOVED } else { 0 });
    let stays = matches!(early.it.last, Edge::On(_) | Edge::DayBefore(_)) && one.moved.is_none();
    let moved = if stays { 0 } else { MOST_MOVED };
    last.from == first.from && last.most.saturating_add(moved) < begins
}

/// A day by the days that lie between it and what it is counted from: nothing for a plain day.
struct Reached {
    from: String,
    least: i64,
    most: i64,
}

impl Reached {
    fn of(edge: &Edge, cycle: Option<&CycleOf>) -> Option<Reached> {
        match edge {
            Edge::On(day) => Some(Reached::day(day, cycle)?),
            Edge::DayBefore(day) => Some(Reached::day(day, cycle)?.plus(-1, -1)),
            Edge::DayAfter(day) => Some(Reached::day(day, cycle)?.plus(1, 1)),
            Edge::Lapse { anchor, by } => Reached::day(anchor, cycle)?.after(by.fixed()?),
            Edge::Length { from, of } => Some(Reached::day(from, cycle)?.after(of)?.plus(-1, -1)),
            Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
        }
    }

    fn day(day: &Expr, cycle: Option<&CycleOf>) -> Option<Reached> {
        let at = |from: String, day: Day| Reached { from, least: i64::from(day.0), most: i64::from(day.0) };
        match &day.kind {
            ExprKind::Day(day) => Some(at(String::new(), *day)),
            ExprKind::Shift { day, by } => Reached::day(day, cycle)?.after(by.fixed()?),
            ExprKind::YearDay { day, year: Some(year) } => match &year.kind {
                ExprKind::Number(year) => {
                    let year = i32::try_from(year.to_i64()?).ok()?;
                    Some(at(String::new(), day.in_year(year)?))
                }
                _ => None,
            },
            // In each of the years the days have the same order.
            ExprKind::YearDay { day, year: None } => match cycle {
                Some(CycleOf::Calendar(Cycle::CalendarYear)) => Some(at("year".to_owned(), day.in_year(2015)?)),
                Some(
                    CycleOf::Calendar(_) | CycleOf::Counted { .. } | CycleOf::YearOfTerm(_) | CycleOf::EachTerm(_),
                ) => None,
                None => None,
            },
            _ => Some(Reached { from: of_value(day), least: 0, most: 0 }),
        }
    }

    fn plus(self, least: i64, most: i64) -> Reached {
        Reached { least: self.least.saturating_add(least), most: self.most.saturating_add(most), ..self }
    }

    /// So long after it: a month has 28 to 31 days.
    fn after(self, by: &Period) -> Option<Reached> {
        if by.working_days != 0 {
            return None;
        }
        let (months, days) = (i64::from(by.months), i64::from(by.days));
        let (short, long) = (months.saturating_mul(28), months.saturating_mul(31));
        Some(self.plus(short.min(long).saturating_add(days), short.max(long).saturating_add(days)))
    }
}
