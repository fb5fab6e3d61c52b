//! The end of a table: totals and notes that people write below it, which would be read as rows.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::sheet::{Dialect, Sheet, SheetCell, cells, row},
    source::Span,
    value::Number,
};

use super::{
    super::{
        cells::{self as read, Cell},
        units,
        wording::{folded, whole},
    },
    bulk::id_column,
    said::is_shared,
    usual::{Usual, is_day},
};

/// Words by which people call a row that sums up those above it, or gives their mean.
const TOTALS: [&str; 38] = [
    "all_in_all",
    "delsumma",
    "durchschnitt",
    "genomsnitt",
    "gesamt",
    "gesamtergebnis",
    "gesamtsumme",
    "grand_total",
    "i_allt",
    "i_alt",
    "ialt",
    "in_total",
    "insgesamt",
    "medelvärde",
    "mellansumma",
    "mittelwert",
    "moyenne",
    "s:a",
    "sammanlagt",
    "slutsumma",
    "somme",
    "sub_total",
    "subtotal",
    "sum",
    "suma",
    "summa",
    "summe",
    "summering",
    "tot",
    "totaal",
    "total",
    "totalbelopp",
    "totale",
    "totals",
    "totalsumma",
    "totalt",
    "zwischensumme",
    "σ",
];

/// Words by which people call such a row, or one with what was planned, carried over or left, and many other things: they say so only
/// alone in the first cell of a row few of whose cells hold something.
const PERHAPS: [&str; 38] = [
    "amount_due",
    "att_betala",
    "average",
    "avvikelse",
    "balance",
    "brought_forward",
    "budget",
    "carried_forward",
    "closing_balance",
    "diff",
    "difference",
    "differens",
    "ensemble",
    "föregående_år",
    "förändring",
    "hela_riket",
    "ingående_balans",
    "ingående_saldo",
    "kvar",
    "mean",
    "medel",
    "median",
    "netto",
    "opening_balance",
    "prognos",
    "rest",
    "restbelopp",
    "resultat",
    "saldo",
    "samtliga",
    "snitt",
    "tillsammans",
    "transport",
    "utfall",
    "utgående_balans",
    "utgående_saldo",
    "återstår",
    "överfört",
];

/// What people write before an amount that was carried over from another page or year, and is none of the records in any row.
const CARRIED: [&str; 21] = [
    "balance_b/f",
    "balance_c/f",
    "balanserat_från",
    "brought_forward",
    "carried_forward",
    "closing_balance",
    "ib",
    "ing_saldo",
    "ingående_balans",
    "ingående_behållning",
    "ingående_kassa",
    "ingående_saldo",
    "opening_balance",
    "ub",
    "utg_saldo",
    "utgående_balans",
    "utgående_behållning",
    "utgående_kassa",
    "utgående_saldo",
    "vortrag",
    "übertrag",
];

/// Whether a text says that an amount was carried over, and nothing else.
pub fn is_carried(text: &str) -> bool {
    let text = folded(text.trim().trim_end_matches([':', '.'])).replace('.', "");
    // `Ingående saldo 2024`: of a year or a day.
    let undated = text.trim_end_matches(|sign: char| sign.is_ascii_digit() || "-_/".contains(sign));
    CARRIED.contains(&undated) || undated.len() < text.len() && CARRIED_OF.contains(&undated)
}

/// The same, where a year, a day or the number of a page stands behind it.
const CARRIED_OF: [&str; 8] = [
    "kassa",
    "saldo",
    "saldo_från",
    "saldo_per",
    "transport",
    "transport_från_sid",
    "transport_från_sida",
    "transport_till_sid",
];

/// Words for what the last row may say of those above it that are full: its mean, its largest and smallest numbers, how many they are.
const MEASURES: [&str; 20] = [
    "antal",
    "average",
    "count",
    "högst",
    "lägst",
    "max",
    "maximum",
    "maxvärde",
    "mean",
    "medel",
    "median",
    "medianvärde",
    "min",
    "minimum",
    "minvärde",
    "snitt",
    "standardavvikelse",
    "std",
    "stdev",
    "typvärde",
];

/// Words with which the last lines of a page or an export begin.
const FOOTERS: [&str; 20] = [
    "anm",
    "antal",
    "created",
    "end_of_report",
    "exporterad",
    "hämtad",
    "kontakt",
    "källa",
    "not",
    "notes",
    "obs",
    "page",
    "printed",
    "sida",
    "sidan",
    "skapad",
    "slut",
    "source",
    "updated",
    "uppdaterad",
];

/// So many rows at the end of a table are looked at for a total and notes below it.
pub(super) const TAIL: usize = 20;

/// What the end of a table is.
#[derive(Default)]
pub(super) struct Tail {
    /// Where a total begins among the last rows, by a word in it.
    pub total: Option<usize>,
    /// Where notes begin, at the end and below the total.
    pub notes: Vec<usize>,
    /// Warnings of the notes.
    pub told: Vec<Diagnostic>,
}

