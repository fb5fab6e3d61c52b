//! Rows whose numbers are the sums of those directly below them: the headings of groups with what these come to. Their names alone do
//! not tell them from records.

use std::ops::Range;

use crate::facts::{
    Cell, Column, Row,
    column::{Data, NUMBER_ABSENT, NUMBER_ODD, NUMBER_UNKNOWN},
};

use super::totals::is_of_several_digits;

/// In a longer table groups are not looked for.
const MOST_ROWS: usize = 10_000;

/// Such rows of a table that comes in groups from its first row to its last, or to the total of them all.
pub(super) fn heads(columns: &[Column], rows: &Range<u32>) -> Vec<u32> {
    if rows.len() > MOST_ROWS {
        return Vec::new();
    }
    let found = columns.iter().find_map(|column| {
        let numbers = match &column.data {
            Data::Numbers(numbers) | Data::Money { hundredths: numbers, .. } => {
                numbers.get(rows.start as usize..rows.end as usize)?
            }
            Data::Days(_) | Data::Words(_) | Data::Rows(_) | Data::YesNo(_) => return None,
            Data::Sets { .. } | Data::OverTime { .. } => return None,
        };
        of_numbers(numbers)
    });
    let found = found
        .filter(|heads| heads.len() > 1 || !lacks_some(columns, rows))
        .unwrap_or_default()
        .into_iter()
        .filter_map(|at| u32::try_from(at).ok());
    found.map(|at| rows.start.saturating_add(at)).collect()
}

/// Whether the first row lacks something that most have: then other signs tell what it is.
fn lacks_some(columns: &[Column], rows: &Range<u32>) -> bool {
    let is_amount = |column: &&Column| matches!(column.data, Data::Numbers(_) | Data::Money { .. });
    let is_given = |column: &Column, row: u32| !matches!(column.cell(Row(row)), Cell::Unknown | Cell::Absent);
    columns.iter().filter(|column| !is_amount(column) && column.rows() > 0).any(|column| {
        let given = rows.clone().filter(|row| is_given(column, *row)).count();
        given.saturating_mul(2) > rows.len() && !is_given(column, rows.start)
    })
}

fn of_numbers(numbers: &[i64]) -> Option<Vec<usize>> {
    if numbers.contains(&NUMBER_ODD) {
        return None;
    }
    let end = numbers.iter().rposition(|number| amount(*number) != 0)?;
    // The last row may be the total of the groups.
    let with_a_total = || {
        let groups = groups(numbers.get(..end)?)?;
        let all = groups.iter().filter_map(|group| numbers.get(group.start));
        let sum: i128 = all.map(|number| i128::from(*number)).sum();
        let is_total = groups.len() > 1 && numbers.get(end).is_some_and(|total| i128::from(*total) == sum);
        (is_total && groups.iter().any(|group| group.len() > 2)).then_some(groups)
    };
    let without = || {
        let groups = groups(numbers.get(..=end)?)?;
        let is_no_chance = |group: &&Range<usize>| {
            let several = numbers.get(group.start).is_some_and(|sum| is_of_several_digits(*sum));
            group.len() > 3 || group.len() > 2 && several
        };
        let several = groups.iter().filter(|group| group.len() > 2).count();
        (several > 1 || groups.iter().any(|group| is_no_chance(&group))).then_some(groups)
    };
    let groups = with_a_total().or_else(without)?;
    Some(groups.into_iter().map(|group| group.start).collect())
}

/// The rows in groups, of which the first of each has the sum of the others; nothing where some are left over.
fn groups(numbers: &[i64]) -> Option<Vec<Range<usize>>> {
    let (mut all, mut at) = (Vec::new(), 0_usize);
    while at < numbers.len() {
        let sum = numbers.get(at).copied().map(amount).filter(|sum| *sum > 0)?;
        let (mut left, mut end) = (sum, at.saturating_add(1));
        while left > 0 {
            let next = numbers.get(end).copied().map(amount).filter(|next| (0..=left).contains(next))?;
            left = left.saturating_sub(next);
            end = end.saturating_add(1);
        }
        // What is nought, or not known, belongs to the group above it.
        while numbers.get(end).is_some_and(|next| amount(*next) == 0) {
            end = end.saturating_add(1);
        }
        all.push(at..end);
        at = end;
    }
    Some(all)
}

fn amount(number: i64) -> i128 {
    if matches!(number, NUMBER_ABSENT | NUMBER_UNKNOWN) { 0 } else { i128::from(number) }
}
