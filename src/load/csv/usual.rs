//! What the records of a table usually have: in which columns something stands, and where these are numbers. It tells a record that is
//! called like a total, as `Total Harmoni` is, from a total.

use std::borrow::Cow;

use crate::{
    facts::sheet::{Dialect, Sheet, cells, row},
    value::Day,
};

use super::{
    super::{
        cells::{self as read, Cell, InCell},
        meant,
    },
    bulk::id_column,
    tail::{
        begins_as_a_footer, begins_as_a_total, ends_as_a_total, is_added_to_a_total, is_carried, is_dated_total,
        is_mark, is_note, is_of_a_total, measures_or_carries, signs_a_page, text_in, texts,
    },
};

/// So many rows show what the records of a table have.
const MOST_LOOKED_AT: usize = 200;

/// What most records of a table have, by column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usual {
    columns: Vec<Column>,
    /// What their ids look like, where a column has some.
    ids: Option<Ids>,
}

/// What most rows have in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// Nothing: what is missing there says nothing of a row.
    Little,
    Numbers,
    Days,
    Answers,
    /// Names and the like: what a total has nothing of, as of days and answers.
    Other,
}

/// What the ids of a table look like.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ids {
    column: usize,
    form: Form,
    /// Whether some have several words.
    blanks: bool,
    days: bool,
    /// Whether all begin with a capital, or all with a small letter, or neither.
    capital: Option<bool>,
    /// How many signs the longest has.
    longest: usize,
    /// Whether all have letters.
    letters: bool,
}

/// What most ids are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Numbers,
    /// Letters and digits.
    Mixed,
    Words,
    Any,
}

impl Ids {
    fn of(ids: &[Cow<str>], column: usize) -> Option<Ids> {
        const FEWEST: usize = 2;
        let ids: Vec<&str> = ids.iter().map(|id| id.trim()).filter(|id| !id.is_empty()).collect();
        let count = |is: &dyn Fn(&str) -> bool| ids.iter().filter(|id| is(id)).count();
        // One or two of very many may be wrong.
        let most = |is: &dyn Fn(&str) -> bool| count(is).saturating_mul(20) >= ids.len().saturating_mul(19);
        let begins =
            |is: fn(char) -> bool| ids.iter().all(|id| id.chars().find(|sign| sign.is_alphabetic()).is_some_and(is));
        let form = if most(&|id| has_digits(id) && !id.contains(char::is_alphabetic)) {
            Form::Numbers
        } else if most(&has_digits) {
            Form::Mixed
        } else if most(&|id| !has_digits(id)) {
            Form::Words
        } else {
            Form::Any
        };
        let capital = begins(char::is_uppercase).then_some(true).or(begins(char::is_lowercase).then_some(false));
        (ids.len() >= FEWEST).then(|| Ids {
            column,
            form,
            blanks: count(&|id| id.contains(char::is_whitespace)) > 0,
            days: count(&is_day) > 0,
            capital,
            longest: ids.iter().map(|id| id.chars().count()).max().unwrap_or(0),
            letters: ids.iter().all(|id| id.contains(char::is_alphabetic)),
        })
    }

    /// Whether a text may be one of them.
    fn are_like(&self, text: &str) -> bool {
        let text = text.trim();
        let first = text.chars().find(|sign| sign.is_alphabetic());
        let begins_so = self.capital.is_none_or(|capital| first.is_none_or(|first| first.is_uppercase() == capital));
        let is_of_form = match self.form {
            Form::Numbers => {
                text.starts_with(|sign: char| sign.is_ascii_digit()) && !text.contains(char::is_alphabetic)
            }
            Form::Mixed => has_digits(text),
            Form::Words => first.is_some(),
            Form::Any => true,
        };
        is_of_form
            && begins_so
            && !text.is_empty()
            && !text.ends_with(':')
            && (self.blanks || !text.contains(char::is_whitespace))
            && (self.days || !is_day(text))
            && !is_mark(text)
            && text.chars().count() <= self.longest.saturating_mul(2).saturating_add(4)
    }
}

