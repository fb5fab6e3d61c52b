//! Words that a spreadsheet takes for a number, a day or an answer when it opens a text, and then shows as something else: an id
//! `007` becomes 7, `1-2` a day in February.

/// The months in English and Swedish; the first three letters of each stand for it, too.
#[rustfmt::skip]
const MONTHS: [&str; 21] = [
    "january", "januari", "february", "februari", "march", "mars", "april", "may", "maj", "june", "juni", "july", "juli", "august",
    "augusti", "september", "october", "oktober", "november", "december", "sept",
];
/// The days of the week in English and Swedish, which may stand with a day; their short forms are no part of one.
#[rustfmt::skip]
const WEEKDAYS: [&str; 14] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "måndag", "tisdag", "onsdag", "torsdag",
    "fredag", "lördag", "söndag",
];
const ANSWERS: [&str; 4] = ["true", "false", "sant", "falskt"];
/// What stands behind a time of day in English and Swedish.
const HALVES: [&str; 4] = ["am", "pm", "fm", "em"];
/// What stands before or behind a number, and a spreadsheet reads with it. A minus may stand behind, and brackets around what is below zero.
const MARKS: [&str; 11] = ["%", "€", "$", "£", "kr", "sek", "eur", "-", "+", "(", ")"];
/// A spreadsheet keeps no more digits of a number.
const DIGITS: usize = 15;

/// Whether a spreadsheet would not leave the words as they are. Whole numbers stay what they are.
pub fn is_mistaken(words: &str) -> bool {
    if words.len() > 40 || words.is_empty() {
        return false;
    }
    // Blanks of any kind around a number are not looked at.
    let lower = words.trim().to_lowercase();
    let has_blanks = lower.len() < words.len() && digits(&lower);
    ANSWERS.contains(&lower.as_str()) || has_blanks || is_number(&lower) || is_day(&lower)
}

/// Whether a spreadsheet keeps a number as it is: decimal digits, and no more of them than it has room for.
pub fn is_kept(number: &str) -> bool {
    let unsigned = number.strip_prefix('-').unwrap_or(number);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_number = digits(whole) && (decimals.is_empty() || digits(decimals)) && !unsigned.ends_with('.');
    let all = format!("{whole}{decimals}");
    let telling = if decimals.is_empty() { all.trim_matches('0') } else { all.trim_start_matches('0') };
    is_number && telling.len() <= DIGITS && whole.len() < 100
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Numbers that are not written like whole ones.
fn is_number(text: &str) -> bool {
    let mut number = text;
    while let Some(rest) = MARKS.iter().find_map(|mark| number.strip_prefix(mark).or_else(|| number.strip_suffix(mark)))
    {
        number = rest.trim();
    }
    if digits(number) {
        return number.len() < text.len() || number.len() > DIGITS || number.len() > 1 && number.starts_with('0');
    }
    // A point or comma with digits on one side alone.
    let sign = ['.', ','];
    if number.strip_prefix(sign).or_else(|| number.strip_suffix(sign)).is_some_and(digits) {
        return true;
    }
    let (digits_alone, power) = number.split_once('e').map_or((number, None), |(number, power)| (number, Some(power)));
    let is_power = |power: &str| digits(power.trim().strip_prefix(['+', '-']).unwrap_or(power.trim()));
    let parts: Vec<&str> = digits_alone.trim().split(['.', ',', ' ', '\u{a0}']).collect();
    parts.iter().all(|part| digits(part)) && power.is_none_or(is_power)
}

/// Days, times and fractions.
fn is_day(text: &str) -> bool {
    let words = in_parts(text);
    let parts = words.split([' ', '-', '/', '.', ':', ',', '(', ')']).filter(|part| !part.is_empty());
    // `tisdag 5 maj 2024` is a day, whichever weekday that is.
    let parts: Vec<&str> = parts.filter(|part| !WEEKDAYS.contains(part)).collect();
    let is_month = |part: &&str| MONTHS.iter().any(|month| part == month || month.get(..3) == Some(part));
    let months = parts.iter().filter(|part| is_month(part)).count();
    // Hours may be many, and so may be what a fraction is made of. The year of a named month may have five digits.
    let most = match months {
        _ if text.contains([':', '/']) => 15,
        0 => 4,
        _ => 5,
    };
    let is_time = text.contains(':');
    let is_short = |part: &&str| digits(part) && part.len() <= most;
    let all = parts.iter().all(|part| is_short(part) || is_month(part) || HALVES.contains(part));
    let is_of_such = all && months <= 1 && parts.iter().any(is_short);
    match parts.len() {
        2 | 3 => is_of_such,
        4..=8 => is_of_such && is_time,
        // `12:`, and `mar1`, as some things are called.
        1 => {
            let letters = text.trim_end_matches(|sign: char| sign.is_ascii_digit());
            let is_month =
                letters.len() < text.len() && text.len().saturating_sub(letters.len()) <= 4 && is_month(&letters);
            is_month || is_of_such && is_time
        }
        _ => false,
    }
}

/// The same with a blank between a day and a time (`2024-01-02T10:00`), and before what stands behind a time (`10pm`).
fn in_parts(text: &str) -> String {
    let apart = match text.char_indices().nth_back(1) {
        Some((at, _)) => text.split_at_checked(at).filter(|(time, half)| !time.is_empty() && HALVES.contains(half)),
        None => None,
    };
    let words = apart.map_or_else(|| text.to_string(), |(time, half)| format!("{time} {half}"));
    let mut parts = words.split('t');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |all, next| {
        let is_between =
            all.ends_with(|sign: char| sign.is_ascii_digit()) && next.starts_with(|sign: char| sign.is_ascii_digit());
        format!("{all}{}{next}", if is_between { ' ' } else { 't' })
    })
}
