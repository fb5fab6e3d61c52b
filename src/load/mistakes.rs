//! What is wrong in how facts are put together: commas, colons, names, and words that lost their quotes.
//! All such mistakes of a file are found in one walk over its parts; what the facts say is not looked at.

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    source::Span,
};

use super::{
    exponent,
    notation::{Bracket, MOST_FINDINGS, Notation, Part, Token},
    scan::{runs_on, unclosed_text},
};

/// Reports every mistake it can tell from the others. The brackets of `tokens` fit together.
pub(super) fn look(notation: Notation, text: &str, tokens: &[Token], problems: &mut Sink) {
    let mut look = Look {
        notation,
        text,
        problems,
        inside: Vec::new(),
        expected: Expected::Entry,
        last: None,
        before: Before::Nothing,
        hopeless: false,
    };
    let mut rest = tokens;
    while let [token, tail @ ..] = rest {
        look.token(*token, tail.first().copied());
        if look.hopeless || look.problems.len() >= MOST_FINDINGS {
            return;
        }
        look.last = Some(*token);
        rest = tail;
    }
}

/// What a bracket makes of what stands in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// `(name: value)`
    Record,
    /// `{ "name": value }`
    Table,
    /// `[value]`
    List,
    /// `Some(value)`
    Wrapped,
    /// After a bracket that was a mistake itself, its content is not looked at.
    Mistaken,
}

/// What the next part may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// An entry, or the end of the bracket.
    Entry,
    Colon,
    Value,
    /// A comma, or the end of the bracket.
    Comma,
}

/// A word that a bracket follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Some,
    WrongWord,
}

struct Look<'a> {
    notation: Notation,
    text: &'a str,
    problems: &'a mut Sink,
    inside: Vec<(Inside, Bracket)>,
    expected: Expected,
    last: Option<Token>,
    before: Before,
    hopeless: bool,
}

