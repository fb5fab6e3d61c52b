//! What a table says beside its amounts of what they are in: over their column, over the whole table, and in a column of its own. It
//! is no part of them, so another currency than the one they are read in is told.

use std::borrow::Cow;

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::{
        Facts,
        sheet::{Dialect, Heading, Sheet, SheetCell, cells, row},
    },
    model::schema::{Record, RecordId, Schema, Type},
    source::Span,
    value::Currency,
};

use super::{
    around_table,
    cells::{self as read, Cell},
    csv,
    shown::is_own,
    units,
    wording::{clip, folded},
};

/// Warns of another currency beside amounts than the one they are read in, and of thousands.
pub(super) fn look(schema: &Schema, (own, facts): (Currency, &Facts), sheet: &Sheet, problems: &mut Sink) {
    for (id, record) in (0..=u16::MAX).map(RecordId).zip(&schema.records) {
        // A sheet gives the records of one kind, and most kinds have none of its rows.
        let is_here = facts.table(id).is_some_and(|table| {
            let in_bulk = table.sheets.iter().any(|laid| laid.sheet.file == sheet.file);
            in_bulk || table.places.iter().any(|place| place.file == sheet.file)
        });
        let amounts = record.fields.iter().enumerate().filter(|(_, field)| is_here && field.ty == Type::Money);
        let amounts = amounts.filter_map(|(at, field)| Some((field, csv::column_of(sheet, record, at)?)));
        let amounts: Vec<(&str, usize, &Heading)> = amounts
            .filter_map(|(field, column)| Some((field.name.as_str(), column, sheet.header.get(column)?)))
            .collect();
        let Some((first, ..)) = amounts.first() else { continue };
        let mut is_told = false;
        for (name, column, heading) in &amounts {
            let above = above_column((name, *column, heading), own, sheet);
            is_told |= above.is_some();
            let over = over_column((name, heading), own, sheet);
            above.into_iter().chain(over).for_each(|one| problems.push(one));
        }
        let beside = beside(record, (first, own), sheet);
        let written = amounts.iter().map(|(.., heading)| written_over(heading, sheet).trim_matches('"'));
        let says_own = written.into_iter().find(|text| says(text, own));
        // What stands above a column is told there.
        let around = || around_table::look((first, own, says_own), sheet, problems);
        let around = if is_told { None } else { around() };
        around.into_iter().chain(beside).for_each(|one| problems.push(one));
    }
}

/// Signs of currencies, as they stand over columns of amounts.
const SIGNS: [&str; 6] = ["€", "$", "£", "US$", "CA$", "A$"];

/// Codes of currencies that are words, too.
const WORDS: [&str; 6] = ["ALL", "ATS", "DEM", "ESP", "SIT", "TRY"];

/// A word over a column.
pub(super) struct Word<'t> {
    pub text: &'t str,
    /// Whether it is all that stands there, or the first or last in brackets.
    pub apart: bool,
    last: bool,
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric() && !"€$£¢%‰¥₹₽₺₪₩₴".contains(sign)).filter(|word| !word.is_empty())
}

/// The words over a column. A code behind a small letter, as in `feeEUR`, is one of its own.
pub(super) fn words_over(text: &str) -> Vec<Word<'_>> {
    let mut all: Vec<&str> = Vec::new();
    for word in words(text) {
        let code = word.len().checked_sub(3).and_then(|at| word.split_at_checked(at));
        // In `tSEK` it is a part of one that counts thousands.
        let is_small = |before: &str| before.ends_with(char::is_lowercase) && units::multiple(word).is_none();
        match code.filter(|(before, code)| is_small(before) && units::is_in_letters(code) && units::is_code(code)) {
            Some((before, code)) => all.extend([before, code]),
            None => all.push(word),
        }
    }
    let last = all.len().saturating_sub(1);
    let is_set_apart = |word: &str| {
        let at = (word.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let before = text.get(..at).and_then(|before| before.trim_end().chars().last());
        let behind = text.get(at.saturating_add(word.len())..).and_then(|behind| behind.trim_start().chars().next());
        matches!(before, Some('(' | '[')) || matches!(behind, Some(')' | ']'))
    };
    let word = |(at, text)| Word { text, apart: last == 0 || is_set_apart(text), last: at == last };
    all.into_iter().enumerate().map(word).collect()
}

