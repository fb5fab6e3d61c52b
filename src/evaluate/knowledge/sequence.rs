//! Rows in the order of their days, for each row that a reference of them names: what came before and what comes after is found
//! without going through all of them.

use crate::facts::{Cell, CellId, Facts, Row};
use crate::model::schema::{FieldId, RecordId};
use crate::value::Day;

/// The rows of a record by whom they name, then by their day.
#[derive(Debug, Default)]
pub struct Sequence {
    sorted: Vec<(Option<Row>, Day, Row)>,
    /// Rows of which the day, or whom they name, is not plain.
    pub loose: Vec<Row>,
}

impl Sequence {
    pub fn of(facts: &Facts, record: RecordId, day: FieldId, same: Option<FieldId>) -> Sequence {
        let mut sequence = Sequence::default();
        for row in facts.rows(record) {
            let at = |field| facts.cell(CellId { record, row, field });
            let owner = match same.map(at) {
                None => Some(None),
                Some(Cell::Row(owner)) => Some(Some(owner)),
                Some(Cell::Absent) => continue,
                Some(_) => None,
            };
            match (at(day), owner) {
                (Cell::Absent, _) => {}
                (Cell::Day(day), Some(owner)) => sequence.sorted.push((owner, day, row)),
                _ => sequence.loose.push(row),
            }
        }
        sequence.sorted.sort_unstable();
        sequence
    }

    /// Those before a day, the latest first.
    pub fn before(&self, owner: Option<Row>, day: Day) -> impl Iterator<Item = (Day, Row)> + '_ {
        let end = self.sorted.partition_point(|(of, at, _)| (*of, *at) < (owner, day));
        let all = self.sorted.get(..end).unwrap_or(&[]).iter().rev();
        all.take_while(move |(of, _, _)| *of == owner).map(|(_, at, row)| (*at, *row))
    }

    /// Those after a day, the earliest first.
    pub fn after(&self, owner: Option<Row>, day: Day) -> impl Iterator<Item = (Day, Row)> + '_ {
        let start = self.sorted.partition_point(|(of, at, _)| (*of, *at) <= (owner, day));
        let all = self.sorted.get(start..).unwrap_or(&[]).iter();
        all.take_while(move |(of, _, _)| *of == owner).map(|(_, at, row)| (*at, *row))
    }
}
