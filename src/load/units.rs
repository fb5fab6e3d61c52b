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
    let is_one = is_code(word)
        || is_in_letters(word)
        || is_sign
        || is_kronor
        || is_name(word)
        || is_name_beside(word)
        || is_among(word)
        || OTHER_CODES.contains(&word)
        || !word.is_empty() && word.chars().all(is_of_currencies);
    crowns(word).or(is_one.then_some(word))
}

/// `Nkr` and `d.kr.` as `NOK` and `DKK`.
pub(super) fn crowns(word: &str) -> Option<&'static str> {
    let all = [("nkr", "NOK"), ("dkr", "DKK"), ("skr", "SEK"), ("ikr", "ISK")];
    let word = word.replace('.', "");
    all.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, code)| *code)
}

/// `norska kronor` as `NOK`, and `US dollars` as `USD`.
pub(super) fn crowns_of(country: &str, word: &str) -> Option<&'static str> {
    let (country, word) = (country.to_lowercase(), word.trim_end_matches('.').to_lowercase());
    let of_country = OF_COUNTRIES.iter().filter(|_| CROWNS.contains(&word.as_str()));
    let crowns = of_country.clone().find(|(names, _)| names.contains(&country.as_str())).map(|(_, code)| *code);
    let is_named = |(names, countries, _): &&(&[&str], &[&str], &str)| {
        names.contains(&word.as_str()) && countries.contains(&country.as_str())
    };
    crowns.or_else(|| WITH_COUNTRIES.iter().find(is_named).map(|(.., code)| *code))
}

/// Names that several currencies have, the words before them that tell which one is meant, and its code.
const WITH_COUNTRIES: [(&[&str], &[&str], &str); 11] = [
    (&["dollar", "dollars"], &["american", "amerikanische", "amerikanska", "amerikanske", "us", "usa"], "USD"),
    (&["dollar", "dollars"], &["canadian", "kanadensiska"], "CAD"),
    (&["dollar", "dollars"], &["australian", "australiska"], "AUD"),
    (&["pound", "pounds", "pund"], &["british", "brittiska", "britiske", "engelska", "english"], "GBP"),
    (&["sterling"], &["pound", "pounds", "pund"], "GBP"),
    (&["franc", "francs", "frank", "franken"], &["schweizer", "schweiziska", "sveitsiske", "swiss"], "CHF"),
    (&["franc", "francs", "frank"], &["franska", "french"], "FRF"),
    (&["mark"], &["deutsche", "german", "tyska"], "DEM"),
    (&["mark"], &["finska", "finnish"], "FIM"),
    (&["lira", "lire", "liras"], &["italian", "italienska"], "ITL"),
    (&["lira", "liras"], &["turkish", "turkiska"], "TRY"),
];

/// Whether a word is the name of a currency that several countries have: `Kronor`.
pub(super) fn is_crowns(word: &str) -> bool {
    CROWNS.contains(&word.to_lowercase().as_str())
}

const CROWNS: [&str; 6] = ["crowns", "kr", "krona", "kronor", "krone", "kroner"];
const OF_COUNTRIES: [([&str; 5], &str); 4] = [
    (["norska", "norske", "norwegian", "norsk", "norwegische"], "NOK"),
    (["danska", "danske", "danish", "dansk", "dänische"], "DKK"),
    (["svenska", "svenske", "swedish", "svensk", "schwedische"], "SEK"),
    (["isländska", "islandske", "icelandic", "isländsk", "islandsk"], "ISK"),
];

/// Whether a word is the name of a currency, which may be a part of other names, too.
pub(super) fn is_name(word: &str) -> bool {
    let word = small(word);
    NAMES.iter().any(|(name, _)| *name == word)
}

/// Whether a word is the name of a currency where it stands directly beside a number, and a word like any other elsewhere.
fn is_name_beside(word: &str) -> bool {
    let word = small(word);
    NAMES_BESIDE.iter().any(|(name, _)| *name == word)
}

/// In small letters, without the point of an abbreviation.
fn small(word: &str) -> String {
    word.trim_end_matches('.').to_lowercase()
}

/// Whether a sign is one of those that Unicode has for currencies alone.
fn is_of_currencies(sign: char) -> bool {
    ('\u{20a0}'..='\u{20cf}').contains(&sign) || "£¥¤֏؋৳฿".contains(sign)
}

