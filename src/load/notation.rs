//! The ways of writing facts as text, where they differ, and what all of them share: the places of their parts.

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    source::{FileId, Span},
};

use super::{mistakes, scan};

/// How facts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    Ron,
    Json,
}

impl Notation {
    /// How a thing known not to be there is written.
    pub fn none(self) -> &'static str {
        match self {
            Notation::Ron => "None",
            Notation::Json => "null",
        }
    }

    pub fn is_blank(self, sign: char) -> bool {
        match self {
            Notation::Json => matches!(sign, ' ' | '\t' | '\n' | '\r'),
            Notation::Ron => {
                // RON knows more blanks; those that pass for line ends are refused before.
                matches!(sign, ' ' | '\t' | '\n' | '\r' | '\u{200e}' | '\u{200f}')
            }
        }
    }

    /// The signs that may follow a `\` in a text.
    pub fn escapes(self) -> &'static str {
        match self {
            Notation::Ron => "\"\\'nrt0xu",
            Notation::Json => "\"\\/bfnrtu",
        }
    }
}

/// Brackets of facts nest this deep at most where nobody says otherwise; a text that goes deeper is refused before anything
/// recursive reads it.
pub const DEEPEST: usize = 64;

/// They may be allowed to nest so deep.
pub(super) const HIGHEST: usize = 120;

/// Facts nest deeper than they may; `highest` is how far that can be raised.
pub(super) fn too_deep(at: Span, what: &str, deepest: usize, highest: usize) -> Diagnostic {
    let help = match deepest < highest {
        true => format!(
            "facts need only four or five levels; look for brackets that are never closed, or for wrong indentation. If the nesting is intended, raise the limit: `--limit fact-depth={highest}`"
        ),
        false => "the limit `fact-depth` cannot be raised further for facts in this format".to_owned(),
    };
    let message = format!("more than {deepest} {what} are nested here, which is the limit `fact-depth`");
    codes::TOO_DEEP.at(at).say(message).help(help).at_a_limit()
}

/// After so many findings the rest of a file is left for the next run.
pub(super) const MOST_FINDINGS: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Square,
    Curly,
}

impl Bracket {
    pub fn closing(self) -> char {
        match self {
            Bracket::Round => ')',
            Bracket::Square => ']',
            Bracket::Curly => '}',
        }
    }
}

/// What a part of a fact file is by its looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Open(Bracket),
    Close(Bracket),
    Comma,
    Colon,
    Text,
    Number,
    Word,
}

/// A part of a fact file and its place; blanks and comments are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub part: Part,
    pub span: Span,
}

impl Token {
    pub fn lexeme(self, text: &str) -> &str {
        text.get(self.span.start as usize..self.span.end as usize).unwrap_or("")
    }
}

/// The parts of a text in which no mistake was found; otherwise nothing, and the mistakes are in `problems`.
pub(super) fn parts(
    (notation, deepest): (Notation, usize),
    file: FileId,
    text: &str,
    problems: &mut Sink,
) -> Option<Vec<Token>> {
    let mut found = Sink::default();
    let tokens = scan::scan((notation, deepest), file, text, &mut found);
    match &tokens {
        Some(tokens) if tokens.is_empty() && found.is_empty() => {
            found.push(codes::EMPTY_FILE.at(Span::new(file, 0, 0)).say("this file is empty"));
        }
        Some(tokens) => mistakes::look(notation, text, tokens, &mut found),
        None => {}
    }
    let clean = found.is_empty();
    problems.extend(found);
    tokens.filter(|_| clean)
}
