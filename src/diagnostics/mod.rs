//! Mistakes in someone's text: what is wrong, where, and the way out.
//! A diagnostic knows no phase and no file system; the door decides how it is shown.

mod article;
mod code;
pub mod codes;
mod nearest;

pub use article::article;
pub use code::Code;
pub use nearest::{nearest, nearest_name};

use std::collections::HashMap;

use crate::source::Span;

/// Whether a finding makes the text unusable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; what was asked for is done all the same.
    Warning,
    /// The text cannot be used as it stands.
    Error,
}

/// A place with words on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub words: String,
}

/// One finding. Its words are about the agreement, never about the program: lower case, no full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where; its words may be empty.
    pub place: Label,
    /// Other places that belong to it, perhaps in other files.
    pub others: Vec<Label>,
    /// The way out.
    pub help: Option<String>,
    /// Whether it tells of a limit that can be raised. A run that meets one did not look at everything.
    pub at_a_limit: bool,
    /// Whether it tells of a file that is there and cannot be read, which is no mistake of the text that names it.
    pub unreadable: bool,
}

impl Diagnostic {
    pub fn say(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Words on the main place.
    pub fn label(mut self, words: impl Into<String>) -> Self {
        self.place.words = words.into();
        self
    }

    /// Another place that belongs to the finding.
    pub fn also(mut self, span: Span, words: impl Into<String>) -> Self {
        self.others.push(Label { span, words: words.into() });
        self
    }

    /// The way out. Takes an `Option` too, such as what [`nearest`] gives; `None` leaves what was there.
    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into().or(self.help);
        self
    }

    /// It tells of a limit that can be raised.
    pub fn at_a_limit(mut self) -> Self {
        self.at_a_limit = true;
        self
    }

    /// It tells of a file, and if that is there, it cannot be read.
    pub fn of_a_file(mut self, is_there: bool) -> Self {
        self.unreadable = is_there;
        self
    }
}

/// Of each code so many findings are kept; those past them are only counted.
pub const MOST_KEPT: usize = 1_000;

/// Where passes put what they find.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
    /// Where in `found` those of one code at one place stand.
    seen: HashMap<(Span, &'static str), Vec<usize>>,
    /// How many there were of each code, as errors and as warnings.
    counts: HashMap<(Severity, &'static str), usize>,
    following: Vec<Span>,
}

impl Sink {
    /// Takes a finding in; the very same finding at the same place is kept once. Of rows of a table the first way out is enough.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let key = (diagnostic.place.span, diagnostic.code.name);
        let seen = self.seen.get(&key).map_or(&[][..], |seen| seen.as_slice());
        let is_same = |one: &Diagnostic| {
            let is_of_rows = one.code == codes::CSV_ROWS && one.message == diagnostic.message;
            *one == diagnostic || is_of_rows && one.others == diagnostic.others
        };
        if seen.iter().filter_map(|at| self.found.get(*at)).any(is_same) {
            return;
        }
        let count = self.counts.entry((diagnostic.severity, diagnostic.code.name)).or_default();
        *count = count.saturating_add(1);
        if *count <= MOST_KEPT {
            self.seen.entry(key).or_default().push(self.found.len());
            self.found.push(diagnostic);
        }
    }

    /// Notes a place at which something is wrong only because of a mistake that was told elsewhere.
    pub fn follows(&mut self, place: Span) {
        self.following.push(place);
    }

    pub fn extend(&mut self, other: Sink) {
        other.found.into_iter().for_each(|one| self.push(one));
        self.following.extend(other.following);
        for (code, count) in other.counts {
            let all = self.counts.entry(code).or_default();
            *all = all.saturating_add(count.saturating_sub(MOST_KEPT));
        }
    }

    /// The same without those of one sort.
    pub fn without(self, is_one: impl Fn(&Diagnostic) -> bool) -> Sink {
        let Sink { found, counts, following, .. } = self;
        let mut kept = Sink { following, ..Sink::default() };
        found.into_iter().filter(|one| !is_one(one)).for_each(|one| kept.push(one));
        for (code, count) in counts {
            let past = count.saturating_sub(MOST_KEPT);
            if past > 0 {
                let all = kept.counts.entry(code).or_default();
                *all = all.saturating_add(past);
            }
        }
        kept
    }

    pub fn has_errors(&self) -> bool {
        self.counts.keys().any(|(severity, _)| *severity == Severity::Error)
    }

    /// Whether an error was found within a place, or something there follows from one.
    pub fn has_error_in(&self, place: Span) -> bool {
        let told = |one: &Diagnostic| one.severity == Severity::Error && place.contains(one.place.span);
        let follows = || self.following.iter().any(|one| place.contains(*one));
        self.has_errors() && (self.found.iter().any(told) || follows())
    }

    /// Whether there is a finding of that sort.
    pub fn any(&self, is_one: impl Fn(&Diagnostic) -> bool) -> bool {
        self.found.iter().any(is_one)
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// How many more there were than are kept.
    pub fn left_out(&self) -> usize {
        self.counts.values().sum::<usize>().saturating_sub(self.found.len())
    }

    /// The findings by place: file, then position; those of one place in the order they were found.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.found.iter().collect();
        all.sort_by_key(|one| one.place.span);
        all
    }
}
