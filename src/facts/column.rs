//! A column: the values of one field, row by row.

use std::collections::BTreeMap;

use super::Row;
use super::words::Word;
use crate::source::Span;
use crate::value::{Currency, Day, Money, Number};

/// The highest number that a word or row can have in a column; those above mean that there is no plain value.
pub const LAST_WORD: u32 = u32::MAX - 4;

// What stands in a column where there is no plain value: nothing is known; it is known that there is none; or what there is
// is odd, and stands in the column's `odd` (nothing there means unknown).
pub const WORD_UNKNOWN: u32 = u32::MAX;
pub const WORD_ABSENT: u32 = u32::MAX - 1;
pub const WORD_ODD: u32 = u32::MAX - 2;
pub const DAY_UNKNOWN: i32 = i32::MAX;
pub const DAY_ABSENT: i32 = i32::MAX - 1;
pub const DAY_ODD: i32 = i32::MAX - 2;
pub const NUMBER_UNKNOWN: i64 = i64::MAX;
pub const NUMBER_ABSENT: i64 = i64::MAX - 1;
pub const NUMBER_ODD: i64 = i64::MAX - 2;
pub const NO: u8 = 0;
pub const YES: u8 = 1;
pub const ANSWER_UNKNOWN: u8 = u8::MAX;
pub const ANSWER_ABSENT: u8 = u8::MAX - 1;
pub const ANSWER_ODD: u8 = u8::MAX - 2;

/// The values of one field, and where they were written.
#[derive(Clone, Debug)]
pub struct Column {
    pub data: Data,
    /// Where each value was written; empty when the rows' places are all that is kept.
    pub places: Vec<Option<Span>>,
    /// What is rare, by row.
    pub odd: BTreeMap<u32, Odd>,
}

#[derive(Clone, Debug)]
pub enum Data {
    /// Days since 1970-01-01.
    Days(Vec<i32>),
    /// Whole numbers; others are odd.
    Numbers(Vec<i64>),
    /// Hundredths of the currency; finer amounts and other currencies are odd.
    Money { currency: Currency, hundredths: Vec<i64> },
    /// Texts and words of a list.
    Words(Vec<u32>),
    /// Rows of another table.
    Rows(Vec<u32>),
    /// [`NO`] or [`YES`].
    YesNo(Vec<u8>),
    /// Sets of words or rows: where each row's items begin in `items` (one more start than rows). A set that is unknown
    /// or absent says so in `state`.
    Sets { starts: Vec<u32>, items: Vec<u32>, state: Vec<Known> },
    /// Dated values: where each row's begin in `from` and in the inner column (one more start than rows). A row without
    /// any is unknown.
    OverTime { starts: Vec<u32>, from: Vec<i32>, inner: Box<Column> },
}

/// Whether there is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Unknown,
    /// Given as none.
    Absent,
    Given,
}

/// What does not fit side by side.
#[derive(Clone, Debug, PartialEq)]
pub enum Odd {
    /// Some day from the first through the second.
    Within(Day, Day),
    Number(Number),
    Money(Money),
    /// Sources that disagree: each value with its place.
    Disputed(Vec<(CellValue, Span)>),
}

/// A value by itself: what a cell can be set to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CellValue {
    Unknown,
    Absent,
    Day(Day),
    Within(Day, Day),
    Number(Number),
    Money(Money),
    Word(Word),
    Row(Row),
    YesNo(bool),
    Set(Vec<u32>),
}