impl Usual {
    /// Of rows with so many columns, of which one may hold the ids. Those with a single cell, and totals, are looked past.
    pub fn of<'c>(rows: impl Iterator<Item = Vec<Cow<'c, str>>>, columns: usize, ids: Option<usize>) -> Usual {
        let mut counts = vec![Counts::default(); columns];
        let (mut all, mut told, mut is_behind) = (0_usize, Vec::new(), false);
        let mut is_record = |row: &Vec<Cow<'c, str>>| {
            let mut filled = row.iter().filter(|cell| !cell.is_empty());
            let Some(first) = filled.next() else { return false };
            is_behind |= is_dated_total(first);
            let has_more = filled.next().is_some();
            let id = ids.and_then(|column| row.get(column)).cloned();
            told.extend(id.map(|id| (id, has_more, is_behind)));
            !is_dated_total(first) && (columns < 2 || has_more)
        };
        for row in rows.take(MOST_LOOKED_AT).filter(|row| is_record(row)) {
            all = all.saturating_add(1);
            counts
                .iter_mut()
                .zip(&row)
                .filter(|(_, cell)| !cell.is_empty())
                .for_each(|(counts, cell)| counts.add(cell));
        }
        // What stands behind a total may be notes, unless few records stand before it.
        let before = |told: &[(Cow<str>, bool, bool)]| {
            told.iter().filter(|(id, _, is_behind)| !is_behind && !id.is_empty()).count() > 1
        };
        if before(&told) {
            told.retain(|(.., is_behind)| !is_behind);
        }
        // What stands alone in its row may be a heading.
        let has_full = told.iter().filter(|(_, has_more, _)| *has_more).count() > 1;
        let told: Vec<Cow<str>> =
            told.into_iter().filter(|(_, has_more, _)| *has_more || !has_full).map(|(id, ..)| id).collect();
        let ids = ids.and_then(|column| Ids::of(&told, column));
        Usual { columns: counts.into_iter().map(|counts| counts.column(all)).collect(), ids }
    }

    /// Of the first rows of a sheet, without the columns that are left out.
    pub(super) fn of_sheet(sheet: &Sheet, left_out: &[bool]) -> Usual {
        Usual::of_first_rows(sheet, id_column(sheet), left_out)
    }

    /// The same, where that column tells the rows apart.
    pub(super) fn of_first_rows(sheet: &Sheet, ids: Option<usize>, left_out: &[bool]) -> Usual {
        let text = sheet.head();
        let text = text.get(..sheet.end().min(text.len())).unwrap_or_default();
        let (mut at, mut rows) = (sheet.body(), Vec::new());
        while at < text.len() && rows.len() < MOST_LOOKED_AT {
            let cells = cells(text, at, sheet.delimiter);
            if text_in(&cells).next().is_some() && !sheet.is_skipped(at) {
                rows.push(texts(&cells).into_iter().map(|text| Cow::Owned(text.into_owned())).collect());
            }
            at = row(text, at, sheet.delimiter).1;
        }
        Usual::of(rows.into_iter(), sheet.header.len(), ids).without(left_out)
    }

    /// The same, of which some columns say nothing.
    pub(super) fn without(mut self, left_out: &[bool]) -> Usual {
        let left_out = self.columns.iter_mut().zip(left_out).filter(|(_, left_out)| **left_out);
        left_out.for_each(|(column, _)| *column = Column::Little);
        self
    }

    /// Whether a row lacks something that most have.
    pub fn lacks<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        let is_given = |at: usize| row.get(at).is_some_and(|cell| !cell.is_empty());
        self.columns.iter().enumerate().any(|(at, column)| *column != Column::Little && !is_given(at))
    }

    /// Whether a row has an id of its own, which no total has. Beside a word that says nothing but that, a small number may count
    /// the rows, and another word may say what they are.
    pub fn has_own_id<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        const SHORT: usize = 4;
        let row: Vec<&str> = row.collect();
        let Some(ids) = &self.ids else { return false };
        let Some(id) = row.get(ids.column).filter(|id| ids.are_like(id)) else { return false };
        let is_of_a_total = begins_as_a_total(id) || ends_as_a_total(id) || measures_or_carries(id);
        let signs = id.chars().filter(|sign| sign.is_alphanumeric()).count();
        let have_digits = matches!(ids.form, Form::Numbers | Form::Mixed);
        let is_certain = have_digits && has_digits(id) && (signs >= SHORT || id.contains(char::is_alphabetic));
        !is_of_a_total && (is_certain || !row.iter().any(|cell| is_dated_total(cell)))
    }

    /// Whether a row has no id, while the others have some.
    pub fn lacks_its_id<'c>(&self, mut row: impl Iterator<Item = &'c str>) -> bool {
        self.ids.as_ref().is_some_and(|ids| row.nth(ids.column).is_none_or(str::is_empty))
    }

    /// Whether a row has numbers where the others have some, and nothing else.
    pub fn has_only_numbers<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let mut given = self.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        given.all(|(column, cell)| matches!(column, Column::Numbers | Column::Little) && is_number(cell))
    }

    /// Whether a row begins with a word where the others have days or numbers.
    pub fn begins_otherwise<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let first = self.columns.iter().zip(row).find(|(_, cell)| !cell.is_empty());
        first.is_some_and(|(column, cell)| matches!(column, Column::Days | Column::Numbers) && !has_digits(cell))
    }

    /// Whether something else stands in the column of the ids than in most rows.
    pub fn has_another_id<'c>(&self, mut row: impl Iterator<Item = &'c str>) -> bool {
        let Some(ids) = self.ids.as_ref().filter(|ids| matches!(ids.form, Form::Numbers | Form::Mixed)) else {
            return false;
        };
        row.nth(ids.column).is_some_and(|id| !id.is_empty() && !ids.are_like(id))
    }

    /// Whether a row has an id with digits as all others do.
    pub(super) fn has_such_an_id<'c>(&self, mut row: impl Iterator<Item = &'c str>) -> bool {
        let ids = self.ids.as_ref().filter(|ids| matches!(ids.form, Form::Numbers | Form::Mixed));
        ids.is_some_and(|ids| row.nth(ids.column).is_some_and(|id| ids.are_like(id)))
    }

    /// Whether the only cell of a row may be an id, of which nothing else is known.
    pub fn may_be_an_id<'c>(&self, mut row: impl Iterator<Item = &'c str>) -> bool {
        self.ids.as_ref().is_some_and(|ids| row.nth(ids.column).is_some_and(|id| ids.are_like(id)))
    }

    /// Whether something stands in the column of the ids that is none of theirs.
    pub fn has_none_of_the_ids<'c>(&self, mut row: impl Iterator<Item = &'c str>) -> bool {
        let Some(ids) = &self.ids else { return false };
        row.nth(ids.column).is_some_and(|id| !id.is_empty() && !ids.are_like(id))
    }

    /// Whether something else stands there than an id can be: several words where all others have digits, or digits
    /// alone where all others have letters.
    pub(super) fn has_another_form<'c>(&self, mut row: impl Iterator<Item = &'c str>) -> bool {
        let Some((ids, id)) = self.ids.as_ref().and_then(|ids| Some((ids, row.nth(ids.column)?.trim()))) else {
            return false;
        };
        let is_of_words = id.contains(char::is_alphabetic) && id.contains(char::is_whitespace);
        match ids.form {
            _ if id.is_empty() || id.contains(char::is_whitespace) && ids.blanks => false,
            Form::Numbers => is_of_words,
            Form::Mixed => is_of_words || ids.letters && !id.contains(char::is_alphabetic),
            Form::Words => ids.letters && !id.contains(char::is_alphabetic),
            Form::Any => false,
        }
    }

    /// Whether a row may be a record that is called like a total: beside what it is called it has an id, or what totals have nothing of.
    pub fn may_be_called_so<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        let Some(first) = row.iter().position(|cell| !cell.is_empty()) else { return false };
        // An amount may stand before what it is called.
        let word = row.iter().position(|cell| cell.starts_with(char::is_alphabetic));
        let is_called_so =
            |at: &usize| row.get(*at).is_some_and(|cell| begins_as_a_total(cell) || ends_as_a_total(cell));
        let first = word.filter(is_called_so).unwrap_or(first);
        if self.has_own_id(row.iter().copied()) {
            return true;
        }
        let others = self.columns.iter().enumerate();
        let others = others
            .filter(|(at, column)| *at != first && matches!(column, Column::Days | Column::Answers | Column::Other));
        let (mut given, mut all) = (0_usize, 0_usize);
        for (at, _) in others {
            all = all.saturating_add(1);
            given = given.saturating_add(usize::from(row.get(at).is_some_and(|cell| !cell.is_empty())));
        }
        match row.get(first).is_some_and(|cell| is_dated_total(cell)) {
            true => given > 1 && given.saturating_mul(3) >= all.saturating_mul(2),
            false => all > 0 && given.saturating_mul(2) >= all,
        }
    }

    /// Whether a row that begins like a total has a day or an answer, and so may be a record after all.
    pub fn may_be_after_all<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        let is_dated = row.iter().find(|cell| !cell.is_empty()).is_some_and(|cell| is_dated_total(cell));
        !is_dated && self.has_more(&row) || self.may_be_called_so(row.iter().copied())
    }

    /// Whether a day or an answer stands behind what a row begins with.
    fn has_more(&self, row: &[&str]) -> bool {
        let given = self.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty()).skip(1);
        given.into_iter().any(|(column, _)| matches!(column, Column::Days | Column::Answers))
    }

    /// Whether a row below a total, or behind the end of the rows, may be one more record: it has an id as they have, or most of what
    /// they have, nothing that does not fit them, and is neither a total nor a note.
    pub fn may_be_one<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        let filled: Vec<&str> = row.iter().copied().filter(|cell| !cell.is_empty()).collect();
        let Some(first) = filled.first().copied() else { return false };
        let own = || row.iter().copied();
        // Few write the empty cells behind a note.
        let cells = row.len().max(self.columns.len());
        if is_note(filled.iter().copied(), cells) || is_of_a_total(first) || first.ends_with(':') {
            return false;
        }
        let word = filled.iter().copied().find(|cell| cell.starts_with(char::is_alphabetic));
        if [Some(first), word].into_iter().flatten().any(|one| begins_as_a_total(one) || ends_as_a_total(one)) {
            return self.may_be_called_so(own());
        }
        if measures_or_carries(first) {
            return self.has_own_id(own()) || self.has_more(&row);
        }
        // What was carried over is none in any row, and what may be a total in one that has little else.
        let is_bare = filled.len().saturating_mul(2) <= cells.saturating_add(1);
        if filled.iter().any(|cell| is_carried(cell)) || is_bare && word.is_some_and(measures_or_carries) {
            return self.has_own_id(own());
        }
        let is_line = filled.len() <= 2 && (signs_a_page(first) || is_mark(first));
        if is_line || begins_as_a_footer(first) && self.lacks(own()) || !self.fits(&row) {
            return false;
        }
        match &self.ids {
            Some(ids) if row.get(ids.column).is_some_and(|id| !id.is_empty()) => {
                row.get(ids.column).is_some_and(|id| ids.are_like(id))
                    || !self.lacks(own())
                    || self.has_figures(&row) && self.has_most(&row)
            }
            Some(_) => self.has_most(&row),
            None => self.has_most(&row) || self.has_its_day(&row) || self.has_its_answer(&row),
        }
    }

    /// Whether a row may be a record that lacks little: it has an id as they have, or in a table without ids a day or an answer, and
    /// most of the rest.
    pub(super) fn may_lack_little<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        let is_told_apart = match &self.ids {
            Some(ids) => row.get(ids.column).is_some_and(|id| ids.are_like(id)),
            None => self.has_its_day(&row) || self.has_its_answer(&row),
        };
        is_told_apart && self.has_most(&row) && self.may_be_one(row.iter().copied())
    }

    /// Whether a row between two totals may be a record of which little is known: a name and an amount, and nothing that does not
    /// fit. The total below it has to say whether it counts.
    pub fn may_be_counted<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        let mut given = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let Some((at, first)) = given.next() else { return false };
        let is_named = match &self.ids {
            Some(ids) => row.get(ids.column).is_some_and(|id| ids.are_like(id)),
            None => self.columns.get(at) == Some(&Column::Other) && first.contains(char::is_alphabetic),
        };
        let is_of_the_total = begins_as_a_total(first)
            || ends_as_a_total(first)
            || is_of_a_total(first)
            || measures_or_carries(first)
            || is_added_to_a_total(first)
            || first.ends_with(':')
            || signs_a_page(first)
            || is_mark(first)
            || begins_as_a_footer(first);
        is_named && given.next().is_some() && self.has_figures(&row) && self.fits(&row) && !is_of_the_total
    }

    /// Whether a day stands in a row where the records have other texts.
    pub(super) fn has_a_day_among_texts<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        self.columns.iter().zip(row).any(|(column, cell)| *column == Column::Other && is_day(cell))
    }

    /// Whether a row may be a record by its day, or by a yes or no.
    pub(super) fn may_be_dated<'c>(&self, row: impl Iterator<Item = &'c str>) -> bool {
        let row: Vec<&str> = row.collect();
        self.fits(&row) && (self.has_its_day(&row) || self.has_its_answer(&row))
    }

    /// Whether a row has the day of a record, and something else or nothing before it.
    fn has_its_day(&self, row: &[&str]) -> bool {
        let given = || row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let is_its_day = |(at, cell): (usize, &&str)| self.columns.get(at) == Some(&Column::Days) && is_day(cell);
        given().any(is_its_day) && (given().nth(1).is_some() || given().next().is_some_and(is_its_day))
    }

    /// Whether a row has a yes or no as the records have, and something before it.
    fn has_its_answer(&self, row: &[&str]) -> bool {
        let is_one = |cell: &str| read::answer(cell, &Dialect::untold(b';')) != Cell::Not;
        let given = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).skip(1);
        given.into_iter().any(|(at, cell)| self.columns.get(at) == Some(&Column::Answers) && is_one(cell))
    }

    /// Whether a row has most of what the records have.
    fn has_most(&self, row: &[&str]) -> bool {
        let columns = || self.columns.iter().enumerate().filter(|(_, column)| **column != Column::Little);
        let is_given = |at: usize| row.get(at).is_some_and(|cell| !cell.is_empty());
        let (all, given) = (columns().count(), columns().filter(|(at, _)| is_given(*at)).count());
        all > 1 && given.saturating_mul(3) >= all.saturating_mul(2)
    }

    /// Whether a number, a day or an answer stands where the records have some.
    fn has_figures(&self, row: &[&str]) -> bool {
        let ids = self.ids.as_ref().map(|ids| ids.column);
        let is_given = |at: usize| row.get(at).is_some_and(|cell| !cell.is_empty());
        self.columns.iter().enumerate().any(|(at, column)| {
            matches!(column, Column::Numbers | Column::Days | Column::Answers) && Some(at) != ids && is_given(at)
        })
    }

    /// Whether numbers and days stand where the records have some, and no day where they have texts.
    fn fits(&self, row: &[&str]) -> bool {
        let ids = self.ids.as_ref().map(|ids| ids.column);
        let columns = self.columns.iter().zip(row).enumerate();
        let mut given =
            columns.filter(|(at, (_, cell))| Some(*at) != ids && !cell.is_empty() && !meant::is_nothing(cell));
        given.all(|(_, (column, cell))| match column {
            Column::Little => true,
            Column::Numbers => is_number(cell),
            Column::Days => has_digits(cell),
            Column::Answers | Column::Other => !is_day(cell),
        })
    }
}