/// What the end of a table is. Where each row begins is given, and of each column whether it is left out.
pub(super) fn tail(sheet: &Sheet, starts: impl Iterator<Item = usize>, left_out: &[bool]) -> Tail {
    let starts: Vec<usize> = starts.collect();
    let Some(first) = starts.first().copied() else { return Tail::default() };
    let rest = sheet.rest(first);
    let mut next = first;
    let rows = starts.iter().map(|start| {
        let (at, apart) = (start.saturating_sub(first), *start > next);
        next = row(&rest, at, sheet.delimiter).1.saturating_add(first);
        Row { start: *start, cells: cells(&rest, at, sheet.delimiter), apart }
    });
    let rows: Vec<Row> = rows.collect();
    let total = total(sheet, &rows, left_out);
    let notes: Vec<&Row> = notes(sheet, &rows, (total, left_out)).collect();
    let told = notes.first().map(|first| {
        let message = match notes.len() {
            1 => format!("this row looks like {A_NOTE}, but is read as one of its rows"),
            many => format!("{many} rows look like {NOTES}, but are read as its rows; this is the first"),
        };
        let help = "if it is a note, set the end of the rows with `rows: (until: \"…\")`: the first word of the row after the last one, or `\"\"` for an empty row";
        let place = Span::new(sheet.file, first.start, first.start);
        with_first_words(sheet, codes::CSV_ROWS.at(place).say(message).help(help.to_owned()))
    });
    let told = told.into_iter().chain(of_zeros(sheet, &rows, left_out)).collect();
    let notes = notes.iter().map(|row| row.start).collect();
    Tail { total: total.and_then(|total| rows.get(total)).map(|row| row.start), notes, told }
}

/// Warns of rows at the end that have nothing but zeros, and not what the others have: a formula that was copied too far down gives
/// them. In a table without ids any column tells that in which all others have letters.
fn of_zeros(sheet: &Sheet, rows: &[Row], left_out: &[bool]) -> Option<Diagnostic> {
    let ids = id_column(sheet);
    let has_zeros = |row: &&Row| says_nothing_but_zeros(sheet, &row.cells);
    let count = rows.iter().rev().take_while(has_zeros).count();
    let (records, zeros) = rows.split_at_checked(rows.len().saturating_sub(count))?;
    let usual = Usual::of(records.iter().map(|row| texts(&row.cells)), sheet.header.len(), ids).without(left_out);
    let has_letters =
        |row: &Row, at: usize| row.cells.get(at).is_some_and(|cell| cell.text.contains(char::is_alphabetic));
    let mut names = ids.map_or(0..sheet.header.len(), |ids| ids..ids.saturating_add(1));
    let have_letters = names.any(|at| records.iter().all(|row| has_letters(row, at)));
    let is_none = |row: &Row| {
        let cells = || row.cells.iter().map(|cell| &*cell.text);
        usual.lacks(cells()) || usual.has_another_id(cells()) || have_letters
    };
    let first = zeros.first().filter(|_| records.len() >= 2 && zeros.iter().all(is_none))?;
    let message = match zeros.len() {
        1 => "this row has nothing but zeros, but is read as one of the others".to_owned(),
        many => format!("{many} rows have nothing but zeros, but are read like the others; this is the first"),
    };
    let starts: Vec<usize> = zeros.iter().map(|row| row.start).collect();
    let word = text_in(&first.cells).next().and_then(|word| whole(word.trim())).unwrap_or("0");
    let help = match is_shared(sheet, word, &starts) {
        true => "if it is not a record, remove the row from the file".to_owned(),
        false => format!("if it is not a record, end the rows before it with `rows: (until: \"{word}\")`"),
    };
    let place = Span::new(sheet.file, first.start, first.start);
    Some(codes::CSV_ROWS.at(place).say(message).help(help))
}

/// Whether all cells of a row that hold something hold nought, and more than one does.
pub(super) fn says_nothing_but_zeros(sheet: &Sheet, cells: &[SheetCell]) -> bool {
    let dialect = sheet.dialect_of(None);
    let is_zero = |text: &str| amount(text, dialect).is_some_and(|number| number.is_zero());
    text_in(cells).nth(1).is_some() && text_in(cells).all(is_zero)
}

/// One of the last rows.
struct Row<'t> {
    start: usize,
    cells: Vec<SheetCell<'t>>,
    /// Whether lines without records stand between it and the row before it.
    apart: bool,
}

impl Row<'_> {
    fn filled(&self) -> usize {
        text_in(&self.cells).count()
    }
}

/// What stands in the cells of a row.
pub(super) fn texts<'c>(cells: &'c [SheetCell]) -> Vec<Cow<'c, str>> {
    cells.iter().map(|cell| Cow::Borrowed(&*cell.text)).collect()
}

/// What stands in the cells of a row that hold something.
pub(super) fn text_in<'c>(cells: &'c [SheetCell]) -> impl Iterator<Item = &'c str> {
    cells.iter().map(|cell| &*cell.text).filter(|text| !text.is_empty())
}

/// What a row is called: the first of its texts that begins with a letter, or else the first of all.
pub(super) fn word_in<'c>(cells: &'c [SheetCell]) -> Option<&'c str> {
    text_in(cells).find(|text| text.starts_with(char::is_alphabetic)).or_else(|| text_in(cells).next())
}

