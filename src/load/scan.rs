//! One straight walk over a fact file that finds where its parts begin and end, before anything recursive reads it.
//! It judges what can be seen without grammar: texts and brackets that never close, nesting, signs that mean nothing.

use std::ops::ControlFlow::{self, Break, Continue};

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    source::{FileId, Span},
};

use super::notation::{Bracket, HIGHEST, MOST_FINDINGS, Notation, Part, Token, too_deep};

/// The parts in their order. Nothing when a text, a comment or a bracket does not close, or nests too deep: then
/// what follows cannot be told apart.
pub(super) fn scan(
    (notation, deepest): (Notation, usize),
    file: FileId,
    text: &str,
    problems: &mut Sink,
) -> Option<Vec<Token>> {
    let mut scan = Scan { notation, deepest, file, text, at: 0, tokens: Vec::new(), open: Vec::new(), problems };
    while let Some(sign) = scan.rest().chars().next() {
        if scan.step(sign).is_break() {
            return None;
        }
    }
    match scan.open.pop() {
        Some((opening, _)) => {
            scan.never_closed(opening, "bracket");
            None
        }
        None => Some(scan.tokens),
    }
}

/// A text that runs over a line's end and after which no comma, colon or bracket stands: its closing quote is
/// missing, and everything behind it is turned inside out.
pub(super) fn runs_on(text: &str, token: Token, next: Token) -> bool {
    let lexeme = token.lexeme(text);
    token.part == Part::Text
        && lexeme.starts_with('"')
        && lexeme.contains('\n')
        && matches!(next.part, Part::Word | Part::Number | Part::Text | Part::Open(_))
}

/// A text whose closing quote is missing.
pub(super) fn unclosed_text(opening: Span) -> Diagnostic {
    codes::FACTS_SYNTAX
        .at(Span { end: opening.start.saturating_add(1).min(opening.end), ..opening })
        .say("this text is never closed")
        .label("it begins here")
        .help("put `\"` at the end of the text".to_owned())
}

