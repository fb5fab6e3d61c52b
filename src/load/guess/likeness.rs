//! When a heading is nearly the name of a field, and when it says something else: what differs in more than a slip may well be the
//! opposite.

use unicode_normalization::UnicodeNormalization;

use crate::model::schema::{Field, Record, Type};

use super::{
    super::{units, wording::folded},
    fields::own,
};

/// So long a word may have two wrong letters; a shorter one has one, and the shortest none.
const LONG: usize = 10;
const SHORT: usize = 4;

/// Whether a heading is a field's name but for blanks and a few wrong letters. Letters before a word, as in `inactive`, turn it round.
pub(super) fn is_misspelt(heading: &str, field: &str) -> bool {
    let (heading, field) = (folded(heading), folded(field));
    let bare = |name: &str| name.replace('_', "");
    if bare(&heading) == bare(&field) {
        return true;
    }
    let (of_heading, of_field) = (telling(&heading), telling(&field));
    match of_heading.len() == of_field.len() {
        true => of_heading.iter().zip(&of_field).all(|(word, other)| word == other || is_slip(word, other)),
        false => is_slip(&bare(&heading), &bare(&field)),
    }
}

/// Whether a heading may say the opposite of what a field is called, although few letters differ: `inactive`, `unpaid`, `export` for
/// `import`, `employer` for `employee`. A slip hardly ever changes the first letter of a word.
pub(in crate::load) fn may_be_the_opposite(heading: &str, field: &str) -> bool {
    let (heading, field) = (folded(heading), folded(field));
    let (of_heading, of_field) = (words(&heading), words(&field));
    let denies = |words: &[&str]| words.iter().any(|word| NEGATIONS.contains(word));
    let turns = |word: &str, other: &str| {
        let begins_otherwise = first_letter(word) != first_letter(other) && !is_swapped(word, other);
        word != other && (begins_otherwise || are_both_sides(word, other))
    };
    denies(&of_heading) != denies(&of_field)
        || of_heading.iter().any(|word| of_field.iter().any(|other| is_turned(word, other) || is_turned(other, word)))
        || of_heading.len() == of_field.len()
            && of_heading.iter().zip(&of_field).any(|(word, other)| turns(word, other))
}

/// Words that turn those beside them round.
const NEGATIONS: [&str; 8] = ["ej", "former", "icke", "inte", "non", "not", "utan", "without"];

/// The letter without what stands over it, by which `å` is an `a`.
fn first_letter(word: &str) -> Option<char> {
    word.nfd().next()
}

/// Whether two words differ in the order of their first two letters: `nmae`, `no` for `on`.
fn is_swapped(word: &str, other: &str) -> bool {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 1 {
        letters.swap(0, 1);
    }
    other.chars().eq(letters)
}

/// Whether two words are those for the two sides of one act: `employer` and `employee`, `lessor` and `lessee`.
fn are_both_sides(word: &str, other: &str) -> bool {
    let gets = |word: &str| word.ends_with("ee");
    let gives = |word: &str| word.ends_with("er") || word.ends_with("or");
    gets(word) && gives(other) || gives(word) && gets(other)
}

/// The words of a name but for those that say no more than what its type says: `joined` of `joined_on`, `dues` of `Dues (kr)`.
fn telling(name: &str) -> Vec<&str> {
    let is_telling = |word: &&str| !OF_TYPES.contains(word) && !units::is_in_letters(word);
    let telling: Vec<&str> = words(name).into_iter().filter(is_telling).collect();
    if telling.is_empty() { words(name) } else { telling }
}

const OF_TYPES: [&str; 9] = ["at", "dag", "date", "datum", "day", "kr", "kronor", "on", "time"];

fn is_slip(word: &str, other: &str) -> bool {
    let length = word.chars().count().min(other.chars().count());
    let allowed = if length >= LONG { 2 } else { usize::from(length >= SHORT.saturating_sub(1)) };
    word.chars().next() == other.chars().next()
        && !are_both_sides(word, other)
        && !word.ends_with(other)
        && !other.ends_with(word)
        && word.chars().count().abs_diff(other.chars().count()) <= allowed
        && strsim::damerau_levenshtein(word, other) <= allowed
}

