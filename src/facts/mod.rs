//! Facts as columns: one table a record, one column a field, and where each value was written.
//!
//! A column keeps the plain values side by side; what is rare (imprecise days, sources that disagree) stands in a list
//! of its own, so that the plain case costs nothing for it.

pub mod column;
pub mod ids;
mod known_on;
pub mod recorded;
pub mod sheet;
pub mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model;
use crate::model::expr::FieldOf;
use crate::model::schema::{FieldId, RecordId, Schema, Type};
use crate::source::{FileId, Span, Spanned};
use crate::value::Day;
pub use column::{Cell, CellValue, Column, Known};
pub use ids::Ids;
pub use recorded::{Attestation, Decision, ForGood, Judgement, Lost, Waiver};
use sheet::{Joined, Laid};
pub use words::{Word, Words};

/// A row of a table by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(pub u32);

/// Everything that is known, from one or several fact files.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What the fact files say they belong to.
    pub agreement: Option<String>,
    pub as_of: Option<Day>,
    /// What the files are called, in order, for the head of a report.
    pub names: Vec<String>,
    /// Files that serve several agreements: what one of them does not ask for, another may.
    pub shared: Vec<FileId>,
    pub words: Words,
    /// By [`RecordId`]; the first holds the agreement's own facts in its only row.
    pub tables: Vec<Table>,
    pub judgements: Vec<Judgement>,
    pub attestations: Vec<Attestation>,
    pub waivers: Vec<Waiver>,
    /// What can no longer be learnt. It stays unknown; only nobody is asked for it again.
    pub for_good: Vec<ForGood>,
    /// What judgements, attestations and waivers speak of, to be found in the policy.
    pub named: Named,
}

/// Names that facts take from the policy's clauses, each where it was written.
#[derive(Clone, Debug, Default)]
pub struct Named {
    pub clauses: Vec<Spanned<String>>,
    /// Who judged, attested or waived.
    pub roles: Vec<Spanned<String>>,
    /// Ids of subjects or bearers.
    pub subjects: Vec<Spanned<String>>,
}

#[derive(Clone, Debug, Default)]
pub struct Table {
    pub rows: u32,
    /// What each row is called.
    pub ids: Ids,
    /// By [`FieldId`], built-in fields included. A column is as long as the table, or empty when nobody gave any of its
    /// values; one of references is never empty.
    pub columns: Vec<Column>,
    /// Spans of time for which nothing is left out.
    pub complete: Vec<Complete>,
    /// Where each row was written; nothing for rows that stand in a sheet.
    pub places: Vec<Span>,
    /// The rows that stand in sheets; they know their places themselves.
    pub sheets: Vec<Laid>,
    /// The sheets whose rows were brought together with records from elsewhere: those have their places above.
    pub joined: Vec<Joined>,
    /// Rows that are taken not to be there: see [`Facts::known_on`].
    pub hidden: Option<Arc<BTreeSet<Row>>>,
}

/// A collection is declared complete: what is not there within the span did not happen, neither a record nor a date of
/// one. Both days are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Complete {
    pub from: Day,
    pub through: Day,
    pub place: Span,
}

/// One value of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId {
    pub record: RecordId,
    pub row: Row,
    pub field: FieldId,
}

impl Facts {
    /// The record that a field of a row names, by its id, where that is known and no other field leads there.
    pub fn named_by(&self, schema: &Schema, field: &FieldOf, row: Row) -> Option<&str> {
        let Type::Ref(named) = schema.field(field.record, field.field)?.ty else { return None };
        let changes = self.column(field.record, field.field).is_some_and(|column| !column.changes(row).is_empty());
        let cell = match field.row {
            model::expr::Row::Var(_) if changes => return None,
            model::expr::Row::Var(_) => self.cell(CellId { record: field.record, row, field: field.field }),
            model::expr::Row::Agreement | model::expr::Row::Follow(_) | model::expr::Row::Beside(_) => return None,
        };
        if let Cell::Row(row) = cell { Some(self.id(named, row)) } else { None }
    }

    /// Whether a row stands in a file that serves several agreements.
    pub fn is_shared(&self, record: RecordId, row: Row) -> bool {
        self.row_place(record, row).is_some_and(|place| self.shared.contains(&place.file))
    }

