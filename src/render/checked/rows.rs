//! Each finding as a row of comma-separated values or a line of JSON, described in docs/report-schema.md.

use std::fmt::{self, Write};

use super::Checked;
use crate::render::diagnostics::{json, severity};
use crate::render::escape::cell;

const COLUMNS: &str = "file,line,column,severity,code,message,help";

pub(super) fn values(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{COLUMNS}")?;
    for one in checked.findings {
        let (file, at) = checked.sources.at(one.place.span);
        write!(out, "{},{},{},{}", cell(file), at.line, at.column, severity(one.severity))?;
        let help = one.help.as_deref().unwrap_or_default().replace('\n', " ");
        writeln!(out, ",{},{},{}", one.code.name, cell(&one.message), cell(&help))?;
    }
    Ok(())
}

pub(super) fn lines(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    checked.findings.iter().try_for_each(|one| writeln!(out, "{}", json::line(one, checked.sources)))
}
