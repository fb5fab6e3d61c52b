//! Words that a spreadsheet takes for a number, a day or an answer when it opens a text, and then shows as something else: an id
//! `007` becomes 7, `1-2` a day in February.

/// The months in English and Swedish; the first three letters of each stand for it, too.
#[rustfmt::skip]
const MONTHS: [&str; 21] = [
    "january", "januari", "february", "februari", "march", "mars", "april", "may", "maj", "june", "juni", "july", "juli", "august",
    "augusti", "september", "october", "oktober", "november", "december", "sept",
];
const ANSWERS: [&str; 4] = ["true", "false", "sant", "falskt"];
/// A spreadsheet keeps no more digits of a number.
const DIGITS: usize = 15;

/// Whether a spreadsheet would not leave the words as they are. Whole numbers stay what they are.
pub fn is_mistaken(words: &str) -> bool {
    if words.len() > 40 || words.is_empty() {
        return false;
    }
    let lower = words.to_lowercase();
    ANSWERS.contains(&lower.as_str()) || is_number(&lower) || is_day(&lower)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Numbers that are not written like whole ones.
fn is_number(text: &str) -> bool {
    // A minus may stand behind a number, and brackets around one below zero.
    let in_brackets = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).map(str::trim);
    let behind = text.strip_suffix('-').filter(|text| digits(text)).or(in_brackets);
    if let Some(text) = behind {
        return digits(text) || is_number(text);
    }
    // A point or comma with digits on one side alone.
    let sign = ['.', ','];
    if text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)).is_some_and(digits) {
        return true;
    }
    let number = text.strip_prefix('-').unwrap_or(text);
    let marks = ["%", "€", "$", "£", "kr", "sek", "eur"];
    let bare = marks.iter().find_map(|mark| number.strip_suffix(mark).or_else(|| number.strip_prefix(mark)));
    let (number, is_marked) = bare.map_or((number, false), |number| (number.trim(), true));
    let number = if is_marked { number.strip_prefix('-').unwrap_or(number) } else { number };
    if digits(number) {
        return is_marked || number.len() > DIGITS || number.len() > 1 && number.starts_with('0');
    }
    let (digits_alone, power) = number.split_once('e').map_or((number, None), |(number, power)| (number, Some(power)));
    let is_power = |power: &str| digits(power.strip_prefix(['+', '-']).unwrap_or(power));
    let parts: Vec<&str> = digits_alone.split(['.', ',', ' ', '\u{a0}']).collect();
    parts.iter().all(|part| digits(part)) && power.is_none_or(is_power)
}

/// Days and times.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split([' ', '-', '/', '.', ':', ',']).filter(|part| !part.is_empty()).collect();
    let is_short = |part: &&str| digits(part) && part.len() <= 4;
    let is_month = |part: &&str| MONTHS.iter().any(|month| part == month || month.get(..3) == Some(part));
    let months = parts.iter().filter(|part| is_month(part)).count();
    let all = parts.iter().all(|part| is_short(part) || is_month(part));
    match parts.len() {
        2 | 3 => all && months <= 1,
        // `mar1`, as some things are called.
        1 => {
            let letters = text.trim_end_matches(|sign: char| sign.is_ascii_digit());
            letters.len() < text.len() && text.len().saturating_sub(letters.len()) <= 4 && is_month(&letters)
        }
        _ => false,
    }
}
