//! Rows whose numbers are the sums of those above them, and rows of nothing but numbers: a total may have no word that says so, or one
//! that is no word for a total. The words are looked at elsewhere.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::{
    facts::{
        Cell, Column, Facts, Row,
        column::{Data, NUMBER_ABSENT, NUMBER_ODD, NUMBER_UNKNOWN},
        sheet::Laid,
    },
    model::schema::RecordId,
    value::Number,
};

/// The rows that look like the total of those above them: one at the end, below which notes have no numbers, and in their midst those
/// that say nothing but what those above them come to. So do rows beside whose sums a word stands (`January`), if they lack what most
/// rows have, such as a day, and several of them, or many numbers, show that this is no chance; but none with an id of its own.
pub(super) fn totals(columns: &[Column], rows: Range<u32>, has_ids: bool) -> Vec<u32> {
    let found = in_the_midst(columns, &rows, has_ids);
    let amounts: Vec<&Column> = columns.iter().filter(is_amount).collect();
    let has_some = |row: &u32| amounts.iter().any(|column| is_given(column, Row(*row)));
    let last = rows.clone().rev().take(MOST_NOTES).find(has_some).filter(|row| found.last() != Some(row));
    let is_last = |row: &u32| {
        let all = sums_up(columns, rows.start..row.saturating_add(1));
        let lacks = || columns.iter().any(|column| column.rows() > 0 && !is_given(column, Row(*row)));
        all != Sum::No || found.len() > 1 && lacks() && adds_up_the_rest(&amounts, (&rows, *row), &found)
    };
    let last = last.filter(is_last);
    found.into_iter().chain(last).collect()
}

/// Where the rows in the midst of the sheets of a record begin whose numbers are the sums of those above them.
pub fn sums_in(facts: &Facts, record: RecordId) -> Vec<usize> {
    let Some(table) = facts.tables.get(usize::from(record.0)) else { return Vec::new() };
    let of_sheet = |laid: &Laid| {
        let rows = laid.first..laid.first.saturating_add(u32::try_from(laid.starts.len()).unwrap_or(u32::MAX));
        let sums = in_the_midst(&table.columns, &rows, laid.sheet.ids().is_some());
        sums.into_iter().filter_map(|row| laid.start(row)).collect::<Vec<usize>>()
    };
    table.sheets.iter().flat_map(of_sheet).collect()
}

fn is_amount(column: &&Column) -> bool {
    matches!(column.data, Data::Numbers(_) | Data::Money { .. })
}

/// Of the columns the two of which something is known in the most rows, and in more than half of the first ones.
fn fullest<'c>(others: &[&'c Column], rows: &Range<u32>) -> Vec<&'c Column> {
    let count = |column: &&Column| rows.clone().take(MOST_NOTES).filter(|row| is_given(column, Row(*row))).count();
    let most = rows.len().min(MOST_NOTES);
    let given = others.iter().copied().filter(|column| column.rows() > 0);
    let mut given: Vec<(usize, &Column)> = given.map(|column| (count(&column), column)).collect();
    given.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    // The first one is looked at wherever something is known of it.
    let is_meant = |(at, (count, _)): &(usize, &(usize, &Column))| *at == 0 || count.saturating_mul(2) > most;
    given.iter().enumerate().filter(is_meant).take(2).map(|(_, (_, column))| *column).collect()
}

