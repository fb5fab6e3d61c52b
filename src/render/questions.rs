//! What is asked, for a terminal, for plain lines, and as JSON.

use serde::Serialize;

use super::diagnostics::json::written;
use super::report::so_many;
use super::table::{Tint, broken, tinted};
use super::{Look, Marks, visible};
use crate::report::questions::{Asking, Matter, Question, Tried};
use crate::report::{Head, Names, short};
use crate::value::Day;
use crate::verdict::Called;

/// So many records are named below a question before they are counted.
const NAMED: usize = 12;

/// Everything that is asked, for a terminal.
pub fn pretty(asking: &Asking, head: &Head, names: &Names, look: Look) -> String {
    let dot = match look.marks {
        Marks::Unicode => "·",
        Marks::Ascii => "-",
    };
    let top = format!("{} {dot} as of {} {dot} {}", head.agreement, head.as_of, head.facts.join(", "));
    let mut text = String::new();
    push(&mut text, 0, &top, Tint::Strong, look);
    push(&mut text, 0, &summary(asking), Tint::Plain, look);
    for (question, number) in asking.questions.iter().zip(1_usize..) {
        text.push('\n');
        for (indent, tint, line) in lines(question, number, names) {
            push(&mut text, indent, &line, tint, look);
        }
    }
    for (title, all) in [(BEYOND, &asking.beyond), (FOR_GOOD, &asking.for_good)] {
        if !all.is_empty() {
            text.push('\n');
            push(&mut text, 0, title, Tint::Strong, look);
        }
        all.iter().for_each(|(words, count)| push(&mut text, 3, &needed(words, *count), Tint::Plain, look));
    }
    text
}

/// The same as plain lines, each about one thing.
pub fn plain(asking: &Asking, head: &Head, names: &Names) -> String {
    let known = head.known_on.map_or_else(String::new, |day| format!(", as known on {day}"));
    let mut all = vec![
        format!("{}: as of {}{known}; facts {}", head.agreement, head.as_of, head.facts.join(", ")),
        summary(asking),
    ];
    for (question, number) in asking.questions.iter().zip(1_usize..) {
        all.extend(
            lines(question, number, names).into_iter().map(|(indent, _, line)| format!("{}{line}", " ".repeat(indent))),
        );
    }
    for (title, some) in [(BEYOND, &asking.beyond), (FOR_GOOD, &asking.for_good)] {
        all.extend(some.iter().map(|(words, count)| format!("{title}: {}", needed(words, *count))));
    }
    all.iter().map(|line| format!("{}\n", visible::line(line))).collect()
}

const BEYOND: &str = "cannot be settled by an answer";
const FOR_GOOD: &str = "permanently unknown, not asked";

fn needed(words: &str, count: usize) -> String {
    format!("{words}, needed by {}", verdicts(count))
}

/// A question as it is asked in an interview.
pub fn asked(question: &Question, names: &Names) -> String {
    let lines = lines(question, 0, names).into_iter().map(|(_, _, line)| format!("\n{}", visible::line(&line)));
    lines.chain(["\n".to_string()]).collect()
}

/// The lines of a question, each with its indent.
fn lines(question: &Question, number: usize, names: &Names) -> Vec<(usize, Tint, String)> {
    let numbered = if number == 0 { String::new() } else { format!("{number}. ") };
    let explained = question.explained.as_ref().map_or_else(String::new, |words| format!(" ({words})"));
    let rows = rows(question, names);
    let settled = match question.settles() {
        (_, 0) => "Settles nothing by itself, only together with other answers.".to_string(),
        _ => format!("Settles {}.", settles(question)),
    };
    let mut lines = vec![
        (0, Tint::Strong, format!("{numbered}{} {settled}", question.words)),
        (3, Tint::Plain, format!("{}{explained}: {}", question.key, question.answer)),
    ];
    lines.extend((!rows.is_empty()).then_some((3, Tint::Plain, format!("for {rows}"))));
    let needed = format!("needed by {}: {}", verdicts(question.needed_by), short::clauses(&question.clauses));
    lines.push((3, Tint::Faint, needed));
    lines.extend(question.tried.iter().map(|tried| (3, Tint::Faint, format!("{}: {}", tried.answer, becomes(tried)))));
    lines
}

/// `120 of 144 verdicts are unknown; 14 questions, most useful first`.
pub fn summary(asking: &Asking) -> String {
    let unknown = match asking.unknown {
        0 => return format!("none of {} is unknown: nothing to ask", verdicts(asking.verdicts)),
        1 => "1 is unknown".to_string(),
        many => format!("{many} are unknown"),
    };
    let questions = match asking.questions.len() {
        0 => "no question that an answer could settle".to_string(),
        1 => "1 question".to_string(),
        many => format!("{many} questions, most useful first"),
    };
    format!("of {}, {unknown}; {questions}", verdicts(asking.verdicts))
}

/// `24`, `5 to 9`; of very many verdicts, of how many that is.
pub fn settles(question: &Question) -> String {
    let (least, most) = question.settles();
    let range = if least == most { least.to_string() } else { format!("{least} to {most}") };
    match question.judged < question.needed_by {
        true => format!("{range} of the first {}", question.judged),
        false => range,
    }
}

