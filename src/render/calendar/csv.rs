//! A row for each entry. Columns are only ever added, at the end.

use crate::render::escape::cell;
use crate::report::Walk;
use crate::report::calendar::{Calendar, Entry};
use crate::value::Day;
use crate::verdict::LastDay;

const COLUMNS: &str = "agreement,as_of,id,section,clause,title,subject,period,by,owed_to,state,first_day,last_day,last_day_latest,progress,walk";

pub fn csv(all: &[Calendar]) -> String {
    let mut text = format!("{COLUMNS}\n");
    for calendar in all {
        for entry in calendar.entries.iter().chain(&calendar.undated) {
            text.push_str(&row(calendar, entry));
        }
    }
    text
}

fn row(calendar: &Calendar, entry: &Entry) -> String {
    let words = |text: &Option<String>| cell(text.as_deref().unwrap_or_default());
    let day = |day: Option<Day>| {
        day.filter(|day| *day > Day::MIN && *day < Day::MAX).map_or_else(String::new, |day| day.to_string())
    };
    let (last, latest) = match entry.last_day {
        LastDay::On(on) => (Some(on), Some(on)),
        LastDay::Within(first, last) => (Some(first), Some(last)),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => (None, None),
    };
    let walk: Vec<String> = entry.walk.iter().map(Walk::words).collect();
    let cells = [
        cell(&calendar.agreement),
        calendar.as_of.to_string(),
        cell(&entry.id),
        words(&entry.place),
        cell(&entry.clause),
        words(&entry.title),
        words(&entry.subject),
        words(&entry.period),
        words(&entry.whom),
        words(&entry.owed_to),
        entry.state.words().to_string(),
        day(entry.first_day),
        day(last),
        day(latest),
        words(&entry.progress),
        cell(&walk.join("; ")),
    ];
    format!("{}\n", cells.join(","))
}
