//! What falls due: for a terminal, as plain lines, as rows, as JSON, and as iCalendar for the calendar that everybody uses.

mod csv;
mod ics;
mod json;

use super::report::several::NotJudged;
use super::table::{Cell, Row, Tint, lay, tinted};
use super::{Look, Marks, visible};
use crate::report::calendar::{Calendar, Entry, State};

pub use csv::csv;
pub use ics::ics;
pub use json::json;

/// How calendars are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Pretty,
    Plain,
    Csv,
    Json,
    Ics,
}

impl Form {
    pub const ALL: [Form; 5] = [Form::Pretty, Form::Plain, Form::Csv, Form::Json, Form::Ics];

    pub fn name(self) -> &'static str {
        match self {
            Form::Pretty => "pretty",
            Form::Plain => "plain",
            Form::Csv => "csv",
            Form::Json => "json",
            Form::Ics => "ics",
        }
    }

    pub fn about(self) -> &'static str {
        match self {
            Form::Pretty => "formatted for a terminal",
            Form::Plain => "plain lines",
            Form::Csv => "a row for each entry",
            Form::Json => "JSON for programs",
            Form::Ics => "iCalendar for calendar programs",
        }
    }
}

/// So many days ahead a calendar reminds; nothing where it does not.
pub type Alarm = Option<u16>;

/// For a terminal: the days in a column, what is due beside them.
pub fn pretty(all: &[Calendar], not_judged: &[NotJudged], look: Look) -> String {
    let dot = match look.marks {
        Marks::Unicode => "·",
        Marks::Ascii => "-",
    };
    let mut text = String::new();
    for (at, calendar) in all.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        let span = format!("{} {dot} as of {} {dot} through {}", calendar.agreement, calendar.as_of, calendar.through);
        text.push_str(&format!("{}\n", tinted(&visible::line(&span), Tint::Strong, look.colour)));
        let rows: Vec<Row> = calendar.entries.iter().map(row).collect();
        match rows.as_slice() {
            [] => text.push_str("  nothing falls due\n"),
            rows => text.push_str(&lay(rows, 2, look.width, look.colour)),
        }
        if !calendar.undated.is_empty() {
            text.push_str(&format!("\n{}\n", tinted("undated", Tint::Strong, look.colour)));
            let rows: Vec<Row> = calendar.undated.iter().map(row).collect();
            text.push_str(&lay(&rows, 2, look.width, look.colour));
        }
    }
    if !not_judged.is_empty() && !all.is_empty() {
        text.push('\n');
    }
    for one in not_judged {
        text.push_str(&format!("{}\n", tinted(&visible::line(&one.because()), Tint::Bad, look.colour)));
    }
    text
}

fn row(entry: &Entry) -> Row {
    let day = entry.day().map_or_else(|| entry.when(), |day| format!("{day} {}", short(day.weekday())));
    let tint = match entry.state {
        State::Due => Tint::Plain,
        State::Done => Tint::Good,
        State::Waived => Tint::Faint,
    };
    Row {
        cells: vec![
            Cell::plain(day),
            Cell::tinted(entry.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::tinted(entry.clause.clone(), Tint::Strong),
            Cell::tinted(entry.state.words(), tint),
        ],
        indent: 0,
        sentence: whose(entry),
        tail: String::new(),
    }
}

/// The first letters of a day's name.
fn short(weekday: crate::value::Weekday) -> String {
    weekday.to_string().chars().take(3).collect()
}

/// A line for each entry, the same for everybody.
pub fn plain(all: &[Calendar], not_judged: &[NotJudged]) -> String {
    let mut text = String::new();
    for calendar in all {
        let known = calendar.known_on.map_or_else(String::new, |day| format!(", as known on {day}"));
        let head = format!("{}: as of {}{known}, through {}", calendar.agreement, calendar.as_of, calendar.through);
        push(&mut text, &head);
        for entry in &calendar.entries {
            let weekday = entry.day().map_or_else(String::new, |day| format!(" ({})", day.weekday()));
            push(&mut text, &format!("{}{weekday}: {}", entry.when(), line(entry)));
        }
        for entry in &calendar.undated {
            push(&mut text, &format!("undated: {}: {}", line(entry), entry.when()));
        }
    }
    not_judged.iter().for_each(|one| push(&mut text, &one.because()));
    text
}

/// What has no day, for a reader of a form that has no place for it.
pub fn undated(all: &[Calendar]) -> String {
    let mut text = String::new();
    for calendar in all {
        for entry in &calendar.undated {
            push(&mut text, &format!("not in the calendar: {} {}: {}", calendar.agreement, line(entry), entry.when()));
        }
    }
    text
}

fn push(text: &mut String, line: &str) {
    text.push_str(&visible::line(line));
    text.push('\n');
}

/// `§ 4.4 summons: due, by group, for annual_2015`.
fn line(entry: &Entry) -> String {
    let place = entry.place.as_ref().map_or_else(String::new, |place| format!("{place} "));
    let whose = match whose(entry) {
        none if none.is_empty() => none,
        some => format!(", {some}"),
    };
    format!("{place}{}: {}{whose}", entry.clause, entry.state.words())
}

/// `by group, to city, for annual_2015, 2015, 1 of 2`.
fn whose(entry: &Entry) -> String {
    let parts = [
        entry.whom.as_ref().map(|whom| format!("by {whom}")),
        entry.owed_to.as_ref().map(|to| format!("to {to}")),
        entry.subject.as_ref().map(|subject| format!("for {subject}")),
        entry.period.clone(),
        entry.progress.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
