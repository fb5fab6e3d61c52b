//! How the words of one line of a policy are put on one line of the page, or on several if it is too long.

use super::WIDEST;
use super::page::{Page, unfolded};
use crate::syntax::outline::{Before, Word};

/// What a field means begins in this column, if there is room before it.
const TITLES: usize = 34;

/// Puts words on the page, where it stands; what goes on below begins at `further`.
pub fn fill<'t>(page: &mut Page<'t>, words: &[Word<'t>], further: usize) {
    let Some(at) = words.iter().position(|word| word.before == Before::FieldTitle) else {
        return part(page, words, further);
    };
    let (field, title) = words.split_at_checked(at).unwrap_or((words, &[]));
    part(page, field, further);
    let column = match page.column() {
        column if column < TITLES => TITLES,
        column => column.saturating_add(3),
    };
    match column.saturating_add(width(title)) <= WIDEST {
        true => page.skip_to(column),
        false => page.begin(TITLES, false),
    }
    part(page, title, TITLES.saturating_add(1));
}

fn part<'t>(page: &mut Page<'t>, words: &[Word<'t>], further: usize) {
    let gap = words.first().map_or(0, |first| page.gap(first.text));
    let room = WIDEST.saturating_sub(page.column()).saturating_sub(gap);
    if width(words) <= room {
        return words.iter().for_each(|word| page.word(word.text, word.quoted));
    }
    let folds = words.iter().skip(1).filter_map(|word| order(word.before));
    let Some(order_of_first) = folds.min() else { return one_by_one(page, words, further) };
    let deeper = further.saturating_add(super::STEP).min(DEEPEST);
    let mut rest = words;
    let mut is_first = true;
    while let Some(word) = rest.first() {
        let next = rest.iter().skip(1).position(|word| order(word.before) == Some(order_of_first));
        let length = next.map_or(rest.len(), |at| at.saturating_add(1));
        let (piece, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let wide = width(piece);
        let fits_here = page.column().saturating_add(page.gap(word.text)).saturating_add(wide) <= WIDEST;
        let fits_below = further.saturating_add(wide) <= WIDEST;
        let is_lasting = matches!(word.before, Before::Whole(_)) && !fits_below;
        if !is_first && !fits_here && !is_lasting && !page.is_glued(word.text) {
            page.begin(further, false);
        }
        part(page, piece, deeper);
        is_first = false;
        rest = behind;
    }
}

/// What goes on below goes on further in, but not without end.
const DEEPEST: usize = 40;

/// Where a line may be broken: first at the lowest number.
fn order(before: Before) -> Option<u16> {
    match before {
        Before::Fold(order) | Before::Whole(order) => Some(order),
        Before::Declaration | Before::Line(_) | Before::FieldTitle | Before::Blank => None,
    }
}

/// How wide words are on one line.
fn width(words: &[Word]) -> usize {
    let mut wide = 0_usize;
    let mut last = "";
    for word in words {
        let own = match word.quoted {
            true => unfolded(word.text).iter().map(|one| signs(one).saturating_add(1)).sum::<usize>().saturating_sub(1),
            false => signs(word.text),
        };
        let gap = usize::from(!last.is_empty() && !are_glued(last, word.text));
        wide = wide.saturating_add(gap).saturating_add(own);
        last = word.text;
    }
    wide
}

pub fn signs(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Whether no blank stands between two words.
pub fn are_glued(last: &str, next: &str) -> bool {
    matches!(last, "(" | "[") || matches!(next, ")" | "]" | "," | ":")
}

/// Words that have no better place to be broken, as many on a line as there is room for. Quoted words are broken at their blanks.
fn one_by_one<'t>(page: &mut Page<'t>, words: &[Word<'t>], further: usize) {
    for (at, word) in words.iter().enumerate() {
        let fits = |page: &Page, text: &str| {
            page.column().saturating_add(page.gap(text)).saturating_add(signs(text)) <= WIDEST
        };
        if word.quoted {
            for (at, piece) in unfolded(word.text).into_iter().enumerate() {
                if at > 0 && !page.is_fresh() && !fits(page, piece) {
                    page.begin(further, false);
                }
                page.piece(at, piece);
            }
            continue;
        }
        // What is glued to a word goes along.
        let glued = words.get(at.saturating_add(1)).filter(|next| are_glued(word.text, next.text));
        let wide = signs(word.text).saturating_add(glued.map_or(0, |next| signs(next.text)));
        let end = page.column().saturating_add(page.gap(word.text)).saturating_add(wide);
        if !page.is_fresh() && end > WIDEST && !page.is_glued(word.text) {
            page.begin(further, false);
        }
        page.word(word.text, false);
    }
}