/// Those in the midst. What is only perhaps one ends a part of the table, too, and is told if others show that there are such rows.
fn in_the_midst(columns: &[Column], rows: &Range<u32>, has_ids: bool) -> Vec<u32> {
    let (amounts, others): (Vec<&Column>, Vec<&Column>) = columns.iter().partition(is_amount);
    let most_have = fullest(&others, rows);
    let lacks = |row: u32| most_have.iter().any(|column| !is_given(column, Row(row)));
    if !rows.clone().any(lacks) {
        return Vec::new();
    }
    let mut found: Vec<(u32, Seen)> = Vec::new();
    let (mut since, mut since_sure) = (Since::of(&amounts, rows.start), Since::of(&amounts, rows.start));
    let mut left = MOST_LOOKED_AT;
    for row in rows.clone() {
        let next = row.saturating_add(1);
        let is_bare = || others.iter().all(|column| !is_given(column, Row(row)));
        let may_be = left > 0 && [&since, &since_sure].into_iter().any(|since| since.may_come_to(row)) && lacks(row);
        left = left.saturating_sub(usize::from(may_be));
        let sum = |from: u32| sums_up(columns, from..next);
        let seen = if !may_be || has_ids && !is_bare() {
            None
        } else {
            match (sum(since.from).max(sum(since_sure.from)), is_bare()) {
                (Sum::No, true) => None,
                (Sum::No, false) => is_the_one_above(&amounts, (since.from, row)).then_some(Seen::OfOne),
                (Sum::Perhaps | Sum::Sure, true) => Some(Seen::Bare),
                (Sum::Perhaps, false) => Some(Seen::Perhaps),
                (Sum::Sure, false) => Some(Seen::Beside),
            }
        };
        since.add(row);
        since_sure.add(row);
        if let Some(seen) = seen {
            found.push((row, seen));
            since = Since::of(&amounts, next);
            if matches!(seen, Seen::Bare | Seen::Beside) {
                since_sure = Since::of(&amounts, next);
            }
        }
    }
    let perhaps = found.iter().filter(|(_, seen)| *seen == Seen::Perhaps).count();
    let are_such = perhaps > 1 || found.iter().any(|(_, seen)| *seen == Seen::Beside);
    found.into_iter().filter(|(_, seen)| are_such || *seen == Seen::Bare).map(|(row, _)| row).collect()
}

/// How a row in the midst was seen to be a sum.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// By nothing but its numbers, where all others have something else.
    Bare,
    /// Beside a word, by so many numbers that it is no chance.
    Beside,
    /// Beside a word, by two numbers.
    Perhaps,
    /// Beside a word, by the one number above it.
    OfOne,
}

/// So many rows that may be sums are held against those above them.
const MOST_LOOKED_AT: usize = 1_000;

/// What the numbers of each column come to since a row, where they have a plain form.
struct Since<'c> {
    from: u32,
    sums: Vec<(&'c Column, Option<i128>)>,
}

