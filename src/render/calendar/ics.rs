//! iCalendar (RFC 5545). The last day of each thing is an event that takes all of that day: to-dos are left out by some programs on
//! the very day on which they are due. Nothing in it comes from a clock, so the same facts give the same bytes.

use icalendar::{Alarm as Reminder, Calendar as Wire, Component, Event, EventLike, EventStatus, Property, Trigger};

use super::{Alarm, whose};
use crate::render::visible;
use crate::report::calendar::{Calendar, Entry, State};
use crate::value::Day;

/// All entries that have a day.
pub fn ics(all: &[Calendar], alarm: Alarm) -> String {
    let mut wire = Wire::empty();
    for (name, value) in
        [("VERSION", "2.0"), ("PRODID", "-//overens//calendar//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    {
        wire.append_property(Property::new(name, value));
    }
    let names: Vec<String> = all.iter().map(|calendar| visible::line(&calendar.agreement)).collect();
    wire.name(&names.join(", "));
    for calendar in all {
        for entry in &calendar.entries {
            if let Some(day) = entry.day() {
                wire.push(event(calendar, entry, day, alarm));
            }
        }
    }
    wire.to_string().split_inclusive("\r\n").map(refolded).collect()
}

/// The most octets of a line of a file, without its end (RFC 5545, 3.1).
const MOST_OCTETS: usize = 75;

/// A line as the library has folded it, whose last part may be one octet longer than a line may be: the sign that does not fit goes to a
/// line of its own.
fn refolded(line: &str) -> String {
    let text = line.strip_suffix("\r\n").unwrap_or(line);
    if text.len() <= MOST_OCTETS {
        return line.to_string();
    }
    let fits = (0..=MOST_OCTETS).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let (fitting, rest) = text.split_at(fits);
    format!("{fitting}\r\n {rest}\r\n")
}

fn event(calendar: &Calendar, entry: &Entry, day: Day, alarm: Alarm) -> Event {
    let mut event = Event::new();
    let summary = summary(calendar, entry);
    event
        .uid(&format!("{}@overens", entry.id))
        .append_property(stamp(calendar))
        .append_property(date("DTSTART", day))
        // The end of an event of whole days is the day after its last.
        .append_property(date("DTEND", day.following()))
        .sequence(calendar.sequence)
        .summary(&summary)
        .description(&description(calendar, entry))
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .append_property(Property::new("CATEGORIES", category(&calendar.agreement)));
    match entry.state {
        State::Due => event.status(EventStatus::Confirmed),
        State::Done | State::Waived => event.status(EventStatus::Cancelled),
    };
    let ahead = alarm.and_then(|days| chrono::TimeDelta::try_days(i64::from(days).saturating_neg()));
    if let (State::Due, Some(ahead)) = (entry.state, ahead) {
        let mut reminder = Reminder::display(&summary, Trigger::from(ahead));
        // Without these two the library would take them from a clock and by lot.
        reminder.uid(&format!("{}.alarm@overens", entry.id)).append_property(stamp(calendar));
        event.alarm(reminder);
    }
    event.done()
}

fn summary(calendar: &Calendar, entry: &Entry) -> String {
    let place = entry.place.as_ref().map_or_else(String::new, |place| format!(" {place}"));
    let label = match entry.label() {
        none if none.is_empty() => none,
        some => format!(": {some}"),
    };
    let state = match entry.state {
        State::Due => "",
        State::Done => " (done)",
        State::Waived => " (waived)",
    };
    visible::line(&format!("{}{place} {}{label}{state}", calendar.agreement, entry.clause))
}

fn description(calendar: &Calendar, entry: &Entry) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(entry.title.clone());
    lines.extend(Some(whose(entry)).filter(|whose| !whose.is_empty()));
    lines.extend(entry.window().map(|window| format!("in time {window}")));
    lines.extend(entry.walk.iter().map(crate::report::Walk::words));
    lines.push(format!("{}, as of {}", calendar.title, calendar.as_of));
    lines.iter().map(|line| visible::line(line)).collect::<Vec<_>>().join("\n")
}

/// A name in a list of names, where commas stand between them.
fn category(name: &str) -> String {
    visible::line(name).replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;")
}

/// The as-of day: nothing knows more than was known on it.
fn stamp(calendar: &Calendar) -> Property {
    Property::new("DTSTAMP", format!("{}T000000Z", digits(calendar.as_of)))
}

fn date(name: &str, day: Day) -> Property {
    Property::new(name, digits(day)).add_parameter("VALUE", "DATE").done()
}

/// `20150228`.
fn digits(day: Day) -> String {
    day.to_string().replace('-', "")
}