struct Scan<'a> {
    notation: Notation,
    deepest: usize,
    file: FileId,
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    open: Vec<(Span, Bracket)>,
    problems: &'a mut Sink,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn step(&mut self, sign: char) -> ControlFlow<()> {
        match sign {
            _ if self.notation.is_blank(sign) => self.at = self.at.saturating_add(sign.len_utf8()),
            '/' => return self.comment(),
            '(' => return self.opens(Bracket::Round),
            '[' => return self.opens(Bracket::Square),
            '{' => return self.opens(Bracket::Curly),
            ')' => return self.closes(Bracket::Round),
            ']' => return self.closes(Bracket::Square),
            '}' => return self.closes(Bracket::Curly),
            ',' => self.take(Part::Comma, 1),
            ':' => self.take(Part::Colon, 1),
            '"' => return self.text(0),
            ';' => return self.instead(Part::Comma, "unexpected `;`", "separate entries with commas"),
            '=' => return self.instead(Part::Colon, "unexpected `=`", "write `:` between a name and its value"),
            _ if closing_quote(sign).is_some() => return self.wrong_quotes(sign),
            _ if sign.is_whitespace() => return self.strange_blank(sign),
            _ => return self.run(),
        }
        Continue(())
    }

    /// The place of the next `length` bytes.
    fn ahead(&self, length: usize) -> Span {
        Span::new(self.file, self.at, self.at.saturating_add(length))
    }

    fn take(&mut self, part: Part, length: usize) {
        self.tokens.push(Token { part, span: self.ahead(length) });
        self.at = self.at.saturating_add(length);
    }

    /// Takes a finding in; past the last one that is told, the scan ends.
    fn tell(&mut self, finding: Diagnostic) -> ControlFlow<()> {
        self.problems.push(finding);
        if self.problems.len() >= MOST_FINDINGS { Break(()) } else { Continue(()) }
    }

    /// A sign that stands where another belongs.
    fn instead(&mut self, part: Part, message: &str, help: &str) -> ControlFlow<()> {
        let finding = codes::FACTS_SYNTAX.at(self.ahead(1)).say(message).help(help.to_owned());
        self.take(part, 1);
        self.tell(finding)
    }

    fn strange_blank(&mut self, sign: char) -> ControlFlow<()> {
        let finding = codes::FACTS_SYNTAX.at(self.ahead(sign.len_utf8())).say("this is not an ordinary space").help(
            "use an ordinary space; this one may have been copied from a web page or a word processor".to_owned(),
        );
        self.at = self.at.saturating_add(sign.len_utf8());
        self.tell(finding)
    }

    fn opens(&mut self, bracket: Bracket) -> ControlFlow<()> {
        let span = self.ahead(1);
        self.open.push((span, bracket));
        self.take(Part::Open(bracket), 1);
        if self.open.len() <= self.deepest {
            return Continue(());
        }
        self.problems.push(too_deep(span, "brackets", self.deepest, HIGHEST));
        Break(())
    }

    fn closes(&mut self, bracket: Bracket) -> ControlFlow<()> {
        let span = self.ahead(1);
        match self.open.pop() {
            Some((_, opened)) if opened == bracket => {
                self.take(Part::Close(bracket), 1);
                return Continue(());
            }
            _ if self.tell_text_that_runs_on() => {}
            Some((opening, opened)) => self.problems.push(
                codes::FACTS_SYNTAX
                    .at(span)
                    .say(format!("expected a comma or `{}`, found `{}`", opened.closing(), bracket.closing()))
                    .also(opening, "this bracket is still open"),
            ),
            None => self.problems.push(
                codes::FACTS_SYNTAX
                    .at(span)
                    .say(format!("this `{}` has no opening bracket", bracket.closing()))
                    .help("remove it, or add the opening bracket".to_owned()),
            ),
        }
        Break(())
    }

    fn never_closed(&mut self, opening: Span, what: &str) {
        if !self.tell_text_that_runs_on() {
            self.problems.push(
                codes::FACTS_SYNTAX
                    .at(opening)
                    .say(format!("this {what} is never closed"))
                    .label("it begins here")
                    .also(Span::new(self.file, self.text.len(), self.text.len()), "the file ends here"),
            );
        }
    }

    /// When brackets or quotes do not fit, the cause may be an earlier text that lost its closing quote.
    fn tell_text_that_runs_on(&mut self) -> bool {
        let cause = self.tokens.windows(2).find_map(|pair| match pair {
            [token, next] if runs_on(self.text, *token, *next) => Some(token.span),
            _ => None,
        });
        if let Some(span) = cause {
            self.problems.push(unclosed_text(span));
        }
        cause.is_some()
    }

    fn comment(&mut self) -> ControlFlow<()> {
        let length = match self.rest() {
            rest if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            rest if rest.starts_with("/*") => match block_comment(rest) {
                Some(length) => length,
                None => {
                    self.never_closed(self.ahead(2), "comment");
                    return Break(());
                }
            },
            _ => return self.instead(Part::Comma, "unexpected `/`", "comments begin with `//`"),
        };
        let span = self.ahead(length);
        self.at = self.at.saturating_add(length);
        match self.notation {
            Notation::Ron => Continue(()),
            Notation::Json => self.tell(
                codes::FACTS_SYNTAX
                    .at(span)
                    .say("JSON does not allow comments")
                    .help("remove it, or write the facts in RON, which allows comments".to_owned()),
            ),
        }
    }

    /// A text in quotes whose opening quote stands `lead` bytes ahead.
    fn text(&mut self, lead: usize) -> ControlFlow<()> {
        let body = lead.saturating_add(1);
        match self.rest().get(body..).and_then(|body| quoted(self.notation, body)) {
            Some(length) => {
                self.take(Part::Text, body.saturating_add(length));
                Continue(())
            }
            None => self.lost_text(lead),
        }
    }

    fn lost_text(&mut self, lead: usize) -> ControlFlow<()> {
        if self.tell_text_that_runs_on() {
            return Break(());
        }
        let line = self.rest().find('\n').unwrap_or(self.rest().len());
        let opening = Span { start: self.ahead(lead).end, ..self.ahead(line) };
        let finding = unclosed_text(opening);
        match self.notation {
            // A text of JSON ends with its line at the latest, so the next line can be read as it stands.
            Notation::Json => {
                self.take(Part::Text, line);
                self.tell(finding)
            }
            Notation::Ron => {
                self.problems.push(finding);
                Break(())
            }
        }
    }

    /// A raw text, `r"…"` or `r#"…"#`, whose `r#` is `lead` bytes long.
    fn raw_text(&mut self, lead: usize, hashes: usize) -> ControlFlow<()> {
        let end = format!("\"{}", "#".repeat(hashes));
        let body = lead.saturating_add(1);
        let length = self.rest().get(body..).and_then(|body| body.find(&end));
        let Some(length) = length else {
            self.problems.push(unclosed_text(self.ahead(lead)).help(format!("end this text with `{end}`")));
            return Break(());
        };
        self.take(Part::Text, body.saturating_add(length).saturating_add(end.len()));
        Continue(())
    }

    fn wrong_quotes(&mut self, sign: char) -> ControlFlow<()> {
        let line = self.rest().lines().next().unwrap_or("");
        let body = line.get(sign.len_utf8()..).unwrap_or("");
        let length = match closing_quote(sign).and_then(|ends| body.find(ends).map(|at| (at, body.get(at..)))) {
            Some((at, closing)) => {
                let closing = closing.and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                sign.len_utf8().saturating_add(at).saturating_add(closing)
            }
            None => line.find([',', ')', ']', '}']).unwrap_or(line.len()),
        };
        let finding = codes::FACTS_SYNTAX
            .at(self.ahead(length))
            .say(format!("`{sign}` is not a straight quote"))
            .help("put text between straight quotes, `\"like this\"`".to_owned());
        self.take(Part::Text, length);
        self.tell(finding)
    }

    /// A number or a word: everything up to a blank or a sign with a meaning.
    fn run(&mut self) -> ControlFlow<()> {
        let notation = self.notation;
        let ends = |sign: char| "()[]{},:;=\"/".contains(sign) || closing_quote(sign).is_some() || sign.is_whitespace();
        let length = self.rest().find(|sign| ends(sign) || notation.is_blank(sign)).unwrap_or(self.rest().len());
        let (lexeme, after) = self.rest().split_at_checked(length).unwrap_or((self.rest(), ""));
        let hashes = lexeme.strip_prefix('r').filter(|hashes| hashes.bytes().all(|byte| byte == b'#'));
        match hashes {
            Some(hashes) if notation == Notation::Ron && after.starts_with('"') => self.raw_text(length, hashes.len()),
            _ if after.starts_with('"') => self.prefixed(length),
            _ if lexeme.starts_with('#') => self.setting(length),
            _ => {
                let is_number = lexeme.starts_with(|sign: char| sign.is_ascii_digit() || "+-.".contains(sign));
                self.take(if is_number { Part::Number } else { Part::Word }, length);
                Continue(())
            }
        }
    }

    /// A word right before a quote, such as `b"…"`.
    fn prefixed(&mut self, length: usize) -> ControlFlow<()> {
        let word = Token { part: Part::Word, span: self.ahead(length) };
        if let Some(last) = self.tokens.last().copied().filter(|last| runs_on(self.text, *last, word)) {
            self.problems.push(unclosed_text(last.span));
            return Break(());
        }
        let finding = codes::FACTS_SYNTAX
            .at(word.span)
            .say(format!("unexpected `{}` before a quote", word.lexeme(self.text)))
            .help("remove it, or put it inside the quotes".to_owned());
        self.text(length)?;
        self.tell(finding)
    }

    /// `#![…]`, by which RON is set up for programs.
    fn setting(&mut self, length: usize) -> ControlFlow<()> {
        self.problems.push(
            codes::FACTS_SYNTAX
                .at(self.ahead(length))
                .say("lines that begin with `#` are not allowed in this fact file")
                .help("remove it; comments begin with `//`".to_owned()),
        );
        Break(())
    }
}

