//! How long the cells of tables are.

use std::collections::BTreeSet;

use crate::{
    facts::{Facts, sheet::Sheet},
    source::FileId,
};

use super::{super::node::Node, rows::starts, sheets};

/// The longest of the cells that are longer than so many bytes, and its file; nothing where none is. Only rows that are longer are
/// looked at cell by cell.
pub fn longest_cell(roots: &[(Node, String)], facts: &Facts, most: usize) -> Option<(usize, FileId)> {
    let laid = || facts.tables.iter().flat_map(|table| &table.sheets);
    let in_bulk: BTreeSet<FileId> = laid().map(|laid| laid.sheet.file).collect();
    let of_laid = laid().filter_map(|laid| longest(&laid.sheet, &laid.starts, most));
    let others = sheets(roots).filter(|sheet| !in_bulk.contains(&sheet.file));
    let of_others = others.filter_map(|sheet| {
        let starts: Vec<u32> = starts(sheet).0.into_iter().filter_map(|start| u32::try_from(start).ok()).collect();
        longest(sheet, &starts, most)
    });
    of_laid.chain(of_others).max()
}

fn longest(sheet: &Sheet, starts: &[u32], most: usize) -> Option<(usize, FileId)> {
    let ends = starts.iter().skip(1).map(|end| *end as usize).chain([sheet.text.len()]);
    let rows = starts.iter().map(|start| *start as usize).zip(ends);
    let long = rows.filter(|(start, end)| end.saturating_sub(*start) > most);
    let cells = long.flat_map(|(start, _)| sheet.cells(start));
    let lengths = cells.map(|cell| cell.end.saturating_sub(cell.start)).filter(|length| *length > most);
    lengths.max().map(|length| (length, sheet.file))
}
