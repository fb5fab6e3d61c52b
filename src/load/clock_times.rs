//! Times of day as people and programs write them.

use crate::value::ClockTime;

/// Reads a time of day where texts stand in quotes; seconds may stand behind it if they are none.
pub(super) fn in_quotes(text: &str) -> Option<ClockTime> {
    let (time, seconds) = match text.trim().rsplit_once(':') {
        Some((time, seconds)) if time.contains(':') => (time, seconds),
        Some(_) | None => (text.trim(), "00"),
    };
    let is_nought = seconds.starts_with("00") && seconds.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    ClockTime::parse(time).filter(|_| is_nought)
}

/// Days that programs put before a time that has none, and the one among them from which spreadsheets count.
const NO_DAYS: [&str; 4] = ["1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01"];
const DAY_NOUGHT: &[&str] = &["1899-12-30"];

/// Reads a time of day that is a value of a spreadsheet. There a later day before it says that it is one of more than 24 hours, though
/// its cell may show nothing of that.
pub(super) fn in_value(text: &str) -> Option<ClockTime> {
    // A number of hours with decimals is none: 18.25 is a quarter past six, and looks like 25 past.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    read(text, DAY_NOUGHT).filter(|_| !is_number)
}

/// Reads a time of day: `18:00`, `18.00`, `18h00`, `kl. 18.00`, `6:00 PM`. Seconds may stand behind it if they are none, and before it
/// a day that programs put where there is none.
pub(super) fn in_cell(text: &str) -> Option<ClockTime> {
    read(text, &NO_DAYS)
}

fn read(text: &str, no_days: &[&str]) -> Option<ClockTime> {
    let text = text.trim();
    let bare = no_days.iter().find_map(|day| text.strip_prefix(day)?.strip_prefix(['T', ' ']));
    let lower = bare.unwrap_or(text).to_lowercase();
    let text = lower.strip_prefix("kl").map_or(lower.as_str(), |rest| rest.trim_start_matches('.').trim_start());
    let half =
        ["am", "pm", "a.m.", "p.m."].into_iter().find_map(|half| Some((text.strip_suffix(half)?.trim_end(), half)));
    let (text, half) = half.map_or((text, None), |(text, half)| (text, half.chars().next()));
    // Behind a comma stand parts of a second, or of an hour; minutes do not.
    if text.trim_start_matches(|sign: char| sign.is_ascii_digit()).starts_with(',') {
        return None;
    }
    let parts: Vec<&str> = text.split([':', '.', 'h', ',']).collect();
    let (hours, minutes, rest) = match parts.as_slice() {
        [hours] if half.is_some() => (*hours, "00", &[][..]),
        [hours, "", rest @ ..] if text.ends_with('h') => (*hours, "00", rest),
        [hours, minutes, rest @ ..] => (*hours, *minutes, rest),
        _ => return None,
    };
    let is_nought = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte == b'0');
    if rest.len() > 2 || !rest.iter().all(is_nought) || hours.len() > 2 {
        return None;
    }
    let number = hours.parse::<u8>().ok().filter(|_| hours.bytes().all(|byte| byte.is_ascii_digit()))?;
    let hours = match half {
        None => number,
        Some(_) if !(1..=12).contains(&number) => return None,
        Some('p') if number < 12 => number.checked_add(12)?,
        Some('a') if number == 12 => 0,
        Some(_) => number,
    };
    ClockTime::parse(&format!("{hours}:{minutes}"))
}
