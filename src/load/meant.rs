//! What a value was probably meant to be: days and numbers as spreadsheets and other countries write them. Only for a way out;
//! nothing is taken for what it may be meant to be.

use crate::{
    source::{is_unseen, named},
    value::{ClockTime, Currency, Day, Number},
};

/// Spreadsheets count days from here.
const SPREADSHEET: (i32, u32, u32) = (1899, 12, 30);
/// Some workbooks count from so many days later.
const FROM_1904: i32 = 1462;
/// Numbers of days from 1954 to 2119: others are something else.
const SERIALS: std::ops::RangeInclusive<i32> = 20_000..=80_000;

/// The way out for a text that is no day.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(serial) = text.parse::<i32>()
        && SERIALS.contains(&serial)
    {
        let (year, month, day) = SPREADSHEET;
        let day = Day::of(year, month, day)?.checked_plus_days(serial)?;
        let from_1904 = day.checked_plus_days(FROM_1904)?;
        return Some(format!(
            "`{text}` looks like a spreadsheet's serial number for a date, usually {day}, or {from_1904} if the workbook counts from 1904: write the date itself, or format the column as dates and save the file again"
        ));
    }
    if let Some(help) = with_odd_signs(text) {
        return Some(help);
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    if ![first, second, third].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    let of = |year: &str, month: &str, day: &str| Day::of(year.parse().ok()?, number(month)?, number(day)?);
    let meant: Vec<String> = match (first.len(), third.len()) {
        (4, _) => of(first, second, third).into_iter().map(|day| day.to_string()).collect(),
        (_, 4) => {
            let both = [of(third, second, first), of(third, first, second)];
            both.into_iter().flatten().map(|day| day.to_string()).collect()
        }
        _ => return None,
    };
    match meant.as_slice() {
        [one] => Some(format!("write `{one}`: year, month and day")),
        [one, other] if one == other => Some(format!("write `{one}`: year, month and day")),
        [one, other] => Some(format!("it is ambiguous: write `{one}` or `{other}`")),
        _ => None,
    }
}

/// The way out for a day with signs that look like hyphens and digits and are others, or that cannot be seen.
fn with_odd_signs(text: &str) -> Option<String> {
    let plain = |sign: char| match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
        '\u{ff0f}' | '\u{2044}' | '\u{2215}' => Some('/'),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(sign).saturating_sub(0xff10), 10),
        sign if is_unseen(None, sign) => None,
        sign => Some(sign),
    };
    let odd = text.chars().find(|sign| plain(*sign) != Some(*sign))?;
    let written: String = text.chars().filter_map(plain).collect();
    let odd = match is_unseen(None, odd) {
        true => named(odd),
        false => format!("`{odd}` (U+{:04X})", u32::from(odd)),
    };
    Some(match Day::parse_iso(&written) {
        Ok(day) => format!("write `{day}`: {odd} is not allowed in a date"),
        Err(_) => format!("remove or replace {odd}: it is not allowed in a date"),
    })
}

/// The way out for an amount in brackets, as accountants write one below zero, or with its minus before the currency.
pub(super) fn below_zero(text: &str) -> Option<String> {
    let text = text.trim();
    let in_brackets = || text.strip_prefix('(')?.strip_suffix(')');
    let before = || text.strip_prefix(['-', '\u{2212}', '\u{2013}']).filter(|rest| !rest.contains(['-', '(']));
    let amount = in_brackets().or_else(before)?.trim();
    let at = amount.find(|sign: char| sign.is_ascii_digit())?;
    // A minus is read directly before the digits, and the currency on either side of both.
    let (currency, digits) = amount.split_at_checked(at)?;
    let currency = currency.trim();
    let behind = if currency.is_empty() { String::new() } else { format!(" {currency}") };
    Some(format!("if it is below zero, write `-{digits}{behind}`"))
}

/// The way out for digits in quotes with a point or comma that may stand before decimals, or between thousands.
pub(super) fn in_thousands(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once(['.', ','])?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = is_digits(whole) && whole.len() <= 3 && !whole.starts_with('0') && rest.len() == 3 && is_digits(rest);
    let minus = if digits.len() < text.len() { "-" } else { "" };
    let decimals = rest.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    fits.then(|| {
        format!("it is ambiguous: write `{minus}{whole}{rest}` or `{minus}{whole}{point}{decimals}`, without quotes")
    })
}