/// What is known of one value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'f> {
    Unknown,
    Absent,
    Day(Day),
    Within(Day, Day),
    Number(Number),
    Money(Money),
    Word(Word),
    Row(Row),
    YesNo(bool),
    Set(&'f [u32]),
    Disputed(&'f [(CellValue, Span)]),
}

impl CellValue {
    /// The same as a cell.
    pub fn as_cell(&self) -> Cell<'_> {
        match self {
            CellValue::Unknown => Cell::Unknown,
            CellValue::Absent => Cell::Absent,
            CellValue::Day(day) => Cell::Day(*day),
            CellValue::Within(first, last) => Cell::Within(*first, *last),
            CellValue::Number(number) => Cell::Number(number.clone()),
            CellValue::Money(money) => Cell::Money(money.clone()),
            CellValue::Word(word) => Cell::Word(*word),
            CellValue::Row(row) => Cell::Row(*row),
            CellValue::YesNo(answer) => Cell::YesNo(*answer),
            CellValue::Set(items) => Cell::Set(items),
        }
    }
}

impl Data {
    /// Makes room for so many rows more.
    pub fn reserve(&mut self, rows: usize) {
        match self {
            Data::Days(days) => days.reserve(rows),
            Data::Numbers(numbers) | Data::Money { hundredths: numbers, .. } => numbers.reserve(rows),
            Data::Words(words) | Data::Rows(words) => words.reserve(rows),
            Data::YesNo(answers) => answers.reserve(rows),
            Data::Sets { starts, state, .. } => {
                starts.reserve(rows);
                state.reserve(rows);
            }
            Data::OverTime { starts, .. } => starts.reserve(rows),
        }
    }
}

impl Column {
    pub fn new(data: Data) -> Column {
        Column { data, places: Vec::new(), odd: BTreeMap::new() }
    }

