//! Cells as people write them: days, numbers, amounts, answers and words in the forms that spreadsheets and registers have.
//! What can be read in two ways is neither; what had to be guessed says so. Nothing here tells; who asks does.

use crate::{
    facts::sheet::{DateOrder, Decimal, Dialect, Times},
    value::{Currency, Day, DayProblem, Number},
};

use super::{exponent, wording::folded};

/// A value in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell<T> {
    /// There is one way to read it.
    Sure(T),
    /// There is one way to read it, which rests on something that the file does not say.
    Guessed(T, Guess),
    /// There are two ways to read it.
    Either(T, T),
    /// It is none.
    Not,
}

/// What a reading rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// What stands before decimals.
    Decimal(Sign),
    /// Points or commas stand between thousands, so that the other one stands before decimals.
    Thousands(Sign),
    DayFirst,
    MonthFirst,
    /// A time is dropped that is told in another zone than days are: there it may be another day.
    Utc,
    /// Which words mean yes and no; this one means that.
    Words(bool),
}

/// What stands before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    Comma,
    Point,
}

/// What a spreadsheet shows where a formula has no value.
const ERRORS: [&str; 34] = [
    "#ARG!",
    "#BEZUG!",
    "#BLOCKED!",
    "#BUSY!",
    "#CALC!",
    "#CONNECT!",
    "#DIV/0!",
    "#DIVISION/0!",
    "#ERROR!",
    "#FIELD!",
    "#FOUT!",
    "#GETTING_DATA",
    "#N/A",
    "#NAAM?",
    "#NAME?",
    "#NAMN?",
    "#NOM?",
    "#NOMBRE!",
    "#NULL!",
    "#NUM!",
    "#NV",
    "#OGILTIGT!",
    "#REF!",
    "#REFERENS!",
    "#SAKNAS!",
    "#SKÄRNING!",
    "#SPILL!",
    "#VALEUR!",
    "#VALUE!",
    "#VÄRDE!",
    "#VÄRDEFEL!",
    "#UNKNOWN!",
    "#WERT!",
    "#ZAHL!",
];

/// What stands for a formula of a spreadsheet that was saved without its value. Nobody is shown it.
pub(super) const NO_VALUE: &str = "#NO VALUE!";
/// What stands for a formula of an `.xls` whose text was not saved with it.
pub(super) const NO_TEXT: &str = "#NO TEXT!";
/// What stands before the text of a cell that a file calls an error, where the text alone would not tell.
pub(super) const ERROR: &str = "#ERROR! ";

/// LibreOffice calls its errors by numbers from 501 on, in words of its language.
const NUMBERED: [&str; 6] = ["err", "fejl", "feil", "fel", "fout", "virhe"];

/// Why a cell holds no value of any type; nothing when it may hold one.
pub(super) fn error(text: &str) -> Option<&'static str> {
    if let Some((word, number)) = text.split_once(':') {
        let is_number =
            number.len() == 3 && number.starts_with('5') && number.bytes().all(|byte| byte.is_ascii_digit());
        let known = NUMBERED.iter().any(|known| word.eq_ignore_ascii_case(known));
        return (is_number && known || text.starts_with(ERROR)).then_some(OF_A_SPREADSHEET);
    }
    let first = text.strip_prefix('#')?;
    if text == NO_VALUE {
        return Some("a formula whose result was not saved");
    }
    if text == NO_TEXT {
        return Some("a formula whose text was not saved: LibreOffice writes 0 for it in an `.xls`");
    }
    if !first.is_empty() && first.bytes().all(|byte| byte == b'#') {
        return Some("what a spreadsheet shows in a column that is too narrow");
    }
    let upper = text.to_uppercase();
    (text.starts_with(ERROR) || ERRORS.contains(&upper.as_str())).then_some(OF_A_SPREADSHEET)
}

const OF_A_SPREADSHEET: &str = "a spreadsheet error";

/// A text as its cell shows it; nothing where it shows none.
pub(super) fn shown(text: &str) -> Option<&str> {
    if matches!(text, NO_VALUE | NO_TEXT) { None } else { Some(text.strip_prefix(ERROR).unwrap_or(text)) }
}

/// Whether a text is a number that a spreadsheet rounded: `1,23E+11`.
pub(super) fn is_rounded(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, rest) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    power.strip_prefix('+').is_some_and(is_digits) && is_digits(whole) && is_digits(rest)
}