/// The rows that are rather notes: below a total those with few cells, and at the end those that read like a sentence, that stand apart
/// and say one thing, or that say several words where the ids above have one.
fn notes<'r>(
    sheet: &Sheet,
    rows: &'r [Row<'r>],
    (total, left_out): (Option<usize>, &[bool]),
) -> impl Iterator<Item = &'r Row<'r>> {
    let ids = id_column(sheet);
    let is_full = rows.iter().any(|row| row.filled() > 1);
    // Of the rows that are full: those that are notes may be as many.
    let full = || rows.iter().filter(|row| row.filled().saturating_mul(2) > row.cells.len());
    let usual_by = |ids| Usual::of(full().map(|row| texts(&row.cells)), sheet.header.len(), ids);
    let usual = usual_by(ids);
    // Where no column has ids, the first one names the rows.
    let named = if ids.is_some() { usual.clone() } else { usual_by(Some(0)) };
    // What stands at the end does not show what it should be.
    let half = rows.get(..rows.len().div_ceil(2)).unwrap_or_default();
    let first = Usual::of(half.iter().map(|row| texts(&row.cells)), sheet.header.len(), ids.or(Some(0)));
    let lacks = |row: &Row| usual.lacks(row.cells.iter().map(|cell| &*cell.text));
    // Of two columns one is often not known.
    let says_one = |row: &Row| {
        let is_one = row.filled() == 1 && text_in(&row.cells).any(|text| text.contains(char::is_alphabetic));
        is_one && (row.cells.len() > 2 || row.cells.len() == 2 && lacks(row))
    };
    // A record may lack what stands in the first column, if nobody reads that, or if it has its day.
    let as_read = usual.clone().without(left_out);
    let may_be_known = |row: &Row| {
        let cells = || row.cells.iter().map(|cell| &*cell.text);
        !as_read.lacks(cells()) || as_read.may_be_dated(cells())
    };
    let mut trailing = rows.len();
    for (at, row) in rows.iter().enumerate().skip(1).rev() {
        let has_id = || usual.has_such_an_id(row.cells.iter().map(|cell| &*cell.text));
        let seems = is_full && row.apart && says_one(row) && !has_id()
            || says_words_among_ids(rows, at, ids)
            || is_word_among_numbers(rows, at, ids)
            || is_marked(rows, at, &usual)
            || says_what_a_page_says(rows, at, &usual)
            || is_unlike(row, &usual, &named)
            || is_full_of_something_else(sheet, rows, (at, &first))
            || ids.is_none() && lacks_its_name(rows, at) && !may_be_known(row);
        if is_note(text_in(&row.cells), row.cells.len()) || seems {
            trailing = at;
        } else if !says_one(row) {
            break;
        }
    }
    // A total of the next part, or of all, is told as one, and a row with an id is a record of which little is known.
    let is_below = |at: usize, row: &Row| {
        let is_added = || word_in(&row.cells).is_some_and(is_added_to_a_total);
        total.is_some_and(|total| at > total)
            && (row.filled().saturating_mul(2) <= row.cells.len() || is_added())
            && !word_in(&row.cells).is_some_and(begins_as_a_total)
            && !usual.has_such_an_id(row.cells.iter().map(|cell| &*cell.text))
    };
    // What stands above a record is the heading of a group, if it is not one itself.
    let is_one = |row: &Row| {
        row.filled().saturating_mul(2) > row.cells.len() && usual.may_be_one(row.cells.iter().map(|cell| &*cell.text))
    };
    let records = rows.iter().rposition(is_one).unwrap_or(0);
    let is_below: Vec<bool> =
        rows.iter().enumerate().map(|(at, row)| is_below(at, row) && (at > records || row.filled() > 1)).collect();
    // What is told as a total is not told as a note.
    let is_called_so =
        |row: &Row| row.cells.len() > 2 && row.filled() > 1 && text_in(&row.cells).next().is_some_and(may_be_called_so);
    let rows = rows.iter().enumerate().filter(move |(at, row)| Some(*at) != total && !is_called_so(row));
    rows.filter(move |(at, _)| *at >= trailing || is_below.get(*at) == Some(&true)).map(|(_, row)| row)
}

/// Whether a row says nothing but some words in the column of the ids, while those above are single words and have more beside them.
fn says_words_among_ids(rows: &[Row], at: usize, ids: Option<usize>) -> bool {
    const FEWEST: usize = 2;
    let (Some(row), Some(ids), Some(above)) = (rows.get(at), ids, rows.get(..at)) else { return false };
    let id = |row: &Row| row.cells.get(ids).is_some_and(|cell| !cell.text.is_empty());
    let has_blanks = |row: &Row| row.cells.get(ids).is_some_and(|cell| cell.text.trim().contains(char::is_whitespace));
    let has_letters = row.cells.get(ids).is_some_and(|cell| cell.text.contains(char::is_alphabetic));
    let is_one = |row: &Row| id(row) && row.filled() == 1;
    // Other notes may stand between.
    let records = || above.iter().filter(|row| !is_one(row));
    is_one(row)
        && has_blanks(row)
        && has_letters
        && records().count() >= FEWEST
        && records().all(|row| id(row) && !has_blanks(row))
}

