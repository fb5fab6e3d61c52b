//! The misspelt keyword in a text that cannot be read: the word that is nearly one, and with which in its place the text reads on.
//! A mistake shows behind the word that makes it (`whree kind is annual` is wrong at `kind`), so words before it are tried, too.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use pest::Parser;
use pest::error::InputLocation;

use super::grammar::{PolicyParser, Rule};
use super::keywords::ENGLISH;

/// A word, and the one that is meant.
pub struct Respelt {
    pub at: Range<usize>,
    pub meant: &'static str,
}

/// All words of which keywords are made.
static WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    ENGLISH.rows.iter().flat_map(|row| row.spellings).flat_map(|spelling| spelling.split(' ')).collect()
});

/// In a longer text nothing is tried: it is read once more for each word.
const LONGEST: usize = 4 << 10;
/// So many words before a mistake are looked at, and so many from it on.
const BEFORE: usize = 6;
const BEHIND: usize = 3;
/// So many words are tried in all.
const TRIED: usize = 48;

/// Looks for the misspelt word of a piece that cannot be read any further than `at`.
pub fn respelt(piece: &str, at: usize) -> Option<Respelt> {
    if piece.len() > LONGEST {
        return None;
    }
    let words = words(piece);
    let first_behind = words.partition_point(|word| word.end <= at);
    let around = first_behind.saturating_sub(BEFORE)..words.len().min(first_behind.saturating_add(BEHIND));
    let mut tries: Vec<(usize, usize, Range<usize>, &'static str)> = Vec::new();
    for (number, word) in words.iter().enumerate().take(around.end).skip(around.start) {
        let text = piece.get(word.clone()).unwrap_or("");
        if WORDS.contains(text) {
            continue;
        }
        let near = |meant: &&'static str| Some((distance(text, meant)?, *meant));
        // Of words that are equally near, the one nearest to the mistake comes first.
        tries.extend(
            WORDS.iter().filter_map(near).map(|(far, meant)| (far, number.abs_diff(first_behind), word.clone(), meant)),
        );
    }
    tries.sort_by(|one, other| (one.0, one.1, one.3).cmp(&(other.0, other.1, other.3)));
    let mut best: Option<(usize, Respelt)> = None;
    for (_, _, word, meant) in tries.into_iter().take(TRIED) {
        let (before, behind) = (piece.get(..word.start)?, piece.get(word.end..)?);
        let mended = format!("{before}{meant}{behind}");
        // How far it can be read, as counted from its end, so that words of different lengths compare.
        let left = match PolicyParser::parse(Rule::file, &mended) {
            Ok(_) => return Some(Respelt { at: word, meant }),
            Err(error) => match error.location {
                InputLocation::Pos(place) | InputLocation::Span((place, _)) => mended.len().saturating_sub(place),
            },
        };
        // Something else is wrong behind it; but this word is mended if more than the next word can be read.
        let next = words.get(first_behind.saturating_add(1)).map_or(piece.len(), |word| word.start);
        let is_further = left < piece.len().saturating_sub(next.max(at));
        if is_further && best.as_ref().is_none_or(|(least, _)| left < *least) {
            best = Some((left, Respelt { at: word, meant }));
        }
    }
    best.map(|(_, respelt)| respelt)
}

/// How many letters differ, where it is so few that the one may be meant by the other.
fn distance(written: &str, meant: &str) -> Option<usize> {
    let length = meant.chars().count();
    let allowed = if length > 4 { 2 } else { 1 };
    if written.chars().count().abs_diff(length) > allowed {
        return None;
    }
    let far = strsim::damerau_levenshtein(written, meant);
    (far > 0 && far <= allowed && far < length).then_some(far)
}

/// Where the words stand that are neither quoted nor in comments.
fn words(piece: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(sign) = piece.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = piece.get(at..).unwrap_or("");
        let is_word = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '/' | '\'');
        let length = match sign {
            '"' => super::prescan::quoted_length(rest),
            '/' if rest.starts_with("//") => rest.find(crate::source::LINE_ENDS).unwrap_or(rest.len()),
            sign if sign.is_alphabetic() || sign == '_' => {
                let length = rest.find(|sign| !is_word(sign)).unwrap_or(rest.len());
                found.push(at..at.saturating_add(length));
                length
            }
            // A number is no word, whatever stands at it.
            sign if sign.is_numeric() => rest.find(|sign| !is_word(sign)).unwrap_or(rest.len()),
            sign => sign.len_utf8(),
        };
        at = at.saturating_add(length.max(1));
    }
    found
}
