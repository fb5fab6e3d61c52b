//! What stands around the records of a table of what all their amounts are in: in lines above the column names and below the rows, in
//! rows that the entry leaves out, and in those among the records that hold a single cell, like a heading.

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::sheet::{Dialect, Sheet, SheetCell, cells, row_end},
    source::{Span, first_lines},
    value::Currency,
};

use super::{
    cells::{self as read, Cell},
    csv,
    over_columns::{is_currency, said, words, words_over},
    shown::is_own,
    units::{self, Times as Many},
    wording::clip,
};

/// So many rows that are left out are looked at.
const MOST_SKIPPED: usize = 1_000;
/// In so long a table rows with a single cell are looked at if none was told of; else in a longer one.
const SHORT: usize = 1 << 16;
const LONG: usize = 1 << 20;

/// Warns of thousands or another currency around the records: `Belopp i tkr`.
/// The name of a column that says the agreement's own currency is given: then another one is a contradiction.
pub(super) fn look(
    (name, own, says_own): (&str, Currency, Option<&str>),
    sheet: &Sheet,
    problems: &Sink,
) -> Option<Diagnostic> {
    let above = sheet.head().get(..sheet.from)?;
    let below = match sheet.text.resting() {
        None => first_lines(sheet.text.get(sheet.end()..)?),
        Some(_) => "",
    };
    let (place, other, side) = of_all(above, own)
        .map(|other| (0, other, "above the column names"))
        .or_else(|| Some((sheet.end(), of_all(below, own)?, "below the rows")))
        .or_else(|| left_out(sheet, own).map(|(at, other)| (at, other, "in a row that is left out")))
        .or_else(|| single(sheet, own, problems).map(|(at, other)| (at, other, "in this row")))
        .map(|(from, Found { at, word }, side)| {
            let start = from.saturating_add(at);
            (Span::new(sheet.file, start, start.saturating_add(word.len())), word, side)
        })?;
    let is_currency = units::multiple(other).is_none() && units::times(other).is_none() && is_currency(other);
    if let Some(column) = says_own.filter(|_| is_currency) {
        let message = format!("`{other}` is written {side}, but the column `{}` says {own}", clip(column));
        let help = format!("remove the wrong one; write amounts that are not in {own} each with its currency");
        return Some(codes::FACTS_OTHER_CURRENCY.at(place).say(message).help(help));
    }
    let message = format!("`{other}` is written {side}, but numbers are read as `{}` in {own}", clip(name));
    let help = format!("if the amounts are in `{other}`, write them in whole {own}; if not, remove these words");
    Some(codes::CSV_GUESSED.at(place).say(message).help(help))
}

/// A word of a text, and where it begins in it.
#[derive(Clone, Copy)]
struct Found<'t> {
    at: usize,
    word: &'t str,
}

fn found<'t>(text: &'t str, word: &'t str) -> Found<'t> {
    Found { at: (word.as_ptr() as usize).saturating_sub(text.as_ptr() as usize), word }
}

/// The first such word in the rows that the file's entry leaves out, and where its cell begins.
fn left_out(sheet: &Sheet, own: Currency) -> Option<(usize, Found<'_>)> {
    let rows = sheet.skipped.iter().take(MOST_SKIPPED);
    rows.flat_map(|start| sheet.cells(*start)).find_map(|cell| in_cell(&sheet.text, &cell, own))
}

/// The first such word in rows that hold a single cell. Without such a row that was told as a heading only several words say so.
fn single<'t>(sheet: &'t Sheet, own: Currency, problems: &Sink) -> Option<(usize, Found<'t>)> {
    if sheet.text.resting().is_some() {
        return None;
    }
    let is_told = problems.any(|one| one.place.span.file == sheet.file && csv::is_of_headings(one));
    let text = sheet.text.get(..sheet.end())?;
    let mut at = sheet.body();
    if text.len().saturating_sub(at) > if is_told { LONG } else { SHORT } {
        return None;
    }
    while at < text.len() {
        let end = row_end(text.as_bytes(), at, sheet.delimiter);
        let is_apart = |byte: &u8| *byte == sheet.delimiter || byte.is_ascii_whitespace();
        let row = text.as_bytes().get(at..end)?;
        let from = row.iter().position(|byte| !is_apart(byte));
        let to = row.iter().rposition(|byte| !is_apart(byte));
        let inner = from.zip(to).and_then(|(from, to)| row.get(from..=to));
        // A sign between cells in a text in quotes is no matter here.
        if inner.is_some_and(|inner| inner.len() < row.len() && !inner.contains(&sheet.delimiter)) {
            let is_one = |cell: &&SheetCell| is_told || cell.text.split_whitespace().nth(1).is_some();
            let all = cells(text, at, sheet.delimiter);
            let mut given = all.iter().filter(|cell| !cell.text.is_empty());
            if let Some(found) = given.next().filter(is_one).and_then(|cell| in_cell(text, cell, own)) {
                return Some(found);
            }
        }
        at = end.saturating_add(1);
    }
    None
}

