//! Words beside a number that change nothing in it: what is counted, what it is measured in, and what the number is for. Whatever else
//! a format shows beside a number may be a currency, a multiple or a unit, and is told.

use super::{over_columns, units, wording::folded};

/// What a word stands beside.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    Amount,
    Number,
}

/// Whether a text beside a number has words of which nothing is known. What the field and its column are called is known.
pub(super) fn is_strange(text: &str, beside: Beside, called: &[&str]) -> bool {
    words(text).any(|word| !is_harmless(&folded(word), beside) && !is_of_a_name(&folded(word), called))
}

/// The words of a text, without signs around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|sign: char| sign.is_whitespace() || "()[]/+,:;-–−".contains(sign));
    parts.map(|word| word.trim_matches('.')).filter(|word| word.chars().any(char::is_alphabetic))
}

fn is_harmless(word: &str, beside: Beside) -> bool {
    COUNTED.contains(&word)
        || FOR_WHAT.contains(&word)
        || beside == Beside::Number && MEASURES.contains(&word)
        // What is known of a currency is told by its own rules.
        || units::currency(word).is_some()
}

/// Whether a word is a part of a name, or is short for a word of it.
fn is_of_a_name(word: &str, called: &[&str]) -> bool {
    let is_close = |own: &str| {
        own == word || word.chars().count() >= SHORTEST && own.starts_with(word) || {
            own.chars().count() >= SHORTEST && word.starts_with(own)
        }
    };
    called.iter().any(|name| over_columns::words(&folded(name)).any(is_close))
}

/// So many letters are a word, of which another may be made.
const SHORTEST: usize = 3;

/// What is counted: things, people, and spans of time.
const COUNTED: [&str; 103] = [
    "aktiviteter",
    "ans",
    "antal",
    "barn",
    "besökare",
    "bitar",
    "child",
    "children",
    "d",
    "dag",
    "dagar",
    "dage",
    "dager",
    "day",
    "days",
    "deltagare",
    "dgr",
    "dygn",
    "ea",
    "each",
    "elev",
    "elever",
    "ex",
    "exemplar",
    "fall",
    "gång",
    "gånger",
    "h",
    "hour",
    "hours",
    "hrs",
    "hushåll",
    "inv",
    "invånare",
    "item",
    "items",
    "jahr",
    "jahre",
    "jours",
    "kpl",
    "kvartal",
    "kväll",
    "kvällar",
    "lag",
    "medl",
    "medlem",
    "medlemmar",
    "medlemmer",
    "member",
    "members",
    "min",
    "minuter",
    "minutes",
    "mitglieder",
    "mo",
    "mois",
    "month",
    "monthly",
    "months",
    "mth",
    "mån",
    "månad",
    "månader",
    "måneder",
    "participants",
    "pc",
    "pcs",
    "people",
    "pers",
    "person",
    "personen",
    "personer",
    "personnes",
    "persons",
    "piece",
    "pieces",
    "plats",
    "platser",
    "sammankomster",
    "st",
    "stk",
    "styck",
    "stycken",
    "stück",
    "tage",
    "tal",
    "tillf",
    "tillfälle",
    "tillfällen",
    "tim",
    "timmar",
    "timme",
    "timmen",
    "ungdomar",
    "vecka",
    "veckor",
    "visitors",
    "week",
    "weeks",
    "year",
    "years",
    "yr",
    "år",
];

/// What a number is for, and what it is without.
const FOR_WHAT: [&str; 63] = [
    "a", "amount", "approx", "avg", "avgift", "belopp", "bidrag", "brutto", "c:a", "ca", "circa", "cirka", "eller",
    "en", "excl", "exkl", "fee", "från", "gross", "högst", "i", "in", "incl", "inkl", "konto", "kostnad", "kvar",
    "max", "med", "minst", "minus", "moms", "mot", "net", "netto", "nr", "och", "of", "om", "or", "p", "per", "pr",
    "price", "pris", "pro", "rad", "rest", "resultat", "saldo", "sum", "summa", "tax", "till", "total", "totalt",
    "upp", "ut", "utan", "vat", "vid", "without", "à",
];

/// What numbers that are no amounts are measured in.
const MEASURES: [&str; 31] = [
    "a", "c", "cm", "cm2", "dl", "g", "gb", "ha", "kg", "km", "km2", "km²", "kvm", "kw", "kwh", "l", "liter", "m",
    "m2", "m3", "mb", "mil", "mm", "mwh", "m²", "m³", "p", "points", "poäng", "ton", "w",
];