impl<'c> Since<'c> {
    fn of(amounts: &[&'c Column], from: u32) -> Self {
        Since { from, sums: amounts.iter().map(|column| (*column, Some(0))).collect() }
    }

    fn add(&mut self, row: u32) {
        for (column, sum) in &mut self.sums {
            *sum = sum.zip(plain_at(column, row)).map(|(sum, number)| sum.saturating_add(number));
        }
    }

    /// Whether a row may have one of these sums: a quick look at each of very many.
    fn may_come_to(&self, row: u32) -> bool {
        row > self.from
            && self.sums.iter().any(|(column, sum)| {
                let own = plain_at(column, row);
                own.is_none() || sum.is_none() && own != Some(0) || own == *sum && own != Some(0)
            })
    }
}

/// The number of a row, nought where there is none; nothing where it has no plain form.
fn plain_at(column: &Column, row: u32) -> Option<i128> {
    match plain(column, row..row.saturating_add(1))?.first()? {
        &NUMBER_ODD => None,
        &(NUMBER_ABSENT | NUMBER_UNKNOWN) => Some(0),
        number => Some(i128::from(*number)),
    }
}

/// Whether all numbers of a row are those of the only row above it in its part.
fn is_the_one_above(amounts: &[&Column], (from, row): (u32, u32)) -> bool {
    let pairs = || amounts.iter().map(|column| (plain_at(column, from), plain_at(column, row)));
    from.saturating_add(1) == row
        && pairs().all(|(one, own)| own.is_some() && one == own)
        && pairs().any(|(_, own)| own != Some(0))
}

/// Whether each number of the last row is what those above it come to without the sums among them.
fn adds_up_the_rest(amounts: &[&Column], (rows, last): (&Range<u32>, u32), sums: &[u32]) -> bool {
    let mut several = 0_usize;
    for column in amounts.iter().filter(|column| is_given(column, Row(last))) {
        let above = (rows.start..last).filter(|row| sums.binary_search(row).is_err());
        let all = above.map(|row| plain_at(column, row)).try_fold(0_i128, |sum, one| Some(sum.saturating_add(one?)));
        if all.is_none() || all != plain_at(column, last) {
            return false;
        }
        several = several.saturating_add(usize::from(all != Some(0)));
    }
    several > 0
}

/// The rows that give nothing but amounts, or a single day, where all others give something else too: rather a total without a word, or
/// a line of years; each with whether it may be a total. There are few of them, and something has to stand beside them.
pub(super) fn bare(columns: &[Column], rows: Range<u32>) -> Vec<(u32, bool)> {
    let others: Vec<&Column> = columns.iter().filter(|column| !is_amount(column) && column.rows() > 0).collect();
    let given = |row: u32| columns.iter().filter(|column| column.rows() > 0 && is_given(column, Row(row))).count();
    let is_bare = |row: &u32| {
        let beside = others.iter().filter(|column| is_given(column, Row(*row))).count();
        let is_day = |column: &&&Column| matches!(column.data, Data::Days(_)) && is_given(column, Row(*row));
        given(*row) > 0 && (beside == 0 || given(*row) == 1 && others.iter().any(|column| is_day(&column)))
    };
    let fits = |found: &Vec<u32>| {
        (1..=MOST_BARE).contains(&found.len())
            && found.len().saturating_mul(2) <= rows.len()
            && found.iter().all(|row| is_bare(row) || given(*row) == 0)
    };
    // Two of those that are given in most rows show all such rows.
    let mut fullest: Vec<&Column> = others.clone();
    let count = |column: &&Column| rows.clone().take(MOST_NOTES).filter(|row| is_given(column, Row(*row))).count();
    fullest.sort_by_cached_key(|column| std::cmp::Reverse(count(column)));
    let found = fullest.iter().take(2).map(|column| lacking(column, &rows)).find(fits).unwrap_or_default();
    let has_amount = |row: u32| columns.iter().filter(is_amount).any(|column| is_given(column, Row(row)));
    let is_at_an_end = |row: &u32| *row == rows.start || (*row..rows.end).all(|next| found.contains(&next));
    let bare = found.iter().copied().filter(|row| is_at_an_end(row) && is_bare(row));
    let bare = bare.map(|row| (row, row > rows.start && has_amount(row)));
    // In the midst of a table a row is told that lacks several things which all others have.
    let alone = alone(columns, &rows).into_iter().filter(|row| is_bare(row) && !is_at_an_end(row));
    bare.chain(alone.map(|row| (row, false))).collect()
}

/// The first rows of which nothing is known in a column, and one more than may be such.
fn lacking(column: &Column, rows: &Range<u32>) -> Vec<u32> {
    let lacking = rows.clone().filter(|row| !is_given(column, Row(*row)));
    lacking.take(MOST_BARE.saturating_add(1)).collect()
}

/// The rows that lack two or more things of which nearly all other rows have each.
fn alone(columns: &[Column], rows: &Range<u32>) -> Vec<u32> {
    const FEWEST_TO_ONE: usize = 5;
    const MOST_ROWS: usize = 20_000;
    let mut lacked: BTreeMap<u32, usize> = BTreeMap::new();
    for column in columns.iter().filter(|column| column.rows() > 0 && rows.len() <= MOST_ROWS) {
        let lacking = lacking(column, rows);
        if lacking.len() <= MOST_BARE && lacking.len().saturating_mul(FEWEST_TO_ONE) <= rows.len() {
            lacking.into_iter().for_each(|row| {
                _ = lacked.entry(row).and_modify(|things| *things = things.saturating_add(1)).or_insert(1)
            });
        }
    }
    lacked.into_iter().filter(|(_, things)| *things > 1).map(|(row, _)| row).collect()
}

/// Where more rows are so, it is how the table is written.
const MOST_BARE: usize = 3;

/// So many rows below a total may be notes.
const MOST_NOTES: usize = 20;
/// So many rows are added up one by one, where their numbers have no plain form.
const MOST_ADDED: usize = 10_000;

fn is_given(column: &Column, row: Row) -> bool {
    !matches!(column.cell(row), Cell::Unknown | Cell::Absent)
}

/// Whether a row has the sums of those above it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sum {
    No,
    /// Two numbers add up, in a row that lacks something which they have.
    Perhaps,
    /// So many numbers add up that it is no chance.
    Sure,
}