/// Whether a row says one thing beside a mark of a footnote, or beside a word with which people sign and date a page, and lacks what the
/// others have; or what a sign in the table means: `J` and `= ja`.
fn is_marked(rows: &[Row], at: usize, usual: &Usual) -> bool {
    let begins = |row: &Row, is: fn(&str) -> bool| text_in(&row.cells).next().is_some_and(is);
    let Some(row) = rows.get(at).filter(|row| row.filled() == 2) else { return false };
    let behind = text_in(&row.cells).nth(1).unwrap_or_default();
    // A row of two columns lacks nothing; then few may begin so.
    let is_of_two = row.cells.len() == 2;
    let lacks = !is_of_two && usual.lacks(row.cells.iter().map(|cell| &*cell.text));
    let are_few = |is: fn(&str) -> bool| {
        rows.iter().filter(|row| begins(row, is)).count().saturating_mul(FEWEST_TO_ONE) <= rows.len()
    };
    let is_of_marks = rows.iter().filter(|row| begins(row, is_mark)).count().saturating_mul(2) > rows.len();
    let is_footnote =
        begins(row, is_mark) && !is_of_marks && (is_of_two || lacks || behind.contains(char::is_whitespace));
    let last = if is_of_two { 1 } else { row.cells.len() };
    let is_dated = || usual.has_a_day_among_texts(row.cells.iter().take(last).map(|cell| &*cell.text));
    let signs = begins(row, signs_a_page) && (lacks || is_of_two && are_few(signs_a_page));
    is_footnote || signs || behind.starts_with("= ") || (lacks || is_of_two) && is_dated()
}

/// So many rows, of which one begins with a word that may name a record, show that it does not.
const FEWEST_TO_ONE: usize = 4;

/// Whether a row says what people write below a table: a word such as `Källa` or `Kronor` and nothing else, or a part of the total.
fn says_what_a_page_says(rows: &[Row], at: usize, usual: &Usual) -> bool {
    const FEWEST: usize = 2;
    let Some(row) = rows.get(at).filter(|row| row.cells.len() > 1 && at >= FEWEST) else { return false };
    let first = text_in(&row.cells).next().unwrap_or_default();
    let is_added = is_added_to_a_total(first) && row.filled() <= 2;
    if is_of_a_total(first) || is_added && !usual.has_such_an_id(row.cells.iter().map(|cell| &*cell.text)) {
        return true;
    }
    let lacks = || usual.lacks(row.cells.iter().map(|cell| &*cell.text));
    let letters = first.trim_matches(|sign: char| !sign.is_alphanumeric());
    let is_unit = || {
        units::is_name(letters)
            || units::is_crowns(letters)
            || units::is_in_letters(letters)
            || units::crowns(letters).is_some()
            || units::multiple(letters).is_some()
    };
    row.filled() == 1 && lacks() && (begins_as_a_footer(first) || signs_a_page(first) || is_unit())
}

/// Whether a row of two columns has both, but in place of an id what no id is: `2014` among names, some words among numbers, or `Budget`.
/// The first half of the rows shows what an id is.
fn is_full_of_something_else(sheet: &Sheet, rows: &[Row], (at, first): (usize, &Usual)) -> bool {
    let half = rows.len().div_ceil(2);
    let Some(row) = rows.get(at).filter(|row| at >= half.max(2) && row.cells.len() == 2 && row.filled() == 2) else {
        return false;
    };
    let word = text_in(&row.cells).next().unwrap_or_default();
    let is_total = begins_as_a_total(word) || ends_as_a_total(word);
    let is_other = may_be_called_so(word) || first.has_another_form(row.cells.iter().map(|cell| &*cell.text));
    is_other && !is_total && !says_nothing_but_zeros(sheet, &row.cells)
}

/// Whether a row of a table without ids has nothing in the first column, where all rows above it have something, and more behind it.
fn lacks_its_name(rows: &[Row], at: usize) -> bool {
    const FEWEST: usize = 2;
    let begins = |row: &Row| row.cells.first().is_some_and(|cell| !cell.text.is_empty());
    let named = rows.iter().take_while(|row| begins(row)).count();
    let lacking = rows.get(named..).unwrap_or_default();
    let has_words = |row: &Row| text_in(&row.cells).any(|text| text.contains(char::is_alphabetic));
    named >= FEWEST
        && at >= named
        && lacking.len() < named
        && lacking.iter().all(|row| !begins(row) && row.filled() > 1 && has_words(row))
}

/// Whether a row has little, and among ids with digits something else, or alone what no id is.
fn is_unlike(row: &Row, usual: &Usual, named: &Usual) -> bool {
    let cells = || row.cells.iter().map(|cell| &*cell.text);
    // A number by itself may be an id after all.
    let is_alone =
        || row.filled() == 1 && text_in(&row.cells).any(|text| text.contains(char::is_alphabetic) || is_day(text));
    row.cells.len() > 1
        && row.filled().saturating_mul(2) <= row.cells.len()
        && usual.lacks(cells())
        && (usual.has_another_id(cells()) || is_alone() && named.has_none_of_the_ids(cells()))
        && !text_in(&row.cells).next().is_some_and(|first| begins_as_a_total(first) || ends_as_a_total(first))
}

