//! Mistakes of one cause are one finding: the same words about places in a file, but for the digits in what they repeat of it. It
//! stands at the first of the places, says how many there are, and shows two more. Where the words differ in digits it says so, and what
//! some of the others repeat. What is guessed for a whole file is told once.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics::{Diagnostic, Sink},
    source::{FileId, Span},
};

/// So many places are shown beside the first.
const MORE_SHOWN: usize = 2;

/// So many of what others repeat of the file are named, if they are short: so many letters together.
const MOST_NAMED: usize = 5;
const LONGEST_NAMED: usize = 80;

#[derive(Default)]
pub(super) struct Causes {
    by_words: BTreeMap<(FileId, &'static str, String), Cause>,
    guesses: BTreeMap<String, Diagnostic>,
}

struct Cause {
    /// How many were there before it.
    number: usize,
    /// What is said of the first place.
    finding: Diagnostic,
    places: BTreeSet<Span>,
    /// What is said of the first places in other digits.
    others: BTreeMap<Span, String>,
}

impl Causes {
    /// Takes a finding in. What is said of a place beside the same of another sort comes back.
    pub fn take(&mut self, finding: Diagnostic) -> Option<Diagnostic> {
        // What has another way out has another cause.
        let help = finding.help.as_deref().map(without_digits).unwrap_or_default();
        let words = format!("{}\n{help}", shape(&finding.message));
        self.take_by(words, finding)
    }

    /// The same, by what its cause is called, where what is said of each place differs.
    pub fn take_by(&mut self, cause: String, finding: Diagnostic) -> Option<Diagnostic> {
        let at = finding.place.span;
        let key = (at.file, finding.code.name, cause);
        let Some(cause) = self.by_words.get_mut(&key) else {
            let number = self.by_words.len();
            self.by_words.insert(key, Cause { number, finding, places: BTreeSet::from([at]), others: BTreeMap::new() });
            return None;
        };
        if !cause.places.insert(at) {
            return (finding != cause.finding).then_some(finding);
        }
        if at < cause.finding.place.span {
            let before = std::mem::replace(&mut cause.finding, finding);
            cause.also(before.place.span, before.message);
        } else {
            cause.also(at, finding.message);
        }
        None
    }

    /// Takes a guess in; it is told at the first place that rests on it.
    pub fn guess(&mut self, guess: String, finding: Diagnostic) {
        let first = self.guesses.entry(guess).or_insert_with(|| finding.clone());
        if finding.place.span < first.place.span {
            *first = finding;
        }
    }

    pub fn forget_guess(&mut self, guess: &str) {
        self.guesses.remove(guess);
    }

    /// How many causes there are.
    pub fn len(&self) -> usize {
        self.by_words.len()
    }

    /// Tells each guess and each cause.
    pub fn tell(&mut self, problems: &mut Sink) {
        std::mem::take(&mut self.guesses).into_values().for_each(|guess| problems.push(guess));
        let mut all: Vec<Cause> = std::mem::take(&mut self.by_words).into_values().collect();
        all.sort_by_key(|cause| (cause.finding.place.span, cause.number));
        for cause in all {
            let more = cause.more();
            let Cause { mut finding, places, .. } = cause;
            if let Some(more) = more {
                finding.message = format!("{}; {more}", finding.message);
                let first = finding.place.span;
                let others = places.iter().filter(|span| **span != first).take(MORE_SHOWN);
                finding = others.fold(finding, |finding, span| finding.also(*span, "here too"));
            }
            problems.push(finding);
        }
    }
}

impl Cause {
    /// Keeps what is said of a place, if it is one of the first of which something else is said than of others.
    fn also(&mut self, at: Span, message: String) {
        let is_late = || self.others.last_key_value().is_some_and(|(last, _)| *last < at);
        if self.others.len() > MOST_NAMED && is_late() || message == self.finding.message {
            return;
        }
        self.others.insert(at, message);
        if self.others.len() > MOST_NAMED.saturating_add(1) {
            self.others.pop_last();
        }
    }

    /// How many places there are beside the first, and what some of them repeat where it is not the same.
    fn more(&self) -> Option<String> {
        let more = self.places.len().checked_sub(1).filter(|more| *more > 0)?;
        let mut named: Vec<String> = Vec::new();
        let others = || self.others.values().filter(|other| **other != self.finding.message);
        for other in others() {
            // What a message repeats of the file stands in backticks.
            let parts = other.split('`').zip(self.finding.message.split('`')).skip(1).step_by(2);
            let part = parts.filter(|(part, own)| part != own).map(|(part, _)| format!("`{part}`")).next();
            named.extend(part.filter(|part| !named.contains(part)));
        }
        named.truncate(MOST_NAMED);
        while named.len() > 1 && named.iter().map(|one| one.chars().count()).sum::<usize>() > LONGEST_NAMED {
            named.pop();
        }
        Some(match (named.as_slice(), more) {
            ([], 1) if others().next().is_some() => "and 1 other like it".to_owned(),
            ([], more) if others().next().is_some() => format!("and {more} others like it"),
            ([], 1) => "and the same in 1 more place".to_owned(),
            ([], more) => format!("and the same in {more} more places"),
            ([one], 1) => format!("and 1 other like it, {one}"),
            ([one], more) => format!("and {more} others like it, such as {one}"),
            (several, more) if several.len() == more => format!("and {more} others like it, {}", named.join(", ")),
            (_, more) => format!("and {more} others like it, such as {}", named.join(", ")),
        })
    }
}

/// A text with one `0` for the digits that stand together.
fn without_digits(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    for sign in text.chars() {
        if !sign.is_ascii_digit() {
            shape.push(sign);
        } else if !shape.ends_with('0') {
            shape.push('0');
        }
    }
    shape
}

/// A message with one `0` for the digits in what it repeats of the file, which stands in backticks.
fn shape(message: &str) -> String {
    let mut shape = String::with_capacity(message.len());
    for (quoted, part) in [false, true].into_iter().cycle().zip(message.split('`')) {
        if quoted { shape.push_str(&without_digits(part)) } else { shape.push_str(part) }
    }
    shape
}
