//! What the number format of a cell shows beside its value: a currency, that it is thousands or hundredths of one, or digits that make it
//! another number. A format has up to four parts, of which the value chooses one; its codes are read here, and nothing is shown by it.
//! A format that divides by thousands, and says so, shows nothing but the value.

mod code;
mod redrawn;

use std::cmp::Ordering;

use crate::{source::What, value::Number};

use super::{
    exponent,
    harmless::{self, Beside},
    shown::Gathered,
    units::{self, Times},
};

use code::{Piece, Section};

/// The formats that each country's programs show in its own currency, whatever code stands in the file.
const OF_THE_COUNTRY: [std::ops::RangeInclusive<u32>; 2] = [5..=8, 37..=44];

/// Those that show hundredths, as few files write out.
const PERCENT: std::ops::RangeInclusive<u32> = 9..=10;

/// A sign of percent that a format shows as a letter, so that the number is not multiplied by a hundred: `0"%"` shows 12 as `12%`.
pub(super) const PERCENT_AS_LETTER: char = '％';

/// What kind of value a format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Number,
    /// A day, a time of day, or both.
    Day,
    /// Time that has gone by, which may be more than a day.
    Span,
}

/// A format of numbers, by its parts.
#[derive(Clone, Debug)]
pub(super) struct Format {
    code: String,
    sections: Vec<Section>,
    /// The part for texts.
    texts: Option<Section>,
}

impl Format {
    pub fn of(id: Option<u32>, code: &str) -> Format {
        if id.is_some_and(|id| OF_THE_COUNTRY.iter().any(|range| range.contains(&id))) {
            return Format { code: String::new(), sections: Vec::new(), texts: None };
        }
        let code = if id.is_some_and(|id| PERCENT.contains(&id)) { "0%" } else { code };
        let mut sections: Vec<Section> = code::sections(code).into_iter().map(Section::read).collect();
        // The last part may be for texts alone.
        let is_of_texts = sections.len() > 3 || sections.len() > 1 && sections.last().is_some_and(|last| last.is_text);
        let alone = sections.first().filter(|first| first.is_text && sections.len() == 1).cloned();
        let texts = if is_of_texts { sections.pop() } else { alone };
        // A format without anything in it shows a number as it is.
        if let [one] = sections.as_slice()
            && one.pieces.is_empty()
            && one.kind == Kind::Number
        {
            sections.clear();
        }
        let above =
            |section: &Section| section.condition.as_ref().is_none_or(|one| one.is_beside_nought(Ordering::Greater));
        let second_is_below = sections.first().is_some_and(above);
        for (at, section) in sections.iter_mut().enumerate() {
            section.is_below = match &section.condition {
                Some(condition) => condition.is_beside_nought(Ordering::Less),
                None => at == 1 && second_is_below,
            };
        }
        Format { code: code.to_owned(), sections, texts: texts.filter(|texts| texts.is_text) }
    }

    /// Whether any of its parts shows something of the sort, so that the values of its cells have to be looked at.
    pub fn tells(&self) -> bool {
        let shows = |part: &Section| !part.currencies.is_empty() || part.may_redraw() || part.strange.is_some();
        self.has_kinds() || self.sections.iter().any(shows) || self.tells_of_texts()
    }

    /// Whether it shows something of the sort beside a text.
    pub fn tells_of_texts(&self) -> bool {
        self.texts.as_ref().is_some_and(|texts| !texts.currencies.is_empty() || texts.strange.is_some())
    }

    /// Whether a number may be a day by one of its parts and none by another.
    pub fn has_kinds(&self) -> bool {
        let mut kinds = self.sections.iter().map(|section| section.kind);
        let first = kinds.next();
        kinds.any(|kind| Some(kind) != first)
    }

    /// Whether it has several parts by which a number may be a day or a time. LibreOffice writes such a day as a number.
    pub fn has_days(&self) -> bool {
        self.sections.len() > 1 && self.sections.iter().any(|section| section.kind != Kind::Number)
    }

    /// What kind of value a number is shown as.
    pub fn kind(&self, value: &str) -> Kind {
        self.section(value).map_or(Kind::Number, |section| section.kind)
    }

    /// The same, if it is another one than the first part shows.
    pub fn other_kind(&self, value: &str) -> Option<Kind> {
        let first = self.sections.first()?.kind;
        Some(self.kind(value)).filter(|kind| *kind != first)
    }

    /// The currencies that are shown beside a number, or a part or multiple of one.
    pub fn currencies(&self, value: &str) -> Vec<String> {
        let Some(section) = self.section(value) else { return Vec::new() };
        let is_noughts = |currency: &str| currency.bytes().all(|byte| byte == b'0');
        // Noughts that make no other number of it say nothing, as those directly before its digits.
        let is_other =
            |currency: &str| section.redrawn(value).is_none() && value != "0" && !section.begins_with(currency);
        section.currencies.iter().filter(|currency| !is_noughts(currency) || is_other(currency)).cloned().collect()
    }

    /// What a number is shown as, where that is another one, as far as signs in the format make it so.
    pub fn redrawn(&self, value: &str) -> Option<String> {
        self.section(value)?.redrawn(value)
    }

    /// The part for a value.
    fn section(&self, value: &str) -> Option<&Section> {
        let (first, rest) = self.sections.split_first()?;
        if rest.is_empty() && first.condition.is_none() {
            return Some(first);
        }
        let value = exponent::written_out(value).as_deref().map_or_else(|| Number::parse(value), Number::parse)?;
        let holds = |(at, section): &(usize, &Section)| match &section.condition {
            Some(condition) => condition.holds(&value),
            None if at.saturating_add(1) == self.sections.len() => true,
            None if *at > 0 => value.is_negative(),
            None if self.sections.len() > 2 => value > Number::ZERO,
            None => !value.is_negative(),
        };
        self.sections.iter().enumerate().find(holds).map(|(_, section)| section)
    }
}

