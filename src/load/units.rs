//! What a word beside or over an amount says of it: which currency it is in, or that it counts thousands or hundredths of one.

use super::cells::{self, Mark};

/// The currency of a sign that several countries use, by the place that a program put beside it: a number of Windows, or a language
/// and a country, such as `nb-NO`.
pub(super) fn of_place(sign: &str, place: &str) -> Option<&'static str> {
    let country =
        place.rsplit('-').next().filter(|last| last.len() == 2 && last.bytes().all(|one| one.is_ascii_uppercase()));
    let country = match country {
        Some(country) => country,
        None => country_of(u32::from_str_radix(place, 16).ok()? & 0xffff)?,
    };
    let sign = sign.trim_end_matches('.').to_lowercase();
    let of_country = |all: &[(&str, &'static str)]| all.iter().find(|(one, _)| *one == country).map(|(_, code)| *code);
    match sign.as_str() {
        "kr" => of_country(&KRONOR),
        "$" => of_country(&DOLLARS),
        "¥" => of_country(&[("JP", "JPY"), ("CN", "CNY")]),
        _ => None,
    }
}

const KRONOR: [(&str, &str); 7] =
    [("SE", "SEK"), ("NO", "NOK"), ("DK", "DKK"), ("FO", "DKK"), ("GL", "DKK"), ("IS", "ISK"), ("EE", "EEK")];
const DOLLARS: [(&str, &str); 7] =
    [("US", "USD"), ("CA", "CAD"), ("AU", "AUD"), ("NZ", "NZD"), ("SG", "SGD"), ("HK", "HKD"), ("MX", "MXN")];

/// The country of one of the numbers by which Windows calls languages, where a sign of its currency is another's, too.
fn country_of(number: u32) -> Option<&'static str> {
    Some(match number {
        0x041d | 0x083b | 0x143b | 0x1c3b => "SE",
        0x0414 | 0x0814 | 0x043b | 0x103b | 0x183b => "NO",
        0x0406 => "DK",
        0x0438 => "FO",
        0x046f => "GL",
        0x040f => "IS",
        0x0425 => "EE",
        0x0409 => "US",
        0x1009 | 0x0c0c => "CA",
        0x0c09 => "AU",
        0x1409 => "NZ",
        0x1004 | 0x4804 => "SG",
        0x0c04 => "HK",
        0x080a => "MX",
        0x0411 => "JP",
        0x0804 => "CN",
        _ => return None,
    })
}

/// The currency that a word beside a number is: its code, its sign or its name. Crowns by their country are told by their code.
pub(super) fn currency(word: &str) -> Option<&str> {
    let marks = |word: &str| cells::mark(&format!("0 {word}"), None);
    let is_sign = !word.is_empty() && !word.chars().all(|sign| sign.is_ascii_alphabetic()) && marks(word) != Mark::None;
    let is_kronor = ["kr", "kr."].iter().any(|one| word.eq_ignore_ascii_case(one));
    let is_one = CODES.contains(&word) || is_in_letters(word) || is_sign || is_kronor || MORE_SIGNS.contains(&word);
    crowns(word).or(is_one.then_some(word))
}

/// `Nkr` as `NOK`.
pub(super) fn crowns(word: &str) -> Option<&'static str> {
    let all = [("nkr", "NOK"), ("dkr", "DKK"), ("skr", "SEK"), ("ikr", "ISK")];
    all.iter().find(|(name, _)| word.trim_end_matches('.').eq_ignore_ascii_case(name)).map(|(_, code)| *code)
}

/// Whether a word is the code of a currency that is common here, in capitals or not.
pub(super) fn is_in_letters(word: &str) -> bool {
    COMMON.iter().any(|code| code.eq_ignore_ascii_case(word))
}

/// Whether a text is the code of a currency in use.
pub(super) fn is_code(word: &str) -> bool {
    CODES.contains(&word)
}

const COMMON: [&str; 8] = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "ISK"];

/// Signs and names of currencies besides those that amounts in texts may have.
const MORE_SIGNS: [&str; 19] = [
    "¥", "₹", "₽", "₺", "₪", "₩", "₴", "zł", "Kč", "Ft", "R$", "Fr.", "US$", "CA$", "A$", "euro", "Euro", "EURO",
    "dollar",
];

/// The currencies that are in use in Europe, and those that are traded most elsewhere, by ISO 4217.
const CODES: [&str; 46] = [
    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "HRK", "ALL", "BAM",
    "MKD", "RSD", "MDL", "UAH", "BYN", "RUB", "TRY", "GEL", "AMD", "AZN", "JPY", "CNY", "HKD", "SGD", "KRW", "INR",
    "THB", "IDR", "MYR", "PHP", "AUD", "NZD", "CAD", "MXN", "BRL", "ZAR", "ILS", "AED", "SAR", "EGP",
];

/// How many of a unit a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    /// Ten to this power.
    Power(usize),
    Hundredth,
}

/// How many a word beside a number means, and of which currency, if it names one: `tkr`, `MSEK`, `öre`, `tusental`.
pub(super) fn times(word: &str) -> Option<(Times, Option<&str>)> {
    if let Some((power, of)) = multiple(word) {
        return Some((Times::Power(power), Some(of)));
    }
    let small = word.trim_end_matches('.').to_lowercase();
    let times = match small.as_str() {
        "k" | "tusen" | "tusental" | "thousand" | "thousands" => Times::Power(3),
        "m" | "mn" | "mln" | "mio" | "milj" | "miljon" | "miljoner" | "million" | "millions" => Times::Power(6),
        "md" | "mdr" | "miljard" | "miljarder" | "billion" | "billions" => Times::Power(9),
        "öre" | "øre" | "cent" | "cents" | "pence" | "%" => Times::Hundredth,
        // Noughts that are no digits of the number: 5 that is shown as 5000.
        noughts if noughts.len() > 1 && noughts.bytes().all(|byte| byte == b'0') => Times::Power(noughts.len()),
        _ => return None,
    };
    Some((times, None))
}

/// Thousands or more of a currency in one word: `tkr`, `KSEK`, `M€`, `mnkr`.
pub(super) fn multiple(word: &str) -> Option<(usize, &str)> {
    let multiples = [("mn", 6), ("md", 9), ("t", 3), ("k", 3), ("m", 6)];
    multiples.into_iter().find_map(|(name, power)| {
        let (first, of) = word.split_at_checked(name.len())?;
        let is_one = of.eq_ignore_ascii_case("kr") || of == "€" || of != "ISK" && is_in_letters(of);
        (first.eq_ignore_ascii_case(name) && is_one).then_some((power, of))
    })
}