/// Powers of ten, as they are written in headings: `10^3 SEK`.
const POWERS: [&str; 8] = ["10^3", "10^6", "10^9", "10³", "10⁶", "10⁹", "10**3", "10**6"];

/// `100`, `1000`, `10000`.
fn is_power_of_ten(word: &str) -> bool {
    word.strip_prefix('1').is_some_and(|noughts| noughts.len() > 1 && noughts.bytes().all(|byte| byte == b'0'))
}

/// `1000 kr`, `i 1000-tal`, `'000`: the words for thousands that are digits.
pub(super) fn in_digits(text: &str) -> Option<&str> {
    let words: Vec<&str> = words(text).collect();
    let is_unit = |word: &str| units::currency(word).is_some() || matches!(word, "tal" | "tals" | "s");
    // `x1000`, `× 1000`, `*1000`.
    let is_factor = |(at, number): &(usize, &str)| {
        let rest = text.get(at.saturating_add(number.len())..).unwrap_or_default();
        let mut before = text.get(..*at).unwrap_or_default().trim_end().chars().rev();
        let is_sign = match before.next() {
            Some('×' | '*') => true,
            // Not of `1/1000`, a part.
            Some('/' | '÷') => !before.find(|sign| !sign.is_whitespace()).is_some_and(|sign| sign.is_ascii_digit()),
            Some('x' | 'X') => !before.next().is_some_and(char::is_alphanumeric),
            Some(_) | None => false,
        };
        is_sign && !rest.starts_with(|sign: char| sign.is_ascii_digit())
    };
    if let Some((_, number)) = text.match_indices("1000").find(is_factor) {
        return Some(number);
    }
    if let Some(power) =
        POWERS.iter().find_map(|power| text.find(power).and_then(|at| text.get(at..)?.get(..power.len())))
    {
        return Some(power);
    }
    // In `10 000 members` they are the end of a number.
    let before = |at: usize| at.checked_sub(1).and_then(|before| words.get(before)).copied();
    let is_end =
        |at: usize| before(at).is_some_and(|word| word != "1" && word.bytes().all(|byte| byte.is_ascii_digit()));
    // `1000kr`, and `kr 1000` as the last.
    let close = words.iter().enumerate().find_map(|(at, word)| {
        let unit = ["1000", "000"].iter().find_map(|number| word.strip_prefix(number))?;
        let number = word.strip_suffix(unit).filter(|_| units::currency(unit).is_some() && !is_end(at))?;
        Some(number)
    });
    let last = match words.as_slice() {
        [.., unit, number @ "1000"] if units::currency(unit).is_some() || is_currency(unit) => Some(*number),
        [.., unit, "1", number @ "000"] if units::currency(unit).is_some() || is_currency(unit) => Some(*number),
        _ => None,
    };
    if let Some(number) = close.or(last) {
        return Some(number);
    }
    let mut pairs = words.windows(2).enumerate();
    let pair = pairs.find_map(|(at, pair)| match pair {
        [number @ ("1000" | "000"), unit] if is_unit(unit) && !is_end(at) => Some(*number),
        ["i" | "in" | "x", number @ "1000"] => Some(*number),
        // `100-tal`, `10000-tal`, `10 000-tal`.
        [number, "tal" | "tals"] if is_power_of_ten(number) && !is_end(at) => Some(*number),
        [number @ "000", "tal" | "tals"] if before(at).is_some_and(|word| is_power_of_ten(word) || word == "10") => {
            Some(*number)
        }
        _ => None,
    });
    let alone = |(at, word): &(usize, &&str)| {
        matches!(**word, "000" | "000s" | "1000s")
            && !is_end(*at)
            && at.checked_sub(1).and_then(|at| words.get(at)) != Some(&"1")
    };
    pair.or_else(|| words.iter().enumerate().find(alone).map(|(_, word)| *word))
}

