//! Rows that the file's entry leaves out: those behind the end of the rows, and those that begin with a word that it names.

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::sheet::{Sheet, SheetCell, Use, cells, row},
    source::{Span, Spanned},
};

use super::{
    super::{
        files::Rows,
        wording::{clip, folded},
    },
    bulk::id_column,
    second, sums,
    tail::{
        begins_as_a_total, begins_with, ends_as_a_total, is_carried, is_dated_total, measures_or_carries,
        says_nothing_but_zeros, text_in, texts,
    },
    usual::Usual,
};

/// Works in what `rows` says of the end of the rows and of rows in their midst.
pub(super) fn leave_out(sheet: &mut Sheet, rows: &Rows, problems: &mut Sink) {
    if let Some(until) = &rows.until {
        match end_of_rows(sheet, &until.it) {
            Some(end) => {
                sheet.until = Some(end.at);
                end.told.into_iter().for_each(|finding| problems.push(finding));
            }
            None => problems.push(no_such_row(until, "so the end of the rows was not found").help(
                "write the first word of the row after the last one to read; `\"\"` means an empty row".to_owned(),
            )),
        }
    }
    if !rows.skip.is_empty() {
        sheet.skipped = skipped(sheet, &rows.skip, problems).into();
    }
}

fn no_such_row(word: &Spanned<String>, so: &str) -> Diagnostic {
    let none = match word.it.trim() {
        "" => "no row of the file has only empty cells".to_owned(),
        some => format!("no row of the file begins with `{}`", clip(some)),
    };
    codes::CSV_NO_SUCH_ROW.at(word.span).say(format!("{none}, {so}"))
}

/// The word in the first cell of a row with something in it, as such words are compared.
fn first_word(cells: &[SheetCell]) -> Option<String> {
    let first = cells.iter().map(|cell| cell.text.trim()).find(|text| !text.is_empty())?;
    Some(as_compared(first))
}

/// Of a line that is drawn, such as `- - -`, blanks alone would be left.
fn as_compared(word: &str) -> String {
    let word = word.trim();
    let compared = folded(word.trim_end_matches(':'));
    if compared.is_empty() { word.to_owned() } else { compared }
}

/// Whether a row that is none of these, and holds more than one thing, begins with the same words, so that they cannot leave these out
/// alone. Rows that are called like totals are left out by right.
pub(super) fn is_shared(sheet: &Sheet, word: &str, rows: &[usize]) -> bool {
    let text = Some(&*sheet.text).filter(|_| sheet.text.resting().is_none() && !is_called_like_a_total(word));
    let Some(text) = text.and_then(|text| text.get(..sheet.end())) else { return false };
    let (wanted, mut at) = (as_compared(word), sheet.body());
    while at < text.len().min(MOST_COMPARED) {
        let cells = cells(text, at, sheet.delimiter);
        let is_other = !rows.contains(&at) && text_in(&cells).nth(1).is_some();
        if is_other && first_word(&cells).is_some_and(|first| first == wanted) {
            return true;
        }
        at = row(text, at, sheet.delimiter).1;
    }
    false
}

/// So much of a text is looked through for other rows.
const MOST_COMPARED: usize = 1 << 20;