/// How many cells of a column hold something, and what.
#[derive(Clone, Copy, Default)]
struct Counts {
    filled: usize,
    numbers: usize,
    days: usize,
    answers: usize,
}

impl Counts {
    fn add(&mut self, cell: &str) {
        let count = |is: bool, count: &mut usize| *count = count.saturating_add(usize::from(is));
        count(true, &mut self.filled);
        count(is_number(cell), &mut self.numbers);
        count(is_day(cell), &mut self.days);
        count(read::answer(cell, &Dialect::untold(b';')) != Cell::Not, &mut self.answers);
    }

    fn column(self, all: usize) -> Column {
        let most = |count: usize| count.saturating_mul(2) > self.filled;
        match self.filled.saturating_mul(2) > all {
            false => Column::Little,
            true if most(self.days) => Column::Days,
            true if most(self.numbers) => Column::Numbers,
            true if most(self.answers) => Column::Answers,
            true => Column::Other,
        }
    }
}

fn has_digits(text: &str) -> bool {
    text.contains(|sign: char| sign.is_ascii_digit())
}

/// Whether a cell holds a day that is written with signs or words between its numbers.
pub(super) fn is_day(cell: &str) -> bool {
    let cell = cell.trim();
    let is_apart = has_digits(cell) && cell.contains(|sign: char| !sign.is_ascii_digit());
    let is_one = || match read::day(cell, &Dialect::untold(b';')) {
        InCell::Day(Cell::Not) | InCell::Problem(_) => false,
        InCell::Day(_) | InCell::Timed | InCell::Ends(_) => true,
    };
    is_apart && cell.len() >= SHORTEST_DAY && (Day::parse_iso(cell).is_ok() || is_one())
}

/// `1.1.2015`.
const SHORTEST_DAY: usize = 8;

/// Whether a cell holds a number or an amount, whichever sign stands before its decimals.
fn is_number(cell: &str) -> bool {
    let untold = Dialect::untold(b';');
    cell.contains(|sign: char| sign.is_ascii_digit())
        && (read::number(cell, &untold) != Cell::Not || read::money(cell, None, |_| true, &untold).0 != Cell::Not)
}
