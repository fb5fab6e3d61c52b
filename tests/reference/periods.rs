//! Cycles, reckoned by hand: which periods there are from one day through another.

use overens::model::clause::CycleOf;
use overens::value::{Cycle, Day, plus_months, shift};

use super::ask::Env;
use super::world::{R, Stop, Val, World, no};

/// First and last day of each period that has a day in the span.
pub fn periods(world: &World, cycle: &CycleOf, env: &Env, first: Day, last: Day) -> R<Vec<(Day, Day)>> {
    let mut found = vec![];
    match cycle {
        CycleOf::Calendar(cycle) => {
            let mut day = first;
            while day <= last {
                let Some(period) = calendar(cycle, day) else { return no("a cycle of another form") };
                found.push(period);
                day = period.1.following();
            }
        }
        CycleOf::Counted { every, from } => {
            let Val::Day(anchor) = world.expr(from, env)? else { return no("a cycle without an anchor") };
            // The anchor is not counted: period k ends on anchor + k × P, rounded once.
            for k in 0.. {
                let end = |k: i32| match every.times(k).map(|by| shift(anchor, &by, world.plan.months, &world.plan.calendar)) {
                    Some(Ok(day)) => Ok(day),
                    _ => Err(Stop::NoOpinion("an end that the months refuse")),
                };
                let period = (end(k)?.following(), end(k + 1)?);
                if period.0 > last {
                    break;
                }
                if period.1 >= first {
                    found.push(period);
                }
            }
        }
        CycleOf::YearOfTerm(_) => return no("years of a term"),
    }
    Ok(found)
}

fn calendar(cycle: &Cycle, day: Day) -> Option<(Day, Day)> {
    let (year, month, _) = day.parts();
    let months = |many: u32| {
        let first = (month - 1) / many * many + 1;
        Some((Day::of(year, first, 1)?, Day::last_of_month(year, first + many - 1)?))
    };
    match cycle {
        Cycle::CalendarYear => months(12),
        Cycle::HalfYear => months(6),
        Cycle::FourMonths => months(4),
        Cycle::Quarter => months(3),
        Cycle::Month => months(1),
        Cycle::Week => {
            let monday = day.minus_days(day.weekday().days_after_monday());
            Some((monday, monday.plus_days(6)))
        }
        Cycle::FiscalYear { month, day: number } => {
            let own = Day::of(year, *month, *number)?;
            let first = if day < own { Day::of(year - 1, *month, *number)? } else { own };
            let next = plus_months(first, 12, overens::value::MonthRule::RoundDown).ok()?;
            Some((first, next.preceding()))
        }
        Cycle::Counted(_) => None,
    }
}
