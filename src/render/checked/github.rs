//! Findings as commands of a GitHub run: each becomes an annotation at its place. The log ends with a line for each policy.

use std::fmt::{self, Write};

use super::Checked;
use crate::render::diagnostics::severity;
use crate::render::report::github::{data, property};
use crate::render::{many, visible};

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    for one in checked.findings {
        let (file, at) = checked.sources.at(one.place.span);
        let help = one.help.as_ref().map_or_else(String::new, |help| format!(" ({})", help.replace('\n', " ")));
        write!(out, "::{} file={},", severity(one.severity), property(file))?;
        write!(out, "line={},col={},title={}", at.line, at.column, property(one.code.name))?;
        writeln!(out, "::{}", data(&format!("{}{help}", one.message)))?;
    }
    for path in checked.not_checked {
        writeln!(out, "::error file={}::{} could not be checked", property(path), data(path))?;
    }
    for policy in checked.policies {
        let (errors, warnings) = policy.counts();
        let said = match policy.findings.is_empty() {
            true => policy.holds.clone(),
            false => format!("{}, {}", many(errors, "error"), many(warnings, "warning")),
        };
        writeln!(out, "{}", visible::line(&format!("{}: {said}", policy.name)))?;
    }
    Ok(())
}
