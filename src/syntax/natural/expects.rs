//! What a scenario expects, in everyday English: `satisfied, EUR 60`, `late by 2 days`, `not met`.

use super::{Line, Meant, after};

/// Verdicts as others say them, and the word to write; longer phrases first.
const VERDICTS: [(&str, &str); 25] = [
    ("is satisfied", "satisfied"),
    ("is violated", "violated"),
    ("is pending", "pending"),
    ("is late", "late"),
    ("is unknown", "unknown"),
    ("is not applicable", "not applicable"),
    ("not satisfied", "violated"),
    ("not fulfilled", "violated"),
    ("not kept", "violated"),
    ("not met", "violated"),
    ("not done", "violated"),
    ("does not apply", "not applicable"),
    ("fulfilled", "satisfied"),
    ("kept", "satisfied"),
    ("met", "satisfied"),
    ("done", "satisfied"),
    ("ok", "satisfied"),
    ("passed", "satisfied"),
    ("broken", "violated"),
    ("breached", "violated"),
    ("failed", "violated"),
    ("missed", "violated"),
    ("too late", "late"),
    ("n/a", "not applicable"),
    ("needs judgment", "needs judgement"),
];

/// The verdicts that are told in one word here.
const PLAIN: [&str; 6] = ["satisfied", "violated", "late", "pending", "unknown", "exceeded"];

pub fn meant(line: &Line) -> Option<Meant> {
    let rest = after(line.text, "expect")?;
    amount_alone(line).or_else(|| {
        let new = format!("expect {}", keyed(&days(&verdict(rest))));
        (new != line.text).then_some(Meant::Line(new))
    })
}

/// `satisfied, EUR 60.49`: of how much is not said.
fn amount_alone(line: &Line) -> Option<Meant> {
    let said = verdict_end(line.text)?;
    let rest = line.text.get(said..)?;
    let comma = rest.starts_with(',');
    let detail = rest.rsplit_once(',').map_or(rest, |(_, detail)| detail).trim();
    let words: Vec<&str> = detail.split_whitespace().collect();
    let is_number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let is_currency = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let (amount, of_whom) = match words.as_slice() {
        [one] | ["paid", one] if is_number(one) => ((*one).to_string(), false),
        [currency, one] | ["paid", currency, one] if is_currency(currency) && is_number(one) => {
            (format!("{currency} {one}"), false)
        }
        ["share", currency, one] if is_currency(currency) && is_number(one) => (format!("{currency} {one}"), true),
        _ => return None,
    };
    let before = if comma { "" } else { ", " };
    let at = line.text.len().saturating_sub(detail.len())..line.text.len();
    let money = amount.contains(' ');
    Some(match (of_whom, money) {
        (true, _) => Meant::Part(
            at,
            format!("`{detail}` does not say whose share it is"),
            format!("write `{before}share of … {amount}`, with who bears it after `of`"),
        ),
        (false, true) => Meant::Part(
            at,
            format!("`{detail}` says how much was paid, and not of how much"),
            format!("write `{before}{amount} of …`, with what is due after `of`"),
        ),
        (false, false) => Meant::Part(
            at,
            format!("`{detail}` says how many there are, and not of how many"),
            format!(
                "write `{before}{amount} of …`, with what is asked for after `of`; for days, write `{before}{amount} days`"
            ),
        ),
    })
}

/// Where the word of the verdict ends.
fn verdict_end(text: &str) -> Option<usize> {
    let ends = PLAIN.into_iter().chain(["not applicable", "needs judgement", "not used", "used"]).filter_map(|word| {
        let at = text.find(&format!(" {word}"))?;
        let end = at.saturating_add(word.len()).saturating_add(1);
        text.get(end..).filter(|rest| rest.starts_with([',', ' '])).map(|_| end)
    });
    ends.max()
}

/// The word of the verdict, also where it is said otherwise, or stands behind a colon.
fn verdict(text: &str) -> String {
    let text = text.replace(": ", " ");
    for (said, meant) in VERDICTS {
        let at = text.find(said).filter(|at| {
            let ends = text
                .get(at.saturating_add(said.len())..)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([',', ' ']));
            ends && text.get(..*at).is_some_and(|before| before.ends_with(' '))
        });
        if let Some(at) = at {
            let (before, behind) =
                (text.get(..at).unwrap_or(""), text.get(at.saturating_add(said.len())..).unwrap_or(""));
            return format!("{before}{meant}{behind}");
        }
    }
    text
}

/// `late by 2 days`, `2 days late`: the days stand behind a comma.
fn days(text: &str) -> String {
    if let Some((before, days)) = text.split_once(" late by ") {
        return format!("{before} late, {days}");
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [before @ .., many, unit @ ("day" | "days"), "late"]
            if before.last() != Some(&"late,") && many.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            format!("{} late, {many} {unit}", before.join(" "))
        }
        _ => text.to_string(),
    }
}

/// The keys of the case: behind `for`, with commas between them.
fn keyed(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [clause, joint, rest @ ..] = words.as_slice() else { return text.to_string() };
    let joint = if *joint == "of" { "for" } else { joint };
    if joint != "for" {
        return text.to_string();
    }
    let at = rest
        .iter()
        .position(|word| PLAIN.contains(&word.trim_end_matches(',')) || matches!(*word, "not" | "needs" | "used"));
    let Some((keys, verdict)) = at.and_then(|at| rest.split_at_checked(at)) else {
        return format!("{clause} for {}", rest.join(" "));
    };
    let keys: Vec<&str> =
        keys.iter().map(|key| key.trim_end_matches([',', ':'])).filter(|key| !key.is_empty()).collect();
    format!("{clause} for {} {}", keys.join(", "), verdict.join(" "))
}
