//! The window of a clause for a day of one's choosing: for a terminal, as plain lines, and as JSON.

use serde::Serialize;

use super::diagnostics::json::written;
use super::table::{Tint, broken, tinted};
use super::walk::{Walk, walk};
use super::{Look, visible};
use crate::report::when::{Answer, Days, When, Window};
use crate::value::{Day, Stretch};
use crate::verdict::LastDay;

/// What several clauses ask for, for a terminal.
pub fn pretty(all: &[When], day: Day, look: Look) -> String {
    let mut text = String::new();
    for (at, line) in lines(all, day).iter().enumerate() {
        let (indent, tint) = match line {
            Line::Head(_) if at > 0 => {
                text.push('\n');
                (0, Tint::Strong)
            }
            Line::Head(_) => (0, Tint::Strong),
            Line::Below(_) => (2, Tint::Plain),
        };
        for part in broken(&visible::line(line.words()), look.width.saturating_sub(indent).max(40)) {
            text.push_str(&format!("{}{}\n", " ".repeat(indent), tinted(&part, tint, look.colour)));
        }
    }
    text
}

/// The same as plain lines.
pub fn plain(all: &[When], day: Day) -> String {
    lines(all, day).iter().map(|line| format!("{}\n", visible::line(line.words()))).collect()
}

enum Line {
    Head(String),
    Below(String),
}

impl Line {
    fn words(&self) -> &str {
        match self {
            Line::Head(words) | Line::Below(words) => words,
        }
    }
}

fn lines(all: &[When], day: Day) -> Vec<Line> {
    let mut lines = Vec::new();
    for when in all {
        let title = when.title.as_ref().map_or_else(String::new, |title| format!(", {title}"));
        lines.push(Line::Head(format!("{}{title}", named(when))));
        if when.answers.is_empty() {
            lines.push(Line::Below(format!("not in force on {day}, only {}", spans(&when.in_force))));
        }
        for answer in &when.answers {
            lines.extend(answered(answer, day).into_iter().map(Line::Below));
        }
    }
    lines
}

fn named(when: &When) -> String {
    match &when.place {
        Some(place) => format!("{place} {}", when.clause),
        None => when.clause.clone(),
    }
}

fn spans(all: &[Stretch]) -> String {
    let span = |days: &Stretch| match (days.from > Day::MIN, days.last() < Day::MAX) {
        (true, true) => format!("from {} through {}", days.from, days.last()),
        (true, false) => format!("from {}", days.from),
        (false, true) => format!("through {}", days.last()),
        (false, false) => "at all times".to_string(),
    };
    all.iter().map(span).collect::<Vec<_>>().join(", and ")
}

fn answered(answer: &Answer, day: Day) -> Vec<String> {
    let way = [
        answer.amendment.as_ref().map(|name| format!("if {name} is adopted: ")),
        answer.reading.as_ref().map(|name| format!("read as {name}: ")),
    ];
    let way: String = way.into_iter().flatten().collect();
    let mut lines = vec![format!("{way}{}", told(&answer.window, day))];
    if let Some(days) = answer.window.days() {
        lines.extend(ends(days));
    }
    lines.extend(answer.only_if.iter().map(|words| format!("applies {words}")));
    lines
}

fn told(window: &Window, day: Day) -> String {
    match window {
        Window::CountedFrom { what, .. } => format!("if {what} is {day} ({})", day.weekday()),
        Window::InPeriod { period, .. } => {
            format!("not counted from a day of its own: it lies in each period, for {day} in {period}")
        }
        Window::Fixed { .. } => format!("not counted from any day: it is the same whatever happens on {day}"),
        Window::Several(what) => format!("counted from several days: {}; `when` answers for one", what.join(", ")),
        Window::OfTerm(terms) => {
            format!("counted from the days of {}, which depend on the facts: `why` shows them", terms.join(" and "))
        }
        Window::None => "no window: this clause is not counted from any day".to_string(),
    }
}

fn ends(days: &Days) -> Vec<String> {
    let first = days.first.map_or_else(|| "none of its own".to_string(), with_weekday);
    let last = match days.last {
        LastDay::On(last) => with_weekday(last),
        LastDay::Within(first, Day::MAX) => format!("{first} or later"),
        LastDay::Within(first, last) => format!("between {first} and {last}"),
        LastDay::NotYet => "not yet".to_string(),
        LastDay::Unknown => "unknown".to_string(),
        LastDay::None => "none".to_string(),
    };
    let mut lines = vec![format!("first day: {first}"), format!("last day: {last}")];
    lines.extend(days.walk.iter().map(crate::report::Walk::words));
    lines.extend(days.needs.iter().map(|needs| format!("depends on {needs}")));
    lines
}

fn with_weekday(day: Day) -> String {
    format!("{day} ({})", day.weekday())
}

// ---- JSON ----

/// The form of the JSON.
const SCHEMA: &str = "overens-when/1";

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    agreement: &'a str,
    from: String,
    clauses: Vec<Clause<'a>>,
}

#[derive(Serialize)]
struct Clause<'a> {
    clause: &'a str,
    place: Option<&'a str>,
    title: Option<&'a str>,
    in_force: bool,
    answers: Vec<OneAnswer<'a>>,
}

#[derive(Serialize)]
struct OneAnswer<'a> {
    amendment: Option<&'a str>,
    reading: Option<&'a str>,
    counted_from: &'static str,
    what: Vec<&'a str>,
    first_day: Option<String>,
    last_day: Option<String>,
    walk: Vec<Walk<'a>>,
    depends_on: &'a [String],
    only_if: &'a [String],
}

pub fn json(all: &[When], agreement: &str, day: Day) -> String {
    written(&Wire { schema: SCHEMA, agreement, from: day.to_string(), clauses: all.iter().map(clause).collect() })
}

fn clause(when: &When) -> Clause<'_> {
    Clause {
        clause: &when.clause,
        place: when.place.as_deref(),
        title: when.title.as_deref(),
        in_force: !when.answers.is_empty(),
        answers: when.answers.iter().map(one).collect(),
    }
}

fn one(answer: &Answer) -> OneAnswer<'_> {
    let (counted_from, what): (_, Vec<&str>) = match &answer.window {
        Window::CountedFrom { what, .. } => ("day", vec![what]),
        Window::InPeriod { period, .. } => ("period", vec![period]),
        Window::Fixed { .. } => ("nothing", Vec::new()),
        Window::Several(what) => ("several days", what.iter().map(String::as_str).collect()),
        Window::OfTerm(terms) => ("term", terms.iter().map(String::as_str).collect()),
        Window::None => ("no window", Vec::new()),
    };
    let days = answer.window.days();
    let last = days.and_then(|days| match days.last {
        LastDay::On(day) => Some(day.to_string()),
        LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => None,
    });
    OneAnswer {
        amendment: answer.amendment.as_deref(),
        reading: answer.reading.as_deref(),
        counted_from,
        what,
        first_day: days.and_then(|days| days.first).map(|day| day.to_string()),
        last_day: last,
        walk: days.map_or_else(Vec::new, |days| days.walk.iter().map(walk).collect()),
        depends_on: days.map_or(&[], |days| &days.needs),
        only_if: &answer.only_if,
    }
}
