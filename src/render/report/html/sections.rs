//! What needs action, by who has to act; what is due; who waits; what is missing; shares, unused evidence, amendments.

use std::fmt::{self, Write};

use super::summary::class;
use super::{Page, timeline};
use crate::render::escape::markup;
use crate::render::report::{called, fact_place, heading, short_place, whose};
use crate::report::{AskedFor, Joined, Line, Who, asks_for_action, groups, short};

/// So many rows stand in a section.
const MOST: usize = 100;

pub(super) fn action(page: &Page, out: &mut dyn Write) -> fmt::Result {
    let asked = super::action(page.among);
    if asked == 0 {
        return Ok(());
    }
    page.section("action", "What needs action", out)?;
    let lines: Vec<Line> =
        page.among.report.lines.iter().filter(|line| asks_for_action(line.called)).cloned().collect();
    let mut told = 0_usize;
    for group in groups(&lines).iter().filter(|group| group.who != Who::NoAction) {
        page.below(&heading(&group.who), out)?;
        table("lines", &["section", "clause", "for", "verdict", "what", "facts"], out)?;
        for line in group.lines.iter().take(MOST) {
            told = told.saturating_add(line.count);
            row(page, line, out)?;
        }
        writeln!(out, "</tbody></table></div>")?;
    }
    if asked > told {
        let more = asked.saturating_sub(told);
        writeln!(out, "<p>{more} more verdicts need action. <code>--format csv</code> lists every verdict.</p>")?;
    }
    writeln!(out, "</section>")
}

fn row(page: &Page, line: &Joined, out: &mut dyn Write) -> fmt::Result {
    let one = &line.first;
    write!(out, "<tr><td class=\"place\">{}</td>", markup(one.place.as_deref().unwrap_or_default()))?;
    write!(out, "<th scope=\"row\">")?;
    page.named(&one.clause, one.title.as_deref(), out)?;
    write!(out, "</th><td>{}</td>", markup(&whose(line)))?;
    write!(out, "<td><span class=\"badge {}\">{}</span></td>", class(one.called), markup(&called(one)))?;
    let facts = fact_place(one, page.among.sources(), short_place);
    writeln!(out, "<td>{}</td><td class=\"file\">{}</td></tr>", markup(&one.detail), markup(&facts))
}

pub(super) fn due(page: &Page, out: &mut dyn Write) -> fmt::Result {
    let report = page.among.report;
    if report.due.is_empty() {
        return Ok(());
    }
    page.section("due", "Due next", out)?;
    timeline::write(report.head.as_of, &report.due_days, out)?;
    // Of very many, how much falls due on which day tells more than the first of them.
    if report.left_out.due > 0 {
        table("list", &["last day", "section", "clause", "how often"], out)?;
        for due in report.due_days.iter().take(MOST) {
            write!(out, "<tr><td class=\"day\">{}</td>", due.day)?;
            citation(page, due.place.as_deref(), &due.clause, out)?;
            writeln!(out, "<td>{}</td></tr>", short::times(due))?;
        }
        return end(report.due_days.len(), 0, out);
    }
    table("list", &["last day", "section", "clause", "what"], out)?;
    for due in report.due.iter().take(MOST) {
        write!(out, "<tr><td class=\"day\">{}</td>", short::day(due))?;
        citation(page, due.place.as_deref(), &due.clause, out)?;
        writeln!(out, "<td>{}</td></tr>", markup(&short::whose(due)))?;
    }
    end(report.due.len(), 0, out)
}

pub(super) fn waiting(page: &Page, out: &mut dyn Write) -> fmt::Result {
    let report = page.among.report;
    if report.waiting.is_empty() {
        return Ok(());
    }
    page.section("waiting", "Waiting for a person", out)?;
    table("list", &["who", "asked for", "section", "clause", "for"], out)?;
    for waiting in &report.waiting {
        for matter in &waiting.what {
            let role = waiting.role.as_deref().unwrap_or("someone not named");
            let asked = match matter.asked {
                AskedFor::Judgement => "judgement",
                AskedFor::Attestation => "attestation",
            };
            write!(out, "<tr><td>{}</td><td>{asked}</td>", markup(role))?;
            citation(page, matter.place.as_deref(), &matter.clause, out)?;
            writeln!(out, "<td>{}</td></tr>", markup(&short::instances(matter)))?;
        }
    }
    end(0, 0, out)
}

