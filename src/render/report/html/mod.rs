//! A report as a page: one file without anything from outside, readable without scripts, on a screen, on paper and read aloud.
//! First how it stands, then what needs action, then what falls due; each clause with its words folded at the end.

pub(in crate::render) mod clauses;
pub(in crate::render) mod sections;
mod summary;
mod timeline;

use std::fmt::{self, Write};

use sections::WIDE;

use super::several::{Among, Number, Several};
use crate::render::escape::markup;
use crate::render::report::counted;
use crate::report::{Head, asks_for_action};

const STYLE: &str = include_str!("style.css");

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    let title = match (all.number, all.reports.first()) {
        (Number::One, Some(one)) => format!("{}, as of {}", one.report.head.title, one.report.head.as_of),
        (Number::One, None) | (Number::Several, _) => all.agreements(),
    };
    begin(&title, out)?;
    if all.number == Number::Several {
        overview(all, out)?;
    }
    writeln!(out, "<main>")?;
    for (at, among) in all.reports.iter().enumerate() {
        Page { among, number: at.saturating_add(1), asked: all.number }.write(out)?;
    }
    writeln!(out, "</main>")?;
    end(out)
}

/// Begins a page.
pub(in crate::render) fn begin(title: &str, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>", markup(title))
}

/// Ends it.
pub(in crate::render) fn end(out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "<footer>Made by overens {}</footer>\n</body>\n</html>", env!("CARGO_PKG_VERSION"))
}

/// The agreements of the page, each with how it stands.
fn overview(all: &Several, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "<header class=\"overview\">\n<h1>{}</h1>", markup(&all.agreements()))?;
    writeln!(out, "<p>{}</p>", markup(&counted(&all.counts(), ", ")))?;
    writeln!(out, "{WIDE}<table>\n<thead><tr><th scope=\"col\">agreement</th><th scope=\"col\">as of</th>")?;
    writeln!(
        out,
        "<th scope=\"col\" class=\"n\">need action</th><th scope=\"col\">verdicts</th></tr></thead>\n<tbody>"
    )?;
    for (at, among) in all.reports.iter().enumerate() {
        let head = &among.report.head;
        write!(out, "<tr><th scope=\"row\"><a href=\"#a{}\">{}</a></th>", at.saturating_add(1), markup(&head.title))?;
        write!(out, "<td class=\"day\">{}</td><td class=\"n\">{}</td>", head.as_of, action(among))?;
        writeln!(out, "<td>{}</td></tr>", markup(&counted(&among.report.counts, ", ")))?;
    }
    writeln!(out, "</tbody>\n</table></div>")?;
    for one in all.not_judged {
        writeln!(out, "<p class=\"bad\"><strong>{}</strong></p>", markup(&one.because()))?;
    }
    writeln!(out, "</header>")
}

/// How many verdicts of a report ask for action.
fn action(among: &Among) -> usize {
    let counts = among.report.counts.iter().filter(|(called, _)| asks_for_action(**called));
    counts.fold(0, |sum, (_, count)| sum.saturating_add(*count))
}

/// The part of the page that tells of one agreement.
struct Page<'a> {
    among: &'a Among<'a>,
    /// Which of the agreements it is, from 1: addresses within the page begin with it.
    number: usize,
    asked: Number,
}