// ---- days ----

/// A day with perhaps a time behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum InCell {
    Day(Cell<Day>),
    /// A time of day stands behind it that is not midnight, and nobody said that it means nothing.
    Timed,
    /// `24:00` stands behind it: the end of that day, which is the beginning of the next one.
    Ends(Day),
    Problem(DayProblem),
}

/// Reads a day that is not written `2015-01-22`.
pub(super) fn day(text: &str, dialect: &Dialect) -> InCell {
    let Some((date, time)) = with_time(text.trim()) else {
        return bare_day(text.trim(), dialect.dates).map_or_else(InCell::Problem, InCell::Day);
    };
    let read = match bare_day(date, dialect.dates) {
        Ok(read) => read,
        Err(problem) => return InCell::Problem(problem),
    };
    match (time.behind, read) {
        (Behind::End, Cell::Sure(day) | Cell::Guessed(day, _)) => InCell::Ends(day),
        (Behind::Other, Cell::Sure(_) | Cell::Guessed(..) | Cell::Either(..)) if dialect.times == Times::Refused => {
            InCell::Timed
        }
        (Behind::Other, Cell::Sure(day)) if time.is_utc => InCell::Day(Cell::Guessed(day, Guess::Utc)),
        (Behind::Midnight | Behind::End | Behind::Other, read) => InCell::Day(read),
    }
}

/// A time of day behind a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// It begins the day, so that it says nothing.
    Midnight,
    /// It ends the day.
    End,
    Other,
}

/// What is known of a time behind a date.
#[derive(Clone, Copy)]
struct TimeBehind {
    behind: Behind,
    is_utc: bool,
}

/// What stands before a time of day, and which time that is.
pub(super) fn timed(text: &str) -> Option<(&str, Behind)> {
    with_time(text.trim()).map(|(date, time)| (date, time.behind))
}

/// A date and the time behind it, after a blank or a `T`.
fn with_time(text: &str) -> Option<(&str, TimeBehind)> {
    let is_cut = |sign: char| sign.is_whitespace() || sign == 'T';
    text.match_indices(is_cut).find_map(|(at, cut)| {
        let date = text.get(..at)?.trim_end().trim_end_matches(',');
        let behind = text.get(at.saturating_add(cut.len())..)?.trim_start();
        let ends_in_digits = date.ends_with(|sign: char| sign.is_ascii_digit());
        // Where the day has no signs between its parts, the time needs none either.
        let is_compact = cut == "T" || (date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()));
        if cut == "T" && !ends_in_digits {
            return None;
        }
        Some((date, time_behind(behind, is_compact)?))
    })
}

/// Reads a time of day in the forms of `clock_times`, perhaps with seconds that are some, with decimals, and with a zone.
fn time_behind(text: &str, is_compact: bool) -> Option<TimeBehind> {
    let lower = text.to_lowercase();
    let (text, by_the_clock) = match lower.strip_prefix("kl") {
        Some(rest) => (rest.trim_start_matches('.').trim_start(), true),
        None => (lower.as_str(), false),
    };
    let half =
        ["am", "pm", "a.m.", "p.m."].into_iter().find_map(|half| Some((text.strip_suffix(half)?.trim_end(), half)));
    let (text, half) = half.map_or((text, None), |(text, half)| (text, half.chars().next()));
    let (text, is_utc) = text.strip_suffix('z').map_or((text, false), |text| (text, true));
    let zone = text.rfind(['+', '-']).and_then(|at| Some((text.get(..at)?, text.get(at.saturating_add(1)..)?)));
    let (text, is_span) = match zone {
        Some((text, zone)) if zone.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.')) => {
            (text, zone.contains('.'))
        }
        Some(_) => return None,
        None => (text, false),
    };
    let parts = match is_compact {
        true => compact_parts(text).or_else(|| parts_of_a_time(text, half.is_some() || by_the_clock)),
        false => parts_of_a_time(text, half.is_some() || by_the_clock),
    };
    let [hours, minutes, seconds, part] = parts?;
    let number = |text: &str, most: u8| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u8>().ok().filter(|number| digits && *number <= most)
    };
    let hours = number(hours, if half.is_some() { 12 } else { 24 })?;
    let seconds = number(seconds, 60)?;
    let is_part = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = number(minutes, 59)? == 0 && seconds == 0 && part.bytes().all(|byte| byte == b'0');
    let behind = match (hours, half) {
        (24, _) if is_whole => Behind::End,
        (24, _) => return None,
        // `00.00-02.00` lasts two hours; it has no zone.
        (0, None | Some('a')) | (12, Some('a')) if is_whole && !is_span => Behind::Midnight,
        (_, _) => Behind::Other,
    };
    is_part.then_some(TimeBehind { behind, is_utc })
}

