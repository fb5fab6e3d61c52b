//! Clauses by verdict: how many verdicts of each kind each clause has.

use std::fmt::{self, Write};

use super::Page;
use super::sections::WIDE;
use crate::render::escape::markup;
use crate::render::report::pretty::tint;
use crate::render::table::Tint;
use crate::report::ClauseCounts;
use crate::verdict::Called;

pub(super) fn write(page: &Page, out: &mut dyn Write) -> fmt::Result {
    let report = page.among.report;
    let columns: Vec<Called> = report.counts.keys().copied().collect();
    if columns.is_empty() {
        return Ok(());
    }
    page.section("summary", "Clauses by verdict", out)?;
    writeln!(out, "{WIDE}<table class=\"summary\">\n<thead><tr>")?;
    write!(out, "<th scope=\"col\">section</th><th scope=\"col\">clause</th>")?;
    for called in &columns {
        write!(out, "<th scope=\"col\" class=\"n\">{}</th>", called.words())?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    report.clauses.iter().try_for_each(|clause| row(page, clause, &columns, out))?;
    write!(out, "</tbody>\n<tfoot><tr><td></td><th scope=\"row\">all</th>")?;
    for called in &columns {
        write!(out, "<td class=\"n\">{}</td>", report.counts.get(called).copied().unwrap_or(0))?;
    }
    writeln!(out, "</tr></tfoot>\n</table></div>\n</section>")
}

fn row(page: &Page, clause: &ClauseCounts, columns: &[Called], out: &mut dyn Write) -> fmt::Result {
    let place = clause.place.as_deref().unwrap_or_default();
    write!(out, "<tr><td class=\"place\">{}</td><th scope=\"row\">", markup(place))?;
    page.named(&clause.clause, clause.title.as_deref(), out)?;
    write!(out, "</th>")?;
    for called in columns {
        match clause.counts.get(called) {
            Some(count) => write!(out, "<td class=\"n {}\">{count}</td>", class(*called))?,
            None => write!(out, "<td></td>")?,
        }
    }
    writeln!(out, "</tr>")
}

/// How a verdict is coloured; its word says all by itself.
pub(super) fn class(called: Called) -> &'static str {
    match tint(called) {
        Tint::Good => "good",
        Tint::Warning => "warning",
        Tint::Bad => "bad",
        Tint::Person => "person",
        Tint::Plain | Tint::Strong | Tint::Faint => "plain",
    }
}