/// What a format shows beside a value, or instead of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    pub currencies: Vec<String>,
    /// Words that are no currencies.
    pub words: Option<String>,
    /// The codes of a format that shows another number.
    pub number: Option<String>,
}

impl Shown {
    pub fn of(format: &Format, value: &str) -> Shown {
        let number = format.redrawn(value).map(|_| format.code.clone());
        let words = format.section(value).filter(|_| number.is_none());
        let words = words.and_then(|section| section.strange.clone());
        Shown { currencies: format.currencies(value), words, number }
    }

    /// The same beside a text, of which a number alone is an amount that the format may show in a currency.
    pub fn of_text(format: &Format, text: &str) -> Shown {
        let is_number = text.contains(|sign: char| sign.is_ascii_digit()) && !text.contains(char::is_alphabetic);
        let texts = format.texts.as_ref().filter(|_| is_number);
        let (currencies, words) =
            texts.map(|texts| (texts.currencies.clone(), texts.strange.clone())).unwrap_or_default();
        Shown { currencies, words, number: None }
    }

    /// A single currency.
    pub fn in_currency(currency: String) -> Shown {
        Shown { currencies: vec![currency], ..Shown::default() }
    }

    pub fn is_nothing(&self) -> bool {
        self.currencies.is_empty() && self.words.is_none() && self.number.is_none()
    }

    pub fn gather(&self, cell: (u32, u32), gathered: &mut Gathered) {
        for currency in &self.currencies {
            gathered.add(cell, &What::Currency(currency.clone()));
        }
        if let Some(words) = &self.words {
            gathered.add(cell, &What::Words(words.clone()));
        }
        if let Some(code) = &self.number {
            gathered.add(cell, &What::Number(code.clone()));
        }
    }
}

impl Section {
    /// With what its words say, which is the same for all numbers.
    fn read(mut self) -> Section {
        let (currencies, strange) = (self.said_of_currencies(), self.unknown_words());
        self.currencies = currencies;
        self.strange = strange;
        self
    }

    /// Words that count a currency or name one. Where one counts, those that it counts are no matter, and `kr` where a name says whose.
    fn said_of_currencies(&self) -> Vec<String> {
        if self.kind != Kind::Number {
            return Vec::new();
        }
        let divided = Times::Power(self.thousands.saturating_mul(3));
        let words = self.words.split(|sign: char| sign.is_whitespace() || "()/+".contains(sign));
        let words: Vec<String> = words.map(units::bare).filter(|word| !word.is_empty()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let before = |at: usize| at.checked_sub(1).and_then(|before| words.get(before));
        let mut all: Vec<String> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let found = match units::times(word) {
                // `5 tkr` of 5000: the value, in kronor.
                Some((times, of)) if times == divided => of.map(str::to_owned),
                Some(_) => return vec![(*word).to_owned()],
                // `1000 kr`: so many of them.
                None if *word == "1000"
                    && words.get(at.saturating_add(1)).is_some_and(|of| units::currency(of).is_some()) =>
                {
                    return vec![(*word).to_owned()];
                }
                None if word.strip_prefix("1000").is_some_and(|of| units::currency(of).is_some()) => {
                    return vec!["1000".to_owned()];
                }
                None => {
                    let crowns = before(at).and_then(|country| units::crowns_of(country, word));
                    crowns.or_else(|| units::currency(word)).map(str::to_owned)
                }
            };
            all.extend(found.filter(|found| !all.contains(found)));
        }
        let is_shared = |sign: &String| sign.trim_end_matches('.').eq_ignore_ascii_case("kr");
        if all.iter().any(|sign| !is_shared(sign)) {
            all.retain(|sign| !is_shared(sign));
        }
        all
    }

    /// Words beside the number that are no currency and count none, in the order in which they stand.
    fn unknown_words(&self) -> Option<String> {
        let has_number = self.pieces.iter().any(|piece| !matches!(piece, Piece::Literal(_)));
        if self.kind != Kind::Number || !has_number {
            return None;
        }
        let is_known = |text: &str| units::times(text).is_some() || units::currency(text).is_some();
        let mut all = Vec::new();
        for text in self.texts() {
            // `Row 1: ` is what the number is called.
            if text.trim_end().ends_with(':') && self.begins_with(&text) {
                continue;
            }
            let words = text.split_whitespace().map(|word| word.trim_end_matches(':')).filter(|word| !word.is_empty());
            let words: Vec<&str> = words.collect();
            let is_of_country = |at: Option<usize>| {
                let pair = at.and_then(|at| Some((words.get(at)?, words.get(at.saturating_add(1))?)));
                pair.is_some_and(|(country, word)| units::crowns_of(country, word).is_some())
            };
            let known = |(at, word): &(usize, &&str)| {
                let is_of_country = is_of_country(Some(*at)) || is_of_country(at.checked_sub(1));
                // A letter beside a number that is divided is how many it is divided by.
                let is_divisor = self.thousands > 0 && word.trim_end_matches('.').chars().count() == 1;
                is_of_country
                    || is_divisor
                    || is_known(&units::bare(word.trim_matches(|sign: char| "()/+".contains(sign))))
            };
            let unknown = words.iter().enumerate().filter(|word| !known(word)).map(|(_, word)| *word);
            // What says nothing of any number need not be looked for in the cells.
            let is_strange = |word: &&str| harmless::is_strange(word, Beside::Amount, &[]);
            all.extend(unknown.filter(is_strange).map(str::to_owned));
        }
        (!all.is_empty()).then(|| all.join(" "))
    }
}
