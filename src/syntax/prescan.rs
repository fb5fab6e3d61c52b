//! One linear look over the text before the grammar sees it: comments, quotes, brackets and where declarations begin.
//! What would cost the grammar too much (deep nesting, a quote that swallows the rest) is found here.

use std::ops::Range;
use std::sync::LazyLock;

use super::Within;
use super::keywords::{ENGLISH, Place};
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::source::{FileId, LINE_ENDS, Span, hides, is_only_unseen, is_unseen, looks_like_a_line_end, named};

/// How deep brackets may nest where nobody says otherwise. No agreement comes near; deeper text is refused before anything
/// recurses over it.
pub const DEEPEST: usize = 128;

/// They may be allowed to nest so deep.
const HIGHEST: usize = 160;

/// A piece of a text that is parsed by itself has at least so many bytes.
const PIECE: usize = 32 << 10;

/// What begins a declaration.
static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let rows = ENGLISH.rows.iter().filter(|row| row.place == Place::Declaration);
    rows.flat_map(|row| row.spellings.iter().copied()).collect()
});

/// What a clause of an amendment stands behind.
const ADD: &str = "add";
const REPLACE: &str = "replace";
const SCENARIO: &str = "scenario";

pub struct Scan {
    pub comments: Vec<Span>,
    /// Where declarations begin, as far as the layout tells.
    pub starts: Vec<usize>,
    /// Which of them, by their place in `starts`, hold a bracket that is never closed: those cannot be read.
    pub cut_off: Vec<usize>,
    /// Where the first word stands that is neither blank nor comment; the text's length when there is none.
    pub first_word: usize,
    /// Found what makes parsing useless or dangerous; it has been reported.
    pub stop: bool,
}

impl Scan {
    /// The text in pieces of whole declarations, as far as the layout tells; without its scenarios if they are not wanted and it is
    /// certain where they end: at the next declaration that begins a line, if no word that begins one stands in them.
    pub fn pieces(&self, text: &str, scenarios: bool) -> Vec<Range<usize>> {
        let (mut pieces, mut from) = (Vec::new(), 0);
        let ends = self.starts.iter().skip(1).copied().chain([text.len()]);
        for (start, end) in self.starts.iter().copied().zip(ends) {
            let declaration = text.get(start..end).unwrap_or("");
            let is_scenario = |rest| starts_declaration(declaration) && !may_declare(rest);
            if !scenarios && declaration.strip_prefix(SCENARIO).is_some_and(is_scenario) {
                pieces.push(from..start);
                from = end;
            } else if end.saturating_sub(from) >= PIECE {
                pieces.push(from..end);
                from = end;
            }
        }
        pieces.push(from..text.len());
        pieces
    }
}

/// Whether a word that begins a declaration stands in a text, but for `given fact` and `needs judgement`.
fn may_declare(text: &str) -> bool {
    let mut rest = text;
    let mut before = "";
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '"' => quoted_length(rest),
            '`' => rest.get(1..).and_then(|inner| inner.find('`')).map_or(rest.len(), |at| at.saturating_add(2)),
            '/' if rest.starts_with("//") => rest.find(LINE_ENDS).unwrap_or(rest.len()),
            sign if sign.is_alphanumeric() || sign == '_' => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
                let word = rest.get(..end).unwrap_or(rest);
                let behind = rest.get(end..).unwrap_or("");
                if begins(word, behind).is_some()
                    && !matches!((before, word), ("given", "fact") | ("needs", "judgement"))
                {
                    return true;
                }
                before = word;
                end
            }
            sign => sign.len_utf8(),
        };
        rest = rest.get(length..).unwrap_or("");
    }
    false
}

/// How long the quoted words are that a text begins with.
pub(super) fn quoted_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at.saturating_add(1),
            _ => {}
        }
    }
    text.len()
}

struct Scanner<'t> {
    file: FileId,
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    line_start: usize,
    only_blank_so_far: bool,
    open: Vec<usize>,
    within: Within,
    scan: Scan,
}

