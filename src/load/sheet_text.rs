//! The text that a sheet becomes: a row a line, and a sign between two cells. Texts stand in quotes, values without.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::source::{Grid, What};

use super::{
    cells::{NO_TEXT, NO_VALUE},
    hidden::{Hidden, Merged},
    merged::Covered,
    shown::Gathered,
    spreadsheet::{DELIMITER, Made, Other, Refused},
};

/// A text of more bytes is not made: places are counted in 32 bits.
const LARGEST: usize = 1 << 31;

/// The value of a cell.
pub(super) enum Value<'v> {
    Text(&'v str),
    /// Written out already.
    Plain(String),
    /// The same of a span of time, which its format tells from a time of day.
    Span(String),
    /// A formula whose value was not saved.
    Unsaved,
    /// A formula whose text was not saved.
    Lost,
    Empty,
}

/// The text that a sheet becomes.
#[derive(Default)]
pub(super) struct Table {
    text: String,
    /// Where each row begins, and how many cells it has.
    rows: Vec<(u32, u32)>,
    widest: u32,
    covered: Covered,
    /// Where covered cells hold something.
    unseen: Vec<(u32, u32)>,
    pub shown: Gathered,
    spans: Gathered,
}

impl Table {
    /// Nothing yet, and what will be read as nothing.
    pub fn of(covered: Covered) -> Table {
        Table { covered, ..Table::default() }
    }

    /// Adds a cell, which stands behind those before it.
    pub fn cell(&mut self, (row, column): (u32, u32), value: Value) -> Result<(), String> {
        if matches!(value, Value::Empty | Value::Text("")) {
            return Ok(());
        }
        if self.covered.has((row, column)) {
            self.unseen.push((row, column));
            return Ok(());
        }
        while (self.rows.len() as u64) <= u64::from(row) {
            if let Some((_, 0)) = self.rows.last() {
                // An empty row between others is one whose only cell is empty.
                self.text.push_str("\"\"");
            }
            if !self.rows.is_empty() {
                self.text.push('\n');
            }
            self.rows.push((u32::try_from(self.text.len()).unwrap_or(u32::MAX), 0));
        }
        let in_order = self.rows.len() as u64 == u64::from(row).saturating_add(1);
        let Some((_, cells)) = self.rows.last_mut().filter(|(_, cells)| in_order && *cells <= column) else {
            return Err("its cells are not in the order of their rows and columns".to_owned());
        };
        // As many signs as there are cells between the last one and this.
        let between = if *cells == 0 { column } else { column.saturating_sub(*cells).saturating_add(1) };
        if self.text.len().saturating_add(between as usize) > LARGEST {
            return Err("it has more cells than can be read".to_owned());
        }
        (0..between).for_each(|_| self.text.push(char::from(DELIMITER)));
        *cells = column.saturating_add(1);
        self.widest = self.widest.max(*cells);
        match value {
            Value::Text(text) => {
                self.text.push('"');
                match memchr::memchr(b'"', text.as_bytes()) {
                    Some(_) => self.text.push_str(&text.replace('"', "\"\"")),
                    None => self.text.push_str(text),
                }
                self.text.push('"');
            }
            Value::Plain(text) => self.text.push_str(&text),
            Value::Span(text) => {
                self.spans.add((row, column), &What::Span);
                self.text.push_str(&text);
            }
            Value::Unsaved => self.text.push_str(NO_VALUE),
            Value::Lost => self.text.push_str(NO_TEXT),
            Value::Empty => {}
        }
        Ok(())
    }

    /// The merged cells that hide that others of a record hold nothing, or that hide what these hold: all but those of a title, which
    /// stands alone in its row.
    pub fn lost(&self, merged: &[Merged]) -> Vec<Merged> {
        let width = |row: u32| self.rows.get(row as usize).map_or(0, |(_, cells)| *cells);
        let is_lost = |((row, column), (_, last)): &&Merged| {
            let is_title = *column == 0 && last > column && width(*row) <= 1;
            width(*row) > *column && !is_title
        };
        let hides = |((row, column), (bottom, right)): &&Merged| {
            self.unseen.iter().any(|(at, of)| (*row..=*bottom).contains(at) && (*column..=*right).contains(of))
        };
        let mut all: Vec<Merged> = merged.iter().filter(|one| is_lost(one) || hides(one)).copied().collect();
        all.sort_unstable();
        all
    }

    /// Those of these rows and columns that hold something.
    pub fn hidden(&self, rows: &BTreeSet<u32>, columns: &[(u32, u32)]) -> Hidden {
        let holds = |row: &&u32| self.rows.get(**row as usize).is_some_and(|(_, cells)| *cells > 0);
        let is_within = |(first, _): &&(u32, u32)| *first < self.widest;
        Hidden {
            rows: rows.iter().filter(holds).copied().collect(),
            columns: columns.iter().filter(is_within).copied().collect(),
        }
    }

    /// All rows with as many cells as the widest has, but for those without any.
    pub fn made(mut self, (sheet, others): (String, Vec<Other>), columns: usize) -> Result<Made, Refused> {
        let width = self.widest;
        if width as usize > columns {
            return Err(Refused::TooWide { columns: width as usize });
        }
        let missing: u64 = self
            .rows
            .iter()
            .filter(|(_, cells)| *cells > 0)
            .map(|(_, cells)| u64::from(width.saturating_sub(*cells)))
            .sum();
        let largest = u64::try_from(LARGEST).unwrap_or(u64::MAX);
        if u64::try_from(self.text.len()).unwrap_or(u64::MAX).saturating_add(missing) > largest {
            return Err(Refused::Unreadable {
                message: "this spreadsheet has more cells than can be read".to_owned(),
                help: "remove cells far from the table, or split it into several files".to_owned(),
            });
        }
        let mut starts = Vec::with_capacity(self.rows.len());
        if missing == 0 {
            starts.extend(self.rows.iter().map(|(start, _)| *start));
        } else {
            let room = self.text.len().saturating_add(usize::try_from(missing).unwrap_or(0));
            let old = std::mem::replace(&mut self.text, String::with_capacity(room));
            for (at, (start, cells)) in self.rows.iter().enumerate() {
                let end = self
                    .rows
                    .get(at.saturating_add(1))
                    .map_or(old.len(), |(next, _)| (*next as usize).saturating_sub(1));
                if at > 0 {
                    self.text.push('\n');
                }
                starts.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
                self.text.push_str(old.get(*start as usize..end).unwrap_or_default());
                let more = if *cells == 0 { 0 } else { width.saturating_sub(*cells) };
                (0..more).for_each(|_| self.text.push(char::from(DELIMITER)));
            }
        }
        let shown = self.shown.in_text(&starts, self.text.len()).into();
        let spans = self.spans.in_text(&starts, self.text.len()).into();
        Ok(Made {
            text: self.text,
            grid: Grid { sheet, starts, delimiter: DELIMITER, shown, spans, unseen: Arc::default() },
            others,
            hidden: Hidden::default(),
            merged: Vec::new(),
            struck: Vec::new(),
            totals: Vec::new(),
            runs: Vec::new(),
            kind: "",
        })
    }
}