/// `*`, `**`, `†`, `1)`, `(1)`, `¹`, `Not 1`: what is written before a footnote.
pub(super) fn is_mark(text: &str) -> bool {
    let text = text.trim();
    let is_sign = |sign: char| matches!(sign, '*' | '†' | '‡' | '§' | '#' | '¹' | '²' | '³');
    let is_number = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = |text: &str| text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let in_brackets = text.strip_suffix([')', ']']).map(|rest| rest.trim_start_matches(['(', '[']));
    let word = folded(text.trim_end_matches([':', '.', ')']));
    let behind_a_word = ["anm", "anmärkning", "fotnot", "not", "note"].iter().find_map(|name| word.strip_prefix(name));
    let rest = behind_a_word.map(|rest| rest.trim_start_matches(['_', '.']));
    !text.is_empty() && text.chars().all(is_sign)
        || in_brackets.is_some_and(|rest| is_number(rest) || is_letter(rest))
        || rest.is_some_and(|rest| rest.is_empty() || is_number(rest))
}

/// Whether a text is a word behind which stands who wrote a page and when.
pub(super) fn signs_a_page(text: &str) -> bool {
    let word = folded(text.trim().trim_end_matches([':', '.']));
    SIGNS_A_PAGE.contains(&word.as_str())
}

const SIGNS_A_PAGE: [&str; 43] = [
    "author",
    "checked_by",
    "created_by",
    "created_on",
    "date",
    "datum",
    "godkänd_av",
    "granskad_av",
    "handläggare",
    "hämtad",
    "kassör",
    "kontakt",
    "kontaktperson",
    "källa",
    "last_changed",
    "last_updated",
    "ordförande",
    "ort_och_datum",
    "prepared_by",
    "printed",
    "printed_on",
    "reviewed_by",
    "revisor",
    "sekreterare",
    "senast_uppdaterad",
    "senast_ändrad",
    "signatur",
    "signature",
    "skapad_av",
    "source",
    "status_per",
    "treasurer",
    "underskrift",
    "updated",
    "updated_on",
    "uppdaterad",
    "upprättad",
    "upprättad_av",
    "utskrift",
    "utskriftsdatum",
    "utskriven",
    "utskrivet",
    "ändrad",
];

/// Whether a row has a word in the column of the ids where those above it have numbers, as lines below a table have: all such rows
/// stand at the end, and they are few, or one begins with a word for that.
fn is_word_among_numbers(rows: &[Row], at: usize, ids: Option<usize>) -> bool {
    let Some(ids) = ids else { return false };
    let id = |row: &Row| row.cells.get(ids).map_or_else(String::new, |cell| cell.text.trim().to_owned());
    let is_number = |row: &Row| id(row).starts_with(|sign: char| sign.is_ascii_digit());
    let is_word = |row: &Row| id(row).starts_with(char::is_alphabetic);
    let begins_so = |row: &Row| {
        let word = folded(&id(row));
        FOOTERS.iter().any(|footer| begins_with(&word, footer))
    };
    let numbers = rows.iter().take_while(|row| is_number(row)).count();
    let words = rows.get(numbers..).unwrap_or_default();
    let are_few =
        words.len() <= MOST_FOOTERS && (numbers > words.len().saturating_mul(3) || words.iter().any(begins_so));
    at >= numbers && numbers > 1 && are_few && words.iter().all(is_word)
}

/// So many lines stand below a table.
const MOST_FOOTERS: usize = 5;

/// Which row calls itself a total: its first cell begins so, and others are empty. Or it is the last but for notes, and a cell says
/// little else, as no other row has it, or begins so while its numbers add up those above.
fn total(sheet: &Sheet, rows: &[Row], left_out: &[bool]) -> Option<usize> {
    // What no row has is not missing in one, and neither is what nobody reads.
    let usual = Usual::of(rows.iter().map(|row| texts(&row.cells)), sheet.header.len(), id_column(sheet));
    let usual = usual.without(left_out);
    let is_read = |at: usize| left_out.get(at) != Some(&true);
    let lacks_some = |row: &Row| row.cells.iter().enumerate().any(|(at, cell)| is_read(at) && cell.text.is_empty());
    let begins = |row: &Row| {
        let is_called_so = word_in(&row.cells).is_some_and(begins_as_a_total);
        is_called_so && lacks_some(row) && !usual.may_be_called_so(row.cells.iter().map(|cell| &*cell.text))
    };
    let says = |row: &Row| {
        let cells = row.cells.iter().enumerate().filter(|(at, _)| is_read(*at) || lacks_some(row));
        let has_own_id = || usual.has_own_id(row.cells.iter().map(|cell| &*cell.text));
        cells.map(|(_, cell)| cell).any(|cell| is_dated_total(&cell.text)) && !has_own_id()
    };
    let last = || rows.iter().rposition(|row| !is_note(text_in(&row.cells), row.cells.len()));
    let alone = || rows.iter().filter(|row| says(row)).count() == 1;
    let is_last = |at: &usize| {
        rows.get(*at).is_some_and(says) && alone() || measures(sheet, rows, *at) || sums_up(sheet, rows, *at)
    };
    rows.iter().position(begins).or_else(|| last().filter(is_last))
}