/// `20 violated, 4 satisfied`.
pub fn becomes(tried: &Tried) -> String {
    let mut all: Vec<(&Called, &usize)> = tried.becomes.iter().collect();
    all.sort_by_key(|(called, count)| (**called == Called::Unknown, std::cmp::Reverse(**count)));
    let words = |(called, count): (&Called, &usize)| match called {
        Called::Unknown => format!("{count} still unknown"),
        called => so_many(*called, *count),
    };
    all.into_iter().map(words).collect::<Vec<_>>().join(", ")
}

/// The records that are asked about, a few of many.
fn rows(question: &Question, names: &Names) -> String {
    let rows = question.rows(names);
    let is_one = rows.len() == 1 && rows.iter().all(|(_, known)| known.is_none());
    if is_one {
        return String::new();
    }
    let row = |(id, known): &(String, Option<String>)| match known {
        Some(known) => format!("{id} (so far {known})"),
        None => id.clone(),
    };
    let few: Vec<String> = rows.iter().take(NAMED).map(row).collect();
    match rows.len().saturating_sub(NAMED) {
        0 => few.join(", "),
        more => format!("{} and {more} more", few.join(", ")),
    }
}

fn verdicts(count: usize) -> String {
    super::many(count, "verdict")
}

fn push(text: &mut String, indent: usize, words: &str, tint: Tint, look: Look) {
    let words = visible::line(words);
    let room = look.width.saturating_sub(indent).max(40);
    for line in broken(&words, room) {
        text.push_str(&" ".repeat(indent));
        text.push_str(&tinted(&line, tint, look.colour));
        text.push('\n');
    }
}

// ---- JSON ----

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    agreement: &'a str,
    as_of: String,
    known_on: Option<String>,
    facts: &'a [String],
    verdicts: usize,
    unknown: usize,
    questions: Vec<OneQuestion<'a>>,
    beyond: Vec<Rest<'a>>,
    unknown_for_good: Vec<Rest<'a>>,
}

#[derive(Serialize)]
struct OneQuestion<'a> {
    question: &'a str,
    kind: &'static str,
    words: &'a str,
    explained: Option<&'a str>,
    answer: &'a str,
    settles: Range,
    needed_by: usize,
    judged: usize,
    clauses: &'a [String],
    from: Option<String>,
    through: Option<String>,
    rows: Vec<OneRow>,
    tried: Vec<OneTried<'a>>,
}

#[derive(Serialize)]
struct Range {
    least: usize,
    most: usize,
}

#[derive(Serialize)]
struct OneRow {
    id: String,
    known: Option<String>,
}

#[derive(Serialize)]
struct OneTried<'a> {
    answer: &'a str,
    settles: usize,
    becomes: Vec<Becomes>,
}

#[derive(Serialize)]
struct Becomes {
    verdict: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct Rest<'a> {
    words: &'a str,
    needed_by: usize,
}

/// The form of the JSON.
const SCHEMA: &str = "overens-ask/1";

pub fn json(asking: &Asking, head: &Head, names: &Names) -> String {
    let wire = Wire {
        schema: SCHEMA,
        agreement: &head.agreement,
        as_of: head.as_of.to_string(),
        known_on: head.known_on.map(|day| day.to_string()),
        facts: &head.facts,
        verdicts: asking.verdicts,
        unknown: asking.unknown,
        questions: asking.questions.iter().map(|question| one(question, names)).collect(),
        beyond: wire_rest(&asking.beyond),
        unknown_for_good: wire_rest(&asking.for_good),
    };
    written(&wire)
}

fn wire_rest(all: &[(String, usize)]) -> Vec<Rest<'_>> {
    all.iter().map(|(words, count)| Rest { words, needed_by: *count }).collect()
}

fn one<'a>(question: &'a Question, names: &Names) -> OneQuestion<'a> {
    let (least, most) = question.settles();
    let (kind, days): (_, Option<(Day, Day)>) = match &question.matter {
        Matter::List { from, through, .. } => ("list", Some((*from, *through))),
        Matter::Values { .. } => ("values", None),
        Matter::Attested { .. } => ("attestation", None),
    };
    OneQuestion {
        question: &question.key,
        kind,
        words: &question.words,
        explained: question.explained.as_deref(),
        answer: &question.answer,
        settles: Range { least, most },
        needed_by: question.needed_by,
        judged: question.judged,
        clauses: &question.clauses,
        from: days.map(|(from, _)| from.to_string()),
        through: days.map(|(_, through)| through.to_string()),
        rows: question.rows(names).into_iter().map(|(id, known)| OneRow { id, known }).collect(),
        tried: question.tried.iter().map(tried).collect(),
    }
}

fn tried(tried: &Tried) -> OneTried<'_> {
    let becomes = tried.becomes.iter().map(|(called, count)| Becomes { verdict: called.words(), count: *count });
    OneTried { answer: &tried.answer, settles: tried.settles(), becomes: becomes.collect() }
}