/// Words that count thousands or more behind the name of a column, as in `Fee k`, and may be something else before it.
const BEHIND_A_NAME: [&str; 14] = [
    "billion", "bn", "crore", "hundra", "hundred", "hundrede", "k", "lakh", "lakhs", "miljard", "miljon", "mill",
    "million", "thousand",
];

/// Whether a word names a currency beside one that counts thousands.
pub(super) fn is_currency(word: &str) -> bool {
    units::currency(word).is_some() || word.eq_ignore_ascii_case("kronor")
}

/// What a word over a column says of its amounts, and whether that is how many each counts.
pub(super) fn said<'t>(words: &[Word<'t>], at: usize, text: &'t str) -> Option<(&'t str, bool)> {
    let word = words.get(at)?;
    let before = at.checked_sub(1).and_then(|before| words.get(before)).map_or("", |word| word.text);
    let behind = words.get(at.saturating_add(1)).map_or("", |word| word.text);
    let is_in = matches!(before, "i" | "in" | "en");
    if let Some(times) = units::times(word.text) {
        let is_alone = times.1.is_some() || units::is_times_alone(word.text);
        let is_beside = is_currency(before) || is_currency(behind);
        // `incl. VAT 25 %` is no unit, and neither is the end of a number, as in `at most 50 000`.
        let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let is_rate = before.ends_with(|sign: char| sign.is_ascii_digit()) && units::is_percent(word.text);
        if is_rate || is_number(word.text) && is_number(before) && before != "1" {
            return None;
        }
        let is_percent = word.text == "%" && word.last;
        let is_short = word.last && BEHIND_A_NAME.contains(&word.text.to_lowercase().as_str());
        let counts = is_alone || word.apart || (is_beside && word.text != "%") || is_in || is_percent || is_short;
        return counts.then_some((word.text, true));
    }
    if word.text.eq_ignore_ascii_case("t") && (is_currency(before) || is_currency(behind)) {
        return Some((word.text, true));
    }
    if units::crowns_of(before, word.text).is_some() {
        let start = (before.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let end = (word.text.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).saturating_add(word.text.len());
        return text.get(start..end).map(|both| (both, false));
    }
    let is_code = units::is_code(word.text) && (word.apart || !WORDS.contains(&word.text));
    let is_sign = SIGNS.contains(&word.text) || units::is_sign(word.text);
    let stands = is_code || is_sign || units::is_in_letters(word.text) || units::crowns(word.text).is_some();
    let is_name = units::is_name(word.text) && (word.apart || word.last || is_in);
    (stands || is_name).then_some((word.text, false))
}

/// A word over a column of bare numbers that says that each counts thousands, or is in percent.
pub(super) fn counts(text: &str) -> Option<&str> {
    let all = words_over(text);
    let is_count = |word: &&str| {
        let is_part = matches!(units::times(word), Some((units::Times::Hundredth, _))) && !units::is_percent(word);
        units::is_percent(word) || units::is_times_alone(word) && !is_part
    };
    let found = (0..all.len()).filter_map(|at| said(&all, at, text)).filter(|(_, counts)| *counts);
    found.map(|(word, _)| word).find(is_count).or_else(|| in_digits(text))
}

/// The name of a column, as it is written.
fn written_over<'s>(heading: &Heading, sheet: &'s Sheet) -> &'s str {
    sheet.head().get(heading.span.start as usize..heading.span.end as usize).unwrap_or_default()
}

/// Whether the letters of a currency stand in a text.
fn says(text: &str, own: Currency) -> bool {
    words_over(text).iter().any(|word| word.text.eq_ignore_ascii_case(own.as_str()))
}

/// Another currency, or thousands, in a text over a column.
fn other_than(text: &str, own: Currency) -> Option<&str> {
    let all = words_over(text);
    // `Fee SEK (EUR excluded)` says itself which one is meant, and `Fee EUR/SEK` does not.
    let says_own = says(text, own);
    let either = |other: &str| {
        let close = text.replace(' ', "");
        let pairs = [format!("{other}/{own}"), format!("{own}/{other}")];
        pairs.iter().any(|pair| close.to_lowercase().contains(&pair.to_lowercase()))
    };
    let is_other = |(word, counts): &(&str, bool)| {
        let crowns = word.split_once(' ').and_then(|(country, word)| units::crowns_of(country, word));
        *counts || !is_own(crowns.unwrap_or(word), own) && (!says_own || either(word))
    };
    let found = (0..all.len()).filter_map(|at| said(&all, at, text)).find(is_other).map(|(word, _)| word);
    in_digits(text).or(found)
}