    /// What is known of a row's value. Of dated values: the last one.
    pub fn cell(&self, row: Row) -> Cell<'_> {
        let at = row.0 as usize;
        match &self.data {
            Data::Days(days) => self.day(row, days.get(at).copied()),
            Data::Numbers(numbers) => match numbers.get(at).copied() {
                Some(NUMBER_ABSENT) => Cell::Absent,
                Some(NUMBER_ODD) => self.odd(row),
                None | Some(NUMBER_UNKNOWN) => Cell::Unknown,
                Some(number) => Cell::Number(Number::from(number)),
            },
            Data::Money { currency, hundredths } => match hundredths.get(at).copied() {
                Some(NUMBER_ABSENT) => Cell::Absent,
                Some(NUMBER_ODD) => self.odd(row),
                None | Some(NUMBER_UNKNOWN) => Cell::Unknown,
                Some(amount) => Cell::Money(Money {
                    amount: Number::ratio(amount, 100).unwrap_or_else(|| Number::from(0)),
                    currency: *currency,
                }),
            },
            Data::Words(words) => self.word(row, words.get(at).copied(), |word| Cell::Word(Word(word))),
            Data::Rows(rows) => self.word(row, rows.get(at).copied(), |row| Cell::Row(Row(row))),
            Data::YesNo(answers) => match answers.get(at).copied() {
                Some(ANSWER_ABSENT) => Cell::Absent,
                Some(ANSWER_ODD) => self.odd(row),
                None | Some(ANSWER_UNKNOWN) => Cell::Unknown,
                Some(answer) => Cell::YesNo(answer == YES),
            },
            Data::Sets { starts, items, state } => match state.get(at) {
                None | Some(Known::Unknown) => self.odd(row),
                Some(Known::Absent) => Cell::Absent,
                Some(Known::Given) => Cell::Set(slice(items, starts, at)),
            },
            Data::OverTime { .. } => self.cell_on(row, Day::MAX),
        }
    }

    /// What is known of a row's value on a day: of dated values the last that has begun by then.
    pub fn cell_on(&self, row: Row, day: Day) -> Cell<'_> {
        let Data::OverTime { inner, .. } = &self.data else { return self.cell(row) };
        self.entry_on(row, day).map_or(Cell::Unknown, |entry| inner.cell(entry))
    }

    /// Where the value that counts on a day was written.
    pub fn place_on(&self, row: Row, day: Day) -> Option<Span> {
        let Data::OverTime { inner, .. } = &self.data else { return self.place(row) };
        inner.place(self.entry_on(row, day)?)
    }

    /// Which of a row's dated values has begun last by a day.
    fn entry_on(&self, row: Row, day: Day) -> Option<Row> {
        let Data::OverTime { starts, from, .. } = &self.data else { return None };
        let at = row.0 as usize;
        let last = slice(from, starts, at).partition_point(|start| *start <= day.0).checked_sub(1)?;
        let start = starts.get(at).copied().unwrap_or(0) as usize;
        u32::try_from(start.saturating_add(last)).ok().map(Row)
    }

    /// The days on which a row's dated value changes, in order; empty for a plain column.
    pub fn changes(&self, row: Row) -> &[i32] {
        match &self.data {
            Data::OverTime { starts, from, .. } => slice(from, starts, row.0 as usize),
            Data::Days(_) | Data::Numbers(_) | Data::Money { .. } | Data::Words(_) => &[],
            Data::Rows(_) | Data::YesNo(_) | Data::Sets { .. } => &[],
        }
    }

    pub fn place(&self, row: Row) -> Option<Span> {
        self.places.get(row.0 as usize).copied().flatten()
    }

    fn day(&self, row: Row, day: Option<i32>) -> Cell<'_> {
        match day {
            Some(DAY_ABSENT) => Cell::Absent,
            Some(DAY_ODD) => self.odd(row),
            None | Some(DAY_UNKNOWN) => Cell::Unknown,
            Some(day) => Cell::Day(Day(day)),
        }
    }

    fn word<'f>(&'f self, row: Row, word: Option<u32>, plain: impl Fn(u32) -> Cell<'f>) -> Cell<'f> {
        match word {
            Some(WORD_ABSENT) => Cell::Absent,
            Some(WORD_ODD) => self.odd(row),
            None | Some(WORD_UNKNOWN) => Cell::Unknown,
            Some(word) => plain(word),
        }
    }

    fn odd(&self, row: Row) -> Cell<'_> {
        match self.odd.get(&row.0) {
            None => Cell::Unknown,
            Some(Odd::Within(first, last)) => Cell::Within(*first, *last),
            Some(Odd::Number(number)) => Cell::Number(number.clone()),
            Some(Odd::Money(money)) => Cell::Money(money.clone()),
            Some(Odd::Disputed(values)) => Cell::Disputed(values),
        }
    }

    /// Whether some row has a value that has no plain form: imprecise, disputed, or of another size.
    pub fn has_odd(&self) -> bool {
        !self.odd.is_empty()
    }

    /// Whether a row has such a value.
    pub fn is_odd(&self, row: usize) -> bool {
        u32::try_from(row).is_ok_and(|row| self.odd.contains_key(&row))
    }

    /// Adds a row's value at the end. A value of another kind than the column's is taken as unknown; dated values are
    /// added with [`Column::push_over_time`].
    pub fn push(&mut self, value: CellValue, place: Option<Span>) {
        let row = self.rows();
        self.places.push(place);
        let odd = match &mut self.data {
            Data::Days(days) => pushed(days, plain_day(value)),
            Data::Numbers(numbers) => pushed(numbers, plain_number(value)),
            Data::Money { currency, hundredths } => pushed(hundredths, plain_money(*currency, value)),
            Data::Words(words) => pushed(words, (plain_word(value), None)),
            Data::Rows(rows) => pushed(rows, (plain_row(value), None)),
            Data::YesNo(answers) => pushed(answers, (plain_answer(value), None)),
            Data::Sets { starts, items, state } => {
                push_set(starts, items, state, value);
                None
            }
            Data::OverTime { starts, from, .. } => {
                close(starts, from.len());
                None
            }
        };
        if let Some(odd) = odd {
            self.odd.insert(row, odd);
        }
    }

    /// Puts another value into a row that is there. Sets and dated values have no room for it, and stay as they are.
    pub fn put(&mut self, row: Row, value: CellValue) {
        let at = row.0 as usize;
        let odd = match &mut self.data {
            Data::Days(days) => put(days, at, plain_day(value)),
            Data::Numbers(numbers) => put(numbers, at, plain_number(value)),
            Data::Money { currency, hundredths } => put(hundredths, at, plain_money(*currency, value)),
            Data::Words(words) => put(words, at, (plain_word(value), None)),
            Data::Rows(rows) => put(rows, at, (plain_row(value), None)),
            Data::YesNo(answers) => put(answers, at, (plain_answer(value), None)),
            Data::Sets { .. } | Data::OverTime { .. } => None,
        };
        match odd {
            Some(odd) => self.odd.insert(row.0, odd),
            None => self.odd.remove(&row.0),
        };
    }

    /// Adds rows of which nothing is known, up to so many.
    pub fn pad(&mut self, rows: u32) {
        let rows = rows as usize;
        match &mut self.data {
            Data::Days(days) => days.resize(rows.max(days.len()), DAY_UNKNOWN),
            Data::Numbers(numbers) | Data::Money { hundredths: numbers, .. } => {
                numbers.resize(rows.max(numbers.len()), NUMBER_UNKNOWN);
            }
            Data::Words(words) | Data::Rows(words) => words.resize(rows.max(words.len()), WORD_UNKNOWN),
            Data::YesNo(answers) => answers.resize(rows.max(answers.len()), ANSWER_UNKNOWN),
            Data::Sets { starts, items, state } => {
                while state.len() < rows {
                    push_set(starts, items, state, CellValue::Unknown);
                }
            }
            Data::OverTime { starts, from, .. } => {
                while starts.len() <= rows {
                    close(starts, from.len());
                }
            }
        }
    }

    /// Adds a row whose sources disagree.
    pub fn push_disputed(&mut self, values: Vec<(CellValue, Span)>, place: Option<Span>) {
        let row = self.rows();
        self.places.push(place);
        match &mut self.data {
            Data::Days(days) => days.push(DAY_ODD),
            Data::Numbers(numbers) => numbers.push(NUMBER_ODD),
            Data::Money { hundredths, .. } => hundredths.push(NUMBER_ODD),
            Data::Words(words) | Data::Rows(words) => words.push(WORD_ODD),
            Data::YesNo(answers) => answers.push(ANSWER_ODD),
            // A set has no sign for it; a set that is unknown is looked up among the odd ones.
            Data::Sets { starts, items, state } => push_set(starts, items, state, CellValue::Unknown),
            Data::OverTime { starts, from, .. } => close(starts, from.len()),
        }
        self.odd.insert(row, Odd::Disputed(values));
    }

    /// Adds a row of dated values, which must be in the order of their days.
    pub fn push_over_time(&mut self, values: Vec<(Day, CellValue, Option<Span>)>, place: Option<Span>) {
        self.places.push(place);
        let Data::OverTime { starts, from, inner } = &mut self.data else { return };
        for (day, value, place) in values {
            from.push(day.0);
            inner.push(value, place);
        }
        close(starts, from.len());
    }

    /// Adds a value as it was claimed: by nobody (unknown), by one, or by sources that disagree.
    pub fn push_claims(&mut self, mut claims: Vec<(CellValue, Span)>) {
        let place = claims.first().map(|(_, place)| *place);
        match claims.pop() {
            None => self.push(CellValue::Unknown, None),
            Some((value, place)) if claims.is_empty() => self.push(value, Some(place)),
            Some(last) => {
                claims.push(last);
                self.push_disputed(claims, place);
            }
        }
    }

    /// Adds a row of dated values as they were claimed, in the order of their days.
    pub fn push_dated_claims(&mut self, values: Vec<(Day, Vec<(CellValue, Span)>)>, place: Option<Span>) {
        self.places.push(place);
        let Data::OverTime { starts, from, inner } = &mut self.data else { return };
        for (day, claims) in values {
            from.push(day.0);
            inner.push_claims(claims);
        }
        close(starts, from.len());
    }

    /// How many rows the column has.
    pub fn rows(&self) -> u32 {
        let rows = match &self.data {
            Data::Days(days) => days.len(),
            Data::Numbers(numbers) => numbers.len(),
            Data::Money { hundredths, .. } => hundredths.len(),
            Data::Words(words) | Data::Rows(words) => words.len(),
            Data::YesNo(answers) => answers.len(),
            Data::Sets { state, .. } => state.len(),
            Data::OverTime { starts, .. } => starts.len().saturating_sub(1),
        };
        u32::try_from(rows).unwrap_or(u32::MAX)
    }
}