/// Whether a sign or a name of currencies may mean this one.
pub(super) fn may_mean(word: &str, currency: &str) -> bool {
    let small = small(word);
    let by_name = NAMES.iter().chain(&NAMES_BESIDE).filter(|(name, _)| *name == small);
    let by_sign = MORE_SIGNS.iter().filter(|(sign, _)| *sign == word);
    by_name.chain(by_sign).any(|(_, all)| all.contains(&currency))
}

const DOLLAR: &[&str] = &["USD", "CAD", "AUD", "NZD", "SGD", "HKD"];
const POUND: &[&str] = &["GBP", "EGP"];

const NAMES: [(&str, &[&str]); 48] = [
    ("baht", &["THB"]),
    ("dinar", DINAR),
    ("dinars", DINAR),
    ("dm", &["DEM"]),
    ("dollar", DOLLAR),
    ("dollars", DOLLAR),
    ("drachma", &["GRD"]),
    ("escudo", &["PTE"]),
    ("euro", &["EUR"]),
    ("euroa", &["EUR"]),
    ("euros", &["EUR"]),
    ("forint", &["HUF"]),
    ("fr", &["CHF"]),
    ("franc", &["CHF"]),
    ("francs", &["CHF"]),
    ("hryvnia", &["UAH"]),
    ("koruna", &["CZK"]),
    ("korun", &["CZK"]),
    ("krone", &["NOK", "DKK"]),
    ("kroner", &["NOK", "DKK"]),
    ("krónur", &["ISK"]),
    ("lei", &["RON", "MDL"]),
    ("leu", &["RON", "MDL"]),
    ("lira", LIRA),
    ("liras", LIRA),
    ("lire", LIRA),
    ("markka", &["FIM"]),
    ("markkaa", &["FIM"]),
    ("peseta", &["ESP"]),
    ("pesetas", &["ESP"]),
    ("peso", &["MXN", "PHP"]),
    ("pesos", &["MXN", "PHP"]),
    ("pound", POUND),
    ("pounds", POUND),
    ("pund", POUND),
    ("rouble", RUBLE),
    ("roubles", RUBLE),
    ("rs", &["INR"]),
    ("rubel", RUBLE),
    ("ruble", RUBLE),
    ("rubles", RUBLE),
    ("rupees", &["INR"]),
    ("sfr", &["CHF"]),
    ("shekel", &["ILS"]),
    ("yen", &["JPY"]),
    ("yuan", &["CNY"]),
    ("zloty", &["PLN"]),
    ("złoty", &["PLN"]),
];

const DINAR: &[&str] = &["MKD", "RSD"];
const LIRA: &[&str] = &["ITL", "TRY"];
const RUBLE: &[&str] = &["BYN", "RUB"];

/// Names of currencies that mean other things where no number stands beside them.
const NAMES_BESIDE: [(&str, &[&str]); 16] = [
    ("bitcoin", &[]),
    ("crowns", &["CZK", "DKK", "ISK", "NOK", "SEK"]),
    ("frank", &["CHF"]),
    ("franken", &["CHF"]),
    ("gulden", &["NLG"]),
    ("kn", &["HRK"]),
    ("krona", &["SEK", "ISK"]),
    ("kronor", &["SEK", "NOK", "DKK", "ISK"]),
    ("leva", &["BGN"]),
    ("mark", &["DEM", "FIM"]),
    ("marks", &["DEM", "FIM"]),
    ("mk", &["FIM"]),
    ("ntl", &["TRY"]),
    ("rand", &["ZAR"]),
    ("reais", &["BRL"]),
    ("tl", &["TRY"]),
];

/// Whether a word is the code of a currency that is common here, in capitals or not.
pub(super) fn is_in_letters(word: &str) -> bool {
    COMMON.iter().any(|code| code.eq_ignore_ascii_case(word))
}

/// Whether a word is a sign or an abbreviation of a currency that is common here as nothing else.
pub(super) fn is_sign(word: &str) -> bool {
    is_among(word) && !word.is_ascii()
}

fn is_among(word: &str) -> bool {
    MORE_SIGNS.iter().any(|(sign, _)| *sign == word)
}

/// Whether a text is the code of a currency in use, or of one that the euro or another has replaced.
pub(super) fn is_code(word: &str) -> bool {
    CODES.contains(&word) || REPLACED.contains(&word)
}

const COMMON: [&str; 8] = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "ISK"];