    pub fn table(&self, record: RecordId) -> Option<&Table> {
        self.tables.get(usize::from(record.0))
    }

    pub fn column(&self, record: RecordId, field: FieldId) -> Option<&Column> {
        self.table(record)?.columns.get(usize::from(field.0))
    }

    /// What is known of a value that does not change over time. A place outside the table is unknown.
    pub fn cell(&self, id: CellId) -> Cell<'_> {
        self.told(id).map_or(Cell::Unknown, |column| column.cell(id.row))
    }

    /// The column of a value, unless its row is hidden.
    fn told(&self, id: CellId) -> Option<&Column> {
        let table = self.table(id.record)?;
        if table.is_hidden(id.row) { None } else { table.columns.get(usize::from(id.field.0)) }
    }

    /// What is known of a value on a day, for a field with dated values.
    pub fn cell_on(&self, id: CellId, day: Day) -> Cell<'_> {
        self.told(id).map_or(Cell::Unknown, |column| column.cell_on(id.row, day))
    }

    /// Where a value was written; the row's place when it was not given.
    pub fn place(&self, id: CellId) -> Option<Span> {
        let table = self.table(id.record)?;
        let given = table.columns.get(usize::from(id.field.0)).and_then(|column| column.place(id.row));
        let laid = || table.sheets.iter().find_map(|laid| laid.place(id.row.0, usize::from(id.field.0)));
        given.or_else(laid).or_else(|| table.row_place(id.row))
    }

    /// Where the value that counts on a day was written, for a field with dated values.
    pub fn place_on(&self, id: CellId, day: Day) -> Option<Span> {
        let given = self.column(id.record, id.field).and_then(|column| column.place_on(id.row, day));
        given.or_else(|| self.place(id))
    }

    pub fn row_place(&self, record: RecordId, row: Row) -> Option<Span> {
        self.table(record)?.row_place(row)
    }

    /// What a row is called; empty when there is no such row.
    pub fn id(&self, record: RecordId, row: Row) -> &str {
        self.table(record).map_or("", |table| table.ids.text(row, &self.words))
    }

    /// Why a value can no longer be learnt, where that is on record.
    pub fn value_for_good(&self, id: CellId) -> Option<&ForGood> {
        self.for_good.iter().find(|one| match one.lost {
            Lost::List(_) => false,
            Lost::Values(record, row, field) => {
                (record, field) == (id.record, id.field) && row.is_none_or(|row| row == id.row)
            }
        })
    }

    /// Why it can no longer be learnt whether all records of a kind are on file, where that is on record.
    pub fn list_for_good(&self, record: RecordId) -> Option<&ForGood> {
        self.for_good.iter().find(|one| one.lost == Lost::List(record))
    }

    pub fn find(&self, record: RecordId, id: &str) -> Option<Row> {
        let table = self.table(record)?;
        let found = table.ids.find(id, &self.words)?;
        (!table.is_hidden(found)).then_some(found)
    }

    pub fn rows(&self, record: RecordId) -> impl Iterator<Item = Row> + use<> {
        let table = self.table(record);
        let hidden = table.and_then(|table| table.hidden.clone());
        let rows = (0..table.map_or(0, |table| table.rows)).map(Row);
        rows.filter(move |row| hidden.as_ref().is_none_or(|hidden| !hidden.contains(row)))
    }
}

impl Table {
    /// Whether a row is taken not to be there.
    pub fn is_hidden(&self, row: Row) -> bool {
        self.hidden.as_ref().is_some_and(|rows| rows.contains(&row))
    }

    pub fn row_place(&self, row: Row) -> Option<Span> {
        let given = self.places.get(row.0 as usize).copied();
        given.or_else(|| self.sheets.iter().find_map(|laid| laid.row_place(row.0)))
    }

    /// The declared span that holds all days from `first` through `last`, if there is one.
    pub fn complete_over(&self, first: Day, last: Day) -> Option<&Complete> {
        self.complete.iter().find(|span| span.from <= first && last <= span.through)
    }
}

/// A value as it might be: for asking what would become of a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub cell: CellId,
    pub value: CellValue,
}