pub fn scan(file: FileId, text: &str, within: Within, problems: &mut Sink) -> Scan {
    let scan =
        Scan { comments: Vec::new(), starts: Vec::new(), cut_off: Vec::new(), first_word: text.len(), stop: false };
    let mut scanner = Scanner {
        file,
        text,
        bytes: text.as_bytes(),
        at: 0,
        line_start: 0,
        only_blank_so_far: true,
        open: Vec::new(),
        within,
        scan,
    };
    scanner.run(problems);
    scanner.finish(problems)
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at.saturating_add(ahead)).copied().unwrap_or(0)
    }

    fn place(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn run(&mut self, problems: &mut Sink) {
        while self.at < self.bytes.len() && !self.scan.stop {
            let at_the_margin = self.only_blank_so_far && self.at == self.line_start;
            if at_the_margin && starts_declaration(self.rest()) && !self.is_announced() {
                self.close_all(problems);
                self.scan.starts.push(self.at);
            }
            match self.peek(0) {
                b'\n' | b'\r' => {
                    self.step();
                    self.line_start = self.at;
                    self.only_blank_so_far = true;
                    continue;
                }
                b' ' | b'\t' => {
                    self.step();
                    continue;
                }
                b'/' if self.peek(1) == b'/' => {
                    self.comment(problems);
                    continue;
                }
                _ => {}
            }
            self.word(problems);
        }
    }

    /// Whether what begins here belongs to the amendment before it: behind `add`, or behind `replace` and a name.
    fn is_announced(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or("").rsplit(LINE_ENDS);
        let mut code = before.map(|line| line.split("//").next().unwrap_or("").trim());
        let Some(line) = code.find(|line| !line.is_empty()) else { return false };
        let mut words = line.split_whitespace().rev();
        match (words.next(), words.next()) {
            (Some(last), _) if last == ADD => true,
            (Some(_), Some(word)) => word == REPLACE,
            (_, _) => false,
        }
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at).and_then(|text| text.chars().next_back())
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn comment(&mut self, problems: &mut Sink) {
        let start = self.at;
        let end = self.rest().find(LINE_ENDS).map_or(self.bytes.len(), |length| start.saturating_add(length));
        self.scan.comments.push(self.place(start, end));
        let words = self.text.get(start..end).unwrap_or("");
        // In a comment nothing is compared; but what looks like the next line, or turns the line round, hides what is code.
        for (at, letter) in words.char_indices().filter(|(_, c)| hides(*c) && *c != '\t' && !is_only_unseen(*c)) {
            self.hidden(start.saturating_add(at), letter, problems);
        }
        self.at = end;
    }

    /// A character that nobody sees, by its code point.
    fn hidden(&self, at: usize, letter: char, problems: &mut Sink) {
        let place = self.place(at, at.saturating_add(letter.len_utf8()));
        let help = match looks_like_a_line_end(letter) {
            true => {
                "some programs start a new line here, but overens does not: use an ordinary line break, or remove the character"
            }
            false => "remove it; it may have been copied from a web page or a word processor",
        };
        problems.push(
            codes::STRANGE_CHARACTER
                .at(place)
                .say(format!("{} is not allowed here", named(letter)))
                .help(help.to_string()),
        );
    }

    fn word(&mut self, problems: &mut Sink) {
        self.only_blank_so_far = false;
        self.scan.first_word = self.scan.first_word.min(self.at);
        match self.peek(0) {
            b'"' => self.quoted(problems),
            b'(' | b'[' => {
                self.open.push(self.at);
                let deepest = self.within.deepest;
                if self.open.len() > deepest {
                    let place = self.place(self.at, self.at.saturating_add(1));
                    problems.push(
                        codes::TOO_DEEP
                            .at(place)
                            .say(format!("brackets are nested more than {deepest} levels deep, which is the limit `depth`"))
                            .help(match deepest < HIGHEST {
                                true => format!(
                                    "give the inner condition a name of its own with `define`; if it must be nested like this, raise the limit: `--limit depth={HIGHEST}`"
                                ),
                                false => "give the inner condition a name of its own with `define`".to_string(),
                            })
                            .at_a_limit(),
                    );
                    self.scan.stop = true;
                }
                self.step();
            }
            b')' | b']' => {
                self.open.pop();
                self.step();
            }
            _ => {
                let length = self.rest().chars().next().map_or(1, char::len_utf8);
                self.stranger(length, problems);
                self.at = self.at.saturating_add(length);
            }
        }
    }

    /// Letters that look like ours but are not, as they come from pasted text.
    fn stranger(&mut self, length: usize, problems: &mut Sink) {
        let Some(letter) = self.rest().chars().next() else { return };
        let meant = match letter {
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{00ab}' | '\u{00bb}' => "\"",
            '\u{2018}' | '\u{2019}' => "'",
            '\u{2013}' | '\u{2014}' | '\u{2212}' => "-",
            letter if is_unseen(self.before(), letter) => return self.hidden(self.at, letter, problems),
            _ => return,
        };
        let place = self.place(self.at, self.at.saturating_add(length));
        problems.push(
            codes::STRANGE_CHARACTER
                .at(place)
                .say(format!("`{letter}` is a character that word processors insert"))
                .help(format!("write `{meant}` instead")),
        );
    }

    /// Quoted words may run over lines; a quote that would swallow the next declaration was never closed.
    fn quoted(&mut self, problems: &mut Sink) {
        let start = self.at;
        self.step();
        loop {
            match self.peek(0) {
                _ if self.at >= self.bytes.len() => break,
                b'\\' if self.peek(1).is_ascii() => self.step(),
                b'"' => {
                    self.step();
                    return;
                }
                b'\n' | b'\r' => {
                    let line = self.at.saturating_add(1);
                    if self.text.get(line..).is_some_and(starts_declaration) {
                        break;
                    }
                }
                // What hides is told; ordinary letters are passed over byte by byte.
                0..0x20 | 0x7f.. if self.peek(0) != b'\t' => {
                    if let Some(letter) = self.rest().chars().next().filter(|letter| is_unseen(self.before(), *letter))
                    {
                        self.hidden(self.at, letter, problems);
                    }
                }
                _ => {}
            }
            self.step();
        }
        let line_end = self
            .text
            .get(start..)
            .and_then(|rest| rest.find(LINE_ENDS))
            .map_or(self.bytes.len(), |n| start.saturating_add(n));
        problems.push(
            codes::UNCLOSED
                .at(self.place(start, line_end))
                .say("this quoted text is never closed")
                .help("end it with `\"`".to_string()),
        );
    }

    /// A new declaration begins: what is still open was never closed.
    fn close_all(&mut self, problems: &mut Sink) {
        if let Some(start) = self.open.first().copied() {
            problems.push(unclosed(self.place(start, start.saturating_add(1))));
            self.scan.cut_off.push(self.scan.starts.len().saturating_sub(1));
        }
        self.open.clear();
    }

    fn finish(mut self, problems: &mut Sink) -> Scan {
        if !self.scan.stop {
            self.close_all(problems);
        }
        // What stands before the first declaration is read with it, so that nothing goes unread.
        match self.scan.starts.first_mut() {
            Some(first) => *first = self.scan.first_word.min(*first),
            None => self.scan.starts.push(self.scan.first_word),
        }
        self.too_long(problems);
        self.scan
    }

    /// Tells of the first declaration that is longer than it may be; the grammar needs hundreds of times its length in memory.
    fn too_long(&mut self, problems: &mut Sink) {
        let starts = &self.scan.starts;
        let ends = starts.iter().skip(1).copied().chain([self.bytes.len()]);
        let longest = self.within.longest;
        let lengths = starts.iter().zip(ends).map(|(start, end)| (*start, end.saturating_sub(*start)));
        let Some((start, length)) = lengths.into_iter().find(|(_, length)| *length > longest) else { return };
        let message =
            format!("this declaration is {length} bytes long, more than the limit `declaration-bytes` of {longest}");
        let help = format!(
            "divide it, or move the names that it lists into the facts; if it must be so long, raise the limit: `--limit declaration-bytes={length}`"
        );
        let word = self.text.get(start..).and_then(|rest| rest.find(char::is_whitespace)).unwrap_or(length);
        let place = self.place(start, start.saturating_add(word));
        problems.push(codes::TOO_LONG.at(place).say(message).help(help).at_a_limit());
        self.scan.stop = true;
    }
}

fn unclosed(place: Span) -> Diagnostic {
    codes::UNCLOSED
        .at(place)
        .say("this bracket is never closed")
        .help("close it with `)` where the condition ends".to_string())
}

/// Whether a line begins with the word of a declaration and something to declare.
fn starts_declaration(line: &str) -> bool {
    if !line.starts_with(|c: char| c.is_alphabetic()) {
        return false;
    }
    let word_end = line.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(line.len());
    let (word, rest) = line.split_at_checked(word_end).unwrap_or((line, ""));
    let Some(rest) = begins(word, rest) else { return false };
    let follows = rest.trim_start_matches([' ', '\t']).chars().next();
    follows.is_some_and(|c| c.is_alphanumeric() || c == '`' || c == '"' || c == '_')
}

/// What stands behind the words that begin a declaration, of which this is the first.
fn begins<'t>(word: &str, behind: &'t str) -> Option<&'t str> {
    WORDS.iter().find_map(|words| match words.split_once(' ') {
        None => (*words == word).then_some(behind),
        Some((first, second)) => {
            let rest = behind.trim_start_matches([' ', '\t']).strip_prefix(second).filter(|_| first == word)?;
            (!rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')).then_some(rest)
        }
    })
}