fn words(name: &str) -> Vec<&str> {
    name.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// The fields whose names share a word with the heading, or are a part of one of its words.
pub(super) fn related<'r>(heading: &str, record: &'r Record) -> Vec<&'r Field> {
    let heading = folded(heading);
    let is_related = |field: &&Field| {
        let name = folded(&field.name);
        let share =
            |word: &&str| word.len() > 1 && words(&heading).iter().any(|other| other == word || is_turned(other, word));
        words(&name).iter().any(share)
    };
    own(record).filter(is_related).collect()
}

/// Whether a word is another with letters before it that may turn its meaning round: `inactive`.
fn is_turned(word: &str, other: &str) -> bool {
    word.strip_suffix(other)
        .is_some_and(|before| (1..=4).contains(&before.chars().count()) && other.chars().count() > 3)
}

/// Whether a heading of answers says that something is not so, which the field does not say.
pub(super) fn says_the_opposite(heading: &str, field: &Field) -> bool {
    let tells =
        |name: &str| words(&folded(name)).iter().any(|word| NOT_SO.iter().any(|beginning| word.starts_with(beginning)));
    field.ty == Type::YesNo && tells(heading) && !tells(&field.name)
}

/// Whether a heading of which only the cells are like a field may say its opposite: of a yes or no that can hardly be known, and
/// of a number where both names begin or end alike, as `närvarande` and `frånvarande` do, or are two sides of one account.
pub(super) fn may_turn_round(heading: &str, field: &Field) -> bool {
    let (heading, name) = (folded(heading), folded(&field.name));
    let share = |word: &str, other: &str| {
        let begin = word.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
        let end = word.chars().rev().zip(other.chars().rev()).take_while(|(one, other)| one == other).count();
        begin.max(end) >= LONG_PART
    };
    let is_other_side = |one: &str, other: &str| {
        SIDES.iter().any(|[left, right]| {
            one.starts_with(left) && other.starts_with(right) || one.starts_with(right) && other.starts_with(left)
        })
    };
    let turns = |word: &str, other: &str| word != other && (share(word, other) || is_other_side(word, other));
    match field.ty {
        Type::YesNo => true,
        Type::Number | Type::Money | Type::Date => {
            words(&heading).iter().any(|word| words(&name).iter().any(|other| turns(word, other)))
        }
        Type::Text | Type::Time | Type::OneOf(_) | Type::Ref(_) | Type::SetOf(_) => false,
    }
}

/// So many letters at the start or end of two words are no chance.
const LONG_PART: usize = 4;

/// How words of accounts begin of which one is the opposite of the other.
const SIDES: [[&str; 2]; 4] = [["debet", "kredit"], ["debit", "credit"], ["inkomst", "utgift"], ["income", "expen"]];

/// Whether a heading that is nearly a field's name differs from it in a word so short that it may well be another one: `Free` for
/// `fee`, `Lent on` for `left_on`.
pub(super) fn may_be_another_word(heading: &str, field: &str) -> bool {
    let (heading, field) = (folded(heading), folded(field));
    let (of_heading, of_field) = (telling(&heading), telling(&field));
    let is_short = |word: &&str| word.chars().count() <= SHORT;
    of_heading.iter().zip(&of_field).any(|(word, other)| word != other && is_short(other))
}

/// Whether a heading says that its column is something else than this field, whatever stands in its cells: it tells of an end or of
/// what is not so.
pub(super) fn says_otherwise(heading: &str, field: &Field) -> bool {
    let tells = |name: &str, beginnings: &[&str]| {
        words(&folded(name)).iter().any(|word| beginnings.iter().any(|beginning| word.starts_with(beginning)))
    };
    let is_against = |beginnings: &[&str]| tells(heading, beginnings) && !tells(&field.name, beginnings);
    let is_the_end = field.ty == Type::Date && is_against(&ENDS);
    is_the_end || says_the_opposite(heading, field)
}

/// How words begin that tell of an end, in English and Swedish.
const ENDS: [&str; 26] = [
    "avgick", "avgång", "avreg", "avslut", "cancel", "clos", "end", "exit", "expir", "final", "last", "leav", "left",
    "lämna", "quit", "resign", "senast", "sist", "slut", "stop", "stäng", "until", "upphör", "utgick", "utgår",
    "utträ",
];
/// How words begin that say what is not so.
const NOT_SO: [&str; 26] = [
    "avslut", "cancel", "clos", "dorm", "ej", "ended", "former", "icke", "ina", "inte", "laps", "nedlag", "non", "not",
    "oa", "obet", "ogilt", "passiv", "retire", "saknar", "stäng", "un", "upphör", "utan", "utträ", "vilande",
];