/// The hours, minutes, seconds and decimals of `1800` and `180000`.
fn compact_parts(text: &str) -> Option<[&str; 4]> {
    let (digits, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = digits.get(4..).filter(|seconds| !seconds.is_empty()).unwrap_or("0");
    Some([digits.get(..2)?, digits.get(2..4)?, seconds, part])
}

/// The hours, minutes, seconds and decimals of a time with signs between them; `alone` if hours need no minutes.
fn parts_of_a_time(text: &str, alone: bool) -> Option<[&str; 4]> {
    let parts: Vec<&str> = text.split([':', '.', 'h', ',']).collect();
    match parts.as_slice() {
        [hours] if alone => Some([hours, "0", "0", "0"]),
        [hours, ""] if text.ends_with('h') => Some([hours, "0", "0", "0"]),
        // A number with decimals has rarely two of them.
        [hours, minutes, rest @ ..] if text.contains(':') || minutes.len() == 2 => match rest {
            [] => Some([hours, minutes, "0", "0"]),
            [seconds] => Some([hours, minutes, seconds, "0"]),
            [seconds, part] if text.ends_with(&format!(".{part}")) || text.ends_with(&format!(",{part}")) => {
                Some([hours, minutes, seconds, part])
            }
            _ => None,
        },
        _ => None,
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("january", "januari"),
    ("february", "februari"),
    ("march", "mars"),
    ("april", "april"),
    ("may", "maj"),
    ("june", "juni"),
    ("july", "juli"),
    ("august", "augusti"),
    ("september", "september"),
    ("october", "oktober"),
    ("november", "november"),
    ("december", "december"),
];

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let short = |name: &str| name.get(..3) == Some(word.as_str());
    let found = MONTHS
        .iter()
        .position(|(english, swedish)| word == *english || word == *swedish || short(english) || short(swedish));
    let found = found.or((word == "sept").then_some(8));
    u32::try_from(found?.saturating_add(1)).ok()
}

fn bare_day(text: &str, order: DateOrder) -> Result<Cell<Day>, DayProblem> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() == 8 && digits(text) {
        // Years before the calendar are rather two-digit days or months.
        let (year, rest) = text.split_at(4);
        if ("1583"..="2999").contains(&year) {
            let (month, day) = rest.split_at(2);
            return of(year, month, day).map(Cell::Sure);
        }
        return Ok(Cell::Not);
    }
    let separators: &[char] = &['/', '.', '-', ' ', ',', '\u{a0}', '\u{202f}'];
    let parts: Vec<&str> = text.split(separators).filter(|part| !part.is_empty()).collect();
    let &[a, b, c] = parts.as_slice() else { return Ok(Cell::Not) };
    let (short, year) = (|text: &str| text.len() <= 2 && digits(text), |text: &str| text.len() == 4 && digits(text));
    let named = |month: u32, year: &str, day: &str| of(year, &month.to_string(), day).map(Cell::Sure);
    match (month(a), month(b)) {
        (None, Some(month)) if short(a) && year(c) => return named(month, c, a),
        (None, Some(month)) if year(a) && short(c) => return named(month, a, c),
        (Some(month), None) if short(b) && year(c) => return named(month, c, b),
        (_, _) => {}
    }
    let mut signs = text.chars().filter(|sign| !sign.is_ascii_digit());
    let (Some(sign), Some(same), None) = (signs.next(), signs.next(), signs.next()) else { return Ok(Cell::Not) };
    if sign != same || !matches!(sign, '/' | '.' | '-') {
        return Ok(Cell::Not);
    }
    if year(a) && short(b) && short(c) {
        return of(a, b, c).map(Cell::Sure);
    }
    if !(short(a) && short(b) && year(c)) {
        return Ok(Cell::Not);
    }
    let (day_first, month_first) = (of(c, b, a), of(c, a, b));
    match (order, sign) {
        // Nobody writes the month first before a point, whatever stands first before other signs.
        (_, '.') | (DateOrder::DayFirst, _) => day_first.map(Cell::Sure),
        (DateOrder::MonthFirst, _) => month_first.map(Cell::Sure),
        (DateOrder::Untold, _) => match (day_first, month_first) {
            (Ok(one), Ok(other)) if one == other => Ok(Cell::Sure(one)),
            (Ok(one), Ok(other)) => Ok(Cell::Either(one, other)),
            (Ok(day), Err(_)) => Ok(Cell::Guessed(day, Guess::DayFirst)),
            (Err(_), Ok(day)) => Ok(Cell::Guessed(day, Guess::MonthFirst)),
            (Err(problem), Err(_)) => Err(problem),
        },
    }
}