fn slice<'v, T>(items: &'v [T], starts: &[u32], at: usize) -> &'v [T] {
    let start = starts.get(at).copied().unwrap_or(0) as usize;
    let end = starts.get(at.saturating_add(1)).copied().unwrap_or(0) as usize;
    items.get(start..end).unwrap_or(&[])
}

fn close(starts: &mut Vec<u32>, length: usize) {
    if starts.is_empty() {
        starts.push(0);
    }
    starts.push(u32::try_from(length).unwrap_or(u32::MAX));
}

fn plain_day(value: CellValue) -> (i32, Option<Odd>) {
    match value {
        CellValue::Day(day) => (day.0, None),
        CellValue::Within(first, last) => (DAY_ODD, Some(Odd::Within(first, last))),
        CellValue::Absent => (DAY_ABSENT, None),
        _ => (DAY_UNKNOWN, None),
    }
}

fn plain_number(value: CellValue) -> (i64, Option<Odd>) {
    match value {
        CellValue::Number(number) => match number.to_i64().filter(|plain| *plain < NUMBER_ODD) {
            Some(plain) => (plain, None),
            None => (NUMBER_ODD, Some(Odd::Number(number))),
        },
        CellValue::Absent => (NUMBER_ABSENT, None),
        _ => (NUMBER_UNKNOWN, None),
    }
}

