//! Rows in the order of one plain value of theirs: who asks for more than an amount looks only at the rows that have more.
//! Rows whose value is not plain stand apart, and are asked as ever.

use std::ops::Range;

use super::known::Val;
use crate::facts::column::{DAY_ABSENT, DAY_ODD, Data, NUMBER_ABSENT, NUMBER_ODD};
use crate::facts::{Facts, Row};
use crate::model::schema::{FieldId, RecordId};
use crate::value::{Currency, Number};

/// How a row's own value has to stand to a limit.
#[derive(Clone, Copy, Debug)]
pub enum Than {
    Less,
    AtMost,
    Same,
    AtLeast,
    More,
}

/// The rows of a record by one of its fields.
#[derive(Debug)]
pub struct Ordered {
    measure: Measure,
    /// Plain values with their rows, the least first.
    plain: Vec<(i64, u32)>,
    /// Rows of which it is known that they have no such value.
    none: Vec<u32>,
    /// Rows whose value is not plain.
    loose: Vec<u32>,
}

/// What the values are counted in.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Measure {
    Days,
    Ones,
    Hundredths(Currency),
}

impl Ordered {
    /// Nothing where the field holds no days, numbers or money.
    pub fn of(facts: &Facts, record: RecordId, field: FieldId) -> Option<Ordered> {
        let (measure, values, absent, odd) = match &facts.column(record, field)?.data {
            Data::Days(days) => {
                let days: Vec<i64> = days.iter().map(|day| i64::from(*day)).collect();
                (Measure::Days, days, i64::from(DAY_ABSENT), i64::from(DAY_ODD))
            }
            Data::Numbers(numbers) => (Measure::Ones, numbers.clone(), NUMBER_ABSENT, NUMBER_ODD),
            Data::Money { currency, hundredths } => {
                (Measure::Hundredths(*currency), hundredths.clone(), NUMBER_ABSENT, NUMBER_ODD)
            }
            Data::Words(_) | Data::Rows(_) | Data::YesNo(_) | Data::Sets { .. } | Data::OverTime { .. } => return None,
        };
        let mut ordered = Ordered { measure, plain: Vec::new(), none: Vec::new(), loose: Vec::new() };
        let table = facts.table(record)?;
        for (value, row) in values.into_iter().zip(0_u32..).filter(|(_, row)| !table.is_hidden(Row(*row))) {
            if value < odd {
                ordered.plain.push((value, row));
            } else if value == absent {
                ordered.none.push(row);
            } else {
                ordered.loose.push(row);
            }
        }
        ordered.plain.sort_unstable();
        Some(ordered)
    }

    /// Which of the plain rows stand so to the limit; nothing where the limit is not exactly known, or of another kind.
    pub fn range(&self, than: Than, limit: &Val) -> Option<Range<usize>> {
        let limit = match (limit, self.measure) {
            (Val::Day(day), Measure::Days) => Number::from(i64::from(day.exact()?.0)),
            (Val::Number(number), Measure::Ones) => number.exact()?.clone(),
            (Val::Money(amount, currency), Measure::Hundredths(own)) if *currency == own => {
                amount.exact()?.times(&Number::from(100))
            }
            (_, _) => return None,
        };
        let below = self.plain.partition_point(|(own, _)| Number::from(*own) < limit);
        let through = self.plain.partition_point(|(own, _)| Number::from(*own) <= limit);
        Some(match than {
            Than::Less => 0..below,
            Than::AtMost => 0..through,
            Than::Same => below..through,
            Than::AtLeast => below..self.plain.len(),
            Than::More => through..self.plain.len(),
        })
    }

    /// The plain rows of a range, and those that are not plain.
    pub fn within(&self, range: Range<usize>) -> Vec<Row> {
        let plain = self.plain.get(range).unwrap_or(&[]).iter().map(|(_, row)| row);
        plain.chain(&self.loose).copied().map(Row).collect()
    }

    /// All rows but the plain ones of a range.
    pub fn outside(&self, range: Range<usize>) -> Vec<Row> {
        let before = self.plain.get(..range.start).unwrap_or(&[]);
        let behind = self.plain.get(range.end..).unwrap_or(&[]);
        let plain = before.iter().chain(behind).map(|(_, row)| row);
        plain.chain(&self.none).chain(&self.loose).copied().map(Row).collect()
    }

    /// The plain rows, the one with the least value first.
    pub fn plain(&self) -> impl Iterator<Item = Row> {
        self.plain.iter().map(|(_, row)| Row(*row))
    }

    pub fn loose(&self) -> impl Iterator<Item = Row> {
        self.loose.iter().copied().map(Row)
    }
}
