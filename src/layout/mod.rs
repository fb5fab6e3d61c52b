//! Layout: the same policy, laid out as the documentation shows it. A line stands on a line of its own; what is too long is broken
//! where its conditions are joined; every comment stays at its place. Nothing but line breaks and blanks changes, and the text that
//! comes out is read again before it is given: it says the same, or it is not given.
//!
//! How the text was laid out before counts only in this: blank lines stay, one at a time, and a comment on a line of its own stays
//! on one.

mod difference;
mod page;
mod wrap;

use crate::diagnostics::Sink;
use crate::source::FileId;
use crate::syntax::Within;
use crate::syntax::outline::{Before, Comment, Outline, Word};
pub use difference::difference;
use page::Page;

/// So many columns a line has at most, unless a word or a comment is longer.
pub const WIDEST: usize = 120;

/// What comes of a text.
#[derive(Debug)]
pub enum Laid {
    Out(String),
    /// It has mistakes, which were told; so it cannot be laid out.
    HasMistakes,
    /// What came out says something else. That is a bug of ours.
    SaysSomethingElse,
}

/// Lays out one policy file.
pub fn lay_out(file: FileId, text: &str, within: Within, problems: &mut Sink) -> Laid {
    let Some(outline) = Outline::of(file, text, within, problems) else { return Laid::HasMistakes };
    let laid = laid(&outline);
    // What is laid out already is not read again.
    if laid == text {
        return Laid::Out(laid);
    }
    let again = Outline::to_compare(file, &laid, within);
    if !again.is_some_and(|again| outline.says_the_same(&again)) {
        return Laid::SaysSomethingElse;
    }
    // What ends lines stays: LF, or CR LF where the first line ends so.
    match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => Laid::Out(laid.replace('\n', "\r\n")),
        Some(_) | None => Laid::Out(laid),
    }
}

fn laid(outline: &Outline) -> String {
    let mut laying = Laying { page: Page::default(), comments: &outline.comments, indent: 0, has_lines: false };
    let mut from = 0;
    while from < outline.words.len() {
        let rest = outline.words.get(from..).unwrap_or_default();
        let length = rest.iter().skip(1).position(begins_a_line).map_or(rest.len(), |at| at.saturating_add(1));
        let (line, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        laying.line(from, line, behind.first());
        from = from.saturating_add(length);
    }
    laying.comments_at_the_end();
    laying.page.text()
}

fn begins_a_line(word: &Word) -> bool {
    matches!(word.before, Before::Declaration | Before::Line(_))
}

struct Laying<'o, 't> {
    page: Page<'t>,
    /// Those that were not laid yet.
    comments: &'o [Comment<'t>],
    /// How far in the last line stands.
    indent: usize,
    /// Whether the last declaration has lines.
    has_lines: bool,
}

impl<'o, 't> Laying<'o, 't> {
    /// The comments before a word.
    fn comments_before(&mut self, at: usize) -> &'o [Comment<'t>] {
        let count = self.comments.partition_point(|comment| comment.at <= at);
        let (here, rest) = self.comments.split_at_checked(count).unwrap_or((self.comments, &[]));
        self.comments = rest;
        here
    }

    /// A line of the policy, with the comments before it and in it; how much room it takes is found out.
    fn line(&mut self, at: usize, words: &[Word<'t>], next: Option<&Word>) {
        let Some(first) = words.first() else { return };
        let mut before = self.comments_before(at);
        if let Some((comment, rest)) = before.split_first().filter(|(comment, _)| !comment.alone) {
            self.page.behind(comment.text);
            before = rest;
        }
        let has_lines = next.is_some_and(|word| matches!(word.before, Before::Line(_)));
        let indent = match first.before {
            Before::Line(steps) => usize::from(steps).saturating_mul(STEP),
            _ => 0,
        };
        match first.before {
            Before::Declaration => self.between_declarations(before, first, has_lines),
            _ => {
                before.iter().for_each(|comment| self.page.alone(comment.text, indent, comment.apart));
                self.page.begin(indent, first.apart);
            }
        }
        self.indent = indent;
        // What goes on further in than what belongs to it is told from that.
        let is_head = matches!(next.map(|word| word.before), Some(Before::Line(steps)) if usize::from(steps).saturating_mul(STEP) > indent);
        let further = indent.saturating_add(if is_head { STEP.saturating_mul(2) } else { STEP });
        let mut from = 0;
        while let Some(rest) = words.get(from..).filter(|rest| !rest.is_empty()) {
            // A comment amid a line breaks it.
            let comment = self.comments.first().map(|comment| comment.at.saturating_sub(at).saturating_sub(from));
            let length = comment.map_or(rest.len(), |length| length.min(rest.len()));
            let (piece, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            wrap::fill(&mut self.page, piece, further);
            from = from.saturating_add(length);
            if behind.is_empty() {
                break;
            }
            for comment in self.comments_before(at.saturating_add(from)) {
                match comment.alone {
                    true => self.page.alone(comment.text, further, false),
                    false => self.page.behind(comment.text),
                }
            }
            self.page.begin(further, false);
        }
    }

    /// A declaration of several lines has a blank line before it, and one behind it.
    fn between_declarations(&mut self, comments: &'o [Comment<'t>], first: &Word, has_lines: bool) {
        let rest = self.comments_of_the_last(comments);
        let is_apart = first.apart || rest.iter().any(|comment| comment.apart);
        let mut needed = (has_lines || self.has_lines) && !is_apart;
        for comment in rest {
            self.page.alone(comment.text, 0, comment.apart || needed);
            needed = false;
        }
        self.page.begin(0, first.apart || needed);
        self.has_lines = has_lines;
    }

    /// Lays the comments that stand further in, and so belong to the declaration before them; gives the others.
    fn comments_of_the_last(&mut self, comments: &'o [Comment<'t>]) -> &'o [Comment<'t>] {
        let count = match self.page.is_empty() {
            true => 0,
            false => comments.iter().take_while(|comment| !comment.at_margin).count(),
        };
        let (own, rest) = comments.split_at_checked(count).unwrap_or((comments, &[]));
        let indent = self.indent.max(STEP);
        own.iter().for_each(|comment| self.page.alone(comment.text, indent, comment.apart));
        rest
    }

    fn comments_at_the_end(&mut self) {
        let mut rest = self.comments_before(usize::MAX);
        if let Some((comment, more)) = rest.split_first().filter(|(comment, _)| !comment.alone) {
            self.page.behind(comment.text);
            rest = more;
        }
        let rest = self.comments_of_the_last(rest);
        rest.iter().for_each(|comment| self.page.alone(comment.text, 0, comment.apart));
    }
}

/// What belongs to something stands so much further in.
const STEP: usize = 2;
