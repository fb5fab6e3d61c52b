//! Each finding as a row of comma-separated values or a line of JSON, described in docs/report-schema.md.

use std::fmt::{self, Write};

use serde::Serialize;

use super::Checked;
use crate::render::diagnostics::{json, severity};
use crate::render::escape::cell;

const COLUMNS: &str = "file,line,column,severity,code,message,help,sheet,cell";

pub(super) fn values(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{COLUMNS}")?;
    for one in checked.findings {
        let (file, at) = checked.sources.at(one.place.span);
        write!(out, "{},{},{},{}", cell(file), at.line, at.column, severity(one.severity))?;
        let help = one.help.as_deref().unwrap_or_default().replace('\n', " ");
        write!(out, ",{},{},{}", one.code.name, cell(&one.message), cell(&help))?;
        match checked.sources.in_sheet(one.place.span) {
            Some((sheet, at)) => writeln!(out, ",{},{at}", cell(sheet))?,
            None => writeln!(out, ",,")?,
        }
    }
    checked.not_checked.iter().try_for_each(|path| writeln!(out, "{},,,error,,could not be checked,,,", cell(path)))
}

/// A path with which nothing could be done, among findings.
#[derive(Serialize)]
struct NotChecked<'a> {
    file: &'a str,
    severity: &'static str,
    message: &'static str,
}

pub(super) fn lines(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    checked.findings.iter().try_for_each(|one| writeln!(out, "{}", json::line(one, checked.sources)))?;
    checked.not_checked.iter().try_for_each(|path| {
        let wire = NotChecked { file: path, severity: "error", message: "could not be checked" };
        writeln!(out, "{}", json::compact(&wire))
    })
}