fn plain_money(currency: Currency, value: CellValue) -> (i64, Option<Odd>) {
    match value {
        CellValue::Money(money) => {
            let plain = money.amount.times(&Number::from(100)).to_i64().filter(|plain| *plain < NUMBER_ODD);
            match plain {
                Some(plain) if money.currency == currency => (plain, None),
                Some(_) | None => (NUMBER_ODD, Some(Odd::Money(money))),
            }
        }
        CellValue::Absent => (NUMBER_ABSENT, None),
        _ => (NUMBER_UNKNOWN, None),
    }
}

fn plain_word(value: CellValue) -> u32 {
    match value {
        CellValue::Word(word) => word.0.min(LAST_WORD),
        CellValue::Absent => WORD_ABSENT,
        _ => WORD_UNKNOWN,
    }
}

fn plain_row(value: CellValue) -> u32 {
    match value {
        CellValue::Row(row) => row.0.min(LAST_WORD),
        CellValue::Absent => WORD_ABSENT,
        _ => WORD_UNKNOWN,
    }
}

fn plain_answer(value: CellValue) -> u8 {
    match value {
        CellValue::YesNo(answer) => u8::from(answer),
        CellValue::Absent => ANSWER_ABSENT,
        _ => ANSWER_UNKNOWN,
    }
}

fn pushed<T>(values: &mut Vec<T>, (plain, odd): (T, Option<Odd>)) -> Option<Odd> {
    values.push(plain);
    odd
}

fn put<T>(values: &mut [T], at: usize, (plain, odd): (T, Option<Odd>)) -> Option<Odd> {
    if let Some(value) = values.get_mut(at) {
        *value = plain;
    }
    odd
}

fn push_set(starts: &mut Vec<u32>, items: &mut Vec<u32>, state: &mut Vec<Known>, value: CellValue) {
    let known = match value {
        CellValue::Set(set) => {
            items.extend(set);
            Known::Given
        }
        CellValue::Absent => Known::Absent,
        _ => Known::Unknown,
    };
    state.push(known);
    close(starts, items.len());
}
