//! A row for each entry. Columns are only ever added, at the end.

use crate::render::escape::cell;
use crate::render::report::several::NotJudged;
use crate::report::Walk;
use crate::report::calendar::{Calendar, Entry};
use crate::value::Day;
use crate::verdict::LastDay;

const COLUMNS: &str = "agreement,as_of,id,section,clause,title,subject,period,by,owed_to,state,first_day,last_day,last_day_latest,progress,walk,not_judged";

pub fn csv(all: &[Calendar], not_judged: &[NotJudged]) -> String {
    let mut text = format!("{COLUMNS}\n");
    for calendar in all {
        for entry in calendar.entries.iter().chain(&calendar.undated) {
            text.push_str(&row(calendar, entry));
        }
    }
    for one in not_judged {
        let nothing = ",".repeat(COLUMNS.matches(',').count());
        text.push_str(&format!("{}{nothing}{}\n", cell(&one.agreement), cell(one.reason())));
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
        String::new(),
    ];
    format!("{}\n", cells.join(","))
}