/// Whether each number of the last of these rows is the sum of those above it. Of few rows that is chance, unless the last one
/// lacks something that they have.
fn sums_up(columns: &[Column], rows: Range<u32>) -> Sum {
    let Some(last) = rows.end.checked_sub(1).filter(|_| rows.len() > 2) else { return Sum::No };
    let above = || (rows.start..last).map(Row);
    let lacks = |column: &Column| !is_given(column, Row(last)) && above().any(|row| is_given(column, row));
    let is_bare = columns.iter().any(lacks);
    let (mut found, mut of_two): (Sum, Vec<&[i64]>) = (Sum::No, Vec::new());
    for column in columns {
        if !is_given(column, Row(last)) {
            continue;
        }
        match adds_up(column, rows.start..last, is_bare) {
            Added::NoNumbers => {}
            // That two numbers of several digits add up is hardly chance.
            Added::UpToTheDigit => found = Sum::Sure,
            Added::Up(several) if several > 2 => found = Sum::Sure,
            Added::Up(2) if is_bare => found = found.max(Sum::Perhaps),
            Added::Up(2) => of_two.extend(plain(column, rows.clone())),
            // Nothing but zeros, or one number, come to themselves: that speaks neither for a total nor against it.
            Added::Up(_) => {}
            Added::Otherwise => return Sum::No,
        }
    }
    // That two columns add up at once is no chance, unless one is a part of the other, such as the tax of an amount.
    let mut others =
        of_two.split_first().into_iter().flat_map(|(first, others)| others.iter().map(|other| (*first, *other)));
    if others.any(|(one, other)| !are_in_proportion(one, other)) { Sum::Sure } else { found }
}

/// Whether each number is the same part of the one in its row.
fn are_in_proportion(some: &[i64], others: &[i64]) -> bool {
    let pairs = || some.iter().zip(others).map(|(one, other)| (i128::from(*one), i128::from(*other)));
    let Some((one, other)) = pairs().next_back() else { return false };
    pairs().all(|(first, second)| first.checked_mul(other) == second.checked_mul(one))
}

/// The numbers of a column in these rows, in hundredths where they are amounts.
fn plain(column: &Column, rows: Range<u32>) -> Option<&[i64]> {
    match &column.data {
        Data::Numbers(numbers) | Data::Money { hundredths: numbers, .. } => {
            numbers.get(rows.start as usize..rows.end as usize)
        }
        Data::Days(_) | Data::Words(_) | Data::Rows(_) | Data::YesNo(_) => None,
        Data::Sets { .. } | Data::OverTime { .. } => None,
    }
}

/// Whether a number has three digits or more before the zeros at its end: `1 250`, but not `1 200`.
pub(super) fn is_of_several_digits(number: i64) -> bool {
    number.unsigned_abs().to_string().trim_end_matches('0').len() > 2
}

/// What the numbers of a column come to, beside that of the row below them.
enum Added {
    NoNumbers,
    /// To that of the row: so many of them are not zero.
    Up(usize),
    /// To that of the row, which has several digits that are not zero: two of them are not zero.
    UpToTheDigit,
    Otherwise,
}

fn adds_up(column: &Column, above: Range<u32>, is_bare: bool) -> Added {
    if !matches!(column.data, Data::Numbers(_) | Data::Money { .. }) {
        return Added::NoNumbers;
    }
    let numbers = plain(column, above.start..above.end.saturating_add(1));
    let Some((total, numbers)) = numbers.and_then(<[i64]>::split_last) else { return Added::Otherwise };
    if *total != NUMBER_ODD && !numbers.contains(&NUMBER_ODD) {
        let (mut sum, mut several) = (0_i128, 0_usize);
        for number in numbers.iter().filter(|number| !matches!(**number, 0 | NUMBER_ABSENT | NUMBER_UNKNOWN)) {
            sum = sum.saturating_add(i128::from(*number));
            several = several.saturating_add(1);
        }
        return match sum == i128::from(*total) {
            true if several == 2 && is_of_several_digits(*total) => Added::UpToTheDigit,
            true => Added::Up(several),
            false => Added::Otherwise,
        };
    }
    // Whole registers are not added up in this way unless their last row lacks something.
    if !is_bare && above.len() > MOST_ADDED {
        return Added::Otherwise;
    }
    let amount = |cell: Cell| match cell {
        Cell::Number(number) => Some(number),
        Cell::Money(money) => Some(money.amount),
        Cell::Unknown | Cell::Absent | Cell::Day(_) | Cell::Within(..) | Cell::Word(_) => None,
        Cell::Row(_) | Cell::YesNo(_) | Cell::Set(_) | Cell::Disputed(_) => None,
    };
    let Some(total) = amount(column.cell(Row(above.end))) else { return Added::NoNumbers };
    let all = above.map(Row).filter_map(|row| amount(column.cell(row)));
    let all: Vec<Number> = all.filter(|one| *one != Number::ZERO).collect();
    let several = all.len();
    if all.into_iter().sum::<Number>() == total { Added::Up(several) } else { Added::Otherwise }
}