pub(super) fn missing(page: &Page, out: &mut dyn Write) -> fmt::Result {
    let report = page.among.report;
    if report.missing.is_empty() {
        return Ok(());
    }
    page.section("missing", "Missing facts, most decisive first", out)?;
    table("list", &["what is missing", "decides", "touches", "clauses", "place"], out)?;
    for one in report.missing.iter().take(MOST) {
        let place = one.place.map_or_else(String::new, |span| short_place(span, page.among.sources()));
        write!(out, "<tr><th scope=\"row\">{}</th>", markup(&one.words))?;
        write!(out, "<td class=\"n\">{}</td><td class=\"n\">{}</td>", one.decides, one.touches)?;
        let clauses = short::clauses(&one.clauses);
        writeln!(out, "<td>{}</td><td class=\"file\">{}</td></tr>", markup(&clauses), markup(&place))?;
    }
    end(report.missing.len(), report.left_out.missing, out)
}

pub(super) fn shares(page: &Page, out: &mut dyn Write) -> fmt::Result {
    let report = page.among.report;
    if report.shares.is_empty() {
        return Ok(());
    }
    page.section("shares", "Shares", out)?;
    let all = report.shares.iter().flat_map(|cost| cost.parts.iter().map(move |part| (cost, part)));
    table("list", &["section", "clause", "for", "who", "bears", "billed"], out)?;
    for (cost, part) in all.clone().take(MOST) {
        write!(out, "<tr>")?;
        citation(page, cost.place.as_deref(), &cost.clause, out)?;
        let whose =
            [cost.subject.as_deref(), cost.period.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        write!(out, "<td>{}</td><td>{}</td>", markup(&whose), markup(&part.who))?;
        let billed = part.billed.as_ref().map_or_else(String::new, ToString::to_string);
        let amount = part.amount.to_string();
        writeln!(out, "<td class=\"n\">{}</td><td class=\"n\">{}</td></tr>", markup(&amount), markup(&billed))?;
    }
    writeln!(out, "</tbody></table></div>")?;
    if all.count() > MOST || report.left_out.shares > 0 {
        writeln!(out, "<p>There are more; <code>--format csv --shares</code> lists every share.</p>")?;
    }
    writeln!(out, "</section>")
}

pub(super) fn unused(page: &Page, out: &mut dyn Write) -> fmt::Result {
    let report = page.among.report;
    if report.unused.is_empty() {
        return Ok(());
    }
    page.section("unused", "Unused evidence", out)?;
    table("list", &["record", "clause", "place"], out)?;
    for one in report.unused.iter().take(MOST) {
        let place = one.place.map_or_else(String::new, |span| short_place(span, page.among.sources()));
        write!(out, "<tr><th scope=\"row\">{}</th><td>{}</td>", markup(&one.record), markup(&one.clause))?;
        writeln!(out, "<td class=\"file\">{}</td></tr>", markup(&place))?;
    }
    end(report.unused.len(), report.left_out.unused, out)
}

pub(super) fn amendments(page: &Page, out: &mut dyn Write) -> fmt::Result {
    let report = page.among.report;
    if report.amendments.is_empty() {
        return Ok(());
    }
    page.section("amendments", "Amendments", out)?;
    table("list", &["section", "amendment", "from", "status", "place"], out)?;
    for one in &report.amendments {
        write!(out, "<tr><td class=\"place\">{}</td>", markup(one.place.as_deref().unwrap_or_default()))?;
        let title = one.title.as_ref().map_or_else(String::new, |title| format!("<br>{}", markup(title)));
        write!(out, "<th scope=\"row\">{}{title}</th><td class=\"day\">{}</td>", markup(&one.name), one.effective)?;
        let place = short_place(one.policy, page.among.sources());
        writeln!(out, "<td>{}</td><td class=\"file\">{}</td></tr>", one.status.words(), markup(&place))?;
    }
    end(0, 0, out)
}

/// Around a table: what is wider than the screen is scrolled within it, with the keyboard too.
pub(in crate::render) const WIDE: &str = "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"table\">";

/// Begins a table of a sort, with these columns.
pub(super) fn table(class: &str, columns: &[&str], out: &mut dyn Write) -> fmt::Result {
    write!(out, "{WIDE}<table class=\"{class}\">\n<thead><tr>")?;
    columns.iter().try_for_each(|column| write!(out, "<th scope=\"col\">{column}</th>"))?;
    writeln!(out, "</tr></thead>\n<tbody>")
}

/// Ends a table and its section, and says how many there are beyond those that it shows.
fn end(there: usize, left_out: usize, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "</tbody></table></div>")?;
    match there.saturating_sub(MOST).saturating_add(left_out) {
        0 => {}
        more => writeln!(out, "<p>and {more} more; <code>--format json</code> lists all</p>")?,
    }
    writeln!(out, "</section>")
}

fn citation(page: &Page, place: Option<&str>, clause: &str, out: &mut dyn Write) -> fmt::Result {
    write!(out, "<td class=\"place\">{}</td>", markup(place.unwrap_or_default()))?;
    write!(out, "<th scope=\"row\">")?;
    page.named(clause, page.title(clause), out)?;
    write!(out, "</th>")
}
