//! What a value was probably meant to be: days and numbers as spreadsheets and other countries write them. Only for a way out;
//! nothing is taken for what it may be meant to be.

use crate::value::{ClockTime, Day, Number};

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

/// The way out for a text that would be a number with a point in place of its comma.
pub(super) fn number(text: &str) -> Option<String> {
    let (whole, decimals) = text.trim().split_once(',')?;
    let number = format!("{whole}.{decimals}");
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
