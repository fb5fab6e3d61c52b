//! What the number format of a cell shows beside the digits: a currency, or that they are thousands or hundredths of one. A format
//! that divides by thousands, and says so, shows nothing but the value.

use super::units::{self, Times};

/// The formats that each country's programs show in its own currency, whatever code stands in the file.
const OF_THE_COUNTRY: [std::ops::RangeInclusive<u32>; 2] = [5..=8, 37..=44];

/// Those that show hundredths, as few files write out.
const PERCENT: std::ops::RangeInclusive<u32> = 9..=10;

/// A sign of percent that a format shows as a letter, so that the number is not multiplied by a hundred: `0"%"` shows 12 as `12%`.
pub(super) const PERCENT_AS_LETTER: char = '％';

/// The currency that a format shows beside a number, or a part or multiple of one.
pub(super) fn currency(id: Option<u32>, code: &str) -> Option<String> {
    if id.is_some_and(|id| OF_THE_COUNTRY.iter().any(|range| range.contains(&id))) {
        return None;
    }
    if id.is_some_and(|id| PERCENT.contains(&id)) {
        return Some("%".to_owned());
    }
    // Of the sections for numbers above and below zero, either may show it.
    sections(code).iter().find_map(Section::currency)
}

/// The part of a format for some numbers.
#[derive(Default)]
struct Section {
    /// What stands beside the digits.
    words: String,
    /// The commas since the last digit, and how many of them divide by a thousand each.
    commas: usize,
    thousands: usize,
}

impl Section {
    /// Commas between digits set thousands apart, and those behind the last one before the point divide.
    fn divided(&mut self) {
        self.thousands = self.thousands.saturating_add(std::mem::take(&mut self.commas));
    }

    fn currency(&self) -> Option<String> {
        let divided = Times::Power(self.thousands.saturating_mul(3));
        let words = self.words.split(|sign: char| sign.is_whitespace() || "()/+".contains(sign));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let before = |at: usize| at.checked_sub(1).and_then(|before| words.get(before));
        let mut shared = None;
        for (at, word) in words.iter().enumerate() {
            let found = match units::times(word) {
                // `5 tkr` of 5000: the value, in kronor.
                Some((times, of)) if times == divided => of.map(str::to_owned),
                Some(_) => Some((*word).to_owned()),
                None => {
                    let crowns = before(at).and_then(|country| units::crowns_of(country, word));
                    crowns.or_else(|| units::currency(word)).map(str::to_owned)
                }
            };
            match found {
                // Another word may say whose they are.
                Some(sign) if sign.trim_end_matches('.').eq_ignore_ascii_case("kr") => shared = shared.or(Some(sign)),
                Some(found) => return Some(found),
                None => {}
            }
        }
        shared
    }
}

fn as_letter(sign: char) -> char {
    if sign == '%' { PERCENT_AS_LETTER } else { sign }
}

fn sections(code: &str) -> Vec<Section> {
    let (mut all, mut section) = (Vec::new(), Section::default());
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => section.words.extend(signs.by_ref().take_while(|sign| *sign != '"').map(as_letter)),
            '\\' => section.words.extend(signs.next().map(as_letter)),
            // Room as wide as a sign, and a sign that fills the cell.
            '_' | '*' => {
                signs.next();
                section.words.push(' ');
            }
            '[' => {
                // A currency that a program put there as one, and the language and country it has it from.
                let within: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                if let Some(within) = within.strip_prefix('$') {
                    let (symbol, place) = within.split_once('-').unwrap_or((within, ""));
                    let symbol = units::of_place(symbol.trim(), place).unwrap_or(symbol);
                    section.words.push_str(&format!(" {symbol} "));
                }
            }
            ',' => section.commas = section.commas.saturating_add(1),
            '0' | '#' | '?' | '.' | '@' => {
                if sign == '.' {
                    section.divided();
                }
                section.commas = 0;
                section.words.push(' ');
            }
            ';' => {
                section.divided();
                all.push(std::mem::take(&mut section));
            }
            other => section.words.push(other),
        }
    }
    section.divided();
    all.push(section);
    all
}
