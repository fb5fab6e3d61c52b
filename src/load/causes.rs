//! Mistakes of one cause are one finding: the same words about places in a file, but for the digits in what they repeat of it. It
//! stands at the first of the places, says how many there are, and shows two more. What is guessed for a whole file is told once.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics::{Diagnostic, Sink},
    source::{FileId, Span},
};

/// So many places are shown beside the first.
const MORE_SHOWN: usize = 2;

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
            self.by_words.insert(key, Cause { number, finding, places: BTreeSet::from([at]) });
            return None;
        };
        if !cause.places.insert(at) {
            return (finding != cause.finding).then_some(finding);
        }
        if at < cause.finding.place.span {
            cause.finding = finding;
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
        for Cause { mut finding, places, .. } in all {
            let more = places.len().saturating_sub(1);
            if more > 0 {
                let what = if more == 1 { "place" } else { "places" };
                finding.message = format!("{}; and the same in {more} more {what}", finding.message);
                let first = finding.place.span;
                let others = places.iter().filter(|span| **span != first).take(MORE_SHOWN);
                finding = others.fold(finding, |finding, span| finding.also(*span, "here too"));
            }
            problems.push(finding);
        }
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