/// The signs that end a text begun with a quote that is not the straight one.
fn closing_quote(sign: char) -> Option<&'static [char]> {
    match sign {
        '\'' | '‘' | '’' | '‚' => Some(&['\'', '’', '‘']),
        '“' | '”' | '„' => Some(&['”', '“', '"']),
        '«' | '»' => Some(&['»', '«']),
        '`' => Some(&['`', '´']),
        _ => None,
    }
}

/// The length of a text after its opening quote, closing quote included.
fn quoted(notation: Notation, body: &str) -> Option<usize> {
    let mut at: usize = 0;
    loop {
        let found = body.get(at..)?.find(['"', '\\', '\n'])?;
        at = at.saturating_add(found).saturating_add(1);
        match body.as_bytes().get(at.saturating_sub(1)) {
            Some(b'"') => return Some(at),
            Some(b'\n') if notation == Notation::Json => return None,
            Some(b'\\') => at = at.saturating_add(body.get(at..)?.chars().next()?.len_utf8()),
            _ => {}
        }
    }
}

/// The length of a comment `/* … */`, which may hold others.
fn block_comment(rest: &str) -> Option<usize> {
    let mut depth: usize = 0;
    let mut at: usize = 0;
    loop {
        at = at.saturating_add(rest.get(at..)?.find(['/', '*'])?);
        let tail = rest.get(at..)?;
        let pair = if tail.starts_with("/*") {
            depth = depth.saturating_add(1);
            true
        } else if tail.starts_with("*/") {
            depth = depth.saturating_sub(1);
            true
        } else {
            false
        };
        at = at.saturating_add(if pair { 2 } else { 1 });
        if depth == 0 {
            return Some(at);
        }
    }
}