fn of(year: &str, month: &str, day: &str) -> Result<Day, DayProblem> {
    Day::parse_iso(&format!("{year}-{month:0>2}-{day:0>2}"))
}

// ---- numbers ----

/// Reads a number; a `%` behind it makes hundredths of it.
pub(super) fn number(text: &str, dialect: &Dialect) -> Cell<Number> {
    match text.trim().strip_suffix('%') {
        Some(text) => hundredth(bare_number(text, dialect)),
        None => bare_number(text, dialect),
    }
}

fn hundredth(number: Cell<Number>) -> Cell<Number> {
    let part = |number: &Number| number.divided_by(&Number::from(100));
    match number {
        Cell::Sure(number) => part(&number).map_or(Cell::Not, Cell::Sure),
        Cell::Guessed(number, guess) => part(&number).map_or(Cell::Not, |number| Cell::Guessed(number, guess)),
        Cell::Either(one, other) => {
            part(&one).zip(part(&other)).map_or(Cell::Not, |(one, other)| Cell::Either(one, other))
        }
        Cell::Not => Cell::Not,
    }
}

fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}')
}

fn is_minus(sign: char) -> bool {
    matches!(sign, '-' | '\u{2212}' | '\u{2013}')
}

fn bare_number(text: &str, dialect: &Dialect) -> Cell<Number> {
    let text = text.trim();
    if text.contains(['e', 'E']) {
        return with_a_power(text, dialect);
    }
    if let Some(digits) = text.strip_suffix(is_minus).filter(|digits| digits.ends_with(is_space)) {
        return price_or_minus(digits, dialect);
    }
    let (minus, digits) = match (text.strip_prefix(is_minus), text.strip_suffix(is_minus)) {
        (Some(digits), _) | (None, Some(digits)) => ("-", digits.trim()),
        (None, None) => ("", text),
    };
    let number = |whole: &str, decimals: &str| {
        let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        let point = if decimals.is_empty() { "" } else { "." };
        Number::parse(&format!("{minus}{digits}{point}{decimals}"))
    };
    let sure = |number: Option<Number>| number.map_or(Cell::Not, Cell::Sure);
    let guessed = |number: Option<Number>, guess| number.map_or(Cell::Not, |number| Cell::Guessed(number, guess));
    if !digits.chars().all(|sign| sign.is_ascii_digit() || is_space(sign) || matches!(sign, '.' | ',')) {
        return Cell::Not;
    }
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let signs: Vec<char> = digits.chars().filter(|sign| matches!(sign, '.' | ',')).collect();
    let told = match dialect.decimal {
        Decimal::Point => Some('.'),
        Decimal::Comma => Some(','),
        Decimal::Untold => None,
    };
    let by_spaces = |whole: &str| is_digits(whole) || in_thousands(whole, is_space);
    match signs.as_slice() {
        [] if by_spaces(digits) => sure(number(digits, "")),
        [] => Cell::Not,
        [sign] => {
            let (whole, decimals) = digits.split_once(*sign).unwrap_or((digits, ""));
            let as_decimals = by_spaces(whole) && is_digits(decimals);
            let as_thousands = in_thousands(digits, |one| one == *sign);
            match told {
                Some(told) if told == *sign => {
                    if as_decimals {
                        sure(number(whole, decimals))
                    } else {
                        Cell::Not
                    }
                }
                Some(_) => {
                    if as_thousands {
                        sure(number(digits, ""))
                    } else {
                        Cell::Not
                    }
                }
                // In a file whose cells stand between commas, a point stands before decimals.
                None if *sign == '.' && dialect.delimiter == b',' && as_decimals => {
                    guessed(number(whole, decimals), Guess::Decimal(Sign::Point))
                }
                None if as_thousands && as_decimals => match (number(digits, ""), number(whole, decimals)) {
                    (Some(one), Some(other)) => Cell::Either(one, other),
                    (_, _) => Cell::Not,
                },
                None if as_decimals => guessed(number(whole, decimals), Guess::Decimal(Sign::of(*sign))),
                None => Cell::Not,
            }
        }
        [first, .., last] if first == last => {
            // The same sign twice can only stand between thousands.
            let fits = told != Some(*first) && in_thousands(digits, |one| one == *first);
            match told {
                _ if !fits => Cell::Not,
                Some(_) => sure(number(digits, "")),
                None => guessed(number(digits, ""), Guess::Thousands(Sign::of(*first).other())),
            }
        }
        [between, .., last] => {
            let (whole, decimals) = digits.rsplit_once(*last).unwrap_or((digits, ""));
            let fits = told.is_none_or(|told| told == *last)
                && is_digits(decimals)
                && in_thousands(whole, |one| one == *between);
            match (fits, told) {
                (false, _) => Cell::Not,
                (true, Some(_)) => sure(number(whole, decimals)),
                (true, None) => guessed(number(whole, decimals), Guess::Thousands(Sign::of(*last))),
            }
        }
    }
}

