//! The clauses of a section with how they came out, a line each.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use crate::render::escape::{code, markup, sentence};
use crate::render::report::counted;
use crate::render::visible;
use crate::verdict::Called;

/// A clause of a section, and how many of its verdicts came out how.
#[derive(Clone, Debug)]
pub struct Listed {
    pub place: Option<String>,
    pub clause: String,
    pub title: Option<String>,
    pub counts: BTreeMap<Called, usize>,
}

impl Listed {
    fn words(&self) -> String {
        let place = self.place.as_ref().map_or_else(String::new, |place| format!("{place} "));
        let title = self.title.as_ref().map_or_else(String::new, |title| format!(", {title}"));
        format!("{place}{}{title}: {}", self.clause, counted(&self.counts, ", "))
    }
}

/// How to ask for the reasons.
fn asking(policy: &str) -> String {
    format!("overens why CLAUSE {policy}")
}

pub fn plain(all: &[Listed], policy: &str) -> String {
    if all.is_empty() {
        return String::new();
    }
    let reasons = format!("for the reasons: `{}`", asking(policy));
    let lines = all.iter().map(Listed::words).chain([reasons]);
    lines.map(|line| format!("{}\n", visible::line(&line))).collect()
}

pub fn markdown(all: &[Listed], policy: &str) -> String {
    if all.is_empty() {
        return String::new();
    }
    let lines: String = all.iter().map(|one| format!("- {}\n", sentence(&one.words()))).collect();
    format!("{lines}\nFor the reasons: {}\n\n", code(&asking(policy)))
}

pub(super) fn html(all: &[Listed], policy: &str, out: &mut dyn Write) -> fmt::Result {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "<ul>")?;
    all.iter().try_for_each(|one| writeln!(out, "<li>{}</li>", markup(&one.words())))?;
    writeln!(out, "</ul>\n<p>For the reasons: <code>{}</code></p>", markup(&asking(policy)))
}
