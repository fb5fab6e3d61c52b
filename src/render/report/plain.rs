//! A report in plain sentences: one a line, no columns, no marks, nothing that a screen reader would stumble over.

use std::fmt::{self, Write};

use super::several::Among;
use super::{called, counted, fact_place, heading, place, whose};
use crate::render::visible;
use crate::report::{Joined, Report, Told, short};
use crate::source::Sources;

/// The whole report. Its lines are made one at a time.
pub fn write(among: &Among, out: &mut dyn Write) -> fmt::Result {
    body(among, out)?;
    writeln!(out, "exit {}", among.exit)
}

/// The report without how the run ends.
pub(super) fn body(among: &Among, out: &mut dyn Write) -> fmt::Result {
    let (report, sources) = (among.report, among.sources());
    head(report, out)?;
    report.by_who.tell(&among.rows, |told| match told {
        Told::Who(who) => say(&heading(who), out),
        Told::Line(joined) => say(&line(joined, sources), out),
    })?;
    let mut lines: Vec<String> = report.due.iter().map(due).collect();
    lines.extend(waiting(report));
    lines.extend(report.missing.iter().map(|one| missing(one, sources)));
    lines.extend(report.shares.iter().map(shares));
    lines.extend(report.unused.iter().map(|one| unused(one, sources)));
    lines.extend(report.amendments.iter().map(|one| amendment(one, sources)));
    lines.extend(report.cut_at.map(|cut| cut.to_string()));
    lines.push(counted(&report.counts, ", "));
    lines.iter().try_for_each(|line| say(line, out))
}

/// What was judged, from what and as of when.
pub(super) fn head(report: &Report, out: &mut dyn Write) -> fmt::Result {
    let head = &report.head;
    let facts = if head.facts.is_empty() { "none".to_string() } else { head.facts.join(", ") };
    let known = head.known_on.map_or_else(String::new, |day| format!(", as known on {day}"));
    let only = report.period.as_ref().map_or_else(String::new, |period| format!(", only {period}"));
    say(&format!("{}, as of {}{known}{only}", head.agreement, head.as_of), out)?;
    say(&format!("policy: {}, digest {}", head.policy, head.rules_digest), out)?;
    say(&format!("facts: {facts}, digest {}", head.facts_digest), out)
}

pub(super) fn say(words: &str, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{}", visible::line(words))
}

pub(super) fn cited(place: Option<&str>, clause: &str) -> String {
    match place {
        Some(place) => format!("{place} {clause}"),
        None => clause.to_string(),
    }
}

fn line(line: &Joined, sources: &Sources) -> String {
    let one = &line.first;
    let mut text = cited(one.place.as_deref(), &one.clause);
    let whose = whose(line);
    let place = fact_place(one, sources, place);
    let mut add = |before: &str, words: &str, after: &str| {
        if !words.is_empty() {
            [before, words, after].iter().for_each(|part| text.push_str(part));
        }
    };
    add(" for ", &whose, "");
    add(": ", &called(one), "");
    add(", ", &one.detail, "");
    add(" (", &place, ")");
    text
}

fn due(due: &crate::report::Due) -> String {
    let whose = short::whose(due);
    let whose = if whose.is_empty() { whose } else { format!(", {whose}") };
    format!("due {}: {}{whose}", short::day(due), cited(due.place.as_deref(), &due.clause))
}

fn waiting(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    for waiting in &report.waiting {
        for matter in &waiting.what {
            let instances = match short::instances(matter) {
                none if none.is_empty() => none,
                some => format!(" for {some}"),
            };
            let role = short::role(waiting.role.as_deref(), matter.asked);
            lines.push(format!("waiting for {role}: {}{instances}", cited(matter.place.as_deref(), &matter.clause)));
        }
    }
    lines
}

fn missing(one: &crate::report::MissingFact, sources: &Sources) -> String {
    let place = one.place.map_or_else(String::new, |span| format!(" ({})", place(span, sources)));
    format!("missing: {}, {}: {}{place}", one.words, short::decides(one), short::clauses(&one.clauses))
}

fn shares(shares: &crate::report::Shares) -> String {
    let of = shares.subject.as_ref().map_or_else(String::new, |subject| format!(" for {subject}"));
    format!("shares: {}{of}: {}", cited(shares.place.as_deref(), &shares.clause), short::parts(&shares.parts))
}

pub(super) fn amendment(one: &crate::report::Amended, sources: &Sources) -> String {
    let (what, place) = (cited(one.place.as_deref(), &one.name), place(one.policy, sources));
    format!("amendment {what}, from {}: {} ({place})", one.effective, one.status.words())
}

fn unused(one: &crate::report::Unused, sources: &Sources) -> String {
    let place = one.place.map_or_else(String::new, |span| format!(" ({})", place(span, sources)));
    format!("unused: {}, for {}{place}", one.record, one.clause)
}
