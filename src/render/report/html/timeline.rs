//! What falls due, drawn: a line for each, from the as-of day to the last day, over a scale of months or years.
//! The table below the drawing says the same in words.

use std::fmt::{self, Write};

use crate::render::escape::markup;
use crate::report::DueDay;
use crate::value::Day;

/// So many lines are drawn, the earliest.
const MOST: usize = 16;
/// Where lines begin, and how long the longest is.
const LEFT: i64 = 260;
const LENGTH: i64 = 520;
const WIDTH: i64 = 960;
/// From one line to the next, and the room above the first for the scale.
const STEP: i64 = 26;
const TOP: i64 = 34;
/// So many marks fit on the scale.
const MARKS: i64 = 7;
/// Letters of a name that fit to the left of the lines.
const NAME: usize = 34;

struct Scale {
    from: Day,
    days: i64,
}

impl Scale {
    fn at(&self, day: Day) -> i64 {
        let past = i64::from(self.from.days_until(day)).clamp(0, self.days);
        LEFT.saturating_add(past.saturating_mul(LENGTH).checked_div(self.days).unwrap_or(0))
    }

    /// The first days of months, or of every third month, or of years: as many as fit.
    fn marks(&self, until: Day) -> Vec<Day> {
        let months = self.days.checked_div(30).unwrap_or(0);
        let years = || months.checked_div(MARKS.saturating_mul(12)).unwrap_or(0).saturating_add(1).saturating_mul(12);
        let every =
            [1, 3, 6, 12].into_iter().find(|every| months <= MARKS.saturating_mul(*every)).unwrap_or_else(years);
        let (first, _, _) = self.from.parts();
        let day = |month: i64| {
            let year = i64::from(first).saturating_add(month.div_euclid(12));
            Day::of(i32::try_from(year).ok()?, u32::try_from(month.rem_euclid(12)).ok()?.saturating_add(1), 1)
        };
        let months = (0..).step_by(usize::try_from(every).unwrap_or(12));
        let days = months.map_while(day).take_while(|day| *day <= until);
        days.filter(|day| *day > self.from).collect()
    }
}

pub(super) fn write(as_of: Day, all: &[DueDay], out: &mut dyn Write) -> fmt::Result {
    let drawn = all.get(..MOST).unwrap_or(all);
    let Some(last) = drawn.last() else { return Ok(()) };
    let scale = Scale { from: as_of, days: i64::from(as_of.days_until(last.day)).max(1) };
    let lines = i64::try_from(drawn.len()).unwrap_or(0);
    let height = TOP.saturating_add(lines.saturating_mul(STEP)).saturating_add(6);
    let words = format!("What falls due from {as_of} through {}, as listed in the table below", last.day);
    writeln!(out, "<figure><svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">", markup(&words))?;
    marks(&scale, last.day, height, out)?;
    let places = (TOP..).step_by(usize::try_from(STEP).unwrap_or(1));
    drawn.iter().zip(places).try_for_each(|(due, top)| line(&scale, due, top, out))?;
    writeln!(out, "</svg>")?;
    if all.len() > MOST {
        let more = all.len().saturating_sub(MOST);
        writeln!(out, "<figcaption>the earliest {MOST}, and {more} more after {}</figcaption>", last.day)?;
    }
    writeln!(out, "</figure>")
}

fn marks(scale: &Scale, until: Day, height: i64, out: &mut dyn Write) -> fmt::Result {
    mark(LEFT, &scale.from.to_string(), height, out)?;
    for day in scale.marks(until) {
        let at = scale.at(day);
        // The as-of day's own words need their room.
        if at > LEFT.saturating_add(80) {
            let words = if day.month() == 1 { day.year().to_string() } else { month(day) };
            mark(at, &words, height, out)?;
        }
    }
    Ok(())
}

fn month(day: Day) -> String {
    let name = crate::value::month_name(day.month());
    name.chars().take(3).collect()
}

fn mark(at: i64, words: &str, height: i64, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "<line class=\"scale\" x1=\"{at}\" y1=\"20\" x2=\"{at}\" y2=\"{height}\"/>")?;
    writeln!(out, "<text class=\"scale\" x=\"{at}\" y=\"14\" text-anchor=\"middle\">{words}</text>")
}

fn line(scale: &Scale, due: &DueDay, top: i64, out: &mut dyn Write) -> fmt::Result {
    let (middle, end) = (top.saturating_add(11), scale.at(due.day));
    let base = middle.saturating_add(5);
    let name = match &due.place {
        Some(place) => format!("{place} {}", due.clause),
        None => due.clause.clone(),
    };
    let name = match name.char_indices().nth(NAME) {
        Some((at, _)) => format!("{}…", name.get(..at).unwrap_or_default()),
        None => name,
    };
    let left = LEFT.saturating_sub(14);
    writeln!(out, "<text x=\"{left}\" y=\"{base}\" text-anchor=\"end\">{}</text>", markup(&name))?;
    writeln!(out, "<line class=\"span\" x1=\"{LEFT}\" y1=\"{middle}\" x2=\"{end}\" y2=\"{middle}\"/>")?;
    writeln!(out, "<circle cx=\"{end}\" cy=\"{middle}\" r=\"5\"/>")?;
    let many = if due.count > 1 { format!(" ×{}", due.count) } else { String::new() };
    writeln!(out, "<text x=\"{}\" y=\"{base}\">{}{many}</text>", end.saturating_add(12), due.day)
}
