//! By when, in everyday English: `no later than 30 September`, `by the end of the year`, `in September`.

use super::{Line, Meant, after};

/// How the last day is said elsewhere, and the word to write; longer phrases first.
const BEFORE: [(&str, &str); 17] = [
    ("at the latest on", "by"),
    ("at the latest by", "by"),
    ("by the latest on", "by"),
    ("by no later than", "by"),
    ("no later than", "by"),
    ("not later than", "by"),
    ("on or before", "by"),
    ("at the end of", "by the end of"),
    ("at the latest", "by"),
    ("due by", "by"),
    ("due on", "by"),
    ("until", "by"),
    ("till", "by"),
    ("latest", "by"),
    ("before", "before"),
    ("by", "by"),
    ("on", "on"),
];

const MONTHS: [(&str, u32); 12] = [
    ("January", 31),
    ("February", 28),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

pub fn meant(line: &Line) -> Option<Meant> {
    let within = |words: [&str; 2]| words.into_iter().find_map(|word| after(line.text, word)).and_then(month);
    let days_of = |month: usize| {
        let (name, days) = MONTHS.get(month)?;
        let last = if *days == 28 { format!("the last day of {name}") } else { format!("{days} {name}") };
        Some(format!("between 1 {name} and {last}"))
    };
    if let Some(month) = within(["in", "during"]) {
        return days_of(month).map(Meant::Line);
    }
    if let Some(month) = within(["every", "each"]) {
        return days_of(month).map(|days| Meant::Lines("every calendar year".to_string(), days));
    }
    let (word, rest) = BEFORE.iter().find_map(|(words, word)| Some((*word, after(line.text, words)?)))?;
    if let Some((one, other)) = rest.split_once(" and ").and_then(|(one, other)| Some((day(one)?, day(other)?))) {
        return Some(Meant::Said(
            format!("a clause has one last day, and `{}` names two", line.text),
            format!("write a clause for each: one with `{word} {one}`, one with `{word} {other}`"),
        ));
    }
    let (word, rest) = match word.split_once(' ') {
        Some((word, more)) => (word, format!("{more} {rest}")),
        None => (word, rest.to_string()),
    };
    let day = day(&rest).unwrap_or(rest);
    let new = format!("{word} {day}");
    // A month with a small letter is a slip that is told as one.
    (!new.eq_ignore_ascii_case(line.text)).then_some(Meant::Line(new))
}

/// A day as it is to be written.
fn day(text: &str) -> Option<String> {
    let text = text.strip_prefix("the ").unwrap_or(text);
    if let Some(edge) = edge_in_which(text) {
        return Some(edge);
    }
    if let Some(of) = text.strip_prefix("end of ") {
        let of = of.strip_prefix("the ").unwrap_or(of);
        if let Some(month) = month(of) {
            return MONTHS.get(month).map(|(name, _)| format!("the last day of {name}"));
        }
        return is_a_period(of).then(|| "the end of the period".to_string());
    }
    if matches!(text, "year end" | "year-end" | "month end" | "month-end") {
        return Some("the end of the period".to_string());
    }
    let text = text.replace(" of ", " ").replace(',', " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let (day, month, year) = match words.as_slice() {
        [one] => return numeric(one),
        [one, other] => match (day_of(one), month(other), month(one), day_of(other)) {
            (Some(day), Some(month), ..) | (_, _, Some(month), Some(day)) => (day, month, None),
            _ => return None,
        },
        [one, other, year] => match (day_of(one), month(other), month(one), day_of(other)) {
            (Some(day), Some(month), ..) | (_, _, Some(month), Some(day)) => (day, month, Some(year.parse().ok()?)),
            _ => return None,
        },
        _ => return None,
    };
    written(day, month, year)
}

/// `end of the quarter of signed_on`, `start of the half year in which signed_on lies`.
fn edge_in_which(text: &str) -> Option<String> {
    const PARTS: [(&str, &str); 5] = [
        ("month", "month"),
        ("quarter", "quarter"),
        ("half-year", "half-year"),
        ("half year", "half-year"),
        ("year", "year"),
    ];
    let edges = ["end", "start", "last day", "first day"];
    let (edge, of) = edges.into_iter().find_map(|edge| Some((edge, after(text, edge)?)))?;
    let of = after(of, "of the")?;
    let (part, of) = PARTS.into_iter().find_map(|(said, part)| Some((part, after(of, said)?)))?;
    let day = after(of, "in which").or_else(|| after(of, "of")).unwrap_or(of).trim();
    let day = day.strip_suffix("lies").or_else(|| day.strip_suffix("falls")).unwrap_or(day).trim();
    // The year of a number is a day of the calendar, not of the facts.
    let is_day = day.chars().next().is_some_and(char::is_alphabetic) && !day.starts_with("after");
    is_day.then(|| format!("the {edge} of the {part} in which {day} lies"))
}

/// `30.9.`, `30.9.2021`; where both may be the month, nothing is guessed.
fn numeric(text: &str) -> Option<String> {
    let dotted = text.contains('.');
    let mut parts = text.split(['.', '/']).filter(|part| !part.is_empty());
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse::<usize>().ok()?, parts.next());
    let month = month.checked_sub(1)?;
    let year: Option<u32> = match year {
        Some(year) => Some(year.parse().ok()?),
        None => None,
    };
    if parts.next().is_some() || !(dotted || day > 12) || !(1..=31).contains(&day) {
        return None;
    }
    written(day, month, year)
}

fn written(day: u32, month: usize, year: Option<u32>) -> Option<String> {
    let (name, _) = MONTHS.get(month)?;
    Some(match year {
        Some(year) => format!("{year:04}-{:02}-{day:02}", month.saturating_add(1)),
        None => format!("{day} {name}"),
    })
}

/// `30 September`, of a month by its whole name.
pub fn last_of(name: &str) -> Option<String> {
    let (name, days) = MONTHS.iter().find(|(month, _)| month.eq_ignore_ascii_case(name))?;
    Some(format!("{days} {name}"))
}

/// The place of a month among the months, by its name or the beginning of it.
fn month(word: &str) -> Option<usize> {
    let word = word.trim_end_matches(['.', ',']).to_ascii_lowercase();
    let begins = |(name, _): &(&str, u32)| name.to_ascii_lowercase().starts_with(&word);
    let abbreviated = if word == "sept" { Some(8) } else { None };
    abbreviated.or_else(|| if word.len() < 3 { None } else { MONTHS.iter().position(begins) })
}

/// `30`, `30th`, `30.`, `first`.
fn day_of(word: &str) -> Option<u32> {
    if word.eq_ignore_ascii_case("first") {
        return Some(1);
    }
    let ordinal = ["st", "nd", "rd", "th", "."].into_iter().find_map(|ending| word.strip_suffix(ending));
    ordinal.unwrap_or(word).parse().ok().filter(|day| (1..=31).contains(day))
}

fn is_a_period(words: &str) -> bool {
    let words = words.strip_prefix("calendar ").or_else(|| words.strip_prefix("fiscal ")).unwrap_or(words);
    matches!(words, "year" | "month" | "quarter" | "week" | "half-year" | "half year")
}
