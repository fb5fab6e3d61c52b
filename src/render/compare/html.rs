//! A comparison as a page: one file without anything from outside, readable without scripts.

use std::fmt::{self, Write};

use super::Compared;
use super::markdown::capital;
use super::page::{self, Item};
use super::words::Arrow;
use crate::render::escape::markup;
use crate::render::report::html::{begin, end};

pub(super) fn write(compared: &Compared, out: &mut dyn Write) -> fmt::Result {
    let of = compared.of;
    let title = format!("{}: {} → {}", of.new.title, of.old.name, of.new.name);
    begin(&title, out)?;
    writeln!(out, "<header>\n<h1>{}</h1>", markup(&of.new.title))?;
    writeln!(out, "<p class=\"day-of\">{} → <strong>{}</strong></p>", markup(&of.old.name), markup(&of.new.name))?;
    let (answer, over) = (capital(&page::sum(of)), capital(&page::over(of)));
    writeln!(out, "<p class=\"answer\">{}.</p>\n<p>{}.</p>\n<dl>", markup(&answer), markup(&over))?;
    for (side, version) in [("Before", &of.old), ("After", &of.new)] {
        let digest = format!("<span class=\"digest\">digest {}</span>", version.digest);
        writeln!(out, "<dt>{side}</dt><dd>{} {digest}</dd>", markup(&version.name))?;
    }
    writeln!(out, "</dl>\n</header>\n<main>")?;
    for (section, at) in page::sections(of, Arrow("→")).iter().zip(1_usize..) {
        writeln!(out, "<section aria-labelledby=\"s{at}\">")?;
        writeln!(out, "<h2 id=\"s{at}\">{}</h2>", markup(&capital(&section.title)))?;
        section.items.iter().try_for_each(|one| item(one, compared, out))?;
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>")?;
    end(out)
}

fn item(item: &Item, compared: &Compared, out: &mut dyn Write) -> fmt::Result {
    let sort = match item.sort {
        "" => String::new(),
        sort => format!("<span class=\"badge plain\">{}</span> ", markup(sort)),
    };
    writeln!(out, "<h3>{sort}{}</h3>", markup(&item.head))?;
    if let Some((file, line, _)) = compared.at(item.place) {
        writeln!(out, "<p class=\"file\">{}:{line}</p>", markup(file))?;
    }
    if item.old.is_some() || item.new.is_some() {
        writeln!(out, "<dl>")?;
        for (which, words) in [("was", &item.old), ("is", &item.new)] {
            if let Some(words) = words {
                writeln!(out, "<dt>{which}</dt><dd><code>{}</code></dd>", markup(words))?;
            }
        }
        writeln!(out, "</dl>")?;
    }
    if item.lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "<ul>")?;
    item.lines.iter().try_for_each(|line| writeln!(out, "<li>{}</li>", markup(line)))?;
    writeln!(out, "</ul>")
}
