//! How often, in everyday English: `no more than three times`, `twice a year`, `every year`.

use super::{Line, Meant, after, number};

/// How limits are said elsewhere, and the words to write; longer phrases first.
const LIMITS: [(&str, &str); 30] = [
    ("a maximum of", "at most"),
    ("maximum of", "at most"),
    ("a minimum of", "at least"),
    ("minimum of", "at least"),
    ("not more than", "at most"),
    ("no more than", "at most"),
    ("not more then", "at most"),
    ("no more then", "at most"),
    ("not less than", "at least"),
    ("no less than", "at least"),
    ("not fewer than", "at least"),
    ("no fewer than", "at least"),
    ("at the most", "at most"),
    ("at the least", "at least"),
    ("less then", "fewer than"),
    ("fewer then", "fewer than"),
    ("more then", "more than"),
    ("less than", "fewer than"),
    ("fewer than", "fewer than"),
    ("more than", "more than"),
    ("at least", "at least"),
    ("at most", "at most"),
    ("exactly", "exactly"),
    ("only", "exactly"),
    ("up to", "at most"),
    ("maximum", "at most"),
    ("minimum", "at least"),
    ("max.", "at most"),
    ("max", "at most"),
    ("min", "at least"),
];

/// How limits are said behind the number.
const BEHIND: [(&str, &str); 9] = [
    ("or more", "at least"),
    ("or less", "at most"),
    ("or fewer", "at most"),
    ("at most", "at most"),
    ("at least", "at least"),
    ("at the most", "at most"),
    ("maximum", "at most"),
    ("minimum", "at least"),
    ("max", "at most"),
];

/// How cycles are said elsewhere, and the line to write.
const CYCLES: [(&str, &str); 33] = [
    ("every year", YEAR),
    ("each year", YEAR),
    ("each calendar year", YEAR),
    ("every calendar years", YEAR),
    ("every 12 months", YEAR),
    ("every twelve months", YEAR),
    ("yearly", YEAR),
    ("annually", YEAR),
    ("a year", YEAR),
    ("per year", YEAR),
    ("per calendar year", YEAR),
    ("a calendar year", YEAR),
    ("in a year", YEAR),
    ("in each year", YEAR),
    ("each month", "every month"),
    ("per month", "every month"),
    ("a month", "every month"),
    ("monthly", "every month"),
    ("each week", "every week"),
    ("per week", "every week"),
    ("a week", "every week"),
    ("weekly", "every week"),
    ("each quarter", "every quarter"),
    ("per quarter", "every quarter"),
    ("a quarter", "every quarter"),
    ("quarterly", "every quarter"),
    ("every three months", "every quarter"),
    ("every half year", "every half-year"),
    ("every six months", "every half-year"),
    ("every day", "on every day"),
    ("each day", "on every day"),
    ("daily", "on every day"),
    ("every 4 months", "every four months"),
];

const YEAR: &str = "every calendar year";

pub fn meant(line: &Line, clause: &str) -> Option<Meant> {
    if let Some(cycle) = cycle(line.text) {
        return Some(Meant::Line(cycle.to_string()));
    }
    if let Some((number, unit)) = several(line.text) {
        let line = line.text;
        return Some(Meant::Said(
            format!("`{line}` does not say from which day it is counted"),
            format!("write `every {number} {unit} counted from 2021-01-01`, with the day from which you count"),
        ));
    }
    if let Some((least, most)) = range(line.text) {
        return Some(Meant::Said(
            format!("`{}` names two numbers, and a clause has one", line.text),
            format!("write a clause for each: one with `at least {least} times`, one with `at most {most} times`"),
        ));
    }
    let (limit, rest) = match LIMITS.iter().find_map(|(words, limit)| Some((*limit, after(line.text, words)?))) {
        Some((limit, rest)) => (Some(limit), rest),
        None => (None, line.text),
    };
    // `at least every three months`.
    if let Some(cycle) = cycle(rest).or_else(|| rest.starts_with("every ").then_some(rest)).filter(|_| limit.is_some())
    {
        return Some(Meant::Lines(format!("{} 1 time", limit.unwrap_or("at least")), cycle.to_string()));
    }
    let (many, rest) = times(rest)?;
    let (limit, rest) = match BEHIND.iter().find(|(words, _)| rest == *words) {
        Some((_, behind)) if limit.is_none() => (Some(*behind), ""),
        _ => (limit, rest),
    };
    let times = if many == 1 { "time" } else { "times" };
    // A right is limited, and what has to be done is asked for.
    let usual = if clause == "permission" { "at most" } else { "at least" };
    let new = format!("{} {many} {times}", limit.unwrap_or(usual));
    match (rest, cycle(rest)) {
        ("", _) => (new != line.text).then_some(Meant::Line(new)),
        (_, Some(cycle)) => Some(Meant::Lines(new, cycle.to_string())),
        (_, None) => None,
    }
}

fn cycle(text: &str) -> Option<&'static str> {
    CYCLES.iter().find(|(words, _)| text.eq_ignore_ascii_case(words)).map(|(_, cycle)| *cycle)
}

/// `every two years`, `every second year`: the number and its unit.
fn several(text: &str) -> Option<(u32, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ["every", many, unit] = words.as_slice() else { return None };
    let many = match *many {
        "second" | "other" => 2,
        "third" => 3,
        many => number(many)?,
    };
    let unit = unit.trim_end_matches('s');
    matches!(unit, "year" | "month" | "week").then(|| (many, format!("{unit}s")))
}

/// `between 2 and 3 times`, `2 to 3 times`.
fn range(text: &str) -> Option<(u32, u32)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["between" | "from", least, "and" | "to", most, "times"] | [least, "to" | "or", most, "times"] => {
            Some((number(least)?, number(most)?))
        }
        _ => None,
    }
}

/// How many times, and what follows.
fn times(text: &str) -> Option<(u32, &str)> {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let alone = match first {
        "once" => Some(1),
        "twice" => Some(2),
        "thrice" => Some(3),
        _ => None,
    };
    match alone {
        Some(many) => Some((many, rest)),
        None => {
            let rest = after(rest, "times").or_else(|| after(rest, "time"))?;
            Some((number(first)?, rest))
        }
    }
}