/// `100 -`, with a blank between: a price of 100, as it is written in some countries, or 100 below zero.
fn price_or_minus(digits: &str, dialect: &Dialect) -> Cell<Number> {
    match bare_number(digits, dialect) {
        Cell::Sure(number) | Cell::Guessed(number, _) if !number.is_negative() && !number.is_zero() => {
            let below = number.negate();
            Cell::Either(number, below)
        }
        Cell::Either(one, other) => Cell::Either(one, other),
        Cell::Sure(_) | Cell::Guessed(..) | Cell::Not => Cell::Not,
    }
}

/// `1e+05`, as programs write numbers of few digits. `1,23E+11` is what a spreadsheet shows of a number of more digits.
fn with_a_power(text: &str, dialect: &Dialect) -> Cell<Number> {
    if text.contains("E+") {
        return Cell::Not;
    }
    let exact = |text: &str| exponent::written_out(text).and_then(|digits| Number::parse(&digits));
    match exact(text) {
        Some(number) => Cell::Sure(number),
        None if dialect.decimal == Decimal::Point => Cell::Not,
        None => match (exact(&text.replacen(',', ".", 1)), dialect.decimal) {
            (Some(number), Decimal::Comma) => Cell::Sure(number),
            (Some(number), _) => Cell::Guessed(number, Guess::Decimal(Sign::Comma)),
            (None, _) => Cell::Not,
        },
    }
}

impl Sign {
    fn of(sign: char) -> Sign {
        if sign == ',' { Sign::Comma } else { Sign::Point }
    }

    fn other(self) -> Sign {
        match self {
            Sign::Comma => Sign::Point,
            Sign::Point => Sign::Comma,
        }
    }
}

/// Whether digits stand in threes between such signs, and the first one to three of them are no zero alone.
fn in_thousands(text: &str, is_between: impl Fn(char) -> bool) -> bool {
    let mut groups = text.split(is_between);
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first =
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0'));
    let mut more = false;
    let all = groups.all(|group| {
        more = true;
        group.len() == 3 && digits(group)
    });
    first && all && more
}

// ---- money ----

/// The currency that stands with an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Currency(Currency),
    /// A sign that several currencies share, such as `kr`.
    Shared(&'static str),
}

/// Marks that stand before or behind amounts, and the currencies that they may mean.
const MARKS: [(&str, &[&str]); 9] = [
    ("kronor", KRONOR),
    ("kr.", KRONOR),
    ("kr", KRONOR),
    (":-", KRONOR),
    (",-", KRONOR),
    (".-", &["SEK", "NOK", "DKK", "ISK", "CHF"]),
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD"]),
];
const KRONOR: &[&str] = &["SEK", "NOK", "DKK", "ISK"];