/// Such a word in a cell that is no amount itself.
fn in_cell<'t>(text: &'t str, cell: &SheetCell, own: Currency) -> Option<(usize, Found<'t>)> {
    let untold = Dialect::untold(b';');
    let is_amount = cell.text.contains(|sign: char| sign.is_ascii_digit())
        && read::money(&cell.text, None, |_| true, &untold).0 != Cell::Not;
    let written = text.get(cell.start..cell.end).filter(|_| !is_amount)?;
    Some((cell.start, of_all(written, own)?))
}

/// A word in a line that stands for a whole table that counts thousands of its amounts, or names another currency: a code in capitals,
/// or a name behind `i` or `in`.
fn of_all(text: &str, own: Currency) -> Option<Found<'_>> {
    let is_many = |word: &&str| {
        !is_amount(text, word) && (units::multiple(word).is_some() || units::is_thousands(word) && counts(text, word))
    };
    let in_a_line = |of: &dyn Fn(&'_ str) -> Option<(usize, usize)>| {
        text.lines().find_map(|line| {
            let (at, length) = of(line)?;
            Some(found(text, line.get(at..at.saturating_add(length))?))
        })
    };
    words(text)
        .find(is_many)
        .map(|word| found(text, word))
        .or_else(|| in_a_line(&in_digits))
        .or_else(|| in_a_line(&|line| shortened(line).or_else(|| counted(line)).or_else(|| another(line, own))))
}

/// Whether a word stands behind a number in a text, as in `Budget 1,5 mkr`, which is an amount. Behind a year it is none.
fn is_amount(text: &str, word: &str) -> bool {
    let before = text.get(..found(text, word).at).unwrap_or_default().trim_end_matches([' ', '\u{a0}']);
    let number: String =
        before.chars().rev().take_while(|sign| sign.is_ascii_digit() || matches!(sign, ',' | '.')).collect();
    let number: String = number.chars().rev().collect();
    let is_year = number.len() == 4 && ("1900".."2101").contains(&number.as_str());
    number.ends_with(|sign: char| sign.is_ascii_digit()) && !is_year
}

/// Whether a word for thousands counts a currency or the whole table, and not something else as in `Tusen bikupor`.
fn counts(text: &str, word: &str) -> bool {
    let line_of = |line: &&str| {
        let (from, at) = (line.as_ptr() as usize, word.as_ptr() as usize);
        (from..from.saturating_add(line.len())).contains(&at)
    };
    let Some(line) = text.lines().find(line_of) else { return true };
    let all: Vec<&str> = words(line).collect();
    let Some(at) = all.iter().position(|one| one.as_ptr() == word.as_ptr()) else { return true };
    let before = at.checked_sub(1).and_then(|before| all.get(before)).copied().unwrap_or_default();
    let is_in = matches!(before, "i" | "in" | "en") || is_currency(before);
    let is_set_apart = line
        .get(found(line, word).at.saturating_add(word.len())..)
        .is_some_and(|rest| !rest.trim_start_matches([' ', '\u{a0}']).starts_with(char::is_alphanumeric));
    is_in || is_set_apart || all.get(at.saturating_add(1)).is_none_or(|behind| is_currency(behind))
}

