//! A report for a wiki or a pull request: how each clause came out, then what needs action, by who has to act.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use super::several::{Among, Number, Several};
use super::{called, counted, heading, place, whose};
use crate::render::escape::{code, markdown};
use crate::report::{Due, DueDay, Joined, Report, Who, groups, short};
use crate::source::Sources;
use crate::verdict::Called;

/// So many entries of a section are told.
const FEW: usize = 20;

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    if all.number == Number::Several {
        let counts = format!("{}: {}", all.agreements(), counted(&all.counts(), ", "));
        writeln!(out, "**{}**", markdown(&counts))?;
        for one in all.not_judged {
            writeln!(out, "\n**{}**", markdown(&one.because()))?;
        }
        writeln!(out)?;
    }
    for (at, among) in all.reports.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        report(among, out)?;
    }
    Ok(())
}

fn report(among: &Among, out: &mut dyn Write) -> fmt::Result {
    let report = among.report;
    head(report, out)?;
    writeln!(out, "\n**{}**", markdown(&counted(&report.counts, ", ")))?;
    if let Some(cut) = report.cut_at {
        writeln!(out, "\n{cut}")?;
    }
    summary(report, out)?;
    action(report, among.sources(), out)?;
    section("Due next", due(report).into_iter(), 0, out)?;
    section("Waiting for a person", waiting(report).into_iter(), 0, out)?;
    let missing = report.missing.iter().map(|one| {
        let clauses = markdown(&short::clauses(&one.clauses));
        format!("{} ({}: {clauses})", markdown(&one.words), short::decides(one))
    });
    section("Missing, most decisive first", missing, report.left_out.missing, out)?;
    shares(report, out)?;
    let amendments = report.amendments.iter().map(|one| {
        format!("{}, from {}: {}", cited(one.place.as_deref(), &one.name), one.effective, markdown(one.status.words()))
    });
    section("Amendments", amendments, 0, out)
}

fn head(report: &Report, out: &mut dyn Write) -> fmt::Result {
    let head = &report.head;
    let facts: Vec<String> = head.facts.iter().map(|name| code(name)).collect();
    let facts = if facts.is_empty() { "none".to_string() } else { facts.join(", ") };
    let known = head.known_on.map_or_else(String::new, |day| format!(", as known on {day}"));
    writeln!(out, "## {}\n", markdown(&head.title))?;
    let only = report.period.as_ref().map_or_else(String::new, |period| format!(", only {}", markdown(period)));
    writeln!(out, "{}, **as of {}**{known}{only}  ", markdown(&head.agreement), head.as_of)?;
    writeln!(out, "policy {}, digest `{}`  ", code(&head.policy), head.rules_digest)?;
    writeln!(out, "facts {facts}, digest `{}`", head.facts_digest)
}

/// Clauses by verdict.
fn summary(report: &Report, out: &mut dyn Write) -> fmt::Result {
    let columns: BTreeSet<Called> = report.counts.keys().copied().collect();
    if columns.is_empty() {
        return Ok(());
    }
    let words: Vec<&str> = columns.iter().map(|called| called.words()).collect();
    writeln!(out, "\n| section | clause | {} |", words.join(" | "))?;
    writeln!(out, "|---|---|{}", "--:|".repeat(columns.len()))?;
    for clause in &report.clauses {
        let place = markdown(clause.place.as_deref().unwrap_or_default());
        write!(out, "| {place} | {} |", code(&clause.clause))?;
        for called in &columns {
            write!(out, " {} |", clause.counts.get(called).map_or_else(String::new, usize::to_string))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn action(report: &Report, sources: &Sources, out: &mut dyn Write) -> fmt::Result {
    for group in groups(&report.lines).iter().filter(|group| group.who != Who::NoAction) {
        writeln!(out, "\n### {}\n", markdown(&capital(&heading(&group.who))))?;
        writeln!(out, "| section | clause | for | verdict | what | facts |\n|---|---|---|---|---|---|")?;
        group.lines.iter().try_for_each(|line| row(line, sources, out))?;
    }
    match report.left_out.lines {
        0 => Ok(()),
        more => writeln!(out, "\n{more} more verdicts need action; `--format csv` lists every verdict."),
    }
}

fn row(line: &Joined, sources: &Sources, out: &mut dyn Write) -> fmt::Result {
    let one = &line.first;
    let places = super::fact_place(one, sources, place);
    writeln!(
        out,
        "| {} | {} | {} | **{}** | {} | {} |",
        markdown(one.place.as_deref().unwrap_or_default()),
        code(&one.clause),
        markdown(&whose(line)),
        markdown(&called(one)),
        markdown(&one.detail),
        markdown(&places)
    )
}

/// So many shares stand in their table.
const SHARES: usize = 40;

/// Who bears how much of which cost.
fn shares(report: &Report, out: &mut dyn Write) -> fmt::Result {
    if report.shares.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### Shares\n\n| section | clause | for | who | bears | billed |\n|---|---|---|---|--:|--:|")?;
    let all = report.shares.iter().flat_map(|cost| cost.parts.iter().map(move |part| (cost, part)));
    for (cost, part) in all.clone().take(SHARES) {
        let whose =
            [cost.subject.as_deref(), cost.period.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            markdown(cost.place.as_deref().unwrap_or_default()),
            code(&cost.clause),
            markdown(&whose),
            markdown(&part.who),
            part.amount,
            part.billed.as_ref().map_or_else(String::new, ToString::to_string)
        )?;
    }
    match (all.count().saturating_sub(SHARES), report.left_out.shares) {
        (0, 0) => Ok(()),
        (_, _) => writeln!(out, "\nThere are more; `--format csv --shares` lists every share."),
    }
}

fn section(title: &str, items: impl Iterator<Item = String>, left_out: usize, out: &mut dyn Write) -> fmt::Result {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "\n### {title}\n")?;
    items.by_ref().take(FEW).try_for_each(|item| writeln!(out, "- {item}"))?;
    match items.count().saturating_add(left_out) {
        0 => Ok(()),
        more => writeln!(out, "- and {more} more"),
    }
}

/// Of very many, how much falls due on which day tells more than the first of them.
fn due(report: &Report) -> Vec<String> {
    let one = |due: &Due| {
        let whose = short::whose(due);
        let whose = if whose.is_empty() { whose } else { format!(", {}", markdown(&whose)) };
        format!("**{}** {}{whose}", short::day(due), cited(due.place.as_deref(), &due.clause))
    };
    let day =
        |due: &DueDay| format!("**{}** {}, {}", due.day, cited(due.place.as_deref(), &due.clause), short::times(due));
    match report.left_out.due {
        0 => report.due.iter().map(one).collect(),
        _ => report.due_days.iter().map(day).collect(),
    }
}

fn waiting(report: &Report) -> Vec<String> {
    let mut items = Vec::new();
    for waiting in &report.waiting {
        for matter in &waiting.what {
            let role = markdown(&short::role(waiting.role.as_deref(), matter.asked));
            let instances = match short::instances(matter) {
                none if none.is_empty() => none,
                some => format!(" for {}", markdown(&some)),
            };
            items.push(format!("**{role}**: {}{instances}", cited(matter.place.as_deref(), &matter.clause)));
        }
    }
    items
}

fn cited(place: Option<&str>, clause: &str) -> String {
    match place {
        Some(place) => format!("{} {}", markdown(place), code(clause)),
        None => code(clause),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
