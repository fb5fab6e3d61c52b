//! Syntax: from a policy's text to its spanned tree.
//! Every mistake is reported at its place; a mistake costs one declaration, never the file.

mod build;
pub mod forms;
mod grammar;
pub mod keywords;
mod mistakes;
pub mod natural;
pub mod outline;
mod prescan;
mod respelt;
pub mod tree;

use std::ops::Range;

use pest::Parser;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostics::{Sink, codes};
use crate::source::{FINISH_THE_MERGE, FileId, Span, lines, merge_mark, unmarked};
use build::Build;
use grammar::{PolicyParser, Rule};
use mistakes::Spelling;
use prescan::Scan;
use tree::Tree;

/// Reads one policy file. Takes time linear in the text.
///
/// The layout means nothing: a text is parsed in pieces where it seems to fall into declarations, and in one piece if one of these is
/// none. Only when that fails, too, is each declaration that begins a line parsed by itself, and each mistake reported.
pub fn read(file: FileId, text: &str, problems: &mut Sink) -> Tree {
    read_within(file, text, Within::default(), problems)
}

/// How a policy is read.
#[derive(Clone, Copy, Debug)]
pub struct Within {
    /// So many brackets may stand inside one another.
    pub deepest: usize,
    /// So many bytes a declaration may have.
    pub longest: usize,
    /// Whether its scenarios are read. Where they are not, nothing is said of mistakes in them.
    pub scenarios: bool,
}

impl Default for Within {
    fn default() -> Self {
        Within { deepest: prescan::DEEPEST, longest: usize::MAX, scenarios: true }
    }
}

/// The same, told how.
pub fn read_within(file: FileId, text: &str, within: Within, problems: &mut Sink) -> Tree {
    let text = unmarked(text);
    let empty = |comments| Tree { file, agreement: None, items: Vec::new(), comments, lost: Vec::new() };
    if let Some(mark) = merge_mark(text) {
        let place = Span::new(file, mark.start, mark.end);
        problems.push(
            codes::UNFINISHED_MERGE
                .at(place)
                .say("this file has unresolved merge conflicts")
                .help(FINISH_THE_MERGE.to_string()),
        );
        return empty(Vec::new());
    }
    let scan = prescan::scan(file, text, within, problems);
    let mut tree = empty(scan.comments.clone());
    if scan.stop {
        return tree;
    }
    if text.get(scan.first_word..).is_none_or(|rest| rest.trim().is_empty()) {
        let place = Span::new(file, 0, 0);
        problems.push(
            codes::EMPTY_FILE.at(place).say("this file is empty").help(
                "a policy begins with `agreement NAME \"title\"`; an imported file needs at least one declaration"
                    .to_string(),
            ),
        );
        return tree;
    }
    let pieces = scan.pieces(text, within.scenarios);
    if read_piece_by_piece(file, text, (&scan, pieces), (&mut tree, problems)) {
        return tree;
    }
    let build = Build::new(file, text, &scan.comments, 0);
    match PolicyParser::parse(Rule::file, text) {
        Ok(pairs) => pairs.flat_map(|pair| pair.into_inner()).for_each(|pair| take(&build, pair, &mut tree, problems)),
        Err(_) => read_in_pieces(&build, &scan, &mut tree, problems),
    }
    tree
}

/// Reads the pieces of a text; `false` where one of them cannot be read, and nothing was. What the grammar needs for one piece is
/// given back before the next, so that a long text needs little more than its tree.
fn read_piece_by_piece(
    file: FileId,
    text: &str,
    (scan, pieces): (&Scan, Vec<Range<usize>>),
    (tree, problems): (&mut Tree, &mut Sink),
) -> bool {
    if pieces.len() < 2 {
        return false;
    }
    let mut found = Sink::default();
    for piece in pieces {
        let build = Build::new(file, text, &scan.comments, piece.start);
        let Ok(pairs) = PolicyParser::parse(Rule::file, text.get(piece).unwrap_or("")) else {
            (tree.agreement, tree.items) = (None, Vec::new());
            return false;
        };
        pairs.flat_map(|pair| pair.into_inner()).for_each(|pair| take(&build, pair, tree, &mut found));
    }
    problems.extend(found);
    true
}

fn take(build: &Build, pair: build::P, tree: &mut Tree, problems: &mut Sink) {
    let span = build.span(&pair);
    match pair.as_rule() {
        Rule::EOI => {}
        Rule::agreement => match build.header(pair) {
            Some(header) if tree.agreement.is_none() && tree.items.is_empty() => tree.agreement = Some(header),
            Some(header) => problems.push(
                codes::SYNTAX
                    .at(header.name.span)
                    .say("`agreement` must be the first declaration of a file, and there can be only one")
                    .help("put each agreement in a file of its own, starting with its header".to_string()),
            ),
            None => unreadable(span, problems),
        },
        _ => match (build.item(pair), build.take_too_deep()) {
            (_, Some(place)) => problems.push(mistakes::too_deep(place)),
            (Some(item), None) => tree.items.push(item),
            (None, None) => unreadable(span, problems),
        },
    }
}

/// The names that a declaration may declare, although it cannot be read: those behind its first word, and the first two words of
/// its lines, as fields and requirements are named.
fn lost(piece: &str) -> Vec<String> {
    let words = |line: &str| -> Vec<String> {
        let code = line.split(['"', '§']).next().unwrap_or("");
        let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.filter(|word| !word.is_empty()).map(|word| word.nfc().collect()).collect()
    };
    let mut lines = lines(piece.trim_start());
    let mut names: Vec<String> = lines.next().map(words).unwrap_or_default().into_iter().skip(1).collect();
    names.extend(lines.flat_map(|line| words(line).into_iter().take(2)));
    names
}

fn unreadable(span: Span, problems: &mut Sink) {
    problems.push(codes::SYNTAX.at(span).say("this declaration cannot be read"));
}

/// Of so many mistakes it is tried whether a word is misspelt.
const TRIED: usize = 30;

/// One declaration after the other, where the layout lets them begin.
fn read_in_pieces(build: &Build, scan: &Scan, tree: &mut Tree, problems: &mut Sink) {
    let mut found = false;
    let mut ends = scan.starts.iter().skip(1).copied().chain([build.text.len()]);
    for (at, start) in scan.starts.iter().copied().enumerate() {
        let end = ends.next().unwrap_or(build.text.len());
        let Some(piece) = build.text.get(start..end) else { continue };
        let here = Build::new(build.file, build.text, build.comments, start);
        let parsed = match scan.cut_off.binary_search(&at) {
            Ok(_) => None,
            Err(_) => PolicyParser::parse(Rule::chunk, piece).ok(),
        };
        match parsed {
            Some(pairs) => {
                pairs.flat_map(|pair| pair.into_inner()).for_each(|pair| take(&here, pair, tree, problems));
            }
            None => {
                found = true;
                tree.lost.extend(lost(piece));
                // What was never closed has been told already; what follows from it is no finding of its own.
                let place = Span::new(build.file, start, end);
                if problems.left_out() > 0 {
                    // What is not kept is only counted, and needs no words.
                    unreadable(place, problems);
                } else if !problems.has_error_in(place) {
                    let spelling = if problems.len() < TRIED { Spelling::Tried } else { Spelling::NotTried };
                    problems.push(mistakes::explain(&here, piece, spelling));
                }
            }
        }
    }
    if !found && !problems.has_errors() {
        problems.push(mistakes::explain_file(build));
    }
}
