//! Findings as commands of a GitHub run: each becomes an annotation at its place, errors first. The log ends with a line for each
//! policy.

use std::fmt::{self, Write};

use super::Checked;
use crate::diagnostics::{Diagnostic, Severity};
use crate::render::github::{Annotation, Annotations, Chosen};
use crate::render::report::level::Level;
use crate::render::sarif::said;
use crate::render::{many, visible};

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    let mut annotations = Annotations::default();
    for one in checked.not_checked {
        let (title, message) = (one.name.clone(), one.because("checked"));
        annotations.add(&Annotation { level: Level::Error, place: Some(one.place()), title, message }, out)?;
    }
    let (errors, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        checked.findings.iter().partition(|one| one.severity == Severity::Error);
    for one in errors.into_iter().chain(warnings) {
        let (name, at) = checked.sources.at(one.place.span);
        let help = one.help.as_ref().map_or_else(String::new, |help| format!(" ({})", help.replace('\n', " ")));
        let level = if one.severity == Severity::Error { Level::Error } else { Level::Warning };
        let place = Some((name, Some((at.line, at.column))));
        let (title, message) = (one.code.name.to_string(), format!("{}{help}", one.message));
        let message = said(&message, Some(one.place.span), checked.sources);
        annotations.add(&Annotation { level, place, title, message }, out)?;
    }
    for policy in checked.policies {
        let (errors, warnings) = policy.counts();
        let said = match policy.findings.is_empty() {
            true => policy.holds.clone(),
            false => format!("{}, {}", many(errors, "error"), many(warnings, "warning")),
        };
        writeln!(out, "{}", visible::line(&format!("{}: {said}", policy.name)))?;
    }
    annotations.end(Chosen::First, "`--format csv` lists every finding", out)
}
