//! What follows a breach, how a cost is shared, and how long before something ends notice is given, in everyday English.

use super::{Line, Meant, after, number};
use crate::source::LINE_ENDS;

pub fn meant(line: &Line, piece: &str, clause: &str) -> Option<Meant> {
    otherwise(line, piece).or_else(|| shared(line)).or_else(|| notice(line, clause)).or_else(|| bound(line))
}

/// What is due otherwise is a clause of its own.
fn otherwise(line: &Line, piece: &str) -> Option<Meant> {
    let rest = after(line.text, "otherwise").or_else(|| line.text.strip_prefix("otherwise:").map(str::trim))?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_name = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    match words.as_slice() {
        [] => None,
        [one] if is_name(one) => Some(Meant::Line(format!("otherwise {one}"))).filter(|_| line.text.contains(':')),
        [one, other] if is_name(one) && is_name(other) && !matches!(*one, "a" | "the" | "pay") => Some(Meant::Said(
            "the name of a clause is one word".to_string(),
            format!("write `otherwise {one}_{other}`, and that name after `duty` where the clause begins"),
        )),
        _ => {
            let due = match amount(&words) {
                Some(amount) => format!("{} shall pay {amount} by fine as amount", bearer(piece)),
                None => format!("{} shall …", bearer(piece)),
            };
            Some(Meant::Said(
                "`otherwise` names another clause, which says what is then due".to_string(),
                format!(
                    "write that clause by itself, such as `duty late_fee` with the line `{due}`, and here `otherwise late_fee`"
                ),
            ))
        }
    }
}

/// `EUR 20`, as it is written.
fn amount(words: &[&str]) -> Option<String> {
    let is_currency = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    words.windows(2).find_map(|pair| match pair {
        [currency, amount] if is_currency(currency) && amount.starts_with(|c: char| c.is_ascii_digit()) => {
            Some(format!("{currency} {amount}"))
        }
        _ => None,
    })
}

/// Who bears the clause: what stands before its `shall`.
fn bearer(piece: &str) -> &str {
    let modals = [" shall ", " should ", " must not ", " may "];
    let before = |line: &'_ str| modals.into_iter().find_map(|modal| line.find(modal));
    piece.split(LINE_ENDS).skip(1).find_map(|line| line.get(..before(line)?)).map_or("each member", str::trim)
}

/// A key by which a cost is shared.
fn shared(line: &Line) -> Option<Meant> {
    const SHARED: [&str; 4] = [" is shared", " is split", " is divided", " is distributed"];
    const BY: [&str; 10] = [
        "in proportion to",
        "in proportion of",
        "in proportion with",
        "according to",
        "proportionally to",
        "proportionate to",
        "proportional to",
        "based on",
        "per",
        "by",
    ];
    let (what, rest) = SHARED.into_iter().find_map(|words| line.text.split_once(words))?;
    let rest = rest.trim();
    let words: Vec<&str> = rest.split_whitespace().collect();
    let (joint, whom) = words.windows(2).find_map(|pair| match pair {
        [joint @ ("among" | "amongst" | "between"), whom] => Some((*joint, whom.trim_end_matches(','))),
        _ => None,
    })?;
    // What stands behind is left as it is.
    let tail = rest.split_once(&format!("{joint} {whom}")).map_or("", |(_, tail)| tail);
    let by = |text: &str| {
        let behind = |by: &&str| Some(text.split_once(&format!("{by} "))?.1);
        BY.iter().find_map(behind).and_then(|behind| behind.split_whitespace().next().map(ToString::to_string))
    };
    let first = words.first().copied().unwrap_or("");
    if matches!(first, "equal" | "equally" | "evenly" | "50/50") {
        let new = format!("{what} is shared equally among {whom}{tail}");
        return (new != line.text).then_some(Meant::Line(new));
    }
    let key = rest.split(joint).next().unwrap_or("");
    // `among farmer by hectares`: the key stands at the end.
    let (by, tail) = if key.trim().is_empty() { (by(tail.trim_start()), "") } else { (by(key), tail) };
    match by {
        Some(by) => {
            let new = format!("{what} is shared in proportion to {by} among {whom}{tail}");
            (new != line.text).then_some(Meant::Line(new))
        }
        None if matches!(first, "among" | "amongst" | "between" | "pro") => Some(Meant::Said(
            "this does not say by what the cost is shared".to_string(),
            format!(
                "write `{what} is shared equally among {whom}`, or `{what} is shared in proportion to FIELD among {whom}`"
            ),
        )),
        None => None,
    }
}

/// Who is bound, where the line begins as in other texts.
fn bound(line: &Line) -> Option<Meant> {
    const WHO: [&str; 6] = ["no", "every", "all", "any", "all of the", "each of the"];
    const MODALS: [&str; 5] = ["shall", "should", "must not", "may not", "may"];
    let (who, rest) =
        WHO.into_iter().filter_map(|who| Some((who, after(line.text, who)?))).max_by_key(|(who, _)| who.len())?;
    let (name, rest) = rest.split_once(' ')?;
    let (modal, act) = MODALS.into_iter().find_map(|modal| Some((modal, after(rest, modal)?)))?;
    let name = match name.strip_suffix('s').filter(|_| who.starts_with("all") || who.starts_with("each")) {
        Some(one) => one.strip_suffix("ie").map_or_else(|| one.to_string(), |one| format!("{one}y")),
        None => name.to_string(),
    };
    let modal = if who == "no" || modal == "may not" { "must not" } else { modal };
    Some(Meant::Line(format!("each {name} {modal} {act}")))
}

/// So long before something ends, or takes place, it is to be said.
fn notice(line: &Line, clause: &str) -> Option<Meant> {
    let words = line.words();
    let of_notice = words.iter().any(|word| word.trim_end_matches(['.', ',']) == "notice");
    let effect =
        (line.text.starts_with("takes effect") && !words.contains(&"on")) || line.text.starts_with("with effect");
    let is_notice = of_notice || (effect && clause == "permission");
    if !is_notice {
        return None;
    }
    let span = words.windows(2).find_map(|pair| match pair {
        [many, unit] => {
            let unit = unit.trim_end_matches(['\'', '’', ',']);
            let known = matches!(unit, "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years");
            known.then(|| Some(format!("{} {unit}", number(many)?)))?
        }
        _ => None,
    })?;
    Some(match clause {
        "permission" => Meant::Said(
            format!("`{}` cannot be read", line.text),
            format!(
                "write `exercised on notice_on` and below it `takes effect {span} after notice_on`, where `notice_on` is the date on which notice is given"
            ),
        ),
        _ => Meant::Said(
            format!("`{}` cannot be read", line.text),
            format!(
                "write by when notice is given: `at least {span} before held_on`, with the date on which it takes place"
            ),
        ),
    })
}
