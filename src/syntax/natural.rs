//! A line in the words of everyday English, and the line to write. Only lines that cannot be read are looked at, and a line to write is
//! offered only if the text reads on with it.

mod counts;
mod days;
mod expects;
mod sanctions;

use std::ops::Range;

use pest::Parser;
use pest::error::InputLocation;

use super::grammar::{PolicyParser, Rule};
use crate::source::LINE_ENDS;

/// The words that cannot be read, what is wrong with them, and what to write.
pub struct Natural {
    pub at: Range<usize>,
    pub say: String,
    pub help: String,
}

/// What was meant.
enum Meant {
    /// This line instead.
    Line(String),
    /// This line, with another one behind it.
    Lines(String, String),
    /// What is wrong, and what to write.
    Said(String, String),
    /// The same of these words of the line.
    Part(Range<usize>, String, String),
}

/// A line without its comment and the blanks around it.
struct Line<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn words(&self) -> Vec<&'a str> {
        self.text.split_whitespace().collect()
    }
}

/// A longer text is not read once more.
const LONGEST: usize = 16 << 10;

/// The words that begin a clause.
const CLAUSES: [&str; 14] = [
    "aim",
    "composition",
    "cost",
    "deadline",
    "decision",
    "duty",
    "judgement",
    "membership",
    "permission",
    "prohibition",
    "recital",
    "review",
    "silent",
    "term",
];

/// What was meant by the line that cannot be read any further than `at`, or by the one above, where it is the first word of a line that
/// is not understood.
pub fn natural(piece: &str, at: usize) -> Option<Natural> {
    let first = piece.split_whitespace().next()?;
    let (clause, scenario) = (CLAUSES.contains(&first), first == "scenario");
    if piece.len() > LONGEST || !(clause || scenario) {
        return None;
    }
    lines_at(piece, at).into_iter().find_map(|line| {
        let meant = match scenario {
            true => expects::meant(&line),
            false => sanctions::meant(&line, piece, first)
                .or_else(|| counts::meant(&line, first))
                .or_else(|| days::meant(&line)),
        }?;
        told(piece, &line, meant)
    })
}

/// What a name may have been meant for that nothing is called by: a month, or a number in words.
pub fn of_a_name(name: &str) -> Option<String> {
    if let Some(day) = days::last_of(name) {
        return Some(format!("write a day of that month, such as `by {day}`"));
    }
    number(name).map(|number| format!("write the number in digits: `{number}`"))
}

fn told(piece: &str, line: &Line, meant: Meant) -> Option<Natural> {
    let at = line.start..line.start.saturating_add(line.text.len());
    let say = || format!("`{}` cannot be read", line.text);
    match meant {
        Meant::Said(say, help) => Some(Natural { at, say, help }),
        Meant::Part(part, say, help) => {
            let at = line.start.saturating_add(part.start)..line.start.saturating_add(part.end);
            Some(Natural { at, say, help })
        }
        Meant::Line(new) => {
            let help = format!("write `{new}`");
            reads_on(piece, &at, &new).then(|| Natural { at, say: say(), help })
        }
        Meant::Lines(new, next) => {
            let help = format!("write `{new}`, and `{next}` on a line of its own");
            reads_on(piece, &at, &new).then(|| Natural { at, say: say(), help })
        }
    }
}

/// Whether the text can be read past a line that stands for another one.
fn reads_on(piece: &str, at: &Range<usize>, new: &str) -> bool {
    let (Some(before), Some(behind)) = (piece.get(..at.start), piece.get(at.end..)) else { return false };
    let mended = format!("{before}{new}{behind}");
    let end = at.start.saturating_add(new.len());
    match PolicyParser::parse(Rule::chunk, &mended) {
        Ok(_) => true,
        Err(error) => match error.location {
            InputLocation::Pos(stop) | InputLocation::Span((stop, _)) => {
                stop > end && mended.get(end..stop).is_some_and(|between| !between.trim().is_empty())
            }
        },
    }
}

/// The line of a place, and the one above where nothing of its own was read. The first line names the clause.
fn lines_at(piece: &str, at: usize) -> Vec<Line<'_>> {
    let at = at.min(piece.len());
    let (before, rest) = piece.split_at_checked(at).unwrap_or((piece, ""));
    let end = at.saturating_add(rest.find(LINE_ENDS).unwrap_or(rest.len()));
    let mut lines: Vec<Line> = line_before(piece, end).into_iter().collect();
    let start = before.rfind(LINE_ENDS).unwrap_or(0);
    if before.get(start..).is_some_and(|read| read.trim().is_empty()) {
        let mut end = start;
        while let Some(above) = piece.get(..end).filter(|above| !above.is_empty()) {
            if let Some(line) = line_before(piece, end) {
                lines.push(line);
                break;
            }
            end = above.rfind(LINE_ENDS).unwrap_or(0);
        }
    }
    lines
}

/// The line that ends at a place, if it holds anything and is not the first.
fn line_before(piece: &str, end: usize) -> Option<Line<'_>> {
    let start = piece.get(..end)?.rfind(LINE_ENDS)?.saturating_add(1);
    let text = piece.get(start..end)?.split("//").next()?;
    let lead = text.len().saturating_sub(text.trim_start().len());
    let text = text.trim();
    (!text.is_empty()).then_some(Line { start: start.saturating_add(lead), text })
}

/// What follows some words at the beginning.
fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let head = text.get(..words.len()).filter(|head| head.eq_ignore_ascii_case(words))?;
    let rest = text.get(head.len()..)?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start())
}

/// Numbers in words, and in digits.
fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let spelt = (1_u32..).zip(WORDS).find(|(_, spelt)| word.eq_ignore_ascii_case(spelt)).map(|(number, _)| number);
    spelt.or_else(|| word.parse().ok())
}