/// Whether the first cell of a row says what its numbers are of those above it, as no other row does.
fn measures(sheet: &Sheet, rows: &[Row], at: usize) -> bool {
    let says = |row: &Row| {
        let word = text_in(&row.cells).next().map(|text| folded(text.trim().trim_end_matches([':', '.'])));
        word.is_some_and(|word| MEASURES.contains(&word.as_str()) || measures_something(&word))
    };
    let has_numbers =
        |row: &Row| text_in(&row.cells).skip(1).any(|text| text.starts_with(|sign: char| sign.is_ascii_digit()));
    let Some(row) = rows.get(at).filter(|row| at > 1 && has_numbers(row)) else { return false };
    let is_only = |says: &dyn Fn(&Row) -> bool| says(row) && rows.iter().filter(|row| says(row)).count() == 1;
    is_only(&says) || is_only(&begins_as_a_measure) && is_measured(sheet, rows, at)
}

/// Whether a row begins with a word that says so of something: `Genomsnittligt bidrag`. A name may begin so, too.
fn begins_as_a_measure(row: &Row) -> bool {
    const MEASURING: [&str; 8] =
        ["average", "genomsnittlig", "genomsnittligt", "highest", "högsta", "lowest", "lägsta", "största"];
    let first = text_in(&row.cells).next().map(folded).unwrap_or_default();
    MEASURING.iter().any(|word| begins_with(&first.replace('_', " "), word))
}

/// Whether each number of a row but its id is the mean of those above it, but for what is rounded, or the largest or smallest of them.
fn is_measured(sheet: &Sheet, rows: &[Row], at: usize) -> bool {
    let Some((above, row)) = rows.get(..at).zip(rows.get(at)) else { return false };
    let ids = id_column(sheet);
    let number = |row: &Row, column: usize| amount(&row.cells.get(column)?.text, sheet.dialect_of(None));
    let own = (0..row.cells.len()).filter(|column| Some(*column) != ids);
    let own: Vec<(usize, Number)> = own.filter_map(|column| Some((column, number(row, column)?))).collect();
    let is_one = |(column, own): &(usize, Number)| {
        let all: Vec<Number> = above.iter().filter_map(|row| number(row, *column)).collect();
        let sum = all.iter().fold(Number::ZERO, |sum, number| sum.plus(number));
        let apart = sum.minus(&own.times(&Number::count(all.len()))).abs();
        let is_mean = apart <= Number::count(all.len());
        all.len() > 1 && (is_mean || all.iter().max() == Some(own) || all.iter().min() == Some(own))
    };
    !own.is_empty() && own.iter().all(is_one)
}

/// Whether a word says of what it is the mean or the number: `medelavgift`, `antal_medlemmar`.
fn measures_something(word: &str) -> bool {
    let of_means = ["medel", "genomsnittlig", "genomsnitts", "snitt"];
    let of = ["ålder", "antal", "avgift", "avgiften", "belopp", "beloppet", "bidrag", "bidraget", "tal", "värde"];
    let rest = of_means.iter().find_map(|mean| word.strip_prefix(mean));
    rest.is_some_and(|rest| of.contains(&rest.trim_start_matches(['_', '-'])))
        || ["antal", "average", "mean", "number_of"].iter().any(|begin| begins_with(word, begin) && word != *begin)
}

/// Whether a cell of a row begins as a total, and a column has the sum of those above it there. Of few rows the numbers alone may be
/// chance.
fn sums_up(sheet: &Sheet, rows: &[Row], at: usize) -> bool {
    let Some((above, row)) = rows.get(..at).zip(rows.get(at)).filter(|_| at > 1) else { return false };
    let number = |row: &Row, column: usize| amount(&row.cells.get(column)?.text, sheet.dialect_of(None));
    let has_the_sum = |column: usize| {
        let sum = above.iter().try_fold(Number::from(0), |sum, row| Some(sum.plus(&number(row, column)?)));
        sum.is_some() && sum == number(row, column)
    };
    let ids = id_column(sheet);
    let any = |is_one: &dyn Fn(usize) -> bool| (0..row.cells.len()).filter(|column| Some(*column) != ids).any(is_one);
    // A total may be rounded, and of rows further up, too; a name that begins so has no such number.
    let is_no_less = |column: usize| {
        let add = |sum: Number, row: &Row| Some(sum.plus(&number(row, column).filter(|one| *one > Number::ZERO)?));
        let sum = above.iter().try_fold(Number::ZERO, add);
        let rounded = Number::count(above.len());
        sum.zip(number(row, column)).is_some_and(|(sum, own)| own.plus(&rounded) >= sum)
    };
    let begins = |row: &Row| text_in(&row.cells).next().is_some_and(begins_as_a_total);
    let called_so = row.cells.iter().any(|cell| begins_as_a_total(&cell.text) || may_be_called_so(&cell.text));
    called_so && any(&has_the_sum) || begins(row) && !above.iter().any(begins) && any(&is_no_less)
}