/// So many rows above the names are looked at for what stands above a column.
const ROWS_ABOVE: usize = 5;

/// An error where another currency, or thousands, stands in a cell above a column, or in the nearest one to its left as above a group
/// of columns. What stands alone in a row is rather a title.
fn above_column((name, column, heading): (&str, usize, &Heading), own: Currency, sheet: &Sheet) -> Option<Diagnostic> {
    let above = sheet.head().get(..sheet.from)?;
    let (mut at, mut rows) = (0_usize, Vec::new());
    while at < above.len() {
        rows.push(cells(above, at, sheet.delimiter));
        at = row(above, at, sheet.delimiter).1;
    }
    let of_row = |row: &Vec<SheetCell>| {
        let filled = row.iter().filter(|cell| !cell.text.is_empty()).count();
        let nearest =
            row.iter().enumerate().take(column.saturating_add(1)).rev().find(|(_, cell)| !cell.text.is_empty());
        let (at, cell) = nearest.filter(|(at, _)| filled > 1 || *at == column && column > 0)?;
        let is_amount = cell.text.contains(|sign: char| sign.is_ascii_digit())
            && read::money(&cell.text, None, |_| true, &Dialect::untold(b';')).0 != Cell::Not;
        // Beside a word that belongs to another group nothing is meant.
        let is_meant = at == column || row.get(column).is_some_and(|cell| cell.text.is_empty());
        let written = above.get(cell.start..cell.end).filter(|_| !is_amount && is_meant)?;
        let other = other_than(written, own)?;
        let start = cell.start.saturating_add((other.as_ptr() as usize).saturating_sub(written.as_ptr() as usize));
        Some((Span::new(sheet.file, start, start.saturating_add(other.len())), other))
    };
    let (place, other) = rows.iter().rev().take(ROWS_ABOVE).find_map(of_row)?;
    // The names of another table above this one.
    if is_its_name(other, name) {
        return None;
    }
    let message = match says(written_over(heading, sheet), own) {
        true => format!(
            "`{other}` is written above this column, but its name says {own}, in which `{}` is read",
            clip(name)
        ),
        false => {
            format!("`{other}` is written above this column, but its numbers are read as `{}` in {own}", clip(name))
        }
    };
    let help = format!(
        "if the amounts are in {own}, remove `{other}`; if not, write them in {own}, or each with its currency"
    );
    let finding = codes::FACTS_OTHER_CURRENCY.at(place).say(message).also(heading.span, "this column");
    Some(finding.help(help))
}

/// Whether a word for thousands or a currency is what the policy itself calls the field: `m`, `t`, `kr`.
fn is_its_name(word: &str, name: &str) -> bool {
    word.chars().count() <= LONGEST_NAME && folded(word) == folded(name)
}

/// A longer word is a unit, whatever else is called so.
const LONGEST_NAME: usize = 2;

/// Another currency, or thousands, that stands over a column.
fn over_column((name, heading): (&str, &Heading), own: Currency, sheet: &Sheet) -> Option<Diagnostic> {
    let written = written_over(heading, sheet);
    let other = other_than(written, own)?;
    if folded(written.trim_matches('"')) == folded(name) && is_its_name(other, name) {
        return None;
    }
    let name = clip(name);
    let message = format!("the heading of this column names `{other}`, but its numbers are read as `{name}` in {own}");
    let help = format!(
        "if they are not in {own}, write the amounts in {own}, or each with its currency; if they are, rename the column"
    );
    Some(codes::CSV_GUESSED.at(heading.span).say(message).help(help))
}

/// How a column is called that says what amounts are in: one of these alone, or words among which one of the others is.
const OF_UNITS: [&str; 7] = ["curr", "einheit", "enhet", "iso", "unit", "units", "unité"];
const OF_CURRENCIES: [&str; 7] = ["ccy", "currency", "devise", "monnaie", "valuta", "valutakod", "währung"];

