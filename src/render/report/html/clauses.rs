//! Each clause, folded: its words in the policy, and its verdicts one by one.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::Page;
use super::sections::table;
use super::summary::class;
use crate::render::escape::{markup, markup_lines};
use crate::render::report::json::mark;
use crate::render::report::{called, fact_place, place, short_place};
use crate::report::{ClauseCounts, Line, Step};
use crate::value::Day;
use crate::verdict::{LastDay, Mark};

pub(super) fn write(page: &Page, out: &mut dyn Write) -> fmt::Result {
    let report = page.among.report;
    if report.clauses.is_empty() {
        return Ok(());
    }
    let mut lines: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    report.lines.iter().for_each(|line| lines.entry(&line.clause).or_default().push(line));
    page.section("clauses", "Each clause", out)?;
    writeln!(
        out,
        "<p class=\"on-paper\">Clauses that are expanded on screen are printed with their text and verdicts.</p>"
    )?;
    for clause in &report.clauses {
        let lines = lines.get(clause.clause.as_str()).map_or(&[][..], Vec::as_slice);
        one(page, clause, lines, out)?;
    }
    writeln!(out, "</section>")
}

fn one(page: &Page, clause: &ClauseCounts, lines: &[&Line], out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "<details id=\"{}\">\n<summary>", page.clause_id(&clause.clause))?;
    if let Some(place) = &clause.place {
        write!(out, "<span class=\"place\">{}</span> ", markup(place))?;
    }
    match &clause.title {
        Some(title) => {
            write!(out, "<strong>{}</strong> <span class=\"title\">{}</span>", markup(title), markup(&clause.clause))?;
        }
        None => write!(out, "<strong>{}</strong>", markup(&clause.clause))?,
    }
    for (called, count) in &clause.counts {
        write!(out, " <span class=\"badge {}\">{count} {}</span>", class(*called), called.words())?;
    }
    writeln!(out, "</summary>")?;
    let sources = page.among.sources();
    writeln!(out, "<p class=\"file\">{}</p>", markup(&place(clause.span, sources)))?;
    writeln!(out, "<pre>{}</pre>", markup_lines(sources.text(clause.span).trim_end()))?;
    table("verdicts", &["for", "by", "verdict", "last day", "what", "facts"], out)?;
    lines.iter().try_for_each(|line| row(page, line, out))?;
    writeln!(out, "</tbody></table></div>")?;
    let there = clause.counts.values().fold(0_usize, |sum, count| sum.saturating_add(*count));
    match there.saturating_sub(lines.len()) {
        0 => {}
        more => writeln!(out, "<p>and {more} more; <code>--format csv</code> lists every verdict</p>")?,
    }
    writeln!(out, "</details>")
}

fn row(page: &Page, line: &Line, out: &mut dyn Write) -> fmt::Result {
    let whose = [line.subject.as_deref(), line.bearer.as_deref(), line.period.as_deref()];
    let whose = whose.into_iter().flatten().collect::<Vec<_>>().join(" ");
    match whose.is_empty() {
        true => write!(out, "<tr><td></td>")?,
        false => write!(out, "<tr><th scope=\"row\">{}</th>", markup(&whose))?,
    }
    write!(out, "<td>{}</td>", markup(line.whom.as_deref().unwrap_or_default()))?;
    write!(out, "<td><span class=\"badge {}\">{}</span></td>", class(line.called), markup(&called(line)))?;
    write!(out, "<td class=\"day\">{}</td><td>{}", last_day(line.last_day), markup(&line.detail))?;
    // Its reasons tell it, where they are told.
    for walk in line.walk.iter().filter(|_| line.reason.is_none()) {
        write!(out, "<p class=\"file\">{}</p>", markup(&walk.words()))?;
    }
    if let Some(reason) = &line.reason {
        write!(out, "<details class=\"why\"><summary>why</summary><ul>")?;
        // Its first step is the verdict, which stands above.
        let place = |step: &Step| step.fact.map(|span| short_place(span, page.among.sources()));
        reason.steps.iter().try_for_each(|one| step(one, &place, out))?;
        write!(out, "</ul></details>")?;
    }
    let facts = fact_place(line, page.among.sources(), short_place);
    writeln!(out, "</td><td class=\"file\">{}</td></tr>", markup(&facts))
}

/// A step and those below it, each with its place. Reasons are no deeper than the policy's own nesting.
pub(in crate::render) fn step(
    reason: &Step,
    place: &dyn Fn(&Step) -> Option<String>,
    out: &mut dyn Write,
) -> fmt::Result {
    let came = match reason.mark {
        Mark::Plain => String::new(),
        Mark::Yes | Mark::No | Mark::Open | Mark::Person => {
            format!("<span class=\"mark\">{}</span> ", mark(reason.mark))
        }
    };
    write!(out, "<li>{came}{}", markup(&reason.words))?;
    if let Some(place) = place(reason) {
        write!(out, " <span class=\"file\">{}</span>", markup(&place))?;
    }
    if !reason.steps.is_empty() {
        write!(out, "<ul>")?;
        reason.steps.iter().try_for_each(|one| step(one, place, out))?;
        write!(out, "</ul>")?;
    }
    write!(out, "</li>")
}

fn last_day(day: LastDay) -> String {
    match day {
        LastDay::On(day) => day.to_string(),
        LastDay::Within(first, Day::MAX) => format!("{first} or later"),
        LastDay::Within(first, last) => format!("{first} to {last}"),
        LastDay::NotYet => "not yet".to_string(),
        LastDay::Unknown => "unknown".to_string(),
        LastDay::None => String::new(),
    }
}