/// An amount and the currency that stands with it. A sign that several currencies share is the agreement's, if it is one of them.
/// The letters of a currency that `is_known` may be small ones.
pub(super) fn money(
    text: &str,
    own: Option<Currency>,
    is_known: impl Fn(Currency) -> bool,
    dialect: &Dialect,
) -> (Cell<Number>, Mark) {
    let mut text = text.trim();
    let mut mark = Mark::None;
    while let Some((rest, found)) = marked(text, own, &is_known) {
        let same = mark == Mark::None || mark == found;
        if !same {
            return (Cell::Not, mark);
        }
        (text, mark) = (rest, found);
    }
    (bare_number(text, dialect), mark)
}

/// The currency that stands with what may be an amount.
pub(super) fn mark(text: &str, own: Option<Currency>) -> Mark {
    marked(text.trim(), own, &|_| false).map_or(Mark::None, |(_, mark)| mark)
}

fn marked<'t>(text: &'t str, own: Option<Currency>, is_known: &impl Fn(Currency) -> bool) -> Option<(&'t str, Mark)> {
    for (sign, currencies) in MARKS {
        let Some(rest) = without(text, sign) else { continue };
        let mark = match (own.filter(|own| currencies.contains(&own.as_str())), currencies) {
            (Some(own), _) => Mark::Currency(own),
            (None, [one]) => Currency::parse(one).map_or(Mark::Shared(sign), Mark::Currency),
            (None, _) => Mark::Shared(sign),
        };
        return Some((rest.trim(), mark));
    }
    let back = text.len().checked_sub(3)?;
    let lettered = |letters, rest| lettered(letters, rest, is_known);
    lettered(text.get(..3)?, text.get(3..)?).or_else(|| lettered(text.get(back..)?, text.get(..back)?))
}

/// The letters of a currency and what stands beside them, if that may be an amount.
fn lettered<'t>(letters: &str, rest: &'t str, is_known: &impl Fn(Currency) -> bool) -> Option<(&'t str, Mark)> {
    let in_capitals = || Currency::parse(&letters.to_ascii_uppercase()).filter(|currency| is_known(*currency));
    let currency = Currency::parse(letters).or_else(in_capitals)?;
    let has_digits = rest.contains(|sign: char| sign.is_ascii_digit());
    has_digits.then_some((rest.trim(), Mark::Currency(currency)))
}

/// A text without a mark before or behind it, in small letters or capitals.
fn without<'t>(text: &'t str, sign: &str) -> Option<&'t str> {
    let is = |part: Option<&str>| part.is_some_and(|part| part.eq_ignore_ascii_case(sign));
    if is(text.get(..sign.len())) {
        return text.get(sign.len()..);
    }
    let back = text.len().checked_sub(sign.len())?;
    if is(text.get(back..)) { text.get(..back) } else { None }
}

// ---- words ----

const YES: [&str; 8] = ["ja", "j", "oui", "sant", "true", "x", "yes", "y"];
const NO: [&str; 7] = ["falskt", "false", "n", "nej", "nein", "no", "non"];

/// Yes or no, by the file's own words and those that are known.
pub(super) fn answer(text: &str, dialect: &Dialect) -> Cell<bool> {
    let word = folded(text);
    let own = dialect.words.iter().find(|(own, _)| *own == word).map(|(_, meant)| folded(meant));
    let said = own.is_some();
    let word = own.unwrap_or(word);
    let answer = match (YES.contains(&word.as_str()), NO.contains(&word.as_str())) {
        (true, _) => true,
        (_, true) => false,
        (false, false) => return Cell::Not,
    };
    let plain = ["yes", "no", "true", "false"].contains(&word.as_str());
    if said || plain { Cell::Sure(answer) } else { Cell::Guessed(answer, Guess::Words(answer)) }
}

/// A word of a `one of …`, by the file's own words, else by one that differs in case and blanks alone.
pub(super) fn option<'o>(text: &str, options: &'o [String], dialect: &Dialect) -> Option<(&'o String, bool)> {
    let word = folded(text);
    let own = dialect.words.iter().find(|(own, _)| *own == word).map(|(_, meant)| meant);
    if let Some(meant) = own {
        return options.iter().find(|option| *option == meant).map(|option| (option, true));
    }
    let mut alike = options.iter().filter(|option| folded(option) == word);
    let found = alike.next()?;
    alike.next().is_none().then_some((found, false))
}