impl Look<'_> {
    fn token(&mut self, token: Token, next: Option<Token>) {
        match (self.inside.last(), token.part) {
            (_, Part::Close(_)) => self.close(token),
            (Some((Inside::Mistaken, _)), Part::Open(bracket)) => self.inside.push((Inside::Mistaken, bracket)),
            (Some((Inside::Mistaken, _)), _) => {}
            (_, Part::Comma) => self.comma(token),
            (_, Part::Colon) => self.colon(token),
            (_, Part::Open(_) | Part::Text | Part::Number | Part::Word) => self.entry(token, next),
        }
    }

    fn tell(&mut self, finding: Diagnostic) {
        self.problems.push(finding);
    }

    fn say(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.tell(codes::FACTS_SYNTAX.at(span).say(message).help(help.into()));
    }

    fn lexeme(&self, token: Token) -> &str {
        token.lexeme(self.text)
    }

    /// Right behind the last part: where something is missing.
    fn gap(&self, token: Token) -> Span {
        self.last.map_or(token.span, |last| last.span.after())
    }

    fn comma(&mut self, token: Token) {
        match self.expected {
            Expected::Comma if self.inside.is_empty() => return self.after_the_end(token),
            Expected::Comma => {}
            Expected::Entry => self.say(token.span, "this comma is not needed", "remove it"),
            Expected::Colon => self.nameless_or_valueless(),
            Expected::Value => self.value_missing(token),
        }
        self.expected = Expected::Entry;
    }

    fn colon(&mut self, token: Token) {
        match self.expected {
            Expected::Colon => {}
            Expected::Comma | Expected::Entry | Expected::Value => self.say(
                token.span,
                "there is no name before this `:`",
                "write `:` between a name and its value, inside `(` and `)` or `{` and `}`",
            ),
        }
        self.expected = Expected::Value;
    }

    fn close(&mut self, token: Token) {
        let closed = self.inside.pop();
        match (self.expected, closed) {
            (_, Some((Inside::Mistaken, _))) => {}
            (Expected::Colon, _) => self.nameless_or_valueless(),
            (Expected::Value, _) => self.value_missing(token),
            (Expected::Entry, Some((Inside::Wrapped, _))) => self.value_missing(token),
            (Expected::Entry, _) => self.trailing_comma(),
            (Expected::Comma, _) => {}
        }
        self.expected = Expected::Comma;
    }

    fn trailing_comma(&mut self) {
        let Some(last) = self.last.filter(|last| last.part == Part::Comma) else { return };
        match self.notation {
            Notation::Ron => {}
            Notation::Json => {
                self.say(last.span, "JSON does not allow a comma before a closing bracket", "remove it");
            }
        }
    }

    fn value_missing(&mut self, token: Token) {
        let help = format!("if it is known that there is no value, write `{}`", self.notation.none());
        self.say(self.gap(token), "expected a value here", help);
    }

    /// A name with nothing behind it.
    fn nameless_or_valueless(&mut self) {
        let Some(name) = self.last else { return };
        let message = format!("expected `:` and the value of `{}` here", self.lexeme(name));
        self.say(name.span.after(), message, "every name needs a value: `name: value`");
    }

    fn entry(&mut self, token: Token, next: Option<Token>) {
        match self.expected {
            Expected::Value => self.value(token, next),
            Expected::Colon => {
                self.say(self.gap(token), "expected `:` here", "write `:` between a name and its value");
                self.value(token, next);
            }
            Expected::Comma => self.comma_missing(token, next),
            Expected::Entry => self.begin(token, next),
        }
    }

    fn comma_missing(&mut self, token: Token, next: Option<Token>) {
        let Some((_, bracket)) = self.inside.last().copied() else { return self.after_the_end(token) };
        if let Some(last) = self.last.filter(|last| runs_on(self.text, *last, token)) {
            self.hopeless = true;
            return self.tell(unclosed_text(last.span));
        }
        let message = format!("expected a comma or `{}` here", bracket.closing());
        self.tell(codes::FACTS_SYNTAX.at(self.gap(token)).say(message).also(token.span, "the next entry begins here"));
        self.begin(token, next);
    }

    fn after_the_end(&mut self, token: Token) {
        self.hopeless = true;
        let help = "put all facts of a file inside one pair of brackets";
        self.say(token.span, "there is text after the end of the facts", help);
    }

    /// The first part of an entry.
    fn begin(&mut self, token: Token, next: Option<Token>) {
        let before_colon = next.is_some_and(|next| next.part == Part::Colon);
        match self.inside.last().map(|(inside, _)| *inside) {
            Some(Inside::Record) => self.record_name(token, next),
            Some(Inside::Table) => self.table_name(token, before_colon),
            Some(Inside::List | Inside::Wrapped | Inside::Mistaken) => self.value(token, next),
            None if before_colon => {
                self.hopeless = true;
                let brackets = match self.notation {
                    Notation::Ron => "put the facts of a file inside `(` and `)`",
                    Notation::Json => "put the facts of a file inside `{` and `}`",
                };
                self.say(token.span, "expected an opening bracket here", brackets);
            }
            None => self.value(token, next),
        }
    }

    fn record_name(&mut self, token: Token, next: Option<Token>) {
        let next = next.map(|next| next.part);
        match (token.part, next) {
            (Part::Word, Some(Part::Colon | Part::Text | Part::Number | Part::Word | Part::Open(_))) => {
                self.check_name(token);
                self.expected = Expected::Colon;
            }
            (Part::Text, Some(Part::Colon)) => {
                self.say(
                    token.span,
                    "names inside `(` and `)` are written without quotes",
                    format!("write `{}`", self.lexeme(token).trim_matches('"')),
                );
                self.expected = Expected::Colon;
            }
            _ => self.without_name(token),
        }
    }

    fn check_name(&mut self, token: Token) {
        let name = self.lexeme(token);
        let name = name.strip_prefix("r#").unwrap_or(name);
        // Which letters beyond these belong to a name, the crate knows (`Growth::refused`).
        if name.chars().any(|sign| sign.is_ascii() && !sign.is_ascii_alphanumeric() && sign != '_') {
            let message = format!("`{name}` is not a valid name");
            self.say(token.span, message, "a name consists of letters, digits and `_`, and begins with a letter");
        }
    }

    fn table_name(&mut self, token: Token, before_colon: bool) {
        match token.part {
            Part::Text => {
                self.text_content(token);
                self.expected = Expected::Colon;
            }
            _ if before_colon => {
                self.unquoted(token);
                self.expected = Expected::Colon;
            }
            _ => self.without_name(token),
        }
    }

    /// `1,5`: digits right behind a comma right behind digits, as many countries write decimals.
    fn decimals(&self, token: Token) -> Option<String> {
        let before = self.text.get(..token.span.start as usize)?.strip_suffix(',')?;
        let whole = before.get(before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at.saturating_add(1))..)?;
        let decimals = self.lexeme(token);
        let digits = token.part == Part::Number && decimals.bytes().all(|byte| byte.is_ascii_digit());
        (digits && !whole.is_empty()).then(|| format!("{whole}.{decimals}"))
    }

    fn without_name(&mut self, token: Token) {
        match self.decimals(token) {
            Some(number) => {
                self.say(token.span, "this number has a decimal comma", format!("use a decimal point: `{number}`"));
            }
            None => {
                self.say(token.span, "this value has no name", "write `name: value`; put a list inside `[` and `]`");
            }
        }
        match token.part {
            Part::Open(bracket) => self.enter(Inside::Mistaken, bracket),
            _ => self.expected = Expected::Comma,
        }
    }

    fn enter(&mut self, inside: Inside, bracket: Bracket) {
        self.inside.push((inside, bracket));
        self.expected = Expected::Entry;
    }

    fn value(&mut self, token: Token, next: Option<Token>) {
        self.expected = Expected::Comma;
        match token.part {
            Part::Text => self.text_content(token),
            Part::Number => self.number(token),
            Part::Word => self.word(token, next),
            Part::Open(bracket) => self.open(token, bracket),
            // These never reach here (`token`).
            Part::Close(_) | Part::Comma | Part::Colon => {}
        }
    }

    fn open(&mut self, token: Token, bracket: Bracket) {
        let before = std::mem::replace(&mut self.before, Before::Nothing);
        let inside = match (before, bracket, self.notation) {
            (Before::WrongWord, _, _) => Inside::Mistaken,
            (Before::Some, _, _) => Inside::Wrapped,
            (Before::Nothing, Bracket::Square, _) => Inside::List,
            (Before::Nothing, Bracket::Curly, _) => Inside::Table,
            (Before::Nothing, Bracket::Round, Notation::Ron) => Inside::Record,
            (Before::Nothing, Bracket::Round, Notation::Json) => {
                self.say(token.span, "JSON does not use `(`", "write `{ \"name\": value }`");
                Inside::Mistaken
            }
        };
        self.enter(inside, bracket);
    }

    fn word(&mut self, token: Token, next: Option<Token>) {
        let before_bracket = next.is_some_and(|next| matches!(next.part, Part::Open(_)));
        let before_round = next.is_some_and(|next| next.part == Part::Open(Bracket::Round));
        let known = match (self.lexeme(token), self.notation) {
            ("Some", Notation::Ron) if before_round => {
                self.before = Before::Some;
                self.expected = Expected::Value;
                return;
            }
            ("true" | "false", _) | ("yes" | "no", Notation::Ron) => true,
            ("None", Notation::Ron) | ("null", Notation::Json) => true,
            _ => false,
        };
        if known && !before_bracket {
            return;
        }
        self.unquoted(token);
        if before_bracket {
            self.before = Before::WrongWord;
            self.expected = Expected::Value;
        }
    }

    fn unquoted(&mut self, token: Token) {
        let word = self.lexeme(token);
        let help = match (word, self.notation) {
            ("null" | "nil" | "none" | "None" | "NULL", notation) => {
                format!("if it is known that there is no value, write `{}`", notation.none())
            }
            ("yes" | "Yes", _) => "write `true`, or `\"yes\"` in quotes".to_owned(),
            ("no" | "No", _) => "write `false`, or `\"no\"` in quotes".to_owned(),
            ("True" | "TRUE", _) => "write `true`".to_owned(),
            ("False" | "FALSE", _) => "write `false`".to_owned(),
            _ => format!("write `\"{word}\"`"),
        };
        let message = format!("`{word}` must be in quotes");
        self.say(token.span, message, help);
    }

    fn text_content(&mut self, token: Token) {
        let lexeme = self.lexeme(token);
        if !lexeme.starts_with('"') {
            return;
        }
        if self.notation == Notation::Json && lexeme.bytes().any(|byte| byte < b' ') {
            self.say(token.span, "this text contains a tab or another invisible character", "write a tab as `\\t`");
        }
        let wrong: Vec<(usize, char)> = wrong_escapes(self.notation, token.lexeme(self.text)).collect();
        for (at, sign) in wrong {
            let start = (token.span.start as usize).saturating_add(at);
            let end = start.saturating_add(1).saturating_add(sign.len_utf8());
            let message = format!("`\\{sign}` is not a valid escape");
            self.say(Span::new(token.span.file, start, end), message, "to write a `\\`, use `\\\\`");
        }
    }

    fn number(&mut self, token: Token) {
        let lexeme = self.lexeme(token);
        if is_number(lexeme) || exponent::written_out(lexeme).is_some() {
            return;
        }
        let (message, help) = if looks_like_a_day(lexeme) {
            ("a date must be in quotes".to_owned(), format!("write `\"{lexeme}\"`"))
        } else if is_plain_number(lexeme) {
            (
                format!("this number has more than {LONGEST_NUMBER} characters"),
                "check whether a comma is missing".to_owned(),
            )
        } else {
            let help = "a number has only digits and a decimal point: `20000.10`; put anything else in quotes";
            (format!("`{lexeme}` is not a valid number"), help.to_owned())
        };
        self.say(token.span, message, help);
    }
}

