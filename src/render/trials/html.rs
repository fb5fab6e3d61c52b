//! What came of scenarios and snapshots as a page: one file without anything from outside, readable without scripts.

use std::fmt::{self, Write};

use super::cases::{Case, cases};
use super::markdown::Counts;
use super::{Trials, Tried};
use crate::render::escape::{markup, markup_lines};
use crate::render::report::html::sections::WIDE;
use crate::render::report::html::{begin, end};
use crate::render::report::place;
use crate::render::why;
use crate::source::Sources;

pub(super) fn write(tried: &Tried, out: &mut dyn Write) -> fmt::Result {
    begin("Scenarios and snapshots", out)?;
    writeln!(out, "<header>\n<h1>Scenarios and snapshots</h1>")?;
    let answer = if tried.holds() { "Everything holds." } else { "Not everything holds." };
    writeln!(out, "<p class=\"answer\">{answer}</p>\n{WIDE}<table>\n<thead><tr><th scope=\"col\">agreement</th>")?;
    for column in ["scenarios", "expectations", "snapshots", "do not hold"] {
        write!(out, "<th scope=\"col\" class=\"n\">{column}</th>")?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for (trials, at) in tried.all.iter().zip(1_usize..) {
        let Counts { scenarios, expectations, snapshots, wrong } = Counts::of(trials);
        write!(out, "<tr><th scope=\"row\"><a href=\"#a{at}\">{}</a></th>", markup(&trials.agreement))?;
        for number in [scenarios, expectations, snapshots] {
            write!(out, "<td class=\"n\">{number}</td>")?;
        }
        writeln!(out, "<td class=\"n{}\">{wrong}</td></tr>", if wrong > 0 { " bad" } else { "" })?;
    }
    writeln!(out, "</tbody>\n</table></div>")?;
    for one in tried.not_tested {
        writeln!(out, "<p class=\"bad\"><strong>{}</strong></p>", markup(&one.because("tested")))?;
    }
    writeln!(out, "</header>\n<main>")?;
    for (trials, at) in tried.all.iter().zip(1_usize..) {
        agreement(trials, at, tried.sources, out)?;
    }
    writeln!(out, "</main>")?;
    end(out)
}

fn agreement(trials: &Trials, at: usize, sources: &Sources, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "<section aria-labelledby=\"a{at}\">\n<h2 id=\"a{at}\">{}</h2>", markup(&trials.agreement))?;
    for case in cases(trials).filter(|case| !case.wrong.is_empty()) {
        wrong(&case, sources, out)?;
    }
    let holding: Vec<Case> = cases(trials).filter(|case| case.wrong.is_empty()).collect();
    if !holding.is_empty() {
        writeln!(out, "<details>\n<summary>{} that hold</summary>\n<ul>", holding.len())?;
        for case in holding {
            let at = case.place.map_or_else(String::new, |span| place(span, sources));
            writeln!(out, "<li>{} <span class=\"file\">{}</span></li>", markup(case.name), markup(&at))?;
        }
        writeln!(out, "</ul>\n</details>")?;
    }
    writeln!(out, "</section>")
}

fn wrong(case: &Case, sources: &Sources, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "<h3>{}</h3>", markup(case.name))?;
    for wrong in &case.wrong {
        if let Some(span) = wrong.place {
            writeln!(out, "<p class=\"file\">{}</p>", markup(&place(span, sources)))?;
        }
        writeln!(out, "<ul>")?;
        for line in &wrong.words {
            writeln!(out, "<li>{}</li>", markup(line.trim()))?;
        }
        writeln!(out, "</ul>")?;
        if let Some(why) = wrong.failure.and_then(|failure| failure.why.as_ref()) {
            writeln!(out, "<pre>{}</pre>", markup_lines(why::plain::show(why, sources).trim_end()))?;
        }
    }
    Ok(())
}