/// The number that a cell holds alone or beside a currency. `anm 7` is none, though three letters may be one.
pub(super) fn amount(text: &str, dialect: &Dialect) -> Option<Number> {
    let letters: String = text.chars().filter(|sign| sign.is_alphabetic()).collect();
    match read::money(text, None, |_| true, dialect).0 {
        Cell::Sure(number) | Cell::Guessed(number, _) => Some(number),
        Cell::Either(..) | Cell::Not => None,
    }
    .filter(|_| {
        letters.is_empty()
            || units::currency(&letters).is_some()
            || units::is_in_letters(&letters)
            || letters.eq_ignore_ascii_case("e")
    })
}

/// Whether only one cell of a row of so many holds something, which reads like a sentence.
pub fn is_note<'t>(mut filled: impl Iterator<Item = &'t str>, cells: usize) -> bool {
    let (Some(text), None) = (filled.next(), filled.next()) else { return false };
    let text = text.trim();
    let several = text.split_whitespace().count() > 1;
    cells > 1
        && several
        && (text.contains(':') || text.ends_with('.') || text.starts_with(['*', '(']) || text.len() > 30)
}

/// Whether people call a total so.
pub fn is_total(text: &str) -> bool {
    TOTALS.contains(&folded(text.trim().trim_end_matches([':', '.'])).as_str())
}

/// Whether a text may be what a total is called, among other things.
pub(super) fn may_be_called_so(text: &str) -> bool {
    PERHAPS.contains(&folded(text.trim().trim_end_matches([':', '.'])).as_str())
}

/// Whether a text begins with a word with which the last lines of a page begin.
pub(super) fn begins_as_a_footer(text: &str) -> bool {
    let word = folded(text.trim().trim_end_matches([':', '.']));
    FOOTERS.iter().any(|footer| begins_with(&word, footer))
}

/// Whether a text says that its row has a part of the total above it: `varav betalt`.
pub fn is_of_a_total(text: &str) -> bool {
    let text = folded(text);
    ["davon", "därav", "of_which", "varav"].iter().any(|word| begins_with(&text, word))
}

/// Words for what stands between a sum and the total behind it, and belongs to no record.
const ADDED: [&str; 16] = [
    "avdrag",
    "avgår",
    "avrundning",
    "discount",
    "frakt",
    "moms",
    "mva",
    "mwst",
    "rabatt",
    "rounding",
    "shipping",
    "tax",
    "tva",
    "ust",
    "vat",
    "öresavrundning",
];

/// Whether a text says that its row adds something to the sum above it: `Moms 25 %`.
pub(super) fn is_added_to_a_total(text: &str) -> bool {
    let text = folded(text.trim());
    ADDED.iter().any(|word| begins_with(&text, word))
}

/// Whether a text is what a row beside a total is called whose numbers are a mean, a count, or what is left.
pub fn measures_or_carries(text: &str) -> bool {
    may_be_called_so(text) || MEASURES.contains(&folded(text.trim().trim_end_matches([':', '.'])).as_str())
}

/// Whether a text says little more than that it is a total: `Total 2015`, `Summa per 2015-12-31`, `Total: 2 clubs`.
pub fn is_dated_total(text: &str) -> bool {
    is_total(text) || text.contains(|sign: char| sign.is_ascii_digit()) && begins_as_a_total(text)
}

/// Whether a text begins with a word for a total: `Total: 2 clubs`.
pub fn begins_as_a_total(text: &str) -> bool {
    let text = folded(text);
    TOTALS.iter().any(|word| begins_with(&text, word))
}

/// Whether a text is called like a total in some way: what looks for words has told its row, if it is one.
pub fn may_be_called_a_total(text: &str) -> bool {
    begins_as_a_total(text) || ends_as_a_total(text) || is_carried(text) || may_be_called_so(text)
}

/// Whether a text begins with words, and no longer word.
pub(super) fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether a text ends with a word for a total: `Norra totalt`.
pub fn ends_as_a_total(text: &str) -> bool {
    let text = folded(text.trim().trim_end_matches(':'));
    text.rsplit_once(['_', ',']).is_some_and(|(_, last)| TOTALS.contains(&last))
}

