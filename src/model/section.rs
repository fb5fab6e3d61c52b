//! Sections of an agreement's text, as clauses name them and as people ask for them.

use super::clause::Place;

/// How a section is part of the one that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It is that section, or `3.1` of `3`.
    Of,
    /// Its number is followed by a letter: `3.2a` of `3.2`.
    Lettered,
}

/// The number out of `§ 3`, `§ 3.`, `3 §` and `section 3`; empty where there is none.
pub fn bare(asked: &str) -> &str {
    // A point behind it ends the sentence or the heading that it was copied from.
    let ends = |sign: char| matches!(sign, '.' | ',' | ':' | ';' | '§') || sign.is_whitespace();
    if is_meant(asked) { number(asked).trim_end_matches(ends) } else { number(asked) }
}

/// What is asked for, without the quotes in which a policy writes the name of a section: `§ "Ekonomi", 3`.
pub fn unquoted(asked: &str) -> String {
    asked.replace(['"', '\u{201c}', '\u{201d}'], "")
}

/// The same as it is written.
fn number(asked: &str) -> &str {
    let asked = asked.trim_matches(|sign: char| sign == '§' || sign.is_whitespace());
    let behind = asked.split_at_checked(SECTION.len()).filter(|(word, _)| word.eq_ignore_ascii_case(SECTION));
    behind.map_or(asked, |(_, number)| number.trim())
}

const SECTION: &str = "section ";

/// Whether somebody asks for a section rather than for a name.
pub fn is_meant(asked: &str) -> bool {
    asked.contains('§') || number(asked) != asked.trim() || asked.trim().starts_with(|sign: char| sign.is_ascii_digit())
}

impl Place {
    /// What it names: `3.1` and `5.2` out of `§ 3.1, 5.2`.
    pub fn sections(&self) -> impl Iterator<Item = &str> {
        bare(&self.words).split(',').map(str::trim)
    }

    /// How it is part of a section.
    pub fn part_of(&self, section: &str) -> Option<Part> {
        if section.is_empty() {
            return None;
        }
        let of = |own: &str| match own.strip_prefix(section)?.chars().next() {
            None | Some('.') => Some(Part::Of),
            Some(letter) if letter.is_alphabetic() && section.ends_with(|sign: char| sign.is_ascii_digit()) => {
                Some(Part::Lettered)
            }
            Some(_) => None,
        };
        let whole = Some(Part::Of).filter(|_| bare(&self.words) == section);
        whole.or_else(|| self.sections().filter_map(of).min())
    }
}