impl Page<'_> {
    fn write(&self, out: &mut dyn Write) -> fmt::Result {
        writeln!(out, "<article id=\"a{}\">", self.number)?;
        self.head(&self.among.report.head, out)?;
        self.contents(out)?;
        summary::write(self, out)?;
        sections::action(self, out)?;
        sections::due(self, out)?;
        sections::waiting(self, out)?;
        sections::missing(self, out)?;
        sections::shares(self, out)?;
        sections::unused(self, out)?;
        sections::amendments(self, out)?;
        clauses::write(self, out)?;
        writeln!(out, "</article>")
    }

    fn head(&self, head: &Head, out: &mut dyn Write) -> fmt::Result {
        let level = match self.asked {
            Number::One => "h1",
            Number::Several => "h2",
        };
        let id = self.title_id();
        writeln!(out, "<header>\n<{level} id=\"{id}\">{}</{level}>", markup(&head.title))?;
        let known = head.known_on.map_or_else(String::new, |day| format!(", as known on {day}"));
        let period = self.among.report.period.as_deref();
        let only = period.map_or_else(String::new, |period| format!(", <strong>only {}</strong>", markup(period)));
        let name = markup(&head.agreement);
        writeln!(out, "<p class=\"day-of\">{name}, <strong>as of {}</strong>{known}{only}</p>", head.as_of)?;
        let answer = match action(self.among) {
            0 => "No action is needed.".to_string(),
            1 => "1 verdict needs action.".to_string(),
            many => format!("{many} verdicts need action."),
        };
        writeln!(out, "<p class=\"answer\">{answer}</p>\n<ul class=\"counts\">")?;
        for (called, count) in &self.among.report.counts {
            let class = summary::class(*called);
            writeln!(out, "<li class=\"badge {class}\"><strong>{count}</strong> {}</li>", called.words())?;
        }
        writeln!(out, "</ul>")?;
        if let Some(cut) = self.among.report.cut_at {
            writeln!(out, "<p class=\"bad\"><strong>{cut}</strong></p>")?;
        }
        sources(head, out)?;
        writeln!(out, "</header>")
    }

    fn contents(&self, out: &mut dyn Write) -> fmt::Result {
        let report = self.among.report;
        let all = [
            ("summary", "Clauses by verdict", !report.counts.is_empty()),
            ("action", "What needs action", action(self.among) > 0),
            ("due", "Due next", !report.due.is_empty()),
            ("waiting", "Waiting for a person", !report.waiting.is_empty()),
            ("missing", "Missing facts", !report.missing.is_empty()),
            ("shares", "Shares", !report.shares.is_empty()),
            ("unused", "Unused evidence", !report.unused.is_empty()),
            ("amendments", "Amendments", !report.amendments.is_empty()),
            ("clauses", "Each clause", !report.clauses.is_empty()),
        ];
        let of = match self.asked {
            Number::One => String::new(),
            Number::Several => format!(": {}", report.head.title),
        };
        write!(out, "<nav aria-label=\"Contents{}\">\n<ul>", markup(&of))?;
        for (id, words, _) in all.iter().filter(|(_, _, there)| *there) {
            write!(out, "<li><a href=\"#{}\">{words}</a></li>", self.id(id))?;
        }
        writeln!(out, "</ul>\n</nav>")
    }

    fn id(&self, name: &str) -> String {
        format!("a{}-{name}", self.number)
    }

    fn title_id(&self) -> String {
        self.id("title")
    }

    /// Where a clause stands on the page. Its name is a word of the language, so it needs no escape.
    fn clause_id(&self, clause: &str) -> String {
        self.id(&format!("clause-{clause}"))
    }

    /// A clause by its title, with its name behind it; by its name alone where it has no title. It leads to the clause.
    fn named(&self, clause: &str, title: Option<&str>, out: &mut dyn Write) -> fmt::Result {
        let id = self.clause_id(clause);
        match title {
            Some(title) => {
                write!(out, "<a href=\"#{id}\">{}</a> <span class=\"title\">{}</span>", markup(title), name(clause))
            }
            None => write!(out, "<a href=\"#{id}\">{}</a>", name(clause)),
        }
    }

    /// The title of a clause.
    fn title(&self, clause: &str) -> Option<&str> {
        self.among.report.clauses.iter().find(|one| one.clause == clause)?.title.as_deref()
    }

    /// Begins a section.
    fn section(&self, id: &str, title: &str, out: &mut dyn Write) -> fmt::Result {
        let level = match self.asked {
            Number::One => "h2",
            Number::Several => "h3",
        };
        let id = self.id(id);
        // Each part of a page has a name of its own for who jumps from one to the next.
        let whose = match self.asked {
            Number::One => String::new(),
            Number::Several => format!("{} ", self.title_id()),
        };
        writeln!(out, "<section aria-labelledby=\"{whose}{id}\">\n<{level} id=\"{id}\">{}</{level}>", markup(title))
    }

    /// A heading below that of a section.
    fn below(&self, title: &str, out: &mut dyn Write) -> fmt::Result {
        let level = match self.asked {
            Number::One => "h3",
            Number::Several => "h4",
        };
        writeln!(out, "<{level}>{}</{level}>", markup(title))
    }
}

/// The name of a clause, which may be broken after an underscore.
fn name(clause: &str) -> String {
    markup(clause).to_string().replace('_', "_<wbr>")
}

/// The texts that it rests on.
fn sources(head: &Head, out: &mut dyn Write) -> fmt::Result {
    let facts = if head.facts.is_empty() { "none".to_string() } else { head.facts.join(", ") };
    writeln!(out, "<dl>")?;
    for (what, file, digest) in [("Policy", &head.policy, head.rules_digest), ("Facts", &facts, head.facts_digest)] {
        writeln!(out, "<dt>{what}</dt><dd>{} <span class=\"digest\">digest {digest}</span></dd>", markup(file))?;
    }
    writeln!(out, "</dl>")
}
