//! What waits for a person: for a terminal, as plain lines, and as JSON.

use serde::Serialize;

use super::diagnostics::json::written;
use super::report::json::{Place, Verdict, place, verdict};
use super::report::short_place;
use super::table::{Tint, broken, tinted};
use super::{Look, Marks, visible};
use crate::report::decisions::{Case, Deciding, Earlier};
use crate::report::{AskedFor, Head};
use crate::source::{Sources, Span};

/// Everything that waits, for a terminal.
pub fn pretty(deciding: &Deciding, head: &Head, sources: &Sources, look: Look) -> String {
    let dot = match look.marks {
        Marks::Unicode => "·",
        Marks::Ascii => "-",
    };
    let mut text = String::new();
    let top = format!("{} {dot} as of {} {dot} {}", head.agreement, head.as_of, head.facts.join(", "));
    push(&mut text, (0, Tint::Strong), &top, look);
    push(&mut text, (0, Tint::Plain), &summary(deciding), look);
    let mut before = None;
    for case in &deciding.cases {
        if before != Some(&case.role) {
            text.push('\n');
            push(&mut text, (0, Tint::Strong), &who(case), look);
        }
        before = Some(&case.role);
        for (indent, line) in lines(case, sources) {
            let tint = if indent == 0 { Tint::Plain } else { Tint::Faint };
            push(&mut text, (indent.saturating_add(2), tint), &line, look);
        }
    }
    text
}

/// The same as plain lines.
pub fn plain(deciding: &Deciding, head: &Head, sources: &Sources) -> String {
    let known = head.known_on.map_or_else(String::new, |day| format!(", as known on {day}"));
    let mut all = vec![
        format!("{}: as of {}{known}; facts {}", head.agreement, head.as_of, head.facts.join(", ")),
        summary(deciding),
    ];
    for case in &deciding.cases {
        let told = lines(case, sources).into_iter().map(|(indent, line)| match indent {
            0 => format!("{}: {line}", who(case)),
            indent => format!("{}{line}", " ".repeat(indent)),
        });
        all.extend(told);
    }
    all.iter().map(|line| format!("{}\n", visible::line(line))).collect()
}

/// `of 144 verdicts, 12 wait for a person`.
pub fn summary(deciding: &Deciding) -> String {
    let waits = match deciding.cases.len() {
        0 => "none waits for a person".to_string(),
        1 => "1 decision waits for a person".to_string(),
        many => format!("{many} decisions wait for a person"),
    };
    format!("of {}, {waits}", super::many(deciding.verdicts, "verdict"))
}

/// A case as it is put to somebody.
pub fn asked(case: &Case, sources: &Sources) -> String {
    let lines = lines(case, sources).into_iter();
    let told = lines.map(|(indent, line)| format!("\n{}{}", " ".repeat(indent), visible::line(&line)));
    std::iter::once(format!("\n{}", visible::line(&who(case)))).chain(told).chain(["\n".to_string()]).collect()
}

/// `board`; where the text names nobody, that.
fn who(case: &Case) -> String {
    case.role.clone().unwrap_or_else(|| "no role named by the text".to_string())
}

/// The lines of a case, each with its indent.
fn lines(case: &Case, sources: &Sources) -> Vec<(usize, String)> {
    let line = &case.line;
    let day = case.day.map_or_else(|| "no date".to_string(), |day| format!("{day} ({})", day.weekday()));
    let place = line.place.as_ref().map_or_else(String::new, |place| format!("{place} "));
    let label = match case.label() {
        none if none.is_empty() => none,
        some => format!(" for {some}"),
    };
    let what = match case.asked {
        AskedFor::Judgement => "to judge",
        AskedFor::Attestation => "to attest",
    };
    let mut lines = vec![(0, format!("{day}: {place}{}{label}: {what}", line.clause))];
    // What is weighed may be the title itself.
    lines.extend(line.title.clone().filter(|title| !case.weigh.contains(title)).map(|title| (3, title)));
    lines.extend(line.walk.iter().map(|walk| (3, walk.words())));
    lines.extend(case.weigh.iter().map(|words| (3, format!("to weigh: {words}"))));
    lines.extend(case.readings.iter().map(|reading| (3, reading.clone())));
    lines.extend(case.laid.iter().map(|fact| (3, format!("laid before the decider: {fact}"))));
    lines.extend(case.facts.iter().map(|(fact, at)| {
        let at = at.map_or_else(String::new, |span| format!(" ({})", short_place(span, sources)));
        (3, format!("fact: {fact}{at}"))
    }));
    if case.more_facts > 0 {
        lines.push((3, format!("and {}", super::many(case.more_facts, "more fact"))));
    }
    lines.extend(case.earlier.iter().map(|earlier| (3, before(earlier))));
    lines
}

fn before(earlier: &Earlier) -> String {
    match earlier.about.is_empty() {
        true => format!("earlier: {}", earlier.words),
        false => format!("earlier, for {}: {}", earlier.about, earlier.words),
    }
}

fn push(text: &mut String, (indent, tint): (usize, Tint), words: &str, look: Look) {
    for line in broken(&visible::line(words), look.width.saturating_sub(indent).max(40)) {
        text.push_str(&format!("{}{}\n", " ".repeat(indent), tinted(&line, tint, look.colour)));
    }
}

// ---- JSON ----

/// The form of the JSON.
const SCHEMA: &str = "overens-decide/1";

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    agreement: &'a str,
    as_of: String,
    known_on: Option<String>,
    facts: &'a [String],
    verdicts: usize,
    cases: Vec<OneCase<'a>>,
}

#[derive(Serialize)]
struct OneCase<'a> {
    role: Option<&'a str>,
    asked: &'static str,
    day: Option<String>,
    verdict: Verdict<'a>,
    weigh: &'a [String],
    readings: &'a [String],
    laid: &'a [String],
    facts: Vec<Fact<'a>>,
    more_facts: usize,
    earlier: Vec<OneEarlier<'a>>,
}

#[derive(Serialize)]
struct Fact<'a> {
    words: &'a str,
    place: Option<Place<'a>>,
}

#[derive(Serialize)]
struct OneEarlier<'a> {
    on: String,
    about: &'a str,
    words: &'a str,
}

pub fn json(deciding: &Deciding, head: &Head, sources: &Sources) -> String {
    written(&Wire {
        schema: SCHEMA,
        agreement: &head.agreement,
        as_of: head.as_of.to_string(),
        known_on: head.known_on.map(|day| day.to_string()),
        facts: &head.facts,
        verdicts: deciding.verdicts,
        cases: deciding.cases.iter().map(|case| one(case, sources)).collect(),
    })
}

fn one<'a>(case: &'a Case, sources: &'a Sources) -> OneCase<'a> {
    let fact = |(words, at): &'a (String, Option<Span>)| Fact { words, place: at.map(|span| place(span, sources)) };
    let earlier = |one: &'a Earlier| OneEarlier { on: one.on.to_string(), about: &one.about, words: &one.words };
    OneCase {
        role: case.role.as_deref(),
        asked: match case.asked {
            AskedFor::Judgement => "judgement",
            AskedFor::Attestation => "attestation",
        },
        day: case.day.map(|day| day.to_string()),
        verdict: verdict(&case.line, sources),
        weigh: &case.weigh,
        readings: &case.readings,
        laid: &case.laid,
        facts: case.facts.iter().map(fact).collect(),
        more_facts: case.more_facts,
        earlier: case.earlier.iter().map(earlier).collect(),
    }
}
