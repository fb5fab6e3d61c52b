//! Cells of a spreadsheet in which a part of the text is superscript, subscript or struck out, told where they are read: what they
//! mean is not what their letters make.

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Diagnostic, codes},
    facts::sheet::Sheet,
    model::schema::{Record, Type},
    source::{Run, Span},
};

use super::{super::wording::clip, roles::Role};

/// So many of a column are shown beside the first.
const MORE_SHOWN: usize = 2;

/// A text of which a part is raised may be meant so in a column of texts (`m²`); elsewhere it cannot be read.
pub(super) fn told(sheet: &Sheet, roles: &[Role], record: &Record) -> Vec<Diagnostic> {
    let mut all: BTreeMap<(u32, Run), Vec<(Span, String)>> = BTreeMap::new();
    for ((row, column), run) in &sheet.unseen.runs {
        let role = roles.get(*column as usize);
        let is_read = role.is_some_and(|role| matches!(role, Role::Field(_) | Role::Id));
        let Some(start) = sheet.unseen.starts.get(*row as usize).map(|start| *start as usize) else { continue };
        if !is_read || !(sheet.body()..sheet.end()).contains(&start) || sheet.is_skipped(start) {
            continue;
        }
        let cells = sheet.cells(start);
        if let Some(cell) = cells.get(*column as usize).filter(|cell| !cell.text.is_empty()) {
            let place = Span::new(sheet.file, cell.start, cell.end);
            all.entry((*column, *run)).or_default().push((place, cell.text.clone().into_owned()));
        }
    }
    let is_of_texts = |column: u32| match roles.get(column as usize) {
        Some(Role::Field(at)) => {
            record.fields.get(*at).is_some_and(|field| *field.ty.item().unwrap_or(&field.ty) == Type::Text)
        }
        Some(Role::Id | Role::OverTime(_) | Role::Unknown | Role::LeftOut) | None => false,
    };
    all.into_iter().filter_map(|((column, run), cells)| found(run, is_of_texts(column), &cells)).collect()
}

fn found(run: Run, is_of_texts: bool, cells: &[(Span, String)]) -> Option<Diagnostic> {
    let ((first, text), more) = cells.split_first()?;
    let (what, help) = match run {
        Run::Raised => (
            "a part of this cell is superscript",
            "write the value alone, and put the mark of a footnote in a cell of its own; if it is a part of the value, write it without the format",
        ),
        Run::Lowered => (
            "a part of this cell is subscript",
            "write the value alone; if all of it is the value, write it without the format",
        ),
        Run::Struck => (
            "text in this cell is struck out",
            "remove what is struck out; if it still counts, write it without the format",
        ),
    };
    let mut message = format!("{what}, but would be read as part of `{}`", clip(text));
    if !more.is_empty() {
        let places = if more.len() == 1 { "place" } else { "places" };
        message.push_str(&format!("; and the same in {} more {places}", more.len()));
    }
    let code = if is_of_texts { codes::CSV_GUESSED } else { codes::CELL_ERROR };
    let message = if is_of_texts { message.replace("would be read", "is read") } else { message };
    let finding = code.at(*first).say(message).help(help.to_owned());
    Some(more.iter().take(MORE_SHOWN).fold(finding, |finding, (place, _)| finding.also(*place, "here too")))
}