/// No amount an agreement speaks of comes near it; past it, exact arithmetic would only cost time.
const LONGEST_NUMBER: usize = 200;

/// Whether this is a number that facts can hold.
pub(super) fn is_number(lexeme: &str) -> bool {
    is_plain_number(lexeme) && lexeme.len() <= LONGEST_NUMBER
}

/// `-`? digits (`.` digits)?, without leading zeros: what JSON and RON read alike.
fn is_plain_number(lexeme: &str) -> bool {
    let unsigned = lexeme.strip_prefix('-').unwrap_or(lexeme);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(decimals) && (whole == "0" || !whole.starts_with('0'))
}

fn looks_like_a_day(lexeme: &str) -> bool {
    let parts: Vec<&str> = lexeme.split('-').collect();
    matches!(parts.len(), 2 | 3)
        && parts.first().is_some_and(|year| year.len() == 4)
        && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Each `\` that is followed by a sign it cannot stand before, and that sign.
fn wrong_escapes(notation: Notation, lexeme: &str) -> impl Iterator<Item = (usize, char)> {
    let mut signs = lexeme.char_indices();
    std::iter::from_fn(move || {
        loop {
            let (at, sign) = signs.next()?;
            if sign == '\\' {
                let (_, escaped) = signs.next()?;
                if !notation.escapes().contains(escaped) {
                    return Some((at, escaped));
                }
            }
        }
    })
}