fn is_of_units(heading: &str) -> bool {
    let name = folded(heading);
    OF_UNITS.contains(&name.as_str()) || words(&name).any(|word| OF_CURRENCIES.contains(&word))
}

/// So much of a file on disk is looked at.
const LOOKED_AT: usize = 1 << 20;

/// Another currency, or thousands, in a column beside the amounts that gives no field: one that is called so, or that holds nothing else.
fn beside(record: &Record, (name, own): (&str, Currency), sheet: &Sheet) -> Option<Diagnostic> {
    let gives = |column: usize| (0..record.fields.len()).any(|at| csv::column_of(sheet, record, at) == Some(column));
    let from = sheet.body();
    let text = match sheet.text.resting() {
        None => Cow::Borrowed(sheet.text.get(from..sheet.end())?),
        Some(resting) => {
            let mut bytes = vec![0; sheet.end().saturating_sub(from).min(LOOKED_AT)];
            resting.fetch(from, &mut bytes);
            Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
        }
    };
    let mut headings = sheet.header.iter().enumerate();
    let (column, heading) = match headings.find(|(_, heading)| is_of_units(&heading.name)) {
        Some((column, _)) if gives(column) => return None,
        Some(called_so) => called_so,
        None => {
            let columns = holding_units(&text, sheet);
            columns.into_iter().find(|column| !gives(*column)).and_then(|at| Some((at, sheet.header.get(at)?)))?
        }
    };
    let (mut at, mut first, mut more) = (0_usize, None::<(Span, String)>, 0_usize);
    while at < text.len() {
        let cells = cells(&text, at, sheet.delimiter);
        let word = cells.get(column).map(|cell| (cell.text.trim(), cell.start));
        if let Some((word, start)) = word.filter(|(word, _)| says_another(word, own)) {
            if first.is_some() {
                more = more.saturating_add(1);
            }
            let start = start.saturating_add(from);
            first.get_or_insert_with(|| {
                (Span::new(sheet.file, start, start.saturating_add(word.len())), word.to_owned())
            });
        }
        at = row(&text, at, sheet.delimiter).1;
    }
    let (place, word) = first?;
    let rows = match more {
        0 => "in this row".to_owned(),
        more => format!("in this row and {more} more"),
    };
    let called = match heading.name.trim() {
        "" => "a column without a name".to_owned(),
        called => format!("the column `{}`", clip(called)),
    };
    let message = format!("{called} says `{}` {rows}, but numbers are read as `{}` in {own}", clip(&word), clip(name));
    let help = format!(
        "if the amounts are not in {own}, write them in {own}, or each with its currency; if they are, remove the column"
    );
    Some(codes::CSV_GUESSED.at(place).say(message).help(help))
}

/// So many rows tell what a column holds.
const TELLING: usize = 64;

/// The columns whose cells hold currencies, or words for thousands, and nothing else, as far as the first rows tell.
fn holding_units(text: &str, sheet: &Sheet) -> Vec<usize> {
    let is_unit = |word: &str| units::currency(word).is_some() || units::is_times_alone(word);
    let mut holds: Vec<Option<bool>> = vec![None; sheet.header.len()];
    let (mut at, mut rows) = (0_usize, 0_usize);
    while at < text.len() && rows < TELLING {
        for (cell, holds) in cells(text, at, sheet.delimiter).iter().zip(&mut holds) {
            let word = cell.text.trim();
            if !word.is_empty() {
                *holds = Some(holds.unwrap_or(true) && is_unit(word));
            }
        }
        at = row(text, at, sheet.delimiter).1;
        rows = rows.saturating_add(1);
    }
    (0..holds.len()).filter(|column| holds.get(*column) == Some(&Some(true))).collect()
}

fn says_another(word: &str, own: Currency) -> bool {
    let is_many = words(word).any(|word| units::times(word).is_some()) || in_digits(word).is_some();
    let crowns = word.split_once(' ').and_then(|(country, word)| units::crowns_of(country, word));
    let currency = crowns.or_else(|| units::currency(word));
    is_many || currency.is_some_and(|currency| !is_own(currency, own))
}
