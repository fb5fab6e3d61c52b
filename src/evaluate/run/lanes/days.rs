//! Days in a lane.

use super::block::Room;
use super::look::Kept;
use super::steps::{Days, Rule};
use crate::evaluate::expr::form::reckon;
use crate::value::{Day, Period};

impl Days<'_> {
    /// Whether no row has ever been given one.
    pub fn is_empty(&self) -> bool {
        matches!(self, Days::Column(look) if look.path.is_empty() && look.values.is_empty())
    }

    pub fn fill(&self, first: usize, out: &mut [i32], room: &mut Room) {
        match self {
            Days::Fixed(day) => out.fill(*day),
            Days::Column(look) => look.fill(first, out),
            Days::OfYear { year, first: earliest, known } => {
                let mut years = room.take_wholes(out.len());
                year.fill(first, &mut years, room);
                for (slot, year) in out.iter_mut().zip(&years) {
                    let at = year.checked_sub(*earliest).and_then(|at| usize::try_from(at).ok());
                    let day = at.and_then(|at| known.get(at)).copied().unwrap_or(i32::UNKNOWN);
                    *slot = if *year == i64::ABSENT { i32::ABSENT } else { day };
                }
                room.give_wholes(years);
            }
            Days::Later { day, by } => {
                day.fill(first, out, room);
                for slot in out.iter_mut() {
                    if *slot < i32::ODD {
                        *slot = slot.checked_add(*by).filter(|day| *day < Day::MAX.0).unwrap_or(i32::UNKNOWN);
                    }
                }
            }
            Days::Shifted { day, by, rule } => {
                day.fill(first, out, room);
                let mut before = None;
                for slot in out.iter_mut().filter(|slot| **slot < i32::ODD) {
                    // Neighbours often have the same day.
                    *slot = match before {
                        Some((day, shifted)) if day == *slot => shifted,
                        Some(_) | None => {
                            let shifted = rule.shift(Day(*slot), by);
                            before = Some((*slot, shifted));
                            shifted
                        }
                    };
                }
            }
        }
    }
}

impl Rule {
    /// A day that the regime leaves open is left to a judge.
    fn shift(&self, day: Day, by: &Period) -> i32 {
        let due = reckon(day, by, self.what, (self.months, &self.calendar));
        due.ok().filter(|due| due.first == due.last).map_or(i32::UNKNOWN, |due| due.first.0)
    }
}