/// Where each row begins that starts with one of these words; where no row does with one of them alone, those that begin with it.
fn skipped(sheet: &Sheet, words: &[Spanned<String>], problems: &mut Sink) -> Vec<usize> {
    let Some(text) = sheet.text.get(..sheet.end()) else { return Vec::new() };
    let wanted: Vec<String> = words.iter().map(|word| as_compared(&word.it)).collect();
    let mut found: Vec<(Vec<Like>, Vec<Like>)> = vec![Default::default(); words.len()];
    let records = Records::of(sheet, text);
    let mut at = sheet.body();
    while at < text.len() {
        let cells = cells(text, at, sheet.delimiter);
        let first = first_word(&cells);
        // No word means the rows whose cells are all empty.
        for (word, (exact, like)) in wanted.iter().zip(&mut found) {
            match &first {
                None if word.is_empty() => exact.push(Like { at, is_full: false }),
                Some(first) if first == word => exact.push(Like { at, is_full: records.is_one(sheet, &cells) }),
                Some(first) if !word.is_empty() && begins_with(first, word) => {
                    let is_full = records.is_one(sheet, &cells) || records.may_be_meant_otherwise(sheet, (at, &cells));
                    like.push(Like { at, is_full });
                }
                Some(_) | None => {}
            }
        }
        at = row(text, at, sheet.delimiter).1;
    }
    let mut all = Vec::new();
    for (word, (exact, like)) in words.iter().zip(found) {
        if exact.is_empty() && like.is_empty() {
            problems.push(
                no_such_row(word, "so there is nothing to skip").help(
                    "write the words in the first non-empty cell of the row, or remove them from `skip`".to_owned(),
                ),
            );
        }
        let left_out = if exact.is_empty() { &like } else { &exact };
        let full: Vec<Span> =
            left_out.iter().filter(|row| row.is_full).map(|row| Span::new(sheet.file, row.at, row.at)).collect();
        full_record(&full, &word.it, exact.is_empty()).into_iter().for_each(|finding| problems.push(finding));
        all.extend(left_out.iter().map(|row| row.at));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// A row that begins with a word, and may go on.
#[derive(Clone, Copy)]
struct Like {
    at: usize,
    /// Whether it holds what a record does.
    is_full: bool,
}

/// Warns of rows that are left out by a word and look like records.
fn full_record(rows: &[Span], word: &str, begins: bool) -> Option<Diagnostic> {
    let (first, more) = rows.split_first()?;
    let word = clip(word);
    let message = match more.len() {
        0 => format!("this row looks like a record, but is ignored because it begins with `{word}`"),
        more => format!(
            "{} rows look like records, but are ignored because they begin with `{word}`; this is the first",
            more.saturating_add(1)
        ),
    };
    let help = match begins {
        true => "give more of the first words of the rows to leave out in `skip`".to_owned(),
        false => format!("if they are records, remove `{word}` from `skip`; if not, remove them from the file"),
    };
    let help = if more.is_empty() {
        help.replace("they are records", "it is one").replace("remove them", "remove it")
    } else {
        help
    };
    Some(codes::CSV_ROWS.at(*first).say(message).help(help))
}

/// Whether a text begins or ends as people call a total.
fn is_called_like_a_total(text: &str) -> bool {
    begins_as_a_total(text) || ends_as_a_total(text)
}

/// How many rows with something in them a text has, as far as that matters.
fn rows_in(sheet: &Sheet, text: &str) -> usize {
    let (mut at, mut rows) = (sheet.body(), 0_usize);
    while at < text.len() && rows < FEWEST_BEFORE {
        rows = rows.saturating_add(usize::from(first_word(&cells(text, at, sheet.delimiter)).is_some()));
        at = row(text, at, sheet.delimiter).1;
    }
    rows
}

/// So many rows before the end show what the records have.
const FEWEST_BEFORE: usize = 2;

/// So many rows show what the records of a table have.
const MOST_LOOKED_AT: usize = 50;

/// What most records of a table have.
struct Records {
    /// By column, whether there are digits in it.
    digits: Vec<bool>,
    usual: Usual,
}

impl Records {
    fn of(sheet: &Sheet, text: &str) -> Records {
        let (mut at, mut rows, mut digits) = (sheet.body(), 0_usize, vec![0_usize; sheet.header.len()]);
        let mut looked_at = Vec::with_capacity(MOST_LOOKED_AT);
        while at < text.len() && rows < MOST_LOOKED_AT {
            let cells = cells(text, at, sheet.delimiter);
            if first_word(&cells).is_some() {
                rows = rows.saturating_add(1);
                for (count, cell) in digits.iter_mut().zip(&cells) {
                    *count = count.saturating_add(usize::from(has_digits(&cell.text)));
                }
                looked_at.push(cells);
            }
            at = row(text, at, sheet.delimiter).1;
        }
        let usual = Usual::of(looked_at.iter().map(|cells| texts(cells)), sheet.header.len(), id_column(sheet));
        let left_out: Vec<bool> = sheet.header.iter().map(|heading| heading.column == Use::LeftOut).collect();
        let usual = usual.without(&left_out);
        Records { digits: digits.into_iter().map(|count| count.saturating_mul(2) > rows).collect(), usual }
    }

    /// Whether a row behind the end of the rows may be one of them.
    fn may_follow(&self, sheet: &Sheet, cells: &[SheetCell]) -> bool {
        if text_in(cells).next().is_some_and(is_called_like_a_total) {
            return self.may_have_called_so(sheet, cells);
        }
        self.usual.may_be_one(cells.iter().map(|cell| &*cell.text)) && !second::is_of_form(sheet, cells)
    }

    /// Whether a row may be one of them by an id of its own, which has digits as theirs have.
    fn has_its_id(&self, cells: &[SheetCell]) -> bool {
        let row = || cells.iter().map(|cell| &*cell.text);
        self.usual.has_such_an_id(row()) && self.usual.has_own_id(row()) && self.usual.may_be_one(row())
    }

    /// Whether a row has an id as they have, or in a table without ids a day or an answer, and most of the rest.
    fn has_most(&self, sheet: &Sheet, cells: &[SheetCell]) -> bool {
        let first = text_in(cells).next().unwrap_or_default();
        let is_one = self.usual.may_lack_little(cells.iter().map(|cell| &*cell.text));
        is_one && !is_called_like_a_total(first) && !second::is_of_form(sheet, cells)
    }

    /// Whether a row that only begins with the word that was given may be a record: it is full, and no total.
    fn may_be_meant_otherwise(&self, sheet: &Sheet, (at, cells): (usize, &[SheetCell])) -> bool {
        let row = || cells.iter().map(|cell| &*cell.text);
        let first = text_in(cells).next().unwrap_or_default();
        let is_total = || {
            is_dated_total(first)
                || self.usual.has_another_id(row()) && !self.usual.may_be_called_so(row())
                || sums::adds_up(sheet, at)
        };
        let is_full = cells.len() == sheet.header.len() && cells.iter().all(|cell| !cell.text.is_empty());
        is_full && !(is_called_like_a_total(first) && is_total())
    }

    /// Whether a row holds what most records do, and is no total, unless it is a record that is called so. A column in which most have
    /// nothing says nothing.
    fn is_one(&self, sheet: &Sheet, cells: &[SheetCell]) -> bool {
        let row = || cells.iter().map(|cell| &*cell.text);
        let first = text_in(cells).next().unwrap_or_default();
        let is_called_so = is_called_like_a_total(first) || measures_or_carries(first);
        if is_called_so && self.usual.has_own_id(row()) {
            return !second::is_of_form(sheet, cells);
        }
        // What was carried over is none in any row, and what may be a total in one that has little else.
        let is_bare = text_in(cells).count().saturating_mul(2) <= cells.len().saturating_add(1);
        let word = text_in(cells).find(|text| text.starts_with(char::is_alphabetic));
        if text_in(cells).any(is_carried) || is_bare && word.is_some_and(measures_or_carries) {
            return false;
        }
        let is_full =
            text_in(cells).count() == cells.len() || !self.usual.lacks(row()) && text_in(cells).nth(1).is_some();
        let is_record = if is_called_so { self.usual.may_be_called_so(row()) } else { self.may_have(sheet, cells) };
        is_full && is_record && self.are_alike(sheet, cells) && !second::is_of_form(sheet, cells)
    }

    /// Whether a row may be one of them: it is no total and none of those that belong to the form of a table, and has digits where
    /// they have some.
    fn may_have(&self, sheet: &Sheet, cells: &[SheetCell]) -> bool {
        let is_total = cells.first().is_some_and(|cell| begins_as_a_total(&cell.text));
        self.are_alike(sheet, cells) && !is_total && !second::is_of_form(sheet, cells)
    }

    /// Whether a row that begins like a total may be one of them that is called so, as `Total Fitness` is: each of its cells holds
    /// something, it has an id of its own, and it begins with more words than a total and its number or day.
    fn may_have_called_so(&self, sheet: &Sheet, cells: &[SheetCell]) -> bool {
        let id = id_column(sheet).and_then(|column| cells.get(column));
        let row = || cells.iter().map(|cell| &*cell.text);
        let is_full = cells.iter().all(|cell| !cell.text.is_empty());
        let is_total = cells.first().is_none_or(|cell| is_dated_total(&cell.text));
        if self.usual.has_own_id(row()) {
            return true;
        }
        if !self.usual.lacks(row()) && self.usual.may_be_called_so(row()) {
            return self.are_alike(sheet, cells);
        }
        is_full && id.is_some_and(|id| !begins_as_a_total(&id.text)) && !is_total && self.are_alike(sheet, cells)
    }

    fn are_alike(&self, sheet: &Sheet, cells: &[SheetCell]) -> bool {
        let has_all = self.digits.iter().zip(cells).all(|(digits, cell)| !digits || has_digits(&cell.text));
        cells.len() == sheet.header.len() && has_all
    }
}

/// Whether a finding is of rows that look like records and are left out above the column names or behind the end of the rows.
pub(super) fn is_of_rows_apart(finding: &Diagnostic) -> bool {
    let says = |words: &str| finding.message.contains(words);
    finding.code == codes::CSV_ROWS && (says("before the column names") || says("after the end of the rows"))
}

fn has_digits(text: &str) -> bool {
    text.contains(|sign: char| sign.is_ascii_digit())
}

/// Warns of rows above the column names that look like records, where the file's entry says where the names are.
pub(super) fn above(sheet: &Sheet, rows: &Rows) -> Option<Diagnostic> {
    rows.from.as_ref()?;
    let text = sheet.head();
    let records = Records::of(sheet, text);
    let (mut at, mut found) = (0_usize, Vec::new());
    while at < sheet.from {
        let cells = cells(text, at, sheet.delimiter);
        let filled = cells.iter().filter(|cell| !cell.text.is_empty()).count();
        let has_some = records.digits.iter().any(|digits| *digits);
        if filled > 1 && filled == sheet.header.len() && has_some && records.may_have(sheet, &cells) {
            found.push(Span::new(sheet.file, at, at));
        }
        at = row(text, at, sheet.delimiter).1;
    }
    let message = match found.as_slice() {
        [] => return None,
        [_] => "this row looks like a record, but is ignored because it comes before the column names".to_owned(),
        [_, more @ ..] => format!(
            "{} rows look like records, but are ignored because they come before the column names; this is the first",
            more.len().saturating_add(1)
        ),
    };
    let help =
        "to include them, move the column names above them, or give the row with the first column names in `from`";
    Some(codes::CSV_ROWS.at(*found.first()?).say(message).help(help.to_owned()))
}

/// Where the rows end.
struct End {
    at: usize,
    /// What is left out with what stands behind them.
    told: Option<Diagnostic>,
}

/// Where the first row begins whose first cell with something in it is this word, or else begins with it; or, of no word, the
/// first empty row.
fn end_of_rows(sheet: &Sheet, until: &str) -> Option<End> {
    let text = sheet.text.get(..sheet.end())?;
    let wanted = as_compared(until);
    let mut at = sheet.body();
    let mut like: Option<usize> = None;
    while at < text.len() {
        let cells = cells(text, at, sheet.delimiter);
        let first = first_word(&cells);
        match first {
            None if wanted.is_empty() => return Some(behind(sheet, text, at, true)),
            Some(first) if !wanted.is_empty() && first == wanted => return Some(behind(sheet, text, at, true)),
            Some(first) if !wanted.is_empty() && begins_with(&first, &wanted) => like = like.or(Some(at)),
            Some(_) | None => {}
        }
        at = row(text, at, sheet.delimiter).1;
    }
    like.map(|at| behind(sheet, text, at, false))
}

/// The end of the rows at a byte, and a warning when what is left out with it looks like records: rows more than half of whose
/// cells hold something, or that have an id as the records have, and that are neither totals nor notes. The first is one if all of its
/// cells hold something; when it was meant, only if it has what the records have.
fn behind(sheet: &Sheet, text: &str, end: usize, meant: bool) -> End {
    let (mut at, mut records, mut first) = (end, 0_usize, None);
    // Those of which the next total says whether it counts them.
    let mut perhaps: Vec<usize> = Vec::new();
    // What stands behind the end does not show what the records have, unless hardly anything stands before it.
    let before = text.get(..end).filter(|before| rows_in(sheet, before) >= FEWEST_BEFORE);
    let of_table = Records::of(sheet, before.unwrap_or(text));
    while at < text.len() {
        let cells = cells(text, at, sheet.delimiter);
        let is_record = if at == end {
            of_table.is_one(sheet, &cells)
                || of_table.has_its_id(&cells)
                || of_table.has_most(sheet, &cells)
                || !meant && of_table.may_be_meant_otherwise(sheet, (at, &cells))
        } else {
            of_table.may_follow(sheet, &cells) && !says_nothing_but_zeros(sheet, &cells)
        };
        if is_record {
            records = records.saturating_add(1);
            first = first.or(Some(at));
        } else if at > end && of_table.usual.may_be_counted(cells.iter().map(|cell| &*cell.text)) {
            perhaps.push(at);
        } else if !perhaps.is_empty() && text_in(&cells).next().is_some_and(is_called_like_a_total) {
            let counted = std::mem::take(&mut perhaps);
            // Another column may have the sum without them.
            let is_given = |column: usize| {
                let has_one = |row: &usize| sheet.cells(*row).get(column).is_some_and(|cell| !cell.text.is_empty());
                counted.iter().any(has_one)
            };
            if sums::adds_up_in(sheet, at, is_given) {
                records = records.saturating_add(counted.len());
                first = counted.first().copied().into_iter().chain(first).min();
            }
        }
        at = row(text, at, sheet.delimiter).1;
    }
    let told = first.map(|first| {
        let message = match records {
            1 => format!("this row looks like a record, but is ignored because it comes {BEHIND}"),
            rows => {
                format!("{rows} rows look like records, but are ignored because they come {BEHIND}; this is the first")
            }
        };
        let help = match first == end && meant {
            // No more words can be given of a row that begins like the record at which the rows end.
            true => "this row begins with the word in `until`: if it is a record, remove `until`, and remove the row that was meant from the file",
            false => {
                "to include them, give more of the first words of the row after the last one in `until`; or, where they follow a total, leave that out with `skip` instead of `until`"
            }
        };
        codes::CSV_ROWS.at(Span::new(sheet.file, first, first)).say(message).help(help.to_owned())
    });
    End { at: end, told }
}

/// Whether it was told that a record stands behind the end of the rows.
pub fn leaves_out_a_record(problems: &Sink) -> bool {
    problems.any(|one| one.code == codes::CSV_ROWS && one.message.contains(BEHIND))
}

const BEHIND: &str = "after the end of the rows";