/// Signs of currencies besides those that amounts in texts may have.
const MORE_SIGNS: [(&str, &[&str]); 30] = [
    ("¥", &["JPY", "CNY"]),
    ("₹", &["INR"]),
    ("₽", &["RUB"]),
    ("₺", &["TRY"]),
    ("₪", &["ILS"]),
    ("₩", &["KRW"]),
    ("₴", &["UAH"]),
    ("zł", &["PLN"]),
    ("Kč", &["CZK"]),
    ("Ft", &["HUF"]),
    ("R$", &["BRL"]),
    ("Fr.", &["CHF"]),
    ("US$", &["USD"]),
    ("CA$", &["CAD"]),
    ("A$", &["AUD"]),
    ("C$", &["CAD"]),
    ("HK$", &["HKD"]),
    ("MX$", &["MXN"]),
    ("NZ$", &["NZD"]),
    ("S$", &["SGD"]),
    ("$US", &["USD"]),
    ("$CA", &["CAD"]),
    ("$A", &["AUD"]),
    ("$C", &["CAD"]),
    ("Bs", &[]),
    ("лв", &["BGN"]),
    ("лв.", &["BGN"]),
    ("руб", &["RUB", "BYN"]),
    ("руб.", &["RUB", "BYN"]),
    ("₿", &[]),
];

/// The currencies that are in use in Europe, and those that are traded most elsewhere, by ISO 4217.
const CODES: [&str; 46] = [
    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "HRK", "ALL", "BAM",
    "MKD", "RSD", "MDL", "UAH", "BYN", "RUB", "TRY", "GEL", "AMD", "AZN", "JPY", "CNY", "HKD", "SGD", "KRW", "INR",
    "THB", "IDR", "MYR", "PHP", "AUD", "NZD", "CAD", "MXN", "BRL", "ZAR", "ILS", "AED", "SAR", "EGP",
];

/// The others in use, as they stand beside numbers: some of them are words elsewhere.
const OTHER_CODES: [&str; 92] = [
    "AFN", "ANG", "AOA", "ARS", "AWG", "BBD", "BDT", "BHD", "BIF", "BMD", "BND", "BOB", "BSD", "BTN", "BWP", "BZD",
    "CDF", "CLP", "COP", "CRC", "CUP", "CVE", "DJF", "DOP", "DZD", "ERN", "ETB", "FJD", "FKP", "GHS", "GIP", "GMD",
    "GNF", "GTQ", "GYD", "HNL", "HTG", "IQD", "IRR", "JMD", "JOD", "KES", "KGS", "KHR", "KMF", "KPW", "KWD", "KYD",
    "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MGA", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
    "MZN", "NAD", "NGN", "NIO", "NPR", "OMR", "PAB", "PEN", "PGK", "PKR", "PYG", "QAR", "RWF", "SBD", "SCR", "SDG",
    "SLE", "SOS", "SYP", "TND", "TWD", "TZS", "UGX", "UYU", "VND", "XAF", "XOF", "ZMW",
];

/// Currencies that the euro, or another of the same country, has replaced.
const REPLACED: [&str; 21] = [
    "ATS", "BEF", "CYP", "DEM", "EEK", "ESP", "FIM", "FRF", "GRD", "IEP", "ITL", "LTL", "LUF", "LVL", "MTL", "NLG",
    "PTE", "SIT", "SKK", "XEU", "YUM",
];

/// How many of a unit a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    /// Ten to this power.
    Power(usize),
    Hundredth,
}

/// A word without the signs that may stand at it: `EUR:`, `tkr.`, `–tkr`. One of shortened parts is one word: `t.kr`.
pub(super) fn bare(word: &str) -> String {
    let trimmed = word.trim_matches(|sign: char| ".,:;-–—−'\"".contains(sign));
    // `1tkr` is one of what counts thousands.
    let counted = trimmed.trim_start_matches(|sign: char| sign.is_ascii_digit());
    if counted.len() < trimmed.len() && counted.starts_with(char::is_alphabetic) && times(counted).is_some() {
        return counted.to_owned();
    }
    // Digits behind a sign are decimals that a format draws.
    if trimmed.chars().all(|sign| sign.is_ascii_digit()) {
        return word.to_owned();
    }
    let dotless = trimmed.replace('.', "");
    let written = [word, trimmed, &dotless];
    // What counts is looked for first: of `t.kr`, the end alone is a currency.
    let counts = written.iter().find(|one| times(one).is_some());
    let named = || written.iter().find(|one| currency(one).is_some());
    counts.or_else(named).map_or_else(|| word.to_owned(), |one| (*one).to_owned())
}

