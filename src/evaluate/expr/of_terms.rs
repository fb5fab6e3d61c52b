//! What is for each term, and what is due once by a day that is reckoned from one.

use super::ask::Ask;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::trace::Trace;
use crate::facts::Row;
use crate::model::expr::{ClauseId, Collection};
use crate::plan::Norm;
use crate::value::{CyclePeriod, Day, PeriodLabel, Stretch};

/// A term as a period.
pub fn period_of_term(days: Stretch) -> CyclePeriod {
    CyclePeriod::new(days, PeriodLabel::Days(days.first(), days.last()))
}

/// Looks at what is for each term, in the one that runs on a day.
pub fn in_term_on<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    term: ClauseId,
    day: Day,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let before = (ask.term, ask.period, ask.cycle);
    ask.term = ask.term_on(term, day);
    (ask.period, ask.cycle) = (ask.term.map(|(_, days)| period_of_term(days)), None);
    let found = ask.quietly(look);
    (ask.term, ask.period, ask.cycle) = before;
    found
}

/// The term from which something due once is reckoned: that which runs when its subject and its bearer have come and the clause is in
/// force; nothing while that day is not known.
pub fn term_it_came_in<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    of_whom: impl Iterator<Item = (&'w Collection, Row)>,
) -> Option<(ClauseId, Stretch)> {
    let term = norm.of_term?;
    let mut came = ask.law.first_day(norm.clause);
    for (of, row) in of_whom {
        let day = match of.members_of {
            Some(clause) => ask.quietly(|ask| ask.member_days(clause, row))?.from.exact().map(DayBounds::exactly),
            None => match ask.world.day_of(of.record, row) {
                // What has no day of its own is there from the first.
                None | Some(Val::Absent) => continue,
                Some(day) => day.day_bounds(),
            },
        };
        came = came.max(day.filter(|day| day.exact().is_some() || day.first > ask.world.as_of)?.first);
    }
    ask.term_on(term, came)
}
