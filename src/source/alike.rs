//! Texts that look the same and are not: by letters of another script, by case, or by how accents were typed.

use unicode_normalization::UnicodeNormalization;

/// Letters of Cyrillic, Greek and Armenian that look like Latin ones, and these; sorted.
#[rustfmt::skip]
const ALIKE: &[(char, char)] = &[
    ('Α', 'A'), ('Β', 'B'), ('Ε', 'E'), ('Ζ', 'Z'), ('Η', 'H'), ('Ι', 'I'), ('Κ', 'K'), ('Μ', 'M'), ('Ν', 'N'),
    ('Ο', 'O'), ('Ρ', 'P'), ('Τ', 'T'), ('Υ', 'Y'), ('Χ', 'X'), ('α', 'a'), ('ι', 'i'), ('κ', 'k'), ('ν', 'v'),
    ('ο', 'o'), ('ρ', 'p'), ('υ', 'u'), ('Ѕ', 'S'), ('І', 'I'), ('Ј', 'J'), ('А', 'A'), ('В', 'B'), ('Е', 'E'),
    ('К', 'K'), ('М', 'M'), ('Н', 'H'), ('О', 'O'), ('Р', 'P'), ('С', 'C'), ('Т', 'T'), ('У', 'Y'), ('Х', 'X'),
    ('а', 'a'), ('е', 'e'), ('о', 'o'), ('р', 'p'), ('с', 'c'), ('у', 'y'), ('х', 'x'), ('ѕ', 's'), ('і', 'i'),
    ('ј', 'j'), ('һ', 'h'), ('ӏ', 'l'), ('ԁ', 'd'), ('ԛ', 'q'), ('ԝ', 'w'), ('ո', 'n'), ('ս', 'u'), ('օ', 'o'),
];

fn latin(letter: char) -> Option<char> {
    ALIKE.binary_search_by_key(&letter, |(other, _)| *other).ok().and_then(|at| ALIKE.get(at)).map(|(_, latin)| *latin)
}

/// Whether a text is its own outline, as nearly all names are.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
}

/// What a text looks like: texts with the same outline are hard to tell apart.
pub fn outline(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let letters = text.nfkc().filter(|letter| !super::hides(*letter) && !super::joins(*letter));
    letters.map(|letter| latin(letter).unwrap_or(letter)).flat_map(char::to_lowercase).collect()
}

/// A letter that looks like a Latin one and is none, in a text that has Latin letters, too.
pub fn stranger(text: &str) -> Option<char> {
    if text.is_ascii() || !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    text.nfc().find(|letter| latin(*letter).is_some())
}