/// Writes the first word of the rows that a finding is about where its way out has room for it, if the entry of a file can repeat it.
pub(super) fn with_first_words(sheet: &Sheet, mut finding: Diagnostic) -> Diagnostic {
    const UNTIL: &str = "until: \"…\"";
    const SKIP: &str = "skip: [\"…\"]";
    let Some(mut help) = finding.help.clone().filter(|help| help.contains("\"…\"")) else { return finding };
    let word = |span: Span| {
        let cells = sheet.cells(span.start as usize);
        text_in(&cells).next().and_then(|first| whole(first.trim())).map(str::to_owned)
    };
    let rows = || std::iter::once(finding.place.span).chain(finding.others.iter().map(|other| other.span));
    let words: Option<Vec<String>> = rows().map(word).collect();
    let Some(mut words) = words else { return finding };
    let starts: Vec<usize> = rows().map(|row| row.start as usize).collect();
    if let Some(shared) = words.iter().find(|word| is_shared(sheet, word, &starts)) {
        let help = format!(
            "if it is not a record, remove its row from the file: others begin with `{shared}` too, so `rows` cannot leave out this one alone"
        );
        finding.help = Some(help);
        return finding;
    }
    if let Some(first) = words.first() {
        help = help.replace(UNTIL, &format!("until: \"{first}\""));
    }
    words.sort();
    words.dedup();
    finding.help = Some(help.replace(SKIP, &format!("skip: [\"{}\"]", words.join("\", \""))));
    finding
}

/// The same words however it was seen, so that it is told once.
pub fn looks_like_a_total(rows: &[Span]) -> Option<Diagnostic> {
    let (first, more) = rows.split_first()?;
    let mut message = TOTAL.to_owned();
    if !more.is_empty() {
        let places = if more.len() == 1 { "place" } else { "places" };
        message.push_str(&format!("; and the same in {} more {places}", more.len()));
    }
    let help = "if it is a total, exclude it in the file's `files` entry: `rows: (until: \"…\")` with the first word of its row, or `rows: (skip: [\"…\"])` if records come after it";
    let finding = codes::CSV_ROWS.at(*first).say(message).help(help.to_owned());
    Some(more.iter().take(MORE_SHOWN).fold(finding, |finding, row| finding.also(*row, "here too")))
}

/// Rows whose numbers are the sums of those below them.
pub fn looks_like_a_sum_of_those_below(rows: &[Span]) -> Option<Diagnostic> {
    let (first, more) = rows.split_first()?;
    let message = match more.len() {
        0 => "the numbers of this row are the sums of those below it, but it is read as one of the records".to_owned(),
        more => format!(
            "{} rows have numbers that are the sums of those below them, but are read as records; this is the first",
            more.saturating_add(1)
        ),
    };
    let help = "if it is the heading of a group, exclude it in the file's `files` entry with `rows: (skip: [\"…\"])`: the first word of its row";
    let finding = codes::CSV_ROWS.at(*first).say(message).help(help.to_owned());
    Some(more.iter().take(MORE_SHOWN).fold(finding, |finding, row| finding.also(*row, "here too")))
}

/// Rows that give amounts, or a single day, and nothing of what the others give.
pub fn lacks_the_rest(rows: &[Span]) -> Option<Diagnostic> {
    let (first, more) = rows.split_first()?;
    let mut message =
        "this row has only numbers or a single day, and nothing of what all other rows have, but is read as one of them"
            .to_owned();
    if !more.is_empty() {
        let places = if more.len() == 1 { "place" } else { "places" };
        message.push_str(&format!("; and the same in {} more {places}", more.len()));
    }
    let help = "if it is a total or a note, exclude it in the file's `files` entry: `rows: (skip: [\"…\"])` with what its first non-empty cell holds; if it is a record, fill in the rest";
    let finding = codes::CSV_ROWS.at(*first).say(message).help(help.to_owned());
    Some(more.iter().take(MORE_SHOWN).fold(finding, |finding, row| finding.also(*row, "here too")))
}

/// Whether it was told of a row already.
pub fn is_told_as_a_total(problems: &Sink, row: Span) -> bool {
    let is_here = |span: Span| (span.file, span.start) == (row.file, row.start);
    problems.any(|finding| {
        (finding.message.starts_with(TOTAL)
            || finding.code == codes::CSV_ROWS && finding.message.contains(" totals row"))
            && (is_here(finding.place.span) || finding.others.iter().any(|other| is_here(other.span)))
    })
}

/// Whether more rows of a table were told than their finding shows.
pub fn more_are_told(problems: &Sink, row: Span) -> bool {
    let hides_some = |finding: &Diagnostic| {
        let more = finding.message.strip_prefix(TOTAL).and_then(|rest| rest.split("in ").nth(1)?.split(' ').next());
        more.and_then(|more| more.parse::<usize>().ok()).is_some_and(|more| more > finding.others.len())
    };
    problems.any(|finding| finding.place.span.file == row.file && hides_some(finding))
}

/// The places at which rows of a table were told that look like totals of those above them or notes below them, in their order.
pub fn seem_to_end_at(problems: &Sink) -> Vec<usize> {
    let is_of_the_end = |one: &&Diagnostic| {
        let message = &one.message;
        one.code == codes::CSV_ROWS && (message == TOTAL || message.contains(A_NOTE) || message.contains(NOTES))
    };
    let all = problems.sorted().into_iter().filter(is_of_the_end).map(|one| one.place.span.start as usize);
    all.collect::<BTreeSet<usize>>().into_iter().collect()
}

const A_NOTE: &str = "a note below the table";
const NOTES: &str = "notes below the table";
const TOTAL: &str = "this row looks like a total of the rows above it, but is read as one of them";

/// So many are shown beside the first.
const MORE_SHOWN: usize = 2;
