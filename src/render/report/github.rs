//! What needs action as commands of a GitHub run: each becomes an annotation at the line of the fact that it rests on, else at the
//! clause. The log then ends with how many verdicts there are.

use std::fmt::{self, Write};

use super::level::Level;
use super::several::{Among, Several};
use super::{called, counted};
use crate::render::visible;
use crate::report::{Line, Reasons, asks_for_action};

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    for among in &all.reports {
        let wanted = |called| asks_for_action(called) || all.failing.contains(&called);
        among.rows.lines(Reasons::LeftOut, wanted).try_for_each(|line| command(&line, among, all, out))?;
        let head = &among.report.head;
        let told = format!("{}, as of {}: {}", head.agreement, head.as_of, counted(&among.report.counts, ", "));
        writeln!(out, "{}", visible::line(&told))?;
    }
    for one in all.not_judged {
        writeln!(out, "::error file={}::{}", property(&one.policy), data(&one.words()))?;
    }
    Ok(())
}

fn command(line: &Line, among: &Among, all: &Several, out: &mut dyn Write) -> fmt::Result {
    let level = match Level::of(line.called, all.failing) {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    write!(out, "::{level} ")?;
    if let Some(span) = line.facts.first().or(line.policy.as_ref()) {
        let (file, at) = among.sources().at(*span);
        write!(out, "file={},line={},col={},", property(file), at.line, at.column)?;
    }
    let (title, message) = words(line);
    writeln!(out, "title={}::{}", property(&title), data(&message))
}

/// What it is about, and what is the case.
pub(super) fn words(line: &Line) -> (String, String) {
    let title = match &line.place {
        Some(place) => format!("{place} {}", line.clause),
        None => line.clause.clone(),
    };
    let whose = [line.subject.as_deref(), line.bearer.as_deref(), line.period.as_deref()];
    let whose = whose.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut message = if whose.is_empty() { called(line) } else { format!("{whose}: {}", called(line)) };
    if !line.detail.is_empty() {
        message.push_str(&format!(", {}", line.detail));
    }
    if let Some(title) = &line.title {
        message.push_str(&format!(" ({title})"));
    }
    (title, message)
}

/// A message as the runner reads it.
pub(in crate::render) fn data(words: &str) -> String {
    visible::line(words).replace('%', "%25")
}

/// A value among others as the runner reads it.
pub(in crate::render) fn property(words: &str) -> String {
    data(words).replace(':', "%3A").replace(',', "%2C")
}
