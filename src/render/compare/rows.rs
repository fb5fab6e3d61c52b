//! A comparison as rows of comma-separated values or lines of JSON, described in docs/diff.md: one for each item.

use std::fmt::{self, Write};

use serde::Serialize;

use super::Compared;
use super::page;
use super::words::Arrow;
use crate::render::diagnostics::json::compact;
use crate::render::escape::cell;

const COLUMNS: &str = "agreement,section,sort,what,old,new,more,file,line,sheet,cell";

pub(super) fn values(compared: &Compared, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{COLUMNS}")?;
    for section in page::sections(compared.of, Arrow("becomes")) {
        for item in &section.items {
            write!(out, "{},{},{}", cell(&compared.of.new.agreement), cell(&section.title), item.sort)?;
            let said = |words: &Option<String>| cell(words.as_deref().unwrap_or_default());
            write!(out, ",{},{},{}", cell(&item.head), said(&item.old), said(&item.new))?;
            let (file, line) =
                compared.at(item.place).map_or(("", String::new()), |(file, line, _)| (file, line.to_string()));
            let (sheet, at) = compared.in_sheet(item.place).unwrap_or_default();
            writeln!(out, ",{},{},{line},{},{at}", cell(&item.lines.join("; ")), cell(file), cell(sheet))?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Wire<'a> {
    agreement: &'a str,
    section: &'a str,
    sort: Option<&'a str>,
    what: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    more: &'a [String],
    file: Option<&'a str>,
    line: Option<usize>,
    sheet: Option<&'a str>,
    cell: Option<String>,
}

pub(super) fn lines(compared: &Compared, out: &mut dyn Write) -> fmt::Result {
    for section in page::sections(compared.of, Arrow("becomes")) {
        for item in &section.items {
            let at = compared.at(item.place);
            let (sheet, cell) = compared.in_sheet(item.place).unzip();
            let wire = Wire {
                agreement: &compared.of.new.agreement,
                section: &section.title,
                sort: Some(item.sort).filter(|sort| !sort.is_empty()),
                what: &item.head,
                old: item.old.as_deref(),
                new: item.new.as_deref(),
                more: &item.lines,
                file: at.map(|(file, ..)| file),
                line: at.map(|(_, line, _)| line),
                sheet,
                cell,
            };
            writeln!(out, "{}", compact(&wire))?;
        }
    }
    Ok(())
}
