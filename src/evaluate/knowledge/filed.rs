//! Rows by whom a reference of theirs names, and then in the order of a plain value of theirs, such as their day: who asks for those
//! of one organisation and of one month looks at no others. Rows of which either is not plain are looked at as ever.

use crate::facts::column::{DAY_ABSENT, DAY_ODD, Data, NUMBER_ABSENT, NUMBER_ODD, WORD_ABSENT, WORD_ODD};
use crate::facts::{Facts, Row};
use crate::model::schema::{FieldId, RecordId};

/// By which fields rows are filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct By {
    pub record: RecordId,
    /// The reference; without one all rows stand together.
    pub names: Option<FieldId>,
    pub value: FieldId,
    /// Rows that are known to have no value are looked at too, by whoever asks for any.
    pub with_none: bool,
}

#[derive(Debug)]
pub struct Filed {
    /// Whom a row names, its value, and the row.
    sorted: Vec<(u32, i64, u32)>,
}

/// Of a row of which it is not plain whom it names.
const SOMEBODY: u32 = u32::MAX;
/// Of a row whose value is not plain.
const SOMETHING: i64 = i64::MAX;
/// Whom all rows name where they are not told apart.
pub const ALL: Row = Row(0);

impl Filed {
    /// Nothing where the fields do not hold one plain value for each row.
    pub fn of(facts: &Facts, by: By) -> Option<Filed> {
        let table = facts.table(by.record)?;
        let names = match by.names.map(|field| facts.column(by.record, field).map(|column| &column.data)) {
            None => None,
            Some(Some(Data::Rows(names))) => Some(names),
            Some(_) => return None,
        };
        let values = &facts.column(by.record, by.value)?.data;
        let mut sorted = Vec::with_capacity(table.rows as usize);
        for row in (0..table.rows).filter(|row| !table.is_hidden(Row(*row))) {
            let at = row as usize;
            let whom = match names.map(|names| names.get(at).copied()) {
                None => ALL.0,
                Some(Some(WORD_ABSENT)) => continue,
                Some(Some(name)) if name < WORD_ODD => name,
                Some(_) => SOMEBODY,
            };
            let value = match value_at(values, at)? {
                Value::Plain(value) => value,
                Value::None if !by.with_none => continue,
                Value::None | Value::Odd => SOMETHING,
            };
            sorted.push((whom, value, row));
        }
        sorted.sort_unstable();
        Some(Filed { sorted })
    }

    /// The rows that may name a row and have a value in one of these ranges, in the order of the facts.
    pub fn rows(&self, whom: Row, ranges: &[(i64, i64)]) -> Vec<Row> {
        let mut found: Vec<Row> = Vec::new();
        for whom in [whom.0, SOMEBODY] {
            for (first, last) in ranges.iter().copied().chain([(SOMETHING, SOMETHING)]) {
                let start = self.sorted.partition_point(|(of, value, _)| (*of, *value) < (whom, first));
                let rest = self.sorted.get(start..).unwrap_or(&[]).iter();
                let there = rest.take_while(|(of, value, _)| *of == whom && *value <= last);
                found.extend(there.map(|(_, _, row)| Row(*row)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

enum Value {
    Plain(i64),
    None,
    Odd,
}

fn value_at(values: &Data, at: usize) -> Option<Value> {
    let (value, none, odd) = match values {
        Data::Days(days) => (i64::from(*days.get(at)?), i64::from(DAY_ABSENT), i64::from(DAY_ODD)),
        Data::Numbers(numbers) => (*numbers.get(at)?, NUMBER_ABSENT, NUMBER_ODD),
        Data::Words(words) => (i64::from(*words.get(at)?), i64::from(WORD_ABSENT), i64::from(WORD_ODD)),
        Data::Rows(_) | Data::Money { .. } | Data::YesNo(_) | Data::Sets { .. } | Data::OverTime { .. } => return None,
    };
    Some(match value {
        value if value == none => Value::None,
        value if value < odd => Value::Plain(value),
        _ => Value::Odd,
    })
}
