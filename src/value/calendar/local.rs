//! What a local calendar changes in the one that it is made from: days on which nobody works there, and days on which people do.
//! A day that is named by its date goes before one that comes every year, and both go before the holidays; a day of the week comes
//! last, so that a shop that is open on Saturdays still closes on a holiday.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::value::day::Day;
use crate::value::weekday::Weekday;
use crate::value::yearly::YearlyDay;

/// A local calendar's name, years and days.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Local {
    pub(super) name: String,
    /// The first and the last of which the days are known.
    pub(super) years: (i32, i32),
    pub(super) days: LocalDays,
}

/// Those that were read. A calendar is copied into every cycle and every day that is worked out, so that its days are kept for as long
/// as the program runs: once, however often the same policy is read.
static KEPT: Mutex<Vec<&'static Local>> = Mutex::new(Vec::new());

impl Local {
    pub(super) fn kept(new: Local) -> &'static Local {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.iter().find(|known| ***known == new) {
            return known;
        }
        let new: &'static Local = Box::leak(Box::new(new));
        kept.push(new);
        new
    }
}

/// What a day is in a local calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    Closed,
    Open,
}

/// So many days after a day that comes every year; before it, when negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yearly {
    pub day: YearlyDay,
    pub later: i32,
}

/// The days of a local calendar's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalDays {
    /// First and last day, in order; no two overlap.
    dates: Vec<(Day, Day, Work)>,
    yearly: Vec<(Yearly, Yearly, Work)>,
    weekdays: BTreeMap<Weekday, Work>,
}

/// Days that are both closed and open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction(pub Day);

impl LocalDays {
    /// Adds the days from one date through another.
    ///
    /// # Errors
    /// When one of them is the contrary already.
    pub fn dates(&mut self, first: Day, last: Day, work: Work) -> Result<(), Contradiction> {
        let meets = |(from, through, _): &&(Day, Day, Work)| *from <= last && first <= *through;
        if let Some((from, _, _)) = self.dates.iter().filter(meets).find(|(_, _, other)| *other != work) {
            return Err(Contradiction((*from).max(first)));
        }
        let mut whole = (first, last, work);
        self.dates.retain(|one| {
            let apart = !meets(&one);
            if !apart {
                whole = (whole.0.min(one.0), whole.1.max(one.1), work);
            }
            apart
        });
        let at = self.dates.partition_point(|(from, _, _)| *from < whole.0);
        self.dates.insert(at, whole);
        Ok(())
    }

    /// Adds the days of every year from one through another, which may lie in the year after.
    pub fn every_year(&mut self, first: Yearly, last: Yearly, work: Work) {
        self.yearly.push((first, last, work));
    }

    /// Adds a day of every week. Whether it was the same until now.
    pub fn every_week(&mut self, weekday: Weekday, work: Work) -> bool {
        self.weekdays.insert(weekday, work).is_none_or(|before| before == work)
    }

    /// Whether days are named by their dates, which somebody has to name for every year.
    pub fn has_dates(&self) -> bool {
        !self.dates.is_empty()
    }

    /// What a day is by its date, or by a day that comes every year; nothing where neither speaks of it.
    pub(super) fn named(&self, day: Day) -> Option<Work> {
        let before = self.dates.partition_point(|(from, _, _)| *from <= day);
        let date = before.checked_sub(1).and_then(|at| self.dates.get(at));
        let by_date = date.filter(|(_, through, _)| day <= *through).map(|(_, _, work)| *work);
        by_date.or_else(|| self.by_year(day).next())
    }

    /// What it is by its weekday.
    pub(super) fn by_weekday(&self, day: Day) -> Option<Work> {
        self.weekdays.get(&day.weekday()).copied()
    }

    /// Whether days that come every year make a day both closed and open, and no date settles it.
    pub(super) fn contradicts(&self, day: Day) -> bool {
        let mut found = self.by_year(day);
        let first = found.next();
        found.any(|work| Some(work) != first)
    }

    fn by_year(&self, day: Day) -> impl Iterator<Item = Work> {
        let holds = move |(first, last, _): &&(Yearly, Yearly, Work)| {
            // A span that begins late in a year may end in the next.
            let year = day.year();
            [year.saturating_sub(1), year].into_iter().any(|year| {
                let Some(from) = first.in_year(year) else { return false };
                let through = last.in_year(year).filter(|through| *through >= from);
                let through = through.or_else(|| last.in_year(year.saturating_add(1)));
                through.is_some_and(|through| (from..=through).contains(&day))
            })
        };
        self.yearly.iter().filter(holds).map(|(_, _, work)| *work)
    }
}

impl Yearly {
    fn in_year(self, year: i32) -> Option<Day> {
        self.day.in_year(year)?.checked_plus_days(self.later)
    }
}