/// The same beside the letters of a currency that has no thousandths: `SEK 1.200`. Other ends than nought are told as too fine.
pub(super) fn thousands_of(text: &str, currency: Currency) -> Option<String> {
    let (_, digits) = text.trim().split_once([' ', '\u{a0}'])?;
    let digits = digits.trim();
    let is_rounded = digits.ends_with('0') && currency.decimals() < 3;
    let (whole, decimals) = digits.split_once('.').filter(|_| is_rounded && in_thousands(digits).is_some())?;
    let decimals = decimals.get(..2)?;
    Some(format!("it is ambiguous: write `{currency} {whole}{decimals}0` or `{currency} {whole}.{decimals}`"))
}

/// The way out for a cell in which a single value should stand.
pub(super) fn several_lines(text: &str) -> Option<String> {
    text.trim().contains('\n').then(|| "the cell has several lines: write a single value in it".to_owned())
}

/// A number without the blanks between its thousands, which no notation takes without quotes.
pub(super) fn unspaced(number: &str) -> String {
    number.chars().filter(|sign| !sign.is_whitespace()).collect()
}

/// The way out for a text that would be a number with a point in place of its comma.
pub(super) fn number(text: &str) -> Option<String> {
    let (whole, decimals) = text.trim().split_once(',')?;
    let number = unspaced(&format!("{whole}.{decimals}"));
    Number::parse(&number).map(|_| format!("use a decimal point: write `{number}`"))
}

/// Words that people and programs write where nothing is known.
const NOTHING: [&str; 16] =
    ["-", "--", "–", "—", "?", ".", "..", "n/a", "n.a.", "na", "nan", "nil", "none", "null", "okänt", "saknas"];

/// Whether a text may say that nothing is known. Few begin like one.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    let may_be =
        matches!(text.as_bytes().first(), Some(b'-' | b'?' | b'.' | 0xe2 | b'N' | b'n' | b'O' | b'o' | b'S' | b's'));
    may_be && text.len() <= LONGEST && NOTHING.contains(&text.to_lowercase().as_str())
}

/// In bytes.
const LONGEST: usize = 6;

/// Whether a text says that the value above it stands here again: `"`, `-"-`, `dito`, `d:o`.
pub(super) fn is_ditto(text: &str) -> bool {
    if !may_be_ditto(text.as_bytes()) {
        return false;
    }
    let is_line = |sign: char| matches!(sign, '-' | '‐' | '–' | '—' | '_') || sign.is_whitespace();
    let signs = text.trim_matches(is_line);
    let is_mark = |sign: char| matches!(sign, '"' | '″' | '〃' | '”' | '“' | '„' | '‟' | '＂');
    let is_of_two = matches!(signs, "''" | "’’" | "‘‘" | ",,");
    let word = text.trim().to_lowercase();
    !signs.is_empty() && signs.chars().count() <= 2 && signs.chars().all(is_mark)
        || is_of_two
        || matches!(word.as_str(), "dito" | "ditto" | "d:o" | "d.o" | "d.o." | "do.")
}

/// A quick look at each of very many texts.
pub(super) fn may_be_ditto(text: &[u8]) -> bool {
    match text {
        [b'D' | b'd', b'I' | b'i' | b'O' | b'o' | b':' | b'.', ..] => text.len() <= "ditto".len(),
        [b'"' | b'\'' | b'-' | b',' | b'_' | 0xe2 | 0xe3 | 0xef, ..] => text.len() <= LONGEST_DITTO,
        _ => false,
    }
}

/// In bytes.
const LONGEST_DITTO: usize = 12;

/// The way out for a text that may say that nothing is known.
pub(super) fn nothing(text: &str) -> Option<String> {
    is_nothing(text).then(|| {
        let word = text.trim();
        format!("if `{word}` means that the value is not known, set `empty: [\"{word}\"]` in the file's `files` entry")
    })
}

/// The way out for a text that is no time of day.
pub(super) fn time(text: &str) -> Option<String> {
    let (hours, minutes) = text.trim().split_once([':', '.'])?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let time = format!("{hours}:{minutes}");
    match ClockTime::parse(&time) {
        Some(_) => Some(format!("write `\"{time}\"`")),
        None if minutes.len() != 2 => {
            Some("write hours and minutes with two digits each, such as `\"08:30\"`".to_owned())
        }
        None => Some("times of day run from 00:00 to 24:00, and minutes from 00 to 59".to_owned()),
    }
}
