//! From pest's pairs to our tree. The grammar promises the shape; a promise that does not hold costs the declaration it
//! stands in (a finding), never the process.

mod amendments;
mod clauses;
mod declarations;
mod expressions;
mod lines;
mod on_day;
mod scenarios;

use std::cell::Cell;

use pest::iterators::Pair;
use unicode_normalization::UnicodeNormalization;

use super::grammar::Rule;
use super::tree::{DayText, Name, Place, Quoted};
use crate::source::{FileId, Span, Spanned};

pub(super) type P<'i> = Pair<'i, Rule>;

/// How many parts of a sentence may stand inside one another. A bracket takes half a dozen of them; each operand of a chain
/// takes one, since a chain is read from the left: its first operand lies deepest.
const DEEPEST: usize = 1_000;

/// What the builder needs to know of the text.
pub(super) struct Build<'t> {
    pub file: FileId,
    pub text: &'t str,
    /// Where the parsed piece starts in the file.
    pub base: usize,
    /// Comments of the whole file, in order.
    pub comments: &'t [Span],
    /// How deep the part that is being built lies.
    depth: Cell<usize>,
    /// The first part that lay too deep. What was built with it is not what was written.
    too_deep: Cell<Option<Span>>,
}

impl<'t> Build<'t> {
    /// For a piece of the text that starts at `base`.
    pub fn new(file: FileId, text: &'t str, comments: &'t [Span], base: usize) -> Self {
        Build { file, text, base, comments, depth: Cell::new(0), too_deep: Cell::new(None) }
    }
}

impl Build<'_> {
    /// Where the declaration that was built last is nested too deeply, if it is.
    pub fn take_too_deep(&self) -> Option<Span> {
        self.too_deep.take()
    }

    /// Goes some steps further in, unless that is deeper than any sentence.
    fn inside<T>(&self, steps: usize, place: Span, build: impl FnOnce() -> Option<T>) -> Option<T> {
        let depth = self.depth.get();
        let inner = depth.saturating_add(steps);
        if inner > DEEPEST {
            self.too_deep.set(self.too_deep.get().or(Some(place)));
            return None;
        }
        self.depth.set(inner);
        let built = build();
        self.depth.set(depth);
        built
    }

    /// Where a pair stands. pest takes the blanks and comments before a missing optional part along: they are cut off.
    pub fn span(&self, pair: &P) -> Span {
        let at = pair.as_span();
        let start = self.base.saturating_add(at.start());
        self.trimmed(start, self.base.saturating_add(at.end()))
    }

    /// A place without the blanks and comments at its end.
    fn trimmed(&self, start: usize, mut end: usize) -> Span {
        loop {
            let kept = self.text.get(start..end).unwrap_or("").trim_end();
            end = start.saturating_add(kept.len());
            let before = self.comments.partition_point(|comment| (comment.start as usize) < end);
            let inside = before.checked_sub(1).and_then(|at| self.comments.get(at));
            match inside {
                Some(comment) if (comment.end as usize) >= end && comment.start as usize >= start => {
                    end = comment.start as usize;
                }
                Some(_) | None => return Span::new(self.file, start, end),
            }
        }
    }

    pub fn name(&self, pair: P) -> Option<Name> {
        let span = self.span(&pair);
        let words = match pair.as_rule() {
            Rule::name => match pair.clone().into_inner().next() {
                Some(in_backticks) => return self.name(in_backticks),
                None => pair.as_str(),
            },
            Rule::place_one => return self.name(pair.into_inner().next()?),
            Rule::string => return self.quoted(pair),
            _ => pair.as_str(),
        };
        Some(Spanned::new(composed(words), span))
    }

    pub fn names(&self, pair: P) -> Vec<Name> {
        pair.into_inner().filter(|one| is_word(one.as_rule())).filter_map(|one| self.name(one)).collect()
    }

    pub fn quoted(&self, pair: P) -> Option<Quoted> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let written = inner.as_str();
        let words = if written.contains('\\') { unescaped(written) } else { written.to_string() };
        Some(Spanned::new(composed(&on_one_line(&words)), span))
    }

    pub fn place(&self, pair: P) -> Place {
        let span = self.span(&pair);
        let parts = pair.into_inner().filter_map(|one| self.name(one)).map(|name| name.it).collect();
        Place { parts, span }
    }

    pub fn lexeme(&self, pair: &P) -> DayText {
        Spanned::new(pair.as_str().to_string(), self.span(pair))
    }
}

/// NFC: the same letters are the same, however their accents were typed.
fn composed(words: &str) -> String {
    if words.is_ascii() { words.to_string() } else { words.nfc().collect() }
}

/// What is broken over lines is one blank where it is broken; blanks within a line are the author's, since a text that is compared
/// with one of the facts has them too.
fn on_one_line(words: &str) -> String {
    if !words.contains('\n') {
        return words.to_string();
    }
    let mut line = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find(char::is_whitespace) {
        let (word, behind) = rest.split_at(at);
        let next = behind.trim_start();
        let (blanks, _) = behind.split_at(behind.len().saturating_sub(next.len()));
        line.push_str(word);
        line.push_str(if blanks.contains('\n') { " " } else { blanks });
        rest = next;
    }
    line.push_str(rest);
    line
}

/// A backslash takes the letter behind it as it is.
fn unescaped(written: &str) -> String {
    let mut words = String::new();
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        words.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    words
}

fn is_word(rule: Rule) -> bool {
    matches!(rule, Rule::name | Rule::string | Rule::section | Rule::option | Rule::period_key)
}

/// The keyword's role: `k_at_least` is `at_least`. `None` for a pair that is no keyword.
pub(super) fn role(rule: Rule) -> Option<&'static str> {
    super::grammar::role_of(rule)
}

/// The inner pairs that are no bare keywords.
pub(super) fn parts(pair: P<'_>) -> impl Iterator<Item = P<'_>> {
    pair.into_inner().filter(|one| role(one.as_rule()).is_none())
}