/// Another currency in a line, by where it begins in it and its length.
fn another(line: &str, own: Currency) -> Option<(usize, usize)> {
    let all = words_over(line);
    let is_named = |at: usize| {
        let word = all.get(at)?;
        let before = at.checked_sub(1).and_then(|before| all.get(before)).map_or("", |word| word.text);
        let is_in = matches!(before, "i" | "in" | "en");
        let (other, counts) = said(&all, at, line)?;
        let crowns = other.split_once(' ').and_then(|(country, word)| units::crowns_of(country, word));
        let is_certain = crowns.is_some() || is_in || word.apart || units::is_code(word.text);
        let place = found(line, other);
        (!counts && is_certain && !is_own(crowns.unwrap_or(other), own)).then_some((place.at, other.len()))
    };
    let says_own = all.iter().any(|word| word.text.eq_ignore_ascii_case(own.as_str()));
    if says_own { None } else { (0..all.len()).find_map(is_named) }
}

/// `i t kr`, `(t.kr)`, `t:kr` or `m kr`: thousands and more of a currency, of which only the first letters are written.
fn shortened(line: &str) -> Option<(usize, usize)> {
    let all = words_over(line);
    all.windows(2).enumerate().find_map(|(at, pair)| {
        let [many, of] = pair else { return None };
        let before = at.checked_sub(1).and_then(|before| all.get(before)).map_or("", |word| word.text);
        let is_letter = matches!(many.text, "t" | "T" | "k" | "K" | "m" | "M" | "mn" | "Mn");
        let is_set_apart = at == 0 || many.apart || matches!(before, "i" | "in" | "en");
        let start = found(line, many.text).at;
        let end = found(line, of.text).at.saturating_add(of.text.len());
        let between = line.get(start.saturating_add(many.text.len())..found(line, of.text).at)?;
        let is_close = between.chars().count() <= 2 && between.chars().all(|sign| " .:\u{a0}".contains(sign));
        let is_amount = is_amount(line, many.text);
        (is_letter && is_set_apart && is_close && !is_amount && is_currency(of.text))
            .then(|| (start, end.saturating_sub(start)))
    })
}

/// Thousands or the like beside a currency, as in `SEK thousand` or `Thousand SEK`, but not in `2 miljoner kronor`; and parts of one,
/// as in `i öre`.
fn counted(line: &str) -> Option<(usize, usize)> {
    let all = words_over(line);
    let beside = |at: Option<usize>| at.and_then(|at| all.get(at)).map_or("", |word| word.text);
    let is_one = |at: usize| {
        let word = all.get(at)?;
        let (before, behind) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
        let is_in = matches!(before, "i" | "in" | "en");
        let counts = match units::times(word.text)?.0 {
            Many::Power(_) => {
                let begins = at == 0 || is_in || word.apart;
                word.text.contains(char::is_alphabetic) && (is_currency(before) || begins && is_currency(behind))
            }
            Many::Hundredth => is_in && !units::is_percent(word.text),
        };
        counts.then(|| (found(line, word.text).at, word.text.len()))
    };
    (0..all.len()).find_map(is_one)
}

/// `i 1000 kr`, `(1 000 kr)`, `'000`: thousands in digits, unless they are a number of the line as in `över 1 000 kr`.
fn in_digits(line: &str) -> Option<(usize, usize)> {
    let number = super::over_columns::in_digits(line)?;
    let at = found(line, number).at;
    let behind = line.get(at.saturating_add(number.len())..).unwrap_or_default();
    let before = line.get(..at).unwrap_or_default().trim_end();
    // `1 000 kr-bidraget` is what something is called.
    let unit = behind.trim_start().trim_start_matches(char::is_alphabetic);
    let is_of_a_name = unit.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    if is_of_a_name && behind.trim_start().starts_with(char::is_alphabetic) {
        return None;
    }
    // `1 000` is one number, and `000` by itself is none.
    let whole = before.strip_suffix('1').filter(|rest| !rest.ends_with(char::is_alphanumeric));
    if number.ends_with('s') || number == "000" && whole.is_none() {
        return Some((at, number.len()));
    }
    let before = whole.unwrap_or(before);
    let before = before.trim_end_matches(['"', ' ']);
    let last: String = before.chars().rev().take_while(|sign| sign.is_alphanumeric()).collect();
    // `1000 kronor per club` begins with an amount, and says what it is for.
    let goes_on = before.is_empty() && words(behind).nth(1).is_some();
    let is_set_apart = last.is_empty() && !goes_on || matches!(last.as_str(), "i" | "ni" | "x" | "X");
    let is_of_thousands = behind.starts_with(['-', '\'', 's']) || behind.trim_start().starts_with("tal");
    (is_set_apart || is_of_thousands).then_some((at, number.len()))
}
