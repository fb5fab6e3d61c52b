//! Each finding as a row of comma-separated values or a line of JSON, described in docs/report-schema.md.

use std::fmt::{self, Write};

use serde::Serialize;

use super::Checked;
use crate::render::diagnostics::{json, severity};
use crate::render::escape::cell;
use crate::render::not_done::NotDone;

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
    checked.not_checked.iter().try_for_each(|one| {
        let (file, at) = one.place();
        let (line, column) = at.map_or_else(Default::default, |(line, column)| (line.to_string(), column.to_string()));
        writeln!(out, "{},{line},{column},error,,{},,,", cell(file), cell(&one.because("checked")))
    })
}

/// A policy with which nothing could be done, among findings.
#[derive(Serialize)]
pub(super) struct NotChecked<'a> {
    file: &'a str,
    severity: &'static str,
    message: String,
}

/// What could not be checked, as it stands behind findings.
pub(super) fn not_checked<'a>(checked: &Checked<'a>) -> Vec<NotChecked<'a>> {
    let entry =
        |one: &'a NotDone| NotChecked { file: one.place().0, severity: "error", message: one.because("checked") };
    checked.not_checked.iter().map(entry).collect()
}

pub(super) fn lines(checked: &Checked, out: &mut dyn Write) -> fmt::Result {
    checked.findings.iter().try_for_each(|one| writeln!(out, "{}", json::line(one, checked.sources)))?;
    not_checked(checked).iter().try_for_each(|one| writeln!(out, "{}", json::compact(one)))
}
