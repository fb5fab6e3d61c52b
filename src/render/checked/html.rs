//! What checking came to as a page: one file without anything from outside, readable without scripts.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::Checked;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::render::diagnostics::severity;
use crate::render::escape::{markup, markup_lines};
use crate::render::report::html::sections::WIDE;
use crate::render::report::html::{begin, end};
use crate::render::report::place;
use crate::source::Sources;

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    begin("Checked policies", out)?;
    writeln!(out, "<header>\n<h1>Checked policies</h1>\n<p class=\"answer\">{}</p>", checked.answer())?;
    writeln!(out, "{WIDE}<table>\n<thead><tr><th scope=\"col\">policy</th><th scope=\"col\">file</th>")?;
    writeln!(out, "<th scope=\"col\" class=\"n\">errors</th><th scope=\"col\" class=\"n\">warnings</th></tr></thead>")?;
    writeln!(out, "<tbody>")?;
    for policy in checked.policies {
        let (errors, warnings) = policy.counts();
        write!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"file\">{}</td>",
            markup(&policy.name),
            markup(&policy.file)
        )?;
        let (bad, doubtful) = (if errors > 0 { " bad" } else { "" }, if warnings > 0 { " warning" } else { "" });
        writeln!(out, "<td class=\"n{bad}\">{errors}</td><td class=\"n{doubtful}\">{warnings}</td></tr>")?;
    }
    writeln!(out, "</tbody>\n</table></div>")?;
    for one in checked.not_checked {
        writeln!(out, "<p class=\"bad\"><strong>{}</strong></p>", markup(&one.because("checked")))?;
    }
    writeln!(out, "</header>\n<main>")?;
    if !checked.findings.is_empty() {
        writeln!(out, "<section aria-labelledby=\"found\">\n<h2 id=\"found\">Findings</h2>")?;
        checked.findings.iter().try_for_each(|one| finding(one, checked.sources, out))?;
        writeln!(out, "</section>")?;
        pages(checked, out)?;
    }
    writeln!(out, "</main>")?;
    end(out)
}

fn finding(one: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> fmt::Result {
    let class = if one.severity == Severity::Error { "bad" } else { "warning" };
    write!(out, "<h3><span class=\"badge {class}\">{}</span> {}</h3>", severity(one.severity), markup(&one.message))?;
    writeln!(out, "<p class=\"file\">{}</p>", markup(&place(one.place.span, sources)))?;
    let (_, at) = sources.at(one.place.span);
    let line = sources.get(one.place.span.file).map_or("", |source| source.line(at.line));
    if !line.trim().is_empty() {
        writeln!(out, "<pre>{}</pre>", markup_lines(line.trim_end()))?;
    }
    writeln!(out, "<ul>")?;
    for other in one.others.iter().filter(|other| !other.words.is_empty()) {
        let at = place(other.span, sources);
        writeln!(out, "<li>{} <span class=\"file\">{}</span></li>", markup(&other.words), markup(&at))?;
    }
    if let Some(help) = &one.help {
        writeln!(out, "<li>{}</li>", markup_lines(help))?;
    }
    writeln!(out, "<li><a href=\"#{0}\">{0}</a></li>\n</ul>", one.code.name)
}

/// What each code means that was found.
fn pages(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    let codes: BTreeMap<&str, Code> = checked.findings.iter().map(|one| (one.code.name, one.code)).collect();
    writeln!(out, "<section aria-labelledby=\"codes\">\n<h2 id=\"codes\">What the codes mean</h2>")?;
    for code in codes.values() {
        writeln!(
            out,
            "<details id=\"{0}\">\n<summary>{0}</summary>\n<pre>{1}</pre>\n</details>",
            code.name,
            markup_lines(code.page.trim())
        )?;
    }
    writeln!(out, "</section>")
}