/// How many a word beside a number means, and of which currency, if it names one: `tkr`, `MSEK`, `öre`, `tusental`.
pub(super) fn times(word: &str) -> Option<(Times, Option<&str>)> {
    if let Some((power, of)) = multiple(word) {
        return Some((Times::Power(power), Some(of)));
    }
    let small = word.trim_end_matches('.').to_lowercase();
    let times = match small.as_str() {
        "k" | "thousand" => Times::Power(3),
        small if THOUSANDS.contains(&small) => Times::Power(3),
        "m" | "mill" | "miljon" | "million" => Times::Power(6),
        small if MILLIONS.contains(&small) => Times::Power(6),
        "bn" | "md" | "billion" | "miljard" | "milliard" => Times::Power(9),
        small if BILLIONS.contains(&small) => Times::Power(9),
        "1000-tal" | "1000-tals" => Times::Power(3),
        "hundra" | "hundred" | "hundrede" => Times::Power(2),
        small if HUNDREDS.contains(&small) => Times::Power(2),
        "lakh" | "lakhs" => Times::Power(5),
        "crore" | "crores" => Times::Power(7),
        "%" | "％" => Times::Hundredth,
        small if HUNDREDTHS.contains(&small) => Times::Hundredth,
        // Noughts that are no digits of the number: 5 that is shown as 5000.
        noughts if noughts.len() > 1 && noughts.bytes().all(|byte| byte == b'0') => Times::Power(noughts.len()),
        _ => return None,
    };
    Some((times, None))
}

/// Whether a word means hundredths of something, and not of a currency alone.
pub(super) fn is_percent(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "%" | "pct" | "percent" | "pourcent" | "procent" | "prosent" | "prozent" | "promille" | "‰"
    )
}

/// Whether a word counts thousands or parts of a currency wherever it stands: a longer one is nothing else.
pub(super) fn is_times_alone(word: &str) -> bool {
    let small = word.to_lowercase();
    [&THOUSANDS[..], &MILLIONS, &BILLIONS, &HUNDREDS, &HUNDREDTHS].iter().any(|all| all.contains(&small.as_str()))
}

/// Whether a word counts thousands, or the like, where it stands over a whole table.
pub(super) fn is_thousands(word: &str) -> bool {
    let small = word.to_lowercase();
    [&THOUSANDS[..], &MILLIONS, &BILLIONS].iter().any(|all| all.contains(&small.as_str()))
}

const THOUSANDS: [&str; 10] =
    ["duizend", "milliers", "tausend", "thous", "thousands", "tsd", "tusen", "tusental", "tusentals", "tusind"];
const MILLIONS: [&str; 9] = ["milj", "miljoen", "miljoner", "millionen", "millioner", "millions", "mio", "mln", "mn"];
const BILLIONS: [&str; 7] = ["billions", "mdr", "miljarder", "milliarden", "milliarder", "milliards", "mrd"];
const HUNDREDS: [&str; 4] = ["hundert", "hundratal", "hundratals", "hundreds"];
const HUNDREDTHS: [&str; 18] = [
    "cent", "centime", "centimes", "cents", "pct", "pence", "percent", "pourcent", "procent", "promille", "prosent",
    "prozent", "rappen", "öre", "ören", "øre", "¢", "‰",
];

/// Thousands or more of a currency in one word: `tkr`, `KSEK`, `M€`, `£m`, `€000`, `mnkr`.
pub(super) fn multiple(word: &str) -> Option<(usize, &str)> {
    let multiples = [("mn", 6), ("md", 9), ("t", 3), ("k", 3), ("m", 6)];
    let signs = ["€", "$", "£"];
    let (sign, behind) = word.char_indices().nth(1).map_or((word, ""), |(at, _)| word.split_at(at));
    if let Some((_, power)) =
        multiples.iter().find(|(name, _)| signs.contains(&sign) && behind.eq_ignore_ascii_case(name))
    {
        return Some((*power, sign));
    }
    if signs.contains(&sign) && behind == "000" {
        return Some((3, sign));
    }
    // `SEKm`, `EURbn`: a code in capitals, and small letters behind it.
    let behind = [("bn", 9), ("mn", 6), ("m", 6), ("k", 3), ("t", 3)];
    let in_small = |(name, power): (&str, usize)| {
        let of = word.strip_suffix(name).filter(|of| is_code(of))?;
        Some((power, of))
    };
    if let Some(found) = behind.into_iter().find_map(in_small) {
        return Some(found);
    }
    multiples.into_iter().find_map(|(name, power)| {
        let (first, of) = word.split_at_checked(name.len())?;
        let is_one = of.eq_ignore_ascii_case("kr") || signs.contains(&of) || of != "ISK" && is_in_letters(of);
        (first.eq_ignore_ascii_case(name) && is_one).then_some((power, of))
    })
}
