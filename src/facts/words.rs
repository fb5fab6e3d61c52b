//! Texts by number: each different text is kept once.

use std::collections::HashMap;

/// A text by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(pub u32);

#[derive(Clone, Debug, Default)]
pub struct Words {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Words {
    /// The number of a text, taking it in if it is new. Numbers end below those that columns keep for themselves; past
    /// them (over four thousand million texts) the last is reused.
    pub fn take(&mut self, text: &str) -> Word {
        if let Some(word) = self.find(text) {
            return word;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX).min(super::column::LAST_WORD);
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        Word(number)
    }

    pub fn find(&self, text: &str) -> Option<Word> {
        self.numbers.get(text).copied().map(Word)
    }

    pub fn text(&self, word: Word) -> &str {
        self.texts.get(word.0 as usize).map_or("", |text| text)
    }
}
